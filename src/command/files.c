/*
 * files.c - files that the user names: read with a limit, written whole or not at all and for them
 * alone. Parses nothing from outside.
 * SPDX-License-Identifier: MIT
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "command.h"
#include "whytls/file.h"
#include "whytls/walk.h"
#include "whytls/message.h"

enum { PEM_MAX_BYTES = 1024 * 1024 };

static bool is_output(const char *path)
{
    return strcmp(path, "-") == 0;
}

/* "-": after the answer, which PEM's readers pass over (RFC 7468 5.2). */
static bool save_file(const char *path, const struct buf *b, struct file_fault *fault)
{
    if (!is_output(path))
        return file_write(path, buf_text(b), b->len, FILE_REPLACE, fault);
    if (fflush(stdout) == 0 && file_write_all(STDOUT_FILENO, buf_text(b), b->len))
        return true;
    *fault = (struct file_fault){.kind = FILE_SYSTEM, .number = errno};
    return false;
}

/* EX_IOERR where the file could be made and not be filled: the disk or the quota is full. */
static int code_of(const struct file_fault *fault)
{
    static const int full[] = {ENOSPC, EDQUOT, EFBIG, EIO, EPIPE};
    for (size_t i = 0; i < sizeof(full) / sizeof(full[0]); i++)
        if (fault->kind == FILE_SYSTEM && full[i] == fault->number)
            return EX_IOERR;
    if (file_lacks_memory(fault))
        return EX_OSERR;
    return EX_CANTCREAT;
}

bool make_missing(const struct walk *w, const struct options *o, struct buf *pem)
{
    buf_init(pem, PEM_MAX_BYTES);
    if (o->save_missing)
        walk_missing_pem(w, pem);
    return !pem->failed;
}

int save_missing(const struct buf *pem, const struct options *o, int code)
{
    struct file_fault fault;
    if (!o->save_missing)
        return code;
    bool is_saved = pem->len > 0 && save_file(o->save_missing, pem, &fault);
    if (pem->len == 0)
        return is_output(o->save_missing)
                   ? complain(code, "%s",
                              message("no missing certificate was found, so none was written"))
                   : complain(code,
                              message("no missing certificate was found, so %s was not written"),
                              o->save_missing);
    return is_saved ? code
                    : complain(code_of(&fault), "%s: %s", o->save_missing, file_words(&fault));
}

int save_missing_fault(const struct options *o)
{
    if (o->save_missing && is_output(o->save_missing) && o->json)
        return complain(EX_USAGE, message("--save-missing - and --json cannot both be printed: "
                                          "name a file, or take \"missing\" from the JSON"));
    return -1;
}

/* The exit code: it cannot be had (EX_NOINPUT, EX_OSERR), or it is something else (EX_DATAERR). */
static int complain_of(const char *path, const char *not_it, const struct file_fault *fault)
{
    if (fault->kind == FILE_SYSTEM)
        return complain(file_lacks_memory(fault) ? EX_OSERR : EX_NOINPUT, "%s: %s", path,
                        file_words(fault));
    return complain(EX_DATAERR, message(not_it), path, file_words(fault));
}

char *read_file(const char *path, size_t max, const char *not_it, size_t *n, int *code)
{
    struct buf b;
    struct file_fault fault;
    buf_init(&b, max);
    if (!file_read_any(path, &b, &fault)) {
        *code = complain_of(path, not_it, &fault);
    } else if (b.len == 0) {
        *code = complain(EX_DATAERR, message(not_it), path, message("it is empty"));
    } else {
        *n = b.len;
        return buf_take(&b);
    }
    buf_fini(&b);
    return NULL;
}
