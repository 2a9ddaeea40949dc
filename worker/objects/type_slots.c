/*
 * type_slots: the table of special methods, and keeping a class's slots and methods in step.
 *
 * Three directions. A built-in type has slots; its dict gets a wrapper for each. A Python class has methods;
 * each slot gets the dispatcher, or, where the method found along the MRO is just the wrapper of a native
 * slot, that native slot itself. An assignment to a special name redoes the slots of the class and of all its
 * subclasses.
 */
#include "objects/dict.h"
#include "objects/function.h"
#include "objects/list.h"
#include "objects/native.h"
#include "objects/slots.h"

const SlotRow slot_rows[] = {
#define SLOT(name, slot, wrapper, dispatcher, doc)                                                           \
    {N_##name, offsetof(Slots, slot), slot_wrap_##wrapper, (void *)slot_dispatch_##dispatcher, doc},
#include "objects/slots.def"
#undef SLOT
};
const size_t slot_row_count = sizeof slot_rows / sizeof *slot_rows;

static Value row_name(const SlotRow *row) { return rt->names[row->name_id]; }

static void **slot_at(Slots *slots, size_t offset) { return (void **)(void *)((char *)slots + offset); }

/* ---- built-in types: slots to methods ---- */

/* Whether the base has the wrapper. A family of types repeats its base's slots; access to attributes, and __init__,
 * are the type's own where its spec has them. */
static bool repeats_base(const Type *t, const SlotRow *row, void *slot) {
    if (!t->base || row->name_id == N___init__ || row->offset == offsetof(Slots, getattr) ||
        row->offset == offsetof(Slots, setattr))
        return false;
    return *slot_at((Slots *)&t->base->spec->slots, row->offset) == slot;
}

/* The type's own slots are those of its spec; what it inherited has its wrapper in the base. */
int type__add_slot_wrappers(Type *t) {
    Slots *own = (Slots *)&t->spec->slots;
    Value dict = AS_VALUE(t->dict);
    for (size_t i = 0; i < slot_row_count; i++) {
        const SlotRow *row = &slot_rows[i];
        void *slot = *slot_at(own, row->offset);
        if (!slot || !row->wrap || dict_get_str_borrow(dict, row_name(row))) continue;
        if (repeats_base(t, row, slot)) continue;
        Value wrapper = slot == (void *)hash_not_implemented && row->name_id == N___hash__
                            ? NONE
                            : descriptor_new(T_wrapper_descriptor, t, row_name(row), row, slot);
        if (!wrapper) return -1;
        int status = dict_set(dict, row_name(row), wrapper);
        decref(wrapper);
        if (status < 0) return -1;
    }
    if (t->slots.hash == hash_not_implemented && !own->hash && own->compare &&
        !dict_get_str_borrow(dict, NAME(__hash__)))
        return dict_set(dict, NAME(__hash__), NONE);
    return 0;
}

/* Fills the empty slots of a built-in type from its base. Equality and hash belong together. */
void type__inherit_slots(Type *t, Type *base) {
    bool own_compare = t->slots.compare != NULL;
    if (own_compare && !t->slots.hash) t->slots.hash = hash_not_implemented;
    void **own = (void **)(void *)&t->slots, **inherited = (void **)(void *)&base->slots;
    for (size_t i = 0; i < sizeof(Slots) / sizeof(void *); i++)
        if (!own[i]) own[i] = inherited[i];
}

void type__set_plain_flags(Type *t) {
    t->flags &= ~(uint32_t)(TYPE_PLAIN_GETATTR | TYPE_PLAIN_SETATTR | TYPE_PLAIN_NEW);
    if (t->slots.getattr == object_getattr) t->flags |= TYPE_PLAIN_GETATTR;
    if (t->slots.setattr == object_setattr) t->flags |= TYPE_PLAIN_SETATTR;
    if (t->slots.new_ == object_new) t->flags |= TYPE_PLAIN_NEW;
}

void type__copy_life(Type *t) {
    t->kind.traverse = t->slots.traverse;
    t->kind.clear = t->slots.clear;
    t->kind.finalize = t->slots.finalize;
    if (t->slots.finalize && (t->flags & TYPE_HEAP)) rt->finalizers_seen = true;
    t->kind.free = t->slots.free;
    t->kind.size = t->slots.size;
    t->kind.layout = t->flags & TYPE_HEAP ? type__instance_layout(t) : t->spec->layout;
    t->kind.is_atomic = t->flags & TYPE_HEAP
                            ? NULL
                            : t->slots.is_atomic; /* instances of classes hold more than the base's part */
    if (t == TYPE(dict)) t->kind.flags |= HEAP_KIND_SETTLE_FULL;
}

/* ---- Python classes: methods to slots ---- */

/* What one row adds to the choice for its slot. */
typedef struct Choice {
    void *specific; /* the native slot to take as it is */
    void *generic;  /* the dispatcher */
    bool use_generic;
} Choice;

static void choose_native(Choice *c, void *slot, const SlotRow *row) {
    if (!c->specific || c->specific == slot) {
        c->specific = slot;
    } else {
        c->use_generic = true;
        c->generic = row->dispatch;
    }
}

static void choose_generic(Choice *c, const SlotRow *row) {
    c->use_generic = true;
    c->generic = row->dispatch;
}

static void consider_row(Type *t, const SlotRow *row, Choice *c) {
    Value found = type_lookup_borrow(t, row_name(row));
    if (!found) return;
    if (found == NONE && row->name_id == N___hash__) {
        c->specific = (void *)hash_not_implemented;
        return;
    }
    Type *kind = type_of(found);
    if (kind == TYPE(wrapper_descriptor)) {
        Descriptor *d = (Descriptor *)found;
        const SlotRow *of = d->row;
        bool applies = type_is_subtype(t, d->type);
        if (of == row && applies) {
            choose_native(c, d->wrapped, row);
            return;
        }
        if (of->name_id == row->name_id && applies) {
            /* A sequence's: its other slot has it; but += is so alike in both that the number's takes it too, and is asked first. */
            if (of->wrap == row->wrap) choose_native(c, d->wrapped, row);
            return;
        }
    } else if (kind == TYPE(method_descriptor)) {
        Descriptor *d = (Descriptor *)found;
        const NativeMethod *method = d->row;
        void *slot = *slot_at(&d->type->slots, row->offset);
        if (d->name == row_name(row) && (method->flags & NATIVE_COEXIST) && slot &&
            type_is_subtype(t, d->type)) {
            choose_native(c, slot, row);
            return;
        }
    } else if (kind == TYPE(builtin_function) && row->name_id == N___new__ &&
               ((Native *)found)->method == &type_new_row) {
        /* As in CPython whatever __new__ is named, the slot stays: after a __new__ in Python, which stood in the class or
         * stands in its base, it is the dispatcher, and object.__new__ then refuses further arguments. */
        c->specific = (void *)(t->slots.new_ ? t->slots.new_ : t->base->slots.new_);
        return;
    }
    choose_generic(c, row);
}

/* Decides the slot of the rows from `first` on; returns the index behind its group. */
static size_t update_group(Type *t, size_t first) {
    Choice c = {NULL, NULL, false};
    size_t i = first;
    for (; i < slot_row_count && slot_rows[i].offset == slot_rows[first].offset; i++)
        consider_row(t, &slot_rows[i], &c);
    *slot_at(&t->slots, slot_rows[first].offset) = c.specific && !c.use_generic ? c.specific : c.generic;
    return i;
}

static void slots_changed(Type *t) {
    type__set_plain_flags(t);
    t->kind.finalize = t->slots.finalize;
    if (t->slots.finalize && (t->flags & TYPE_HEAP)) rt->finalizers_seen = true;
}

/* The dicts of all classes that t inherits from, so that looking something up in t's MRO cannot run out of memory later. */
static int fill_dicts(const Type *t) {
    for (size_t i = 0; i < tuple_length(t->mro); i++)
        if (!type_dict_borrow((Type *)tuple_item_borrow(t->mro, i))) return -1;
    return 0;
}

int type__update_slots(Type *t) {
    if (fill_dicts(t) < 0) return -1;
    for (size_t i = 0; i < slot_row_count;) i = update_group(t, i);
    slots_changed(t);
    return error_pending() ? -1 : 0;
}

static bool is_special(Value name) {
    for (size_t i = 0; i < slot_row_count; i++)
        if (row_name(&slot_rows[i]) == name) return true;
    return false;
}

static void update_named(Type *t, Value name) {
    for (size_t i = 0; i < slot_row_count;) {
        size_t end = i;
        bool hit = false;
        for (; end < slot_row_count && slot_rows[end].offset == slot_rows[i].offset; end++)
            hit |= row_name(&slot_rows[end]) == name;
        bool iterates = slot_rows[i].offset == offsetof(Slots, next) && t->slots.next;
        if (hit) update_group(t, i);
        if (hit && iterates && !t->slots.next) t->slots.next = iter_next_missing;
        i = end;
    }
    slots_changed(t);
}

/* Breadth first over the subclasses that do not define the name themselves. */
int type__update_slot(Type *t, Value name) {
    if (!is_special(name)) return 0;
    Value todo = list_new(0);
    if (!todo || list_append(todo, AS_VALUE(t)) < 0) goto failed;
    for (size_t i = 0; i < list_length(todo); i++) {
        Type *at = (Type *)list_item_borrow(todo, i);
        if (at != t && dict_get_str_borrow(AS_VALUE(at->dict), name)) continue;
        if (at->flags & TYPE_HEAP) update_named(at, name);
        Value subclasses = type__subclasses(at);
        int status = subclasses ? list_extend(todo, subclasses) : -1;
        xdecref(subclasses);
        if (status < 0) goto failed;
    }
    decref(todo);
    return 0;
failed:
    xdecref(todo);
    return -1;
}
