/*
 * facts.h - what is so on this computer: its clock and the witnesses of the time, the policies of
 * its libraries, the authorities that it trusts. Part of the model (evidence.h): plain data,
 * bounded; every text is clean.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_FACTS_H
#define WHYTLS_FACTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "whytls/buf.h"
#include "whytls/rules.h"
#include "whytls/settings.h"
#include "whytls/stores.h"
#include "whytls/message.h"

enum { EVIDENCE_MAX_ANCHORS = 32, EVIDENCE_MAX_WITNESSES = 16 };

/* ---- witnesses of the time --------------------------------------------------------------- */

#define WITNESS_LIST(X)                                                                            \
    X(BUILD_DATE, "build-date", N_("the day when this program was made"))                          \
    X(PACKAGES, "packages", N_("the newest software package on this computer"))                    \
    X(TRUST_LIST, "trust-list", N_("the trust store of this computer"))                            \
    X(SAVED_TIME, "saved-time", N_("the time that this computer saved when it last ran"))          \
    X(KERNEL, "kernel", N_("the system says that it sets its clock from the network"))

enum witness_kind {
#define X(ident, id, words) WITNESS_##ident,
    WITNESS_LIST(X)
#undef X
        WITNESS_COUNT
};
const char *witness_id(enum witness_kind w);
const char *witness_words(enum witness_kind w);

/*
 * One local witness. For KERNEL, `time` is the kernel's own time where it is synchronised (0 where
 * it is not); for all others it is a lower bound: the true time can't be earlier.
 */
struct witness {
    enum witness_kind kind;
    int64_t time; /* Unix seconds; EVIDENCE_NO_TIME where the witness has nothing to say */
};

/* ---- policies ---------------------------------------------------------------------------- */

/* What a policy file of this computer allows, as masks over offers.def. */
struct policy {
    bool known;  /* the policy was read (or there is none); false: could not tell */
    bool limits; /* it takes away something that a current client offers */
    bool partly; /* it also holds rules that can't be weighed here (a CipherString, insecure-sig) */
    uint32_t offers[OFFER_LIST_COUNT]; /* what is left */
    uint16_t dh_min_bits;              /* 0: no limit of its own */
    char file[160];                    /* clean; "" where there is none */
    char line[160];                    /* the line that limits, clean; "" where not known */
};

enum { POLICY_GNUTLS, POLICY_OPENSSL, POLICY_COUNT };

/* ---- all of them ------------------------------------------------------------------------- */

/* An authority of the trust list. DER is owned by the evidence. */
struct anchor {
    struct blob der;
    enum anchor_source source;
};

struct facts {
    int64_t clock; /* this computer's clock when the case began, Unix seconds */
    struct witness witnesses[EVIDENCE_MAX_WITNESSES];
    size_t n_witnesses;
    struct policy policies[POLICY_COUNT];
    bool anchors_known;   /* the trust list could be read */
    size_t anchors_total; /* certificates in it */
    size_t anchors_for;   /* anchors[] holds all that bear on certificates[0 .. anchors_for) */
    struct anchor anchors[EVIDENCE_MAX_ANCHORS];
    size_t n_anchors;
    bool anchors_given; /* the trust list is the file of --cacert */
    size_t stores_for;  /* stores[] knows all that bears on certificates[0 .. stores_for) */
    struct store stores[STORES_MAX]; /* other programs' lists; with --cacert the system's too */
    size_t n_stores;
    struct root roots[ROOTS_MAX]; /* what stands in any of them and bears on the case, once */
    size_t n_roots;
    bool rules_known;                   /* rules were looked up; false: nothing is said of them */
    struct dated_rule rules[RULES_MAX]; /* dated rules of other programs that bear on the case */
    size_t n_rules;
};

#endif
