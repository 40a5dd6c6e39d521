/*
 * values_certificate.c - what the {keys} about certificates stand for, and about who has signed
 * them.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <string.h>

#include "scene.h"

void value_signer(const struct scene *s, char *out)
{
    const char *signer = scene_standing(s)->signer;
    if (signer[0])
        snprintf(out, VALUE_SIZE, "\"%s\"", signer);
}

/* What is wrong with the stapled OCSP response, as a sentence without its end. */
void value_staple_fault(const struct scene *s, char *out)
{
    static const char *const faults[STANDING_COUNT] = {
        [STANDING_NONE] = "But the site sends none",
        [STANDING_UNKNOWN] = "But the one it sends says that the certificate is not known",
        [STANDING_STALE] = "But the one it sends is too old",
        [STANDING_EARLY] = "But the one it sends is from the future",
        [STANDING_UNSIGNED] = "But the one it sends has a wrong signature",
        [STANDING_OTHER] = "But the one it sends is for another certificate",
        [STANDING_UNREADABLE] = "But the one it sends cannot be read",
    };
    const char *fault = faults[s->w->analysis.chain_then.staple.kind];
    scene_put(out, fault ? fault : "");
}

void value_certificate_name(const struct scene *s, char *out)
{
    if (scene_certificate(s)->subject[0])
        snprintf(out, VALUE_SIZE, "\"%s\"", scene_certificate(s)->subject);
}

/* "a.example, b.example and 5 more": whole names only, for half of one would be redacted by nobody.
 */
void value_certificate_names(const struct scene *s, char *out)
{
    enum { SHOWN_MOST = 3, ROOM_FOR_MORE = 32 };
    const struct cert_info *leaf = &s->w->analysis.leaf;
    size_t len = 0, shown = 0;
    while (shown < leaf->n_names && shown < SHOWN_MOST &&
           len + strlen(leaf->names[shown]) + ROOM_FOR_MORE < VALUE_SIZE) {
        len += (size_t)snprintf(out + len, VALUE_SIZE - len, "%s%s", shown ? ", " : "",
                                leaf->names[shown]);
        shown++;
    }
    if (leaf->n_names > shown)
        snprintf(out + len, VALUE_SIZE - len, " and %zu more", leaf->n_all_names - shown);
    if (leaf->n_names == 0)
        scene_put(out, leaf->subject[0] ? leaf->subject : "a site with no name");
}

void value_star_rule(const struct scene *s, char *out)
{
    const struct analysis *r = &s->w->analysis;
    if (cert_has_top_wildcard(&r->leaf, analysis_name(r)))
        scene_put(out, "Most programs want two more parts of a name behind the \"*.\"");
}

void value_issuer(const struct scene *s, char *out)
{
    /* Of the certificate that the cause is about: the one on top where the rest of it was sent. */
    if (scene_certificate(s)->issuer[0])
        snprintf(out, VALUE_SIZE, "\"%s\"", scene_certificate(s)->issuer);
}

void value_top_issuer(const struct scene *s, char *out)
{
    if (scene_certificate(s)->subject[0])
        snprintf(out, VALUE_SIZE, "\"%s\"", scene_certificate(s)->subject);
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

void value_product(const struct scene *s, char *out)
{
    const struct analysis *r = &s->w->analysis;
    if (!r->shown)
        return;
    for (size_t i = 0; i < r->shown->outcome.n_chain; i++) {
        const struct issuer *issuer = &s->ev->certificates[r->shown->outcome.chain[i]].issuer;
        if (issuer->kind != ISSUER_NONE && issuer->kind != ISSUER_DEFAULT) {
            scene_put(out, issuer->product);
            return;
        }
    }
}
