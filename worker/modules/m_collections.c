/* _collections: the module; defaultdict, the getters of named tuples, counting for Counter. */
#include "modules/collections.h"

#include "objects/generic.h"
#include "objects/int.h"
#include "objects/slots.h"
#include "objects/str.h"
#include "objects/tuple.h"

bool collections_never_atomic(const HeapObject *o) {
    (void)o;
    return false;
}

/* ---- defaultdict ---- */

typedef struct DefaultDict {
    Dict dict;
    Value factory; /* NULL: none */
} DefaultDict;

static DefaultDict *default_of(Value v) { return (DefaultDict *)v; }

/* Borrowed; NULL: none (the attribute may have been set to None). */
static Value factory_of(Value v) {
    Value factory = default_of(v)->factory;
    return factory == NONE ? NULL : factory;
}

static Value default_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    Value v = dict_make(type, args, nargs, kwnames);
    if (v) default_of(v)->factory = NULL;
    return v;
}

static int default_init(Value v, Value const *args, size_t nargs, Value kwnames) {
    Value factory = nargs && args[0] != NONE ? args[0] : NULL;
    if (factory && !value_is_callable(factory))
        return raise_int(T_TypeError, "first argument must be callable or None");
    SET_FIELD_STEAL(default_of(v)->factory, xincref(factory));
    return nargs ? TYPE(dict)->slots.init(v, args + 1, nargs - 1, kwnames)
                 : TYPE(dict)->slots.init(v, args, 0, kwnames);
}

static int default_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    VISIT(((DefaultDict *)(void *)o)->factory);
    return dict_traverse(o, visit, arg);
}

static void default_clear(Heap *heap, HeapObject *o) {
    CLEAR_FIELD(((DefaultDict *)(void *)o)->factory);
    dict_clear_references(heap, o);
}

static void default_free(Heap *heap, HeapObject *o) {
    CLEAR_FIELD(((DefaultDict *)(void *)o)->factory);
    dict_free(heap, o);
}

static Value default_missing(Value v, Value key) {
    Value factory = factory_of(v);
    if (!factory) return raise_with(T_KeyError, key);
    Value made = value_call_noargs(factory);
    if (!made) return NULL;
    if (value_setitem(v, key, made) == 0) return made;
    decref(made);
    return NULL;
}

/* The plain type's own step from lookup to insertion hashes the key once. */
static Value default_getitem(Value v, Value key) {
    if (type_of(v) != COLLECTIONS->defaultdict) return TYPE(dict)->slots.getitem(v, key);
    Hash hash = value_hash(key);
    Value found;
    if (hash == -1) return NULL;
    int status = dict_find_hash(v, key, hash, &found);
    if (status != 0) return status < 0 ? NULL : incref(found);
    Value factory = factory_of(v);
    if (!factory) return raise_with(T_KeyError, key);
    Value made = value_call_noargs(factory);
    if (!made) return NULL;
    if (dict_set_hash(v, key, hash, made) == 0) return made;
    decref(made);
    return NULL;
}

static Value factory_text(Value v) {
    Value factory = factory_of(v);
    if (!factory) return str_from_cstr("None");
    int active = repr_enter(factory);
    if (active != 0) return active < 0 ? NULL : str_from_cstr("...");
    Value text = value_repr(factory);
    repr_leave(factory);
    return text;
}

static Value default_repr(Value v) {
    Value items = TYPE(dict)->slots.repr(v), factory = items ? factory_text(v) : NULL;
    Value text = factory ? str_format("%U(%U, %U)", type_of(v)->name, factory, items) : NULL;
    xdecref(items);
    xdecref(factory);
    return text;
}

static Value new_like(Value v, Value items) {
    Value factory = default_of(v)->factory;
    return value_call_two(AS_VALUE(type_of(v)), factory ? factory : NONE, items);
}

static Value default_copy(Value v) { return new_like(v, v); }

static Value default_or(Value a, Value b) {
    bool left = value_is_instance(a, COLLECTIONS->defaultdict);
    if (!is_dict(left ? b : a)) return NOT_IMPLEMENTED;
    Value result = new_like(left ? a : b, a);
    if (result && dict_update(result, b) < 0) CLEAR_FIELD(result);
    return result;
}

static Value default_reduce(Value v) {
    Value factory = factory_of(v);
    Value args = factory ? tuple_pack(1, factory) : tuple_new(0);
    Value items = args ? value_call_method_noargs(v, NAME(items)) : NULL,
          iterator = items ? value_iter(items) : NULL;
    Value result = iterator ? tuple_pack(5, AS_VALUE(type_of(v)), args, NONE, NONE, iterator) : NULL;
    xdecref(args);
    xdecref(items);
    xdecref(iterator);
    return result;
}

static const NativeMethod default_methods[] = {
    METHOD_ONE("__missing__", default_missing,
               "__missing__(key) # Called by __getitem__ for a missing key: the factory's value is put in "
               "and returned."),
    METHOD_NOARGS("copy", default_copy, "D.copy() -> a shallow copy of D."),
    METHOD_NOARGS("__copy__", default_copy, "D.copy() -> a shallow copy of D."),
    METHOD_NOARGS("__reduce__", default_reduce, "What pickle takes it apart into."),
    METHOD_CLASS_GETITEM,
    METHOD_END,
};

static const Member default_members[] = {
    {"default_factory", MEMBER_VALUE, offsetof(DefaultDict, factory), false,
     "What __missing__ calls for a value, or None."},
    {0},
};

static const TypeSpec defaultdict_spec = {
    .name = "collections.defaultdict",
    .doc = "defaultdict(default_factory=None, /, [...]) --> dict with default factory\n\nA missing key gets "
           "what the factory, "
           "called without arguments, returns.",
    .flags = TYPE_SUBCLASSABLE,
    .basic_size = sizeof(DefaultDict),
    .slots = {.getattr = object_getattr,
              .traverse = default_traverse,
              .clear = default_clear,
              .free = default_free,
              .is_atomic = collections_never_atomic,
              .repr = default_repr,
              .new_ = default_make,
              .init = default_init,
              .getitem = default_getitem,
              .or_ = default_or},
    .methods = default_methods,
    .members = default_members,
};

/* ---- _tuplegetter: the descriptor of a field of a named tuple ---- */

typedef struct TupleGetter {
    HeapObject head;
    Value doc;
    ssize_t index;
} TupleGetter;

FIELDS_LIFE(getter, 1)

static Value getter_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    if (!args_no_keywords("_tuplegetter", kwnames) || !args_count("_tuplegetter", nargs, 2, 2)) return NULL;
    ssize_t index = value_as_ssize(args[0], TYPE(OverflowError));
    if (index == -1 && error_pending()) return NULL;
    TupleGetter *g = (TupleGetter *)value_alloc(type, 0);
    if (!g) return NULL;
    g->doc = incref(args[1]);
    g->index = index;
    value_track(AS_VALUE(g));
    return AS_VALUE(g);
}

static Value getter_get(Value v, Value o, Value owner) {
    (void)owner;
    TupleGetter *g = (TupleGetter *)v;
    if (!o || o == NONE) return incref(v);
    if (!is_tuple(o))
        return raise_error(T_TypeError,
                           "descriptor for index '%zd' for tuple subclasses doesn't apply to '%T' object",
                           g->index, o);
    if (g->index < 0 || (size_t)g->index >= tuple_length(o))
        return raise_error(T_IndexError, "tuple index out of range");
    return incref(tuple_item_borrow(o, (size_t)g->index));
}

static int getter_set(Value v, Value o, Value value) {
    (void)v, (void)o;
    return raise_int(T_AttributeError, value ? "can't set attribute" : "can't delete attribute");
}

static Value getter_repr(Value v) {
    TupleGetter *g = (TupleGetter *)v;
    return str_format("%U(%zd, %R)", type_of(v)->name, g->index, g->doc);
}

static Value getter_reduce(Value v) {
    TupleGetter *g = (TupleGetter *)v;
    Value args = tuple_pack(2, small_int_new(g->index), g->doc);
    Value result = args ? tuple_pack(2, AS_VALUE(type_of(v)), args) : NULL;
    xdecref(args);
    return result;
}

static const NativeMethod getter_methods[] = {
    METHOD_NOARGS("__reduce__", getter_reduce, NULL),
    METHOD_END,
};

static const Member getter_members[] = {
    {"__doc__", MEMBER_VALUE, offsetof(TupleGetter, doc), false, NULL},
    {0},
};

static const TypeSpec tuplegetter_spec = {
    .name = "_collections._tuplegetter",
    .flags = TYPE_GC,
    .basic_size = sizeof(TupleGetter),
    .slots = {.traverse = getter_traverse,
              .clear = getter_clear,
              .free = getter_free,
              .repr = getter_repr,
              .new_ = getter_make,
              .descr_get = getter_get,
              .descr_set = getter_set},
    .methods = getter_methods,
    .members = getter_members,
};

/* ---- _count_elements ---- */

/* Does the type get and set items as dict does, so that counting may go around its methods? */
static bool counts_as_dict(Type *type) {
    Type *dict = TYPE(dict);
    return type_is_subtype(type, dict) &&
           type_lookup_borrow(type, NAME(get)) == type_lookup_borrow(dict, NAME(get)) &&
           type_lookup_borrow(type, NAME(__setitem__)) == type_lookup_borrow(dict, NAME(__setitem__));
}

static int count_in_dict(Value dict, Value key) {
    int status;
    Hash hash = value_hash(key);
    if (hash == -1) return -1;
    Value *place = dict_find_place(dict, key, hash, &status);
    if (status < 0) return -1;
    if (!place) return dict_set_hash(dict, key, hash, small_int_new(1));
    if (is_small_int(*place) && small_int(*place) < SMALL_INT_MAX) {
        *place = small_int_new(small_int(*place) + 1);
        return 0;
    }
    Value old = incref(*place), sum = value_add(old, small_int_new(1));
    decref(old);
    if (!sum) return -1;
    status = dict_set_hash(dict, key, hash, sum);
    decref(sum);
    return status;
}

static int count_by_methods(Value mapping, Value get, Value key) {
    Value old = value_call_two(get, key, small_int_new(0)),
          sum = old ? value_add(old, small_int_new(1)) : NULL;
    int status = sum ? value_setitem(mapping, key, sum) : -1;
    xdecref(old);
    xdecref(sum);
    return status;
}

static Value count_elements(Value module, Value const *args, size_t nargs) {
    (void)module;
    if (!args_count("_count_elements", nargs, 2, 2)) return NULL;
    Value mapping = args[0], it = value_iter(args[1]), get = NULL;
    if (!it) return NULL;
    bool plain = counts_as_dict(type_of(mapping));
    int status = plain || (get = value_getattr(mapping, NAME(get))) ? 0 : -1;
    UnaryFn next = type_of(it)->slots.next;
    size_t n = 0;
    for (Value key; status == 0 && (key = next(it)) != NULL; decref(key)) {
        status = plain ? count_in_dict(mapping, key) : count_by_methods(mapping, get, key);
        if ((++n & 0xfff) == 0 && work_charge(0x1000) < 0) status = -1;
    }
    xdecref(get);
    decref(it);
    return status < 0 || (error_pending() && !error_swallow(T_StopIteration)) ? NULL : NONE;
}

/* ---- the module ---- */

static int collections_ready(Value module) {
    CollectionsState *s = module_state_new(M_collections, sizeof *s);
    if (!s) return -1;
    Type *dict = TYPE(dict);
    bool ok = module_make_type(module, &s->deque, &deque_spec, NULL) == 0 &&
              module_make_type(module, &s->defaultdict, &defaultdict_spec, dict) == 0 &&
              module_make_type(module, &s->ordered_dict, &ordered_dict_spec, dict) == 0 &&
              module_make_type(module, &s->deque_iterator, &deque_iterator_spec, NULL) == 0 &&
              module_make_type(module, &s->deque_reverse_iterator, &deque_reverse_iterator_spec, NULL) == 0 &&
              module_make_type(module, &s->tuplegetter, &tuplegetter_spec, NULL) == 0 &&
              module_ready_type(&s->ordered_iterator, &ordered_iterator_spec, NULL) == 0 &&
              module_ready_type(&s->ordered_keys, &ordered_keys_spec, TYPE(dict_keys)) == 0 &&
              module_ready_type(&s->ordered_values, &ordered_values_spec, TYPE(dict_values)) == 0 &&
              module_ready_type(&s->ordered_items, &ordered_items_spec, TYPE(dict_items)) == 0;
    return ok ? 0 : -1;
}

static const NativeMethod collections_functions[] = {
    METHOD_FAST("_count_elements", count_elements,
                "_count_elements($module, mapping, iterable, /)\n--\n\nRaise the mapping's number of each "
                "element that comes."),
    METHOD_END,
};

const ModuleSpec module_collections = {
    .name = "_collections",
    .doc = "High performance data structures: deque, defaultdict, OrderedDict.",
    .functions = collections_functions,
    .ready = collections_ready,
};
