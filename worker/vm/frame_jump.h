/* frame_jump: setting f_lineno from a trace function: a debugger's way to go on somewhere else. */
#ifndef ATOLL_VM_FRAME_JUMP_H
#define ATOLL_VM_FRAME_JUMP_H

#include "vm/frame.h"

/*
 * The frame, which is about to run the instruction at pc[-1] and waits for its trace function, goes on at the beginning of a
 * line instead, or of the first line behind it that has code. What the new place does not need is taken off the value
 * stack. 0, -1 ValueError: the line is elsewhere, or needs what the stack does not have.
 */
int frame_jump(Frame *f, int line);

#endif
