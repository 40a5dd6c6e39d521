/*
 * revocation.c - what a signed statement says of a certificate: an OCSP answer (RFC 6960). It
 * counts only where the issuer signed it, or one whom the issuer named for that; who is about
 * another certificate, out of its time or an error says nothing. No nonce is asked for or looked
 * at: public responders sign ahead (RFC 5019 4), so that dates alone tell an answer's age. Uses
 * GnuTLS's OCSP and X.509 functions; the time is the question's, never this computer's.
 * SPDX-License-Identifier: MIT
 */
#include "chain/internal.h"

#include <gnutls/ocsp.h>
#include <string.h>

#include "whytls/text.h"

enum {
    SINGLES_MAX = 32,                /* answers in one response that are looked at */
    SIGNERS_MAX = 16,                /* certificates in it */
    SLACK_S = 5 * 60,                /* less is nothing (design.md) */
    LONGEST_OPEN_END_S = 15 * 86400, /* without nextUpdate: as GnuTLS judges */
    REASON_ON_HOLD = 6,              /* RFC 5280 5.3.1: may be taken back again */
    OCSP_FLAGS = GNUTLS_VERIFY_DISABLE_TIME_CHECKS | GNUTLS_VERIFY_DISABLE_TRUSTED_TIME_CHECKS |
                 GNUTLS_VERIFY_ALLOW_SIGN_WITH_SHA1,
};

/* The name by which a person knows the signer: the certificate's own, from its bytes. */
void statement_name_signer(gnutls_x509_crt_t crt, struct standing *out)
{
    char raw[512];
    size_t n = sizeof raw;
    if (gnutls_x509_crt_get_dn_by_oid(crt, GNUTLS_OID_X520_COMMON_NAME, 0, 0, raw, &n) >= 0 ||
        (n = sizeof raw, gnutls_x509_crt_get_dn_by_oid(crt, GNUTLS_OID_X520_ORGANIZATION_NAME, 0, 0,
                                                       raw, &n) >= 0)) {
        text_clean(out->signer, sizeof out->signer, raw, n);
    }
}

int64_t statement_time(time_t t)
{
    return t > 0 ? (int64_t)t : EVIDENCE_NO_TIME;
}

/* Its time has come and is not over; where it has no end, it ages as GnuTLS lets it. */
enum standing_kind statement_age(int64_t from, int64_t until, int64_t now)
{
    if (from == EVIDENCE_NO_TIME || from > now + SLACK_S) {
        return STANDING_EARLY;
    }
    if (until == EVIDENCE_NO_TIME) {
        until = from + LONGEST_OPEN_END_S;
    }
    return now > until + SLACK_S ? STANDING_STALE : STANDING_GOOD;
}

static bool may_sign_answers(gnutls_x509_crt_t crt)
{
    for (unsigned i = 0; i < SIGNERS_MAX; i++) {
        char oid[128];
        size_t n = sizeof oid;
        int ret = gnutls_x509_crt_get_key_purpose_oid(crt, i, oid, &n, NULL);
        if (ret < 0 && ret != GNUTLS_E_SHORT_MEMORY_BUFFER) {
            return false;
        }
        if (ret >= 0 && strcmp(oid, GNUTLS_KP_OCSP_SIGNING) == 0) {
            return true;
        }
    }
    return false;
}

/*
 * The responder that the issuer named, where the answer brings its certificate (RFC 6960 4.2.2.2).
 * Its dates count like any other's. False: there is one, and it is out of date.
 */
static bool read_delegate(gnutls_ocsp_resp_t resp, gnutls_x509_crt_t issuer, int64_t now,
                          struct standing *out)
{
    gnutls_x509_crt_t *certs = NULL;
    size_t n = 0;
    bool is_met = false, is_good = false;
    if (gnutls_ocsp_resp_get_certs(resp, &certs, &n) < 0) {
        return true;
    }
    for (size_t i = 0; i < n; i++) {
        if (i < SIGNERS_MAX && !gnutls_x509_crt_equals(certs[i], issuer) &&
            may_sign_answers(certs[i])) {
            is_met = true;
            is_good = is_good || (gnutls_x509_crt_get_activation_time(certs[i]) <= now + SLACK_S &&
                                  gnutls_x509_crt_get_expiration_time(certs[i]) >= now - SLACK_S);
            statement_name_signer(certs[i], out);
        }
        gnutls_x509_crt_deinit(certs[i]);
    }
    gnutls_free(certs);
    return !is_met || is_good;
}

/* The answer about this certificate; -1: there is none. */
static int find_single(gnutls_ocsp_resp_t resp, gnutls_x509_crt_t crt)
{
    for (unsigned i = 0; i < SINGLES_MAX; i++) {
        int ret = gnutls_ocsp_resp_check_crt(resp, i, crt);
        if (ret == 0) {
            return (int)i;
        }
        if (ret == GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE) {
            break;
        }
    }
    return -1;
}

/* A certificate that is called back stays so, but for one on hold: then an old answer proves it. */
static void read_single(gnutls_ocsp_resp_t resp, unsigned i, int64_t now, struct standing *out)
{
    unsigned status = 0, reason = 0;
    time_t from = -1, until = -1, revoked = -1;
    if (gnutls_ocsp_resp_get_single(resp, i, NULL, NULL, NULL, NULL, &status, &from, &until,
                                    &revoked, &reason) < 0) {
        out->kind = STANDING_UNREADABLE;
        return;
    }
    time_t produced = gnutls_ocsp_resp_get_produced(resp);
    out->signed_at = statement_time(produced > 0 ? produced : from);
    out->until = statement_time(until);
    enum standing_kind age = statement_age(statement_time(from), statement_time(until), now);
    if (status == GNUTLS_OCSP_CERT_REVOKED &&
        (age == STANDING_GOOD || (age == STANDING_STALE && reason != REASON_ON_HOLD))) {
        out->kind = STANDING_REVOKED;
        out->revoked_at = statement_time(revoked);
    } else if (age != STANDING_GOOD) {
        out->kind = age;
    } else {
        out->kind = status == GNUTLS_OCSP_CERT_GOOD ? STANDING_GOOD : STANDING_UNKNOWN;
    }
}

static void read_response(gnutls_ocsp_resp_t resp, gnutls_x509_crt_t crt, gnutls_x509_crt_t issuer,
                          int64_t now, struct standing *out)
{
    unsigned verify = 0;
    if (gnutls_ocsp_resp_get_status(resp) != GNUTLS_OCSP_RESP_SUCCESSFUL) {
        out->kind = STANDING_UNREADABLE;
        return;
    }
    int single = find_single(resp, crt);
    if (single < 0) {
        out->kind = STANDING_OTHER;
        return;
    }
    if (!issuer) {
        out->kind = STANDING_UNTOLD;
        return;
    }
    if (gnutls_ocsp_resp_verify_direct(resp, issuer, &verify, OCSP_FLAGS) < 0 || verify != 0) {
        out->kind = STANDING_UNSIGNED;
        return;
    }
    statement_name_signer(issuer, out);
    bool is_delegate_good = read_delegate(resp, issuer, now, out);
    read_single(resp, (unsigned)single, now, out);
    if (!is_delegate_good && out->kind != STANDING_EARLY) {
        out->kind = STANDING_STALE;
    }
}

static void read_ocsp(const gnutls_datum_t *der, gnutls_x509_crt_t crt, gnutls_x509_crt_t issuer,
                      int64_t now, struct standing *out)
{
    gnutls_ocsp_resp_t resp;
    out->kind = STANDING_UNREADABLE;
    if (gnutls_ocsp_resp_init(&resp) < 0) {
        return;
    }
    if (gnutls_ocsp_resp_import(resp, der) >= 0) {
        read_response(resp, crt, issuer, now, out);
    }
    gnutls_ocsp_resp_deinit(resp);
}

void statement_read(const struct statement *s, gnutls_x509_crt_t crt, gnutls_x509_crt_t issuer,
                    int64_t now, struct standing *out)
{
    const gnutls_datum_t der = {s->der.data, (unsigned)s->der.len};
    *out = (struct standing){.kind = STANDING_UNREADABLE, .from = s->kind};
    if (s->kind == STATEMENT_OCSP) {
        read_ocsp(&der, crt, issuer, now, out);
    } else {
        crl_read(&der, crt, issuer, now, out);
    }
}

/* ---- all statements of a question -------------------------------------------------------- */

/* Of several, the one that says most: that it was called back, then that it was not. */
static int weight_of(enum standing_kind kind)
{
    return kind == STANDING_REVOKED ? 3 : kind == STANDING_GOOD ? 2 : kind != STANDING_NONE;
}

/* A site staples what is said of its own certificate (RFC 8446 4.4.2.1 would allow more; nobody
 * does). */
static void read_statements(const struct trial *t, struct told *told, bool is_leaf)
{
    gnutls_x509_crt_t subject = t->pool->nodes[told->subject].crt;
    gnutls_x509_crt_t above = told->issuer >= 0 ? t->pool->nodes[told->issuer].crt : NULL;
    if (t->q->staple && is_leaf) {
        statement_read(t->q->staple, subject, above, t->q->now, &told->staple);
        told->best = told->staple;
    }
    for (size_t i = 0; i < t->q->n_told; i++) {
        struct standing said;
        statement_read(t->q->told[i], subject, above, t->q->now, &said);
        if (weight_of(said.kind) > weight_of(told->best.kind)) {
            told->best = said;
        }
    }
}

const struct told *path_told(const struct trial *t, const struct path *p, size_t place)
{
    static const struct told none;
    static const struct told untold = {.staple.kind = STANDING_UNTOLD,
                                       .best.kind = STANDING_UNTOLD};
    struct pool *pool = t->pool;
    int issuer = place + 1 < p->n ? p->nodes[place + 1] : -1;
    if ((!t->q->staple || place > 0) && t->q->n_told == 0) {
        return &none;
    }
    for (size_t i = 0; i < pool->n_told; i++) {
        if (pool->told[i].subject == p->nodes[place] && pool->told[i].issuer == issuer) {
            return &pool->told[i];
        }
    }
    if (pool->n_told == TOLD_MAX) { /* a made-up chain */
        pool->gave_up = true;
        return &untold;
    }
    struct told *told = &pool->told[pool->n_told++];
    *told = (struct told){.subject = p->nodes[place], .issuer = issuer};
    read_statements(t, told, place == 0);
    return told;
}

/* ---- what to ask ------------------------------------------------------------------------ */

static gnutls_x509_crt_t import(const struct blob *der)
{
    const gnutls_datum_t datum = {der->data, (unsigned)der->len};
    gnutls_x509_crt_t crt = NULL;
    if (!der->data || gnutls_x509_crt_init(&crt) < 0) {
        return NULL;
    }
    if (gnutls_x509_crt_import(crt, &datum, GNUTLS_X509_FMT_DER) < 0) {
        gnutls_x509_crt_deinit(crt);
        return NULL;
    }
    return crt;
}

static bool make_request(gnutls_x509_crt_t crt, gnutls_x509_crt_t issuer, gnutls_datum_t *der)
{
    gnutls_ocsp_req_t req;
    if (!crt || !issuer || gnutls_ocsp_req_init(&req) < 0) {
        return false;
    }
    bool ok = gnutls_ocsp_req_add_cert(req, GNUTLS_DIG_SHA1, issuer, crt) >= 0 &&
              gnutls_ocsp_req_export(req, der) >= 0;
    gnutls_ocsp_req_deinit(req);
    return ok;
}

/* The three characters of base64 that mean something else in a URL. */
static bool escape(const gnutls_datum_t *base64, char *out, size_t out_size)
{
    size_t at = 0;
    for (unsigned i = 0; i < base64->size; i++) {
        char c = (char)base64->data[i];
        const char *code = c == '+' ? "%2B" : c == '/' ? "%2F" : c == '=' ? "%3D" : NULL;
        if (at + 4 > out_size) {
            return false;
        }
        if (code) {
            memcpy(out + at, code, 3);
            at += 3;
        } else {
            out[at++] = c;
        }
    }
    out[at] = '\0';
    return at > 0;
}

bool cert_ocsp_request(const struct blob *der, const struct blob *issuer, char *out,
                       size_t out_size)
{
    gnutls_x509_crt_t crt = import(der), above = import(issuer);
    gnutls_datum_t request = {NULL, 0}, base64 = {NULL, 0};
    bool ok = make_request(crt, above, &request) && gnutls_base64_encode2(&request, &base64) >= 0 &&
              escape(&base64, out, out_size);
    gnutls_free(request.data);
    gnutls_free(base64.data);
    if (crt) {
        gnutls_x509_crt_deinit(crt);
    }
    if (above) {
        gnutls_x509_crt_deinit(above);
    }
    return ok;
}
