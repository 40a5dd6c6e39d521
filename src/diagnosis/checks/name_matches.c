/*
 * name_matches.c - is the certificate for the name that was asked for? (RFC 6125)
 * SPDX-License-Identifier: MIT
 */
#include "../context.h"
#include <string.h>

#include "whytls/text.h"

static const struct cause causes[] = {
    {
        .slug = "name.other-name",
        .code = "W-701",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_CERTIFICATE,
        .title = "The server proves that it is another site",
        .what = "You asked for {host}. The server proved that it is {certificate_names}. You may "
                "have the wrong address, or the site may be set up wrongly.",
        .todo = {"Check the address, letter by letter.",
                 "Tell the site's owner that the certificate lacks the name {host}."},
        .dont = {"Do not type a password there.", "Do not go past the warning."},
        .split = "With the other name the certificate would be accepted.",
    },
    {
        .slug = "name.www",
        .code = "W-702",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_CERTIFICATE,
        .title = "The certificate is for {www_name}, not for {host}",
        .what = "The names with and without \"www\" are two names. The certificate only has one "
                "of them: {www_name}. The site's owner forgot the other.",
        .todo = {"Open {www_name} instead.",
                 "Tell the site's owner to add {host} to the certificate."},
        .dont = {"Do not go past the warning."},
        .split = "With the other name the certificate would be accepted.",
    },
    {
        .slug = "name.wildcard-depth",
        .code = "W-703",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_CERTIFICATE,
        .title = "The certificate does not reach down to {host}",
        .what = "The certificate is for {certificate_names}. The star stands for one part of a "
                "name only. The name {host} has one part more.",
        .todo = {"Check the address, letter by letter.",
                 "Tell the site's owner to add {host} to the certificate."},
        .dont = {"Do not go past the warning."},
        .split = "With a name one level up the certificate would be accepted.",
    },
    {
        .slug = "name.address",
        .code = "W-707",
        .who = WHO_YOU,
        .blocks = BLOCKS_CERTIFICATE,
        .title = "You used a number, but the certificate has a name",
        .what = "You asked for {host}, which is a number. The certificate is for "
                "{certificate_names}. A certificate proves a name, and seldom a number.",
        .todo = {"Use the site's name as the address.",
                 "Ask the person who gave you the number for the name."},
        .dont = {"Do not go past the warning."},
        .split = "With the name the certificate would be accepted.",
    },
    {
        .slug = "name.default-certificate",
        .code = "W-706",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_CERTIFICATE,
        .explains = {"chain.self-signed", "chain.unknown-authority", "chain.private-authority",
                     "chain.expired", "chain.weak-key", "chain.weak-signature"},
        .title = "The server shows its stand-in certificate, not the site's",
        .what = "The server has no certificate for {host}. So it shows the one that it keeps for "
                "such cases: {certificate_name}. The site is not set up, or has moved.",
        .todo = {"Check the address, letter by letter.",
                 "Tell the site's owner to set up the certificate for {host}.",
                 "Wait an hour if the site has moved, then try again."},
        .dont = {"Do not go past the warning."},
        .split = "The certificate of another name on this server would show it.",
    },
    {
        .slug = "name.no-san",
        .code = "W-708",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_NOTHING,
        .title = "The certificate has its name in an old place only",
        .what = "Many programs accept that. Browsers of today do not.",
        .todo = {"Tell the site's owner to get a certificate with the name in the SAN field."},
    },
};

static bool has_mismatch(const struct reading *r)
{
    return r->chain_then.changes & CHAIN_BIT(NAME);
}

static bool covers_toggled(const struct check_context *c)
{
    char twin[SETTINGS_NAME_SIZE];
    return name_toggle_www(reading_name(c->r), twin, sizeof(twin)) &&
           cert_covers_name(&c->r->leaf, twin, false);
}

/* "*.shop.example" for "a.b.shop.example": the star's parent is an ancestor, but not the parent. */
static bool is_below_wildcard(const struct check_context *c)
{
    const char *host = reading_name(c->r);
    for (size_t i = 0; i < c->r->leaf.n_names; i++) {
        const char *name = c->r->leaf.names[i];
        if (strncmp(name, "*.", 2) == 0 && text_ends_nocase(host, name + 1))
            return true;
    }
    return false;
}

/* The server said that it does not know the name, or shows a certificate that servers make up. */
static bool is_known_default(const struct check_context *c)
{
    const struct outcome *o = &c->r->shown->outcome;
    for (size_t i = 0; i < o->n_warnings; i++)
        if (o->warnings[i] == 112) /* unrecognized_name, RFC 6066 3 */
            return true;
    return c->ev->certificates[o->chain[0]].issuer.kind == ISSUER_DEFAULT;
}

/* Asked for its twin, the server shows another certificate; asked for nothing, this same one. */
static enum experiment_state shows_default(struct check_context *c, int *index)
{
    int none = -1;
    enum experiment_state without = check_experiment(c, CHANGE_BIT(NO_NAME), &none);
    enum experiment_state twin = check_experiment(c, CHANGE_BIT(WWW_NAME), index);
    if (without == EXPERIMENT_WAITING || twin == EXPERIMENT_WAITING)
        return EXPERIMENT_WAITING;
    if (without != EXPERIMENT_WORKED || twin != EXPERIMENT_WORKED)
        return EXPERIMENT_FAILED;
    int16_t shown = c->r->shown->outcome.chain[0];
    const struct outcome *o = &c->ev->probes[none].outcome;
    const struct outcome *t = &c->ev->probes[*index].outcome;
    bool is_default = o->n_chain > 0 && o->chain[0] == shown;
    bool is_choosy = t->n_chain > 0 && t->chain[0] != shown;
    return is_default && is_choosy ? EXPERIMENT_WORKED : EXPERIMENT_FAILED;
}

static void name_default(struct check_context *c, int index)
{
    struct named *n = check_chain_cause(c, "name.default-certificate", CHAIN_CHANGE_NAME);
    n->certainty = CERTAINTY_PROVEN;
    n->path_place = 0;
    if (index >= 0) {
        n->proof.experiment = index;
        n->proof.changes = CHANGE_BIT(WWW_NAME);
        n->proof.is_success = true;
    }
    check_say(c, "no, it is a stand-in");
}

static void judge_mismatch(struct check_context *c)
{
    int index = -1;
    if (c->ev->target.is_address) {
        check_chain_cause(c, "name.address", CHAIN_CHANGE_NAME);
    } else if (is_known_default(c)) {
        name_default(c, -1);
        return;
    } else if (covers_toggled(c)) {
        check_chain_cause(c, "name.www", CHAIN_CHANGE_NAME);
    } else if (is_below_wildcard(c)) {
        check_chain_cause(c, "name.wildcard-depth", CHAIN_CHANGE_NAME);
    } else {
        enum experiment_state state = shows_default(c, &index);
        if (state == EXPERIMENT_WAITING) {
            check_waiting(c);
            return;
        }
        if (state == EXPERIMENT_WORKED) {
            name_default(c, index);
            return;
        }
        check_chain_cause(c, "name.other-name", CHAIN_CHANGE_NAME);
    }
    check_say(c, "no, for another name");
}

static void judge(struct check_context *c)
{
    if (has_mismatch(c->r)) {
        judge_mismatch(c);
        return;
    }
    if (c->r->chain_then.acceptable &&
        !c->r->leaf.has_san) /* Chrome and Go refuse, GnuTLS, OpenSSL, Java accept: measured */
        check_cause(c, "name.no-san", CERTAINTY_PROVEN);
    check_fine(c, "yes");
}

const struct check check_name_matches = {
    .id = "name-matches",
    .step = STEP_NAME,
    .question = "Is the card for this name?",
    .gloss = "The name on the card must be the name that you asked for.",
    .judge = judge,
    .causes = causes,
    .n_causes = sizeof(causes) / sizeof(causes[0]),
};
