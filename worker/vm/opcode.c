/* opcode: tables made from opcodes.def. */
#include "vm/opcode.h"

const uint8_t opcode_base[256] = {
#define OPCODE(name, cache_units, pops, pushes, operand) [OPCODE_##name] = OPCODE_##name,
#define SPECIALIZED(name, base)                          [OPCODE_##name] = OPCODE_##base,
#include "vm/opcodes.def"
#undef OPCODE
};

enum {
#define OPCODE(name, cache_units, pops, pushes, operand) CACHES_##name = cache_units,
#include "vm/opcodes.def"
#undef OPCODE
};

const uint8_t opcode_caches[256] = {
#define OPCODE(name, cache_units, pops, pushes, operand) [OPCODE_##name] = cache_units,
#define SPECIALIZED(name, base)                          [OPCODE_##name] = CACHES_##base,
#include "vm/opcodes.def"
#undef OPCODE
};

const char *const opcode_names[256] = {
#define OPCODE(name, cache_units, pops, pushes, operand) [OPCODE_##name] = #name,
#define SPECIALIZED(name, base)                          [OPCODE_##name] = #name,
#include "vm/opcodes.def"
#undef OPCODE
};

const uint8_t opcode_operands[256] = {
#define OPCODE(name, cache_units, pops, pushes, operand) [OPCODE_##name] = OPERAND_##operand,
#define SPECIALIZED(name, base)
#include "vm/opcodes.def"
#undef OPCODE
};

const StackEffect opcode_stack_effects[256] = {
#define OPCODE(name, cache_units, pops, pushes, operand) [OPCODE_##name] = {pops, pushes},
#define SPECIALIZED(name, base)
#include "vm/opcodes.def"
#undef OPCODE
};
