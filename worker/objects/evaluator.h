/* evaluator: what objects ask of the evaluator, which stands above them (vm/vm.h says the same to the parts above it). */
#ifndef ATOLL_OBJECTS_EVALUATOR_H
#define ATOLL_OBJECTS_EVALUATOR_H

#include "objects/function.h"
#include "objects/object.h"

/* Slot `call` of function. */
Value function_call(Value function, Value const *args, size_t nargs, Value kwnames);
/* A function gives up its code while frames may run it: takes the reference and keeps the code alive. */
void vm_retire_code_steal(Code *code);
/* The running code's globals, borrowed, NULL when nothing runs; its locals, new, NULL raised. */
Dict *vm_globals_borrow(void);
Dict *vm_builtins_borrow(void);
Value vm_locals(void);
/* super() without arguments: the running method's __class__ cell content and first argument, borrowed. 0, -1 RuntimeError. */
int vm_super_context(Value *cls, Value *self);
/* Gives an exception without a traceback (it was raised by no Python code) the running frame's place. Never raises. */
void traceback_give_place(Value exception);
/* What sys.unraisablehook gets. New. */
Value unraisable_hook_args(Value e, Value message, Value where);

#endif
