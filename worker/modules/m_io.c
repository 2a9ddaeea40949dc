/* _io: the module put together, open(), and the standard streams. */
#include "base/host.h"
#include "modules/io.h"
#include "objects/dict.h"
#include "objects/int.h"
#include "objects/str.h"

/* ---- open ---- */

typedef struct OpenMode {
    char raw[4]; /* for FileIO: x, r, w or a, and + */
    bool text, binary, updating, reading, writing;
} OpenMode;

static Value bad_mode(Value mode) { return raise_error(T_ValueError, "invalid mode: %R", mode); }

static bool parse_mode(Value mode, OpenMode *out) {
    const char *text = str_utf8(mode, NULL);
    int kinds = 0;
    char *raw = out->raw;
    *out = (OpenMode){{0}, false, false, false, false, false};
    if (!text) return false;
    for (const char *c = text; *c; c++) {
        if (strchr(c + 1, *c)) return bad_mode(mode), false;
        switch (*c) {
        case 'x':
        case 'w':
        case 'a': kinds++, out->writing = true, *raw++ = *c; break;
        case 'r': kinds++, out->reading = true, *raw++ = *c; break;
        case '+': out->updating = true; break;
        case 't': out->text = true; break;
        case 'b': out->binary = true; break;
        default: return bad_mode(mode), false;
        }
    }
    if (out->updating && kinds) *raw++ = '+';
    if (out->text && out->binary)
        return raise_error(T_ValueError, "can't have text and binary mode at once"), false;
    if (kinds > 1)
        return raise_error(T_ValueError, "must have exactly one of create/read/write/append mode"), false;
    if (kinds == 0)
        return raise_error(T_ValueError,
                           "Must have exactly one of create/read/write/append mode and at most one plus"),
               false;
    return true;
}

static int check_binary_arguments(const OpenMode *mode, Value const *out) {
    enum { ENCODING = 3, ERRORS, NEWLINE };
    static const char *const what[] = {"an encoding", "an errors", "a newline"};
    for (int i = ENCODING; mode->binary && i <= NEWLINE; i++)
        if (out[i] && out[i] != NONE)
            return raise_int(T_ValueError, "binary mode doesn't take %s argument", what[i - ENCODING]);
    return 0;
}

/* The buffered layer on raw, as the mode asks. Steals raw. */
static Value open_buffered(Value raw, const OpenMode *mode, ssize_t size) {
    bool there = !mode->updating || module_ready_type(&IO->random, &io_random_spec, IO->buffered_base) == 0;
    Type *type = mode->updating ? IO->random : mode->writing ? IO->writer : IO->reader;
    Value buffered = there ? io_buffered_new(type, raw, (size_t)size) : NULL;
    decref(raw);
    return buffered;
}

/* The text layer on top. Steals buffer. */
static Value open_text(Value buffer, Value const *out, bool line_buffering, Value mode) {
    enum { ENCODING = 3, ERRORS, NEWLINE };
    Value args[5] = {buffer, out[ENCODING] ? out[ENCODING] : NONE, out[ERRORS] ? out[ERRORS] : NONE,
                     out[NEWLINE] ? out[NEWLINE] : NONE, BOOL(line_buffering)};
    Value text = value_call(AS_VALUE(IO->text), args, 5, NULL);
    if (text && value_setattr(text, NAME(mode), mode) < 0) CLEAR_FIELD(text);
    if (!text) {
        Value error = error_take(), done = value_call_method_noargs(buffer, NAME(close));
        xdecref(done);
        error_clear();
        error_restore_steal(error);
    }
    decref(buffer);
    return text;
}

Value io_open(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    enum { FILE_, MODE, BUFFERING, ENCODING, ERRORS, NEWLINE, CLOSE_FD, OPENER };
    static const char *const names[] = {"file",    "mode",    "buffering", "encoding", "errors",
                                        "newline", "closefd", "opener",    NULL};
    static const ArgSpec spec = {"open", names, 8, 1, 8};
    Value out[8];
    OpenMode mode;
    int buffering = -1;
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    Value mode_text = out[MODE];
    if (mode_text && !is_str(mode_text))
        return raise_error(T_TypeError, "open() argument 'mode' must be str, not %.50K", mode_text);
    if (!mode_text) mode_text = rt->latin1['r'];
    int close_fd = out[CLOSE_FD] ? value_is_true(out[CLOSE_FD]) : 1;
    if (close_fd < 0 || !parse_mode(mode_text, &mode) ||
        (out[BUFFERING] && value_as_int(out[BUFFERING], &buffering) < 0) ||
        check_binary_arguments(&mode, out) < 0)
        return NULL;
    if (buffering == 1 && mode.binary &&
        raise_warning(
            T_RuntimeWarning, 1,
            "line buffering (buffering=1) isn't supported in binary mode, the default buffer size will "
            "be used") < 0)
        return NULL;
    if (buffering == 0 && !mode.binary) return raise_error(T_ValueError, "can't have unbuffered text I/O");
    Value path = is_int(out[FILE_]) ? incref(out[FILE_]) : io_path_of(out[FILE_]);
    Value raw = path ? io_file_open(path, mode.raw, close_fd, out[OPENER]) : NULL;
    xdecref(path);
    if (!raw) return NULL;
    int tty = buffering < 0 || buffering == 1 ? io_ask(raw, NAME(isatty)) : 0;
    bool line_buffering = buffering == 1 || (buffering < 0 && tty > 0);
    if (buffering == 0 || tty < 0) {
        if (tty < 0) CLEAR_FIELD(raw);
        return raw;
    }
    Value buffered = open_buffered(raw, &mode, buffering > 1 ? buffering : (ssize_t)io_file_block_size(raw));
    if (!buffered || mode.binary) return buffered;
    return open_text(buffered, out, line_buffering, mode_text);
}

static Value open_code(Value module, Value path) {
    Value args[2] = {path, str_from_cstr("rb")};
    Value file = args[1] ? io_open(module, args, 2, NULL) : NULL;
    xdecref(args[1]);
    return file;
}

static Value text_encoding(Value module, Value const *args, size_t nargs) {
    (void)module;
    if (!args_count("text_encoding", nargs, 1, 2)) return NULL;
    return args[0] == NONE ? str_from_cstr("locale") : incref(args[0]);
}

/* ---- the module ---- */

static const NativeMethod io_functions[] = {
    METHOD_ONE("open_code", open_code, "Opens a file of code for reading bytes."),
    METHOD_FAST("text_encoding", text_encoding, "The encoding to use where None was given."),
    METHOD_END,
};

static int io_ready(Value module) {
    IoState *s = IO;
    if (io_make_unsupported() < 0) return -1;
    Value open_function = dict_get_str_borrow(AS_VALUE(rt->builtins), NAME(open)); /* one and the same */
    if (open_function && module_add(module, "open", incref(open_function)) < 0) return -1;
    Type *made[] = {s->io_base, s->raw_base, s->buffered_base, s->text_base,
                    s->file,    s->reader,   s->writer,        s->text};
    for (size_t i = 0; i < sizeof made / sizeof *made; i++)
        if (module_add_type(module, made[i]) < 0) return -1;
    if (module_make_type(module, &s->random, &io_random_spec, s->buffered_base) < 0 ||
        module_make_type(module, &s->pair, &io_pair_spec, s->buffered_base) < 0 ||
        module_make_type(module, &s->bytes_io, &io_bytes_spec, s->buffered_base) < 0 ||
        module_ready_type(&s->bytes_view, &io_bytes_view_spec, NULL) < 0 ||
        module_make_type(module, &s->string_io, &io_string_spec, s->text_base) < 0 ||
        module_make_type(module, &s->newline_decoder, &io_newline_decoder_spec, NULL) < 0 ||
        module_add(module, "UnsupportedOperation", incref(s->unsupported)) < 0 ||
        module_add(module, "BlockingIOError", incref(AS_VALUE(TYPE(BlockingIOError)))) < 0)
        return -1;
    return module_add_int(module, "DEFAULT_BUFFER_SIZE", IO_BUFFER_SIZE);
}

const ModuleSpec module_io = {
    .name = "_io",
    .doc = "The native half of the io module.",
    .functions = io_functions,
    .ready = io_ready,
};

/* ---- the standard streams ---- */

static int make_types(void) {
    IoState *s = module_state_new(M_io, sizeof *s);
    if (!s || io_base_ready() < 0) return -1;
    if (module_ready_type(&s->file, &io_file_spec, s->raw_base) < 0) return -1;
    if (module_ready_type(&s->reader, &io_reader_spec, s->buffered_base) < 0) return -1;
    if (module_ready_type(&s->writer, &io_writer_spec, s->buffered_base) < 0) return -1;
    return module_ready_type(&s->text, &io_text_spec, s->text_base);
}

static Value standard_stream(int number, const char *name, const char *errors, bool line_buffering) {
    Value label = str_from_cstr(name), mode = str_from_cstr(number ? "w" : "r");
    Value raw = label && mode ? io_file_of_host(number, label) : NULL;
    Value buffer = raw ? io_buffered_new(number ? IO->writer : IO->reader, raw, IO_BUFFER_SIZE) : NULL;
    Value text = buffer ? io_text_new(buffer, "utf-8", errors, number ? "\n" : NULL, line_buffering) : NULL;
    if (text && attrs_set(text, NAME(mode), mode) < 0) CLEAR_FIELD(text);
    xdecref(buffer);
    xdecref(raw);
    xdecref(mode);
    xdecref(label);
    return text;
}

static int put_stream(const char *name, const char *original, Value stream, Value *keep) {
    int status = stream ? dict_set_cstr(AS_VALUE(rt->sys_dict), name, stream) : -1;
    if (status == 0) status = dict_set_cstr(AS_VALUE(rt->sys_dict), original, stream);
    if (status == 0 && keep) *keep = incref(stream);
    xdecref(stream);
    return status;
}

int io_boot(void) {
    bool tty = rt->host && rt->host->stdout_is_tty;
    if (make_types() < 0) return -1;
    Value in = standard_stream(0, "<stdin>", "surrogateescape", false);
    if (put_stream("stdin", "__stdin__", in, NULL) < 0) return -1;
    Value out = standard_stream(1, "<stdout>", "surrogateescape", tty);
    if (put_stream("stdout", "__stdout__", out, &IO->out) < 0) return -1;
    Value err = standard_stream(2, "<stderr>", "backslashreplace", true);
    return put_stream("stderr", "__stderr__", err, &IO->err);
}

static int flush_named(Value name, Value original) {
    Value file = rt->sys_dict ? dict_get_str_borrow(AS_VALUE(rt->sys_dict), name) : NULL;
    if (!file || file == NONE || file == original) return 0;
    incref(file);
    Value done = value_call_method_noargs(file, NAME(flush));
    decref(file);
    xdecref(done);
    return done || error_swallow(T_ValueError) || error_swallow(T_AttributeError) ? 0 : -1;
}

void io_flush_stdout(void) {
    Value pending = error_take();
    if (flush_named(NAME(stdout), NULL) < 0) error_clear();
    if (pending) error_restore_steal(pending);
}
