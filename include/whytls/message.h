/*
 * message.h - texts for people in their language. The English text is the msgid, whole sentences
 * with {keys}; catalogues are compiled in (po/, GNU gettext's .mo). Ids, JSON and exit codes are
 * never translated. glibc's own lookup is not used: what it finds depends on which locales a
 * machine has, and a program that is a single file has none. Uses libc only.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_MESSAGE_H
#define WHYTLS_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Marks a text for xgettext where it stands in a table; message() translates it where it is shown.
 * So are the words that diagnosis, chain, evidence and the lab hand out (step_question, who_words,
 * change_words, store_kind_name, alert_name, a check's question, a scenario's summary): msgids, for
 * nothing there may depend on the language. What advice and report hand out is in the language that
 * is spoken; but the ways (advice_way) are a table.
 */
#define N_(text) text

/* A .mo file; bytes are borrowed for good. */
struct catalogue {
    const char *language; /* "de", "pt_BR" */
    const char *bytes;
    size_t len;
};

/* The pseudo-language: each text in brackets, with accents and 40 % longer. For tests, and for who
 * looks whether a page has room for a translation. */
#define MESSAGE_PSEUDO "qps"

/* The languages there are besides English and the pseudo-language: n catalogues, borrowed. */
void message_set_catalogues(const struct catalogue *list, size_t n);
/*
 * Speaks the language of a tag as POSIX writes it ("de", "de_AT.UTF-8", "C"): its own catalogue, or
 * that of the language without its country. False, and English, where there is none; "C", "POSIX"
 * and "en" are English and true.
 */
bool message_use(const char *tag);
/* The language of LC_ALL, LC_MESSAGES or LANG, or the first of LANGUAGE that there is (as gettext
 * reads them). English where none is. */
void message_use_environment(void);
/* The tag of what is spoken: "en", "de", MESSAGE_PSEUDO. Borrowed. */
const char *message_language(void);

/* The text in the language that is spoken; itself where it has no translation. Borrowed for good.
 */
const char *message(const char *english) __attribute__((format_arg(1)));
/* The same where a number decides on the sentence: whole sentences both. */
const char *message_plural(const char *one, const char *many, unsigned long n)
    __attribute__((format_arg(1), format_arg(2)));

/* For what programs read: English between a call with true and the next with false. They nest. */
void message_in_english(bool is_begun);

#endif
