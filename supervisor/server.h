/* `atoll serve`: one loop with a pool, a listening socket, clients and the operator's signals.
 *
 * STATES: starting (until the first workers are ready) -> serving -> draining (no new jobs; TERM, `stop`) ->
 * stopping (workers leave; INT, QUIT, `stop --now`, or drained) -> the loop ends when the last handle is
 * closed. */
#ifndef ATOLL_SERVER_H
#define ATOLL_SERVER_H

#include <sys/types.h>

#include "http.h"
#include "journal.h"
#include "keep.h"
#include "logbook.h"
#include "metrics.h"
#include "options.h"
#include "poison.h"
#include "pool.h"
#include "relay.h"
#include "systemd.h"

enum { SERVER_SIGNALS = 7, STATUS_WAITS = 8, SERVER_PATH = 108 };

typedef struct {
    Client *client; /* NULL: it has left, or has its answer */
    uint32_t id;
    uint64_t job;
    size_t before; /* jobs in the queue before it */
} Unanswered;

struct Server {
    uv_loop_t loop;
    Hub hub;
    Log log;
    Pool pool;
    Relays relays;
    Options *options;        /* as last loaded */
    const Options *original; /* as the server began */
    Options reloaded;        /* backs `options` after a reload */
    const char *socket_path;
    char handed_path[SERVER_PATH]; /* of a socket that was handed over */
    int listen_fd, reserve_fd;
    uv_poll_t listen_poll;
    uv_timer_t tick;         /* once a second: clients that do nothing */
    uv_timer_t status_timer; /* answers `status` when workers are slow to */
    uv_signal_t signals[SERVER_SIGNALS];
    Client *clients;
    uint32_t client_count;
    size_t client_buffer;
    uint32_t most_clients, most_connections; /* of all; of one process */
    size_t client_jobs, client_bytes;        /* that one client's jobs may be, and hold */
    uint64_t slow_client_ns;
    Owner detached; /* of jobs whose client has gone */
    Keep keep;
    Journal *journal;        /* NULL: none */
    uint64_t began_ns, began_wall_ms; /* by both clocks */
    uint64_t jobs_left;      /* by a stop, to the next server on the journal */
    Unanswered *unanswered;  /* submits whose jobs are not in the journal yet, by job */
    size_t unanswered_count, unanswered_capacity;
    Poison poison;
    LogBook logbook;
    Measures measures;
    Http *http; /* NULL: no metrics */
    Systemd systemd;
    uv_timer_t watchdog;
    Grants grants; /* of every worker */
    Cgroups cgroups;
    bool private, handed_over, json, ready_told, telling_log, leaving, stop_when_idle;
    bool told_no_connection; /* since the last one that could be had */
    bool worker_was_ready; /* at least one, once: the server's workers can start */
    int exit_code;
};

/* Runs until stopped; returns the exit code. */
int server_run(Options *options);
/* The same for one connected client and no socket; ends when that client leaves. The descriptor is taken
 * over. */
int server_run_private(Options *options, int connection);

void server_stop(Server *server, bool now);
/* A client waits for its status: it is answered when the workers have told their numbers, or soon in any
 * case. */
void server_expect_status(Server *server);

/* --- reload.c */

/* Names of options, borrowed from the table. */
typedef struct {
    const char *changed[OPT_COUNT], *kept[OPT_COUNT];
    size_t changed_count, kept_count;
} ReloadReport;

/* Reads the options again. False with one line in `error`: nothing has changed. */
bool server_reload(Server *server, ReloadReport *report, char *error, size_t capacity);
/* Takes what the server itself, not its pool, has of the options. */
void server_apply_options(Server *server, const Options *options);
CgroupLimits server_cgroup_limits(const Options *options);
/* Whether they ask for a log in JSON. */
bool server_logs_json(const Options *options);
void pool_config_from_options(PoolConfig *config, const Options *options);

/* --- control.c: clients */

struct Client {
    Server *server;
    Client *next, *previous;
    Link link;
    Owner owner;
    uid_t uid;
    pid_t pid;
    uint64_t since_ns;      /* of the connection */
    uint64_t high_since_ns; /* since when it reads too slowly; 0: it does not */
    uint64_t high_backlog;  /* and how much waited then */
    IpcSubscribe wants;
    uint32_t bad_messages;
    uint32_t status_ids[STATUS_WAITS], status_waits;
    uint32_t drain_id;
    bool drain_waits, leaving;
    char *stalled; /* a submit that waits for room: its params */
    size_t stalled_length;
    uint32_t stalled_id;
};

/* A key is its tenant's own: makes the submit's one begin with whose it is; buf holds it. False: no memory. */
bool tenant_scope_key(uid_t uid, IpcSubmit *submit, IpcBuf *buf);
/* The answer to a submit. */
void client_tell_accepted(Client *client, uint32_t id, uint64_t job, size_t before);
void client_refuse(Client *client, uint32_t id, const IpcError *error);
void client_accept(Server *server, int connection);
void client_drop(Client *client, const char *why);
/* Looks for clients that say no hello or read nothing. */
void clients_check(Server *server);
void clients_room(Server *server);
void clients_idle(Server *server);
void clients_answer_status(Server *server);
void clients_drop_all(Server *server);
extern const OwnerEvents detached_events;

/* What subscribers are told. */
void clients_tell_worker(Server *server, const IpcWorkerEvent *event);
void clients_tell_gc(Server *server, const IpcGcEvent *event);
void clients_tell_gil(Server *server, const IpcGilEvent *event);
void clients_tell_heap(Server *server, const IpcHeapStats *stats);
void clients_tell_started(Server *server, const Owner *owner, const IpcStarted *started);
void clients_tell_ended(Server *server, const Owner *owner, const IpcOutcome *outcome);
void clients_tell_log(Server *server, const IpcLog *line);
void clients_tell_death(Server *server, const IpcDeath *death);

/* --- durable.c: the journal. All of it does nothing (but for durable_job_ends) when there is none */

/* False with one line in `error`. */
bool durable_open(Server *server, char *error, size_t capacity);
/* Goes on with what a former server has left; before any client comes. */
bool durable_recover(Server *server, char *error, size_t capacity);
/* The end of a turn, after the pool's: what the turn says may leave the process now. True: the pool has more
 * to do. */
bool durable_turn(Server *server);
void durable_tick(Server *server);
/* Before pool_submit: whether durable_accept will have the memory. */
bool durable_has_room(Server *server);
/* The job's submit is answered when its row is there. */
void durable_accept(Client *client, uint32_t id, const Job *job, IpcSlice submit, size_t before);
bool durable_is_unanswered(const Server *server, uint64_t job);
void durable_client_left(const Client *client);
void durable_assigned(Server *server, const Job *job);
void durable_returned(Server *server, const Job *job);
/* Whether a job that the pool's stop would cancel is left to the next server on the journal: see recover.h for what can
 * go on. Its row says what has become of it. */
bool durable_stays(Server *server, const Job *job);
/* Keeps the outcome, in the journal or in memory. */
void durable_job_ends(Server *server, const Job *job, const IpcOutcome *outcome);

/* --- status.c */

/* Answers with the whole Status. */
void status_reply(Client *client, uint32_t id);

#endif
