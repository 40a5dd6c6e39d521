/*
 * test_lab.c - the practice lab: its table is sound, each scenario starts, fills the request and
 * leaves nothing behind. Whether the faults are truly there: test_lab_faults.c.
 * SPDX-License-Identifier: MIT
 */
#include "unit/lab_client.h"

#include "lab/running.h"

/* ---- the table -------------------------------------------------------------------------- */

static bool is_word(const char *s, size_t n)
{
    if (n == 0 || s[0] == '-' || s[n - 1] == '-')
        return false;
    for (size_t i = 0; i < n; i++)
        if (!(s[i] >= 'a' && s[i] <= 'z') && !(s[i] >= '0' && s[i] <= '9') && s[i] != '-')
            return false;
    return true;
}

/* "area.what", one or more, one space between. */
static bool are_slugs(const char *s)
{
    for (;;) {
        size_t n = strcspn(s, " ");
        const char *dot = memchr(s, '.', n);
        if (!dot || !is_word(s, (size_t)(dot - s)) || !is_word(dot + 1, n - (size_t)(dot + 1 - s)))
            return false;
        if (s[n] == '\0')
            return true;
        s += n + 1;
    }
}

static void table_is_sound(void **state)
{
    (void)state;
    assert_true(are_slugs("a.b c-d.e"));
    assert_false(are_slugs("a.b "));
    assert_false(are_slugs("works"));
    size_t n = 0;
    for (const struct scenario_line *s; (s = lab_scenario(n)); n++) {
        assert_true(is_word(s->name, strlen(s->name)));
        if (strcmp(s->expect, "works") != 0 && !are_slugs(s->expect))
            fail_msg("%s expects \"%s\"", s->name, s->expect);
        assert_true(!*s->notes || are_slugs(s->notes));
        assert_in_range(s->step, 0, 9);
        size_t length = strlen(s->summary);
        assert_in_range(length, 10, 78);
        assert_int_equal(s->summary[length - 1], '.');
        for (size_t i = 0; i < n; i++)
            assert_string_not_equal(lab_scenario(i)->name, s->name);
    }
    assert_in_range(n, 50, 200);
    assert_null(lab_scenario(n + 100));
}

static void every_step_has_a_scenario(void **state)
{
    (void)state;
    unsigned seen = 0;
    for (size_t i = 0; lab_scenario(i); i++)
        seen |= 1u << lab_scenario(i)->step;
    assert_int_equal(seen, 0x3ff);
}

/* ---- start and stop --------------------------------------------------------------------- */

static void request_is_filled(const struct scenario *s)
{
    const struct target *t = &request->target;
    const struct pretend *p = &request->pretend;
    assert_string_equal(t->host, scenario_host(s));
    assert_string_equal(t->ascii, t->host);
    assert_string_equal(t->typed, t->host);
    assert_int_equal(t->port, 443);
    assert_int_equal(t->service, SERVICE_HTTPS);
    assert_true(t->is_practice);
    assert_string_equal(t->connect_to, "");
    assert_string_not_equal(t->client, "");
    assert_in_range(t->timeout_s, 1, 10);
    assert_true(p->anchors_set && p->policies_set);
    assert_true(p->policies[POLICY_GNUTLS].known && p->policies[POLICY_OPENSSL].known);
    assert_int_not_equal(p->case_seed, 0);
    if (!s->clock_at)
        assert_int_equal(p->clock_offset_s, s->clock_offset_s);
    assert_true(p->witnesses_set);
    if (s->server.serves == SERVES_NOTHING) {
        assert_false(p->resolution_set);
        return;
    }
    assert_true(p->resolution_set);
    assert_int_equal(p->n_addresses, s->server.two_addresses ? 2 : 1);
    assert_string_equal(p->addresses[0], "127.0.0.1");
    assert_int_not_equal(t->connect_port, 0);
    for (size_t i = 0; i < p->n_anchors; i++)
        assert_non_null(p->anchors[i].der.data);
}

/* Practice is the same in years to come: browsers allow public authorities' leaves ever shorter
 * lives, 47 days from 15 March 2029 on (src/data/rules.json). */
static void lives_are_short(const struct scenario *s)
{
    const int64_t day = 86400;
    for (size_t i = 0; i < scenario_chains(s); i++) {
        gnutls_x509_crt_t leaf = lab->endpoint.chains[i].crt[FORGED_LEAF];
        if (!s->chains[i].is_logged || strstr(s->line.expect, "lives-too-long"))
            continue;
        assert_true(gnutls_x509_crt_get_expiration_time(leaf) <=
                    gnutls_x509_crt_get_activation_time(leaf) + 47 * day);
    }
}

static void each_starts_and_stops(void **state)
{
    (void)state;
    for (size_t i = 0; lab_scenario(i); i++) {
        const char *name = lab_scenario(i)->name;
        memset(request, 0xff, sizeof *request); /* what was there before must not show through */
        open_lab(name);
        request_is_filled(scenario_find(name));
        lives_are_short(scenario_find(name));
        uint16_t port = request->target.connect_port;
        close_lab();
        assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
        assert_int_equal(errno, ECHILD);
        if (port)
            assert_int_equal(connect_to("127.0.0.1", port), -1);
    }
}

static void unknown_name_is_refused(void **state)
{
    (void)state;
    char error[100] = "";
    assert_null(lab_start("no-such\033[31m", request, error, sizeof error));
    assert_non_null(strstr(error, "no-such"));
    assert_null(strchr(error, '\033'));
    assert_null(lab_start(NULL, request, error, sizeof error));
    lab_stop(NULL);
}

/* Two labs at once do not meet; stopping one leaves the other. */
static void two_labs_side_by_side(void **state)
{
    (void)state;
    char error[100];
    struct request *other = calloc(1, sizeof *other);
    assert_non_null(other);
    open_lab("healthy");
    struct lab *second = lab_start("expired", other, error, sizeof error);
    assert_non_null(second);
    assert_int_not_equal(other->target.connect_port, request->target.connect_port);
    assert_int_not_equal(other->pretend.case_seed, request->pretend.case_seed);
    lab_stop(second);
    assert_int_equal(try_lab(MODERN, "shop.example").rc, 0);
    close_lab();
    free(other);
}

/* A program that is killed leaves no server: the kernel ends it with its parent. */
static void dies_with_its_parent(void **state)
{
    (void)state;
    int fds[2];
    uint16_t port = 0;
    assert_int_equal(pipe(fds), 0);
    pid_t pid = fork();
    if (pid == 0) {
        char error[100];
        struct lab *l = lab_start("healthy", request, error, sizeof error);
        port = l ? request->target.connect_port : 0;
        _exit(write(fds[1], &port, sizeof port) == sizeof port ? 0 : 1);
    }
    close(fds[1]);
    assert_int_equal(read(fds[0], &port, sizeof port), sizeof port);
    /* Nothing else holds the pipe: neither the server nor a worker kept the parent's files. */
    assert_int_equal(read(fds[0], &port, 1), 0);
    waitpid(pid, NULL, 0);
    close(fds[0]);
    int fd = 0;
    for (int i = 0; i < 500 && fd >= 0; i++) {
        fd = connect_to("127.0.0.1", port);
        if (fd >= 0) {
            close(fd);
            poll(NULL, 0, 10);
        }
    }
    assert_int_equal(fd, -1);
}

/* ---- clients that behave badly ---------------------------------------------------------- */

static void many_at_once_and_some_that_leave(void **state)
{
    (void)state;
    enum { MANY = 8 };
    int idle[MANY];
    open_lab("healthy");
    for (int i = 0; i < MANY; i++)
        idle[i] = reach();
    for (int i = 0; i < MANY; i++)
        assert_int_equal(try_lab(MODERN, "shop.example").rc, 0);
    for (int i = 0; i < MANY; i++) {
        if (i % 2)
            assert_int_equal(send(idle[i], "\x16\x03\x01\x01", 4, MSG_NOSIGNAL), 4);
        close(idle[i]);
    }
    assert_int_equal(try_lab(MODERN, "shop.example").rc, 0);
    close_lab();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(table_is_sound),
        cmocka_unit_test(every_step_has_a_scenario),
        cmocka_unit_test(each_starts_and_stops),
        cmocka_unit_test(unknown_name_is_refused),
        cmocka_unit_test(two_labs_side_by_side),
        cmocka_unit_test(dies_with_its_parent),
        cmocka_unit_test(many_at_once_and_some_that_leave),
    };
    return cmocka_run_group_tests(tests, make_room, clear_room);
}
