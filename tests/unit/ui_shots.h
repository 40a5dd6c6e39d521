/*
 * ui_shots.h - every page in its states, a row each, over recorded cases and a fixed clock: what
 * the golden screens are of (tests/tools/grid_dump.c) and what test_grids.c looks at. A page that
 * is new is one row here.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_TESTS_UI_SHOTS_H
#define WHYTLS_TESTS_UI_SHOTS_H

#include "ui_look.h"
#include "ui_models.h"

enum { SHOT_CASES = 2, SHOT_CLOCK = 1795000000 };

/* A model over a scene, and what a page may want besides. */
struct staged {
    struct model model;
    struct redactor *redactor;
    struct redaction redaction;
    struct saved_case cases[SHOT_CASES];
};

struct shot {
    const char *name;              /* of the golden files */
    void (*make)(struct scene *s); /* whose case */
    enum page page;
    int part;                      /* the step, or the tab (from 0) */
    void (*then)(struct staged *); /* what is done there; NULL: nothing */
};

/* ---- what is done on a page --------------------------------------------------------------- */

static void then_hidden(struct staged *s)
{
    s->redactor = redactor_new();
    redactor_learn(s->redactor, s->model.evidence);
    s->redaction = redactor_redaction(s->redactor, HIDE_ALL);
    s->model.redaction = &s->redaction;
}

static void then_address(struct staged *s)
{
    scene_type(&s->model, "shop.example:8443");
}

static void then_digit(struct staged *s)
{
    scene_type(&s->model, "3");
}

static void then_no_address(struct staged *s)
{
    scene_type(&s->model, "curl: (60) certificate has expired");
}

static void then_message(struct staged *s)
{
    static const char text[] = "fatal: unable to access 'https://git.example:8443/a.git/': "
                               "SSL certificate problem: certificate has expired";
    explain_text(text, strlen(text), &s->model.forms.message.said);
    s->model.forms.message.is_known = true;
}

static void then_no_field(struct staged *s)
{
    press(&s->model, UI_KEY_ESC);
}

static void then_cases(struct staged *s)
{
    static const struct saved_case kept[SHOT_CASES] = {
        {.path = "/home/ana/Documents/whytls/whytls-K7M-4QXJ.json",
         .summary = {.code = "K7M-4QXJ",
                     .host = "shop.example",
                     .port = 443,
                     .time = SHOT_CLOCK,
                     .codes = "W-603"}},
        {.path = "/home/ana/Documents/whytls/whytls-811-111Z.json",
         .summary = {.code = "811-111Z",
                     .host = "host-1",
                     .port = 993,
                     .time = SHOT_CLOCK - 86400,
                     .codes = "W-610, W-701",
                     .is_redacted = true}},
    };
    memcpy(s->cases, kept, sizeof(kept));
    s->model.forms.cases.cases = s->cases;
    s->model.forms.cases.n_cases = SHOT_CASES;
}

static void then_settings(struct staged *s)
{
    struct model *m = &s->model;
    press(m, UI_KEY_END);
    press(m, ' ');
    press(m, UI_KEY_UP);
    press(m, ' ');
}

static void then_form(struct staged *s)
{
    struct model *m = &s->model;
    struct save_form *f = &m->forms.save;
    f->is_ready = f->ticks[SAVE_TEXT] = f->ticks[SAVE_HIDE_MINE] = true;
    TEXT_SET(f->site_as, "host-1");
    TEXT_SET(f->address_as, "addr-1");
    field_put(&m->fields[FIELD_FOLDER], "/home/ana/Documents/whytls");
    field_put(&m->fields[FIELD_FILE], "whytls-K7M-4QXJ");
}

static void then_typing(struct staged *s)
{
    then_form(s);
    press(&s->model, UI_KEY_UP);
}

static void then_written(struct staged *s)
{
    struct save_form *f = &s->model.forms.save;
    then_form(s);
    f->ticks[SAVE_CASE] = f->ticks[SAVE_HIDE_NAMES] = f->is_saved = true;
    f->n_written = 2;
    f->is_written = true;
    text_copy_cut(f->written[0], FIELD_SIZE, "/home/ana/Documents/whytls/whytls-K7M-4QXJ.txt");
    text_copy_cut(f->written[1], FIELD_SIZE, "/home/ana/Documents/whytls/whytls-K7M-4QXJ.json");
}

static void then_presenter(struct staged *s)
{
    press(&s->model, 'z');
}

static void then_narrow(struct staged *s)
{
    s->model.is_narrow = true;
}

static void then_expanded(struct staged *s)
{
    press(&s->model, 'e');
}

static void then_found(struct staged *s)
{
    press(&s->model, '/');
    type(&s->model, "expired");
}

static void then_end(struct staged *s)
{
    press(&s->model, UI_KEY_END);
}

static void then_help(struct staged *s)
{
    press(&s->model, UI_KEY_F0 + 1);
}

static void then_all_help(struct staged *s)
{
    then_help(s);
    then_help(s);
}

static void then_error(struct staged *s)
{
    model_say(&s->model, true, "The folder cannot be written to: No space left on device.");
}

static void then_preview(struct staged *s)
{
    size_t i = 0;
    while (cause_at(i) && strcmp(cause_at(i)->slug, "chain.expired") != 0)
        i++;
    s->model.at.cause = (int)i;
}

static void then_how(struct staged *s)
{
    then_preview(s);
    press(&s->model, 'h');
}

static void then_compared(struct staged *s)
{
    s->model.can_compare = true;
}

static void then_saved(struct staged *s)
{
    s->model.is_live = false;
}

/* ---- the table ---------------------------------------------------------------------------- */

static const struct shot shots[] = {
    {"welcome", scene_welcome, PAGE_WELCOME, 0, NULL},
    {"welcome-address", scene_welcome, PAGE_WELCOME, 0, then_address},
    {"welcome-digit", scene_welcome, PAGE_WELCOME, 0, then_digit},
    {"welcome-no-address", scene_welcome, PAGE_WELCOME, 0, then_no_address},
    {"welcome-choices", scene_welcome, PAGE_WELCOME, 0, then_no_field},
    {"message", scene_welcome, PAGE_MESSAGE, 0, then_message},
    {"lab", scene_welcome, PAGE_LAB, 0, NULL},
    {"cases", scene_welcome, PAGE_CASES, 0, then_cases},
    {"cases-none", scene_welcome, PAGE_CASES, 0, NULL},
    {"settings", scene_welcome, PAGE_SETTINGS, 0, NULL},
    {"settings-changed", scene_welcome, PAGE_SETTINGS, 0, then_settings},
    {"step-1", scene_missing_certificate, PAGE_STEP, 1, NULL},
    {"step-2", scene_missing_certificate, PAGE_STEP, 2, NULL},
    {"step-3", scene_missing_certificate, PAGE_STEP, 3, NULL},
    {"step-4", scene_missing_certificate, PAGE_STEP, 4, NULL},
    {"step-5", scene_missing_certificate, PAGE_STEP, 5, NULL},
    {"step-6", scene_missing_certificate, PAGE_STEP, 6, NULL},
    {"step-7", scene_missing_certificate, PAGE_STEP, 7, NULL},
    {"step-8", scene_missing_certificate, PAGE_STEP, 8, NULL},
    {"step-9", scene_missing_certificate, PAGE_STEP, 9, NULL},
    {"step-hidden", scene_missing_certificate, PAGE_STEP, 6, then_hidden},
    {"step-presenter", scene_missing_certificate, PAGE_STEP, 6, then_presenter},
    {"step-narrow", scene_missing_certificate, PAGE_STEP, 6, then_narrow},
    {"step-begun", scene_fresh, PAGE_STEP, 1, NULL},
    {"step-asking", scene_broken, PAGE_STEP, 1, NULL},
    {"step-question", scene_refused, PAGE_STEP, 8, NULL},
    {"step-experiments", scene_too_old, PAGE_STEP, 4, NULL},
    {"step-error", scene_refused, PAGE_STEP, 1, then_error},
    {"tree", scene_missing_certificate, PAGE_TREE, 1, NULL},
    {"tree-expanded", scene_missing_certificate, PAGE_TREE, 1, then_expanded},
    {"tree-found", scene_missing_certificate, PAGE_TREE, 1, then_found},
    {"tree-asking", scene_broken, PAGE_TREE, 1, NULL},
    {"tree-refused", scene_refused, PAGE_TREE, 1, NULL},
    {"preview", scene_missing_certificate, PAGE_PREVIEW, 1, then_preview},
    {"answer", scene_missing_certificate, PAGE_ANSWER, 1, NULL},
    {"answer-hidden", scene_missing_certificate, PAGE_ANSWER, 1, then_hidden},
    {"answer-presenter", scene_missing_certificate, PAGE_ANSWER, 1, then_presenter},
    {"answer-saved", scene_missing_certificate, PAGE_ANSWER, 1, then_saved},
    {"answer-works", scene_healthy, PAGE_ANSWER, 1, NULL},
    {"answer-two", scene_two_faults, PAGE_ANSWER, 1, NULL},
    {"answer-two-end", scene_two_faults, PAGE_ANSWER, 1, then_end},
    {"answer-proven", scene_too_old, PAGE_ANSWER, 1, NULL},
    {"answer-likely", scene_refused, PAGE_ANSWER, 1, NULL},
    {"answer-asking", scene_broken, PAGE_ANSWER, 1, NULL},
    {"how", scene_missing_certificate, PAGE_PREVIEW, 1, then_how},
    {"details-1", scene_missing_certificate, PAGE_DETAILS, TAB_HANDSHAKE, NULL},
    {"details-2", scene_missing_certificate, PAGE_DETAILS, TAB_CERTIFICATES, NULL},
    {"details-3", scene_too_old, PAGE_DETAILS, TAB_EXPERIMENTS, NULL},
    {"details-4", scene_missing_certificate, PAGE_DETAILS, TAB_COMPUTER, NULL},
    {"details-5", scene_missing_certificate, PAGE_DETAILS, TAB_TRUST, NULL},
    {"details-6", scene_missing_certificate, PAGE_DETAILS, TAB_BY_HAND, NULL},
    {"details-hidden", scene_missing_certificate, PAGE_DETAILS, TAB_CERTIFICATES, then_hidden},
    {"compare", scene_missing_certificate, PAGE_COMPARE, 1, NULL},
    {"compare-more", scene_too_old, PAGE_COMPARE, 1, then_compared},
    {"save", scene_missing_certificate, PAGE_SAVE, 1, then_form},
    {"save-typing", scene_missing_certificate, PAGE_SAVE, 1, then_typing},
    {"save-written", scene_missing_certificate, PAGE_SAVE, 1, then_written},
    {"leave", scene_missing_certificate, PAGE_LEAVE, 1, NULL},
    {"help-welcome", scene_welcome, PAGE_WELCOME, 0, then_help},
    {"help-answer", scene_missing_certificate, PAGE_ANSWER, 1, then_help},
    {"help-all-keys", scene_missing_certificate, PAGE_STEP, 6, then_all_help},
};
enum { SHOT_COUNT = sizeof(shots) / sizeof(shots[0]) };

/* Windows that every page is shown in, and one that is too small for any. */
static const struct shot_size {
    int width, height;
} shot_sizes[] = {{80, 24}, {100, 30}, {120, 40}, {79, 23}};
enum { SHOT_SIZES = sizeof(shot_sizes) / sizeof(shot_sizes[0]) };

/* ---- staging one -------------------------------------------------------------------------- */

/* Reading and walking a case takes longer than drawing it: each is kept, and nothing changes it. */
static struct scene *shot_scene(void (*make)(struct scene *s))
{
    static struct {
        void (*make)(struct scene *s);
        struct scene scene;
    } kept[SCENE_COUNT];
    int i = 0;
    while (kept[i].make && kept[i].make != make)
        i++;
    if (!kept[i].make)
        make(&kept[i].scene);
    kept[i].make = make;
    return &kept[i].scene;
}

/* What is pressed depends on the size: the window first, then the page. */
static void shot_begin(struct staged *s, const struct shot *shot, int width, int height)
{
    *s = (struct staged){.model = shot_scene(shot->make)->model};
    struct model *m = &s->model;
    m->width = width;
    m->height = height;
    model_go(m, shot->page, STEP_REACH);
    m->at.focus = MODEL_FOCUS_AUTO;
    if (shot->page == PAGE_STEP)
        m->at.step = (enum step)shot->part;
    if (shot->page == PAGE_DETAILS)
        m->at.tab = (enum details_tab)shot->part;
    model_refresh(m);
    if (shot->then)
        shot->then(s);
}

static void shot_end(struct staged *s)
{
    redactor_free(s->redactor);
}

/* In the locale C, or in one of UTF-8. */
static inline struct grid *shot_draw(const struct staged *s, bool is_ascii)
{
    struct model m = s->model;
    m.glyphs = m.is_presenter ? glyphs_for_presenter(is_ascii) : glyphs_get(is_ascii);
    return draw(&m, is_ascii);
}

#endif
