/*
 * file.c - reads a whole file of bounded size, and says in words what is wrong with one: see
 * file.h. Uses libc only. Parses nothing from outside.
 * SPDX-License-Identifier: MIT
 */
#include "whytls/file.h"
#include "whytls/message.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE_SIZE = 16384 };

/* ---- faults ------------------------------------------------------------------------------- */

/* libc's words in English; message() has no other way to them, and its own locale is not asked. */
static const char *system_words(int number)
{
    static const struct {
        int number;
        const char *words;
    } common[] = {
        {ENOENT, N_("No such file or directory")}, {EACCES, N_("Permission denied")},
        {EPERM, N_("Operation not permitted")},    {EISDIR, N_("Is a directory")},
        {ENOTDIR, N_("Not a directory")},          {ENOSPC, N_("No space left on device")},
        {EROFS, N_("Read-only file system")},      {EIO, N_("Input/output error")},
        {ENAMETOOLONG, N_("File name too long")},  {ENOMEM, N_("Cannot allocate memory")},
    };
    for (size_t i = 0; i < sizeof(common) / sizeof(common[0]); i++)
        if (common[i].number == number)
            return message(common[i].words);
    return strerror(number);
}

const char *file_words(const struct file_fault *fault)
{
    static const char *const words[] = {
        [FILE_NO_FAULT] = N_("nothing is wrong"),
        [FILE_IS_FOLDER] = N_("it is a folder, not a file"),
        [FILE_IS_FIFO] = N_("it is a FIFO, not a regular file"),
        [FILE_IS_SOCKET] = N_("it is a socket, not a regular file"),
        [FILE_IS_DEVICE] = N_("it is a device, not a regular file"),
        [FILE_IS_LINK] = N_("it is a symbolic link, and links are not replaced"),
        [FILE_IS_OTHERS] = N_("it belongs to another user, and is not replaced"),
        [FILE_EXISTS] = N_("a file of this name is there already"),
        [FILE_TOO_LARGE] = N_("it is too large"),
        [FILE_IS_SHARED] = N_("it has other names (hard links), and is not written to"),
    };
    return fault->kind == FILE_SYSTEM ? system_words(fault->number) : message(words[fault->kind]);
}

bool file_is_missing(const struct file_fault *fault)
{
    return fault->kind == FILE_SYSTEM && (fault->number == ENOENT || fault->number == ENOTDIR);
}

bool file_lacks_memory(const struct file_fault *fault)
{
    return fault->kind == FILE_SYSTEM && fault->number == ENOMEM;
}

static bool fail(struct file_fault *fault, enum file_fault_kind kind)
{
    *fault = (struct file_fault){.kind = kind, .number = kind == FILE_SYSTEM ? errno : 0};
    return false;
}

static enum file_fault_kind kind_of(mode_t mode)
{
    return S_ISREG(mode)    ? FILE_NO_FAULT
           : S_ISDIR(mode)  ? FILE_IS_FOLDER
           : S_ISFIFO(mode) ? FILE_IS_FIFO
           : S_ISSOCK(mode) ? FILE_IS_SOCKET
                            : FILE_IS_DEVICE;
}

/* ---- opening ------------------------------------------------------------------------------ */

/*
 * What can be opened by this name at once. O_NONBLOCK: a FIFO that nobody writes to, or a line that
 * is not connected, would hold us up; O_NOCTTY: a terminal must not become ours.
 */
static int open_at_once(const char *path, struct stat *st, struct file_fault *fault)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    *fault = (struct file_fault){.kind = FILE_NO_FAULT};
    if (fd >= 0 && fstat(fd, st) == 0)
        return fd;
    fail(fault, FILE_SYSTEM);
    if (fd >= 0)
        close(fd);
    return -1;
}

static bool is_regular(const struct stat *st, struct file_fault *fault)
{
    return S_ISREG(st->st_mode) || fail(fault, kind_of(st->st_mode));
}

/* Looked at before it is opened: that alone would wake who waits to write to a FIFO. */
static int open_regular(const char *path, struct stat *st, struct file_fault *fault)
{
    if (stat(path, st) != 0)
        return fail(fault, FILE_SYSTEM), -1;
    if (!is_regular(st, fault))
        return -1;
    int fd = open_at_once(path, st, fault);
    if (fd < 0 || is_regular(st, fault))
        return fd;
    close(fd);
    return -1;
}

int file_open(const char *path, struct file_fault *fault)
{
    struct stat st;
    return open_regular(path, &st, fault);
}

/* ---- reading ------------------------------------------------------------------------------ */

/* To the end, or to the ceiling: some files never end. */
static bool read_to_end(int fd, struct buf *out, struct file_fault *fault)
{
    char piece[PIECE_SIZE];
    ssize_t n;
    while ((n = read(fd, piece, sizeof(piece))) != 0) {
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return fail(fault, FILE_SYSTEM);
        buf_put(out, piece, (size_t)n);
        if (out->failed && (size_t)n > out->max - out->len)
            return fail(fault, FILE_TOO_LARGE);
        if (out->failed)
            return errno = ENOMEM, fail(fault, FILE_SYSTEM);
    }
    return true;
}

/* Ends fd. What is too large is not read at all: a sparse file costs its owner nothing. */
static bool read_regular(int fd, const struct stat *st, struct buf *out, struct file_fault *fault)
{
    bool ok = st->st_size >= 0 && (uintmax_t)st->st_size <= out->max - out->len;
    if (!ok)
        fail(fault, FILE_TOO_LARGE);
    ok = ok && (buf_reserve(out, (size_t)st->st_size), read_to_end(fd, out, fault));
    close(fd);
    return ok;
}

bool file_read(const char *path, struct buf *out, struct file_fault *fault)
{
    struct stat st;
    int fd = open_regular(path, &st, fault);
    return fd >= 0 && read_regular(fd, &st, out, fault);
}

bool file_read_any(const char *path, struct buf *out, struct file_fault *fault)
{
    struct stat st;
    *fault = (struct file_fault){.kind = FILE_NO_FAULT};
    if (strcmp(path, "-") == 0)
        return read_to_end(STDIN_FILENO, out, fault);
    int fd = open_at_once(path, &st, fault);
    if (fd < 0)
        return false;
    if (S_ISREG(st.st_mode))
        return read_regular(fd, &st, out, fault);
    bool ok = !S_ISDIR(st.st_mode) || fail(fault, FILE_IS_FOLDER);
    /* It is open: from here on who writes to it may take their time. */
    if (ok && fcntl(fd, F_SETFL, 0) != 0)
        ok = fail(fault, FILE_SYSTEM);
    ok = ok && read_to_end(fd, out, fault);
    close(fd);
    return ok;
}

/* The errno that comes nearest, for those who ask for no more. */
static int number_of(const struct file_fault *fault)
{
    switch (fault->kind) {
    case FILE_SYSTEM:
        return fault->number;
    case FILE_IS_FOLDER:
        return EISDIR;
    case FILE_TOO_LARGE:
        return EFBIG;
    default:
        return EINVAL;
    }
}

char *file_bytes(const char *path, size_t max, size_t *n, struct file_fault *fault)
{
    struct file_fault ours;
    struct buf bytes;
    fault = fault ? fault : &ours;
    buf_init(&bytes, max);
    char *text = NULL;
    if (file_read(path, &bytes, fault)) {
        *n = bytes.len;
        text = buf_take(&bytes);
        if (!text)
            *fault = (struct file_fault){.kind = FILE_SYSTEM, .number = ENOMEM};
    }
    buf_fini(&bytes);
    if (!text)
        errno = number_of(fault);
    return text;
}
