/*
 * caret_anchors: which part of a traceback's highlighted expression is the operator.
 *
 * CPython parses the highlighted text; when it is a binary operation the operator is marked ^ and the operands ~, and for a
 * subscript the brackets are. The same is found here by scanning: strings and brackets are skipped, and at the outer level
 * the loosest operator decides. Nothing raises; in doubt there are no anchors.
 */
#ifndef ATOLL_VM_CARET_ANCHORS_H
#define ATOLL_VM_CARET_ANCHORS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* text: n code points of one line. True: [*left, *right) is to be marked. */
bool caret_anchors(const uint32_t *text, size_t n, size_t *left, size_t *right);

#endif
