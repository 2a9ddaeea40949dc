/*
 * specialize: filling inline caches. Each function is called at a base instruction that has run a few times, looks at the
 * operands of this run, and rewrites the opcode in place when a special form fits them. When it does not fit any more, the
 * special form goes to the base, whose counter leads here again.
 */
#include "objects/native.h"
#include "objects/pairs.h"
#include "objects/slots.h"
#include "vm/generator.h"
#include "vm/vm_internal.h"

static void *cache_of(Instr *at) { return at + 1; }

static bool fits16(size_t n) { return n <= UINT16_MAX; }

/* ---- names ---- */

/* Fills a cache for a name that stands in `globals`, or else in `builtins` (NULL: not looked for there). */
static void find_name(Dict *globals, Dict *builtins, Instr *at, Value name, uint8_t global_form,
                      uint8_t builtin_form) {
    GlobalCache *cache = cache_of(at);
    if (!globals->str_only || (builtins && !builtins->str_only)) return;
    ssize_t i = dict_entry_index(globals, name);
    uint32_t globals_version = dict_keys_version(globals), builtins_version = 0;
    uint8_t form = global_form;
    if (i < 0 && builtins) {
        i = dict_entry_index(builtins, name);
        if (!(builtins_version = dict_keys_version(builtins))) return;
        form = builtin_form;
    }
    if (i < 0 || !fits16((size_t)i) || !globals_version) return;
    *cache = (GlobalCache){globals_version, builtins_version, (uint16_t)i, 0};
    at->op = form;
}

void specialize_load_global(Frame *f, Instr *at, Value name) {
    find_name(frame_globals(f), frame_builtins(f), at, name, OPCODE_LOAD_GLOBAL_MODULE,
              OPCODE_LOAD_GLOBAL_BUILTIN);
}

void specialize_store_global(Frame *f, Instr *at, Value name) {
    find_name(frame_globals(f), NULL, at, name, OPCODE_STORE_GLOBAL_MODULE, 0);
}

void specialize_load_name(Frame *f, Instr *at, Value name) {
    Dict *globals = frame_globals(f);
    if (frame_is_module(f, globals))
        find_name(globals, frame_builtins(f), at, name, OPCODE_LOAD_NAME_MODULE, OPCODE_LOAD_NAME_BUILTIN);
}

void specialize_store_name(Frame *f, Instr *at, Value name) {
    Dict *globals = frame_globals(f);
    if (frame_is_module(f, globals)) find_name(globals, NULL, at, name, OPCODE_STORE_NAME_MODULE, 0);
}

/* ---- attributes ---- */

static bool is_kind(Value v, TypeId id) { return is_object(v) && v->head.kind == &rt->types[id]->kind; }

/* The instance attributes can be found by shape at a fixed offset. */
static bool has_plain_attrs(const Type *t) { return (t->flags & TYPE_HAS_ATTRS) && t->attrs_offset > 0; }

/* What an attribute of a class holds behind staticmethod, classmethod or property; borrowed, alive while the class has it. */
static Value inner_borrow(Value v, const char *attribute) {
    Value inner = value_getattr_cstr(v, attribute);
    if (!inner) {
        error_clear();
        return NULL;
    }
    if (is_object(inner) && inner->head.refcount == 1) {
        decref(inner);
        return NULL;
    }
    decref(inner);
    return inner;
}

/* What the type has under this name, borrowed; false when memory for the answer ran out, which is then forgotten. */
static bool lookup(Type *t, Value name, Value *found) {
    *found = type_lookup_borrow(t, name);
    if (LIKELY(*found || !error_pending())) return true;
    error_clear();
    return false;
}

static void load_module_attr(Instr *at, AttrCache *cache, Value owner, Value name) {
    Dict *dict = module_dict(owner);
    Value shadow;
    if (!lookup(TYPE(module), name, &shadow) || !dict->str_only ||
        (shadow && type_of(shadow)->slots.descr_set))
        return;
    ssize_t i = dict_entry_index(dict, name);
    uint32_t version = dict_keys_version(dict);
    if (i < 0 || !fits16((size_t)i) || !version) return;
    *cache = (AttrCache){version, (uint16_t)i, 0, 0, 0};
    at->op = OPCODE_LOAD_ATTR_MODULE;
}

static void load_type_attr(Instr *at, AttrCache *cache, Type *owner, Value name) {
    Value meta, found;
    if (!lookup(TYPE(type), name, &meta) || !lookup(owner, name, &found)) return;
    uint32_t version = type_version(owner);
    bool self = false;
    if (!found || !version || (meta && type_of(meta)->slots.descr_set)) return;
    if (is_kind(found, T_staticmethod)) {
        found = inner_borrow(found, "__func__");
    } else if (is_kind(found, T_classmethod)) {
        if (!(at->a & 1)) return;
        found = inner_borrow(found, "__func__");
        if (found && !is_kind(found, T_function)) return;
        self = true;
    } else if (!is_kind(found, T_function) && !is_kind(found, T_method_descriptor) &&
               type_of(found)->slots.descr_get) {
        return;
    }
    if (!found) return;
    *cache = (AttrCache){version, self, 0, (uintptr_t)owner, (uintptr_t)found};
    at->op = OPCODE_LOAD_ATTR_TYPE;
}

/* A data descriptor, or an attribute of a type whose instances have none of their own. */
static void load_descriptor(Instr *at, AttrCache *cache, Type *t, Value name, Value found) {
    uint32_t version = type_version(t);
    if (name == NAME(__class__) && found == type_lookup_borrow(TYPE(object), name)) {
        *cache = (AttrCache){version, 0, 0, 0, (uintptr_t)t};
        at->op = OPCODE_LOAD_ATTR_CLASS;
    } else if (is_kind(found, T_property) && !(at->a & 1)) {
        Value getter = inner_borrow(found, "fget");
        if (!getter || !is_kind(getter, T_function)) return;
        *cache = (AttrCache){version, 0, 0, 0, (uintptr_t)getter};
        at->op = OPCODE_LOAD_ATTR_PROPERTY;
    } else if (is_kind(found, T_member_descriptor)) {
        Descriptor *d = (Descriptor *)found;
        intptr_t offset = (intptr_t)d->wrapped;
        if (d->row || offset <= 0 || !type_is_subtype(t, d->type)) return;
        *cache = (AttrCache){version, 0, 0, 0, (uint64_t)offset};
        at->op = OPCODE_LOAD_ATTR_MEMBER;
    }
}

void specialize_load_attr(Instr *at, Value owner, Value name) {
    AttrCache *cache = cache_of(at);
    Type *t = type_of(owner);
    if (is_kind(owner, T_module)) {
        load_module_attr(at, cache, owner, name);
        return;
    }
    if (is_object(owner) && t == TYPE(type)) {
        load_type_attr(at, cache, (Type *)owner, name);
        return;
    }
    if (!(t->flags & TYPE_PLAIN_GETATTR)) return;
    Value found;
    if (!lookup(t, name, &found)) return;
    uint32_t version = type_version(t);
    if (!version) return;
    bool attrs = has_plain_attrs(t);
    if ((t->flags & TYPE_HAS_ATTRS) && !attrs) return;
    if (found && type_of(found)->slots.descr_set) {
        if (is_object(owner)) load_descriptor(at, cache, t, name, found);
        return;
    }
    Shape *shape = NULL;
    if (attrs) {
        Attrs *a = attrs_of(owner);
        shape = a->shape;
        if (attrs_is_dict(a)) {
            if (found) return;
            *cache = (AttrCache){version, 0, 0, 0, 0};
            at->op = OPCODE_LOAD_ATTR_DICT;
            return;
        }
        int i = shape_find(shape, name);
        if (i >= 0) {
            *cache = (AttrCache){version, (uint16_t)i, 0, (uintptr_t)shape, 0};
            at->op = OPCODE_LOAD_ATTR_SLOT;
            return;
        }
    }
    if (!found) return;
    if (is_kind(found, T_staticmethod)) {
        found = inner_borrow(found, "__func__");
        if (!found) return;
    } else if (type_of(found)->slots.descr_get) {
        if (!(at->a & 1) || !(type_of(found)->flags & TYPE_METHOD_DESCRIPTOR)) return;
        *cache = (AttrCache){version, 0, 0, (uintptr_t)shape, (uintptr_t)found};
        at->op = OPCODE_LOAD_ATTR_METHOD;
        return;
    }
    if (!is_object(owner)) return;
    *cache = (AttrCache){version, 0, 0, (uintptr_t)shape, (uintptr_t)found};
    at->op = OPCODE_LOAD_ATTR_CLASS;
}

void specialize_store_attr(Instr *at, Value owner, Value name) {
    StoreAttrCache *cache = cache_of(at);
    Type *t = type_of(owner);
    if (!is_object(owner) || !(t->flags & TYPE_PLAIN_SETATTR)) return;
    Value found;
    if (!lookup(t, name, &found)) return;
    uint32_t version = type_version(t);
    if (!version) return;
    if (found && type_of(found)->slots.descr_set) {
        Descriptor *d = (Descriptor *)found;
        if (!is_kind(found, T_member_descriptor) || d->row || (intptr_t)d->wrapped <= 0 ||
            !type_is_subtype(t, d->type))
            return;
        *cache = (StoreAttrCache){version, 0, 0, (uint64_t)(uintptr_t)d->wrapped};
        at->op = OPCODE_STORE_ATTR_MEMBER;
        return;
    }
    if (!has_plain_attrs(t)) return;
    Attrs *a = attrs_of(owner);
    if (attrs_is_dict(a)) return;
    int i = shape_find(a->shape, name);
    if (i >= 0) {
        *cache = (StoreAttrCache){version, (uint16_t)i, 0, (uintptr_t)a->shape};
        at->op = OPCODE_STORE_ATTR_SLOT;
        return;
    }
    Shape *next = shape_add(a->shape, name);
    if (!next) {
        error_clear();
        return;
    }
    *cache = (StoreAttrCache){version, (uint16_t)(next->count - 1), 0, (uintptr_t)next};
    at->op = OPCODE_STORE_ATTR_ADD;
}

/* ---- calls ---- */

static uint8_t form_for_function(const Function *f, size_t nargs, bool keywords) {
    const Code *code = f->code;
    if (!keywords && code->exact_args == nargs + 1) return OPCODE_CALL_FUNCTION_EXACT;
    if (!keywords && code->exact_args && nargs < code->arg_count && f->defaults &&
        tuple_length(f->defaults) >= code->arg_count - nargs)
        return OPCODE_CALL_FUNCTION_DEFAULTS;
    return OPCODE_CALL_FUNCTION_ANY;
}

Function *class_plain_init_borrow(Type *t) {
    enum { NEEDED = TYPE_HEAP | TYPE_PLAIN_NEW | TYPE_GC };
    if (t->construct || (t->flags & NEEDED) != NEEDED || (t->flags & TYPE_ABSTRACT)) return NULL;
    if (t->native_base != TYPE(object) || type_of(AS_VALUE(t)) != TYPE(type)) return NULL;
    if (t->item_size || ((t->flags & TYPE_HAS_ATTRS) && (t->attrs_offset <= 0 || !t->root_shape)))
        return NULL;
    Value init;
    return lookup(t, NAME(__init__), &init) && init && is_kind(init, T_function) ? (Function *)init : NULL;
}

static uint8_t form_for_class(Type *t, size_t nargs, bool keywords, ClassCallCache *cache) {
    if (t == TYPE(type)) return nargs == 1 && !keywords ? OPCODE_CALL_TYPE_ONE : 0;
    if (t->construct) return keywords ? OPCODE_CALL_SLOT : OPCODE_CALL_CONSTRUCT;
    Function *init = class_plain_init_borrow(t);
    uint32_t version = init ? type_version(t) : 0;
    if (!version) return OPCODE_CALL_SLOT;
    *cache = (ClassCallCache){version, (uintptr_t)init};
    return OPCODE_CALL_CLASS;
}

static uint8_t form_for_native(const Native *native, size_t nargs, bool keywords) {
    if (AS_VALUE(native) == VM->len && nargs == 1 && !keywords) return OPCODE_CALL_LEN;
    if (AS_VALUE(native) == VM->isinstance && nargs == 2 && !keywords) return OPCODE_CALL_ISINSTANCE;
    switch (native->method->call) {
    case NATIVE_ONE: return nargs == 1 && !keywords ? OPCODE_CALL_NATIVE_ONE : 0;
    case NATIVE_FAST: return keywords ? 0 : OPCODE_CALL_NATIVE_FAST;
    case NATIVE_KW: return OPCODE_CALL_NATIVE_KW;
    default: return OPCODE_CALL_SLOT;
    }
}

static uint8_t form_for_descriptor(const Descriptor *d, Value self, size_t nargs, bool keywords) {
    const NativeMethod *row = d->row;
    if (AS_VALUE(d) == VM->list_append && nargs == 1 && !keywords && is_list(self))
        return OPCODE_CALL_LIST_APPEND;
    switch (row->call) {
    case NATIVE_NOARGS: return nargs == 0 && !keywords ? OPCODE_CALL_DESCRIPTOR_NOARGS : 0;
    case NATIVE_ONE: return nargs == 1 && !keywords ? OPCODE_CALL_DESCRIPTOR_ONE : 0;
    case NATIVE_FAST: return keywords ? 0 : OPCODE_CALL_DESCRIPTOR_FAST;
    case NATIVE_KW: return OPCODE_CALL_DESCRIPTOR_KW;
    }
    return 0;
}

void specialize_call(Instr *at, Value callable, Value self, size_t nargs) {
    bool keywords = at->a & 1;
    uint8_t form = OPCODE_CALL_SLOT;
    if (is_kind(callable, T_function)) {
        form = form_for_function((Function *)callable, nargs + (self != NULL), keywords);
    } else if (is_kind(callable, T_method) && !self) {
        Value function = ((Method *)callable)->function;
        if (is_kind(function, T_function))
            form = form_for_function((Function *)function, nargs + 1, keywords) == OPCODE_CALL_FUNCTION_EXACT
                       ? OPCODE_CALL_METHOD_EXACT
                       : OPCODE_CALL_FUNCTION_ANY;
    } else if (is_kind(callable, T_type) && !self) {
        form = form_for_class((Type *)callable, nargs, keywords, cache_of(at));
    } else if (is_kind(callable, T_builtin_function) && !self) {
        form = form_for_native((Native *)callable, nargs, keywords);
    } else if (is_kind(callable, T_method_descriptor) && self) {
        form = form_for_descriptor((Descriptor *)callable, self, nargs, keywords);
    }
    if (form) at->op = form;
}

/* ---- iteration, items ---- */

void specialize_for_iter(Instr *at, Value iterator) {
    const Instr *next = at + 1 + opcode_caches[OPCODE_FOR_ITER];
    bool stored = opcode_base[next->op] == OPCODE_STORE_FAST;
    bool unpacked = opcode_base[next->op] == OPCODE_UNPACK_SEQUENCE && next->b == 2;
    if (is_kind(iterator, T_list_iterator))
        at->op = stored ? OPCODE_FOR_ITER_LIST_STORE : OPCODE_FOR_ITER_LIST;
    else if (is_kind(iterator, T_tuple_iterator)) at->op = OPCODE_FOR_ITER_TUPLE;
    else if (is_kind(iterator, T_range_iterator))
        at->op = stored ? OPCODE_FOR_ITER_RANGE_STORE : OPCODE_FOR_ITER_RANGE;
    else if (is_kind(iterator, T_generator)) at->op = OPCODE_FOR_ITER_GENERATOR;
    else if (unpacked && pair_function(iterator)) at->op = OPCODE_FOR_ITER_PAIR;
    else at->op = OPCODE_FOR_ITER_NEXT;
}

void specialize_unpack(Instr *at, Value seq, uint32_t n) {
    if (is_kind(seq, T_tuple)) at->op = n == 2 ? OPCODE_UNPACK_TWO_TUPLE : OPCODE_UNPACK_TUPLE;
    else if (is_kind(seq, T_list)) at->op = OPCODE_UNPACK_LIST;
}

void specialize_subscr(Instr *at, Value container, Value key) {
    if (is_kind(container, T_list)) {
        if (is_small_int(key)) at->op = OPCODE_BINARY_SUBSCR_LIST;
    } else if (is_kind(container, T_tuple)) {
        if (is_small_int(key)) at->op = OPCODE_BINARY_SUBSCR_TUPLE;
    } else if (is_kind(container, T_dict)) {
        at->op = OPCODE_BINARY_SUBSCR_DICT;
    } else if (is_object(container) && (type_of(container)->flags & TYPE_HEAP)) {
        Type *t = type_of(container);
        Value function;
        if (!lookup(t, NAME(__getitem__), &function)) return;
        uint32_t version = type_version(t);
        if (!function || !version || !is_kind(function, T_function) ||
            ((Function *)function)->code->exact_args != 3)
            return;
        *(SubscrCache *)cache_of(at) = (SubscrCache){version, (uintptr_t)function};
        at->op = OPCODE_BINARY_SUBSCR_FUNCTION;
    }
}

void specialize_store_subscr(Instr *at, Value container, Value key) {
    if (is_kind(container, T_list)) {
        if (is_small_int(key)) at->op = OPCODE_STORE_SUBSCR_LIST;
    } else if (is_kind(container, T_dict)) {
        at->op = OPCODE_STORE_SUBSCR_DICT;
    }
}
