/*
 * context.h - what a check may use: the analysis, experiments, and what it found.
 * Only src/diagnosis includes it. Pure: evidence in, finding out.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_DIAGNOSIS_CONTEXT_H
#define WHYTLS_DIAGNOSIS_CONTEXT_H

#include "whytls/walk.h"

struct check_context {
    const struct evidence *ev;
    const struct analysis *r;
    struct walk *w; /* for wants only; findings of other rows through check_result */
    const struct check *check;
    int row;
    struct finding *finding;
};

/* ---- what many causes tell to do -------------------------------------------------------- */

#define TODO_STOP_USING N_("Stop using the site, if the owner does not act.")

/* ---- findings --------------------------------------------------------------------------- */

void check_fine(struct check_context *c, struct said said);
void check_unknown(struct check_context *c, struct said said);
void check_not_needed(struct check_context *c);
void check_waiting(struct check_context *c);
/* The short result that stands beside the question: an id of said.def and its values, no words. */
void check_say(struct check_context *c, struct said said);
/* Names one of this check's own causes by slug. Never NULL; fill in its proof. */
struct diagnosed *check_cause(struct check_context *c, const char *slug, enum certainty certainty);
/* A cause whose proof is that the chain is accepted with the changes that were needed. */
struct diagnosed *check_chain_cause(struct check_context *c, const char *slug,
                                    enum chain_change change);

/* ---- wants ------------------------------------------------------------------------------ */

/* Anything; the same want from two checks is one want. */
void check_want(struct check_context *c, const struct want *wanted);
/* True where the network may still be asked. */
bool check_can_ask(const struct check_context *c);
void check_want_fetch(struct check_context *c, enum fetch_kind kind, const char *url,
                      const char *request);
void check_want_question(struct check_context *c, enum question q);

/* ---- experiments ------------------------------------------------------------------------ */

enum experiment_state {
    EXPERIMENT_WAITING, /* asked for, not there yet */
    EXPERIMENT_UNKNOWN, /* can't be had, or says nothing */
    EXPERIMENT_FAILED,  /* still fails */
    EXPERIMENT_WORKED,  /* the handshake came about */
};

/* The experiment's state; wants it where it is not there. *index (may be NULL): its probe, or -1.
 */
enum experiment_state check_experiment(struct check_context *c, unsigned changes, int *index);
/* Where the line ended after the greeting: WORKED where the greeting itself was a success. */
enum experiment_state check_reply(struct check_context *c);
/* The same at another of the site's addresses (place in the resolution), with more changes. */
enum experiment_state check_at_address(struct check_context *c, size_t place, unsigned more,
                                       int *index);

/* ---- outcome.c: how a try ended --------------------------------------------------------- */

/* True where this probe's handshake came about, whatever its reply was. */
bool outcome_is_through(const struct outcome *o);
/* True where it ended without a word after a whole handshake. */
bool outcome_is_cut_reply(const struct outcome *o);
/* True where the try got as far as our certificate, which the server had asked for, and no further.
 */
bool outcome_stops_at_client_certificate(const struct outcome *o);
/* The page refuses, and its words are about such a certificate. */
bool outcome_page_names_client_certificate(const struct outcome *o);
/* A certificate was asked for, and the page refuses for a reason that it does not name. */
bool outcome_page_may_mean_client_certificate(const struct outcome *o);
/* It ran when time was up: it has not ended, and nothing more comes of it. */
bool outcome_is_cut_short(const struct evidence *ev, const struct outcome *o);
/* A certificate was asked for, and no page came: whether it is needed can't be told. */
bool outcome_client_certificate_is_open(const struct outcome *o);
/* TLS 1.3, and the page refuses: the server may ask for a certificate after the handshake, and can
 * do so only where we offer that (RFC 8446 4.6.2). */
bool outcome_page_may_come_later(const struct outcome *o);
/* The same end in all that is no free text. */
bool outcome_is_same_end(const struct outcome *a, const struct outcome *b);

/* ---- target_name.c --------------------------------------------------------------------------- */

bool analysis_name_is_address(const struct analysis *r);
/* The site's own name, as analysis_name has it. */
const char *target_name(const struct target *t);
/* The target's name looks like one of the public Internet, and so does its address where we know.
 */
bool target_is_public(const struct evidence *ev);
/* www.shop.example for shop.example and back; false where the name has no such twin. */
bool name_toggle_www(const char *name, char *out, size_t out_size);

/* ---- analysis.c -------------------------------------------------------------------------- */

void analysis_make(const struct evidence *ev, struct analysis *r);
/* While the baseline's probe is under way, and has shown a certificate: what can be read by then,
 * with that probe as the first. For what is to be tried beside it; false: it is not so. */
bool analysis_make_early(const struct evidence *ev, struct analysis *r);
/* True where a policy leaves this client nothing to offer in some list. */
bool policy_leaves_nothing(const struct policy *p, const struct client *client);
/* Judges the chain that this probe showed, at a time, for a name (NULL: the target's). */
void analysis_judge(const struct analysis *r, const struct probe *p, int64_t now, const char *name,
                    struct chain_answer *a);

/* ---- places.c --------------------------------------------------------------------------- */

/* The certificate (DER) of a place in the judged path; NULL where there is none. */
const struct blob *analysis_path_der(const struct analysis *r, const struct chain_answer *a,
                                     int place);
/* Its issuer fact; NULL for an anchor or where there is none. */
const struct issuer *analysis_path_issuer(const struct analysis *r, const struct chain_answer *a,
                                          int place);
/* The path just ends below an authority that can't be had, and an intermediate is the likely one:
 * by its name, by what was sent in its place, or because the web has it as that of public
 * authorities (Baseline Requirements 7.1.2). */
bool analysis_lacks_issuer(const struct analysis *r);

/* ---- clock_witnesses.c ----------------------------------------------------------------------- */

/* Weighs the witnesses (doc/design.md, Time): fills clock, true_time, clock_is_wrong,
 * clock_is_backed.
 */
void analysis_weigh_clock(struct analysis *r);

/* ---- certificate.c, client_certificate_refusal.c --------------------------------------------- */

/* What is odd about the certificates of --cert, by what the server asks for and by the true time.
 */
struct own_analysis {
    struct own_dates dates;
    bool is_for_clients;   /* its purposes allow it to be shown by a user */
    bool is_kind_wanted;   /* its key and what it can sign with are among what is asked for */
    bool is_unnamed;       /* the server names authorities, and none of the file's is among them */
    bool is_open_ended;    /* the file does not end in a certificate that signs itself */
    bool is_of_same_house; /* unnamed, but the one above the file's top is of an organisation that
                              is named: one in the middle may be missing */
};
/* False where there is none, or none that can be read. */
bool analysis_own(const struct analysis *r, struct own_analysis *own);
/*
 * Did this try end because of our certificate, or for want of one? WORKED: yes. FAILED: no.
 * *index: the experiment that told, or -1.
 */
enum experiment_state check_client_certificate_refusal(struct check_context *c,
                                                       const struct probe *p, int *index);
/* The same try with no certificate, or a made-up one, in place of what it showed. */
enum experiment_state check_other_client_certificate(struct check_context *c, const struct probe *p,
                                                     int *index);

/* ---- change_apply.c, experiment.c ------------------------------------------------------------ */

/* Settings of the baseline with these changes; false where they change nothing here. */
bool analysis_apply(const struct analysis *r, unsigned changes, struct settings *out);
/* As check_experiment, without wanting it. */
enum experiment_state analysis_experiment(const struct analysis *r, unsigned changes, int *index);
/* The same, where its settings are known already. */
enum experiment_state analysis_experiment_of(const struct analysis *r, const struct settings *s,
                                             unsigned changes, int *index);
/* As check_reply, without wanting it. */
enum experiment_state analysis_reply(const struct analysis *r);

/* ---- kept.c ----------------------------------------------------------------------------- */

/* Fills findings, causes and conclusion from what the evidence kept. */
void kept_walk(const struct evidence *ev, struct walk *w);

/* ---- search.c --------------------------------------------------------------------------- */

/*
 * The search for the change that makes a broken handshake work: single changes that the break
 * makes plausible, then the rest, then sets of changes; then the baseline once more, to be sure
 * that it is not luck. Every check of steps 1, 3, 4, 5 and 7 asks it about its own change.
 */
enum search_state {
    SEARCH_NOT_NEEDED, /* the handshake came about */
    SEARCH_WAITING,
    SEARCH_FOUND,   /* `changes` is the smallest set that works */
    SEARCH_LUCK,    /* the same once more worked too: it comes and goes */
    SEARCH_NOTHING, /* all that we can change was tried */
};

enum { SEARCH_MAX_ADDRESSES = 4 }; /* of the site's addresses, as many are compared */

struct search {
    enum search_state state;
    unsigned changes;                /* FOUND: the set */
    int experiment;                  /* FOUND, LUCK: the probe that worked */
    int baseline;                    /* the one like it that failed; mostly the first of all */
    bool is_confirmed;               /* FOUND: repeated, both failed and worked as before */
    unsigned wanted[WALK_MAX_WANTS]; /* WAITING: sets of changes to try now */
    size_t n_wanted;
    struct dropped dropped[WALK_MAX_DROPPED]; /* what was let go so far, and why: for a trace */
    size_t n_dropped;
};

/* Pure; cheap enough to be asked by each check. */
void search_run(const struct analysis *r, struct search *s);
/* True where the search found a set with one of these changes in it. WAITING is said for it. */
bool check_found(struct check_context *c, unsigned changes, struct search *s);
/* Names a cause with the search's pair of probes as its proof. */
struct diagnosed *check_search_cause(struct check_context *c, const char *slug,
                                     const struct search *s);

/* ---- dropped.c -------------------------------------------------------------------------- */

/* Notes each of these changes alone, for that reason; what is noted already is not noted again. */
void search_drop_each(struct search *s, unsigned changes, enum drop_reason why);
/* The same for a set of changes. */
void search_drop(struct search *s, unsigned changes, enum drop_reason why);

#endif
