/*
 * gc: the heap's collector as Python sees it. gc.callbacks and gc.garbage are ordinary lists that this module keeps; the heap's
 * hooks are put in place when the module is first imported, and pass every collection on to the host.
 */
#include <stdio.h>

#include <heap/gc.h>
#include <heap/graph.h>

#include "base/host.h"
#include "modules/module.h"
#include "objects/dict.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/set.h"
#include "objects/slice.h"
#include "objects/str.h"
#include "vm/vm.h"

typedef struct GcState {
    Value callbacks, garbage; /* lists */
    size_t boot_frozen;       /* objects that boot froze; 0 once the program froze or unfroze some itself */
} GcState;

#define GC MODULE_STATE(gc, GcState)

/* ---- hooks ---- */

static Value info_of(const HeapCollection *c) {
    Value info = dict_new();
    if (info && (dict_set_cstr(info, "generation", small_int_new(c->generation)) < 0 ||
                 dict_set_cstr(info, "collected", small_int_new((int64_t)c->reclaimed)) < 0 ||
                 dict_set_cstr(info, "uncollectable", small_int_new((int64_t)c->uncollectable)) < 0))
        CLEAR_FIELD(info);
    return info;
}

static void run_callbacks(const char *phase, const HeapCollection *c) {
    GcState *state = GC;
    if (!state || list_length(state->callbacks) == 0) return;
    Value pending = error_pending() ? error_take() : NULL;
    Value info = info_of(c), name = info ? str_intern_cstr(phase) : NULL;
    for (size_t i = 0; name && i < list_length(state->callbacks); i++) {
        Value callback = incref(list_item_borrow(state->callbacks, i));
        Value done = value_call_two(callback, name, info);
        if (!done) error_unraisable(callback, NULL);
        xdecref(done);
        decref(callback);
    }
    xdecref(name);
    xdecref(info);
    error_unraisable(NULL, NULL);
    if (pending) error_restore_steal(pending);
}

/* To sys.stderr, whatever that is; past it if it does not take it. */
static void say(const char *text, size_t n) {
    Value pending = error_pending() ? error_take() : NULL;
    Value file = dict_get_str_borrow(AS_VALUE(rt->sys_dict), NAME(stderr)),
          line = file ? str_from_utf8(text, n) : NULL, done = NULL;
    if (line) {
        incref(file);
        done = value_call_method_one(file, NAME(write), line);
        decref(file);
    }
    xdecref(line);
    if (error_pending()) error_clear();
    if (!done) rt->host->write(rt->host->ctx, 2, text, n);
    xdecref(done);
    if (pending) error_restore_steal(pending);
}

static void on_start(Heap *heap, const HeapCollection *c, void *ctx) {
    (void)ctx;
    if (heap_get_debug(heap) & HEAP_DEBUG_STATS) {
        char text[160];
        uint32_t g[3] = {(uint32_t)heap_generation_size(heap, 0), (uint32_t)heap_generation_size(heap, 1),
                         (uint32_t)heap_generation_size(heap, 2)};
        int n = snprintf(text, sizeof text,
                         "gc: collecting generation %d...\ngc: objects in each generation: %u %u %u\n"
                         "gc: objects in permanent generation: %zu\n",
                         c->generation, g[0], g[1], g[2], heap_freeze_count(heap));
        say(text, (size_t)n);
    }
    run_callbacks("start", c);
}

static void on_stop(Heap *heap, const HeapCollection *c, void *ctx) {
    (void)ctx;
    if (heap_get_debug(heap) & HEAP_DEBUG_STATS) {
        char text[160];
        int n = snprintf(text, sizeof text, "gc: done, %zu unreachable, %zu uncollectable, %.4fs elapsed\n",
                         c->reclaimed + c->uncollectable, c->uncollectable, (double)c->nanoseconds / 1e9);
        say(text, (size_t)n);
    }
    run_callbacks("stop", c);
    if (rt->host->collected) rt->host->collected(rt->host->ctx, c);
}

static void on_unreachable(Heap *heap, HeapObject *o, bool collectable, void *ctx) {
    (void)heap, (void)ctx;
    char text[200];
    int n = snprintf(text, sizeof text, "gc: %s <%.100s %p>\n", collectable ? "collectable" : "uncollectable",
                     o->kind->name, (void *)o);
    say(text, (size_t)n);
}

static bool keep_garbage(Heap *heap, HeapObject *o, void *ctx) {
    (void)heap, (void)ctx;
    if (list_append(GC->garbage, AS_VALUE(o)) == 0) return true;
    error_clear();
    return false;
}

static void install_hooks(void) {
    rt->hooks.collection_start = on_start;
    rt->hooks.collection_stop = on_stop;
    rt->hooks.unreachable = on_unreachable;
    rt->hooks.keep_garbage = keep_garbage;
    heap_set_hooks(rt->heap, &rt->hooks);
}

/* ---- switches ---- */

static Value gc_enable(Value module) { return (void)module, heap_gc_enable(rt->heap), NONE; }
static Value gc_disable(Value module) { return (void)module, heap_gc_disable(rt->heap), NONE; }
static Value gc_isenabled(Value module) { return (void)module, BOOL(heap_gc_is_enabled(rt->heap)); }

static Value gc_collect(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    static const char *const names[] = {"generation", NULL};
    static const ArgSpec spec = {"collect", names, 1, 0, 1};
    Value out[1];
    int generation = 2;
    if (!args_bind(&spec, args, nargs, kwnames, out) || (out[0] && value_as_int(out[0], &generation) < 0))
        return NULL;
    if (generation < 0 || generation > 2) return raise_error(T_ValueError, "invalid generation");
    size_t found = heap_collect(rt->heap, generation, NULL);
    return error_pending() ? NULL : small_int_new((int64_t)found);
}

static Value three(const uint32_t n[3]) {
    Value parts[3] = {small_int_new(n[0]), small_int_new(n[1]), small_int_new(n[2])};
    return tuple_from_array_steal(parts, 3);
}

static Value gc_get_threshold(Value module) {
    (void)module;
    uint32_t n[3];
    heap_get_thresholds(rt->heap, n);
    return three(n);
}

static Value gc_set_threshold(Value module, Value const *args, size_t nargs) {
    (void)module;
    if (nargs < 1 || nargs > 3)
        return raise_error(T_TypeError, "set_threshold() takes %s (%zd given)",
                           nargs ? "at most 3 arguments" : "at least 1 argument", (ssize_t)nargs);
    uint32_t n[3];
    heap_get_thresholds(rt->heap, n);
    for (size_t i = 0; i < nargs; i++) {
        int value;
        if (value_as_int(args[i], &value) < 0) return NULL;
        n[i] = value < 0 ? 0 : (uint32_t)value;
    }
    heap_set_thresholds(rt->heap, n[0], n[1], n[2]);
    return NONE;
}

static Value gc_get_count(Value module) {
    (void)module;
    uint32_t n[3];
    heap_get_counts(rt->heap, n);
    return three(n);
}

static Value gc_get_stats(Value module) {
    (void)module;
    Value list = list_new(0);
    for (int g = 0; list && g < 3; g++) {
        HeapGenerationStats s;
        heap_generation_stats(rt->heap, g, &s);
        Value row = dict_new();
        if (!row || dict_set_cstr(row, "collections", small_int_new((int64_t)s.collections)) < 0 ||
            dict_set_cstr(row, "collected", small_int_new((int64_t)s.collected)) < 0 ||
            dict_set_cstr(row, "uncollectable", small_int_new((int64_t)s.uncollectable)) < 0 ||
            list_append(list, row) < 0)
            CLEAR_FIELD(list);
        xdecref(row);
    }
    return list;
}

static Value gc_set_debug(Value module, Value flags) {
    (void)module;
    int n;
    if (value_as_int(flags, &n) < 0) return NULL;
    heap_set_debug(rt->heap, (unsigned)n);
    return NONE;
}

static Value gc_get_debug(Value module) { return (void)module, small_int_new(heap_get_debug(rt->heap)); }

static Value gc_freeze(Value module) {
    (void)module;
    heap_freeze(rt->heap);
    GC->boot_frozen = 0;
    return NONE;
}

static Value gc_unfreeze(Value module) {
    (void)module;
    heap_unfreeze(rt->heap);
    GC->boot_frozen = 0;
    return NONE;
}

static Value gc_get_freeze_count(Value module) {
    (void)module;
    return small_int_new((int64_t)(heap_freeze_count(rt->heap) - GC->boot_frozen));
}

/* ---- looking at objects ---- */

/* Addresses first (visits must not allocate), references to them then. */
typedef struct Found {
    HeapObject **objects;
    size_t count, capacity;
} Found;

static int add_found(HeapObject *o, void *arg) {
    Found *f = arg;
    if (f->count < f->capacity) f->objects[f->count] = o;
    f->count++;
    return 0;
}

/* Runs walk twice: to count, then to fill. The list is new; objects of the collecting itself are left out. */
static Value list_of_found(int (*walk)(Found *f, void *arg), void *arg) {
    Value list = list_new(0);
    Found f = {0};
    if (!list) return NULL;
    walk(&f, arg);
    f.capacity = f.count;
    f.objects = heap_alloc(rt->heap, (f.capacity + 1) * sizeof *f.objects);
    if (!f.objects) {
        decref(list);
        return raise_no_memory();
    }
    f.count = 0;
    walk(&f, arg);
    for (size_t i = 0; list && i < f.count && i < f.capacity; i++)
        if (AS_VALUE(f.objects[i]) != list && list_append(list, AS_VALUE(f.objects[i])) < 0)
            CLEAR_FIELD(list);
    heap_free(rt->heap, f.objects);
    return list;
}

static int walk_generations(Found *f, void *arg) {
    int wanted = *(int *)arg;
    for (int g = 0; g < 3; g++)
        if (wanted < 0 || wanted == g) heap_generation_each(rt->heap, g, add_found, f);
    if (wanted < 0 && GC->boot_frozen)
        heap_generation_each(rt->heap, 3, add_found, f); /* a program never asked for that */
    return 0;
}

static Value gc_get_objects(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    static const char *const names[] = {"generation", NULL};
    static const ArgSpec spec = {"get_objects", names, 1, 0, 1};
    Value out[1];
    int generation = -1;
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    if (out[0] && out[0] != NONE) {
        if (!value_has_index(out[0]))
            return raise_error(T_TypeError, "argument should be integer or None, not '%T'", out[0]);
        if (value_as_int(out[0], &generation) < 0) return NULL;
        if (generation >= 3)
            return raise_error(
                T_ValueError,
                "generation parameter must be less than the number of available generations (3)");
        if (generation < -1) return raise_error(T_ValueError, "generation parameter cannot be negative");
    }
    return list_of_found(walk_generations, &generation);
}

typedef struct Targets {
    HeapObject **objects;
    size_t count;
} Targets;

static int walk_referrers(Found *f, void *arg) {
    Targets *t = arg;
    return heap_referrers(rt->heap, t->objects, t->count, add_found, f);
}

static int walk_referents(Found *f, void *arg) {
    Targets *t = arg;
    return heap_referents(t->objects[0], add_found, f);
}

static Value with_targets(Value const *args, size_t nargs, int (*walk)(Found *, void *)) {
    Targets t = {heap_alloc(rt->heap, (nargs + 1) * sizeof(HeapObject *)), 0};
    if (!t.objects) return raise_no_memory();
    for (size_t i = 0; i < nargs; i++)
        if (is_object(args[i])) t.objects[t.count++] = &args[i]->head;
    Value list = list_of_found(walk, &t);
    heap_free(rt->heap, t.objects);
    return list;
}

/* What one object refers to; the built-in containers show what they hold in place too, which is no object of the heap. */
static int add_referents(Value list, Value o) {
    size_t position = 0;
    Value key, value;
    int status = 0;
    if (IS_EXACT(o, list) || IS_EXACT(o, tuple)) {
        for (size_t i = fast_sequence_length(o); status == 0 && i-- > 0;)
            status = list_append(list, fast_sequence_items(o)[i]);
    } else if (IS_EXACT(o, dict)) {
        while (status == 0 && dict_next(o, &position, &key, &value)) {
            status = ((Dict *)o)->str_only ? 0 : list_append(list, key);
            if (status == 0) status = list_append(list, value);
        }
    } else if (IS_EXACT(o, set) || IS_EXACT(o, frozenset)) {
        while (status == 0 && set_next(o, &position, &key)) status = list_append(list, key);
    } else if (IS_EXACT(o, slice)) {
        Slice *s = (Slice *)o;
        Value parts[] = {s->start, s->stop, s->step};
        for (int i = 0; status == 0 && i < 3; i++) status = list_append(list, parts[i]);
    } else if (is_object(o)) {
        Targets t = {(HeapObject *[]){&o->head}, 1};
        Value more = list_of_found(walk_referents, &t);
        status = more ? list_extend(list, more) : -1;
        xdecref(more);
    }
    return status;
}

static bool holds_one(Value dict, Value const *args, size_t nargs) {
    size_t position = 0;
    Value key, value;
    while (dict_next(dict, &position, &key, &value))
        for (size_t i = 0; i < nargs; i++)
            if (key == args[i] || value == args[i]) return true;
    return false;
}

/* 1, 0, -1 raised. */
static int refers_to_one(Value o, Value const *args, size_t nargs) {
    Value list = list_new(0);
    int found = list && add_referents(list, o) == 0 ? 0 : -1;
    for (size_t i = 0; found == 0 && i < list_length(list); i++)
        for (size_t j = 0; j < nargs; j++) found |= list_item_borrow(list, i) == args[j];
    xdecref(list);
    return found;
}

/* Namespaces and functions keep their attributes in place as long as nobody asks for their dict; whoever looks for
 * referrers finds the dict, and the object only where a part of its own refers. 1: leave the object out, 0, -1. */
static int name_dict(Value found, Value list, Value const *args, size_t nargs) {
    if (!IS_EXACT(found, simple_namespace) && !IS_EXACT(found, function)) return 0;
    Dict *dict = attrs_dict_borrow(found);
    if (!dict) return -1;
    if (!holds_one(AS_VALUE(dict), args, nargs)) return 0;
    if (heap_is_tracked(&dict->head) && list_append(list, AS_VALUE(dict)) < 0) return -1;
    int refers = refers_to_one(found, args, nargs);
    return refers < 0 ? -1 : !refers;
}

static Value gc_get_referrers(Value module, Value const *args, size_t nargs) {
    (void)module;
    Value found = with_targets(args, nargs, walk_referrers), list = found ? list_new(0) : NULL;
    for (size_t i = 0; list && i < list_length(found); i++) {
        Value o = list_item_borrow(found, i);
        int left_out = name_dict(o, list, args, nargs);
        if (left_out < 0 || (!left_out && list_append(list, o) < 0)) CLEAR_FIELD(list);
    }
    xdecref(found);
    return list;
}

static Value gc_get_referents(Value module, Value const *args, size_t nargs) {
    (void)module;
    Value list = list_new(0);
    for (size_t i = 0; list && i < nargs; i++)
        if (add_referents(list, args[i]) < 0) CLEAR_FIELD(list);
    return list;
}

static Value gc_is_tracked(Value module, Value o) {
    return (void)module, BOOL(is_object(o) && heap_is_tracked(&o->head));
}

static Value gc_is_finalized(Value module, Value o) {
    return (void)module, BOOL(is_object(o) && heap_is_finalized(&o->head));
}

static const NativeMethod functions[] = {
    METHOD_NOARGS("enable", gc_enable, "enable($module, /)\n--\n\nLets collections start by themselves."),
    METHOD_NOARGS("disable", gc_disable, "disable($module, /)\n--\n\nLets no collection start by itself."),
    METHOD_NOARGS("isenabled", gc_isenabled,
                  "isenabled($module, /)\n--\n\nWhether collections start by themselves."),
    METHOD_KW("collect", gc_collect, "collect($module, /, generation=2)\n--\n\nRun the garbage collector."),
    METHOD_NOARGS("get_count", gc_get_count,
                  "get_count($module, /)\n--\n\nWhat the three thresholds are compared with."),
    METHOD_NOARGS(
        "get_threshold", gc_get_threshold,
        "get_threshold($module, /)\n--\n\nHow many it takes to start a collection of each generation."),
    METHOD_FAST(
        "set_threshold", gc_set_threshold,
        "Sets how many it takes to start a collection of each generation; a first number of 0 stops them."),
    METHOD_NOARGS("get_stats", gc_get_stats,
                  "get_stats($module, /)\n--\n\nFor each generation a dict of how often it was collected and "
                  "what came of it."),
    METHOD_ONE(
        "set_debug", gc_set_debug,
        "set_debug($module, flags, /)\n--\n\nChoose what collections tell on stderr, by the DEBUG_ flags."),
    METHOD_NOARGS("get_debug", gc_get_debug, "get_debug($module, /)\n--\n\nThe flags of set_debug."),
    METHOD_KW("get_objects", gc_get_objects,
              "get_objects($module, /, generation=None)\n--\n\nWhat the collector tracks, in all generations "
              "or in one."),
    METHOD_BARE("get_referrers", gc_get_referrers,
                "The tracked objects that refer to one of these themselves."),
    METHOD_BARE("get_referents", gc_get_referents, "The objects that one of these refers to itself."),
    METHOD_ONE("is_tracked", gc_is_tracked,
               "is_tracked($module, obj, /)\n--\n\nWhether the collector watches this object."),
    METHOD_ONE("is_finalized", gc_is_finalized,
               "is_finalized($module, obj, /)\n--\n\nWhether its finalizer has been run by a collection."),
    METHOD_NOARGS("freeze", gc_freeze,
                  "freeze($module, /)\n--\n\nMove all that is tracked out of the collector's sight."),
    METHOD_NOARGS("unfreeze", gc_unfreeze,
                  "unfreeze($module, /)\n--\n\nBring what was frozen back into the oldest generation."),
    METHOD_NOARGS("get_freeze_count", gc_get_freeze_count,
                  "get_freeze_count($module, /)\n--\n\nHow many objects freeze() has set aside."),
    METHOD_END,
};

static int ready(Value module) {
    bool first = !GC;
    GcState *state = module_state_new(M_gc, sizeof *state);
    if (!state) return -1;
    if (!state->callbacks && !(state->callbacks = list_new(0))) return -1;
    if (!state->garbage && !(state->garbage = list_new(0))) return -1;
    if (first) state->boot_frozen = heap_freeze_count(rt->heap);
    install_hooks();
    static const struct {
        const char *name;
        int value;
    } flags[] = {{"DEBUG_STATS", HEAP_DEBUG_STATS},
                 {"DEBUG_COLLECTABLE", HEAP_DEBUG_COLLECTABLE},
                 {"DEBUG_UNCOLLECTABLE", HEAP_DEBUG_UNCOLLECTABLE},
                 {"DEBUG_SAVEALL", HEAP_DEBUG_SAVEALL},
                 {"DEBUG_LEAK", HEAP_DEBUG_COLLECTABLE | HEAP_DEBUG_UNCOLLECTABLE | HEAP_DEBUG_SAVEALL}};
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        if (module_add_int(module, flags[i].name, flags[i].value) < 0) return -1;
    if (module_add(module, "callbacks", incref(state->callbacks)) < 0) return -1;
    return module_add(module, "garbage", incref(state->garbage));
}

const ModuleSpec module_gc = {"gc", "The cycle collector: its switches, its numbers and what it tracks.",
                              functions, ready};
