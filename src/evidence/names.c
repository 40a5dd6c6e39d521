/*
 * names.c - the ids and the words of the model's enums, each made from its X-list or told here.
 * SPDX-License-Identifier: MIT
 */
#include "names.h"

#include <string.h>

#include "whytls/evidence.h"

#define ID_ONLY(ident, id) id,
#define ID_OF_THREE(ident, id, words) id,
#define WORDS_OF_THREE(ident, id, words) words,

#define ID_OF_FOUR(ident, id, name, readers) id,
#define NAME_OF_FOUR(ident, id, name, readers) name,
#define READERS_OF_FOUR(ident, id, name, readers) readers,

#define IDS(which)                                                                                 \
    {                                                                                              \
        .ids = (which), .n = sizeof(which) / sizeof *(which)                                       \
    }

static const char *const stages[] = {STAGE_LIST(ID_ONLY)};
static const char *const hops[] = {HOP_LIST(ID_ONLY)};
static const char *const breaks[] = {BREAK_LIST(ID_ONLY)};
static const char *const refused_fors[] = {REFUSED_FOR_LIST(ID_ONLY)};
static const char *const protocols[] = {PROTOCOL_LIST(ID_OF_THREE)};
static const char *const events[] = {EVENT_LIST(ID_ONLY)};
static const char *const issuers[] = {ISSUER_LIST(ID_ONLY)};
static const char *const helpeds[] = {HELPED_LIST(ID_ONLY)};
static const char *const fetches[] = {FETCH_LIST(ID_ONLY)};
static const char *const fetch_kinds[] = {FETCH_KIND_LIST(ID_ONLY)};
static const char *const statements[] = {STATEMENT_LIST(ID_ONLY)};
static const char *const witnesses[] = {WITNESS_LIST(ID_OF_THREE)};

static const char *const dateds[] = {DATED_LIST(ID_ONLY)};
static const char *const dated_sinces[] = {SINCE_LIST(ID_ONLY)};
static const char *const root_programs[] = {ROOT_PROGRAM_LIST(ID_OF_THREE)};
static const char *const stores[] = {STORE_LIST(ID_OF_FOUR)};

static const char *const directions[] = {
    [DIRECTION_NONE] = "none",
    [DIRECTION_OUT] = "out",
    [DIRECTION_IN] = "in",
};
static const char *const anchor_sources[] = {
    [ANCHOR_SHIPPED] = "shipped",
    [ANCHOR_ADDED] = "added",
    [ANCHOR_GIVEN] = "given",
};
static const char *const client_certificates[] = {
    [CLIENT_CERTIFICATE_NONE] = "none",
    [CLIENT_CERTIFICATE_GIVEN] = "given",
    [CLIENT_CERTIFICATE_MADE_UP] = "made-up",
};
static const char *const speaks[] = {
    [SPEAK_TLS] = "tls",
    [SPEAK_PLAIN] = "plain",
    [SPEAK_WAIT_FOR_BANNER] = "listen",
};
static const char *const alpns[] = {
    [ALPN_HTTP1] = "http/1.1",
    [ALPN_H2] = "h2",
    [ALPN_NONE] = "none",
};
static const char *const services[] = {
    [SERVICE_HTTPS] = "https", [SERVICE_SMTPS] = "smtps", [SERVICE_IMAPS] = "imaps",
    [SERVICE_POP3S] = "pop3s", [SERVICE_OTHER] = "other",
};

const struct id_list ids_stage = IDS(stages);
const struct id_list ids_hop = IDS(hops);
const struct id_list ids_break = IDS(breaks);
const struct id_list ids_refused_for = IDS(refused_fors);
const struct id_list ids_protocol = IDS(protocols);
const struct id_list ids_event = IDS(events);
const struct id_list ids_issuer = IDS(issuers);
const struct id_list ids_fetch = IDS(fetches);
const struct id_list ids_fetch_kind = IDS(fetch_kinds);
const struct id_list ids_statement = IDS(statements);
const struct id_list ids_witness = IDS(witnesses);
const struct id_list ids_direction = IDS(directions);
const struct id_list ids_anchor_source = IDS(anchor_sources);
const struct id_list ids_client_certificate = IDS(client_certificates);
const struct id_list ids_speak = IDS(speaks);
const struct id_list ids_alpn = IDS(alpns);
const struct id_list ids_service = IDS(services);
const struct id_list ids_helped = IDS(helpeds);
const struct id_list ids_store = IDS(stores);
const struct id_list ids_dated = IDS(dateds);
const struct id_list ids_dated_since = IDS(dated_sinces);

static const char *const protocol_phrases[] = {PROTOCOL_LIST(WORDS_OF_THREE)};
static const char *const witness_phrases[] = {WITNESS_LIST(WORDS_OF_THREE)};
static const char *const root_program_phrases[] = {ROOT_PROGRAM_LIST(WORDS_OF_THREE)};
static const char *const store_names[] = {STORE_LIST(NAME_OF_FOUR)};
static const char *const store_readers[] = {STORE_LIST(READERS_OF_FOUR)};

const char *id_of(const struct id_list *list, unsigned value)
{
    return value < list->n ? list->ids[value] : "";
}

size_t id_find(const struct id_list *list, const char *id)
{
    size_t i = 0;

    while (i < list->n && strcmp(list->ids[i], id) != 0) {
        i++;
    }
    return i;
}

const char *stage_id(enum stage s)
{
    return id_of(&ids_stage, s);
}

const char *hop_id(enum hop_kind kind)
{
    return id_of(&ids_hop, kind);
}

const char *break_id(enum break_kind b)
{
    return id_of(&ids_break, b);
}

const char *refused_for_id(enum refused_for r)
{
    return id_of(&ids_refused_for, r);
}

const char *protocol_id(enum protocol p)
{
    return id_of(&ids_protocol, p);
}

const char *protocol_words(enum protocol p)
{
    return (unsigned)p < PROTOCOL_COUNT ? protocol_phrases[p] : "";
}

const char *event_id(enum event_kind e)
{
    return id_of(&ids_event, e);
}

const char *issuer_kind_id(enum issuer_kind k)
{
    return id_of(&ids_issuer, k);
}

const char *fetch_state_id(enum fetch_state s)
{
    return id_of(&ids_fetch, s);
}

const char *fetch_kind_id(enum fetch_kind k)
{
    return id_of(&ids_fetch_kind, k);
}

const char *witness_id(enum witness_kind w)
{
    return id_of(&ids_witness, w);
}

const char *witness_words(enum witness_kind w)
{
    return (unsigned)w < WITNESS_COUNT ? witness_phrases[w] : "";
}

const char *store_kind_id(enum store_kind k)
{
    return id_of(&ids_store, k);
}

const char *store_kind_name(enum store_kind k)
{
    return (unsigned)k < STORE_COUNT ? store_names[k] : "";
}

const char *store_kind_readers(enum store_kind k)
{
    return (unsigned)k < STORE_COUNT ? store_readers[k] : "";
}

#define CHOICES_PHONE                                                                              \
    .choices = {N_("Yes"), N_("No"), N_("Not sure")}, .choice_ids = {"yes", "no", "not-sure"}
#define CHOICES_OTHER_PROGRAM CHOICES_PHONE
#define CHOICES_SINCE                                                                              \
    .choices = {N_("No, it never worked"), N_("Yes, it stopped by itself"),                        \
                N_("Yes, until something changed on this computer"), N_("Not sure")},              \
    .choice_ids = {"never", "stopped", "changed-here", "not-sure"}

/* Choices stand in the order of their values; a question with no CHOICES_ does not compile. */
static const struct question_row questions[QUESTION_COUNT] = {
#define X(ident, in_id, in_words)                                                                  \
    [QUESTION_##ident] = {.id = in_id, .words = in_words, CHOICES_##ident},
    QUESTION_LIST(X)
#undef X
};

const struct question_row *question_row(enum question q)
{
    return &questions[(unsigned)q < QUESTION_COUNT ? q : 0];
}

const char *dated_kind_id(enum dated_kind k)
{
    return id_of(&ids_dated, k);
}

const char *dated_since_id(enum dated_since s)
{
    return id_of(&ids_dated_since, s);
}

const char *root_program_id(enum root_program k)
{
    return (unsigned)k < ROOT_PROGRAM_COUNT ? root_programs[k] : "";
}

const char *root_program_words(enum root_program k)
{
    return (unsigned)k < ROOT_PROGRAM_COUNT ? root_program_phrases[k] : "";
}
