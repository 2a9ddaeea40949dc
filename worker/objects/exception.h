/* exceptions: the built-in tree (rows of exceptions.def) and their fields. */
#ifndef ATOLL_OBJECTS_EXCEPTION_H
#define ATOLL_OBJECTS_EXCEPTION_H

#include "objects/object.h"

typedef struct BaseException {
    HeapObject head;
    Value args;                      /* tuple */
    Value notes;                     /* unused slot kept NULL: __notes__ lives in the dict */
    Value traceback, context, cause; /* NULL: none */
    bool suppress_context;
    /* fields of the built-in subclasses, by meaning; NULL when unset:
     * StopIteration.value, SystemExit.code, ImportError msg name path, OSError errno strerror filename filename2,
     * SyntaxError msg filename lineno offset text end_lineno end_offset print_file_and_line, Unicode*Error encoding object
     * start end reason, AttributeError/NameError name obj, ExceptionGroup message exceptions */
    Value fields[8];
    Attrs attrs;
} BaseException;

/* Places in `fields`. */
enum ExceptionField {
    STOP_VALUE = 0,
    EXIT_CODE = 0,
    IMPORT_MSG = 0,
    IMPORT_NAME,
    IMPORT_PATH,
    OS_ERRNO = 0,
    OS_STRERROR,
    OS_FILENAME,
    OS_FILENAME2,
    OS_WRITTEN,
    SYNTAX_MSG = 0,
    SYNTAX_FILENAME,
    SYNTAX_LINENO,
    SYNTAX_OFFSET,
    SYNTAX_TEXT,
    SYNTAX_END_LINENO,
    SYNTAX_END_OFFSET,
    SYNTAX_PRINT_FILE,
    UNICODE_ENCODING = 0,
    UNICODE_OBJECT,
    UNICODE_START,
    UNICODE_END,
    UNICODE_REASON,
    ATTRIBUTE_NAME = 0,
    ATTRIBUTE_OBJ,
    NAME_NAME = 0,
    GROUP_MESSAGE = 0,
    GROUP_EXCEPTIONS,
    EXCEPTION_FIELDS = 8,
};

static inline BaseException *exception_of(Value v) { return (BaseException *)v; }
/* NULL clears. */
void exception_set_context_steal(Value e, Value context_or_null);
void exception_set_cause_steal(Value e, Value cause_or_null); /* suppresses the context */
/* What raising makes of a class or an instance: an instance, or TypeError "exceptions must derive from BaseException". New. */
Value exception_from_raised(Value class_or_instance);
/* except: does the exception match a class or tuple of classes? 1, 0; -1: "catching classes that do not inherit from
 * BaseException is not allowed". */
int exception_matches(Value exception, Value class_or_tuple);
bool exception_is_group(Value v);
/* except*: (match, rest) of exception by class or tuple; each new or NONE. 0, -1 raised. */
int exception_group_split(Value exception, Value class_or_tuple, Value *match, Value *rest);
/* What leaves an except* statement: the leftover and raised ones put together, or NONE. New. */
Value exception_group_reraise(Value original, Value list_of_raised);
/* derive() of a group with other exceptions; keeps metadata (traceback, context, cause, notes). New. */
Value exception_group_derive(Value group, Value exceptions_sequence);

/* Instance of a built-in exception type with the given args tuple items (borrowed). */
Value exception_new(TypeId type, Value const *args, size_t n);
Value exception_from_text(TypeId type, Value message);
/* A MemoryError, from the memory kept for it if there is no other. New. */
Value exception_no_memory(void);
/* One traceback entry in front of the chain: called by the unwinder as frames are left. */
int exception_add_traceback(Value exception, Value frame, int lasti, int line);
/* Takes the frames of Python's own import machinery out of the traceback: all of them of an ImportError, else those that only
 * pass on what a module raised. */
void exception_trim_import(Value exception);
/* The whole text that the interpreter prints for an uncaught exception (chained ones, notes, groups, carets). vm/traceback.c */
Value exception_format(Value exception);
/* Without what it came from, and in few words: how unraisable ones are told. */
Value exception_format_alone(Value exception);

#endif
