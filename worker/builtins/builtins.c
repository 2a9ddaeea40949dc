/* builtins: the module put together. */
#include "builtins/builtins.h"

#include "modules/module.h"
#include "objects/dict.h"
#include "objects/str.h"

static int add_rows(Value module, const NativeMethod *row) {
    for (; row->name; row++)
        if (module_add(module, row->name, native_new(row, module, NAME(builtins))) < 0) return -1;
    return 0;
}

static const uint16_t public_types[] = {
    T_object,    T_type,      T_int,        T_bool,     T_float,       T_complex,      T_str,
    T_bytes,     T_bytearray, T_memoryview, T_list,     T_tuple,       T_dict,         T_set,
    T_frozenset, T_range,     T_slice,      T_property, T_classmethod, T_staticmethod, T_super,
    T_enumerate, T_zip,       T_map,        T_filter,   T_reversed,
#define EXCEPTION_ROW(id, base, layout, doc) T_##id,
#include "objects/exceptions.def"
#undef EXCEPTION_ROW
};

static int add_types(Value module) {
    for (size_t i = 0; i < sizeof public_types / sizeof *public_types; i++)
        if (module_add_type(module, rt->types[public_types[i]]) < 0) return -1;
    return 0;
}

static int add_constants(Value module) {
    static const struct {
        const char *name;
        Value value;
    } rows[] = {
        {"None", NONE},
        {"False", FALSE},
        {"True", TRUE},
        {"Ellipsis", ELLIPSIS},
        {"NotImplemented", NOT_IMPLEMENTED},
        {"__debug__", TRUE},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (module_add(module, rows[i].name, rows[i].value) < 0) return -1;
    if (module_add(module, "EnvironmentError", incref(AS_VALUE(TYPE(OSError)))) < 0) return -1;
    return module_add(module, "IOError", incref(AS_VALUE(TYPE(OSError))));
}

/* open belongs to io, and says so. */
static int add_open(Value module) {
    Value name = str_intern_cstr("io");
    int status = name ? module_add(module, "open", native_new(&builtins_open, module, name)) : -1;
    xdecref(name);
    return status;
}

static int builtins_ready(Value module) {
    const NativeMethod *tables[] = {builtins_attributes, builtins_iteration, builtins_numbers,
                                    builtins_running, builtins_text};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        if (add_rows(module, tables[i]) < 0) return -1;
    return add_open(module) < 0 || add_constants(module) < 0 || add_types(module) < 0
               ? -1
               : builtins_add_site(module);
}

const ModuleSpec module_builtins = {
    .name = "builtins",
    .doc = "What every program can name without importing anything.",
    .ready = builtins_ready,
};

int builtins_boot(void) {
    Value module = module_from_spec(&module_builtins);
    if (!module) return -1;
    incref(AS_VALUE(module_dict(module)));
    rt->builtins = module_dict(module);
    int status = dict_set(rt->modules, NAME(builtins), module);
    decref(module);
    return status;
}
