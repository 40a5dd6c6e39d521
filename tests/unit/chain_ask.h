/*
 * chain_ask.h - for the tests of chain_judge: a small world of certificates, and a short way to ask
 * about some of them. Uses pki.h.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_TESTS_CHAIN_ASK_H
#define WHYTLS_TESTS_CHAIN_ASK_H

#include "unit/pki.h"

#include "whytls/chain.h"

#define AUTHORITY_USAGE (GNUTLS_KEY_KEY_CERT_SIGN | GNUTLS_KEY_CRL_SIGN)
static const char name[] = "shop.example.com";

/* What every story starts from. */
static struct pki_cert *root, *middle, *leaf, *other_root;

struct ask {
    const struct pki_cert *sent[EVIDENCE_MAX_CHAIN];
    const struct pki_cert *extra[EVIDENCE_MAX_FETCHES];
    const struct pki_cert *anchors[EVIDENCE_MAX_ANCHORS]; /* none: root */
    const char *name;                                     /* NULL: shop.example.com */
    bool is_address, no_anchors;
    enum key_use key_use;
    int64_t now; /* 0: PKI_NOW */
};

static inline struct chain_answer judge(struct ask ask)
{
    static struct anchor anchors[EVIDENCE_MAX_ANCHORS];
    struct chain_question q = {.name = ask.name ? ask.name : name,
                               .name_is_address = ask.is_address,
                               .key_use = ask.key_use,
                               .now = ask.now ? ask.now : PKI_NOW,
                               .anchors = anchors};
    if (!ask.anchors[0] && !ask.no_anchors) {
        ask.anchors[0] = root;
    }
    while (q.n_sent < EVIDENCE_MAX_CHAIN && ask.sent[q.n_sent]) {
        q.sent[q.n_sent] = &ask.sent[q.n_sent]->der;
        q.n_sent++;
    }
    while (q.n_extra < EVIDENCE_MAX_FETCHES && ask.extra[q.n_extra]) {
        q.extra[q.n_extra] = &ask.extra[q.n_extra]->der;
        q.n_extra++;
    }
    while (q.n_anchors < EVIDENCE_MAX_ANCHORS && ask.anchors[q.n_anchors]) {
        anchors[q.n_anchors].der = ask.anchors[q.n_anchors]->der;
        q.n_anchors++;
    }
    struct chain_answer a;
    chain_judge(&q, &a);
    return a;
}

static inline void assert_good(const struct chain_answer *a)
{
    assert_true(a->judged);
    assert_int_equal(a->changes, 0);
    assert_true(a->acceptable);
    assert_true(a->is_proven);
    for (size_t i = 0; i < CHAIN_CHANGE_COUNT; i++) {
        assert_int_equal(a->at[i], -1);
    }
}

static inline void assert_one(const struct chain_answer *a, enum chain_change change, int at)
{
    assert_true(a->judged);
    assert_false(a->acceptable);
    assert_int_equal(a->changes, 1u << change);
    assert_int_equal(a->at[change], at);
}

static inline void assert_no_note(const struct chain_answer *a)
{
    assert_false(a->is_unordered);
    assert_false(a->has_unused);
    assert_false(a->is_incomplete);
}

static inline struct pki_cert *make_leaf(struct pki_spec s)
{
    s.cn = s.cn ? s.cn : name;
    s.dns[0] = s.dns[0] || s.ip[0] ? s.dns[0] : name;
    s.issuer = s.issuer ? s.issuer : middle;
    return pki_make(s);
}

static inline struct pki_cert *make_authority(struct pki_spec s)
{
    s.is_ca = true;
    s.usage = s.usage ? s.usage : AUTHORITY_USAGE;
    return pki_make(s);
}

static inline int set_up(void **state)
{
    (void)state;
    root = make_authority((struct pki_spec){.cn = "Root"});
    other_root = make_authority((struct pki_spec){.cn = "Other Root"});
    middle = make_authority((struct pki_spec){.cn = "Middle CA", .issuer = root});
    leaf = make_leaf((struct pki_spec){.purpose = GNUTLS_KP_TLS_WWW_SERVER});
    return 0;
}

#endif
