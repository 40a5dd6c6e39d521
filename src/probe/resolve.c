/*
 * resolve.c - a name to its addresses through the system's resolver, in libuv's threads. A lookup
 * under way can't be stopped, so it owns all that it writes to and is abandoned where it is late.
 * SPDX-License-Identifier: MIT
 */
#include <assert.h>
#include <arpa/inet.h>
#include <netdb.h>
#include <stdlib.h>
#include <string.h>

#include "whytls/probe.h"
#include "whytls/text.h"
#include "whytls/trace.h"

/* Two lives: the request's (until its callback) and the timer's (until it is closed). */
struct resolve_run {
    uv_getaddrinfo_t request;
    uv_timer_t timer;
    int n_open;
    uint64_t began_ns;
    struct resolution *into;     /* NULL: abandoned; nobody may be told */
    enum break_kind how_at_once; /* with no lookup: what to tell from the loop */
    bool is_at_once;
    void (*on_done)(void *ctx, struct resolution *r);
    void *ctx;
};

/* ---- what needs no resolver ------------------------------------------------------------------ */

static bool is_literal(const char *name)
{
    uint8_t scratch[16];
    char bare[SETTINGS_ADDRESS_SIZE];
    if (!text_copy(bare, sizeof(bare), name))
        return false;                /* longer than an address can be */
    bare[strcspn(bare, "%")] = '\0'; /* a zone */
    return inet_pton(AF_INET, bare, scratch) == 1 || inet_pton(AF_INET6, bare, scratch) == 1;
}

/* Can this be a name at all? Labels of 1-63 bytes, 253 together (RFC 1035 2.3.4). */
static bool is_name(const char *name)
{
    size_t n = strlen(name), label = 0;
    if (!n || n > 253)
        return false;
    for (size_t i = 0; i <= n; i++) {
        if (name[i] && name[i] != '.') {
            if (++label > 63 || (unsigned char)name[i] <= ' ')
                return false;
            continue;
        }
        if (!label)
            return false;
        label = 0;
    }
    return true;
}

/* RFC 6761 6.4; asked here so that no resolver's redirecting can make it exist. */
static bool is_never(const char *name)
{
    return text_equal_nocase(name, "invalid") || text_ends_nocase(name, ".invalid");
}

/* ---- the end --------------------------------------------------------------------------------- */

static void let_go(struct resolve_run *run)
{
    assert(run->n_open > 0);
    if (--run->n_open == 0)
        free(run);
}

static void on_timer_closed(uv_handle_t *handle)
{
    let_go(handle->data);
}

/* Takes the result away from the run, so that whatever comes later is nobody's. */
static struct resolution *abandon(struct resolve_run *run)
{
    struct resolution *into = run->into;
    assert(into && !into->finished); /* it is told once, or abandoned once */
    run->into = NULL;
    uv_close((uv_handle_t *)&run->timer, on_timer_closed);
    return into;
}

static void finish(struct resolve_run *run, enum break_kind how)
{
    struct resolution *into = abandon(run);
    into->how = how;
    into->took_us = (uint32_t)((uv_hrtime() - run->began_ns) / 1000);
    into->finished = true;
    TRACE(PROBE, "look-up ends: %s, %zu addresses, %u us", break_id(how), into->n_addresses,
          (unsigned)into->took_us);
    run->on_done(run->ctx, into);
}

static enum break_kind break_of(int status)
{
    switch (status) {
    case UV_EAI_NONAME:
    case UV_EAI_NODATA:
    case UV_EAI_ADDRFAMILY:
        return BREAK_NAME_NOT_FOUND;
    default:
        return BREAK_NAME_LOOKUP_FAILED;
    }
}

static void take_addresses(struct resolution *into, const struct addrinfo *list)
{
    for (; list && into->n_addresses < EVIDENCE_MAX_ADDRESSES; list = list->ai_next) {
        char *slot = into->addresses[into->n_addresses];
        bool is_new = getnameinfo(list->ai_addr, list->ai_addrlen, slot, SETTINGS_ADDRESS_SIZE,
                                  NULL, 0, NI_NUMERICHOST) == 0;
        for (size_t i = 0; is_new && i < into->n_addresses; i++)
            is_new = strcmp(into->addresses[i], slot) != 0;
        if (is_new)
            into->n_addresses++;
        else
            slot[0] = '\0';
    }
}

static void on_found(uv_getaddrinfo_t *request, int status, struct addrinfo *list)
{
    struct resolve_run *run = request->data;
    TRACE(PROBE, "the resolver says %s%s", status ? uv_err_name(status) : "0",
          run->into ? "" : ", too late");
    if (run->into) {
        if (status == 0)
            take_addresses(run->into, list);
        bool is_empty = status == 0 && !run->into->n_addresses;
        finish(run, is_empty ? BREAK_NAME_NOT_FOUND : status == 0 ? BREAK_NONE : break_of(status));
    }
    uv_freeaddrinfo(list);
    let_go(run);
}

static void on_timer(uv_timer_t *timer)
{
    struct resolve_run *run = timer->data;
    finish(run, run->is_at_once ? run->how_at_once : BREAK_NAME_LOOKUP_FAILED);
}

void resolve_cancel(struct resolve_run *run)
{
    struct resolution *into = abandon(run);
    TRACE(PROBE, "look-up is cancelled");
    into->how = BREAK_CANCELLED;
    into->finished = true;
    /* Only a queued request can be; one that runs ends when the resolver gives up. */
    if (!run->is_at_once)
        uv_cancel((uv_req_t *)&run->request);
}

/* ---- the beginning ------------------------------------------------------------------------ */

static void answer_at_once(struct resolve_run *run, enum break_kind how)
{
    run->is_at_once = true;
    run->how_at_once = how;
    uv_timer_start(&run->timer, on_timer, 0, 0);
}

static void look_up(uv_loop_t *loop, struct resolve_run *run, const char *name, int family)
{
    /* No AI_ADDRCONFIG: an IPv6 address that this computer can't reach is a fact to be seen. */
    const struct addrinfo hints = {
        .ai_family = family == 4   ? AF_INET
                     : family == 6 ? AF_INET6
                                   : AF_UNSPEC,
        .ai_socktype = SOCK_STREAM,
    };
    run->request.data = run;
    int rc = uv_getaddrinfo(loop, &run->request, on_found, name, NULL, &hints);
    if (rc == 0)
        run->n_open++;
    else
        answer_at_once(run, BREAK_NAME_LOOKUP_FAILED);
}

struct resolve_run *resolve_start(uv_loop_t *loop, struct resolution *into, const char *name,
                                  int family, unsigned timeout_ms,
                                  void (*on_done)(void *ctx, struct resolution *r), void *ctx)
{
    struct resolve_run *run = calloc(1, sizeof(*run));
    *into = (struct resolution){.how = BREAK_NONE};
    if (!run) {
        into->how = BREAK_NAME_LOOKUP_FAILED;
        into->finished = true;
        return NULL;
    }
    TRACE(PROBE, "look-up begins: %s, family %d, %u ms", name, family, timeout_ms);
    run->into = into;
    run->on_done = on_done;
    run->ctx = ctx;
    run->began_ns = uv_hrtime();
    run->n_open = 1;
    uv_update_time(loop);
    uv_timer_init(loop, &run->timer);
    run->timer.data = run;
    uv_timer_start(&run->timer, on_timer, timeout_ms, 0);
    if (is_literal(name) && text_copy(into->addresses[0], SETTINGS_ADDRESS_SIZE, name)) {
        into->n_addresses = 1;
        answer_at_once(run, BREAK_NONE);
    } else if (!is_name(name) || is_never(name)) {
        answer_at_once(run, BREAK_NAME_NOT_FOUND);
    } else {
        look_up(loop, run, name, family);
    }
    return run;
}
