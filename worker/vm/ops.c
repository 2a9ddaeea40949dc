/* ops: the instructions that are too big for the loop: names, unpacking, with, super, functions, strings, calls with * and **. */
#include "objects/typevar.h"
#include "vm/generator.h"
#include "vm/vm_internal.h"

/* ---- names ---- */

/* mapping[name] where a missing key is no error: 1 found (*out new), 0, -1 raised. */
static int mapping_find(Value mapping, Value name, Value *out) {
    *out = NULL;
    if (IS_EXACT(mapping, dict)) {
        int found = dict_find(mapping, name, out);
        if (found > 0) incref(*out);
        return found;
    }
    *out = value_getitem(mapping, name);
    if (*out) return 1;
    return error_swallow(T_KeyError) ? 0 : -1;
}

/* As mapping_find in the frame's builtins, which `__builtins__` of the globals may say to be anything. */
static int find_in_builtins(Frame *f, Value name, Value *out) {
    Dict *builtins = frame_builtins(f), *globals = frame_globals(f);
    if (builtins != globals) return mapping_find(AS_VALUE(builtins), name, out);
    Value given = dict_get_str_borrow(AS_VALUE(globals), NAME(__builtins__));
    return mapping_find(given && !IS(given, module) ? given : AS_VALUE(globals), name, out);
}

Value ops_load_global(Frame *f, Value name) {
    Value v;
    int found = mapping_find(AS_VALUE(frame_globals(f)), name, &v);
    if (found == 0) found = find_in_builtins(f, name, &v);
    if (found == 0) return raise_name_error(T_NameError, "name '%U' is not defined", name);
    return v;
}

Value ops_load_from_dict_or_globals(Frame *f, Value mapping, Value name) {
    Value v;
    int found = mapping_find(mapping, name, &v);
    return found == 0 ? ops_load_global(f, name) : v;
}

static Value no_locals(const char *doing, Value name) {
    return raise_error(T_SystemError, "no locals %s %R", doing, name);
}

Value ops_load_name(Frame *f, Value name) {
    Value mapping = frame_mapping(f);
    return mapping ? ops_load_from_dict_or_globals(f, mapping, name) : no_locals("when loading", name);
}

int ops_store_name(Frame *f, Value name, Value value) {
    Value mapping = frame_mapping(f);
    if (!mapping) return no_locals("found when storing", name), -1;
    return IS_EXACT(mapping, dict) ? dict_set(mapping, name, value) : value_setitem(mapping, name, value);
}

int ops_delete_name(Frame *f, Value name) {
    Value mapping = frame_mapping(f);
    if (!mapping) return no_locals("when deleting", name), -1;
    if (value_delitem(mapping, name) == 0) return 0;
    if (error_swallow(T_KeyError)) raise_name_error(T_NameError, "name '%U' is not defined", name);
    return -1;
}

void ops_raise_unbound(Code *code, uint32_t slot) {
    Value name = tuple_item_borrow(code->local_names, slot);
    if (code->local_kinds[slot] & LOCAL_FREE)
        raise_name_error(
            T_NameError,
            "cannot access free variable '%U' where it is not associated with a value in enclosing scope",
            name);
    else
        raise_name_error(T_UnboundLocalError,
                         "cannot access local variable '%U' where it is not associated with a value", name);
}

Value ops_load_class_deref(Frame *f, uint32_t slot, Value mapping) {
    Value v = NULL;
    int found = mapping ? mapping_find(mapping, tuple_item_borrow(f->code->local_names, slot), &v) : 0;
    if (found != 0) return v;
    v = ((Cell *)f->slots[slot])->value;
    if (v) return incref(v);
    ops_raise_unbound(f->code, slot);
    return NULL;
}

int ops_setup_annotations(Frame *f) {
    Value mapping = frame_mapping(f), found;
    if (!mapping) return no_locals("when setting up annotations for", NAME(__annotations__)), -1;
    int status = mapping_find(mapping, NAME(__annotations__), &found);
    xdecref(found);
    if (status != 0) return status < 0 ? -1 : 0;
    Value dict = dict_new();
    if (!dict) return -1;
    status = ops_store_name(f, NAME(__annotations__), dict);
    decref(dict);
    return status;
}

Value ops_load_build_class(Frame *f) {
    Value v;
    int found = find_in_builtins(f, NAME(__build_class__), &v);
    return found == 0 ? raise_name_error(T_NameError, "__build_class__ not found", NAME(__build_class__)) : v;
}

/* ---- unpacking ---- */

static void drop_all(Value *from, Value *to) {
    while (from < to) decref(*from++);
}

static int raise_too_few(size_t wanted, bool at_least, size_t got) {
    return raise_int(T_ValueError,
                     at_least ? "not enough values to unpack (expected at least %zu, got %zu)"
                              : "not enough values to unpack (expected %zu, got %zu)",
                     wanted, got);
}

/* The first n items of an iterator, downwards from `end`. */
static int take_items(Value it, size_t n, size_t wanted, bool at_least, Value *end) {
    for (size_t i = 0; i < n; i++) {
        Value item = value_next(it);
        if (!item) {
            if (!error_pending()) raise_too_few(wanted, at_least, i);
            drop_all(end - i, end);
            return -1;
        }
        end[-(ssize_t)i - 1] = item;
    }
    return 0;
}

static int unpack_exact(Value it, size_t n, Value *out) {
    if (take_items(it, n, n, false, out + n) < 0) return -1;
    Value more = value_next(it);
    if (!more && !error_pending()) return 0;
    if (more) {
        decref(more);
        raise_error(T_ValueError, "too many values to unpack (expected %zu)", n);
    }
    drop_all(out, out + n);
    return -1;
}

static int unpack_star(Value it, size_t before, size_t after, Value *out) {
    Value *end = out + before + 1 + after;
    if (take_items(it, before, before + after, true, end) < 0) return -1;
    Value list = value_to_list(it);
    if (!list) goto fail;
    size_t n = list_length(list);
    if (n < after) {
        decref(list);
        raise_too_few(before + after, true, before + n);
        goto fail;
    }
    List *l = (List *)list;
    for (size_t i = 0; i < after; i++) out[i] = l->items[n - 1 - i];
    l->length = n - after;
    out[after] = list;
    return 0;
fail:
    drop_all(end - before, end);
    return -1;
}

int ops_unpack(Value v, size_t before, ssize_t after, Value *out) {
    if (after < 0 && (IS_EXACT(v, tuple) || IS_EXACT(v, list))) {
        size_t n = fast_sequence_length(v);
        if (n < before) return raise_too_few(before, false, n);
        if (n > before) return raise_int(T_ValueError, "too many values to unpack (expected %zu)", before);
        for (size_t i = 0; i < n; i++) out[i] = incref(fast_sequence_items(v)[n - 1 - i]);
        return 0;
    }
    Value it = value_iter(v);
    if (!it) {
        if (error_matches(T_TypeError) && !type_of(v)->slots.iter && !value_is_sequence(v)) {
            error_clear();
            raise_error(T_TypeError, "cannot unpack non-iterable %T object", v);
        }
        return -1;
    }
    int status = after < 0 ? unpack_exact(it, before, out) : unpack_star(it, before, (size_t)after, out);
    decref(it);
    return status;
}

/* ---- strings ---- */

Value ops_build_string(Value *pieces, size_t n) {
    if (n == 2) return str_concat(pieces[0], pieces[1]);
    StrBuilder text = STR_BUILDER_INIT;
    for (size_t i = 0; i < n; i++) {
        if (str_builder_add(&text, pieces[i]) < 0) {
            str_builder_drop(&text);
            return NULL;
        }
    }
    return str_builder_finish(&text);
}

Value ops_format(Value v, uint32_t conversion, Value spec) {
    Value converted = NULL;
    switch (conversion) {
    case 1: converted = value_str(v); break;
    case 2: converted = value_repr(v); break;
    case 3: converted = value_ascii(v); break;
    default: converted = incref(v); break;
    }
    if (!converted || (!spec && IS_EXACT(converted, str))) return converted;
    Value text = value_format(converted, spec);
    decref(converted);
    return text;
}

/* ---- functions, calls ---- */

/* The compiler gives each code the closure it needs; code made by hand may be given another. */
static bool closure_fits(const Code *code, uint32_t flags, Value const *operands) {
    size_t given = flags & 8 ? tuple_length(operands[__builtin_popcount(flags & 7)]) : 0;
    return given == code->free_count;
}

Value ops_make_function(Code *code, Dict *globals, uint32_t flags, Value *operands) {
    if (__builtin_expect(!closure_fits(code, flags, operands), 0))
        return raise_error(T_SystemError, "a closure does not fit its code");
    Function *f = (Function *)function_new(code, globals, NULL);
    if (!f) return NULL;
    if (flags & 1) f->defaults = *operands++;
    if (flags & 2) f->kwdefaults = *operands++;
    if (flags & 4) f->annotations = *operands++;
    if (flags & 8) f->closure = *operands++;
    return AS_VALUE(f);
}

/* "module.qualname()" for messages about a callable. New. */
static Value callable_text(Value callable) {
    Value name, module;
    if (value_getattr_optional(callable, NAME(__qualname__), &name) < 0) return NULL;
    if (!name) return value_str(callable);
    if (value_getattr_optional(callable, NAME(__module__), &module) < 0) {
        decref(name);
        return NULL;
    }
    bool bare = !module || module == NONE || (is_str(module) && str_equal(module, NAME(builtins)));
    Value text = bare ? str_format("%S()", name) : str_format("%S.%S()", module, name);
    decref(name);
    xdecref(module);
    return text;
}

static Value star_arguments(Value callable, Value args) {
    if (IS_EXACT(args, tuple)) return incref(args);
    if (!type_of(args)->slots.iter && !value_is_sequence(args)) {
        Value text = callable_text(callable);
        if (text) raise_error(T_TypeError, "%U argument after * must be an iterable, not %T", text, args);
        xdecref(text);
        return NULL;
    }
    return value_to_tuple(args);
}

static Value star_keywords(Value callable, Value kwargs) {
    if (!kwargs || IS_EXACT(kwargs, dict)) return xincref(kwargs);
    Value dict = dict_new();
    if (dict && dict_merge_unique(dict, kwargs, callable) < 0) CLEAR_FIELD(dict);
    return dict;
}

Value ops_call_ex(Value callable, Value args, Value kwargs) {
    Value tuple = star_arguments(callable, args), result = NULL;
    if (!tuple) return NULL;
    Value dict = star_keywords(callable, kwargs);
    if (dict || !kwargs) result = value_call_tuple_dict(callable, tuple, dict);
    xdecref(dict);
    decref(tuple);
    return result;
}

int ops_dict_update(Value dict, Value mapping) {
    if (is_dict(mapping)) return dict_merge(dict, mapping, true);
    Value keys;
    int found = value_getattr_optional(mapping, NAME(keys), &keys);
    xdecref(keys);
    if (found < 0) return -1;
    if (found == 0) return raise_int(T_TypeError, "'%T' object is not a mapping", mapping);
    return dict_update(dict, mapping);
}

Value ops_super_attr(Value super, Value cls, Value self, Value name, uint32_t flags, Value *self_out) {
    *self_out = NULL;
    bool written_out = (flags & 2) || (super == AS_VALUE(TYPE(super)) && is_type(cls));
    Thread *t = THREAD;
    Value traced = NULL;
    if (trace_native_call(t, t->frame, super, written_out ? cls : NULL, &traced) < 0) return NULL;
    Value object = written_out ? value_call_two(super, cls, self) : value_call_noargs(super);
    if (traced) object = trace_native_return_steal(t, t->frame, traced, object);
    if (!object) return NULL;
    Value attribute = value_getattr(object, name);
    decref(object);
    return attribute;
}

/* ---- with ---- */

/* A special method of the type, bound. NULL without error: absent. */
static Value bound_special(Value o, Value name) {
    Type *t = type_of(o);
    Value found = type_lookup_borrow(t, name);
    if (!found) return NULL;
    Value (*get)(Value, Value, Value) = type_of(found)->slots.descr_get;
    return get ? get(found, o, AS_VALUE(t)) : incref(found);
}

int ops_enter(Value manager, bool is_async, Value *exit, Value *result) {
    const char *kind = is_async ? "asynchronous context manager" : "context manager";
    Value self, enter = value_lookup_special(manager, is_async ? NAME(__aenter__) : NAME(__enter__), &self);
    if (!enter) {
        if (!error_pending())
            raise_error(T_TypeError, "'%T' object does not support the %s protocol", manager, kind);
        return -1;
    }
    *exit = bound_special(manager, is_async ? NAME(__aexit__) : NAME(__exit__));
    if (!*exit) {
        if (!error_pending())
            raise_error(T_TypeError, "'%T' object does not support the %s protocol (missed %s method)",
                        manager, kind, is_async ? "__aexit__" : "__exit__");
        decref(enter);
        return -1;
    }
    *result = self ? value_call_one(enter, self) : value_call_noargs(enter);
    decref(enter);
    if (*result) return 0;
    CLEAR_FIELD(*exit);
    return -1;
}

Value ops_with_except_start(Value exit, Value exception) {
    Value tb = exception_of(exception)->traceback;
    return value_call_three(exit, AS_VALUE(type_of(exception)), exception, tb ? tb : NONE);
}

int ops_print_expr(Value v) {
    Value hook = dict_get_str_borrow(AS_VALUE(rt->sys_dict), NAME(displayhook));
    if (!hook) return raise_int(T_RuntimeError, "lost sys.displayhook");
    Value result = value_call_one(hook, v);
    xdecref(result);
    return result ? 0 : -1;
}

/* ---- async iteration, delegation ---- */

Value ops_aiter(Value v) {
    UnaryFn aiter = type_of(v)->slots.aiter;
    if (!aiter)
        return raise_error(T_TypeError, "'async for' requires an object with __aiter__ method, got %T", v);
    Value it = aiter(v);
    if (it && !type_of(it)->slots.anext) {
        raise_error(T_TypeError,
                    "'async for' received an object from __aiter__ that does not implement __anext__: %T",
                    it);
        decref(it);
        return NULL;
    }
    return it;
}

Value ops_anext(Value aiter) {
    UnaryFn anext = type_of(aiter)->slots.anext;
    if (!anext)
        return raise_error(T_TypeError, "'async for' requires an iterator with __anext__ method, got %T",
                           aiter);
    Value next = anext(aiter);
    if (!next || is_exact_async_generator(aiter)) return next;
    Value awaitable = awaitable_iter(next);
    if (!awaitable)
        raise_from_pending(T_TypeError, "'async for' received an invalid object from __anext__: %T", next);
    decref(next);
    return awaitable;
}

Value ops_yield_from_iter(Frame *f, Value v) {
    if (is_exact_coroutine(v)) {
        if (!(f->code->flags & (CODE_COROUTINE | CODE_ITERABLE_COROUTINE)))
            return raise_error(T_TypeError,
                               "cannot 'yield from' a coroutine object in a non-coroutine generator");
        return incref(v);
    }
    return is_exact_generator(v) ? incref(v) : value_iter(v);
}

/* ---- type parameters ---- */

Value ops_type_param(uint32_t kind, Value name, Value extra) {
    switch (kind) {
    case 3: return paramspec_new(name);
    case 4: return typevartuple_new(name);
    default: return typevar_new(name, kind == 1 ? extra : NULL, kind == 2 ? extra : NULL);
    }
}

/* The parameters as Generic takes them: *Ts is Unpack[Ts], which iterating it gives. */
static Value generic_arguments(Value params) {
    Value list = list_new(0);
    for (size_t i = 0; list && i < tuple_length(params); i++) {
        Value param = tuple_item_borrow(params, i);
        int status = IS_EXACT(param, typevartuple) ? list_extend(list, param) : list_append(list, param);
        if (status < 0) CLEAR_FIELD(list);
    }
    Value tuple = list ? list_to_tuple(list) : NULL;
    xdecref(list);
    return tuple;
}

Value ops_generic_base(Frame *f, Value params) {
    Value typing_name = str_intern_cstr("typing");
    Value typing = typing_name ? ops_import(f, typing_name, NONE, small_int_new(0)) : NULL;
    xdecref(typing_name);
    Value generic = typing ? value_getattr_cstr(typing, "Generic") : NULL;
    xdecref(typing);
    Value arguments = generic ? generic_arguments(params) : NULL;
    Value base = arguments ? value_getitem(generic, arguments) : NULL;
    xdecref(arguments);
    xdecref(generic);
    return base;
}
