/*
 * stores_run.h - other programs' trust lists, read once in a thread with a deadline, as soon as
 * there is a certificate. Private to src/session.
 * SPDX-License-Identifier: MIT
 */
#ifndef SESSION_STORES_RUN_H
#define SESSION_STORES_RUN_H

#include "whytls/session.h"

struct stores_run;

struct stores_reader {
    struct stores_run *run;     /* reading; NULL: not under way */
    struct store_set *set;      /* NULL: not read yet, or can't be; free with store_set_free */
    bool was_read;              /* or can't be */
    bool no_memory;             /* that is why they can't be */
    bool is_let_be;             /* the case was stopped: nobody waits for them */
    void (*on_done)(void *ctx); /* from the loop: the case may know more now */
    void *ctx;
};

/* Tells the case what the lists have of its certificates, now or when on_done has come. They are
 * read once in the root program's life; not at all for a case that was stopped before. */
void stores_note(struct stores_reader *k, uv_loop_t *loop, const struct request *r,
                 struct evidence *ev);
/* They are being read, and the case waits for that. */
bool stores_is_awaited(const struct stores_reader *k);
/* The case was stopped: it is told no more. What is being read is kept for the next one. */
void stores_let_be(struct stores_reader *k);
/* A new case: it waits for them again. */
void stores_await(struct stores_reader *k);
/* on_done will not come any more. */
void stores_cancel(struct stores_reader *k);

#endif
