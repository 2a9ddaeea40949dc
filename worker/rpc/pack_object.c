/* pack_object: instances of classes, by their attributes or by what their __reduce_ex__ says. */
#include "rpc/pack.h"

#include "modules/module.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/float.h"
#include "objects/function.h"
#include "objects/int.h"
#include "objects/set.h"
#include "objects/str.h"
#include "objects/tuple.h"

static int refuse_type(Packer *p, Value v) {
    const char *name = type_name_of(v);
    return pack_refuse(p, "%s %s has no copy", pack_article(name), name);
}

/* What the class has under a special name, unless that is object's (or, for natives, the built-in base's
 * own). Borrowed or NULL. */
static Value overridden_borrow(Type *t, Value name) {
    Value found = type_lookup_borrow(t, name);
    if (!found || found == type_lookup_borrow(TYPE(object), name)) return NULL;
    return found;
}

static Value defined_in_python_borrow(Type *t, Value name) {
    Value found = overridden_borrow(t, name);
    return found && IS_EXACT(found, method_descriptor) ? NULL : found;
}

/* ---- attributes ---- */

typedef int (*AttrVisit)(Packer *p, Value name, Value value);

static int visit_attrs(Packer *p, Value v, AttrVisit visit) {
    Attrs *a = attrs_of(v);
    if (attrs_is_dict(a)) {
        size_t position = 0;
        for (Value name, value; dict_next((Value)(void *)a->values, &position, &name, &value);)
            if (visit(p, name, value) < 0) return -1;
        return 0;
    }
    for (uint32_t i = 0; i < a->shape->count; i++) {
        const Shape *s = a->shape;
        while (s->count != i + 1) s = s->parent;
        if (a->values[i] && visit(p, s->name, a->values[i]) < 0) return -1;
    }
    return 0;
}

/* The values of __slots__, in the order of the classes and of the names in them. */
static int visit_slots(Packer *p, Value v, AttrVisit visit) {
    Type *t = type_of(v);
    for (size_t k = t->all_slots ? tuple_length(t->mro) : 0; k-- > 0;) {
        Type *owner = (Type *)tuple_item_borrow(t->mro, k);
        for (size_t i = 0; owner->slot_names && i < tuple_length(owner->slot_names); i++) {
            Value name = tuple_item_borrow(owner->slot_names, i),
                  d = dict_get_str_borrow(AS_VALUE(owner->dict), name);
            if (!d || !IS_EXACT(d, member_descriptor) || ((Descriptor *)d)->row) continue;
            Value value = *value_slot(v, (int32_t)(intptr_t)((Descriptor *)d)->wrapped);
            if (value && visit(p, name, value) < 0) return -1;
        }
    }
    return 0;
}

int pack_visit_state(Packer *p, Value v, AttrVisit visit) {
    if ((type_of(v)->flags & TYPE_HAS_ATTRS) && visit_attrs(p, v, visit) < 0) return -1;
    return type_of(v)->all_slots ? visit_slots(p, v, visit) : 0;
}

static int count_attr(Packer *p, Value name, Value value) {
    (void)name, (void)value;
    p->attr_count++;
    return 0;
}

int pack_attr(Packer *p, Value name, Value value) {
    return pack_edge(p, name) < 0 || pack_edge(p, value) < 0 ? -1 : 0;
}

uint32_t pack_count_state(Packer *p, Value v) {
    p->attr_count = 0;
    pack_visit_state(p, v, count_attr);
    return p->attr_count;
}

int pack_state(Packer *p, Value v) {
    ipc_graph_node(&p->writer, IPC_K_DICT, pack_count_state(p, v));
    return pack_visit_state(p, v, pack_attr);
}

/* ---- what __reduce_ex__ says ---- */

/* Parts of a REDUCED node, all owned or NULL. */
typedef struct Reduced {
    Value callable, args, state, list, dict;
} Reduced;

static void reduced_drop(Reduced *r) {
    xdecref(r->callable);
    xdecref(r->args);
    xdecref(r->state);
    xdecref(r->list);
    xdecref(r->dict);
}

static int write_reduced(Packer *p, const Reduced *r) {
    ipc_graph_node(&p->writer, IPC_K_REDUCED, 0);
    return pack_edge(p, r->callable) < 0 || pack_edge(p, r->args) < 0 || pack_edge_or_nil(p, r->state) < 0 ||
                   pack_edge_or_nil(p, r->list) < 0 || pack_edge_or_nil(p, r->dict) < 0
               ? -1
               : 0;
}

/* A dict of the pairs that an iterator gives. */
static Value dict_of_pairs(Value iterable) {
    Value dict = dict_new(), pairs = dict ? value_to_list(iterable) : NULL;
    int status = pairs ? 0 : -1;
    for (size_t i = 0; status == 0 && i < list_length(pairs); i++) {
        Value pair = list_item_borrow(pairs, i);
        if (is_tuple(pair) && tuple_length(pair) == 2)
            status = dict_set(dict, tuple_item_borrow(pair, 0), tuple_item_borrow(pair, 1));
        else status = raise_int(T_TypeError, "the items of __reduce_ex__ must be pairs");
    }
    xdecref(pairs);
    if (status < 0) CLEAR_FIELD(dict);
    return dict;
}

static int read_reduced(Packer *p, Value result, Reduced *r) {
    size_t n = tuple_length(result);
    Value items[6] = {NONE, NONE, NONE, NONE, NONE, NONE};
    for (size_t i = 0; i < n && i < 6; i++) items[i] = tuple_item_borrow(result, i);
    if (n < 2 || n > 6 || !IS_EXACT(items[1], tuple))
        return pack_refuse(p, "its __reduce_ex__ gives no callable with arguments");
    if (items[5] != NONE)
        return pack_refuse(p, "its __reduce_ex__ sets the state with a function of its own");
    r->callable = incref(items[0]);
    r->args = incref(items[1]);
    if (items[2] != NONE) r->state = incref(items[2]);
    if (items[3] != NONE && !(r->list = value_to_list(items[3]))) return -1;
    if (items[4] != NONE && !(r->dict = dict_of_pairs(items[4]))) return -1;
    if (r->list && !list_length(r->list)) CLEAR_FIELD(r->list);
    if (r->dict && !dict_length(r->dict)) CLEAR_FIELD(r->dict);
    return 0;
}

static int pack_instance(Packer *p, Value v);

/* __reduce_ex__ gave a name: v is that, in its module. An instance whose module is not found elsewhere goes
 * by its attributes. */
static int global_named(Packer *p, Value v, Value qualname) {
    Value module = NULL, name = str_intern_cstr("__module__");
    int found = name ? value_getattr_optional(v, name, &module) : -1;
    xdecref(name);
    if (found > 0 && is_str(module)) found = pack_by_name(p, v, module, qualname);
    else if (found > 0) found = 0;
    xdecref(module);
    if (found) return found < 0 ? -1 : 0;
    if (type_of(v)->flags & TYPE_HEAP) return pack_instance(p, v);
    return pack_refuse(p, "%s %s is not found by its name %R", pack_article(type_name_of(v)), type_name_of(v),
                       qualname);
}

static int object_by_result(Packer *p, Value v, Value result) {
    if (!result) return -1;
    Reduced r = {0};
    int status;
    if (is_str(result)) status = global_named(p, v, result);
    else if (!is_tuple(result))
        status = pack_refuse(p, "its __reduce_ex__ gives %s %s", pack_article(type_name_of(result)),
                             type_name_of(result));
    else if ((status = read_reduced(p, result, &r)) == 0) status = write_reduced(p, &r);
    reduced_drop(&r);
    decref(result);
    return status;
}

static int object_reduced(Packer *p, Value v) {
    Value protocol = small_int_new(4);
    Value result = value_call_method_one(v, NAME(__reduce_ex__), protocol);
    return object_by_result(p, v, result);
}

/* What copyreg.pickle registered for the type (re does it for its patterns). 1 written, 0 nothing, -1 raised.
 */
static int object_by_copyreg(Packer *p, Value v) {
    Value copyreg = is_dict(rt->modules) ? dict_get_str_borrow(rt->modules, NAME(copyreg)) : NULL,
          reducer = NULL;
    if (!copyreg || !IS_EXACT(copyreg, module)) return 0;
    Value name = str_intern_cstr("dispatch_table");
    Value table = name ? dict_get_str_borrow(AS_VALUE(module_dict(copyreg)), name) : NULL;
    xdecref(name);
    if (!name) return -1;
    if (!table || !is_dict(table)) return 0;
    int found = dict_find(table, AS_VALUE(type_of(v)), &reducer);
    if (found <= 0) return found;
    incref(reducer);
    Value result = value_call_one(reducer, v);
    decref(reducer);
    return object_by_result(p, v, result) < 0 ? -1 : 1;
}

/* callable(*args) of values that are borrowed. */
static int object_of_call(Packer *p, Value callable, Value args_steal) {
    Reduced r = {.callable = callable, .args = args_steal};
    int status = args_steal ? write_reduced(p, &r) : -1;
    xdecref(args_steal);
    return status;
}

/* ---- built-in types whose instances have no kind of their own ---- */

static int pack_property(Packer *p, Value v) {
    static const char *const names[] = {"fget", "fset", "fdel", "__doc__"};
    Value args = tuple_new(4);
    for (size_t i = 0; args && i < 4; i++) {
        Value part = value_getattr_cstr(v, names[i]);
        if (part) tuple_init_item_steal(args, i, part);
        else CLEAR_FIELD(args);
    }
    return object_of_call(p, AS_VALUE(TYPE(property)), args);
}

static int pack_wrapper(Packer *p, Value v) {
    Value function = value_getattr(v, NAME(__func__));
    Value args = function ? tuple_pack(1, function) : NULL;
    xdecref(function);
    return object_of_call(p, AS_VALUE(type_of(v)), args);
}

/* int | str: functools.reduce(operator.or_, its types) */
static int pack_union(Packer *p, Value v) {
    Value reduce = module_import_attr("functools", "reduce"),
          or = reduce ? module_import_attr("operator", "or_") : NULL;
    Value types = or ? value_getattr(v, NAME(__args__)) : NULL;
    Value args = types ? tuple_pack(2, or, types) : NULL;
    int status = args ? object_of_call(p, reduce, args) : -1;
    xdecref(types);
    xdecref(or);
    xdecref(reduce);
    return status;
}

/* A function under functools.lru_cache: made anew around the function, with an empty cache. */
static int pack_cached_function(Packer *p, Value v) {
    Value info = NULL, size = NULL, dict = NULL, args = NULL;
    Value wrapped = value_getattr(v, NAME(__wrapped__)),
          info_type = wrapped ? module_import_attr("functools", "_CacheInfo") : NULL;
    Value name = info_type ? str_intern_cstr("cache_info") : NULL;
    if (name && (info = value_call_method_noargs(v, name))) size = value_getattr_cstr(info, "maxsize");
    if (size && (dict = value_getattr(v, NAME(__dict__))))
        args = tuple_pack(4, wrapped, size, FALSE, info_type);
    Reduced r = {.callable = AS_VALUE(type_of(v)), .args = args, .state = args ? dict_copy(dict) : NULL};
    int status = r.state ? 0 : -1;
    Value parameters = r.state ? str_intern_cstr("cache_parameters") : NULL;
    if (!parameters || dict_delete(r.state, parameters) < 0)
        status = -1; /* a function of the library's own */
    if (status == 0) status = write_reduced(p, &r);
    Value owned[] = {wrapped, info_type, name, info, size, dict, args, r.state, parameters};
    for (size_t i = 0; i < sizeof owned / sizeof *owned; i++) xdecref(owned[i]);
    return status;
}

/* functools.partial(TypeVar, bound=..., ...)(name, *constraints) */
static int pack_type_variable(Packer *p, Value v) {
    static const char *const options[] = {"__bound__", "__covariant__", "__contravariant__"};
    static const char *const keywords[] = {"bound", "covariant", "contravariant"};
    Value partial = NULL, name = value_getattr(v, NAME(__name__)), kwargs = name ? dict_new() : NULL,
          args = NULL, constraints = NULL;
    int status = kwargs ? 0 : -1;
    for (size_t i = 0; status == 0 && type_of(v)->id != T_typevartuple && i < 3; i++) {
        Value option = value_getattr_cstr(v, options[i]);
        status = !option                             ? -1
                 : option == NONE || option == FALSE ? 0
                                                     : dict_set_cstr(kwargs, keywords[i], option);
        xdecref(option);
    }
    if (status == 0 && type_of(v)->id == T_typevar) constraints = value_getattr_cstr(v, "__constraints__");
    Value first = status == 0 ? tuple_pack(1, name) : NULL;
    if (first) args = constraints ? value_concat(first, constraints) : incref(first);
    if (args && !error_pending()) partial = module_import_attr("functools", "partial");
    Value type = AS_VALUE(type_of(v)), callable = NULL,
          outer = partial && dict_length(kwargs) ? tuple_pack(1, type) : NULL;
    if (outer) callable = value_call_tuple_dict(partial, outer, kwargs);
    else if (partial && !error_pending()) callable = incref(type);
    status = callable ? object_of_call(p, callable, incref(args)) : -1;
    Value owned[] = {partial, name, kwargs, args, constraints, first, outer, callable};
    for (size_t i = 0; i < sizeof owned / sizeof *owned; i++) xdecref(owned[i]);
    return status;
}

/* One that a library's module has goes by its name. */
static int pack_type_parameter(Packer *p, Value v) {
    Value module = value_getattr_cstr(v, "__module__"),
          name = module ? value_getattr(v, NAME(__name__)) : NULL;
    int written = name && is_str(module) && is_str(name) ? pack_by_name(p, v, module, name) : 0;
    xdecref(name);
    xdecref(module);
    if (written < 0 || error_pending()) return -1;
    return written ? 0 : pack_type_variable(p, v);
}

static int pack_native_object(Packer *p, Value v) {
    Type *t = type_of(v);
    switch (t->id) {
    case T_property: return pack_property(p, v);
    case T_classmethod:
    case T_staticmethod: return pack_wrapper(p, v);
    case T_union: return pack_union(p, v);
    case T_typevar:
    case T_paramspec:
    case T_typevartuple: return pack_type_parameter(p, v);
    case T_generic_alias:
    case T_method_wrapper:
    case T_simple_namespace: return object_reduced(p, v);
    case TYPE_COUNT: break;
    default: return refuse_type(p, v); /* frames, generators, iterators, views, weak references, code, ... */
    }
    if (t->slots.next) return refuse_type(p, v);
    if (strstr(type_name(t), "_lru_cache_wrapper")) {
        Value module = value_getattr_cstr(v, "__module__"),
              qualname = module ? value_getattr(v, NAME(__qualname__)) : NULL;
        int written =
            qualname && is_str(module) && is_str(qualname) ? pack_by_name(p, v, module, qualname) : 0;
        xdecref(qualname);
        xdecref(module);
        if (error_pending()) return -1;
        return written ? 0 : pack_cached_function(p, v);
    }
    int written = object_by_copyreg(p, v);
    if (written) return written < 0 ? -1 : 0;
    if (overridden_borrow(t, NAME(__reduce__)) || overridden_borrow(t, NAME(__reduce_ex__)))
        return object_reduced(p, v);
    return refuse_type(p, v);
}

/* ---- instances of Python classes ---- */

/* A member of an enum: an attribute of its class. 1 written, 0 it is none, -1 raised. */
static int enum_member(Packer *p, Value v) {
    Type *t = type_of(v);
    Value map_name = str_intern_cstr("_member_map_"), name_name = map_name ? str_intern_cstr("_name_") : NULL;
    int status = name_name ? 0 : -1;
    Value map = name_name ? type_lookup_borrow(t, map_name) : NULL;
    Value name = map && is_dict(map) && (t->flags & TYPE_HAS_ATTRS) ? attrs_get_borrow(v, name_name) : NULL;
    if (name && IS_EXACT(name, str) && dict_get_str_borrow(map, name) == v) {
        ipc_graph_node(&p->writer, IPC_K_ATTRIBUTE, 0);
        status = pack_edge(p, AS_VALUE(t)) < 0 || pack_text(p, name) < 0 ? -1 : 1;
    }
    xdecref(name_name);
    xdecref(map_name);
    return status;
}

typedef struct Instance {
    Value args, state, list, dict; /* owned, or NULL */
    bool own_state;                /* ROLE_STATE instead of `state` */
} Instance;

/* What a set or dict holds, whatever methods its class has. */
static Value set_elements(Value v) {
    Value list = list_new(0);
    size_t position = 0;
    for (Value key; list && set_next(v, &position, &key);)
        if (list_append(list, key) < 0) CLEAR_FIELD(list);
    return list;
}

static Value dict_items_copy(Value v) {
    Value copy = dict_new();
    size_t position = 0;
    Hash hash;
    for (Value key, value; copy && dict_next_hash(v, &position, &key, &value, &hash);) {
        incref(key);
        incref(value);
        if (dict_set_hash(copy, key, hash, value) < 0) CLEAR_FIELD(copy);
        decref(key);
        decref(value);
    }
    return copy;
}

/* The part of an instance that its built-in base holds. 0, -1 raised; 1: no such base is known. */
static int native_part(Value v, Instance *out) {
    Type *base = type_of(v)->native_base;
    Value content = NULL;
    switch (base->id) {
    case T_object: return 0;
    case T_list: return (out->list = list_from_array(((List *)v)->items, list_length(v))) ? 0 : -1;
    case T_set: return (out->list = set_elements(v)) ? 0 : -1;
    case T_dict: return (out->dict = dict_items_copy(v)) ? 0 : -1;
    case T_int: content = int_exact(v); break;
    case T_float: content = float_new(float_value(v)); break;
    case T_complex: content = complex_new(((Complex *)v)->real, ((Complex *)v)->imag); break;
    case T_str: content = str_slice(v, 0, str_length(v)); break;
    case T_bytes: content = bytes_from(bytes_data(v), bytes_length(v)); break;
    case T_bytearray: content = bytes_from(((ByteArray *)v)->data, ((ByteArray *)v)->length); break;
    case T_tuple: content = tuple_from_array(((Tuple *)v)->items, tuple_length(v)); break;
    case T_frozenset: {
        Value list = set_elements(v);
        content = list ? frozenset_new(list) : NULL;
        xdecref(list);
        break;
    }
    default: return 1;
    }
    if (content) out->args = tuple_pack(1, content);
    xdecref(content);
    return out->args ? 0 : -1;
}

/* Arguments for __new__ as the class wants them. 0, -1 raised. */
static int new_arguments(Packer *p, Value v, Instance *out) {
    if (!defined_in_python_borrow(type_of(v), NAME(__getnewargs__))) return 0;
    Value args = value_call_method_noargs(v, NAME(__getnewargs__));
    if (args && !IS_EXACT(args, tuple)) {
        decref(args);
        return pack_refuse(p, "its __getnewargs__ gives no tuple");
    }
    if (!args) return -1;
    xdecref(out->args);
    out->args = args;
    return 0;
}

static int instance_state(Packer *p, Value v, Instance *out) {
    Type *t = type_of(v);
    if (!overridden_borrow(t, NAME(__getstate__)) && !overridden_borrow(t, NAME(__setstate__))) {
        out->own_state = pack_count_state(p, v) > 0;
        return 0;
    }
    Value state = value_call_method_noargs(v, NAME(__getstate__));
    if (!state) return -1;
    /* The instance's __dict__ itself is no part of the graph: a copy is. */
    if (IS_EXACT(state, dict) && (t->flags & TYPE_HAS_ATTRS) && attrs_is_dict(attrs_of(v)) &&
        (void *)attrs_of(v)->values == (void *)state) {
        Value copy = dict_copy(state);
        decref(state);
        state = copy;
        if (!state) return -1;
    }
    if (state == NONE) return 0;
    out->state = state;
    return 0;
}

static int write_instance(Packer *p, Value v, const Instance *i) {
    ipc_graph_node(&p->writer, IPC_K_INSTANCE, 0);
    if (pack_edge(p, AS_VALUE(type_of(v))) < 0 || pack_edge_or_nil(p, i->args) < 0) return -1;
    if ((i->own_state ? pack_edge_as(p, v, ROLE_STATE) : pack_edge_or_nil(p, i->state)) < 0) return -1;
    return pack_edge_or_nil(p, i->list) < 0 || pack_edge_or_nil(p, i->dict) < 0 ? -1 : 0;
}

static int pack_instance(Packer *p, Value v) {
    Instance i = {0};
    int status = native_part(v, &i);
    if (status > 0) status = refuse_type(p, v);
    if (status == 0) status = new_arguments(p, v, &i);
    if (status == 0) status = instance_state(p, v, &i);
    if (status == 0 && i.list && !list_length(i.list)) CLEAR_FIELD(i.list);
    if (status == 0 && i.dict && !dict_length(i.dict)) CLEAR_FIELD(i.dict);
    if (status == 0) status = write_instance(p, v, &i);
    xdecref(i.args);
    xdecref(i.state);
    xdecref(i.list);
    xdecref(i.dict);
    return status;
}

/* Whether the class says itself how its instances are taken apart: in Python, or in a built-in base that is
 * not one of the simple ones. */
static bool reduces_itself(Type *t) {
    if (defined_in_python_borrow(t, NAME(__reduce_ex__)) || defined_in_python_borrow(t, NAME(__reduce__)) ||
        defined_in_python_borrow(t, NAME(__getnewargs_ex__)))
        return true;
    return t->native_base->id == TYPE_COUNT && overridden_borrow(t, NAME(__reduce__));
}

int pack_object(Packer *p, Value v) {
    Type *t = type_of(v);
    if (!(t->flags & TYPE_HEAP)) return pack_native_object(p, v);
    int written = enum_member(p, v);
    if (!written) written = object_by_copyreg(p, v);
    if (written) return written < 0 ? -1 : 0;
    return reduces_itself(t) ? object_reduced(p, v) : pack_instance(p, v);
}
