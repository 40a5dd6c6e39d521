/*
 * http_text.c - writes the request and reads the answer: status, the headers that tell something
 * about the time or who answers, and the words of an error page. Pure: uses reader and text. Fuzzed
 * by fuzz_http. SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "http.h"
#include "whytls/ascii.h"
#include "whytls/reader.h"
#include "whytls/text.h"
#include "build_info.h"

void http_request_write(struct buf *out, const struct settings *s, uint16_t default_port)
{
    const char *host = s->host[0] ? s->host : s->address;
    bool is_ipv6 = strchr(host, ':');
    /* A zone id (fe80::1%eth0) means nothing to the other side (RFC 6874 1). */
    size_t n = strcspn(host, "%");
    buf_printf(out, "GET / HTTP/1.1\r\nHost: %s%.*s%s", is_ipv6 ? "[" : "", (int)n, host,
               is_ipv6 ? "]" : "");
    uint16_t port = s->host_port ? s->host_port : s->port;
    if (port != default_port)
        buf_printf(out, ":%u", (unsigned)port);
    buf_puts(out, "\r\nUser-Agent: whytls/" WHYTLS_VERSION
                  "\r\nAccept: */*\r\nConnection: close\r\n\r\n");
}

/* ---- the head ----------------------------------------------------------------------------- */

/* "HTTP/1.1 400 Bad Request": 400; 0 where it is no status line. */
static int status_of(const char *line, size_t n)
{
    if (n < 9 || memcmp(line, "HTTP/", 5) != 0)
        return 0;
    const char *space = memchr(line, ' ', n);
    if (!space || (size_t)(line + n - space) < 4)
        return 0;
    int status = 0;
    for (size_t i = 1; i <= 3; i++) {
        if (space[i] < '0' || space[i] > '9')
            return 0;
        status = status * 10 + (space[i] - '0');
    }
    return status >= 100 && status <= 599 ? status : 0;
}

/* The value of this header, trimmed; NULL where the line is another one. */
static const char *header_value(const char *line, size_t n, const char *name, size_t *value_n)
{
    size_t name_n = strlen(name);
    if (n <= name_n || line[name_n] != ':' || !ascii_equal_nocase(line, name, name_n))
        return NULL;
    const char *v = line + name_n + 1, *end = line + n;
    while (v < end && (*v == ' ' || *v == '\t'))
        v++;
    while (end > v && (end[-1] == ' ' || end[-1] == '\t'))
        end--;
    *value_n = (size_t)(end - v);
    return v;
}

struct head {
    int status;
    size_t content_length; /* with has_length */
    bool has_length;
    bool is_chunked;
    bool is_whole;
    int64_t age_s; /* how long a cache has kept it: its Date is that much older */
    struct reader body;
};

static size_t parse_length(const char *v, size_t n)
{
    size_t length = 0;
    for (size_t i = 0; i < n && ascii_isdigit(v[i]); i++) {
        length = length * 10 + (size_t)(v[i] - '0');
        if (length > HTTP_ANSWER_MAX)
            return HTTP_ANSWER_MAX;
    }
    return length;
}

static void read_header(const char *line, size_t n, struct head *h, struct outcome *o)
{
    size_t vn;
    const char *v;
    if ((v = header_value(line, n, "content-length", &vn))) {
        h->content_length = parse_length(v, vn);
        h->has_length = true;
    } else if (header_value(line, n, "transfer-encoding", &vn)) {
        h->is_chunked = true;
    } else if (!o) {
        return;
    } else if ((v = header_value(line, n, "date", &vn))) {
        o->http_date = http_date_parse(v, vn);
    } else if ((v = header_value(line, n, "age", &vn))) {
        h->age_s = http_age_parse(v, vn);
    } else if ((v = header_value(line, n, "server", &vn))) {
        text_clean_marked(o->http_server, sizeof(o->http_server), v, vn);
        o->http_is_cloudflare |= text_starts_nocase(o->http_server, "cloudflare");
    } else if ((v = header_value(line, n, "via", &vn))) {
        text_clean_marked(o->http_via, sizeof(o->http_via), v, vn);
    } else if (header_value(line, n, "cf-ray", &vn)) {
        o->http_is_cloudflare = true;
    }
}

/* o may be NULL: then only the framing is read. */
static struct head read_head(const char *bytes, size_t n, struct outcome *o)
{
    struct head h = {0};
    struct reader r = reader_of(bytes, n);
    const char *line;
    size_t line_n;
    if (!reader_line(&r, &line, &line_n) || !(h.status = status_of(line, line_n)))
        return h;
    while (reader_line(&r, &line, &line_n)) {
        if (!line_n) {
            h.is_whole = true;
            break;
        }
        read_header(line, line_n, &h, o);
    }
    h.body = r;
    if (o && o->http_date)
        o->http_date += h.age_s;
    return h;
}

/* Answers on the way (1xx, RFC 9110 15.2) tell nothing: what counts is the one that follows. */
static void skip_interim(const char **bytes, size_t *n)
{
    struct head h = read_head(*bytes, *n, NULL);
    while (h.is_whole && h.status < 200) {
        *bytes = (const char *)h.body.at;
        *n = h.body.left;
        h = read_head(*bytes, *n, NULL);
    }
}

/* ---- the words of an error page ----------------------------------------------------------- */

static const char *find_nocase(const char *s, size_t n, const char *what)
{
    size_t what_n = strlen(what);
    for (size_t i = 0; i + what_n <= n; i++)
        if (ascii_equal_nocase(s + i, what, what_n))
            return s + i;
    return NULL;
}

/* Words without tags, white space as single spaces. */
static void take_words(char *out, size_t out_size, const char *s, size_t n)
{
    char plain[256];
    size_t len = 0;
    bool in_tag = false;
    for (size_t i = 0; i < n && len + 1 < sizeof(plain); i++) {
        if (s[i] == '<' || s[i] == '>') {
            in_tag = s[i] == '<';
            continue;
        }
        bool is_space = s[i] == ' ' || s[i] == '\t' || s[i] == '\r' || s[i] == '\n';
        if (in_tag || (is_space && (!len || plain[len - 1] == ' ')))
            continue;
        plain[len++] = is_space ? ' ' : s[i];
    }
    while (len && plain[len - 1] == ' ')
        len--;
    text_clean_marked(out, out_size, plain, len);
}

static void read_title(const struct head *h, struct outcome *o)
{
    struct reader r = h->body;
    const char *line;
    size_t n;
    if (h->is_chunked) /* the first chunk's size stands on a line of its own (RFC 9112 7.1) */
        reader_line(&r, &line, &n);
    const char *s = (const char *)r.at;
    if (!s || !r.left)
        return;
    const char *title = find_nocase(s, r.left, "<title>");
    if (!title) {
        take_words(o->http_title, sizeof(o->http_title), s, r.left);
        return;
    }
    title += strlen("<title>");
    size_t left = r.left - (size_t)(title - s);
    const char *end = find_nocase(title, left, "</title>");
    take_words(o->http_title, sizeof(o->http_title), title, end ? (size_t)(end - title) : left);
}

void http_answer_read(const char *bytes, size_t n, struct outcome *o)
{
    skip_interim(&bytes, &n);
    struct head h = read_head(bytes, n, o);
    if (!h.status)
        return;
    o->http_status = h.status;
    if (h.status >= 400 && h.is_whole)
        read_title(&h, o);
}

bool http_answer_is_enough(const char *bytes, size_t n)
{
    if (n >= HTTP_ANSWER_MAX)
        return true;
    skip_interim(&bytes, &n);
    struct head h = read_head(bytes, n, NULL);
    if (!h.status)
        return n > 0 && memchr(bytes, '\n', n) != NULL; /* no HTTP: more of it tells nothing */
    if (!h.is_whole)
        return false;
    if (h.status < 400 || (h.has_length && h.body.left >= h.content_length))
        return true;
    return h.body.at && find_nocase((const char *)h.body.at, h.body.left, "</title>");
}
