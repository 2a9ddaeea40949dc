/*
 * type_layout: whether instances of one class could be instances of another, for assignments to __class__ and __bases__.
 *
 * Two questions: does CPython allow it, which asks where each class of a chain of bases puts what it adds (there a class's values of
 * __slots__, list of weak references and dict each have an offset); and do our instances agree, which are laid out otherwise.
 */
#include "objects/list.h"
#include "objects/protocols.h"
#include "objects/tuple.h"
#include "objects/type.h"

enum { WORD = sizeof(Value), NATIVE_PLACE = 1 };

static bool variable_sized(const Type *t) { return t->item_size && !(t->flags & TYPE_STR_SUBCLASS); }
static bool has_attrs(const Type *t) { return t->flags & TYPE_HAS_ATTRS; }
static bool has_weak_links(const Type *t) { return t->flags & TYPE_WEAKREFABLE; }
static bool adds(const Type *t, uint32_t flag) { return (t->flags & flag) && !(t->base->flags & flag); }

/* Bytes of an instance in CPython, but for what a built-in type's own are. */
static ssize_t size_of(const Type *t) {
    const Type *native = t->native_base;
    bool dict_inside = variable_sized(t) && has_attrs(t) && !has_attrs(native);
    return (ssize_t)native->basic_size +
           WORD * ((ssize_t)t->all_slots + dict_inside + (has_weak_links(t) && !has_weak_links(native)));
}

/* The class on t's chain that brought what the flag says; a built-in type when it is that. */
static const Type *bringer(const Type *t, uint32_t flag) {
    while ((t->flags & TYPE_HEAP) && !adds(t, flag)) t = t->base;
    return t;
}

/* 0: none. */
static ssize_t dict_place(const Type *t) {
    if (!has_attrs(t)) return 0;
    const Type *from = bringer(t, TYPE_HAS_ATTRS);
    if (!(from->flags & TYPE_HEAP)) return NATIVE_PLACE;
    return variable_sized(t) ? -WORD : -size_of(from) - 3 * WORD;
}

/* 0: none. */
static ssize_t weak_place(const Type *t) {
    if (!has_weak_links(t)) return 0;
    const Type *from = bringer(t, TYPE_WEAKREFABLE);
    return from->flags & TYPE_HEAP ? size_of(from) - WORD : NATIVE_PLACE;
}

static bool adds_nothing(const Type *t) {
    const Type *base = t->base;
    if (!base || !(t->flags & TYPE_HEAP))
        return base && t->basic_size == base->basic_size && t->kind.clear == base->kind.clear;
    return (base->flags & TYPE_HEAP) && size_of(t) == size_of(base) && dict_place(t) == dict_place(base) &&
           weak_place(t) == weak_place(base);
}

static const Type *where_it_began(const Type *t) {
    while (adds_nothing(t)) t = t->base;
    return t;
}

/* a and b derive from one class: did they add the same? */
static bool added_the_same(const Type *a, const Type *b) {
    ssize_t size = size_of(a->base);
    if (weak_place(a) == size && weak_place(b) == size) size += WORD;
    if (a->slot_names && b->slot_names) {
        if (value_equal(a->slot_names, b->slot_names) != 1) return error_clear(), false;
        size += WORD * (ssize_t)tuple_length(a->slot_names);
    }
    return size == size_of(a) && size == size_of(b);
}

bool type__same_layout(const Type *a, const Type *b) {
    const Type *x = where_it_began(a), *y = where_it_began(b);
    bool allowed =
        x == y || (x->base == y->base && (x->flags & y->flags & TYPE_HEAP) && added_the_same(x, y));
    const uint32_t must = TYPE_HAS_ATTRS | TYPE_WEAKREFABLE | TYPE_GC;
    return allowed && a->native_base == b->native_base && a->all_slots == b->all_slots &&
           (a->flags & must) == (b->flags & must);
}
