/*
 * exception_os: OSError. The arguments (errno, strerror, filename, winerror, filename2) become fields, and
 * errno selects the subclass when OSError itself is called.
 */
#include <errno.h>

#include "base/names.h"
#include "objects/exception_internal.h"
#include "objects/int.h"
#include "objects/str.h"

static const struct {
    int number;
    TypeId type;
} by_errno[] = {
    {EAGAIN, T_BlockingIOError},
    {EALREADY, T_BlockingIOError},
    {EINPROGRESS, T_BlockingIOError},
    {EPIPE, T_BrokenPipeError},
    {ESHUTDOWN, T_BrokenPipeError},
    {ECHILD, T_ChildProcessError},
    {ECONNABORTED, T_ConnectionAbortedError},
    {ECONNREFUSED, T_ConnectionRefusedError},
    {ECONNRESET, T_ConnectionResetError},
    {EEXIST, T_FileExistsError},
    {ENOENT, T_FileNotFoundError},
    {EISDIR, T_IsADirectoryError},
    {ENOTDIR, T_NotADirectoryError},
    {EINTR, T_InterruptedError},
    {EACCES, T_PermissionError},
    {EPERM, T_PermissionError},
    {ESRCH, T_ProcessLookupError},
    {ETIMEDOUT, T_TimeoutError},
};

static Type *type_for(Type *t, Value number) {
    int64_t n;
    if (t != TYPE(OSError) || !is_int(number) || !int_to_i64(number, &n)) return t;
    for (size_t i = 0; i < sizeof by_errno / sizeof *by_errno; i++)
        if (by_errno[i].number == n) return rt->types[by_errno[i].type];
    return t;
}

/* A subclass with an __init__ of its own and no __new__ gets its fields in __init__, as its author expects.
 */
static bool parses_in_init(Type *t) {
    return t->slots.init != os_error_init && t->slots.new_ == os_error_new;
}

static int take_fields(Value self, Value const *args, size_t nargs) {
    size_t kept = nargs;
    if (nargs >= 2 && nargs <= 5) {
        exception_field_put(self, OS_ERRNO, args[0]);
        exception_field_put(self, OS_STRERROR, args[1]);
        Value filename = nargs > 2 && args[2] != NONE ? args[2] : NULL;
        bool count = filename && IS_EXACT(self, BlockingIOError) &&
                     (value_has_index(filename) || type_of(filename)->slots.float_);
        if (count) {
            ssize_t n = value_as_ssize(filename, TYPE(ValueError));
            Value written = n == -1 && error_pending() ? NULL : int_from_i64(n);
            if (!written) return -1;
            SET_FIELD_STEAL(exception_of(self)->fields[OS_WRITTEN], written);
        } else if (filename) {
            exception_field_put(self, OS_FILENAME, filename);
            if (nargs > 4 && args[4] != NONE) exception_field_put(self, OS_FILENAME2, args[4]);
            kept = 2;
        }
    }
    Value tuple = tuple_from_array(args, kept);
    if (!tuple) return -1;
    SET_FIELD_STEAL(exception_of(self)->args, tuple);
    return 0;
}

Value os_error_new(Type *t, Value const *args, size_t nargs, Value kwnames) {
    bool later = parses_in_init(t);
    if (!later && kwnames && !args_no_keywords(type_name(t), kwnames)) return NULL;
    if (!later && nargs >= 2 && nargs <= 5) t = type_for(t, args[0]);
    Value self = exception_slot_new(t, NULL, 0, NULL);
    if (self && !later && take_fields(self, args, nargs) < 0) CLEAR_FIELD(self);
    return self;
}

int os_error_init(Value self, Value const *args, size_t nargs, Value kwnames) {
    if (!parses_in_init(type_of(self))) return 0;
    if (kwnames && !args_no_keywords(type_name_of(self), kwnames)) return -1;
    return take_fields(self, args, nargs);
}

Value os_error_str(Value self) {
    Value number = exception_field(self, OS_ERRNO), text = exception_field(self, OS_STRERROR);
    Value filename = exception_field(self, OS_FILENAME), filename2 = exception_field(self, OS_FILENAME2);
    Value shown_number = number ? number : NONE, shown_text = text ? text : NONE;
    if (filename && filename2)
        return str_format("[Errno %S] %S: %R -> %R", shown_number, shown_text, filename, filename2);
    if (filename) return str_format("[Errno %S] %S: %R", shown_number, shown_text, filename);
    if (number && text) return str_format("[Errno %S] %S", number, text);
    return exception_slot_str(self);
}

static Value os_error_reduce(Value self) {
    BaseException *e = exception_of(self);
    Value filename = e->fields[OS_FILENAME], filename2 = e->fields[OS_FILENAME2],
          plain = exception_method_reduce(self);
    if (!plain || tuple_length(e->args) != 2 || !filename) return plain;
    Value number = tuple_item_borrow(e->args, 0), text = tuple_item_borrow(e->args, 1);
    Value args = filename2 ? tuple_pack(5, number, text, filename, NONE, filename2)
                           : tuple_pack(3, number, text, filename);
    Value result = NULL;
    if (args)
        result = tuple_length(plain) == 3
                     ? tuple_pack(3, AS_VALUE(type_of(self)), args, tuple_item_borrow(plain, 2))
                     : tuple_pack(2, AS_VALUE(type_of(self)), args);
    xdecref(args);
    decref(plain);
    return result;
}

static Value get_written(Value self, void *closure) {
    (void)closure;
    Value n = exception_field(self, OS_WRITTEN);
    return n ? incref(n) : raise_error(T_AttributeError, "characters_written");
}

static int set_written(Value self, Value value, void *closure) {
    (void)closure;
    if (!value && !exception_field(self, OS_WRITTEN))
        return raise_int(T_AttributeError, "characters_written");
    Value n = value ? value_index(value) : NULL;
    if (value && !n) return -1;
    SET_FIELD_STEAL(exception_of(self)->fields[OS_WRITTEN], n);
    return 0;
}

const NativeMethod os_error_methods[] = {METHOD_NOARGS("__reduce__", os_error_reduce, NULL), METHOD_END};

const Member os_error_members[] = {
    EXCEPTION_FIELD("errno", OS_ERRNO, "POSIX exception code"),
    EXCEPTION_FIELD("strerror", OS_STRERROR, "exception strerror"),
    EXCEPTION_FIELD("filename", OS_FILENAME, "exception filename"),
    EXCEPTION_FIELD("filename2", OS_FILENAME2, "second exception filename"),
    {0},
};

const GetSet os_error_getset[] = {
    {"characters_written", get_written, set_written, NULL, NULL},
    {0},
};
