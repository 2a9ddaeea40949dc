/* Python 3.12's syntax, which python3.11 cannot judge: type parameters, the type statement, nested f-strings.
 */
#include "parse_testing.h"

#define MODULE(body)    "Module(body=[" body "], type_ignores=[])"
#define NO_ARGUMENTS    "arguments(posonlyargs=[], args=[], kwonlyargs=[], kw_defaults=[], defaults=[])"
#define STR(text)       "Constant(value='" text "')"
#define FIELD_OF(value) "FormattedValue(value=" value ", conversion=-1)"
#define LOAD(name)      "Name(id='" name "', ctx=Load())"

static void function_takes_type_parameters(void **state) {
    (void)state;
    assert_dump("def f[T: int, *Ts, **P](): pass",
                MODULE("FunctionDef(name='f', args=" NO_ARGUMENTS
                       ", body=[Pass()], decorator_list=[], type_params=["
                       "TypeVar(name='T', bound=Name(id='int', ctx=Load())), TypeVarTuple(name='Ts'), "
                       "ParamSpec(name='P')])"));
}

static void class_takes_type_parameters(void **state) {
    (void)state;
    assert_dump("class A[T,](B): pass",
                MODULE("ClassDef(name='A', bases=[Name(id='B', ctx=Load())], keywords=[], body=[Pass()], "
                       "decorator_list=[], type_params=[TypeVar(name='T')])"));
}

static void type_statement_makes_an_alias(void **state) {
    (void)state;
    assert_dump("type X[T] = list[T]",
                MODULE("TypeAlias(name=Name(id='X', ctx=Store()), type_params=[TypeVar(name='T')], "
                       "value=Subscript(value=Name(id='list', ctx=Load()), slice=Name(id='T', ctx=Load()), "
                       "ctx=Load()))"));
}

static void type_is_still_a_name(void **state) {
    (void)state;
    assert_parses("type = 1");
    assert_parses("type(x)");
    assert_parses("type.x = type[1]");
    assert_parses("type: int = 3");
    assert_parses("type in x, type");
    assert_parses("type\n");
}

static void type_parameter_mistakes_are_named(void **state) {
    (void)state;
    assert_error("type X[*Ts: int] = 1", "SyntaxError: cannot use bound with TypeVarTuple (1:11)");
    assert_error("class A[**P: int]: pass", "SyntaxError: cannot use bound with ParamSpec (1:12)");
    assert_error("def f[](): pass", "SyntaxError: expected '(' (1:6)");
    assert_error("type X = a b", "SyntaxError: invalid syntax (1:12)");
}

static void fstring_reuses_its_quotes(void **state) {
    (void)state;
    assert_dump(
        "f'{a['b']}'",
        MODULE("Expr(value=JoinedStr(values=[" FIELD_OF(
            "Subscript(value=Name(id='a', ctx=Load()), slice=Constant(value='b'), ctx=Load())") "]))"));
}

static void fstrings_nest(void **state) {
    (void)state;
    assert_dump("f\"{f\"{f\"{a}\"}\"}\"",
                MODULE("Expr(value=JoinedStr(values=[" FIELD_OF("JoinedStr(values=[" FIELD_OF(
                    "JoinedStr(values=[" FIELD_OF(LOAD("a")) "])") "])") "]))"));
}

static void fstring_field_takes_backslashes_comments_and_newlines(void **state) {
    (void)state;
    assert_dump("f'{\"\\n\".join(a)}'",
                MODULE("Expr(value=JoinedStr(values=[" FIELD_OF(
                    "Call(func=Attribute(value=Constant(value='\\n'), attr='join', ctx=Load()), "
                    "args=[Name(id='a', ctx=Load())], keywords=[])") "]))"));
    assert_dump("f'{\na # one\n}'", MODULE("Expr(value=JoinedStr(values=[" FIELD_OF(LOAD("a")) "]))"));
    assert_dump("f'''{\n'''a'''\n}'''", MODULE("Expr(value=JoinedStr(values=[" FIELD_OF(STR("a")) "]))"));
}

static void fstring_expressions_have_their_true_positions(void **state) {
    (void)state;
    char *text = parse_to_text("x = f'''a\n {b}'''", PARSE_EXEC, true);
    assert_non_null(
        strstr(text, "Name(id='b', ctx=Load(), lineno=2, col_offset=2, end_lineno=2, end_col_offset=3)"));
    free(text);
}

static void unclosed_field_is_told(void **state) {
    (void)state;
    assert_error("f'{a'", "SyntaxError: f-string: expecting '}' (1:6)");
    assert_error("f'{a b}'", "SyntaxError: f-string: invalid syntax. Perhaps you forgot a comma? (1:2)");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(function_takes_type_parameters),
        cmocka_unit_test(class_takes_type_parameters),
        cmocka_unit_test(type_statement_makes_an_alias),
        cmocka_unit_test(type_is_still_a_name),
        cmocka_unit_test(type_parameter_mistakes_are_named),
        cmocka_unit_test(fstring_reuses_its_quotes),
        cmocka_unit_test(fstrings_nest),
        cmocka_unit_test(fstring_field_takes_backslashes_comments_and_newlines),
        cmocka_unit_test(fstring_expressions_have_their_true_positions),
        cmocka_unit_test(unclosed_field_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
