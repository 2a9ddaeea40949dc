/* ascii format input print repr */
#include "base/host.h"
#include "builtins/builtins.h"
#include "modules/io.h"
#include "objects/dict.h"
#include "objects/str.h"

static Value builtin_ascii(Value module, Value o) {
    (void)module;
    return value_ascii(o);
}

static Value builtin_repr(Value module, Value o) {
    (void)module;
    return value_repr(o);
}

static Value builtin_format(Value module, Value const *args, size_t nargs) {
    (void)module;
    if (!args_count("format", nargs, 1, 2)) return NULL;
    if (nargs == 2 && !is_str(args[1]))
        return raise_error(T_TypeError, "format() argument 2 must be str, not %.50K", args[1]);
    return value_format(args[0], nargs == 2 ? args[1] : NULL);
}

/* ---- print ---- */

/* A value's text to any file: straight into the buffer of our own text streams, else by its write method. */
static int print_text(Value file, Value text) {
    if (io_is_plain_text_stream(file)) return io_text_write(file, text);
    Value result = value_call_method_one(file, NAME(write), text);
    xdecref(result);
    return result ? 0 : -1;
}

static int print_value(Value file, Value v) {
    if (is_object(v) && type_of(v) == TYPE(str)) return print_text(file, v);
    Value text = value_str(v);
    int status = text ? print_text(file, text) : -1;
    xdecref(text);
    return status;
}

static int print_all(Value file, Value const *args, size_t nargs, Value sep, Value end) {
    for (size_t i = 0; i < nargs; i++) {
        if (i > 0 && print_text(file, sep) < 0) return -1;
        if (print_value(file, args[i]) < 0) return -1;
    }
    return print_text(file, end);
}

static bool text_or_none(const char *name, Value *v, Value fallback) {
    if (!*v || *v == NONE) {
        *v = fallback;
        return true;
    }
    if (is_str(*v)) return true;
    raise_error(T_TypeError, "%s must be None or a string, not %.200T", name, *v);
    return false;
}

static Value builtin_print(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    enum { SEP, END, FILE_, FLUSH };
    static const char *const names[] = {"sep", "end", "file", "flush", NULL};
    static const ArgSpec spec = {"print", names, 4, 0, 0};
    Value out[4] = {NULL};
    if (kwnames && !args_bind(&spec, args + nargs, 0, kwnames, out)) return NULL;
    Value file = out[FILE_];
    if (!file || file == NONE) {
        file = dict_get_str_borrow(AS_VALUE(rt->sys_dict), NAME(stdout));
        if (!file) return raise_error(T_RuntimeError, "lost sys.stdout");
        if (file == NONE) return NONE;
    }
    if (!text_or_none("sep", &out[SEP], NAME(space_)) || !text_or_none("end", &out[END], NAME(newline_)))
        return NULL;
    int flush = out[FLUSH] ? value_is_true(out[FLUSH]) : 0;
    if (flush < 0) return NULL;
    incref(file); /* sys.stdout may be replaced by a __str__ */
    int status = print_all(file, args, nargs, out[SEP], out[END]);
    if (status == 0 && flush) {
        Value done = value_call_method_noargs(file, NAME(flush));
        status = done ? 0 : -1;
        xdecref(done);
    }
    decref(file);
    return status < 0 ? NULL : NONE;
}

/* ---- input ---- */

static Value stream(Value name, const char *text) {
    Value file = dict_get_str_borrow(AS_VALUE(rt->sys_dict), name);
    if (!file || file == NONE) return raise_error(T_RuntimeError, "input(): lost sys.%s", text);
    return incref(file);
}

static int flush_stream(Value file) {
    Value done = value_call_method_noargs(file, NAME(flush));
    xdecref(done);
    return done ? 0 : -1;
}

static Value without_newline(Value line) {
    if (!is_str(line)) {
        raise_error(T_TypeError, "object.readline() returned non-string");
        decref(line);
        return NULL;
    }
    size_t n = str_length(line);
    if (n == 0) {
        decref(line);
        return raise_error(T_EOFError, "EOF when reading a line");
    }
    if (str_read(line, n - 1) != '\n') return line;
    Value cut = str_slice(line, 0, n - 1);
    decref(line);
    return cut;
}

static Value builtin_input(Value module, Value const *args, size_t nargs) {
    (void)module;
    if (!args_count("input", nargs, 0, 1)) return NULL;
    Value in = stream(NAME(stdin), "stdin"), out = in ? stream(NAME(stdout), "stdout") : NULL, line = NULL;
    Value err = out ? dict_get_str_borrow(AS_VALUE(rt->sys_dict), NAME(stderr)) : NULL;
    if (err && err != NONE && flush_stream(err) < 0) error_clear();
    if (out && (nargs == 0 || print_value(out, args[0]) == 0)) {
        if (flush_stream(out) < 0) error_clear();
        line = value_call_method_noargs(in, NAME(readline));
    }
    xdecref(out);
    xdecref(in);
    return line ? without_newline(line) : NULL;
}

const NativeMethod builtins_text[] = {
    METHOD_ONE("ascii", builtin_ascii,
               "ascii($module, obj, /)\n--\n\nAs repr(), with escapes for what is not ASCII."),
    METHOD_FAST("format", builtin_format,
                "format($module, value, format_spec='', /)\n--\n\nThe value as text, as the format "
                "specification asks for."),
    METHOD_FAST("input", builtin_input,
                "input($module, prompt='', /)\n--\n\nReads a line from standard input, without its "
                "newline. EOFError at the end."),
    METHOD_KW("print", builtin_print,
              "print($module, /, *args, sep=' ', end='\\n', file=None, flush=False)\n--\n\nPrints the "
              "values to a stream, sys.stdout by default.\n\n  sep\n    between two values\n  end\n    after "
              "the last one\n"
              "  file\n    any object with write(str)\n  flush\n    whether to flush the stream at once"),
    METHOD_ONE("repr", builtin_repr,
               "repr($module, obj, /)\n--\n\nThe text of a value as a programmer wants to see it."),
    METHOD_END,
};
