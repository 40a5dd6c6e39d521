/*
 * test_revocation.c - what a signed statement is worth, OCSP answer or list, and when a chain
 * breaks by it: revoked, and must-staple (RFC 7633). A statement that proves nothing changes
 * nothing.
 * SPDX-License-Identifier: MIT
 */
#include "unit/chain_ask.h"
#include "unit/statements.h"
#include "whytls/reader.h"

enum { DAY = 86400 };

static struct pki_cert *strict; /* a leaf that asks for a stapled answer */

/* A question about this leaf with one stapled answer (NULL: none). */
struct scene {
    const struct pki_cert *leaf; /* NULL: leaf */
    const struct statement *staple, *told;
    bool never_asked, no_issuer;
    int64_t now; /* 0: PKI_NOW */
    const char *name;
};

static struct chain_answer judge_scene(struct scene s)
{
    const struct anchor anchor = {.der = s.no_issuer ? other_root->der : root->der};
    struct chain_question q = {
        .sent = {s.leaf ? &s.leaf->der : &leaf->der, &middle->der},
        .n_sent = s.no_issuer ? 1 : 2,
        .anchors = &anchor,
        .n_anchors = 1,
        .name = s.name ? s.name : name,
        .staple = s.staple,
        .told = {s.told},
        .n_told = s.told != NULL,
        .may_expect_staple = !s.never_asked,
        .now = s.now ? s.now : PKI_NOW,
    };
    struct chain_answer a;
    chain_judge(&q, &a);
    return a;
}

/* The staple's worth, in a chain that is good whatever that is. */
static enum standing_kind worth_of(struct statement s, int64_t now)
{
    struct chain_answer a = judge_scene((struct scene){.staple = &s, .now = now});
    assert_good(&a);
    assert_int_equal(a.standing.kind, a.staple.kind);
    blob_fini(&s.der);
    return a.staple.kind;
}

static void test_good_and_of_no_use(void **state)
{
    (void)state;
    struct statement trash = {.kind = STATEMENT_OCSP};
    assert_true(blob_set(&trash.der, "0123456789", 10));
    struct pki_cert *twin = make_leaf((struct pki_spec){.issuer = other_root});
    int64_t now = PKI_NOW;
    assert_int_equal(worth_of(say_by_ocsp(leaf, middle, LAB_WORD_GOOD, now), now), STANDING_GOOD);
    assert_int_equal(worth_of(say_by_ocsp(leaf, middle, LAB_WORD_STALE, now), now), STANDING_STALE);
    assert_int_equal(worth_of(say_by_ocsp(leaf, middle, LAB_WORD_OTHER, now), now), STANDING_OTHER);
    assert_int_equal(worth_of(say_by_ocsp(twin, other_root, LAB_WORD_REVOKED, now), now),
                     STANDING_OTHER);
    assert_int_equal(worth_of(say_by_ocsp(leaf, middle, LAB_WORD_FORGED, now), now),
                     STANDING_UNSIGNED);
    assert_int_equal(worth_of(trash, now), STANDING_UNREADABLE);
}

/* Made a day before, good for seven: both ends with five minutes of grace. */
static void test_its_time(void **state)
{
    (void)state;
    struct statement s = say_by_ocsp(leaf, middle, LAB_WORD_GOOD, PKI_NOW);
    const struct {
        int64_t now;
        enum standing_kind kind;
    } rows[] = {
        {PKI_NOW - DAY - 301, STANDING_EARLY},
        {PKI_NOW - DAY - 299, STANDING_GOOD},
        {PKI_NOW + 6 * DAY + 299, STANDING_GOOD},
        {PKI_NOW + 6 * DAY + 301, STANDING_STALE},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct chain_answer a = judge_scene((struct scene){.staple = &s, .now = rows[i].now});
        assert_good(&a);
        assert_int_equal(a.staple.kind, rows[i].kind);
        assert_int_equal(a.staple.signed_at, PKI_NOW - DAY);
        assert_int_equal(a.staple.until, PKI_NOW + 6 * DAY);
        assert_string_equal(a.staple.signer, "Middle CA");
    }
    blob_fini(&s.der);
}

static void test_revoked_is_proven(void **state)
{
    (void)state;
    struct statement no = say_by_ocsp(leaf, middle, LAB_WORD_REVOKED, PKI_NOW);
    struct statement yes = say_by_ocsp(leaf, middle, LAB_WORD_GOOD, PKI_NOW);
    struct chain_answer a = judge_scene((struct scene){.staple = &no});
    assert_one(&a, CHAIN_CHANGE_REVOCATION, 0);
    assert_true(a.is_proven);
    assert_int_equal(a.standing.revoked_at, PKI_NOW - 2 * DAY);
    /* An authority does not take that back: an old word holds, and a good one beside it does not.
     */
    a = judge_scene((struct scene){.staple = &no, .now = PKI_NOW + 60 * DAY});
    assert_one(&a, CHAIN_CHANGE_REVOCATION, 0);
    a = judge_scene((struct scene){.staple = &yes, .told = &no});
    assert_one(&a, CHAIN_CHANGE_REVOCATION, 0);
    assert_int_equal(a.staple.kind, STANDING_GOOD);
    /* Before it was made nobody can have it: the clock is at fault, not the certificate. */
    a = judge_scene((struct scene){.staple = &no, .now = PKI_NOW - 30 * DAY});
    assert_good(&a);
    assert_int_equal(a.staple.kind, STANDING_EARLY);
    blob_fini(&no.der);
    blob_fini(&yes.der);
}

static void test_no_issuer_no_word(void **state)
{
    (void)state;
    struct statement no = say_by_ocsp(leaf, middle, LAB_WORD_REVOKED, PKI_NOW);
    struct chain_answer a = judge_scene((struct scene){.staple = &no, .no_issuer = true});
    assert_one(&a, CHAIN_CHANGE_ADD_ROOT, 0);
    assert_int_equal(a.staple.kind, STANDING_UNCHECKED);
    blob_fini(&no.der);
}

static void test_must_staple(void **state)
{
    (void)state;
    static const enum lab_word bad[] = {LAB_WORD_STALE, LAB_WORD_FORGED, LAB_WORD_OTHER};
    struct chain_answer a = judge_scene((struct scene){.leaf = strict});
    assert_one(&a, CHAIN_CHANGE_STAPLE, 0);
    assert_true(a.is_proven);
    assert_true(a.must_staple);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct statement s = say_by_ocsp(strict, middle, bad[i], PKI_NOW);
        a = judge_scene((struct scene){.leaf = strict, .staple = &s});
        assert_one(&a, CHAIN_CHANGE_STAPLE, 0);
        blob_fini(&s.der);
    }
    struct statement yes = say_by_ocsp(strict, middle, LAB_WORD_GOOD, PKI_NOW);
    a = judge_scene((struct scene){.leaf = strict, .staple = &yes});
    assert_good(&a);
    /* A word that was fetched is none that was stapled. */
    a = judge_scene((struct scene){.leaf = strict, .told = &yes});
    assert_one(&a, CHAIN_CHANGE_STAPLE, 0);
    /* Who did not ask can't complain; and others need none. */
    a = judge_scene((struct scene){.leaf = strict, .never_asked = true});
    assert_good(&a);
    a = judge_scene((struct scene){.leaf = leaf});
    assert_good(&a);
    assert_false(a.must_staple);
    blob_fini(&yes.der);
}

/* ---- lists ------------------------------------------------------------------------------ */

/* What a fetched list says, in a chain that is good whatever that is. */
static enum standing_kind list_says(const struct pki_cert *of, struct statement s, int64_t now)
{
    struct chain_answer a = judge_scene((struct scene){.leaf = of, .told = &s, .now = now});
    assert_good(&a);
    blob_fini(&s.der);
    return a.standing.kind;
}

static void test_lists(void **state)
{
    (void)state;
    int64_t now = PKI_NOW;
    struct statement no = say_by_list(leaf, middle, LAB_WORD_REVOKED, now);
    struct chain_answer a = judge_scene((struct scene){.told = &no});
    assert_one(&a, CHAIN_CHANGE_REVOCATION, 0);
    assert_true(a.is_proven);
    assert_int_equal(a.standing.from, STATEMENT_CRL);
    assert_int_equal(a.standing.revoked_at, now - 2 * DAY);
    assert_int_equal(a.standing.signed_at, now - DAY);
    assert_string_equal(a.standing.signer, "Middle CA");
    a = judge_scene((struct scene){.leaf = strict, .told = &no, .never_asked = true});
    assert_good(&a); /* another one of the same authority is on it */
    assert_int_equal(a.standing.kind, STANDING_GOOD);
    /* An entry in an old list may have been on hold; before its time there is no list. */
    a = judge_scene((struct scene){.told = &no, .now = now + 30 * DAY});
    assert_int_equal(a.standing.kind, STANDING_STALE);
    a = judge_scene((struct scene){.told = &no, .now = now - 30 * DAY});
    assert_int_equal(a.standing.kind, STANDING_EARLY);
    blob_fini(&no.der);
    assert_int_equal(list_says(leaf, say_by_list(leaf, middle, LAB_WORD_GOOD, now), now),
                     STANDING_GOOD);
    assert_int_equal(list_says(leaf, say_by_list(leaf, middle, LAB_WORD_FORGED, now), now),
                     STANDING_UNSIGNED);
    assert_int_equal(list_says(leaf, say_by_list(leaf, other_root, LAB_WORD_GOOD, now), now),
                     STANDING_UNSIGNED);
}

/* Signs the list's first part anew, in its place: until the signature is as long as the old one. */
static void sign_again(uint8_t *list, size_t n)
{
    struct reader r = reader_of(list, n), whole, part;
    uint8_t tag;
    gnutls_privkey_t signer;
    gnutls_datum_t signature = {NULL, 0};
    assert_true(reader_der(&r, &tag, &whole));
    const uint8_t *start = whole.at;
    assert_true(reader_der(&whole, &tag, &part));
    const gnutls_datum_t tbs = {(unsigned char *)start, (unsigned)(whole.at - start)};
    assert_true(reader_der(&whole, &tag, &part) && reader_der(&whole, &tag, &part));
    pki_check(gnutls_privkey_init(&signer));
    pki_check(gnutls_privkey_import_x509(signer, middle->key, 0));
    do {
        gnutls_free(signature.data);
        pki_check(gnutls_privkey_sign_data(signer, GNUTLS_DIG_SHA256, 0, &tbs, &signature));
    } while (signature.size != part.left - 1);
    memcpy((uint8_t *)part.at + 1, signature.data, signature.size);
    gnutls_free(signature.data);
    gnutls_privkey_deinit(signer);
}

/*
 * A list of middle's with the extension 2.5.29.ARC, whose value is a SEQUENCE of these bytes.
 * GnuTLS can't set it: the list's number is written over, and the list signed again.
 */
static struct statement list_with(uint8_t arc, const void *bytes, size_t n)
{
    static const uint8_t oid[] = {0x06, 0x03, 0x55, 0x1d, 20}, filler[64] = {1};
    struct statement s = {.kind = STATEMENT_CRL};
    gnutls_x509_crl_t crl;
    gnutls_datum_t der;
    assert_true(n > 0 && n <= sizeof filler);
    pki_check(gnutls_x509_crl_init(&crl));
    pki_check(gnutls_x509_crl_set_version(crl, 2));
    pki_check(gnutls_x509_crl_set_this_update(crl, PKI_NOW - DAY));
    pki_check(gnutls_x509_crl_set_next_update(crl, PKI_NOW + DAY));
    pki_check(gnutls_x509_crl_set_number(crl, filler, n));
    pki_check(gnutls_x509_crl_sign2(crl, middle->crt, middle->key, GNUTLS_DIG_SHA256, 0));
    pki_check(gnutls_x509_crl_export2(crl, GNUTLS_X509_FMT_DER, &der));
    uint8_t *at = memmem(der.data, der.size, oid, sizeof oid);
    assert_non_null(at);
    at[4] = arc;
    at[7] = 0x30; /* OID; OCTET STRING, its length; INTEGER becomes SEQUENCE, its length; bytes */
    memcpy(at + 9, bytes, n);
    sign_again(der.data, der.size);
    assert_true(blob_set(&s.der, der.data, der.size));
    gnutls_free(der.data);
    gnutls_x509_crl_deinit(crl);
    return s;
}

/* A list that leaves some out can't clear anyone (RFC 5280 5.2.4, 5.2.5, 6.3.3). */
static void test_parts_of_lists(void **state)
{
    (void)state;
    enum { POINT = 28, DELTA = 27, OTHER = 99 };
    static const char here[] = "\xa0\x11\xa0\x0f\x86\x0dhttp://here/1";
    static const char there[] = "\xa0\x11\xa0\x0f\x86\x0dhttp://here/2";
    struct pki_cert *named = make_leaf((struct pki_spec){.crl_url = "http://here/1"});
    const struct {
        uint8_t arc;
        const char *bytes;
        size_t n;
        enum standing_kind kind;
    } rows[] = {
        {POINT, here, sizeof here - 1, STANDING_GOOD},
        {POINT, there, sizeof there - 1, STANDING_OTHER},
        {POINT, "\x81\x01\xff", 3, STANDING_GOOD},  /* only users' */
        {POINT, "\x82\x01\xff", 3, STANDING_OTHER}, /* only authorities' */
        {POINT, "\x82\x01\x00", 3, STANDING_GOOD},
        {POINT, "\x83\x02\x05\x20", 4, STANDING_OTHER}, /* only some reasons */
        {POINT, "\x84\x01\xff", 3, STANDING_OTHER},     /* of other authorities too */
        {POINT, "\x85\x01\xff", 3, STANDING_OTHER},     /* only attributes' */
        {POINT, "\xa0\x7f\xa0", 3, STANDING_OTHER},     /* broken */
        {DELTA, "\x02\x01\x01", 3, STANDING_OTHER},
        {OTHER, "\x02\x01\x01", 3, STANDING_GOOD}, /* not critical: passed over */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        enum standing_kind kind =
            list_says(named, list_with(rows[i].arc, rows[i].bytes, rows[i].n), 0);
        if (kind != rows[i].kind) {
            fail_msg("row %zu: %s, wanted %s", i, chain_standing_id(kind),
                     chain_standing_id(rows[i].kind));
        }
    }
}

/* ---- what is asked ---------------------------------------------------------------------- */

static void test_request(void **state)
{
    (void)state;
    char text[FETCH_REQUEST_SIZE];
    assert_true(cert_ocsp_request(&leaf->der, &middle->der, text, sizeof text));
    assert_int_equal(strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                  "0123456789%"),
                     strlen(text));
    assert_true(strlen(text) < 255); /* RFC 5019 5: as long as this it may be a GET */
    assert_false(cert_ocsp_request(&leaf->der, &middle->der, text, 64));
    const struct blob trash = {(uint8_t *)text, 8};
    assert_false(cert_ocsp_request(&trash, &middle->der, text, sizeof text));
}

static void test_with_other_faults(void **state)
{
    (void)state;
    struct statement no = say_by_ocsp(strict, middle, LAB_WORD_REVOKED, PKI_NOW);
    struct chain_answer a = judge_scene((struct scene){.leaf = strict, .staple = &no});
    assert_one(&a, CHAIN_CHANGE_REVOCATION, 0);
    a = judge_scene((struct scene){.leaf = strict, .told = &no, .name = "other.example"});
    assert_int_equal(a.changes, CHAIN_BIT(REVOCATION) | CHAIN_BIT(STAPLE) | CHAIN_BIT(NAME));
    assert_true(a.is_proven);
    a = judge_scene((struct scene){.leaf = strict, .staple = &no, .now = PKI_UNTIL + DAY});
    assert_int_equal(a.changes, CHAIN_BIT(REVOCATION) | CHAIN_BIT(DATE));
    blob_fini(&no.der);
}

/* What is said of an authority in between counts as well; of the trusted end nobody asks. */
static void test_those_in_between(void **state)
{
    (void)state;
    static const struct {
        enum lab_word word;
        enum standing_kind kind;
        unsigned changes;
    } rows[] = {
        {LAB_WORD_REVOKED, STANDING_REVOKED, CHAIN_BIT(REVOCATION)},
        {LAB_WORD_GOOD, STANDING_GOOD, 0},
        {LAB_WORD_STALE, STANDING_STALE, 0},
        {LAB_WORD_FORGED, STANDING_UNSIGNED, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct statement s = say_by_list(middle, root, rows[i].word, PKI_NOW);
        struct chain_answer a = judge_scene((struct scene){.told = &s});
        assert_int_equal(a.changes, rows[i].changes);
        assert_int_equal(a.above.kind, rows[i].kind);
        assert_int_equal(a.above_at, 1);
        assert_int_equal(a.told[1], rows[i].kind);
        assert_int_not_equal(a.standing.kind, STANDING_REVOKED); /* that is the leaf's */
        assert_int_equal(a.at[CHAIN_CHANGE_REVOCATION], rows[i].changes ? 1 : -1);
        assert_true(a.is_proven);
        blob_fini(&s.der);
    }
    struct statement of_root = say_by_list(root, root, LAB_WORD_REVOKED, PKI_NOW);
    struct chain_answer a = judge_scene((struct scene){.told = &of_root});
    assert_good(&a);
    blob_fini(&of_root.der);
}

/* Many issuers with one key would have every statement read for each: bounded, and then not judged.
 */
static void test_a_tangle_is_bounded(void **state)
{
    (void)state;
    struct statement no = say_by_ocsp(leaf, middle, LAB_WORD_REVOKED, PKI_NOW);
    const struct anchor anchor = {.der = other_root->der};
    struct chain_question q = {.sent = {&leaf->der},
                               .n_sent = 1,
                               .anchors = &anchor,
                               .n_anchors = 1,
                               .told = {&no},
                               .n_told = 1,
                               .name = name,
                               .now = PKI_NOW};
    while (q.n_sent < 12) {
        q.sent[q.n_sent++] =
            &make_authority(
                 (struct pki_spec){.cn = "Middle CA", .same_key = middle, .issuer = root})
                 ->der;
    }
    struct chain_answer a;
    chain_judge(&q, &a);
    assert_false(a.judged);
    q.n_sent = 4;
    chain_judge(&q, &a);
    assert_true(a.judged);
    assert_int_equal(a.changes, CHAIN_BIT(REVOCATION) | CHAIN_BIT(ADD_ROOT));
    q.n_sent = 12;
    q.n_told = 0; /* with nothing to read there is nothing to bound */
    chain_judge(&q, &a);
    assert_true(a.judged);
    blob_fini(&no.der);
}

static void test_described(void **state)
{
    (void)state;
    struct cert_info info;
    assert_true(cert_describe(&strict->der, &info));
    assert_true(info.must_staple);
    assert_true(cert_describe(&leaf->der, &info));
    assert_false(info.must_staple);
    assert_string_equal(chain_standing_id(STANDING_REVOKED), "revoked");
    assert_string_equal(chain_standing_id(STANDING_COUNT), "");
}

static int set_up_strict(void **state)
{
    set_up(state);
    strict = make_leaf((struct pki_spec){.must_staple = true});
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good_and_of_no_use), cmocka_unit_test(test_its_time),
        cmocka_unit_test(test_revoked_is_proven),  cmocka_unit_test(test_no_issuer_no_word),
        cmocka_unit_test(test_must_staple),        cmocka_unit_test(test_with_other_faults),
        cmocka_unit_test(test_those_in_between),   cmocka_unit_test(test_a_tangle_is_bounded),
        cmocka_unit_test(test_described),          cmocka_unit_test(test_lists),
        cmocka_unit_test(test_parts_of_lists),     cmocka_unit_test(test_request),
    };
    return cmocka_run_group_tests(tests, set_up_strict, pki_tear_down);
}
