/* args: binding arguments to the names of native functions, with CPython's words for each way to be wrong. */
#include <stdio.h>

#include "objects/protocols.h"
#include "objects/str.h"

/* How messages name the function. */
typedef struct Told {
    char text[80];
} Told;

static Told told(const ArgSpec *spec, const char *nameless) {
    Told t;
    snprintf(t.text, sizeof t.text, "%s%s", spec->function ? spec->function : nameless,
             spec->function ? "()" : "");
    return t;
}

static int find_name(const ArgSpec *spec, Value key) {
    for (int i = 0; i < spec->count; i++)
        if (spec->names[i][0] && str_equal_cstr(key, spec->names[i])) return i;
    return -1;
}

static size_t positional_only(const ArgSpec *spec) {
    size_t n = 0;
    while (n < spec->count && !spec->names[n][0]) n++;
    return n;
}

static void too_many(const ArgSpec *spec, size_t nargs, size_t total) {
    size_t max = spec->max_positional;
    if (total > spec->count && spec->count == 0)
        raise_error(T_TypeError, "%s takes no arguments (%zu given)", told(spec, "function").text, total);
    else if (total > spec->count) /* "keyword" only when that is surely what there are too many of */
        raise_error(T_TypeError, "%s takes at most %d %sargument%s (%zu given)", told(spec, "function").text,
                    spec->count, nargs == 0 ? "keyword " : "", spec->count == 1 ? "" : "s", total);
    else if (max == 0)
        raise_error(T_TypeError, "%s takes no positional arguments", told(spec, "function").text);
    else
        raise_error(T_TypeError, "%s takes %s %zu positional argument%s (%zu given)",
                    told(spec, "function").text, spec->required < max ? "at most" : "exactly", max,
                    max == 1 ? "" : "s", nargs);
}

static void missing(const ArgSpec *spec, size_t i, size_t nargs) {
    size_t only = positional_only(spec);
    if (i < only) {
        size_t min = spec->required < only ? spec->required : only;
        raise_error(T_TypeError, "%s takes %s %zu positional argument%s (%zu given)",
                    told(spec, "function").text, min < spec->max_positional ? "at least" : "exactly", min,
                    min == 1 ? "" : "s", nargs);
    } else {
        raise_error(T_TypeError, "%s missing required argument '%s' (pos %zu)", told(spec, "function").text,
                    spec->names[i], i + 1);
    }
}

/* Keywords that name no free parameter are left for refuse_keywords; returns how many those are. */
static size_t bind_keywords(const ArgSpec *spec, Value const *values, Value kwnames, size_t nargs,
                            Value *out) {
    size_t strange = 0;
    for (size_t k = 0; k < tuple_length(kwnames); k++) {
        int i = find_name(spec, tuple_item_borrow(kwnames, k));
        if (i < 0 || (size_t)i < nargs) strange++;
        else out[i] = values[k];
    }
    return strange;
}

static void refuse_keywords(const ArgSpec *spec, Value kwnames, size_t nargs) {
    int given_twice = -1;
    Value unknown = NULL;
    for (size_t k = 0; k < tuple_length(kwnames); k++) {
        Value key = tuple_item_borrow(kwnames, k);
        int i = find_name(spec, key);
        if (i < 0 && !unknown) unknown = key;
        if (i >= 0 && (size_t)i < nargs && (given_twice < 0 || i < given_twice)) given_twice = i;
    }
    if (given_twice >= 0)
        raise_error(T_TypeError, "argument for %s given by name ('%s') and position (%d)",
                    told(spec, "function").text, spec->names[given_twice], given_twice + 1);
    else
        raise_error(T_TypeError, "'%U' is an invalid keyword argument for %s", unknown,
                    told(spec, "this function").text);
}

bool args_bind_any(const ArgSpec *spec, Value const *args, size_t nargs, Value kwnames, Value *out) {
    size_t nkeywords = kwnames ? tuple_length(kwnames) : 0, strange = 0;
    if (__builtin_expect(nkeywords && positional_only(spec) == spec->count, 0))
        return args_no_keywords(spec->function, kwnames);
    if (__builtin_expect(nargs > spec->max_positional || nargs + nkeywords > spec->count, 0)) {
        too_many(spec, nargs, nargs + nkeywords);
        return false;
    }
    for (size_t i = 0; i < spec->count; i++) out[i] = i < nargs ? args[i] : NULL;
    if (nkeywords) strange = bind_keywords(spec, args + nargs, kwnames, nargs, out);
    for (size_t i = nargs; i < spec->required; i++)
        if (!out[i]) {
            missing(spec, i, nargs);
            return false;
        }
    if (__builtin_expect(strange, 0)) refuse_keywords(spec, kwnames, nargs);
    return !strange;
}

bool args_count(const char *function, size_t nargs, size_t min, size_t max) {
    if (__builtin_expect(nargs >= min && nargs <= max, 1)) return true;
    size_t bound = nargs < min ? min : max;
    raise_error(T_TypeError, "%s expected %s%zu argument%s, got %zu", function,
                min == max    ? ""
                : nargs < min ? "at least "
                              : "at most ",
                bound, bound == 1 ? "" : "s", nargs);
    return false;
}

bool args_no_keywords(const char *function, Value kwnames) {
    if (__builtin_expect(!kwnames || tuple_length(kwnames) == 0, 1)) return true;
    raise_error(T_TypeError, "%s() takes no keyword arguments", function);
    return false;
}
