/*
 * evidence.c - the evidence's memory: what is added, found and dropped, and case codes.
 * Everything has a ceiling, so that no server and no file can make it grow. Uses base only.
 * SPDX-License-Identifier: MIT
 */
#include "whytls/evidence.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "whytls/ascii.h"
#include "whytls/text.h"

/* In base64 all of them together must leave room in a case of CASE_MAX_BYTES. */
enum {
    CERTIFICATE_MAX_BYTES = 64 * 1024,
    CERTIFICATES_MAX_BYTES = 1024 * 1024,
    ANCHORS_MAX_BYTES = 512 * 1024,
    STATEMENTS_MAX_BYTES = 640 * 1024,
    ROOTS_MAX_BYTES = 256 * 1024,
    OWN_MAX_BYTES = 128 * 1024,
};

struct evidence *evidence_new(void)
{
    return calloc(1, sizeof(struct evidence));
}

void evidence_free(struct evidence *ev)
{
    if (ev == NULL) {
        return;
    }
    for (size_t i = 0; i < ev->n_certificates; i++) {
        blob_fini(&ev->certificates[i].der);
    }
    for (size_t i = 0; i < ev->n_statements; i++) {
        blob_fini(&ev->statements[i].der);
    }
    for (size_t i = 0; i < ev->facts.n_anchors; i++) {
        blob_fini(&ev->facts.anchors[i].der);
    }
    for (size_t i = 0; i < ev->facts.n_roots; i++) {
        blob_fini(&ev->facts.roots[i].der);
    }
    for (size_t i = 0; i < ev->n_own; i++) {
        blob_fini(&ev->own[i].der);
    }
    free(ev->kept);
    free(ev);
}

bool evidence_is_closed(const struct evidence *ev)
{
    return ev->offline || ev->stopped || ev->settled;
}

struct probe *evidence_add_probe(struct evidence *ev, const struct settings *settings,
                                 unsigned changes)
{
    struct probe *p = NULL;

    assert(ev->n_probes <= EVIDENCE_MAX_PROBES);
    if (ev->n_probes == EVIDENCE_MAX_PROBES) {
        return NULL;
    }
    p = &ev->probes[ev->n_probes++];
    *p = (struct probe){.settings = *settings,
                        .changes = changes,
                        .outcome = {.alert = -1, .staple = -1, .request = -1}};
    return p;
}

const struct probe *evidence_probe_at(const struct evidence *ev, int index)
{
    return index >= 0 && (size_t)index < ev->n_probes ? &ev->probes[index] : NULL;
}

const struct probe *evidence_find_probe(const struct evidence *ev, const struct settings *settings,
                                        unsigned changes)
{
    for (size_t i = ev->n_probes; i > 0; i--) {
        const struct probe *p = &ev->probes[i - 1];

        if (p->changes == changes && settings_equal(&p->settings, settings)) {
            return p;
        }
    }
    return NULL;
}

static bool blob_is(const struct blob *b, const void *data, size_t len)
{
    return b->len == len && memcmp(b->data, data, len) == 0;
}

/* Keeps a copy of what came in; what is lost for want of memory is missed by every answer. */
static bool keep(struct evidence *ev, struct blob *b, const void *der, size_t len)
{
    bool is_kept = blob_set(b, der, len);

    ev->no_memory = ev->no_memory || !is_kept;
    return is_kept;
}

int evidence_add_certificate(struct evidence *ev, const void *der, size_t len)
{
    size_t total = 0;

    if (len == 0 || len > CERTIFICATE_MAX_BYTES) {
        return -1;
    }
    for (size_t i = 0; i < ev->n_certificates; i++) {
        if (blob_is(&ev->certificates[i].der, der, len)) {
            return (int)i;
        }
        total += ev->certificates[i].der.len;
    }
    if (ev->n_certificates == EVIDENCE_MAX_CERTIFICATES || total + len > CERTIFICATES_MAX_BYTES) {
        return -1;
    }
    ev->certificates[ev->n_certificates] = (struct certificate){0};
    if (!keep(ev, &ev->certificates[ev->n_certificates].der, der, len)) {
        return -1;
    }
    return (int)ev->n_certificates++;
}

int evidence_add_statement(struct evidence *ev, enum statement_kind kind, const void *der,
                           size_t len)
{
    size_t total = 0;

    if (len == 0 || len > STATEMENT_MAX_BYTES) {
        return -1;
    }
    for (size_t i = 0; i < ev->n_statements; i++) {
        if (ev->statements[i].kind == kind && blob_is(&ev->statements[i].der, der, len)) {
            return (int)i;
        }
        total += ev->statements[i].der.len;
    }
    if (ev->n_statements == EVIDENCE_MAX_STATEMENTS || total + len > STATEMENTS_MAX_BYTES) {
        return -1;
    }
    ev->statements[ev->n_statements] = (struct statement){.kind = kind};
    if (!keep(ev, &ev->statements[ev->n_statements].der, der, len)) {
        return -1;
    }
    return (int)ev->n_statements++;
}

bool evidence_add_anchor(struct evidence *ev, const void *der, size_t len, enum anchor_source from)
{
    struct facts *f = &ev->facts;
    size_t total = 0;

    if (len == 0 || len > CERTIFICATE_MAX_BYTES) {
        return false;
    }
    for (size_t i = 0; i < f->n_anchors; i++) {
        if (blob_is(&f->anchors[i].der, der, len)) {
            return true;
        }
        total += f->anchors[i].der.len;
    }
    if (f->n_anchors == EVIDENCE_MAX_ANCHORS || total + len > ANCHORS_MAX_BYTES) {
        return false;
    }
    f->anchors[f->n_anchors] = (struct anchor){.source = from};
    if (!keep(ev, &f->anchors[f->n_anchors].der, der, len)) {
        return false;
    }
    f->n_anchors++;
    return true;
}

int evidence_add_root(struct evidence *ev, const void *der, size_t len)
{
    struct facts *f = &ev->facts;
    size_t total = 0;

    if (len == 0 || len > CERTIFICATE_MAX_BYTES) {
        return -1;
    }
    for (size_t i = 0; i < f->n_roots; i++) {
        if (blob_is(&f->roots[i].der, der, len)) {
            return (int)i;
        }
        total += f->roots[i].der.len;
    }
    if (f->n_roots == ROOTS_MAX || total + len > ROOTS_MAX_BYTES ||
        !keep(ev, &f->roots[f->n_roots].der, der, len)) {
        return -1;
    }
    return (int)f->n_roots++;
}

static bool is_same_rule(const struct dated_rule *a, const struct dated_rule *b)
{
    return a->kind == b->kind && a->since == b->since && a->date == b->date && a->days == b->days &&
           a->for_any == b->for_any && memcmp(a->keeps, b->keeps, sizeof a->keeps) == 0 &&
           strcmp(a->root, b->root) == 0;
}

bool evidence_add_rule(struct evidence *ev, const struct dated_rule *rule)
{
    struct facts *f = &ev->facts;

    for (size_t i = 0; i < f->n_rules; i++) {
        if (is_same_rule(&f->rules[i], rule)) {
            return true;
        }
    }
    if (f->n_rules == RULES_MAX) {
        return false;
    }
    f->rules[f->n_rules++] = *rule;
    return true;
}

int evidence_add_request(struct evidence *ev, const struct certificate_request *request)
{
    for (size_t i = 0; i < ev->n_requests; i++) {
        if (memcmp(&ev->requests[i], request, sizeof *request) == 0) {
            return (int)i;
        }
    }
    if (ev->n_requests == EVIDENCE_MAX_CERTIFICATE_REQUESTS) {
        return -1;
    }
    memcpy(&ev->requests[ev->n_requests], request, sizeof *request);
    return (int)ev->n_requests++;
}

bool evidence_add_own(struct evidence *ev, const void *der, size_t len)
{
    size_t total = len;

    for (size_t i = 0; i < ev->n_own; i++) {
        total += ev->own[i].der.len;
    }
    if (len == 0 || len > CERTIFICATE_MAX_BYTES || total > OWN_MAX_BYTES ||
        ev->n_own == CLIENT_CERTIFICATE_MAX_CHAIN || !keep(ev, &ev->own[ev->n_own].der, der, len)) {
        return false;
    }
    ev->n_own++;
    return true;
}

struct fetch *evidence_add_fetch(struct evidence *ev, enum fetch_kind kind, const char *url,
                                 const char *request)
{
    struct fetch *f = NULL;

    if (ev->n_fetches == EVIDENCE_MAX_FETCHES) {
        return NULL;
    }
    f = &ev->fetches[ev->n_fetches];
    *f = (struct fetch){.kind = kind, .certificate = -1, .statement = -1};
    if (!text_copy(f->url, sizeof f->url, url) ||
        !text_copy(f->request, sizeof f->request, request)) {
        return NULL; /* an address that was cut would be another one */
    }
    ev->n_fetches++;
    return f;
}

enum address_kind evidence_answered_at(const struct evidence *ev)
{
    enum address_kind most = ADDRESS_NO_HOST;
    for (size_t i = 0; i < ev->n_probes; i++) {
        enum address_kind kind = address_kind_of_text(ev->probes[i].settings.address);
        if (outcome_tcp_opened(&ev->probes[i].outcome) && kind > most) {
            most = kind;
        }
    }
    return most;
}

const struct fetch *evidence_find_fetch(const struct evidence *ev, const char *url,
                                        const char *request)
{
    for (size_t i = 0; i < ev->n_fetches; i++) {
        if (strcmp(ev->fetches[i].url, url) == 0 && strcmp(ev->fetches[i].request, request) == 0) {
            return &ev->fetches[i];
        }
    }
    return NULL;
}

void probe_add_event(struct probe *p, const struct event *e)
{
    /* The last place is kept for the end: a talkative server must not talk it out of the
     * timeline.
     */
    assert(e->kind < EVENT_COUNT && p->n_events <= EVIDENCE_MAX_EVENTS);
    size_t room = e->kind == EVENT_END ? EVIDENCE_MAX_EVENTS : EVIDENCE_MAX_EVENTS - 1;

    if (p->n_events < room) {
        p->events[p->n_events++] = *e;
    }
}

/* ---- case codes ------------------------------------------------------------------------- */

/* No I, L, O, U, 0: said on the phone they are others. 31 is a prime, which the check needs. */
static const char code_alphabet[] = "123456789ABCDEFGHJKMNPQRSTVWXYZ";

enum {
    CODE_BASE = 31,
    CODE_SYMBOLS = 7,
    CODE_SHOWN = 8, /* with the dash */
    CODE_DASH = 3,
    CODE_INVERSE_OF_7 = 9, /* 7 * 9 = 63 = 1 modulo 31 */
};

/*
 * Symbols times their places 1 to 7 add up to nothing modulo 31. A wrong symbol adds place * d
 * and a swap (i - j) * d; neither factor is 0 modulo a prime, so each is seen.
 */
static unsigned weigh(const unsigned *symbols, size_t n)
{
    unsigned sum = 0;

    for (size_t i = 0; i < n; i++) {
        sum += (unsigned)(i + 1) * symbols[i];
    }
    return sum % CODE_BASE;
}

void case_code_make(char *out, size_t out_size, uint64_t seed)
{
    unsigned symbols[CODE_SYMBOLS] = {0};
    char shown[CODE_SHOWN + 1];
    size_t at = 0;

    for (size_t i = 0; i < CODE_SYMBOLS - 1; i++) {
        symbols[i] = (unsigned)(seed % CODE_BASE);
        seed /= CODE_BASE;
    }
    symbols[CODE_SYMBOLS - 1] =
        (CODE_BASE - weigh(symbols, CODE_SYMBOLS - 1)) * CODE_INVERSE_OF_7 % CODE_BASE;
    for (size_t i = 0; i < CODE_SYMBOLS; i++) {
        if (at == CODE_DASH) {
            shown[at++] = '-';
        }
        shown[at++] = code_alphabet[symbols[i]];
    }
    shown[at] = '\0';
    assert(case_code_is_valid(shown)); /* the last symbol is made so that it is */
    text_copy_cut(out, out_size, shown);
}

/* The other letters that are left out look like none of the alphabet's (Crockford's base 32). */
static char as_symbol(char c)
{
    c = ascii_toupper(c);
    return c == 'I' || c == 'L' ? '1' : c;
}

enum code_typed case_code_read(const char *typed, char *out, size_t out_size)
{
    char shown[CODE_SHOWN + 1];
    size_t n = 0, length = strlen(typed);

    for (text_trim(&typed, &length); length > 0; typed++, length--) {
        char c = as_symbol(*typed);
        bool is_symbol = ascii_isalnum(c);

        if (n == CODE_DASH) {
            shown[n++] = '-';
            if (c == '-') {
                continue;
            }
        }
        if (!is_symbol || n == CODE_SHOWN) {
            return CODE_NONE;
        }
        shown[n++] = c;
    }
    if (n != CODE_SHOWN) {
        return CODE_NONE;
    }
    shown[n] = '\0';
    return case_code_is_valid(shown) && text_copy(out, out_size, shown) ? CODE_GOOD : CODE_MISTYPED;
}

bool case_code_is_valid(const char *code)
{
    unsigned symbols[CODE_SYMBOLS] = {0};
    size_t n = 0;

    if (strlen(code) != CODE_SHOWN || code[CODE_DASH] != '-') {
        return false;
    }
    for (size_t i = 0; i < CODE_SHOWN; i++) {
        const char *symbol = strchr(code_alphabet, code[i]);

        if (i == CODE_DASH) {
            continue;
        }
        if (symbol == NULL) {
            return false;
        }
        symbols[n++] = (unsigned)(symbol - code_alphabet);
    }
    return weigh(symbols, CODE_SYMBOLS) == 0;
}
