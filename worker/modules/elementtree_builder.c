/*
 * elementtree_builder: TreeBuilder, which makes a tree of elements out of their starts, ends and texts.
 *
 * Idea. Text is kept back until an element begins or ends: only then is it known to be whole, and whose text or tail it is.
 */
#include "modules/elementtree.h"
#include "modules/fields.h"
#include "objects/dict.h"
#include "objects/list.h"
#include "objects/sizes.h"
#include "objects/str.h"
#include "objects/tuple.h"

enum { BUILDER_FIELDS = 10 + TREE_EVENT_COUNT };
_Static_assert(offsetof(Builder, utf8) == sizeof(HeapObject) + BUILDER_FIELDS * sizeof(Value), "all fields");

static Builder *builder_of(Value v) { return (Builder *)v; }

/* ---- text ---- */

int builder_utf8(Builder *b, const char *utf8, size_t n) {
    if (b->last == NONE) return 0; /* before the first element */
    if (b->data) {
        Value text = str_from_utf8(utf8, n);
        int status = text ? builder_data(b, text) : -1;
        xdecref(text);
        return status;
    }
    if (n > b->utf8_room - b->utf8_length) {
        size_t room = 2 * (b->utf8_length + n) + 64;
        char *grown = heap_realloc(rt->heap, b->utf8, room);
        if (!grown) return raise_no_memory(), -1;
        b->utf8 = grown;
        b->utf8_room = room;
    }
    memcpy(b->utf8 + b->utf8_length, utf8, n);
    b->utf8_length += n;
    return 0;
}

/* What a native parser gave becomes a value as others are. */
static int settle_utf8(Builder *b) {
    if (!b->utf8_length) return 0;
    Value text = str_from_utf8(b->utf8, b->utf8_length);
    if (!text) return -1;
    b->utf8_length = 0;
    SET_FIELD_STEAL(b->data, text);
    return 0;
}

int builder_data(Builder *b, Value data) {
    if (settle_utf8(b) < 0) return -1;
    if (!b->data) {
        if (b->last != NONE) b->data = incref(data);
        return 0;
    }
    if (type_of(b->data) == TYPE(list)) return list_append(b->data, data);
    Value list = list_from_array((Value[]){b->data, data}, 2);
    if (!list) return -1;
    SET_FIELD_STEAL(b->data, list);
    return 0;
}

/* The text kept back, which is taken out. New, NULL raised. */
static Value take_text(Builder *b) {
    if (b->utf8_length) {
        Value text = str_from_utf8(b->utf8, b->utf8_length);
        b->utf8_length = 0;
        return text;
    }
    Value data = b->data;
    b->data = NULL;
    if (type_of(data) != TYPE(list)) return data;
    Value text = str_join(rt->empty_str, data);
    decref(data);
    return text;
}

/* Behind what the element has already; steals text. */
static int extend_steal(Value element, bool tail, Value text) {
    Element *e = (Element *)element;
    if (type_of(element) == TREE->element && (tail ? e->tail : e->text) == NONE) {
        if (tail) SET_FIELD_STEAL(e->tail, text);
        else SET_FIELD_STEAL(e->text, text);
        return 0;
    }
    Value name = str_intern_cstr(tail ? "tail" : "text"), before = name ? value_getattr(element, name) : NULL,
          whole = !before          ? NULL
                  : before == NONE ? incref(text)
                                   : value_add(before, text);
    int status = whole ? value_setattr(element, name, whole) : -1;
    xdecref(name);
    xdecref(before);
    xdecref(whole);
    decref(text);
    return status;
}

static int flush(Builder *b) {
    if (!b->data && !b->utf8_length) return 0;
    Value text = take_text(b);
    if (!text) return -1;
    Value element = incref(b->last_for_tail ? b->last_for_tail : b->last);
    int status = extend_steal(element, b->last_for_tail != NULL, text);
    decref(element);
    return status;
}

/* ---- events ---- */

int builder_tell(Builder *b, TreeEvent event, Value what) {
    if (!b->append || !b->events[event]) return 0;
    Value pair = tuple_pack(2, b->events[event], what), append = incref(b->append),
          result = pair ? value_call_one(append, pair) : NULL;
    decref(append);
    xdecref(pair);
    xdecref(result);
    return result ? 0 : -1;
}

static Value make_element_steal(Builder *b, Value tag, Value attributes) {
    if (!b->element_factory) return element_alloc_steal(TREE->element, tag, attributes);
    if (!attributes && !(attributes = dict_new())) return NULL;
    Value factory = incref(b->element_factory), element = value_call_two(factory, tag, attributes);
    decref(factory);
    decref(attributes);
    return element;
}

/* The element becomes the innermost open one; around it stays what was that. */
static int open_element(Builder *b, Value element) {
    CLEAR_FIELD(b->last_for_tail);
    if (b->current == NONE) {
        if (b->root) return raise_type(TREE->parse_error, "multiple elements on top level"), -1;
        b->root = incref(element);
    } else {
        Value parent = incref(b->current);
        int status = element_add(parent, element);
        decref(parent);
        if (status < 0) return -1;
    }
    if (list_append(b->stack, b->current) < 0) return -1;
    SET_FIELD_STEAL(b->current, incref(element));
    SET_FIELD_STEAL(b->last, incref(element));
    return builder_tell(b, ON_START, element);
}

Value builder_start_steal(Builder *b, Value tag, Value attributes) {
    if (flush(b) < 0) {
        xdecref(attributes);
        return NULL;
    }
    Value element = make_element_steal(b, tag, attributes);
    if (element && open_element(b, element) < 0) CLEAR_FIELD(element);
    return element;
}

Value builder_end(Builder *b) {
    if (flush(b) < 0) return NULL;
    List *stack = (List *)b->stack;
    if (stack->length == 0) return raise_error(T_IndexError, "pop from empty stack");
    Value around = stack->items[--stack->length], closed = b->current;
    b->current = around;
    SET_FIELD_STEAL(b->last_for_tail, incref(closed));
    SET_FIELD_STEAL(b->last, closed);
    Value element = incref(b->last);
    if (builder_tell(b, ON_END, element) < 0) CLEAR_FIELD(element);
    return element;
}

/* A comment or an instruction stands in the tree where that is wanted; what follows it is its tail. */
static int insert(Builder *b, Value node) {
    if (b->current == NONE) return 0;
    Value parent = incref(b->current);
    int status = element_add(parent, node);
    decref(parent);
    if (status == 0) SET_FIELD_STEAL(b->last_for_tail, incref(node));
    return status;
}

Value builder_comment(Builder *b, Value text) {
    if (flush(b) < 0) return NULL;
    Value factory = xincref(b->comment_factory),
          node = factory ? value_call_one(factory, text) : incref(text);
    xdecref(factory);
    if (node && factory && b->insert_comments && insert(b, node) < 0) CLEAR_FIELD(node);
    if (node && builder_tell(b, ON_COMMENT, node) < 0) CLEAR_FIELD(node);
    return node;
}

Value builder_pi(Builder *b, Value target, Value text) {
    if (flush(b) < 0) return NULL;
    Value factory = xincref(b->pi_factory),
          node = factory ? value_call_two(factory, target, text) : tuple_pack(2, target, text);
    xdecref(factory);
    if (node && factory && b->insert_pis && insert(b, node) < 0) CLEAR_FIELD(node);
    if (node && builder_tell(b, ON_PI, node) < 0) CLEAR_FIELD(node);
    return node;
}

Value builder_close(Builder *b) { return b->root ? incref(b->root) : NONE; }

/* ---- life ---- */

static Value builder_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    (void)args, (void)nargs, (void)kwnames;
    Value stack = list_new(0);
    Builder *b = stack ? (Builder *)value_alloc(type, 0) : NULL;
    if (!b) {
        xdecref(stack);
        return NULL;
    }
    memset((char *)b + sizeof(HeapObject), 0, sizeof *b - sizeof(HeapObject));
    b->stack = stack;
    b->current = b->last = NONE;
    value_track(AS_VALUE(b));
    return AS_VALUE(b);
}

static Value factory_of(Value given_or_null, Value fallback_or_null) {
    return given_or_null && given_or_null != NONE ? incref(given_or_null) : xincref(fallback_or_null);
}

static int builder_init(Value v, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"element_factory", "comment_factory", "pi_factory",
                                        "insert_comments", "insert_pis",      NULL};
    static const ArgSpec spec = {"TreeBuilder", names, 5, 0, 1};
    Value out[5];
    Builder *b = builder_of(v);
    if (!args_bind(&spec, args, nargs, kwnames, out)) return -1;
    int comments = out[3] ? value_is_true(out[3]) : 0,
        pis = out[4] && comments >= 0 ? value_is_true(out[4]) : 0;
    if (comments < 0 || pis < 0) return -1;
    SET_FIELD_STEAL(b->element_factory, factory_of(out[0], NULL));
    SET_FIELD_STEAL(b->comment_factory, factory_of(out[1], TREE->comment_factory));
    SET_FIELD_STEAL(b->pi_factory, factory_of(out[2], TREE->pi_factory));
    b->insert_comments = comments;
    b->insert_pis = pis;
    return 0;
}

static int builder_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    return fields_traverse(o, BUILDER_FIELDS, visit, arg);
}

/* The stack and the two that are never NULL stay: methods rely on them. */
static void builder_clear(Heap *heap, HeapObject *o) {
    (void)heap;
    Builder *b = (Builder *)(void *)o;
    Value kept = b->stack;
    SET_FIELD_STEAL(b->current, NONE);
    SET_FIELD_STEAL(b->last, NONE);
    list_set_slice(kept, 0, (ssize_t)list_length(kept), NULL);
    b->stack = NULL;
    fields_drop(o, BUILDER_FIELDS);
    b->stack = kept;
    b->current = b->last = NONE;
}

static void builder_free(Heap *heap, HeapObject *o) {
    fields_drop(o, BUILDER_FIELDS);
    heap_free(heap, ((Builder *)(void *)o)->utf8);
    value_free(AS_VALUE(o));
}

static size_t builder_size(const HeapObject *o) {
    return size_with(o, ((const Builder *)(const void *)o)->utf8);
}

/* ---- methods ---- */

static Value data_method(Value v, Value data) { return builder_data(builder_of(v), data) < 0 ? NULL : NONE; }

static Value start_method(Value v, Value const *args, size_t nargs) {
    if (!args_count("start", nargs, 2, 2)) return NULL;
    if (!is_dict(args[1]))
        return raise_error(T_TypeError, "start() argument 2 must be dict, not %K", args[1]);
    return builder_start_steal(builder_of(v), args[0], incref(args[1]));
}

static Value end_method(Value v, Value tag) { return (void)tag, builder_end(builder_of(v)); }
static Value comment_method(Value v, Value text) { return builder_comment(builder_of(v), text); }

static Value pi_method(Value v, Value const *args, size_t nargs) {
    if (!args_count("pi", nargs, 1, 2)) return NULL;
    return builder_pi(builder_of(v), args[0], nargs > 1 ? args[1] : NONE);
}

static Value close_method(Value v) { return builder_close(builder_of(v)); }

static const NativeMethod builder_methods[] = {
    METHOD_ONE("data", data_method, "data($self, data, /)\n--\n\n"),
    METHOD_FAST("start", start_method, "start($self, tag, attrs, /)\n--\n\n"),
    METHOD_ONE("end", end_method, "end($self, tag, /)\n--\n\n"),
    METHOD_ONE("comment", comment_method, "comment($self, text, /)\n--\n\n"),
    METHOD_FAST("pi", pi_method, "pi($self, target, text=None, /)\n--\n\n"),
    METHOD_NOARGS("close", close_method, "close($self, /)\n--\n\n"),
    METHOD_END,
};

const TypeSpec builder_spec = {
    .name = "xml.etree.ElementTree.TreeBuilder",
    .flags = TYPE_SUBCLASSABLE | TYPE_GC,
    .basic_size = sizeof(Builder),
    .slots = {.traverse = builder_traverse,
              .clear = builder_clear,
              .free = builder_free,
              .size = builder_size,
              .new_ = builder_make,
              .init = builder_init},
    .methods = builder_methods,
};
