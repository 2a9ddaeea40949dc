/*
 * files_server: the process that has a worker's granted directories, so that the worker itself needs no way to name a file.
 *
 * Idea. A directory is granted as an O_PATH descriptor that the supervisor opened. When the worker starts, and before it reads a
 * byte of anybody's, it forks: the child keeps those descriptors and serves; the worker closes them, and then enters the same
 * confinement as a worker without grants: no call that takes a path, a Landlock ruleset without a rule. What it may do beyond that is
 * to use descriptors of plain files and directories, and to ask the server for them over a socket pair. So a program that has taken
 * the worker's native code over has no more than one that has not: requests to a server that resolves every name by openat2 beneath a
 * granted directory (RESOLVE_BENEATH, NO_MAGICLINKS, NO_XDEV). The server is confined too: its Landlock rules are the grants, and its
 * kernel filter (seccomp_files_server.def) has the calls it makes and no other.
 *
 * One request, one answer, in turn (files_wire.h). The server keeps nothing from request to request but the directories that a job
 * was narrowed to, and believes nothing that a request says: it is native code's to fill in.
 *
 * What is refused, with EACCES: a name that leads out of its grant, by "..", a symbolic link, a mount point or a magic link of /proc;
 * writing where reading is granted; anything that is neither plain file nor directory. There is no request for links, devices,
 * owners and set-user-id bits.
 *
 * States: serving -> ended, when the worker's end of the socket is closed. If the server dies, the worker's calls fail with EIO.
 */
#ifndef ATOLL_RPC_FILES_SERVER_H
#define ATOLL_RPC_FILES_SERVER_H

#include <stdbool.h>

#include "rpc/lockdown.h"

enum { FILES_ROOTS_MOST = 16 /* granted, and as many beneath them for a job */ };

typedef struct FilesRoot {
    int fd; /* of the directory, O_PATH */
    bool writable;
} FilesRoot;

/* Forks the server of these directories; their descriptors belong to it from now on. The worker's end of the socket, or -1. *state:
 * how the server is confined. bare: the server leaves out its own Landlock and filter. */
int files_server_start(const FilesRoot *roots, int count, bool bare, LockdownState *state);

#endif
