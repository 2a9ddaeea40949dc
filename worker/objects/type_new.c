/*
 * type_new: what a class statement ends in: type(name, bases, dict).
 *
 * Steps: metaclass and best base; what __slots__ asks for; the type object with its layout; dict entries that
 * classes get by themselves; MRO and slots; then __set_name__ of what the dict holds and __init_subclass__ of
 * the parent.
 */
#include "base/names.h"
#include "objects/dict.h"
#include "objects/evaluator.h"
#include "objects/function.h"
#include "objects/list.h"
#include "objects/native.h"
#include "objects/slots.h"
#include "objects/str.h"
#include "objects/weakref.h"

enum { EXPECTED_MAX = 30 };

/* A class in the making. */
typedef struct ClassBuild {
    Type *metatype, *base;
    Value name, bases, dict; /* dict: our copy */
    Value slots;             /* list of mangled, sorted member names, or NULL: no __slots__ */
    bool may_add_dict, may_add_weak, add_dict, add_weak;
    Type *type;
} ClassBuild;

static bool variable_sized(const Type *t) { return t->item_size != 0 && !(t->flags & TYPE_STR_SUBCLASS); }

/* Types and modules keep their attributes in a dict of their own. */
static bool has_dict(Type *t) {
    return (t->flags & (TYPE_HAS_ATTRS | TYPE_TYPE_SUBCLASS)) || type_is_subtype(t, TYPE(module));
}

/* ---- __slots__ ---- */

/* "__x" in class "_C" is "_C__x", as the compiler does it. New. */
static Value mangle(Value class_name, Value name) {
    size_t n = str_length(name), k = str_length(class_name), skip = 0;
    bool private = n > 2 && str_read(name, 0) == '_' && str_read(name, 1) == '_' &&
                   !(str_read(name, n - 1) == '_' && str_read(name, n - 2) == '_');
    for (size_t i = 0; private && i < n; i++) private = str_read(name, i) != '.';
    while (skip < k && str_read(class_name, skip) == '_') skip++;
    if (!private || skip == k) return incref(name);
    Value stem = str_slice(class_name, skip, k);
    Value result = stem ? str_format("_%U%U", stem, name) : NULL;
    xdecref(stem);
    return result;
}

static int check_slot_name(Value name) {
    if (!is_str(name)) return raise_int(T_TypeError, "__slots__ items must be strings, not '%T'", name);
    if (!str_is_identifier(name)) return raise_int(T_TypeError, "__slots__ must be identifiers");
    return 0;
}

static int add_member_slot(ClassBuild *c, Value name) {
    Value mangled = mangle(c->name, name);
    if (!mangled) return -1;
    str_intern_in_place(&mangled);
    int status = list_append(c->slots, mangled);
    Value value;
    if (status == 0 && !str_equal_cstr(name, "__qualname__") && !str_equal_cstr(name, "__classcell__")) {
        status = dict_find(c->dict, mangled, &value);
        if (status == 1)
            status = raise_int(T_ValueError, "%R in __slots__ conflicts with class variable", name);
    }
    decref(mangled);
    return status;
}

static bool is_special_slot(Value name) {
    return str_equal_cstr(name, "__dict__") || str_equal_cstr(name, "__weakref__");
}

static int add_special_slot(ClassBuild *c, Value name) {
    if (check_slot_name(name) < 0) return -1;
    if (str_equal_cstr(name, "__dict__")) {
        if (!c->may_add_dict || c->add_dict)
            return raise_int(T_TypeError, "__dict__ slot disallowed: we already got one");
        c->add_dict = true;
        return 0;
    }
    if (str_equal_cstr(name, "__weakref__")) {
        if (!c->may_add_weak || c->add_weak)
            return raise_int(T_TypeError,
                             "__weakref__ slot disallowed: either we already got one, or __itemsize__ != 0");
        c->add_weak = true;
    }
    return 0;
}

/* A further base may bring a __dict__ or weak references that __slots__ does not name. */
static void slots_of_other_bases(ClassBuild *c) {
    for (size_t i = 0; i < tuple_length(c->bases); i++) {
        Type *base = (Type *)tuple_item_borrow(c->bases, i);
        if (base == c->base) continue;
        if (c->may_add_dict && has_dict(base)) c->add_dict = true;
        if (c->may_add_weak && (base->flags & TYPE_WEAKREFABLE)) c->add_weak = true;
    }
}

static int read_slots(ClassBuild *c) {
    c->may_add_dict = !has_dict(c->base);
    c->may_add_weak = !(c->base->flags & TYPE_WEAKREFABLE) && !variable_sized(c->base);
    Value given = dict_get_str_borrow(c->dict, NAME(__slots__));
    if (!given) {
        c->add_dict = c->may_add_dict;
        c->add_weak = c->may_add_weak;
        return 0;
    }
    Value names = is_str(given) ? tuple_pack(1, given) : value_to_tuple(given);
    c->slots = names ? list_new(0) : NULL;
    int status = c->slots ? 0 : -1;
    bool fixed = !variable_sized(c->base) && !(c->base->flags & TYPE_TYPE_SUBCLASS);
    if (status == 0 && tuple_length(names) && !fixed)
        status = raise_int(T_TypeError, "nonempty __slots__ not supported for subtype of '%N'", c->base);
    for (size_t i = 0; status == 0 && i < tuple_length(names); i++)
        status = add_special_slot(c, tuple_item_borrow(names, i));
    for (size_t i = 0; status == 0 && i < tuple_length(names); i++)
        if (!is_special_slot(tuple_item_borrow(names, i)))
            status = add_member_slot(c, tuple_item_borrow(names, i));
    if (status == 0) status = list_sort(c->slots, NONE, false);
    if (status == 0) slots_of_other_bases(c);
    xdecref(names);
    return status;
}

/* ---- layout ---- */

static bool known(Value const *names, size_t n, Value name) {
    for (size_t i = 0; i < n; i++)
        if (names[i] == name) return true;
    return false;
}

static size_t collect_expected(Value names, Value *out, size_t n) {
    for (size_t i = 0; names && i < tuple_length(names) && n < EXPECTED_MAX; i++) {
        Value name = tuple_item_borrow(names, i);
        if (!known(out, n, name)) out[n++] = name;
    }
    return n;
}

/* The names that the bases' and this class's functions store on their first parameter. */
static int expect_attributes(ClassBuild *c, Type *t) {
    Value names[EXPECTED_MAX];
    size_t n = 0, at = 0;
    for (size_t i = 0; i < tuple_length(c->bases); i++)
        n = collect_expected(((Type *)tuple_item_borrow(c->bases, i))->expected_attrs, names, n);
    Value key, value;
    while (dict_next(c->dict, &at, &key, &value))
        if (IS_EXACT(value, function))
            n = collect_expected(((Function *)value)->code->self_attributes, names, n);
    t->inline_capacity = (uint16_t)(n ? n : 1);
    if (t->inline_capacity < c->base->inline_capacity) t->inline_capacity = c->base->inline_capacity;
    if (n && !(t->expected_attrs = tuple_from_array(names, n))) return -1;
    return 0;
}

static int lay_out(ClassBuild *c) {
    Type *t = c->type, *base = c->base;
    t->slots_count = c->slots ? (uint32_t)list_length(c->slots) : 0;
    t->all_slots = base->all_slots + t->slots_count;
    t->item_size = base->item_size;
    bool variable = t->item_size != 0;
    t->basic_size = base->basic_size;
    if (t->all_slots && !variable)
        t->basic_size =
            ((t->native_base->basic_size + 7) & ~(uint32_t)7) + t->all_slots * (uint32_t)sizeof(Value);
    t->instance_size = t->basic_size + (variable ? t->all_slots * (uint32_t)sizeof(Value) : 0);
    if (c->add_dict || (base->flags & TYPE_HAS_ATTRS)) {
        t->flags |= TYPE_HAS_ATTRS;
        if (expect_attributes(c, t) < 0) return -1;
        t->attrs_offset = variable ? -1 : (int32_t)((t->basic_size + 7) & ~(uint32_t)7);
        if (!variable) t->basic_size = (uint32_t)t->attrs_offset;
        t->instance_size = (variable ? t->instance_size : t->basic_size) + (uint32_t)sizeof(Attrs) +
                           t->inline_capacity * (uint32_t)sizeof(Value);
        if (!type_root_shape(t)) return -1;
    }
    if (c->add_weak || (base->flags & TYPE_WEAKREFABLE)) t->flags |= TYPE_WEAKREFABLE;
    /* CPython's instances with a variable number of items have their dict behind them, at no fixed place. */
    if (t->slots_count || (c->add_dict && variable_sized(base))) t->flags |= TYPE_SOLID;
    t->flags |= TYPE_GC; /* as in CPython, where each instance refers to its class */
    return 0;
}

static int make_object(ClassBuild *c) {
    Type *t = (Type *)value_alloc(c->metatype, 0);
    if (!t) return -1;
    memset((char *)t + sizeof(HeapObject), 0, sizeof *t - sizeof(HeapObject));
    c->type = t;
    t->id = TYPE_COUNT;
    t->flags = TYPE_HEAP | TYPE_SUBCLASSABLE | (c->base->flags & TYPE_FAMILY_FLAGS);
    t->base = INCREF(c->base);
    t->native_base = c->base->native_base;
    t->bases = incref(c->bases);
    t->name = (Str *)incref(c->name);
    t->qualname = (Str *)incref(c->name);
    t->dict = (Dict *)incref(c->dict);
    t->kind.name = str_utf8(c->name, NULL);
    t->kind.is_atomic = NULL;
    return t->kind.name ? 0 : -1;
}

/* ---- dict entries ---- */

/* The __dict__ that a built-in base brings itself (modules, classes, exceptions); borrowed, NULL: none does. */
static Value native_dict_borrow(Value self) {
    Value found = type_lookup_borrow(type_of(self)->native_base, NAME(__dict__));
    return found && type_of(found)->slots.descr_set ? found : NULL;
}

static Value dict_get(Value self, void *closure) {
    (void)closure;
    Value native = native_dict_borrow(self);
    if (native) return type_of(native)->slots.descr_get(native, self, AS_VALUE(type_of(self)));
    Dict *d = attrs_dict_borrow(self);
    return d ? incref(AS_VALUE(d)) : NULL;
}

static int dict_replace(Value self, Value value, void *closure) {
    (void)closure;
    Value native = native_dict_borrow(self);
    if (native) return type_of(native)->slots.descr_set(native, self, value);
    if (value) return attrs_set_dict(self, value);
    Value fresh = dict_new();
    int status = fresh ? attrs_set_dict(self, fresh) : -1;
    xdecref(fresh);
    return status;
}

static Value weakref_attribute(Value self, void *closure) {
    (void)closure;
    return weakref_first(self);
}

static const GetSet dict_row = {"__dict__", dict_get, dict_replace,
                                "the attributes that have no place of their own", NULL};
static const GetSet weakref_row = {"__weakref__", weakref_attribute, NULL, "the weak references to it", NULL};

static int put_getset(Type *t, Value name, const GetSet *row) {
    if (dict_get_str_borrow(AS_VALUE(t->dict), name)) return 0;
    Value d = descriptor_new(T_getset_descriptor, t, name, row, NULL);
    int status = d ? dict_set(AS_VALUE(t->dict), name, d) : -1;
    xdecref(d);
    return status;
}

/* Behind the native fields in order, or before the block's end (type_alloc.c). */
static int32_t slot_offset(const Type *t, uint32_t i) {
    if (t->item_size) return -(int32_t)((t->base->all_slots + i + 1) * sizeof(Value));
    uint32_t start = (t->native_base->basic_size + 7) & ~(uint32_t)7;
    return (int32_t)(start + (t->base->all_slots + i) * sizeof(Value));
}

static int put_slots(ClassBuild *c) {
    Type *t = c->type;
    if (c->add_dict && put_getset(t, NAME(__dict__), &dict_row) < 0) return -1;
    if (c->add_weak && put_getset(t, NAME(__weakref__), &weakref_row) < 0) return -1;
    for (uint32_t i = 0; i < t->slots_count; i++) {
        Value name = list_item_borrow(c->slots, i);
        void *offset = (void *)(intptr_t)slot_offset(t, i);
        Value d = descriptor_new(T_member_descriptor, t, name, NULL, offset);
        int status = d ? dict_set(AS_VALUE(t->dict), name, d) : -1;
        xdecref(d);
        if (status < 0) return -1;
    }
    return c->slots && !(t->slot_names = list_to_tuple(c->slots)) ? -1 : 0;
}

static int put_module(Value dict) {
    if (dict_get_str_borrow(dict, NAME(__module__))) return 0;
    Dict *globals = vm_globals_borrow();
    Value module = globals ? dict_get_str_borrow(AS_VALUE(globals), NAME(__name__)) : NULL;
    return module ? dict_set(dict, NAME(__module__), module) : 0;
}

static int take_qualname(ClassBuild *c) {
    Value qualname = dict_pop(c->dict, NAME(__qualname__));
    if (!qualname) return error_pending() ? -1 : 0;
    if (!is_str(qualname)) {
        raise_error(T_TypeError, "type __qualname__ must be a str, not %T", qualname);
        decref(qualname);
        return -1;
    }
    SET_FIELD_STEAL(c->type->qualname, (Str *)qualname);
    return 0;
}

/* A plain function under one of these names becomes a static or class method. */
static int wrap_implicit(Value dict, Value name, Value (*wrap)(Value)) {
    Value f = dict_get_str_borrow(dict, name);
    if (!f || !IS_EXACT(f, function)) return 0;
    Value wrapped = wrap(f);
    int status = wrapped ? dict_set(dict, name, wrapped) : -1;
    xdecref(wrapped);
    return status;
}

static int fill_cell(ClassBuild *c) {
    Value cell = dict_pop(c->dict, NAME(__classcell__));
    if (!cell) return error_pending() ? -1 : 0;
    int status = 0;
    if (!IS_EXACT(cell, cell))
        status =
            raise_int(T_TypeError, "__classcell__ must be a nonlocal cell, not %R", AS_VALUE(type_of(cell)));
    else SET_FIELD_STEAL(((Cell *)cell)->value, incref(AS_VALUE(c->type)));
    decref(cell);
    return status;
}

static int put_entries(ClassBuild *c) {
    Value dict = c->dict;
    if (put_module(dict) < 0 || take_qualname(c) < 0 ||
        wrap_implicit(dict, NAME(__new__), staticmethod_new) < 0 ||
        wrap_implicit(dict, NAME(__init_subclass__), classmethod_new) < 0 ||
        wrap_implicit(dict, NAME(__class_getitem__), classmethod_new) < 0 || fill_cell(c) < 0 ||
        put_slots(c) < 0)
        return -1;
    Value doc = dict_get_str_borrow(dict, NAME(__doc__));
    if (doc ? is_str(doc) && !str_utf8(doc, NULL) : dict_set(dict, NAME(__doc__), NONE) < 0) return -1;
    if (dict_get_str_borrow(dict, NAME(__eq__)) && !dict_get_str_borrow(dict, NAME(__hash__)))
        return dict_set(dict, NAME(__hash__), NONE);
    return 0;
}

/* ---- ready ---- */

static void inherit_pattern_flags(Type *t) {
    for (size_t i = 1; i < tuple_length(t->mro); i++) {
        uint32_t flags = ((Type *)tuple_item_borrow(t->mro, i))->flags;
        if (!(t->flags & (TYPE_SEQUENCE | TYPE_MAPPING))) t->flags |= flags & (TYPE_SEQUENCE | TYPE_MAPPING);
        t->flags |= flags & TYPE_MATCH_SELF;
    }
}

static int make_ready(ClassBuild *c) {
    Type *t = c->type;
    t->mro = type__compute_mro(t);
    if (!t->mro) return -1;
    inherit_pattern_flags(t);
    type__subtype_life(t);
    if (type__update_slots(t) < 0) return -1;
    type__copy_life(t);
    for (size_t i = 0; i < tuple_length(t->bases); i++)
        if (type__add_subclass((Type *)tuple_item_borrow(t->bases, i), t) < 0) return -1;
    return 0;
}

/* ---- hooks ---- */

static int call_set_name(Type *t, Value key, Value value) {
    Value found = type_lookup_borrow(type_of(value), NAME(__set_name__));
    if (!found) return error_pending() ? -1 : 0;
    Value args[2] = {AS_VALUE(t), key};
    Value result = call_found_method(found, value, args, 2);
    if (result) {
        decref(result);
        return 0;
    }
    raise_from_pending(T_RuntimeError, "Error calling __set_name__ on '%T' instance %R in '%N'", value, key,
                       t);
    return -1;
}

static int set_names(Type *t) {
    Value copy = dict_copy(AS_VALUE(t->dict)); /* the calls may change the class */
    if (!copy) return -1;
    size_t at = 0;
    Value key, value;
    int status = 0;
    while (status == 0 && dict_next(copy, &at, &key, &value))
        if (is_object(value)) status = call_set_name(t, key, value);
    decref(copy);
    return status;
}

static int init_subclass(Type *t, Value const *kwargs, Value kwnames) {
    for (size_t i = 1; i < tuple_length(t->mro); i++) { /* super(t, t).__init_subclass__ */
        Type *at = (Type *)tuple_item_borrow(t->mro, i);
        Dict *dict = type_dict_borrow(at);
        Value found = dict ? dict_get_str_borrow(AS_VALUE(dict), NAME(__init_subclass__)) : NULL;
        if (!found) {
            if (error_pending()) return -1;
            continue;
        }
        bool nothing = at == TYPE(object) && (!kwnames || tuple_length(kwnames) == 0);
        if (nothing) return 0;
        Type *kind = type_of(found);
        Value bound = kind->slots.descr_get ? kind->slots.descr_get(found, NULL, AS_VALUE(t)) : incref(found);
        Value result = bound ? value_call(bound, kwargs, 0, kwnames) : NULL;
        xdecref(bound);
        xdecref(result);
        return result ? 0 : -1;
    }
    return 0;
}

/* ---- the whole ---- */

static int check_bases(Value bases) {
    for (size_t i = 0; i < tuple_length(bases); i++) {
        Value base = tuple_item_borrow(bases, i);
        if (is_type(base)) continue;
        Value entries;
        int found = value_getattr_optional(base, NAME(__mro_entries__), &entries);
        xdecref(entries);
        if (found < 0) return -1;
        if (found)
            return raise_int(T_TypeError,
                             "type() doesn't support MRO entry resolution; use types.new_class()");
    }
    return 0;
}

static int check_name(Value name) {
    for (size_t i = 0; i < str_length(name); i++)
        if (str_read(name, i) == 0)
            return raise_int(T_ValueError, "type name must not contain null characters");
    return 0;
}

static int build(ClassBuild *c, Value const *kwargs, Value kwnames) {
    c->base = type_best_base(c->bases);
    if (!c->base || check_name(c->name) < 0 || read_slots(c) < 0 || make_object(c) < 0 || lay_out(c) < 0)
        return -1;
    value_track(AS_VALUE(c->type)); /* before the entries, of which some refer to it */
    if (put_entries(c) < 0 || make_ready(c) < 0 || set_names(c->type) < 0) return -1;
    return init_subclass(c->type, kwargs, kwnames);
}

Value type_new(Type *metatype, Value name, Value bases, Value dict, Value const *kwargs, Value kwnames) {
    if (check_bases(bases) < 0) return NULL;
    Type *winner = type_calculate_metaclass(metatype, bases);
    if (!winner) return NULL;
    if (winner != metatype && winner->slots.new_ != metatype->slots.new_ && winner->slots.new_) {
        size_t n = kwnames ? tuple_length(kwnames) : 0;
        Value *args = heap_calloc(rt->heap, 3 + n, sizeof *args);
        if (!args) return raise_no_memory();
        args[0] = name, args[1] = bases, args[2] = dict;
        if (n) memcpy(args + 3, kwargs, n * sizeof *args);
        Value result = winner->slots.new_(winner, args, 3, kwnames);
        heap_free(rt->heap, args);
        return result;
    }
    ClassBuild c = {.metatype = winner, .name = name};
    c.bases = tuple_length(bases) ? incref(bases) : tuple_pack(1, AS_VALUE(TYPE(object)));
    c.dict = c.bases ? dict_copy(dict) : NULL;
    int status = c.dict ? build(&c, kwargs, kwnames) : -1;
    xdecref(c.bases);
    xdecref(c.dict);
    xdecref(c.slots);
    if (status == 0) return AS_VALUE(c.type);
    if (c.type) DECREF(c.type);
    return NULL;
}

Type *type_new_simple(const char *full_name, Value bases, Value dict_or_null, const char *doc) {
    const char *dot = strrchr(full_name, '.');
    Value dict = dict_or_null ? dict_copy(dict_or_null) : dict_new();
    Value name = dict ? str_from_cstr(dot ? dot + 1 : full_name) : NULL;
    Value module = name ? str_from_utf8(full_name, dot ? (size_t)(dot - full_name) : 0) : NULL;
    Value text = module && doc ? str_from_cstr(doc) : NULL;
    Value given = is_tuple(bases) ? incref(bases) : tuple_pack(1, bases);
    Value t = NULL;
    if (module && given && (!doc || text) && (!dot || dict_set(dict, NAME(__module__), module) == 0) &&
        (!text || dict_set(dict, NAME(__doc__), text) == 0))
        t = type_new(TYPE(type), name, given, dict, NULL, NULL);
    xdecref(given);
    xdecref(text);
    xdecref(module);
    xdecref(name);
    xdecref(dict);
    return (Type *)t;
}

/* ---- assignment to __bases__ ---- */

/* An mro() that assigns __bases__ again sees bases whose mro is not yet the new one. */
static bool is_on_base_chain(const Type *t, const Type *from) {
    while (from && from != t) from = from->base;
    return from != NULL;
}

static int check_new_bases(Type *t, Value bases) {
    if (!is_tuple(bases))
        return raise_int(T_TypeError, "can only assign tuple to %N.__bases__, not %T", t, bases);
    if (tuple_length(bases) == 0)
        return raise_int(T_TypeError, "can only assign non-empty tuple to %N.__bases__, not ()", t);
    for (size_t i = 0; i < tuple_length(bases); i++) {
        Value base = tuple_item_borrow(bases, i);
        if (!is_type(base))
            return raise_int(T_TypeError, "%N.__bases__ must be tuple of classes, not '%T'", t, base);
        if (type_is_subtype((Type *)base, t) || is_on_base_chain(t, (Type *)base))
            return raise_int(T_TypeError, "a __bases__ item causes an inheritance cycle");
    }
    return 0;
}

/* Notes in a list what a class's MRO was. */
static int note_mro(Value undo, Type *t) {
    Value note = tuple_pack(2, AS_VALUE(t), t->mro ? t->mro : NONE);
    int status = note ? list_append(undo, note) : -1;
    xdecref(note);
    return status;
}

/* Recomputes MROs of a class and what is below it, and notes what they were. */
static int remake_mro(Type *t, Value undo) {
    Value old = xincref(t->mro), mro = type__compute_mro(t);
    bool superseded = t->mro != old; /* mro() itself assigned __bases__ */
    xdecref(old);
    if (superseded) xdecref(mro);
    if (superseded || !mro) return mro ? 0 : -1;
    if (note_mro(undo, t) < 0) return decref(mro), -1;
    SET_FIELD_STEAL(t->mro, mro);
    Value below = type__subclasses(t);
    int status = below ? 0 : -1;
    for (size_t i = 0; status == 0 && i < list_length(below); i++)
        status = remake_mro((Type *)list_item_borrow(below, i), undo);
    xdecref(below);
    return status ? -1 : type__update_slots(t);
}

/* Without asking any mro() again, which may have been what failed. */
static void restore_mros(Value undo) {
    for (size_t i = list_length(undo); i-- > 0;) {
        Value note = list_item_borrow(undo, i), mro = tuple_item_borrow(note, 1);
        Type *t = (Type *)tuple_item_borrow(note, 0);
        type_modified(t, NAME(__bases__));
        SET_FIELD_STEAL(t->mro, mro == NONE ? NULL : incref(mro));
        if (t->mro && type__update_slots(t) < 0) error_clear();
    }
}

static bool is_among(Value types, Value type) {
    for (size_t i = 0; i < tuple_length(types); i++)
        if (tuple_item_borrow(types, i) == type) return true;
    return false;
}

static void leave_bases(Type *t, Value bases, Value kept) {
    for (size_t i = 0; i < tuple_length(bases); i++) {
        Value base = tuple_item_borrow(bases, i);
        if (!is_among(kept, base)) type__remove_subclass((Type *)base, t);
    }
}

/* Under its new bases the class is the last one. 0, -1 raised: it is under its old ones. */
static int change_bases(Type *t, Value old, Value bases) {
    for (size_t i = 0; i < tuple_length(bases); i++) {
        if (type__add_subclass((Type *)tuple_item_borrow(bases, i), t) == 0) continue;
        leave_bases(t, bases, old);
        return -1;
    }
    leave_bases(t, old, bases);
    return 0;
}

int type__set_bases(Type *t, Value bases) {
    if (check_new_bases(t, bases) < 0) return -1;
    Type *base = type_best_base(bases);
    if (!base) return -1;
    if ((t->base->flags ^ base->flags) & TYPE_GC)
        return raise_int(T_TypeError, "__bases__ assignment: '%N' deallocator differs from '%N'", base,
                         t->base);
    if (!type__same_layout(t->base, base))
        return raise_int(T_TypeError, "__bases__ assignment: '%N' object layout differs from '%N'", base,
                         t->base);
    Value old_bases = t->bases, undo = list_new(0);
    if (!undo) return -1;
    Type *old_base = t->base;
    Slots before = t->slots;
    type_modified(t, NAME(__bases__)); /* forgets; no slot has that name */
    t->bases = incref(bases);
    t->base = INCREF(base);
    int status = remake_mro(t, undo);
    bool stand = t->bases == bases; /* not assigned again by an mro() */
    if (status == 0 && stand) status = change_bases(t, old_bases, bases);
    if (status < 0 && stand) {
        Value error = error_take();
        SET_FIELD_STEAL(t->bases, old_bases);
        SET_FIELD_STEAL(t->base, old_base);
        restore_mros(undo);
        error_restore_steal(error);
    } else {
        decref(old_bases);
        DECREF(old_base);
    }
    decref(undo);
    if (status < 0) return -1;
    type_kind_changed(&before, &t->slots);
    return 0;
}
