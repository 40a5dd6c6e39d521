/*
 * stores.h - the lists of trusted authorities that single programs keep beside this system's, as
 * facts: which programs read each, and what stands in it that bears on the case. Plain data.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_STORES_H
#define WHYTLS_STORES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "whytls/buf.h"
#include "whytls/message.h"

enum { STORES_MAX = 12, STORE_MAX_ANCHORS = 16, ROOTS_MAX = 32, STORE_MAX_TOTAL = 100000 };

/* X(IDENT, id, the store's name, who reads it) */
#define STORE_LIST(X)                                                                              \
    X(SYSTEM, "system", N_("This system's trust store"),                                           \
      N_("most programs: curl, wget, git, Python"))                                                \
    X(GIVEN, "given", N_("The file that you named"), N_("this check only"))                        \
    X(FIREFOX, "firefox", N_("Firefox's trust store"), N_("Firefox"))                              \
    X(THUNDERBIRD, "thunderbird", N_("Thunderbird's trust store"), N_("Thunderbird"))              \
    X(NSS, "nss", N_("Chrome's trust store"),                                                      \
      N_("Chrome, Chromium and other browsers of their kind"))                                     \
    X(JAVA, "java", N_("Java's trust store"), N_("Java programs"))                                 \
    X(NODE, "node", N_("Node's trust store"), N_("Node.js programs"))                              \
    X(PYTHON, "python", N_("Python's trust store (certifi)"),                                      \
      N_("pip, and Python programs that use requests"))                                            \
    X(GIT, "git", N_("git's own trust store"), N_("git"))

enum store_kind {
#define X(ident, id, name, readers) STORE_##ident,
    STORE_LIST(X)
#undef X
        STORE_COUNT
};
const char *store_kind_id(enum store_kind k);
const char *store_kind_name(enum store_kind k);
const char *store_kind_readers(enum store_kind k);

enum anchor_source {
    ANCHOR_SHIPPED, /* came with the system's list, or with the program's */
    ANCHOR_ADDED,   /* somebody added it on this computer */
    ANCHOR_GIVEN,   /* --cacert */
};

/* One authority of a store that bears on the case's certificates. */
struct store_anchor {
    uint16_t root; /* index into facts.roots */
    enum anchor_source source;
    bool is_off; /* it stands there to be refused */
};

struct store {
    enum store_kind kind;
    bool is_read; /* false: it is there and could not be read */
    /*
     * The program has Mozilla's list built in, which is in no file of its own. What this system
     * shipped stands in for it: on Linux that is a copy of Mozilla's list.
     */
    bool has_builtin;
    bool has_system; /* the program reads all of this system's list too */
    char file[160];  /* clean, the home folder as "~"; "" where there is only the built-in list */
    uint32_t total;  /* certificates in the file */
    uint32_t added;  /* of these, what came neither with the system nor with the program */
    struct store_anchor anchors[STORE_MAX_ANCHORS];
    size_t n_anchors;
};

/* A certificate that stands in a store; DER is owned by the evidence. */
struct root {
    struct blob der;
};

#endif
