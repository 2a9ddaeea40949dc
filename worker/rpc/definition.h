/*
 * definition: the source text of functions and classes: found in the program they come from, and compiled
 * again elsewhere.
 *
 * Idea. A code object keeps the text it was compiled from (Code.source). To send a function, that text is
 * parsed and the def or lambda that the code came from is found by its place; its exact characters are the
 * definition. To make the function again, the characters are put at the same line and column of an otherwise
 * empty text and parsed; around the statement go tree nodes for the functions and classes of its qualified
 * name, so that names are scoped and mangled as at home: captured variables are parameters of an outermost
 * function. Of the compiled result only the wanted code object is taken: nothing runs. A class statement has
 * to run to give a class; what runs is that statement alone.
 */
#ifndef ATOLL_RPC_DEFINITION_H
#define ATOLL_RPC_DEFINITION_H

#include "objects/code.h"
#include "objects/object.h"
#include "parse/parse.h"

/* A parsed program text; made by the first search in it, kept for the next. Zero-initialise. */
typedef struct SourceTree {
    Value source; /* str, owned; NULL: none */
    Bump bump;
    SyntaxErrorInfo err;
    AstMod *mod;
} SourceTree;

void source_tree_drop(SourceTree *tree);

typedef struct Definition {
    Value text;               /* str, owned */
    int line, column;         /* of its start; the column in UTF-8 bytes */
    const AstStmt *statement; /* of a class: within the tree */
} Definition;

/* Finds the def or lambda of a function's code. 1 found, 0 its source is not known, -1 raised. */
int definition_of_function(SourceTree *tree, const Code *code, Definition *out);
/* Finds the class statement whose body a code is. */
int definition_of_class(SourceTree *tree, const Code *body, Definition *out);

typedef struct DefinitionSource {
    Value text, filename; /* str */
    Value name, qualname; /* str: the code's own, not what was assigned later */
    int line, column;
    uint32_t future_flags; /* CompileFlags of __future__ features */
    Value captured;        /* dict whose keys are the captured variables' names; borrowed */
    bool is_class;
} DefinitionSource;

/* The definition's code: a function's own; for a class that of the innermost function around it (which
 * returns the class), or of a module with the statement alone. New; NULL raised. */
Code *definition_compile(const DefinitionSource *source);

/* The class statement of this name around a method's code, for a class whose body is not known. */
int definition_of_class_around(SourceTree *tree, const Code *method, Value class_name, Definition *out);

/* The code within a function of these globals to which a qualified name "f.<locals>.g" leads; borrowed, or
 * NULL. Where there is no source (the library's own functions), that is how it is found elsewhere. */
Code *definition_in_module(Dict *globals, Value qualname);

/* Whether a class body assigns the name. */
bool definition_binds(const Code *body, Value name);

/* Calls visit for the names of all global variables that a code and those within it use. 0, or what visit
 * returned. */
int definition_globals(const Code *code, int (*visit)(Value name, void *arg), void *arg);

#endif
