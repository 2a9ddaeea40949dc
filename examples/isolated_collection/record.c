#include "record.h"

#include <stdlib.h>

bool record_collection(Record *record, const Collection *collection) {
    size_t count = record->collection_count;
    if ((count & (count - 1)) == 0) { /* room doubles at powers of two */
        Collection *larger = realloc(record->collections, (count ? 2 * count : 1) * sizeof *larger);
        if (!larger) return false;
        record->collections = larger;
    }
    record->collections[record->collection_count++] = *collection;
    return true;
}

static int compare(const void *a, const void *b) {
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

Spread spread_of(uint64_t *numbers, size_t count) {
    if (count == 0) return (Spread){0};
    qsort(numbers, count, sizeof *numbers, compare);
    return (Spread){count, numbers[count / 2], numbers[count * 99 / 100], numbers[count - 1]};
}

Spread record_rounds(const Record *record, bool after) {
    uint64_t *took = calloc(record->round_count + 1, sizeof *took);
    size_t count = 0;
    for (size_t i = 0; took && i < record->round_count; i++) {
        if ((record->rounds[i].start >= record->trouble) == after) took[count++] = record->rounds[i].took;
    }
    Spread spread = took ? spread_of(took, count) : (Spread){0};
    free(took);
    return spread;
}

WorkerSummary record_summary(const Record *record, uint64_t worker) {
    WorkerSummary summary = {0};
    uint64_t *pauses = calloc(record->collection_count + 1, sizeof *pauses);
    size_t count = 0;
    for (size_t i = 0; i < record->collection_count; i++) {
        const Collection *c = &record->collections[i];
        if (c->worker != worker) continue;
        if (c->generation < GENERATIONS) summary.by_generation[c->generation]++;
        summary.reclaimed += c->reclaimed;
        if (pauses) pauses[count++] = c->pause;
    }
    if (pauses) summary.pauses = spread_of(pauses, count);
    free(pauses);
    for (size_t i = 0; i < record->death_count; i++) {
        if (record->deaths[i].worker == worker) summary.death = record->deaths[i].cause;
    }
    return summary;
}

static double ms(uint64_t ns) { return (double)ns / 1e6; }

static void print_spread(const char *label, Spread s) {
    printf("    %-24s %6zu rounds   p50 %7.3f ms   p99 %7.3f ms   max %7.3f ms\n", label, s.count, ms(s.p50), ms(s.p99), ms(s.max));
}

void report_table(const Record *record) {
    printf("%-8s %6s %-8s %-13s %7s %7s %7s %10s %10s %10s %11s  %s\n", "worker", "pid", "job", "verdict", "gen 0", "gen 1", "gen 2", "p50 ms",
           "p99 ms", "max ms", "reclaimed", "death");
    for (int i = 0; i < JOBS; i++) {
        const JobSpan *job = &record->jobs[i];
        WorkerSummary s = record_summary(record, job->worker);
        printf("%-8llu %6llu %-8s %-13s %7zu %7zu %7zu %10.3f %10.3f %10.3f %11llu  %s\n", (unsigned long long)job->worker,
               (unsigned long long)job->pid, job->name, job->verdict ? job->verdict : "none", s.by_generation[0], s.by_generation[1],
               s.by_generation[2], ms(s.pauses.p50), ms(s.pauses.p99), ms(s.pauses.max), (unsigned long long)s.reclaimed,
               s.death ? s.death : "-");
    }
    printf("\nthe steady job's rounds\n");
    print_spread("before the trouble", record_rounds(record, false));
    print_spread("during the trouble", record_rounds(record, true));
}

void record_free(Record *record) {
    free(record->collections);
    free(record->rounds);
}
