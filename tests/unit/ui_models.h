/*
 * ui_models.h - hand-made models for the tests of the pages: no network, no session.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_TESTS_UI_MODELS_H
#define WHYTLS_TESTS_UI_MODELS_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ui/keys.h"
#include "ui/page.h"
#include "whytls/case.h"
#include "whytls/session.h"
#include "whytls/text.h"
#include "whytls/walk.h"

/* A model and what it borrows. */
struct scene {
    const char *name;
    struct model model;
    struct evidence *evidence;
    struct walk walk;
};

static struct evidence *scene_evidence(const char *host)
{
    struct evidence *ev = evidence_new();
    text_copy_cut(ev->target.host, sizeof(ev->target.host), host);
    TEXT_SET(ev->target.ascii, "shop.example");
    TEXT_SET(ev->target.client, "current");
    ev->target.port = 443;
    case_code_make(ev->case_code, sizeof(ev->case_code), 7);
    ev->facts.clock = 1795000000;
    return ev;
}

static void scene_event(struct probe *p, uint32_t at_us, enum event_kind kind, int direction,
                        int number, const char *text)
{
    struct event e = {.at_us = at_us,
                      .kind = kind,
                      .direction = (enum direction)direction,
                      .number = (uint16_t)number,
                      .bytes = 120};
    text_copy_cut(e.text, sizeof(e.text), text);
    probe_add_event(p, &e);
}

/* A name that was found, and a baseline that broke after our hello. */
static void scene_add_failure(struct evidence *ev)
{
    struct settings s = {.port = 443};
    TEXT_SET(s.address, "192.0.2.7");
    TEXT_SET(s.server_name, "shop.example");
    ev->resolution.finished = true;
    ev->resolution.n_addresses = 1;
    TEXT_SET(ev->resolution.addresses[0], s.address);
    struct probe *p = evidence_add_probe(ev, &s, 0);
    scene_event(p, 31000, EVENT_CONNECTED, DIRECTION_NONE, 0, "192.0.2.7");
    scene_event(p, 58000, EVENT_HANDSHAKE, DIRECTION_OUT, 1, "");
    scene_event(p, 97000, EVENT_ALERT, DIRECTION_IN, 40, "");
    scene_event(p, 97100, EVENT_END, DIRECTION_NONE, BREAK_ALERT, "");
    p->outcome.finished = true;
    p->outcome.stage = STAGE_HELLO;
    p->outcome.how = BREAK_ALERT;
    p->outcome.alert = 40;
    for (unsigned i = 0; i < CHANGE_COUNT; i++) { /* as many experiments as there can be */
        struct probe *other = evidence_add_probe(ev, &s, 1u << i);
        other->outcome.finished = i % 3 != 0;
        other->outcome.success = i % 3 == 1;
        other->outcome.stage = i % 3 == 1 ? STAGE_DONE : STAGE_HELLO;
    }
}

static void scene_start(struct scene *s, const char *name, const char *host)
{
    *s = (struct scene){.name = name};
    model_init(&s->model, 80, 24, false);
    if (!host)
        return;
    s->evidence = scene_evidence(host);
    s->model.evidence = s->evidence;
    s->model.walk = &s->walk;
    s->model.is_live = true;
    s->model.elapsed_ms = 1400;
}

/* As the app has read them. */
static void scene_add_themes(struct scene *s)
{
    static const struct theme themes[] = {
        {.name = "default-dark", .about = "coloured words on your terminal, dark or light"},
        {.name = "mono", .about = "no colour: bold, underline and reverse only"},
        {.name = "mine", .about = "one of my own"}};
    s->model.forms.settings.themes = themes;
    s->model.forms.settings.n_themes = sizeof(themes) / sizeof(themes[0]);
}

/* The address, and what it means: as app_act.c has it after each key. */
static void scene_type(struct model *m, const char *text)
{
    field_put(&m->fields[FIELD_ADDRESS], text);
    m->forms.address.is_ok = target_parse(text, &m->forms.address.target, m->forms.address.error,
                                          sizeof(m->forms.address.error));
}

static void scene_welcome(struct scene *s)
{
    scene_start(s, "welcome", NULL);
    s->model.clock = 1795000000;
    s->model.computer_summary = (struct computer_summary){true, TRISTATE_YES, 142};
    scene_add_themes(s);
    scene_type(&s->model, "shop.example:8443/\u4e2d\u6587");
}

static void scene_fresh(struct scene *s)
{
    scene_start(s, "fresh", "shop.example");
    walk(s->evidence, &s->walk);
    s->model.is_done = false;
}

static void scene_broken(struct scene *s)
{
    scene_start(s, "broken", "shop.example");
    scene_add_failure(s->evidence);
    walk(s->evidence, &s->walk);
    s->model.is_done = false;
}

/* Every cause that a verdict can hold, long names, foreign letters, and a question. */
static void scene_crowded(struct scene *s)
{
    static char host[SETTINGS_NAME_SIZE];
    for (size_t i = 0; i + 4 < sizeof(host); i += 3)
        memcpy(host + i, i % 2 ? "\u4e2d" : "abc", 3);
    scene_start(s, "crowded", host);
    scene_add_failure(s->evidence);
    s->evidence->stopped = true;
    walk(s->evidence, &s->walk);
    struct walk *w = &s->walk;
    w->conclusion = CONCLUSION_CAUSE;
    w->n_causes = w->n_notes = WALK_MAX_CAUSES;
    for (size_t i = 0; i < WALK_MAX_CAUSES; i++) {
        const struct cause *cause = cause_at(i * 5);
        w->causes[i] = (struct diagnosed){.cause = cause ? cause : cause_at(0),
                                          .certainty = (enum certainty)(i % 2),
                                          .proof = {.baseline = 0, .experiment = 1, .changes = 3},
                                          .path_place = -1};
        w->notes[i] = w->causes[i];
    }
    for (size_t i = 0; i < tree_size(); i++) {
        struct finding *f = &w->findings[i];
        f->result = (enum result)(i % 5);
        struct said_arg longest = said_text("");
        memset(longest.text, 'x', sizeof(longest.text) - 1);
        f->summary = said_with(SAID_TEXT, longest);
        if (f->result == RESULT_CAUSE) {
            f->n_causes = 1;
            f->causes[0] = w->causes[i % WALK_MAX_CAUSES];
            f->causes[0].proof.chain_changes = 0x1ff;
        }
    }
    w->n_wants = 1;
    w->wants[0] = (struct want){.kind = WANT_ANSWER, .question = QUESTION_SINCE, .check = 0};
    s->model.is_live = false;
    s->model.is_done = true;
}

/* A recorded case (tests/golden/cases), as where it has just been walked. Run from the root. */
static void scene_of_case(struct scene *s, const char *name)
{
    char path[160], error[160] = "";
    char *bytes = calloc(1, CASE_MAX_BYTES);
    snprintf(path, sizeof(path), "tests/golden/cases/%s.json", name);
    FILE *f = fopen(path, "rb");
    size_t n = f && bytes ? fread(bytes, 1, CASE_MAX_BYTES, f) : 0;
    *s = (struct scene){.name = name};
    model_init(&s->model, 80, 24, false);
    s->evidence = n > 0 ? case_from_json(bytes, n, error, sizeof(error)) : NULL;
    if (f)
        fclose(f);
    free(bytes);
    if (!s->evidence) {
        fprintf(stderr, "%s: %s\n", path, error);
        abort();
    }
    s->model.evidence = s->evidence;
    s->model.walk = &s->walk;
    s->model.is_live = true;
    s->model.elapsed_ms = 1400;
    walk(s->evidence, &s->walk);
    if (s->walk.conclusion == CONCLUSION_ASKING) { /* a new check wants more than it has */
        fprintf(stderr, "%s: record it anew (tests/README.md)\n", path);
        abort();
    }
}

static void scene_missing_certificate(struct scene *s)
{
    scene_of_case(s, "missing-intermediate");
}

static void scene_refused(struct scene *s)
{
    scene_of_case(s, "refused");
}

static void scene_healthy(struct scene *s)
{
    scene_of_case(s, "healthy");
}

static void scene_two_faults(struct scene *s)
{
    scene_of_case(s, "two-faults");
}

static void scene_too_old(struct scene *s)
{
    scene_of_case(s, "server-too-old");
}

static void (*const scene_makers[])(struct scene *) = {
    scene_welcome, scene_fresh,   scene_broken,     scene_crowded, scene_missing_certificate,
    scene_refused, scene_healthy, scene_two_faults, scene_too_old,
};
enum { SCENE_COUNT = sizeof(scene_makers) / sizeof(scene_makers[0]), SCENES_BY_HAND = 4 };

static inline void scene_end(struct scene *s)
{
    evidence_free(s->evidence);
}

/* Pages that can be shown without a case, and those that need one. */
static inline bool scene_has_page(const struct scene *s, enum page page)
{
    bool needs_case = (PAGES_WITH_CASE & (1u << page)) != 0;
    return page != PAGE_TOO_SMALL && (s->evidence || !needs_case);
}

#endif
