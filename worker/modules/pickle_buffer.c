/* pickle_buffer: PickleBuffer, a wish to send the memory of an object apart from its pickle. */
#include "modules/pickle.h"

static PickleBuffer *buffer_of(Value v) { return (PickleBuffer *)v; }

static Value new_view(Value o, bool flat) {
    Buffer view;
    if (buffer_get(o, &view, false) < 0) return NULL;
    PickleBuffer *b = (PickleBuffer *)value_alloc(PICKLE->buffer, 0);
    if (!b) return buffer_release(&view), NULL;
    b->view = view;
    if (flat) {
        b->view.format = NULL;
        b->view.item_size = 1;
        b->view.dimensions = 1;
        b->view.shape[0] = (ssize_t)view.length;
        b->view.strides[0] = 1;
    }
    value_track(AS_VALUE(b));
    return AS_VALUE(b);
}

static Value buffer_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    (void)type;
    if (!args_no_keywords("PickleBuffer", kwnames) || !args_count("PickleBuffer", nargs, 1, 1)) return NULL;
    return new_view(args[0], false);
}

/* What was wrapped; NULL raised. Borrowed. */
static Value owner_borrow(Value v) {
    Value owner = buffer_of(v)->view.owner;
    return owner ? owner : raise_error(T_ValueError, "operation forbidden on released PickleBuffer object");
}

/* The same memory, held once more: by the owner itself, in the shape that this view has. */
static int buffer_share(Value v, Buffer *out, int flags) {
    Value owner = owner_borrow(v);
    if (!owner || type_of(owner)->slots.get_buffer(owner, out, flags) < 0) return -1;
    const Buffer *view = &buffer_of(v)->view;
    out->data = view->data;
    out->length = view->length;
    out->format = view->format;
    out->item_size = view->item_size;
    out->dimensions = view->dimensions;
    memcpy(out->shape, view->shape, sizeof out->shape);
    memcpy(out->strides, view->strides, sizeof out->strides);
    return 0;
}

static bool is_whole(const Buffer *view) {
    ssize_t c = (ssize_t)view->item_size, f = c;
    bool c_order = true, f_order = true;
    for (int i = view->dimensions; i-- > 0; c *= view->shape[i])
        c_order &= view->shape[i] <= 1 || view->strides[i] == c;
    for (int i = 0; i < view->dimensions; f *= view->shape[i++])
        f_order &= view->shape[i] <= 1 || view->strides[i] == f;
    return c_order || f_order;
}

static Value buffer_raw(Value v) {
    if (!owner_borrow(v)) return NULL;
    if (!is_whole(&buffer_of(v)->view))
        return raise_error(T_BufferError, "cannot extract raw buffer from non-contiguous buffer");
    Value flat = new_view(v, true), result = flat ? memoryview_new(flat) : NULL;
    xdecref(flat);
    return result;
}

static Value buffer_drop(Value v) {
    buffer_release(&buffer_of(v)->view);
    return NONE;
}

static int buffer_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    VISIT(((PickleBuffer *)(void *)o)->view.owner);
    return 0;
}

static void buffer_clear(Heap *heap, HeapObject *o) {
    (void)heap;
    buffer_release(&((PickleBuffer *)(void *)o)->view);
}

static void buffer_free(Heap *heap, HeapObject *o) {
    buffer_clear(heap, o);
    value_free(AS_VALUE(o));
}

static const NativeMethod buffer_methods[] = {
    METHOD_NOARGS(
        "raw", buffer_raw,
        "raw($self, /)\n--\n\nIts bytes as a flat memoryview; BufferError unless they lie in one piece."),
    METHOD_NOARGS("release", buffer_drop, "release($self, /)\n--\n\nGives the underlying buffer up."),
    METHOD_END,
};

const TypeSpec pickle_buffer_spec = {
    .name = "pickle.PickleBuffer",
    .doc = "Bytes that a pickle may leave to be sent beside it",
    .flags = TYPE_GC | TYPE_WEAKREFABLE,
    .basic_size = sizeof(PickleBuffer),
    .slots = {.traverse = buffer_traverse,
              .clear = buffer_clear,
              .free = buffer_free,
              .new_ = buffer_make,
              .get_buffer = buffer_share},
    .methods = buffer_methods,
};
