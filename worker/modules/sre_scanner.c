/*
 * sre_scanner: a pattern that goes through a text, match by match: what pattern.scanner() gives, and what stands behind
 * finditer().
 */
#include "modules/sre.h"
#include "objects/error.h"

typedef struct Scanner {
    HeapObject head;
    Pattern *pattern;
    Value string;
    bool at_end;
    bool running; /* in this thread or another that waits for the GIL */
    SreState state;
} Scanner;

Value sre_scanner_new(Pattern *pattern, Value string, ssize_t pos, ssize_t endpos) {
    Scanner *s = (Scanner *)value_alloc(SRE->scanner, 0);
    if (!s) return NULL;
    s->pattern = NULL;
    s->string = NULL;
    s->at_end = s->running = false;
    if (sre_begin(&s->state, pattern, string, pos, endpos) < 0) {
        decref(AS_VALUE(s));
        return NULL;
    }
    s->pattern = INCREF(pattern);
    s->string = incref(string);
    value_track(AS_VALUE(s));
    return AS_VALUE(s);
}

static int scanner_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    VISIT(((Scanner *)o)->pattern);
    VISIT(((Scanner *)o)->string);
    return 0;
}

static void scanner_free(Heap *heap, HeapObject *o) {
    (void)heap;
    Scanner *s = (Scanner *)o;
    if (s->pattern) {
        sre_end(&s->state);
        decref(AS_VALUE(s->pattern));
        decref(s->string);
    }
    value_free(AS_VALUE(s));
}

static Value scan(Value self, int (*run)(SreState *)) {
    Scanner *s = (Scanner *)self;
    if (s->running) return raise_error(T_ValueError, "regular expression scanner already executing");
    if (s->at_end) return NONE;
    s->running = true;
    const void *start = s->state.start;
    int status = run(&s->state);
    s->running = false;
    if (status < 0) {
        s->state.start = start;
        return NULL;
    }
    s->at_end = status == 0;
    if (status == 0) return NONE;
    Value match = sre_match_new(&s->state);
    sre_advance(&s->state);
    return match;
}

static Value scanner_match(Value self) { return scan(self, sre_match); }
static Value scanner_search(Value self) { return scan(self, sre_search); }

static const NativeMethod methods[] = {
    METHOD_NOARGS("match", scanner_match, "match($self, /)\n--\n\n"),
    METHOD_NOARGS("search", scanner_search, "search($self, /)\n--\n\n"),
    METHOD_END,
};

static const Member members[] = {
    {"pattern", MEMBER_VALUE, offsetof(Scanner, pattern), true, NULL},
    {NULL, 0, 0, false, NULL},
};

const TypeSpec sre_scanner_spec = {
    .name = "_sre.SRE_Scanner",
    .flags = TYPE_GC | TYPE_NOT_INSTANTIABLE,
    .basic_size = sizeof(Scanner),
    .slots = {.traverse = scanner_traverse, .free = scanner_free},
    .methods = methods,
    .members = members,
};
