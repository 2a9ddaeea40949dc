/*
 * namespace: packages that have no file of their own, only portions: directories of their name on the path.
 *
 * Their path and their loader are classes of importlib, which is loaded when the first such package is met.
 */
#include "import/import.h"
#include "modules/module.h"
#include "objects/dict.h"
#include "objects/list.h"
#include "objects/native.h"
#include "objects/str.h"

#define EXTERNAL "_frozen_importlib_external"

static int set_attribute(Value o, const char *name, Value value) {
    Value key = str_intern_cstr(name);
    int status = key ? value_setattr(o, key, value) : -1;
    xdecref(key);
    return status;
}

Value import_namespace_path(Value name, Value portions) {
    Value cls = module_import_attr(EXTERNAL, "_NamespacePath");
    Value find = cls ? value_getattr_cstr(AS_VALUE(IMPORT->path_finder), "_get_spec") : NULL;
    Value path = find ? value_call_three(cls, name, portions, find) : NULL;
    xdecref(find);
    xdecref(cls);
    return path;
}

Value import_namespace_loader(Value locations) {
    Value cls = module_import_attr(EXTERNAL, "NamespaceLoader");
    Value loader = cls && is_type(cls) ? value_call_method_one(cls, NAME(__new__), cls) : NULL;
    xdecref(cls);
    if (loader && set_attribute(loader, "_path", locations) < 0) CLEAR_FIELD(loader);
    return loader;
}

/* Paths of namespaces count how often caches were forgotten. Nothing to do as long as there are none. */
static int next_epoch(void) {
    Value name = str_intern_cstr(EXTERNAL);
    Value module = name && is_dict(rt->modules) ? dict_get_borrow(rt->modules, name) : NULL;
    xdecref(name);
    if (!module) return error_pending() ? -1 : 0;
    Value cls = value_getattr_cstr(module, "_NamespacePath");
    Value epoch = cls ? value_getattr_cstr(cls, "_epoch") : NULL;
    Value next = epoch ? value_binary(OP_ADD, epoch, small_int_new(1)) : NULL;
    int status = next ? set_attribute(cls, "_epoch", next) : -1;
    xdecref(next);
    xdecref(epoch);
    xdecref(cls);
    return status;
}

static int invalidate_finder(Value finder) {
    Value key = str_intern_cstr("invalidate_caches"), method = NULL;
    int found = key ? value_getattr_optional(finder, key, &method) : -1;
    Value done = found > 0 ? value_call_noargs(method) : NULL;
    xdecref(key);
    xdecref(method);
    xdecref(done);
    return found < 0 || (found > 0 && !done) ? -1 : 0;
}

int import_invalidate_caches(void) {
    Value cache = dict_get_str_borrow(AS_VALUE(rt->sys_dict), NAME(path_importer_cache));
    Value items = cache && is_dict(cache) ? dict_items_list(cache) : NULL;
    int status = items || !error_pending() ? 0 : -1;
    for (size_t i = 0; items && status == 0 && i < list_length(items); i++) {
        Value name = tuple_item_borrow(list_item_borrow(items, i), 0);
        Value finder = tuple_item_borrow(list_item_borrow(items, i), 1);
        bool absolute = is_str(name) && str_length(name) && str_read(name, 0) == '/';
        if (finder != NONE && absolute) status = invalidate_finder(finder);
        else if (dict_delete(cache, name) < 0) status = -1;
    }
    xdecref(items);
    return status < 0 ? -1 : next_epoch();
}
