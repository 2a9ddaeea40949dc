#include "limits.h"

#include "clock.h"

static uint64_t to_ms(uint64_t ns) {
    return clock_ms_ceil(ns);
}

void limits_from_options(IpcLimits *limits, const Options *options) {
    *limits = (IpcLimits){
        .wall_ms = to_ms(opt_number(options, OPT_TIMEOUT)),
        .cpu_ms = to_ms(opt_number(options, OPT_CPU)),
        .fuel = opt_number(options, OPT_FUEL),
        .heap_soft = opt_number(options, OPT_MEMORY),
        .heap_hard = opt_number(options, OPT_MEMORY_HARD),
        .output_bytes = opt_number(options, OPT_OUTPUT),
        .recursion = opt_number(options, OPT_RECURSION),
        .threads = opt_number(options, OPT_THREADS),
        .result_bytes = opt_number(options, OPT_RESULT),
    };
}

void limits_policy(LimitPolicy *policy, const Options *options) {
    limits_from_options(&policy->defaults, options);
    policy->maxima = (IpcLimits){
        .wall_ms = to_ms(opt_number(options, OPT_MAX_TIMEOUT)),
        .cpu_ms = to_ms(opt_number(options, OPT_MAX_CPU)),
        .fuel = opt_number(options, OPT_MAX_FUEL),
        .heap_soft = opt_number(options, OPT_MAX_MEMORY),
        .heap_hard = opt_number(options, OPT_MAX_MEMORY),
        .output_bytes = opt_number(options, OPT_MAX_OUTPUT),
        .recursion = opt_number(options, OPT_MAX_RECURSION),
        .threads = opt_number(options, OPT_MAX_THREADS),
        .result_bytes = opt_number(options, OPT_MAX_RESULT),
    };
}

typedef struct {
    const char *name;
    size_t offset;
    uint64_t own; /* what a worker takes for "not limited"; 0: that it is not */
} LimitField;

#define FIELD(name, own)                                                                                     \
    { #name, offsetof(IpcLimits, name), own }
static const LimitField fields[] = {
    FIELD(wall_ms, 0),   FIELD(cpu_ms, 0),       FIELD(fuel, 0),         FIELD(heap_soft, 0),
    FIELD(heap_hard, 0), FIELD(output_bytes, 0), FIELD(recursion, 0), FIELD(threads, 1024),
    FIELD(result_bytes, 0),
};

static uint64_t *field_of(const IpcLimits *limits, const LimitField *field) {
    return (uint64_t *)((char *)limits + field->offset);
}

IpcCode limits_apply(const LimitPolicy *policy, const IpcLimits *asked, IpcLimits *effective,
                     IpcError *error) {
    for (const LimitField *field = fields; field < fields + sizeof fields / sizeof *fields; field++) {
        uint64_t wanted = *field_of(asked, field), most = *field_of(&policy->maxima, field);
        if (most && wanted > most) {
            return ipc_fail(error, IPC_E_ABOVE_MAXIMUM,
                            "limits.%s: %llu is above the server's maximum of %llu", field->name,
                            (unsigned long long)wanted, (unsigned long long)most);
        }
        if (!wanted) wanted = *field_of(&policy->defaults, field);
        bool unbounded = !wanted && (!field->own || field->own > most);
        if (most && (unbounded || wanted > most)) wanted = most;
        *field_of(effective, field) = wanted;
    }
    return IPC_OK;
}
