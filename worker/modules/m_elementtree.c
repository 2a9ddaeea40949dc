/*
 * _elementtree: the elements of xml.etree.ElementTree, which the builder and the parser beside make and programs walk.
 *
 * Idea. An Element's attributes and children are made when first asked for or given: most elements have none of the one or the
 * other. Paths that are no more than a tag are looked up here, others by xml.etree.ElementPath.
 */
#include "modules/elementtree.h"
#include "modules/fields.h"
#include "objects/dict.h"
#include "objects/generic.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/seq.h"
#include "objects/str.h"
#include "objects/tuple.h"

/* Walks a tree in the order of its text: the way from the root, and which child comes next in each element. */
typedef struct Step {
    Value element; /* owned */
    size_t next;
} Step;

typedef struct Walk {
    HeapObject head;
    Value root, tag; /* root: NULL once begun; tag: NULL for all */
    Step *steps;
    size_t depth, capacity;
    bool texts; /* gives texts, not elements */
} Walk;

static Element *element_of(Value v) { return (Element *)v; }
static bool is_element(Value v) { return value_is_instance(v, TREE->element); }
static size_t child_count(const Element *e) { return e->children ? list_length(e->children) : 0; }

FIELDS_LIFE(element, 5)

/* ---- making ---- */

Value element_alloc_steal(Type *type, Value tag, Value attributes_or_null) {
    Element *e = (Element *)value_alloc(type, 0);
    if (!e) {
        xdecref(attributes_or_null);
        return NULL;
    }
    e->tag = incref(tag);
    e->text = e->tail = NONE;
    e->attributes = attributes_or_null;
    e->children = NULL;
    value_track(AS_VALUE(e));
    return AS_VALUE(e);
}

static Value element_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    (void)args, (void)nargs, (void)kwnames;
    return element_alloc_steal(type, NONE, NULL);
}

/* The dict of the attributes given as a dict, by keywords or both; NULL without an error: there are none. */
static Value gather_attributes(Value given, Value const *values, Value kwnames) {
    size_t n = kwnames ? tuple_length(kwnames) : 0;
    Value dict = NULL;
    if (given && (dict_length(given) || n)) dict = dict_copy(given);
    else if (n) dict = dict_new();
    for (size_t i = 0; dict && i < n; i++) {
        Value name = tuple_item_borrow(kwnames, i);
        if (str_equal_cstr(name, "attrib") && !given) {
            if (!is_dict(values[i])) {
                raise_error(T_TypeError, "attrib must be dict, not %.100T", values[i]);
                CLEAR_FIELD(dict);
            } else if (dict_update(dict, values[i]) < 0) {
                CLEAR_FIELD(dict);
            }
        }
    }
    for (size_t i = 0; dict && i < n; i++) {
        Value name = tuple_item_borrow(kwnames, i);
        if (str_equal_cstr(name, "attrib") && !given) continue;
        if (dict_set(dict, name, values[i]) < 0) CLEAR_FIELD(dict);
    }
    return dict;
}

static int element_init(Value v, Value const *args, size_t nargs, Value kwnames) {
    if (nargs < 1 || nargs > 2)
        return raise_int(T_TypeError,
                         nargs < 1 ? "Element() takes at least 1 argument (%zd given)"
                                   : "Element() takes at most 2 arguments (%zd given)",
                         (ssize_t)nargs);
    if (nargs > 1 && !is_dict(args[1]))
        return raise_int(T_TypeError, "Element() argument 2 must be dict, not %K", args[1]);
    Element *e = element_of(v);
    Value attributes = gather_attributes(nargs > 1 ? args[1] : NULL, args + nargs, kwnames);
    if (!attributes && error_pending()) return -1;
    SET_FIELD_STEAL(e->attributes, attributes);
    SET_FIELD_STEAL(e->tag, incref(args[0]));
    SET_FIELD_STEAL(e->text, NONE);
    SET_FIELD_STEAL(e->tail, NONE);
    return 0;
}

static int add_child(Element *e, Value child) {
    if (!e->children && !(e->children = list_new(0))) return -1;
    return list_append(e->children, child);
}

int element_add(Value parent, Value child) {
    if (type_of(parent) == TREE->element && is_element(child)) return add_child(element_of(parent), child);
    Value result = value_call_method_one(parent, NAME(append), child);
    xdecref(result);
    return result ? 0 : -1;
}

static int must_be_element(Value v, const char *what) {
    if (is_element(v)) return 0;
    return raise_int(T_TypeError, "%s must be xml.etree.ElementTree.Element, not %K", what, v);
}

static Value sub_element(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    if (nargs < 2 || nargs > 3)
        return raise_error(T_TypeError,
                           nargs < 2 ? "SubElement() takes at least 2 arguments (%zd given)"
                                     : "SubElement() takes at most 3 arguments (%zd given)",
                           (ssize_t)nargs);
    if (must_be_element(args[0], "SubElement() argument 1") < 0) return NULL;
    if (nargs > 2 && !is_dict(args[2]))
        return raise_error(T_TypeError, "SubElement() argument 3 must be dict, not %K", args[2]);
    Value attributes = gather_attributes(nargs > 2 ? args[2] : NULL, args + nargs, kwnames);
    if (!attributes && error_pending()) return NULL;
    Value child = element_alloc_steal(TREE->element, args[1], attributes);
    if (child && add_child(element_of(args[0]), child) < 0) CLEAR_FIELD(child);
    return child;
}

static Value make_element(Value v, Value const *args, size_t nargs) {
    (void)v;
    if (nargs != 2)
        return raise_error(T_TypeError, "makeelement expected 2 arguments, got %zd", (ssize_t)nargs);
    if (!is_dict(args[1]))
        return raise_error(T_TypeError, "makeelement() argument 2 must be dict, not %K", args[1]);
    Value attributes = dict_copy(args[1]);
    return attributes ? element_alloc_steal(TREE->element, args[0], attributes) : NULL;
}

/* ---- attributes ---- */

/* Borrowed; NULL raised. */
static Value attributes_of(Element *e) {
    if (!e->attributes) e->attributes = dict_new();
    return e->attributes;
}

static Value element_get(Value v, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"key", "default", NULL};
    static const ArgSpec spec = {"get", names, 2, 1, 2};
    Value out[2], found = NULL;
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    Element *e = element_of(v);
    if (e->attributes && dict_find(e->attributes, out[0], &found) < 0) return NULL;
    return found ? incref(found) : out[1] ? incref(out[1]) : NONE;
}

static Value element_set(Value v, Value const *args, size_t nargs) {
    if (nargs != 2) return raise_error(T_TypeError, "set expected 2 arguments, got %zd", (ssize_t)nargs);
    Value dict = attributes_of(element_of(v));
    return dict && dict_set(dict, args[0], args[1]) == 0 ? NONE : NULL;
}

static Value element_keys(Value v) {
    Value dict = element_of(v)->attributes;
    return dict ? dict_keys_list(dict) : list_new(0);
}

static Value element_items(Value v) {
    Value dict = element_of(v)->attributes;
    return dict ? dict_items_list(dict) : list_new(0);
}

/* ---- children ---- */

static ssize_t element_length(Value v) { return (ssize_t)child_count(element_of(v)); }

/* An index within the children; -2 raised. */
static ssize_t index_of(Element *e, Value key, const char *message) {
    if (!value_has_index(key)) return raise_int(T_TypeError, "element indices must be integers") - 1;
    ssize_t i = value_as_ssize(key, TYPE(IndexError));
    if (i == -1 && error_pending()) return -2;
    if (i < 0) i += (ssize_t)child_count(e);
    return i >= 0 && (size_t)i < child_count(e) ? i : raise_int(T_IndexError, "%s", message) - 1;
}

static Value element_getitem(Value v, Value key) {
    Element *e = element_of(v);
    if (is_slice(key)) {
        Value children = e->children ? incref(e->children) : list_new(0);
        Value part = children ? value_getitem(children, key) : NULL;
        xdecref(children);
        return part;
    }
    ssize_t i = index_of(e, key, "child index out of range");
    return i < 0 ? NULL : incref(list_item_borrow(e->children, (size_t)i));
}

/* The new children for a slice, as a sequence of elements. New; NULL raised. */
static Value elements_of(Value v) {
    Value sequence = value_fast_sequence(v, "expected sequence");
    if (!sequence) {
        if (error_swallow(T_TypeError)) raise_error(T_TypeError, "expected sequence, not \"%.200T\"", v);
        return NULL;
    }
    for (size_t i = 0; i < fast_sequence_length(sequence); i++) {
        Value item = fast_sequence_items(sequence)[i];
        if (is_element(item)) continue;
        raise_error(T_TypeError, "expected an Element, not \"%.200T\"", item);
        decref(sequence);
        return NULL;
    }
    return sequence;
}

static int set_slice(Element *e, Value key, Value value) {
    if (!e->children && !(e->children = list_new(0))) return -1;
    if (!value) return value_delitem(e->children, key);
    Value elements = elements_of(value), children = incref(e->children);
    int status = elements ? value_setitem(children, key, elements) : -1;
    xdecref(elements);
    decref(children);
    return status;
}

static int element_setitem(Value v, Value key, Value value) {
    Element *e = element_of(v);
    if (is_slice(key)) return set_slice(e, key, value);
    ssize_t i = index_of(e, key, "child assignment index out of range");
    if (i < 0) return -1;
    if (!value) return list_set_slice(e->children, i, i + 1, NULL);
    if (!is_element(value)) return raise_int(T_TypeError, "expected an Element, not \"%.200T\"", value);
    Value *place = &((List *)e->children)->items[i];
    SET_FIELD_STEAL(*place, incref(value));
    return 0;
}

static Value element_append(Value v, Value child) {
    if (must_be_element(child, "append() argument") < 0) return NULL;
    return add_child(element_of(v), child) < 0 ? NULL : NONE;
}

static Value element_extend(Value v, Value elements) {
    Value sequence = value_fast_sequence(elements, "expected sequence");
    if (!sequence) {
        if (error_swallow(T_TypeError))
            raise_error(T_TypeError, "expected sequence, not \"%.200T\"", elements);
        return NULL;
    }
    int status = 0;
    for (size_t i = 0; status == 0 && i < fast_sequence_length(sequence); i++) {
        Value item = fast_sequence_items(sequence)[i];
        status = is_element(item) ? add_child(element_of(v), item)
                                  : raise_int(T_TypeError, "expected an Element, not \"%.200T\"", item);
    }
    decref(sequence);
    return status < 0 ? NULL : NONE;
}

static Value element_insert(Value v, Value const *args, size_t nargs) {
    Element *e = element_of(v);
    if (!args_count("insert", nargs, 2, 2)) return NULL;
    ssize_t i = value_as_ssize_argument(args[0]);
    if (i == -1 && error_pending()) return NULL;
    if (must_be_element(args[1], "insert() argument 2") < 0) return NULL;
    if (!e->children && !(e->children = list_new(0))) return NULL;
    return list_insert(e->children, i, args[1]) < 0 ? NULL : NONE;
}

static Value element_remove(Value v, Value child) {
    if (must_be_element(child, "remove() argument") < 0) return NULL;
    Value children = xincref(element_of(v)->children);
    ssize_t i = children ? seq_find(children, child, 0, SIZE_MAX) : -1;
    int status = i < 0 ? -1 : list_set_slice(children, i, i + 1, NULL);
    xdecref(children);
    if (i == -1) return raise_error(T_ValueError, "list.remove(x): x not in list");
    return status < 0 ? NULL : NONE;
}

static Value element_clear_method(Value v) {
    Element *e = element_of(v);
    CLEAR_FIELD(e->attributes);
    CLEAR_FIELD(e->children);
    SET_FIELD_STEAL(e->text, NONE);
    SET_FIELD_STEAL(e->tail, NONE);
    return NONE;
}

/* ---- finding ---- */

/* Is it more than a tag? */
static bool is_path(Value path) {
    bool outside = true;
    if (!is_str(path)) return true;
    size_t n = str_length(path);
    if (n >= 3 && str_read(path, 0) == '{' &&
        (str_read(path, 1) == '}' || (n >= 4 && str_read(path, 1) == '*' && str_read(path, 2) == '}')))
        return true;
    for (size_t i = 0; i < n; i++) {
        uint32_t c = str_read(path, i);
        if (c == '{') outside = false;
        else if (c == '}') outside = true;
        else if (outside && (c == '/' || c == '*' || c == '[' || c == '@' || c == '.')) return true;
    }
    return false;
}

/* xml.etree.ElementPath's function of that name. */
static Value by_path(const char *function, Value v, Value path, Value fallback_or_null,
                     Value namespaces_or_null) {
    Value f = module_import_attr("xml.etree.ElementPath", function);
    Value namespaces = namespaces_or_null ? namespaces_or_null : NONE;
    Value args[4] = {v, path, fallback_or_null ? fallback_or_null : namespaces, namespaces};
    Value result = f ? value_call(f, args, fallback_or_null ? 4 : 3, NULL) : NULL;
    xdecref(f);
    return result;
}

/* The next child from *i on with that tag: new; NULL: none (*i is behind the last) or raised. */
static Value next_match(Element *e, Value tag, size_t *i) {
    while (*i < child_count(e)) {
        Value child = incref(list_item_borrow(e->children, (*i)++));
        int same = is_element(child) ? value_equal(element_of(child)->tag, tag) : 0;
        if (same > 0) return child;
        decref(child);
        if (same < 0) return NULL;
    }
    return NULL;
}

static const char *const find_names[] = {"path", "namespaces", NULL};

static Value element_find(Value v, Value const *args, size_t nargs, Value kwnames) {
    static const ArgSpec spec = {"find", find_names, 2, 1, 2};
    Value out[2];
    size_t i = 0;
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    if ((out[1] && out[1] != NONE) || is_path(out[0])) return by_path("find", v, out[0], NULL, out[1]);
    Value child = next_match(element_of(v), out[0], &i);
    return child || error_pending() ? child : NONE;
}

static Value element_findtext(Value v, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"path", "default", "namespaces", NULL};
    static const ArgSpec spec = {"findtext", names, 3, 1, 3};
    Value out[3];
    size_t i = 0;
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    Value fallback = out[1] ? out[1] : NONE;
    if ((out[2] && out[2] != NONE) || is_path(out[0]))
        return by_path("findtext", v, out[0], fallback, out[2]);
    Value child = next_match(element_of(v), out[0], &i);
    if (!child) return error_pending() ? NULL : incref(fallback);
    Value text = element_of(child)->text == NONE ? incref(rt->empty_str) : incref(element_of(child)->text);
    decref(child);
    return text;
}

static Value element_findall(Value v, Value const *args, size_t nargs, Value kwnames) {
    static const ArgSpec spec = {"findall", find_names, 2, 1, 2};
    Value out[2], child;
    size_t i = 0;
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    if ((out[1] && out[1] != NONE) || is_path(out[0])) return by_path("findall", v, out[0], NULL, out[1]);
    Value found = list_new(0);
    while (found && (child = next_match(element_of(v), out[0], &i)) != NULL)
        if (list_append_steal(found, child) < 0) CLEAR_FIELD(found);
    if (error_pending()) CLEAR_FIELD(found);
    return found;
}

static Value element_iterfind(Value v, Value const *args, size_t nargs, Value kwnames) {
    static const ArgSpec spec = {"iterfind", find_names, 2, 1, 2};
    Value out[2];
    return args_bind(&spec, args, nargs, kwnames, out) ? by_path("iterfind", v, out[0], NULL, out[1]) : NULL;
}

/* ---- walking ---- */

static Value walk_new(Value root, Value tag_or_null, bool texts) {
    Walk *w = (Walk *)value_alloc(TREE->walk, 0);
    if (!w) return NULL;
    w->root = incref(root);
    w->tag = xincref(tag_or_null);
    w->steps = NULL;
    w->depth = w->capacity = 0;
    w->texts = texts;
    value_track(AS_VALUE(w));
    return AS_VALUE(w);
}

static Value element_iter(Value v, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"tag", NULL};
    static const ArgSpec spec = {"iter", names, 1, 0, 1};
    Value out[1];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    bool all = !out[0] || out[0] == NONE || (is_str(out[0]) && str_equal_cstr(out[0], "*"));
    return walk_new(v, all ? NULL : out[0], false);
}

static Value element_itertext(Value v) { return walk_new(v, NULL, true); }

static int enter_steal(Walk *w, Value element) {
    if (w->depth == w->capacity) {
        size_t capacity = w->capacity ? w->capacity * 2 : 8;
        Step *steps = heap_realloc(rt->heap, w->steps, capacity * sizeof *steps);
        if (!steps) {
            decref(element);
            return raise_no_memory(), -1;
        }
        w->steps = steps;
        w->capacity = capacity;
    }
    w->steps[w->depth++] = (Step){element, 0};
    return 0;
}

/* Goes to the next element, which is borrowed; NULL: at the end (nothing raised), or raised. The tail of an element that is left
 * is put into *tail (new), which stops there. */
static Element *advance(Walk *w, Value *tail) {
    if (w->root) {
        Value root = w->root;
        w->root = NULL;
        return enter_steal(w, root) < 0 ? NULL : element_of(w->steps[0].element);
    }
    while (w->depth) {
        Step *top = &w->steps[w->depth - 1];
        Element *e = element_of(top->element);
        if (top->next < child_count(e)) {
            Value child = incref(list_item_borrow(e->children, top->next++));
            if (!is_element(child)) {
                raise_error(T_AttributeError, "'%T' object has no attribute 'iter'", child);
                decref(child);
                return NULL;
            }
            return enter_steal(w, child) < 0 ? NULL : element_of(child);
        }
        w->depth--;
        if (w->texts && w->depth) *tail = incref(e->tail);
        decref(AS_VALUE(e));
        if (*tail) return NULL;
    }
    return NULL;
}

/* The text if it is one, and not empty; else NULL, or NULL raised. Steals. */
static Value worth_giving_steal(Value text) {
    int truth = text == NONE ? 0 : value_is_true(text);
    if (truth > 0) return text;
    decref(text);
    return NULL;
}

static Value walk_next(Value v) {
    Walk *w = (Walk *)v;
    for (uint32_t steps = 1;; steps++) {
        Value tail = NULL;
        if ((steps & 0xffff) == 0 && work_charge(1 << 12) < 0) return NULL;
        Element *e = advance(w, &tail);
        if (!e && !tail) return NULL;
        if (w->texts) {
            Value text = worth_giving_steal(tail ? tail : incref(e->text));
            if (text || error_pending()) return text;
            continue;
        }
        Value element = incref(AS_VALUE(e));
        int same = w->tag ? value_equal(e->tag, w->tag) : 1;
        if (same > 0) return element;
        decref(element);
        if (same < 0) return NULL;
    }
}

static int walk_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    Walk *w = (Walk *)(void *)o;
    VISIT(w->root);
    VISIT(w->tag);
    for (size_t i = 0; i < w->depth; i++) VISIT(w->steps[i].element);
    return 0;
}

static void walk_clear(Heap *heap, HeapObject *o) {
    Walk *w = (Walk *)(void *)o;
    (void)heap;
    CLEAR_FIELD(w->root);
    CLEAR_FIELD(w->tag);
    while (w->depth) decref(w->steps[--w->depth].element);
}

static void walk_free(Heap *heap, HeapObject *o) {
    walk_clear(heap, o);
    heap_free(heap, ((Walk *)(void *)o)->steps);
    value_free(AS_VALUE(o));
}

static Value walk_self(Value v) { return incref(v); }

static const TypeSpec walk_spec = {
    .name = "_elementtree._element_iterator",
    .flags = TYPE_GC | TYPE_NOT_INSTANTIABLE,
    .basic_size = sizeof(Walk),
    .slots = {.traverse = walk_traverse,
              .clear = walk_clear,
              .free = walk_free,
              .iter = walk_self,
              .next = walk_next},
};

/* ---- copies ---- */

static Value element_copy(Value v) {
    Element *e = element_of(v);
    Value copy = element_alloc_steal(TREE->element, e->tag, xincref(e->attributes));
    if (!copy) return NULL;
    SET_FIELD_STEAL(element_of(copy)->text, incref(e->text));
    SET_FIELD_STEAL(element_of(copy)->tail, incref(e->tail));
    if (e->children && !(element_of(copy)->children = list_slice(e->children, 0, SIZE_MAX)))
        CLEAR_FIELD(copy);
    return copy;
}

/* copy.deepcopy(v, memo); strs and None are themselves. */
static Value deep(Value deepcopy, Value v, Value memo) {
    if (v == NONE || IS_EXACT(v, str)) return incref(v);
    return value_call(deepcopy, (Value[]){v, memo}, 2, NULL);
}

static int deepen_field(Value deepcopy, Value *to, Value from, Value memo) {
    Value copy = from ? deep(deepcopy, from, memo) : NULL;
    if (from && !copy) return -1;
    SET_FIELD_STEAL(*to, copy);
    return 0;
}

static Value element_deepcopy(Value v, Value memo) {
    Element *e = element_of(v);
    Value deepcopy = module_import_attr("copy", "deepcopy");
    Value made = deepcopy ? element_alloc_steal(TREE->element, NONE, NULL) : NULL;
    Element *copy = element_of(made);
    bool good = made && deepen_field(deepcopy, &copy->tag, e->tag, memo) == 0 &&
                deepen_field(deepcopy, &copy->attributes, e->attributes, memo) == 0 &&
                deepen_field(deepcopy, &copy->text, e->text, memo) == 0 &&
                deepen_field(deepcopy, &copy->tail, e->tail, memo) == 0;
    for (size_t i = 0; good && i < child_count(e); i++) {
        Value from = incref(list_item_borrow(e->children, i)), child = deep(deepcopy, from, memo);
        decref(from);
        good = child && add_child(copy, child) == 0;
        xdecref(child);
    }
    Value id = good ? int_from_u64((uint64_t)(uintptr_t)v) : NULL;
    good = id && value_setitem(memo, id, made) == 0;
    xdecref(id);
    xdecref(deepcopy);
    if (!good) CLEAR_FIELD(made);
    return made;
}

static Value element_getstate(Value v) {
    static const char *const names[] = {"tag", "_children", "attrib", "text", "tail"};
    Element *e = element_of(v);
    Value state = dict_new(), children = e->children ? list_slice(e->children, 0, SIZE_MAX) : list_new(0);
    Value attributes = e->attributes ? incref(e->attributes) : dict_new();
    Value values[5] = {e->tag, children, attributes, e->text, e->tail};
    for (int i = 0; state && i < 5; i++)
        if (!values[i] || dict_set_cstr(state, names[i], values[i]) < 0) CLEAR_FIELD(state);
    xdecref(children);
    xdecref(attributes);
    return state;
}

static Value element_setstate(Value v, Value state) {
    static const char *const names[] = {"tag", "text", "tail"};
    if (!is_dict(state))
        return raise_error(T_TypeError, "Don't know how to unpickle \"%.200R\" as an Element", state);
    Element *e = element_of(v);
    Value *fields[] = {&e->tag, &e->text, &e->tail}, found[5];
    for (int i = 0; i < 5; i++) {
        Value key = str_intern_cstr(i < 3 ? names[i] : i == 3 ? "attrib" : "_children");
        if (!key) return NULL;
        found[i] = dict_get_str_borrow(state, key);
        decref(key);
    }
    if (found[3] && found[3] != NONE && !is_dict(found[3]))
        return raise_error(T_TypeError, "attrib must be dict, not %.200T", found[3]);
    Value children = found[4] && found[4] != NONE ? elements_of(found[4]) : NULL;
    if (!children && error_pending()) return NULL;
    Value own = children ? value_to_list(children) : NULL;
    xdecref(children);
    if (children && !own) return NULL;
    for (int i = 0; i < 3; i++) SET_FIELD_STEAL(*fields[i], found[i] ? incref(found[i]) : NONE);
    SET_FIELD_STEAL(e->attributes, found[3] && found[3] != NONE ? incref(found[3]) : NULL);
    SET_FIELD_STEAL(e->children, own);
    return NONE;
}

/* ---- the type ---- */

static Value element_repr(Value v) {
    int active = repr_enter(v);
    if (active)
        return active < 0 ? NULL
                          : raise_error(T_RuntimeError, "reentrant call inside %N.__repr__", type_of(v));
    Value text = str_format("<Element %R at %p>", element_of(v)->tag, (void *)v);
    repr_leave(v);
    return text;
}

static size_t element_size(const HeapObject *o) {
    const Element *e = (const Element *)(const void *)o;
    return sizeof *e + (e->children ? sizeof(List) + ((List *)e->children)->capacity * sizeof(Value) : 0);
}

static Value get_field(Value v, void *offset) {
    return incref(*(Value *)(void *)((char *)v + (size_t)offset));
}

static int set_field(Value v, Value value, void *offset) {
    if (!value) return raise_int(T_AttributeError, "can't delete element attribute");
    Value *field = (Value *)(void *)((char *)v + (size_t)offset);
    SET_FIELD_STEAL(*field, incref(value));
    return 0;
}

static Value get_attrib(Value v, void *closure) {
    (void)closure;
    return xincref(attributes_of(element_of(v)));
}

static int set_attrib(Value v, Value value, void *closure) {
    (void)closure;
    if (!value) return raise_int(T_AttributeError, "can't delete element attribute");
    if (!is_dict(value)) return raise_int(T_TypeError, "attrib must be dict, not %.200T", value);
    SET_FIELD_STEAL(element_of(v)->attributes, incref(value));
    return 0;
}

static const GetSet element_getset[] = {
    {"tag", get_field, set_field, "What the element is called.", (void *)offsetof(Element, tag)},
    {"text", get_field, set_field, "What stands before the first child.", (void *)offsetof(Element, text)},
    {"tail", get_field, set_field, "What stands behind the element.", (void *)offsetof(Element, tail)},
    {"attrib", get_attrib, set_attrib, "The attributes, a dict.", NULL},
    {0}};

static const NativeMethod element_methods[] = {
    METHOD_NOARGS("clear", element_clear_method, NULL),
    METHOD_KW("get", element_get, NULL),
    METHOD_FAST("set", element_set, NULL),
    METHOD_KW("find", element_find, NULL),
    METHOD_KW("findtext", element_findtext, NULL),
    METHOD_KW("findall", element_findall, NULL),
    METHOD_ONE("append", element_append, NULL),
    METHOD_ONE("extend", element_extend, NULL),
    METHOD_FAST("insert", element_insert, NULL),
    METHOD_ONE("remove", element_remove, NULL),
    METHOD_KW("iter", element_iter, NULL),
    METHOD_NOARGS("itertext", element_itertext, NULL),
    METHOD_KW("iterfind", element_iterfind, NULL),
    METHOD_NOARGS("items", element_items, NULL),
    METHOD_NOARGS("keys", element_keys, NULL),
    METHOD_FAST("makeelement", make_element, NULL),
    METHOD_NOARGS("__copy__", element_copy, NULL),
    METHOD_ONE("__deepcopy__", element_deepcopy, NULL),
    METHOD_NOARGS("__getstate__", element_getstate, NULL),
    METHOD_ONE("__setstate__", element_setstate, NULL),
    METHOD_END,
};

static const TypeSpec element_spec = {
    .name = "xml.etree.ElementTree.Element",
    .flags = TYPE_SUBCLASSABLE | TYPE_GC | TYPE_WEAKREFABLE,
    .basic_size = sizeof(Element),
    .slots = {.traverse = element_traverse,
              .clear = element_clear,
              .free = element_free,
              .size = element_size,
              .repr = element_repr,
              .new_ = element_make,
              .init = element_init,
              .length = element_length,
              .getitem = element_getitem,
              .setitem = element_setitem},
    .methods = element_methods,
    .getset = element_getset,
};

/* ---- the module ---- */

static int set_factory(Value *field, Value factory, const char *what, Value *old) {
    if (factory != NONE && !value_is_callable(factory))
        return raise_int(T_TypeError, "%s factory must be callable, not %.100T", what, factory);
    *old = *field ? *field : NONE;
    *field = factory == NONE ? NULL : incref(factory);
    return 0;
}

/* What builders make comments and processing instructions by; gives what they did before. */
static Value set_factories(Value module, Value const *args, size_t nargs) {
    Value old[2];
    (void)module;
    if (!args_count("_set_factories", nargs, 2, 2)) return NULL;
    if (set_factory(&TREE->comment_factory, args[0], "Comment", &old[0]) < 0) return NULL;
    if (set_factory(&TREE->pi_factory, args[1], "PI", &old[1]) < 0) {
        decref(old[0]);
        return NULL;
    }
    return tuple_from_array_steal(old, 2);
}

static const NativeMethod tree_functions[] = {
    METHOD_KW("SubElement", sub_element, NULL),
    METHOD_FAST("_set_factories", set_factories, NULL),
    METHOD_END,
};

static int add_parse_error(Value module) {
    Type **type = &TREE->parse_error;
    Value bases = *type ? NULL : tuple_pack(1, AS_VALUE(TYPE(SyntaxError)));
    if (!*type) *type = bases ? type_new_simple("xml.etree.ElementTree.ParseError", bases, NULL, NULL) : NULL;
    xdecref(bases);
    return *type ? module_add_type(module, *type) : -1;
}

static int tree_ready(Value module) {
    TreeState *s = module_state_new(M_elementtree, sizeof *s);
    if (!s || module_ready_type(&s->walk, &walk_spec, NULL) < 0 || add_parse_error(module) < 0) return -1;
    if (module_make_type(module, &s->builder, &builder_spec, NULL) < 0) return -1;
    if (module_make_type(module, &s->parser, &parser_spec, NULL) < 0) return -1;
    return module_make_type(module, &s->element, &element_spec, NULL);
}

const ModuleSpec module_elementtree = {
    .name = "_elementtree",
    .doc = "The elements of xml.etree.ElementTree.",
    .functions = tree_functions,
    .ready = tree_ready,
};
