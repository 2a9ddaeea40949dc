/* function: Python functions: code with globals, defaults and cells. Calling one is the evaluator's
 * (function_call). */
#include "objects/function.h"

#include "base/names.h"
#include "objects/dict.h"
#include "objects/evaluator.h"
#include "objects/int.h"
#include "objects/protocols.h"
#include "objects/str.h"

/* What `__builtins__` of the globals says (a module or its dict), else the running code's. Borrowed. Anything else has no names
 * that could be found beside those of the globals; what looking into it raises is told when a name is missing (vm/ops.c). */
static Dict *builtins_for(Dict *globals) {
    Value found = dict_get_str_borrow(AS_VALUE(globals), NAME(__builtins__));
    if (found && IS(found, module)) return module_dict(found);
    if (found && is_dict(found)) return (Dict *)found;
    return found ? globals : vm_builtins_borrow();
}

Value function_new(Code *code, Dict *globals, Value qualname) {
    Function *f = (Function *)value_alloc(TYPE(function), 0);
    if (!f) return NULL;
    f->code = INCREF(code);
    f->globals = INCREF(globals);
    f->builtins = builtins_for(globals);
    if (f->builtins) heap_incref(&f->builtins->head);
    f->name = incref(code->name);
    f->qualname = incref(qualname ? qualname : code->qualname);
    f->module = xincref(dict_get_str_borrow(AS_VALUE(globals), NAME(__name__)));
    f->doc = xincref(code->doc);
    f->defaults = f->kwdefaults = f->closure = f->annotations = f->type_params = NULL;
    f->version = 0;
    value_track(AS_VALUE(f));
    return AS_VALUE(f);
}

static int function_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    Function *f = (Function *)o;
    VISIT(f->code);
    VISIT(f->globals);
    VISIT(f->builtins);
    VISIT(f->module);
    VISIT(f->doc);
    VISIT(f->defaults);
    VISIT(f->kwdefaults);
    VISIT(f->closure);
    VISIT(f->annotations);
    VISIT(f->type_params);
    return attrs_traverse((Value)o, visit, arg);
}

static void function_clear(Heap *heap, HeapObject *o) {
    (void)heap;
    Function *f = (Function *)o;
    f->version = 0;
    CLEAR_FIELD(f->module);
    CLEAR_FIELD(f->doc);
    CLEAR_FIELD(f->defaults);
    CLEAR_FIELD(f->kwdefaults);
    CLEAR_FIELD(f->closure);
    CLEAR_FIELD(f->annotations);
    CLEAR_FIELD(f->type_params);
    attrs_clear((Value)o);
}

static void function_free(Heap *heap, HeapObject *o) {
    Function *f = (Function *)o;
    heap_untrack(heap, o);
    function_clear(heap, o);
    DECREF(f->code);
    DECREF(f->globals);
    if (f->builtins) DECREF(f->builtins);
    decref(f->name);
    decref(f->qualname);
    value_free((Value)o);
}

static Value function_repr(Value v) {
    return str_format("<function %U at %p>", ((Function *)v)->qualname, (void *)v);
}

static Value function_get(Value v, Value instance, Value owner) {
    (void)owner;
    return instance ? method_new(v, instance) : incref(v);
}

/* ---- attributes ---- */

static Value get_code(Value v, void *closure) {
    (void)closure;
    return incref(AS_VALUE(((Function *)v)->code));
}

static int set_code(Value v, Value value, void *closure) {
    (void)closure;
    Function *f = (Function *)v;
    if (!value || !IS_EXACT(value, code))
        return raise_int(T_TypeError, "__code__ must be set to a code object");
    size_t cells = f->closure ? tuple_length(f->closure) : 0;
    if (((Code *)value)->free_count != cells)
        return raise_int(T_ValueError, "%U() requires a code object with %zu free vars, not %d", f->name,
                         cells, (int)((Code *)value)->free_count);
    Code *old = f->code;
    f->code = (Code *)incref(value);
    f->version = 0;
    vm_retire_code_steal(old);
    return 0;
}

static Value get_defaults(Value v, void *closure) {
    (void)closure;
    Value d = ((Function *)v)->defaults;
    return d ? incref(d) : NONE;
}

static int set_defaults(Value v, Value value, void *closure) {
    (void)closure;
    if (value == NONE) value = NULL;
    if (value && !is_tuple(value))
        return raise_int(T_TypeError, "__defaults__ must be set to a tuple object");
    ((Function *)v)->version = 0;
    SET_FIELD_STEAL(((Function *)v)->defaults, xincref(value));
    return 0;
}

static Value get_kwdefaults(Value v, void *closure) {
    (void)closure;
    Value d = ((Function *)v)->kwdefaults;
    return d ? incref(d) : NONE;
}

static int set_kwdefaults(Value v, Value value, void *closure) {
    (void)closure;
    if (value == NONE) value = NULL;
    if (value && !is_dict(value))
        return raise_int(T_TypeError, "__kwdefaults__ must be set to a dict object");
    ((Function *)v)->version = 0;
    SET_FIELD_STEAL(((Function *)v)->kwdefaults, xincref(value));
    return 0;
}

/* A dict; a tuple of names and values in turn, as the compiler made it, is made into one now. */
static Value get_annotations(Value v, void *closure) {
    (void)closure;
    Function *f = (Function *)v;
    if (f->annotations && is_dict(f->annotations)) return incref(f->annotations);
    Value dict = dict_new();
    if (!dict) return NULL;
    for (size_t i = 0; f->annotations && i + 1 < tuple_length(f->annotations); i += 2)
        if (dict_set(dict, tuple_item_borrow(f->annotations, i), tuple_item_borrow(f->annotations, i + 1)) <
            0) {
            decref(dict);
            return NULL;
        }
    SET_FIELD_STEAL(f->annotations, incref(dict));
    return dict;
}

static int set_annotations(Value v, Value value, void *closure) {
    (void)closure;
    if (value == NONE) value = NULL;
    if (value && !is_dict(value))
        return raise_int(T_TypeError, "__annotations__ must be set to a dict object");
    SET_FIELD_STEAL(((Function *)v)->annotations, xincref(value));
    return 0;
}

static Value get_name(Value v, void *closure) { return (void)closure, incref(((Function *)v)->name); }

static int set_name(Value v, Value value, void *closure) {
    (void)closure;
    if (!value || !is_str(value)) return raise_int(T_TypeError, "__name__ must be set to a string object");
    SET_FIELD_STEAL(((Function *)v)->name, incref(value));
    return 0;
}

static Value get_qualname(Value v, void *closure) { return (void)closure, incref(((Function *)v)->qualname); }

static int set_qualname(Value v, Value value, void *closure) {
    (void)closure;
    if (!value || !is_str(value))
        return raise_int(T_TypeError, "__qualname__ must be set to a string object");
    SET_FIELD_STEAL(((Function *)v)->qualname, incref(value));
    return 0;
}

static Value get_type_params(Value v, void *closure) {
    (void)closure;
    Value params = ((Function *)v)->type_params;
    return incref(params ? params : rt->empty_tuple);
}

static int set_type_params(Value v, Value value, void *closure) {
    (void)closure;
    if (!value || !is_tuple(value)) return raise_int(T_TypeError, "__type_params__ must be set to a tuple");
    SET_FIELD_STEAL(((Function *)v)->type_params, incref(value));
    return 0;
}

static Value get_dict(Value v, void *closure) {
    (void)closure;
    Dict *d = attrs_dict_borrow(v);
    return d ? incref(AS_VALUE(d)) : NULL;
}

static int set_dict(Value v, Value value, void *closure) {
    (void)closure;
    return value ? attrs_set_dict(v, value) : raise_int(T_TypeError, "cannot delete __dict__");
}

static const GetSet function_getset[] = {
    {"__code__", get_code, set_code, NULL, NULL},
    {"__defaults__", get_defaults, set_defaults, NULL, NULL},
    {"__kwdefaults__", get_kwdefaults, set_kwdefaults, NULL, NULL},
    {"__annotations__", get_annotations, set_annotations, NULL, NULL},
    {"__dict__", get_dict, set_dict, NULL, NULL},
    {"__name__", get_name, set_name, NULL, NULL},
    {"__qualname__", get_qualname, set_qualname, NULL, NULL},
    {"__type_params__", get_type_params, set_type_params, NULL, NULL},
    {0},
};

static const Member function_members[] = {
    {"__closure__", MEMBER_VALUE, offsetof(Function, closure), true, NULL},
    {"__doc__", MEMBER_VALUE, offsetof(Function, doc), false, NULL},
    {"__globals__", MEMBER_VALUE, offsetof(Function, globals), true, NULL},
    {"__module__", MEMBER_VALUE, offsetof(Function, module), false, NULL},
    {"__builtins__", MEMBER_VALUE, offsetof(Function, builtins), true, NULL},
    {0},
};

/* ---- types.FunctionType(code, globals, name, argdefs, closure) ---- */

static int check_closure(Code *code, Value closure) {
    size_t wanted = code->free_count;
    if (closure == NONE) {
        if (wanted) return raise_int(T_TypeError, "arg 5 (closure) must be tuple");
        return 0;
    }
    if (!is_tuple(closure)) return raise_int(T_TypeError, "arg 5 (closure) must be None or tuple");
    if (tuple_length(closure) != wanted)
        return raise_int(T_ValueError, "%U requires closure of length %zu, not %zu", code->name, wanted,
                         tuple_length(closure));
    for (size_t i = 0; i < wanted; i++)
        if (!IS_EXACT(tuple_item_borrow(closure, i), cell))
            return raise_int(T_TypeError, "arg 5 (closure) expected cell, found %T",
                             tuple_item_borrow(closure, i));
    return 0;
}

static Value function_slot_new(Type *t, Value const *args, size_t nargs, Value kwnames) {
    (void)t;
    static const char *const names[] = {"code", "globals", "name", "argdefs", "closure", NULL};
    static const ArgSpec spec = {"function", names, 5, 2, 5};
    Value a[5];
    if (!args_bind(&spec, args, nargs, kwnames, a)) return NULL;
    for (int i = 2; i < 5; i++)
        if (!a[i]) a[i] = NONE;
    if (!IS_EXACT(a[0], code))
        return raise_error(T_TypeError, "function() argument 'code' must be code, not %K", a[0]);
    if (!is_dict(a[1]))
        return raise_error(T_TypeError, "function() argument 'globals' must be dict, not %K", a[1]);
    if (a[2] != NONE && !is_str(a[2])) return raise_error(T_TypeError, "arg 3 (name) must be None or string");
    if (a[3] != NONE && !is_tuple(a[3]))
        return raise_error(T_TypeError, "arg 4 (defaults) must be None or tuple");
    if (check_closure((Code *)a[0], a[4]) < 0) return NULL;
    Value v = function_new((Code *)a[0], (Dict *)a[1], NULL);
    if (!v) return NULL;
    Function *f = (Function *)v;
    if (a[2] != NONE) SET_FIELD_STEAL(f->name, incref(a[2]));
    if (a[3] != NONE) f->defaults = incref(a[3]);
    if (a[4] != NONE) f->closure = incref(a[4]);
    return v;
}

const TypeSpec function_type_spec = {
    .name = "function",
    .doc = "function(code, globals, name=None, argdefs=None, closure=None)\n--\n\nCreate a function object.",
    .flags = TYPE_GC | TYPE_WEAKREFABLE | TYPE_METHOD_DESCRIPTOR,
    .basic_size = sizeof(Function),
    .has_attrs = true,
    .slots = {.traverse = function_traverse,
              .clear = function_clear,
              .free = function_free,
              .call = function_call,
              .repr = function_repr,
              .descr_get = function_get,
              .new_ = function_slot_new},
    .getset = function_getset,
    .members = function_members,
};
