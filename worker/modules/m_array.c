/*
 * array: arrays of machine numbers in one block. While a buffer of it is exported its size is fixed.
 */
#include "modules/array.h"

#include "modules/fields.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/seq.h"
#include "objects/seq_iterators.h"
#include "objects/sizes.h"
#include "objects/slots.h"
#include "objects/str.h"
#include "objects/tuple.h"

typedef struct Array {
    HeapObject head;
    const ArrayKind *kind;
    uint8_t *data;
    size_t length, capacity; /* in items */
    size_t exports;
} Array;

typedef struct ArrayState {
    Type *array, *iterator;
} ArrayState;

#define ARRAY MODULE_STATE(array, ArrayState)

static Array *array_of(Value v) { return (Array *)v; }
static bool is_array(Value v) { return value_is_instance(v, ARRAY->array); }
static uint8_t *at(const Array *a, size_t i) { return a->data + i * a->kind->size; }
static Value get(const Array *a, size_t i) { return a->kind->read(at(a, i)); }

/* ---- storage ---- */

static Array *array_new(Type *type, const ArrayKind *kind, size_t length) {
    size_t bytes;
    if (__builtin_mul_overflow(length, (size_t)kind->size, &bytes)) return (Array *)raise_no_memory();
    uint8_t *data = length ? heap_alloc(rt->heap, bytes) : NULL;
    if (length && !data) return (Array *)raise_no_memory();
    Array *a = (Array *)value_alloc(type, 0);
    if (!a) {
        heap_free(rt->heap, data);
        return NULL;
    }
    a->kind = kind;
    a->data = data;
    a->length = a->capacity = length;
    a->exports = 0;
    if (type->flags & TYPE_GC) value_track(AS_VALUE(a));
    return a;
}

static Array *array_like(const Array *a, size_t length) { return array_new(ARRAY->array, a->kind, length); }

static int check_exports(const Array *a) {
    if (a->exports == 0) return 0;
    return raise_int(T_BufferError, "cannot resize an array that is exporting buffers");
}

static int resize(Array *a, size_t length) {
    if (length != a->length && check_exports(a) < 0) return -1;
    if (length > a->capacity || length < a->capacity / 2) {
        size_t capacity = length + (length >> 4) + (length < 8 ? 3 : 7), bytes;
        if (length == 0) capacity = 0;
        if (__builtin_mul_overflow(capacity, (size_t)a->kind->size, &bytes)) return raise_no_memory(), -1;
        uint8_t *data = capacity ? heap_realloc(rt->heap, a->data, bytes) : NULL;
        if (capacity && !data) return raise_no_memory(), -1;
        if (!capacity) heap_free(rt->heap, a->data);
        a->data = data;
        a->capacity = capacity;
    }
    a->length = length;
    return 0;
}

/* Makes room for n items in place of the `old` ones at i. */
static int splice(Array *a, size_t i, size_t old, size_t n) {
    size_t length = a->length, behind = length - i - old, size = a->kind->size;
    if (n != old && check_exports(a) < 0) return -1;
    if (n < old) memmove(at(a, i + n), at(a, i + old), behind * size);
    if (resize(a, length - old + n) < 0) return -1;
    if (n > old) memmove(at(a, i + n), at(a, i + old), behind * size);
    return 0;
}

static void array_free(Heap *heap, HeapObject *o) {
    heap_free(heap, ((Array *)(void *)o)->data);
    value_free(AS_VALUE(o));
}

static size_t array_size(const HeapObject *o) { return size_with(o, ((const Array *)(const void *)o)->data); }

static int bad_argument(void) { return raise_int(T_TypeError, "bad argument type for built-in operation"); }

/* ---- filling ---- */

static int append(Array *a, Value v) {
    uint8_t item[8];
    if (a->kind->write(item, v) < 0 || resize(a, a->length + 1) < 0) return -1;
    memcpy(at(a, a->length - 1), item, a->kind->size);
    return 0;
}

static int extend_by_array(Array *a, const Array *b) {
    if (a->kind != b->kind) return raise_int(T_TypeError, "can only extend with array of same kind");
    size_t m = a->length, n = b->length;
    if (resize(a, m + n) < 0) return -1;
    if (n) memcpy(at(a, m), b->data, n * a->kind->size);
    return 0;
}

static int extend(Array *a, Value iterable) {
    if (is_array(iterable)) return extend_by_array(a, array_of(iterable));
    Value it = value_iter(iterable);
    if (!it) return -1;
    int status = 0;
    for (Value item; status == 0 && (item = value_next(it)) != NULL; decref(item)) status = append(a, item);
    decref(it);
    return status < 0 || error_pending() ? -1 : 0;
}

static int extend_by_bytes(Array *a, Value bytes) {
    Buffer buffer;
    if (buffer_get(bytes, &buffer, false) < 0) return -1;
    size_t m = a->length, n = buffer.length / a->kind->size;
    int status = buffer.item_size > 1 ? raise_int(T_TypeError, "a bytes-like object is required")
                 : buffer.length % a->kind->size
                     ? raise_int(T_ValueError, "bytes length not a multiple of item size")
                     : resize(a, m + n);
    if (status == 0 && n) memcpy(at(a, m), buffer.data, buffer.length);
    buffer_release(&buffer);
    return status;
}

static int extend_by_text(Array *a, Value text) {
    size_t m = a->length, n = str_length(text);
    if (resize(a, m + n) < 0) return -1;
    for (size_t i = 0; i < n; i++) {
        uint32_t c = str_read(text, i);
        memcpy(at(a, m + i), &c, sizeof c);
    }
    return 0;
}

/* The ints and floats at a list's start whose writing runs no code: how many, -1 raised. */
static ssize_t extend_by_numbers(Array *a, Value list) {
    size_t m = a->length, n = list_length(list), size = a->kind->size, count = 0;
    if (a->kind->code == 'u') return 0;
    while (count < n && !is_object(list_item_borrow(list, count))) count++;
    if (resize(a, m + count) < 0) return -1;
    for (size_t i = 0; i < count && i < list_length(list); i++)
        if (a->kind->write(a->data + (m + i) * size, list_item_borrow(list, i)) < 0) return -1;
    return work_charge_alone(count / 16) < 0 ? -1 : (ssize_t)count;
}

/* All of a list or not any. */
static int extend_by_list(Array *a, Value list) {
    size_t m = a->length, n = list_length(list);
    if (n && check_exports(a) < 0) return -1;
    ssize_t numbers = extend_by_numbers(a, list);
    if (numbers < 0) {
        resize(a, m);
        return -1;
    }
    for (size_t i = (size_t)numbers; i < n && i < list_length(list); i++) {
        Value item = incref(list_item_borrow(list, i));
        int status = append(a, item);
        decref(item);
        if (status == 0) continue;
        if (a->exports == 0) resize(a, m);
        return -1;
    }
    return 0;
}

/* ---- making ---- */

static const ArrayKind *kind_argument(Value code) {
    if (!is_str(code) || str_length(code) != 1) {
        raise_error(T_TypeError, "array() argument 1 must be a unicode character, not %.50K", code);
        return NULL;
    }
    const ArrayKind *kind = array_kind(str_read(code, 0));
    if (!kind) raise_error(T_ValueError, "bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)");
    return kind;
}

static int fill(Array *a, Value initial) {
    if (is_list(initial)) return extend_by_list(a, initial);
    if (is_str(initial)) return extend_by_text(a, initial);
    if (is_bytes(initial) || IS(initial, bytearray)) return extend_by_bytes(a, initial);
    if (is_array(initial) && array_of(initial)->kind == a->kind) return extend_by_array(a, array_of(initial));
    if (!is_array(initial)) return extend(a, initial);
    for (size_t i = 0; i < array_of(initial)->length; i++) {
        Value item = get(array_of(initial), i);
        int status = item ? append(a, item) : -1;
        xdecref(item);
        if (status < 0) return -1;
    }
    return 0;
}

static Value array_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    if (type == ARRAY->array && !args_no_keywords("array.array", kwnames)) return NULL;
    if (nargs < 1 || nargs > 2)
        return raise_error(T_TypeError, "array() takes at %s %d argument%s (%zu given)",
                           nargs ? "most" : "least", nargs ? 2 : 1, nargs ? "s" : "", nargs);
    const ArrayKind *kind = kind_argument(args[0]);
    if (!kind) return NULL;
    Value initial = nargs > 1 ? args[1] : NULL;
    if (initial && kind->code != 'u') {
        if (is_str(initial))
            return raise_error(T_TypeError, "cannot use a str to initialize an array with typecode '%c'",
                               kind->code);
        if (is_array(initial) && array_of(initial)->kind->code == 'u')
            return raise_error(T_TypeError,
                               "cannot use a unicode array to initialize an array with typecode '%c'",
                               kind->code);
    }
    Array *a = array_new(type, kind, 0);
    if (a && initial && fill(a, initial) < 0) {
        DECREF(a);
        return NULL;
    }
    return AS_VALUE(a);
}

/* ---- protocols ---- */

static Value to_list(const Array *a) {
    Value list = list_new(a->length);
    for (size_t i = 0; list && i < a->length; i++) {
        Value item = get(a, i);
        if (item) list_init_item_steal(list, i, item);
        else CLEAR_FIELD(list);
    }
    return list;
}

static Value to_text(const Array *a) {
    for (size_t i = 0; i < a->length; i++) {
        uint32_t c;
        memcpy(&c, at(a, i), sizeof c);
        if (c > 0x10ffff)
            return raise_error(T_ValueError, "character U+%x is not in range [U+0000; U+10ffff]", c);
    }
    return str_from_ucs4((const uint32_t *)(const void *)a->data, a->length);
}

static Value array_repr(Value v) {
    Array *a = array_of(v);
    Value name = AS_VALUE(type_of(v)->name);
    if (a->length == 0) return str_format("%U('%c')", name, a->kind->code);
    Value items = a->kind->code == 'u' ? to_text(a) : to_list(a);
    Value text = items ? str_format("%U('%c', %R)", name, a->kind->code, items) : NULL;
    xdecref(items);
    return text;
}

static Value array_compare(Value v, Value w, CompareOp op) {
    if (!is_array(v) || !is_array(w)) return NOT_IMPLEMENTED;
    Array *a = array_of(v), *b = array_of(w);
    if (a->length != b->length && (op == CMP_EQ || op == CMP_NE)) return BOOL(op == CMP_NE);
    bool floats = a->kind->code == 'f' || a->kind->code == 'd';
    if (a->kind == b->kind && !floats && (op == CMP_EQ || op == CMP_NE)) {
        size_t bytes = a->length * a->kind->size;
        bool equal = bytes == 0 || memcmp(a->data, b->data, bytes) == 0;
        return work_charge(bytes / 64) < 0 ? NULL : BOOL(equal == (op == CMP_EQ));
    }
    for (size_t i = 0; i < a->length && i < b->length; i++) {
        Value x = get(a, i), y = x ? get(b, i) : NULL, result = NULL;
        int equal = y ? value_equal(x, y) : -1;
        if (equal == 0) result = op == CMP_EQ || op == CMP_NE ? BOOL(op == CMP_NE) : value_compare(x, y, op);
        xdecref(x);
        xdecref(y);
        if (equal <= 0) return result;
        if ((i & 0xfff) == 0xfff && work_charge(0x400) < 0) return NULL;
    }
    return BOOL(compare_holds((int64_t)a->length, (int64_t)b->length, op));
}

static ssize_t array_length(Value v) { return (ssize_t)array_of(v)->length; }

static Value take_slice(const Array *a, Value key) {
    ssize_t start, stop, step;
    if (slice_unpack(key, &start, &stop, &step) < 0) return NULL;
    size_t n = (size_t)slice_adjust((ssize_t)a->length, &start, &stop, step), size = a->kind->size;
    Array *result = array_like(a, n);
    if (!result) return NULL;
    if (step == 1 && n) memcpy(result->data, at(a, (size_t)start), n * size);
    else
        for (size_t i = 0; i < n; i++, start += step) memcpy(at(result, i), at(a, (size_t)start), size);
    return AS_VALUE(result);
}

/* An index in range; false raised. */
static bool index_of(const Array *a, Value key, const char *message, size_t *out) {
    if (!value_has_index(key)) return raise_error(T_TypeError, "array indices must be integers"), false;
    ssize_t i = value_as_ssize(key, TYPE(IndexError));
    if (i == -1 && error_pending()) return false;
    if (i < 0) i += (ssize_t)a->length;
    *out = (size_t)i;
    if (i >= 0 && (size_t)i < a->length) return true;
    raise_error(T_IndexError, "%s", message);
    return false;
}

static Value array_getitem(Value v, Value key) {
    Array *a = array_of(v);
    if (is_slice(key)) return take_slice(a, key);
    size_t i;
    return index_of(a, key, "array index out of range", &i) ? get(a, i) : NULL;
}

static int delete_strided(Array *a, ssize_t start, ssize_t step, size_t n) {
    if (n == 0) return 0;
    if (check_exports(a) < 0) return -1;
    if (step < 0) {
        start += step * (ssize_t)(n - 1);
        step = -step;
    }
    size_t to = (size_t)start, size = a->kind->size;
    for (size_t from = to, taken = 0; from < a->length; from++) {
        if (taken < n && from == (size_t)start + taken * (size_t)step) taken++;
        else memmove(at(a, to++), at(a, from), size);
    }
    return resize(a, to);
}

static int set_slice(Array *a, Value key, Value value) {
    ssize_t start, stop, step;
    Array *other = NULL, *copy = NULL;
    if (slice_unpack(key, &start, &stop, &step) < 0) return -1;
    if (value) {
        if (!is_array(value))
            return raise_int(T_TypeError, "can only assign array (not \"%T\") to array slice", value);
        other = array_of(value);
        if (other->kind != a->kind) return bad_argument();
        if (other == a) {
            other = copy = array_like(a, a->length);
            if (!copy) return -1;
            if (a->length) memcpy(copy->data, a->data, a->length * a->kind->size);
        }
    }
    int status = 0;
    size_t n = (size_t)slice_adjust((ssize_t)a->length, &start, &stop, step);
    size_t given = other ? other->length : 0, size = a->kind->size;
    if (step == 1) {
        status = splice(a, (size_t)start, n, given);
        if (status == 0 && given) memcpy(at(a, (size_t)start), other->data, given * size);
    } else if (!other) {
        status = delete_strided(a, start, step, n);
    } else if (given != n) {
        status = raise_int(T_ValueError, "attempt to assign array of size %zd to extended slice of size %zd",
                           (ssize_t)given, (ssize_t)n);
    } else {
        for (size_t i = 0; i < n; i++, start += step) memcpy(at(a, (size_t)start), at(other, i), size);
    }
    if (copy) DECREF(copy);
    return status;
}

static int array_setitem(Value v, Value key, Value value) {
    Array *a = array_of(v);
    if (is_slice(key)) return set_slice(a, key, value);
    size_t i;
    uint8_t item[8];
    if (!index_of(a, key, "array assignment index out of range", &i)) return -1;
    if (!value) return splice(a, i, 1, 0);
    if (a->kind->write(item, value) < 0) return -1;
    if (i >= a->length) return raise_int(T_IndexError, "array assignment index out of range");
    memcpy(at(a, i), item, a->kind->size);
    return 0;
}

static Value array_concat(Value v, Value w) {
    if (!is_array(w)) return raise_error(T_TypeError, "can only append array (not \"%T\") to array", w);
    Array *a = array_of(v), *b = array_of(w);
    if (a->kind != b->kind) return bad_argument(), NULL;
    Array *result = array_like(a, a->length + b->length);
    if (!result) return NULL;
    if (a->length) memcpy(result->data, a->data, a->length * a->kind->size);
    if (b->length) memcpy(at(result, a->length), b->data, b->length * a->kind->size);
    return AS_VALUE(result);
}

static Value array_iconcat(Value v, Value w) {
    if (!is_array(w)) return raise_error(T_TypeError, "can only extend array with array (not \"%T\")", w);
    return extend_by_array(array_of(v), array_of(w)) < 0 ? NULL : incref(v);
}

/* Copies the first n items behind themselves until there are `total`. */
static int fill_repeated(Array *a, size_t n, size_t total) {
    for (size_t filled = n; filled < total && n;) {
        size_t chunk = filled < total - filled ? filled : total - filled;
        memcpy(at(a, filled), a->data, chunk * a->kind->size);
        filled += chunk;
    }
    return work_charge(total / 64);
}

static bool repeated_total(const Array *a, ssize_t times, size_t *total) {
    if (times < 0) times = 0;
    if (!__builtin_mul_overflow(a->length, (size_t)times, total) && *total <= SSIZE_MAX / 8) return true;
    raise_no_memory();
    return false;
}

static Value array_repeat(Value v, ssize_t times) {
    Array *a = array_of(v);
    size_t total;
    Array *result = repeated_total(a, times, &total) ? array_like(a, total) : NULL;
    if (!result) return NULL;
    if (total) memcpy(result->data, a->data, a->length * a->kind->size);
    if (total == 0 || fill_repeated(result, a->length, total) == 0) return AS_VALUE(result);
    DECREF(result);
    return NULL;
}

static Value array_irepeat(Value v, ssize_t times) {
    Array *a = array_of(v);
    size_t n = a->length, total;
    if (!repeated_total(a, times, &total) || resize(a, total) < 0) return NULL;
    return total && fill_repeated(a, n, total) < 0 ? NULL : incref(v);
}

/* The first equal item in [start, stop); -1 absent, -2 raised. */
static ssize_t find(Array *a, Value item, size_t start, size_t stop) {
    for (size_t i = start; i < a->length && i < stop; i++) {
        Value x = get(a, i);
        int equal = x ? value_equal(x, item) : -1;
        xdecref(x);
        if (equal < 0 || ((i & 0xfff) == 0xfff && work_charge(0x400) < 0)) return -2;
        if (equal) return (ssize_t)i;
    }
    return -1;
}

static int array_contains(Value v, Value item) {
    ssize_t i = find(array_of(v), item, 0, SIZE_MAX);
    return i == -2 ? -1 : i >= 0;
}

static int array_get_buffer(Value v, Buffer *out, int writable) {
    (void)writable;
    Array *a = array_of(v);
    static const uint64_t nothing = 0;
    *out = (Buffer){.data = a->data ? a->data : (void *)(uintptr_t)&nothing,
                    .length = a->length * a->kind->size,
                    .owner = incref(v),
                    .format = a->kind->format,
                    .item_size = a->kind->size,
                    .dimensions = 1};
    out->shape[0] = (ssize_t)a->length;
    out->strides[0] = a->kind->size;
    a->exports++;
    return 0;
}

static void array_release_buffer(Value v, Buffer *out) {
    (void)out;
    array_of(v)->exports--;
}

/* ---- methods ---- */

static Value array_append(Value v, Value item) { return append(array_of(v), item) < 0 ? NULL : NONE; }
static Value array_extend(Value v, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"", NULL};
    static const ArgSpec spec = {"extend", names, 1, 1, 1};
    Value iterable;
    if (!args_bind(&spec, args, nargs, kwnames, &iterable)) return NULL;
    return extend(array_of(v), iterable) < 0 ? NULL : NONE;
}
static Value array_frombytes(Value v, Value bytes) {
    return extend_by_bytes(array_of(v), bytes) < 0 ? NULL : NONE;
}
static Value array_tolist(Value v) { return to_list(array_of(v)); }

static Value array_fromlist(Value v, Value list) {
    if (!is_list(list)) return raise_error(T_TypeError, "arg must be list");
    return extend_by_list(array_of(v), list) < 0 ? NULL : NONE;
}

static Value array_tobytes(Value v) {
    Array *a = array_of(v);
    return bytes_from(a->data, a->length * a->kind->size);
}

static Value array_tounicode(Value v) {
    if (array_of(v)->kind->code != 'u')
        return raise_error(T_ValueError, "tounicode() may only be called on unicode type arrays");
    return to_text(array_of(v));
}

static Value array_fromunicode(Value v, Value text) {
    if (!is_str(text)) return raise_error(T_TypeError, "fromunicode() argument must be str, not %.50K", text);
    if (array_of(v)->kind->code != 'u')
        return raise_error(T_ValueError, "fromunicode() may only be called on unicode type arrays");
    return extend_by_text(array_of(v), text) < 0 ? NULL : NONE;
}

static Value array_insert(Value v, Value const *args, size_t nargs) {
    if (!args_count("insert", nargs, 2, 2)) return NULL;
    Array *a = array_of(v);
    uint8_t item[8];
    ssize_t i = value_as_ssize_argument(args[0]);
    if ((i == -1 && error_pending()) || a->kind->write(item, args[1]) < 0) return NULL;
    ssize_t n = (ssize_t)a->length;
    if (i < 0 && (i += n) < 0) i = 0;
    if (i > n) i = n;
    if (splice(a, (size_t)i, 0, 1) < 0) return NULL;
    memcpy(at(a, (size_t)i), item, a->kind->size);
    return NONE;
}

static Value array_pop(Value v, Value const *args, size_t nargs) {
    if (!args_count("pop", nargs, 0, 1)) return NULL;
    Array *a = array_of(v);
    ssize_t i = nargs ? value_as_ssize_argument(args[0]) : -1;
    if (i == -1 && error_pending()) return NULL;
    if (a->length == 0) return raise_error(T_IndexError, "pop from empty array");
    if (i < 0) i += (ssize_t)a->length;
    if (i < 0 || (size_t)i >= a->length) return raise_error(T_IndexError, "pop index out of range");
    Value item = get(a, (size_t)i);
    if (item && splice(a, (size_t)i, 1, 0) < 0) CLEAR_FIELD(item);
    return item;
}

static Value array_remove(Value v, Value item) {
    ssize_t i = find(array_of(v), item, 0, SIZE_MAX);
    if (i == -1) return raise_error(T_ValueError, "array.remove(x): x not in array");
    return i < 0 || splice(array_of(v), (size_t)i, 1, 0) < 0 ? NULL : NONE;
}

static Value array_index(Value v, Value const *args, size_t nargs) {
    size_t start, stop;
    if (!args_count("index", nargs, 1, 3) ||
        seq_search_range(args, nargs, array_of(v)->length, &start, &stop) < 0)
        return NULL;
    ssize_t i = find(array_of(v), args[0], start, stop);
    if (i == -1) return raise_error(T_ValueError, "array.index(x): x not in array");
    return i < 0 ? NULL : small_int_new(i);
}

static Value array_count(Value v, Value item) {
    int64_t count = 0;
    for (ssize_t i = 0; (i = find(array_of(v), item, (size_t)i, SIZE_MAX)) >= 0; i++) count++;
    return error_pending() ? NULL : small_int_new(count);
}

static Value array_reverse(Value v) {
    Array *a = array_of(v);
    uint8_t item[8];
    size_t size = a->kind->size;
    for (size_t i = 0, k = a->length; i + 1 < k; i++) {
        memcpy(item, at(a, i), size);
        memcpy(at(a, i), at(a, --k), size);
        memcpy(at(a, k), item, size);
    }
    return work_charge(a->length / 64) < 0 ? NULL : NONE;
}

static Value array_byteswap(Value v) {
    Array *a = array_of(v);
    size_t size = a->kind->size;
    for (size_t i = 0; i < a->length; i++) {
        uint8_t *p = at(a, i);
        for (size_t low = 0, high = size - 1; low < high; low++, high--) {
            uint8_t byte = p[low];
            p[low] = p[high];
            p[high] = byte;
        }
    }
    return work_charge(a->length / 64) < 0 ? NULL : NONE;
}

static Value array_copy(Value v) {
    Array *a = array_of(v), *copy = array_like(a, a->length);
    if (copy && a->length) memcpy(copy->data, a->data, a->length * a->kind->size);
    return AS_VALUE(copy);
}

static Value array_deepcopy(Value v, Value memo) {
    (void)memo;
    return array_copy(v);
}

static Value array_buffer_info(Value v) {
    Array *a = array_of(v);
    Value address = int_from_u64((uintptr_t)a->data);
    return address ? tuple_from_array_steal((Value[]){address, small_int_new((int64_t)a->length)}, 2) : NULL;
}

static Value array_tofile(Value v, Value const *args, size_t nargs, Value kwnames) {
    enum { BLOCK = 64 * 1024 };
    static const char *const names[] = {"", NULL};
    static const ArgSpec spec = {"tofile", names, 1, 1, 1};
    Value file;
    if (!args_bind(&spec, args, nargs, kwnames, &file)) return NULL;
    Array *a = array_of(v);
    size_t total = a->length * a->kind->size;
    Value write = value_getattr_cstr(file, "write");
    if (!write) return NULL;
    for (size_t i = 0; i < total && i < a->length * a->kind->size; i += BLOCK) {
        Value block = bytes_from(a->data + i, total - i < BLOCK ? total - i : BLOCK);
        Value done = block ? value_call_one(write, block) : NULL;
        xdecref(block);
        if (!done) {
            decref(write);
            return NULL;
        }
        decref(done);
    }
    decref(write);
    return NONE;
}

static Value array_fromfile(Value v, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"", "", NULL};
    static const ArgSpec spec = {"fromfile", names, 2, 2, 2};
    Value out[2];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    Array *a = array_of(v);
    ssize_t n = value_as_ssize_argument(out[1]), wanted;
    if (n == -1 && error_pending()) return NULL;
    if (n < 0) return raise_error(T_ValueError, "negative count");
    if (__builtin_mul_overflow(n, (ssize_t)a->kind->size, &wanted)) return raise_no_memory();
    Value read = value_getattr_cstr(out[0], "read"),
          bytes = read ? value_call_one(read, int_from_i64(wanted)) : NULL;
    xdecref(read);
    if (!bytes) return NULL;
    int status =
        is_bytes(bytes) ? extend_by_bytes(a, bytes) : raise_int(T_TypeError, "read() didn't return bytes");
    bool enough = status < 0 || bytes_length(bytes) == (size_t)wanted;
    decref(bytes);
    if (!enough) return raise_error(T_EOFError, "read() didn't return enough bytes");
    return status < 0 ? NULL : NONE;
}

static Value array_reduce_ex(Value v, Value protocol) {
    Array *a = array_of(v);
    Value attributes = NULL;
    int64_t number;
    if (!is_int(protocol)) return raise_error(T_TypeError, "__reduce_ex__ argument should be an integer");
    if (!int_to_i64(protocol, &number)) number = 0;
    if (value_getattr_optional(v, NAME(__dict__), &attributes) < 0) return NULL;
    Value state = attributes ? attributes : NONE, code = str_from_char((uint8_t)a->kind->code);
    Value function = NULL, args = NULL;
    if (code && number < 3) {
        Value list = to_list(a);
        function = incref(AS_VALUE(type_of(v)));
        args = list ? tuple_pack(2, code, list) : NULL;
        xdecref(list);
    } else if (code) {
        Value bytes = array_tobytes(v);
        function = module_import_attr("array", "_array_reconstructor");
        args = bytes
                   ? tuple_pack(4, AS_VALUE(type_of(v)), code, small_int_new(a->kind->machine_format), bytes)
                   : NULL;
        xdecref(bytes);
    }
    Value result = function && args ? tuple_pack(3, function, args, state) : NULL;
    xdecref(function);
    xdecref(args);
    xdecref(code);
    decref(state);
    return result;
}

static Value array_get_typecode(Value v, void *closure) {
    (void)closure;
    return str_from_char((uint8_t)array_of(v)->kind->code);
}

static Value array_get_itemsize(Value v, void *closure) {
    (void)closure;
    return small_int_new(array_of(v)->kind->size);
}

/* ---- iterator ---- */

typedef struct ArrayIterator {
    HeapObject head;
    Value array; /* NULL at the end */
    size_t index;
} ArrayIterator;

FIELDS_LIFE(iterator, 1)

static Value array_iter(Value v) {
    ArrayIterator *it = (ArrayIterator *)value_alloc(ARRAY->iterator, 0);
    if (!it) return NULL;
    it->array = incref(v);
    it->index = 0;
    value_track(AS_VALUE(it));
    return AS_VALUE(it);
}

static Value iterator_self(Value v) { return incref(v); }

static Value iterator_next(Value v) {
    ArrayIterator *it = (ArrayIterator *)v;
    if (!it->array) return NULL;
    if (it->index < array_of(it->array)->length) return get(array_of(it->array), it->index++);
    CLEAR_FIELD(it->array);
    return NULL;
}

static Value iterator_reduce(Value v) {
    ArrayIterator *it = (ArrayIterator *)v;
    if (!it->array) return iterator_taken_apart_steal("iter", incref(rt->empty_tuple), NULL);
    return iterator_taken_apart_steal("iter", incref(it->array), small_int_new((int64_t)it->index));
}

static Value iterator_setstate(Value v, Value state) {
    ArrayIterator *it = (ArrayIterator *)v;
    ssize_t index = value_as_ssize(state, TYPE(OverflowError));
    if (index == -1 && error_pending()) return NULL;
    if (!it->array) return NONE;
    size_t length = array_of(it->array)->length;
    it->index = index < 0 ? 0 : (size_t)index > length ? length : (size_t)index;
    return NONE;
}

static const NativeMethod iterator_methods[] = {
    METHOD_NOARGS("__reduce__", iterator_reduce,
                  "__reduce__($self, /)\n--\n\nWhat pickle takes it apart into."),
    METHOD_ONE("__setstate__", iterator_setstate,
               "__setstate__($self, state, /)\n--\n\nTakes over what pickle has kept."),
    METHOD_END,
};

static const TypeSpec iterator_spec = {
    .name = "array.arrayiterator",
    .flags = TYPE_GC | TYPE_NOT_INSTANTIABLE,
    .basic_size = sizeof(ArrayIterator),
    .slots = {.getattr = object_getattr,
              .traverse = iterator_traverse,
              .free = iterator_free,
              .iter = iterator_self,
              .next = iterator_next},
    .methods = iterator_methods,
};

/* ---- the type ---- */

static const NativeMethod array_methods[] = {
    METHOD_ONE("append", array_append, "append($self, v, /)\n--\n\nAdds v at the end."),
    METHOD_NOARGS(
        "buffer_info", array_buffer_info,
        "buffer_info($self, /)\n--\n\nReturn a tuple (address, length) of the memory that holds the items."),
    METHOD_NOARGS("byteswap", array_byteswap,
                  "byteswap($self, /)\n--\n\nTurn round the bytes of every item."),
    METHOD_NOARGS("__copy__", array_copy, "__copy__($self, /)\n--\n\nAn array of the same items."),
    METHOD_ONE("count", array_count, "count($self, v, /)\n--\n\nHow many items equal v."),
    METHOD_ONE("__deepcopy__", array_deepcopy,
               "__deepcopy__($self, unused, /)\n--\n\nAn array of the same items."),
    METHOD_KW("extend", array_extend,
              "extend($self, bb, /)\n--\n\nAdds each item of an iterable at the end."),
    METHOD_KW("fromfile", array_fromfile,
              "fromfile($self, f, n, /)\n--\n\nReads n items from a binary file and adds them at the end."),
    METHOD_ONE("fromlist", array_fromlist,
               "fromlist($self, list, /)\n--\n\nAdd the items of a list at the end."),
    METHOD_ONE(
        "frombytes", array_frombytes,
        "frombytes($self, buffer, /)\n--\n\nAdds the items that these bytes are, in the machine's form."),
    METHOD_ONE("fromunicode", array_fromunicode,
               "fromunicode($self, ustr, /)\n--\n\nAdd the characters of a text at the end."),
    METHOD_FAST(
        "index", array_index,
        "index($self, v, start=0, stop=sys.maxsize, /)\n--\n\nWhere the first item equal to v stands."),
    METHOD_FAST("insert", array_insert, "insert($self, i, v, /)\n--\n\nPuts v before position i."),
    METHOD_FAST("pop", array_pop,
                "pop($self, i=-1, /)\n--\n\nTakes item i, the last by default, out and gives it."),
    METHOD_ONE("__reduce_ex__", array_reduce_ex,
               "__reduce_ex__($self, value, /)\n--\n\nWhat pickle takes it apart into."),
    METHOD_ONE("remove", array_remove, "remove($self, v, /)\n--\n\nTakes out the first item that equals v."),
    METHOD_NOARGS("reverse", array_reverse, "reverse($self, /)\n--\n\nTurns the order round, in place."),
    METHOD_KW("tofile", array_tofile,
              "tofile($self, f, /)\n--\n\nWrites the items to a binary file, in the machine's form."),
    METHOD_NOARGS("tolist", array_tolist, "tolist($self, /)\n--\n\nThe items as a list."),
    METHOD_NOARGS("tobytes", array_tobytes,
                  "tobytes($self, /)\n--\n\nThe items as bytes, in the machine's form."),
    METHOD_NOARGS("tounicode", array_tounicode, "tounicode($self, /)\n--\n\nThe characters as a text."),
    METHOD_NOARGS("__sizeof__", value_sizeof, "__sizeof__($self, /)\n--\n\nBytes of memory."),
    METHOD_END,
};

static const GetSet array_getset[] = {
    {"typecode", array_get_typecode, NULL, "the letter for the kind of its items", NULL},
    {"itemsize", array_get_itemsize, NULL, "bytes of an item", NULL},
    {0},
};

static const TypeSpec array_spec = {
    .name = "array.array",
    .doc = "array(typecode [, initializer]) -> array\n\nItems of one machine type, first those of the "
           "initializer: bytes, a text or an iterable.",
    .flags = TYPE_SUBCLASSABLE | TYPE_WEAKREFABLE | TYPE_SEQUENCE,
    .basic_size = sizeof(Array),
    .slots = {.getattr = object_getattr,
              .free = array_free,
              .size = array_size,
              .repr = array_repr,
              .hash = hash_not_implemented,
              .compare = array_compare,
              .iter = array_iter,
              .new_ = array_make,
              .length = array_length,
              .getitem = array_getitem,
              .setitem = array_setitem,
              .contains = array_contains,
              .concat = array_concat,
              .iconcat = array_iconcat,
              .repeat = array_repeat,
              .irepeat = array_irepeat,
              .get_buffer = array_get_buffer,
              .release_buffer = array_release_buffer},
    .methods = array_methods,
    .getset = array_getset,
};

/* ---- the module ---- */

/* Items that may be another machine's. */
static int fill_from_machine(Array *a, int format, Value bytes) {
    size_t size = array_machine_size(format), n = bytes_length(bytes);
    if (n % size) return raise_int(T_ValueError, "bytes length not a multiple of item size");
    for (size_t i = 0; i < n; i += size) {
        Value item = array_read_machine(format, bytes_data(bytes) + i);
        int status = item ? append(a, item) : -1;
        xdecref(item);
        if (status < 0) return -1;
    }
    return work_charge(n / 64);
}

static int fill_from_utf16(Array *a, int format, Value bytes) {
    Value codec = str_from_cstr(format == ARRAY_UTF16_LE ? "utf-16-le" : "utf-16-be");
    Value text = codec ? value_call_method_one(bytes, NAME(decode), codec) : NULL;
    int status = text ? extend_by_text(a, text) : -1;
    xdecref(codec);
    xdecref(text);
    return status;
}

static Value array_reconstructor(Value module, Value const *args, size_t nargs) {
    (void)module;
    if (!args_count("_array_reconstructor", nargs, 4, 4)) return NULL;
    if (!is_type(args[0]))
        return raise_error(T_TypeError, "first argument must be a type object, not %T", args[0]);
    Type *type = (Type *)args[0];
    if (!type_is_subtype(type, ARRAY->array))
        return raise_error(T_TypeError, "%N is not a subtype of %N", type, ARRAY->array);
    const ArrayKind *kind =
        is_str(args[1]) && str_length(args[1]) == 1 ? array_kind(str_read(args[1], 0)) : NULL;
    if (!kind) return raise_error(T_ValueError, "second argument must be a valid type code");
    int format;
    if (value_as_int(args[2], &format) < 0) return NULL;
    if (array_machine_size(format) == 0)
        return raise_error(T_ValueError, "third argument must be a valid machine format code.");
    if (!is_bytes(args[3]))
        return raise_error(T_TypeError, "fourth argument should be bytes, not %T", args[3]);
    Array *a = array_new(type, kind, 0);
    if (!a) return NULL;
    bool native = kind->machine_format == format,
         utf16 = array_machine_size(format) == 2 && format >= ARRAY_UTF16_LE;
    int status = native  ? extend_by_bytes(a, args[3])
                 : utf16 ? fill_from_utf16(a, format, args[3])
                         : fill_from_machine(a, format, args[3]);
    if (status == 0) return AS_VALUE(a);
    DECREF(a);
    return NULL;
}

/* array is a MutableSequence to isinstance. */
static int register_sequence(Type *type) {
    Value abc = module_import_attr("collections.abc", "MutableSequence"),
          name = abc ? str_intern_cstr("register") : NULL;
    Value done = name ? value_call_method_one(abc, name, AS_VALUE(type)) : NULL;
    xdecref(abc);
    xdecref(name);
    if (!done) return -1;
    decref(done);
    return 0;
}

static int array_ready(Value module) {
    ArrayState *s = module_state_new(M_array, sizeof *s);
    if (!s || module_make_type(module, &s->array, &array_spec, NULL) < 0 ||
        module_ready_type(&s->iterator, &iterator_spec, NULL) < 0 ||
        module_add(module, "ArrayType", incref(AS_VALUE(s->array))) < 0)
        return -1;
    char codes[16];
    size_t n = 0;
    for (const ArrayKind *k = array_kinds; k->code; k++) codes[n++] = k->code;
    codes[n] = 0;
    return module_add_text(module, "typecodes", codes) < 0 ? -1 : register_sequence(s->array);
}

static const NativeMethod array_functions[] = {
    METHOD_FAST("_array_reconstructor", array_reconstructor,
                "_array_reconstructor($module, arraytype, typecode, mformat_code, items,\n                   "
                "  /)\n--\n\nMakes an array from what pickle has kept."),
    METHOD_END,
};

const ModuleSpec module_array = {
    .name = "array",
    .doc = "Arrays of numbers or characters, each item in its machine form.",
    .functions = array_functions,
    .ready = array_ready,
};
