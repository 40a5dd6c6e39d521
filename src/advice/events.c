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
    {0, N_("close notify")},
    {10, N_("unexpected message")},
    {20, N_("bad record MAC")},
    {21, N_("decryption failed")},
    {22, N_("record overflow")},
    {30, N_("decompression failure")},
    {40, N_("handshake failure")},
    {41, N_("no certificate")},
    {42, N_("bad certificate")},
    {43, N_("unsupported certificate")},
    {44, N_("certificate revoked")},
    {45, N_("certificate expired")},
    {46, N_("certificate unknown")},
    {47, N_("illegal parameter")},
    {48, N_("unknown authority")},
    {49, N_("access denied")},
    {50, N_("decode error")},
    {51, N_("decrypt error")},
    {70, N_("protocol version")},
    {71, N_("insufficient security")},
    {80, N_("internal error")},
    {86, N_("inappropriate fallback")},
    {90, N_("user cancelled")},
    {100, N_("no renegotiation")},
    {109, N_("missing extension")},
    {110, N_("unsupported extension")},
    {112, N_("unrecognized name")},
    {113, N_("bad certificate status")},
    {115, N_("unknown PSK identity")},
    {116, N_("certificate required")},
    {120, N_("no application protocol")},
};

const char *alert_name(int description)
{
    for (size_t i = 0; i < sizeof(alerts) / sizeof(alerts[0]); i++)
        if (alerts[i].description == description)
            return alerts[i].name;
    return N_("unknown alert");
}

/* RFC 8446 4, RFC 5246 7.4; plain words for a reader beside the field's own. */
static const struct {
    int type;
    const char *name;
    const char *words;
} messages[] = {
    {1, "ClientHello", N_("we send our first message")},
    {2, "ServerHello", N_("the server answers")},
    {4, "NewSessionTicket", N_("it gives us a session ticket")},
    {6, "HelloRetryRequest", N_("the server asks for another ClientHello")},
    {8, "EncryptedExtensions", N_("it adds its options")},
    {11, "Certificate", N_("its certificates come")},
    {12, "ServerKeyExchange", N_("it sends its part of the key exchange")},
    {13, "CertificateRequest", N_("it asks for a client certificate")},
    {14, "ServerHelloDone", N_("its part is complete")},
    {15, "CertificateVerify", N_("it signs the handshake")},
    {16, "ClientKeyExchange", N_("we send our part of the key exchange")},
    {20, "Finished", N_("its handshake is done")},
    {22, "CertificateStatus", N_("it staples an OCSP response")},
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
            return N_("we answer with our certificate, or none");
        case 15:
            return N_("we sign the handshake");
        case 20:
            return N_("our handshake is done");
        default:
            break;
        }
    }
    for (size_t i = 0; i < sizeof(messages) / sizeof(messages[0]); i++)
        if (messages[i].type == e->number)
            return messages[i].words;
    return N_("a message");
}

static const struct {
    enum break_kind how;
    const char *words;
} ends[] = {
    {BREAK_NONE, N_("all is well")},
    {BREAK_NAME_NOT_FOUND, N_("the name does not exist")},
    {BREAK_NAME_LOOKUP_FAILED, N_("the name service (DNS) gave no answer")},
    {BREAK_REFUSED, N_("the server refused the connection")},
    {BREAK_UNREACHABLE, N_("there is no route to this address")},
    {BREAK_SILENCE, N_("timed out, nothing more came")},
    {BREAK_CLOSED, N_("the other side closed the connection")},
    {BREAK_RESET, N_("the connection was reset")},
    {BREAK_ALERT, N_("the server refused with an alert")},
    {BREAK_NOT_TLS, N_("this is not TLS")},
    {BREAK_GARBLED, N_("what came cannot be decoded")},
    {BREAK_WE_REFUSED, N_("we could not accept what came")},
    {BREAK_CANCELLED, N_("we stopped it")},
    {BREAK_FAILED, N_("this computer could not do it")},
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
    static const char *const words[2][3] = {
        {N_("we refuse: alert %u, %s"), N_("we warn: alert %u, %s"), N_("we close: alert %u, %s")},
        {N_("it refuses: alert %u, %s"), N_("it warns: alert %u, %s"),
         N_("it closes: alert %u, %s")},
    };
    bool is_in = e->direction == DIRECTION_IN;
    int what = e->number == 0 ? 2 : e->level == 1 ? 1 : 0;
    text_printf(out, out_size, message(words[is_in][what]), (unsigned)e->number,
                message(alert_name(e->number)));
}

/* Content types, RFC 8446 5.1. */
static const char *record_words(const struct event *e)
{
    bool is_in = e->direction == DIRECTION_IN;
    switch (e->number) {
    case 20:
        return is_in ? N_("it switches to encryption") : N_("we switch to encryption");
    case 22:
        return is_in ? N_("it goes on, encrypted") : N_("we go on, encrypted");
    case 23:
        return is_in ? N_("it sends encrypted data") : N_("we send encrypted data");
    default:
        return is_in ? N_("it sends a record") : N_("we send a record");
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
            text_printf(out, out_size, message_plural(loads[i].one, loads[i].many, e->count),
                        (unsigned)e->count);
}

/* With what came, where that has a name. */
static void say_with(const char *bare, const char *with, const char *load, char *out,
                     size_t out_size)
{
    if (load[0])
        text_printf(out, out_size, message(with), load);
    else
        text_copy_cut(out, out_size, message(bare));
}

static void say_message(const struct event *e, char *out, size_t out_size)
{
    char load[2 * sizeof(e->text)];
    say_load(e, load, sizeof(load));
    if (load[0]) /* TRANSLATORS: what was sent, and what it was */
        text_printf(out, out_size, message("%s: %s"), message(message_words(e)), load);
    else
        text_copy_cut(out, out_size, message(message_words(e)));
}

/* Events of one sentence, which may depend on who sends. */
static const char *event_words(const struct probe *p, const struct event *e)
{
    bool is_in = e->direction == DIRECTION_IN;
    switch (e->kind) {
    case EVENT_RECORD:
        return record_words(e);
    case EVENT_DATA:
        return is_in ? N_("the site sends data") : N_("we send a small request");
    case EVENT_BYTES:
        return is_in ? N_("bytes come that are not TLS") : N_("we send plain text");
    case EVENT_END:
        return p->outcome.success ? N_("done, all is well") : end_words(p->outcome.how);
    default:
        return N_("something came");
    }
}

void advice_event(const struct probe *p, const struct event *e, char *out, size_t out_size)
{
    switch (e->kind) {
    case EVENT_RESOLVED:
        say_with(N_("find the address"), N_("find the address: %s"), e->text, out, out_size);
        break;
    case EVENT_CONNECTED:
        say_with(N_("connect"), N_("connect: %s"), e->text, out, out_size);
        break;
    case EVENT_HANDSHAKE:
        say_message(e, out, out_size);
        break;
    case EVENT_ALERT:
        say_alert(e, out, out_size);
        break;
    default:
        text_copy_cut(out, out_size, message(event_words(p, e)));
        break;
    }
}

/* ---- outcomes ------------------------------------------------------------------------------- */

/* Whole sentences for each place where it can end; %s of a break is how: "the connection was
 * reset". */
static const struct {
    const char *refused, *broke;
} ended[STAGE_COUNT] = {
    [STAGE_RESOLVE] = {N_("The server refused when we looked up the name (alert %d, %s)."),
                       N_("It broke when we looked up the name: %s.")},
    [STAGE_CONNECT] = {N_("The server refused when we connected (alert %d, %s)."),
                       N_("It broke when we connected: %s.")},
    [STAGE_HELLO] = {N_("The server refused after our first message (alert %d, %s)."),
                     N_("It broke after our first message: %s.")},
    [STAGE_SERVER_HELLO] = {N_("The server refused after its first answer (alert %d, %s)."),
                            N_("It broke after its first answer: %s.")},
    [STAGE_CERTIFICATE] = {N_("The server refused after its certificates (alert %d, %s)."),
                           N_("It broke after its certificates: %s.")},
    [STAGE_KEY_EXCHANGE] = {N_("The server refused in the key exchange (alert %d, %s)."),
                            N_("It broke in the key exchange: %s.")},
    [STAGE_FINISHED] = {N_("The server refused at the end of the handshake (alert %d, %s)."),
                        N_("It broke at the end of the handshake: %s.")},
    [STAGE_REPLY] = {N_("The server refused after the handshake (alert %d, %s)."),
                     N_("It broke after the handshake: %s.")},
    [STAGE_DONE] = {N_("The server refused at the end (alert %d, %s)."),
                    N_("It broke at the end: %s.")},
};

static const char *const came_from[PROTOCOL_COUNT] = {
    [PROTOCOL_NONE] = N_("The answer came from something that is not TLS."),
    [PROTOCOL_HTTP] = N_("The answer came from a web server without TLS (plain HTTP)."),
    [PROTOCOL_SSH] = N_("The answer came from a remote login server (SSH)."),
    [PROTOCOL_SMTP] = N_("The answer came from a mail server that sends mail (SMTP)."),
    [PROTOCOL_FTP] = N_("The answer came from a file server (FTP)."),
    [PROTOCOL_IMAP] = N_("The answer came from a mail server for reading mail (IMAP)."),
    [PROTOCOL_POP3] = N_("The answer came from a mail server for fetching mail (POP3)."),
    [PROTOCOL_MYSQL] = N_("The answer came from a database (MySQL or MariaDB)."),
    [PROTOCOL_POSTGRESQL] = N_("The answer came from a database (PostgreSQL)."),
    [PROTOCOL_REDIS] = N_("The answer came from a database (Redis)."),
    [PROTOCOL_RDP] = N_("The answer came from a remote desktop (RDP)."),
    [PROTOCOL_VNC] = N_("The answer came from a remote desktop (VNC)."),
    [PROTOCOL_LDAP] = N_("The answer came from a directory server (LDAP)."),
    [PROTOCOL_XMPP] = N_("The answer came from a chat server (XMPP)."),
    [PROTOCOL_TELNET] = N_("The answer came from a remote login server (Telnet)."),
    [PROTOCOL_SSL2] = N_("The answer came from a very old secure server (SSL 2)."),
    [PROTOCOL_UNKNOWN] = N_("The answer came from a service that we do not know."),
};

static const char *const refused_words[] = {
    [REFUSED_FOR_NOTHING] = N_("we could not go on"),
    [REFUSED_FOR_DH_TOO_SMALL] = N_("its Diffie-Hellman key exchange is too small for us"),
    [REFUSED_FOR_VERSION] = N_("it chose a TLS version that we did not offer"),
    [REFUSED_FOR_SUITE] = N_("it chose a cipher that we did not offer"),
    [REFUSED_FOR_SIGNATURE_TYPE] = N_("it signed in a way that we do not accept"),
    [REFUSED_FOR_BAD_SIGNATURE] = N_("its signature does not match its certificate"),
    [REFUSED_FOR_BAD_CERTIFICATE] = N_("its certificate cannot be used"),
    [REFUSED_FOR_OWN_KEY] = N_("your key cannot sign in a way that it accepts"),
    [REFUSED_FOR_BAD_RECORD] = N_("its data was changed on the way"),
    [REFUSED_FOR_OTHER] = N_("we could not go on"),
};

static void say_success(const struct outcome *o, char *out, size_t out_size)
{
    bool is_refused = o->http_status == 401 || o->http_status == 403;
    if (o->version && (is_refused || (o->certificate_requested && o->http_status >= 400)))
        text_printf(out, out_size, message("It worked, with %s, and the page has the status %d."),
                    offer_version_name(o->version), o->http_status);
    else if (o->version)
        text_printf(out, out_size, message("It worked, with %s."), offer_version_name(o->version));
    else
        text_printf(out, out_size, message("It answered: %s."),
                    message(protocol_words(o->protocol)));
}

void advice_outcome(const struct probe *p, char *out, size_t out_size)
{
    const struct outcome *o = &p->outcome;
    if (!o->finished)
        text_copy_cut(out, out_size, message("It is still under way."));
    else if (o->success)
        say_success(o, out, out_size);
    else if (o->how == BREAK_ALERT && o->certificate_requested && outcome_certificate_came(o))
        text_printf(out, out_size,
                    message("The server asked for your client certificate, then refused (alert "
                            "%d, %s)."),
                    o->alert, message(alert_name(o->alert)));
    else if (o->how == BREAK_ALERT)
        text_printf(out, out_size, message(ended[o->stage].refused), o->alert,
                    message(alert_name(o->alert)));
    else if (o->how == BREAK_NOT_TLS)
        text_copy_cut(out, out_size, message(came_from[o->protocol]));
    else if (o->how == BREAK_WE_REFUSED)
        text_printf(out, out_size, message("It stopped: %s."),
                    message(refused_words[o->refused_for]));
    else if (!outcome_tcp_opened(o))
        text_printf(out, out_size, message("It failed: %s."), message(end_words(o->how)));
    else
        text_printf(out, out_size, message(ended[o->stage].broke), message(end_words(o->how)));
}
