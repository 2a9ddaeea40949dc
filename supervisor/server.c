#include "server.h"

#include <fcntl.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "clock.h"
#include "json.h"
#include "listen.h"
#include "worker.h"

enum { ACCEPTS_A_TURN = 64, STATUS_PATIENCE_MS = 50 };

/* --- configuration ---------------------------------------------------------------------------- */

static uint32_t cpu_count(void) {
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count > 0 ? (uint32_t)count : 1;
}

/* So many that a template pays. */
static bool makes_many_workers(const Options *options) {
    return options->verb == VERB_SERVE || (options->verb == VERB_MAP && strcmp(opt_text(options, OPT_ISOLATION), "process") == 0);
}

void pool_config_from_options(PoolConfig *config, const Options *options) {
    uint64_t size = opt_number(options, OPT_WORKERS);
    *config = (PoolConfig){
        .size = size ? (uint32_t)size : cpu_count(),
        .spares = (uint32_t)opt_number(options, OPT_SPARES),
        .depth = (uint32_t)opt_number(options, OPT_DEPTH),
        .queue_jobs = opt_number(options, OPT_QUEUE),
        .queue_bytes = opt_number(options, OPT_QUEUE_BYTES),
        .grace_ns = opt_number(options, OPT_GRACE),
        .start_timeout_ns = opt_number(options, OPT_START_TIMEOUT),
        .heartbeat_ns = opt_number(options, OPT_HEARTBEAT),
        .recycle_jobs = opt_number(options, OPT_RECYCLE_JOBS),
        .recycle_age_ns = opt_number(options, OPT_RECYCLE_AGE),
        .use_template = opt_flag(options, OPT_TEMPLATE) && makes_many_workers(options),
        .recycle_bytes = opt_number(options, OPT_RECYCLE_BYTES),
        .recycle_growth = opt_number(options, OPT_RECYCLE_GROWTH),
        .restart_most = (uint32_t)opt_number(options, OPT_RESTART_MAX),
        .restart_window_ns = opt_number(options, OPT_RESTART_WINDOW),
        .restart_pause_ns = opt_number(options, OPT_RESTART_PAUSE),
        .output_kept = opt_number(options, OPT_KEEP_OUTPUT),
    };
    if (!config->grace_ns) config->grace_ns = NS_PER_MS;
    limits_policy(&config->limits, options);
}

void server_apply_options(Server *server, const Options *options) {
    server->client_buffer = opt_number(options, OPT_CLIENT_BUFFER);
    server->most_clients = (uint32_t)opt_number(options, OPT_CLIENTS);
    server->most_connections = (uint32_t)opt_number(options, OPT_CLIENT_CONNECTIONS);
    server->client_jobs = opt_number(options, OPT_CLIENT_QUEUE);
    server->client_bytes = opt_number(options, OPT_CLIENT_BYTES);
    server->slow_client_ns = opt_number(options, OPT_SLOW_CLIENT);
    for (Client *client = server->clients; client; client = client->next)
        client->link.high_water = server->client_buffer;
    server->json = opt_flag(options, OPT_JSON);
    uint64_t keep_ns = opt_number(options, OPT_KEEP_TIME), keep_bytes = opt_number(options, OPT_KEEP_BYTES);
    keep_set_bounds(&server->keep, keep_ns, keep_bytes);
    if (server->journal) journal_set_bounds(server->journal, keep_ns / NS_PER_MS, keep_bytes);
}

CgroupLimits server_cgroup_limits(const Options *options) {
    return (CgroupLimits){.memory_bytes = opt_number(options, OPT_CGROUP_MEMORY),
                          .processes = opt_number(options, OPT_CGROUP_PROCESSES),
                          .cpu_percent = opt_number(options, OPT_CGROUP_CPU)};
}

bool server_logs_json(const Options *options) {
    return opt_flag(options, OPT_JSON) || strcmp(opt_text(options, OPT_LOG_FORMAT), "json") == 0;
}

/* --- the end ---------------------------------------------------------------------------------- */

static void close_listener(Server *server) {
    if (server->listen_fd < 0) return;
    uv_close((uv_handle_t *)&server->listen_poll, NULL);
    if (server->handed_over) close(server->listen_fd); /* the manager listens on, for the next server */
    else listen_close(server->listen_fd, server->socket_path);
    server->listen_fd = -1;
}

static void stop_now(Server *server) {
    if (server->leaving) return;
    server->leaving = true;
    systemd_stopping(&server->systemd);
    log_event(&server->log, LOG_INFO, "stopping", LOG_UINT("jobs", pool_job_count(&server->pool)));
    pool_stop(&server->pool, true);
}

void server_stop(Server *server, bool now) {
    close_listener(server);
    if (now) return stop_now(server);
    if (!server->stop_when_idle) {
        log_event(&server->log, LOG_INFO, "draining", LOG_UINT("jobs", pool_job_count(&server->pool)));
    }
    server->stop_when_idle = true;
    pool_drain(&server->pool);
}

static const int signal_numbers[SERVER_SIGNALS] = {SIGTERM, SIGINT, SIGQUIT, SIGHUP, SIGUSR1, SIGTTIN, SIGTTOU};

/* From here on a signal says nothing new: it is held back, so that it cannot change how the process ends. */
static void close_signals(Server *server) {
    sigset_t ours;
    sigemptyset(&ours);
    for (size_t i = 0; i < SERVER_SIGNALS; i++)
        sigaddset(&ours, signal_numbers[i]);
    sigprocmask(SIG_BLOCK, &ours, NULL);
    for (size_t i = 0; i < SERVER_SIGNALS; i++)
        uv_close((uv_handle_t *)&server->signals[i], NULL);
}

static void on_pool_stopped(void *observer) {
    Server *server = observer;
    durable_turn(server); /* before the last outcomes are told */
    clients_drop_all(server);
    close_signals(server);
    uv_close((uv_handle_t *)&server->tick, NULL);
    uv_close((uv_handle_t *)&server->status_timer, NULL);
    uv_close((uv_handle_t *)&server->watchdog, NULL);
    if (server->http) http_close(server->http);
    pool_free(&server->pool);
    hub_close(&server->hub);
    log_event(&server->log, LOG_INFO, "stopped", LOG_UINT("jobs-left", server->jobs_left));
}

/* --- what the pool tells ---------------------------------------------------------------------- */

static void announce_ready(Server *server) {
    const PoolConfig *config = &server->pool.config;
    server->ready_told = true;
    if (server->json) {
        IpcBuf line;
        ipc_buf_init(&line, NULL);
        ipc_buf_append_text(&line, "{");
        json_put_text(&line, "event", ipc_str("ready"));
        json_put_text(&line, "socket", ipc_str(server->socket_path));
        json_put_uint(&line, "workers", config->size);
        json_put_uint(&line, "pid", (uint64_t)getpid());
        printf("%.*s}\n", (int)line.len, line.data ? line.data : "");
        ipc_buf_free(&line);
    } else {
        printf("atoll: ready on %s with %u worker%s (pid %d)\n", server->socket_path, config->size,
               config->size == 1 ? "" : "s", (int)getpid());
    }
    fflush(stdout);
    systemd_ready(&server->systemd);
}

/* The worker that is in this slot now. */
static const Worker *worker_numbered(const Server *server, uint64_t number) {
    const Worker *worker = server->pool.workers;
    while (worker && worker->number != number)
        worker = worker->next;
    return worker;
}

/* It became ready for the first time, and not again after a job. */
static void note_start(Server *server, const IpcWorkerEvent *event) {
    const Worker *worker = worker_numbered(server, event->worker);
    if (worker && !worker->used) measures_note_start(&server->measures, clock_ns() - worker->born_ns);
}

static void on_worker_changed(void *observer, const IpcWorkerEvent *event) {
    Server *server = observer;
    clients_tell_worker(server, event);
    if (event->state == IPC_WORKER_DEAD) relay_worker_gone(server, (uint32_t)event->worker);
    if (event->state != IPC_WORKER_READY) return;
    note_start(server, event);
    server->worker_was_ready = true;
    if (server->ready_told) return;
    uint32_t ready = 0;
    for (const Worker *worker = server->pool.workers; worker; worker = worker->next) {
        ready += worker->state == IPC_WORKER_READY || worker->state == IPC_WORKER_BUSY;
    }
    if (ready >= server->pool.config.size) announce_ready(server);
}

static void on_job_started(void *observer, const Owner *owner, const IpcStarted *started) {
    clients_tell_started(observer, owner, started);
}

static void on_job_ends(void *observer, const Job *job, const IpcOutcome *outcome) {
    Server *server = observer;
    durable_job_ends(server, job, outcome);
    if (!outcome->poisoned) return;
    poison_add(&server->poison, outcome, clock_wall_ms());
    log_event(&server->log, LOG_WARN, "job-poisoned", LOG_UINT("job", job->id),
              LOG_TEXT("verdict", ipc_verdict_name(outcome->verdict)), LOG_UINT("attempt", job->attempt));
}

static bool on_job_stays(void *observer, const Job *job) {
    return durable_stays(observer, job);
}

static void on_job_assigned(void *observer, const Job *job) {
    durable_assigned(observer, job);
}

static void on_job_returned(void *observer, const Job *job) {
    durable_returned(observer, job);
}

static void on_job_ended(void *observer, const Owner *owner, const IpcOutcome *outcome) {
    Server *server = observer;
    measures_note_outcome(&server->measures, outcome);
    log_event(&server->log, LOG_DEBUG, "job-ended", LOG_UINT("job", outcome->job),
              LOG_TEXT("verdict", ipc_verdict_name(outcome->verdict)), LOG_UINT("worker", outcome->worker));
    clients_tell_ended(server, owner, outcome);
}

static void on_gc(void *observer, const IpcGcEvent *event) {
    clients_tell_gc(observer, event);
}

static void on_gil(void *observer, const IpcGilEvent *event) {
    clients_tell_gil(observer, event);
}

static void on_heap(void *observer, const IpcHeapStats *stats) {
    clients_tell_heap(observer, stats);
}

static void on_died(void *observer, const IpcDeath *death) {
    Server *server = observer;
    if (!death->expected) server->measures.deaths[death->cause]++;
    clients_tell_death(server, death);
}

/* Telling may itself lead to a line, which is kept and not told. */
static void on_log_line(void *owner, LogLevel level, const char *text, const char *json) {
    Server *server = owner;
    IpcLog line = {.level = ipc_str(log_level_name(level)), .text = ipc_str(text), .json = ipc_str(json)};
    logbook_add(&server->logbook, &line);
    if (server->telling_log) return;
    server->telling_log = true;
    clients_tell_log(server, &line);
    server->telling_log = false;
}

static void on_room(void *observer) {
    clients_room(observer);
}

static void on_idle(void *observer) {
    Server *server = observer;
    clients_idle(server);
    if (server->stop_when_idle) stop_now(server);
}

/* A pool that cannot start a single worker is no server: better to say so and end than to wait for a miracle.
 * Once one was ready, deaths are told in the log and the status, and the back-off decides. */
static void on_failed(void *observer, SpawnResult result, const char *text) {
    Server *server = observer;
    (void)result;
    bool was_up = server->private ? server->pool.verdicts[IPC_VERDICT_OK] > 0 : server->worker_was_ready;
    if (was_up || server->pool.restart.in_a_row < 3 || server->exit_code) return;
    cli_failure(server->options->verb, "cannot start workers: %s", text);
    server->exit_code = EXIT_FAILURE;
}

static void on_status_timer(uv_timer_t *timer) {
    clients_answer_status(timer->data);
}

void server_expect_status(Server *server) {
    uv_timer_start(&server->status_timer, on_status_timer, STATUS_PATIENCE_MS, 0);
}

static void on_heap_known(void *observer) {
    clients_answer_status(observer);
}

static void on_answered(void *observer, const Worker *worker, IpcEvent *event) {
    relay_answered(observer, worker, event);
}

static const PoolObserver observer_events = {
    .worker_changed = on_worker_changed,
    .job_started = on_job_started,
    .job_assigned = on_job_assigned,
    .job_returned = on_job_returned,
    .job_stays = on_job_stays,
    .job_ends = on_job_ends,
    .job_ended = on_job_ended,
    .gc = on_gc,
    .gil = on_gil,
    .heap = on_heap,
    .died = on_died,
    .room = on_room,
    .idle = on_idle,
    .stopped = on_pool_stopped,
    .failed = on_failed,
    .answered = on_answered,
    .heap_known = on_heap_known,
};

/* --- what the loop tells ---------------------------------------------------------------------- */

static void on_turn(void *owner) {
    Server *server = owner;
    bool abandoned = server->private && !server->clients;
    if ((server->exit_code || abandoned) && !server->leaving) server_stop(server, true);
    do
        pool_turn(&server->pool);
    while (!server->pool.stopped && durable_turn(server));
}

/* Connections that cannot be had: said once for all of them. With nothing to turn them away by they wait, and we do
 * not ask again before the next tick. */
static void note_no_connection(Server *server, int error) {
    if (error == EAGAIN || error == EWOULDBLOCK || error == EINTR || error == ECONNABORTED) return;
    server->measures.clients_refused++;
    if (!server->told_no_connection) {
        log_event(&server->log, LOG_ERROR, "clients-refused", LOG_TEXT("cause", strerror(error)),
                  LOG_UINT("clients", server->client_count));
    }
    server->told_no_connection = true;
    if (server->reserve_fd < 0) uv_poll_stop(&server->listen_poll);
}

static void on_connection(uv_poll_t *poll, int status, int events) {
    Server *server = poll->data;
    (void)status, (void)events;
    for (int i = 0; i < ACCEPTS_A_TURN; i++) {
        int connection = listen_accept(server->listen_fd, &server->reserve_fd);
        if (connection < 0) return note_no_connection(server, errno);
        server->told_no_connection = false;
        client_accept(server, connection);
    }
}

static void listen_again(Server *server) {
    if (server->reserve_fd >= 0 || server->listen_fd < 0) return;
    server->reserve_fd = listen_reserve();
    uv_poll_start(&server->listen_poll, UV_READABLE, on_connection);
}

static void tell_manager(Server *server) {
    char text[160];
    const Pool *pool = &server->pool;
    snprintf(text, sizeof text, "%s%u workers, %zu jobs waiting or running, %u clients", pool->draining ? "draining: " : "",
             pool->worker_count, pool_job_count(pool), server->client_count);
    systemd_status(&server->systemd, text);
}

static void on_watchdog(uv_timer_t *timer) {
    Server *server = timer->data;
    systemd_alive(&server->systemd);
}

static void on_tick(uv_timer_t *timer) {
    Server *server = timer->data;
    tell_manager(server);
    pool_tick(&server->pool);
    clients_check(server);
    oom_watch_sample(&server->pool.oom, clock_ns());
    keep_expire(&server->keep, clock_ns());
    durable_tick(server);
    listen_again(server);
    relay_expire(timer->data);
    clients_answer_status(timer->data);
}

static void resize_by(Server *server, int step) {
    int64_t size = (int64_t)server->pool.config.size + step;
    if (size < 1 || size > 1024) return;
    log_event(&server->log, LOG_INFO, "scaled", LOG_UINT("workers", size));
    pool_set_size(&server->pool, (uint32_t)size);
}

static void reload_by_signal(Server *server) {
    char error[512];
    ReloadReport report;
    if (!server_reload(server, &report, error, sizeof error))
        log_event(&server->log, LOG_ERROR, "not-reloaded", LOG_TEXT("cause", error));
}

static void on_signal(uv_signal_t *handle, int number) {
    Server *server = handle->data;
    log_event(&server->log, LOG_INFO, "signal", LOG_INT("number", number));
    switch (number) {
    case SIGTERM:
        server_stop(server, false);
        break;
    case SIGINT:
    case SIGQUIT:
        server_stop(server, true);
        break;
    case SIGHUP:
        reload_by_signal(server);
        break;
    case SIGUSR1:
        if (!log_reopen(&server->log)) log_event(&server->log, LOG_ERROR, "log-not-reopened");
        break;
    case SIGTTIN:
        resize_by(server, +1);
        break;
    case SIGTTOU:
        resize_by(server, -1);
        break;
    }
}

static void watch_signals(Server *server) {
    for (size_t i = 0; i < SERVER_SIGNALS; i++) {
        uv_signal_init(&server->loop, &server->signals[i]);
        server->signals[i].data = server;
        uv_signal_start(&server->signals[i], on_signal, signal_numbers[i]);
    }
}

/* --- the beginning ---------------------------------------------------------------------------- */

static bool open_log(Server *server, char *error, size_t capacity) {
    const char *path = opt_text(server->options, OPT_LOG), *level = opt_text(server->options, OPT_LOG_LEVEL);
    bool quiet = server->private && server->options->values[OPT_LOG_LEVEL].source == FROM_DEFAULT;
    if (quiet) level = "error";
    bool opened = log_open(&server->log, path, server_logs_json(server->options), (LogLevel)log_level_parse(level));
    server->log.also = on_log_line;
    server->log.owner = server;
    if (opened) return true;
    snprintf(error, capacity, "cannot open the log %s: %s", path, strerror(errno));
    return false;
}

static void start(Server *server, const char *worker_path, const SandboxPlan *plan) {
    PoolConfig config;
    pool_config_from_options(&config, server->options);
    hub_init(&server->hub, &server->loop, on_turn, server);
    pool_init(&server->pool, &server->hub, &server->log, &config, worker_path, plan, &observer_events,
              server);
    owner_init(&server->detached, &detached_events);
    CgroupLimits limits = server_cgroup_limits(server->options);
    cgroups_open(&server->cgroups, opt_text(server->options, OPT_CGROUP), &limits);
    server->pool.cgroups = &server->cgroups;
    if (server->listen_fd >= 0) {
        uv_poll_init(&server->loop, &server->listen_poll, server->listen_fd);
        server->listen_poll.data = server;
        uv_poll_start(&server->listen_poll, UV_READABLE, on_connection);
    }
    uv_timer_init(&server->loop, &server->tick);
    uv_timer_init(&server->loop, &server->status_timer);
    uv_timer_init(&server->loop, &server->watchdog);
    server->tick.data = server->status_timer.data = server->watchdog.data = server;
    uv_timer_start(&server->tick, on_tick, 1000, 1000);
    uint64_t period = server->systemd.watchdog_ns / NS_PER_MS / 2;
    if (server->systemd.watchdog_ns) uv_timer_start(&server->watchdog, on_watchdog, 0, period ? period : 1);
    watch_signals(server);
    log_event(&server->log, LOG_INFO, "starting", LOG_TEXT("socket", server->socket_path),
              LOG_UINT("workers", config.size), LOG_INT("pid", getpid()));
}

/* Where clients come from: a socket, or the one connection that was given. */
static bool open_door(Server *server, int connection, char *error, size_t capacity) {
    if (connection >= 0) return true;
    int handed = systemd_listener(server->handed_path, sizeof server->handed_path, error, capacity);
    if (handed < -1) return false;
    if (handed >= 0) {
        server->listen_fd = handed;
        server->handed_over = true;
        server->socket_path = server->handed_path;
        return true;
    }
    server->listen_fd = listen_open(server->socket_path, error, capacity);
    return server->listen_fd >= 0;
}

/* Nothing was started: what listens goes, and the loop with it. */
static void close_door(Server *server) {
    if (server->handed_over) close(server->listen_fd);
    else listen_close(server->listen_fd, server->socket_path);
    server->listen_fd = -1;
    uv_run(&server->loop, UV_RUN_DEFAULT);
    uv_loop_close(&server->loop);
}

static int run(Server *server, int connection) {
    char error[512] = "", worker_path[4096];
    SandboxPlan plan;
    Verb verb = server->options->verb;
    if (!sandbox_plan_from_options(&plan, server->options, &server->grants, error, sizeof error)) return cli_usage_error(verb, "%s", error);
    if (!spawn_find_worker(opt_text(server->options, OPT_WORKER_PATH), worker_path, sizeof worker_path, error,
                           sizeof error) ||
        !open_log(server, error, sizeof error)) {
        return cli_failure(verb, "%s", error);
    }
    server->reserve_fd = listen_reserve();
    if (!durable_open(server, error, sizeof error) || !open_door(server, connection, error, sizeof error))
        return cli_failure(verb, "%s", error);
    uv_loop_init(&server->loop);
    if (!server->private && !metrics_listen(server, opt_text(server->options, OPT_METRICS), error, sizeof error)) {
        close_door(server);
        return cli_failure(verb, "%s", error);
    }
    start(server, worker_path, &plan);
    if (!durable_recover(server, error, sizeof error)) {
        listen_close(server->listen_fd, server->socket_path);
        return cli_failure(verb, "%s", error);
    }
    if (connection >= 0) client_accept(server, connection);
    uv_run(&server->loop, UV_RUN_DEFAULT);
    uv_loop_close(&server->loop);
    return server->exit_code;
}

static int serve(Options *options, int connection) {
    char socket_path[4096];
    Server *server = calloc(1, sizeof *server);
    if (!server) return cli_failure(options->verb, "out of memory");
    signal(SIGPIPE, SIG_IGN);
    server->original = server->options = options;
    server->systemd.fd = -1;
    if (connection < 0) systemd_open(&server->systemd);
    signal(SIGXFSZ, SIG_IGN); /* a journal or log that may not grow is told as any other failed write */
    server->listen_fd = server->reserve_fd = -1;
    server->socket_path = cli_socket_path(options, socket_path, sizeof socket_path);
    keep_init(&server->keep, 0, 0);
    server_apply_options(server, options);
    server->private = connection >= 0;
    server->ready_told = server->private;
    int code = run(server, connection);
    cgroups_close(&server->cgroups);
    grants_free(&server->grants);
    journal_close(server->journal);
    free(server->unanswered);
    keep_free(&server->keep);
    if (server->reserve_fd >= 0) close(server->reserve_fd);
    if (server->options == &server->reloaded) options_free(&server->reloaded);
    log_close(&server->log);
    logbook_free(&server->logbook);
    systemd_close(&server->systemd);
    free(server);
    return code;
}

int server_run(Options *options) {
    return serve(options, -1);
}

int server_run_private(Options *options, int connection) {
    return serve(options, connection);
}
