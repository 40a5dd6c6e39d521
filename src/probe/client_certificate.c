/*
 * client_certificate.c - the user's certificate and key from files, or a throw-away pair made on
 * the spot. Uses GnuTLS; nothing of the network. Fuzzed by fuzz_client_certificate.
 * SPDX-License-Identifier: MIT
 */
#include <gnutls/pkcs12.h>
#include <gnutls/x509.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "client_certificate.h"
#include "whytls/file.h"
#include "whytls/message.h"

enum { FILE_MAX_BYTES = 1024 * 1024 }; /* a chain and its key are a few KiB */

void client_certificate_fini(struct client_certificate_set *set)
{
    for (unsigned i = 0; i < set->n_chain; i++)
        gnutls_pcert_deinit(&set->chain[i]);
    if (set->key)
        gnutls_privkey_deinit(set->key);
    memset(set, 0, sizeof(*set));
}

/* ---- from files ---------------------------------------------------------------------------- */

/* The text of a PEM file, or of memory in its place; end it with unload. */
static bool load(gnutls_datum_t *data, const char *file, const char *pem)
{
    size_t n = pem ? strlen(pem) : 0;
    char *bytes = pem ? strdup(pem) : file ? file_bytes(file, FILE_MAX_BYTES, &n, NULL) : NULL;
    *data = (gnutls_datum_t){.data = (unsigned char *)bytes, .size = (unsigned)n};
    return bytes != NULL;
}

/* It may be a key. */
static void unload(gnutls_datum_t *data)
{
    if (data->data)
        gnutls_memset(data->data, 0, data->size);
    free(data->data);
}

static bool read_chain(struct client_certificate_set *set, const struct probe_secrets *secrets)
{
    gnutls_datum_t data = {0};
    unsigned n = CLIENT_CERTIFICATE_MAX_CHAIN;
    if (!load(&data, secrets->cert_file, secrets->cert_pem))
        return false;
    int rc = gnutls_pcert_list_import_x509_raw(set->chain, &n, &data, GNUTLS_X509_FMT_PEM, 0);
    if (rc < 0) {
        n = 1;
        rc = gnutls_pcert_import_x509_raw(&set->chain[0], &data, GNUTLS_X509_FMT_DER, 0);
    }
    set->n_chain = rc < 0 ? 0 : n;
    unload(&data);
    return set->n_chain > 0;
}

/* GnuTLS's code: GNUTLS_E_DECRYPTION_FAILED where a password would be needed. */
static int read_key(struct client_certificate_set *set, const struct probe_secrets *secrets)
{
    gnutls_datum_t data = {0};
    const char *file = secrets->key_file ? secrets->key_file : secrets->cert_file;
    if (!load(&data, file, secrets->key_pem))
        return GNUTLS_E_FILE_ERROR;
    int rc = gnutls_privkey_init(&set->key);
    if (rc == 0) {
        const gnutls_x509_crt_fmt_t format =
            data.size > 0 && data.data[0] == 0x30 ? GNUTLS_X509_FMT_DER : GNUTLS_X509_FMT_PEM;
        rc = gnutls_privkey_import_x509_raw(set->key, &data, format, NULL, 0);
    }
    unload(&data);
    return rc;
}

static bool read_given(struct client_certificate_set *set, const struct probe_secrets *secrets)
{
    return secrets && read_chain(set, secrets) && read_key(set, secrets) == 0;
}

void probe_note_own(struct evidence *ev, const struct probe_secrets *secrets)
{
    struct client_certificate_set set = {0};
    if (read_chain(&set, secrets))
        for (unsigned i = 0; i < set.n_chain; i++)
            evidence_add_own(ev, set.chain[i].cert.data, set.chain[i].cert.size);
    client_certificate_fini(&set);
}

static bool is_pair(const struct client_certificate_set *set)
{
    uint8_t of_key[64], of_cert[64];
    size_t n = sizeof(of_key), m = sizeof(of_cert);
    gnutls_pubkey_t public;
    if (gnutls_pubkey_init(&public) < 0)
        return false;
    bool same =
        gnutls_pubkey_import_privkey(public, set->key, 0, 0) == 0 &&
        gnutls_pubkey_get_key_id(public, GNUTLS_KEYID_USE_SHA256, of_key, &n) == 0 &&
        gnutls_pubkey_get_key_id(set->chain[0].pubkey, GNUTLS_KEYID_USE_SHA256, of_cert, &m) == 0 &&
        n == m && memcmp(of_key, of_cert, n) == 0;
    gnutls_pubkey_deinit(public);
    return same;
}

/* What browsers give out: certificate and key in one file, under a password. */
static bool is_pkcs12(const struct probe_secrets *secrets)
{
    gnutls_datum_t data = {0};
    gnutls_pkcs12_t bag = NULL;
    bool is_bag = false;
    if (load(&data, secrets->cert_file, secrets->cert_pem) && gnutls_pkcs12_init(&bag) == 0) {
        is_bag = gnutls_pkcs12_import(bag, &data, GNUTLS_X509_FMT_DER, 0) == 0;
        gnutls_pkcs12_deinit(bag);
    }
    unload(&data);
    return is_bag;
}

static const char *chain_fault(const struct probe_secrets *secrets)
{
    return is_pkcs12(secrets) ? N_("this is PKCS #12: make PEM of it first, such as with "
                                   "\"openssl pkcs12 -nodes\", for this try only")
                              : N_("this holds no certificate");
}

static const char *key_fault(const struct probe_secrets *secrets, int rc)
{
    if (rc == GNUTLS_E_DECRYPTION_FAILED)
        return N_("its key is locked with a password: make a copy without one, for this try only");
    bool is_apart = secrets->key_file && strcmp(secrets->key_file, secrets->cert_file) != 0;
    return is_apart ? N_("its key cannot be read")
                    : N_("its key is not in it: name the key's file with --key");
}

const char *probe_secrets_fault(const struct probe_secrets *secrets)
{
    struct client_certificate_set set = {0};
    const char *fault = NULL;
    int rc = 0;
    if (!read_chain(&set, secrets))
        fault = chain_fault(secrets);
    else if ((rc = read_key(&set, secrets)) != 0)
        fault = key_fault(secrets, rc);
    else if (!is_pair(&set))
        fault = N_("the key does not belong to this certificate");
    client_certificate_fini(&set);
    return fault;
}

/* ---- made up ------------------------------------------------------------------------------- */

static int fill_made_up(gnutls_x509_crt_t crt, gnutls_x509_privkey_t key)
{
    static const char name[] = "CN=whytls test";
    const time_t now = time(NULL), day = 86400;
    const unsigned char serial[] = {1};
    int rc = gnutls_x509_crt_set_version(crt, 3);
    if (rc == 0)
        rc = gnutls_x509_crt_set_serial(crt, serial, sizeof(serial));
    if (rc == 0)
        rc = gnutls_x509_crt_set_dn(crt, name, NULL);
    if (rc == 0)
        rc = gnutls_x509_crt_set_activation_time(crt, now - day);
    if (rc == 0)
        rc = gnutls_x509_crt_set_expiration_time(crt, now + day);
    if (rc == 0)
        rc = gnutls_x509_crt_set_key(crt, key);
    if (rc == 0)
        rc = gnutls_x509_crt_set_key_usage(crt, GNUTLS_KEY_DIGITAL_SIGNATURE);
    if (rc == 0)
        rc = gnutls_x509_crt_set_key_purpose_oid(crt, GNUTLS_KP_TLS_WWW_CLIENT, 0);
    if (rc == 0)
        rc = gnutls_x509_crt_sign2(crt, crt, key, GNUTLS_DIG_SHA256, 0);
    return rc;
}

static bool make_up(struct client_certificate_set *set)
{
    gnutls_x509_crt_t crt = NULL;
    gnutls_x509_privkey_t key = NULL;
    int rc = gnutls_x509_privkey_init(&key);
    if (rc == 0)
        rc = gnutls_x509_privkey_generate(key, GNUTLS_PK_EC,
                                          GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1), 0);
    if (rc == 0)
        rc = gnutls_x509_crt_init(&crt);
    if (rc == 0)
        rc = fill_made_up(crt, key);
    if (rc == 0)
        rc = gnutls_pcert_import_x509(&set->chain[0], crt, 0);
    set->n_chain = rc == 0;
    if (rc == 0)
        rc = gnutls_privkey_init(&set->key);
    if (rc == 0)
        rc = gnutls_privkey_import_x509(set->key, key, GNUTLS_PRIVKEY_IMPORT_COPY);
    if (crt)
        gnutls_x509_crt_deinit(crt);
    if (key)
        gnutls_x509_privkey_deinit(key);
    return rc == 0;
}

bool client_certificate_init(struct client_certificate_set *set, enum client_certificate which,
                             const struct probe_secrets *secrets)
{
    memset(set, 0, sizeof(*set));
    bool ok = which == CLIENT_CERTIFICATE_NONE ||
              (which == CLIENT_CERTIFICATE_GIVEN && read_given(set, secrets)) ||
              (which == CLIENT_CERTIFICATE_MADE_UP && make_up(set));
    if (!ok)
        client_certificate_fini(set);
    return ok;
}
