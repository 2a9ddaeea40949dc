/* weakref: weak references and proxies, upon heap/weak.h. */
#ifndef ATOLL_OBJECTS_WEAKREF_H
#define ATOLL_OBJECTS_WEAKREF_H

#include <heap/weak.h>

#include "objects/object.h"

typedef struct WeakRef {
    HeapObject head;
    HeapWeakLink link; /* owner is the WeakRef itself while it has a callback */
    Value callback;    /* or NULL */
    Hash hash;         /* of the referent; -1 until asked */
} WeakRef;

static inline WeakRef *weakref_of_link(HeapWeakLink *link) {
    return (WeakRef *)(void *)((char *)link - offsetof(WeakRef, link));
}
/* weakref.ref(o, callback); reuses o's plain reference when there is no callback. TypeError if o's type has none. New. */
Value weakref_new(Value o, Value callback_or_null);
Value weakproxy_new(Value o, Value callback_or_null);
/* The referent, or NULL when it is dead. */
static inline Value weakref_get_borrow(Value ref) {
    return (Value)heap_weak_get_borrow(&((WeakRef *)ref)->link);
}
/* hooks.weak_callback of the heap. */
void weakref_on_death(Heap *heap, HeapObject *owner, HeapWeakLink *link, void *ctx);
/* weakref.getweakrefcount and getweakrefs. */
size_t weakref_count(Value o);
Value weakref_list(Value o);
/* What `__weakref__` shows: the first of the references, or None. New. */
Value weakref_first(Value o);

#endif
