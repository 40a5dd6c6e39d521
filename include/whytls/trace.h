/*
 * trace.h - what the program does, line by line, for who works on it: WHYTLS_TRACE names the areas
 * that write (`session,probe`, or `all`), WHYTLS_TRACE_FILE the file. Off, it costs one branch.
 * Names of
 * hosts and files are written; passwords, keys and where they lie never are. Uses libc
 * and file.h.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_TRACE_H
#define WHYTLS_TRACE_H

/* X(IDENT, its name in WHYTLS_TRACE, and in each line) */
#define TRACE_AREA_LIST(X)                                                                         \
    X(SESSION, "session") /* the wants of each walk; what is started, ended, cancelled */          \
    X(PROBE, "probe")     /* the layers, events and end of each try, fetch and look-up */          \
    X(SEARCH, "search")   /* what the search asks for next, and why a change was dropped */        \
    X(LOCAL, "local")     /* what was read of this computer, from where, and why not */

enum trace_area {
#define X(ident, name) TRACE_##ident,
    TRACE_AREA_LIST(X)
#undef X
        TRACE_AREA_COUNT
};

/* Where WHYTLS_TRACE_FILE is not set: in the folder that is the current one. */
#define TRACE_FILE_DEFAULT "whytls-trace.log"

/* A bit for each area that writes. Set by trace_begin, before there are threads; read only. */
extern unsigned trace_areas;

/*
 * Reads the two variables and opens the file (file_open_append). What is wrong with them is one
 * line each on standard error: an area that is not known is passed over, a file that cannot be
 * opened turns the trace off. Call once, before there are threads or a screen.
 */
void trace_begin(void);
/* What follows is not written; says on standard error where lines were lost. The file stays open to
 * the end of the process: a thread that was abandoned may be in the middle of a line. */
void trace_end(void);

/* From any thread: a line, whole or not at all. */
void trace_line(enum trace_area area, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* TRACE(PROBE, "format", ...): the arguments are not looked at where the area does not write. */
#define TRACE_IS_ON(ident) ((trace_areas & (1u << TRACE_##ident)) != 0)
#define TRACE(ident, ...) (TRACE_IS_ON(ident) ? trace_line(TRACE_##ident, __VA_ARGS__) : (void)0)

#endif
