/*
 * check_edge.c - does the server in front (a CDN's edge, a gateway) reach the site behind it? It
 * says so by its HTTP status.
 * SPDX-License-Identifier: MIT
 */
#include "../context.h"

static const struct cause causes[] = {
    {
        .slug = "edge.origin-handshake",
        .code = "W-901",
        .who = WHO_SITE_OWNER,
        .who_all = N_("The site's owner: the fault is between two of their servers."),
        .blocks = BLOCKS_REPLY,
        .title = N_("The front server cannot make a secure connection to the origin server"),
        .what = N_(
            "Your connection is fine. It ends at a front server (CDN), which gets the pages "
            "from the origin server. It says \"525\": its TLS handshake with the origin failed."),
        .todo = {N_("Wait a few minutes, then try again."),
                 N_("Tell the site's owner: error 525, the origin server refuses TLS.")},
        .how = {WAY_NONE, WAY_TELL_OWNER},
        .dont = {N_("Do not switch anything off on your computer for this.")},
        .term =
            N_("HTTP 525 (SSL handshake failed): TLS from the CDN's edge to the origin server of "
               "{host} fails; TLS to the edge is fine. On the origin check port 443, certificate, "
               "SNI and cipher suites."),
        .proof = N_("The front server says so itself, with the status 525."),
        .to_confirm = N_("A try at the origin server would show it."),
    },
    {
        .slug = "edge.origin-certificate",
        .code = "W-902",
        .who = WHO_SITE_OWNER,
        .who_all = N_("The site's owner: the fault is between two of their servers."),
        .blocks = BLOCKS_REPLY,
        .title = N_("The front server does not accept the origin server's certificate"),
        .what = N_(
            "Your connection is fine. It ends at a front server (CDN), which gets the pages "
            "from the origin server. It says \"526\": the certificate of the origin is not valid."),
        .todo = {N_("Wait a few minutes, then try again."),
                 N_("Tell the site's owner: error 526, renew the origin server's certificate.")},
        .how = {WAY_NONE, WAY_TELL_OWNER},
        .dont = {N_("Do not switch anything off on your computer for this.")},
        .term =
            N_("HTTP 526 (invalid SSL certificate): the CDN's edge rejects the certificate of the "
               "origin server of {host}: expired, self-signed, incomplete chain or wrong name. "
               "Install a valid one; keep strict validation."),
        .proof = N_("The front server says so itself, with the status 526."),
        .to_confirm = N_("A try at the origin server would show it."),
    },
    {
        .slug = "edge.bad-gateway",
        .code = "W-903",
        .who = WHO_SITE_OWNER,
        .who_all = N_("The site's owner; or your IT, if your own proxy is the front server."),
        .blocks = BLOCKS_REPLY,
        .title = N_("The front server gets no good answer from the origin server"),
        .what = N_(
            "Your connection is fine. It ends at a front server (CDN), which gets the pages "
            "from the origin server. It says {http_status}: the origin is down or answers badly."),
        .todo = {N_("Wait a few minutes, then try again."),
                 N_("Tell the site's owner: error {http_status}, look at the origin server.")},
        .how = {WAY_NONE, WAY_TELL_OWNER},
        .dont = {N_("Do not switch anything off on your computer for this.")},
        .term = N_("HTTP {http_code} from the front server (CDN, gateway) of {host}: the origin "
                   "server is down, times out or answers badly. TLS to the front server is fine."),
        .proof = N_("The front server says so itself, with the status {http_status}."),
        .to_confirm = N_("A try at the origin server would show it."),
    },
};

/* 502 and 504 are RFC 9110 15.6.3 and 15.6.5; 520 to 526 are Cloudflare's, and nobody else gives
 * 525 and 526 another meaning. */
static const struct {
    int status;
    bool is_cloudflares;
    const char *slug;
} statuses[] = {
    {525, false, "edge.origin-handshake"}, {526, false, "edge.origin-certificate"},
    {520, true, "edge.bad-gateway"},       {521, true, "edge.bad-gateway"},
    {522, true, "edge.bad-gateway"},       {523, true, "edge.bad-gateway"},
    {524, true, "edge.bad-gateway"},       {502, false, "edge.bad-gateway"},
    {504, false, "edge.bad-gateway"},
};

static void judge(struct check_context *c)
{
    const struct outcome *o = &c->r->first->outcome;
    for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++)
        if (statuses[i].status == o->http_status &&
            (o->http_is_cloudflare || !statuses[i].is_cloudflares)) {
            check_cause(c, statuses[i].slug, CERTAINTY_LIKELY);
            check_say(c, said_with(SAID_EDGE_FAILS, said_number(o->http_status)));
            return;
        }
    if (o->http_status)
        check_fine(c, said_with(SAID_EDGE_ANSWERS, said_number(o->http_status)));
    else
        check_unknown(c, said_plain(SAID_NO_WEB_PAGE));
}

const struct check check_edge = {
    .id = "edge",
    .step = STEP_EDGE,
    .question = N_("Does the origin server answer?"),
    .gloss = N_("A CDN is a front server. It gets the pages from the origin server."),
    .fine = N_("The site itself answers."),
    .fine_brief = N_("the site's reply"),
    .judge = judge,
    .causes = causes,
    .n_causes = sizeof(causes) / sizeof(causes[0]),
};
