/*
 * symtable: which scope each name of a module belongs to.
 *
 * Idea. One walk over the tree makes a Scope for the module and for each class, function, lambda,
 * comprehension and type parameter list, with a Symbol for each name that the scope mentions and flags for
 * how. A second walk, over the scopes, decides for each symbol where its value lives (SymbolScope): a name
 * that an enclosing function binds makes a cell there and a free variable here and in every scope between.
 * Names are the mangled ones.
 *
 * Everything lives in the Bump given; nothing is to be freed.
 */
#ifndef ATOLL_COMPILE_SYMTABLE_H
#define ATOLL_COMPILE_SYMTABLE_H

#include "compile/depth.h"
#include "compile/name_map.h"
#include "parse/ast.h"
#include "parse/syntax_error.h"

typedef enum ScopeKind {
    SCOPE_MODULE,
    SCOPE_CLASS,
    SCOPE_FUNCTION,       /* function, lambda, comprehension */
    SCOPE_ANNOTATION,     /* of a deferred annotation: its names do not count */
    SCOPE_TYPE_PARAMS,    /* around a generic function, class or alias */
    SCOPE_TYPE_VAR_BOUND, /* the bound of a type variable: evaluated when asked for */
    SCOPE_TYPE_ALIAS,     /* the value of a `type` statement: evaluated when asked for */
} ScopeKind;

typedef enum ComprehensionKind {
    NO_COMPREHENSION,
    LIST_COMPREHENSION,
    SET_COMPREHENSION,
    DICT_COMPREHENSION,
    GENERATOR_EXPRESSION
} ComprehensionKind;

enum SymbolFlags {
    SYMBOL_GLOBAL = 1, /* global statement */
    SYMBOL_LOCAL = 2,  /* assigned */
    SYMBOL_PARAM = 4,
    SYMBOL_NONLOCAL = 8, /* nonlocal statement */
    SYMBOL_USE = 16,
    SYMBOL_FREE_CLASS = 32, /* bound in this class, and free for a method below */
    SYMBOL_IMPORT = 64,
    SYMBOL_ANNOTATED = 128,
    SYMBOL_COMP_ITER = 256, /* target of a comprehension's `for` */
    SYMBOL_TYPE_PARAM = 512,
    SYMBOL_DELETED = 1024, /* by `del` or the end of an except block, besides being LOCAL */
    SYMBOL_BOUND = SYMBOL_LOCAL | SYMBOL_PARAM | SYMBOL_IMPORT | SYMBOL_TYPE_PARAM,
};

typedef enum SymbolScope {
    NOT_RESOLVED, /* a name the scope never mentions */
    LOCAL,
    GLOBAL_EXPLICIT,
    GLOBAL_IMPLICIT,
    FREE,
    CELL
} SymbolScope;

typedef struct Symbol {
    const AstName *name;
    uint16_t flags;
    uint8_t scope; /* SymbolScope */
    int32_t slot;  /* for the compiler: number among the locals, cells or free variables; -1 */
} Symbol;

typedef struct Directive { /* a global or nonlocal statement, for errors found later */
    struct Directive *next;
    const AstName *name;
    AstPos pos;
} Directive;

typedef struct Scope {
    ScopeKind kind;
    ComprehensionKind comprehension;
    const AstName *name;
    const void *key;                                        /* the node that made it */
    struct Scope *parent, *first_child, *last_child, *next; /* next: sibling */
    NameMap map;
    Symbol **symbols; /* by number in map */
    uint32_t symbol_capacity;
    Directive *directives, **directives_tail;
    AstPos pos;
    uint32_t iterable_depth; /* inside how many comprehension iterables */
    bool nested;             /* inside a function */
    bool generator, coroutine;
    bool varargs, varkeywords;
    bool in_comp_target;
    bool needs_class_closure; /* class: a method refers to __class__ */
    bool needs_class_dict;    /* class: an annotation scope below reads its namespace */
    bool can_see_class;       /* annotation scope directly in a class */
} Scope;

typedef struct Symtable {
    Bump *bump;
    AstNames *names;
    SyntaxErrorInfo *err;
    Depth *depth;
    Scope *module, *current;
    const AstName *class_name; /* of the innermost class: for mangling; NULL */
    bool future_annotations;
    Scope **by_key; /* open-addressed by the node's address */
    uint32_t key_count, key_mask;
    /* names that the compiler itself knows */
    const AstName *dunder_class, *dunder_class_dict, *super, *dot_zero, *lambda, *module_name, *listcomp,
        *setcomp, *dictcomp, *genexpr, *top, *dot_type_params, *dot_generic_base, *dot_defaults,
        *dot_kwdefaults;
} Symtable;

/* Fills `st` for a whole tree; false with *err set. future_annotations: annotations stay text. */
bool symtable_build(Symtable *st, const AstMod *mod, bool future_annotations, Bump *bump, Depth *depth,
                    SyntaxErrorInfo *err);

/* The scope that a node made; never NULL for a node that makes one. */
Scope *symtable_scope(const Symtable *st, const void *key);

/* The symbol of a mangled name in a scope, or NULL. */
static inline Symbol *scope_symbol(const Scope *scope, const AstName *name) {
    int32_t i = name_map_find(&scope->map, name);
    return i < 0 ? NULL : scope->symbols[i];
}

/* `__x` within class C is `_C__x`; other names are themselves. NULL when memory is out. */
const AstName *symtable_mangle(AstNames *names, Bump *bump, const AstName *class_name, const AstName *name);

/* Scopes with fast locals. */
static inline bool scope_is_function_like(const Scope *s) {
    return s->kind != SCOPE_MODULE && s->kind != SCOPE_CLASS;
}

/* Second walk (symtable_analyze.c). */
bool symtable_analyze(Symtable *st);
/* Adds a symbol with no flags; NULL when memory is out (error set). */
Symbol *scope_add_symbol(Symtable *st, Scope *scope, const AstName *name);

#endif
