/* exctable: from the handler of each instruction to the rows of the exception table. */
#ifndef ATOLL_COMPILE_EXCTABLE_H
#define ATOLL_COMPILE_EXCTABLE_H

#include "compile/cfg.h"
#include "objects/code.h"

/* The rows of a laid-out graph (Block.start and sizes known), in `bump`; sorted by start, never overlapping.
 * unit_size gives an instruction's units. False: memory. */
bool exctable_rows(Bump *bump, const Block *entry, uint32_t (*unit_size)(const Ins *), ExceptionRow **rows,
                   uint32_t *count);

#endif
