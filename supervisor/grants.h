/*
 * grants: what of the machine a pool's programs may use: directories to read or to write, and variables of the environment.
 *
 * Idea. A grant is a text, `read=DIR`, `write=DIR` (reading too) or `env=NAME`, and belongs to the pool: directories are opened once,
 * when it starts, and every worker is given those descriptors and nothing else that leads to a file. A job may ask for less than the
 * pool has (grants_cover), never for more.
 *
 * Invariants: paths are absolute and real; the descriptors are O_PATH and close on exec; a variable that is not set when the pool
 * starts is not granted to its programs either, but may be asked for.
 */
#ifndef ATOLL_GRANTS_H
#define ATOLL_GRANTS_H

#include <ipc/error.h>
#include <ipc/read.h>
#include <ipc/rpc.h>
#include <stdbool.h>
#include <stddef.h>

enum { GRANT_DIRS_MOST = 16, GRANT_VARIABLES_MOST = 64 };

typedef struct {
    char *path, *alias; /* alias: the absolute path that was given, when it is another; or NULL */
    bool writable;
    int fd;
} GrantedDir;

typedef struct {
    GrantedDir dirs[GRANT_DIRS_MOST];
    size_t dir_count;
    char *variables[GRANT_VARIABLES_MOST + 1]; /* "NAME=VALUE"; NULL at the end */
    size_t variable_count;
    char *texts[GRANT_DIRS_MOST + GRANT_VARIABLES_MOST]; /* as status shows them: read=/real/path, env=NAME */
    size_t text_count;
} Grants;

/* Opens what a list of lines grants (NULL: nothing). False with one line in `error`; grants_free in either case. */
bool grants_open(Grants *grants, const char *list, char *error, size_t capacity);
void grants_free(Grants *grants);

/* Whether the grants (NULL: none) go as far as a job asks: each of its texts names the same or less. Else the error says which does not. */
IpcCode grants_cover(const Grants *grants, IpcList asked, IpcError *error);

/* A client's lines with absolute, real paths in place of its own, each appended to `buf` as an element of `list`, which must be
 * finished. False with one line in `error`. */
bool grants_ask(const char *list, IpcBuf *buf, IpcList *asked, char *error, size_t capacity);

#endif
