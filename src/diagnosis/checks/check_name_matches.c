/*
 * check_name_matches.c - is the certificate for the name that was asked for? (RFC 6125)
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
        .who_all = N_("The site's owner; or you, if the address is wrong."),
        .blocks = BLOCKS_CERTIFICATE,
        .title = N_("The certificate does not match the host name"),
        .what =
            N_("A certificate is a site's ID card, and lists the host names that it is for. You "
               "asked for {host}, but this one is for {certificate_names}. The address may be "
               "wrong, or the site is set up wrongly."),
        .todo = {N_("Check the address, letter by letter."),
                 N_("Tell the site's owner that the certificate does not match the host name.")},
        .how = {WAY_NONE, WAY_TELL_OWNER},
        .dont = {N_("Do not type a password there."), DONT_GO_AROUND},
        .term =
            N_("Certificate does not match the host name: {endpoint} sends a certificate whose "
               "subjectAltName lists {certificate_names} (serial number {serial}, issued by "
               "{issuer}). Add {host_name} to the certificate, or serve the right certificate for "
               "this "
               "server name (SNI)."),
        .to_confirm = N_("With the other name the certificate would be accepted."),
    },
    {
        .slug = "name.www",
        .code = "W-702",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_CERTIFICATE,
        .title = N_("The certificate is for {www_name}, not for {host_name}"),
        .what = N_("A certificate lists the host names that it is for. The names with and without "
                   "\"www\" are two names. This certificate has one of them only, {www_name}."),
        .todo = {N_("Open {www_name} instead."),
                 N_("Tell the site's owner to add {host_name} to the certificate.")},
        .how = {WAY_NONE, WAY_TELL_OWNER},
        .dont = {DONT_GO_AROUND},
        .term = N_(
            "Certificate does not match the host name: {endpoint} sends a certificate whose "
            "subjectAltName has {www_name} but not {host_name} (serial number {serial}, issued by "
            "{issuer}). Reissue it with both names."),
        .to_confirm = N_("With the other name the certificate would be accepted."),
    },
    {
        .slug = "name.wildcard-depth",
        .code = "W-703",
        .who = WHO_SITE_OWNER,
        .who_all = N_("The site's owner; or you, if the address is wrong."),
        .blocks = BLOCKS_CERTIFICATE,
        .title = N_("The wildcard in the certificate does not match {host_name}"),
        .what =
            N_("A certificate lists host names, and a wildcard (*) in one stands for a part. This "
               "one is for {certificate_names}. {star_rule}, so {host_name} does not match."),
        .todo = {N_("Check the address, letter by letter."),
                 N_("Tell the site's owner to add {host_name} to the certificate.")},
        .how = {WAY_NONE, WAY_TELL_OWNER},
        .dont = {DONT_GO_AROUND},
        .term =
            N_("Wildcard certificate does not match the host name: the subjectAltName of the "
               "certificate of {endpoint} lists {certificate_names}; a wildcard covers exactly one "
               "label (RFC 6125 6.4.3), so {host_name} is not covered. Add {host_name} to the "
               "certificate."),
        .to_confirm = N_("With a name that the wildcard covers it would be accepted."),
    },
    {
        .slug = "name.address",
        .code = "W-707",
        .who = WHO_YOU,
        .blocks = BLOCKS_CERTIFICATE,
        .title = N_("You used an IP address, but the certificate is for a host name"),
        .what =
            N_("You asked for {host}, an IP address: the number of a computer on the network. The "
               "certificate is for {certificate_names}. It does not list this IP address."),
        .todo = {N_("Use the site's host name as the address."),
                 N_("Ask the person who gave you the IP address for the name.")},
        .dont = {DONT_GO_AROUND},
        .term = N_(
            "Certificate does not match the IP address: {endpoint} was asked by IP address, and "
            "its certificate lists {certificate_names}, with no matching iPAddress in the "
            "subjectAltName. Connect by host name, or add the IP address as an iPAddress entry."),
        .to_confirm = N_("With the name the certificate would be accepted."),
    },
    {
        .slug = "name.default-certificate",
        .code = "W-706",
        .who = WHO_SITE_OWNER,
        .who_all = N_("The site's owner; or you, if the address is wrong."),
        .blocks = BLOCKS_CERTIFICATE,
        .explains = {"chain.self-signed", "chain.unknown-authority", "chain.private-authority",
                     "chain.expired", "chain.weak-key", "chain.weak-signature"},
        .title = N_("The server shows its default certificate, not the site's"),
        .what =
            N_("A certificate is a site's ID card, and the server has none for {host}. So it "
               "shows its default certificate, {certificate_name}. The site is not set up there, "
               "or has moved."),
        .todo = {N_("Check the address, letter by letter."),
                 N_("Tell the site's owner to set up the certificate for {host_name}."),
                 N_("Wait an hour if the site has moved, then try again.")},
        .how = {WAY_NONE, WAY_TELL_OWNER},
        .dont = {DONT_GO_AROUND},
        .term =
            N_("Default certificate: {endpoint} has no certificate for the server name (SNI) "
               "{host_name} and sends a default certificate (subject {subject}, issued by "
               "{issuer}), which does not match the host name. Bind "
               "the site's certificate to this server name, or point its DNS to the right server."),
        .to_confirm = N_("The certificate of another name on this server would show it."),
    },
    {
        .slug = "name.no-san",
        .code = "W-708",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_CERTIFICATE,
        .title = N_("The certificate lists no host names where browsers look (SAN)"),
        .what =
            N_("A certificate lists the host names that it is for. Browsers read only that list, "
               "the subject alternative name (SAN), and here it is missing. Some other programs "
               "still read the old place."),
        .todo = {N_("Tell the site's owner to get a certificate with the name in the SAN."),
                 N_("Wait for the new one, then check again.")},
        .how = {WAY_TELL_OWNER},
        .dont = {DONT_GO_AROUND},
        .term = N_(
            "Certificate without subjectAltName (SAN): the leaf certificate of {endpoint} has its "
            "host name in the Common Name alone (Chrome: "
            "ERR_CERT_COMMON_NAME_INVALID). Reissue it with the host name as a dNSName in the "
            "SAN."),
        .proof = N_("The SAN is missing. Chrome from 58 and Firefox from 101 read nothing else."),
        .to_confirm = N_("Open the site in a browser, and with a program like curl."),
    },
    {
        .slug = "name.address-as-name",
        .code = "W-709",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_CERTIFICATE,
        .title = N_("The certificate has the IP address in the place for host names"),
        .what =
            N_("You asked for {host}, an IP address: the number of a computer on the network. The "
               "certificate has it in the place for host names. Programs look for an IP address "
               "in a place of its own."),
        .todo = {N_("Tell the site's owner to list it as an IP address in the certificate."),
                 N_("Use the site's name as the address, if it has one.")},
        .how = {WAY_TELL_OWNER},
        .dont = {DONT_GO_AROUND},
        .term = N_("IP address as dNSName: the certificate of {endpoint} has the IP address in a "
                   "dNSName or "
                   "the Common Name, not as an iPAddress entry of the subjectAltName (RFC 5280 "
                   "4.2.1.6), so it does not match. Reissue it with iPAddress."),
        .to_confirm = N_("With the IP address in its own place the certificate would be accepted."),
    },
};

static bool has_mismatch(const struct analysis *r)
{
    return r->chain_then.changes & CHAIN_BIT(NAME);
}

/* The name with or without www, as it stands there: a star is another story. */
static bool has_toggled(const struct check_context *c, bool *is_far_down)
{
    const struct cert_info *leaf = &c->r->leaf;
    char twin[SETTINGS_NAME_SIZE];
    if (!name_toggle_www(analysis_name(c->r), twin, sizeof(twin)))
        return false;
    for (size_t i = 0; i < leaf->n_names; i++)
        if (text_equal_nocase(leaf->names[i], twin))
            return true;
    *is_far_down = leaf->n_all_names > leaf->n_names &&
                   cert_der_covers_name(analysis_certificate(c->r, 0), twin, false);
    return !leaf->has_san && cert_covers_name(leaf, twin, false);
}

/* "*.shop.example" for "a.b.shop.example" and for "shop.example": near, but not covered. */
static bool is_near_wildcard(const struct check_context *c)
{
    const char *host = analysis_name(c->r);
    for (size_t i = 0; i < c->r->leaf.n_names; i++) {
        const char *name = c->r->leaf.names[i];
        if (strncmp(name, "*.", 2) == 0 &&
            (text_ends_nocase(host, name + 1) || text_equal_nocase(host, name + 2)))
            return true;
    }
    return false;
}

static bool is_numeric(const char *name)
{
    return strchr(name, ':') || !name[strspn(name, "0123456789.")];
}

/* A name that a person could type instead of the number. */
static bool has_other_than_numbers(const struct cert_info *leaf)
{
    for (size_t i = 0; i < leaf->n_names; i++)
        if (!is_numeric(leaf->names[i]))
            return true;
    return leaf->n_names == 0 && leaf->subject[0] && !is_numeric(leaf->subject);
}

/* The very number, as a dNSName (cert_info marks it) or as the common name. */
static bool is_address_misplaced(const struct check_context *c)
{
    const char *host = analysis_name(c->r);
    const struct cert_info *leaf = &c->r->leaf;
    for (size_t i = 0; i < leaf->n_names; i++)
        if (strncmp(leaf->names[i], "DNS:", 4) == 0 && text_equal_nocase(leaf->names[i] + 4, host))
            return true;
    return text_equal_nocase(leaf->subject, host);
}

/* The server said that it does not know the name, or shows a certificate that it made up itself (an
 * authority of that name may be anybody's own, made with the defaults of a tool). */
static bool is_known_default(const struct check_context *c)
{
    const struct outcome *o = &c->r->shown->outcome;
    for (size_t i = 0; i < o->n_warnings; i++)
        if (o->warnings[i] == 112) /* unrecognized_name, RFC 6066 3 */
            return true;
    return c->r->leaf.is_self_issued &&
           c->ev->certificates[o->chain[0]].issuer.kind == ISSUER_DEFAULT;
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
    struct diagnosed *n = check_chain_cause(c, "name.default-certificate", CHAIN_CHANGE_NAME);
    n->certainty = CERTAINTY_PROVEN;
    n->path_place = 0;
    if (index >= 0) {
        n->proof.experiment = index;
        n->proof.changes = CHANGE_BIT(WWW_NAME);
        n->proof.is_success = true;
    }
    check_say(c, said_plain(SAID_DEFAULT_CERTIFICATE));
}

/* What can be read off the name and the certificate; NULL: nothing. */
static const char *slug_by_names(struct check_context *c)
{
    bool is_far_down = false;
    if (analysis_name_is_address(c->r))
        return is_address_misplaced(c)               ? "name.address-as-name"
               : has_other_than_numbers(&c->r->leaf) ? "name.address"
                                                     : "name.other-name";
    if (is_known_default(c))
        return "name.default-certificate";
    if (has_toggled(c, &is_far_down))
        return "name.www";
    if (is_near_wildcard(c))
        return "name.wildcard-depth";
    return is_far_down ? "name.www" : NULL;
}

static void judge_mismatch(struct check_context *c)
{
    int index = -1;
    const char *slug = slug_by_names(c);
    enum experiment_state state = slug ? EXPERIMENT_UNKNOWN : shows_default(c, &index);
    if (state == EXPERIMENT_WAITING) {
        check_waiting(c);
        return;
    }
    if (state == EXPERIMENT_WORKED || (slug && strcmp(slug, "name.default-certificate") == 0)) {
        name_default(c, state == EXPERIMENT_WORKED ? index : -1);
        return;
    }
    check_chain_cause(c, slug ? slug : "name.other-name", CHAIN_CHANGE_NAME);
    check_say(c, said_plain(SAID_OTHER_HOST_NAME));
}

/* Browsers and Go refuse; GnuTLS, OpenSSL and Java accept: measured. Who has to make a certificate
 * of their own anew anyway is told of that alone. */
static bool lacks_names(const struct analysis *r)
{
    const struct chain_answer *a = &r->chain_then;
    struct cert_info leaf; /* which may not be the one that was sent first */
    const struct blob *der = analysis_path_der(r, a, 0);
    return a->judged && der && cert_describe(der, &leaf) && !leaf.has_san &&
           !(leaf.is_self_issued && (a->changes & CHAIN_BIT(ADD_ROOT)));
}

static void judge(struct check_context *c)
{
    if (has_mismatch(c->r)) {
        judge_mismatch(c);
        return;
    }
    if (lacks_names(c->r)) {
        check_cause(c, "name.no-san", CERTAINTY_PROVEN);
        check_say(c, said_plain(SAID_NO_SAN));
        return;
    }
    if (analysis_name(c->r)[0])
        check_fine(c, said_plain(SAID_YES));
    else
        check_unknown(c, said_plain(SAID_NO_NAME_GIVEN));
}

const struct check check_name_matches = {
    .id = "name-matches",
    .step = STEP_NAME,
    .question = N_("Does the certificate match the name?"),
    .gloss = N_("The certificate must list the host name that you asked for."),
    .fine = N_("The certificate matches the host name that you asked for."),
    .fine_brief = N_("the name"),
    .answers_file = true,
    .judge = judge,
    .asks_early = true,
    .causes = causes,
    .n_causes = sizeof(causes) / sizeof(causes[0]),
};
