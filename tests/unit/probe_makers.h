/*
 * probe_makers.h - for tests of src/probe: other makers' servers, started on loopback with a
 * certificate made on the spot; a test is skipped where they are not installed. Uses probe_servers
 * and pki.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_TESTS_PROBE_MAKERS_H
#define WHYTLS_TESTS_PROBE_MAKERS_H

#include "probe_servers.h"

#include "pki.h"

static char directory[] = "/tmp/whytls-probe.XXXXXX";
static char cert_file[64], key_file[64];

struct maker {
    pid_t pid;
    int keep_open; /* s_server ends when its input does */
    int output;    /* stays open: a server whose output is gone may die of it */
    uint16_t port; /* 0: not installed */
};

/* Reads what the server prints until it says that it listens; the port that it names, or `own`. */
static inline uint16_t wait_until_it_listens(int fd, uint16_t own)
{
    char text[4096] = "";
    for (size_t n = 0; n + 1 < sizeof(text);) {
        ssize_t got = read(fd, text + n, sizeof(text) - 1 - n);
        if (got <= 0)
            return 0;
        n += (size_t)got;
        const char *accept = strstr(text, "ACCEPT ");
        const char *colon = accept ? strrchr(accept, ':') : NULL;
        if (colon && strchr(colon, '\n'))
            return (uint16_t)strtoul(colon + 1, NULL, 10);
        if (strstr(text, "listening on IPv4") && strstr(text, "done"))
            return own;
    }
    return 0;
}

static inline struct maker start(const char *const *argv, uint16_t own_port)
{
    int in[2], out[2];
    struct maker m = {0};
    assert_int_equal(pipe(in), 0);
    assert_int_equal(pipe(out), 0);
    m.pid = fork();
    assert_true(m.pid >= 0);
    if (m.pid == 0) {
        dup2(in[0], 0);
        dup2(out[1], 1);
        dup2(out[1], 2);
        for (int fd = 3; fd < 64; fd++)
            close(fd);
        execvp(argv[0], (char *const *)argv);
        _exit(127);
    }
    close(in[0]);
    close(out[1]);
    m.keep_open = in[1];
    m.port = wait_until_it_listens(out[0], own_port);
    m.output = out[0];
    return m;
}

static inline void stop(struct maker *m)
{
    close(m->keep_open);
    close(m->output);
    kill(m->pid, SIGKILL);
    waitpid(m->pid, NULL, 0);
}

enum { MAX_OPTIONS = 10 };

static inline struct maker start_openssl(const char *const *options)
{
    const char *argv[12 + MAX_OPTIONS] = {"openssl", "s_server", "-accept", "127.0.0.1:0", "-cert",
                                          cert_file, "-key",     key_file,  "-no_dhe"};
    size_t n = 8;
    while (options && *options)
        argv[n++] = *options++;
    struct maker m = start(argv, 0);
    if (!m.port) {
        stop(&m);
        skip();
    }
    return m;
}

static inline void write_file(char *path, size_t size, const char *name, const void *bytes,
                              size_t n)
{
    snprintf(path, size, "%s/%s", directory, name);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    fclose(f);
}

/* A folder with a certificate and its key; where it fails, cmocka runs no test. */
static inline bool makers_set_up(void)
{
    gnutls_datum_t pem;
    signal(SIGPIPE, SIG_IGN);
    if (!probe_global_init() || !mkdtemp(directory))
        return false;
    struct pki_cert *c =
        pki_make((struct pki_spec){.cn = "probe.test", .dns = {"probe.test"}, .key = PKI_RSA_2048});
    pki_check(gnutls_x509_crt_export2(c->crt, GNUTLS_X509_FMT_PEM, &pem));
    write_file(cert_file, sizeof(cert_file), "cert.pem", pem.data, pem.size);
    gnutls_free(pem.data);
    pki_check(gnutls_x509_privkey_export2(c->key, GNUTLS_X509_FMT_PEM, &pem));
    write_file(key_file, sizeof(key_file), "key.pem", pem.data, pem.size);
    gnutls_free(pem.data);
    return true;
}

static inline void makers_tear_down(void)
{
    servers_stop();
    unlink(cert_file);
    unlink(key_file);
    rmdir(directory);
    pki_free_all();
}

#endif
