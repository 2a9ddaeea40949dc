/* io_base: _IOBase and the bases of the three layers: everything that follows from a few methods of a
 * subclass. */
#include "modules/io.h"

#include "objects/dict.h"
#include "objects/exception.h"
#include "objects/int.h"
#include "objects/str.h"

typedef struct PlainIo { /* an instance of a base class or a Python subclass of one */
    HeapObject head;
    bool closed;
    Attrs attrs;
} PlainIo;

/* ---- shared helpers ---- */

/* io.UnsupportedOperation: an OSError and a ValueError. */
int io_make_unsupported(void) {
    if (IO->unsupported) return 0;
    Value bases = tuple_pack(2, AS_VALUE(TYPE(OSError)), AS_VALUE(TYPE(ValueError)));
    if (!bases) return -1;
    IO->unsupported = AS_VALUE(type_new_simple("io.UnsupportedOperation", bases, NULL, NULL));
    decref(bases);
    return IO->unsupported ? 0 : -1;
}

Value io_unsupported(const char *method) {
    return io_make_unsupported() < 0 ? NULL : raise_type((Type *)IO->unsupported, "%s", method);
}

int io_ask(Value o, Value name) {
    Value answer = value_call_method_noargs(o, name);
    if (!answer) return -1;
    int truth = value_is_true(answer);
    decref(answer);
    return truth;
}

int io_check_open(Value o, const char *message) {
    Value closed = value_getattr(o, NAME(closed));
    int truth = closed ? value_is_true(closed) : -1;
    xdecref(closed);
    if (truth > 0) return raise_int(T_ValueError, "%s", message ? message : "I/O operation on closed file.");
    return truth;
}

int io_size_argument(Value v, ssize_t *out) {
    *out = -1;
    if (!v || v == NONE) return 0;
    if (!value_has_index(v))
        return raise_int(T_TypeError, "argument should be integer or None, not '%.200T'", v);
    *out = value_as_ssize(v, TYPE(OverflowError));
    return *out == -1 && error_pending() ? -1 : 0;
}

int io_writable_buffer(const char *function, Value v, Buffer *out) {
    if (buffer_get(v, out, true) == 0) return 0;
    if (error_swallow(T_TypeError) || error_swallow(T_BufferError))
        raise_error(T_TypeError, "%s() argument must be read-write bytes-like object, not %.50K", function,
                    v);
    return -1;
}

int io_traverse_attrs(HeapObject *o, HeapVisit visit, void *arg) {
    return attrs_traverse((Value)o, visit, arg);
}

static void plain_clear(Heap *heap, HeapObject *o) {
    (void)heap;
    attrs_clear((Value)o);
}

/* ---- _IOBase ---- */

static Value base_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    (void)args, (void)nargs, (void)kwnames;
    IoBase *io = (IoBase *)value_alloc(type, 0);
    if (!io) return NULL;
    /* Only bases without fields of their own get here: Python subclasses and the bases themselves. */
    io->closed = false;
    value_track(AS_VALUE(io));
    return AS_VALUE(io);
}

static int base_init(Value self, Value const *args, size_t nargs, Value kwnames) {
    (void)self, (void)args, (void)nargs, (void)kwnames;
    return 0;
}

static Value base_get_closed(Value self, void *closure) {
    (void)closure;
    return BOOL(((IoBase *)self)->closed);
}

static Value base_seek(Value self, Value const *args, size_t nargs) {
    (void)self, (void)args, (void)nargs;
    return io_unsupported("seek");
}

static Value base_tell(Value self) {
    Value args[2] = {small_int_new(0), small_int_new(1)};
    return value_call_method(self, NAME(seek), args, 2);
}

static Value base_truncate(Value self, Value const *args, size_t nargs) {
    (void)self, (void)args, (void)nargs;
    return io_unsupported("truncate");
}

static Value base_fileno(Value self) {
    (void)self;
    return io_unsupported("fileno");
}

static Value base_flush(Value self) {
    if (((IoBase *)self)->closed) return raise_error(T_ValueError, "I/O operation on closed file.");
    io_file_pass_on(self);
    return NONE;
}

static Value base_close(Value self) {
    IoBase *io = (IoBase *)self;
    if (io->closed) return NONE;
    Value done = value_call_method_noargs(self, NAME(flush));
    io->closed = true;
    xdecref(done);
    return done ? NONE : NULL;
}

static Value base_false(Value self) {
    (void)self;
    return FALSE;
}

static Value base_isatty(Value self) { return io_check_open(self, NULL) < 0 ? NULL : FALSE; }

static Value check_answer(Value self, Value const *args, size_t nargs, Value name, const char *message) {
    (void)args, (void)nargs;
    int truth = io_ask(self, name);
    return truth < 0 ? NULL : truth ? TRUE : io_unsupported(message);
}

static Value base_check_readable(Value self, Value const *args, size_t nargs) {
    return check_answer(self, args, nargs, NAME(readable), "File or stream is not readable.");
}

static Value base_check_writable(Value self, Value const *args, size_t nargs) {
    return check_answer(self, args, nargs, NAME(writable), "File or stream is not writable.");
}

static Value base_check_seekable(Value self, Value const *args, size_t nargs) {
    return check_answer(self, args, nargs, NAME(seekable), "File or stream is not seekable.");
}

static Value base_check_closed(Value self, Value const *args, size_t nargs) {
    (void)args, (void)nargs;
    return io_check_open(self, NULL) < 0 ? NULL : NONE;
}

static Value base_enter(Value self) { return io_check_open(self, NULL) < 0 ? NULL : incref(self); }

static Value base_exit(Value self, Value const *args, size_t nargs) {
    (void)args, (void)nargs;
    return value_call_method_noargs(self, NAME(close));
}

/* How many bytes the next read of a readline may take: up to a newline that peek shows, else one. */
static ssize_t line_step(Value self, Value peek, ssize_t limit) {
    if (!peek) return 1;
    Value ahead = value_call_one(peek, small_int_new(1));
    if (!ahead) return -1;
    ssize_t n = 1;
    if (!is_bytes(ahead)) {
        raise_error(T_OSError, "peek() should have returned a bytes object, not '%.200T'", ahead);
        n = -1;
    } else if (bytes_length(ahead) > 0) {
        size_t have = bytes_length(ahead);
        if (limit >= 0 && (size_t)limit < have) have = (size_t)limit;
        const uint8_t *end = memchr(bytes_data(ahead), '\n', have);
        n = end ? end - bytes_data(ahead) + 1 : (ssize_t)have;
    }
    (void)self;
    decref(ahead);
    return n;
}

static Value base_readline(Value self, Value const *args, size_t nargs) {
    ssize_t limit;
    Value peek;
    if (!args_count("readline", nargs, 0, 1) || io_size_argument(nargs ? args[0] : NULL, &limit) < 0)
        return NULL;
    if (value_getattr_optional(self, NAME(peek), &peek) < 0) return NULL;
    Value line = bytearray_from("", 0);
    bool good = line != NULL;
    while (good && (limit < 0 || (ssize_t)((ByteArray *)line)->length < limit)) {
        ByteArray *have = (ByteArray *)line;
        ssize_t step = line_step(self, peek, limit < 0 ? -1 : limit - (ssize_t)have->length);
        Value piece = step < 0 ? NULL : value_call_method_one(self, NAME(read), small_int_new(step));
        if (piece && !is_bytes(piece)) {
            raise_error(T_OSError, "read() should have returned a bytes object, not '%.200T'", piece);
            CLEAR_FIELD(piece);
        }
        good = piece != NULL;
        size_t n = good ? bytes_length(piece) : 0, old = have->length;
        if (n && (good = bytearray_resize(line, old + n) == 0))
            memcpy(have->data + old, bytes_data(piece), n);
        bool ended = good && (n == 0 || have->data[have->length - 1] == '\n');
        xdecref(piece);
        if (ended) break;
    }
    Value result = good ? bytes_from(((ByteArray *)line)->data, ((ByteArray *)line)->length) : NULL;
    xdecref(line);
    xdecref(peek);
    return result;
}

static Value base_iter(Value self) { return io_check_open(self, NULL) < 0 ? NULL : incref(self); }

static Value base_next(Value self) {
    Value line = value_call_method_noargs(self, NAME(readline));
    if (!line) return NULL;
    ssize_t n = value_length(line);
    if (n > 0) return line;
    decref(line);
    return NULL;
}

static Value base_readlines(Value self, Value const *args, size_t nargs) {
    ssize_t limit, total = 0;
    if (!args_count("readlines", nargs, 0, 1) || io_size_argument(nargs ? args[0] : NULL, &limit) < 0)
        return NULL;
    if (limit <= 0) return value_to_list(self);
    Value lines = list_new(0), iterator = lines ? value_iter(self) : NULL;
    bool good = iterator != NULL;
    for (Value line; good && total <= limit && (line = value_next(iterator)) != NULL;) {
        ssize_t n = value_length(line);
        total += n;
        good = n >= 0;
        if (list_append_steal(lines, line) < 0) good = false;
    }
    xdecref(iterator);
    if (good && !error_pending()) return lines;
    xdecref(lines);
    return NULL;
}

static Value base_writelines(Value self, Value lines) {
    if (io_check_open(self, NULL) < 0) return NULL;
    Value iterator = value_iter(lines);
    if (!iterator) return NULL;
    bool good = true;
    for (Value line; good && (line = value_next(iterator)) != NULL; decref(line)) {
        Value done = value_call_method_one(self, NAME(write), line);
        good = done != NULL;
        xdecref(done);
    }
    decref(iterator);
    return good && !error_pending() ? NONE : NULL;
}

/* A stream that dies open is closed, with errors dropped as CPython's release build drops them. */
static bool base_finalize(Heap *heap, HeapObject *o) {
    (void)heap;
    Value self = (Value)o, pending = error_take(), closed = value_getattr(self, NAME(closed));
    if (closed && value_is_true(closed) == 0) {
        Value done = value_call_method_noargs(self, NAME(close));
        xdecref(done);
    }
    xdecref(closed);
    error_clear();
    if (pending) error_restore_steal(pending);
    return true;
}

static const NativeMethod base_methods[] = {
    METHOD_FAST("seek", base_seek, "Changes the position. Returns it."),
    METHOD_NOARGS("tell", base_tell, "The position."),
    METHOD_FAST("truncate", base_truncate, "Cuts or extends to a size. Returns it."),
    METHOD_NOARGS("flush", base_flush, "Passes what is buffered on."),
    METHOD_NOARGS("close", base_close, "Flushes and closes."),
    METHOD_NOARGS("seekable", base_false, "Whether the position can be changed."),
    METHOD_NOARGS("readable", base_false, "Whether it can be read."),
    METHOD_NOARGS("writable", base_false, "Whether it can be written."),
    METHOD_FAST("_checkClosed", base_check_closed, NULL),
    METHOD_FAST("_checkSeekable", base_check_seekable, NULL),
    METHOD_FAST("_checkReadable", base_check_readable, NULL),
    METHOD_FAST("_checkWritable", base_check_writable, NULL),
    METHOD_NOARGS("fileno", base_fileno, "The descriptor, where there is one."),
    METHOD_NOARGS("isatty", base_isatty, "Whether it is a terminal."),
    METHOD_NOARGS("__enter__", base_enter, NULL),
    METHOD_FAST("__exit__", base_exit, NULL),
    METHOD_FAST("readline", base_readline, "Reads one line."),
    METHOD_FAST("readlines", base_readlines, "Reads lines into a list."),
    METHOD_ONE("writelines", base_writelines, "Writes each of the lines."),
    METHOD_END,
};

static Value base_get_dict(Value self, void *closure) {
    (void)closure;
    Dict *dict = attrs_dict_borrow(self);
    return dict ? incref(AS_VALUE(dict)) : NULL;
}

static const GetSet base_getset[] = {
    {"__dict__", base_get_dict, NULL, NULL, NULL},
    {"closed", base_get_closed, NULL, NULL, NULL},
    {0},
};

const TypeSpec io_base_spec = {
    .name = "_io._IOBase",
    .doc = "The base of all streams.",
    .flags = TYPE_SUBCLASSABLE | TYPE_GC | TYPE_WEAKREFABLE,
    .basic_size = sizeof(PlainIo),
    .has_attrs = true,
    .slots = {.traverse = io_traverse_attrs,
              .clear = plain_clear,
              .new_ = base_make,
              .init = base_init,
              .iter = base_iter,
              .next = base_next,
              .finalize = base_finalize},
    .methods = base_methods,
    .getset = base_getset,
};

/* ---- _RawIOBase ---- */

static Value raw_readall(Value self) {
    Value parts = list_new(0);
    for (bool more = parts != NULL; more;) {
        Value part = value_call_method_one(self, NAME(read), small_int_new(IO_BUFFER_SIZE));
        if (part && part != NONE && !is_bytes(part)) {
            raise_error(T_TypeError, "read() should return bytes");
            CLEAR_FIELD(part);
        }
        if (!part) {
            decref(parts);
            return NULL;
        }
        if (part == NONE && list_length(parts) == 0) {
            decref(parts);
            return NONE;
        }
        more = part != NONE && bytes_length(part) > 0;
        if (more && list_append(parts, part) < 0) more = false;
        decref(part);
    }
    if (!parts || error_pending()) {
        xdecref(parts);
        return NULL;
    }
    Value joined = value_call_method_one(rt->empty_bytes, NAME(join), parts);
    decref(parts);
    return joined;
}

static Value raw_read(Value self, Value const *args, size_t nargs) {
    ssize_t n;
    if (!args_count("read", nargs, 0, 1) || io_size_argument(nargs ? args[0] : NULL, &n) < 0) return NULL;
    if (n < 0) return value_call_method_noargs(self, NAME(readall));
    Value room = bytearray_from(NULL, 0);
    if (!room || bytearray_resize(room, (size_t)n) < 0) {
        xdecref(room);
        return NULL;
    }
    memset(((ByteArray *)room)->data, 0, (size_t)n);
    Value count = value_call_method_one(self, NAME(readinto), room), result = NULL;
    ssize_t got = -1;
    if (count == NONE) {
        result = NONE;
    } else if (count && ((got = value_as_ssize(count, TYPE(ValueError))) != -1 || !error_pending())) {
        if (got < 0 || got > n)
            raise_error(T_OSError,
                        "raw readinto() returned invalid length %zd (should have been between 0 and %zd)",
                        got, n);
        else result = bytes_from(((ByteArray *)room)->data, (size_t)got);
    }
    xdecref(count);
    decref(room);
    return result;
}

static Value raw_not_implemented(Value self, Value const *args, size_t nargs) {
    (void)self, (void)args, (void)nargs;
    Value e = exception_new(T_NotImplementedError, NULL, 0);
    if (e) raise_value(e);
    xdecref(e);
    return NULL;
}

static const NativeMethod raw_methods[] = {
    METHOD_FAST("readinto", raw_not_implemented, "Reads into a buffer: for subclasses to define."),
    METHOD_FAST("write", raw_not_implemented, "Writes bytes: for subclasses to define."),
    METHOD_FAST("read", raw_read, "Reads up to size bytes by readinto."),
    METHOD_NOARGS("readall", raw_readall, "Reads to the end."),
    METHOD_END,
};

const TypeSpec io_raw_base_spec = {
    .name = "_io._RawIOBase",
    .doc = "The base of raw streams.",
    .flags = TYPE_SUBCLASSABLE | TYPE_GC,
    .basic_size = sizeof(PlainIo),
    .slots = {.traverse = io_traverse_attrs, .clear = plain_clear},
    .methods = raw_methods,
};

/* ---- _BufferedIOBase ---- */

static Value read_into(Value self, Value target, Value read, const char *name) {
    Buffer b;
    if (io_writable_buffer(read == NAME(read) ? "readinto" : "readinto1", target, &b) < 0) return NULL;
    Value got = value_call_method_one(self, read, small_int_new((int64_t)b.length)), result = NULL;
    if (got && !is_bytes(got)) raise_error(T_TypeError, "%s() should return bytes", name);
    else if (got && bytes_length(got) > b.length)
        raise_error(T_ValueError, "read() returned too much data: %zu bytes requested, %zu returned",
                    b.length, bytes_length(got));
    else if (got) {
        memcpy(b.data, bytes_data(got), bytes_length(got));
        result = small_int_new((int64_t)bytes_length(got));
    }
    xdecref(got);
    buffer_release(&b);
    return result;
}

static Value buffered_readinto(Value self, Value target) {
    return read_into(self, target, NAME(read), "read");
}
static Value buffered_readinto1(Value self, Value target) {
    return read_into(self, target, NAME(read1), "read1");
}

#define UNSUPPORTED_METHOD(function, name)                                                                   \
    static Value function(Value self, Value const *args, size_t nargs) {                                     \
        (void)self, (void)args, (void)nargs;                                                                 \
        return io_unsupported(name);                                                                         \
    }
UNSUPPORTED_METHOD(no_read, "read")
UNSUPPORTED_METHOD(no_read1, "read1")
UNSUPPORTED_METHOD(no_write, "write")
UNSUPPORTED_METHOD(no_detach, "detach")
UNSUPPORTED_METHOD(no_readline, "readline")

static const NativeMethod buffered_methods[] = {
    METHOD_FAST("detach", no_detach, "Takes the raw stream out."),
    METHOD_FAST("read", no_read, "Reads up to size bytes."),
    METHOD_FAST("read1", no_read1, "Reads with at most one call of the raw stream."),
    METHOD_FAST("write", no_write, "Writes bytes."),
    METHOD_ONE("readinto", buffered_readinto, "Reads into a buffer."),
    METHOD_ONE("readinto1", buffered_readinto1,
               "Reads into a buffer with at most one call of the raw stream."),
    METHOD_END,
};

const TypeSpec io_buffered_base_spec = {
    .name = "_io._BufferedIOBase",
    .doc = "The base of buffered streams.",
    .flags = TYPE_SUBCLASSABLE | TYPE_GC,
    .basic_size = sizeof(PlainIo),
    .slots = {.traverse = io_traverse_attrs, .clear = plain_clear},
    .methods = buffered_methods,
};

/* ---- _TextIOBase ---- */

static Value none_attribute(Value self, void *closure) {
    (void)self, (void)closure;
    return NONE;
}

static const NativeMethod text_methods[] = {
    METHOD_FAST("detach", no_detach, "Takes the buffer out."),
    METHOD_FAST("read", no_read, "Reads up to size characters."),
    METHOD_FAST("readline", no_readline, "Reads a line."),
    METHOD_FAST("write", no_write, "Writes a str."),
    METHOD_END,
};

static const GetSet text_getset[] = {
    {"encoding", none_attribute, NULL, NULL, NULL},
    {"newlines", none_attribute, NULL, NULL, NULL},
    {"errors", none_attribute, NULL, NULL, NULL},
    {0},
};

const TypeSpec io_text_base_spec = {
    .name = "_io._TextIOBase",
    .doc = "The base of text streams.",
    .flags = TYPE_SUBCLASSABLE | TYPE_GC,
    .basic_size = sizeof(PlainIo),
    .slots = {.traverse = io_traverse_attrs, .clear = plain_clear},
    .methods = text_methods,
    .getset = text_getset,
};

int io_base_ready(void) {
    if (module_ready_type(&IO->io_base, &io_base_spec, NULL) < 0) return -1;
    if (module_ready_type(&IO->raw_base, &io_raw_base_spec, IO->io_base) < 0) return -1;
    if (module_ready_type(&IO->buffered_base, &io_buffered_base_spec, IO->io_base) < 0) return -1;
    return module_ready_type(&IO->text_base, &io_text_base_spec, IO->io_base);
}
