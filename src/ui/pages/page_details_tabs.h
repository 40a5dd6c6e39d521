/*
 * page_details_tabs.h - the tabs of the details page as documents. Pure.
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

/* A line of a tab: a name, and its value; nothing where the value is "". */
void tab_put_pair(struct doc *d, const char *name, const char *value);
/* The same where it is somebody else's text, as it came. */
void tab_put_quote(struct doc *d, const char *name, const char *value);
/* A list of which n more are not shown. */
void tab_put_more(struct doc *d, const char *name, enum role role, const char *list, size_t n);
/* One certificate under its title. */
void tab_put_certificate(const struct model *m, struct doc *d, const char *title,
                         const struct blob *der);
/* page_details_client_certificate.c: what CertificateRequest said in this try, and what --cert
 * gave. */
void tab_put_request(const struct model *m, struct doc *d, const struct outcome *o);
void tab_put_own(const struct model *m, struct doc *d);

#endif
