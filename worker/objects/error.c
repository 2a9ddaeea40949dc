/* error: raising and taking exceptions; warnings; the guards of recursion. */
#include "objects/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/host.h"
#include "base/names.h"
#include "objects/dict.h"
#include "objects/evaluator.h"
#include "objects/exception.h"
#include "objects/int.h"
#include "objects/protocols.h"
#include "objects/str.h"

/* ---- raising ---- */

static Value innermost_handled(void) {
    for (Handled *h = THREAD->handled; h; h = h->previous)
        if (h->exception && h->exception != NONE) return h->exception;
    return NULL;
}

/* Takes `e` out of the chain of contexts that begins at `top`, so that no circle arises. The chain may be a
 * circle itself already: the slow pointer notices. */
static void unlink_from_contexts(Value top, Value e) {
    Value at = top, slow = top;
    bool step = false;
    for (Value next; (next = exception_of(at)->context); at = next) {
        if (next == e) {
            CLEAR_FIELD(exception_of(at)->context);
            return;
        }
        if (next == slow) return;
        if (step) slow = exception_of(slow)->context;
        step = !step;
    }
}

static void set_pending_steal(Value e) { SET_FIELD_STEAL(THREAD->pending, e); }

Value raise_value(Value e) {
    incref(e);
    Value handled = innermost_handled();
    if (handled && handled != e) {
        unlink_from_contexts(handled, e);
        exception_set_context_steal(e, incref(handled));
    }
    set_pending_steal(e);
    return NULL;
}

/* The message could not be made: an object's __repr__ has raised. As in CPython the exception goes out without one. */
static Value raise_without_text(Type *type) {
    Value failure = error_take();
    if (!value_is_instance(failure, TYPE(Exception)) || value_is_instance(failure, TYPE(MemoryError))) {
        error_restore_steal(failure);
        return NULL;
    }
    decref(failure);
    Value e = value_call(AS_VALUE(type), NULL, 0, NULL);
    if (e) raise_value(e);
    xdecref(e);
    return NULL;
}

static Value raise_formatted(Type *type, const char *format, va_list args) {
    Value text =
        strchr(format, '%') ? str_vformat_message(format, args) : str_from_ascii(format, strlen(format));
    if (!text) return raise_without_text(type);
    Value e = type->id < TYPE_COUNT ? exception_from_text((TypeId)type->id, text)
                                    : value_call_one(AS_VALUE(type), text);
    decref(text);
    if (!e) return NULL;
    raise_value(e);
    decref(e);
    return NULL;
}

Value raise_error(TypeId exception, const char *format, ...) {
    va_list args;
    va_start(args, format);
    raise_formatted(rt->types[exception], format, args);
    va_end(args);
    return NULL;
}

int raise_int(TypeId exception, const char *format, ...) {
    va_list args;
    va_start(args, format);
    raise_formatted(rt->types[exception], format, args);
    va_end(args);
    return -1;
}

Value raise_type(Type *exception, const char *format, ...) {
    va_list args;
    va_start(args, format);
    raise_formatted(exception, format, args);
    va_end(args);
    return NULL;
}

Value raise_with(TypeId exception, Value arg) {
    Value e = exception_new(exception, &arg, 1);
    if (!e) return NULL;
    raise_value(e);
    decref(e);
    return NULL;
}

Value raise_no_memory(void) {
    Value e = exception_no_memory();
    if (e) raise_value(e);
    xdecref(e);
    return NULL;
}

int raise_cannot_set(Value o, Value name) {
    if (is_type(o))
        return raise_int(T_AttributeError, "type object '%.50N' has no attribute '%U'", (Type *)o, name);
    return raise_int(T_AttributeError, "'%.100T' object has no attribute '%U'", o, name);
}

Value raise_attribute_error(Value o, Value name) {
    if (error_matches(T_MemoryError)) return NULL; /* the lookup itself ran out */
    Value text = is_type(o) ? str_format("type object '%.50N' has no attribute '%U'", (Type *)o, name)
                            : str_format("'%.50T' object has no attribute '%U'", o, name);
    Value e = text ? exception_from_text(T_AttributeError, text) : NULL;
    xdecref(text);
    if (!e) return NULL;
    exception_of(e)->fields[ATTRIBUTE_NAME] = incref(name);
    exception_of(e)->fields[ATTRIBUTE_OBJ] = incref(o);
    raise_value(e);
    decref(e);
    return NULL;
}

Value raise_name_error(TypeId exception, const char *format, Value name) {
    Value text = str_format(format, name);
    Value e = text ? exception_from_text(exception, text) : NULL;
    xdecref(text);
    if (!e) return NULL;
    if (exception == T_NameError) exception_of(e)->fields[NAME_NAME] = incref(name);
    raise_value(e);
    decref(e);
    return NULL;
}

Value raise_stop_iteration(Value value) {
    Value e = exception_new(T_StopIteration, &value, value ? 1 : 0);
    if (!e) return NULL;
    raise_value(e);
    decref(e);
    return NULL;
}

Value raise_os_error(int number, Value filename) {
    Value text = str_from_cstr(strerror(number));
    if (!text) return NULL;
    Value args[3] = {small_int_new(number), text, filename};
    Value e = value_call(AS_VALUE(TYPE(OSError)), args, filename ? 3 : 2, NULL);
    decref(text);
    if (e) raise_value(e);
    xdecref(e);
    return NULL;
}

/* ---- asking and taking ---- */

bool error_matches(TypeId exception) {
    return THREAD->pending && value_is_instance(THREAD->pending, rt->types[exception]);
}

Value error_take(void) {
    Value e = THREAD->pending;
    THREAD->pending = NULL;
    return e;
}

Value error_borrow(void) { return THREAD->pending; }

void error_restore_steal(Value e) { set_pending_steal(e); }

void error_clear(void) { set_pending_steal(NULL); }

bool error_swallow(TypeId exception) {
    if (!error_matches(exception)) return false;
    error_clear();
    return true;
}

void error_chain_steal(Value earlier) {
    Value now = THREAD->pending;
    if (!now) {
        set_pending_steal(earlier);
        return;
    }
    if (now == earlier) {
        decref(earlier);
        return;
    }
    unlink_from_contexts(earlier, now);
    exception_set_context_steal(now, earlier);
}

Value raise_from_pending(TypeId exception, const char *format, ...) {
    Value earlier = error_take();
    va_list args;
    va_start(args, format);
    raise_formatted(rt->types[exception], format, args);
    va_end(args);
    Value now = THREAD->pending;
    if (!earlier || !now) {
        xdecref(earlier);
        return NULL;
    }
    exception_set_cause_steal(now, incref(earlier));
    exception_set_context_steal(now, earlier);
    return NULL;
}

/* ---- what nobody can catch ---- */

static void write_stderr(Value text) {
    Value file = rt->sys_dict ? dict_get_str_borrow(AS_VALUE(rt->sys_dict), NAME(stderr)) : NULL;
    if (file && file != NONE) {
        incref(file);
        Value result = value_call_method_one(file, NAME(write), text);
        decref(file);
        if (result) {
            decref(result);
            return;
        }
        error_clear();
    }
    size_t n;
    const char *bytes = str_wtf8(text, &n);
    if (bytes && rt->host && rt->host->write) rt->host->write(rt->host->ctx, 2, bytes, n);
    error_clear();
}

static void write_steal(Value text) {
    if (text) write_stderr(text);
    xdecref(text);
    error_clear();
}

/* All that can be told of an error when there is no memory. */
static void write_name_of(Value e) {
    const char *name = type_of(e)->kind.name;
    if (!rt->host || !rt->host->write) return;
    rt->host->write(rt->host->ctx, 2, name, strlen(name));
    rt->host->write(rt->host->ctx, 2, "\n", 1);
}

void error_write_unraisable(Value e, Value where, Value message) {
    bool told = message && message != NONE;
    if (where && where != NONE) {
        Value shown = value_repr(where);
        if (!shown) error_clear();
        if (!shown) shown = str_from_cstr("<object repr() failed>");
        if (shown)
            write_steal(told ? str_format("%S: %U\n", message, shown)
                             : str_format("Exception ignored in: %U\n", shown));
        xdecref(shown);
    } else if (told) {
        write_steal(str_format("%S:\n", message));
    }
    Value text = exception_format_alone(e);
    if (!text) write_name_of(e);
    write_steal(text);
}

/* Calls a sys.unraisablehook that is not the original. */
static void call_hook(Value hook, Value e, Value where, Value message) {
    incref(hook);
    if (IS(e, MemoryError)) rt->memory_errors_met++;
    Value args = unraisable_hook_args(e, message, where), done = args ? value_call_one(hook, args) : NULL;
    xdecref(args);
    xdecref(done);
    if (!done) {
        Value second = error_take(), text = str_from_cstr("Exception ignored in sys.unraisablehook");
        if (second) error_write_unraisable(second, hook, text);
        xdecref(second);
        xdecref(text);
        error_clear();
    }
    decref(hook);
}

void error_unraisable(Value where, const char *message) {
    Value e = error_take();
    if (!e) return;
    traceback_give_place(e);
    Value sys = rt->sys_dict ? AS_VALUE(rt->sys_dict) : NULL,
          hook = sys ? dict_get_str_borrow(sys, NAME(unraisablehook)) : NULL;
    Value text = message ? str_from_cstr(message) : NONE;
    error_clear();
    if (!hook || hook == NONE || hook == dict_get_str_borrow(sys, NAME(__unraisablehook__)))
        error_write_unraisable(e, where, text);
    else call_hook(hook, e, where ? where : NONE, text ? text : NONE);
    xdecref(text);
    decref(e);
}

/* ---- warnings ---- */

/* The default filters hide these outside of __main__. */
static bool hidden_by_default(TypeId category) {
    return category == T_DeprecationWarning || category == T_PendingDeprecationWarning ||
           category == T_ImportWarning || category == T_ResourceWarning;
}

static Value warnings_module(bool import) {
    Value module =
        rt->modules && is_dict(rt->modules) ? dict_get_str_borrow(rt->modules, NAME(warnings)) : NULL;
    if (module && module != NONE) return incref(module);
    Value f = import && rt->builtins ? dict_get_str_borrow(AS_VALUE(rt->builtins), NAME(__import__)) : NULL;
    return f ? value_call_one(f, NAME(warnings)) : NULL;
}

static int warn(Value module, Value text, TypeId category, int stack_level) {
    Value args[3] = {text, AS_VALUE(rt->types[category]), small_int_new(stack_level)};
    Value f = value_getattr_cstr(module, "warn");
    Value result = f ? value_call(f, args, 3, NULL) : NULL;
    xdecref(f);
    xdecref(result);
    return result ? 0 : -1;
}

int raise_warning(TypeId category, int stack_level, const char *format, ...) {
    Value module = warnings_module(!hidden_by_default(category));
    if (!module && error_pending()) error_clear();
    if (!module && hidden_by_default(category)) return 0;
    va_list args;
    va_start(args, format);
    Value text = str_vformat_message(format, args);
    va_end(args);
    int status = text ? 0 : -1;
    if (text && module) {
        status = warn(module, text, category, stack_level);
    } else if (text) {
        Value line = str_format("sys:1: %N: %U\n", rt->types[category], text);
        if (line) write_stderr(line);
        xdecref(line);
        error_clear();
    }
    xdecref(text);
    xdecref(module);
    return status;
}

/* ---- recursion ---- */

int recursion_enter(const char *where) {
    char *here = __builtin_frame_address(0);
    Thread *thread = THREAD;
    bool deep = thread->depth >= rt->recursion_limit + thread->depth_extra;
    if (__builtin_expect(!deep && here > thread->stack_limit, 1)) {
        thread->depth++;
        return 0;
    }
    thread->depth_extra += 50; /* room to make the exception in */
    raise_error(T_RecursionError, "maximum recursion depth exceeded%s", where ? where : "");
    thread->depth_extra -= 50;
    return -1;
}
