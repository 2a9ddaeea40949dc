/* The telemetry page: what a worker says about itself while it runs, in memory that outlives it.
 *
 * Idea. The supervisor makes a page for each worker, of a size that neither side can change (a sealed memfd), and both map it: the
 * worker to write, the supervisor to read. However the worker dies, what it wrote last can be read: which job, where in it, how much
 * fuel and memory, the end of its output. It is never asked for anything, so that a worker that hangs can be read as well.
 *
 * Who writes. One process, the worker, and within it one writer at a time. Single words (activity, job, beats) are stored at once. A
 * position, which is many words, is written into the one of two slots that does not count, then `published` goes up by one and the
 * other slot counts: so there is a whole position at every moment, also when the worker is killed in the middle of writing one. The
 * output's end is a ring, in which the byte number n of a job's output stands at n % IPC_TELEMETRY_OUTPUT.
 *
 * Who reads. The page is hostile: the worker may have written anything, and may be writing it now. The reader copies what it uses once,
 * into memory of its own, and believes no number before it has looked at it: counts are cut to what there is room for, text that is
 * not clean UTF-8 is made so, words that are no activity are the first one. The page holds no pointers and no offsets. What it says is
 * the worker's word, to be shown to people, and decides about nothing but the worker's own jobs. */
#ifndef IPC_TELEMETRY_H
#define IPC_TELEMETRY_H

#include <ipc/rpc.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    IPC_TELEMETRY_MAGIC = 0x41544c31, /* the layout's version is in its last digit */
    IPC_TELEMETRY_FRAMES = 16,
    IPC_TELEMETRY_FILE = 160,
    IPC_TELEMETRY_FUNCTION = 80,
    IPC_TELEMETRY_NATIVE = 64,
    IPC_TELEMETRY_OUTPUT = 512, /* a power of two */
    IPC_TELEMETRY_BYTES = 12288,
};

/* Text is UTF-8 without an end mark. */
typedef struct IpcTelemetryFrame {
    uint32_t line;
    uint16_t file_length, function_length;
    char file[IPC_TELEMETRY_FILE]; /* of a longer name its end */
    char function[IPC_TELEMETRY_FUNCTION];
} IpcTelemetryFrame;

typedef struct IpcTelemetrySlot {
    uint64_t job;   /* whose position it is */
    uint64_t at_ns; /* CLOCK_MONOTONIC */
    uint64_t fuel, heap_bytes, heap_peak, collections;
    uint32_t depth, frame_count; /* calls on the stack; of those, told */
    uint32_t native_length;
    char native[IPC_TELEMETRY_NATIVE]; /* the function or instruction that does not come back to Python's loop */
    IpcTelemetryFrame frames[IPC_TELEMETRY_FRAMES]; /* innermost first */
} IpcTelemetrySlot;

typedef struct IpcTelemetryPage {
    uint32_t magic;     /* 0: the worker has said nothing yet */
    uint32_t activity;  /* IpcActivity */
    uint64_t job;       /* that it has begun; 0: none, and every outcome has left */
    uint64_t beats;     /* goes up while a job runs, whether Python's loop comes round or not */
    uint64_t published; /* positions so far; slots[published % 2] is the last */
    uint64_t output_bytes; /* of this job */
    char output[IPC_TELEMETRY_OUTPUT];
    IpcTelemetrySlot slots[2];
} IpcTelemetryPage;

_Static_assert(sizeof(IpcTelemetryPage) <= IPC_TELEMETRY_BYTES, "the page holds its layout");

typedef struct IpcTelemetryPlace {
    uint32_t line;
    char file[IPC_TELEMETRY_FILE + 1], function[IPC_TELEMETRY_FUNCTION + 1];
} IpcTelemetryPlace;

/* A page as read: every text ends in NUL, is UTF-8 and has no control characters (but newlines and tabs in output). */
typedef struct IpcTelemetry {
    IpcActivity activity;
    uint64_t job, beats;
    bool positioned; /* the position's numbers and stack are those of `job`; else they are 0 */
    uint64_t at_ns, fuel, heap_bytes, heap_peak, collections;
    uint32_t depth, count;
    char native[IPC_TELEMETRY_NATIVE + 1];
    IpcTelemetryPlace stack[IPC_TELEMETRY_FRAMES]; /* innermost first */
    size_t output_length;
    char output[IPC_TELEMETRY_OUTPUT + 1];
} IpcTelemetry;

/* Reads a page of IPC_TELEMETRY_BYTES bytes that somebody else may be writing. False: it is none of this layout, and *out is zero. */
bool ipc_telemetry_read(IpcTelemetry *out, const void *page);

/* The job that the page says has begun and whose outcome may not have left yet; 0: none. False: it is no page of this layout. */
bool ipc_telemetry_job(const void *page, uint64_t *job);

#ifdef __cplusplus
}
#endif
#endif
