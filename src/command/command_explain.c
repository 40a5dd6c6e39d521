/*
 * command_explain.c - a cause in plain words by its code, or what a pasted message means: from the
 * command line or from standard input. Parses nothing from outside.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "command.h"
#include "whytls/explain.h"
#include "whytls/message.h"
#include "whytls/file.h"
#include "whytls/report.h"
#include "whytls/walk.h"

enum { EXPLAIN_MAX_SAID = 65536, EXIT_NO_MESSAGE = 2 };

static int list_causes(void)
{
    const struct cause *c;
    for (size_t i = 0; (c = cause_at(i)); i++)
        printf("%s\t%s\n", c->code, c->slug);
    for (int i = 0; i < CONCLUSION_COUNT; i++)
        if ((c = conclusion_cause((enum conclusion)i)))
            printf("%s\t%s\n", c->code, c->slug);
    return EXIT_WORKS;
}

/* Prints what was made and ends it. */
static int print(struct buf *said, bool is_whole, int code)
{
    is_whole = is_whole && !said->failed;
    fputs(is_whole ? buf_text(said) : "", stdout);
    buf_fini(said);
    return is_whole ? code : complain(EX_OSERR, message("there is not enough memory"));
}

static int explain_cause(const struct cause *cause)
{
    struct buf said;
    buf_init(&said, EXPLAIN_MAX_SAID);
    report_cause(cause, &said);
    return print(&said, true, EXIT_WORKS);
}

static int explain_message(const struct options *o, const char *text, size_t n)
{
    struct explained e;
    struct buf said;
    explain_text(text, n, &e);
    if (e.no_memory)
        return complain(EX_OSERR, message("there is not enough memory"));
    int code = e.n_matches > 0 ? EXIT_WORKS : EXIT_NO_MESSAGE;
    buf_init(&said, EXPLAIN_MAX_SAID);
    if (o->json)
        return print(&said, report_explained_json(&e, o->redact, &said), code);
    if (e.n_matches == 0) {
        buf_fini(&said);
        return complain(
            code, message("explain: we know no such message; whytls check HOST finds out why a "
                          "connection fails"));
    }
    report_explained(&e, o->redact, &said);
    return print(&said, true, code);
}

static int explain_stdin(const struct options *o)
{
    struct buf text;
    struct file_fault fault;
    buf_init(&text, EXPLAIN_MAX_TEXT);
    bool is_read = file_read_any("-", &text, &fault);
    int code = is_read
                   ? explain_message(o, buf_text(&text), text.len)
                   : complain(file_lacks_memory(&fault) ? EX_OSERR : EX_DATAERR,
                              message("explain: the text cannot be read: %s"), file_words(&fault));
    buf_fini(&text);
    return code;
}

/* The words of the command line, a space between them. */
static int explain_words(const struct options *o)
{
    struct buf text;
    buf_init(&text, EXPLAIN_MAX_TEXT);
    for (int i = 0; i < o->n_args; i++) {
        buf_puts(&text, i > 0 ? " " : "");
        buf_puts(&text, o->args[i]);
    }
    int code = text.failed
                   ? complain(EX_USAGE, message("explain: the text is longer than %d bytes"),
                              EXPLAIN_MAX_TEXT)
                   : explain_message(o, buf_text(&text), text.len);
    buf_fini(&text);
    return code;
}

/* "W-603" and "chain.expired" are ours; any other text is a message. */
static bool is_our_code(const char *text)
{
    return (text[0] == 'W' || text[0] == 'w') && text[1] == '-' && strlen(text) == 5 &&
           strspn(text + 2, "0123456789") == 3;
}

int command_explain(const struct options *o)
{
    if (o->list)
        return list_causes();
    if (o->n_args < 1)
        return complain(EX_USAGE, message("explain needs a message, or a code such as W-603"));
    const struct cause *cause = o->n_args == 1 && !o->json ? cause_find(o->args[0]) : NULL;
    if (cause)
        return explain_cause(cause);
    if (o->n_args == 1 && !o->json && is_our_code(o->args[0]))
        return complain(EX_USAGE, message("explain: there is no cause with the code %s"),
                        o->args[0]);
    return o->n_args == 1 && strcmp(o->args[0], "-") == 0 ? explain_stdin(o) : explain_words(o);
}
