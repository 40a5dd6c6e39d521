/*
 * test_client_certificate.c - what a server asks for when it wants a certificate of ours, read from
 * the message; and what is said of the one that was given: by its own facts, narrowed by the
 * server's alert.
 * SPDX-License-Identifier: MIT
 */
#include "pki.h"

#include "diagnosis/context.h"
#include "probe/messages.h"
#include "whytls/text.h"

enum { TLS11 = 0x0302, TLS12 = 0x0303, TLS13 = 0x0304, ROOM = 65536 };

/* ---- messages, as a server writes them ----------------------------------------------------- */

struct draft {
    uint8_t bytes[ROOM];
    size_t n;
};

static void put8(struct draft *d, unsigned v)
{
    d->bytes[d->n++] = (uint8_t)v;
}

static void put16(struct draft *d, size_t v)
{
    put8(d, (unsigned)(v >> 8));
    put8(d, (unsigned)(v & 0xff));
}

static void put_name(struct draft *d, const struct pki_cert *authority)
{
    gnutls_datum_t dn;
    pki_check(gnutls_x509_crt_get_raw_dn(authority->crt, &dn));
    put16(d, dn.size);
    memcpy(d->bytes + d->n, dn.data, dn.size);
    d->n += dn.size;
    gnutls_free(dn.data);
}

/* Fills in the two bytes at `at` with how much follows them. */
static void close16(struct draft *d, size_t at)
{
    size_t length = d->n - at - 2;
    d->bytes[at] = (uint8_t)(length >> 8);
    d->bytes[at + 1] = (uint8_t)length;
}

static void put_names(struct draft *d, const struct pki_cert *authority, size_t times)
{
    size_t at = d->n;
    put16(d, 0);
    for (size_t i = 0; i < times; i++)
        put_name(d, authority);
    close16(d, at);
}

static struct draft tls12(const struct pki_cert *authority, size_t times)
{
    struct draft d = {.n = 0};
    put8(&d, 2); /* RSA, ECDSA */
    put8(&d, 1);
    put8(&d, 64);
    put16(&d, 4);
    put16(&d, 0x0401); /* rsa_pkcs1_sha256 */
    put16(&d, 0x0403); /* ecdsa_secp256r1_sha256 */
    put_names(&d, authority, times);
    return d;
}

static struct draft tls13(const struct pki_cert *authority, size_t times)
{
    struct draft d = {.n = 0};
    put8(&d, 0);
    size_t all = d.n;
    put16(&d, 0);
    put16(&d, 13);
    put16(&d, 4);
    put16(&d, 2);
    put16(&d, 0x0804); /* rsa_pss_rsae_sha256 */
    put16(&d, 48);     /* oid_filters: not ours to read */
    put16(&d, 2);
    put16(&d, 0);
    put16(&d, 47);
    size_t extension = d.n;
    put16(&d, 0);
    put_names(&d, authority, times);
    close16(&d, extension);
    close16(&d, all);
    return d;
}

static const struct certificate_request *read_message(struct evidence *ev, unsigned version,
                                                      const struct draft *d, size_t n)
{
    struct outcome o = {.version = (uint16_t)version, .request = -1};
    uint8_t *exact = malloc(n + 1); /* so that one byte too far is seen */
    assert_non_null(exact);
    memcpy(exact, d->bytes, n);
    message_read_certificate_request(exact, n, ev, &o);
    free(exact);
    assert_true(o.certificate_requested);
    return o.request >= 0 ? &ev->requests[o.request] : NULL;
}

static const struct pki_cert *corp(void)
{
    return pki_make((struct pki_spec){.cn = "Corp Root\x1b[31m", .org = "Corp", .is_ca = true});
}

/* ---- reading them -------------------------------------------------------------------------- */

static void the_authorities_are_named_in_both_versions(void **state)
{
    (void)state;
    const struct pki_cert *root = corp();
    const struct draft drafts[] = {tls12(root, 1), tls13(root, 1)};
    const unsigned versions[] = {TLS12, TLS13};
    for (size_t i = 0; i < 2; i++) {
        struct evidence *ev = evidence_new();
        const struct certificate_request *r =
            read_message(ev, versions[i], &drafts[i], drafts[i].n);
        assert_int_equal(r->n_all_authorities, 1);
        assert_string_equal(r->authorities[0].organisation, "Corp");
        assert_true(text_is_clean(r->authorities[0].name, strlen(r->authorities[0].name)));
        assert_non_null(strstr(r->authorities[0].dn, "Corp"));
        assert_int_equal(r->ours, -1);
        assert_int_equal(r->n_signatures, i == 0 ? 2 : 1);
        assert_string_equal(r->signatures[0].name, i == 0 ? "RSA-SHA256" : "RSA-PSS-SHA256");
        assert_int_equal(r->n_kinds, i == 0 ? 2 : 0);
        evidence_free(ev);
    }
}

static void before_tls12_no_signatures_are_listed(void **state)
{
    (void)state;
    struct draft d = {.n = 0};
    struct evidence *ev = evidence_new();
    put8(&d, 1);
    put8(&d, 1);
    put_names(&d, corp(), 1);
    const struct certificate_request *r = read_message(ev, TLS11, &d, d.n);
    assert_int_equal(r->n_signatures, 0);
    assert_int_equal(r->n_authorities, 1);
    evidence_free(ev);
}

static void a_long_list_is_counted_and_not_kept(void **state)
{
    (void)state;
    struct evidence *ev = evidence_new();
    struct draft d = tls12(corp(), 200);
    const struct certificate_request *r = read_message(ev, TLS12, &d, d.n);
    assert_int_equal(r->n_all_authorities, 200);
    assert_int_equal(r->n_authorities, CERTIFICATE_REQUEST_MAX_AUTHORITIES);
    assert_ptr_equal(read_message(ev, TLS12, &d, d.n), r);
    assert_int_equal(ev->n_requests, 1);
    evidence_free(ev);
}

static void every_cut_is_survived(void **state)
{
    (void)state;
    const struct pki_cert *root = corp();
    const struct draft drafts[] = {tls12(root, 2), tls13(root, 2)};
    for (size_t i = 0; i < 2; i++)
        for (size_t n = 0; n < drafts[i].n; n++) {
            struct evidence *ev = evidence_new();
            const struct certificate_request *r =
                read_message(ev, i ? TLS13 : TLS12, &drafts[i], n);
            assert_true(r->n_authorities <= 2);
            evidence_free(ev);
        }
}

static void ours_is_found_beyond_what_is_kept(void **state)
{
    (void)state;
    const struct pki_cert *root = corp();
    const struct pki_cert *other = pki_make((struct pki_spec){.cn = "Other", .is_ca = true});
    const struct pki_cert *leaf = pki_make((struct pki_spec){.cn = "Anna", .issuer = root});
    struct evidence *ev = evidence_new();
    struct draft d = {.n = 0};
    assert_true(evidence_add_own(ev, leaf->der.data, leaf->der.len));
    put8(&d, 1);
    put8(&d, 64);
    put16(&d, 2);
    put16(&d, 0x0403);
    size_t at = d.n;
    put16(&d, 0);
    for (int i = 0; i < 2 * CERTIFICATE_REQUEST_MAX_AUTHORITIES; i++)
        put_name(&d, other);
    put_name(&d, root);
    close16(&d, at);
    assert_int_equal(read_message(ev, TLS12, &d, d.n)->ours, 0);
    evidence_free(ev);
}

/* What Windows makes of it is known; on other systems it is only a note. */
static void a_list_that_is_too_long_is_noted(void **state)
{
    static const size_t times[] = {100, 900};
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        const struct pki_cert *root = corp();
        struct draft *d = calloc(1, sizeof(*d));
        struct evidence *ev = evidence_new();
        struct settings s = {.port = 443};
        struct analysis r = {.ev = ev, .asked = evidence_add_probe(ev, &s, 0)};
        *d = tls12(root, times[i]);
        ev->probes[0].outcome.version = TLS12;
        message_read_certificate_request(d->bytes, d->n, ev, &ev->probes[0].outcome);
        assert_int_equal(analysis_request(&r)->list_bytes > 16 * 1024, i == 1);
        assert_int_equal(analysis_request(&r)->n_all_authorities, times[i]);
        evidence_free(ev);
        free(d);
    }
}

/* ---- what is said of the one that was given ------------------------------------------------- */

/* A case whose server asked, got our certificate and answered with this alert. */
struct scene {
    struct evidence *ev;
    struct probe *p;
};

static struct scene refused(const struct pki_cert *leaf, int alert)
{
    struct scene s = {.ev = evidence_new()};
    s.ev->target.has_client_certificate = true;
    s.ev->target.port = 443;
    s.ev->facts.clock = PKI_NOW;
    s.ev->resolution.finished = true;
    s.ev->resolution.n_addresses = 1;
    text_copy_cut(s.ev->resolution.addresses[0], SETTINGS_ADDRESS_SIZE, "192.0.2.1");
    assert_true(evidence_add_own(s.ev, leaf->der.data, leaf->der.len));
    struct walk *w = calloc(1, sizeof(*w));
    walk(s.ev, w);
    s.p = evidence_add_probe(s.ev, &w->wants[0].settings, 0);
    free(w);
    s.p->outcome.finished = s.p->outcome.certificate_requested = true;
    s.p->outcome.version = TLS12;
    s.p->outcome.stage = STAGE_FINISHED;
    s.p->outcome.how = BREAK_ALERT;
    s.p->outcome.alert = alert;
    return s;
}

static void asked_by(struct scene *s, const struct pki_cert *authority)
{
    struct draft d = tls12(authority, 1);
    struct outcome o = {.version = TLS12};
    message_read_certificate_request(d.bytes, d.n, s->ev, &o);
    s->p->outcome.request = o.request;
}

/* Ends the scene: the causes must be these, the first of them this certain. */
static void assert_says(struct scene *s, const char *slug, enum certainty certainty)
{
    struct walk *w = calloc(1, sizeof(*w));
    assert_non_null(w);
    s->ev->settled = true;
    walk(s->ev, w);
    if (w->n_causes != 1 || !w->causes[0].cause || strcmp(w->causes[0].cause->slug, slug) != 0)
        fail_msg("%s expected, %s of %zu found", slug,
                 w->causes[0].cause ? w->causes[0].cause->slug : "nothing", w->n_causes);
    assert_int_equal(w->causes[0].certainty, certainty);
    free(w);
    evidence_free(s->ev);
}

static struct pki_spec anna(void)
{
    return (struct pki_spec){.cn = "Anna", .issuer = corp(), .purpose = GNUTLS_KP_TLS_WWW_CLIENT};
}

static void a_fact_that_the_alert_bears_out_is_proven(void **state)
{
    (void)state;
    struct pki_spec spec = anna();
    spec.until = PKI_NOW - 86400;
    struct scene s = refused(pki_make(spec), 45);
    assert_says(&s, "client-certificate.expired", CERTAINTY_PROVEN);
    s = refused(pki_make(spec), 42); /* "bad": of whatever kind */
    assert_says(&s, "client-certificate.expired", CERTAINTY_LIKELY);
    spec = anna();
    spec.from = PKI_NOW + 86400;
    s = refused(pki_make(spec), 45);
    assert_says(&s, "client-certificate.not-yet-valid", CERTAINTY_PROVEN);
    spec = anna();
    spec.purpose = GNUTLS_KP_TLS_WWW_SERVER;
    s = refused(pki_make(spec), 43);
    assert_says(&s, "client-certificate.wrong-purpose", CERTAINTY_PROVEN);
}

/* It ran out, and it has another purpose: the server's word says which of them it stumbled over. */
static void an_alert_of_one_meaning_chooses_among_facts(void **state)
{
    (void)state;
    struct pki_spec spec = anna();
    spec.until = PKI_NOW - 86400;
    spec.purpose = GNUTLS_KP_TLS_WWW_SERVER;
    struct scene s = refused(pki_make(spec), 45);
    assert_says(&s, "client-certificate.expired", CERTAINTY_PROVEN);
    s = refused(pki_make(spec), 43);
    assert_says(&s, "client-certificate.wrong-purpose", CERTAINTY_PROVEN);
}

static void the_servers_word_alone_proves_nothing(void **state)
{
    (void)state;
    struct scene s = refused(pki_make(anna()), 44);
    assert_says(&s, "client-certificate.revoked", CERTAINTY_LIKELY);
    s = refused(pki_make(anna()), 45);
    assert_says(&s, "client-certificate.clocks-differ", CERTAINTY_LIKELY);
    s = refused(pki_make(anna()), 48);
    assert_says(&s, "client-certificate.unknown-authority", CERTAINTY_LIKELY);
    s = refused(pki_make(anna()), 46);
    assert_says(&s, "client-certificate.refused", CERTAINTY_LIKELY);
}

/* A clock of ours that two witnesses contradict does not make a good certificate an old one. */
static void its_dates_are_judged_by_the_true_time(void **state)
{
    (void)state;
    struct scene s = refused(pki_make(anna()), 46);
    s.ev->facts.clock = PKI_UNTIL + 300 * INT64_C(86400);
    s.p->outcome.http_date = PKI_NOW;
    s.p->outcome.http_date_local = s.ev->facts.clock;
    struct fetch *f = evidence_add_fetch(s.ev, FETCH_KIND_ISSUER, "http://ca.example/ca.crt", "");
    TEXT_SET(f->address, "192.0.2.9");
    f->http_date = PKI_NOW;
    f->http_date_local = s.ev->facts.clock;
    s.p->outcome.stage = STAGE_REPLY;
    assert_says(&s, "client-certificate.refused", CERTAINTY_LIKELY);
}

static void the_list_of_authorities_is_held_against_it(void **state)
{
    (void)state;
    const struct pki_cert *bank =
        pki_make((struct pki_spec){.cn = "Bank Root", .org = "Bank", .is_ca = true});
    const struct pki_cert *corp_other =
        pki_make((struct pki_spec){.cn = "Corp Top", .org = "Corp", .is_ca = true});
    struct scene s = refused(pki_make(anna()), 48);
    asked_by(&s, bank); /* one in the middle may be missing: not proven */
    assert_says(&s, "client-certificate.wrong-authority", CERTAINTY_LIKELY);
    s = refused(pki_make((struct pki_spec){.cn = "Anna"}), 48);
    asked_by(&s, bank); /* signed by itself: nothing can be missing */
    assert_says(&s, "client-certificate.wrong-authority", CERTAINTY_PROVEN);
    s = refused(pki_make(anna()), 48);
    asked_by(&s, corp_other);
    assert_says(&s, "client-certificate.incomplete", CERTAINTY_LIKELY);
}

static void a_key_that_can_not_sign_as_it_is_wanted(void **state)
{
    (void)state;
    struct pki_spec spec = anna();
    struct draft d = {.n = 0};
    struct outcome o = {.version = TLS12};
    struct scene s = refused(pki_make(spec), -1);
    put8(&d, 1);
    put8(&d, 1); /* RSA alone */
    put16(&d, 2);
    put16(&d, 0x0401);
    put16(&d, 0);
    message_read_certificate_request(d.bytes, d.n, s.ev, &o);
    s.p->outcome.request = o.request;
    s.p->outcome.stage = STAGE_KEY_EXCHANGE;
    s.p->outcome.how = BREAK_WE_REFUSED;
    s.p->outcome.refused_for = REFUSED_FOR_OWN_KEY;
    assert_says(&s, "client-certificate.wrong-kind", CERTAINTY_PROVEN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_authorities_are_named_in_both_versions),
        cmocka_unit_test(before_tls12_no_signatures_are_listed),
        cmocka_unit_test(a_long_list_is_counted_and_not_kept),
        cmocka_unit_test(every_cut_is_survived),
        cmocka_unit_test(a_list_that_is_too_long_is_noted),
        cmocka_unit_test(ours_is_found_beyond_what_is_kept),
        cmocka_unit_test(a_fact_that_the_alert_bears_out_is_proven),
        cmocka_unit_test(an_alert_of_one_meaning_chooses_among_facts),
        cmocka_unit_test(the_servers_word_alone_proves_nothing),
        cmocka_unit_test(its_dates_are_judged_by_the_true_time),
        cmocka_unit_test(the_list_of_authorities_is_held_against_it),
        cmocka_unit_test(a_key_that_can_not_sign_as_it_is_wanted),
    };
    return cmocka_run_group_tests(tests, NULL, pki_tear_down);
}
