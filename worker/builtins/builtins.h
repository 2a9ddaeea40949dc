/*
 * builtins: the module of that name: the built-in functions by family, the types, the exceptions and the
 * constants.
 *
 * Each family's functions are rows of one table a file; builtins.c puts the tables together.
 */
#ifndef ATOLL_BUILTINS_BUILTINS_H
#define ATOLL_BUILTINS_BUILTINS_H

#include "objects/function.h"
#include "objects/object.h"
#include "objects/protocols.h"

/* Makes the module; rt->builtins is its dict after it. 0, -1 raised. Needs types, modules and sys.modules. */
int builtins_boot(void);

/* exit, quit, help and the like. 0, -1 raised. */
int builtins_add_site(Value module);

extern const NativeMethod builtins_numbers[], builtins_iteration[], builtins_attributes[], builtins_running[],
    builtins_text[], builtins_open;

#endif
