/*
 * table.c - the table of pages. Pure.
 * SPDX-License-Identifier: MIT
 */
#include "pages.h"

static const struct page_ops *const pages[] = {
    [PAGE_WELCOME] = &page_welcome,   [PAGE_MESSAGE] = &page_message,
    [PAGE_LAB] = &page_lab,           [PAGE_STEP] = &page_step,
    [PAGE_TREE] = &page_tree,         [PAGE_PREVIEW] = &page_preview,
    [PAGE_ANSWER] = &page_answer,     [PAGE_HOW] = &page_how,
    [PAGE_DETAILS] = &page_details,   [PAGE_COMPARE] = &page_compare,
    [PAGE_SAVE] = &page_save,         [PAGE_CASES] = &page_cases,
    [PAGE_SETTINGS] = &page_settings, [PAGE_LEAVE] = &page_leave,
    [PAGE_HELP] = &page_help,         [PAGE_TOO_SMALL] = &page_too_small,
};

const struct page_ops *page_ops(enum page p)
{
    return pages[p < PAGE_COUNT ? p : PAGE_WELCOME];
}
