/*
 * huge_code: the executable's code and constants in huge pages, for a process that makes others by forking.
 *
 * Idea. A fork does not take page tables of files along, so each new process meets its code by faults, sixteen pages at a time: that
 * costs more than the fork. Of private memory in huge pages a fork copies one entry for 2 MiB. So the template puts a copy of its
 * code in the place of the file, once, before it is confined. The frozen library stays: few of its pages are ever read.
 *
 * Where the system gives no huge pages, or the executable is not laid out for them, nothing changes. Tools that want symbols of
 * addresses find no file there: a pool with --template=no has it.
 */
#ifndef ATOLL_RPC_HUGE_CODE_H
#define ATOLL_RPC_HUGE_CODE_H

void huge_code(void);

#endif
