#include "parse_testing.h"

Parsed *parse_bytes(const char *source, size_t length, ParseMode mode, int flags) {
    Parsed *parsed = malloc(sizeof *parsed);
    bump_init(&parsed->bump, &bump_malloc_allocator);
    parsed->mod =
        parse_source(source, length, "<test>", mode, (ParseFlags)flags, &parsed->bump, &parsed->err);
    assert_int_equal(parsed->mod == NULL, parsed->err.kind != SYNTAX_OK);
    return parsed;
}

void parsed_free(Parsed *parsed) {
    bump_drop(&parsed->bump);
    free(parsed);
}

static const char *kind_name(SyntaxErrorKind kind) {
    switch (kind) {
    case SYNTAX_ERROR: return "SyntaxError";
    case SYNTAX_INDENTATION_ERROR: return "IndentationError";
    case SYNTAX_TAB_ERROR: return "TabError";
    case SYNTAX_VALUE_ERROR: return "ValueError";
    case SYNTAX_MEMORY_ERROR: return "MemoryError";
    default: return "?";
    }
}

char *parse_to_text(const char *source, ParseMode mode, bool attributes) {
    Parsed *parsed = parse_bytes(source, strlen(source), mode, 0);
    char *text;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    if (parsed->mod) ast_dump(parsed->mod, attributes, out);
    else
        fprintf(out, "%s: %s (%d:%d)", kind_name(parsed->err.kind),
                parsed->err.message ? parsed->err.message : "", parsed->err.lineno, parsed->err.offset);
    fclose(out);
    parsed_free(parsed);
    return text;
}

void assert_dump(const char *source, const char *expected) {
    char *text = parse_to_text(source, PARSE_EXEC, false);
    assert_string_equal(text, expected);
    free(text);
}

void assert_parses(const char *source) {
    char *text = parse_to_text(source, PARSE_EXEC, false);
    if (strncmp(text, "Module(", 7) != 0) fail_msg("%s\n%s", source, text);
    free(text);
}

void assert_error(const char *source, const char *expected) {
    assert_dump(source, expected);
}
