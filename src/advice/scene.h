/*
 * scene.h - what a {key} of the advice is filled in from, and the values that are no part of
 * advice_keys.c. Inside src/advice only.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_ADVICE_SCENE_H
#define WHYTLS_ADVICE_SCENE_H

#include "advice_keys.h"
#include "whytls/walk.h"

enum { VALUE_SIZE = 300 };

/* Read when a key first asks for it: most lines have no such key, and reading takes long. */
struct described {
    bool is_read;
    struct cert_info info;
};

struct scene {
    const struct walk *w;
    const struct diagnosed *n;
    const struct evidence *ev;
    const struct redaction *redaction; /* what a value goes through afterwards; NULL: nothing */
    struct described *described;       /* the certificate that the cause is about */
};

/* Writes into out[VALUE_SIZE], which is "" before: where it stays so, the case has no value. */
typedef void (*value_fn)(const struct scene *s, char *out);

/* What the statements say of the certificate that the cause is about. */
const struct standing *scene_standing(const struct scene *s);
/* The certificate that the cause is about, else the leaf; all zero where there is none. */
const struct cert_info *scene_certificate(const struct scene *s);
void scene_put(char *out, const char *text);
/* A name in the quotation marks of the language; "" stays so. */
void scene_quote(char *out, const char *text);

/* values_certificate.c */
void value_signer(const struct scene *s, char *out);
void value_staple_fault(const struct scene *s, char *out);
void value_certificate_name(const struct scene *s, char *out);
void value_certificate_names(const struct scene *s, char *out);
void value_star_rule(const struct scene *s, char *out);
void value_issuer(const struct scene *s, char *out);
void value_top_issuer(const struct scene *s, char *out);
void value_key(const struct scene *s, char *out);
void value_certificate_signature(const struct scene *s, char *out);
void value_product(const struct scene *s, char *out);

/* values_term.c */
void value_endpoint(const struct scene *s, char *out);
void value_subject(const struct scene *s, char *out);
void value_serial(const struct scene *s, char *out);
void value_sha256(const struct scene *s, char *out);
void value_top_sha256(const struct scene *s, char *out);
void value_not_after(const struct scene *s, char *out);
void value_not_before(const struct scene *s, char *out);
void value_checked_at(const struct scene *s, char *out);
void value_sent_count(const struct scene *s, char *out);
void value_missing_name(const struct scene *s, char *out);
void value_missing_how(const struct scene *s, char *out);
void value_own_name(const struct scene *s, char *out);
void value_alert_said(const struct scene *s, char *out);

/* values_rules.c */
void value_refusing_program(const struct scene *s, char *out);
void value_refusing_why(const struct scene *s, char *out);

/* values_time.c */
void value_clock_harm(const struct scene *s, char *out);
void value_clock_hint(const struct scene *s, char *out);
void value_clock_off(const struct scene *s, char *out);
void value_clock_reason(const struct scene *s, char *out);
void value_clock(const struct scene *s, char *out);
void value_true_time(const struct scene *s, char *out);
void value_expired_on(const struct scene *s, char *out);
void value_starts_on(const struct scene *s, char *out);
void value_expired_when(const struct scene *s, char *out);
void value_starts_when(const struct scene *s, char *out);
void value_revoked_on(const struct scene *s, char *out);
void value_signed_on(const struct scene *s, char *out);
void value_max_time(const struct scene *s, char *out);
void value_not_asked(const struct scene *s, char *out);
void value_lists_without(const struct scene *s, char *out);

/* values_probe.c */
void value_first_end(const struct scene *s, char *out);
void value_http_code(const struct scene *s, char *out);
void value_agreed(const struct scene *s, char *out);
void value_addresses(const struct scene *s, char *out);

/* values_own.c */
void value_wanted_from(const struct scene *s, char *out);
void value_wanted_line(const struct scene *s, char *out);
void value_own_issuer(const struct scene *s, char *out);
void value_own_serial(const struct scene *s, char *out);
void value_own_until(const struct scene *s, char *out);
void value_own_from(const struct scene *s, char *out);
void value_own_key(const struct scene *s, char *out);

/* values_rules.c */
void value_refusers(const struct scene *s, char *out);
void value_distrust_rule(const struct scene *s, char *out);
void value_purpose_rule(const struct scene *s, char *out);
void value_lifetime_rule(const struct scene *s, char *out);
void value_days_long(const struct scene *s, char *out);
void value_ocsp_ended(const struct scene *s, char *out);
void value_cross_sign_name(const struct scene *s, char *out);
void value_cross_sign_expired_on(const struct scene *s, char *out);

#endif
