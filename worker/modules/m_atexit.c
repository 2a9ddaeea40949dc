/* atexit: functions to be called at the program's end, last registered first. */
#include "modules/atexit.h"

#include "modules/module.h"
#include "objects/dict.h"
#include "objects/str.h"

typedef struct AtexitState {
    Value
        calls; /* list of (function, args, kwargs or None); None where one was unregistered, which _ncallbacks still counts */
} AtexitState;

#define ATEXIT MODULE_STATE(atexit, AtexitState)

static Value atexit_register(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    if (nargs == 0) return raise_error(T_TypeError, "register() takes at least 1 argument (0 given)");
    if (!value_is_callable(args[0])) return raise_error(T_TypeError, "the first argument must be callable");
    Value positional = tuple_from_array(args + 1, nargs - 1), keywords = NONE, call = NULL;
    if (kwnames && tuple_length(kwnames)) keywords = dict_new();
    for (size_t i = 0; keywords && keywords != NONE && i < tuple_length(kwnames); i++)
        if (dict_set(keywords, tuple_item_borrow(kwnames, i), args[nargs + i]) < 0) CLEAR_FIELD(keywords);
    if (positional && keywords) call = tuple_pack(3, args[0], positional, keywords);
    xdecref(keywords);
    xdecref(positional);
    return !call || list_append_steal(ATEXIT->calls, call) < 0 ? NULL : incref(args[0]);
}

static Value run_exitfuncs(Value module) {
    (void)module;
    Value calls = ATEXIT->calls;
    for (size_t i = list_length(calls); i-- > 0;) { /* what is registered meanwhile comes too late */
        if (i >= list_length(calls)) continue;
        Value call = incref(list_item_borrow(calls, i));
        if (call == NONE) continue;
        Value function = tuple_item_borrow(call, 0), keywords = tuple_item_borrow(call, 2);
        Value done =
            value_call_tuple_dict(function, tuple_item_borrow(call, 1), keywords == NONE ? NULL : keywords);
        if (!done) error_unraisable(function, "Exception ignored in atexit callback");
        xdecref(done);
        decref(call);
    }
    return list_set_slice(calls, 0, (ssize_t)list_length(calls), NULL) < 0 ? NULL : NONE;
}

void atexit_run(void) {
    if (ATEXIT && ATEXIT->calls) xdecref(run_exitfuncs(NULL));
    if (error_pending()) error_clear();
}

static Value atexit_clear(Value module) {
    (void)module;
    return list_set_slice(ATEXIT->calls, 0, (ssize_t)list_length(ATEXIT->calls), NULL) < 0 ? NULL : NONE;
}

static Value atexit_unregister(Value module, Value function) {
    (void)module;
    Value calls = ATEXIT->calls;
    for (size_t i = list_length(calls); i-- > 0;) {
        if (i >= list_length(calls)) continue; /* a comparison changed the list */
        Value call = incref(list_item_borrow(calls, i));
        if (call == NONE) continue;
        int equal = value_equal(tuple_item_borrow(call, 0), function);
        bool there = i < list_length(calls) && list_item_borrow(calls, i) == call;
        decref(call);
        if (equal < 0) return NULL;
        if (equal && there) SET_FIELD_STEAL(((List *)calls)->items[i], NONE);
    }
    return NONE;
}

static Value atexit_ncallbacks(Value module) {
    (void)module;
    return small_int_new((int64_t)list_length(ATEXIT->calls));
}

static const NativeMethod atexit_functions[] = {
    METHOD_KW("register", atexit_register,
              "register(func, *args, **kwargs)\n\nHas a function called at the end. Returns it."),
    METHOD_ONE("unregister", atexit_unregister, "unregister($module, func, /)\n--\n\nForgets a function."),
    METHOD_NOARGS("_clear", atexit_clear, NULL),
    METHOD_NOARGS("_run_exitfuncs", run_exitfuncs, NULL),
    METHOD_NOARGS("_ncallbacks", atexit_ncallbacks, NULL),
    METHOD_END,
};

static int atexit_ready(Value module) {
    (void)module;
    AtexitState *s = module_state_new(M_atexit, sizeof *s);
    if (!s) return -1;
    if (!s->calls) s->calls = list_new(0);
    return s->calls ? 0 : -1;
}

const ModuleSpec module_atexit = {
    .name = "atexit",
    .doc = "Functions to be called at the program's end.",
    .functions = atexit_functions,
    .ready = atexit_ready,
};
