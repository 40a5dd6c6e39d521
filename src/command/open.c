/*
 * open.c - a saved case, with no network: the same walk over the same evidence.
 * SPDX-License-Identifier: MIT
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "command.h"
#include "whytls/case.h"
#include "whytls/ui.h"

/* The file's bytes; "-" is standard input. Caller frees with free(); NULL with a complaint. */
static char *read_file(const char *path, size_t *n, int *code)
{
    FILE *f = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    if (!f) {
        *code = complain(EX_NOINPUT, "%s: %s", path, strerror(errno));
        return NULL;
    }
    struct buf b;
    buf_init(&b, CASE_MAX_BYTES);
    char piece[16384];
    size_t got;
    while ((got = fread(piece, 1, sizeof(piece), f)) > 0)
        buf_put(&b, piece, got);
    bool failed = ferror(f) || b.failed;
    if (f != stdin)
        fclose(f);
    if (failed || b.len == 0) {
        *code = complain(EX_DATAERR, "%s: this is not a case of whytls", path);
        buf_fini(&b);
        return NULL;
    }
    *n = b.len;
    return buf_take(&b);
}

static int show(struct evidence *take, const struct options *o)
{
    enum surface surface = choose_surface(o);
    if (surface != SURFACE_PRINT) {
        const struct ui_start start = {.take_case = take,
                                       .defaults = &o->request,
                                       .as_list = surface == SURFACE_LIST,
                                       .theme = o->theme};
        return ui_run(&start);
    }
    struct session *s = session_from_case(take);
    if (!s)
        return complain(EX_OSERR, "there is not enough memory");
    int code = print_walk(session_walk(s), o);
    session_free(s);
    return code;
}

int command_open(const struct options *o)
{
    int code = EX_SOFTWARE;
    size_t n;
    char *bytes = read_file(o->args[0], &n, &code);
    if (!bytes)
        return code;
    char error[256] = "";
    struct evidence *ev = case_from_json(bytes, n, error, sizeof(error));
    free(bytes);
    if (!ev)
        return complain(EX_DATAERR, "%s: %s", o->args[0], error);
    return show(ev, o);
}
