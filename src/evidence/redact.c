/*
 * redact.c - hides in an output what the book of the case names: host-1, addr-1, org-1, the same
 * for the same everywhere, so that a reader still sees which ones are equal. Uses cJSON.
 * SPDX-License-Identifier: MIT
 */
#include "whytls/case.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "redact_book.h"
#include "whytls/text.h"
#include "whytls/ascii.h"

enum { OUTPUT_MAX = 4 * CASE_MAX_BYTES };

struct veil {
    struct book book;
    unsigned what; /* HIDE_ bits, for the time of one call */
};

static bool is_alnum(char c)
{
    return ascii_isalnum(c) || (unsigned char)c >= 0x80;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\n';
}

/* Was a name cut here, to be shown? */
static bool is_cut(const char *at)
{
    const char *mark = TEXT_CUT;
    bool has_space = is_space(*at); /* or the end of a line that was wrapped */

    while (is_space(*at)) {
        at++;
    }
    return has_space && strncmp(at, mark + 1, strlen(mark) - 1) == 0;
}

/* Length of name at text, 0 where it is not there. A space stands for a line that was wrapped too.
 */
static size_t match(const char *text, const char *name, bool any_case)
{
    const char *at = text;

    while (*name != '\0') {
        char a[] = {*at, '\0'}, b[] = {*name, '\0'};

        if (at > text && is_cut(at)) {
            break; /* its beginning: that names as well */
        }
        if (*name == ' ' && is_space(*at)) {
            while (is_space(*at)) {
                at++;
            }
            name += strspn(name, " ");
            continue;
        }
        if (*at == '\0' || (*at != *name && !(any_case && text_equal_nocase(a, b)))) {
            return 0;
        }
        at++;
        name++;
    }
    return (size_t)(at - text);
}

/* Is what ends here a word of its own? "shop.example" is none in "shop.example.org". */
static bool ends_word(const char *end)
{
    if (*end == '.' || *end == '-' || *end == '_') {
        return !is_alnum(end[1]);
    }
    return !is_alnum(*end);
}

static unsigned bit_of(enum name_kind kind)
{
    return kind == NAME_ADDRESS ? HIDE_ADDRESSES : kind == NAME_USER ? HIDE_MINE : HIDE_NAMES;
}

/* The longest name of the book that stands here; *n is its length in the text. */
static const struct book_entry *name_at(const struct veil *v, const char *text, const char *at,
                                        size_t *n)
{
    const struct book *b = &v->book;

    if (at > text && (is_alnum(at[-1]) || at[-1] == '_' || at[-1] == '-')) {
        return NULL; /* after a dot it is the end of a longer name, and hidden too */
    }
    for (size_t i = 0; i < b->n; i++) {
        const struct book_entry *e = &b->entries[i];

        if ((bit_of(e->kind) & v->what) == 0) {
            continue;
        }
        *n = match(at, e->name, e->kind == NAME_HOST || e->kind == NAME_ADDRESS);
        if (*n > 0 && ends_word(at + *n)) {
            return e;
        }
    }
    return NULL;
}

static void hide_text(const struct veil *v, const char *text, struct buf *out)
{
    const char *at = text;

    while (*at != '\0') {
        size_t n = 0;
        const struct book_entry *e = name_at(v, text, at, &n);

        if (e != NULL) {
            buf_printf(out, "%s-%u", book_word(e->kind), e->number);
            at += n;
        } else {
            buf_put(out, at++, 1);
        }
    }
}

/* Of TLS the first bytes are a header and random numbers; of all else, words with names in them. */
static bool is_tls_hex(const char *hex)
{
    return hex[0] == '1' && hex[1] >= '4' && hex[1] <= '8';
}

/* Bytes that have names in them: they are left out. */
static bool is_bytes(const struct veil *v, const char *name, const char *value)
{
    if ((v->what & (HIDE_NAMES | HIDE_ADDRESSES)) == 0) {
        return false;
    }
    return strcmp(name, "der") == 0 || strcmp(name, "request") == 0 ||
           (strcmp(name, "first_bytes") == 0 && !is_tls_hex(value));
}

static bool hide_string(const struct veil *v, cJSON *item)
{
    const char *name = item->string != NULL ? item->string : "";
    struct buf out;
    bool good = false;

    buf_init(&out, OUTPUT_MAX);
    if (!is_bytes(v, name, item->valuestring)) {
        hide_text(v, item->valuestring, &out);
    }
    good = !out.failed && cJSON_SetValuestring(item, buf_text(&out)) != NULL;
    buf_fini(&out);
    return good;
}

static bool hide_items(const struct veil *v, cJSON *tree)
{
    cJSON *item = NULL;

    cJSON_ArrayForEach(item, tree)
    {
        if (cJSON_IsString(item) ? !hide_string(v, item) : !hide_items(v, item)) {
            return false;
        }
    }
    return true;
}

/* Of a case that has lost its certificates the reader is told so. */
static bool mark_redacted(const struct veil *v, cJSON *root)
{
    if ((v->what & (HIDE_NAMES | HIDE_ADDRESSES)) == 0 ||
        !cJSON_GetObjectItemCaseSensitive(root, "schema") ||
        cJSON_GetObjectItemCaseSensitive(root, "redacted")) {
        return true;
    }
    return cJSON_AddTrueToObject(root, "redacted") != NULL;
}

/* Printed again as it was: in one line, or in many. */
static void hide_json(const struct veil *v, cJSON *root, const char *text, struct buf *out)
{
    bool is_long = strchr(text, '\n') != NULL && strchr(text, '\n')[1] != '\0';
    char *hidden = NULL;

    if (hide_items(v, root) && mark_redacted(v, root)) {
        hidden = is_long ? cJSON_Print(root) : cJSON_PrintUnformatted(root);
    }
    if (hidden == NULL) {
        out->failed = true;
        return;
    }
    buf_puts(out, hidden);
    if (text[0] != '\0' && text[strlen(text) - 1] == '\n') {
        buf_puts(out, "\n");
    }
    cJSON_free(hidden);
}

struct veil *veil_new(void)
{
    return calloc(1, sizeof(struct veil));
}

void veil_free(struct veil *v)
{
    if (v != NULL) {
        book_fini(&v->book);
        free(v);
    }
}

void veil_learn(struct veil *v, const struct evidence *ev)
{
    book_learn(&v->book, ev);
}

void veil_learn_mine(struct veil *v, const char *name)
{
    book_learn_mine(&v->book, name);
}

void veil_hide(const struct veil *v, unsigned what, const char *text, struct buf *out)
{
    struct veil with = *v;

    with.what = what;
    if (v->book.failed) {
        out->failed = true;
        return;
    }
    hide_text(&with, text, out);
}

char *veil_output(const struct veil *v, unsigned what, const char *text)
{
    cJSON *root = text[0] == '{' ? cJSON_ParseWithOpts(text, NULL, 1) : NULL;
    struct veil with = *v;
    struct buf out;

    with.what = what;
    buf_init(&out, OUTPUT_MAX);
    if (v->book.failed) {
        out.failed = true;
    } else if (root != NULL) {
        hide_json(&with, root, text, &out);
    } else {
        hide_text(&with, text, &out);
    }
    cJSON_Delete(root);
    return buf_take(&out);
}

char *case_redact_output(const struct evidence *ev, const char *text)
{
    struct veil v = {0};

    veil_learn(&v, ev);
    char *hidden = veil_output(&v, HIDE_ALL, text);
    book_fini(&v.book);
    return hidden;
}
