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

enum { NAME_X = 2, VALUE_X = 17 };

static void put_pair(struct doc *d, const char *name, enum role role, const char *value)
{
    if (!value[0])
        return;
    doc_put(d, NAME_X, ROLE_HEADING, name);
    doc_text(d, VALUE_X, role, value);
}

void tab_put_pair(struct doc *d, const char *name, const char *value)
{
    put_pair(d, name, ROLE_EVIDENCE, value);
}

void tab_put_quote(struct doc *d, const char *name, const char *value)
{
    put_pair(d, name, ROLE_QUOTE, value);
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
        snprintf(text + used, sizeof(text) - used, " and %zu more", info->n_names - shown);
    tab_put_quote(d, "names", text);
}

static void put_dates(struct doc *d, const struct cert_info *info)
{
    char from[64], to[64], text[160];
    advice_date(info->not_before, true, from, sizeof(from));
    advice_date(info->not_after, true, to, sizeof(to));
    snprintf(text, sizeof(text), "%s  to  %s", from, to);
    tab_put_pair(d, "valid", text);
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
    tab_put_pair(d, "SHA-256", m->redaction ? "(hidden: it leads to the names)" : text);
}

void tab_put_certificate(const struct model *m, struct doc *d, const char *title,
                         const struct blob *der)
{
    struct cert_info info;
    char text[ADVICE_LINE];
    doc_put(d, 1, ROLE_TITLE, title);
    d->row++;
    if (!der || !cert_describe(der, &info)) {
        doc_text(d, NAME_X, ROLE_TEXT, "It cannot be read.");
        return;
    }
    tab_put_quote(d, "subject", info.subject_dn[0] ? info.subject_dn : info.subject);
    tab_put_quote(d, "issuer",
                  info.is_self_signed ? "itself (self-signed)"
                  : info.issuer_dn[0] ? info.issuer_dn
                                      : info.issuer);
    put_dates(d, &info);
    snprintf(text, sizeof(text), "%s, signed with %s%s", info.key, info.signature,
             info.is_ca ? ", a CA (may sign others)" : "");
    tab_put_pair(d, "key", text);
    put_names(d, &info);
    tab_put_pair(d, "serial", m->redaction ? "(hidden: it leads to the names)" : info.serial);
    put_fingerprint(m, d, info.sha256);
    if (info.n_issuer_urls > 0)
        tab_put_quote(d, "issuer at", info.issuer_urls[0]);
    if (info.n_ocsp_urls > 0)
        tab_put_quote(d, "OCSP at", info.ocsp_urls[0]);
    if (info.n_crl_urls > 0)
        tab_put_quote(d, "CRL at", info.crl_urls[0]);
    if (info.must_staple)
        tab_put_pair(d, "requires", "a stapled OCSP answer (must-staple)");
}
