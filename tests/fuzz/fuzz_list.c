/*
 * fuzz_list.c - any bytes as lines that are typed where pages are read as a list: each means one of
 * the choices, or none. Entry point for libFuzzer.
 * SPDX-License-Identifier: MIT
 */
#include "fuzz.h"
#include "ui/list_mode.h"

static struct model model;
static struct choices choices;

static const struct choices *first_page(void)
{
    if (!choices.n) {
        model_init(&model, 80, 24, true);
        list_prepare(&model);
        list_choices(&model, &choices);
        must(choices.n > 0);
    }
    return &choices;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct choices *c = first_page();
    struct reader r = reader_of(data, size);
    const char *line;
    size_t n;
    while (reader_line(&r, &line, &n)) {
        char clean[4096];
        text_trim(&line, &n);
        if (!text_clean(clean, sizeof clean, line, n))
            continue;
        char *exactly = as_text(clean, strlen(clean));
        int chosen = list_chosen(c, exactly);
        must(chosen >= LIST_MORE && chosen < c->n);
        free(exactly);
    }
    return 0;
}
