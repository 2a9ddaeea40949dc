/* The template, as the supervisor sees it: a process that was started before any client was heard, holds a
 * booted interpreter, and forks a worker when told to (worker/rpc/template.h has the wire). A fork costs a
 * tenth of a start.
 *
 * It is an optional layer of speed: while it boots, when it has died, or where the plan asks for what a fork
 * cannot give each worker anew (template_suits), workers are spawned, and nothing else changes. What it forks
 * is our own child with every layer of confinement that a spawned one has; of namespaces, those of one
 * template's workers are the same ones.
 *
 * One worker is asked for ahead while workers are taken one soon after the other, so that the fork runs
 * beside our own work. Its `hello` stands in its pipe before it is made: it need not wait for it.
 *
 * STATES: absent -> booting -> up -> absent (it died, or did not answer in time; started again after a
 * pause). */
#ifndef ATOLL_TEMPLATE_H
#define ATOLL_TEMPLATE_H

#include <stdbool.h>
#include <stdint.h>

#include <ipc/buf.h>

#include "log.h"
#include "spawn.h"

typedef struct {
    Spawner *spawner; /* borrowed */
    Log *log;         /* borrowed */
    IpcBuf greeting;  /* what each worker is to read first */
    pid_t pid;        /* 0: absent */
    int pid_fd, socket;
    bool up;
    SandboxReport report;
    SpawnEnds ahead; /* of the worker that was asked for */
    bool asked;
    uint64_t started_ns, not_before_ns, last_taken_ns;
    uint32_t failures; /* in a row */
    uint64_t made;     /* workers */
} Template;

/* Nothing is started. */
void template_init(Template *template, Spawner *spawner, Log *log);
/* Ends it, too. */
void template_free(Template *template);
/* Whether workers of that plan may come from a template. */
bool template_suits(const SandboxPlan *plan);
/* Starts it if it is absent and its pause is over. */
void template_keep(Template *template, uint64_t now_ns);
/* Once a second or so: lets a worker go that was asked for ahead and that nobody has taken since, and notices
 * that the template has died. */
void template_tend(Template *template, uint64_t now_ns);
/* A worker that it has made. False: spawn one. */
bool template_take(Template *template, Spawned *spawned);
/* Ends it, and what it made that nobody took. */
void template_end(Template *template);

#endif
