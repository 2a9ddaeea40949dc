/* csv_dialect: how rows are written: immutable settings, taken from keywords, then from another dialect's attributes. */
#include "modules/csv.h"

#include "objects/dict.h"
#include "objects/int.h"

static void dialect_free(Heap *heap, HeapObject *o) {
    (void)heap;
    xdecref(((CsvDialect *)o)->line_terminator);
    value_free(AS_VALUE(o));
}

/* ---- settings: NULL leaves the default ---- */

static int set_char(const char *name, Value v, bool may_be_none, uint32_t fallback, uint32_t *out) {
    *out = fallback;
    if (!v) return 0;
    if (v == NONE && may_be_none) return *out = CSV_NOT_SET, 0;
    if (!is_str(v))
        return raise_int(T_TypeError, "\"%s\" must be string%s, not %.200T", name,
                         may_be_none ? " or None" : "", v);
    if (str_length(v) != 1) return raise_int(T_TypeError, "\"%s\" must be a 1-character string", name);
    *out = str_read(v, 0);
    return 0;
}

static int set_flag(Value v, bool fallback, bool *out) {
    int truth = v ? value_is_true(v) : fallback;
    *out = truth > 0;
    return truth < 0 ? -1 : 0;
}

static int set_quoting(Value v, CsvQuoting *out) {
    *out = QUOTE_MINIMAL;
    if (!v) return 0;
    if (!is_small_int(v)) return raise_int(T_TypeError, "\"quoting\" must be an integer");
    if (small_int(v) < QUOTE_MINIMAL || small_int(v) > QUOTE_NONE)
        return raise_int(T_TypeError, "bad \"quoting\" value");
    *out = (CsvQuoting)small_int(v);
    return 0;
}

static int set_terminator(Value v, Value *out) {
    if (v == NONE) return raise_int(T_TypeError, "lineterminator must be set");
    if (v && !is_str(v)) return raise_int(T_TypeError, "\"lineterminator\" must be a string");
    *out = v ? incref(v) : str_from_cstr("\r\n");
    return *out ? 0 : -1;
}

enum { DELIMITER, DOUBLE_QUOTE, ESCAPE, TERMINATOR, QUOTE, QUOTING, SKIP_SPACE, STRICT, SETTINGS };
static const char *const setting_names[] = {"delimiter", "doublequote", "escapechar",       "lineterminator",
                                            "quotechar", "quoting",     "skipinitialspace", "strict"};

static int check(const CsvDialect *d, bool quoting_given) {
    if (d->delimiter == CSV_NOT_SET)
        return raise_int(T_TypeError, "\"delimiter\" must be a 1-character string");
    if (quoting_given && d->quoting != QUOTE_NONE && d->quote == CSV_NOT_SET)
        return raise_int(T_TypeError, "quotechar must be set if quoting enabled");
    return 0;
}

static int fill(CsvDialect *d, Value const v[SETTINGS]) {
    if (set_char("delimiter", v[DELIMITER], false, ',', &d->delimiter) < 0 ||
        set_flag(v[DOUBLE_QUOTE], true, &d->double_quote) < 0 ||
        set_char("escapechar", v[ESCAPE], true, CSV_NOT_SET, &d->escape) < 0 ||
        set_terminator(v[TERMINATOR], &d->line_terminator) < 0 ||
        set_char("quotechar", v[QUOTE], true, '"', &d->quote) < 0 ||
        set_quoting(v[QUOTING], &d->quoting) < 0 ||
        set_flag(v[SKIP_SPACE], false, &d->skip_initial_space) < 0 ||
        set_flag(v[STRICT], false, &d->strict) < 0)
        return -1;
    if (v[QUOTE] == NONE && !v[QUOTING]) d->quoting = QUOTE_NONE;
    return check(d, true);
}

/* ---- making ---- */

static int take_keywords(Value const *values, Value kwnames, Value out[SETTINGS], Value *base) {
    for (size_t i = 0; kwnames && i < tuple_length(kwnames); i++) {
        Value name = tuple_item_borrow(kwnames, i);
        size_t at = 0;
        while (at < SETTINGS && !str_equal_cstr(name, setting_names[at])) at++;
        if (at < SETTINGS) out[at] = incref(values[i]);
        else if (str_equal_cstr(name, "dialect")) *base = values[i];
        else return raise_int(T_TypeError, "'%U' is an invalid keyword argument for this function", name);
    }
    return 0;
}

/* What keywords did not say, from the base's attributes. */
static int take_attributes(Value base, Value out[SETTINGS]) {
    for (size_t i = 0; i < SETTINGS; i++) {
        if (out[i]) continue;
        Value name = str_intern_cstr(setting_names[i]);
        int found = name ? value_getattr_optional(base, name, &out[i]) : -1;
        xdecref(name);
        if (found < 0) return -1;
    }
    return 0;
}

Value csv_dialect_new(Type *type, Value base, Value const *keywords, Value kwnames) {
    Value settings[SETTINGS] = {NULL};
    CsvDialect *d = NULL;
    bool good = take_keywords(keywords, kwnames, settings, &base) == 0, plain = true;
    if (base == NONE) base = NULL;
    for (size_t i = 0; i < SETTINGS; i++) plain = plain && !settings[i];
    Value source = !good || !base ? NULL : is_str(base) ? csv_dialect_find(base) : incref(base);
    good = good && (!base || source);
    if (good && source && plain && type_of(source) == CSV->dialect && type == CSV->dialect) return source;
    if (good && (!source || take_attributes(source, settings) == 0)) d = (CsvDialect *)value_alloc(type, 0);
    if (d) {
        d->line_terminator = NULL;
        if (fill(d, settings) < 0) {
            decref(AS_VALUE(d));
            d = NULL;
        }
    }
    for (size_t i = 0; i < SETTINGS; i++) xdecref(settings[i]);
    xdecref(source);
    return AS_VALUE(d);
}

static Value dialect_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    if (nargs > 1)
        return raise_error(T_TypeError, "function takes at most 1 positional argument (%zu given)", nargs);
    return csv_dialect_new(type, nargs ? args[0] : NULL, args + nargs, kwnames);
}

Value csv_dialect_find(Value name) {
    Value found;
    int status = dict_find(CSV->dialects, name, &found);
    if (status > 0) return incref(found);
    return status < 0 ? NULL : raise_type(CSV->error, "unknown dialect");
}

/* ---- attributes ---- */

static Value char_value(uint32_t c) { return c == CSV_NOT_SET ? NONE : str_from_char(c); }

static Value get_setting(Value v, void *closure) {
    const CsvDialect *d = (const CsvDialect *)v;
    switch ((uintptr_t)closure) {
    case DELIMITER: return char_value(d->delimiter);
    case DOUBLE_QUOTE: return BOOL(d->double_quote);
    case ESCAPE: return char_value(d->escape);
    case TERMINATOR: return incref(d->line_terminator);
    case QUOTE: return char_value(d->quote);
    case QUOTING: return small_int_new(d->quoting);
    case SKIP_SPACE: return BOOL(d->skip_initial_space);
    default: return BOOL(d->strict);
    }
}

static const GetSet dialect_getset[] = {
    {"delimiter", get_setting, NULL, NULL, (void *)DELIMITER},
    {"doublequote", get_setting, NULL, NULL, (void *)DOUBLE_QUOTE},
    {"escapechar", get_setting, NULL, NULL, (void *)ESCAPE},
    {"lineterminator", get_setting, NULL, NULL, (void *)TERMINATOR},
    {"quotechar", get_setting, NULL, NULL, (void *)QUOTE},
    {"quoting", get_setting, NULL, NULL, (void *)QUOTING},
    {"skipinitialspace", get_setting, NULL, NULL, (void *)SKIP_SPACE},
    {"strict", get_setting, NULL, NULL, (void *)STRICT},
    {0},
};

static Value dialect_reduce(Value v, Value const *args, size_t nargs) {
    (void)args, (void)nargs;
    return raise_error(T_TypeError, "cannot pickle '%.100s' instances", strrchr(type_name_of(v), '.') + 1);
}

static const NativeMethod dialect_methods[] = {
    METHOD_FAST("__reduce__", dialect_reduce, "Refuses: dialects are not pickled."),
    METHOD_FAST("__reduce_ex__", dialect_reduce, "Refuses: dialects are not pickled."),
    METHOD_END,
};

const TypeSpec csv_dialect_spec = {
    .name = "_csv.Dialect",
    .doc = "CSV dialect\n\nThe settings by which rows are read and written.",
    .flags = TYPE_SUBCLASSABLE,
    .basic_size = sizeof(CsvDialect),
    .slots = {.free = dialect_free, .new_ = dialect_make},
    .methods = dialect_methods,
    .getset = dialect_getset,
};
