/*
 * pages.h - the pages, a file each, and what several of them say alike.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_UI_PAGES_H
#define WHYTLS_UI_PAGES_H

#include "../page.h"
#include "whytls/advice.h"

extern const struct page_ops page_welcome;
extern const struct page_ops page_message;
extern const struct page_ops page_lab;
extern const struct page_ops page_step;
extern const struct page_ops page_tree;
extern const struct page_ops page_preview;
extern const struct page_ops page_answer;
extern const struct page_ops page_how;
extern const struct page_ops page_details;
extern const struct page_ops page_compare;
extern const struct page_ops page_save;
extern const struct page_ops page_cases;
extern const struct page_ops page_settings;
extern const struct page_ops page_leave;
extern const struct page_ops page_help;
extern const struct page_ops page_too_small;

/* "So far: ..." in one sentence. */
void page_say_so_far(const struct model *m, char *out, size_t out_size);
/* "6a": the step and a letter in the tree's order. */
void page_check_id(size_t row, char *out, size_t out_size);
/* What else a step could have found, in a few words: "one side is too old". */
const char *page_step_branch(enum step s);
/* "29 November 2026, 14:41 (13:41 UTC)": the time where local time is so many seconds before UTC.
 */
void page_say_time(int64_t when, int east_s, char *out, size_t out_size);
/* What a cause says with no case at hand. */
void page_preview_advice(const struct cause *cause, struct advice *a);
static inline struct action action_of(enum action_kind kind, int value)
{
    return (struct action){.kind = kind, .value = value};
}

#endif
