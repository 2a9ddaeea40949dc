/* JSON at the edge of the command line: text in becomes msgpack, msgpack out becomes text. Inside Atoll there
 * is no JSON. */
#ifndef ATOLL_JSON_H
#define ATOLL_JSON_H

#include <stdbool.h>
#include <stddef.h>

#include <ipc/buf.h>

/* What kind of value the text must be. */
typedef enum { JSON_ANY_VALUE, JSON_ARRAY_ONLY, JSON_OBJECT_ONLY } JsonWanted;

/* Appends the value of one JSON text as plain msgpack. False with one line in `error`; then the buffer is as
 * it was. */
bool json_to_msgpack(const char *text, size_t length, JsonWanted wanted, IpcBuf *out, char *error,
                     size_t capacity);

/* Appends msgpack objects as compact JSON, ASCII only in strings that need escapes. bin becomes a string of
 * its bytes as \u00xx, ext becomes null. Iterative; false (with whatever was written) for broken msgpack. */
bool msgpack_to_json(IpcSlice value, IpcBuf *out);
void json_append_string(IpcBuf *out, const char *text, size_t length);

/* A JSON text written by hand: a key of the object that was opened last, with the comma before it where one is
 * due; a key with its value. A text that is absent is left out. */
void json_put_key(IpcBuf *out, const char *key);
void json_put_uint(IpcBuf *out, const char *key, uint64_t number);
void json_put_bool(IpcBuf *out, const char *key, bool value);
void json_put_text(IpcBuf *out, const char *key, IpcSlice text);

#endif
