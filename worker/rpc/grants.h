/*
 * grants: the directories that were granted to this worker, as its programs name them, and the requests to its files server.
 *
 * Idea. A grant has the directory's real path and, if it was given by another one, that one as an alias. An absolute name belongs to
 * the grant that it begins with; what follows goes to the server as it is, which resolves links and ".." beneath the grant. A name
 * whose ".." leads from one grant into another is made out by its text. Where several grants have a name, one that may be written
 * goes before, then the longer one: a grant never takes away what another one gives.
 *
 * A job may have less than its worker (grants_narrow). That holds for what a program does through the interpreter; the kernel holds
 * the worker to the pool's grants.
 *
 * Errors of names: EPERM when no grant has the name, EACCES when the grant does not go so far.
 */
#ifndef ATOLL_RPC_GRANTS_H
#define ATOLL_RPC_GRANTS_H

#include <ipc/rpc.h>
#include <pthread.h>

#include "base/path_call.h"
#include "rpc/files_server.h"

typedef struct Grant {
    const char *path, *alias; /* absolute, without a slash at the end but for "/"; alias: or NULL */
    bool writable;
} Grant;

typedef struct Grants {
    Grant dirs[FILES_ROOTS_MOST];
    int count;
    char **environment; /* NAME=VALUE, NULL at the end */
    bool narrowed;      /* the job has less: the next ones in place of those */
    Grant job_dirs[FILES_ROOTS_MOST];
    int job_count;          /* roots of the server: behind the others */
    char **job_environment; /* of the job in any case */
    char *temporary;        /* its TMPDIR=DIR, or NULL */
    int socket;             /* to the files server; -1: there is none */
    pthread_mutex_t turn;   /* one request at a time */
    LockdownState server;
} Grants;

/* Takes a word of the worker's arguments: --read=DIR, --write=DIR, --alias=DIR (of the one before). False: it is none of them.
 * The text stays the caller's. */
bool grants_take_word(Grants *g, const char *word);
/* Starts the files server; the directories' descriptors are 3, 4, ... in the order of the words. False: it does not start. */
bool grants_start(Grants *g, bool bare);
/* Takes the job's texts ("read=DIR", ...; none: all that the worker has) as what holds until the next job. 0, or an errno with *which
 * the text that cannot be had. */
int grants_narrow(Grants *g, IpcList asked, IpcSlice *which);
/* Frees what the last job had. */
void grants_end(Grants *g);
/* The directory in which a program begins whose client tells none; NULL: no directory is granted. */
const char *grants_first(const Grants *g);
/* The variables that the job may have: those that are granted, and TMPDIR, where nothing else is granted by that name: the first
 * directory that it may write. NULL: none. */
char **grants_environment(const Grants *g);
/* Does a name, absolute and without "." and "..", belong to a grant? */
bool grants_have(const Grants *g, const char *name);
/* Makes the call. 0, or an errno. */
int grants_call(Grants *g, const PathCall *call, PathAnswer *answer);

#endif
