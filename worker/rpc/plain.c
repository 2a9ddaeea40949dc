#include "rpc/plain.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include <heap/heap.h>
#include <ipc/rpc.h>

#include "base/host.h"
#include "compile/compile.h"
#include "modules/signal.h"
#include "modules/sys.h"
#include "objects/dict.h"
#include "objects/exception.h"
#include "objects/function.h"
#include "objects/int.h"
#include "objects/protocols.h"
#include "objects/str.h"
#include "rpc/session_env.h"
#include "rpc/test_knobs.h"
#include "vm/vm.h"

int runtime_boot(Heap *heap, Host *host);

enum { TICK_US = 10000 };

static int plain_write(void *ctx, int stream, const char *data, size_t n) {
    (void)ctx;
    while (n) {
        ssize_t sent = write(stream, data, n);
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return -1;
        data += sent;
        n -= (size_t)sent;
    }
    return 0;
}

static int plain_flush(void *ctx, int stream) { return (void)ctx, (void)stream, 0; }
static ssize_t plain_read(void *ctx, char *data, size_t n) { return (void)ctx, read(STDIN_FILENO, data, n); }

static void plain_sleep(void *ctx, double seconds) {
    (void)ctx;
    struct timespec wait = {(time_t)seconds, (long)((seconds - (double)(time_t)seconds) * 1e9)};
    nanosleep(&wait, NULL);
}

static void on_alarm(int number) {
    (void)number;
    if (rt) __atomic_fetch_or(&rt->breaker, BREAK_HOST, __ATOMIC_SEQ_CST);
}

static void plain_tick_for_program(void *ctx, bool wanted) {
    (void)ctx;
    struct sigaction action = {.sa_handler = on_alarm, .sa_flags = SA_RESTART};
    struct itimerval timer = {{0, wanted ? TICK_US : 0}, {0, wanted ? TICK_US : 0}};
    sigaction(SIGALRM, &action, NULL);
    setitimer(ITIMER_REAL, &timer, NULL);
}

static void plain_die(void *ctx, int number) { (void)ctx, signal_end_process(number); }

static char *read_file(const char *path, size_t *length) {
    FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    if (!file) return NULL;
    char *text = NULL;
    size_t n = 0, capacity = 0;
    for (;;) {
        if (n == capacity) {
            char *bigger = realloc(text, capacity = capacity ? capacity * 2 : 65536);
            if (!bigger) break;
            text = bigger;
        }
        size_t got = fread(text + n, 1, capacity - n, file);
        if (!got) break;
        n += got;
    }
    if (file != stdin) fclose(file);
    *length = n;
    return text;
}

/* The script's name as __file__ and tracebacks have it. To be freed; NULL: no memory. */
static char *absolute_name(const char *script) {
    if (strcmp(script, "-") == 0) return strdup("<stdin>");
    char *folder = *script == '/' ? NULL : getcwd(NULL, 0), *name = NULL;
    if (!folder) return strdup(script);
    if (asprintf(&name, "%s/%s", folder, script) < 0) name = NULL;
    free(folder);
    return name;
}

/* sys.path[0]: the script's folder. */
static int set_path(const char *script) {
    Value name = str_intern_cstr("path");
    if (!name) return -1;
    Value path = dict_get_str_borrow(AS_VALUE(rt->sys_dict), name);
    decref(name);
    if (!path || !is_list(path)) return 0;
    const char *slash = script ? strrchr(script, '/') : NULL;
    Value folder = str_from_utf8(slash ? script : "", slash ? (size_t)(slash - script) : 0);
    bool there = folder && list_length(path) &&
                 value_equal(list_item_borrow(path, 0), folder) > 0; /* of an earlier run */
    int status = !folder ? -1 : there ? 0 : list_insert(path, 0, folder);
    xdecref(folder);
    return status;
}

enum { INTERRUPTED = 128 + 2 /* as a shell shows SIGINT */, UNFLUSHED = 120 /* as CPython has it */ };

static int exit_code_of(Value exception) {
    if (!IS(exception, SystemExit)) {
        error_restore_steal(incref(exception));
        sys_show_uncaught();
        return IS(exception, KeyboardInterrupt) ? INTERRUPTED : 1;
    }
    Value code = ((BaseException *)exception)->fields[0];
    int64_t n = 0;
    if (!code || code == NONE) return 0;
    if (is_int(code)) return int_to_i64(code, &n) ? (int)(n & 0xff) : 255;
    Value text = value_str(code);
    if (text) session_print_error_line(text);
    xdecref(text);
    error_clear();
    return 1;
}

static int run(const char *source, size_t n, const char *name, const char *script, IpcList argv) {
    Value filename = str_from_utf8(name, strlen(name)),
          main = filename ? session_main(false, filename, argv) : NULL, result = NULL;
    if (main && set_path(script) == 0 && session_register_source(filename, ipc_slice(source, n)) == 0) {
        Value code = compile_source(source, n, filename, COMPILE_EXEC,
                                    strcmp(name, "<string>") == 0 ? COMPILE_SOURCE_IS_STR
                                    : *name == '<'                ? COMPILE_SCRIPT
                                                                  : COMPILE_FROM_FILE | COMPILE_SCRIPT,
                                    0, 0);
        if (code) result = vm_run_code((Code *)code, module_dict(main), AS_VALUE(module_dict(main)), NULL);
        xdecref(code);
    }
    /* Told and dropped before the end's work: what its frames hold is gone when atexit functions run. */
    Value exception = result ? NULL : error_take();
    int status = exception ? exit_code_of(exception) : result ? 0 : 1;
    xdecref(exception);
    xdecref(result);
    bool failed = session_end(false) < 0;
    size_t stuck;
    threads_end(100, false, &stuck);
    if (failed) { /* no hook of the program's is asked, which would print in vain */
        error_unraisable(dict_get_str_borrow(AS_VALUE(rt->sys_dict), NAME(stdout)), NULL);
        if (status == 0) status = UNFLUSHED;
    }
    xdecref(main);
    xdecref(filename);
    return status;
}

/* For tests: run after run, the exit code of the last; TEST_KNOBS_GROWTH_EXIT if what is alive grows. The knobs are set
 * anew for each run after the first: it is the same allocation that is refused, when all modules are there. */
static int run_repeatedly(const TestKnobs *knobs, const char *source, size_t n, const char *name,
                          const char *script, IpcList argv) {
    GrowthWatch *watch = growth_new();
    int status = 0;
    for (unsigned i = 0; i < knobs->repeat; i++) {
        if (i > 0) test_knobs_apply(knobs, rt->heap);
        status = run(source, n, name, script, argv);
        if (i > 0) test_knobs_end(knobs, rt->heap);
        session_teardown();
        if (watch) growth_count(watch, rt->heap);
    }
    if (watch && growth_report(watch)) status = TEST_KNOBS_GROWTH_EXIT;
    growth_free(watch);
    return status;
}

int plain_run(int argc, char **argv) {
    if (argc < 1 || (strcmp(argv[0], "-c") == 0 && argc < 2)) {
        fprintf(stderr, "usage: atoll-worker --python FILE|-c CODE [ARGS...]\n"
                        "For tests, in the environment: ATOLL_TEST_COLLECT=1 (collect at every allocation), "
                        "ATOLL_TEST_FAIL=N[+]\n"
                        "(refuse the N-th allocation), ATOLL_TEST_REPEAT=N (run N times, exit 99 if what is "
                        "alive grows).\n");
        return 2;
    }
    bool command = strcmp(argv[0], "-c") == 0;
    size_t n = command ? strlen(argv[1]) : 0;
    char *source = command ? argv[1] : read_file(argv[0], &n);
    if (!source) {
        fprintf(stderr, "atoll-worker: can't open file '%s': %s\n", argv[0], strerror(errno));
        return 2;
    }
    Host host = {.write = plain_write,
                 .flush = plain_flush,
                 .read = plain_read,
                 .sleep = plain_sleep,
                 .tick_for_program = plain_tick_for_program,
                 .die = plain_die,
                 .files_granted = true};
    const char *seed = getenv("PYTHONHASHSEED");
    host.hash_key_given = seed && strcmp(seed, "0") == 0;
    Heap *heap = heap_create(NULL);
    if (!heap || runtime_boot(heap, &host) < 0) {
        fprintf(stderr, "atoll-worker: no memory for an interpreter\n");
        return 70;
    }
    IpcBuf scratch;
    IpcList arguments = {0};
    ipc_buf_init(&scratch, NULL);
    for (int i = 0; i < argc; i++)
        if (!(command && i == 1)) ipc_list_add_str(&scratch, &arguments, argv[i], strlen(argv[i]));
    ipc_list_finish(&scratch, &arguments);
    TestKnobs knobs = test_knobs_read();
    char *name = command ? strdup("<string>") : absolute_name(argv[0]);
    if (!name) return 70;
    const char *script = command ? NULL : name;
    int status = 0;
    if (knobs.repeat > 1) {
        status = run_repeatedly(&knobs, source, n, name, script, arguments);
    } else {
        test_knobs_apply(&knobs, heap);
        status = run(source, n, name, script, arguments);
        if (session_owes_finalizers()) session_exit();
        test_knobs_end(&knobs, heap);
    }
    ipc_buf_free(&scratch);
    plain_tick_for_program(NULL, false); /* its handler looks at the runtime */
    heap_drop(heap);
    if (!command) free(source);
    free(name);
    return status;
}
