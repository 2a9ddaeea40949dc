/*
 * type_boot: built-in types from their specs.
 *
 * Idea. All types of types.def lie side by side in one block. At boot a type gets its slots, its base and its
 * MRO; its dict, with a descriptor for each method, is made when somebody looks into it (TYPE_LAZY), because
 * a short program never asks most types for anything that their slots do not answer.
 *
 * Order: types_alloc (sizes and flags, so that instances can be made) -> names and the other families' first
 * objects -> types_boot.
 */
#include "base/names.h"
#include "objects/dict.h"
#include "objects/function.h"
#include "objects/native.h"
#include "objects/slots.h"
#include "objects/str.h"

#define TYPE_ROW(id, base) extern const TypeSpec id##_type_spec;
#include "objects/types.def"
#undef TYPE_ROW

typedef struct BootRow {
    const TypeSpec *spec;
    uint16_t base;
} BootRow;

static const BootRow boot_rows[TYPE_COUNT] = {
#define TYPE_ROW(id, base) {&id##_type_spec, T_##base},
#include "objects/types.def"
#undef TYPE_ROW
};

/* The flag that says "is a subclass of": of the type that starts the family. */
static uint32_t family_flag(TypeId id) {
    switch (id) {
    case T_int: return TYPE_INT_SUBCLASS;
    case T_float: return TYPE_FLOAT_SUBCLASS;
    case T_str: return TYPE_STR_SUBCLASS;
    case T_bytes: return TYPE_BYTES_SUBCLASS;
    case T_list: return TYPE_LIST_SUBCLASS;
    case T_tuple: return TYPE_TUPLE_SUBCLASS;
    case T_dict: return TYPE_DICT_SUBCLASS;
    case T_type: return TYPE_TYPE_SUBCLASS;
    case T_BaseException: return TYPE_EXCEPTION_SUBCLASS;
    case T_set:
    case T_frozenset: return TYPE_SET_SUBCLASS;
    default: return 0;
    }
}

static void set_layout(Type *t, const TypeSpec *spec, Type *base) {
    t->item_size = spec->item_size ? spec->item_size : base ? base->item_size : 0;
    t->basic_size = spec->basic_size ? spec->basic_size : base ? base->basic_size : sizeof(Object);
    bool inherits = !spec->has_attrs && base && (base->flags & TYPE_HAS_ATTRS);
    if (spec->has_attrs || inherits) {
        t->flags |= TYPE_HAS_ATTRS;
        if (spec->basic_size) t->basic_size -= sizeof(Attrs);
        t->attrs_offset = (int32_t)t->basic_size;
        t->inline_capacity = inherits ? base->inline_capacity : 0;
        t->instance_size = t->basic_size + sizeof(Attrs) + t->inline_capacity * sizeof(Value);
    } else {
        t->instance_size = t->basic_size;
    }
    bool wider = base && (t->basic_size != base->basic_size || t->item_size != base->item_size);
    if (wider) t->flags |= TYPE_SOLID;
}

/* What instances of a type need to exist; base is NULL for object. */
static void start(Type *t, const TypeSpec *spec, Type *base, TypeId id) {
    t->kind.head = (HeapObject){HEAP_IMMORTAL_REFCOUNT, 0, &TYPE(type)->kind};
    t->kind.name = spec->name;
    t->spec = spec;
    t->id = (uint16_t)id;
    t->native_base = t;
    t->base = base;
    t->doc = spec->doc;
    t->flags = spec->flags | family_flag(id) | TYPE_LAZY;
    if (base)
        t->flags |= base->flags & (TYPE_FAMILY_FLAGS | TYPE_SEQUENCE | TYPE_MAPPING | TYPE_MATCH_SELF |
                                   TYPE_WEAKREFABLE | TYPE_GC);
    t->slots = spec->slots;
    t->construct = spec->construct;
    set_layout(t, spec, base);
    type__copy_life(t);
}

int types_alloc(void) {
    Type *types = heap_alloc_zero(rt->heap, TYPE_COUNT * sizeof *types);
    if (!types) return -1;
    for (int i = 0; i < TYPE_COUNT; i++) rt->types[i] = &types[i];
    /* A base may come later in the table (Exception, for ExceptionGroup it is the second): one pass is
     * enough. */
    for (int i = 0; i < TYPE_COUNT; i++)
        start(rt->types[i], boot_rows[i].spec, i == T_object ? NULL : rt->types[boot_rows[i].base],
              (TypeId)i);
    rt->constant_types[0] = TYPE(NoneType);
    rt->constant_types[1] = rt->constant_types[2] = TYPE(bool);
    rt->constant_types[3] = TYPE(ellipsis);
    rt->constant_types[4] = TYPE(NotImplementedType);
    return 0;
}

/* ---- slots, bases, MRO ---- */

static int set_names(Type *t) {
    const char *dot = strrchr(t->spec->name, '.');
    Value name = str_intern_cstr(dot ? dot + 1 : t->spec->name);
    if (!name) return -1;
    t->name = (Str *)name;
    t->qualname = (Str *)incref(name);
    t->module = "builtins";
    if (!dot) return 0;
    size_t n = (size_t)(dot - t->spec->name);
    char *module = heap_alloc(rt->heap, n + 1);
    if (!module) return raise_no_memory(), -1;
    memcpy(module, t->spec->name, n);
    module[n] = 0;
    t->module = module;
    return 0;
}

/* A type that cannot be called to make an instance: no `new_` of its own right below object. */
static void inherit(Type *t, Type *base) {
    bool has_new = t->slots.new_ != NULL;
    type__inherit_slots(t, base);
    if (!has_new && base == TYPE(object)) {
        t->slots.new_ = NULL;
        t->flags |= TYPE_NOT_INSTANTIABLE;
    }
    if (t->flags & TYPE_NOT_INSTANTIABLE) t->slots.new_ = NULL;
    if (!t->construct && !has_new && base->slots.new_ == t->slots.new_ && !t->spec->slots.init)
        t->construct = base->construct;
    t->kind.is_atomic = base->kind.is_atomic;
    t->kind.flags = base->kind.flags;
}

static int make_ready(Type *t, Value bases) {
    if (set_names(t) < 0 || !bases) return -1;
    t->bases = bases;
    t->mro = type__compute_mro(t);
    if (!t->mro) return -1;
    if (t->base) inherit(t, t->base);
    if (!t->slots.free) t->kind.flags |= HEAP_KIND_LEAF;
    else t->kind.flags &= ~(uint32_t)HEAP_KIND_LEAF; /* object's own, inherited above */
    type__copy_life(t);
    type__set_plain_flags(t);
    if (t->spec->boot && t->spec->boot(t) < 0) return -1;
    return t->spec->ready && !type_dict_borrow(t) ? -1 : 0;
}

static Value bases_of(TypeId id) {
    if (id == T_object) return incref(rt->empty_tuple);
    if (id == T_ExceptionGroup)
        return tuple_pack(2, AS_VALUE(TYPE(BaseExceptionGroup)), AS_VALUE(TYPE(Exception)));
    return tuple_pack(1, AS_VALUE(rt->types[boot_rows[id].base]));
}

int types_boot(void) {
    for (int i = 0; i < TYPE_COUNT; i++)
        if (make_ready(rt->types[i], bases_of((TypeId)i)) < 0) return -1;
    return 0;
}

Type *type_from_spec(const TypeSpec *spec, Type *base) {
    Type *t = heap_object_new(rt->heap, &TYPE(type)->kind, sizeof *t);
    if (!t) return (Type *)raise_no_memory();
    memset((char *)t + sizeof(HeapObject), 0, sizeof *t - sizeof(HeapObject));
    if (!base) base = TYPE(object);
    start(t, spec, base, TYPE_COUNT);
    if (make_ready(t, tuple_pack(1, AS_VALUE(base))) < 0 || type__add_subclass(base, t) < 0) return NULL;
    return t;
}

/* ---- the dict ---- */

static int put(Type *t, const char *name, Value value_or_null) {
    if (!value_or_null) return -1;
    Value key = str_intern_cstr(name);
    int status = key ? dict_set(AS_VALUE(t->dict), key, value_or_null) : -1;
    xdecref(key);
    decref(value_or_null);
    return status;
}

static int put_new(Type *t) {
    if (!t->spec->slots.new_ || (t->flags & TYPE_NOT_INSTANTIABLE)) return 0;
    return put(t, "__new__", native_new(&type_new_row, AS_VALUE(t), NULL));
}

static Value method_entry(Type *t, Value name, const NativeMethod *row) {
    if (row->flags & NATIVE_CLASS) return descriptor_new(T_classmethod_descriptor, t, name, row, NULL);
    if (!(row->flags & NATIVE_STATIC)) return descriptor_new(T_method_descriptor, t, name, row, NULL);
    Value function = native_new(row, AS_VALUE(t), NULL);
    Value result = function ? staticmethod_new(function) : NULL;
    xdecref(function);
    return result;
}

static int add_entry(Type *t, const char *text, TypeId kind, const void *row, void *computed) {
    Value name = str_intern_cstr(text);
    if (!name) return -1;
    Value entry = kind == T_method_descriptor ? method_entry(t, name, row)
                                              : descriptor_new(kind, t, name, row, computed);
    int status = entry ? dict_set(AS_VALUE(t->dict), name, entry) : -1;
    xdecref(entry);
    decref(name);
    return status;
}

int type__add_methods(Type *t, const NativeMethod *rows) {
    for (; rows && rows->name; rows++)
        if (add_entry(t, rows->name, T_method_descriptor, rows, NULL) < 0) return -1;
    return 0;
}

int type__add_getset(Type *t, const GetSet *rows) {
    for (; rows && rows->name; rows++) {
        bool is_member = rows->set == getset_member_set;
        if (add_entry(t, rows->name, is_member ? T_member_descriptor : T_getset_descriptor, rows,
                      is_member ? (void *)rows : NULL) < 0)
            return -1;
    }
    return 0;
}

int type__add_members(Type *t, const Member *rows) {
    for (; rows && rows->name; rows++)
        if (add_entry(t, rows->name, T_member_descriptor, rows, NULL) < 0) return -1;
    return 0;
}

/* Does the type's dict name the module, so that instances have a __module__? In CPython those do that are made from a spec when
 * their module is imported, and no others. */
static bool names_module(const Type *t) {
    static const char *const modules[] = {
        "_blake2",
        "_bz2",
        "_csv",
        "_frozen_importlib",
        "_frozen_importlib_external",
        "_hashlib",
        "_json",
        "_lzma",
        "_md5",
        "_queue",
        "_random",
        "_sha1",
        "_sha256",
        "_sha3",
        "_sha512",
        "_struct",
        "_thread",
        "array",
        "ast",
        "functools",
        "operator",
        "os",
        "posix",
        "pyexpat",
        "re",
        "select",
        "signal",
        "time",
        "unicodedata",
    };
    for (size_t i = 0; i < sizeof modules / sizeof *modules; i++)
        if (t->module && strcmp(t->module, modules[i]) == 0) return true;
    return false;
}

static int fill_dict(Type *t) {
    const TypeSpec *spec = t->spec, *base = t->base ? t->base->spec : NULL;
    bool same_methods = base && base->methods == spec->methods,
         same_getset = base && base->getset == spec->getset,
         same_members = base && base->members == spec->members;
    if (put_new(t) < 0 || type__add_slot_wrappers(t) < 0 ||
        (!same_methods && type__add_methods(t, spec->methods) < 0) ||
        (!same_members && type__add_members(t, spec->members) < 0) ||
        (!same_getset && type__add_getset(t, spec->getset) < 0))
        return -1;
    if (!dict_get_str_borrow(AS_VALUE(t->dict), NAME(__doc__)) &&
        put(t, "__doc__", doc_text(spec->name, spec->doc)) < 0)
        return -1;
    if (names_module(t) && put(t, "__module__", str_intern_cstr(t->module)) < 0) return -1;
    return spec->ready ? spec->ready(t) : 0;
}

Dict *type_dict_borrow(Type *t) {
    if (__builtin_expect(!(t->flags & TYPE_LAZY), 1)) return t->dict;
    if (t->dict) return t->dict; /* being filled */
    Value pending = error_pending() ? error_take() : NULL;
    t->dict = (Dict *)dict_new_sized(16);
    if (!t->dict || fill_dict(t) < 0) {
        CLEAR_FIELD(t->dict);
        xdecref(pending);
        return NULL;
    }
    t->flags &= ~(uint32_t)TYPE_LAZY;
    if (pending) error_restore_steal(pending);
    return t->dict;
}
