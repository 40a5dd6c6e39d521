/*
 * command_open.c - a saved case, with no network: the same walk over the same evidence. By its
 * file, or by its code.
 * SPDX-License-Identifier: MIT
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "command.h"
#include "whytls/case.h"
#include "whytls/store.h"
#include "whytls/text.h"
#include "whytls/message.h"

static int show(struct evidence *take, const struct options *o)
{
    enum surface surface = choose_surface(o);
    if (surface != SURFACE_PRINT)
        return run_wizard(o, (struct ui_start){.take_case = take}, surface);
    struct session *s = session_from_case(take);
    if (!s)
        return complain(EX_OSERR, message("there is not enough memory"));
    int code = print_walk(session_walk(s), o);
    session_free(s);
    return code;
}

/* The file of the case with this code. Returns -1, or the exit code of a complaint. */
static int find_by_code(const char *code, char *path, size_t path_size)
{
    size_t first = 0;
    struct case_list *l = store_list();
    if (!l)
        return complain(EX_OSERR, message("there is not enough memory"));
    size_t count = store_count_code(l->cases, l->n_cases, code, &first);
    bool fits = count == 1 && text_copy(path, path_size, l->cases[first].path);
    free(l);
    if (fits)
        return -1;
    if (count > 1)
        return complain(EX_USAGE,
                        message("%zu saved cases have the code %s: name the file (whytls list)"),
                        count, code);
    return complain(EX_NOINPUT, message("there is no saved case with the code %s (whytls list)"),
                    code);
}

/* What is there as a file is one, whatever it is called. Returns -1, or an exit code. */
static int find_case(const char *named, char *path, size_t path_size)
{
    char code[16];
    enum code_typed typed = case_code_read(named, code, sizeof(code));
    bool is_file = strcmp(named, "-") == 0 || access(named, F_OK) == 0;
    if (typed == CODE_GOOD && !is_file)
        return find_by_code(code, path, path_size);
    if (typed == CODE_MISTYPED && !is_file)
        return complain(EX_NOINPUT, message("%s: there is no such file, and no case has this code"),
                        named);
    return text_copy(path, path_size, named)
               ? -1
               : complain(EX_NOINPUT, message("this name is too long"));
}

int command_open(const struct options *o)
{
    char path[STORE_PATH * 2], error[256] = "";
    size_t n;
    int code = find_case(o->args[0], path, sizeof(path));
    char *bytes = code < 0 ? read_file(path, CASE_MAX_BYTES,
                                       N_("%s: this is not a case of whytls: %s"), &n, &code)
                           : NULL;
    if (!bytes)
        return code;
    struct evidence *ev = case_from_json(bytes, n, error, sizeof(error));
    bool no_memory = !ev && errno == ENOMEM;
    free(bytes);
    if (!ev)
        return complain(no_memory ? EX_OSERR : EX_DATAERR, "%s: %s", path, error);
    return show(ev, o);
}
