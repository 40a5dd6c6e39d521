/*
 * outcome.c - how a try ended, read from its outcome alone: whether the handshake came about, and
 * whether it ended for want of a certificate of ours. Pure.
 * SPDX-License-Identifier: MIT
 */
#include "context.h"
#include "whytls/text.h"

bool outcome_is_cut_reply(const struct outcome *o)
{
    if (o->success || !outcome_reply_awaited(o))
        return false;
    /* GnuTLS stumbles over pages that come amid a renegotiation (TLS 1.2 and older: measured). */
    bool is_stumble = o->how == BREAK_GARBLED && o->version < 0x0304;
    return o->how == BREAK_CLOSED || o->how == BREAK_RESET || is_stumble;
}

bool outcome_is_through(const struct outcome *o)
{
    bool is_garbled =
        o->how == BREAK_WE_REFUSED || (o->how == BREAK_GARBLED && !outcome_is_cut_reply(o));
    return o->finished && (o->success || (outcome_handshake_done(o) && !is_garbled));
}

/* ---- our certificate ------------------------------------------------------------------------ */

/* Alerts that can speak of a certificate (RFC 8446 6.2, RFC 5246 7.2.2); others are about other
 * things. */
static bool is_about_certificates(int alert)
{
    return alert == 40 || (alert >= 41 && alert <= 46) || alert == 48 || alert == 49 ||
           alert == 116;
}

bool outcome_stops_at_client_certificate(const struct outcome *o)
{
    if (!o->finished || o->success || !o->certificate_requested || !outcome_certificate_came(o))
        return false;
    if (o->how == BREAK_ALERT)
        return is_about_certificates(o->alert);
    /* The server's Finished, or in TLS 1.3 a ticket: it had accepted us before the line ended. */
    bool is_accepted = outcome_handshake_done(o) && (o->version < 0x0304 || o->ticket_seen);
    return !is_accepted && (o->how == BREAK_CLOSED || o->how == BREAK_RESET);
}

/* Statuses by which servers refuse for want of a certificate (RFC 9110 15.5.1, 15.5.2, 15.5.4;
 * nginx's own). */
static bool is_refusing_status(int status)
{
    return status == 400 || status == 401 || status == 403 || status == 495 || status == 496;
}

/* With words that mean this certificate and no gift voucher. */
bool outcome_page_names_client_certificate(const struct outcome *o)
{
    static const char *const words[] = {"ssl certificate", "tls certificate", "client certificate",
                                        "certificate required"};
    for (size_t i = 0; is_refusing_status(o->http_status) && i < sizeof(words) / sizeof(words[0]);
         i++)
        if (text_has_words_nocase(o->http_title, words[i]))
            return true;
    return false;
}

bool outcome_page_may_mean_client_certificate(const struct outcome *o)
{
    return o->certificate_requested && o->success && is_refusing_status(o->http_status);
}

bool outcome_is_cut_short(const struct evidence *ev, const struct outcome *o)
{
    return ev->time_up_ms != 0 && o->how == BREAK_CANCELLED;
}

bool outcome_client_certificate_is_open(const struct outcome *o)
{
    return outcome_page_may_mean_client_certificate(o) ||
           (o->certificate_requested && outcome_is_cut_reply(o));
}

bool outcome_page_may_come_later(const struct outcome *o)
{
    return o->success && !o->certificate_requested && o->version == 0x0304 &&
           (o->http_status == 401 || o->http_status == 403);
}

bool outcome_is_same_end(const struct outcome *a, const struct outcome *b)
{
    return a->success == b->success && a->stage == b->stage && a->how == b->how &&
           a->alert == b->alert && a->http_status == b->http_status;
}
