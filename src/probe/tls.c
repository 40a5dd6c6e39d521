/*
 * tls.c - the layer of TLS: the handshake, and then records for the layer above. Where who is there
 * speaks no TLS, it is heard out. Fuzzed by fuzz_handshake.
 * SPDX-License-Identifier: MIT
 */
#include "ending.h"
#include "foreign.h"
#include "run.h"

/* ---- how it breaks -------------------------------------------------------------------------- */

static enum turn foreign_heard(struct layer *l)
{
    foreign_note(l);
    return run_ends(l->run, BREAK_NOT_TLS);
}

static enum turn hear_out(struct layer *l)
{
    return foreign_is_whole(l) ? foreign_heard(l) : TURN_WAIT;
}

/* TURN_WAIT where it is foreign, and not heard out yet. */
static enum turn broke(struct layer *l, int rc)
{
    struct outcome *o = &l->run->p->outcome;
    o->library_error = rc;
    if (rc == GNUTLS_E_FATAL_ALERT_RECEIVED)
        o->alert = tls_take_alert(&l->tls, true);
    else if (rc == GNUTLS_E_SESSION_EOF)
        o->alert = GNUTLS_A_CLOSE_NOTIFY;
    else if (l->tls.records.plain_alert >= 0) /* in the clear where GnuTLS expected it sealed */
        o->alert = l->tls.records.plain_alert;
    struct ending e = ending_of(rc, o, l);
    if (e.how == BREAK_NOT_TLS) {
        l->tls.is_foreign = l->run->has_moved = true;
        return hear_out(l);
    }
    if (e.how == BREAK_WE_REFUSED || e.how == BREAK_GARBLED)
        tls_send_alert_for(&l->tls, rc);
    return run_finish(l->run, e.how, e.refused_for);
}

/* ---- handshake ----------------------------------------------------------------------------- */

static enum turn handshake_done(struct layer *l)
{
    if (!l->tls.has_renegotiated) {
        tls_take_results(&l->tls);
        timeline_reach(&l->run->log, STAGE_REPLY);
    }
    return TURN_UP;
}

static enum turn tls_step(struct layer *l)
{
    if (l->tls.is_foreign)
        return hear_out(l);
    for (int i = 0; i < STEPS_AT_ONCE; i++) {
        int rc = gnutls_handshake(l->tls.session);
        if (rc == GNUTLS_E_SUCCESS)
            return handshake_done(l);
        if (rc == GNUTLS_E_AGAIN || rc == GNUTLS_E_INTERRUPTED)
            return TURN_WAIT;
        if (rc == GNUTLS_E_WARNING_ALERT_RECEIVED)
            tls_take_alert(&l->tls, false);
        else if (rc == GNUTLS_E_GOT_APPLICATION_DATA) /* only in a renegotiation */
            return TURN_UP;
        else if (gnutls_error_is_fatal(rc))
            return broke(l, rc);
    }
    return TURN_WAIT;
}

/* ---- carrying ------------------------------------------------------------------------------ */

static struct carried carry(enum carry what)
{
    return (struct carried){.what = what};
}

static struct carried broke_above(struct layer *l, int rc)
{
    return carry(broke(l, rc) == TURN_OVER ? CARRY_OVER : CARRY_BUSY);
}

/*
 * The line ended after the handshake, without a close_notify. In TLS 1.3 we are done before the
 * server has judged our certificate: only what it sends after that confirms the handshake.
 */
static struct carried cut(struct layer *l, int rc)
{
    struct outcome *o = &l->run->p->outcome;
    enum break_kind how = how_it_ended(&l->below->end);
    bool is_confirmed = o->version < 0x0304 || o->ticket_seen;
    if (outcome_replied(o) || (how == BREAK_CLOSED && is_confirmed))
        return carry(CARRY_END);
    o->library_error = rc;
    return (struct carried){.what = CARRY_END, .how = how};
}

static struct carried receive_event(struct layer *l, int rc)
{
    if (rc == GNUTLS_E_WARNING_ALERT_RECEIVED) {
        tls_take_alert(&l->tls, false);
        return carry(CARRY_AGAIN);
    }
    if (rc == GNUTLS_E_REHANDSHAKE && !l->tls.has_renegotiated) {
        l->tls.has_renegotiated = true; /* some servers ask for a certificate only now */
        return carry(CARRY_BUSY);
    }
    if (rc == GNUTLS_E_REAUTH_REQUEST && !l->tls.has_renegotiated) {
        l->tls.has_renegotiated = true; /* the same in TLS 1.3: our answer fits into one record */
        rc = gnutls_reauth(l->tls.session, 0);
        if (rc == GNUTLS_E_SUCCESS)
            return carry(CARRY_AGAIN);
    }
    if (!gnutls_error_is_fatal(rc))
        return carry(CARRY_AGAIN);
    if (l->below->end.has_ended && rc != GNUTLS_E_FATAL_ALERT_RECEIVED)
        return cut(l, rc);
    if (outcome_replied(&l->run->p->outcome))
        return carry(CARRY_END);
    return broke_above(l, rc);
}

static struct carried tls_receive(struct layer *l, void *data, size_t n)
{
    ssize_t got = gnutls_record_recv(l->tls.session, data, n);
    if (got > 0)
        return (struct carried){.what = CARRY_BYTES, .n = (size_t)got};
    if (got == 0) /* close_notify: said under the new keys, so the server agreed */
        return carry(CARRY_END);
    if (got == GNUTLS_E_AGAIN || got == GNUTLS_E_INTERRUPTED)
        return carry(CARRY_WAIT);
    return receive_event(l, (int)got);
}

/* One part at a time: whoever sends asks again for what is left. */
static struct carried tls_send(struct layer *l, const struct iovec *parts, int n_parts)
{
    (void)n_parts;
    ssize_t sent = gnutls_record_send(l->tls.session, parts[0].iov_base, parts[0].iov_len);
    if (sent >= 0)
        return (struct carried){.what = CARRY_BYTES, .n = (size_t)sent};
    if (sent == GNUTLS_E_AGAIN || sent == GNUTLS_E_INTERRUPTED)
        return carry(CARRY_WAIT);
    return broke_above(l, (int)sent);
}

static bool tls_has_pending(const struct layer *l)
{
    return gnutls_record_check_pending(l->tls.session) > 0;
}

static void tls_take_leave(struct layer *l)
{
    if (!l->below->end.has_ended)
        tls_send_close_notify(&l->tls);
}

/* ---- the layer ------------------------------------------------------------------------------ */

static bool tls_prepare(struct layer *l)
{
    int rc = tls_init(l);
    if (rc >= 0)
        return true;
    l->run->p->outcome.library_error = rc;
    run_ends(l->run, BREAK_FAILED);
    return false;
}

static unsigned tls_wait_ms(const struct layer *l)
{
    return l->tls.is_foreign ? foreign_wait_ms(l) : l->run->timeout_ms;
}

static void tls_late(struct layer *l)
{
    if (l->tls.is_foreign)
        foreign_heard(l);
    else
        run_is_silent(l->run);
}

static int tls_events(const struct layer *l)
{
    if (l->tls.is_foreign)
        return UV_READABLE;
    return gnutls_record_get_direction(l->tls.session) ? UV_WRITABLE : UV_READABLE;
}

static void tls_layer_fini(struct layer *l)
{
    tls_fini(&l->tls);
}

const struct layer_ops layer_tls = {
    .name = "handshake",
    .is_agreed = true,
    .prepare = tls_prepare,
    .step = tls_step,
    .wait_ms = tls_wait_ms,
    .late = tls_late,
    .events = tls_events,
    .fini = tls_layer_fini,
    .receive = tls_receive,
    .send = tls_send,
    .has_pending = tls_has_pending,
    .take_leave = tls_take_leave,
};
