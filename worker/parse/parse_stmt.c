/* Statements: the simple ones, one after another on a line, and the compound ones with their blocks. */
#include "parse/parser.h"

/* --- assignments and expression statements --- */

static AstStmt *parse_annotated(Parser *p, Start start, AstExpr *target) {
    bool simple = target->kind == EXPR_NAME && !target->parenthesized;
    if (!target_is_single(target) || !target_set(p, target, CONTEXT_STORE)) return NULL;
    advance(p);
    AstExpr *annotation = parse_expression(p);
    if (!annotation) return NULL;
    AstExpr *value = NULL;
    if (accept(p, TOKEN_EQUAL) && !(value = parse_yield_or_star_expressions(p))) return NULL;
    if (!parser_needs(p, 6, "Variable annotation syntax is")) return NULL;
    return NEW_STMT(p, start, ANN_ASSIGN, AnnAssign, target, annotation, value, simple);
}

static AstStmt *parse_augmented(Parser *p, Start start, AstExpr *target) {
    static const uint8_t operators[] = {
        OPERATOR_ADD,     OPERATOR_SUB,     OPERATOR_MULT,      OPERATOR_MAT_MULT, OPERATOR_DIV,
        OPERATOR_MOD,     OPERATOR_POW,     OPERATOR_LSHIFT,    OPERATOR_RSHIFT,   OPERATOR_BIT_OR,
        OPERATOR_BIT_XOR, OPERATOR_BIT_AND, OPERATOR_FLOOR_DIV,
    };
    if (!target_is_single(target) || !target_set(p, target, CONTEXT_STORE)) return NULL;
    AstOperator op = (AstOperator)operators[kind(p) - TOKEN_FIRST_AUGMENTED];
    advance(p);
    if (op == OPERATOR_MAT_MULT && !parser_needs(p, 5, "The '@' operator is")) return NULL;
    AstExpr *value = parse_yield_or_star_expressions(p);
    return value ? NEW_STMT(p, start, AUG_ASSIGN, AugAssign, target, op, value) : NULL;
}

/* a = b = value, at the first '='. */
static AstStmt *parse_assign(Parser *p, Start start, AstExpr *first) {
    size_t mark = stack_mark(p);
    AstExpr *value = first;
    while (at(p, TOKEN_EQUAL)) {
        if (value->kind == EXPR_YIELD || value->kind == EXPR_YIELD_FROM) return NULL;
        if (!target_set(p, value, CONTEXT_STORE) || !parser_push(p, value)) return NULL;
        advance(p);
        value = parse_yield_or_star_expressions(p);
        if (!value) return NULL;
    }
    AstExprSeq targets;
    if (!TAKE(p, mark, &targets)) return NULL;
    const AstName *type_comment = parse_type_comment(p);
    return NEW_STMT(p, start, ASSIGN, Assign, targets, value, type_comment);
}

static AstStmt *parse_expression_statement(Parser *p) {
    Start start = start_here(p);
    AstExpr *expr = parse_star_expressions(p);
    if (!expr) return NULL;
    if (at(p, TOKEN_EQUAL)) return parse_assign(p, start, expr);
    if (at(p, TOKEN_COLON)) return parse_annotated(p, start, expr);
    if (kind(p) >= TOKEN_FIRST_AUGMENTED && kind(p) <= TOKEN_LAST_AUGMENTED)
        return parse_augmented(p, start, expr);
    return NEW_STMT(p, start, EXPR, Expr, expr);
}

/* type X[T] = value */
static AstStmt *parse_type_alias(Parser *p) {
    Start start = start_here(p);
    advance(p);
    Start name_start = start_here(p);
    const AstName *id = parse_name(p);
    AstExpr *name = id ? NEW_EXPR(p, name_start, NAME, Name, id, CONTEXT_STORE) : NULL;
    AstTypeParamSeq params;
    if (!name || !parse_type_params(p, &params) || !accept(p, TOKEN_EQUAL)) return NULL;
    AstExpr *value = parse_expression(p);
    return value ? NEW_STMT(p, start, TYPE_ALIAS, TypeAlias, name, params, value) : NULL;
}

/* --- statements with a keyword --- */

static AstStmt *parse_return(Parser *p) {
    Start start = start_here(p);
    advance(p);
    AstExpr *value = NULL;
    if (starts_expression(kind(p)) && !(value = parse_star_expressions(p))) return NULL;
    return NEW_STMT(p, start, RETURN, Return, value);
}

static AstStmt *parse_raise(Parser *p) {
    Start start = start_here(p);
    advance(p);
    AstExpr *exc = NULL, *cause = NULL;
    if (starts_expression(kind(p)) && !(exc = parse_expression(p))) return NULL;
    if (exc && accept(p, TOKEN_FROM) && !(cause = parse_expression(p))) return NULL;
    return NEW_STMT(p, start, RAISE, Raise, exc, cause);
}

static AstStmt *parse_assert(Parser *p) {
    Start start = start_here(p);
    advance(p);
    AstExpr *test = parse_expression(p), *message = NULL;
    if (!test || (accept(p, TOKEN_COMMA) && !(message = parse_expression(p)))) return NULL;
    return NEW_STMT(p, start, ASSERT, Assert, test, message);
}

static AstStmt *parse_del(Parser *p) {
    Start start = start_here(p);
    advance(p);
    AstExprSeq targets;
    if (!parse_del_targets(p, &targets)) return NULL;
    return at(p, TOKEN_NEWLINE) || at(p, TOKEN_SEMI) ? NEW_STMT(p, start, DELETE, Delete, targets) : NULL;
}

static bool parse_names(Parser *p, AstNameSeq *names) {
    size_t mark = stack_mark(p);
    do {
        const AstName *name = parse_name(p);
        if (!name || !parser_push(p, (void *)(uintptr_t)name)) return false;
    } while (accept(p, TOKEN_COMMA));
    return TAKE(p, mark, names);
}

static AstStmt *parse_scope(Parser *p, bool global) {
    Start start = start_here(p);
    advance(p);
    AstNameSeq names;
    if (!parse_names(p, &names)) return NULL;
    return global ? NEW_STMT(p, start, GLOBAL, Global, names) : NEW_STMT(p, start, NONLOCAL, Nonlocal, names);
}

/* --- imports --- */

/* a.b.c as one name. */
static const AstName *parse_dotted_name(Parser *p) {
    const AstName *first = parse_name(p);
    if (!first || !at(p, TOKEN_DOT)) return first;
    size_t mark = p->ctx->text.count;
    const AstName *piece = first;
    for (;;) {
        if (!vector_reserve(&p->ctx->text, piece->length + 1)) return syntax_error_memory(p->ctx->err), NULL;
        memcpy(p->ctx->text.items + p->ctx->text.count, piece->utf8, piece->length);
        p->ctx->text.count += piece->length;
        if (!accept(p, TOKEN_DOT)) break;
        p->ctx->text.items[p->ctx->text.count++] = '.';
        piece = parse_name(p);
        if (!piece) return NULL;
    }
    const AstName *name =
        ast_name_intern(p->ctx->names, p->ctx->text.items + mark, p->ctx->text.count - mark);
    p->ctx->text.count = mark;
    if (!name) syntax_error_memory(p->ctx->err);
    return name;
}

static AstAlias *new_alias(Parser *p, Start start, const AstName *name, const AstName *asname) {
    AstAlias *made = parser_alloc(p, sizeof *made);
    if (!made) return NULL;
    made->pos = pos_from(p, start);
    made->name = name;
    made->asname = asname;
    return made;
}

/* name [as asname], pushed. */
static bool push_alias(Parser *p, const AstName *(*parse)(Parser *)) {
    Start start = start_here(p);
    const AstName *name = parse(p), *asname = NULL;
    if (!name || (accept(p, TOKEN_AS) && !(asname = parse_name(p)))) return false;
    AstAlias *alias = new_alias(p, start, name, asname);
    return alias && parser_push(p, alias);
}

static AstStmt *parse_import(Parser *p) {
    Start start = start_here(p);
    advance(p);
    size_t mark = stack_mark(p);
    AstAliasSeq names;
    do {
        if (!push_alias(p, parse_dotted_name)) return NULL;
    } while (accept(p, TOKEN_COMMA));
    return TAKE(p, mark, &names) ? NEW_STMT(p, start, IMPORT, Import, names) : NULL;
}

/* What stands behind `import` in a from-import. */
static bool parse_import_targets(Parser *p, AstAliasSeq *names) {
    size_t mark = stack_mark(p);
    Start start = start_here(p);
    if (accept(p, TOKEN_STAR)) {
        const AstName *star = ast_name_intern(p->ctx->names, "*", 1);
        if (!star) return syntax_error_memory(p->ctx->err);
        AstAlias *alias = new_alias(p, start, star, NULL);
        return alias && parser_push(p, alias) && TAKE(p, mark, names);
    }
    bool open = accept(p, TOKEN_LPAR);
    do {
        if (!push_alias(p, parse_name)) return false;
    } while (accept(p, TOKEN_COMMA) && !(open && at(p, TOKEN_RPAR)));
    return (!open || accept(p, TOKEN_RPAR)) && TAKE(p, mark, names);
}

static AstStmt *parse_from_import(Parser *p) {
    Start start = start_here(p);
    advance(p);
    int32_t level = 0;
    for (; at(p, TOKEN_DOT) || at(p, TOKEN_ELLIPSIS); advance(p)) level += at(p, TOKEN_DOT) ? 1 : 3;
    const AstName *module = NULL;
    if ((!level || !at(p, TOKEN_IMPORT)) && !(module = parse_dotted_name(p))) return NULL;
    AstAliasSeq names;
    if (!accept(p, TOKEN_IMPORT) || !parse_import_targets(p, &names)) return NULL;
    return NEW_STMT(p, start, IMPORT_FROM, ImportFrom, module, names, level);
}

/* --- simple statements --- */

#define KEYWORD_STMT(KIND, Name)                                                                             \
    ({                                                                                                       \
        Start start_ = start_here(p);                                                                        \
        advance(p);                                                                                          \
        NEW_STMT(p, start_, KIND, Name);                                                                     \
    })

static AstStmt *parse_yield_statement(Parser *p) {
    Start start = start_here(p);
    AstExpr *value = parse_yield(p);
    return value ? NEW_STMT(p, start, EXPR, Expr, value) : NULL;
}

static bool at_type_alias(Parser *p) { return at_soft(p, "type", 4) && next_kind(p) == TOKEN_NAME; }

static AstStmt *parse_simple(Parser *p) {
    switch (kind(p)) {
    case TOKEN_NAME: return at_type_alias(p) ? parse_type_alias(p) : parse_expression_statement(p);
    case TOKEN_RETURN: return parse_return(p);
    case TOKEN_IMPORT: return parse_import(p);
    case TOKEN_FROM: return parse_from_import(p);
    case TOKEN_RAISE: return parse_raise(p);
    case TOKEN_PASS: return KEYWORD_STMT(PASS, Pass);
    case TOKEN_BREAK: return KEYWORD_STMT(BREAK, Break);
    case TOKEN_CONTINUE: return KEYWORD_STMT(CONTINUE, Continue);
    case TOKEN_DEL: return parse_del(p);
    case TOKEN_YIELD: return parse_yield_statement(p);
    case TOKEN_ASSERT: return parse_assert(p);
    case TOKEN_GLOBAL: return parse_scope(p, true);
    case TOKEN_NONLOCAL: return parse_scope(p, false);
    default: return parse_expression_statement(p);
    }
}

bool parse_simple_statements(Parser *p) {
    do {
        AstStmt *stmt = parse_simple(p);
        if (!stmt || !parser_push(p, stmt)) return false;
    } while (accept(p, TOKEN_SEMI) && !at(p, TOKEN_NEWLINE));
    if (!at(p, TOKEN_NEWLINE)) return false;
    skip(p);
    return true;
}

/* --- blocks --- */

static bool parse_indented(Parser *p) {
    skip(p);
    if (!at(p, TOKEN_INDENT)) return false;
    skip(p);
    do {
        if (!parse_statement(p)) return false;
    } while (!at(p, TOKEN_DEDENT) && !at(p, TOKEN_END_MARKER));
    if (!at(p, TOKEN_DEDENT)) return false;
    skip(p);
    return true;
}

bool parse_block(Parser *p, AstStmtSeq *body) {
    size_t mark = stack_mark(p);
    if (!parser_enter(p, 4)) return false;
    bool parsed = at(p, TOKEN_NEWLINE) ? parse_indented(p) : parse_simple_statements(p);
    parser_leave(p, 4);
    return parsed && TAKE(p, mark, body);
}

/* ':' and a block. */
static bool parse_suite(Parser *p, AstStmtSeq *body) {
    return accept(p, TOKEN_COLON) && parse_block(p, body);
}

/* ':', a type comment, and a block. */
static bool parse_commented_suite(Parser *p, AstStmtSeq *body, const AstName **type_comment) {
    if (!accept(p, TOKEN_COLON)) return false;
    *type_comment = parse_type_comment(p);
    return parse_block(p, body);
}

/* The same of a function, whose type comment may stand alone on its next line. */
static bool parse_function_suite(Parser *p, AstStmtSeq *body, const AstName **type_comment) {
    if (!accept(p, TOKEN_COLON)) return false;
    bool next_line = at(p, TOKEN_NEWLINE) && next_kind(p) == TOKEN_TYPE_COMMENT;
    if (next_line) skip(p);
    *type_comment = parse_type_comment(p);
    return (!next_line || (at(p, TOKEN_NEWLINE) && next_kind(p) == TOKEN_INDENT)) && parse_block(p, body);
}

/* [else: block] or whichever keyword; leaves *body empty when there is none. */
static bool parse_optional_suite(Parser *p, TokenKind keyword, AstStmtSeq *body) {
    *body = (AstStmtSeq){NULL, 0};
    return !accept(p, keyword) || parse_suite(p, body);
}

/* --- if, while, for --- */

/* The whole chain of elifs, in a loop: each is the only statement of the one before's else. */
static AstStmt *parse_if(Parser *p) {
    size_t mark = stack_mark(p);
    do {
        Start start = start_here(p);
        advance(p);
        AstExpr *test = parse_named_expression(p);
        AstStmtSeq body, none = {NULL, 0};
        if (!test || !parse_suite(p, &body)) return NULL;
        AstStmt *made = NEW_STMT(p, start, IF, If, test, body, none);
        if (!made || !parser_push(p, made)) return NULL;
    } while (at(p, TOKEN_ELIF));
    AstStmt *last = vector_last(&p->ctx->stack);
    if (!parse_optional_suite(p, TOKEN_ELSE, &last->If.orelse)) return NULL;
    for (;;) {
        AstStmt *made = vector_pop(&p->ctx->stack);
        made->end_lineno = p->last_end.lineno;
        made->end_col_offset = p->last_end.col;
        if (stack_mark(p) == mark) return made;
        AstStmt **only = parser_alloc(p, sizeof *only);
        if (!only) return NULL;
        *only = made;
        AstStmt *outer = vector_last(&p->ctx->stack);
        outer->If.orelse = (AstStmtSeq){only, 1};
    }
}

static AstStmt *parse_while(Parser *p) {
    Start start = start_here(p);
    advance(p);
    AstExpr *test = parse_named_expression(p);
    AstStmtSeq body, orelse;
    if (!test || !parse_suite(p, &body) || !parse_optional_suite(p, TOKEN_ELSE, &orelse)) return NULL;
    return NEW_STMT(p, start, WHILE, While, test, body, orelse);
}

static AstStmt *parse_for(Parser *p, Start start, bool is_async) {
    advance(p);
    AstExpr *target = parse_for_targets(p);
    if (!target || !accept(p, TOKEN_IN)) return NULL;
    AstExpr *iter = parse_star_expressions(p);
    AstStmtSeq body, orelse;
    const AstName *comment;
    if (!iter || !parse_commented_suite(p, &body, &comment) || !parse_optional_suite(p, TOKEN_ELSE, &orelse))
        return NULL;
    if (!is_async) return NEW_STMT(p, start, FOR, For, target, iter, body, orelse, comment);
    if (!parser_needs(p, 5, "Async for loops are")) return NULL;
    return NEW_STMT(p, start, ASYNC_FOR, AsyncFor, target, iter, body, orelse, comment);
}

/* --- with --- */

static bool at_with_item_end(Parser *p) {
    return at(p, TOKEN_COMMA) || at(p, TOKEN_RPAR) || at(p, TOKEN_COLON);
}

static bool push_with_item(Parser *p) {
    AstWithitem *item = parser_alloc(p, sizeof *item);
    if (!item) return false;
    item->context_expr = parse_expression(p);
    item->optional_vars = NULL;
    if (!item->context_expr) return false;
    if (accept(p, TOKEN_AS)) {
        item->optional_vars = parse_with_target(p);
        if (!item->optional_vars || !at_with_item_end(p)) return false;
    }
    return parser_push(p, item);
}

/* '(' items [','] ')' ':'  -- fails softly, since the parenthesis may belong to an expression. */
static bool parse_parenthesized_items(Parser *p) {
    advance(p);
    do {
        if (!push_with_item(p)) return false;
    } while (accept(p, TOKEN_COMMA) && !at(p, TOKEN_RPAR));
    return accept(p, TOKEN_RPAR) && at(p, TOKEN_COLON);
}

static bool parse_with_items(Parser *p, AstWithitemSeq *items, bool *parenthesized) {
    size_t mark = stack_mark(p);
    *parenthesized = false;
    if (at(p, TOKEN_LPAR)) {
        ParserMark place = parser_mark(p);
        *parenthesized = parse_parenthesized_items(p);
        if (*parenthesized) return TAKE(p, mark, items);
        if (p->ctx->err->kind != SYNTAX_OK) return false;
        parser_reset(p, place);
    }
    do {
        if (!push_with_item(p)) return false;
    } while (accept(p, TOKEN_COMMA));
    return TAKE(p, mark, items);
}

static AstStmt *parse_with(Parser *p, Start start, bool is_async) {
    advance(p);
    AstWithitemSeq items;
    AstStmtSeq body;
    const AstName *comment = NULL;
    bool parenthesized;
    if (!parse_with_items(p, &items, &parenthesized)) return NULL;
    bool suite = parenthesized ? parse_suite(p, &body) : parse_commented_suite(p, &body, &comment);
    if (!suite || (parenthesized && !parser_needs(p, 9, "Parenthesized context managers are"))) return NULL;
    if (!is_async) return NEW_STMT(p, start, WITH, With, items, body, comment);
    if (!parser_needs(p, 5, "Async with statements are")) return NULL;
    return NEW_STMT(p, start, ASYNC_WITH, AsyncWith, items, body, comment);
}

/* --- try --- */

static AstExceptHandler *parse_handler(Parser *p, bool star) {
    Start start = start_here(p);
    advance(p);
    if (accept(p, TOKEN_STAR) != star) return NULL;
    AstExceptHandler *made = parser_alloc(p, sizeof *made);
    if (!made) return NULL;
    made->type = NULL;
    made->name = NULL;
    if (star || !at(p, TOKEN_COLON)) {
        made->type = parse_expression(p);
        if (!made->type || (accept(p, TOKEN_AS) && !(made->name = parse_name(p)))) return NULL;
    }
    if (!parse_suite(p, &made->body)) return NULL;
    made->pos = pos_from(p, start);
    return made;
}

static bool parse_handlers(Parser *p, AstExceptHandlerSeq *handlers, bool star) {
    size_t mark = stack_mark(p);
    while (at(p, TOKEN_EXCEPT)) {
        AstExceptHandler *handler = parse_handler(p, star);
        if (!handler || !parser_push(p, handler)) return false;
    }
    return TAKE(p, mark, handlers);
}

static AstStmt *parse_try(Parser *p) {
    Start start = start_here(p);
    advance(p);
    AstStmtSeq body, orelse = {NULL, 0}, finalbody;
    if (!parse_suite(p, &body)) return NULL;
    bool star = at(p, TOKEN_EXCEPT) && next_kind(p) == TOKEN_STAR;
    AstExceptHandlerSeq handlers;
    if (!parse_handlers(p, &handlers, star)) return NULL;
    if (handlers.count && !parse_optional_suite(p, TOKEN_ELSE, &orelse)) return NULL;
    if (!parse_optional_suite(p, TOKEN_FINALLY, &finalbody)) return NULL;
    if (!handlers.count && !finalbody.count) return NULL;
    if (star && !parser_needs(p, 11, "Exception groups are")) return NULL;
    return star ? NEW_STMT(p, start, TRY_STAR, TryStar, body, handlers, orelse, finalbody)
                : NEW_STMT(p, start, TRY, Try, body, handlers, orelse, finalbody);
}

/* --- functions, classes, decorators --- */

static AstStmt *parse_function(Parser *p, Start start, bool is_async, AstExprSeq decorators) {
    advance(p);
    const AstName *name = parse_name(p);
    AstTypeParamSeq type_params;
    if (!name || !parse_type_params(p, &type_params) || !accept(p, TOKEN_LPAR)) return NULL;
    AstArguments *args = parse_parameters(p, TOKEN_RPAR);
    if (!args || !accept(p, TOKEN_RPAR)) return NULL;
    AstExpr *returns = NULL;
    AstStmtSeq body;
    if (accept(p, TOKEN_ARROW) && !(returns = parse_expression(p))) return NULL;
    const AstName *comment;
    if (!parse_function_suite(p, &body, &comment)) return NULL;
    if (!is_async)
        return NEW_STMT(p, start, FUNCTION_DEF, FunctionDef, name, args, body, decorators, returns, comment,
                        type_params);
    if (!parser_needs(p, 5, "Async functions are")) return NULL;
    return NEW_STMT(p, start, ASYNC_FUNCTION_DEF, AsyncFunctionDef, name, args, body, decorators, returns,
                    comment, type_params);
}

static AstStmt *parse_class(Parser *p, AstExprSeq decorators) {
    Start start = start_here(p);
    advance(p);
    const AstName *name = parse_name(p);
    AstTypeParamSeq type_params;
    if (!name || !parse_type_params(p, &type_params)) return NULL;
    AstExprSeq bases = {NULL, 0};
    AstKeywordSeq keywords = {NULL, 0};
    AstStmtSeq body;
    if (accept(p, TOKEN_LPAR) && (!parse_arguments(p, &bases, &keywords) || !accept(p, TOKEN_RPAR)))
        return NULL;
    if (!parse_suite(p, &body)) return NULL;
    return NEW_STMT(p, start, CLASS_DEF, ClassDef, name, bases, keywords, body, decorators, type_params);
}

static AstStmt *parse_async(Parser *p, AstExprSeq decorators, bool decorated) {
    Start start = start_here(p);
    TokenKind next = next_kind(p);
    if (next == TOKEN_DEF) return advance(p), parse_function(p, start, true, decorators);
    if (decorated) return NULL;
    if (next == TOKEN_FOR) return advance(p), parse_for(p, start, true);
    if (next == TOKEN_WITH) return advance(p), parse_with(p, start, true);
    return NULL;
}

static AstStmt *parse_decorated(Parser *p) {
    size_t mark = stack_mark(p);
    while (accept(p, TOKEN_AT)) {
        AstExpr *decorator = parse_named_expression(p);
        if (!decorator || !at(p, TOKEN_NEWLINE) || !parser_push(p, decorator)) return NULL;
        skip(p);
    }
    AstExprSeq decorators;
    if (!TAKE(p, mark, &decorators)) return NULL;
    switch (kind(p)) {
    case TOKEN_DEF: return parse_function(p, start_here(p), false, decorators);
    case TOKEN_CLASS: return parse_class(p, decorators);
    case TOKEN_ASYNC: return parse_async(p, decorators, true);
    default: return NULL;
    }
}

/* --- match --- */

static AstExpr *parse_subject(Parser *p) {
    Start start = start_here(p);
    bool starred = at(p, TOKEN_STAR);
    AstExpr *first = parse_star_named_expression(p);
    if (!first || (!at(p, TOKEN_COMMA) && !starred)) return first;
    if (!at(p, TOKEN_COMMA)) return NULL;
    size_t mark = stack_mark(p);
    if (!parser_push(p, first)) return NULL;
    while (accept(p, TOKEN_COMMA) && starts_expression(kind(p))) {
        AstExpr *item = parse_star_named_expression(p);
        if (!item || !parser_push(p, item)) return NULL;
    }
    AstExprSeq elts;
    if (!TAKE(p, mark, &elts)) return NULL;
    return NEW_EXPR(p, start, TUPLE, Tuple, elts, CONTEXT_LOAD);
}

static AstMatchCase *parse_case(Parser *p) {
    if (!at_soft(p, "case", 4)) return NULL;
    advance(p);
    AstMatchCase *made = parser_alloc(p, sizeof *made);
    if (!made) return NULL;
    made->guard = NULL;
    made->pattern = parse_case_patterns(p);
    if (!made->pattern || (accept(p, TOKEN_IF) && !(made->guard = parse_named_expression(p)))) return NULL;
    return parse_suite(p, &made->body) ? made : NULL;
}

static AstStmt *parse_cases(Parser *p, Start start, AstExpr *subject) {
    skip(p);
    if (!at(p, TOKEN_INDENT)) return NULL;
    skip(p);
    size_t mark = stack_mark(p);
    do {
        AstMatchCase *made = parse_case(p);
        if (!made || !parser_push(p, made)) return NULL;
    } while (!at(p, TOKEN_DEDENT));
    skip(p);
    AstMatchCaseSeq cases;
    return TAKE(p, mark, &cases) && parser_needs(p, 10, "Pattern matching is")
               ? NEW_STMT(p, start, MATCH, Match, subject, cases)
               : NULL;
}

/* `match` is a name like any other unless a subject, ':' and the line's end follow. */
static AstStmt *parse_match(Parser *p, bool *is_match) {
    *is_match = false;
    if (!starts_expression(next_kind(p))) return NULL;
    ParserMark place = parser_mark(p);
    Start start = start_here(p);
    advance(p);
    AstExpr *subject = parse_subject(p);
    *is_match =
        (subject && at(p, TOKEN_COLON) && next_kind(p) == TOKEN_NEWLINE) || p->ctx->err->kind != SYNTAX_OK;
    if (!*is_match) return parser_reset(p, place), NULL;
    advance(p);
    return parse_cases(p, start, subject);
}

/* --- any statement --- */

AstStmt *parse_compound(Parser *p, bool *is_compound) {
    AstExprSeq none = {NULL, 0};
    *is_compound = true;
    switch (kind(p)) {
    case TOKEN_DEF: return parse_function(p, start_here(p), false, none);
    case TOKEN_AT: return parse_decorated(p);
    case TOKEN_ASYNC: return parse_async(p, none, false);
    case TOKEN_IF: return parse_if(p);
    case TOKEN_CLASS: return parse_class(p, none);
    case TOKEN_WITH: return parse_with(p, start_here(p), false);
    case TOKEN_FOR: return parse_for(p, start_here(p), false);
    case TOKEN_TRY: return parse_try(p);
    case TOKEN_WHILE: return parse_while(p);
    case TOKEN_NAME:
        if (at_soft(p, "match", 5)) return parse_match(p, is_compound);
        break;
    default: break;
    }
    *is_compound = false;
    return NULL;
}

bool parse_statement(Parser *p) {
    bool is_compound;
    AstStmt *compound = parse_compound(p, &is_compound);
    if (compound) return parser_push(p, compound);
    if (is_compound || p->ctx->err->kind != SYNTAX_OK) return false;
    return parse_simple_statements(p);
}
