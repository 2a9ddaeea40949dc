#include "sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <signal.h>
#include <unistd.h>

enum { WHO_CHILD, WHO_CLONE, WHO_SUPERVISOR, WHO_WORKER };
enum { NOBODY = 65534, WORKER_DESCRIPTORS = 64, DESCRIPTORS_WITH_FILES = 1024 };
#if ATOLL_SANITIZE
enum { SANITIZED = true }; /* the sanitizer's runtime in the worker needs what its layers forbid */
#else
enum { SANITIZED = false };
#endif

typedef struct {
    const char *name;
    int who;
    bool required;
    const char *help;
} LayerRow;

static const LayerRow layer_rows[LAYER_COUNT] = {
#define LAYER(id, name, who, required, help) {name, WHO_##who, required, help},
#include "sandbox_layers.def"
#undef LAYER
};

static const char *const state_names[] = {"off", "active", "degraded", "unavailable"};

const char *sandbox_layer_name(Layer layer) {
    return layer < LAYER_COUNT ? layer_rows[layer].name : "none";
}

const char *sandbox_layer_help(Layer layer) {
    return layer < LAYER_COUNT ? layer_rows[layer].help : "";
}

const char *sandbox_state_name(LayerState state) {
    return state_names[state];
}

static bool same_word(const char *name, const char *word, size_t length) {
    return strlen(name) == length && memcmp(name, word, length) == 0;
}

int sandbox_layer_find(const char *name, size_t length) {
    for (int i = 0; i < LAYER_COUNT; i++) {
        if (same_word(layer_rows[i].name, name, length)) return i;
    }
    return -1;
}

int sandbox_state_find(const char *name, size_t length) {
    for (int i = 0; i < 4; i++) {
        if (same_word(state_names[i], name, length)) return i;
    }
    return -1;
}

/* --- the plan --------------------------------------------------------------------------------- */

static const struct {
    const char *name;
    Layer layer;
    int flag;
} namespaces_known[] = {
    {"user", LAYER_NS_USER, CLONE_NEWUSER}, {"pid", LAYER_NS_PID, CLONE_NEWPID},
    {"ipc", LAYER_NS_IPC, CLONE_NEWIPC},    {"uts", LAYER_NS_UTS, CLONE_NEWUTS},
    {"mount", LAYER_NS_MOUNT, CLONE_NEWNS}, {"net", LAYER_NS_NET, CLONE_NEWNET},
};

typedef bool EachWord(SandboxPlan *plan, const char *word, size_t length);

/* Calls `each` on the words of a comma-separated list; false at the first it refuses, named in `error`. */
static bool each_word(const char *list, EachWord *each, SandboxPlan *plan, const char *what, char *error,
                      size_t capacity) {
    while (list && *list) {
        size_t length = strcspn(list, ", ");
        if (length && !each(plan, list, length)) {
            snprintf(error, capacity, "no %s is called '%.*s'", what, (int)length, list);
            return false;
        }
        list += length;
        list += strspn(list, ", ");
    }
    return true;
}

static bool want_namespace(SandboxPlan *plan, const char *word, size_t length) {
    if (same_word("none", word, length)) return true;
    bool all = same_word("all", word, length), found = false;
    for (size_t i = 0; i < sizeof namespaces_known / sizeof *namespaces_known; i++) {
        if (!all && !same_word(namespaces_known[i].name, word, length)) continue;
        plan->wanted[namespaces_known[i].layer] = true;
        plan->clone_flags |= namespaces_known[i].flag;
        found = true;
    }
    return found;
}

static bool require_layer(SandboxPlan *plan, const char *word, size_t length) {
    int layer = sandbox_layer_find(word, length);
    if (layer >= 0) plan->required[layer] = true;
    return layer >= 0;
}

static bool allow_layer(SandboxPlan *plan, const char *word, size_t length) {
    int layer = sandbox_layer_find(word, length);
    if (layer >= 0) plan->required[layer] = false;
    return layer >= 0;
}

static bool leave_out_layer(SandboxPlan *plan, const char *word, size_t length) {
    int layer = sandbox_layer_find(word, length);
    if (layer < 0) return false;
    plan->wanted[layer] = plan->required[layer] = false;
    for (size_t i = 0; i < sizeof namespaces_known / sizeof *namespaces_known; i++) {
        if (namespaces_known[i].layer == (Layer)layer) plan->clone_flags &= ~namespaces_known[i].flag;
    }
    return true;
}

/* The list that the worker is given. */
static void list_worker_layers_left_out(SandboxPlan *plan) {
    char *list = plan->worker_without;
    for (int i = 0; i < LAYER_COUNT; i++) {
        if (layer_rows[i].who != WHO_WORKER || plan->wanted[i]) continue;
        size_t length = strlen(list);
        snprintf(list + length, sizeof plan->worker_without - length, "%s%s", length ? "," : "",
                 layer_rows[i].name);
    }
}

/* The layer counts from now on, unless it was left out. */
void sandbox_plan_grant(SandboxPlan *plan, const Grants *grants, uint64_t file_bytes) {
    plan->grants = grants;
    plan->file_bytes = file_bytes;
    if (!grants->dir_count) plan->wanted[LAYER_GRANTS] = plan->required[LAYER_GRANTS] = false;
}

bool sandbox_plan(SandboxPlan *plan, const SandboxWishes *wishes, bool keep_stderr, char *error,
                  size_t capacity) {
    *plan = (SandboxPlan){.keep_stderr = keep_stderr, .parent = getpid(), .drop_to = NOBODY};
    for (int i = 0; i < LAYER_COUNT; i++) {
        plan->wanted[i] = layer_rows[i].who != WHO_CLONE && layer_rows[i].who != WHO_SUPERVISOR;
        plan->required[i] = layer_rows[i].required && !(SANITIZED && layer_rows[i].who == WHO_WORKER);
    }
    if (!each_word(wishes->namespaces, want_namespace, plan, "namespace", error, capacity)) return false;
    if (!each_word(wishes->require, require_layer, plan, "layer", error, capacity)) return false;
    if (!each_word(wishes->allow, allow_layer, plan, "layer", error, capacity)) return false;
    if (!each_word(wishes->without, leave_out_layer, plan, "layer", error, capacity)) return false;
    list_worker_layers_left_out(plan);
    if (geteuid() == 0) {
        /* Root changes its user instead: in a user namespace of root's own it would still own root's
         * files. */
        plan->wanted[LAYER_NS_USER] = false;
        plan->clone_flags &= ~CLONE_NEWUSER;
    } else {
        plan->wanted[LAYER_UID] = false;
    }
    return true;
}

/* --- in the child: system calls only, no allocation, no locks --------------------------------- */

typedef int LayerStep(const SandboxPlan *plan);

static int enter_session(const SandboxPlan *plan) {
    (void)plan;
    return setsid() < 0 ? -1 : 0;
}

static int limit(int resource, rlim_t most) {
    struct rlimit now;
    if (getrlimit(resource, &now) != 0) return -1;
    if (now.rlim_max < most) most = now.rlim_max;
    return setrlimit(resource, &(struct rlimit){most, most});
}

static bool has_dirs(const SandboxPlan *plan) {
    return plan->grants && plan->grants->dir_count;
}

static bool writes_files(const SandboxPlan *plan) {
    for (size_t i = 0; plan->grants && i < plan->grants->dir_count; i++) {
        if (plan->grants->dirs[i].writable) return true;
    }
    return false;
}

static int enter_rlimits(const SandboxPlan *plan) {
    int failed = limit(RLIMIT_CORE, 0);
    failed |= limit(RLIMIT_NOFILE, has_dirs(plan) ? DESCRIPTORS_WITH_FILES : WORKER_DESCRIPTORS);
    failed |= limit(RLIMIT_MSGQUEUE, 0);
    if (writes_files(plan)) failed |= limit(RLIMIT_FSIZE, plan->file_bytes);
    else if (!plan->keep_stderr) failed |= limit(RLIMIT_FSIZE, 0); /* stderr may be a file */
    return failed;
}

/* The raw calls: the C library's own would signal the parent's other threads, whose memory the child
 * shares. */
static int enter_uid(const SandboxPlan *plan) {
    if (syscall(SYS_setgroups, 0, NULL) != 0) return -1;
    if (syscall(SYS_setresgid, plan->drop_to, plan->drop_to, plan->drop_to) != 0) return -1;
    return (int)syscall(SYS_setresuid, plan->drop_to, plan->drop_to, plan->drop_to);
}

static int enter_pdeathsig(const SandboxPlan *plan) {
    if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0) return -1;
    /* The parent may have died before the call; in a pid namespace of its own the child cannot see it at
     * all. */
    if (!(plan->clone_flags & CLONE_NEWPID) && getppid() != plan->parent) _exit(0);
    return 0;
}

static int enter_no_new_privs(const SandboxPlan *plan) {
    (void)plan;
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

static int enter_environment(const SandboxPlan *plan) {
    (void)plan;
    umask(077);
    return chdir("/");
}

static LayerStep *const child_steps[LAYER_COUNT] = {
    [LAYER_SESSION] = enter_session,
    [LAYER_RLIMITS] = enter_rlimits,
    [LAYER_UID] = enter_uid,
    [LAYER_PDEATHSIG] = enter_pdeathsig,
    [LAYER_NO_NEW_PRIVS] = enter_no_new_privs,
    [LAYER_ENVIRONMENT] = enter_environment,
};

Layer sandbox_enter(const SandboxPlan *plan, SandboxReport *report) {
    Layer missing = LAYER_COUNT;
    for (int i = 0; i < LAYER_COUNT; i++) {
        if (!child_steps[i] || !plan->wanted[i]) continue;
        bool done = child_steps[i](plan) == 0;
        report->state[i] = done ? LAYER_ACTIVE : LAYER_UNAVAILABLE;
        report->error[i] = done ? 0 : errno;
        if (!done && plan->required[i] && missing == LAYER_COUNT) missing = (Layer)i;
    }
    return missing;
}

int sandbox_unusable_grant(const SandboxPlan *plan, int first) {
    for (size_t i = 0; plan->grants && i < plan->grants->dir_count; i++) {
        const GrantedDir *dir = &plan->grants->dirs[i];
        int mode = R_OK | X_OK | (dir->writable ? W_OK : 0);
        if (syscall(SYS_faccessat2, first + (int)i, "", mode, AT_EMPTY_PATH | AT_EACCESS) != 0) return (int)i;
    }
    return -1;
}

static void close_each(unsigned lowest) {
    for (int fd = (int)lowest; fd < 65536; fd++)
        close(fd);
}

void sandbox_close_descriptors(SandboxReport *report, unsigned lowest) {
    report->state[LAYER_DESCRIPTORS] = LAYER_ACTIVE;
    if (syscall(SYS_close_range, lowest, ~0u, 0) == 0) return;
    report->state[LAYER_DESCRIPTORS] = LAYER_DEGRADED; /* an old kernel: those above 65535 stay */
    report->error[LAYER_DESCRIPTORS] = errno;
    close_each(lowest);
}

/* --- what came of it -------------------------------------------------------------------------- */

void sandbox_note_namespaces(const SandboxPlan *plan, SandboxReport *report, int error) {
    for (int i = 0; i < LAYER_COUNT; i++) {
        if (layer_rows[i].who != WHO_CLONE || !plan->wanted[i]) continue;
        report->state[i] = error ? LAYER_UNAVAILABLE : LAYER_ACTIVE;
        report->error[i] = error;
    }
}

Layer sandbox_missing(const SandboxPlan *plan, const SandboxReport *report, bool with_worker) {
    for (int i = 0; i < LAYER_COUNT; i++) {
        bool known = (layer_rows[i].who != WHO_WORKER && layer_rows[i].who != WHO_SUPERVISOR) || with_worker;
        if (known && plan->required[i] && report->state[i] == LAYER_UNAVAILABLE) return (Layer)i;
        if (known && plan->required[i] && report->state[i] == LAYER_OFF) return (Layer)i;
    }
    return LAYER_COUNT;
}
