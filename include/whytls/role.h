/*
 * role.h - what a cell on the screen means. Pages draw in roles, a theme (theme.h) says how each
 * looks; so a colour never has to be named where a meaning will do.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_ROLE_H
#define WHYTLS_ROLE_H

/* Name in theme files, letter in role dumps, and what it is for. Sorted as a page is read. */
#define ROLE_LIST(X)                                                                               \
    X(TEXT, "text", '.', "all that has no other role")                                             \
    X(MUTED, "muted", 'm', "less important words")                                                 \
    X(TITLE, "title", 'T', "what the page is about")                                               \
    X(HEADING, "heading", 'H', "the parts of a page")                                              \
    X(RULE, "rule", '-', "lines between parts")                                                    \
    X(OK, "ok", 'o', "nothing wrong here")                                                         \
    X(FAIL, "fail", 'F', "here is a fault")                                                        \
    X(WARN, "warn", 'w', "a weakness, no fault")                                                   \
    X(INFO, "info", 'i', "good to know")                                                           \
    X(BUSY, "busy", 'b', "being asked now")                                                        \
    X(SKIP, "skip", 's', "not needed for this answer")                                             \
    X(UNKNOWN, "unknown", 'u', "we could not tell")                                                \
    X(FOCUS, "focus", '>', "where the keys act")                                                   \
    X(FOCUS_INACTIVE, "focus-inactive", ')', "the same, in a part that is not in use")             \
    X(FIELD, "field", 'f', "what one types into")                                                  \
    X(FIELD_ERROR, "field-error", 'x', "what was typed there can't be right")                      \
    X(HINT_ENTER, "hint-enter", 'E', "what Enter does now")                                        \
    X(KEY, "key", 'k', "a key")                                                                    \
    X(KEY_LABEL, "key-label", 'l', "what a key does")                                              \
    X(PATH_WALKED, "path-walked", '=', "a question that was asked")                                \
    X(PATH_NOT_TAKEN, "path-not-taken", 'n', "a branch that was not taken")                        \
    X(PATH_HERE, "path-here", '*', "where the answer is")                                          \
    X(EVIDENCE, "evidence", 'e', "what was seen")                                                  \
    X(QUOTE, "quote", 'q', "words of others, as they were sent")                                   \
    X(REDACTED, "redacted", 'r', "names are hidden")                                               \
    X(DIALOG, "dialog", 'd', "a question of ours")                                                 \
    X(DANGER, "danger", 'D', "stop, and ask somebody")                                             \
    X(QR, "qr", 'Q', "the picture for a telephone")

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
