/* type_mro: linearisation (C3), best base, metaclass of bases, subtype test. */
#include "base/names.h"
#include "objects/list.h"
#include "objects/set.h"
#include "objects/slots.h"
#include "objects/str.h"

bool type_is_subtype(const Type *t, const Type *of) {
    if (t == of) return true;
    if (t->mro) {
        const Tuple *mro = (const Tuple *)(const void *)t->mro;
        for (size_t i = 0; i < mro->length; i++)
            if ((const void *)mro->items[i] == (const void *)of) return true;
        return false;
    }
    for (; t; t = t->base) /* not ready yet */
        if (t == of) return true;
    return of == TYPE(object);
}

/* ---- C3 ---- */

static bool in_tail(Value sequence, size_t from, Value candidate) {
    for (size_t i = from + 1; i < tuple_length(sequence); i++)
        if (tuple_item_borrow(sequence, i) == candidate) return true;
    return false;
}

static void raise_inconsistent(Value const *sequences, const size_t *at, size_t n) {
    Value heads = set_new(NULL);
    Value names = heads ? list_new(0) : NULL;
    for (size_t i = 0; names && i < n; i++) {
        if (at[i] >= tuple_length(sequences[i])) continue;
        Value head = tuple_item_borrow(sequences[i], at[i]);
        int known = set_contains(heads, head);
        if (known < 0 ||
            (!known && (set_add(heads, head) < 0 || list_append(names, AS_VALUE(((Type *)head)->name)) < 0)))
            CLEAR_FIELD(names);
    }
    Value comma = names ? str_from_cstr(", ") : NULL;
    Value text = comma ? str_join(comma, names) : NULL;
    if (text)
        raise_error(T_TypeError, "Cannot create a consistent method resolution\norder (MRO) for bases %U",
                    text);
    xdecref(text);
    xdecref(comma);
    xdecref(names);
    xdecref(heads);
}

/* Takes the first head that is in no tail, until all sequences are used up. */
static int merge(Value result, Value const *sequences, size_t *at, size_t n) {
    for (;;) {
        bool rest = false;
        Value pick = NULL;
        for (size_t i = 0; i < n && !pick; i++) {
            if (at[i] >= tuple_length(sequences[i])) continue;
            rest = true;
            Value candidate = tuple_item_borrow(sequences[i], at[i]);
            bool blocked = false;
            for (size_t j = 0; j < n && !blocked; j++) blocked = in_tail(sequences[j], at[j], candidate);
            if (!blocked) pick = candidate;
        }
        if (!rest) return 0;
        if (!pick) {
            raise_inconsistent(sequences, at, n);
            return -1;
        }
        if (list_append(result, pick) < 0) return -1;
        for (size_t i = 0; i < n; i++)
            if (at[i] < tuple_length(sequences[i]) && tuple_item_borrow(sequences[i], at[i]) == pick) at[i]++;
    }
}

static Value mro_single(Type *t) {
    Type *base = (Type *)tuple_item_borrow(t->bases, 0);
    size_t n = tuple_length(base->mro);
    Value mro = tuple_new(n + 1);
    if (!mro) return NULL;
    tuple_init_item_steal(mro, 0, incref(AS_VALUE(t)));
    for (size_t i = 0; i < n; i++) tuple_init_item_steal(mro, i + 1, incref(tuple_item_borrow(base->mro, i)));
    return mro;
}

static int check_duplicates(Value bases) {
    for (size_t i = 0; i < tuple_length(bases); i++)
        for (size_t j = i + 1; j < tuple_length(bases); j++)
            if (tuple_item_borrow(bases, i) == tuple_item_borrow(bases, j))
                return raise_int(T_TypeError, "duplicate base class %U",
                                 ((Type *)tuple_item_borrow(bases, i))->name);
    return 0;
}

/* The C3 linearisation of a type with its bases. New tuple. */
static Value mro_c3(Type *t) {
    size_t n = tuple_length(t->bases);
    for (size_t i = 0; i < n; i++)
        if (!((Type *)tuple_item_borrow(t->bases, i))->mro)
            return raise_error(T_TypeError, "Cannot extend an incomplete type '%N'",
                               (Type *)tuple_item_borrow(t->bases, i));
    if (n == 0) return tuple_pack(1, AS_VALUE(t));
    if (n == 1) return mro_single(t);
    if (check_duplicates(t->bases) < 0) return NULL;
    Value *sequences = heap_alloc(rt->heap, (n + 1) * sizeof *sequences);
    size_t *at = heap_calloc(rt->heap, n + 1, sizeof *at);
    Value list = sequences && at ? list_new(0) : raise_no_memory();
    Value result = NULL;
    if (list && list_append(list, AS_VALUE(t)) == 0) {
        for (size_t i = 0; i < n; i++) sequences[i] = ((Type *)tuple_item_borrow(t->bases, i))->mro;
        sequences[n] = t->bases;
        if (merge(list, sequences, at, n + 1) == 0) result = list_to_tuple(list);
    }
    xdecref(list);
    heap_free(rt->heap, at);
    heap_free(rt->heap, sequences);
    return result;
}

Value type_default_mro(Type *t) {
    Value tuple = mro_c3(t);
    if (!tuple) return NULL;
    Value list = value_to_list(tuple);
    decref(tuple);
    return list;
}

static Value check_custom_mro(Type *t, Value mro) {
    Type *solid = t->native_base ? t->native_base : TYPE(object);
    for (size_t i = 0; i < tuple_length(mro); i++) {
        Value item = tuple_item_borrow(mro, i);
        if (!is_type(item)) return raise_error(T_TypeError, "mro() returned a non-class ('%T')", item);
        Type *native = ((Type *)item)->native_base;
        if (native && !type_is_subtype(solid, native) && (native->flags & TYPE_SOLID))
            return raise_error(T_TypeError, "mro() returned base with unsuitable layout ('%N')",
                               (Type *)item);
    }
    return mro;
}

Value type__compute_mro(Type *t) {
    Type *meta = type_of(AS_VALUE(t));
    if (meta == TYPE(type)) return mro_c3(t);
    Value found = type_lookup_borrow(meta, NAME(mro)), plain = type_lookup_borrow(TYPE(type), NAME(mro));
    if (found == plain || !found) return mro_c3(t);
    Value list = call_found_method(found, AS_VALUE(t), NULL, 0);
    Value mro = list ? value_to_tuple(list) : NULL;
    xdecref(list);
    if (mro && !check_custom_mro(t, mro)) CLEAR_FIELD(mro);
    if (mro) t->flags |= TYPE_MRO_CUSTOM;
    return mro;
}

/* ---- base and metaclass ---- */

/* The type on t's chain that last added fields. */
static Type *solid_base(Type *t) {
    while (t->base && !(t->flags & TYPE_SOLID)) t = t->base;
    return t;
}

Type *type_best_base(Value bases) {
    Type *winner = NULL, *base = NULL;
    for (size_t i = 0; i < tuple_length(bases); i++) {
        Value item = tuple_item_borrow(bases, i);
        if (!is_type(item)) return (Type *)raise_error(T_TypeError, "bases must be types");
        Type *candidate_base = (Type *)item;
        if (!(candidate_base->flags & TYPE_SUBCLASSABLE))
            return (Type *)raise_error(T_TypeError, "type '%N' is not an acceptable base type",
                                       candidate_base);
        Type *candidate = solid_base(candidate_base);
        if (!winner || (winner != candidate && type_is_subtype(candidate, winner))) {
            winner = candidate;
            base = candidate_base;
        } else if (!type_is_subtype(winner, candidate)) {
            return (Type *)raise_error(T_TypeError, "multiple bases have instance lay-out conflict");
        }
    }
    return base;
}

Type *type_calculate_metaclass(Type *metatype, Value bases) {
    Type *winner = metatype;
    for (size_t i = 0; i < tuple_length(bases); i++) {
        Type *t = type_of(tuple_item_borrow(bases, i));
        if (type_is_subtype(winner, t)) continue;
        if (!type_is_subtype(t, winner))
            return (Type *)raise_error(
                T_TypeError, "metaclass conflict: the metaclass of a derived class must be a (non-strict) "
                             "subclass of the metaclasses of all its bases");
        winner = t;
    }
    return winner;
}
