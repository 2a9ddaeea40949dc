/* re.Match: what was found where. */
#include "modules/fields.h"
#include "modules/sre.h"
#include "objects/dict.h"
#include "objects/generic.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/str.h"
#include "objects/tuple.h"

typedef struct Match {
    HeapObject head;
    Value string, regs, pattern; /* regs: made when asked for */
    ssize_t pos, endpos;
    uint32_t groups;     /* the whole match counted */
    uint32_t last_index; /* 0: none */
    ssize_t marks[];     /* start and end of each; -1: not matched */
} Match;

FIELDS_LIFE(match, 3)

static Match *match_of(Value v) { return (Match *)v; }
static Pattern *pattern_of(const Match *m) { return (Pattern *)m->pattern; }

Value match_new(Pattern *pattern, const SreMatcher *found) {
    Match *m = (Match *)value_alloc(SRE_STATE->match, 2 * ((size_t)pattern->groups + 1));
    if (!m) return NULL;
    m->string = incref(found->subject.string);
    m->regs = NULL;
    m->pattern = incref(AS_VALUE(pattern));
    m->pos = (ssize_t)found->begin;
    m->endpos = (ssize_t)found->end;
    m->groups = pattern->groups + 1;
    m->last_index = found->last_index;
    m->marks[0] = (ssize_t)found->start;
    m->marks[1] = (ssize_t)found->stop;
    for (uint32_t i = 1; i < m->groups; i++) {
        size_t from, to;
        bool matched = sre_group(found, i, &from, &to);
        m->marks[2 * i] = matched ? (ssize_t)from : -1;
        m->marks[2 * i + 1] = matched ? (ssize_t)to : -1;
    }
    value_track(AS_VALUE(m));
    return AS_VALUE(m);
}

/* ---- groups ---- */

/* The number that an argument names; -1 raised. */
static ssize_t group_number(Match *m, Value key) {
    ssize_t i = -1;
    if (is_small_int(key)) {
        i = small_int(key);
    } else if (value_has_index(key)) {
        i = value_as_ssize(key, NULL);
    } else if (dict_length(pattern_of(m)->group_index)) {
        Value index = dict_get_borrow(pattern_of(m)->group_index, key);
        if (error_pending()) return -1;
        if (index && is_small_int(index)) i = small_int(index);
    }
    if (i >= 0 && (size_t)i < m->groups) return i;
    if (!error_pending()) raise_error(T_IndexError, "no such group");
    return -1;
}

/* Text of a group of the subject, or `fallback` (new). */
static Value group_text(Match *m, size_t i, Value fallback) {
    ssize_t from = m->marks[2 * i], to = m->marks[2 * i + 1];
    if (from < 0 || m->string == NONE) return incref(fallback);
    if (is_str(m->string)) {
        ssize_t length = (ssize_t)str_length(m->string);
        return str_slice(m->string, (size_t)from, (size_t)(to < length ? to : length));
    }
    SreSubject subject;
    if (sre_subject_init(&subject, NULL, m->string) < 0) return NULL;
    ssize_t length = (ssize_t)subject.length;
    Value text =
        sre_slice(&subject, (size_t)(from < length ? from : length), (size_t)(to < length ? to : length));
    sre_subject_drop(&subject);
    return text;
}

static Value group_by_key(Match *m, Value key, Value fallback) {
    ssize_t i = group_number(m, key);
    return i < 0 ? NULL : group_text(m, (size_t)i, fallback);
}

static Value match_group(Value v, Value const *args, size_t nargs) {
    Match *m = match_of(v);
    if (nargs == 0) return group_text(m, 0, NONE);
    if (nargs == 1) return group_by_key(m, args[0], NONE);
    Value result = tuple_new(nargs);
    for (size_t i = 0; result && i < nargs; i++) {
        Value text = group_by_key(m, args[i], NONE);
        if (text) tuple_init_item_steal(result, i, text);
        else CLEAR_FIELD(result);
    }
    return result;
}

static Value match_getitem(Value v, Value key) { return group_by_key(match_of(v), key, NONE); }

static bool bind_default(const char *function, Value const *args, size_t nargs, Value kwnames,
                         Value *fallback) {
    static const char *const names[] = {"default", NULL};
    ArgSpec spec = {function, names, 1, 0, 1};
    if (!args_bind(&spec, args, nargs, kwnames, fallback)) return false;
    if (!*fallback) *fallback = NONE;
    return true;
}

static Value match_groups(Value v, Value const *args, size_t nargs, Value kwnames) {
    Match *m = match_of(v);
    Value fallback;
    if (!bind_default("groups", args, nargs, kwnames, &fallback)) return NULL;
    Value result = tuple_new(m->groups - 1);
    for (size_t i = 1; result && i < m->groups; i++) {
        Value text = group_text(m, i, fallback);
        if (text) tuple_init_item_steal(result, i - 1, text);
        else CLEAR_FIELD(result);
    }
    return result;
}

static Value match_groupdict(Value v, Value const *args, size_t nargs, Value kwnames) {
    Match *m = match_of(v);
    Value fallback, key, index, result;
    if (!bind_default("groupdict", args, nargs, kwnames, &fallback) || !(result = dict_new())) return NULL;
    size_t position = 0;
    while (result && dict_next(pattern_of(m)->group_index, &position, &key, &index)) {
        incref(key);
        Value text = group_by_key(m, key, fallback);
        if (!text || dict_set(result, key, text) < 0) CLEAR_FIELD(result);
        xdecref(text);
        decref(key);
    }
    return result;
}

/* ---- bounds ---- */

static ssize_t optional_group(Match *m, const char *function, Value const *args, size_t nargs) {
    if (!args_count(function, nargs, 0, 1)) return -1;
    return nargs ? group_number(m, args[0]) : 0;
}

static Value match_start(Value v, Value const *args, size_t nargs) {
    ssize_t i = optional_group(match_of(v), "start", args, nargs);
    return i < 0 ? NULL : small_int_new(match_of(v)->marks[2 * i]);
}

static Value match_end(Value v, Value const *args, size_t nargs) {
    ssize_t i = optional_group(match_of(v), "end", args, nargs);
    return i < 0 ? NULL : small_int_new(match_of(v)->marks[2 * i + 1]);
}

static Value span_of(Match *m, size_t i) {
    Value pair[2] = {small_int_new(m->marks[2 * i]), small_int_new(m->marks[2 * i + 1])};
    return tuple_from_array_steal(pair, 2);
}

static Value match_span(Value v, Value const *args, size_t nargs) {
    ssize_t i = optional_group(match_of(v), "span", args, nargs);
    return i < 0 ? NULL : span_of(match_of(v), (size_t)i);
}

static Value match_get_regs(Value v, void *closure) {
    (void)closure;
    Match *m = match_of(v);
    if (m->regs) return incref(m->regs);
    Value regs = tuple_new(m->groups);
    for (size_t i = 0; regs && i < m->groups; i++) {
        Value span = span_of(m, i);
        if (span) tuple_init_item_steal(regs, i, span);
        else CLEAR_FIELD(regs);
    }
    if (!regs) return NULL;
    m->regs = regs;
    return incref(regs);
}

/* ---- the rest ---- */

static Value match_expand(Value v, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"template", NULL};
    static const ArgSpec spec = {"expand", names, 1, 1, 1};
    Value out[1];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    Value expand = module_import_attr("re", "_expand");
    Value result = expand ? value_call_three(expand, match_of(v)->pattern, v, out[0]) : NULL;
    xdecref(expand);
    return result;
}

static Value match_copy(Value v) { return incref(v); }

static Value match_deepcopy(Value v, Value memo) {
    (void)memo;
    return incref(v);
}

static Value match_repr(Value v) {
    Match *m = match_of(v);
    Value text = group_text(m, 0, NONE), quoted = text ? value_repr(text) : NULL;
    Value shown = quoted ? str_slice(quoted, 0, str_length(quoted) < 50 ? str_length(quoted) : 50) : NULL;
    Value result = shown ? str_format("<%s object; span=(%zd, %zd), match=%U>", type_name_of(v), m->marks[0],
                                      m->marks[1], shown)
                         : NULL;
    xdecref(text);
    xdecref(quoted);
    xdecref(shown);
    return result;
}

static Value match_get_lastindex(Value v, void *closure) {
    (void)closure;
    return match_of(v)->last_index ? small_int_new(match_of(v)->last_index) : NONE;
}

static Value match_get_lastgroup(Value v, void *closure) {
    (void)closure;
    Match *m = match_of(v);
    Value names = pattern_of(m)->index_group;
    if (!m->last_index || m->last_index >= tuple_length(names)) return NONE;
    return incref(tuple_item_borrow(names, m->last_index));
}

static const NativeMethod match_methods[] = {
    METHOD_BARE("group", match_group,
                "group([group1, ...]) -> str or tuple.\n    Return subgroup(s) of the match by indices or "
                "names.\n    For 0 "
                "returns the entire match."),
    METHOD_FAST(
        "start", match_start,
        "start($self, group=0, /)\n--\n\nReturn index of the start of the substring matched by group."),
    METHOD_FAST("end", match_end,
                "end($self, group=0, /)\n--\n\nReturn index of the end of the substring matched by group."),
    METHOD_FAST("span", match_span,
                "span($self, group=0, /)\n--\n\nFor match object m, return the 2-tuple (m.start(group), "
                "m.end(group))."),
    METHOD_KW("groups", match_groups,
              "groups($self, /, default=None)\n--\n\nReturn a tuple containing all the subgroups of the "
              "match, from 1.\n\n  "
              "default\n    Is used for groups that did not participate in the match."),
    METHOD_KW("groupdict", match_groupdict,
              "groupdict($self, /, default=None)\n--\n\nReturn a dictionary containing all the named "
              "subgroups of the match, "
              "keyed by the subgroup name.\n\n  default\n    Is used for groups that did not participate in "
              "the match."),
    METHOD_KW("expand", match_expand,
              "expand($self, /, template)\n--\n\nReturn the string obtained by doing backslash substitution "
              "on the string "
              "template, as done by the sub() method."),
    METHOD_NOARGS("__copy__", match_copy, "__copy__($self, /)\n--\n\n"),
    METHOD_ONE("__deepcopy__", match_deepcopy, "__deepcopy__($self, memo, /)\n--\n\n"),
    METHOD_CLASS_GETITEM,
    METHOD_END,
};

static const GetSet match_getset[] = {
    {"lastindex", match_get_lastindex, NULL, "The integer index of the last matched capturing group.", NULL},
    {"lastgroup", match_get_lastgroup, NULL, "The name of the last matched capturing group.", NULL},
    {"regs", match_get_regs, NULL, NULL, NULL},
    {0},
};

static const Member match_members[] = {
    {"string", MEMBER_VALUE, offsetof(Match, string), true, "The string passed to match() or search()."},
    {"re", MEMBER_VALUE, offsetof(Match, pattern), true, "The regular expression object."},
    {"pos", MEMBER_SSIZE, offsetof(Match, pos), true,
     "The index into the string at which the RE engine started looking for a match."},
    {"endpos", MEMBER_SSIZE, offsetof(Match, endpos), true,
     "The index into the string beyond which the RE engine will not go."},
    {0},
};

const TypeSpec match_spec = {
    .name = "re.Match",
    .doc = "The result of re.match() and re.search().\nMatch objects always have a boolean value of True.",
    .flags = TYPE_GC | TYPE_NOT_INSTANTIABLE,
    .basic_size = sizeof(Match),
    .item_size = sizeof(ssize_t),
    .slots = {.traverse = match_traverse, .free = match_free, .repr = match_repr, .getitem = match_getitem},
    .methods = match_methods,
    .getset = match_getset,
    .members = match_members,
};
