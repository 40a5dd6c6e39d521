/*
 * layer.h - one layer of a connection: what it does when the socket is ready, and what it does for
 * the layer above it. A run has one for each hop of its route (route.h) and only advances; first
 * bytes, counts of bytes and how the line ended are each layer's own.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_PROBE_LAYER_H
#define WHYTLS_PROBE_LAYER_H

#include <sys/socket.h>
#include <sys/uio.h>

#include "tls.h"
#include "whytls/buf.h"

struct layer;
struct probe_run;

/* What a step came to. */
enum turn {
    TURN_WAIT,  /* nothing more can be done until the socket is ready */
    TURN_UP,    /* the layer is up: the next one's turn */
    TURN_BELOW, /* the layer below has work of its own again: its turn */
    TURN_OVER,  /* the run has ended */
};

/* What came of asking the layer below to carry bytes. */
enum carry {
    CARRY_BYTES, /* n of them were carried */
    CARRY_LOST,  /* the line takes no more, and n are given up as if sent: what the server said last
                    may still wait unread */
    CARRY_AGAIN, /* nothing for us, and there may be more: ask again */
    CARRY_WAIT,  /* not now */
    CARRY_END,   /* the line has ended: see how; NONE where the other side took leave */
    CARRY_BUSY,  /* it has work of its own first: TURN_BELOW */
    CARRY_OVER,  /* it has ended the run */
};

struct carried {
    enum carry what;
    size_t n;
    enum break_kind how;
    int error; /* errno, with CARRY_END; 0: none */
};

struct layer_ops {
    const char *name; /* in a trace */
    /* Both sides have agreed on it, so the right one is there: silence above it is no fault. */
    bool is_agreed;
    /* Before the server is troubled, what can go wrong on our side; false: it has ended the run. */
    bool (*prepare)(struct layer *l);
    /* The socket is ready, or it is the layer's turn. Short, and never waits. */
    enum turn (*step)(struct layer *l);
    /* The longest silence. */
    unsigned (*wait_ms)(const struct layer *l);
    /* It has passed: ends the run, in whatever way that means here. */
    void (*late)(struct layer *l);
    /* UV_READABLE or UV_WRITABLE. */
    int (*events)(const struct layer *l);
    void (*fini)(struct layer *l);

    /* For the layer above; NULL where none can be. */
    struct carried (*receive)(struct layer *l, void *data, size_t n);
    struct carried (*send)(struct layer *l, const struct iovec *parts, int n_parts);
    bool (*has_pending)(
        const struct layer *l);          /* bytes that the socket will not tell of; or NULL */
    void (*take_leave)(struct layer *l); /* or NULL */
};

/* What a layer took from the one below it, and gave it. */
struct traffic {
    uint64_t in, out;
    uint8_t first[EVIDENCE_FIRST_BYTES];
    size_t n_first;
};

/* How a line ended for those who use it. */
struct line_end {
    bool has_ended; /* a receive gave FIN or an error */
    int recv_errno; /* 0: none */
    int send_errno; /* first error of a send, hidden from the layer above; 0: none */
};

struct tcp {
    struct sockaddr_storage to;
    socklen_t to_n;
};

/* Of the uppermost layers (talk.h). */
struct talk {
    bool has_begun;
    bool has_asked;    /* all that we say is out */
    bool is_lingering; /* foreign bytes came: a moment more, so that the first line is whole */
    struct buf request;
    size_t n_sent; /* of it */
    struct buf answer;
};

struct layer {
    const struct layer_ops *ops;
    const struct hop *hop;
    struct probe_run *run;
    struct layer *below; /* NULL: the socket */
    struct traffic traffic;
    struct line_end end;
    bool is_up;
    uint64_t took_ms; /* from the layer below being up to itself being up */
    union {
        struct tcp tcp;
        struct tls tls;
        struct talk talk;
    };
};

extern const struct layer_ops layer_tcp, layer_tls, layer_http, layer_banner;

/* From the layer below l, by way of l's traffic. */
struct carried layer_receive(struct layer *l, void *data, size_t n);
struct carried layer_send(struct layer *l, const struct iovec *parts, int n_parts);

#endif
