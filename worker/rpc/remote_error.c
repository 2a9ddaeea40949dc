/*
 * remote_error: exceptions across the boundary: class, arguments, fields, attributes, notes, causes, and
 * tracebacks as entries of text that become traceback objects again, with frames that hold no variables.
 */
#include <stdlib.h>

#include "compile/compile.h"
#include "compile/linetable.h"
#include "objects/dict.h"
#include "objects/exception.h"
#include "objects/int.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "rpc/pack.h"
#include "rpc/unpack.h"
#include "vm/vm_internal.h"

enum {
    EDGE_CLASS,
    EDGE_ARGS,
    EDGE_STATE,
    EDGE_CAUSE,
    EDGE_CONTEXT,
    EDGE_SUPPRESS,
    EDGE_NOTES,
    EDGE_TRACEBACK,
    EXCEPTION_EDGES
};

/* ---- fields of the built-in families ---- */

/* By place; NULL ends them. What AttributeError was raised for (obj) stays at home: it can be anything. */
static const struct {
    TypeId family;
    const char *names[EXCEPTION_FIELDS];
} families[] = {
    {T_StopIteration, {"value"}},
    {T_SystemExit, {"code"}},
    {T_ImportError, {"msg", "name", "path"}},
    {T_NameError, {"name"}},
    {T_AttributeError, {"name"}},
    {T_OSError, {"errno", "strerror", "filename", "filename2", "characters_written"}},
    {T_SyntaxError,
     {"msg", "filename", "lineno", "offset", "text", "end_lineno", "end_offset", "print_file_and_line"}},
    {T_UnicodeError, {"encoding", "object", "start", "end", "reason"}},
    {T_BaseExceptionGroup, {"message", "exceptions"}},
};

static const char *const *field_names(Value exception) {
    static const char *const none[] = {NULL};
    for (size_t i = 0; i < sizeof families / sizeof *families; i++)
        if (value_is_instance(exception, rt->types[families[i].family])) return families[i].names;
    return none;
}

/* Where the field of that name is, or NULL. */
static Value *field_by_name(Value exception, Value name) {
    const char *const *names = field_names(exception);
    for (int i = 0; i < EXCEPTION_FIELDS && names[i]; i++)
        if (str_equal_cstr(name, names[i])) return &exception_of(exception)->fields[i];
    return NULL;
}

/* ---- sending an exception ---- */

static Value notes_borrow(Value v) {
    Value notes = attrs_get_borrow(v, NAME(__notes__));
    return notes && IS_EXACT(notes, list) ? notes : NULL;
}

static int visit_own(Packer *p, Value v, int (*visit)(Packer *, Value, Value), Value *names) {
    const char *const *fields = field_names(v);
    for (int i = 0; i < EXCEPTION_FIELDS && fields[i]; i++) {
        Value value = exception_of(v)->fields[i];
        if (value && visit(p, names ? names[i] : NULL, value) < 0) return -1;
    }
    return 0;
}

static int count_one(Packer *p, Value name, Value value) {
    (void)name, (void)value;
    p->attr_count++;
    return 0;
}

static int write_unless_notes(Packer *p, Value name, Value value) {
    if (IS_EXACT(name, str) && str_equal(name, NAME(__notes__)) && IS_EXACT(value, list)) return 0;
    return pack_attr(p, name, value);
}

static uint32_t count_state(Packer *p, Value v) {
    uint32_t attributes = pack_count_state(p, v) - (notes_borrow(v) != NULL);
    p->attr_count = 0;
    visit_own(p, v, count_one, NULL);
    return attributes + p->attr_count;
}

int pack_exception_state(Packer *p, Value v) {
    Value names[EXCEPTION_FIELDS] = {NULL};
    const char *const *fields = field_names(v);
    int status = 0;
    for (int i = 0; i < EXCEPTION_FIELDS && fields[i]; i++)
        if (!(names[i] = str_from_cstr(fields[i]))) status = -1;
    if (status == 0) {
        ipc_graph_node(&p->writer, IPC_K_DICT, count_state(p, v));
        if (visit_own(p, v, pack_attr, names) < 0 || pack_visit_state(p, v, write_unless_notes) < 0)
            status = -1;
    }
    for (int i = 0; i < EXCEPTION_FIELDS; i++) xdecref(names[i]);
    return status;
}

static Value or_null(Value v) { return v == NONE ? NULL : v; }

int pack_exception(Packer *p, Value v) {
    BaseException *e = exception_of(v);
    bool state = count_state(p, v) > 0;
    Value args = e->args && IS_EXACT(e->args, tuple) ? e->args : rt->empty_tuple;
    Value traceback = e->traceback && IS_EXACT(e->traceback, traceback) ? e->traceback : NULL;
    ipc_graph_node(&p->writer, IPC_K_EXCEPTION, 0);
    if (pack_edge(p, AS_VALUE(type_of(v))) < 0 || pack_edge(p, args) < 0) return -1;
    if (state ? pack_edge_as(p, v, ROLE_EXCEPTION_STATE) < 0 : pack_edge_or_nil(p, NULL) < 0) return -1;
    if (pack_edge_or_nil(p, or_null(e->cause)) < 0 || pack_edge_or_nil(p, or_null(e->context)) < 0) return -1;
    ipc_graph_bool(&p->writer, e->suppress_context);
    return pack_edge_or_nil(p, notes_borrow(v)) < 0 || pack_edge_or_nil(p, traceback) < 0 ? -1 : 0;
}

/* ---- sending a traceback ---- */

static const Code *code_of(Value tb) { return ((FrameObject *)traceback_frame_borrow(tb))->frame->code; }

/* The lines' texts (None where there is none), one for each entry. New list; NULL raised. */
static Value line_texts(Value tb) {
    Value list = list_new(0);
    for (; list && tb; tb = traceback_next_borrow(tb)) {
        Value text = vm_code_source_line(code_of(tb), traceback_line(tb));
        if (!text && error_pending()) CLEAR_FIELD(list);
        else if (list_append_steal(list, text ? text : NONE) < 0) CLEAR_FIELD(list);
    }
    return list;
}

static int write_entry(Packer *p, Value tb, Value text) {
    const Code *code = code_of(tb);
    int unit = traceback_unit(tb), line = traceback_line(tb);
    Position at = unit >= 0 ? code_position(code, (uint32_t)unit) : (Position){-1, -1, -1, -1};
    if (at.line != line || at.column < 0) at = (Position){line, -1, -1, -1};
    if (pack_text(p, code->filename) < 0 || pack_text(p, code->name) < 0) return -1;
    ipc_graph_int(&p->writer, line);
    ipc_graph_int(&p->writer, at.end_line);
    ipc_graph_int(&p->writer, at.column);
    ipc_graph_int(&p->writer, at.end_column);
    return pack_text(p, text == NONE ? NULL : text);
}

int pack_traceback(Packer *p, Value v) {
    Value texts = line_texts(v);
    if (!texts) return -1;
    size_t n = list_length(texts);
    int status = 0;
    ipc_graph_node(&p->writer, IPC_K_TRACEBACK, (uint32_t)n);
    for (size_t i = 0; status == 0 && v && i < n; i++, v = traceback_next_borrow(v))
        status = write_entry(p, v, list_item_borrow(texts, i));
    decref(texts);
    return status;
}

/* ---- receiving an exception ---- */

int unpack_exception_shell(Unpacker *u, uint32_t node) {
    IpcToken token;
    Value cls;
    unpack_fixed(u, node, &token, 1);
    int found = unpack_edge(u, &token, &cls);
    if (found <= 0) return found;
    bool good = is_type(cls) && (((Type *)cls)->flags & TYPE_EXCEPTION_SUBCLASS);
    if (!good) raise_error(T_TypeError, "an exception of a class that is none");
    Value v = good ? TYPE(BaseException)->slots.new_((Type *)cls, NULL, 0, NULL) : NULL;
    decref(cls);
    if (v && value_is_instance(v, TYPE(BaseExceptionGroup))) { /* a group always has both */
        exception_of(v)->fields[GROUP_MESSAGE] = incref(NAME(empty_));
        exception_of(v)->fields[GROUP_EXCEPTIONS] = incref(rt->empty_tuple);
    }
    u->values[node] = v;
    return v ? 1 : -1;
}

static bool is_tuple_of_exceptions(Value v) {
    if (!IS_EXACT(v, tuple) || !tuple_length(v)) return false;
    for (size_t i = 0; i < tuple_length(v); i++)
        if (!is_exception(tuple_item_borrow(v, i))) return false;
    return true;
}

static int set_group_field(Value v, Value *field, Value value) {
    bool message = field == &exception_of(v)->fields[GROUP_MESSAGE];
    if (message ? !is_str(value) : !is_tuple_of_exceptions(value))
        return raise_int(T_TypeError, "a group of what is no exception");
    SET_FIELD_STEAL(*field, incref(value));
    return 0;
}

int unpack_set_exception_attribute(Unpacker *u, uint32_t owner, Value name, Value value) {
    Value v = u->values[owner];
    if (!value) return 0;
    Value *field = field_by_name(v, name);
    if (!field) return unpack_set_attribute(u, owner, name, value);
    if (value_is_instance(v, TYPE(BaseExceptionGroup))) return set_group_field(v, field, value);
    SET_FIELD_STEAL(*field, incref(value));
    return 0;
}

int unpack_set_exception_edge(Unpacker *u, uint32_t owner, uint64_t edge, Value value) {
    BaseException *e = exception_of(u->values[owner]);
    if (edge == EDGE_ARGS && IS_EXACT(value, tuple)) SET_FIELD_STEAL(e->args, incref(value));
    else if (edge == EDGE_CAUSE && is_exception(value)) SET_FIELD_STEAL(e->cause, incref(value));
    else if (edge == EDGE_CONTEXT && is_exception(value)) SET_FIELD_STEAL(e->context, incref(value));
    else if (edge == EDGE_TRACEBACK && IS_EXACT(value, traceback))
        SET_FIELD_STEAL(e->traceback, incref(value));
    else if (edge == EDGE_NOTES) return attrs_set(AS_VALUE(e), NAME(__notes__), value);
    else return raise_int(T_TypeError, "an exception with %T in a field", value);
    return 0;
}

int unpack_exception_fill(Unpacker *u, uint32_t node) {
    static const uint8_t edges[] = {EDGE_ARGS, EDGE_CAUSE, EDGE_CONTEXT, EDGE_NOTES, EDGE_TRACEBACK};
    IpcToken tokens[EXCEPTION_EDGES];
    unpack_fixed(u, node, tokens, EXCEPTION_EDGES);
    for (size_t i = 0; i < sizeof edges; i++) {
        Value value;
        const IpcToken *token = &tokens[edges[i]];
        if (token->type == IPC_T_NIL) continue;
        int found = unpack_edge(u, token, &value);
        int status = found < 0 ? -1
                     : found   ? unpack_set_exception_edge(u, node, edges[i], value)
                               : unpack_pending(u, node, PART_NONE, edges[i], token);
        if (found > 0) decref(value);
        if (status < 0) return -1;
    }
    exception_of(u->values[node])->suppress_context = tokens[EDGE_SUPPRESS].boolean;
    return unpack_pairs(u, node, EDGE_STATE, &tokens[EDGE_STATE], unpack_set_exception_attribute);
}

/* ---- receiving a traceback ---- */

typedef struct Entry {
    Value filename, function, text; /* owned; text: or NULL */
    Position at;
} Entry;

enum { SHOWN_LINE_MAX = 1 << 16 };

/* A text whose line number `line` is the one given. New. */
static Value text_at_line(int line, Value text) {
    StrBuilder b = STR_BUILDER_INIT;
    if (str_builder_add_repeat(&b, '\n', (size_t)line - 1) < 0 || str_builder_add(&b, text) < 0) {
        str_builder_drop(&b);
        return NULL;
    }
    return str_builder_finish(&b);
}

/* One unit at the entry's position. */
static int set_position(Code *code, Position at) {
    Bump bump;
    LineTable table;
    BumpAllocator allocator = compile_allocator();
    bump_init(&bump, &allocator);
    linetable_init(&table, &bump, (int32_t)code->first_line);
    bool good = linetable_add(&table, at, 1) && linetable_finish(&table);
    if (good && (code->line_table = heap_alloc(rt->heap, table.size + 1))) {
        memcpy(code->line_table, table.bytes, table.size);
        code->line_table_size = table.size;
    }
    bump_drop(&bump);
    return code->line_table ? 0 : (raise_no_memory(), -1);
}

/* A code of one instruction, with the names and the place that a traceback shows. */
static Code *entry_code(const Entry *entry) {
    Code *code = code_alloc();
    if (!code) return NULL;
    code->name = incref(entry->function);
    code->qualname = incref(entry->function);
    code->filename = incref(entry->filename);
    code->names = incref(rt->empty_tuple);
    code->local_names = incref(rt->empty_tuple);
    code->consts = tuple_pack(1, NONE);
    code->first_line = entry->at.line > 0 ? (uint32_t)entry->at.line : 1;
    code->version = vm_new_code_version();
    code->received = true;
    code->instructions = heap_alloc(rt->heap, sizeof *code->instructions);
    bool good = code->consts && code->instructions && set_position(code, entry->at) == 0;
    if (good && entry->text && entry->at.line > 0 && entry->at.line <= SHOWN_LINE_MAX)
        good = (code->source = text_at_line(entry->at.line, entry->text));
    if (code->instructions) {
        *code->instructions = (Instr){OPCODE_RETURN_CONST, 0, 0};
        code->instruction_count = 1;
    }
    if (good) return code;
    if (!error_pending()) raise_no_memory();
    DECREF(code);
    return NULL;
}

/* A frame that has ended, without variables. */
static Value entry_frame(Code *code) {
    Value globals = dict_new(), function = globals ? function_new(code, (Dict *)globals, NULL) : NULL;
    FrameObject *o = function ? heap_object_new(rt->heap, &TYPE(frame)->kind, sizeof *o) : NULL;
    xdecref(globals);
    if (!o) {
        xdecref(function);
        return error_pending() ? NULL : raise_no_memory();
    }
    o->back = o->trace = NULL;
    o->trace_lines = true;
    o->trace_opcodes = false;
    o->own = (Frame){.function = (Function *)function,
                     .code = code,
                     .pc = code->instructions + 1,
                     .sp = o->own.slots,
                     .object = o,
                     .bits = FRAME_OF_OBJECT};
    o->frame = &o->own;
    heap_track(rt->heap, &o->head);
    return AS_VALUE(o);
}

/* Entries that are the same, as in deep recursion, share a frame. */
static bool same_entry(const Entry *a, const Entry *b) {
    return memcmp(&a->at, &b->at, sizeof a->at) == 0 && str_equal(a->filename, b->filename) &&
           str_equal(a->function, b->function) &&
           (a->text ? b->text && str_equal(a->text, b->text) : !b->text);
}

static Value chain(const Entry *entries, size_t n) {
    Value tb = NULL, frame = NULL;
    for (size_t i = n; i-- > 0;) {
        if (!frame || !same_entry(&entries[i], &entries[i + 1])) {
            Code *code = entry_code(&entries[i]);
            SET_FIELD_STEAL(frame, code ? entry_frame(code) : NULL);
            if (code) DECREF(code);
        }
        Value outer = frame ? traceback_new(tb, frame, 0, entries[i].at.line) : NULL;
        xdecref(tb);
        if (!(tb = outer)) break;
    }
    xdecref(frame);
    return tb;
}

static int number(const IpcToken *token) {
    return token->type == IPC_T_UINT && token->uint <= INT32_MAX ? (int)token->uint : -1;
}

static int read_entry(IpcNode *n, Entry *entry) {
    IpcToken t[7];
    for (int i = 0; i < 7; i++)
        if (!ipc_graph_edge(n, &t[i])) return -1;
    entry->at = (Position){number(&t[2]), number(&t[3]), number(&t[4]), number(&t[5])};
    if (entry->at.end_line < entry->at.line || entry->at.column < 0 || entry->at.end_column < 0)
        entry->at = (Position){entry->at.line, entry->at.line, -1, -1};
    entry->filename = unpack_text(&t[0]);
    entry->function = unpack_text(&t[1]);
    entry->text = unpack_text(&t[6]);
    return entry->filename && entry->function && !error_pending() ? 0 : -1;
}

int unpack_traceback_shell(Unpacker *u, uint32_t node) {
    IpcNode n;
    ipc_graph_get(&u->graph, node, &n);
    Entry *entries = calloc((size_t)n.groups + 1, sizeof *entries);
    if (!entries) return raise_no_memory(), -1;
    int status = n.groups ? 0 : raise_int(T_ValueError, "a traceback without entries");
    for (uint32_t i = 0; status == 0 && i < n.groups; i++) status = read_entry(&n, &entries[i]);
    if (status == 0) u->values[node] = chain(entries, n.groups);
    for (uint32_t i = 0; i < n.groups; i++) {
        xdecref(entries[i].filename);
        xdecref(entries[i].function);
        xdecref(entries[i].text);
    }
    free(entries);
    return u->values[node] ? 1 : -1;
}
