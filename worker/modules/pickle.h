/*
 * _pickle: objects as a program for a small stack machine, and back.
 *
 * pickle_output.c holds the writer's bytes and its frames, pickle_save.c writes values of built-in types,
 * pickle_reduce.c names and reductions, pickle_input.c reads bytes from a string or a file, pickle_load.c
 * runs the machine. m_pickle.c is the module.
 *
 * Pickles are hostile bytes: sizes are held against what is there before anything is allocated, and only
 * classes' own `__new__` makes instances. Saving nests as the objects do, guarded by recursion_enter; loading
 * does not nest.
 */
#ifndef ATOLL_MODULES_PICKLE_H
#define ATOLL_MODULES_PICKLE_H

#include <stdio.h>

#include "base/names.h"
#include "modules/module.h"
#include "objects/bytes.h"
#include "objects/str.h"

enum { PROTOCOL_DEFAULT = 4, PROTOCOL_HIGHEST = 5, BATCH = 1000 };

typedef enum PickleOp {
    OP_MARK = '(',
    OP_STOP = '.',
    OP_POP = '0',
    OP_POP_MARK = '1',
    OP_DUP = '2',
    OP_FLOAT = 'F',
    OP_INT = 'I',
    OP_BININT = 'J',
    OP_BININT1 = 'K',
    OP_LONG = 'L',
    OP_BININT2 = 'M',
    OP_NONE = 'N',
    OP_PERSID = 'P',
    OP_BINPERSID = 'Q',
    OP_REDUCE = 'R',
    OP_STRING = 'S',
    OP_BINSTRING = 'T',
    OP_SHORT_BINSTRING = 'U',
    OP_UNICODE = 'V',
    OP_BINUNICODE = 'X',
    OP_APPEND = 'a',
    OP_BUILD = 'b',
    OP_GLOBAL = 'c',
    OP_DICT = 'd',
    OP_EMPTY_DICT = '}',
    OP_APPENDS = 'e',
    OP_GET = 'g',
    OP_BINGET = 'h',
    OP_INST = 'i',
    OP_LONG_BINGET = 'j',
    OP_LIST = 'l',
    OP_EMPTY_LIST = ']',
    OP_OBJ = 'o',
    OP_PUT = 'p',
    OP_BINPUT = 'q',
    OP_LONG_BINPUT = 'r',
    OP_SETITEM = 's',
    OP_TUPLE = 't',
    OP_EMPTY_TUPLE = ')',
    OP_SETITEMS = 'u',
    OP_BINFLOAT = 'G',
    OP_PROTO = 0x80,
    OP_NEWOBJ,
    OP_EXT1,
    OP_EXT2,
    OP_EXT4,
    OP_TUPLE1,
    OP_TUPLE2,
    OP_TUPLE3,
    OP_NEWTRUE,
    OP_NEWFALSE,
    OP_LONG1,
    OP_LONG4,
    OP_BINBYTES = 'B',
    OP_SHORT_BINBYTES = 'C',
    OP_SHORT_BINUNICODE = 0x8c,
    OP_BINUNICODE8,
    OP_BINBYTES8,
    OP_EMPTY_SET,
    OP_ADDITEMS,
    OP_FROZENSET,
    OP_NEWOBJ_EX,
    OP_STACK_GLOBAL,
    OP_MEMOIZE,
    OP_FRAME,
    OP_BYTEARRAY8,
    OP_NEXT_BUFFER,
    OP_READONLY_BUFFER,
} PickleOp;

typedef struct PickleState {
    Type *pickler, *unpickler, *buffer, *pickler_memo, *unpickler_memo;
    Type *error, *pickling_error, *unpickling_error;
    Value dispatch_table, extension_registry, inverted_registry, extension_cache; /* of copyreg */
    Value name_to_2, import_to_2, name_to_3, import_to_3; /* of _compat_pickle; NULL: not yet */
} PickleState;

#define PICKLE               MODULE_STATE(pickle, PickleState)
#define fail_pickling(...)   raise_type(PICKLE->pickling_error, __VA_ARGS__)
#define fail_unpickling(...) raise_type(PICKLE->unpickling_error, __VA_ARGS__)

/* ---- writing ---- */

/* Objects already written, by identity; the memo owns them. */
typedef struct Memo {
    struct MemoEntry {
        Value key; /* NULL: free */
        size_t number;
    } * entries;
    size_t mask, count;
} Memo;

typedef struct Pickler {
    HeapObject head;
    Value write, dispatch_table, persistent_id, buffer_callback; /* or NULL */
    Value persist, reducer_override,
        dispatch; /* during a dump: what the class or the attributes say; or NULL */
    Memo memo;
    uint8_t *out;
    size_t length, room;
    size_t frame; /* where the open frame's header stands, or NO_FRAME */
    int protocol;
    bool framing, fix_imports, fast, ready;
    int fast_depth;
    Value fast_active; /* dict: identities in progress when fast mode is deep */
    uint32_t work;
} Pickler;

#define NO_FRAME SIZE_MAX

bool memo_find(const Memo *memo, Value key, size_t *number);
int memo_add(Memo *memo, Value key, size_t number);
void memo_clear(Memo *memo);
int memo_copy(Memo *to, const Memo *from);

int out_bytes(Pickler *p, const void *data, size_t n);
int out_byte(Pickler *p, int byte);
/* An opcode with a little-endian number of so many bytes. */
int out_op(Pickler *p, PickleOp op, uint64_t n, int bytes);
/* A header and a payload that is big enough to stand outside of frames; payload_or_null is the value that is
 * the data. */
int out_payload(Pickler *p, const uint8_t *header, size_t header_size, const void *data, size_t n,
                Value payload_or_null);
int out_boundary(Pickler *p); /* an opcode has ended: a full frame is closed */
int out_close_frame(Pickler *p);
int out_flush(Pickler *p); /* hands the bytes to the file */

int pickle_save(Pickler *p, Value v, bool persistent_done);
int pickle_memo_put(Pickler *p, Value v);
int pickle_memo_get(Pickler *p, size_t number);
int pickle_save_global(Pickler *p, Value v, Value name_or_null);
int pickle_save_reduction(Pickler *p, Value reduction, Value v_or_null);
int pickle_reduce(Pickler *p, Value v); /* by reducer_override, dispatch table, __reduce_ex__ */
int pickle_dump(Pickler *p, Value v);
int pickle_batch(Pickler *p, Value iterator, bool pairs);

/* ---- reading ---- */

typedef struct Unpickler {
    HeapObject head;
    Value read, readline, peek, buffers, encoding, errors; /* or NULL */
    Value persistent_load;                                 /* given to the instance */
    Value persist;                                         /* during a load: that, or the class's method */
    Value sparse; /* dict: number -> memoized, for numbers out of all proportion */
    Buffer buffer;
    const uint8_t *data;
    size_t length, at;
    size_t peeked; /* bytes of data that the file still holds */
    Value *stack;
    size_t depth, stack_room;
    size_t *marks;
    size_t mark_count, mark_room;
    size_t floor; /* depth at the innermost mark */
    Value *memo;
    size_t memo_room, memo_count;
    int protocol;
    bool fix_imports, ready, running;
} Unpickler;

/* The next n bytes, valid until the next call. NULL raised. */
const uint8_t *in_more_bytes(Unpickler *u, size_t n);
static inline const uint8_t *in_bytes(Unpickler *u, size_t n) {
    if (__builtin_expect(n <= u->length - u->at, 1)) return u->data + (u->at += n) - n;
    return in_more_bytes(u, n);
}
/* A line with its end; *n counts both. NULL raised. */
const uint8_t *in_line(Unpickler *u, size_t *n);
/* Are there surely n more bytes, as far as can be known? A file of unknown length says yes. */
bool in_has(const Unpickler *u, size_t n);
/* Gives back to the file what was only peeked at. 0, -1 raised. */
int in_settle(Unpickler *u);

Value pickle_load(Unpickler *u);
Value pickle_find_class(Unpickler *u, Value module, Value name);
int unpickler_memo_put(Unpickler *u, size_t number, Value v);
Value unpickler_memo_get_borrow(Unpickler *u, size_t number);
void unpickler_memo_clear(Unpickler *u);
/* Follows a dotted name; parent_or_null gets the last but one. New; NULL raised AttributeError. */
Value pickle_deep_attribute(Value from, Value dotted, Value *parent_or_null);
/* The maps of _compat_pickle. 0, -1 raised. */
int pickle_need_compat(void);

extern const TypeSpec pickler_spec, unpickler_spec, pickle_buffer_spec, pickler_memo_spec,
    unpickler_memo_spec;

/* A PickleBuffer's view. */
typedef struct PickleBuffer {
    HeapObject head;
    Buffer view; /* owner NULL: released */
} PickleBuffer;

#endif
