/* opcode: the numbers of opcodes.def's rows: OPCODE_LOAD_FAST, ...; the compiler's first, then the evaluator's own. */
#ifndef ATOLL_VM_OPCODE_H
#define ATOLL_VM_OPCODE_H

#include <stdint.h>

typedef enum Opcode {
#define OPCODE(name, cache_units, pops, pushes, operand) OPCODE_##name,
#define SPECIALIZED(name, base)                          OPCODE_##name,
#include "vm/opcodes.def"
#undef OPCODE
    OPCODE_COUNT
} Opcode;

_Static_assert(OPCODE_COUNT <= 256, "an opcode is a byte");

/* What an opcode's operand means. */
typedef enum OperandKind {
    OPERAND_NONE,
    OPERAND_CONST,
    OPERAND_NAME,
    OPERAND_LOCAL,
    OPERAND_JUMP_FORWARD,
    OPERAND_JUMP_BACKWARD,
    OPERAND_BINARY,
    OPERAND_COMPARE,
    OPERAND_COUNT,
    OPERAND_FLAGS,
    OPERAND_CALL
} OperandKind;

/* How many values an opcode takes from the stack and leaves there; -1: its operand says. */
typedef struct StackEffect {
    int8_t pops, pushes;
} StackEffect;

/* The row of the first part that an opcode stands for, and how many cache units follow it. */
extern const uint8_t opcode_base[256];
extern const uint8_t opcode_caches[256];
extern const char *const opcode_names[256];
extern const uint8_t opcode_operands[256];          /* OperandKind */
extern const StackEffect opcode_stack_effects[256]; /* of the compiler's opcodes */

#endif
