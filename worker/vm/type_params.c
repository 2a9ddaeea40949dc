/* type_params: what the opcodes of type parameters and type aliases make. */
#include "base/names.h"
#include "objects/dict.h"
#include "objects/protocols.h"
#include "objects/str.h"
#include "objects/typevar.h"
#include "vm/vm_internal.h"

Value type_param_new(uint32_t kind, Value name, Value extra) {
    switch (kind) {
    case 0: return typevar_new(name, NULL, NULL);
    case 1: return typevar_new(name, extra, NULL);
    case 2: return typevar_new(name, NULL, extra);
    case 3: return paramspec_new(name);
    default: return typevartuple_new(name);
    }
}

Value type_alias_new(Value name, Value params, Value evaluate) { return typealias_new(name, params, evaluate); }

/* typing.Generic[params]: the base that a class with type parameters gets. */
Value subscript_generic(Value params) {
    Value import = dict_get_str_borrow(AS_VALUE(vm_builtins_borrow()), NAME(__import__));
    if (!import) return raise_error(T_ImportError, "__import__ not found");
    Value typing = value_call_one(import, NAME(typing));
    Value generic = typing ? value_getattr_cstr(typing, "Generic") : NULL;
    Value base = generic ? value_getitem(generic, params) : NULL;
    xdecref(generic);
    xdecref(typing);
    return base;
}
