/*
 * values_certificate.c - what the {keys} about certificates stand for, and about who has signed
 * them.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <string.h>

#include "lists.h"
#include "scene.h"
#include "whytls/message.h"

void value_signer(const struct scene *s, char *out)
{
    scene_quote(out, scene_standing(s)->signer);
}

/* What is wrong with the stapled OCSP response, as a sentence without its end. */
void value_staple_fault(const struct scene *s, char *out)
{
    static const char *const faults[STANDING_COUNT] = {
        [STANDING_NONE] = N_("But the site sends none"),
        [STANDING_UNKNOWN] = N_("But the one it sends says that the certificate is not known"),
        [STANDING_STALE] = N_("But the one it sends is too old"),
        [STANDING_EARLY] = N_("But the one it sends is from the future"),
        [STANDING_UNSIGNED] = N_("But the one it sends has a wrong signature"),
        [STANDING_OTHER] = N_("But the one it sends is for another certificate"),
        [STANDING_UNREADABLE] = N_("But the one it sends cannot be read"),
    };
    const char *fault = faults[s->w->analysis.chain_then.staple.kind];
    scene_put(out, fault ? message(fault) : "");
}

void value_certificate_name(const struct scene *s, char *out)
{
    scene_quote(out, scene_certificate(s)->subject);
}

/* "a.example, b.example and 5 more": whole names only, for half of one would be redacted by nobody.
 */
void value_certificate_names(const struct scene *s, char *out)
{
    enum { SHOWN_MOST = 3, ROOM_FOR_MORE = 32 };
    const struct cert_info *leaf = &s->w->analysis.leaf;
    size_t shown = 0;
    while (shown < leaf->n_names && shown < SHOWN_MOST &&
           strlen(out) + strlen(leaf->names[shown]) + ROOM_FOR_MORE < VALUE_SIZE)
        list_add(out, VALUE_SIZE, N_("%s, %s"), leaf->names[shown++]);
    if (leaf->n_names > shown)
        list_add_more(out, VALUE_SIZE, leaf->n_all_names - shown);
    if (leaf->n_names == 0)
        scene_put(out, leaf->subject[0] ? leaf->subject : message("a site with no name"));
}

void value_star_rule(const struct scene *s, char *out)
{
    const struct analysis *r = &s->w->analysis;
    if (cert_has_top_wildcard(&r->leaf, analysis_name(r)))
        scene_put(out, message("Most programs want two more parts of a name behind the \"*.\""));
}

void value_issuer(const struct scene *s, char *out)
{
    /* Of the certificate that the cause is about: the one on top where the rest of it was sent. */
    scene_quote(out, scene_certificate(s)->issuer);
}

void value_top_issuer(const struct scene *s, char *out)
{
    if (scene_certificate(s)->subject[0])
        scene_quote(out, scene_certificate(s)->subject);
    else
        value_issuer(s, out);
}

void value_key(const struct scene *s, char *out)
{
    scene_put(out, scene_certificate(s)->key);
}

void value_certificate_signature(const struct scene *s, char *out)
{
    scene_put(out, scene_certificate(s)->signature);
}

/* issuers.json calls them so, for they have no name of their own. */
static const char *product_words(const char *product)
{
    static const char *const words[] = {N_("a self-made certificate for localhost"),
                                        N_("Let's Encrypt's test service"),
                                        N_("OpenSSL's example")};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (strcmp(words[i], product) == 0)
            return message(words[i]);
    return product;
}

void value_product(const struct scene *s, char *out)
{
    const struct analysis *r = &s->w->analysis;
    if (!r->shown)
        return;
    for (size_t i = 0; i < r->shown->outcome.n_chain; i++) {
        const struct issuer *issuer = &s->ev->certificates[r->shown->outcome.chain[i]].issuer;
        if (issuer->kind != ISSUER_NONE && issuer->kind != ISSUER_DEFAULT) {
            scene_put(out, product_words(issuer->product));
            return;
        }
    }
}
