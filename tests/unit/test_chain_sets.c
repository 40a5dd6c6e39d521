/*
 * test_chain_sets.c - several faults at once: chain_judge names each of them and no other.
 * Chains with random faults, from a fixed seed, are compared with what was built in: the first of
 * them in each run, all six thousand with WHOLE=1.
 * The model below knows what it put into each certificate; it reads no certificate and has no code
 * in common with src/chain. What is made once is kept: keys, and certificates with the same faults.
 * SPDX-License-Identifier: MIT
 */
#include "unit/sanitized.h"
#include "unit/statements.h"

#include "whytls/chain.h"

enum {
    N_ALL_CHAINS = 6000,
    N_CHAINS = IS_SANITIZED ? 500 : 1500,
    OF_EACH_SIZE = N_CHAINS / 300, /* at least */
    MIDS_MAX = 3,
    PLACES = MIDS_MAX + 2, /* leaf, authorities in between, root */
    FAULTS_MAX = 5,
    MADE_MAX = 6000,
};

/* What can be wrong with one certificate. */
enum flaw {
    FLAW_OVER = 1,            /* its time is over */
    FLAW_EARLY = 1 << 1,      /* its time has not come */
    FLAW_PURPOSE = 1 << 2,    /* made for something else than serving */
    FLAW_USAGE = 1 << 3,      /* leaf: its key may not sign; authority: not sign certificates */
    FLAW_KEY = 1 << 4,        /* RSA of 1024 bits */
    FLAW_SIGNATURE = 1 << 5,  /* signed with SHA-1 */
    FLAW_NO_CA = 1 << 6,      /* not marked as an authority */
    FLAW_SHALLOW = 1 << 7,    /* allows no authority below it */
    FLAW_LIMIT = 1 << 8,      /* may sign for another domain only */
    FLAW_CORRUPTED = 1 << 9,  /* its signature does not fit */
    FLAW_CRITICAL = 1 << 10,  /* has a critical extension that nobody knows */
    HARMLESS_LIMIT = 1 << 11, /* may sign for the leaf's domain only */
    HARMLESS_DEPTH = 1 << 12, /* allows just as many authorities as there are */
    FLAW_STAPLE = 1 << 13,    /* leaf: asks for a stapled proof, and there is none */
};

struct plan {
    size_t n_mids;
    unsigned flaws[PLACES];  /* by place: 0 the leaf, n_mids + 1 the root */
    bool is_missing[PLACES]; /* not sent, but there to be fetched */
    bool root_sent, trusts_root, trusts_namesake;
    bool is_leaf_late;   /* another one is sent first */
    bool is_shuffled;    /* the authorities come in any order: no fault */
    bool asks_other;     /* for a name that the leaf does not have */
    bool has_stranger;   /* a certificate that has nothing to do with it */
    bool has_duplicate;  /* the leaf is sent twice */
    size_t twin;         /* place of an authority that is cross-signed; 0: none */
    unsigned twin_flaws; /* of the cross-signed one */
    bool trusts_old;     /* the root that cross-signed is on the list */
    bool is_old_expired; /* and its own time is over, as DST Root CA X3's was */
    bool is_revoked;     /* its issuer has called the leaf back */
};

/* By slot, with a strong and with a weak key: for their names and keys only. */
static struct pki_cert *owners[PLACES][2];
static struct pki_cert *old_root, *expired_root, *stranger, *namesake;
static const char *const names[PLACES] = {"shop.example.com", "CA 1", "CA 2", "CA 3", "Root"};
static size_t n_made;
static struct {
    size_t place, above;
    unsigned flaws;
    bool above_is_weak, is_twin;
    struct pki_cert *cert;
} made[MADE_MAX];

/* xorshift64*: the same numbers everywhere. */
static uint64_t dice;

static unsigned throw_dice(unsigned sides)
{
    dice ^= dice >> 12;
    dice ^= dice << 25;
    dice ^= dice >> 27;
    return (unsigned)((dice * UINT64_C(2685821657736338717)) >> 33) % sides;
}

/* ---- making -------------------------------------------------------------------------------- */

static size_t root_place(const struct plan *p)
{
    return p->n_mids + 1;
}

/* By place the names and keys are the same in every chain; the root is always the last of them. */
static size_t slot_of(const struct plan *p, size_t place)
{
    return place == root_place(p) ? PLACES - 1 : place;
}

static struct pki_spec spec_of(size_t place, unsigned flaws)
{
    bool is_leaf = place == 0;
    struct pki_spec s = {
        .cn = names[place],
        .dns = {is_leaf ? names[0] : NULL},
        .is_ca = !is_leaf && !(flaws & FLAW_NO_CA),
        .usage = is_leaf                ? GNUTLS_KEY_DIGITAL_SIGNATURE
                 : (flaws & FLAW_USAGE) ? GNUTLS_KEY_CRL_SIGN
                                        : GNUTLS_KEY_KEY_CERT_SIGN,
        .from = (flaws & FLAW_EARLY) ? PKI_NOW + 1 : 0,
        .until = (flaws & FLAW_OVER) ? PKI_NOW - 1 : 0,
        .purpose = (flaws & FLAW_PURPOSE) ? GNUTLS_KP_EMAIL_PROTECTION : NULL,
        .digest = (flaws & FLAW_SIGNATURE) ? GNUTLS_DIG_SHA1 : GNUTLS_DIG_SHA256,
        .max_below = (flaws & FLAW_SHALLOW)     ? 1
                     : (flaws & HARMLESS_DEPTH) ? (int)(place < PLACES - 1 ? place : PLACES - 1)
                                                : 0,
        .permit_dns = (flaws & FLAW_LIMIT)       ? "other.example"
                      : (flaws & HARMLESS_LIMIT) ? "example.com"
                                                 : NULL,
        .must_staple = (flaws & FLAW_STAPLE) != 0,
        .critical_oid = (flaws & FLAW_CRITICAL) ? PKI_UNKNOWN_OID : NULL,
        .same_key = owners[place][(flaws & FLAW_KEY) != 0],
    };
    if (is_leaf && (flaws & FLAW_USAGE)) {
        s.usage = GNUTLS_KEY_KEY_AGREEMENT;
    }
    return s;
}

static struct pki_cert *make(size_t slot, size_t above, unsigned flaws, bool above_is_weak,
                             bool is_twin)
{
    for (size_t i = 0; i < n_made; i++) {
        if (made[i].place == slot && made[i].above == above && made[i].flaws == flaws &&
            made[i].above_is_weak == above_is_weak && made[i].is_twin == is_twin) {
            return made[i].cert;
        }
    }
    struct pki_spec s = spec_of(slot, flaws);
    if (is_twin) {
        s.issuer = old_root;
    } else if (slot != above) {
        s.issuer = owners[above][above_is_weak];
    }
    struct pki_cert *c = pki_make(s);
    assert_true(n_made < MADE_MAX);
    made[n_made].place = slot;
    made[n_made].above = above;
    made[n_made].flaws = flaws;
    made[n_made].above_is_weak = above_is_weak;
    made[n_made].is_twin = is_twin;
    made[n_made].cert = (flaws & FLAW_CORRUPTED) ? pki_corrupt(c) : c;
    return made[n_made++].cert;
}

static struct pki_cert *make_place(const struct plan *p, size_t place)
{
    bool is_root = place == root_place(p);
    size_t above = is_root ? place : place + 1;
    return make(slot_of(p, place), slot_of(p, above), p->flaws[place],
                !is_root && (p->flaws[above] & FLAW_KEY), false);
}

/* ---- planning ------------------------------------------------------------------------------ */

static void add_flaw(struct plan *p)
{
    static const unsigned for_leaf[] = {FLAW_STAPLE,    FLAW_OVER,      FLAW_EARLY,
                                        FLAW_PURPOSE,   FLAW_USAGE,     FLAW_KEY,
                                        FLAW_SIGNATURE, FLAW_CORRUPTED, FLAW_CRITICAL};
    static const unsigned for_authority[] = {FLAW_OVER,  FLAW_EARLY,     FLAW_PURPOSE, FLAW_USAGE,
                                             FLAW_KEY,   FLAW_SIGNATURE, FLAW_NO_CA,   FLAW_SHALLOW,
                                             FLAW_LIMIT, FLAW_CORRUPTED, FLAW_CRITICAL};
    size_t place = throw_dice((unsigned)p->n_mids + 2);
    unsigned flaw = place == root_place(p) ? (unsigned)FLAW_OVER << throw_dice(2)
                    : place == 0
                        ? for_leaf[throw_dice(sizeof for_leaf / sizeof *for_leaf)]
                        : for_authority[throw_dice(sizeof for_authority / sizeof *for_authority)];
    if (flaw & (FLAW_OVER | FLAW_EARLY)) {
        p->flaws[place] &= ~(unsigned)(FLAW_OVER | FLAW_EARLY);
    }
    p->flaws[place] |= flaw;
}

static void add_fault(struct plan *p)
{
    switch (throw_dice(9)) {
    case 0:
        p->is_missing[1 + throw_dice((unsigned)p->n_mids)] = true;
        break;
    case 1:
        p->trusts_root = false;
        p->trusts_namesake = throw_dice(2);
        break;
    case 2:
        p->asks_other = true;
        break;
    case 3:
        p->is_leaf_late = true;
        break;
    case 4:
        p->is_revoked = true;
        break;
    default:
        add_flaw(p);
    }
}

static struct plan make_plan(void)
{
    struct plan p = {.n_mids = 1 + throw_dice(MIDS_MAX), .trusts_root = true};
    for (unsigned n = throw_dice(FAULTS_MAX + 1); n > 0; n--) {
        add_fault(&p);
    }
    for (size_t i = 1; i <= root_place(&p); i++) {
        p.flaws[i] |=
            (throw_dice(4) == 0 ? HARMLESS_LIMIT : 0u) | (throw_dice(4) == 0 ? HARMLESS_DEPTH : 0u);
    }
    /* The lab's statements are signed with elliptic curves only. */
    p.is_revoked = p.is_revoked && !(p.flaws[1] & FLAW_KEY);
    p.root_sent = throw_dice(3) == 0;
    p.is_shuffled = throw_dice(3) == 0;
    p.has_stranger = throw_dice(4) == 0;
    p.has_duplicate = throw_dice(6) == 0;
    if (throw_dice(3) == 0) {
        p.twin = 1 + throw_dice((unsigned)p.n_mids);
        p.twin_flaws = (p.flaws[p.twin] & FLAW_KEY) | (throw_dice(2) ? FLAW_OVER : 0);
        p.trusts_old = throw_dice(2);
        p.is_old_expired = throw_dice(2);
    }
    size_t n_sent = 0;
    for (size_t i = 1; i <= p.n_mids; i++) {
        n_sent += !p.is_missing[i];
    }
    /* With no other one that belongs to it in front, nothing is out of order. */
    p.is_leaf_late = p.is_leaf_late && n_sent > 0;
    return p;
}

/* ---- what must come out -------------------------------------------------------------------- */

struct model {
    unsigned changes;
    int at[CHAIN_CHANGE_COUNT];
};

static void note(struct model *m, enum chain_change change, size_t place)
{
    if (!(m->changes & (1u << change))) {
        m->changes |= 1u << change;
        m->at[change] = (int)place;
    }
}

/* One certificate that is judged, and is not the trusted end; is_top: who signed it is not there.
 */
static void model_one(struct model *m, unsigned flaws, size_t place, bool is_top)
{
    static const struct {
        unsigned flaws;
        enum chain_change change;
    } rows[] = {
        {FLAW_OVER | FLAW_EARLY, CHAIN_CHANGE_DATE},
        {FLAW_PURPOSE, CHAIN_CHANGE_PURPOSE},
        {FLAW_KEY, CHAIN_CHANGE_KEY},
        {FLAW_SIGNATURE, CHAIN_CHANGE_SIGNATURE},
        {FLAW_STAPLE, CHAIN_CHANGE_STAPLE},
        {FLAW_NO_CA, CHAIN_CHANGE_AUTHORITY},
        {FLAW_CRITICAL, CHAIN_CHANGE_RULES},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (flaws & rows[i].flaws) {
            note(m, rows[i].change, place);
        }
    }
    if (flaws & FLAW_USAGE) {
        note(m, place == 0 ? CHAIN_CHANGE_PURPOSE : CHAIN_CHANGE_AUTHORITY, place);
    }
    if ((flaws & FLAW_SHALLOW) && place > 1) {
        note(m, CHAIN_CHANGE_DEPTH, 1);
    }
    if (flaws & FLAW_LIMIT) {
        note(m, CHAIN_CHANGE_NAME_LIMIT, 0);
    }
    if ((flaws & FLAW_CORRUPTED) && !is_top) {
        note(m, CHAIN_CHANGE_INTACT, place);
    }
}

static struct model model_start(const struct plan *p)
{
    struct model m = {.changes = 0};
    for (size_t i = 0; i < CHAIN_CHANGE_COUNT; i++) {
        m.at[i] = -1;
    }
    if (p->asks_other) {
        note(&m, CHAIN_CHANGE_NAME, 0);
    }
    if (p->is_leaf_late) {
        note(&m, CHAIN_CHANGE_ORDER, 0);
    }
    if (p->is_revoked) {
        note(&m, CHAIN_CHANGE_REVOCATION, 0);
    }
    return m;
}

static void model_below(struct model *m, const struct plan *p, size_t end)
{
    for (size_t i = 0; i < end; i++) {
        bool is_top = i == p->n_mids && !p->trusts_root && !p->root_sent;
        model_one(m, p->flaws[i], i, is_top);
        if (p->is_missing[i]) {
            note(m, CHAIN_CHANGE_ADD_CERTIFICATE, i);
        }
    }
}

static struct model model_straight(const struct plan *p)
{
    struct model m = model_start(p);
    model_below(&m, p, p->n_mids + 1);
    if (p->trusts_root) {
        model_one(&m, p->flaws[root_place(p)], root_place(p), true);
    } else {
        note(&m, CHAIN_CHANGE_ADD_ROOT, p->root_sent ? root_place(p) : p->n_mids);
    }
    return m;
}

/* The way over the cross-signed one; its root is never sent. */
static struct model model_crossed(const struct plan *p)
{
    struct model m = model_start(p);
    model_below(&m, p, p->twin);
    model_one(&m, p->twin_flaws, p->twin, !p->trusts_old);
    if (!p->trusts_old) {
        note(&m, CHAIN_CHANGE_ADD_ROOT, p->twin);
    } else if (p->is_old_expired) {
        note(&m, CHAIN_CHANGE_DATE, p->twin + 1);
    }
    return m;
}

/* ---- asking -------------------------------------------------------------------------------- */

struct asked {
    struct chain_question q;
    struct anchor anchors[2];
    struct statement word; /* owned: asked_fini */
};

static void put_in(struct chain_question *q, const struct pki_cert *c)
{
    assert_true(q->n_sent < EVIDENCE_MAX_CHAIN);
    q->sent[q->n_sent++] = &c->der;
}

static void send_authorities(const struct plan *p, struct asked *a)
{
    for (size_t i = 1; i <= p->n_mids; i++) {
        struct pki_cert *c = make_place(p, i);
        if (p->is_missing[i]) {
            a->q.extra[a->q.n_extra++] = &c->der;
        } else {
            put_in(&a->q, c);
        }
    }
    if (p->twin) {
        put_in(&a->q, make(p->twin, PLACES, p->twin_flaws, false, true));
    }
    if (p->root_sent) {
        put_in(&a->q, make_place(p, root_place(p)));
    }
}

static void swap(struct chain_question *q, size_t a, size_t b)
{
    const struct blob *kept = q->sent[a];
    q->sent[a] = q->sent[b];
    q->sent[b] = kept;
}

static void ask(const struct plan *p, struct asked *a)
{
    memset(a, 0, sizeof *a);
    a->q.name = p->asks_other ? "else.example.com" : names[0];
    a->q.key_use = KEY_USE_SIGN;
    a->q.may_expect_staple = true;
    a->q.now = PKI_NOW;
    a->q.anchors = a->anchors;
    put_in(&a->q, make_place(p, 0));
    send_authorities(p, a);
    if (p->is_leaf_late) {
        swap(&a->q, 0, 1); /* the first authority that is sent is part of the straight path */
    }
    for (size_t i = a->q.n_sent; p->is_shuffled && i-- > 2;) {
        swap(&a->q, i, 1 + throw_dice((unsigned)i));
    }
    if (p->has_stranger) {
        put_in(&a->q, stranger);
    }
    if (p->has_duplicate) {
        put_in(&a->q, make_place(p, 0));
    }
    if (p->is_revoked) {
        size_t above = slot_of(p, 1);
        a->word = say_by_ocsp(make_place(p, 0), owners[above][(p->flaws[1] & FLAW_KEY) != 0],
                              LAB_WORD_REVOKED, PKI_NOW);
        a->q.told[a->q.n_told++] = &a->word;
    }
    if (p->trusts_root || p->trusts_namesake) {
        a->anchors[a->q.n_anchors++].der =
            (p->trusts_root ? make_place(p, root_place(p)) : namesake)->der;
    }
    if (p->trusts_old) {
        a->anchors[a->q.n_anchors++].der = (p->is_old_expired ? expired_root : old_root)->der;
    }
}

static void judge(const struct plan *p, struct chain_answer *a)
{
    struct asked asked;
    ask(p, &asked);
    chain_judge(&asked.q, a);
    blob_fini(&asked.word.der);
    assert_in_range(a->work, a->n_checks, CHAIN_MAX_WORK / 4); /* with keys of 1 to 4 units each */
}

/* ---- the property -------------------------------------------------------------------------- */

static void print_set(const char *what, unsigned set, const int at[CHAIN_CHANGE_COUNT])
{
    print_message("  %s:", what);
    for (unsigned i = 0; i < CHAIN_CHANGE_COUNT; i++) {
        if (set & (1u << i)) {
            print_message(" %s@%d", chain_change_id((enum chain_change)i), at[i]);
        }
    }
    print_message("\n");
}

static void print_plan(unsigned chain, const struct plan *p)
{
    print_message("chain %u:", chain);
    for (size_t i = 0; i <= root_place(p); i++) {
        print_message(" %04x%s", p->flaws[i], p->is_missing[i] ? "(missing)" : "");
    }
    print_message("; root sent %d trusted %d namesake %d; late %d shuffled %d; twin %zu %03x "
                  "trusted %d\n",
                  p->root_sent, p->trusts_root, p->trusts_namesake, p->is_leaf_late, p->is_shuffled,
                  p->twin, p->twin_flaws, p->trusts_old);
}

static bool is_same(const struct chain_answer *a, const struct model *m)
{
    return a->changes == m->changes && memcmp(a->at, m->at, sizeof m->at) == 0;
}

/* The smaller one of two ways; of two equal ones either. */
static bool is_right(const struct chain_answer *a, const struct plan *p)
{
    struct model straight = model_straight(p), crossed = model_crossed(p);
    int n = __builtin_popcount(straight.changes), m = __builtin_popcount(crossed.changes);
    bool may_straight = !p->twin || n <= m, may_cross = p->twin && m <= n;
    if (p->is_leaf_late && p->asks_other) {
        /* Nothing says which one is the leaf: it may be a smaller set than the one that was made.
         */
        return a->judged && !a->acceptable && __builtin_popcount(a->changes) <= n;
    }
    bool right = (may_straight && is_same(a, &straight)) || (may_cross && is_same(a, &crossed));
    right = right && a->judged && a->acceptable == (a->changes == 0) &&
            a->is_proven == !(a->changes & CHAIN_BIT(INTACT));
    if (!right) {
        print_set("straight", straight.changes, straight.at);
        print_set("crossed", crossed.changes, crossed.at);
        print_set("judged", a->changes, a->at);
    }
    return right;
}

static void test_random_faults_are_named(void **state)
{
    (void)state;
    unsigned sizes[PLACES + FAULTS_MAX] = {0}, n_wrong = 0;
    dice = UINT64_C(0x9e3779b97f4a7c15);
    for (unsigned i = 0, n = takes_the_whole() ? N_ALL_CHAINS : N_CHAINS; i < n; i++) {
        struct plan p = make_plan();
        struct chain_answer a;
        judge(&p, &a);
        if (!is_right(&a, &p)) {
            print_plan(i, &p);
            n_wrong++;
        }
        sizes[__builtin_popcount(a.changes)]++;
        assert_true(n_wrong < 5);
    }
    assert_int_equal(n_wrong, 0);
    for (unsigned i = 0; i <= FAULTS_MAX; i++) {
        assert_true(sizes[i] > OF_EACH_SIZE); /* the dice did throw chains of every kind */
    }
}

/* Law 1: the same question gives the same answer. */
static void test_same_answer_again(void **state)
{
    (void)state;
    dice = 42;
    for (unsigned i = 0; i < 100; i++) {
        struct plan p = make_plan();
        struct asked asked;
        struct chain_answer a, b;
        ask(&p, &asked);
        chain_judge(&asked.q, &a);
        chain_judge(&asked.q, &b);
        blob_fini(&asked.word.der);
        assert_int_equal(a.changes, b.changes);
        assert_int_equal(a.n_path, b.n_path);
        assert_memory_equal(a.at, b.at, sizeof a.at);
        assert_string_equal(a.rule, b.rule);
    }
}

/* Two paths with one fault each: the likelier one is told. */
static void test_likelier_of_equals(void **state)
{
    (void)state;
    struct plan p = {.n_mids = 2,
                     .trusts_root = true,
                     .twin = 1,
                     .twin_flaws = FLAW_OVER,
                     .trusts_old = true,
                     .is_missing = {[2] = true}};
    struct chain_answer a;
    judge(&p, &a);
    assert_int_equal(a.changes, CHAIN_BIT(DATE));
    p.twin = 0;
    judge(&p, &a);
    assert_int_equal(a.changes, CHAIN_BIT(ADD_CERTIFICATE));
}

static void test_ids_and_words(void **state)
{
    (void)state;
    for (unsigned i = 0; i < CHAIN_CHANGE_COUNT; i++) {
        assert_true(chain_change_id(i)[0] != '\0');
        assert_true(chain_change_words(i)[0] != '\0');
    }
    assert_string_equal(chain_change_id(CHAIN_CHANGE_ADD_ROOT), "add-root");
    assert_string_equal(chain_change_id(CHAIN_CHANGE_COUNT), "");
}

static int set_up(void **state)
{
    (void)state;
    struct pki_spec spec = {.is_ca = true, .usage = GNUTLS_KEY_KEY_CERT_SIGN};
    for (size_t i = 0; i < PLACES; i++) {
        spec.cn = names[i];
        spec.key = PKI_P256;
        owners[i][0] = pki_make(spec);
        spec.key = PKI_RSA_1024;
        owners[i][1] = pki_make(spec);
    }
    spec.key = PKI_P256;
    spec.cn = "Root";
    namesake = pki_make(spec);
    spec.cn = "Old Root";
    old_root = pki_make(spec);
    spec.same_key = old_root;
    spec.until = PKI_NOW - 1;
    expired_root = pki_make(spec);
    stranger = pki_make((struct pki_spec){.cn = "elsewhere.example", .issuer = old_root});
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random_faults_are_named),
        cmocka_unit_test(test_same_answer_again),
        cmocka_unit_test(test_likelier_of_equals),
        cmocka_unit_test(test_ids_and_words),
    };
    return cmocka_run_group_tests(tests, set_up, pki_tear_down);
}
