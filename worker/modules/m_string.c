/* _string: the parts of format strings, for string.Formatter. */
#include "modules/module.h"
#include "objects/int.h"
#include "objects/str.h"

/* ---- formatter_parser: literal text and replacement fields ---- */

typedef struct FieldIterator {
    HeapObject head;
    Value text;
    size_t at;
} FieldIterator;

/* attribute and index steps of a field name */
typedef struct StepIterator {
    HeapObject head;
    Value name;
    size_t at;
} StepIterator;

typedef struct StringState {
    Type *fields, *steps;
} StringState;

#define STRING MODULE_STATE(string, StringState)

static Value self_iter(Value v) { return incref(v); }

/* The end of the field that begins behind `{` at start: its `}`. -1 raised. */
static ssize_t find_field_end(Value s, size_t start) {
    size_t n = str_length(s), depth = 1;
    bool brackets = false;
    for (size_t i = start; i < n; i++) {
        uint32_t c = str_read(s, i);
        if (brackets) {
            brackets = c != ']';
            continue;
        }
        if (c == '[') brackets = depth == 1;
        else if (c == '{') depth++;
        else if (c == '}' && --depth == 0) return (ssize_t)i;
    }
    raise_error(T_ValueError,
                n > start ? "expected '}' before end of string" : "Single '{' encountered in format string");
    return -1;
}

/* (literal, name, spec, conversion) of the field in [start, end). */
static Value field_tuple(Value s, Value literal, size_t start, size_t end) {
    size_t i = start;
    bool brackets = false;
    for (; i < end; i++) {
        uint32_t c = str_read(s, i);
        if (c == '{') return raise_error(T_ValueError, "unexpected '{' in field name");
        if (c == '[') brackets = true;
        if (c == ']') brackets = false;
        if (!brackets && (c == ':' || c == '!')) break;
    }
    size_t name_end = i;
    Value conversion = NONE;
    if (i < end && str_read(s, i) == '!') {
        if (i + 1 >= end)
            return raise_error(T_ValueError, "end of string while looking for conversion specifier");
        conversion = str_from_char(str_read(s, i + 1));
        i += 2;
        if (conversion && i < end && str_read(s, i) != ':') {
            decref(conversion);
            return raise_error(T_ValueError, "expected ':' after conversion specifier");
        }
    }
    if (i < end) i++;
    Value name = str_slice(s, start, name_end), spec = str_slice(s, i < end ? i : end, end);
    Value result = name && spec && conversion ? tuple_pack(4, literal, name, spec, conversion) : NULL;
    xdecref(name);
    xdecref(spec);
    xdecref(conversion);
    return result;
}

static Value fields_next(Value v) {
    FieldIterator *it = (FieldIterator *)v;
    Value s = it->text;
    size_t n = str_length(s), start = it->at, i = start;
    if (start >= n) return NULL;
    bool doubled = false;
    uint32_t c = 0;
    while (i < n && (c = str_read(s, i)) != '{' && c != '}') i++;
    size_t literal_end = i;
    if (i < n) {
        doubled = i + 1 < n && str_read(s, i + 1) == c;
        if (doubled) literal_end = i + 1;
        else if (c == '}') return raise_error(T_ValueError, "Single '}' encountered in format string");
        else if (i + 1 >= n) return raise_error(T_ValueError, "Single '{' encountered in format string");
    }
    Value literal = str_slice(s, start, literal_end), result = NULL;
    if (!literal) return NULL;
    if (i >= n || doubled) {
        it->at = doubled ? i + 2 : n;
        result = tuple_pack(4, literal, NONE, NONE, NONE);
    } else {
        ssize_t end = find_field_end(s, i + 1);
        if (end >= 0) {
            it->at = (size_t)end + 1;
            result = field_tuple(s, literal, i + 1, (size_t)end);
        }
    }
    decref(literal);
    return result;
}

static void fields_free(Heap *heap, HeapObject *o) {
    (void)heap;
    decref(((FieldIterator *)o)->text);
    value_free((Value)o);
}

static const TypeSpec fields_spec = {
    .name = "formatteriterator",
    .flags = TYPE_NOT_INSTANTIABLE,
    .basic_size = sizeof(FieldIterator),
    .slots = {.getattr = object_getattr, .free = fields_free, .iter = self_iter, .next = fields_next},
};

static Value formatter_parser(Value module, Value s) {
    (void)module;
    if (!is_str(s)) return raise_error(T_TypeError, "expected str, got %T", s);
    FieldIterator *it = (FieldIterator *)value_alloc(STRING->fields, 0);
    if (!it) return NULL;
    it->text = incref(s);
    it->at = 0;
    return AS_VALUE(it);
}

/* ---- formatter_field_name_split ---- */

/* A decimal number in [start, end) as an int; the text itself when it is none. New. */
static Value number_or_text(Value s, size_t start, size_t end) {
    uint64_t n = 0;
    for (size_t i = start; i < end; i++) {
        uint32_t c = str_read(s, i);
        if (c < '0' || c > '9') return str_slice(s, start, end);
        if (__builtin_mul_overflow(n, 10, &n) || __builtin_add_overflow(n, c - '0', &n) || n > INT64_MAX)
            return raise_error(T_ValueError, "Too many decimal digits in format string");
    }
    return start == end ? incref(rt->empty_str) : int_from_u64(n);
}

static Value steps_next(Value v) {
    StepIterator *it = (StepIterator *)v;
    Value s = it->name, part;
    size_t n = str_length(s), i = it->at;
    if (i >= n) return NULL;
    uint32_t c = str_read(s, i++);
    size_t start = i;
    bool attribute = c == '.';
    if (attribute) {
        while (i < n && str_read(s, i) != '.' && str_read(s, i) != '[') i++;
        it->at = i;
        if (i == start) return raise_error(T_ValueError, "Empty attribute in format string");
        part = str_slice(s, start, i);
    } else if (c == '[') {
        while (i < n && str_read(s, i) != ']') i++;
        if (i >= n) return raise_error(T_ValueError, "Missing ']' in format string");
        it->at = i + 1;
        if (i == start) return raise_error(T_ValueError, "Empty attribute in format string");
        part = number_or_text(s, start, i);
    } else {
        return raise_error(T_ValueError, "Only '.' or '[' may follow ']' in format field specifier");
    }
    Value result = part ? tuple_pack(2, BOOL(attribute), part) : NULL;
    xdecref(part);
    return result;
}

static const TypeSpec steps_spec = {
    .name = "fieldnameiterator",
    .flags = TYPE_NOT_INSTANTIABLE,
    .basic_size = sizeof(StepIterator),
    .slots = {.getattr = object_getattr, .free = fields_free, .iter = self_iter, .next = steps_next},
};

static Value formatter_field_name_split(Value module, Value s) {
    (void)module;
    if (!is_str(s)) return raise_error(T_TypeError, "expected str, got %T", s);
    size_t i = 0;
    while (i < str_length(s) && str_read(s, i) != '.' && str_read(s, i) != '[') i++;
    Value first = number_or_text(s, 0, i);
    StepIterator *rest = first ? (StepIterator *)value_alloc(STRING->steps, 0) : NULL;
    if (!rest) return xdecref(first), NULL;
    rest->name = incref(s);
    rest->at = i;
    Value result = tuple_pack(2, first, AS_VALUE(rest));
    decref(AS_VALUE(rest));
    decref(first);
    return result;
}

static const NativeMethod string_functions[] = {
    METHOD_ONE("formatter_parser", formatter_parser, "The literal texts and fields of a format string."),
    METHOD_ONE("formatter_field_name_split", formatter_field_name_split,
               "The first part of a field's name and the steps "
               "behind it."),
    METHOD_END,
};

static int string_ready(Value module) {
    (void)module;
    StringState *s = module_state_new(M_string, sizeof *s);
    if (!s || module_ready_type(&s->fields, &fields_spec, NULL) < 0) return -1;
    return module_ready_type(&s->steps, &steps_spec, NULL);
}

const ModuleSpec module_string = {
    .name = "_string",
    .doc = "The parts of format strings.",
    .functions = string_functions,
    .ready = string_ready,
};
