/* One worker's collection, death or starvation leaves every other worker untouched.
 *
 *     isolated_collection ATOLL PAGE.html
 *
 * Starts a pool of four workers with the executable ATOLL. A steady job runs alone for a second and records how long each of its small
 * rounds takes. Then three others join: "cycles" builds a million objects in cycles, "victim" is killed with SIGKILL, "hungry" runs
 * into its memory limit. Prints a table and writes the page. Exits 0 when everything went as it should. */
#include "record.h"

#include <ipc/client.h>

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const char STEADY[] =
    "import time\n"
    "def run(seconds):\n"
    "    now, rounds = time.monotonic_ns, []\n"
    "    end = now() + int(seconds * 1e9)\n"
    "    while True:\n"
    "        start = now()\n"
    "        if start > end:\n"
    "            return rounds\n"
    "        total = 0\n"
    "        for i in range(10000):\n"
    "            total += i * i\n"
    "        rounds.append(start)\n"
    "        rounds.append(now() - start)\n"
    "        time.sleep(0.001)\n"
    "run(5)\n";
static const char CYCLES[] =
    "import gc, time\n"
    "class Node:\n"
    "    pass\n"
    "def pair():\n"
    "    a, b = Node(), Node()\n"
    "    a.other, b.other = b, a\n"
    "    return a\n"
    "kept = []\n"
    "for batch in range(20):\n"
    "    kept.append([pair() for _ in range(5000)])\n"
    "    for _ in range(20000):\n"
    "        pair()\n"
    "    time.sleep(0.1)\n"
    "kept = None\n"
    "gc.collect()\n";
static const char VICTIM[] =
    "import time\n"
    "while True:\n"
    "    time.sleep(0.01)\n";
static const char HUNGRY[] =
    "import time\n"
    "kept = []\n"
    "while True:\n"
    "    kept.append(bytes(1 << 20))\n"
    "    time.sleep(0.01)\n";

enum { STEADY_JOB, CYCLES_JOB, VICTIM_JOB, HUNGRY_JOB };

typedef struct Demo {
    IpcClient *client;
    Record record;
    uint64_t kill_at; /* 0: not yet known; UINT64_MAX: done */
    int running;
} Demo;

static uint64_t now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static void fail(const char *what, const char *why) {
    fprintf(stderr, "isolated_collection: %s: %s\n", what, why);
    exit(1);
}

/* ---------------------------------------------------------------- the pool */

static pid_t start_pool(const char *atoll, const char *socket) {
    pid_t pid = fork();
    if (pid < 0) fail("fork", "no process");
    if (pid == 0) {
        if (!freopen("/dev/null", "w", stdout)) _exit(1); /* it says when it is ready; the report is ours */
        execl(atoll, atoll, "serve", "-w", "4", "-s", socket, "--log-level", "error", (char *)NULL);
        fail(atoll, "cannot be started");
    }
    return pid;
}

/* Tries for ten seconds, or until the pool has died. */
static IpcClient *connect_pool(const char *socket, pid_t pool) {
    IpcError error = {0};
    for (int i = 0; i < 200; i++) {
        IpcClient *client = ipc_client_connect(socket, NULL, &error);
        if (client) return client;
        if (waitpid(pool, NULL, WNOHANG) == pool) fail("the pool", "ended at once");
        nanosleep(&(struct timespec){.tv_nsec = 50000000}, NULL);
    }
    fail("connect", error.text);
    return NULL;
}

static void stop_pool(pid_t pool) {
    kill(pool, SIGTERM);
    waitpid(pool, NULL, 0);
}

/* ---------------------------------------------------------------- the jobs */

static void submit(Demo *demo, int which, const char *source, uint64_t memory) {
    IpcSubmit job = {
        .source = ipc_str(source),
        .filename = ipc_str(demo->record.jobs[which].name),
        .limits = {.wall_ms = 60000, .heap_soft = memory},
        .value_as = which == STEADY_JOB ? IPC_VALUE_GRAPH : IPC_VALUE_NONE,
    };
    IpcError error;
    if (ipc_client_submit(demo->client, &job, &demo->record.jobs[which].id, &error)) fail("submit", error.text);
    demo->running++;
}

static JobSpan *find_job(Demo *demo, uint64_t id) {
    for (int i = 0; i < JOBS; i++) {
        if (demo->record.jobs[i].id == id && id) return &demo->record.jobs[i];
    }
    return NULL;
}

static void on_started(Demo *demo, const IpcStarted *started) {
    JobSpan *job = find_job(demo, started->job);
    if (!job) return;
    job->worker = started->worker;
    job->pid = started->pid;
    job->start = started->at_ns ? started->at_ns : now_ns();
    if (job == &demo->record.jobs[VICTIM_JOB]) demo->kill_at = job->start + 1200000000u;
}

/* The steady job's value is a flat list: start, duration, start, duration, ... */
static void keep_rounds(Record *record, IpcSlice value) {
    IpcReader reader = ipc_slice_reader(value);
    uint32_t count = 0;
    if (ipc_read_array(&reader, &count) || !(record->rounds = calloc(count / 2 + 1, sizeof *record->rounds))) return;
    for (uint32_t i = 0; i + 1 < count; i += 2) {
        Round *round = &record->rounds[record->round_count];
        if (ipc_read_uint(&reader, &round->start) || ipc_read_uint(&reader, &round->took)) return;
        record->round_count++;
    }
}

static void on_outcome(Demo *demo, const IpcOutcome *outcome) {
    JobSpan *job = find_job(demo, outcome->job);
    if (!job || job->verdict) return;
    job->verdict = ipc_verdict_name(outcome->verdict);
    job->end = outcome->end_ns ? outcome->end_ns : now_ns();
    demo->running--;
    if (job == &demo->record.jobs[STEADY_JOB]) keep_rounds(&demo->record, outcome->value);
}

static void on_worker(Demo *demo, const IpcWorkerEvent *event) {
    Record *record = &demo->record;
    if (event->state != IPC_WORKER_DEAD || record->death_count == sizeof record->deaths / sizeof record->deaths[0]) return;
    Death *death = &record->deaths[record->death_count++];
    death->worker = event->worker;
    death->at = event->at_ns ? event->at_ns : now_ns();
    if (event->signal) snprintf(death->cause, sizeof death->cause, "signal %u (%s)", (unsigned)event->signal, strsignal((int)event->signal));
    else snprintf(death->cause, sizeof death->cause, "%.*s", (int)event->cause.len, event->cause.ptr ? event->cause.ptr : "");
}

static void on_gc(Demo *demo, const IpcGcEvent *gc) {
    Collection c = {gc->worker, gc->start_ns, gc->ns, gc->reclaimed, (unsigned)gc->generation};
    if (!record_collection(&demo->record, &c)) fail("collections", "no memory");
}

static void take_event(Demo *demo, int timeout_ms) {
    IpcClientEvent event;
    IpcError error;
    IpcCode code = ipc_client_next(demo->client, &event, timeout_ms, &error);
    if (code == IPC_E_TIMEOUT) return;
    if (code) fail("the pool", error.text);
    if (event.method == IPC_M_ON_STARTED) on_started(demo, &event.record->started);
    else if (event.method == IPC_M_ON_OUTCOME) on_outcome(demo, &event.record->outcome);
    else if (event.method == IPC_M_ON_GC) on_gc(demo, &event.record->gc_event);
    else if (event.method == IPC_M_ON_WORKER) on_worker(demo, &event.record->worker_event);
}

static void follow_until(Demo *demo, uint64_t end) {
    while (demo->running && now_ns() < end) {
        take_event(demo, 20);
        if (demo->kill_at && now_ns() > demo->kill_at) {
            demo->kill_at = UINT64_MAX;
            kill((pid_t)demo->record.jobs[VICTIM_JOB].pid, SIGKILL);
        }
    }
}

static void run(Demo *demo) {
    IpcSubscribe watch = {.workers = true, .gc = true};
    IpcError error;
    if (ipc_client_call(demo->client, IPC_M_SUBSCRIBE, &watch, NULL, &error)) fail("subscribe", error.text);
    submit(demo, STEADY_JOB, STEADY, 0);
    follow_until(demo, now_ns() + 1000000000u);
    demo->record.trouble = now_ns();
    submit(demo, CYCLES_JOB, CYCLES, 0);
    submit(demo, VICTIM_JOB, VICTIM, 0);
    submit(demo, HUNGRY_JOB, HUNGRY, (uint64_t)64 << 20);
    follow_until(demo, UINT64_MAX);
    for (int i = 0; i < 20; i++) take_event(demo, 10); /* deaths that are told after their jobs' outcomes */
}

/* ---------------------------------------------------------------- verdict */

static bool expect(bool condition, const char *what) {
    printf("%s  %s\n", condition ? "yes" : "NO ", what);
    return condition;
}

static bool verdict_is(const Record *record, int job, const char *word) {
    return record->jobs[job].verdict && strcmp(record->jobs[job].verdict, word) == 0;
}

static bool judge(const Record *record) {
    uint64_t steady = record->jobs[STEADY_JOB].worker;
    Spread before = record_rounds(record, false), during = record_rounds(record, true);
    bool good = true;
    printf("\n");
    good &= expect(verdict_is(record, CYCLES_JOB, "ok"), "the cycles were built and collected");
    good &= expect(record_summary(record, record->jobs[CYCLES_JOB].worker).reclaimed >= 900000, "most of a million objects were reclaimed");
    good &= expect(verdict_is(record, VICTIM_JOB, "signal"), "the killed job says that a signal ended it");
    good &= expect(verdict_is(record, HUNGRY_JOB, "memory"), "the hungry job ended at its memory limit");
    good &= expect(verdict_is(record, STEADY_JOB, "ok"), "the steady job finished");
    good &= expect(record_summary(record, steady).death == NULL, "its worker did not die");
    good &= expect(record_summary(record, steady).by_generation[2] == 0, "its worker made no full collection");
    good &= expect(during.p50 < 2 * before.p50 + 50000, "its rounds took as long during the trouble as before");
    return good;
}

int main(int argc, char **argv) {
    if (argc != 3) {
        fprintf(stderr, "usage: %s ATOLL PAGE.html\n", argv[0]);
        return 2;
    }
    Demo demo = {.record.jobs = {
        {.name = "steady", .what = "small rounds of arithmetic, each timed"},
        {.name = "cycles", .what = "a million objects in cycles"},
        {.name = "victim", .what = "killed with SIGKILL"},
        {.name = "hungry", .what = "takes memory until its limit"},
    }};
    char folder[] = "/tmp/isolated-collection-XXXXXX", socket[sizeof folder + 16];
    if (!mkdtemp(folder)) fail(folder, "cannot be made");
    snprintf(socket, sizeof socket, "%s/atoll.sock", folder);

    pid_t pool = start_pool(argv[1], socket);
    demo.client = connect_pool(socket, pool);
    run(&demo);
    ipc_client_close(demo.client);
    stop_pool(pool);
    rmdir(folder);

    report_table(&demo.record);
    bool good = judge(&demo.record);
    FILE *page = fopen(argv[2], "w");
    if (!page) fail(argv[2], "cannot be written");
    report_page(&demo.record, page);
    if (fclose(page)) fail(argv[2], "cannot be written");
    printf("\nthe page is %s\n", argv[2]);
    record_free(&demo.record);
    return good ? 0 : 1;
}
