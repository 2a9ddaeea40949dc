/*
 * posix: the part of the system that a worker may touch. See posix.h for what is granted when.
 *
 * os._exit(n) ends the job as sys.exit(n) does: the process is the pool's, not the program's.
 */
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <sys/times.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "base/host.h"
#include "modules/chance.h"
#include "modules/paths.h"
#include "modules/posix.h"
#include "modules/signal.h"
#include "modules/struct_seq.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/set.h"

/* ---- results with names ---- */

static const char *const stat_fields[] = {"st_mode",
                                          "st_ino",
                                          "st_dev",
                                          "st_nlink",
                                          "st_uid",
                                          "st_gid",
                                          "st_size",
                                          "",
                                          "",
                                          "",
                                          "st_atime",
                                          "st_mtime",
                                          "st_ctime",
                                          "st_atime_ns",
                                          "st_mtime_ns",
                                          "st_ctime_ns",
                                          "st_blksize",
                                          "st_blocks",
                                          "st_rdev",
                                          NULL};
static const char *const statvfs_fields[] = {"f_bsize",  "f_frsize",  "f_blocks", "f_bfree",
                                             "f_bavail", "f_files",   "f_ffree",  "f_favail",
                                             "f_flag",   "f_namemax", "f_fsid",   NULL};
static const char *const terminal_size_fields[] = {"columns", "lines", NULL};
static const char *const times_fields[] = {"user",    "system", "children_user", "children_system",
                                           "elapsed", NULL};
static const char *const uname_fields[] = {"sysname", "nodename", "release", "version", "machine", NULL};

static const StructSeqSpec stat_spec = {
    "os.stat_result",
    "What stat, fstat and lstat answer: a tuple of (mode, ino, dev, nlink, "
    "uid, gid, size, atime, mtime, ctime), with names.",
    stat_fields, 10, true};
static const StructSeqSpec statvfs_spec = {"os.statvfs_result", "What statvfs answers.", statvfs_fields, 10,
                                           true};
static const StructSeqSpec terminal_size_spec = {"os.terminal_size", "Columns and lines of a terminal.",
                                                 terminal_size_fields, 0, true};
static const StructSeqSpec times_spec = {"posix.times_result", "What times answers: seconds.", times_fields,
                                         0, true};
static const StructSeqSpec uname_spec = {"posix.uname_result", "What uname answers.", uname_fields, 0, true};

/* ---- the process ---- */

static Value posix_getpid(Value module) { return (void)module, small_int_new(getpid()); }
static Value posix_getppid(Value module) { return (void)module, small_int_new(getppid()); }
static Value posix_getuid(Value module) { return (void)module, small_int_new(getuid()); }
static Value posix_getgid(Value module) { return (void)module, small_int_new(getgid()); }
static Value posix_geteuid(Value module) { return (void)module, small_int_new(geteuid()); }
static Value posix_getegid(Value module) { return (void)module, small_int_new(getegid()); }

/* How many processors the worker may run on; None when the system does not say. */
static int processor_count(void) {
    cpu_set_t set;
    return sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 0;
}

static Value posix_cpu_count(Value module) {
    (void)module;
    int n = processor_count();
    return n ? small_int_new(n) : NONE;
}

static Value posix_sched_getaffinity(Value module, Value pid) {
    (void)module;
    cpu_set_t set;
    int number;
    if (value_as_int(pid, &number) < 0) return NULL;
    if (number != 0 && number != getpid()) return raise_os_error(EPERM, NULL);
    if (sched_getaffinity(0, sizeof set, &set) < 0) return raise_os_error(errno, NULL);
    Value result = set_new(NULL), status = result;
    for (int i = 0; status && i < CPU_SETSIZE; i++)
        if (CPU_ISSET(i, &set) && set_add(result, small_int_new(i)) < 0) status = NULL;
    if (!status) CLEAR_FIELD(result);
    return result;
}

static Value posix_sched_yield(Value module) { return (void)module, gil_yield(), NONE; }

static Value posix_times(Value module) {
    (void)module;
    struct tms t;
    clock_t elapsed = times(&t);
    double tick = 1.0 / (double)sysconf(_SC_CLK_TCK);
    Value v[5] = {float_new((double)t.tms_utime * tick), float_new((double)t.tms_stime * tick),
                  float_new((double)t.tms_cutime * tick), float_new((double)t.tms_cstime * tick),
                  float_new((double)elapsed * tick)};
    return struct_seq_new_steal(POSIX->times_result, v);
}

static Value posix_uname(Value module) {
    (void)module;
    struct utsname u;
    if (uname(&u) < 0) return raise_os_error(errno, NULL);
    Value v[5] = {str_from_cstr(u.sysname), str_from_cstr(u.nodename), str_from_cstr(u.release),
                  str_from_cstr(u.version), str_from_cstr(u.machine)};
    return struct_seq_new_steal(POSIX->uname_result, v);
}

static Value posix_exit(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    static const char *const names[] = {"status", NULL};
    static const ArgSpec spec = {"_exit", names, 1, 1, 1};
    Value out[1];
    int status;
    if (!args_bind(&spec, args, nargs, kwnames, out) || value_as_int(out[0], &status) < 0) return NULL;
    return raise_with(T_SystemExit, out[0]);
}

static Value posix_abort(Value module) {
    (void)module;
    signal_die(SIGABRT);
    return NULL;
}

/* Only to the worker itself; 0 asks whether it is there. */
static Value posix_kill(Value module, Value const *args, size_t nargs) {
    (void)module;
    int pid, number;
    if (!args_count("kill", nargs, 2, 2) || value_as_int(args[0], &pid) < 0 ||
        value_as_int(args[1], &number) < 0)
        return NULL;
    if (pid != getpid()) return raise_os_error(EPERM, NULL);
    return signal_send_self(number) < 0 ? NULL : NONE;
}

static Value posix_umask(Value module, Value v) {
    (void)module;
    int mask;
    if (value_as_int(v, &mask) < 0 || !posix_granted(NULL)) return NULL;
    return small_int_new(path_umask((mode_t)mask));
}

/* ---- randomness ---- */

static Value random_bytes(Value size, unsigned flags) {
    ssize_t n = value_as_ssize(size, TYPE(OverflowError));
    if (n == -1 && error_pending()) return NULL;
    if (n < 0) return raise_error(T_ValueError, "negative argument not allowed");
    Value result = bytes_new((size_t)n);
    for (size_t have = 0; result && have < (size_t)n;) {
        ssize_t got = chance_fill(bytes_data(result) + have, (size_t)n - have, flags);
        if (got >= 0) have += (size_t)got;
        if (got < 0 && errno != EINTR) raise_os_error(errno, NULL);
        if (error_pending() || work_charge(got > 0 ? (uint64_t)got / 64 : 1) < 0) CLEAR_FIELD(result);
    }
    return result;
}

static Value posix_urandom(Value module, Value size) { return (void)module, random_bytes(size, 0); }

static Value posix_getrandom(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    static const char *const names[] = {"size", "flags", NULL};
    static const ArgSpec spec = {"getrandom", names, 2, 1, 2};
    Value out[2];
    int flags = 0;
    if (!args_bind(&spec, args, nargs, kwnames, out) || (out[1] && value_as_int(out[1], &flags) < 0))
        return NULL;
    return random_bytes(out[0], (unsigned)flags);
}

/* ---- texts and settings ---- */

static Value posix_strerror(Value module, Value code) {
    (void)module;
    int number;
    if (value_as_int(code, &number) < 0) return NULL;
    return str_from_cstr(strerror(number));
}

static Value posix_fspath_function(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    static const char *const names[] = {"path", NULL};
    static const ArgSpec spec = {"fspath", names, 1, 1, 1};
    Value out[1];
    return args_bind(&spec, args, nargs, kwnames, out) ? posix_fspath(out[0]) : NULL;
}

/* The environment is a dict of the program's own: there is no child to inherit it. */
static Value posix_putenv(Value module, Value const *args, size_t nargs) {
    (void)module;
    PathArg name, value;
    if (!args_count("putenv", nargs, 2, 2) || posix_path(&name, "putenv", "name", args[0], 0) < 0)
        return NULL;
    bool good = posix_path(&value, "putenv", "value", args[1], 0) == 0;
    if (good) posix_path_drop(&value);
    if (good && strchr(name.text, '='))
        good = (raise_error(T_ValueError, "illegal environment variable name"), false);
    posix_path_drop(&name);
    return good ? NONE : NULL;
}

static Value posix_unsetenv(Value module, Value name) {
    (void)module;
    PathArg p;
    if (posix_path(&p, "unsetenv", "name", name, 0) < 0) return NULL;
    posix_path_drop(&p);
    return NONE;
}

static const struct {
    const char *name;
    int number;
} sysconf_rows[] = {
    {"SC_ARG_MAX", _SC_ARG_MAX},
    {"SC_CLK_TCK", _SC_CLK_TCK},
    {"SC_OPEN_MAX", _SC_OPEN_MAX},
    {"SC_PAGESIZE", _SC_PAGESIZE},
    {"SC_PAGE_SIZE", _SC_PAGESIZE},
    {"SC_IOV_MAX", _SC_IOV_MAX},
    {"SC_NPROCESSORS_ONLN", _SC_NPROCESSORS_ONLN},
    {"SC_NPROCESSORS_CONF", _SC_NPROCESSORS_CONF},
};
enum { SYSCONF_ROWS = sizeof sysconf_rows / sizeof *sysconf_rows };

static Value posix_sysconf(Value module, Value name) {
    (void)module;
    int number = -1;
    if (is_str(name)) {
        for (size_t i = 0; i < SYSCONF_ROWS; i++)
            if (str_equal_cstr(name, sysconf_rows[i].name)) number = sysconf_rows[i].number;
        if (number < 0) return raise_error(T_ValueError, "unrecognized configuration name");
    } else if (value_as_int(name, &number) < 0) {
        return raise_error(T_TypeError, "configuration names must be strings or integers");
    }
    if (number == _SC_NPROCESSORS_ONLN || number == _SC_NPROCESSORS_CONF)
        return small_int_new(processor_count());
    errno = 0;
    long value = sysconf(number);
    return value < 0 && errno ? raise_os_error(errno, NULL) : int_from_i64(value);
}

static const NativeMethod functions[] = {
    METHOD_NOARGS("getpid", posix_getpid, "getpid($module, /)\n--\n\nThe worker's process number."),
    METHOD_NOARGS("getppid", posix_getppid, "getppid($module, /)\n--\n\nIts parent's."),
    METHOD_NOARGS("getuid", posix_getuid, "getuid($module, /)\n--\n\nThe user's number."),
    METHOD_NOARGS("getgid", posix_getgid, "getgid($module, /)\n--\n\nThe group's number."),
    METHOD_NOARGS("geteuid", posix_geteuid, "geteuid($module, /)\n--\n\nThe effective user's number."),
    METHOD_NOARGS("getegid", posix_getegid, "getegid($module, /)\n--\n\nThe effective group's number."),
    METHOD_NOARGS("cpu_count", posix_cpu_count,
                  "cpu_count($module, /)\n--\n\nHow many processors the worker may run on; None if "
                  "that is not known."),
    METHOD_ONE("sched_getaffinity", posix_sched_getaffinity,
               "sched_getaffinity($module, pid, /)\n--\n\nThe processors that the "
               "worker may run on."),
    METHOD_NOARGS("sched_yield", posix_sched_yield,
                  "sched_yield($module, /)\n--\n\nLets another thread run."),
    METHOD_NOARGS("times", posix_times,
                  "times($module, /)\n--\n\nProcessor time used, and time elapsed, in seconds."),
    METHOD_NOARGS("uname", posix_uname, "uname($module, /)\n--\n\nWhat the operating system calls itself."),
    METHOD_KW("_exit", posix_exit,
              "_exit($module, /, status)\n--\n\nEnds the job with this status, as sys.exit() does."),
    METHOD_NOARGS("abort", posix_abort, "abort($module, /)\n--\n\nEnds the worker by SIGABRT."),
    METHOD_FAST("kill", posix_kill,
                "kill($module, pid, signal, /)\n--\n\nSends a signal to the worker "
                "itself; nothing else is permitted."),
    METHOD_ONE("umask", posix_umask,
               "umask($module, mask, /)\n--\n\nSets the file mode mask; the previous one."),
    METHOD_ONE("urandom", posix_urandom,
               "urandom($module, size, /)\n--\n\nRandom bytes fit for cryptography."),
    METHOD_KW("getrandom", posix_getrandom,
              "getrandom($module, /, size, flags=0)\n--\n\nRandom bytes from the kernel."),
    METHOD_ONE("strerror", posix_strerror, "strerror($module, code, /)\n--\n\nAn error number's text."),
    METHOD_KW("fspath", posix_fspath_function,
              "fspath($module, /, path)\n--\n\nThe str or bytes of a path-like object."),
    METHOD_FAST("putenv", posix_putenv,
                "putenv($module, name, value, /)\n--\n\nChecks the arguments; os.environ is the "
                "environment."),
    METHOD_ONE("unsetenv", posix_unsetenv,
               "unsetenv($module, name, /)\n--\n\nChecks the argument; os.environ is the environment."),
    METHOD_ONE("sysconf", posix_sysconf, "sysconf($module, name, /)\n--\n\nA setting of the system."),
    METHOD_END,
};

/* ---- the module ---- */

/* The whole of the process's where it may do what it likes; else what is granted. */
static Value environment(void) {
    Value dict = dict_new();
    char **first = !rt->host ? NULL : rt->host->files_granted ? environ : rt->host->environment;
    for (char **row = first; dict && row && *row; row++) {
        const char *equals = strchr(*row, '=');
        if (!equals) continue;
        Value key = bytes_from(*row, (size_t)(equals - *row)),
              value = key ? bytes_from(equals + 1, strlen(equals + 1)) : NULL;
        if (!value || !dict_setdefault_borrow(dict, key, value)) CLEAR_FIELD(dict);
        xdecref(value);
        xdecref(key);
    }
    return dict;
}

static Value sysconf_names(void) {
    Value dict = dict_new();
    for (size_t i = 0; dict && i < SYSCONF_ROWS; i++)
        if (dict_set_cstr(dict, sysconf_rows[i].name, small_int_new(sysconf_rows[i].number)) < 0)
            CLEAR_FIELD(dict);
    return dict;
}

static int add_result_type(Value module, const char *name, Type **type, const StructSeqSpec *spec) {
    if (!*type && !(*type = struct_seq_type(spec))) return -1;
    return module_add(module, name, INCREF(AS_VALUE(*type)));
}

static int add_types(Value module, PosixState *state) {
    if (add_result_type(module, "stat_result", &state->stat_result, &stat_spec) < 0 ||
        add_result_type(module, "statvfs_result", &state->statvfs_result, &statvfs_spec) < 0 ||
        add_result_type(module, "terminal_size", &state->terminal_size, &terminal_size_spec) < 0 ||
        add_result_type(module, "times_result", &state->times_result, &times_spec) < 0 ||
        add_result_type(module, "uname_result", &state->uname_result, &uname_spec) < 0)
        return -1;
    if (module_make_type(module, &state->dir_entry, &posix_dir_entry_spec, NULL) < 0) return -1;
    return module_ready_type(&state->scandir, &posix_scandir_spec, NULL);
}

static int ready(Value module) {
    PosixState *state = module_state_new(M_posix, sizeof *state);
    if (!state || add_types(module, state) < 0) return -1;
    if (module_add_functions(module, posix_path_functions) < 0 ||
        module_add_functions(module, posix_descriptor_functions) < 0 ||
        module_add_functions(module, posix_directory_functions) < 0)
        return -1;
    if (module_add(module, "environ", environment()) < 0 ||
        module_add(module, "sysconf_names", sysconf_names()) < 0 ||
        module_add(module, "error", INCREF(AS_VALUE(TYPE(OSError)))) < 0)
        return -1;
    return posix_add_constants(module);
}

const ModuleSpec module_posix = {"posix", "The system's functions, as far as a worker may use them.",
                                 functions, ready};
