/*
 * embed_messages.c - turns src/data/messages.json into the constant table of explain.h, so that
 * nothing of it is parsed while the program runs. Takes plain JSON of that form, ASCII and no \u;
 * what is wrong is said with its line. Runs at build time only.
 * SPDX-License-Identifier: MIT
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_MAX = 4 << 20, TEXT_MAX = 512, LIST_MAX = 8, KINDS_MAX = 400 };

static char file[FILE_MAX];
static const char *at = file;
static char kinds[KINDS_MAX][TEXT_MAX];
static size_t n_kinds;

static void fail(const char *what)
{
    size_t line = 1;
    for (const char *p = file; p < at; p++)
        line += *p == '\n';
    fprintf(stderr, "messages.json:%zu: %s\n", line, what);
    exit(1);
}

static char peek(void)
{
    while (*at == ' ' || *at == '\n' || *at == '\t' || *at == '\r')
        at++;
    return *at;
}

static bool take(char c)
{
    if (peek() != c)
        return false;
    at++;
    return true;
}

static void need(char c)
{
    char what[] = "\"?\" is missing here";
    what[1] = c;
    if (!take(c))
        fail(what);
}

/* Escapes stay as they are: those that are allowed mean the same in C. */
static void text(char out[TEXT_MAX])
{
    size_t n = 0;
    need('"');
    for (; *at != '"'; at++) {
        if (*at < ' ' || *at > '~')
            fail("only ASCII may stand here, on one line");
        if (n + 3 > TEXT_MAX)
            fail("this text is too long");
        if (*at == '\\' && at[1] != '"' && at[1] != '\\')
            fail("only \\\" and \\\\ may be escaped");
        if (*at == '\\')
            out[n++] = *at++;
        else if (*at == '?' && n > 0 && out[n - 1] == '?')
            out[n++] = '\\'; /* no trigraphs */
        out[n++] = *at;
    }
    at++;
    out[n] = '\0';
}

/* {"a", "b"}: the list as C has it. */
static void list(const char *name)
{
    char one[TEXT_MAX];
    size_t n = 0;
    printf(" .%s = {", name);
    need('[');
    do {
        text(one);
        printf("%s\"%s\"", n ? ", " : "", one);
        if (++n > LIST_MAX)
            fail("this list is too long");
    } while (take(','));
    need(']');
    printf("},");
}

static bool is(const char *name, const char *const *names)
{
    for (; *names; names++)
        if (strcmp(*names, name) == 0)
            return true;
    return false;
}

static void flag(const char *name)
{
    peek();
    if (strncmp(at, "true", 4) != 0)
        fail("only true may stand here");
    at += 4;
    printf(" .%s = true,", name);
}

static void kind_row(void)
{
    static const char *const texts[] = {"means", "check", NULL};
    char name[TEXT_MAX], value[TEXT_MAX];
    printf("    {");
    do {
        text(name);
        need(':');
        if (strcmp(name, "causes") == 0) {
            list("causes");
        } else if (is(name, texts)) {
            text(value);
            printf(" .%s = \"%s\",", name, value);
        } else if (strcmp(name, "kind") == 0 && n_kinds < KINDS_MAX) {
            text(kinds[n_kinds]);
            printf(" .name = \"%s\",", kinds[n_kinds++]);
        } else {
            fail("a kind has kind, means, check and causes");
        }
    } while (take(','));
    printf("},\n");
}

static size_t find_kind(const char *name)
{
    for (size_t i = 0; i < n_kinds; i++)
        if (strcmp(kinds[i], name) == 0)
            return i;
    fail("there is no such kind");
    return 0;
}

static void message_row(void)
{
    static const char *const texts[] = {"id", "program", "pattern", NULL};
    char name[TEXT_MAX], value[TEXT_MAX];
    printf("    {");
    do {
        text(name);
        need(':');
        if (strcmp(name, "codes") == 0) {
            list("codes");
        } else if (is(name, texts)) {
            text(value);
            printf(" .%s = \"%s\",", name, value);
        } else if (strcmp(name, "kind") == 0) {
            text(value);
            printf(" .kind = &kinds[%zu],", find_kind(value));
        } else if (strcmp(name, "wide") == 0) {
            flag("is_wide");
        } else if (strcmp(name, "like") == 0) {
            flag("is_like");
        } else if (strcmp(name, "tls") == 0) {
            flag("needs_tls");
        } else {
            fail("a message has id, program, pattern, kind, codes, wide, like and tls");
        }
    } while (take(','));
    printf("},\n");
}

static void rows(const char *name, void (*row)(void))
{
    char found[TEXT_MAX];
    text(found);
    if (strcmp(found, name) != 0)
        fail("schema, kinds and messages come in this order");
    need(':');
    need('[');
    do {
        need('{');
        row();
        need('}');
    } while (take(','));
    need(']');
}

int main(int argc, char **argv)
{
    char name[TEXT_MAX], value[TEXT_MAX];
    FILE *f = argc == 2 ? fopen(argv[1], "rb") : NULL;
    if (!f || fread(file, 1, sizeof(file) - 1, f) == sizeof(file) - 1) {
        fprintf(stderr, "usage: messages FILE (less than %d bytes)\n", FILE_MAX);
        return 64;
    }
    fclose(f);
    need('{');
    text(name);
    need(':');
    text(value);
    if (strcmp(name, "schema") != 0 || strcmp(value, "whytls-messages-1") != 0)
        fail("its schema must be \"whytls-messages-1\"");
    need(',');
    printf("#include \"whytls/explain.h\"\nstatic const struct message_kind kinds[] = {\n");
    rows("kinds", kind_row);
    need(',');
    printf("};\nconst struct message explain_messages[] = {\n");
    rows("messages", message_row);
    need('}');
    printf("    {.id = NULL}};\n");
    return 0;
}
