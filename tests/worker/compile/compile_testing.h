/* A Python world for the compiler's tests: a heap, the runtime, and sources compiled and run in it. */
#ifndef COMPILE_TESTING_H
#define COMPILE_TESTING_H

#include "compile/compile.h"
#include "objects/code.h"
#include "objects/object.h"

/* Boots a world whose output goes to stdout; aborts the program when it cannot. */
Heap *world_open(void);
void world_close(Heap *heap);

Value compile_text(const char *source, CompileMode mode);
/* What the source's last expression gives, as compiled with COMPILE_EXEC_VALUE and run in a fresh namespace;
 * NULL raised. */
Value run_for_value(const char *source);
/* The same of a code object. */
Value run_code(Value code);
/* repr of a value, or "SyntaxError: message (line:offset)" of the pending error, which is dropped. In a
 * static buffer. */
const char *show(Value v_steal);
/* How often an opcode stands in a code object. */
int count_ops(const Code *code, int op);
/* The first code object among the constants. */
Code *inner_code(const Code *code);
size_t bytes_in_use(void);

#endif
