/* The only door to the operating system. */
#define _GNU_SOURCE
#include "internal.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

/* Huge pages are refused at first: one touch would make 2 MiB resident, and zeroing them would cost more than a small heap's
 * whole life. */
void *os_reserve(size_t bytes) {
    void *address = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (address == MAP_FAILED) return NULL;
    madvise(address, bytes, MADV_NOHUGEPAGE);
    return address;
}

void os_release(void *address, size_t bytes) { munmap(address, bytes); }

void os_purge(void *address, size_t bytes) {
    int saved = errno;
    madvise(address, bytes, MADV_DONTNEED);
    errno = saved;
}

void os_allow_huge(void *address, size_t bytes) {
    int saved = errno;
    madvise(address, bytes, MADV_HUGEPAGE);
    errno = saved;
}

uint64_t os_nanoseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

void os_say(const char *text) {
    size_t length = 0;
    while (text[length]) length++;
    ssize_t ignored = write(2, text, length);
    (void)ignored;
}

_Noreturn void os_broken(const char *what) {
    os_say("heap broken: ");
    os_say(what);
    os_say("\n");
    abort();
}
