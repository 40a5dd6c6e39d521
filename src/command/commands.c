/*
 * commands.c - the table of subcommands, and which of them is run.
 * SPDX-License-Identifier: MIT
 */
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "command.h"
#include "whytls/probe.h"
#include "whytls/message.h"

static const struct command commands[] = {
    {.name = "",
     .usage = "[TARGET]",
     .help = N_("open the wizard"),
     .max_args = 1,
     .run = command_wizard},
    {.name = "check",
     .usage = "check TARGET",
     .help = N_("no screen: print the answer"),
     .max_args = 1,
     .run = command_check},
    {.name = "open",
     .usage = "open CASE|CODE",
     .help = N_("a saved case, with no network"),
     .min_args = 1,
     .max_args = 1,
     .run = command_open},
    {.name = "lab",
     .usage = "lab [SCENARIO]",
     .help = N_("practise on a broken server made here"),
     .max_args = 1,
     .run = command_lab},
    {.name = "list", .usage = "list", .help = N_("the saved cases"), .run = command_list},
    {.name = "explain",
     .usage = "explain TEXT|CODE|-",
     .help = N_("what an error message means, or a cause, and what to do about it"),
     .max_args = INT_MAX,
     .run = command_explain},
    {.name = "theme",
     .usage = "theme list|show|check [THEME]",
     .help = N_("the colours of the wizard"),
     .min_args = 1,
     .max_args = 2,
     .run = command_theme},
};

/* Names that doc/design.md reserves; a host of that name can be given as NAME:443. */
static const char *const later[] = {"map"};

const struct command *command_at(int i)
{
    return i >= 0 && (size_t)i < sizeof(commands) / sizeof(commands[0]) ? &commands[i] : NULL;
}

static const struct command *find_command(const char *name)
{
    for (int i = 1; command_at(i); i++)
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    return NULL;
}

static bool is_reserved(const char *word)
{
    for (size_t i = 0; i < sizeof(later) / sizeof(later[0]); i++)
        if (strcmp(later[i], word) == 0)
            return true;
    return false;
}

int command_run(struct options *o)
{
    const struct command *command = o->n_args > 0 ? find_command(o->args[0]) : NULL;
    if (command) {
        o->args++;
        o->n_args--;
    } else {
        command = &commands[0];
    }
    if (o->n_args > 0 && command == &commands[0] && is_reserved(o->args[0]))
        return complain(EX_USAGE, message("the command %s is not there yet"), o->args[0]);
    if (o->chain && command->run != command_check)
        return complain(EX_USAGE, message("--chain goes with the command check"));
    int code = save_missing_fault(o);
    if (code >= 0)
        return code;
    if (o->has_max_time && command->run != command_check)
        return complain(
            EX_USAGE, message("--max-time goes with the command check: the wizard waits for you"));
    if (o->n_args < command->min_args)
        return complain(EX_USAGE, message("usage: whytls %s"), command->usage);
    if (o->n_args > command->max_args)
        return complain(EX_USAGE, message("one at a time: usage: whytls %s"), command->usage);
    const struct probe_secrets shown = {.cert_file = o->request.cert, .key_file = o->request.key};
    const char *fault = shown.cert_file ? probe_secrets_fault(&shown) : NULL;
    if (fault)
        return complain(EX_DATAERR, "%s: %s", shown.cert_file, message(fault));
    options_take_config(o);
    return command->run(o);
}
