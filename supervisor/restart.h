/* When a dead worker is replaced: at once, as a rule; later and later while workers keep failing; and for a
 * while not at all when more than `most` have failed within `window` (the circuit is open: the queue is kept,
 * status says why).
 *
 * Only failures that no job explains count: a worker that dies while it starts or idles. A job that kills its
 * worker gets its verdict, and the pool does not suffer for it.
 *
 * STATES: closed -> open (too many failures) -> probing (the pause is over: one worker is started) -> closed
 * (it is ready) or open again (it failed). */
#ifndef ATOLL_RESTART_H
#define ATOLL_RESTART_H

#include <stdbool.h>
#include <stdint.h>

enum { RESTART_HISTORY = 64 };

typedef enum { CIRCUIT_CLOSED, CIRCUIT_OPEN, CIRCUIT_PROBING } Circuit;

typedef struct {
    uint32_t most; /* at most RESTART_HISTORY - 1 */
    uint64_t window_ns, pause_ns;
    uint64_t failures[RESTART_HISTORY]; /* times of the last ones, a ring */
    uint32_t count;                     /* failures ever */
    uint32_t in_a_row;                  /* failures since a worker was last ready */
    uint64_t not_before_ns;             /* back-off, or the end of the pause */
    Circuit circuit;
    char last_cause[120]; /* of the last failure */
} Restart;

void restart_init(Restart *restart, uint32_t most, uint64_t window_ns, uint64_t pause_ns);
/* Other numbers from now on; what has happened counts on. */
void restart_reconfigure(Restart *restart, uint32_t most, uint64_t window_ns, uint64_t pause_ns);
/* `cause`, of any length, is kept to be shown. */
void restart_note_failure(Restart *restart, uint64_t now_ns, const char *cause);
void restart_note_ready(Restart *restart);

/* Whether a start would be allowed at once, with no probing about it. Changes nothing. */
bool restart_is_free(const Restart *restart, uint64_t now_ns);

/* Whether a worker may be started now, `starting` of them being on their way. If not, *again_ns is when to
 * ask again (0: when something else happens). */
bool restart_may_start(Restart *restart, uint64_t now_ns, uint32_t starting, uint64_t *again_ns);

#endif
