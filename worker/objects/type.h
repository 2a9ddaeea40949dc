/*
 * type: type objects, their slots, and the tables from which the built-in ones are made.
 *
 * Idea. A Type is an object whose first member is the heap's kind (traverse, clear, finalize, free), so one pointer in every
 * header serves heap and interpreter. `slots` holds what the type can do; a slot is NULL when it cannot. slots.def lists each
 * special method name with its slot: from it come the wrappers that make `int.__add__` callable, and the dispatchers that
 * fill the slots of a Python class which defines `__add__`. Slots are inherited by copying along the MRO when a type is made
 * and updated through the subclasses when a special name is assigned.
 *
 * States. built (type_new_static, type_new) -> ready (MRO, slots, version 0) -> cached (version != 0: some inline cache or
 * the method cache may hold a lookup) -> any change to its dict or bases sets it and all its subclasses back to version 0.
 *
 * Instance attributes. An instance of a class with a `__dict__` has an Attrs area at attrs_offset: a Shape (hidden class)
 * and the values in the order that the shape gives. `__dict__` is made when asked for: then the shape is rt->dict_shape and
 * `values` is the Dict. Variable-sized objects (int, str, bytes, tuple subclasses) have the area after their items:
 * attrs_offset is -1 and attrs_of computes it.
 */
#ifndef ATOLL_OBJECTS_TYPE_H
#define ATOLL_OBJECTS_TYPE_H

#include "objects/object.h"

/* How native code is called: args[0..nargs) positional, then one value for each name in the tuple kwnames (or NULL). */
typedef Value (*CallFn)(Value callable, Value const *args, size_t nargs, Value kwnames);
typedef Value (*UnaryFn)(Value);
typedef Value (*BinaryFn)(Value, Value);
typedef Value (*TernaryFn)(Value, Value, Value);
typedef int (*InquiryFn)(Value);    /* 1, 0, -1 raised */
typedef ssize_t (*LengthFn)(Value); /* -1 raised */
typedef Value (*RepeatFn)(Value, ssize_t);
typedef int (*SetItemFn)(Value, Value key, Value value); /* value NULL: delete */
typedef Value (*NewFn)(Type *, Value const *args, size_t nargs, Value kwnames);
typedef int (*InitFn)(Value self, Value const *args, size_t nargs, Value kwnames);

typedef enum CompareOp { CMP_LT, CMP_LE, CMP_EQ, CMP_NE, CMP_GT, CMP_GE } CompareOp;
typedef Value (*CompareFn)(Value, Value, CompareOp); /* may return NOT_IMPLEMENTED */

/* What a send to a generator-like object did. */
typedef enum SendResult { SEND_RAISED = -1, SEND_RETURNED = 0, SEND_YIELDED = 1 } SendResult;

typedef struct Buffer Buffer; /* buffer.h */

/* Every slot; slots.def has a row for each special method that maps to one. Designated initialisers fill it. */
typedef struct Slots {
    /* life (copied into kind) */
    int (*traverse)(HeapObject *, HeapVisit, void *);
    void (*clear)(Heap *, HeapObject *);
    bool (*finalize)(Heap *, HeapObject *);
    void (*free)(Heap *, HeapObject *);
    size_t (*size)(const HeapObject *);
    bool (*is_atomic)(const HeapObject *); /* untracked when a collection finds it so */
    /* object */
    UnaryFn repr, str;
    Hash (*hash)(Value);
    CallFn call;
    Value (*getattr)(Value, Value name);            /* name is a str */
    int (*setattr)(Value, Value name, Value value); /* value NULL: delete */
    CompareFn compare;
    UnaryFn iter;
    UnaryFn next; /* NULL without a pending exception: exhausted (no StopIteration is made) */
    Value (*descr_get)(Value descriptor, Value instance /* or NULL */, Value owner /* or NULL */);
    int (*descr_set)(Value descriptor, Value instance, Value value); /* value NULL: delete */
    NewFn new_;
    InitFn init;
    /* number: binary ones get the operands in source order and return NOT_IMPLEMENTED */
    BinaryFn add, subtract, multiply, matrix_multiply, true_divide, floor_divide, remainder, divmod, lshift,
        rshift, and_, xor_, or_;
    TernaryFn power; /* third is NONE when absent */
    BinaryFn iadd, isubtract, imultiply, imatrix_multiply, itrue_divide, ifloor_divide, iremainder, ilshift,
        irshift, iand, ixor, ior;
    TernaryFn ipower;
    UnaryFn negative, positive, absolute, invert, int_, float_, index;
    InquiryFn bool_;
    /* sequence and mapping: one slot each */
    LengthFn length;
    BinaryFn getitem;
    SetItemFn setitem;
    int (*contains)(Value, Value);
    BinaryFn concat, iconcat; /* tried for + and += after the number slots of both sides */
    RepeatFn repeat, irepeat; /* likewise for * */
    /* async */
    UnaryFn await, aiter, anext;
    SendResult (*send)(Value, Value sent, Value *result);
    /* buffer */
    int (*get_buffer)(Value, Buffer *, int flags);
    void (*release_buffer)(Value, Buffer *);
} Slots;

enum TypeFlags {
    TYPE_SUBCLASSABLE = 1 << 0, /* may be a base class */
    TYPE_HEAP = 1 << 1,         /* made by a class statement or type(): mutable */
    TYPE_GC = 1 << 2,           /* instances are tracked by the collector */
    TYPE_WEAKREFABLE = 1 << 3,  /* weakref.ref takes an instance */
    TYPE_HAS_ATTRS = 1 << 4,    /* instances have an Attrs area */
    TYPE_SEQUENCE = 1 << 5,     /* matches a sequence pattern */
    TYPE_MAPPING = 1 << 6,      /* matches a mapping pattern */
    TYPE_MATCH_SELF = 1 << 7,   /* class pattern with one positional sub-pattern matches the value itself */
    TYPE_METHOD_DESCRIPTOR =
        1 << 8,             /* unbound call with self first means the same as the bound call (functions) */
    TYPE_ABSTRACT = 1 << 9, /* __abstractmethods__ is not empty */
    TYPE_PLAIN_GETATTR = 1 << 10, /* slots.getattr is object's: inline caches may look for themselves */
    TYPE_PLAIN_SETATTR = 1 << 11,
    TYPE_PLAIN_NEW = 1 << 12, /* slots.new_ is object's */
    TYPE_NOT_INSTANTIABLE = 1 << 13,
    TYPE_SOLID = 1 << 14, /* its instances have fields that its base's have not (layout conflicts) */
    TYPE_LAZY = 1 << 15,  /* built-in whose dict is not made yet: read it through type_dict_borrow */
    TYPE_INT_SUBCLASS = 1 << 16,
    TYPE_FLOAT_SUBCLASS = 1 << 17,
    TYPE_STR_SUBCLASS = 1 << 18,
    TYPE_BYTES_SUBCLASS = 1 << 19,
    TYPE_LIST_SUBCLASS = 1 << 20,
    TYPE_TUPLE_SUBCLASS = 1 << 21,
    TYPE_DICT_SUBCLASS = 1 << 22,
    TYPE_TYPE_SUBCLASS = 1 << 23,
    TYPE_EXCEPTION_SUBCLASS = 1 << 24,
    TYPE_SET_SUBCLASS = 1 << 25,
    TYPE_FAMILY_FLAGS = 0x3ff << 16, /* all of the above _SUBCLASS ones */
    TYPE_CUSTOM_HASH = 1 << 26,      /* comparison or hash is not object's: inherited together */
    TYPE_MRO_CUSTOM = 1 << 27,       /* the metaclass overrides mro() */
    TYPE_BY_NUMBER = 1 << 28,        /* built-in whose items have numbers and no names: it is no mapping to % */
};

typedef struct TypeSpec TypeSpec;

struct Type {
    HeapKind kind; /* header; name without module; traverse, clear, finalize, free, size */
    uint32_t flags;
    uint32_t version;    /* unique id of the present state for caches; 0: not yet given (type_version) */
    uint32_t basic_size; /* bytes of an instance without items and attrs */
    uint32_t item_size;
    int32_t attrs_offset;     /* 0: none; -1: after the items */
    uint16_t inline_capacity; /* how many attribute values an instance holds in place */
    uint16_t id;              /* TypeId, or TYPE_COUNT */
    Slots slots;
    uint32_t instance_size; /* of an instance without items: basic_size and the attributes' area */
    uint32_t
        all_slots; /* values of __slots__ in an instance, inherited ones counted; behind native_base's fields */
    Type *native_base;    /* nearest built-in type on the chain of bases (itself, if it is one); borrowed */
    const TypeSpec *spec; /* of a built-in type */
    Value
        expected_attrs; /* tuple of the names that the methods store on self, or NULL: sizes inline_capacity */
    Type *base;         /* best base: layout comes from it; owned */
    Value bases;        /* tuple */
    Value mro;          /* tuple of types */
    Dict *dict;
    Str *name, *qualname;     /* name: what follows the module */
    const char *module;       /* of a built-in type: "builtins", "collections"; NULL: in the dict */
    struct Shape *root_shape; /* of instances without attributes */
    Value subclasses;         /* dict: id -> weakref */
    Value slot_names; /* tuple of the class's own __slots__ members as stored (mangled, sorted), or NULL */
    uint32_t slots_count; /* own ones */
    CallFn construct;     /* NULL, or a short cut for calling the type: callable is the type */
    const char *doc;
    Value body; /* of a class statement: the function that filled the namespace; NULL: none, or not known */
};

/* ---- tables from which built-in types are made ----------------------------------------------------------------- */

typedef enum NativeCall {
    NATIVE_NOARGS, /* Value f(Value self) */
    NATIVE_ONE,    /* Value f(Value self, Value arg) */
    NATIVE_FAST,   /* Value f(Value self, Value const *args, size_t nargs) */
    NATIVE_KW,     /* Value f(Value self, Value const *args, size_t nargs, Value kwnames) */
} NativeCall;

enum NativeFlags {
    NATIVE_CLASS = 1,
    NATIVE_STATIC = 2,
    NATIVE_COEXIST = 4,
    NATIVE_BARE_NAME = 8 /* "find() takes no keyword arguments", not "str.find()" */
};

typedef struct NativeMethod {
    const char *name;
    void *function; /* NULL ends a table */
    NativeCall call;
    uint32_t flags;
    const char *doc; /* "name($self, x, /)\n--\n\ntext" gives __text_signature__ as in CPython; may be NULL */
} NativeMethod;

#define METHOD_NOARGS(name, f, doc)                                                                          \
    { name, (void *)(f), NATIVE_NOARGS, 0, doc }
#define METHOD_ONE(name, f, doc)                                                                             \
    { name, (void *)(f), NATIVE_ONE, 0, doc }
#define METHOD_FAST(name, f, doc)                                                                            \
    { name, (void *)(f), NATIVE_FAST, 0, doc }
#define METHOD_KW(name, f, doc)                                                                              \
    { name, (void *)(f), NATIVE_KW, 0, doc }
#define METHOD_BARE(name, f, doc)                                                                            \
    { name, (void *)(f), NATIVE_FAST, NATIVE_BARE_NAME, doc }
#define METHOD_END                                                                                           \
    { NULL, NULL, 0, 0, NULL }

typedef struct GetSet {
    const char *name;
    Value (*get)(Value self, void *closure);
    int (*set)(Value self, Value value, void *closure); /* value NULL: delete; NULL function: read-only */
    const char *doc;
    void *closure;
} GetSet;

/* What CPython keeps in a field and is computed here: the row makes a read-only member_descriptor. */
#define GETSET_MEMBER(name, get, closure)                                                                    \
    { name, get, getset_member_set, NULL, closure }
int getset_member_set(Value self, Value value, void *closure); /* AttributeError "readonly attribute" */

typedef enum MemberKind {
    MEMBER_VALUE,     /* NULL reads as None */
    MEMBER_VALUE_EX,  /* NULL raises AttributeError */
    MEMBER_VALUE_INT, /* as MEMBER_VALUE, but only an int can be put there and nothing deleted */
    MEMBER_INT,
    MEMBER_SSIZE,
    MEMBER_BOOL,
    MEMBER_UINT32,
    MEMBER_DOUBLE
} MemberKind;
typedef struct Member {
    const char *name;
    MemberKind kind;
    size_t offset;
    bool read_only;
    const char *doc;
} Member;

/* One per built-in type, static const, found by types.def: `const TypeSpec list_spec`. */
struct TypeSpec {
    const char *name; /* "list" or "collections.deque" */
    const char *doc;  /* with signature line as in NativeMethod */
    uint32_t flags;
    uint32_t basic_size, item_size;
    bool
        has_attrs; /* exceptions, functions: instances of the built-in type itself have a __dict__; the struct ends
                         in an Attrs (counted in basic_size), which native code reaches by attrs_of alone */
    HeapLayout layout; /* not inherited */
    Slots slots;
    const NativeMethod *methods;
    const GetSet *getset;
    const Member *members;
    CallFn construct;
    int (*ready)(
        Type
            *); /* extra dict entries; 0 or -1. Such a type's dict is made at boot, others' when first looked into */
    int (*boot)(Type *); /* at boot, when there is no dict yet: kind.is_atomic, flags; 0 or -1 */
};

/* ---- instance attributes ---------------------------------------------------------------------------------------- */

/*
 * A hidden class: the ordered attribute names of some instances of one type. Shapes form a tree from the type's root_shape;
 * adding name n goes to the child for n. They are owned by the type and die with it.
 */
typedef struct Shape {
    Type *type; /* borrowed: the type owns its shapes */
    struct Shape *parent;
    Value name;     /* interned str that this shape adds; NULL at the root */
    uint32_t count; /* names in all; this one's index is count - 1 */
    uint32_t child_count, child_capacity;
    struct Shape **children;
    struct Shape *sibling; /* all shapes of a type in one list, for dropping them */
    void *index_table;     /* lazily: name -> index when count > 8 */
} Shape;

typedef struct Attrs {
    Shape *shape;  /* rt->dict_shape: values is a Dict */
    Value *values; /* inline_values, an allocation of its own when there are more, or the (owned) Dict */
    Value inline_values[];
} Attrs;

/* The area of an instance whose type has TYPE_HAS_ATTRS. */
Attrs *attrs_of_variable(Value o);
static inline Attrs *attrs_of(Value o) {
    int32_t offset = ((Type *)(void *)o->head.kind)->attrs_offset;
    return __builtin_expect(offset > 0, 1) ? (Attrs *)((char *)o + offset) : attrs_of_variable(o);
}
/* Index of name (interned str) in the shape, or -1. */
int shape_find(const Shape *shape, Value name);
/* The shape after adding name; NULL: too many (go to a dict) or out of memory (then raised). */
Shape *shape_add(Shape *shape, Value name);
/* Reads, writes, deletes one attribute of an instance's own area. get: borrowed, NULL when absent (nothing raised);
 * set/delete: 0, -1 raised; delete gives 1 when it was absent. */
Value attrs_get_borrow(Value o, Value name);
int attrs_set(Value o, Value name, Value value);
int attrs_delete(Value o, Value name);
/* The instance's __dict__, made now if need be (the instance then lives on it); borrowed, NULL raised. */
Dict *attrs_dict_borrow(Value o);
int attrs_set_dict(Value o, Value dict);
int attrs_traverse(Value o, HeapVisit visit, void *arg);
void attrs_clear(Value o);
static inline bool attrs_is_dict(const Attrs *a) {
    return a->shape->type == NULL;
} /* shape == rt->dict_shape */
/* For inline caches that add an attribute: true if a value may be put at values[next->count - 1] and shape set to next. */
static inline bool attrs_has_room(const Type *t, const Shape *next) {
    return next->count <= t->inline_capacity;
}
/* Adds a value under a shape found by shape_add, growing `values` if need be. Steals value, also on failure. 0, -1. */
int attrs_append_steal(Value o, Shape *next, Value value);
/* A root shape for t if it has none yet; NULL raised. */
Shape *type_root_shape(Type *t);
void shapes_drop(Type *t);

/* ---- making and asking types ------------------------------------------------------------------------------------ */

/* Room for all types of types.def, with names and sizes set so that their instances can be made. 0, -1 out of memory. */
int types_alloc(void);
/* Makes all types of types.def ready (object and type first); called once by runtime boot. 0, -1 out of memory. */
int types_boot(void);
/* The type's dict, made now if the type is lazy; NULL raised MemoryError. */
Dict *type_dict_borrow(Type *t);
/* type(name, bases, dict) with metatype's rules (slots, __set_name__, __init_subclass__, ...). New. */
Value type_new(Type *metatype, Value name, Value bases, Value dict, Value const *kwargs, Value kwnames);
/* A class made by native code: exceptions of modules etc. name "module.Name". New. */
Type *type_new_simple(const char *name, Value bases, Value dict_or_null, const char *doc);
/* Makes a built-in type from a spec outside of types.def (modules' own types: keep the result in the module's state). New. */
Type *type_from_spec(const TypeSpec *spec, Type *base);

bool type_is_subtype(const Type *t, const Type *of);
/* Looks name (interned) up along the MRO through the method cache; borrowed, NULL when absent (nothing raised). */
Value type_lookup_borrow(Type *t, Value name);
/* The version for inline caches, given now if need be; 0: none could be given. */
uint32_t type_version(Type *t);
/* After a change to t->dict. name NULL: anything may have changed. Updates slots and forgets cached lookups. */
int type_modified(Type *t, Value name);
/* What looked like a plain value in some class may be a descriptor now (or the reverse): whoever remembers lookups by type
 * version must look again. For objects whose class, or class's slots, changed from `before` to `after`. */
void type_kind_changed(const Slots *before, const Slots *after);
/* Full name for messages: "collections.deque" for built-in module types, bare for builtins; CPython's tp_name. */
const char *type_name(const Type *t);
/* str: __name__, __qualname__ and __module__ as messages and reprs want them. New; type_module: NULL without error if unset. */
Value type_qualname(Type *t);
Value type_module(Type *t);
/* "module.qualname" as in the repr of the class; without "builtins.". New. */
Value type_full_name(Type *t);
/* Best base and metaclass for bases: borrowed, NULL raised. */
Type *type_best_base(Value bases);
Type *type_calculate_metaclass(Type *metatype, Value bases);
/* The slot call of `type` for any class: new, then init. */
Value type_call(Value type, Value const *args, size_t nargs, Value kwnames);
static inline const char *type_name_of(Value v) { return type_name(type_of(v)); }

/* An instance of t with its own fields NOT initialised but header, items count aside, __slots__ (NULL) and Attrs area valid;
 * refcount 1, not tracked (call value_track when its fields are valid). nitems: of item_size each. NULL raised. */
Value value_alloc(Type *t, size_t nitems);
static inline void value_track(Value v) { heap_track(rt->heap, &v->head); }
/* The same, tracked if t is TYPE_GC; for types without fields that need a value first. */
Value value_alloc_tracked(Type *t);
/* For the free slot of a subclassable built-in type: drops __slots__ and attrs of the subclass part, then the memory. */
void value_free(Value v);

/* ---- within type_*.c ------------------------------------------------------------------------------------------- */

typedef struct SlotRow SlotRow;
typedef Value (*SlotWrapFn)(Value self, const SlotRow *row, void *slot, Value const *args, size_t nargs,
                            Value kwnames);
/* One special method: a row of slots.def. */
struct SlotRow {
    uint16_t name_id; /* NameId */
    uint16_t offset;  /* of the slot in Slots */
    SlotWrapFn wrap;  /* makes the slot callable by name; NULL: never */
    void *dispatch; /* slot function that calls the method by name; NULL: the slot is for native types only */
    const char *doc;
};
extern const SlotRow slot_rows[];
extern const size_t slot_row_count;

int type__add_slot_wrappers(Type *t); /* into the dict, for the type's own slots */
void type__inherit_slots(Type *t, Type *base);
int type__update_slots(Type *t);            /* of a Python class, from what the MRO has; all rows */
int type__update_slot(Type *t, Value name); /* one name, through the subclasses */
void type__set_plain_flags(Type *t);
void type__copy_life(Type *t);    /* life slots to the kind */
Value type_default_mro(Type *t);  /* the C3 order as a new list: type.mro() */
Value type__compute_mro(Type *t); /* new tuple; calls mro() when the metaclass overrides it */
int type__add_subclass(Type *base, Type *t);
void type__remove_subclass(Type *base, Type *t);
/* Live direct subclasses: new list. */
Value type__subclasses(Type *t);
void type__subtype_life(Type *t);          /* traverse, clear, free, of a Python class */
HeapLayout type__instance_layout(const Type *t); /* how a collection reads them, once they are ready */
int type__set_bases(Type *t, Value bases); /* assignment to __bases__ */
bool type__same_layout(const Type *a, const Type *b); /* may an instance of one become one of the other? */
/* The place of a __slots__ value; offset as in its member descriptor. */
Value *value_slot(Value o, int32_t offset);

#endif
