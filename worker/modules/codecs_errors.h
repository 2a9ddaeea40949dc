/* codecs_errors: the error handlers of codecs as callables, and the exceptions that they are asked about. */
#ifndef ATOLL_MODULES_CODECS_ERRORS_H
#define ATOLL_MODULES_CODECS_ERRORS_H

#include "objects/object.h"

/* Makes the built-in handlers known to codecs.lookup_error. 0, -1. */
int codecs_register_handlers(void);
/* UnicodeEncodeError or UnicodeDecodeError of object[start:end]. New. */
Value codecs_unicode_error(TypeId type, const char *encoding, Value object, size_t start, size_t end,
                           const char *reason);

#endif
