/*
 * ending.c - from (GnuTLS's code, errno, end of line, first bytes, alert) to how it broke. The
 * order matters: each code means several things, and the log says which (measured on 3.7.9).
 * SPDX-License-Identifier: MIT
 */
#include "ending.h"

#include <errno.h>

/* ---- the line -------------------------------------------------------------------------------- */

enum { RECORD_CHANGE_CIPHER_SPEC = 20, RECORD_HEARTBEAT = 24 };

bool looks_like_tls(const struct traffic *t)
{
    const uint8_t *b = t->first;
    if (t->n_first >= 1 && (b[0] < RECORD_CHANGE_CIPHER_SPEC || b[0] > RECORD_HEARTBEAT))
        return false;
    if (t->n_first >= 2 && b[1] != 3)
        return false;
    return t->n_first < 3 || b[2] <= 4;
}

enum break_kind break_of_errno(int error)
{
    static const struct {
        int error;
        enum break_kind kind;
    } known[] = {
        {ECONNREFUSED, BREAK_REFUSED},
        {ENETUNREACH, BREAK_UNREACHABLE},
        {EHOSTUNREACH, BREAK_UNREACHABLE},
        {ENETDOWN, BREAK_UNREACHABLE},
        {EHOSTDOWN, BREAK_UNREACHABLE},
        {EADDRNOTAVAIL, BREAK_UNREACHABLE},
        {EPERM, BREAK_UNREACHABLE},
        {ENOPROTOOPT, BREAK_UNREACHABLE},
        {EPROTO, BREAK_UNREACHABLE},
        {ETIMEDOUT, BREAK_SILENCE},
        {ECONNRESET, BREAK_RESET},
        {ECONNABORTED, BREAK_RESET},
        {EPIPE, BREAK_CLOSED}, /* a FIN came first; the RST answers what we sent after it */
        {EAFNOSUPPORT, BREAK_UNREACHABLE},
    };
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
        if (known[i].error == error)
            return known[i].kind;
    return BREAK_FAILED;
}

enum break_kind how_it_ended(const struct line_end *end)
{
    /* A failed send has consumed the socket's error: the receive after it sees a mere end. */
    int error = end->recv_errno ? end->recv_errno : end->send_errno;
    return error ? break_of_errno(error) : BREAK_CLOSED;
}

/* ---- TLS ----------------------------------------------------------------------------------- */

struct code_row {
    int code;
    enum break_kind how;
    enum refused_for refused_for;
};

#define REFUSAL(code, what)                                                                        \
    {                                                                                              \
        code, BREAK_WE_REFUSED, REFUSED_FOR_##what                                                 \
    }
#define GARBLE(code)                                                                               \
    {                                                                                              \
        code, BREAK_GARBLED, REFUSED_FOR_NOTHING                                                   \
    }
#define FAULT(code)                                                                                \
    {                                                                                              \
        code, BREAK_FAILED, REFUSED_FOR_NOTHING                                                    \
    }

static const struct code_row codes[] = {
    REFUSAL(GNUTLS_E_DH_PRIME_UNACCEPTABLE, DH_TOO_SMALL),
    REFUSAL(GNUTLS_E_UNSUPPORTED_VERSION_PACKET, VERSION),
    REFUSAL(GNUTLS_E_UNKNOWN_CIPHER_SUITE, SUITE),
    REFUSAL(GNUTLS_E_UNWANTED_ALGORITHM, SUITE),
    REFUSAL(GNUTLS_E_ECC_UNSUPPORTED_CURVE, SUITE),
    REFUSAL(GNUTLS_E_ECC_NO_SUPPORTED_CURVES, SUITE),
    REFUSAL(GNUTLS_E_NO_COMMON_KEY_SHARE, SUITE),
    REFUSAL(GNUTLS_E_UNSUPPORTED_SIGNATURE_ALGORITHM, SIGNATURE_TYPE),
    REFUSAL(GNUTLS_E_INCOMPATIBLE_SIG_WITH_KEY, SIGNATURE_TYPE),
    REFUSAL(GNUTLS_E_INCOMPAT_DSA_KEY_WITH_TLS_PROTOCOL, SIGNATURE_TYPE),
    REFUSAL(GNUTLS_E_INSUFFICIENT_SECURITY, SIGNATURE_TYPE),
    REFUSAL(GNUTLS_E_PK_SIG_VERIFY_FAILED, BAD_SIGNATURE),
    REFUSAL(GNUTLS_E_CERTIFICATE_ERROR, BAD_CERTIFICATE),
    REFUSAL(GNUTLS_E_NO_CERTIFICATE_FOUND, BAD_CERTIFICATE),
    REFUSAL(GNUTLS_E_UNSUPPORTED_CERTIFICATE_TYPE, BAD_CERTIFICATE),
    REFUSAL(GNUTLS_E_CERTIFICATE_KEY_MISMATCH, BAD_CERTIFICATE),
    REFUSAL(GNUTLS_E_KEY_USAGE_VIOLATION, BAD_CERTIFICATE),
    REFUSAL(GNUTLS_E_X509_UNKNOWN_SAN, BAD_CERTIFICATE),
    REFUSAL(GNUTLS_E_X509_UNSUPPORTED_CRITICAL_EXTENSION, BAD_CERTIFICATE),
    REFUSAL(GNUTLS_E_X509_UNSUPPORTED_EXTENSION, BAD_CERTIFICATE),
    REFUSAL(GNUTLS_E_X509_DUPLICATE_EXTENSION, BAD_CERTIFICATE),
    REFUSAL(GNUTLS_E_UNKNOWN_PK_ALGORITHM, BAD_CERTIFICATE),
    REFUSAL(GNUTLS_E_PK_INVALID_PUBKEY, BAD_CERTIFICATE),
    REFUSAL(GNUTLS_E_PK_INVALID_PUBKEY_PARAMS, BAD_CERTIFICATE),
    REFUSAL(GNUTLS_E_PK_ENCRYPTION_FAILED, BAD_CERTIFICATE),
    REFUSAL(GNUTLS_E_DECRYPTION_FAILED, BAD_RECORD),
    REFUSAL(GNUTLS_E_ERROR_IN_FINISHED_PACKET, BAD_RECORD),
    REFUSAL(GNUTLS_E_RECEIVED_ILLEGAL_PARAMETER, OTHER),
    REFUSAL(GNUTLS_E_RECEIVED_ILLEGAL_EXTENSION, OTHER),
    REFUSAL(GNUTLS_E_ILLEGAL_PARAMETER, OTHER),
    REFUSAL(GNUTLS_E_SAFE_RENEGOTIATION_FAILED, OTHER),
    REFUSAL(GNUTLS_E_UNSAFE_RENEGOTIATION_DENIED, OTHER),
    REFUSAL(GNUTLS_E_MISSING_EXTENSION, OTHER),
    REFUSAL(GNUTLS_E_HANDSHAKE_TOO_LARGE, OTHER),
    REFUSAL(GNUTLS_E_UNEXPECTED_EXTENSIONS_LENGTH, OTHER),
    REFUSAL(GNUTLS_E_TOO_MANY_HANDSHAKE_PACKETS, OTHER),
    REFUSAL(GNUTLS_E_TOO_MANY_EMPTY_PACKETS, OTHER),
    GARBLE(GNUTLS_E_UNEXPECTED_PACKET),
    GARBLE(GNUTLS_E_UNEXPECTED_PACKET_LENGTH),
    GARBLE(GNUTLS_E_UNEXPECTED_HANDSHAKE_PACKET),
    GARBLE(GNUTLS_E_RECORD_OVERFLOW),
    FAULT(GNUTLS_E_MEMORY_ERROR),
    FAULT(GNUTLS_E_NO_PRIORITIES_WERE_SET),
    FAULT(GNUTLS_E_NO_CIPHER_SUITES),
    FAULT(GNUTLS_E_INVALID_REQUEST),
    FAULT(GNUTLS_E_INTERNAL_ERROR),
    FAULT(GNUTLS_E_INSUFFICIENT_CREDENTIALS),
    FAULT(GNUTLS_E_RANDOM_FAILED),
    FAULT(GNUTLS_E_LIB_IN_ERROR_STATE),
    FAULT(GNUTLS_E_PK_SIGN_FAILED),
};

static bool is_asn1(int rc)
{
    return rc <= GNUTLS_E_ASN1_ELEMENT_NOT_FOUND && rc >= GNUTLS_E_ASN1_DER_OVERFLOW;
}

/* A code with which GnuTLS says no more than that the line gave out under it. */
static bool is_connection_lost(int rc)
{
    return rc == GNUTLS_E_PULL_ERROR || rc == GNUTLS_E_PUSH_ERROR ||
           rc == GNUTLS_E_PREMATURE_TERMINATION || rc == GNUTLS_E_UNEXPECTED_PACKET_LENGTH;
}

struct ending ending_of(int rc, const struct outcome *o, const struct layer *l)
{
    if (o->alert >= 0)
        return (struct ending){.how = BREAK_ALERT};
    if (!looks_like_tls(&l->traffic))
        return (struct ending){.how = BREAK_NOT_TLS};
    if (l->below->end.has_ended && is_connection_lost(rc))
        return (struct ending){.how = how_it_ended(&l->below->end)};
    if (rc == GNUTLS_E_INTERNAL_ERROR && o->n_warnings == EVIDENCE_MAX_WARNINGS)
        return (struct ending){.how = BREAK_GARBLED}; /* it gives up on a flood of warnings */
    /* Before TLS 1.3 a suite is refused at ServerHello: later it is our own signature. */
    if (rc == GNUTLS_E_UNWANTED_ALGORITHM && o->certificate_requested && o->version < 0x0304)
        return (struct ending){BREAK_WE_REFUSED, REFUSED_FOR_OWN_KEY};
    if (is_asn1(rc))
        return (struct ending){BREAK_WE_REFUSED, REFUSED_FOR_BAD_CERTIFICATE};
    for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
        if (codes[i].code == rc)
            return (struct ending){codes[i].how, codes[i].refused_for};
    return (struct ending){BREAK_WE_REFUSED, REFUSED_FOR_OTHER};
}
