/*
 * io_string: StringIO, a text stream in memory.
 *
 * States. gathering: everything was written at the end, in `builder` (what print and generators of text do).
 * open: the text is an array of code points, to be read and written anywhere. The first read or seek opens a
 * gathering stream.
 */
#include <wchar.h>

#include "modules/io.h"
#include "objects/dict.h"
#include "objects/int.h"
#include "objects/sizes.h"
#include "objects/str_internal.h"
#include "objects/text_ops.h"

typedef struct StringIo {
    HeapObject head;
    bool closed;
    bool gathering, reads_universal, reads_translated;
    char newline[3], write_newline[3];
    unsigned seen;
    StrBuilder builder;
    uint32_t *text;
    size_t length, room, position;
    Attrs attrs;
} StringIo;

static StringIo *open_self(Value self) {
    StringIo *s = (StringIo *)self;
    if (!s->closed) return s;
    raise_error(T_ValueError, "I/O operation on closed file");
    return NULL;
}

static int reserve(StringIo *s, size_t n) {
    if (n <= s->room) return 0;
    size_t wanted = n < 32 ? 32 : n + n / 8 + 6, bytes;
    if (__builtin_mul_overflow(wanted, sizeof *s->text, &bytes) || wanted < n) return raise_no_memory(), -1;
    uint32_t *grown = heap_realloc(rt->heap, s->text, bytes);
    if (!grown) return raise_no_memory(), -1;
    s->text = grown;
    s->room = wanted;
    return 0;
}

/* From gathering to open. */
static int open_text(StringIo *s) {
    if (!s->gathering) return 0;
    size_t n = s->builder.length;
    if (reserve(s, n ? n : 1) < 0) return -1;
    if (n) str_copy_units(s->text, 4, str_builder_units(&s->builder), str_builder_kind(&s->builder), n);
    str_builder_drop(&s->builder);
    s->length = s->position = n;
    s->gathering = false;
    return 0;
}

/* What stands in the stream, with the newlines as they are stored. New. */
static Value whole_text(StringIo *s) {
    if (!s->gathering) return str_from_ucs4(s->text, s->length);
    const StrBuilder *b = &s->builder;
    return str_from_units(str_builder_units(b), str_builder_kind(b), b->length);
}

static int put(StringIo *s, Value text) {
    size_t n = str_length(text), end;
    if (n == 0) return 0;
    if (s->gathering) return str_builder_add(&s->builder, text);
    if (__builtin_add_overflow(s->position, n, &end)) return raise_no_memory(), -1;
    if (reserve(s, end) < 0) return -1;
    if (s->position > s->length) memset(s->text + s->length, 0, (s->position - s->length) * sizeof *s->text);
    str_copy_units(s->text + s->position, 4, str_data(text), str_kind(text), n);
    s->position = end;
    if (end > s->length) s->length = end;
    return 0;
}

static int write_text(StringIo *s, Value text) {
    Value stored;
    if (s->reads_universal) {
        unsigned seen = s->seen;
        stored = io_translate_newlines(text, &seen);
        s->seen = seen;
        if (stored && !s->reads_translated) SET_FIELD_STEAL(stored, incref(text));
    } else {
        stored = incref(text);
    }
    if (stored && s->write_newline[0]) {
        Value newline = str_from_cstr(s->write_newline);
        Value replaced = newline ? text_replace(stored, NAME(newline_), newline, -1) : NULL;
        xdecref(newline);
        decref(stored);
        stored = replaced;
    }
    int status = stored ? put(s, stored) : -1;
    xdecref(stored);
    return status;
}

static Value stringio_write(Value self, Value text) {
    if (!is_str(text)) return raise_error(T_TypeError, "string argument expected, got '%T'", text);
    StringIo *s = open_self(self);
    return !s || write_text(s, text) < 0 ? NULL : int_from_u64(str_length(text));
}

static Value stringio_getvalue(Value self) {
    StringIo *s = open_self(self);
    return s ? whole_text(s) : NULL;
}

static StringIo *reading_self(Value self) {
    StringIo *s = open_self(self);
    return s && open_text(s) == 0 ? s : NULL;
}

static Value take(StringIo *s, size_t n) {
    size_t left = s->position < s->length ? s->length - s->position : 0;
    if (n > left) n = left;
    Value text = str_from_ucs4(s->text + s->position, n);
    if (text) s->position += n;
    return text;
}

static Value stringio_read(Value self, Value const *args, size_t nargs) {
    StringIo *s = reading_self(self);
    ssize_t n;
    if (!args_count("read", nargs, 0, 1) || !s || io_size_argument(nargs ? args[0] : NULL, &n) < 0)
        return NULL;
    return take(s, n < 0 ? SIZE_MAX : (size_t)n);
}

/* Length of the line at the position, its end included. */
static size_t line_length(const StringIo *s, size_t left) {
    const uint32_t *text = s->text + s->position;
    bool universal = s->reads_universal && !s->reads_translated;
    uint32_t first = s->reads_translated || universal ? '\n' : (uint32_t)s->newline[0];
    bool two = !s->reads_translated && !universal && s->newline[1];
    if (!universal && !two) {
        const wchar_t *end = left ? wmemchr((const wchar_t *)text, (wchar_t)first, left) : NULL;
        return end ? (size_t)(end - (const wchar_t *)text) + 1 : left;
    }
    for (size_t i = 0; i < left; i++) {
        if (universal && text[i] == '\r') return i + 1 < left && text[i + 1] == '\n' ? i + 2 : i + 1;
        if (text[i] != first) continue;
        if (!two) return i + 1;
        if (i + 1 < left && text[i + 1] == (uint32_t)s->newline[1]) return i + 2;
    }
    return left;
}

static Value take_line(StringIo *s, ssize_t limit) {
    size_t left = s->position < s->length ? s->length - s->position : 0;
    if (limit >= 0 && (size_t)limit < left) left = (size_t)limit;
    return take(s, line_length(s, left));
}

static Value stringio_readline(Value self, Value const *args, size_t nargs) {
    StringIo *s = reading_self(self);
    ssize_t n;
    if (!args_count("readline", nargs, 0, 1) || !s || io_size_argument(nargs ? args[0] : NULL, &n) < 0)
        return NULL;
    return take_line(s, n);
}

static Value stringio_next(Value self) {
    StringIo *s = reading_self(self);
    if (!s) return NULL;
    if (type_of(self) != IO->string_io) {
        Value line = value_call_method_noargs(self, NAME(readline));
        if (line && !is_str(line)) {
            raise_error(T_OSError, "readline() should have returned a str object, not '%.200T'", line);
            CLEAR_FIELD(line);
        }
        if (!line || str_length(line)) return line;
        decref(line);
        return NULL;
    }
    return s->position < s->length ? take_line(s, -1) : NULL;
}

static Value stringio_tell(Value self) {
    StringIo *s = open_self(self);
    return !s ? NULL : int_from_u64(s->gathering ? s->builder.length : s->position);
}

static Value stringio_seek(Value self, Value const *args, size_t nargs) {
    StringIo *s = open_self(self);
    int whence = 0;
    if (!s || !args_count("seek", nargs, 1, 2)) return NULL;
    ssize_t offset = value_as_ssize_argument(args[0]);
    if ((offset == -1 && error_pending()) || (nargs > 1 && value_as_int(args[1], &whence) < 0)) return NULL;
    if (whence != 0 && whence != 1 && whence != 2)
        return raise_error(T_ValueError, "Invalid whence (%i, should be 0, 1 or 2)", whence);
    if (offset < 0 && whence == 0) return raise_error(T_ValueError, "Negative seek position %zd", offset);
    if (whence != 0 && offset != 0) return raise_error(T_OSError, "Can't do nonzero cur-relative seeks");
    if (open_text(s) < 0) return NULL;
    if (whence == 0) s->position = (size_t)offset;
    if (whence == 2) s->position = s->length;
    return int_from_u64(s->position);
}

static Value stringio_truncate(Value self, Value const *args, size_t nargs) {
    StringIo *s = reading_self(self);
    if (!s || !args_count("truncate", nargs, 0, 1)) return NULL;
    ssize_t n = (ssize_t)s->position;
    if (nargs && args[0] != NONE && io_size_argument(args[0], &n) < 0) return NULL;
    if (n < 0) return raise_error(T_ValueError, "Negative size value %zd", n);
    if ((size_t)n < s->length) s->length = (size_t)n;
    return small_int_new(n);
}

static Value stringio_true(Value self) { return open_self(self) ? TRUE : NULL; }

static Value stringio_flush(Value self) {
    (void)self;
    return NONE;
}

static Value stringio_close(Value self) {
    StringIo *s = (StringIo *)self;
    s->closed = true;
    s->gathering = false;
    str_builder_drop(&s->builder);
    heap_free(rt->heap, s->text);
    s->text = NULL;
    s->length = s->room = s->position = 0;
    return NONE;
}

static Value newline_value(const StringIo *s) {
    if (s->reads_translated) return NONE;
    return str_from_cstr(s->newline);
}

static Value stringio_getstate(Value self) {
    StringIo *s = open_self(self);
    if (!s) return NULL;
    Value content = whole_text(s), newline = newline_value(s), dict = NONE;
    Value at = int_from_u64(s->gathering ? s->builder.length : s->position);
    if (attrs_of(self)->shape->count || attrs_is_dict(attrs_of(self))) {
        Dict *attributes = attrs_dict_borrow(self);
        dict = attributes ? dict_copy(AS_VALUE(attributes)) : NULL;
    }
    Value state = content && newline && at && dict ? tuple_pack(4, content, newline, at, dict) : NULL;
    xdecref(dict);
    xdecref(at);
    xdecref(newline);
    xdecref(content);
    return state;
}

static int stringio_init(Value self, Value const *args, size_t nargs, Value kwnames);

static Value stringio_setstate(Value self, Value state) {
    StringIo *s = open_self(self);
    if (!s) return NULL;
    if (!is_tuple(state) || tuple_length(state) < 4)
        return raise_error(T_TypeError, "%.200T.__setstate__ argument should be 4-tuple, got %.200T", self,
                           state);
    Value newline[2] = {rt->empty_str, tuple_item_borrow(state, 1)};
    if (stringio_init(self, newline, 2, NULL) < 0 || open_text(s) < 0) return NULL;
    Value content = tuple_item_borrow(state, 0), dict = tuple_item_borrow(state, 3);
    if (!is_str(content))
        return raise_error(T_TypeError, "initial_value must be str or None, not %.200T", content);
    if (put(s, content) < 0) return NULL;
    ssize_t at = value_as_ssize(tuple_item_borrow(state, 2), TYPE(OverflowError));
    if (at < 0)
        return error_pending() ? NULL : raise_error(T_ValueError, "position value cannot be negative");
    s->position = (size_t)at;
    if (dict == NONE) return NONE;
    Dict *own = attrs_dict_borrow(self);
    return own && dict_update(AS_VALUE(own), dict) == 0 ? NONE : NULL;
}

/* ---- making ---- */

static Value stringio_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    (void)args, (void)nargs, (void)kwnames;
    StringIo *s = (StringIo *)value_alloc(type, 0);
    if (!s) return NULL;
    s->closed = s->reads_universal = s->reads_translated = false;
    s->gathering = true;
    s->newline[0] = '\n';
    s->newline[1] = s->write_newline[0] = s->write_newline[1] = 0;
    s->seen = 0;
    s->builder = (StrBuilder)STR_BUILDER_INIT;
    s->text = NULL;
    s->length = s->room = s->position = 0;
    value_track(AS_VALUE(s));
    return AS_VALUE(s);
}

static void set_newline(StringIo *s, const char *newline) {
    memset(s->newline, 0, sizeof s->newline);
    memset(s->write_newline, 0, sizeof s->write_newline);
    s->reads_universal = !newline || !*newline;
    s->reads_translated = !newline;
    if (newline) strcpy(s->newline, newline);
    if (newline && *newline == '\r') strcpy(s->write_newline, newline);
}

static int stringio_init(Value self, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"initial_value", "newline", NULL};
    static const ArgSpec spec = {"StringIO", names, 2, 0, 2};
    StringIo *s = (StringIo *)self;
    Value out[2];
    if (!args_bind(&spec, args, nargs, kwnames, out) ||
        io_check_newline(out[1], "illegal newline value: %R") < 0)
        return -1;
    if (out[0] && out[0] != NONE && !is_str(out[0]))
        return raise_int(T_TypeError, "initial_value must be str or None, not %.200T", out[0]);
    stringio_close(self);
    s->closed = false;
    s->gathering = true;
    s->seen = 0;
    set_newline(s, !out[1] ? "\n" : out[1] == NONE ? NULL : str_utf8(out[1], NULL));
    if (!out[0] || out[0] == NONE || str_length(out[0]) == 0) return 0;
    if (write_text(s, out[0]) < 0 || open_text(s) < 0) return -1;
    s->position = 0;
    return 0;
}

static Value stringio_get_newlines(Value self, void *closure) {
    (void)closure;
    StringIo *s = open_self(self);
    return !s ? NULL : s->reads_universal ? io_newlines_value(s->seen) : NONE;
}

static Value stringio_get_line_buffering(Value self, void *closure) {
    (void)closure;
    return open_self(self) ? FALSE : NULL;
}

static bool nothing_to_finalize(Heap *heap, HeapObject *o) {
    (void)heap, (void)o;
    return false;
}

static void stringio_free(Heap *heap, HeapObject *o) {
    StringIo *s = (StringIo *)o;
    str_builder_drop(&s->builder);
    heap_free(heap, s->text);
    value_free((Value)o);
}

static size_t stringio_size(const HeapObject *o) {
    const StringIo *s = (const StringIo *)o;
    return size_with(o, s->text) + (s->builder.str ? own_block(&s->builder.str->head) : 0);
}

static const NativeMethod stringio_methods[] = {
    METHOD_ONE("write", stringio_write, NULL),
    METHOD_NOARGS("getvalue", stringio_getvalue, "All the text."),
    METHOD_FAST("read", stringio_read, NULL),
    METHOD_FAST("readline", stringio_readline, NULL),
    METHOD_NOARGS("tell", stringio_tell, NULL),
    METHOD_FAST("seek", stringio_seek, NULL),
    METHOD_FAST("truncate", stringio_truncate, NULL),
    METHOD_NOARGS("readable", stringio_true, NULL),
    METHOD_NOARGS("writable", stringio_true, NULL),
    METHOD_NOARGS("seekable", stringio_true, NULL),
    METHOD_NOARGS("flush", stringio_flush, NULL),
    METHOD_NOARGS("close", stringio_close, NULL),
    METHOD_NOARGS("__getstate__", stringio_getstate, NULL),
    METHOD_ONE("__setstate__", stringio_setstate, NULL),
    METHOD_END,
};

static const GetSet stringio_getset[] = {
    {"newlines", stringio_get_newlines, NULL, NULL, NULL},
    {"line_buffering", stringio_get_line_buffering, NULL, NULL, NULL},
    {0},
};

const TypeSpec io_string_spec = {
    .name = "_io.StringIO",
    .doc = "StringIO(initial_value='', newline='\\n')\n--\n\nA text stream in memory.",
    .flags = TYPE_SUBCLASSABLE | TYPE_GC,
    .basic_size = sizeof(StringIo),
    .slots = {.traverse = io_traverse_attrs,
              .free = stringio_free,
              .size = stringio_size,
              .finalize = nothing_to_finalize,
              .new_ = stringio_make,
              .init = stringio_init,
              .next = stringio_next},
    .methods = stringio_methods,
    .getset = stringio_getset,
};
