/* csv_writer: rows to text, one call of the file's write for each. */
#include "modules/csv.h"
#include "modules/fields.h"

#include "objects/float.h"
#include "objects/int.h"

typedef struct Writer {
    HeapObject head;
    Value write, dialect;
} Writer;

FIELDS_LIFE(writer, 2)

static int fail(const char *message) {
    raise_type(CSV->error, "%s", message);
    return -1;
}

/* ---- one field ---- */

static bool in_terminator(const CsvDialect *d, uint32_t c) {
    for (size_t i = 0; i < str_length(d->line_terminator); i++)
        if (str_read(d->line_terminator, i) == c) return true;
    return false;
}

/* Adds the text with what must be escaped or doubled so; *quoted: it needs quotes, or is to have them. */
static int add_text(StrBuilder *out, const CsvDialect *d, Value text, bool *quoted) {
    for (size_t i = 0; i < str_length(text); i++) {
        uint32_t c = str_read(text, i);
        bool special = c == d->delimiter || c == d->escape || c == d->quote || in_terminator(d, c);
        bool escape = special && d->quoting == QUOTE_NONE;
        if (special && !escape) {
            if (c == d->quote && d->double_quote) {
                if (str_builder_add_char(out, d->quote) < 0) return -1;
            } else if (c == d->quote || c == d->escape) {
                escape = true;
            }
            if (!escape) *quoted = true;
        }
        if (escape) {
            if (d->escape == CSV_NOT_SET) return fail("need to escape, but no escapechar set");
            if (str_builder_add_char(out, d->escape) < 0) return -1;
        }
        if (str_builder_add_char(out, c) < 0) return -1;
    }
    return 0;
}

static int add_field(StrBuilder *row, const CsvDialect *d, Value text, bool quoted) {
    StrBuilder field = STR_BUILDER_INIT;
    int status = add_text(&field, d, text, &quoted);
    Value done = status == 0 ? str_builder_finish(&field) : NULL;
    if (!done) str_builder_drop(&field);
    status = done ? 0 : -1;
    if (status == 0 && quoted) status = str_builder_add_char(row, d->quote);
    if (status == 0) status = str_builder_add(row, done);
    if (status == 0 && quoted) status = str_builder_add_char(row, d->quote);
    xdecref(done);
    return status;
}

static bool wants_quotes(const CsvDialect *d, Value field) {
    if (d->quoting == QUOTE_ALL) return true;
    return d->quoting == QUOTE_NONNUMERIC && !is_int(field) && !is_float(field) && !IS(field, complex);
}

static int add_value(StrBuilder *row, const CsvDialect *d, Value field) {
    bool quoted = wants_quotes(d, field);
    Value text = is_str(field) ? incref(field) : field == NONE ? incref(rt->empty_str) : value_str(field);
    int status = text ? add_field(row, d, text, quoted) : -1;
    xdecref(text);
    return status;
}

/* ---- rows ---- */

static int add_fields(StrBuilder *row, const CsvDialect *d, Value fields) {
    size_t count = 0;
    Value iterator = value_iter(fields), field;
    if (!iterator) {
        if (error_swallow(T_TypeError)) raise_type(CSV->error, "iterable expected, not %.200T", fields);
        return -1;
    }
    int status = 0;
    bool empty = false;
    while (status == 0 && (field = value_next(iterator))) {
        if (count++) status = str_builder_add_char(row, d->delimiter);
        if (status == 0) status = add_value(row, d, field);
        empty = row->length == 0;
        decref(field);
    }
    decref(iterator);
    if (status < 0 || error_pending()) return -1;
    if (count != 1 || !empty) return 0;
    if (d->quoting == QUOTE_NONE) return fail("single empty field record must be quoted");
    return str_builder_add_char(row, d->quote) < 0 ? -1 : str_builder_add_char(row, d->quote);
}

static Value write_row(Value v, Value fields) {
    Writer *w = (Writer *)v;
    const CsvDialect *d = (const CsvDialect *)w->dialect;
    StrBuilder row = STR_BUILDER_INIT;
    Value text = NULL;
    if (add_fields(&row, d, fields) == 0 && str_builder_add(&row, d->line_terminator) == 0)
        text = str_builder_finish(&row);
    else str_builder_drop(&row);
    Value result = text ? value_call_one(w->write, text) : NULL;
    xdecref(text);
    return result;
}

static Value write_rows(Value v, Value rows) {
    Value iterator = value_iter(rows), fields;
    if (!iterator) return NULL;
    bool good = true;
    while (good && (fields = value_next(iterator))) {
        Value done = write_row(v, fields);
        good = done != NULL;
        xdecref(done);
        decref(fields);
    }
    decref(iterator);
    return good && !error_pending() ? NONE : NULL;
}

static const NativeMethod writer_methods[] = {
    METHOD_ONE("writerow", write_row,
               "writerow(iterable)\n\nWrites a row of the items; what the file's write returned."),
    METHOD_ONE("writerows", write_rows, "writerows(iterable of iterables)\n\nWrites rows."),
    METHOD_END,
};

static const Member writer_members[] = {{"dialect", MEMBER_VALUE, offsetof(Writer, dialect), true, NULL},
                                        {0}};

const TypeSpec csv_writer_spec = {
    .name = "_csv.writer",
    .doc = "CSV writer\n\nWrites rows to a file.",
    .flags = TYPE_GC | TYPE_NOT_INSTANTIABLE,
    .basic_size = sizeof(Writer),
    .slots = {.traverse = writer_traverse, .free = writer_free},
    .methods = writer_methods,
    .members = writer_members,
};

Value csv_writer(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    if (!args_count("", nargs, 1, 2)) return NULL;
    Writer *w = (Writer *)value_alloc(CSV->writer, 0);
    if (!w) return NULL;
    w->write = w->dialect = NULL;
    value_track(AS_VALUE(w));
    int found = value_getattr_optional(args[0], NAME(write), &w->write);
    if (found == 0 || (found > 0 && !value_is_callable(w->write)))
        raise_error(T_TypeError, "argument 1 must have a \"write\" method");
    else if (found > 0)
        w->dialect = csv_dialect_new(CSV->dialect, nargs > 1 ? args[1] : NULL, args + nargs, kwnames);
    if (w->dialect) return AS_VALUE(w);
    decref(AS_VALUE(w));
    return NULL;
}
