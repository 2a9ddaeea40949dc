/*
 * vm: running code. What objects, builtins, modules and rpc may ask of the evaluator.
 */
#ifndef ATOLL_VM_VM_H
#define ATOLL_VM_VM_H

#include "objects/code.h"
#include "objects/function.h"
#include "objects/object.h"

/* Thread and VM state made at boot; 0, -1 out of memory. */
int vm_boot(void);
/* Runs module-like code with these namespaces (locals may be any mapping). closure: tuple of cells or NULL. New. */
Value vm_run_code(Code *code, Dict *globals, Value locals, Value closure_or_null);
/* Slot `call` of function. */
Value function_call(Value function, Value const *args, size_t nargs, Value kwnames);
/* The breaker's slow path; call from long native loops too. 0, -1 raised. */
int breaker_poll(void);
/* Current frame's namespaces for builtins: borrowed; locals NULL raised. */
Dict *vm_globals_borrow(void);
Dict *vm_builtins_borrow(void);
Value vm_locals(void); /* new */
Value vm_current_frame(void); /* frame object, new, or NULL without error when none runs */

#endif
