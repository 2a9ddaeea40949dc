/* pickle_load: the stack machine. */
#include <errno.h>
#include <stdlib.h>

#include "modules/pickle.h"
#include "objects/codecs.h"
#include "objects/dict.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/set.h"
#include "objects/tuple.h"

/* ---- stack ---- */

static int grow_stack(Unpickler *u) {
    size_t room = u->stack_room ? 2 * u->stack_room : 32;
    Value *grown = heap_realloc(rt->heap, u->stack, room * sizeof *grown);
    if (!grown) return raise_no_memory(), -1;
    u->stack = grown;
    u->stack_room = room;
    return 0;
}

static inline int push_steal(Unpickler *u, Value v_or_null) {
    if (!v_or_null) return -1;
    if (__builtin_expect(u->depth == u->stack_room, 0) && grow_stack(u) < 0) {
        decref(v_or_null);
        return -1;
    }
    u->stack[u->depth++] = v_or_null;
    return 0;
}

static int push(Unpickler *u, Value v) { return push_steal(u, incref(v)); }

static int underflow(const Unpickler *u) {
    fail_unpickling(u->mark_count ? "unexpected MARK found" : "unpickling stack underflow");
    return -1;
}

/* New; NULL raised. */
static Value pop(Unpickler *u) {
    if (u->depth <= u->floor) return underflow(u), NULL;
    return u->stack[--u->depth];
}

static void cut(Unpickler *u, size_t depth) {
    while (u->depth > depth) decref(u->stack[--u->depth]);
}

static int mark(Unpickler *u) {
    if (u->mark_count == u->mark_room) {
        size_t room = u->mark_room ? 2 * u->mark_room : 16;
        size_t *grown = heap_realloc(rt->heap, u->marks, room * sizeof *grown);
        if (!grown) return raise_no_memory(), -1;
        u->marks = grown;
        u->mark_room = room;
    }
    u->floor = u->marks[u->mark_count++] = u->depth;
    return 0;
}

/* Takes the innermost mark away: where it stood, -1 raised. */
static ssize_t take_mark(Unpickler *u) {
    if (u->mark_count == 0) return fail_unpickling("could not find MARK"), -1;
    size_t at = u->marks[--u->mark_count];
    u->floor = u->mark_count ? u->marks[u->mark_count - 1] : 0;
    return (ssize_t)at;
}

/* The values from `at` on, taken off the stack. */
static Value pop_tuple(Unpickler *u, size_t at) {
    if (at < u->floor) return underflow(u), NULL;
    size_t n = u->depth - at;
    u->depth = at;
    return tuple_from_array_steal(u->stack + at, n);
}

static Value pop_list(Unpickler *u, size_t at) {
    size_t n = u->depth - at;
    u->depth = at;
    return list_from_array_steal(u->stack + at, n);
}

/* ---- memo ---- */

int unpickler_memo_put(Unpickler *u, size_t number, Value v) {
    if (number >= u->memo_room && number > 2 * u->memo_room + 1024) {
        if (!u->sparse && !(u->sparse = dict_new())) return -1;
        Value key = int_from_u64(number);
        int status = key ? dict_set(u->sparse, key, v) : -1;
        xdecref(key);
        return status;
    }
    if (number >= u->memo_room) {
        size_t room = 2 * u->memo_room + 16;
        if (room <= number) room = number + 1;
        Value *grown = heap_realloc(rt->heap, u->memo, room * sizeof *grown);
        if (!grown) return raise_no_memory(), -1;
        memset(grown + u->memo_room, 0, (room - u->memo_room) * sizeof *grown);
        u->memo = grown;
        u->memo_room = room;
    }
    u->memo_count += !u->memo[number];
    SET_FIELD_STEAL(u->memo[number], incref(v));
    return 0;
}

Value unpickler_memo_get_borrow(Unpickler *u, size_t number) {
    if (number < u->memo_room && u->memo[number]) return u->memo[number];
    if (!u->sparse) return NULL;
    Value key = int_from_u64(number), found = key ? dict_get_borrow(u->sparse, key) : NULL;
    xdecref(key);
    return found;
}

void unpickler_memo_clear(Unpickler *u) {
    Value *old = u->memo;
    size_t room = u->memo_room;
    u->memo = NULL;
    u->memo_room = u->memo_count = 0;
    for (size_t i = 0; i < room; i++) xdecref(old[i]);
    heap_free(rt->heap, old);
    CLEAR_FIELD(u->sparse);
}

static int get(Unpickler *u, size_t number) {
    Value v = number < u->memo_room ? u->memo[number] : NULL;
    if (!v) v = unpickler_memo_get_borrow(u, number);
    if (v) return push(u, v);
    if (!error_pending()) fail_unpickling("Memo value not found at index %ld", (long)number);
    return -1;
}

static int put(Unpickler *u, size_t number) {
    return u->depth <= u->floor ? underflow(u) : unpickler_memo_put(u, number, u->stack[u->depth - 1]);
}

/* ---- numbers in the program ---- */

/* A little-endian number of so many bytes. 0, -1 raised. */
static inline int in_number(Unpickler *u, int bytes, uint64_t *out) {
    const uint8_t *p = in_bytes(u, (size_t)bytes);
    *out = 0;
    if (!p) return -1;
    switch (bytes) { /* copies of a size that the compiler knows */
    case 1: *out = *p; break;
    case 2: memcpy(out, p, 2); break;
    case 4: memcpy(out, p, 4); break;
    default: memcpy(out, p, 8); break;
    }
    return 0;
}

/* A line without its end, as text that ends in a NUL; at least one character. Bytes, new. */
static Value in_text_line(Unpickler *u) {
    size_t n;
    const uint8_t *line = in_line(u, &n);
    if (!line) return NULL;
    if (n < 2) return fail_unpickling("pickle data was truncated");
    return bytes_from(line, n - 1);
}

static Value int_of_line(Value line, int base) {
    Value text = str_from_latin1(bytes_data(line), bytes_length(line));
    Value result = text ? int_from_text(text, base) : NULL;
    xdecref(text);
    return result;
}

static int load_int(Unpickler *u) {
    Value line = in_text_line(u);
    if (!line) return -1;
    bool flag = bytes_length(line) == 2 && bytes_data(line)[0] == '0' && (bytes_data(line)[1] | 1) == '1';
    Value v = flag ? BOOL(bytes_data(line)[1] == '1') : int_of_line(line, 0);
    if (!v && error_swallow(T_ValueError)) raise_error(T_ValueError, "could not convert string to int");
    decref(line);
    return push_steal(u, v);
}

static Value bad_line(const char *what, Value line) {
    Value text = str_from_latin1(bytes_data(line), bytes_length(line)),
          whole = text ? str_format("%U\n", text) : NULL;
    if (whole) raise_error(T_ValueError, "%s%R", what, whole);
    xdecref(text);
    xdecref(whole);
    return NULL;
}

static int load_long(Unpickler *u) {
    Value line = in_text_line(u);
    if (!line) return -1;
    size_t n = bytes_length(line);
    Value digits = bytes_data(line)[n - 1] == 'L' ? bytes_from(bytes_data(line), n - 1) : incref(line);
    Value v = digits ? int_of_line(digits, 0) : NULL;
    if (!v && error_swallow(T_ValueError)) bad_line("invalid literal for int() with base 10: ", line);
    xdecref(digits);
    decref(line);
    return push_steal(u, v);
}

static int load_long_bytes(Unpickler *u, int size) {
    uint64_t n;
    if (in_number(u, size, &n) < 0) return -1;
    if (size == 4 && n > INT32_MAX) return fail_unpickling("LONG pickle has negative byte count"), -1;
    const uint8_t *data = in_bytes(u, (size_t)n);
    if (!data || work_charge(n / 64) < 0) return -1;
    return push_steal(u, n ? int_from_bytes(data, (size_t)n, true, true) : small_int_new(0));
}

static int load_float(Unpickler *u) {
    Value line = in_text_line(u), text = line ? str_from_latin1(bytes_data(line), bytes_length(line)) : NULL;
    Value v = text ? float_from_text(text) : NULL;
    if (text && !v && error_swallow(T_ValueError))
        raise_error(T_ValueError, "could not convert string to float: '%U\n'", text);
    xdecref(line);
    xdecref(text);
    return push_steal(u, v);
}

static int load_binfloat(Unpickler *u) {
    uint64_t bits;
    double d;
    if (in_number(u, 8, &bits) < 0) return -1;
    bits = __builtin_bswap64(bits);
    memcpy(&d, &bits, 8);
    return push_steal(u, float_new(d));
}

/* ---- text and bytes ---- */

static bool is_bytes_encoding(const Unpickler *u) {
    return !u->encoding || str_equal_cstr(u->encoding, "bytes");
}

/* A str of Python 2: bytes, or decoded as the caller wishes. */
static Value old_str_steal(Unpickler *u, Value bytes_or_null) {
    if (!bytes_or_null || is_bytes_encoding(u)) return bytes_or_null;
    Value args[2] = {u->encoding, u->errors},
          result = value_call_method(bytes_or_null, NAME(decode), args, 2);
    decref(bytes_or_null);
    return result;
}

static int load_string(Unpickler *u) {
    size_t n;
    const uint8_t *line = in_line(u, &n);
    if (!line) return -1;
    n--; /* the line's end */
    if (n < 2 || line[0] != line[n - 1] || (line[0] != '\'' && line[0] != '"'))
        return fail_unpickling("the STRING opcode argument must be quoted"), -1;
    Value raw = bytes_from(line + 1, n - 2),
          decode = raw ? module_import_attr("_codecs", "escape_decode") : NULL;
    Value pair = decode ? value_call_one(decode, raw) : NULL,
          bytes = pair ? incref(tuple_item_borrow(pair, 0)) : NULL;
    xdecref(raw);
    xdecref(decode);
    xdecref(pair);
    return push_steal(u, old_str_steal(u, bytes));
}

static int check_size(Unpickler *u, uint64_t n, const char *name) {
    if (n > SSIZE_MAX)
        return raise_int(T_OverflowError, "%s exceeds system's maximum size of %zd bytes", name,
                         (ssize_t)SSIZE_MAX);
    if (in_has(u, (size_t)n)) return work_charge(n / 64);
    return fail_unpickling("pickle data was truncated"), -1;
}

static Value in_new_bytes(Unpickler *u, int size, const char *name) {
    uint64_t n;
    if (in_number(u, size, &n) < 0 || check_size(u, n, name) < 0) return NULL;
    const uint8_t *data = in_bytes(u, (size_t)n);
    return data ? bytes_from(data, (size_t)n) : NULL;
}

static int load_binstring(Unpickler *u, int size) {
    uint64_t n;
    if (in_number(u, size, &n) < 0) return -1;
    const uint8_t *data = in_bytes(u, (size_t)n);
    return data ? push_steal(u, old_str_steal(u, bytes_from(data, (size_t)n))) : -1;
}

static int load_bytearray(Unpickler *u) {
    uint64_t n;
    if (in_number(u, 8, &n) < 0 || check_size(u, n, "BYTEARRAY8") < 0) return -1;
    const uint8_t *data = in_bytes(u, (size_t)n);
    return data ? push_steal(u, bytearray_from(data, (size_t)n)) : -1;
}

static Value text_of(const uint8_t *data, size_t n) {
    size_t i = 0;
    while (i < n && data[i] < 128) i++;
    if (i == n) return str_from_ascii((const char *)data, n);
    Value plain = str_try_utf8((const char *)data, n);
    if (plain || error_pending()) return plain;
    Value bytes = bytes_from(data, n), text = bytes ? codec_decode(bytes, "utf-8", "surrogatepass") : NULL;
    xdecref(bytes);
    return text;
}

static inline int load_binunicode(Unpickler *u, int size) {
    uint64_t n;
    if (in_number(u, size, &n) < 0 || check_size(u, n, "BINUNICODE") < 0) return -1;
    const uint8_t *data = in_bytes(u, (size_t)n);
    return data ? push_steal(u, text_of(data, (size_t)n)) : -1;
}

static int load_unicode(Unpickler *u) {
    size_t n;
    const uint8_t *line = in_line(u, &n);
    Value bytes = line ? bytes_from(line, n - 1) : NULL;
    Value text = bytes ? codec_decode(bytes, "raw-unicode-escape", "strict") : NULL;
    xdecref(bytes);
    return push_steal(u, text);
}

/* ---- containers ---- */

static int load_counted_tuple(Unpickler *u, size_t n) {
    if (u->depth - u->floor < n) return underflow(u);
    return push_steal(u, pop_tuple(u, u->depth - n));
}

static int load_marked(Unpickler *u, PickleOp op) {
    ssize_t at = take_mark(u);
    if (at < 0) return -1;
    if (op == OP_TUPLE) return push_steal(u, pop_tuple(u, (size_t)at));
    Value list = pop_list(u, (size_t)at);
    if (op == OP_LIST) return push_steal(u, list);
    Value set = list ? frozenset_new(list) : NULL;
    xdecref(list);
    return push_steal(u, set);
}

/* Puts the pairs from `at` on into a dict, or whatever takes items. */
static int set_items(Unpickler *u, Value into, size_t at) {
    bool plain = type_of(into) == TYPE(dict);
    size_t n = u->depth;
    for (size_t i = at; i + 1 < n && i + 1 < u->depth; i += 2) {
        Value key = u->stack[i], value = u->stack[i + 1];
        if ((plain ? dict_set(into, key, value) : value_setitem(into, key, value)) < 0) return -1;
    }
    return 0;
}

static int load_dict(Unpickler *u) {
    ssize_t at = take_mark(u);
    if (at < 0) return -1;
    if ((u->depth - (size_t)at) % 2) return fail_unpickling("odd number of items for DICT"), -1;
    Value dict = dict_new();
    if (dict && set_items(u, dict, (size_t)at) < 0) CLEAR_FIELD(dict);
    if (!dict) return -1;
    cut(u, (size_t)at);
    return push_steal(u, dict);
}

static int load_setitems(Unpickler *u, ssize_t at) {
    if (at < 0) return -1;
    if ((size_t)at > u->depth || (size_t)at <= u->floor) return underflow(u);
    if (u->depth == (size_t)at) return 0;
    if ((u->depth - (size_t)at) % 2) return fail_unpickling("odd number of items for SETITEMS"), -1;
    Value into = incref(u->stack[at - 1]);
    int status = set_items(u, into, (size_t)at);
    decref(into);
    cut(u, (size_t)at);
    return status;
}

static int call_each(Value method, Value items) {
    int status = 0;
    for (size_t i = 0; status == 0 && i < list_length(items); i++) {
        Value result = value_call_one(method, list_item_borrow(items, i));
        if (!result) status = -1;
        xdecref(result);
    }
    return status;
}

/* By the object's own methods: `all` for all items at once where there is such a one, else `one` for each. */
static int add_by_methods(Value into, Value items, Value all, Value one) {
    Value method = NULL;
    int found = all ? value_getattr_optional(into, all, &method) : 0, status;
    if (found < 0) return -1;
    if (found) {
        Value result = value_call_one(method, items);
        status = result ? 0 : -1;
        xdecref(result);
    } else {
        method = value_getattr(into, one);
        status = method ? call_each(method, items) : -1;
    }
    xdecref(method);
    return status;
}

/* The values from `at` on leave the stack for the end of a list. */
static int move_to_list(Unpickler *u, Value list, size_t at) {
    size_t n = u->depth, i = at;
    int status = 0;
    u->depth = at;
    while (status == 0 && i < n) status = list_append_steal(list, u->stack[i++]);
    while (i < n) decref(u->stack[i++]);
    return status;
}

static int load_appends(Unpickler *u, ssize_t at) {
    if (at < 0) return -1;
    if ((size_t)at > u->depth || (size_t)at <= u->floor) return underflow(u);
    size_t n = u->depth - (size_t)at;
    if (n == 0) return 0;
    Value into = u->stack[at - 1];
    if (type_of(into) == TYPE(list)) return move_to_list(u, into, (size_t)at);
    incref(into);
    Value items = pop_list(u, (size_t)at);
    int status = items ? add_by_methods(into, items, n == 1 ? NULL : NAME(extend), NAME(append)) : -1;
    if (n == 1 && status < 0 && items && error_swallow(T_AttributeError))
        status = add_by_methods(into, items, NAME(extend), NAME(append));
    xdecref(items);
    decref(into);
    return status;
}

static int load_additems(Unpickler *u) {
    ssize_t at = take_mark(u);
    if (at < 0) return -1;
    if ((size_t)at > u->depth || (size_t)at <= u->floor) return underflow(u);
    if (u->depth == (size_t)at) return 0;
    Value into = incref(u->stack[at - 1]), items = pop_list(u, (size_t)at);
    int status = -1;
    if (items)
        status = type_of(into) == TYPE(set) ? set_update(into, items)
                                            : add_by_methods(into, items, NULL, NAME(add));
    xdecref(items);
    decref(into);
    return status;
}

static int load_pop(Unpickler *u) {
    if (u->mark_count && u->marks[u->mark_count - 1] == u->depth) return take_mark(u) < 0 ? -1 : 0;
    Value v = pop(u);
    xdecref(v);
    return v ? 0 : -1;
}

/* ---- classes ---- */

static Value new_names(Value module, Value name, Value *module_out) {
    Value key, found;
    *module_out = incref(module);
    if (pickle_need_compat() < 0 || !(key = tuple_pack(2, module, name))) return NULL;
    int status = dict_find(PICKLE->name_to_3, key, &found);
    decref(key);
    if (status < 0) return NULL;
    if (status) {
        SET_FIELD_STEAL(*module_out, incref(tuple_item_borrow(found, 0)));
        return incref(tuple_item_borrow(found, 1));
    }
    if ((status = dict_find(PICKLE->import_to_3, module, &found)) < 0) return NULL;
    if (status) SET_FIELD_STEAL(*module_out, incref(found));
    return incref(name);
}

static Value attribute_of(Value module, Value name, bool dotted) {
    Value found = NULL;
    if (dotted) found = pickle_deep_attribute(module, name, NULL);
    else value_getattr_optional(module, name, &found);
    if (found || (error_pending() && !error_swallow(T_AttributeError))) return found;
    return raise_error(T_AttributeError, "Can't get attribute %R on %R", name, module);
}

Value pickle_find_class(Unpickler *u, Value module_name, Value name) {
    Value module_text = NULL, text = NULL, result = NULL;
    if (u->protocol < 3 && u->fix_imports) {
        text = new_names(module_name, name, &module_text);
    } else {
        module_text = incref(module_name);
        text = incref(name);
    }
    size_t n = 0;
    const char *utf8 = text ? str_utf8(module_text, &n) : NULL;
    if (utf8 && (strlen(utf8) != n || n == 0)) {
        raise_error(T_ValueError, "Empty module name");
        utf8 = NULL;
    }
    Value module = utf8 ? module_import(utf8) : NULL;
    if (module) result = attribute_of(module, text, u->protocol >= 4);
    xdecref(module);
    xdecref(module_text);
    xdecref(text);
    return result;
}

static Value find_class_steal(Unpickler *u, Value module_or_null, Value name_or_null) {
    Value result = NULL;
    if (module_or_null && name_or_null) {
        Value args[2] = {module_or_null, name_or_null};
        result = type_of(AS_VALUE(u)) == PICKLE->unpickler
                     ? pickle_find_class(u, module_or_null, name_or_null)
                     : value_call_method(AS_VALUE(u), NAME(find_class), args, 2);
    }
    xdecref(module_or_null);
    xdecref(name_or_null);
    return result;
}

static Value in_name(Unpickler *u, const char *encoding) {
    Value line = in_text_line(u), text = line ? codec_decode(line, encoding, "strict") : NULL;
    xdecref(line);
    return text;
}

static Value in_class(Unpickler *u, const char *encoding) {
    Value module = in_name(u, encoding), name = module ? in_name(u, encoding) : NULL;
    return find_class_steal(u, module, name);
}

static int load_stack_global(Unpickler *u) {
    Value name = pop(u), module = name ? pop(u) : NULL;
    if (module && type_of(module) == TYPE(str) && type_of(name) == TYPE(str))
        return push_steal(u, find_class_steal(u, module, name));
    if (module) fail_unpickling("STACK_GLOBAL requires str");
    xdecref(name);
    xdecref(module);
    return -1;
}

static int load_extension(Unpickler *u, int size) {
    uint64_t code;
    if (in_number(u, size, &code) < 0) return -1;
    if (code == 0 || code > INT32_MAX) return fail_unpickling("EXT specifies code <= 0"), -1;
    Value key = small_int_new((int64_t)code), found;
    int status = dict_find(PICKLE->extension_cache, key, &found);
    if (status != 0) return status < 0 ? -1 : push(u, found);
    if ((status = dict_find(PICKLE->inverted_registry, key, &found)) < 0) return -1;
    if (!status) return raise_int(T_ValueError, "unregistered extension code %ld", (long)code);
    if (!is_tuple(found) || tuple_length(found) != 2 || !is_str(tuple_item_borrow(found, 0)) ||
        !is_str(tuple_item_borrow(found, 1)))
        return raise_int(T_ValueError, "_inverted_registry[%ld] isn't a 2-tuple of strings", (long)code);
    Value v = find_class_steal(u, incref(tuple_item_borrow(found, 0)), incref(tuple_item_borrow(found, 1)));
    if (v && dict_set(PICKLE->extension_cache, key, v) < 0) CLEAR_FIELD(v);
    return push_steal(u, v);
}

/* ---- making instances ---- */

/* cls.__new__(cls, *args, **kwargs) by the attribute: what it says of unfit classes holds here too. */
static Value make_new(Value cls, Value args, Value kwargs_or_null) {
    Value new_ = value_getattr(cls, NAME(__new__)), all = new_ ? tuple_new(tuple_length(args) + 1) : NULL,
          result = NULL;
    if (all) {
        tuple_init_item_steal(all, 0, incref(cls));
        for (size_t i = 0; i < tuple_length(args); i++)
            tuple_init_item_steal(all, i + 1, incref(tuple_item_borrow(args, i)));
        result = kwargs_or_null ? value_call_tuple_dict(new_, all, kwargs_or_null)
                                : value_call(new_, ((Tuple *)all)->items, tuple_length(all), NULL);
    }
    xdecref(new_);
    xdecref(all);
    return result;
}

static Value instantiate(Value cls, Value args) {
    if (tuple_length(args) == 0 && is_type(cls)) {
        Value found;
        int status = value_getattr_optional(cls, NAME(__getinitargs__), &found);
        if (status < 0) return NULL;
        if (!status) return make_new(cls, args, NULL);
        decref(found);
    }
    return value_call(cls, ((Tuple *)args)->items, tuple_length(args), NULL);
}

static int push_instance_steal(Unpickler *u, Value cls_or_null, Value args_or_null) {
    Value v = cls_or_null && args_or_null ? instantiate(cls_or_null, args_or_null) : NULL;
    xdecref(cls_or_null);
    xdecref(args_or_null);
    return push_steal(u, v);
}

static int load_obj(Unpickler *u) {
    ssize_t at = take_mark(u);
    if (at < 0) return -1;
    if (u->depth - (size_t)at < 1) return underflow(u);
    Value args = pop_tuple(u, (size_t)at + 1), cls = args ? pop(u) : NULL;
    return push_instance_steal(u, cls, args);
}

static int load_inst(Unpickler *u) {
    ssize_t at = take_mark(u);
    if (at < 0) return -1;
    Value cls = in_class(u, "ascii"), args = cls ? pop_tuple(u, (size_t)at) : NULL;
    return push_instance_steal(u, cls, args);
}

static int load_newobj(Unpickler *u, bool with_kwargs) {
    const char *op = with_kwargs ? "NEWOBJ_EX" : "NEWOBJ";
    Value kwargs = with_kwargs ? pop(u) : NULL, args = with_kwargs && !kwargs ? NULL : pop(u),
          cls = args ? pop(u) : NULL, v = NULL;
    if (!cls) {
    } else if (!is_type(cls)) {
        fail_unpickling("%s class argument must be a type, not %.200s", op, type_name_of(cls));
    } else if (!is_tuple(args)) {
        fail_unpickling("%s args argument must be a tuple, not %.200s", op, type_name_of(args));
    } else if (!((Type *)cls)->slots.new_ || (((Type *)cls)->flags & TYPE_NOT_INSTANTIABLE)) {
        fail_unpickling("%s class argument '%.200s' doesn't have __new__", op, type_name_of(cls));
    } else if (with_kwargs && !is_dict(kwargs)) {
        fail_unpickling("NEWOBJ_EX kwargs argument must be a dict, not %.200s", type_name_of(kwargs));
    } else {
        v = make_new(cls, args, kwargs);
    }
    xdecref(kwargs);
    xdecref(args);
    xdecref(cls);
    return push_steal(u, v);
}

static int load_reduce(Unpickler *u) {
    Value args = pop(u), callable = args ? pop(u) : NULL, v = NULL;
    if (callable && !is_tuple(args)) raise_error(T_TypeError, "argument list must be a tuple");
    else if (callable) v = value_call(callable, ((Tuple *)args)->items, tuple_length(args), NULL);
    xdecref(callable);
    xdecref(args);
    return push_steal(u, v);
}

/* An instance whose __dict__ is the usual one gets its attributes where they live. */
static bool has_plain_attrs(Value v) {
    if (!(type_of(v)->flags & TYPE_HAS_ATTRS)) return false;
    Value found = type_lookup_borrow(type_of(v), NAME(__dict__));
    return found && IS_EXACT(found, getset_descriptor);
}

static int set_attribute_dict(Value v, Value state) {
    bool plain = has_plain_attrs(v);
    Value dict = plain ? NULL : value_getattr(v, NAME(__dict__)), key, value;
    size_t position = 0;
    int status = plain || dict ? 0 : -1;
    while (status == 0 && dict_next(state, &position, &key, &value)) {
        Value name = type_of(key) == TYPE(str) ? str_intern(key) : incref(key);
        if (!name) status = -1;
        else if (plain && type_of(name) == TYPE(str)) status = attrs_set(v, name, value);
        else if (!dict && !(dict = value_getattr(v, NAME(__dict__)))) status = -1;
        else status = value_setitem(dict, name, value);
        xdecref(name);
    }
    xdecref(dict);
    return status;
}

static int set_slot_state(Value v, Value slots) {
    size_t position = 0;
    Value key, value;
    if (!is_dict(slots)) return fail_unpickling("slot state is not a dictionary"), -1;
    while (dict_next(slots, &position, &key, &value))
        if (!is_str(key) ? raise_int(T_TypeError, "attribute name must be string, not '%T'", key)
                         : value_setattr(v, key, value))
            return -1;
    return 0;
}

static int set_plain_state(Value v, Value state) {
    Value slots = NULL;
    if (is_tuple(state) && tuple_length(state) == 2) {
        slots = tuple_item_borrow(state, 1);
        state = tuple_item_borrow(state, 0);
    }
    if (state != NONE) {
        if (!is_dict(state)) return fail_unpickling("state is not a dictionary"), -1;
        if (set_attribute_dict(v, state) < 0) return -1;
    }
    return slots && slots != NONE ? set_slot_state(v, slots) : 0;
}

static int load_build(Unpickler *u) {
    if (u->depth < u->floor + 2) return underflow(u);
    Value state = pop(u), v = incref(u->stack[u->depth - 1]), setter;
    int found = value_getattr_optional(v, NAME(__setstate__), &setter), status = found;
    if (found == 0) {
        status = set_plain_state(v, state);
    } else if (found > 0) {
        Value result = value_call_one(setter, state);
        status = result ? 0 : -1;
        xdecref(result);
        decref(setter);
    }
    decref(state);
    decref(v);
    return status;
}

/* ---- what lies outside ---- */

static int load_persistent(Unpickler *u, Value id_or_null) {
    if (!id_or_null) return -1;
    Value v = u->persist ? value_call_one(u->persist, id_or_null)
                         : fail_unpickling("A load persistent id instruction was encountered,\n"
                                           "but no persistent_load function was specified.");
    decref(id_or_null);
    return push_steal(u, v);
}

static int load_persid(Unpickler *u) {
    if (!u->persist) return load_persistent(u, NONE);
    size_t n;
    const uint8_t *text = in_line(u, &n);
    Value line = text ? bytes_from(text, n - 1) : NULL,
          id = line ? codec_decode(line, "ascii", "strict") : NULL;
    xdecref(line);
    if (!id && error_swallow(T_UnicodeDecodeError))
        fail_unpickling("persistent IDs in protocol 0 must be ASCII strings");
    return load_persistent(u, id);
}

static int load_next_buffer(Unpickler *u) {
    if (!u->buffers)
        return fail_unpickling(
                   "pickle stream refers to out-of-band data but no *buffers* argument was given"),
               -1;
    Value buffer = value_next(u->buffers);
    if (!buffer && !error_pending()) fail_unpickling("not enough out-of-band buffers");
    return push_steal(u, buffer);
}

static int load_readonly_buffer(Unpickler *u) {
    if (u->depth <= u->floor) return underflow(u);
    Value view = memoryview_new(u->stack[u->depth - 1]);
    if (!view) return -1;
    Value read_only = value_getattr_cstr(view, "readonly");
    if (read_only == FALSE) {
        Value method = value_getattr_cstr(view, "toreadonly"),
              frozen = method ? value_call_noargs(method) : NULL;
        xdecref(method);
        if (frozen) SET_FIELD_STEAL(u->stack[u->depth - 1], frozen);
        else CLEAR_FIELD(read_only);
    }
    decref(view);
    if (!read_only) return -1;
    decref(read_only);
    return 0;
}

/* ---- the loop ---- */

static Value in_decimal(Unpickler *u) {
    Value line = in_text_line(u), number = line ? int_of_line(line, 10) : NULL;
    if (line && !number && error_swallow(T_ValueError))
        bad_line("invalid literal for int() with base 10: ", line);
    xdecref(line);
    return number;
}

static int get_by_line(Unpickler *u) {
    Value number = in_decimal(u);
    int64_t n = -1;
    if (!number) return -1;
    bool fits = int_to_i64(number, &n);
    decref(number);
    if (fits && n >= 0) return get(u, (size_t)n);
    fail_unpickling("Memo value not found at index %ld", (long)n);
    return -1;
}

static int put_by_line(Unpickler *u) {
    Value number = in_decimal(u);
    int64_t n = -1;
    if (!number) return -1;
    bool fits = int_to_i64(number, &n);
    decref(number);
    if (fits && n >= 0) return put(u, (size_t)n);
    return fits ? raise_int(T_ValueError, "negative PUT argument")
                : raise_int(T_OverflowError, "Python int too large to convert to C ssize_t");
}

typedef int (*WithNumber)(Unpickler *, size_t);

static inline int with_number(Unpickler *u, int bytes, WithNumber run) {
    uint64_t n;
    return in_number(u, bytes, &n) < 0 ? -1 : run(u, (size_t)n);
}

static inline int load_binint(Unpickler *u, int bytes) {
    uint64_t n;
    if (in_number(u, bytes, &n) < 0) return -1;
    return push_steal(u, small_int_new(bytes == 4 ? (int64_t)(int32_t)(uint32_t)n : (int64_t)n));
}

static int load_proto(Unpickler *u) {
    uint64_t n;
    if (in_number(u, 1, &n) < 0) return -1;
    if (n > PROTOCOL_HIGHEST) return raise_int(T_ValueError, "unsupported pickle protocol: %d", (int)n);
    u->protocol = (int)n;
    return 0;
}

/* All of the frame is fetched at once. */
static int load_frame(Unpickler *u) {
    uint64_t n;
    if (in_number(u, 8, &n) < 0) return -1;
    if (n > SSIZE_MAX) {
        return raise_int(T_OverflowError, "FRAME length exceeds system's maximum of %zd bytes",
                         (ssize_t)SSIZE_MAX);
    }
    if (!in_bytes(u, (size_t)n)) return -1;
    u->at -= (size_t)n;
    return 0;
}

static int bad_opcode(int op) {
    if (op >= 0x20 && op <= 0x7e && op != '\'' && op != '\\') fail_unpickling("invalid load key, '%c'.", op);
    else fail_unpickling("invalid load key, '\\x%02x'.", op);
    return -1;
}

static int load_dup(Unpickler *u) {
    return u->depth <= u->floor ? underflow(u) : push(u, u->stack[u->depth - 1]);
}

static int load_one_item(Unpickler *u) {
    return u->depth < u->floor + 2 ? underflow(u) : load_appends(u, (ssize_t)u->depth - 1);
}

static int load_one_pair(Unpickler *u) {
    return u->depth < u->floor + 3 ? underflow(u) : load_setitems(u, (ssize_t)u->depth - 2);
}

static int load_pop_mark(Unpickler *u) {
    ssize_t at = take_mark(u);
    if (at >= 0) cut(u, (size_t)at);
    return at < 0 ? -1 : 0;
}

static inline int run(Unpickler *u, int op) {
    switch (op) {
    case OP_NONE: return push(u, NONE);
    case OP_NEWTRUE: return push(u, TRUE);
    case OP_NEWFALSE: return push(u, FALSE);
    case OP_INT: return load_int(u);
    case OP_BININT: return load_binint(u, 4);
    case OP_BININT1: return load_binint(u, 1);
    case OP_BININT2: return load_binint(u, 2);
    case OP_LONG: return load_long(u);
    case OP_LONG1: return load_long_bytes(u, 1);
    case OP_LONG4: return load_long_bytes(u, 4);
    case OP_FLOAT: return load_float(u);
    case OP_BINFLOAT: return load_binfloat(u);
    case OP_STRING: return load_string(u);
    case OP_BINSTRING: return load_binstring(u, 4);
    case OP_SHORT_BINSTRING: return load_binstring(u, 1);
    case OP_BINBYTES: return push_steal(u, in_new_bytes(u, 4, "BINBYTES"));
    case OP_SHORT_BINBYTES: return push_steal(u, in_new_bytes(u, 1, "BINBYTES"));
    case OP_BINBYTES8: return push_steal(u, in_new_bytes(u, 8, "BINBYTES"));
    case OP_BYTEARRAY8: return load_bytearray(u);
    case OP_UNICODE: return load_unicode(u);
    case OP_SHORT_BINUNICODE: return load_binunicode(u, 1);
    case OP_BINUNICODE: return load_binunicode(u, 4);
    case OP_BINUNICODE8: return load_binunicode(u, 8);
    case OP_EMPTY_TUPLE: return push_steal(u, tuple_new(0));
    case OP_TUPLE1: return load_counted_tuple(u, 1);
    case OP_TUPLE2: return load_counted_tuple(u, 2);
    case OP_TUPLE3: return load_counted_tuple(u, 3);
    case OP_TUPLE:
    case OP_LIST:
    case OP_FROZENSET: return load_marked(u, (PickleOp)op);
    case OP_EMPTY_LIST: return push_steal(u, list_new(0));
    case OP_EMPTY_DICT: return push_steal(u, dict_new());
    case OP_EMPTY_SET: return push_steal(u, set_new(NULL));
    case OP_DICT: return load_dict(u);
    case OP_APPEND: return load_one_item(u);
    case OP_APPENDS: return load_appends(u, take_mark(u));
    case OP_SETITEM: return load_one_pair(u);
    case OP_SETITEMS: return load_setitems(u, take_mark(u));
    case OP_ADDITEMS: return load_additems(u);
    case OP_MARK: return mark(u);
    case OP_POP: return load_pop(u);
    case OP_POP_MARK: return load_pop_mark(u);
    case OP_DUP: return load_dup(u);
    case OP_GET: return get_by_line(u);
    case OP_BINGET: return with_number(u, 1, get);
    case OP_LONG_BINGET: return with_number(u, 4, get);
    case OP_PUT: return put_by_line(u);
    case OP_BINPUT: return with_number(u, 1, put);
    case OP_LONG_BINPUT: return with_number(u, 4, put);
    case OP_MEMOIZE: return put(u, u->memo_count);
    case OP_GLOBAL: return push_steal(u, in_class(u, "utf-8"));
    case OP_STACK_GLOBAL: return load_stack_global(u);
    case OP_EXT1: return load_extension(u, 1);
    case OP_EXT2: return load_extension(u, 2);
    case OP_EXT4: return load_extension(u, 4);
    case OP_INST: return load_inst(u);
    case OP_OBJ: return load_obj(u);
    case OP_NEWOBJ: return load_newobj(u, false);
    case OP_NEWOBJ_EX: return load_newobj(u, true);
    case OP_REDUCE: return load_reduce(u);
    case OP_BUILD: return load_build(u);
    case OP_PERSID: return load_persid(u);
    case OP_BINPERSID: return load_persistent(u, pop(u));
    case OP_PROTO: return load_proto(u);
    case OP_FRAME: return load_frame(u);
    case OP_NEXT_BUFFER: return load_next_buffer(u);
    case OP_READONLY_BUFFER: return load_readonly_buffer(u);
    default: return bad_opcode(op);
    }
}

static Value run_to_stop(Unpickler *u) {
    for (uint32_t work = 0;; work++) {
        const uint8_t *op = in_bytes(u, 1);
        if (!op) {
            if (error_pending() && type_is_subtype(type_of(error_borrow()), PICKLE->unpickling_error)) {
                error_clear();
                raise_error(T_EOFError, "Ran out of input");
            }
            return NULL;
        }
        if (*op == OP_STOP) return pop(u);
        if (run(u, *op) < 0 || (work % 256 == 255 && work_charge(256) < 0)) return NULL;
    }
}

Value pickle_load(Unpickler *u) {
    u->mark_count = 0;
    u->floor = 0;
    u->protocol = 0;
    cut(u, 0);
    Value v = run_to_stop(u);
    Value kept = v ? NULL : error_take();
    if (in_settle(u) < 0) {
        if (kept) error_clear();
        else CLEAR_FIELD(v);
    }
    if (kept) error_restore_steal(kept);
    cut(u, 0);
    return v;
}
