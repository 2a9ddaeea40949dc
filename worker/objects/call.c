/* call: calling any value. A type's `call` slot is given the callable itself first. */
#include "base/names.h"
#include "objects/dict.h"
#include "objects/function.h"
#include "objects/protocols.h"
#include "objects/slots.h"
#include "objects/str.h"

enum { PREPEND_MAX = 10 }; /* arguments copied on the C stack; more go to the heap */

bool value_is_callable(Value o) { return type_of(o)->slots.call != NULL; }

Value value_call(Value callable, Value const *args, size_t nargs, Value kwnames) {
    CallFn call = type_of(callable)->slots.call;
    if (stack_is_low()) return NULL;
    if (__builtin_expect(call != NULL, 1)) return call(callable, args, nargs, kwnames);
    return raise_error(T_TypeError, "'%T' object is not callable", callable);
}

Value value_call_noargs(Value callable) { return value_call(callable, NULL, 0, NULL); }

Value value_call_one(Value callable, Value arg) { return value_call(callable, &arg, 1, NULL); }

Value value_call_two(Value callable, Value a, Value b) {
    Value args[2] = {a, b};
    return value_call(callable, args, 2, NULL);
}

Value value_call_three(Value callable, Value a, Value b, Value c) {
    Value args[3] = {a, b, c};
    return value_call(callable, args, 3, NULL);
}

Value value_call_prepend(Value callable, Value first, Value const *args, size_t nargs, Value kwnames) {
    size_t total = nargs + (kwnames ? tuple_length(kwnames) : 0);
    Value stack[PREPEND_MAX + 1];
    Value *all = stack;
    if (total > PREPEND_MAX) {
        all = heap_calloc(rt->heap, total + 1, sizeof *all);
        if (!all) return raise_no_memory();
    }
    all[0] = first;
    if (total) memcpy(all + 1, args, total * sizeof *all);
    Value result = value_call(callable, all, nargs + 1, kwnames);
    if (all != stack) heap_free(rt->heap, all);
    return result;
}

Value call_keyword_names(Value kwargs, Value *places) {
    Value names = tuple_new(dict_length(kwargs));
    if (!names) return NULL;
    size_t at = 0, i = 0;
    Value key, value;
    while (dict_next(kwargs, &at, &key, &value)) {
        if (!is_str(key)) {
            decref(names);
            return raise_error(T_TypeError, "keywords must be strings");
        }
        tuple_init_item_steal(names, i, incref(key));
        places[i++] = value;
    }
    return names;
}

Value value_call_tuple_dict(Value callable, Value args, Value kwargs) {
    size_t nargs = args ? tuple_length(args) : 0, nkeywords = kwargs ? dict_length(kwargs) : 0;
    if (nkeywords == 0) {
        Value const *items = args ? ((Tuple *)args)->items : NULL;
        return value_call(callable, items, nargs, NULL);
    }
    Value *all = heap_calloc(rt->heap, nargs + nkeywords, sizeof *all);
    if (!all) return raise_no_memory();
    if (nargs) memcpy(all, ((Tuple *)args)->items, nargs * sizeof *all);
    Value names = call_keyword_names(kwargs, all + nargs);
    Value result = NULL;
    if (names) { /* the values are held: the dict may change during the call */
        for (size_t i = nargs; i < nargs + nkeywords; i++) incref(all[i]);
        result = value_call(callable, all, nargs, names);
        for (size_t i = nargs; i < nargs + nkeywords; i++) decref(all[i]);
        decref(names);
    }
    heap_free(rt->heap, all);
    return result;
}

Value value_call_method(Value o, Value name, Value const *args, size_t nargs) {
    Value self;
    Value method = value_get_method(o, name, &self);
    if (!method) return NULL;
    Value result =
        self ? value_call_prepend(method, self, args, nargs, NULL) : value_call(method, args, nargs, NULL);
    decref(method);
    return result;
}

Value value_call_method_noargs(Value o, Value name) { return value_call_method(o, name, NULL, 0); }

Value value_call_method_one(Value o, Value name, Value arg) { return value_call_method(o, name, &arg, 1); }
