/*
 * records.c - push and pull for GnuTLS over the layer below, with a log. See records.h.
 * Fuzzed by fuzz_handshake.
 * SPDX-License-Identifier: MIT
 */
#include <assert.h>
#include <errno.h>
#include <string.h>

#include "layer.h"

enum {
    RECORD_CHANGE_CIPHER_SPEC = 20,
    RECORD_ALERT = 21,
    LEVEL_FATAL = 2,
};

/* ---- what goes by -------------------------------------------------------------------------- */

static void record_end(struct records *r, struct record_view *v, enum direction d)
{
    if (v->header[0] == RECORD_CHANGE_CIPHER_SPEC)
        timeline_note_cipher_change(r->log, d, v->n_body);
    /* Encrypted alerts are longer than two bytes, so a two-byte one is in the clear. */
    bool is_plain_alert =
        v->header[0] == RECORD_ALERT && v->header[3] == 0 && v->header[4] == 2 && v->n_body == 2;
    if (d == DIRECTION_IN && is_plain_alert && v->body[0] == LEVEL_FATAL)
        r->plain_alert = v->body[1];
    *v = (struct record_view){0};
}

static void record_follow(struct records *r, struct record_view *v, enum direction d,
                          const uint8_t *bytes, size_t n)
{
    while (n) {
        if (v->n_header < sizeof(v->header)) {
            v->header[v->n_header++] = *bytes++;
            n--;
            if (v->n_header == sizeof(v->header))
                v->left = (size_t)v->header[3] << 8 | v->header[4];
        } else {
            size_t part = n < v->left ? n : v->left;
            assert(part > 0); /* a record with no body was ended with its header */
            for (size_t i = 0; i < part && v->n_body < sizeof(v->body); i++)
                v->body[v->n_body++] = bytes[i];
            bytes += part;
            n -= part;
            v->left -= part;
        }
        if (v->n_header == sizeof(v->header) && !v->left)
            record_end(r, v, d);
    }
}

/* ---- GnuTLS's side -------------------------------------------------------------------------- */

static ssize_t fails_with(const struct records *r, int error)
{
    gnutls_transport_set_errno(r->session, error);
    return -1;
}

static ssize_t pull(gnutls_transport_ptr_t ptr, void *data, size_t n)
{
    struct records *r = ptr;
    struct carried c = layer_receive(r->of, data, n);
    if (c.what == CARRY_BYTES) {
        record_follow(r, &r->in, DIRECTION_IN, data, c.n);
        return (ssize_t)c.n;
    }
    if (c.what == CARRY_END)
        return c.error ? fails_with(r, c.error) : 0;
    return fails_with(r, EAGAIN);
}

/*
 * GnuTLS writes the lowest version on offer into the first record, so that a change of the versions
 * would change two things at once; every other client writes 0301 there (RFC 8446 5.1). The record
 * header is not part of the transcript: it may be rewritten.
 */
static struct carried send_patched(struct records *r, const uint8_t *data, size_t n)
{
    uint8_t head[5];
    assert(r->patched < sizeof(head));
    size_t head_n = sizeof(head) - r->patched < n ? sizeof(head) - r->patched : n;
    memcpy(head, data, head_n);
    for (size_t i = 0; i < head_n; i++)
        if (r->patched + i == 1 || r->patched + i == 2)
            head[i] = r->patched + i == 1 ? 0x03 : 0x01;
    /* At once: a hello that comes in two pieces is another thing to try. */
    struct iovec parts[] = {{.iov_base = head, .iov_len = head_n},
                            {.iov_base = (void *)(data + head_n), .iov_len = n - head_n}};
    struct carried c = layer_send(r->of, parts, 2);
    if (c.what == CARRY_BYTES)
        r->patched += c.n < head_n ? c.n : head_n;
    return c;
}

static struct carried send_as_is(struct records *r, const uint8_t *data, size_t n)
{
    struct iovec part = {.iov_base = (void *)data, .iov_len = n};
    return layer_send(r->of, &part, 1);
}

static ssize_t push(gnutls_transport_ptr_t ptr, const void *data, size_t n)
{
    struct records *r = ptr;
    struct carried c = r->patched < 5 ? send_patched(r, data, n) : send_as_is(r, data, n);
    if (c.what == CARRY_BYTES)
        record_follow(r, &r->out, DIRECTION_OUT, data, c.n);
    return c.what == CARRY_BYTES || c.what == CARRY_LOST ? (ssize_t)c.n : fails_with(r, EAGAIN);
}

/* Must be set: the default one would select() on our pointer as if it were a descriptor. */
static int pull_timeout(gnutls_transport_ptr_t ptr, unsigned ms)
{
    (void)ptr;
    (void)ms;
    return 1;
}

void records_attach(struct records *r, struct layer *of, struct timeline *log,
                    gnutls_session_t session)
{
    *r = (struct records){.of = of, .log = log, .session = session, .plain_alert = -1};
    gnutls_transport_set_ptr(session, r);
    gnutls_transport_set_pull_function(session, pull);
    gnutls_transport_set_push_function(session, push);
    gnutls_transport_set_pull_timeout_function(session, pull_timeout);
}
