#include "objects/text_methods.h"

#include "objects/protocols.h"
#include "objects/text_ops.h"

/* Could v be an argument of self's methods? */
static bool text_fits(Value self, Value v) {
    return is_str(self) ? is_str(v) : type_of(v)->slots.get_buffer != NULL;
}

Value text_m_find(Value v, Value const *a, size_t n) {
    return text_find_method(v, "find", a, n, false, false);
}
Value text_m_rfind(Value v, Value const *a, size_t n) {
    return text_find_method(v, "rfind", a, n, true, false);
}
Value text_m_index(Value v, Value const *a, size_t n) {
    return text_find_method(v, "index", a, n, false, true);
}
Value text_m_rindex(Value v, Value const *a, size_t n) {
    return text_find_method(v, "rindex", a, n, true, true);
}
Value text_m_startswith(Value v, Value const *a, size_t n) {
    return text_affix_method(v, "startswith", a, n, false);
}
Value text_m_endswith(Value v, Value const *a, size_t n) {
    return text_affix_method(v, "endswith", a, n, true);
}

static Value split_with(const char *name, Value v, Value const *args, size_t nargs, Value kwnames,
                        bool reverse) {
    static const char *const names[] = {"sep", "maxsplit", NULL};
    ArgSpec spec = {name, names, 2, 0, 2};
    Value out[2];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    ssize_t limit = -1;
    if (out[1]) {
        limit = value_as_ssize_argument(out[1]);
        if (limit == -1 && error_pending()) return NULL;
    }
    return text_split(v, out[0], limit, reverse);
}
Value text_m_split(Value v, Value const *a, size_t n, Value k) {
    return split_with("split", v, a, n, k, false);
}
Value text_m_rsplit(Value v, Value const *a, size_t n, Value k) {
    return split_with("rsplit", v, a, n, k, true);
}

Value text_m_splitlines(Value v, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"keepends", NULL};
    static const ArgSpec spec = {"splitlines", names, 1, 0, 1};
    Value out[1];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    int keep = 0;
    if (out[0] && value_as_int(out[0], &keep) < 0) return NULL;
    return text_split_lines(v, keep);
}

Value text_m_partition(Value v, Value sep) { return text_partition(v, sep, false); }
Value text_m_rpartition(Value v, Value sep) { return text_partition(v, sep, true); }

static Value strip_with(const char *name, Value v, Value const *args, size_t nargs, int sides) {
    if (!args_count(name, nargs, 0, 1)) return NULL;
    return text_strip(v, nargs ? args[0] : NULL, sides, name);
}
Value text_m_strip(Value v, Value const *a, size_t n) { return strip_with("strip", v, a, n, 3); }
Value text_m_lstrip(Value v, Value const *a, size_t n) { return strip_with("lstrip", v, a, n, 1); }
Value text_m_rstrip(Value v, Value const *a, size_t n) { return strip_with("rstrip", v, a, n, 2); }

Value text_m_replace(Value v, Value const *args, size_t nargs) {
    if (!args_count("replace", nargs, 2, 3)) return NULL;
    ssize_t limit = -1;
    if (nargs > 2 && text_fits(v, args[0]) &&
        text_fits(v, args[1])) { /* what is wrong with those is told first */
        limit = value_as_ssize_argument(args[2]);
        if (limit == -1 && error_pending()) return NULL;
    }
    return text_replace(v, args[0], args[1], limit);
}

Value text_m_zfill(Value v, Value width) {
    ssize_t n = value_as_ssize_argument(width);
    return n == -1 && error_pending() ? NULL : text_zfill(v, n);
}

Value text_m_expandtabs(Value v, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"tabsize", NULL};
    static const ArgSpec spec = {"expandtabs", names, 1, 0, 1};
    Value out[1];
    int size = 8;
    if (!args_bind(&spec, args, nargs, kwnames, out) || (out[0] && value_as_int(out[0], &size) < 0))
        return NULL;
    return text_expand_tabs(v, size);
}

Value text_m_removeprefix(Value v, Value affix) { return text_remove_affix(v, affix, false); }
Value text_m_removesuffix(Value v, Value affix) { return text_remove_affix(v, affix, true); }
