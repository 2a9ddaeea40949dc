/* tracemalloc: what the end of a program asks of the module. */
#ifndef ATOLL_MODULES_TRACEMALLOC_H
#define ATOLL_MODULES_TRACEMALLOC_H

/* Stops tracing, if it is on, and gives back what it took outside of the heap. */
void tracemalloc_end(void);

#endif
