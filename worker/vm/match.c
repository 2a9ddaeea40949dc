/* match: class and mapping patterns. */
#include "vm/vm_internal.h"

/* One attribute of a class pattern: 1 found (*out new), 0 the subject has none, -1 raised. */
static int match_attribute(Value subject, Value type, Value name, Value seen, Value *out) {
    int again = set_contains(seen, name);
    if (again < 0) return -1;
    if (again)
        return raise_int(T_TypeError, "%s() got multiple sub-patterns for attribute %R",
                         type_name((Type *)type), name);
    if (set_add(seen, name) < 0) return -1;
    return value_getattr_optional(subject, name, out);
}

static int match_positional(Value subject, Value type, size_t count, Value seen, Value list) {
    Value names;
    if (value_getattr_optional(type, NAME(__match_args__), &names) < 0) return -1;
    bool self = !names && (((Type *)type)->flags & TYPE_MATCH_SELF);
    if (names && !is_tuple(names)) {
        raise_error(T_TypeError, "%s.__match_args__ must be a tuple (got %T)", type_name((Type *)type),
                    names);
        decref(names);
        return -1;
    }
    size_t allowed = self ? 1 : names ? tuple_length(names) : 0;
    int status = 1;
    if (allowed < count) {
        raise_error(T_TypeError, "%s() accepts %zu positional sub-pattern%s (%zu given)",
                    type_name((Type *)type), allowed, allowed == 1 ? "" : "s", count);
        status = -1;
    } else if (self) {
        status = list_append(list, subject) < 0 ? -1 : 1;
    }
    for (size_t i = 0; !self && status == 1 && i < count; i++) {
        Value name = tuple_item_borrow(names, i), v;
        if (!is_str(name)) {
            raise_error(T_TypeError, "__match_args__ elements must be strings (got %T)", name);
            status = -1;
            break;
        }
        status = match_attribute(subject, type, name, seen, &v);
        if (status == 1 && list_append_steal(list, v) < 0) status = -1;
    }
    xdecref(names);
    return status;
}

int match_class(Value subject, Value type, size_t positional, Value names, Value *attrs) {
    *attrs = NULL;
    if (!is_type(type)) return raise_int(T_TypeError, "called match pattern must be a type");
    int status = value_isinstance(subject, type);
    if (status <= 0) return status;
    Value list = list_new(0), seen = list ? set_new(NULL) : NULL;
    if (!seen) {
        xdecref(list);
        return -1;
    }
    if (positional) status = match_positional(subject, type, positional, seen, list);
    for (size_t i = 0; status == 1 && i < tuple_length(names); i++) {
        Value v;
        status = match_attribute(subject, type, tuple_item_borrow(names, i), seen, &v);
        if (status == 1 && list_append_steal(list, v) < 0) status = -1;
    }
    if (status == 1 && !(*attrs = list_to_tuple(list))) status = -1;
    decref(seen);
    decref(list);
    return status;
}

/* get(key, dummy) where a subclass may have rules of its own; *out NULL: absent. -1 raised. */
static int mapping_get(Value mapping, Value key, Value dummy, Value *out) {
    if (IS_EXACT(mapping, dict)) {
        int found = dict_find(mapping, key, out);
        if (found > 0) incref(*out);
        return found < 0 ? -1 : 0;
    }
    Value args[2] = {key, dummy};
    *out = value_call_method(mapping, NAME(get), args, 2);
    if (!*out) return -1;
    if (*out == dummy) CLEAR_FIELD(*out);
    return 0;
}

Value match_keys(Value mapping, Value keys) {
    size_t n = tuple_length(keys);
    Value values = tuple_new(n), seen = values ? set_new(NULL) : NULL, dummy = seen ? list_new(0) : NULL, v;
    bool missing = false;
    if (!dummy) goto fail;
    for (size_t i = 0; i < n && !missing; i++) {
        Value key = tuple_item_borrow(keys, i);
        int again = set_contains(seen, key);
        if (again > 0) raise_error(T_ValueError, "mapping pattern checks duplicate key (%R)", key);
        if (again != 0 || set_add(seen, key) < 0 || mapping_get(mapping, key, dummy, &v) < 0) goto fail;
        missing = v == NULL;
        if (v) tuple_init_item_steal(values, i, v);
    }
    decref(dummy);
    decref(seen);
    if (!missing) return values;
    decref(values);
    return NONE;
fail:
    xdecref(dummy);
    xdecref(seen);
    xdecref(values);
    return NULL;
}
