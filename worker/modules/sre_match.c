/* sre_match: re.Match, what one match found. */
#include "modules/sre.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/generic.h"
#include "objects/int.h"
#include "objects/tuple.h"

/* Without the collector where the text cannot refer to anything. */
Value sre_match_new(SreState *s) {
    Pattern *p = s->pattern;
    SreMatch *m = (SreMatch *)value_alloc(SRE->match, p->groups + 1);
    if (!m) return NULL;
    m->string = m->regs = NULL;
    m->pattern = INCREF(p);
    m->groups = p->groups + 1;
    m->pos = s->pos;
    m->endpos = s->endpos;
    m->last_index = s->last_index;
    m->spans[0] = (ssize_t)sre_index(s, s->start);
    m->spans[1] = (ssize_t)sre_index(s, s->ptr);
    for (size_t i = 1; i < m->groups; i++) {
        size_t from, to;
        int found = sre_group(s, i, &from, &to);
        if (found < 0) {
            decref(AS_VALUE(m));
            return NULL;
        }
        m->spans[2 * i] = found ? (ssize_t)from : -1;
        m->spans[2 * i + 1] = found ? (ssize_t)to : -1;
    }
    m->string = incref(s->string);
    if (!IS_EXACT(m->string, str) && !IS_EXACT(m->string, bytes)) value_track(AS_VALUE(m));
    return AS_VALUE(m);
}

static int match_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    SreMatch *m = (SreMatch *)o;
    VISIT(m->string);
    VISIT(m->pattern);
    VISIT(m->regs);
    return 0;
}

static void match_free(Heap *heap, HeapObject *o) {
    (void)heap;
    SreMatch *m = (SreMatch *)o;
    xdecref(m->string);
    decref(AS_VALUE(m->pattern));
    xdecref(m->regs);
    value_free(AS_VALUE(m));
}

/* ---- groups ---- */

/* Of a number or a name; -1 raised. */
static ssize_t group_number(const SreMatch *m, Value key) {
    ssize_t i = -1;
    Value number = NULL;
    if (is_small_int(key)) {
        i = (ssize_t)small_int(key);
    } else if (value_has_index(key)) {
        i = value_as_ssize(key, NULL);
        if (i == -1 && error_pending()) return -1;
    } else if (dict_find(m->pattern->groupindex, key, &number) < 0) {
        return -1;
    } else if (number && is_int(number)) {
        i = value_as_ssize(number, NULL);
    }
    if (i >= 0 && (size_t)i < m->groups) return i;
    if (!error_pending()) raise_error(T_IndexError, "no such group");
    return -1;
}

static size_t least(size_t a, size_t b) { return a < b ? a : b; }

/* A part of a bytes-like text as it is now. */
static Value slice_buffer(Value string, size_t from, size_t to) {
    Buffer b;
    if (IS_EXACT(string, bytes) && from == 0 && to == bytes_length(string)) return incref(string);
    if (buffer_get(string, &b, false) < 0) {
        error_clear();
        return raise_error(T_TypeError, "expected string or bytes-like object, got '%T'", string);
    }
    from = least(from, b.length);
    to = least(to, b.length);
    Value part = bytes_from((const char *)b.data + from, to - from);
    buffer_release(&b);
    return part;
}

static Value group_text(const SreMatch *m, size_t i, Value absent) {
    if (m->spans[2 * i] < 0) return incref(absent);
    size_t from = (size_t)m->spans[2 * i], to = (size_t)m->spans[2 * i + 1];
    return is_str(m->string) ? str_slice(m->string, from, to) : slice_buffer(m->string, from, to);
}

static Value group_by_key(const SreMatch *m, Value key, Value absent) {
    ssize_t i = group_number(m, key);
    return i < 0 ? NULL : group_text(m, (size_t)i, absent);
}

static Value match_group(Value self, Value const *args, size_t nargs) {
    const SreMatch *m = (const SreMatch *)self;
    if (nargs == 0) return group_text(m, 0, NONE);
    if (nargs == 1) return group_by_key(m, args[0], NONE);
    Value groups = tuple_new(nargs);
    for (size_t i = 0; groups && i < nargs; i++) {
        Value text = group_by_key(m, args[i], NONE);
        if (!text) CLEAR_FIELD(groups);
        else tuple_init_item_steal(groups, i, text);
    }
    return groups;
}

static Value match_getitem(Value self, Value key) { return group_by_key((const SreMatch *)self, key, NONE); }

/* The one argument `default`; NULL raised. Borrowed. */
static Value default_borrow(const char *method, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"default", NULL};
    ArgSpec spec = {method, names, 1, 0, 1};
    Value out[1];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    return out[0] ? out[0] : NONE;
}

static Value match_groups(Value self, Value const *args, size_t nargs, Value kwnames) {
    const SreMatch *m = (const SreMatch *)self;
    Value absent = default_borrow("groups", args, nargs, kwnames), groups = absent ? tuple_new(m->groups - 1) : NULL;
    for (size_t i = 1; groups && i < m->groups; i++) {
        Value text = group_text(m, i, absent);
        if (!text) CLEAR_FIELD(groups);
        else tuple_init_item_steal(groups, i - 1, text);
    }
    return groups;
}

static Value match_groupdict(Value self, Value const *args, size_t nargs, Value kwnames) {
    const SreMatch *m = (const SreMatch *)self;
    Value absent = default_borrow("groupdict", args, nargs, kwnames), dict = absent ? dict_new() : NULL, key, number;
    for (size_t at = 0; dict && dict_next(m->pattern->groupindex, &at, &key, &number);) {
        incref(key);
        Value text = group_by_key(m, key, absent);
        if (!text || dict_set(dict, key, text) < 0) CLEAR_FIELD(dict);
        xdecref(text);
        decref(key);
    }
    return dict;
}

/* ---- places ---- */

static ssize_t place_argument(Value self, const char *method, Value const *args, size_t nargs) {
    if (!args_count(method, nargs, 0, 1)) return -1;
    return nargs ? group_number((const SreMatch *)self, args[0]) : 0;
}

static Value pair(ssize_t from, ssize_t to) {
    Value items[2] = {small_int_new(from), small_int_new(to)};
    return tuple_from_array_steal(items, 2);
}

static Value match_start(Value self, Value const *args, size_t nargs) {
    ssize_t i = place_argument(self, "start", args, nargs);
    return i < 0 ? NULL : small_int_new(((SreMatch *)self)->spans[2 * i]);
}

static Value match_end(Value self, Value const *args, size_t nargs) {
    ssize_t i = place_argument(self, "end", args, nargs);
    return i < 0 ? NULL : small_int_new(((SreMatch *)self)->spans[2 * i + 1]);
}

static Value match_span(Value self, Value const *args, size_t nargs) {
    ssize_t i = place_argument(self, "span", args, nargs);
    return i < 0 ? NULL : pair(((SreMatch *)self)->spans[2 * i], ((SreMatch *)self)->spans[2 * i + 1]);
}

static Value get_regs(Value self, void *closure) {
    (void)closure;
    SreMatch *m = (SreMatch *)self;
    if (m->regs) return incref(m->regs);
    Value regs = tuple_new(m->groups);
    for (size_t i = 0; regs && i < m->groups; i++) {
        Value place = pair(m->spans[2 * i], m->spans[2 * i + 1]);
        if (!place) CLEAR_FIELD(regs);
        else tuple_init_item_steal(regs, i, place);
    }
    if (!regs) return NULL;
    m->regs = incref(regs);
    return regs;
}

static Value get_lastindex(Value self, void *closure) {
    (void)closure;
    ssize_t i = ((SreMatch *)self)->last_index;
    return i >= 0 ? small_int_new(i) : NONE;
}

static Value get_lastgroup(Value self, void *closure) {
    (void)closure;
    const SreMatch *m = (const SreMatch *)self;
    Value names = m->pattern->indexgroup;
    if (m->last_index < 0 || (size_t)m->last_index >= tuple_length(names)) return NONE;
    return incref(tuple_item_borrow(names, (size_t)m->last_index));
}

/* ---- the rest ---- */

static Value match_expand(Value self, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"template", NULL};
    static const ArgSpec spec = {"expand", names, 1, 1, 1};
    Value out[1];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    Value expand = module_import_attr("re", "_expand");
    Value result = expand ? value_call_three(expand, AS_VALUE(((SreMatch *)self)->pattern), self, out[0]) : NULL;
    xdecref(expand);
    return result;
}

static Value match_copy(Value self) { return incref(self); }
static Value match_deepcopy(Value self, Value memo) { return (void)memo, incref(self); }

static Value match_repr(Value self) {
    const SreMatch *m = (const SreMatch *)self;
    Value text = group_text(m, 0, NONE), repr = text ? value_repr(text) : NULL;
    Value shown = repr ? str_slice(repr, 0, 50) : NULL, result = NULL;
    if (shown) result = str_format("<re.Match object; span=(%zd, %zd), match=%U>", m->spans[0], m->spans[1], shown);
    xdecref(text);
    xdecref(repr);
    xdecref(shown);
    return result;
}

static const NativeMethod methods[] = {
    METHOD_FAST("group", match_group,
                "group([group1, ...]) -> str or tuple.\n\nThe text of one group, or of several as a tuple; by number or name."),
    METHOD_FAST("start", match_start, "start($self, group=0, /)\n--\n\nWhere the group's text begins."),
    METHOD_FAST("end", match_end, "end($self, group=0, /)\n--\n\nWhere the group's text ends."),
    METHOD_FAST("span", match_span, "span($self, group=0, /)\n--\n\nBoth as a tuple."),
    METHOD_KW("groups", match_groups, "groups($self, /, default=None)\n--\n\nThe texts of all groups, from 1 on."),
    METHOD_KW("groupdict", match_groupdict, "groupdict($self, /, default=None)\n--\n\nThe texts of all named groups, by name."),
    METHOD_KW("expand", match_expand, "expand($self, /, template)\n--\n\nThe template with its references filled in."),
    METHOD_NOARGS("__copy__", match_copy, "__copy__($self, /)\n--\n\n"),
    METHOD_ONE("__deepcopy__", match_deepcopy, "__deepcopy__($self, memo, /)\n--\n\n"),
    {"__class_getitem__", (void *)generic_alias_class_getitem, NATIVE_ONE, NATIVE_CLASS, "See PEP 585"},
    METHOD_END,
};

static const GetSet getset[] = {
    {"lastindex", get_lastindex, NULL, "The number of the last group that matched.", NULL},
    {"lastgroup", get_lastgroup, NULL, "The name of the last group that matched.", NULL},
    {"regs", get_regs, NULL, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static const Member members[] = {
    {"string", MEMBER_VALUE, offsetof(SreMatch, string), true, "The text given to match() or search()."},
    {"re", MEMBER_VALUE, offsetof(SreMatch, pattern), true, "The pattern that matched."},
    {"pos", MEMBER_SSIZE, offsetof(SreMatch, pos), true, "Where in the text the pattern began to look."},
    {"endpos", MEMBER_SSIZE, offsetof(SreMatch, endpos), true, "Beyond what place it did not look."},
    {NULL, 0, 0, false, NULL},
};

const TypeSpec sre_match_spec = {
    .name = "re.Match",
    .doc = "The result of re.match() and re.search().\nMatch objects always have a boolean value of True.",
    .flags = TYPE_GC | TYPE_NOT_INSTANTIABLE,
    .basic_size = sizeof(SreMatch),
    .item_size = 2 * sizeof(ssize_t),
    .slots = {.traverse = match_traverse, .free = match_free, .repr = match_repr, .getitem = match_getitem},
    .methods = methods,
    .getset = getset,
    .members = members,
};
