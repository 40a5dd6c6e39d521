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
        .title = N_("The site's certificate chain has a key that is too short"),
        .what = N_("A certificate is a site's ID card, and its key makes it safe. The key of "
                   "{certificate_name} is {key}. Such a weak key can be broken, so current "
                   "programs refuse it."),
        .todo = {N_("Ask the site's owner for a new certificate with a longer key."),
                 N_("Reach them in another way until then, such as by phone.")},
        .how = {WAY_TELL_OWNER},
        .dont = {DONT_GO_AROUND, N_("Do not allow short keys in your program.")},
        .term = N_(
            "Weak key: a certificate in the chain of {endpoint} (subject {subject}, serial number "
            "{serial}, issued by {issuer}) has a public key that is too short: {key}. Reissue it "
            "with at least "
            "RSA-2048 or P-256 (CA/Browser Forum Baseline Requirements 6.1.5)."),
        .to_confirm = N_("With this check left out the certificate would be accepted."),
    },
    {
        .slug = "chain.weak-signature",
        .code = "W-608",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_CERTIFICATE,
        .title = N_("The site's certificate has a weak signature that can be forged"),
        .what =
            N_("An authority puts its signature on each certificate, so that nobody can forge it. "
               "The one on {certificate_name} is {certificate_signature}, which is broken. "
               "Current programs refuse it."),
        .todo = {N_("Ask the site's owner for a new certificate, signed with SHA-256."),
                 N_("Reach them in another way until then, such as by phone.")},
        .how = {WAY_TELL_OWNER},
        .dont = {DONT_GO_AROUND, N_("Do not allow old signatures in your program.")},
        .term = N_("Weak signature algorithm: a certificate in the chain of {endpoint} (subject "
                   "{subject}, serial number {serial}, issued by {issuer}) is signed with "
                   "{certificate_signature}. Reissue it with SHA-256 or better."),
        .to_confirm = N_("With this check left out the certificate would be accepted."),
    },
};

static const struct cause purpose_causes[] = {{
    .slug = "chain.wrong-purpose",
    .code = "W-609",
    .who = WHO_SITE_OWNER,
    .blocks = BLOCKS_CERTIFICATE,
    .title = N_("The site's certificate is not made for a server"),
    .what =
        N_("A certificate is an ID card, and says what it may be used for. This one does not allow "
           "what a server needs. It may be meant for people who log in, or for something else."),
    .todo = {N_("Ask the site's owner for a certificate that is made for servers."),
             N_("Wait for the fix, then check again.")},
    .how = {WAY_TELL_OWNER},
    .dont = {DONT_GO_AROUND, N_("Do not switch certificate checks off.")},
    .term =
        N_("Wrong certificate purpose: the extended key usage of a certificate in the chain of "
           "{endpoint} (subject {subject}, serial number {serial}, issued by {issuer}) does not "
           "allow TLS server "
           "authentication (serverAuth, 1.3.6.1.5.5.7.3.1). Reissue it with serverAuth."),
    .to_confirm = N_("With this check left out the certificate would be accepted."),
}};

static const struct cause rules_causes[] = {
    {
        .slug = "chain.not-an-authority",
        .code = "W-621",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_CERTIFICATE,
        .title = N_("A certificate of the site is signed by one that is no authority"),
        .what =
            N_("Only a certificate authority (CA), who vouches for sites, may sign a certificate. "
               "Here {certificate_name} signed one, and is not marked as an authority. So its "
               "signature does not count."),
        .todo = {N_("Ask the site's owner for a certificate from a known authority."),
                 N_("Send this answer along.")},
        .how = {WAY_TELL_OWNER},
        .dont = {DONT_GO_AROUND, N_("Do not switch certificate checks off.")},
        .term =
            N_("Issuer is not a CA: a certificate in the chain of {endpoint} (subject {subject}, "
               "serial "
               "number {serial}, issued by {issuer}) signed the one below it, but lacks "
               "basicConstraints CA:TRUE or the key usage keyCertSign (RFC 5280 4.2.1.9, "
               "4.2.1.3). Use a proper issuing CA."),
        .to_confirm = N_("With this check left out the certificates would be accepted."),
    },
    {
        .slug = "chain.too-deep",
        .code = "W-622",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_CERTIFICATE,
        .title = N_("The site's certificate chain is longer than an authority allows"),
        .what = N_("An authority, who vouches for sites, can limit how many others may stand below "
                   "it. Here there are more. The one too many is {certificate_name}."),
        .todo = {N_("Tell the site's owner to get a certificate from a higher authority."),
                 N_("Send this answer along.")},
        .how = {WAY_TELL_OWNER},
        .dont = {DONT_GO_AROUND, N_("Do not switch certificate checks off.")},
        .term = N_("Path length constraint exceeded: in the chain of {endpoint} the CA certificate "
                   "(subject {subject}, serial number {serial}, issued by {issuer}) stands below a "
                   "pathLenConstraint that does not allow it (RFC 5280 4.2.1.9). Issue from a CA "
                   "higher up, or reissue that CA."),
        .to_confirm = N_("With this check left out the certificates would be accepted."),
    },
    {
        .slug = "chain.name-limit",
        .code = "W-623",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_CERTIFICATE,
        .title = N_("An authority signed for a name that it may not sign for"),
        .what =
            N_("Some authorities may vouch for certain host names only. The names in "
               "{certificate_name} are outside of that. So the certificate does not count here."),
        .todo = {N_("Tell the site's owner to get a certificate from another authority."),
                 N_("Send this answer along.")},
        .how = {WAY_TELL_OWNER},
        .dont = {DONT_GO_AROUND, N_("Do not switch certificate checks off.")},
        .term = N_(
            "Name constraints violated: names in the certificate of {endpoint} (subject {subject}, "
            "serial "
            "number {serial}, issued by {issuer}) are outside the permitted subtrees of a CA above "
            "it (RFC 5280 4.2.1.10). Get a certificate from a CA that may issue for this name."),
        .to_confirm = N_("With this check left out the certificates would be accepted."),
    },
    {
        .slug = "chain.bad-signature",
        .code = "W-624",
        .who = WHO_SITE_OWNER,
        .who_all = WHO_OWNER_OR_NETWORK,
        .blocks = BLOCKS_CERTIFICATE,
        .title = N_("A signature in the site's certificate chain is wrong"),
        .what =
            N_("An authority signs each certificate, so that nobody can change it. The signature "
               "of {certificate_name} is wrong. It was changed, or made wrongly."),
        .todo = {N_("Tell the site's owner to install the certificates again."),
                 N_("Try another network. If it works there, tell who runs this one.")},
        .how = {WAY_TELL_OWNER, WAY_OTHER_NETWORK},
        .dont = {DONT_GO_AROUND, N_("Do not switch certificate checks off.")},
        .term =
            N_("Certificate signature failure: the signature of a certificate in the chain of "
               "{endpoint} (subject {subject}, serial number {serial}, SHA-256 {sha256}) does not "
               "verify "
               "with the key of its issuer {issuer}. Install the certificates again as the CA "
               "gave them; compare with another network."),
        .to_confirm = N_("A signature cannot be left out, so no test can show more."),
    },
    {
        .slug = "chain.broken-rule",
        .code = "W-614",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_CERTIFICATE,
        .title = N_("The site's certificate has a required part that programs do not know"),
        .what = N_("A certificate can mark a part as critical: nobody may ignore it. In "
                   "{certificate_name} such a part is unknown to current programs, or damaged. So "
                   "they refuse it."),
        .todo = {N_("Tell the site's owner to get a new certificate."),
                 N_("Send this answer along.")},
        .how = {WAY_TELL_OWNER},
        .dont = {DONT_GO_AROUND, N_("Do not switch certificate checks off.")},
        .term =
            N_("Certificate invalid: a certificate in the chain of {endpoint} (subject {subject}, "
               "serial "
               "number {serial}, issued by {issuer}) has a critical extension that is unknown or "
               "malformed, or breaks another rule of RFC 5280. Reissue it without."),
        .to_confirm = N_("With this check left out the certificates would be accepted."),
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
    .question = N_("Are keys and signatures strong?"),
    .gloss = N_("Short keys and old signatures can be forged."),
    .fine = N_("Keys and signatures are strong."),
    .fine_brief = N_("the keys"),
    .answers_file = true,
    .judge = judge_strength,
    .causes = strength_causes,
    .n_causes = sizeof(strength_causes) / sizeof(strength_causes[0]),
};

const struct check check_chain_purpose = {
    .id = "chain-purpose",
    .step = STEP_CERTIFICATES,
    .question = N_("Is it made for a server?"),
    .gloss = N_("A certificate says what it is for: a server, a person, a program."),
    .answers_file = true,
    .judge = judge_purpose,
    .causes = purpose_causes,
    .n_causes = sizeof(purpose_causes) / sizeof(purpose_causes[0]),
};

const struct check check_chain_rules = {
    .id = "chain-rules",
    .step = STEP_CERTIFICATES,
    .question = N_("Is the chain valid in all else?"),
    .gloss = N_("Only the certificate of an authority may sign others."),
    .answers_file = true,
    .judge = judge_rules,
    .causes = rules_causes,
    .n_causes = sizeof(rules_causes) / sizeof(rules_causes[0]),
};
