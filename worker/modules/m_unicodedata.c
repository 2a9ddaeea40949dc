/*
 * unicodedata: what Unicode says of characters: from utf8proc, and from tables of our own for what utf8proc does not know.
 *
 * The tables are those of one version of Unicode, which unidata_version tells. A character that only a later one has (utf8proc
 * may know it) is unassigned here.
 */
#include <stdio.h>
#include <strings.h>
#include <utf8proc.h>

#include "base/unicode_names.h"
#include "modules/module.h"
#include "objects/bytes.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/str.h"
#include "objects/unicode.h"

/* Characters first, first + 1, ... (count of them) have the numbers value / divisor, (value + step) / divisor, ... */
typedef struct NumberRow {
    uint32_t first, count;
    int32_t divisor;
    int64_t step, value;
} NumberRow;

enum { AS_NOW = 255, UNASSIGNED = 0 };

/* What Unicode 3.2 said of the characters first..last, where it was something else: AS_NOW where it was not. */
typedef struct OldRow {
    uint32_t first, last;
    uint8_t category, direction, mirrored, width;
    uint8_t decimal; /* 1: the value as a digit was one as a decimal too */
} OldRow;

#include "unicodedata.inc"

typedef struct UnicodedataState {
    Type *ucd; /* what ucd_3_2_0 is: the module's functions as methods */
} UnicodedataState;

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

static const utf8proc_property_t unassigned = {.category = UTF8PROC_CATEGORY_CN};

static const utf8proc_property_t *property(uint32_t c) {
    return unicode_is_newer(c) ? &unassigned : utf8proc_get_property((utf8proc_int32_t)c);
}

/* ---- Unicode 3.2 ---- */

static bool is_old(Value self) { return type_of(self) == MODULE_STATE(unicodedata, UnicodedataState)->ucd; }

static const OldRow as_now = {0, 0, AS_NOW, AS_NOW, AS_NOW, AS_NOW, AS_NOW};

/* What is different for `self`: the module itself, or ucd_3_2_0. */
static const OldRow *difference(Value self, uint32_t c) {
    if (!is_old(self)) return &as_now;
    size_t low = 0, high = COUNT_OF(old_rows);
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (old_rows[middle].first <= c) low = middle;
        else high = middle;
    }
    return c >= old_rows[low].first && c <= old_rows[low].last ? &old_rows[low] : &as_now;
}

static bool is_unassigned(Value self, uint32_t c) { return difference(self, c)->category == UNASSIGNED; }

/* ---- arguments ---- */

/* The one character that a str argument is. */
static bool one_char(const char *function, const char *argument, Value v, uint32_t *out) {
    if (!is_str(v) || str_length(v) != 1) {
        raise_error(T_TypeError, "%s() %s must be a unicode character, not %.50K", function, argument, v);
        return false;
    }
    *out = str_read(v, 0);
    return true;
}

/* (chr, default) */
static bool char_and_default(const char *function, Value const *args, size_t nargs, uint32_t *c) {
    return args_count(function, nargs, 1, 2) && one_char(function, "argument 1", args[0], c);
}

static Value default_or(Value const *args, size_t nargs, const char *message) {
    return nargs > 1 ? incref(args[1]) : raise_error(T_ValueError, "%s", message);
}

/* ---- names ---- */

static Value ucd_name(Value self, Value const *args, size_t nargs) {
    uint32_t c;
    char name[UNICODE_NAME_MAX];
    if (!char_and_default("name", args, nargs, &c)) return NULL;
    size_t n = is_unassigned(self, c) ? 0 : unicode_name_of(c, name);
    return n ? str_from_ascii(name, n) : default_or(args, nargs, "no such name");
}

static Value lookup_text(Value self, const char *text, size_t n) {
    if (n > 256) return raise_error(T_KeyError, "name too long");
    uint32_t chars[UNICODE_SEQUENCE_MAX];
    char name[UNICODE_NAME_MAX];
    size_t count = unicode_sequence_find(text, n, chars);
    /* Neither aliases nor sequences in the old one. */
    bool refused = count && is_old(self) &&
                   (count > 1 || is_unassigned(self, *chars) || unicode_name_of(*chars, name) != n ||
                    strncasecmp(name, text, n) != 0);
    return count && !refused ? str_from_ucs4(chars, count)
                             : raise_error(T_KeyError, "undefined character name '%s'", text);
}

static Value ucd_lookup(Value self, Value name) {
    if (is_str(name)) {
        size_t n;
        const char *text = str_utf8(name, &n);
        return text ? lookup_text(self, text, n) : NULL;
    }
    if (!type_of(name)->slots.get_buffer)
        return raise_error(T_TypeError, "a bytes-like object is required, not '%.100T'", name);
    Buffer buffer;
    if (buffer_get(name, &buffer, false) < 0) return NULL;
    Value text = bytes_from(buffer.data, buffer.length); /* for the NUL behind it */
    buffer_release(&buffer);
    Value found = text ? lookup_text(self, (const char *)bytes_data(text), bytes_length(text)) : NULL;
    xdecref(text);
    return found;
}

/* ---- properties ---- */

static Value ucd_category(Value self, Value chr) {
    static const char names[] = "CnLuLlLtLmLoMnMcMeNdNlNoPcPdPsPePiPfPoSmScSkSoZsZlZpCcCfCsCo";
    uint32_t c;
    if (!one_char("category", "argument", chr, &c)) return NULL;
    unsigned old = difference(self, c)->category;
    return str_from_ascii(names + 2 * (old == AS_NOW ? (unsigned)property(c)->category : old), 2);
}

static Value ucd_bidirectional(Value self, Value chr) {
    static const char *const names[] = {"",    "L",  "LRE", "LRO", "R",   "AL",  "RLE", "RLO",
                                        "PDF", "EN", "ES",  "ET",  "AN",  "CS",  "NSM", "BN",
                                        "B",   "S",  "WS",  "ON",  "LRI", "RLI", "FSI", "PDI"};
    uint32_t c;
    if (!one_char("bidirectional", "argument", chr, &c)) return NULL;
    unsigned old = difference(self, c)->direction;
    return str_from_cstr(names[old == AS_NOW ? (unsigned)property(c)->bidi_class : old]);
}

static Value ucd_combining(Value self, Value chr) {
    uint32_t c;
    if (!one_char("combining", "argument", chr, &c)) return NULL;
    return small_int_new(is_unassigned(self, c) ? 0 : property(c)->combining_class);
}

static Value ucd_mirrored(Value self, Value chr) {
    uint32_t c;
    if (!one_char("mirrored", "argument", chr, &c)) return NULL;
    unsigned old = difference(self, c)->mirrored;
    return small_int_new(old == AS_NOW ? property(c)->bidi_mirrored : old);
}

static Value ucd_east_asian_width(Value self, Value chr) {
    static const char *const names[] = {"N", "Na", "H", "W", "F", "A"};
    uint32_t c;
    if (!one_char("east_asian_width", "argument", chr, &c)) return NULL;
    unsigned old = difference(self, c)->width;
    if (old != AS_NOW) return str_from_cstr(names[old]);
    size_t low = 0, high = COUNT_OF(width_rows);
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (width_rows[middle] >> 3 <= c) low = middle;
        else high = middle;
    }
    return str_from_cstr(names[width_rows[low] & 7]);
}

/* ---- numbers ---- */

static Value ucd_decimal(Value self, Value const *args, size_t nargs) {
    uint32_t c;
    if (!char_and_default("decimal", args, nargs, &c)) return NULL;
    int n = is_unassigned(self, c) ? -1 : unicode_decimal(c);
    if (difference(self, c)->decimal == 1) n = unicode_digit(c);
    return n >= 0 ? small_int_new(n) : default_or(args, nargs, "not a decimal");
}

static Value ucd_digit(Value self, Value const *args, size_t nargs) {
    uint32_t c;
    if (!char_and_default("digit", args, nargs, &c)) return NULL;
    (void)self;
    int n = unicode_digit(c); /* without asking how old */
    return n >= 0 ? small_int_new(n) : default_or(args, nargs, "not a digit");
}

static Value ucd_numeric(Value self, Value const *args, size_t nargs) {
    uint32_t c;
    if (!char_and_default("numeric", args, nargs, &c)) return NULL;
    size_t low = 0, high = COUNT_OF(number_rows);
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (number_rows[middle].first <= c) low = middle;
        else high = middle;
    }
    const NumberRow *row = &number_rows[low];
    if (c < row->first || c - row->first >= row->count || is_unassigned(self, c))
        return default_or(args, nargs, "not a numeric character");
    return float_new((double)(row->value + (int64_t)(c - row->first) * row->step) / row->divisor);
}

/* ---- decomposition ---- */

/* One step, where that is not all: *n code points, or NULL. */
static const uint32_t *single_step(uint32_t c, size_t *n) {
    for (size_t i = 0; i < COUNT_OF(step_rows); i += 1 + (step_rows[i] >> 24)) {
        if ((step_rows[i] & 0xffffff) != c) continue;
        *n = step_rows[i] >> 24;
        return &step_rows[i + 1];
    }
    return NULL;
}

enum { MAX_DECOMPOSED = 32 };

/* All steps: code points into out; how many. */
static size_t decompose_char(uint32_t c, bool compatible, int32_t out[MAX_DECOMPOSED]) {
    int last = 0;
    utf8proc_option_t options = UTF8PROC_DECOMPOSE | (compatible ? UTF8PROC_COMPAT : 0);
    utf8proc_ssize_t n =
        unicode_is_newer(c) || (c >= 0xd800 && c < 0xe000)
            ? 0
            : utf8proc_decompose_char((utf8proc_int32_t)c, out, MAX_DECOMPOSED, options, &last);
    if (n > 0 && n <= MAX_DECOMPOSED) return (size_t)n;
    out[0] = (int32_t)c;
    return 1;
}

static Value ucd_decomposition(Value self, Value chr) {
    static const char *const tags[] = {
        "",          "<font> ",     "<noBreak> ", "<initial> ",  "<medial> ", "<final> ",  "<isolated> ",
        "<circle> ", "<super> ",    "<sub> ",     "<vertical> ", "<wide> ",   "<narrow> ", "<small> ",
        "<square> ", "<fraction> ", "<compat> "};
    uint32_t c;
    int32_t all[MAX_DECOMPOSED];
    size_t n;
    if (!one_char("decomposition", "argument", chr, &c)) return NULL;
    if (is_unassigned(self, c) || (c >= 0xac00 && c <= 0xd7a3))
        return incref(rt->empty_str); /* Hangul syllables: by rule, not by table */
    int type = property(c)->decomp_type;
    n = decompose_char(c, type != 0, all);
    if (n == 1 && (uint32_t)all[0] == c) return incref(rt->empty_str);
    size_t count;
    const uint32_t *parts = single_step(c, &count);
    if (parts) n = count;
    else parts = (const uint32_t *)all;
    char text[16 + 8 * MAX_DECOMPOSED];
    int length = snprintf(text, sizeof text, "%s", tags[type]);
    for (size_t i = 0; i < n; i++)
        length += snprintf(text + length, sizeof text - (size_t)length, i ? " %04X" : "%04X", parts[i]);
    return str_from_ascii(text, (size_t)length);
}

/* ---- normal forms ---- */

typedef struct Form {
    bool compatible, composed;
} Form;

static bool form_of(Value v, const char *function, Form *out) {
    if (!is_str(v)) {
        raise_error(T_TypeError, "%s() argument 1 must be str, not %.50K", function, v);
        return false;
    }
    bool known = true;
    if (str_equal_cstr(v, "NFC")) *out = (Form){false, true};
    else if (str_equal_cstr(v, "NFKC")) *out = (Form){true, true};
    else if (str_equal_cstr(v, "NFD")) *out = (Form){false, false};
    else if (str_equal_cstr(v, "NFKD")) *out = (Form){true, false};
    else known = (raise_error(T_ValueError, "invalid normalization form"), false);
    return known;
}

/* Text being normalised, in the heap. */
typedef struct CodePoints {
    int32_t *items;
    size_t count, capacity;
} CodePoints;

static int reserve(CodePoints *t, size_t capacity) {
    if (capacity <= t->capacity) return 0;
    int32_t *bigger = heap_realloc(rt->heap, t->items, capacity * sizeof *bigger);
    if (!bigger) return raise_no_memory(), -1;
    t->items = bigger;
    t->capacity = capacity;
    return 0;
}

static int add_code_points(CodePoints *t, const int32_t *items, size_t n) {
    if (t->count + n > t->capacity && reserve(t, t->capacity * 2 + n + 16) < 0) return -1;
    memcpy(t->items + t->count, items, n * sizeof *items);
    t->count += n;
    return 0;
}

static int combining(int32_t c) { return property((uint32_t)c)->combining_class; }

/* Sorts a run of marks by class, those of a class in the order in which they are; `sorted` has room for the run. */
static void sort_run(int32_t *run, size_t n, int32_t *sorted) {
    size_t places[257] = {0};
    for (size_t i = 0; i < n; i++) places[combining(run[i]) + 1]++;
    for (size_t class = 1; class <= 256; class ++) places[class] += places[class - 1];
    for (size_t i = 0; i < n; i++) sorted[places[combining(run[i])]++] = run[i];
    memcpy(run, sorted, n * sizeof *run);
}

/* Canonical order: each run of marks sorted by class. The array has room for as much again. */
static void order_marks(CodePoints *t) {
    for (size_t i = 0; i < t->count; i++) {
        size_t start = i;
        while (i < t->count && t->items[i] >= 0x300 && combining(t->items[i])) i++;
        if (i - start > 1) sort_run(t->items + start, i - start, t->items + t->count);
    }
}

/* The same as `self` knows it. */
static size_t decompose_for(Value self, uint32_t c, bool compatible, int32_t out[MAX_DECOMPOSED]) {
    if (!is_old(self)) return decompose_char(c, compatible, out);
    out[0] = (int32_t)c;
    if (is_unassigned(self, c)) return 1;
    for (size_t i = 0; i < COUNT_OF(old_steps); i++)
        if (old_steps[i][0] == c) return out[0] = (int32_t)old_steps[i][1], 1;
    return decompose_char(c, compatible, out);
}

static int decompose(Value self, Value text, Form form, CodePoints *out) {
    int32_t part[MAX_DECOMPOSED];
    for (size_t i = 0; i < str_length(text); i++) {
        uint32_t c = str_read(text, i);
        size_t n = c < 128 ? (part[0] = (int32_t)c, 1) : decompose_for(self, c, form.compatible, part);
        if (add_code_points(out, part, n) < 0 || work_charge(1) < 0) return -1;
    }
    if (reserve(out, 2 * out->count) < 0) return -1;
    order_marks(out);
    return 0;
}

enum { BEFORE_TAILS = 0x11a7 };

/* Composes in place. utf8proc takes the vowel in front of Hangul's final consonants for one of them: what stands before it is
 * composed apart (it composes with nothing). */
static void compose(CodePoints *t) {
    size_t used = 0;
    for (size_t start = 0, end; start < t->count; start = end) {
        for (end = start + 1; end < t->count && t->items[end] != BEFORE_TAILS;) end++;
        utf8proc_ssize_t n = utf8proc_normalize_utf32(t->items + start, (utf8proc_ssize_t)(end - start),
                                                      UTF8PROC_STABLE | UTF8PROC_COMPOSE);
        memmove(t->items + used, t->items + start, (size_t)n * sizeof *t->items);
        used += (size_t)n;
    }
    t->count = used;
}

static Value normal_form(Value self, Value text, Form form) {
    CodePoints t = {0};
    Value result = NULL;
    if (decompose(self, text, form, &t) == 0) {
        if (form.composed) compose(&t);
        result = str_from_ucs4((const uint32_t *)t.items, t.count);
    }
    heap_free(rt->heap, t.items);
    return result;
}

static bool is_ascii(Value v) { return ((Str *)v)->ascii; }

static bool form_and_text(const char *function, Value const *args, size_t nargs, Form *form) {
    if (!args_count(function, nargs, 2, 2)) return false;
    if (is_str(args[0]) && !is_str(args[1])) {
        raise_error(T_TypeError, "%s() argument 2 must be str, not %.50K", function, args[1]);
        return false;
    }
    return form_of(args[0], function, form);
}

static Value ucd_normalize(Value self, Value const *args, size_t nargs) {
    Form form;
    if (nargs == 2 && is_str(args[1]) && str_length(args[1]) == 0 && is_str(args[0])) return incref(args[1]);
    if (!form_and_text("normalize", args, nargs, &form)) return NULL;
    return is_ascii(args[1]) ? incref(args[1]) : normal_form(self, args[1], form);
}

static Value ucd_is_normalized(Value self, Value const *args, size_t nargs) {
    Form form;
    if (nargs == 2 && is_str(args[1]) && str_length(args[1]) == 0 && is_str(args[0])) return TRUE;
    if (!form_and_text("is_normalized", args, nargs, &form)) return NULL;
    if (is_ascii(args[1])) return TRUE;
    Value normal = normal_form(self, args[1], form);
    if (!normal) return NULL;
    bool same = str_equal(normal, args[1]);
    decref(normal);
    return BOOL(same);
}

static const NativeMethod functions[] = {
    METHOD_FAST("name", ucd_name,
                "name($self, chr, default=<unrepresentable>, /)\n--\n\nA character's name."),
    METHOD_ONE("lookup", ucd_lookup, "lookup($self, name, /)\n--\n\nThe character of that name."),
    METHOD_ONE("category", ucd_category, "category($self, chr, /)\n--\n\nA character's general category."),
    METHOD_ONE("bidirectional", ucd_bidirectional,
               "bidirectional($self, chr, /)\n--\n\nIts class in bidirectional text."),
    METHOD_ONE("combining", ucd_combining, "combining($self, chr, /)\n--\n\nIts canonical combining class."),
    METHOD_ONE("mirrored", ucd_mirrored,
               "mirrored($self, chr, /)\n--\n\nIs it mirrored in bidirectional text?"),
    METHOD_ONE("east_asian_width", ucd_east_asian_width,
               "east_asian_width($self, chr, /)\n--\n\nIts width in East Asian text."),
    METHOD_FAST("decimal", ucd_decimal,
                "decimal($self, chr, default=<unrepresentable>, /)\n--\n\nA decimal character's value."),
    METHOD_FAST("digit", ucd_digit,
                "digit($self, chr, default=<unrepresentable>, /)\n--\n\nA digit's value."),
    METHOD_FAST("numeric", ucd_numeric,
                "numeric($self, chr, default=<unrepresentable>, /)\n--\n\nA numeric character's value."),
    METHOD_ONE("decomposition", ucd_decomposition,
               "decomposition($self, chr, /)\n--\n\nWhat it can be taken apart to."),
    METHOD_FAST("normalize", ucd_normalize,
                "normalize($self, form, unistr, /)\n--\n\nA text's normal form: NFC, NFKC, NFD, NFKD."),
    METHOD_FAST("is_normalized", ucd_is_normalized,
                "is_normalized($self, form, unistr, /)\n--\n\nIs the text in that normal form?"),
    METHOD_END,
};

static Value get_version(Value self, void *closure) {
    (void)self, (void)closure;
    return str_from_cstr("3.2.0");
}

static const GetSet ucd_getset[] = {{"unidata_version", get_version, NULL, NULL, NULL}, {0}};

/* What the IDNA codec asks. */
static const TypeSpec ucd_spec = {
    .name = "unicodedata.UCD",
    .flags = TYPE_NOT_INSTANTIABLE,
    .basic_size = sizeof(HeapObject),
    .methods = functions,
    .getset = ucd_getset,
    .slots = {.getattr = object_getattr},
};

static int ready(Value module) {
    UnicodedataState *s = module_state_new(M_unicodedata, sizeof *s);
    if (!s || module_add_text(module, "unidata_version", "14.0.0") < 0) return -1;
    if (module_make_type(module, &s->ucd, &ucd_spec, NULL) < 0) return -1;
    return module_add(module, "ucd_3_2_0", value_alloc(s->ucd, 0));
}

const ModuleSpec module_unicodedata = {
    "unicodedata", "What the Unicode Character Database says of characters.", functions, ready};
