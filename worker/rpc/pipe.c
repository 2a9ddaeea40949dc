/* pipe: the worker's two pipes, and the host functions through which Python's streams reach them. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include <heap/limits.h>
#include <heap/stats.h>

#include "modules/signal.h"
#include "rpc/worker.h"
#include "vm/gil.h"
#include "vm/vm.h"

enum {
    REQUESTS = 0,
    EVENTS = 1,
    FLUSH_AT = 32 * 1024,
    TICK_US = 10000,
    INPUT_SLICE_MS = 20,
    FULL_SLICE_MS = 100,
    OUTPUT_PART = 256 * 1024,
    WRITE_MOST = 256 * 1024 /* at once: the reader begins with the first piece while the next is written */
};

uint64_t worker_now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

uint64_t worker_cpu_us(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (uint64_t)t.tv_sec * 1000000u + (uint64_t)t.tv_nsec / 1000;
}

/* ---- sending ---- */

/* Only the worker's end of the pipe: the supervisor's is another file description. */
int worker_pipes_ready(void) { return fcntl(EVENTS, F_SETFL, O_NONBLOCK); }

/* Writes what fits into the pipe. True: something is left. */
static bool send_some(Worker *w) {
    for (;;) {
        IpcSlice out = ipc_session_out(&w->session);
        if (!out.len) return false;
        ssize_t sent = write(EVENTS, out.ptr, out.len < WRITE_MOST ? out.len : WRITE_MOST);
        if (sent < 0 && errno == EINTR) continue;
        if (sent < 0 && errno == EAGAIN) return true;
        if (sent <= 0) {
            w->ended = w->stop = true; /* nobody listens any more */
            sent = (ssize_t)out.len;
        }
        ipc_session_sent(&w->session, (size_t)sent);
        w->told = true;
    }
}

static void wait_for_room(Worker *w, int ms) {
    struct pollfd out = {.fd = EVENTS, .events = POLLOUT};
    IpcActivity before = telemetry_doing(&w->telemetry, IPC_ACTIVITY_SENDING);
    poll(&out, 1, ms);
    telemetry_doing(&w->telemetry, before);
}

void worker_flush(Worker *w) {
    while (send_some(w)) wait_for_room(w, -1);
}

void worker_flush_sharing(Worker *w) {
    while (send_some(w)) {
        if (vm_is_main_thread() && worker_interrupted(w)) return;
        struct Thread *self = gil_release(); /* what the others send goes behind this */
        wait_for_room(w, FULL_SLICE_MS);
        gil_acquire(self);
        if (w->job && vm_is_main_thread()) worker_receive(w, false);
    }
}

void worker_notify(Worker *w, IpcMethod method, const void *params) {
    ipc_session_notify(&w->session, method, params);
    if (ipc_session_out(&w->session).len >= FLUSH_AT) worker_flush(w);
}

void worker_fill_heap_stats(Worker *w, IpcHeapStats *out) {
    HeapStats s;
    heap_stats(w->world->heap, &s);
    HeapGeneration *g = w->world->heap->generations;
    *out = (IpcHeapStats){.pid = (uint64_t)getpid(),
                          .at_ns = worker_now_ns(),
                          .bytes = s.bytes_used,
                          .peak = s.bytes_peak,
                          .committed = s.bytes_held,
                          .objects = s.objects,
                          .arenas = s.arenas,
                          .collections = w->collections,
                          .gen0 = g[0].length - g[0].holes,
                          .gen1 = g[1].length - g[1].holes,
                          .gen2 = g[2].length - g[2].holes};
}

void worker_tell_heap(Worker *w) {
    IpcHeapStats stats;
    worker_fill_heap_stats(w, &stats);
    ipc_session_notify(&w->session, IPC_M_JOB_HEAP, &stats);
    w->heap_told_ns = worker_now_ns();
}

/* ---- receiving ---- */

static void queue_add(Worker *w, uint64_t id, IpcSlice params) {
    if (w->queue_count == w->queue_capacity) {
        size_t capacity = w->queue_capacity ? w->queue_capacity * 2 : 64;
        QueuedJob *bigger = malloc(capacity * sizeof *bigger);
        if (!bigger) goto refuse;
        for (size_t i = 0; i < w->queue_count; i++)
            bigger[i] = w->queue[(w->queue_first + i) % w->queue_capacity];
        free(w->queue);
        w->queue = bigger;
        w->queue_capacity = capacity;
        w->queue_first = 0;
    }
    char *copy = malloc(params.len);
    if (!copy) goto refuse;
    memcpy(copy, params.ptr, params.len);
    QueuedJob *place = &w->queue[(w->queue_first + w->queue_count++) % w->queue_capacity];
    *place = (QueuedJob){.id = id, .params = copy, .length = params.len};
    ipc_buf_init(&place->input, NULL);
    return;
refuse:
    worker_notify(w, IPC_M_JOB_RETURNED, &(IpcJobRef){id});
}

static QueuedJob *queue_find(Worker *w, uint64_t id) {
    for (size_t i = 0; id && i < w->queue_count; i++) {
        QueuedJob *job = &w->queue[(w->queue_first + i) % w->queue_capacity];
        if (job->id == id) return job;
    }
    return NULL;
}

static void recall(Worker *w, uint64_t id) {
    QueuedJob *job = queue_find(w, id);
    if (!job) return;
    job->id = 0; /* passed over when its turn comes */
    worker_notify(w, IPC_M_JOB_RETURNED, &(IpcJobRef){id});
}

void worker_return_jobs(Worker *w) {
    for (size_t i = 0; i < w->queue_count; i++)
        recall(w, w->queue[(w->queue_first + i) % w->queue_capacity].id);
}

static void cancel(Worker *w, uint64_t id) {
    if (id == 0 || id != w->job) return;
    w->cancelled = true;
    breaker_set(BREAK_CANCEL);
}

static void take_input(Worker *w, const IpcInput *input) {
    QueuedJob *queued = input->job == w->job ? NULL : queue_find(w, input->job);
    if (input->job != w->job && !queued) return;
    if (input->data.len)
        ipc_buf_append(queued ? &queued->input : &w->input, input->data.ptr, input->data.len);
    if (input->eof) *(queued ? &queued->input_ended : &w->input_ended) = true;
    if (!queued) w->input_asked = false;
}

static void say_ready(Worker *w, const IpcWorkerHello *hello) {
    w->slot = (uint32_t)hello->worker;
    w->gc_events = hello->gc_events;
    w->gil_events = hello->gil_events;
    w->heap_every_ns = hello->heap_every_ms * 1000000u;
    if (hello->hash_key.len == sizeof w->host.hash_key) {
        memcpy(w->host.hash_key, hello->hash_key.ptr, sizeof w->host.hash_key);
        w->host.hash_key_given = true;
    }
    if (!w->fresh && !world_fresh_boot(w)) {
        w->stop = w->ended = true;
        return;
    }
    IpcReady ready = {.pid = (uint64_t)getpid(),
                      .version = ipc_str(ATOLL_VERSION),
                      .layers = ipc_buf_slice(&w->layers),
                      .boot_us = (worker_now_ns() - w->main_entered_ns) / 1000,
                      .heap_bytes = heap_bytes_held(w->world->heap)};
    worker_notify(w, IPC_M_WORKER_READY, &ready);
}

static void collect(Worker *w, const IpcEvent *event) {
    uint64_t start = worker_now_ns();
    HeapCollection c = {0};
    heap_collect(w->world->heap,
                 event->record->collect.generation > 2 ? 2 : (int)event->record->collect.generation, &c);
    IpcGcEvent answer = {.pid = (uint64_t)getpid(),
                         .generation = (uint64_t)c.generation,
                         .trigger = ipc_str("request"),
                         .start_ns = start,
                         .ns = worker_now_ns() - start,
                         .tracked = c.tracked,
                         .reclaimed = c.reclaimed,
                         .uncollectable = c.uncollectable,
                         .resurrected = c.resurrected,
                         .heap_bytes = heap_bytes_held(w->world->heap)};
    ipc_session_reply(&w->session, event->id, IPC_M_WORKER_GC, &answer);
}

static void on_request(Worker *w, const IpcEvent *event) {
    IpcHeapStats stats;
    switch (event->method) {
    case IPC_M_WORKER_HEAP:
        worker_fill_heap_stats(w, &stats);
        ipc_session_reply(&w->session, event->id, IPC_M_WORKER_HEAP, &stats);
        break;
    case IPC_M_WORKER_HEAP_REPORT: worker_report_heap(w, event->id, &event->record->heap_query); break;
    case IPC_M_WORKER_GC:
        if (w->job) ipc_session_refuse(&w->session, event->id, IPC_E_WRONG_PHASE, "a job is running");
        else collect(w, event);
        break;
    case IPC_M_WORKER_PING: ipc_session_reply(&w->session, event->id, IPC_M_WORKER_PING, NULL); break;
    default: ipc_session_refuse(&w->session, event->id, IPC_E_UNKNOWN_METHOD, "not served by workers"); break;
    }
}

static void on_notification(Worker *w, const IpcEvent *event) {
    switch (event->method) {
    case IPC_M_JOB: queue_add(w, event->record->job.job, event->params); break;
    case IPC_M_JOB_CANCEL: cancel(w, event->record->job_ref.job); break;
    case IPC_M_JOB_RECALL: recall(w, event->record->job_ref.job); break;
    case IPC_M_JOB_FILE: job_files_take(w, event); break;
    case IPC_M_JOB_INPUT: take_input(w, &event->record->input); break;
    case IPC_M_WORKER_WATCH:
        w->gc_events = event->record->watch.gc_events;
        gil_watch_change(w, event->record->watch.gil_events);
        w->heap_every_ns = event->record->watch.heap_every_ms * 1000000u;
        break;
    case IPC_M_WORKER_END_SESSION: world_end_session(w, event->record->session_ref.session); break;
    case IPC_M_WORKER_STOP: w->stop = true; break;
    default: break;
    }
}

static void on_event(Worker *w, const IpcEvent *event) {
    switch (event->kind) {
    case IPC_EV_HELLO: say_ready(w, &event->record->worker_hello); break;
    case IPC_EV_REQUEST: on_request(w, event); break;
    case IPC_EV_NOTIFICATION: on_notification(w, event); break;
    case IPC_EV_FATAL: w->stop = w->ended = true; break;
    default: break;
    }
}

bool worker_receive(Worker *w, bool wait) {
    struct pollfd in = {.fd = REQUESTS, .events = POLLIN};
    if (!wait && poll(&in, 1, 0) <= 0) return true;
    size_t room;
    char *space = ipc_session_space(&w->session, 64 * 1024, &room);
    ssize_t got = space ? read(REQUESTS, space, room) : -1;
    if (got < 0 && errno == EINTR) return true;
    if (got <= 0) {
        w->stop = w->ended = true;
        return false;
    }
    ipc_session_fed(&w->session, (size_t)got);
    IpcEvent event;
    while (ipc_session_next(&w->session, &event)) on_event(w, &event);
    return true;
}

bool worker_receive_sharing(Worker *w) {
    struct pollfd in = {.fd = REQUESTS, .events = POLLIN};
    struct Thread *self = gil_release();
    poll(&in, 1, INPUT_SLICE_MS);
    gil_acquire(self);
    return worker_receive(w, false);
}

/* ---- the tick ---- */

static void on_alarm(int signal) {
    (void)signal;
    Runtime *runtime = rt;
    int error = errno;
    if (!runtime) return;
    uint32_t before = __atomic_fetch_or(&runtime->breaker, BREAK_HOST, __ATOMIC_SEQ_CST);
    if (runtime->host) telemetry_beat(runtime->host->ctx, before & BREAK_HOST);
    errno = error;
}

static void set_timer(suseconds_t us) {
    struct itimerval timer = {{0, us}, {0, us}};
    setitimer(ITIMER_REAL, &timer, NULL);
}

void worker_tick_start(Worker *w) {
    if (w->ticking) return;
    w->ticking = true;
    set_timer(TICK_US);
}

void worker_tick_stop(Worker *w) {
    if (!w->ticking) return;
    w->ticking = false;
    set_timer(0);
}

/* Called by the evaluator at a safe point after a tick, with the job running. */
static void host_tick(void *ctx) {
    Worker *w = ctx;
    telemetry_publish(w);
    worker_receive(w, false);
    if (w->ended) {
        worker_interrupted(w);
        return;
    }
    if (w->cpu_limit_us && worker_cpu_us() - w->cpu_start_us > w->cpu_limit_us) {
        w->cpu_over = true;
        breaker_set(BREAK_DEADLINE);
    }
    /* The MemoryError can be caught, the end cannot. */
    if (heap_hard_limit(rt->heap) && heap_hard_limit_hit(rt->heap)) {
        w->host.limit_met = "too much memory";
        breaker_set(BREAK_DEADLINE);
    }
    if (w->heap_every_ns && worker_now_ns() - w->heap_told_ns >= w->heap_every_ns) worker_tell_heap(w);
    gil_watch_tick(w);
    send_some(w);
}

/* ---- Python's streams ---- */

static int host_write(void *ctx, int stream, const char *data, size_t n) {
    Worker *w = ctx;
    if (w->output_limit && w->output_bytes + n > w->output_limit) {
        size_t fits = w->output_limit > w->output_bytes ? w->output_limit - w->output_bytes : 0;
        w->output_over = true;
        w->host.limit_met = "too much output";
        breaker_set(BREAK_DEADLINE);
        n = fits;
    }
    w->output_bytes += n;
    telemetry_output(&w->telemetry, data, n);
    while (w->want_output && n) {
        size_t part = n < OUTPUT_PART ? n : OUTPUT_PART;
        IpcOutput output = {.job = w->job,
                            .stream = stream == 2 ? IPC_STREAM_STDERR : IPC_STREAM_STDOUT,
                            .seq = w->output_seq++,
                            .data = ipc_slice(data, part)};
        ipc_session_notify(&w->session, IPC_M_JOB_OUTPUT, &output);
        data += part;
        n -= part;
        if (ipc_session_out(&w->session).len >= FLUSH_AT) worker_flush_sharing(w);
    }
    return w->output_over ? -1 : 0;
}

static int host_flush(void *ctx, int stream) {
    (void)stream;
    Worker *w = ctx;
    bool left = send_some(w);
    if (vm_is_main_thread()) w->unsent = left;
    return 0;
}

/* By what the breaker still has to tell: an interrupt that the program caught is over. */
bool worker_interrupted(Worker *w) {
    if (w->ended) { /* the supervisor is gone: so is the reason to run */
        w->cancelled = true;
        breaker_set(BREAK_DEADLINE);
    }
    return breaker_bits() & (BREAK_CANCEL | BREAK_DEADLINE);
}

static ssize_t host_read(void *ctx, char *data, size_t n) {
    Worker *w = ctx;
    if (!w->feeds_stdin || n == 0) return 0;
    while (w->input.len == 0 &&
           !w->input_ended) { /* with the GIL; other threads run during the wait for a message */
        if (rt->program_timers) rt->program_timers();
        if (worker_interrupted(w) || (breaker_bits() & BREAK_PENDING)) return errno = EINTR, -1;
        if (!w->input_asked) {
            IpcInputRequest request = {.job = w->job, .wanted = n};
            worker_notify(w, IPC_M_JOB_INPUT_REQUEST, &request);
            w->input_asked = true;
        }
        worker_flush_sharing(w);
        IpcActivity before = telemetry_doing(&w->telemetry, IPC_ACTIVITY_WAITING);
        bool open = worker_receive_sharing(w);
        telemetry_doing(&w->telemetry, before);
        if (!open) return errno = EINTR, -1;
    }
    size_t got = w->input.len < n ? w->input.len : n;
    if (got) memcpy(data, w->input.data, got);
    ipc_buf_drop_front(&w->input, got);
    return (ssize_t)got;
}

static void host_sleep(void *ctx, double seconds) {
    Worker *w = ctx;
    uint64_t now = worker_now_ns(), end = seconds > 1e9 ? UINT64_MAX : now + (uint64_t)(seconds * 1e9);
    IpcActivity before = telemetry_doing(&w->telemetry, IPC_ACTIVITY_WAITING);
    for (; now < end && !worker_interrupted(w) && !(breaker_bits() & BREAK_PENDING); now = worker_now_ns()) {
        uint64_t left = end - now;
        struct timespec wait = {(time_t)(left / 1000000000u), (long)(left % 1000000000u)};
        if (left > 3600000000000u) wait = (struct timespec){3600, 0};
        struct pollfd pipes[] = {{.fd = REQUESTS, .events = POLLIN},
                                 {.fd = w->unsent ? EVENTS : -1, .events = POLLOUT}};
        if (ppoll(pipes, 2, &wait, NULL) > 0) break;
    }
    telemetry_doing(&w->telemetry, before);
}

static void host_die(void *ctx, int number) {
    Worker *w = ctx;
    telemetry_beat(w, true); /* where it was, for the death certificate */
    worker_flush_sharing(w);
    signal_end_process(number);
}

static void host_collected(void *ctx, const HeapCollection *c) {
    Worker *w = ctx;
    w->collections++;
    if (!w->gc_events || !w->job) return;
    uint64_t now = worker_now_ns();
    IpcGcEvent event = {.pid = (uint64_t)getpid(),
                        .job = w->job,
                        .generation = (uint64_t)c->generation,
                        .trigger = ipc_str(c->trigger == HEAP_TRIGGER_THRESHOLD ? "threshold" : "gc.collect"),
                        .start_ns = now - c->nanoseconds,
                        .ns = c->nanoseconds,
                        .tracked = c->tracked,
                        .reclaimed = c->reclaimed,
                        .uncollectable = c->uncollectable,
                        .resurrected = c->resurrected,
                        .heap_bytes = heap_bytes_held(w->world->heap)};
    ipc_session_notify(&w->session, IPC_M_JOB_GC, &event); /* no flush: the program runs */
}

void worker_host_init(Worker *w) {
    w->host = (Host){.ctx = w,
                     .write = host_write,
                     .flush = host_flush,
                     .read = host_read,
                     .sleep = host_sleep,
                     .tick = host_tick,
                     .die = host_die,
                     .collected = host_collected};
    struct sigaction alarm_action = {.sa_handler = on_alarm, .sa_flags = SA_RESTART};
    sigaction(SIGALRM, &alarm_action, NULL);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* a file that has grown to its limit is an error of the write: EFBIG */
    signal(SIGINT, SIG_IGN);  /* cancel comes through the pipe */
}
