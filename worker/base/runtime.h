/*
 * runtime: the one pointer to all of the interpreter's state.
 *
 * Idea. Everything a Python world consists of lies in one heap; `rt` points to its root, which lies there too. Dropping or
 * restoring the heap's image therefore drops or restores the whole world. No other mutable global exists in the worker.
 */
#ifndef ATOLL_BASE_RUNTIME_H
#define ATOLL_BASE_RUNTIME_H

#include <heap/heap.h>
#include <stdbool.h>
#include <stdint.h>

struct Type;
struct Object;
struct Dict;
struct Shape;
struct Thread;
struct StrTable;

#define RUNTIME_MAX_TYPES 320

/*
 * The breaker: one word polled at backward jumps and calls. Any bit set leads the evaluator out of its fast path
 * (vm/breaker.h says what each bit does).
 */
enum BreakerBits {
    BREAK_GIL_REQUEST = 1,
    BREAK_COLLECT = 2,  /* the heap asks for a collection */
    BREAK_CANCEL = 4,   /* KeyboardInterrupt for the main thread */
    BREAK_DEADLINE = 8, /* kill-worthy: the job's time is over */
    BREAK_FUEL = 16,
    BREAK_TRACE = 32,
    BREAK_PENDING = 64, /* native calls queued for the main thread */
    BREAK_HOST = 128,   /* the host wants to look at its pipes: host->tick */
};

typedef struct Runtime {
    Heap *heap;
    uint32_t breaker;      /* atomic: breaker_bits, and breaker_set of vm.h */
    struct Thread *thread; /* the one that holds the GIL */
    struct Type *types[RUNTIME_MAX_TYPES];
    struct Type
        *constant_types[8];     /* by constant number: NoneType, bool, bool, ellipsis, NotImplementedType */
    struct Object *names[1400]; /* interned strings of names.def: NAME(__init__) */
    struct Object *latin1[256]; /* one-character strings */
    struct Object *empty_str, *empty_bytes, *empty_tuple, *empty_frozenset;
    struct Object *byte_values[256]; /* one-byte bytes */
    struct StrTable *interned;
    struct Shape *dict_shape; /* mark of instances that live on a dict */
    struct Dict *builtins;    /* the builtins module's dict */
    struct Object *modules;   /* sys.modules */
    struct Dict *sys_dict;
    struct MethodCache *method_cache;
    uint32_t next_type_version;
    uint64_t hash_key[2];       /* SipHash key of this process */
    uint64_t next_dict_version; /* keys versions for LOAD_GLOBAL caches */
    void *vm;                   /* VmState: vm/vm.h */
    void *import_state;         /* ImportState: import/import.h */
    void *module_state;         /* by module id: modules/module.h */
    void *session;              /* SessionEnv of the running job: rpc/session_env.h */
    struct Host *host;          /* output, input, grants: base/host.h; not in the heap */
    uint32_t recursion_limit;
    int32_t int_max_str_digits;
    void *free_lists[16]; /* per-type lists of dead objects, by owner's FREE_LIST_* */
    uint32_t free_counts[16];
    void *number_state, *str_state; /* private state of the int/float and str families, in the heap */
    struct Object *
        interrupt_handler; /* what BREAK_CANCEL calls, or 1 for nothing; NULL: KeyboardInterrupt (modules/m_signal.c) */
    void (*program_timers)(
        void);      /* rings those that are due; NULL: none is set (modules/signal_timers.c). With the GIL */
    char *cwd;      /* where the program went by chdir, in the heap; NULL: where it began (modules/paths.h) */
    uint32_t umask; /* of files that are made */
    uint64_t chance_drawn;       /* words of a seeded stream: modules/chance.h */
    int64_t clock_begun_ns;      /* of a set clock, by the machine's; 0: not yet (modules/clock.h) */
    int64_t clock_advanced_ns;   /* of one that stands still */
    uint64_t descriptors[16];    /* bits: open files of this world, by number (modules/paths.h) */
    struct Object *job_files;    /* what is known of the job's own files: modules/files.h */
    struct Object *memory_error; /* the MemoryError of last resort */
    uint64_t memory_errors_met;  /* MemoryErrors that got to a handler of Python code: rpc/test_knobs.h */
    HeapHooks hooks;             /* as given to the heap: change here, then heap_set_hooks */
    bool finalizers_seen; /* a class with __del__ was made, a file opened: a program's end must run them */
    bool generators_seen; /* a generator was made, which may be owed its end */
    bool booted;
} Runtime;

extern Runtime *rt;

static inline uint32_t breaker_bits(void) { return __atomic_load_n(&rt->breaker, __ATOMIC_RELAXED); }

/* Makes a Python world in a fresh heap and points rt to it: names, types, constants, evaluator; then builtins and the modules
 * that every program has. host stays the caller's. 0, or -1: out of memory (rt is NULL then; drop the heap). */
int runtime_boot(Heap *heap, struct Host *host);
/* Ends the world: rt is NULL after it; its memory goes with heap_drop, which is the caller's. Runs no finalizers. */
void runtime_drop(void);

#endif
