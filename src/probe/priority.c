/*
 * priority.c - settings to a GnuTLS priority string. It starts with NONE, so that nothing is
 * offered but what the masks say, and so that no level sets a smallest Diffie-Hellman size. The
 * extensions keep their order where GnuTLS would shuffle them: two hellos differ by the one change.
 * SPDX-License-Identifier: MIT
 */
#include "priority.h"

#include <gnutls/gnutls.h>

/* From 3.8.1 on (its NEWS) GnuTLS shuffles the extensions, each hello anew. */
static const char keep_order[] = "%NO_SHUFFLE_EXTENSIONS";

/* Asked of the library that runs, which may be another than the one that was built with. Where a
 * policy of this system leaves nothing of the level, that is another error, and the keyword was
 * taken. */
static bool is_known(const char *keyword)
{
    struct buf text;
    gnutls_priority_t p = NULL;
    buf_init(&text, PRIORITY_MAX);
    buf_puts(&text, "NORMAL:");
    buf_puts(&text, keyword);
    int rc =
        text.failed ? GNUTLS_E_INVALID_REQUEST : gnutls_priority_init(&p, buf_text(&text), NULL);
    if (rc == 0)
        gnutls_priority_deinit(p);
    buf_fini(&text);
    return rc != GNUTLS_E_INVALID_REQUEST;
}

static bool is_offered(const struct settings *s, enum offer o)
{
    return s->offers[offer_row(o)->list] & offer_bit(o);
}

static void put_keyword(struct buf *out, enum offer o)
{
    buf_puts(out, ":+");
    buf_puts(out, offer_row(o)->keyword);
}

void priority_write(struct buf *out, const struct settings *s)
{
    buf_puts(out, "NONE:+CTYPE-X509:+COMP-NULL");
    /* supported_versions goes out in the order given: the newest first, as every client does. The
     * table's order is that of the numbers. */
    for (int o = OFFER_COUNT - 1; o >= 0; o--)
        if (offer_row((enum offer)o)->list == OFFER_LIST_VERSION && is_offered(s, (enum offer)o))
            put_keyword(out, (enum offer)o);
    for (int o = 0; o < OFFER_COUNT; o++)
        if (offer_row((enum offer)o)->list != OFFER_LIST_VERSION && is_offered(s, (enum offer)o))
            put_keyword(out, (enum offer)o);
    if (s->no_extensions)
        buf_puts(out, ":%NO_TICKETS:%NO_ETM:%NO_SESSION_HASH");
    if (is_known(keep_order)) {
        buf_puts(out, ":");
        buf_puts(out, keep_order);
    }
}
