#include "parse/matcher.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/utf8.h"
#include "parse/literal.h"

enum { FIRST_TOKENS = 256 };

/* --- tokens --- */

bool matcher_memory(Matcher *m) {
    if (!m->kind) m->kind = SYNTAX_MEMORY_ERROR;
    m->stop = true;
    return false;
}

static bool grow(Matcher *m) {
    int32_t capacity = m->capacity ? m->capacity * 2 : FIRST_TOKENS;
    Token *tokens = bump_alloc(m->ctx->bump, (size_t)capacity * sizeof *tokens);
    Memo **memos = bump_zalloc(m->ctx->bump, (size_t)capacity * sizeof *memos);
    if (!tokens || !memos) return matcher_memory(m);
    if (m->fill) {
        memcpy(tokens, m->tokens, (size_t)m->fill * sizeof *tokens);
        memcpy(memos, m->memos, (size_t)m->fill * sizeof *memos);
    }
    m->tokens = tokens;
    m->memos = memos;
    m->capacity = capacity;
    return true;
}

static const Token *last_token(const Matcher *m) { return &m->tokens[m->fill - 1]; }

static int32_t lexer_col(const Matcher *m) { return (int32_t)(m->lexer.cur - m->lexer.line_start); }

Node *matcher_raise_unclosed(Matcher *m) {
    const LexerBracket *open = &m->lexer.brackets[m->lexer.level - 1];
    char *message = bump_printf(m->ctx->bump, "'%c' was never closed", open->open);
    if (!message) return matcher_memory(m), NULL;
    return raise_bytes(m, SYNTAX_ERROR, open->lineno, open->col, open->lineno, -1, message);
}

void matcher_raise_lexer_message(Matcher *m) {
    const Lexer *lexer = &m->lexer;
    m->kind = SYNTAX_ERROR;
    m->message = lexer->message;
    m->lineno = m->end_lineno = lexer->error_lineno;
    m->offset = lexer->error_offset;
    m->end_offset = lexer->error_end_offset;
    m->text = lexer->error_text;
    m->text_length = lexer->error_text_length;
    if (!m->message) matcher_memory(m);
}

static void raise_lexer_error(Matcher *m) {
    Lexer *lexer = &m->lexer;
    switch (lexer->error) {
    case LEX_MESSAGE: matcher_raise_lexer_message(m); break;
    case LEX_EOF:
        if (lexer->level) matcher_raise_unclosed(m);
        else RAISE("unexpected EOF while parsing");
        break;
    case LEX_DEDENT: RAISE_INDENTATION("unindent does not match any outer indentation level"); break;
    case LEX_TABS:
        raise_bytes(m, SYNTAX_TAB_ERROR, lexer->lineno, 0, lexer->lineno, -1,
                    "inconsistent use of tabs and spaces in indentation");
        break;
    case LEX_TOO_DEEP:
        raise_bytes(m, SYNTAX_INDENTATION_ERROR, lexer->lineno, 0, lexer->lineno, -1,
                    "too many levels of indentation");
        break;
    case LEX_CONTINUATION:
        raise_bytes(m, SYNTAX_ERROR, lexer->lineno, (int32_t)(lexer->cur - lexer->error_start) - 1,
                    lexer->lineno, -1, "unexpected character after line continuation character");
        break;
    case LEX_UNDECODABLE:
        if (!lexer->message) matcher_memory(m);
        else if (m->field) raise_bytes(m, SYNTAX_ERROR, lexer->lineno, -1, lexer->lineno, -1, lexer->message);
        else RAISE("%s", lexer->message);
        break;
    case LEX_OK: matcher_memory(m); break;
    }
    m->raised_by_lexer = true;
    m->stop = true;
}

static bool fetch(Matcher *m) {
    if (m->fill == m->capacity && !grow(m)) return false;
    TokenKind kind = lexer_next(&m->lexer, &m->tokens[m->fill]);
    m->memos[m->fill] = NULL;
    m->fill++;
    if (kind != TOKEN_ERROR) return true;
    raise_lexer_error(m);
    return false;
}

TokenKind matcher_peek(Matcher *m) {
    if (m->mark == m->fill && !fetch(m)) return TOKEN_ERROR;
    return (TokenKind)m->tokens[m->mark].kind;
}

Node *matcher_token_node(Matcher *m, TokenKind wanted) {
    int32_t start = m->mark;
    if (!matcher_token(m, wanted)) return NULL;
    return matcher_node(m, wanted == TOKEN_NAME ? EXPR_NAME : NODE_TOKEN, start, 0);
}

bool matcher_soft(Matcher *m, const char *word) {
    if (m->stop || matcher_peek(m) != TOKEN_NAME) return false;
    const Token *token = &m->tokens[m->mark];
    size_t length = strlen(word);
    if ((size_t)(token->end - token->start) != length || memcmp(token->start, word, length) != 0)
        return false;
    m->mark++;
    return true;
}

Node *matcher_soft_node(Matcher *m, const char *word) {
    int32_t start = m->mark;
    return matcher_soft(m, word) ? matcher_node(m, EXPR_NAME, start, 0) : NULL;
}

/* --- nodes --- */

Node *matcher_node(Matcher *m, int kind, int32_t start, int count, ...) {
    Node *node = bump_alloc(m->ctx->bump, sizeof *node);
    Node **items = count ? bump_alloc(m->ctx->bump, (size_t)count * sizeof *items) : NULL;
    if (!node || (count && !items)) return matcher_memory(m), NULL;
    *node =
        (Node){.kind = (uint8_t)kind, .first = start, .last = m->mark - 1, .count = count, .items = items};
    va_list args;
    va_start(args, count);
    for (int i = 0; i < count; i++) items[i] = va_arg(args, Node *);
    va_end(args);
    return node;
}

/* Collects matches on the context's stack. */
static Node *collect(Matcher *m, Rule *rule, bool commas, int32_t least) {
    int32_t start = m->mark, count = 0;
    size_t mark = m->ctx->stack.count;
    for (;;) {
        int32_t before = m->mark;
        if (commas && count && !T(COMMA)) break;
        Node *item = m->stop ? NULL : rule(m);
        if (!item) {
            m->mark = before;
            break;
        }
        if (!vector_push(&m->ctx->stack, (void *)item)) matcher_memory(m);
        count++;
    }
    Node *list = NULL;
    if (!m->stop && count >= least && (list = matcher_node(m, NODE_OTHER, start, 0)) && count) {
        list->items = bump_alloc(m->ctx->bump, (size_t)count * sizeof *list->items);
        if (list->items) memcpy(list->items, m->ctx->stack.items + mark, (size_t)count * sizeof *list->items);
        else matcher_memory(m);
        list->count = count;
    }
    m->ctx->stack.count = mark;
    return m->stop ? NULL : list;
}

Node *matcher_some(Matcher *m, Rule *rule) { return collect(m, rule, false, 1); }

Node *matcher_any(Matcher *m, Rule *rule) { return collect(m, rule, false, 0); }

Node *matcher_list(Matcher *m, Rule *rule) { return collect(m, rule, true, 1); }

/* --- memo --- */

bool matcher_recall(Matcher *m, MemoRule rule, Node **node) {
    if (m->mark == m->fill && !fetch(m)) return *node = NULL, true;
    for (const Memo *memo = m->memos[m->mark]; memo; memo = memo->next) {
        if (memo->rule != rule) continue;
        *node = memo->node;
        m->mark = memo->end;
        return true;
    }
    return false;
}

Node *matcher_store(Matcher *m, MemoRule rule, int32_t start, Node *node) {
    if (m->stop) return NULL;
    Memo *memo = bump_alloc(m->ctx->bump, sizeof *memo);
    if (!memo) return matcher_memory(m), NULL;
    *memo = (Memo){m->memos[start], (uint8_t)rule, m->mark, node};
    m->memos[start] = memo;
    return node;
}

Node *matcher_memo(Matcher *m, MemoRule rule, Rule *raw) {
    Node *node;
    if (m->stop) return NULL;
    if (matcher_recall(m, rule, &node)) return node;
    int32_t start = m->mark;
    if (!matcher_enter(m)) return NULL;
    node = matcher_leave(m, raw(m));
    if (!node) m->mark = start;
    return matcher_store(m, rule, start, node);
}

bool matcher_enter(Matcher *m) {
    if (m->stop) return false;
    if (++m->depth <= PARSER_MAX_DEPTH) return true;
    return matcher_memory(m);
}

/* --- raising --- */

/* Characters in the first `bytes` bytes of the text; a character cut in two counts, as does one place behind
 * the end. */
static int32_t char_offset(const char *text, size_t length, int32_t bytes) {
    if (bytes <= 0) return bytes;
    if ((size_t)bytes > length) return (int32_t)utf8_count(text, length) + 1;
    return (int32_t)utf8_count(text, (size_t)bytes);
}

/* The line `lineno` (not behind the lexer's) of the source, with its newline. */
static const char *line_of(const Matcher *m, int32_t lineno, size_t *length) {
    const char *first = m->ctx->err->source, *line = m->lexer.line_start;
    const char *source_end = first + m->ctx->err->source_length;
    for (int32_t at = m->lexer.lineno; at > lineno && line > first; at--)
        for (line--; line > first && line[-1] != '\n'; line--) {}
    const char *newline = memchr(line, '\n', (size_t)(source_end - line));
    *length = (size_t)((newline ? newline + 1 : source_end) - line);
    return line;
}

/* A module from a file: CPython reads the text of its errors from there. */
static bool is_file(const Matcher *m) {
    return !m->field && !m->lexer.interactive && !m->is_eval && m->ctx->flags & PARSE_FROM_FILE;
}

/* The text CPython shows: what its tokenizer holds when the error is on the line it reads (from the first
 * line of a token that spans lines), else the line without its newline. */
static const char *error_text(const Matcher *m, int32_t lineno, size_t *length) {
    const Lexer *lexer = &m->lexer;
    if (lexer->lineno <= lineno && !is_file(m)) {
        const char *line = line_of(m, lexer->lineno, length);
        *length += (size_t)(line - lexer->error_start);
        return lexer->error_start;
    }
    const char *line = line_of(m, lineno, length);
    if (!is_file(m) && *length && line[*length - 1] == '\n') --*length;
    return line;
}

/* Byte columns from 1. */
static Node *raise_columns(Matcher *m, SyntaxErrorKind kind, int32_t lineno, int32_t col, int32_t end_lineno,
                           int32_t end_col, const char *message) {
    if (m->kind) return NULL;
    m->stop = true;
    m->kind = kind;
    m->message = m->field ? bump_printf(m->ctx->bump, "f-string: %s", message) : message;
    if (!m->message) return matcher_memory(m), NULL;
    m->text = error_text(m, lineno, &m->text_length);
    m->text = syntax_error_shown(m->ctx->err, m->text, &m->text_length);
    m->lineno = lineno;
    m->end_lineno = end_lineno;
    bool bytes = m->field || m->ctx->err->counts_bytes; /* in fields CPython counts them too */
    m->offset = bytes ? col : char_offset(m->text, m->text_length, col);
    m->end_offset = bytes ? end_col : char_offset(m->text, m->text_length, end_col);
    return NULL;
}

Node *raise_bytes(Matcher *m, SyntaxErrorKind kind, int32_t lineno, int32_t col, int32_t end_lineno,
                  int32_t end_col, const char *message) {
    return raise_columns(m, kind, lineno, col + 1, end_lineno, end_col + 1, message);
}

static char *format_message(Matcher *m, const char *format, va_list args) {
    char text[512];
    vsnprintf(text, sizeof text, format, args);
    char *message = bump_copy(m->ctx->bump, text, strlen(text));
    if (!message) matcher_memory(m);
    return message;
}

#define FORMATTED(message)                                                                                   \
    va_list args;                                                                                            \
    va_start(args, format);                                                                                  \
    char *message = format_message(m, format, args);                                                         \
    va_end(args);                                                                                            \
    if (!message) return NULL

Node *raise_at(Matcher *m, const Node *a, const char *format, ...) {
    FORMATTED(message);
    const Token *from = &m->tokens[a->first], *to = &m->tokens[a->last];
    return raise_bytes(m, SYNTAX_ERROR, from->lineno, from->col, to->end_lineno, to->end_col, message);
}

Node *raise_range(Matcher *m, const Node *a, const Node *b, const char *format, ...) {
    FORMATTED(message);
    const Token *from = &m->tokens[a->first], *to = &m->tokens[b->last];
    return raise_bytes(m, SYNTAX_ERROR, from->lineno, from->col, to->end_lineno, to->end_col, message);
}

Node *raise_from(Matcher *m, const Node *a, const char *format, ...) {
    FORMATTED(message);
    const Token *from = &m->tokens[a->first];
    return raise_columns(m, SYNTAX_ERROR, from->lineno, from->col + 1, m->lexer.lineno, lexer_col(m),
                         message);
}

Node *raise_last(Matcher *m, SyntaxErrorKind kind, const char *format, ...) {
    FORMATTED(message);
    const Token *token = last_token(m);
    int32_t col = token->col < 0 ? lexer_col(m) : token->col + 1;
    int32_t end_col = token->end_col < 0 ? -1 : token->end_col + 1;
    return raise_columns(m, kind, token->lineno, col, token->end_lineno, end_col, message);
}

/* --- nodes in messages --- */

static const char *token_description(TokenKind kind) {
    switch (kind) {
    case TOKEN_NONE: return "None";
    case TOKEN_TRUE: return "True";
    case TOKEN_FALSE: return "False";
    case TOKEN_ELLIPSIS: return "ellipsis";
    default: return "literal";
    }
}

const char *node_description(const Matcher *m, const Node *node) {
    if (node->kind == EXPR_CONSTANT) return token_description((TokenKind)m->tokens[node->first].kind);
    return ast_kind_description((AstKind)node->kind);
}

bool node_is_legacy(const Matcher *m, const Node *node) {
    const Token *token = &m->tokens[node->first];
    if (node->kind != EXPR_NAME) return false;
    size_t length = (size_t)(token->end - token->start);
    return (length == 5 && memcmp(token->start, "print", 5) == 0) ||
           (length == 4 && memcmp(token->start, "exec", 4) == 0);
}

static Node *invalid_target(TargetsKind targets, Node *node) {
    switch (node->kind) {
    case EXPR_LIST:
    case EXPR_TUPLE:
        for (int32_t i = 0; i < node->count; i++) {
            Node *found = invalid_target(targets, node->items[i]);
            if (found) return found;
        }
        return NULL;
    case EXPR_STARRED: return targets == TARGETS_DEL ? node : invalid_target(targets, node->items[0]);
    case EXPR_COMPARE:
        if (targets != TARGETS_FOR) return node;
        return node->flag ? invalid_target(targets, node->items[0]) : NULL;
    case EXPR_NAME:
    case EXPR_SUBSCRIPT:
    case EXPR_ATTRIBUTE: return NULL;
    default: return node;
    }
}

Node *raise_invalid_target(Matcher *m, TargetsKind targets, Node *a) {
    Node *found = invalid_target(targets, a);
    if (!found) return NULL;
    const char *what = node_description(m, found);
    if (targets == TARGETS_DEL) return raise_at(m, found, "cannot delete %s", what);
    return raise_at(m, found, "cannot assign to %s", what);
}
