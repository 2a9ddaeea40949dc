/* struct_seq: tuple subclasses made from lists of field names. */
#include "modules/struct_seq.h"

#include "objects/dict.h"
#include "objects/int.h"
#include "objects/str.h"

/* The tables of one type: made in the heap, since they depend on the fields. The type's spec points into it.
 */
typedef struct StructSeqTables {
    TypeSpec type;
    const StructSeqSpec *spec;
    size_t count, visible, unnamed;
    GetSet getset[]; /* of the named fields, in order */
} StructSeqTables;

static const StructSeqTables *tables_of(Type *t) {
    return (const StructSeqTables *)(const void *)t->native_base->spec;
}

static Value field_get(Value self, void *closure) {
    return incref(tuple_item_borrow(self, (uintptr_t)closure));
}

/* Items beyond `length` are there but no part of the tuple; they follow it in memory. */
static Value seq_alloc(Type *type, size_t count, size_t visible) {
    Tuple *t = (Tuple *)value_alloc(type, count);
    if (!t) return NULL;
    t->length = visible;
    memset(t->items, 0, count * sizeof *t->items);
    return AS_VALUE(t);
}

Value struct_seq_new_steal(Type *type, Value const *values) {
    const StructSeqTables *s = tables_of(type);
    bool good = true;
    for (size_t i = 0; i < s->count; i++) good = good && values[i];
    Value v = good ? seq_alloc(type, s->count, s->visible) : NULL;
    if (!v) {
        for (size_t i = 0; i < s->count; i++) xdecref(values[i]);
        return NULL;
    }
    memcpy(((Tuple *)v)->items, values, s->count * sizeof *values);
    value_track(v);
    return v;
}

static void seq_free(Heap *heap, HeapObject *o) {
    (void)heap;
    size_t count = tables_of(type_of((Value)o))->count;
    for (size_t i = 0; i < count; i++) xdecref(((Tuple *)o)->items[i]);
    value_free((Value)o);
}

static int seq_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    size_t count = tables_of(type_of((Value)o))->count;
    for (size_t i = 0; i < count; i++) VISIT(((Tuple *)o)->items[i]);
    return 0;
}

static int fill_from_dict(const StructSeqTables *s, Value *values, size_t from, Value dict) {
    for (size_t i = from; i < s->count; i++) {
        Value name = str_intern_cstr(s->spec->fields[i]);
        if (!name) return -1;
        Value found = dict && dict != NONE ? dict_get_borrow(dict, name) : NULL;
        decref(name);
        values[i] = found ? incref(found) : NONE;
    }
    return 0;
}

static Value seq_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    const StructSeqTables *s = tables_of(type);
    static const char *const names[] = {"sequence", "dict", NULL};
    ArgSpec spec = {s->type.name, names, 2, 1, 2};
    Value out[2];
    if (!s->spec->instantiable) return raise_error(T_TypeError, "cannot create '%s' instances", s->type.name);
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    if (out[1] && !is_dict(out[1]))
        return raise_error(T_TypeError, "%.500s() takes a dict as second arg, if any", s->type.name);
    Value items = value_fast_sequence(out[0], "constructor requires a sequence"), result = NULL;
    size_t n = items ? fast_sequence_length(items) : 0;
    if (items && (n < s->visible || n > s->count)) {
        bool exact = s->visible == s->count;
        const char *bound = exact ? "a " : n < s->visible ? "an at least " : "an at most ";
        raise_error(T_TypeError, "%.500s() takes %s%zu-sequence (%zu-sequence given)", s->type.name, bound,
                    n < s->visible ? s->visible : s->count, n);
    } else if (items) {
        result = seq_alloc(type, s->count, s->visible);
        for (size_t i = 0; result && i < n; i++)
            ((Tuple *)result)->items[i] = incref(fast_sequence_items(items)[i]);
        if (result && fill_from_dict(s, ((Tuple *)result)->items, n, out[1]) < 0) CLEAR_FIELD(result);
        if (result) value_track(result);
    }
    xdecref(items);
    return result;
}

static Value seq_repr(Value self) {
    const StructSeqTables *s = tables_of(type_of(self));
    StrBuilder b = STR_BUILDER_INIT;
    int status = str_builder_add_cstr(&b, s->type.name);
    if (status == 0) status = str_builder_add_char(&b, '(');
    for (size_t i = 0; status == 0 && i < s->visible; i++) {
        Value text = str_format("%s%s=%R", i ? ", " : "", s->getset[i].name, tuple_item_borrow(self, i));
        status = text ? str_builder_add(&b, text) : -1;
        xdecref(text);
    }
    if (status == 0 && str_builder_add_char(&b, ')') == 0) return str_builder_finish(&b);
    str_builder_drop(&b);
    return NULL;
}

static Value seq_reduce(Value self) {
    const StructSeqTables *s = tables_of(type_of(self));
    Value items = tuple_from_array(((Tuple *)self)->items, s->visible), rest = items ? dict_new() : NULL,
          result = NULL;
    int status = rest ? 0 : -1;
    for (size_t i = s->visible; status == 0 && i < s->count; i++)
        status = dict_set_cstr(rest, s->spec->fields[i], tuple_item_borrow(self, i));
    Value args = status == 0 ? tuple_pack(2, items, rest) : NULL;
    if (args) result = tuple_pack(2, AS_VALUE(type_of(self)), args);
    xdecref(args);
    xdecref(rest);
    xdecref(items);
    return result;
}

static const NativeMethod seq_methods[] = {METHOD_NOARGS("__reduce__", seq_reduce, NULL), METHOD_END};

static int add_counts(Type *t) {
    const StructSeqTables *s = tables_of(t);
    Value names = tuple_new(s->visible - s->unnamed), dict = AS_VALUE(t->dict);
    for (size_t i = 0; names && i < s->visible - s->unnamed; i++) {
        Value name = str_intern_cstr(s->getset[i].name);
        if (!name) CLEAR_FIELD(names);
        else tuple_init_item_steal(names, i, name);
    }
    int status = names ? dict_set_cstr(dict, "__match_args__", names) : -1;
    xdecref(names);
    if (status == 0) status = dict_set_cstr(dict, "n_fields", small_int_new((int64_t)s->count));
    if (status == 0) status = dict_set_cstr(dict, "n_sequence_fields", small_int_new((int64_t)s->visible));
    if (status == 0) status = dict_set_cstr(dict, "n_unnamed_fields", small_int_new((int64_t)s->unnamed));
    return status;
}

Type *struct_seq_type(const StructSeqSpec *spec) {
    size_t count = 0;
    while (spec->fields[count]) count++;
    StructSeqTables *s = heap_alloc_zero(rt->heap, sizeof *s + (count + 1) * sizeof(GetSet));
    if (!s) return (Type *)raise_no_memory();
    s->spec = spec;
    s->count = count;
    s->visible = spec->visible ? spec->visible : count;
    for (size_t i = 0; i < count; i++) {
        if (*spec->fields[i] == 0) s->unnamed++;
        else
            s->getset[i - s->unnamed] =
                (GetSet)GETSET_MEMBER(spec->fields[i], field_get, (void *)(uintptr_t)i);
    }
    s->type = (TypeSpec){
        .name = spec->name,
        .doc = spec->doc,
        .flags = TYPE_GC,
        .slots = {.traverse = seq_traverse, .free = seq_free, .new_ = seq_make, .repr = seq_repr},
        .methods = seq_methods,
        .getset = s->getset,
    };
    Type *type = type_from_spec(&s->type, TYPE(tuple));
    if (type && (!type_dict_borrow(type) || add_counts(type) < 0)) return NULL;
    return type;
}
