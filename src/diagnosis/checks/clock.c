/*
 * clock.c - is this computer's clock right? The witnesses are weighed in diagnosis/clock.c.
 * SPDX-License-Identifier: MIT
 */
#include "../context.h"

static const struct cause causes[] = {
    {
        .slug = "clock.behind",
        .code = "W-201",
        .who = WHO_YOU,
        .blocks = BLOCKS_CERTIFICATE,
        .title = "Your computer's clock is behind",
        .what = "Your computer says {clock}. The real date is {true_time}. {clock_reason}",
        .todo = {"Turn on automatic date and time in your system's settings.",
                 "Check the time zone there too.",
                 "Press \"check again\", or run this check once more."},
        .dont = {"Do not go past a warning while the clock is wrong."},
        .split = "Compare the date with the one on your phone.",
    },
    {
        .slug = "clock.ahead",
        .code = "W-202",
        .who = WHO_YOU,
        .blocks = BLOCKS_CERTIFICATE,
        .title = "Your computer's clock is ahead",
        .what = "Your computer says {clock}. The real date is {true_time}. {clock_reason}",
        .todo = {"Turn on automatic date and time in your system's settings.",
                 "Check the time zone there too.",
                 "Press \"check again\", or run this check once more."},
        .dont = {"Do not go past a warning while the clock is wrong."},
        .split = "Compare the date with the one on your phone.",
    },
    {
        .slug = "clock.off",
        .code = "W-203",
        .who = WHO_YOU,
        .blocks = BLOCKS_NOTHING,
        .title = "Your clock is not right: it says {clock}, the real time is {true_time}",
        .what = "This does not stop this connection. Other sites may fail because of it.",
        .todo = {"Turn on automatic date and time in your system's settings."},
    },
    {
        .slug = "clock.site-off",
        .code = "W-204",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_NOTHING,
        .title = "The site's own clock is not right",
        .what = "This does not stop this connection. Log-ins and new certificates may fail there.",
        .todo = {"Tell the site's owner to set the server's clock by the network."},
    },
};

/* Blocks where the chain fails by this computer's date and does not by the true one. */
static void judge_wrong(struct check_context *c)
{
    const struct reading *r = c->r;
    bool is_behind = r->clock < r->true_time;
    bool hurts = r->chain.judged && (r->chain.changes & CHAIN_BIT(DATE));
    if (!hurts) {
        check_cause(c, "clock.off", CERTAINTY_PROVEN);
        check_say(c, "no, but it does no harm");
        return;
    }
    bool helps = !(r->chain_then.changes & CHAIN_BIT(DATE));
    struct named *n = check_cause(c, is_behind ? "clock.behind" : "clock.ahead",
                                  helps ? CERTAINTY_PROVEN : CERTAINTY_LIKELY);
    n->proof.baseline = r->shown_index;
    n->proof.chain_changes = CHAIN_BIT(DATE);
    n->proof.is_success = helps;
    check_say(c, is_behind ? "no, it is behind" : "no, it is ahead");
}

static void judge(struct check_context *c)
{
    const struct reading *r = c->r;
    if (r->site_clock_is_off)
        check_cause(c, "clock.site-off", CERTAINTY_PROVEN);
    if (r->clock_is_wrong)
        judge_wrong(c);
    else if (r->clock_is_backed)
        check_fine(c, "yes, another one agrees");
    else
        check_untold(c, "nothing to compare with");
}

const struct check check_clock = {
    .id = "clock",
    .step = STEP_CLOCK,
    .question = "Is this computer's clock right?",
    .gloss = "Two witnesses must agree before we say that a clock is wrong.",
    .judge = judge,
    .causes = causes,
    .n_causes = sizeof(causes) / sizeof(causes[0]),
};
