/*
 * codecs: text to bytes and back for the encodings that are built in: utf-8, utf-16, utf-32 (with -le, -be), latin-1, ascii,
 * unicode-escape, raw-unicode-escape.
 *
 * What cannot be converted goes to an error handler by name: strict, ignore, replace, backslashreplace, xmlcharrefreplace,
 * surrogateescape, surrogatepass (namereplace is registered by the codecs module), or one that Python code registered.
 */
#ifndef ATOLL_OBJECTS_CODECS_H
#define ATOLL_OBJECTS_CODECS_H

#include "objects/object.h"

/* New bytes / new str; NULL raised: LookupError for an unknown encoding or handler, UnicodeError by the handler. */
Value codec_encode(Value str, const char *encoding, const char *errors);
Value codec_decode(Value bytes_like, const char *encoding, const char *errors);
/* As codec_decode of data that may end within a character: *consumed tells how much was used (final false keeps the rest). */
Value codec_decode_part(const uint8_t *data, size_t n, const char *encoding, const char *errors, bool final,
                        size_t *consumed);
/* Canonical name ("utf-8") of a built-in encoding's name or alias, or NULL. */
const char *codec_canonical(const char *encoding);
/* codecs.register_error and lookup_error: handler is a callable. lookup: new, NULL raised LookupError. */
int codec_register_error(Value name, Value handler);
Value codec_lookup_error(const char *name);
/* Raises the pending exception anew, as the cause of one that names the codec, if it is of a plain type. NULL. */
Value codec_name_failing(Value encoding, const char *what);
/* Asks a handler about a UnicodeEncodeError or UnicodeDecodeError of *object: what to put (*replacement, new) and where to go on
 * (*at). A decoding handler may put other bytes in the place of those that it was asked about: *object, a reference of the caller's,
 * becomes them. 0, -1 raised. */
int codec_ask_handler(const char *errors, Value exception, Value *object, Value *replacement, size_t *at);
/* The DeprecationWarning about an escape that is none, or an octal number that is too big; `at`: behind its backslash. 0, -1. */
int codec_warn_of_escape(const uint8_t *at);

#endif
