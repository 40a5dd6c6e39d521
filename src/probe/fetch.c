/*
 * fetch.c - small HTTP fetches by libcurl's multi interface on the libuv loop. libcurl is woken
 * only when the first fetch is wanted: its start costs more than all the rest of ours.
 * SPDX-License-Identifier: MIT
 */
#include <assert.h>
#include <curl/curl.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "fetch_guard.h"
#include "whytls/probe.h"
#include "whytls/text.h"
#include "whytls/trace.h"
#include "build_info.h"

enum { FETCH_MAX_BODY = 65536, FETCH_MAX_REDIRECTS = 2 };

static size_t most_bytes(const struct fetch *f)
{
    return f->kind == FETCH_KIND_CRL ? STATEMENT_MAX_BYTES : FETCH_MAX_BODY;
}

/* One socket of libcurl's under our poll handle. */
struct fetch_socket {
    uv_poll_t poll;
    struct fetch_pool *pool;
    curl_socket_t fd;
};

struct fetch_run {
    struct fetch_run *next;
    struct fetch_pool *pool;
    struct evidence *ev;
    struct fetch *f;
    CURL *easy;
    struct buf body;
    struct fetched_head head;
    enum address_kind from;       /* where what we follow was seen */
    unsigned n_refused, n_opened; /* of the addresses that may answer next */
    void (*on_done)(void *ctx, struct fetch *f);
    void *ctx;
};

struct fetch_pool {
    uv_loop_t *loop;
    uv_timer_t timer;
    CURLM *multi; /* NULL: nothing was fetched yet */
    struct fetch_run *runs;
    bool is_closing;
};

/* ---- ends --------------------------------------------------------------------------------- */

static void run_free(struct fetch_run *run)
{
    struct fetch_run **at = &run->pool->runs;
    while (*at && *at != run)
        at = &(*at)->next;
    if (*at)
        *at = run->next;
    if (run->easy) {
        curl_multi_remove_handle(run->pool->multi, run->easy);
        curl_easy_cleanup(run->easy);
    }
    buf_fini(&run->body);
    free(run);
}

static void run_finish(struct fetch_run *run, CURLcode code)
{
    struct fetch *f = run->f;
    void (*on_done)(void *, struct fetch *) = run->on_done;
    void *ctx = run->ctx;
    assert(f->state == FETCH_WAITING);
    long status = 0;
    curl_easy_getinfo(run->easy, CURLINFO_RESPONSE_CODE, &status);
    char *address = NULL;
    if (curl_easy_getinfo(run->easy, CURLINFO_PRIMARY_IP, &address) == CURLE_OK && address &&
        !text_clean_str(f->address, sizeof(f->address), address))
        f->address[0] = '\0';
    f->state = FETCH_FAILED;
    bool was_refused = run->n_refused > 0 && run->n_opened == 0;
    if (was_refused || code == CURLE_UNSUPPORTED_PROTOCOL)
        f->state = FETCH_REFUSED;
    else if (code == CURLE_OK && status == 200)
        fetched_take(run->ev, f, buf_text(&run->body), run->body.len);
    if (f->certificate >= 0 || f->statement >= 0)
        f->state = FETCH_GOT;
    TRACE(PROBE, "fetch ends: %s, HTTP %ld, %zu bytes, from %s, libcurl: %s%s",
          fetch_state_id(f->state), status, run->body.len, f->address[0] ? f->address : "nobody",
          curl_easy_strerror(code), was_refused ? ", an address that is forbidden" : "");
    run_free(run);
    on_done(ctx, f);
}

static void collect_done(struct fetch_pool *pool)
{
    int left;
    for (CURLMsg *m; (m = curl_multi_info_read(pool->multi, &left));) {
        struct fetch_run *run = NULL;
        CURLcode code = m->data.result;
        if (m->msg != CURLMSG_DONE)
            continue;
        curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, (char **)&run);
        assert(run && run->easy == m->easy_handle);
        run_finish(run, code);
        if (pool->is_closing) /* the callback freed the pool: libcurl's part of it is gone */
            return;
    }
}

/* ---- libcurl on libuv --------------------------------------------------------------------- */

static void on_ready(uv_poll_t *poll, int status, int events)
{
    struct fetch_socket *s = poll->data;
    struct fetch_pool *pool = s->pool;
    int running, what = 0;
    if (status < 0)
        what = CURL_CSELECT_ERR;
    if (events & UV_READABLE)
        what |= CURL_CSELECT_IN;
    if (events & UV_WRITABLE)
        what |= CURL_CSELECT_OUT;
    curl_multi_socket_action(pool->multi, s->fd, what, &running);
    collect_done(pool);
}

static void on_timer(uv_timer_t *timer)
{
    struct fetch_pool *pool = timer->data;
    int running;
    curl_multi_socket_action(pool->multi, CURL_SOCKET_TIMEOUT, 0, &running);
    collect_done(pool);
}

static int want_timer(CURLM *multi, long ms, void *ctx)
{
    struct fetch_pool *pool = ctx;
    (void)multi;
    if (pool->is_closing)
        return 0;
    if (ms < 0)
        uv_timer_stop(&pool->timer);
    else
        uv_timer_start(&pool->timer, on_timer, (uint64_t)ms, 0);
    return 0;
}

static void on_socket_closed(uv_handle_t *handle)
{
    free(handle->data);
}

static int want_socket(CURL *easy, curl_socket_t fd, int what, void *ctx, void *socket_ctx)
{
    struct fetch_pool *pool = ctx;
    struct fetch_socket *s = socket_ctx;
    (void)easy;
    if (what == CURL_POLL_REMOVE) {
        curl_multi_assign(pool->multi, fd, NULL);
        if (s)
            uv_close((uv_handle_t *)&s->poll, on_socket_closed);
        return 0;
    }
    if (!s) {
        s = calloc(1, sizeof(*s));
        if (!s || uv_poll_init(pool->loop, &s->poll, fd) < 0) {
            free(s);
            return -1;
        }
        s->poll.data = s;
        s->pool = pool;
        s->fd = fd;
        curl_multi_assign(pool->multi, fd, s);
    }
    uv_poll_start(&s->poll,
                  ((what & CURL_POLL_IN) ? UV_READABLE : 0) |
                      ((what & CURL_POLL_OUT) ? UV_WRITABLE : 0),
                  on_ready);
    return 0;
}

/* ---- one fetch ---------------------------------------------------------------------------- */

/* Sees each address that libcurl is about to connect to: all that the name has, and anew on each
 * redirect. One that is refused leaves the others. */
static curl_socket_t open_socket(void *ctx, curlsocktype purpose, struct curl_sockaddr *a)
{
    struct fetch_run *run = ctx;
    if (purpose != CURLSOCKTYPE_IPCXN || !fetch_may_connect(run->from, &a->addr)) {
        run->n_refused++;
        return CURL_SOCKET_BAD;
    }
    run->n_opened++;
    return socket(a->family, a->socktype | SOCK_CLOEXEC, a->protocol);
}

static size_t take_body(char *bytes, size_t size, size_t n, void *ctx)
{
    struct fetch_run *run = ctx;
    bool fits = size * n <= run->body.max - run->body.len;
    buf_put(&run->body, bytes, size * n);
    run->ev->no_memory = run->ev->no_memory || (fits && run->body.failed);
    return run->body.failed ? 0 : size * n;
}

/* The date counts whatever the body is worth. */
static size_t take_header(char *bytes, size_t size, size_t n, void *ctx)
{
    struct fetch_run *run = ctx;
    if (fetched_is_status_line(bytes, size * n))
        run->n_refused = run->n_opened = 0; /* this place has answered */
    if (!fetched_take_header(&run->head, bytes, size * n))
        return size * n;
    bool has_date = run->head.date != EVIDENCE_NO_TIME;
    run->f->http_date = has_date ? run->head.date + run->head.age : EVIDENCE_NO_TIME;
    /* The session corrects a pretended clock. */
    run->f->http_date_local = has_date ? time(NULL) : EVIDENCE_NO_TIME;
    return size * n;
}

static bool set_options(struct fetch_run *run, unsigned timeout_ms)
{
    CURL *e = run->easy;
    char url[sizeof(run->f->url) + sizeof(run->f->request) + 1];
    const char *glue = run->f->request[0] && !text_ends_nocase(run->f->url, "/") ? "/" : "";
    snprintf(url, sizeof(url), "%s%s%s", run->f->url, glue, run->f->request);
    CURLcode rc = curl_easy_setopt(e, CURLOPT_URL, url); /* copied */
    rc |= curl_easy_setopt(e, CURLOPT_PROTOCOLS_STR, "http");
    rc |= curl_easy_setopt(e, CURLOPT_REDIR_PROTOCOLS_STR, "http");
    rc |= curl_easy_setopt(e, CURLOPT_FOLLOWLOCATION, 1L);
    rc |= curl_easy_setopt(e, CURLOPT_MAXREDIRS, (long)FETCH_MAX_REDIRECTS);
    rc |= curl_easy_setopt(e, CURLOPT_MAXFILESIZE, (long)most_bytes(run->f));
    rc |= curl_easy_setopt(e, CURLOPT_PROXY, ""); /* also forbids the environment's */
    rc |= curl_easy_setopt(e, CURLOPT_TIMEOUT_MS, (long)timeout_ms);
    rc |= curl_easy_setopt(e, CURLOPT_NOSIGNAL, 1L);
    rc |= curl_easy_setopt(e, CURLOPT_QUICK_EXIT, 1L); /* never wait for the resolver's thread */
    rc |= curl_easy_setopt(e, CURLOPT_FORBID_REUSE, 1L);
    rc |= curl_easy_setopt(e, CURLOPT_USERAGENT, "whytls/" WHYTLS_VERSION);
    rc |= curl_easy_setopt(e, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    rc |= curl_easy_setopt(e, CURLOPT_OPENSOCKETDATA, run);
    rc |= curl_easy_setopt(e, CURLOPT_WRITEFUNCTION, take_body);
    rc |= curl_easy_setopt(e, CURLOPT_WRITEDATA, run);
    rc |= curl_easy_setopt(e, CURLOPT_HEADERFUNCTION, take_header);
    rc |= curl_easy_setopt(e, CURLOPT_HEADERDATA, run);
    rc |= curl_easy_setopt(e, CURLOPT_PRIVATE, run);
    return rc == CURLE_OK;
}

static bool wake_curl(struct fetch_pool *pool)
{
    if (pool->multi)
        return true;
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        return false;
    pool->multi = curl_multi_init();
    if (!pool->multi)
        return false;
    curl_multi_setopt(pool->multi, CURLMOPT_SOCKETFUNCTION, want_socket);
    curl_multi_setopt(pool->multi, CURLMOPT_SOCKETDATA, pool);
    curl_multi_setopt(pool->multi, CURLMOPT_TIMERFUNCTION, want_timer);
    curl_multi_setopt(pool->multi, CURLMOPT_TIMERDATA, pool);
    return true;
}

bool fetch_start(struct fetch_pool *pool, struct evidence *ev, struct fetch *f,
                 enum address_kind from, unsigned timeout_ms,
                 void (*on_done)(void *ctx, struct fetch *f), void *ctx)
{
    f->certificate = f->statement = -1;
    f->state = FETCH_REFUSED;
    if (!text_starts_nocase(f->url, "http://"))
        return false;
    f->state = FETCH_FAILED;
    struct fetch_run *run = calloc(1, sizeof(*run));
    if (!run) {
        ev->no_memory = true;
        return false;
    }
    *run = (struct fetch_run){.pool = pool, .ev = ev, .f = f, .from = from};
    run->on_done = on_done;
    run->ctx = ctx;
    run->next = pool->runs;
    pool->runs = run;
    buf_init(&run->body, most_bytes(f));
    if (wake_curl(pool))
        run->easy = curl_easy_init();
    if (!run->easy || !set_options(run, timeout_ms ? timeout_ms : 1) ||
        curl_multi_add_handle(pool->multi, run->easy) != CURLM_OK) {
        run_free(run);
        return false;
    }
    f->state = FETCH_WAITING;
    TRACE(PROBE, "fetch begins: %s, %s, %u ms", fetch_kind_id(f->kind), f->url, timeout_ms);
    return true;
}

/* ---- the pool ----------------------------------------------------------------------------- */

struct fetch_pool *fetch_pool_new(uv_loop_t *loop)
{
    struct fetch_pool *pool = calloc(1, sizeof(*pool));
    if (!pool)
        return NULL;
    pool->loop = loop;
    uv_timer_init(loop, &pool->timer);
    pool->timer.data = pool;
    return pool;
}

static void on_pool_closed(uv_handle_t *handle)
{
    free(handle->data);
}

void fetch_pool_free(struct fetch_pool *pool)
{
    if (!pool || pool->is_closing)
        return;
    pool->is_closing = true;
    while (pool->runs)
        run_free(pool->runs);
    if (pool->multi) {
        curl_multi_cleanup(pool->multi);
        pool->multi = NULL;
    }
    uv_close((uv_handle_t *)&pool->timer, on_pool_closed);
}
