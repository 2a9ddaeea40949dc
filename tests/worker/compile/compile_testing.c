#include "compile_testing.h"

#include <heap/stats.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/host.h"
#include "compile/disasm.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/protocols.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "vm/vm.h"

static int write_out(void *ctx, int stream, const char *data, size_t n) {
    (void)ctx;
    fwrite(data, 1, n, stream == 2 ? stderr : stdout);
    return 0;
}

static int flush_out(void *ctx, int stream) {
    (void)ctx;
    return fflush(stream == 2 ? stderr : stdout);
}

static Host host = {.write = write_out, .flush = flush_out};

Heap *world_open(void) {
    HeapOptions options;
    heap_options_init(&options);
    Heap *heap = heap_create(&options);
    if (!heap || runtime_boot(heap, &host) < 0) {
        fputs("no world\n", stderr);
        abort();
    }
    return heap;
}

void world_close(Heap *heap) {
    runtime_drop();
    heap_drop(heap);
}

Value compile_text(const char *source, CompileMode mode) {
    return compile_source(source, strlen(source), NAME(string_), mode, COMPILE_SOURCE_IS_STR, 0, 0);
}

Value run_code(Value code) {
    Value globals = dict_new();
    if (!globals || dict_set_cstr(globals, "__builtins__", AS_VALUE(rt->builtins)) < 0 ||
        dict_set_cstr(globals, "__name__", NAME(__main__)) < 0)
        return NULL;
    Value result = vm_run_code((Code *)(void *)code, (Dict *)(void *)globals, globals, NULL);
    dict_clear(globals);
    decref(globals);
    return result;
}

Value run_for_value(const char *source) {
    Value code = compile_text(source, COMPILE_EXEC_VALUE), result = code ? run_code(code) : NULL;
    xdecref(code);
    return result;
}

static int attribute_number(Value e, const char *name) {
    Value v = value_getattr_cstr(e, name);
    int n = v && is_small_int(v) ? (int)small_int(v) : -1;
    xdecref(v);
    return n;
}

const char *show(Value v) {
    static char text[2048];
    Value e = v ? NULL : error_take(), str = v ? value_repr(v) : value_getattr_cstr(e, "msg");
    if (!str && e) {
        error_clear();
        str = value_str(e);
    }
    const char *utf8 = str ? str_utf8(str, NULL) : "?";
    if (v) snprintf(text, sizeof text, "%s", utf8);
    else if (IS(e, SyntaxError))
        snprintf(text, sizeof text, "%s: %s (%d:%d)", type_name_of(e), utf8, attribute_number(e, "lineno"),
                 attribute_number(e, "offset"));
    else snprintf(text, sizeof text, "%s: %s", type_name_of(e), utf8);
    xdecref(str);
    xdecref(v);
    xdecref(e);
    return text;
}

int count_ops(const Code *code, int op) {
    int count = 0;
    Decoded ins;
    for (uint32_t unit = 0; disasm_decode(code, unit, &ins); unit = ins.next) count += ins.op == op;
    return count;
}

Code *inner_code(const Code *code) {
    for (size_t i = 0; i < tuple_length(code->consts); i++)
        if (IS_EXACT(tuple_item_borrow(code->consts, i), code))
            return (Code *)(void *)tuple_item_borrow(code->consts, i);
    return NULL;
}

size_t bytes_in_use(void) {
    HeapStats stats;
    heap_stats(rt->heap, &stats);
    return stats.bytes_used;
}
