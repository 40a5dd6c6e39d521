/*
 * policy_openssl.c - what OpenSSL's configuration takes away from every program that uses it:
 * openssl_conf -> ssl_conf -> system_default (SSL_CONF_cmd(3), config(5)).
 * Of CipherString only @SECLEVEL=n is understood: the rest of that language depends on the build of
 * the library, and a guess there could blame a policy that is innocent.
 * Fuzzed by fuzz_openssl_conf.
 * SPDX-License-Identifier: MIT
 */
#include "local/policy.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "local/openssl_conf.h"
#include "whytls/local.h"
#include "whytls/text.h"

/* What the commands have set so far; a NULL entry: not set. */
struct openssl_settings {
    uint32_t floor, ceiling; /* versions at or above, at or below */
    uint32_t protocols;
    uint32_t groups, signatures;
    uint32_t suites; /* ciphers of TLS 1.3 */
    uint16_t dh_min_bits;
    const struct conf_entry *by_floor, *by_ceiling, *by_protocols, *by_groups, *by_signatures,
        *by_suites, *by_dh;
    bool partly;
};

/* ---- lists ------------------------------------------------------------------------------ */

typedef uint32_t lookup_fn(const char *name);

/* The next item of a list, trimmed, without the marks that newer versions put before a name. */
static const char *next_item(const char *at, const char *separators, char item[64])
{
    at += strspn(at, separators);
    if (!*at)
        return NULL;
    size_t n = strcspn(at, separators);
    size_t skip = 0;
    while (skip < n && (at[skip] == '?' || at[skip] == '*' || at[skip] == ' '))
        skip++;
    size_t len = n - skip < 63 ? n - skip : 63;
    memcpy(item, at + skip, len);
    item[len] = '\0';
    return at + n;
}

/*
 * A name that we do not know is left out. Where none is known, or the list builds on OpenSSL's own
 * ("DEFAULT"), nothing can be said: all bits.
 */
static uint32_t read_list(const char *value, const char *separators, lookup_fn *lookup)
{
    uint32_t mask = 0;
    char item[64];
    while ((value = next_item(value, separators, item)) != NULL) {
        if (text_equal_nocase(item, "DEFAULT"))
            return UINT32_MAX;
        mask |= lookup(item);
    }
    return mask ? mask : UINT32_MAX;
}

static uint32_t bit_or_none(enum offer o)
{
    return o == OFFER_COUNT ? 0 : offer_bit(o);
}

static uint32_t group_bit(const char *name)
{
    enum offer found = policy_find_offer(OFFER_LIST_GROUP, "GROUP-", name);
    if (text_equal_nocase(name, "prime256v1"))
        found = OFFER_GROUP_P256;
    else if (text_equal_nocase(name, "prime192v1"))
        found = OFFER_GROUP_P192;
    for (int o = 0; o < OFFER_COUNT && found == OFFER_COUNT; o++) /* "P-256" */
        if (offer_row(o)->list == OFFER_LIST_GROUP && text_equal_nocase(offer_row(o)->name, name))
            found = (enum offer)o;
    return bit_or_none(found);
}

struct spelling {
    const char *name;
    enum offer offer;
};

static uint32_t spelled_bits(const struct spelling *table, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (text_equal_nocase(table[i].name, name))
            return offer_bit(table[i].offer);
    return 0;
}

static uint32_t signature_bit(const char *name)
{
    static const struct spelling table[] = {
        {"ECDSA+SHA256", OFFER_SIGNATURE_ECDSA_P256_SHA256},
        {"ecdsa_secp256r1_sha256", OFFER_SIGNATURE_ECDSA_P256_SHA256},
        {"ECDSA+SHA384", OFFER_SIGNATURE_ECDSA_P384_SHA384},
        {"ecdsa_secp384r1_sha384", OFFER_SIGNATURE_ECDSA_P384_SHA384},
        {"ECDSA+SHA512", OFFER_SIGNATURE_ECDSA_P521_SHA512},
        {"ecdsa_secp521r1_sha512", OFFER_SIGNATURE_ECDSA_P521_SHA512},
        {"RSA-PSS+SHA256", OFFER_SIGNATURE_RSA_PSS_SHA256},
        {"PSS+SHA256", OFFER_SIGNATURE_RSA_PSS_SHA256},
        {"rsa_pss_rsae_sha256", OFFER_SIGNATURE_RSA_PSS_SHA256},
        {"RSA-PSS+SHA384", OFFER_SIGNATURE_RSA_PSS_SHA384},
        {"PSS+SHA384", OFFER_SIGNATURE_RSA_PSS_SHA384},
        {"rsa_pss_rsae_sha384", OFFER_SIGNATURE_RSA_PSS_SHA384},
        {"RSA-PSS+SHA512", OFFER_SIGNATURE_RSA_PSS_SHA512},
        {"PSS+SHA512", OFFER_SIGNATURE_RSA_PSS_SHA512},
        {"rsa_pss_rsae_sha512", OFFER_SIGNATURE_RSA_PSS_SHA512},
        {"rsa_pss_pss_sha256", OFFER_SIGNATURE_PSS_PSS_SHA256},
        {"rsa_pss_pss_sha384", OFFER_SIGNATURE_PSS_PSS_SHA384},
        {"rsa_pss_pss_sha512", OFFER_SIGNATURE_PSS_PSS_SHA512},
        {"RSA+SHA256", OFFER_SIGNATURE_RSA_SHA256},
        {"rsa_pkcs1_sha256", OFFER_SIGNATURE_RSA_SHA256},
        {"RSA+SHA384", OFFER_SIGNATURE_RSA_SHA384},
        {"rsa_pkcs1_sha384", OFFER_SIGNATURE_RSA_SHA384},
        {"RSA+SHA512", OFFER_SIGNATURE_RSA_SHA512},
        {"rsa_pkcs1_sha512", OFFER_SIGNATURE_RSA_SHA512},
        {"ed25519", OFFER_SIGNATURE_ED25519},
        {"ed448", OFFER_SIGNATURE_ED448},
        {"ECDSA+SHA1", OFFER_SIGNATURE_ECDSA_SHA1},
        {"ecdsa_sha1", OFFER_SIGNATURE_ECDSA_SHA1},
        {"RSA+SHA1", OFFER_SIGNATURE_RSA_SHA1},
        {"rsa_pkcs1_sha1", OFFER_SIGNATURE_RSA_SHA1},
        {"DSA+SHA1", OFFER_SIGNATURE_DSA_SHA1},
        {"DSA+SHA256", OFFER_SIGNATURE_DSA_SHA256},
    };
    return spelled_bits(table, sizeof(table) / sizeof(table[0]), name);
}

static uint32_t suite_bit(const char *name)
{
    static const struct spelling table[] = {
        {"TLS_AES_256_GCM_SHA384", OFFER_CIPHER_AES_256_GCM},
        {"TLS_AES_128_GCM_SHA256", OFFER_CIPHER_AES_128_GCM},
        {"TLS_CHACHA20_POLY1305_SHA256", OFFER_CIPHER_CHACHA20},
        {"TLS_AES_128_CCM_SHA256", OFFER_CIPHER_AES_128_CCM},
        {"TLS_AES_128_CCM_8_SHA256", OFFER_CIPHER_AES_128_CCM_8},
    };
    return spelled_bits(table, sizeof(table) / sizeof(table[0]), name);
}

/* ---- commands --------------------------------------------------------------------------- */

/* The version's bit; 0 for "None", SSL and DTLS. */
static uint32_t version_bit(const char *name)
{
    if (text_equal_nocase(name, "TLSv1"))
        return offer_bit(OFFER_VERSION_TLS10);
    if (!text_starts_nocase(name, "TLSv"))
        return 0;
    return bit_or_none(policy_find_offer(OFFER_LIST_VERSION, "VERS-TLS", name + 4));
}

/* In offers.def the versions stand from old to new, so that bits can be compared. */
static void take_min(struct openssl_settings *s, const struct conf_entry *e)
{
    uint32_t bit = version_bit(e->value);
    if (text_starts_nocase(e->value, "DTLS"))
        return;
    s->floor = bit ? ~(bit - 1) : UINT32_MAX;
    s->by_floor = e;
}

static void take_max(struct openssl_settings *s, const struct conf_entry *e)
{
    uint32_t bit = version_bit(e->value);
    if (text_starts_nocase(e->value, "DTLS"))
        return;
    s->ceiling = bit ? bit | (bit - 1) : UINT32_MAX;
    s->by_ceiling = e;
}

/* Switches, not a list: a name turns on, -name off, from left to right; all are on at first. */
static void take_protocol(struct openssl_settings *s, const struct conf_entry *e)
{
    const char *at = e->value;
    char item[64];
    while ((at = next_item(at, ", ", item)) != NULL) {
        const char *name = item + (item[0] == '-' || item[0] == '+');
        uint32_t bits = text_equal_nocase(name, "ALL") ? UINT32_MAX : version_bit(name);
        s->protocols = item[0] == '-' ? s->protocols & ~bits : s->protocols | bits;
    }
    s->by_protocols = e;
}

/* SSL_CTX_set_security_level(3): the smallest Diffie-Hellman prime of each level. */
static void take_cipher_string(struct openssl_settings *s, const struct conf_entry *e)
{
    static const uint16_t bits[] = {0, 1024, 2048, 3072, 7680, 15360};
    static const char mark[] = "@SECLEVEL=";
    const char *found = strstr(e->value, mark);
    size_t names = found ? (size_t)(found - e->value) : strlen(e->value);
    while (names > 0 && strchr(": ", e->value[names - 1]))
        names--;
    s->partly = names > 0 && !(names == 7 && strncmp(e->value, "DEFAULT", names) == 0);
    if (!found)
        return;
    char digit = found[sizeof(mark) - 1];
    if (digit < '0' || digit > '5')
        return;
    s->dh_min_bits = bits[digit - '0'];
    s->by_dh = e;
    s->partly = s->partly || digit > '2'; /* it bounds keys and certificates too */
}

static void take_suites(struct openssl_settings *s, const struct conf_entry *e)
{
    s->suites = read_list(e->value, ": ", suite_bit);
    s->by_suites = e;
}

static void take_groups(struct openssl_settings *s, const struct conf_entry *e)
{
    s->groups = read_list(e->value, ":/ ", group_bit);
    s->by_groups = e;
}

static void take_signatures(struct openssl_settings *s, const struct conf_entry *e)
{
    s->signatures = read_list(e->value, ": ", signature_bit);
    s->by_signatures = e;
}

static const struct command {
    const char *name;
    void (*take)(struct openssl_settings *s, const struct conf_entry *e);
} commands[] = {
    {"MinProtocol", take_min},     {"MaxProtocol", take_max},
    {"Protocol", take_protocol},   {"CipherString", take_cipher_string},
    {"Ciphersuites", take_suites}, {"Groups", take_groups},
    {"Curves", take_groups},       {"SignatureAlgorithms", take_signatures},
};

/* SSL_CONF_cmd(3): the letters before a dot only make names differ ("1.Protocol"). */
static void take_entry(struct openssl_settings *s, const struct conf_entry *e)
{
    const char *dot = strchr(e->name, '.');
    const char *name = dot ? dot + 1 : e->name;
    for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
        if (text_equal_nocase(commands[i].name, name))
            commands[i].take(s, e);
}

/* ---- the policy ------------------------------------------------------------------------- */

/* Keeps the entry that stands first of those that took something from p. */
static void limit(struct policy *p, enum offer_list list, uint32_t allowed,
                  const struct conf_entry *by, const struct conf_entry **first)
{
    uint32_t left = p->offers[list] & allowed;
    if (by && left != p->offers[list] && (!*first || by < *first))
        *first = by;
    p->offers[list] = left;
}

static const struct conf_entry *apply(struct policy *p, const struct openssl_settings *s)
{
    const struct client *current = client_find("current");
    const struct conf_entry *first = NULL;
    limit(p, OFFER_LIST_VERSION, s->floor, s->by_floor, &first);
    limit(p, OFFER_LIST_VERSION, s->ceiling, s->by_ceiling, &first);
    limit(p, OFFER_LIST_VERSION, s->protocols, s->by_protocols, &first);
    limit(p, OFFER_LIST_GROUP, s->groups, s->by_groups, &first);
    limit(p, OFFER_LIST_SIGNATURE, s->signatures, s->by_signatures, &first);
    /*
     * Ciphersuites is for TLS 1.3 only, and a mask knows no version: it counts where TLS 1.3 is
     * all that is left, else the older versions would lose ciphers that they still have.
     */
    if (p->offers[OFFER_LIST_VERSION] == offer_bit(OFFER_VERSION_TLS13))
        limit(p, OFFER_LIST_CIPHER, s->suites, s->by_suites, &first);
    p->dh_min_bits = s->dh_min_bits;
    if (current && s->by_dh && s->dh_min_bits > current->dh_min_bits &&
        (!first || s->by_dh < first))
        first = s->by_dh;
    return first;
}

static const char *system_default(const struct conf *c)
{
    const char *init = conf_value(c, "default", "openssl_conf");
    const char *ssl = init ? conf_value(c, init, "ssl_conf") : NULL;
    return ssl ? conf_value(c, ssl, "system_default") : NULL;
}

void policy_openssl_judge(const struct conf *c, const char *file, struct policy *policy)
{
    struct openssl_settings settings = {
        .floor = UINT32_MAX,
        .ceiling = UINT32_MAX,
        .protocols = UINT32_MAX,
        .groups = UINT32_MAX,
        .signatures = UINT32_MAX,
        .suites = UINT32_MAX,
    };
    const char *section = system_default(c);
    for (const struct conf_entry *e = section ? conf_next(c, section, NULL) : NULL; e;
         e = conf_next(c, section, e))
        take_entry(&settings, e);
    policy_open(policy);
    policy->known = !conf_is_cut(c);
    const struct conf_entry *first = apply(policy, &settings);
    policy_compare(policy);
    policy->partly = settings.partly;
    if (first)
        policy_blame(policy, first->file, first->line);
    else
        policy_blame(policy, file, NULL);
}

bool policy_openssl_read(const char *file, struct policy *policy)
{
    policy_open(policy);
    policy_blame(policy, file, NULL);
    struct conf *c = conf_read(file);
    if (c) {
        policy_openssl_judge(c, file, policy);
        conf_free(c);
        return policy->known;
    }
    policy->known = errno == ENOENT || errno == ENOTDIR; /* no file: no policy */
    if (policy->known)
        policy_blame(policy, NULL, NULL);
    return policy->known;
}

const char *policy_openssl_file(void)
{
    static const char *const usual[] = {
        "/usr/lib/ssl/openssl.cnf",   "/etc/ssl/openssl.cnf",           "/etc/pki/tls/openssl.cnf",
        "/usr/local/ssl/openssl.cnf", "/usr/local/etc/ssl/openssl.cnf",
    };
    const char *set = secure_getenv("OPENSSL_CONF");
    if (set)
        return set;
    for (size_t i = 0; i < sizeof(usual) / sizeof(usual[0]); i++)
        if (access(usual[i], F_OK) == 0)
            return usual[i];
    return NULL;
}
