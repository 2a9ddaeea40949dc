#include "rpc/huge_code.h"

#include <elf.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/resource.h>

#define HUGE_BYTES ((uintptr_t)2 << 20)
enum { PAGE = 4096, FAULTS_A_BLOCK = 8 }; /* more of them while a huge page is filled: it is none */

extern const uint8_t frozen_blob[] __attribute__((weak));
extern const uint8_t frozen_blob_end[] __attribute__((weak));

typedef struct Range {
    uintptr_t start, end, after; /* `after` its end there is nothing up to here */
    int protection;
} Range;

static uintptr_t round_up(uintptr_t address) { return (address + HUGE_BYTES - 1) & ~(HUGE_BYTES - 1); }

static long faults_so_far(void) {
    struct rusage usage;
    return getrusage(RUSAGE_SELF, &usage) == 0 ? usage.ru_minflt : 0;
}

/* Room at a huge page's beginning, private and empty; NULL: none. */
static char *reserve(size_t bytes) {
    char *wide = mmap(NULL, bytes + HUGE_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (wide == MAP_FAILED) return NULL;
    char *room = (char *)round_up((uintptr_t)wide);
    if (room > wide) munmap(wide, (size_t)(room - wide));
    munmap(room + bytes, (size_t)(wide + HUGE_BYTES - room));
    return room;
}

/* False: the system gave small pages. */
static bool fill(char *room, size_t room_bytes, const char *from, size_t bytes) {
    for (size_t at = 0; at < bytes; at += PAGE)
        (void)*(const volatile char *)(from + at); /* its own faults come before the count */
    if (madvise(room, room_bytes, MADV_HUGEPAGE) != 0) return false;
    long before = faults_so_far();
    memcpy(room, from, bytes);
    return faults_so_far() - before <= FAULTS_A_BLOCK * (long)(room_bytes / HUGE_BYTES);
}

/* One call puts the copy in the place of the original, under the feet of the code that makes it. */
static void replace(const Range *range) {
    size_t bytes = round_up(range->end) - range->start;
    char *room = range->after >= range->start + bytes ? reserve(bytes) : NULL;
    if (!room) return;
    bool done = fill(room, bytes, (const char *)range->start, range->end - range->start) &&
                mprotect(room, bytes, range->protection) == 0 &&
                mremap(room, bytes, bytes, MREMAP_MAYMOVE | MREMAP_FIXED, (void *)range->start) != MAP_FAILED;
    if (!done) munmap(room, bytes);
}

static void leave_out_frozen(Range *range) {
    uintptr_t blob = (uintptr_t)frozen_blob, blob_end = (uintptr_t)frozen_blob_end;
    if (blob < range->start || blob >= round_up(range->start + 1)) return;
    uintptr_t past = blob_end & ~(HUGE_BYTES - 1);
    if (past > range->start && past < range->end) range->start = past;
}

static uintptr_t next_segment(const Elf64_Phdr *headers, size_t count, uintptr_t end) {
    uintptr_t next = UINTPTR_MAX;
    for (size_t i = 0; i < count; i++) {
        uintptr_t start = headers[i].p_vaddr & ~(uintptr_t)(PAGE - 1);
        if (headers[i].p_type == PT_LOAD && start >= end && start < next) next = start;
    }
    return next;
}

static bool is_loaded_where_linked(const Elf64_Phdr *headers, size_t count) {
    uintptr_t here = (uintptr_t)huge_code;
    for (size_t i = 0; i < count; i++)
        if (headers[i].p_type == PT_LOAD && here - headers[i].p_vaddr < headers[i].p_memsz) return true;
    return false;
}

void huge_code(void) {
    const Elf64_Phdr *headers = (const Elf64_Phdr *)getauxval(AT_PHDR);
    size_t count = getauxval(AT_PHNUM);
    if (!headers || !is_loaded_where_linked(headers, count)) return;
    for (size_t i = 0; i < count; i++) {
        const Elf64_Phdr *header = &headers[i];
        bool constant = header->p_type == PT_LOAD && !(header->p_flags & PF_W);
        if (!constant || header->p_vaddr % HUGE_BYTES || header->p_memsz < HUGE_BYTES / 4) continue;
        Range range = {.start = header->p_vaddr,
                       .end = header->p_vaddr + header->p_memsz,
                       .protection = PROT_READ | (header->p_flags & PF_X ? PROT_EXEC : 0)};
        range.after = next_segment(headers, count, range.end);
        leave_out_frozen(&range);
        replace(&range);
    }
}
