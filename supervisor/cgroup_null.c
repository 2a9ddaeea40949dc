/* Control groups for a build that has none: see cgroup.h. */
#include <errno.h>

#include "cgroup.h"

void cgroups_open(Cgroups *cgroups, const char *where, const CgroupLimits *limits) {
    *cgroups = (Cgroups){.wanted = where != NULL, .limits = *limits, .error = ENOSYS};
}

void cgroups_close(Cgroups *cgroups) {
    (void)cgroups;
}

void cgroups_change_limits(Cgroups *cgroups, const CgroupLimits *limits) {
    cgroups->limits = *limits;
}

int cgroups_put(Cgroups *cgroups, uint32_t slot, pid_t pid) {
    (void)slot, (void)pid;
    return cgroups->error;
}

void cgroups_clear(const Cgroups *cgroups, uint32_t slot) {
    (void)cgroups, (void)slot;
}

uint64_t cgroups_oom_kills(const Cgroups *cgroups, uint32_t slot) {
    (void)cgroups, (void)slot;
    return 0;
}
