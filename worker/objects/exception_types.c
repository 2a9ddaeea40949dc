/*
 * exception_types: the rows of exceptions.def as types, and the families with fields: StopIteration,
 * SystemExit, ImportError, NameError, AttributeError, KeyError, SyntaxError and the Unicode errors.
 */
#include "base/names.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/exception_internal.h"
#include "objects/int.h"
#include "objects/str.h"

/* ---- keyword arguments that become fields ---- */

/* names: NULL-terminated; the field of names[i] is first + i. */
static int take_keywords(Value self, const char *const *names, int first, Value const *values,
                         Value kwnames) {
    size_t known = 0, given = kwnames ? tuple_length(kwnames) : 0;
    while (names[known]) known++;
    if (given > known)
        return raise_int(T_TypeError, "%N() takes at most %zu keyword argument%s (%zu given)",
                         type_of(self)->native_base, known, known == 1 ? "" : "s", given);
    for (size_t k = 0; kwnames && k < tuple_length(kwnames); k++) {
        Value key = tuple_item_borrow(kwnames, k);
        int i = 0;
        while (names[i] && !str_equal_cstr(key, names[i])) i++;
        if (!names[i])
            return raise_int(T_TypeError, "'%U' is an invalid keyword argument for %N()", key,
                             type_of(self)->native_base);
        exception_field_put(self, first + i, values[k]);
    }
    return 0;
}

/* ---- VALUE: StopIteration ---- */

static int value_init(Value self, Value const *args, size_t nargs, Value kwnames) {
    if (exception_slot_init(self, args, nargs, kwnames) < 0) return -1;
    exception_field_put(self, STOP_VALUE, nargs ? args[0] : NONE);
    return 0;
}

static const Member value_members[] = {EXCEPTION_FIELD("value", STOP_VALUE, "generator return value"), {0}};

/* ---- CODE: SystemExit ---- */

static int code_init(Value self, Value const *args, size_t nargs, Value kwnames) {
    if (exception_slot_init(self, args, nargs, kwnames) < 0) return -1;
    if (nargs == 1) exception_field_put(self, EXIT_CODE, args[0]);
    if (nargs > 1) exception_field_put(self, EXIT_CODE, exception_of(self)->args);
    return 0;
}

static const Member code_members[] = {EXCEPTION_FIELD("code", EXIT_CODE, "exception code"), {0}};

/* ---- KEY: KeyError shows its key's repr ---- */

static Value key_str(Value self) {
    Value args = exception_of(self)->args;
    if (args && tuple_length(args) == 1) return value_repr(tuple_item_borrow(args, 0));
    return exception_slot_str(self);
}

/* ---- NAME, ATTRIBUTE ---- */

static int name_init(Value self, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"name", NULL};
    if (exception_slot_init(self, args, nargs, NULL) < 0) return -1;
    return take_keywords(self, names, NAME_NAME, args + nargs, kwnames);
}

static const Member name_members[] = {EXCEPTION_FIELD("name", NAME_NAME, "name"), {0}};

static int attribute_init(Value self, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"name", "obj", NULL};
    if (exception_slot_init(self, args, nargs, NULL) < 0) return -1;
    return take_keywords(self, names, ATTRIBUTE_NAME, args + nargs, kwnames);
}

static const Member attribute_members[] = {
    EXCEPTION_FIELD("name", ATTRIBUTE_NAME, "attribute name"),
    EXCEPTION_FIELD("obj", ATTRIBUTE_OBJ, "object"),
    {0},
};

/* ---- IMPORT ---- */

static int import_init(Value self, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"name", "path", NULL};
    if (exception_slot_init(self, args, nargs, NULL) < 0) return -1;
    for (int i = IMPORT_MSG; i <= IMPORT_PATH; i++) CLEAR_FIELD(exception_of(self)->fields[i]);
    if (nargs == 1) exception_field_put(self, IMPORT_MSG, args[0]);
    return take_keywords(self, names, IMPORT_NAME, args + nargs, kwnames);
}

static Value import_str(Value self) {
    Value msg = exception_field(self, IMPORT_MSG);
    if (msg && IS_EXACT(msg, str)) return incref(msg);
    return exception_slot_str(self);
}

static Value import_reduce(Value self) {
    Value name = exception_field(self, IMPORT_NAME), path = exception_field(self, IMPORT_PATH);
    if (!name && !path) return exception_method_reduce(self);
    Dict *d = attrs_dict_borrow(self);
    Value state = d ? dict_copy(AS_VALUE(d)) : NULL, result = NULL;
    if (state && (!name || dict_set(state, NAME(name), name) == 0) &&
        (!path || dict_set(state, NAME(path), path) == 0))
        result = tuple_pack(3, AS_VALUE(type_of(self)), exception_of(self)->args, state);
    xdecref(state);
    return result;
}

static const NativeMethod import_methods[] = {METHOD_NOARGS("__reduce__", import_reduce, NULL), METHOD_END};

static const Member import_members[] = {
    EXCEPTION_FIELD("msg", IMPORT_MSG, "exception message"),
    EXCEPTION_FIELD("name", IMPORT_NAME, "module name"),
    EXCEPTION_FIELD("path", IMPORT_PATH, "module path"),
    {0},
};

/* ---- SYNTAX ---- */

static int syntax_details(Value self, Value info) {
    Value tuple = value_to_tuple(info);
    if (!tuple) return -1;
    size_t n = tuple_length(tuple);
    int status = 0;
    if (n < 4 || n > 6)
        status = raise_int(T_TypeError, "function takes at %s %d arguments (%zu given)",
                           n < 4 ? "least" : "most", n < 4 ? 4 : 6, n);
    else if (n == 5)
        status = raise_int(T_TypeError, "end_offset must be provided when end_lineno is provided");
    for (size_t i = 0; status == 0 && i < n; i++)
        exception_field_put(self, SYNTAX_FILENAME + (int)i, tuple_item_borrow(tuple, i));
    decref(tuple);
    return status;
}

static int syntax_init(Value self, Value const *args, size_t nargs, Value kwnames) {
    if (exception_slot_init(self, args, nargs, kwnames) < 0) return -1;
    if (nargs >= 1) exception_field_put(self, SYNTAX_MSG, args[0]);
    return nargs == 2 ? syntax_details(self, args[1]) : 0;
}

static Value base_name(Value filename) {
    ssize_t n = (ssize_t)str_length(filename), i = n;
    while (i > 0 && str_read(filename, (size_t)i - 1) != '/') i--;
    return str_slice(filename, (size_t)i, (size_t)n);
}

static Value syntax_str(Value self) {
    Value msg = exception_field(self, SYNTAX_MSG), filename = exception_field(self, SYNTAX_FILENAME);
    Value line = exception_field(self, SYNTAX_LINENO);
    bool has_file = filename && is_str(filename), has_line = line && is_int(line);
    if (!msg) msg = NONE;
    if (!has_file && !has_line) return value_str(msg);
    Value base = has_file ? base_name(filename) : NULL;
    if (has_file && !base) return NULL;
    Value result = has_file && has_line ? str_format("%S (%U, line %S)", msg, base, line)
                   : has_file           ? str_format("%S (%U)", msg, base)
                                        : str_format("%S (line %S)", msg, line);
    xdecref(base);
    return result;
}

static const Member syntax_members[] = {
    EXCEPTION_FIELD("msg", SYNTAX_MSG, "exception msg"),
    EXCEPTION_FIELD("filename", SYNTAX_FILENAME, "exception filename"),
    EXCEPTION_FIELD("lineno", SYNTAX_LINENO, "exception lineno"),
    EXCEPTION_FIELD("offset", SYNTAX_OFFSET, "exception offset"),
    EXCEPTION_FIELD("text", SYNTAX_TEXT, "exception text"),
    EXCEPTION_FIELD("end_lineno", SYNTAX_END_LINENO, "exception end lineno"),
    EXCEPTION_FIELD("end_offset", SYNTAX_END_OFFSET, "exception end offset"),
    EXCEPTION_FIELD("print_file_and_line", SYNTAX_PRINT_FILE, "exception print_file_and_line"),
    {0},
};

/* ---- UNICODE ---- */

static bool is_translate(Value self) { return IS(self, UnicodeTranslateError); }

static int unicode_type_error(size_t position, const char *wanted, Value got) {
    return raise_int(T_TypeError, "argument %zu must be %s, not %.50T", position, wanted, got);
}

/* Any bytes-like object becomes bytes. */
static int unicode_object(Value self, Value object) {
    if (!IS(self, UnicodeDecodeError)) {
        if (!is_str(object)) return unicode_type_error(is_translate(self) ? 1 : 2, "str", object);
        exception_field_put(self, UNICODE_OBJECT, object);
        return 0;
    }
    if (is_bytes(object)) {
        exception_field_put(self, UNICODE_OBJECT, object);
        return 0;
    }
    Buffer buffer;
    if (buffer_get(object, &buffer, false) < 0) return -1;
    Value copy = bytes_from(buffer.data, buffer.length);
    buffer_release(&buffer);
    if (!copy) return -1;
    SET_FIELD_STEAL(exception_of(self)->fields[UNICODE_OBJECT], copy);
    return 0;
}

static int unicode_position(Value self, int place, Value value) {
    Value n = value_index(value);
    if (!n) return -1;
    SET_FIELD_STEAL(exception_of(self)->fields[place], n);
    return 0;
}

static int unicode_init(Value self, Value const *args, size_t nargs, Value kwnames) {
    if (exception_slot_init(self, args, nargs, kwnames) < 0) return -1;
    size_t wanted = is_translate(self) ? 4 : 5;
    if (nargs != wanted)
        return raise_int(T_TypeError, "function takes exactly %zu arguments (%zu given)", wanted, nargs);
    if (!is_translate(self)) {
        if (!is_str(args[0])) return unicode_type_error(1, "str", args[0]);
        exception_field_put(self, UNICODE_ENCODING, *args++);
    }
    if (unicode_object(self, args[0]) < 0 || unicode_position(self, UNICODE_START, args[1]) < 0 ||
        unicode_position(self, UNICODE_END, args[2]) < 0)
        return -1;
    if (!is_str(args[3])) return unicode_type_error(wanted, "str", args[3]);
    exception_field_put(self, UNICODE_REASON, args[3]);
    return 0;
}

static int64_t unicode_number(Value self, int place) {
    Value v = exception_field(self, place);
    int64_t n = 0;
    if (v && is_int(v)) int_to_i64(v, &n);
    return n;
}

/* "byte 0xff" or "character '\xff'" when it is one, clipped into the object; else NULL without error. */
static Value unicode_subject(Value object, int64_t start, int64_t end) {
    if (end != start + 1 || start < 0) return NULL;
    if (is_bytes(object)) {
        if ((size_t)start >= bytes_length(object)) return NULL;
        return str_format("byte 0x%02x", (unsigned)bytes_data(object)[start]);
    }
    if (!is_str(object) || (size_t)start >= str_length(object)) return NULL;
    uint32_t c = str_read(object, (size_t)start);
    return str_format(c < 0x100     ? "character '\\x%02x'"
                      : c < 0x10000 ? "character '\\u%04x'"
                                    : "character '\\U%08x'",
                      (unsigned)c);
}

static Value unicode_str(Value self) {
    Value object = exception_field(self, UNICODE_OBJECT), reason = exception_field(self, UNICODE_REASON);
    Value encoding = exception_field(self, UNICODE_ENCODING);
    if (!object) return incref(NAME(empty_));
    if (!reason) reason = NONE;
    int64_t start = unicode_number(self, UNICODE_START), end = unicode_number(self, UNICODE_END);
    bool decode = IS(self, UnicodeDecodeError);
    Value what = unicode_subject(object, start, end);
    if (!what && error_pending()) return NULL;
    Value verb = is_translate(self) ? str_from_cstr("can't translate ")
                                    : str_format("'%S' codec can't %s ", encoding ? encoding : NONE,
                                                 decode ? "decode" : "encode");
    Value result = NULL;
    if (verb && what) result = str_format("%U%U in position %lld: %S", verb, what, (long long)start, reason);
    else if (verb)
        result = str_format("%U%s in position %lld-%lld: %S", verb, decode ? "bytes" : "characters",
                            (long long)start, (long long)end - 1, reason);
    xdecref(verb);
    xdecref(what);
    return result;
}

static const Member unicode_members[] = {
    EXCEPTION_FIELD("encoding", UNICODE_ENCODING, "exception encoding"),
    EXCEPTION_FIELD("object", UNICODE_OBJECT, "exception object"),
    {"start", MEMBER_VALUE_INT, EXCEPTION_PLACE(UNICODE_START), false, "exception start"},
    {"end", MEMBER_VALUE_INT, EXCEPTION_PLACE(UNICODE_END), false, "exception end"},
    EXCEPTION_FIELD("reason", UNICODE_REASON, "exception reason"),
    {0},
};

/* ---- the table ---- */

/* Where a family begins, its instances have fields of their own: two families do not mix. */
static int family_boot(Type *t) {
    if (t->spec->members && t->spec->members != t->base->spec->members) t->flags |= TYPE_SOLID;
    return 0;
}

#define NEW_INIT(new_function, init_function) .new_ = new_function, .init = init_function

#define EXCEPTION_BASE                                                                                       \
    .slots = {.getattr = object_getattr,                                                                     \
              .setattr = object_setattr,                                                                     \
              NEW_INIT(exception_slot_new, exception_slot_init),                                             \
              .str = exception_slot_str,                                                                     \
              .repr = exception_slot_repr,                                                                   \
              .traverse = exception_traverse,                                                                \
              .clear = exception_clear,                                                                      \
              .free = exception_free},                                                                       \
    .basic_size = sizeof(BaseException), .has_attrs = true, .methods = exception_methods,                    \
    .getset = exception_getset, .members = exception_members
#define EXCEPTION_PLAIN .slots = {NEW_INIT(exception_slot_new, exception_slot_init)}
#define EXCEPTION_KEY   .slots = {NEW_INIT(exception_slot_new, exception_slot_init), .str = key_str}
#define EXCEPTION_VALUE .slots = {NEW_INIT(exception_slot_new, value_init)}, .members = value_members
#define EXCEPTION_CODE  .slots = {NEW_INIT(exception_slot_new, code_init)}, .members = code_members
#define EXCEPTION_NAME                                                                                       \
    .slots = {NEW_INIT(exception_slot_new, name_init), .str = exception_slot_str}, .members = name_members
#define EXCEPTION_ATTRIBUTE                                                                                  \
    .slots = {NEW_INIT(exception_slot_new, attribute_init), .str = exception_slot_str},                      \
    .members = attribute_members
#define EXCEPTION_IMPORT                                                                                     \
    .slots = {NEW_INIT(exception_slot_new, import_init), .str = import_str}, .methods = import_methods,      \
    .members = import_members
#define EXCEPTION_OS                                                                                         \
    .slots = {NEW_INIT(os_error_new, os_error_init), .str = os_error_str}, .methods = os_error_methods,      \
    .getset = os_error_getset, .members = os_error_members
#define EXCEPTION_SYNTAX                                                                                     \
    .slots = {NEW_INIT(exception_slot_new, syntax_init), .str = syntax_str}, .members = syntax_members
#define EXCEPTION_UNICODE                                                                                    \
    .slots = {NEW_INIT(exception_slot_new, unicode_init), .str = unicode_str}, .members = unicode_members
#define EXCEPTION_GROUP                                                                                      \
    .slots = {NEW_INIT(group_new, group_init), .str = group_str}, .methods = group_methods,                  \
    .members = group_members

/* A derived type names its family's rows too; its dict leaves out what its base's has (type_boot.c). */
#define EXCEPTION_ROW(id, base, family, text)                                                                \
    const TypeSpec id##_type_spec = {                                                                        \
        .name = #id,                                                                                         \
        .doc = text,                                                                                         \
        .flags = TYPE_SUBCLASSABLE | TYPE_GC,                                                                \
        .boot = family_boot,                                                                                 \
        EXCEPTION_##family,                                                                                  \
    };
#include "objects/exceptions.def"
