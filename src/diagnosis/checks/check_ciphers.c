/*
 * check_ciphers.c - do both sides share a cipher, a group, a signature type, a large enough Diffie-
 * Hellman number? One small family: each is one list of the hello.
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "../context.h"

static const struct cause cipher_causes[] = {
    {
        .slug = "cipher.none-in-common",
        .code = "W-501",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_HELLO,
        .title = N_("The site has no cipher that current programs accept"),
        .what = N_("A cipher is the way data is scrambled, and both sides must share one. The site "
                   "only has {suite}. Current programs have dropped that one."),
        .todo = {N_("Tell the site's owner to turn on AES-GCM ciphers."),
                 N_("Use the telephone or e-mail until then.")},
        .how = {WAY_TELL_OWNER},
        .dont = {N_("Do not turn old ciphers on, and do not use http instead."), DONT_STAY},
        .term =
            N_("No shared cipher suite: {endpoint} ({address}) has only {suite}; a current "
               "ClientHello ends in {first_end}. Enable ECDHE with AES-GCM or ChaCha20-Poly1305."),
        .to_confirm = N_("One more try with all ciphers would show it."),
    },
    {
        .slug = "cipher.old-exchange",
        .code = "W-505",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_NOTHING,
        .title = N_("The site uses an old key exchange (RSA)"),
        .what = N_("Most programs still accept that. Some new ones do not."),
        .todo = {N_("Tell the site's owner to turn on ECDHE.")},
        .how = {WAY_TELL_OWNER},
        .term =
            N_("Static RSA key exchange, no forward secrecy: {endpoint} chooses {suite}. Enable "
               "ECDHE cipher suites; Go and Python clients refuse without."),
    },
};

static const struct cause group_causes[] = {{
    .slug = "cipher.no-group",
    .code = "W-502",
    .who = WHO_SITE_OWNER,
    .blocks = BLOCKS_HELLO,
    .title = N_("The site has no key exchange group that current programs have"),
    .what =
        N_("Both sides must share a key exchange group: that is how they make a common key. The "
           "site wants {group}. Current programs do not have that one."),
    .todo = {N_("Tell the site's owner to turn on the groups X25519 and P-256."),
             N_("Use the telephone or e-mail until then.")},
    .how = {WAY_TELL_OWNER},
    .dont = {N_("Do not turn old groups on, and do not use http instead."), DONT_STAY},
    .term =
        N_("No shared key exchange group (curve): {endpoint} ({address}) wants {group}; a current "
           "ClientHello ends in {first_end}. Enable X25519 and P-256 (secp256r1)."),
    .to_confirm = N_("One more try with all groups would show it."),
}};

static const struct cause signature_causes[] = {{
    .slug = "cipher.no-signature",
    .code = "W-503",
    .who = WHO_SITE_OWNER,
    .blocks = BLOCKS_HELLO,
    .title = N_("The site signs the TLS handshake in a way that is not safe"),
    .what = N_("In the TLS handshake a server signs what it sends. This one only signs with "
               "{signature}. Current programs refuse that, as it can be forged."),
    .todo = {N_("Tell the site's owner to update the server, so that it signs with SHA-256."),
             N_("Use the telephone or e-mail until then.")},
    .how = {WAY_TELL_OWNER},
    .dont = {N_("Do not turn old signatures on, and do not use http instead."), DONT_STAY},
    .term =
        N_("No shared signature algorithm: {endpoint} ({address}) signs only with {signature}; a "
           "current ClientHello ends in {first_end}. Sign with SHA-256 or better (RSA-PSS, ECDSA "
           "P-256)."),
    .to_confirm = N_("One more try with all signature types would show it."),
}};

static const struct cause dh_causes[] = {{
    .slug = "cipher.dh-too-small",
    .code = "W-504",
    .who = WHO_SITE_OWNER,
    .blocks = BLOCKS_HELLO,
    .title = N_("The site's Diffie-Hellman key exchange is too small"),
    .what = N_("The site makes keys by Diffie-Hellman, with {dh_bits} bits. Current programs want "
               "2048 bits or more. A small one can be broken."),
    .todo = {N_("Tell the site's owner to use ECDHE, or Diffie-Hellman with 2048 bits."),
             N_("Use the telephone or e-mail until then.")},
    .how = {WAY_TELL_OWNER},
    .dont = {N_("Do not turn small keys on, and do not use http instead."), DONT_STAY},
    .term =
        N_("Diffie-Hellman parameters too small (dh key too small): {endpoint} ({address}) uses "
           "DHE with {dh_bits} bits. Use ECDHE, or ffdhe2048 (RFC 7919) and above."),
    .to_confirm = N_("One more try with any size would show it."),
}};

/* What was found is the number's own size, and not that our hello names groups beside it. */
static bool is_too_small(const struct check_context *c, const struct search *s)
{
    const struct outcome *o = &c->ev->probes[s->experiment].outcome;
    return o->dh_bits > 0 && o->dh_bits < c->r->base.dh_min_bits;
}

/* A set with DH in it speaks of the size or of the groups, and of one of them only. */
static bool is_about(const struct check_context *c, unsigned change, const struct search *s)
{
    if (change == CHANGE_BIT(DH))
        return is_too_small(c, s);
    if (change == CHANGE_BIT(GROUPS) && (s->changes & CHANGE_BIT(DH)))
        return !is_too_small(c, s) || (s->changes & CHANGE_BIT(GROUPS));
    return true;
}

static void judge_change(struct check_context *c, unsigned change, struct said fine)
{
    struct search s;
    unsigned bits = change == CHANGE_BIT(GROUPS) ? change | CHANGE_BIT(DH) : change;
    if (check_found(c, bits, &s) && is_about(c, change, &s)) {
        check_search_cause(c, c->check->causes[0].slug, &s);
        check_say(c, said_plain(SAID_NO));
    } else if (s.state == SEARCH_NOT_NEEDED || c->r->first->outcome.version) {
        if (s.state != SEARCH_WAITING)
            check_fine(c, fine);
    } else if (s.state == SEARCH_NOTHING) {
        check_unknown(c, said_plain(SAID_MORE_OFFERS));
    } else if (s.state != SEARCH_WAITING) {
        check_not_needed(c);
    }
}

/* What both sides have agreed on, where that has a name. */
static struct said said_choice(enum said_id id, const char *name)
{
    return name[0] ? said_with(id, said_text(name)) : said_plain(SAID_YES);
}

/* Go and Python refuse it, browsers and Java still take it (causes measured, D7). */
static void judge_cipher(struct check_context *c)
{
    const char *suite = c->r->first->outcome.suite;
    judge_change(c, CHANGE_BIT(SUITES), said_choice(SAID_SHARED_CIPHER, suite));
    if (c->finding->result == RESULT_FINE && strncmp(suite, "RSA ", 4) == 0) {
        check_cause(c, "cipher.old-exchange", CERTAINTY_PROVEN);
        check_fine(c, said_choice(SAID_SHARED_CIPHER, suite));
    }
}

static void judge_group(struct check_context *c)
{
    judge_change(c, CHANGE_BIT(GROUPS), said_choice(SAID_SHARED_GROUP, c->r->first->outcome.group));
}

static void judge_signature(struct check_context *c)
{
    judge_change(c, CHANGE_BIT(SIGNATURES),
                 said_choice(SAID_SHARED_SIGNATURE, c->r->first->outcome.signature));
}

static void judge_dh(struct check_context *c)
{
    judge_change(c, CHANGE_BIT(DH),
                 said_plain(c->r->first->outcome.dh_bits ? SAID_YES : SAID_YES_OR_NOT_USED));
}

const struct check check_shared_cipher = {
    .id = "shared-cipher",
    .step = STEP_CIPHER,
    .question = N_("Do both sides share a cipher?"),
    .gloss = N_("A cipher (cipher suite) is the way data is scrambled."),
    .fine = N_("Both sides share a cipher."),
    .fine_brief = N_("the cipher"),
    .judge = judge_cipher,
    .causes = cipher_causes,
    .n_causes = sizeof(cipher_causes) / sizeof(cipher_causes[0]),
};

const struct check check_shared_group = {
    .id = "shared-group",
    .step = STEP_CIPHER,
    .question = N_("Do they share a key exchange group?"),
    .gloss = N_("A key exchange group is how both sides make a common key."),
    .judge = judge_group,
    .causes = group_causes,
    .n_causes = 1,
};

const struct check check_shared_signature = {
    .id = "shared-signature",
    .step = STEP_CIPHER,
    .question = N_("Do they share a signature type?"),
    .gloss = N_("The server signs the handshake, so that nobody can pretend to be it."),
    .judge = judge_signature,
    .causes = signature_causes,
    .n_causes = 1,
};

const struct check check_dh_size = {
    .id = "dh-size",
    .step = STEP_CIPHER,
    .question = N_("Is the Diffie-Hellman size enough?"),
    .gloss = N_("Diffie-Hellman is a key exchange. A small one can be broken."),
    .judge = judge_dh,
    .causes = dh_causes,
    .n_causes = 1,
};
