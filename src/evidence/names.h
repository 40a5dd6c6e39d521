/*
 * names.h - the ids of the model's enums as lists, for evidence.c's functions and the case file.
 * Inside src/evidence only.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_EVIDENCE_NAMES_H
#define WHYTLS_EVIDENCE_NAMES_H

#include <stddef.h>

/* ids[i] is the id of value i; part of the case format. */
struct id_list {
    const char *const *ids;
    size_t n;
};

extern const struct id_list ids_stage, ids_hop, ids_break, ids_refused_for, ids_protocol, ids_event,
    ids_issuer, ids_fetch, ids_fetch_kind, ids_statement, ids_witness, ids_direction,
    ids_anchor_source, ids_client_certificate, ids_speak, ids_alpn, ids_service, ids_helped,
    ids_store, ids_dated, ids_dated_since;

/* "" where there is no such value. */
const char *id_of(const struct id_list *list, unsigned value);
/* The value; list->n where there is no such id. */
size_t id_find(const struct id_list *list, const char *id);

#endif
