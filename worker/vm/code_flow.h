/*
 * code_flow: what lies on the value stack before each instruction of a code.
 *
 * Idea. Every path through the instructions is followed once with a stack of kinds instead of values, from each place that
 * can be reached in more than one way (a leader: the target of a jump or handler) with what all ways to it have in common,
 * until nothing changes. That proves that code which nobody compiled cannot leave its stack, its locals or its constants,
 * nor take one kind of object for another; and it tells a debugger where a frame may go on.
 */
#ifndef ATOLL_VM_CODE_FLOW_H
#define ATOLL_VM_CODE_FLOW_H

#include "objects/code.h"

typedef enum StackKind {
    STACK_NULL,         /* certainly none: PUSH_NULL */
    STACK_MAYBE_NULL,   /* a method's self or nothing */
    STACK_OBJECT,       /* any object */
    STACK_ITERATOR,     /* of a loop */
    STACK_HANDLED,      /* the exception that was handled before this one, or None: POP_EXCEPT takes it */
    STACK_LASTI,        /* the unit that raised */
    STACK_RAISED,       /* an exception */
    STACK_MAYBE_RAISED, /* an exception or None */
    STACK_LIST,
    STACK_SET,
    STACK_DICT,
    STACK_STR,
    STACK_TUPLE,
    STACK_CODE,
    STACK_FUNCTION,
    STACK_CELL,
    STACK_CELLS, /* CELLS: a tuple of cells */
} StackKind;

/* Told of each instruction that can be reached, its first unit (an EXTENDED_ARG's) and the stack before it. */
typedef void CodeFlowVisit(void *arg, uint32_t unit, const uint8_t *kinds, uint32_t depth);

/* 1: sound, and every instruction was visited (visit may be NULL); 0: not sound; -1: MemoryError. */
int code_flow(const Code *code, CodeFlowVisit *visit, void *arg);

/* For a code that nobody compiled: as code_flow; when sound, its loads of locals look from now on whether they are bound. */
int code_prove(Code *code);

/* As far as a look at single instructions can tell: opcodes, operands, jumps and rows stay inside. 1, 0, -1 MemoryError. */
int code_is_well_formed(const Code *code);

#endif
