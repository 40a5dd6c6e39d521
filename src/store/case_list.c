/*
 * case_list.c - the list of saved cases: see store.h. What lies in the folders may be anything: the
 * names come first, then the newest files are read, within limits. Uses file.h and evidence.
 * Parses nothing from outside.
 * SPDX-License-Identifier: MIT
 */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "whytls/store.h"
#include "whytls/text.h"

/* A name that a case may have. */
struct entry {
    char *path;
    int64_t changed; /* Unix seconds */
    int64_t size;
};

struct entries {
    struct entry *all;
    size_t n, room;
    bool no_memory; /* a case that is there may be missing */
};

static void note_unread(struct case_list *l, const char *path, struct file_fault fault)
{
    if (l->n_unread < STORE_MAX_UNREAD) {
        struct unread_file *u = &l->unread[l->n_unread];
        text_copy_cut(u->path, sizeof(u->path), path);
        u->fault = fault;
    }
    l->n_unread++;
}

static void note_number(struct case_list *l, const char *path, int number)
{
    note_unread(l, path, (struct file_fault){.kind = FILE_SYSTEM, .number = number});
}

/* ---- the names ---------------------------------------------------------------------------- */

static bool has_room(struct entries *e)
{
    if (e->n < e->room)
        return true;
    size_t room = e->room ? 2 * e->room : 64;
    struct entry *more = realloc(e->all, room * sizeof(*more));
    if (!more)
        return false;
    e->all = more;
    e->room = room;
    return true;
}

static void add_name(struct entries *e, struct case_list *l, const char *folder, const char *name)
{
    char path[STORE_PATH];
    struct stat st;
    int size = snprintf(path, sizeof(path), "%s/%s", folder, name);
    if (size < 0 || (size_t)size >= sizeof(path))
        note_number(l, path, ENAMETOOLONG);
    else if (stat(path, &st) != 0)
        note_number(l, path, errno);
    else if (!has_room(e) || !(e->all[e->n].path = strdup(path)))
        e->no_memory = true;
    else {
        e->all[e->n].changed = st.st_mtime;
        e->all[e->n++].size = st.st_size;
    }
}

static void add_folder(struct entries *e, struct case_list *l, const char *folder)
{
    struct dirent *d;
    DIR *dir = opendir(folder);
    if (!dir) {
        e->no_memory = e->no_memory || errno == ENOMEM;
        if (errno != ENOENT)
            note_number(l, folder, errno);
        return;
    }
    for (size_t seen = 0; (d = readdir(dir)); seen++) {
        if (d->d_name[0] == '.' || !text_ends_nocase(d->d_name, ".json"))
            continue;
        if (seen < STORE_MAX_ENTRIES)
            add_name(e, l, folder, d->d_name);
        else
            l->n_left_out++;
    }
    closedir(dir);
}

static int newest_file_first(const void *a, const void *b)
{
    const struct entry *left = a, *right = b;
    int64_t x = left->changed, y = right->changed;
    return x != y ? (x < y) - (x > y) : strcmp(left->path, right->path);
}

/* ---- what is in them ---------------------------------------------------------------------- */

static void add_case(struct entries *e, struct case_list *l, const char *path)
{
    struct file_fault fault;
    struct saved_case *c = &l->cases[l->n_cases];
    size_t n = 0;
    char *bytes = file_bytes(path, CASE_MAX_BYTES, &n, &fault);
    if (!bytes) {
        e->no_memory = e->no_memory || file_lacks_memory(&fault);
        note_unread(l, path, fault);
    } else if (!case_summarise(bytes, n, &c->summary)) {
        e->no_memory = e->no_memory || errno == ENOMEM;
    } else if (text_copy(c->path, sizeof(c->path), path)) {
        l->n_cases++;
    }
    free(bytes);
}

static void read_entries(struct case_list *l, struct entries *e)
{
    int64_t left = STORE_MAX_BYTES;
    size_t i = 0;
    for (; i < e->n && l->n_cases < STORE_MAX_CASES && left > 0; i++) {
        left -= e->all[i].size <= CASE_MAX_BYTES ? e->all[i].size : 0; /* else it is not read */
        add_case(e, l, e->all[i].path);
    }
    l->n_left_out += e->n - i;
}

static int newest_case_first(const void *a, const void *b)
{
    const struct saved_case *left = a, *right = b;
    int64_t x = left->summary.time, y = right->summary.time;
    return x != y ? (x < y) - (x > y) : strcmp(left->path, right->path);
}

struct case_list *store_list(void)
{
    char cases[STORE_PATH] = "", documents[STORE_PATH] = "";
    struct entries e = {.all = NULL};
    struct case_list *l = calloc(1, sizeof(*l));
    if (!l)
        return NULL;
    if (store_cases_folder(cases, sizeof(cases)))
        add_folder(&e, l, cases);
    if (store_user_folder(documents, sizeof(documents)) && strcmp(cases, documents) != 0)
        add_folder(&e, l, documents);
    if (e.n > 0)
        qsort(e.all, e.n, sizeof(*e.all), newest_file_first);
    read_entries(l, &e);
    qsort(l->cases, l->n_cases, sizeof(*l->cases), newest_case_first);
    for (size_t i = 0; i < e.n; i++)
        free(e.all[i].path);
    free(e.all);
    if (!e.no_memory)
        return l;
    free(l);
    return NULL;
}
