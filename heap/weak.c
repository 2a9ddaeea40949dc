/* Weak links: a hash table from object address to the first of its links (open addressing, linear probing, backward
 * shift on removal, at most three quarters full). */
#include "internal.h"

enum { SIZE_LEAST = 64 };

static size_t hash(const WeakTable *table, const HeapObject *referent) {
    return (size_t)(((uintptr_t)referent >> 3) * 0x9E3779B97F4A7C15u >> 20) & (table->size - 1);
}

/* The row of a referent, or the empty row where it would be. */
static WeakRow *find_row(const WeakTable *table, const HeapObject *referent) {
    size_t at = hash(table, referent);
    while (table->rows[at].referent && table->rows[at].referent != referent) at = (at + 1) & (table->size - 1);
    return &table->rows[at];
}

static bool grow(HeapBody *body) {
    WeakTable old = body->weak, bigger = {.size = old.size ? old.size * 2 : SIZE_LEAST, .used = old.used};
    bigger.rows = heap_alloc_zero(&body->front, bigger.size * sizeof *bigger.rows);
    if (!bigger.rows) return false;
    for (size_t i = 0; i < old.size; i++)
        if (old.rows[i].referent) *find_row(&bigger, old.rows[i].referent) = old.rows[i];
    body->weak = bigger;
    heap_free(&body->front, old.rows);
    return true;
}

static void remove_row(WeakTable *table, WeakRow *row) {
    size_t mask = table->size - 1, hole = (size_t)(row - table->rows);
    for (size_t at = (hole + 1) & mask; table->rows[at].referent; at = (at + 1) & mask) {
        size_t home = hash(table, table->rows[at].referent);
        if (((at - home) & mask) < ((at - hole) & mask)) continue;
        table->rows[hole] = table->rows[at];
        hole = at;
    }
    table->rows[hole] = (WeakRow){0};
    table->used--;
}

/* An empty table is kept only while it is small: a loop may make and drop one link. */
static void shrink(HeapBody *body) {
    if (body->weak.size > SIZE_LEAST) heap__weak_trim(body);
}

void heap__weak_trim(HeapBody *body) {
    if (body->weak.used) return;
    heap_free(&body->front, body->weak.rows);
    body->weak = (WeakTable){0};
}

bool heap_weak_add(Heap *heap, HeapWeakLink *link, HeapObject *referent, HeapObject *owner) {
    HeapBody *body = body_of(heap);
    WeakTable *table = &body->weak;
    if (!heap_has_weak(referent) && table->used >= table->size / 4 * 3 && !grow(body)) return false;
    WeakRow *row = find_row(table, referent);
    if (!row->referent) {
        *row = (WeakRow){referent, NULL};
        table->used++;
        referent->gc |= HEAP_GC_WEAKREFS;
    }
    *link = (HeapWeakLink){referent, NULL, row->first, owner};
    if (row->first) row->first->prev = link;
    row->first = link;
    return true;
}

bool heap_weak_add_after(Heap *heap, HeapWeakLink *link, HeapWeakLink *after, HeapObject *owner) {
    (void)heap;
    *link = (HeapWeakLink){after->referent, after, after->next, owner};
    if (after->next) after->next->prev = link;
    after->next = link;
    return true;
}

void heap_weak_remove(Heap *heap, HeapWeakLink *link) {
    HeapBody *body = body_of(heap);
    HeapObject *referent = link->referent;
    if (!referent) return;
    if (link->next) link->next->prev = link->prev;
    if (link->prev) {
        link->prev->next = link->next;
    } else {
        WeakRow *row = find_row(&body->weak, referent);
        row->first = link->next;
        if (!row->first) {
            remove_row(&body->weak, row);
            referent->gc &= ~HEAP_GC_WEAKREFS;
            shrink(body);
        }
    }
    link->referent = NULL;
    link->prev = link->next = NULL;
}

HeapWeakLink *heap_weak_first(const Heap *heap, const HeapObject *referent) {
    return heap_has_weak(referent) ? find_row(&body_of(heap)->weak, referent)->first : NULL;
}

size_t heap_weak_count(const Heap *heap, const HeapObject *referent) {
    size_t count = 0;
    for (HeapWeakLink *link = heap_weak_first(heap, referent); link; link = link->next) count++;
    return count;
}

/* A link that awaits its call hangs in the chain by its next; its owner is held, so it cannot go away. */
void heap__weak_clear(HeapBody *body, HeapObject *referent, bool (*skip)(HeapObject *owner, void *arg), void *arg,
                      WeakChain *chain) {
    WeakRow *row = find_row(&body->weak, referent);
    HeapWeakLink *link = row->first;
    remove_row(&body->weak, row);
    shrink(body);
    referent->gc &= ~HEAP_GC_WEAKREFS;
    while (link) {
        HeapWeakLink *next = link->next;
        HeapObject *owner = link->owner;
        link->referent = NULL;
        link->prev = link->next = NULL;
        chain->cleared++;
        if (owner && owner->refcount && body->hooks.weak_callback && !(skip && skip(owner, arg))) {
            heap_incref(owner);
            *chain->last = link;
            chain->last = &link->next;
        }
        link = next;
    }
}

void heap__weak_call(HeapBody *body, WeakChain *chain) {
    HeapWeakLink *link = chain->first;
    while (link) {
        HeapWeakLink *next = link->next;
        HeapObject *owner = link->owner;
        link->next = NULL;
        body->hooks.weak_callback(&body->front, owner, link, body->hooks.ctx);
        heap_decref(&body->front, owner);
        link = next;
    }
}

void heap_weak_clear(Heap *heap, HeapObject *referent) {
    if (!heap_has_weak(referent)) return;
    WeakChain chain = {.first = NULL, .last = &chain.first};
    heap__weak_clear(body_of(heap), referent, NULL, NULL, &chain);
    heap__weak_call(body_of(heap), &chain);
}

const char *heap__weak_check(HeapBody *body) {
    const WeakTable *table = &body->weak;
    size_t used = 0;
    for (size_t i = 0; i < table->size; i++) {
        const WeakRow *row = &table->rows[i];
        if (!row->referent) continue;
        used++;
        if (!heap_has_weak(row->referent)) return "an object in the weak table does not say so";
        if (find_row(table, row->referent) != row) return "a row of the weak table cannot be found";
        if (!row->first) return "an object in the weak table has no links";
        const HeapWeakLink *prev = NULL;
        for (const HeapWeakLink *link = row->first; link; prev = link, link = link->next)
            if (link->referent != row->referent || link->prev != prev) return "a list of weak links is broken";
    }
    return used == table->used ? NULL : "the weak table's count is wrong";
}
