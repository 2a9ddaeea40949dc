#include "spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <ipc/telemetry.h>

enum {
    CHILD_STACK = 64 * 1024,
    FIRST_GRANT = 3,
    SAFE_NUMBER = 32, /* of descriptors: above those that the worker is given */
    WORDS_MOST = 9 + 2 * GRANT_DIRS_MOST,
};

#if ATOLL_SANITIZE
#define SHARE_MEMORY 0
#else
#define SHARE_MEMORY CLONE_VM
#endif

/* At the start of the scratch mapping; the stack grows down towards it. */
typedef struct {
    SandboxReport report;
    Layer missing;  /* the required layer that failed, or LAYER_COUNT */
    int exec_error; /* errno of exec, 0 until it failed */
    int unusable;   /* the granted directory that the worker's user may not use, or -1 */
    int unusable_error;
} ChildReport;

typedef struct {
    const Spawner *spawner;
    ChildReport *report;
    int namespace_error; /* errno with which the kernel refused our namespaces this time */
    int request_read, event_write, page, executable;
    char **words;       /* the worker's argv */
    char **environment; /* and its environment */
} ChildStart;

void spawner_init(Spawner *spawner, const char *path, const SandboxPlan *plan) {
    *spawner = (Spawner){.path = path, .plan = *plan, .null_fd = -1};
}

void spawner_free(Spawner *spawner) {
    if (spawner->null_fd >= 0) close(spawner->null_fd);
    if (spawner->scratch) munmap(spawner->scratch, CHILD_STACK);
    spawner->null_fd = -1;
    spawner->scratch = NULL;
}

/* --- the child: system calls only ------------------------------------------------------------- */

/* A signal that the supervisor ignores or handles must mean to the worker what it means to any program. */
static void child_reset_signals(void) {
    struct sigaction plain = {.sa_handler = SIG_DFL};
    sigset_t none;
    for (int number = 1; number < NSIG; number++)
        sigaction(number, &plain, NULL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

static void child_take_descriptors(const ChildStart *start) {
    dup2(start->request_read, STDIN_FILENO);
    dup2(start->event_write, STDOUT_FILENO);
    if (start->spawner->plan.keep_stderr) return;
    if (start->spawner->null_fd >= 0) dup2(start->spawner->null_fd, STDERR_FILENO);
    else close(STDERR_FILENO);
}

static int grants_count(const Spawner *spawner) {
    return spawner->plan.grants ? (int)spawner->plan.grants->dir_count : 0;
}

/* The granted directories become 3, 4, ..., then comes the telemetry page, which the worker closes when it has mapped it, then the
 * executable, which exec itself closes. Copies first: the numbers that are wanted may be those of others. The number behind the last. */
static int child_number_descriptors(const ChildStart *start, int *executable) {
    const Grants *grants = start->spawner->plan.grants;
    int copies[GRANT_DIRS_MOST + 1], next = FIRST_GRANT, count = grants_count(start->spawner);
    for (int i = 0; i < count; i++)
        copies[i] = fcntl(grants->dirs[i].fd, F_DUPFD_CLOEXEC, SAFE_NUMBER);
    if (start->page >= 0) copies[count++] = fcntl(start->page, F_DUPFD_CLOEXEC, SAFE_NUMBER);
    *executable = start->executable < 0 ? -1 : fcntl(start->executable, F_DUPFD_CLOEXEC, SAFE_NUMBER);
    for (int i = 0; i < count; i++)
        dup3(copies[i], next++, 0);
    if (*executable < 0) return next;
    dup3(*executable, next, O_CLOEXEC);
    *executable = next;
    return next + 1;
}

static int child_main(void *argument) {
    ChildStart *start = argument;
    char **words = start->words, **environment = start->environment;
    int executable;
    child_take_descriptors(start);
    int end = child_number_descriptors(start, &executable); /* before the limit on their number */
    start->report->missing = sandbox_enter(&start->spawner->plan, &start->report->report);
    if (start->report->missing != LAYER_COUNT) _exit(1);
    start->report->unusable = sandbox_unusable_grant(&start->spawner->plan, FIRST_GRANT);
    start->report->unusable_error = errno;
    if (start->report->unusable >= 0) _exit(1);
    child_reset_signals();
    if (start->spawner->plan.wanted[LAYER_DESCRIPTORS])
        sandbox_close_descriptors(&start->report->report, (unsigned)end);
    execve(start->spawner->path, words, environment);
    if (errno == EACCES && executable >= 0) {
        /* The path may lead through a folder that is closed to the worker's user. */
        syscall(SYS_execveat, executable, "", words, environment, AT_EMPTY_PATH);
    }
    start->report->exec_error = errno;
    _exit(1);
}

/* --- the parent ------------------------------------------------------------------------------- */

static const SpawnEnds NO_ENDS = {{-1, -1}, {-1, -1}, -1, NULL};

static void close_end(int *fd) {
    if (*fd >= 0) close(*fd);
    *fd = -1;
}

void spawn_close_child_ends(SpawnEnds *ends) {
    close_end(&ends->request[0]);
    close_end(&ends->event[1]);
    close_end(&ends->page);
}

void spawn_close_ends(SpawnEnds *ends) {
    close_end(&ends->request[0]);
    close_end(&ends->request[1]);
    close_end(&ends->event[0]);
    close_end(&ends->event[1]);
    close_end(&ends->page);
    spawn_forget_page(ends->mapped);
    ends->mapped = NULL;
}

void spawn_forget_page(const void *page) {
    if (page) munmap((void *)(uintptr_t)page, IPC_TELEMETRY_BYTES);
}

/* Of a size that the worker cannot change either: reading it never faults. */
static bool open_page(SpawnEnds *ends) {
    ends->page = memfd_create("atoll-telemetry", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (ends->page < 0 || ftruncate(ends->page, IPC_TELEMETRY_BYTES) != 0) return false;
    if (fcntl(ends->page, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0) return false;
    void *mapped = mmap(NULL, IPC_TELEMETRY_BYTES, PROT_READ, MAP_SHARED, ends->page, 0);
    if (mapped != MAP_FAILED) ends->mapped = mapped;
    return mapped != MAP_FAILED;
}

bool spawn_open_ends(SpawnEnds *ends) {
    *ends = NO_ENDS;
    return pipe2(ends->request, O_CLOEXEC) == 0 && pipe2(ends->event, O_CLOEXEC) == 0 &&
           fcntl(ends->request[1], F_SETFL, O_NONBLOCK) == 0 && fcntl(ends->event[0], F_SETFL, O_NONBLOCK) == 0 &&
           open_page(ends);
}

static bool prepare(Spawner *spawner) {
    if (spawner->null_fd < 0) spawner->null_fd = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (spawner->scratch) return true;
    void *mapping = mmap(NULL, CHILD_STACK, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (mapping == MAP_FAILED) return false;
    spawner->scratch = mapping;
    return true;
}

static pid_t clone_child(Spawner *spawner, ChildStart *start, int namespaces, int *pid_fd) {
    int flags = SHARE_MEMORY | CLONE_VFORK | CLONE_PIDFD | SIGCHLD | namespaces;
    return clone(child_main, spawner->scratch + CHILD_STACK, flags, start, pid_fd);
}

static bool may_be_namespaces(int error) {
    return error == EPERM || error == EINVAL || error == ENOSPC || error == ENOSYS || error == EUSERS;
}

/* Forks with all signals blocked, so that no handler of ours runs in the child on our memory. */
static pid_t fork_child(Spawner *spawner, ChildStart *start, int *pid_fd) {
    sigset_t all, before;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &before);
    start->namespace_error = spawner->namespace_error;
    int namespaces = start->namespace_error ? 0 : spawner->plan.clone_flags;
    pid_t pid = clone_child(spawner, start, namespaces, pid_fd);
    if (pid < 0 && namespaces && may_be_namespaces(errno)) {
        start->namespace_error = errno;
        bool for_ever = errno != ENOSPC; /* a limit on their number, which may pass */
        pid = clone_child(spawner, start, 0, pid_fd);
        if (pid >= 0 && for_ever) spawner->namespace_error = start->namespace_error;
    }
    int error = errno;
    sigprocmask(SIG_SETMASK, &before, NULL);
    errno = error;
    return pid;
}

static SpawnResult judge_child(const Spawner *spawner, const ChildStart *start, char *error, size_t capacity) {
    ChildReport *report = start->report;
    sandbox_note_namespaces(&spawner->plan, &report->report, start->namespace_error);
    if (report->unusable >= 0) {
        const GrantedDir *dir = &spawner->plan.grants->dirs[report->unusable];
        snprintf(error, capacity, "cannot grant %s=%s to the worker's user%s: %s", dir->writable ? "write" : "read", dir->path,
                 spawner->plan.wanted[LAYER_UID] ? " (nobody)" : "", strerror(report->unusable_error));
        return SPAWN_NO_GRANT;
    }
    Layer missing = report->missing;
    if (missing == LAYER_COUNT) missing = sandbox_missing(&spawner->plan, &report->report, false);
    if (missing != LAYER_COUNT) {
        snprintf(error, capacity, "sandbox layer %s is unavailable: %s", sandbox_layer_name(missing),
                 strerror(report->report.error[missing]));
        return SPAWN_NO_SANDBOX;
    }
    if (report->exec_error) {
        snprintf(error, capacity, "cannot execute %s: %s", spawner->path, strerror(report->exec_error));
        return SPAWN_NO_EXEC;
    }
    return SPAWN_OK;
}

static void discard_child(pid_t pid, int pid_fd) {
    kill(pid, SIGKILL);
    while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
        continue;
    if (pid_fd >= 0) close(pid_fd);
}

/* The worker's argv: each word to be freed, NULL at the end. False: out of memory, nothing is left. */
static void free_words(char **words) {
    for (; *words; words++)
        free(*words);
}

static bool add_word(char **words, const char *option, const char *value) {
    while (*words) words++;
    words[1] = NULL;
    return asprintf(words, "%s%s", option, value) >= 0 || (*words = NULL, false);
}

static bool make_words(char **words, const Spawner *spawner, bool template) {
    const SandboxPlan *plan = &spawner->plan;
    char text[64];
    words[0] = NULL;
    bool good = add_word(words, "atoll-worker", "");
    snprintf(text, sizeof text, "%d", FIRST_GRANT + grants_count(spawner));
    if (good) good = template ? add_word(words, "--template", "") : add_word(words, "--telemetry=", text);
    if (good && *plan->worker_without) good = add_word(words, "--without=", plan->worker_without);
    if (good && plan->attack) good = add_word(words, "--attack", "");
    if (good && plan->gc_whole) good = add_word(words, "--gc=whole", "");
    if (plan->seeded) snprintf(text, sizeof text, "%llu", (unsigned long long)plan->seed);
    if (good && plan->seeded) good = add_word(words, "--seed=", text);
    if (plan->clock.set) snprintf(text, sizeof text, "%lld,%.17g", (long long)plan->clock.start_ns, plan->clock.rate);
    if (good && plan->clock.set) good = add_word(words, "--clock=", text);
    for (size_t i = 0; good && plan->grants && i < plan->grants->dir_count; i++) {
        const GrantedDir *dir = &plan->grants->dirs[i];
        good = add_word(words, dir->writable ? "--write=" : "--read=", dir->path);
        if (good && dir->alias) good = add_word(words, "--alias=", dir->alias);
    }
    if (!good) free_words(words);
    return good;
}

/* Starts the executable with the child's ends of `ends`, which stay open here. */
static SpawnResult start_process(Spawner *spawner, const SpawnEnds *ends, bool template, Spawned *spawned, char *error, size_t capacity) {
    ChildReport *report = (ChildReport *)spawner->scratch;
    *report = (ChildReport){.missing = LAYER_COUNT, .unusable = -1};
    static char *const nothing[] = {NULL};
    const Grants *grants = spawner->plan.grants;
    char *words[WORDS_MOST];
    if (!make_words(words, spawner, template)) return snprintf(error, capacity, "out of memory"), SPAWN_NO_FORK;
    int executable = spawner->plan.wanted[LAYER_UID] ? open(spawner->path, O_PATH | O_CLOEXEC) : -1, pid_fd = -1;
    ChildStart start = {.spawner = spawner,
                        .report = report,
                        .request_read = ends->request[0],
                        .event_write = ends->event[1],
                        .page = ends->page,
                        .executable = executable,
                        .words = words,
                        .environment = grants ? (char **)(uintptr_t)grants->variables : (char **)(uintptr_t)nothing};
    pid_t pid = fork_child(spawner, &start, &pid_fd);
    int fork_error = errno;
    free_words(words);
    close_end(&executable);
    if (pid < 0) return snprintf(error, capacity, "cannot fork a worker: %s", strerror(fork_error)), SPAWN_NO_FORK;
    SpawnResult result = judge_child(spawner, &start, error, capacity);
    if (result != SPAWN_OK) discard_child(pid, pid_fd);
    else *spawned = (Spawned){.pid = pid, .pid_fd = pid_fd, .report = report->report};
    return result;
}

void spawn_give_ends(SpawnEnds *ends, Spawned *spawned) {
    spawned->request_fd = ends->request[1];
    spawned->event_fd = ends->event[0];
    spawned->page = ends->mapped;
    ends->request[1] = ends->event[0] = -1;
    ends->mapped = NULL;
    spawn_close_ends(ends);
}

SpawnResult spawn_worker(Spawner *spawner, Spawned *spawned, char *error, size_t capacity) {
    SpawnEnds ends;
    if (!spawn_open_ends(&ends) || !prepare(spawner)) {
        snprintf(error, capacity, "cannot make pipes and a page for a worker: %s", strerror(errno));
        spawn_close_ends(&ends);
        return SPAWN_NO_PIPE;
    }
    SpawnResult result = start_process(spawner, &ends, false, spawned, error, capacity);
    if (result == SPAWN_OK) spawn_give_ends(&ends, spawned);
    else spawn_close_ends(&ends);
    return result;
}

SpawnResult spawn_template(Spawner *spawner, Spawned *spawned, char *error, size_t capacity) {
    int pair[2];
    if (!prepare(spawner) || socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0) {
        snprintf(error, capacity, "cannot make a socket for the template: %s", strerror(errno));
        return SPAWN_NO_PIPE;
    }
    SpawnEnds ends = NO_ENDS;
    ends.request[0] = pair[1];
    ends.event[1] = spawner->null_fd;
    SpawnResult result = start_process(spawner, &ends, true, spawned, error, capacity);
    close(pair[1]);
    if (result == SPAWN_OK) spawned->request_fd = pair[0];
    else close(pair[0]);
    return result;
}

/* --- finding the executable ------------------------------------------------------------------- */

bool spawn_find_worker(const char *given, char *path, size_t path_capacity, char *error, size_t capacity) {
    static const char *const places[] = {"atoll-worker", "../libexec/atoll/atoll-worker",
                                         "../libexec/atoll-worker"};
    if (given) {
        char *real = realpath(given, NULL); /* the child changes its folder before exec */
        bool found = real && access(real, X_OK) == 0 && strlen(real) < path_capacity;
        if (found) snprintf(path, path_capacity, "%s", real);
        else snprintf(error, capacity, "cannot execute the worker %s: %s", given, strerror(errno));
        free(real);
        return found;
    }
    char self[4096];
    ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
    self[length > 0 ? length : 0] = '\0';
    char *slash = strrchr(self, '/');
    if (slash) slash[1] = '\0';
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        int wanted = snprintf(path, path_capacity, "%s%s", self, places[i]);
        if (wanted > 0 && (size_t)wanted < path_capacity && access(path, X_OK) == 0) return true;
    }
    snprintf(error, capacity, "no atoll-worker beside %satoll or in its ../libexec (use --worker-path)",
             self);
    return false;
}
