/*
 * path_checks.c - the checks that a path can fail, each with the change that leaves it out. The
 * structural ones are GnuTLS's verdict on exactly this path; dates, names, purposes and strength
 * are judged here, so that one can be left out without the others. Uses pool.c, chain_names.c.
 * SPDX-License-Identifier: MIT
 */
#include "chain/internal.h"

enum {
    NOT_BROKEN = -1,
    /* Rules that GnuTLS's verification of a path holds, and can't leave out one by one. */
    RULES_OF_A_PATH = CHAIN_BIT(AUTHORITY) | CHAIN_BIT(DEPTH) | CHAIN_BIT(NAME_LIMIT) |
                      CHAIN_BIT(INTACT) | CHAIN_BIT(RULES),
};

typedef int path_check_fn(const struct attempt *t, const struct path *p);

bool path_is_root(const struct attempt *t, const struct path *p, size_t place)
{
    return place > 0 && place + 1 == p->n &&
           (p->is_anchored || pool_is_self_signed(t->pool, p->nodes[place]));
}

/* RFC 5280 4.1.2.5: both ends belong to the time. A time that can't be read is never. */
static bool is_in_time(const struct traits *c, int64_t now)
{
    return c->not_before != -1 && c->not_after != -1 && c->not_before <= now && now <= c->not_after;
}

/* The date of a trusted root counts too: RFC 5280 6.1 leaves it open, OpenSSL and GnuTLS refuse
 * (measured). A self-signed end that nobody trusts is not judged: it would be a new root. */
static int breaks_date(const struct attempt *t, const struct path *p)
{
    for (size_t i = 0; i < p->n; i++) {
        bool is_judged = p->is_anchored || !path_is_root(t, p, i);
        if (is_judged && !is_in_time(pool_traits(t->pool, p->nodes[i]), t->q->now)) {
            return (int)i;
        }
    }
    return NOT_BROKEN;
}

static int breaks_name(const struct attempt *t, const struct path *p)
{
    gnutls_x509_crt_t leaf = t->pool->nodes[p->nodes[0]].crt;
    return crt_covers_name(leaf, t->q->name, t->q->name_is_address) ? NOT_BROKEN : 0;
}

static bool is_fetched(const struct attempt *t, const struct path *p, size_t place)
{
    const struct node *node = &t->pool->nodes[p->nodes[place]];
    return node->sent < 0 && node->anchor < 0;
}

static int needs_certificate(const struct attempt *t, const struct path *p)
{
    for (size_t i = 0; i < p->n; i++) {
        if (is_fetched(t, p, i)) {
            return (int)i;
        }
    }
    return NOT_BROKEN;
}

static int needs_root(const struct attempt *t, const struct path *p)
{
    (void)t;
    return p->is_anchored ? NOT_BROKEN : (int)p->n - 1;
}

static int breaks_order(const struct attempt *t, const struct path *p)
{
    return p->nodes[0] == t->pool->sent[0] ? NOT_BROKEN : 0;
}

/* The key usage that the handshake needs; without one, any that a server can work with. */
static bool usage_fits(const struct attempt *t, const struct traits *leaf)
{
    static const unsigned needed[] = {
        [KEY_USE_ANY] =
            GNUTLS_KEY_DIGITAL_SIGNATURE | GNUTLS_KEY_KEY_ENCIPHERMENT | GNUTLS_KEY_KEY_AGREEMENT,
        [KEY_USE_SIGN] = GNUTLS_KEY_DIGITAL_SIGNATURE,
        [KEY_USE_DECRYPT] = GNUTLS_KEY_KEY_ENCIPHERMENT,
        [KEY_USE_UNASKED] = ~0u,
    };
    return (leaf->usage & needed[t->q->key_use]) != 0;
}

static int breaks_purpose(const struct attempt *t, const struct path *p)
{
    for (size_t i = 0; i < p->n; i++) {
        const struct traits *c = pool_traits(t->pool, p->nodes[i]);
        bool fits = i == 0 ? c->serves && usage_fits(t, c) : c->allows_serving;
        if (!path_is_root(t, p, i) && !fits) {
            return (int)i;
        }
    }
    return NOT_BROKEN;
}

static int breaks_key(const struct attempt *t, const struct path *p)
{
    for (size_t i = 0; i < p->n; i++) {
        if (!path_is_root(t, p, i) && pool_traits(t->pool, p->nodes[i])->is_weak_key) {
            return (int)i;
        }
    }
    return NOT_BROKEN;
}

/* Nobody relies on the signature of an anchor, or of what signs itself. */
static int breaks_signature(const struct attempt *t, const struct path *p)
{
    for (size_t i = 0; i < p->n; i++) {
        bool is_top =
            i + 1 == p->n && (p->is_anchored || pool_is_self_signed(t->pool, p->nodes[i]));
        if (!is_top && pool_traits(t->pool, p->nodes[i])->is_weak_signature) {
            return (int)i;
        }
    }
    return NOT_BROKEN;
}

/* ---- signed statements ------------------------------------------------------------------ */

static int breaks_revocation(const struct attempt *t, const struct path *p)
{
    for (size_t i = 0; i + 1 < p->n || i == 0; i++) {
        if (path_told(t, p, i)->best.kind == STANDING_REVOKED) {
            return (int)i;
        }
    }
    return NOT_BROKEN;
}

/* RFC 7633 4.2.2: who asked for the answer and got none that is good does not go on. */
static int breaks_staple(const struct attempt *t, const struct path *p)
{
    const struct standing *staple = &path_told(t, p, 0)->staple;
    bool is_enough = staple->kind == STANDING_GOOD || staple->kind == STANDING_REVOKED ||
                     staple->kind == STANDING_UNCHECKED;
    bool is_due = t->q->may_expect_staple && pool_traits(t->pool, p->nodes[0])->must_staple;
    return is_due && !is_enough ? 0 : NOT_BROKEN;
}

/* ---- the other rules -------------------------------------------------------------------- */

static gnutls_x509_crt_t crt_at(const struct attempt *t, const struct path *p, size_t place)
{
    return t->pool->nodes[p->nodes[place]].crt;
}

static int find_unknown_critical(const struct attempt *t, const struct path *p)
{
    for (size_t i = 0; i < p->n; i++) {
        if (pool_traits(t->pool, p->nodes[i])->has_unknown_critical) {
            return (int)i;
        }
    }
    return NOT_BROKEN;
}

/* The same name on both ends, whoever's key made the signature (RFC 5280 3.2). */
static bool is_self_issued(const struct attempt *t, const struct path *p, size_t place)
{
    return crt_names_issuer(crt_at(t, p, place), &t->pool->nodes[p->nodes[place]].subject);
}

/* RFC 5280 4.2.1.9: pathLenConstraint counts the authorities below that are not self-issued,
 * without the leaf. */
static int find_too_deep(const struct attempt *t, const struct path *p)
{
    size_t below = 0;
    for (size_t i = 1; i < p->n; i++) {
        int most = -1;
        if (gnutls_x509_crt_get_basic_constraints(crt_at(t, p, i), NULL, NULL, &most) >= 0 &&
            most >= 0 && below > (size_t)most) {
            return 1;
        }
        below += !is_self_issued(t, p, i);
    }
    return NOT_BROKEN;
}

static bool has_alternative_names(gnutls_x509_crt_t crt)
{
    gnutls_datum_t extension = {NULL, 0};
    int ret = gnutls_x509_crt_get_extension_by_oid2(crt, "2.5.29.17", 0, &extension, NULL);
    gnutls_free(extension.data);
    return ret != GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE;
}

/* Where there are no alternative names GnuTLS takes the common name for one; an authority's is none
 * (measured: "Issuing CA" under a limit to example.com). Whole names are read in limits.c. */
static bool constraints_allow(gnutls_x509_name_constraints_t all, gnutls_x509_crt_t crt,
                              bool is_leaf)
{
    static const gnutls_x509_subject_alt_name_t kinds[] = {GNUTLS_SAN_DNSNAME, GNUTLS_SAN_IPADDRESS,
                                                           GNUTLS_SAN_RFC822NAME, GNUTLS_SAN_URI};
    bool is_held = is_leaf || has_alternative_names(crt);
    for (size_t i = 0; is_held && i < sizeof kinds / sizeof *kinds; i++) {
        if (!gnutls_x509_name_constraints_check_crt(all, kinds[i], crt)) {
            return false;
        }
    }
    return true;
}

/* RFC 5280 4.2.1.10: each authority's constraints hold for all that is below it. */
static int find_name_constraint(const struct attempt *t, const struct path *p)
{
    gnutls_x509_name_constraints_t all;
    int broken = NOT_BROKEN;
    if (!pool_spend(t->pool, work_of_limits(t->pool, p)) ||
        gnutls_x509_name_constraints_init(&all) < 0) {
        return NOT_BROKEN;
    }
    for (size_t i = p->n - 1; i > 0 && broken == NOT_BROKEN; i--) {
        int ret = gnutls_x509_crt_get_name_constraints(crt_at(t, p, i), all,
                                                       GNUTLS_NAME_CONSTRAINTS_FLAG_APPEND, NULL);
        if ((ret < 0 && ret != GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE) ||
            !constraints_allow(all, crt_at(t, p, i - 1), i == 1)) {
            broken = (int)i - 1;
        }
    }
    gnutls_x509_name_constraints_deinit(all);
    return broken;
}

static int find_no_authority(const struct attempt *t, const struct path *p)
{
    for (size_t i = 1; i < p->n; i++) {
        if (!pool_is_authority(t->pool, p->nodes[i - 1], p->nodes[i], i + 1 == p->n)) {
            return (int)i;
        }
    }
    return NOT_BROKEN;
}

static int find_no_signing_usage(const struct attempt *t, const struct path *p)
{
    for (size_t i = 1; i < p->n; i++) {
        unsigned usage = 0;
        if (gnutls_x509_crt_get_key_usage(crt_at(t, p, i), &usage, NULL) >= 0 &&
            !(usage & GNUTLS_KEY_KEY_CERT_SIGN)) {
            return (int)i;
        }
    }
    return NOT_BROKEN;
}

/* GnuTLS's status of this path under its top certificate, or under nothing. */
static unsigned verify_path(const struct attempt *t, const struct path *p, bool is_trusted)
{
    gnutls_x509_crt_t list[CHAIN_MAX_PATH];
    for (size_t i = 0; i < p->n; i++) {
        list[i] = t->pool->nodes[p->nodes[i]].crt;
    }
    if (!pool_spend_path(t->pool, p)) {
        return GNUTLS_CERT_INVALID; /* and the pool knows that nothing may be said of it */
    }
    const gnutls_x509_crt_t *top = &list[p->n - 1];
    unsigned status = verify_list(list, p->n == 1 ? 1 : p->n - 1, is_trusted ? top : NULL,
                                  GNUTLS_VERIFY_IGNORE_UNKNOWN_CRIT_EXTENSIONS);
    if (find_unknown_critical(t, p) != NOT_BROKEN) {
        status |= GNUTLS_CERT_UNKNOWN_CRIT_EXTENSIONS;
    }
    /* GnuTLS counts self-issued authorities as steps, which RFC 5280 4.2.1.9 does not, and holds
     * common names of authorities against limits: there our own reading of both rules decides. */
    if ((status & GNUTLS_CERT_SIGNER_CONSTRAINTS_FAILURE) && find_too_deep(t, p) == NOT_BROKEN &&
        find_no_signing_usage(t, p) == NOT_BROKEN && find_name_constraint(t, p) == NOT_BROKEN) {
        status &= ~(unsigned)GNUTLS_CERT_SIGNER_CONSTRAINTS_FAILURE;
        status = status == GNUTLS_CERT_INVALID ? 0 : status;
    }
    return status;
}

static int find_not_intact(const struct attempt *t, const struct path *p)
{
    for (size_t i = 0; i + 1 < p->n; i++) {
        if (pool_edge(t->pool, p->nodes[i], p->nodes[i + 1]) == EDGE_BROKEN) {
            return (int)i;
        }
    }
    return NOT_BROKEN;
}

void path_verify(const struct attempt *t, struct path *p)
{
    p->status = verify_path(t, p, true);
}

/*
 * GnuTLS says whether a path holds, and stops at what it meets first; which rules it breaks, all of
 * them, is found here. What GnuTLS lets pass is not broken.
 */
static int unless_passed(const struct attempt *t, const struct path *p, path_check_fn *find)
{
    return p->status == 0 ? NOT_BROKEN : find(t, p);
}

static int find_no_right_to_sign(const struct attempt *t, const struct path *p)
{
    int no_mark = find_no_authority(t, p), no_usage = find_no_signing_usage(t, p);
    bool mark_first = no_usage == NOT_BROKEN || (no_mark != NOT_BROKEN && no_mark < no_usage);
    return mark_first ? no_mark : no_usage;
}

static int breaks_authority(const struct attempt *t, const struct path *p)
{
    return unless_passed(t, p, find_no_right_to_sign);
}

static int breaks_depth(const struct attempt *t, const struct path *p)
{
    return unless_passed(t, p, find_too_deep);
}

static int breaks_name_limit(const struct attempt *t, const struct path *p)
{
    int place = path_beyond_limit(t, p);
    return place >= 0 ? place : unless_passed(t, p, find_name_constraint);
}

static int breaks_intact(const struct attempt *t, const struct path *p)
{
    return unless_passed(t, p, find_not_intact);
}

/* A rule that has no change of its own: something critical that nobody knows, or what GnuTLS
 * objects to while we see nothing. */
static int breaks_other_checks(const struct attempt *t, const struct path *p)
{
    path_check_fn *const others[] = {breaks_authority, breaks_depth, breaks_name_limit,
                                     breaks_intact};
    int place = find_unknown_critical(t, p);
    if (place != NOT_BROKEN || p->status == 0) {
        return place;
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (others[i](t, p) != NOT_BROKEN) {
            return NOT_BROKEN;
        }
    }
    return 0;
}

/* ---- rules of other programs ------------------------------------------------------------- */

static int breaks_distrust(const struct attempt *t, const struct path *p)
{
    return path_dated_rule(t, p, DATED_DISTRUST) >= 0 ? (int)p->n - 1 : NOT_BROKEN;
}

static int breaks_lifetime(const struct attempt *t, const struct path *p)
{
    return path_dated_rule(t, p, DATED_LIFETIME) >= 0 ? 0 : NOT_BROKEN;
}

static const struct {
    enum chain_change change;
    path_check_fn *broken_at;
} path_checks[] = {
    {.change = CHAIN_CHANGE_DATE, .broken_at = breaks_date},
    {.change = CHAIN_CHANGE_NAME, .broken_at = breaks_name},
    {.change = CHAIN_CHANGE_ADD_CERTIFICATE, .broken_at = needs_certificate},
    {.change = CHAIN_CHANGE_ADD_ROOT, .broken_at = needs_root},
    {.change = CHAIN_CHANGE_ORDER, .broken_at = breaks_order},
    {.change = CHAIN_CHANGE_PURPOSE, .broken_at = breaks_purpose},
    {.change = CHAIN_CHANGE_KEY, .broken_at = breaks_key},
    {.change = CHAIN_CHANGE_SIGNATURE, .broken_at = breaks_signature},
    {.change = CHAIN_CHANGE_REVOCATION, .broken_at = breaks_revocation},
    {.change = CHAIN_CHANGE_STAPLE, .broken_at = breaks_staple},
    {.change = CHAIN_CHANGE_AUTHORITY, .broken_at = breaks_authority},
    {.change = CHAIN_CHANGE_DEPTH, .broken_at = breaks_depth},
    {.change = CHAIN_CHANGE_NAME_LIMIT, .broken_at = breaks_name_limit},
    {.change = CHAIN_CHANGE_INTACT, .broken_at = breaks_intact},
    {.change = CHAIN_CHANGE_DISTRUST, .broken_at = breaks_distrust},
    {.change = CHAIN_CHANGE_LIFETIME, .broken_at = breaks_lifetime},
    {.change = CHAIN_CHANGE_RULES, .broken_at = breaks_other_checks},
};
enum { N_PATH_CHECKS = sizeof path_checks / sizeof *path_checks };
_Static_assert(sizeof path_checks / sizeof *path_checks == CHAIN_CHANGE_COUNT,
               "each change leaves out one rule");

unsigned path_faults(const struct attempt *t, const struct path *p, int at[CHAIN_CHANGE_COUNT])
{
    unsigned faults = 0;
    for (size_t i = 0; i < N_PATH_CHECKS; i++) {
        at[path_checks[i].change] = path_checks[i].broken_at(t, p);
        if (at[path_checks[i].change] != NOT_BROKEN) {
            faults |= 1u << path_checks[i].change;
        }
    }
    return faults;
}

/* Without one of the rules for a path, what is left of them is that each signed the one before. */
static bool is_signed_throughout(const struct attempt *t, const struct path *p)
{
    for (size_t i = 0; i + 1 < p->n; i++) {
        if (pool_edge(t->pool, p->nodes[i], p->nodes[i + 1]) != EDGE_GOOD) {
            return false;
        }
    }
    return true;
}

bool path_accepts(const struct attempt *t, const struct path *p, unsigned changes)
{
    for (size_t i = 0; i < N_PATH_CHECKS; i++) {
        if (!(changes & (1u << path_checks[i].change)) &&
            path_checks[i].broken_at(t, p) != NOT_BROKEN) {
            return false;
        }
    }
    if (changes & RULES_OF_A_PATH) {
        return is_signed_throughout(t, p);
    }
    return verify_path(t, p, p->is_anchored || (changes & CHAIN_BIT(ADD_ROOT))) == 0;
}

const char *path_broken_words(const struct attempt *t, const struct path *p)
{
    return find_unknown_critical(t, p) != NOT_BROKEN
               ? N_("a critical extension that we do not know")
               : N_("a part of a certificate that cannot be understood");
}
