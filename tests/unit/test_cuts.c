/*
 * test_cuts.c - the server's flight cut after its bytes, by FIN and by RST, in TLS 1.2 and 1.3:
 * the stage that the probe names is the one that the bytes let through can have reached. The truth
 * is read from the records as they went by, not from the probe. openssl s_server behind a relay.
 * Cut is at every byte of a record's and a message's header and at both sides of each end, where
 * the stage can change; of what is within, at each 29th. WHOLE=1: after every byte.
 * SPDX-License-Identifier: MIT
 */
#include "probe_makers.h"

#include <netinet/tcp.h>
#include <poll.h>
#include <sys/mman.h>

#include "unit/sanitized.h"

GNUTLS_SKIP_GLOBAL_INIT

enum {
    STEP = IS_SANITIZED ? 67 : 29,     /* within a message */
    EDGE_BEFORE = 2,                   /* bytes at the end of a record or message, */
    EDGE_AFTER = IS_SANITIZED ? 2 : 9, /* and at its beginning: two headers */
    WHOLE = 65536,                     /* more than any flight here */
    RECORD_HANDSHAKE = 22,
    RECORD_DATA = 23,
    MESSAGE_SERVER_HELLO = 2,
    MESSAGE_CERTIFICATE = 11,
    MESSAGE_SERVER_KEY_EXCHANGE = 12,
    MESSAGE_SERVER_HELLO_DONE = 14,
};

/* ---- the relay: one child for all tries, told by shared memory where to cut --------------- */

struct relay {
    uint16_t upstream;
    size_t cut_at;
    bool by_reset;
    size_t n; /* of the server's bytes that were let through */
    uint8_t bytes[WHOLE];
};

static struct relay *relay;

static void send_at_once(int fd)
{
    int yes = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
}

static int connect_upstream(void)
{
    struct sockaddr_in sa = {.sin_family = AF_INET,
                             .sin_addr = {htonl(INADDR_LOOPBACK)},
                             .sin_port = htons(relay->upstream)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    return connect(fd, (struct sockaddr *)&sa, sizeof(sa)) == 0 ? fd : -1;
}

/* One read from a side, passed on; false where that side has ended. */
static bool pass_on(int from, int to)
{
    uint8_t bytes[4096];
    ssize_t n = read(from, bytes, sizeof(bytes));
    return n > 0 && write(to, bytes, (size_t)n) == n;
}

static bool pass_back(int server, int client)
{
    size_t left = relay->cut_at - relay->n;
    uint8_t *at = relay->bytes + relay->n;
    ssize_t n = read(server, at, left < 4096 ? left : 4096);
    if (n <= 0)
        return false;
    relay->n += (size_t)n;
    return write(client, at, (size_t)n) == n;
}

static void pass_and_cut(int client)
{
    int server = connect_upstream();
    bool is_asked = false; /* a line that is cut before the hello came is another story */
    struct pollfd both[] = {{.fd = client, .events = POLLIN}, {.fd = server, .events = POLLIN}};
    relay->n = 0;
    send_at_once(client);
    send_at_once(server);
    while ((!is_asked || relay->n < relay->cut_at) && poll(both, 2, -1) > 0) {
        if (both[0].revents && !pass_on(client, server))
            break;
        is_asked |= both[0].revents != 0;
        if (both[1].revents && !pass_back(server, client))
            break;
    }
    if (relay->by_reset)
        cut_off(client);
    else
        hang_up(client);
    close(server);
}

/* ---- the truth: what a record that is whole lets the client reach ------------------------- */

struct milestone {
    size_t end; /* this many of the server's bytes are needed */
    enum stage stage;
};

struct truth {
    struct milestone at[32];
    size_t n;
    size_t ends[64]; /* of all records and of what is in the clear within them */
    size_t n_ends;
    bool by_reset;
    size_t end; /* all that is needed */
};

/* The server has said that it is content, though it has not said anything else yet: a plain end of
 * line after that is no fault, a reset is one. */
static enum stage confirmed(const struct truth *t)
{
    return t->by_reset ? STAGE_REPLY : STAGE_DONE;
}

static void add_end(struct truth *t, size_t end)
{
    assert_true(t->n_ends < sizeof(t->ends) / sizeof(t->ends[0]));
    t->ends[t->n_ends++] = end;
}

static void reach(struct truth *t, size_t end, enum stage stage)
{
    add_end(t, end);
    assert_true(t->n < sizeof(t->at) / sizeof(t->at[0]));
    t->at[t->n++] = (struct milestone){end, stage};
}

static enum stage truth_at(const struct truth *t, size_t k)
{
    enum stage s = STAGE_HELLO;
    for (size_t i = 0; i < t->n; i++)
        if (t->at[i].end <= k)
            s = t->at[i].stage;
    return s;
}

/* TLS 1.2 (RFC 5246 7.3): the messages are in the clear up to ChangeCipherSpec; then Finished, then
 * data. A record may hold several messages: a message counts where it ends. */
static void read_tls12(struct truth *t, size_t at, size_t n, unsigned *n_secret)
{
    const uint8_t *b = relay->bytes + at;
    if (*n_secret || b[0] != RECORD_HANDSHAKE) {
        if (*n_secret)
            reach(t, at + n, *n_secret == 1 ? confirmed(t) : STAGE_DONE);
        ++*n_secret; /* ChangeCipherSpec is the first that is no handshake message */
        return;
    }
    for (size_t m = 5; m + 4 <= n;) {
        size_t end = m + 4 + ((size_t)b[m + 1] << 16 | (size_t)b[m + 2] << 8 | b[m + 3]);
        if (b[m] == MESSAGE_SERVER_HELLO)
            reach(t, at + end, STAGE_SERVER_HELLO);
        else if (b[m] == MESSAGE_CERTIFICATE)
            reach(t, at + end, STAGE_CERTIFICATE);
        else if (b[m] == MESSAGE_SERVER_KEY_EXCHANGE)
            reach(t, at + end, STAGE_KEY_EXCHANGE);
        else if (b[m] == MESSAGE_SERVER_HELLO_DONE)
            reach(t, at + end, STAGE_FINISHED);
        m = end;
    }
}

/* TLS 1.3 (RFC 8446 2): s_server puts each message into a record of its own: ServerHello in the
 * clear, then EncryptedExtensions, Certificate, CertificateVerify, Finished, two tickets, data. */
static void read_tls13(struct truth *t, size_t at, size_t n, unsigned *n_secret)
{
    const enum stage by_secret_record[] = {
        STAGE_SERVER_HELLO, STAGE_CERTIFICATE, STAGE_KEY_EXCHANGE, STAGE_REPLY,
        confirmed(t),       confirmed(t),      STAGE_DONE,
    };
    if (relay->bytes[at] == RECORD_HANDSHAKE)
        reach(t, at + n, STAGE_SERVER_HELLO);
    if (relay->bytes[at] == RECORD_DATA && *n_secret < 7)
        reach(t, at + n, by_secret_record[(*n_secret)++]);
}

/* From a run that was not cut. */
static void read_truth(struct truth *t, bool is_tls13)
{
    const unsigned wanted = is_tls13 ? 7 : 3; /* up to the first data */
    unsigned n_secret = 0;
    for (size_t at = 0; at + 5 <= relay->n && n_secret < wanted;) {
        size_t n = 5 + ((size_t)relay->bytes[at + 3] << 8 | relay->bytes[at + 4]);
        (is_tls13 ? read_tls13 : read_tls12)(t, at, n, &n_secret);
        add_end(t, at + n);
        at += n;
    }
    t->end = t->at[t->n - 1].end;
    assert_int_equal(truth_at(t, t->end), STAGE_DONE);
}

/* Whether the flight is cut after this byte. */
static bool is_sampled(const struct truth *t, size_t k)
{
    bool is_edge = k <= EDGE_AFTER;
    for (size_t i = 0; i < t->n_ends; i++)
        is_edge = is_edge || (k + EDGE_BEFORE >= t->ends[i] && k <= t->ends[i] + EDGE_AFTER);
    return is_edge || k % STEP == 0 || takes_the_whole();
}

/* ---- the tries ---------------------------------------------------------------------------- */

static void check_cut(const struct settings *s, const struct truth *truth, size_t k, bool by_reset)
{
    relay->cut_at = k;
    relay->by_reset = by_reset;
    struct tried *t = try_settings(s, PATIENCE_MS, NULL);
    const struct outcome *o = &t->p->outcome;
    enum stage wanted = truth_at(truth, k);
    enum break_kind how = by_reset ? BREAK_RESET : BREAK_CLOSED;
    if (o->stage != wanted || (o->how != how && wanted != STAGE_DONE))
        print_error("cut after %zu bytes: %s, %s\n", k, stage_id(o->stage), break_id(o->how));
    assert_string_equal(stage_id(o->stage), stage_id(wanted));
    assert_true(o->bytes_in == k || wanted == STAGE_DONE);
    if (wanted == STAGE_DONE)
        assert_true(o->success);
    else
        assert_string_equal(break_id(o->how), break_id(how));
    try_free(t);
}

static void cut_everywhere(const char *version, bool by_reset)
{
    const char *const options[] = {"-www", version, NULL};
    struct maker m = start_openssl(options);
    relay->upstream = m.port;
    struct settings s = settings_for(serve(pass_and_cut));
    relay->cut_at = WHOLE;
    relay->by_reset = false;
    struct tried *whole = try_settings(&s, PATIENCE_MS, NULL);
    assert_true(whole->p->outcome.success);
    try_free(whole);
    struct truth truth = {.by_reset = by_reset};
    read_truth(&truth, strcmp(version, "-tls1_3") == 0);
    for (size_t k = 0; k <= truth.end; k++)
        if (is_sampled(&truth, k))
            check_cut(&s, &truth, k, by_reset);
    stop(&m);
    servers_stop();
}

static void tls12_by_fin(void **state)
{
    (void)state;
    cut_everywhere("-tls1_2", false);
}

static void tls12_by_rst(void **state)
{
    (void)state;
    cut_everywhere("-tls1_2", true);
}

static void tls13_by_fin(void **state)
{
    (void)state;
    cut_everywhere("-tls1_3", false);
}

static void tls13_by_rst(void **state)
{
    (void)state;
    cut_everywhere("-tls1_3", true);
}

/* ---- the frame ---------------------------------------------------------------------------- */

static int set_up(void **state)
{
    (void)state;
    relay = mmap(NULL, sizeof(*relay), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return relay != MAP_FAILED && makers_set_up() ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    makers_tear_down();
    munmap(relay, sizeof(*relay));
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tls12_by_fin),
        cmocka_unit_test(tls12_by_rst),
        cmocka_unit_test(tls13_by_fin),
        cmocka_unit_test(tls13_by_rst),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
