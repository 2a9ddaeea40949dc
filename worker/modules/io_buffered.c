/*
 * io_buffered: BufferedReader, BufferedWriter, BufferedRandom: bytes gathered on their way from and to a raw
 * stream.
 *
 * One struct serves the three. Invariants: [start, end) of `data` was read from raw and not yet taken;
 * `pending` bytes of `out` were written and not yet passed on; at most one of the two is not empty (switching
 * sides settles the other).
 *
 * Raw streams run other threads or the program's own code while they are called. Between two such calls nothing else runs, so
 * an operation need not lock: it only must not begin while a call is under way.
 */
#include <math.h>

#include "modules/io.h"
#include "modules/thread_wait.h"
#include "vm/gil.h"
#include "objects/int.h"
#include "objects/sizes.h"
#include "objects/str.h"

typedef struct Buffered {
    HeapObject head;
    bool closed; /* unused: `closed` is raw's */
    bool readable, writable, detached;
    Value raw; /* NULL: detached or not initialised */
    size_t capacity;
    uint8_t *data, *out;
    size_t start, end, pending;
    Thread *user;     /* who is calling raw, or NULL: until that ends nobody else may touch the buffers */
    uint32_t waiting; /* how many threads wait for it */
    Attrs attrs;
} Buffered;

static bool raw_is_ours(const Buffered *b) { return is_object(b->raw) && type_of(b->raw) == IO->file; }

static int check_ready(const Buffered *b) {
    if (b->raw) return 0;
    return raise_int(T_ValueError,
                     b->detached ? "raw stream has been detached" : "I/O operation on uninitialized object");
}

/* ---- calls of raw ---- */

static bool is_idle(Value v) { return !((Buffered *)v)->user || gil_has_lost_threads(); }

/* Waits until no other thread calls raw. 0, -1 raised. */
static int check_idle(Buffered *b) {
    if (__builtin_expect(!b->user, 1)) return 0;
    if (b->user == THREAD) return raise_int(T_RuntimeError, "reentrant call inside %R", AS_VALUE(b));
    b->waiting++;
    int status = thread_wait_until(AS_VALUE(b), is_idle, INFINITY);
    b->waiting--;
    /* Idle for the next one too: this one may be done without calling raw, and then would wake nobody. */
    if (status >= 0 && b->waiting) thread_wait_wake(AS_VALUE(b));
    return status < 0 ? -1 : 0;
}

static void begin_call(Buffered *b) { b->user = THREAD; }

static void end_call(Buffered *b) {
    b->user = NULL;
    if (b->waiting) thread_wait_wake(AS_VALUE(b));
}

bool io_buffered_is_open(Value v) {
    const Buffered *b = (const Buffered *)v;
    return b->raw && raw_is_ours(b) && io_file_is_open(b->raw);
}

static int check_open(Buffered *b, const char *what) {
    if (check_idle(b) < 0 || check_ready(b) < 0) return -1;
    if (io_buffered_is_open(AS_VALUE(b))) return 0;
    return io_check_open(b->raw, what);
}

static Buffered *buffered_alloc(Type *type) {
    Buffered *b = (Buffered *)value_alloc(type, 0);
    if (!b) return NULL;
    b->closed = b->readable = b->writable = b->detached = false;
    b->raw = NULL;
    b->data = b->out = NULL;
    b->capacity = b->start = b->end = b->pending = 0;
    b->user = NULL;
    b->waiting = 0;
    value_track(AS_VALUE(b));
    return b;
}

static void set_raw(Buffered *b, Value raw, size_t capacity, bool readable, bool writable) {
    SET_FIELD_STEAL(b->raw, incref(raw));
    b->detached = false;
    heap_free(rt->heap, b->data);
    heap_free(rt->heap, b->out);
    b->data = b->out = NULL;
    b->capacity = capacity;
    b->start = b->end = b->pending = 0;
    b->readable = readable;
    b->writable = writable;
}

Value io_buffered_new(Type *type, Value raw, size_t capacity) {
    Buffered *b = buffered_alloc(type);
    if (b) set_raw(b, raw, capacity, type != IO->writer, type != IO->reader);
    return AS_VALUE(b);
}

/* ---- the raw stream's methods ---- */

enum { BLOCKED = -2 }; /* raw would have to wait, and does not */

/* How many bytes a call of raw says it moved; BLOCKED; -1 raised. */
static ssize_t length_result(Value count, size_t asked, const char *method) {
    if (!count) return -1;
    if (count == NONE) return BLOCKED;
    ssize_t n = value_as_ssize(count, TYPE(ValueError));
    decref(count);
    if (n == -1 && error_pending()) return -1;
    if (n >= 0 && (size_t)n <= asked) return n;
    return raise_int(T_OSError, "raw %s() returned invalid length %zd (should have been between 0 and %zu)",
                     method, n, asked);
}

static ssize_t call_read(Buffered *b, uint8_t *to, size_t n) {
    if (raw_is_ours(b)) return io_file_read(b->raw, to, n);
    Value room = bytearray_from(NULL, 0);
    if (!room || bytearray_resize(room, n) < 0) {
        xdecref(room);
        return -1;
    }
    memset(((ByteArray *)room)->data, 0, n);
    Value count = value_call_method_one(b->raw, NAME(readinto), room);
    ssize_t got = length_result(count, n, "readinto");
    if (got == -1 && count && error_matches(T_TypeError))
        raise_from_pending(T_OSError, "raw readinto() failed");
    if (got > 0) memcpy(to, ((ByteArray *)room)->data, (size_t)got);
    decref(room);
    return got;
}

static ssize_t raw_read(Buffered *b, uint8_t *to, size_t n) {
    begin_call(b);
    ssize_t got = call_read(b, to, n);
    end_call(b);
    return got;
}

static ssize_t call_write(Buffered *b, const uint8_t *data, size_t n) {
    if (raw_is_ours(b)) return io_file_write(b->raw, data, n);
    Value bytes = bytes_from(data, n);
    if (!bytes) return -1;
    Value count = value_call_method_one(b->raw, NAME(write), bytes);
    decref(bytes);
    return length_result(count, n, "write");
}

static ssize_t raw_write(Buffered *b, const uint8_t *data, size_t n) {
    begin_call(b);
    ssize_t done = call_write(b, data, n);
    end_call(b);
    return done;
}

/* A position that raw told; steals it. New; NULL raised. */
static Value checked_position_steal(Value at) {
    int64_t n;
    if (at && int_to_i64(at, &n) && n < 0) {
        raise_error(T_OSError, "Raw stream returned invalid position %lld", (long long)n);
        CLEAR_FIELD(at);
    }
    return at;
}

static Value raw_seek(Buffered *b, int64_t offset, int whence) {
    Value args[2] = {int_from_i64(offset), small_int_new(whence)};
    if (!args[0]) return NULL;
    begin_call(b);
    Value at = value_call_method(b->raw, NAME(seek), args, 2);
    end_call(b);
    decref(args[0]);
    return checked_position_steal(at);
}

/* ---- settling the two sides ---- */

/* BlockingIOError that says how much of what was to be written is out or in the buffer. -1. */
static int raise_blocked(size_t written) {
    Value text = str_from_cstr("write could not complete without blocking"), error = NULL;
    if (text)
        error = value_call(AS_VALUE(TYPE(BlockingIOError)),
                           (Value[]){small_int_new(0), text, small_int_new((int64_t)written)}, 3, NULL);
    xdecref(text);
    if (error) raise_value(error);
    xdecref(error);
    return -1;
}

int io_buffered_flush(Value v) {
    Buffered *b = (Buffered *)v;
    size_t done = 0;
    int status = check_idle(b);
    while (done < b->pending && status == 0) {
        ssize_t n = raw_write(b, b->out + done, b->pending - done);
        if (n < 0) status = n == BLOCKED ? raise_blocked(0) : -1;
        else done += (size_t)n;
        if (n == 0 && status == 0) status = raise_int(T_OSError, "raw write() wrote nothing");
    }
    if (done && done < b->pending) memmove(b->out, b->out + done, b->pending - done);
    b->pending -= done;
    return status;
}

/* What was read ahead is given back, so that raw stands where the program believes it is. */
static int unread(Buffered *b) {
    size_t ahead = b->end - b->start;
    b->start = b->end = 0;
    if (ahead == 0) return 0;
    Value at = raw_seek(b, -(int64_t)ahead, 1);
    xdecref(at);
    return at ? 0 : -1;
}

static int to_reading(Buffered *b) {
    if (b->pending && io_buffered_flush(AS_VALUE(b)) < 0) return -1;
    if (!b->data && !(b->data = heap_alloc(rt->heap, b->capacity))) return raise_no_memory(), -1;
    return 0;
}

static int to_writing(Buffered *b) {
    if (b->end && b->writable && unread(b) < 0) return -1;
    if (!b->out && !(b->out = heap_alloc(rt->heap, b->capacity))) return raise_no_memory(), -1;
    return 0;
}

/* ---- writing ---- */

/* raw is blocked: of what was to be written the buffer takes what it can, and if that is all nothing is wrong. The pending
 * error tells how much is taken, `written` bytes before `data` included. 0, -1. */
static int keep_blocked(Buffered *b, const void *data, size_t n, size_t written) {
    size_t room = b->capacity - b->pending, fits = n < room ? n : room;
    if (!error_matches(T_BlockingIOError)) return -1;
    memcpy(b->out + b->pending, data, fits);
    b->pending += fits;
    error_clear();
    return fits == n ? 0 : raise_blocked(written + fits);
}

int io_buffered_write(Value v, const void *data, size_t n) {
    Buffered *b = (Buffered *)v;
    if (check_idle(b) < 0 || check_ready(b) < 0 || to_writing(b) < 0) return -1;
    if (n > b->capacity - b->pending && io_buffered_flush(v) < 0) return keep_blocked(b, data, n, 0);
    size_t written = 0;
    while (n > b->capacity) {
        ssize_t done = raw_write(b, data, n);
        if (done == BLOCKED) return raise_blocked(0), keep_blocked(b, data, n, written);
        written += done > 0 ? (size_t)done : 0;
        if (done <= 0) return done < 0 ? -1 : raise_int(T_OSError, "raw write() wrote nothing");
        data = (const uint8_t *)data + done;
        n -= (size_t)done;
    }
    if (n) memcpy(b->out + b->pending, data, n);
    b->pending += n;
    return 0;
}

static Value buffered_write(Value self, Value data) {
    Buffered *b = (Buffered *)self;
    Buffer view;
    if (is_str(data)) return raise_error(T_TypeError, "a bytes-like object is required, not '%.200T'", data);
    if (buffer_get(data, &view, false) < 0) return NULL;
    int status = check_open(b, "write to closed file");
    if (status == 0) status = io_buffered_write(self, view.data, view.length);
    Value result = status < 0 ? NULL : small_int_new((int64_t)view.length);
    buffer_release(&view);
    return result;
}

static Value buffered_flush(Value self) {
    Buffered *b = (Buffered *)self;
    if (!b->writable) /* nothing of its own: the raw stream says what is wrong */
        return check_idle(b) < 0 || check_ready(b) < 0 ? NULL : value_call_method_noargs(b->raw, NAME(flush));
    if (check_open(b, "flush of closed file") < 0) return NULL;
    if (b->pending && io_buffered_flush(self) < 0) return NULL;
    if (raw_is_ours(b)) return NONE;
    return value_call_method_noargs(b->raw, NAME(flush));
}

/* ---- reading ---- */

/* Refills an empty buffer: bytes there, 0 at the end, BLOCKED, -1. */
static ssize_t refill(Buffered *b) {
    b->start = b->end = 0;
    ssize_t n = raw_read(b, b->data, b->capacity);
    if (n > 0) b->end = (size_t)n;
    return n;
}

ssize_t io_buffered_peek(Value v, const uint8_t **data) {
    Buffered *b = (Buffered *)v;
    if (check_idle(b) < 0 || to_reading(b) < 0) return -1;
    ssize_t n = b->end > b->start ? (ssize_t)(b->end - b->start) : refill(b);
    *data = b->data + b->start;
    return n == BLOCKED ? 0 : n;
}

void io_buffered_skip(Value v, size_t n) { ((Buffered *)v)->start += n; }

typedef enum TakeHow {
    TAKE_ALL,
    TAKE_ONCE,     /* asks raw at most once, and not if bytes are there */
    TAKE_ONCE_MORE /* asks raw at most once, and if bytes are there only for more than fits the buffer */
} TakeHow;

/* Takes up to n bytes (SIZE_MAX: all there are). New bytes; None if raw is blocked and nothing is there. */
static Value take(Buffered *b, size_t n, TakeHow how) {
    Value all = bytearray_from(NULL, 0);
    size_t have = 0;
    bool asked = false, blocked = false;
    while (all && have < n) {
        size_t there = b->end - b->start;
        if (there == 0) {
            bool enough = have && (how == TAKE_ONCE || n - have <= b->capacity);
            if (how != TAKE_ALL && (asked || enough)) break;
            asked = true;
            ssize_t got = refill(b);
            blocked = got == BLOCKED;
            if (got == -1) CLEAR_FIELD(all);
            if (got <= 0) break;
            there = (size_t)got;
        }
        size_t step = there < n - have ? there : n - have;
        if (bytearray_resize(all, have + step) < 0) {
            CLEAR_FIELD(all);
            break;
        }
        memcpy(((ByteArray *)all)->data + have, b->data + b->start, step);
        b->start += step;
        have += step;
        if (have > (1u << 20) && work_charge(step) < 0) CLEAR_FIELD(all);
    }
    Value result = !all                                   ? NULL
                   : blocked && !have && how != TAKE_ONCE ? NONE
                                                          : bytes_from(((ByteArray *)all)->data, have);
    xdecref(all);
    return result;
}

static int ready_to_read(Buffered *b, const char *what) {
    if (check_open(b, what) < 0) return -1;
    if (!b->readable) return io_unsupported("read"), -1;
    return to_reading(b);
}

static Value buffered_read(Value self, Value const *args, size_t nargs) {
    Buffered *b = (Buffered *)self;
    ssize_t n;
    if (!args_count("read", nargs, 0, 1) || io_size_argument(nargs ? args[0] : NULL, &n) < 0) return NULL;
    if (n < -1) return raise_error(T_ValueError, "read length must be non-negative or -1");
    if (ready_to_read(b, "read of closed file") < 0) return NULL;
    size_t wanted = n < 0 ? SIZE_MAX : (size_t)n;
    if (wanted <= b->end - b->start) {
        b->start += wanted;
        return bytes_from(b->data + b->start - wanted, wanted);
    }
    return take(b, wanted, TAKE_ALL);
}

static Value buffered_read1(Value self, Value const *args, size_t nargs) {
    Buffered *b = (Buffered *)self;
    ssize_t n;
    if (!args_count("read1", nargs, 0, 1) || io_size_argument(nargs ? args[0] : NULL, &n) < 0 ||
        ready_to_read(b, "read of closed file") < 0)
        return NULL;
    return take(b, n < 0 ? b->capacity : (size_t)n, TAKE_ONCE);
}

static Value read_into(Value self, Value target, bool once) {
    Buffered *b = (Buffered *)self;
    Buffer view;
    if (io_writable_buffer(once ? "readinto1" : "readinto", target, &view) < 0) return NULL;
    bool ready = ready_to_read(b, "readinto of closed file") == 0;
    Value got = ready ? take(b, view.length, once ? TAKE_ONCE_MORE : TAKE_ALL) : NULL;
    if (got && got != NONE) memcpy(view.data, bytes_data(got), bytes_length(got));
    Value result = !got || got == NONE ? got : small_int_new((int64_t)bytes_length(got));
    xdecref(got);
    buffer_release(&view);
    return result;
}

static Value buffered_readinto(Value self, Value target) { return read_into(self, target, false); }
static Value buffered_readinto1(Value self, Value target) { return read_into(self, target, true); }

static Value buffered_peek(Value self, Value const *args, size_t nargs) {
    Buffered *b = (Buffered *)self;
    const uint8_t *data;
    if (!args_count("peek", nargs, 0, 1)) return NULL;
    if (nargs && value_as_ssize_argument(args[0]) == -1 && error_pending()) return NULL;
    if (ready_to_read(b, "peek of closed file") < 0) return NULL;
    ssize_t n = io_buffered_peek(self, &data);
    return n < 0 ? NULL : bytes_from(data, (size_t)n);
}

/* One line's bytes; limit -1: none. */
static Value take_line(Buffered *b, ssize_t limit) {
    Value line = bytearray_from(NULL, 0);
    size_t have = 0, most = limit < 0 ? SIZE_MAX : (size_t)limit;
    for (bool more = line != NULL; more && have < most;) {
        if (b->end == b->start) {
            ssize_t got = refill(b);
            if (got == -1) CLEAR_FIELD(line);
            if (got <= 0) break;
        }
        size_t there = b->end - b->start;
        if (there > most - have) there = most - have;
        const uint8_t *end = memchr(b->data + b->start, '\n', there);
        size_t step = end ? (size_t)(end - (b->data + b->start)) + 1 : there;
        if (bytearray_resize(line, have + step) < 0) {
            CLEAR_FIELD(line);
            break;
        }
        memcpy(((ByteArray *)line)->data + have, b->data + b->start, step);
        b->start += step;
        have += step;
        more = !end;
    }
    Value result = line ? bytes_from(((ByteArray *)line)->data, have) : NULL;
    xdecref(line);
    return result;
}

static Value buffered_readline(Value self, Value const *args, size_t nargs) {
    Buffered *b = (Buffered *)self;
    ssize_t limit;
    if (!args_count("readline", nargs, 0, 1) || io_size_argument(nargs ? args[0] : NULL, &limit) < 0 ||
        ready_to_read(b, "readline of closed file") < 0)
        return NULL;
    return take_line(b, limit);
}

static Value buffered_next(Value self) {
    Buffered *b = (Buffered *)self;
    if (ready_to_read(b, "readline of closed file") < 0) return NULL;
    Value line = take_line(b, -1);
    if (!line || bytes_length(line)) return line;
    decref(line);
    return NULL;
}

/* ---- position ---- */

static int as_offset(Value v, int64_t *out) {
    Value index = value_index(v);
    if (!index) return -1;
    bool fits = int_to_i64(index, out);
    decref(index);
    return fits ? 0 : raise_int(T_ValueError, "cannot fit '%T' into an offset-sized integer", v);
}

static Value buffered_seek(Value self, Value const *args, size_t nargs) {
    Buffered *b = (Buffered *)self;
    int64_t offset;
    int whence = 0;
    if (!args_count("seek", nargs, 1, 2) || check_open(b, "seek of closed file") < 0 ||
        (nargs > 1 && value_as_int(args[1], &whence) < 0))
        return NULL;
    if (whence < 0 || whence > 2)
        return raise_error(T_ValueError, "invalid whence (%d, should be 0, 1 or 2)", whence);
    int seekable = io_ask(b->raw, NAME(seekable));
    if (seekable <= 0) return seekable < 0 ? NULL : io_unsupported("File or stream is not seekable.");
    if (as_offset(args[0], &offset) < 0 || (b->pending && io_buffered_flush(self) < 0)) return NULL;
    if (whence == 1) offset -= (int64_t)(b->end - b->start);
    b->start = b->end = 0;
    return raw_seek(b, offset, whence);
}

static Value buffered_tell(Value self) {
    Buffered *b = (Buffered *)self;
    if (check_ready(b) < 0) return NULL;
    Value at = checked_position_steal(value_call_method_noargs(b->raw, NAME(tell)));
    if (!at) return NULL;
    Value result = value_add(at, small_int_new((int64_t)b->pending - (int64_t)(b->end - b->start)));
    decref(at);
    return result;
}

static Value buffered_truncate(Value self, Value const *args, size_t nargs) {
    Buffered *b = (Buffered *)self;
    if (!args_count("truncate", nargs, 0, 1) || check_open(b, "truncate of closed file") < 0) return NULL;
    if (!b->writable) return io_unsupported("truncate");
    if ((b->pending && io_buffered_flush(self) < 0)) return NULL;
    Value size = nargs && args[0] != NONE ? incref(args[0]) : buffered_tell(self);
    Value result = size ? value_call_method_one(b->raw, NAME(truncate), size) : NULL;
    xdecref(size);
    return result;
}

/* ---- asking, closing ---- */

static Value pass_on(Value self, Value name) {
    Buffered *b = (Buffered *)self;
    return check_ready(b) < 0 ? NULL : value_call_method_noargs(b->raw, name);
}

static Value buffered_readable(Value self) { return pass_on(self, NAME(readable)); }
static Value buffered_writable(Value self) { return pass_on(self, NAME(writable)); }
static Value buffered_seekable(Value self) { return pass_on(self, NAME(seekable)); }
static Value buffered_fileno(Value self) { return pass_on(self, NAME(fileno)); }
static Value buffered_isatty(Value self) { return pass_on(self, NAME(isatty)); }

static Value buffered_close(Value self) {
    Buffered *b = (Buffered *)self;
    if (check_idle(b) < 0 || check_ready(b) < 0) return NULL;
    Value closed = value_getattr(b->raw, NAME(closed));
    int truth = closed ? value_is_true(closed) : -1;
    xdecref(closed);
    if (truth != 0) return truth < 0 ? NULL : NONE;
    Value flushed = value_call_method_noargs(self, NAME(flush)), earlier = flushed ? NULL : error_take();
    xdecref(flushed);
    begin_call(b);
    Value done = value_call_method_noargs(b->raw, NAME(close));
    end_call(b);
    if (!earlier) return done;
    xdecref(done);
    error_chain_steal(earlier);
    return NULL;
}

static Value buffered_detach(Value self) {
    Buffered *b = (Buffered *)self;
    if (check_ready(b) < 0) return NULL;
    Value flushed = value_call_method_noargs(self, NAME(flush));
    xdecref(flushed);
    if (!flushed || check_idle(b) < 0 || check_ready(b) < 0) return NULL;
    Value raw = b->raw;
    b->raw = NULL;
    b->detached = true;
    return raw;
}

static Value raw_attribute(Value self, void *closure) {
    Buffered *b = (Buffered *)self;
    return check_ready(b) < 0 ? NULL : value_getattr(b->raw, rt->names[(uintptr_t)closure]);
}

static Value buffered_repr(Value self) {
    Value name;
    int found = ((Buffered *)self)->raw ? value_getattr_optional(self, NAME(name), &name) : 0;
    if (found < 0) {
        if (!error_swallow(T_ValueError)) return NULL;
        found = 0;
    }
    Value text = found ? str_format("<%T name=%R>", self, name) : str_format("<%T>", self);
    if (found) decref(name);
    return text;
}

/* ---- making ---- */

static Value buffered_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    (void)args, (void)nargs, (void)kwnames;
    return AS_VALUE(buffered_alloc(type));
}

static int require(Value raw, Value question, const char *message) {
    int truth = io_ask(raw, question);
    if (truth == 0) io_unsupported(message);
    return truth > 0 ? 0 : -1;
}

static int init(Value self, const char *function, bool readable, bool writable, Value const *args,
                size_t nargs, Value kwnames) {
    static const char *const names[] = {"raw", "buffer_size", NULL};
    ArgSpec spec = {function, names, 2, 1, 2};
    Value out[2];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return -1;
    Buffered *b = (Buffered *)self;
    if (check_idle(b) < 0) return -1;
    CLEAR_FIELD(b->raw);
    b->detached = false;
    ssize_t capacity = IO_BUFFER_SIZE;
    if (out[1] && (capacity = value_as_ssize_argument(out[1])) == -1 && error_pending()) return -1;
    if (readable && writable && require(out[0], NAME(seekable), "File or stream is not seekable.") < 0)
        return -1;
    if (readable && require(out[0], NAME(readable), "File or stream is not readable.") < 0) return -1;
    if (writable && require(out[0], NAME(writable), "File or stream is not writable.") < 0) return -1;
    if (capacity <= 0) return raise_int(T_ValueError, "buffer size must be strictly positive");
    if (capacity > SSIZE_MAX / 2) return raise_no_memory(), -1;
    set_raw(b, out[0], (size_t)capacity, readable, writable);
    return 0;
}

static int reader_init(Value self, Value const *args, size_t nargs, Value kwnames) {
    return init(self, "BufferedReader", true, false, args, nargs, kwnames);
}
static int writer_init(Value self, Value const *args, size_t nargs, Value kwnames) {
    return init(self, "BufferedWriter", false, true, args, nargs, kwnames);
}
static int random_init(Value self, Value const *args, size_t nargs, Value kwnames) {
    return init(self, "BufferedRandom", true, true, args, nargs, kwnames);
}

static int buffered_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    VISIT(((Buffered *)o)->raw);
    return attrs_traverse((Value)o, visit, arg);
}

static void buffered_clear(Heap *heap, HeapObject *o) {
    (void)heap;
    CLEAR_FIELD(((Buffered *)o)->raw);
    attrs_clear((Value)o);
}

static void buffered_free(Heap *heap, HeapObject *o) {
    Buffered *b = (Buffered *)o;
    xdecref(b->raw);
    heap_free(heap, b->data);
    heap_free(heap, b->out);
    value_free((Value)o);
}

static size_t buffered_size(const HeapObject *o) {
    const Buffered *b = (const Buffered *)o;
    return size_with(o, b->data) + (b->out ? heap_usable_size(rt->heap, b->out) : 0);
}

static const GetSet buffered_getset[] = {
    {"closed", raw_attribute, NULL, NULL, (void *)(uintptr_t)N_closed},
    {"name", raw_attribute, NULL, NULL, (void *)(uintptr_t)N_name},
    {"mode", raw_attribute, NULL, NULL, (void *)(uintptr_t)N_mode},
    {0},
};

static const Member buffered_members[] = {{"raw", MEMBER_VALUE, offsetof(Buffered, raw), true, NULL}, {0}};

#define COMMON_METHODS                                                                                       \
    METHOD_NOARGS("close", buffered_close, NULL), METHOD_NOARGS("detach", buffered_detach, NULL),            \
        METHOD_FAST("seek", buffered_seek, NULL), METHOD_NOARGS("tell", buffered_tell, NULL),                \
        METHOD_NOARGS("flush", buffered_flush, NULL), METHOD_NOARGS("seekable", buffered_seekable, NULL),    \
        METHOD_NOARGS("fileno", buffered_fileno, NULL), METHOD_NOARGS("isatty", buffered_isatty, NULL),      \
        METHOD_FAST("truncate", buffered_truncate, NULL)
#define READER_METHODS                                                                                       \
    METHOD_FAST("read", buffered_read, NULL), METHOD_FAST("read1", buffered_read1, NULL),                    \
        METHOD_FAST("peek", buffered_peek, NULL), METHOD_FAST("readline", buffered_readline, NULL),          \
        METHOD_ONE("readinto", buffered_readinto, NULL), METHOD_ONE("readinto1", buffered_readinto1, NULL),  \
        METHOD_NOARGS("readable", buffered_readable, NULL)
#define WRITER_METHODS                                                                                       \
    METHOD_ONE("write", buffered_write, NULL), METHOD_NOARGS("writable", buffered_writable, NULL)

static const NativeMethod reader_methods[] = {COMMON_METHODS, READER_METHODS, METHOD_END};
static const NativeMethod writer_methods[] = {COMMON_METHODS, WRITER_METHODS, METHOD_END};
static const NativeMethod random_methods[] = {COMMON_METHODS, READER_METHODS, WRITER_METHODS, METHOD_END};

#define BUFFERED_SPEC(id, python_name, text, init_function, next_function, method_table)                     \
    const TypeSpec io_##id##_spec = {                                                                        \
        .name = "_io." python_name,                                                                          \
        .doc = python_name "(raw, buffer_size=8192)\n--\n\n" text,                                           \
        .flags = TYPE_SUBCLASSABLE | TYPE_GC,                                                                \
        .basic_size = sizeof(Buffered),                                                                      \
        .slots = {.traverse = buffered_traverse,                                                             \
                  .clear = buffered_clear,                                                                   \
                  .free = buffered_free,                                                                     \
                  .size = buffered_size,                                                                     \
                  .new_ = buffered_make,                                                                     \
                  .init = init_function,                                                                     \
                  .repr = buffered_repr,                                                                     \
                  .next = next_function},                                                                    \
        .methods = method_table,                                                                             \
        .getset = buffered_getset,                                                                           \
        .members = buffered_members,                                                                         \
    };
BUFFERED_SPEC(reader, "BufferedReader", "Reads ahead from a raw stream.", reader_init, buffered_next,
              reader_methods)
BUFFERED_SPEC(writer, "BufferedWriter", "Gathers what is written to a raw stream.", writer_init, NULL,
              writer_methods)
BUFFERED_SPEC(random, "BufferedRandom", "Both, for a raw stream that can be sought.", random_init,
              buffered_next, random_methods)
