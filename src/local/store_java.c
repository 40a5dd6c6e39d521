/*
 * store_java.c - the authorities in a Java key store, JKS or PKCS #12 under its usual password. The
 * seal over the whole is not checked: we do not rely on these lists, we only tell what is in them.
 * Uses GnuTLS. Fuzzed by fuzz_store.
 * SPDX-License-Identifier: MIT
 */
#include "local/local_stores.h"

#include <errno.h>
#include <gnutls/pkcs12.h>
#include <stdlib.h>
#include <string.h>

#include "whytls/file.h"
#include "whytls/reader.h"

enum {
    JKS_KEY = 1,
    JKS_CERTIFICATE = 2,
    MAX_BAGS = 64,
    MAX_ITERATIONS = 500000, /* of a file; Java writes 10,000 a bag: more would only hold us up */
};

static const uint32_t jks_magic = 0xfeedfeed;
static const char password[] = "changeit"; /* public knowledge: every Java has it */

/* The maker's own entries: "name [jdk]" by OpenJDK, "debian:file.pem" by Debian. */
static bool is_shipped_alias(const char *alias, size_t n)
{
    static const char jdk[] = "[jdk]", debian[] = "debian:";
    return (n >= sizeof(jdk) - 1 &&
            memcmp(alias + n - (sizeof(jdk) - 1), jdk, sizeof(jdk) - 1) == 0) ||
           (n >= sizeof(debian) - 1 && memcmp(alias, debian, sizeof(debian) - 1) == 0);
}

static void add_entry(struct trust_list *t, const uint8_t *der, size_t len, const char *alias,
                      size_t alias_len)
{
    gnutls_datum_t datum = {.data = (unsigned char *)(uintptr_t)der, .size = (unsigned)len};
    struct trust_anchor *a = der && len > 0 ? trust_list_add(t, &datum) : NULL;
    if (a && !is_shipped_alias(alias, alias_len))
        a->source = ANCHOR_ADDED;
}

/* ---- JKS ---------------------------------------------------------------------------------- */

static struct reader jks_text(struct reader *r)
{
    return reader_sub(r, reader_u16(r));
}

static struct reader jks_certificate(struct reader *r, uint32_t version)
{
    if (version >= 2)
        jks_text(r); /* "X.509" */
    return reader_sub(r, reader_u32(r));
}

/* A key is never read: only passed over. */
static void jks_pass_key(struct reader *r, uint32_t version)
{
    reader_sub(r, reader_u32(r));
    for (uint32_t n = reader_u32(r); n > 0 && !r->bad; n--)
        jks_certificate(r, version);
}

static bool read_jks(struct trust_list *t, struct reader r)
{
    if (reader_u32(&r) != jks_magic)
        return false;
    uint32_t version = reader_u32(&r), n = reader_u32(&r);
    for (; n > 0 && !r.bad; n--) {
        uint32_t tag = reader_u32(&r);
        struct reader alias = jks_text(&r);
        reader_bytes(&r, 8); /* when it was put in */
        if (tag == JKS_KEY) {
            jks_pass_key(&r, version);
            continue;
        }
        struct reader der = jks_certificate(&r, version);
        if (tag != JKS_CERTIFICATE || r.bad)
            return false;
        add_entry(t, der.at, der.left, (const char *)alias.at, alias.left);
    }
    return !r.bad;
}

/* ---- PKCS #12 ----------------------------------------------------------------------------- */

static void add_bag(struct trust_list *t, gnutls_pkcs12_bag_t bag)
{
    int n = gnutls_pkcs12_bag_get_count(bag);
    for (int i = 0; i < n; i++) {
        gnutls_datum_t der = {.data = NULL};
        char *alias = NULL; /* the bag's */
        if (gnutls_pkcs12_bag_get_type(bag, (unsigned)i) != GNUTLS_BAG_CERTIFICATE ||
            gnutls_pkcs12_bag_get_data(bag, (unsigned)i, &der) < 0)
            continue;
        if (gnutls_pkcs12_bag_get_friendly_name(bag, (unsigned)i, &alias) < 0 || !alias)
            alias = "";
        add_entry(t, der.data, der.size, alias, strlen(alias));
    }
}

/* *left: iterations that the bags behind it may still take. */
static bool open_bag(gnutls_pkcs12_bag_t bag, unsigned *left)
{
    unsigned iterations = 0;
    if (gnutls_pkcs12_bag_get_type(bag, 0) != GNUTLS_BAG_ENCRYPTED)
        return true;
    if (gnutls_pkcs12_bag_enc_info(bag, NULL, NULL, NULL, NULL, &iterations, NULL) < 0 ||
        iterations > *left)
        return false;
    *left -= iterations;
    return gnutls_pkcs12_bag_decrypt(bag, password) >= 0;
}

static bool read_bags(struct trust_list *t, gnutls_pkcs12_t store)
{
    unsigned left = MAX_ITERATIONS;
    for (int i = 0; i < MAX_BAGS; i++) {
        gnutls_pkcs12_bag_t bag = NULL;
        if (gnutls_pkcs12_bag_init(&bag) < 0)
            return false;
        int rc = gnutls_pkcs12_get_bag(store, i, bag);
        bool is_open = rc >= 0 && open_bag(bag, &left);
        if (is_open)
            add_bag(t, bag);
        gnutls_pkcs12_bag_deinit(bag);
        if (!is_open)
            return rc == GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE && i > 0;
    }
    return true;
}

static bool read_pkcs12(struct trust_list *t, const char *bytes, size_t len)
{
    gnutls_pkcs12_t store = NULL;
    gnutls_datum_t whole = {.data = (unsigned char *)(uintptr_t)bytes, .size = (unsigned)len};
    if (gnutls_pkcs12_init(&store) < 0)
        return false;
    bool ok =
        gnutls_pkcs12_import(store, &whole, GNUTLS_X509_FMT_DER, 0) >= 0 && read_bags(t, store);
    gnutls_pkcs12_deinit(store);
    return ok;
}

bool store_read_java(struct trust_list *t, const char *file)
{
    size_t len = 0;
    char *bytes = file_bytes(file, TRUST_MAX_BYTES, &len, NULL);
    t->no_memory = t->no_memory || (!bytes && errno == ENOMEM);
    if (!bytes)
        return false;
    bool is_jks = len > 0 && (uint8_t)bytes[0] == jks_magic >> 24;
    bool ok = is_jks ? read_jks(t, reader_of(bytes, len)) : read_pkcs12(t, bytes, len);
    free(bytes);
    return ok;
}
