/*
 * attrs: the attribute area of an instance: a shape and values, or a dict.
 *
 * States. inline (values == inline_values, count <= inline_capacity) -> outgrown (values is a block of its
 * own, of capacity_of(count) places at least) -> dict (shape == rt->dict_shape, values is the Dict). A dict
 * is never left again.
 */
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/object.h"
#include "objects/str.h"

static uint32_t capacity_of(const Type *t, uint32_t count) {
    if (count <= t->inline_capacity) return t->inline_capacity;
    uint32_t capacity = 8;
    while (capacity < count) capacity *= 2;
    return capacity;
}

static Value dict_of(const Attrs *a) { return (Value)(void *)a->values; }

Value attrs_get_borrow(Value o, Value name) {
    Attrs *a = attrs_of(o);
    if (attrs_is_dict(a)) return dict_get_str_borrow(dict_of(a), name);
    int i = shape_find(a->shape, name);
    return i < 0 ? NULL : a->values[i];
}

int attrs_append_steal(Value o, Shape *next, Value value) {
    Attrs *a = attrs_of(o);
    const Type *t = type_of(o);
    uint32_t count = next->count;
    uint32_t capacity = capacity_of(t, count);
    if (capacity > t->inline_capacity && capacity != capacity_of(t, count - 1)) {
        Value *values = heap_alloc(rt->heap, capacity * sizeof *values);
        if (!values) {
            decref(value);
            raise_no_memory();
            return -1;
        }
        memcpy(values, a->values, (count - 1) * sizeof *values);
        if (a->values != a->inline_values) heap_free(rt->heap, a->values);
        a->values = values;
    }
    a->values[count - 1] = value;
    a->shape = next;
    return 0;
}

/* Fills names[0..count) from the chain of shapes. */
static void shape_names(const Shape *shape, Value *names) {
    for (; shape->parent; shape = shape->parent) names[shape->count - 1] = shape->name;
}

/* The area's content as a new dict; the area stays. */
static Value copy_to_dict(const Attrs *a) {
    Value names[64];
    uint32_t count = a->shape->count;
    shape_names(a->shape, names);
    Value dict = dict_new_sized(count);
    if (!dict) return NULL;
    for (uint32_t i = 0; i < count; i++)
        if (dict_set(dict, names[i], a->values[i]) < 0) {
            decref(dict);
            return NULL;
        }
    return dict;
}

/* Leaves the area empty without values; what it held is dropped after. */
static void put_dict_steal(Attrs *a, Value dict) {
    Shape *shape = a->shape;
    Value *values = a->values;
    uint32_t count = attrs_is_dict(a) ? 0 : shape->count;
    Value held[64];
    bool outgrown = !attrs_is_dict(a) && values != a->inline_values;
    memcpy(held, values, count * sizeof *held);
    a->shape = rt->dict_shape;
    a->values = (Value *)(void *)dict;
    if (outgrown) heap_free(rt->heap, values);
    if (shape == rt->dict_shape) decref((Value)(void *)values);
    for (uint32_t i = 0; i < count; i++) decref(held[i]);
}

Dict *attrs_dict_borrow(Value o) {
    Attrs *a = attrs_of(o);
    if (!attrs_is_dict(a)) {
        Value dict = copy_to_dict(a);
        if (!dict) return NULL;
        put_dict_steal(attrs_of(o), dict);
    }
    return (Dict *)(void *)a->values;
}

int attrs_set_dict(Value o, Value dict) {
    if (!is_dict(dict))
        return raise_int(T_TypeError, "__dict__ must be set to a dictionary, not a '%T'", dict);
    put_dict_steal(attrs_of(o), incref(dict));
    return 0;
}

int attrs_set(Value o, Value name, Value value) {
    Attrs *a = attrs_of(o);
    if (attrs_is_dict(a)) return dict_set(dict_of(a), name, value);
    int i = shape_find(a->shape, name);
    if (i >= 0) {
        Value old = a->values[i];
        a->values[i] = incref(value);
        decref(old);
        return 0;
    }
    Shape *next = shape_add(a->shape, name);
    if (next) return attrs_append_steal(o, next, incref(value));
    if (error_pending()) return -1;
    Dict *dict = attrs_dict_borrow(o);
    return dict ? dict_set(AS_VALUE(dict), name, value) : -1;
}

int attrs_delete(Value o, Value name) {
    Attrs *a = attrs_of(o);
    if (!attrs_is_dict(a)) {
        int i = shape_find(a->shape, name);
        if (i < 0) return 1;
        if ((uint32_t)i + 1 == a->shape->count) {
            Value old = a->values[i];
            a->shape = a->shape->parent;
            decref(old);
            return 0;
        }
        if (!attrs_dict_borrow(o)) return -1;
    }
    return dict_delete(dict_of(attrs_of(o)), name);
}

int attrs_traverse(Value o, HeapVisit visit, void *arg) {
    Attrs *a = attrs_of(o);
    if (attrs_is_dict(a)) {
        VISIT(a->values);
        return 0;
    }
    for (uint32_t i = 0, n = a->shape->count; i < n; i++) VISIT(a->values[i]);
    return 0;
}

void attrs_clear(Value o) {
    Attrs *a = attrs_of(o);
    Shape *shape = a->shape;
    Value *values = a->values;
    bool was_dict = attrs_is_dict(a), outgrown = !was_dict && values != a->inline_values;
    uint32_t count = was_dict ? 0 : shape->count;
    Value held[64];
    memcpy(held, values, count * sizeof *held);
    a->shape = type_of(o)->root_shape;
    a->values = a->inline_values;
    if (outgrown) heap_free(rt->heap, values);
    if (was_dict) decref((Value)(void *)values);
    for (uint32_t i = 0; i < count; i++) decref(held[i]);
}
