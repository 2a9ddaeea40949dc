/* What the client verbs share: connecting to the pool, building a job from options, showing an outcome. */
#ifndef ATOLL_REMOTE_H
#define ATOLL_REMOTE_H

#include <ipc/client.h>

#include "options.h"
#include "program.h"

/* Connects to the pool of the options; NULL after one line on stderr. */
IpcClient *remote_connect(const Options *options);
/* One line on stderr; returns EXIT_FAILURE. */
int remote_no_connection(Verb verb, const char *path, const IpcError *error);
int remote_failure(const Options *options, const IpcError *error);

/* The job options (limits, isolation, priority, ...). False after a usage line on stderr. */
bool remote_submit_options(IpcSubmit *submit, const Options *options);

/* The grants that a job on another's pool asks for; buf holds them. False after a usage line on stderr. */
bool remote_ask_grants(IpcSubmit *submit, IpcBuf *buf, const Options *options);

/* "FILE.py:FUNC" as a call: the file is loaded into *program, the function's name points into `target`.
 * 0, or the exit code after a line on stderr. */
int remote_load_call(const Options *options, const char *target, IpcCall *call, Program *program);

/* --retry-on, a list of verdicts; buf holds it. False after a usage line on stderr. */
bool remote_retry_causes(IpcSubmit *submit, IpcBuf *buf, const Options *options);

/* The whole outcome as one line of JSON, appended. */
void remote_outcome_json(const IpcOutcome *outcome, IpcBuf *out);

/* write(2) until done; what cannot be written is dropped. */
void remote_write(int fd, const char *bytes, size_t length);

#endif
