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
        .blocks = BLOCKS_HELLO,
        .is_symptom = true,
        .title = "The server hangs up after our hello",
        .what = "We said hello. The server, or something on the way, closed the line with no "
                "answer. Every other way of saying hello that we tried ended the same.",
        .todo = {"Try from another network, such as your phone's.",
                 "Send this answer to the site's owner."},
        .dont = {"Do not lower your firewall or switch off your virus checker."},
        .to_confirm = "If it opens on a phone, look at your network. If not, the site is at fault.",
    },
    {
        .slug = "reach.reset",
        .code = "W-107",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_HELLO,
        .is_symptom = true,
        .title = "The connection is cut off after our hello",
        .what = "We said hello, and the line was cut by force. That can be the server, or a filter "
                "on the way. Every other hello that we tried ended the same.",
        .todo = {"Try from another network, such as your phone's.",
                 "Send this answer to the site's owner."},
        .dont = {"Do not lower your firewall or switch off your virus checker."},
        .to_confirm = "If it opens on a phone, look at your network. If not, the site is at fault.",
    },
    {
        .slug = "reach.silent",
        .code = "W-108",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_HELLO,
        .is_symptom = true,
        .title = "The server takes the call, but does not answer our hello",
        .what = "We said hello and waited {timeout} seconds. Nothing came back. The server may be "
                "stuck, or the port may wait for something else.",
        .todo = {"Wait a few minutes, then try again.",
                 "Try from another network, such as your phone's.",
                 "Send this answer to the site's owner."},
        .dont = {"Do not lower your firewall or switch off your virus checker."},
        .to_confirm = "If it opens on a phone, look at your network. If not, the site is at fault.",
    },
    {
        .slug = "reach.stalled",
        .code = "W-109",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_HELLO,
        .is_symptom = true,
        .title = "The server starts to answer, then stops",
        .what = "The server answered our hello. Then it went silent before the connection was "
                "ready. Large packets may get lost on the way, or the server may be stuck.",
        .todo = {"Try from another network, such as your phone's.",
                 "Send this answer to the site's owner."},
        .dont = {"Do not lower your firewall or switch off your virus checker."},
        .to_confirm = "If it opens on a phone, look at your network. If not, the site is at fault.",
    },
    {
        .slug = "reach.broken-off",
        .code = "W-111",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_HELLO,
        .is_symptom = true,
        .title = "The server breaks off in the middle",
        .what = "The server answered our hello. Then the connection was broken off before it "
                "was ready. We tried other ways, and none went through.",
        .todo = {"Wait a few minutes, then try again.",
                 "Try from another network, such as your phone's.",
                 "Send this answer to the site's owner."},
        .dont = {"Do not lower your firewall or switch off your virus checker."},
        .to_confirm = "If it opens on a phone, look at your network. If not, the site is at fault.",
    },
    {
        .slug = "reach.data-changed",
        .code = "W-112",
        .who = WHO_NETWORK,
        .blocks = BLOCKS_HELLO,
        .is_symptom = true,
        .title = "The data was changed on its way",
        .what = "Both sides greeted each other. Then data came that was not what was sent. A "
                "broken box on the way can do that, or a program that looks into traffic.",
        .todo = {"Try from another network, such as your phone's.",
                 "Restart your router, if it is yours.",
                 "Send this answer to the people who run your network."},
        .dont = {"Do not switch your virus checker off."},
        .to_confirm = "If it opens on a phone, look at your network. If not, the site is at fault.",
    },
    {
        .slug = "reach.wrong-signature",
        .code = "W-113",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_HELLO,
        .is_symptom = true,
        .title = "The server can not prove that the certificate is its own",
        .what = "A server must sign its greeting with the key of its certificate. This signature "
                "does not fit. The server may have the wrong key, or data was changed on the way.",
        .todo = {"Tell the site's owner that key and certificate do not fit.",
                 "Try from another network, such as your phone's."},
        .dont = {"Do not go past a warning."},
        .to_confirm = "If it fails on a phone too, the site is at fault.",
    },
    {
        .slug = "reach.comes-and-goes",
        .code = "W-110",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_HELLO,
        .explains = {"reach.closed", "reach.reset", "reach.silent", "reach.stalled",
                     "reach.broken-off"},
        .title = "It works at one time and fails at another",
        .what = "The first try failed. We tried once more in the same way, and it worked. One of "
                "several servers may be ill, or there may be too much to do.",
        .todo = {"Try again. It may work now.",
                 "Tell the site's owner that it fails now and then."},
        .dont = {"Do not change any settings. They are not the cause."},
        .to_confirm = "More tries, spread over a day, would show how often it fails.",
    },
    {
        .slug = "reach.no-reply",
        .code = "W-114",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_NOTHING,
        .title = "The secure connection works, but no page came when we asked for one",
        .what = "That is fine for a server that shows no pages. A web site's own program may be "
                "down.",
        .todo = {"Tell the site's owner, if it should show a page."},
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
    bool early = o->stage == STAGE_HELLO;
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
    check_say(c, said_plain(o->stage == STAGE_HELLO ? SAID_ENDED_AFTER_HELLO : SAID_ENDED_MIDWAY));
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
    bool is_asked = o->certificate_requested && o->stage == STAGE_REPLY;
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
    .question = "Does the connection come about?",
    .gloss = "Both sides greet each other and agree on how to keep secrets.",
    .judge = judge,
    .causes = causes,
    .n_causes = sizeof(causes) / sizeof(causes[0]),
};
