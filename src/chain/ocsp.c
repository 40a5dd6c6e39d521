/*
 * ocsp.c - what an OCSP answer (RFC 6960) says of a certificate, and how to ask for one. It counts
 * only where the issuer signed it, or one whom the issuer named for that; who is about another
 * certificate, out of its time or an error says nothing. No nonce is asked for or looked at: public
 * responders sign ahead (RFC 5019 4), so that dates alone tell an answer's age. Uses GnuTLS's OCSP
 * and X.509 functions; the time is the question's, never this computer's. Fuzzed by fuzz_statement.
 * SPDX-License-Identifier: MIT
 */
#include "chain/internal.h"

#include <gnutls/ocsp.h>
#include <string.h>

enum {
    SINGLES_MAX = 32,   /* answers in one response that are looked at */
    SIGNERS_MAX = 16,   /* certificates in it */
    REASON_ON_HOLD = 6, /* RFC 5280 5.3.1: may be taken back again */
    OCSP_FLAGS = GNUTLS_VERIFY_DISABLE_TIME_CHECKS | GNUTLS_VERIFY_DISABLE_TRUSTED_TIME_CHECKS |
                 GNUTLS_VERIFY_ALLOW_SIGN_WITH_SHA1,
};

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
            is_good = is_good ||
                      (gnutls_x509_crt_get_activation_time(certs[i]) <= now + STATEMENT_SLACK_S &&
                       gnutls_x509_crt_get_expiration_time(certs[i]) >= now - STATEMENT_SLACK_S);
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

/* A certificate that is revoked stays so, but for one on hold: then an old answer proves it. */
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
        out->kind = STANDING_UNCHECKED;
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

void ocsp_read(const gnutls_datum_t *der, gnutls_x509_crt_t crt, gnutls_x509_crt_t issuer,
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

/* ---- what to ask ------------------------------------------------------------------------ */

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
    gnutls_x509_crt_t crt = crt_import(der), above = crt_import(issuer);
    gnutls_datum_t request = {NULL, 0}, base64 = {NULL, 0};
    bool ok = make_request(crt, above, &request) && gnutls_base64_encode2(&request, &base64) >= 0 &&
              escape(&base64, out, out_size);
    gnutls_free(request.data);
    gnutls_free(base64.data);
    crt_free(crt);
    crt_free(above);
    return ok;
}
