#include "restart.h"

#include <stdio.h>

#include "clock.h"

#define BACKOFF_FIRST (10 * NS_PER_MS)
#define BACKOFF_MOST  (2 * NS_PER_S)

void restart_init(Restart *restart, uint32_t most, uint64_t window_ns, uint64_t pause_ns) {
    if (most > RESTART_HISTORY - 1) most = RESTART_HISTORY - 1;
    *restart = (Restart){.most = most, .window_ns = window_ns, .pause_ns = pause_ns};
}

/* Whether the failure `most` before the newest one lies within the window. */
static bool too_many(const Restart *restart, uint64_t now_ns) {
    if (restart->count <= restart->most) return false;
    uint64_t oldest = restart->failures[(restart->count - 1 - restart->most) % RESTART_HISTORY];
    return now_ns - oldest <= restart->window_ns;
}

/* The first failure costs nothing; from the second in a row on each waits twice as long as the one before. */
static uint64_t backoff(uint32_t in_a_row) {
    if (in_a_row < 2) return 0;
    uint64_t delay = BACKOFF_FIRST;
    for (uint32_t i = 2; i < in_a_row && delay < BACKOFF_MOST; i++)
        delay *= 2;
    return delay < BACKOFF_MOST ? delay : BACKOFF_MOST;
}

void restart_reconfigure(Restart *restart, uint32_t most, uint64_t window_ns, uint64_t pause_ns) {
    restart->most = most < RESTART_HISTORY ? most : RESTART_HISTORY - 1;
    restart->window_ns = window_ns;
    restart->pause_ns = pause_ns;
}

void restart_note_failure(Restart *restart, uint64_t now_ns, const char *cause) {
    snprintf(restart->last_cause, sizeof restart->last_cause, "%s", cause);
    restart->failures[restart->count++ % RESTART_HISTORY] = now_ns;
    restart->in_a_row++;
    if (restart->circuit != CIRCUIT_CLOSED || too_many(restart, now_ns)) {
        restart->circuit = CIRCUIT_OPEN;
        restart->not_before_ns = now_ns + restart->pause_ns;
    } else {
        restart->not_before_ns = now_ns + backoff(restart->in_a_row);
    }
}

void restart_note_ready(Restart *restart) {
    restart->in_a_row = 0;
    if (restart->circuit == CIRCUIT_OPEN) return; /* started before it opened: no proof */
    restart->not_before_ns = 0;
    if (restart->circuit == CIRCUIT_CLOSED) return;
    restart->circuit = CIRCUIT_CLOSED;
    restart->count = 0;
}

bool restart_is_free(const Restart *restart, uint64_t now_ns) {
    return restart->circuit == CIRCUIT_CLOSED && now_ns >= restart->not_before_ns;
}

bool restart_may_start(Restart *restart, uint64_t now_ns, uint32_t starting, uint64_t *again_ns) {
    *again_ns = restart->not_before_ns;
    if (now_ns < restart->not_before_ns) return false;
    *again_ns = 0;
    if (restart->circuit == CIRCUIT_CLOSED) return true;
    if (starting) return false; /* the one probe decides */
    restart->circuit = CIRCUIT_PROBING;
    return true;
}
