/*
 * advice_keys.c - the table of {keys} in advice and what each stands for in a case. Every value is
 * clean text of the evidence and goes through the redaction; one that is missing becomes words that
 * still read well.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <string.h>

#include "scene.h"
#include "whytls/ascii.h"
#include "whytls/message.h"
#include "whytls/text.h"

static const struct outcome *best_outcome(const struct scene *s)
{
    const struct probe *p = evidence_probe_at(s->ev, s->n->proof.experiment);
    if (!p)
        p = evidence_probe_at(s->ev, s->n->proof.baseline);
    return p ? &p->outcome : NULL;
}

/* ---- the target ---- */

static void value_host(const struct scene *s, char *out)
{
    const struct target *t = &s->ev->target;
    const char *name = analysis_name(&s->w->analysis);
    scene_put(out, strcmp(name, t->ascii) == 0 ? t->host : name);
}

static void value_port(const struct scene *s, char *out)
{
    const struct target *t = &s->ev->target;
    bool is_elsewhere = t->connect_port && !t->is_practice; /* --connect-to ADDRESS:PORT */
    snprintf(out, VALUE_SIZE, "%u", (unsigned)(is_elsewhere ? t->connect_port : t->port));
}

static void value_address(const struct scene *s, char *out)
{
    scene_put(out, s->w->analysis.base.address);
}

static void value_timeout(const struct scene *s, char *out)
{
    snprintf(out, VALUE_SIZE, "%u", (unsigned)s->ev->target.timeout_s);
}

static void value_wanted_name(const struct scene *s, char *out)
{
    const char *sent = s->w->analysis.base.server_name;
    scene_put(out, sent[0] ? sent : s->ev->target.host);
}

static void value_www_name(const struct scene *s, char *out)
{
    const char *host = s->ev->target.ascii;
    if (text_starts_nocase(host, "www."))
        scene_put(out, host + 4);
    else
        snprintf(out, VALUE_SIZE, "www.%s", host);
}

/* ---- the two sides of a pair of probes ---- */

static void side_address(const struct scene *s, bool through, char *out)
{
    const int sides[] = {s->n->proof.baseline, s->n->proof.experiment};
    for (size_t i = 0; i < 2; i++) {
        const struct probe *p = evidence_probe_at(s->ev, sides[i]);
        if (p && (p->outcome.success || outcome_handshake_done(&p->outcome)) == through)
            scene_put(out, p->settings.address);
    }
    /* Both came through: then it is the certificate at the second one that is not good. */
    const struct probe *p = evidence_probe_at(s->ev, s->n->proof.experiment);
    if (!out[0] && p)
        scene_put(out, p->settings.address);
}

static void value_good_address(const struct scene *s, char *out)
{
    const struct probe *p = evidence_probe_at(s->ev, s->n->proof.baseline);
    if (p && p->outcome.success)
        scene_put(out, p->settings.address);
    else
        side_address(s, true, out);
}

static void value_bad_address(const struct scene *s, char *out)
{
    side_address(s, false, out);
}

static void value_version(const struct scene *s, char *out)
{
    const struct outcome *o = best_outcome(s);
    scene_put(out, o ? offer_version_name(o->version) : "");
}

static void value_http_status(const struct scene *s, char *out)
{
    const struct probe *first = s->w->analysis.first;
    if (first && first->outcome.http_status)
        text_printf(out, VALUE_SIZE, message("\"%d\""), first->outcome.http_status);
}

static void value_suite(const struct scene *s, char *out)
{
    const struct outcome *o = best_outcome(s);
    scene_put(out, o ? o->suite : "");
}

/* The group that only the wider hello had; where that is one of ours, it is the curve of the
 * certificate's own key that was wanting (RFC 8422 5.1). */
static void value_group(const struct scene *s, char *out)
{
    const struct outcome *o = best_outcome(s);
    uint32_t ours = s->w->analysis.base.offers[OFFER_LIST_GROUP];
    for (int i = 0; o && i < OFFER_COUNT; i++) {
        const struct offer_row *row = offer_row((enum offer)i);
        if (row->list == OFFER_LIST_GROUP && (ours & offer_bit((enum offer)i)) &&
            strcmp(row->name, o->group) == 0) {
            scene_put(out, scene_certificate(s)->key);
            return;
        }
    }
    /* A group of the server's own has no name (RFC 7919 4): the server minds the named ones. */
    if (o && !o->group[0] && o->dh_bits)
        text_printf(out, VALUE_SIZE,
                    message_plural("a group of its own (%u bit)", "a group of its own (%u bits)",
                                   o->dh_bits),
                    (unsigned)o->dh_bits);
    else
        scene_put(out, o ? o->group : "");
}

static void value_signature(const struct scene *s, char *out)
{
    const struct outcome *o = best_outcome(s);
    scene_put(out, o ? o->signature : "");
}

static void value_dh_bits(const struct scene *s, char *out)
{
    const struct outcome *o = best_outcome(s);
    if (o && o->dh_bits)
        snprintf(out, VALUE_SIZE, "%u", (unsigned)o->dh_bits);
}

static void value_service(const struct scene *s, char *out)
{
    const struct probe *p = evidence_probe_at(s->ev, s->n->proof.baseline);
    scene_put(out, p ? message(protocol_words(p->outcome.protocol)) : "");
}

static void value_client(const struct scene *s, char *out)
{
    const struct client *c = client_find(s->ev->target.client);
    scene_put(out, c ? message(c->name) : "");
}

/* As the first word of a sentence. */
static void value_client_name(const struct scene *s, char *out)
{
    value_client(s, out);
    out[0] = ascii_toupper(out[0]);
}

static void value_client_version(const struct scene *s, char *out)
{
    uint32_t versions = s->w->analysis.base.offers[OFFER_LIST_VERSION];
    for (enum offer o = OFFER_VERSION_TLS10; o <= OFFER_VERSION_TLS13; o++)
        if (versions & offer_bit(o))
            scene_put(out, offer_row(o)->name);
}

static const struct policy *limiting_policy(const struct scene *s)
{
    for (size_t i = 0; i < POLICY_COUNT; i++)
        if (s->ev->facts.policies[i].limits)
            return &s->ev->facts.policies[i];
    return NULL;
}

static void value_policy_file(const struct scene *s, char *out)
{
    const struct policy *p = limiting_policy(s);
    scene_put(out, p ? p->file : "");
}

static void value_policy_line(const struct scene *s, char *out)
{
    const struct policy *p = limiting_policy(s);
    if (p && p->line[0])
        scene_quote(out, p->line);
}

/* ---- the table ---- */

static const struct {
    const char *key;
    value_fn value;
    const char *missing; /* words where a case has no value */
} keys[] = {
    {"host", value_host, N_("the site")},
    {"host_name", value_host, N_("this host name")},
    {"port", value_port, "443"},
    {"address", value_address, N_("its IP address")},
    {"addresses", value_addresses, N_("its IP addresses")},
    {"first_end", value_first_end, N_("a failure")},
    {"agreed", value_agreed, N_("what the server offers")},
    {"timeout", value_timeout, N_("some")},
    {"max_time", value_max_time, N_("a limited time")},
    {"not_asked", value_not_asked, N_("those that the case names")},
    {"wanted_name", value_wanted_name, "shop.example"},
    {"www_name", value_www_name, N_("the other name")},
    {"good_address", value_good_address, N_("one IP address")},
    {"bad_address", value_bad_address, N_("another IP address")},
    {"version", value_version, N_("another version")},
    {"suite", value_suite, N_("an old one")},
    {"group", value_group, N_("an old one")},
    {"signature", value_signature, N_("an old signature")},
    {"dh_bits", value_dh_bits, N_("too few")},
    {"service", value_service, N_("another service")},
    {"client", value_client, N_("your program")},
    {"client_name", value_client_name, N_("Your program")},
    {"client_version", value_client_version, N_("an old version")},
    {"policy_file", value_policy_file, N_("its settings")},
    {"policy_line", value_policy_line, N_("an old version or cipher")},
    {"http_status", value_http_status, "\"502\""},
    {"http_code", value_http_code, "502"},
    {"clock", value_clock, N_("a wrong time")},
    {"clock_harm", value_clock_harm, N_("Other sites may fail because of it.")},
    {"clock_hint", value_clock_hint, N_("Check the time zone there too.")},
    {"clock_off", value_clock_off, N_("far")},
    {"clock_reason", value_clock_reason,
     N_("A certificate has a first and a last day, so the clock must be right.")},
    {"true_time", value_true_time, N_("an earlier or later one")},
    {"expired_on", value_expired_on, N_("an earlier day")},
    {"starts_on", value_starts_on, N_("a later day")},
    {"expired_when", value_expired_when, N_("an earlier day")},
    {"starts_when", value_starts_when, N_("a later day")},
    {"endpoint", value_endpoint, N_("this site")},
    {"subject", value_subject, N_("not shown")},
    {"serial", value_serial, N_("not shown")},
    {"sha256", value_sha256, N_("not shown")},
    {"top_sha256", value_top_sha256, N_("not shown")},
    {"not_after", value_not_after, N_("in the past")},
    {"not_before", value_not_before, N_("in the future")},
    {"checked_at", value_checked_at, N_("the time of the test")},
    {"sent_count", value_sent_count, N_("number not shown")},
    {"missing_name", value_missing_name, N_("the one that signed what was sent")},
    {"missing_how", value_missing_how, N_("not found by AIA")},
    {"own_name", value_own_name, N_("the one that was sent")},
    {"alert_said", value_alert_said, N_("by an alert or a page")},
    {"revoked_on", value_revoked_on, N_("an earlier day")},
    {"signed_on", value_signed_on, N_("an earlier day")},
    {"signer", value_signer, N_("The authority")},
    {"staple_fault", value_staple_fault, N_("But it is not valid here")},
    {"certificate_name", value_certificate_name, N_("a certificate of the chain")},
    {"star_rule", value_star_rule, N_("A wildcard stands for exactly one part of a name")},
    {"certificate_names", value_certificate_names, N_("another site")},
    {"certificate_signature", value_certificate_signature, N_("an old signature")},
    {"key", value_key, N_("an old one")},
    {"issuer", value_issuer, N_("an unknown authority")},
    {"top_issuer", value_top_issuer, N_("an added authority")},
    {"product", value_product, N_("some program")},
    {"lists_without", value_lists_without, N_("another trust store")},
    {"wanted_from", value_wanted_from, N_("an authority that it knows")},
    {"wanted_line", value_wanted_line, N_("It does not say who should have signed it.")},
    {"own_issuer", value_own_issuer, N_("another authority")},
    {"own_serial", value_own_serial, N_("see its details")},
    {"own_until", value_own_until, N_("an earlier day")},
    {"own_from", value_own_from, N_("a later day")},
    {"own_key", value_own_key, N_("another one")},
    {"authority", value_top_issuer, N_("a public authority")},
    {"refusers", value_refusers, N_("some programs")},
    {"distrust_rule", value_distrust_rule,
     N_("some programs refuse all certificates that it issued")},
    {"refusing_program", value_refusing_program, N_("a strict program")},
    {"refusing_why", value_refusing_why, N_("a part is missing in a certificate")},
    {"purpose_rule", value_purpose_rule, N_("Many public authorities leave that purpose out now")},
    {"lifetime_rule", value_lifetime_rule, N_("Some programs accept fewer days")},
    {"days_long", value_days_long, N_("too many")},
    {"ocsp_ended", value_ocsp_ended, N_("But its authority signs no OCSP responses any more")},
    {"dead_name", value_cross_sign_name, N_("an extra one")},
    {"dead_on", value_cross_sign_expired_on, N_("an earlier day")},
};

static int find_key(const char *key, size_t len)
{
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
        if (strlen(keys[i].key) == len && memcmp(keys[i].key, key, len) == 0)
            return (int)i;
    return -1;
}

bool keys_has(const char *key, size_t len)
{
    return find_key(key, len) >= 0;
}

/* Where names were hidden, the case has kept what the keys stood for. */
static void put_kept(const struct kept_cause *c, const char *key, char *out)
{
    for (size_t i = 0; i < c->n_filled; i++)
        if (strcmp(c->filled[i].key, key) == 0)
            scene_put(out, message(c->filled[i].value));
}

static void kept_value(const struct scene *s, int key, char *out)
{
    const struct kept *kept = s->ev->kept;
    for (size_t i = 0; i < kept->n_verdict + kept->n_notes; i++) {
        const struct kept_cause *c =
            i < kept->n_verdict ? &kept->verdict[i] : &kept->notes[i - kept->n_verdict];
        if (strcmp(c->cause, s->n->cause->slug) == 0)
            put_kept(c, keys[key].key, out);
    }
}

static void find_value(const struct scene *s, int key, char *out)
{
    out[0] = '\0';
    if (s->ev && s->ev->kept)
        kept_value(s, key, out);
    else if (s->ev)
        keys[key].value(s, out);
    if (out[0]) {
        char shown[VALUE_SIZE];
        redaction_copy(s->redaction, shown, sizeof(shown), out);
        scene_put(out, shown);
    }
}

/* A key's value, or its words where it has none. */
static void fill_value(const struct scene *s, int key, char *out)
{
    find_value(s, key, out);
    if (!out[0])
        scene_put(out, message(keys[key].missing));
}

void keys_fill(const struct walk *w, const struct diagnosed *n, const struct redaction *redaction,
               const char *text, char *out, size_t out_size)
{
    struct described described;
    struct scene s = {
        .w = w, .n = n, .ev = w->analysis.ev, .redaction = redaction, .described = &described};
    described.is_read = false;
    size_t len = 0, n_bytes;
    unsigned int code_point;
    for (const char *p = message(text); *p && len + 1 < out_size;) {
        const char *end = *p == '{' ? strchr(p, '}') : NULL;
        int key = end ? find_key(p + 1, (size_t)(end - p - 1)) : -1;
        if (key < 0) {
            n_bytes = text_next(p, &code_point);
            if (len + n_bytes >= out_size)
                break;
            memcpy(out + len, p, n_bytes);
            len += n_bytes;
            p += n_bytes;
            continue;
        }
        char value[VALUE_SIZE];
        fill_value(&s, key, value);
        text_copy_cut(out + len, out_size - len, value);
        len += strlen(out + len);
        p = end + 1;
    }
    out[len] = '\0';
}

static bool text_has_key(const char *text, const char *key)
{
    size_t n = strlen(key);
    for (const char *at = text ? strchr(text, '{') : NULL; at; at = strchr(at + 1, '{'))
        if (strncmp(at + 1, key, n) == 0 && at[1 + n] == '}')
            return true;
    return false;
}

static bool cause_has_key(const struct cause *c, const char *key)
{
    const char *const texts[] = {c->title,   c->works_title, c->what,    c->todo[0],
                                 c->todo[1], c->todo[2],     c->dont[0], c->dont[1],
                                 c->proof,   c->to_confirm,  c->term};
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        if (text_has_key(texts[i], key))
            return true;
    return false;
}

void advice_each_key(const struct walk *w, const struct diagnosed *n,
                     const struct redaction *redaction,
                     void (*tell)(void *ctx, const char *key, const char *value), void *ctx)
{
    struct described described;
    struct scene s = {
        .w = w, .n = n, .ev = w->analysis.ev, .redaction = redaction, .described = &described};
    described.is_read = false;
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        char value[VALUE_SIZE];
        find_value(&s, (int)i, value);
        if (value[0] && cause_has_key(n->cause, keys[i].key))
            tell(ctx, keys[i].key, value);
    }
}
