/* io_bytes: BytesIO, a stream in memory; and BufferedRWPair. */
#include "modules/io.h"
#include "objects/dict.h"
#include "objects/int.h"
#include "objects/sizes.h"
#include "objects/str.h"

/* Invariants: length <= room, the bytes allocated at data; position may lie behind length (writing there
 * fills with zeros). */
typedef struct BytesIo {
    HeapObject head;
    bool closed;
    uint8_t *data;
    size_t length, room, position;
    Value shared; /* bytes equal to the content, made by getvalue, or NULL */
    size_t exports;
    Attrs attrs;
} BytesIo;

/* What getbuffer() shows: the stream itself is nothing that one can take a buffer of. */
typedef struct BytesView {
    HeapObject head;
    BytesIo *stream;
} BytesView;

static BytesIo *open_self(Value self) {
    BytesIo *b = (BytesIo *)self;
    if (!b->closed) return b;
    raise_error(T_ValueError, "I/O operation on closed file.");
    return NULL;
}

static BytesIo *changing_self(Value self) {
    BytesIo *b = open_self(self);
    if (b && b->exports) {
        raise_error(T_BufferError, "Existing exports of data: object cannot be re-sized");
        return NULL;
    }
    return b;
}

static int reserve(BytesIo *b, size_t n) {
    if (n <= b->room) return 0;
    size_t wanted = n < 64 ? 64 : n + n / 8 + 6;
    uint8_t *grown = wanted < n ? NULL : heap_realloc(rt->heap, b->data, wanted);
    if (!grown) return raise_no_memory(), -1;
    b->data = grown;
    b->room = wanted;
    return 0;
}

static int put(BytesIo *b, const void *data, size_t n) {
    if (n == 0) return 0;
    size_t end;
    if (__builtin_add_overflow(b->position, n, &end)) return raise_no_memory(), -1;
    if (reserve(b, end) < 0) return -1;
    if (b->position > b->length) memset(b->data + b->length, 0, b->position - b->length);
    memcpy(b->data + b->position, data, n);
    b->position = end;
    if (end > b->length) b->length = end;
    CLEAR_FIELD(b->shared);
    return 0;
}

static Value bytesio_write(Value self, Value data) {
    BytesIo *b = changing_self(self);
    Buffer view;
    if (!b || buffer_get(data, &view, false) < 0) return NULL;
    int status = put(b, view.data, view.length);
    Value result = status < 0 ? NULL : int_from_u64(view.length);
    buffer_release(&view);
    return result;
}

static Value bytesio_writelines(Value self, Value lines) {
    if (!open_self(self)) return NULL;
    Value iterator = value_iter(lines);
    bool good = iterator != NULL;
    for (Value line; good && (line = value_next(iterator)) != NULL; decref(line)) {
        Value done = bytesio_write(self, line);
        good = done != NULL;
        xdecref(done);
    }
    xdecref(iterator);
    return good && !error_pending() ? NONE : NULL;
}

/* The next n bytes (fewer at the end), taken. New. */
static Value take(BytesIo *b, size_t n) {
    size_t left = b->position < b->length ? b->length - b->position : 0;
    if (n > left) n = left;
    if (n == b->length && b->position == 0 && b->shared) {
        b->position = n;
        return incref(b->shared);
    }
    Value bytes = bytes_from(n ? b->data + b->position : NULL, n);
    if (bytes) b->position += n;
    return bytes;
}

static Value read_named(const char *name, Value self, Value const *args, size_t nargs) {
    ssize_t n;
    if (!args_count(name, nargs, 0, 1)) return NULL;
    BytesIo *b = open_self(self);
    if (!b || io_size_argument(nargs ? args[0] : NULL, &n) < 0) return NULL;
    return take(b, n < 0 ? SIZE_MAX : (size_t)n);
}

static Value bytesio_read(Value self, Value const *args, size_t nargs) {
    return read_named("read", self, args, nargs);
}

static Value bytesio_read1(Value self, Value const *args, size_t nargs) {
    return read_named("read1", self, args, nargs);
}

static Value take_line(BytesIo *b, ssize_t limit) {
    size_t left = b->position < b->length ? b->length - b->position : 0;
    if (limit >= 0 && (size_t)limit < left) left = (size_t)limit;
    const uint8_t *end = left ? memchr(b->data + b->position, '\n', left) : NULL;
    return take(b, end ? (size_t)(end - (b->data + b->position)) + 1 : left);
}

static Value bytesio_readline(Value self, Value const *args, size_t nargs) {
    ssize_t n;
    if (!args_count("readline", nargs, 0, 1)) return NULL;
    BytesIo *b = open_self(self);
    return !b || io_size_argument(nargs ? args[0] : NULL, &n) < 0 ? NULL : take_line(b, n);
}

static Value bytesio_readlines(Value self, Value const *args, size_t nargs) {
    ssize_t limit = 0, total = 0;
    if (!args_count("readlines", nargs, 0, 1)) return NULL;
    BytesIo *b = open_self(self);
    if (!b) return NULL;
    if (nargs && args[0] != NONE) {
        if (!is_int(args[0])) return raise_error(T_TypeError, "integer argument expected, got '%T'", args[0]);
        limit = value_as_ssize_argument(args[0]);
        if (limit == -1 && error_pending()) return NULL;
    }
    Value lines = list_new(0);
    while (lines) {
        Value line = take_line(b, -1);
        size_t n = line ? bytes_length(line) : 0;
        if (line && n == 0) {
            decref(line);
            break;
        }
        if (!line || list_append_steal(lines, line) < 0 || work_item(list_length(lines)) < 0)
            CLEAR_FIELD(lines);
        total += (ssize_t)n;
        if (limit > 0 && total >= limit) break;
    }
    return lines;
}

static Value bytesio_next(Value self) {
    BytesIo *b = open_self(self);
    if (!b || b->position >= b->length) return NULL;
    return take_line(b, -1);
}

static Value bytesio_readinto(Value self, Value target) {
    BytesIo *b = open_self(self);
    Buffer view;
    if (!b || io_writable_buffer("readinto", target, &view) < 0) return NULL;
    size_t left = b->position < b->length ? b->length - b->position : 0;
    size_t n = view.length < left ? view.length : left;
    if (n) memcpy(view.data, b->data + b->position, n);
    b->position += n;
    buffer_release(&view);
    return int_from_u64(n);
}

static Value bytesio_getvalue(Value self) {
    BytesIo *b = open_self(self);
    if (!b) return NULL;
    if (!b->shared) b->shared = bytes_from(b->data, b->length);
    return xincref(b->shared);
}

static Value bytesio_seek(Value self, Value const *args, size_t nargs) {
    BytesIo *b = open_self(self);
    int whence = 0;
    if (!b || !args_count("seek", nargs, 1, 2)) return NULL;
    ssize_t offset = value_as_ssize_argument(args[0]);
    if ((offset == -1 && error_pending()) || (nargs > 1 && value_as_int(args[1], &whence) < 0)) return NULL;
    if (whence == 0 && offset < 0) return raise_error(T_ValueError, "negative seek value %zd", offset);
    if (whence < 0 || whence > 2)
        return raise_error(T_ValueError, "invalid whence (%i, should be 0, 1 or 2)", whence);
    ssize_t from = whence == 0 ? 0 : whence == 1 ? (ssize_t)b->position : (ssize_t)b->length;
    if (__builtin_add_overflow(from, offset, &offset))
        return raise_error(T_OverflowError, "new position too large");
    b->position = offset < 0 ? 0 : (size_t)offset;
    return int_from_u64(b->position);
}

static Value bytesio_tell(Value self) {
    BytesIo *b = open_self(self);
    return b ? int_from_u64(b->position) : NULL;
}

static Value bytesio_truncate(Value self, Value const *args, size_t nargs) {
    BytesIo *b = changing_self(self);
    ssize_t n;
    if (!b || !args_count("truncate", nargs, 0, 1)) return NULL;
    if (nargs == 0 || args[0] == NONE) n = (ssize_t)b->position;
    else if (io_size_argument(args[0], &n) < 0) return NULL;
    if (n < 0) return raise_error(T_ValueError, "negative size value %zd", n);
    if ((size_t)n < b->length) {
        b->length = (size_t)n;
        CLEAR_FIELD(b->shared);
    }
    return small_int_new(n);
}

static Value bytesio_true(Value self) { return open_self(self) ? TRUE : NULL; }
static Value bytesio_false(Value self) { return open_self(self) ? FALSE : NULL; }
static Value bytesio_flush(Value self) { return open_self(self) ? NONE : NULL; }

static Value bytesio_close(Value self) {
    BytesIo *b = (BytesIo *)self;
    if (b->exports) return raise_error(T_BufferError, "Existing exports of data: object cannot be re-sized");
    b->closed = true;
    heap_free(rt->heap, b->data);
    b->data = NULL;
    b->length = b->room = b->position = 0;
    CLEAR_FIELD(b->shared);
    return NONE;
}

static Value bytesio_getbuffer(Value self) {
    if (!open_self(self)) return NULL;
    BytesView *o = (BytesView *)value_alloc(IO->bytes_view, 0);
    if (!o) return NULL;
    o->stream = (BytesIo *)incref(self);
    value_track(AS_VALUE(o));
    Value view = memoryview_new(AS_VALUE(o));
    DECREF(o);
    return view;
}

static Value bytesio_getstate(Value self) {
    Value content = bytesio_getvalue(self), dict = NONE;
    if (!content) return NULL;
    if (attrs_of(self)->shape->count || attrs_is_dict(attrs_of(self))) {
        Dict *attributes = attrs_dict_borrow(self);
        dict = attributes ? dict_copy(AS_VALUE(attributes)) : NULL;
    }
    Value at = int_from_u64(((BytesIo *)self)->position);
    Value state = dict && at ? tuple_pack(3, content, at, dict) : NULL;
    xdecref(at);
    xdecref(dict);
    decref(content);
    return state;
}

static Value bytesio_setstate(Value self, Value state) {
    BytesIo *b = changing_self(self);
    if (!b) return NULL;
    if (!is_tuple(state) || tuple_length(state) < 3)
        return raise_error(T_TypeError, "%.200T.__setstate__ argument should be 3-tuple, got %.200T", self,
                           state);
    b->length = b->position = 0;
    Value done = bytesio_write(self, tuple_item_borrow(state, 0));
    if (!done) return NULL;
    ssize_t at = value_as_ssize(tuple_item_borrow(state, 1), TYPE(OverflowError));
    if (at < 0)
        return error_pending() ? NULL : raise_error(T_ValueError, "position value cannot be negative");
    b->position = (size_t)at;
    Value dict = tuple_item_borrow(state, 2);
    if (dict == NONE) return NONE;
    Dict *own = attrs_dict_borrow(self);
    return own && dict_update(AS_VALUE(own), dict) == 0 ? NONE : NULL;
}

static Value bytesio_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    (void)args, (void)nargs, (void)kwnames;
    BytesIo *b = (BytesIo *)value_alloc(type, 0);
    if (!b) return NULL;
    b->closed = false;
    b->data = NULL;
    b->shared = NULL;
    b->length = b->room = b->position = b->exports = 0;
    value_track(AS_VALUE(b));
    return AS_VALUE(b);
}

static int bytesio_init(Value self, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"initial_bytes", NULL};
    static const ArgSpec spec = {"BytesIO", names, 1, 0, 1};
    BytesIo *b = (BytesIo *)self;
    Value initial;
    if (!args_bind(&spec, args, nargs, kwnames, &initial)) return -1;
    if (b->exports) return raise_int(T_BufferError, "Existing exports of data: object cannot be re-sized");
    b->length = b->position = 0;
    CLEAR_FIELD(b->shared);
    if (!initial || initial == NONE) return 0;
    Value done = bytesio_write(self, initial);
    if (!done) return -1;
    if (type_of(initial) == TYPE(bytes)) b->shared = incref(initial);
    b->position = 0;
    return 0;
}

static int view_buffer(Value self, Buffer *out, int flags) {
    (void)flags;
    BytesIo *b = ((BytesView *)self)->stream;
    if (reserve(b, b->length ? b->length : 1) < 0) return -1;
    *out = (Buffer){.data = b->data,
                    .length = b->length,
                    .owner = incref(self),
                    .item_size = 1,
                    .dimensions = 1,
                    .shape = {(ssize_t)b->length},
                    .strides = {1}};
    b->exports++;
    CLEAR_FIELD(b->shared); /* may be written through the buffer */
    return 0;
}

static void view_release(Value self, Buffer *buffer) {
    (void)buffer;
    BytesIo *b = ((BytesView *)self)->stream;
    b->exports--;
    CLEAR_FIELD(b->shared);
}

static int view_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    VISIT(((BytesView *)o)->stream);
    return 0;
}

static void view_free(Heap *heap, HeapObject *o) {
    (void)heap;
    DECREF(((BytesView *)o)->stream);
    value_free((Value)o);
}

const TypeSpec io_bytes_view_spec = {
    .name = "_io._BytesIOBuffer",
    .flags = TYPE_GC | TYPE_NOT_INSTANTIABLE,
    .basic_size = sizeof(BytesView),
    .slots = {.traverse = view_traverse,
              .free = view_free,
              .get_buffer = view_buffer,
              .release_buffer = view_release},
};

static bool nothing_to_finalize(Heap *heap, HeapObject *o) {
    (void)heap, (void)o;
    return false;
}

static void bytesio_free(Heap *heap, HeapObject *o) {
    BytesIo *b = (BytesIo *)o;
    heap_free(heap, b->data);
    xdecref(b->shared);
    value_free((Value)o);
}

static size_t bytesio_size(const HeapObject *o) { return size_with(o, ((const BytesIo *)o)->data); }

static const NativeMethod bytesio_methods[] = {
    METHOD_ONE("write", bytesio_write, NULL),
    METHOD_ONE("writelines", bytesio_writelines, NULL),
    METHOD_FAST("read", bytesio_read, NULL),
    METHOD_FAST("read1", bytesio_read1, NULL),
    METHOD_FAST("readline", bytesio_readline, NULL),
    METHOD_FAST("readlines", bytesio_readlines, NULL),
    METHOD_ONE("readinto", bytesio_readinto, NULL),
    METHOD_NOARGS("getvalue", bytesio_getvalue, "All the bytes."),
    METHOD_NOARGS("getbuffer", bytesio_getbuffer, "A memoryview of the bytes."),
    METHOD_FAST("seek", bytesio_seek, NULL),
    METHOD_NOARGS("tell", bytesio_tell, NULL),
    METHOD_FAST("truncate", bytesio_truncate, NULL),
    METHOD_NOARGS("readable", bytesio_true, NULL),
    METHOD_NOARGS("writable", bytesio_true, NULL),
    METHOD_NOARGS("seekable", bytesio_true, NULL),
    METHOD_NOARGS("isatty", bytesio_false, NULL),
    METHOD_NOARGS("flush", bytesio_flush, NULL),
    METHOD_NOARGS("close", bytesio_close, NULL),
    METHOD_NOARGS("__getstate__", bytesio_getstate, NULL),
    METHOD_ONE("__setstate__", bytesio_setstate, NULL),
    METHOD_END,
};

const TypeSpec io_bytes_spec = {
    .name = "_io.BytesIO",
    .doc = "BytesIO(initial_bytes=b'')\n--\n\nA stream of bytes in memory.",
    .flags = TYPE_SUBCLASSABLE | TYPE_GC,
    .basic_size = sizeof(BytesIo),
    .slots = {.traverse = io_traverse_attrs,
              .free = bytesio_free,
              .size = bytesio_size,
              .finalize = nothing_to_finalize,
              .new_ = bytesio_make,
              .init = bytesio_init,
              .next = bytesio_next},
    .methods = bytesio_methods,
};

/* ---- BufferedRWPair ---- */

typedef struct Pair {
    HeapObject head;
    bool closed;
    Value reader, writer;
    Attrs attrs;
} Pair;

static Value pair_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    (void)args, (void)nargs, (void)kwnames;
    Pair *p = (Pair *)value_alloc(type, 0);
    if (!p) return NULL;
    p->closed = false;
    p->reader = p->writer = NULL;
    value_track(AS_VALUE(p));
    return AS_VALUE(p);
}

static int pair_init(Value self, Value const *args, size_t nargs, Value kwnames) {
    if (!args_no_keywords("BufferedRWPair", kwnames) || !args_count("BufferedRWPair", nargs, 2, 3)) return -1;
    Pair *p = (Pair *)self;
    Value reader_args[2] = {args[0], nargs > 2 ? args[2] : small_int_new(IO_BUFFER_SIZE)};
    Value writer_args[2] = {args[1], reader_args[1]};
    Value reader = value_call(AS_VALUE(IO->reader), reader_args, 2, NULL);
    Value writer = reader ? value_call(AS_VALUE(IO->writer), writer_args, 2, NULL) : NULL;
    if (!writer) {
        xdecref(reader);
        return -1;
    }
    SET_FIELD_STEAL(p->reader, reader);
    SET_FIELD_STEAL(p->writer, writer);
    return 0;
}

static Value pair_call(Value side, Value name, Value const *args, size_t nargs) {
    if (!side) return raise_error(T_ValueError, "I/O operation on uninitialized object");
    return value_call_method(side, name, args, nargs);
}

#define PAIR_METHOD(function, side, name)                                                                    \
    static Value function(Value self, Value const *args, size_t nargs) {                                     \
        return pair_call(((Pair *)self)->side, NAME(name), args, nargs);                                     \
    }
PAIR_METHOD(pair_read, reader, read)
PAIR_METHOD(pair_peek, reader, peek)
PAIR_METHOD(pair_read1, reader, read1)
PAIR_METHOD(pair_readinto, reader, readinto)
PAIR_METHOD(pair_readable, reader, readable)
PAIR_METHOD(pair_write, writer, write)
PAIR_METHOD(pair_flush, writer, flush)
PAIR_METHOD(pair_writable, writer, writable)

static Value pair_close(Value self, Value const *args, size_t nargs) {
    Pair *p = (Pair *)self;
    Value done = pair_call(p->writer, NAME(close), args, nargs), earlier = done ? NULL : error_take();
    xdecref(done);
    done = pair_call(p->reader, NAME(close), args, nargs);
    if (!earlier) return done;
    xdecref(done);
    error_chain_steal(earlier);
    return NULL;
}

static Value pair_isatty(Value self, Value const *args, size_t nargs) {
    Value answer = pair_call(((Pair *)self)->writer, NAME(isatty), args, nargs);
    if (answer != FALSE) return answer;
    return pair_call(((Pair *)self)->reader, NAME(isatty), args, nargs);
}

static Value pair_get_closed(Value self, void *closure) {
    (void)closure;
    Pair *p = (Pair *)self;
    if (!p->writer)
        return raise_error(T_RuntimeError, "the BufferedRWPair object is being garbage-collected");
    return value_getattr(p->writer, NAME(closed));
}

static int pair_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    VISIT(((Pair *)o)->reader);
    VISIT(((Pair *)o)->writer);
    return attrs_traverse((Value)o, visit, arg);
}

static void pair_free(Heap *heap, HeapObject *o) {
    (void)heap;
    xdecref(((Pair *)o)->reader);
    xdecref(((Pair *)o)->writer);
    value_free((Value)o);
}

static const NativeMethod pair_methods[] = {
    METHOD_FAST("read", pair_read, NULL),
    METHOD_FAST("peek", pair_peek, NULL),
    METHOD_FAST("read1", pair_read1, NULL),
    METHOD_FAST("readinto", pair_readinto, NULL),
    METHOD_FAST("readable", pair_readable, NULL),
    METHOD_FAST("write", pair_write, NULL),
    METHOD_FAST("flush", pair_flush, NULL),
    METHOD_FAST("writable", pair_writable, NULL),
    METHOD_FAST("close", pair_close, NULL),
    METHOD_FAST("isatty", pair_isatty, NULL),
    METHOD_END,
};

static const GetSet pair_getset[] = {{"closed", pair_get_closed, NULL, NULL, NULL}, {0}};

const TypeSpec io_pair_spec = {
    .name = "_io.BufferedRWPair",
    .doc = "BufferedRWPair(reader, writer, buffer_size=8192, /)\n--\n\nA reader and a writer as one stream.",
    .flags = TYPE_SUBCLASSABLE | TYPE_GC,
    .basic_size = sizeof(Pair),
    .slots = {.traverse = pair_traverse, .free = pair_free, .new_ = pair_make, .init = pair_init},
    .methods = pair_methods,
    .getset = pair_getset,
};
