/* The patterns of match statements. */
#include "parse/parser.h"

static AstPattern *parse_pattern(Parser *p);
static AstPattern *parse_maybe_star(Parser *p);

static bool is_wildcard(const Parser *p) { return at_soft(p, "_", 1); }

/* --- literals and dotted names, also keys of mappings --- */

static bool is_imaginary(const AstExpr *number) { return number->Constant.value.kind == CONSTANT_IMAGINARY; }

/* [-] number [(+|-) imaginary number] */
static AstExpr *parse_signed_number(Parser *p) {
    Start start = start_here(p);
    bool minus = accept(p, TOKEN_MINUS);
    if (!at(p, TOKEN_NUMBER)) return NULL;
    AstExpr *number = parse_number(p);
    if (!number) return NULL;
    bool real = !is_imaginary(number);
    if (minus) number = NEW_EXPR(p, start, UNARY_OP, UnaryOp, UNARYOP_USUB, number);
    if (!number || (!at(p, TOKEN_PLUS) && !at(p, TOKEN_MINUS))) return number;
    AstOperator op = at(p, TOKEN_PLUS) ? OPERATOR_ADD : OPERATOR_SUB;
    advance(p);
    if (!real || !at(p, TOKEN_NUMBER)) return NULL;
    AstExpr *imaginary = parse_number(p);
    if (!imaginary || !is_imaginary(imaginary)) return NULL;
    return NEW_EXPR(p, start, BIN_OP, BinOp, number, op, imaginary);
}

/* NAME ('.' NAME)* */
static AstExpr *parse_dotted(Parser *p) {
    Start start = start_here(p);
    const AstName *name = parse_name(p);
    AstExpr *expr = name ? NEW_EXPR(p, start, NAME, Name, name, CONTEXT_LOAD) : NULL;
    while (expr && accept(p, TOKEN_DOT)) {
        const AstName *attr = parse_name(p);
        expr = attr ? NEW_EXPR(p, start, ATTRIBUTE, Attribute, expr, attr, CONTEXT_LOAD) : NULL;
    }
    return expr;
}

static bool singleton_kind(TokenKind token, AstConstantKind *constant) {
    switch (token) {
    case TOKEN_NONE: *constant = CONSTANT_NONE; return true;
    case TOKEN_TRUE: *constant = CONSTANT_TRUE; return true;
    case TOKEN_FALSE: *constant = CONSTANT_FALSE; return true;
    default: return false;
    }
}

static AstExpr *parse_mapping_key(Parser *p) {
    Start start = start_here(p);
    AstConstantKind constant;
    if (singleton_kind(kind(p), &constant)) {
        advance(p);
        return NEW_EXPR(p, start, CONSTANT, Constant, {.kind = (uint8_t)constant});
    }
    switch (kind(p)) {
    case TOKEN_NUMBER:
    case TOKEN_MINUS: return parse_signed_number(p);
    case TOKEN_STRING: return parse_strings(p);
    case TOKEN_NAME: return next_kind(p) == TOKEN_DOT ? parse_dotted(p) : NULL;
    default: return NULL;
    }
}

static AstPattern *parse_value(Parser *p, AstExpr *(*parse)(Parser *)) {
    Start start = start_here(p);
    AstExpr *value = parse(p);
    return value ? NEW_PATTERN(p, start, MATCH_VALUE, MatchValue, value) : NULL;
}

static AstPattern *parse_singleton(Parser *p, AstConstantKind constant) {
    Start start = start_here(p);
    advance(p);
    return NEW_PATTERN(p, start, MATCH_SINGLETON, MatchSingleton, {.kind = (uint8_t)constant});
}

/* --- names --- */

/* A name to bind; not `_`, and nothing may follow that makes it a value or a call. */
static const AstName *parse_capture_target(Parser *p) {
    if (!at(p, TOKEN_NAME) || is_wildcard(p)) return NULL;
    const AstName *name = parse_name(p);
    return at(p, TOKEN_DOT) || at(p, TOKEN_LPAR) || at(p, TOKEN_EQUAL) ? NULL : name;
}

static AstPattern *parse_capture(Parser *p) {
    Start start = start_here(p);
    const AstName *name = NULL;
    if (is_wildcard(p)) advance(p);
    else if (!(name = parse_capture_target(p))) return NULL;
    return NEW_PATTERN(p, start, MATCH_AS, MatchAs, NULL, name);
}

static AstPattern *parse_star(Parser *p) {
    Start start = start_here(p);
    advance(p);
    const AstName *name = NULL;
    if (is_wildcard(p)) advance(p);
    else if (!(name = parse_capture_target(p))) return NULL;
    return NEW_PATTERN(p, start, MATCH_STAR, MatchStar, name);
}

/* --- classes --- */

/* The arguments behind '(': patterns, then name=pattern; pushed as pairs pattern, name or NULL. */
static bool push_class_arguments(Parser *p, size_t *positional) {
    bool keywords = false;
    *positional = 0;
    while (!at(p, TOKEN_RPAR)) {
        const AstName *name = NULL;
        if (at(p, TOKEN_NAME) && next_kind(p) == TOKEN_EQUAL) {
            keywords = true;
            if (!(name = parse_name(p))) return false;
            advance(p);
        } else if (keywords) {
            return false;
        } else {
            ++*positional;
        }
        AstPattern *pattern = parse_pattern(p);
        if (!pattern || !parser_push(p, pattern) || !parser_push(p, (void *)(uintptr_t)name)) return false;
        if (!accept(p, TOKEN_COMMA)) break;
    }
    return accept(p, TOKEN_RPAR);
}

static AstPattern *parse_class(Parser *p, Start start, AstExpr *cls) {
    advance(p);
    size_t mark = stack_mark(p), positional;
    if (!push_class_arguments(p, &positional)) return NULL;
    size_t keywords = (stack_mark(p) - mark) / 2 - positional;
    void **pairs = p->ctx->stack.items + mark;
    AstPattern **patterns = positional ? parser_alloc(p, positional * sizeof *patterns) : NULL;
    AstPattern **named = keywords ? parser_alloc(p, keywords * sizeof *named) : NULL;
    const AstName **names = keywords ? parser_alloc(p, keywords * sizeof *names) : NULL;
    if ((positional && !patterns) || (keywords && (!named || !names))) return NULL;
    for (size_t i = 0; i < positional; i++) patterns[i] = pairs[2 * i];
    for (size_t i = 0; i < keywords; i++) {
        named[i] = pairs[2 * (positional + i)];
        names[i] = pairs[2 * (positional + i) + 1];
    }
    p->ctx->stack.count = mark;
    AstPatternSeq pattern_seq = {patterns, (int32_t)positional}, named_seq = {named, (int32_t)keywords};
    AstNameSeq name_seq = {names, (int32_t)keywords};
    return NEW_PATTERN(p, start, MATCH_CLASS, MatchClass, cls, pattern_seq, name_seq, named_seq);
}

/* A name: a capture, a wildcard, a dotted value, or a class with arguments. */
static AstPattern *parse_named(Parser *p) {
    TokenKind next = next_kind(p);
    if (next != TOKEN_DOT && next != TOKEN_LPAR) return parse_capture(p);
    Start start = start_here(p);
    AstExpr *name = parse_dotted(p);
    if (!name) return NULL;
    if (at(p, TOKEN_LPAR)) return parse_class(p, start, name);
    if (at(p, TOKEN_EQUAL)) return NULL;
    return NEW_PATTERN(p, start, MATCH_VALUE, MatchValue, name);
}

/* --- sequences, groups, mappings --- */

/* Pushes patterns separated by commas up to `closer` (not taken). */
static bool push_patterns(Parser *p, TokenKind closer) {
    while (!at(p, closer)) {
        AstPattern *item = parse_maybe_star(p);
        if (!item || !parser_push(p, item)) return false;
        if (!accept(p, TOKEN_COMMA)) break;
    }
    return at(p, closer);
}

static AstPattern *finish_sequence(Parser *p, Start start, size_t mark) {
    AstPatternSeq patterns;
    if (!TAKE(p, mark, &patterns)) return NULL;
    return NEW_PATTERN(p, start, MATCH_SEQUENCE, MatchSequence, patterns);
}

static AstPattern *parse_list(Parser *p) {
    Start start = start_here(p);
    advance(p);
    size_t mark = stack_mark(p);
    if (!push_patterns(p, TOKEN_RSQB)) return NULL;
    advance(p);
    return finish_sequence(p, start, mark);
}

/* '(' pattern ')' is the pattern; with a comma, or empty, it is a sequence. */
static AstPattern *parse_parenthesis(Parser *p) {
    Start start = start_here(p);
    advance(p);
    size_t mark = stack_mark(p);
    if (!at(p, TOKEN_RPAR)) {
        bool starred = at(p, TOKEN_STAR);
        AstPattern *first = parse_maybe_star(p);
        if (!first) return NULL;
        if (!starred && accept(p, TOKEN_RPAR)) return first;
        if (!accept(p, TOKEN_COMMA) || !parser_push(p, first) || !push_patterns(p, TOKEN_RPAR)) return NULL;
    }
    advance(p);
    return finish_sequence(p, start, mark);
}

static AstPattern *finish_mapping(Parser *p, Start start, size_t mark, const AstName *rest) {
    if (!accept(p, TOKEN_RBRACE)) return NULL;
    size_t count = (stack_mark(p) - mark) / 2;
    void **pairs = p->ctx->stack.items + mark;
    AstExpr **keys = count ? parser_alloc(p, count * sizeof *keys) : NULL;
    AstPattern **patterns = count ? parser_alloc(p, count * sizeof *patterns) : NULL;
    if (count && (!keys || !patterns)) return NULL;
    for (size_t i = 0; i < count; i++) {
        keys[i] = pairs[2 * i];
        patterns[i] = pairs[2 * i + 1];
    }
    p->ctx->stack.count = mark;
    AstExprSeq key_seq = {keys, (int32_t)count};
    AstPatternSeq pattern_seq = {patterns, (int32_t)count};
    return NEW_PATTERN(p, start, MATCH_MAPPING, MatchMapping, key_seq, pattern_seq, rest);
}

static AstPattern *parse_mapping(Parser *p) {
    Start start = start_here(p);
    advance(p);
    size_t mark = stack_mark(p);
    const AstName *rest = NULL;
    while (!at(p, TOKEN_RBRACE) && !rest) {
        if (accept(p, TOKEN_DOUBLE_STAR)) {
            if (!(rest = parse_capture_target(p))) return NULL;
        } else {
            AstExpr *key = parse_mapping_key(p);
            if (!key || !accept(p, TOKEN_COLON)) return NULL;
            AstPattern *pattern = parse_pattern(p);
            if (!pattern || !parser_push(p, key) || !parser_push(p, pattern)) return NULL;
        }
        if (!accept(p, TOKEN_COMMA)) break;
    }
    return finish_mapping(p, start, mark, rest);
}

/* --- from the closed pattern up --- */

static AstPattern *parse_closed(Parser *p) {
    AstConstantKind constant;
    if (singleton_kind(kind(p), &constant)) return parse_singleton(p, constant);
    switch (kind(p)) {
    case TOKEN_NUMBER:
    case TOKEN_MINUS: return parse_value(p, parse_signed_number);
    case TOKEN_STRING: return parse_value(p, parse_strings);
    case TOKEN_NAME: return parse_named(p);
    case TOKEN_LPAR: return parse_parenthesis(p);
    case TOKEN_LSQB: return parse_list(p);
    case TOKEN_LBRACE: return parse_mapping(p);
    default: return NULL;
    }
}

static AstPattern *parse_or(Parser *p) {
    Start start = start_here(p);
    AstPattern *first = parse_closed(p);
    if (!first || !at(p, TOKEN_VBAR)) return first;
    size_t mark = stack_mark(p);
    if (!parser_push(p, first)) return NULL;
    while (accept(p, TOKEN_VBAR)) {
        AstPattern *item = parse_closed(p);
        if (!item || !parser_push(p, item)) return NULL;
    }
    AstPatternSeq patterns;
    return TAKE(p, mark, &patterns) ? NEW_PATTERN(p, start, MATCH_OR, MatchOr, patterns) : NULL;
}

static AstPattern *parse_pattern(Parser *p) {
    if (!parser_enter(p, 4)) return NULL;
    Start start = start_here(p);
    AstPattern *pattern = parse_or(p);
    parser_leave(p, 4);
    if (!pattern || !accept(p, TOKEN_AS)) return pattern;
    const AstName *name = parse_capture_target(p);
    return name ? NEW_PATTERN(p, start, MATCH_AS, MatchAs, pattern, name) : NULL;
}

static AstPattern *parse_maybe_star(Parser *p) {
    return at(p, TOKEN_STAR) ? parse_star(p) : parse_pattern(p);
}

AstPattern *parse_case_patterns(Parser *p) {
    Start start = start_here(p);
    bool starred = at(p, TOKEN_STAR);
    AstPattern *first = parse_maybe_star(p);
    if (!first || (!at(p, TOKEN_COMMA) && !starred)) return first;
    if (!at(p, TOKEN_COMMA)) return NULL;
    size_t mark = stack_mark(p);
    if (!parser_push(p, first)) return NULL;
    while (accept(p, TOKEN_COMMA)) {
        if (at(p, TOKEN_COLON) || at(p, TOKEN_IF)) break;
        AstPattern *item = parse_maybe_star(p);
        if (!item || !parser_push(p, item)) return NULL;
    }
    return finish_sequence(p, start, mark);
}
