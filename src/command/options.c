/*
 * options.c - options from the command line into a request, and the help made from their table.
 * SPDX-License-Identifier: MIT
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include "command.h"
#include "whytls/text.h"

enum option_id {
#define OPTION(ident, name, letter, argument, help) OPTION_##ident,
#include "options.def"
#undef OPTION
    OPTION_COUNT
};

enum { OPTION_BASE = 256 }; /* getopt's values: above every letter */

static const struct {
    const char *name;
    int letter;
    const char *argument;
    const char *help;
} rows[] = {
#define OPTION(ident, name, letter, argument, help) {name, letter, argument, help},
#include "options.def"
#undef OPTION
};

static void print_options(void)
{
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        char left[48];
        snprintf(left, sizeof(left), "--%s%s%s", rows[i].name, rows[i].argument ? " " : "",
                 rows[i].argument ? rows[i].argument : "");
        if (rows[i].letter)
            printf("  -%c, %-28s %s\n", rows[i].letter, left, rows[i].help);
        else
            printf("      %-28s %s\n", left, rows[i].help);
    }
}

static void print_help(void)
{
    printf("whytls finds out why a secure connection fails, and says who can fix it.\n\nUsage:\n");
    for (int i = 0; command_at(i); i++)
        printf("  whytls %-24s %s\n", command_at(i)->usage, command_at(i)->help);
    printf("\nTARGET is a host, host:port, [IPv6]:port, or a URL such as https://shop.example\n");
    printf("\nOptions:\n");
    print_options();
    printf(
        "\nExit codes: 0 it works, 1 a cause was named, 2 it fails and the cause was not found,\n"
        "3 could not test, 64 and up our own failures, 130 interrupted.\n");
}

static int print_clients(void)
{
    for (size_t i = 0; client_at(i); i++)
        printf("%-14s %s\n", client_at(i)->id, client_at(i)->name);
    return EXIT_WORKS;
}

static bool read_number(const char *text, long long min, long long max, long long *n)
{
    char *end;
    *n = strtoll(text, &end, 10);
    return *text && !*end && *n >= min && *n <= max;
}

static int set_connect_to(struct options *o, const char *text)
{
    struct target t = {0};
    char error[128];
    if (!target_parse(text, &t, error, sizeof(error)))
        return complain(EX_USAGE, "--connect-to %s: %s", text, error);
    const char *close = strrchr(text, ']');
    const char *colon = strrchr(text, ':');
    bool has_port = colon && (close ? colon > close : strchr(text, ':') == colon);
    text_copy(o->request.target.connect_to, sizeof(o->request.target.connect_to), t.ascii);
    o->request.target.connect_port = has_port ? t.port : 0;
    return -1;
}

static int set_servername(struct options *o, const char *text)
{
    struct target t = {0};
    char error[128];
    o->request.target.server_name_set = true;
    if (strcmp(text, "none") == 0)
        return -1;
    if (!target_parse(text, &t, error, sizeof(error)) || t.is_address)
        return complain(EX_USAGE, "--servername %s: this is not a name", text);
    text_copy(o->request.target.server_name, sizeof(o->request.target.server_name), t.ascii);
    return -1;
}

static int set_client(struct options *o, const char *text)
{
    if (strcmp(text, "list") == 0)
        return print_clients();
    if (!client_find(text))
        return complain(EX_USAGE, "--client %s: no such program (try --client list)", text);
    text_copy(o->request.target.client, sizeof(o->request.target.client), text);
    return -1;
}

static int set_number(struct options *o, enum option_id id, const char *text)
{
    long long n;
    if (id == OPTION_TIMEOUT) {
        if (!read_number(text, 1, 60, &n))
            return complain(EX_USAGE, "--timeout %s: give seconds from 1 to 60", text);
        o->request.target.timeout_s = (uint16_t)n;
        return -1;
    }
    if (!read_number(text, 0, 253402300799, &n))
        return complain(EX_USAGE, "--at %s: give the time in Unix seconds", text);
    o->request.pretend.clock_offset_s = (int64_t)n - (int64_t)time(NULL);
    return -1;
}

static int set_color(struct options *o, const char *text)
{
    static const char *const words[] = {
        [COLOUR_AUTO] = "auto", [COLOUR_NEVER] = "never", [COLOUR_ALWAYS] = "always"};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (strcmp(words[i], text) == 0) {
            o->color = (enum colour_when)i;
            return -1;
        }
    return complain(EX_USAGE, "--color %s: give never, auto or always", text);
}

static int set_file(const char **where, const char *path)
{
    if (access(path, R_OK) != 0)
        return complain(EX_NOINPUT, "%s: this file can not be read", path);
    *where = path;
    return -1;
}

static int set_flag(struct options *o, enum option_id id)
{
    switch (id) {
    case OPTION_JSON:
        o->json = true;
        break;
    case OPTION_PLAIN:
        o->plain = true;
        break;
    case OPTION_IPV4:
        o->request.target.family = 4;
        break;
    case OPTION_IPV6:
        o->request.target.family = 6;
        break;
    case OPTION_OFFLINE:
        o->request.offline = true;
        break;
    case OPTION_REDACT:
        o->redact = true;
        break;
    case OPTION_LIST:
        o->list = true;
        break;
    case OPTION_HELP:
        print_help();
        return EXIT_WORKS;
    case OPTION_VERSION:
        printf("whytls %s\n", WHYTLS_VERSION);
        return EXIT_WORKS;
    default:
        break;
    }
    return -1;
}

static int set_option(struct options *o, enum option_id id, const char *argument)
{
    switch (id) {
    case OPTION_CONNECT_TO:
        return set_connect_to(o, argument);
    case OPTION_SERVERNAME:
        return set_servername(o, argument);
    case OPTION_CLIENT:
        return set_client(o, argument);
    case OPTION_TIMEOUT:
    case OPTION_AT:
        return set_number(o, id, argument);
    case OPTION_CACERT:
        return set_file(&o->request.cacert, argument);
    case OPTION_CERT:
        o->request.target.has_client_certificate = true;
        return set_file(&o->request.cert, argument);
    case OPTION_KEY:
        return set_file(&o->request.key, argument);
    case OPTION_CHAIN:
        return set_file(&o->chain, argument);
    case OPTION_SAVE_MISSING:
        o->save_missing = argument;
        return -1;
    case OPTION_THEME:
        o->theme = argument;
        return -1;
    case OPTION_COLOR:
        return set_color(o, argument);
    case OPTION_STARTTLS:
    case OPTION_PROXY:
        return complain(EX_USAGE, "--%s is not there yet", rows[id].name);
    default:
        return set_flag(o, id);
    }
}

/* c: what getopt said; word: the argument that it stopped at. */
static int refuse_word(int c, const char *word)
{
    char letter[3] = {'-', (char)optopt, '\0'};
    if (optopt > 0 && optopt < OPTION_BASE)
        word = letter;
    if (c == ':')
        return complain(EX_USAGE, "%s needs a value (try whytls --help)", word);
    return complain(EX_USAGE, "%s is no option of ours (try whytls --help)", word);
}

int options_read(int argc, char **argv, struct options *o)
{
    struct option longs[OPTION_COUNT + 1] = {{0}};
    for (size_t i = 0; i < OPTION_COUNT; i++)
        longs[i] = (struct option){.name = rows[i].name,
                                   .has_arg = rows[i].argument ? required_argument : no_argument,
                                   .val = OPTION_BASE + (int)i};
    memset(o, 0, sizeof(*o));
    opterr = 0; /* we complain ourselves, in one clean line */
    for (int c; (c = getopt_long(argc, argv, ":46hV", longs, NULL)) != -1;) {
        int id = c - OPTION_BASE;
        for (int i = 0; c < OPTION_BASE && i < OPTION_COUNT; i++)
            if (rows[i].letter == c)
                id = i;
        if (c == '?' || c == ':' || id < 0)
            return refuse_word(c, argv[optind - 1]);
        int code = set_option(o, (enum option_id)id, optarg);
        if (code >= 0)
            return code;
    }
    if (o->request.cert && !o->request.key)
        o->request.key = o->request.cert; /* as curl does: one file may hold both */
    o->n_args = argc - optind;
    o->args = argv + optind;
    return -1;
}
