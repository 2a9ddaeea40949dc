/*
 * pack: what the files that turn values into bytes share. The format is ipc/graph.h's.
 *
 * Idea. A value that is a plain tree is written straight away as plain msgpack (pack_plain.c). Anything else
 * becomes a table of nodes: a first-in-first-out worklist of things to write, numbered in the order of
 * discovery. An edge is written as an atom, a reference to a thing met before, or a reference to the next
 * number with the thing appended to the worklist; so nothing recurses.
 *
 * A thing is a Value and a Role: most are written as what they are; some Values stand for a node about them
 * (the attributes of an instance, the namespace behind a dict of globals). The worklist holds a reference to
 * each, so no address is reused meanwhile.
 *
 * Invariant: between the header of a node with a count and its last edge no Python code runs and nothing is
 * allocated in the heap, so a container cannot change while it is written. What must be computed (states,
 * sorted sets, source texts) is computed before.
 *
 * A refusal is a TypeError "cannot send result[3].conn: a generator has no copy": the path is read back from
 * what was written.
 */
#ifndef ATOLL_RPC_PACK_H
#define ATOLL_RPC_PACK_H

#include <ipc/graph.h>
#include <ipc/idmap.h>

#include "objects/function.h"
#include "objects/object.h"
#include "objects/protocols.h"
#include "rpc/definition.h"
#include "rpc/worker.h"

typedef enum Role {
    ROLE_VALUE,
    ROLE_STATE, /* of an instance: its attributes, as a DICT */
    ROLE_EXCEPTION_STATE,
    ROLE_GLOBALS,   /* a dict made for a definition: what stands under "" is a namespace */
    ROLE_NAMESPACE, /* a dict of globals: the DICT with its __name__, or the MODULE */
    ROLE_COUNT,     /* at most 8: they go into the low bits of an address */
} Role;

typedef struct Thing {
    Value value;
    Role role;
} Thing;

typedef struct Packer {
    IpcGraphWriter writer;
    IpcBudget budget;
    IpcIdMap known; /* address | role -> node */
    Thing *things;  /* the worklist; [index of node] */
    size_t count, capacity;
    uint32_t node; /* being written */
    const char *root;
    IpcBuf scratch;
    uint32_t attr_count; /* of pack_count_state */
    SourceTree tree;     /* of the last definition */
} Packer;

enum { SHARED_BYTES = 1024 }; /* strs and bytes from here on keep their identity */

/* ---- pack_plain.c ---- */

typedef enum PlainResult { PLAIN_RAISED = -1, PLAIN_DONE, PLAIN_CANNOT } PlainResult;
/* Appends v as plain msgpack; PLAIN_CANNOT: it is no plain tree, and *buf is as before. */
PlainResult pack_plain(IpcBuf *buf, Value v, const char *root, uint64_t max_bytes);
/* A str's UTF-8 form, surrogates as three bytes each; ASCII in place, other text in scratch. False: no
 * memory. *wide (may be NULL): there are surrogates. */
bool pack_utf8(IpcBuf *scratch, Value str, IpcSlice *out, bool *wide);

/* ---- pack.c ---- */

/* The next edge of the open node. 0, -1 raised (out of memory alone). */
int pack_edge(Packer *p, Value v);
int pack_edge_as(Packer *p, Value v, Role role);
/* v, or nil when it is NULL. */
int pack_edge_or_nil(Packer *p, Value v);
/* A str edge that has to be an atom (what is no valid UTF-8 in it becomes '?'); NULL: nil. */
int pack_text(Packer *p, Value str_or_null);
/* Raises TypeError "cannot send <path of the node being written>: <reason>". Always -1. */
int pack_refuse(Packer *p, const char *format, ...);
/* "a generator", "an ellipsis": for messages. */
const char *pack_article(const char *name);

/* ---- pack_object.c: each writes the node of v, which is of that sort. 0, -1 raised ---- */

int pack_object(Packer *p, Value v); /* anything without a kind of its own */
int pack_state(Packer *p, Value v);  /* ROLE_STATE */
/* The attributes and __slots__ of an instance: how many, and each of them, borrowed. */
uint32_t pack_count_state(Packer *p, Value v);
int pack_visit_state(Packer *p, Value v, int (*visit)(Packer *p, Value name, Value value));
int pack_attr(Packer *p, Value name, Value value); /* both as edges */

/* ---- pack_code.c ---- */

int pack_function(Packer *p, Value v);
int pack_module(Packer *p, Value v);
int pack_native(Packer *p, Value v); /* built-in functions and methods */
int pack_method(Packer *p, Value v);
int pack_descriptor(Packer *p, Value v); /* of a built-in type */
int pack_globals(Packer *p, Value dict);
int pack_namespace(Packer *p, Value dict);
/* Writes a GLOBAL or TYPE node if sys.modules[module] has v under the dotted name and the module is no
 * program's own. 1 written, 0 not, -1 raised. Runs no code. */
int pack_by_name(Packer *p, Value v, Value module, Value qualname);
/* owner.name, an ATTRIBUTE node. */
int pack_attribute(Packer *p, Value owner, Value name);
/* {"": globals, names that code uses and globals has: their values}, for ROLE_GLOBALS. New. */
Value pack_used_globals(const Code *code, Dict *globals);
/* {name: cell} of a function's closure. New. */
Value pack_captured(const Function *f);
/* The class in whose statement's body a function was written, as reached through globals; borrowed, or NULL.
 */
Type *pack_owner_borrow(const Function *f);
/* Whether a code is one of those within another. */
bool pack_code_within(const Code *inner, const Code *outer);

/* ---- pack_class.c ---- */

int pack_class(Packer *p, Type *t);

/* ---- remote_error.c ---- */

int pack_exception(Packer *p, Value v);
int pack_exception_state(Packer *p, Value v);
int pack_traceback(Packer *p, Value v);

#endif
