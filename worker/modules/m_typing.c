/* _typing: helpers of typing. */
#include "modules/module.h"

static Value identity(Value module, Value v) {
    (void)module;
    return incref(v);
}

static const NativeMethod typing_functions[] = {METHOD_ONE("_idfunc", identity, NULL), METHOD_END};

const ModuleSpec module_typing = {
    .name = "_typing",
    .doc = "Helpers of typing.",
    .functions = typing_functions,
};
