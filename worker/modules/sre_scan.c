/* sre: what Pattern's methods do with a subject: match, search, findall, finditer, split, sub; the scanner. */
#include "modules/fields.h"
#include "modules/sre.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/seq.h"
#include "objects/seq_iterators.h"
#include "objects/str.h"
#include "objects/tuple.h"

static Pattern *pattern_of(Value v) { return (Pattern *)v; }

/* ---- subjects ---- */

int sre_subject_init(SreSubject *s, const Pattern *pattern, Value string) {
    memset(s, 0, sizeof *s);
    s->string = string;
    s->is_bytes = !is_str(string);
    if (!s->is_bytes) {
        s->data = str_data(string);
        s->length = str_length(string);
        s->kind = str_kind(string);
    } else {
        if (!type_of(string)->slots.get_buffer || buffer_get(string, &s->buffer, false) < 0) {
            error_clear();
            return raise_int(T_TypeError, "expected string or bytes-like object, got '%T'", string);
        }
        s->data = s->buffer.data;
        s->length = s->buffer.length;
        s->kind = 1;
        if (!s->data) s->data = "";
    }
    if (!pattern || pattern->is_bytes < 0 || s->is_bytes == (pattern->is_bytes == 1)) return 0;
    sre_subject_drop(s);
    return raise_int(T_TypeError, s->is_bytes ? "cannot use a string pattern on a bytes-like object"
                                              : "cannot use a bytes pattern on a string-like object");
}

void sre_subject_drop(SreSubject *s) {
    if (s->buffer.owner) buffer_release(&s->buffer);
    s->buffer.owner = NULL;
}

Value sre_slice(const SreSubject *s, size_t from, size_t to) {
    if (to < from) to = from;
    if (!s->is_bytes) return str_slice(s->string, from, to);
    if (IS_EXACT(s->string, bytes) && from == 0 && to == s->length) return incref(s->string);
    return bytes_from((const uint8_t *)s->data + from, to - from);
}

static size_t clip(ssize_t n, size_t length) { return n < 0 ? 0 : (size_t)n > length ? length : (size_t)n; }

int sre_open(SreMatcher *m, Pattern *pattern, Value string, ssize_t pos, ssize_t end) {
    if (sre_subject_init(&m->subject, pattern, string) < 0) return -1;
    m->begin = m->start = clip(pos, m->subject.length);
    m->end = clip(end, m->subject.length);
    if (sre_matcher_init(m, pattern->program) == 0) return 0;
    sre_subject_drop(&m->subject);
    return -1;
}

void sre_close(SreMatcher *m) {
    sre_matcher_drop(m);
    sre_subject_drop(&m->subject);
}

/* ---- arguments ---- */

static bool index_argument(Value v, ssize_t *out) {
    if (!v) return true;
    Value index = value_index(v);
    if (!index) return false;
    int64_t n;
    bool fits = int_to_i64(index, &n);
    decref(index);
    *out = n;
    if (!fits) raise_error(T_OverflowError, "Python int too large to convert to C ssize_t");
    return fits;
}

/* string, pos=0, endpos=sys.maxsize */
static int open_from_call(SreMatcher *m, const char *function, Value self, Value const *args, size_t nargs,
                          Value kwnames) {
    static const char *const names[] = {"string", "pos", "endpos", NULL};
    ArgSpec spec = {function, names, 3, 1, 3};
    Value out[3];
    ssize_t pos = 0, end = SSIZE_MAX;
    if (!args_bind(&spec, args, nargs, kwnames, out) || !index_argument(out[1], &pos) ||
        !index_argument(out[2], &end))
        return -1;
    return sre_open(m, pattern_of(self), out[0], pos, end);
}

/* ---- match, fullmatch, search ---- */

static Value find_one(const char *function, SreMode mode, Value self, Value const *args, size_t nargs,
                      Value kwnames) {
    SreMatcher m;
    if (open_from_call(&m, function, self, args, nargs, kwnames) < 0) return NULL;
    int status = sre_run(&m, mode);
    Value result = status > 0 ? match_new(pattern_of(self), &m) : status == 0 ? NONE : NULL;
    sre_close(&m);
    return result;
}

Value pattern_match(Value self, Value const *args, size_t nargs, Value kwnames) {
    return find_one("match", SRE_MATCH, self, args, nargs, kwnames);
}

Value pattern_fullmatch(Value self, Value const *args, size_t nargs, Value kwnames) {
    return find_one("fullmatch", SRE_FULLMATCH, self, args, nargs, kwnames);
}

Value pattern_search(Value self, Value const *args, size_t nargs, Value kwnames) {
    return find_one("search", SRE_SEARCH, self, args, nargs, kwnames);
}

/* ---- findall ---- */

static Value group_or_empty(const SreMatcher *m, uint32_t group) {
    size_t from = 0, to = 0;
    sre_group(m, group, &from, &to);
    return sre_slice(&m->subject, from, to);
}

/* What findall gives for a match: its text, its only group, or a tuple of its groups. */
static Value found_text(const SreMatcher *m, uint32_t groups) {
    if (groups == 0) return sre_slice(&m->subject, m->start, m->stop);
    if (groups == 1) return group_or_empty(m, 1);
    Value tuple = tuple_new(groups);
    for (uint32_t i = 0; tuple && i < groups; i++) {
        Value text = group_or_empty(m, i + 1);
        if (text) tuple_init_item_steal(tuple, i, text);
        else CLEAR_FIELD(tuple);
    }
    return tuple;
}

Value pattern_findall(Value self, Value const *args, size_t nargs, Value kwnames) {
    SreMatcher m;
    if (open_from_call(&m, "findall", self, args, nargs, kwnames) < 0) return NULL;
    Value list = list_new(0);
    int status = list ? 1 : -1;
    while (status > 0 && (status = sre_run(&m, SRE_SEARCH)) > 0) {
        Value text = found_text(&m, pattern_of(self)->groups);
        if (!text || list_append_steal(list, text) < 0) status = -1;
        sre_advance(&m);
    }
    sre_close(&m);
    if (status == 0) return list;
    xdecref(list);
    return NULL;
}

/* ---- scanner, finditer ---- */

typedef struct Scanner {
    HeapObject head;
    Value pattern, string;
    SreMatcher matcher;
    bool done, running;
} Scanner;

static int scanner_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    return fields_traverse(o, 2, visit, arg);
}

static void scanner_free(Heap *heap, HeapObject *o) {
    (void)heap;
    Scanner *s = (Scanner *)(void *)o;
    SreMatcher *m = &s->matcher;
    if (m->marks == NULL) m->marks = m->few_marks;
    sre_close(m);
    fields_drop(o, 2);
    value_free(AS_VALUE(o));
}

static Value scan(Scanner *s, SreMode mode) {
    SreMatcher *m = &s->matcher;
    if (s->running) return raise_error(T_ValueError, "regular expression scanner already executing");
    if (s->done) return NONE;
    s->running = true;
    int status = sre_run(m, mode);
    s->running = false;
    if (status <= 0) {
        if (status == 0) s->done = true;
        return status == 0 ? NONE : NULL;
    }
    Value match = match_new(pattern_of(s->pattern), m);
    sre_advance(m);
    return match;
}

static Value scanner_match(Value v) { return scan((Scanner *)v, SRE_MATCH); }
static Value scanner_search(Value v) { return scan((Scanner *)v, SRE_SEARCH); }

static const NativeMethod scanner_methods[] = {
    METHOD_NOARGS("match", scanner_match, "match($self, /)\n--\n\n"),
    METHOD_NOARGS("search", scanner_search, "search($self, /)\n--\n\n"),
    METHOD_END,
};

static const Member scanner_members[] = {
    {"pattern", MEMBER_VALUE, offsetof(Scanner, pattern), true, NULL},
    {0},
};

const TypeSpec scanner_spec = {
    .name = "_sre.SRE_Scanner",
    .flags = TYPE_GC | TYPE_NOT_INSTANTIABLE,
    .basic_size = sizeof(Scanner),
    .slots = {.traverse = scanner_traverse, .free = scanner_free},
    .methods = scanner_methods,
    .members = scanner_members,
};

static Value scanner_new(const char *function, Value self, Value const *args, size_t nargs, Value kwnames) {
    Scanner *s = (Scanner *)value_alloc(SRE_STATE->scanner, 0);
    if (!s) return NULL;
    memset((char *)s + sizeof(HeapObject), 0, sizeof *s - sizeof(HeapObject));
    if (open_from_call(&s->matcher, function, self, args, nargs, kwnames) < 0) {
        memset(&s->matcher, 0, sizeof s->matcher);
        DECREF(s);
        return NULL;
    }
    s->pattern = incref(self);
    s->string = incref(s->matcher.subject.string);
    value_track(AS_VALUE(s));
    return AS_VALUE(s);
}

Value pattern_scanner(Value self, Value const *args, size_t nargs, Value kwnames) {
    return scanner_new("scanner", self, args, nargs, kwnames);
}

Value pattern_finditer(Value self, Value const *args, size_t nargs, Value kwnames) {
    Value scanner = scanner_new("finditer", self, args, nargs, kwnames);
    Value search = scanner ? native_new(&scanner_methods[1], scanner, NULL) : NULL;
    Value iterator = search ? callable_iterator_new(search, NONE) : NULL;
    xdecref(scanner);
    xdecref(search);
    return iterator;
}

/* ---- split ---- */

static int append_slice(Value list, const SreMatcher *m, size_t from, size_t to) {
    Value text = sre_slice(&m->subject, from, to);
    return text ? list_append_steal(list, text) : -1;
}

static int append_group(Value list, const SreMatcher *m, uint32_t group) {
    size_t from, to;
    if (sre_group(m, group, &from, &to)) return append_slice(list, m, from, to);
    return list_append(list, NONE);
}

Value pattern_split(Value self, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"string", "maxsplit", NULL};
    static const ArgSpec spec = {"split", names, 2, 1, 2};
    Value out[2];
    ssize_t limit = 0;
    SreMatcher m;
    if (!args_bind(&spec, args, nargs, kwnames, out) || !index_argument(out[1], &limit) ||
        sre_open(&m, pattern_of(self), out[0], 0, SSIZE_MAX) < 0)
        return NULL;
    Value list = list_new(0);
    size_t last = 0;
    int status = list ? 1 : -1;
    for (ssize_t n = 0; status > 0 && (limit == 0 || n < limit); n++) {
        status = sre_run(&m, SRE_SEARCH);
        if (status <= 0) break;
        if (append_slice(list, &m, last, m.start) < 0) status = -1;
        for (uint32_t i = 1; status > 0 && i <= pattern_of(self)->groups; i++)
            if (append_group(list, &m, i) < 0) status = -1;
        sre_advance(&m);
        last = m.start;
    }
    if (status >= 0 && append_slice(list, &m, last, m.end) < 0) status = -1;
    sre_close(&m);
    if (status >= 0) return list;
    xdecref(list);
    return NULL;
}

/* ---- sub ---- */

/* What stands in for a match: a text, a function of the match, or a template: literals with groups between. */
typedef struct Filter {
    Value text; /* NULL: one of the others */
    Value function;
    Value groups, literals; /* lists: (place in literals, group number); texts and, at the places, None */
} Filter;

static void filter_drop(Filter *f) {
    xdecref(f->text);
    xdecref(f->function);
    xdecref(f->groups);
    xdecref(f->literals);
}

static int has_backslash(Value template) {
    if (is_str(template)) {
        Value slash = str_from_char('\\');
        ssize_t at = slash ? str_find(template, slash, 0, SIZE_MAX, 1) : -2;
        xdecref(slash);
        return at == -2 ? -1 : at >= 0;
    }
    SreSubject s;
    if (sre_subject_init(&s, NULL, template) < 0) {
        error_clear();
        return 1; /* re will say what is wrong with it */
    }
    int found = memchr(s.data, '\\', s.length) != NULL;
    sre_subject_drop(&s);
    return found;
}

static bool is_pair_of_lists(Value v) {
    return is_tuple(v) && tuple_length(v) == 2 && is_list(tuple_item_borrow(v, 0)) &&
           is_list(tuple_item_borrow(v, 1));
}

/* The template as re._compile_repl parses it. */
static int filter_from_template(Filter *f, Value pattern, Value template) {
    Value compile = module_import_attr("re", "_compile_repl");
    Value parsed = compile ? value_call_two(compile, template, pattern) : NULL;
    xdecref(compile);
    if (!parsed) return -1;
    if (!is_pair_of_lists(parsed)) {
        decref(parsed);
        return raise_int(T_TypeError, "invalid template");
    }
    Value groups = tuple_item_borrow(parsed, 0), literals = tuple_item_borrow(parsed, 1);
    if (list_length(groups) == 0 && list_length(literals) == 1) {
        f->text = incref(list_item_borrow(literals, 0));
    } else {
        f->groups = incref(groups);
        f->literals = incref(literals);
    }
    decref(parsed);
    return 0;
}

static int filter_init(Filter *f, Value pattern, Value replacement) {
    memset(f, 0, sizeof *f);
    if (value_is_callable(replacement)) {
        f->function = incref(replacement);
        return 0;
    }
    int template = has_backslash(replacement);
    if (template <0) return -1;
    if (template) return filter_from_template(f, pattern, replacement);
    f->text = incref(replacement);
    return 0;
}

/* Which group stands at place i of the literals; groups come in the order of their places. 0: none. */
static ssize_t template_group(Value groups, size_t *next, size_t i) {
    if (*next >= list_length(groups)) return 0;
    Value pair = list_item_borrow(groups, *next);
    if (!is_tuple(pair) || tuple_length(pair) != 2) return -1;
    Value at = tuple_item_borrow(pair, 0), group = tuple_item_borrow(pair, 1);
    if (!is_small_int(at) || !is_small_int(group)) return -1;
    if (small_int(at) != (int64_t)i) return 0;
    ++*next;
    return small_int(group) + 1; /* group 0 is the whole match */
}

static int append_template(const Filter *f, const SreMatcher *m, uint32_t groups, Value list) {
    size_t next = 0;
    for (size_t i = 0; i < list_length(f->literals); i++) {
        ssize_t group = template_group(f->groups, &next, i);
        Value literal = list_item_borrow(f->literals, i);
        size_t from = m->start, to = m->stop;
        int status = 0;
        if (group < 0 || group - 1 > (ssize_t)groups) return raise_int(T_IndexError, "no such group");
        if (group == 0) status = literal == NONE ? 0 : list_append(list, literal);
        else if (group == 1 || sre_group(m, (uint32_t)group - 1, &from, &to))
            status = append_slice(list, m, from, to);
        if (status < 0) return -1;
    }
    return 0;
}

static int append_replacement(const Filter *f, Pattern *pattern, const SreMatcher *m, Value list) {
    if (f->text) return list_append(list, f->text);
    if (f->literals) return append_template(f, m, pattern->groups, list);
    Value match = match_new(pattern, m), text = match ? value_call_one(f->function, match) : NULL;
    xdecref(match);
    if (!text) return -1;
    if (text != NONE) return list_append_steal(list, text);
    return 0;
}

/* The pieces as one text of the subject's kind. */
static Value join_pieces(const SreSubject *subject, Value list) {
    Value empty = subject->is_bytes ? bytes_from(NULL, 0) : str_from_ascii("", 0), result = NULL;
    if (!empty) return NULL;
    if (list_length(list) == 0) result = sre_slice(subject, 0, 0);
    else if (subject->is_bytes) result = value_call_method_one(empty, NAME(join), list);
    else result = str_join(empty, list);
    decref(empty);
    return result;
}

static Value substitute(Pattern *pattern, SreMatcher *m, const Filter *f, ssize_t limit, ssize_t *count) {
    Value list = list_new(0);
    size_t last = 0;
    int status = list ? 1 : -1;
    for (*count = 0; status > 0 && (limit == 0 || *count < limit); ++*count) {
        status = sre_run(m, SRE_SEARCH);
        if (status <= 0) break;
        if ((last < m->start && append_slice(list, m, last, m->start) < 0) ||
            append_replacement(f, pattern, m, list) < 0)
            status = -1;
        sre_advance(m);
        last = m->start;
    }
    if (status >= 0 && last < m->end && append_slice(list, m, last, m->end) < 0) status = -1;
    Value result = status < 0 ? NULL : join_pieces(&m->subject, list);
    xdecref(list);
    return result;
}

/* repl, string, count=0 */
static Value sub_from_call(const char *function, Value self, Value const *args, size_t nargs, Value kwnames,
                           ssize_t *count) {
    static const char *const names[] = {"repl", "string", "count", NULL};
    ArgSpec spec = {function, names, 3, 2, 3};
    Value out[3];
    ssize_t limit = 0;
    Filter filter;
    SreMatcher m;
    if (!args_bind(&spec, args, nargs, kwnames, out) || !index_argument(out[2], &limit)) return NULL;
    if (filter_init(&filter, self, out[0]) < 0) return NULL;
    Value result = NULL;
    if (sre_open(&m, pattern_of(self), out[1], 0, SSIZE_MAX) == 0) {
        result = substitute(pattern_of(self), &m, &filter, limit, count);
        sre_close(&m);
    }
    filter_drop(&filter);
    return result;
}

Value pattern_sub(Value self, Value const *args, size_t nargs, Value kwnames) {
    ssize_t count;
    return sub_from_call("sub", self, args, nargs, kwnames, &count);
}

Value pattern_subn(Value self, Value const *args, size_t nargs, Value kwnames) {
    ssize_t count = 0;
    Value text = sub_from_call("subn", self, args, nargs, kwnames, &count);
    if (!text) return NULL;
    return tuple_from_array_steal((Value[]){text, small_int_new(count)}, 2);
}
