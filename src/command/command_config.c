/*
 * command_config.c - the user's settings under the command line: options, then the environment,
 * then these.
 * SPDX-License-Identifier: MIT
 */
#include "command.h"
#include "whytls/text.h"

void options_take_config(struct options *o)
{
    struct json_report report;
    json_report_init(&report);
    config_load(&o->config, &report);
    TEXT_SET(o->config_fault, report.first);
    if (report.n_errors > 0)
        complain(0, "%s", report.first);
    json_report_fini(&report);
    if (!o->request.target.timeout_s)
        o->request.target.timeout_s = (uint16_t)o->config.timeout_s;
}
