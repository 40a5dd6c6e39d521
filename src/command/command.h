/*
 * command.h - subcommands and options. A command joins a source to a sink; here alone stands exit.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_COMMAND_H
#define WHYTLS_COMMAND_H

#include <stdbool.h>

#include "whytls/config.h"
#include "whytls/session.h"
#include "whytls/theme.h"
#include "whytls/ui.h"

/* Exit codes: doc/design.md, "What others rely on"; sysexits.h for our own failures. */
enum {
    EXIT_WORKS = 0,
    EXIT_INTERRUPTED = 130,
};

struct options {
    struct request request; /* all but the target's name */
    bool plain, json, redact, list;
    bool has_max_time; /* request.max_time_ms is the user's own */
    const char *theme; /* --theme; NULL: not given */
    enum colour_when color;
    struct config config;               /* what the user has chosen for good */
    char config_fault[JSON_FAULT_SIZE]; /* what is wrong with that file; "": nothing */
    const char *chain;                  /* file with a chain to judge; NULL: ask a server */
    const char *save_missing; /* file for the certificates that the site does not send, "-":
                                 printed; NULL: none */
    int n_args;
    char **args; /* what is left: TARGET, CASE, NAME */
};

/* A subcommand: a row of src/command/commands.c. */
struct command {
    const char *name;
    const char *usage;
    const char *help;
    int min_args, max_args;
    int (*run)(const struct options *o);
};

int command_wizard(const struct options *o);
int command_check(const struct options *o);
int command_open(const struct options *o);
int command_lab(const struct options *o);
int command_list(const struct options *o);
int command_explain(const struct options *o);
int command_theme(const struct options *o);

/*
 * Reads options into *o; the command's name is args[0] where it is one. Returns -1 to go on, else
 * the exit code (help and version were printed, or an error was).
 */
int options_read(int argc, char **argv, struct options *o);
const struct command *command_at(int i); /* NULL past the end */

/* The user's settings into *o, where the command line does not say otherwise. A fault in them is
 * complained of and stops nothing. */
void options_take_config(struct options *o);

/* Picks the command by its first word and runs it; an exit code. */
int command_run(struct options *o);

/*
 * The dated rules for a session, from the user's folder, the data folder, or as compiled in; what
 * is wrong with a file is complained of, a line. NULL: no memory, complained
 * of. Free with rule_table_free.
 */
struct rule_table *load_rules(void);
/* Runs a session to its end without a screen and prints it as the options say; an exit code. */
int run_plain(const struct request *r, const struct options *o);
/* Prints a finished walk as the options say; an exit code. */
int print_walk(const struct walk *w, const struct options *o);
/* The certificates that the site left out, where they are asked for; the caller ends pem. False: no
 * memory for them. */
bool make_missing(const struct walk *w, const struct options *o, struct buf *pem);
/*
 * Writes them to the file that was asked for, if any. Returns code, or the exit code of the
 * failure.
 */
int save_missing(const struct buf *pem, const struct options *o, int code);
/* What is wrong with that option beside others, complained of: an exit code; -1: nothing. */
int save_missing_fault(const struct options *o);
/*
 * The bytes of a file, "-" for standard input. Caller frees with free(). NULL, with this complaint
 * (N_("%s: this is not a case of whytls: %s"), of path and reason) and its exit code in *code,
 * where it can't be read, is empty or larger than max.
 */
char *read_file(const char *path, size_t max, const char *not_it, size_t *n, int *code);
/* "whytls: ..." to standard error; returns code, so that a caller can return it. */
/* Lets message.h have the catalogues that are compiled in, and speaks the environment's language.
 */
void language_begin(void);

int complain(int code, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Where a command's answer is shown. */
enum surface {
    SURFACE_SCREEN, /* the wizard */
    SURFACE_LIST,   /* the wizard as lines and numbered choices */
    SURFACE_PRINT,  /* the answer, and nothing is asked */
};
/* Opens the wizard, with the theme that the options and the environment wish for; an exit code. */
int run_wizard(const struct options *o, struct ui_start start, enum surface surface);
/* Says on standard error why there is no screen where one could be expected. */
enum surface choose_surface(const struct options *o);

#endif
