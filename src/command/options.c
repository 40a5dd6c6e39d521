/*
 * options.c - options from the command line into a request, and the help made from their table.
 * Fuzzed by fuzz_options.
 * SPDX-License-Identifier: MIT
 */
#include <getopt.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include "command.h"
#include "whytls/ascii.h"
#include "whytls/file.h"
#include "whytls/message.h"
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
#include "build_info.h"
#undef OPTION
};

static void print_options(void)
{
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        char left[48];
        snprintf(left, sizeof(left), "--%s%s%s", rows[i].name, rows[i].argument ? " " : "",
                 rows[i].argument ? rows[i].argument : "");
        if (rows[i].letter)
            printf("  -%c, %-28s %s\n", rows[i].letter, left, message(rows[i].help));
        else
            printf("      %-28s %s\n", left, message(rows[i].help));
    }
}

static void print_help(void)
{
    printf("%s\n\n%s\n",
           message("whytls finds out why a secure connection fails, and says who can fix it."),
           message("Usage:"));
    for (int i = 0; command_at(i); i++)
        printf("  whytls %-24s %s\n", command_at(i)->usage, message(command_at(i)->help));
    printf(
        "\n%s\n%s\n\n%s\n",
        message("TARGET is a host, host:port, [IPv6]:port, or a URL such as "
                "https://shop.example"),
        message("TEXT is a message of any program, such as an error of a browser; - reads it from "
                "standard input"),
        message("Options:"));
    print_options();
    printf("\n%s\n",
           message("Exit codes: 0 it works, 1 a cause was named, 2 it fails and the cause was not "
                   "found\n(explain: it knows no such message),\n"
                   "3 could not test, 64 and up our own failures, 130 interrupted."));
}

static int print_clients(void)
{
    for (size_t i = 0; client_at(i); i++)
        printf("%-14s %s\n", client_at(i)->id, message(client_at(i)->name));
    return EXIT_WORKS;
}

static bool read_number(const char *text, long long min, long long max, long long *n)
{
    *n = ascii_take_number(&text, max);
    return !*text && *n >= min;
}

static int set_connect_to(struct options *o, const char *text)
{
    struct target t = {0};
    char error[128];
    if (!target_parse(text, &t, error, sizeof(error)))
        return complain(EX_USAGE, message("--connect-to %s: %s"), text, error);
    const char *close = strrchr(text, ']');
    const char *colon = strrchr(text, ':');
    bool has_port = colon && (close ? colon > close : strchr(text, ':') == colon);
    TEXT_SET(o->request.target.connect_to, t.ascii);
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
        return complain(EX_USAGE, message("--servername %s: this is not a name"), text);
    TEXT_SET(o->request.target.server_name, t.ascii);
    return -1;
}

static int set_client(struct options *o, const char *text)
{
    if (strcmp(text, "list") == 0)
        return print_clients();
    if (!client_find(text) ||
        !text_copy(o->request.target.client, sizeof(o->request.target.client), text))
        return complain(EX_USAGE, message("--client %s: no such program (try --client list)"),
                        text);
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
    return complain(EX_USAGE, message("--color %s: give never, auto or always"), text);
}

static int set_language(struct options *o, const char *text)
{
    (void)o; /* one for the whole program, as the locale is */
    if (message_use(text))
        return -1;
    return complain(EX_USAGE, message("--lang %s: there is no such language here"), text);
}

static int set_timeout(struct options *o, const char *text)
{
    long long n;
    if (!read_number(text, 1, 60, &n))
        return complain(EX_USAGE, message("--timeout %s: give seconds from 1 to 60"), text);
    o->request.target.timeout_s = (uint16_t)n;
    return -1;
}

/* Seconds with a fraction, as curl's --max-time, in milliseconds; whatever the locale. */
static bool read_seconds(const char *text, uint32_t most, uint32_t *ms)
{
    uint32_t whole = 0, part = 0, unit = 1000;
    bool has_digit = false, is_more = false;
    for (; *text >= '0' && *text <= '9'; text++) {
        whole = whole > most ? whole : 10 * whole + (uint32_t)(*text - '0');
        has_digit = true;
    }
    if (*text == '.')
        for (text++; *text >= '0' && *text <= '9'; text++) {
            unit /= 10;
            part += unit * (uint32_t)(*text - '0');
            is_more |= unit == 0 && *text != '0';
            has_digit = true;
        }
    /* Less than a thousandth is one: 0 would be no end at all. */
    *ms = 1000 * (whole > most ? 0 : whole) + part + is_more;
    return has_digit && !*text && whole <= most && *ms <= 1000 * most;
}

static int set_max_time(struct options *o, const char *text)
{
    enum { MOST_S = 86400 };
    if (!read_seconds(text, MOST_S, &o->request.max_time_ms))
        return complain(EX_USAGE, message("--max-time %s: give seconds from 0 to %d, such as 2.5"),
                        text, MOST_S);
    o->has_max_time = true;
    return -1;
}

static int set_clock(struct options *o, const char *text)
{
    long long n;
    if (!read_number(text, 0, 253402300799, &n))
        return complain(EX_USAGE, message("--at %s: give the time in Unix seconds"), text);
    o->request.pretend.clock_offset_s = (int64_t)n - (int64_t)time(NULL);
    return -1;
}

static int set_ipv4(struct options *o, const char *text)
{
    (void)text;
    o->request.target.family = 4;
    return -1;
}

static int set_ipv6(struct options *o, const char *text)
{
    (void)text;
    o->request.target.family = 6;
    return -1;
}

static int show_help(struct options *o, const char *text)
{
    (void)o;
    (void)text;
    print_help();
    return EXIT_WORKS;
}

static int show_version(struct options *o, const char *text)
{
    (void)o;
    (void)text;
    printf("whytls %s\n", WHYTLS_VERSION);
    return EXIT_WORKS;
}

/* What an option does: `set`, else what it says is put at this place of the options. */
static const struct setter {
    int (*set)(struct options *o, const char *text); /* -1, or an exit code */
    enum { NOTHING, FLAG, TEXT, READABLE_FILE } kind;
    size_t offset;
} setters[OPTION_COUNT] = {
    [OPTION_JSON] = {.kind = FLAG, .offset = offsetof(struct options, json)},
    [OPTION_PLAIN] = {.kind = FLAG, .offset = offsetof(struct options, plain)},
    [OPTION_REDACT] = {.kind = FLAG, .offset = offsetof(struct options, redact)},
    [OPTION_LIST] = {.kind = FLAG, .offset = offsetof(struct options, list)},
    [OPTION_OFFLINE] = {.kind = FLAG, .offset = offsetof(struct options, request.offline)},
    [OPTION_CACERT] = {.kind = READABLE_FILE, .offset = offsetof(struct options, request.cacert)},
    [OPTION_CERT] = {.kind = READABLE_FILE, .offset = offsetof(struct options, request.cert)},
    [OPTION_KEY] = {.kind = READABLE_FILE, .offset = offsetof(struct options, request.key)},
    [OPTION_CHAIN] = {.kind = TEXT, .offset = offsetof(struct options, chain)},
    [OPTION_SAVE_MISSING] = {.kind = TEXT, .offset = offsetof(struct options, save_missing)},
    [OPTION_THEME] = {.kind = TEXT, .offset = offsetof(struct options, theme)},
    [OPTION_IPV4] = {.set = set_ipv4},
    [OPTION_IPV6] = {.set = set_ipv6},
    [OPTION_CONNECT_TO] = {.set = set_connect_to},
    [OPTION_SERVERNAME] = {.set = set_servername},
    [OPTION_CLIENT] = {.set = set_client},
    [OPTION_TIMEOUT] = {.set = set_timeout},
    [OPTION_MAX_TIME] = {.set = set_max_time},
    [OPTION_AT] = {.set = set_clock},
    [OPTION_COLOR] = {.set = set_color},
    [OPTION_LANG] = {.set = set_language},
    [OPTION_HELP] = {.set = show_help},
    [OPTION_VERSION] = {.set = show_version},
    [OPTION_ASK_OTHERS] = {.kind = NOTHING}, /* nobody else is asked yet */
};

/* Before anything else is done for it. */
static bool is_readable(const char *path)
{
    struct file_fault fault;
    int fd = file_open(path, &fault);
    if (fd < 0) {
        complain(EX_NOINPUT, "%s: %s", path, file_words(&fault));
        return false;
    }
    close(fd);
    return true;
}

/* Returns -1 to go on, else an exit code. */
static int set_option(struct options *o, enum option_id id, const char *text)
{
    const struct setter *s = &setters[id];
    void *at = (char *)o + s->offset;
    if (id == OPTION_STARTTLS || id == OPTION_PROXY)
        return complain(EX_USAGE, message("--%s is not there yet"), rows[id].name);
    if (s->set)
        return s->set(o, text);
    if (s->kind == READABLE_FILE && !is_readable(text))
        return EX_NOINPUT;
    if (s->kind == FLAG)
        *(bool *)at = true;
    else if (s->kind != NOTHING)
        *(const char **)at = text;
    return -1;
}

/* c: what getopt said; word: the argument that it stopped at. */
static int refuse_word(int c, const char *word)
{
    char letter[3] = {'-', (char)optopt, '\0'};
    if (optopt > 0 && optopt < OPTION_BASE)
        word = letter;
    if (c == ':')
        return complain(EX_USAGE, message("%s needs a value (try whytls --help)"), word);
    return complain(EX_USAGE, message("%s is no option of ours (try whytls --help)"), word);
}

/* "explain -9802": a code of some program, and no options. A blank before it says so to getopt. */
static void keep_number(int argc, char **argv)
{
    static char number[24];
    bool is_explain = false;
    for (int i = 1; i < argc && !number[0]; i++) {
        size_t n = strlen(argv[i]);
        is_explain = is_explain || strcmp(argv[i], "explain") == 0;
        if (is_explain && n > 3 && n < sizeof(number) - 1 && argv[i][0] == '-' &&
            strspn(argv[i] + 1, "0123456789") == n - 1) {
            snprintf(number, sizeof(number), " %s", argv[i]);
            argv[i] = number;
        }
    }
}

int options_read(int argc, char **argv, struct options *o)
{
    struct option longs[OPTION_COUNT + 1] = {{0}};
    for (size_t i = 0; i < OPTION_COUNT; i++)
        longs[i] = (struct option){.name = rows[i].name,
                                   .has_arg = rows[i].argument ? required_argument : no_argument,
                                   .val = OPTION_BASE + (int)i};
    memset(o, 0, sizeof(*o));
    keep_number(argc, argv);
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
    o->request.target.has_client_certificate = o->request.cert != NULL;
    if (o->request.cert && !o->request.key)
        o->request.key = o->request.cert; /* as curl does: one file may hold both */
    o->n_args = argc - optind;
    o->args = argv + optind;
    return -1;
}
