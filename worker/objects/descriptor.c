/*
 * descriptor: what stands in the dicts of built-in types: method_descriptor, classmethod_descriptor,
 * wrapper_descriptor, getset_descriptor, member_descriptor; and the members that __slots__ make.
 */
#include "base/names.h"
#include "objects/dict.h"
#include "objects/float.h"
#include "objects/function.h"
#include "objects/int.h"
#include "objects/native.h"
#include "objects/protocols.h"
#include "objects/slots.h"
#include "objects/str.h"

Value descriptor_new(TypeId type, Type *owner, Value name, const void *row, void *wrapped) {
    Descriptor *d = heap_object_new(rt->heap, &rt->types[type]->kind, sizeof *d);
    if (!d) return raise_no_memory();
    d->type = owner;
    heap_incref(&owner->kind.head);
    d->name = incref(name);
    d->row = row;
    d->wrapped = wrapped;
    d->qualname = NULL;
    if (owner->flags & TYPE_HEAP) heap_track(rt->heap, &d->head);
    return AS_VALUE(d);
}

static int descriptor_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    VISIT(((Descriptor *)o)->type);
    return 0;
}

static void descriptor_free(Heap *heap, HeapObject *o) {
    Descriptor *d = (Descriptor *)o;
    heap_untrack(heap, o);
    DECREF(d->type);
    decref(d->name);
    xdecref(d->qualname);
    heap_object_free(heap, o);
}

/* ---- signatures in docs ---- */

/* The text behind "name" in a doc that begins with a signature line, or NULL. *end: the ")". */
static const char *signature_start(const char *name, const char *doc, const char **end) {
    const char *dot = strrchr(name, '.');
    if (dot) name = dot + 1;
    size_t n = strlen(name);
    if (!doc || strncmp(doc, name, n) != 0 || doc[n] != '(') return NULL;
    const char *mark = strstr(doc + n, ")\n--\n\n");
    if (!mark) return NULL;
    *end = mark + 1;
    return doc + n;
}

Value doc_text(const char *name, const char *doc) {
    const char *end;
    if (!doc || !*doc) return NONE;
    if (signature_start(name, doc, &end)) doc = end + 5;
    return *doc ? str_from_cstr(doc) : NONE;
}

Value doc_signature(const char *name, const char *doc) {
    const char *end;
    const char *start = signature_start(name, doc, &end);
    return start ? str_from_utf8(start, (size_t)(end - start)) : NONE;
}

/* ---- shared attributes ---- */

static const char *row_doc(Value v) {
    Descriptor *d = (Descriptor *)v;
    if (!d->row) return NULL;
    Type *t = type_of(v);
    if (t == TYPE(wrapper_descriptor)) return ((const SlotRow *)d->row)->doc;
    if (t == TYPE(getset_descriptor) || d->wrapped) return ((const GetSet *)d->row)->doc;
    if (t == TYPE(member_descriptor)) return ((const Member *)d->row)->doc;
    return ((const NativeMethod *)d->row)->doc;
}

static Value get_doc(Value v, void *closure) {
    (void)closure;
    const char *name = str_utf8(((Descriptor *)v)->name, NULL);
    return name ? doc_text(name, row_doc(v)) : NULL;
}

static Value get_signature(Value v, void *closure) {
    (void)closure;
    const char *name = str_utf8(((Descriptor *)v)->name, NULL);
    return name ? doc_signature(name, row_doc(v)) : NULL;
}

static Value get_qualname(Value v, void *closure) {
    (void)closure;
    Descriptor *d = (Descriptor *)v;
    if (!d->qualname) d->qualname = str_format("%U.%U", d->type->qualname, d->name);
    return xincref(d->qualname);
}

static Value reduce(Value v) {
    Descriptor *d = (Descriptor *)v;
    Value getattr = dict_get_str_borrow(AS_VALUE(rt->builtins), NAME(getattr));
    if (!getattr) return raise_error(T_RuntimeError, "no builtins.getattr");
    Value args = tuple_pack(2, AS_VALUE(d->type), d->name);
    Value result = args ? tuple_pack(2, getattr, args) : NULL;
    xdecref(args);
    return result;
}

static const NativeMethod descriptor_methods[] = {METHOD_NOARGS("__reduce__", reduce, NULL), METHOD_END};

static const Member descriptor_members[] = {
    {"__objclass__", MEMBER_VALUE, offsetof(Descriptor, type), true, NULL},
    {"__name__", MEMBER_VALUE, offsetof(Descriptor, name), true, NULL},
    {0},
};

static const GetSet callable_getset[] = {
    {"__doc__", get_doc, NULL, NULL, NULL},
    {"__qualname__", get_qualname, NULL, NULL, NULL},
    {"__text_signature__", get_signature, NULL, NULL, NULL},
    {0},
};

static const GetSet data_getset[] = {
    {"__doc__", get_doc, NULL, NULL, NULL},
    {"__qualname__", get_qualname, NULL, NULL, NULL},
    {0},
};

static bool applies(Descriptor *d, Value instance) {
    if (__builtin_expect(value_is_instance(instance, d->type), 1)) return true;
    raise_error(T_TypeError, "descriptor '%U' for '%.100N' objects doesn't apply to a '%.100T' object",
                d->name, d->type, instance);
    return false;
}

/* ---- method_descriptor ---- */

static Value method_descriptor_get(Value v, Value instance, Value owner) {
    (void)owner;
    if (!instance) return incref(v);
    Descriptor *d = (Descriptor *)v;
    return applies(d, instance) ? native_new(d->row, instance, NULL) : NULL;
}

static Value method_descriptor_call(Value v, Value const *args, size_t nargs, Value kwnames) {
    Descriptor *d = (Descriptor *)v;
    if (nargs < 1)
        return raise_error(T_TypeError, "unbound method %N.%U() needs an argument", d->type, d->name);
    if (!applies(d, args[0])) return NULL;
    return native_invoke(v, d->row, args[0], args + 1, nargs - 1, kwnames);
}

static Value method_descriptor_repr(Value v) {
    return str_format("<method '%U' of '%N' objects>", ((Descriptor *)v)->name, ((Descriptor *)v)->type);
}

const TypeSpec method_descriptor_type_spec = {
    .name = "method_descriptor",
    .flags = TYPE_GC | TYPE_NOT_INSTANTIABLE | TYPE_METHOD_DESCRIPTOR,
    .basic_size = sizeof(Descriptor),
    .slots = {.getattr = object_getattr,
              .traverse = descriptor_traverse,
              .free = descriptor_free,
              .call = method_descriptor_call,
              .descr_get = method_descriptor_get,
              .repr = method_descriptor_repr},
    .methods = descriptor_methods,
    .getset = callable_getset,
    .members = descriptor_members,
};

/* ---- classmethod_descriptor ---- */

static Value classmethod_descriptor_get(Value v, Value instance, Value owner) {
    Descriptor *d = (Descriptor *)v;
    if (!owner) {
        if (!instance)
            return raise_error(T_TypeError, "descriptor '%U' for type '%N' needs either an object or a type",
                               d->name, d->type);
        owner = AS_VALUE(type_of(instance));
    }
    if (!is_type(owner))
        return raise_error(T_TypeError, "descriptor '%U' for type '%N' needs a type, not a '%T' as arg 2",
                           d->name, d->type, owner);
    if (!type_is_subtype((Type *)owner, d->type))
        return raise_error(T_TypeError, "descriptor '%U' requires a subtype of '%N' but received '%N'",
                           d->name, d->type, (Type *)owner);
    return native_new(d->row, owner, NULL);
}

static Value classmethod_descriptor_call(Value v, Value const *args, size_t nargs, Value kwnames) {
    Descriptor *d = (Descriptor *)v;
    if (nargs < 1)
        return raise_error(T_TypeError, "descriptor '%U' of '%N' object needs an argument", d->name, d->type);
    Value bound = classmethod_descriptor_get(v, NULL, args[0]);
    if (!bound) return NULL;
    Value result = value_call(bound, args + 1, nargs - 1, kwnames);
    decref(bound);
    return result;
}

const TypeSpec classmethod_descriptor_type_spec = {
    .name = "classmethod_descriptor",
    .flags = TYPE_GC | TYPE_NOT_INSTANTIABLE,
    .basic_size = sizeof(Descriptor),
    .slots = {.getattr = object_getattr,
              .traverse = descriptor_traverse,
              .free = descriptor_free,
              .call = classmethod_descriptor_call,
              .descr_get = classmethod_descriptor_get,
              .repr = method_descriptor_repr},
    .getset = callable_getset,
    .members = descriptor_members,
};

/* ---- wrapper_descriptor ---- */

Value method_wrapper_new(Descriptor *descriptor, Value self);

static Value wrapper_descriptor_get(Value v, Value instance, Value owner) {
    (void)owner;
    if (!instance) return incref(v);
    return applies((Descriptor *)v, instance) ? method_wrapper_new((Descriptor *)v, instance) : NULL;
}

static Value wrapper_descriptor_call(Value v, Value const *args, size_t nargs, Value kwnames) {
    Descriptor *d = (Descriptor *)v;
    const SlotRow *row = d->row;
    if (nargs < 1)
        return raise_error(T_TypeError, "descriptor '%U' of '%N' object needs an argument", d->name, d->type);
    if (!value_is_instance(args[0], d->type))
        return raise_error(T_TypeError, "descriptor '%U' requires a '%.100N' object but received a '%.100T'",
                           d->name, d->type, args[0]);
    return row->wrap(args[0], row, d->wrapped, args + 1, nargs - 1, kwnames);
}

static Value wrapper_descriptor_repr(Value v) {
    return str_format("<slot wrapper '%U' of '%N' objects>", ((Descriptor *)v)->name,
                      ((Descriptor *)v)->type);
}

const TypeSpec wrapper_descriptor_type_spec = {
    .name = "wrapper_descriptor",
    .flags = TYPE_GC | TYPE_NOT_INSTANTIABLE | TYPE_METHOD_DESCRIPTOR,
    .basic_size = sizeof(Descriptor),
    .slots = {.getattr = object_getattr,
              .traverse = descriptor_traverse,
              .free = descriptor_free,
              .call = wrapper_descriptor_call,
              .descr_get = wrapper_descriptor_get,
              .repr = wrapper_descriptor_repr},
    .methods = descriptor_methods,
    .getset = callable_getset,
    .members = descriptor_members,
};

/* ---- getset_descriptor ---- */

static Value getset_get(Value v, Value instance, Value owner) {
    (void)owner;
    if (!instance) return incref(v);
    Descriptor *d = (Descriptor *)v;
    const GetSet *row = d->row;
    if (!applies(d, instance)) return NULL;
    if (row->get) return row->get(instance, row->closure);
    return raise_error(T_AttributeError, "attribute '%U' of '%N' objects is not readable", d->name, d->type);
}

static int getset_set(Value v, Value instance, Value value) {
    Descriptor *d = (Descriptor *)v;
    const GetSet *row = d->row;
    if (!applies(d, instance)) return -1;
    if (row->set) return row->set(instance, value, row->closure);
    return raise_int(T_AttributeError, "attribute '%U' of '%N' objects is not writable", d->name, d->type);
}

static Value getset_repr(Value v) {
    return str_format("<attribute '%U' of '%N' objects>", ((Descriptor *)v)->name, ((Descriptor *)v)->type);
}

const TypeSpec getset_descriptor_type_spec = {
    .name = "getset_descriptor",
    .flags = TYPE_GC | TYPE_NOT_INSTANTIABLE,
    .basic_size = sizeof(Descriptor),
    .slots = {.getattr = object_getattr,
              .traverse = descriptor_traverse,
              .free = descriptor_free,
              .descr_get = getset_get,
              .descr_set = getset_set,
              .repr = getset_repr},
    .getset = data_getset,
    .members = descriptor_members,
};

/* ---- member_descriptor: of a field, of a __slots__ value (no row), or computed (a GetSet row) ---- */

int getset_member_set(Value self, Value value, void *closure) {
    (void)self, (void)value, (void)closure;
    return raise_int(T_AttributeError, "readonly attribute");
}

static bool is_computed(const Descriptor *d) { return d->row && d->wrapped; }

static Value slot_get(Descriptor *d, Value instance) {
    Value value = *value_slot(instance, (int32_t)(intptr_t)d->wrapped);
    return value ? incref(value) : raise_attribute_error(instance, d->name);
}

static int slot_set(Descriptor *d, Value instance, Value value) {
    Value *place = value_slot(instance, (int32_t)(intptr_t)d->wrapped);
    if (!value && !*place) return raise_int(T_AttributeError, "%U", d->name);
    SET_FIELD_STEAL(*place, xincref(value));
    return 0;
}

static Value member_read(Descriptor *d, Value instance) {
    const Member *m = d->row;
    void *field = (char *)instance + m->offset;
    switch (m->kind) {
    case MEMBER_VALUE:
    case MEMBER_VALUE_INT: return *(Value *)field ? incref(*(Value *)field) : NONE;
    case MEMBER_VALUE_EX:
        return *(Value *)field ? incref(*(Value *)field) : raise_attribute_error(instance, d->name);
    case MEMBER_INT: return int_from_i64(*(int *)field);
    case MEMBER_SSIZE: return int_from_i64(*(ssize_t *)field);
    case MEMBER_BOOL: return BOOL(*(bool *)field);
    case MEMBER_UINT32: return int_from_i64(*(uint32_t *)field);
    case MEMBER_DOUBLE: return float_new(*(double *)field);
    }
    return NULL;
}

static int member_write_number(const Member *m, void *field, Value value) {
    int64_t n = 0;
    double d;
    if (m->kind == MEMBER_BOOL) {
        if (!is_bool(value)) return raise_int(T_TypeError, "attribute value type must be bool");
        *(bool *)field = value == TRUE;
        return 0;
    }
    if (m->kind == MEMBER_DOUBLE) {
        if (value_as_double(value, &d) < 0) return -1;
        *(double *)field = d;
        return 0;
    }
    if (value_as_i64(value, &n) < 0) return -1;
    if (m->kind == MEMBER_INT) *(int *)field = (int)n;
    if (m->kind == MEMBER_SSIZE) *(ssize_t *)field = n;
    if (m->kind == MEMBER_UINT32) *(uint32_t *)field = (uint32_t)n;
    return 0;
}

static int member_write(Descriptor *d, Value instance, Value value) {
    const Member *m = d->row;
    void *field = (char *)instance + m->offset;
    if (m->read_only) return raise_int(T_AttributeError, "readonly attribute");
    if (m->kind == MEMBER_VALUE || m->kind == MEMBER_VALUE_EX) {
        if (!value && m->kind == MEMBER_VALUE_EX && !*(Value *)field)
            return raise_int(T_AttributeError, "%U", d->name);
        SET_FIELD_STEAL(*(Value *)field, xincref(value));
        return 0;
    }
    if (!value) return raise_int(T_TypeError, "can't delete numeric/char attribute");
    if (m->kind == MEMBER_VALUE_INT) {
        if (!is_int(value)) return raise_int(T_TypeError, "an integer is required");
        ssize_t n = value_as_ssize(value, NULL);
        if (n == -1 && error_pending()) return -1;
        SET_FIELD_STEAL(*(Value *)field, int_from_i64(n));
        return 0;
    }
    return member_write_number(m, field, value);
}

static Value member_get(Value v, Value instance, Value owner) {
    (void)owner;
    if (!instance) return incref(v);
    Descriptor *d = (Descriptor *)v;
    if (!applies(d, instance)) return NULL;
    if (is_computed(d)) return ((const GetSet *)d->row)->get(instance, ((const GetSet *)d->row)->closure);
    return d->row ? member_read(d, instance) : slot_get(d, instance);
}

static int member_set(Value v, Value instance, Value value) {
    Descriptor *d = (Descriptor *)v;
    if (!applies(d, instance)) return -1;
    if (is_computed(d)) return getset_member_set(instance, value, NULL);
    return d->row ? member_write(d, instance, value) : slot_set(d, instance, value);
}

static Value member_repr(Value v) {
    return str_format("<member '%U' of '%N' objects>", ((Descriptor *)v)->name, ((Descriptor *)v)->type);
}

const TypeSpec member_descriptor_type_spec = {
    .name = "member_descriptor",
    .flags = TYPE_GC | TYPE_NOT_INSTANTIABLE,
    .basic_size = sizeof(Descriptor),
    .slots = {.getattr = object_getattr,
              .traverse = descriptor_traverse,
              .free = descriptor_free,
              .descr_get = member_get,
              .descr_set = member_set,
              .repr = member_repr},
    .methods = descriptor_methods,
    .getset = data_getset,
    .members = descriptor_members,
};
