/*
 * redact_learn.c - collects from evidence what names somebody. A free text of a server may name its
 * owner anywhere: it is hidden whole, and the words in it that look like names are hidden
 * elsewhere.
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "redact_aliases.h"
#include "whytls/ascii.h"
#include "whytls/text.h"

enum { WORD_MAX = 512 };

/* A member that is a host's name or an address, with one label too. */
static void add_host(struct aliases *b, const char *name)
{
    (void)aliases_put(b, aliases_is_address(name) ? NAME_ADDRESS : NAME_HOST, name, 0);
    if (text_starts_nocase(name, "www.")) {
        (void)aliases_put(b, NAME_HOST, name + 4, 0); /* we tell of the other one too */
    }
}

static void add_if_name(struct aliases *b, const char *word)
{
    const char *mail = strchr(word, '@'); /* and not OpenSSL's "@SECLEVEL" */

    if (aliases_is_address(word) || aliases_is_host(word) || (mail != NULL && mail > word)) {
        aliases_add(b, word);
    }
}

static bool is_word_char(char c)
{
    return ascii_isalnum(c) || (unsigned char)c >= 0x80 ||
           (c != '\0' && strchr(".-_:%@", c) != NULL);
}

/* A run of word characters: an IPv6 address, or words with colons between (shop.example:443). */
static void add_run(struct aliases *b, char *run)
{
    size_t n = strlen(run);

    /* A stop at its end belongs to the sentence, unless it is one of an address (fe80::). */
    while (n > 0 && strchr(".:-", run[n - 1]) != NULL && !aliases_is_address(run)) {
        run[--n] = '\0';
    }
    if (aliases_is_address(run)) {
        aliases_add(b, run);
        return;
    }
    for (char *word = run; word != NULL;) {
        char *colon = strchr(word, ':');

        if (colon != NULL) {
            *colon++ = '\0';
        }
        add_if_name(b, word);
        word = colon;
    }
}

/* The names in a free text. */
static void add_words(struct aliases *b, const char *text)
{
    while (*text != '\0') {
        char run[WORD_MAX];
        size_t n = 0;

        while (is_word_char(text[n])) {
            n++;
        }
        if (n > 0 && n < sizeof run) {
            memcpy(run, text, n);
            run[n] = '\0';
            add_run(b, run);
        }
        text += n > 0 ? n : 1;
    }
}

static void add_target(struct aliases *b, const struct target *t)
{
    enum name_kind kind = aliases_is_address(t->ascii) ? NAME_ADDRESS : NAME_HOST;
    unsigned number = aliases_put(b, kind, t->ascii, 0);

    /* The name as shown, as sent, and all that was typed are one: the same number. */
    (void)aliases_put(b, kind, t->host, number);
    (void)aliases_put(b, kind, t->typed, number);
    add_host(b, t->ascii);
    add_host(b, t->connect_to);
    add_host(b, t->server_name);
}

/* Names of server programs, as they stand in a Server header (RFC 9110 10.2.4). Of them alone such
 * a header may say no more than the program; anything else in it may be the owner's. */
static bool is_program(const char *server)
{
    static const char *const programs[] = {
        "nginx",       "Apache",        "cloudflare",
        "CloudFront",  "Microsoft-IIS", "Microsoft-HTTPAPI",
        "openresty",   "LiteSpeed",     "Caddy",
        "lighttpd",    "envoy",         "Varnish",
        "AkamaiGHost", "AmazonS3",      "gws",
        "Jetty",       "awselb",
    };

    for (size_t i = 0; i < sizeof programs / sizeof *programs; i++) {
        size_t n = strlen(programs[i]);
        const char *version = server + n;

        if (strncmp(server, programs[i], n) == 0 &&
            (*version == '\0' ||
             (*version == '/' && version[1 + strspn(version + 1, "0123456789.")] == '\0'))) {
            return true;
        }
    }
    return false;
}

/* Whole, and what in it stands elsewhere too. */
static void add_free_text(struct aliases *b, const char *text)
{
    add_words(b, text);
    aliases_add_text(b, text);
}

/* "1.1 name": the name may be any word (RFC 9110 7.6.3). */
static void add_via(struct aliases *b, const char *via)
{
    const char *by = strchr(via, ' ');

    if (by != NULL) {
        (void)aliases_put(b, NAME_HOST, by + 1, 0);
    } else {
        aliases_add_text(b, via);
    }
}

/* We offer these alone (RFC 7301 6, RFC 9113 11.1): what else a server names is its own word. */
static bool is_known_alpn(const char *name)
{
    return strcmp(name, "h2") == 0 || strcmp(name, "http/1.1") == 0;
}

static void add_probe(struct aliases *b, const struct probe *p)
{
    const struct outcome *o = &p->outcome;

    add_host(b, p->settings.address);
    add_host(b, p->settings.server_name);
    add_host(b, p->settings.host);
    add_free_text(b, o->banner);
    if (!is_program(o->http_server)) {
        add_free_text(b, o->http_server);
    }
    add_via(b, o->http_via);
    add_free_text(b, o->http_title);
    if (!is_known_alpn(o->alpn)) {
        aliases_add_text(b, o->alpn);
    }
    for (size_t i = 0; i < p->n_events; i++) {
        add_words(b, p->events[i].text);
        if (p->events[i].kind == EVENT_BYTES) {
            aliases_add_text(b, p->events[i].text);
        }
    }
}

/* Who is named as an authority may be the company, and the user's own certificate names the user.
 */
static void add_certificates(struct aliases *b, const struct evidence *ev)
{
    for (size_t i = 0; i < ev->n_requests; i++) {
        const struct certificate_request *request = &ev->requests[i];

        for (size_t k = 0; k < request->n_authorities; k++) {
            aliases_add(b, request->authorities[k].name);
            aliases_add(b, request->authorities[k].organisation);
            aliases_add_text(b, request->authorities[k].dn);
        }
    }
    for (size_t i = 0; i < ev->n_own; i++) {
        aliases_add_certificate(b, &ev->own[i].der);
    }
}

/* A path in a home has a name in it, and one in a folder that the owner has made may. What stands
 * where distributions put it has none. */
static void add_file(struct aliases *b, const char *file)
{
    static const char *const common[] = {
        "/etc/ssl/",
        "/etc/pki/",
        "/etc/crypto-policies/",
        "/etc/gnutls/",
        "/etc/ca-certificates",
        "/etc/java-",
        "/etc/mozilla",
        "/usr/lib/",
        "/usr/lib64/",
        "/usr/share/",
        "/etc/gitconfig",
    };

    for (size_t i = 0; i < sizeof common / sizeof *common; i++) {
        if (strncmp(file, common[i], strlen(common[i])) == 0) {
            return;
        }
    }
    (void)aliases_put(b, NAME_USER, file, 0);
}

/* A keyword and its value; a path or a remark in it may be anybody's. */
static void add_line(struct aliases *b, const char *line)
{
    add_words(b, line);
    if (strpbrk(line, "/#\"'") != NULL) {
        aliases_add_text(b, line);
    }
}

static void add_facts(struct aliases *b, const struct facts *f)
{
    for (size_t i = 0; i < POLICY_COUNT; i++) {
        add_file(b, f->policies[i].file);
        add_line(b, f->policies[i].line);
    }
    for (; b->n_anchors < f->n_anchors; b->n_anchors++) {
        aliases_add_certificate(b, &f->anchors[b->n_anchors].der);
    }
    for (size_t i = 0; i < f->n_roots; i++) {
        aliases_add_certificate(b, &f->roots[i].der);
    }
    for (size_t i = 0; i < f->n_stores; i++) {
        add_file(b, f->stores[i].file);
    }
}

void aliases_learn(struct aliases *b, const struct evidence *ev)
{
    add_target(b, &ev->target);
    for (size_t i = 0; i < ev->resolution.n_addresses; i++) {
        add_host(b, ev->resolution.addresses[i]);
    }
    for (size_t i = 0; i < ev->n_probes; i++) {
        add_probe(b, &ev->probes[i]);
    }
    for (size_t i = 0; i < ev->n_fetches; i++) {
        add_free_text(b, ev->fetches[i].url); /* its path may name an owner */
        add_host(b, ev->fetches[i].address);
    }
    for (size_t i = 0; i < ev->n_certificates; i++) {
        aliases_add_certificate(b, &ev->certificates[i].der);
    }
    for (size_t i = 0; i < ev->n_statements; i++) {
        aliases_add_certificate(b, &ev->statements[i].der); /* its signer's name, in the same DER */
    }
    add_certificates(b, ev);
    add_facts(b, &ev->facts);
    aliases_sort(b);
}
