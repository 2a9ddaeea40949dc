/*
 * suggest: "Did you mean": the name nearest to a misspelt one by edit distance, where an insertion, deletion or substitution
 * costs 2 and a change of case 1. At most a third of the letters may differ.
 */
#include "vm/suggest.h"

#include "vm/vm_internal.h"

enum { MOVE_COST = 2, CASE_COST = 1, NAME_MAX_LENGTH = 40, CANDIDATES_MAX = 750 };

static uint8_t lower(uint8_t c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; }

static size_t substitution_cost(uint8_t a, uint8_t b) {
    if (a == b) return 0;
    return lower(a) == lower(b) ? CASE_COST : MOVE_COST;
}

/* Distance of two texts (UTF-8), or max + 1 when it is greater than max. */
static size_t edit_distance(const char *a, size_t m, const char *b, size_t n, size_t max) {
    while (m && n && *a == *b) a++, b++, m--, n--;
    while (m && n && a[m - 1] == b[n - 1]) m--, n--;
    if (m == 0 || n == 0) return (m + n) * MOVE_COST;
    if (m > NAME_MAX_LENGTH || n > NAME_MAX_LENGTH) return max + 1;
    size_t gap = m > n ? m - n : n - m;
    if (gap * MOVE_COST > max) return max + 1;
    size_t row[NAME_MAX_LENGTH + 1];
    for (size_t j = 0; j <= n; j++) row[j] = j * MOVE_COST;
    for (size_t i = 1; i <= m; i++) {
        size_t diagonal = row[0], best;
        row[0] = best = i * MOVE_COST;
        for (size_t j = 1; j <= n; j++) {
            size_t above = row[j];
            size_t cost = diagonal + substitution_cost((uint8_t)a[i - 1], (uint8_t)b[j - 1]);
            if (above + MOVE_COST < cost) cost = above + MOVE_COST;
            if (row[j - 1] + MOVE_COST < cost) cost = row[j - 1] + MOVE_COST;
            diagonal = above;
            row[j] = cost;
            if (cost < best) best = cost;
        }
        if (best > max) return max + 1;
    }
    return row[n];
}

/* The nearest of the candidates (a list or tuple), borrowed; NULL: none is near. */
static Value nearest_borrow(Value candidates, Value name) {
    size_t length, count = fast_sequence_length(candidates), best = SIZE_MAX;
    const char *text = str_utf8(name, &length);
    Value found = NULL;
    if (!text || count >= CANDIDATES_MAX) return NULL;
    for (size_t i = 0; i < count; i++) {
        Value candidate = fast_sequence_items(candidates)[i];
        size_t n;
        const char *other = is_str(candidate) ? str_utf8(candidate, &n) : NULL;
        if (!other) {
            error_clear();
            continue;
        }
        if (n == length && memcmp(text, other, n) == 0) continue;
        size_t max = (length + n + 3) * MOVE_COST / 6;
        if (best != SIZE_MAX && max >= best) max = best - 1;
        size_t distance = edit_distance(text, length, other, n, max);
        if (distance <= max && distance < best) {
            best = distance;
            found = candidate;
        }
    }
    return found;
}

static Value nearest_key(Dict *dict, Value name) {
    Value keys = dict ? dict_keys_list(AS_VALUE(dict)) : NULL;
    if (!keys) return NULL;
    Value found = xincref(nearest_borrow(keys, name));
    decref(keys);
    return found;
}

static Value for_name_error(Value e) {
    Value name = exception_of(e)->fields[NAME_NAME], tb = exception_of(e)->traceback;
    if (!name || !is_str(name) || !tb || !IS_EXACT(tb, traceback)) return NULL;
    while (traceback_next_borrow(tb)) tb = traceback_next_borrow(tb);
    Frame *f = ((FrameObject *)traceback_frame_borrow(tb))->frame;
    Value locals = tuple_slice(f->code->local_names, 0, f->code->local_count);
    Value found = locals ? xincref(nearest_borrow(locals, name)) : NULL;
    xdecref(locals);
    if (!found) found = nearest_key(frame_globals(f), name);
    if (!found) found = nearest_key(frame_builtins(f), name);
    return found;
}

static Value for_attribute_error(Value e) {
    Value name = exception_of(e)->fields[ATTRIBUTE_NAME], o = exception_of(e)->fields[ATTRIBUTE_OBJ];
    if (!name || !o || !is_str(name)) return NULL;
    Value names = value_dir(o);
    if (!names) return NULL;
    Value found = xincref(nearest_borrow(names, name));
    decref(names);
    return found;
}

Value suggest_name(Value e) {
    Value found = NULL;
    if (IS_EXACT(e, NameError)) found = for_name_error(e);
    else if (IS_EXACT(e, AttributeError)) found = for_attribute_error(e);
    error_clear();
    return found;
}
