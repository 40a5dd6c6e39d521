/*
 * chain_bench.c - what judging a chain costs, in processor time. Arguments: a PEM chain, leaf
 * first, and its root. Prints a line a figure, as bench.py does: for the chain as it is and with
 * several faults at once, all of a judgement, its signature checks alone, and what is left beyond
 * them.
 * SPDX-License-Identifier: MIT
 */
#include <gnutls/abstract.h>
#include <gnutls/x509.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "whytls/chain.h"
#include "whytls/reader.h"

enum { ROUNDS = 200, FILE_MAX = 65536 };

static size_t read_certificates(const char *path, struct blob *out, size_t max)
{
    static char bytes[FILE_MAX];
    FILE *f = fopen(path, "rb");
    size_t n = f ? fread(bytes, 1, sizeof bytes, f) : 0;
    if (f) {
        fclose(f);
    }
    n = chain_read_bundle(bytes, n, out, max);
    return n < max ? n : max;
}

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* The part that is signed: the first element of the outer one (RFC 5280 4.1). */
static gnutls_datum_t signed_part(const struct blob *der)
{
    struct reader whole = reader_of(der->data, der->len), outer, inner;
    uint8_t tag;
    if (!reader_der(&whole, &tag, &outer)) {
        exit(1);
    }
    size_t header = der->len - outer.left, before = outer.left;
    if (!reader_der(&outer, &tag, &inner)) {
        exit(1);
    }
    return (gnutls_datum_t){der->data + header, (unsigned)(before - outer.left)};
}

static void must(int ret)
{
    if (ret < 0) {
        fprintf(stderr, "chain_bench: %s\n", gnutls_strerror(ret));
        exit(1);
    }
}

static gnutls_x509_crt_t import(const struct blob *der)
{
    gnutls_x509_crt_t crt;
    gnutls_datum_t datum = {der->data, (unsigned)der->len};
    must(gnutls_x509_crt_init(&crt));
    must(gnutls_x509_crt_import(crt, &datum, GNUTLS_X509_FMT_DER));
    return crt;
}

/* Milliseconds for one check of the first one's signature with the second one's key, bare. */
static double check_ms(const struct blob *child, const struct blob *issuer)
{
    gnutls_x509_crt_t below = import(child), above = import(issuer);
    gnutls_pubkey_t key;
    unsigned char bytes[4096];
    size_t n = sizeof bytes;
    gnutls_datum_t part = signed_part(child);
    must(gnutls_pubkey_init(&key));
    must(gnutls_pubkey_import_x509(key, above, 0));
    must(gnutls_x509_crt_get_signature(below, (char *)bytes, &n));
    gnutls_datum_t signature = {bytes, (unsigned)n};
    gnutls_sign_algorithm_t algorithm = gnutls_x509_crt_get_signature_algorithm(below);
    double began = now_ms();
    for (int i = 0; i < ROUNDS; i++) {
        must(gnutls_pubkey_verify_data2(key, algorithm, 0, &part, &signature));
    }
    double each = (now_ms() - began) / ROUNDS;
    gnutls_pubkey_deinit(key);
    gnutls_x509_crt_deinit(below);
    gnutls_x509_crt_deinit(above);
    return each;
}

static void measure(const char *label, const struct chain_question *q, double one_check)
{
    struct chain_answer a;
    double began = now_ms();
    for (int i = 0; i < ROUNDS; i++) {
        chain_judge(q, &a);
    }
    double all = (now_ms() - began) / ROUNDS, checks = one_check * a.n_checks;
    printf("bench judge_%s = %.2f ms\n", label, all);
    printf("bench judge_%s_changes = %d changes\n", label, __builtin_popcount(a.changes));
    printf("bench judge_%s_checks = %u signatures\n", label, a.n_checks);
    printf("bench judge_%s_work = %u units\n", label, a.work);
    printf("bench judge_%s_beyond_checks = %.2f ms\n", label, all > checks ? all - checks : 0);
}

int main(int argc, char **argv)
{
    struct blob certs[EVIDENCE_MAX_CHAIN] = {{NULL, 0}}, root = {NULL, 0};
    size_t n = argc == 3 ? read_certificates(argv[1], certs, EVIDENCE_MAX_CHAIN) : 0;
    if (n < 2 || read_certificates(argv[2], &root, 1) != 1) {
        fprintf(stderr, "usage: chain_bench CHAIN ROOT\n");
        return 2;
    }
    struct anchor anchor = {.der = root};
    struct chain_question q = {
        .anchors = &anchor, .n_anchors = 1, .name = "shop.example", .now = time(NULL)};
    for (; q.n_sent < n; q.n_sent++) {
        q.sent[q.n_sent] = &certs[q.n_sent];
    }
    gnutls_global_init();
    double one_check = check_ms(&certs[0], &certs[1]);
    measure("good", &q, one_check);
    /* Its name, its date, a missing one and the root: four faults at once. */
    q.name = "other.example";
    q.now += INT64_C(40) * 365 * 86400;
    q.n_anchors = 0;
    q.extra[q.n_extra++] = q.sent[n - 1];
    q.n_sent = n - 1;
    measure("faulty", &q, one_check);
    for (size_t i = 0; i < n; i++) {
        blob_fini(&certs[i]);
    }
    blob_fini(&root);
    return 0;
}
