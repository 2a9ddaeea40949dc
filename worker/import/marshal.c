#include "import/marshal.h"

#include "base/utf8.h"

#include "objects/bytes.h"
#include "objects/code.h"
#include "objects/dict.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/protocols.h"
#include "objects/set.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "vm/code_flow.h"
#include "vm/opcode.h"

enum {
    TAG_NULL = '0',
    TAG_NONE = 'N',
    TAG_TRUE = 'T',
    TAG_FALSE = 'F',
    TAG_ELLIPSIS = '.',
    TAG_STOP_ITERATION = 'S',
    TAG_INT = 'i',
    TAG_BIG_INT = 'l',
    TAG_FLOAT = 'g',
    TAG_COMPLEX = 'y',
    TAG_BYTES = 's',
    TAG_STR = 'u',
    TAG_ASCII = 'a',
    TAG_INTERNED = 't',
    TAG_TUPLE = '(',
    TAG_LIST = '[',
    TAG_DICT = '{',
    TAG_SET = '<',
    TAG_FROZENSET = '>',
    TAG_CODE = 'c',
    TAG_REF = 'r',
    TAG_MARK = 0x80,
    MAX_DEPTH = 1000,
};

uint32_t marshal_tag(void) {
    uint32_t h = 2166136261u ^ MARSHAL_VERSION;
    for (int op = 0; op < 256 && opcode_names[op]; op++) {
        if (opcode_base[op] != op) break; /* the evaluator's own are never stored */
        for (const char *p = opcode_names[op]; *p; p++) h = (h ^ (uint8_t)*p) * 16777619u;
        h = (h ^ opcode_caches[op]) * 16777619u;
    }
    return h;
}

/* ---- writing ------------------------------------------------------------------------------------ */

typedef struct Writer {
    uint8_t *data;
    size_t length, capacity;
    int depth;
    /* Objects written already: address -> number, open-addressed. */
    struct Seen {
        Value object;
        uint32_t number;
    } * seen;
    size_t seen_count, seen_mask;
} Writer;

static int write_value(Writer *w, Value v);

static int reserve(Writer *w, size_t n) {
    if (w->capacity - w->length >= n) return 0;
    size_t capacity = w->capacity * 2 + n + 256;
    uint8_t *data = heap_alloc(rt->heap, capacity);
    if (!data) return raise_no_memory(), -1;
    if (w->length) memcpy(data, w->data, w->length);
    heap_free(rt->heap, w->data);
    w->data = data;
    w->capacity = capacity;
    return 0;
}

static int write_raw(Writer *w, const void *bytes, size_t n) {
    if (reserve(w, n) < 0) return -1;
    if (n) memcpy(w->data + w->length, bytes, n);
    w->length += n;
    return 0;
}

static int write_byte(Writer *w, uint8_t byte) { return write_raw(w, &byte, 1); }

static int write_varint(Writer *w, uint64_t n) {
    uint8_t bytes[10];
    size_t count = 0;
    for (; n >= 128; n >>= 7) bytes[count++] = (uint8_t)(n | 128);
    bytes[count++] = (uint8_t)n;
    return write_raw(w, bytes, count);
}

static int write_sized(Writer *w, uint8_t tag, const void *bytes, size_t n) {
    return write_byte(w, tag) < 0 || write_varint(w, n) < 0 || write_raw(w, bytes, n) < 0 ? -1 : 0;
}

static size_t seen_slot(const Writer *w, Value object) {
    size_t at = (size_t)((uintptr_t)object >> 4) * UINT64_C(0x9E3779B97F4A7C15) >> 20;
    while (w->seen[at & w->seen_mask].object && w->seen[at & w->seen_mask].object != object) at++;
    return at & w->seen_mask;
}

static int seen_grow(Writer *w) {
    size_t old_size = w->seen ? w->seen_mask + 1 : 0, size = old_size ? old_size * 2 : 64;
    struct Seen *old = w->seen;
    w->seen = heap_alloc_zero(rt->heap, size * sizeof *w->seen);
    if (!w->seen) return w->seen = old, raise_no_memory(), -1;
    w->seen_mask = size - 1;
    for (size_t i = 0; i < old_size; i++)
        if (old[i].object) w->seen[seen_slot(w, old[i].object)] = old[i];
    heap_free(rt->heap, old);
    return 0;
}

/* 1: written as a reference to an earlier one; 0: to be written, *mark says whether with TAG_MARK; -1 raised.
 */
static int write_reference(Writer *w, Value v, uint8_t *mark) {
    *mark = 0;
    if (!is_object(v) || (v->head.refcount == 1)) return 0; /* nobody else can refer to it */
    if ((!w->seen || w->seen_count * 2 > w->seen_mask) && seen_grow(w) < 0) return -1;
    size_t slot = seen_slot(w, v);
    if (w->seen[slot].object)
        return write_byte(w, TAG_REF) < 0 || write_varint(w, w->seen[slot].number) < 0 ? -1 : 1;
    w->seen[slot].object = v;
    w->seen[slot].number = (uint32_t)w->seen_count++;
    *mark = TAG_MARK;
    return 0;
}

static int write_int(Writer *w, Value v, uint8_t mark) {
    int64_t n;
    if (int_to_i64(v, &n))
        return write_byte(w, TAG_INT | mark) < 0 ||
                       write_varint(w, (uint64_t)n << 1 ^ (uint64_t)(n >> 63)) < 0
                   ? -1
                   : 0;
    size_t size = int_bit_length(v) / 8 + 1;
    uint8_t *bytes = heap_alloc(rt->heap, size);
    if (!bytes) return raise_no_memory(), -1;
    int status = int_to_bytes(v, bytes, size, true, true);
    if (status == 0) status = write_sized(w, TAG_BIG_INT | mark, bytes, size);
    heap_free(rt->heap, bytes);
    return status;
}

static int write_str(Writer *w, Value v, uint8_t mark) {
    const Str *s = (const Str *)v;
    size_t n;
    const char *text = str_wtf8(v, &n);
    if (!text) return -1;
    return write_sized(w, (s->interned ? TAG_INTERNED : s->ascii ? TAG_ASCII : TAG_STR) | mark, text, n);
}

static int write_items(Writer *w, uint8_t tag, Value const *items, size_t n) {
    if (write_byte(w, tag) < 0 || write_varint(w, n) < 0) return -1;
    for (size_t i = 0; i < n; i++)
        if (write_value(w, items[i]) < 0) return -1;
    return 0;
}

static int write_dict(Writer *w, Value v, uint8_t mark) {
    size_t position = 0;
    Value key, value;
    if (write_byte(w, TAG_DICT | mark) < 0) return -1;
    while (dict_next(v, &position, &key, &value))
        if (write_value(w, key) < 0 || write_value(w, value) < 0) return -1;
    return write_byte(w, TAG_NULL);
}

static int write_set(Writer *w, Value v, uint8_t tag) {
    Value items = value_to_tuple(v);
    if (!items) return -1;
    int status = write_items(w, tag, ((Tuple *)items)->items, tuple_length(items));
    decref(items);
    return status;
}

static bool keeps_small_operand(uint8_t op) {
    return op == OPCODE_LOAD_GLOBAL || op == OPCODE_LOAD_ATTR || op == OPCODE_LOAD_SUPER_ATTR ||
           op == OPCODE_CALL;
}

/* As compiled: base opcodes, empty caches (which are not stored). */
static int write_instructions(Writer *w, const Code *code) {
    if (write_varint(w, code->instruction_count) < 0) return -1;
    for (uint32_t i = 0; i < code->instruction_count; i++) {
        Instr ins = code->instructions[i];
        ins.op = opcode_base[ins.op];
        if (!keeps_small_operand(ins.op)) ins.a = 0;
        if (write_raw(w, &ins, sizeof ins) < 0) return -1;
        i += opcode_caches[ins.op];
    }
    return 0;
}

static int write_code(Writer *w, const Code *code, uint8_t mark) {
    const uint32_t numbers[] = {code->arg_count,          code->positional_only_count,
                                code->keyword_only_count, code->local_count,
                                code->cell_count,         code->free_count,
                                code->stack_size,         code->flags,
                                code->first_line};
    Value const values[] = {code->name,  code->qualname,    code->filename, code->consts,
                            code->names, code->local_names, code->doc,      code->self_attributes};
    if (write_byte(w, TAG_CODE | mark) < 0) return -1;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (write_varint(w, numbers[i]) < 0) return -1;
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        if ((values[i] ? write_value(w, values[i]) : write_byte(w, TAG_NULL)) < 0) return -1;
    if (write_raw(w, code->local_kinds, code->locals_plus_count) < 0 || write_instructions(w, code) < 0)
        return -1;
    if (write_varint(w, code->exception_row_count) < 0) return -1;
    for (uint32_t i = 0; i < code->exception_row_count; i++) {
        const ExceptionRow *row = &code->exception_rows[i];
        if (write_varint(w, row->start) < 0 || write_varint(w, row->end - row->start) < 0 ||
            write_varint(w, row->target) < 0 || write_varint(w, row->depth_lasti) < 0)
            return -1;
    }
    return write_varint(w, code->line_table_size) < 0 ||
                   write_raw(w, code->line_table, code->line_table_size) < 0
               ? -1
               : 0;
}

static int write_object(Writer *w, Value v) {
    uint8_t mark;
    int done = write_reference(w, v, &mark);
    if (done) return done < 0 ? -1 : 0;
    if (IS_EXACT(v, int)) return write_int(w, v, mark);
    if (IS_EXACT(v, float)) {
        double d = float_value(v);
        return write_byte(w, TAG_FLOAT | mark) < 0 || write_raw(w, &d, sizeof d) < 0 ? -1 : 0;
    }
    if (IS_EXACT(v, complex)) {
        double parts[2] = {((Complex *)v)->real, ((Complex *)v)->imag};
        return write_byte(w, TAG_COMPLEX | mark) < 0 || write_raw(w, parts, sizeof parts) < 0 ? -1 : 0;
    }
    if (IS_EXACT(v, str)) return write_str(w, v, mark);
    if (IS_EXACT(v, tuple)) return write_items(w, TAG_TUPLE | mark, ((Tuple *)v)->items, tuple_length(v));
    if (IS_EXACT(v, list)) return write_items(w, TAG_LIST | mark, ((List *)v)->items, list_length(v));
    if (IS_EXACT(v, dict)) return write_dict(w, v, mark);
    if (IS_EXACT(v, set)) return write_set(w, v, TAG_SET | mark);
    if (IS_EXACT(v, frozenset)) return write_set(w, v, TAG_FROZENSET | mark);
    if (IS_EXACT(v, code)) return write_code(w, (const Code *)(const void *)v, mark);
    if (v == AS_VALUE(TYPE(StopIteration))) return write_byte(w, TAG_STOP_ITERATION | mark);
    Buffer buffer;
    if (!type_of(v)->slots.get_buffer || buffer_get(v, &buffer, false) < 0) {
        if (error_pending()) error_clear();
        return raise_int(T_ValueError, "unmarshallable object");
    }
    int status = write_sized(w, TAG_BYTES | mark, buffer.data, buffer.length);
    buffer_release(&buffer);
    return status;
}

static int write_value(Writer *w, Value v) {
    if (v == NONE) return write_byte(w, TAG_NONE);
    if (v == TRUE) return write_byte(w, TAG_TRUE);
    if (v == FALSE) return write_byte(w, TAG_FALSE);
    if (v == ELLIPSIS) return write_byte(w, TAG_ELLIPSIS);
    if (v == NOT_IMPLEMENTED) return raise_int(T_ValueError, "unmarshallable object");
    if (w->depth >= MAX_DEPTH) return raise_int(T_ValueError, "object too deeply nested to marshal");
    w->depth++;
    int status = write_object(w, v);
    w->depth--;
    return status;
}

Value marshal_dumps(Value v) {
    Writer w = {0};
    Value bytes = write_value(&w, v) == 0 ? bytes_from(w.data, w.length) : NULL;
    heap_free(rt->heap, w.data);
    heap_free(rt->heap, w.seen);
    return bytes;
}

/* ---- reading ------------------------------------------------------------------------------------ */

typedef struct Reader {
    const uint8_t *at, *end;
    Value *refs; /* owned; NULL: numbered, not made yet */
    size_t ref_count, ref_capacity;
    int depth;
    bool trusted; /* its codes come from a compiler */
} Reader;

static Value read_value(Reader *r);

static Value too_short(void) { return raise_error(T_EOFError, "marshal data too short"); }
static Value bad_data(const char *what) { return raise_error(T_ValueError, "bad marshal data (%s)", what); }

static bool read_varint(Reader *r, uint64_t *out) {
    *out = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        if (r->at >= r->end) return too_short(), false;
        uint8_t byte = *r->at++;
        *out |= (uint64_t)(byte & 127) << shift;
        if (byte < 128) return true;
    }
    return bad_data("number too long"), false;
}

static bool read_u32(Reader *r, uint32_t *out) {
    uint64_t n;
    if (!read_varint(r, &n)) return false;
    if (n > INT32_MAX) return bad_data("size out of range"), false;
    *out = (uint32_t)n;
    return true;
}

/* n bytes in place; NULL raised. */
static const uint8_t *read_raw(Reader *r, size_t n) {
    if ((size_t)(r->end - r->at) < n) return too_short(), NULL;
    const uint8_t *bytes = r->at;
    r->at += n;
    return bytes;
}

static const uint8_t *read_sized(Reader *r, size_t *n) {
    uint64_t size;
    if (!read_varint(r, &size)) return NULL;
    if (size > (uint64_t)(r->end - r->at)) return too_short(), NULL;
    *n = (size_t)size;
    return read_raw(r, *n);
}

/* Each item takes a byte at least: a count beyond what is left is a lie. */
static bool read_count(Reader *r, size_t *n) {
    uint64_t count;
    if (!read_varint(r, &count)) return false;
    if (count > (uint64_t)(r->end - r->at)) return too_short(), false;
    *n = (size_t)count;
    return true;
}

/* The next number for a marked value, which may be made later (a container is numbered before its items); -1
 * raised. */
static ssize_t ref_new(Reader *r) {
    if (r->ref_count == r->ref_capacity) {
        size_t capacity = r->ref_capacity ? r->ref_capacity * 2 : 64;
        Value *refs = heap_alloc(rt->heap, capacity * sizeof *refs);
        if (!refs) return raise_no_memory(), -1;
        if (r->ref_count) memcpy(refs, r->refs, r->ref_count * sizeof *refs);
        heap_free(rt->heap, r->refs);
        r->refs = refs;
        r->ref_capacity = capacity;
    }
    r->refs[r->ref_count] = NULL;
    return (ssize_t)r->ref_count++;
}

static Value ref_set(Reader *r, ssize_t number, Value v) {
    if (number >= 0 && v) r->refs[number] = incref(v);
    return v;
}

static Value read_ref(Reader *r) {
    uint64_t number;
    if (!read_varint(r, &number)) return NULL;
    if (number >= r->ref_count || !r->refs[number]) return bad_data("invalid reference");
    return incref(r->refs[number]);
}

static Value read_int(Reader *r) {
    uint64_t n;
    return read_varint(r, &n) ? int_from_i64((int64_t)(n >> 1) ^ -(int64_t)(n & 1)) : NULL;
}

static Value read_text(Reader *r, uint8_t tag) {
    size_t n;
    const char *text = (const char *)read_sized(r, &n);
    if (!text) return NULL;
    Value str;
    if (tag == TAG_ASCII) {
        for (size_t i = 0; i < n; i++)
            if (text[i] & 0x80) return bad_data("not ASCII");
        str = str_from_ascii(text, n);
    } else {
        if (!utf8_valid(text, n, true, NULL)) return bad_data("not UTF-8");
        str = str_from_wtf8(text, n);
        if (str && tag == TAG_INTERNED) str_intern_in_place(&str);
    }
    return str;
}

static Value read_tuple(Reader *r) {
    size_t n;
    if (!read_count(r, &n)) return NULL;
    Value tuple = tuple_new(n);
    for (size_t i = 0; tuple && i < n; i++) {
        Value item = read_value(r);
        if (!item) {
            decref(tuple);
            return NULL;
        }
        tuple_init_item_steal(tuple, i, item);
    }
    return tuple;
}

static Value read_list(Reader *r, ssize_t number) {
    size_t n;
    Value list = read_count(r, &n) ? ref_set(r, number, list_new(0)) : NULL;
    for (size_t i = 0; list && i < n; i++) {
        Value item = read_value(r);
        if (item && list_append_steal(list, item) == 0) continue;
        decref(list);
        return NULL;
    }
    return list;
}

static Value read_dict(Reader *r, ssize_t number) {
    Value dict = ref_set(r, number, dict_new());
    while (dict) {
        if (r->at >= r->end) too_short();
        else if (*r->at == TAG_NULL) return r->at++, dict;
        Value key = error_pending() ? NULL : read_value(r), value = key ? read_value(r) : NULL;
        int status = value ? dict_set(dict, key, value) : -1;
        xdecref(key);
        xdecref(value);
        if (status == 0) continue;
        decref(dict);
        return NULL;
    }
    return NULL;
}

static Value read_set(Reader *r, bool frozen, ssize_t number) {
    size_t n;
    Value set = read_count(r, &n) ? (frozen ? frozenset_new(NULL) : ref_set(r, number, set_new(NULL))) : NULL;
    if (frozen && set && n &&
        BITS(set) == BITS(rt->empty_frozenset)) { /* the shared empty one is not ours to fill */
        decref(set);
        Value items = list_new(0);
        for (size_t i = 0; items && i < n; i++) {
            Value item = read_value(r);
            if (!item || list_append_steal(items, item) < 0) CLEAR_FIELD(items);
        }
        set = items ? frozenset_new(items) : NULL;
        xdecref(items);
        return set;
    }
    for (size_t i = 0; set && i < n; i++) {
        Value item = read_value(r);
        int status = item ? set_add(set, item) : -1;
        xdecref(item);
        if (status < 0) {
            decref(set);
            return NULL;
        }
    }
    return set;
}

/* ---- code --------------------------------------------------------------------------------------- */

static bool read_code_values(Reader *r, Code *code) {
    Value *const fields[] = {&code->name,  &code->qualname,    &code->filename, &code->consts,
                             &code->names, &code->local_names, &code->doc,      &code->self_attributes};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        if (i >= 6 && r->at < r->end && *r->at == TAG_NULL) {
            r->at++;
            continue;
        }
        if (!(*fields[i] = read_value(r))) return false;
        bool good = i < 3 || i == 6 ? IS_EXACT(*fields[i], str) : IS_EXACT(*fields[i], tuple);
        if (!good) return bad_data("code field"), false;
    }
    Value const names[] = {code->names, code->local_names, code->self_attributes};
    for (size_t i = 0; i < 3; i++)
        for (size_t j = 0; names[i] && j < tuple_length(names[i]); j++)
            if (!IS_EXACT(tuple_item_borrow(names[i], j), str)) return bad_data("code name"), false;
    return true;
}

static bool read_instructions(Reader *r, Code *code) {
    uint32_t n, i = 0;
    if (!read_u32(r, &n)) return false;
    if (n == 0 || n / 16 > (size_t)(r->end - r->at))
        return bad_data("code size"), false; /* most of a unit's companions are caches */
    code->instructions = heap_alloc_zero(rt->heap, n * sizeof(Instr));
    if (!code->instructions) return raise_no_memory(), false;
    code->instruction_count = n;
    while (i < n) {
        const uint8_t *bytes = read_raw(r, sizeof(Instr));
        if (!bytes) return false;
        memcpy(&code->instructions[i], bytes, sizeof(Instr));
        uint8_t op = code->instructions[i].op;
        if (!opcode_names[op] || opcode_base[op] != op) return bad_data("opcode"), false;
        i += 1u + opcode_caches[op];
    }
    return i == n || (bad_data("code size"), false);
}

static bool read_exception_rows(Reader *r, Code *code) {
    uint32_t n;
    if (!read_u32(r, &n)) return false;
    if (n > (size_t)(r->end - r->at)) return too_short(), false;
    if (!n) return true;
    code->exception_rows = heap_alloc(rt->heap, n * sizeof *code->exception_rows);
    if (!code->exception_rows) return raise_no_memory(), false;
    code->exception_row_count = n;
    for (uint32_t i = 0; i < n; i++) {
        ExceptionRow *row = &code->exception_rows[i];
        uint32_t length;
        if (!read_u32(r, &row->start) || !read_u32(r, &length) || !read_u32(r, &row->target) ||
            !read_u32(r, &row->depth_lasti))
            return false;
        row->end = row->start + length;
    }
    return true;
}

static void *copy_of(const uint8_t *bytes, size_t n) {
    void *copy = heap_alloc(rt->heap, n + 1);
    if (!copy) return raise_no_memory();
    if (n) memcpy(copy, bytes, n);
    return copy;
}

static bool fill_code(Reader *r, Code *code) {
    uint32_t *const numbers[] = {&code->arg_count,          &code->positional_only_count,
                                 &code->keyword_only_count, &code->local_count,
                                 &code->cell_count,         &code->free_count,
                                 &code->stack_size,         &code->flags,
                                 &code->first_line};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (!read_u32(r, numbers[i])) return false;
    if (!read_code_values(r, code)) return false;
    code->locals_plus_count = (uint32_t)tuple_length(code->local_names);
    const uint8_t *kinds = read_raw(r, code->locals_plus_count);
    if (!kinds || !(code->local_kinds = copy_of(kinds, code->locals_plus_count))) return false;
    if (!read_instructions(r, code) || !read_exception_rows(r, code)) return false;
    size_t size;
    const uint8_t *lines = read_sized(r, &size);
    if (!lines || !(code->line_table = copy_of(lines, size))) return false;
    code->line_table_size = (uint32_t)size;
    int good = code_is_well_formed(code);
    if (good > 0 && !r->trusted) good = code_prove(code);
    return good > 0 || (good == 0 && (bad_data("code"), false));
}

static Value read_code(Reader *r) {
    Code *code = code_alloc();
    if (!code) return NULL;
    if (!fill_code(r, code)) {
        DECREF(code);
        return NULL;
    }
    return AS_VALUE(code);
}

/* ---- the switch --------------------------------------------------------------------------------- */

static Value read_tagged(Reader *r, uint8_t tag, ssize_t number) {
    size_t n;
    const uint8_t *bytes;
    double parts[2];
    switch (tag) {
    case TAG_NONE: return NONE;
    case TAG_TRUE: return TRUE;
    case TAG_FALSE: return FALSE;
    case TAG_ELLIPSIS: return ELLIPSIS;
    case TAG_STOP_ITERATION: return incref(AS_VALUE(TYPE(StopIteration)));
    case TAG_REF: return read_ref(r);
    case TAG_INT: return read_int(r);
    case TAG_BIG_INT: return (bytes = read_sized(r, &n)) ? int_from_bytes(bytes, n, true, true) : NULL;
    case TAG_FLOAT:
        if (!(bytes = read_raw(r, sizeof(double)))) return NULL;
        memcpy(parts, bytes, sizeof(double));
        return float_new(parts[0]);
    case TAG_COMPLEX:
        if (!(bytes = read_raw(r, sizeof parts))) return NULL;
        memcpy(parts, bytes, sizeof parts);
        return complex_new(parts[0], parts[1]);
    case TAG_BYTES: return (bytes = read_sized(r, &n)) ? bytes_from(bytes, n) : NULL;
    case TAG_STR:
    case TAG_ASCII:
    case TAG_INTERNED: return read_text(r, tag);
    case TAG_TUPLE: return read_tuple(r);
    case TAG_LIST: return read_list(r, number);
    case TAG_DICT: return read_dict(r, number);
    case TAG_SET: return read_set(r, false, number);
    case TAG_FROZENSET: return read_set(r, true, number);
    case TAG_CODE: return read_code(r);
    default: return bad_data("unknown type code");
    }
}

static Value read_value(Reader *r) {
    if (r->at >= r->end) return raise_error(T_EOFError, "EOF read where object expected");
    uint8_t tag = *r->at++;
    if (r->depth >= MAX_DEPTH) return raise_error(T_ValueError, "recursion limit exceeded");
    ssize_t number = -1;
    if ((tag & TAG_MARK) && (number = ref_new(r)) < 0) return NULL;
    r->depth++;
    Value v = read_tagged(r, tag & 0x7F, number);
    r->depth--;
    if (v && number >= 0 && !r->refs[number]) ref_set(r, number, v);
    return v;
}

Value marshal_loads(const void *data, size_t n, bool trusted, size_t *used) {
    Reader r = {.at = data, .end = (const uint8_t *)data + n, .trusted = trusted};
    Value v = read_value(&r);
    if (used) *used = (size_t)(r.at - (const uint8_t *)data);
    for (size_t i = 0; i < r.ref_count; i++) xdecref(r.refs[i]);
    heap_free(rt->heap, r.refs);
    return v;
}
