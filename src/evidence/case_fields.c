/*
 * case_fields.c - the tables of the case file, one for each struct of evidence.h, in the order in
 * which the members stand in the file. To add a member, add its row; a file without it still opens.
 * Fuzzed by fuzz_case.
 * SPDX-License-Identifier: MIT
 */
#include "case_fields.h"

#include "whytls/evidence.h"

#define AT(type, member) .offset = offsetof(type, member), .size = sizeof(((type *)0)->member)
#define NAMED(type, member) .name = #member, AT(type, member)

#define TEXT(type, member) .kind = FIELD_TEXT, NAMED(type, member)
#define BOOL(type, member) .kind = FIELD_BOOL, NAMED(type, member)
#define UNSIGNED(type, member) .kind = FIELD_UNSIGNED, NAMED(type, member)
#define SIGNED(type, member) .kind = FIELD_SIGNED, NAMED(type, member)
#define PORT(type, member) UNSIGNED(type, member), .required = true, .low = 1, .high = 65535
/* A time that is not known (0) is left out: as a number it would be read as 1970. */
#define TIME(type, member)                                                                         \
    .name = #member "_unix", .kind = FIELD_SIGNED, AT(type, member), .sparse = true
#define ENUM(type, member, list) .kind = FIELD_ENUM, NAMED(type, member), .ids = &ids_##list
#define OFFERS(type, member) .kind = FIELD_OFFERS, NAMED(type, member)
#define OBJECT(type, member, of) .kind = FIELD_OBJECT, NAMED(type, member), .shape = &(of)
#define COUNTED(type, member, count)                                                               \
    .name = #member, .offset = offsetof(type, member), .size = sizeof(((type *)0)->member[0]),     \
    .max = sizeof(((type *)0)->member) / sizeof(((type *)0)->member[0]),                           \
    .count_offset = offsetof(type, count)
#define ARRAY(type, member, count, of)                                                             \
    .kind = FIELD_ARRAY, COUNTED(type, member, count), .shape = &(of)
#define SHAPE(table)                                                                               \
    {                                                                                              \
        .fields = (table), .n = sizeof(table) / sizeof *(table)                                    \
    }

static const struct field target_fields[] = {
    {TEXT(struct target, typed)},
    {TEXT(struct target, host)},
    {TEXT(struct target, ascii)},
    {PORT(struct target, port)},
    {ENUM(struct target, service, service)},
    {BOOL(struct target, is_address)},
    {TEXT(struct target, connect_to), .sparse = true},
    {UNSIGNED(struct target, connect_port), .sparse = true},
    {UNSIGNED(struct target, family), .sparse = true, .low = 0, .high = 6},
    {BOOL(struct target, server_name_set), .sparse = true},
    {TEXT(struct target, server_name), .sparse = true},
    {TEXT(struct target, client), .redaction = FIELD_AS_IS},
    {UNSIGNED(struct target, timeout_s)},
    {BOOL(struct target, has_client_certificate), .sparse = true},
    {BOOL(struct target, from_file), .sparse = true},
    {BOOL(struct target, is_practice), .sparse = true},
};
static const struct shape target_shape = SHAPE(target_fields);

static const struct field address_fields[] = {
    {.kind = FIELD_TEXT, .size = SETTINGS_ADDRESS_SIZE},
};
static const struct shape address_shape = SHAPE(address_fields);

static const struct field resolution_fields[] = {
    {BOOL(struct resolution, finished)},
    {ENUM(struct resolution, how, break)},
    {ARRAY(struct resolution, addresses, n_addresses, address_shape)},
    {UNSIGNED(struct resolution, took_us)},
};
static const struct shape resolution_shape = SHAPE(resolution_fields);

static const struct field witness_fields[] = {
    {ENUM(struct witness, kind, witness)},
    {TIME(struct witness, time)},
};
static const struct shape witness_shape = SHAPE(witness_fields);

static const struct field policy_fields[] = {
    {BOOL(struct policy, known)},
    {BOOL(struct policy, limits)},
    {BOOL(struct policy, partly), .sparse = true},
    {OFFERS(struct policy, offers), .sparse = true},
    {UNSIGNED(struct policy, dh_min_bits), .sparse = true},
    {TEXT(struct policy, file), .sparse = true},
    {TEXT(struct policy, line), .sparse = true},
};
static const struct shape policy_shape = SHAPE(policy_fields);

/* By name, so that a reader of the file need not know which one is the first. */
static const struct field policies_fields[] = {
    {.name = "gnutls",
     .kind = FIELD_OBJECT,
     .offset = POLICY_GNUTLS * sizeof(struct policy),
     .size = sizeof(struct policy),
     .shape = &policy_shape},
    {.name = "openssl",
     .kind = FIELD_OBJECT,
     .offset = POLICY_OPENSSL * sizeof(struct policy),
     .size = sizeof(struct policy),
     .shape = &policy_shape},
};
static const struct shape policies_shape = SHAPE(policies_fields);

static const struct field anchor_fields[] = {
    {ENUM(struct anchor, source, anchor_source)},
    {.kind = FIELD_BLOB, NAMED(struct anchor, der), .required = true},
};
static const struct shape anchor_shape = SHAPE(anchor_fields);

static const struct field store_anchor_fields[] = {
    {UNSIGNED(struct store_anchor, root), .low = 0, .high = ROOTS_MAX - 1},
    {ENUM(struct store_anchor, source, anchor_source)},
    {BOOL(struct store_anchor, is_off), .sparse = true},
};
static const struct shape store_anchor_shape = SHAPE(store_anchor_fields);

static const struct field store_fields[] = {
    {ENUM(struct store, kind, store)},
    {TEXT(struct store, file), .sparse = true},
    {BOOL(struct store, is_read)},
    {BOOL(struct store, has_builtin), .sparse = true},
    {BOOL(struct store, has_system), .sparse = true},
    {UNSIGNED(struct store, total), .low = 0, .high = STORE_MAX_TOTAL},
    {UNSIGNED(struct store, added), .low = 0, .high = STORE_MAX_TOTAL},
    {ARRAY(struct store, anchors, n_anchors, store_anchor_shape)},
};
static const struct shape store_shape = SHAPE(store_fields);

static const struct field root_fields[] = {
    {.kind = FIELD_BLOB, NAMED(struct root, der), .required = true},
};
static const struct shape root_shape = SHAPE(root_fields);

/* Who keeps a rule: only those who do stand in the file. */
static const struct field keeps_fields[] = {
#define X(ident, id, words)                                                                        \
    {.name = id,                                                                                   \
     .kind = FIELD_BOOL,                                                                           \
     .sparse = true,                                                                               \
     .offset = ROOT_PROGRAM_##ident * sizeof(bool),                                                \
     .size = sizeof(bool)},
    ROOT_PROGRAM_LIST(X)
#undef X
};
static const struct shape keeps_shape = SHAPE(keeps_fields);

static const struct field rule_fields[] = {
    {ENUM(struct dated_rule, kind, dated)},
    {OBJECT(struct dated_rule, keeps, keeps_shape)},
    {TEXT(struct dated_rule, authority), .sparse = true},
    {TEXT(struct dated_rule, root), .sparse = true},
    {ENUM(struct dated_rule, since, dated_since)},
    {TIME(struct dated_rule, date)},
    {UNSIGNED(struct dated_rule, days), .sparse = true, .low = 0, .high = RULE_MAX_DAYS},
    {BOOL(struct dated_rule, for_any), .sparse = true},
    {TEXT(struct dated_rule, source)},
};
static const struct shape rule_shape = SHAPE(rule_fields);

static const struct field facts_fields[] = {
    {TIME(struct facts, clock)},
    {ARRAY(struct facts, witnesses, n_witnesses, witness_shape)},
    {OBJECT(struct facts, policies, policies_shape)},
    {BOOL(struct facts, anchors_known)},
    {UNSIGNED(struct facts, anchors_total), .low = 0, .high = 1000000},
    {UNSIGNED(struct facts, anchors_for), .low = 0, .high = EVIDENCE_MAX_CERTIFICATES},
    {ARRAY(struct facts, anchors, n_anchors, anchor_shape)},
    {BOOL(struct facts, anchors_given), .sparse = true},
    {UNSIGNED(struct facts, stores_for), .low = 0, .high = EVIDENCE_MAX_CERTIFICATES},
    {ARRAY(struct facts, stores, n_stores, store_shape), .sparse = true},
    {ARRAY(struct facts, roots, n_roots, root_shape), .sparse = true},
    {BOOL(struct facts, rules_known), .sparse = true},
    {ARRAY(struct facts, rules, n_rules, rule_shape), .sparse = true},
};
static const struct shape facts_shape = SHAPE(facts_fields);

static const struct field settings_fields[] = {
    {TEXT(struct settings, address)},
    {PORT(struct settings, port)},
    {TEXT(struct settings, server_name)},
    {TEXT(struct settings, host), .sparse = true, .is_newer = true},
    {OFFERS(struct settings, offers)},
    {UNSIGNED(struct settings, dh_min_bits)},
    {.kind = FIELD_BOOL, .name = "small_hello", AT(struct settings, no_extensions), .sparse = true},
    {UNSIGNED(struct settings, host_port), .sparse = true, .is_newer = true},
    {UNSIGNED(struct settings, padding), .sparse = true},
    {.kind = FIELD_BOOL,
     .name = "late_card",
     AT(struct settings, post_handshake_auth),
     .sparse = true},
    {.kind = FIELD_BOOL, .name = "quiet", AT(struct settings, send_nothing), .sparse = true},
    {ENUM(struct settings, client_certificate, client_certificate), .sparse = true},
    {ENUM(struct settings, alpn, alpn)},
    {ENUM(struct settings, speak, speak), .sparse = true},
    {ENUM(struct settings, service, service)},
};
const struct shape settings_shape = SHAPE(settings_fields);

static const struct field warning_fields[] = {
    {.kind = FIELD_UNSIGNED, .size = sizeof(uint8_t)},
};
static const struct shape warning_shape = SHAPE(warning_fields);

static const struct field chain_fields[] = {
    {.kind = FIELD_SIGNED, .size = sizeof(int16_t), .high = EVIDENCE_MAX_CERTIFICATES - 1},
};
static const struct shape chain_shape = SHAPE(chain_fields);

static const struct field outcome_fields[] = {
    {BOOL(struct outcome, finished)},
    {BOOL(struct outcome, success)},
    {ENUM(struct outcome, stage, stage)},
    {ENUM(struct outcome, how, break)},
    {ENUM(struct outcome, refused_for, refused_for), .sparse = true},
    {SIGNED(struct outcome, alert), .sparse = true, .low = -1, .high = 255, .fallback = -1},
    {ARRAY(struct outcome, warnings, n_warnings, warning_shape), .sparse = true},
    {SIGNED(struct outcome, system_error), .sparse = true},
    {SIGNED(struct outcome, library_error), .sparse = true},
    {UNSIGNED(struct outcome, bytes_in)},
    {UNSIGNED(struct outcome, bytes_out)},
    {.kind = FIELD_HEX, COUNTED(struct outcome, first_bytes, n_first_bytes), .sparse = true},
    {ENUM(struct outcome, protocol, protocol), .sparse = true},
    {TEXT(struct outcome, banner), .sparse = true},
    {UNSIGNED(struct outcome, version), .sparse = true},
    {TEXT(struct outcome, suite), .sparse = true},
    {TEXT(struct outcome, group), .sparse = true},
    {TEXT(struct outcome, signature), .sparse = true},
    {UNSIGNED(struct outcome, dh_bits), .sparse = true},
    {TEXT(struct outcome, alpn), .sparse = true},
    {ARRAY(struct outcome, chain, n_chain, chain_shape), .sparse = true},
    {BOOL(struct outcome, certificate_requested), .sparse = true},
    {SIGNED(struct outcome, request), .sparse = true, .low = -1,
     .high = EVIDENCE_MAX_CERTIFICATE_REQUESTS - 1, .fallback = -1},
    {BOOL(struct outcome, chain_cut), .sparse = true},
    {BOOL(struct outcome, ticket_seen), .sparse = true},
    {SIGNED(struct outcome, staple), .sparse = true, .low = -1, .high = EVIDENCE_MAX_STATEMENTS - 1,
     .fallback = -1},
    {TIME(struct outcome, staple_produced_at)},
    {TIME(struct outcome, staple_next_update)},
    {SIGNED(struct outcome, http_status), .sparse = true, .low = 0, .high = 999},
    {TIME(struct outcome, http_date)},
    {TIME(struct outcome, http_date_local)},
    {TEXT(struct outcome, http_server), .sparse = true},
    {TEXT(struct outcome, http_via), .sparse = true},
    {BOOL(struct outcome, http_is_cloudflare), .sparse = true},
    {TEXT(struct outcome, http_title), .sparse = true},
};
static const struct shape outcome_shape = SHAPE(outcome_fields);

static const struct field event_fields[] = {
    {UNSIGNED(struct event, at_us)},
    {ENUM(struct event, kind, event)},
    {ENUM(struct event, direction, direction), .sparse = true},
    {UNSIGNED(struct event, number), .sparse = true},
    {UNSIGNED(struct event, level), .sparse = true},
    {UNSIGNED(struct event, bytes), .sparse = true},
    {UNSIGNED(struct event, count), .sparse = true},
    {TEXT(struct event, text), .sparse = true},
};
static const struct shape event_shape = SHAPE(event_fields);

static const struct field probe_fields[] = {
    {.kind = FIELD_CHANGES, NAMED(struct probe, changes)},
    {OBJECT(struct probe, settings, settings_shape), .required = true},
    {OBJECT(struct probe, outcome, outcome_shape)},
    {ARRAY(struct probe, events, n_events, event_shape)},
};
static const struct shape probe_shape = SHAPE(probe_fields);

static const struct field issuer_fields[] = {
    {ENUM(struct issuer, kind, issuer)},
    {TEXT(struct issuer, product), .sparse = true},
    {TEXT(struct issuer, fingerprint), .sparse = true},
};
static const struct shape issuer_shape = SHAPE(issuer_fields);

static const struct field certificate_fields[] = {
    {OBJECT(struct certificate, issuer, issuer_shape)},
    {.kind = FIELD_BLOB, NAMED(struct certificate, der), .required = true},
};
static const struct shape certificate_shape = SHAPE(certificate_fields);

static const struct field statement_fields[] = {
    {ENUM(struct statement, kind, statement)},
    {.kind = FIELD_BLOB,
     NAMED(struct statement, der),
     .most_bytes = STATEMENT_MAX_BYTES,
     .required = true},
};
static const struct shape statement_shape = SHAPE(statement_fields);

static const struct field fetch_fields[] = {
    {ENUM(struct fetch, kind, fetch_kind), .sparse = true},
    {TEXT(struct fetch, url)},
    {TEXT(struct fetch, request), .redaction = FIELD_LEFT_OUT, .sparse = true},
    {ENUM(struct fetch, state, fetch)},
    {SIGNED(struct fetch, certificate), .sparse = true, .low = -1,
     .high = EVIDENCE_MAX_CERTIFICATES - 1, .fallback = -1},
    {SIGNED(struct fetch, statement), .sparse = true, .low = -1,
     .high = EVIDENCE_MAX_STATEMENTS - 1, .fallback = -1},
    {TIME(struct fetch, http_date)},
    {TIME(struct fetch, http_date_local)},
    {TEXT(struct fetch, address), .sparse = true},
};
static const struct shape fetch_shape = SHAPE(fetch_fields);

static const struct field authority_fields[] = {
    {TEXT(struct requested_authority, name)},
    {TEXT(struct requested_authority, organisation), .sparse = true},
    {TEXT(struct requested_authority, dn)},
};
static const struct shape authority_shape = SHAPE(authority_fields);

static const struct field requested_type_fields[] = {
    {.kind = FIELD_TEXT, .size = sizeof(struct requested_type)},
};
static const struct shape requested_type_shape = SHAPE(requested_type_fields);

static const struct field request_fields[] = {
    {ARRAY(struct certificate_request, authorities, n_authorities, authority_shape)},
    {UNSIGNED(struct certificate_request, n_all_authorities)},
    {UNSIGNED(struct certificate_request, list_bytes)},
    {ARRAY(struct certificate_request, kinds, n_kinds, requested_type_shape), .sparse = true},
    {ARRAY(struct certificate_request, signatures, n_signatures, requested_type_shape),
     .sparse = true},
    {SIGNED(struct certificate_request, ours), .sparse = true, .low = -1,
     .high = CLIENT_CERTIFICATE_MAX_CHAIN - 1, .fallback = -1},
};
static const struct shape request_shape = SHAPE(request_fields);

static const struct field own_fields[] = {
    {.kind = FIELD_BLOB, NAMED(struct own_certificate, der), .required = true},
};
static const struct shape own_shape = SHAPE(own_fields);

static const struct field evidence_fields[] = {
    {.name = "case", .kind = FIELD_TEXT, .redaction = FIELD_AS_IS, AT(struct evidence, case_code)},
    {BOOL(struct evidence, redacted), .sparse = true},
    {BOOL(struct evidence, offline), .sparse = true},
    {BOOL(struct evidence, stopped), .sparse = true},
    {UNSIGNED(struct evidence, time_up_ms), .sparse = true},
    {BOOL(struct evidence, settled), .sparse = true},
    {OBJECT(struct evidence, target, target_shape), .required = true},
    {OBJECT(struct evidence, resolution, resolution_shape)},
    {OBJECT(struct evidence, facts, facts_shape)},
    {ARRAY(struct evidence, probes, n_probes, probe_shape), .required = true},
    {ARRAY(struct evidence, certificates, n_certificates, certificate_shape)},
    {ARRAY(struct evidence, statements, n_statements, statement_shape), .sparse = true},
    {ARRAY(struct evidence, fetches, n_fetches, fetch_shape)},
    {ARRAY(struct evidence, requests, n_requests, request_shape), .sparse = true},
    {.name = "own_certificates",
     .kind = FIELD_ARRAY,
     .offset = offsetof(struct evidence, own),
     .size = sizeof(struct own_certificate),
     .max = CLIENT_CERTIFICATE_MAX_CHAIN,
     .count_offset = offsetof(struct evidence, n_own),
     .shape = &own_shape,
     .sparse = true},
    {.kind = FIELD_ANSWERS, NAMED(struct evidence, answers)},
    {ENUM(struct evidence, helped, helped), .sparse = true},
};
const struct shape case_shape = SHAPE(evidence_fields);

/* ---- the verdict, where it can't be walked to again: only ever read ---------------------- */

static const struct field chain_change_fields[] = {{.kind = FIELD_TEXT, .size = 24}};
static const struct shape chain_change_shape = SHAPE(chain_change_fields);

#define INDEX(type, member)                                                                        \
    SIGNED(type, member), .low = -1, .high = EVIDENCE_MAX_PROBES - 1, .fallback = -1

static const struct field kept_proof_fields[] = {
    {INDEX(struct kept_proof, baseline)},
    {INDEX(struct kept_proof, experiment)},
    {.kind = FIELD_CHANGES, NAMED(struct kept_proof, changed)},
    {ARRAY(struct kept_proof, changed_in_chain, n_changed_in_chain, chain_change_shape)},
    {BOOL(struct kept_proof, worked)},
};
static const struct shape kept_proof_shape = SHAPE(kept_proof_fields);

static const struct field kept_key_fields[] = {
    {TEXT(struct kept_key, key), .required = true},
    {TEXT(struct kept_key, value), .required = true},
};
static const struct shape kept_key_shape = SHAPE(kept_key_fields);

static const struct field kept_cause_fields[] = {
    {TEXT(struct kept_cause, cause), .required = true},
    {TEXT(struct kept_cause, certainty), .required = true},
    {OBJECT(struct kept_cause, proof, kept_proof_shape), .required = true},
    {ARRAY(struct kept_cause, filled, n_filled, kept_key_shape)},
};
static const struct shape kept_cause_shape = SHAPE(kept_cause_fields);

static const struct field kept_arg_fields[] = {
    {TEXT(struct kept_arg, kind), .required = true},
    {TEXT(struct kept_arg, text)},
    {SIGNED(struct kept_arg, number)},
};
static const struct shape kept_arg_shape = SHAPE(kept_arg_fields);

static const struct field kept_check_fields[] = {
    {TEXT(struct kept_check, check), .required = true},
    {TEXT(struct kept_check, result), .required = true},
    {TEXT(struct kept_check, said)},
    {TEXT(struct kept_check, said_id)},
    {.name = "said_args",
     .kind = FIELD_ARRAY,
     .offset = offsetof(struct kept_check, args),
     .size = sizeof(struct kept_arg),
     .max = KEPT_MAX_ARGS,
     .count_offset = offsetof(struct kept_check, n_args),
     .shape = &kept_arg_shape},
};
static const struct shape kept_check_shape = SHAPE(kept_check_fields);

static const struct field kept_fields[] = {
    {ARRAY(struct kept, verdict, n_verdict, kept_cause_shape), .required = true},
    {ARRAY(struct kept, notes, n_notes, kept_cause_shape)},
    {ARRAY(struct kept, path, n_path, kept_check_shape), .required = true},
};
const struct shape kept_shape = SHAPE(kept_fields);
