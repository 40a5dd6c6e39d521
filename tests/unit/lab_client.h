/*
 * lab_client.h - what the lab's tests share: one lab at a time, and a client of their own, GnuTLS
 * by itself on a blocking socket. Does not use src/probe, so that both can't share a mistake.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_TESTS_LAB_CLIENT_H
#define WHYTLS_TESTS_LAB_CLIENT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lab/scenario.h"
#include "whytls/session.h"

#define MODERN "NORMAL:-VERS-TLS1.0:-VERS-TLS1.1:-SIGN-RSA-SHA1:-SIGN-ECDSA-SHA1"
#define OLD_VERSIONS "NORMAL:-VERS-TLS1.3:%LATEST_RECORD_VERSION"

/* What one try came to. */
struct
try {
    int rc;    /* of the handshake, or of the first read; 0: a page came */
    int alert; /* -1: none */
    int version;
    unsigned n_chain;
    char first_cn[64];
    uint8_t leaf[2048]; /* the first certificate, DER */
    size_t n_leaf;
    unsigned dh_bits;
    char answer[1024];
};

static struct request *request; /* one at a time: it is large */
static struct lab *lab;

static inline void open_lab(const char *name)
{
    char error[200] = "";
    signal(SIGPIPE, SIG_IGN);
    lab = lab_start(name, request, error, sizeof error);
    if (!lab)
        fail_msg("%s: %s", name, error);
}

static inline void close_lab(void)
{
    lab_stop(lab);
    lab = NULL;
}

static inline int connect_to(const char *address, uint16_t port)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port)};
    inet_pton(AF_INET, address, &to.sin_addr);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_true(fd >= 0);
    if (connect(fd, (struct sockaddr *)&to, sizeof to) == 0)
        return fd;
    int why = errno;
    close(fd);
    errno = why;
    return -1;
}

static inline int reach(void)
{
    int fd = connect_to("127.0.0.1", request->target.connect_port);
    assert_true(fd >= 0);
    return fd;
}

static inline void read_facts(gnutls_session_t s, struct try *t)
{
    const gnutls_datum_t *chain = gnutls_certificate_get_peers(s, &t->n_chain);
    size_t n = sizeof t->first_cn;
    gnutls_x509_crt_t crt;
    t->version = gnutls_protocol_get_version(s);
    t->dh_bits = (unsigned)gnutls_dh_get_prime_bits(s);
    if (!chain || chain[0].size > sizeof t->leaf || gnutls_x509_crt_init(&crt) < 0)
        return;
    memcpy(t->leaf, chain[0].data, chain[0].size);
    t->n_leaf = chain[0].size;
    if (gnutls_x509_crt_import(crt, &chain[0], GNUTLS_X509_FMT_DER) >= 0)
        gnutls_x509_crt_get_dn_by_oid(crt, GNUTLS_OID_X520_COMMON_NAME, 0, 0, t->first_cn, &n);
    gnutls_x509_crt_deinit(crt);
}

/* Called as soon as the certificates are here, so also where the handshake fails after them. */
static inline int note_certificates(gnutls_session_t s)
{
    read_facts(s, gnutls_session_get_ptr(s));
    return 0;
}

static inline int ask_for_page(gnutls_session_t s, struct try *t)
{
    static const char get[] = "GET / HTTP/1.1\r\nHost: shop.example\r\n\r\n";
    gnutls_record_send(s, get, sizeof get - 1);
    size_t have = 0;
    ssize_t n;
    do {
        n = gnutls_record_recv(s, t->answer + have, sizeof t->answer - 1 - have);
        if (n > 0)
            have += (size_t)n;
    } while (n > 0 || n == GNUTLS_E_AGAIN || n == GNUTLS_E_INTERRUPTED);
    return have ? 0 : (int)n ? (int)n : GNUTLS_E_PREMATURE_TERMINATION;
}

/* turns: how often 200 ms of silence are borne in the handshake before it is given up. */
static inline struct try try_for(int fd, const char *priority, const char *name, int turns)
{
    struct try t = {.alert = -1};
    gnutls_session_t s;
    gnutls_certificate_credentials_t credentials;
    const struct timeval patience = {.tv_sec = 0, .tv_usec = 200000};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    assert_int_equal(gnutls_certificate_allocate_credentials(&credentials), 0);
    assert_int_equal(gnutls_init(&s, GNUTLS_CLIENT), 0);
    gnutls_certificate_set_verify_function(credentials, note_certificates);
    gnutls_session_set_ptr(s, &t);
    gnutls_credentials_set(s, GNUTLS_CRD_CERTIFICATE, credentials);
    assert_int_equal(gnutls_priority_set_direct(s, priority, NULL), 0);
    if (name)
        gnutls_server_name_set(s, GNUTLS_NAME_DNS, name, strlen(name));
    gnutls_transport_set_int(s, fd);
    do
        t.rc = gnutls_handshake(s);
    while (t.rc < 0 && !gnutls_error_is_fatal(t.rc) && --turns > 0);
    if (t.rc == 0) {
        read_facts(s, &t);
        t.rc = ask_for_page(s, &t);
    }
    if (t.rc == GNUTLS_E_FATAL_ALERT_RECEIVED)
        t.alert = gnutls_alert_get(s);
    gnutls_deinit(s);
    gnutls_certificate_free_credentials(credentials);
    close(fd);
    return t;
}

static inline struct try try_on(int fd, const char *priority, const char *name)
{
    return try_for(fd, priority, name, 50);
}

static inline struct try try_lab(const char *priority, const char *name)
{
    return try_on(reach(), priority, name);
}

static inline size_t talk(int fd, const char *say, char *heard, size_t size)
{
    size_t n = 0;
    ssize_t got;
    if (say)
        assert_int_equal(send(fd, say, strlen(say), MSG_NOSIGNAL), strlen(say));
    while (n < size - 1 && (got = recv(fd, heard + n, size - 1 - n, 0)) > 0) {
        n += (size_t)got;
        if (!say)
            break;
    }
    heard[n] = '\0';
    close(fd);
    return n;
}

static inline int make_room(void **state)
{
    (void)state;
    request = calloc(1, sizeof *request);
    return request ? 0 : -1;
}

static inline int clear_room(void **state)
{
    (void)state;
    free(request);
    return 0;
}

#endif
