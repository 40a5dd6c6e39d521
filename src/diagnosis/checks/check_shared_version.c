/*
 * check_shared_version.c - do both sides share a TLS version? Proven by offering all of them.
 * SPDX-License-Identifier: MIT
 */
#include "../context.h"

static const struct cause causes[] = {
    {
        .slug = "protocol.client-too-old",
        .code = "W-401",
        .who = WHO_YOU,
        .who_all = N_("You, or whoever looks after this computer."),
        .blocks = BLOCKS_HELLO,
        .title = N_("This program's TLS version is too old for this site"),
        .what = N_("Both sides must share a TLS version. {client_name} goes up to {client_version} "
                   "only. The site needs {version}."),
        .todo = {N_("Update the program, or the system that it is part of."),
                 N_("Use a current browser until then.")},
        .how = {WAY_UPDATE_PROGRAM, WAY_OTHER_BROWSER},
        .dont = {N_("Do not ask the site to turn old TLS versions on. They are not safe.")},
        .term =
            N_("No shared TLS version (protocol_version): {client} goes up to {client_version}; "
               "{endpoint} needs {version}."),
        .to_confirm = N_("One more try with newer versions would show it."),
    },
    {
        .slug = "protocol.server-too-old",
        .code = "W-402",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_HELLO,
        .title = N_("The site's server has only an old TLS version"),
        .what = N_("Both sides must share a TLS version. The site has {version} and nothing newer. "
                   "Current programs have dropped that one, as it is not safe."),
        .todo = {N_("Tell the site's owner to turn on TLS 1.2 and 1.3."),
                 N_("Use the telephone or e-mail until then.")},
        .how = {WAY_TELL_OWNER},
        .dont = {N_("Do not turn old TLS versions on, and do not use http instead."), DONT_STAY},
        .term =
            N_("Server has obsolete TLS versions only (protocol_version): {endpoint} ({address}) "
               "goes up to {version}; a current ClientHello ends in {first_end}. Enable TLS 1.2 "
               "and 1.3 (RFC 8996)."),
        .to_confirm = N_("One more try with older versions would show it."),
    },
};

/* Our hello names nothing as old (RFC 7568): whoever answers with it has nothing newer. */
static bool answers_with_ssl3(const struct outcome *o)
{
    return o->version == 0x0300 && o->how == BREAK_WE_REFUSED;
}

static void judge(struct check_context *c)
{
    struct search s;
    if (check_found(c, CHANGE_BIT(VERSIONS) | CHANGE_BIT(OLD_ONLY), &s)) {
        uint16_t version = c->ev->probes[s.experiment].outcome.version;
        bool is_old = version < offer_row(OFFER_VERSION_TLS12)->wire;
        check_search_cause(c, is_old ? "protocol.server-too-old" : "protocol.client-too-old", &s);
        check_say(c, said_with(SAID_NEEDS_VERSION, said_text(offer_version_name(version))));
    } else if (s.state == SEARCH_NOTHING && answers_with_ssl3(&c->r->first->outcome)) {
        check_cause(c, "protocol.server-too-old", CERTAINTY_LIKELY);
        check_say(c, said_plain(SAID_SSL3_ONLY));
    } else if (s.state != SEARCH_WAITING && c->r->first->outcome.version) {
        check_fine(c, said_with(SAID_SHARED_VERSION,
                                said_text(offer_version_name(c->r->first->outcome.version))));
    } else if (s.state == SEARCH_FOUND) {
        check_not_needed(c);
    } else if (s.state != SEARCH_WAITING) {
        check_unknown(c, said_plain(SAID_NO_VERSION_ANSWERED));
    }
}

const struct check check_shared_version = {
    .id = "shared-version",
    .step = STEP_PROTOCOL,
    .question = N_("Do both sides share a TLS version?"),
    .gloss = N_("TLS makes a connection secure. Versions 1.2 and 1.3 are in use today."),
    .fine = N_("Both sides share a TLS version."),
    .fine_brief = N_("the TLS version"),
    .judge = judge,
    .causes = causes,
    .n_causes = sizeof(causes) / sizeof(causes[0]),
};
