/*
 * command_rules.c - where the dated rules of other programs are looked for.
 * SPDX-License-Identifier: MIT
 */
#include <stdlib.h>
#include <sysexits.h>

#include "command.h"
#include "whytls/data.h"
#include "whytls/store.h"
#include "whytls/message.h"
#include "build_info.h"

struct rule_table *load_rules(void)
{
    char config[STORE_PATH];
    const char *data = getenv("WHYTLS_DATADIR"), *folders[3];
    struct json_report report;
    size_t n = 0;
    if (store_config_folder(config, sizeof(config)))
        folders[n++] = config;
    folders[n++] = data && data[0] ? data : WHYTLS_DATADIR;
    folders[n] = NULL;
    json_report_init(&report);
    struct rule_table *t = rule_table_read(folders, &report);
    if (!t)
        complain(EX_OSERR, message("there is not enough memory"));
    else if (report.n_errors > 0)
        complain(0, "%s", report.first);
    json_report_fini(&report);
    return t;
}
