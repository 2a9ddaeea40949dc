/*
 * shape: the tree of hidden classes of one type.
 *
 * Invariants. A shape's names are those of its parents and its own, by count. Shapes live until their type
 * dies (instances hold their type). The tree is bounded: when a shape has too many names or children, or a
 * type too many shapes, shape_add refuses and the instance lives on a dict from then on.
 */
#include "objects/error.h"
#include "objects/object.h"

enum {
    SHAPE_MAX_NAMES = 64,
    SHAPE_MAX_CHILDREN = 64,
    SHAPE_MAX_IN_TYPE = 1024,
    SHAPE_WALK = 8, /* with more names than this a table is used */
};

/* Open addressing, twice as many places as names at least; index is 1-based, 0 is free. */
typedef struct ShapeTable {
    uint32_t mask;
    struct {
        Value name;
        uint32_t index;
    } places[];
} ShapeTable;

static Shape *shape_new(Type *t, Shape *parent, Value name) {
    Shape *shape = heap_alloc_zero(rt->heap, sizeof *shape);
    if (!shape) {
        raise_no_memory();
        return NULL;
    }
    shape->type = t;
    shape->parent = parent;
    shape->name = xincref(name);
    shape->count = parent ? parent->count + 1 : 0;
    return shape;
}

Shape *type_root_shape(Type *t) {
    if (!t->root_shape) t->root_shape = shape_new(t, NULL, NULL);
    return t->root_shape;
}

static size_t place_of(Value name, uint32_t mask) { return (BITS(name) >> 4) * 0x9E3779B1u & mask; }

static void build_table(Shape *shape) {
    uint32_t size = 16;
    while (size < 2 * shape->count + 2) size *= 2;
    ShapeTable *table = heap_alloc_zero(rt->heap, sizeof *table + size * sizeof *table->places);
    if (!table) return; /* the walk does without */
    table->mask = size - 1;
    for (const Shape *at = shape; at->parent; at = at->parent) {
        size_t i = place_of(at->name, table->mask);
        while (table->places[i].index) i = (i + 1) & table->mask;
        table->places[i].name = at->name;
        table->places[i].index = at->count;
    }
    shape->index_table = table;
}

int shape_find(const Shape *shape, Value name) {
    if (shape->count > SHAPE_WALK) {
        if (!shape->index_table) build_table((Shape *)shape);
        const ShapeTable *table = shape->index_table;
        if (table) {
            for (size_t i = place_of(name, table->mask); table->places[i].index; i = (i + 1) & table->mask)
                if (table->places[i].name == name) return (int)table->places[i].index - 1;
            return -1;
        }
    }
    for (; shape->parent; shape = shape->parent)
        if (shape->name == name) return (int)shape->count - 1;
    return -1;
}

static bool grow_children(Shape *shape) {
    if (shape->child_count < shape->child_capacity) return true;
    uint32_t capacity = shape->child_capacity ? shape->child_capacity * 2 : 1;
    Shape **children = heap_realloc(rt->heap, shape->children, capacity * sizeof *children);
    if (!children) {
        raise_no_memory();
        return false;
    }
    shape->children = children;
    shape->child_capacity = capacity;
    return true;
}

/* Counted at each new shape only, so the walk is paid once a shape. */
static uint32_t shapes_in_type(const Shape *root) {
    uint32_t n = 0;
    for (const Shape *s = root->sibling; s && n < SHAPE_MAX_IN_TYPE; s = s->sibling) n++;
    return n;
}

Shape *shape_add(Shape *shape, Value name) {
    for (uint32_t i = 0; i < shape->child_count; i++)
        if (shape->children[i]->name == name) return shape->children[i];
    if (shape->count >= SHAPE_MAX_NAMES || shape->child_count >= SHAPE_MAX_CHILDREN) return NULL;
    Shape *root = shape->type->root_shape;
    if (shapes_in_type(root) >= SHAPE_MAX_IN_TYPE || !grow_children(shape)) return NULL;
    Shape *child = shape_new(shape->type, shape, name);
    if (!child) return NULL;
    child->sibling = root->sibling;
    root->sibling = child;
    shape->children[shape->child_count++] = child;
    return child;
}

static void shape_drop(Shape *shape) {
    heap_free(rt->heap, shape->children);
    heap_free(rt->heap, shape->index_table);
    xdecref(shape->name);
    heap_free(rt->heap, shape);
}

void shapes_drop(Type *t) {
    Shape *shape = t->root_shape;
    t->root_shape = NULL;
    while (shape) {
        Shape *next = shape->sibling;
        shape_drop(shape);
        shape = next;
    }
}
