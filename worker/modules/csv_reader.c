/* csv_reader: rows from lines, by a machine that takes a character at a time. */
#include "modules/csv.h"
#include "modules/fields.h"

#include "objects/float.h"
#include "objects/int.h"

typedef enum ReadState {
    START_ROW,
    START_FIELD,
    ESCAPED,
    IN_FIELD,
    IN_QUOTED,
    ESCAPED_IN_QUOTED,
    QUOTE_IN_QUOTED,
    AFTER_LINE_END,
    AFTER_ESCAPED_LINE_END
} ReadState;

typedef struct Reader {
    HeapObject head;
    Value lines, dialect, row; /* iterator, Dialect, the row so far (list) or NULL */
    StrBuilder field;
    ReadState state;
    bool is_number;
    ssize_t line_count;
} Reader;

enum { LINE_END = 0x110000 }; /* behind the last character of a line */

static int reader_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    return fields_traverse(o, 3, visit, arg);
}

static void reader_clear(Heap *heap, HeapObject *o) {
    (void)heap;
    fields_drop(o, 3);
}

static void reader_free(Heap *heap, HeapObject *o) {
    (void)heap;
    str_builder_drop(&((Reader *)o)->field);
    fields_drop(o, 3);
    value_free(AS_VALUE(o));
}

static int fail(const char *message) {
    raise_type(CSV->error, "%s", message);
    return -1;
}

/* ---- fields ---- */

static int save_field(Reader *r) {
    Value field = str_builder_finish(&r->field);
    if (field && r->is_number) {
        Value number = value_float(field);
        decref(field);
        field = number;
    }
    r->is_number = false;
    return field ? list_append_steal(r->row, field) : -1;
}

static int add_char(Reader *r, uint32_t c) {
    if ((int64_t)r->field.length >= CSV->field_limit) {
        raise_type(CSV->error, "field larger than field limit (%lld)", (long long)CSV->field_limit);
        return -1;
    }
    return str_builder_add_char(&r->field, c);
}

static bool ends_line(uint32_t c) { return c == '\n' || c == '\r' || c == LINE_END; }
static ReadState after(uint32_t c) { return c == LINE_END ? START_ROW : AFTER_LINE_END; }

/* ---- the machine ---- */

static int start_field(Reader *r, const CsvDialect *d, uint32_t c) {
    if (ends_line(c)) {
        r->state = after(c);
        return save_field(r);
    }
    if (c == d->quote && d->quoting != QUOTE_NONE) return r->state = IN_QUOTED, 0;
    if (c == d->escape) return r->state = ESCAPED, 0;
    if (c == ' ' && d->skip_initial_space) return 0;
    if (c == d->delimiter) return save_field(r);
    if (d->quoting == QUOTE_NONNUMERIC) r->is_number = true;
    r->state = IN_FIELD;
    return add_char(r, c);
}

static int in_field(Reader *r, const CsvDialect *d, uint32_t c) {
    if (ends_line(c)) {
        r->state = after(c);
        return save_field(r);
    }
    if (c == d->escape) return r->state = ESCAPED, 0;
    if (c != d->delimiter) return add_char(r, c);
    r->state = START_FIELD;
    return save_field(r);
}

static int quote_in_quoted(Reader *r, const CsvDialect *d, uint32_t c) {
    if (d->quoting != QUOTE_NONE && c == d->quote) {
        r->state = IN_QUOTED;
        return add_char(r, c);
    }
    if (c == d->delimiter) {
        r->state = START_FIELD;
        return save_field(r);
    }
    if (ends_line(c)) {
        r->state = after(c);
        return save_field(r);
    }
    if (!d->strict) {
        r->state = IN_FIELD;
        return add_char(r, c);
    }
    char delimiter[5] = "", quote[5] = "";
    Value a = str_from_char(d->delimiter), b = str_from_char(d->quote);
    if (a && b) {
        strncpy(delimiter, str_wtf8(a, NULL), 4);
        strncpy(quote, str_wtf8(b, NULL), 4);
        raise_type(CSV->error, "'%s' expected after '%s'", delimiter, quote);
    }
    xdecref(a);
    xdecref(b);
    return -1;
}

static int in_quoted(Reader *r, const CsvDialect *d, uint32_t c) {
    if (c == LINE_END) return 0;
    if (c == d->escape) return r->state = ESCAPED_IN_QUOTED, 0;
    if (c != d->quote || d->quoting == QUOTE_NONE) return add_char(r, c);
    r->state = d->double_quote ? QUOTE_IN_QUOTED : IN_FIELD;
    return 0;
}

static int step(Reader *r, const CsvDialect *d, uint32_t c) {
    switch (r->state) {
    case START_ROW:
        if (c == LINE_END) return 0;
        if (ends_line(c)) return r->state = AFTER_LINE_END, 0;
        r->state = START_FIELD;
        return start_field(r, d, c);
    case START_FIELD: return start_field(r, d, c);
    case ESCAPED:
        if (c == '\n' || c == '\r') {
            r->state = AFTER_ESCAPED_LINE_END;
            return add_char(r, c);
        }
        r->state = IN_FIELD;
        return add_char(r, c == LINE_END ? '\n' : c);
    case AFTER_ESCAPED_LINE_END: return c == LINE_END ? 0 : in_field(r, d, c);
    case IN_FIELD: return in_field(r, d, c);
    case IN_QUOTED: return in_quoted(r, d, c);
    case ESCAPED_IN_QUOTED: r->state = IN_QUOTED; return add_char(r, c == LINE_END ? '\n' : c);
    case QUOTE_IN_QUOTED: return quote_in_quoted(r, d, c);
    default:
        if (c == '\n' || c == '\r') return 0;
        if (c == LINE_END) return r->state = START_ROW, 0;
        return fail("new-line character seen in unquoted field - do you need to open the file in "
                    "universal-newline mode?");
    }
}

static int take_line(Reader *r, Value line) {
    const CsvDialect *d = (const CsvDialect *)r->dialect;
    r->line_count++;
    for (size_t i = 0; i < str_length(line); i++)
        if (step(r, d, str_read(line, i)) < 0 || ((i & 1023) == 1023 && work_charge(64) < 0)) return -1;
    return step(r, d, LINE_END);
}

/* The lines ended within a row: the row as it is, NULL when there is none. */
static Value last_row(Reader *r) {
    const CsvDialect *d = (const CsvDialect *)r->dialect;
    bool open = r->field.length || r->state == IN_QUOTED;
    if (!open) return NULL;
    if (d->strict) return fail("unexpected end of data"), NULL;
    return save_field(r) < 0 ? NULL : xincref(r->row);
}

static int begin_row(Reader *r) {
    str_builder_drop(&r->field);
    r->field = (StrBuilder)STR_BUILDER_INIT;
    r->state = START_ROW;
    r->is_number = false;
    SET_FIELD_STEAL(r->row, list_new(0));
    return r->row ? 0 : -1;
}

static Value reader_next(Value v) {
    Reader *r = (Reader *)v;
    if (!r->lines || stack_is_low() || begin_row(r) < 0) return NULL;
    do {
        Value line = value_next(r->lines);
        if (!line) return error_pending() ? NULL : last_row(r);
        if (!is_str(line)) {
            raise_type(CSV->error,
                       "iterator should return strings, not %.200T (the file should be opened in text mode)",
                       line);
            decref(line);
            return NULL;
        }
        int status = take_line(r, line);
        decref(line);
        if (status < 0 || !r->row) return NULL;
    } while (r->state != START_ROW);
    Value row = r->row;
    r->row = NULL;
    return row;
}

static Value reader_iter(Value v) { return incref(v); }

Value csv_reader(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    if (!args_count("", nargs, 1, 2)) return NULL;
    Reader *r = (Reader *)value_alloc(CSV->reader, 0);
    if (!r) return NULL;
    fields_of(&r->head)[0] = fields_of(&r->head)[1] = fields_of(&r->head)[2] = NULL;
    r->field = (StrBuilder)STR_BUILDER_INIT;
    r->state = START_ROW;
    r->is_number = false;
    r->line_count = 0;
    value_track(AS_VALUE(r));
    r->lines = value_iter(args[0]);
    if (r->lines)
        r->dialect = csv_dialect_new(CSV->dialect, nargs > 1 ? args[1] : NULL, args + nargs, kwnames);
    if (r->dialect) return AS_VALUE(r);
    decref(AS_VALUE(r));
    return NULL;
}

static const Member reader_members[] = {{"dialect", MEMBER_VALUE, offsetof(Reader, dialect), true, NULL},
                                        {"line_num", MEMBER_SSIZE, offsetof(Reader, line_count), true, NULL},
                                        {0}};

const TypeSpec csv_reader_spec = {
    .name = "_csv.reader",
    .doc = "CSV reader\n\nReads rows from lines.",
    .flags = TYPE_GC | TYPE_NOT_INSTANTIABLE,
    .basic_size = sizeof(Reader),
    .slots = {.traverse = reader_traverse,
              .clear = reader_clear,
              .free = reader_free,
              .iter = reader_iter,
              .next = reader_next},
    .members = reader_members,
};
