/*
 * compile: from source text, or a syntax tree, to a code object.
 *
 * The stages: parse (parse/) -> fold (constants) -> symtable (whose is each name) -> comp_*.c (statements to
 * blocks of instructions) -> flow passes (peephole, line numbers, stack depth, exception targets, definite
 * assignment) -> assemble. All scratch memory is one Bump over the heap, dropped at the end whatever
 * happened.
 */
#ifndef ATOLL_COMPILE_COMPILE_H
#define ATOLL_COMPILE_COMPILE_H

#include "objects/code.h"
#include "objects/object.h"
#include "parse/ast.h"
#include "parse/syntax_error.h"

typedef enum CompileMode {
    COMPILE_EXEC,       /* a module */
    COMPILE_EVAL,       /* one expression; the code returns it */
    COMPILE_SINGLE,     /* one interactive statement; expression statements are shown */
    COMPILE_EXEC_VALUE, /* a module; when its last statement is an expression, the code returns that value */
    COMPILE_FUNCTION_TYPE, /* a function's type comment: a tree only */
} CompileMode;

/* CPython's numbers (as compile()'s flags argument has them); those of __future__ features are also bits of
 * co_flags. */
typedef enum CompileFlags {
    COMPILE_FLAGS_NONE = 0,
    COMPILE_SOURCE_IS_STR = 0x100, /* no encoding cookie, no BOM */
    COMPILE_DONT_IMPLY_DEDENT = 0x200,
    COMPILE_ONLY_AST = 0x400, /* builtins.compile's own business; ignored here */
    COMPILE_TYPE_COMMENTS = 0x1000,
    COMPILE_TOP_LEVEL_AWAIT = 0x2000,
    COMPILE_ALLOW_INCOMPLETE = 0x4000,
    COMPILE_FROM_FILE =
        0x8000, /* ours: the source is filename's text, so the compiler's errors show their line too */
    COMPILE_SCRIPT = 0x10000, /* ours: the file that the process runs */
    COMPILE_FUTURE_DIVISION = 0x20000,
    COMPILE_FUTURE_ABSOLUTE_IMPORT = 0x40000,
    COMPILE_FUTURE_WITH_STATEMENT = 0x80000,
    COMPILE_FUTURE_PRINT_FUNCTION = 0x100000,
    COMPILE_FUTURE_UNICODE_LITERALS = 0x200000,
    COMPILE_FUTURE_BARRY_AS_BDFL = 0x400000,
    COMPILE_FUTURE_GENERATOR_STOP = 0x800000,
    COMPILE_FUTURE_ANNOTATIONS = 0x1000000,
    COMPILE_FUTURE_MASK = 0x1FE0000,
    COMPILE_KNOWN_MASK =
        COMPILE_FUTURE_MASK | 0x10 /* nested_scopes */ | 0x7700, /* of compile()'s argument */
} CompileFlags;

/* Compiles source (UTF-8, or bytes with a cookie unless COMPILE_SOURCE_IS_STR) of n bytes. filename: str.
 * optimize: 0 as written, 1 without assert and __debug__, 2 without docstrings too. future_flags: features
 * that the calling code has on (0 for dont_inherit). New Code; NULL raised: SyntaxError with its attributes,
 * ValueError (NUL), RecursionError, MemoryError. Warnings are shown. */
Value compile_source(const char *source, size_t n, Value filename, CompileMode mode, uint32_t flags,
                     int optimize, uint32_t future_flags);

/* The tree of a source of Python 3.`version` (PARSE_NEWEST: all there is), in bump; NULL raised, as compile_source does. *err is for compile_parsed. */
AstMod *compile_parse(const char *source, size_t n, Value filename, CompileMode mode, uint32_t flags,
                      int version, Bump *bump, SyntaxErrorInfo *err);

/* Compiles a tree as compile_ast does, and shows the warnings collected in *err. */
Code *compile_parsed(AstMod *mod, Value filename, CompileMode mode, uint32_t flags, int optimize, Bump *bump,
                     SyntaxErrorInfo *err);

/* Compiles a tree. `err` must have been initialised, by parse_source that made the tree or by
 * syntax_error_init: it gives errors their text. The tree is changed (folded). New; NULL raised. */
Code *compile_ast(AstMod *mod, Value filename, CompileMode mode, uint32_t flags, int optimize, Bump *bump,
                  SyntaxErrorInfo *err);

/* The scopes of a tree, in bump, which also holds what *st points to. False raised. */
struct Symtable;
bool compile_symtable(AstMod *mod, Value filename, uint32_t flags, Bump *bump, SyntaxErrorInfo *err,
                      struct Symtable *st);

/* Gives a compiled code and those within it the text that was parsed (err->source), if any is within it. 0,
 * -1 raised. */
int code_keep_source(Code *code, const SyntaxErrorInfo *err);
/* The same of a text (NULL: none is known). */
void code_keep_text(Code *code, Value text);

/* Makes the exception that a parser's or compiler's error describes pending (nothing when one is already).
 * Always NULL. */
Value compile_raise(const SyntaxErrorInfo *err, Value filename);
/* Shows the collected warnings; 0, -1 raised (a SyntaxError where a filter made a SyntaxWarning an error). */
int compile_show_warnings(const SyntaxErrorInfo *err, Value filename);

/* Bump memory taken from the interpreter's heap. */
BumpAllocator compile_allocator(void);

#endif
