/*
 * store.c - writes and reads files, and finds the folders: see store.h. A temporary file, fsync,
 * and a rename or a link: a crash leaves the old file or the new one, never half of one.
 * SPDX-License-Identifier: MIT
 */
#include "whytls/store.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "whytls/file.h"
#include "whytls/text.h"

enum { MODE_FILE = 0600, MODE_FOLDER = 0700, MOST_NUMBERS = 99, LINE_SIZE = 1024 };

/* ---- folders ------------------------------------------------------------------------------ */

/* Where a service or a cron job has no $HOME, the one of the list of users. */
static const char *home(void)
{
    const char *home = getenv("HOME");
    const struct passwd *user = home && home[0] ? NULL : getpwuid(getuid());
    home = user ? user->pw_dir : home;
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
    if (base && base[0] == '/') /* a relative one is to be ignored, by the specification */
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
static bool documents_line(const char *line, char *out, size_t out_size)
{
    static const char key[] = "XDG_DOCUMENTS_DIR=\"$HOME/";
    if (strncmp(line, key, sizeof(key) - 1) != 0)
        return false;
    const char *rest = line + sizeof(key) - 1;
    size_t n = strcspn(rest, "\"\n");
    return n > 0 && fits(snprintf(out, out_size, "%s/%.*s", home(), (int)n, rest), out_size);
}

static bool documents_folder(char *out, size_t out_size)
{
    char path[STORE_PATH], line[LINE_SIZE];
    bool is_found = false;
    if (!home() || !xdg_folder("XDG_CONFIG_HOME", ".config", "user-dirs.dirs", path, sizeof(path)))
        return false;
    FILE *f = fopen(path, "r");
    while (f && !is_found && fgets(line, sizeof(line), f))
        is_found = documents_line(line, out, out_size);
    if (f)
        fclose(f);
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

static bool complain(char *error, size_t error_size, const char *what, const char *path, int number)
{
    snprintf(error, error_size, "%s: %s  %s", what, strerror(number), path);
    return false;
}

static bool make_folders(const char *path)
{
    char part[STORE_PATH];
    for (const char *slash = strchr(path + 1, '/');; slash = strchr(slash + 1, '/')) {
        size_t n = slash ? (size_t)(slash - path) : strlen(path);
        if (n >= sizeof(part))
            return false;
        memcpy(part, path, n);
        part[n] = '\0';
        if (mkdir(part, MODE_FOLDER) != 0 && errno != EEXIST && !is_folder(part))
            return false;
        if (!slash || !slash[1])
            return true;
    }
}

/* Gives the whole file its name: in place of another, or the first number that is free. */
static bool take_name(const char *temporary, const char *folder, const char *name,
                      const char *ending, bool replace, char *path)
{
    for (int i = 1; i <= MOST_NUMBERS; i++) {
        char number[16] = "";
        if (i > 1)
            snprintf(number, sizeof(number), "-%d", i);
        if (!fits(snprintf(path, STORE_PATH, "%s/%s%s%s", folder, name, number, ending),
                  STORE_PATH)) {
            errno = ENAMETOOLONG;
            return false;
        }
        if (replace)
            return rename(temporary, path) == 0;
        if (link(temporary, path) == 0)
            return unlink(temporary) == 0;
        if (errno != EEXIST)
            return false;
    }
    return false;
}

static bool write_file(const char *folder, const char *name, const char *ending, const char *bytes,
                       size_t n, enum store_way way, char *path)
{
    char temporary[STORE_PATH];
    if (!fits(snprintf(temporary, sizeof(temporary), "%s/.%s.XXXXXX", folder, name),
              sizeof(temporary))) {
        errno = ENAMETOOLONG;
        return false;
    }
    int fd = mkstemp(temporary); /* mode 0600 by POSIX */
    if (fd < 0)
        return false;
    bool ok = fchmod(fd, MODE_FILE) == 0 && file_write_all(fd, bytes, n) &&
              (way == STORE_DRAFT || fsync(fd) == 0);
    ok = close(fd) == 0 && ok;
    ok = ok && take_name(temporary, folder, name, ending, way != STORE_NEW, path);
    if (!ok) {
        int number = errno;
        unlink(temporary);
        errno = number;
    }
    return ok;
}

static bool is_good_name(const char *name)
{
    return name[0] && name[0] != '.' && !strchr(name, '/');
}

bool store_write(const char *folder, const char *name, const char *ending, const char *bytes,
                 size_t n, enum store_way way, char *path, char *error, size_t error_size)
{
    char where[STORE_PATH];
    bool is_home = folder[0] == '~' && folder[1] == '/' && home();
    if (!is_good_name(name)) {
        snprintf(error, error_size, "A file's name can't be empty, begin with a dot, or have a /.");
        return false;
    }
    if (!folder[0]) {
        snprintf(error, error_size, "Type the folder to save in first.");
        return false;
    }
    if (!fits(snprintf(where, sizeof(where), "%s%s", is_home ? home() : "",
                       is_home ? folder + 1 : folder),
              sizeof(where)))
        return complain(error, error_size, "Can't save", folder, ENAMETOOLONG);
    if (!make_folders(where))
        return complain(error, error_size, "Can't make the folder", where, errno);
    if (!write_file(where, name, ending, bytes, n, way, path))
        return complain(error, error_size, "Can't save", where, errno);
    return true;
}

void store_remove(const char *path)
{
    unlink(path);
}

/* ---- reading ------------------------------------------------------------------------------ */

char *store_read(const char *path, size_t *n, char *error, size_t error_size)
{
    struct buf b;
    char piece[16384];
    size_t got;
    FILE *f = fopen(path, "rb");
    if (!f) {
        complain(error, error_size, "Can't open", path, errno);
        return NULL;
    }
    buf_init(&b, CASE_MAX_BYTES);
    while (!b.failed && (got = fread(piece, 1, sizeof(piece), f)) > 0) /* some files never end */
        buf_put(&b, piece, got);
    bool failed = ferror(f) || b.failed || b.len == 0;
    fclose(f);
    if (failed) {
        snprintf(error, error_size, "%s: this is not a case of whytls", path);
        buf_fini(&b);
        return NULL;
    }
    *n = b.len;
    return buf_take(&b);
}

/* ---- the list ----------------------------------------------------------------------------- */

struct list {
    struct saved_case *all;
    size_t n;
};

static void add_file(struct list *l, const char *folder, const char *name)
{
    char path[STORE_PATH], error[STORE_PATH + 64];
    struct case_summary summary;
    size_t n;
    if (l->n == STORE_MAX_CASES || !text_ends_nocase(name, ".json") || name[0] == '.' ||
        !fits(snprintf(path, sizeof(path), "%s/%s", folder, name), sizeof(path)))
        return;
    char *bytes = store_read(path, &n, error, sizeof(error));
    if (bytes && case_summarise(bytes, n, &summary)) {
        struct saved_case *c = &l->all[l->n++];
        c->summary = summary;
        text_copy(c->path, sizeof(c->path), path);
    }
    free(bytes);
}

static void add_folder(struct list *l, const char *folder)
{
    DIR *d = opendir(folder);
    struct dirent *e;
    while (d && (e = readdir(d)))
        add_file(l, folder, e->d_name);
    if (d)
        closedir(d);
}

static int newest_first(const void *a, const void *b)
{
    const struct saved_case *left = a, *right = b;
    int64_t x = left->summary.time, y = right->summary.time;
    return x != y ? (x < y) - (x > y) : strcmp(left->path, right->path);
}

size_t store_list(struct saved_case **list)
{
    char cases[STORE_PATH] = "", documents[STORE_PATH] = "";
    struct list l = {.all = calloc(STORE_MAX_CASES, sizeof(*l.all))};
    *list = l.all;
    if (!l.all)
        return 0;
    if (store_cases_folder(cases, sizeof(cases)))
        add_folder(&l, cases);
    if (store_user_folder(documents, sizeof(documents)) && strcmp(cases, documents) != 0)
        add_folder(&l, documents);
    qsort(l.all, l.n, sizeof(*l.all), newest_first);
    return l.n;
}
