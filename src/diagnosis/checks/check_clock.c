/*
 * check_clock.c - is this computer's clock right? The witnesses are weighed in
 * diagnosis/clock_witnesses.c.
 * SPDX-License-Identifier: MIT
 */
#include "../context.h"

static const struct cause causes[] = {
    {
        .slug = "clock.behind",
        .code = "W-201",
        .who = WHO_YOU,
        .blocks = BLOCKS_CERTIFICATE,
        .title = N_("Your computer's clock is {clock_off} behind"),
        .what = N_("This computer's clock says {clock}. The true time is {true_time}. "
                   "{clock_reason}"),
        .todo = {N_("Set the clock: turn on automatic date and time."), N_("{clock_hint}"),
                 N_("Check again when the clock is right.")},
        .how = {WAY_SET_CLOCK, WAY_SET_TIME_ZONE, WAY_NONE},
        .dont = {N_("Do not click past a warning while the clock is wrong.")},
        .term = N_("System clock {clock_off} behind (local: {clock}; true: {true_time}), so the "
                   "certificate of {host} fails on its dates. Set time and time zone; enable NTP."),
        .to_confirm = N_("Compare the clock with the one on your phone."),
    },
    {
        .slug = "clock.ahead",
        .code = "W-202",
        .who = WHO_YOU,
        .blocks = BLOCKS_CERTIFICATE,
        .title = N_("Your computer's clock is {clock_off} ahead"),
        .what = N_("This computer's clock says {clock}. The true time is {true_time}. "
                   "{clock_reason}"),
        .todo = {N_("Set the clock: turn on automatic date and time."), N_("{clock_hint}"),
                 N_("Check again when the clock is right.")},
        .how = {WAY_SET_CLOCK, WAY_SET_TIME_ZONE, WAY_NONE},
        .dont = {N_("Do not click past a warning while the clock is wrong.")},
        .term = N_("System clock {clock_off} ahead (local: {clock}; true: {true_time}), so the "
                   "certificate of {host} fails on its dates. Set time and time zone; enable NTP."),
        .to_confirm = N_("Compare the clock with the one on your phone."),
    },
    {
        .slug = "clock.off",
        .code = "W-203",
        .who = WHO_YOU,
        .blocks = BLOCKS_NOTHING,
        .title = N_("Your computer's clock is {clock_off} off"),
        .what =
            N_("It says {clock}, and the true time is {true_time}. This connection works all the "
               "same. {clock_harm}"),
        .todo = {N_("Set the clock: turn on automatic date and time.")},
        .how = {WAY_SET_CLOCK},
        .term =
            N_("System clock off by {clock_off} (local: {clock}; true: {true_time}); certificate "
               "dates of {host} still fit. Enable NTP."),
    },
    {
        .slug = "clock.site-off",
        .code = "W-204",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_NOTHING,
        .title = N_("The clock of the site's server is wrong"),
        .what =
            N_("This does not stop this connection. Log-ins and new certificates may fail there."),
        .todo = {N_("Tell the site's owner to set the server's clock by the network (NTP).")},
        .how = {WAY_TELL_OWNER},
        .term =
            N_("Server clock wrong: the HTTP Date header of {host} is off, and other time sources "
               "agree with the client. Enable NTP on the server."),
    },
    {
        .slug = "clock.sites-differ",
        .code = "W-205",
        .who = WHO_YOU,
        .who_all = N_("You, if your clock is wrong; else the site's owner."),
        .blocks = BLOCKS_NOTHING,
        .title = N_("The site's clock and yours are {clock_off} apart"),
        .what = N_("One of them is wrong, and we have no third clock to ask."),
        .todo = {N_("Compare the clock with the one on your phone.")},
        .term =
            N_("Clock skew: local clock and the HTTP Date header of {host} are {clock_off} apart; "
               "no third time source."),
    },
};

enum { LONGEST_LIFE_S = 398 * 86400 }; /* of a public one: Baseline Requirements 6.3.2, 2020 */

static struct said said_off(const struct analysis *r, bool is_behind, bool hurts)
{
    /* by: is it at least so much? is it behind? does it hurt? */
    static const enum said_id ids[2][2][2] = {
        {{SAID_CLOCK_AHEAD_HARMLESS, SAID_CLOCK_AHEAD},
         {SAID_CLOCK_BEHIND_HARMLESS, SAID_CLOCK_BEHIND}},
        {{SAID_CLOCK_AHEAD_LEAST_HARMLESS, SAID_CLOCK_AHEAD_LEAST},
         {SAID_CLOCK_BEHIND_LEAST_HARMLESS, SAID_CLOCK_BEHIND_LEAST}},
    };
    return said_with(ids[r->true_time_is_least][is_behind][hurts],
                     said_span(analysis_clock_off(r)));
}

/* Blocks where the chain fails by this computer's date and does not by the true one. */
static void judge_wrong(struct check_context *c)
{
    const struct analysis *r = c->r;
    bool is_behind = r->clock < r->true_time;
    bool hurts = r->chain.judged && (r->chain.changes & CHAIN_BIT(DATE));
    if (!hurts) {
        check_cause(c, "clock.off", CERTAINTY_PROVEN);
        check_say(c, said_off(r, is_behind, false));
        return;
    }
    bool helps = !(r->chain_then.changes & CHAIN_BIT(DATE));
    /* It has run out too. By the wrong clock it has not begun, or none of today's would still be
     * good: so a new one alone does not help. */
    bool is_apart = (r->clock < r->chain.not_before && r->true_time > r->chain.not_after) ||
                    r->clock - r->true_time > LONGEST_LIFE_S;
    struct diagnosed *n = check_cause(c, is_behind ? "clock.behind" : "clock.ahead",
                                      helps || is_apart ? CERTAINTY_PROVEN : CERTAINTY_LIKELY);
    n->proof.baseline = r->shown_index;
    n->proof.chain_changes = CHAIN_BIT(DATE);
    n->proof.is_success = helps;
    check_say(c, said_off(r, is_behind, true));
}

static const enum said_id doubts[] = {
    [CLOCK_NO_WITNESS] = SAID_CLOCK_ALONE,
    [CLOCK_ONE_AGAINST] = SAID_CLOCK_ONE_AGAINST,
    [CLOCK_DISAGREEING] = SAID_CLOCKS_DISAGREE,
};

static void judge(struct check_context *c)
{
    const struct analysis *r = c->r;
    if (r->site_clock_is_off)
        check_cause(c, "clock.site-off", CERTAINTY_PROVEN);
    if (r->clocks_differ)
        check_cause(c, "clock.sites-differ", CERTAINTY_PROVEN);
    if (r->clock_is_wrong)
        judge_wrong(c);
    else if (r->clock_is_backed)
        check_fine(c, said_plain(SAID_CLOCK_AGREES));
    else
        check_unknown(c, said_plain(doubts[r->clock_doubt]));
}

const struct check check_clock = {
    .id = "clock",
    .step = STEP_CLOCK,
    .question = N_("Is this computer's clock right?"),
    .gloss = N_("Two other clocks must agree before we say that yours is wrong."),
    .fine = N_("Your clock is right."),
    .fine_brief = N_("your clock"),
    .answers_file = true,
    .judge = judge,
    .causes = causes,
    .n_causes = sizeof(causes) / sizeof(causes[0]),
};
