/*
 * values_probe.c - what the {keys} of the line in technical words stand for that tell of a try: how
 * it ended, what was agreed on, where it went. See scene.h.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <string.h>

#include "scene.h"

/* By the last message that came: RFC 8446 4, RFC 5246 7.4. */
static const char *const stages[STAGE_COUNT] = {
    [STAGE_RESOLVE] = "in the DNS lookup",     [STAGE_CONNECT] = "in TCP connect",
    [STAGE_HELLO] = "after ClientHello",       [STAGE_SERVER_HELLO] = "after ServerHello",
    [STAGE_CERTIFICATE] = "after Certificate", [STAGE_KEY_EXCHANGE] = "in the key exchange",
    [STAGE_FINISHED] = "before Finished",      [STAGE_REPLY] = "after the handshake",
    [STAGE_DONE] = "after the handshake",
};

static const char *const ends[BREAK_COUNT] = {
    [BREAK_NAME_NOT_FOUND] = "no such name",
    [BREAK_NAME_LOOKUP_FAILED] = "no answer",
    [BREAK_REFUSED] = "connection refused (RST)",
    [BREAK_UNREACHABLE] = "network unreachable",
    [BREAK_SILENCE] = "timeout",
    [BREAK_CLOSED] = "connection closed (FIN)",
    [BREAK_RESET] = "connection reset (RST)",
    [BREAK_NOT_TLS] = "data that is not TLS",
    [BREAK_GARBLED] = "data that cannot be decoded",
    [BREAK_CANCELLED] = "a stop by the user",
    [BREAK_FAILED] = "an error of this computer",
};

static const char *const refusals[REFUSED_FOR_COUNT] = {
    [REFUSED_FOR_NOTHING] = "refusal by the client",
    [REFUSED_FOR_DH_TOO_SMALL] = "refusal by the client: dh key too small",
    [REFUSED_FOR_VERSION] = "refusal by the client: unsupported protocol version",
    [REFUSED_FOR_SUITE] = "refusal by the client: cipher suite or group not offered",
    [REFUSED_FOR_SIGNATURE_TYPE] = "refusal by the client: signature algorithm not offered",
    [REFUSED_FOR_BAD_SIGNATURE] = "refusal by the client: bad handshake signature",
    [REFUSED_FOR_BAD_CERTIFICATE] = "refusal by the client: unusable certificate",
    [REFUSED_FOR_OWN_KEY] = "refusal by the client: no signature algorithm for its own key",
    [REFUSED_FOR_BAD_RECORD] = "refusal by the client: bad_record_mac",
    [REFUSED_FOR_OTHER] = "refusal by the client",
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
        snprintf(out, VALUE_SIZE, "HTTP status %d", o->http_status);
    else if (!o || o->success || !o->finished)
        return;
    else if (o->how == BREAK_ALERT)
        snprintf(out, VALUE_SIZE, "fatal alert %d (%s) %s", o->alert, alert_name(o->alert),
                 stages[o->stage]);
    else if (o->how == BREAK_WE_REFUSED)
        snprintf(out, VALUE_SIZE, "%s, %s", refusals[o->refused_for], stages[o->stage]);
    else if (ends[o->how])
        snprintf(out, VALUE_SIZE, "%s %s", ends[o->how], stages[o->stage]);
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
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        size_t used = strlen(out);
        if (parts[i][0])
            snprintf(out + used, VALUE_SIZE - used, ", %s", parts[i]);
    }
}

/* The first ones, whole, and how many more. */
void value_addresses(const struct scene *s, char *out)
{
    enum { MOST = 3 };
    const struct resolution *found = &s->ev->resolution;
    for (size_t i = 0; i < found->n_addresses && i < MOST; i++) {
        size_t used = strlen(out);
        snprintf(out + used, VALUE_SIZE - used, "%s%s", i ? ", " : "", found->addresses[i]);
    }
    size_t used = strlen(out);
    if (found->n_addresses > MOST)
        snprintf(out + used, VALUE_SIZE - used, " and %zu more", found->n_addresses - MOST);
}
