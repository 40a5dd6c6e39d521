/*
 * forge.c - chains made on the spot: root, intermediate and leaf by a recipe, with exactly the
 * fault that the recipe names. Uses GnuTLS; no sockets. Parses nothing from outside.
 * SPDX-License-Identifier: MIT
 */
#include "lab/forge.h"

#include <string.h>

#include "lab/certificate.h"
#include "lab/lab_statement.h"

/* A CA's dates must hold for a clock that is 400 days off to either side (the clock scenarios). A
 * leaf lives within the 47 days that are allowed from 15 March 2029 on (CA/Browser Forum ballot
 * SC-081v3). */
static const struct lab_days default_days[FORGED_COUNT] = {
    [FORGED_LEAF] = {-10, 36},        [FORGED_INTERMEDIATE] = {-1000, 1500},
    [FORGED_ROOT] = {-3000, 4000},    [FORGED_UPPER] = {-1500, 2000},
    [FORGED_WRONG] = {-1000, 1500},   [FORGED_CROSS] = {-2500, -50},
    [FORGED_OLD_ROOT] = {-4000, -60},
};

static const char *or_default(const char *s, const char *otherwise)
{
    return s ? s : otherwise;
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

/* The last byte is the signature's; what GnuTLS reads back and sends is the corrupted one. */
static int corrupt_leaf(struct forged *f)
{
    struct blob *der = &f->der[FORGED_LEAF];
    der->data[der->len - 1] ^= 1;
    gnutls_datum_t corrupted = {der->data, (unsigned)der->len};
    gnutls_x509_crt_deinit(f->crt[FORGED_LEAF]);
    f->crt[FORGED_LEAF] = NULL;
    int rc = gnutls_x509_crt_init(&f->crt[FORGED_LEAF]);
    return rc < 0 ? rc
                  : gnutls_x509_crt_import(f->crt[FORGED_LEAF], &corrupted, GNUTLS_X509_FMT_DER);
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
        rc = corrupt_leaf(f);
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
