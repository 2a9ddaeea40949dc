/* pickle_reduce: what is known by a name, and what says itself how it is made again. */
#include "modules/pickle.h"
#include "objects/codecs.h"
#include "objects/dict.h"
#include "objects/function.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/tuple.h"

/* ---- names ---- */

static int refuse_local(Value dotted) {
    Value locals = str_from_ascii("<locals>", 8), dot = locals ? str_from_char('.') : NULL;
    Value args[1] = {dot}, parts = dot ? value_call_method(dotted, NAME(split), args, 1) : NULL;
    int found = parts ? value_contains(parts, locals) : -1;
    xdecref(locals);
    xdecref(dot);
    xdecref(parts);
    return found > 0 ? raise_int(T_AttributeError, "Can't pickle local object %R", dotted) : found;
}

Value pickle_deep_attribute(Value from, Value dotted, Value *parent_or_null) {
    Value at = incref(from), parent = incref(from);
    size_t start = 0, n = str_length(dotted);
    while (at && start <= n) {
        size_t stop = start;
        while (stop < n && str_read(dotted, stop) != '.') stop++;
        Value name = str_slice(dotted, start, stop);
        SET_FIELD_STEAL(parent, incref(at));
        SET_FIELD_STEAL(at, name ? value_getattr(parent, name) : NULL);
        xdecref(name);
        start = stop + 1;
    }
    if (parent_or_null && at) *parent_or_null = parent;
    else decref(parent);
    return at;
}

/* 1: the module has v by that name. */
static int has_by_name(Value module_name, Value module, Value v, Value dotted) {
    if (module == NONE || (is_str(module_name) && str_equal_cstr(module_name, "__main__"))) return 0;
    Value found = pickle_deep_attribute(module, dotted, NULL);
    if (!found) return error_swallow(T_AttributeError) ? 0 : -1;
    decref(found);
    return found == v;
}

/* The name of the module that v is found in. New. */
static Value which_module(Value v, Value dotted) {
    Value name;
    int found = value_getattr_optional(v, NAME(__module__), &name);
    if (found < 0 || (found && name != NONE)) return name;
    xdecref(name);
    Value items = is_dict(rt->modules) ? dict_items_list(rt->modules) : list_new(0);
    for (size_t i = 0; items && i < list_length(items); i++) {
        Value pair = list_item_borrow(items, i), key = tuple_item_borrow(pair, 0);
        int status = has_by_name(key, tuple_item_borrow(pair, 1), v, dotted);
        if (status == 0) continue;
        Value result = status > 0 ? incref(key) : NULL;
        decref(items);
        return result;
    }
    if (!items) return NULL;
    decref(items);
    return str_from_ascii("__main__", 8);
}

static Value import_by(Value name) {
    size_t n;
    const char *text = is_str(name) ? str_utf8(name, &n) : NULL;
    if (text && strlen(text) == n) return module_import(text);
    return error_pending() ? NULL : raise_error(T_ValueError, "Empty module name");
}

/* An error that says nothing of what was to be pickled. */
static bool is_its_own(void) { return !error_matches(T_Exception) || error_matches(T_MemoryError); }

/* What the module has by the name must be v. The parent is new; NULL raised. */
static Value check_name(Value v, Value module_name, Value dotted, Value *module) {
    Value parent = NULL, found;
    if (!(*module = import_by(module_name))) {
        if (is_its_own()) return NULL;
        error_clear();
        return fail_pickling("Can't pickle %R: import of module %R failed", v, module_name);
    }
    if (!(found = pickle_deep_attribute(*module, dotted, &parent))) {
        if (is_its_own()) return NULL;
        error_clear();
        return fail_pickling("Can't pickle %R: attribute lookup %S on %S failed", v, dotted, module_name);
    }
    decref(found);
    if (found == v) return parent;
    decref(parent);
    return fail_pickling("Can't pickle %R: it's not the same object as %S.%S", v, module_name, dotted);
}

/* By a number of copyreg's registry. 1 written, 0 none, -1 raised. */
static int save_extension(Pickler *p, Value v, Value module_name, Value name) {
    Value key = tuple_pack(2, module_name, name), code = NULL;
    int64_t n;
    int found = key ? dict_find(PICKLE->extension_registry, key, &code) : -1;
    xdecref(key);
    if (found <= 0) return found;
    if (!is_int(code))
        return fail_pickling("Can't pickle %R: extension code %R isn't an integer", v, code), -1;
    if (!int_to_i64(code, &n) || n <= 0 || n > 0x7fffffff)
        return fail_pickling("Can't pickle %R: extension code %ld is out of range", v,
                             int_to_i64(code, &n) ? (long)n : -1L),
               -1;
    int status = n <= 0xff     ? out_op(p, OP_EXT1, (uint64_t)n, 1)
                 : n <= 0xffff ? out_op(p, OP_EXT2, (uint64_t)n, 2)
                               : out_op(p, OP_EXT4, (uint64_t)n, 4);
    return status < 0 ? -1 : 1;
}

int pickle_need_compat(void) {
    PickleState *s = PICKLE;
    if (s->import_to_3) return 0;
    Value module = module_import("_compat_pickle");
    if (!module) return -1;
    bool good = (s->name_to_2 || (s->name_to_2 = value_getattr_cstr(module, "REVERSE_NAME_MAPPING"))) &&
                (s->import_to_2 || (s->import_to_2 = value_getattr_cstr(module, "REVERSE_IMPORT_MAPPING"))) &&
                (s->name_to_3 || (s->name_to_3 = value_getattr_cstr(module, "NAME_MAPPING"))) &&
                (s->import_to_3 = value_getattr_cstr(module, "IMPORT_MAPPING"));
    decref(module);
    return good ? 0 : -1;
}

/* The names that Python 2 knows it by; both are replaced. 0, -1 raised. */
static int old_names(Value *module_name, Value *name) {
    Value key, found;
    if (pickle_need_compat() < 0 || !(key = tuple_pack(2, *module_name, *name))) return -1;
    int status = dict_find(PICKLE->name_to_2, key, &found);
    decref(key);
    if (status < 0) return -1;
    if (status) {
        SET_FIELD_STEAL(*module_name, incref(tuple_item_borrow(found, 0)));
        SET_FIELD_STEAL(*name, incref(tuple_item_borrow(found, 1)));
        return 0;
    }
    if ((status = dict_find(PICKLE->import_to_2, *module_name, &found)) < 0) return -1;
    if (status) SET_FIELD_STEAL(*module_name, incref(found));
    return 0;
}

static int out_name(Pickler *p, Value name, const char *what) {
    Value bytes = is_str(name) ? codec_encode(name, p->protocol >= 3 ? "utf-8" : "ascii", "strict") : NULL;
    if (!bytes) {
        if (error_swallow(T_UnicodeEncodeError))
            fail_pickling("can't pickle %s identifier '%S' using pickle protocol %i", what, name,
                          p->protocol);
        return -1;
    }
    int status = out_bytes(p, bytes_data(bytes), bytes_length(bytes));
    decref(bytes);
    return status < 0 ? -1 : out_byte(p, '\n');
}

static int save_old_global(Pickler *p, Value module_name, Value name) {
    Value module_text = incref(module_name), text = incref(name);
    int status = p->fix_imports && p->protocol < 3 ? old_names(&module_text, &text) : 0;
    if (status == 0) status = out_byte(p, OP_GLOBAL);
    if (status == 0) status = out_name(p, module_text, "module");
    if (status == 0) status = out_name(p, text, "global");
    decref(module_text);
    decref(text);
    return status;
}

static Value last_name(Value dotted) {
    size_t start = str_length(dotted);
    while (start > 0 && str_read(dotted, start - 1) != '.') start--;
    return str_slice(dotted, start, str_length(dotted));
}

/* getattr(parent, last name): for old protocols, which know no dotted names. */
static int save_by_getattr(Pickler *p, Value parent, Value last) {
    Value args = tuple_pack(2, parent, last);
    Value getattr_ = args ? dict_get_str_borrow(AS_VALUE(rt->builtins), NAME(getattr)) : NULL;
    Value reduction = getattr_ ? tuple_pack(2, getattr_, args) : NULL;
    int status = reduction ? pickle_save_reduction(p, reduction, NULL) : -1;
    xdecref(args);
    xdecref(reduction);
    return status;
}

static int save_checked_global(Pickler *p, Value v, Value module_name, Value name) {
    Value module = NULL, parent = check_name(v, module_name, name, &module);
    if (!parent) {
        xdecref(module);
        return -1;
    }
    Value last = last_name(name),
          known = parent == module && last ? last : name; /* a path may lead back to the module */
    int status = !last ? -1 : p->protocol >= 2 ? save_extension(p, v, module_name, name) : 0;
    if (status == 0) {
        if (p->protocol >= 4)
            status = pickle_save(p, module_name, false) < 0 || pickle_save(p, known, false) < 0
                         ? -1
                         : out_byte(p, OP_STACK_GLOBAL);
        else
            status =
                parent != module ? save_by_getattr(p, parent, last) : save_old_global(p, module_name, known);
        if (status == 0) status = pickle_memo_put(p, v);
    }
    xdecref(last);
    decref(parent);
    decref(module);
    return status < 0 ? -1 : 0;
}

int pickle_save_global(Pickler *p, Value v, Value name_or_null) {
    Value name = xincref(name_or_null);
    if (!name && value_getattr_optional(v, NAME(__qualname__), &name) < 0) return -1;
    if (!name && !(name = value_getattr(v, NAME(__name__)))) return -1;
    int status = -1;
    if (!is_str(name)) raise_error(T_TypeError, "__qualname__ must be a string, not %T", name);
    else if (refuse_local(name) == 0) {
        Value module_name = which_module(v, name);
        status = module_name ? save_checked_global(p, v, module_name, name) : -1;
        xdecref(module_name);
    }
    decref(name);
    return status;
}

/* ---- reductions ---- */

static int check_part(Value part, bool good, const char *which, const char *wanted) {
    if (good) return 0;
    fail_pickling("%s element of the tuple returned by __reduce__ must be %s, not %s", which, wanted,
                  type_name_of(part));
    return -1;
}

/* The parts, borrowed; NULL for None or absent. */
typedef struct Reduction {
    Value callable, args, state, items, pairs, setter;
} Reduction;

static Value part_borrow(Value tuple, size_t i) {
    Value part = i < tuple_length(tuple) ? tuple_item_borrow(tuple, i) : NULL;
    return part == NONE ? NULL : part;
}

static int read_reduction(Value tuple, Reduction *r) {
    size_t n = tuple_length(tuple);
    if (n < 2 || n > 6)
        return fail_pickling("tuple returned by __reduce__ must contain 2 through 6 elements"), -1;
    *r = (Reduction){tuple_item_borrow(tuple, 0), tuple_item_borrow(tuple, 1), part_borrow(tuple, 2),
                     part_borrow(tuple, 3),       part_borrow(tuple, 4),       part_borrow(tuple, 5)};
    if (!value_is_callable(r->callable))
        return fail_pickling("first item of the tuple returned by __reduce__ must be callable"), -1;
    if (!is_tuple(r->args))
        return fail_pickling("second item of the tuple returned by __reduce__ must be a tuple"), -1;
    if (r->items && check_part(r->items, value_is_iterator(r->items), "fourth", "an iterator") < 0) return -1;
    if (r->pairs && check_part(r->pairs, value_is_iterator(r->pairs), "fifth", "an iterator") < 0) return -1;
    return r->setter ? check_part(r->setter, value_is_callable(r->setter), "sixth", "a function") : 0;
}

static int save_tuple_of(Pickler *p, Value tuple_steal) {
    int status = tuple_steal ? pickle_save(p, tuple_steal, false) : -1;
    xdecref(tuple_steal);
    return status;
}

/* functools.partial(cls.__new__, cls, *args, **kwargs)() */
static int save_new_by_partial(Pickler *p, Value cls, Value args, Value kwargs) {
    Value partial = module_import_attr("functools", "partial"),
          new_ = partial ? value_getattr(cls, NAME(__new__)) : NULL;
    Value all = new_ ? tuple_new(tuple_length(args) + 2) : NULL, made = NULL;
    if (all) {
        tuple_init_item_steal(all, 0, incref(new_));
        tuple_init_item_steal(all, 1, incref(cls));
        for (size_t i = 0; i < tuple_length(args); i++)
            tuple_init_item_steal(all, i + 2, incref(tuple_item_borrow(args, i)));
        made = value_call_tuple_dict(partial, all, kwargs);
    }
    int status = made ? pickle_save(p, made, false) : -1;
    xdecref(partial);
    xdecref(new_);
    xdecref(all);
    xdecref(made);
    if (status == 0) status = save_tuple_of(p, tuple_new(0));
    return status < 0 ? -1 : out_byte(p, OP_REDUCE);
}

static int save_newobj_ex(Pickler *p, const Reduction *r) {
    if (tuple_length(r->args) != 3) {
        fail_pickling("length of the NEWOBJ_EX argument tuple must be exactly 3, not %zd",
                      (ssize_t)tuple_length(r->args));
        return -1;
    }
    Value cls = tuple_item_borrow(r->args, 0), args = tuple_item_borrow(r->args, 1),
          kwargs = tuple_item_borrow(r->args, 2);
    if (!is_type(cls))
        return fail_pickling("first item from NEWOBJ_EX argument tuple must be a class, not %.200s",
                             type_name_of(cls)),
               -1;
    if (!is_tuple(args))
        return fail_pickling("second item from NEWOBJ_EX argument tuple must be a tuple, not %.200s",
                             type_name_of(args)),
               -1;
    if (!is_dict(kwargs))
        return fail_pickling("third item from NEWOBJ_EX argument tuple must be a dict, not %.200s",
                             type_name_of(kwargs)),
               -1;
    if (p->protocol < 4) return save_new_by_partial(p, cls, args, kwargs);
    return pickle_save(p, cls, false) < 0 || pickle_save(p, args, false) < 0 ||
                   pickle_save(p, kwargs, false) < 0
               ? -1
               : out_byte(p, OP_NEWOBJ_EX);
}

static int save_newobj(Pickler *p, const Reduction *r, Value v_or_null) {
    if (tuple_length(r->args) < 1) return fail_pickling("__newobj__ arglist is empty"), -1;
    Value cls = tuple_item_borrow(r->args, 0);
    if (!is_type(cls)) return fail_pickling("args[0] from __newobj__ args is not a type"), -1;
    if (v_or_null) {
        Value own = value_getattr(v_or_null, NAME(__class__));
        if (!own) return -1;
        decref(own);
        if (own != cls) return fail_pickling("args[0] from __newobj__ args has the wrong class"), -1;
    }
    if (pickle_save(p, cls, false) < 0) return -1;
    return save_tuple_of(p, tuple_slice(r->args, 1, tuple_length(r->args))) < 0 ? -1 : out_byte(p, OP_NEWOBJ);
}

/* "__newobj__", "__newobj_ex__", or neither. */
static int save_making(Pickler *p, const Reduction *r, Value v_or_null) {
    Value name = NULL;
    if (p->protocol >= 2 && value_getattr_optional(r->callable, NAME(__name__), &name) < 0) return -1;
    bool text = name && is_str(name);
    bool newobj = text && str_equal_cstr(name, "__newobj__"),
         newobj_ex = text && str_equal_cstr(name, "__newobj_ex__");
    xdecref(name);
    if (newobj_ex) return save_newobj_ex(p, r);
    if (newobj) return save_newobj(p, r, v_or_null);
    return pickle_save(p, r->callable, false) < 0 || pickle_save(p, r->args, false) < 0
               ? -1
               : out_byte(p, OP_REDUCE);
}

static int save_state(Pickler *p, const Reduction *r, Value v_or_null) {
    if (!r->setter) return pickle_save(p, r->state, false) < 0 ? -1 : out_byte(p, OP_BUILD);
    if (pickle_save(p, r->setter, false) < 0 || pickle_save(p, v_or_null ? v_or_null : NONE, false) < 0 ||
        pickle_save(p, r->state, false) < 0)
        return -1;
    return out_byte(p, OP_TUPLE2) < 0 || out_byte(p, OP_REDUCE) < 0 ? -1 : out_byte(p, OP_POP);
}

int pickle_save_reduction(Pickler *p, Value reduction, Value v_or_null) {
    Reduction r;
    size_t number;
    if (read_reduction(reduction, &r) < 0 || save_making(p, &r, v_or_null) < 0) return -1;
    if (v_or_null) {
        /* Written meanwhile, by what it is made of: then that one is taken. */
        if (memo_find(&p->memo, v_or_null, &number))
            return out_byte(p, OP_POP) < 0 ? -1 : pickle_memo_get(p, number);
        if (pickle_memo_put(p, v_or_null) < 0) return -1;
    }
    if ((r.items && pickle_batch(p, r.items, false) < 0) || (r.pairs && pickle_batch(p, r.pairs, true) < 0))
        return -1;
    return r.state ? save_state(p, &r, v_or_null) : 0;
}

/* The types of None, ... and NotImplemented have no name in builtins. */
static int save_class(Pickler *p, Value v) {
    Value value = v == AS_VALUE(type_of(NONE))              ? NONE
                  : v == AS_VALUE(type_of(ELLIPSIS))        ? ELLIPSIS
                  : v == AS_VALUE(type_of(NOT_IMPLEMENTED)) ? NOT_IMPLEMENTED
                                                            : NULL;
    if (!value) return pickle_save_global(p, v, NULL);
    Value args = tuple_pack(1, value), reduction = args ? tuple_pack(2, AS_VALUE(TYPE(type)), args) : NULL;
    int status = reduction ? pickle_save_reduction(p, reduction, v) : -1;
    xdecref(args);
    xdecref(reduction);
    return status;
}

/* What the dispatch table has for v's type. 1 and *out new, 0 nothing, -1 raised. */
static int find_reducer(Pickler *p, Value v, Value *out) {
    Value type = AS_VALUE(type_of(v)), found;
    if (!p->dispatch) {
        int status = dict_find(PICKLE->dispatch_table, type, &found);
        *out = status > 0 ? incref(found) : NULL;
        return status;
    }
    *out = value_getitem(p->dispatch, type);
    if (*out) return 1;
    return error_swallow(T_KeyError) ? 0 : -1;
}

static Value reduce_itself(Pickler *p, Value v) {
    Value method;
    int found = value_getattr_optional(v, NAME(__reduce_ex__), &method);
    if (found < 0) return NULL;
    if (found) {
        Value result = value_call_one(method, small_int_new(p->protocol));
        decref(method);
        return result;
    }
    found = value_getattr_optional(v, NAME(__reduce__), &method);
    if (found < 0) return NULL;
    if (!found) return fail_pickling("can't pickle '%.200s' object: %R", type_name_of(v), v);
    Value result = value_call_noargs(method);
    decref(method);
    return result;
}

static int save_reduced_steal(Pickler *p, Value v, Value reduction_or_null) {
    int status = -1;
    if (!reduction_or_null) return -1;
    if (is_str(reduction_or_null)) status = pickle_save_global(p, v, reduction_or_null);
    else if (!is_tuple(reduction_or_null)) fail_pickling("__reduce__ must return a string or tuple");
    else status = pickle_save_reduction(p, reduction_or_null, v);
    decref(reduction_or_null);
    return status;
}

int pickle_reduce(Pickler *p, Value v) {
    Value reducer, result;
    if (p->reducer_override) {
        result = value_call_one(p->reducer_override, v);
        if (result != NOT_IMPLEMENTED) return save_reduced_steal(p, v, result);
    }
    if (type_of(v) == TYPE(type)) return save_class(p, v);
    if (type_of(v) == TYPE(function)) return pickle_save_global(p, v, NULL);
    int found = find_reducer(p, v, &reducer);
    if (found < 0) return -1;
    if (found) {
        result = value_call_one(reducer, v);
        decref(reducer);
        return save_reduced_steal(p, v, result);
    }
    if (is_type(v)) return pickle_save_global(p, v, NULL);
    return save_reduced_steal(p, v, reduce_itself(p, v));
}
