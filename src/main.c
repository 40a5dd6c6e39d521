/*
 * main.c - the beginning and the end: locale, this computer's TLS policy before GnuTLS forgets it,
 * then the command. The only exit.
 * SPDX-License-Identifier: MIT
 */
#include <gnutls/gnutls.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <sysexits.h>
#include <unistd.h>

#include "command/command.h"
#include "whytls/local.h"
#include "whytls/probe.h"

/* GnuTLS must not read the system's policy before we have set it aside (probe_global_init). */
GNUTLS_SKIP_GLOBAL_INIT

/* What was printed must have arrived: a full disk is no success. */
static int finish(int code)
{
    if (fflush(stdout) != 0 || ferror(stdout))
        return code == 0 ? EX_IOERR : code;
    return code;
}

int main(int argc, char **argv)
{
    struct options options;
    struct facts facts = {0};
    /* For the terminal alone: numbers, dates, order and libraries' texts stay as in the locale C.
     */
    setlocale(LC_CTYPE, "");
    signal(SIGPIPE, SIG_IGN);
    int code = options_read(argc, argv, &options);
    if (code >= 0)
        return finish(code);
    local_read_policies(&facts);
    options.request.policies = facts.policies;
    if (!probe_global_init())
        return complain(EX_SOFTWARE, "GnuTLS can not be started");
    return finish(command_run(&options));
}
