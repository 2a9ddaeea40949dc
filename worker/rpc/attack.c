/* attack: the module _attack, which exists only in a worker that `atoll check --attack` has started: raw system calls, so that what
 * the kernel refuses can be seen, not believed.
 *
 * It does the worst that native code in a worker could do; nothing of it goes through the interpreter's own refusals. */
#include <errno.h>
#include <unistd.h>

#include "modules/module.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/str.h"
#include "rpc/lockdown.h"
#include "rpc/worker.h"

enum { ARGUMENTS = 6 };

/* An int as it is, bytes as the address of their data, None as 0. */
static int raw_argument(Value v, long *out) {
    int64_t number = 0;
    if (is_bytes(v)) number = (int64_t)(intptr_t)bytes_data(v);
    else if (v != NONE && value_as_i64(v, &number) < 0) return -1;
    *out = (long)number;
    return 0;
}

/* number, then up to six arguments; what the kernel answers, an error as its negative number. */
static Value attack_syscall(Value module, Value const *args, size_t nargs) {
    (void)module;
    long raw[ARGUMENTS + 1] = {0};
    if (!args_count("syscall", nargs, 1, ARGUMENTS + 1)) return NULL;
    for (size_t i = 0; i < nargs; i++)
        if (raw_argument(args[i], &raw[i]) < 0) return NULL;
    long answer = syscall(raw[0], raw[1], raw[2], raw[3], raw[4], raw[5], raw[6]);
    return int_from_i64(answer == -1 ? -errno : answer);
}

#if defined(__x86_64__)
/* The same through the gate of 32-bit programs, where numbers mean other calls; no arguments. */
static Value attack_syscall_32(Value module, Value v) {
    (void)module;
    int number;
    if (value_as_int(v, &number) < 0) return NULL;
    long answer;
    __asm__ volatile("int $0x80"
                     : "=a"(answer)
                     : "a"((long)number), "b"(0L), "c"(0L), "d"(0L)
                     : "memory", "r8", "r9", "r10", "r11");
    return int_from_i64((int)answer);
}
#endif

/* ---- what can go wrong in native code: every way to die has its own function ---- */

static Value attack_fault(Value module) {
    (void)module;
    volatile uintptr_t nowhere = 8;
    *(volatile int *)nowhere = 0;
    return NONE;
}

/* Never comes back, and hears nothing. */
static Value attack_hang(Value module) {
    volatile bool for_ever = true;
    while (for_ever) continue;
    return module;
}

static Value attack_leave(Value module, Value v) {
    (void)module;
    int code;
    if (value_as_int(v, &code) < 0) return NULL;
    _exit(code);
}

/* So many times: garbage over the whole telemetry page, with a head that lets it be read every other time. */
static Value attack_scribble(Value module, Value v) {
    (void)module;
    int64_t times;
    if (value_as_i64(v, &times) < 0) return NULL;
    Worker *w = rt->host->ctx;
    char *bytes = (char *)w->telemetry.page;
    for (uint64_t seed = (uint64_t)times; times > 0; times--) {
        for (size_t i = 0; i < IPC_TELEMETRY_BYTES; i += sizeof seed) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            memcpy(bytes + i, &seed, sizeof seed);
        }
        IpcTelemetryPage *page = w->telemetry.page;
        if (times % 2 == 0) continue;
        page->magic = IPC_TELEMETRY_MAGIC;
        page->job = page->slots[0].job = page->slots[1].job = w->job;
    }
    return NONE;
}

static const NativeMethod functions[] = {
    METHOD_NOARGS("fault", attack_fault, "fault($module, /)\n--\n\nWrites where nothing is mapped."),
    METHOD_NOARGS("hang", attack_hang, "hang($module, /)\n--\n\nComputes for ever and answers nobody."),
    METHOD_ONE("leave", attack_leave, "leave($module, code, /)\n--\n\nEnds the process on the spot."),
    METHOD_ONE("scribble", attack_scribble,
               "scribble($module, times, /)\n--\n\nGarbage over what the worker tells of itself."),
    METHOD_FAST(
        "syscall", attack_syscall,
        "syscall($module, number, /, *args)\n--\n\nA raw system call; a negative answer is an errno."),
#if defined(__x86_64__)
    METHOD_ONE("syscall_32", attack_syscall_32,
               "syscall_32($module, number, /)\n--\n\nA raw system call of 32-bit programs."),
#endif
    {0},
};

static const struct {
    int number;
    const char *name;
} syscall_rows[] = {
#include "syscall_names.inc"
};

typedef struct PolicyRow {
    const char *name, *why;
} PolicyRow;

static const PolicyRow policy_rows[] = {
#define ALLOW(name, why)                     {#name, why},
#define ALLOW_ARG(name, arg, op, value, why) {#name, why},
#define REFUSE(name, error, why)             {#name, why},
#include "rpc/seccomp_policy.def"
};
static const PolicyRow files_rows[] = {
#include "rpc/seccomp_files.def"
};

static Value names_of_calls(void) {
    Value dict = dict_new();
    for (size_t i = 0; dict && i < sizeof syscall_rows / sizeof *syscall_rows; i++)
        if (dict_set_cstr(dict, syscall_rows[i].name, small_int_new(syscall_rows[i].number)) < 0)
            CLEAR_FIELD(dict);
    return dict;
}

static int add_rows(Value dict, const PolicyRow *rows, size_t count) {
    int status = 0;
    for (size_t i = 0; status == 0 && i < count; i++) {
        Value why = str_from_cstr(rows[i].why);
        status = why ? dict_set_cstr(dict, rows[i].name, why) : -1;
        xdecref(why);
    }
    return status;
}

static bool has_files(void) { return rt->host->path_call != NULL; }

static Value listed_calls(void) {
    Value dict = dict_new();
    int status = dict ? add_rows(dict, policy_rows, sizeof policy_rows / sizeof *policy_rows) : -1;
    if (status == 0 && has_files())
        status = add_rows(dict, files_rows, sizeof files_rows / sizeof *files_rows);
    if (status < 0 && dict) CLEAR_FIELD(dict);
    return dict;
}

static int attack_ready(Value module) {
    if (module_add(module, "files_socket", has_files() ? small_int_new(FILES_SOCKET) : NONE) < 0) return -1;
    return module_add(module, "calls", names_of_calls()) < 0 ? -1
                                                             : module_add(module, "policy", listed_calls());
}

static const ModuleSpec attack_spec = {
    .name = "_attack",
    .doc = "Raw system calls, in a worker that was started to be attacked from within.",
    .functions = functions,
    .ready = attack_ready,
};

int attack_install(void) {
    Value module = module_from_spec(&attack_spec);
    int status = module ? dict_set_cstr(AS_VALUE(rt->modules), "_attack", module) : -1;
    xdecref(module);
    return status;
}
