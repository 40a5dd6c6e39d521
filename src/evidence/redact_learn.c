/*
 * redact_learn.c - collects from evidence what names somebody. A free text of a server is searched
 * for words that look like names; where anything in it may be one, the whole text is hidden.
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "redact_book.h"
#include "whytls/ascii.h"

enum { WORD_MAX = 512 };

/* A member that is a host's name or an address, with one label too. */
static void add_host(struct book *b, const char *name)
{
    (void)book_put(b, book_is_address(name) ? NAME_ADDRESS : NAME_HOST, name, 0);
}

static void add_if_name(struct book *b, const char *word)
{
    if (book_is_address(word) || book_is_host(word) || strchr(word, '@') != NULL) {
        book_add(b, word);
    }
}

static bool is_word_char(char c)
{
    return ascii_isalnum(c) || (unsigned char)c >= 0x80 ||
           (c != '\0' && strchr(".-_:%@", c) != NULL);
}

/* A run of word characters: an IPv6 address, or words with colons between (shop.example:443). */
static void add_run(struct book *b, char *run)
{
    size_t n = strlen(run);

    /* A stop at its end belongs to the sentence, unless it is one of an address (fe80::). */
    while (n > 0 && strchr(".:-", run[n - 1]) != NULL && !book_is_address(run)) {
        run[--n] = '\0';
    }
    if (book_is_address(run)) {
        book_add(b, run);
        return;
    }
    for (char *word = run; word != NULL;) {
        char *colon = strchr(word, ':');

        if (colon != NULL) {
            *colon++ = '\0';
        }
        add_if_name(b, word);
        word = colon;
    }
}

/* The names in a free text. */
static void add_words(struct book *b, const char *text)
{
    while (*text != '\0') {
        char run[WORD_MAX];
        size_t n = 0;

        while (is_word_char(text[n])) {
            n++;
        }
        if (n > 0 && n < sizeof run) {
            memcpy(run, text, n);
            run[n] = '\0';
            add_run(b, run);
        }
        text += n > 0 ? n : 1;
    }
}

static void add_target(struct book *b, const struct target *t)
{
    enum name_kind kind = book_is_address(t->ascii) ? NAME_ADDRESS : NAME_HOST;
    unsigned number = book_put(b, kind, t->ascii, 0);

    /* The name as shown, as sent, and all that was typed are one: the same number. */
    (void)book_put(b, kind, t->host, number);
    (void)book_put(b, kind, t->typed, number);
    add_host(b, t->connect_to);
    add_host(b, t->server_name);
}

/* Of these two kinds the first line has no name in it; of others any word may be one. */
static bool is_plain_banner(enum protocol p)
{
    return p == PROTOCOL_HTTP || p == PROTOCOL_SSH;
}

static void add_probe(struct book *b, const struct probe *p)
{
    const struct outcome *o = &p->outcome;
    bool is_plain = is_plain_banner(o->protocol);
    const char *by = strchr(o->http_via, ' ');

    add_host(b, p->settings.address);
    add_host(b, p->settings.server_name);
    add_host(b, p->settings.host);
    add_words(b, o->banner);
    if (!is_plain) {
        (void)book_put(b, NAME_TEXT, o->banner, 0);
    }
    add_words(b, o->http_server);
    if (by != NULL) { /* "1.1 name": the name may be any word (RFC 9110 7.6.3) */
        (void)book_put(b, NAME_HOST, by + 1, 0);
    }
    add_words(b, o->http_title);
    if (o->http_status <
        400) { /* a page's title names its owner; an error's words are the server's */
        (void)book_put(b, NAME_TEXT, o->http_title, 0);
    }
    for (size_t i = 0; i < p->n_events; i++) {
        add_words(b, p->events[i].text);
        if (p->events[i].kind == EVENT_BYTES && !is_plain) {
            (void)book_put(b, NAME_TEXT, p->events[i].text, 0);
        }
    }
}

/* Who is named as an authority may be the company, and the user's own certificate names the user.
 */
static void add_cards(struct book *b, const struct evidence *ev)
{
    for (size_t i = 0; i < ev->n_requests; i++) {
        const struct card_request *request = &ev->requests[i];

        for (size_t k = 0; k < request->n_authorities; k++) {
            book_add(b, request->authorities[k].name);
            book_add(b, request->authorities[k].organisation);
            book_add_text(b, request->authorities[k].dn);
        }
    }
    for (size_t i = 0; i < ev->n_own; i++) {
        book_add_certificate(b, &ev->own[i].der);
    }
}

static void add_file(struct book *b, const char *file)
{
    if (strncmp(file, "/etc/", 5) != 0 && strncmp(file, "/usr/", 5) != 0) {
        (void)book_put(b, NAME_USER, file, 0); /* a path in a home has a name in it */
    }
}

static void add_facts(struct book *b, const struct facts *f)
{
    for (size_t i = 0; i < POLICY_COUNT; i++) {
        add_file(b, f->policies[i].file);
        add_words(b, f->policies[i].line);
    }
    for (; b->n_anchors < f->n_anchors; b->n_anchors++) {
        book_add_certificate(b, &f->anchors[b->n_anchors].der);
    }
    for (size_t i = 0; i < f->n_roots; i++) {
        book_add_certificate(b, &f->roots[i].der);
    }
    for (size_t i = 0; i < f->n_stores; i++) {
        add_file(b, f->stores[i].file);
    }
}

void book_learn(struct book *b, const struct evidence *ev)
{
    add_target(b, &ev->target);
    for (size_t i = 0; i < ev->resolution.n_addresses; i++) {
        add_host(b, ev->resolution.addresses[i]);
    }
    for (size_t i = 0; i < ev->n_probes; i++) {
        add_probe(b, &ev->probes[i]);
    }
    for (size_t i = 0; i < ev->n_fetches; i++) {
        add_words(b, ev->fetches[i].url);
        add_host(b, ev->fetches[i].address);
        (void)book_put(b, NAME_TEXT, ev->fetches[i].url, 0); /* its path may name an owner */
    }
    for (size_t i = 0; i < ev->n_certificates; i++) {
        book_add_certificate(b, &ev->certificates[i].der);
    }
    for (size_t i = 0; i < ev->n_statements; i++) {
        book_add_certificate(b, &ev->statements[i].der); /* its signer's name, in the same DER */
    }
    add_cards(b, ev);
    add_facts(b, &ev->facts);
    book_sort(b);
}
