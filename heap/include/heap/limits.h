/* Limits: a quota of bytes held, in two steps.
 *
 * Held bytes are whole pages: those of pools in use, of large runs and of the collector's vectors. So the fast
 * path counts nothing and the limit is on what the process really occupies.
 *
 *   soft limit   an allocation that would pass it is refused (NULL); the heap stays valid and usable.
 *   reserve      while a handler of that refusal runs (heap_reserve_open), the soft limit is higher by the reserve.
 *   hard limit   with no soft limit or with the reserve open: passing it is refused too, and heap_hard_limit_hit
 *                is true from then on. So is an exhausted reserve: a request no bigger than the reserve itself was
 *                refused while it was open. (A giant request is merely refused.)
 */
#ifndef HEAP_LIMITS_H
#define HEAP_LIMITS_H

#include "heap/heap.h"

/* In bytes; 0: none. Lowering a limit below what is held only refuses what comes. */
void heap_set_limits(Heap *heap, size_t soft, size_t hard);
void heap_set_handler_reserve(Heap *heap, size_t bytes);

/* Nestable. */
void heap_reserve_open(Heap *heap);
void heap_reserve_close(Heap *heap);
bool heap_reserve_is_open(const Heap *heap);

/* Sticky; cleared by heap_hard_limit_reset and by restoring an image. */
bool heap_hard_limit_hit(const Heap *heap);
void heap_hard_limit_reset(Heap *heap);

size_t heap_soft_limit(const Heap *heap);
size_t heap_hard_limit(const Heap *heap);

/* Would an allocation of `bytes` be refused by a limit? For sizing a large operation beforehand. */
bool heap_would_refuse(const Heap *heap, size_t bytes);

size_t heap_bytes_held(const Heap *heap);
size_t heap_bytes_peak(const Heap *heap);    /* the most held since creation, or since the reset */
void heap_bytes_peak_reset(Heap *heap);
uint64_t heap_refusals(const Heap *heap);    /* allocations refused so far */

/* Fault injection: the n-th allocation from now (1: the next) is refused, and all later ones too if so wished;
 * 0 ends it. Test knob. */
void heap_fault_set(Heap *heap, uint64_t nth, bool later_too);
uint64_t heap_fault_count(const Heap *heap); /* allocations counted since heap_fault_set */

/* Test knob: heap_object_new runs a collection each time, unless the collector is disabled: of all that is newer than the
 * last full one and, so that in the mean it looks at about so many objects and references of a generation, less often of a
 * large one. 0: none; HEAP_COLLECT_WHOLE: a full one each time. */
#define HEAP_COLLECT_WHOLE SIZE_MAX
void heap_set_collect_every_allocation(Heap *heap, size_t looked_at);

#endif
