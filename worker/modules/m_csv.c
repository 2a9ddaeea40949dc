/* _csv: rows of text files: readers, writers, and the dialects that they have by name. */
#include "modules/csv.h"

#include "objects/dict.h"
#include "objects/int.h"

static Value register_dialect(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    if (!args_count("register_dialect", nargs, 1, 2)) return NULL;
    if (!is_str(args[0])) return raise_error(T_TypeError, "dialect name must be a string");
    Value dialect = csv_dialect_new(CSV->dialect, nargs > 1 ? args[1] : NULL, args + nargs, kwnames);
    int status = dialect ? dict_set(CSV->dialects, args[0], dialect) : -1;
    xdecref(dialect);
    return status < 0 ? NULL : NONE;
}

static bool name_argument(const char *function, Value const *args, size_t nargs, Value kwnames, Value *name) {
    static const char *const names[] = {"name", NULL};
    ArgSpec spec = {function, names, 1, 1, 1};
    return args_bind(&spec, args, nargs, kwnames, name);
}

static Value get_dialect(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    Value name;
    return name_argument("get_dialect", args, nargs, kwnames, &name) ? csv_dialect_find(name) : NULL;
}

static Value unregister_dialect(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    Value name;
    if (!name_argument("unregister_dialect", args, nargs, kwnames, &name)) return NULL;
    int status = dict_delete(CSV->dialects, name);
    if (status > 0) raise_type(CSV->error, "unknown dialect");
    return status ? NULL : NONE;
}

static Value list_dialects(Value module) { return (void)module, dict_keys_list(CSV->dialects); }

static Value field_size_limit(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    static const char *const names[] = {"new_limit", NULL};
    static const ArgSpec spec = {"field_size_limit", names, 1, 0, 1};
    Value out[1];
    int64_t old = CSV->field_limit, limit;
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    if (out[0]) {
        if (!is_int(out[0]) || is_bool(out[0])) return raise_error(T_TypeError, "limit must be an integer");
        if (value_as_i64(out[0], &limit) < 0) return NULL;
        CSV->field_limit = limit;
    }
    return int_from_i64(old);
}

static const NativeMethod functions[] = {
    METHOD_KW("reader", csv_reader,
              "reader(iterable [, dialect='excel'] [optional keyword args])\n\nRows from lines."),
    METHOD_KW("writer", csv_writer,
              "writer(fileobj [, dialect='excel'] [optional keyword args])\n\nRows to a file."),
    METHOD_KW("register_dialect", register_dialect,
              "register_dialect(name[, dialect[, **fmtparams]])\n\nGives a dialect a name."),
    METHOD_KW("unregister_dialect", unregister_dialect,
              "unregister_dialect($module, /, name)\n--\n\nForgets a dialect's name."),
    METHOD_KW("get_dialect", get_dialect, "get_dialect($module, /, name)\n--\n\nThe dialect of a name."),
    METHOD_NOARGS("list_dialects", list_dialects,
                  "list_dialects($module, /)\n--\n\nThe names of all dialects."),
    METHOD_KW("field_size_limit", field_size_limit,
              "field_size_limit($module, /, new_limit=<unrepresentable>)\n--\n\nThe longest "
              "field that a reader takes; sets it, if given."),
    METHOD_END,
};

static int ready(Value module) {
    CsvState *state = module_state_new(M_csv, sizeof *state);
    if (!state) return -1;
    if (!state->field_limit) state->field_limit = 128 * 1024;
    if (!state->dialects && !(state->dialects = dict_new())) return -1;
    if (!state->error &&
        !(state->error = type_new_simple("_csv.Error", AS_VALUE(TYPE(Exception)), NULL, NULL)))
        return -1;
    if (module_make_type(module, &state->dialect, &csv_dialect_spec, NULL) < 0 ||
        module_ready_type(&state->reader, &csv_reader_spec, NULL) < 0 ||
        module_ready_type(&state->writer, &csv_writer_spec, NULL) < 0)
        return -1;
    if (module_add(module, "Reader", INCREF(AS_VALUE(state->reader))) < 0 ||
        module_add(module, "Writer", INCREF(AS_VALUE(state->writer))) < 0 ||
        module_add(module, "Error", INCREF(AS_VALUE(state->error))) < 0 ||
        module_add(module, "_dialects", INCREF(state->dialects)) < 0 ||
        module_add_text(module, "__version__", "1.0") < 0)
        return -1;
    if (module_add_int(module, "QUOTE_MINIMAL", QUOTE_MINIMAL) < 0 ||
        module_add_int(module, "QUOTE_ALL", QUOTE_ALL) < 0 ||
        module_add_int(module, "QUOTE_NONNUMERIC", QUOTE_NONNUMERIC) < 0)
        return -1;
    return module_add_int(module, "QUOTE_NONE", QUOTE_NONE);
}

const ModuleSpec module_csv = {"_csv", "Rows of text with separators: reading and writing.", functions,
                               ready};
