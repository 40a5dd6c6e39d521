/*
 * file_write.c - writes a whole file or none, and opens one to append to: see file.h. A temporary
 * file in the same folder, fsync, and a rename; where a name must not be taken from another file,
 * one of the three ways that file systems know (rename(2), link(2), open(2) of Linux say what each
 * answers). Uses libc only.
 * SPDX-License-Identifier: MIT
 */
#include "whytls/file.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MODE_FILE = 0600, TEMPORARY_SIZE = 32, MOST_TRIES = 100 };

/* A pipe that another program has made non-blocking for all who have it. */
static bool waits_for_room(int fd)
{
    struct pollfd p = {.fd = fd, .events = POLLOUT};
    return poll(&p, 1, -1) >= 0 || errno == EINTR;
}

bool file_write_all(int fd, const char *bytes, size_t n)
{
    while (n > 0) {
        ssize_t done = write(fd, bytes, n);
        if (done < 0 && (errno == EINTR || (errno == EAGAIN && waits_for_room(fd))))
            continue;
        if (done <= 0)
            return false;
        bytes += done;
        n -= (size_t)done;
    }
    return true;
}

/* A file on its way: everything by name within its folder, which may be moved meanwhile. */
struct writing {
    int folder;                     /* open; -1: not yet */
    bool is_blind;                  /* the folder may be written to, and not looked into */
    const char *name;               /* of the file, within the folder; borrowed */
    char temporary[TEMPORARY_SIZE]; /* within the folder; "": there is none */
    int fd;                         /* of the temporary file; -1: none */
    enum file_way way;
    struct file_fault *fault;
};

static bool fail(struct writing *w, enum file_fault_kind kind)
{
    *w->fault = (struct file_fault){.kind = kind, .number = kind == FILE_SYSTEM ? errno : 0};
    return false;
}

/* ---- the folder --------------------------------------------------------------------------- */

static bool is_new(const struct writing *w)
{
    return w->way == FILE_NEW || w->way == FILE_NEW_DRAFT;
}

static bool is_draft(const struct writing *w)
{
    return w->way == FILE_DRAFT || w->way == FILE_NEW_DRAFT;
}

static bool open_folder(struct writing *w, const char *path)
{
    const char *slash = strrchr(path, '/');
    size_t n = slash ? (size_t)(slash - path) : 0;
    char *folder = slash ? strndup(path, n > 0 ? n : 1) : strdup(".");
    w->name = slash ? slash + 1 : path;
    if (!folder)
        return fail(w, FILE_SYSTEM);
    if (w->name[0] == '\0' || strcmp(w->name, ".") == 0 || strcmp(w->name, "..") == 0) {
        free(folder);
        return fail(w, path[0] ? FILE_IS_FOLDER : (errno = ENOENT, FILE_SYSTEM));
    }
    w->folder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    w->is_blind = w->folder < 0 && errno == EACCES;
    if (w->is_blind)
        w->folder = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
    free(folder);
    return w->folder >= 0 || fail(w, FILE_SYSTEM);
}

/* ---- what has the name already ------------------------------------------------------------ */

static enum file_fault_kind kind_of(mode_t mode)
{
    return S_ISREG(mode)    ? FILE_NO_FAULT
           : S_ISLNK(mode)  ? FILE_IS_LINK
           : S_ISDIR(mode)  ? FILE_IS_FOLDER
           : S_ISFIFO(mode) ? FILE_IS_FIFO
           : S_ISSOCK(mode) ? FILE_IS_SOCKET
                            : FILE_IS_DEVICE;
}

/* False: what is there must stay. *owner: whose it is, where there is something. */
static bool may_take_name(struct writing *w, bool *is_there, uid_t *owner)
{
    struct stat st;
    *is_there = fstatat(w->folder, w->name, &st, AT_SYMLINK_NOFOLLOW) == 0;
    if (!*is_there)
        return errno == ENOENT || fail(w, FILE_SYSTEM);
    *owner = st.st_uid;
    enum file_fault_kind kind = is_new(w) ? FILE_EXISTS : kind_of(st.st_mode);
    return kind == FILE_NO_FAULT || fail(w, kind);
}

/* ---- the temporary file ------------------------------------------------------------------- */

/* Its name is short: the file's own may be as long as names can be. */
static bool open_temporary(struct writing *w)
{
    for (int i = 0; i < MOST_TRIES; i++) {
        uint64_t number = 0;
        if (getrandom(&number, sizeof(number), 0) != (ssize_t)sizeof(number))
            return fail(w, FILE_SYSTEM);
        snprintf(w->temporary, sizeof(w->temporary), ".whytls-%016llx", (unsigned long long)number);
        w->fd = openat(w->folder, w->temporary,
                       O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, MODE_FILE);
        if (w->fd >= 0)
            return true;
        if (errno != EEXIST)
            break;
    }
    int number = errno;
    w->temporary[0] = '\0';
    errno = number;
    return fail(w, FILE_SYSTEM);
}

/* Whatever the umask takes away; vfat has no modes to change. */
static bool has_mode(struct writing *w, mode_t mode)
{
    return (mode & 0777) == MODE_FILE || fchmod(w->fd, MODE_FILE) == 0 || errno == EPERM ||
           errno == EOPNOTSUPP || errno == ENOSYS || fail(w, FILE_SYSTEM);
}

/* The user's own are those that belong to whom a new file belongs to: on vfat, to one for all. */
static bool is_own(struct writing *w, bool is_there, uid_t owner)
{
    struct stat st;
    if (fstat(w->fd, &st) != 0)
        return fail(w, FILE_SYSTEM);
    return has_mode(w, st.st_mode) && (!is_there || owner == st.st_uid || fail(w, FILE_IS_OTHERS));
}

static bool write_all(struct writing *w, const char *bytes, size_t n)
{
    return file_write_all(w->fd, bytes, n) || fail(w, FILE_SYSTEM);
}

/* Where a file system has nothing to wait for, it says EINVAL (fsync(2)). */
static bool is_on_disk(struct writing *w, int fd)
{
    return is_draft(w) || fsync(fd) == 0 || errno == EINVAL || errno == EOPNOTSUPP ||
           errno == ENOSYS || fail(w, FILE_SYSTEM);
}

/* The last that a full disk elsewhere (NFS) has to say. */
static bool close_temporary(struct writing *w)
{
    int fd = w->fd;
    w->fd = -1;
    return close(fd) == 0 || errno == EINTR || fail(w, FILE_SYSTEM);
}

/* ---- the name ----------------------------------------------------------------------------- */

static bool rename_over(struct writing *w)
{
    if (renameat(w->folder, w->temporary, w->folder, w->name) != 0)
        return fail(w, FILE_SYSTEM);
    w->temporary[0] = '\0';
    return true;
}

/* Where there are neither hard links nor a rename that minds: an empty file holds the name. */
static bool take_by_reserving(struct writing *w)
{
    int fd = openat(w->folder, w->name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, MODE_FILE);
    if (fd < 0)
        return fail(w, errno == EEXIST ? FILE_EXISTS : FILE_SYSTEM);
    close(fd);
    if (rename_over(w))
        return true;
    unlinkat(w->folder, w->name, 0);
    return false;
}

/* EPERM: vfat, exFAT; the others: file systems that know no links, or not here (link(2)). */
static bool has_no_links(int number)
{
    return number == EPERM || number == EOPNOTSUPP || number == ENOSYS || number == EMLINK ||
           number == EACCES || number == EINVAL;
}

static bool take_by_link(struct writing *w)
{
    if (linkat(w->folder, w->temporary, w->folder, w->name, 0) != 0)
        return has_no_links(errno) ? take_by_reserving(w)
                                   : fail(w, errno == EEXIST ? FILE_EXISTS : FILE_SYSTEM);
    unlinkat(w->folder, w->temporary, 0);
    w->temporary[0] = '\0';
    return true;
}

static bool take_free_name(struct writing *w)
{
    if (renameat2(w->folder, w->temporary, w->folder, w->name, RENAME_NOREPLACE) == 0) {
        w->temporary[0] = '\0';
        return true;
    }
    if (errno == EINVAL || errno == ENOSYS || errno == EOPNOTSUPP) /* NFS, FUSE, old kernels */
        return take_by_link(w);
    return fail(w, errno == EEXIST ? FILE_EXISTS : FILE_SYSTEM);
}

/* ---- all of it ---------------------------------------------------------------------------- */

static void end(struct writing *w)
{
    if (w->fd >= 0)
        close(w->fd);
    if (w->temporary[0])
        unlinkat(w->folder, w->temporary, 0);
    if (w->folder >= 0)
        close(w->folder);
}

bool file_write(const char *path, const void *bytes, size_t n, enum file_way way,
                struct file_fault *fault)
{
    struct writing w = {.folder = -1, .fd = -1, .way = way, .fault = fault};
    bool is_there = false;
    uid_t owner = 0;
    *fault = (struct file_fault){.kind = FILE_NO_FAULT};
    bool ok = open_folder(&w, path) && may_take_name(&w, &is_there, &owner) && open_temporary(&w) &&
              is_own(&w, is_there, owner) && write_all(&w, bytes, n) && is_on_disk(&w, w.fd) &&
              close_temporary(&w) && (is_new(&w) ? take_free_name(&w) : rename_over(&w));
    ok = ok && (w.is_blind || is_on_disk(&w, w.folder));
    end(&w);
    return ok;
}

/* ---- appending ---------------------------------------------------------------------------- */

/* What was looked at by its name may have been exchanged for another since. */
static bool is_same_still(struct writing *w, bool is_there, uid_t owner, const struct stat *st)
{
    if (!S_ISREG(st->st_mode))
        return fail(w, kind_of(st->st_mode));
    if (is_there && st->st_uid != owner)
        return fail(w, FILE_IS_OTHERS);
    return st->st_nlink <= 1 || fail(w, FILE_IS_SHARED);
}

/* Ends w->fd, which is of the temporary file that told whose a new file is. */
static bool open_to_append(struct writing *w, bool is_there, uid_t owner)
{
    const int flags = O_WRONLY | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;
    struct stat st;
    if (w->fd >= 0)
        close(w->fd);
    w->fd = openat(w->folder, w->name, is_there ? flags : flags | O_CREAT | O_EXCL, MODE_FILE);
    if (w->fd < 0)
        return fail(w, errno == ELOOP ? FILE_IS_LINK : errno == EEXIST ? FILE_EXISTS : FILE_SYSTEM);
    return (fstat(w->fd, &st) == 0 || fail(w, FILE_SYSTEM)) &&
           is_same_still(w, is_there, owner, &st) && has_mode(w, st.st_mode);
}

int file_open_append(const char *path, struct file_fault *fault)
{
    struct writing w = {.folder = -1, .fd = -1, .way = FILE_REPLACE, .fault = fault};
    bool is_there = false;
    uid_t owner = 0;
    *fault = (struct file_fault){.kind = FILE_NO_FAULT};
    bool ok = open_folder(&w, path) && may_take_name(&w, &is_there, &owner) &&
              (!is_there || (open_temporary(&w) && is_own(&w, is_there, owner))) &&
              open_to_append(&w, is_there, owner);
    int fd = ok ? w.fd : -1;
    w.fd = ok ? -1 : w.fd;
    end(&w);
    return fd;
}
