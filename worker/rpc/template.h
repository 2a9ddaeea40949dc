/*
 * template: a process with a booted interpreter that makes workers by forking.
 *
 * Idea. Booting costs milliseconds, a fork a fraction of one. The template is started as any worker is, with every layer of
 * confinement that a fork takes with it; it boots its interpreter and never reads a byte of any client's: all that it gets are
 * orders of the supervisor, each with the descriptors of one worker. What it forks is the supervisor's own child (CLONE_PARENT), so
 * that the supervisor waits for it and its death signal is the supervisor's end; it takes the descriptors, a session of its own, the
 * death signal and the filter of system calls, and is then a worker like any other. One that could not do all of it ends itself.
 *
 * The wire: messages on a SOCK_SEQPACKET socket. Template: one byte, it is up. Supervisor: one byte with three descriptors. Template:
 * the process number as int32_t, or an errno below 0. The end of the socket ends the template.
 *
 * INVARIANT: the template has one thread, and nothing in it comes from a client.
 */
#ifndef ATOLL_RPC_TEMPLATE_H
#define ATOLL_RPC_TEMPLATE_H

#include <stdbool.h>

/* The descriptors of a worker that is to be made. */
typedef struct TemplateOrder {
    int request, event, page;
} TemplateOrder;

/* Takes orders until the socket ends, and then returns false. In each process that it makes it returns true, with its order. */
bool template_run(int socket, TemplateOrder *order);
/* In such a process: closes those descriptors of its order that are open still. */
void template_forget_order(const TemplateOrder *order);

#endif
