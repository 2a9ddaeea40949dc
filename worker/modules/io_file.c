/*
 * io_file: FileIO, the raw end: a file descriptor, one of the host's three streams, or one of the job's own files.
 *
 * The host's streams have the descriptors' usual numbers (0, 1, 2) but are not descriptors of this process.
 * Files are opened only where the host grants them.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/host.h"
#include "modules/files.h"
#include "modules/io.h"
#include "modules/paths.h"
#include "objects/codecs.h"
#include "objects/int.h"
#include "objects/str.h"
#include "vm/gil.h"
#include "vm/vm.h"

typedef struct FileIo {
    HeapObject head;
    bool closed;
    bool of_host, readable, writable, appending, created, close_fd;
    signed char seekable; /* -1: not asked yet */
    int fd;
    Value content;   /* of one of the job's own files (fd is OWN_FILE), or NULL */
    size_t position; /* in it */
    Attrs attrs;
} FileIo;

enum { OWN_FILE = INT_MAX };

static FileIo *file_alloc(Type *type) {
    FileIo *f = (FileIo *)value_alloc(type, 0);
    if (!f) return NULL;
    f->closed = f->of_host = f->readable = f->writable = f->appending = f->created = false;
    f->close_fd = true;
    f->seekable = -1;
    f->fd = -1;
    f->content = NULL;
    f->position = 0;
    value_track(AS_VALUE(f));
    return f;
}

Value io_file_of_host(int stream, Value name) {
    FileIo *f = file_alloc(IO->file);
    if (!f) return NULL;
    f->of_host = true;
    f->fd = stream;
    f->readable = stream == 0;
    f->writable = stream != 0;
    f->seekable = 0;
    if (attrs_set(AS_VALUE(f), NAME(name), name) == 0) return AS_VALUE(f);
    decref(AS_VALUE(f));
    return NULL;
}

bool io_file_is_open(Value v) { return ((FileIo *)v)->fd >= 0; }

void io_file_pass_on(Value v) {
    if (type_of(v) != IO->file || !((FileIo *)v)->of_host) return;
    if (rt->host && rt->host->flush) rt->host->flush(rt->host->ctx, ((FileIo *)v)->fd);
}

static int check_open(const FileIo *f) {
    return f->fd < 0 ? raise_int(T_ValueError, "I/O operation on closed file") : 0;
}

/* ---- reading and writing ---- */

static ssize_t host_write(int stream, const void *data, size_t n) {
    if (!rt->host || !rt->host->write) return (ssize_t)n;
    if (rt->host->write(rt->host->ctx, stream, data, n) == 0) return (ssize_t)n;
    if (breaker_poll() < 0) return -1;
    raise_os_error(EPIPE, NULL);
    return -1;
}

static ssize_t host_read(void *data, size_t n) {
    if (!rt->host || !rt->host->read) return 0;
    for (;;) {
        ssize_t got = rt->host->read(rt->host->ctx, data, n);
        if (got >= 0) return got;
        if (breaker_poll() < 0) return -1;
    }
}

static ssize_t own_read(FileIo *f, void *data, size_t n) {
    size_t length = bytes_length(f->content), left = f->position < length ? length - f->position : 0;
    if (n > left) n = left;
    if (n) memcpy(data, bytes_data(f->content) + f->position, n);
    f->position += n;
    return (ssize_t)n;
}

static ssize_t fd_result(ssize_t n) {
    if (n >= 0) return n;
    if (errno == EINTR) return breaker_poll() < 0 ? -1 : -2;
    raise_os_error(errno, NULL);
    return -1;
}

ssize_t io_file_write(Value v, const void *data, size_t n) {
    FileIo *f = (FileIo *)v;
    if (check_open(f) < 0) return -1;
    if (!f->writable) return io_unsupported("File not open for writing"), -1;
    if (f->of_host) return host_write(f->fd, data, n);
    if (f->content) return (ssize_t)n; /* the null device */
    ssize_t done;
    do {
        struct Thread *t = gil_release();
        done = write(f->fd, data, n);
        int saved = errno;
        gil_acquire(t);
        errno = saved;
    } while ((done = fd_result(done)) == -2);
    return done;
}

ssize_t io_file_read(Value v, void *data, size_t n) {
    FileIo *f = (FileIo *)v;
    if (check_open(f) < 0) return -1;
    if (!f->readable) return io_unsupported("File not open for reading"), -1;
    if (f->of_host) return host_read(data, n);
    if (f->content) return own_read(f, data, n);
    ssize_t got;
    do {
        struct Thread *t = gil_release();
        got = read(f->fd, data, n);
        int saved = errno;
        gil_acquire(t);
        errno = saved;
    } while ((got = fd_result(got)) == -2);
    return got;
}

static Value file_write(Value self, Value data) {
    Buffer b;
    if (buffer_get(data, &b, false) < 0) return NULL;
    ssize_t n = io_file_write(self, b.data, b.length);
    buffer_release(&b);
    return n < 0 ? NULL : small_int_new(n);
}

static Value file_readinto(Value self, Value target) {
    Buffer b;
    if (io_writable_buffer("readinto", target, &b) < 0) return NULL;
    ssize_t n = io_file_read(self, b.data, b.length);
    buffer_release(&b);
    return n < 0 ? NULL : small_int_new(n);
}

static Value file_readall(Value self) {
    Value all = bytearray_from(NULL, 0);
    size_t have = 0;
    for (ssize_t got = 1; all && got > 0;) {
        size_t room = have < IO_BUFFER_SIZE ? IO_BUFFER_SIZE : have;
        got = bytearray_resize(all, have + room) < 0
                  ? -1
                  : io_file_read(self, ((ByteArray *)all)->data + have, room);
        if (got > 0) have += (size_t)got;
        if (got < 0) CLEAR_FIELD(all);
    }
    Value result = all ? bytes_from(((ByteArray *)all)->data, have) : NULL;
    xdecref(all);
    return result;
}

static Value file_read(Value self, Value const *args, size_t nargs) {
    ssize_t n;
    if (!args_count("read", nargs, 0, 1) || io_size_argument(nargs ? args[0] : NULL, &n) < 0) return NULL;
    if (n < 0) return file_readall(self);
    Value data = bytes_new((size_t)n);
    ssize_t got = data ? io_file_read(self, bytes_data(data), (size_t)n) : -1;
    Value result = got < 0 ? NULL : got == n ? incref(data) : bytes_from(bytes_data(data), (size_t)got);
    xdecref(data);
    return result;
}

/* ---- position ---- */

static bool can_seek(FileIo *f) {
    if (f->content) return true;
    if (f->seekable < 0) f->seekable = !f->of_host && lseek(f->fd, 0, SEEK_CUR) >= 0;
    return f->seekable;
}

static Value own_seek(FileIo *f, int64_t offset, int whence) {
    int64_t from = whence == SEEK_CUR   ? (int64_t)f->position
                   : whence == SEEK_END ? (int64_t)bytes_length(f->content)
                                        : 0,
            at;
    bool good = whence == SEEK_SET || whence == SEEK_CUR || whence == SEEK_END;
    if (!good || __builtin_add_overflow(from, offset, &at) || at < 0) return raise_os_error(EINVAL, NULL);
    f->position = (size_t)at;
    return int_from_i64(at);
}

static Value file_seek(Value self, Value const *args, size_t nargs) {
    FileIo *f = (FileIo *)self;
    int64_t offset;
    int whence = 0;
    if (!args_count("seek", nargs, 1, 2) || check_open(f) < 0 || value_as_i64(args[0], &offset) < 0 ||
        (nargs > 1 && value_as_int(args[1], &whence) < 0))
        return NULL;
    if (f->of_host) return raise_os_error(ESPIPE, NULL);
    if (f->content) return own_seek(f, offset, whence);
    off_t at = lseek(f->fd, offset, whence);
    return at < 0 ? raise_os_error(errno, NULL) : int_from_i64(at);
}

static Value file_tell(Value self) {
    Value args[2] = {small_int_new(0), small_int_new(SEEK_CUR)};
    return file_seek(self, args, 2);
}

static Value file_truncate(Value self, Value const *args, size_t nargs) {
    FileIo *f = (FileIo *)self;
    if (!args_count("truncate", nargs, 0, 1) || check_open(f) < 0) return NULL;
    if (!f->writable) return io_unsupported("File not open for writing");
    if (f->content) return raise_os_error(EINVAL, NULL); /* the null device */
    Value size = nargs && args[0] != NONE ? incref(args[0]) : file_tell(self);
    int64_t n;
    if (!size) return NULL;
    if (value_as_i64(size, &n) < 0 || ftruncate(f->fd, n) < 0) {
        decref(size);
        return error_pending() ? NULL : raise_os_error(errno, NULL);
    }
    return size;
}

/* ---- asking, closing ---- */

static Value file_seekable(Value self) {
    return check_open((FileIo *)self) < 0 ? NULL : BOOL(can_seek((FileIo *)self));
}
static Value file_readable(Value self) {
    return check_open((FileIo *)self) < 0 ? NULL : BOOL(((FileIo *)self)->readable);
}
static Value file_writable(Value self) {
    return check_open((FileIo *)self) < 0 ? NULL : BOOL(((FileIo *)self)->writable);
}
static Value file_fileno(Value self) {
    if (((FileIo *)self)->content) return io_unsupported("fileno");
    return check_open((FileIo *)self) < 0 ? NULL : small_int_new(((FileIo *)self)->fd);
}

static Value file_isatty(Value self) {
    FileIo *f = (FileIo *)self;
    if (check_open(f) < 0) return NULL;
    if (!f->of_host) return BOOL(!f->content && descriptor_is_tty(f->fd));
    return BOOL(rt->host && (f->fd == 0 ? rt->host->stdin_is_tty : rt->host->stdout_is_tty));
}

static Value close_descriptor(FileIo *f) {
    int fd = f->fd;
    bool real = !f->of_host && !f->content && f->close_fd;
    f->closed = true;
    f->fd = -1;
    CLEAR_FIELD(f->content);
    if (fd >= 0 && real && descriptor_close(fd) < 0) return raise_os_error(errno, NULL);
    return NONE;
}

/* A program's own flush() is called before. */
static Value file_close(Value self) {
    FileIo *f = (FileIo *)self;
    bool own = f->fd >= 0 && (type_of(self) != IO->file || attrs_get_borrow(self, NAME(flush)));
    Value flushed = own ? value_call_method_noargs(self, NAME(flush)) : NONE;
    Value earlier = flushed ? NULL : error_take(), closed = close_descriptor(f);
    xdecref(flushed);
    if (!earlier) return closed;
    if (closed) error_restore_steal(earlier);
    else error_chain_steal(earlier);
    return NULL;
}

static const char *mode_text(const FileIo *f) {
    if (f->created) return f->readable ? "xb+" : "xb";
    if (f->appending) return f->readable ? "ab+" : "ab";
    return f->readable && f->writable ? "rb+" : f->readable ? "rb" : "wb";
}

static Value file_get_closed(Value self, void *closure) {
    (void)closure;
    return BOOL(((FileIo *)self)->fd < 0);
}

static Value file_get_mode(Value self, void *closure) {
    (void)closure;
    return str_from_cstr(mode_text((FileIo *)self));
}

static Value file_get_closefd(Value self, void *closure) {
    (void)closure;
    return BOOL(((FileIo *)self)->close_fd && !((FileIo *)self)->of_host);
}

static Value file_repr(Value self) {
    FileIo *f = (FileIo *)self;
    if (f->fd < 0) return str_from_cstr("<_io.FileIO [closed]>");
    Value name = attrs_get_borrow(self, NAME(name));
    const char *close_fd = f->close_fd && !f->of_host ? "True" : "False";
    if (!name) return str_format("<_io.FileIO fd=%d mode='%s' closefd=%s>", f->fd, mode_text(f), close_fd);
    return str_format("<_io.FileIO name=%R mode='%s' closefd=%s>", name, mode_text(f), close_fd);
}

size_t io_file_block_size(Value v) {
    FileIo *f = (FileIo *)v;
    struct stat st;
    if (f->fd < 0 || f->of_host || f->content || descriptor_stat(f->fd, &st) < 0 || st.st_blksize <= 1)
        return IO_BUFFER_SIZE;
    return (size_t)st.st_blksize;
}

/* ---- opening ---- */

/* Flags for open(2), and what the file can do; false: ValueError raised. */
static bool parse_mode(FileIo *f, const char *mode, int *flags) {
    int kinds = 0, pluses = 0, extra = 0;
    for (const char *c = mode; *c; c++) {
        switch (*c) {
        case 'x': kinds++, f->created = f->writable = true, extra = O_CREAT | O_EXCL; break;
        case 'r': kinds++, f->readable = true; break;
        case 'w': kinds++, f->writable = true, extra = O_CREAT | O_TRUNC; break;
        case 'a': kinds++, f->writable = f->appending = true, extra = O_CREAT | O_APPEND; break;
        case '+': pluses++, f->readable = f->writable = true; break;
        case 'b': break;
        default: raise_error(T_ValueError, "invalid mode: %.200s", mode); return false;
        }
    }
    if (kinds != 1 || pluses > 1) {
        raise_error(T_ValueError,
                    "Must have exactly one of create/read/write/append mode and at most one plus");
        return false;
    }
    *flags = O_CLOEXEC | extra | (f->readable && f->writable ? O_RDWR : f->readable ? O_RDONLY : O_WRONLY);
    return true;
}

static int open_own(FileIo *f, const char *text, Value path) {
    if (f->writable) return raise_os_error(EROFS, path), -1;
    f->content = files_read(text, path);
    f->position = 0;
    if (f->content) f->fd = OWN_FILE;
    return f->content ? 0 : -1;
}

/* The null device takes nothing of the system: it is there for everybody, as a file without content that forgets what is written. */
static int open_null(FileIo *f) {
    f->content = bytes_from("", 0);
    f->position = 0;
    if (f->content) f->fd = OWN_FILE;
    return f->content ? 0 : -1;
}

/* Opens what `name`, bytes, names. path: what the program calls it. */
static int open_name(FileIo *f, Value name, Value path, int flags) {
    const char *text = (const char *)bytes_data(name);
    if (strlen(text) != bytes_length(name)) return raise_int(T_ValueError, "embedded null byte");
    if (files_covers(text)) return open_own(f, text, path);
    if (!(rt->host && rt->host->files_granted) && strcmp(text, "/dev/null") == 0) return open_null(f);
    f->fd = path_open(AT_FDCWD, text, flags, 0666);
    if (f->fd < 0) return raise_os_error(errno, path), -1;
    struct stat st;
    if (descriptor_stat(f->fd, &st) == 0 && S_ISDIR(st.st_mode)) {
        descriptor_close(f->fd);
        f->fd = -1;
        return raise_os_error(EISDIR, path), -1;
    }
    if (f->appending) lseek(f->fd, 0, SEEK_END);
    return 0;
}

static int open_path(FileIo *f, Value path, int flags) {
    Value name = is_bytes(path) ? incref(path) : codec_encode(path, "utf-8", "surrogateescape");
    int status = name ? open_name(f, name, path, flags) : -1;
    xdecref(name);
    return status;
}

/* A descriptor number as the file. 0, 1 and 2 are the host's streams, whatever this process has there (in a worker: the pipes
 * to its supervisor); others exist where files are granted. */
static int open_number(FileIo *f, int fd) {
    struct stat st;
    bool stream = fd <= 2;
    if (fd < 0) return raise_int(T_ValueError, "negative file descriptor");
    bool good = stream ? f->readable == (fd == 0) && f->writable == (fd != 0)
                       : descriptor_is_own(fd) && descriptor_stat(fd, &st) == 0;
    if (!good) return raise_os_error(EBADF, NULL), -1;
    if (!stream && S_ISDIR(st.st_mode)) return raise_os_error(EISDIR, small_int_new(fd)), -1;
    f->of_host = stream;
    f->fd = fd;
    return 0;
}

Value io_path_of(Value file) {
    if (is_str(file) || is_bytes(file)) return incref(file);
    Value self, method = value_lookup_special(file, NAME(__fspath__), &self);
    if (!method)
        return error_pending()
                   ? NULL
                   : raise_error(T_TypeError, "expected str, bytes or os.PathLike object, not %.200T", file);
    Value path = value_call(method, &self, self != NULL, NULL);
    decref(method);
    if (!path || is_str(path) || is_bytes(path)) return path;
    raise_error(T_TypeError, "expected %.200T.__fspath__() to return str or bytes, not %.200T", file, path);
    decref(path);
    return NULL;
}

static int file_open(FileIo *f, Value file, const char *mode, bool close_fd, Value opener) {
    int flags, fd;
    if (!parse_mode(f, mode, &flags)) return -1;
    f->close_fd = close_fd;
    rt->finalizers_seen = true; /* what is written may rest in a buffer when the program ends */
    Value self = AS_VALUE(f);   /* a subclass may have its own idea of setting attributes */
    if ((type_of(self) == IO->file ? attrs_set : value_setattr)(self, NAME(name), file) < 0) return -1;
    if (is_int(file)) return value_as_int(file, &fd) < 0 ? -1 : open_number(f, fd);
    if (!close_fd) return raise_int(T_ValueError, "Cannot use closefd=False with file name");
    if (opener && opener != NONE) {
        Value number = value_call_two(opener, file, small_int_new(flags));
        if (number && !is_int(number)) raise_error(T_TypeError, "expected integer from opener");
        int status = number && is_int(number) ? value_as_int(number, &fd) : -1;
        xdecref(number);
        if (status == 0 && fd < 0) return raise_int(T_ValueError, "opener returned %d", fd);
        return status < 0 ? -1 : open_number(f, fd);
    }
    Value path = io_path_of(file);
    int status = path ? open_path(f, path, flags) : -1;
    xdecref(path);
    return status;
}

Value io_file_open(Value file, const char *mode, bool close_fd, Value opener) {
    FileIo *f = file_alloc(IO->file);
    if (f && file_open(f, file, mode, close_fd, opener) == 0) return AS_VALUE(f);
    if (f) decref(AS_VALUE(f));
    return NULL;
}

static Value file_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    (void)args, (void)nargs, (void)kwnames;
    return AS_VALUE(file_alloc(type));
}

static int file_init(Value self, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"file", "mode", "closefd", "opener", NULL};
    static const ArgSpec spec = {"FileIO", names, 4, 1, 4};
    Value out[4];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return -1;
    if (out[1] && !is_str(out[1]))
        return raise_int(T_TypeError, "FileIO() argument 'mode' must be str, not %.50K", out[1]);
    const char *mode = out[1] ? str_utf8(out[1], NULL) : "r";
    int close_fd = out[2] ? value_is_true(out[2]) : 1;
    if (!mode || close_fd < 0) return -1;
    FileIo *f = (FileIo *)self;
    f->readable = f->writable = f->appending = f->created = false;
    return file_open(f, out[0], mode, close_fd, out[3]);
}

static void file_free(Heap *heap, HeapObject *o) {
    (void)heap;
    FileIo *f = (FileIo *)o;
    if (f->fd >= 0 && !f->of_host && !f->content && f->close_fd) descriptor_close(f->fd);
    xdecref(f->content);
    value_free((Value)o);
}

static const NativeMethod file_methods[] = {
    METHOD_FAST("read", file_read, "Reads up to size bytes with one call."),
    METHOD_NOARGS("readall", file_readall, "Reads to the end."),
    METHOD_ONE("readinto", file_readinto, "Reads into a buffer."),
    METHOD_ONE("write", file_write, "Writes bytes; returns how many were taken."),
    METHOD_FAST("seek", file_seek, "Changes the position."),
    METHOD_NOARGS("tell", file_tell, "The position."),
    METHOD_FAST("truncate", file_truncate, "Cuts or extends to a size."),
    METHOD_NOARGS("close", file_close, "Closes the file."),
    METHOD_NOARGS("seekable", file_seekable, NULL),
    METHOD_NOARGS("readable", file_readable, NULL),
    METHOD_NOARGS("writable", file_writable, NULL),
    METHOD_NOARGS("fileno", file_fileno, NULL),
    METHOD_NOARGS("isatty", file_isatty, NULL),
    METHOD_END,
};

static Value file_get_block_size(Value self, void *closure) {
    (void)closure;
    return small_int_new((int64_t)io_file_block_size(self));
}

static const GetSet file_getset[] = {
    {"_blksize", file_get_block_size, NULL, NULL, NULL},
    {"closed", file_get_closed, NULL, NULL, NULL},
    {"mode", file_get_mode, NULL, NULL, NULL},
    {"closefd", file_get_closefd, NULL, NULL, NULL},
    {0},
};

const TypeSpec io_file_spec = {
    .name = "_io.FileIO",
    .doc = "FileIO(file, mode='r', closefd=True, opener=None)\n--\n\nA raw stream of bytes.",
    .flags = TYPE_SUBCLASSABLE | TYPE_GC,
    .basic_size = sizeof(FileIo),
    .slots = {.getattr = object_getattr,
              .traverse = io_traverse_attrs,
              .free = file_free,
              .new_ = file_make,
              .init = file_init,
              .repr = file_repr},
    .methods = file_methods,
    .getset = file_getset,
};
