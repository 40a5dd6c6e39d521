/*
 * target.c - what the user typed as a target: host, host:port, [IPv6]:port or a URL. Cleans,
 * makes the A-label, finds service and port. Fuzzed by fuzz_target.
 * SPDX-License-Identifier: MIT
 */
#include <arpa/inet.h>
#include <string.h>

#include "typed.h"
#include "whytls/ascii.h"
#include "whytls/session.h"
#include "whytls/text.h"
#include "whytls/message.h"

/* Schemes and ports that name a service; the scheme's port where none is given. */
static const struct {
    const char *scheme;
    uint16_t port;
    enum service service;
} services[] = {
    {"https", 443, SERVICE_HTTPS}, {"smtps", 465, SERVICE_SMTPS},
    {"imaps", 993, SERVICE_IMAPS}, {"pop3s", 995, SERVICE_POP3S},
    {"ldaps", 636, SERVICE_OTHER}, {"ftps", 990, SERVICE_OTHER},
    {"ircs", 6697, SERVICE_OTHER}, {"mqtts", 8883, SERVICE_OTHER},
    {"nntps", 563, SERVICE_OTHER}, {"xmpps", 5223, SERVICE_OTHER},
    {"sips", 5061, SERVICE_OTHER}, {"telnets", 992, SERVICE_OTHER},
    {"dot", 853, SERVICE_OTHER},   {"postgresqls", 5432, SERVICE_OTHER},
    {"wss", 443, SERVICE_HTTPS},
};

/* Schemes that start in the clear and turn TLS on later (STARTTLS), or never do. */
static const struct {
    const char *scheme;
    const char *why;
} refused_schemes[] = {
    {"http", N_("http:// is not a secure connection. Use https://")},
    {"smtp", N_("STARTTLS is not there yet. Use smtps:// for the secure port")},
    {"imap", N_("STARTTLS is not there yet. Use imaps:// for the secure port")},
    {"pop3", N_("STARTTLS is not there yet. Use pop3s:// for the secure port")},
    {"ldap", N_("STARTTLS is not there yet. Use ldaps:// for the secure port")},
    {"ftp", N_("STARTTLS is not there yet. Use ftps:// for the secure port")},
};

static bool fail(char *error, size_t error_size, const char *why)
{
    text_copy_cut(error, error_size, message(why));
    return false;
}

/* Case does not matter in a scheme (RFC 3986 3.1). */
static bool is_scheme(const char *scheme, const char *text, size_t len)
{
    return strlen(scheme) == len && ascii_equal_nocase(scheme, text, len);
}

/* The scheme's row, or -1 with the reason. */
static int find_scheme(const char *text, size_t len, char *error, size_t error_size)
{
    for (size_t i = 0; i < sizeof(services) / sizeof(services[0]); i++)
        if (is_scheme(services[i].scheme, text, len))
            return (int)i;
    for (size_t i = 0; i < sizeof(refused_schemes) / sizeof(refused_schemes[0]); i++)
        if (is_scheme(refused_schemes[i].scheme, text, len)) {
            fail(error, error_size, refused_schemes[i].why);
            return -1;
        }
    fail(error, error_size, N_("We do not know this kind of address. Try https://"));
    return -1;
}

/* "https:/shop.example", or "https:" so far: the // is missing. "imap:993" is a host with its port.
 */
static bool is_scheme_alone(const char *text)
{
    char error[128];
    size_t n = strcspn(text, ":");
    if (text[n] != ':' || ascii_isdigit(text[n + 1]))
        return false;
    for (size_t i = 0; i < sizeof(refused_schemes) / sizeof(refused_schemes[0]); i++)
        if (is_scheme(refused_schemes[i].scheme, text, n))
            return true;
    return find_scheme(text, n, error, sizeof(error)) >= 0;
}

static bool parse_port(const char *text, uint16_t *port)
{
    int64_t n = ascii_take_number(&text, 65535);
    if (*text || n < 1)
        return false;
    *port = (uint16_t)n;
    return true;
}

static enum service service_for_port(uint16_t port)
{
    for (size_t i = 0; i < sizeof(services) / sizeof(services[0]); i++)
        if (services[i].port == port)
            return services[i].service;
    return SERVICE_HTTPS;
}

static bool is_ipv4(const char *s)
{
    struct in_addr a;
    return inet_pton(AF_INET, s, &a) == 1;
}

static bool is_ipv6(const char *s)
{
    char bare[SETTINGS_ADDRESS_SIZE];
    struct in6_addr a;
    if (!text_copy(bare, sizeof(bare), s))
        return false; /* longer than an address with its zone can be */
    char *zone = strchr(bare, '%');
    if (zone)
        *zone = '\0';
    return inet_pton(AF_INET6, bare, &a) == 1;
}

/* Takes "host", "host:port", "[v6]:port", "v6" apart. */
static bool split_authority(char *text, char **host, char **port)
{
    *port = NULL;
    if (text[0] == '[') {
        char *close = strchr(text, ']');
        if (!close || (close[1] && close[1] != ':'))
            return false;
        *close = '\0';
        *host = text + 1;
        *port = close[1] == ':' ? close + 2 : NULL;
        return is_ipv6(*host);
    }
    *host = text;
    char *colon = strrchr(text, ':');
    if (!colon || is_ipv6(text))
        return true;
    *colon = '\0';
    *port = colon + 1;
    return true;
}

/* RFC 1035 2.3.4 and the letters that resolvers take; an underscore is odd, but exists. */
static bool is_host_name(const char *s)
{
    size_t label = 0, all = strlen(s);
    if (all == 0 || all > 253)
        return false;
    for (; *s; s++) {
        if (*s == '.') {
            if (label == 0)
                return false;
            label = 0;
        } else if ((ascii_isalnum(*s) || *s == '-' || *s == '_') && label < 63) {
            label++;
        } else {
            return false;
        }
    }
    return label > 0;
}

/* No ASCII but what a host name has: the mapping of IDNA drops some characters silently. */
static bool has_only_name_characters(const char *s)
{
    for (; *s; s++)
        if (!(*s & 0x80) && !ascii_isalnum(*s) && !strchr(".-_", *s))
            return false;
    return true;
}

/* Host as shown and as sent. A trailing dot is dropped: servers take it for another name. */
/* "fe80::1%eth0": the name of an interface; no more is let in than such names have. */
static bool has_plain_zone(const char *address)
{
    const char *zone = strchr(address, '%');
    if (zone && !zone[1])
        return false;
    for (const char *p = zone ? zone + 1 : ""; *p; p++)
        if (!ascii_isalnum(*p) && !strchr("._-:@", *p))
            return false;
    return true;
}

/* A name that is a number is an IPv4 address or none, in whatever letters it was typed. */
static bool set_name(struct target *t, const char **why)
{
    char dotted[16];
    switch (typed_read_number(t->ascii, dotted, why)) {
    case TYPED_NAME:
        return true;
    case TYPED_ADDRESS:
        t->is_address = true;
        return text_copy(t->host, sizeof(t->host), dotted) &&
               text_copy(t->ascii, sizeof(t->ascii), dotted);
    default:
        t->ascii[0] = '\0';
        return false;
    }
}

/* False: *why may say more than it did. */
static bool set_host(struct target *t, char *host, const char **why)
{
    size_t len = strlen(host);
    if (len > 1 && host[len - 1] == '.')
        host[len - 1] = '\0';
    for (char *p = host; *p; p++)
        *p = ascii_tolower(*p);
    t->is_address = is_ipv4(host) || is_ipv6(host);
    t->ascii[0] = '\0';
    if (!text_clean_str(t->host, sizeof(t->host), host))
        return false;
    if (t->is_address)
        return has_plain_zone(host) && text_copy(t->ascii, sizeof(t->ascii), host);
    if (!has_only_name_characters(host))
        return false;
    if (name_to_ascii(host, t->ascii, sizeof(t->ascii)) && is_host_name(t->ascii))
        return set_name(t, why);
    t->ascii[0] = '\0'; /* no bytes of what was refused */
    return false;
}

/* Cuts path, query, fragment and user off the rest of a URL. */
static char *cut_authority(char *rest)
{
    rest[strcspn(rest, "/?#")] = '\0';
    char *at = strrchr(rest, '@');
    return at ? at + 1 : rest;
}

bool target_parse(const char *text, struct target *t, char *error, size_t error_size)
{
    char copy[1024];
    if (!text_copy(copy, sizeof(copy), text))
        return fail(error, error_size, N_("The address is too long"));
    char *rest = typed_unwrap(copy), *host, *port;
    const char *why = typed_refuse_words(rest);
    if (!*rest)
        return fail(error, error_size, N_("Type an address first, such as shop.example"));
    if (!why && !strstr(rest, "://") && is_scheme_alone(rest))
        why = N_("Two slashes come after that, as in https://shop.example");
    if (why)
        return fail(error, error_size, why);
    text_clean_str_marked(t->typed, sizeof(t->typed), rest);
    char *scheme_end = strstr(rest, "://");
    int row = 0;
    if (scheme_end) {
        row = find_scheme(rest, (size_t)(scheme_end - rest), error, error_size);
        if (row < 0)
            return false;
        rest = scheme_end + 3;
    }
    if (!split_authority(cut_authority(rest), &host, &port))
        return fail(error, error_size, N_("An address in [brackets] must be an IPv6 address"));
    t->port = services[row].port;
    if (port && *port && !parse_port(port, &t->port))
        return fail(error, error_size, N_("The port must be a number from 1 to 65535"));
    t->service = scheme_end ? services[row].service : service_for_port(t->port);
    why = N_("That is not a name or an address of a site");
    return set_host(t, host, &why) || fail(error, error_size, why);
}
