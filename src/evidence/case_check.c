/*
 * case_check.c - what no single member of a case file can tell: every index names something that is
 * there. Uses cJSON.
 * SPDX-License-Identifier: MIT
 */
#include "case_reader.h"

#include "whytls/message.h"

static const cJSON *row_of(const struct case_reader *r, const char *list, size_t i)
{
    return cJSON_GetArrayItem(cJSON_GetObjectItemCaseSensitive(r->root, list), (int)i);
}

static bool check_probe(struct case_reader *r, const struct evidence *ev, size_t i)
{
    const struct probe *p = &ev->probes[i];

    for (size_t k = 0; k < p->outcome.n_chain; k++) {
        if ((size_t)p->outcome.chain[k] >= ev->n_certificates) {
            return case_complain(r, row_of(r, "probes", i),
                                 message("\"chain\" names a certificate that is not here"));
        }
    }
    if (p->outcome.staple >= (int)ev->n_statements) {
        return case_complain(r, row_of(r, "probes", i),
                             message("\"staple\" names a statement that is not here"));
    }
    if (p->outcome.request >= (int)ev->n_requests) {
        return case_complain(r, row_of(r, "probes", i),
                             message("\"request\" names one that is not here"));
    }
    for (size_t k = 0; k < p->n_events; k++) {
        if (p->events[k].kind == EVENT_END && p->events[k].number >= BREAK_COUNT) {
            return case_complain(r, row_of(r, "probes", i), message("an end that we do not know"));
        }
    }
    return true;
}

static bool check_facts(struct case_reader *r, const struct evidence *ev)
{
    const cJSON *facts = cJSON_GetObjectItemCaseSensitive(r->root, "facts");
    const struct facts *f = &ev->facts;

    if (f->anchors_for > ev->n_certificates || f->stores_for > ev->n_certificates) {
        return case_complain(
            r, facts,
            message("\"anchors_for\" or \"stores_for\" is more than there are certificates"));
    }
    for (size_t i = 0; i < f->n_stores; i++) {
        for (size_t k = 0; k < f->stores[i].n_anchors; k++) {
            if (f->stores[i].anchors[k].root >= f->n_roots) {
                return case_complain(r, facts, message("\"root\" names one that is not here"));
            }
        }
    }
    return true;
}

bool case_check(struct case_reader *r, const struct evidence *ev)
{
    const cJSON *target = cJSON_GetObjectItemCaseSensitive(r->root, "target");
    int family = ev->target.family;

    if (ev->case_code[0] != '\0' && !case_code_is_valid(ev->case_code)) {
        return case_complain(r, cJSON_GetObjectItemCaseSensitive(r->root, "case"),
                             message("\"case\" is no case code: a letter may be wrong"));
    }
    if (family != 0 && family != 4 && family != 6) {
        return case_complain(r, target, message("\"family\" must be 4 or 6"));
    }
    if (!check_facts(r, ev)) {
        return false;
    }
    for (size_t i = 0; i < ev->n_fetches; i++) {
        if (ev->fetches[i].certificate >= (int)ev->n_certificates) {
            return case_complain(r, row_of(r, "fetches", i),
                                 message("\"certificate\" names one that is not here"));
        }
        if (ev->fetches[i].statement >= (int)ev->n_statements) {
            return case_complain(r, row_of(r, "fetches", i),
                                 message("\"statement\" names one that is not here"));
        }
    }
    for (size_t i = 0; i < ev->n_probes; i++) {
        if (!check_probe(r, ev, i)) {
            return false;
        }
    }
    return true;
}

static bool check_kept_proof(struct case_reader *r, const struct evidence *ev, const char *list,
                             const struct kept_cause *causes, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (causes[i].proof.baseline >= (int)ev->n_probes ||
            causes[i].proof.experiment >= (int)ev->n_probes) {
            return case_complain(r, row_of(r, list, i),
                                 message("\"proof\" names a probe that is not here"));
        }
    }
    return true;
}

bool case_check_kept(struct case_reader *r, const struct evidence *ev)
{
    return check_kept_proof(r, ev, "verdict", ev->kept->verdict, ev->kept->n_verdict) &&
           check_kept_proof(r, ev, "notes", ev->kept->notes, ev->kept->n_notes);
}
