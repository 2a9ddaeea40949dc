/*
 * _heapq: priority queues in lists: item i is not above items 2i + 1 and 2i + 2 (in a max-heap: not below).
 *
 * Comparing may run code that changes the list: its length is looked at after each comparison, and items are held during it.
 */
#include "modules/module.h"
#include "objects/list.h"

typedef enum HeapOrder { MIN_HEAP, MAX_HEAP } HeapOrder;

static List *heap_of(Value v) { return (List *)v; }

/* Must the item at a stand above the one at b? 1, 0, -1 raised. */
static int goes_above(List *l, size_t a, size_t b, HeapOrder order) {
    Value x = l->items[a], y = l->items[b];
    if (order == MAX_HEAP) {
        x = y;
        y = l->items[a];
    }
    if (are_small_ints(x, y)) return small_int(x) < small_int(y);
    if (is_small_float(x) && is_small_float(y)) return small_float(x) < small_float(y);
    size_t length = l->length;
    incref(x);
    incref(y);
    int less = value_compare_bool(x, y, CMP_LT);
    decref(x);
    decref(y);
    if (less >= 0 && length != l->length)
        return raise_int(T_RuntimeError, "list changed size during iteration");
    return less;
}

static void swap(List *l, size_t a, size_t b) {
    Value item = l->items[a];
    l->items[a] = l->items[b];
    l->items[b] = item;
}

/* Moves the item at `at` up, not above `top`. */
static int move_up(List *l, size_t top, size_t at, HeapOrder order) {
    if (at >= l->length) return raise_int(T_IndexError, "index out of range");
    while (at > top) {
        size_t parent = (at - 1) / 2;
        int above = goes_above(l, at, parent, order);
        if (above < 0) return -1;
        if (!above) break;
        swap(l, at, parent);
        at = parent;
    }
    return 0;
}

/* Moves the item at `at` to the bottom along the smaller children, then up to where it belongs. */
static int move_down(List *l, size_t at, HeapOrder order) {
    size_t top = at, end = l->length;
    if (at >= end) return raise_int(T_IndexError, "index out of range");
    while (at < end / 2) {
        size_t child = 2 * at + 1;
        if (child + 1 < end) {
            int left = goes_above(l, child, child + 1, order);
            if (left < 0) return -1;
            child += !left;
        }
        swap(l, at, child);
        at = child;
    }
    return move_up(l, top, at, order);
}

static bool check_list(const char *function, Value v, bool only) {
    if (is_list(v)) return true;
    raise_error(T_TypeError, "%s() argument%s must be list, not %K", function, only ? "" : " 1", v);
    return false;
}

static Value pop(const char *function, Value v, HeapOrder order) {
    if (!check_list(function, v, true)) return NULL;
    List *l = heap_of(v);
    if (l->length == 0) return raise_error(T_IndexError, "index out of range");
    Value last = l->items[--l->length];
    if (l->length == 0) return last;
    Value first = l->items[0];
    l->items[0] = last;
    if (move_down(l, 0, order) == 0) return first;
    decref(first);
    return NULL;
}

static Value replace(const char *function, Value const *args, size_t nargs, HeapOrder order) {
    if (!args_count(function, nargs, 2, 2) || !check_list(function, args[0], false)) return NULL;
    List *l = heap_of(args[0]);
    if (l->length == 0) return raise_error(T_IndexError, "index out of range");
    Value first = l->items[0];
    l->items[0] = incref(args[1]);
    if (move_down(l, 0, order) == 0) return first;
    decref(first);
    return NULL;
}

static Value make_heap(const char *function, Value v, HeapOrder order) {
    if (!check_list(function, v, true)) return NULL;
    List *l = heap_of(v);
    for (size_t i = l->length / 2; i-- > 0;) {
        if (move_down(l, i, order) < 0) return NULL;
        if ((i & 0xfff) == 0 && work_charge(0x1000) < 0) return NULL;
    }
    return NONE;
}

static Value heappush(Value module, Value const *args, size_t nargs) {
    (void)module;
    if (!args_count("heappush", nargs, 2, 2) || !check_list("heappush", args[0], false)) return NULL;
    if (list_append(args[0], args[1]) < 0) return NULL;
    return move_up(heap_of(args[0]), 0, list_length(args[0]) - 1, MIN_HEAP) < 0 ? NULL : NONE;
}

static Value heappushpop(Value module, Value const *args, size_t nargs) {
    (void)module;
    if (!args_count("heappushpop", nargs, 2, 2) || !check_list("heappushpop", args[0], false)) return NULL;
    List *l = heap_of(args[0]);
    if (l->length == 0) return incref(args[1]);
    Value first = incref(l->items[0]);
    int less = value_compare_bool(first, args[1], CMP_LT);
    decref(first);
    if (less <= 0) return less < 0 ? NULL : incref(args[1]);
    if (l->length == 0) return raise_error(T_IndexError, "index out of range");
    return replace("heappushpop", args, 2, MIN_HEAP);
}

static Value heappop(Value module, Value heap) {
    (void)module;
    return pop("heappop", heap, MIN_HEAP);
}

static Value heapreplace(Value module, Value const *args, size_t nargs) {
    (void)module;
    return replace("heapreplace", args, nargs, MIN_HEAP);
}

static Value heapify(Value module, Value heap) {
    (void)module;
    return make_heap("heapify", heap, MIN_HEAP);
}

static Value heappop_max(Value module, Value heap) {
    (void)module;
    return pop("_heappop_max", heap, MAX_HEAP);
}

static Value heapreplace_max(Value module, Value const *args, size_t nargs) {
    (void)module;
    return replace("_heapreplace_max", args, nargs, MAX_HEAP);
}

static Value heapify_max(Value module, Value heap) {
    (void)module;
    return make_heap("_heapify_max", heap, MAX_HEAP);
}

static const NativeMethod heapq_functions[] = {
    METHOD_FAST("heappush", heappush,
                "heappush($module, heap, item, /)\n--\n\nPuts item onto a heap, which stays one."),
    METHOD_FAST("heappushpop", heappushpop,
                "heappushpop($module, heap, item, /)\n--\n\nPut item in, then take out the smallest."),
    METHOD_ONE("heappop", heappop,
               "heappop($module, heap, /)\n--\n\nTakes the smallest item off a heap, which stays one."),
    METHOD_FAST("heapreplace", heapreplace,
                "heapreplace($module, heap, item, /)\n--\n\nTake out the smallest, then put item in."),
    METHOD_ONE("heapify", heapify,
               "heapify($module, heap, /)\n--\n\nOrders a list, in place, so that it is a heap."),
    METHOD_ONE("_heappop_max", heappop_max,
               "_heappop_max($module, heap, /)\n--\n\nheappop where the largest comes first."),
    METHOD_ONE("_heapify_max", heapify_max,
               "_heapify_max($module, heap, /)\n--\n\nheapify where the largest comes first."),
    METHOD_FAST("_heapreplace_max", heapreplace_max,
                "_heapreplace_max($module, heap, item, /)\n--\n\nheapreplace where the largest comes first."),
    METHOD_END,
};

static int heapq_ready(Value module) {
    return module_add_text(module, "__about__",
                           "Heaps are lists in which heap[k] <= heap[2*k+1] and heap[k] <= heap[2*k+2].\n");
}

const ModuleSpec module_heapq = {
    .name = "_heapq",
    .doc = "A list kept so that its smallest item comes first.",
    .functions = heapq_functions,
    .ready = heapq_ready,
};
