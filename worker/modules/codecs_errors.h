/* codecs_errors: the error handlers of codecs as callables, and asking any handler. */
#ifndef ATOLL_MODULES_CODECS_ERRORS_H
#define ATOLL_MODULES_CODECS_ERRORS_H

#include "objects/object.h"

/* Makes the built-in handlers known to codecs.lookup_error. 0, -1. */
int codecs_register_handlers(void);
/* UnicodeEncodeError or UnicodeDecodeError of object[start:end]. New. */
Value codecs_unicode_error(TypeId type, const char *encoding, Value object, size_t start, size_t end,
                           const char *reason);
/* What a handler answers: where to go on in an input of that length; *replacement new (NULL when raised). -1 raised. */
ssize_t codecs_ask_handler(const char *errors, Value exception, size_t length, Value *replacement);

#endif
