/*
 * role.h - what a cell on the screen means. Pages draw in roles, a theme (theme.h) says how each
 * looks; so a colour never has to be named where a meaning will do.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_ROLE_H
#define WHYTLS_ROLE_H

#include "whytls/message.h"

/* Name in theme files, letter in role dumps, and what it is for. Sorted as a page is read. */
#define ROLE_LIST(X)                                                                               \
    X(TEXT, "text", '.', N_("all that has no other role"))                                         \
    X(MUTED, "muted", 'm', N_("less important words"))                                             \
    X(TITLE, "title", 'T', N_("what the page is about"))                                           \
    X(HEADING, "heading", 'H', N_("the parts of a page"))                                          \
    X(RULE, "rule", '-', N_("lines between parts"))                                                \
    X(OK, "ok", 'o', N_("nothing wrong here"))                                                     \
    X(FAIL, "fail", 'F', N_("here is a fault"))                                                    \
    X(WARN, "warn", 'w', N_("a weakness, no fault"))                                               \
    X(INFO, "info", 'i', N_("good to know"))                                                       \
    X(BUSY, "busy", 'b', N_("being asked now"))                                                    \
    X(SKIP, "skip", 's', N_("not needed for this answer"))                                         \
    X(UNKNOWN, "unknown", 'u', N_("we could not tell"))                                            \
    X(FOCUS, "focus", '>', N_("where the keys act"))                                               \
    X(FOCUS_INACTIVE, "focus-inactive", ')', N_("the same, in a part that is not in use"))         \
    X(FIELD, "field", 'f', N_("what one types into"))                                              \
    X(FIELD_ERROR, "field-error", 'x', N_("what was typed there can't be right"))                  \
    X(HINT_ENTER, "hint-enter", 'E', N_("what Enter does now"))                                    \
    X(KEY, "key", 'k', N_("a key"))                                                                \
    X(KEY_LABEL, "key-label", 'l', N_("what a key does"))                                          \
    X(PATH_WALKED, "path-walked", '=', N_("a question that was asked"))                            \
    X(PATH_NOT_TAKEN, "path-not-taken", 'n', N_("a branch that was not taken"))                    \
    X(PATH_HERE, "path-here", '*', N_("where the answer is"))                                      \
    X(EVIDENCE, "evidence", 'e', N_("what was seen"))                                              \
    X(QUOTE, "quote", 'q', N_("words of others, as they were sent"))                               \
    X(REDACTED, "redacted", 'r', N_("names are hidden"))                                           \
    X(DIALOG, "dialog", 'd', N_("a question of ours"))                                             \
    X(DANGER, "danger", 'D', N_("stop, and ask somebody"))                                         \
    X(QR, "qr", 'Q', N_("the picture for a telephone"))

enum role {
#define X(ident, name, letter, words) ROLE_##ident,
    ROLE_LIST(X)
#undef X
        ROLE_COUNT
};

const char *role_name(enum role r);
char role_letter(enum role r);
const char *role_words(enum role r);

#endif
