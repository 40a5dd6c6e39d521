/*
 * probe_dump.c - `probe_dump HOST PORT [NAME [CLIENT [tls|plain|listen]]]`: runs one probe and
 * prints what it found, for trying things by hand. NAME "-" sends none.
 * SPDX-License-Identifier: MIT
 */
#include <gnutls/gnutls.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "whytls/probe.h"
#include "whytls/text.h"

GNUTLS_SKIP_GLOBAL_INIT

static void print_events(const struct probe *p)
{
    static const char *const arrows[] = {"--", "->", "<-"};
    for (size_t i = 0; i < p->n_events; i++) {
        const struct event *e = &p->events[i];
        printf("%8.3f ms %s %-10s %5u", e->at_us / 1000.0, arrows[e->direction], event_id(e->kind),
               (unsigned)e->number);
        printf(" %6u %s\n", (unsigned)e->bytes, e->text);
    }
}

static void print_outcome(const struct outcome *o)
{
    printf("stage %s, break %s, refused-for %s, success %d, alert %d, warnings %zu\n",
           stage_id(o->stage), break_id(o->how), refused_for_id(o->refused_for), o->success,
           o->alert, o->n_warnings);
    printf("errno %d (%s), library %d, bytes in %llu out %llu\n", o->system_error,
           o->system_error ? strerror(o->system_error) : "-", o->library_error,
           (unsigned long long)o->bytes_in, (unsigned long long)o->bytes_out);
    printf("version %04x, suite '%s', group '%s', signature '%s', dh %u, alpn '%s'\n", o->version,
           o->suite, o->group, o->signature, o->dh_bits, o->alpn);
    printf("chain %zu, requested %d, ticket %d, staple %lld\n", o->n_chain,
           o->certificate_requested, o->ticket_seen, (long long)o->staple_produced_at);
    printf("protocol %s, banner '%s'\n", protocol_id(o->protocol), o->banner);
    printf("http %d, date %lld, server '%s', via '%s', cloudflare %d, title '%s'\n", o->http_status,
           (long long)o->http_date, o->http_server, o->http_via, o->http_is_cloudflare,
           o->http_title);
}

static void on_done(void *ctx, struct probe *p)
{
    (void)ctx;
    print_events(p);
    print_outcome(&p->outcome);
}

static bool settings_from(int argc, char **argv, struct settings *s)
{
    const struct client *c = client_find(argc > 4 ? argv[4] : "current");
    if (!c)
        return false;
    memcpy(s->offers, c->offers, sizeof(s->offers));
    s->dh_min_bits = c->dh_min_bits;
    s->no_extensions = c->no_extensions;
    text_copy_cut(s->address, sizeof(s->address), argv[1]);
    s->port = (uint16_t)atoi(argv[2]);
    if (argc > 3 && strcmp(argv[3], "-") != 0)
        text_copy_cut(s->server_name, sizeof(s->server_name), argv[3]);
    if (argc > 5 && strcmp(argv[5], "plain") == 0)
        s->speak = SPEAK_PLAIN;
    if (argc > 5 && strcmp(argv[5], "listen") == 0)
        s->speak = SPEAK_WAIT_FOR_BANNER;
    return true;
}

int main(int argc, char **argv)
{
    struct settings s = {0};
    uv_loop_t loop;
    if (argc < 3 || !settings_from(argc, argv, &s)) {
        fprintf(stderr, "probe_dump HOST PORT [NAME [CLIENT [tls|plain|listen]]]\n");
        return 64;
    }
    struct evidence *ev = evidence_new();
    struct probe *p = ev ? evidence_add_probe(ev, &s, 0) : NULL;
    struct probe_sink sink = {.on_done = on_done};
    if (!p || !probe_global_init() || uv_loop_init(&loop) != 0)
        return 70;
    if (probe_start(&loop, ev, p, 5000, NULL, &sink))
        uv_run(&loop, UV_RUN_DEFAULT);
    int rc = p->outcome.success ? 0 : 1;
    uv_loop_close(&loop);
    evidence_free(ev);
    return rc;
}
