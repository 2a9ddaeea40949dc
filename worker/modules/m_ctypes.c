/*
 * _ctypes: what an address is asked for in a worker: how many references the live object there has, and the object itself. Any other
 * address is refused, so that no program reads memory that holds no value of its own.
 */
#include <heap/object.h>

#include "modules/module.h"
#include "objects/int.h"

/* The value whose id() this is, borrowed; NULL raised ValueError. */
static Value value_at(Value address) {
    uint64_t bits;
    if (!is_int(address)) return raise_error(T_TypeError, "integer expected");
    bool fits = int_to_u64(address, &bits);
    Value v = fits ? VALUE(bits) : NULL;
    bool constant = fits && (bits & 7) == 4;
    if (fits && !is_object(v) && (!constant || bits >> 3 < CONSTANT_COUNT)) return v;
    if (fits && bits && !constant && heap_is_object(rt->heap, v)) return v;
    return raise_error(T_ValueError, "%R is not the address of a live object", address);
}

static Value reference_count(Value module, Value address) {
    (void)module;
    Value v = value_at(address);
    if (!v) return NULL;
    bool counted = is_object(v) && !heap_is_immortal(&v->head);
    return small_int_new(counted ? (int64_t)v->head.refcount : (int64_t)UINT32_MAX);
}

static Value object_at(Value module, Value address) {
    (void)module;
    return xincref(value_at(address));
}

static const NativeMethod functions[] = {
    METHOD_ONE("reference_count", reference_count,
               "reference_count($module, address, /)\n--\n\nHow many references the live object "
               "at an address has."),
    METHOD_ONE("object_at", object_at,
               "object_at($module, address, /)\n--\n\nThe live object at an address."),
    METHOD_END,
};

const ModuleSpec module_ctypes = {"_ctypes", "Live objects by their addresses.", functions, NULL};
