/*
 * trust.c - the system's list of trusted authorities, or the one of --cacert, with a mark at each
 * anchor whether the system shipped it or somebody added it here: GnuTLS's own list can't be
 * enumerated with such a mark, so the files are read directly. Uses GnuTLS's X.509 functions.
 * Fuzzed by fuzz_trust.
 * SPDX-License-Identifier: MIT
 */
#include "local/trust.h"

#include <errno.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "local/local_file.h"
#include "whytls/file.h"
#include "whytls/text.h"
#include "whytls/trace.h"
#include "whytls/message.h"

enum {
    TRUST_MAX_DEPTH = 4,
    /* Fewer than this is nobody's shipped list: somebody made the file for a purpose. */
    TRUST_SMALLEST_SHIPPED = 20,
};

/* ---- certificates in files -------------------------------------------------------------- */

typedef void der_fn(void *ctx, const gnutls_datum_t *der);

/* Calls fn for each PEM certificate; one that can't be decoded is passed over, not the rest. */
static size_t each_pem(const char *text, der_fn *fn, void *ctx)
{
    static const char begin[] = "-----BEGIN CERTIFICATE-----", end[] = "-----END CERTIFICATE-----";
    size_t n = 0;
    const char *at = text;
    while (n < TRUST_MAX_ANCHORS && (at = strstr(at, begin)) != NULL) {
        const char *stop = strstr(at, end);
        if (!stop)
            break;
        stop += sizeof(end) - 1;
        gnutls_datum_t pem = {.data = (unsigned char *)(uintptr_t)at,
                              .size = (unsigned)(stop - at)};
        gnutls_datum_t der = {.data = NULL};
        if (gnutls_pem_base64_decode2("CERTIFICATE", &pem, &der) >= 0) {
            fn(ctx, &der);
            gnutls_free(der.data);
            n++;
        }
        at = stop;
    }
    return n;
}

/* PEM, else the whole file as one DER certificate. False: it can't be read (*fault). */
static bool each_certificate(const char *file, der_fn *fn, void *ctx, struct file_fault *fault)
{
    size_t len = 0;
    char *text = file_bytes(file, TRUST_MAX_BYTES, &len, fault);
    if (!text)
        return false;
    if (each_pem(text, fn, ctx) == 0 && len > 0) {
        gnutls_datum_t der = {.data = (unsigned char *)text, .size = (unsigned)len};
        fn(ctx, &der);
    }
    free(text);
    return true;
}

static bool has_room(struct trust_list *t)
{
    if (t->n < t->room)
        return true;
    size_t room = t->room ? t->room * 2 : 256;
    struct trust_anchor *more =
        room <= TRUST_MAX_ANCHORS ? realloc(t->anchors, room * sizeof(*more)) : NULL;
    t->no_memory = t->no_memory || (room <= TRUST_MAX_ANCHORS && !more);
    if (!more)
        return false;
    t->anchors = more;
    t->room = room;
    return true;
}

static bool is_same(const struct blob *blob, const void *data, size_t len)
{
    return blob->len == len && (len == 0 || memcmp(blob->data, data, len) == 0);
}

struct trust_anchor *trust_list_find(const struct trust_list *t, const void *der, size_t len)
{
    for (size_t i = 0; i < t->n; i++)
        if (is_same(&t->anchors[i].der, der, len))
            return &t->anchors[i];
    return NULL;
}

static bool read_subject(const gnutls_datum_t *der, gnutls_datum_t *subject)
{
    gnutls_x509_crt_t crt = NULL;
    if (gnutls_x509_crt_init(&crt) < 0)
        return false;
    bool ok = gnutls_x509_crt_import(crt, der, GNUTLS_X509_FMT_DER) >= 0 &&
              gnutls_x509_crt_get_raw_dn(crt, subject) >= 0;
    gnutls_x509_crt_deinit(crt);
    return ok;
}

struct trust_anchor *trust_list_add(struct trust_list *t, const gnutls_datum_t *der)
{
    gnutls_datum_t subject = {.data = NULL};
    struct trust_anchor a = {.source = ANCHOR_SHIPPED};
    struct trust_anchor *known = trust_list_find(t, der->data, der->size);
    if (known || !has_room(t) || !read_subject(der, &subject))
        return known;
    if (blob_set(&a.der, der->data, der->size) &&
        blob_set(&a.subject, subject.data, subject.size)) {
        t->anchors[t->n] = a;
        known = &t->anchors[t->n++];
    } else {
        t->no_memory = true;
        blob_fini(&a.der);
    }
    gnutls_free(subject.data);
    return known;
}

static void add_anchor(void *ctx, const gnutls_datum_t *der)
{
    trust_list_add(ctx, der);
}

/* Always false: errno says why a file was not read. */
static bool note_memory(struct trust_list *t)
{
    t->no_memory = t->no_memory || errno == ENOMEM;
    return false;
}

bool trust_list_add_file(struct trust_list *t, const char *file)
{
    return each_certificate(file, add_anchor, t, NULL) || note_memory(t);
}

struct trust_list *trust_list_new(void)
{
    return calloc(1, sizeof(struct trust_list));
}

/* ---- marks ------------------------------------------------------------------------------ */

struct marking {
    struct trust_list *list;
    enum anchor_source source;
    size_t found;
};

static void mark_one(void *ctx, const gnutls_datum_t *der)
{
    struct marking *m = ctx;
    struct trust_anchor *a = trust_list_find(m->list, der->data, der->size);
    if (!a)
        return;
    a->source = m->source;
    m->found++;
}

static void mark_file(void *ctx, const char *path)
{
    struct marking *m = ctx;
    if (!each_certificate(path, mark_one, ctx, NULL))
        note_memory(m->list);
}

static size_t mark_folder(struct trust_list *t, const char *folder, enum anchor_source source)
{
    struct marking m = {.list = t, .source = source};
    if (!local_file_walk(folder, TRUST_MAX_DEPTH, mark_file, &m))
        t->no_memory = true;
    TRACE(LOCAL, "trusted authorities: %zu of them are in %s, so they are %s", m.found, folder,
          source == ANCHOR_ADDED ? "added" : "shipped");
    return m.found;
}

static void mark_all(struct trust_list *t, enum anchor_source source)
{
    for (size_t i = 0; i < t->n; i++)
        t->anchors[i].source = source;
}

/*
 * Added: what is in a folder where people add authorities, and where the shipped ones have a folder
 * of their own (Debian), all that is not in it. A folder that knows none of the list proves
 * nothing.
 */
static void mark_sources(struct trust_list *t, const char *shipped, bool is_set,
                         const char *const *added)
{
    bool is_small = is_set && t->n < TRUST_SMALLEST_SHIPPED;
    if (is_small || shipped)
        mark_all(t, ANCHOR_ADDED);
    if (shipped && mark_folder(t, shipped, ANCHOR_SHIPPED) == 0 && !is_small)
        mark_all(t, ANCHOR_SHIPPED);
    for (; *added; added++)
        mark_folder(t, *added, ANCHOR_ADDED);
}

/* ---- the list --------------------------------------------------------------------------- */

/* NULL with an error: not there, no certificate in it, or no memory (errno). */
static struct trust_list *read_bundle(const char *file, char *error, size_t error_size)
{
    char name[160];
    struct file_fault fault;
    struct trust_list *t = trust_list_new();
    text_clean_str_marked(name, sizeof(name), file);
    bool is_read = t && each_certificate(file, add_anchor, t, &fault);
    bool no_memory = !t || t->no_memory || (!is_read && file_lacks_memory(&fault));
    if (no_memory) {
        snprintf(error, error_size, message("there is not enough memory"));
    } else if (!is_read) {
        snprintf(error, error_size, message("cannot read %s: %s"), name, file_words(&fault));
    } else if (t->n == 0) {
        snprintf(error, error_size, message("there is no certificate in %s"), name);
    } else {
        TRACE(LOCAL, "trusted authorities: %zu in %s", t->n, name);
        return t;
    }
    TRACE(LOCAL, "trusted authorities: %s", error);
    trust_list_free(t);
    errno = no_memory ? ENOMEM : ENOENT;
    return NULL;
}

struct trust_list *trust_list_read_places(const struct trust_places *places, char *error,
                                          size_t error_size)
{
    struct trust_list *t = NULL;
    const char *shipped = NULL;
    snprintf(error, error_size, message("this computer's trust store was not found"));
    if (places->set)
        t = read_bundle(places->set, error, error_size);
    for (size_t i = 0; !places->set && !t && places->bundles[i].file; i++) {
        char why[256];
        t = read_bundle(places->bundles[i].file, why, sizeof(why));
        shipped = places->bundles[i].shipped;
        if (!t && errno == ENOMEM)
            return NULL;
    }
    /* Whatever file it came from, what the system ships is known by its own folder. */
    for (size_t i = 0; places->set && !shipped && places->bundles[i].file; i++)
        shipped = places->bundles[i].shipped;
    if (!t)
        return NULL;
    mark_sources(t, shipped, places->set != NULL, places->added);
    text_copy_cut(error, error_size, "");
    if (!t->no_memory)
        return t;
    trust_list_free(t);
    errno = ENOMEM;
    return NULL;
}

static struct trust_list *read_system(char *error, size_t error_size)
{
    static const char debian[] = "/usr/share/ca-certificates";
    static const struct trust_bundle bundles[] = {
        {.file = "/etc/ssl/certs/ca-certificates.crt", .shipped = debian},
        {.file = "/etc/pki/tls/certs/ca-bundle.crt"},
        {.file = "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem"},
        {.file = "/etc/ssl/ca-bundle.pem"},
        {.file = "/var/lib/ca-certificates/ca-bundle.pem"},
        {.file = "/etc/ca-certificates/extracted/tls-ca-bundle.pem"},
        {.file = "/etc/ssl/certs/ca-bundle.crt"},
        {.file = "/etc/ssl/cert.pem"},
        {.file = "/usr/local/share/certs/ca-root-nss.crt"},
        {.file = NULL},
    };
    static const char *const added[] = {
        "/usr/local/share/ca-certificates", "/etc/pki/ca-trust/source/anchors",
        "/etc/pki/trust/anchors",           "/etc/ca-certificates/trust-source/anchors",
        "/usr/local/etc/ssl/certs",         NULL,
    };
    const char *set = secure_getenv("SSL_CERT_FILE");
    const struct trust_places places = {
        .set = set && *set ? set : NULL,
        .bundles = bundles,
        .added = added,
    };
    return trust_list_read_places(&places, error, error_size);
}

struct trust_list *trust_list_read(const char *cacert, char *error, size_t error_size)
{
    if (!cacert)
        return read_system(error, error_size);
    struct trust_list *t = read_bundle(cacert, error, error_size);
    if (t) {
        mark_all(t, ANCHOR_GIVEN);
        t->is_given = true;
    }
    return t;
}

void trust_list_free(struct trust_list *t)
{
    if (!t)
        return;
    for (size_t i = 0; i < t->n; i++) {
        blob_fini(&t->anchors[i].der);
        blob_fini(&t->anchors[i].subject);
    }
    free(t->anchors);
    free(t);
}

size_t trust_list_count(const struct trust_list *t, size_t *added)
{
    *added = 0;
    for (size_t i = 0; i < t->n; i++)
        *added += t->anchors[i].source == ANCHOR_ADDED;
    return t->n;
}

/* ---- which bear on a case --------------------------------------------------------------- */

struct match {
    const struct trust_list *list;
    void (*fn)(void *ctx, const struct trust_anchor *a);
    void *ctx;
};

static size_t match_name(const struct match *m, const gnutls_datum_t *name)
{
    size_t n = 0;
    for (size_t i = 0; i < m->list->n; i++)
        if (is_same(&m->list->anchors[i].subject, name->data, name->size)) {
            m->fn(m->ctx, &m->list->anchors[i]);
            n++;
        }
    return n;
}

/* NULL where the bytes are no certificate; freed by the caller. */
static gnutls_x509_crt_t import(const struct blob *der)
{
    gnutls_x509_crt_t crt = NULL;
    gnutls_datum_t whole = {.data = der->data, .size = (unsigned)der->len};
    if (gnutls_x509_crt_init(&crt) < 0)
        return NULL;
    if (gnutls_x509_crt_import(crt, &whole, GNUTLS_X509_FMT_DER) >= 0)
        return crt;
    gnutls_x509_crt_deinit(crt);
    return NULL;
}

enum { ORGANISATION_SIZE = 256, MAX_KIN = 4 };

static bool is_of(const struct trust_anchor *a, const char *organisation, size_t len)
{
    char own[ORGANISATION_SIZE];
    size_t n = sizeof own;
    gnutls_x509_crt_t crt = a->source == ANCHOR_SHIPPED ? NULL : import(&a->der);
    bool is_same_one =
        crt &&
        gnutls_x509_crt_get_dn_by_oid(crt, GNUTLS_OID_X520_ORGANIZATION_NAME, 0, 0, own, &n) >= 0 &&
        n == len && memcmp(own, organisation, len) == 0;
    if (crt)
        gnutls_x509_crt_deinit(crt);
    return is_same_one;
}

/* Nobody here has the issuer's name: then other authorities of the same organisation, of those that
 * people added, are what the chain may have been meant to lead to. */
static void match_kin(const struct match *m, gnutls_x509_crt_t crt)
{
    char organisation[ORGANISATION_SIZE];
    size_t n = sizeof organisation, found = 0;
    if (gnutls_x509_crt_get_issuer_dn_by_oid(crt, GNUTLS_OID_X520_ORGANIZATION_NAME, 0, 0,
                                             organisation, &n) < 0)
        return;
    for (size_t i = 0; i < m->list->n && found < MAX_KIN; i++)
        if (is_of(&m->list->anchors[i], organisation, n)) {
            m->fn(m->ctx, &m->list->anchors[i]);
            found++;
        }
}

static void match_certificate(const struct match *m, const struct blob *der)
{
    gnutls_x509_crt_t crt = import(der);
    gnutls_datum_t issuer = {.data = NULL}, subject = {.data = NULL};
    if (!crt)
        return;
    if (gnutls_x509_crt_get_raw_issuer_dn(crt, &issuer) >= 0 && match_name(m, &issuer) == 0)
        match_kin(m, crt);
    if (gnutls_x509_crt_get_raw_dn(crt, &subject) >= 0)
        match_name(m, &subject);
    gnutls_free(issuer.data);
    gnutls_free(subject.data);
    gnutls_x509_crt_deinit(crt);
}

void trust_list_each_match(const struct trust_list *t, const struct evidence *ev, size_t first,
                           void (*fn)(void *ctx, const struct trust_anchor *a), void *ctx)
{
    const struct match m = {.list = t, .fn = fn, .ctx = ctx};
    for (size_t i = first; i < ev->n_certificates; i++)
        match_certificate(&m, &ev->certificates[i].der);
}

static void add_to_facts(void *ctx, const struct trust_anchor *a)
{
    evidence_add_anchor(ctx, a->der.data, a->der.len, a->source);
}

void trust_list_match(const struct trust_list *t, struct evidence *ev)
{
    ev->facts.anchors_known = t != NULL;
    ev->facts.anchors_total = t ? t->n : 0;
    ev->facts.anchors_given = t && t->is_given;
    if (t)
        trust_list_each_match(t, ev, ev->facts.anchors_for, add_to_facts, ev);
    ev->facts.anchors_for = ev->n_certificates;
}
