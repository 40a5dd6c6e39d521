/*
 * command_run.c - what commands share: running a session without a screen, printing a walk, and the
 * choice between the wizard and plain text.
 * SPDX-License-Identifier: MIT
 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "command.h"
#include "whytls/case.h"
#include "whytls/data.h"
#include "whytls/output.h"
#include "whytls/report.h"
#include "whytls/walk.h"
#include "whytls/message.h"

enum { OUTPUT_MAX = 2 * CASE_MAX_BYTES };

static bool make_output(const struct walk *w, const struct options *o,
                        const struct redaction *redaction, struct buf *out)
{
    if (o->json)
        return report_json(w, redaction, out);
    report_text(w, redaction, out);
    return !out->failed;
}

/* False with errno: 0 where it could not be made. */
static bool print_output(const struct walk *w, const struct options *o)
{
    struct buf out;
    struct redactor *redactor = o->redact ? redactor_new() : NULL;
    if (redactor)
        redactor_learn(redactor, w->analysis.ev);
    struct redaction redaction = redactor_redaction(redactor, HIDE_ALL); /* no redactor: it fails */
    bool is_cut = false;
    redaction.failed = &is_cut;
    buf_init(&out, OUTPUT_MAX);
    bool ok = (!o->redact || redactor_knows_all(redactor)) &&
              make_output(w, o, o->redact ? &redaction : NULL, &out);
    errno = 0;
    ok = ok && !is_cut && output_write(buf_text(&out), out.len);
    int saved = errno;
    buf_fini(&out);
    redactor_free(redactor);
    errno = saved;
    return ok;
}

int print_walk(const struct walk *w, const struct options *o)
{
    struct buf missing;
    int code;
    bool is_whole = make_missing(w, o, &missing) && !w->analysis.ev->no_memory;
    if (is_whole && print_output(w, o))
        code = save_missing(&missing, o, report_exit_code(w));
    else if (!is_whole || errno == 0)
        code = complain(EX_OSERR, message("there is not enough memory for an answer"));
    else
        code = complain(EX_IOERR, message("the answer could not be written: %s"), strerror(errno));
    buf_fini(&missing);
    return code;
}

enum surface choose_surface(const struct options *o)
{
    const char *plain = getenv("WHYTLS_PLAIN");
    if (getenv("WHYTLS_SCRIPT"))
        return SURFACE_SCREEN; /* the wizard without a terminal, led by a file */
    if (o->json || o->redact || !isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
        return SURFACE_PRINT;
    if (o->plain || (plain && *plain))
        return SURFACE_LIST;
    const char *why = ui_why_not();
    if (why)
        complain(0, message("%s, so here is plain text"), why);
    return why ? SURFACE_LIST : SURFACE_SCREEN;
}

int run_wizard(const struct options *o, struct ui_start start, enum surface surface)
{
    const struct theme_wish wish = {
        .option = o->theme, .config = o->config.theme, .when = o->color};
    struct json_report report;
    struct theme theme;
    json_report_init(&report);
    theme_choose(&wish, &theme, &report);
    if (report.n_errors > 0) /* to be read when the screen has gone */
        complain(0, "%s", report.first);
    struct rule_table *rules = load_rules();
    if (!rules) {
        evidence_free(start.take_case);
        json_report_fini(&report);
        return EX_OSERR;
    }
    struct request defaults = o->request, wanted;
    defaults.rules = rules;
    if (start.request) {
        wanted = *start.request;
        wanted.rules = rules;
        start.request = &wanted;
    }
    start.defaults = &defaults;
    start.as_list = surface == SURFACE_LIST;
    start.theme = &theme;
    start.color = o->color;
    start.config = &o->config;
    start.notice = o->config_fault[0] ? o->config_fault : report.n_errors > 0 ? report.first : NULL;
    int code = ui_run(&start);
    json_report_fini(&report);
    rule_table_free(rules);
    return code;
}

static void on_interrupt(uv_signal_t *handle, int number)
{
    (void)number;
    *(bool *)handle->data = true;
    uv_stop(handle->loop);
}

static void on_done(void *ctx)
{
    uv_stop(ctx);
}

static void close_loop(uv_loop_t *loop, int code)
{
    for (int i = 0; i < 64 && uv_run(loop, UV_RUN_NOWAIT); i++)
        ;
    if (uv_loop_close(loop) == 0)
        return;
    /* A name lookup hangs in its thread, and libuv can't stop it (measured on 1.44): leave it. */
    _exit(output_end(code));
}

/* Why there is no session: asked at once, for errno says it. */
static int code_without(const struct request *r)
{
    return errno == ENOMEM ? EX_OSERR
           : r->chain      ? EX_DATAERR
           : r->cacert     ? EX_NOINPUT
                           : EX_SOFTWARE;
}

int run_plain(const struct request *r, const struct options *o)
{
    uv_loop_t loop;
    uv_signal_t interrupt;
    bool is_interrupted = false;
    char error[256];
    if (uv_loop_init(&loop) != 0)
        return complain(EX_OSERR, message("no event loop can be had"));
    uv_signal_init(&loop, &interrupt);
    interrupt.data = &is_interrupted;
    uv_signal_start(&interrupt, on_interrupt, SIGINT);
    const struct session_sink sink = {.on_done = on_done, .ctx = &loop};
    struct rule_table *rules = load_rules();
    struct request wanted = *r;
    wanted.rules = rules;
    struct session *s = rules ? session_new(&loop, &wanted, &sink, error, sizeof(error)) : NULL;
    int code = rules && !s ? complain(code_without(r), "%s", error) : EX_OSERR;
    while (s && !session_is_done(s) && !is_interrupted)
        uv_run(&loop, UV_RUN_DEFAULT);
    if (s)
        code = is_interrupted ? EXIT_INTERRUPTED : print_walk(session_walk(s), o);
    session_free(s);
    rule_table_free(rules);
    uv_close((uv_handle_t *)&interrupt, NULL);
    close_loop(&loop, code);
    return code;
}
