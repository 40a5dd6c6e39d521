/*
 * lab.c - starts and ends a practice scenario: forges its certificates, opens its ports, forks its
 * server. Uses GnuTLS (initialised by whoever starts the program) and sockets on loopback.
 * SPDX-License-Identifier: MIT
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "lab/running.h"
#include "whytls/session.h"
#include "whytls/text.h"
#include "whytls/message.h"

enum { QUEUE = 64, PORT_TRIES = 32 };

/* ---- ports ------------------------------------------------------------------------------ */

static struct sockaddr_in loopback(const char *address, uint16_t port)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port)};
    inet_pton(AF_INET, address, &to.sin_addr);
    return to;
}

/* A bound socket; *port 0 lets the kernel choose and is filled in. -1 with errno. */
static int bind_listener(const char *address, uint16_t *port)
{
    struct sockaddr_in at = loopback(address, *port);
    socklen_t n = sizeof at;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return -1;
    if (bind(fd, (struct sockaddr *)&at, n) == 0 &&
        getsockname(fd, (struct sockaddr *)&at, &n) == 0) {
        *port = ntohs(at.sin_port);
        return fd;
    }
    int why = errno;
    close(fd);
    errno = why;
    return -1;
}

/* Both addresses at one port: the kernel chooses it for the first, the second may find it taken. */
static bool bind_both(struct lab *lab)
{
    int *listeners = lab->endpoint.listeners;
    for (int i = 0; i < PORT_TRIES; i++) {
        lab->port = 0;
        listeners[LISTENER_FIRST_ADDRESS] = bind_listener(lab_addresses[0], &lab->port);
        if (listeners[LISTENER_FIRST_ADDRESS] < 0)
            return false;
        listeners[LISTENER_SECOND_ADDRESS] = bind_listener(lab_addresses[1], &lab->port);
        if (listeners[LISTENER_SECOND_ADDRESS] >= 0)
            return true;
        close(listeners[LISTENER_FIRST_ADDRESS]);
        listeners[LISTENER_FIRST_ADDRESS] = -1;
        if (errno != EADDRINUSE)
            return false;
    }
    return false;
}

/*
 * With a backlog of 0 Linux keeps one finished connection in the queue and drops every SYN after
 * it (measured on 6.x): so one connection that nobody accepts makes the port silent.
 */
static bool fill_queue(struct lab *lab)
{
    struct sockaddr_in to = loopback(lab_addresses[0], lab->port);
    if (listen(lab->endpoint.listeners[LISTENER_FIRST_ADDRESS], 0) != 0)
        return false;
    lab->filler = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    return lab->filler >= 0 && connect(lab->filler, (struct sockaddr *)&to, sizeof to) == 0;
}

static bool listen_all(const struct endpoint *endpoint)
{
    for (int i = 0; i < ENDPOINT_MAX_LISTENERS; i++)
        if (endpoint->listeners[i] >= 0 && listen(endpoint->listeners[i], QUEUE) != 0)
            return false;
    return true;
}

/* Does the leaf name anything that can be fetched? */
static bool has_urls(const struct chain_recipe *r)
{
    return r->aia != LAB_AIA_NONE || r->ocsp != LAB_WORD_NONE || r->crl != LAB_WORD_NONE ||
           r->above != LAB_WORD_NONE;
}

static bool open_listeners(struct lab *lab)
{
    struct endpoint *endpoint = &lab->endpoint;
    const struct scenario *s = endpoint->scenario;
    if (s->server.serves == SERVES_NOTHING)
        return true;
    if (s->server.two_addresses) {
        if (!bind_both(lab))
            return false;
    } else {
        endpoint->listeners[LISTENER_FIRST_ADDRESS] = bind_listener(lab_addresses[0], &lab->port);
        if (endpoint->listeners[LISTENER_FIRST_ADDRESS] < 0)
            return false;
    }
    if (has_urls(&s->chains[0])) {
        endpoint->listeners[LISTENER_AIA] = bind_listener(lab_addresses[0], &lab->aia_port);
        lab->shut = bind_listener(lab_addresses[0], &lab->shut_port);
        if (endpoint->listeners[LISTENER_AIA] < 0 || lab->shut < 0)
            return false;
    }
    if (s->server.serves == SERVES_CLOSED_PORT)
        return true;
    return s->server.serves == SERVES_FULL_QUEUE ? fill_queue(lab) : listen_all(endpoint);
}

/* ---- certificates ----------------------------------------------------------------------- */

static void write_url(const struct lab *lab, bool is_shut, const char *path, char *out,
                      size_t out_size)
{
    snprintf(out, out_size, "http://127.0.0.1:%u/%s", is_shut ? lab->shut_port : lab->aia_port,
             path);
}

/* The user's certificate, as --cert and --key would have it. */
static int forge_client_certificate(struct lab *lab, int64_t now)
{
    struct forged *f = &lab->endpoint.client_certificate;
    const struct forge_urls none = {0};
    struct buf pem;
    int rc = forge_chain(f, &lab->endpoint.scenario->client_certificate, "anna.corp.example", &none,
                         now);
    buf_init(&pem, 64 * 1024);
    for (unsigned i = 0; rc >= 0 && i < f->n_sent; i++) {
        gnutls_datum_t one = {NULL, 0};
        rc = gnutls_pem_base64_encode2("CERTIFICATE", &f->sent[i].cert, &one);
        if (rc >= 0)
            buf_put(&pem, one.data, one.size);
        gnutls_free(one.data);
    }
    if (rc >= 0)
        rc =
            gnutls_x509_privkey_export2(f->key[FORGED_LEAF], GNUTLS_X509_FMT_PEM, &lab->client_key);
    lab->client_pem = buf_take(&pem);
    return rc >= 0 && !lab->client_pem ? GNUTLS_E_MEMORY_ERROR : rc;
}

static int forge_chains(struct lab *lab)
{
    const struct scenario *s = lab->endpoint.scenario;
    int64_t now = time(NULL);
    char issuer[64], upper[64], ocsp[64], crl[64], above[64];
    for (size_t i = 0; i < scenario_chains(s); i++) {
        const struct chain_recipe *r = &s->chains[i];
        const struct forge_urls urls = {
            .issuer = r->aia != LAB_AIA_NONE ? issuer : NULL,
            .upper = r->aia != LAB_AIA_NONE && r->has_upper ? upper : NULL,
            .ocsp = r->ocsp != LAB_WORD_NONE ? ocsp : NULL,
            .crl = r->crl != LAB_WORD_NONE ? crl : NULL,
            .above = r->above != LAB_WORD_NONE ? above : NULL,
        };
        write_url(lab, false, "intermediate.der", issuer, sizeof issuer);
        write_url(lab, false, "upper.der", upper, sizeof upper);
        write_url(lab, r->ocsp == LAB_WORD_REFUSED, "ocsp", ocsp, sizeof ocsp);
        write_url(lab, r->crl == LAB_WORD_REFUSED, "list.crl", crl, sizeof crl);
        write_url(lab, r->above == LAB_WORD_REFUSED, "above.crl", above, sizeof above);
        int rc = forge_chain(&lab->endpoint.chains[i], r, scenario_host(s), &urls, now);
        if (rc < 0)
            return rc;
    }
    int rc = s->has_client_certificate ? forge_client_certificate(lab, now) : 0;
    return rc >= 0 && s->server.serves == SERVES_TLS ? tls_prepare(&lab->endpoint) : rc;
}

/* ---- the server process ----------------------------------------------------------------- */

static bool needs_server(const struct scenario *s)
{
    return s->server.serves == SERVES_TLS || s->server.serves == SERVES_HTTP ||
           s->server.serves == SERVES_BANNER;
}

static void close_listeners(struct endpoint *endpoint)
{
    for (int i = 0; i < ENDPOINT_MAX_LISTENERS; i++) {
        if (endpoint->listeners[i] >= 0)
            close(endpoint->listeners[i]);
        endpoint->listeners[i] = -1;
    }
}

/* Signals wait until the child has thrown the parent's handlers away (server_run). */
static bool fork_server(struct lab *lab)
{
    sigset_t all, before;
    int parent_pid = getpid();
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &before);
    pid_t pid = fork();
    if (pid == 0)
        server_run(&lab->endpoint, parent_pid);
    sigprocmask(SIG_SETMASK, &before, NULL);
    if (pid < 0)
        return false;
    lab->server = pid;
    close_listeners(&lab->endpoint);
    return true;
}

/* ---- from start to stop ----------------------------------------------------------------- */

static bool start_server(struct lab *lab, char *error, size_t error_size)
{
    if (!open_listeners(lab)) {
        snprintf(error, error_size, message("The practice server could not open a port: %s."),
                 strerror(errno));
        return false;
    }
    int rc = forge_chains(lab);
    if (rc < 0) {
        snprintf(error, error_size, message("The practice certificates could not be made: %s"),
                 gnutls_strerror(rc));
        return false;
    }
    if (needs_server(lab->endpoint.scenario) && !fork_server(lab)) {
        snprintf(error, error_size, message("The practice server could not be started: %s."),
                 strerror(errno));
        return false;
    }
    return true;
}

struct lab *lab_start(const char *name, struct request *r, char *error, size_t error_size)
{
    const struct scenario *s = scenario_find(name);
    if (!s) {
        char clean[64];
        text_clean_str_marked(clean, sizeof clean, name);
        snprintf(error, error_size, message("There is no practice scenario called \"%s\"."), clean);
        return NULL;
    }
    struct lab *lab = calloc(1, sizeof *lab);
    if (!lab) {
        snprintf(error, error_size, message("There is not enough memory."));
        return NULL;
    }
    lab->endpoint.scenario = s;
    lab->filler = lab->shut = -1;
    for (int i = 0; i < ENDPOINT_MAX_LISTENERS; i++)
        lab->endpoint.listeners[i] = -1;
    if (!start_server(lab, error, error_size)) {
        lab_stop(lab);
        return NULL;
    }
    lab_fill_request(lab, r);
    return lab;
}

void lab_stop(struct lab *lab)
{
    if (!lab)
        return;
    if (lab->server > 0) {
        kill(lab->server, SIGTERM);
        while (waitpid(lab->server, NULL, 0) < 0 && errno == EINTR)
            ;
    }
    close_listeners(&lab->endpoint);
    if (lab->filler >= 0)
        close(lab->filler);
    if (lab->shut >= 0)
        close(lab->shut);
    tls_unprepare(&lab->endpoint);
    for (size_t i = 0; i < SCENARIO_MAX_CHAINS; i++)
        forged_fini(&lab->endpoint.chains[i]);
    forged_fini(&lab->endpoint.client_certificate);
    free(lab->client_pem);
    gnutls_free(lab->client_key.data);
    free(lab);
}
