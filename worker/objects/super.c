/* super: attributes from behind a class in an object's MRO. */
#include "base/names.h"
#include "objects/dict.h"
#include "objects/evaluator.h"
#include "objects/function.h"
#include "objects/protocols.h"
#include "objects/slots.h"
#include "objects/str.h"

typedef struct Super {
    HeapObject head;
    Type *type;     /* look behind this one; NULL before __init__ */
    Value object;   /* or NULL: unbound */
    Type *obj_type; /* whose MRO is searched */
} Super;

static Value super_slot_new(Type *t, Value const *args, size_t nargs, Value kwnames) {
    (void)args, (void)nargs, (void)kwnames;
    Super *s = (Super *)value_alloc(t, 0);
    if (!s) return NULL;
    s->type = s->obj_type = NULL;
    s->object = NULL;
    value_track(AS_VALUE(s));
    return AS_VALUE(s);
}

/* The class whose MRO is searched: o itself as a class, o's class, or what o says is its class. New. */
static Type *check_super(Type *type, Value o) {
    if (is_type(o) && type_is_subtype((Type *)o, type)) return (Type *)incref(o);
    if (type_is_subtype(type_of(o), type)) return INCREF(type_of(o));
    Value cls;
    if (value_getattr_optional(o, NAME(__class__), &cls) < 0) return NULL;
    if (cls && is_type(cls) && (Type *)cls != type_of(o) && type_is_subtype((Type *)cls, type))
        return (Type *)cls;
    xdecref(cls);
    raise_error(T_TypeError, "super(type, obj): obj must be an instance or subtype of type");
    return NULL;
}

static int super_init(Value self, Value const *args, size_t nargs, Value kwnames) {
    if (!args_no_keywords("super", kwnames) || !args_count("super()", nargs, 0, 2)) return -1;
    Super *s = (Super *)self;
    Value cls = nargs ? args[0] : NULL, o = nargs > 1 ? args[1] : NULL;
    if (nargs && !is_type(cls) && !IS_EXACT(self, super))
        return raise_int(T_TypeError, "super() argument 1 must be type, not %K", cls);
    if (nargs && !is_type(cls))
        return raise_int(T_TypeError, "super() argument 1 must be a type, not %T", cls);
    if (!nargs && vm_super_context(&cls, &o) < 0) return -1;
    if (!nargs && !is_type(cls))
        return raise_int(T_RuntimeError, "super(): __class__ is not a type (%T)", cls);
    if (o == NONE) o = NULL;
    Type *obj_type = o ? check_super((Type *)cls, o) : NULL;
    if (o && !obj_type) return -1;
    SET_FIELD_STEAL(s->type, (Type *)incref(cls));
    SET_FIELD_STEAL(s->object, xincref(o));
    SET_FIELD_STEAL(s->obj_type, obj_type);
    return 0;
}

/* The first `name` behind `type` in obj_type's MRO, as it was at the start; new, NULL absent or raised. */
static Value find_behind(Type *type, Type *obj_type, Value name) {
    Value mro = xincref(obj_type->mro), found = NULL;
    size_t n = mro ? tuple_length(mro) : 0, i = 0;
    while (i < n && tuple_item_borrow(mro, i) != AS_VALUE(type)) i++;
    for (i++; i < n && !found; i++) {
        Dict *dict = type_dict_borrow((Type *)tuple_item_borrow(mro, i));
        found = dict ? xincref(dict_get_str_borrow(AS_VALUE(dict), name)) : NULL;
        if (!dict || error_pending()) break;
    }
    xdecref(mro);
    return found;
}

static Value bind_found_steal(Value found, Value object, Type *obj_type) {
    Value (*get)(Value, Value, Value) = type_of(found)->slots.descr_get;
    if (!get) return found;
    Value result = get(found, object == AS_VALUE(obj_type) ? NULL : object, AS_VALUE(obj_type));
    decref(found);
    return result;
}

static Value super_getattr(Value self, Value name) {
    Super *s = (Super *)self;
    if (s->obj_type && name != NAME(__class__)) {
        Value found = find_behind(s->type, s->obj_type, name);
        if (found) return bind_found_steal(found, s->object, s->obj_type);
        if (error_pending()) return NULL;
    }
    return object_getattr(self, name);
}

static Value super_get(Value self, Value instance, Value owner) {
    (void)owner;
    Super *s = (Super *)self;
    if (!instance || instance == NONE || s->object) return incref(self);
    if (type_of(self) != TYPE(super)) {
        Value args[2] = {AS_VALUE(s->type), instance}; /* one without a class is bound without arguments */
        return value_call(AS_VALUE(type_of(self)), args, s->type ? 2 : 0, NULL);
    }
    Type *obj_type = check_super(s->type, instance);
    Super *bound = obj_type ? (Super *)super_slot_new(TYPE(super), NULL, 0, NULL) : NULL;
    if (!bound) {
        if (obj_type) DECREF(obj_type);
        return NULL;
    }
    bound->type = INCREF(s->type);
    bound->object = incref(instance);
    bound->obj_type = obj_type;
    return AS_VALUE(bound);
}

static Value super_repr(Value self) {
    Super *s = (Super *)self;
    const char *type = s->type ? type_name(s->type) : "NULL";
    if (s->obj_type) return str_format("<super: <class '%s'>, <%s object>>", type, type_name(s->obj_type));
    return str_format("<super: <class '%s'>, NULL>", type);
}

static int super_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    Super *s = (Super *)o;
    VISIT(s->type);
    VISIT(s->object);
    VISIT(s->obj_type);
    return 0;
}

static void super_free(Heap *heap, HeapObject *o) {
    Super *s = (Super *)o;
    heap_untrack(heap, o);
    xdecref(AS_VALUE(s->type));
    xdecref(s->object);
    xdecref(AS_VALUE(s->obj_type));
    value_free((Value)o);
}

static const Member super_members[] = {
    {"__thisclass__", MEMBER_VALUE, offsetof(Super, type), true, "the class invoking super()"},
    {"__self__", MEMBER_VALUE, offsetof(Super, object), true, "whose method was called; None if unbound"},
    {"__self_class__", MEMBER_VALUE, offsetof(Super, obj_type), true, "the type of that; None if unbound"},
    {0},
};

const TypeSpec super_type_spec = {
    .name = "super",
    .doc = "super() in a method: what its class derives from, as its first argument sees it\nsuper(type, "
           "object_or_type): the attributes that come after type in the method resolution order",
    .flags = TYPE_SUBCLASSABLE | TYPE_GC,
    .basic_size = sizeof(Super),
    .slots = {.traverse = super_traverse,
              .free = super_free,
              .getattr = super_getattr,
              .repr = super_repr,
              .descr_get = super_get,
              .new_ = super_slot_new,
              .init = super_init},
    .members = super_members,
};
