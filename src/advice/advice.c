/*
 * advice.c - an entry of the verdict in words, what was found to be fine, and the proof as
 * sentences. The words themselves stand beside each check. Uses diagnosis and evidence.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <string.h>

#include "advice_keys.h"
#include "change_sentences.h"
#include "lists.h"
#include "whytls/ascii.h"
#include "whytls/message.h"
#include "whytls/text.h"
#include "whytls/walk.h"

/* ---- proofs --------------------------------------------------------------------------------- */

static char *next_why(struct advice *a)
{
    return a->n_why < ADVICE_MAX_WHY ? a->why[a->n_why++] : NULL;
}

/* The first probe, then the one that differs: what was changed, and what came of it. */
static void say_pair(const struct walk *w, const struct diagnosed *n, struct advice *a)
{
    const struct probe *first = evidence_probe_at(w->analysis.ev, n->proof.baseline);
    const struct probe *other = evidence_probe_at(w->analysis.ev, n->proof.experiment);
    char *line = first ? next_why(a) : NULL;
    if (line) {
        char said[ADVICE_LINE - 32];
        advice_outcome(first, said, sizeof(said));
        text_printf(line, ADVICE_LINE,
                    other ? message("First try: %s") : message("What we saw: %s"), said);
    }
    line = other ? next_why(a) : NULL;
    if (line) {
        char changed[ADVICE_LINE / 2], said[ADVICE_LINE / 2];
        changes_sentence(n->proof.changes, changed, sizeof(changed));
        advice_outcome(other, said, sizeof(said));
        text_printf(line, ADVICE_LINE, "%s %s", changed, said);
    }
}

/* Who bears this computer's clock out; NULL where nobody is known to. */
static const char *clock_backing(const struct analysis *r)
{
    enum { TOLERANCE_S = 5 * 60 };
    const struct outcome *o = r->worked ? &r->worked->outcome : NULL;
    int64_t apart = o && o->http_date ? o->http_date - o->http_date_local : INT64_MAX;
    if (r->clock_is_wrong || !r->clock_is_backed)
        return NULL;
    return apart >= -TOLERANCE_S && apart <= TOLERANCE_S
               ? N_("Your clock is right: the site's clock agrees with it.")
               : N_("Your clock is right: another clock agrees with it.");
}

/* A date alone: which of the two is wrong, the clock or the certificate, and what shows it. The
 * keys are among those of the cause itself, so that a case with hidden names has their values. */
static const char *date_words(const struct diagnosed *n)
{
    static const char *const clock[] = {
        N_("By this computer's clock the certificate is rejected. The true time is {true_time}."),
        N_("By this computer's clock the certificate is rejected. With the clock set to the true "
           "time "
           "it is accepted.")};
    if (text_starts_nocase(n->cause->slug, "clock."))
        return clock[n->proof.is_success];
    if (n->proof.chain_changes != CHAIN_BIT(DATE) || !n->proof.is_success)
        return NULL;
    if (strstr(n->cause->slug, "not-yet-valid"))
        return N_(
            "It is valid from {starts_on}. Dated then, it is accepted; dated now, it is not.");
    if (strstr(n->cause->slug, "expired"))
        return N_("It expired on {expired_on}. Dated the day before, it is accepted; dated now, it "
                  "is not.");
    return NULL;
}

static void say_date(const struct walk *w, const struct diagnosed *n,
                     const struct redaction *redaction, const char *words, char *line)
{
    const char *backing = clock_backing(&w->analysis);
    keys_fill(w, n, redaction, words, line, ADVICE_LINE);
    size_t used = strlen(line);
    if (backing)
        text_printf(line + used, ADVICE_LINE - used, " %s", message(backing));
}

static void say_chain(const struct walk *w, const struct diagnosed *n,
                      const struct redaction *redaction, struct advice *a)
{
    char words[ADVICE_LINE / 2];
    const char *dates = date_words(n);
    char *line = n->proof.chain_changes ? next_why(a) : NULL;
    if (line && dates)
        say_date(w, n, redaction, dates, line);
    if (!line || dates)
        return;
    chain_changes_list(n->proof.chain_changes, words, sizeof(words));
    bool is_one = (n->proof.chain_changes & (n->proof.chain_changes - 1)) == 0;
    if (!n->proof.is_success)
        text_printf(line, ADVICE_LINE, message("To be accepted, it would need %s."), words);
    else if (is_one)
        text_printf(line, ADVICE_LINE,
                    message("As it is, it is rejected. With only one thing changed it is accepted: "
                            "%s."),
                    words);
    else
        text_printf(line, ADVICE_LINE,
                    message("As it is, it is rejected. With only these things changed it is "
                            "accepted: %s."),
                    words);
}

/* A warning and the words of a server that refused are shown as it gave them: they are clean. */
static void say_own_words(const struct walk *w, const struct diagnosed *n,
                          const struct redaction *redaction, struct advice *a)
{
    char shown[ADVICE_LINE - 32];
    const struct probe *p = evidence_probe_at(w->analysis.ev, n->proof.baseline);
    const char *words = p ? (p->outcome.banner[0] ? p->outcome.banner : p->outcome.http_title) : "";
    char *line = words[0] ? next_why(a) : NULL;
    if (!line)
        return;
    redaction_copy(redaction, shown, sizeof(shown), words);
    text_printf(line, ADVICE_LINE, message("Its own words: \"%s\""), shown);
}

/* The certificates that the owner must add; their fingerprints are in the text and in JSON. */
static void say_missing(const struct walk *w, const struct diagnosed *diagnosed,
                        const struct redaction *redaction, struct advice *a)
{
    char shown[ADVICE_LINE - 32];
    struct cert_info below;
    const struct blob *der = analysis_certificate(&w->analysis, diagnosed->path_place);
    struct missing_certificate list[CHAIN_MAX_PATH];
    size_t n = walk_missing(w, list);
    for (size_t i = 0; i < n; i++) {
        struct cert_info info;
        char *line = cert_describe(list[i].der, &info) ? next_why(a) : NULL;
        redaction_copy(redaction, shown, sizeof(shown), info.subject);
        if (line)
            text_printf(line, ADVICE_LINE, message("The one to add: \"%s\"."), shown);
    }
    /* It could not be had: the one below it still says what it is called. */
    char *line =
        n == 0 && der && cert_describe(der, &below) && below.issuer[0] ? next_why(a) : NULL;
    if (!line)
        return;
    redaction_copy(redaction, shown, sizeof(shown), below.issuer);
    text_printf(line, ADVICE_LINE, message("The one to add is named \"%s\"."), shown);
}

static void say_why(const struct walk *w, const struct diagnosed *n,
                    const struct redaction *redaction, struct advice *a)
{
    const struct cause *cause = n->cause;
    if (n->proof.chain_changes)
        say_chain(w, n, redaction, a);
    if (!n->proof.chain_changes || n->proof.experiment >= 0)
        say_pair(w, n, a);
    char *line = cause->proof ? next_why(a) : NULL;
    if (line)
        keys_fill(w, n, redaction, cause->proof, line, ADVICE_LINE);
    if (cause->tells_missing)
        say_missing(w, n, redaction, a);
    if (cause != conclusion_cause(CONCLUSION_WORKS))
        say_own_words(w, n, redaction, a);
    line = n->certainty == CERTAINTY_LIKELY && cause->to_confirm ? next_why(a) : NULL;
    if (line) {
        char to_confirm[ADVICE_LINE - 48];
        keys_fill(w, n, redaction, cause->to_confirm, to_confirm, sizeof(to_confirm));
        text_printf(line, ADVICE_LINE, message("We could not prove it. To be sure: %s"),
                    to_confirm);
    }
}

/* ---- the entry ---------------------------------------------------------------------------- */

/* "Not you" only where that is proven: else it may be this computer or its network. */
static const char *who_fixes(const struct diagnosed *n, const struct cause *cause)
{
    if (cause == conclusion_cause(CONCLUSION_WORKS))
        return N_("Nobody needs to: what we tried works.");
    if (cause == conclusion_works_noted())
        return N_("Nobody needs to, for this connection.");
    if (cause == conclusion_cause(CONCLUSION_FILE_GOOD))
        return N_("Nobody needs to.");
    if (cause->who_all)
        return cause->who_all;
    if (cause->who == WHO_NOBODY)
        return N_("We cannot say yet.");
    if (cause->who != WHO_SITE_OWNER)
        return who_words(cause->who);
    return n->certainty == CERTAINTY_PROVEN ? N_("The site's owner. Not you.")
                                            : N_("The site's owner, most likely.");
}

static const char *sure_words(const struct diagnosed *n)
{
    switch (n->certainty) {
    case CERTAINTY_PROVEN:
        return N_("Sure: proven");
    case CERTAINTY_LIKELY:
        return N_("Sure: likely, not proven");
    default:
        return N_("Sure: no, the cause was not found");
    }
}

/*
 * Whose words an entry has: its own. "Works" is said of what was tried: beside a note it claims
 * nothing more, and where it works for some alone, that note is the answer.
 */
static struct diagnosed words_of(const struct walk *w, const struct diagnosed *n)
{
    struct diagnosed words = *n;
    if (n->cause != conclusion_cause(CONCLUSION_WORKS) || w->n_notes == 0)
        return words;
    words.cause = conclusion_works_noted();
    for (size_t i = w->n_notes; i-- > 0;)
        if (w->notes[i].cause->works_title)
            words = w->notes[i];
    return words;
}

/* Two instructions that are done in one way need it once. */
static void say_ways(const struct cause *cause, struct advice *a)
{
    for (size_t i = 0; i < a->n_todo; i++) {
        size_t known = 0;
        while (known < a->n_ways && a->ways[known] != cause->how[i])
            known++;
        if (cause->how[i] != WAY_NONE && known == a->n_ways)
            a->ways[a->n_ways++] = cause->how[i];
    }
}

void advice_make(const struct walk *w, const struct diagnosed *n, const struct redaction *redaction,
                 struct advice *a)
{
    const struct diagnosed words = words_of(w, n);
    const struct cause *cause = words.cause;
    bool is_limit = cause != n->cause && cause->works_title;
    memset(a, 0, sizeof(*a));
    a->cause = n->cause;
    a->who_is = cause->who;
    a->certainty = n->certainty;
    keys_fill(w, &words, redaction, is_limit ? cause->works_title : cause->title, a->title,
              sizeof(a->title));
    keys_fill(w, &words, redaction, cause->what, a->what, sizeof(a->what));
    a->title[0] = ascii_toupper(a->title[0]);
    for (size_t i = 0; i < CAUSE_MAX_TODO && cause->todo[i]; i++)
        keys_fill(w, &words, redaction, cause->todo[i], a->todo[a->n_todo++], ADVICE_LINE);
    for (size_t i = 0; i < CAUSE_MAX_DONT && cause->dont[i]; i++)
        keys_fill(w, &words, redaction, cause->dont[i], a->dont[a->n_dont++], ADVICE_LINE);
    say_ways(cause, a);
    text_copy_cut(a->who, sizeof(a->who), message(who_fixes(n, cause)));
    if (cause->term)
        keys_fill(w, &words, redaction, cause->term, a->term, sizeof(a->term));
    text_copy_cut(a->sure, sizeof(a->sure), message(sure_words(n)));
    if (w->analysis.ev)
        say_why(w, n, redaction, a);
}

void advice_note(const struct walk *w, const struct diagnosed *n, const struct redaction *redaction,
                 char *out, size_t out_size)
{
    char title[ADVICE_LINE], what[ADVICE_LINE];
    const struct diagnosed *list;
    bool is_told = walk_verdict(w, &list) > 0 && words_of(w, &list[0]).cause == n->cause;
    keys_fill(w, n, redaction, n->cause->title, title, sizeof(title));
    keys_fill(w, n, redaction, n->cause->what, what, sizeof(what));
    if (is_told) /* the rest of it is the answer */
        text_printf(out, out_size, "%s  %s.", n->cause->code, title);
    else
        text_printf(out, out_size, "%s  %s. %s", n->cause->code, title, what);
}

/* ---- what is fine ------------------------------------------------------------------------- */

/* Something in between shows a certificate of its own: all that came of it says nothing of the
 * site's. */
static bool is_shown_by_another(const struct walk *w)
{
    const struct diagnosed *lists[] = {w->causes, w->notes};
    const size_t counts[] = {w->n_causes, w->n_notes};
    for (size_t l = 0; l < 2; l++)
        for (size_t i = 0; i < counts[l]; i++) {
            const char *slug = lists[l][i].cause->slug;
            if (text_starts_nocase(slug, "interception.") ||
                strcmp(slug, "between.known-product") == 0 ||
                strcmp(slug, "between.added-root") == 0)
                return true;
        }
    return false;
}

static bool is_of_the_site(enum step step)
{
    return step != STEP_REACH && step != STEP_CLOCK && step != STEP_OTHERS;
}

/* The check of a row that was found to be fine and says so to a reader; else NULL. */
static const struct check *fine_at(const struct walk *w, size_t row)
{
    const struct check *check = tree_row(row)->check;
    if (is_of_the_site(check->step) && is_shown_by_another(w))
        return NULL;
    return w->findings[row].result == RESULT_FINE && check->fine ? check : NULL;
}

size_t advice_fine(const struct walk *w, const struct redaction *redaction,
                   char lines[ADVICE_MAX_FINE][ADVICE_LINE])
{
    size_t n = 0;
    for (size_t row = 0; row < tree_size() && n < ADVICE_MAX_FINE; row++) {
        const struct check *check = fine_at(w, row);
        if (!check)
            continue;
        if (!advice_said_fine(&w->findings[row].summary, redaction, lines[n], ADVICE_LINE))
            text_copy_cut(lines[n], ADVICE_LINE, message(check->fine));
        n++;
    }
    return n;
}

void advice_fine_brief(const struct walk *w, char *out, size_t out_size)
{
    out[0] = '\0';
    for (size_t row = 0; row < tree_size(); row++) {
        const struct check *check = fine_at(w, row);
        if (check)
            list_add(out, out_size, N_("%s, %s"), message(check->fine_brief));
    }
    out[0] = ascii_toupper(out[0]);
}
