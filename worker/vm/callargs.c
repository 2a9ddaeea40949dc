/*
 * callargs: from the arguments of a call to the locals of a frame, with CPython 3.11's rules and messages.
 *
 * Order of the slots: positional parameters (positional-only ones first), keyword-only ones, *args, **kwargs, then other locals.
 */
#include "vm/vm_internal.h"

#include <stdio.h>

/* The state of one binding. */
typedef struct Binding {
    Function *f;
    Code *code;
    Value *slots;
    uint32_t named; /* positional and keyword-only parameters */
    Value kwargs;   /* the dict of **kwargs (also in its slot), or NULL */
} Binding;

static Value parameter_name(const Binding *b, uint32_t i) {
    return tuple_item_borrow(b->code->local_names, i);
}

/* ---- messages ---- */

/* "'a', 'b', and 'c'" of the named parameters from..to whose slot is empty. New. */
static Value missing_names(const Binding *b, uint32_t from, uint32_t to, uint32_t count) {
    StrBuilder text = STR_BUILDER_INIT;
    uint32_t done = 0;
    for (uint32_t i = from; i < to; i++) {
        if (b->slots[i]) continue;
        done++;
        int status = 0;
        if (done > 1)
            status = str_builder_add_cstr(&text, done < count ? ", " : count == 2 ? " and " : ", and ");
        Value quoted = status < 0 ? NULL : value_repr(parameter_name(b, i));
        if (!quoted || str_builder_add(&text, quoted) < 0) {
            xdecref(quoted);
            str_builder_drop(&text);
            return NULL;
        }
        decref(quoted);
    }
    return str_builder_finish(&text);
}

static int raise_missing(const Binding *b, uint32_t from, uint32_t to, uint32_t count, const char *kind) {
    Value names = missing_names(b, from, to, count);
    if (!names) return -1;
    raise_error(T_TypeError, "%U() missing %u required %s argument%s: %U", b->f->qualname, count, kind,
                count == 1 ? "" : "s", names);
    decref(names);
    return -1;
}

static int raise_too_many(const Binding *b, size_t given) {
    const Code *code = b->code;
    size_t defaults = b->f->defaults ? tuple_length(b->f->defaults) : 0, keyword_given = 0;
    char takes[64], keyword_text[96] = "";
    bool plural = true;
    for (uint32_t i = code->arg_count; i < b->named; i++) keyword_given += b->slots[i] != NULL;
    if (defaults) {
        snprintf(takes, sizeof takes, "from %zu to %u", code->arg_count - defaults, code->arg_count);
    } else {
        snprintf(takes, sizeof takes, "%u", code->arg_count);
        plural = code->arg_count != 1;
    }
    if (keyword_given)
        snprintf(keyword_text, sizeof keyword_text,
                 " positional argument%s (and %zu keyword-only argument%s)", given != 1 ? "s" : "",
                 keyword_given, keyword_given != 1 ? "s" : "");
    return raise_int(T_TypeError, "%U() takes %s positional argument%s but %zu%s %s given", b->f->qualname,
                     takes, plural ? "s" : "", given, keyword_text,
                     given == 1 && !keyword_given ? "was" : "were");
}

/* All keywords that name positional-only parameters, joined; true if there were any (and it raised). */
static bool raise_positional_only(const Binding *b, Value kwnames) {
    StrBuilder text = STR_BUILDER_INIT;
    bool any = false;
    for (uint32_t i = 0; i < b->code->positional_only_count; i++) {
        for (size_t k = 0; k < tuple_length(kwnames); k++) {
            if (!str_equal(parameter_name(b, i), tuple_item_borrow(kwnames, k))) continue;
            if ((any && str_builder_add_cstr(&text, ", ") < 0) ||
                str_builder_add(&text, parameter_name(b, i)) < 0) {
                str_builder_drop(&text);
                return true;
            }
            any = true;
        }
    }
    if (!any) return false;
    Value names = str_builder_finish(&text);
    if (names)
        raise_error(T_TypeError, "%U() got some positional-only arguments passed as keyword arguments: '%U'",
                    b->f->qualname, names);
    xdecref(names);
    return true;
}

/* ---- binding ---- */

/* Index of the parameter that a keyword names, or -1. Pointers first: names are interned as a rule. */
static int find_parameter(const Binding *b, Value name) {
    Value const *names = ((Tuple *)b->code->local_names)->items;
    for (uint32_t i = b->code->positional_only_count; i < b->named; i++)
        if (names[i] == name) return (int)i;
    bool interned = ((Str *)name)->interned; /* two of them are the same or different */
    for (uint32_t i = b->code->positional_only_count; i < b->named; i++)
        if (!(interned && ((Str *)names[i])->interned) && str_equal(names[i], name)) return (int)i;
    return -1;
}

static int bind_keywords(Binding *b, Value const *values, Value kwnames) {
    for (size_t k = 0; k < tuple_length(kwnames); k++) {
        Value name = tuple_item_borrow(kwnames, k);
        if (!is_str(name)) return raise_int(T_TypeError, "%U() keywords must be strings", b->f->qualname);
        int i = find_parameter(b, name);
        if (i >= 0) {
            if (b->slots[i])
                return raise_int(T_TypeError, "%U() got multiple values for argument '%S'", b->f->qualname,
                                 name);
            b->slots[i] = incref(values[k]);
        } else if (b->kwargs) {
            if (dict_set(b->kwargs, name, values[k]) < 0) return -1;
        } else {
            if (b->code->positional_only_count && raise_positional_only(b, kwnames)) return -1;
            return raise_int(T_TypeError, "%U() got an unexpected keyword argument '%S'", b->f->qualname,
                             name);
        }
    }
    return 0;
}

static int fill_defaults(Binding *b, size_t given) {
    const Code *code = b->code;
    size_t count = b->f->defaults ? tuple_length(b->f->defaults) : 0;
    size_t required = code->arg_count > count ? code->arg_count - count : 0;
    uint32_t missing = 0;
    for (size_t i = given; i < required; i++) missing += b->slots[i] == NULL;
    if (missing) return raise_missing(b, 0, (uint32_t)required, missing, "positional");
    size_t skipped = count > code->arg_count ? count - code->arg_count : 0;
    for (size_t i = required; i < code->arg_count; i++)
        if (!b->slots[i]) b->slots[i] = incref(tuple_item_borrow(b->f->defaults, i - required + skipped));
    return 0;
}

static int fill_keyword_defaults(Binding *b) {
    uint32_t missing = 0, first = b->code->arg_count;
    for (uint32_t i = first; i < b->named; i++) {
        if (b->slots[i]) continue;
        Value found = NULL;
        if (b->f->kwdefaults && dict_find(b->f->kwdefaults, parameter_name(b, i), &found) < 0) return -1;
        if (found) b->slots[i] = incref(found);
        else missing++;
    }
    return missing ? raise_missing(b, first, b->named, missing, "keyword-only") : 0;
}

static int bind(Binding *b, Value const *args, size_t nargs, Value kwnames) {
    const Code *code = b->code;
    size_t direct = nargs < code->arg_count ? nargs : code->arg_count;
    uint32_t next = b->named;
    for (size_t i = 0; i < direct; i++) b->slots[i] = incref(args[i]);
    if (code->flags & CODE_VARARGS) {
        Value rest = tuple_from_array(args + direct, nargs - direct);
        if (!rest) return -1;
        b->slots[next++] = rest;
    }
    if (code->flags & CODE_VARKEYWORDS) {
        b->kwargs = dict_new();
        if (!b->kwargs) return -1;
        b->slots[next] = b->kwargs;
    }
    if (kwnames && bind_keywords(b, args + nargs, kwnames) < 0) return -1;
    if (nargs > code->arg_count && !(code->flags & CODE_VARARGS)) return raise_too_many(b, nargs);
    if (nargs < code->arg_count && fill_defaults(b, nargs) < 0) return -1;
    return code->keyword_only_count ? fill_keyword_defaults(b) : 0;
}

int callargs_bind(Function *f, Code *code, Value *slots, Value const *args, size_t nargs, Value kwnames) {
    Binding b = {f, code, slots, code->arg_count + code->keyword_only_count, NULL};
    memset(slots, 0, code->locals_plus_count * sizeof *slots);
    if (!code->exact_args && !(code->flags & (CODE_VARARGS | CODE_VARKEYWORDS)) && !code->keyword_only_count)
        code->exact_args = code->arg_count + 1;
    if (LIKELY(bind(&b, args, nargs, kwnames) == 0)) return 0;
    for (uint32_t i = 0; i < code->locals_plus_count; i++) CLEAR_FIELD(slots[i]);
    return -1;
}
