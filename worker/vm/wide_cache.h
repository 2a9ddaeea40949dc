/*
 * wide_cache: attributes of instances at sites that see several classes.
 *
 * Idea. A site's inline cache knows one class and shape. When another comes, the site is left as it is and the attribute is
 * looked for in one table of the whole world, by (name, shape); the type's version tells whether the entry still holds. A site that
 * comes here again and again learns the newer one: many are first met while an object is still being filled. Only
 * plain instances are entered (object's own getattr and setattr, attributes in place), found in the instance with no data
 * descriptor before them, or a function of the class that the instance does not hide.
 */
#ifndef ATOLL_VM_WIDE_CACHE_H
#define ATOLL_VM_WIDE_CACHE_H

#include "objects/object.h"

enum {
    WIDE_ENTRIES = 256,
    WIDE_HITS = 64, /* at one site, until its own cache is filled anew */
};

typedef struct WideEntry {
    Value name;
    const Shape *shape;
    Value method; /* borrowed, alive while the version stands; NULL: an attribute of the instance */
    uint32_t version;
    uint32_t index;
} WideEntry;

static inline WideEntry *wide_place(WideEntry *entries, Value name, const Shape *shape) {
    uintptr_t h = ((uintptr_t)name >> 4) ^ ((uintptr_t)shape >> 3);
    return &entries[(h ^ h >> 8) % WIDE_ENTRIES];
}

/* The entry for this instance, entered now if it can be; NULL: the long way. The type must have TYPE_HAS_ATTRS in place. */
WideEntry *wide_enter(WideEntry *entries, Value owner, Value name);

static inline WideEntry *wide_find(WideEntry *entries, Value owner, Value name) {
    Type *t = (Type *)(void *)owner->head.kind;
    if (t->attrs_offset <= 0) return NULL;
    const Shape *shape = ((Attrs *)(void *)((char *)owner + t->attrs_offset))->shape;
    WideEntry *e = wide_place(entries, name, shape);
    if (__builtin_expect(e->name == name && e->shape == shape && e->version == t->version && e->version, 1))
        return e;
    return wide_enter(entries, owner, name);
}

#endif
