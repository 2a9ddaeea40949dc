/* pickle_save: values of built-in types. */
#include "modules/pickle.h"
#include "objects/codecs.h"
#include "objects/dict.h"
#include "objects/float.h"
#include "objects/function.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/set.h"
#include "objects/tuple.h"

static bool is_binary(const Pickler *p) { return p->protocol > 0; }

/* ---- memo ---- */

static int decimal_line(Pickler *p, char op, int64_t n) {
    char line[32];
    return out_bytes(p, line, (size_t)snprintf(line, sizeof line, "%c%lld\n", op, (long long)n));
}

int pickle_memo_get(Pickler *p, size_t number) {
    if (!is_binary(p)) return decimal_line(p, OP_GET, (int64_t)number);
    if (number < 256) return out_op(p, OP_BINGET, number, 1);
    if (number <= UINT32_MAX) return out_op(p, OP_LONG_BINGET, number, 4);
    fail_pickling("memo id too large for LONG_BINGET");
    return -1;
}

int pickle_memo_put(Pickler *p, Value v) {
    if (p->fast) return 0;
    size_t number = p->memo.count;
    if (memo_add(&p->memo, v, number) < 0) return -1;
    if (p->protocol >= 4) return out_byte(p, OP_MEMOIZE);
    if (!is_binary(p)) return decimal_line(p, OP_PUT, (int64_t)number);
    if (number < 256) return out_op(p, OP_BINPUT, number, 1);
    if (number <= UINT32_MAX) return out_op(p, OP_LONG_BINPUT, number, 4);
    fail_pickling("memo id too large for LONG_BINPUT");
    return -1;
}

/* ---- numbers ---- */

static int save_bool(Pickler *p, Value v) {
    if (p->protocol >= 2) return out_byte(p, v == TRUE ? OP_NEWTRUE : OP_NEWFALSE);
    return out_bytes(p, v == TRUE ? "I01\n" : "I00\n", 4);
}

static int save_long_bytes(Pickler *p, Value v) {
    size_t n = int_bit_length(v) / 8 + 1;
    if (n > INT32_MAX) return raise_int(T_OverflowError, "int too large to pickle");
    Value bytes = bytes_new(n);
    if (!bytes) return -1;
    uint8_t *data = bytes_data(bytes);
    int status = int_to_bytes(v, data, n, true, true);
    if (status == 0 && int_sign(v) < 0 && n > 1 && data[n - 1] == 0xff && (data[n - 2] & 0x80)) n--;
    if (status == 0) status = n < 256 ? out_op(p, OP_LONG1, n, 1) : out_op(p, OP_LONG4, n, 4);
    if (status == 0) status = out_bytes(p, data, n);
    decref(bytes);
    return status;
}

static int save_long_text(Pickler *p, Value v) {
    Value text = value_repr(v);
    if (!text) return -1;
    int status = out_byte(p, OP_LONG);
    if (status == 0) status = out_bytes(p, str_data(text), str_length(text));
    decref(text);
    return status < 0 ? -1 : out_bytes(p, "L\n", 2);
}

static int save_int(Pickler *p, Value v) {
    int64_t n;
    if (int_to_i64(v, &n) && n >= INT32_MIN && n <= INT32_MAX) {
        if (!is_binary(p)) return decimal_line(p, OP_INT, n);
        if (n < 0 || n > 0xffff) return out_op(p, OP_BININT, (uint32_t)n, 4);
        return n > 0xff ? out_op(p, OP_BININT2, (uint64_t)n, 2) : out_op(p, OP_BININT1, (uint64_t)n, 1);
    }
    return p->protocol >= 2 ? save_long_bytes(p, v) : save_long_text(p, v);
}

static int save_float(Pickler *p, Value v) {
    double d = float_value(v);
    char text[48] = {OP_FLOAT};
    uint64_t bits;
    if (is_binary(p)) {
        memcpy(&bits, &d, 8);
        return out_op(p, OP_BINFLOAT, __builtin_bswap64(bits), 8);
    }
    size_t n = double_repr(d, text + 1);
    text[n + 1] = '\n';
    return out_bytes(p, text, n + 2);
}

/* ---- text and bytes ---- */

/* The opcode for n bytes of payload: short (NUL: none), 4-byte and 8-byte lengths. */
static int save_payload(Pickler *p, int short_op, int op, int long_op, const void *data, size_t n,
                        Value payload) {
    uint8_t header[9];
    size_t size = 5;
    uint64_t length = n;
    memcpy(header + 1, &length, 8);
    if (n <= 0xff && short_op && (p->protocol >= 4 || short_op == OP_SHORT_BINBYTES))
        header[0] = (uint8_t)short_op, size = 2;
    else if (n <= UINT32_MAX && op) header[0] = (uint8_t)op;
    else if (p->protocol >= 4) header[0] = (uint8_t)long_op, size = 9;
    else
        return raise_int(T_OverflowError,
                         "serializing a %s larger than 4 GiB requires pickle protocol 4 or higher",
                         op == OP_BINBYTES ? "bytes object" : "string");
    return out_payload(p, header, size, data, n, payload);
}

/* callable(first, second) or callable() as the reduction of v. */
static int save_call(Pickler *p, Value callable_steal, Value args_steal, Value v) {
    Value reduction = callable_steal && args_steal ? tuple_pack(2, callable_steal, args_steal) : NULL;
    int status = reduction ? pickle_save_reduction(p, reduction, v) : -1;
    xdecref(reduction);
    xdecref(callable_steal);
    xdecref(args_steal);
    return status;
}

static int save_bytes_by_call(Pickler *p, Value v) {
    if (bytes_length(v) == 0) return save_call(p, incref(AS_VALUE(TYPE(bytes))), tuple_new(0), v);
    Value text = str_from_latin1(bytes_data(v), bytes_length(v)),
          latin1 = text ? str_from_ascii("latin1", 6) : NULL;
    Value args = latin1 ? tuple_pack(2, text, latin1) : NULL;
    xdecref(text);
    xdecref(latin1);
    if (!args) return -1;
    return save_call(p, module_import_attr("_codecs", "encode"), args, v);
}

static int save_bytes(Pickler *p, Value v) {
    if (p->protocol < 3) return save_bytes_by_call(p, v);
    if (save_payload(p, OP_SHORT_BINBYTES, OP_BINBYTES, OP_BINBYTES8, bytes_data(v), bytes_length(v), v) < 0)
        return -1;
    return pickle_memo_put(p, v);
}

static int save_bytearray(Pickler *p, Value v) {
    const ByteArray *b = (const ByteArray *)v;
    if (p->protocol < 5) {
        Value bytes = b->length ? bytes_from(b->data, b->length) : NULL;
        Value args = b->length ? (bytes ? tuple_pack(1, bytes) : NULL) : tuple_new(0);
        xdecref(bytes);
        return save_call(p, incref(AS_VALUE(TYPE(bytearray))), args, v);
    }
    Buffer view;
    if (buffer_get(v, &view, false) < 0) return -1;
    int status = save_payload(p, 0, 0, OP_BYTEARRAY8, view.data, view.length, v);
    buffer_release(&view);
    return status < 0 ? -1 : pickle_memo_put(p, v);
}

static bool is_contiguous(const Buffer *view) {
    ssize_t expected = (ssize_t)view->item_size, fortran = expected;
    bool c_order = true, f_order = true;
    for (int i = view->dimensions; i-- > 0; expected *= view->shape[i])
        if (view->shape[i] > 1 && view->strides[i] != expected) c_order = false;
    for (int i = 0; i < view->dimensions; fortran *= view->shape[i++])
        if (view->shape[i] > 1 && view->strides[i] != fortran) f_order = false;
    return c_order || f_order;
}

/* Within the pickle: as bytes or a bytearray would be. */
static int save_buffer_inside(Pickler *p, Value v, const Buffer *view) {
    int status = view->read_only ? save_payload(p, OP_SHORT_BINBYTES, OP_BINBYTES, OP_BINBYTES8, view->data,
                                                view->length, NULL)
                                 : save_payload(p, 0, 0, OP_BYTEARRAY8, view->data, view->length, NULL);
    return status < 0 ? -1 : pickle_memo_put(p, v);
}

static int save_buffer(Pickler *p, Value v) {
    const Buffer *view = &((PickleBuffer *)v)->view;
    if (p->protocol < 5) return fail_pickling("PickleBuffer can only pickled with protocol >= 5"), -1;
    if (!view->owner) return raise_int(T_ValueError, "operation forbidden on released PickleBuffer object");
    if (!is_contiguous(view))
        return fail_pickling("PickleBuffer can not be pickled when pointing to a non-contiguous buffer"), -1;
    int inside = 1;
    if (p->buffer_callback) {
        Value answer = value_call_one(p->buffer_callback, v);
        if (!answer) return -1;
        inside = value_is_true(answer);
        decref(answer);
        if (inside < 0) return -1;
        if (!((PickleBuffer *)v)->view.owner)
            return raise_int(T_ValueError, "operation forbidden on released PickleBuffer object");
    }
    if (inside) return save_buffer_inside(p, v, view);
    if (out_byte(p, OP_NEXT_BUFFER) < 0) return -1;
    return view->read_only ? out_byte(p, OP_READONLY_BUFFER) : 0;
}

/* A line for protocol 0: what would end or confuse it is escaped. */
static int save_text_line(Pickler *p, Value v) {
    char piece[16];
    if (out_byte(p, OP_UNICODE) < 0 || work_charge(str_length(v) / 16) < 0) return -1;
    for (size_t i = 0; i < str_length(v); i++) {
        uint32_t c = str_read(v, i);
        int status;
        if (c >= 0x10000) status = out_bytes(p, piece, (size_t)snprintf(piece, sizeof piece, "\\U%08x", c));
        else if (c >= 256 || c == '\\' || c == 0 || c == '\n' || c == '\r' || c == 0x1a)
            status = out_bytes(p, piece, (size_t)snprintf(piece, sizeof piece, "\\u%04x", c));
        else status = out_byte(p, (int)c);
        if (status < 0) return -1;
    }
    return out_byte(p, '\n');
}

static int save_str(Pickler *p, Value v) {
    int status;
    if (!is_binary(p)) {
        status = save_text_line(p, v);
    } else if (((Str *)v)->ascii) {
        status = save_payload(p, OP_SHORT_BINUNICODE, OP_BINUNICODE, OP_BINUNICODE8, str_data(v),
                              str_length(v), NULL);
    } else {
        Value bytes = codec_encode(v, "utf-8", "surrogatepass");
        status = bytes ? save_payload(p, OP_SHORT_BINUNICODE, OP_BINUNICODE, OP_BINUNICODE8,
                                      bytes_data(bytes), bytes_length(bytes), NULL)
                       : -1;
        xdecref(bytes);
    }
    return status < 0 ? -1 : pickle_memo_put(p, v);
}

/* ---- containers ---- */

static int save_owned(Pickler *p, Value item_steal) {
    int status = pickle_save(p, item_steal, false);
    decref(item_steal);
    return status;
}

static int out_repeat(Pickler *p, int op, size_t n) {
    int status = 0;
    while (status == 0 && n-- > 0) status = out_byte(p, op);
    return status;
}

static int save_tuple(Pickler *p, Value v) {
    size_t n = tuple_length(v), number;
    if (n == 0) {
        if (is_binary(p)) return out_byte(p, OP_EMPTY_TUPLE);
        return out_byte(p, OP_MARK) < 0 ? -1 : out_byte(p, OP_TUPLE);
    }
    bool short_form = n <= 3 && p->protocol >= 2;
    if (!short_form && out_byte(p, OP_MARK) < 0) return -1;
    for (size_t i = 0; i < n; i++)
        if (save_owned(p, incref(tuple_item_borrow(v, i))) < 0) return -1;
    if (memo_find(&p->memo, v, &number)) { /* a tuple that holds itself was written meanwhile */
        int status = short_form     ? out_repeat(p, OP_POP, n)
                     : is_binary(p) ? out_byte(p, OP_POP_MARK)
                                    : out_repeat(p, OP_POP, n + 1);
        return status < 0 ? -1 : pickle_memo_get(p, number);
    }
    if (out_byte(p, short_form ? OP_TUPLE1 + (int)n - 1 : OP_TUPLE) < 0) return -1;
    return pickle_memo_put(p, v);
}

static int save_list_items(Pickler *p, Value v) {
    if (list_length(v) == 1)
        return save_owned(p, incref(list_item_borrow(v, 0))) < 0 ? -1 : out_byte(p, OP_APPEND);
    for (size_t i = 0; i < list_length(v);) {
        if (out_byte(p, OP_MARK) < 0) return -1;
        for (size_t stop = i + BATCH; i < stop && i < list_length(v); i++)
            if (save_owned(p, incref(list_item_borrow(v, i))) < 0) return -1;
        if (out_byte(p, OP_APPENDS) < 0) return -1;
    }
    return 0;
}

static int save_pair(Pickler *p, Value key, Value value) {
    incref(key);
    incref(value);
    int status = save_owned(p, key);
    if (status == 0) return save_owned(p, value);
    decref(value);
    return -1;
}

static int save_dict_items(Pickler *p, Value v) {
    const Dict *d = (const Dict *)v;
    size_t position = 0, size = d->length, n = 0;
    uint64_t order = d->order_version;
    Value key, value;
    bool one = size == 1;
    if (!one && out_byte(p, OP_MARK) < 0) return -1;
    while (dict_next(v, &position, &key, &value)) {
        if (save_pair(p, key, value) < 0) return -1;
        if (d->order_version != order || d->length != size)
            return raise_int(T_RuntimeError, "dictionary changed size during iteration");
        if (one) return out_byte(p, OP_SETITEM);
        if (++n % BATCH == 0 && n < size && (out_byte(p, OP_SETITEMS) < 0 || out_byte(p, OP_MARK) < 0))
            return -1;
    }
    return out_byte(p, OP_SETITEMS);
}

/* Items (or pairs) of an iterator, as appends to what lies on the stack. */
static int save_item(Pickler *p, Value item, bool pair) {
    if (!pair) return pickle_save(p, item, false);
    if (!is_tuple(item) || tuple_length(item) != 2)
        return raise_int(T_TypeError, "dict items iterator must return 2-tuples");
    return save_pair(p, tuple_item_borrow(item, 0), tuple_item_borrow(item, 1));
}

static int batch_singly(Pickler *p, Value iterator, bool pairs) {
    for (Value item; (item = value_next(iterator));) {
        int status = save_item(p, item, pairs);
        decref(item);
        if (status < 0 || out_byte(p, pairs ? OP_SETITEM : OP_APPEND) < 0) return -1;
    }
    return error_pending() ? -1 : 0;
}

/* One item alone, or a batch between a mark and its end; 1: there may be more. */
static int batch_once(Pickler *p, Value iterator, bool pairs) {
    Value item = value_next(iterator), following = item ? value_next(iterator) : NULL;
    if (!item) return error_pending() ? -1 : 0;
    int status = error_pending() || (following && out_byte(p, OP_MARK) < 0) ? -1 : save_item(p, item, pairs);
    decref(item);
    if (!following) return status < 0 ? -1 : out_byte(p, pairs ? OP_SETITEM : OP_APPEND);
    size_t n = 1;
    while (status == 0 && following) {
        status = save_item(p, following, pairs);
        CLEAR_FIELD(following);
        if (++n < BATCH && status == 0 && !(following = value_next(iterator)) && error_pending()) status = -1;
    }
    xdecref(following);
    if (status < 0 || out_byte(p, pairs ? OP_SETITEMS : OP_APPENDS) < 0) return -1;
    return n == BATCH;
}

int pickle_batch(Pickler *p, Value iterator, bool pairs) {
    if (!is_binary(p)) return batch_singly(p, iterator, pairs);
    int status;
    while ((status = batch_once(p, iterator, pairs)) > 0) {}
    return status;
}

static int begin_container(Pickler *p, int empty_op, int op, Value v) {
    int status = is_binary(p) ? out_byte(p, empty_op) : out_byte(p, OP_MARK) < 0 ? -1 : out_byte(p, op);
    return status < 0 ? -1 : pickle_memo_put(p, v);
}

static int fast_enter(Pickler *p, Value v) {
    if (!p->fast || ++p->fast_depth < 50) return 0;
    if (!p->fast_active && !(p->fast_active = dict_new())) return -1;
    Value id = int_from_u64((uint64_t)(uintptr_t)v);
    int found = id ? value_contains(p->fast_active, id) : -1;
    if (found == 1)
        raise_error(T_ValueError, "fast mode: can't pickle cyclic objects including object type %.200s at %p",
                    type_name_of(v), (void *)v);
    if (found == 0) found = dict_set(p->fast_active, id, NONE) < 0 ? -1 : 0;
    xdecref(id);
    return found ? -1 : 0;
}

static void fast_leave(Pickler *p, Value v) {
    if (!p->fast || p->fast_depth-- < 50 || !p->fast_active) return;
    Value kept = error_pending() ? error_take() : NULL, id = int_from_u64((uint64_t)(uintptr_t)v);
    if (!id || dict_delete(p->fast_active, id) < 0) error_clear();
    xdecref(id);
    if (kept) error_restore_steal(kept);
}

static int save_list(Pickler *p, Value v) {
    int status = fast_enter(p, v);
    if (status == 0) status = begin_container(p, OP_EMPTY_LIST, OP_LIST, v);
    if (status == 0 && list_length(v)) {
        if (is_binary(p)) {
            status = save_list_items(p, v);
        } else {
            Value iterator = value_iter(v);
            status = iterator ? batch_singly(p, iterator, false) : -1;
            xdecref(iterator);
        }
    }
    fast_leave(p, v);
    return status;
}

static int save_dict(Pickler *p, Value v) {
    int status = fast_enter(p, v);
    if (status == 0) status = begin_container(p, OP_EMPTY_DICT, OP_DICT, v);
    if (status == 0 && dict_length(v)) {
        if (is_binary(p)) {
            status = save_dict_items(p, v);
        } else {
            Value items = value_call_method_noargs(v, NAME(items)),
                  iterator = items ? value_iter(items) : NULL;
            status = iterator ? batch_singly(p, iterator, true) : -1;
            xdecref(items);
            xdecref(iterator);
        }
    }
    fast_leave(p, v);
    return status;
}

static int save_set_by_call(Pickler *p, Value v, Type *type) {
    Value items = value_to_list(v), args = items ? tuple_pack(1, items) : NULL;
    xdecref(items);
    return save_call(p, incref(AS_VALUE(type)), args, v);
}

static int save_set(Pickler *p, Value v) {
    if (p->protocol < 4) return save_set_by_call(p, v, TYPE(set));
    if (out_byte(p, OP_EMPTY_SET) < 0 || pickle_memo_put(p, v) < 0) return -1;
    size_t position = 0, n = 0, size = set_length(v);
    uint64_t version = ((Set *)v)->version;
    Value key;
    if (size == 0) return 0;
    if (out_byte(p, OP_MARK) < 0) return -1;
    while (set_next(v, &position, &key)) {
        if (save_owned(p, incref(key)) < 0) return -1;
        if (((Set *)v)->version != version || set_length(v) != size)
            return raise_int(T_RuntimeError, "set changed size during iteration");
        if (++n % BATCH == 0 && n < size && (out_byte(p, OP_ADDITEMS) < 0 || out_byte(p, OP_MARK) < 0))
            return -1;
    }
    return out_byte(p, OP_ADDITEMS);
}

static int save_frozenset(Pickler *p, Value v) {
    if (p->protocol < 4) return save_set_by_call(p, v, TYPE(frozenset));
    size_t position = 0, number;
    Value key;
    if (out_byte(p, OP_MARK) < 0) return -1;
    while (set_next(v, &position, &key))
        if (save_owned(p, incref(key)) < 0) return -1;
    if (memo_find(&p->memo, v, &number))
        return out_byte(p, OP_POP_MARK) < 0 ? -1 : pickle_memo_get(p, number);
    return out_byte(p, OP_FROZENSET) < 0 ? -1 : pickle_memo_put(p, v);
}

/* ---- any value ---- */

static int save_persistent_line(Pickler *p, Value id) {
    Value text = value_str(id);
    if (!text) return -1;
    int status = -1;
    if (!((Str *)text)->ascii) fail_pickling("persistent IDs in protocol 0 must be ASCII strings");
    else
        status = out_byte(p, OP_PERSID) < 0 || out_bytes(p, str_data(text), str_length(text)) < 0
                     ? -1
                     : out_byte(p, '\n');
    decref(text);
    return status;
}

/* 1: v is known elsewhere by an id, which was written. */
static int save_persistent(Pickler *p, Value v) {
    Value id = value_call_one(p->persist, v);
    if (!id || id == NONE) return id ? 0 : -1;
    int status = !is_binary(p)                  ? save_persistent_line(p, id)
                 : pickle_save(p, id, true) < 0 ? -1
                                                : out_byte(p, OP_BINPERSID);
    decref(id);
    return status < 0 ? -1 : 1;
}

static int save_atom(Pickler *p, Value v, bool *done) {
    *done = true;
    if (v == NONE) return out_byte(p, OP_NONE);
    if (is_bool(v)) return save_bool(p, v);
    Type *type = type_of(v);
    if (type == TYPE(int)) return save_int(p, v);
    if (type == TYPE(float)) return save_float(p, v);
    return *done = false, 0;
}

static int save_compound(Pickler *p, Value v) {
    Type *type = type_of(v);
    if (type == TYPE(dict)) return save_dict(p, v);
    if (type == TYPE(set)) return save_set(p, v);
    if (type == TYPE(frozenset)) return save_frozenset(p, v);
    if (type == TYPE(list)) return save_list(p, v);
    if (type == TYPE(tuple)) return save_tuple(p, v);
    if (type == TYPE(bytearray)) return save_bytearray(p, v);
    if (type == PICKLE->buffer) return save_buffer(p, v);
    return pickle_reduce(p, v);
}

int pickle_save(Pickler *p, Value v, bool persistent_done) {
    bool done;
    size_t number;
    if (out_boundary(p) < 0 || (++p->work % 256 == 0 && work_charge(256) < 0)) return -1;
    if (p->persist && !persistent_done) {
        int status = save_persistent(p, v);
        if (status != 0) return status < 0 ? -1 : 0;
    }
    int status = save_atom(p, v, &done);
    if (done) return status;
    if (memo_find(&p->memo, v, &number)) return pickle_memo_get(p, number);
    if (type_of(v) == TYPE(str)) return save_str(p, v);
    if (type_of(v) == TYPE(bytes)) return save_bytes(p, v);
    if (recursion_enter(" while pickling an object") < 0) return -1;
    status = save_compound(p, v);
    recursion_leave();
    return status;
}

int pickle_dump(Pickler *p, Value v) {
    p->length = 0;
    p->frame = NO_FRAME;
    p->framing = false;
    p->fast_depth = 0;
    if (p->protocol >= 2) {
        if (out_op(p, OP_PROTO, (uint64_t)p->protocol, 1) < 0) return -1;
        p->framing = p->protocol >= 4;
    }
    int status = pickle_save(p, v, false);
    if (status == 0) status = out_byte(p, OP_STOP);
    if (status == 0) status = out_close_frame(p);
    p->framing = false;
    return status;
}
