/*
 * values_term.c - what the keys of an answer's technical line stand for: exact values for the
 * person who will fix it. Serial numbers and fingerprints lead to names as well as the names do:
 * where those are hidden, these are too. See scene.h.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <string.h>

#include "scene.h"
#include "whytls/message.h"
#include "whytls/text.h"

/* "shop.example:443"; a name alone for certificates in a file. */
void value_endpoint(const struct scene *s, char *out)
{
    const struct target *t = &s->ev->target;
    const char *name = analysis_name(&s->w->analysis);
    bool is_elsewhere = t->connect_port && !t->is_practice;
    unsigned port = is_elsewhere ? t->connect_port : t->port;
    if (!name[0])
        return;
    if (t->from_file)
        scene_put(out, name);
    else
        snprintf(out, VALUE_SIZE, strchr(name, ':') ? "[%.*s]:%u" : "%.*s:%u", VALUE_SIZE - 16,
                 name, port);
}

void value_subject(const struct scene *s, char *out)
{
    scene_quote(out, scene_certificate(s)->subject);
}

static void put_identity(const struct scene *s, const char *text, char *out)
{
    if (!redaction_empties_bytes(s->redaction))
        scene_put(out, text);
}

void value_serial(const struct scene *s, char *out)
{
    put_identity(s, scene_certificate(s)->serial, out);
}

void value_sha256(const struct scene *s, char *out)
{
    put_identity(s, scene_certificate(s)->sha256, out);
}

/* The end of the chain, where the certificate that the cause is about is further down. */
void value_top_sha256(const struct scene *s, char *out)
{
    const struct analysis *r = &s->w->analysis;
    struct cert_info top;
    const struct blob *der =
        r->chain_then.n_path ? analysis_certificate(r, (int)r->chain_then.n_path - 1) : NULL;
    if (der && cert_describe(der, &top))
        put_identity(s, top.sha256, out);
}

/* ---- times ------------------------------------------------------------------------------- */

void value_not_after(const struct scene *s, char *out)
{
    if (scene_certificate(s)->subject[0] || scene_certificate(s)->not_after)
        advice_date_iso(scene_certificate(s)->not_after, out, VALUE_SIZE);
}

void value_not_before(const struct scene *s, char *out)
{
    if (scene_certificate(s)->subject[0] || scene_certificate(s)->not_after)
        advice_date_iso(scene_certificate(s)->not_before, out, VALUE_SIZE);
}

void value_checked_at(const struct scene *s, char *out)
{
    advice_date_iso(s->w->analysis.true_time, out, VALUE_SIZE);
}

/* ---- the chain ----------------------------------------------------------------------------- */

void value_sent_count(const struct scene *s, char *out)
{
    const struct analysis *r = &s->w->analysis;
    size_t n = r->shown ? r->shown->outcome.n_chain : 0;
    if (n > 0)
        text_printf(out, VALUE_SIZE,
                    message_plural("%zu certificate", "%zu certificates", (unsigned long)n), n);
}

/* The first one that was not sent: as it is, or as the one below it calls it. */
static bool describe_missing(const struct scene *s, struct cert_info *info)
{
    struct missing_certificate list[CHAIN_MAX_PATH];
    return walk_missing(s->w, list) > 0 && cert_describe(list[0].der, info);
}

void value_missing_name(const struct scene *s, char *out)
{
    struct cert_info info;
    if (describe_missing(s, &info))
        scene_quote(out, info.subject);
    else
        scene_quote(out, scene_certificate(s)->issuer);
}

void value_missing_how(const struct scene *s, char *out)
{
    struct cert_info info;
    if (describe_missing(s, &info) && !redaction_empties_bytes(s->redaction))
        text_printf(out, VALUE_SIZE, message("found by AIA, SHA-256 %s"), info.sha256);
}

/* ---- the user's own ------------------------------------------------------------------------ */

void value_own_name(const struct scene *s, char *out)
{
    struct cert_info leaf;
    if (s->ev->n_own > 0 && cert_describe(&s->ev->own[0].der, &leaf))
        scene_quote(out, leaf.subject);
}

void value_alert_said(const struct scene *s, char *out)
{
    const struct probe *p = evidence_probe_at(s->ev, s->n->proof.baseline);
    if (p && p->outcome.how == BREAK_ALERT)
        text_printf(out, VALUE_SIZE, message("TLS alert %d, %s"), p->outcome.alert,
                    message(alert_name(p->outcome.alert)));
}
