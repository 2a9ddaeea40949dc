/*
 * _tracemalloc: where the memory that is in use was asked for.
 *
 * Idea. The heap calls back at every block taken or given back (heap/trace.h). Each block taken while tracing is on becomes a row
 * of a hash table, by address, with its size and its origin: the innermost frames of the Python stack, one record for all blocks
 * of equal origins. The hooks must not touch the heap, so the tables come from malloc; they end with stop(), or with the program.
 */
#include "modules/tracemalloc.h"

#include <heap/trace.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "modules/module.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "vm/frame.h"

enum { FRAMES_MAX = UINT16_MAX, FIRST_ROWS = 1 << 12, FIRST_BUCKETS = 1 << 10 };

typedef struct Place {
    Value filename; /* owned */
    uint32_t line;
} Place;

typedef struct Origin {
    struct Origin *next; /* in its bucket */
    uint64_t hash;
    uint32_t total; /* frames that there were */
    uint32_t count; /* of them, the innermost, kept */
    Place places[];
} Origin;

typedef struct Row {
    void *block; /* NULL: empty */
    size_t bytes;
    Origin *origin;
} Row;

typedef struct Recorder {
    Row *rows; /* open addressing, linear */
    size_t row_mask, row_count;
    Origin **buckets;
    size_t bucket_mask, origin_count;
    size_t traced, peak, own_bytes;
    uint32_t limit;  /* frames kept */
    bool paused;     /* new blocks are not recorded */
    Origin *scratch; /* with room for `limit` places */
} Recorder;

typedef struct TracemallocState {
    Recorder *recorder; /* NULL: off */
    uint32_t limit;
} TracemallocState;

#define STATE MODULE_STATE(tracemalloc, TracemallocState)

static size_t origin_bytes(uint32_t count) { return sizeof(Origin) + count * sizeof(Place); }

/* ---- rows ---- */

static size_t row_home(const Recorder *r, const void *block) {
    return (size_t)(((uint64_t)(uintptr_t)block >> 3) * 0x9E3779B97F4A7C15u >> 20) & r->row_mask;
}

static Row *row_find(Recorder *r, const void *block) {
    size_t i = row_home(r, block);
    while (r->rows[i].block && r->rows[i].block != block) i = (i + 1) & r->row_mask;
    return &r->rows[i];
}

static bool rows_grow(Recorder *r) {
    Row *old = r->rows;
    size_t old_count = old ? r->row_mask + 1 : 0, count = old ? 2 * old_count : FIRST_ROWS;
    Row *rows = calloc(count, sizeof *rows);
    if (!rows) return false;
    r->rows = rows;
    r->row_mask = count - 1;
    for (size_t i = 0; i < old_count; i++)
        if (old[i].block) *row_find(r, old[i].block) = old[i];
    free(old);
    r->own_bytes += (count - old_count) * sizeof *rows;
    return true;
}

static void row_remove(Recorder *r, const void *block) {
    Row *row = row_find(r, block);
    if (!row->block) return;
    r->traced -= row->bytes;
    r->row_count--;
    size_t hole = (size_t)(row - r->rows);
    for (size_t i = (hole + 1) & r->row_mask; r->rows[i].block; i = (i + 1) & r->row_mask) {
        size_t home = row_home(r, r->rows[i].block);
        if (((i - home) & r->row_mask) < ((i - hole) & r->row_mask))
            continue; /* its way does not lead over the hole */
        r->rows[hole] = r->rows[i];
        hole = i;
    }
    r->rows[hole].block = NULL;
}

/* ---- origins ---- */

static void look_at_stack(Recorder *r) {
    Origin *o = r->scratch;
    o->total = o->count = 0;
    o->hash = 14695981039346656037u;
    for (Frame *f = THREAD ? THREAD->frame : NULL; f; f = f->back) {
        if (o->total < FRAMES_MAX) o->total++;
        if (o->count == r->limit) continue;
        int line = frame_line(f);
        Place place = {f->code->filename, line > 0 ? (uint32_t)line : 0};
        o->places[o->count++] = place;
        o->hash =
            (o->hash ^ (uint64_t)(uintptr_t)place.filename ^ (uint64_t)place.line << 40) * 1099511628211u;
    }
    o->hash ^= o->total;
}

static bool origins_equal(const Origin *a, const Origin *b) {
    if (a->hash != b->hash || a->total != b->total || a->count != b->count) return false;
    for (uint32_t i = 0; i < a->count; i++)
        if (a->places[i].filename != b->places[i].filename || a->places[i].line != b->places[i].line)
            return false;
    return true;
}

static bool buckets_grow(Recorder *r) {
    size_t old_count = r->buckets ? r->bucket_mask + 1 : 0, count = old_count ? 4 * old_count : FIRST_BUCKETS;
    Origin **buckets = calloc(count, sizeof *buckets);
    if (!buckets) return false;
    for (size_t i = 0; i < old_count; i++)
        for (Origin *o = r->buckets[i], *next; o; o = next) {
            next = o->next;
            o->next = buckets[o->hash & (count - 1)];
            buckets[o->hash & (count - 1)] = o;
        }
    free(r->buckets);
    r->buckets = buckets;
    r->bucket_mask = count - 1;
    r->own_bytes += (count - old_count) * sizeof *buckets;
    return true;
}

/* The record of where the program stands; NULL: no memory. */
static Origin *origin_here(Recorder *r) {
    look_at_stack(r);
    if (r->origin_count > r->bucket_mask && !buckets_grow(r)) return NULL;
    Origin **bucket = &r->buckets[r->scratch->hash & r->bucket_mask];
    for (Origin *o = *bucket; o; o = o->next)
        if (origins_equal(o, r->scratch)) return o;
    size_t bytes = origin_bytes(r->scratch->count);
    Origin *o = malloc(bytes);
    if (!o) return NULL;
    memcpy(o, r->scratch, bytes);
    for (uint32_t i = 0; i < o->count; i++) incref(o->places[i].filename);
    o->next = *bucket;
    *bucket = o;
    r->origin_count++;
    r->own_bytes += bytes;
    return o;
}

/* ---- the hooks: what they cannot record for want of memory is left out ---- */

static void record(Recorder *r, void *block, size_t bytes) {
    if (r->paused || (4 * (r->row_count + 1) > 3 * (r->row_mask + 1) && !rows_grow(r))) return;
    Origin *origin = origin_here(r);
    if (!origin) return;
    Row *row = row_find(r, block);
    if (row->block) r->traced -= row->bytes;
    else r->row_count++;
    *row = (Row){block, bytes, origin};
    r->traced += bytes;
    if (r->traced > r->peak) r->peak = r->traced;
}

static void on_alloc(Heap *heap, void *block, size_t bytes, bool is_object, void *ctx) {
    (void)heap, (void)is_object;
    record(ctx, block, bytes);
}

static void on_realloc(Heap *heap, void *old, void *block, size_t bytes, void *ctx) {
    (void)heap;
    if (old) row_remove(ctx, old);
    record(ctx, block, bytes);
}

static void on_free(Heap *heap, void *block, void *ctx) {
    (void)heap;
    row_remove(ctx, block);
}

/* ASCII alone: nothing may be taken from the heap. */
static void write_name(Value name) {
    for (size_t i = 0; i < str_length(name); i++) {
        uint32_t c = str_read(name, i);
        dprintf(STDERR_FILENO, "%c", c < 128 ? (char)c : '?');
    }
}

/* The check build found a block whose neighbours were written to: who asked for it is the one to look at. */
static void on_broken(Heap *heap, const void *block, void *ctx) {
    const Row *row = row_find(ctx, block);
    (void)heap;
    if (!row->block) return;
    dprintf(STDERR_FILENO, "it was asked for at (most recent call first):\n");
    for (uint32_t i = 0; i < row->origin->count; i++) {
        dprintf(STDERR_FILENO, "  File \"");
        write_name(row->origin->places[i].filename);
        dprintf(STDERR_FILENO, "\", line %u\n", row->origin->places[i].line);
    }
}

/* ---- on and off ---- */

/* Forgets all blocks and origins. */
static void recorder_empty(Recorder *r) {
    memset(r->rows, 0, (r->row_mask + 1) * sizeof *r->rows);
    r->row_count = r->traced = r->peak = 0;
    for (size_t i = 0; i <= r->bucket_mask; i++) {
        while (r->buckets[i]) {
            Origin *o = r->buckets[i];
            r->buckets[i] = o->next;
            r->origin_count--;
            r->own_bytes -= origin_bytes(o->count);
            for (uint32_t p = 0; p < o->count; p++) decref(o->places[p].filename);
            free(o);
        }
    }
}

static void recorder_free(Recorder *r) {
    free(r->rows);
    free(r->buckets);
    free(r->scratch);
    free(r);
}

static Recorder *recorder_new(uint32_t limit) {
    Recorder *r = calloc(1, sizeof *r);
    if (!r) return NULL;
    r->limit = limit;
    r->scratch = malloc(origin_bytes(limit));
    r->own_bytes = sizeof *r + origin_bytes(limit);
    if (r->scratch && rows_grow(r) && buckets_grow(r)) return r;
    recorder_free(r);
    return NULL;
}

void tracemalloc_end(void) {
    TracemallocState *state = STATE;
    if (!state || !state->recorder) return;
    Recorder *r = state->recorder;
    heap_trace_set(rt->heap, NULL);
    state->recorder = NULL;
    recorder_empty(r);
    recorder_free(r);
}

static Value start(Value module, Value const *args, size_t nargs) {
    (void)module;
    int limit = 1;
    if (!args_count("start", nargs, 0, 1) || (nargs && value_as_int(args[0], &limit) < 0)) return NULL;
    if (limit < 1 || limit > FRAMES_MAX)
        return raise_error(T_ValueError, "the number of frames must be in range [1; %d]", (int)FRAMES_MAX);
    TracemallocState *state = STATE;
    if (state->recorder) return NONE;
    if (!(state->recorder = recorder_new((uint32_t)limit))) return raise_no_memory();
    state->limit = (uint32_t)limit;
    heap_trace_set(rt->heap, &(HeapTrace){state->recorder, on_alloc, on_realloc, on_free, on_broken});
    return NONE;
}

static Value stop(Value module) { return (void)module, tracemalloc_end(), NONE; }

static Value clear_traces(Value module) {
    (void)module;
    if (STATE->recorder) recorder_empty(STATE->recorder);
    return NONE;
}

/* ---- figures ---- */

static Value is_tracing(Value module) { return (void)module, BOOL(STATE->recorder != NULL); }

static Value get_traceback_limit(Value module) {
    return (void)module, small_int_new(STATE->limit ? STATE->limit : 1);
}

static Value get_tracemalloc_memory(Value module) {
    (void)module;
    return small_int_new(STATE->recorder ? (int64_t)STATE->recorder->own_bytes : 0);
}

static Value get_traced_memory(Value module) {
    (void)module;
    const Recorder *r = STATE->recorder;
    Value parts[2] = {small_int_new(r ? (int64_t)r->traced : 0), small_int_new(r ? (int64_t)r->peak : 0)};
    return tuple_from_array_steal(parts, 2);
}

static Value reset_peak(Value module) {
    (void)module;
    if (STATE->recorder) STATE->recorder->peak = STATE->recorder->traced;
    return NONE;
}

/* ---- traces ---- */

/* ((filename, line), ...), the innermost first; one unknown place for code without frames. New. */
static Value origin_frames(const Origin *o) {
    Value frames = tuple_new(o->count ? o->count : 1);
    for (uint32_t i = 0; frames && i < (o->count ? o->count : 1); i++) {
        Value pair[2] = {o->count ? incref(o->places[i].filename) : str_from_cstr("<unknown>"),
                         small_int_new(o->count ? o->places[i].line : 0)};
        Value place = pair[0] ? tuple_from_array_steal(pair, 2) : NULL;
        if (place) tuple_init_item_steal(frames, i, place);
        else CLEAR_FIELD(frames);
    }
    return frames;
}

static int add_trace(Value list, const Row *row) {
    Value parts[4] = {small_int_new(0), small_int_new((int64_t)row->bytes), origin_frames(row->origin),
                      small_int_new(row->origin->total ? row->origin->total : 1)};
    Value trace = parts[2] ? tuple_from_array_steal(parts, 4) : NULL;
    return trace ? list_append_steal(list, trace) : -1;
}

static Value get_traces(Value module) {
    (void)module;
    Recorder *r = STATE->recorder;
    Value list = list_new(0);
    if (!r || !list) return list;
    size_t count = r->row_mask + 1;
    Row *rows = malloc(count * sizeof *rows); /* the list itself takes and frees blocks */
    if (!rows) {
        decref(list);
        return raise_no_memory();
    }
    memcpy(rows, r->rows, count * sizeof *rows);
    r->paused = true;
    for (size_t i = 0; list && i < count; i++)
        if (rows[i].block && add_trace(list, &rows[i]) < 0) CLEAR_FIELD(list);
    r->paused = false;
    free(rows);
    return list;
}

static Value get_object_traceback(Value module, Value v) {
    (void)module;
    Recorder *r = STATE->recorder;
    if (!r || !is_object(v)) return NONE;
    const Row *row = row_find(r, v);
    return row->block ? origin_frames(row->origin) : NONE;
}

static const NativeMethod functions[] = {
    METHOD_FAST("start", start,
                "start($module, nframe=1, /)\n--\n\nStarts tracing; a trace keeps that many frames."),
    METHOD_NOARGS("stop", stop, "stop($module, /)\n--\n\nStops tracing and forgets all traces."),
    METHOD_NOARGS("is_tracing", is_tracing, "is_tracing($module, /)\n--\n\nTrue while memory is traced."),
    METHOD_NOARGS("clear_traces", clear_traces,
                  "clear_traces($module, /)\n--\n\nForgets the traces collected so far."),
    METHOD_NOARGS("get_traceback_limit", get_traceback_limit,
                  "get_traceback_limit($module, /)\n--\n\nHow many frames a trace keeps at most."),
    METHOD_NOARGS("get_tracemalloc_memory", get_tracemalloc_memory,
                  "get_tracemalloc_memory($module, /)\n--\n\nBytes that the traces themselves take."),
    METHOD_NOARGS("get_traced_memory", get_traced_memory,
                  "get_traced_memory($module, /)\n--\n\n(bytes in the traced blocks now, at their peak)."),
    METHOD_NOARGS("reset_peak", reset_peak, "reset_peak($module, /)\n--\n\nMakes the present size the peak."),
    METHOD_NOARGS("_get_traces", get_traces, "_get_traces($module, /)\n--\n\nAll traces, as tuples."),
    METHOD_ONE(
        "_get_object_traceback", get_object_traceback,
        "_get_object_traceback($module, obj, /)\n--\n\nWhere an object was allocated, as a tuple, or None."),
    METHOD_END,
};

static int ready(Value module) {
    return (void)module, module_state_new(M_tracemalloc, sizeof(TracemallocState)) ? 0 : -1;
}

const ModuleSpec module_tracemalloc = {"_tracemalloc", "Where the memory that is in use was asked for.",
                                       functions, ready};
