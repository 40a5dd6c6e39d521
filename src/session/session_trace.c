/*
 * session_trace.c - see session_trace.h. It reads what the walk returned: the diagnosis itself is
 * pure and writes nothing. Uses trace, diagnosis.
 * SPDX-License-Identifier: MIT
 */
#include "session/session_trace.h"

#include <stdio.h>
#include <string.h>

#include "whytls/buf.h"
#include "whytls/text.h"
#include "whytls/trace.h"

enum { CHANGES_SIZE = 200, WANT_SIZE = 700 };

/* ---- words ---------------------------------------------------------------------------------- */

void session_changes_text(unsigned changes, char *out, size_t out_size)
{
    struct buf b;
    buf_init(&b, out_size);
    for (int i = 0; i < CHANGE_COUNT; i++)
        if (changes & (1u << i))
            buf_printf(&b, "%s%s", b.len ? "+" : "", change_id((enum change)i));
    text_copy_cut(out, out_size, b.len ? buf_text(&b) : "none");
    buf_fini(&b);
}

/* An OCSP request (want->request) would tell which certificate it is about: it is left out. */
static void want_text(const struct want *want, char *out, size_t out_size)
{
    char changes[CHANGES_SIZE];
    switch (want->kind) {
    case WANT_RESOLUTION:
        text_copy_cut(out, out_size, "the addresses of the name");
        return;
    case WANT_PROBE:
        session_changes_text(want->changes, changes, sizeof(changes));
        snprintf(out, out_size, "a probe with changes %s at %s port %u", changes,
                 want->settings.address, (unsigned)want->settings.port);
        return;
    case WANT_FETCH:
        snprintf(out, out_size, "a fetch (%s) of %s", fetch_kind_id(want->fetch), want->url);
        return;
    case WANT_ANCHORS:
        text_copy_cut(out, out_size, "the trusted authorities");
        return;
    case WANT_ANSWER:
        snprintf(out, out_size, "an answer to %s", question_row(want->question)->id);
        return;
    }
}

static const char *conclusion_text(enum conclusion c)
{
    return c == CONCLUSION_ASKING  ? "asking"
           : c == CONCLUSION_CAUSE ? "cause"
                                   : conclusion_cause(c)->slug;
}

/* ---- a walk --------------------------------------------------------------------------------- */

static void trace_wants(const struct walk *w)
{
    for (size_t i = 0; i < w->n_wants; i++) {
        const struct want *want = &w->wants[i];
        char text[WANT_SIZE];
        want_text(want, text, sizeof(text));
        TRACE(SESSION, "  wants %s, for %s", text,
              want->check >= 0 ? tree_row((size_t)want->check)->check->id
                               : "the walk or the search");
    }
}

static bool was_told(const struct session_trail *t, const struct dropped *d)
{
    for (size_t i = 0; i < t->n_dropped; i++)
        if (t->dropped[i].changes == d->changes && t->dropped[i].why == d->why)
            return true;
    return false;
}

static void trace_dropped(struct session_trail *t, const struct walk *w)
{
    for (size_t i = 0; i < w->n_dropped; i++) {
        const struct dropped *d = &w->dropped[i];
        char changes[CHANGES_SIZE];
        if (was_told(t, d))
            continue;
        session_changes_text(d->changes, changes, sizeof(changes));
        TRACE(SEARCH, "drops %s: %s (%s)", changes, drop_reason_id(d->why),
              drop_reason_words(d->why));
    }
    memcpy(t->dropped, w->dropped, w->n_dropped * sizeof(w->dropped[0]));
    t->n_dropped = w->n_dropped;
}

/* What the search asks for comes from no single check. */
static void trace_search(const struct walk *w)
{
    for (size_t i = 0; i < w->n_wants; i++) {
        char changes[CHANGES_SIZE];
        if (w->wants[i].kind != WANT_PROBE || w->wants[i].check >= 0 || !w->wants[i].changes)
            continue;
        session_changes_text(w->wants[i].changes, changes, sizeof(changes));
        TRACE(SEARCH, "tries %s", changes);
    }
}

void session_trace_walk(struct session *s)
{
    const struct walk *w = &s->walk;
    if (!TRACE_IS_ON(SESSION) && !TRACE_IS_ON(SEARCH))
        return;
    TRACE(SESSION, "walk %u: %s, %zu probes, %zu certificates, %zu wants", ++s->trail.n_walks,
          conclusion_text(w->conclusion), s->ev->n_probes, s->ev->n_certificates, w->n_wants);
    trace_wants(w);
    trace_search(w);
    trace_dropped(&s->trail, w);
}

/* ---- beginning and end ---------------------------------------------------------------------- */

/* The target's host as it is sent; what was typed may hold a password, and is never written. */
void session_trace_begin(struct session *s)
{
    const struct target *t = &s->ev->target;
    s->trail = (struct session_trail){0};
    TRACE(SESSION, "case %s: %s port %u as %s%s%s, %u s a stage, %u ms in all", s->ev->case_code,
          t->from_file ? "a file" : t->ascii, (unsigned)t->port, t->client,
          s->ev->offline ? ", offline" : "", t->has_client_certificate ? ", a certificate" : "",
          (unsigned)t->timeout_s, (unsigned)s->request.max_time_ms);
}

static bool is_in(const struct diagnosed *list, size_t n, const struct cause *cause)
{
    for (size_t i = 0; i < n; i++)
        if (list[i].cause == cause)
            return true;
    return false;
}

/* Causes that were found and are not in the answer: walk.c drops what another one explains. */
static void trace_explained(const struct walk *w)
{
    for (size_t row = 0; row < tree_size(); row++)
        for (size_t i = 0; i < w->findings[row].n_causes; i++) {
            const struct cause *cause = w->findings[row].causes[i].cause;
            if (!is_in(w->causes, w->n_causes, cause) && !is_in(w->notes, w->n_notes, cause))
                TRACE(SESSION, "  drops the cause %s: another one explains it", cause->slug);
        }
}

void session_trace_done(const struct session *s, unsigned took_ms)
{
    const struct diagnosed *list;
    if (!TRACE_IS_ON(SESSION))
        return;
    size_t n = walk_verdict(&s->walk, &list);
    TRACE(SESSION, "done after %u ms: %s", took_ms, conclusion_text(s->walk.conclusion));
    for (size_t i = 0; i < n; i++)
        TRACE(SESSION, "  %s %s, proof %d against %d", certainty_id(list[i].certainty),
              list[i].cause->slug, list[i].proof.experiment, list[i].proof.baseline);
    for (size_t i = 0; i < s->walk.n_notes; i++)
        TRACE(SESSION, "  note %s", s->walk.notes[i].cause->slug);
    trace_explained(&s->walk);
}
