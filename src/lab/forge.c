/*
 * forge.c - certificates made on the spot: root, intermediate and leaf by a recipe, with exactly
 * the fault that the recipe names. Uses GnuTLS; no sockets.
 * SPDX-License-Identifier: MIT
 */
#include "lab/forge.h"
#include "lab/statement.h"

#include <arpa/inet.h>
#include <gnutls/crypto.h>
#include <gnutls/x509-ext.h>
#include <string.h>
#include <time.h>

/* A CA's dates must hold for a clock that is 400 days off to either side (the clock scenarios). */
static const struct lab_days default_days[FORGED_COUNT] = {
    [FORGED_LEAF] = {-10, 80},        [FORGED_INTERMEDIATE] = {-1000, 1500},
    [FORGED_ROOT] = {-3000, 4000},    [FORGED_UPPER] = {-1500, 2000},
    [FORGED_WRONG] = {-1000, 1500},   [FORGED_CROSS] = {-2500, -50},
    [FORGED_OLD_ROOT] = {-4000, -60},
};

/* What one certificate is to be, whichever of them. */
struct draft {
    int which;
    const char *cn, *organisation;
    const char *names;   /* SANs, separated by spaces; NULL: none */
    const char *purpose; /* OID; NULL: none */
    struct forge_urls urls;
    struct lab_days days;
    struct lab_seconds seconds; /* in place of days */
    enum lab_key key;
    gnutls_digest_algorithm_t digest;
    bool is_ca;
    bool must_staple, is_critical, is_logged;
    bool is_unlinked; /* without the key identifier of its authority */
    bool has_roots_key;
    bool allows_none_below;  /* path length 0 */
    const char *only_domain; /* the one that it may sign for; NULL: any */
    int issuer;              /* index of the one that signs; which itself: self-signed */
};

static const char *or_default(const char *s, const char *otherwise)
{
    return s ? s : otherwise;
}

static int make_key(gnutls_x509_privkey_t *key, enum lab_key kind)
{
    int rc = gnutls_x509_privkey_init(key);
    if (rc < 0)
        return rc;
    if (kind == LAB_KEY_P256)
        return gnutls_x509_privkey_generate(*key, GNUTLS_PK_ECDSA,
                                            GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1), 0);
    unsigned bits = kind == LAB_KEY_RSA_1024 ? 1024 : 2048;
    return gnutls_x509_privkey_generate(*key, GNUTLS_PK_RSA, bits, 0);
}

static int copy_key(gnutls_x509_privkey_t *key, gnutls_x509_privkey_t from)
{
    int rc = gnutls_x509_privkey_init(key);
    return rc < 0 ? rc : gnutls_x509_privkey_cpy(*key, from);
}

static int set_who(gnutls_x509_crt_t crt, const struct draft *d)
{
    uint8_t serial[16];
    int rc = gnutls_rnd(GNUTLS_RND_NONCE, serial, sizeof serial);
    if (rc < 0)
        return rc;
    serial[0] = (serial[0] & 0x7f) | 0x40; /* positive, no leading zero: RFC 5280 4.1.2.2 */
    if ((rc = gnutls_x509_crt_set_version(crt, 3)) < 0 ||
        (rc = gnutls_x509_crt_set_serial(crt, serial, sizeof serial)) < 0)
        return rc;
    if (d->organisation)
        rc = gnutls_x509_crt_set_dn_by_oid(crt, GNUTLS_OID_X520_ORGANIZATION_NAME, 0,
                                           d->organisation, (unsigned)strlen(d->organisation));
    if (rc < 0)
        return rc;
    return gnutls_x509_crt_set_dn_by_oid(crt, GNUTLS_OID_X520_COMMON_NAME, 0, d->cn,
                                         (unsigned)strlen(d->cn));
}

static int set_when(gnutls_x509_crt_t crt, const struct draft *d, int64_t now)
{
    bool has_seconds = d->seconds.from || d->seconds.to;
    int64_t from = has_seconds ? d->seconds.from : d->days.from * INT64_C(86400);
    int64_t to = has_seconds ? d->seconds.to : d->days.to * INT64_C(86400);
    int rc = gnutls_x509_crt_set_activation_time(crt, (time_t)(now + from));
    return rc < 0 ? rc : gnutls_x509_crt_set_expiration_time(crt, (time_t)(now + to));
}

static int add_name(gnutls_x509_crt_t crt, const char *name)
{
    uint8_t address[4];
    if (inet_pton(AF_INET, name, address) == 1)
        return gnutls_x509_crt_set_subject_alt_name(crt, GNUTLS_SAN_IPADDRESS, address,
                                                    sizeof address, GNUTLS_FSAN_APPEND);
    return gnutls_x509_crt_set_subject_alt_name(crt, GNUTLS_SAN_DNSNAME, name,
                                                (unsigned)strlen(name), GNUTLS_FSAN_APPEND);
}

static int add_names(gnutls_x509_crt_t crt, const char *names)
{
    int rc = 0;
    while (rc >= 0 && *names) {
        char one[256];
        size_t n = strcspn(names, " ");
        if (n >= sizeof one)
            return GNUTLS_E_INVALID_REQUEST;
        memcpy(one, names, n);
        one[n] = '\0';
        if (n)
            rc = add_name(crt, one);
        names += n + (names[n] == ' ');
    }
    return rc;
}

/* The common name of a leaf is its first name: what old certificates do, and harmless. */
static void first_name(const char *names, char *out, size_t out_size)
{
    size_t n = strcspn(names, " ");
    if (n >= out_size)
        n = out_size - 1;
    memcpy(out, names, n);
    out[n] = '\0';
}

static unsigned key_usage(const struct draft *d)
{
    /* With the right to sign handshakes, as public CAs have it: else no GnuTLS server would send
     * an intermediate in the first place, as the scenario of the wrong order does. */
    if (d->is_ca)
        return GNUTLS_KEY_KEY_CERT_SIGN | GNUTLS_KEY_CRL_SIGN | GNUTLS_KEY_DIGITAL_SIGNATURE;
    if (d->key == LAB_KEY_P256)
        return GNUTLS_KEY_DIGITAL_SIGNATURE;
    return GNUTLS_KEY_DIGITAL_SIGNATURE | GNUTLS_KEY_KEY_ENCIPHERMENT;
}

static int set_must_staple(gnutls_x509_crt_t crt)
{
    enum { STATUS_REQUEST = 5 };
    gnutls_x509_tlsfeatures_t features;
    int rc = gnutls_x509_tlsfeatures_init(&features);
    if (rc < 0)
        return rc;
    rc = gnutls_x509_tlsfeatures_add(features, STATUS_REQUEST);
    if (rc >= 0)
        rc = gnutls_x509_crt_set_tlsfeatures(crt, features);
    gnutls_x509_tlsfeatures_deinit(features);
    return rc;
}

static int set_only_domain(gnutls_x509_crt_t crt, const char *domain)
{
    gnutls_datum_t name = {(unsigned char *)domain, (unsigned)strlen(domain)};
    gnutls_x509_name_constraints_t all;
    int rc = gnutls_x509_name_constraints_init(&all);
    if (rc < 0)
        return rc;
    rc = gnutls_x509_name_constraints_add_permitted(all, GNUTLS_SAN_DNSNAME, &name);
    if (rc >= 0)
        rc = gnutls_x509_crt_set_name_constraints(crt, all, 1);
    gnutls_x509_name_constraints_deinit(all);
    return rc;
}

static int set_access(gnutls_x509_crt_t crt, int what, const char *text)
{
    gnutls_datum_t url = {(unsigned char *)text, text ? (unsigned)strlen(text) : 0};
    return text ? gnutls_x509_crt_set_authority_info_access(crt, what, &url) : 0;
}

static int set_urls(gnutls_x509_crt_t crt, const struct forge_urls *urls)
{
    int rc = set_access(crt, GNUTLS_IA_CAISSUERS_URI, urls->issuer);
    if (rc >= 0)
        rc = set_access(crt, GNUTLS_IA_OCSP_URI, urls->ocsp);
    if (rc >= 0 && urls->crl)
        rc = gnutls_x509_crt_set_crl_dist_points2(crt, GNUTLS_SAN_URI, urls->crl,
                                                  (unsigned)strlen(urls->crl), 0);
    return rc;
}

static int set_what(gnutls_x509_crt_t crt, const struct draft *d)
{
    int rc = gnutls_x509_crt_set_basic_constraints(crt, d->is_ca, d->allows_none_below ? 0 : -1);
    if (rc >= 0)
        rc = gnutls_x509_crt_set_key_usage(crt, key_usage(d));
    if (rc >= 0 && d->names)
        rc = add_names(crt, d->names);
    if (rc >= 0 && d->purpose)
        rc = gnutls_x509_crt_set_key_purpose_oid(crt, d->purpose, 0);
    if (rc >= 0 && d->must_staple)
        rc = set_must_staple(crt);
    if (rc >= 0 && d->is_critical)
        rc = gnutls_x509_crt_set_extension_by_oid(crt, "1.3.6.1.4.1.99999.1", "\x05\0", 2, 1);
    if (rc >= 0 && d->only_domain)
        rc = set_only_domain(crt, d->only_domain);
    return rc < 0 ? rc : set_urls(crt, &d->urls);
}

static int set_key_ids(gnutls_x509_crt_t crt, const struct draft *d, gnutls_x509_crt_t issuer)
{
    uint8_t id[64];
    size_t n = sizeof id;
    int rc = gnutls_x509_crt_get_key_id(crt, 0, id, &n);
    if (rc >= 0)
        rc = gnutls_x509_crt_set_subject_key_id(crt, id, n);
    n = sizeof id;
    if (rc < 0 || d->is_unlinked)
        return rc;
    rc = gnutls_x509_crt_get_key_id(issuer, 0, id, &n);
    return rc < 0 ? rc : gnutls_x509_crt_set_authority_key_id(crt, id, n);
}

static int export_der(gnutls_x509_crt_t crt, struct blob *der)
{
    gnutls_datum_t out = {NULL, 0};
    int rc = gnutls_x509_crt_export2(crt, GNUTLS_X509_FMT_DER, &out);
    if (rc < 0)
        return rc;
    if (!blob_set(der, out.data, out.size))
        rc = GNUTLS_E_MEMORY_ERROR;
    gnutls_free(out.data);
    return rc;
}

static int forge_one(struct forged *f, const struct draft *d, int64_t now)
{
    int rc = gnutls_x509_crt_init(&f->crt[d->which]);
    if (rc < 0 || (rc = d->has_roots_key ? copy_key(&f->key[d->which], f->key[FORGED_ROOT])
                                         : make_key(&f->key[d->which], d->key)) < 0)
        return rc;
    gnutls_x509_crt_t crt = f->crt[d->which];
    if ((rc = gnutls_x509_crt_set_key(crt, f->key[d->which])) < 0 || (rc = set_who(crt, d)) < 0 ||
        (rc = set_when(crt, d, now)) < 0 || (rc = set_what(crt, d)) < 0 ||
        (rc = set_key_ids(crt, d, f->crt[d->issuer])) < 0 ||
        (d->is_logged && (rc = forge_scts(crt, now + d->days.from * INT64_C(86400))) < 0))
        return rc;
    rc = gnutls_x509_crt_sign2(crt, f->crt[d->issuer], f->key[d->issuer], d->digest, 0);
    return rc < 0 ? rc : export_der(crt, &f->der[d->which]);
}

static struct lab_days days_of(struct lab_days asked, int which)
{
    return asked.from || asked.to ? asked : default_days[which];
}

static int forge_root(struct forged *f, const struct chain_recipe *r, const char *organisation,
                      int64_t now)
{
    const struct draft root = {
        .which = FORGED_ROOT,
        .cn = or_default(r->root_cn, "Practice Root CA"),
        .organisation = organisation,
        .days = days_of(r->root, FORGED_ROOT),
        .digest = GNUTLS_DIG_SHA256,
        .is_ca = true,
        .allows_none_below = r->breach == LAB_BREACH_TOO_DEEP,
        .issuer = FORGED_ROOT,
    };
    return forge_one(f, &root, now);
}

/* What many sites sent in 2020 and 2021: the root once more, signed by an older one, out of date.
 */
static int forge_cross(struct forged *f, const struct chain_recipe *r, const char *organisation,
                       int64_t now)
{
    const struct draft old = {
        .which = FORGED_OLD_ROOT,
        .cn = "Practice Old Root",
        .organisation = organisation,
        .days = default_days[FORGED_OLD_ROOT],
        .digest = GNUTLS_DIG_SHA256,
        .is_ca = true,
        .issuer = FORGED_OLD_ROOT,
    };
    const struct draft cross = {
        .which = FORGED_CROSS,
        .cn = or_default(r->root_cn, "Practice Root CA"),
        .organisation = organisation,
        .days = default_days[FORGED_CROSS],
        .digest = GNUTLS_DIG_SHA256,
        .is_ca = true,
        .has_roots_key = true,
        .issuer = FORGED_OLD_ROOT,
    };
    int rc = forge_one(f, &old, now);
    return rc < 0 ? rc : forge_one(f, &cross, now);
}

/* The one that signs the leaf, and a false one of the same name. */
static int forge_issuers(struct forged *f, const struct chain_recipe *r, const char *organisation,
                         const struct forge_urls *urls, int64_t now)
{
    struct draft issuer = {
        .which = FORGED_INTERMEDIATE,
        .cn = or_default(r->issuer_cn, "Practice Issuing CA"),
        .organisation = organisation,
        .urls = {.issuer = urls->upper, .crl = urls->above},
        .days = days_of(r->intermediate, FORGED_INTERMEDIATE),
        .key = r->intermediate_key,
        .digest = GNUTLS_DIG_SHA256,
        .is_ca = r->breach != LAB_BREACH_NO_AUTHORITY,
        .only_domain = r->breach == LAB_BREACH_NAME_LIMIT ? "other.example" : NULL,
        .issuer = r->has_upper ? FORGED_UPPER : FORGED_ROOT,
    };
    int rc = forge_one(f, &issuer, now);
    issuer.which = FORGED_WRONG;
    if (rc >= 0 && r->sent && strchr(r->sent, 'W'))
        rc = forge_one(f, &issuer, now);
    return rc;
}

static int forge_authorities(struct forged *f, const struct chain_recipe *r,
                             const struct forge_urls *urls, int64_t now)
{
    const char *organisation = or_default(r->organisation, "Practice Authority");
    const struct draft upper = {
        .which = FORGED_UPPER,
        .cn = "Practice Policy CA",
        .organisation = organisation,
        .days = default_days[FORGED_UPPER],
        .digest = GNUTLS_DIG_SHA256,
        .is_ca = true,
        .issuer = FORGED_ROOT,
    };
    int rc = forge_root(f, r, organisation, now);
    if (rc >= 0 && r->sent && strchr(r->sent, 'X'))
        rc = forge_cross(f, r, organisation, now);
    if (rc >= 0 && r->has_upper)
        rc = forge_one(f, &upper, now);
    return rc < 0 ? rc : forge_issuers(f, r, organisation, urls, now);
}

/* The last byte is the signature's; what GnuTLS reads back and sends is the spoilt one. */
static int spoil_leaf(struct forged *f)
{
    struct blob *der = &f->der[FORGED_LEAF];
    der->data[der->len - 1] ^= 1;
    gnutls_datum_t spoilt = {der->data, (unsigned)der->len};
    gnutls_x509_crt_deinit(f->crt[FORGED_LEAF]);
    f->crt[FORGED_LEAF] = NULL;
    int rc = gnutls_x509_crt_init(&f->crt[FORGED_LEAF]);
    return rc < 0 ? rc : gnutls_x509_crt_import(f->crt[FORGED_LEAF], &spoilt, GNUTLS_X509_FMT_DER);
}

static const char *purpose_of(enum lab_purpose purpose)
{
    static const char *const oids[] = {
        [LAB_PURPOSE_SERVER] = GNUTLS_KP_TLS_WWW_SERVER,
        [LAB_PURPOSE_CLIENT] = GNUTLS_KP_TLS_WWW_CLIENT,
        [LAB_PURPOSE_ANY] = GNUTLS_KP_ANY,
    };
    return oids[purpose];
}

static int forge_leaf(struct forged *f, const struct chain_recipe *r, const char *host,
                      const struct forge_urls *urls, int64_t now)
{
    char cn[64]; /* ub-common-name, RFC 5280 A.1 */
    const char *names = or_default(r->names, host);
    first_name(names, cn, sizeof cn);
    const struct draft leaf = {
        .which = FORGED_LEAF,
        .cn = r->cn ? r->cn : cn,
        .names = r->no_san ? NULL : names,
        .purpose = purpose_of(r->purpose),
        .urls = *urls,
        .must_staple = r->must_staple,
        .is_critical = r->breach == LAB_BREACH_CRITICAL,
        .is_unlinked = r->breach == LAB_BREACH_NO_LINK,
        .is_logged = r->is_logged,
        .days = days_of(r->leaf, FORGED_LEAF),
        .seconds = r->leaf_s,
        .key = r->leaf_key,
        .digest = r->leaf_digest == LAB_DIGEST_SHA1 ? GNUTLS_DIG_SHA1 : GNUTLS_DIG_SHA256,
        .issuer = r->self_signed ? FORGED_LEAF : FORGED_INTERMEDIATE,
    };
    return forge_one(f, &leaf, now);
}

static int line_up(struct forged *f, const char *order)
{
    static const char letters[] = "LIRUWX"; /* by FORGED_ index */
    for (; *order; order++) {
        const char *letter = strchr(letters, *order);
        if (!letter || !f->crt[letter - letters] || f->n_sent == FORGED_MAX_SENT)
            return GNUTLS_E_INVALID_REQUEST;
        int rc = gnutls_pcert_import_x509(&f->sent[f->n_sent], f->crt[letter - letters], 0);
        if (rc < 0)
            return rc;
        f->n_sent++;
    }
    return 0;
}

/* Words that are no statement (gone, refused) forge nothing. */
static bool is_said(enum lab_word word)
{
    return word != LAB_WORD_NONE && word != LAB_WORD_GONE && word != LAB_WORD_REFUSED;
}

/* What the server staples, what the responder says, and what stands on the two lists. */
static int forge_words(struct forged *f, const struct chain_recipe *r, int64_t now)
{
    int above = r->has_upper ? FORGED_UPPER : FORGED_ROOT, rc = 0;
    if (is_said(r->staple))
        rc = forge_ocsp(f, r->staple, now, &f->staple);
    if (rc >= 0 && is_said(r->ocsp))
        rc = forge_ocsp(f, r->ocsp, now, &f->ocsp);
    if (rc >= 0 && is_said(r->crl))
        rc = forge_crl(f, FORGED_INTERMEDIATE, FORGED_LEAF, r->crl, now, &f->crl);
    if (rc >= 0 && is_said(r->above))
        rc = forge_crl(f, above, FORGED_INTERMEDIATE, r->above, now, &f->above);
    return rc;
}

int forge_chain(struct forged *f, const struct chain_recipe *recipe, const char *host,
                const struct forge_urls *urls, int64_t now)
{
    int rc = 0;
    if (!recipe->self_signed)
        rc = forge_authorities(f, recipe, urls, now);
    if (rc >= 0)
        rc = forge_leaf(f, recipe, host, urls, now);
    if (rc >= 0 && recipe->breach == LAB_BREACH_SPOILT)
        rc = spoil_leaf(f);
    if (rc >= 0)
        rc = line_up(f, or_default(recipe->sent, "LI"));
    if (rc >= 0)
        rc = forge_words(f, recipe, now);
    if (rc >= 0)
        rc = gnutls_privkey_init(&f->signer);
    if (rc >= 0)
        rc = gnutls_privkey_import_x509(f->signer, f->key[FORGED_LEAF], 0);
    return rc;
}

void forged_fini(struct forged *f)
{
    for (unsigned i = 0; i < f->n_sent; i++)
        gnutls_pcert_deinit(&f->sent[i]);
    if (f->signer)
        gnutls_privkey_deinit(f->signer);
    for (int i = 0; i < FORGED_COUNT; i++) {
        if (f->crt[i])
            gnutls_x509_crt_deinit(f->crt[i]);
        if (f->key[i])
            gnutls_x509_privkey_deinit(f->key[i]);
        blob_fini(&f->der[i]);
    }
    blob_fini(&f->staple);
    blob_fini(&f->ocsp);
    blob_fini(&f->crl);
    blob_fini(&f->above);
    *f = (struct forged){.n_sent = 0};
}
