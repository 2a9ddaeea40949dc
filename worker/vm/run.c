/* run: what other parts ask about the running code; sources for tracebacks; versions. */
#include "vm/vm_internal.h"

Dict *vm_globals_borrow(void) {
    Frame *f = thread_frame(THREAD);
    return f ? frame_globals(f) : NULL;
}

Dict *vm_builtins_borrow(void) {
    Frame *f = thread_frame(THREAD);
    return f && frame_builtins(f) ? frame_builtins(f) : rt->builtins;
}

Value vm_locals(void) {
    Frame *f = thread_frame(THREAD);
    return f ? frame_locals(f) : raise_error(T_SystemError, "frame does not exist");
}

uint32_t vm_new_code_version(void) { return ++VM->next_code_version; }

void vm_retire_code_steal(Code *code) {
    VmState *vm = VM;
    if (!vm->retired && !(vm->retired = list_new(0))) {
        error_clear();
        return; /* leaked, which is safe */
    }
    if (list_append_steal(vm->retired, incref(AS_VALUE(code))) < 0) error_clear();
    else DECREF(code);
}

/* ---- super() ---- */

static Value first_argument(Frame *f) {
    Value v = f->slots[0];
    if (v && (f->code->local_kinds[0] & LOCAL_CELL) && IS_EXACT(v, cell)) v = ((Cell *)v)->value;
    return v;
}

int vm_super_context(Value *cls, Value *self) {
    Frame *f = thread_frame(THREAD);
    if (!f) return raise_int(T_RuntimeError, "super(): no current frame");
    Code *code = f->code;
    if (code->arg_count == 0) return raise_int(T_RuntimeError, "super(): no arguments");
    *self = first_argument(f);
    if (!*self) return raise_int(T_RuntimeError, "super(): arg[0] deleted");
    for (uint32_t i = code->locals_plus_count - code->free_count; i < code->locals_plus_count; i++) {
        if (!str_equal(tuple_item_borrow(code->local_names, i), NAME(__class__))) continue;
        Value cell = f->slots[i];
        if (!cell || !IS_EXACT(cell, cell)) return raise_int(T_RuntimeError, "super(): bad __class__ cell");
        *cls = ((Cell *)cell)->value;
        if (!*cls) return raise_int(T_RuntimeError, "super(): empty __class__ cell");
        if (!is_type(*cls)) return raise_int(T_RuntimeError, "super(): __class__ is not a type (%T)", *cls);
        return 0;
    }
    return raise_int(T_RuntimeError, "super(): __class__ cell not found");
}

/* ---- short cuts ---- */

static Value builtin_borrow(const char *name) {
    Value key = str_intern_cstr(name);
    Value found = key ? dict_get_str_borrow(AS_VALUE(rt->builtins), key) : NULL;
    xdecref(key);
    return found;
}

void vm_builtins_ready(void) {
    VmState *vm = VM;
    vm->len = builtin_borrow("len");
    vm->isinstance = builtin_borrow("isinstance");
    vm->import = builtin_borrow("__import__");
    vm->list_append = type_lookup_borrow(TYPE(list), NAME(append));
    error_clear();
}

/* ---- sources ---- */

int vm_register_source(Value filename, Value text) {
    VmState *vm = VM;
    if (!vm->sources && !(vm->sources = dict_new())) return -1;
    return dict_set(vm->sources, filename, text);
}

/* The line without its newline, new; NULL without error when there is none. */
static Value text_line(Value text, int number) {
    size_t n = str_length(text), start = 0;
    for (int line = 1; line < number; line++) {
        while (start < n && str_read(text, start) != '\n') start++;
        if (start++ >= n) return NULL;
    }
    if (start >= n) return NULL;
    size_t end = start;
    while (end < n && str_read(text, end) != '\n') end++;
    if (end > start && str_read(text, end - 1) == '\r') end--;
    return str_slice(text, start, end);
}

Value vm_source_text_borrow(Value filename) {
    return VM->sources ? dict_get_borrow(VM->sources, filename) : NULL;
}

Value vm_source_line(Value filename, int number) {
    Value text = vm_source_text_borrow(filename);
    if (text) return number >= 1 ? text_line(text, number) : NULL;
    return VM->line_finder ? VM->line_finder(filename, number) : NULL;
}

void vm_set_line_finder(LineFinder *finder) { VM->line_finder = finder; }

/* As in CPython, a text that came from no file ("<string>") shows lines only when one of that name was registered (this one, or
 * in a session a later one), or when it was received from elsewhere. */
Value vm_code_source_line(const Code *code, int number) {
    bool no_file = str_length(code->filename) > 0 && str_read(code->filename, 0) == '<';
    bool shown = !no_file || code->received || vm_source_text_borrow(code->filename);
    if (!code->source || !shown) return vm_source_line(code->filename, number);
    return number >= 1 ? text_line(code->source, number) : NULL;
}
