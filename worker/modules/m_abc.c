/*
 * _abc: abstract base classes: registries and caches of subclass checks.
 *
 * Idea. Each abstract class has an AbcData as `_abc_impl`: three tables of classes held weakly. A table is a
 * dict from id to weak reference; an entry whose referent is not the class asked for is a leftover of a dead
 * class with the same address. A new registration anywhere makes all negative caches worthless: they carry
 * the number of registrations they knew.
 */
#include "modules/module.h"
#include "objects/dict.h"
#include "objects/int.h"
#include "objects/set.h"
#include "objects/str.h"
#include "objects/weakref.h"

typedef struct AbcState {
    Type *data_type;
    uint64_t registrations;
    Value impl_name; /* "_abc_impl" */
    Value flags_name;
} AbcState;

#define ABC MODULE_STATE(abc, AbcState)

typedef struct AbcData {
    HeapObject head;
    Value registry, positive, negative; /* dicts or NULL */
    uint64_t negative_version;
} AbcData;

/* ---- weak tables ---- */

static Value id_of(Value cls) { return int_from_u64(BITS(cls) >> 3); }

static int table_contains(Value table, Value cls) {
    if (!table || dict_length(table) == 0) return 0;
    Value key = id_of(cls), ref;
    if (!key) return -1;
    int found = dict_find(table, key, &ref);
    decref(key);
    return found <= 0 ? found : weakref_get_borrow(ref) == cls;
}

/* Drops the entries of dead classes, when the table has grown enough to be worth it. */
static void table_purge(Value table) {
    size_t n = dict_length(table);
    if (n < 32 || (n & (n - 1)) != 0) return;
    Value items = dict_items_list(table);
    for (size_t i = 0; items && i < list_length(items); i++) {
        Value item = list_item_borrow(items, i);
        if (!weakref_get_borrow(tuple_item_borrow(item, 1))) dict_delete(table, tuple_item_borrow(item, 0));
    }
    xdecref(items);
    if (error_pending()) error_clear();
}

static int table_add(Value *table, Value cls) {
    if (!*table && !(*table = dict_new())) return -1;
    table_purge(*table);
    Value key = id_of(cls), ref = key ? weakref_new(cls, NULL) : NULL;
    int status = ref ? dict_set(*table, key, ref) : -1;
    xdecref(ref);
    xdecref(key);
    return status;
}

/* ---- the data ---- */

static Value data_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    (void)args, (void)nargs, (void)kwnames;
    AbcData *d = (AbcData *)value_alloc(type, 0);
    if (!d) return NULL;
    d->registry = d->positive = d->negative = NULL;
    d->negative_version = ABC->registrations;
    value_track(AS_VALUE(d));
    return AS_VALUE(d);
}

static int data_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    AbcData *d = (AbcData *)o;
    VISIT(d->registry);
    VISIT(d->positive);
    VISIT(d->negative);
    return 0;
}

static void data_free(Heap *heap, HeapObject *o) {
    (void)heap;
    AbcData *d = (AbcData *)o;
    xdecref(d->registry);
    xdecref(d->positive);
    xdecref(d->negative);
    value_free((Value)o);
}

static const TypeSpec data_spec = {
    .name = "_abc._abc_data",
    .doc = "What an abstract class remembers about its subclasses.",
    .flags = TYPE_GC,
    .basic_size = sizeof(AbcData),
    .slots = {.traverse = data_traverse, .free = data_free, .new_ = data_make},
};

/* Borrowed: the class keeps it. */
static AbcData *data_of(Value cls) {
    Value impl = value_getattr(cls, ABC->impl_name);
    if (!impl) return NULL;
    bool good = type_of(impl) == ABC->data_type;
    decref(impl);
    if (!good) raise_error(T_TypeError, "_abc_impl is set to a wrong type");
    return good ? (AbcData *)impl : NULL;
}

/* ---- _abc_init ---- */

static int is_abstract(Value v) {
    Value flag;
    int found = value_getattr_optional(v, NAME(__isabstractmethod__), &flag);
    if (found <= 0) return found;
    int truth = value_is_true(flag);
    decref(flag);
    return truth;
}

static int add_own_abstracts(Value cls, Value abstracts) {
    Value dict = value_getattr(cls, NAME(__dict__)),
          items = dict ? value_call_method_noargs(dict, NAME(items)) : NULL;
    Value list = items ? value_to_list(items) : NULL;
    int status = list ? 0 : -1;
    for (size_t i = 0; status == 0 && i < list_length(list); i++) {
        Value pair = list_item_borrow(list, i);
        int abstract = is_abstract(tuple_item_borrow(pair, 1));
        status = abstract <= 0 ? abstract : set_add(abstracts, tuple_item_borrow(pair, 0));
    }
    xdecref(list);
    xdecref(items);
    xdecref(dict);
    return status;
}

/* Names of a base that are still abstract in cls. */
static int add_inherited_abstracts(Value cls, Value base, Value abstracts) {
    Value names, name;
    int found = value_getattr_optional(base, NAME(__abstractmethods__), &names), status = 0;
    if (found <= 0) return found;
    Value iterator = value_iter(names);
    decref(names);
    if (!iterator) return -1;
    while (status == 0 && (name = value_next(iterator)) != NULL) {
        Value v = NULL;
        if (!is_str(name)) status = raise_int(T_TypeError, "attribute name must be string, not '%T'", name);
        else status = value_getattr_optional(cls, name, &v);
        if (status > 0) status = is_abstract(v);
        if (status > 0) status = set_add(abstracts, name);
        xdecref(v);
        decref(name);
    }
    decref(iterator);
    return error_pending() ? -1 : status;
}

static int compute_abstract_methods(Value cls) {
    Value abstracts = set_new(NULL), bases = abstracts ? value_getattr(cls, NAME(__bases__)) : NULL;
    int status = bases ? add_own_abstracts(cls, abstracts) : -1;
    if (status == 0 && !is_tuple(bases)) status = raise_int(T_TypeError, "__bases__ is not tuple");
    for (size_t i = 0; status == 0 && i < tuple_length(bases); i++)
        status = add_inherited_abstracts(cls, tuple_item_borrow(bases, i), abstracts);
    Value frozen = status == 0 ? frozenset_new(abstracts) : NULL;
    if (status == 0) status = frozen ? value_setattr(cls, NAME(__abstractmethods__), frozen) : -1;
    xdecref(frozen);
    xdecref(bases);
    xdecref(abstracts);
    return status;
}

enum { COLLECTION_FLAGS = TYPE_SEQUENCE | TYPE_MAPPING }; /* the numbers of __abc_tpflags__ are the same */

/* `__abc_tpflags__` in a class body: what patterns instances match. */
static int take_flags(Value cls) {
    if (!is_type(cls)) return 0;
    Dict *dict = type_dict_borrow((Type *)cls);
    Value flags = dict ? dict_get_str_borrow(AS_VALUE(dict), ABC->flags_name) : NULL;
    if (!flags) return dict ? 0 : -1;
    int64_t n = 0;
    if (!is_int(flags)) return 0;
    int_to_i64(flags, &n);
    if ((n & COLLECTION_FLAGS) == COLLECTION_FLAGS)
        return raise_int(T_TypeError,
                         "__abc_tpflags__ cannot be both Py_TPFLAGS_SEQUENCE and Py_TPFLAGS_MAPPING");
    ((Type *)cls)->flags |= (uint32_t)n & COLLECTION_FLAGS;
    return value_setattr(cls, ABC->flags_name, NULL);
}

static Value abc_init(Value module, Value cls) {
    (void)module;
    if (compute_abstract_methods(cls) < 0) return NULL;
    Value data = data_make(ABC->data_type, NULL, 0, NULL);
    int status = data ? value_setattr(cls, ABC->impl_name, data) : -1;
    xdecref(data);
    return status < 0 || take_flags(cls) < 0 ? NULL : NONE;
}

/* ---- _abc_register ---- */

static void set_collection_flag(Type *t, uint32_t flag) {
    if ((t->flags & COLLECTION_FLAGS) == flag || !(t->flags & TYPE_HEAP)) return;
    t->flags = (t->flags & ~(uint32_t)COLLECTION_FLAGS) | flag;
    Value subclasses = type__subclasses(t);
    for (size_t i = 0; subclasses && i < list_length(subclasses); i++)
        set_collection_flag((Type *)list_item_borrow(subclasses, i), flag);
    xdecref(subclasses);
    if (error_pending()) error_clear();
}

static Value abc_register(Value module, Value const *args, size_t nargs) {
    (void)module;
    if (!args_count("_abc_register", nargs, 2, 2)) return NULL;
    Value cls = args[0], subclass = args[1];
    if (!is_type(subclass)) return raise_error(T_TypeError, "Can only register classes");
    int already = value_issubclass(subclass, cls);
    if (already != 0) return already < 0 ? NULL : incref(subclass);
    int circular = value_issubclass(cls, subclass);
    if (circular != 0)
        return circular < 0 ? NULL : raise_error(T_RuntimeError, "Refusing to create an inheritance cycle");
    AbcData *d = data_of(cls);
    if (!d || table_add(&d->registry, subclass) < 0) return NULL;
    ABC->registrations++;
    uint32_t flag = is_type(cls) ? ((Type *)cls)->flags & COLLECTION_FLAGS : 0;
    if (flag) set_collection_flag((Type *)subclass, flag);
    return incref(subclass);
}

/* ---- the checks ---- */

/* __subclasshook__: 1, 0, -1 raised; 2: no answer. */
static int ask_hook(Value cls, Value subclass) {
    Value answer = value_call_method_one(cls, NAME(__subclasshook__), subclass);
    if (!answer) return -1;
    int result = answer == TRUE ? 1 : answer == FALSE ? 0 : 2;
    if (result == 2 && answer != NOT_IMPLEMENTED)
        result =
            raise_int(T_AssertionError, "__subclasshook__ must return either False, True, or NotImplemented");
    decref(answer);
    return result;
}

static int in_mro(Value cls, Value subclass) {
    if (!is_type(subclass)) return 0;
    Value mro = ((Type *)subclass)->mro;
    for (size_t i = 0; mro && i < tuple_length(mro); i++)
        if (tuple_item_borrow(mro, i) == cls) return 1;
    return 0;
}

static int in_registry(AbcData *d, Value subclass) {
    if (!d->registry) return 0;
    Value refs = dict_values_list(d->registry); /* it may change while we ask */
    int found = refs ? 0 : -1;
    for (size_t i = 0; found == 0 && i < list_length(refs); i++) {
        Value registered = weakref_get_borrow(list_item_borrow(refs, i));
        if (!registered) continue;
        incref(registered);
        found = value_issubclass(subclass, registered);
        decref(registered);
    }
    xdecref(refs);
    return found;
}

static int in_subclasses(Value cls, Value subclass) {
    Value list = value_call_method_noargs(cls, NAME(__subclasses__));
    if (!list) return -1;
    int found = is_list(list) ? 0 : raise_int(T_TypeError, "__subclasses__() must return a list");
    for (size_t i = 0; found == 0 && i < list_length(list); i++) {
        Value sub = incref(list_item_borrow(list, i));
        found = value_issubclass(subclass, sub);
        decref(sub);
    }
    decref(list);
    return found;
}

/* Asks everybody, in order. 1, 0, -1. */
static int derive_answer(Value cls, AbcData *d, Value subclass) {
    int answer = ask_hook(cls, subclass);
    if (answer != 2) return answer;
    if (in_mro(cls, subclass)) return 1;
    answer = in_registry(d, subclass);
    return answer ? answer : in_subclasses(cls, subclass);
}

static int negative_is_known(AbcData *d, Value subclass) {
    if (d->negative_version == ABC->registrations) return table_contains(d->negative, subclass);
    CLEAR_FIELD(d->negative);
    d->negative_version = ABC->registrations;
    return 0;
}

static int subclass_check(Value cls, Value subclass) {
    if (!is_type(subclass)) return raise_int(T_TypeError, "issubclass() arg 1 must be a class");
    AbcData *d = data_of(cls);
    if (!d) return -1;
    int known = table_contains(d->positive, subclass);
    if (known) return known;
    known = negative_is_known(d, subclass);
    if (known) return known < 0 ? -1 : 0;
    incref(AS_VALUE(d));
    int answer = derive_answer(cls, d, subclass);
    if (answer >= 0 && table_add(answer ? &d->positive : &d->negative, subclass) < 0) answer = -1;
    DECREF(d);
    return answer;
}

static Value abc_subclasscheck(Value module, Value const *args, size_t nargs) {
    (void)module;
    if (!args_count("_abc_subclasscheck", nargs, 2, 2)) return NULL;
    int answer = subclass_check(args[0], args[1]);
    return answer < 0 ? NULL : BOOL(answer);
}

static Value abc_instancecheck(Value module, Value const *args, size_t nargs) {
    (void)module;
    if (!args_count("_abc_instancecheck", nargs, 2, 2)) return NULL;
    Value cls = args[0], type = AS_VALUE(type_of(args[1])), result = NULL;
    AbcData *d = data_of(cls);
    Value subclass = d ? value_getattr(args[1], NAME(__class__)) : NULL;
    if (!subclass) return NULL;
    int known = table_contains(d->positive, subclass);
    if (known == 0 && subclass == type && d->negative_version == ABC->registrations) {
        known = table_contains(d->negative, subclass);
        if (known > 0) {
            decref(subclass);
            return FALSE;
        }
    }
    if (known > 0) result = TRUE;
    if (known == 0) result = value_call_method_one(cls, NAME(__subclasscheck__), subclass);
    if (known == 0 && result && subclass != type) {
        int truth = value_is_true(result);
        if (truth == 0) {
            decref(result);
            result = value_call_method_one(cls, NAME(__subclasscheck__), type);
        } else if (truth < 0) {
            CLEAR_FIELD(result);
        }
    }
    decref(subclass);
    return result;
}

/* ---- for tests and the curious ---- */

static Value get_cache_token(Value module) {
    (void)module;
    return int_from_u64(ABC->registrations);
}

static Value reset_registry(Value module, Value cls) {
    (void)module;
    AbcData *d = data_of(cls);
    if (!d) return NULL;
    CLEAR_FIELD(d->registry);
    return NONE;
}

static Value reset_caches(Value module, Value cls) {
    (void)module;
    AbcData *d = data_of(cls);
    if (!d) return NULL;
    CLEAR_FIELD(d->positive);
    CLEAR_FIELD(d->negative);
    return NONE;
}

static Value refs_of(Value table) {
    Value refs = table ? dict_values_list(table) : NULL, set = table && !refs ? NULL : set_new(refs);
    xdecref(refs);
    return set;
}

static Value get_dump(Value module, Value cls) {
    (void)module;
    AbcData *d = data_of(cls);
    if (!d) return NULL;
    Value parts[4] = {refs_of(d->registry), refs_of(d->positive), refs_of(d->negative),
                      int_from_u64(d->negative_version)};
    if (parts[0] && parts[1] && parts[2] && parts[3]) return tuple_from_array_steal(parts, 4);
    for (int i = 0; i < 4; i++) xdecref(parts[i]);
    return NULL;
}

static const NativeMethod abc_functions[] = {
    METHOD_NOARGS("get_cache_token", get_cache_token, "A number that changes with every registration."),
    METHOD_ONE("_abc_init", abc_init, "Makes a class abstract."),
    METHOD_FAST("_abc_register", abc_register, "Makes a class a virtual subclass."),
    METHOD_FAST("_abc_instancecheck", abc_instancecheck, "isinstance() of an abstract class."),
    METHOD_FAST("_abc_subclasscheck", abc_subclasscheck, "issubclass() of an abstract class."),
    METHOD_ONE("_get_dump", get_dump, NULL),
    METHOD_ONE("_reset_registry", reset_registry, NULL),
    METHOD_ONE("_reset_caches", reset_caches, NULL),
    METHOD_END,
};

static int abc_ready(Value module) {
    AbcState *s = module_state_new(M_abc, sizeof *s);
    if (!s || module_ready_type(&s->data_type, &data_spec, NULL) < 0) return -1;
    (void)module;
    if (!s->impl_name) s->impl_name = str_intern_cstr("_abc_impl");
    if (!s->flags_name) s->flags_name = str_intern_cstr("__abc_tpflags__");
    return s->impl_name && s->flags_name ? 0 : -1;
}

const ModuleSpec module_abc = {
    .name = "_abc",
    .doc = "The native half of abc.",
    .functions = abc_functions,
    .ready = abc_ready,
};
