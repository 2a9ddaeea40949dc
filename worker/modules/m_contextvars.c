/*
 * _contextvars: context variables. A Context holds a dict from variables to values; thread->context is the one in use, made when
 * first needed. Context.run puts another in its place for the time of a call; copies take the dict's copy.
 */
#include "modules/contextvars.h"
#include "modules/fields.h"
#include "modules/module.h"
#include "objects/dict.h"
#include "objects/generic.h"
#include "objects/str.h"

typedef struct Context {
    HeapObject head;
    Value vars;    /* dict */
    Value outside; /* the context in use before run(), or NULL */
    bool entered;
} Context;

typedef struct Variable {
    HeapObject head;
    Value name, fallback;    /* fallback: NULL when there is none */
    uint32_t version, place; /* of keys of vars, and its entry there; 0: not known */
} Variable;

typedef struct Token {
    HeapObject head;
    Value context, variable, old; /* old: NULL when the variable had no value */
    bool used;
} Token;

typedef struct ContextState {
    Type *context, *variable, *token;
    Value missing; /* Token.MISSING */
} ContextState;

#define STATE MODULE_STATE(contextvars, ContextState)

FIELDS_LIFE(context, 2)
FIELDS_LIFE(variable, 2)
FIELDS_LIFE(token, 3)

/* ---- contexts ---- */

static Value context_new_steal(Value vars) {
    Context *c = vars ? (Context *)value_alloc(STATE->context, 0) : NULL;
    if (!c) {
        xdecref(vars);
        return NULL;
    }
    c->vars = vars;
    c->outside = NULL;
    c->entered = false;
    value_track(AS_VALUE(c));
    return AS_VALUE(c);
}

/* The context in use, borrowed; NULL raised. */
static Context *current(void) {
    if (!THREAD->context) THREAD->context = context_new_steal(dict_new());
    return (Context *)THREAD->context;
}

static Value vars_of(Value context) { return ((Context *)context)->vars; }

static Value context_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    (void)type, (void)args;
    if (nargs || kwnames) return raise_error(T_TypeError, "Context() does not accept any arguments");
    return context_new_steal(dict_new());
}

static Value context_copy(Value v) { return context_new_steal(dict_copy(vars_of(v))); }

static Value context_run(Value v, Value const *args, size_t nargs, Value kwnames) {
    Context *c = (Context *)v;
    if (nargs < 1) return raise_error(T_TypeError, "run() missing 1 required positional argument");
    if (c->entered) return raise_error(T_RuntimeError, "cannot enter context: %R is already entered", v);
    c->entered = true;
    c->outside = THREAD->context;
    THREAD->context = incref(v);
    Value result = value_call(args[0], args + 1, nargs - 1, kwnames);
    Value inside = THREAD->context;
    THREAD->context = c->outside;
    c->outside = NULL;
    c->entered = false;
    decref(inside);
    return result;
}

static int check_variable(Value key) {
    if (is_object(key) && type_of(key) == STATE->variable) return 0;
    return raise_int(T_TypeError, "a ContextVar key was expected, got %R", key);
}

static Value context_getitem(Value v, Value key) {
    Value found;
    if (check_variable(key) < 0) return NULL;
    int status = dict_find(vars_of(v), key, &found);
    if (status > 0) return incref(found);
    return status < 0 ? NULL : raise_with(T_KeyError, key);
}

static int context_contains(Value v, Value key) {
    Value ignored;
    return check_variable(key) < 0 ? -1 : dict_find(vars_of(v), key, &ignored);
}

static ssize_t context_length(Value v) { return (ssize_t)dict_length(vars_of(v)); }
static Value context_iter(Value v) { return value_iter(vars_of(v)); }
static Value list_iterator_steal(Value list) {
    Value it = list ? value_iter(list) : NULL;
    xdecref(list);
    return it;
}
static Value context_keys(Value v) { return list_iterator_steal(dict_keys_list(vars_of(v))); }
static Value context_values(Value v) { return list_iterator_steal(dict_values_list(vars_of(v))); }
static Value context_items(Value v) { return list_iterator_steal(dict_items_list(vars_of(v))); }

static Value context_get(Value v, Value const *args, size_t nargs) {
    if (!args_count("get", nargs, 1, 2) || check_variable(args[0]) < 0) return NULL;
    Value found;
    int status = dict_find(vars_of(v), args[0], &found);
    return status < 0 ? NULL : incref(status ? found : nargs > 1 ? args[1] : NONE);
}

static Value context_compare(Value a, Value b, CompareOp op) {
    if ((op != CMP_EQ && op != CMP_NE) || !is_object(b) || type_of(b) != STATE->context)
        return NOT_IMPLEMENTED;
    return value_compare(vars_of(a), vars_of(b), op);
}

static const NativeMethod context_methods[] = {
    METHOD_NOARGS("copy", context_copy, "copy($self, /)\n--\n\nA copy of the context."),
    METHOD_KW("run", context_run, "run(callable, *args, **kwargs)\n\nCalls with this context in use."),
    METHOD_FAST("get", context_get,
                "get($self, key, default=None, /)\n--\n\nThe variable's value here, or the default."),
    METHOD_NOARGS("keys", context_keys, "keys($self, /)\n--\n\nThe variables that have a value here."),
    METHOD_NOARGS("values", context_values, "values($self, /)\n--\n\nTheir values."),
    METHOD_NOARGS("items", context_items, "items($self, /)\n--\n\nPairs of both."),
    METHOD_END,
};

static const TypeSpec context_spec = {
    .name = "_contextvars.Context",
    .flags = TYPE_GC | TYPE_WEAKREFABLE | TYPE_MAPPING,
    .basic_size = sizeof(Context),
    .slots = {.getattr = object_getattr,
              .traverse = context_traverse,
              .clear = NULL,
              .free = context_free,
              .new_ = context_make,
              .compare = context_compare,
              .hash = hash_not_implemented,
              .iter = context_iter,
              .length = context_length,
              .getitem = context_getitem,
              .contains = context_contains},
    .methods = context_methods,
};

/* ---- variables ---- */

static Value variable_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"", "default", NULL};
    static const ArgSpec spec = {"ContextVar", names, 2, 1, 1};
    Value out[2];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    if (!is_str(out[0])) return raise_error(T_TypeError, "context variable name must be a str");
    Variable *v = (Variable *)value_alloc(type, 0);
    if (!v) return NULL;
    v->name = incref(out[0]);
    v->fallback = xincref(out[1]);
    v->version = v->place = 0;
    value_track(AS_VALUE(v));
    return AS_VALUE(v);
}

/* Where the variable stands in the vars is remembered for as long as those have the same keys. */
static int find_kept(Dict *vars, Variable *variable, Value *out) {
    if (vars->version && vars->version == variable->version) {
        *out = vars->entries[variable->place].value;
        return 1;
    }
    int status = dict_find(AS_VALUE(vars), AS_VALUE(variable), out);
    for (uint32_t i = 0; status > 0 && i < vars->used_entries; i++)
        if (vars->entries[i].key == AS_VALUE(variable)) {
            variable->place = i;
            variable->version = dict_keys_version(vars);
        }
    return status;
}

int context_variable_get(Value variable, Value *out) {
    Context *c = current();
    *out = NULL;
    if (!c || find_kept((Dict *)c->vars, (Variable *)variable, out) < 0) return -1;
    if (!*out) *out = ((Variable *)variable)->fallback;
    xincref(*out);
    return 0;
}

static Value variable_get(Value self, Value const *args, size_t nargs) {
    if (!args_count("get", nargs, 0, 1)) return NULL;
    Context *c = current();
    Value found;
    if (!c || dict_find(c->vars, self, &found) < 0) return NULL;
    if (!found) found = nargs ? args[0] : ((Variable *)self)->fallback;
    return found ? incref(found) : raise_with(T_LookupError, self);
}

static Value variable_set(Value self, Value value) {
    Context *c = current();
    Value old;
    if (!c || dict_find(c->vars, self, &old) < 0) return NULL;
    Token *t = (Token *)value_alloc(STATE->token, 0);
    if (!t) return NULL;
    t->context = INCREF(AS_VALUE(c));
    t->variable = incref(self);
    t->old = xincref(old);
    t->used = false;
    value_track(AS_VALUE(t));
    if (dict_set(c->vars, self, value) == 0) return AS_VALUE(t);
    DECREF(t);
    return NULL;
}

static Value variable_reset(Value self, Value token) {
    if (!is_object(token) || type_of(token) != STATE->token)
        return raise_error(T_TypeError, "expected an instance of Token, got %R", token);
    Token *t = (Token *)token;
    if (t->used) return raise_error(T_RuntimeError, "%R has already been used once", token);
    if (t->variable != self)
        return raise_error(T_ValueError, "%R was created by a different ContextVar", token);
    Context *c = current();
    if (!c) return NULL;
    if (t->context != AS_VALUE(c))
        return raise_error(T_ValueError, "%R was created in a different Context", token);
    t->used = true;
    int status = t->old ? dict_set(c->vars, self, t->old) : dict_delete(c->vars, self);
    return status < 0 ? NULL : NONE;
}

static Value variable_repr(Value self) {
    Variable *v = (Variable *)self;
    if (v->fallback)
        return str_format("<ContextVar name=%R default=%R at %p>", v->name, v->fallback, (void *)self);
    return str_format("<ContextVar name=%R at %p>", v->name, (void *)self);
}

static const NativeMethod variable_methods[] = {
    METHOD_FAST("get", variable_get,
                "get([default])\n\nThe value in the context in use, the default, or LookupError."),
    METHOD_ONE("set", variable_set,
               "set($self, value, /)\n--\n\nSets the value in the context in use; a token for reset()."),
    METHOD_ONE("reset", variable_reset,
               "reset($self, token, /)\n--\n\nTakes the set() that gave the token back."),
    METHOD_CLASS_GETITEM,
    METHOD_END,
};

static const Member variable_members[] = {
    {"name", MEMBER_VALUE, offsetof(Variable, name), true, NULL},
    {NULL, 0, 0, false, NULL},
};

static const TypeSpec variable_spec = {
    .name = "_contextvars.ContextVar",
    .flags = TYPE_GC | TYPE_WEAKREFABLE,
    .basic_size = sizeof(Variable),
    .slots = {.getattr = object_getattr,
              .traverse = variable_traverse,
              .free = variable_free,
              .repr = variable_repr,
              .new_ = variable_make},
    .methods = variable_methods,
    .members = variable_members,
};

/* ---- tokens ---- */

static Value token_old(Value self, void *closure) {
    (void)closure;
    Token *t = (Token *)self;
    return incref(t->old ? t->old : STATE->missing);
}

static Value token_repr(Value self) {
    Token *t = (Token *)self;
    return str_format("<Token%s var=%R at %p>", t->used ? " used" : "", t->variable, (void *)self);
}

static const NativeMethod token_methods[] = {
    METHOD_CLASS_GETITEM,
    METHOD_END,
};

static const Member token_members[] = {
    {"var", MEMBER_VALUE, offsetof(Token, variable), true, NULL},
    {NULL, 0, 0, false, NULL},
};

static const GetSet token_getset[] = {
    {"old_value", token_old, NULL, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static Value token_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    (void)type, (void)args, (void)nargs, (void)kwnames;
    return raise_error(T_RuntimeError, "Tokens can only be created by ContextVars");
}

static const TypeSpec token_spec = {
    .name = "_contextvars.Token",
    .flags = TYPE_GC,
    .basic_size = sizeof(Token),
    .slots = {.getattr = object_getattr,
              .traverse = token_traverse,
              .clear = token_clear,
              .free = token_free,
              .repr = token_repr,
              .new_ = token_make,
              .hash = hash_not_implemented},
    .methods = token_methods,
    .members = token_members,
    .getset = token_getset,
};

/* Token.MISSING: an object that shows itself as <Token.MISSING>. */
static Value missing_repr(Value self) { return (void)self, str_from_cstr("<Token.MISSING>"); }

static const TypeSpec missing_spec = {
    .name = "Token.MISSING",
    .flags = TYPE_NOT_INSTANTIABLE,
    .basic_size = sizeof(Object),
    .slots = {.getattr = object_getattr, .repr = missing_repr},
};

/* ---- the module ---- */

static Value copy_context(Value module) {
    (void)module;
    Context *c = current();
    return c ? context_copy(AS_VALUE(c)) : NULL;
}

static const NativeMethod functions[] = {
    METHOD_NOARGS("copy_context", copy_context,
                  "copy_context($module, /)\n--\n\nA copy of the context in use."),
    METHOD_END,
};

static int ready(Value module) {
    ContextState *state = module_state_new(M_contextvars, sizeof *state);
    Type *missing = NULL;
    if (!state || module_make_type(module, &state->context, &context_spec, NULL) < 0 ||
        module_make_type(module, &state->variable, &variable_spec, NULL) < 0 ||
        module_make_type(module, &state->token, &token_spec, NULL) < 0)
        return -1;
    if (state->missing) return 0;
    if (module_ready_type(&missing, &missing_spec, NULL) < 0 || !(state->missing = value_alloc(missing, 0)))
        return -1;
    Dict *dict = type_dict_borrow(state->token);
    return dict ? dict_set_cstr(AS_VALUE(dict), "MISSING", state->missing) : -1;
}

const ModuleSpec module_contextvars = {"_contextvars", "Context Variables", functions, ready};
