/*
 * settings_form.h - what the settings page changes before anything is kept. Pure.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_UI_SETTINGS_FORM_H
#define WHYTLS_UI_SETTINGS_FORM_H

#include "../model.h"

/* Item `item` of the page: no theme: a tick changes, a number goes on. */
void settings_set(struct model *m, int item);

#endif
