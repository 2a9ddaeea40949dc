/* A job on a pool, followed on this terminal to its end: its output, its questions for input and files, its
 * outcome. What `submit` and `attach` share. The first Ctrl-C cancels the job, the second leaves it. */
#ifndef ATOLL_FOLLOW_H
#define ATOLL_FOLLOW_H

#include "remote.h"

typedef struct {
    const Options *options;
    IpcClient *client;
    uint64_t job;
    bool called;      /* by --call: its value is shown even if it is None */
    Sources *sources; /* that it may ask for; NULL: none here */
    /* Its own: */
    int signal_fd, interrupts, code;
    bool wants_input, done;
} Follow;

/* Returns the exit code, as for `atoll run`. */
int follow_job(Follow *follow);

#endif
