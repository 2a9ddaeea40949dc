/*
 * memoryview: a window on another object's memory: one format code per item, any strides, one to eight dimensions (casts make
 * the shapes). While a view lives, the exporter cannot move its memory.
 */
#include "objects/bytes_methods.h"
#include "objects/codecs.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/protocols.h"
#include "objects/seq.h"

typedef struct MemoryView {
    HeapObject head;
    Buffer base;  /* the exporter's buffer; owner NULL after release */
    Value object; /* what the user gave: .obj */
    uint8_t *data;
    char format;
    bool native; /* the format was given as native: '@' stands before it */
    size_t item_size;
    int dimensions;
    ssize_t shape[8], strides[8];
    bool read_only, released;
    Hash hash; /* 0: not computed */
    size_t exports;
} MemoryView;

static size_t format_size(char format) {
    switch (format) {
    case 'b':
    case 'B':
    case 'c':
    case '?': return 1;
    case 'h':
    case 'H': return 2;
    case 'i':
    case 'I':
    case 'f': return 4;
    case 'l':
    case 'L':
    case 'q':
    case 'Q':
    case 'n':
    case 'N':
    case 'd':
    case 'P': return 8;
    default: return 0;
    }
}

static MemoryView *check(Value v) {
    MemoryView *m = (MemoryView *)v;
    if (!m->released) return m;
    return (MemoryView *)raise_error(T_ValueError, "operation forbidden on released memoryview object");
}

static size_t item_count(const MemoryView *m) {
    size_t n = 1;
    for (int i = 0; i < m->dimensions; i++) n *= (size_t)m->shape[i];
    return n;
}

static size_t byte_count(const MemoryView *m) { return item_count(m) * m->item_size; }

/* A view on the same exporter as `from` (or on o when NULL). */
static MemoryView *view_alloc(Value o) {
    Buffer base;
    if (!type_of(o)->slots.get_buffer)
        return (MemoryView *)raise_error(T_TypeError,
                                         "memoryview: a bytes-like object is required, not '%.200T'", o);
    if (buffer_get(o, &base, false) < 0) return NULL;
    MemoryView *m = (MemoryView *)value_alloc(TYPE(memoryview), 0);
    if (!m) {
        buffer_release(&base);
        return NULL;
    }
    m->base = base;
    m->object = incref(base.owner ? base.owner : o);
    m->data = base.data;
    m->native = base.format && base.format[0] == '@';
    m->format = base.format ? base.format[base.format[0] == '@'] : 'B';
    m->item_size = base.item_size;
    m->dimensions = base.dimensions;
    memcpy(m->shape, base.shape, sizeof m->shape);
    memcpy(m->strides, base.strides, sizeof m->strides);
    m->read_only = base.read_only;
    m->released = false;
    m->hash = 0;
    m->exports = 0;
    value_track(AS_VALUE(m));
    return m;
}

Value memoryview_new(Value o) {
    if (!IS_EXACT(o, memoryview)) return AS_VALUE(view_alloc(o));
    MemoryView *from = check(o), *m = from ? view_alloc(from->object) : NULL;
    if (!m) return NULL;
    m->data = from->data, m->format = from->format, m->native = from->native, m->item_size = from->item_size,
    m->dimensions = from->dimensions;
    memcpy(m->shape, from->shape, sizeof m->shape);
    memcpy(m->strides, from->strides, sizeof m->strides);
    m->read_only = from->read_only;
    return AS_VALUE(m);
}

static Value view_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    (void)type;
    static const char *const names[] = {"object", NULL};
    static const ArgSpec spec = {"memoryview", names, 1, 1, 1};
    Value out[1];
    return args_bind(&spec, args, nargs, kwnames, out) ? memoryview_new(out[0]) : NULL;
}

static void drop(MemoryView *m) {
    if (m->released) return;
    m->released = true;
    buffer_release(&m->base);
    CLEAR_FIELD(m->object);
}

static int view_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    MemoryView *m = (MemoryView *)o;
    VISIT(m->base.owner);
    VISIT(m->object);
    return 0;
}

static void view_clear(Heap *heap, HeapObject *o) {
    (void)heap;
    drop((MemoryView *)o);
}

static void view_free(Heap *heap, HeapObject *o) {
    (void)heap;
    drop((MemoryView *)o);
    value_free(AS_VALUE(o));
}

/* ---- items ---- */

/* An array of characters has a format that memoryview does not read. */
static Value raise_unknown_format(const MemoryView *m) {
    return raise_error(T_NotImplementedError, "memoryview: format %c not supported", m->format);
}

static Value unpack(const MemoryView *m, const uint8_t *p) {
    union {
        int16_t h;
        uint16_t H;
        int32_t i;
        uint32_t I;
        int64_t q;
        uint64_t Q;
        float f;
        double d;
    } u;
    memcpy(&u, p, m->item_size);
    switch (m->format) {
    case 'b': return small_int_new((int8_t)*p);
    case 'B': return small_int_new(*p);
    case 'c': return bytes_from(p, 1);
    case '?': return BOOL(*p != 0);
    case 'h': return small_int_new(u.h);
    case 'H': return small_int_new(u.H);
    case 'i': return small_int_new(u.i);
    case 'I': return small_int_new(u.I);
    case 'l':
    case 'q':
    case 'n': return int_from_i64(u.q);
    case 'L':
    case 'Q':
    case 'N':
    case 'P': return int_from_u64(u.Q);
    case 'f': return float_new(u.f);
    case 'd': return float_new(u.d);
    default: return raise_unknown_format(m);
    }
}

static int raise_bad_value(const MemoryView *m, bool type) {
    return raise_int(type ? T_TypeError : T_ValueError,
                     type ? "memoryview: invalid type for format '%c'"
                          : "memoryview: invalid value for format '%c'",
                     m->format);
}

static int pack_int(MemoryView *m, uint8_t *p, Value v) {
    Value i = value_has_index(v) ? value_index(v) : NULL;
    if (!i) return error_pending() ? -1 : raise_bad_value(m, true);
    int64_t n = 0;
    uint64_t u = 0;
    bool is_unsigned = m->format >= 'A' && m->format <= 'Z', ok;
    size_t bits = m->item_size * 8;
    if (is_unsigned) {
        ok = int_to_u64(i, &u) && (bits == 64 || u >> bits == 0);
    } else {
        ok = int_to_i64(i, &n) &&
             (bits == 64 || (n >= -(INT64_C(1) << (bits - 1)) && n < INT64_C(1) << (bits - 1)));
        u = (uint64_t)n;
    }
    decref(i);
    if (!ok) return raise_bad_value(m, false);
    if (!check(AS_VALUE(m))) return -1; /* __index__ may have released it */
    memcpy(p, &u, m->item_size);
    return 0;
}

static int pack(MemoryView *m, uint8_t *p, Value v) {
    if (!format_size(m->format)) return raise_unknown_format(m), -1;
    switch (m->format) {
    case 'c':
        if (!is_bytes(v)) return raise_bad_value(m, true);
        if (bytes_length(v) != 1) return raise_bad_value(m, false);
        *p = bytes_data(v)[0];
        return 0;
    case '?': {
        int truth = value_is_true(v);
        if (truth < 0 || !check(AS_VALUE(m))) return -1;
        *p = (uint8_t)truth;
        return 0;
    }
    case 'f':
    case 'd': {
        double d;
        if (value_as_double(v, &d) < 0) return error_swallow(T_TypeError) ? raise_bad_value(m, true) : -1;
        if (!check(AS_VALUE(m))) return -1;
        float f = (float)d;
        memcpy(p, m->format == 'd' ? (void *)&d : (void *)&f, m->item_size);
        return 0;
    }
    default: return pack_int(m, p, v);
    }
}

static Value list_of(const MemoryView *m, int dimension, const uint8_t *p) {
    if (dimension == m->dimensions) return unpack(m, p);
    Value list = list_new(0);
    for (ssize_t i = 0; list && i < m->shape[dimension]; i++) {
        Value item = list_of(m, dimension + 1, p + i * m->strides[dimension]);
        if (!item || list_append_steal(list, item) < 0 || work_item((size_t)i) < 0) {
            decref(list);
            return NULL;
        }
    }
    return list;
}

static void copy_out(const MemoryView *m, int dimension, const uint8_t *p, uint8_t **to) {
    if (dimension == m->dimensions) {
        memcpy(*to, p, m->item_size);
        *to += m->item_size;
        return;
    }
    if (dimension == m->dimensions - 1 && m->strides[dimension] == (ssize_t)m->item_size) {
        size_t n = (size_t)m->shape[dimension] * m->item_size;
        memcpy(*to, p, n);
        *to += n;
        return;
    }
    for (ssize_t i = 0; i < m->shape[dimension]; i++)
        copy_out(m, dimension + 1, p + i * m->strides[dimension], to);
}

static bool has_zero(const MemoryView *m) {
    for (int i = 0; i < m->dimensions; i++)
        if (m->shape[i] == 0) return true;
    return false;
}

static bool is_contiguous(const MemoryView *m, bool fortran) {
    if (m->dimensions > 1 && has_zero(m)) return true;
    ssize_t expected = (ssize_t)m->item_size;
    for (int k = 0; k < m->dimensions; k++) {
        int i = fortran ? k : m->dimensions - 1 - k;
        if (m->shape[i] != 1 && m->strides[i] != expected) return false;
        expected *= m->shape[i];
    }
    return true;
}

Value memoryview_tobytes(Value v) {
    MemoryView *m = check(v);
    Value bytes = m ? bytes_new(byte_count(m)) : NULL;
    if (!bytes) return NULL;
    uint8_t *to = bytes_data(bytes);
    copy_out(m, 0, m->data, &to);
    return bytes;
}

/* The first dimension runs fastest: the bytes of the transposed view. */
static Value fortran_bytes(const MemoryView *m) {
    MemoryView transposed = *m;
    for (int i = 0; i < m->dimensions; i++) {
        transposed.shape[i] = m->shape[m->dimensions - 1 - i];
        transposed.strides[i] = m->strides[m->dimensions - 1 - i];
    }
    Value bytes = bytes_new(byte_count(m));
    if (!bytes) return NULL;
    uint8_t *to = bytes_data(bytes);
    copy_out(&transposed, 0, m->data, &to);
    return bytes;
}

static Value view_tobytes(Value v, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"order", NULL};
    static const ArgSpec spec = {"tobytes", names, 1, 0, 1};
    Value out[1];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    if (out[0] && out[0] != NONE && !is_str(out[0]))
        return raise_error(T_TypeError, "tobytes() argument 'order' must be str or None, not %.50T", out[0]);
    if (out[0] && out[0] != NONE && !str_utf8(out[0], NULL)) return NULL;
    MemoryView *m = check(v);
    if (!m) return NULL;
    char order = 'C';
    if (out[0] && out[0] != NONE) order = str_length(out[0]) == 1 ? (char)str_read(out[0], 0) : 0;
    if (order != 'C' && order != 'F' && order != 'A')
        return raise_error(T_ValueError, "order must be 'C', 'F' or 'A'");
    bool fortran = order == 'F' || (order == 'A' && is_contiguous(m, true));
    return fortran ? fortran_bytes(m) : memoryview_tobytes(v);
}

static Value view_tolist(Value v) {
    MemoryView *m = check(v);
    return m ? list_of(m, 0, m->data) : NULL;
}

/* A tuple of indices; or one of slices, which is not yet possible in CPython either. */
static bool is_tuple_of(Value key, bool slices) {
    if (!is_tuple(key) || (slices && tuple_length(key) == 0)) return false;
    for (size_t i = 0; i < tuple_length(key); i++) {
        Value item = tuple_item_borrow(key, i);
        if (slices ? !is_slice(item) : !value_has_index(item)) return false;
    }
    return true;
}

/* Address of the item at an index or a tuple of indices, as many as there are dimensions; NULL raised. */
static uint8_t *item_at(MemoryView *m, Value key) {
    size_t given = is_tuple(key) ? tuple_length(key) : 1;
    if (given > (size_t)m->dimensions)
        return (uint8_t *)raise_error(T_TypeError, "cannot index %d-dimension view with %zd-element tuple",
                                      m->dimensions, (ssize_t)given);
    uint8_t *p = m->data;
    for (size_t k = 0; k < given; k++) {
        ssize_t i;
        if (seq_index_from_key(is_tuple(key) ? tuple_item_borrow(key, k) : key, (size_t)m->shape[k],
                               "memoryview", &i) < 0)
            return NULL;
        if (!check(AS_VALUE(m))) return NULL; /* __index__ may have released it */
        if (i < 0 || i >= m->shape[k])
            return (uint8_t *)raise_error(T_IndexError, "index out of bounds on dimension %zd",
                                          (ssize_t)k + 1);
        p += i * m->strides[k];
    }
    return p;
}

/* The part that a slice of the first dimension selects. It is made before the slice is looked at: code that runs then may
 * release m. */
static MemoryView *slice_of(Value v, Value key) {
    MemoryView *part = (MemoryView *)memoryview_new(v);
    if (!part) return NULL;
    ssize_t start, stop, step;
    if (slice_unpack(key, &start, &stop, &step) < 0) {
        DECREF(part);
        return NULL;
    }
    ssize_t count = slice_adjust(part->shape[0], &start, &stop, step);
    part->data += start * part->strides[0];
    part->shape[0] = count;
    part->strides[0] = (ssize_t)((size_t)part->strides[0] * (size_t)step); /* wraps with one item at most */
    return part;
}

static Value view_getitem(Value v, Value key) {
    MemoryView *m = check(v);
    if (!m) return NULL;
    if (m->dimensions == 0) {
        if (key == ELLIPSIS) return incref(v);
        if (is_tuple(key) && tuple_length(key) == 0) return unpack(m, m->data);
        return raise_error(T_TypeError, "invalid indexing of 0-dim memory");
    }
    if (is_slice(key)) return AS_VALUE(slice_of(v, key));
    bool one = value_has_index(key);
    if (one && m->dimensions > 1 && value_as_ssize(key, TYPE(IndexError)) == -1 && error_pending())
        return NULL;
    if (one && m->dimensions > 1)
        return raise_error(T_NotImplementedError, "multi-dimensional sub-views are not implemented");
    if (one || is_tuple_of(key, false)) {
        if (!one && tuple_length(key) < (size_t)m->dimensions)
            return raise_error(T_NotImplementedError, "sub-views are not implemented");
        uint8_t *p = item_at(m, key);
        return p ? unpack(m, p) : NULL;
    }
    if (is_tuple_of(key, true))
        return raise_error(T_NotImplementedError, "multi-dimensional slicing is not implemented");
    return raise_error(T_TypeError, "memoryview: invalid slice key");
}

static bool same_structure(const MemoryView *a, const MemoryView *b) {
    return a->format == b->format && a->dimensions == b->dimensions && a->shape[0] == b->shape[0];
}

static int copy_into(MemoryView *part, const MemoryView *source) {
    uint8_t *copy = heap_alloc(rt->heap, byte_count(source) + 1), *to = copy;
    if (!copy) return raise_no_memory(), -1;
    copy_out(source, 0, source->data, &to);
    for (ssize_t i = 0; i < part->shape[0]; i++)
        memcpy(part->data + i * part->strides[0], copy + (size_t)i * part->item_size, part->item_size);
    heap_free(rt->heap, copy);
    return 0;
}

static int assign_slice(MemoryView *m, Value key, Value value) {
    if (!type_of(value)->slots.get_buffer)
        return raise_int(T_TypeError, "a bytes-like object is required, not '%.100T'", value);
    MemoryView *source = (MemoryView *)memoryview_new(value);
    if (!source) return -1;
    MemoryView *part = slice_of(AS_VALUE(m), key);
    int status = -1;
    if (part && check(AS_VALUE(m)))
        status = same_structure(part, source)
                     ? copy_into(part, source)
                     : raise_int(T_ValueError,
                                 "memoryview assignment: lvalue and rvalue have different structures");
    if (part) DECREF(part);
    DECREF(source);
    return status;
}

static int view_setitem(Value v, Value key, Value value) {
    MemoryView *m = check(v);
    if (!m) return -1;
    if (m->read_only) return raise_int(T_TypeError, "cannot modify read-only memory");
    if (!value) return raise_int(T_TypeError, "cannot delete memory");
    if (m->dimensions == 0) {
        if (key == ELLIPSIS || (is_tuple(key) && tuple_length(key) == 0)) return pack(m, m->data, value);
        return raise_int(T_TypeError, "invalid indexing of 0-dim memory");
    }
    if (is_slice(key) && m->dimensions == 1) return assign_slice(m, key, value);
    bool one = value_has_index(key);
    if (one || is_tuple_of(key, false)) {
        if ((one ? 1 : tuple_length(key)) < (size_t)m->dimensions)
            return raise_int(T_NotImplementedError, "sub-views are not implemented");
        uint8_t *p = item_at(m, key);
        return p ? pack(m, p, value) : -1;
    }
    if (is_slice(key) || is_tuple_of(key, true))
        return raise_int(T_NotImplementedError,
                         "memoryview slice assignments are currently restricted to ndim = 1");
    return raise_int(T_TypeError, "memoryview: invalid slice key");
}

static ssize_t view_length(Value v) {
    MemoryView *m = check(v);
    if (!m) return -1;
    return m->dimensions == 0 ? raise_int(T_TypeError, "0-dim memory has no length") : m->shape[0];
}

static Value view_compare(Value a, Value b, CompareOp op) {
    if (op != CMP_EQ && op != CMP_NE) return NOT_IMPLEMENTED;
    MemoryView *m = (MemoryView *)a;
    if (m->released || (IS_EXACT(b, memoryview) && ((MemoryView *)b)->released))
        return BOOL((a == b) == (op == CMP_EQ));
    if (!type_of(b)->slots.get_buffer) return NOT_IMPLEMENTED;
    Value other = memoryview_new(b);
    if (!other) {
        if (error_matches(T_MemoryError)) return NULL;
        error_clear();
        return NOT_IMPLEMENTED;
    }
    MemoryView *n = (MemoryView *)other;
    bool equal = m->dimensions == n->dimensions && format_size(m->format) && format_size(n->format) &&
                 memcmp(m->shape, n->shape, (size_t)m->dimensions * sizeof *m->shape) == 0;
    if (equal) {
        Value x = list_of(m, 0, m->data), y = x ? list_of(n, 0, n->data) : NULL;
        int same = y ? value_equal(x, y) : -1;
        xdecref(x);
        xdecref(y);
        if (same < 0) {
            decref(other);
            return NULL;
        }
        equal = same;
    }
    decref(other);
    return BOOL(equal == (op == CMP_EQ));
}

static Hash view_hash(Value v) {
    MemoryView *m = (MemoryView *)v;
    if (m->hash) return m->hash;
    if (!check(v)) return -1;
    if (!m->read_only) return raise_int(T_ValueError, "cannot hash writable memoryview object");
    if (m->format != 'B' && m->format != 'b' && m->format != 'c')
        return raise_int(T_ValueError, "memoryview: hashing is restricted to formats 'B', 'b' or 'c'");
    if (value_hash(m->object) == -1) return -1;
    Value bytes = memoryview_tobytes(v);
    if (!bytes) return -1;
    m->hash = value_hash(bytes);
    decref(bytes);
    return m->hash;
}

static Value view_repr(Value v) {
    return str_format(((MemoryView *)v)->released ? "<released memory at %p>" : "<memory at %p>", (void *)v);
}

static int view_get_buffer(Value v, Buffer *out, int writable) {
    (void)writable;
    MemoryView *m = check(v);
    if (!m) return -1;
    if (!is_contiguous(m, false))
        return raise_int(T_BufferError, "memoryview: underlying buffer is not C-contiguous");
    buffer_fill(out, v, m->data, byte_count(m), m->read_only);
    static const char codes[] = "b\0B\0c\0?\0h\0H\0i\0I\0l\0L\0q\0Q\0n\0N\0f\0d\0P\0";
    for (const char *c = codes; *c; c += 2)
        if (*c == m->format) out->format = c;
    out->item_size = m->item_size;
    out->dimensions = m->dimensions;
    memcpy(out->shape, m->shape, sizeof out->shape);
    memcpy(out->strides, m->strides, sizeof out->strides);
    m->exports++;
    return 0;
}

static void view_release_buffer(Value v, Buffer *out) {
    (void)out;
    ((MemoryView *)v)->exports--;
}

/* ---- methods ---- */

static Value view_release(Value v) {
    MemoryView *m = (MemoryView *)v;
    if (m->exports)
        return raise_error(T_BufferError, "memoryview has %zd exported buffer%s", (ssize_t)m->exports,
                           m->exports == 1 ? "" : "s");
    drop(m);
    return NONE;
}

static Value view_enter(Value v) { return check(v) ? incref(v) : NULL; }

static Value view_exit(Value v, Value const *args, size_t nargs) {
    (void)args, (void)nargs;
    return view_release(v);
}

static Value view_toreadonly(Value v) {
    Value copy = check(v) ? memoryview_new(v) : NULL;
    if (copy) ((MemoryView *)copy)->read_only = true;
    return copy;
}

static Value view_hex(Value v, Value const *args, size_t nargs, Value kwnames) {
    Value bytes = check(v) ? memoryview_tobytes(v) : NULL;
    Value text = bytes ? bytes_hex_method(bytes, args, nargs, kwnames) : NULL;
    xdecref(bytes);
    return text;
}

static bool check_shape(const MemoryView *m, Value shape) {
    if (!is_list(shape) && !is_tuple(shape))
        return raise_error(T_TypeError, "shape must be a list or a tuple");
    size_t n = fast_sequence_length(shape);
    if (n > 8) return raise_error(T_ValueError, "memoryview: number of dimensions must not exceed 8");
    if (m->dimensions != 1 && n != 1)
        return raise_error(T_TypeError, "memoryview: cast must be 1D -> ND or ND -> 1D");
    return true;
}

/* Shape argument of cast, which check_shape has seen: 0, -1 raised. */
static int cast_shape(MemoryView *m, Value shape, size_t bytes) {
    Value seq = shape;
    size_t n = fast_sequence_length(seq), total = m->item_size;
    m->dimensions = (int)n;
    for (size_t i = 0; i < n; i++) {
        Value item = fast_sequence_items(seq)[i];
        if (!is_int(item))
            return raise_int(T_TypeError, "memoryview.cast(): elements of shape must be integers");
        ssize_t length = value_as_ssize_argument(item);
        if (length == -1 && error_pending()) return -1;
        if (length <= 0)
            return raise_int(T_ValueError, "memoryview.cast(): elements of shape must be integers > 0");
        if (__builtin_mul_overflow(total, (size_t)length, &total))
            return raise_int(T_ValueError, "memoryview.cast(): product(shape) > SSIZE_MAX");
        m->shape[i] = length;
    }
    ssize_t stride = (ssize_t)m->item_size;
    for (size_t i = n; i-- > 0; stride *= m->shape[i]) m->strides[i] = stride;
    return total == bytes ? 0
                          : raise_int(T_TypeError, "memoryview: product(shape) * itemsize != buffer size");
}

static Value view_cast(Value v, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"format", "shape", NULL};
    static const ArgSpec spec = {"cast", names, 2, 1, 2};
    Value out[2];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    if (!is_str(out[0]))
        return raise_error(T_TypeError, "cast() argument 'format' must be str, not %K", out[0]);
    MemoryView *m = check(v);
    if (!m) return NULL;
    if (!is_contiguous(m, false))
        return raise_error(T_TypeError, "memoryview: casts are restricted to C-contiguous views");
    if ((out[1] || m->dimensions != 1) && has_zero(m))
        return raise_error(T_TypeError, "memoryview: cannot cast view with zeros in shape or strides");
    if (out[1] && !check_shape(m, out[1])) return NULL;
    Value ascii = codec_encode(out[0], "ascii", "strict");
    if (!ascii) return NULL;
    decref(ascii);
    size_t n = str_length(out[0]), at = n > 1 && str_read(out[0], 0) == '@';
    char format = n == at + 1 ? (char)str_read(out[0], at) : 0;
    size_t size = format_size(format), bytes = byte_count(m);
    if (!size)
        return raise_error(
            T_ValueError,
            "memoryview: destination format must be a native single character format prefixed with an "
            "optional '@'");
    bool from_byte = m->item_size == 1 && strchr("bBc", m->format), to_byte = strchr("bBc", format) != NULL;
    if (!from_byte && !to_byte)
        return raise_error(T_TypeError, "memoryview: cannot cast between two non-byte formats");
    if (bytes % size) return raise_error(T_TypeError, "memoryview: length is not a multiple of itemsize");
    MemoryView *cast = (MemoryView *)memoryview_new(v);
    if (!cast) return NULL;
    cast->format = format;
    cast->native = at;
    cast->item_size = size;
    cast->dimensions = 1;
    cast->shape[0] = (ssize_t)(bytes / size);
    cast->strides[0] = (ssize_t)size;
    if (out[1] && cast_shape(cast, out[1], bytes) < 0) {
        DECREF(cast);
        return NULL;
    }
    return AS_VALUE(cast);
}

/* ---- attributes ---- */

static Value sizes(const ssize_t *values, int n) {
    Value tuple = tuple_new((size_t)n);
    for (int i = 0; tuple && i < n; i++) tuple_init_item_steal(tuple, (size_t)i, small_int_new(values[i]));
    return tuple;
}

#define GETTER(name, expression)                                                                             \
    static Value name(Value v, void *closure) {                                                              \
        (void)closure;                                                                                       \
        MemoryView *m = check(v);                                                                            \
        return m ? (expression) : NULL;                                                                      \
    }
GETTER(get_obj, incref(m->object))
GETTER(get_nbytes, small_int_new((int64_t)byte_count(m)))
GETTER(get_readonly, BOOL(m->read_only))
GETTER(get_itemsize, small_int_new((int64_t)m->item_size))
GETTER(get_format, m->native ? str_format("@%c", m->format) : str_from_ascii(&m->format, 1))
GETTER(get_ndim, small_int_new(m->dimensions))
GETTER(get_shape, sizes(m->shape, m->dimensions))
GETTER(get_strides, sizes(m->strides, m->dimensions))
GETTER(get_suboffsets, sizes(m->shape, 0))
GETTER(get_c_contiguous, BOOL(is_contiguous(m, false)))
GETTER(get_f_contiguous, BOOL(is_contiguous(m, true)))
GETTER(get_contiguous, BOOL(is_contiguous(m, false) || is_contiguous(m, true)))

static const GetSet view_getset[] = {
    {"obj", get_obj, NULL, "Whose buffer it is.", NULL},
    {"nbytes", get_nbytes, NULL, "How many bytes the items take.", NULL},
    {"readonly", get_readonly, NULL, "Whether it can only be read.", NULL},
    {"itemsize", get_itemsize, NULL, "Bytes of an item.", NULL},
    {"format", get_format, NULL, "What an item is, as struct writes it.", NULL},
    {"ndim", get_ndim, NULL, "How many dimensions there are.", NULL},
    {"shape", get_shape, NULL, "Items along each dimension.", NULL},
    {"strides", get_strides, NULL, "Bytes from item to item along each dimension.", NULL},
    {"suboffsets", get_suboffsets, NULL, "Always empty here.", NULL},
    {"c_contiguous", get_c_contiguous, NULL, "Whether the last dimension lies closest, without gaps.", NULL},
    {"f_contiguous", get_f_contiguous, NULL, "Whether the first dimension lies closest, without gaps.", NULL},
    {"contiguous", get_contiguous, NULL, "Whether the items lie without gaps.", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static const NativeMethod view_methods[] = {
    METHOD_NOARGS("release", view_release,
                  "release($self, /)\n--\n\nGives the buffer up; nothing can be read any more."),
    METHOD_KW("tobytes", view_tobytes,
              "tobytes($self, /, order='C')\n--\n\nA copy of the bytes that are seen."),
    METHOD_KW("hex", view_hex,
              "hex($self, /, sep=<unrepresentable>, bytes_per_sep=1)\n--\n\nTwo hexadecimal digits a byte of "
              "what is seen."),
    METHOD_NOARGS("tolist", view_tolist,
                  "tolist($self, /)\n--\n\nThe items as a list, of lists where there are more dimensions."),
    METHOD_KW(
        "cast", view_cast,
        "cast($self, /, format, shape=<unrepresentable>)\n--\n\nThe same bytes in another format or shape."),
    METHOD_NOARGS("toreadonly", view_toreadonly,
                  "toreadonly($self, /)\n--\n\nThe same, but it cannot be written through."),
    METHOD_NOARGS("__enter__", view_enter, NULL),
    METHOD_BARE("__exit__", view_exit, NULL),
    METHOD_END,
};

/* ---- iterator ---- */

typedef struct ViewIterator {
    HeapObject head;
    Value view; /* NULL: exhausted */
    size_t index;
} ViewIterator;

static Value view_iter(Value v) {
    MemoryView *m = check(v);
    if (!m) return NULL;
    if (m->dimensions == 0) return raise_error(T_TypeError, "invalid indexing of 0-dim memory");
    if (m->dimensions != 1)
        return raise_error(T_NotImplementedError, "multi-dimensional sub-views are not implemented");
    ViewIterator *it = (ViewIterator *)value_alloc(TYPE(memory_iterator), 0);
    if (!it) return NULL;
    it->view = incref(v);
    it->index = 0;
    value_track(AS_VALUE(it));
    return AS_VALUE(it);
}

static Value iterator_next(Value v) {
    ViewIterator *it = (ViewIterator *)v;
    MemoryView *m = it->view ? check(it->view) : NULL;
    if (!m) return NULL;
    if (it->index < (size_t)m->shape[0]) return unpack(m, m->data + (ssize_t)it->index++ * m->strides[0]);
    CLEAR_FIELD(it->view);
    return NULL;
}

static int iterator_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    VISIT(((ViewIterator *)o)->view);
    return 0;
}

static void iterator_free(Heap *heap, HeapObject *o) {
    (void)heap;
    xdecref(((ViewIterator *)o)->view);
    value_free(AS_VALUE(o));
}

static Value iterator_self(Value v) { return incref(v); }

const TypeSpec memory_iterator_type_spec = {
    .name = "memory_iterator",
    .flags = TYPE_GC | TYPE_NOT_INSTANTIABLE,
    .basic_size = sizeof(ViewIterator),
    .slots = {.getattr = object_getattr,
              .traverse = iterator_traverse,
              .free = iterator_free,
              .iter = iterator_self,
              .next = iterator_next},
};

const TypeSpec memoryview_type_spec = {
    .name = "memoryview",
    .doc = "memoryview(object)\n--\n\nA look at an object's buffer, without a copy.",
    .flags = TYPE_GC | TYPE_SEQUENCE | TYPE_WEAKREFABLE,
    .basic_size = sizeof(MemoryView),
    .slots = {.getattr = object_getattr,
              .traverse = view_traverse,
              .clear = view_clear,
              .free = view_free,
              .repr = view_repr,
              .hash = view_hash,
              .compare = view_compare,
              .iter = view_iter,
              .new_ = view_make,
              .length = view_length,
              .getitem = view_getitem,
              .setitem = view_setitem,
              .get_buffer = view_get_buffer,
              .release_buffer = view_release_buffer},
    .methods = view_methods,
    .getset = view_getset,
};
