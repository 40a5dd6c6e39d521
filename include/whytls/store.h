/*
 * store.h - files for the user: saved cases and reports, written whole or not at all, readable by
 * their owner alone; and the list of saved cases. No network, no terminal. Uses evidence, file.h.
 * Folders: the XDG Base Directory Specification 0.8, and user-dirs.dirs for Documents.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_STORE_H
#define WHYTLS_STORE_H

#include "whytls/case.h"
#include "whytls/file.h"

enum { STORE_PATH = 512, STORE_MAX_CASES = 500 };

/* Where cases are kept: $XDG_DATA_HOME/whytls/cases. False: there is no home to put it in. */
bool store_cases_folder(char *out, size_t out_size);
/* Where the configuration is: $XDG_CONFIG_HOME/whytls. False: there is no home to have it in. */
bool store_config_folder(char *out, size_t out_size);
/* Where a user would look: the documents folder's "whytls", where there is one; else the cases. */
bool store_user_folder(char *out, size_t out_size);

/* A file that store_write wrote; that it is gone already is no error. */
void store_remove(const char *path);

/*
 * Writes folder/name.ending with file_write. Makes the folder (0700). With FILE_NEW a file of that
 * name stays, whatever it is: the new one becomes name-2, name-3 ... "~/" begins with the home.
 * False: error says why in plain words; else path is the file.
 */
bool store_write(const char *folder, const char *name, const char *ending, const char *bytes,
                 size_t n, enum file_way way, char *path, char *error, size_t error_size);

/* The file's bytes, at most CASE_MAX_BYTES. Caller frees; NULL: error says why. */
char *store_read(const char *path, size_t *n, char *error, size_t error_size);

/* ---- the list ----------------------------------------------------------------------------- */

/* STORE_MAX_BYTES: of all files that are read for the list, so that it is there in a moment. */
enum { STORE_MAX_ENTRIES = 20000, STORE_MAX_BYTES = 64 * 1024 * 1024, STORE_MAX_UNREAD = 20 };

struct saved_case {
    char path[STORE_PATH];
    struct case_summary summary;
};

/* A file named like a case that could not be read. */
struct unread_file {
    char path[STORE_PATH]; /* cut where it is longer */
    struct file_fault fault;
};

struct case_list {
    struct saved_case cases[STORE_MAX_CASES]; /* the newest first */
    size_t n_cases;
    struct unread_file unread[STORE_MAX_UNREAD];
    size_t n_unread;   /* of all; the first STORE_MAX_UNREAD are in unread */
    size_t n_left_out; /* files, the oldest, or entries of a folder that were too many to look at */
};

/*
 * The cases in both folders: the newest files are read, as many as the limits let. Files named
 * .json that are no cases are passed over. Caller frees with free(); NULL: no memory,
 * for it or for one of them. It may take
 * as long as the disk: a loop calls it in a thread.
 */
struct case_list *store_list(void);
/* How many of the list have this code, as it is shown; *first: the place of the first of them. */
size_t store_count_code(const struct saved_case *list, size_t n, const char *code, size_t *first);

#endif
