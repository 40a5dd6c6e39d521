/*
 * test_file.c - the one reader and the one writer of files: what is no regular file holds nobody up
 * and is never replaced; what can't be finished leaves nothing; a file system may lack hard links.
 * The system calls that a test lets fail stand here, in front of libc's.
 * SPDX-License-Identifier: MIT
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

#include "whytls/file.h"

/* ---- system calls that fail --------------------------------------------------------------- */

/* errno of the next calls; 0: they are the system's. */
static struct {
    int renameat2, renameat, linkat, write, fsync, close, fchmod;
    size_t room; /* bytes that are still written before `write` fails */
    int n_fsync; /* calls */
} fail;

static void nothing_fails(void)
{
    memset(&fail, 0, sizeof(fail));
}

static int refuse(int number)
{
    errno = number;
    return -1;
}

int renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned flags)
{
    return fail.renameat2 ? refuse(fail.renameat2)
                          : (int)syscall(SYS_renameat2, from_folder, from, to_folder, to, flags);
}

int renameat(int from_folder, const char *from, int to_folder, const char *to)
{
    return fail.renameat ? refuse(fail.renameat)
                         : (int)syscall(SYS_renameat2, from_folder, from, to_folder, to, 0);
}

int linkat(int from_folder, const char *from, int to_folder, const char *to, int flags)
{
    return fail.linkat ? refuse(fail.linkat)
                       : (int)syscall(SYS_linkat, from_folder, from, to_folder, to, flags);
}

ssize_t write(int fd, const void *bytes, size_t n)
{
    if (fail.write && fail.room == 0)
        return refuse(fail.write);
    if (fail.write && n > fail.room)
        n = fail.room;
    ssize_t done = syscall(SYS_write, fd, bytes, n);
    if (fail.write && done > 0)
        fail.room -= (size_t)done;
    return done;
}

int fsync(int fd)
{
    fail.n_fsync++;
    return fail.fsync ? refuse(fail.fsync) : (int)syscall(SYS_fsync, fd);
}

int close(int fd)
{
    int result = (int)syscall(SYS_close, fd);
    return fail.close ? refuse(fail.close) : result;
}

int fchmod(int fd, mode_t mode)
{
    return fail.fchmod ? refuse(fail.fchmod) : (int)syscall(SYS_fchmod, fd, mode);
}

/* ---- a folder ----------------------------------------------------------------------------- */

enum { LIMIT = 1000 };

static char root[64], path[512];

static int make_root(void **state)
{
    (void)state;
    nothing_fails();
    snprintf(root, sizeof(root), "/tmp/whytls-file.XXXXXX");
    return mkdtemp(root) ? 0 : -1;
}

/* Where a file of this name is, in `path`. */
static const char *in_root(const char *name)
{
    snprintf(path, sizeof(path), "%s/%s", root, name);
    return path;
}

static size_t count_entries(void)
{
    size_t n = 0;
    DIR *d = opendir(root);
    assert_non_null(d);
    for (struct dirent *e; (e = readdir(d));)
        n += strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
    closedir(d);
    return n;
}

static int end_root(void **state)
{
    (void)state;
    nothing_fails();
    DIR *d = opendir(root);
    for (struct dirent *e; d && (e = readdir(d));)
        if (unlinkat(dirfd(d), e->d_name, 0) != 0)
            unlinkat(dirfd(d), e->d_name, AT_REMOVEDIR);
    if (d)
        closedir(d);
    return rmdir(root);
}

static void make_socket(const char *name)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int s = socket(AF_UNIX, SOCK_STREAM, 0);
    assert_true(strlen(in_root(name)) < sizeof(address.sun_path));
    memcpy(address.sun_path, path, strlen(path));
    assert_int_equal(bind(s, (struct sockaddr *)&address, sizeof(address)), 0);
    close(s);
}

/* One of each that is no regular file. */
static void make_others(void)
{
    assert_int_equal(mkfifo(in_root("fifo"), 0600), 0);
    make_socket("socket");
    assert_int_equal(mkdir(in_root("folder"), 0700), 0);
}

static void put(const char *name, const char *text)
{
    FILE *f = fopen(in_root(name), "w");
    assert_non_null(f);
    assert_true(fputs(text, f) >= 0);
    assert_int_equal(fclose(f), 0);
}

/* ---- reading ------------------------------------------------------------------------------ */

static struct file_fault read_fault(const char *file, bool is_any)
{
    struct file_fault fault;
    struct buf b;
    buf_init(&b, LIMIT);
    bool ok = is_any ? file_read_any(file, &b, &fault) : file_read(file, &b, &fault);
    assert_int_equal(ok, fault.kind == FILE_NO_FAULT);
    buf_fini(&b);
    return fault;
}

static void what_is_no_file_is_said_at_once(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        enum file_fault_kind kind;
        const char *word;
    } rows[] = {{"fifo", FILE_IS_FIFO, "FIFO"},
                {"socket", FILE_IS_SOCKET, "socket"},
                {"folder", FILE_IS_FOLDER, "folder"}};
    make_others();
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct file_fault fault = read_fault(in_root(rows[i].name), false);
        assert_int_equal(fault.kind, rows[i].kind);
        assert_non_null(strstr(file_words(&fault), rows[i].word));
    }
    assert_int_equal(read_fault("/dev/zero", false).kind, FILE_IS_DEVICE);
    assert_int_equal(symlink(in_root("loop"), path), 0);
    assert_int_equal(read_fault(in_root("loop"), false).number, ELOOP);
    assert_int_equal(symlink("fifo", in_root("to-fifo")), 0);
    assert_int_equal(read_fault(in_root("to-fifo"), false).kind, FILE_IS_FIFO);
}

/* Who waits to write to a FIFO goes on waiting: it was not opened. */
static void a_fifo_is_not_touched(void **state)
{
    (void)state;
    assert_int_equal(mkfifo(in_root("fifo"), 0600), 0);
    int reader = open(path, O_RDONLY | O_NONBLOCK), writer = open(path, O_WRONLY);
    assert_true(reader >= 0 && writer >= 0);
    assert_int_equal(write(writer, "theirs", 6), 6);
    assert_int_equal(read_fault(in_root("fifo"), false).kind, FILE_IS_FIFO);
    char piece[8];
    assert_int_equal(read(reader, piece, sizeof(piece)), 6);
    close(reader);
    close(writer);
}

static void a_file_is_missing_or_it_is_not(void **state)
{
    (void)state;
    char name[400];
    memset(name, 'n', sizeof(name) - 1);
    name[sizeof(name) - 1] = '\0';
    put("file", "x");
    struct file_fault none = read_fault(in_root("none"), false),
                      below = read_fault(in_root("file/none"), false),
                      is_long = read_fault(in_root(name), false);
    assert_true(file_is_missing(&none));
    assert_true(file_is_missing(&below));
    assert_false(file_is_missing(&is_long));
    assert_int_equal(is_long.number, ENAMETOOLONG);
    if (geteuid() == 0)
        return; /* root may read everything */
    assert_int_equal(chmod(in_root("file"), 0), 0);
    struct file_fault fault = read_fault(in_root("file"), false);
    assert_int_equal(fault.number, EACCES);
    assert_false(file_is_missing(&fault));
}

static void no_file_is_too_large_to_be_refused(void **state)
{
    (void)state;
    char text[LIMIT + 1];
    memset(text, 'x', LIMIT);
    text[LIMIT] = '\0';
    put("most", text);
    assert_int_equal(read_fault(in_root("most"), false).kind, FILE_NO_FAULT);
    FILE *f = fopen(in_root("most"), "a");
    assert_non_null(f);
    fputc('x', f);
    fclose(f);
    assert_int_equal(read_fault(in_root("most"), false).kind, FILE_TOO_LARGE);
    put("sparse", "");
    assert_int_equal(truncate(in_root("sparse"), (off_t)1 << 40), 0);
    assert_int_equal(read_fault(in_root("sparse"), false).kind, FILE_TOO_LARGE);
    size_t n = 0;
    struct file_fault fault;
    assert_null(file_bytes(in_root("sparse"), LIMIT, &n, &fault));
    assert_int_equal(errno, EFBIG);
    put("empty", "");
    char *bytes = file_bytes(in_root("empty"), LIMIT, &n, NULL);
    assert_non_null(bytes);
    assert_int_equal(n, 0);
    assert_string_equal(bytes, "");
    free(bytes);
}

static void who_names_a_pipe_means_it(void **state)
{
    (void)state;
    int ends[2];
    char name[32];
    struct buf b;
    struct file_fault fault;
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "words", 5), 5);
    close(ends[1]);
    snprintf(name, sizeof(name), "/dev/fd/%d", ends[0]);
    buf_init(&b, LIMIT);
    assert_true(file_read_any(name, &b, &fault));
    assert_string_equal(buf_text(&b), "words");
    buf_fini(&b);
    close(ends[0]);
    make_others();
    assert_int_equal(read_fault(in_root("fifo"), true).kind, FILE_NO_FAULT); /* and it is empty */
    assert_int_equal(read_fault("/dev/zero", true).kind, FILE_TOO_LARGE);
    assert_int_equal(read_fault(in_root("folder"), true).kind, FILE_IS_FOLDER);
}

/* ---- writing ------------------------------------------------------------------------------ */

static struct file_fault write_fault(const char *file, const char *text, enum file_way way)
{
    struct file_fault fault;
    bool ok = file_write(file, text, strlen(text), way, &fault);
    assert_int_equal(ok, fault.kind == FILE_NO_FAULT);
    return fault;
}

static void has(const char *name, const char *text)
{
    size_t n = 0;
    char *bytes = file_bytes(in_root(name), LIMIT, &n, NULL);
    assert_non_null(bytes);
    assert_string_equal(bytes, text);
    free(bytes);
}

static void writes(const char *name, const char *text, enum file_way way)
{
    struct file_fault fault = write_fault(in_root(name), text, way);
    if (fault.kind != FILE_NO_FAULT)
        fail_msg("%s: %s", name, file_words(&fault));
    has(name, text);
}

static void a_new_file_takes_no_name_from_another(void **state)
{
    (void)state;
    writes("x", "one", FILE_NEW);
    assert_int_equal(write_fault(in_root("x"), "two", FILE_NEW).kind, FILE_EXISTS);
    assert_int_equal(write_fault(in_root("x"), "two", FILE_NEW_DRAFT).kind, FILE_EXISTS);
    has("x", "one");
    writes("x", "three", FILE_REPLACE);
    writes("x", "", FILE_DRAFT);
    assert_int_equal(count_entries(), 1);
}

static void nothing_but_a_file_of_ones_own_is_replaced(void **state)
{
    (void)state;
    static const char *const names[] = {"fifo", "socket", "folder", "link", "dangling"};
    static const enum file_fault_kind kinds[] = {FILE_IS_FIFO, FILE_IS_SOCKET, FILE_IS_FOLDER,
                                                 FILE_IS_LINK, FILE_IS_LINK};
    make_others();
    put("target", "theirs");
    assert_int_equal(symlink("target", in_root("link")), 0);
    assert_int_equal(symlink("nowhere", in_root("dangling")), 0);
    size_t n = count_entries();
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        struct stat before, after;
        assert_int_equal(lstat(in_root(names[i]), &before), 0);
        assert_int_equal(write_fault(in_root(names[i]), "ours", FILE_REPLACE).kind, kinds[i]);
        assert_int_equal(write_fault(in_root(names[i]), "ours", FILE_DRAFT).kind, kinds[i]);
        assert_int_equal(write_fault(in_root(names[i]), "ours", FILE_NEW).kind, FILE_EXISTS);
        assert_int_equal(lstat(in_root(names[i]), &after), 0);
        assert_int_equal(before.st_ino, after.st_ino);
        assert_int_equal(before.st_mode, after.st_mode);
    }
    has("target", "theirs");
    assert_int_equal(write_fault("/dev/null", "ours", FILE_REPLACE).kind, FILE_IS_DEVICE);
    assert_int_equal(write_fault("/dev/full", "ours", FILE_REPLACE).kind, FILE_IS_DEVICE);
    assert_int_equal(write_fault(root, "ours", FILE_REPLACE).kind, FILE_IS_FOLDER);
    assert_int_equal(write_fault(in_root("folder/"), "ours", FILE_REPLACE).kind, FILE_IS_FOLDER);
    assert_int_equal(write_fault(in_root("folder/.."), "ours", FILE_REPLACE).kind, FILE_IS_FOLDER);
    assert_int_equal(write_fault("", "ours", FILE_REPLACE).number, ENOENT);
    assert_int_equal(count_entries(), n);
}

static void what_belongs_to_another_stays_his(void **state)
{
    (void)state;
    put("his", "his");
    if (chown(in_root("his"), 12345, 12345) != 0) {
        print_message("not root: no file can be given to another user\n");
        skip();
    }
    assert_int_equal(write_fault(in_root("his"), "ours", FILE_REPLACE).kind, FILE_IS_OTHERS);
    has("his", "his");
    assert_int_equal(count_entries(), 1);
}

/* NFS and FUSE have no rename that minds, vfat and exFAT no links; some have neither. */
static void a_file_system_may_lack_links(void **state)
{
    (void)state;
    static const int no_rename[] = {EINVAL, ENOSYS, EOPNOTSUPP},
                     no_link[] = {0, EPERM, EOPNOTSUPP, ENOSYS};
    for (size_t i = 0; i < sizeof(no_rename) / sizeof(no_rename[0]); i++)
        for (size_t k = 0; k < sizeof(no_link) / sizeof(no_link[0]); k++) {
            fail.renameat2 = no_rename[i];
            fail.linkat = no_link[k];
            writes("x", "one", FILE_NEW);
            assert_int_equal(write_fault(in_root("x"), "two", FILE_NEW).kind, FILE_EXISTS);
            has("x", "one");
            writes("x", "three", FILE_REPLACE);
            assert_int_equal(count_entries(), 1);
            assert_int_equal(unlink(in_root("x")), 0);
        }
    fail.renameat = EIO; /* after the name was reserved */
    assert_int_equal(write_fault(in_root("x"), "one", FILE_NEW).number, EIO);
    assert_int_equal(count_entries(), 0);
}

static void half_a_file_is_none(void **state)
{
    (void)state;
    static const struct {
        int *call;
        int number;
    } rows[] = {{&fail.write, ENOSPC}, {&fail.write, EDQUOT}, {&fail.write, EFBIG},
                {&fail.fsync, EIO},    {&fail.close, EDQUOT}, {&fail.renameat, EROFS}};
    writes("x", "old", FILE_NEW);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        nothing_fails();
        fail.room = 2;
        *rows[i].call = rows[i].number;
        struct file_fault fault = write_fault(in_root("x"), "new words", FILE_REPLACE);
        nothing_fails();
        assert_int_equal(fault.kind, FILE_SYSTEM);
        assert_int_equal(fault.number, rows[i].number);
        assert_string_equal(file_words(&fault), strerror(rows[i].number));
        has("x", "old");
        assert_int_equal(count_entries(), 1);
    }
    fail.write = EIO; /* in pieces */
    fail.room = 100;
    writes("x", "new words", FILE_REPLACE);
}

/* The file and its folder, but for a draft; a file system that can't wait says EINVAL. */
static void it_is_on_the_disk(void **state)
{
    (void)state;
    writes("x", "one", FILE_NEW);
    assert_int_equal(fail.n_fsync, 2);
    writes("x", "two", FILE_REPLACE);
    assert_int_equal(fail.n_fsync, 4);
    writes("x", "three", FILE_DRAFT);
    writes("y", "one", FILE_NEW_DRAFT);
    assert_int_equal(fail.n_fsync, 4);
    fail.fsync = EINVAL;
    writes("z", "one", FILE_NEW);
}

static void it_is_its_owners_alone(void **state)
{
    (void)state;
    static const mode_t masks[] = {0, 022, 0777};
    struct stat st;
    for (size_t i = 0; i < sizeof(masks) / sizeof(masks[0]); i++) {
        mode_t before = umask(masks[i]);
        struct file_fault fault = write_fault(in_root("x"), "words", FILE_REPLACE);
        umask(before);
        assert_int_equal(fault.kind, FILE_NO_FAULT);
        assert_int_equal(stat(in_root("x"), &st), 0);
        assert_int_equal(st.st_mode & 07777, 0600);
    }
    mode_t before = umask(0777);
    fail.fchmod = EPERM; /* vfat has no modes */
    struct file_fault fault = write_fault(in_root("x"), "words", FILE_REPLACE);
    umask(before);
    assert_int_equal(fault.kind, FILE_NO_FAULT);
}

/* The temporary name is not made of it: it may be as long as names can be (NAME_MAX). */
static void a_name_may_be_as_long_as_names_can_be(void **state)
{
    (void)state;
    char name[257];
    memset(name, 'n', sizeof(name));
    name[255] = '\0';
    writes(name, "words", FILE_NEW);
    writes(name, "other words", FILE_REPLACE);
    name[255] = 'n';
    name[256] = '\0';
    assert_int_equal(write_fault(in_root(name), "words", FILE_NEW).number, ENAMETOOLONG);
    assert_int_equal(count_entries(), 1);
}

static void a_path_may_be_relative(void **state)
{
    (void)state;
    char *here = getcwd(NULL, 0);
    assert_int_equal(chdir(root), 0);
    enum file_fault_kind kind = write_fault("x", "words", FILE_NEW).kind;
    int back = chdir(here);
    free(here);
    assert_int_equal(back, 0);
    assert_int_equal(kind, FILE_NO_FAULT);
    has("x", "words");
    assert_int_equal(write_fault(in_root("none/x"), "words", FILE_NEW).number, ENOENT);
    assert_int_equal(write_fault(in_root("x/x"), "words", FILE_NEW).number, ENOTDIR);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_root, end_root)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_is_no_file_is_said_at_once),
        TEST(a_fifo_is_not_touched),
        TEST(a_file_is_missing_or_it_is_not),
        TEST(no_file_is_too_large_to_be_refused),
        TEST(who_names_a_pipe_means_it),
        TEST(a_new_file_takes_no_name_from_another),
        TEST(nothing_but_a_file_of_ones_own_is_replaced),
        TEST(what_belongs_to_another_stays_his),
        TEST(a_file_system_may_lack_links),
        TEST(half_a_file_is_none),
        TEST(it_is_on_the_disk),
        TEST(it_is_its_owners_alone),
        TEST(a_name_may_be_as_long_as_names_can_be),
        TEST(a_path_may_be_relative),
    };
    return cmocka_run_group_tests_name("file", tests, NULL, NULL);
}
