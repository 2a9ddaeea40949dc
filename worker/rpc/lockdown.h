/*
 * lockdown: what a worker gives up when its interpreter is up and before it reads a byte of anybody's.
 *
 * Three layers, each in a file of its own, in this order: dumpable (nobody traces it, /proc is closed), Landlock (no path can be
 * opened, no port bound or connected to, where the kernel is new enough), seccomp (only the system calls of seccomp_policy.def).
 * None can be taken back. Needs no_new_privs, which the supervisor has set.
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

/* Enters all layers but those that `without`, a list such as "seccomp,landlock", names (NULL: all). Appends the map of layer to
 * state that the `ready` message carries. */
void lockdown_enter(const char *without, IpcBuf *layers);

LockdownState landlock_enter(void);
LockdownState seccomp_enter(void);

#endif
