/* errno: the numbers of the system's errors. */
#include <errno.h>

#include "modules/module.h"
#include "objects/dict.h"
#include "objects/str.h"

static const struct {
    const char *name;
    int number;
} errno_rows[] = {
#define ROW(name)                                                                                            \
    { #name, name }
    ROW(EPERM),           ROW(ENOENT),       ROW(ESRCH),
    ROW(EINTR),           ROW(EIO),          ROW(ENXIO),
    ROW(E2BIG),           ROW(ENOEXEC),      ROW(EBADF),
    ROW(ECHILD),          ROW(EAGAIN),       ROW(ENOMEM),
    ROW(EACCES),          ROW(EFAULT),       ROW(ENOTBLK),
    ROW(EBUSY),           ROW(EEXIST),       ROW(EXDEV),
    ROW(ENODEV),          ROW(ENOTDIR),      ROW(EISDIR),
    ROW(EINVAL),          ROW(ENFILE),       ROW(EMFILE),
    ROW(ENOTTY),          ROW(ETXTBSY),      ROW(EFBIG),
    ROW(ENOSPC),          ROW(ESPIPE),       ROW(EROFS),
    ROW(EMLINK),          ROW(EPIPE),        ROW(EDOM),
    ROW(ERANGE),          ROW(EDEADLK),      ROW(ENAMETOOLONG),
    ROW(ENOLCK),          ROW(ENOSYS),       ROW(ENOTEMPTY),
    ROW(ELOOP),           ROW(EWOULDBLOCK),  ROW(ENOMSG),
    ROW(EIDRM),           ROW(ECHRNG),       ROW(EL2NSYNC),
    ROW(EL3HLT),          ROW(EL3RST),       ROW(ELNRNG),
    ROW(EUNATCH),         ROW(ENOCSI),       ROW(EL2HLT),
    ROW(EBADE),           ROW(EBADR),        ROW(EXFULL),
    ROW(ENOANO),          ROW(EBADRQC),      ROW(EBADSLT),
    ROW(EDEADLOCK),       ROW(EBFONT),       ROW(ENOSTR),
    ROW(ENODATA),         ROW(ETIME),        ROW(ENOSR),
    ROW(ENONET),          ROW(ENOPKG),       ROW(EREMOTE),
    ROW(ENOLINK),         ROW(EADV),         ROW(ESRMNT),
    ROW(ECOMM),           ROW(EPROTO),       ROW(EMULTIHOP),
    ROW(EDOTDOT),         ROW(EBADMSG),      ROW(EOVERFLOW),
    ROW(ENOTUNIQ),        ROW(EBADFD),       ROW(EREMCHG),
    ROW(ELIBACC),         ROW(ELIBBAD),      ROW(ELIBSCN),
    ROW(ELIBMAX),         ROW(ELIBEXEC),     ROW(EILSEQ),
    ROW(ERESTART),        ROW(ESTRPIPE),     ROW(EUSERS),
    ROW(ENOTSOCK),        ROW(EDESTADDRREQ), ROW(EMSGSIZE),
    ROW(EPROTOTYPE),      ROW(ENOPROTOOPT),  ROW(EPROTONOSUPPORT),
    ROW(ESOCKTNOSUPPORT), ROW(EOPNOTSUPP),   ROW(ENOTSUP),
    ROW(EPFNOSUPPORT),    ROW(EAFNOSUPPORT), ROW(EADDRINUSE),
    ROW(EADDRNOTAVAIL),   ROW(ENETDOWN),     ROW(ENETUNREACH),
    ROW(ENETRESET),       ROW(ECONNABORTED), ROW(ECONNRESET),
    ROW(ENOBUFS),         ROW(EISCONN),      ROW(ENOTCONN),
    ROW(ESHUTDOWN),       ROW(ETOOMANYREFS), ROW(ETIMEDOUT),
    ROW(ECONNREFUSED),    ROW(EHOSTDOWN),    ROW(EHOSTUNREACH),
    ROW(EALREADY),        ROW(EINPROGRESS),  ROW(ESTALE),
    ROW(EUCLEAN),         ROW(ENOTNAM),      ROW(ENAVAIL),
    ROW(EISNAM),          ROW(EREMOTEIO),    ROW(EDQUOT),
    ROW(ECANCELED),       ROW(ENOKEY),       ROW(EKEYEXPIRED),
    ROW(EKEYREVOKED),     ROW(EKEYREJECTED), ROW(EOWNERDEAD),
    ROW(ENOTRECOVERABLE), ROW(ERFKILL),      ROW(ENOMEDIUM),
    ROW(EMEDIUMTYPE),
#undef ROW
};

static int errno_ready(Value module) {
    Value names = dict_new();
    int status = names ? 0 : -1;
    for (size_t i = 0; status == 0 && i < sizeof errno_rows / sizeof *errno_rows; i++) {
        Value number = small_int_new(errno_rows[i].number), name = str_intern_cstr(errno_rows[i].name);
        status = name ? dict_set(AS_VALUE(module_dict(module)), name, number) : -1;
        if (status == 0 && !dict_get_borrow(names, number)) status = dict_set(names, number, name);
        xdecref(name);
    }
    return module_add(module, "errorcode", status < 0 ? (xdecref(names), NULL) : names);
}

const ModuleSpec module_errno = {
    .name = "errno",
    .doc = "The system's error numbers by name.",
    .ready = errno_ready,
};
