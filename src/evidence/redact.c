/*
 * redact.c - hides in a text what the aliases of the case names: host-1, addr-1, org-1, the same
 * for the same everywhere, so that a reader still sees which ones are equal. Texts come whole,
 * before they are escaped or laid out (redaction.h). Fuzzed by fuzz_redact.
 * SPDX-License-Identifier: MIT
 */
#include <stdlib.h>
#include <string.h>

#include "redact_aliases.h"
#include "whytls/ascii.h"
#include "whytls/case.h"
#include "whytls/text.h"

/*
 * What of a name is enough where the rest was cut off, and nothing says so (TEXT_CUT): the arrays
 * of the evidence are 64 bytes and more, so a text that ends within a name is as long as that. What
 * goes on after the cut (a closing quotation mark) needs more of it: names that merely begin alike
 * are not the same.
 */
enum { CUT_TEXT = 60, CUT_LEAST = 4, CUT_SURE = 24 };

struct redactor {
    struct aliases aliases;
};

static bool is_alnum(char c)
{
    return ascii_isalnum(c) || (unsigned char)c >= 0x80;
}

static bool is_cut_mark(const char *at)
{
    return strncmp(at, TEXT_CUT, strlen(TEXT_CUT)) == 0;
}

/* How many bytes of the name stand at this place of a text. The mark of a cut is none of them,
 * though a name may go on with a space as well. */
static size_t count_common(const char *at, const char *name, bool any_case)
{
    size_t n = 0;

    while (name[n] != '\0' &&
           (at[n] == name[n] || (any_case && ascii_tolower(at[n]) == ascii_tolower(name[n])))) {
        n++;
    }
    return n > 1 && name[n] != '\0' && is_cut_mark(at + n - 1) ? n - 1 : n;
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

/* These n bytes are a name's beginning, and the rest of it was cut off. */
static bool is_cut(const char *text, const char *at, size_t n)
{
    if (is_cut_mark(at + n)) {
        return true;
    }
    if (at[n] == '\0' && n >= CUT_LEAST && (size_t)(at + n - text) >= CUT_TEXT) {
        return true;
    }
    return n >= CUT_SURE && ends_word(at + n);
}

static bool is_any_case(const struct alias *e)
{
    return e->kind == NAME_HOST || e->kind == NAME_ADDRESS;
}

/* The name of the aliases of which most stands here, whole or cut; *n: bytes. */
static const struct alias *name_at(const struct redactor *v, unsigned what, const char *text,
                                   const char *at, size_t *n)
{
    const struct alias *best = NULL;

    *n = 0;
    if (at > text && (is_alnum(at[-1]) || at[-1] == '_' || at[-1] == '-')) {
        return NULL; /* after a dot it is the end of a longer name, and hidden too */
    }
    for (size_t i = 0; i < v->aliases.n; i++) { /* the longest first */
        const struct alias *e = &v->aliases.entries[i];
        size_t common = count_common(at, e->name, is_any_case(e));

        if (common == 0 || (bit_of(e->kind) & what) == 0) {
            continue;
        }
        bool is_whole = e->name[common] == '\0' && ends_word(at + common);

        if (common > *n && (is_whole || is_cut(text, at, common))) {
            *n = common;
            best = e;
        }
        if (is_whole) {
            break; /* the others are shorter */
        }
    }
    return best;
}

static void hide_text(const struct redactor *v, unsigned what, const char *text, struct buf *out)
{
    const char *at = text;

    while (*at != '\0') {
        size_t n = 0;
        const struct alias *e = name_at(v, what, text, at, &n);

        if (e != NULL) {
            buf_printf(out, "%s-%u", alias_word(e->kind), e->number);
            at += n;
        } else {
            buf_put(out, at++, 1);
        }
    }
}

struct redactor *redactor_new(void)
{
    return calloc(1, sizeof(struct redactor));
}

void redactor_free(struct redactor *v)
{
    if (v != NULL) {
        aliases_fini(&v->aliases);
        free(v);
    }
}

void redactor_learn(struct redactor *v, const struct evidence *ev)
{
    aliases_learn(&v->aliases, ev);
}

void redactor_learn_mine(struct redactor *v, const char *name)
{
    aliases_learn_mine(&v->aliases, name);
}

bool redactor_knows_all(const struct redactor *v)
{
    return v != NULL && !v->aliases.failed;
}

static void hide(const struct redaction *c, const char *text, struct buf *out)
{
    const struct redactor *v = c->ctx;

    if (!redactor_knows_all(v)) {
        out->failed = true;
        return;
    }
    hide_text(v, c->what, text, out);
}

struct redaction redactor_redaction(const struct redactor *v, unsigned what)
{
    return (struct redaction){.hide = hide, .ctx = v, .what = what};
}
