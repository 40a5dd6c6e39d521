/*
 * page_details_client_certificate.c - what the site asks for when it wants a certificate of the
 * user's, and the one that the user gave: parts of the tabs in page_details_tabs.h. Pure.
 * SPDX-License-Identifier: MIT
 */
#include "page_details_tabs.h"

#include <stdio.h>

#include "../widgets/widgets.h"
#include "whytls/advice.h"
#include "whytls/message.h"

/* "RSA-PSS-SHA256, ECDSA-P256-SHA256 and 3 more" in one line of the document. */
static void put_words(struct doc *d, const char *name, const struct requested_type *words, size_t n)
{
    char text[ADVICE_LINE] = "";
    size_t used = 0, shown = 0;
    while (shown < n && used + sizeof(words[0].name) + 24 < sizeof(text)) {
        used += (size_t)snprintf(text + used, sizeof(text) - used, "%s%s", shown ? ", " : "",
                                 words[shown].name);
        shown++;
    }
    if (shown < n)
        tab_put_more(d, name, ROLE_EVIDENCE, text, n - shown);
    else
        tab_put_pair(d, name, text);
}

static void put_authorities(struct doc *d, const struct certificate_request *request)
{
    char text[ADVICE_LINE];
    size_t n = request->n_authorities;
    if (request->n_all_authorities == 0)
        tab_put_pair(d, message("issued by"), message("(it names no authority: any will do)"));
    for (size_t i = 0; i < n; i++)
        tab_put_quote(d, i == 0 ? message("issued by") : " ", request->authorities[i].dn);
    if (request->n_all_authorities > n) {
        snprintf(text, sizeof(text), message("and %zu more"),
                 (size_t)request->n_all_authorities - n);
        tab_put_pair(d, n == 0 ? message("issued by") : " ", text);
    }
}

void tab_put_request(const struct model *m, struct doc *d, const struct outcome *o)
{
    const struct evidence *ev = m->evidence;
    if (!o->certificate_requested)
        return;
    tab_put_pair(d, message("it asks for"), message("a client certificate"));
    if (o->request < 0 || (size_t)o->request >= ev->n_requests)
        return;
    const struct certificate_request *request = &ev->requests[o->request];
    put_authorities(d, request);
    put_words(d, message("key types"), request->kinds, request->n_kinds);
    put_words(d, message("signatures"), request->signatures, request->n_signatures);
    if (ev->n_own > 0 && request->n_all_authorities > 0)
        tab_put_pair(d, message("yours"),
                     request->ours >= 0 ? message("is issued by one of them")
                                        : message("is issued by none of them"));
}

void tab_put_own(const struct model *m, struct doc *d)
{
    const struct evidence *ev = m->evidence;
    if (ev->n_own == 0)
        return;
    doc_blank(d);
    doc_text(d, 1, ROLE_TEXT,
             message("Your client certificate, sent where the site asks.  Its key is not kept:"));
    for (size_t i = 0; i < ev->n_own; i++) {
        char title[64];
        doc_blank(d);
        snprintf(title, sizeof(title), message("Client certificate %zu"), i + 1);
        tab_put_certificate(m, d, title, &ev->own[i].der);
    }
}
