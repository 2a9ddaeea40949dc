/* symtable: the second walk: where each name's value lives.
 *
 * A scope's names are resolved before those of the scopes within it, in the order in which they were met, so
 * that the first error is the one that CPython reports. A free name is followed outward to the function that
 * binds it; that symbol becomes a cell, and every scope on the way gets the name as a free one. */
#include "compile/symtable.h"

#define TRY(condition)                                                                                       \
    do {                                                                                                     \
        if (!(condition)) return false;                                                                      \
    } while (0)

static bool fail_at_directive(Symtable *st, const Scope *scope, const AstName *name, const char *format) {
    st->err->plain_args = true;
    for (const Directive *d = scope->directives; d; d = d->next)
        if (d->name == name) {
            /* The formats are this file's own, with one %s or none. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
            return syntax_error_at(st->err, SYNTAX_ERROR, &d->pos, format, name->utf8);
#pragma GCC diagnostic pop
        }
    return syntax_error_at(st->err, SYNTAX_ERROR, &scope->pos, "no directive for '%s'", name->utf8);
}

/* The function-like scope around `scope` that binds `name`, or NULL when it is global. __class__ is bound by
 * a class for its methods; __classdict__ for its annotation scopes. */
static Scope *binding_scope(const Symtable *st, const Scope *scope, const AstName *name) {
    for (Scope *outer = scope->parent; outer; outer = outer->parent) {
        if (outer->kind == SCOPE_CLASS) {
            if (name == st->dunder_class || name == st->dunder_class_dict) return outer;
            continue;
        }
        if (outer->kind == SCOPE_MODULE) return NULL;
        const Symbol *symbol = scope_symbol(outer, name);
        if (!symbol) continue;
        if (symbol->flags & SYMBOL_GLOBAL) return NULL;
        if (symbol->flags & SYMBOL_NONLOCAL) continue;
        if (symbol->flags & SYMBOL_BOUND) return outer;
    }
    return NULL;
}

/* Makes the binder's symbol a cell and passes the name through the scopes between. */
static bool link_free(Symtable *st, Scope *scope, Scope *binder, const AstName *name) {
    for (Scope *between = scope->parent; between != binder; between = between->parent) {
        Symbol *symbol = scope_symbol(between, name);
        if (!symbol) {
            TRY(symbol = scope_add_symbol(st, between, name));
            symbol->scope = FREE;
        } else if (between->kind == SCOPE_CLASS && (symbol->flags & (SYMBOL_BOUND | SYMBOL_GLOBAL))) {
            symbol->flags |= SYMBOL_FREE_CLASS;
        } else {
            symbol->scope = FREE; /* as the class-blind walk outward would find it too */
        }
    }
    if (binder->kind == SCOPE_CLASS) {
        if (name == st->dunder_class) binder->needs_class_closure = true;
        else binder->needs_class_dict = true;
        return true;
    }
    scope_symbol(binder, name)->scope = CELL;
    return true;
}

/* In an annotation scope of a class, a name that the class binds is looked for there at run time and then
 * globally. */
static bool resolve_by_class(const Scope *scope, Symbol *symbol) {
    if (!scope->can_see_class) return false;
    const Scope *cls = scope->parent;
    while (cls && cls->kind != SCOPE_CLASS) cls = cls->parent;
    const Symbol *in_class = cls ? scope_symbol(cls, symbol->name) : NULL;
    if (!in_class) return false;
    if (in_class->flags & SYMBOL_GLOBAL) return symbol->scope = GLOBAL_EXPLICIT, true;
    if ((in_class->flags & SYMBOL_BOUND) && !(in_class->flags & SYMBOL_NONLOCAL))
        return symbol->scope = GLOBAL_IMPLICIT, true;
    return false;
}

static bool resolve(Symtable *st, Scope *scope, Symbol *symbol) {
    const AstName *name = symbol->name;
    if (symbol->flags & SYMBOL_GLOBAL) {
        if (symbol->flags & SYMBOL_NONLOCAL)
            return fail_at_directive(st, scope, name, "name '%s' is nonlocal and global");
        symbol->scope = GLOBAL_EXPLICIT;
        return true;
    }
    if (symbol->flags & SYMBOL_NONLOCAL) {
        if (scope->kind == SCOPE_MODULE)
            return fail_at_directive(st, scope, name, "nonlocal declaration not allowed at module level");
        Scope *binder = binding_scope(st, scope, name);
        if (!binder) return fail_at_directive(st, scope, name, "no binding for nonlocal '%s' found");
        const Symbol *bound = scope_symbol(binder, name);
        if (bound && (bound->flags & SYMBOL_TYPE_PARAM))
            return fail_at_directive(st, scope, name, "nonlocal binding not allowed for type parameter '%s'");
        symbol->scope = FREE;
        return link_free(st, scope, binder, name);
    }
    if (symbol->flags & SYMBOL_BOUND) {
        /* A scope within may have made it a cell already: this scope's own walk comes first, so it cannot
         * have. */
        if (symbol->scope != CELL) symbol->scope = LOCAL;
        return true;
    }
    if (symbol->scope == FREE) return true; /* passed through */
    if (scope->kind == SCOPE_MODULE) return symbol->scope = GLOBAL_IMPLICIT, true;
    if (resolve_by_class(scope, symbol)) return true;
    Scope *binder = binding_scope(st, scope, name);
    symbol->scope = binder ? FREE : GLOBAL_IMPLICIT;
    return !binder || link_free(st, scope, binder, name);
}

/* Scopes in pre-order without recursion: their nesting is the source's. */
static Scope *next_scope(Scope *scope) {
    if (scope->first_child) return scope->first_child;
    while (scope && !scope->next) scope = scope->parent;
    return scope ? scope->next : NULL;
}

bool symtable_analyze(Symtable *st) {
    for (Scope *scope = st->module; scope; scope = next_scope(scope))
        for (uint32_t i = 0; i < scope->map.count; i++) TRY(resolve(st, scope, scope->symbols[i]));
    return true;
}
