/*
 * io: streams, in the three layers of Python's io module: raw (FileIO), buffered, text.
 *
 * Idea. The standard streams are ordinary objects of these layers whose raw end is the host: what a program
 * prints gathers in the text layer's buffer and goes to host->write in pieces; a text stream whose lower
 * layers are our own and untouched is read and written without going through them ("direct").
 *
 * All stream structs begin with IoBase and end in an Attrs (instances have a __dict__, as in CPython).
 */
#ifndef ATOLL_MODULES_IO_H
#define ATOLL_MODULES_IO_H

#include "modules/module.h"
#include "objects/bytes.h"
#include "objects/object.h"

enum { IO_BUFFER_SIZE = 8192 };

typedef struct IoState {
    Type *io_base, *raw_base, *buffered_base, *text_base;
    Type *file, *bytes_io, *bytes_view, *reader, *writer, *random, *pair, *text, *string_io, *newline_decoder;
    Value unsupported; /* io.UnsupportedOperation */
    Value out, err; /* the text streams that boot made: flushed at the end even if sys.stdout is replaced */
} IoState;

#define IO MODULE_STATE(io, IoState)

typedef struct IoBase {
    HeapObject head;
    bool closed;
} IoBase;

/* ---- for the interpreter ---- */

/* Types that the standard streams need, and the streams: sys.stdin, stdout, stderr. 0, -1 raised. */
int io_boot(void);
/* Flushes sys.stdout, whatever it is; errors are dropped. */
void io_flush_stdout(void);
/* Is it exactly one of our text streams, so that io_text_write does what its write method does? */
bool io_is_plain_text_stream(Value file);
int io_text_write(Value file, Value str);
/* The built-in function open. */
Value io_open(Value module, Value const *args, size_t nargs, Value kwnames);

/* ---- within io ---- */

extern const TypeSpec io_base_spec, io_raw_base_spec, io_buffered_base_spec, io_text_base_spec, io_file_spec,
    io_bytes_spec, io_bytes_view_spec, io_reader_spec, io_writer_spec, io_random_spec, io_pair_spec,
    io_text_spec, io_string_spec, io_newline_decoder_spec;

/* The four base classes; 0, -1. */
int io_base_ready(void);
int io_make_unsupported(void);            /* makes the class if it is not there yet; 0, -1 */
Value io_unsupported(const char *method); /* raises io.UnsupportedOperation; NULL */
/* o.name() as a truth; -1 raised. */
int io_ask(Value o, Value name);
/* Raises ValueError "I/O operation on closed file." unless open (asks the attribute `closed`). 0, -1. */
int io_check_open(Value o, const char *message_or_null);
/* An optional size argument: None and absent give -1. 0, -1 raised TypeError. */
int io_size_argument(Value v_or_null, ssize_t *out);
/* A buffer to be written to, for an argument of a readinto. 0, -1 raised TypeError. */
int io_writable_buffer(const char *function, Value v, Buffer *out);
int io_traverse_attrs(HeapObject *o, HeapVisit visit, void *arg);

/* FileIO on one of the host's three streams. New. */
Value io_file_of_host(int stream, Value name);
/* One of the host's streams passes on what it has taken; anything else: nothing. */
void io_file_pass_on(Value v);
bool io_file_is_open(Value v);
/* How much its device likes to move at once. */
size_t io_file_block_size(Value v);
/* A path as str or bytes: itself, or __fspath__'s answer. New; NULL raised TypeError. */
Value io_path_of(Value file);
/* FileIO(path, mode). New. */
Value io_file_open(Value file, const char *mode, bool close_fd, Value opener);
/* As the methods, without boxes: bytes written or read; 0 at the end; -1 raised. */
ssize_t io_file_write(Value file, const void *data, size_t n);
ssize_t io_file_read(Value file, void *data, size_t n);

/* BufferedReader, BufferedWriter, BufferedRandom over raw. New. */
Value io_buffered_new(Type *type, Value raw, size_t capacity);
int io_buffered_write(Value buffered, const void *data, size_t n);
int io_buffered_flush(Value buffered);
/* Known to be open, without asking anybody; false: ask. */
bool io_buffered_is_open(Value buffered);
/* Bytes that are there, reading at most once if there are none: *data points into the buffer; 0 at the end;
 * -1 raised. */
ssize_t io_buffered_peek(Value buffered, const uint8_t **data);
void io_buffered_skip(Value buffered, size_t n);
static inline bool io_is_buffered(Value v) {
    return is_object(v) && (type_of(v) == IO->reader || type_of(v) == IO->writer || type_of(v) == IO->random);
}

/* TextIOWrapper. newline: NULL None, or "", "\n", "\r", "\r\n". New. */
Value io_text_new(Value buffer, const char *encoding, const char *errors, const char *newline,
                  bool line_buffering);
int io_text_flush(Value text);

/* Newline handling that text streams share. */
typedef enum NewlineSeen { SEEN_CR = 1, SEEN_LF = 2, SEEN_CRLF = 4 } NewlineSeen;
/* Text with \r\n and \r made \n; *seen gathers NewlineSeen. New. */
Value io_translate_newlines(Value str, unsigned *seen);
Value io_newlines_value(unsigned seen); /* the attribute `newlines` */
/* Length of the first line of str from `start`, its end included; -1: no line end yet. universal: \n, \r and
 * \r\n end one. */
ssize_t io_find_line_end(Value str, size_t start, bool translated, bool universal, const char *newline);
/* Checks a newline argument: NULL, "", "\n", "\r", "\r\n". 0, -1 ValueError with that message about the
 * value. */
int io_check_newline(Value newline_or_none, const char *message);

#endif
