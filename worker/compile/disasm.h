/* disasm: a code object as text, laid out as python3.11 -m dis does. */
#ifndef ATOLL_COMPILE_DISASM_H
#define ATOLL_COMPILE_DISASM_H

#include "objects/code.h"
#include "vm/opcode.h"

/* One instruction, its EXTENDED_ARG taken in. */
typedef struct Decoded {
    uint32_t unit; /* of the instruction itself */
    uint32_t next; /* unit behind it and its caches */
    uint8_t op;    /* of the compiler's set, whatever the evaluator made of it */
    uint8_t a;
    uint32_t b;
    int64_t target; /* unit that it may jump to, -1: no jump */
} Decoded;

/* Decodes the instruction at `unit`; false at the end of the code. */
bool disasm_decode(const Code *code, uint32_t unit, Decoded *out);
/* What an operand means: "x", "NULL + print", "to 12", "+=". New str, empty when there is nothing to say;
 * NULL raised. */
Value disasm_argument(const Code *code, const Decoded *ins);
bool opcode_has_operand(int op);
/* The whole text, code objects within it too. New str; NULL raised. */
Value disasm_text(Code *code);

#endif
