/* For tests: `atoll` on a machine whose date can be set. The file that $ATOLL_TEST_CLOCK names holds the seconds by
 * which it is wrong. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

int __real_clock_gettime(clockid_t clock, struct timespec *now);
int __wrap_clock_gettime(clockid_t clock, struct timespec *now);

static long seconds_wrong(void) {
    const char *path = getenv("ATOLL_TEST_CLOCK");
    FILE *file = path ? fopen(path, "re") : NULL;
    long seconds = 0;
    if (!file) return 0;
    if (fscanf(file, "%ld", &seconds) != 1) seconds = 0;
    fclose(file);
    return seconds;
}

int __wrap_clock_gettime(clockid_t clock, struct timespec *now) {
    int failed = __real_clock_gettime(clock, now);
    if (!failed && clock == CLOCK_REALTIME) now->tv_sec += seconds_wrong();
    return failed;
}
