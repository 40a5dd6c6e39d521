/*
 * store_nss.c - the authorities that a Firefox, Thunderbird or shared NSS profile (cert9.db) trusts
 * or refuses for web sites. Uses SQLite, read-only: the file is never locked nor written.
 * Its layout is NSS's: a table nssPublic of PKCS #11 objects, a column for each attribute, numbers
 * as four bytes in network order (measured on a profile of certutil 3.87). Fuzzed by fuzz_store.
 * SPDX-License-Identifier: MIT
 */
#include "local/local_stores.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "whytls/reader.h"

enum {
    /* pkcs11n.h: CKT_NSS_TRUSTED, CKT_NSS_TRUSTED_DELEGATOR, CKT_NSS_NOT_TRUSTED */
    NSS_TRUSTED = 0x534351,
    NSS_TRUSTED_DELEGATOR = 0x534352,
    NSS_NOT_TRUSTED = 0x53435a,
    NSS_VENDOR = 0xce,
    MAX_STEPS = 1000, /* of SQLite_STEP virtual instructions: no file can hold us up */
    STEP_SIZE = 10000,
};

/* a0: class; a11: the certificate; a81, a82: issuer and serial; ace536358: trust for servers. */
static const char query[] =
    "SELECT c.a11, t.ace536358 FROM nssPublic c JOIN nssPublic t ON t.a81 = c.a81 AND t.a82 = c.a82"
    " WHERE c.a0 = x'00000001' AND t.a0 = x'ce534353' LIMIT 4096";

/* A file name as SQLite's URI; immutable: no lock, no journal, no write. */
static bool make_uri(const char *file, char *out, size_t out_size)
{
    size_t n = (size_t)snprintf(out, out_size, "file:");
    for (; *file && n + 20 < out_size; file++)
        n += (size_t)snprintf(out + n, out_size - n, strchr("?#%", *file) ? "%%%02x" : "%c",
                              (unsigned char)*file);
    n += (size_t)snprintf(out + n, out_size - n, "?immutable=1");
    return !*file && n < out_size;
}

static int count_down(void *left)
{
    return --*(int *)left <= 0;
}

static sqlite3 *open_file(const char *file)
{
    char uri[3 * PATH_MAX];
    struct stat st;
    sqlite3 *db = NULL;
    if (stat(file, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size > TRUST_MAX_BYTES ||
        !make_uri(file, uri, sizeof(uri)))
        return NULL;
    if (sqlite3_open_v2(uri, &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX,
                        NULL) == SQLITE_OK)
        return db;
    sqlite3_close(db);
    return NULL;
}

static uint32_t trust_of(sqlite3_stmt *row)
{
    struct reader r = reader_of(sqlite3_column_blob(row, 1), (size_t)sqlite3_column_bytes(row, 1));
    return reader_u8(&r) == NSS_VENDOR ? reader_u24(&r) : 0;
}

static void add_row(struct trust_list *t, sqlite3_stmt *row)
{
    uint32_t trust = trust_of(row);
    bool is_on = trust == NSS_TRUSTED || trust == NSS_TRUSTED_DELEGATOR;
    gnutls_datum_t der = {
        .data = (unsigned char *)(uintptr_t)sqlite3_column_blob(row, 0),
        .size = (unsigned)sqlite3_column_bytes(row, 0),
    };
    if (!der.data || (!is_on && trust != NSS_NOT_TRUSTED))
        return;
    struct trust_anchor *a = trust_list_add(t, &der);
    if (!a)
        return;
    a->source = ANCHOR_ADDED;
    a->is_off = !is_on;
}

bool store_read_nss(struct trust_list *t, const char *file)
{
    sqlite3_stmt *rows = NULL;
    int left = MAX_STEPS, rc = SQLITE_ERROR;
    sqlite3 *db = open_file(file);
    if (!db)
        return false;
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_limit(db, SQLITE_LIMIT_LENGTH, TRUST_MAX_BYTES);
    sqlite3_progress_handler(db, STEP_SIZE, count_down, &left);
    if (sqlite3_prepare_v2(db, query, -1, &rows, NULL) == SQLITE_OK)
        while ((rc = sqlite3_step(rows)) == SQLITE_ROW)
            add_row(t, rows);
    sqlite3_finalize(rows);
    sqlite3_close(db);
    return rc == SQLITE_DONE;
}
