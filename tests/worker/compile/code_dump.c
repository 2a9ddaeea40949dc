/* Prints what the compiler makes of sources, a line a fact, for compare.py.
 *
 *     code_dump FILE...        CODE qualname line / LOCALS names flags / op, operand, range, argument of each
 * instruction code_dump --errors FILE  FILE holds sources that end with a NUL each: "OK" or "ERR type args
 * attributes..." */
#include "compile_testing.h"

#include <stdio.h>
#include <stdlib.h>

#include "compile/disasm.h"
#include "objects/error.h"
#include "objects/protocols.h"
#include "objects/str.h"
#include "objects/tuple.h"

static char *read_file(const char *path, size_t *n) {
    FILE *f = fopen(path, "rb");
    if (!f) return NULL;
    fseek(f, 0, SEEK_END);
    *n = (size_t)ftell(f);
    rewind(f);
    char *text = malloc(*n + 1);
    if (!text || fread(text, 1, *n, f) != *n) abort();
    text[*n] = 0;
    fclose(f);
    return text;
}

static void print_repr(Value v) {
    Value repr = v ? value_repr(v) : NULL;
    const char *text = repr ? str_wtf8(repr, NULL) : NULL;
    printf("%s", text ? text : "?");
    xdecref(repr);
    xdecref(v);
    error_clear();
}

static void print_error(void) {
    static const char *const attributes[] = {"filename", "lineno",     "offset",
                                             "text",     "end_lineno", "end_offset"};
    Value e = error_take();
    printf("ERR %s ", type_name_of(e));
    print_repr(value_getattr_cstr(e, "args"));
    for (size_t i = 0; IS(e, SyntaxError) && i < sizeof attributes / sizeof *attributes; i++) {
        putchar(' ');
        print_repr(value_getattr_cstr(e, attributes[i]));
    }
    putchar('\n');
    decref(e);
}

static void print_code(Code *code) {
    printf("CODE %s %u\nLOCALS ", str_utf8(code->qualname, NULL), code->first_line);
    print_repr(incref(code->local_names));
    printf(" flags=%x\n", code->flags);
    Decoded ins;
    for (uint32_t unit = 0; disasm_decode(code, unit, &ins); unit = ins.next) {
        Position p = code_position(code, ins.unit);
        Value argument = disasm_argument(code, &ins);
        const char *text = argument ? str_utf8(argument, NULL) : NULL;
        printf("%s\t%u\t%d:%d-%d:%d\t%s\n", opcode_names[ins.op], ins.b, p.line, p.column, p.end_line,
               p.end_column, text ? text : "?");
        xdecref(argument);
        error_clear();
    }
    for (size_t i = 0; i < tuple_length(code->consts); i++) {
        Value v = tuple_item_borrow(code->consts, i);
        if (IS_EXACT(v, code)) print_code((Code *)(void *)v);
    }
}

static void dump_file(const char *path) {
    size_t n;
    char *text = read_file(path, &n);
    Value filename = str_from_cstr(path);
    printf("FILE %s\n", path);
    Value code = text && filename ? compile_source(text, n, filename, COMPILE_EXEC, 0, 0, 0) : NULL;
    if (code) print_code((Code *)(void *)code);
    else print_error();
    xdecref(code);
    xdecref(filename);
    free(text);
}

static void dump_errors(const char *path) {
    size_t n;
    char *text = read_file(path, &n);
    for (char *source = text; text && source < text + n; source += strlen(source) + 1) {
        Value code = compile_text(source, COMPILE_EXEC);
        if (code) puts("OK");
        else print_error();
        xdecref(code);
    }
    free(text);
}

int main(int argc, char **argv) {
    Heap *heap = world_open();
    if (argc == 3 && strcmp(argv[1], "--errors") == 0) {
        dump_errors(argv[2]);
    } else {
        for (int i = 1; i < argc; i++) dump_file(argv[i]);
    }
    world_close(heap);
    return 0;
}
