/*
 * summary.c - what the first page says of this computer before anything is asked: has it
 * an address on a network, has it a list of authorities. Asks the kernel and reads the list;
 * contacts nobody.
 * SPDX-License-Identifier: MIT
 */
#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string.h>

#include "local/trust.h"
#include "whytls/local.h"

/* One with which another computer can be reached: neither our own nor one that only says that no
 * better one was given out (RFC 3927, RFC 4291 2.5.6). */
static bool is_of_use(const struct ifaddrs *a)
{
    if (!a->ifa_addr || !(a->ifa_flags & IFF_UP) || (a->ifa_flags & IFF_LOOPBACK))
        return false;
    if (a->ifa_addr->sa_family == AF_INET) {
        struct sockaddr_in four;
        memcpy(&four, a->ifa_addr, sizeof(four));
        return ntohl(four.sin_addr.s_addr) >> 16 != 0xa9fe; /* 169.254/16 */
    }
    if (a->ifa_addr->sa_family == AF_INET6) {
        struct sockaddr_in6 six;
        memcpy(&six, a->ifa_addr, sizeof(six));
        return !IN6_IS_ADDR_LINKLOCAL(&six.sin6_addr) && !IN6_IS_ADDR_LOOPBACK(&six.sin6_addr);
    }
    return false;
}

static enum tristate has_network(void)
{
    struct ifaddrs *all = NULL;
    enum tristate has = TRISTATE_NO;
    if (getifaddrs(&all) != 0)
        return TRISTATE_UNKNOWN;
    for (const struct ifaddrs *a = all; a; a = a->ifa_next)
        if (is_of_use(a))
            has = TRISTATE_YES;
    freeifaddrs(all);
    return has;
}

static size_t count_authorities(const char *cacert)
{
    char error[160];
    size_t added, n = 0;
    struct trust_list *t = trust_list_read(cacert, error, sizeof(error));
    if (t)
        n = trust_list_count(t, &added);
    trust_list_free(t);
    return n;
}

void local_summary(struct computer_summary *g, const char *cacert)
{
    g->network = has_network();
    g->n_authorities = count_authorities(cacert);
    g->is_known = true;
}
