/*
 * file.h - all files of the program are read and written here: a reader that nothing can hold up,
 * and a writer that leaves the old file or the whole new one, and replaces nothing but a regular
 * file of the user's. Uses libc only.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_FILE_H
#define WHYTLS_FILE_H

#include <stdbool.h>

#include "whytls/buf.h"

enum file_fault_kind {
    FILE_NO_FAULT,
    FILE_SYSTEM, /* what the system says: number */
    FILE_IS_FOLDER,
    FILE_IS_FIFO,
    FILE_IS_SOCKET,
    FILE_IS_DEVICE,
    FILE_IS_LINK,   /* written to: a symbolic link is not replaced */
    FILE_IS_OTHERS, /* written to: it belongs to another user */
    FILE_EXISTS,    /* written to with FILE_NEW or FILE_NEW_DRAFT */
    FILE_TOO_LARGE,
    FILE_IS_SHARED, /* appended to: it has other names (hard links) */
};

/* Why a file was not read or written. */
struct file_fault {
    enum file_fault_kind kind;
    int number; /* errno, where the kind is FILE_SYSTEM; else 0 */
};

/* "Permission denied", "it is a FIFO, not a regular file": a phrase that follows a path. */
const char *file_words(const struct file_fault *fault);
/* No file has this name: it, or a folder of its path, is not there. */
bool file_is_missing(const struct file_fault *fault);
/* Nothing is wrong with the file: there was not enough memory for it. */
bool file_lacks_memory(const struct file_fault *fault);

/* ---- reading ------------------------------------------------------------------------------ */

/*
 * A regular file, opened for reading: the caller closes. -1: *fault says why. A FIFO or a device
 * of this name holds nobody up; a symbolic link is followed.
 */
int file_open(const char *path, struct file_fault *fault);

/*
 * All of a regular file, up to the ceiling of out. False: *fault (FILE_TOO_LARGE where there is
 * more). Caller ends out either way.
 */
bool file_read(const char *path, struct buf *out, struct file_fault *fault);

/*
 * The same for a file that the user has named, which may be a pipe (the shell's <(...)), a terminal
 * or "-", the standard input: read to its end or to the ceiling. A FIFO that nobody writes to is
 * empty.
 */
bool file_read_any(const char *path, struct buf *out, struct file_fault *fault);

/*
 * All of a regular file of at most max bytes, NUL-terminated; caller frees. NULL: *fault, and
 * errno, which is EISDIR, EINVAL or EFBIG where the fault is not the system's. fault may be NULL.
 */
char *file_bytes(const char *path, size_t max, size_t *n, struct file_fault *fault);

/* ---- writing ------------------------------------------------------------------------------ */

/* All of these bytes. False with errno. The caller closes. */
bool file_write_all(int fd, const char *bytes, size_t n);

enum file_way {
    FILE_NEW,     /* what has this name stays: FILE_EXISTS */
    FILE_REPLACE, /* in its place, where that is a regular file of the same owner as new ones */
    /* The same without waiting for the disk: a crash of the machine may lose it. */
    FILE_NEW_DRAFT,
    FILE_DRAFT,
};

/*
 * All of a file, mode 0600, by one beside it that takes its name when it is whole and on the disk;
 * the folder is, too. Works where there are no hard links (vfat, exFAT). False: *fault, and nothing
 * is left behind.
 */
bool file_write(const char *path, const void *bytes, size_t n, enum file_way way,
                struct file_fault *fault);

/*
 * A file to append to, made where it is not there, mode 0600: nothing but a regular file of the
 * user's that has no other name; a symbolic link is not followed. The caller closes. -1: *fault.
 */
int file_open_append(const char *path, struct file_fault *fault);

#endif
