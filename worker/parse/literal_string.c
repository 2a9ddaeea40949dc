/* Strings: prefixes, escapes, and the joining of adjacent literals. */
#include "base/unicode_names.h"
#include "base/utf8.h"
#include "parse/fstring_scan.h"
#include "parse/literal.h"

StringToken literal_string_token(const Token *token) {
    StringToken string = {.u_prefix = token->start[0] == 'u'};
    const char *p = token->start;
    for (; *p != '"' && *p != '\''; p++) {
        switch (*p | 0x20) {
        case 'b': string.bytes = true; break;
        case 'r': string.raw = true; break;
        case 'f': string.fstring = true; break;
        }
    }
    int size = quote_size(p, token->end);

    string.body = p + size;
    string.length = (size_t)(token->end - size - string.body);
    return string;
}

/* --- escapes --- */

typedef struct Decoder {
    Parser *p;
    const Token *token;
    LiteralError *error;
    bool bytes;
    const char *cur, *end;
    char *out;           /* room for everything is reserved: no escape is shorter than what it stands for */
    size_t position;     /* as CPython counts in its messages */
    const char *invalid; /* the first escape that is none */
} Decoder;

static LiteralStatus fail(Decoder *d, char *message) {
    d->error->message = message;
    return d->error->status = message ? LITERAL_ERROR : LITERAL_MEMORY;
}

/* An escape that begins at `position` and is `length` bytes long is no good. */
static LiteralStatus bad_unicode(Decoder *d, size_t length, const char *why) {
    return fail(
        d, bump_printf(d->p->ctx->bump,
                       "(unicode error) 'unicodeescape' codec can't decode bytes in position %zu-%zu: %s",
                       d->position, d->position + length - 1, why));
}

static int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* \xHH, \uHHHH, \UHHHHHHHH: cur is behind the letter. */
static LiteralStatus hex_escape(Decoder *d, int digits, const char *truncated) {
    const char *start = d->cur - 2;
    uint32_t code = 0;
    for (int i = 0; i < digits; i++, d->cur++) {
        int digit = d->cur < d->end ? hex_digit(*d->cur) : -1;
        if (digit < 0 && d->bytes)
            return fail(d, bump_printf(d->p->ctx->bump, "(value error) invalid \\x escape at position %zu",
                                       d->position));
        if (digit < 0) return bad_unicode(d, (size_t)(d->cur - start), truncated);
        code = code << 4 | (uint32_t)digit;
    }
    if (code > 0x10FFFF) return bad_unicode(d, (size_t)(d->cur - start), "illegal Unicode character");
    if (d->bytes) *d->out++ = (char)code;
    else d->out += utf8_encode(code, d->out);
    d->position += (size_t)(d->cur - start);
    return LITERAL_OK;
}

/* CPython writes every character beyond ASCII as \UXXXXXXXX before it decodes escapes, and a backslash in front of one as
 * \u005c: that is what its positions count. */
static size_t counted_length(const char *at, const char *end) {
    size_t n = 0;
    while (at < end) {
        bool backslash = *at == '\\' && at + 1 < end && (unsigned char)at[1] >= 128;
        n += backslash ? 6 : (unsigned char)*at < 128 ? 1 : 10;
        utf8_next(&at);
    }
    return n;
}

/* \N{name}: cur is behind the N. */
static LiteralStatus named_escape(Decoder *d) {
    const char *start = d->cur - 2;
    const char *close =
        d->cur < d->end && *d->cur == '{' ? memchr(d->cur, '}', (size_t)(d->end - d->cur)) : NULL;
    if (!close || close == d->cur + 1) {
        size_t length = 2;
        if (close) length = 3;
        else if (d->cur < d->end && *d->cur == '{') length = (size_t)(d->end - start);
        return bad_unicode(d, counted_length(start, start + length), "malformed \\N character escape");
    }
    size_t length = (size_t)(close + 1 - start);
    int64_t code = unicode_name_find(d->cur + 1, (size_t)(close - d->cur - 1));
    if (code < 0)
        return bad_unicode(d, counted_length(start, start + length), "unknown Unicode character name");
    d->out += utf8_encode((uint32_t)code, d->out);
    d->cur = close + 1;
    d->position += length;
    return LITERAL_OK;
}

static void octal_escape(Decoder *d) {
    uint32_t code = 0;
    const char *start = d->cur - 1;
    for (d->cur = start; d->cur < d->end && d->cur < start + 3 && *d->cur >= '0' && *d->cur <= '7'; d->cur++)
        code = code * 8 + (uint32_t)(*d->cur - '0');
    if (code > 0377 && !d->invalid) d->invalid = start;
    if (d->bytes) *d->out++ = (char)code;
    else d->out += utf8_encode(code, d->out);
    d->position += (size_t)(d->cur - start) + 1;
}

static void simple_escape(Decoder *d, char c) {
    *d->out++ = c;
    d->position += 2;
}

/* Not an escape: the backslash stays. */
static void keep_backslash(Decoder *d) {
    if (!d->invalid) d->invalid = d->cur;
    *d->out++ = '\\';
    d->position += d->cur < d->end && (unsigned char)*d->cur >= 128 ? 6 : 1;
}

static LiteralStatus escape(Decoder *d) {
    if (d->cur == d->end) return keep_backslash(d), LITERAL_OK;
    char c = *d->cur++;
    switch (c) {
    case '\n': d->position += 2; return LITERAL_OK;
    case '\\':
    case '\'':
    case '"': return simple_escape(d, c), LITERAL_OK;
    case 'b': return simple_escape(d, '\b'), LITERAL_OK;
    case 'f': return simple_escape(d, '\f'), LITERAL_OK;
    case 't': return simple_escape(d, '\t'), LITERAL_OK;
    case 'n': return simple_escape(d, '\n'), LITERAL_OK;
    case 'r': return simple_escape(d, '\r'), LITERAL_OK;
    case 'v': return simple_escape(d, '\v'), LITERAL_OK;
    case 'a': return simple_escape(d, '\a'), LITERAL_OK;
    case '0' ... '7': return octal_escape(d), LITERAL_OK;
    case 'x': return hex_escape(d, 2, "truncated \\xXX escape");
    }
    if (!d->bytes) {
        if (c == 'u') return hex_escape(d, 4, "truncated \\uXXXX escape");
        if (c == 'U') return hex_escape(d, 8, "truncated \\UXXXXXXXX escape");
        if (c == 'N') return named_escape(d);
    }
    d->cur--;
    keep_backslash(d);
    return LITERAL_OK;
}

/* Warns of the first invalid escape of a token, once however often the token is read. */
static LiteralStatus warn_invalid(Decoder *d) {
    ParseContext *ctx = d->p->ctx;
    if (!d->invalid || d->invalid < ctx->warned) return LITERAL_OK;
    if (d->invalid == d->end && *d->end != '{') return LITERAL_OK; /* a field may follow the backslash */
    ctx->warned = d->token->end;
    char shown[UTF8_MAX + 1] = {0};
    const char *at_escape = d->invalid;
    utf8_encode(utf8_next(&at_escape), shown);
    const Token *token = d->token;
    AstPos pos = {token->lineno, token->col, token->end_lineno, token->end_col};
    bool octal = *d->invalid >= '4' && *d->invalid <= '7'; /* shorter ones are valid */
    bool warned = octal ? syntax_warning_at(ctx->err, SYNTAX_WARNING_DEPRECATION, WARNING_BY_PARSER, &pos,
                                            "invalid octal escape sequence '\\%.3s'", d->invalid)
                        : syntax_warning_at(ctx->err, SYNTAX_WARNING_DEPRECATION, WARNING_BY_PARSER, &pos,
                                            "invalid escape sequence '\\%s'", shown);
    return warned ? LITERAL_OK : (d->error->status = LITERAL_MEMORY);
}

static LiteralStatus decode_escapes(Decoder *d) {
    while (d->cur < d->end) {
        const char *backslash = memchr(d->cur, '\\', (size_t)(d->end - d->cur));
        const char *stop = backslash ? backslash : d->end;
        size_t length = (size_t)(stop - d->cur);
        memcpy(d->out, d->cur, length);
        d->out += length;
        /* In its messages CPython counts 10 for a character above ASCII: it has rewritten it as \UXXXXXXXX.
         */
        size_t chars = utf8_count(d->cur, length);
        if (chars == length || d->bytes) d->position += length;
        else
            for (const char *c = d->cur; c < stop;) d->position += utf8_next(&c) < 128 ? 1 : 10;
        d->cur = stop;
        if (!backslash) break;
        d->cur++;
        LiteralStatus status = escape(d);
        if (status != LITERAL_OK) return status;
    }
    return warn_invalid(d);
}

/* CPython decodes a text that holds no escapes as a whole, else each run beyond ASCII. */
static LiteralStatus check_utf8(const ParseContext *ctx, const char *body, size_t length, bool whole,
                                LiteralError *error) {
    char *message;
    for (const char *at = body, *end = body + length, *stop; at < end; at = stop) {
        if (!whole) at += utf8_ascii_prefix(at, (size_t)(end - at));
        for (stop = whole ? end : at; stop < end && (unsigned char)*stop >= 128; stop++) {}
        if (!syntax_error_undecodable(ctx->err, at, (size_t)(stop - at), &message)) continue;
        error->message = message;
        return error->status = message ? LITERAL_ERROR : LITERAL_MEMORY;
    }
    return LITERAL_OK;
}

LiteralStatus literal_decode(Parser *p, const Token *token, const StringToken *string, const char *body,
                             size_t length, LiteralError *error) {
    ParseContext *ctx = p->ctx;
    if (!vector_reserve(&ctx->text, length + UTF8_MAX)) return error->status = LITERAL_MEMORY;
    char *out = ctx->text.items + ctx->text.count;
    bool plain = string->raw || !memchr(body, '\\', length);
    if (ctx->err->bad_utf8 && !string->bytes && check_utf8(ctx, body, length, plain, error) != LITERAL_OK)
        return error->status;
    if (plain) {
        memcpy(out, body, length);
        ctx->text.count += length;
        return LITERAL_OK;
    }
    Decoder d = {.p = p,
                 .token = token,
                 .error = error,
                 .bytes = string->bytes,
                 .cur = body,
                 .end = body + length,
                 .out = out};
    LiteralStatus status = decode_escapes(&d);
    ctx->text.count += (size_t)(d.out - out);
    return status;
}

/* --- joining --- */

static AstExpr *text_constant(JoinedParts *parts, bool bytes) {
    ParseContext *ctx = parts->p->ctx;
    size_t length = ctx->text.count - parts->text_mark;
    char *text = bump_copy(ctx->bump, ctx->text.items + parts->text_mark, length);
    AstExpr *node = text ? NEW_EXPR(parts->p, ((Start){0, 0}), CONSTANT, Constant,
                                    {.kind = bytes ? CONSTANT_BYTES : CONSTANT_STR,
                                     .u_prefix = parts->u_prefix && !bytes,
                                     .text = {text, length}})
                         : NULL;
    if (!node) return NULL;
    node->pos = parts->pos;
    ctx->text.count = parts->text_mark;
    return node;
}

LiteralStatus literal_flush(JoinedParts *parts) {
    if (parts->p->ctx->text.count == parts->text_mark) return LITERAL_OK;
    AstExpr *constant = text_constant(parts, false);
    if (!constant || !parser_push(parts->p, constant)) return parts->error->status = LITERAL_MEMORY;
    return LITERAL_OK;
}

static LiteralStatus check_ascii(const StringToken *string, LiteralError *error) {
    if (utf8_ascii_prefix(string->body, string->length) == string->length) return LITERAL_OK;
    error->message = "bytes can only contain ASCII literal characters";
    return error->status = LITERAL_ERROR;
}

static LiteralStatus add_token(JoinedParts *parts, const Token *token, const StringToken *string,
                               bool mixed) {
    LiteralStatus status = LITERAL_OK;
    if (string->bytes) status = check_ascii(string, parts->error);
    if (status == LITERAL_OK && !string->fstring)
        status = literal_decode(parts->p, token, string, string->body, string->length, parts->error);
    if (status == LITERAL_OK && mixed) {
        parts->error->message = "cannot mix bytes and nonbytes literals";
        status = parts->error->status = LITERAL_ERROR;
    }
    if (status == LITERAL_OK && string->fstring) status = fstring_parse(parts, token, string);
    return status;
}

static AstExpr *joined(JoinedParts *parts, size_t mark) {
    AstExprSeq values;
    if (literal_flush(parts) != LITERAL_OK || !TAKE(parts->p, mark, &values)) return NULL;
    AstExpr *node = NEW_EXPR(parts->p, ((Start){0, 0}), JOINED_STR, JoinedStr, values);
    if (node) node->pos = parts->pos;
    return node;
}

AstExpr *literal_strings(Parser *p, const Token *tokens, uint32_t count, LiteralError *error) {
    const Token *last = &tokens[count - 1];
    StringToken string = literal_string_token(&tokens[0]);
    JoinedParts parts = {
        .p = p,
        .pos = {tokens[0].lineno, tokens[0].col, last->end_lineno, last->end_col},
        .u_prefix = string.u_prefix,
        .text_mark = p->ctx->text.count,
        .error = error,
    };
    size_t mark = stack_mark(p);
    bool bytes = string.bytes, fstring = false;
    *error = (LiteralError){.status = LITERAL_OK};
    for (uint32_t i = 0; i < count; i++) {
        if (i) string = literal_string_token(&tokens[i]);
        fstring |= string.fstring;
        if (add_token(&parts, &tokens[i], &string, string.bytes != bytes) == LITERAL_OK) continue;
        p->ctx->text.count = parts.text_mark;
        p->ctx->stack.count = mark;
        return NULL;
    }
    AstExpr *node = fstring ? joined(&parts, mark) : text_constant(&parts, bytes);
    if (!node) error->status = LITERAL_MEMORY;
    return node;
}

/* --- what the parser sees --- */

AstExpr *parse_strings(Parser *p) {
    uint32_t first = p->pos;
    while (at(p, TOKEN_STRING)) advance(p);
    if (at(p, TOKEN_ERROR)) return NULL; /* before the strings are looked into, and warned of */
    LiteralError error;
    AstExpr *node = literal_strings(p, p->tokens + first, p->pos - first, &error);
    if (!node && error.status == LITERAL_MEMORY) syntax_error_memory(p->ctx->err);
    return node;
}

AstExpr *parse_number(Parser *p) {
    Start start = start_here(p);
    LiteralError error;
    AstConstant value;
    LiteralStatus status =
        literal_number(p->ctx, p->tok->start, (size_t)(p->tok->end - p->tok->start), &value, &error);
    if (status == LITERAL_MEMORY) syntax_error_memory(p->ctx->err);
    if (status != LITERAL_OK) return NULL;
    if (p->ctx->dialect.version < 6 && memchr(p->tok->start, '_', (size_t)(p->tok->end - p->tok->start)) &&
        !parser_needs(p, 6, "Underscores in numeric literals are"))
        return NULL;
    advance(p);
    return NEW_EXPR(p, start, CONSTANT, Constant, value);
}
