/*
 * sre_sub: methods that go through a whole text: findall, split, sub.
 *
 * sub builds its result as it goes. What a callable returns is checked as join would check it, at the end: so the callable is
 * called for every match even if one of its results cannot be joined.
 */
#include "modules/sre.h"
#include "objects/error.h"
#include "objects/function.h"
#include "objects/list.h"
#include "objects/tuple.h"

/* ---- findall, split ---- */

/* Group i of the last match; `absent` if it took no part. */
static Value found_group(const SreState *s, size_t i, Value absent) {
    size_t from, to;
    int found = sre_group(s, i, &from, &to);
    return found > 0 ? sre_slice(s, from, to) : found == 0 ? xincref(absent) : NULL;
}

static Value found_groups(const SreState *s, Value absent) {
    size_t n = s->pattern->groups;
    Value groups = tuple_new(n);
    for (size_t i = 0; groups && i < n; i++) {
        Value text = found_group(s, i + 1, absent);
        if (!text) CLEAR_FIELD(groups);
        else tuple_init_item_steal(groups, i, text);
    }
    return groups;
}

/* What findall lists: the whole match, its one group, or a tuple of its groups. */
static Value found_item(const SreState *s, Value empty) {
    switch (s->pattern->groups) {
    case 0: return sre_slice(s, sre_index(s, s->start), sre_index(s, s->ptr));
    case 1: return found_group(s, 1, empty);
    default: return found_groups(s, empty);
    }
}

static int append_steal(Value list, Value item) { return item ? list_append_steal(list, item) : -1; }

Value sre_findall(Value self, Value const *args, size_t nargs, Value kwnames) {
    SreTextArgs text;
    SreState s;
    if (!sre_text_args("findall", args, nargs, kwnames, &text)) return NULL;
    if (sre_begin(&s, (Pattern *)self, text.string, text.pos, text.endpos) < 0) return NULL;
    Value list = list_new(0), empty = sre_slice(&s, 0, 0);
    int status = list && empty ? 1 : -1;
    while (status > 0 && (status = sre_search(&s)) > 0) {
        if (append_steal(list, found_item(&s, empty)) < 0) status = -1;
        sre_advance(&s);
    }
    sre_end(&s);
    xdecref(empty);
    if (status < 0 && list) CLEAR_FIELD(list);
    return list;
}

static int append_groups(const SreState *s, Value list) {
    for (size_t i = 1; i <= s->pattern->groups; i++)
        if (append_steal(list, found_group(s, i, NONE)) < 0) return -1;
    return 0;
}

Value sre_split(Value self, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"string", "maxsplit", NULL};
    static const ArgSpec spec = {"split", names, 2, 1, 2};
    Value out[2];
    SreState s;
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    ssize_t limit = out[1] ? value_as_ssize_argument(out[1]) : 0;
    if (limit == -1 && error_pending()) return NULL;
    if (sre_begin(&s, (Pattern *)self, out[0], 0, SSIZE_MAX) < 0) return NULL;
    Value list = list_new(0);
    int status = list ? 1 : -1;
    size_t last = 0;
    for (ssize_t n = 0; status > 0 && (limit == 0 || n < limit) && (status = sre_search(&s)) > 0; n++) {
        if (append_steal(list, sre_slice(&s, last, sre_index(&s, s.start))) < 0 || append_groups(&s, list) < 0) status = -1;
        last = sre_index(&s, s.ptr);
        sre_advance(&s);
    }
    if (status >= 0 && append_steal(list, sre_slice(&s, last, s.endpos)) < 0) status = -1;
    sre_end(&s);
    if (status < 0 && list) CLEAR_FIELD(list);
    return list;
}

/* ---- results of sub ---- */

typedef struct Output {
    const SreState *state;
    StrBuilder text;      /* of str */
    uint8_t *bytes;       /* of bytes */
    size_t length, capacity;
    ssize_t items;        /* as join would count them */
    Value unfit;          /* the first item that cannot be joined, */
    ssize_t unfit_at;     /* and its number */
} Output;

static int add_bytes(Output *o, const void *data, size_t n) {
    if (n > o->capacity - o->length) {
        size_t capacity = o->length + n < 64 ? 64 : 2 * (o->length + n);
        uint8_t *bytes = heap_realloc(rt->heap, o->bytes, capacity);
        if (!bytes) return raise_no_memory(), -1;
        o->bytes = bytes;
        o->capacity = capacity;
    }
    memcpy(o->bytes + o->length, data, n);
    o->length += n;
    return 0;
}

/* A part of the text. */
static int add_part(Output *o, size_t from, size_t to) {
    const SreState *s = o->state;
    if (!s->is_bytes) return str_builder_add_slice(&o->text, s->string, from, to);
    return add_bytes(o, (const char *)s->beginning + from, to - from);
}

static int add_unfit(Output *o, Value item) {
    if (!o->unfit) {
        o->unfit = incref(item);
        o->unfit_at = o->items;
    }
    return 0;
}

static int add_buffer(Output *o, Value item) {
    Buffer b;
    if (!type_of(item)->slots.get_buffer) return add_unfit(o, item);
    if (buffer_get(item, &b, false) < 0) return -1;
    int status = add_bytes(o, b.data, b.length);
    buffer_release(&b);
    return status;
}

/* What replaces a match; None: nothing. */
static int add_item(Output *o, Value item) {
    int status;
    if (item == NONE) return 0;
    if (o->state->is_bytes) status = is_bytes(item) ? add_bytes(o, bytes_data(item), bytes_length(item)) : add_buffer(o, item);
    else status = is_str(item) ? str_builder_add(&o->text, item) : add_unfit(o, item);
    o->items++;
    return status;
}

static Value finish(Output *o) {
    if (o->unfit)
        return raise_error(T_TypeError, o->state->is_bytes ? "sequence item %zd: expected a bytes-like object, %T found"
                                                           : "sequence item %zd: expected str instance, %T found",
                           o->unfit_at, o->unfit);
    return o->state->is_bytes ? bytes_from(o->bytes, o->length) : str_builder_finish(&o->text);
}

static void drop_output(Output *o) {
    str_builder_drop(&o->text);
    heap_free(rt->heap, o->bytes);
    xdecref(o->unfit);
}

/* ---- what replaces a match ---- */

/* A template parsed by re: literals and, in their order, the groups that stand where a literal is None. */
typedef struct Replacement {
    Value value;    /* text or callable; owned */
    bool callable;
    Value literals; /* list; owned; or NULL */
    Value groups;   /* list of (index in literals, group); owned */
} Replacement;

static bool is_plain(Value text) {
    if (is_str(text)) {
        ssize_t at = -1;
        Value backslash = str_from_char('\\');
        if (backslash) at = str_find(text, backslash, 0, str_length(text), 1);
        xdecref(backslash);
        return at == -1;
    }
    Buffer b;
    if (!type_of(text)->slots.get_buffer) return false;
    if (buffer_get(text, &b, false) < 0) return error_clear(), false;
    bool plain = memchr(b.data, '\\', b.length) == NULL;
    buffer_release(&b);
    return plain;
}

static bool fits(const Pattern *p, Value literals, Value groups) {
    if (!IS_EXACT(literals, list) || !IS_EXACT(groups, list)) return false;
    size_t used = 0;
    for (size_t i = 0; i < list_length(literals); i++) {
        Value literal = list_item_borrow(literals, i);
        if (literal != NONE) {
            if (p->is_bytes == 1 ? !IS_EXACT(literal, bytes) : p->is_bytes != 0 || !IS_EXACT(literal, str)) return false;
            continue;
        }
        Value group = used < list_length(groups) ? list_item_borrow(groups, used++) : NONE;
        if (!IS_EXACT(group, tuple) || tuple_length(group) != 2 || tuple_item_borrow(group, 0) != small_int_new((int64_t)i))
            return false;
        Value number = tuple_item_borrow(group, 1);
        if (!is_small_int(number) || small_int(number) < 0 || (size_t)small_int(number) > p->groups) return false;
    }
    return used == list_length(groups);
}

/* re._subx gave a function that expands its default argument: the template itself, which is then expanded here. */
static void open_template(Replacement *r, const Pattern *p) {
    const Function *f = (const Function *)r->value;
    if (!IS_EXACT(r->value, function) || !str_equal_cstr(f->qualname, "_subx.<locals>.filter")) return;
    Value pair = f->defaults && tuple_length(f->defaults) == 1 ? tuple_item_borrow(f->defaults, 0) : NULL;
    if (!pair || !IS_EXACT(pair, tuple) || tuple_length(pair) != 2) return;
    if (!fits(p, tuple_item_borrow(pair, 1), tuple_item_borrow(pair, 0))) return;
    r->groups = incref(tuple_item_borrow(pair, 0));
    r->literals = incref(tuple_item_borrow(pair, 1));
}

static int prepare(Replacement *r, Pattern *p, Value given) {
    *r = (Replacement){0};
    r->callable = value_is_callable(given);
    if (r->callable || is_plain(given)) {
        r->value = incref(given);
        return 0;
    }
    Value subx = module_import_attr("re", "_subx");
    r->value = subx ? value_call_two(subx, AS_VALUE(p), given) : NULL;
    xdecref(subx);
    if (!r->value) return -1;
    r->callable = value_is_callable(r->value);
    if (r->callable) open_template(r, p);
    return 0;
}

static void drop_replacement(Replacement *r) {
    xdecref(r->value);
    xdecref(r->literals);
    xdecref(r->groups);
}

static int add_group(Output *o, size_t group) {
    const SreState *s = o->state;
    if (group == 0) return add_part(o, sre_index(s, s->start), sre_index(s, s->ptr));
    size_t from, to;
    int found = sre_group(s, group, &from, &to);
    return found > 0 ? add_part(o, from, to) : found;
}

static int add_expanded(Output *o, const Replacement *r) {
    size_t used = 0;
    for (size_t i = 0; i < list_length(r->literals); i++) {
        Value literal = list_item_borrow(r->literals, i);
        int status;
        if (literal == NONE)
            status = add_group(o, (size_t)small_int(tuple_item_borrow(list_item_borrow(r->groups, used++), 1)));
        else if (o->state->is_bytes)
            status = add_bytes(o, bytes_data(literal), bytes_length(literal));
        else
            status = str_builder_add(&o->text, literal);
        if (status < 0) return -1;
    }
    o->items++;
    return 0;
}

static int add_called(Output *o, SreState *s, Value callable) {
    Value match = sre_match_new(s), item = match ? value_call_one(callable, match) : NULL;
    int status = item ? add_item(o, item) : -1;
    xdecref(item);
    xdecref(match);
    return status;
}

static int replace(Output *o, SreState *s, const Replacement *r) {
    if (r->literals) return add_expanded(o, r);
    return r->callable ? add_called(o, s, r->value) : add_item(o, r->value);
}

/* How many were replaced, the result in *out; -1 raised. */
static ssize_t substitute(SreState *s, const Replacement *r, ssize_t limit, Value *out) {
    Output o = {.state = s, .text = STR_BUILDER_INIT};
    ssize_t n = 0;
    size_t last = 0;
    int status = 0, found = 0;
    while (status == 0 && (limit == 0 || n < limit) && (found = sre_search(s)) > 0) {
        size_t from = sre_index(s, s->start);
        if (last < from) {
            status = add_part(&o, last, from);
            o.items++;
        }
        if (status == 0) status = replace(&o, s, r);
        last = sre_index(s, s->ptr);
        sre_advance(s);
        n++;
    }
    if (found < 0) status = -1;
    if (status == 0 && n == 0) {
        *out = sre_slice(s, 0, s->length);
    } else if (status == 0) {
        if (last < s->endpos) status = add_part(&o, last, s->endpos);
        *out = status == 0 ? finish(&o) : NULL;
    }
    drop_output(&o);
    return status < 0 || !*out ? -1 : n;
}

static Value sub_common(const char *method, Value self, Value const *args, size_t nargs, Value kwnames, ssize_t *replaced) {
    static const char *const names[] = {"repl", "string", "count", NULL};
    ArgSpec spec = {method, names, 3, 2, 3};
    Value a[3], result = NULL;
    Replacement r;
    SreState s;
    if (!args_bind(&spec, args, nargs, kwnames, a)) return NULL;
    ssize_t limit = a[2] ? value_as_ssize_argument(a[2]) : 0;
    if ((limit == -1 && error_pending()) || prepare(&r, (Pattern *)self, a[0]) < 0) return NULL;
    if (sre_begin(&s, (Pattern *)self, a[1], 0, SSIZE_MAX) == 0) {
        *replaced = substitute(&s, &r, limit, &result);
        sre_end(&s);
    }
    drop_replacement(&r);
    return result;
}

Value sre_sub(Value self, Value const *args, size_t nargs, Value kwnames) {
    ssize_t n;
    return sub_common("sub", self, args, nargs, kwnames, &n);
}

Value sre_subn(Value self, Value const *args, size_t nargs, Value kwnames) {
    ssize_t n;
    Value result = sub_common("subn", self, args, nargs, kwnames, &n);
    if (!result) return NULL;
    Value items[2] = {result, small_int_new(n)};
    return tuple_from_array_steal(items, 2);
}
