/*
 * test_lab_hello.c - the lab's own reading of a ClientHello, whole and broken.
 * SPDX-License-Identifier: MIT
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <gnutls/gnutls.h>
#include <stdlib.h>
#include <string.h>

#include "lab/hello.h"
#include "whytls/buf.h"

/* ---- the hello reader ------------------------------------------------------------------- */

static ssize_t keep(gnutls_transport_ptr_t ptr, const void *bytes, size_t n)
{
    struct blob *b = ptr;
    if (!b->data)
        blob_set(b, bytes, n);
    return (ssize_t)n;
}

static ssize_t nothing(gnutls_transport_ptr_t ptr, void *bytes, size_t n)
{
    (void)ptr;
    (void)bytes;
    (void)n;
    errno = EAGAIN;
    return -1;
}

/* The hello that GnuTLS would send. */
static struct blob hello_of(const char *priority, const char *name)
{
    struct blob b = {NULL, 0};
    gnutls_session_t s;
    gnutls_certificate_credentials_t credentials;
    gnutls_certificate_allocate_credentials(&credentials);
    gnutls_init(&s, GNUTLS_CLIENT | GNUTLS_NONBLOCK);
    gnutls_credentials_set(s, GNUTLS_CRD_CERTIFICATE, credentials);
    assert_int_equal(gnutls_priority_set_direct(s, priority, NULL), 0);
    if (name)
        gnutls_server_name_set(s, GNUTLS_NAME_DNS, name, strlen(name));
    gnutls_transport_set_ptr(s, &b);
    gnutls_transport_set_push_function(s, keep);
    gnutls_transport_set_pull_function(s, nothing);
    gnutls_handshake(s);
    gnutls_deinit(s);
    gnutls_certificate_free_credentials(credentials);
    return b;
}

static void hello_is_read(void **state)
{
    (void)state;
    struct hello h;
    struct blob b = hello_of("NORMAL", "shop.example");
    assert_true(hello_parse(b.data, b.len, &h));
    assert_string_equal(h.name, "shop.example");
    assert_int_equal(h.newest, 0x0304);
    assert_int_equal(h.bytes, b.len);
    blob_fini(&b);
    b = hello_of("NORMAL:-VERS-ALL:+VERS-TLS1.1", NULL);
    assert_true(hello_parse(b.data, b.len, &h));
    assert_string_equal(h.name, "");
    assert_int_equal(h.newest, 0x0302);
    blob_fini(&b);
}

/* Cut anywhere, or with any one byte wrong: no crash, and never a name that was not there whole. */
static void hello_may_be_broken(void **state)
{
    (void)state;
    struct hello h;
    struct blob b = hello_of("NORMAL", "shop.example");
    for (size_t n = 0; n < b.len; n++) {
        uint8_t *cut = malloc(n ? n : 1);
        assert_non_null(cut);
        memcpy(cut, b.data, n);
        assert_false(hello_parse(cut, n, &h));
        free(cut);
    }
    for (size_t i = 0; i < b.len; i++) {
        uint8_t was = b.data[i];
        b.data[i] = 0xff;
        hello_parse(b.data, b.len, &h);
        assert_true(strlen(h.name) < sizeof h.name);
        if (b.len > 9)
            hello_mask_ffdhe(b.data + 9, b.len - 9);
        b.data[i] = was;
    }
    blob_fini(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hello_is_read),
        cmocka_unit_test(hello_may_be_broken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
