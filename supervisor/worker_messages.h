/* What workers say, and what it does to their jobs. Everything that comes from a worker is hostile input: the
 * session has checked its form; here it is checked that the worker may say it at all. */
#ifndef ATOLL_WORKER_MESSAGES_H
#define ATOLL_WORKER_MESSAGES_H

#include "worker.h"

extern const LinkEvents worker_link_events;

/* worker.c, for worker_messages.c */
void worker__link_gone(Link *link);
void worker__head_changed(Worker *worker);

#endif
