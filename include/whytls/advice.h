/*
 * advice.h - a cause in words: fills {certificate.not_after} and its like in, says proofs, wraps.
 * Every value goes through the redaction (redaction.h; NULL: all is shown) before it is put among
 * our own words. Uses diagnosis and evidence; no terminal.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_ADVICE_H
#define WHYTLS_ADVICE_H

#include "whytls/checks.h"
#include "whytls/redaction.h"
#include "whytls/evidence.h"
#include "whytls/said.h"

struct diagnosed;
struct walk;

enum { ADVICE_LINE = 512, ADVICE_MAX_WHY = 6, ADVICE_MAX_FINE = 16 };

/* One entry of the verdict, ready to show; every text clean, none with a {key} left. */
struct advice {
    const struct cause *cause;
    enum certainty certainty;
    char title[ADVICE_LINE];
    enum who who_is;       /* the one who can fix it */
    char who[ADVICE_LINE]; /* "The site's owner. Not you." */
    char what[3 * ADVICE_LINE];
    char todo[CAUSE_MAX_TODO][ADVICE_LINE];
    size_t n_todo;
    char dont[CAUSE_MAX_DONT][ADVICE_LINE];
    size_t n_dont;
    char why[ADVICE_MAX_WHY][ADVICE_LINE]; /* the proof first */
    size_t n_why;
    char term[2 * ADVICE_LINE];    /* "In technical words": to be passed on; "": none */
    enum way ways[CAUSE_MAX_TODO]; /* how to do what stands in todo; each once */
    size_t n_ways;
    char sure[128]; /* "Sure: proven." "Likely." "Not found." */
};

void advice_make(const struct walk *w, const struct diagnosed *n, const struct redaction *redaction,
                 struct advice *a);

/* How something is done: a title, and for each system a few short lines. Constant. */
enum { WAY_MAX_SYSTEMS = 5, WAY_MAX_LINES = 4 };
struct way_words {
    const char *id;    /* "set-clock" */
    const char *title; /* "Set the clock" */
    struct {
        const char *system; /* "Windows"; "" where it is the same on all; NULL past the last */
        const char *lines[WAY_MAX_LINES];
    } on[WAY_MAX_SYSTEMS];
};
const struct way_words *advice_way(enum way w); /* NULL for WAY_NONE */

/* What each {key} in the words of this entry stands for here, if anything. */
void advice_each_key(const struct walk *w, const struct diagnosed *n,
                     const struct redaction *redaction,
                     void (*tell)(void *ctx, const char *key, const char *value), void *ctx);

/* What a check found, in the words that stand beside its question: "yes, TLS 1.3"; "" for nothing.
 */
void advice_said(const struct said *said, const struct redaction *redaction, char *out,
                 size_t out_size);
/* The sentence with its values, where that is fine; false where it has none of its own. */
bool advice_said_fine(const struct said *said, const struct redaction *redaction, char *out,
                      size_t out_size);

/* What was found to be fine: short sentences. Returns how many. */
size_t advice_fine(const struct walk *w, const struct redaction *redaction,
                   char lines[ADVICE_MAX_FINE][ADVICE_LINE]);
/* The same in one line of catchwords: "Your clock, the TLS version, the name"; "" for none. */
void advice_fine_brief(const struct walk *w, char *out, size_t out_size);
/* A note ("The certificates come in an odd order.") as one line with its code. */
void advice_note(const struct walk *w, const struct diagnosed *n, const struct redaction *redaction,
                 char *out, size_t out_size);

/* A command that shows the same without whytls, in lines that a shell reads as one. */
enum { BY_HAND_MAX_LINES = 6 };
struct by_hand {
    const char *words; /* what it is good for */
    char lines[BY_HAND_MAX_LINES][ADVICE_LINE];
    size_t n_lines;
};
/* The i-th one for this case; false past the last, and where no server can be asked. */
bool advice_by_hand(const struct walk *w, size_t i, const struct redaction *redaction,
                    struct by_hand *out);

/* One event of a timeline in plain words, without its time: "the site answers: TLS 1.3". */
void advice_event(const struct probe *p, const struct event *e, char *out, size_t out_size);
/* A probe's outcome in plain words: "It broke after our first message: ..." */
void advice_outcome(const struct probe *p, char *out, size_t out_size);
/* What an experiment changed, as a phrase after "We changed only". */
void advice_changes(unsigned changes, char *out, size_t out_size);
/* "2026-11-03T14:05:00Z" */
void advice_date_iso(int64_t unix_seconds, char *out, size_t out_size);
/* "3 November 2026"; "3 November 2026, 14:05 UTC" with_time. */
void advice_date(int64_t unix_seconds, bool with_time, char *out, size_t out_size);
/* "3 hours", "400 days"; "" for less than two minutes. */
void advice_span(int64_t seconds, char *out, size_t out_size);
/* "TLS alert 40, handshake failure"; RFC 8446 6.2. */
const char *alert_name(int description);
const char *handshake_name(int type); /* "ClientHello"; "" where unknown */

/* Breaks text into lines of at most width columns at spaces; returns the number of lines. */
size_t advice_wrap(const char *text, int width, size_t max_lines, const char **starts,
                   size_t *lengths);

#endif
