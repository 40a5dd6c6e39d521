/*
 * check_own_certificate.c - the user's own certificate was refused: what is wrong with it? Its
 * dates, its purpose and its authority are judged here, and the server's alert says which of them
 * it minds. A word of the server alone, with nothing that bears it out, is told as such.
 * SPDX-License-Identifier: MIT
 */
#include "../context.h"

#define REFUSED                                                                                    \
    {                                                                                              \
        "client-certificate.refused", "reach.broken-off", "reach.closed", "reach.reset"            \
    }

static const struct cause causes[] = {
    {
        .slug = "client-certificate.expired",
        .code = "W-680",
        .who = WHO_YOUR_IT,
        .blocks = BLOCKS_LOGIN,
        .explains = REFUSED,
        .title = "Your own certificate has run out",
        .what = "The site asked for a certificate. Yours was good until {own_until}, so the site "
                "said no.",
        .todo = {"Ask those who gave it to you for a new one.",
                 "Remove the old one, so that no program takes it by mistake."},
        .dont = {"Do not set your clock back."},
        .to_confirm = "A try with a new certificate would show it.",
    },
    {
        .slug = "client-certificate.not-yet-valid",
        .code = "W-681",
        .who = WHO_YOUR_IT,
        .blocks = BLOCKS_LOGIN,
        .explains = REFUSED,
        .title = "Your own certificate is not valid yet",
        .what = "The site asked for a certificate. Yours starts on {own_from}, so the site said "
                "no.",
        .todo = {"Wait until that day, or use the one you had before.",
                 "Ask those who gave it to you, if it should be valid now."},
        .dont = {"Do not set your clock forward."},
        .to_confirm = "A try after that day would show it.",
    },
    {
        .slug = "client-certificate.wrong-purpose",
        .code = "W-682",
        .who = WHO_YOUR_IT,
        .blocks = BLOCKS_LOGIN,
        .explains = REFUSED,
        .title = "Your own certificate is not made for this use",
        .what = "A certificate says what it may be used for. Yours may not be used to log in. "
                "{purpose_rule}.",
        .todo = {"Ask those who gave it to you for one for client authentication.",
                 "Tell them that a private authority can still make such certificates."},
        .dont = {"Do not use the certificate of another person."},
        .to_confirm = "A try with one that has this right would show it.",
    },
    {
        .slug = "client-certificate.wrong-authority",
        .code = "W-683",
        .who = WHO_YOUR_IT,
        .blocks = BLOCKS_LOGIN,
        .explains = REFUSED,
        .title = "Your own certificate is not from an authority that the site wants",
        .what = "The site wants a certificate from {wanted_from}. Yours is from {own_issuer}. "
                "Browsers would not even offer it.",
        .todo = {"Choose another certificate, if you have more than one.",
                 "Ask the people who run the site for one that they accept."},
        .dont = {"Do not use the certificate of another person."},
        .to_confirm = "If {own_issuer} stands below one of those, the one between is missing here.",
    },
    {
        .slug = "client-certificate.incomplete",
        .code = "W-684",
        .who = WHO_YOUR_IT,
        .blocks = BLOCKS_LOGIN,
        .explains = REFUSED,
        .title = "A certificate in the middle is missing in your file",
        .what = "The site wants a certificate from {wanted_from}. Yours is from {own_issuer}, of "
                "the same house. The one that joins the two is not in your file.",
        .todo = {"Ask those who gave it to you for the file with the whole chain.",
                 "Put the certificate of {own_issuer} below yours in the file."},
        .to_confirm = "A try with the whole chain in your file would show it.",
    },
    {
        .slug = "client-certificate.revoked",
        .code = "W-685",
        .who = WHO_YOUR_IT,
        .blocks = BLOCKS_LOGIN,
        .explains = REFUSED,
        .title = "The site says that your own certificate was called back",
        .what = "An authority can call a certificate back before it runs out. The site says that "
                "this was done with yours.",
        .todo = {"Ask those who gave it to you why, and for a new one."},
        .dont = {"Do not use it any more. Somebody else may have its key."},
        .to_confirm = "The authority's list of such certificates would show it.",
    },
    {
        .slug = "client-certificate.unknown-authority",
        .code = "W-686",
        .who = WHO_YOUR_IT,
        .blocks = BLOCKS_LOGIN,
        .explains = REFUSED,
        .title = "The site does not know who signed your own certificate",
        .what = "The site asked for a certificate. Yours is from {own_issuer}. The site says "
                "that it does not know this authority, or can't find the way to it.",
        .todo = {"Check that your file has the certificates in the middle too.",
                 "Ask the people who run the site which certificates they accept."},
        .dont = {"Do not use the certificate of another person."},
        .to_confirm = "A try with the whole chain in your file would show whether one is missing.",
    },
    {
        .slug = "client-certificate.clocks-differ",
        .code = "W-687",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_LOGIN,
        .explains = REFUSED,
        .title = "The site says that your own certificate is out of date, and it is not",
        .what = "By your clock it is good until {own_until}. The site's clock may be wrong. Or "
                "one above yours has run out there.",
        .todo = {"Tell the people who run the site to check its clock.",
                 "Ask them whether an authority on their list has run out."},
        .dont = {"Do not change your clock to get in."},
        .to_confirm = "The site's own clock would show it.",
    },
    {
        .slug = "client-certificate.wrong-kind",
        .code = "W-688",
        .who = WHO_YOUR_IT,
        .blocks = BLOCKS_LOGIN,
        .explains = REFUSED,
        .title = "Your own certificate has a kind of key that the site does not take",
        .what = "The site lists the kinds of key and signature that it takes. Yours, {own_key}, is "
                "not among them.",
        .todo = {"Ask for a certificate with another kind of key.",
                 "Update the driver of your smart card, if you use one."},
        .to_confirm = "A try with another kind of key would show it.",
    },
};

/* ---- what the alert narrows it down to ------------------------------------------------------- */

/* RFC 8446 6.2 */
enum { SAYS_USE = 43, SAYS_REVOKED = 44, SAYS_DATE = 45, SAYS_AUTHORITY = 48, SAYS_NONE = 116 };

/* "None was shown", though one was given: our own side had no signature to show it with. */
static int what_it_says(const struct outcome *o)
{
    return o->refused_for == REFUSED_FOR_OWN_KEY ? SAYS_NONE : o->alert;
}

struct fault {
    const char *slug;
    int alert; /* says this and nothing else; 0: none does */
    bool is_there;
    bool is_open; /* there is another explanation: never proven */
};

enum { FAULTS = 6 };

static void find_faults(const struct own_analysis *own, struct fault faults[FAULTS])
{
    const struct fault found[FAULTS] = {
        {"client-certificate.expired", SAYS_DATE, own->dates.late >= 0, false},
        {"client-certificate.not-yet-valid", SAYS_DATE, own->dates.early >= 0, false},
        {"client-certificate.wrong-kind", SAYS_NONE, !own->is_kind_wanted, false},
        {"client-certificate.wrong-purpose", SAYS_USE, !own->is_for_clients, false},
        {"client-certificate.incomplete", SAYS_AUTHORITY, own->is_of_same_house, true},
        {"client-certificate.wrong-authority", SAYS_AUTHORITY,
         own->is_unnamed && !own->is_of_same_house, own->is_open_ended},
    };
    for (size_t i = 0; i < FAULTS; i++)
        faults[i] = found[i];
}

/* An alert of one meaning is believed where one of our faults bears it out: then that is it. */
static bool is_borne_out(const struct fault faults[FAULTS], int alert)
{
    for (size_t i = 0; i < FAULTS; i++)
        if (faults[i].is_there && faults[i].alert == alert)
            return true;
    return false;
}

/* ---- the causes ------------------------------------------------------------------------------ */

static struct diagnosed *name(struct check_context *c, const struct probe *p, int index,
                              const char *slug, enum certainty certainty)
{
    struct diagnosed *n = check_cause(c, slug, certainty);
    n->proof.baseline = (int)(p - c->ev->probes);
    if (index >= 0 && c->ev->probes[index].outcome.success) {
        n->proof.experiment = index;
        n->proof.changes = CHANGE_BIT(NO_CLIENT_CERTIFICATE);
        n->proof.is_success = true;
    }
    return n;
}

static void name_faults(struct check_context *c, const struct probe *p, int index,
                        const struct own_analysis *own)
{
    struct fault faults[FAULTS];
    int alert = what_it_says(&p->outcome);
    find_faults(own, faults);
    bool is_plain = is_borne_out(faults, alert);
    for (size_t i = 0; i < FAULTS; i++) {
        const struct fault *f = &faults[i];
        if (!f->is_there || (is_plain && f->alert != alert))
            continue;
        bool is_proven = is_plain && !f->is_open;
        name(c, p, index, f->slug, is_proven ? CERTAINTY_PROVEN : CERTAINTY_LIKELY);
    }
}

/* By the Date of the page that came without it, our certificate is out of date there. */
static bool is_late_by_sites_clock(const struct check_context *c, int index)
{
    struct cert_info leaf;
    int64_t date = index >= 0 ? c->ev->probes[index].outcome.http_date : EVIDENCE_NO_TIME;
    return date != EVIDENCE_NO_TIME && cert_describe(&c->ev->own[0].der, &leaf) &&
           (date > leaf.not_after || date < leaf.not_before);
}

/* Nothing is odd with it as far as we see: what the server alone says. */
static void name_by_alert(struct check_context *c, const struct probe *p, int index)
{
    bool is_seen = is_late_by_sites_clock(c, index);
    if (p->outcome.alert == SAYS_REVOKED)
        name(c, p, index, "client-certificate.revoked", CERTAINTY_LIKELY);
    else if (p->outcome.alert == SAYS_DATE)
        name(c, p, index, "client-certificate.clocks-differ",
             is_seen ? CERTAINTY_PROVEN : CERTAINTY_LIKELY);
    else if (p->outcome.alert == SAYS_AUTHORITY)
        name(c, p, index, "client-certificate.unknown-authority", CERTAINTY_LIKELY);
}

static void judge_refused(struct check_context *c, const struct probe *p)
{
    struct own_analysis own;
    int index = -1;
    if (!analysis_own(c->r, &own)) {
        check_unknown(c, said_plain(SAID_OWN_UNREAD));
        return;
    }
    if (!(p->changes & CHANGE_BIT(ADDRESS)))
        analysis_experiment(c->r, p->changes | CHANGE_BIT(NO_CLIENT_CERTIFICATE), &index);
    if (p->outcome.alert != SAYS_REVOKED)
        name_faults(c, p, index, &own);
    if (c->finding->n_causes == 0)
        name_by_alert(c, p, index);
    if (c->finding->n_causes > 0)
        check_say(c, said_plain(SAID_NO));
    else
        check_unknown(c, said_plain(SAID_OWN_ALL_RIGHT));
}

static void judge(struct check_context *c)
{
    int index;
    bool has_client_certificate = c->ev->target.has_client_certificate;
    const struct probe *p = c->r->worked ? c->r->worked : c->r->first;
    enum experiment_state state = check_client_certificate_refusal(c, p, &index);
    if (state == EXPERIMENT_WAITING)
        check_waiting(c);
    else if (!p->outcome.certificate_requested ||
             (state == EXPERIMENT_WORKED && !has_client_certificate))
        check_not_needed(c);
    else if (state == EXPERIMENT_WORKED)
        judge_refused(c, p);
    else if (outcome_client_certificate_is_open(&p->outcome))
        check_unknown(c, said_plain(SAID_NO_PAGE));
    else
        check_fine(c, said_plain(has_client_certificate ? SAID_OWN_ACCEPTED : SAID_OWN_NOT_NEEDED));
}

const struct check check_own_certificate = {
    .id = "own-certificate",
    .step = STEP_CERTIFICATES,
    .question = "Does it take the card that you show?",
    .gloss = "Your own certificate must be in date, for this use, and from the right authority.",
    .fine = "The site asks for a client certificate, and lets you in.",
    .fine_brief = "your certificate",
    .judge = judge,
    .causes = causes,
    .n_causes = sizeof(causes) / sizeof(causes[0]),
};
