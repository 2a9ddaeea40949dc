#include "rpc/lockdown.h"

#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>

#include <ipc/buf.h>

#if ATOLL_SANITIZE
enum { SANITIZED = true };
#else
enum { SANITIZED = false };
#endif

static LockdownState dumpable_layer(const LockdownPlan *plan) {
    (void)plan;
    return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 ? LOCKDOWN_ACTIVE : LOCKDOWN_UNAVAILABLE;
}

static LockdownState landlock_layer(const LockdownPlan *plan) { return (void)plan, landlock_enter(NULL, 0); }
static LockdownState grants_layer(const LockdownPlan *plan) { return plan->files_server; }
static LockdownState seccomp_layer(const LockdownPlan *plan) { return seccomp_enter(plan->with_files); }

/* seccomp is the last: it would not allow the others. */
static const struct {
    const char *name;
    LockdownState (*enter)(const LockdownPlan *plan);
} layers[] = {{"grants", grants_layer},
              {"dumpable", dumpable_layer},
              {"landlock", landlock_layer},
              {"seccomp", seccomp_layer}};
enum { LAYERS = sizeof layers / sizeof *layers, SECCOMP = LAYERS - 1 };
_Static_assert((int)LAYERS == LOCKDOWN_LAYERS, "a state for each layer");

static const char *const state_names[] = {
    [LOCKDOWN_OFF] = "off",
    [LOCKDOWN_ACTIVE] = "active",
    [LOCKDOWN_DEGRADED] = "degraded",
    [LOCKDOWN_UNAVAILABLE] = "unavailable",
};

bool lockdown_names(const char *list, const char *name) {
    size_t length = strlen(name);
    while (list && *list) {
        size_t word = strcspn(list, ",");
        if (word == length && memcmp(list, name, length) == 0) return true;
        list += word + (list[word] == ',');
    }
    return false;
}

/* The C library looks for another time zone at every localtime(), with a system call, unless TZ names the one it knows. */
static void keep_time_zone(void) {
    setenv("TZ", ":/etc/localtime", 0);
    tzset();
}

static void enter(const LockdownPlan *plan, Lockdown *lockdown, int layer) {
    bool left_out = SANITIZED || lockdown_names(plan->without, layers[layer].name);
    if (lockdown->entered >> layer & 1) return;
    lockdown->states[layer] = left_out ? LOCKDOWN_OFF : layers[layer].enter(plan);
    lockdown->entered |= 1u << layer;
}

void lockdown_prepare(const LockdownPlan *plan, Lockdown *lockdown) {
    if (!lockdown->entered) keep_time_zone(); /* else a fork has brought it along */
    for (int i = 0; i < SECCOMP; i++) enter(plan, lockdown, i);
}

void lockdown_enter(const LockdownPlan *plan, Lockdown *lockdown, IpcBuf *out) {
    lockdown_prepare(plan, lockdown);
    enter(plan, lockdown, SECCOMP);
    ipc_pack_map(out, LAYERS);
    for (int i = 0; i < LAYERS; i++) {
        ipc_pack_cstr(out, layers[i].name);
        ipc_pack_cstr(out, state_names[lockdown->states[i]]);
    }
}
