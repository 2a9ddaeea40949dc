/* The parser's promises beside the tree: names, warnings, encodings, incomplete input, limits, memory. */
#include "parse_testing.h"

#include "parse/lexer.h"

static void every_keyword_is_known(void **state) {
    (void)state;
    for (int kind = TOKEN_FIRST_KEYWORD; kind <= TOKEN_LAST_KEYWORD; kind++) {
        char source[32];
        Bump bump;
        SyntaxErrorInfo err;
        Lexer lexer;
        Token token;
        int length = snprintf(source, sizeof source, "%s\n", token_text((TokenKind)kind));
        memset(source + length, 0, sizeof source - (size_t)length);
        bump_init(&bump, &bump_malloc_allocator);
        syntax_error_init(&err, "<test>", &bump);
        lexer_init(&lexer, source, source + length, 1, &err);
        assert_int_equal(lexer_next(&lexer, &token), kind);
        bump_drop(&bump);
    }
}

static void equal_names_are_one(void **state) {
    (void)state;
    static const char source[] = "spam = spam.spam\n\xef\xac\x81 = fi"; /* the ligature fi is "fi" in NFKC */
    Parsed *parsed = parse_bytes(source, strlen(source), PARSE_EXEC, 0);
    AstStmtSeq body = parsed->mod->Module.body;
    const AstName *spam = body.items[0]->Assign.targets.items[0]->Name.id;
    assert_ptr_equal(spam, body.items[0]->Assign.value->Attribute.attr);
    assert_ptr_equal(spam, body.items[0]->Assign.value->Attribute.value->Name.id);
    assert_ptr_equal(body.items[1]->Assign.targets.items[0]->Name.id, body.items[1]->Assign.value->Name.id);
    assert_int_equal(ast_name_count(parsed->mod->names), 2);
    assert_ptr_equal(ast_name_intern(parsed->mod->names, "spam", 4), spam);
    parsed_free(parsed);
}

static AstConstant constant_of(const char *source, Parsed **parsed) {
    *parsed = parse_bytes(source, strlen(source), PARSE_EVAL, 0);
    assert_non_null((*parsed)->mod);
    return (*parsed)->mod->Expression.body->Constant.value;
}

static void integers_keep_their_base(void **state) {
    (void)state;
    Parsed *parsed;
    AstConstant value = constant_of("0x7fff_ffff_ffff_ffff", &parsed);
    assert_int_equal(value.kind, CONSTANT_INT);
    assert_true(value.integer == INT64_MAX);
    parsed_free(parsed);
    value = constant_of("0xF000_0000_0000_0000_0", &parsed);
    assert_int_equal(value.kind, CONSTANT_BIG_INT);
    assert_int_equal(value.base, 16);
    assert_string_equal(value.text.bytes, "F0000000000000000");
    parsed_free(parsed);
    value = constant_of("9223372036854775808", &parsed);
    assert_int_equal(value.kind, CONSTANT_BIG_INT);
    assert_string_equal(value.text.bytes, "9223372036854775808");
    parsed_free(parsed);
}

static void surrogates_and_nuls_stay_in_strings(void **state) {
    (void)state;
    Parsed *parsed;
    AstConstant value = constant_of("'\\ud83d\\ude00\\0x'", &parsed);
    assert_int_equal(value.text.length, 8);
    assert_memory_equal(value.text.bytes, "\xed\xa0\xbd\xed\xb8\x80\0x", 8);
    parsed_free(parsed);
}

static void invalid_escapes_warn_once(void **state) {
    (void)state;
    static const char source[] =
        "match ('\\d'):\n  case _: pass\nx = '\\e' b'\\q' f'\\{x}'\ny = 1if x else 2\n";
    Parsed *parsed = parse_bytes(source, strlen(source), PARSE_EXEC, 0);
    assert_null(parsed->mod); /* bytes and str mixed: the warnings stay */
    assert_non_null(parsed->err.warnings);
    assert_string_equal(parsed->err.warnings->message, "invalid escape sequence '\\d'");
    assert_int_equal(parsed->err.warnings->lineno, 1);
    assert_non_null(parsed->err.warnings->next);
    assert_string_equal(parsed->err.warnings->next->message, "invalid escape sequence '\\e'");
    parsed_free(parsed);
    static const char number[] = "y = 1if x else 2\n";
    parsed = parse_bytes(number, strlen(number), PARSE_EXEC, 0);
    assert_string_equal(parsed->err.warnings->message, "invalid decimal literal");
    assert_null(parsed->err.warnings->next);
    parsed_free(parsed);
}

static void encodings_are_read_from_cookies(void **state) {
    (void)state;
    char name[64];
    parse_source_encoding("# -*- coding: Latin_1 -*-\n", 26, name);
    assert_string_equal(name, "iso-8859-1");
    parse_source_encoding("#!/bin/x\n# vim: set fileencoding=koi8-r :\n", 42, name);
    assert_string_equal(name, "koi8-r");
    parse_source_encoding("x = 1\n# coding: foo\n", 20, name);
    assert_string_equal(name, "utf-8");
    assert_dump("# coding: latin-1\n'\xe9'",
                "Module(body=[Expr(value=Constant(value='\xc3\xa9'))], type_ignores=[])");
    assert_error("# coding: klingon\n", "SyntaxError: unknown encoding: klingon (0:-1)");
    assert_dump("\xef\xbb\xbfx", "Module(body=[Expr(value=Name(id='x', ctx=Load()))], type_ignores=[])");
}

static void bad_bytes_are_refused(void **state) {
    (void)state;
    Parsed *parsed = parse_bytes("a\0b", 3, PARSE_EXEC, 0);
    assert_int_equal(parsed->err.kind, SYNTAX_VALUE_ERROR);
    parsed_free(parsed);
    parsed = parse_bytes("x\n\xff", 3, PARSE_EXEC, 0);
    assert_int_equal(parsed->err.kind, SYNTAX_ERROR);
    assert_int_equal(parsed->err.lineno, 2);
    parsed_free(parsed);
}

static void incomplete_input_is_marked(void **state) {
    (void)state;
    static const char *const incomplete[] = {"(", "if x:\n", "'''a", "x = [1,\n", "def f():\n", "class A"};
    static const char *const wrong[] = {"a b\n", ")", "'a\n", "1a\n"};
    for (size_t i = 0; i < sizeof incomplete / sizeof *incomplete; i++) {
        Parsed *parsed =
            parse_bytes(incomplete[i], strlen(incomplete[i]), PARSE_SINGLE, PARSE_ALLOW_INCOMPLETE);
        assert_string_equal(parsed->err.message, "incomplete input");
        assert_true(parsed->err.incomplete);
        parsed_free(parsed);
    }
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        Parsed *parsed = parse_bytes(wrong[i], strlen(wrong[i]), PARSE_SINGLE, PARSE_ALLOW_INCOMPLETE);
        assert_string_not_equal(parsed->err.message, "incomplete input");
        assert_false(parsed->err.incomplete);
        parsed_free(parsed);
    }
}

/* `count` times `text`, then `tail`. */
static char *repeat(const char *text, size_t count, const char *tail) {
    size_t length = strlen(text);
    char *made = malloc(length * count + strlen(tail) + 1);
    for (size_t i = 0; i < count; i++)
        memcpy(made + i * length, text, length);
    strcpy(made + length * count, tail);
    return made;
}

static SyntaxErrorKind kind_of(const char *text, size_t count, const char *tail) {
    char *source = repeat(text, count, tail);
    Parsed *parsed = parse_bytes(source, strlen(source), PARSE_EXEC, 0);
    SyntaxErrorKind kind = parsed->err.kind;
    parsed_free(parsed);
    free(source);
    return kind;
}

static void deep_nesting_is_an_error(void **state) {
    (void)state;
    assert_int_equal(kind_of("(", 100000, ""), SYNTAX_ERROR);
    assert_int_equal(kind_of("-", 100000, "x"), SYNTAX_MEMORY_ERROR);
    assert_int_equal(kind_of("not ", 100000, "x"), SYNTAX_MEMORY_ERROR);
    assert_int_equal(kind_of("lambda:", 100000, "x"), SYNTAX_MEMORY_ERROR);
    assert_int_equal(kind_of("x if y else ", 100000, "x"), SYNTAX_MEMORY_ERROR);
    assert_int_equal(kind_of("x**", 100000, "x"), SYNTAX_MEMORY_ERROR);
    assert_int_equal(kind_of("f'{", 100000, ""), SYNTAX_ERROR);
}

static void long_chains_need_no_depth(void **state) {
    (void)state;
    assert_int_equal(kind_of("1+", 100000, "1"), SYNTAX_OK);
    assert_int_equal(kind_of("a.", 100000, "b"), SYNTAX_OK);
    assert_int_equal(kind_of("a<", 100000, "b"), SYNTAX_OK);
    assert_int_equal(kind_of("if a: b\n", 1, "") | kind_of("x = 1\n", 1000000, ""), SYNTAX_OK);
}

static void literals_beyond_the_limit_are_refused(void **state) {
    (void)state;
    assert_int_equal(kind_of("1", 4300, ""), SYNTAX_OK);
    assert_int_equal(kind_of("1", 4301, ""), SYNTAX_ERROR);
}

/* --- memory --- */

typedef struct Budget {
    size_t left, live;
} Budget;

static void *take(void *ctx, size_t size) {
    Budget *budget = ctx;
    if (!budget->left) return NULL;
    budget->left--;
    budget->live += size;
    return malloc(size);
}

static void give_back(void *ctx, void *block, size_t size) {
    ((Budget *)ctx)->live -= size;
    free(block);
}

/* Parses with ever more allocations allowed until it ends otherwise than by MemoryError. */
static void fail_each_allocation(const char *source, SyntaxErrorKind end) {
    for (size_t allowed = 0;; allowed++) {
        Budget budget = {allowed, 0};
        BumpAllocator allocator = {take, give_back, &budget};
        Bump bump;
        SyntaxErrorInfo err;
        bump_init(&bump, &allocator);
        AstMod *mod =
            parse_source(source, strlen(source), "<test>", PARSE_EXEC, PARSE_FLAGS_NONE, &bump, &err);
        SyntaxErrorKind kind = err.kind;
        assert_int_equal(mod == NULL, kind != SYNTAX_OK);
        bump_drop(&bump);
        assert_int_equal(budget.live, 0);
        if (kind == SYNTAX_MEMORY_ERROR) continue;
        assert_int_equal(kind, end);
        break;
    }
}

static void each_allocation_may_fail(void **state) {
    (void)state;
    char *many =
        repeat("def f(a, b=1, *c, d=f'{a!r:>{b}}', **e):\n  return [x for x in {1: 2, **a}]\n", 2000, "");
    char *wrong = repeat("x = [f('\\x41' \"b\", c=1), a.b[1:2], lambda x: x]\n", 1000, "a b = (f'{c d}')\n");
    fail_each_allocation(many, SYNTAX_OK);
    fail_each_allocation(wrong, SYNTAX_ERROR);
    fail_each_allocation("f'{a b}'", SYNTAX_ERROR);
    free(many);
    free(wrong);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_keyword_is_known),
        cmocka_unit_test(equal_names_are_one),
        cmocka_unit_test(integers_keep_their_base),
        cmocka_unit_test(surrogates_and_nuls_stay_in_strings),
        cmocka_unit_test(invalid_escapes_warn_once),
        cmocka_unit_test(encodings_are_read_from_cookies),
        cmocka_unit_test(bad_bytes_are_refused),
        cmocka_unit_test(incomplete_input_is_marked),
        cmocka_unit_test(deep_nesting_is_an_error),
        cmocka_unit_test(long_chains_need_no_depth),
        cmocka_unit_test(literals_beyond_the_limit_are_refused),
        cmocka_unit_test(each_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
