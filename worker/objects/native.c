/*
 * native: builtin_function_or_method: a table row with a self; and method-wrapper: a slot wrapper with a
 * self.
 *
 * `self` of a Native is what the row's function gets first: the instance of a bound method, the type of a
 * class method, a static method or of
 * __new__, the module of a module's function.
 */
#include "objects/native.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/names.h"
#include "objects/dict.h"
#include "objects/function.h"
#include "objects/protocols.h"
#include "objects/slots.h"
#include "objects/str.h"

/* ---- calling a row ---- */

static Value native_get_qualname(Value v, void *closure);
static Value native_get_module(Value v, void *closure);

/* "list.append" or "math.sqrt": the callee, a Native or a method_descriptor, as messages name it. New. */
static Value message_name(Value callee) {
    if (!IS_EXACT(callee, builtin_function)) {
        Descriptor *d = (Descriptor *)callee;
        return str_format("%U.%U", d->type->qualname, d->name);
    }
    Value name = native_get_qualname(callee, NULL), module = name ? native_get_module(callee, NULL) : NULL;
    if (module && module != NONE && !(is_str(module) && str_equal_cstr(module, "builtins"))) {
        Value full = str_format("%S.%U", module, name);
        decref(name);
        name = full;
    }
    xdecref(module);
    return name;
}

static Value wrong_count(Value callee, const char *wants, size_t nargs) {
    Value name = message_name(callee);
    if (name) raise_error(T_TypeError, "%U() takes %s (%zu given)", name, wants, nargs);
    xdecref(name);
    return NULL;
}

static Value no_keywords(Value callee, const NativeMethod *row) {
    Value name = row->flags & NATIVE_BARE_NAME ? str_from_cstr(row->name) : message_name(callee);
    if (name) raise_error(T_TypeError, "%U() takes no keyword arguments", name);
    xdecref(name);
    return NULL;
}

static Value invoke(Value callee, const NativeMethod *row, Value self, Value const *args, size_t nargs,
                    Value kwnames) {
    if (row->call == NATIVE_KW)
        return ((Value(*)(Value, Value const *, size_t, Value))row->function)(self, args, nargs, kwnames);
    if (__builtin_expect(kwnames && tuple_length(kwnames), 0)) return no_keywords(callee, row);
    switch (row->call) {
    case NATIVE_FAST: return ((Value(*)(Value, Value const *, size_t))row->function)(self, args, nargs);
    case NATIVE_ONE:
        if (nargs != 1) return wrong_count(callee, "exactly one argument", nargs);
        return ((Value(*)(Value, Value))row->function)(self, args[0]);
    default:
        if (nargs != 0) return wrong_count(callee, "no arguments", nargs);
        return ((Value(*)(Value))row->function)(self);
    }
}

Value native_invoke(Value callee, const NativeMethod *row, Value self, Value const *args, size_t nargs,
                    Value kwnames) {
    Value result = invoke(callee, row, self, args, nargs, kwnames);
    if (HEAP_CHECK && error_pending() != !result) {
        fprintf(stderr, "%s: %s\n", row->name,
                result ? "a value, and an error that nobody would see" : "neither value nor error");
        abort();
    }
    return result;
}

/* ---- builtin_function_or_method ---- */

Value native_new(const NativeMethod *row, Value self, Value module) {
    Native *f = heap_object_new(rt->heap, &TYPE(builtin_function)->kind, sizeof *f);
    if (!f) return raise_no_memory();
    f->method = row;
    f->self = xincref(self);
    f->module = xincref(module);
    heap_track(rt->heap, &f->head);
    return AS_VALUE(f);
}

static int native_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    Native *f = (Native *)o;
    VISIT(f->self);
    VISIT(f->module);
    return 0;
}

static void native_free(Heap *heap, HeapObject *o) {
    Native *f = (Native *)o;
    heap_untrack(heap, o);
    xdecref(f->self);
    xdecref(f->module);
    heap_object_free(heap, o);
}

static Value native_call(Value v, Value const *args, size_t nargs, Value kwnames) {
    Native *f = (Native *)v;
    return native_invoke(v, f->method, f->self, args, nargs, kwnames);
}

static bool is_plain_function(const Native *f) { return !f->self || IS(f->self, module); }

static Value native_repr(Value v) {
    Native *f = (Native *)v;
    if (is_plain_function(f)) return str_format("<built-in function %s>", f->method->name);
    return str_format("<built-in method %s of %T object at %p>", f->method->name, f->self, (void *)f->self);
}

static Value native_compare(Value a, Value b, CompareOp op) {
    if ((op != CMP_EQ && op != CMP_NE) || !IS_EXACT(b, builtin_function)) return NOT_IMPLEMENTED;
    Native *x = (Native *)a, *y = (Native *)b;
    bool equal = x->self == y->self && x->method->function == y->method->function;
    return BOOL(equal == (op == CMP_EQ));
}

static Hash pointer_mix(const void *p) { return (Hash)(((uintptr_t)p >> 4) | ((uintptr_t)p << 60)); }

static Hash native_hash(Value v) {
    Native *f = (Native *)v;
    Hash h = pointer_mix(f->self) ^ pointer_mix(f->method->function);
    return h == -1 ? -2 : h;
}

static Value native_get_name(Value v, void *closure) {
    (void)closure;
    return str_intern_cstr(((Native *)v)->method->name);
}

static Value native_get_qualname(Value v, void *closure) {
    (void)closure;
    Native *f = (Native *)v;
    if (is_plain_function(f)) return str_intern_cstr(f->method->name);
    Type *owner = is_type(f->self) ? (Type *)f->self : type_of(f->self);
    Value qualname = type_qualname(owner),
          result = qualname ? str_format("%S.%s", qualname, f->method->name) : NULL;
    xdecref(qualname);
    return result;
}

static Value native_get_self(Value v, void *closure) {
    (void)closure;
    Value self = ((Native *)v)->self;
    return self ? incref(self) : NONE;
}

static Value native_get_doc(Value v, void *closure) {
    (void)closure;
    return doc_text(((Native *)v)->method->name, ((Native *)v)->method->doc);
}

static Value native_get_signature(Value v, void *closure) {
    (void)closure;
    return doc_signature(((Native *)v)->method->name, ((Native *)v)->method->doc);
}

static Value native_get_module(Value v, void *closure) {
    (void)closure;
    Native *f = (Native *)v;
    if (f->module) return incref(f->module);
    if (f->self && IS(f->self, module) && ((Module *)f->self)->name) return incref(((Module *)f->self)->name);
    return NONE;
}

static int native_set_module(Value v, Value value, void *closure) {
    (void)closure;
    SET_FIELD_STEAL(((Native *)v)->module, xincref(value));
    return 0;
}

/* getattr(self, name) for bound ones, else just the name: what pickle and copy want. */
static Value native_reduce(Value v) {
    Native *f = (Native *)v;
    Value name = str_intern_cstr(f->method->name);
    if (!name || is_plain_function(f)) return name;
    Value getattr = dict_get_str_borrow(AS_VALUE(rt->builtins), NAME(getattr));
    Value args = tuple_pack(2, f->self, name);
    Value result = args && getattr ? tuple_pack(2, getattr, args) : NULL;
    if (!getattr && !error_pending()) raise_error(T_RuntimeError, "no builtins.getattr");
    xdecref(args);
    decref(name);
    return result;
}

static const NativeMethod native_methods[] = {METHOD_NOARGS("__reduce__", native_reduce, NULL), METHOD_END};

static const GetSet native_getset[] = {
    {"__name__", native_get_name, NULL, NULL, NULL},
    {"__qualname__", native_get_qualname, NULL, NULL, NULL},
    {"__self__", native_get_self, NULL, NULL, NULL},
    {"__doc__", native_get_doc, NULL, NULL, NULL},
    {"__text_signature__", native_get_signature, NULL, NULL, NULL},
    {"__module__", native_get_module, native_set_module, NULL, NULL},
    {0},
};

const TypeSpec builtin_function_type_spec = {
    .name = "builtin_function_or_method",
    .flags = TYPE_GC | TYPE_WEAKREFABLE | TYPE_NOT_INSTANTIABLE,
    .basic_size = sizeof(Native),
    .slots = {.getattr = object_getattr,
              .traverse = native_traverse,
              .free = native_free,
              .call = native_call,
              .repr = native_repr,
              .compare = native_compare,
              .hash = native_hash},
    .methods = native_methods,
    .getset = native_getset,
};

/* ---- method-wrapper ---- */

typedef struct MethodWrapper {
    HeapObject head;
    Descriptor *descriptor;
    Value self;
} MethodWrapper;

Value method_wrapper_new(Descriptor *descriptor, Value self) {
    MethodWrapper *w = heap_object_new(rt->heap, &TYPE(method_wrapper)->kind, sizeof *w);
    if (!w) return raise_no_memory();
    w->descriptor = INCREF(descriptor);
    w->self = incref(self);
    heap_track(rt->heap, &w->head);
    return AS_VALUE(w);
}

static int wrapper_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    MethodWrapper *w = (MethodWrapper *)o;
    VISIT(w->descriptor);
    VISIT(w->self);
    return 0;
}

static void wrapper_free(Heap *heap, HeapObject *o) {
    MethodWrapper *w = (MethodWrapper *)o;
    heap_untrack(heap, o);
    DECREF(w->descriptor);
    decref(w->self);
    heap_object_free(heap, o);
}

static Value wrapper_call(Value v, Value const *args, size_t nargs, Value kwnames) {
    MethodWrapper *w = (MethodWrapper *)v;
    const SlotRow *row = w->descriptor->row;
    return row->wrap(w->self, row, w->descriptor->wrapped, args, nargs, kwnames);
}

static Value wrapper_repr(Value v) {
    MethodWrapper *w = (MethodWrapper *)v;
    return str_format("<method-wrapper '%U' of %T object at %p>", w->descriptor->name, w->self,
                      (void *)w->self);
}

static Value wrapper_compare(Value a, Value b, CompareOp op) {
    if ((op != CMP_EQ && op != CMP_NE) || !IS_EXACT(b, method_wrapper)) return NOT_IMPLEMENTED;
    MethodWrapper *x = (MethodWrapper *)a, *y = (MethodWrapper *)b;
    bool equal = x->descriptor == y->descriptor && x->self == y->self;
    return BOOL(equal == (op == CMP_EQ));
}

static Hash wrapper_hash(Value v) {
    MethodWrapper *w = (MethodWrapper *)v;
    Hash h = pointer_mix(w->self) ^ pointer_mix(w->descriptor);
    return h == -1 ? -2 : h;
}

static Value wrapper_attr(Value v, void *closure) {
    return value_getattr(AS_VALUE(((MethodWrapper *)v)->descriptor), rt->names[(uintptr_t)closure]);
}

static Value wrapper_reduce(Value v) {
    MethodWrapper *w = (MethodWrapper *)v;
    Value getattr = dict_get_str_borrow(AS_VALUE(rt->builtins), NAME(getattr));
    if (!getattr) return raise_error(T_RuntimeError, "no builtins.getattr");
    Value args = tuple_pack(2, w->self, w->descriptor->name);
    Value result = args ? tuple_pack(2, getattr, args) : NULL;
    xdecref(args);
    return result;
}

static const NativeMethod wrapper_methods[] = {METHOD_NOARGS("__reduce__", wrapper_reduce, NULL), METHOD_END};

static const GetSet wrapper_getset[] = {
    {"__name__", wrapper_attr, NULL, NULL, (void *)(uintptr_t)N___name__},
    {"__qualname__", wrapper_attr, NULL, NULL, (void *)(uintptr_t)N___qualname__},
    {"__objclass__", wrapper_attr, NULL, NULL, (void *)(uintptr_t)N___objclass__},
    {"__doc__", wrapper_attr, NULL, NULL, (void *)(uintptr_t)N___doc__},
    {"__text_signature__", wrapper_attr, NULL, NULL, (void *)(uintptr_t)N___text_signature__},
    {0},
};

static const Member wrapper_members[] = {
    {"__self__", MEMBER_VALUE, offsetof(MethodWrapper, self), true, NULL},
    {0},
};

const TypeSpec method_wrapper_type_spec = {
    .name = "method-wrapper",
    .flags = TYPE_GC | TYPE_NOT_INSTANTIABLE,
    .basic_size = sizeof(MethodWrapper),
    .slots = {.getattr = object_getattr,
              .traverse = wrapper_traverse,
              .free = wrapper_free,
              .call = wrapper_call,
              .repr = wrapper_repr,
              .compare = wrapper_compare,
              .hash = wrapper_hash},
    .methods = wrapper_methods,
    .getset = wrapper_getset,
    .members = wrapper_members,
};
