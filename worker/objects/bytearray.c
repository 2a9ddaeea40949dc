/* bytearray: a growable run of bytes. While a buffer of it is exported (a memoryview) its size is fixed. */
#include "objects/bytes_methods.h"
#include "objects/int.h"
#include "objects/protocols.h"
#include "objects/seq.h"
#include "objects/sizes.h"

static ByteArray *array_alloc(Type *type) {
    ByteArray *b = (ByteArray *)value_alloc(type, 0);
    if (!b) return NULL;
    b->length = b->capacity = b->exports = 0;
    b->data = NULL;
    if (type->flags & TYPE_GC) value_track(AS_VALUE(b));
    return b;
}

int bytearray_resize(Value v, size_t n) {
    ByteArray *b = (ByteArray *)v;
    if (n == b->length) return 0;
    if (b->exports) return raise_int(T_BufferError, "Existing exports of data: object cannot be re-sized");
    if (n + 1 > b->capacity || n + 1 < b->capacity / 2) {
        size_t capacity = n > b->length && b->length ? n + (n >> 3) + 9 : n + 1;
        uint8_t *data = heap_realloc(rt->heap, b->data, capacity);
        if (!data) return raise_no_memory(), -1;
        b->data = data;
        b->capacity = capacity;
    }
    b->length = n;
    b->data[n] = 0;
    return 0;
}

Value bytearray_from(const void *data, size_t n) {
    ByteArray *b = array_alloc(TYPE(bytearray));
    if (b && n && bytearray_resize(AS_VALUE(b), n) < 0) {
        DECREF(b);
        return NULL;
    }
    if (b && data && n) memcpy(b->data, data, n);
    return AS_VALUE(b);
}

static void array_free(Heap *heap, HeapObject *o) {
    heap_free(heap, ((ByteArray *)o)->data);
    value_free(AS_VALUE(o));
}

static size_t array_size(const HeapObject *o) { return size_with(o, ((const ByteArray *)o)->data); }

static const void *data_of(const ByteArray *b) { return b->data ? (const void *)b->data : ""; }

static Value array_repr(Value v) {
    ByteArray *b = (ByteArray *)v;
    char open[128];
    size_t n = 0;
    for (const char *name = type_name_of(v); *name && n < sizeof open - 4; name++) open[n++] = *name;
    memcpy(open + n, "(b", 3);
    return bytes_repr_of(data_of(b), b->length, open, ")");
}

static ssize_t array_len(Value v) { return (ssize_t)((ByteArray *)v)->length; }

static Value array_getitem(Value v, Value key) {
    ByteArray *b = (ByteArray *)v;
    if (is_slice(key)) return bytes_subscript_slice(v, key);
    ssize_t i;
    if (!value_has_index(key))
        return raise_error(T_TypeError, "bytearray indices must be integers or slices, not %T", key);
    if (seq_index_from_key(key, b->length, "bytearray", &i) < 0) return NULL;
    if (i < 0 || (size_t)i >= b->length) return raise_error(T_IndexError, "bytearray index out of range");
    return small_int_new(b->data[i]);
}

/* Replaces [low, high) by n bytes. */
static int splice(Value v, size_t low, size_t high, const uint8_t *data, size_t n) {
    ByteArray *b = (ByteArray *)v;
    size_t old = b->length, tail = old - high, length = low + n + tail;
    if (length > old && bytearray_resize(v, length) < 0) return -1;
    if (length < old && b->exports)
        return raise_int(T_BufferError, "Existing exports of data: object cannot be re-sized");
    if (tail) memmove(b->data + low + n, b->data + high, tail);
    if (n) memcpy(b->data + low, data, n);
    return length < old ? bytearray_resize(v, length) : 0;
}

static int set_strided(ByteArray *b, ssize_t start, ssize_t step, size_t count, const uint8_t *data,
                       size_t n) {
    if (n == 0) { /* deletion */
        if (count == 0) return 0;
        if (b->exports)
            return raise_int(T_BufferError, "Existing exports of data: object cannot be re-sized");
        if (step < 0) {
            start += step * (ssize_t)(count - 1);
            step = -step;
        }
        size_t to = (size_t)start, taken = 0;
        for (size_t from = to; from < b->length; from++) {
            if (taken < count && from == (size_t)start + taken * (size_t)step) taken++;
            else b->data[to++] = b->data[from];
        }
        return bytearray_resize(AS_VALUE(b), to);
    }
    if (n != count)
        return raise_int(T_ValueError, "attempt to assign bytes of size %zd to extended slice of size %zd",
                         (ssize_t)n, (ssize_t)count);
    for (size_t i = 0; i < count; i++, start += step) b->data[start] = data[i];
    return 0;
}

static int set_slice(Value v, Value slice, Value value) {
    ByteArray *b = (ByteArray *)v;
    ssize_t start, stop, step;
    if (slice_unpack(slice, &start, &stop, &step) < 0) return -1;
    Value bytes = NULL;
    if (value) {
        const Slots *has = &type_of(value)->slots;
        bool number = has->int_ || has->float_ || value_has_index(value) || IS(value, complex);
        if (is_str(value) || (number && !IS(value, bytearray)))
            return raise_int(T_TypeError,
                             "can assign only bytes, buffers, or iterables of ints in range(0, 256)");
        bytes = is_bytes(value) ? incref(value) : bytes_from_argument(value, true);
        if (!bytes) return -1;
    }
    size_t count = (size_t)slice_adjust((ssize_t)b->length, &start, &stop, step);
    const uint8_t *data = bytes ? bytes_data(bytes) : NULL;
    size_t n = bytes ? bytes_length(bytes) : 0;
    int status = step == 1 ? splice(v, (size_t)start, (size_t)start + count, data, n)
                           : set_strided(b, start, step, count, data, n);
    xdecref(bytes);
    return status;
}

static int array_setitem(Value v, Value key, Value value) {
    ByteArray *b = (ByteArray *)v;
    if (is_slice(key)) return set_slice(v, key, value);
    if (!value_has_index(key))
        return raise_int(T_TypeError, "bytearray indices must be integers or slices, not %T", key);
    ssize_t i = value_as_ssize(key, TYPE(IndexError));
    if (i == -1 && error_pending()) return -1;
    int byte = value ? byte_from_value(value)
                     : 0; /* before the bounds are checked: it may run code that changes them */
    if (byte < 0) return -1;
    if (i < 0) i += (ssize_t)b->length;
    if (i < 0 || (size_t)i >= b->length) return raise_int(T_IndexError, "bytearray index out of range");
    if (!value) return splice(v, (size_t)i, (size_t)i + 1, NULL, 0);
    b->data[i] = (uint8_t)byte;
    return 0;
}

static Value array_iconcat(Value v, Value other) {
    Buffer buffer;
    if (other == v) {
        Value copy = bytearray_copy(v), result = copy ? array_iconcat(v, copy) : NULL;
        xdecref(copy);
        return result;
    }
    if (buffer_get_for(other, &buffer, "can't concat %.100T to %.100T", other, v) < 0) return NULL;
    ByteArray *b = (ByteArray *)v;
    int status = splice(v, b->length, b->length, buffer.data, buffer.length);
    buffer_release(&buffer);
    return status < 0 ? NULL : incref(v);
}

static Value repeated(Value v, ssize_t times, bool in_place) {
    ByteArray *b = (ByteArray *)v;
    size_t n = b->length, total;
    if (times < 0) times = 0;
    if (__builtin_mul_overflow(n, (size_t)times, &total)) return raise_no_memory();
    if (work_charge(total / 64) < 0) return NULL;
    Value result = in_place ? incref(v) : bytearray_from(NULL, total);
    if (!result) return NULL;
    if (in_place && bytearray_resize(v, total) < 0) {
        decref(result);
        return NULL;
    }
    uint8_t *to = ((ByteArray *)result)->data;
    if (n && total && bytes_fill_repeated(to, b->data, n, total) < 0) {
        if (in_place) bytearray_resize(v, n);
        CLEAR_FIELD(result);
    }
    return result;
}

static Value array_repeat(Value v, ssize_t times) { return repeated(v, times, false); }
static Value array_irepeat(Value v, ssize_t times) { return repeated(v, times, true); }

static int array_get_buffer(Value v, Buffer *out, int writable) {
    (void)writable;
    ByteArray *b = (ByteArray *)v;
    buffer_fill(out, v, (void *)data_of(b), b->length, false);
    b->exports++;
    return 0;
}

static void array_release_buffer(Value v, Buffer *out) {
    (void)out;
    ((ByteArray *)v)->exports--;
}

/* ---- methods ---- */

Value bytearray_append(Value v, Value item) {
    ByteArray *b = (ByteArray *)v;
    int byte = byte_from_value(item);
    if (byte < 0 || bytearray_resize(v, b->length + 1) < 0) return NULL;
    b->data[b->length - 1] = (uint8_t)byte;
    return NONE;
}

Value bytearray_clear(Value v) { return bytearray_resize(v, 0) < 0 ? NULL : NONE; }

Value bytearray_copy(Value v) { return bytearray_from(data_of((ByteArray *)v), ((ByteArray *)v)->length); }

Value bytearray_extend(Value v, Value iterable) {
    Value bytes;
    if (type_of(iterable)->slots.get_buffer) {
        Buffer b;
        if (buffer_get_for(iterable, &b, "can't set bytearray slice from %.100T", iterable) < 0) return NULL;
        bytes = bytes_from(b.data, b.length);
        buffer_release(&b);
    } else {
        Value list = value_to_list(iterable);
        if (!list && error_swallow(T_TypeError))
            raise_error(T_TypeError, "can't extend bytearray with %.100T", iterable);
        bytes = list ? bytes_from_items(list) : NULL;
        xdecref(list);
    }
    if (!bytes) return NULL;
    size_t end = ((ByteArray *)v)->length;
    int status = splice(v, end, end, bytes_data(bytes), bytes_length(bytes));
    decref(bytes);
    return status < 0 ? NULL : NONE;
}

Value bytearray_insert(Value v, Value const *args, size_t nargs) {
    if (!args_count("insert", nargs, 2, 2)) return NULL;
    ssize_t i = value_as_ssize_argument(args[0]), n = (ssize_t)((ByteArray *)v)->length;
    if (i == -1 && error_pending()) return NULL;
    int byte = byte_from_value(args[1]);
    if (byte < 0) return NULL;
    if (i < 0) i = i + n < 0 ? 0 : i + n;
    if (i > n) i = n;
    uint8_t one = (uint8_t)byte;
    return splice(v, (size_t)i, (size_t)i, &one, 1) < 0 ? NULL : NONE;
}

Value bytearray_pop(Value v, Value const *args, size_t nargs) {
    if (!args_count("pop", nargs, 0, 1)) return NULL;
    ByteArray *b = (ByteArray *)v;
    ssize_t i = nargs ? value_as_ssize_argument(args[0]) : -1;
    if (nargs && i == -1 && error_pending()) return NULL;
    if (b->length == 0) return raise_error(T_IndexError, "pop from empty bytearray");
    if (i < 0) i += (ssize_t)b->length;
    if (i < 0 || (size_t)i >= b->length) return raise_error(T_IndexError, "pop index out of range");
    uint8_t byte = b->data[i];
    return splice(v, (size_t)i, (size_t)i + 1, NULL, 0) < 0 ? NULL : small_int_new(byte);
}

Value bytearray_remove(Value v, Value item) {
    ByteArray *b = (ByteArray *)v;
    int byte = byte_from_value(item);
    if (byte < 0) return NULL;
    uint8_t *at = b->length ? memchr(b->data, byte, b->length) : NULL;
    if (!at) return raise_error(T_ValueError, "value not found in bytearray");
    size_t i = (size_t)(at - b->data);
    return splice(v, i, i + 1, NULL, 0) < 0 ? NULL : NONE;
}

Value bytearray_reverse(Value v) {
    ByteArray *b = (ByteArray *)v;
    for (size_t i = 0, j = b->length; i + 1 < j; i++) {
        uint8_t t = b->data[i];
        b->data[i] = b->data[--j];
        b->data[j] = t;
    }
    return NONE;
}

static Value reduce(Value v, bool as_text) {
    ByteArray *b = (ByteArray *)v;
    Value state = value_state(v);
    if (!state) return NULL;
    if (b->length == 0) {
        Value empty = tuple_pack(3, AS_VALUE(type_of(v)), rt->empty_tuple, state);
        decref(state);
        return empty;
    }
    Value data = as_text ? str_from_latin1(data_of(b), b->length) : bytes_from(data_of(b), b->length);
    Value latin = as_text ? str_from_cstr("latin-1") : NULL;
    Value args = !data ? NULL : as_text ? tuple_pack(2, data, latin) : tuple_pack(1, data);
    Value result = args ? tuple_pack(3, AS_VALUE(type_of(v)), args, state) : NULL;
    xdecref(args);
    xdecref(latin);
    xdecref(data);
    decref(state);
    return result;
}

Value bytearray_reduce(Value v) { return reduce(v, true); }

Value bytearray_reduce_ex(Value v, Value const *args, size_t nargs) {
    int protocol = 0;
    if (!args_count("__reduce_ex__", nargs, 0, 1) || (nargs && value_as_int(args[0], &protocol) < 0))
        return NULL;
    return reduce(v, protocol < 3);
}

Value bytearray_alloc_size(Value v) { return small_int_new((int64_t)((ByteArray *)v)->capacity); }

static Value array_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    (void)args, (void)nargs, (void)kwnames;
    return AS_VALUE(array_alloc(type));
}

/* Byte after byte, so that code of the iterator sees what there is. */
static int append_all(Value v, Value iterable) {
    Value it = value_iter(iterable);
    if (!it) {
        if (error_swallow(T_TypeError))
            raise_error(T_TypeError, "cannot convert '%T' object to bytearray", iterable);
        return -1;
    }
    int status = 0;
    for (Value item; status == 0 && (item = value_next(it)) != NULL; decref(item))
        status = bytearray_append(v, item) ? 0 : -1;
    decref(it);
    return status < 0 || error_pending() ? -1 : 0;
}

/* bytearray(n): no bytes of that size beside it. */
static int fill_with_zeros(Value v, int64_t n) {
    ByteArray *b = (ByteArray *)v;
    if (bytearray_resize(v, (size_t)n) < 0) return -1;
    if (n) memset(b->data, 0, (size_t)n);
    return 0;
}

static int array_init(Value v, Value const *args, size_t nargs, Value kwnames) {
    if (nargs == 1 && !kwnames && is_small_int(args[0]) && small_int(args[0]) >= 0)
        return fill_with_zeros(v, small_int(args[0]));
    BytesArguments given;
    if (!bytes_parse_arguments("bytearray", args, nargs, kwnames, &given) || bytearray_resize(v, 0) < 0)
        return -1;
    Value source = given.source;
    bool has_length = !source || is_str(source) || is_list(source) || is_tuple(source) ||
                      type_of(source)->slots.get_buffer || value_has_index(source);
    if (!has_length && !given.encoding && !given.errors) return append_all(v, source);
    Value bytes = bytes_from_arguments(&given);
    if (!bytes) return -1;
    int status = splice(v, 0, ((ByteArray *)v)->length, bytes_data(bytes), bytes_length(bytes));
    decref(bytes);
    return status;
}

Value bytearray_iterator_new(Value v);

static Value array_remainder(Value a, Value b) {
    return is_object(a) && IS(a, bytearray) ? bytes_remainder(a, b) : NOT_IMPLEMENTED;
}

const TypeSpec bytearray_type_spec = {
    .name = "bytearray",
    .doc = "bytearray(): empty; of ints, of bytes or a buffer, of a text and its encoding, or of so many "
           "zeros: bytes that can be changed",
    .flags = TYPE_SUBCLASSABLE | TYPE_MATCH_SELF,
    .basic_size = sizeof(ByteArray),
    .slots = {.getattr = object_getattr,
              .free = array_free,
              .size = array_size,
              .repr = array_repr,
              .str = array_repr,
              .hash = hash_not_implemented,
              .compare = bytes_compare,
              .iter = bytearray_iterator_new,
              .new_ = array_make,
              .init = array_init,
              .remainder = array_remainder,
              .length = array_len,
              .getitem = array_getitem,
              .setitem = array_setitem,
              .contains = bytes_contains,
              .concat = bytes_concat_any,
              .iconcat = array_iconcat,
              .repeat = array_repeat,
              .irepeat = array_irepeat,
              .get_buffer = array_get_buffer,
              .release_buffer = array_release_buffer},
    .methods = bytearray_method_table,
};
