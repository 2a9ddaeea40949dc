/* unpack_object: instances: made without their __init__, then given their state, elements and items. */
#include "rpc/unpack.h"

#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/function.h"
#include "objects/set.h"
#include "objects/str.h"
#include "objects/tuple.h"

enum { EDGE_CLASS, EDGE_ARGS, EDGE_STATE, EDGE_LIST, EDGE_DICT, INSTANCE_EDGES };

/* A special method that the class defines in Python. Borrowed or NULL. */
static Value own_method_borrow(Type *t, Value name) {
    Value found = type_lookup_borrow(t, name);
    if (!found || found == type_lookup_borrow(TYPE(object), name) || IS_EXACT(found, method_descriptor))
        return NULL;
    return found;
}

/* ---- making ---- */

/* The instance as the class's built-in base makes it. */
static Value new_natively(Type *t, Value args) {
    Type *base = t->native_base;
    Value const *items = args ? ((Tuple *)args)->items : NULL;
    size_t n = args ? tuple_length(args) : 0;
    switch (base->id) {
    case T_object: return n ? raise_error(T_TypeError, "%N takes no arguments", t) : value_alloc_tracked(t);
    case T_int:
    case T_float:
    case T_complex:
    case T_str:
    case T_bytes:
    case T_tuple:
    case T_frozenset:
    case T_list:
    case T_set:
    case T_dict: return base->slots.new_(t, items, n, NULL);
    case T_bytearray: {
        Value v = base->slots.new_(t, NULL, 0, NULL);
        if (v && n && base->slots.init(v, items, n, NULL) < 0) CLEAR_FIELD(v);
        return v;
    }
    default: return raise_error(T_TypeError, "%N has no copies", t);
    }
}

/* cls.__new__(cls, *args) */
static Value new_by_class(Type *t, Value args) {
    Value new_ = value_getattr(AS_VALUE(t), NAME(__new__));
    if (!new_) return NULL;
    Value v = value_call_prepend(new_, AS_VALUE(t), args ? ((Tuple *)args)->items : NULL,
                                 args ? tuple_length(args) : 0, NULL);
    decref(new_);
    return v;
}

static Value new_instance(Value cls, Value args) {
    if (!is_type(cls)) return raise_error(T_TypeError, "an instance of what is no class");
    Type *t = (Type *)cls;
    if (!(t->flags & TYPE_HEAP) || (t->flags & (TYPE_TYPE_SUBCLASS | TYPE_EXCEPTION_SUBCLASS)))
        return raise_error(T_TypeError, "an instance of %N in the manner of a Python class", t);
    if (args && !IS_EXACT(args, tuple)) return raise_error(T_TypeError, "arguments that are no tuple");
    Value v =
        args && own_method_borrow(t, NAME(__getnewargs__)) ? new_by_class(t, args) : new_natively(t, args);
    if (v && !value_is_instance(v, t)) {
        raise_error(T_TypeError, "%N.__new__ gives %T", t, v);
        CLEAR_FIELD(v);
    }
    return v;
}

/* The first two edges' values: 1, 0 one does not exist yet, -1 raised. */
static int first_two(Unpacker *u, uint32_t node, Value *first, Value *second) {
    IpcToken tokens[2];
    unpack_fixed(u, node, tokens, 2);
    *first = *second = NULL;
    int found = unpack_edge(u, &tokens[0], first);
    if (found > 0) found = unpack_edge(u, &tokens[1], second);
    if (found > 0 && *second == NONE) *second = NULL;
    return found;
}

int unpack_instance_shell(Unpacker *u, uint32_t node) {
    Value cls, args;
    int found = first_two(u, node, &cls, &args);
    if (found > 0 && !(u->values[node] = new_instance(cls, args))) found = -1;
    xdecref(cls);
    xdecref(args);
    return found;
}

int unpack_reduced_shell(Unpacker *u, uint32_t node) {
    Value callable, args;
    int found = first_two(u, node, &callable, &args);
    if (found > 0 && !(u->values[node] = value_call_tuple_dict(callable, args, NULL))) found = -1;
    xdecref(callable);
    xdecref(args);
    return found;
}

/* ---- state ---- */

bool unpack_state_is_value(const Unpacker *u, uint32_t node) {
    IpcToken tokens[EDGE_STATE + 1];
    Value v = u->values[node];
    unpack_fixed(u, node, tokens, EDGE_STATE + 1);
    if (tokens[EDGE_STATE].type != IPC_T_REF ||
        ipc_graph_kind(&u->graph, (uint32_t)tokens[EDGE_STATE].uint) != IPC_K_DICT)
        return true;
    return v && type_lookup_borrow(type_of(v), NAME(__setstate__));
}

/* Past __setattr__ and properties: into the slot of that name, or the instance's own attributes. */
static int set_attribute(Value v, Value name, Value value) {
    Type *t = type_of(v);
    Value held = type_lookup_borrow(t, name);
    if (held && IS_EXACT(held, member_descriptor) && !((Descriptor *)held)->row &&
        type_is_subtype(t, ((Descriptor *)held)->type))
        return type_of(held)->slots.descr_set(held, v, value);
    if (t->flags & TYPE_HAS_ATTRS) return attrs_set(v, name, value);
    return value_setattr(v, name, value);
}

/* What is pending is set when it exists: the order of attributes does not tell. */
int unpack_set_attribute(Unpacker *u, uint32_t owner, Value name, Value value) {
    return value ? set_attribute(u->values[owner], name, value) : 0;
}

/* Attributes from a dict value: half of a (__dict__, slots) pair. */
static int set_from_dict(Value v, Value dict) {
    size_t position = 0;
    if (dict == NONE) return 0;
    if (!is_dict(dict)) return raise_int(T_TypeError, "a state that is no dict");
    for (Value name, value; dict_next(dict, &position, &name, &value);) {
        if (!IS_EXACT(name, str)) return raise_int(T_TypeError, "a name that is no str");
        Value interned = str_intern(name);
        int status = interned ? set_attribute(v, interned, value) : -1;
        xdecref(interned);
        if (status < 0) return -1;
    }
    return 0;
}

static int set_state(Value v, Value state) {
    if (type_lookup_borrow(type_of(v), NAME(__setstate__))) {
        Value done = value_call_method_one(v, NAME(__setstate__), state);
        if (!done) return -1;
        decref(done);
        return 0;
    }
    if (IS_EXACT(state, tuple) && tuple_length(state) == 2)
        return set_from_dict(v, tuple_item_borrow(state, 0)) < 0 ||
                       set_from_dict(v, tuple_item_borrow(state, 1)) < 0
                   ? -1
                   : 0;
    return set_from_dict(v, state);
}

static int fill_state(Unpacker *u, uint32_t node, const IpcToken *token) {
    if (token->type == IPC_T_NIL) return 0;
    if (!unpack_state_is_value(u, node))
        return unpack_pairs(u, node, EDGE_STATE, token, unpack_set_attribute);
    Value state;
    int found = unpack_edge(u, token, &state);
    if (!found) return raise_int(T_ValueError, "a state that needs the object itself to be made");
    int status = found > 0 ? set_state(u->values[node], state) : -1;
    if (found > 0) decref(state);
    return status;
}

/* ---- elements and items ---- */

static int add_element(Value v, Value item) {
    switch (type_of(v)->native_base->id) {
    case T_list: return list_append(v, item);
    case T_set: return set_add(v, item);
    default: {
        Value done = value_call_method_one(v, NAME(append), item);
        xdecref(done);
        return done ? 0 : -1;
    }
    }
}

static int fill_elements(Unpacker *u, uint32_t node, const IpcToken *token) {
    IpcNode n;
    IpcToken element;
    if (token->type != IPC_T_REF) return 0;
    ipc_graph_get(&u->graph, (uint32_t)token->uint, &n);
    while (ipc_graph_edge(&n, &element)) {
        Value item;
        int found = unpack_edge(u, &element, &item);
        if (!found) return raise_int(T_ValueError, "an element that needs the object itself to be made");
        int status = found > 0 ? add_element(u->values[node], item) : -1;
        if (found > 0) decref(item);
        if (status < 0) return -1;
    }
    return 0;
}

static int set_item(Value v, Value key, Value value) {
    return is_dict(v) && type_of(v)->native_base->id == T_dict ? dict_set(v, key, value)
                                                               : value_setitem(v, key, value);
}

static int fill_items(Unpacker *u, uint32_t node, const IpcToken *token) {
    IpcNode n;
    IpcToken tokens[2];
    if (token->type != IPC_T_REF) return 0;
    ipc_graph_get(&u->graph, (uint32_t)token->uint, &n);
    while (ipc_graph_edge(&n, &tokens[0]) && ipc_graph_edge(&n, &tokens[1])) {
        Value key = NULL, value = NULL;
        int found = unpack_edge(u, &tokens[0], &key);
        if (found > 0) found = unpack_edge(u, &tokens[1], &value);
        if (found > 0) found = set_item(u->values[node], key, value) < 0 ? -1 : 1;
        else if (!found) raise_error(T_ValueError, "an item that needs the object itself to be made");
        xdecref(key);
        xdecref(value);
        if (found <= 0) return -1;
    }
    return 0;
}

/* Elements and items first: a __setstate__ sees them, as with pickle. */
static int fill_object(Unpacker *u, uint32_t node) {
    IpcToken tokens[INSTANCE_EDGES];
    unpack_fixed(u, node, tokens, INSTANCE_EDGES);
    return fill_elements(u, node, &tokens[EDGE_LIST]) < 0 || fill_items(u, node, &tokens[EDGE_DICT]) < 0 ||
                   fill_state(u, node, &tokens[EDGE_STATE]) < 0
               ? -1
               : 0;
}

int unpack_instance_fill(Unpacker *u, uint32_t node) {
    IpcToken tokens[INSTANCE_EDGES];
    unpack_fixed(u, node, tokens, INSTANCE_EDGES);
    TypeId base = type_of(u->values[node])->native_base->id;
    if ((tokens[EDGE_LIST].type == IPC_T_REF && base != T_list && base != T_set) ||
        (tokens[EDGE_DICT].type == IPC_T_REF && base != T_dict))
        return raise_int(T_TypeError, "elements of %T", u->values[node]);
    return fill_object(u, node);
}

int unpack_reduced_fill(Unpacker *u, uint32_t node) { return fill_object(u, node); }
