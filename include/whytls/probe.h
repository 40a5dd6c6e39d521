/*
 * probe.h - one try at the target with one settings: name, TCP, TLS by GnuTLS with verification
 * off, a small request, one read. Gathers, never judges. Uses libuv and GnuTLS; everything is
 * non-blocking, with its own deadline and cancel.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_PROBE_H
#define WHYTLS_PROBE_H

#include <uv.h>

#include "whytls/evidence.h"

/* Called on the loop; a callback may start or cancel other probes, and free nothing of the runner.
 */
struct probe_sink {
    void (*on_event)(void *ctx, struct probe *p); /* the timeline grew; may be NULL */
    void (*on_done)(void *ctx, struct probe *p);  /* p->outcome.finished is true; once each */
    void *ctx;
};

/* The key for --cert and --key, and whatever else is not plain data. May be all NULL. */
struct probe_secrets {
    const char *cert_file;          /* PEM */
    const char *key_file;           /* NULL: it stands in cert_file */
    const char *cert_pem, *key_pem; /* both, in place of the files: for the lab */
};

/* Can these be shown, and do they belong together? NULL: yes; else what is wrong, in words. */
const char *probe_secrets_fault(const struct probe_secrets *secrets);

/* Puts the certificates to be shown into ev, for a diagnosis to look at; never the key. */
void probe_note_own(struct evidence *ev, const struct probe_secrets *secrets);

struct probe_run;

/*
 * Starts p (in ev, which must outlive the run). timeout_ms is the longest silence at one stage.
 * Certificates that come are put into ev. NULL where it could not even start; then p is finished
 * with BREAK_FAILED and no callback comes. The run frees itself after on_done.
 */
struct probe_run *probe_start(uv_loop_t *loop, struct evidence *ev, struct probe *p,
                              unsigned timeout_ms, const struct probe_secrets *secrets,
                              const struct probe_sink *sink);
/* Ends it now with BREAK_CANCELLED; on_done is called before this returns. */
void probe_cancel(struct probe_run *run);

/* Name to addresses through the system's resolver; .invalid never has any (RFC 6761 6.4). */
struct resolve_run;
struct resolve_run *resolve_start(uv_loop_t *loop, struct resolution *into, const char *name,
                                  int family, unsigned timeout_ms,
                                  void (*on_done)(void *ctx, struct resolution *r), void *ctx);
/* The late answer is ignored; on_done is not called. */
void resolve_cancel(struct resolve_run *run);

/*
 * Fetches f->url and f->request (http only, at most 2 redirects, never through a proxy) by libcurl
 * on the loop. ISSUER: DER or PEM or a PKCS#7 bag's first certificate; OCSP: a response; CRL: DER
 * or PEM. At most 64 KiB, for a CRL STATEMENT_MAX_BYTES; whoever signed it is judged by others.
 * from: the kind of address where the target answered. Each address that would be connected to is
 * judged by it (address_may_lead); FETCH_REFUSED where none of them may be.
 */
struct fetch_run;
struct fetch_pool *fetch_pool_new(uv_loop_t *loop);
void fetch_pool_free(struct fetch_pool *pool); /* cancels what runs; loop must turn once more */
bool fetch_start(struct fetch_pool *pool, struct evidence *ev, struct fetch *f,
                 enum address_kind from, unsigned timeout_ms,
                 void (*on_done)(void *ctx, struct fetch *f), void *ctx);

/*
 * Takes GnuTLS's system-wide policy out of this process; call before anything else of GnuTLS's,
 * in a program that defines GNUTLS_SKIP_GLOBAL_INIT. False: GnuTLS could not be initialised.
 */
bool probe_global_init(void);

#endif
