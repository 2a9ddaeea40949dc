/* seccomp_filter: loads the filter that policy/policy_compiler.c made of seccomp_policy.def. */
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "rpc/lockdown.h"

static const struct sock_filter built[] = {
#include "seccomp_policy.inc"
};
enum { STEPS = sizeof built / sizeof *built };

LockdownState seccomp_enter(void) {
    struct sock_filter steps[STEPS];
    for (int i = 0; i < STEPS; i++) {
        steps[i] = built[i];
        if (steps[i].k == SECCOMP_SELF_MARK) steps[i].k = (uint32_t)getpid();
    }
    struct sock_fprog program = {STEPS, steps};
    return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0 ? LOCKDOWN_ACTIVE
                                                                           : LOCKDOWN_UNAVAILABLE;
}
