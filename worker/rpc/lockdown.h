/*
 * lockdown: what a worker gives up when its interpreter is up and before it reads a byte of anybody's.
 *
 * Three layers, each in a file of its own, in this order: dumpable (nobody traces it, /proc is closed), Landlock (no path can be
 * opened, no port bound or connected to, where the kernel is new enough), seccomp (only the system calls of seccomp_policy.def).
 * None can be taken back. Needs no_new_privs, which the supervisor has set. A fourth one, grants, is how the process is confined
 * that serves granted directories (files_server.h); it was entered before.
 *
 * Invariant: each layer's state is reported as it is, in the words of the supervisor's sandbox layers; whether a missing one
 * matters is the supervisor's to say. A build with a sanitizer leaves all three off, because its runtime reads /proc.
 */
#ifndef ATOLL_RPC_LOCKDOWN_H
#define ATOLL_RPC_LOCKDOWN_H

#include <stdbool.h>
#include <stdint.h>

#include <ipc/buf.h>

typedef enum {
    LOCKDOWN_OFF,
    LOCKDOWN_ACTIVE,
    LOCKDOWN_DEGRADED, /* active, but the kernel is too old for a part of it */
    LOCKDOWN_UNAVAILABLE,
} LockdownState;

/* Stands in the built filter for the process number of the worker that loads it. */
#define SECCOMP_SELF_MARK 0x5e1f5e1fu

/* The descriptor of a worker's end of the socket to its files server. */
enum { FILES_SOCKET = 3 };

typedef struct LockdownPlan {
    const char *without; /* layers to leave out: a list such as "seccomp,landlock", or NULL */
    bool with_files;     /* a files server is up, confined as files_server says */
    LockdownState files_server;
} LockdownPlan;

enum { LOCKDOWN_LAYERS = 4 };

/* Layers that a process has entered already, or that the process had from which it was forked. */
typedef struct Lockdown {
    LockdownState states[LOCKDOWN_LAYERS];
    unsigned entered; /* bit per layer */
} Lockdown;

/* Enters the layers that a fork takes with it and that leave it possible: all but seccomp. */
void lockdown_prepare(const LockdownPlan *plan, Lockdown *lockdown);
/* Enters the layers that have not been entered. Appends the map of layer to state that the `ready` message carries. */
void lockdown_enter(const LockdownPlan *plan, Lockdown *lockdown, IpcBuf *layers);
/* Whether a list such as "seccomp,landlock", or NULL, has the word. */
bool lockdown_names(const char *list, const char *word);

struct FilesRoot;
/* Without roots nothing can be named; with them (files_server.h), what is beneath. */
LockdownState landlock_enter(const struct FilesRoot *roots, int count);
/* with_files: the process may use descriptors of files, which it cannot open. */
LockdownState seccomp_enter(bool with_files);
/* The filter of the process that serves files. */
LockdownState seccomp_enter_files_server(void);

#endif
