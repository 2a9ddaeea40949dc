/* module: native modules from their tables. */
#include "modules/module.h"

#include "objects/bytes.h"
#include "objects/bytes_methods.h"
#include "objects/dict.h"
#include "objects/int.h"
#include "objects/native.h"
#include "objects/str.h"
#include "vm/vm.h"

#define MODULE(id, name) extern const ModuleSpec module_##id;
#include "modules/modules.def"
#undef MODULE

static const ModuleSpec *const module_specs[MODULE_COUNT] = {
#define MODULE(id, name) &module_##id,
#include "modules/modules.def"
#undef MODULE
};

static const char *const module_names[MODULE_COUNT] = {
#define MODULE(id, name) name,
#include "modules/modules.def"
#undef MODULE
};

int modules_boot(void) {
    rt->module_state = heap_calloc(rt->heap, MODULE_COUNT, sizeof(void *));
    return rt->module_state ? 0 : -1;
}

const ModuleSpec *module_spec_find(const char *name) {
    for (size_t i = 0; i < MODULE_COUNT; i++)
        if (strcmp(module_names[i], name) == 0) return module_specs[i];
    return NULL;
}

const char *module_name_at(size_t i) { return i < MODULE_COUNT ? module_names[i] : NULL; }

void *module_state_new(ModuleId id, size_t bytes) {
    void **states = rt->module_state;
    if (!states[id]) states[id] = heap_alloc_zero(rt->heap, bytes);
    if (!states[id]) raise_no_memory();
    return states[id];
}

static int add_functions(Value module, const NativeMethod *row, Value name) {
    for (; row && row->name; row++)
        if (module_add(module, row->name, native_new(row, module, name)) < 0) return -1;
    return 0;
}

int module_add_functions(Value module, const NativeMethod *rows) {
    return add_functions(module, rows, ((Module *)module)->name);
}

Value module_from_spec(const ModuleSpec *spec) {
    Value name = str_intern_cstr(spec->name);
    Value module = name ? module_new(name) : NULL;
    if (!module || (spec->doc && module_add_text(module, "__doc__", spec->doc) < 0) ||
        add_functions(module, spec->functions, name) < 0 || (spec->ready && spec->ready(module) < 0)) {
        xdecref(module);
        xdecref(name);
        return NULL;
    }
    decref(name);
    return module;
}

int module_add(Value module, const char *name, Value value) {
    if (!value) return -1;
    Value key = str_intern_cstr(name);
    int status = key ? dict_set(AS_VALUE(module_dict(module)), key, value) : -1;
    xdecref(key);
    decref(value);
    return status;
}

int module_add_int(Value module, const char *name, int64_t n) {
    return module_add(module, name, int_from_i64(n));
}

int module_add_text(Value module, const char *name, const char *text) {
    return module_add(module, name, str_from_cstr(text));
}

int module_add_type(Value module, Type *type) {
    const char *dot = strrchr(type->kind.name, '.');
    return module_add(module, dot ? dot + 1 : type->kind.name, incref(AS_VALUE(type)));
}

int module_ready_type(Type **type, const TypeSpec *spec, Type *base) {
    if (!*type) *type = type_from_spec(spec, base);
    return *type ? 0 : -1;
}

int module_make_type(Value module, Type **type, const TypeSpec *spec, Type *base) {
    return module_ready_type(type, spec, base) < 0 ? -1 : module_add_type(module, *type);
}

Value module_import(const char *name) {
    Value text = str_intern_cstr(name);
    if (!text) return NULL;
    Value module = rt->modules && is_dict(rt->modules) ? dict_get_str_borrow(rt->modules, text) : NULL;
    if (module && module != NONE) {
        decref(text);
        return incref(module);
    }
    /* A from-list makes the import return the innermost module of a dotted name. */
    Value from = tuple_pack(1, NAME(__name__));
    Value result = from ? import_name(text, rt->builtins, from, small_int_new(0)) : NULL;
    xdecref(from);
    decref(text);
    return result;
}

Value module_import_attr(const char *module, const char *attribute) {
    Value m = module_import(module);
    Value result = m ? value_getattr_cstr(m, attribute) : NULL;
    xdecref(m);
    return result;
}

/* ---- filenames of sources ---- */

static Value text_of_buffer(Value filename) {
    if (raise_warning(T_DeprecationWarning, 1, "path should be string, bytes, or os.PathLike, not %T",
                      filename) < 0)
        return NULL;
    Value bytes = bytes_from_object(filename);
    Value text = bytes ? str_from_utf8((const char *)bytes_data(bytes), bytes_length(bytes)) : NULL;
    xdecref(bytes);
    return text;
}

Value module_source_filename(Value filename) {
    if (is_str(filename)) return incref(filename);
    if (is_bytes(filename)) return str_from_utf8((const char *)bytes_data(filename), bytes_length(filename));
    if (IS_EXACT(filename, bytearray) || IS_EXACT(filename, memoryview)) return text_of_buffer(filename);
    Value path = module_import_attr("os", "fspath"), text = NULL;
    if (!path) {
        error_clear();
        return raise_error(T_TypeError, "expected str, bytes or os.PathLike object, not %.200T", filename);
    }
    text = value_call_one(path, filename);
    decref(path);
    if (text && !is_str(text)) {
        Value bytes = text;
        text = module_source_filename(bytes);
        decref(bytes);
    }
    return text;
}
