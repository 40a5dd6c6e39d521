/*
 * check_chain_rules.c - the other requirements for certificates: strength, purpose, and how one may
 * sign another. A small family: each is one check left out.
 * SPDX-License-Identifier: MIT
 */
#include "../context.h"

static const struct cause strength_causes[] = {
    {
        .slug = "chain.weak-key",
        .code = "W-607",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_CERTIFICATE,
        .title = "The site's certificate has a key that is too short",
        .what = "The certificate {certificate_name} has a key of the kind {key}. Such a key can "
                "be broken. Programs of today refuse it.",
        .todo = {"Ask the site's owner for a new certificate with a longer key.",
                 "Use another way until then, such as the phone."},
        .dont = {"Do not allow short keys in your program."},
        .to_confirm = "With this rule left out the certificate would be accepted.",
    },
    {
        .slug = "chain.weak-signature",
        .code = "W-608",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_CERTIFICATE,
        .title = "The site's certificate is signed in a way that can be forged",
        .what = "The certificate {certificate_name} is signed with {certificate_signature}. That "
                "way of signing is broken. Programs of today refuse it.",
        .todo = {"Ask the site's owner for a new certificate, signed with SHA-256.",
                 "Use another way until then, such as the phone."},
        .dont = {"Do not allow old signatures in your program."},
        .to_confirm = "With this rule left out the certificate would be accepted.",
    },
};

static const struct cause purpose_causes[] = {{
    .slug = "chain.wrong-purpose",
    .code = "W-609",
    .who = WHO_SITE_OWNER,
    .blocks = BLOCKS_CERTIFICATE,
    .title = "The site's certificate is not made for a web site",
    .what = "A certificate says what it may be used for. This one does not allow what a site "
            "needs. It may be meant for people who log in, or for something else.",
    .todo = {"Ask the site's owner for a certificate that is made for servers.",
             "Wait for the fix, then check again."},
    .dont = {"Do not switch certificate checks off."},
    .to_confirm = "With this rule left out the certificate would be accepted.",
}};

static const struct cause rules_causes[] = {
    {
        .slug = "chain.not-an-authority",
        .code = "W-621",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_CERTIFICATE,
        .title = "One of the site's certificates was signed by one that may not sign",
        .what = "Only an authority may sign a certificate. {certificate_name} signed one here, and "
                "is not marked as an authority. So its word does not count.",
        .todo = {"Ask the site's owner for a certificate from a known authority.",
                 "Send this answer along."},
        .dont = {"Do not go past the warning.", "Do not switch certificate checks off."},
        .to_confirm = "With this rule left out the certificates would be accepted.",
    },
    {
        .slug = "chain.too-deep",
        .code = "W-622",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_CERTIFICATE,
        .title = "The site's chain has more authorities than one of them allows",
        .what = "An authority can say how many others may stand below it. Here there are more. "
                "{certificate_name} is one too many.",
        .todo = {"Tell the site's owner to get a certificate from a higher authority.",
                 "Send this answer along."},
        .dont = {"Do not go past the warning.", "Do not switch certificate checks off."},
        .to_confirm = "With this rule left out the certificates would be accepted.",
    },
    {
        .slug = "chain.name-limit",
        .code = "W-623",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_CERTIFICATE,
        .title = "An authority signed for a name that it may not sign for",
        .what = "Some authorities may sign for a few names only. The names in {certificate_name} "
                "are outside of that. So its word does not count here.",
        .todo = {"Tell the site's owner to get a certificate from another authority.",
                 "Send this answer along."},
        .dont = {"Do not go past the warning.", "Do not switch certificate checks off."},
        .to_confirm = "With this rule left out the certificates would be accepted.",
    },
    {
        .slug = "chain.bad-signature",
        .code = "W-624",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_CERTIFICATE,
        .title = "A signature in the site's chain does not fit",
        .what = "Each certificate is signed, so that nobody can change it. The signature of "
                "{certificate_name} does not fit. It was changed, or made wrongly.",
        .todo = {"Tell the site's owner to install the certificates again.",
                 "Try another network. If it works there, tell who runs this one."},
        .dont = {"Do not go past the warning.", "Do not switch certificate checks off."},
        .to_confirm = "A signature can not be left out, so no test can show more.",
    },
    {
        .slug = "chain.broken-rule",
        .code = "W-614",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_CERTIFICATE,
        .title = "The site's certificates break a rule",
        .what = "{certificate_name} says that nobody may pass over a part of it. That part is "
                "unknown to programs of today, or damaged. So they refuse it.",
        .todo = {"Tell the site's owner to get a new certificate.", "Send this answer along."},
        .dont = {"Do not go past the warning.", "Do not switch certificate checks off."},
        .to_confirm = "With this rule left out the certificates would be accepted.",
    },
};

static void judge_strength(struct check_context *c)
{
    const struct chain_answer *a = &c->r->chain_then;
    check_fine(c, said_plain(SAID_YES));
    if (a->changes & CHAIN_BIT(KEY)) {
        check_chain_cause(c, "chain.weak-key", CHAIN_CHANGE_KEY);
        check_say(c, said_plain(SAID_WEAK_KEY));
    }
    if (a->changes & CHAIN_BIT(SIGNATURE)) {
        check_chain_cause(c, "chain.weak-signature", CHAIN_CHANGE_SIGNATURE);
        check_say(c, said_plain(SAID_WEAK_SIGNATURE));
    }
}

static void judge_purpose(struct check_context *c)
{
    check_fine(c, said_plain(SAID_YES));
    if (c->r->chain_then.changes & CHAIN_BIT(PURPOSE)) {
        check_chain_cause(c, "chain.wrong-purpose", CHAIN_CHANGE_PURPOSE);
        check_say(c, said_plain(SAID_NO));
    }
}

static void judge_rules(struct check_context *c)
{
    static const struct {
        enum chain_change change;
        const char *slug;
        enum said_id summary;
    } rows[] = {
        {CHAIN_CHANGE_AUTHORITY, "chain.not-an-authority", SAID_MAY_NOT_SIGN},
        {CHAIN_CHANGE_DEPTH, "chain.too-deep", SAID_TOO_DEEP},
        {CHAIN_CHANGE_NAME_LIMIT, "chain.name-limit", SAID_NAME_LIMIT},
        {CHAIN_CHANGE_INTACT, "chain.bad-signature", SAID_BAD_SIGNATURE},
    };
    const struct chain_answer *a = &c->r->chain_then;
    check_fine(c, said_plain(SAID_YES));
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (!(a->changes & (1u << rows[i].change)))
            continue;
        check_chain_cause(c, rows[i].slug, rows[i].change);
        check_say(c, said_plain(rows[i].summary));
    }
    if (a->changes & CHAIN_BIT(RULES)) {
        check_chain_cause(c, "chain.broken-rule", CHAIN_CHANGE_RULES);
        check_say(c, said_plain(SAID_UNKNOWN_PART));
    }
}

const struct check check_chain_strength = {
    .id = "chain-strength",
    .step = STEP_CERTIFICATES,
    .question = "Are keys and signatures strong?",
    .gloss = "Short keys and old signatures can be forged.",
    .fine = "Keys and signatures are strong.",
    .fine_brief = "the keys",
    .answers_file = true,
    .judge = judge_strength,
    .causes = strength_causes,
    .n_causes = sizeof(strength_causes) / sizeof(strength_causes[0]),
};

const struct check check_chain_purpose = {
    .id = "chain-purpose",
    .step = STEP_CERTIFICATES,
    .question = "Is it made for a server?",
    .gloss = "A card says what it is for: a server, a person, a program.",
    .answers_file = true,
    .judge = judge_purpose,
    .causes = purpose_causes,
    .n_causes = sizeof(purpose_causes) / sizeof(purpose_causes[0]),
};

const struct check check_chain_rules = {
    .id = "chain-rules",
    .step = STEP_CERTIFICATES,
    .question = "Does the chain keep the other rules?",
    .gloss = "Only some cards may sign others.",
    .answers_file = true,
    .judge = judge_rules,
    .causes = rules_causes,
    .n_causes = sizeof(rules_causes) / sizeof(rules_causes[0]),
};
