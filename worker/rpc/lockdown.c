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

static LockdownState dumpable_enter(void) {
    return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 ? LOCKDOWN_ACTIVE : LOCKDOWN_UNAVAILABLE;
}

/* seccomp is the last: it would not allow the others. */
static const struct {
    const char *name;
    LockdownState (*enter)(void);
} layers[] = {{"dumpable", dumpable_enter}, {"landlock", landlock_enter}, {"seccomp", seccomp_enter}};
enum { LAYERS = sizeof layers / sizeof *layers };

static const char *const state_names[] = {
    [LOCKDOWN_OFF] = "off",
    [LOCKDOWN_ACTIVE] = "active",
    [LOCKDOWN_DEGRADED] = "degraded",
    [LOCKDOWN_UNAVAILABLE] = "unavailable",
};

static bool named(const char *list, const char *name) {
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

void lockdown_enter(const char *without, IpcBuf *out) {
    keep_time_zone();
    ipc_pack_map(out, LAYERS);
    for (int i = 0; i < LAYERS; i++) {
        LockdownState state = SANITIZED || named(without, layers[i].name) ? LOCKDOWN_OFF : layers[i].enter();
        ipc_pack_cstr(out, layers[i].name);
        ipc_pack_cstr(out, state_names[state]);
    }
}
