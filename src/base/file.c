/*
 * file.c - reads a whole file of bounded size, writes all of one: see file.h. Uses libc only.
 * SPDX-License-Identifier: MIT
 */
#include "whytls/file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

bool file_read(const char *path, struct buf *out)
{
    char piece[4096];
    struct stat st;
    ssize_t n = 0;
    /* O_NONBLOCK: a FIFO of this name must not hold us up. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0)
        return false;
    bool is_fine = fstat(fd, &st) == 0;
    if (is_fine && !S_ISREG(st.st_mode)) {
        errno = S_ISDIR(st.st_mode) ? EISDIR : EINVAL;
        is_fine = false;
    }
    while (is_fine && !out->failed && (n = read(fd, piece, sizeof(piece))) > 0)
        buf_put(out, piece, (size_t)n);
    if (out->failed)
        errno = EFBIG;
    int saved = errno;
    close(fd);
    errno = saved;
    return is_fine && n >= 0 && !out->failed;
}

bool file_write_all(int fd, const char *bytes, size_t n)
{
    while (n > 0) {
        ssize_t done = write(fd, bytes, n);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return false;
        bytes += done;
        n -= (size_t)done;
    }
    return true;
}
