/* json: what the files of the module share: m_json.c (the module, strings), json_scan.c (reading), json_encode.c (writing). */
#ifndef ATOLL_MODULES_JSON_H
#define ATOLL_MODULES_JSON_H

#include "modules/fields.h"
#include "modules/module.h"

typedef struct JsonState {
    Type *scanner, *encoder;
} JsonState;

extern const TypeSpec json_scanner_spec, json_encoder_spec;

/* The string literal whose opening quote stands before `start`; *end is behind the closing one. New. */
Value json_scan_string(Value text, ssize_t start, bool strict, ssize_t *end);
/* json.decoder.JSONDecodeError(message, text, at); always NULL. */
Value json_error(const char *message, Value text, ssize_t at);

/* Text that grows, in the narrowest width so far. */
typedef struct JsonWriter {
    uint8_t *data;
    size_t length, capacity; /* in characters */
    int kind;
    bool ascii; /* all below 128 */
} JsonWriter;

void json_writer_init(JsonWriter *w);
void json_writer_drop(JsonWriter *w);
Value json_writer_finish(JsonWriter *w); /* new; the writer is dropped */
int json_put_ascii(JsonWriter *w, const char *text, size_t n);
int json_put_text(JsonWriter *w, Value text);
/* In quotes, with escapes: of all that is not ASCII, or only of what must be escaped. */
int json_put_quoted(JsonWriter *w, Value text, bool ascii_only);

Value json_encode_basestring_ascii(Value module, Value text);
Value json_encode_basestring(Value module, Value text);

#endif
