/* _atoll: what a program may ask of this interpreter that no other has. */
#include <heap/gc.h>

#include "base/runtime.h"
#include "modules/module.h"

static Value set_incremental(Value module, Value flag) {
    (void)module;
    int on = value_is_true(flag);
    if (on < 0) return NULL;
    heap_set_incremental(rt->heap, on);
    return NONE;
}

static Value is_incremental(Value module) { return (void)module, BOOL(heap_is_incremental(rt->heap)); }

static const NativeMethod functions[] = {
    METHOD_ONE(
        "set_incremental", set_incremental,
        "set_incremental($module, flag, /)\n--\n\nWhether the collector goes through a large old generation "
        "in short steps, as it does at first, or at once."),
    METHOD_NOARGS("is_incremental", is_incremental,
                  "is_incremental($module, /)\n--\n\nWhat set_incremental() was last told."),
    METHOD_END,
};

const ModuleSpec module_atoll = {"_atoll", "What only this interpreter can do.", functions, NULL};
