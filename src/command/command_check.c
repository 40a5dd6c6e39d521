/*
 * command_check.c - the commands that try a target: the wizard, check, and the lab's practice
 * servers.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "command.h"
#include "whytls/chain.h"
#include "whytls/lab.h"
#include "whytls/text.h"
#include "whytls/message.h"

enum { CHAIN_MAX_BYTES = 4 * 1024 * 1024, MAX_TIME_MS = 60000 };

/* The typed target into the request; the options' own parts of the target stay. */
static int set_target(struct request *r, const struct options *o)
{
    char error[160];
    const char *text = o->args[0];
    if (!target_parse(text, &r->target, error, sizeof(error)))
        return complain(EX_USAGE, "%s: %s", o->redact ? message("the target") : text, error);
    return -1;
}

/* Judges the certificates of a file as if a server had sent them, for the name that was given. */
static int check_file(struct request *r, const struct options *o)
{
    struct target *t = &r->target;
    int code = o->n_args > 0 ? set_target(r, o) : -1;
    if (code >= 0)
        return code;
    if (t->server_name[0]) {
        TEXT_SET(t->ascii, t->server_name);
        TEXT_SET(t->host, t->server_name);
        t->is_address = false;
    }
    if (!t->port)
        t->port = 443;
    text_clean_str_marked(t->typed, sizeof(t->typed), o->chain);
    char *bytes =
        read_file(o->chain, CHAIN_MAX_BYTES, N_("%s: this is not a chain of certificates: %s"),
                  &r->chain_len, &code);
    if (!bytes)
        return code;
    r->chain = bytes;
    if (chain_read_bundle(bytes, r->chain_len, NULL, 0) == 0)
        code = complain(EX_DATAERR, message("%s: there is no certificate in it"), o->chain);
    else
        code = run_plain(r, o);
    free(bytes);
    return code;
}

int command_check(const struct options *o)
{
    struct request r = o->request;
    if (o->chain)
        return check_file(&r, o);
    if (o->n_args == 0)
        return complain(EX_USAGE, message("check needs a target, or a file with --chain"));
    int code = set_target(&r, o);
    if (!o->has_max_time)
        r.max_time_ms = MAX_TIME_MS;
    return code >= 0 ? code : run_plain(&r, o);
}

int command_wizard(const struct options *o)
{
    struct request r = o->request;
    int code = o->n_args > 0 ? set_target(&r, o) : -1;
    if (code >= 0)
        return code;
    enum surface surface = choose_surface(o);
    if (surface != SURFACE_PRINT)
        return run_wizard(o, (struct ui_start){.request = o->n_args > 0 ? &r : NULL}, surface);
    if (o->n_args > 0)
        return run_plain(&r, o);
    return complain(EX_USAGE, message("there is no screen here: name a target, as in whytls check "
                                      "shop.example"));
}

/* ---- the lab ------------------------------------------------------------------------------ */

static int list_scenarios(bool for_programs)
{
    const struct scenario_line *s;
    for (size_t i = 0; (s = lab_scenario(i)); i++)
        if (for_programs)
            printf("%s\t%d\t%s\t%s\t%s\n", s->name, s->step, s->expect, s->notes ? s->notes : "",
                   s->summary);
        else
            printf("%-28s %s\n", s->name, message(s->summary));
    return EXIT_WORKS;
}

static int run_scenario(const struct request *r, const struct options *o)
{
    enum surface surface = choose_surface(o);
    if (surface == SURFACE_PRINT)
        return run_plain(r, o);
    return run_wizard(o, (struct ui_start){.request = r}, surface);
}

int command_lab(const struct options *o)
{
    if (o->n_args == 0 || o->list)
        return list_scenarios(o->list);
    struct request r;
    memset(&r, 0, sizeof(r));
    char error[256];
    struct lab *lab = lab_start(o->args[0], &r, error, sizeof(error));
    if (!lab)
        return complain(EX_USAGE, "%s", error);
    if (o->request.target.timeout_s)
        r.target.timeout_s = o->request.target.timeout_s;
    int code = run_scenario(&r, o);
    lab_stop(lab);
    return code;
}
