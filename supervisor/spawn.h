/* Starting a worker process: two pipes, a telemetry page, a confined child, and the truth about what failed.
 *
 * The child is made as vfork makes it: it shares the supervisor's memory and the supervisor waits until it
 * has exec'd or ended, so a start costs the same however large the supervisor is. The child runs on a stack
 * of its own in a shared mapping, which also holds the report that it leaves behind. Between fork and exec it
 * makes system calls only. (Under AddressSanitizer, which cannot follow that, the child gets a copy of the
 * memory instead.) */
#ifndef ATOLL_SPAWN_H
#define ATOLL_SPAWN_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "sandbox.h"

typedef struct {
    const char *path; /* the worker executable, borrowed */
    SandboxPlan plan;
    int namespace_error; /* errno with which the kernel refused our namespaces; then they are not tried
                          * again */
    int null_fd;         /* /dev/null, or -1 */
    char *scratch;       /* the child's stack and report, made at the first spawn */
} Spawner;

typedef struct {
    pid_t pid;
    int pid_fd;     /* readable when the process has ended */
    int request_fd; /* we write, its fd 0 reads; non-blocking here */
    int event_fd;   /* its fd 1 writes, we read; non-blocking here */
    const void *page; /* its telemetry, mapped to be read: spawn_forget_page */
    SandboxReport report;
} Spawned;

/* The last one is never a result of spawn_worker: the process was made, but ended before it was ready. */
typedef enum {
    SPAWN_OK,
    SPAWN_NO_PIPE,
    SPAWN_NO_FORK,
    SPAWN_NO_EXEC,
    SPAWN_NO_SANDBOX,
    SPAWN_NO_GRANT,
    SPAWN_NO_START
} SpawnResult;

void spawner_init(Spawner *spawner, const char *path, const SandboxPlan *plan);
void spawner_free(Spawner *spawner);

/* Starts a worker. On failure leaves nothing behind and writes one line into `error`. */
SpawnResult spawn_worker(Spawner *spawner, Spawned *spawned, char *error, size_t capacity);

/* Starts the executable as a template (template.h); spawned->request_fd is our end of its socket, and there is no more. */
SpawnResult spawn_template(Spawner *spawner, Spawned *spawned, char *error, size_t capacity);

/* What connects a worker that is to be made with us: [0] reads, [1] writes. -1 and NULL: not open. */
typedef struct {
    int request[2], event[2];
    int page;
    const void *mapped; /* the page, to be read by us */
} SpawnEnds;

/* False, errno set: some may be open still. */
bool spawn_open_ends(SpawnEnds *ends);
void spawn_close_ends(SpawnEnds *ends);
/* Those that the worker has by now. */
void spawn_close_child_ends(SpawnEnds *ends);
/* Moves our ends into `spawned`, and closes the others. */
void spawn_give_ends(SpawnEnds *ends, Spawned *spawned);

void spawn_forget_page(const void *page);

/* The worker executable: `given`, or atoll-worker beside this executable, or in ../libexec/atoll or
 * ../libexec. False with one line in `error` if there is none. */
bool spawn_find_worker(const char *given, char *path, size_t path_capacity, char *error, size_t capacity);

#endif
