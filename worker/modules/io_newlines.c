/* io_newlines: \n, \r\n and \r in text streams, and IncrementalNewlineDecoder. */
#include "modules/io.h"
#include "objects/int.h"
#include "objects/str_internal.h"

int io_check_newline(Value newline, const char *message) {
    if (!newline || newline == NONE) return 0;
    if (!is_str(newline)) return raise_int(T_TypeError, "newline must be str or None, not %.200T", newline);
    if (str_length(newline) == 0 || str_equal_cstr(newline, "\n") || str_equal_cstr(newline, "\r") ||
        str_equal_cstr(newline, "\r\n"))
        return 0;
    return raise_int(T_ValueError, message, newline);
}

static ssize_t find_unit(Value s, size_t start, uint32_t c) {
    size_t n = str_length(s);
    if (str_kind(s) == 1) {
        const uint8_t *p = memchr(str_data(s) + start, (int)c, n - start);
        return p ? p - str_data(s) : -1;
    }
    for (size_t i = start; i < n; i++)
        if (str_read(s, i) == c) return (ssize_t)i;
    return -1;
}

Value io_translate_newlines(Value s, unsigned *seen) {
    size_t n = str_length(s);
    ssize_t first = find_unit(s, 0, '\r');
    if (first < 0) {
        if (!(*seen & SEEN_LF) && find_unit(s, 0, '\n') >= 0) *seen |= SEEN_LF;
        return incref(s);
    }
    Value out = str_new(n, ((Str *)s)->ascii ? 0x7f : max_for_kind(str_kind(s)));
    if (!out) return NULL;
    size_t to = 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t c = str_read(s, i);
        if (c == '\r') {
            bool pair = i + 1 < n && str_read(s, i + 1) == '\n';
            *seen |= pair ? SEEN_CRLF : SEEN_CR;
            i += pair;
            c = '\n';
        } else if (c == '\n') {
            *seen |= SEEN_LF;
        }
        str_write(out, to++, c);
    }
    Value cut = str_slice(out, 0, to);
    decref(out);
    return cut;
}

Value io_newlines_value(unsigned seen) {
    static const char *const names[] = {"\r", "\n", "\r\n"};
    Value found = list_new(0);
    for (int i = 0; found && i < 3; i++)
        if (seen & (1u << i) && list_append_steal(found, str_from_cstr(names[i])) < 0) CLEAR_FIELD(found);
    if (!found) return NULL;
    size_t n = list_length(found);
    Value result = n == 0 ? NONE : n == 1 ? incref(list_item_borrow(found, 0)) : list_to_tuple(found);
    decref(found);
    return result;
}

ssize_t io_find_line_end(Value s, size_t start, bool translated, bool universal, const char *newline) {
    size_t n = str_length(s);
    if (translated) newline = "\n";
    if (!translated && universal) {
        ssize_t cr = find_unit(s, start, '\r'), lf = find_unit(s, start, '\n');
        if (cr < 0 || (lf >= 0 && lf < cr)) return lf < 0 ? -1 : lf + 1 - (ssize_t)start;
        bool pair = (size_t)cr + 1 < n && str_read(s, (size_t)cr + 1) == '\n';
        return cr + 1 + pair - (ssize_t)start;
    }
    size_t width = strlen(newline);
    for (ssize_t at = (ssize_t)start; (at = find_unit(s, (size_t)at, (uint32_t)newline[0])) >= 0; at++) {
        if (width == 1) return at + 1 - (ssize_t)start;
        if ((size_t)at + 1 < n && str_read(s, (size_t)at + 1) == (uint32_t)newline[1])
            return at + 2 - (ssize_t)start;
        if ((size_t)at + 1 >= n) break;
    }
    return -1;
}

/* ---- IncrementalNewlineDecoder ---- */

typedef struct NewlineDecoder {
    HeapObject head;
    Value decoder; /* or None: the input is text already */
    Value errors;
    bool translate, pending_cr;
    unsigned seen;
} NewlineDecoder;

static Value newline_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    (void)args, (void)nargs, (void)kwnames;
    NewlineDecoder *d = (NewlineDecoder *)value_alloc(type, 0);
    if (!d) return NULL;
    d->decoder = d->errors = NULL;
    d->translate = d->pending_cr = false;
    d->seen = 0;
    value_track(AS_VALUE(d));
    return AS_VALUE(d);
}

static int newline_init(Value self, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"decoder", "translate", "errors", NULL};
    static const ArgSpec spec = {"IncrementalNewlineDecoder", names, 3, 2, 3};
    NewlineDecoder *d = (NewlineDecoder *)self;
    Value out[3];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return -1;
    int translate = value_is_true(out[1]);
    if (translate < 0) return -1;
    SET_FIELD_STEAL(d->decoder, incref(out[0]));
    SET_FIELD_STEAL(d->errors, out[2] ? incref(out[2]) : incref(NAME(strict)));
    d->translate = translate;
    d->pending_cr = false;
    d->seen = 0;
    return 0;
}

static Value decode_inner(NewlineDecoder *d, Value input, bool final) {
    if (!d->decoder) return raise_error(T_ValueError, "IncrementalNewlineDecoder.__init__() not called");
    if (d->decoder == NONE) return incref(input);
    Value args[2] = {input, BOOL(final)};
    return value_call_method(d->decoder, NAME(decode), args, 2);
}

static Value with_pending_cr(NewlineDecoder *d, Value text, bool final) {
    if (d->pending_cr && (final || str_length(text) > 0)) {
        Value cr = str_from_char('\r'), joined = cr ? str_concat(cr, text) : NULL;
        xdecref(cr);
        decref(text);
        d->pending_cr = false;
        text = joined;
    }
    size_t n = text ? str_length(text) : 0;
    if (n && !final && str_read(text, n - 1) == '\r') {
        Value cut = str_slice(text, 0, n - 1);
        decref(text);
        text = cut;
        d->pending_cr = true;
    }
    return text;
}

static Value newline_decode(Value self, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"input", "final", NULL};
    static const ArgSpec spec = {"decode", names, 2, 1, 2};
    NewlineDecoder *d = (NewlineDecoder *)self;
    Value out[2];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    int final = out[1] ? value_is_true(out[1]) : 0;
    Value text = final < 0 ? NULL : decode_inner(d, out[0], final);
    if (text && !is_str(text)) {
        raise_error(T_TypeError, "decoder should return a string result, not '%.200T'", text);
        CLEAR_FIELD(text);
    }
    if (text) text = with_pending_cr(d, text, final);
    if (!text) return NULL;
    unsigned seen = d->seen;
    Value translated = io_translate_newlines(text, &seen);
    d->seen = seen;
    if (d->translate) {
        decref(text);
        return translated;
    }
    xdecref(translated);
    return text;
}

static Value newline_getstate(Value self) {
    NewlineDecoder *d = (NewlineDecoder *)self;
    Value bytes = NULL, flag = NULL;
    if (d->decoder && d->decoder != NONE) {
        Value state = value_call_method_noargs(d->decoder, NAME(getstate));
        if (!state) return NULL;
        bool good = is_tuple(state) && tuple_length(state) == 2;
        if (good) bytes = incref(tuple_item_borrow(state, 0)), flag = incref(tuple_item_borrow(state, 1));
        decref(state);
        if (!good) return raise_error(T_TypeError, "state argument must be a tuple");
    } else {
        bytes = incref(rt->empty_bytes);
        flag = small_int_new(0);
    }
    Value doubled = value_binary(OP_LSHIFT, flag, small_int_new(1));
    Value whole = doubled ? value_binary(OP_OR, doubled, small_int_new(d->pending_cr)) : NULL;
    Value result = whole ? tuple_pack(2, bytes, whole) : NULL;
    xdecref(whole);
    xdecref(doubled);
    decref(flag);
    decref(bytes);
    return result;
}

static Value newline_setstate(Value self, Value state) {
    NewlineDecoder *d = (NewlineDecoder *)self;
    int64_t flag;
    if (!is_tuple(state) || tuple_length(state) != 2 || !int_to_i64(tuple_item_borrow(state, 1), &flag))
        return raise_error(T_TypeError, "state argument must be a tuple");
    d->pending_cr = flag & 1;
    if (!d->decoder || d->decoder == NONE) return NONE;
    Value inner = tuple_pack(2, tuple_item_borrow(state, 0), small_int_new(flag >> 1));
    Value done = inner ? value_call_method_one(d->decoder, NAME(setstate), inner) : NULL;
    xdecref(inner);
    return done;
}

static Value newline_reset(Value self) {
    NewlineDecoder *d = (NewlineDecoder *)self;
    d->seen = 0;
    d->pending_cr = false;
    return d->decoder && d->decoder != NONE ? value_call_method_noargs(d->decoder, NAME(reset)) : NONE;
}

static Value newline_get_newlines(Value self, void *closure) {
    (void)closure;
    return io_newlines_value(((NewlineDecoder *)self)->seen);
}

static int newline_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    VISIT(((NewlineDecoder *)o)->decoder);
    VISIT(((NewlineDecoder *)o)->errors);
    return 0;
}

static void newline_free(Heap *heap, HeapObject *o) {
    (void)heap;
    xdecref(((NewlineDecoder *)o)->decoder);
    xdecref(((NewlineDecoder *)o)->errors);
    value_free((Value)o);
}

static const NativeMethod newline_methods[] = {
    METHOD_KW("decode", newline_decode, NULL),
    METHOD_NOARGS("getstate", newline_getstate, NULL),
    METHOD_ONE("setstate", newline_setstate, NULL),
    METHOD_NOARGS("reset", newline_reset, NULL),
    METHOD_END,
};

static const GetSet newline_getset[] = {{"newlines", newline_get_newlines, NULL, NULL, NULL}, {0}};

const TypeSpec io_newline_decoder_spec = {
    .name = "_io.IncrementalNewlineDecoder",
    .doc = "IncrementalNewlineDecoder(decoder, translate, errors='strict')\n--\n\nA decoder around another "
           "one, or around "
           "none, that knows the three ends of lines.",
    .flags = TYPE_SUBCLASSABLE | TYPE_GC,
    .basic_size = sizeof(NewlineDecoder),
    .slots = {.traverse = newline_traverse, .free = newline_free, .new_ = newline_make, .init = newline_init},
    .methods = newline_methods,
    .getset = newline_getset,
};
