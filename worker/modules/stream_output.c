/* stream_output: see stream_output.h. */
#include "modules/stream_output.h"

#include "objects/bytes.h"
#include "objects/protocols.h"

/* By how much the room grows each time: as in CPython, since what a stream stores unpacked depends on the
 * room it is given. */
static size_t growth(const StreamOutput *o, size_t first) {
    static const uint8_t shifts[] = {15, 16, 18, 20, 22, 23, 24, 24, 25, 25, 25, 25, 26, 26, 27, 27, 28};
    unsigned last = sizeof shifts - 1, k = o->growths < last ? o->growths : last;
    return k == 0 && first ? first : (size_t)1 << shifts[k];
}

int stream_output_room(StreamOutput *o, size_t first) {
    if (o->used < o->capacity) return 0;
    size_t more = growth(o, first), capacity;
    if (__builtin_add_overflow(o->capacity, more, &capacity)) return raise_no_memory(), -1;
    if (o->capacity && work_charge(o->capacity / 64) < 0) return -1;
    uint8_t *data = heap_realloc(rt->heap, o->data, capacity);
    if (!data) return raise_no_memory(), -1;
    o->data = data;
    o->capacity = capacity;
    o->growths++;
    return 0;
}

Value stream_output_finish(StreamOutput *o, bool good) {
    Value result = good ? bytes_from(o->data ? o->data : (const uint8_t *)"", o->used) : NULL;
    heap_free(rt->heap, o->data);
    return result;
}

int stream_input_begin(StreamInput *in, Value kept, Value data) {
    in->joined = NULL;
    if (buffer_get(data, &in->buffer, false) < 0) return -1;
    in->data = in->buffer.data;
    in->length = in->buffer.length;
    if (kept && bytes_length(kept)) {
        size_t before = bytes_length(kept);
        if (!(in->joined = bytes_new(before + in->length))) return buffer_release(&in->buffer), -1;
        memcpy(bytes_data(in->joined), bytes_data(kept), before);
        if (in->length) memcpy(bytes_data(in->joined) + before, in->data, in->length);
        in->data = bytes_data(in->joined);
        in->length += before;
    }
    if (work_charge(in->length / 16) == 0) return 0;
    stream_input_end(in);
    return -1;
}

int stream_input_keep(const StreamInput *in, const uint8_t *rest, Value *kept) {
    Value bytes = bytes_from(rest, in->length - (size_t)(rest - in->data));
    if (!bytes) return -1;
    xdecref(*kept);
    *kept = bytes;
    return 0;
}

void stream_input_end(StreamInput *in) {
    buffer_release(&in->buffer);
    xdecref(in->joined);
}
