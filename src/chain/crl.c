/*
 * crl.c - what a list of called-back certificates (RFC 5280 5) says of one. A list that leaves some
 * out (of another kind, another part, only what is new) can't say that a certificate is good, and
 * is about others. The entries are searched with the bounded reader: GnuTLS has no search, and its
 * walk through them takes time by the square. Fuzzed by fuzz_statement.
 * SPDX-License-Identifier: MIT
 */
#include "chain/internal.h"

#include <string.h>

enum {
    EXTENSIONS_MAX = 16,
    POINTS_MAX = 32,
    DER_INTEGER = 0x02,
    DER_SEQUENCE = 0x30,
    DER_UTC_TIME = 0x17,
    DER_GENERALIZED_TIME = 0x18,
    CRL_FLAGS = GNUTLS_VERIFY_DISABLE_TIME_CHECKS | GNUTLS_VERIFY_DISABLE_TRUSTED_TIME_CHECKS |
                GNUTLS_VERIFY_ALLOW_SIGN_WITH_SHA1,
};

/* ---- the entries ------------------------------------------------------------------------ */

/* Steps over one element of this tag, where it is the next one. */
static bool skip(struct reader *r, uint8_t tag)
{
    struct reader after = *r, contents;
    uint8_t found = 0;
    if (!reader_der(&after, &found, &contents) || found != tag) {
        return false;
    }
    *r = after;
    return true;
}

static bool skip_time(struct reader *r)
{
    return skip(r, DER_UTC_TIME) || skip(r, DER_GENERALIZED_TIME);
}

/* revokedCertificates of the list; an empty reader where there is none. False: it is no list. */
static bool find_entries(const gnutls_datum_t *der, struct reader *entries)
{
    struct reader r = reader_of(der->data, der->size), list, tbs, after;
    uint8_t tag = 0;
    *entries = (struct reader){.left = 0};
    if (!reader_der(&r, &tag, &list) || tag != DER_SEQUENCE || !reader_der(&list, &tag, &tbs) ||
        tag != DER_SEQUENCE) {
        return false;
    }
    (void)skip(&tbs, DER_INTEGER); /* version */
    if (!skip(&tbs, DER_SEQUENCE) || !skip(&tbs, DER_SEQUENCE) || !skip_time(&tbs)) {
        return false; /* signature, issuer, thisUpdate */
    }
    (void)skip_time(&tbs); /* nextUpdate */
    after = tbs;
    if (reader_der(&after, &tag, &r) && tag == DER_SEQUENCE) {
        *entries = r;
    }
    return true;
}

/* The place of this serial number among the entries; -1: not there, -2: they can't be read. */
static int find_serial(const gnutls_datum_t *der, const uint8_t *serial, size_t n)
{
    struct reader entries, entry, number;
    uint8_t tag = 0;
    if (!find_entries(der, &entries)) {
        return -2;
    }
    for (int i = 0; reader_der(&entries, &tag, &entry); i++) {
        if (tag != DER_SEQUENCE || !reader_der(&entry, &tag, &number) || tag != DER_INTEGER) {
            return -2;
        }
        if (number.left == n && memcmp(number.at, serial, n) == 0) {
            return i;
        }
    }
    return entries.bad ? -2 : -1;
}

/* ---- what the list is about ------------------------------------------------------------- */

static bool names_point(gnutls_x509_crt_t crt, const struct reader *url)
{
    for (unsigned i = 0; i < POINTS_MAX; i++) {
        char point[512];
        size_t n = sizeof point;
        int ret = gnutls_x509_crt_get_crl_dist_points(crt, i, point, &n, NULL, NULL);
        if (ret == GNUTLS_SAN_URI && n == url->left && memcmp(point, url->at, n) == 0) {
            return true;
        }
        if (ret < 0 && ret != GNUTLS_E_SHORT_MEMORY_BUFFER) {
            break;
        }
    }
    return false;
}

/* RFC 5280 6.3.3 (b)(2)(i): one of the part's names is one that the certificate gives. */
static bool is_its_point(struct reader point, gnutls_x509_crt_t crt)
{
    enum { FULL_NAME = 0xa0, URI = 0x86 };
    struct reader names, name;
    uint8_t tag = 0;
    if (!reader_der(&point, &tag, &names) || tag != FULL_NAME) {
        return false;
    }
    while (reader_der(&names, &tag, &name)) {
        if (tag == URI && names_point(crt, &name)) {
            return true;
        }
    }
    return false;
}

/* Issuing distribution point (RFC 5280 5.2.5): is a site's own certificate in the list's scope? */
static bool scope_covers(const gnutls_datum_t *extension, gnutls_x509_crt_t crt)
{
    enum { POINT = 0xa0, ONLY_USERS = 0x81, SOME_REASONS = 0x83 };
    struct reader r = reader_of(extension->data, extension->size), scope, value;
    uint8_t tag = 0;
    if (!reader_der(&r, &tag, &scope) || tag != DER_SEQUENCE) {
        return false;
    }
    while (reader_der(&scope, &tag, &value)) {
        bool is_set = value.left == 1 && value.at[0] != 0;
        bool fits = tag == POINT ? is_its_point(value, crt)
                                 : tag == ONLY_USERS || (tag != SOME_REASONS && !is_set);
        if (!fits) { /* another part; only authorities, some reasons, of others, attributes */
            return false;
        }
    }
    return !scope.bad;
}

/* False: the list leaves out some that it might have, or asks for what we do not know. */
static bool covers(gnutls_x509_crl_t crl, gnutls_x509_crt_t crt)
{
    for (unsigned i = 0; i < EXTENSIONS_MAX; i++) {
        char oid[64];
        size_t n = sizeof oid;
        unsigned critical = 0;
        gnutls_datum_t data = {NULL, 0};
        int ret = gnutls_x509_crl_get_extension_info(crl, i, oid, &n, &critical);
        if (ret == GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE) {
            return true;
        }
        if (ret < 0) {
            return false;
        }
        if (strcmp(oid, "2.5.29.28") == 0) { /* issuingDistributionPoint */
            bool ok =
                gnutls_x509_crl_get_extension_data2(crl, i, &data) >= 0 && scope_covers(&data, crt);
            gnutls_free(data.data);
            if (!ok) {
                return false;
            }
        } else if (critical || strcmp(oid, "2.5.29.27") == 0) { /* deltaCRLIndicator */
            return false;
        }
    }
    return false;
}

/* ---- all of it -------------------------------------------------------------------------- */

/*
 * GnuTLS compares nextUpdate with this computer's clock whatever the flags say (measured on 3.7.9):
 * that part of its verdict is taken out, for the time is the question's.
 */
static bool is_signed_by(gnutls_x509_crl_t crl, gnutls_x509_crt_t issuer)
{
    const unsigned times =
        GNUTLS_CERT_REVOCATION_DATA_SUPERSEDED | GNUTLS_CERT_REVOCATION_DATA_ISSUED_IN_FUTURE;
    unsigned verify = 0;
    if (gnutls_x509_crl_verify(crl, &issuer, 1, CRL_FLAGS, &verify) < 0) {
        return false;
    }
    return verify == 0 || ((verify & times) && !(verify & ~(times | GNUTLS_CERT_INVALID)));
}

static void read_list(gnutls_x509_crl_t crl, const gnutls_datum_t *der, gnutls_x509_crt_t crt,
                      int64_t now, struct standing *out)
{
    uint8_t serial[64];
    size_t n = sizeof serial;
    time_t when = -1;
    out->signed_at = statement_time(gnutls_x509_crl_get_this_update(crl));
    out->until = statement_time(gnutls_x509_crl_get_next_update(crl));
    enum standing_kind age = statement_age(out->signed_at, out->until, now);
    if (gnutls_x509_crt_get_serial(crt, serial, &n) < 0 || !covers(crl, crt)) {
        out->kind = STANDING_OTHER;
        return;
    }
    int place = find_serial(der, serial, n);
    if (place == -2) {
        out->kind = STANDING_UNREADABLE;
    } else if (age != STANDING_GOOD || place < 0) {
        out->kind = age; /* in an old list it may have been on hold: that says nothing */
    } else {
        n = sizeof serial;
        out->kind = STANDING_REVOKED;
        if (gnutls_x509_crl_get_crt_serial(crl, (unsigned)place, serial, &n, &when) >= 0) {
            out->revoked_at = statement_time(when);
        }
    }
}

void crl_read(const gnutls_datum_t *der, gnutls_x509_crt_t crt, gnutls_x509_crt_t issuer,
              int64_t now, struct standing *out)
{
    gnutls_x509_crl_t crl;
    out->kind = STANDING_UNREADABLE;
    if (gnutls_x509_crl_init(&crl) < 0) {
        return;
    }
    if (gnutls_x509_crl_import(crl, der, GNUTLS_X509_FMT_DER) < 0) {
        out->kind = STANDING_UNREADABLE;
    } else if (!issuer) {
        out->kind = STANDING_UNCHECKED;
    } else if (!is_signed_by(crl, issuer)) {
        out->kind = STANDING_UNSIGNED;
    } else {
        statement_name_signer(issuer, out);
        read_list(crl, der, crt, now, out);
    }
    gnutls_x509_crl_deinit(crl);
}
