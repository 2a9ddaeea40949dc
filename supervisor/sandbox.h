/* Confinement of a worker, as layers (sandbox_layers.def), each of which is active, degraded, unavailable or
 * off.
 *
 * A SandboxPlan is made once from the options. Every spawn applies it: namespaces by the flags of clone, the
 * rest in the child before exec. The child writes what came of each layer into a SandboxReport in shared
 * memory.
 *
 * Order matters in the child: limits before the user changes (the last step that needs privileges), the death
 * signal after it (a change of user clears it), no_new_privs then, and descriptors last. */
#ifndef ATOLL_SANDBOX_H
#define ATOLL_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "grants.h"
#include "options.h"
#include "set_clock.h"

typedef enum {
#define LAYER(id, name, who, required, help) LAYER_##id,
#include "sandbox_layers.def"
#undef LAYER
    LAYER_COUNT,
} Layer;

typedef enum { LAYER_OFF, LAYER_ACTIVE, LAYER_DEGRADED, LAYER_UNAVAILABLE } LayerState;

typedef struct {
    uint8_t state[LAYER_COUNT]; /* LayerState */
    int error[LAYER_COUNT];     /* errno of what failed */
} SandboxReport;

typedef struct {
    bool wanted[LAYER_COUNT];
    bool required[LAYER_COUNT];
    int clone_flags;  /* CLONE_NEW* of the wanted namespaces */
    char worker_without[64]; /* WORKER layers left out, as a list */
    bool attack;      /* the worker offers raw system calls: cmd_check.c */
    bool keep_stderr; /* the worker may write to the supervisor's stderr */
    pid_t parent;     /* whose death kills the child */
    uid_t drop_to;    /* user and group of the uid layer */
    const Grants *grants;    /* borrowed; NULL: none */
    bool seeded;             /* the workers' randomness is made from the seed */
    uint64_t seed;
    SetClock clock;          /* that their programs see */
    bool gc_whole;           /* their collectors never go in steps */
    uint64_t file_bytes;     /* to which a file may grow, where there is a grant to write */
} SandboxPlan;

/* Lists of words, or NULL. */
typedef struct {
    const char *namespaces; /* such as "user,ipc" or "none" */
    const char *require;    /* layers that must be there beside the built-in ones */
    const char *allow;      /* required layers that may be missing */
    const char *without;    /* layers left out */
} SandboxWishes;

/* Fills the plan. False with one line in `error` for an unknown name. */
bool sandbox_plan(SandboxPlan *plan, const SandboxWishes *wishes, bool keep_stderr, char *error,
                  size_t capacity);
/* Gives the workers of the plan what was granted, which outlives it. */
void sandbox_plan_grant(SandboxPlan *plan, const Grants *grants, uint64_t file_bytes);

/* The same with what the user asked for, and granted: grants outlives the plan, and is to be freed in either case. */
bool sandbox_plan_from_options(SandboxPlan *plan, const Options *options, Grants *grants, char *error, size_t capacity);

/* In the child, async-signal-safe: applies every CHILD layer but descriptors. Returns the first required
 * layer that failed, LAYER_COUNT if none did. */
Layer sandbox_enter(const SandboxPlan *plan, SandboxReport *report);
/* In the child, as the worker's user, async-signal-safe: the first granted directory that this user may not use so, with errno; -1 if
 * there is none. first: the child's descriptor of the first one, which the others follow. */
int sandbox_unusable_grant(const SandboxPlan *plan, int first);
/* In the child, async-signal-safe: closes everything from `lowest` up. */
void sandbox_close_descriptors(SandboxReport *report, unsigned lowest);

/* Marks every wanted namespace as active, or as unavailable because of `error`. */
void sandbox_note_namespaces(const SandboxPlan *plan, SandboxReport *report, int error);
/* The first required layer that is not active, LAYER_COUNT if there is none. WORKER and SUPERVISOR layers are
 * looked at only when `with_worker`: they are known after the worker's `ready`. */
Layer sandbox_missing(const SandboxPlan *plan, const SandboxReport *report, bool with_worker);

const char *sandbox_layer_name(Layer layer);
/* What the layer gives, as a phrase. */
const char *sandbox_layer_help(Layer layer);
const char *sandbox_state_name(LayerState state);
/* Layer or state by name; -1 if there is none. */
int sandbox_layer_find(const char *name, size_t length);
int sandbox_state_find(const char *name, size_t length);

#endif
