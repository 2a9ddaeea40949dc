/* Weak links: references that do not hold, and know when their referent dies.
 *
 * The idea. Most objects are never weakly referred to, so objects have no slot for it: a flag in the header says that
 * a table beside them has a list of links for this address. A link is embedded in whatever refers weakly.
 *
 * States of a link: in a list (referent != NULL) or dead (referent == NULL, and prev and next too). A zeroed link is
 * dead. The list of an object keeps the order in which the links were put: see heap_weak_add.
 *
 * When an object dies, all its links are cleared first; then, for each that has an owner with references of its own,
 * hooks.weak_callback is called, in list order.
 */
#ifndef HEAP_WEAK_H
#define HEAP_WEAK_H

#include "heap/object.h"

struct HeapWeakLink {
    HeapObject *referent; /* borrowed; NULL: dead */
    HeapWeakLink *prev, *next;
    HeapObject *owner; /* borrowed: whom to call back about (usually the object that embeds the link); NULL: nobody */
};

/* Puts the link at the head of the referent's list. False when out of memory. The owner (or whoever embeds the
 * link) calls heap_weak_remove before its memory goes. */
bool heap_weak_add(Heap *heap, HeapWeakLink *link, HeapObject *referent, HeapObject *owner);

/* The same, but right behind a link that is in the referent's list already. */
bool heap_weak_add_after(Heap *heap, HeapWeakLink *link, HeapWeakLink *after, HeapObject *owner);

/* Takes the link out; nothing for a dead one. */
void heap_weak_remove(Heap *heap, HeapWeakLink *link);

/* The head of an object's list (follow next); NULL: none. */
HeapWeakLink *heap_weak_first(const Heap *heap, const HeapObject *referent);
size_t heap_weak_count(const Heap *heap, const HeapObject *referent);

/* The referent if it is alive, borrowed; NULL if dead or dying (its refcount is 0). */
static inline HeapObject *heap_weak_get_borrow(const HeapWeakLink *link) {
    HeapObject *referent = link->referent;
    return referent && referent->refcount != 0 ? referent : NULL;
}

/* Clears all links of an object and calls back, as its death would. */
void heap_weak_clear(Heap *heap, HeapObject *referent);

#endif
