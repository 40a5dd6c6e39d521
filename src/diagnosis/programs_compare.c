/*
 * programs_compare.c - what the page of comparisons asks beyond the diagnosis: the other programs
 * that we imitate, and the site's other addresses. It never changes what was found: a probe of
 * another program is no experiment of the search. Pure.
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "context.h"
#include "whytls/text.h"

/* The baseline's settings as this program would have them; false: there is no address to try. */
static bool as_client(const struct analysis *r, const struct client *c, struct settings *out)
{
    const struct client *own = client_find(r->ev->target.client);
    *out = r->base;
    if (!r->has_base)
        return false;
    if (c == own)
        return true; /* the case itself, with this computer's own rules */
    memcpy(out->offers, c->offers, sizeof(out->offers));
    out->dh_min_bits = c->dh_min_bits;
    out->no_extensions = c->no_extensions;
    if (!c->sends_name)
        out->server_name[0] = '\0';
    return true;
}

/* The last probe with these settings, whatever it was an experiment of; finished ones first. */
static const struct probe *find_probe(const struct evidence *ev, const struct settings *s)
{
    const struct probe *found = NULL;
    for (size_t i = 0; i < ev->n_probes; i++) {
        const struct probe *p = &ev->probes[i];
        if (settings_equal(&p->settings, s) && (!found || p->outcome.finished))
            found = p;
    }
    return found;
}

const struct probe *compare_client_probe(const struct walk *w, const struct client *c)
{
    struct settings s;
    if (c == client_find(w->analysis.ev->target.client) && w->analysis.first)
        return w->analysis.first;
    return as_client(&w->analysis, c, &s) ? find_probe(w->analysis.ev, &s) : NULL;
}

const struct probe *compare_address_probe(const struct walk *w, const char *address)
{
    struct settings s = w->analysis.base;
    if (!w->analysis.has_base || !text_copy(s.address, sizeof(s.address), address))
        return NULL;
    return find_probe(w->analysis.ev, &s);
}

size_t compare_wants(const struct walk *w, struct want *wants, size_t max)
{
    const struct analysis *r = &w->analysis;
    const struct client *c;
    size_t n = 0;
    if (!r->has_base || !r->first || r->ev->kept)
        return 0;
    for (size_t i = 0; (c = client_at(i)) && n < max; i++) {
        struct want want = {.kind = WANT_PROBE, .changes = CHANGE_BIT(OTHER_CLIENT)};
        if (!compare_client_probe(w, c) && as_client(r, c, &want.settings))
            wants[n++] = want;
    }
    for (size_t i = 0; i < r->ev->resolution.n_addresses && n < max; i++) {
        const char *address = r->ev->resolution.addresses[i];
        struct want want = {
            .kind = WANT_PROBE, .changes = CHANGE_BIT(ADDRESS), .settings = r->base};
        TEXT_SET(want.settings.address, r->ev->resolution.addresses[i]);
        if (!compare_address_probe(w, address))
            wants[n++] = want;
    }
    return n;
}
