/*
 * check_one_store.c - this system trusts the chain; does one program's own list not? Many programs
 * bring a list of their own, and an authority that was added to the system is not on it.
 * SPDX-License-Identifier: MIT
 */
#include "../context.h"
#include "whytls/programs.h"

static const struct cause causes[] = {
    {
        .slug = "trust.one-store",
        .code = "W-640",
        .who = WHO_YOU,
        .who_all = N_("You, or whoever looks after this computer, if a program fails."),
        .blocks = BLOCKS_NOTHING,
        .title = N_("The site's authority is not trusted by {lists_without}"),
        .works_title = N_("It works by this system's trust store, but not by {lists_without}"),
        .what = N_(
            "A trust store is a list of trusted authorities. Most programs use this system's, and "
            "trust this site. A few bring their own, and {lists_without} lacks the authority."),
        .todo =
            {N_("Do nothing, if all your programs open the site."),
             N_("Ask your IT department to add the authority to {lists_without}, if one fails.")},
        .how = {WAY_NONE, WAY_ADD_AUTHORITY},
        .dont = {N_("Do not switch certificate checks off in that program.")},
        .term =
            N_("Root certificate missing in one trust store: the chain of {endpoint} ends at "
               "{top_issuer} (SHA-256 {sha256}), which is in this system's trust store but not in "
               "{lists_without}. Add it there, or let the program use the system's trust store."),
        .to_confirm = N_("Try the site in a program that uses {lists_without}."),
    },
    {
        .slug = "trust.program-list",
        .code = "W-641",
        .who = WHO_YOU,
        .who_all = N_("You, or whoever looks after this computer."),
        .blocks = BLOCKS_REPLY,
        .explains = {"client.one-program"},
        .title = N_("The program that fails may not trust this site's authority"),
        .what =
            N_("A trust store is a list of trusted authorities. This system's has the one for "
               "this site, {top_issuer}, but {lists_without} lacks it. The program may use that."),
        .todo = {N_("Update that program, so that its trust store is new."),
                 N_("Ask your IT department to add the authority there.")},
        .how = {WAY_UPDATE_PROGRAM, WAY_ADD_AUTHORITY},
        .dont = {N_("Do not switch certificate checks off in that program."),
                 N_("Do not install a certificate that a stranger sends you.")},
        .term =
            N_("Root certificate missing in the program's own trust store: the chain of "
               "{endpoint} ends at {top_issuer} (SHA-256 {sha256}), which is in this system's "
               "trust store but not in {lists_without}. Add it there, or let the program use the "
               "system's trust store."),
        .proof =
            N_("By this system's trust store the site is trusted. By {lists_without} it is not."),
        .to_confirm = N_("Try the site in a program that uses {lists_without}."),
    },
};

static size_t count_without(const struct store_row *rows, size_t n)
{
    size_t without = 0;
    for (size_t i = 1; i < n; i++)
        without += rows[i].trusts == ACCEPTS_NO;
    return without;
}

static void judge(struct check_context *c)
{
    const struct chain_answer *a = &c->r->chain_then;
    struct store_row rows[STORE_ROWS_MAX];
    if (!a->judged || !a->acceptable || c->ev->facts.anchors_given) {
        check_not_needed(c);
        return;
    }
    if (c->ev->time_up_ms && c->ev->facts.stores_for < c->ev->n_certificates) {
        check_waiting(c); /* for the lists, which were still being read */
        return;
    }
    size_t n = stores_compare(c->r, rows);
    if (n <= 1) {
        check_fine(c, said_plain(SAID_NO_OTHER_STORE));
        return;
    }
    if (count_without(rows, n) == 0) {
        check_fine(c, said_plain(SAID_YES));
        return;
    }
    bool is_asked = c->ev->answers[QUESTION_OTHER_PROGRAM] == ANSWER_YES;
    struct diagnosed *diagnosed =
        check_cause(c, is_asked ? "trust.program-list" : "trust.one-store", CERTAINTY_LIKELY);
    diagnosed->path_place = (int)a->n_path - 1;
    check_say(c, said_plain(SAID_NOT_ALL));
}

const struct check check_one_store = {
    .id = "one-store",
    .step = STEP_CERTIFICATES,
    .question = N_("Do all trust stores here trust it?"),
    .gloss = N_("Some programs bring a trust store, a list of trusted authorities, of their own."),
    .answers_file = true,
    .judge = judge,
    .causes = causes,
    .n_causes = sizeof(causes) / sizeof(causes[0]),
};
