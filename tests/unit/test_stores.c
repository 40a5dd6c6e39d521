/*
 * test_stores.c - the lists of single programs: found below a made-up root, read from files that
 * certutil, keytool and openssl made, and told apart from what came with the system.
 * A tool that is missing skips its test.
 * SPDX-License-Identifier: MIT
 */
#include "unit/pki.h"

#include "local/local_stores.h"
#include "unit/local_fixture.h"

static struct pki_cert *shipped, *added, *refused, *cached, *leaf_of_added, *leaf_of_shipped,
    *leaf_of_refused;

static struct pki_cert *authority(const char *cn)
{
    return pki_make((struct pki_spec){
        .cn = cn, .is_ca = true, .usage = GNUTLS_KEY_KEY_CERT_SIGN | GNUTLS_KEY_CRL_SIGN});
}

static int make_all(void **state)
{
    (void)state;
    shipped = authority("Shipped Root");
    added = authority("Added Root");
    refused = authority("Refused Root");
    cached = authority("Cached CA");
    leaf_of_added = pki_make((struct pki_spec){.cn = "a.example", .issuer = added});
    leaf_of_shipped = pki_make((struct pki_spec){.cn = "b.example", .issuer = shipped});
    leaf_of_refused = pki_make((struct pki_spec){.cn = "c.example", .issuer = refused});
    return 0;
}

/* ---- a computer of our own ---------------------------------------------------------------- */

static const char *variables[4][2]; /* name, value */

static const char *get_variable(const char *name)
{
    for (size_t i = 0; i < 4; i++)
        if (variables[i][0] && strcmp(variables[i][0], name) == 0)
            return variables[i][1];
    return NULL;
}

static void set_variable(size_t i, const char *name, const char *value)
{
    variables[i][0] = name;
    variables[i][1] = value;
}

static void append_pem(char *text, size_t size, const struct pki_cert *c)
{
    size_t used = strlen(text), left = size - used;
    pki_check(gnutls_x509_crt_export(c->crt, GNUTLS_X509_FMT_PEM, text + used, &left));
}

static void write_pem(const struct folder *f, const char *name, const struct pki_cert *a,
                      const struct pki_cert *b)
{
    char text[8192] = "";
    append_pem(text, sizeof(text), a);
    if (b)
        append_pem(text, sizeof(text), b);
    folder_write(f, name, text);
}

static void make_folders(const struct folder *f, const char *path)
{
    char part[PATH_MAX];
    for (const char *p = strchr(path, '/'); p; p = strchr(p + 1, '/')) {
        snprintf(part, sizeof(part), "%s/%.*s", f->path, (int)(p - path), path);
        mkdir(part, 0700);
    }
}

static bool run(const char *command)
{
    return system(command) == 0; /* NOLINT: a test */
}

static bool has_tool(const char *name)
{
    char command[128];
    snprintf(command, sizeof(command), "command -v %s >/dev/null 2>&1", name);
    return run(command);
}

static struct trust_list *system_list(void)
{
    struct trust_list *t = trust_list_new();
    gnutls_datum_t der = {shipped->der.data, (unsigned)shipped->der.len};
    assert_non_null(trust_list_add(t, &der));
    return t;
}

/* Reads what is below the folder and matches it with two leaves. */
static struct evidence *look(const struct folder *f)
{
    struct trust_list *system = system_list();
    const struct store_places p = {
        .root = f->path, .home = "/home/anna", .variable = get_variable, .system = system};
    struct store_set *set = store_set_read_places(&p);
    struct evidence *ev = evidence_new();
    assert_non_null(set);
    evidence_add_certificate(ev, leaf_of_added->der.data, leaf_of_added->der.len);
    store_set_match(set, ev);
    evidence_add_certificate(ev, leaf_of_shipped->der.data, leaf_of_shipped->der.len);
    evidence_add_certificate(ev, leaf_of_refused->der.data, leaf_of_refused->der.len);
    store_set_match(set, ev);
    assert_int_equal(ev->facts.stores_for, 3);
    store_set_free(set);
    trust_list_free(system);
    memset(variables, 0, sizeof(variables));
    return ev;
}

static const struct store_anchor *find(const struct evidence *ev, const struct store *s,
                                       const struct pki_cert *c)
{
    for (size_t i = 0; i < s->n_anchors; i++)
        if (blob_equal(&ev->facts.roots[s->anchors[i].root].der, &c->der))
            return &s->anchors[i];
    return NULL;
}

/* ---- NSS ---------------------------------------------------------------------------------- */

static bool make_profile(const struct folder *f, const char *where)
{
    char command[4 * PATH_MAX];
    write_pem(f, "added.pem", added, NULL);
    write_pem(f, "refused.pem", refused, NULL);
    write_pem(f, "cached.pem", cached, NULL);
    write_pem(f, "shipped.pem", shipped, NULL);
    snprintf(command, sizeof(command),
             "cd '%s' && d='sql:%s' && certutil -N -d \"$d\" --empty-password && "
             "certutil -A -d \"$d\" -n added -t C,, -i added.pem && "
             "certutil -A -d \"$d\" -n refused -t p,, -i refused.pem && "
             "certutil -A -d \"$d\" -n shipped -t CT,C,C -i shipped.pem && "
             "certutil -A -d \"$d\" -n cached -t ,, -i cached.pem",
             f->path, where);
    return run(command);
}

static void test_firefox_profile(void **state)
{
    if (!has_tool("certutil"))
        skip();
    make_folders(*state, "home/anna/.mozilla/firefox/x1.default/");
    assert_true(make_profile(*state, "home/anna/.mozilla/firefox/x1.default"));
    struct evidence *ev = look(*state);
    const struct store *s = &ev->facts.stores[0];
    assert_int_equal(ev->facts.n_stores, 1);
    assert_int_equal(s->kind, STORE_FIREFOX);
    assert_true(s->is_read);
    assert_true(s->has_builtin);
    assert_string_equal(s->file, "~/.mozilla/firefox/x1.default/cert9.db");
    assert_int_equal(s->total, 3); /* what is only kept, not trusted, is none of them */
    assert_int_equal(s->added, 2);
    assert_int_equal(find(ev, s, added)->source, ANCHOR_ADDED);
    assert_false(find(ev, s, added)->is_off);
    assert_int_equal(find(ev, s, shipped)->source, ANCHOR_SHIPPED);
    assert_true(find(ev, s, refused)->is_off);
    assert_null(find(ev, s, cached));
    evidence_free(ev);
}

/* Reading leaves everything as it was: no lock, no journal, not even a new time. */
static void test_profile_is_not_touched(void **state)
{
    struct stat before, after;
    if (!has_tool("certutil"))
        skip();
    make_folders(*state, "home/anna/.pki/nssdb/");
    assert_true(make_profile(*state, "home/anna/.pki/nssdb"));
    const char *file = folder_path(*state, "home/anna/.pki/nssdb/cert9.db");
    assert_int_equal(stat(file, &before), 0);
    struct evidence *ev = look(*state);
    assert_int_equal(ev->facts.stores[0].kind, STORE_NSS);
    assert_int_equal(stat(file, &after), 0);
    assert_memory_equal(&before.st_mtim, &after.st_mtim, sizeof(before.st_mtim));
    assert_int_equal(access(folder_path(*state, "home/anna/.pki/nssdb/cert9.db-journal"), F_OK),
                     -1);
    evidence_free(ev);
}

static void test_damaged_profile_is_said(void **state)
{
    make_folders(*state, "home/anna/.thunderbird/x/");
    folder_write(*state, "home/anna/.thunderbird/x/cert9.db", "SQLite format 3, but not really");
    struct evidence *ev = look(*state);
    assert_int_equal(ev->facts.n_stores, 1);
    assert_int_equal(ev->facts.stores[0].kind, STORE_THUNDERBIRD);
    assert_false(ev->facts.stores[0].is_read);
    evidence_free(ev);
}

/* ---- Java --------------------------------------------------------------------------------- */

static void read_java(struct folder *f, const char *type)
{
    char command[4 * PATH_MAX];
    if (!has_tool("keytool"))
        skip();
    make_folders(f, "jdk/lib/security/");
    write_pem(f, "added.pem", added, NULL);
    write_pem(f, "shipped.pem", shipped, NULL);
    write_pem(f, "refused.pem", refused, NULL);
    snprintf(
        command, sizeof(command),
        "cd '%s' && for n in added shipped 'refused [jdk]'; do keytool -importcert -noprompt "
        "-alias \"$n\" -file \"${n%%%% *}.pem\" -keystore jdk/lib/security/cacerts -storetype %s "
        "-storepass changeit >/dev/null 2>&1 || exit 1; done",
        f->path, type);
    assert_true(run(command));
    set_variable(0, "JAVA_HOME", "/jdk");
    struct evidence *ev = look(f);
    const struct store *s = &ev->facts.stores[0];
    assert_int_equal(ev->facts.n_stores, 1);
    assert_int_equal(s->kind, STORE_JAVA);
    assert_true(s->is_read);
    assert_int_equal(s->total, 3);
    assert_int_equal(s->added, 1);
    assert_int_equal(find(ev, s, added)->source, ANCHOR_ADDED);
    assert_int_equal(find(ev, s, shipped)->source, ANCHOR_SHIPPED);
    assert_int_equal(find(ev, s, refused)->source, ANCHOR_SHIPPED); /* the JDK's own alias */
    evidence_free(ev);
}

static void test_java_jks(void **state)
{
    read_java(*state, "JKS");
}

static void test_java_pkcs12(void **state)
{
    read_java(*state, "PKCS12");
}

/* Every cut of a sound file: never a crash, never "read" without its last certificate. */
static void test_cut_java_store(void **state)
{
    static const char head[] =
        "\xfe\xed\xfe\xed\0\0\0\2\0\0\0\1\0\0\0\2\0\1a\0\0\0\0\0\0\0\0\0\5X.509";
    uint8_t whole[4096];
    size_t n = sizeof(head) - 1;
    memcpy(whole, head, n);
    whole[n++] = 0;
    whole[n++] = 0;
    whole[n++] = (uint8_t)(added->der.len >> 8);
    whole[n++] = (uint8_t)added->der.len;
    memcpy(whole + n, added->der.data, added->der.len);
    n += added->der.len;
    for (size_t cut = 0; cut <= n; cut++) {
        const char *file = folder_path(*state, "cut.jks");
        FILE *out = fopen(file, "wb");
        assert_int_equal(fwrite(whole, 1, cut, out), cut);
        fclose(out);
        struct trust_list *t = trust_list_new();
        assert_int_equal(store_read_java(t, file), cut == n);
        assert_int_equal(t->n, cut == n);
        trust_list_free(t);
    }
}

/* ---- git, Node, Python -------------------------------------------------------------------- */

static void test_git_setting(void **state)
{
    make_folders(*state, "home/anna/certs/");
    write_pem(*state, "home/anna/certs/corp.pem", added, NULL);
    folder_write(
        *state, "home/anna/.gitconfig",
        "[user]\n\tsslCAInfo = /wrong\n# [http]\n[http \"https://x/\"]\n sslCAInfo=/wrong\n"
        "[HTTP]\n\tSSLcainfo = \"~/certs/corp.pem\"\n[core]\n");
    struct evidence *ev = look(*state);
    const struct store *s = &ev->facts.stores[0];
    assert_int_equal(ev->facts.n_stores, 1);
    assert_int_equal(s->kind, STORE_GIT);
    assert_string_equal(s->file, "~/certs/corp.pem");
    assert_false(s->has_builtin);
    assert_int_equal(find(ev, s, added)->source, ANCHOR_ADDED);
    assert_null(find(ev, s, shipped));
    evidence_free(ev);
}

static void test_no_git_setting(void **state)
{
    make_folders(*state, "home/anna/");
    folder_write(*state, "home/anna/.gitconfig", "[user]\n\tname = Anna\n[http]\n\tproxy = x\n");
    struct evidence *ev = look(*state);
    assert_int_equal(ev->facts.n_stores, 0);
    evidence_free(ev);
}

static void put_node(const struct folder *f)
{
    make_folders(f, "bin/");
    assert_int_equal(chmod(folder_write(f, "bin/node", "#!/bin/sh\n"), 0700), 0);
    set_variable(0, "PATH", "/sbin::/bin");
}

static void test_node_alone(void **state)
{
    put_node(*state);
    struct evidence *ev = look(*state);
    const struct store *s = &ev->facts.stores[0];
    assert_int_equal(ev->facts.n_stores, 1);
    assert_int_equal(s->kind, STORE_NODE);
    assert_true(s->is_read && s->has_builtin && !s->has_system);
    assert_int_equal(s->total, 0);
    evidence_free(ev);
}

static void test_node_with_a_file(void **state)
{
    put_node(*state);
    write_pem(*state, "extra.pem", added, shipped);
    set_variable(1, "NODE_EXTRA_CA_CERTS", "/extra.pem");
    set_variable(2, "NODE_OPTIONS", "--no-warnings --use-system-ca");
    struct evidence *ev = look(*state);
    const struct store *s = &ev->facts.stores[0];
    assert_true(s->is_read && s->has_builtin && s->has_system);
    assert_string_equal(s->file, "/extra.pem");
    assert_int_equal(s->total, 2);
    assert_int_equal(s->added, 1);
    evidence_free(ev);
}

static void test_node_told_to_use_the_system(void **state)
{
    put_node(*state);
    set_variable(2, "NODE_OPTIONS", "--use-openssl-ca");
    struct evidence *ev = look(*state);
    assert_true(!ev->facts.stores[0].has_builtin && ev->facts.stores[0].has_system);
    evidence_free(ev);
}

/* A program that is linked to the system's OpenSSL is a distribution's own build. */
static void test_node_of_a_distribution(void **state)
{
    char command[3 * PATH_MAX];
    if (!has_tool("openssl") || !run("readelf -d \"$(command -v openssl)\" 2>/dev/null | "
                                     "grep -q 'libssl\\.so'"))
        skip();
    make_folders(*state, "bin/");
    snprintf(command, sizeof(command), "cp \"$(command -v openssl)\" '%s'",
             folder_path(*state, "bin/node"));
    assert_true(run(command));
    set_variable(0, "PATH", "/bin");
    struct evidence *ev = look(*state);
    assert_true(!ev->facts.stores[0].has_builtin && ev->facts.stores[0].has_system);
    evidence_free(ev);
}

static void test_python_takes_the_named_file(void **state)
{
    make_folders(*state, "usr/lib/python3/dist-packages/certifi/");
    make_folders(*state, "usr/local/lib/python3.11/dist-packages/certifi/");
    write_pem(*state, "usr/lib/python3/dist-packages/certifi/cacert.pem", shipped, NULL);
    write_pem(*state, "usr/local/lib/python3.11/dist-packages/certifi/cacert.pem", added, NULL);
    struct evidence *ev = look(*state);
    assert_int_equal(ev->facts.n_stores, 2);
    assert_int_equal(ev->facts.stores[0].added, 0); /* a copy of Mozilla's, newer than ours */
    evidence_free(ev);

    write_pem(*state, "mine.pem", shipped, NULL);
    set_variable(0, "REQUESTS_CA_BUNDLE", "/mine.pem");
    ev = look(*state);
    assert_int_equal(ev->facts.n_stores, 1);
    assert_string_equal(ev->facts.stores[0].file, "/mine.pem");
    evidence_free(ev);
}

/* The same file by two names is one list. */
static void test_one_file_once(void **state)
{
    make_folders(*state, "etc/ssl/certs/java/");
    make_folders(*state, "usr/lib/jvm/a/lib/security/");
    folder_write(*state, "etc/ssl/certs/java/cacerts", "nothing");
    assert_int_equal(symlink(folder_path(*state, "etc/ssl/certs/java/cacerts"),
                             folder_path(*state, "usr/lib/jvm/a/lib/security/cacerts")),
                     0);
    struct evidence *ev = look(*state);
    assert_int_equal(ev->facts.n_stores, 1);
    assert_false(ev->facts.stores[0].is_read);
    evidence_free(ev);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, folder_make, folder_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(test_firefox_profile),
        IN_FOLDER(test_profile_is_not_touched),
        IN_FOLDER(test_damaged_profile_is_said),
        IN_FOLDER(test_java_jks),
        IN_FOLDER(test_java_pkcs12),
        IN_FOLDER(test_cut_java_store),
        IN_FOLDER(test_git_setting),
        IN_FOLDER(test_no_git_setting),
        IN_FOLDER(test_node_alone),
        IN_FOLDER(test_node_with_a_file),
        IN_FOLDER(test_node_told_to_use_the_system),
        IN_FOLDER(test_node_of_a_distribution),
        IN_FOLDER(test_python_takes_the_named_file),
        IN_FOLDER(test_one_file_once),
    };
    return cmocka_run_group_tests(tests, make_all, pki_tear_down);
}
