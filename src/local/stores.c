/*
 * stores.c - finds the lists of authorities that single programs keep, reads them, and tells what
 * in them bears on a case. What came with the system is told from what was added here by the
 * system's own list. Uses trust.c, store_nss.c, store_java.c,
 * store_node.c, store_git.c.
 * SPDX-License-Identifier: MIT
 */
#include "local/local_stores.h"

#include <errno.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>

#include "whytls/text.h"
#include "whytls/trace.h"

enum { MAX_OF_KIND = 3 };

struct store_of {
    struct store store;
    struct trust_list *list;
    char real[PATH_MAX]; /* to see that two names are one file */
};

struct store_set {
    const struct store_places *places; /* while it is being read */
    struct trust_list *system;         /* NULL: the caller's */
    struct store_of of[STORES_MAX];
    size_t n;
    bool no_memory; /* what is in it is not all */
};

/* ---- one list ----------------------------------------------------------------------------- */

static bool read_list(struct trust_list *t, enum store_kind kind, const char *file)
{
    switch (kind) {
    case STORE_FIREFOX:
    case STORE_THUNDERBIRD:
    case STORE_NSS:
        return store_read_nss(t, file);
    case STORE_JAVA:
        return store_read_java(t, file);
    default:
        return trust_list_add_file(t, file) && t->n > 0;
    }
}

/* Whole lists for a purpose of one's own; certifi's is a copy of Mozilla's. */
static bool is_all_added(enum store_kind kind)
{
    return kind == STORE_NODE || kind == STORE_GIT;
}

static void mark_anchors(struct store_of *s, const struct trust_list *system)
{
    s->store.total = (uint32_t)s->list->n;
    for (size_t i = 0; i < s->list->n; i++) {
        struct trust_anchor *a = &s->list->anchors[i];
        const struct trust_anchor *known =
            system ? trust_list_find(system, a->der.data, a->der.len) : NULL;
        if (known)
            a->source = known->source;
        else if (is_all_added(s->store.kind))
            a->source = ANCHOR_ADDED;
        s->store.added += a->source == ANCHOR_ADDED;
    }
}

static bool is_known_file(const struct store_set *set, enum store_kind kind, const char *real)
{
    size_t of_kind = 0;
    for (size_t i = 0; i < set->n; i++) {
        if (set->of[i].store.kind != kind)
            continue;
        of_kind++;
        if (strcmp(set->of[i].real, real) == 0)
            return true;
    }
    return of_kind >= MAX_OF_KIND;
}

static struct store_of *add_store(struct store_set *set, enum store_kind kind)
{
    struct store_of *s = set->n < STORES_MAX ? &set->of[set->n] : NULL;
    if (!s)
        return NULL;
    *s = (struct store_of){.store.kind = kind, .list = trust_list_new()};
    set->no_memory = set->no_memory || !s->list;
    if (!s->list)
        return NULL;
    set->n++;
    return s;
}

static struct store_of *add_file(struct store_set *set, enum store_kind kind, const char *file)
{
    char real[PATH_MAX];
    bool is_there = realpath(file, real) != NULL;
    set->no_memory = set->no_memory || (!is_there && errno == ENOMEM);
    if (!is_there || is_known_file(set, kind, real)) {
        TRACE(LOCAL, "list %s: %s is passed over: not there, known, or one too many",
              store_kind_id(kind), file);
        return NULL;
    }
    struct store_of *s = add_store(set, kind);
    if (!s) {
        TRACE(LOCAL, "list %s: %s is passed over: no room", store_kind_id(kind), file);
        return NULL;
    }
    TEXT_SET(s->real, real);
    store_show_path(set->places, file, s->store.file, sizeof(s->store.file));
    s->store.has_builtin = kind == STORE_FIREFOX || kind == STORE_THUNDERBIRD || kind == STORE_NSS;
    s->store.is_read = read_list(s->list, kind, file);
    set->no_memory = set->no_memory || s->list->no_memory;
    mark_anchors(s, set->places->system);
    TRACE(LOCAL, "list %s: %s %s, %u authorities, %u added", store_kind_id(kind), s->store.file,
          s->store.is_read ? "is read" : "cannot be read", s->store.total, s->store.added);
    return s;
}

/* ---- where they lie ----------------------------------------------------------------------- */

static const struct {
    enum store_kind kind;
    const char *pattern; /* glob(7), with ~ and $NAME */
    bool is_instead;     /* where it is there, the program reads no other */
} places_of[] = {
    {STORE_FIREFOX, "~/.mozilla/firefox/*/cert9.db", false},
    {STORE_FIREFOX, "~/.config/mozilla/firefox/*/cert9.db", false},
    {STORE_FIREFOX, "~/snap/firefox/common/.mozilla/firefox/*/cert9.db", false},
    {STORE_FIREFOX, "~/.var/app/org.mozilla.firefox/.mozilla/firefox/*/cert9.db", false},
    {STORE_THUNDERBIRD, "~/.thunderbird/*/cert9.db", false},
    {STORE_NSS, "~/.pki/nssdb/cert9.db", false},
    {STORE_NSS, "~/.local/share/pki/nssdb/cert9.db", false},
    {STORE_NSS, "~/snap/chromium/current/.pki/nssdb/cert9.db", false},
    {STORE_JAVA, "$JAVA_HOME/lib/security/cacerts", false},
    {STORE_JAVA, "$JAVA_HOME/jre/lib/security/cacerts", false},
    {STORE_JAVA, "/etc/ssl/certs/java/cacerts", false},
    {STORE_JAVA, "/etc/pki/java/cacerts", false},
    {STORE_JAVA, "/usr/lib/jvm/*/lib/security/cacerts", false},
    {STORE_JAVA, "~/.sdkman/candidates/java/*/lib/security/cacerts", false},
    {STORE_PYTHON, "$REQUESTS_CA_BUNDLE", true},
    {STORE_PYTHON, "$VIRTUAL_ENV/lib/python3*/site-packages/certifi/cacert.pem", true},
    {STORE_PYTHON, "~/.local/lib/python3*/site-packages/certifi/cacert.pem", false},
    {STORE_PYTHON, "/usr/local/lib/python3*/dist-packages/certifi/cacert.pem", false},
    {STORE_PYTHON, "/usr/local/lib/python3*/site-packages/certifi/cacert.pem", false},
    {STORE_PYTHON, "/usr/lib/python3*/site-packages/certifi/cacert.pem", false},
    {STORE_PYTHON, "/usr/lib/python3/dist-packages/certifi/cacert.pem", false},
    {STORE_PYTHON, "~/.pyenv/versions/*/lib/python3*/site-packages/certifi/cacert.pem", false},
};

static bool add_matching(struct store_set *set, enum store_kind kind, const char *pattern)
{
    char path[PATH_MAX];
    glob_t found = {.gl_pathc = 0};
    bool any = false;
    int rc = store_expand_variable(set->places, pattern, path) ? glob(path, 0, NULL, &found)
                                                               : GLOB_NOMATCH;
    set->no_memory = set->no_memory || rc == GLOB_NOSPACE;
    if (rc != 0)
        return false;
    for (size_t i = 0; i < found.gl_pathc; i++)
        any = add_file(set, kind, found.gl_pathv[i]) || any;
    globfree(&found);
    return any;
}

static void add_files(struct store_set *set)
{
    bool is_settled[STORE_COUNT] = {false};
    for (size_t i = 0; i < sizeof(places_of) / sizeof(places_of[0]); i++) {
        enum store_kind kind = places_of[i].kind;
        if (!is_settled[kind] && add_matching(set, kind, places_of[i].pattern))
            is_settled[kind] = places_of[i].is_instead;
    }
}

static void add_git(struct store_set *set)
{
    char file[PATH_MAX];
    if (store_find_git(set->places, file, &set->no_memory))
        add_file(set, STORE_GIT, file);
}

/* Node: its own list, or the system's; and one more file. */
static void add_node(struct store_set *set)
{
    char file[PATH_MAX];
    struct store node = {.kind = STORE_NODE};
    const char *extra = set->places->variable("NODE_EXTRA_CA_CERTS");
    if (!store_find_node(set->places, &node))
        return;
    struct store_of *s = NULL;
    if (extra && store_expand(set->places, extra, file))
        s = add_file(set, STORE_NODE, file);
    if (!s && (s = add_store(set, STORE_NODE)))
        s->store.is_read = true;
    if (!s)
        return;
    s->store.has_builtin = node.has_builtin;
    s->store.has_system = node.has_system;
}

struct store_set *store_set_read_places(const struct store_places *p)
{
    struct store_set *set = calloc(1, sizeof(*set));
    if (!set)
        return NULL;
    set->places = p;
    add_files(set);
    add_node(set);
    add_git(set);
    set->places = NULL;
    if (!set->no_memory)
        return set;
    store_set_free(set);
    return NULL;
}

/* ---- this computer ------------------------------------------------------------------------ */

static const char *get_variable(const char *name)
{
    return secure_getenv(name);
}

/* The system's list as one more store, first. */
static void put_system_first(struct store_set *set)
{
    if (!set->system)
        return;
    if (set->n == STORES_MAX)
        trust_list_free(set->of[--set->n].list);
    memmove(&set->of[1], &set->of[0], set->n * sizeof(set->of[0]));
    set->n++;
    set->of[0] =
        (struct store_of){.store = {.kind = STORE_SYSTEM, .is_read = true}, .list = set->system};
    mark_anchors(&set->of[0], set->system);
    set->system = NULL; /* the store's now */
}

struct store_set *store_set_read(bool with_system)
{
    char error[256];
    const char *home = secure_getenv("HOME");
    struct trust_list *system = trust_list_read(NULL, error, sizeof(error));
    const struct store_places p = {
        .root = "",
        .home = home && home[0] == '/' ? home : "",
        .variable = get_variable,
        .system = system,
    };
    bool no_memory = !system && errno == ENOMEM;
    struct store_set *set = no_memory ? NULL : store_set_read_places(&p);
    if (!set) {
        trust_list_free(system);
        return NULL;
    }
    set->system = system;
    if (with_system)
        put_system_first(set);
    return set;
}

void store_set_free(struct store_set *set)
{
    if (!set)
        return;
    for (size_t i = 0; i < set->n; i++)
        trust_list_free(set->of[i].list);
    trust_list_free(set->system);
    free(set);
}

/* ---- what bears on a case ----------------------------------------------------------------- */

struct filling {
    struct evidence *ev;
    struct store *store;
};

static void add_to_store(void *ctx, const struct trust_anchor *a)
{
    const struct filling *f = ctx;
    struct store *s = f->store;
    int root = evidence_add_root(f->ev, a->der.data, a->der.len);
    bool is_there = root < 0 || s->n_anchors == STORE_MAX_ANCHORS;
    for (size_t i = 0; !is_there && i < s->n_anchors; i++)
        is_there = s->anchors[i].root == root;
    if (!is_there)
        s->anchors[s->n_anchors++] =
            (struct store_anchor){.root = (uint16_t)root, .source = a->source, .is_off = a->is_off};
}

void store_set_match(const struct store_set *set, struct evidence *ev)
{
    struct facts *f = &ev->facts;
    for (size_t i = 0; i < set->n; i++) {
        struct filling filling = {.ev = ev, .store = &f->stores[i]};
        if (f->stores_for == 0)
            f->stores[i] = set->of[i].store;
        trust_list_each_match(set->of[i].list, ev, f->stores_for, add_to_store, &filling);
    }
    f->n_stores = set->n;
    f->stores_for = ev->n_certificates;
}
