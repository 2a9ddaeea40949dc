/* serve: the worker's life: hello, ready, one job after another, the end. */
#include <malloc.h>
#include <stdlib.h>
#include <unistd.h>

#include "rpc/huge_code.h"
#include "rpc/lockdown.h"
#include "rpc/template.h"
#include "rpc/worker.h"

/* Whether to leave without dismantling what the kernel takes back anyway. */
#if ATOLL_SANITIZE
enum { LEAVE_QUICKLY = 0 };
#else
enum { LEAVE_QUICKLY = 1 };
#endif

/* Takes the next job from the queue that was not recalled and runs it. False: there was none. */
static bool run_next(Worker *w) {
    while (w->queue_count) {
        QueuedJob queued = w->queue[w->queue_first];
        w->queue_first = (w->queue_first + 1) % w->queue_capacity;
        w->queue_count--;
        if (queued.id) {
            IpcJob job;
            IpcError error;
            if (ipc_record_decode(ipc_slice(queued.params, queued.length), IPC_REC_Job, &job, &error) ==
                IPC_OK)
                job_run(w, &job, &queued);
        }
        free(queued.params);
        ipc_buf_free(&queued.input);
        if (queued.id) return true;
    }
    return false;
}

static int host_path_call(void *ctx, const PathCall *call, PathAnswer *answer) {
    return grants_call(((Worker *)ctx)->grants, call, answer);
}

static bool host_path_granted(void *ctx, const char *name) {
    return grants_have(((Worker *)ctx)->grants, name);
}

static void host_grant(Worker *w) {
    w->host.path_call = host_path_call;
    w->host.path_granted = host_path_granted;
}

/* A worker whose interpreter is up, with no pipes of its own yet. NULL: out of memory. */
static Worker *worker_new(ServeOptions *options) {
    /* One arena for the C library's own needs: for a choice of how many it would open a file, which the lockdown forbids. */
    mallopt(M_ARENA_MAX, 1);
    Worker *w = calloc(1, sizeof *w);
    if (!w) return NULL;
    worker_host_init(w);
    w->attack = options->attack;
    w->gc_whole = options->gc_whole;
    w->image_later = options->makes_workers;
    w->grants = &options->grants;
    w->host.seeded = options->seeded;
    w->host.seed = options->seed;
    w->host.clock = options->clock;
    if (w->grants->count) host_grant(w);
    world_fresh_boot(w);
    telemetry_watch_faults();
    return w;
}

static LockdownPlan lockdown_plan(const Worker *w, const ServeOptions *options) {
    return (LockdownPlan){
        .without = options->without, .with_files = w->grants->count > 0, .files_server = w->grants->server};
}

/* The pipes stand at 0 and 1. */
static bool begin(Worker *w, const ServeOptions *options, Lockdown *lockdown) {
    if (worker_pipes_ready() < 0) return false;
    IpcSessionConfig config = {
        .role = IPC_ROLE_WORKER, .name = "atoll-worker", .version = ATOLL_VERSION, .pid = (uint64_t)getpid()};
    ipc_session_init(&w->session, &config);
    ipc_buf_init(&w->input, NULL);
    ipc_buf_init(&w->gil_holds, NULL);
    ipc_buf_init(&w->layers, NULL);
    LockdownPlan plan = lockdown_plan(w, options);
    lockdown_enter(&plan, lockdown, &w->layers);
    telemetry_doing(&w->telemetry, IPC_ACTIVITY_IDLE);
    return true;
}

static void serve(Worker *w) {
    while (!w->stop) {
        if (run_next(w)) {
            w->stop |= w->has_had_its_job; /* nobody need tell it */
            continue;
        }
        worker_tick_stop(w);
        worker_flush(w);
        telemetry_job(&w->telemetry, 0);
        if (w->fresh) world_refresh(w);
        worker_receive(w, true);
    }
    telemetry_doing(&w->telemetry, IPC_ACTIVITY_LEAVING);
    if (w->spoilt || w->has_had_its_job) worker_return_jobs(w);
    worker_flush(w);
    if (w->spoilt || (LEAVE_QUICKLY && !w->grants->count)) _exit(0);
    worlds_drop(w);
    grants_end(w->grants);
    ipc_session_free(&w->session);
    ipc_buf_free(&w->input);
    ipc_buf_free(&w->gil_holds);
    ipc_buf_free(&w->layers);
    telemetry_close(&w->telemetry);
    free(w->queue);
    free(w);
}

static bool take_pipes(int in, int out) {
    return (in == STDIN_FILENO || dup2(in, STDIN_FILENO) >= 0) &&
           (out == STDOUT_FILENO || dup2(out, STDOUT_FILENO) >= 0);
}

int worker_serve(int in, int out, ServeOptions *options) {
    uint64_t entered = worker_now_ns();
    Telemetry telemetry = {0};
    Lockdown lockdown = {0};
    if (telemetry_open(&telemetry, options->telemetry) < 0) return 1;
    telemetry_keep_from_forks(&telemetry); /* the files server writes none */
    bool bare = lockdown_names(options->without, "grants");
    if (!grants_start(&options->grants, bare))
        return 1; /* before there is anything in this process to copy */
    Worker *w = take_pipes(in, out) ? worker_new(options) : NULL;
    if (!w) return 1;
    w->main_entered_ns = entered;
    w->telemetry = telemetry;
    if (!begin(w, options, &lockdown)) return 1;
    serve(w);
    return 0;
}

/* In a process that the template has made: what it is given becomes its own, and the rest is as for any worker. */
static int serve_made(Worker *w, const ServeOptions *options, Lockdown *lockdown,
                      const TemplateOrder *order) {
    w->main_entered_ns = worker_now_ns();
    bool own = take_pipes(order->request, order->event) && telemetry_open(&w->telemetry, order->page) == 0;
    template_forget_order(order);
    if (!own || !begin(w, options, lockdown)) return 1;
    serve(w);
    return 0;
}

int worker_serve_template(int socket, ServeOptions *options) {
    Lockdown lockdown = {0};
    TemplateOrder order;
    Worker *w = grants_start(&options->grants, false) ? worker_new(options) : NULL;
    if (!w) return 1;
    huge_code();
    LockdownPlan plan = lockdown_plan(w, options);
    lockdown_prepare(&plan, &lockdown);
    return template_run(socket, &order) ? serve_made(w, options, &lockdown, &order) : 0;
}
