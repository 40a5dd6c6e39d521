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
            .title = N_("Our own secure connection to {host} works"),
            .what =
                N_("Our own try got through: the handshake, the certificate and the reply are "
                   "good. We did not test your browser: its add-ons, its own proxy, its own trust "
                   "store."),
            .todo = {N_("Open the site in a private window: most add-ons are off there."),
                     N_("Try another browser."), N_("Check the proxy in the browser's settings.")},
            .how = {WAY_OTHER_BROWSER, WAY_OTHER_BROWSER, WAY_PROXY},
            .dont = {N_("Do not switch any protection off to try.")},
            .term = N_("Works: TLS handshake and certificate validation succeed for {endpoint} "
                       "({address}): {agreed}, by this system's trust store. Not tested: the "
                       "browser's add-ons, proxy settings and trust store."),
        },
    [CONCLUSION_UNKNOWN] =
        {
            .slug = "unknown",
            .code = "W-000",
            .who = WHO_NOBODY,
            .blocks = BLOCKS_NOTHING,
            .title = N_("It fails, and we could not find out why"),
            .what =
                N_("The secure connection to {host} fails. We tried what we know, one change at a "
                   "time, and none made it work. So we will not guess."),
            .todo = {N_("Try from another network, such as your phone's."),
                     N_("Save this case as JSON, and send it to a person who can help.")},
            .how = {WAY_OTHER_NETWORK, WAY_NONE},
            .term = N_("Cause not found: {endpoint} ({address}): {first_end}. No change of TLS "
                       "version, cipher suite, group, signature algorithm, server name (SNI) or "
                       "address made it work."),
            .dont = {N_("Do not switch any protection off to try.")},
        },
    [CONCLUSION_NOT_TESTED] =
        {
            .slug = "not-tested",
            .code = "W-002",
            .who = WHO_NOBODY,
            .blocks = BLOCKS_NOTHING,
            .title = N_("We could not test {host}"),
            .what =
                N_("This computer could not get out to the network, or we were told not to try. "
                   "So we cannot say anything about the site."),
            .todo = {N_("Check that the network cable or the Wi-Fi is on."),
                     N_("Open another site, to see that your network works."),
                     N_("Try again then.")},
            .how = {WAY_NONE, WAY_NONE, WAY_NONE},
            .dont = {N_("Do not switch your firewall off.")},
            .term = N_("Not tested: {endpoint}: no network, DNS or route from this computer, or it "
                       "was told to stay offline."),
        },
    [CONCLUSION_STOPPED] =
        {
            .slug = "stopped",
            .code = "W-003",
            .who = WHO_NOBODY,
            .blocks = BLOCKS_NOTHING,
            .title = N_("The test of {host} was stopped"),
            .what =
                N_("The test was stopped before we had an answer. What we saw until then does not "
                   "show a cause, and does not show that all is well."),
            .todo = {N_("Run the test again, and let it finish.")},
            .term = N_("Stopped by the user: {endpoint} ({address}); the result is not complete."),
        },
    [CONCLUSION_UNJUDGED] =
        {
            .slug = "unjudged",
            .code = "W-004",
            .who = WHO_NOBODY,
            .blocks = BLOCKS_NOTHING,
            .title = N_("It connects, but we cannot judge the certificate of {host}"),
            .what = N_(
                "The TLS handshake succeeds. But we cannot check the site's certificates: their "
                "kind is unknown, or it is too much work. So we cannot say if your programs accept "
                "them."),
            .todo = {N_("Open the site in another program, and see if it works."),
                     N_("Save this case as JSON, and send it to a person who can help.")},
            .how = {WAY_OTHER_BROWSER, WAY_NONE},
            .dont = {DONT_GO_AROUND},
            .term = N_("Certificate chain not evaluated: {endpoint} ({address}), {agreed}: unknown "
                       "key or signature algorithm, or too many signatures to check."),
        },
    [CONCLUSION_FILE_GOOD] =
        {
            .slug = "file-good",
            .code = "W-005",
            .who = WHO_NOBODY,
            .blocks = BLOCKS_NOTHING,
            .title = N_("The certificates in this file are in order"),
            .what =
                N_("By this computer's trust store and clock these certificates would be accepted. "
                   "No site was asked. If a site fails, it may send other ones."),
            .todo = {N_("Check the site itself, from a computer with a network."),
                     N_("Compare the fingerprints, if the site still fails.")},
            .term =
                N_("Certificate chain in the file validates against this system's trust store; no "
                   "server was asked."),
        },
    [CONCLUSION_FILE_UNJUDGED] =
        {
            .slug = "file-unjudged",
            .code = "W-006",
            .who = WHO_NOBODY,
            .blocks = BLOCKS_NOTHING,
            .title = N_("We cannot judge the certificates in this file"),
            .what =
                N_("The first one cannot be read, or is of a kind that we do not know. Or to check "
                   "them is too much work. So we cannot say if they would be accepted."),
            .todo = {N_("Check that the site's own certificate comes first in the file."),
                     N_("Check the site itself, from a computer with a network.")},
            .dont = {N_("Do not switch certificate checks off.")},
            .term = N_("Certificate chain in the file not evaluated: first certificate unreadable, "
                       "unknown key or signature algorithm, or too many signatures to check."),
        },
    [CONCLUSION_TIME_UP] =
        {
            .slug = "time-up",
            .code = "W-007",
            .who = WHO_NOBODY,
            .blocks = BLOCKS_NOTHING,
            .title = N_("Time was up before all was asked"),
            .works_title = N_("It works, but time was up before all was asked"),
            .what = N_("This test had {max_time} in all. These questions had no answer by then: "
                       "{not_asked}. So they may be fine or not."),
            .todo = {N_("Run the test again, and give it more time (--max-time).")},
            .term = N_("Time limit reached (--max-time: {max_time}); not asked: {not_asked}."),
        },
    [CONCLUSION_TIME_UP_FAILS] =
        {
            .slug = "time-up-fails",
            .code = "W-008",
            .who = WHO_NOBODY,
            .blocks = BLOCKS_NOTHING,
            .title = N_("It fails, and time was up before we knew why"),
            .what =
                N_("The secure connection to {host} fails. This test had {max_time} in all. These "
                   "questions had no answer by then: {not_asked}."),
            .todo = {N_("Run the test again, and give it more time (--max-time)."),
                     N_("Save this case as JSON, and send it to a person who can help.")},
            .dont = {N_("Do not switch any protection off to try.")},
            .term = N_("Cause not found, time limit reached (--max-time: {max_time}): {endpoint} "
                       "({address}): {first_end}. Not asked: {not_asked}."),
        },
};

/* "The certificate is good": a note may be about that very thing. */
static const struct cause works_noted = {
    .slug = "works",
    .code = "W-001",
    .who = WHO_NOBODY,
    .blocks = BLOCKS_NOTHING,
    .title = N_("Our own secure connection to {host} works"),
    .what = N_("Our own try got through. But we also saw something that is not as it should be. It "
               "stands at the end."),
    .todo = {N_("Read what else we saw, at the end of this answer."),
             N_("Try another browser, if yours still fails.")},
    .how = {WAY_NONE, WAY_OTHER_BROWSER},
    .term =
        N_("Works: TLS handshake and certificate validation succeed for {endpoint} ({address}): "
           "{agreed}, by this system's trust store. Notes: see the end."),
};

const struct cause *conclusion_works_noted(void)
{
    return &works_noted;
}

const struct cause *conclusion_cause(enum conclusion c)
{
    return by_conclusion[c].slug ? &by_conclusion[c] : NULL;
}
