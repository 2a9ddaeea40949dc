/* exceptions: the built-in tree (rows of exceptions.def) and their fields. */
#ifndef ATOLL_OBJECTS_EXCEPTION_H
#define ATOLL_OBJECTS_EXCEPTION_H

#include "objects/object.h"

typedef struct BaseException {
    HeapObject head;
    Value args;  /* tuple */
    Value notes; /* unused slot kept NULL: __notes__ lives in the dict */
    Value traceback, context, cause; /* NULL: none */
    bool suppress_context;
    /* fields of the built-in subclasses, by meaning; NULL when unset:
     * StopIteration.value, SystemExit.code, ImportError msg name path, OSError errno strerror filename filename2,
     * SyntaxError msg filename lineno offset text end_lineno end_offset print_file_and_line, Unicode*Error encoding object
     * start end reason, AttributeError/NameError name obj, ExceptionGroup message exceptions */
    Value fields[8];
    Attrs attrs;
} BaseException;

/* Instance of a built-in exception type with the given args tuple items (borrowed). */
Value exception_new(TypeId type, Value const *args, size_t n);
Value exception_from_text(TypeId type, Value message);
/* One traceback entry in front of the chain: called by the unwinder as frames are left. */
int exception_add_traceback(Value exception, Value frame, int lasti, int line);
/* The whole text that the interpreter prints for an uncaught exception (chained ones, notes, groups, carets). vm/traceback.c */
Value exception_format(Value exception);

#endif
