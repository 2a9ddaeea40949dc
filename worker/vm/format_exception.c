/*
 * format_exception: the text of an uncaught exception, letter for letter what CPython 3.11 prints: chained exceptions, tracebacks
 * with source lines and carets, SyntaxErrors with their place, notes, groups in their boxes, suggestions.
 *
 * A Writer collects text; inside a group every line begins with the margin of its depth.
 */
#include "vm/caret_anchors.h"
#include "vm/suggest.h"
#include "vm/vm_internal.h"

#include <stdio.h>

enum { GROUP_WIDTH_MAX = 15, GROUP_DEPTH_MAX = 10, SAME_FRAMES_SHOWN = 3, DEFAULT_LIMIT = 1000 };

typedef struct Writer {
    StrBuilder out;
    int depth; /* of groups */
    bool line_start;
    bool need_close; /* the innermost group's box has no bottom yet */
    bool failed;
    char margin; /* of the lines to come: '|', or '+' for a top-level group's headline */
} Writer;

/* ---- writing ---- */

static void put_char(Writer *w, uint32_t c) {
    if (w->line_start && w->depth > 0) {
        char margin[4] = {w->margin, ' ', 0, 0};
        w->failed |= str_builder_add_repeat(&w->out, ' ', (size_t)w->depth * 2) < 0 ||
                     str_builder_add_cstr(&w->out, margin) < 0;
    }
    w->line_start = c == '\n';
    w->failed |= str_builder_add_char(&w->out, c) < 0;
}

static void put(Writer *w, const char *ascii) {
    while (*ascii) put_char(w, (unsigned char)*ascii++);
}

static void put_repeat(Writer *w, char c, size_t n) {
    while (n-- > 0) put_char(w, (unsigned char)c);
}

static void put_str(Writer *w, Value str) {
    for (size_t i = 0, n = str_length(str); i < n; i++) put_char(w, str_read(str, i));
}

static void put_int(Writer *w, long n) {
    char text[24];
    snprintf(text, sizeof text, "%ld", n);
    put(w, text);
}

/* A line of a group's box: indented to the depth, without margin. */
static void put_box_line(Writer *w, const char *head, const char *title, const char *tail) {
    w->failed |= str_builder_add_repeat(&w->out, ' ', (size_t)w->depth * 2) < 0 ||
                 str_builder_add_cstr(&w->out, head) < 0 || str_builder_add_cstr(&w->out, title) < 0 ||
                 str_builder_add_cstr(&w->out, tail) < 0;
    w->line_start = true;
}

/* str(v), or the fallback when that raises. New; NULL: not even memory for it. */
static Value text_or(Value v, const char *fallback) {
    Value text = value_str(v);
    if (text) return text;
    error_clear();
    text = str_from_cstr(fallback);
    if (!text) error_clear();
    return text;
}

/* ---- one frame ---- */

static bool is_blank(uint32_t c) { return c == ' ' || c == '\t' || c == '\f'; }

/* A source line as code points, and its columns. */
typedef struct Line {
    uint32_t *text;
    size_t length, indent; /* leading blanks */
} Line;

/* The number of code points in the first `bytes` bytes of the line's UTF-8 form. */
static size_t column_to_index(const Line *line, int bytes) {
    size_t i = 0;
    for (int at = 0; i < line->length && at < bytes; i++) {
        uint32_t c = line->text[i];
        at += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    }
    return i;
}

static bool line_read(Value str, Line *line) {
    line->length = str_length(str);
    line->text = heap_alloc(rt->heap, (line->length + 1) * sizeof *line->text);
    if (!line->text) return false;
    for (size_t i = 0; i < line->length; i++) line->text[i] = str_read(str, i);
    while (line->length && is_blank(line->text[line->length - 1])) line->length--;
    line->indent = 0;
    while (line->indent < line->length && is_blank(line->text[line->indent])) line->indent++;
    return true;
}

static void put_carets(Writer *w, const Line *line, Position p) {
    if (p.line < 0 || p.end_line < 0 || p.column < 0 || p.end_column < 0) return;
    size_t start = column_to_index(line, p.column), end, left = 0, right = 0;
    bool anchors = false;
    if (p.line == p.end_line) {
        end = column_to_index(line, p.end_column);
        if (start < end) anchors = caret_anchors(line->text + start, end - start, &left, &right);
    } else {
        end = line->length;
    }
    if (start < line->indent || end <= start) return;
    if (!anchors && end - start == line->length - line->indent) return; /* the whole line: says nothing */
    put(w, "    ");
    put_repeat(w, ' ', start - line->indent);
    for (size_t i = 0; i < end - start; i++) put_char(w, anchors && (i < left || i >= right) ? '~' : '^');
    put(w, "\n");
}

static void put_source(Writer *w, const Code *code, int number, Position position) {
    Value text = vm_code_source_line(code, number);
    Line line;
    if (!text) {
        error_clear();
        return;
    }
    if (line_read(text, &line)) {
        if (line.length > line.indent) {
            put(w, "    ");
            for (size_t i = line.indent; i < line.length; i++) put_char(w, line.text[i]);
            put(w, "\n");
            put_carets(w, &line, position);
        }
        heap_free(rt->heap, line.text);
    }
    decref(text);
}

static void put_frame(Writer *w, Value tb) {
    const Code *code = ((FrameObject *)traceback_frame_borrow(tb))->frame->code;
    int line = traceback_line(tb), unit = traceback_unit(tb);
    Position position = {-1, -1, -1, -1};
    if (unit >= 0) position = code_position(code, (uint32_t)unit);
    put(w, "  File \"");
    put_str(w, code->filename);
    put(w, "\", line ");
    put_int(w, line);
    put(w, ", in ");
    put_str(w, code->name);
    put(w, "\n");
    put_source(w, code, line, position);
}

/* ---- a traceback ---- */

static bool same_place(Value a, Value b) {
    const Code *x = ((FrameObject *)traceback_frame_borrow(a))->frame->code;
    const Code *y = ((FrameObject *)traceback_frame_borrow(b))->frame->code;
    return traceback_line(a) == traceback_line(b) && str_equal(x->filename, y->filename) &&
           str_equal(x->name, y->name);
}

static void put_repeated(Writer *w, long count) {
    count -= SAME_FRAMES_SHOWN;
    put(w, "  [Previous line repeated ");
    put_int(w, count);
    put(w, count > 1 ? " more times]\n" : " more time]\n");
}

static void put_entries(Writer *w, Value tb, ssize_t limit) {
    ssize_t depth = 0;
    for (Value at = tb; at; at = traceback_next_borrow(at)) depth++;
    for (; limit >= 0 && tb && depth > limit; depth--) tb = traceback_next_borrow(tb);
    Value last = NULL;
    long count = 0;
    for (; tb; tb = traceback_next_borrow(tb)) {
        if (!last || !same_place(last, tb)) {
            if (count > SAME_FRAMES_SHOWN) put_repeated(w, count);
            last = tb;
            count = 0;
        }
        if (++count <= SAME_FRAMES_SHOWN) put_frame(w, tb);
    }
    if (count > SAME_FRAMES_SHOWN) put_repeated(w, count);
}

/* sys.tracebacklimit */
static ssize_t traceback_limit(void) {
    Value limit = rt->sys_dict ? dict_get_str_borrow(AS_VALUE(rt->sys_dict), NAME(tracebacklimit)) : NULL;
    if (!limit || !is_int(limit)) return DEFAULT_LIMIT;
    int64_t n;
    if (!int_to_i64(limit, &n)) return int_sign(limit) < 0 ? 0 : DEFAULT_LIMIT;
    return n < 0 ? 0 : (ssize_t)n;
}

static void put_traceback(Writer *w, Value e, const char *headline, char margin) {
    Value tb = exception_of(e)->traceback;
    ssize_t limit = traceback_limit();
    if (!tb || !IS_EXACT(tb, traceback) || limit == 0) return;
    w->margin = margin;
    put(w, headline);
    w->margin = '|';
    put_entries(w, tb, limit);
}

/* ---- the last line ---- */

static void put_type_name(Writer *w, Type *type) {
    Value name = NAME(__module__), module = NULL;
    if (value_getattr_optional(AS_VALUE(type), name, &module) < 0) error_clear();
    if (!module || !is_str(module)) {
        put(w, "<unknown>.");
    } else if (!str_equal(module, NAME(builtins)) && !str_equal(module, NAME(__main__))) {
        put_str(w, module);
        put(w, ".");
    }
    xdecref(module);
    put_str(w, AS_VALUE(type->qualname));
}

static void put_message(Writer *w, Value e, Value message) {
    put_type_name(w, type_of(e));
    Value text = message == NONE ? NULL : text_or(message, "<exception str() failed>");
    if (text && str_length(text) > 0) {
        put(w, ": ");
        put_str(w, text);
    }
    xdecref(text);
    Value meant = suggest_name(e);
    if (meant) {
        put(w, ". Did you mean: '");
        put_str(w, meant);
        put(w, "'?");
        decref(meant);
    }
    put(w, "\n");
}

static void put_note(Writer *w, Value note) {
    Value text = text_or(note, "<note str() failed>");
    if (text) {
        put_str(w, text);
        put(w, "\n");
        decref(text);
    }
}

static void put_notes(Writer *w, Value e) {
    Value notes;
    if (value_getattr_optional(e, NAME(__notes__), &notes) < 0) error_clear();
    if (!notes || notes == NONE) return;
    if (value_is_sequence(notes) && !is_str(notes) && !is_bytes(notes)) {
        Value list = value_to_list(notes);
        if (!list) error_clear();
        for (size_t i = 0; list && i < list_length(list); i++) put_note(w, list_item_borrow(list, i));
        xdecref(list);
    } else {
        Value text = value_repr(notes);
        if (!text) error_clear();
        else {
            put_str(w, text);
            put(w, "\n");
            decref(text);
        }
    }
    decref(notes);
}

/* ---- SyntaxError ---- */

static long field_number(Value e, int place, long otherwise) {
    Value v = exception_of(e)->fields[place];
    int64_t n;
    return v && is_int(v) && int_to_i64(v, &n) ? (long)n : otherwise;
}

/* The offending line and its carets. offset and end_offset count from 1; below that they are unknown. */
static void put_syntax_text(Writer *w, Value text, long offset, long end_offset) {
    long carets = end_offset > 0 && end_offset > offset ? end_offset - offset : 1;
    size_t start = 0, end = str_length(text);
    offset--;
    for (; start < end && is_blank(str_read(text, start)); start++) offset--;
    if (end > start && str_read(text, end - 1) == '\n') end--;
    if (offset > (long)(end - start)) offset = (long)(end - start);
    for (size_t i = start; i < end;
         i++) { /* an embedded newline in front of the place: what is before it goes */
        if (str_read(text, i) != '\n') continue;
        if ((long)(i - start) >= offset) break;
        offset -= (long)(i + 1 - start);
        start = i + 1;
    }
    put(w, "    ");
    for (size_t i = start; i < end; i++) put_char(w, str_read(text, i));
    put(w, "\n");
    if (offset < 0) return;
    put(w, "    ");
    put_repeat(w, ' ', (size_t)offset);
    put_repeat(w, '^', (size_t)carets);
    put(w, "\n");
}

/* The "File ..., line ..." part; true if e is a SyntaxError with a place, whose message is then msg alone. */
static bool put_syntax_place(Writer *w, Value e) {
    if (!IS(e, SyntaxError)) return false;
    Value filename = exception_of(e)->fields[SYNTAX_FILENAME], text = exception_of(e)->fields[SYNTAX_TEXT];
    long line = field_number(e, SYNTAX_LINENO, -1), end_line = field_number(e, SYNTAX_END_LINENO, line);
    long offset = field_number(e, SYNTAX_OFFSET, -1), end_offset = field_number(e, SYNTAX_END_OFFSET, -1);
    if (line < 0) return false;
    put(w, "  File \"");
    Value shown = filename && filename != NONE ? text_or(filename, "?") : str_from_cstr("<string>");
    if (shown) put_str(w, shown);
    xdecref(shown);
    put(w, "\", line ");
    put_int(w, line);
    put(w, "\n");
    if (!text || !is_str(text)) return true;
    if (end_line > line) end_offset = (long)str_length(text);
    else if (end_offset > (long)str_length(text) + 1) end_offset = (long)str_length(text) + 1;
    if (IS(e, IndentationError)) end_offset = -1; /* CPython shows one caret */
    put_syntax_text(w, text, offset, end_offset);
    return true;
}

static void put_exception_only(Writer *w, Value e) {
    bool placed = put_syntax_place(w, e);
    Value message = e;
    if (placed) {
        message = exception_of(e)->fields[SYNTAX_MSG];
        if (!message) message = NONE;
    }
    put_message(w, e, message);
    put_notes(w, e);
}

/* ---- chains and groups ---- */

static void put_exception(Writer *w, Value e);

static void put_members(Writer *w, Value group) {
    Value members = exception_of(group)->fields[GROUP_EXCEPTIONS];
    size_t count = members && is_tuple(members) ? tuple_length(members) : 0;
    size_t shown = count > GROUP_WIDTH_MAX ? GROUP_WIDTH_MAX + 1 : count;
    w->need_close = false;
    for (size_t i = 0; i < shown; i++) {
        bool last = i == shown - 1, cut = i >= GROUP_WIDTH_MAX;
        char title[24] = "...";
        if (last) w->need_close = true; /* unless a group within draws the bottom */
        if (!cut) snprintf(title, sizeof title, "%zu", i + 1);
        put_box_line(w, i == 0 ? "+-+---------------- " : "  +---------------- ", title,
                     " ----------------\n");
        w->depth++;
        if (cut) {
            put(w, "and ");
            put_int(w, (long)(count - GROUP_WIDTH_MAX));
            put(w, count - GROUP_WIDTH_MAX > 1 ? " more exceptions\n" : " more exception\n");
        } else {
            put_exception(w, tuple_item_borrow(members, i));
        }
        if (last && w->need_close) {
            put_box_line(w, "+------------------------------------\n", "", "");
            w->need_close = false;
        }
        w->depth--;
    }
}

static void put_group(Writer *w, Value e) {
    bool top = w->depth == 0;
    if (w->depth > GROUP_DEPTH_MAX) {
        put(w, "... (max_group_depth is 10)\n");
        return;
    }
    if (top) w->depth = 1;
    put_traceback(w, e, "Exception Group Traceback (most recent call last):\n", top ? '+' : '|');
    put_exception_only(w, e);
    put_members(w, e);
    if (top) w->depth = 0;
}

static void put_one(Writer *w, Value e) {
    if (exception_is_group(e)) {
        put_group(w, e);
        return;
    }
    put_traceback(w, e, "Traceback (most recent call last):\n", '|');
    put_exception_only(w, e);
}

static bool in_list(Value list, Value e) {
    for (size_t i = 0; i < list_length(list); i++)
        if (list_item_borrow(list, i) == e) return true;
    return false;
}

/* The exception and what led to it, the earliest last; links[i]: why item i followed from item i + 1. New. */
static Value collect_chain(Value e) {
    Value chain = list_new(0);
    while (chain && e && e != NONE && !in_list(chain, e)) {
        if (list_append(chain, e) < 0) CLEAR_FIELD(chain);
        BaseException *x = exception_of(e);
        Value cause = x->cause;
        e = cause && cause != NONE ? cause : x->suppress_context ? NULL : x->context;
    }
    return chain;
}

static void put_exception(Writer *w, Value e) {
    Value chain = collect_chain(e);
    if (!chain) {
        error_clear();
        put_one(w, e);
        return;
    }
    for (size_t i = list_length(chain); i-- > 0;) {
        Value at = list_item_borrow(chain, i);
        put_one(w, at);
        if (i == 0) break;
        Value cause = exception_of(list_item_borrow(chain, i - 1))->cause;
        put(w, cause && cause != NONE
                   ? "\nThe above exception was the direct cause of the following exception:\n\n"
                   : "\nDuring handling of the above exception, another exception occurred:\n\n");
    }
    decref(chain);
}

static Value finish(Writer *w) {
    if (!w->failed) return str_builder_finish(&w->out);
    str_builder_drop(&w->out);
    return error_pending() ? NULL : raise_no_memory(); /* what failed first was cleared on the way */
}

/* The last line as the interpreter's own reports have it: no suggestion, no notes, no place of a SyntaxError. */
static void put_plain_message(Writer *w, Value e) {
    put_type_name(w, type_of(e));
    Value text = text_or(e, "<exception str() failed>");
    put(w, ": ");
    if (text) put_str(w, text);
    xdecref(text);
    put(w, "\n");
}

Value exception_format_alone(Value e) {
    Writer w = {STR_BUILDER_INIT, 0, true, false, false, '|'};
    put_traceback(&w, e, "Traceback (most recent call last):\n", '|');
    put_plain_message(&w, e);
    return finish(&w);
}

Value exception_format(Value e) {
    Writer w = {STR_BUILDER_INIT, 0, true, false, false, '|'};
    Value pending = error_pending() ? error_take() : NULL;
    put_exception(&w, e);
    Value text = finish(&w);
    if (pending) {
        if (text) error_restore_steal(pending);
        else decref(pending);
    }
    return text;
}
