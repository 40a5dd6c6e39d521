/*
 * store.c - writes and reads files, and finds the folders: see store.h. file.h writes them whole.
 * Fuzzed by fuzz_user_dirs.
 * SPDX-License-Identifier: MIT
 */
#include "whytls/store.h"

#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "whytls/reader.h"
#include "whytls/text.h"
#include "whytls/message.h"

enum { MODE_FOLDER = 0700, MOST_NUMBERS = 99, DIRS_MAX_BYTES = 64 * 1024 };

/* ---- folders ------------------------------------------------------------------------------ */

/*
 * As root, in a folder of somebody else (sudo that keeps $HOME): its owner could lead our files
 * anywhere by a link, and would find files of root's in it. What is not there yet goes by what it
 * would be in.
 */
static bool is_of_another(const char *path)
{
    char part[STORE_PATH];
    struct stat st;
    if (geteuid() != 0)
        return false;
    if (!text_copy(part, sizeof(part), path))
        return true;
    while (stat(part, &st) != 0) {
        char *slash = strrchr(part, '/');
        if (!slash || slash == part)
            return false;
        *slash = '\0';
    }
    return st.st_uid != 0;
}

/* Where a service or a cron job has no $HOME, the one of the list of users. */
static const char *home(void)
{
    static _Thread_local char kept[STORE_PATH]; /* the list of cases is read in a thread */
    char names[4 * STORE_PATH];
    struct passwd entry, *user = NULL;
    const char *home = getenv("HOME");
    if (!home || home[0] != '/' || is_of_another(home)) {
        home = getpwuid_r(geteuid(), &entry, names, sizeof(names), &user) == 0 && user &&
                       text_copy(kept, sizeof(kept), user->pw_dir)
                   ? kept
                   : NULL;
    }
    return home && home[0] == '/' ? home : NULL;
}

static bool fits(int n, size_t size)
{
    return n > 0 && (size_t)n < size;
}

/* The folder of a kind by the variable that names it, else by its place in the home. */
static bool xdg_folder(const char *variable, const char *in_home, const char *rest, char *out,
                       size_t out_size)
{
    const char *base = getenv(variable);
    if (base && base[0] == '/' &&
        !is_of_another(base)) /* a relative one is to be ignored, by the specification */
        return fits(snprintf(out, out_size, "%s/%s", base, rest), out_size);
    return home() && fits(snprintf(out, out_size, "%s/%s/%s", home(), in_home, rest), out_size);
}

bool store_cases_folder(char *out, size_t out_size)
{
    return xdg_folder("XDG_DATA_HOME", ".local/share", "whytls/cases", out, out_size);
}

bool store_config_folder(char *out, size_t out_size)
{
    return xdg_folder("XDG_CONFIG_HOME", ".config", "whytls", out, out_size);
}

static bool is_folder(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* XDG_DOCUMENTS_DIR="$HOME/Documents" in user-dirs.dirs: in the user's own language. */
static bool documents_line(const char *line, size_t n, char *out, size_t out_size)
{
    static const char key[] = "XDG_DOCUMENTS_DIR=\"$HOME/";
    const size_t key_size = sizeof(key) - 1;
    if (n < key_size || memcmp(line, key, key_size) != 0)
        return false;
    const char *rest = line + key_size, *end = memchr(rest, '"', n - key_size);
    return end && end > rest &&
           fits(snprintf(out, out_size, "%s/%.*s", home(), (int)(end - rest), rest), out_size);
}

static bool documents_folder(char *out, size_t out_size)
{
    char path[STORE_PATH];
    const char *line;
    size_t n = 0, len = 0;
    bool is_found = false;
    if (!home() || !xdg_folder("XDG_CONFIG_HOME", ".config", "user-dirs.dirs", path, sizeof(path)))
        return false;
    char *text = file_bytes(path, DIRS_MAX_BYTES, &len, NULL);
    struct reader r = reader_of(text, text ? len : 0);
    while (!is_found && reader_line(&r, &line, &n))
        is_found = documents_line(line, n, out, out_size);
    free(text);
    if (!is_found)
        is_found = fits(snprintf(out, out_size, "%s/Documents", home()), out_size);
    return is_found && is_folder(out);
}

bool store_user_folder(char *out, size_t out_size)
{
    char documents[STORE_PATH];
    if (documents_folder(documents, sizeof(documents)))
        return fits(snprintf(out, out_size, "%s/whytls", documents), out_size);
    return store_cases_folder(out, out_size);
}

/* ---- writing ------------------------------------------------------------------------------ */

static bool complain(char *error, size_t error_size, const char *what, const char *path,
                     const struct file_fault *fault)
{
    snprintf(error, error_size, "%s: %s  %s", what, file_words(fault), path);
    return false;
}

static bool fail(struct file_fault *fault, int number)
{
    *fault = (struct file_fault){.kind = FILE_SYSTEM, .number = number};
    return false;
}

static bool make_folders(const char *path, struct file_fault *fault)
{
    char part[STORE_PATH];
    for (const char *slash = strchr(path + 1, '/');; slash = strchr(slash + 1, '/')) {
        size_t n = slash ? (size_t)(slash - path) : strlen(path);
        if (n >= sizeof(part))
            return fail(fault, ENAMETOOLONG);
        memcpy(part, path, n);
        part[n] = '\0';
        if (mkdir(part, MODE_FOLDER) != 0 && errno != EEXIST) {
            int number = errno; /* is_folder has another one */
            if (!is_folder(part))
                return fail(fault, number);
        }
        if (!slash || !slash[1])
            return true;
    }
}

/* FILE_NEW: the first number that is free. */
static bool write_file(const char *folder, const char *name, const char *ending, const char *bytes,
                       size_t n, enum file_way way, char *path, struct file_fault *fault)
{
    for (int i = 1; i <= MOST_NUMBERS; i++) {
        char number[16] = "";
        if (i > 1)
            snprintf(number, sizeof(number), "-%d", i);
        if (!fits(snprintf(path, STORE_PATH, "%s/%s%s%s", folder, name, number, ending),
                  STORE_PATH))
            return fail(fault, ENAMETOOLONG);
        if (file_write(path, bytes, n, way, fault))
            return true;
        if (fault->kind != FILE_EXISTS)
            return false;
    }
    return false;
}

static bool is_good_name(const char *name)
{
    return name[0] && name[0] != '.' && !strchr(name, '/');
}

bool store_write(const char *folder, const char *name, const char *ending, const char *bytes,
                 size_t n, enum file_way way, char *path, char *error, size_t error_size)
{
    char where[STORE_PATH];
    struct file_fault fault;
    bool is_home = folder[0] == '~' && folder[1] == '/' && home();
    if (!is_good_name(name)) {
        snprintf(error, error_size,
                 message("A file's name cannot be empty, begin with a dot, or have a /."));
        return false;
    }
    if (!folder[0]) {
        snprintf(error, error_size, message("Type the folder to save in first."));
        return false;
    }
    if (!fits(snprintf(where, sizeof(where), "%s%s", is_home ? home() : "",
                       is_home ? folder + 1 : folder),
              sizeof(where))) {
        fail(&fault, ENAMETOOLONG);
        return complain(error, error_size, message("Cannot save"), folder, &fault);
    }
    if (!make_folders(where, &fault))
        return complain(error, error_size, message("Cannot make the folder"), where, &fault);
    if (!write_file(where, name, ending, bytes, n, way, path, &fault))
        return complain(error, error_size, message("Cannot save"), path, &fault);
    return true;
}

void store_remove(const char *path)
{
    unlink(path);
}

/* ---- reading ------------------------------------------------------------------------------ */

char *store_read(const char *path, size_t *n, char *error, size_t error_size)
{
    struct file_fault fault;
    char *bytes = file_bytes(path, CASE_MAX_BYTES, n, &fault);
    if (bytes && *n > 0)
        return bytes;
    if (bytes)
        snprintf(error, error_size, message("%s: this is not a case of whytls: it is empty"), path);
    else
        complain(error, error_size, message("Cannot open"), path, &fault);
    free(bytes);
    return NULL;
}

size_t store_count_code(const struct saved_case *list, size_t n, const char *code, size_t *first)
{
    size_t count = 0;
    for (size_t i = n; i-- > 0;)
        if (text_equal_nocase(list[i].summary.code, code)) {
            *first = i;
            count++;
        }
    return count;
}
