/*
 * exception: BaseException: arguments, traceback, context and cause, notes; and making and matching
 * exceptions.
 *
 * All built-in exceptions share one struct. Its `fields` mean something else in each family (exception.h), so
 * a class cannot derive from two families: their types are TYPE_SOLID.
 */
#include "objects/exception.h"

#include <heap/limits.h>

#include "base/names.h"
#include "objects/dict.h"
#include "objects/exception_internal.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/slots.h"
#include "objects/str.h"

/* ---- life ---- */

static Value exception_alloc(Type *t, Value args_steal) {
    Value v = args_steal ? value_alloc(t, 0) : NULL;
    if (!v) {
        xdecref(args_steal);
        return NULL;
    }
    BaseException *e = exception_of(v);
    e->args = args_steal;
    e->notes = e->traceback = e->context = e->cause = NULL;
    e->suppress_context = false;
    memset(e->fields, 0, sizeof e->fields);
    value_track(v);
    return v;
}

Value exception_slot_new(Type *t, Value const *args, size_t nargs, Value kwnames) {
    (void)kwnames;
    return exception_alloc(t, tuple_from_array(args, nargs));
}

static bool has_args(BaseException *e, Value const *args, size_t nargs) {
    if (!e->args || tuple_length(e->args) != nargs) return false;
    return nargs == 0 || memcmp(((Tuple *)e->args)->items, args, nargs * sizeof *args) == 0;
}

int exception_slot_init(Value self, Value const *args, size_t nargs, Value kwnames) {
    if (kwnames && tuple_length(kwnames) && !args_no_keywords(type_name_of(self), kwnames)) return -1;
    BaseException *e = exception_of(self);
    if (has_args(e, args, nargs)) return 0; /* as `new` left it */
    Value tuple = tuple_from_array(args, nargs);
    if (!tuple) return -1;
    SET_FIELD_STEAL(e->args, tuple);
    return 0;
}

int exception_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    BaseException *e = (BaseException *)o;
    VISIT(e->args);
    VISIT(e->traceback);
    VISIT(e->context);
    VISIT(e->cause);
    for (int i = 0; i < EXCEPTION_FIELDS; i++) VISIT(e->fields[i]);
    return attrs_traverse((Value)o, visit, arg);
}

void exception_clear(Heap *heap, HeapObject *o) {
    (void)heap;
    BaseException *e = (BaseException *)o;
    CLEAR_FIELD(e->traceback);
    CLEAR_FIELD(e->context);
    CLEAR_FIELD(e->cause);
    for (int i = 0; i < EXCEPTION_FIELDS; i++) CLEAR_FIELD(e->fields[i]);
    attrs_clear((Value)o);
}

void exception_free(Heap *heap, HeapObject *o) {
    heap_untrack(heap, o);
    exception_clear(heap, o);
    xdecref(exception_of((Value)o)->args);
    value_free((Value)o);
}

/* ---- text ---- */

Value exception_slot_str(Value self) {
    Value args = exception_of(self)->args;
    switch (args ? tuple_length(args) : 0) {
    case 0: return incref(NAME(empty_));
    case 1: return value_str(tuple_item_borrow(args, 0));
    default: return value_str(args);
    }
}

Value exception_slot_repr(Value self) {
    Value name = AS_VALUE(type_of(self)->name), args = exception_of(self)->args;
    if (tuple_length(args) == 1) return str_format("%U(%R)", name, tuple_item_borrow(args, 0));
    return str_format("%U%R", name, args);
}

/* ---- attributes ---- */

static Value get_args(Value self, void *closure) {
    (void)closure;
    Value args = exception_of(self)->args;
    return args ? incref(args) : NONE;
}

static int set_args(Value self, Value value, void *closure) {
    (void)closure;
    if (!value) return raise_int(T_TypeError, "args may not be deleted");
    Value tuple = value_to_tuple(value);
    if (!tuple) return -1;
    SET_FIELD_STEAL(exception_of(self)->args, tuple);
    return 0;
}

static Value get_traceback(Value self, void *closure) {
    (void)closure;
    Value tb = exception_of(self)->traceback;
    return tb ? incref(tb) : NONE;
}

static int set_traceback(Value self, Value value, void *closure) {
    (void)closure;
    if (!value) return raise_int(T_TypeError, "__traceback__ may not be deleted");
    if (value != NONE && !IS_EXACT(value, traceback))
        return raise_int(T_TypeError, "__traceback__ must be a traceback or None");
    SET_FIELD_STEAL(exception_of(self)->traceback, value == NONE ? NULL : incref(value));
    return 0;
}

static int check_link(Value value, const char *name, const char *what) {
    if (!value) return raise_int(T_TypeError, "%s may not be deleted", name);
    if (value != NONE && !is_exception(value))
        return raise_int(T_TypeError, "exception %s must be None or derive from BaseException", what);
    return 0;
}

static Value get_context(Value self, void *closure) {
    (void)closure;
    Value context = exception_of(self)->context;
    return context ? incref(context) : NONE;
}

static int set_context(Value self, Value value, void *closure) {
    (void)closure;
    if (check_link(value, "__context__", "context") < 0) return -1;
    exception_set_context_steal(self, value == NONE ? NULL : incref(value));
    return 0;
}

static Value get_cause(Value self, void *closure) {
    (void)closure;
    Value cause = exception_of(self)->cause;
    return cause ? incref(cause) : NONE;
}

static int set_cause(Value self, Value value, void *closure) {
    (void)closure;
    if (check_link(value, "__cause__", "cause") < 0) return -1;
    exception_set_cause_steal(self, value == NONE ? NULL : incref(value));
    return 0;
}

static Value get_dict(Value self, void *closure) {
    (void)closure;
    Dict *d = attrs_dict_borrow(self);
    return d ? incref(AS_VALUE(d)) : NULL;
}

static int set_dict(Value self, Value value, void *closure) {
    (void)closure;
    return value ? attrs_set_dict(self, value) : raise_int(T_TypeError, "cannot delete __dict__");
}

const GetSet exception_getset[] = {
    {"args", get_args, set_args, NULL, NULL},
    {"__traceback__", get_traceback, set_traceback, NULL, NULL},
    {"__context__", get_context, set_context, "exception context", NULL},
    {"__cause__", get_cause, set_cause, "exception cause", NULL},
    {"__dict__", get_dict, set_dict, NULL, NULL},
    {0},
};

const Member exception_members[] = {
    {"__suppress_context__", MEMBER_BOOL, offsetof(BaseException, suppress_context), false, NULL},
    {0},
};

void exception_set_context_steal(Value e, Value context) {
    SET_FIELD_STEAL(exception_of(e)->context, context);
}

void exception_set_cause_steal(Value e, Value cause) {
    SET_FIELD_STEAL(exception_of(e)->cause, cause);
    exception_of(e)->suppress_context = true;
}

/* ---- methods ---- */

static Value with_traceback(Value self, Value tb) {
    return set_traceback(self, tb, NULL) < 0 ? NULL : incref(self);
}

static Value add_note(Value self, Value note) {
    if (!is_str(note)) return raise_error(T_TypeError, "note must be a str, not '%T'", note);
    Value notes;
    int found = value_getattr_optional(self, NAME(__notes__), &notes);
    if (found < 0) return NULL;
    if (!found) {
        notes = list_new(0);
        if (!notes || value_setattr(self, NAME(__notes__), notes) < 0) {
            xdecref(notes);
            return NULL;
        }
    }
    int status = is_list(notes) ? list_append(notes, note)
                                : raise_int(T_TypeError, "Cannot add note: __notes__ is not a list");
    decref(notes);
    return status < 0 ? NULL : NONE;
}

static bool has_own_attributes(Value self) {
    Attrs *a = attrs_of(self);
    return attrs_is_dict(a) ? dict_length((Value)(void *)a->values) : a->shape->count;
}

Value exception_method_reduce(Value self) {
    Value type = AS_VALUE(type_of(self)), args = exception_of(self)->args;
    if (!has_own_attributes(self)) return tuple_pack(2, type, args);
    Dict *d = attrs_dict_borrow(self);
    return d ? tuple_pack(3, type, args, AS_VALUE(d)) : NULL;
}

static Value set_state(Value self, Value state) {
    if (state == NONE) return NONE;
    if (!is_dict(state)) return raise_error(T_TypeError, "state is not a dictionary");
    size_t at = 0;
    Value key, value;
    while (dict_next(state, &at, &key, &value)) {
        incref(key);
        incref(value);
        int status = value_setattr(self, key, value);
        decref(key);
        decref(value);
        if (status < 0) return NULL;
    }
    return NONE;
}

const NativeMethod exception_methods[] = {
    METHOD_NOARGS("__reduce__", exception_method_reduce, NULL),
    METHOD_ONE("__setstate__", set_state, NULL),
    METHOD_ONE("with_traceback", with_traceback, "Sets the traceback and gives the exception itself."),
    METHOD_ONE("add_note", add_note, "Keeps a text that is shown below the message."),
    METHOD_END,
};

/* ---- making and matching ---- */

Value exception_new(TypeId type, Value const *args, size_t n) {
    Type *t = rt->types[type];
    Value e = t->slots.new_(t, args, n, NULL);
    if (e && t->slots.init(e, args, n, NULL) < 0) CLEAR_FIELD(e);
    return e;
}

Value exception_from_text(TypeId type, Value message) { return exception_new(type, &message, 1); }

/* The last resort is one object made at boot, given out again and again. */
Value exception_no_memory(void) {
    Type *t = TYPE(MemoryError);
    heap_reserve_open(rt->heap);
    BaseException *e = t->root_shape ? heap_object_new(rt->heap, &t->kind, t->instance_size) : NULL;
    heap_reserve_close(rt->heap);
    if (!e) {
        Value spare = rt->memory_error;
        if (spare) exception_clear(rt->heap, &spare->head);
        return xincref(spare);
    }
    e->args = incref(rt->empty_tuple);
    e->notes = e->traceback = e->context = e->cause = NULL;
    e->suppress_context = false;
    memset(e->fields, 0, sizeof e->fields);
    Attrs *a = attrs_of(AS_VALUE(e));
    a->shape = t->root_shape;
    a->values = a->inline_values;
    value_track(AS_VALUE(e));
    return AS_VALUE(e);
}

Value exception_from_raised(Value v) {
    if (is_exception(v)) return incref(v);
    if (!is_type(v) || !(((Type *)v)->flags & TYPE_EXCEPTION_SUBCLASS))
        return raise_error(T_TypeError, "exceptions must derive from BaseException");
    Value e = value_call_noargs(v);
    if (!e || is_exception(e)) return e;
    raise_error(T_TypeError, "calling %R should have returned an instance of BaseException, not %R", v,
                AS_VALUE(type_of(e)));
    decref(e);
    return NULL;
}

static bool is_exception_class(Value v) {
    return is_type(v) && (((Type *)v)->flags & TYPE_EXCEPTION_SUBCLASS);
}

static int match_one(Value e, Value cls) {
    if (!is_exception_class(cls))
        return raise_int(T_TypeError,
                         "catching classes that do not inherit from BaseException is not allowed");
    return type_is_subtype(type_of(e), (Type *)cls);
}

int exception_matches(Value e, Value cls) {
    if (!is_tuple(cls)) return match_one(e, cls);
    for (size_t i = 0; i < tuple_length(cls); i++)
        if (!is_exception_class(tuple_item_borrow(cls, i))) return match_one(e, tuple_item_borrow(cls, i));
    for (size_t i = 0; i < tuple_length(cls); i++)
        if (match_one(e, tuple_item_borrow(cls, i))) return 1;
    return 0;
}
