/* _pickle: Pickler, Unpickler, their memos, and the functions; pickle.h says where the work is done. */
#include "modules/pickle.h"
#include "modules/fields.h"
#include "objects/dict.h"
#include "objects/int.h"
#include "objects/tuple.h"

static Pickler *pickler_of(Value v) { return (Pickler *)v; }
static Unpickler *unpickler_of(Value v) { return (Unpickler *)v; }

/* ---- Pickler ---- */

static Value pickler_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    (void)args, (void)nargs, (void)kwnames;
    Pickler *p = (Pickler *)value_alloc(type, 0);
    if (!p) return NULL;
    memset((char *)p + sizeof(HeapObject), 0, sizeof *p - sizeof(HeapObject));
    p->frame = NO_FRAME;
    value_track(AS_VALUE(p));
    return AS_VALUE(p);
}

static int pickler_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    Pickler *p = (Pickler *)(void *)o;
    Value fields[] = {p->write,   p->dispatch_table,   p->persistent_id, p->buffer_callback,
                      p->persist, p->reducer_override, p->dispatch,      p->fast_active};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) VISIT(fields[i]);
    for (size_t i = 0; p->memo.entries && i <= p->memo.mask; i++) VISIT(p->memo.entries[i].key);
    return 0;
}

static void pickler_clear(Heap *heap, HeapObject *o) {
    Pickler *p = (Pickler *)(void *)o;
    (void)heap;
    CLEAR_FIELD(p->write);
    CLEAR_FIELD(p->dispatch_table);
    CLEAR_FIELD(p->persistent_id);
    CLEAR_FIELD(p->buffer_callback);
    CLEAR_FIELD(p->persist);
    CLEAR_FIELD(p->reducer_override);
    CLEAR_FIELD(p->dispatch);
    CLEAR_FIELD(p->fast_active);
    memo_clear(&p->memo);
}

static void pickler_free(Heap *heap, HeapObject *o) {
    pickler_clear(heap, o);
    heap_free(rt->heap, ((Pickler *)(void *)o)->out);
    value_free(AS_VALUE(o));
}

static int set_protocol(Pickler *p, Value protocol_or_null, Value callback_or_null) {
    int n = PROTOCOL_DEFAULT;
    if (protocol_or_null && protocol_or_null != NONE && value_as_int(protocol_or_null, &n) < 0) return -1;
    if (n > PROTOCOL_HIGHEST)
        return raise_int(T_ValueError, "pickle protocol must be <= %d", PROTOCOL_HIGHEST);
    p->protocol = n < 0 ? PROTOCOL_HIGHEST : n;
    if (!callback_or_null || callback_or_null == NONE) return 0;
    if (p->protocol < 5) return raise_int(T_ValueError, "buffer_callback needs protocol >= 5");
    SET_FIELD_STEAL(p->buffer_callback, incref(callback_or_null));
    return 0;
}

static int set_output(Pickler *p, Value file) {
    Value write;
    int found = value_getattr_optional(file, NAME(write), &write);
    if (found == 0) raise_error(T_TypeError, "file must have a 'write' attribute");
    if (found <= 0) return -1;
    SET_FIELD_STEAL(p->write, write);
    return 0;
}

/* protocol, fix_imports, buffer_callback. */
static int set_options(Pickler *p, Value const *options) {
    int fix = options[1] ? value_is_true(options[1]) : 1;
    if (fix < 0 || set_protocol(p, options[0], options[2]) < 0) return -1;
    p->fix_imports = fix;
    p->ready = true;
    return 0;
}

static int pickler_init(Value v, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"file", "protocol", "fix_imports", "buffer_callback", NULL};
    static const ArgSpec spec = {"Pickler", names, 4, 1, 4};
    Value out[4];
    Pickler *p = pickler_of(v);
    if (!args_bind(&spec, args, nargs, kwnames, out)) return -1;
    p->ready = false;
    CLEAR_FIELD(p->write);
    CLEAR_FIELD(p->buffer_callback);
    if (set_options(p, out + 1) < 0 || set_output(p, out[0]) < 0) return p->ready = false, -1;
    p->fast = false;
    memo_clear(&p->memo);
    return 0;
}

/* Attributes that a subclass may have, looked up anew for each dump. 0, -1 raised. */
static int look_up(Value v, Value name, Value *field) {
    Value found;
    if (value_getattr_optional(v, name, &found) < 0) return -1;
    SET_FIELD_STEAL(*field, found);
    return 0;
}

/* What a dump asks its pickler for. A plain one has no more than its fields say. */
static int look_up_all(Pickler *p) {
    Value v = AS_VALUE(p);
    if (type_of(v) == PICKLE->pickler) {
        SET_FIELD_STEAL(p->persist, xincref(p->persistent_id));
        SET_FIELD_STEAL(p->dispatch, xincref(p->dispatch_table));
        return 0;
    }
    if (look_up(v, NAME(persistent_id), &p->persist) < 0) return -1;
    if (look_up(v, NAME(reducer_override), &p->reducer_override) < 0) return -1;
    return look_up(v, NAME(dispatch_table), &p->dispatch);
}

static int dump_into_out(Pickler *p, Value o) {
    int status = look_up_all(p) < 0 ? -1 : pickle_dump(p, o);
    CLEAR_FIELD(p->persist);
    CLEAR_FIELD(p->reducer_override);
    CLEAR_FIELD(p->dispatch);
    CLEAR_FIELD(p->fast_active);
    return status;
}

static Value pickler_dump(Value v, Value o) {
    Pickler *p = pickler_of(v);
    if (!p->ready)
        return fail_pickling("Pickler.__init__() was not called by %s.__init__()", type_name_of(v));
    p->ready = false; /* no other dump may begin meanwhile */
    int status = dump_into_out(p, o);
    if (status == 0) status = out_flush(p);
    p->ready = true;
    return status < 0 ? NULL : NONE;
}

static Value pickler_clear_memo(Value v) {
    memo_clear(&pickler_of(v)->memo);
    return NONE;
}

static Value get_persistent_id(Value v, void *closure) {
    (void)closure;
    Value found = pickler_of(v)->persistent_id;
    return found ? incref(found) : raise_error(T_AttributeError, "persistent_id");
}

static int check_callable(Value value, const char *name) {
    if (!value) return raise_int(T_TypeError, "attribute deletion is not supported");
    if (value_is_callable(value)) return 0;
    return raise_int(T_TypeError, "%s must be a callable taking one argument", name);
}

static int set_persistent_id(Value v, Value value, void *closure) {
    (void)closure;
    if (check_callable(value, "persistent_id") < 0) return -1;
    SET_FIELD_STEAL(pickler_of(v)->persistent_id, incref(value));
    return 0;
}

/* ---- memos as objects ---- */

typedef struct MemoProxy {
    HeapObject head;
    Value owner;
} MemoProxy;

FIELDS_LIFE(proxy, 1)

static Value proxy_new(Type *type, Value owner) {
    MemoProxy *proxy = (MemoProxy *)value_alloc(type, 0);
    if (!proxy) return NULL;
    proxy->owner = incref(owner);
    value_track(AS_VALUE(proxy));
    return AS_VALUE(proxy);
}

static Value owner_of(Value proxy) { return ((MemoProxy *)proxy)->owner; }

static Value get_pickler_memo(Value v, void *closure) {
    return (void)closure, proxy_new(PICKLE->pickler_memo, v);
}
static Value get_unpickler_memo(Value v, void *closure) {
    return (void)closure, proxy_new(PICKLE->unpickler_memo, v);
}

static Value pickler_memo_clear(Value proxy) { return pickler_clear_memo(owner_of(proxy)); }

static Value pickler_memo_copy(Value proxy) {
    const Memo *memo = &pickler_of(owner_of(proxy))->memo;
    Value dict = dict_new();
    for (size_t i = 0; dict && memo->entries && i <= memo->mask; i++) {
        Value key = memo->entries[i].key;
        if (!key) continue;
        Value id = int_from_u64((uint64_t)(uintptr_t)key);
        Value pair = id ? tuple_pack(2, small_int_new((int64_t)memo->entries[i].number), key) : NULL;
        if (!pair || dict_set(dict, id, pair) < 0) CLEAR_FIELD(dict);
        xdecref(id);
        xdecref(pair);
    }
    return dict;
}

static Value unpickler_memo_drop(Value proxy) {
    unpickler_memo_clear(unpickler_of(owner_of(proxy)));
    return NONE;
}

static Value unpickler_memo_copy(Value proxy) {
    Unpickler *u = unpickler_of(owner_of(proxy));
    Value dict = u->sparse ? dict_copy(u->sparse) : dict_new();
    for (size_t i = 0; dict && i < u->memo_room; i++)
        if (u->memo[i] && dict_set(dict, small_int_new((int64_t)i), u->memo[i]) < 0) CLEAR_FIELD(dict);
    return dict;
}

static Value reduce_copy_steal(Value dict_or_null) {
    Value args = dict_or_null ? tuple_pack(1, dict_or_null) : NULL;
    Value result = args ? tuple_pack(2, AS_VALUE(TYPE(dict)), args) : NULL;
    xdecref(dict_or_null);
    xdecref(args);
    return result;
}

static Value pickler_memo_reduce(Value proxy) { return reduce_copy_steal(pickler_memo_copy(proxy)); }
static Value unpickler_memo_reduce(Value proxy) { return reduce_copy_steal(unpickler_memo_copy(proxy)); }

#define MEMO_TYPE(id, title, drop)                                                                           \
    static const NativeMethod id##_methods[] = {                                                             \
        METHOD_NOARGS("clear", drop, "clear($self, /)\n--\n\nRemove all items from memo."),                  \
        METHOD_NOARGS("copy", id##_copy, "copy($self, /)\n--\n\nCopy the memo to a new object."),            \
        METHOD_NOARGS("__reduce__", id##_reduce, "__reduce__($self, /)\n--\n\nImplement pickle support."),   \
        METHOD_END,                                                                                          \
    };                                                                                                       \
    const TypeSpec id##_spec = {                                                                             \
        .name = title,                                                                                       \
        .flags = TYPE_GC | TYPE_NOT_INSTANTIABLE,                                                            \
        .basic_size = sizeof(MemoProxy),                                                                     \
        .slots = {.getattr = object_getattr,                                                                 \
                  .traverse = proxy_traverse,                                                                \
                  .clear = proxy_clear,                                                                      \
                  .free = proxy_free,                                                                        \
                  .hash = hash_not_implemented},                                                             \
        .methods = id##_methods,                                                                             \
    };
MEMO_TYPE(pickler_memo, "_pickle.PicklerMemoProxy", pickler_memo_clear)
MEMO_TYPE(unpickler_memo, "_pickle.UnpicklerMemoProxy", unpickler_memo_drop)

static int memo_from_dict(Memo *memo, Value dict) {
    size_t position = 0;
    Value key, pair;
    while (dict_next(dict, &position, &key, &pair)) {
        int64_t number;
        if (!is_tuple(pair) || tuple_length(pair) != 2)
            return raise_int(T_TypeError, "'memo' values must be 2-item tuples");
        if (value_as_i64(tuple_item_borrow(pair, 0), &number) < 0) return -1;
        if (memo_add(memo, tuple_item_borrow(pair, 1), (size_t)number) < 0) return -1;
    }
    return 0;
}

static int set_pickler_memo(Value v, Value value, void *closure) {
    (void)closure;
    Memo fresh = {0};
    if (!value) return raise_int(T_TypeError, "attribute deletion is not supported");
    int status;
    if (type_of(value) == PICKLE->pickler_memo)
        status = memo_copy(&fresh, &pickler_of(owner_of(value))->memo);
    else if (is_dict(value)) status = memo_from_dict(&fresh, value);
    else
        status =
            raise_int(T_TypeError, "'memo' attribute must be a PicklerMemoProxy object or dict, not %.200s",
                      type_name_of(value));
    if (status < 0) return memo_clear(&fresh), -1;
    Memo old = pickler_of(v)->memo;
    pickler_of(v)->memo = fresh;
    memo_clear(&old);
    return 0;
}

static int fill_unpickler_memo(Unpickler *u, Value dict) {
    size_t position = 0;
    Value key, item;
    while (dict_next(dict, &position, &key, &item)) {
        int64_t number;
        if (!is_int(key)) return raise_int(T_TypeError, "memo key must be integers");
        if (!int_to_i64(key, &number) || number < 0)
            return raise_int(T_ValueError, "memo key must be positive integers.");
        if (unpickler_memo_put(u, (size_t)number, item) < 0) return -1;
    }
    return 0;
}

static int set_unpickler_memo(Value v, Value value, void *closure) {
    (void)closure;
    Value dict = NULL;
    if (!value) return raise_int(T_TypeError, "attribute deletion is not supported");
    if (type_of(value) == PICKLE->unpickler_memo) dict = unpickler_memo_copy(value);
    else if (is_dict(value)) dict = dict_copy(value);
    else
        raise_error(T_TypeError, "'memo' attribute must be an UnpicklerMemoProxy object or dict, not %.200s",
                    type_name_of(value));
    if (!dict) return -1;
    unpickler_memo_clear(unpickler_of(v));
    int status = fill_unpickler_memo(unpickler_of(v), dict);
    decref(dict);
    return status;
}

static int pickler_bin(Value v) { return pickler_of(v)->protocol > 0; }
static Value get_bin(Value v, void *closure) { return (void)closure, small_int_new(pickler_bin(v)); }
static Value get_fast(Value v, void *closure) { return (void)closure, small_int_new(pickler_of(v)->fast); }

static int set_fast(Value v, Value value, void *closure) {
    int n;
    (void)closure;
    if (!value) return raise_int(T_TypeError, "can't delete numeric/char attribute");
    if (value_as_int(value, &n) < 0) return -1;
    pickler_of(v)->fast = n != 0;
    return 0;
}

static int set_bin(Value v, Value value, void *closure) {
    int n;
    (void)closure, (void)v;
    return value ? value_as_int(value, &n) : raise_int(T_TypeError, "can't delete numeric/char attribute");
}

static const GetSet pickler_getset[] = {
    {"memo", get_pickler_memo, set_pickler_memo, NULL, NULL},
    {"persistent_id", get_persistent_id, set_persistent_id, NULL, NULL},
    {"bin", get_bin, set_bin, NULL, NULL},
    {"fast", get_fast, set_fast, NULL, NULL},
    {0},
};

static const Member pickler_members[] = {
    {"dispatch_table", MEMBER_VALUE_EX, offsetof(Pickler, dispatch_table), false, NULL}, {0}};

static const NativeMethod pickler_methods[] = {
    METHOD_ONE("dump", pickler_dump, "dump($self, obj, /)\n--\n\nPickles an object into the file."),
    METHOD_NOARGS("clear_memo", pickler_clear_memo,
                  "clear_memo($self, /)\n--\n\nForgets which objects were written, so that the next ones are "
                  "written whole."),
    METHOD_END,
};

const TypeSpec pickler_spec = {
    .name = "_pickle.Pickler",
    .doc = "Pickler(file, protocol=None, fix_imports=True, buffer_callback=None)\n--\n\n"
           "Writes objects to a file as pickles.\n\nThe file has a write() method that takes bytes. The "
           "protocol is a number from 0 to 5, "
           "4 by default; a\nnegative one means the highest. For protocols below 3, fix_imports writes the "
           "names that Python 2 knows.\n"
           "buffer_callback, for protocol 5, is called for each PickleBuffer: when it returns something "
           "false, the\nbuffer's memory is "
           "left out of the pickle.",
    .flags = TYPE_SUBCLASSABLE | TYPE_GC,
    .basic_size = sizeof(Pickler),
    .slots = {.traverse = pickler_traverse,
              .clear = pickler_clear,
              .free = pickler_free,
              .new_ = pickler_make,
              .init = pickler_init},
    .methods = pickler_methods,
    .getset = pickler_getset,
    .members = pickler_members,
};

/* ---- Unpickler ---- */

static Value unpickler_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    (void)args, (void)nargs, (void)kwnames;
    Unpickler *u = (Unpickler *)value_alloc(type, 0);
    if (!u) return NULL;
    memset((char *)u + sizeof(HeapObject), 0, sizeof *u - sizeof(HeapObject));
    value_track(AS_VALUE(u));
    return AS_VALUE(u);
}

static int unpickler_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    Unpickler *u = (Unpickler *)(void *)o;
    Value fields[] = {u->read,   u->readline,        u->peek,    u->buffers, u->encoding,
                      u->errors, u->persistent_load, u->persist, u->sparse,  u->buffer.owner};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) VISIT(fields[i]);
    for (size_t i = 0; i < u->depth; i++) VISIT(u->stack[i]);
    for (size_t i = 0; i < u->memo_room; i++) VISIT(u->memo[i]);
    return 0;
}

static void drop_source(Unpickler *u) {
    Buffer old = u->buffer;
    u->buffer = (Buffer){0};
    u->data = NULL;
    u->length = u->at = u->peeked = 0;
    buffer_release(&old);
    CLEAR_FIELD(u->read);
    CLEAR_FIELD(u->readline);
    CLEAR_FIELD(u->peek);
    CLEAR_FIELD(u->buffers);
    CLEAR_FIELD(u->encoding);
    CLEAR_FIELD(u->errors);
}

static void unpickler_clear(Heap *heap, HeapObject *o) {
    Unpickler *u = (Unpickler *)(void *)o;
    (void)heap;
    drop_source(u);
    CLEAR_FIELD(u->persistent_load);
    CLEAR_FIELD(u->persist);
    while (u->depth) decref(u->stack[--u->depth]);
    unpickler_memo_clear(u);
}

static void unpickler_free(Heap *heap, HeapObject *o) {
    Unpickler *u = (Unpickler *)(void *)o;
    unpickler_clear(heap, o);
    heap_free(rt->heap, u->stack);
    heap_free(rt->heap, u->marks);
    value_free(AS_VALUE(o));
}

static int set_input(Unpickler *u, Value file) {
    Value read, readline, peek;
    if (value_getattr_optional(file, NAME(peek), &peek) < 0) return -1;
    SET_FIELD_STEAL(u->peek, peek);
    if (value_getattr_optional(file, NAME(read), &read) < 0) return -1;
    SET_FIELD_STEAL(u->read, read);
    if (value_getattr_optional(file, NAME(readline), &readline) < 0) return -1;
    SET_FIELD_STEAL(u->readline, readline);
    if (u->read && u->readline) return 0;
    return raise_int(T_TypeError, "file must have 'read' and 'readline' attributes");
}

/* fix_imports, encoding, errors, buffers. */
static int set_reading(Unpickler *u, Value const *options, const char *function) {
    int fix = options[0] ? value_is_true(options[0]) : 1;
    if (fix < 0) return -1;
    for (int i = 1; i <= 2; i++)
        if (options[i] && !is_str(options[i]))
            return raise_int(T_TypeError, "%s() argument '%s' must be str, not %K", function,
                             i == 1 ? "encoding" : "errors", options[i]);
    SET_FIELD_STEAL(u->encoding, options[1] ? incref(options[1]) : str_from_ascii("ASCII", 5));
    SET_FIELD_STEAL(u->errors, options[2] ? incref(options[2]) : str_from_ascii("strict", 6));
    if (!u->encoding || !u->errors) return -1;
    Value buffers = options[3] && options[3] != NONE ? value_iter(options[3]) : NULL;
    if (error_pending()) return -1;
    SET_FIELD_STEAL(u->buffers, buffers);
    u->fix_imports = fix;
    u->ready = true;
    return 0;
}

static int unpickler_init(Value v, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"file", "fix_imports", "encoding", "errors", "buffers", NULL};
    static const ArgSpec spec = {"Unpickler", names, 5, 1, 1};
    Value out[5];
    Unpickler *u = unpickler_of(v);
    if (!args_bind(&spec, args, nargs, kwnames, out)) return -1;
    if (u->running) return raise_int(T_RuntimeError, "Unpickler is loading");
    u->ready = false;
    drop_source(u);
    if (set_input(u, out[0]) < 0) return -1;
    unpickler_memo_clear(u);
    return set_reading(u, out + 1, "Unpickler");
}

static Value unpickler_run(Unpickler *u) {
    if (type_of(AS_VALUE(u)) == PICKLE->unpickler) u->persist = xincref(u->persistent_load);
    else if (look_up(AS_VALUE(u), NAME(persistent_load), &u->persist) < 0) return NULL;
    u->running = true;
    Value result = pickle_load(u);
    u->running = false;
    CLEAR_FIELD(u->persist);
    return result;
}

static Value unpickler_load(Value v) {
    Unpickler *u = unpickler_of(v);
    if (!u->ready)
        return fail_unpickling("Unpickler.__init__() was not called by %s.__init__()", type_name_of(v));
    if (u->running) return raise_error(T_RuntimeError, "Unpickler is loading");
    return unpickler_run(u);
}

static Value unpickler_find_class(Value v, Value const *args, size_t nargs) {
    if (!args_count("find_class", nargs, 2, 2)) return NULL;
    for (size_t i = 0; i < 2; i++)
        if (!is_str(args[i]))
            return raise_error(T_TypeError, "find_class() argument %d must be str, not %K", (int)i + 1,
                               args[i]);
    return pickle_find_class(unpickler_of(v), args[0], args[1]);
}

static Value get_persistent_load(Value v, void *closure) {
    (void)closure;
    Value found = unpickler_of(v)->persistent_load;
    return found ? incref(found) : raise_error(T_AttributeError, "persistent_load");
}

static int set_persistent_load(Value v, Value value, void *closure) {
    (void)closure;
    if (check_callable(value, "persistent_load") < 0) return -1;
    SET_FIELD_STEAL(unpickler_of(v)->persistent_load, incref(value));
    return 0;
}

static const GetSet unpickler_getset[] = {
    {"memo", get_unpickler_memo, set_unpickler_memo, NULL, NULL},
    {"persistent_load", get_persistent_load, set_persistent_load, NULL, NULL},
    {0},
};

static const NativeMethod unpickler_methods[] = {
    METHOD_NOARGS("load", unpickler_load,
                  "load($self, /)\n--\n\nReads one pickle from the file and makes its object."),
    METHOD_FAST("find_class", unpickler_find_class,
                "find_class($self, module_name, global_name, /)\n--\n\nThe object of that name in a module, "
                "which is imported. A subclass may refuse here what it does not want."),
    METHOD_END,
};

const TypeSpec unpickler_spec = {
    .name = "_pickle.Unpickler",
    .doc = "Unpickler(file, *, fix_imports=True, encoding=\'ASCII\', errors=\'strict\',\n          "
           "buffers=())\n--\n\n"
           "Reads pickles from a file.\n\nThe file has read() and readline(), which give bytes. fix_imports, "
           "encoding and errors say how what "
           "Python 2\nwrote is understood; buffers is an iterable of what was left out of a pickle of "
           "protocol 5.",
    .flags = TYPE_SUBCLASSABLE | TYPE_GC,
    .basic_size = sizeof(Unpickler),
    .slots = {.traverse = unpickler_traverse,
              .clear = unpickler_clear,
              .free = unpickler_free,
              .new_ = unpickler_make,
              .init = unpickler_init},
    .methods = unpickler_methods,
    .getset = unpickler_getset,
};

/* ---- functions ---- */

static Value dump(Value module, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"obj", "file", "protocol", "fix_imports", "buffer_callback", NULL};
    static const ArgSpec spec = {"dump", names, 5, 2, 3};
    Value out[5], result = NULL;
    (void)module;
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    Value v = pickler_make(PICKLE->pickler, NULL, 0, NULL);
    if (v && set_options(pickler_of(v), out + 2) == 0 && set_output(pickler_of(v), out[1]) == 0)
        result = pickler_dump(v, out[0]);
    xdecref(v);
    return result;
}

static Value dumps(Value module, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"obj", "protocol", "fix_imports", "buffer_callback", NULL};
    static const ArgSpec spec = {"dumps", names, 4, 1, 2};
    Value out[4], result = NULL;
    (void)module;
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    Value v = pickler_make(PICKLE->pickler, NULL, 0, NULL);
    Pickler *p = pickler_of(v);
    if (v && set_options(p, out + 1) == 0 && dump_into_out(p, out[0]) == 0)
        result = bytes_from(p->out, p->length);
    xdecref(v);
    return result;
}

static Value load(Value module, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"file", "fix_imports", "encoding", "errors", "buffers", NULL};
    static const ArgSpec spec = {"load", names, 5, 1, 1};
    Value out[5], result = NULL;
    (void)module;
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    Value v = unpickler_make(PICKLE->unpickler, NULL, 0, NULL);
    if (v && set_input(unpickler_of(v), out[0]) == 0 && set_reading(unpickler_of(v), out + 1, "load") == 0)
        result = unpickler_run(unpickler_of(v));
    xdecref(v);
    return result;
}

static Value loads(Value module, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"", "fix_imports", "encoding", "errors", "buffers", NULL};
    static const ArgSpec spec = {"loads", names, 5, 1, 1};
    Value out[5], result = NULL;
    (void)module;
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    Value v = unpickler_make(PICKLE->unpickler, NULL, 0, NULL);
    Unpickler *u = unpickler_of(v);
    if (v && set_reading(u, out + 1, "loads") == 0 && buffer_get(out[0], &u->buffer, false) == 0) {
        u->data = u->buffer.data;
        u->length = u->buffer.length;
        result = unpickler_run(u);
    }
    xdecref(v);
    return result;
}

static const NativeMethod pickle_functions[] = {
    METHOD_KW("dump", dump,
              "dump($module, /, obj, file, protocol=None, *, fix_imports=True,\n     "
              "buffer_callback=None)\n--\n\nPickle obj into an open file."),
    METHOD_KW("dumps", dumps,
              "dumps($module, /, obj, protocol=None, *, fix_imports=True,\n      "
              "buffer_callback=None)\n--\n\nobj, pickled."),
    METHOD_KW("load", load,
              "load($module, /, file, *, fix_imports=True, encoding='ASCII',\n     errors='strict', "
              "buffers=())\n--\n\nThe object that an open file holds pickled."),
    METHOD_KW("loads", loads,
              "loads($module, data, /, *, fix_imports=True, encoding='ASCII',\n      errors='strict', "
              "buffers=())\n--\n\nThe object that these bytes hold pickled."),
    METHOD_END,
};

/* ---- the module ---- */

static int exception(Value module, Type **type, const char *name, Value base) {
    Value bases = *type ? NULL : tuple_pack(1, base);
    if (!*type) *type = bases ? type_new_simple(name, bases, NULL, NULL) : NULL;
    xdecref(bases);
    return *type ? module_add_type(module, *type) : -1;
}

static int registries(PickleState *s) {
    Value module = module_import("copyreg");
    if (!module) return -1;
    bool good =
        (s->dispatch_table || (s->dispatch_table = value_getattr_cstr(module, "dispatch_table"))) &&
        (s->extension_registry ||
         (s->extension_registry = value_getattr_cstr(module, "_extension_registry"))) &&
        (s->inverted_registry || (s->inverted_registry = value_getattr_cstr(module, "_inverted_registry"))) &&
        (s->extension_cache || (s->extension_cache = value_getattr_cstr(module, "_extension_cache")));
    decref(module);
    return good ? 0 : -1;
}

static int pickle_ready(Value module) {
    PickleState *s = module_state_new(M_pickle, sizeof *s);
    if (!s || registries(s) < 0) return -1;
    if (exception(module, &s->error, "_pickle.PickleError", AS_VALUE(TYPE(Exception))) < 0 ||
        exception(module, &s->pickling_error, "_pickle.PicklingError", AS_VALUE(s->error)) < 0 ||
        exception(module, &s->unpickling_error, "_pickle.UnpicklingError", AS_VALUE(s->error)) < 0)
        return -1;
    if (module_make_type(module, &s->pickler, &pickler_spec, NULL) < 0 ||
        module_make_type(module, &s->unpickler, &unpickler_spec, NULL) < 0 ||
        module_make_type(module, &s->buffer, &pickle_buffer_spec, NULL) < 0)
        return -1;
    return module_ready_type(&s->pickler_memo, &pickler_memo_spec, NULL) < 0 ||
                   module_ready_type(&s->unpickler_memo, &unpickler_memo_spec, NULL) < 0
               ? -1
               : 0;
}

const ModuleSpec module_pickle = {
    .name = "_pickle",
    .doc = "Pickling, natively.",
    .functions = pickle_functions,
    .ready = pickle_ready,
};
