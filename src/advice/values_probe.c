/*
 * values_probe.c - what the {keys} of the line in technical words stand for that tell of a try: how
 * it ended, what was agreed on, where it went. See scene.h.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <string.h>

#include "lists.h"
#include "scene.h"
#include "whytls/message.h"
#include "whytls/text.h"

/* By the last message that came: RFC 8446 4, RFC 5246 7.4. */
static const char *const stages[STAGE_COUNT] = {
    [STAGE_RESOLVE] = N_("in the DNS lookup"),     [STAGE_CONNECT] = N_("in TCP connect"),
    [STAGE_HELLO] = N_("after ClientHello"),       [STAGE_SERVER_HELLO] = N_("after ServerHello"),
    [STAGE_CERTIFICATE] = N_("after Certificate"), [STAGE_KEY_EXCHANGE] = N_("in the key exchange"),
    [STAGE_FINISHED] = N_("before Finished"),      [STAGE_REPLY] = N_("after the handshake"),
    [STAGE_DONE] = N_("after the handshake"),
};

static const char *const ends[BREAK_COUNT] = {
    [BREAK_NAME_NOT_FOUND] = N_("no such name"),
    [BREAK_NAME_LOOKUP_FAILED] = N_("no answer"),
    [BREAK_REFUSED] = N_("connection refused (RST)"),
    [BREAK_UNREACHABLE] = N_("network unreachable"),
    [BREAK_SILENCE] = N_("timeout"),
    [BREAK_CLOSED] = N_("connection closed (FIN)"),
    [BREAK_RESET] = N_("connection reset (RST)"),
    [BREAK_NOT_TLS] = N_("data that is not TLS"),
    [BREAK_GARBLED] = N_("data that cannot be decoded"),
    [BREAK_CANCELLED] = N_("a stop by the user"),
    [BREAK_FAILED] = N_("an error of this computer"),
};

static const char *const refusals[REFUSED_FOR_COUNT] = {
    [REFUSED_FOR_NOTHING] = N_("refusal by the client"),
    [REFUSED_FOR_DH_TOO_SMALL] = N_("refusal by the client: dh key too small"),
    [REFUSED_FOR_VERSION] = N_("refusal by the client: unsupported protocol version"),
    [REFUSED_FOR_SUITE] = N_("refusal by the client: cipher suite or group not offered"),
    [REFUSED_FOR_SIGNATURE_TYPE] = N_("refusal by the client: signature algorithm not offered"),
    [REFUSED_FOR_BAD_SIGNATURE] = N_("refusal by the client: bad handshake signature"),
    [REFUSED_FOR_BAD_CERTIFICATE] = N_("refusal by the client: unusable certificate"),
    [REFUSED_FOR_OWN_KEY] = N_("refusal by the client: no signature algorithm for its own key"),
    [REFUSED_FOR_BAD_RECORD] = N_("refusal by the client: bad_record_mac"),
    [REFUSED_FOR_OTHER] = N_("refusal by the client"),
};

static bool is_failed(const struct probe *p)
{
    return p && p->outcome.finished && !p->outcome.success;
}

/* The side of the proof that failed; where none did, the first try. */
static const struct probe *failed_side(const struct scene *s)
{
    const struct probe *a = evidence_probe_at(s->ev, s->n->proof.baseline);
    const struct probe *b = evidence_probe_at(s->ev, s->n->proof.experiment);
    if (is_failed(a))
        return a;
    if (is_failed(b))
        return b;
    return s->w->analysis.first ? s->w->analysis.first : a;
}

void value_first_end(const struct scene *s, char *out)
{
    const struct probe *p = failed_side(s);
    const struct outcome *o = p ? &p->outcome : NULL;
    if (o && o->success && o->http_status >= 400)
        text_printf(out, VALUE_SIZE, message("HTTP status %d"), o->http_status);
    else if (!o || o->success || !o->finished)
        return;
    else if (o->how == BREAK_ALERT)
        /* TRANSLATORS: number and name of the alert, then when, such as "after ClientHello" */
        text_printf(out, VALUE_SIZE, message("fatal alert %d (%s) %s"), o->alert,
                    message(alert_name(o->alert)), message(stages[o->stage]));
    else if (o->how == BREAK_WE_REFUSED)
        text_printf(out, VALUE_SIZE, message("%s, %s"), message(refusals[o->refused_for]),
                    message(stages[o->stage]));
    else if (ends[o->how])
        /* TRANSLATORS: what ended a connection, then when: "timeout" "in TCP connect" */
        text_printf(out, VALUE_SIZE, message("%s %s"), message(ends[o->how]),
                    message(stages[o->stage]));
}

void value_http_code(const struct scene *s, char *out)
{
    const struct probe *first = s->w->analysis.first;
    if (first && first->outcome.http_status)
        snprintf(out, VALUE_SIZE, "%d", first->outcome.http_status);
}

/* The side that came further: the experiment, where there is one. */
void value_agreed(const struct scene *s, char *out)
{
    const struct probe *p = evidence_probe_at(s->ev, s->n->proof.experiment);
    p = p ? p : evidence_probe_at(s->ev, s->n->proof.baseline);
    const struct outcome *o = p ? &p->outcome : NULL;
    if (!o || !o->version)
        return;
    const char *parts[] = {o->suite, o->group, o->signature};
    scene_put(out, offer_version_name(o->version));
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
        if (parts[i][0])
            list_add(out, VALUE_SIZE, N_("%s, %s"), parts[i]);
}

/* The first ones, whole, and how many more. */
void value_addresses(const struct scene *s, char *out)
{
    enum { MOST = 3 };
    const struct resolution *found = &s->ev->resolution;
    for (size_t i = 0; i < found->n_addresses && i < MOST; i++)
        list_add(out, VALUE_SIZE, N_("%s, %s"), found->addresses[i]);
    if (found->n_addresses > MOST)
        list_add_more(out, VALUE_SIZE, found->n_addresses - MOST);
}
