/*
 * list_sort: a stable merge sort that takes advantage of runs already in order (timsort; the algorithm is described in Tim
 * Peters' listsort.txt: natural runs extended to minrun by binary insertion, merged by a stack of pending runs with the
 * powersort rule, with galloping when one side keeps winning).
 *
 * Keys are computed once, before sorting; values move along with them. While the sort runs the list looks empty; if someone put
 * something into it meanwhile, ValueError is raised at the end. When all keys are ints, floats or strs the comparison is
 * done in place instead of through the protocol.
 */
#include "objects/float.h"
#include "objects/int.h"
#include "objects/seq.h"
#include "objects/str.h"

#define RUNS_MAX     85
#define GALLOP_START 7

typedef struct Run {
    size_t start, length;
    int power;
} Run;

typedef struct Sort {
    Value *keys, *values; /* values NULL: the keys are the values */
    size_t count;
    int (*less)(struct Sort *, Value, Value); /* 1, 0, -1 raised */
    Value *temp_keys, *temp_values;           /* room for half of the items each */
    size_t temp_capacity;
    size_t gallop;
    Run *runs; /* of sort_array; not set until there are some */
    int run_count;
    uint32_t charged;
} Sort;

static int less_small_int(Sort *s, Value a, Value b) {
    (void)s;
    return (int64_t)BITS(a) < (int64_t)BITS(b);
}

static int less_float(Sort *s, Value a, Value b) {
    (void)s;
    return float_value(a) < float_value(b);
}

/* The first four characters as a number that orders as they do; behind the end there are zeros. Reading past it stays within the
 * block (str_bytes_equal). */
static inline uint32_t first_four(const Str *s) {
    uint32_t p;
    memcpy(&p, s->data, 4);
    p = __builtin_bswap32(p);
    return s->length >= 4 ? p : s->length ? p & ~(UINT32_MAX >> 8 * s->length) : 0;
}

/* strs of one byte a character: the first four tell nearly always. */
static int less_latin(Sort *s, Value a, Value b) {
    const Str *x = (const Str *)a, *y = (const Str *)b;
    (void)s;
    uint32_t p = first_four(x), q = first_four(y);
    if (p != q) return p < q;
    return x->length <= 4 && y->length <= 4 ? x->length < y->length : str_compare(a, b) < 0;
}

static int less_str(Sort *s, Value a, Value b) {
    (void)s;
    return str_compare(a, b) < 0;
}

static int less_any(Sort *s, Value a, Value b) {
    if ((++s->charged & 1023) == 0 && work_charge(1024) < 0) return -1;
    Value r = value_compare(a, b, CMP_LT);
    if (r == TRUE) return 1;
    if (r == FALSE) return 0;
    if (!r) return -1;
    int truth = value_is_true(r);
    decref(r);
    return truth;
}

/* Tuples whose first items decide most comparisons. */
static int less_tuple(Sort *s, Value a, Value b) {
    Tuple *x = (Tuple *)a, *y = (Tuple *)b;
    size_t n = x->length < y->length ? x->length : y->length;
    for (size_t i = 0; i < n; i++) {
        Value p = x->items[i], q = y->items[i];
        if (p == q) continue;
        if (are_small_ints(p, q)) return (int64_t)BITS(p) < (int64_t)BITS(q);
        if (is_object(p) && is_object(q) && type_of(p) == TYPE(str) && type_of(q) == TYPE(str)) {
            int order = str_compare(p, q);
            if (order) return order < 0;
            continue;
        }
        return less_any(s, a, b);
    }
    return x->length < y->length;
}

static void choose_less(Sort *s) {
    bool ints = true, floats = true, strs = true, latin = true, tuples = true;
    for (size_t i = 0; i < s->count; i++) {
        Value k = s->keys[i];
        ints &= is_small_int(k);
        floats &= is_small_float(k);
        strs &= is_object(k) && type_of(k) == TYPE(str);
        latin &= strs && str_kind(k) == 1;
        tuples &= is_object(k) && type_of(k) == TYPE(tuple);
        if (!(ints | floats | strs | tuples)) break;
    }
    s->less = ints     ? less_small_int
              : floats ? less_float
              : latin  ? less_latin
              : strs   ? less_str
              : tuples ? less_tuple
                       : less_any;
}

static inline void copy_items(Sort *s, size_t to, size_t from) {
    s->keys[to] = s->keys[from];
    if (s->values) s->values[to] = s->values[from];
}

static inline void move_items(Sort *s, size_t to, size_t from, size_t n) {
    memmove(s->keys + to, s->keys + from, n * sizeof(Value));
    if (s->values) memmove(s->values + to, s->values + from, n * sizeof(Value));
}

static void reverse_items(Sort *s, size_t low, size_t high) {
    while (low + 1 < high) {
        high--;
        Value k = s->keys[low];
        s->keys[low] = s->keys[high];
        s->keys[high] = k;
        if (s->values) {
            Value v = s->values[low];
            s->values[low] = s->values[high];
            s->values[high] = v;
        }
        low++;
    }
}

/* Length of the run at low: not descending, or strictly descending and then reversed. 0: raised. */
static size_t count_run(Sort *s, size_t low, size_t high) {
    if (low + 1 == high) return 1;
    size_t i = low + 2;
    int order = s->less(s, s->keys[low + 1], s->keys[low]);
    if (order < 0) return 0;
    for (int step; i < high; i++) {
        step = s->less(s, s->keys[i], s->keys[i - 1]);
        if (step < 0) return 0;
        if (step != order) break;
    }
    if (order) reverse_items(s, low, i);
    return i - low;
}

/* [low, start) is sorted: puts the rest of [low, high) in by binary search. */
static int insertion_sort(Sort *s, size_t low, size_t high, size_t start) {
    for (; start < high; start++) {
        Value key = s->keys[start], value = s->values ? s->values[start] : NULL;
        size_t left = low, right = start;
        while (left < right) {
            size_t middle = (left + right) / 2;
            int less = s->less(s, key, s->keys[middle]);
            if (less < 0) return -1;
            if (less) right = middle;
            else left = middle + 1;
        }
        move_items(s, left + 1, left, start - left);
        s->keys[left] = key;
        if (s->values) s->values[left] = value;
    }
    return 0;
}

/* Where key belongs in a[0..n), before equals (left) or after them (right), searching outward from hint. SSIZE: -1 raised. */
static ssize_t gallop(Sort *s, Value key, Value const *a, size_t n, size_t hint, bool right) {
    size_t last = 0, offset = 1;
/* whether key goes after a[i] */
#define AFTER(i) (right ? !(status = s->less(s, key, a[i])) : (status = s->less(s, a[i], key)))
    int status;
    bool after = AFTER(hint);
    if (status < 0) return -1;
    size_t low, high; /* the place is in (low, high]: low may be -1 as SIZE_MAX */
    if (after) {
        size_t max = n - hint;
        while (offset < max) {
            bool more = AFTER(hint + offset);
            if (status < 0) return -1;
            if (!more) break;
            last = offset;
            offset = offset * 2 + 1;
        }
        if (offset > max) offset = max;
        low = hint + last;
        high = hint + offset;
    } else {
        size_t max = hint + 1;
        while (offset < max) {
            bool more = AFTER(hint - offset);
            if (status < 0) return -1;
            if (more) break;
            last = offset;
            offset = offset * 2 + 1;
        }
        if (offset > max) offset = max;
        low = hint - offset; /* wraps to SIZE_MAX when offset == hint + 1 */
        high = hint - last;
    }
    low++;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        bool more = AFTER(middle);
        if (status < 0) return -1;
        if (more) low = middle + 1;
        else high = middle;
    }
#undef AFTER
    return (ssize_t)high;
}

static int need_temp(Sort *s, size_t n) {
    if (n <= s->temp_capacity) return 0;
    heap_free(rt->heap, s->temp_keys);
    heap_free(rt->heap, s->temp_values);
    s->temp_values = NULL;
    s->temp_capacity = 0;
    s->temp_keys = heap_alloc(rt->heap, n * sizeof(Value));
    if (!s->temp_keys) return raise_no_memory(), -1;
    if (s->values && !(s->temp_values = heap_alloc(rt->heap, n * sizeof(Value))))
        return raise_no_memory(), -1;
    s->temp_capacity = n;
    return 0;
}

static void save(Sort *s, size_t from, size_t n) {
    memcpy(s->temp_keys, s->keys + from, n * sizeof(Value));
    if (s->values) memcpy(s->temp_values, s->values + from, n * sizeof(Value));
}

static inline void from_temp(Sort *s, size_t to, size_t from, size_t n) {
    memcpy(s->keys + to, s->temp_keys + from, n * sizeof(Value));
    if (s->values) memcpy(s->values + to, s->temp_values + from, n * sizeof(Value));
}

/* Merges runs [a, a+na) and [a+na, a+na+nb), na <= nb: the left one moves to temp, the merge fills from the left. */
static int merge_low(Sort *s, size_t a, size_t na, size_t nb) {
    if (need_temp(s, na) < 0) return -1;
    save(s, a, na);
    size_t to = a, left = 0, right = a + na, right_end = right + nb;
    int result = -1;
    copy_items(s, to++, right++);
    while (left < na && right < right_end) {
        size_t left_wins = 0, right_wins = 0;
        while (left < na && right < right_end && left_wins < s->gallop && right_wins < s->gallop) {
            int less = s->less(s, s->keys[right], s->temp_keys[left]);
            if (less < 0) goto finish;
            if (less) {
                copy_items(s, to++, right++);
                right_wins++, left_wins = 0;
            } else {
                from_temp(s, to++, left++, 1);
                left_wins++, right_wins = 0;
            }
        }
        while (left < na && right < right_end) {
            ssize_t n = gallop(s, s->keys[right], s->temp_keys + left, na - left, 0, true);
            if (n < 0) goto finish;
            from_temp(s, to, left, (size_t)n);
            to += (size_t)n, left += (size_t)n;
            if (left == na) break;
            copy_items(s, to++, right++);
            if (right == right_end) break;
            ssize_t m = gallop(s, s->temp_keys[left], s->keys + right, right_end - right, 0, false);
            if (m < 0) goto finish;
            move_items(s, to, right, (size_t)m);
            to += (size_t)m, right += (size_t)m;
            if (right == right_end) break;
            from_temp(s, to++, left++, 1);
            if (n < GALLOP_START && m < GALLOP_START) {
                s->gallop++;
                break;
            }
            if (s->gallop > 1) s->gallop--;
        }
    }
    result = 0;
finish:
    from_temp(s, to, left, na - left);
    return result;
}

/* The mirror image: na > nb, the right run moves to temp, the merge fills from the right. */
static int merge_high(Sort *s, size_t a, size_t na, size_t nb) {
    if (need_temp(s, nb) < 0) return -1;
    size_t b = a + na;
    save(s, b, nb);
    size_t to = b + nb, left = na,
           right = nb; /* ends: items [a, a+left) and temp[0, right) are still to be placed */
    int result = -1;
    copy_items(s, --to, a + --left);
    while (left > 0 && right > 0) {
        size_t left_wins = 0, right_wins = 0;
        while (left > 0 && right > 0 && left_wins < s->gallop && right_wins < s->gallop) {
            int less = s->less(s, s->temp_keys[right - 1], s->keys[a + left - 1]);
            if (less < 0) goto finish;
            if (less) {
                copy_items(s, --to, a + --left);
                left_wins++, right_wins = 0;
            } else {
                from_temp(s, --to, --right, 1);
                right_wins++, left_wins = 0;
            }
        }
        while (left > 0 && right > 0) {
            ssize_t place = gallop(s, s->temp_keys[right - 1], s->keys + a, left, left - 1, true);
            if (place < 0) goto finish;
            size_t n = left - (size_t)place;
            to -= n, left -= n;
            move_items(s, to, a + left, n);
            if (left == 0) break;
            from_temp(s, --to, --right, 1);
            if (right == 0) break;
            place = gallop(s, s->keys[a + left - 1], s->temp_keys, right, right - 1, false);
            if (place < 0) goto finish;
            size_t m = right - (size_t)place;
            to -= m, right -= m;
            from_temp(s, to, right, m);
            if (right == 0) break;
            copy_items(s, --to, a + --left);
            if (n < GALLOP_START && m < GALLOP_START) {
                s->gallop++;
                break;
            }
            if (s->gallop > 1) s->gallop--;
        }
    }
    result = 0;
finish:
    from_temp(s, to - right, 0, right);
    return result;
}

/* Merges the run at index i of the stack with its successor. */
static int merge_at(Sort *s, int i) {
    size_t a = s->runs[i].start, na = s->runs[i].length, nb = s->runs[i + 1].length, b = a + na;
    s->runs[i].length = na + nb;
    if (i + 3 == s->run_count) s->runs[i + 1] = s->runs[i + 2];
    s->run_count--;
    ssize_t skip = gallop(s, s->keys[b], s->keys + a, na, 0, true);
    if (skip < 0) return -1;
    a += (size_t)skip, na -= (size_t)skip;
    if (na == 0) return 0;
    ssize_t keep = gallop(s, s->keys[a + na - 1], s->keys + b, nb, nb - 1, false);
    if (keep <= 0) return keep < 0 ? -1 : 0;
    nb = (size_t)keep;
    return na <= nb ? merge_low(s, a, na, nb) : merge_high(s, a, na, nb);
}

/* Depth of the merge tree's node between two neighbour runs (powersort, Munro and Wild). */
static int run_power(size_t s1, size_t n1, size_t n2, size_t n) {
    int power = 0;
    uint64_t a = 2 * s1 + n1, b = a + n1 + n2;
    for (;;) {
        power++;
        if (a >= n) {
            a -= n, b -= n;
        } else if (b >= n) {
            return power;
        }
        a <<= 1, b <<= 1;
    }
}

static int push_run(Sort *s, size_t start, size_t length) {
    if (s->run_count > 0) {
        Run *top = &s->runs[s->run_count - 1];
        int power = run_power(top->start, top->length, length, s->count);
        while (s->run_count > 1 && s->runs[s->run_count - 2].power > power)
            if (merge_at(s, s->run_count - 2) < 0) return -1;
        s->runs[s->run_count - 1].power = power;
    }
    s->runs[s->run_count++] = (Run){start, length, 0};
    return 0;
}

static size_t min_run(size_t n) {
    size_t odd = 0;
    while (n >= 64) {
        odd |= n & 1;
        n >>= 1;
    }
    return n + odd;
}

static int sort_all(Sort *s) {
    size_t low = 0, left = s->count, minimum = min_run(s->count);
    while (left > 0) {
        size_t length = count_run(s, low, low + left);
        if (length == 0) return -1;
        if (length < minimum) {
            size_t forced = left < minimum ? left : minimum;
            if (insertion_sort(s, low, low + forced, low + length) < 0) return -1;
            length = forced;
        }
        if (push_run(s, low, length) < 0) return -1;
        low += length;
        left -= length;
        if (s->less != less_any && work_charge(length) < 0) return -1;
    }
    while (s->run_count > 1)
        if (merge_at(s, s->run_count - 2) < 0) return -1;
    return 0;
}

/* keys[i] = key(values[i]); on failure those made so far are dropped. */
static int make_keys(Sort *s, Value key) {
    s->keys = heap_alloc(rt->heap, s->count * sizeof(Value) + 1);
    if (!s->keys) return raise_no_memory(), -1;
    for (size_t i = 0; i < s->count; i++) {
        s->keys[i] = value_call_one(key, s->values[i]);
        if (!s->keys[i]) {
            while (i-- > 0) decref(s->keys[i]);
            heap_free(rt->heap, s->keys);
            s->keys = NULL;
            return -1;
        }
    }
    return 0;
}

static int sort_array(Value *items, size_t n, Value key, bool reverse) {
    Run runs[RUNS_MAX];
    Sort s = {.values = items, .count = n, .gallop = GALLOP_START, .runs = runs};
    int status = -1;
    if (key != NONE) {
        if (make_keys(&s, key) < 0) return -1;
    } else {
        s.keys = items;
        s.values = NULL;
    }
    if (n > 1) {
        choose_less(&s);
        if (reverse)
            reverse_items(&s, 0, n); /* so that equal items keep their order after the last reversal */
        status = sort_all(&s);
        if (reverse) reverse_items(&s, 0, n);
    } else {
        status = 0;
    }
    heap_free(rt->heap, s.temp_keys);
    heap_free(rt->heap, s.temp_values);
    if (key != NONE) {
        for (size_t i = 0; i < n; i++) decref(s.keys[i]);
        heap_free(rt->heap, s.keys);
    }
    return status;
}

int list_sort(Value v, Value key, bool reverse) {
    List *l = (List *)v;
    List taken = *l;
    Value mark; /* whatever is done to the list meanwhile, it gets other items */
    l->items = &mark;
    l->length = l->capacity = 0;
    int status = sort_array(taken.items, taken.length, key, reverse);
    bool modified = l->items != &mark;
    Value *intruders = modified ? l->items : NULL;
    size_t intruder_count = l->length;
    l->items = taken.items;
    l->length = taken.length;
    l->capacity = taken.capacity;
    for (size_t i = 0; i < intruder_count; i++) decref(intruders[i]);
    heap_free(rt->heap, intruders);
    if (modified && status == 0) return raise_int(T_ValueError, "list modified during sort");
    return status;
}
