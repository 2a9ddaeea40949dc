/*
 * worker: the process that serves jobs. It reads requests on one pipe, writes events on another, and runs Python in between.
 *
 * Idea. One thread does everything. While a job runs, a timer tick sets BREAK_HOST; at its next safe point the evaluator calls
 * host->tick, which reads what has come meanwhile (cancel, recall, input) without blocking. While no job runs the worker blocks in
 * read and no timer ticks.
 *
 * Worlds. A World is a heap with a booted interpreter in it. The fresh world has an image taken before its first job and is put back
 * to it before each fresh job, so that nothing of a job reaches the next one. Each named session has a world of its own, whose
 * `__main__` stays from job to job. The global rt points into the world in use.
 *
 * States: hello awaited -> ready -> running a job <-> ready -> stopping. A broken request pipe or its end stops the worker.
 *
 * Everything in this struct lives outside of the Python heaps.
 */
#ifndef ATOLL_RPC_WORKER_H
#define ATOLL_RPC_WORKER_H

#include <ipc/rpc.h>
#include <ipc/session.h>

#include "base/host.h"
#include "objects/object.h"
#include "rpc/grants.h"
#include "rpc/telemetry.h"

typedef struct World {
    Heap *heap;
    Runtime *runtime;
    bool has_image; /* fresh: a dirty world is put back to it before use */
    bool dirty;
    char *session;  /* NULL: the fresh one */
    Value compiler; /* of statements typed at a prompt, which remembers __future__ imports; NULL: none yet */
    struct World *next;
} World;

typedef struct QueuedJob {
    uint64_t id;
    char *params; /* the Job map, copied */
    size_t length;
    IpcBuf input; /* what came for its stdin before it began */
    bool input_ended;
} QueuedJob;

typedef struct Worker {
    IpcSession session;
    Host host;
    World *fresh;
    World *sessions;
    World *world; /* in use: rt belongs to it */
    QueuedJob *queue;
    size_t queue_first, queue_count, queue_capacity;
    uint64_t main_entered_ns;
    bool attack, gc_whole; /* as in ServeOptions */
    bool image_later; /* that of the fresh world, when a job comes that needs it: forks are cheaper without */
    IpcBuf layers;    /* the map of confinement layers for `ready` */
    Grants *grants;   /* its directories; the options' */
    Telemetry telemetry;

    /* the running job; 0: none */
    uint64_t job;
    bool cancelled;
    bool want_output, feeds_stdin, input_asked, input_ended;
    uint64_t output_bytes, output_limit, output_seq;
    uint64_t cpu_limit_us, cpu_start_us;
    bool output_over, cpu_over;
    IpcBuf input;           /* arrived and not read yet */
    struct JobFiles *files; /* its sources; NULL: none (job_files.c) */

    bool ticking, stop, ended;
    bool has_had_its_job; /* of `process` isolation: it leaves when that has ended */
    bool spoilt;          /* a thread of a job may yet touch the heap: this process runs nothing more */
    bool told;            /* the supervisor may know that the job has begun */
    bool unsent;          /* the main thread begins a sleep, and there was no room in the pipe for all */
    bool gc_events, gil_events;
    IpcBuf gil_holds; /* of the running job, not sent yet: gil_watch.c */
    uint64_t gil_dropped;
    uint64_t heap_every_ns, heap_told_ns;
    uint32_t slot;
    uint64_t collections; /* of the running job */
} Worker;

typedef struct ServeOptions {
    const char *without; /* layers of lockdown.h to leave out, or NULL */
    bool attack;         /* programs may make raw system calls: attack.c */
    bool makes_workers;  /* the template: descriptor 0 is its socket */
    bool gc_whole;       /* the collector does not go in steps until a program asks for it */
    int telemetry;       /* descriptor of the page that the supervisor reads; -1: none */
    Grants grants;       /* directories, variables */
    bool seeded;
    uint64_t seed;
    HostClock clock;
} ServeOptions;

/* Serves on two descriptors until told to stop; the process's exit code. */
int worker_serve(int in, int out, ServeOptions *options);
/* Makes workers as the socket orders (template.h), and is itself none; the exit code of this process, and of each that it makes. */
int worker_serve_template(int socket, ServeOptions *options);

/* ---- pipe.c: messages in and out */

/* Makes the pipes what the rest expects; 0, -1. */
int worker_pipes_ready(void);
/* Gives the jobs in the queue back to the supervisor. */
void worker_return_jobs(Worker *w);
/* Handles all messages that are there; wait: blocks for at least one. False when the stream ended. */
bool worker_receive(Worker *w, bool wait);
/* In the middle of a program: its other threads run until a message comes, or for a while. False when the stream ended. */
bool worker_receive_sharing(Worker *w);
/* Writes everything that is waiting to be sent. No other thread runs meanwhile. */
void worker_flush(Worker *w);
/* The same in the middle of a program: while the pipe is full its other threads run. Stops early when the main thread is interrupted. */
void worker_flush_sharing(Worker *w);
void worker_notify(Worker *w, IpcMethod method, const void *params);
/* Whether the running job is to end: nothing is waited for any longer. */
bool worker_interrupted(Worker *w);
void worker_host_init(Worker *w);
/* The timer that makes the evaluator look at the pipe. */
void worker_tick_start(Worker *w);
void worker_tick_stop(Worker *w);
uint64_t worker_now_ns(void);
uint64_t worker_cpu_us(void);
void worker_tell_heap(Worker *w);
void worker_fill_heap_stats(Worker *w, IpcHeapStats *out);

/* ---- gil_watch.c: who has the GIL, told to who wants it */

/* Around a job's run: in begin's world, with the GIL. */
void gil_watch_begin(Worker *w);
void gil_watch_end(Worker *w);
/* Somebody wants to know, or nobody any more; from now on, in the middle of a job too. */
void gil_watch_change(Worker *w, bool wanted);
/* Sends what has gathered, at a tick. */
void gil_watch_tick(Worker *w);

/* ---- heap_report.c */

/* Answers a query about the heap of the world in use. */
void worker_report_heap(Worker *w, uint32_t id, const IpcHeapQuery *query);

/* ---- world.c */

/* The world for a job, made or restored as needed and in use from now on (rt). NULL: out of memory. */
World *world_for(Worker *w, const IpcJob *job);
World *world_fresh_boot(Worker *w);
/* Drops a session's world, unless it is in use. */
void world_end_session(Worker *w, IpcSlice name);
/* Puts a dirty fresh world back to its image, ahead of the next job. */
void world_refresh(Worker *w);
void world_use(Worker *w, World *world);
void worlds_drop(Worker *w);

/* ---- attack.c */

/* Gives the programs of the booted world the module _attack. 0, -1 raised. */
int attack_install(void);

/* ---- job.c */

/* Runs one job in its world and sends its outcome. queued: where the job came from; its early input is taken over. */
void job_run(Worker *w, const IpcJob *job, QueuedJob *queued);

/* ---- job_files.c: the job's sources, as the host's files */

/* Makes them known to the interpreter, until job_files_end. The sources' bytes stay the caller's. 0, -1: no memory. */
int job_files_begin(Worker *w, const IpcSources *sources);
void job_files_end(Worker *w);
/* The answer to a request has come. */
void job_files_take(Worker *w, const IpcEvent *event);

/* ---- pack.c, unpack.c: values across the boundary */

typedef struct PackLimits {
    uint64_t bytes; /* 0: default */
} PackLimits;

/* Appends v, encoded (ipc/graph.h). root names it in messages ("result"). 0, -1 raised: TypeError that names the path. */
int pack_value(IpcBuf *buf, Value v, const char *root, const PackLimits *limits);
/* Appends v as plain msgpack that a JSON text can hold. 0, -1 raised TypeError. */
int pack_json(IpcBuf *buf, Value v, const char *root, const PackLimits *limits);
/* The value that one encoded object stands for, new; NULL raised. */
Value unpack_value(IpcSlice encoded);

#endif
