/*
 * store.h - files for the user: saved cases and reports, written whole or not at all, readable by
 * their owner alone; and the list of saved cases. No network, no terminal. Uses evidence.
 * Folders: the XDG Base Directory Specification 0.8, and user-dirs.dirs for Documents.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_STORE_H
#define WHYTLS_STORE_H

#include "whytls/case.h"

enum { STORE_PATH = 512, STORE_MAX_CASES = 500 };

/* Where cases are kept: $XDG_DATA_HOME/whytls/cases. False: there is no home to put it in. */
bool store_cases_folder(char *out, size_t out_size);
/* Where the configuration is: $XDG_CONFIG_HOME/whytls. False: there is no home to have it in. */
bool store_config_folder(char *out, size_t out_size);
/* Where a user would look: the documents folder's "whytls", where there is one; else the cases. */
bool store_user_folder(char *out, size_t out_size);

/* A file that store_write wrote; that it is gone already is no error. */
void store_remove(const char *path);

/* As a new file beside one of that name; in its place; or so, without waiting for the disk: a crash
 * of ours loses nothing of a draft, one of the machine may. */
enum store_way { STORE_NEW, STORE_REPLACE, STORE_DRAFT };

/*
 * Writes folder/name.ending with mode 0600, by a file beside it that takes its name when it is
 * whole. Makes the folder (0700). With STORE_NEW a file of that name stays: the new one becomes
 * name-2, name-3 ... "~/" begins with the home. False: error says why in plain
 * words; else path is the file.
 */
bool store_write(const char *folder, const char *name, const char *ending, const char *bytes,
                 size_t n, enum store_way way, char *path, char *error, size_t error_size);

/* The file's bytes, at most CASE_MAX_BYTES. Caller frees; NULL: error says why. */
char *store_read(const char *path, size_t *n, char *error, size_t error_size);

struct saved_case {
    char path[STORE_PATH];
    struct case_summary summary;
};

/* The cases in both folders, the newest first. Caller frees *list; returns how many. */
size_t store_list(struct saved_case **list);

#endif
