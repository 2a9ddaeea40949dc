/* cell: a variable that functions share. */
#include "objects/function.h"
#include "objects/protocols.h"
#include "objects/str.h"

Value cell_new(Value value) {
    Cell *c = heap_object_new(rt->heap, &TYPE(cell)->kind, sizeof *c);
    if (!c) return raise_no_memory();
    c->value = xincref(value);
    heap_track(rt->heap, &c->head);
    return AS_VALUE(c);
}

static int cell_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    VISIT(((Cell *)o)->value);
    return 0;
}

static void cell_clear(Heap *heap, HeapObject *o) {
    (void)heap;
    CLEAR_FIELD(((Cell *)o)->value);
}

static void cell_free(Heap *heap, HeapObject *o) {
    heap_untrack(heap, o);
    xdecref(((Cell *)o)->value);
    heap_object_free(heap, o);
}

static Value cell_repr(Value v) {
    Value value = ((Cell *)v)->value;
    if (!value) return str_format("<cell at %p: empty>", (void *)v);
    return str_format("<cell at %p: %T object at %p>", (void *)v, value, (void *)value);
}

/* Cells compare by their contents; an empty one is less than any other. */
static Value cell_compare(Value a, Value b, CompareOp op) {
    if (!IS_EXACT(a, cell) || !IS_EXACT(b, cell)) return NOT_IMPLEMENTED;
    Value x = ((Cell *)a)->value, y = ((Cell *)b)->value;
    if (x && y) return value_compare(x, y, op);
    return value_compare(small_int_new(x != NULL), small_int_new(y != NULL), op);
}

static Value get_contents(Value v, void *closure) {
    (void)closure;
    Value value = ((Cell *)v)->value;
    return value ? incref(value) : raise_error(T_ValueError, "Cell is empty");
}

static int set_contents(Value v, Value value, void *closure) {
    (void)closure;
    SET_FIELD_STEAL(((Cell *)v)->value, xincref(value));
    return 0;
}

static Value cell_slot_new(Type *t, Value const *args, size_t nargs, Value kwnames) {
    (void)t;
    if (!args_no_keywords("cell", kwnames) || !args_count("cell", nargs, 0, 1)) return NULL;
    return cell_new(nargs ? args[0] : NULL);
}

static const GetSet cell_getset[] = {{"cell_contents", get_contents, set_contents, NULL, NULL}, {0}};

const TypeSpec cell_type_spec = {
    .name = "cell",
    .doc = "cell([contents])\n--\n\nA cell, empty or holding contents.",
    .flags = TYPE_GC,
    .basic_size = sizeof(Cell),
    .layout = {.form = HEAP_FORM_FIELDS, .whole = true, .words = offsetof(Cell, value), .count = 1},
    .slots = {.getattr = object_getattr,
              .traverse = cell_traverse,
              .clear = cell_clear,
              .free = cell_free,
              .repr = cell_repr,
              .compare = cell_compare,
              .hash = hash_not_implemented,
              .new_ = cell_slot_new},
    .getset = cell_getset,
};
