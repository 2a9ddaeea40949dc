/* buffer: taking and giving back the memory of bytes-like values. */
#include "objects/bytes.h"
#include "objects/protocols.h"
#include "objects/str.h"

int buffer_get(Value o, Buffer *out, bool writable) {
    memset(out, 0, sizeof *out);
    if (!type_of(o)->slots.get_buffer)
        return raise_int(T_TypeError, "a bytes-like object is required, not '%.100T'", o);
    if (type_of(o)->slots.get_buffer(o, out, writable) < 0) return -1;
    if (writable && out->read_only) {
        buffer_release(out);
        return raise_int(T_TypeError, "read-write bytes-like object expected, not %T", o);
    }
    return 0;
}

int buffer_get_for(Value o, Buffer *out, const char *format, ...) {
    if (buffer_get(o, out, false) == 0) return 0;
    if (error_matches(T_MemoryError)) return -1;
    error_clear();
    va_list args;
    va_start(args, format);
    Value text = str_vformat_message(format, args);
    va_end(args);
    if (text) raise_with(T_TypeError, text);
    xdecref(text);
    return -1;
}

void buffer_release(Buffer *b) {
    Value owner = b->owner;
    if (!owner) return;
    b->owner = NULL;
    if (type_of(owner)->slots.release_buffer) type_of(owner)->slots.release_buffer(owner, b);
    decref(owner);
}

/* A flat run of unsigned bytes. */
void buffer_fill(Buffer *out, Value owner, void *data, size_t length, bool read_only) {
    *out = (Buffer){.data = data,
                    .length = length,
                    .owner = incref(owner),
                    .item_size = 1,
                    .dimensions = 1,
                    .read_only = read_only};
    out->shape[0] = (ssize_t)length;
    out->strides[0] = 1;
}
