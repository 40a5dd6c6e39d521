/*
 * chain_names.c - which names a certificate covers: RFC 6125 6.4, stricter where browsers are.
 * Takes the subjectAltName apart by itself, because GnuTLS reads the whole extension again for
 * each name of it. Uses GnuTLS's X.509 functions, reader and text. Fuzzed by fuzz_cert.
 * SPDX-License-Identifier: MIT
 */
#include "chain/internal.h"

#include <arpa/inet.h>
#include <string.h>

#include "whytls/text.h"

static const char san_oid[] = "2.5.29.17";

void san_init(struct san_list *s, gnutls_x509_crt_t crt)
{
    *s = (struct san_list){.left = reader_of(NULL, 0)};
    if (gnutls_x509_crt_get_extension_by_oid2(crt, san_oid, 0, &s->extension, NULL) < 0) {
        return;
    }
    struct reader all = reader_of(s->extension.data, s->extension.size);
    uint8_t tag;
    if (!reader_der(&all, &tag, &s->left) || tag != 0x30) {
        s->left = reader_of(NULL, 0);
        s->is_there = true; /* unreadable: no name matches, and the common name is no way round */
    }
}

bool san_next(struct san_list *s, enum san_kind *kind, const uint8_t **data, size_t *len)
{
    uint8_t tag;
    struct reader content;
    while (reader_der(&s->left, &tag, &content)) {
        if (tag == SAN_DNS || tag == SAN_ADDRESS) {
            s->is_there = true;
            *kind = tag == SAN_DNS ? SAN_DNS : SAN_ADDRESS;
            *len = content.left;
            *data = reader_bytes(&content, content.left);
            return true;
        }
    }
    s->is_there = s->is_there || s->left.bad;
    return false;
}

void san_fini(struct san_list *s)
{
    gnutls_free(s->extension.data);
    s->extension.data = NULL;
}

size_t address_bytes(const char *text, uint8_t out[16])
{
    char plain[SETTINGS_ADDRESS_SIZE];
    size_t n = strcspn(text, "%]"); /* a zone (RFC 4007 11) is this computer's own matter */
    if (text[0] == '[') {
        text++;
        n--;
    }
    if (n == 0 || n >= sizeof plain) {
        return 0;
    }
    memcpy(plain, text, n);
    plain[n] = '\0';
    if (inet_pton(AF_INET, plain, out) == 1) {
        return 4;
    }
    return inet_pton(AF_INET6, plain, out) == 1 ? 16 : 0;
}

/*
 * Only characters that a host name on the wire can have. A dNSName with a NUL or a byte above 127
 * matches nothing: `good.example\0.evil.example` is how names were once forged.
 */
static bool is_host_name(const char *s, size_t n)
{
    static const char allowed[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";
    return n > 0 && n < SETTINGS_NAME_SIZE && s[0] != '.' && memchr(s, '\0', n) == NULL &&
           strspn(s, allowed) >= n;
}

/* Of the name that is looked for: no certificate's name ends in one (OpenSSL, GnuTLS, Go, NSS). */
static size_t length_without_dot(const char *s, size_t n)
{
    return n > 0 && s[n - 1] == '.' ? n - 1 : n;
}

/* A star is the whole left-most label, stands for one label, and has two labels after it. */
static bool wildcard_covers(const char *rest, const char *name)
{
    const char *dot = strchr(name, '.');
    return dot && strchr(rest, '.') && text_equal_nocase(rest, dot + 1);
}

static bool pattern_covers(const char *pattern, size_t pattern_len, const char *name)
{
    char p[SETTINGS_NAME_SIZE + 2], n[SETTINGS_NAME_SIZE];
    size_t name_len = length_without_dot(name, strlen(name));
    if (pattern_len >= sizeof p || name_len >= sizeof n) {
        return false;
    }
    memcpy(p, pattern, pattern_len);
    p[pattern_len] = '\0';
    memcpy(n, name, name_len);
    n[name_len] = '\0';
    uint8_t address[16];
    if (!is_host_name(n, name_len) || address_bytes(n, address) > 0) {
        return false;
    }
    if (pattern_len > 2 && p[0] == '*' && p[1] == '.') {
        return is_host_name(p + 2, pattern_len - 2) && wildcard_covers(p + 2, n);
    }
    return is_host_name(p, pattern_len) && text_equal_nocase(p, n);
}

static bool address_covers(const uint8_t *bytes, size_t len, const char *name)
{
    uint8_t wanted[16];
    size_t n = address_bytes(name, wanted);
    return n > 0 && n == len && memcmp(bytes, wanted, n) == 0;
}

/* A common name, as text. Addresses are compared as addresses, with no star. */
static bool common_name_covers(const char *cn, size_t len, const char *name, bool name_is_address)
{
    char text[SETTINGS_NAME_SIZE];
    uint8_t bytes[16];
    if (!name_is_address) {
        return pattern_covers(cn, len, name);
    }
    if (len >= sizeof text || memchr(cn, '\0', len)) {
        return false;
    }
    memcpy(text, cn, len);
    text[len] = '\0';
    size_t n = address_bytes(text, bytes);
    return n > 0 && address_covers(bytes, n, name);
}

/* `subject` is the common name only where the whole name has one. */
static bool has_common_name(const struct cert_info *info)
{
    return text_starts_nocase(info->subject_dn, "CN=") ||
           text_contains_nocase(info->subject_dn, ",CN=") ||
           text_contains_nocase(info->subject_dn, "+CN=");
}

bool cert_covers_by_subject(const struct cert_info *info, const char *name, bool name_is_address)
{
    uint8_t bytes[16];
    for (size_t i = 0; i < info->n_names; i++) {
        if (address_bytes(info->names[i], bytes) == 0) {
            return false;
        }
    }
    return has_common_name(info) &&
           common_name_covers(info->subject, strlen(info->subject), name, name_is_address);
}

bool cert_has_top_wildcard(const struct cert_info *info, const char *name)
{
    const char *rest = name ? strchr(name, '.') : NULL;
    if (!rest || strchr(rest + 1, '.')) {
        return false;
    }
    for (size_t i = 0; i < info->n_names; i++) {
        if (info->names[i][0] == '*' && text_equal_nocase(info->names[i] + 1, rest)) {
            return true;
        }
    }
    return false;
}

bool cert_covers_name(const struct cert_info *info, const char *name, bool name_is_address)
{
    if (!name || name[0] == '\0') {
        return true;
    }
    for (size_t i = 0; i < info->n_names; i++) {
        const char *one = info->names[i];
        uint8_t bytes[16];
        size_t n = address_bytes(one, bytes);
        if (name_is_address ? n > 0 && address_covers(bytes, n, name)
                            : n == 0 && pattern_covers(one, strlen(one), name)) {
            return true;
        }
    }
    return !info->has_san && has_common_name(info) &&
           common_name_covers(info->subject, strlen(info->subject), name, name_is_address);
}

static bool one_san_covers(enum san_kind kind, const uint8_t *data, size_t len, const char *name,
                           bool name_is_address)
{
    if (name_is_address) {
        return kind == SAN_ADDRESS && address_covers(data, len, name);
    }
    return kind == SAN_DNS && pattern_covers((const char *)data, len, name);
}

bool crt_covers_name(gnutls_x509_crt_t crt, const char *name, bool name_is_address)
{
    if (!name || name[0] == '\0') {
        return true;
    }
    struct san_list s;
    enum san_kind kind;
    const uint8_t *data;
    size_t len;
    bool covers = false;
    san_init(&s, crt);
    while (!covers && san_next(&s, &kind, &data, &len)) {
        covers = one_san_covers(kind, data, len, name, name_is_address);
    }
    bool has_san = s.is_there;
    san_fini(&s);
    char cn[SETTINGS_NAME_SIZE];
    size_t cn_size = sizeof cn;
    if (!covers && !has_san &&
        gnutls_x509_crt_get_dn_by_oid(crt, GNUTLS_OID_X520_COMMON_NAME, 0, 0, cn, &cn_size) >= 0) {
        covers = common_name_covers(cn, cn_size, name, name_is_address);
    }
    return covers;
}

bool cert_der_covers_name(const struct blob *der, const char *name, bool name_is_address)
{
    gnutls_x509_crt_t crt = crt_import(der);
    bool covers = crt && crt_covers_name(crt, name, name_is_address);
    crt_free(crt);
    return covers;
}
