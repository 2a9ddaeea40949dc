/*
 * pickle_input: the bytes of a pickle, from memory or from a file.
 *
 * A file is read no further than the pickle's end, since something else may follow: it is asked for what each
 * opcode needs, or, when it can peek, for a look ahead whose used part is skipped afterwards.
 */
#include "modules/pickle.h"
#include "objects/int.h"

enum { LOOK_AHEAD = 128 * 1024 };

static const uint8_t *truncated(void) { return fail_unpickling("pickle data was truncated"), NULL; }

static void drop_held(Unpickler *u) {
    Buffer old = u->buffer;
    u->buffer = (Buffer){0};
    u->data = NULL;
    u->length = u->at = u->peeked = 0;
    buffer_release(&old);
}

/* What a method of the file gave becomes the data; steals it. 0, -1 raised. */
static int take_steal(Unpickler *u, Value data_or_null) {
    drop_held(u);
    if (!data_or_null) return -1;
    int status = buffer_get(data_or_null, &u->buffer, false);
    decref(data_or_null);
    if (status < 0) return -1;
    u->data = u->buffer.data;
    u->length = u->buffer.length;
    return 0;
}

int in_settle(Unpickler *u) {
    size_t used = u->at;
    if (!u->read || !u->peeked) return 0;
    u->peeked = 0;
    if (used == 0) return 0;
    Value skipped = value_call_one(u->read, small_int_new((int64_t)used));
    xdecref(skipped);
    return skipped ? 0 : -1;
}

/* 1: a look ahead shows n bytes. */
static int look_ahead(Unpickler *u, size_t n) {
    if (!u->peek || n >= LOOK_AHEAD) return 0;
    Value data = value_call_one(u->peek, small_int_new(LOOK_AHEAD));
    if (!data && error_swallow(T_NotImplementedError)) {
        CLEAR_FIELD(u->peek);
        return 0;
    }
    if (take_steal(u, data) < 0) return -1;
    u->peeked = u->length;
    return n <= u->length && u->length > 0;
}

const uint8_t *in_more_bytes(Unpickler *u, size_t n) {
    if (!u->read) return truncated();
    if (n > SMALL_INT_MAX)
        return raise_error(T_OverflowError, "read would overflow (invalid bytecode)"), NULL;
    if (in_settle(u) < 0) return NULL;
    int ahead = look_ahead(u, n);
    if (ahead < 0) return NULL;
    if (!ahead) {
        u->peeked = 0;
        if (take_steal(u, value_call_one(u->read, small_int_new((int64_t)n))) < 0) return NULL;
        if (u->length < n) return truncated();
    }
    u->at = n;
    return u->data;
}

const uint8_t *in_line(Unpickler *u, size_t *n) {
    const uint8_t *start = u->data + u->at,
                  *end = u->length > u->at ? memchr(start, '\n', u->length - u->at) : NULL;
    if (end) {
        *n = (size_t)(end + 1 - start);
        u->at += *n;
        return start;
    }
    if (!u->read) return truncated();
    if (in_settle(u) < 0) return NULL;
    u->peeked = 0;
    if (take_steal(u, value_call_noargs(u->readline)) < 0) return NULL;
    if (u->length == 0 || u->data[u->length - 1] != '\n') return truncated();
    u->at = *n = u->length;
    return u->data;
}

bool in_has(const Unpickler *u, size_t n) { return u->read || n <= u->length - u->at; }
