/* bytes: immutable, in the object itself; empty and one-byte ones are shared. */
#include <limits.h>

#include "base/siphash.h"
#include "objects/bytes_methods.h"
#include "objects/protocols.h"
#include "objects/seq.h"
#include "objects/seq_iterators.h"
#include "objects/sizes.h"

static Value bytes_alloc(Type *type, size_t n) {
    enum { HEADER = 33 /* CPython's */ };
    if (n > (size_t)SSIZE_MAX - HEADER) return raise_error(T_OverflowError, "byte string is too large");
    if (n > SIZE_MAX / 4) return raise_no_memory();
    Bytes *b;
    if (type == TYPE(bytes)) {
        b = heap_object_new(rt->heap, &type->kind, offsetof(Bytes, data) + n + 1);
        if (!b) return raise_no_memory();
    } else {
        b = (Bytes *)value_alloc(type, n + 1);
        if (!b) return NULL;
    }
    b->length = n;
    b->hash = 0;
    b->data[n] = 0;
    return AS_VALUE(b);
}

/* The shared one for no or one byte, made when first asked for. */
static Value shared(Value *slot, const void *data, size_t n) {
    if (!*slot) {
        *slot = (struct Object *)bytes_alloc(TYPE(bytes), n);
        if (!*slot) return NULL;
        memcpy(bytes_data(*slot), data, n);
        heap_set_immortal(&(*slot)->head);
    }
    return *slot;
}

Value bytes_new(size_t n) { return bytes_alloc(TYPE(bytes), n); }

Value bytes_from(const void *data, size_t n) {
    if (n == 0) return shared(&rt->empty_bytes, "", 0);
    if (n == 1) return shared(&rt->byte_values[*(const uint8_t *)data], data, 1);
    Value v = bytes_alloc(TYPE(bytes), n);
    if (v) memcpy(bytes_data(v), data, n);
    return v;
}

Value bytes_concat(Value a, Value b) { return bytes_concat_any(a, b); }
Value bytes_repr(Value v) { return bytes_repr_of(bytes_data(v), bytes_length(v), "b", ""); }

static Hash bytes_hash(Value v) {
    Bytes *b = (Bytes *)v;
    if (b->hash || b->length == 0) return b->hash;
    Hash h = (Hash)siphash13(rt->hash_key, b->data, b->length);
    if (h == -1) h = -2;
    return b->hash = h ? h : 1;
}

static ssize_t bytes_len(Value v) { return (ssize_t)bytes_length(v); }

static Value bytes_getitem(Value v, Value key) {
    if (is_slice(key)) return bytes_subscript_slice(v, key);
    ssize_t i;
    if (!value_has_index(key))
        return raise_error(T_TypeError, "byte indices must be integers or slices, not %T", key);
    if (seq_index_from_key(key, bytes_length(v), "byte", &i) < 0) return NULL;
    if (i < 0 || (size_t)i >= bytes_length(v)) return raise_error(T_IndexError, "index out of range");
    return small_int_new(bytes_data(v)[i]);
}

int bytes_fill_repeated(uint8_t *to, const uint8_t *from, size_t n, size_t total) {
    enum { PIECE = 1 << 20 }; /* between two looks at the breaker */
    if (total && to != from) memcpy(to, from, n);
    for (size_t filled = n; filled < total;) {
        size_t start = filled % n, left = total - filled, piece = left < PIECE ? left : PIECE;
        if (n > 1 && piece > filled - start) piece = filled - start;
        if (n > 1) memcpy(to + filled, to + start, piece);
        else memset(to + filled, *to, piece);
        filled += piece;
        if (filled > PIECE && work_charge_alone(0) < 0) return -1;
    }
    return 0;
}

static Value bytes_repeat(Value v, ssize_t times) {
    size_t n = bytes_length(v), total;
    if (times < 0) times = 0;
    if (times == 1 && IS_EXACT(v, bytes)) return incref(v);
    if (__builtin_mul_overflow(n, (size_t)times, &total) || total > SSIZE_MAX)
        return raise_error(T_OverflowError, "repeated bytes are too long");
    if (total == 0) return bytes_from("", 0);
    if (total > SIZE_MAX / 4) return raise_no_memory();
    if (work_charge(total / 64) < 0) return NULL;
    Value result = bytes_new(total);
    if (!result) return NULL;
    if (bytes_fill_repeated(bytes_data(result), bytes_data(v), n, total) < 0) CLEAR_FIELD(result);
    return result;
}

static int bytes_get_buffer(Value v, Buffer *out, int writable) {
    (void)writable;
    buffer_fill(out, v, bytes_data(v), bytes_length(v), true);
    return 0;
}

Value bytes_bytes(Value v) {
    return IS_EXACT(v, bytes) ? incref(v) : bytes_from(bytes_data(v), bytes_length(v));
}

Value bytes_getnewargs(Value v) {
    Value copy = bytes_from(bytes_data(v), bytes_length(v));
    return copy ? tuple_from_array_steal(&copy, 1) : NULL;
}

/* Arguments (source, encoding, errors) of bytes() and bytearray(), looked at from outside; false raised. */
bool bytes_parse_arguments(const char *name, Value const *args, size_t nargs, Value kwnames,
                           BytesArguments *out) {
    static const char *const names[] = {"source", "encoding", "errors", NULL};
    ArgSpec spec = {name, names, 3, 0, 3};
    Value given[3];
    if (!args_bind(&spec, args, nargs, kwnames, given)) return false;
    *out = (BytesArguments){.name = name, .source = given[0]};
    const char **texts[] = {&out->encoding, &out->errors};
    for (int i = 1; i < 3; i++) {
        if (!given[i]) continue;
        if (!is_str(given[i]))
            return raise_error(T_TypeError, "%s() argument '%s' must be str, not %K", name, names[i],
                               given[i]);
        if (!(*texts[i - 1] = str_utf8(given[i], NULL))) return false;
    }
    return true;
}

/* The bytes that they mean. New. */
Value bytes_from_arguments(const BytesArguments *a) {
    const char *alone = a->encoding ? "encoding without a string argument"
                        : a->errors ? "errors without a string argument"
                                    : NULL;
    if (!a->source) return alone ? raise_error(T_TypeError, "%s", alone) : bytes_from("", 0);
    if (!alone) return bytes_from_argument(a->source, strcmp(a->name, "bytearray") == 0);
    if (!is_str(a->source)) return raise_error(T_TypeError, "%s", alone);
    if (!a->encoding) return raise_error(T_TypeError, "string argument without an encoding");
    return codec_encode(a->source, a->encoding, a->errors ? a->errors : "strict");
}

static Value bytes_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    BytesArguments given;
    Value plain =
        bytes_parse_arguments("bytes", args, nargs, kwnames, &given) ? bytes_from_arguments(&given) : NULL;
    if (!plain || type == TYPE(bytes)) return plain;
    Value v = bytes_alloc(type, bytes_length(plain));
    if (v) {
        memcpy(bytes_data(v), bytes_data(plain), bytes_length(plain));
        if (type->flags & TYPE_GC) value_track(v);
    }
    decref(plain);
    return v;
}

static void bytes_free(Heap *heap, HeapObject *o) {
    (void)heap;
    value_free(AS_VALUE(o));
}

static size_t bytes_size(const HeapObject *o) {
    if (type_of(AS_VALUE(o)) != TYPE(bytes)) return own_block(o);
    return offsetof(Bytes, data) + ((const Bytes *)o)->length + 1;
}

Value bytes_iterator_new(Value v);

static Value bytes_remainder_slot(Value a, Value b) {
    return is_bytes(a) ? bytes_remainder(a, b) : NOT_IMPLEMENTED;
}

const TypeSpec bytes_type_spec = {
    .name = "bytes",
    .doc = "bytes(): empty; of ints, of a buffer, of a text and its encoding, or of so many zeros: bytes "
           "that never change",
    .flags = TYPE_SUBCLASSABLE | TYPE_MATCH_SELF | TYPE_BYTES_SUBCLASS,
    .basic_size = offsetof(Bytes, data),
    .item_size = 1,
    .slots = {.getattr = object_getattr,
              .free = bytes_free,
              .size = bytes_size,
              .repr = bytes_repr,
              .str = bytes_repr,
              .hash = bytes_hash,
              .compare = bytes_compare,
              .iter = bytes_iterator_new,
              .new_ = bytes_make,
              .remainder = bytes_remainder_slot,
              .length = bytes_len,
              .getitem = bytes_getitem,
              .contains = bytes_contains,
              .concat = bytes_concat,
              .repeat = bytes_repeat,
              .get_buffer = bytes_get_buffer},
    .methods = bytes_method_table,
};

/* ---- iterators of bytes and bytearray ---- */

typedef struct BytesIterator {
    HeapObject head;
    Value bytes; /* NULL: exhausted */
    size_t index;
} BytesIterator;

static Value iterator_new(TypeId type, Value v) {
    BytesIterator *it = (BytesIterator *)value_alloc(rt->types[type], 0);
    if (!it) return NULL;
    it->bytes = incref(v);
    it->index = 0;
    heap_track(rt->heap, &it->head);
    return AS_VALUE(it);
}

Value bytes_iterator_new(Value v) { return iterator_new(T_bytes_iterator, v); }
Value bytearray_iterator_new(Value v) { return iterator_new(T_bytearray_iterator, v); }

static Value iterator_next(Value v) {
    BytesIterator *it = (BytesIterator *)v;
    if (!it->bytes) return NULL;
    Text t = text_of(it->bytes);
    if (it->index < t.length) return small_int_new(text_unit(&t, it->index++));
    CLEAR_FIELD(it->bytes);
    return NULL;
}

static int iterator_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    VISIT(((BytesIterator *)o)->bytes);
    return 0;
}

static void iterator_free(Heap *heap, HeapObject *o) {
    (void)heap;
    xdecref(((BytesIterator *)o)->bytes);
    value_free(AS_VALUE(o));
}

static Value iterator_self(Value v) { return incref(v); }

static Value iterator_hint(Value v) {
    BytesIterator *it = (BytesIterator *)v;
    size_t n = it->bytes ? text_of(it->bytes).length : 0;
    return small_int_new(n > it->index ? (int64_t)(n - it->index) : 0);
}

static Value iterator_reduce(Value v) {
    BytesIterator *it = (BytesIterator *)v;
    if (!it->bytes) return iterator_taken_apart_steal("iter", incref(rt->empty_tuple), NULL);
    return iterator_taken_apart_steal("iter", incref(it->bytes), small_int_new((int64_t)it->index));
}

static Value iterator_setstate(Value v, Value state) {
    BytesIterator *it = (BytesIterator *)v;
    ssize_t i = value_int_as_ssize(state);
    if (i == -1 && error_pending()) return NULL;
    if (it->bytes) {
        size_t n = text_of(it->bytes).length;
        it->index = i < 0 ? 0 : (size_t)i > n ? n : (size_t)i;
    }
    return NONE;
}

static const NativeMethod iterator_methods[] = {
    METHOD_NOARGS("__length_hint__", iterator_hint, "How many items are left, as an estimate."),
    METHOD_NOARGS("__reduce__", iterator_reduce, "What pickle takes it apart into."),
    METHOD_ONE("__setstate__", iterator_setstate, "Takes over what pickle has kept."),
    METHOD_END,
};

#define ITERATOR_SPEC(id)                                                                                    \
    const TypeSpec id##_type_spec = {                                                                        \
        .name = #id,                                                                                         \
        .flags = TYPE_GC | TYPE_NOT_INSTANTIABLE,                                                            \
        .basic_size = sizeof(BytesIterator),                                                                 \
        .slots = {.getattr = object_getattr,                                                                 \
                  .traverse = iterator_traverse,                                                             \
                  .free = iterator_free,                                                                     \
                  .iter = iterator_self,                                                                     \
                  .next = iterator_next},                                                                    \
        .methods = iterator_methods,                                                                         \
    };
ITERATOR_SPEC(bytes_iterator)
ITERATOR_SPEC(bytearray_iterator)
