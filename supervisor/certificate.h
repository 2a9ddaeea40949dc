/* A worker's death certificate: what killed it, as the supervisor knows, and where it was, as its telemetry page says.
 *
 * One is written for every worker that dies. It is logged, put in the death book, shown to subscribers, and goes with the outcome of
 * the job that died with the worker. */
#ifndef ATOLL_CERTIFICATE_H
#define ATOLL_CERTIFICATE_H

#include <ipc/telemetry.h>

#include "worker.h"

typedef struct {
    Death death;
    IpcDeath record; /* its texts and its stack lie in what follows, and in the worker's job */
    IpcTelemetry told;
    IpcBuf stack;
} Certificate;

/* Of a worker that has been waited for and still has its jobs. To be freed. */
void certificate_write(Certificate *certificate, const Worker *worker);
void certificate_free(Certificate *certificate);

#endif
