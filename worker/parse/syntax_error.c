#include "parse/syntax_error.h"

#include <stdio.h>

#include "base/utf8.h"

void syntax_error_init(SyntaxErrorInfo *err, const char *filename, Bump *bump) {
    *err = (SyntaxErrorInfo){.kind = SYNTAX_OK, .filename = filename, .bump = bump};
    err->warnings_tail = &err->warnings;
}

bool syntax_error_set(SyntaxErrorInfo *err, SyntaxErrorKind kind, const char *message, int32_t lineno,
                      int32_t offset, int32_t end_lineno, int32_t end_offset, const char *text,
                      size_t text_length) {
    if (err->kind != SYNTAX_OK) return false;
    err->kind = kind;
    err->message = message;
    err->lineno = lineno;
    err->offset = offset;
    err->end_lineno = end_lineno;
    err->end_offset = end_offset;
    err->text = text;
    err->text_length = text ? text_length : 0;
    return false;
}

bool syntax_error_memory(SyntaxErrorInfo *err) {
    return syntax_error_set(err, SYNTAX_MEMORY_ERROR, NULL, 0, 0, 0, 0, NULL, 0);
}

static char *format_message(Bump *bump, const char *format, va_list args) {
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    char *message = length < 0 ? NULL : bump_alloc(bump, (size_t)length + 1);
    if (message) vsnprintf(message, (size_t)length + 1, format, args);
    return message;
}

bool syntax_error_at_va(SyntaxErrorInfo *err, SyntaxErrorKind kind, const AstPos *pos, const char *format,
                        va_list args) {
    if (err->kind != SYNTAX_OK) return false;
    char *message = format_message(err->bump, format, args);
    if (!message) return syntax_error_memory(err);
    size_t length = 0;
    const char *text =
        err->filename && err->filename[0] == '<' ? NULL : syntax_error_line(err, pos->lineno, &length);
    if (text) text = syntax_error_shown(err, text, &length);
    return syntax_error_set(err, kind, message, pos->lineno, pos->col_offset + 1, pos->end_lineno,
                            pos->end_col_offset + 1, text, length);
}

bool syntax_error_at(SyntaxErrorInfo *err, SyntaxErrorKind kind, const AstPos *pos, const char *format, ...) {
    va_list args;
    va_start(args, format);
    syntax_error_at_va(err, kind, pos, format, args);
    va_end(args);
    return false;
}

bool syntax_warning_at(SyntaxErrorInfo *err, SyntaxWarningKind kind, SyntaxWarningStage stage,
                       const AstPos *pos, const char *format, ...) {
    va_list args;
    va_start(args, format);
    char *message = format_message(err->bump, format, args);
    va_end(args);
    SyntaxWarningInfo *warning = bump_alloc(err->bump, sizeof *warning);
    if (!message || !warning) return syntax_error_memory(err);
    *warning = (SyntaxWarningInfo){.kind = kind,
                                   .stage = stage,
                                   .message = message,
                                   .lineno = pos->lineno,
                                   .offset = pos->col_offset + 1,
                                   .end_lineno = pos->end_lineno,
                                   .end_offset = pos->end_col_offset + 1};
    *err->warnings_tail = warning;
    err->warnings_tail = &warning->next;
    return true;
}

const char *syntax_error_line(const SyntaxErrorInfo *err, int32_t lineno, size_t *length) {
    if (!err->source || lineno < 1) return NULL;
    const char *line = err->source, *end = err->source + err->source_length;
    for (; lineno > 1; lineno--) {
        const char *newline = memchr(line, '\n', (size_t)(end - line));
        if (!newline) return NULL;
        line = newline + 1;
    }
    if (line == end) return NULL;
    const char *newline = memchr(line, '\n', (size_t)(end - line));
    *length = (size_t)((newline ? newline + 1 : end) - line);
    return line;
}

/* --- source that is no UTF-8 --- */

const char *syntax_error_shown(SyntaxErrorInfo *err, const char *text, size_t *length) {
    if (!err->bad_utf8 || utf8_valid(text, *length, false, NULL)) return text;
    char *shown = bump_alloc(err->bump, *length * 3), *out = shown;
    if (!shown) {
        syntax_error_memory(err);
        *length = 0;
        return "";
    }
    for (size_t at = 0, step; at < *length; at += step) {
        if (utf8_fault(text + at, *length - at, &step)) {
            out += utf8_encode(0xFFFD, out);
            continue;
        }
        step = utf8_sequence(text + at, *length - at, false);
        memcpy(out, text + at, step);
        out += step;
    }
    *length = (size_t)(out - shown);
    return shown;
}

bool syntax_error_undecodable(const SyntaxErrorInfo *err, const char *text, size_t length, char **message) {
    size_t bad, blamed;
    if (utf8_valid(text, length, false, &bad)) return false;
    const char *reason = utf8_fault(text + bad, length - bad, &blamed);
    *message = blamed == 1
                   ? bump_printf(err->bump,
                                 "(unicode error) 'utf-8' codec can't decode byte 0x%02x in position %zu: %s",
                                 (unsigned char)text[bad], bad, reason)
                   : bump_printf(err->bump,
                                 "(unicode error) 'utf-8' codec can't decode bytes in position %zu-%zu: %s",
                                 bad, bad + blamed - 1, reason);
    return true;
}
