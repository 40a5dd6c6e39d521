/*
 * conclusions.c - the entries of a verdict that are no fault of anyone: it works, the cause was not
 * found, nothing could be tested, the user stopped it. Constant tables only.
 * SPDX-License-Identifier: MIT
 */
#include "context.h"

static const struct cause by_conclusion[CONCLUSION_COUNT] = {
    [CONCLUSION_WORKS] =
        {
            .slug = "works",
            .code = "W-001",
            .who = WHO_NOBODY,
            .blocks = BLOCKS_NOTHING,
            .title = "The secure connection to {host} works",
            .what = "We made a secure connection, and the site answered. Its certificate is good. "
                    "Nothing is wrong on the way from this computer to the site.",
            .todo = {"Open the site again, in a new window.",
                     "Restart the program that fails, or try another one."},
            .dont = {"Do not change your settings. They are not the cause."},
        },
    [CONCLUSION_UNKNOWN] =
        {
            .slug = "unknown",
            .code = "W-000",
            .who = WHO_NOBODY,
            .blocks = BLOCKS_NOTHING,
            .title = "It fails, and we could not find out why",
            .what = "The secure connection to {host} fails. We tried what we know, one change at a "
                    "time, "
                    "and none made it work. So we will not guess.",
            .todo = {"Try from another network, such as your phone's.",
                     "Save this case as JSON, and send it to a person who can help."},
            .dont = {"Do not switch any protection off to try."},
        },
    [CONCLUSION_NOT_TESTED] =
        {
            .slug = "not-tested",
            .code = "W-002",
            .who = WHO_NOBODY,
            .blocks = BLOCKS_NOTHING,
            .title = "We could not test {host}",
            .what = "This computer could not get out to the network, or we were told not to try. "
                    "So we can not say anything about "
                    "the site.",
            .todo = {"Check that the network cable or the Wi-Fi is on.",
                     "Open another site, to see that your network works.", "Try again then."},
            .dont = {"Do not lower your firewall."},
        },
    [CONCLUSION_STOPPED] =
        {
            .slug = "stopped",
            .code = "W-003",
            .who = WHO_NOBODY,
            .blocks = BLOCKS_NOTHING,
            .title = "The test of {host} was stopped",
            .what = "The test was stopped before we had an answer. What we saw until then does not "
                    "show a cause, and does not show that all is well.",
            .todo = {"Run the test again, and let it finish."},
        },
    [CONCLUSION_UNJUDGED] =
        {
            .slug = "unjudged",
            .code = "W-004",
            .who = WHO_NOBODY,
            .blocks = BLOCKS_NOTHING,
            .title = "It connects, but we can not judge the certificate of {host}",
            .what =
                "The secure connection came about. But we can not check the site's certificates: "
                "their kind is unknown, or it is too much work. So we can not say if your programs "
                "accept them.",
            .todo = {"Open the site in another program, and see if it works.",
                     "Save this case as JSON, and send it to a person who can help."},
            .dont = {"Do not go past a warning."},
        },
    [CONCLUSION_FILE_GOOD] =
        {
            .slug = "file-good",
            .code = "W-005",
            .who = WHO_NOBODY,
            .blocks = BLOCKS_NOTHING,
            .title = "The certificates in this file are in order",
            .what = "By this computer's list and date a site with these certificates would be "
                    "accepted. No site was asked. If one fails, it may send other ones.",
            .todo = {"Check the site itself, from a computer with a network.",
                     "Compare the fingerprints, if the site still fails."},
        },
    [CONCLUSION_FILE_UNJUDGED] =
        {
            .slug = "file-unjudged",
            .code = "W-006",
            .who = WHO_NOBODY,
            .blocks = BLOCKS_NOTHING,
            .title = "We can not judge the certificates in this file",
            .what =
                "The first one can not be read, or is of a kind that we do not know. Or to check "
                "them would be too much work. So we can not say if a site with them would be "
                "accepted.",
            .todo = {"Check that the site's own certificate comes first in the file.",
                     "Check the site itself, from a computer with a network."},
            .dont = {"Do not switch certificate checks off."},
        },
    [CONCLUSION_TIME_UP] =
        {
            .slug = "time-up",
            .code = "W-007",
            .who = WHO_NOBODY,
            .blocks = BLOCKS_NOTHING,
            .title = "Time was up before all was asked",
            .works_title = "It works, but time was up before all was asked",
            .what = "This test had {max_time} in all. These questions had no answer by then: "
                    "{not_asked}. So they may be fine or not.",
            .todo = {"Run the test again, and give it more time (--max-time)."},
        },
    [CONCLUSION_TIME_UP_FAILS] =
        {
            .slug = "time-up-fails",
            .code = "W-008",
            .who = WHO_NOBODY,
            .blocks = BLOCKS_NOTHING,
            .title = "It fails, and time was up before we knew why",
            .what = "The secure connection to {host} fails. This test had {max_time} in all. These "
                    "questions had no answer by then: {not_asked}.",
            .todo = {"Run the test again, and give it more time (--max-time).",
                     "Save this case as JSON, and send it to a person who can help."},
            .dont = {"Do not switch any protection off to try."},
        },
};

/* "Its certificate is good", "your settings are not the cause": each note is about one of these. */
static const struct cause works_noted = {
    .slug = "works",
    .code = "W-001",
    .who = WHO_NOBODY,
    .blocks = BLOCKS_NOTHING,
    .title = "The secure connection to {host} works",
    .what = "We made a secure connection to the site. But we also saw something that is not as it "
            "should be. It stands at the end.",
    .todo = {"Open the site again, in a new window.",
             "Read what else we saw, if another program or computer fails."},
};

const struct cause *conclusion_works_noted(void)
{
    return &works_noted;
}

const struct cause *conclusion_cause(enum conclusion c)
{
    return by_conclusion[c].slug ? &by_conclusion[c] : NULL;
}
