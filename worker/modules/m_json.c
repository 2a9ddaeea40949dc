/* _json: the module; text that grows; quoting and unquoting of strings. */
#include "modules/json.h"
#include "objects/int.h"
#include "objects/str_internal.h"
#include "objects/tuple.h"

/* ---- JsonWriter ---- */

void json_writer_init(JsonWriter *w) { *w = (JsonWriter){.kind = 1, .ascii = true}; }

void json_writer_drop(JsonWriter *w) {
    heap_free(rt->heap, w->data);
    w->data = NULL;
}

/* Room for n more characters of a width. */
static int reserve(JsonWriter *w, size_t n, int kind) {
    if (kind <= w->kind && n <= w->capacity - w->length) return 0;
    int wide = kind > w->kind ? kind : w->kind;
    size_t capacity = w->capacity < 64 ? 64 : w->capacity;
    while (capacity - w->length < n) capacity *= 2;
    if (wide == w->kind) {
        uint8_t *data = heap_realloc(rt->heap, w->data, capacity * (size_t)wide);
        if (!data) return raise_no_memory(), -1;
        w->data = data;
    } else {
        uint8_t *data = heap_alloc(rt->heap, capacity * (size_t)wide);
        if (!data) return raise_no_memory(), -1;
        str_copy_units(data, wide, w->data, w->kind, w->length);
        heap_free(rt->heap, w->data);
        w->data = data;
        w->kind = wide;
    }
    w->capacity = capacity;
    return 0;
}

Value json_writer_finish(JsonWriter *w) {
    Value text = w->kind > 1 ? str_from_units(w->data, w->kind, w->length)
                 : w->ascii  ? str_from_ascii((const char *)w->data, w->length)
                             : str_from_latin1(w->data, w->length);
    json_writer_drop(w);
    return text;
}

static int put_units(JsonWriter *w, const void *units, int kind, size_t n) {
    if (reserve(w, n, kind) < 0) return -1;
    if (w->kind == kind) memcpy(w->data + w->length * (size_t)kind, units, n * (size_t)kind);
    else str_copy_units(w->data + w->length * (size_t)w->kind, w->kind, units, kind, n);
    w->length += n;
    return 0;
}

int json_put_ascii(JsonWriter *w, const char *text, size_t n) {
    if (__builtin_expect(w->kind == 1 && n <= w->capacity - w->length, 1)) {
        memcpy(w->data + w->length, text, n);
        w->length += n;
        return 0;
    }
    return put_units(w, text, 1, n);
}

int json_put_text(JsonWriter *w, Value text) {
    if (!((Str *)text)->ascii) w->ascii = false;
    return put_units(w, str_data(text), str_kind(text), str_length(text));
}

/* ---- quoting ---- */

/* Which bytes stand for themselves in a quoted text, whatever else is escaped. */
static inline bool is_plain(uint32_t c, bool ascii_only) {
    if (c == '"' || c == '\\' || c < ' ') return false;
    return !ascii_only || c < 0x7f;
}

static size_t put_hex(char *out, uint32_t c) {
    out[0] = '\\';
    out[1] = 'u';
    for (int i = 0; i < 4; i++) out[2 + i] = "0123456789abcdef"[c >> (12 - 4 * i) & 15];
    return 6;
}

/* The escape of a character; how long it is. */
static size_t escape(uint32_t c, char out[12]) {
    char letter = 0;
    switch (c) {
    case '"':
    case '\\': letter = (char)c; break;
    case '\n': letter = 'n'; break;
    case '\r': letter = 'r'; break;
    case '\t': letter = 't'; break;
    case '\b': letter = 'b'; break;
    case '\f': letter = 'f'; break;
    default: break;
    }
    if (letter) {
        out[0] = '\\';
        out[1] = letter;
        return 2;
    }
    if (c < 0x10000) return put_hex(out, c);
    c -= 0x10000;
    return put_hex(out, 0xd800 | c >> 10) + put_hex(out + 6, 0xdc00 | (c & 0x3ff));
}

int json_put_quoted(JsonWriter *w, Value text, bool ascii_only) {
    size_t n = str_length(text), plain = 0;
    int kind = str_kind(text);
    if (json_put_ascii(w, "\"", 1) < 0) return -1;
    if (!ascii_only && !((Str *)text)->ascii) w->ascii = false;
    for (size_t i = 0; i <= n; i++) {
        uint32_t c = i < n ? str_read(text, i) : '"';
        if (work_at(i) < 0) return -1;
        if (i < n && is_plain(c, ascii_only)) continue;
        if (i > plain && put_units(w, str_data(text) + plain * (size_t)kind, kind, i - plain) < 0) return -1;
        plain = i + 1;
        char escaped[12];
        if (i < n && json_put_ascii(w, escaped, escape(c, escaped)) < 0) return -1;
    }
    return json_put_ascii(w, "\"", 1);
}

static Value quoted(Value text, bool ascii_only) {
    if (!is_str(text)) return raise_error(T_TypeError, "first argument must be a string, not %T", text);
    JsonWriter w;
    json_writer_init(&w);
    if (json_put_quoted(&w, text, ascii_only) == 0) return json_writer_finish(&w);
    json_writer_drop(&w);
    return NULL;
}

Value json_encode_basestring_ascii(Value module, Value text) {
    (void)module;
    return quoted(text, true);
}

Value json_encode_basestring(Value module, Value text) {
    (void)module;
    return quoted(text, false);
}

/* ---- unquoting ---- */

Value json_error(const char *message, Value text, ssize_t at) {
    Value class = module_import_attr("json.decoder", "JSONDecodeError"),
          what = class ? str_from_cstr(message) : NULL;
    Value error = what ? value_call_three(class, what, text, small_int_new(at)) : NULL;
    if (error) raise_value(error);
    xdecref(class);
    xdecref(what);
    xdecref(error);
    return NULL;
}

/* The first quote, backslash or (if strict) control character from i on; the length when there is none. */
static size_t find_special(Value text, size_t i, bool strict) {
    size_t n = str_length(text);
    if (str_kind(text) == 1) {
        const uint8_t *data = str_data(text);
        uint8_t low = strict ? 0x20 : 0;
        while (i < n && data[i] != '"' && data[i] != '\\' && data[i] >= low) i++;
        return i;
    }
    for (; i < n; i++) {
        uint32_t c = str_read(text, i);
        if (c == '"' || c == '\\' || (strict && c < 0x20)) return i;
    }
    return n;
}

/* Four hexadecimal digits from i on, which are in the text; -1: they are not. */
static int32_t read_hex4(Value text, size_t i) {
    int32_t c = 0;
    for (size_t k = i; k < i + 4; k++) {
        uint32_t digit = str_read(text, k);
        c <<= 4;
        if (digit - '0' < 10) c |= (int32_t)(digit - '0');
        else if ((digit | 32) - 'a' < 6) c |= (int32_t)((digit | 32) - 'a' + 10);
        else return -1;
    }
    return c;
}

/* The character of the escape whose letter stands at *i; moves *i behind it. -1 raised. */
static int64_t read_escape(Value text, ssize_t *i) {
    ssize_t n = (ssize_t)str_length(text), at = *i;
    uint32_t letter = str_read(text, (size_t)at);
    if (letter != 'u') {
        static const char letters[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
        const char *found = letter && letter < 128 ? strchr(letters, (int)letter) : NULL;
        *i = at + 1;
        return found ? meant[found - letters] : (json_error("Invalid \\escape", text, at - 1), -1);
    }
    at++;
    if (at + 4 >= n) return json_error("Invalid \\uXXXX escape", text, at - 1), -1;
    int32_t c = read_hex4(text, (size_t)at);
    if (c < 0) return json_error("Invalid \\uXXXX escape", text, at - 1), -1;
    at += 4;
    if ((c & 0xfc00) == 0xd800 && at + 6 < n && str_read(text, (size_t)at) == '\\' &&
        str_read(text, (size_t)at + 1) == 'u') {
        int32_t low = read_hex4(text, (size_t)at + 2);
        if (low < 0) return json_error("Invalid \\uXXXX escape", text, at + 1), -1;
        if ((low & 0xfc00) == 0xdc00) {
            c = 0x10000 + ((c & 0x3ff) << 10 | (low & 0x3ff));
            at += 6;
        }
    }
    *i = at;
    return c;
}

static int put_char(JsonWriter *w, uint32_t c) {
    if (c >= 128) w->ascii = false;
    return put_units(w, &(uint32_t){c}, 4, 1);
}

/* As put_char, in no wider units than the character needs. */
static int put_narrow(JsonWriter *w, uint32_t c) {
    if (c > 0xffff) return put_char(w, c);
    if (c >= 128) w->ascii = false;
    if (c > 0xff) return put_units(w, &(uint16_t){(uint16_t)c}, 2, 1);
    return put_units(w, &(uint8_t){(uint8_t)c}, 1, 1);
}

/* The rest of a literal that has an escape at i. */
static Value scan_escaped(Value text, size_t start, size_t i, bool strict, ssize_t *end) {
    JsonWriter w;
    json_writer_init(&w);
    ssize_t n = (ssize_t)str_length(text), opening = (ssize_t)start - 1;
    size_t kind = (size_t)str_kind(text);
    if (!((Str *)text)->ascii) w.ascii = false;
    for (;;) {
        if (i > start && put_units(&w, str_data(text) + start * kind, (int)kind, i - start) < 0) break;
        uint32_t c = i < (size_t)n ? str_read(text, i) : 0;
        if (i < (size_t)n && c == '"') {
            *end = (ssize_t)i + 1;
            return json_writer_finish(&w);
        }
        if (i < (size_t)n && c != '\\') {
            json_error("Invalid control character at", text, (ssize_t)i);
            break;
        }
        ssize_t at = (ssize_t)i + 1;
        if (at >= n) {
            json_error("Unterminated string starting at", text, opening);
            break;
        }
        int64_t escaped = read_escape(text, &at);
        if (escaped < 0 || put_narrow(&w, (uint32_t)escaped) < 0) break;
        start = (size_t)at;
        i = find_special(text, start, strict);
    }
    json_writer_drop(&w);
    return NULL;
}

Value json_scan_string(Value text, ssize_t start, bool strict, ssize_t *end) {
    if (start < 0 || start > (ssize_t)str_length(text))
        return raise_error(T_ValueError, "end is out of bounds");
    size_t i = find_special(text, (size_t)start, strict), n = str_length(text);
    if (i < n && str_read(text, i) == '"') {
        *end = (ssize_t)i + 1;
        return str_slice(text, (size_t)start, i);
    }
    if (i >= n) return json_error("Unterminated string starting at", text, start - 1);
    if (str_read(text, i) != '\\') return json_error("Invalid control character at", text, (ssize_t)i);
    return scan_escaped(text, (size_t)start, i, strict, end);
}

static Value scanstring(Value module, Value const *args, size_t nargs) {
    (void)module;
    if (nargs < 2 || nargs > 3)
        return raise_error(T_TypeError, "scanstring() takes at %s %d arguments (%zu given)",
                           nargs < 2 ? "least" : "most", nargs < 2 ? 2 : 3, nargs);
    ssize_t end = value_as_ssize(args[1], TYPE(OverflowError));
    if (end == -1 && error_pending()) return NULL;
    int strict = nargs > 2 ? value_is_true(args[2]) : 1;
    if (strict < 0) return NULL;
    if (!is_str(args[0])) return raise_error(T_TypeError, "first argument must be a string, not %T", args[0]);
    Value text = json_scan_string(args[0], end, strict, &end);
    return text ? tuple_from_array_steal((Value[]){text, small_int_new(end)}, 2) : NULL;
}

/* ---- the module ---- */

static int json_ready(Value module) {
    JsonState *s = module_state_new(M_json, sizeof *s);
    if (!s || module_ready_type(&s->scanner, &json_scanner_spec, NULL) < 0 ||
        module_ready_type(&s->encoder, &json_encoder_spec, NULL) < 0)
        return -1;
    if (module_add(module, "make_scanner", incref(AS_VALUE(s->scanner))) < 0) return -1;
    return module_add(module, "make_encoder", incref(AS_VALUE(s->encoder)));
}

static const NativeMethod json_functions[] = {
    METHOD_ONE("encode_basestring_ascii", json_encode_basestring_ascii,
               "The text as a JSON string, non-ASCII as escapes."),
    METHOD_ONE("encode_basestring", json_encode_basestring, "The text as a JSON string."),
    METHOD_FAST("scanstring", scanstring,
                "scanstring(string, end, strict=True) -> (the text of the JSON string whose quote stands "
                "before end, where it ends)"),
    METHOD_END,
};

const ModuleSpec module_json = {
    .name = "_json",
    .doc = "json speedups\n",
    .functions = json_functions,
    .ready = json_ready,
};
