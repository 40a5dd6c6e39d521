/*
 * fuzz_theme.c - libFuzzer entry: any bytes as a theme file. What is refused says why, in clean
 * text; what is taken has a look for each role at each depth, and none in which nothing is seen.
 * SPDX-License-Identifier: MIT
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "whytls/text.h"
#include "whytls/theme.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool so)
{
    if (!so) {
        abort();
    }
}

static void look_at(const struct theme *t)
{
    char words[64];

    must(text_is_clean(t->title, strlen(t->title)) && text_is_clean(t->about, strlen(t->about)));
    for (int i = 0; i < ROLE_COUNT * DEPTH_COUNT; i++) {
        enum role role = (enum role)(i / DEPTH_COUNT);
        enum colour_depth depth = (enum colour_depth)(i % DEPTH_COUNT);
        struct look look = theme_look(t, role, depth);
        int most = depth == DEPTH_8     ? 7
                   : depth == DEPTH_16  ? 15
                   : depth == DEPTH_256 ? 255
                                        : 0xFFFFFF;
        double contrast = theme_contrast(t, role, depth);

        must(look.fg >= COLOUR_DEFAULT && look.fg <= most);
        must(look.bg >= COLOUR_DEFAULT && look.bg <= most);
        must(look.fg != look.bg || look.fg == COLOUR_DEFAULT);
        must(contrast >= 1.0 && contrast <= 21.01);
        theme_colour_words(t->styles[role].fg, words, sizeof words);
        must(words[0] != '\0');
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct json_report report;
    struct theme t;
    const char *lines = NULL;

    json_report_init(&report);
    if (theme_read("fuzz.json", (const char *)data, size, &t, &report)) {
        must(report.n_errors == 0);
        look_at(&t);
    } else {
        must(report.n_errors > 0 && report.first[0] != '\0');
    }
    must(text_is_clean(report.first, strlen(report.first)));
    lines = buf_text(&report.lines);
    for (const char *end = NULL; *lines != '\0'; lines = end + 1) {
        end = strchr(lines, '\n');
        must(end != NULL && text_is_clean(lines, (size_t)(end - lines)));
    }
    json_report_fini(&report);
    return 0;
}
