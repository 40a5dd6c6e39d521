/*
 * policy.c - what the readers of TLS policies share: what a current client offers, and what is left
 * of it. The readers are policy_gnutls.c and policy_openssl.c.
 * SPDX-License-Identifier: MIT
 */
#include "local/policy.h"

#include <stdio.h>
#include <string.h>

#include "whytls/text.h"

void policy_open(struct policy *p)
{
    const struct client *current = client_find("current");
    memset(p, 0, sizeof(*p));
    p->known = true;
    if (current)
        memcpy(p->offers, current->offers, sizeof(p->offers));
}

void policy_compare(struct policy *p)
{
    const struct client *current = client_find("current");
    p->limits = false;
    if (!current)
        return;
    for (int list = 0; list < OFFER_LIST_COUNT; list++)
        if (current->offers[list] & ~p->offers[list])
            p->limits = true;
    if (p->dh_min_bits > current->dh_min_bits)
        p->limits = true;
}

void policy_blame(struct policy *p, const char *file, const char *line)
{
    text_clean_str_marked(p->file, sizeof(p->file), file);
    text_clean_str_marked(p->line, sizeof(p->line), line);
}

/* A row's keyword may hold two, joined by ":+" (offers.def). */
static bool has_keyword(const struct offer_row *row, const char *keyword)
{
    const size_t len = strlen(keyword);
    for (const char *at = row->keyword; at; at = strstr(at, ":+")) {
        at += *at == ':' ? 2 : 0;
        if (text_starts_nocase(at, keyword) && (at[len] == '\0' || at[len] == ':'))
            return true;
    }
    return false;
}

enum offer policy_find_offer(enum offer_list list, const char *prefix, const char *name)
{
    char keyword[64];
    if (snprintf(keyword, sizeof(keyword), "%s%s", prefix, name) >= (int)sizeof(keyword))
        return OFFER_COUNT;
    for (int o = 0; o < OFFER_COUNT; o++) {
        const struct offer_row *row = offer_row((enum offer)o);
        if (row->list == list && has_keyword(row, keyword))
            return (enum offer)o;
    }
    return OFFER_COUNT;
}
