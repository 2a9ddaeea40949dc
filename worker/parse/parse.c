#include "parse/parse.h"

#include "parse/diagnose.h"
#include "parse/parser.h"
#include "parse/source.h"

/* Whether `print` or `exec` stands in [start, end) before what can be an operand of its own: the rules for mistakes take
 * `print -x`, which is no mistake, for Python 2's statement. */
static bool may_be_legacy(const char *start, const char *end) {
    for (const char *p = start; p < end; p++) {
        size_t word = *p == 'p' ? 5 : 4;
        if ((*p != 'p' && *p != 'e') || memcmp(p, *p == 'p' ? "print" : "exec", word) != 0) continue;
        if (char_is(p[word], CHAR_IDENTIFIER) || (p > start && char_is(p[-1], CHAR_IDENTIFIER))) continue;
        for (p += word; *p == ' ' || *p == '\t' || *p == '\f'; p++) {}
        if (*p && strchr("+-*~[{\\", *p)) return true;
    }
    return false;
}

static AstMod *parse_text(ParseContext *ctx, ParseMode mode) {
    SyntaxErrorInfo *err = ctx->err;
    const char *end = err->source + err->source_length;
    Parser *parser = bump_alloc(ctx->bump, sizeof *parser);
    if (!parser) return syntax_error_memory(err), NULL;
    lexer_init(&parser->lexer, err->source, end, 1, err);
    parser->lexer.interactive = mode == PARSE_SINGLE;
    parser->lexer.type_comments = ctx->flags & PARSE_TYPE_COMMENTS;
    parser->lexer.soft_async = ctx->dialect.version < 7;
    parser->lexer.imply_dedent = !(ctx->flags & PARSE_DONT_IMPLY_DEDENT);
    parser_start(parser, ctx);
    const char *statement;
    int32_t lineno;
    AstMod *mod = parser_module(parser, mode, &statement, &lineno);
    if (mod || err->kind != SYNTAX_OK) return err->kind == SYNTAX_OK ? mod : NULL;
    if (mode != PARSE_EXEC || may_be_legacy(err->source, statement)) statement = err->source, lineno = 1;
    diagnose(ctx, mode, statement, parser->lexer.cur, end, lineno);
    return NULL;
}

AstMod *parse_source(const char *src, size_t length, const char *filename, ParseMode mode, ParseFlags flags,
                     Bump *bump, SyntaxErrorInfo *err) {
    return parse_source_as((ParseDialect){PARSE_NEWEST, PARSE_MAX_DIGITS}, src, length, filename, mode, flags,
                           bump, err);
}

AstMod *parse_source_as(ParseDialect dialect, const char *src, size_t length, const char *filename,
                        ParseMode mode, ParseFlags flags, Bump *bump, SyntaxErrorInfo *err) {
    syntax_error_init(err, filename, bump);
    if (!source_prepare(src, length, mode, flags, err)) return NULL;
    ParseContext ctx = {
        .bump = bump, .err = err, .names = ast_names_new(bump), .flags = flags, .dialect = dialect};
    if (!ctx.names) return syntax_error_memory(err), NULL;
    vector_init(&ctx.stack, &bump->allocator);
    vector_init(&ctx.text, &bump->allocator);
    /* Never empty: pointers into them may be taken. */
    bool room = vector_reserve(&ctx.stack, 64) && vector_reserve(&ctx.text, 64);
    AstMod *mod = room ? parse_text(&ctx, mode) : (syntax_error_memory(err), NULL);
    vector_free(&ctx.stack);
    vector_free(&ctx.text);
    return mod;
}
