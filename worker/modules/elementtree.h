/*
 * elementtree: the parts of _elementtree. m_elementtree.c holds the elements, elementtree_builder.c what makes a tree of the events
 * of a document, elementtree_parser.c the parser that has the events of libexpat.
 */
#ifndef ATOLL_MODULES_ELEMENTTREE_H
#define ATOLL_MODULES_ELEMENTTREE_H

#include "modules/module.h"

typedef struct Element {
    HeapObject head;
    Value tag, text, tail;
    Value attributes; /* dict or NULL */
    Value children;   /* list or NULL */
} Element;

typedef struct TreeState {
    Type *element, *walk, *builder, *parser, *parse_error;
    Value comment_factory, pi_factory; /* or NULL */
} TreeState;

#define TREE MODULE_STATE(elementtree, TreeState)

/* A new element with these attributes or NULL, which are stolen also on failure. */
Value element_alloc_steal(Type *type, Value tag, Value attributes_or_null);
/* parent.append(child), whatever they are. 0, -1 raised. */
int element_add(Value parent, Value child);

/* ---- the builder ---- */

/* Events that a pull parser may ask for: what its queue is given as the event's name. */
typedef enum TreeEvent {
    ON_START,
    ON_END,
    ON_START_NS,
    ON_END_NS,
    ON_COMMENT,
    ON_PI,
    TREE_EVENT_COUNT
} TreeEvent;

typedef struct Builder {
    HeapObject head;
    Value root;          /* or NULL */
    Value current;       /* the innermost open element; None: none */
    Value last;          /* opened or closed last; None: none yet */
    Value last_for_tail; /* whose tail the text becomes; NULL: it is last's own text */
    Value data;          /* text so far: one value or a list of them, or NULL */
    Value stack;         /* list: the elements around the current one */
    Value element_factory, comment_factory, pi_factory; /* or NULL */
    Value append;                                       /* of the queue of events, or NULL */
    Value events[TREE_EVENT_COUNT];                     /* names; NULL: not asked for */
    char *utf8; /* text that a native parser has given; never together with data */
    size_t utf8_length, utf8_room;
    bool insert_comments, insert_pis;
} Builder;

static inline bool is_plain_builder(Value v) { return type_of(v) == TREE->builder; }

/* What the methods do; new references, NULL raised. attributes: a dict, or NULL for none (stolen). */
Value builder_start_steal(Builder *b, Value tag, Value attributes_or_null);
Value builder_end(Builder *b);
Value builder_comment(Builder *b, Value text);
Value builder_pi(Builder *b, Value target, Value text);
Value builder_close(Builder *b);
int builder_data(Builder *b, Value data);
/* Text in UTF-8, as a parser has it. 0, -1 raised. */
int builder_utf8(Builder *b, const char *utf8, size_t n);
/* Puts an event into the queue if it is asked for. 0, -1 raised. */
int builder_tell(Builder *b, TreeEvent event, Value what);

extern const TypeSpec builder_spec, parser_spec;

#endif
