/*
 * main.c - the beginning and the end: descriptors, locale, this computer's TLS policy before GnuTLS
 * forgets it, then the command. The only exit.
 * SPDX-License-Identifier: MIT
 */
#include <errno.h>
#include <gnutls/gnutls.h>
#include <locale.h>
#include <string.h>
#include <sysexits.h>

#include "command/command.h"
#include "whytls/local.h"
#include "whytls/output.h"
#include "whytls/probe.h"
#include "whytls/trace.h"
#include "whytls/message.h"

/* GnuTLS must not read the system's policy before we have set it aside (probe_global_init). */
GNUTLS_SKIP_GLOBAL_INIT

int main(int argc, char **argv)
{
    struct options options;
    struct facts facts = {0};
    if (!output_begin())
        return complain(EX_OSFILE, message("/dev/null: %s"), strerror(errno));
    /* For the terminal alone: numbers, dates, order and libraries' texts stay as in the locale C.
     */
    setlocale(LC_CTYPE, "");
    language_begin();
    int code = options_read(argc, argv, &options);
    if (code >= 0)
        return output_end(code);
    trace_begin();
    local_read_policies(&facts);
    options.request.policies = facts.policies;
    if (!probe_global_init())
        return output_end(complain(EX_SOFTWARE, message("GnuTLS cannot be started")));
    return output_end(command_run(&options));
}
