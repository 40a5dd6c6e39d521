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
        .title = N_("Your client certificate has expired"),
        .what = N_("A client certificate is an ID card of yours, and the site asked for it. Yours "
                   "expired on {own_until}. So the site refused it."),
        .todo = {N_("Ask those who gave it to you for a new one."),
                 N_("Remove the old one, so that no program takes it by mistake.")},
        .how = {WAY_NONE, WAY_CLIENT_CERTIFICATE},
        .dont = {N_("Do not set your clock back.")},
        .term =
            N_("Expired client certificate: {own_name} (serial number {own_serial}, issued by "
               "{own_issuer}) expired on {own_until}; {endpoint} refused it ({alert_said}). Issue "
               "a new one."),
        .to_confirm = N_("A try with a new certificate would show it."),
    },
    {
        .slug = "client-certificate.not-yet-valid",
        .code = "W-681",
        .who = WHO_YOUR_IT,
        .blocks = BLOCKS_LOGIN,
        .explains = REFUSED,
        .title = N_("Your client certificate is not valid yet"),
        .what =
            N_("A client certificate is an ID card of yours, and the site asked for it. Yours is "
               "not valid until {own_from}. So the site refused it."),
        .todo = {N_("Wait until that day, or use the one you had before."),
                 N_("Ask those who gave it to you, if it should be valid now.")},
        .how = {WAY_CLIENT_CERTIFICATE},
        .dont = {N_("Do not set your clock forward.")},
        .term =
            N_("Client certificate not yet valid: {own_name} (serial number {own_serial}, issued "
               "by {own_issuer}) is valid from {own_from}; {endpoint} refused it ({alert_said}). "
               "Check the clock of the authority that issued it."),
        .to_confirm = N_("A try after that day would show it."),
    },
    {
        .slug = "client-certificate.wrong-purpose",
        .code = "W-682",
        .who = WHO_YOUR_IT,
        .blocks = BLOCKS_LOGIN,
        .explains = REFUSED,
        .title = N_("Your client certificate is not made for this purpose"),
        .what = N_("A client certificate is an ID card of yours, and says what it may be used for. "
                   "Yours may not be used to log in. {purpose_rule}."),
        .todo = {N_("Ask those who gave it to you for one for client authentication."),
                 N_("Tell them that a private authority can still make such certificates.")},
        .dont = {N_("Do not use the certificate of another person.")},
        .term = N_(
            "Wrong client certificate purpose: the extended key usage of {own_name} (serial number "
            "{own_serial}, issued by {own_issuer}) lacks clientAuth (1.3.6.1.5.5.7.3.2); "
            "{endpoint} refused it ({alert_said}). Issue one with clientAuth from a private CA."),
        .to_confirm = N_("A try with one that has this purpose would show it."),
    },
    {
        .slug = "client-certificate.wrong-authority",
        .code = "W-683",
        .who = WHO_YOUR_IT,
        .blocks = BLOCKS_LOGIN,
        .explains = REFUSED,
        .title = N_("Your client certificate is from an authority that the site does not accept"),
        .what =
            N_("A client certificate is an ID card of yours. The site wants one from "
               "{wanted_from}. Yours is from {own_issuer}, so browsers would not even offer it."),
        .todo = {N_("Choose another certificate, if you have more than one."),
                 N_("Ask the people who run the site for one that they accept.")},
        .how = {WAY_CLIENT_CERTIFICATE},
        .dont = {N_("Do not use the certificate of another person.")},
        .term = N_("Client certificate from another certificate authority: {endpoint} asks for one "
                   "from {wanted_from} (certificate_authorities of its CertificateRequest); "
                   "{own_name} is issued by {own_issuer}. Use or issue one from an accepted CA, or "
                   "add the missing intermediate certificate."),
        .to_confirm =
            N_("If {own_issuer} stands below one of those, an intermediate certificate is "
               "missing here."),
    },
    {
        .slug = "client-certificate.incomplete",
        .code = "W-684",
        .who = WHO_YOUR_IT,
        .blocks = BLOCKS_LOGIN,
        .explains = REFUSED,
        .title = N_("The chain of your client certificate is incomplete"),
        .what = N_("A client certificate is an ID card of yours. The site wants one from "
                   "{wanted_from}, and yours is from {own_issuer}, of the same organisation. Your "
                   "file lacks the intermediate certificate that links the two."),
        .todo = {N_("Ask those who gave it to you for the file with the whole chain."),
                 N_("Put the certificate of {own_issuer} below yours in the file.")},
        .term = N_(
            "Incomplete client certificate chain: the file with {own_name} lacks the intermediate "
            "certificate {own_issuer}, which should link it to {wanted_from}, the authority that "
            "{endpoint} asks for. Send the leaf and its intermediate certificates."),
        .to_confirm = N_("A try with the whole chain in your file would show it."),
    },
    {
        .slug = "client-certificate.revoked",
        .code = "W-685",
        .who = WHO_YOUR_IT,
        .blocks = BLOCKS_LOGIN,
        .explains = REFUSED,
        .title = N_("The site says that your client certificate was revoked"),
        .what =
            N_("A client certificate is an ID card of yours. An authority can revoke it: cancel "
               "it before its time. The site says that this was done with yours."),
        .todo = {N_("Ask those who gave it to you why, and for a new one.")},
        .dont = {N_("Do not use it any more. Somebody else may have its key.")},
        .term =
            N_("Revoked client certificate: {endpoint} refused {own_name} (serial number "
               "{own_serial}, issued by {own_issuer}; {alert_said}). Look it up in the CRL of the "
               "authority, and issue a new one with a new key."),
        .to_confirm = N_("The authority's list of revoked certificates would show it."),
    },
    {
        .slug = "client-certificate.unknown-authority",
        .code = "W-686",
        .who = WHO_YOUR_IT,
        .blocks = BLOCKS_LOGIN,
        .explains = REFUSED,
        .title = N_("The site does not know the authority that signed your client certificate"),
        .what =
            N_("A client certificate is an ID card of yours. Yours is from {own_issuer}. The site "
               "says that it does not know this authority, or finds no chain to it."),
        .todo = {N_("Check that your file has the intermediate certificates too."),
                 N_("Ask the people who run the site which certificates they accept.")},
        .dont = {N_("Do not use the certificate of another person.")},
        .term =
            N_("Unknown client certificate authority: {endpoint} refused {own_name} (serial "
               "number {own_serial}, issued by {own_issuer}; {alert_said}). Either the chain that "
               "was sent lacks an intermediate certificate, or the server does not trust this CA."),
        .to_confirm =
            N_("A try with the whole chain in your file would show whether one is missing."),
    },
    {
        .slug = "client-certificate.clocks-differ",
        .code = "W-687",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_LOGIN,
        .explains = REFUSED,
        .title = N_("The site says that your client certificate has expired, and it has not"),
        .what = N_("A client certificate is an ID card of yours. By your clock it is valid until "
                   "{own_until}. The site's clock may be wrong, or an authority that it trusts has "
                   "expired."),
        .todo = {N_("Tell the people who run the site to check its clock."),
                 N_("Ask them whether an authority in their trust store has expired.")},
        .dont = {N_("Do not change your clock to get in.")},
        .term =
            N_("Client certificate refused as expired, though it is valid: {endpoint} refused "
               "{own_name} (serial number {own_serial}, issued by {own_issuer}, valid until "
               "{own_until}; {alert_said}). Check the clock of the server, and the dates of its "
               "client CA certificates."),
        .to_confirm = N_("The site's own clock would show it."),
    },
    {
        .slug = "client-certificate.wrong-kind",
        .code = "W-688",
        .who = WHO_YOUR_IT,
        .blocks = BLOCKS_LOGIN,
        .explains = REFUSED,
        .title = N_("Your client certificate has a kind of key that the site does not accept"),
        .what =
            N_("A client certificate is an ID card of yours. The site lists the kinds of key and "
               "signature that it accepts. Yours, {own_key}, is not among them."),
        .todo = {N_("Ask for a certificate with another kind of key."),
                 N_("Update the driver of your smart card, if you use one.")},
        .how = {WAY_NONE, WAY_UPDATE_PROGRAM},
        .term = N_("Client certificate key type not accepted: the key of {own_name} ({own_key}, "
                   "serial number {own_serial}) fits none of the certificate types and signature "
                   "algorithms in the CertificateRequest of {endpoint}. Issue one with an accepted "
                   "key type (RSA-2048 or P-256)."),
        .to_confirm = N_("A try with another kind of key would show it."),
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
    .question = N_("Does it accept your client certificate?"),
    .gloss = N_("A client certificate must be valid, for this use, and from the right authority."),
    .fine = N_("The site asks for a client certificate, and accepts it."),
    .fine_brief = N_("your client certificate"),
    .judge = judge,
    .causes = causes,
    .n_causes = sizeof(causes) / sizeof(causes[0]),
};
