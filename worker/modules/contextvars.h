/* contextvars: what other native modules ask of _contextvars. */
#ifndef ATOLL_MODULES_CONTEXTVARS_H
#define ATOLL_MODULES_CONTEXTVARS_H

#include "objects/object.h"

/* The value of a ContextVar in the context in use, or its default: new, or NULL for none. 0, -1 raised. */
int context_variable_get(Value variable, Value *out);

#endif
