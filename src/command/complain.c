/*
 * complain.c - what a command says on standard error when something is wrong.
 * SPDX-License-Identifier: MIT
 */
#include <stdarg.h>
#include <stdio.h>

#include "command.h"
#include "whytls/text.h"

enum { COMPLAINT_SIZE = 300 }; /* bytes: a few rows of a terminal */

int complain(int code, const char *format, ...)
{
    char said[COMPLAINT_SIZE], clean[COMPLAINT_SIZE];
    va_list args;
    va_start(args, format);
    vsnprintf(said, sizeof(said), format, args);
    va_end(args);
    /* What was typed may hold anything: it goes to a terminal only when it is clean. */
    text_clean_str_marked(clean, sizeof(clean), said);
    fprintf(stderr, "whytls: %s\n", clean);
    return code;
}
