/*
 * lab_page.c - the small HTTP answers of the practice servers. Uses libc only. Fuzzed by
 * fuzz_practice.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "lab/endpoint.h"

/* Not strftime: its names of days follow the user's language, an HTTP date never does (RFC 9110).
 */
static void write_date(time_t now, char *out, size_t out_size)
{
    static const char *const days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    struct tm t;
    out[0] = '\0';
    if (gmtime_r(&now, &t))
        snprintf(out, out_size, "%s, %02d %s %04d %02d:%02d:%02d GMT", days[t.tm_wday % 7],
                 t.tm_mday, months[t.tm_mon % 12], t.tm_year + 1900, t.tm_hour, t.tm_min, t.tm_sec);
}

static size_t fits(int n, size_t out_size)
{
    return n > 0 && (size_t)n < out_size ? (size_t)n : 0;
}

size_t page_write(const struct page *page, time_t now, char *out, size_t out_size)
{
    char date[64];
    char body[512];
    write_date(now, date, sizeof date);
    const char *title = page->title ? page->title : "It works";
    int body_n = snprintf(body, sizeof body,
                          "<!DOCTYPE html><html><head><title>%s</title></head>"
                          "<body><h1>%s</h1></body></html>\n",
                          title, title);
    if (!fits(body_n, sizeof body))
        return 0;
    int n = snprintf(out, out_size,
                     "HTTP/1.1 %d %s\r\nDate: %s\r\nServer: %s\r\n%sContent-Type: text/html\r\n"
                     "Content-Length: %d\r\nConnection: close\r\n\r\n%s",
                     page->status ? page->status : 200, page->reason ? page->reason : "OK", date,
                     page->server ? page->server : "practice", page->headers ? page->headers : "",
                     body_n, body);
    return fits(n, out_size);
}

size_t page_write_bytes(const struct blob *der, char *out, size_t out_size)
{
    static const struct page not_found = {
        .status = 404, .reason = "Not Found", .title = "404 Not Found"};
    if (!der || !der->data)
        return page_write(&not_found, time(NULL), out, out_size);
    char date[64];
    write_date(time(NULL), date, sizeof date);
    int n = snprintf(out, out_size,
                     "HTTP/1.1 200 OK\r\nDate: %s\r\nServer: practice\r\n"
                     "Content-Type: application/octet-stream\r\nContent-Length: %zu\r\n"
                     "Connection: close\r\n\r\n",
                     date, der->len);
    size_t head = fits(n, out_size);
    if (!head || der->len > out_size - head)
        return 0;
    memcpy(out + head, der->data, der->len);
    return head + der->len;
}

bool page_request_is_whole(const char *request, size_t n)
{
    enum { LONGEST_REQUEST = 4096 };
    return n >= LONGEST_REQUEST || memmem(request, n, "\r\n\r\n", 4) ||
           memmem(request, n, "\n\n", 2);
}

enum page_fetch page_fetch_of(const char *request, size_t n)
{
    static const struct {
        const char *start;
        enum page_fetch what;
    } starts[] = {
        {"GET /ocsp/", FETCH_THE_OCSP},
        {"GET /list.crl", FETCH_THE_CRL},
        {"GET /above.crl", FETCH_THE_CRL_ABOVE},
    };
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        size_t len = strlen(starts[i].start);
        if (n >= len && memcmp(request, starts[i].start, len) == 0)
            return starts[i].what;
    }
    return memmem(request, n, "/upper.der", strlen("/upper.der")) ? FETCH_UPPER : FETCH_ISSUER;
}
