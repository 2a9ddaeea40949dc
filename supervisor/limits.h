/* The limits a job runs under: what it asked for, the pool's defaults where it did not ask, and never more
 * than the pool's maxima. 0 means "no limit" (for memory and recursion: the worker's own) in all three. */
#ifndef ATOLL_LIMITS_H
#define ATOLL_LIMITS_H

#include <ipc/rpc.h>

#include "options.h"

typedef struct {
    IpcLimits defaults;
    IpcLimits maxima;
} LimitPolicy;

void limits_from_options(IpcLimits *limits, const Options *options);
void limits_policy(LimitPolicy *policy, const Options *options);
/* The effective limits. IPC_E_ABOVE_MAXIMUM with the field's name in `error` if a limit asked for is above
 * its maximum. */
IpcCode limits_apply(const LimitPolicy *policy, const IpcLimits *asked, IpcLimits *effective,
                     IpcError *error);

#endif
