/* ast_dump: a tree as text, exactly as Python's ast.dump(tree, include_attributes=...) writes it. */
#ifndef ATOLL_PARSE_AST_DUMP_H
#define ATOLL_PARSE_AST_DUMP_H

#include <stdbool.h>
#include <stdio.h>

#include "parse/ast.h"

/* Writes the tree (no newline behind it). Recurses as deep as the tree: for tests. */
void ast_dump(const AstMod *mod, bool attributes, FILE *out);

#endif
