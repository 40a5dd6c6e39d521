/*
 * blocks.c - the one walk over an answer: see blocks.h. Words and values from advice, which covers
 * them; what is taken from the case itself is redacted here.
 * SPDX-License-Identifier: MIT
 */
#include "whytls/blocks.h"

#include <stdio.h>
#include <string.h>

#include "build_info.h"
#include "whytls/advice.h"
#include "whytls/explain.h"
#include "whytls/message.h"
#include "whytls/text.h"

static void put_text(const struct block_sink *s, enum block_part part, const char *heading,
                     const char *text)
{
    s->heading(s->ctx, part, message(heading), 0);
    s->text(s->ctx, part, text);
}

static void put_list(const struct block_sink *s, enum block_part part, const char *heading,
                     char (*lines)[ADVICE_LINE], size_t n)
{
    if (n == 0)
        return;
    s->heading(s->ctx, part, message(heading), n);
    for (size_t i = 0; i < n; i++)
        s->item(s->ctx, part, i + 1, lines[i]);
}

static void put_entry(const struct block_sink *s, struct advice *a, size_t place, size_t n)
{
    const struct block_entry entry = {
        .code = a->cause->code, .title = a->title, .sure = a->sure, .place = place, .n = n};
    s->entry(s->ctx, &entry);
    put_text(s, BLOCK_WHO, N_("Who can fix it"), a->who);
    put_text(s, BLOCK_WHAT, N_("What is wrong"), a->what);
    put_list(s, BLOCK_DO, N_("Do this"), a->todo, a->n_todo);
    put_list(s, BLOCK_DO_NOT, N_("Do not"), a->dont, a->n_dont);
    put_list(s, BLOCK_WHY, N_("Why we say so"), a->why, a->n_why);
}

static void put_technical(const struct block_sink *s, const struct advice *a)
{
    if (a->term[0])
        put_text(s, BLOCK_TERM, N_("In technical words"), a->term);
}

/* What browsers and programs print where this is the cause, so that it is known again. */
static void put_seen(const struct block_sink *s, const struct cause *cause)
{
    char seen[EXPLAIN_MAX_SEEN][EXPLAIN_SEEN_SIZE];
    size_t n = explain_seen_as(cause->slug, seen);
    if (n > 0)
        s->heading(s->ctx, BLOCK_SEEN, message("You may have seen"), n);
    for (size_t i = 0; i < n; i++)
        s->item(s->ctx, BLOCK_SEEN, i + 1, seen[i]);
}

/* "Windows: ..." and its further lines, for each way that the answer's instructions need. */
static void put_ways(const struct block_sink *s, const struct advice *a)
{
    for (size_t i = 0; i < a->n_ways; i++) {
        const struct way_words *way = advice_way(a->ways[i]);
        size_t n = 0;
        s->heading(s->ctx, BLOCK_HOW, message(way->title), 0);
        for (size_t k = 0; k < WAY_MAX_SYSTEMS && way->on[k].system; k++)
            for (size_t l = 0; l < WAY_MAX_LINES && way->on[k].lines[l]; l++) {
                char line[ADVICE_LINE];
                bool is_first = l == 0 && way->on[k].system[0];
                const char *words = message(way->on[k].lines[l]);
                if (is_first) /* TRANSLATORS: a system such as "Windows", and what to do there */
                    text_printf(line, sizeof(line), message("%s: %s"), way->on[k].system, words);
                else
                    text_copy_cut(line, sizeof(line), words);
                s->item(s->ctx, BLOCK_HOW, ++n, line);
            }
    }
}

/* So that the owner can tell them from others of the same name. */
static void put_missing(const struct walk *w, const struct redaction *redaction,
                        const struct block_sink *s)
{
    struct missing_certificate list[CHAIN_MAX_PATH];
    size_t n = walk_missing(w, list);
    for (size_t i = 0; i < n; i++) {
        struct cert_info info;
        struct buf b;
        if (!cert_describe(list[i].der, &info))
            continue;
        s->item(s->ctx, BLOCK_MISSING, i + 1, message("Its fingerprint (SHA-256):"));
        s->code(s->ctx, BLOCK_MISSING, redaction_text(redaction, info.sha256, &b));
        buf_fini(&b);
    }
}

static void put_fine(const struct walk *w, const struct redaction *redaction,
                     const struct block_sink *s)
{
    char lines[ADVICE_MAX_FINE][ADVICE_LINE];
    size_t n = advice_fine(w, redaction, lines);
    if (n > 0)
        put_list(s, BLOCK_FINE, N_("What is fine"), lines, n);
    else
        put_text(s, BLOCK_FINE, N_("What is fine"), message("We did not get far enough to say."));
}

static void put_notes(const struct walk *w, const struct redaction *redaction,
                      const struct block_sink *s)
{
    char line[2 * ADVICE_LINE];
    if (w->n_notes > 0)
        s->heading(s->ctx, BLOCK_NOTES, message("Also seen, but not the cause"), w->n_notes);
    for (size_t i = 0; i < w->n_notes; i++) {
        advice_note(w, &w->notes[i], redaction, line, sizeof(line));
        s->item(s->ctx, BLOCK_NOTES, i + 1, line);
    }
}

/* ---- the head ------------------------------------------------------------------------------- */

/* "whytls 0.1, 29 November 2026, 13:41 UTC, case P3F-WTKJ" */
static void put_origin(const struct evidence *ev, const struct block_sink *s)
{
    char line[ADVICE_LINE], date[96] = "";
    const char *code = ev->case_code;
    if (ev->facts.clock)
        advice_date(ev->facts.clock, true, date, sizeof(date));
    if (date[0] && code[0]) /* TRANSLATORS: version, date, code of the case */
        text_printf(line, sizeof(line), message("whytls %s, %s, case %s"), WHYTLS_VERSION, date,
                    code);
    else if (code[0])
        text_printf(line, sizeof(line), message("whytls %s, case %s"), WHYTLS_VERSION, code);
    else if (date[0])
        text_printf(line, sizeof(line), message("whytls %s, %s"), WHYTLS_VERSION, date);
    else
        text_printf(line, sizeof(line), "whytls %s", WHYTLS_VERSION);
    s->text(s->ctx, BLOCK_HEAD, line);
}

/* "shop.example:443", and whether that is a site at all. */
static void put_site(const struct target *t, const struct redaction *redaction,
                     const struct block_sink *s)
{
    char line[2 * SETTINGS_NAME_SIZE], endpoint[SETTINGS_NAME_SIZE + 16];
    struct buf b;
    const char *host = redaction_text(redaction, t->host, &b);
    const char *open = strchr(host, ':') ? "[" : "", *close = open[0] ? "]" : "";
    text_printf(endpoint, sizeof(endpoint), "%s%s%s:%u", open, host, close, (unsigned)t->port);
    if (t->from_file && host[0])
        text_printf(line, sizeof(line), message("Certificates in a file, for %s"), host);
    else if (t->from_file)
        text_copy_cut(line, sizeof(line), message("Certificates in a file"));
    else if (t->is_practice)
        text_printf(line, sizeof(line), message("%s, PRACTICE: this is not a real site"), endpoint);
    else
        text_copy_cut(line, sizeof(line), endpoint);
    buf_fini(&b);
    s->text(s->ctx, BLOCK_HEAD, line);
}

void report_head(const struct walk *w, const struct redaction *redaction,
                 const struct block_sink *sink)
{
    const struct evidence *ev = w->analysis.ev;
    if (!ev)
        return;
    put_origin(ev, sink);
    put_site(&ev->target, redaction, sink);
}

/* ---- all of it ------------------------------------------------------------------------------ */

void report_answer(const struct walk *w, const struct redaction *redaction,
                   const struct block_sink *sink)
{
    const struct diagnosed *list;
    size_t n = walk_verdict(w, &list);
    report_head(w, redaction, sink);
    for (size_t i = 0; i < n; i++) {
        struct advice a;
        advice_make(w, &list[i], redaction, &a);
        put_entry(sink, &a, i, n);
        if (list[i].cause->tells_missing)
            put_missing(w, redaction, sink);
        put_technical(sink, &a);
        put_seen(sink, list[i].cause);
    }
    put_fine(w, redaction, sink);
    put_notes(w, redaction, sink);
}

void report_answer_of(const struct cause *cause, const struct block_sink *sink)
{
    static const struct walk no_walk;
    const struct diagnosed n = {.cause = cause,
                                .certainty = CERTAINTY_PROVEN,
                                .proof = {.baseline = -1, .experiment = -1},
                                .path_place = -1};
    struct advice a;
    advice_make(&no_walk, &n, NULL, &a);
    a.n_why = 0; /* there is no case to say why from */
    put_entry(sink, &a, 0, 0);
    put_technical(sink, &a);
    put_seen(sink, cause);
    put_ways(sink, &a);
}
