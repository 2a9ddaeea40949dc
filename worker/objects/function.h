/* function, method, cell, native functions, property, classmethod, staticmethod: what is called and what binds. */
#ifndef ATOLL_OBJECTS_FUNCTION_H
#define ATOLL_OBJECTS_FUNCTION_H

#include "objects/code.h"
#include "objects/object.h"

typedef struct Function {
    HeapObject head;
    Code *code;
    Dict *globals, *builtins;
    Value name, qualname, module, doc;
    Value defaults;    /* tuple or NULL */
    Value kwdefaults;  /* dict or NULL */
    Value closure;     /* tuple of cells or NULL */
    Value annotations; /* dict, tuple (lazily made into a dict) or NULL */
    Value type_params; /* tuple or NULL */
    uint32_t version;  /* for call caches: changes when code, defaults change; 0 none yet */
    Attrs attrs;       /* __dict__ */
} Function;

typedef struct Cell {
    HeapObject head;
    Value value; /* NULL: empty */
} Cell;

typedef struct Method { /* bound method */
    HeapObject head;
    Value function, self;
} Method;

/* builtin_function_or_method, and method_descriptor etc. share the table row. */
typedef struct Native {
    HeapObject head;
    const NativeMethod *method;
    Value self;   /* NULL for module functions' module-less form; borrowed module? owned */
    Value module; /* name (str) or NULL */
} Native;

typedef struct
    Descriptor { /* method_descriptor, classmethod_descriptor, getset, member, wrapper_descriptor */
    HeapObject head;
    Type *type; /* owner */
    Value name;
    const void *row; /* NativeMethod, GetSet, Member or SlotRow */
    void *wrapped;   /* of a wrapper: the slot's function */
    Value qualname;  /* or NULL */
} Descriptor;

Value function_new(Code *code, Dict *globals, Value qualname_or_null);
Value cell_new(Value value_or_null);
Value method_new(Value function, Value self);
Value native_new(const NativeMethod *row, Value self_or_null, Value module_name_or_null);
/* Calls a table row's function with self already chosen; callee is what messages name. */
Value native_invoke(Value callee, const NativeMethod *row, Value self, Value const *args, size_t nargs,
                    Value kwnames);
Value staticmethod_new(Value function);
Value classmethod_new(Value function);

/* module objects */
typedef struct Module {
    HeapObject head;
    Dict *dict;
    Value name; /* str */
} Module;
Value module_new(Value name); /* with __name__, __doc__, __package__, __loader__, __spec__ = None */
static inline Dict *module_dict(Value module) { return ((Module *)module)->dict; }

#endif
