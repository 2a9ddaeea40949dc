/*
 * code: compiled Python. The compiler makes it, the evaluator runs it, dis prints it, marshal stores it.
 *
 * Instructions are 32-bit units {op, a, b}. Operands: b is the main one (CPython's oparg), a a small second one. An
 * EXTENDED_ARG unit in front puts its b (and a) above the next unit's b: b = (ext.b << 16) | next.b. Some opcodes are followed
 * by cache units (opcodes.def says how many), zero when compiled. Positions and jumps are counted in units; a jump's b is the
 * distance from the end of the jump instruction (its caches included) to the target, forward or backward by the opcode's name.
 */
#ifndef ATOLL_OBJECTS_CODE_H
#define ATOLL_OBJECTS_CODE_H

#include "objects/object.h"

typedef struct Instr {
    uint8_t op;
    uint8_t a;
    uint16_t b;
} Instr;

enum CodeFlags { /* CPython's numbers */
                 CODE_OPTIMIZED = 0x1,
                 CODE_NEWLOCALS = 0x2,
                 CODE_VARARGS = 0x4,
                 CODE_VARKEYWORDS = 0x8,
                 CODE_NESTED = 0x10,
                 CODE_GENERATOR = 0x20,
                 CODE_COROUTINE = 0x80,
                 CODE_ITERABLE_COROUTINE = 0x100,
                 CODE_ASYNC_GENERATOR = 0x200,
                 CODE_FUTURE_ANNOTATIONS = 0x1000000,
};

enum LocalKind { LOCAL_PLAIN = 0x20, LOCAL_CELL = 0x40, LOCAL_FREE = 0x80 };

/* Exception table row: units [start, end) are covered; on a raise the stack is cut to depth (and lasti pushed if wanted). */
typedef struct ExceptionRow {
    uint32_t start, end, target;
    uint32_t depth_lasti; /* depth << 1 | push_lasti */
} ExceptionRow;

/* Source range of a unit; -1 where unknown. */
typedef struct Position {
    int32_t line, end_line, column, end_column;
} Position;

typedef struct Code {
    HeapObject head;
    Value name, qualname, filename; /* str */
    Value consts;                   /* tuple */
    Value names;                    /* tuple of interned str */
    Value local_names;    /* tuple of str: arguments, locals, cells, frees: the "fast locals plus" */
    uint8_t *local_kinds; /* LocalKind bits for each of local_names (an argument can be a cell too) */
    Instr *instructions;
    uint32_t instruction_count;
    uint32_t arg_count; /* positional, positional-only ones counted */
    uint32_t positional_only_count, keyword_only_count;
    uint32_t local_count;            /* plain locals (arguments first; cells that are arguments counted) */
    uint32_t locals_plus_count;      /* all of local_names: frame slots before the stack */
    uint32_t cell_count, free_count; /* free ones are the last free_count of local_names */
    uint32_t stack_size;
    uint32_t flags;
    uint32_t first_line;
    ExceptionRow
        *exception_rows; /* sorted by start; inner ones found first by taking the last row that covers */
    uint32_t exception_row_count;
    uint8_t *line_table; /* compact positions: compile/linetable.h packs, code_position reads */
    uint32_t line_table_size;
    Value doc;             /* str or NULL: first constant docstring */
    Value self_attributes; /* tuple of names stored on the first parameter, or NULL: sizes inline slots */
    uint32_t version;      /* unique, for function caches */
    uint32_t warm;         /* executions until specialization starts */
    uint32_t
        exact_args; /* arg_count + 1 when a call with that many positional arguments needs no binding, else 0 */
    Value extra;    /* cached bytes of co_code etc., or NULL */
    Value source;   /* str: the whole text it was compiled from; NULL: not kept */
    bool received; /* it came from another process, with its source */
} Code;

/* Source range of unit `index`. */
Position code_position(const Code *code, uint32_t index);
static inline int code_line(const Code *code, uint32_t index) { return code_position(code, index).line; }
/* The line of each unit, -1 where unknown, into lines[instruction_count]. */
void code_fill_lines(const Code *code, int32_t *lines);
/* A code object with all fields zero but the header, to be filled and . NULL raised. */
Code *code_alloc(void);

#endif
