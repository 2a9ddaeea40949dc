/* native modules: one table row each in modules.def, made when first imported. */
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

/* modules.def: MODULE(id, "name"): `extern const ModuleSpec module_<id>;`. Found by name; NULL: no such native module. */
const ModuleSpec *module_spec_find(const char *name);
Value module_from_spec(const ModuleSpec *spec);
int module_add(Value module, const char *name, Value value_steal); /* 0, -1; NULL value means: already raised */
int module_add_type(Value module, Type *type);

#endif
