/*
 * weakref: references that do not keep their referent alive. A link in the heap's table does the work
 * (heap/weak.h); all links in an interpreter's heap are embedded in a WeakRef.
 *
 * A plain reference (exact type, no callback) exists once per referent and is shared.
 */
#include "objects/weakref.h"

#include "base/names.h"
#include "objects/generic.h"
#include "objects/list.h"
#include "objects/protocols.h"
#include "objects/slots.h"
#include "objects/str.h"

/* ---- making ---- */

/* An object's plain reference and its plain proxies lie at the head of its list. */
static WeakRef *plain_of(Value o, Type *type) {
    if (!heap_has_weak(&o->head)) return NULL;
    for (HeapWeakLink *link = heap_weak_first(rt->heap, &o->head); link; link = link->next) {
        WeakRef *ref = weakref_of_link(link);
        if (ref->callback || type_of(AS_VALUE(ref))->flags & TYPE_HEAP) return NULL;
        if (type_of(AS_VALUE(ref)) == type && ref->head.refcount) return ref;
    }
    return NULL;
}

/* Links the reference where CPython does, which getweakrefs and the order of callbacks show: a plain one at the head, a plain
 * proxy behind it, all others behind these, the newest first. */
static bool link_in(WeakRef *ref, Value o) {
    Type *type = type_of(AS_VALUE(ref));
    HeapObject *owner = ref->callback ? &ref->head : NULL;
    bool plain = !ref->callback && !(type->flags & TYPE_HEAP);
    WeakRef *before = plain && type == TYPE(weakref) ? NULL : plain_of(o, TYPE(weakref));
    WeakRef *proxy = plain ? NULL : plain_of(o, TYPE(weakproxy));
    if (!plain && !proxy) proxy = plain_of(o, TYPE(weakcallableproxy));
    if (proxy) before = proxy;
    if (before) return heap_weak_add_after(rt->heap, &ref->link, &before->link, owner);
    return heap_weak_add(rt->heap, &ref->link, &o->head, owner);
}

static Value make(Type *type, Value o, Value callback) {
    if (!is_object(o) || !(type_of(o)->flags & TYPE_WEAKREFABLE))
        return raise_error(T_TypeError, "cannot create weak reference to '%T' object", o);
    if (callback == NONE) callback = NULL;
    bool shared = !callback && !(type->flags & TYPE_HEAP);
    WeakRef *known = shared ? plain_of(o, type) : NULL;
    if (known) return incref(AS_VALUE(known));
    WeakRef *ref = (WeakRef *)value_alloc(type, 0);
    if (!ref) return NULL;
    ref->link = (HeapWeakLink){0};
    ref->callback = xincref(callback);
    ref->hash = -1;
    value_track(AS_VALUE(ref));
    if (!link_in(ref, o)) {
        DECREF(ref);
        return raise_no_memory();
    }
    return AS_VALUE(ref);
}

Value weakref_new(Value o, Value callback) { return make(TYPE(weakref), o, callback); }

Value weakproxy_new(Value o, Value callback) {
    return make(value_is_callable(o) ? TYPE(weakcallableproxy) : TYPE(weakproxy), o, callback);
}

static Value weakref_slot_new(Type *t, Value const *args, size_t nargs, Value kwnames) {
    (void)kwnames;
    if (!args_count("__new__", nargs, 1, 2)) return NULL;
    return make(t, args[0], nargs > 1 ? args[1] : NULL);
}

static int weakref_init(Value self, Value const *args, size_t nargs, Value kwnames) {
    (void)self, (void)args;
    if (!args_no_keywords("ref", kwnames)) return -1;
    return args_count("__init__", nargs, 1, 2) ? 0 : -1;
}

static int weakref_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    VISIT(((WeakRef *)o)->callback);
    return 0;
}

static void weakref_clear(Heap *heap, HeapObject *o) {
    heap_weak_remove(heap, &((WeakRef *)o)->link);
    CLEAR_FIELD(((WeakRef *)o)->callback);
}

static void weakref_free(Heap *heap, HeapObject *o) {
    heap_untrack(heap, o);
    weakref_clear(heap, o);
    value_free((Value)o);
}

void weakref_on_death(Heap *heap, HeapObject *owner, HeapWeakLink *link, void *ctx) {
    (void)heap, (void)link, (void)ctx;
    WeakRef *ref = (WeakRef *)owner;
    Value callback = ref->callback;
    ref->callback = NULL;
    if (!callback) return;
    Value pending = error_pending() ? error_take() : NULL;
    Value result = value_call_one(callback, AS_VALUE(ref));
    if (result) decref(result);
    else error_unraisable(callback, NULL);
    decref(callback);
    if (pending) error_restore_steal(pending);
}

size_t weakref_count(Value o) { return is_object(o) ? heap_weak_count(rt->heap, &o->head) : 0; }

Value weakref_list(Value o) {
    Value list = list_new(0);
    HeapWeakLink *link =
        list && is_object(o) && heap_has_weak(&o->head) ? heap_weak_first(rt->heap, &o->head) : NULL;
    for (; link; link = link->next)
        if (list_append(list, AS_VALUE(weakref_of_link(link))) < 0) {
            decref(list);
            return NULL;
        }
    return list;
}

Value weakref_first(Value o) {
    HeapWeakLink *link = heap_has_weak(&o->head) ? heap_weak_first(rt->heap, &o->head) : NULL;
    return link ? incref(AS_VALUE(weakref_of_link(link))) : NONE;
}

/* ---- reference ---- */

static Value weakref_call(Value self, Value const *args, size_t nargs, Value kwnames) {
    (void)args;
    if (!args_no_keywords("weakref", kwnames) || !args_count("weakref", nargs, 0, 0)) return NULL;
    Value o = weakref_get_borrow(self);
    return o ? incref(o) : NONE;
}

static Hash weakref_hash(Value self) {
    WeakRef *ref = (WeakRef *)self;
    if (ref->hash != -1) return ref->hash;
    Value o = weakref_get_borrow(self);
    if (!o) return raise_int(T_TypeError, "weak object has gone away");
    incref(o);
    ref->hash = value_hash(o);
    decref(o);
    return ref->hash;
}

static Value weakref_compare(Value a, Value b, CompareOp op) {
    if ((op != CMP_EQ && op != CMP_NE) || !IS(a, weakref) || !IS(b, weakref)) return NOT_IMPLEMENTED;
    Value x = weakref_get_borrow(a), y = weakref_get_borrow(b);
    if (!x || !y) return BOOL((a == b) == (op == CMP_EQ));
    incref(x);
    incref(y);
    Value result = value_compare(x, y, op);
    decref(x);
    decref(y);
    return result;
}

static Value weakref_repr(Value self) {
    Value o = weakref_get_borrow(self);
    if (!o) return str_format("<weakref at %p; dead>", (void *)self);
    Value name;
    if (value_getattr_optional(o, NAME(__name__), &name) < 0) return NULL;
    Value result = name && is_str(name)
                       ? str_format("<weakref at %p; to '%T' at %p (%U)>", (void *)self, o, (void *)o, name)
                       : str_format("<weakref at %p; to '%T' at %p>", (void *)self, o, (void *)o);
    xdecref(name);
    return result;
}

static const NativeMethod weakref_methods[] = {
    METHOD_CLASS_GETITEM,
    METHOD_END,
};

static const Member weakref_members[] = {
    {"__callback__", MEMBER_VALUE, offsetof(WeakRef, callback), true, NULL},
    {0},
};

const TypeSpec weakref_type_spec = {
    .name = "weakref.ReferenceType",
    .flags = TYPE_SUBCLASSABLE | TYPE_GC,
    .basic_size = sizeof(WeakRef),
    .slots = {.traverse = weakref_traverse,
              .clear = weakref_clear,
              .free = weakref_free,
              .call = weakref_call,
              .hash = weakref_hash,
              .compare = weakref_compare,
              .repr = weakref_repr,
              .new_ = weakref_slot_new,
              .init = weakref_init},
    .methods = weakref_methods,
    .members = weakref_members,
};

/* ---- proxies: every operation on the referent itself ---- */

static bool is_proxy(Value v) {
    return is_object(v) && (type_of(v) == TYPE(weakproxy) || type_of(v) == TYPE(weakcallableproxy));
}

/* The referent of a proxy, anything else itself. New; NULL: ReferenceError. */
static Value unwrap(Value v) {
    if (!is_proxy(v)) return incref(v);
    Value o = weakref_get_borrow(v);
    return o ? incref(o) : raise_error(T_ReferenceError, "weakly-referenced object no longer exists");
}

#define PROXY_1(name, type, failed, call)                                                                    \
    static type proxy_##name(Value v) {                                                                      \
        Value o = unwrap(v);                                                                                 \
        if (!o) return failed;                                                                               \
        type r = call(o);                                                                                    \
        decref(o);                                                                                           \
        return r;                                                                                            \
    }
PROXY_1(str, Value, NULL, value_str)
PROXY_1(iter, Value, NULL, value_iter)
PROXY_1(negative, Value, NULL, value_negative)
PROXY_1(positive, Value, NULL, value_positive)
PROXY_1(absolute, Value, NULL, value_absolute)
PROXY_1(invert, Value, NULL, value_invert)
PROXY_1(int, Value, NULL, value_int)
PROXY_1(float, Value, NULL, value_float)
PROXY_1(index, Value, NULL, value_index)
PROXY_1(bool, int, -1, value_is_true)
PROXY_1(length, ssize_t, -1, value_length)

static Value proxy_next(Value v) {
    Value o = stack_is_low() ? NULL : unwrap(v);
    if (!o) return NULL;
    Value r = value_is_iterator(o)
                  ? value_next(o)
                  : raise_error(T_TypeError, "Weakref proxy referenced a non-iterator '%T' object", o);
    decref(o);
    return r;
}

static Value binary(BinaryOp op, bool inplace, Value a, Value b) {
    Value x = unwrap(a), y = x ? unwrap(b) : NULL;
    Value r = y ? (inplace ? value_binary_inplace(op, x, y) : value_binary(op, x, y)) : NULL;
    xdecref(x);
    xdecref(y);
    return r;
}

#define PROXY_BINARY(name, op)                                                                               \
    static Value proxy_##name(Value a, Value b) { return binary(op, false, a, b); }                          \
    static Value proxy_i##name(Value a, Value b) { return binary(op, true, a, b); }
PROXY_BINARY(add, OP_ADD)
PROXY_BINARY(subtract, OP_SUBTRACT)
PROXY_BINARY(multiply, OP_MULTIPLY)
PROXY_BINARY(matrix_multiply, OP_MATRIX_MULTIPLY)
PROXY_BINARY(true_divide, OP_TRUE_DIVIDE)
PROXY_BINARY(floor_divide, OP_FLOOR_DIVIDE)
PROXY_BINARY(remainder, OP_REMAINDER)
PROXY_BINARY(lshift, OP_LSHIFT)
PROXY_BINARY(rshift, OP_RSHIFT)
PROXY_BINARY(and, OP_AND)
PROXY_BINARY(or, OP_OR)
PROXY_BINARY(xor, OP_XOR)

static Value proxy_divmod(Value a, Value b) {
    Value x = unwrap(a), y = x ? unwrap(b) : NULL;
    Value r = y ? value_divmod(x, y) : NULL;
    xdecref(x);
    xdecref(y);
    return r;
}

static Value proxy_power(Value a, Value b, Value modulus) {
    Value x = unwrap(a), y = x ? unwrap(b) : NULL, z = y ? unwrap(modulus) : NULL;
    Value r = z ? value_power(x, y, z) : NULL;
    xdecref(x);
    xdecref(y);
    xdecref(z);
    return r;
}

static Value proxy_getitem(Value v, Value key) {
    Value o = unwrap(v);
    Value r = o ? value_getitem(o, key) : NULL;
    xdecref(o);
    return r;
}

static int proxy_setitem(Value v, Value key, Value value) {
    Value o = unwrap(v);
    if (!o) return -1;
    int r = value ? value_setitem(o, key, value) : value_delitem(o, key);
    decref(o);
    return r;
}

static int proxy_contains(Value v, Value item) {
    Value o = unwrap(v);
    if (!o) return -1;
    int r = value_contains(o, item);
    decref(o);
    return r;
}

static Value proxy_getattr(Value v, Value name) {
    Value o = unwrap(v);
    Value r = o ? value_getattr(o, name) : NULL;
    xdecref(o);
    return r;
}

static int proxy_setattr(Value v, Value name, Value value) {
    Value o = unwrap(v);
    if (!o) return -1;
    int r = value_setattr(o, name, value);
    decref(o);
    return r;
}

static Value proxy_compare(Value a, Value b, CompareOp op) {
    Value x = unwrap(a), y = x ? unwrap(b) : NULL;
    Value r = y ? value_compare(x, y, op) : NULL;
    xdecref(x);
    xdecref(y);
    return r;
}

static Value proxy_call(Value v, Value const *args, size_t nargs, Value kwnames) {
    Value o = unwrap(v);
    Value r = o ? value_call(o, args, nargs, kwnames) : NULL;
    xdecref(o);
    return r;
}

static Value proxy_repr(Value v) {
    Value o = weakref_get_borrow(v);
    return str_format("<weakproxy at %p to %s at %p>", (void *)v, o ? type_name_of(o) : "NoneType",
                      (void *)o);
}

static Value call_named(Value v, Value name) {
    Value o = unwrap(v);
    Value r = o ? value_call_method_noargs(o, name) : NULL;
    xdecref(o);
    return r;
}

static Value proxy_bytes(Value v) { return call_named(v, NAME(__bytes__)); }
static Value proxy_reversed(Value v) { return call_named(v, NAME(__reversed__)); }

static const NativeMethod proxy_methods[] = {
    METHOD_NOARGS("__bytes__", proxy_bytes, NULL),
    METHOD_NOARGS("__reversed__", proxy_reversed, NULL),
    METHOD_END,
};

#define PROXY_SLOTS                                                                                          \
    .traverse = weakref_traverse, .clear = weakref_clear, .free = weakref_free, .repr = proxy_repr,          \
    .str = proxy_str, .hash = hash_not_implemented, .getattr = proxy_getattr, .setattr = proxy_setattr,      \
    .compare = proxy_compare, .iter = proxy_iter, .next = proxy_next, .add = proxy_add,                      \
    .subtract = proxy_subtract, .multiply = proxy_multiply, .matrix_multiply = proxy_matrix_multiply,        \
    .true_divide = proxy_true_divide, .floor_divide = proxy_floor_divide, .remainder = proxy_remainder,      \
    .divmod = proxy_divmod, .lshift = proxy_lshift, .rshift = proxy_rshift, .and_ = proxy_and,               \
    .xor_ = proxy_xor, .or_ = proxy_or, .power = proxy_power, .iadd = proxy_iadd,                            \
    .isubtract = proxy_isubtract, .imultiply = proxy_imultiply, .imatrix_multiply = proxy_imatrix_multiply,  \
    .itrue_divide = proxy_itrue_divide, .ifloor_divide = proxy_ifloor_divide,                                \
    .iremainder = proxy_iremainder, .ilshift = proxy_ilshift, .irshift = proxy_irshift, .iand = proxy_iand,  \
    .ior = proxy_ior, .ixor = proxy_ixor, .negative = proxy_negative, .positive = proxy_positive,            \
    .absolute = proxy_absolute, .invert = proxy_invert, .int_ = proxy_int, .float_ = proxy_float,            \
    .index = proxy_index, .bool_ = proxy_bool, .length = proxy_length, .getitem = proxy_getitem,             \
    .setitem = proxy_setitem, .contains = proxy_contains

const TypeSpec weakproxy_type_spec = {
    .name = "weakref.ProxyType",
    .flags = TYPE_GC | TYPE_NOT_INSTANTIABLE,
    .basic_size = sizeof(WeakRef),
    .slots = {PROXY_SLOTS},
    .methods = proxy_methods,
};

const TypeSpec weakcallableproxy_type_spec = {
    .name = "weakref.CallableProxyType",
    .flags = TYPE_GC | TYPE_NOT_INSTANTIABLE,
    .basic_size = sizeof(WeakRef),
    .slots = {PROXY_SLOTS, .call = proxy_call},
};
