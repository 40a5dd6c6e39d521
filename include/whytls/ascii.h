/*
 * ascii.h - letters, digits and numbers of protocols and files: ASCII, whatever the locale. What
 * libc has for it follows LC_CTYPE: in Turkish 'I' is no capital of 'i', and in an 8-bit character
 * set a byte over 0x7F may be a letter. Bytes over 0x7F are nothing here. Uses libc only.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_ASCII_H
#define WHYTLS_ASCII_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

bool ascii_isdigit(char c);
bool ascii_isalpha(char c);
bool ascii_isalnum(char c);
/* Space, and TAB, LF, VT, FF, CR: what isspace() has in the locale C. */
bool ascii_isspace(char c);

/* Other characters stay as they are. */
char ascii_tolower(char c);
char ascii_toupper(char c);

/* The value of a hex digit of either case, -1 where it is none. */
int ascii_hex_value(char c);

/* n bytes of each, where case does not matter; a NUL is a byte like another. */
bool ascii_equal_nocase(const char *a, const char *b, size_t n);

/* Reads the decimal digits at *at and moves past them. Returns -1, and *at stays, where there are
 * none or they say more than most. No sign and no space is taken. */
int64_t ascii_take_number(const char **at, int64_t most);

#endif
