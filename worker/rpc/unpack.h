/*
 * unpack: what the files that make values out of bytes share. The format is ipc/graph.h's.
 *
 * Idea. A graph is opened, which validates all of it. Then its nodes are visited depth first from the root,
 * with a stack of our own: a node gets its value as soon as that can exist (a list at once; an instance when
 * its class does) and is filled when everything it refers to is complete. So what is hashed, and what
 * __setstate__ sees, is whole, except where a cycle leads back. An edge to something that cannot exist yet (a
 * class whose methods use the class) is noted as pending, and set when it does.
 *
 * A statement that makes a class may change what it can reach (registries, counters). When any ran,
 * everything mutable is set again at the end, so that it arrives as it was sent.
 *
 * States of a node: new -> open (on the stack) -> done. A node whose value needs an open one that has none
 * becomes new again and is tried anew at the end. values[i] is NULL until the value exists, and stays NULL
 * for parts: dicts and lists that only carry what belongs into another node's value (attributes, globals,
 * captured variables, elements).
 *
 * What runs. Lists, dicts, instances and all other data run no code of the sender's, but for __hash__ and
 * __eq__ of keys, __setstate__,
 * __new__ of classes with __getnewargs__, and the callable of a REDUCED. Functions are compiled, not run. A
 * class that came by its source has to be made by its statement, which runs once, decorators and metaclass
 * included. Names lead to imports.
 */
#ifndef ATOLL_RPC_UNPACK_H
#define ATOLL_RPC_UNPACK_H

#include <ipc/graph.h>

#include "objects/object.h"
#include "objects/protocols.h"
#include "rpc/worker.h"

typedef enum NodeState {
    NODE_NEW,
    NODE_OPEN,
    NODE_DONE,
    NODE_NAMESPACE /* done; globals are added to the dict */
} NodeState;

typedef struct Visit {
    uint32_t node;
    uint64_t edge; /* the next one */
    bool part;     /* its children only are wanted */
    bool shelled;  /* the value was made, or tried */
    IpcNode at;
} Visit;

/* An edge to a child that has no value yet: of the owner itself, or of the part that hangs on the owner's
 * edge `part`. */
enum { PART_NONE = -1 };
typedef struct Pending {
    uint32_t owner, child;
    int part;
    uint64_t index; /* element or pair */
} Pending;

typedef struct Unpacker {
    IpcGraph graph;
    Value *values;
    uint8_t *states;
    Visit *stack;
    size_t depth, stack_capacity;
    Pending *pending;
    size_t pending_count, pending_capacity;
    bool ran; /* a class statement did: what was received before may have been changed by it */
} Unpacker;

/* ---- unpack_plain.c ---- */

Value unpack_plain(IpcSlice encoded);
/* An atom of any kind but containers and references, new. */
Value unpack_atom(const IpcToken *token);

/* ---- unpack.c ---- */

/* An edge's value: 1 and *out new; 0 it does not exist yet; -1 raised. */
int unpack_edge(Unpacker *u, const IpcToken *token, Value *out);
int unpack_pending(Unpacker *u, uint32_t owner, int part, uint64_t index, const IpcToken *child);
/* The node's first `count` edges. */
void unpack_fixed(const Unpacker *u, uint32_t node, IpcToken *out, size_t count);
/* The value of a dict, list or cell node, made now and empty if need be. Borrowed; NULL raised. */
Value unpack_shell_borrow(Unpacker *u, uint32_t node);
/* Calls set for each pair of a part on the owner's edge (nil: none), which must have str keys. value NULL: it
 * is pending (and noted). 0, -1 raised. */
typedef int (*PairSet)(Unpacker *u, uint32_t owner, Value name, Value value);
int unpack_pairs(Unpacker *u, uint32_t owner, int part, const IpcToken *token, PairSet set);
/* A str edge as a str, nil as NULL with nothing raised. */
Value unpack_text(const IpcToken *token);

/* ---- unpack_kinds.c ---- */

/* How many edges of a node must be complete before its value can exist. */
uint64_t unpack_shell_at(IpcGraphKind kind);
/* Makes the value: 1, 0 not yet possible, -1 raised. */
int unpack_make_shell(Unpacker *u, uint32_t node, IpcGraphKind kind);
/* Everything the node refers to is complete. 1 done, 0 its value cannot exist yet, -1 raised. */
int unpack_fill(Unpacker *u, uint32_t node, IpcGraphKind kind);
/* Whether an edge leads to something that only carries what belongs into this node's value. */
bool unpack_is_part(const Unpacker *u, uint32_t node, IpcGraphKind kind, uint64_t edge);
/* Sets everything mutable once more, after class statements ran. 0, -1 raised. */
int unpack_restore(Unpacker *u);

/* ---- unpack_object.c: shells (1 made, 0 not yet possible, -1 raised) and fillings (0, -1 raised) ---- */

int unpack_instance_shell(Unpacker *u, uint32_t node);
int unpack_instance_fill(Unpacker *u, uint32_t node);
int unpack_reduced_shell(Unpacker *u, uint32_t node);
int unpack_reduced_fill(Unpacker *u, uint32_t node);
/* Whether the state goes to __setstate__ (then it is a value) or is attributes (then it is a part). */
bool unpack_state_is_value(const Unpacker *u, uint32_t node);
int unpack_set_attribute(Unpacker *u, uint32_t owner, Value name, Value value);

/* ---- unpack_code.c ---- */

int unpack_named_shell(Unpacker *u, uint32_t node); /* MODULE, TYPE, GLOBAL, ATTRIBUTE */
int unpack_function_shell(Unpacker *u, uint32_t node);
int unpack_function_fill(Unpacker *u, uint32_t node);
int unpack_restore_definition(Unpacker *u, uint32_t node); /* globals and class attributes once more */
int unpack_class_fill(Unpacker *u, uint32_t node);         /* makes it too */
int unpack_set_global(Unpacker *u, uint32_t owner, Value name, Value value);
int unpack_set_function_attribute(Unpacker *u, uint32_t owner, Value name, Value value);
int unpack_set_class_attribute(Unpacker *u, uint32_t owner, Value name, Value value);

/* ---- remote_error.c ---- */

int unpack_exception_shell(Unpacker *u, uint32_t node);
int unpack_exception_fill(Unpacker *u, uint32_t node);
int unpack_set_exception_attribute(Unpacker *u, uint32_t owner, Value name, Value value);
int unpack_set_exception_edge(Unpacker *u, uint32_t owner, uint64_t edge, Value value); /* cause, context */
int unpack_traceback_shell(Unpacker *u, uint32_t node);

#endif
