#include "compile/linetable.h"

enum {
    FORM_SHORT_MAX = 9,
    FORM_ONE_LINE = 10,
    FORM_NO_COLUMNS = 13,
    FORM_LONG = 14,
    FORM_NONE = 15,
    MOST_UNITS = 8,
    MOST_BYTES = 32
};

/* ---- writing ------------------------------------------------------------------------------------ */

void linetable_init(LineTable *table, Bump *bump, int32_t first_line) {
    *table = (LineTable){.bump = bump, .line = first_line};
}

static bool reserve(LineTable *table) {
    if (table->size + MOST_BYTES <= table->capacity) return true;
    uint32_t capacity = table->capacity ? table->capacity * 2 : 128;
    uint8_t *bytes = bump_alloc(table->bump, capacity);
    if (!bytes) return false;
    if (table->size) memcpy(bytes, table->bytes, table->size);
    table->bytes = bytes;
    table->capacity = capacity;
    return true;
}

static void put(LineTable *table, uint32_t byte) { table->bytes[table->size++] = (uint8_t)byte; }

static void put_varint(LineTable *table, uint32_t n) {
    for (; n >= 64; n >>= 6) put(table, 64 | (n & 63));
    put(table, n);
}

static void put_signed(LineTable *table, int32_t n) {
    put_varint(table, n < 0 ? (0 - (uint32_t)n) << 1 | 1 : (uint32_t)n << 1);
}

static void put_head(LineTable *table, uint32_t form, uint32_t units) {
    put(table, 0x80 | form << 3 | (units - 1));
}

static bool write_entry(LineTable *table, const Position *p, uint32_t units) {
    if (!reserve(table)) return false;
    if (p->line < 0) {
        put_head(table, FORM_NONE, units);
        return true;
    }
    int32_t delta = p->line - table->line;
    table->line = p->line;
    if (p->column < 0 || p->end_column < 0 || p->end_line < p->line) {
        put_head(table, FORM_NO_COLUMNS, units);
        put_signed(table, delta);
        return true;
    }
    if (p->end_line == p->line && delta >= 0) {
        int32_t width = p->end_column - p->column;
        if (delta == 0 && p->column < 80 && width >= 0 && width < 16) {
            put_head(table, (uint32_t)p->column >> 3, units);
            put(table, ((uint32_t)p->column & 7) << 4 | (uint32_t)width);
            return true;
        }
        if (delta <= 2 && p->column < 128 && p->end_column < 128) {
            put_head(table, FORM_ONE_LINE + (uint32_t)delta, units);
            put(table, (uint32_t)p->column);
            put(table, (uint32_t)p->end_column);
            return true;
        }
    }
    put_head(table, FORM_LONG, units);
    put_signed(table, delta);
    put_varint(table, (uint32_t)(p->end_line - p->line));
    put_varint(table, (uint32_t)p->column + 1);
    put_varint(table, (uint32_t)p->end_column + 1);
    return true;
}

bool linetable_finish(LineTable *table) {
    while (table->pending_units) {
        uint32_t units = table->pending_units < MOST_UNITS ? table->pending_units : MOST_UNITS;
        if (!write_entry(table, &table->pending, units)) return false;
        table->pending_units -= units;
    }
    return true;
}

bool linetable_add(LineTable *table, Position position, uint32_t units) {
    if (table->pending_units && memcmp(&position, &table->pending, sizeof position) == 0) {
        table->pending_units += units;
        return true;
    }
    if (!linetable_finish(table)) return false;
    table->pending = position;
    table->pending_units = units;
    return true;
}

/* ---- reading ------------------------------------------------------------------------------------ */

void line_reader_init(LineReader *reader, const Code *code) {
    *reader = (LineReader){.at = code->line_table,
                           .end = code->line_table + code->line_table_size,
                           .line = (int32_t)code->first_line};
}

static uint32_t get(LineReader *r) { return r->at < r->end ? *r->at++ : 0; }

static uint32_t get_varint(LineReader *r) {
    uint32_t byte = get(r), n = byte & 63;
    for (unsigned shift = 6; (byte & 64) && shift < 32; shift += 6) {
        byte = get(r);
        n |= (byte & 63) << shift;
    }
    return n;
}

static int32_t get_signed(LineReader *r) {
    uint32_t n = get_varint(r);
    return n & 1 ? (int32_t)(0 - (n >> 1)) : (int32_t)(n >> 1);
}

bool line_reader_next(LineReader *r) {
    if (r->at >= r->end) return false;
    uint32_t head = get(r), form = head >> 3 & 15;
    r->unit += r->units;
    r->units = (head & 7) + 1;
    if (form == FORM_NONE) {
        r->position = (Position){-1, -1, -1, -1};
    } else if (form == FORM_LONG) {
        r->line = (int32_t)((uint32_t)r->line + (uint32_t)get_signed(r));
        int32_t end_line = (int32_t)((uint32_t)r->line + get_varint(r));
        int32_t column = (int32_t)get_varint(r) - 1, end_column = (int32_t)get_varint(r) - 1;
        r->position = (Position){r->line, end_line, column, end_column};
    } else if (form == FORM_NO_COLUMNS) {
        r->line = (int32_t)((uint32_t)r->line + (uint32_t)get_signed(r));
        r->position = (Position){r->line, r->line, -1, -1};
    } else if (form >= FORM_ONE_LINE) {
        r->line = (int32_t)((uint32_t)r->line + form - FORM_ONE_LINE);
        int32_t column = (int32_t)get(r), end_column = (int32_t)get(r);
        r->position = (Position){r->line, r->line, column, end_column};
    } else {
        uint32_t byte = get(r);
        int32_t column = (int32_t)(form << 3 | byte >> 4);
        r->position = (Position){r->line, r->line, column, column + (int32_t)(byte & 15)};
    }
    return true;
}

Position code_position(const Code *code, uint32_t index) {
    LineReader reader;
    line_reader_init(&reader, code);
    while (line_reader_next(&reader))
        if (index < reader.unit + reader.units) return reader.position;
    return (Position){-1, -1, -1, -1};
}

void code_fill_lines(const Code *code, int32_t *lines) {
    LineReader reader;
    for (uint32_t i = 0; i < code->instruction_count; i++) lines[i] = -1;
    line_reader_init(&reader, code);
    while (line_reader_next(&reader))
        for (uint32_t i = reader.unit; i < reader.unit + reader.units && i < code->instruction_count; i++)
            lines[i] = reader.position.line;
}
