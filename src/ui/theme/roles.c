/*
 * roles.c - the names of roles: see role.h. A constant table only.
 * SPDX-License-Identifier: MIT
 */
#include "whytls/role.h"

static const struct {
    const char *name;
    char letter;
    const char *words;
} roles[] = {
#define X(ident, role_name, role_letter, role_words)                                               \
    [ROLE_##ident] = {role_name, role_letter, role_words},
    ROLE_LIST(X)
#undef X
};

const char *role_name(enum role r)
{
    return r < ROLE_COUNT ? roles[r].name : "";
}

char role_letter(enum role r)
{
    return r < ROLE_COUNT ? roles[r].letter : '?';
}

const char *role_words(enum role r)
{
    return r < ROLE_COUNT ? roles[r].words : "";
}
