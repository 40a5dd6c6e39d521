/*
 * operations.c - see operations.h. Runs in the folder that test_torture.sh has filled: cases, a
 * chain of certificates, a theme, settings.
 * SPDX-License-Identifier: MIT
 */
#include "operations.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "command/command.h"
#include "local/policy.h"
#include "ui/list_mode.h"
#include "unit/ui_shots.h"
#include "whytls/local.h"
#include "whytls/store.h"

enum { TEXT_MAX = 1024 * 1024, FOOTER = 3 };

static int no_memory(void)
{
    return complain(EX_OSERR, "there is not enough memory");
}

/* ---- pages -------------------------------------------------------------------------------- */

static int draw_page(const char *name, bool as_list)
{
    static struct staged s;
    size_t i = 0;
    while (i < sizeof(shots) / sizeof(shots[0]) && strcmp(shots[i].name, name) != 0)
        i++;
    shot_begin(&s, &shots[i], 80, 24);
    struct buf text;
    buf_init(&text, TEXT_MAX);
    if (as_list) {
        struct model m = s.model;
        list_prepare(&m);
        list_page(&m, &text);
    } else {
        struct grid *g = grid_new(80, 24, false);
        if (g) {
            view_draw(&s.model, g);
            /* The rows below the page say how much there is of it: counted again, with memory that
             * may be gone by then. */
            for (int y = 0; y < g->height - FOOTER; y++)
                grid_row_text(g, y, &text);
        }
        text.failed = text.failed || !g || g->is_lost;
        grid_free(g);
    }
    char *whole = buf_take(&text);
    shot_end(&s);
    if (!whole)
        return no_memory();
    fputs(whole, stdout);
    free(whole);
    return 0;
}

static int draw_answer(void)
{
    return draw_page("answer", false);
}

static int draw_experiments(void)
{
    return draw_page("step-experiments", false);
}

static int draw_certificates(void)
{
    return draw_page("details-2", false);
}

static int draw_tree(void)
{
    return draw_page("tree", false);
}

static int list_answer(void)
{
    return draw_page("answer", true);
}

static int list_compare(void)
{
    return draw_page("compare-more", true);
}

/* ---- files -------------------------------------------------------------------------------- */

/* A file that was written says all of it, whatever became of the memory. */
static int store_file(void)
{
    static const char bytes[] = "all of it\n";
    char path[STORE_PATH], error[STORE_PATH + 128], back[sizeof(bytes)] = "";
    if (!store_write("written", "answer", ".txt", bytes, sizeof(bytes) - 1, FILE_REPLACE, path,
                     error, sizeof(error)))
        return complain(EX_OSERR, "%s", error);
    FILE *f = fopen(path, "rb");
    size_t n = f ? fread(back, 1, sizeof(back) - 1, f) : 0;
    if (f)
        fclose(f);
    printf("%s: %zu bytes: %s", path, n, back);
    return 0;
}

static int save_settings(void)
{
    struct config c = {.has_mouse = true, .timeout_s = 7};
    char error[512];
    if (!config_save(&c, error, sizeof(error)))
        return complain(EX_OSERR, "%s", error);
    printf("saved\n");
    return 0;
}

static int read_settings(void)
{
    struct options o = {.n_args = 0};
    options_take_config(&o);
    if (o.config_fault[0]) /* it was complained of, and the wizard shows it */
        return EX_OSERR;
    printf("theme %s, timeout %u\n", o.config.theme, o.config.timeout_s);
    return 0;
}

/* ---- this computer ------------------------------------------------------------------------ */

static int read_policy(void)
{
    struct policy p = {.known = false};
    bool is_known = policy_openssl_read("openssl.cnf", &p);
    if (!is_known)
        return complain(EX_OSERR, "the policy is not known: memory or the file");
    printf("limits %d partly %d line %s\n", p.limits, p.partly, p.line);
    for (int list = 0; list < OFFER_LIST_COUNT; list++)
        printf("%s %08x\n", offer_list_name((enum offer_list)list), (unsigned)p.offers[list]);
    return 0;
}

static int read_stores(void)
{
    struct store_set *set = store_set_read(true);
    struct evidence *ev = set ? evidence_new() : NULL;
    if (!ev) {
        store_set_free(set);
        return no_memory();
    }
    store_set_match(set, ev);
    for (size_t i = 0; i < ev->facts.n_stores; i++) {
        const struct store *s = &ev->facts.stores[i];
        printf("%s %s %d %u\n", store_kind_id(s->kind), s->file, s->is_read, (unsigned)s->total);
    }
    evidence_free(ev);
    store_set_free(set);
    return 0;
}

/* ---- all of them -------------------------------------------------------------------------- */

#define CASE_OF(name) "cases/" name ".json"
const struct operation operations[] = {
    {.name = "open", .words = {"open", CASE_OF("missing-intermediate")}},
    {.name = "open-json", .words = {"open", "--json", CASE_OF("two-faults")}},
    {.name = "open-redact", .words = {"open", "--redact", CASE_OF("missing-intermediate")}},
    {.name = "open-redact-json",
     .words = {"open", "--redact", "--json", CASE_OF("server-too-old")}},
    {.name = "open-healthy", .words = {"open", CASE_OF("healthy")}},
    {.name = "open-refused", .words = {"open", "--redact", "--json", CASE_OF("refused")}},
    {.name = "open-redacted", .words = {"open", "--json", "redacted.json"}},
    {.name = "open-not-json", .words = {"open", "broken.json"}},
    {.name = "save-missing",
     .words = {"open", CASE_OF("missing-intermediate"), "--save-missing", "-"}},
    {.name = "list", .words = {"list"}},
    {.name = "explain", .words = {"explain", "W-603"}},
    {.name = "theme-list", .words = {"theme", "list"}},
    {.name = "theme-show", .words = {"theme", "show", "night"}},
    {.name = "theme-check", .words = {"theme", "check", "child.json"}},
    {.name = "chain",
     .words = {"check", "--chain", "chain.pem", "--at", "1795000000", "shop.example"}},
    {.name = "chain-cacert",
     .words = {"check", "--chain", "chain.pem", "--cacert", "chain.pem", "shop.example"}},
    {.name = "draw-answer", .run = draw_answer},
    {.name = "draw-experiments", .run = draw_experiments},
    {.name = "draw-certificates", .run = draw_certificates},
    {.name = "draw-tree", .run = draw_tree},
    {.name = "list-answer", .run = list_answer},
    {.name = "list-compare", .run = list_compare},
    {.name = "store-write", .run = store_file},
    {.name = "settings-save", .run = save_settings},
    {.name = "settings-read", .run = read_settings},
    {.name = "policy", .run = read_policy},
    {.name = "stores", .run = read_stores},
};
const size_t n_operations = sizeof(operations) / sizeof(operations[0]);

int operation_run(const struct operation *o)
{
    char *words[OPERATION_MAX_ARGS + 2] = {(char *)"whytls"};
    struct options options;
    int n = 1;
    if (o->run)
        return o->run();
    for (; o->words[n - 1]; n++)
        words[n] = (char *)(uintptr_t)o->words[n - 1];
    optind = 0; /* getopt_long(3): begin anew */
    int code = options_read(n, words, &options);
    return code >= 0 ? code : command_run(&options);
}
