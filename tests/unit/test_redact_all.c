/*
 * test_redact_all.c - a marker stands in every text of a case that can come from outside, by the
 * tables of the case file, so that a member that is new is looked at too; with names hidden no part
 * of it is in any output: text, tree, JSON, every page as a screen and as lines, commands to copy.
 * Each scene with each form in windows of one size, which changes from one to the next; all sizes
 * with WHOLE=1. With sanitizers a third of the forms for each scene. SPDX-License-Identifier: MIT
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <locale.h>

#define field case_field /* the pages have a struct of this name too */
#include "evidence/case_fields.h"
#undef field
#include "pki.h"
#include "sanitized.h"
#include "ui/list_mode.h"
#include "ui_look.h"
#include "ui_models.h"
#include "whytls/advice.h"
#include "whytls/ascii.h"
#include "whytls/report.h"

/* No six letters of it stand in any word of ours. */
#define MARKER "vexjumqwikblodz"
#define MARKER_UPPER "Vexjumqwikblodz"
enum { FRAGMENT = 6, OUT_MAX = 4 * 1024 * 1024 };

/* ---- a case full of it -------------------------------------------------------------------- */

/* What a text is filled with: over and over, as far as there is room, or once. */
static const struct form {
    const char *text;
    bool is_once;
} forms[] = {
    {MARKER ".", false},
    {MARKER, false},
    {"www." MARKER ".example", true},
    {MARKER, true},
    {MARKER_UPPER " GmbH, " MARKER "  & co; ", false},
    {"http://ann@" MARKER ".example/" MARKER "?", false},
    {"/home/" MARKER "/", false},
    {"nginx/1.2 (" MARKER ")", true},
    {"HTTP/1.1 403 " MARKER_UPPER, true},
};
enum { FORM_COUNT = sizeof(forms) / sizeof(forms[0]) };

static void fill_text(const struct form *form, char *out, size_t size)
{
    size_t n = strlen(form->text), len = form->is_once ? n : size - 1;
    assert_true(len < size || form->is_once);
    len = len < size ? len : size - 1;
    for (size_t i = 0; i < len; i++)
        out[i] = form->text[i % n];
    while (len > 0 && out[len - 1] == ' ')
        len--;
    out[len] = '\0';
}

/* Words that nobody outside chooses: GnuTLS's and the registries' names of what was agreed on, and
 * what our own data files say of products and rules. */
static bool is_ours(const char *name)
{
    static const char *const ours[] = {"suite",      "group",   "signature", "kinds",
                                       "signatures", "product", "rules",     "fingerprint"};
    for (size_t i = 0; name && i < sizeof(ours) / sizeof(ours[0]); i++)
        if (strcmp(name, ours[i]) == 0)
            return true;
    return false;
}

static void fill_shape(const struct form *form, const struct shape *shape, char *base);

static void fill_field(const struct form *form, const struct case_field *f, char *base)
{
    if (is_ours(f->name))
        return;
    if (f->kind == FIELD_TEXT && f->redaction == FIELD_COVERED)
        fill_text(form, base + f->offset, f->size);
    else if (f->kind == FIELD_OBJECT)
        fill_shape(form, f->shape, base + f->offset);
    else if (f->kind == FIELD_ARRAY)
        for (size_t i = 0; i < field_count(f, base); i++)
            fill_shape(form, f->shape, base + f->offset + i * f->size);
}

static void fill_shape(const struct form *form, const struct shape *shape, char *base)
{
    for (size_t i = 0; i < shape->n; i++)
        fill_field(form, &shape->fields[i], base);
}

/* So that there is one of each. */
static void add_one_of_each(struct evidence *ev)
{
    struct certificate_request request;
    memset(&request, 0, sizeof(request));
    request.n_authorities = 3;
    request.n_all_authorities = 3;
    request.ours = -1;
    for (size_t i = 0; i < ev->n_probes; i++) {
        struct outcome *o = &ev->probes[i].outcome;
        o->request = (int16_t)evidence_add_request(ev, &request);
        o->certificate_requested = true;
        o->n_first_bytes = sizeof(o->first_bytes);
        memset(o->first_bytes, 'v', sizeof(o->first_bytes));
    }
    ev->resolution.n_addresses = ev->resolution.n_addresses > 0 ? ev->resolution.n_addresses : 2;
    ev->facts.stores[0].kind = STORE_JAVA;
    ev->facts.stores[1].kind = STORE_NODE;
    ev->facts.n_stores = 2;
    for (int i = 0; i < POLICY_COUNT; i++)
        ev->facts.policies[i].known = ev->facts.policies[i].limits = true;
    evidence_add_fetch(ev, FETCH_KIND_ISSUER, "http://a.example", "");
    evidence_add_fetch(ev, FETCH_KIND_OCSP, "http://b.example", "x");
}

static const struct pki_cert *telling(const char *dns, const struct pki_cert *issuer)
{
    struct pki_spec s = {.cn = MARKER_UPPER " " MARKER " Root " MARKER,
                         .org = MARKER_UPPER ", Inc. \"" MARKER "\"",
                         .dns = {dns, "*." MARKER ".example", MARKER},
                         .issuer = issuer,
                         .is_ca = !dns,
                         .issuer_url = "http://" MARKER ".example/" MARKER ".crt",
                         .ocsp_url = "http://ocsp." MARKER ".example/" MARKER,
                         .crl_url = "http://crl." MARKER ".example/" MARKER};
    return pki_make(s);
}

static void give(struct blob *b, const struct pki_cert *c)
{
    assert_true(blob_set(b, c->der.data, c->der.len));
}

/* A certificate each for the site, for the authorities, and of the user's own. */
static void put_certificates(struct evidence *ev)
{
    static const struct pki_cert *root, *leaf;
    root = root ? root : telling(NULL, NULL);
    leaf = leaf ? leaf
                : telling(MARKER "." MARKER "." MARKER "." MARKER "." MARKER "." MARKER "." MARKER
                                 "." MARKER ".example",
                          root);
    for (size_t i = 0; i < ev->n_certificates; i++)
        give(&ev->certificates[i].der, i % 2 == 0 ? leaf : root);
    for (size_t i = 0; i < ev->facts.n_anchors; i++)
        give(&ev->facts.anchors[i].der, root);
    assert_true(evidence_add_own(ev, leaf->der.data, leaf->der.len));
}

/* What is left as it was in the tables' rows: most events have words of ours, and a line of a
 * policy is a keyword with its value. */
static void amend_texts(struct evidence *ev)
{
    for (size_t i = 0; i < ev->n_probes; i++)
        for (size_t k = 0; k < ev->probes[i].n_events; k++) {
            struct event *e = &ev->probes[i].events[k];
            if (k % 4 == 3)
                e->kind = EVENT_BYTES;
            if (e->kind != EVENT_BYTES && e->kind != EVENT_RESOLVED && e->kind != EVENT_CONNECTED)
                e->text[0] = '\0';
        }
    text_copy_cut(ev->facts.policies[0].line, sizeof(ev->facts.policies[0].line),
                  "MinProtocol = TLSv1.3 # for " MARKER);
    text_copy_cut(ev->facts.policies[1].line, sizeof(ev->facts.policies[1].line),
                  ".include = /srv/" MARKER "/openssl.cnf");
}

/* ---- what is told of it ------------------------------------------------------------------- */

static char *lower(const char *text)
{
    char *low = strdup(text);
    for (char *c = low; *c; c++)
        *c = ascii_tolower(*c);
    return low;
}

static bool has_fragment(const char *text)
{
    char *low = lower(text);
    bool has = false;
    for (size_t i = 0; !has && i + FRAGMENT <= strlen(MARKER); i++) {
        char piece[FRAGMENT + 1] = "";
        memcpy(piece, MARKER + i, FRAGMENT);
        has = strstr(low, piece) != NULL;
    }
    free(low);
    return has;
}

struct told {
    const char *scene, *form;
    size_t turn;   /* which size of windows it is */
    bool may_tell; /* the names are shown: it is counted where they are */
    int found;
};

static void check(struct told *t, const char *where, const char *text)
{
    if (!has_fragment(text))
        return;
    t->found++;
    if (!t->may_tell)
        fail_msg("%s of %s with \"%s\" tells a name:\n%s", where, t->scene, t->form, text);
}

static void check_reports(struct told *t, const struct walk *w, const struct redaction *redaction)
{
    struct buf out, narrow;
    struct by_hand h;
    buf_init(&out, OUT_MAX);
    report_text(w, redaction, &out);
    check(t, "the text", buf_text(&out));
    buf_init(&narrow, OUT_MAX);
    list_wrap(buf_text(&out), 40, &narrow);
    check(t, "the narrow text", buf_text(&narrow));
    buf_fini(&narrow);
    buf_fini(&out);
    report_tree(w, redaction, &out);
    check(t, "the tree", buf_text(&out));
    buf_fini(&out);
    assert_true(report_json(w, redaction, &out));
    check(t, "the JSON", buf_text(&out));
    buf_fini(&out);
    for (size_t i = 0; advice_by_hand(w, i, redaction, &h); i++)
        for (size_t k = 0; k < h.n_lines; k++)
            check(t, "a command", h.lines[k]);
}

static void check_page(struct told *t, struct model *m)
{
    static struct choices c;
    char where[80];
    struct model as_list = *m;
    struct buf page;
    snprintf(where, sizeof(where), "page:%s at %dx%d", page_name(m->at.page), m->width, m->height);
    struct grid *g = draw(m, false);
    char *text = text_of(g);
    check(t, where, text);
    free(text);
    grid_free(g);
    list_prepare(&as_list);
    buf_init(&page, OUT_MAX);
    list_page(&as_list, &page);
    check(t, where, buf_text(&page));
    buf_fini(&page);
    list_choices(&as_list, &c);
    for (int i = 0; i < c.n; i++)
        check(t, where, c.all[i].words);
}

/* As many states as the page has that tell different things. */
static int count_states(enum page page)
{
    return page == PAGE_STEP ? STEP_COUNT - 1 : page == PAGE_DETAILS ? TAB_COUNT : 2;
}

static void check_pages(struct told *t, struct model *m)
{
    static const int sizes[][2] = {{40, 24}, {80, 24}, {120, 40}};
    const size_t n = sizeof(sizes) / sizeof(sizes[0]);
    for (size_t i = 0; i < n; i++)
        for (int page = 0; page < PAGE_COUNT && (i == t->turn % n || takes_the_whole()); page++)
            for (int state = 0; state < count_states((enum page)page); state++) {
                m->width = sizes[i][0];
                m->height = sizes[i][1];
                m->is_presenter = state % 2 == 1;
                m->at = (struct place){.page = (enum page)page,
                                       .step = (enum step)(state + 1),
                                       .tab = (enum details_tab)(state % TAB_COUNT),
                                       .focus = state % 2 ? state / 2 : MODEL_FOCUS_AUTO,
                                       .scroll = state * 4};
                check_page(t, m);
            }
}

/* ---- all of it ---------------------------------------------------------------------------- */

/* What the app puts beside the case: what was typed, and other saved cases. */
static void put_around(struct model *m, struct saved_case *saved)
{
    char site[SETTINGS_NAME_SIZE];
    fill_text(&forms[0], site, sizeof(site));
    field_put(&m->fields[FIELD_ADDRESS], m->evidence->target.host);
    field_put(&m->fields[FIELD_FOLDER],
              "/home/" MARKER "/a/folder/that/is/longer/than/the/field/on/"
              "the/page/has/room/for/and/goes/on/and/on");
    text_copy_cut(saved->summary.host, sizeof(saved->summary.host), site);
    text_copy_cut(saved->summary.code, sizeof(saved->summary.code), "K7M-4QXJ");
    m->forms.cases.cases = saved;
    m->forms.cases.n_cases = 1;
    m->forms.tree.open = 0xFFFFFFFFu;
    m->forms.address.target = m->evidence->target;
    m->forms.address.is_ok = true;
    m->forms.save.is_ready = true;
    m->forms.compare.is_made = false;
}

static int tell_all(int scene, const struct form *form, bool has_certificates, bool is_hidden)
{
    struct scene s;
    struct saved_case saved = {.path = "/home/" MARKER "/whytls-K7M-4QXJ.json"};
    scene_makers[scene](&s);
    struct told t = {.scene = s.name,
                     .form = form->text,
                     .turn = (size_t)scene + (size_t)(form - forms),
                     .may_tell = !is_hidden};
    if (!s.evidence)
        return 0;
    add_one_of_each(s.evidence);
    if (has_certificates)
        put_certificates(s.evidence);
    fill_shape(form, &case_shape, (char *)s.evidence);
    amend_texts(s.evidence);
    walk(s.evidence, &s.walk);
    struct redactor *v = redactor_new();
    redactor_learn(v, s.evidence);
    redactor_learn_mine(v, "/home/" MARKER);
    const struct redaction redaction = redactor_redaction(v, HIDE_ALL);
    put_around(&s.model, &saved);
    s.model.redaction = is_hidden ? &redaction : NULL;
    check_reports(&t, &s.walk, s.model.redaction);
    check_pages(&t, &s.model);
    redactor_free(v);
    scene_end(&s);
    return t.found;
}

static void hidden_names_are_nowhere(void **state)
{
    (void)state;
    for (int scene = 0; scene < SCENE_COUNT; scene++)
        for (size_t i = 0; i < FORM_COUNT; i++)
            if (!IS_SANITIZED || (i + (size_t)scene) % 3 == 0)
                (void)tell_all(scene, &forms[i], true, true);
    (void)tell_all(SCENES_BY_HAND, &forms[0], false, true);
}

/* So that the test above can fail: the names are there. */
static void shown_names_are_there(void **state)
{
    (void)state;
    for (size_t i = 0; i < FORM_COUNT; i++)
        assert_true(tell_all(SCENES_BY_HAND, &forms[i], true, false) > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hidden_names_are_nowhere),
        cmocka_unit_test(shown_names_are_there),
    };
    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, pki_tear_down);
}
