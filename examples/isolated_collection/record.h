/* What the demonstration saw: jobs, collections and deaths on one time axis (CLOCK_MONOTONIC, nanoseconds). */
#ifndef RECORD_H
#define RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { JOBS = 4, GENERATIONS = 3, MAX_WORKERS = 64 };

typedef struct Collection {
    uint64_t worker;
    uint64_t start;
    uint64_t pause;
    uint64_t reclaimed;
    unsigned generation;
} Collection;

typedef struct JobSpan {
    const char *name;
    const char *what;    /* for people */
    const char *verdict; /* NULL while it runs */
    char detail[96];
    uint64_t id;
    uint64_t worker;
    uint64_t pid;
    uint64_t start;
    uint64_t end;
} JobSpan;

typedef struct Death {
    uint64_t worker;
    uint64_t at;
    char cause[96];
} Death;

/* One round of the steady job: when it began and how long it took. */
typedef struct Round {
    uint64_t start;
    uint64_t took;
} Round;

typedef struct Record {
    JobSpan jobs[JOBS];
    Collection *collections;
    size_t collection_count;
    Round *rounds;
    size_t round_count;
    Death deaths[16];
    size_t death_count;
    uint64_t trouble;    /* when the other three jobs were submitted */
} Record;

/* Pauses, or the steady job's rounds, as percentiles. */
typedef struct Spread {
    size_t count;
    uint64_t p50;
    uint64_t p99;
    uint64_t max;
} Spread;

typedef struct WorkerSummary {
    Spread pauses;
    size_t by_generation[GENERATIONS];
    uint64_t reclaimed;
    const char *death; /* NULL: none */
} WorkerSummary;

/* False when there is no memory. */
bool record_collection(Record *record, const Collection *collection);

/* Of `count` numbers, which are sorted in place. */
Spread spread_of(uint64_t *numbers, size_t count);

/* The steady job's rounds that began before (or after) the trouble. */
Spread record_rounds(const Record *record, bool after);

WorkerSummary record_summary(const Record *record, uint64_t worker);

/* The table on stdout. */
void report_table(const Record *record);

/* The page with the timeline. */
void report_page(const Record *record, FILE *out);

void record_free(Record *record);

#endif
