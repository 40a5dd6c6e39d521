/*
 * by_hand.c - the commands with which a helper sees the same without whytls. A table; a part whose
 * {key} has no value in this case is left out. Names may come from a saved case that somebody sent:
 * one that a shell would act on has no value here. A value is redacted before it is put in.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <string.h>

#include "whytls/advice.h"
#include "whytls/message.h"
#include "whytls/text.h"
#include "whytls/walk.h"

enum { MAX_PARTS = BY_HAND_MAX_LINES, VALUE_SIZE = 280, LINE_WIDTH = 70 };

/* openssl s_client (1.1.1 and later), gnutls-cli (3.6 and later), curl: their manual pages. */
static const struct {
    const char *words;
    const char *parts[MAX_PARTS];
    bool is_web; /* only where the port is a web site's */
} commands[] = {
    {.words = N_("The whole handshake, by OpenSSL"),
     .parts = {"openssl s_client -connect {connect}", "-servername {name}",
               "-verify_hostname {dns}", "-verify_ip {ip}", "-showcerts </dev/null"}},
    {.words = N_("The same, by GnuTLS"),
     .parts = {"gnutls-cli --port {port}", "--sni-hostname={name}", "--verify-hostname={verify}",
               "--print-cert", "{address} </dev/null"}},
    {.words = N_("The certificate's host names, issuer and dates"),
     .parts = {"openssl s_client -connect {connect}", "-servername {name}",
               "</dev/null 2>/dev/null |",
               "openssl x509 -noout -subject -issuer -dates -ext subjectAltName"}},
    {.words = N_("With TLS 1.2 only; then with -tls1_3 in its place"),
     .parts = {"openssl s_client -connect {connect}", "-servername {name}", "-tls1_2 </dev/null"}},
    {.words = N_("The page, by curl"),
     .parts = {"curl -v -o /dev/null", "--resolve {dns}:{port}:{address}", "https://{url}/"},
     .is_web = true},
};

enum key {
    KEY_CONNECT,
    KEY_NAME,
    KEY_DNS,
    KEY_IP,
    KEY_VERIFY,
    KEY_PORT,
    KEY_ADDRESS,
    KEY_URL,
    KEY_COUNT
};

static const char *const key_names[KEY_COUNT] = {
    [KEY_CONNECT] = "{connect}", [KEY_NAME] = "{name}",     [KEY_DNS] = "{dns}",
    [KEY_IP] = "{ip}",           [KEY_VERIFY] = "{verify}", [KEY_PORT] = "{port}",
    [KEY_ADDRESS] = "{address}", [KEY_URL] = "{url}"};

typedef char values_t[KEY_COUNT][VALUE_SIZE];

/* Letters, digits and what names and addresses are made of: nothing that a shell acts on, and no
 * option in disguise. */
static bool is_plain(const char *text)
{
    return text[0] != '-' &&
           strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.:_-") ==
               strlen(text);
}

/* Cut, it would be a command for somebody else: then there is none. */
static void put_value(values_t values, enum key key, const char *text)
{
    if (!text_copy(values[key], VALUE_SIZE, text))
        values[key][0] = '\0';
}

static void fill_values(const struct walk *w, values_t values)
{
    const struct settings *s = &w->analysis.base;
    const char *name = analysis_name(&w->analysis);
    const struct target *t = &w->analysis.ev->target;
    bool is_ip = t->is_address && strcmp(name, t->ascii) == 0;
    const char *address = is_plain(s->address) ? s->address : "";
    bool is_six = strchr(address, ':') != NULL;
    memset(values, 0, sizeof(values_t));
    name = is_plain(name) ? name : "";
    put_value(values, KEY_ADDRESS, address);
    snprintf(values[KEY_PORT], VALUE_SIZE, "%u", (unsigned)s->port);
    if (address[0])
        snprintf(values[KEY_CONNECT], VALUE_SIZE, is_six ? "[%s]:%u" : "%s:%u", address,
                 (unsigned)s->port);
    put_value(values, KEY_NAME, is_plain(s->server_name) ? s->server_name : "");
    put_value(values, is_ip ? KEY_IP : KEY_DNS, name);
    put_value(values, KEY_VERIFY, name);
    if (is_ip)
        put_value(values, KEY_URL, values[KEY_CONNECT]);
    else if (name[0])
        snprintf(values[KEY_URL], VALUE_SIZE, "%s:%u", name, (unsigned)s->port);
}

/* False: a key of the part has no value, or it does not fit. */
static bool fill_part(const char *part, values_t values, char *out, size_t out_size)
{
    size_t used = 0;
    out[0] = '\0';
    while (*part && used + 1 < out_size) {
        int k = 0;
        while (k < KEY_COUNT && strncmp(part, key_names[k], strlen(key_names[k])) != 0)
            k++;
        if (k == KEY_COUNT) {
            out[used++] = *part++;
            out[used] = '\0';
            continue;
        }
        if (!values[k][0])
            return false;
        if (!text_copy(out + used, out_size - used, values[k]))
            return false;
        used += strlen(out + used);
        part += strlen(key_names[k]);
    }
    return true;
}

/* The parts in lines that a shell reads as one. */
static void put_command(size_t row, values_t values, struct by_hand *out)
{
    char part[ADVICE_LINE];
    out->n_lines = 0;
    for (size_t i = 0; i < MAX_PARTS && commands[row].parts[i]; i++) {
        if (!fill_part(commands[row].parts[i], values, part, sizeof(part)))
            continue;
        char *line = out->n_lines > 0 ? out->lines[out->n_lines - 1] : NULL;
        size_t used = line ? strlen(line) : 0;
        bool fits = line && text_width(line) + 1 + text_width(part) <= LINE_WIDTH;
        if (fits) {
            snprintf(line + used, ADVICE_LINE - used, " %s", part);
        } else if (out->n_lines < BY_HAND_MAX_LINES) {
            if (line)
                snprintf(line + used, ADVICE_LINE - used, " \\");
            snprintf(out->lines[out->n_lines++], ADVICE_LINE, line ? "    %s" : "%s", part);
        }
    }
}

static void redact_values(const struct redaction *redaction, values_t values)
{
    char shown[VALUE_SIZE];
    for (int k = 0; redaction && k < KEY_COUNT; k++) {
        redaction_copy(redaction, shown, sizeof(shown), values[k]);
        text_copy_cut(values[k], VALUE_SIZE, shown);
    }
}

static bool is_web(const struct walk *w)
{
    const struct probe *worked = w->analysis.worked;
    return w->analysis.ev->target.service == SERVICE_HTTPS ||
           (worked && worked->outcome.http_status > 0);
}

bool advice_by_hand(const struct walk *w, size_t i, const struct redaction *redaction,
                    struct by_hand *out)
{
    values_t values;
    const struct evidence *ev = w->analysis.ev;
    size_t row = 0;
    if (!w->analysis.has_base || ev->target.from_file)
        return false;
    fill_values(w, values);
    if (!values[KEY_CONNECT][0])
        return false;
    redact_values(redaction, values);
    for (row = 0; row < sizeof(commands) / sizeof(commands[0]); row++) {
        bool is_left_out = commands[row].is_web && !is_web(w);
        if (!is_left_out && i-- == 0)
            break;
    }
    if (row == sizeof(commands) / sizeof(commands[0]))
        return false;
    out->words = message(commands[row].words);
    put_command(row, values, out);
    return true;
}
