/*
 * statement.c - the parts that both kinds of signed statements share: an OCSP answer and a list of
 * called-back certificates are as old, and as signed, in the same way. Time is the question's.
 * SPDX-License-Identifier: MIT
 */
#include "chain/internal.h"

enum {
    LONGEST_OPEN_END_S = 15 * 86400, /* without an end: as GnuTLS judges */
};

/* The name by which a person knows the signer: the certificate's own, from its bytes. */
void statement_name_signer(gnutls_x509_crt_t crt, struct standing *out)
{
    dn_by_oid_fn get = gnutls_x509_crt_get_dn_by_oid;
    crt_name_part(crt, get, GNUTLS_OID_X520_COMMON_NAME, out->signer, sizeof out->signer);
    if (!out->signer[0]) {
        crt_name_part(crt, get, GNUTLS_OID_X520_ORGANIZATION_NAME, out->signer, sizeof out->signer);
    }
}

int64_t statement_time(time_t t)
{
    return t > 0 ? (int64_t)t : EVIDENCE_NO_TIME;
}

/* Its time has come and is not over; where it has no end, it ages as GnuTLS lets it. */
enum standing_kind statement_age(int64_t from, int64_t until, int64_t now)
{
    if (from == EVIDENCE_NO_TIME || from > now + STATEMENT_SLACK_S) {
        return STANDING_EARLY;
    }
    if (until == EVIDENCE_NO_TIME) {
        until = from + LONGEST_OPEN_END_S;
    }
    return now > until + STATEMENT_SLACK_S ? STANDING_STALE : STANDING_GOOD;
}
