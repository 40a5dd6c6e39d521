/*
 * server.c - the server process: takes connections in, a process for each, until the parent ends.
 * Blocking and simple on purpose; a scenario lives for minutes. Uses sockets and fork.
 * Parses nothing from outside.
 * SPDX-License-Identifier: MIT
 */
#include <dirent.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lab/endpoint.h"
#include "whytls/ascii.h"

static volatile sig_atomic_t told_to_stop;

static void on_term(int number)
{
    (void)number;
    told_to_stop = 1;
}

/* The parent's handlers write to the parent's own pipes: none of them may run here. */
static void reset_signals(void)
{
    sigset_t none;
    for (int i = 1; i < NSIG; i++)
        signal(i, SIG_DFL);
    signal(SIGPIPE, SIG_IGN);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/* Also where the parent ended before this line: then nobody is left to send the signal. */
static void die_with(int parent_pid)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent_pid)
        _exit(0);
}

static bool is_listener(const struct endpoint *endpoint, int fd)
{
    for (int i = 0; i < ENDPOINT_MAX_LISTENERS; i++)
        if (endpoint->listeners[i] == fd)
            return true;
    return false;
}

/*
 * A pipe of the parent's that stays open here would keep its reader waiting for ever. Its number
 * stays taken: libuv closes its own by number in each child, and would close a visitor's socket.
 */
static void let_go_of_files(const struct endpoint *endpoint)
{
    int null = open("/dev/null", O_RDWR);
    for (int fd = 0; null >= 0 && fd <= 2; fd++)
        dup2(null, fd);
    DIR *dir = opendir("/proc/self/fd");
    if (!dir)
        return;
    for (const struct dirent *e; (e = readdir(dir));) {
        const char *number = e->d_name;
        int fd = (int)ascii_take_number(&number, INT32_MAX); /* -1: "." or ".." */
        if (fd > 2 && fd != dirfd(dir) && !is_listener(endpoint, fd))
            dup2(null, fd);
    }
    closedir(dir);
}

_Noreturn static void be_worker(const struct endpoint *endpoint, int fd, int listener,
                                unsigned turn, int server_pid)
{
    struct connection v = {.endpoint = endpoint, .fd = fd, .listener = listener, .turn = turn};
    reset_signals();
    die_with(server_pid);
    alarm(ENDPOINT_LONGEST_CONNECTION_S);
    play_connection(&v);
    close(fd);
    _exit(0);
}

static void take_in(const struct endpoint *endpoint, int listener, unsigned *turn)
{
    int server_pid = getpid();
    int fd = accept(endpoint->listeners[listener], NULL, NULL);
    if (fd < 0)
        return;
    const int at_once = 1; /* small messages one after the other must not wait for each other */
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof(at_once));
    if (listener != LISTENER_AIA)
        ++*turn;
    if (fork() == 0)
        be_worker(endpoint, fd, listener, *turn, server_pid);
    close(fd);
}

/* SIGTERM is let in only while we wait, so that none is lost between the look and the wait. */
static void take_in_until_told(const struct endpoint *endpoint)
{
    unsigned turn = 0;
    sigset_t term, waiting;
    sigemptyset(&term);
    sigaddset(&term, SIGTERM);
    sigprocmask(SIG_BLOCK, &term, &waiting);
    signal(SIGTERM, on_term);
    while (!told_to_stop) {
        struct pollfd fds[ENDPOINT_MAX_LISTENERS];
        for (int i = 0; i < ENDPOINT_MAX_LISTENERS; i++)
            fds[i] = (struct pollfd){.fd = endpoint->listeners[i], .events = POLLIN};
        if (ppoll(fds, ENDPOINT_MAX_LISTENERS, NULL, &waiting) <= 0)
            continue;
        for (int i = 0; i < ENDPOINT_MAX_LISTENERS; i++)
            if (fds[i].revents & POLLIN)
                take_in(endpoint, i, &turn);
    }
}

_Noreturn void server_run(const struct endpoint *endpoint, int parent_pid)
{
    reset_signals();
    setpgid(0, 0);
    die_with(parent_pid);
    let_go_of_files(endpoint);
    signal(SIGCHLD, SIG_IGN); /* workers leave no zombies, and wait() below waits for the last */
    take_in_until_told(endpoint);
    signal(SIGTERM, SIG_IGN);
    if (getpgrp() == getpid())
        kill(0, SIGTERM); /* the workers */
    while (wait(NULL) > 0)
        ;
    _exit(0);
}
