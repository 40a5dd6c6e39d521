/*
 * files.c - files that the user names: read with a limit, written whole or not at all and for him
 * alone.
 * SPDX-License-Identifier: MIT
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "command.h"
#include "whytls/file.h"

enum { PEM_MAX_BYTES = 1024 * 1024 };

/* Writes beside the file and renames: who reads it meets the old one or all of the new one. */
static bool save_file(const char *path, const char *bytes, size_t n)
{
    struct buf name;
    buf_init(&name, 4096);
    buf_printf(&name, "%s.XXXXXX", path);
    char *beside = name.failed ? NULL : buf_take(&name);
    int fd = beside ? mkstemp(beside) : -1; /* mode 0600 */
    bool ok = fd >= 0 && file_write_all(fd, bytes, n) && fsync(fd) == 0;
    int saved = errno;
    if (fd >= 0) {
        ok = close(fd) == 0 && ok;
        ok = ok && rename(beside, path) == 0;
        if (!ok) {
            saved = errno;
            unlink(beside);
        }
    }
    free(beside);
    buf_fini(&name);
    errno = saved;
    return ok;
}

int save_missing(const struct walk *w, const struct options *o, int code)
{
    struct buf out;
    if (!o->save_missing)
        return code;
    buf_init(&out, PEM_MAX_BYTES);
    bool is_there = walk_missing_pem(w, &out) > 0;
    bool is_saved = is_there && save_file(o->save_missing, buf_text(&out), out.len);
    buf_fini(&out);
    if (!is_there)
        return complain(code, "no missing certificate was found, so %s was not written",
                        o->save_missing);
    return is_saved ? code : complain(EX_CANTCREAT, "%s: %s", o->save_missing, strerror(errno));
}

char *read_file(const char *path, size_t max, const char *what, size_t *n, int *code)
{
    FILE *f = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    if (!f) {
        *code = complain(EX_NOINPUT, "%s: %s", path, strerror(errno));
        return NULL;
    }
    struct buf b;
    buf_init(&b, max);
    char piece[16384];
    size_t got;
    while (!b.failed && (got = fread(piece, 1, sizeof(piece), f)) > 0) /* some files never end */
        buf_put(&b, piece, got);
    bool failed = ferror(f) || b.failed;
    if (f != stdin)
        fclose(f);
    if (failed || b.len == 0) {
        *code = complain(EX_DATAERR, "%s: this is not %s", path, what);
        buf_fini(&b);
        return NULL;
    }
    *n = b.len;
    return buf_take(&b);
}
