/*
 * local.h - facts about this computer: clock and its witnesses, TLS policies, trust stores.
 * Reads files and asks the kernel; changes nothing, contacts nobody. Uses GnuTLS for the policy
 * and the trust list.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_LOCAL_H
#define WHYTLS_LOCAL_H

#include "whytls/evidence.h"

/* This computer's clock and its witnesses into facts; offset_s is added to the clock (--at, lab).
 */
void local_read_clock(struct facts *facts, int64_t offset_s);

/*
 * The GnuTLS policy (in a child with the untouched environment: call before probe_global_init)
 * and the OpenSSL one (from its configuration file) into facts->policies. A child that does not
 * answer within a second is ended, and the policy is not known.
 */
void local_read_policies(struct facts *facts);

/* The trust list: opaque, read once. cacert NULL: the system's. NULL where nothing can be read;
 * errno is ENOMEM where it could be, and there is no memory for all of it. */
struct trust_list;
struct trust_list *trust_list_read(const char *cacert, char *error, size_t error_size);
void trust_list_free(struct trust_list *t);
/*
 * Puts into ev->facts the anchors that bear on its certificates: same subject as an issuer or a
 * subject there (by DN bytes), each marked shipped or added. Sets anchors_for.
 */
void trust_list_match(const struct trust_list *t, struct evidence *ev);

enum tristate { TRISTATE_UNKNOWN, TRISTATE_NO, TRISTATE_YES };

/* What can be said of this computer before anything is asked. All zero: not looked at. */
struct computer_summary {
    bool is_known;
    enum tristate network; /* an address with which another computer can be reached */
    size_t n_authorities;  /* on the list; 0: there is none that can be read */
};
void local_summary(struct computer_summary *g,
                   const char *cacert); /* cacert NULL: the system's list */

/*
 * The lists that single programs keep, wherever they are found on this computer: opaque. Reads many
 * files and takes tens of ms: for a thread. with_system: this system's list is one of them (with
 * --cacert the judgement stands on another one). NULL: no memory.
 */
struct store_set;
struct store_set *store_set_read(bool with_system);
void store_set_free(struct store_set *set);
/* Puts the stores into ev->facts, with what in them bears on ev's certificates. Sets stores_for. */
void store_set_match(const struct store_set *set, struct evidence *ev);

#endif
