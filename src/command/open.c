/*
 * open.c - a saved case, with no network: the same walk over the same evidence.
 * SPDX-License-Identifier: MIT
 */
#include <errno.h>
#include <stdlib.h>
#include <sysexits.h>

#include "command.h"
#include "whytls/case.h"

static int show(struct evidence *take, const struct options *o)
{
    enum surface surface = choose_surface(o);
    if (surface != SURFACE_PRINT)
        return run_wizard(o, (struct ui_start){.take_case = take}, surface);
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
    char *bytes = read_file(o->args[0], CASE_MAX_BYTES, "a case of whytls", &n, &code);
    if (!bytes)
        return code;
    char error[256] = "";
    struct evidence *ev = case_from_json(bytes, n, error, sizeof(error));
    free(bytes);
    if (!ev)
        return complain(EX_DATAERR, "%s: %s", o->args[0], error);
    return show(ev, o);
}
