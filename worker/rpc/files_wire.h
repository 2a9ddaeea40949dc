/*
 * files_wire: what goes over the socket between a worker and its files server: packets, one FilesRequest with its names, one
 * FilesAnswer with its payload; an opened file's descriptor comes with the answer. Both ends are one executable on one machine, so
 * structs go as they are.
 */
#ifndef ATOLL_RPC_FILES_WIRE_H
#define ATOLL_RPC_FILES_WIRE_H

#include "base/path_call.h"

/* Requests beside those of PathOp, for a job that has less than the pool. */
enum {
    FILES_ADD_ROOT =
        PATH_OPS, /* a directory beneath a root becomes one more root, the next; flags: whether it may be written */
    FILES_DROP_ROOTS, /* all that were added go */
    FILES_OPS
};

typedef struct FilesRequest {
    uint32_t op;          /* PathOp, or one of the above */
    uint32_t root[2];     /* of the names */
    uint32_t name_len[2]; /* the names follow, without NUL; the second of PATH_RENAME alone */
    int32_t flags;
    uint32_t mode;
    int64_t length;
    struct timespec times[2];
} FilesRequest;

typedef struct FilesAnswer {
    int32_t error; /* errno; 0: done */
    uint32_t has_fd;
    uint32_t payload; /* bytes that follow */
} FilesAnswer;

enum {
    FILES_REQUEST_MOST = sizeof(FilesRequest) + 2 * PATH_MAX,
    FILES_ANSWER_MOST = sizeof(FilesAnswer) + PATH_MAX
};

#endif
