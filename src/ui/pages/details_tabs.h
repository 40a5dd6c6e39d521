/*
 * details_tabs.h - the tabs of the details page as documents. Pure.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_UI_DETAILS_TABS_H
#define WHYTLS_UI_DETAILS_TABS_H

#include "../model.h"

struct doc;

void tab_put_handshake(const struct model *m, struct doc *d);
void tab_put_certificates(const struct model *m, struct doc *d);
void tab_put_experiments(const struct model *m, struct doc *d);
void tab_put_computer(const struct model *m, struct doc *d);
void tab_put_trust(const struct model *m, struct doc *d);
void tab_put_by_hand(const struct model *m, struct doc *d);
/* The row on which a probe stands in the experiments. */
int tab_experiment_row(int probe);

#endif
