/* posix_args: paths, descriptors and flags as arguments of the system's functions. */
#include "modules/paths.h"
#include "modules/posix.h"

#include <limits.h>

#include "base/host.h"
#include "objects/bytes.h"
#include "objects/codecs.h"
#include "objects/exception.h"
#include "objects/int.h"

bool posix_granted(Value path) {
    if (paths_are_granted()) return true;
    bool nothing =
        path && is_str(path) ? str_length(path) == 0 : path && is_bytes(path) && bytes_length(path) == 0;
    raise_os_error(nothing ? ENOENT : EPERM, path);
    return false;
}

static const char *wanted(int flags) {
    switch (flags & (PATH_OR_FD | PATH_OR_NONE)) {
    case PATH_OR_FD | PATH_OR_NONE: return "string, bytes, os.PathLike, integer or None";
    case PATH_OR_FD: return "string, bytes, os.PathLike or integer";
    case PATH_OR_NONE: return "string, bytes, os.PathLike or None";
    default: return "string, bytes or os.PathLike";
    }
}

/* __fspath__'s answer; NULL without error when there is no such method. New. */
static Value call_fspath(Value path) {
    Value self, method = value_lookup_special(path, NAME(__fspath__), &self);
    if (!method) return NULL;
    Value answer = value_call(method, &self, self != NULL, NULL);
    decref(method);
    if (!answer || is_str(answer) || is_bytes(answer)) return answer;
    raise_error(T_TypeError, "expected %.200T.__fspath__() to return str or bytes, not %.200T", path, answer);
    decref(answer);
    return NULL;
}

Value posix_fspath(Value path) {
    if (is_str(path) || is_bytes(path)) return incref(path);
    Value answer = call_fspath(path);
    if (answer || error_pending()) return answer;
    return raise_error(T_TypeError, "expected str, bytes or os.PathLike object, not %.200T", path);
}

static int take_descriptor(PathArg *out, Value v) {
    int64_t n;
    Value index = value_index(v);
    if (!index) return -1;
    bool fits = int_to_i64(index, &n);
    int sign = int_sign(index);
    decref(index);
    if (!fits || n > INT_MAX || n < INT_MIN)
        return raise_int(T_OverflowError,
                         sign < 0 ? "fd is less than minimum" : "fd is greater than maximum");
    out->fd = (int)n;
    out->text = NULL;
    out->object = incref(v);
    return 0;
}

/* Takes the reference to a str or bytes. */
static int take_text_steal(PathArg *out, Value text) {
    out->object = text;
    out->is_bytes = is_bytes(text);
    out->bytes = out->is_bytes ? incref(text) : codec_encode(text, "utf-8", "surrogateescape");
    if (out->bytes && strlen((char *)bytes_data(out->bytes)) != bytes_length(out->bytes))
        raise_error(T_ValueError, "embedded null byte");
    else if (out->bytes) return out->text = (char *)bytes_data(out->bytes), 0;
    posix_path_drop(out);
    return -1;
}

int posix_path(PathArg *out, const char *function, const char *argument, Value v, int flags) {
    *out = (PathArg)PATH_ARG_NONE;
    if ((!v || v == NONE) && flags & PATH_OR_NONE) return out->text = ".", 0;
    if (is_str(v) || is_bytes(v)) return take_text_steal(out, incref(v));
    Value text = call_fspath(v);
    if (text) return take_text_steal(out, text);
    if (error_pending()) return -1;
    if (flags & PATH_OR_FD && value_has_index(v)) return take_descriptor(out, v);
    return raise_int(T_TypeError, "%s: %s should be %s, not %.200T", function, argument, wanted(flags), v);
}

void posix_path_drop(PathArg *p) {
    CLEAR_FIELD(p->object);
    CLEAR_FIELD(p->bytes);
}

Value posix_path_error(const PathArg *p) { return raise_os_error(errno, p->object); }

Value posix_two_paths_error(const PathArg *from, const PathArg *to) {
    int number = errno;
    Value text = str_from_cstr(strerror(number));
    Value args[5] = {small_int_new(number), text, from->object, NONE, to->object};
    Value exception = text ? value_call(AS_VALUE(TYPE(OSError)), args, 5, NULL) : NULL;
    if (exception) raise_value(exception);
    xdecref(exception);
    xdecref(text);
    return NULL;
}

int posix_dir_fd(Value v, int *out) {
    *out = AT_FDCWD;
    if (!v || v == NONE) return 0;
    if (paths_are_served()) return raise_int(T_NotImplementedError, "dir_fd unavailable on this platform");
    if (!value_has_index(v))
        return raise_int(T_TypeError, "argument should be integer or None, not %.200T", v);
    PathArg p = PATH_ARG_NONE;
    if (take_descriptor(&p, v) < 0) return -1;
    *out = p.fd;
    posix_path_drop(&p);
    return 0;
}

int posix_flag(Value v, bool fallback, bool *out) {
    int truth = v ? value_is_true(v) : fallback;
    *out = truth > 0;
    return truth < 0 ? -1 : 0;
}

Value posix_text(const char *bytes, size_t n) {
    Value raw = bytes_from(bytes, n), text = raw ? codec_decode(raw, "utf-8", "surrogateescape") : NULL;
    xdecref(raw);
    return text;
}
