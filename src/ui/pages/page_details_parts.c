/*
 * page_details_parts.c - what several tabs of the details page put alike: a named value, and a
 * certificate. Pure.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <string.h>

#include "../page.h"
#include "../widgets/widgets.h"
#include "page_details_tabs.h"
#include "whytls/advice.h"
#include "whytls/message.h"
#include "whytls/text.h"

enum { NAME_X = 2, VALUE_X = 17 };

static void put_pair(struct doc *d, const char *name, enum role role, const char *value)
{
    if (!value[0])
        return;
    int x = NAME_X + text_width(name) + 1;
    doc_put(d, NAME_X, ROLE_HEADING, name);
    doc_text(d, x > VALUE_X ? x : VALUE_X, role, value);
}

void tab_put_pair(struct doc *d, const char *name, const char *value)
{
    put_pair(d, name, ROLE_EVIDENCE, value);
}

void tab_put_quote(struct doc *d, const char *name, const char *value)
{
    put_pair(d, name, ROLE_QUOTE, value);
}

void tab_put_more(struct doc *d, const char *name, enum role role, const char *list, size_t n)
{
    char text[ADVICE_LINE + 64];
    /* TRANSLATORS: a list that is cut: "a.example, b.example and 3 more". */
    snprintf(text, sizeof(text),
             message_plural("%s and %zu more", "%s and %zu more", (unsigned long)n), list, n);
    put_pair(d, name, role, text);
}

static void put_names(struct doc *d, const struct cert_info *info)
{
    char text[ADVICE_LINE] = "";
    size_t used = 0, shown = 0;
    while (shown < info->n_names && used + strlen(info->names[shown]) + 24 < sizeof(text)) {
        used += (size_t)snprintf(text + used, sizeof(text) - used, "%s%s", shown ? ", " : "",
                                 info->names[shown]);
        shown++;
    }
    if (shown < info->n_names)
        tab_put_more(d, message("names"), ROLE_QUOTE, text, info->n_names - shown);
    else
        tab_put_quote(d, message("names"), text);
}

static void put_dates(struct doc *d, const struct cert_info *info)
{
    char from[64], to[64], text[160];
    advice_date(info->not_before, true, from, sizeof(from));
    advice_date(info->not_after, true, to, sizeof(to));
    /* TRANSLATORS: two dates: valid from the one to the other. */
    snprintf(text, sizeof(text), message("%s  to  %s"), from, to);
    tab_put_pair(d, message("valid"), text);
}

/* In groups of four, as one compares it by telephone. */
static void put_fingerprint(const struct model *m, struct doc *d, const char *sha256)
{
    char text[2 * sizeof(((struct cert_info *)0)->sha256)];
    size_t used = 0;
    for (size_t i = 0; sha256[i] && used + 3 < sizeof(text); i++) {
        if (i > 0 && i % 4 == 0)
            text[used++] = ' ';
        text[used++] = sha256[i];
    }
    text[used] = '\0';
    tab_put_pair(d, "SHA-256", m->redaction ? message("(hidden: it leads to the names)") : text);
}

void tab_put_certificate(const struct model *m, struct doc *d, const char *title,
                         const struct blob *der)
{
    struct cert_info info;
    char text[ADVICE_LINE];
    doc_put(d, 1, ROLE_TITLE, title);
    d->row++;
    if (!der || !cert_describe(der, &info)) {
        doc_text(d, NAME_X, ROLE_TEXT, message("It cannot be read."));
        return;
    }
    tab_put_quote(d, message("subject"), info.subject_dn[0] ? info.subject_dn : info.subject);
    tab_put_quote(d, message("issuer"),
                  info.is_self_signed ? message("itself (self-signed)")
                  : info.issuer_dn[0] ? info.issuer_dn
                                      : info.issuer);
    put_dates(d, &info);
    snprintf(text, sizeof(text),
             info.is_ca ? message("%s, signed with %s, a CA (may sign others)")
                        : message("%s, signed with %s"),
             info.key, info.signature);
    tab_put_pair(d, message("key"), text);
    put_names(d, &info);
    tab_put_pair(d, message("serial"),
                 m->redaction ? message("(hidden: it leads to the names)") : info.serial);
    put_fingerprint(m, d, info.sha256);
    if (info.n_issuer_urls > 0)
        tab_put_quote(d, message("issuer at"), info.issuer_urls[0]);
    if (info.n_ocsp_urls > 0)
        tab_put_quote(d, message("OCSP at"), info.ocsp_urls[0]);
    if (info.n_crl_urls > 0)
        tab_put_quote(d, message("CRL at"), info.crl_urls[0]);
    if (info.must_staple)
        tab_put_pair(d, message("requires"), message("a stapled OCSP answer (must-staple)"));
}
