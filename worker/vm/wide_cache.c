#include "vm/wide_cache.h"

#include "objects/error.h"
#include "vm/vm_internal.h"

WideEntry *wide_enter(WideEntry *entries, Value owner, Value name) {
    Type *t = type_of(owner);
    const uint32_t plain = TYPE_HAS_ATTRS | TYPE_PLAIN_GETATTR | TYPE_PLAIN_SETATTR;
    Attrs *attrs = attrs_of(owner);
    if ((t->flags & plain) != plain || attrs->shape == rt->dict_shape) return NULL;
    Value found = type_lookup_borrow(t, name);
    uint32_t version = type_version(t);
    if (error_pending()) { /* no memory for the answer */
        error_clear();
        return NULL;
    }
    if (!version || (found && type_of(found)->slots.descr_set)) return NULL;
    int index = shape_find(attrs->shape, name);
    if (index < 0 && (!found || !(type_of(found)->flags & TYPE_METHOD_DESCRIPTOR))) return NULL;
    WideEntry *e = wide_place(entries, name, attrs->shape);
    *e = (WideEntry){name, attrs->shape, index < 0 ? found : NULL, version, index < 0 ? 0 : (uint32_t)index};
    return e;
}
