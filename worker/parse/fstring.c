/* F-strings: literal text and replacement fields, `{expr=!conversion:spec}`. The expression is read by a
 * parser of its own over the same source (see lexer_init_field). */
#include "parse/fstring_scan.h"
#include "parse/literal.h"

enum { MAX_SPEC_DEPTH = 2, MAX_FSTRING_NESTING = 100 };

typedef struct FString {
    JoinedParts *parts;
    const Token *token;
    const StringToken *string;
    const char *cur, *end;
    /* Where the line that holds line_start begins; moved forward as fields are met. */
    const char *line_start;
    int32_t lineno;
} FString;

static LiteralStatus parse_pieces(FString *f, int depth);

static LiteralStatus fail(FString *f, const char *message) {
    f->parts->error->message = message;
    return f->parts->error->status = LITERAL_ERROR;
}

static LiteralStatus out_of_memory(FString *f) { return f->parts->error->status = LITERAL_MEMORY; }

static LiteralStatus fail_scan(FString *f, const FieldScan *scan) {
    Bump *bump = f->parts->p->ctx->bump;
    const char *message = NULL;
    switch (scan->error) {
    case FIELD_UNTERMINATED_STRING: message = "f-string: unterminated string"; break;
    case FIELD_COMMENT: message = "f-string expression part cannot include '#'"; break;
    case FIELD_BACKSLASH: message = "f-string expression part cannot include a backslash"; break;
    case FIELD_UNCLOSED: message = bump_printf(bump, "f-string: unmatched '%c'", scan->open); break;
    case FIELD_UNMATCHED: message = bump_printf(bump, "f-string: unmatched '%c'", scan->close); break;
    case FIELD_MISMATCH:
        message =
            bump_printf(bump, "f-string: closing parenthesis '%c' does not match opening parenthesis '%c'",
                        scan->close, scan->open);
        break;
    case FIELD_TOO_MANY_OPEN: message = "f-string: too many nested parenthesis"; break;
    case FIELD_TOO_DEEP: message = "f-string: expressions nested too deeply"; break;
    default: message = "f-string: expecting '}'"; break;
    }
    return message ? fail(f, message) : out_of_memory(f);
}

/* --- literal text --- */

static bool is_named_escape(const FString *f, const char *p) {
    return !f->string->raw && f->end - p >= 3 && p[0] == '\\' && p[1] == 'N' && p[2] == '{';
}

/* The end of the text at cur: a lone brace, or a doubled one (*doubled; its first half belongs to the text).
 * Inside a format spec braces are never doubled. */
static const char *text_end(FString *f, int depth, bool *doubled) {
    *doubled = false;
    for (const char *p = f->cur; p < f->end; p++) {
        if (is_named_escape(f, p)) {
            const char *close = memchr(p, '}', (size_t)(f->end - p));
            p = close ? close : f->end - 1;
        } else if (*p == '\\' && !f->string->raw && p + 1 < f->end && p[1] != '{' && p[1] != '}') {
            p++;
        } else if (*p == '{' || *p == '}') {
            *doubled = depth == 0 && p + 1 < f->end && p[1] == *p;
            return *doubled ? p + 1 : p;
        }
    }
    return f->end;
}

static LiteralStatus add_text(FString *f, int depth) {
    for (;;) {
        bool doubled;
        const char *end = text_end(f, depth, &doubled);
        if (!doubled && depth == 0 && end < f->end && *end == '}')
            return fail(f, "f-string: single '}' is not allowed");
        LiteralStatus status =
            literal_decode(f->parts->p, f->token, f->string, f->cur, (size_t)(end - f->cur), f->parts->error);
        if (status != LITERAL_OK) return status;
        f->cur = doubled ? end + 1 : end;
        if (!doubled) return LITERAL_OK;
    }
}

/* --- fields --- */

static void find_line(FString *f, const char *target) {
    const char *newline;
    while ((newline = memchr(f->line_start, '\n', (size_t)(target - f->line_start)))) {
        f->line_start = newline + 1;
        f->lineno++;
    }
}

static bool is_blank(const char *start, const char *end) {
    for (; start < end; start++)
        if (*start != ' ' && *start != '\t' && *start != '\n' && *start != '\f' && *start != '\r')
            return false;
    return true;
}

/* Parses `{expr` of which `open` and `close` are the ends. NULL: not an expression, or memory. */
static AstExpr *parse_field_expression(FString *f, const char *open, const char *close) {
    Parser *outer = f->parts->p;
    if (!parser_enter(outer, 20)) return NULL;
    Parser *inner = parser_alloc(outer, sizeof *inner);
    if (!inner) return NULL;
    find_line(f, open);
    lexer_init_field(&inner->lexer, open, close, f->line_start, f->lineno, outer->ctx->err);
    inner->lexer.warned = outer->lexer.warned;
    inner->lexer.soft_async = outer->lexer.soft_async && !outer->lexer.async_def;
    parser_start(inner, outer->ctx);
    AstExpr *expr = parse_star_expressions(inner);
    if (expr && !at(inner, TOKEN_NEWLINE)) expr = NULL;
    if (expr) expr->parenthesized = false;
    parser_leave(outer, 20);
    return expr;
}

static LiteralStatus field_expression(FString *f, const char *open, const char *close, AstExpr **expr) {
    if (is_blank(open + 1, close)) {
        if (*close == '}') return fail(f, "f-string: empty expression not allowed");
        char *message =
            bump_printf(f->parts->p->ctx->bump, "f-string: expression required before '%c'", *close);
        return message ? fail(f, message) : out_of_memory(f);
    }
    *expr = parse_field_expression(f, open, close);
    if (*expr) return LITERAL_OK;
    if (f->parts->p->ctx->err->kind != SYNTAX_OK) return out_of_memory(f);
    find_line(f, open);
    LiteralError *error = f->parts->error;
    error->field_start = open;
    error->field_end = close;
    error->field_lineno = f->lineno;
    error->field_col = (int32_t)(open - f->line_start);
    return error->status = LITERAL_BAD_FIELD;
}

/* `=` behind the expression: the field's own text becomes literal text before it. */
static LiteralStatus add_debug_text(FString *f, const char *start, bool *debug) {
    *debug = f->cur < f->end && *f->cur == '=';
    if (!*debug) return LITERAL_OK;
    if (!parser_needs(f->parts->p, 8, "f-string: self documenting expressions are")) return out_of_memory(f);
    f->cur++;
    while (f->cur < f->end && is_blank(f->cur, f->cur + 1)) f->cur++;
    if (f->cur == f->end) return fail(f, "f-string: expecting '}'");
    StringToken raw = {.raw = true};
    return literal_decode(f->parts->p, f->token, &raw, start, (size_t)(f->cur - start), f->parts->error);
}

static LiteralStatus field_conversion(FString *f, int32_t *conversion) {
    *conversion = -1;
    if (f->cur >= f->end || *f->cur != '!') return LITERAL_OK;
    f->cur++;
    if (f->cur >= f->end) return fail(f, "f-string: expecting '}'");
    char c = *f->cur++;
    if (c != 's' && c != 'r' && c != 'a')
        return fail(f, "f-string: invalid conversion character: expected 's', 'r', or 'a'");
    *conversion = c;
    return LITERAL_OK;
}

static LiteralStatus field_spec(FString *f, int depth, AstExpr **spec) {
    *spec = NULL;
    if (f->cur >= f->end || *f->cur != ':') return LITERAL_OK;
    f->cur++;
    Parser *p = f->parts->p;
    size_t mark = stack_mark(p), text_mark = f->parts->text_mark;
    f->parts->text_mark = p->ctx->text.count;
    LiteralStatus status = parse_pieces(f, depth + 1);
    /* Among joined literals the spec and its last text have the position of their own token. */
    AstPos whole = f->parts->pos;
    f->parts->pos = (AstPos){f->token->lineno, f->token->col, f->token->end_lineno, f->token->end_col};
    if (status == LITERAL_OK) status = literal_flush(f->parts);
    AstPos own = f->parts->pos;
    f->parts->pos = whole;
    f->parts->text_mark = text_mark;
    AstExprSeq values;
    if (status != LITERAL_OK) return status;
    if (!TAKE(p, mark, &values)) return out_of_memory(f);
    *spec = NEW_EXPR(p, ((Start){0, 0}), JOINED_STR, JoinedStr, values);
    if (!*spec) return out_of_memory(f);
    (*spec)->pos = own;
    return LITERAL_OK;
}

static LiteralStatus add_field(FString *f, int depth) {
    if (depth >= MAX_SPEC_DEPTH) return fail(f, "f-string: expressions nested too deeply");
    Parser *p = f->parts->p;
    const char *open = f->cur;
    FieldScan scan;
    const char *close = field_expression_end(open + 1, f->end, 0, &scan);
    if (!close) return fail_scan(f, &scan);
    AstExpr *expr, *spec;
    int32_t conversion;
    bool debug;
    LiteralStatus status = field_expression(f, open, close, &expr);
    f->cur = close;
    if (status == LITERAL_OK) status = add_debug_text(f, open + 1, &debug);
    if (status == LITERAL_OK) status = literal_flush(f->parts);
    if (status == LITERAL_OK) status = field_conversion(f, &conversion);
    if (status == LITERAL_OK) status = field_spec(f, depth, &spec);
    if (status != LITERAL_OK) return status;
    if (f->cur >= f->end || *f->cur != '}') return fail(f, "f-string: expecting '}'");
    f->cur++;
    if (debug && !spec && conversion < 0) conversion = 'r';
    AstExpr *node = NEW_EXPR(p, ((Start){0, 0}), FORMATTED_VALUE, FormattedValue, expr, conversion, spec);
    if (!node || !parser_push(p, node)) return out_of_memory(f);
    node->pos = f->parts->pos;
    return LITERAL_OK;
}

/* Text and fields up to the end, or in a format spec up to its '}'. */
static LiteralStatus parse_pieces(FString *f, int depth) {
    for (;;) {
        LiteralStatus status = add_text(f, depth);
        if (status != LITERAL_OK) return status;
        if (f->cur >= f->end || *f->cur == '}') return LITERAL_OK;
        status = add_field(f, depth);
        if (status != LITERAL_OK) return status;
    }
}

LiteralStatus fstring_parse(JoinedParts *parts, const Token *token, const StringToken *string) {
    ParseContext *ctx = parts->p->ctx;
    FString f = {.parts = parts,
                 .token = token,
                 .string = string,
                 .cur = string->body,
                 .end = string->body + string->length,
                 .line_start = token->start - token->col,
                 .lineno = token->lineno};
    if (ctx->fstring_depth >= MAX_FSTRING_NESTING) return fail(&f, "f-string: expressions nested too deeply");
    if (!parser_needs(parts->p, 6, "Format strings are")) return out_of_memory(&f);
    ctx->fstring_depth++;
    LiteralStatus status = parse_pieces(&f, 0);
    ctx->fstring_depth--;
    return status;
}
