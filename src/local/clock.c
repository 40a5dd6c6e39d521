/*
 * clock.c - this computer's clock, and what on this computer speaks for or against it: files that
 * can't be newer than now, and the kernel's word on whether it is synchronised. Gathers; the
 * diagnosis weighs. Uses libuv's stat and adjtimex.
 * SPDX-License-Identifier: MIT
 */
#include "local/clock.h"

#include <stddef.h>
#include <time.h>
#include <uv.h>

#include "whytls/local.h"
#include "whytls/trace.h"
#include "build_info.h"

static const struct clock_source file_sources[] = {
    {.kind = WITNESS_PACKAGES,
     .paths = {"/var/lib/dpkg/status", "/var/lib/rpm", "/usr/lib/sysimage/rpm",
               "/usr/lib/sysimage/rpm/rpmdb.sqlite", "/var/lib/rpm/rpmdb.sqlite",
               "/lib/apk/db/installed", "/usr/lib/apk/db/installed", "/var/lib/pacman/local",
               "/var/db/pkg", "/var/db/xbps", "/nix/var/nix/db/db.sqlite"}},
    {.kind = WITNESS_TRUST_LIST,
     .paths = {"/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt",
               "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", "/etc/ssl/ca-bundle.pem",
               "/var/lib/ca-certificates/ca-bundle.pem",
               "/etc/ca-certificates/extracted/tls-ca-bundle.pem", "/etc/ssl/cert.pem",
               "/etc/ssl/certs/ca-bundle.crt"}},
    {.kind = WITNESS_SAVED_TIME,
     .paths = {"/var/lib/systemd/timesync/clock", "/var/lib/private/systemd/timesync/clock",
               "/var/lib/systemd/clock", "/var/lib/chrony/drift", "/var/lib/chrony/chrony.drift",
               "/var/lib/ntpsec/ntp.drift", "/var/lib/ntp/ntp.drift", "/var/lib/ntp/drift",
               "/etc/fake-hwclock.data", "/usr/lib/clock-epoch"}},
};

/*
 * uv_fs_stat, not stat: on Linux it is the statx call, which a test's libfaketime does not shift; a
 * witness that moves with the clock under test would be none.
 */
static int64_t modified_at(const char *path)
{
    uv_fs_t request;
    int64_t at = EVIDENCE_NO_TIME;
    if (uv_fs_stat(NULL, &request, path, NULL) == 0 && request.statbuf.st_mtim.tv_sec > 0)
        at = request.statbuf.st_mtim.tv_sec;
    uv_fs_req_cleanup(&request);
    return at;
}

static void add_witness(struct facts *facts, enum witness_kind kind, int64_t at)
{
    TRACE(LOCAL, "witness of the time %s: %lld%s", witness_id(kind), (long long)at,
          at == EVIDENCE_NO_TIME ? " (says nothing)" : "");
    if (facts->n_witnesses < EVIDENCE_MAX_WITNESSES)
        facts->witnesses[facts->n_witnesses++] = (struct witness){.kind = kind, .time = at};
}

void clock_add_files(struct facts *facts, const struct clock_source *sources, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        int64_t newest = EVIDENCE_NO_TIME;
        for (const char *const *path = sources[i].paths; *path; path++) {
            int64_t at = modified_at(*path);
            if (at != EVIDENCE_NO_TIME)
                TRACE(LOCAL, "%s is of %lld", *path, (long long)at);
            if (at > newest)
                newest = at;
        }
        if (newest != EVIDENCE_NO_TIME)
            add_witness(facts, sources[i].kind, newest);
    }
}

int64_t clock_kernel_time(int adjtimex_result, const struct timex *tx)
{
    if (adjtimex_result < 0 || adjtimex_result == TIME_ERROR || (tx->status & STA_UNSYNC))
        return EVIDENCE_NO_TIME;
    return tx->time.tv_sec;
}

void local_read_clock(struct facts *facts, int64_t offset_s)
{
    struct timex tx = {.modes = 0};
    facts->clock = (int64_t)time(NULL) + offset_s;
    facts->n_witnesses = 0;
    TRACE(LOCAL, "clock: %lld, of which %lld s are pretended", (long long)facts->clock,
          (long long)offset_s);
    if (WHYTLS_BUILD_TIME > 0)
        add_witness(facts, WITNESS_BUILD_DATE, WHYTLS_BUILD_TIME);
    clock_add_files(facts, file_sources, sizeof(file_sources) / sizeof(file_sources[0]));
    int result = adjtimex(&tx);
    add_witness(facts, WITNESS_KERNEL, clock_kernel_time(result, &tx));
}
