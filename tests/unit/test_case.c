/*
 * test_case.c - a case comes back byte for byte; a broken or hostile one is refused with its line.
 * SPDX-License-Identifier: MIT
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <cjson/cJSON.h>

#include "case_text.h"
#include "whytls/base64.h"
#include "evidence/case_fields.h"
#include "whytls/case.h"
#include "whytls/text.h"

static struct evidence *read_case(const char *text)
{
    char error[160] = "";
    struct evidence *ev = case_from_json(text, strlen(text), error, sizeof error);

    if (ev == NULL) {
        print_error("%s\n", error);
    }
    assert_non_null(ev);
    assert_string_equal(error, "");
    return ev;
}

/* ---- any evidence at all ---------------------------------------------------------------- */

static uint64_t next_random(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *seed >> 16;
}

static void fill_shape(const struct shape *shape, void *base, uint64_t *seed);

static void fill_text(const struct field *f, char *at, uint64_t *seed)
{
    static const char *const pieces[] = {"a",    "Zz", "\"", "\\", "/", "\xC3\xA9", "\xE6\x97\xA5",
                                         "<1B>", " ",  "'",  "{",  ":", "\x1B",     "\xFF"};
    char raw[700] = "";
    size_t n = next_random(seed) % (f->size + 4);

    while (strlen(raw) < n) {
        strcat(raw, pieces[next_random(seed) % (sizeof pieces / sizeof *pieces)]);
    }
    memset(at, 0, f->size);
    text_clean_str_marked(at, f->size, raw); /* what is in evidence is clean */
}

static void fill_number(const struct field *f, void *base, uint64_t *seed)
{
    int64_t low = 0, high = 0, value = 0;

    field_bounds(f, &low, &high);
    switch (next_random(seed) % 4) {
    case 0:
        value = low;
        break;
    case 1:
        value = high;
        break;
    default:
        value = low + (int64_t)(next_random(seed) % ((uint64_t)(high - low) + 1));
    }
    field_set(f, base, value);
}

static void fill_blob(struct blob *b, uint64_t *seed)
{
    uint8_t bytes[300];
    size_t n = 1 + next_random(seed) % sizeof bytes;

    for (size_t i = 0; i < n; i++) {
        bytes[i] = (uint8_t)next_random(seed);
    }
    assert_true(blob_set(b, bytes, n));
}

static void fill_field(const struct field *f, void *base, uint64_t *seed)
{
    char *at = (char *)base + f->offset;
    size_t n = f->max > 0 ? next_random(seed) % (f->max + 1) : 0;

    switch (f->kind) {
    case FIELD_TEXT:
        fill_text(f, at, seed);
        break;
    case FIELD_BOOL:
        *(bool *)at = next_random(seed) % 2 == 0;
        break;
    case FIELD_UNSIGNED:
    case FIELD_SIGNED:
        fill_number(f, base, seed);
        break;
    case FIELD_ENUM:
        field_set(f, base, (int64_t)(next_random(seed) % f->ids->n));
        break;
    case FIELD_CHANGES:
        field_set(f, base, (int64_t)(next_random(seed) % (1u << CHANGE_COUNT)));
        break;
    case FIELD_OFFERS:
        for (unsigned l = 0; l < OFFER_LIST_COUNT; l++) {
            ((uint32_t *)(void *)at)[l] = (uint32_t)next_random(seed) & offer_all(l);
        }
        break;
    case FIELD_ANSWERS:
        for (unsigned q = 0; q < QUESTION_COUNT; q++) {
            ((int *)(void *)at)[q] = (int)(next_random(seed) % 4);
        }
        break;
    case FIELD_HEX:
        for (size_t i = 0; i < n; i++) {
            at[i] = (char)next_random(seed);
        }
        field_set_count(f, base, n);
        break;
    case FIELD_BLOB:
        fill_blob((struct blob *)(void *)at, seed);
        break;
    case FIELD_OBJECT:
        fill_shape(f->shape, at, seed);
        break;
    case FIELD_ARRAY:
        for (size_t i = 0; i < n; i++) {
            fill_shape(f->shape, at + i * f->size, seed);
        }
        field_set_count(f, base, n);
        break;
    }
}

static void fill_shape(const struct shape *shape, void *base, uint64_t *seed)
{
    for (size_t i = 0; i < shape->n; i++) {
        fill_field(&shape->fields[i], base, seed);
    }
}

/* What no single member tells: indexes and codes that fit the whole. */
static void make_sound(struct evidence *ev, uint64_t *seed)
{
    int certificates = (int)ev->n_certificates;

    memset(ev->case_code, 0, sizeof ev->case_code);
    case_code_make(ev->case_code, sizeof ev->case_code, next_random(seed));
    ev->target.family = (int)(next_random(seed) % 2) * 6;
    ev->facts.anchors_for = ev->facts.stores_for = ev->n_certificates;
    for (size_t i = 0; i < ev->facts.n_stores; i++) {
        for (size_t k = 0; k < ev->facts.stores[i].n_anchors; k++) {
            ev->facts.stores[i].anchors[k].root %= (uint16_t)ev->facts.n_roots;
        }
    }
    for (size_t i = 0; i < ev->n_fetches; i++) {
        ev->fetches[i].certificate = (int16_t)(certificates - 1);
        ev->fetches[i].statement = (int16_t)((int)ev->n_statements - 1);
    }
    for (size_t i = 0; i < ev->n_probes; i++) {
        struct probe *p = &ev->probes[i];

        p->outcome.request = (int16_t)((int)ev->n_requests - 1);
        p->outcome.staple = (int16_t)(ev->n_statements > 0 ? (int)ev->n_statements - 1 : -1);
        for (size_t k = 0; k < p->outcome.n_chain; k++) {
            p->outcome.chain[k] = (int16_t)(next_random(seed) % (uint64_t)certificates);
        }
        for (size_t k = 0; k < p->n_events; k++) {
            if (p->events[k].kind == EVENT_END) {
                p->events[k].number %= BREAK_COUNT;
            }
        }
    }
}

static struct evidence *make_any(uint64_t seed)
{
    struct evidence *ev = evidence_new();

    assert_non_null(ev);
    fill_shape(&case_shape, ev, &seed);
    ev->redacted = false; /* such a case needs a verdict, which report adds */
    if (ev->n_certificates == 0) {
        assert_int_equal(evidence_add_certificate(ev, "one", 3), 0);
    }
    if (ev->facts.n_roots == 0) {
        assert_int_equal(evidence_add_root(ev, "one", 3), 0);
    }
    make_sound(ev, &seed);
    return ev;
}

/* The same in memory too, byte for byte, but for where the certificates lie. */
static void assert_same_evidence(struct evidence *a, struct evidence *b)
{
    assert_int_equal(a->n_certificates, b->n_certificates);
    assert_int_equal(a->facts.n_anchors, b->facts.n_anchors);
    assert_int_equal(a->n_statements, b->n_statements);
    for (size_t i = 0; i < a->n_certificates; i++) {
        assert_true(blob_equal(&a->certificates[i].der, &b->certificates[i].der));
        blob_fini(&a->certificates[i].der);
        blob_fini(&b->certificates[i].der);
    }
    for (size_t i = 0; i < a->n_statements; i++) {
        assert_true(blob_equal(&a->statements[i].der, &b->statements[i].der));
        blob_fini(&a->statements[i].der);
        blob_fini(&b->statements[i].der);
    }
    for (size_t i = 0; i < a->facts.n_anchors; i++) {
        assert_true(blob_equal(&a->facts.anchors[i].der, &b->facts.anchors[i].der));
        blob_fini(&a->facts.anchors[i].der);
        blob_fini(&b->facts.anchors[i].der);
    }
    assert_int_equal(a->facts.n_roots, b->facts.n_roots);
    for (size_t i = 0; i < a->facts.n_roots; i++) {
        assert_true(blob_equal(&a->facts.roots[i].der, &b->facts.roots[i].der));
        blob_fini(&a->facts.roots[i].der);
        blob_fini(&b->facts.roots[i].der);
    }
    assert_int_equal(a->n_own, b->n_own);
    for (size_t i = 0; i < a->n_own; i++) {
        assert_true(blob_equal(&a->own[i].der, &b->own[i].der));
        blob_fini(&a->own[i].der);
        blob_fini(&b->own[i].der);
    }
    assert_memory_equal(a, b, sizeof *a);
}

static void test_any_evidence_comes_back(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 12; seed++) {
        struct evidence *ev = make_any(seed), *back = NULL;
        char *first = print_case(ev), *second = NULL;

        assert_true(strlen(first) < CASE_MAX_BYTES);
        back = read_case(first);
        second = print_case(back);
        assert_string_equal(first, second);
        assert_same_evidence(ev, back);
        free(first);
        free(second);
        evidence_free(ev);
        evidence_free(back);
    }
}

/* A member that was forgotten leaves a hole in the table: between two rows there is padding only.
 */
static void assert_no_holes(const struct shape *shape, size_t size)
{
    bool redacted[sizeof(struct probe) + sizeof(struct facts)] = {0};
    size_t hole = 0;

    assert_true(size <= sizeof redacted);
    for (size_t i = 0; i < shape->n; i++) {
        const struct field *f = &shape->fields[i];
        size_t n = f->max > 0 ? f->max * (f->kind == FIELD_HEX ? 1 : f->size) : f->size;

        memset(redacted + f->offset, 1, n);
        if (f->max > 0) {
            memset(redacted + f->count_offset, 1, sizeof(size_t));
        }
        if (f->shape != NULL && f->size > 0 && f->shape->fields[0].name != NULL &&
            f->shape->fields[0].size > 0) {
            assert_no_holes(f->shape, f->size);
        }
    }
    for (size_t i = 0; i < size; i++) {
        hole = redacted[i] ? 0 : hole + 1;
        assert_true(hole < sizeof(int64_t));
    }
}

static void test_no_member_is_forgotten(void **state)
{
    size_t seen = 0;

    (void)state;
    for (size_t i = 0; i < case_shape.n; i++) {
        const struct field *f = &case_shape.fields[i];

        if (f->shape != NULL) {
            assert_no_holes(f->shape, f->size);
            seen++;
        }
    }
    assert_int_equal(seen, 9);
}

static void test_small_case_reads_well(void **state)
{
    struct evidence *ev = evidence_new(), *back = NULL;
    struct settings s = {.address = "127.0.0.1", .port = 443, .server_name = "shop.example"};
    char *text = NULL;

    (void)state;
    assert_non_null(ev);
    ev->target.port = 443;
    strcpy(ev->target.host, "shop.example");
    s.offers[OFFER_LIST_VERSION] = offer_bit(OFFER_VERSION_TLS12);
    assert_non_null(evidence_add_probe(ev, &s, CHANGE_BIT(NO_NAME) | CHANGE_BIT(DH)));
    ev->answers[QUESTION_SINCE] = SINCE_CHANGE_HERE;
    text = print_case(ev);
    assert_ptr_equal(strstr(text, "\"schema\":\t\"whytls.case/1\""), text + 3);
    assert_non_null(strstr(text, "\"versions\":\t[\"TLS 1.2\"]"));
    assert_non_null(strstr(text, "\"changes\":\t[\"dh\", \"no-name\"]"));
    assert_non_null(strstr(text, "\"since\":\t\"changed-here\""));
    assert_null(strstr(text, "_unix")); /* no time is known: none is told */
    back = read_case(text);
    assert_int_equal(back->probes[0].outcome.alert, -1);
    assert_ptr_equal(evidence_find_probe(back, &s, CHANGE_BIT(NO_NAME) | CHANGE_BIT(DH)),
                     &back->probes[0]);
    free(text);
    evidence_free(ev);
    evidence_free(back);
}

/* ---- what is refused -------------------------------------------------------------------- */

#define HEAD "{\"schema\":\"whytls.case/1\",\n\"target\":{\"port\":443},\n"
#define PROBE(more) HEAD "\"probes\":[\n{\"settings\":{\"port\":443}," more "}]}"

static void test_what_is_wrong_is_refused_with_its_line(void **state)
{
    static const struct {
        const char *text, *line, *word;
    } rows[] = {
        {"", "line 1:", "ends"},
        {"[]", "line 1:", "schema"},
        {"{}", "line 1:", "schema"},
        {"{\"schema\":\"whytls.case/2\"}", "line 1:", "schema"},
        {"{\"schema\":\n7}", "line 1:", "schema"},
        {"{\"schema\":\"whytls.case/1\"}", "line 1:", "\"target\" is missing"},
        {"{\"schema\":\"whytls.case/1\",\n\n\"target\":{}}", "line 3:", "\"port\" is missing"},
        {"{\"schema\":\"whytls.case/1\",\n\"target\":{\"port\":0}}", "line 2:", "\"port\""},
        {"{\"schema\":\"whytls.case/1\",\n\"target\":{\"port\":65536}}", "line 2:", "\"port\""},
        {"{\"schema\":\"whytls.case/1\",\n\"target\":{\"port\":4.5}}", "line 2:", "\"port\""},
        {"{\"schema\":\"whytls.case/1\",\n\"target\":{\"port\":1e999}}", "line 2:", "\"port\""},
        {"{\"schema\":\"whytls.case/1\",\n\"target\":{\"port\":\"443\"}}", "line 2:", "\"port\""},
        {"{\"schema\":\"whytls.case/1\",\n\"target\":\n[]}", "line 3:", "object"},
        {HEAD "\"probes\":{}}", "line 3:", "list"},
        {HEAD "\"probes\":[],\n\"probes\":[]}", "line 4:", "twice"},
        {HEAD "\"probes\":[],\n\"case\":\"K7M-4QXJ\n\"}", "line 4:", "quote"},
        {HEAD "\"probes\":[],\n\"case\":\"111-1112\"}", "line 4:", "case code"},
        {HEAD "\"probes\":[],\n\"case\":\"a\\u0000b\"}", "line 4:", "NUL"},
        {HEAD "\"probes\":[],\n\"offline\":1}", "line 4:", "true or false"},
        {HEAD "\"probes\":[],\n\"facts\":{\"policies\":{\"openssl\":{\"file\":"
              "\"0123456789012345678901234567890123"
              "4567890123456789012345678901234567890123456789012345678901234567890123456789"
              "4567890123456789012345678901234567890123456789012345678901234567890123456789\"}}}}",
         "line 4:", "\"file\" must have at most"},
        {HEAD "\"probes\":[],\n\"facts\":{\"anchors_for\":1}}", "line 4:", "anchors_for"},
        {HEAD "\"probes\":[],\n\"facts\":{\"stores_for\":1}}", "line 4:", "stores_for"},
        {HEAD "\"probes\":[],\n\"facts\":{\"stores\":[{\"anchors\":[{\"root\":0}]}]}}",
         "line 4:", "\"root\""},
        {HEAD "\"probes\":[],\n\"facts\":{\"clock_unix\":1e300}}", "line 4:", "clock_unix"},
        {HEAD "\"probes\":[],\n\"certificates\":[{\"der\":\"\"}]}", "line 4:", "\"der\""},
        {HEAD "\"probes\":[],\n\"certificates\":[{\"der\":\"AB\"}]}", "line 4:", "base64"},
        {HEAD "\"probes\":[],\n\"certificates\":[{}]}", "line 4:", "\"der\" is missing"},
        {HEAD "\"probes\":[],\n\"fetches\":[{\"certificate\":0}]}", "line 4:", "not here"},
        {HEAD "\"probes\":[],\n\"fetches\":[{\"state\":\"eaten\"}]}", "line 4:", "\"state\""},
        {HEAD "\"probes\":[],\n\"answers\":{\"phone\":\"maybe\"}}", "line 4:", "\"phone\""},
        {HEAD "\"probes\":[],\n\"answers\":{\"phone\":2}}", "line 4:", "\"phone\""},
        {HEAD "\"probes\":[\n{}]}", "line 4:", "\"settings\" is missing"},
        {PROBE("\n\"changes\":[\"dh\",\n\"dhh\"]"), "line 6:", "\"changes\""},
        {PROBE("\n\"outcome\":{\"stage\":7}"), "line 5:", "\"stage\""},
        {PROBE("\n\"outcome\":{\"alert\":256}"), "line 5:", "\"alert\""},
        {PROBE("\n\"outcome\":{\"alert\":-2}"), "line 5:", "\"alert\""},
        {PROBE("\n\"outcome\":{\"chain\":[0]}"), "line 4:", "\"chain\""},
        {PROBE("\n\"outcome\":{\"chain\":[-1]}"), "line 5:", "\"chain\""},
        {PROBE("\n\"outcome\":{\"chain\":[64]}"), "line 5:", "\"chain\""},
        {PROBE("\n\"outcome\":{\"warnings\":[1,2,3,4,\n5]}"), "line 6:", "more than 4"},
        {PROBE("\n\"outcome\":{\"first_bytes\":\"0\"}"), "line 5:", "hex"},
        {PROBE("\n\"outcome\":{\"first_bytes\":\"zz\"}"), "line 5:", "hex"},
        {PROBE("\n\"outcome\":{\"suite\":[]}"), "line 5:", "\"suite\" must be a text"},
        {PROBE("\n\"events\":[{\"kind\":\"end\",\"number\":99}]"), "line 4:", "end"},
        {HEAD "\"probes\":[{\"settings\":{\"port\":1,\n\"offers\":{\"kx\":[\"X\"]}}}]}",
         "line 4:", "\"kx\""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char error[160] = "";
        struct evidence *ev =
            case_from_json(rows[i].text, strlen(rows[i].text), error, sizeof error);

        if (ev != NULL || strncmp(error, rows[i].line, strlen(rows[i].line)) != 0 ||
            strstr(error, rows[i].word) == NULL) {
            print_error("%s\n-> %s\n", rows[i].text, error);
        }
        assert_null(ev);
        assert_int_equal(strncmp(error, rows[i].line, strlen(rows[i].line)), 0);
        assert_non_null(strstr(error, rows[i].word));
    }
}

static void test_too_large_is_refused(void **state)
{
    char *text = malloc(CASE_MAX_BYTES + 1);
    char error[160] = "";

    (void)state;
    assert_non_null(text);
    memset(text, ' ', CASE_MAX_BYTES + 1);
    assert_null(case_from_json(text, CASE_MAX_BYTES + 1, error, sizeof error));
    assert_non_null(strstr(error, "larger"));
    free(text);
}

static void test_texts_of_a_file_are_cleaned(void **state)
{
    struct evidence *ev = read_case(PROBE("\"outcome\":{\"banner\":\"\\u001b[2J\\u202e\xFF ok\"},"
                                          "\"later\":{\"anything\":[1,2]}"));
    char *text = print_case(ev);

    (void)state;
    assert_string_equal(ev->probes[0].outcome.banner, "<U+001B>[2J<U+202E><FF> ok");
    assert_true(text_is_clean("", 0) && strchr(text, '\x1B') == NULL);
    free(text);
    evidence_free(ev);
}

/* Cut anywhere, a case is refused or (at its very end) whole; it never does harm. */
static void test_a_cut_case_is_refused(void **state)
{
    struct evidence *ev = evidence_new();
    struct settings s = {.port = 1};
    char *text = NULL, error[160];
    size_t n = 0;

    (void)state;
    assert_non_null(ev);
    ev->target.port = 1;
    assert_non_null(evidence_add_probe(ev, &s, 0));
    text = print_case(ev);
    n = strlen(text);
    for (size_t cut = 0; cut < n; cut++) {
        char *part = malloc(cut + 1); /* its own block, so that reading past the end is seen */

        assert_non_null(part);
        memcpy(part, text, cut);
        assert_null(case_from_json(part, cut, error, sizeof error));
        assert_int_equal(strncmp(error, "line ", 5), 0);
        free(part);
    }
    free(text);
    evidence_free(ev);
}

static void test_base64_has_one_form(void **state)
{
    static const char *const bad[] = {"A",    "AA",   "AAA",  "A===", "====",     "=AAA",
                                      "AA=A", "AAA*", "AB==", "AAB=", "AA==AAAA", "AAA\n"};
    static const char *const good[] = {"", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmFy"};
    static const size_t lengths[] = {0, 1, 2, 3, 4, 6};
    uint8_t *bytes = NULL;
    size_t n = 0;

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(base64_decode(bad[i], &bytes, &n));
    }
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        char *text = NULL;

        assert_true(base64_decode(good[i], &bytes, &n));
        assert_int_equal(n, lengths[i]);
        assert_memory_equal(bytes, "foobar", n);
        text = base64_encode(bytes, n);
        assert_string_equal(text, good[i]);
        free(text);
        free(bytes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_any_evidence_comes_back),
        cmocka_unit_test(test_no_member_is_forgotten),
        cmocka_unit_test(test_small_case_reads_well),
        cmocka_unit_test(test_what_is_wrong_is_refused_with_its_line),
        cmocka_unit_test(test_too_large_is_refused),
        cmocka_unit_test(test_texts_of_a_file_are_cleaned),
        cmocka_unit_test(test_a_cut_case_is_refused),
        cmocka_unit_test(test_base64_has_one_form),
    };

    return cmocka_run_group_tests_name("case", tests, NULL, NULL);
}
