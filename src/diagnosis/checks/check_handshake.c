/*
 * check_handshake.c - does the secure connection come about? Names only how it broke, each at its
 * stage; gives way to any check that finds out why.
 * SPDX-License-Identifier: MIT
 */
#include "../context.h"

static const struct cause causes[] = {
    {
        .slug = "reach.closed",
        .code = "W-106",
        .who = WHO_SITE_OWNER,
        .who_all = WHO_OWNER_OR_NETWORK,
        .blocks = BLOCKS_HELLO,
        .is_symptom = true,
        .title = N_("The connection is closed after our first message"),
        .what =
            N_("TLS starts with our first message, the ClientHello. The server, or a firewall on "
               "the way, closed the connection with no answer. Each other ClientHello that we "
               "tried ended the same."),
        .todo = {N_("Try from another network, such as your phone's."),
                 N_("Send this answer to the site's owner.")},
        .how = {WAY_OTHER_NETWORK, WAY_TELL_OWNER},
        .dont = {N_("Do not switch off your firewall or your antivirus.")},
        .term = N_("TLS handshake failed: {endpoint} ({address}): connection closed (FIN) after "
                   "ClientHello, no ServerHello, for each ClientHello that was tried. Check server "
                   "and firewall logs."),
        .to_confirm =
            N_("If it opens on a phone, look at your network. If not, the site is at fault."),
    },
    {
        .slug = "reach.reset",
        .code = "W-107",
        .who = WHO_SITE_OWNER,
        .who_all = WHO_OWNER_OR_NETWORK,
        .blocks = BLOCKS_HELLO,
        .is_symptom = true,
        .title = N_("The connection is reset after our first message"),
        .what = N_(
            "TLS starts with our first message, the ClientHello. The server, or a firewall on the "
            "way, reset the connection. Each other ClientHello that we tried ended the same."),
        .todo = {N_("Try from another network, such as your phone's."),
                 N_("Send this answer to the site's owner.")},
        .how = {WAY_OTHER_NETWORK, WAY_TELL_OWNER},
        .dont = {N_("Do not switch off your firewall or your antivirus.")},
        .term =
            N_("TLS handshake failed: {endpoint} ({address}): connection reset (RST, ECONNRESET) "
               "after ClientHello, for each ClientHello that was tried. Check server and firewall "
               "logs."),
        .to_confirm =
            N_("If it opens on a phone, look at your network. If not, the site is at fault."),
    },
    {
        .slug = "reach.silent",
        .code = "W-108",
        .who = WHO_SITE_OWNER,
        .who_all = WHO_OWNER_OR_NETWORK,
        .blocks = BLOCKS_HELLO,
        .is_symptom = true,
        .title = N_("The server does not answer our first message: timed out"),
        .what =
            N_("The server took the connection, and we sent our first message, the ClientHello. "
               "We waited {timeout} seconds, and nothing came back. The server may be stuck, or a "
               "firewall holds it back."),
        .todo = {N_("Wait a few minutes, then try again."),
                 N_("Try from another network, such as your phone's."),
                 N_("Send this answer to the site's owner.")},
        .how = {WAY_NONE, WAY_OTHER_NETWORK, WAY_TELL_OWNER},
        .dont = {N_("Do not switch off your firewall or your antivirus.")},
        .term = N_("TLS handshake timed out: {endpoint} ({address}): TCP connects, no reply to "
                   "ClientHello in {timeout} seconds. Server stuck, other protocol, or ClientHello "
                   "dropped."),
        .to_confirm =
            N_("If it opens on a phone, look at your network. If not, the site is at fault."),
    },
    {
        .slug = "reach.stalled",
        .code = "W-109",
        .who = WHO_SITE_OWNER,
        .who_all = WHO_OWNER_OR_NETWORK,
        .blocks = BLOCKS_HELLO,
        .is_symptom = true,
        .title = N_("The server starts to answer, then stops: timed out"),
        .what =
            N_("The server answered our first message. Then nothing more came, and we timed out. "
               "Large packets may get lost on the way, or the server may be stuck."),
        .todo = {N_("Try from another network, such as your phone's."),
                 N_("Send this answer to the site's owner.")},
        .how = {WAY_OTHER_NETWORK, WAY_TELL_OWNER},
        .dont = {N_("Do not switch off your firewall or your antivirus.")},
        .term =
            N_("TLS handshake stalled: {endpoint} ({address}): {first_end}. Path MTU black hole "
               "(check MTU and MSS, VPN, PPPoE), or server stuck."),
        .to_confirm =
            N_("If it opens on a phone, look at your network. If not, the site is at fault."),
    },
    {
        .slug = "reach.broken-off",
        .code = "W-111",
        .who = WHO_SITE_OWNER,
        .who_all = WHO_OWNER_OR_NETWORK,
        .blocks = BLOCKS_HELLO,
        .is_symptom = true,
        .title = N_("The TLS handshake breaks off in the middle"),
        .what = N_(
            "In the TLS handshake two computers agree on a secure connection. The server answered, "
            "then the handshake broke off. We tried other ways, and none went through."),
        .todo = {N_("Wait a few minutes, then try again."),
                 N_("Try from another network, such as your phone's."),
                 N_("Send this answer to the site's owner.")},
        .how = {WAY_NONE, WAY_OTHER_NETWORK, WAY_TELL_OWNER},
        .dont = {N_("Do not switch off your firewall or your antivirus.")},
        .term = N_("TLS handshake broken off: {endpoint} ({address}): {first_end}. No other "
                   "ClientHello completes. Check server log and middleboxes."),
        .to_confirm =
            N_("If it opens on a phone, look at your network. If not, the site is at fault."),
    },
    {
        .slug = "reach.data-changed",
        .code = "W-112",
        .who = WHO_NETWORK,
        .who_all = N_("Whoever runs your network; you, if it is your own router or antivirus."),
        .blocks = BLOCKS_HELLO,
        .is_symptom = true,
        .title = N_("Data of the TLS handshake was changed on its way"),
        .what = N_("The TLS handshake began. Then data came that was not what was sent. A faulty "
                   "router or firewall can do that, or a program that inspects TLS."),
        .todo = {N_("Try from another network, such as your phone's."),
                 N_("Restart your router, if it is yours."),
                 N_("Send this answer to whoever runs your network.")},
        .how = {WAY_OTHER_NETWORK, WAY_NONE, WAY_TELL_NETWORK},
        .dont = {N_("Do not switch off your firewall or your antivirus.")},
        .term =
            N_("TLS record or handshake data corrupted in transit (bad_record_mac, decrypt_error): "
               "{endpoint} ({address}): {first_end}. Check middleboxes, NIC offload, RAM."),
        .to_confirm =
            N_("If it opens on a phone, look at your network. If not, the site is at fault."),
    },
    {
        .slug = "reach.wrong-signature",
        .code = "W-113",
        .who = WHO_SITE_OWNER,
        .who_all = WHO_OWNER_OR_NETWORK,
        .blocks = BLOCKS_HELLO,
        .is_symptom = true,
        .title = N_("The server's signature does not match its certificate"),
        .what =
            N_("In the TLS handshake the server signs with its certificate's key. This signature "
               "does not match: a wrong key, or data that was changed on the way."),
        .todo = {N_("Tell the site's owner that key and certificate do not match."),
                 N_("Try from another network, such as your phone's.")},
        .how = {WAY_TELL_OWNER, WAY_OTHER_NETWORK},
        .dont = {DONT_GO_AROUND},
        .term = N_("Handshake signature (CertificateVerify or ServerKeyExchange) of {endpoint} "
                   "({address}) does not verify with the certificate's public key: private key and "
                   "certificate do not match."),
        .to_confirm = N_("If it fails on a phone too, the site is at fault."),
    },
    {
        .slug = "reach.comes-and-goes",
        .code = "W-110",
        .who = WHO_SITE_OWNER,
        .who_all = N_("The site's owner; or your network, if other sites fail now and then too."),
        .blocks = BLOCKS_HELLO,
        .explains = {"reach.closed", "reach.reset", "reach.silent", "reach.stalled",
                     "reach.broken-off"},
        .title = N_("It works at one time and fails at another"),
        .what =
            N_("The first try failed. We tried once more in the same way, and it worked. One of "
               "several servers may be faulty, or the server may be overloaded."),
        .todo = {N_("Try again. It may work now."),
                 N_("Tell the site's owner that it fails now and then.")},
        .how = {WAY_NONE, WAY_TELL_OWNER},
        .dont = {N_("Do not switch any protection off to try.")},
        .term =
            N_("Intermittent TLS handshake failure: {endpoint} ({address}): {first_end}; the same "
               "ClientHello then succeeds. One of several servers faulty or overloaded: check "
               "each node behind the load balancer."),
        .to_confirm = N_("More tries, spread over a day, would show how often it fails."),
    },
    {
        .slug = "reach.no-reply",
        .code = "W-114",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_NOTHING,
        .title = N_("The secure connection works, but no page came when we asked for one"),
        .what = N_("That is fine for a server that shows no pages. A web site's own program may be "
                   "down."),
        .todo = {N_("Tell the site's owner, if it should show a page.")},
        .how = {WAY_TELL_OWNER},
        .term =
            N_("TLS handshake complete, no HTTP reply: {endpoint} ({address}) ends the connection "
               "on an HTTP request. Check the application behind it."),
    },
};

/* bad_record_mac, decryption_failed, decrypt_error: the server saw changed data (RFC 8446 6.2). */
static bool is_changed_data_alert(int alert)
{
    return alert == 20 || alert == 21 || alert == 51;
}

static const char *symptom_of_refusal(enum refused_for what)
{
    if (what == REFUSED_FOR_BAD_RECORD)
        return "reach.data-changed";
    return what == REFUSED_FOR_BAD_SIGNATURE ? "reach.wrong-signature" : NULL;
}

static const char *symptom(const struct outcome *o)
{
    bool early = outcome_hello_unanswered(o);
    switch (o->how) {
    case BREAK_CLOSED:
        return early ? "reach.closed" : "reach.broken-off";
    case BREAK_RESET:
        return early ? "reach.reset" : "reach.broken-off";
    case BREAK_SILENCE:
        return early && o->bytes_in == 0 ? "reach.silent" : "reach.stalled";
    case BREAK_GARBLED:
        return "reach.broken-off";
    case BREAK_ALERT:
        if (early)
            return NULL;
        return is_changed_data_alert(o->alert) ? "reach.data-changed" : "reach.broken-off";
    case BREAK_WE_REFUSED:
        return symptom_of_refusal(o->refused_for);
    default:
        return NULL;
    }
}

/* It says nothing of the site that we stopped, or could not try. */
static enum said_id said_without_symptom(const struct outcome *o)
{
    return o->how == BREAK_CANCELLED ? SAID_STOPPED
           : o->how == BREAK_FAILED  ? SAID_NOT_TRIED
                                     : SAID_SERVER_REFUSES;
}

static void judge_broken(struct check_context *c, const struct outcome *o)
{
    struct search s;
    int again;
    search_run(c->r, &s);
    bool is_luck = analysis_experiment(c->r, CHANGE_BIT(REPEAT), &again) == EXPERIMENT_WORKED ||
                   analysis_experiment(c->r, CHANGE_BIT(REPEAT) | CHANGE_BIT(AGAIN), &again) ==
                       EXPERIMENT_WORKED;
    if (s.state != SEARCH_WAITING && is_luck) {
        s.state = SEARCH_LUCK;
        s.experiment = again;
        s.baseline = c->r->first_index;
    }
    if (s.state == SEARCH_LUCK) {
        struct diagnosed *n = check_cause(c, "reach.comes-and-goes", CERTAINTY_PROVEN);
        n->proof.baseline = s.baseline;
        n->proof.experiment = s.experiment;
        n->proof.changes = CHANGE_BIT(AGAIN);
        n->proof.is_success = true;
        check_say(c, said_plain(SAID_SOMETIMES));
        return;
    }
    const char *slug = symptom(o);
    if (!slug) {
        check_unknown(c, said_plain(said_without_symptom(o)));
        return;
    }
    check_cause(c, slug, CERTAINTY_LIKELY);
    check_say(c,
              said_plain(outcome_hello_unanswered(o) ? SAID_ENDED_AFTER_HELLO : SAID_ENDED_MIDWAY));
}

/* The greeting was done, and the line ended at our request: is it the request, or the greeting? */
static void judge_cut_reply(struct check_context *c, const struct outcome *o)
{
    switch (check_reply(c)) {
    case EXPERIMENT_WAITING:
        check_waiting(c);
        return;
    case EXPERIMENT_WORKED:
        check_cause(c, "reach.no-reply", CERTAINTY_PROVEN);
        check_fine(c, said_with(SAID_HANDSHAKE_DONE, said_text(offer_version_name(o->version))));
        return;
    default:
        judge_broken(c, o);
        return;
    }
}

static void judge(struct check_context *c)
{
    const struct outcome *o = &c->r->first->outcome;
    bool is_asked = o->certificate_requested && outcome_reply_awaited(o);
    if (o->success || (is_asked && o->how == BREAK_ALERT && !is_changed_data_alert(o->alert)))
        check_fine(c, said_with(SAID_HANDSHAKE_DONE, said_text(offer_version_name(o->version))));
    else if (outcome_is_cut_reply(o))
        judge_cut_reply(c, o);
    else
        judge_broken(c, o);
}

const struct check check_handshake = {
    .id = "handshake",
    .step = STEP_REACH,
    .question = N_("Does the TLS handshake succeed?"),
    .gloss = N_("In the TLS handshake two computers agree on a secure connection."),
    .judge = judge,
    .causes = causes,
    .n_causes = sizeof(causes) / sizeof(causes[0]),
};
