/*
 * events.c - timelines and outcomes in words. Tables of RFC 8446's names; no judgement.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>

#include "whytls/advice.h"
#include "whytls/message.h"
#include "whytls/text.h"

/* RFC 8446 6 and the registry's older ones (RFC 5246 7.2, RFC 6066, RFC 7301). */
static const struct {
    int description;
    const char *name;
} alerts[] = {
    {0, "close notify"},
    {10, "unexpected message"},
    {20, "bad record MAC"},
    {21, "decryption failed"},
    {22, "record overflow"},
    {30, "decompression failure"},
    {40, "handshake failure"},
    {41, "no certificate"},
    {42, "bad certificate"},
    {43, "unsupported certificate"},
    {44, "certificate revoked"},
    {45, "certificate expired"},
    {46, "certificate unknown"},
    {47, "illegal parameter"},
    {48, "unknown authority"},
    {49, "access denied"},
    {50, "decode error"},
    {51, "decrypt error"},
    {70, "protocol version"},
    {71, "insufficient security"},
    {80, "internal error"},
    {86, "inappropriate fallback"},
    {90, "user cancelled"},
    {100, "no renegotiation"},
    {109, "missing extension"},
    {110, "unsupported extension"},
    {112, "unrecognized name"},
    {113, "bad certificate status"},
    {115, "unknown PSK identity"},
    {116, "certificate required"},
    {120, "no application protocol"},
};

const char *alert_name(int description)
{
    for (size_t i = 0; i < sizeof(alerts) / sizeof(alerts[0]); i++)
        if (alerts[i].description == description)
            return alerts[i].name;
    return "unknown alert";
}

/* RFC 8446 4, RFC 5246 7.4; plain words for a reader beside the field's own. */
static const struct {
    int type;
    const char *name;
    const char *words;
} messages[] = {
    {1, "ClientHello", "we send our first message"},
    {2, "ServerHello", "the server answers"},
    {4, "NewSessionTicket", "it gives us a session ticket"},
    {6, "HelloRetryRequest", "the server asks for another ClientHello"},
    {8, "EncryptedExtensions", "it adds its options"},
    {11, "Certificate", "its certificates come"},
    {12, "ServerKeyExchange", "it sends its part of the key exchange"},
    {13, "CertificateRequest", "it asks for a client certificate"},
    {14, "ServerHelloDone", "its part is complete"},
    {15, "CertificateVerify", "it signs the handshake"},
    {16, "ClientKeyExchange", "we send our part of the key exchange"},
    {20, "Finished", "its handshake is done"},
    {22, "CertificateStatus", "it staples an OCSP response"},
};

const char *handshake_name(int type)
{
    for (size_t i = 0; i < sizeof(messages) / sizeof(messages[0]); i++)
        if (messages[i].type == type)
            return messages[i].name;
    return "";
}

/* What our own side says with the same messages. */
static const char *message_words(const struct event *e)
{
    if (e->direction == DIRECTION_OUT) {
        switch (e->number) {
        case 11:
            return "we answer with our certificate, or none";
        case 15:
            return "we sign the handshake";
        case 20:
            return "our handshake is done";
        default:
            break;
        }
    }
    for (size_t i = 0; i < sizeof(messages) / sizeof(messages[0]); i++)
        if (messages[i].type == e->number)
            return messages[i].words;
    return "a message";
}

static const struct {
    enum break_kind how;
    const char *words;
} ends[] = {
    {BREAK_NONE, "all is well"},
    {BREAK_NAME_NOT_FOUND, "the name does not exist"},
    {BREAK_NAME_LOOKUP_FAILED, "the name service (DNS) gave no answer"},
    {BREAK_REFUSED, "the server refused the connection"},
    {BREAK_UNREACHABLE, "there is no route to this address"},
    {BREAK_SILENCE, "timed out, nothing more came"},
    {BREAK_CLOSED, "the other side closed the connection"},
    {BREAK_RESET, "the connection was reset"},
    {BREAK_ALERT, "the server refused with an alert"},
    {BREAK_NOT_TLS, "this is not TLS"},
    {BREAK_GARBLED, "what came cannot be decoded"},
    {BREAK_WE_REFUSED, "we could not accept what came"},
    {BREAK_CANCELLED, "we stopped it"},
    {BREAK_FAILED, "this computer could not do it"},
};

static const char *end_words(enum break_kind how)
{
    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
        if (ends[i].how == how)
            return ends[i].words;
    return "";
}

/* close_notify is a goodbye, a warning no refusal (RFC 8446 6.1; levels before it: RFC 5246 7.2).
 */
static void say_alert(const struct event *e, char *out, size_t out_size)
{
    bool is_in = e->direction == DIRECTION_IN;
    const char *what = is_in ? "it refuses" : "we refuse";
    if (e->number == 0)
        what = is_in ? "it closes" : "we close";
    else if (e->level == 1)
        what = is_in ? "it warns" : "we warn";
    snprintf(out, out_size, "%s: alert %u, %s", what, (unsigned)e->number, alert_name(e->number));
}

/* Content types, RFC 8446 5.1. */
static const char *record_words(const struct event *e)
{
    bool is_in = e->direction == DIRECTION_IN;
    switch (e->number) {
    case 20:
        return is_in ? "it switches to encryption" : "we switch to encryption";
    case 22:
        return is_in ? "it goes on, encrypted" : "we go on, encrypted";
    case 23:
        return is_in ? "it sends encrypted data" : "we send encrypted data";
    default:
        return is_in ? "it sends a record" : "we send a record";
    }
}

/* What a message brings: a number of things, or a name; "" where it has none. */
static void say_load(const struct event *e, char *out, size_t out_size)
{
    static const struct {
        unsigned type;
        const char *one, *many;
    } loads[] = {
        {11, N_("%u certificate"), N_("%u certificates")},        /* Certificate */
        {12, N_("%u bit"), N_("%u bits")},                        /* ServerKeyExchange */
        {13, N_("from %u authority"), N_("from %u authorities")}, /* CertificateRequest */
    };
    text_copy_cut(out, out_size, e->text);
    for (size_t i = 0; e->count > 0 && i < sizeof(loads) / sizeof(loads[0]); i++)
        if (loads[i].type == e->number)
            snprintf(out, out_size, e->count == 1 ? loads[i].one : loads[i].many,
                     (unsigned)e->count);
}

void advice_event(const struct probe *p, const struct event *e, char *out, size_t out_size)
{
    const char *colon = e->text[0] ? ": " : "";
    char load[sizeof(e->text)];
    switch (e->kind) {
    case EVENT_RESOLVED:
        snprintf(out, out_size, "find the address%s%s", colon, e->text);
        break;
    case EVENT_CONNECTED:
        snprintf(out, out_size, "connect%s%s", colon, e->text);
        break;
    case EVENT_HANDSHAKE:
        say_load(e, load, sizeof(load));
        snprintf(out, out_size, "%s%s%s", message_words(e), load[0] ? ": " : "", load);
        break;
    case EVENT_ALERT:
        say_alert(e, out, out_size);
        break;
    case EVENT_RECORD:
        text_copy_cut(out, out_size, record_words(e));
        break;
    case EVENT_DATA:
        text_copy_cut(out, out_size,
                      e->direction == DIRECTION_IN ? "the site sends data"
                                                   : "we send a small request");
        break;
    case EVENT_BYTES:
        text_copy_cut(out, out_size,
                      e->direction == DIRECTION_IN ? "bytes come that are not TLS"
                                                   : "we send plain text");
        break;
    case EVENT_END:
        text_copy_cut(out, out_size,
                      p->outcome.success ? "done, all is well" : end_words(p->outcome.how));
        break;
    default:
        snprintf(out, out_size, "something came");
        break;
    }
}

/* ---- outcomes ------------------------------------------------------------------------------- */

static const char *const stage_words[] = {
    [STAGE_RESOLVE] = "when we looked up the name",
    [STAGE_CONNECT] = "when we connected",
    [STAGE_HELLO] = "after our first message",
    [STAGE_SERVER_HELLO] = "after its first answer",
    [STAGE_CERTIFICATE] = "after its certificates",
    [STAGE_KEY_EXCHANGE] = "in the key exchange",
    [STAGE_FINISHED] = "at the end of the handshake",
    [STAGE_REPLY] = "after the handshake",
    [STAGE_DONE] = "at the end",
};

static const char *const refused_words[] = {
    [REFUSED_FOR_NOTHING] = "we could not go on",
    [REFUSED_FOR_DH_TOO_SMALL] = "its Diffie-Hellman key exchange is too small for us",
    [REFUSED_FOR_VERSION] = "it chose a TLS version that we did not offer",
    [REFUSED_FOR_SUITE] = "it chose a cipher that we did not offer",
    [REFUSED_FOR_SIGNATURE_TYPE] = "it signed in a way that we do not accept",
    [REFUSED_FOR_BAD_SIGNATURE] = "its signature does not match its certificate",
    [REFUSED_FOR_BAD_CERTIFICATE] = "its certificate cannot be used",
    [REFUSED_FOR_OWN_KEY] = "your key cannot sign in a way that it accepts",
    [REFUSED_FOR_BAD_RECORD] = "its data was changed on the way",
    [REFUSED_FOR_OTHER] = "we could not go on",
};

static void say_success(const struct outcome *o, char *out, size_t out_size)
{
    bool is_refused = o->http_status == 401 || o->http_status == 403;
    if (o->version && (is_refused || (o->certificate_requested && o->http_status >= 400)))
        snprintf(out, out_size, "It worked, with %s, and the page has the status %d.",
                 offer_version_name(o->version), o->http_status);
    else if (o->version)
        snprintf(out, out_size, "It worked, with %s.", offer_version_name(o->version));
    else
        snprintf(out, out_size, "It answered: %s.", protocol_words(o->protocol));
}

void advice_outcome(const struct probe *p, char *out, size_t out_size)
{
    const struct outcome *o = &p->outcome;
    if (!o->finished)
        snprintf(out, out_size, "It is still under way.");
    else if (o->success)
        say_success(o, out, out_size);
    else if (o->how == BREAK_ALERT && o->certificate_requested && outcome_certificate_came(o))
        snprintf(out, out_size,
                 "The server asked for your client certificate, then refused (alert %d, %s).",
                 o->alert, alert_name(o->alert));
    else if (o->how == BREAK_ALERT)
        snprintf(out, out_size, "The server refused %s (alert %d, %s).", stage_words[o->stage],
                 o->alert, alert_name(o->alert));
    else if (o->how == BREAK_NOT_TLS)
        snprintf(out, out_size, "The answer came from %s.", protocol_words(o->protocol));
    else if (o->how == BREAK_WE_REFUSED)
        snprintf(out, out_size, "It stopped: %s.", refused_words[o->refused_for]);
    else if (!outcome_tcp_opened(o))
        snprintf(out, out_size, "It failed: %s.", end_words(o->how));
    else
        snprintf(out, out_size, "It broke %s: %s.", stage_words[o->stage], end_words(o->how));
}
