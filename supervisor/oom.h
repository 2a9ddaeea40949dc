/* Was it the kernel's OOM killer? A process that it kills dies of SIGKILL as any other; what tells is that the kernel counts its kills.
 *
 * The count is that of the supervisor's own control group where the kernel keeps one (memory.events of version 2, memory.oom_control of
 * version 1), which workers share; else that of the whole machine (/proc/vmstat), which is weaker evidence: it is told which. A sample
 * is taken every second, and a death is compared with the sample before the last, so that the kill itself is not among what was known
 * already. One kill explains one death. */
#ifndef ATOLL_OOM_H
#define ATOLL_OOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { OOM_PATH = 512 };

typedef struct {
    char path[OOM_PATH]; /* of the file with the line "oom_kill N"; "": there is none */
    bool whole_machine;
    uint64_t before, last; /* samples */
    uint64_t last_ns;
} OomWatch;

void oom_watch_init(OomWatch *watch, uint64_t now);
/* The same with the count in a file of the caller's. */
void oom_watch_init_at(OomWatch *watch, const char *path, bool whole_machine, uint64_t now);
/* Takes a sample if the last one is a second old. */
void oom_watch_sample(OomWatch *watch, uint64_t now);
/* A worker has died of a SIGKILL that nobody explains: the evidence, written into `out`, or NULL. */
const char *oom_watch_evidence(OomWatch *watch, char *out, size_t capacity);

#endif
