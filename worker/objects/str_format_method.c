/*
 * str_format_method: str.format and format_map: replacement fields with attribute and index paths, conversions, and specs that
 * may hold fields themselves (two levels); and the two parsers that the string module's Formatter uses.
 */
#include "objects/dict.h"
#include "objects/int.h"
#include "objects/protocols.h"
#include "objects/str_internal.h"

typedef struct Fields {
    Value const *args;
    size_t nargs;
    Value kwargs;      /* mapping or NULL */
    int64_t next_auto; /* -1: manual numbering in use */
    bool auto_used;
} Fields;

/* One piece of the format string: literal text, then perhaps a field. */
typedef struct Piece {
    size_t literal_start, literal_stop;
    bool literal_brace; /* the literal ends with an escaped brace, kept as one */
    bool has_field, has_spec;
    size_t name_start, name_stop, spec_start, spec_stop;
    uint32_t conversion; /* 0: none */
    bool spec_nested;
} Piece;

/* Reads the next piece at *at of text[..stop). 1 read, 0 end, -1 raised. */
static int next_piece(Value text, size_t *at, size_t stop, Piece *p) {
    memset(p, 0, sizeof *p);
    if (*at >= stop) return 0;
    size_t i = *at;
    p->literal_start = i;
    while (i < stop && str_read(text, i) != '{' && str_read(text, i) != '}') i++;
    p->literal_stop = i;
    if (i >= stop) return *at = i, 1;
    uint32_t c = str_read(text, i++);
    if (i < stop && str_read(text, i) == c) { /* {{ or }} */
        p->literal_stop = i;
        *at = i + 1;
        return 1;
    }
    if (c == '}') return raise_int(T_ValueError, "Single '}' encountered in format string");
    if (i >= stop) return raise_int(T_ValueError, "Single '{' encountered in format string");
    p->has_field = true;
    p->name_start = i;
    int depth = 1, brackets = 0;
    for (; i < stop; i++) {
        c = str_read(text, i);
        if (c == '[') brackets = 1;
        if (c == ']') brackets = 0;
        if (brackets) continue;
        if (c == '{') return raise_int(T_ValueError, "unexpected '{' in field name");
        if (c == '}' || c == ':' || c == '!') break;
    }
    p->name_stop = i;
    if (i >= stop) return raise_int(T_ValueError, "expected '}' before end of string");
    if (c == '!') {
        if (++i >= stop)
            return raise_int(T_ValueError, "end of string while looking for conversion specifier");
        p->conversion = str_read(text, i++);
        if (i >= stop) return raise_int(T_ValueError, "unmatched '{' in format spec");
        c = str_read(text, i);
        if (c != ':' && c != '}') return raise_int(T_ValueError, "expected ':' after conversion specifier");
    }
    if (c == ':') {
        p->has_spec = true;
        p->spec_start = ++i;
        for (; i < stop; i++) {
            c = str_read(text, i);
            if (c == '{') depth++, p->spec_nested = true;
            if (c == '}' && --depth == 0) break;
        }
        if (i >= stop) return raise_int(T_ValueError, "unmatched '{' in format spec");
        p->spec_stop = i;
    } else {
        p->spec_start = p->spec_stop = i;
    }
    *at = i + 1;
    return 1;
}

/* Decimal integer text[start..stop): value, -1 not a number, -2 raised. */
static int64_t read_index(Value text, size_t start, size_t stop) {
    int64_t n = 0;
    if (start == stop) return -1;
    for (size_t i = start; i < stop; i++) {
        uint32_t c = str_read(text, i);
        if (c < '0' || c > '9') return -1;
        if (n > (INT64_MAX / 2 - 9) / 10)
            return raise_int(T_ValueError, "Too many decimal digits in format string"), -2;
        n = n * 10 + (c - '0');
    }
    return n;
}

static int numbering(Fields *f, bool automatic) {
    if (automatic ? f->next_auto < 0 : f->auto_used)
        return raise_int(T_ValueError,
                         automatic
                             ? "cannot switch from manual field specification to automatic field numbering"
                             : "cannot switch from automatic field numbering to manual field specification");
    if (automatic) f->auto_used = true;
    else f->next_auto = -1;
    return 0;
}

/* The first part of a field name: an argument. New. */
static Value first_object(Fields *f, Value text, size_t start, size_t stop) {
    int64_t index = read_index(text, start, stop);
    if (index == -2) return NULL;
    bool automatic = start == stop;
    if (automatic || index >= 0) {
        if (!f->args && f->kwargs)
            return raise_error(T_ValueError, "Format string contains positional fields");
        if (numbering(f, automatic) < 0) return NULL;
        if (automatic) index = f->next_auto++;
        if ((size_t)index >= f->nargs)
            return raise_error(T_IndexError, "Replacement index %zd out of range for positional args tuple",
                               (ssize_t)index);
        return incref(f->args[index]);
    }
    Value name = str_slice(text, start, stop), found = NULL;
    if (!name) return NULL;
    if (!f->kwargs) raise_with(T_KeyError, name);
    else if (is_dict(f->kwargs) && IS_EXACT(f->kwargs, dict)) {
        Value value;
        int status = dict_find(f->kwargs, name, &value);
        if (status > 0) found = incref(value);
        else if (status == 0) raise_with(T_KeyError, name);
    } else found = value_getitem(f->kwargs, name);
    decref(name);
    return found;
}

/* Follows ".attr" and "[item]" from i on. Steals object. */
static Value follow_path(Value object, Value text, size_t i, size_t stop) {
    while (object && i < stop) {
        uint32_t c = str_read(text, i++);
        size_t start = i;
        Value next = NULL;
        if (c == '.') {
            while (i < stop && str_read(text, i) != '.' && str_read(text, i) != '[') i++;
            Value name = start == i ? raise_error(T_ValueError, "Empty attribute in format string")
                                    : str_slice(text, start, i);
            if (name) next = value_getattr(object, name);
            xdecref(name);
        } else if (c == '[') {
            while (i < stop && str_read(text, i) != ']') i++;
            if (i >= stop) {
                raise_error(T_ValueError, "Missing ']' in format string");
            } else if (start == i) {
                raise_error(T_ValueError, "Empty attribute in format string");
            } else {
                int64_t index = read_index(text, start, i);
                Value key = index == -2 ? NULL : index >= 0 ? int_from_i64(index) : str_slice(text, start, i);
                if (key) next = value_getitem(object, key);
                xdecref(key);
                i++;
            }
        } else {
            raise_error(T_ValueError, "Only '.' or '[' may follow ']' in format field specifier");
        }
        decref(object);
        object = next;
    }
    return object;
}

static Value field_object(Fields *f, Value text, const Piece *p) {
    size_t i = p->name_start;
    while (i < p->name_stop && str_read(text, i) != '.' && str_read(text, i) != '[') i++;
    return follow_path(first_object(f, text, p->name_start, i), text, i, p->name_stop);
}

static Value convert_steal(Value object, uint32_t conversion) {
    Value result;
    switch (conversion) {
    case 0: return object;
    case 'r': result = value_repr(object); break;
    case 's': result = value_str(object); break;
    case 'a': result = value_ascii(object); break;
    default:
        result = conversion > 32 && conversion < 127
                     ? raise_error(T_ValueError, "Unknown conversion specifier %c", (int)conversion)
                     : raise_error(T_ValueError, "Unknown conversion specifier \\x%x", (unsigned)conversion);
    }
    decref(object);
    return result;
}

static Value formatted(Fields *f, Value text, size_t start, size_t stop, int depth);

static Value expand_spec(Fields *f, Value text, const Piece *p, int depth) {
    if (!p->spec_nested) return str_slice(text, p->spec_start, p->spec_stop);
    return formatted(f, text, p->spec_start, p->spec_stop, depth - 1);
}

static Value field_text(Fields *f, Value text, const Piece *p, int depth) {
    Value object = field_object(f, text, p);
    if (object) object = convert_steal(object, p->conversion);
    if (!object) return NULL;
    Value spec = expand_spec(f, text, p, depth), result = NULL;
    if (spec) result = value_format(object, spec);
    xdecref(spec);
    decref(object);
    return result;
}

/* *whole: the text of a last field that nothing came before, which is the result as it is. */
static int format_into(StrBuilder *b, Value *whole, Fields *f, Value text, size_t start, size_t stop,
                       int depth) {
    if (depth < 0) return raise_int(T_ValueError, "Max string recursion exceeded");
    Piece p;
    int got;
    while ((got = next_piece(text, &start, stop, &p)) > 0) {
        if (str_builder_add_slice(b, text, p.literal_start, p.literal_stop) < 0) return -1;
        if (!p.has_field) continue;
        Value field = field_text(f, text, &p, depth);
        if (!field) return -1;
        if (start == stop && !b->length && str_length(field)) {
            *whole = field;
            return 0;
        }
        int status = str_builder_add(b, field);
        decref(field);
        if (status < 0) return -1;
    }
    return got;
}

static Value formatted(Fields *f, Value text, size_t start, size_t stop, int depth) {
    StrBuilder b = STR_BUILDER_INIT;
    Value whole = NULL;
    if (format_into(&b, &whole, f, text, start, stop, depth) == 0 && !whole) return str_builder_finish(&b);
    str_builder_drop(&b);
    return whole;
}

static Value format_text(Value text, Fields *f) {
    size_t n = str_length(text), i = 0;
    while (i < n && str_read(text, i) != '{' && str_read(text, i) != '}') i++;
    if (i == n) return incref(text); /* itself, of whatever class */
    return formatted(f, text, 0, str_length(text), 2 - 1);
}

Value str_format_method(Value self, Value const *args, size_t nargs, Value kwnames) {
    Value kwargs = NULL;
    if (kwnames) {
        kwargs = dict_new();
        for (size_t i = 0; kwargs && i < tuple_length(kwnames); i++)
            if (dict_set(kwargs, tuple_item_borrow(kwnames, i), args[nargs + i]) < 0) CLEAR_FIELD(kwargs);
        if (!kwargs) return NULL;
    }
    static Value const none[1] = {NULL};
    Fields f = {.args = nargs ? args : none, .nargs = nargs, .kwargs = kwargs};
    Value result = format_text(self, &f);
    xdecref(kwargs);
    return result;
}

Value str_format_map(Value self, Value mapping) {
    Fields f = {.args = NULL, .kwargs = mapping};
    return format_text(self, &f);
}
