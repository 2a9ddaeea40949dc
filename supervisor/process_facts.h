/* Numbers about a process, from /proc. 0 where they cannot be had. */
#ifndef ATOLL_PROCESS_FACTS_H
#define ATOLL_PROCESS_FACTS_H

#include <stdint.h>
#include <sys/types.h>

uint64_t process_resident_bytes(pid_t pid);
/* Of this process. */
uint64_t process_open_descriptors(void);

#endif
