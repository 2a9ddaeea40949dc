/* Control groups, version 2: what the kernel lets each worker have of memory, processes and processor time,
 * whatever happens inside.
 *
 * An optional layer (`cgroup`), used where a part of the tree is delegated to us: a folder in which each
 * worker has a group of its own, worker-N for the slot N, made once and used by all who come into that slot.
 * With `auto` the folder is the server's own group, as systemd's Delegate= gives it: then the server moves
 * into a subgroup of it, `supervisor`, since a group that hands controllers down may hold no processes.
 *
 * A limit that was asked for and cannot be set makes the layer unavailable for that worker, which is reported
 * with the errno; nothing else depends on it unless --require cgroup says so. When a worker has ended,
 * whatever it may have left in its group is killed.
 *
 * cgroup_null.c has the same functions for builds without it (ATOLL_CGROUP=OFF): the layer is unavailable. */
#ifndef ATOLL_CGROUP_H
#define ATOLL_CGROUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum { CGROUP_PATH = 512 };

typedef struct {
    uint64_t memory_bytes, processes, cpu_percent; /* of each worker; 100 is one processor; 0: not limited */
} CgroupLimits;

typedef struct {
    bool wanted;
    bool own;  /* `auto`: the folder was our own group */
    int error; /* errno that makes the layer unavailable to all; 0: none */
    CgroupLimits limits;
    char folder[CGROUP_PATH];
    uint32_t slots; /* the highest for which a group was made */
} Cgroups;

/* `where`: "auto", a folder below a mount of version 2, or NULL: not wanted. What fails is noted in
 * cgroups->error. */
void cgroups_open(Cgroups *cgroups, const char *where, const CgroupLimits *limits);
/* Removes the groups, which must be empty by now. */
void cgroups_close(Cgroups *cgroups);
/* The same folder with other limits, for workers that come from now on. */
void cgroups_change_limits(Cgroups *cgroups, const CgroupLimits *limits);

/* Puts a process that has heard of no client yet into the group of the slot. 0, or the errno of what failed.
 */
int cgroups_put(Cgroups *cgroups, uint32_t slot, pid_t pid);
/* Kills what is left in the slot's group. */
void cgroups_clear(const Cgroups *cgroups, uint32_t slot);
/* How many processes of the slot's group the kernel has killed for want of memory, ever; 0 where that is not
 * known. */
uint64_t cgroups_oom_kills(const Cgroups *cgroups, uint32_t slot);

#endif
