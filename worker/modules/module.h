/*
 * native modules: one row each in modules.def, made when first imported.
 *
 * Idea. A ModuleSpec is a constant table: functions, and a `ready` function that adds types and constants.
 * What a module must remember (its types, caches) is a struct of its own in the heap, found by the module's
 * number: MODULE_STATE(io, IoState). It is made by module_state_new, once in a world, however often the
 * module is imported anew.
 */
#ifndef ATOLL_MODULES_MODULE_H
#define ATOLL_MODULES_MODULE_H

#include "objects/function.h"
#include "objects/object.h"
#include "objects/protocols.h"

typedef struct ModuleSpec {
    const char *name;
    const char *doc;
    const NativeMethod *functions;
    int (*ready)(Value module); /* adds constants and types to module_dict; 0, -1 raised */
} ModuleSpec;

typedef enum ModuleId {
#define MODULE(id, name) M_##id,
#include "modules/modules.def"
#undef MODULE
    MODULE_COUNT
} ModuleId;

/* The table of states; called once at boot. 0, -1 out of memory. */
int modules_boot(void);
/* NULL: no such native module. */
const ModuleSpec *module_spec_find(const char *name);
/* The i-th row's name, NULL past the last: sys.builtin_module_names. */
const char *module_name_at(size_t i);
Value module_from_spec(const ModuleSpec *spec);
int module_add(Value module, const char *name,
               Value value_steal); /* 0, -1; NULL value means: already raised */
int module_add_int(Value module, const char *name, int64_t n);
int module_add_text(Value module, const char *name, const char *text);
int module_add_type(Value module, Type *type);
/* A further table of functions, for a module of several files. */
int module_add_functions(Value module, const NativeMethod *rows);
/* Makes *type of the spec if it is not made yet (base NULL: object) and adds it under its own name. 0, -1. */
int module_make_type(Value module, Type **type, const TypeSpec *spec, Type *base);
/* The same without adding it. */
int module_ready_type(Type **type, const TypeSpec *spec, Type *base);
/* The module by that name, imported now if need be, and an attribute of it. New, NULL raised. */
Value module_import(const char *name);
Value module_import_attr(const char *module, const char *attribute);

/* The filename of compile() and the like as a str: a str, bytes or a path; another buffer with a DeprecationWarning. New. */
Value module_source_filename(Value filename);

#define MODULE_STATE(id, StateType) ((StateType *)((void **)rt->module_state)[M_##id])
/* The state, zeroed when new; NULL raised. */
void *module_state_new(ModuleId id, size_t bytes);

#endif
