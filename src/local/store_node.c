/*
 * store_node.c - whose list Node reads. As its makers ship it, OpenSSL and Mozilla's list are in
 * the program itself. Distributions link it with their own OpenSSL, and build it to read this
 * system's list (--openssl-use-def-ca-store). So the libraries that it names tell. Reads ELF,
 * bounded. Fuzzed by fuzz_node.
 * SPDX-License-Identifier: MIT
 */
#include "local/local_stores.h"

#include <elf.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "whytls/file.h"

enum { MAX_SEGMENTS = 64, MAX_DYNAMIC = 512, NAME_SIZE = 64 };

struct program {
    int fd;
    Elf64_Phdr segments[MAX_SEGMENTS];
    size_t n_segments;
    Elf64_Dyn dynamic[MAX_DYNAMIC];
    size_t n_dynamic;
};

static bool read_at(int fd, void *into, size_t n, uint64_t at)
{
    return at <= INT64_MAX && pread(fd, into, n, (off_t)at) == (ssize_t)n;
}

static bool read_segments(struct program *p)
{
    Elf64_Ehdr head;
    if (!read_at(p->fd, &head, sizeof(head), 0) || memcmp(head.e_ident, ELFMAG, SELFMAG) != 0 ||
        head.e_ident[EI_CLASS] != ELFCLASS64 || head.e_phentsize != sizeof(Elf64_Phdr) ||
        head.e_phnum > MAX_SEGMENTS)
        return false;
    p->n_segments = head.e_phnum;
    return read_at(p->fd, p->segments, p->n_segments * sizeof(p->segments[0]), head.e_phoff);
}

static bool read_dynamic(struct program *p)
{
    for (size_t i = 0; i < p->n_segments; i++) {
        const Elf64_Phdr *s = &p->segments[i];
        if (s->p_type != PT_DYNAMIC)
            continue;
        p->n_dynamic = s->p_filesz / sizeof(Elf64_Dyn);
        p->n_dynamic = p->n_dynamic < MAX_DYNAMIC ? p->n_dynamic : MAX_DYNAMIC;
        return read_at(p->fd, p->dynamic, p->n_dynamic * sizeof(p->dynamic[0]), s->p_offset);
    }
    return false;
}

/* Where in the file an address of the running program lies. */
static bool find_offset(const struct program *p, uint64_t address, uint64_t *offset)
{
    for (size_t i = 0; i < p->n_segments; i++) {
        const Elf64_Phdr *s = &p->segments[i];
        if (s->p_type == PT_LOAD && address >= s->p_vaddr && address - s->p_vaddr < s->p_filesz) {
            *offset = s->p_offset + (address - s->p_vaddr);
            return true;
        }
    }
    return false;
}

static bool find_names(const struct program *p, uint64_t *offset)
{
    for (size_t i = 0; i < p->n_dynamic && p->dynamic[i].d_tag != DT_NULL; i++)
        if (p->dynamic[i].d_tag == DT_STRTAB)
            return find_offset(p, p->dynamic[i].d_un.d_ptr, offset);
    return false;
}

static bool names_library(const struct program *p, const char *start)
{
    uint64_t names = 0;
    if (!find_names(p, &names))
        return false;
    for (size_t i = 0; i < p->n_dynamic && p->dynamic[i].d_tag != DT_NULL; i++) {
        char name[NAME_SIZE];
        if (p->dynamic[i].d_tag == DT_NEEDED &&
            read_at(p->fd, name, sizeof(name), names + p->dynamic[i].d_un.d_val) &&
            strncmp(name, start, strlen(start)) == 0)
            return true;
    }
    return false;
}

bool store_node_uses_system(const char *file)
{
    struct file_fault fault;
    struct program p = {.fd = file_open(file, &fault)};
    if (p.fd < 0)
        return false;
    bool is_so = read_segments(&p) && read_dynamic(&p) &&
                 (names_library(&p, "libssl.so") || names_library(&p, "libnode.so"));
    close(p.fd);
    return is_so;
}

/* The program on the PATH; false: it is not there. */
static bool find_program(const struct store_places *p, const char *name, char out[PATH_MAX])
{
    char file[PATH_MAX];
    struct stat st;
    for (const char *path = p->variable("PATH"); path && *path;) {
        size_t n = strcspn(path, ":");
        if (n > 0 &&
            snprintf(file, sizeof(file), "%.*s/%s", (int)n, path, name) < (int)sizeof(file) &&
            store_expand(p, file, out) && stat(out, &st) == 0 && S_ISREG(st.st_mode) &&
            access(out, X_OK) == 0)
            return true;
        path += n + (path[n] == ':');
    }
    return false;
}

static bool variable_has(const struct store_places *p, const char *name, const char *words)
{
    const char *value = p->variable(name);
    return value && strstr(value, words);
}

bool store_find_node(const struct store_places *p, struct store *s)
{
    char file[PATH_MAX];
    if (!find_program(p, "node", file))
        return false;
    bool is_system =
        variable_has(p, "NODE_OPTIONS", "--use-openssl-ca") ||
        (!variable_has(p, "NODE_OPTIONS", "--use-bundled-ca") && store_node_uses_system(file));
    s->has_builtin = !is_system;
    s->has_system = is_system || variable_has(p, "NODE_OPTIONS", "--use-system-ca") ||
                    variable_has(p, "NODE_USE_SYSTEM_CA", "1");
    return true;
}
