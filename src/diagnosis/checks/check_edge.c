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
        .blocks = BLOCKS_REPLY,
        .title = "The server in front can not make a secure connection to the site behind it",
        .what = "Your connection is fine. It ends at a server in front of the site (a CDN). That "
                "server says \"525\": its own connection to the site failed.",
        .todo = {"Wait a few minutes, then try again.",
                 "Tell the site's owner: error 525, the site's own server refuses TLS."},
        .dont = {"Do not change anything on your computer. It is fine."},
        .proof = "The server in front says so itself, with the status 525.",
        .to_confirm = "A try at the site's own server would show it.",
    },
    {
        .slug = "edge.origin-certificate",
        .code = "W-902",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_REPLY,
        .title = "The server in front does not accept the certificate of the site behind it",
        .what = "Your connection is fine. It ends at a server in front of the site (a CDN). That "
                "server says \"526\": the site's own certificate is not good.",
        .todo = {"Wait a few minutes, then try again.",
                 "Tell the site's owner: error 526, renew the certificate of the site's server."},
        .dont = {"Do not change anything on your computer. It is fine."},
        .proof = "The server in front says so itself, with the status 526.",
        .to_confirm = "A try at the site's own server would show it.",
    },
    {
        .slug = "edge.bad-gateway",
        .code = "W-903",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_REPLY,
        .title = "The server in front gets no good answer from the site behind it",
        .what = "Your connection is fine. It ends at a server in front of the site, a gateway. "
                "That one says {http_status}: the server behind it is down or answers badly.",
        .todo = {"Wait a few minutes, then try again.",
                 "Tell the site's owner: error {http_status}, look at the server behind it."},
        .dont = {"Do not change anything on your computer. It is fine."},
        .proof = "The server in front says so itself, with the status {http_status}.",
        .to_confirm = "A try at the server behind it would show it.",
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
    .question = "Does the site behind it answer?",
    .gloss = "Big sites stand behind a server in front, such as a CDN.",
    .fine = "The site itself answers.",
    .fine_brief = "the site behind",
    .judge = judge,
    .causes = causes,
    .n_causes = sizeof(causes) / sizeof(causes[0]),
};
