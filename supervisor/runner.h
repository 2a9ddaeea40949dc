/* One program in one worker, with this process's stdin, stdout, stderr and exit code: what `run` and `dis`
 * share. It is the pool with one worker and this process as the owner of its only job; no socket, no
 * client. */
#ifndef ATOLL_RUNNER_H
#define ATOLL_RUNNER_H

#include <ipc/rpc.h>

#include "options.h"
#include "program.h"

typedef struct {
    IpcMode mode;
    Program *program; /* or the next three */
    const char *source;
    size_t source_length;
    const char *filename;
    const char *const *argv; /* sys.argv */
    int argc;
    bool feeds_stdin;
} RunSpec;

/* Runs it and returns the exit code; may end the process itself, with that code, when nothing is left to tidy
 * up. */
int runner_main(const Options *options, const RunSpec *spec);

/* The exit code that stands for an outcome (see cli.h), and what is said about it on stderr besides the
 * traceback: NULL if nothing. */
int outcome_exit_code(const IpcOutcome *outcome);
const char *outcome_complaint(const IpcOutcome *outcome, char *out, size_t capacity);

#endif
