/*
 * type_alloc: making, tracing and freeing instances of any class.
 *
 * Layout of an instance of a Python class whose native base has a fixed size:
 *
 *     header, native fields | values of all __slots__ | Attrs: shape, values, inline values
 *
 * and of a variable-sized one (int, str, bytes, tuple subclasses), counted from the end of the block,
 * whatever its items:
 *
 *     header, native fields, items | ... | Attrs with inline values | values of all __slots__, the first one
 * last
 *
 * An instance of a Python class holds a reference to its class.
 */
#include "objects/slots.h"
#include "objects/dict.h"

static char *block_end(Value o) { return (char *)o + (heap_usable_size(rt->heap, o) & ~(size_t)7); }

static size_t attrs_bytes(const Type *t) { return sizeof(Attrs) + t->inline_capacity * sizeof(Value); }

Attrs *attrs_of_variable(Value o) {
    Type *t = type_of(o);
    return (Attrs *)(void *)(block_end(o) - t->all_slots * sizeof(Value) - attrs_bytes(t));
}

Value *value_slot(Value o, int32_t offset) {
    return (Value *)(void *)((offset > 0 ? (char *)o : block_end(o)) + offset);
}

/* All __slots__ values of an instance, in no promised order. */
static Value *slots_area(Value o, const Type *t) {
    if (t->item_size) return (Value *)(void *)block_end(o) - t->all_slots;
    return (Value *)(void *)((char *)o + ((t->native_base->basic_size + 7) & ~(uint32_t)7));
}

static void init_attrs(Value o, Type *t) {
    Attrs *a = attrs_of(o);
    a->shape = t->root_shape;
    a->values = a->inline_values;
}

/* The parts that only Python classes (and built-in types with a __dict__) have. */
static void init_extras(Value o, Type *t) {
    if (t->all_slots) memset(slots_area(o, t), 0, t->all_slots * sizeof(Value));
    if (t->flags & TYPE_HAS_ATTRS) init_attrs(o, t);
    if (t->flags & TYPE_HEAP) heap_incref(&t->kind.head);
}

Value value_alloc(Type *t, size_t nitems) {
    if (__builtin_expect((t->flags & TYPE_HAS_ATTRS) && !t->root_shape, 0) && !type_root_shape(t))
        return NULL;
    size_t bytes = t->instance_size;
    if (t->item_size) {
        size_t items;
        if (__builtin_mul_overflow(nitems, (size_t)t->item_size, &items) ||
            __builtin_add_overflow(items, bytes, &bytes))
            return raise_no_memory();
        if (t->flags & TYPE_HEAP) bytes = (bytes + 7) & ~(size_t)7;
    }
    Value o = heap_object_new(rt->heap, &t->kind, bytes);
    if (__builtin_expect(!o, 0)) return raise_no_memory();
    if (t->flags & (TYPE_HEAP | TYPE_HAS_ATTRS)) init_extras(o, t);
    return o;
}

Value value_alloc_tracked(Type *t) {
    Value o = value_alloc(t, 0);
    if (o && (t->flags & TYPE_GC)) value_track(o);
    return o;
}

/* Drops the attributes; the area is empty and valid after it. */
static inline void drop_attrs(Value o) {
    Attrs *a = attrs_of(o);
    Shape *shape = a->shape;
    Value *values = a->values;
    if (shape->count == 0 && !attrs_is_dict(a) && values == a->inline_values) return;
    if (attrs_is_dict(a) || values != a->inline_values) {
        attrs_clear(o);
        return;
    }
    a->shape = type_of(o)->root_shape;
    for (uint32_t i = 0; i < shape->count; i++) decref(values[i]);
}

static void drop_slots(Value o, const Type *t) {
    Value *slots = slots_area(o, t);
    for (uint32_t i = 0; i < t->all_slots; i++) CLEAR_FIELD(slots[i]);
}

void value_free(Value o) {
    Type *t = type_of(o);
    if (t->flags & TYPE_HAS_ATTRS) drop_attrs(o);
    if (t->all_slots) drop_slots(o, t);
    heap_object_free(rt->heap, &o->head);
    if (t->flags & TYPE_HEAP) DECREF(t);
}

/* ---- life of instances of Python classes ---- */

/* Built-in types with a __dict__ visit and clear it themselves. */
static bool attrs_are_ours(const Type *t) {
    return (t->flags & TYPE_HAS_ATTRS) && !(t->native_base->flags & TYPE_HAS_ATTRS);
}

static int subtype_traverse(HeapObject *object, HeapVisit visit, void *arg) {
    Value o = (Value)object;
    Type *t = type_of(o);
    VISIT(t);
    if (attrs_are_ours(t)) {
        int stop = attrs_traverse(o, visit, arg);
        if (stop) return stop;
    }
    if (t->all_slots) {
        Value *slots = slots_area(o, t);
        for (uint32_t i = 0; i < t->all_slots; i++) VISIT(slots[i]);
    }
    int (*native)(HeapObject *, HeapVisit, void *) = t->native_base->slots.traverse;
    return native ? native(object, visit, arg) : 0;
}

static void subtype_clear(Heap *heap, HeapObject *object) {
    Value o = (Value)object;
    Type *t = type_of(o);
    if (attrs_are_ours(t)) attrs_clear(o);
    if (t->all_slots) drop_slots(o, t);
    if (t->native_base->slots.clear) t->native_base->slots.clear(heap, object);
}

static void plain_free(Heap *heap, HeapObject *object) {
    (void)heap;
    value_free((Value)object);
}

/* What subtype_traverse visits, where it lies in one place. */
HeapLayout type__instance_layout(const Type *t) {
    const HeapLayout unknown = {.form = HEAP_FORM_CALL};
    if (t->item_size || t->native_base->slots.traverse || t->slots.traverse != subtype_traverse)
        return unknown;
    HeapLayout layout = {.form = HEAP_FORM_FIELDS, .holds_kind = true};
    if (t->flags & TYPE_HAS_ATTRS) {
        if (t->all_slots || !attrs_are_ours(t) || (uint32_t)t->attrs_offset > UINT16_MAX) return unknown;
        layout.form = HEAP_FORM_SHAPED;
        layout.words = (uint16_t)t->attrs_offset;
        layout.count = offsetof(Shape, count);
    } else {
        uint32_t start = (t->native_base->basic_size + 7) & ~(uint32_t)7;
        if (start + t->all_slots * sizeof(Value) > UINT16_MAX) return unknown;
        layout.words = (uint16_t)start;
        layout.count = (uint16_t)t->all_slots;
        layout.whole =
            t->slots.free == plain_free && t->slots.clear == subtype_clear && !t->native_base->slots.clear;
    }
    return layout;
}

void type__subtype_life(Type *t) {
    t->slots.traverse = subtype_traverse;
    t->slots.clear = subtype_clear;
    t->slots.free = t->native_base->slots.free ? t->native_base->slots.free : plain_free;
    t->slots.size = t->native_base->slots.size;
    t->slots.send = t->native_base->slots.send;
    t->slots.get_buffer = t->native_base->slots.get_buffer;
    t->slots.release_buffer = t->native_base->slots.release_buffer;
}
