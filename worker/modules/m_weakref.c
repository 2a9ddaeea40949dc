/* _weakref: what weakref.py builds upon: references, proxies, counts. */
#include "modules/module.h"
#include "objects/dict.h"
#include "objects/weakref.h"

static Value get_count(Value module, Value o) {
    (void)module;
    return small_int_new(is_object(o) ? (int64_t)weakref_count(o) : 0);
}

static Value get_refs(Value module, Value o) {
    (void)module;
    return is_object(o) ? weakref_list(o) : list_new(0);
}

static Value make_proxy(Value module, Value const *args, size_t nargs) {
    (void)module;
    if (!args_count("proxy", nargs, 1, 2)) return NULL;
    return weakproxy_new(args[0], nargs > 1 && args[1] != NONE ? args[1] : NULL);
}

/* Takes the entry out only if its reference is still dead: the key may have been given a new one meanwhile. */
static Value remove_dead(Value module, Value const *args, size_t nargs) {
    (void)module;
    if (!args_count("_remove_dead_weakref", nargs, 2, 2)) return NULL;
    if (!is_dict(args[0]))
        return raise_error(T_TypeError, "_remove_dead_weakref() argument 1 must be dict, not %K", args[0]);
    Value ref;
    int found = dict_find(args[0], args[1], &ref);
    if (found <= 0) return found < 0 ? NULL : NONE;
    if (!IS(ref, weakref)) return raise_error(T_TypeError, "not a weakref");
    if (weakref_get_borrow(ref)) return NONE;
    return dict_delete(args[0], args[1]) < 0 ? NULL : NONE;
}

static const NativeMethod functions[] = {
    METHOD_ONE("getweakrefcount", get_count,
               "getweakrefcount($module, object, /)\n--\n\nHow many weak references there are to it."),
    METHOD_ONE("getweakrefs", get_refs,
               "getweakrefs($module, object, /)\n--\n\nThe weak references to it, as a list."),
    METHOD_FAST("proxy", make_proxy,
                "proxy($module, object, callback=None, /)\n--\n\nA stand-in for the object that does not "
                "keep it alive."),
    METHOD_FAST(
        "_remove_dead_weakref", remove_dead,
        "_remove_dead_weakref($module, dct, key, /)\n--\n\nTakes a key out if its weak reference is dead."),
    METHOD_END,
};

static int add(Value module, const char *name, Type *type) {
    return module_add(module, name, INCREF(AS_VALUE(type)));
}

static int ready(Value module) {
    if (add(module, "ref", TYPE(weakref)) < 0 || add(module, "ReferenceType", TYPE(weakref)) < 0) return -1;
    if (add(module, "ProxyType", TYPE(weakproxy)) < 0) return -1;
    return add(module, "CallableProxyType", TYPE(weakcallableproxy));
}

const ModuleSpec module_weakref = {"_weakref", "Weak-reference support module.", functions, ready};
