/* seccomp_filter: loads one of the filters that policy/policy_compiler.c made of seccomp_policy.def and its like. */
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "rpc/lockdown.h"

static const struct sock_filter plain_filter[] = {
#include "seccomp_policy.inc"
};
static const struct sock_filter files_filter[] = {
#include "seccomp_files.inc"
};
static const struct sock_filter server_filter[] = {
#include "seccomp_files_server.inc"
};
enum {
    PLAIN_STEPS = sizeof plain_filter / sizeof *plain_filter,
    FILES_STEPS = sizeof files_filter / sizeof *files_filter,
    SERVER_STEPS = sizeof server_filter / sizeof *server_filter,
    STEPS_MOST = 256,
};
_Static_assert(PLAIN_STEPS <= STEPS_MOST && FILES_STEPS <= STEPS_MOST && SERVER_STEPS <= STEPS_MOST,
               "room for a filter");

static LockdownState load(const struct sock_filter *filter, unsigned short count) {
    struct sock_filter steps[STEPS_MOST];
    for (int i = 0; i < count; i++) {
        steps[i] = filter[i];
        if (steps[i].k == SECCOMP_SELF_MARK) steps[i].k = (uint32_t)getpid();
    }
    struct sock_fprog program = {count, steps};
    return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0 ? LOCKDOWN_ACTIVE
                                                                           : LOCKDOWN_UNAVAILABLE;
}

LockdownState seccomp_enter(bool with_files) {
    return with_files ? load(files_filter, FILES_STEPS) : load(plain_filter, PLAIN_STEPS);
}

LockdownState seccomp_enter_files_server(void) { return load(server_filter, SERVER_STEPS); }
