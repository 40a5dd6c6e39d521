/*
 * fuzz_script.c - any bytes as a script that leads the wizard: it comes to its end, and where it
 * fails the reason is clean. Entry point for libFuzzer.
 * SPDX-License-Identifier: MIT
 */
#include "fuzz.h"
#include "ui/app/app_script.h"
#include "ui/keys.h"

struct asked {
    unsigned n;
};

static bool press(void *ctx, unsigned key)
{
    (void)ctx;
    must(key != UI_KEY_NONE);
    return true;
}

static bool is_so(void *ctx, const char *condition, bool *is_known)
{
    struct asked *asked = ctx;
    *is_known = condition[0] != '\0';
    return asked->n++ % 3 == 0;
}

static bool snap(void *ctx, const char *file, bool is_roles)
{
    (void)ctx;
    return file[0] && !is_roles;
}

static void resize(void *ctx, int width, int height)
{
    (void)ctx;
    must(width > 0 && height > 0);
}

static bool use_case(void *ctx, const char *file)
{
    (void)ctx;
    return file[0] != '\0';
}

static void set_clock(void *ctx, int64_t unix_seconds)
{
    (void)ctx;
    must(unix_seconds > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct asked asked = {0};
    const struct script_host host = {.ctx = &asked,
                                     .key = press,
                                     .is_so = is_so,
                                     .snap = snap,
                                     .resize = resize,
                                     .use_case = use_case,
                                     .set_clock = set_clock};
    char error[160] = "";
    struct as_file file;
    as_file_init(&file, data, size);
    struct script *s = script_open(file.path, error, sizeof error);
    enum script_state state = SCRIPT_WAITING;
    while (s && state == SCRIPT_WAITING) {
        state = script_run(s, &host);
        if (state == SCRIPT_WAITING)
            state = script_tick(s);
    }
    must_be_clean(s ? script_error(s) : error);
    must(!s || (state == SCRIPT_FAILED) == (script_error(s)[0] != '\0'));
    script_free(s);
    as_file_fini(&file);
    return 0;
}
