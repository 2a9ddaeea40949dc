/*
 * vm: running code. What objects, builtins, modules and rpc may ask of the evaluator.
 */
#ifndef ATOLL_VM_VM_H
#define ATOLL_VM_VM_H

#include "objects/code.h"
#include "objects/error.h"
#include "objects/function.h"
#include "objects/object.h"

/* Thread and VM state made at boot; 0, -1 out of memory. The caller is the main thread and holds the GIL from then on. */
int vm_boot(void);
/* After builtins exist: finds the functions that the evaluator calls by short cuts (len, isinstance, list.append...). */
void vm_builtins_ready(void);

/* ---- running ---- */

/* Runs module-like code with these namespaces (locals may be any mapping). closure: tuple of cells or NULL. New. */
Value vm_run_code(Code *code, Dict *globals, Value locals, Value closure_or_null);
/* Runs a class statement's function with its namespace; returns what its code returns (the __class__ cell or None). New. */
Value vm_run_class_body(Function *function, Value ns);
/* Slot `call` of function. */
Value function_call(Value function, Value const *args, size_t nargs, Value kwnames);
/* A function gives up its code while frames may run it: takes the reference and keeps the code alive. */
void vm_retire_code_steal(Code *code);
/* A number for code->version and function->version: never 0, never given twice. */
uint32_t vm_new_code_version(void);

/* Current frame's namespaces for builtins: borrowed; locals NULL raised. */
Dict *vm_globals_borrow(void);
Dict *vm_builtins_borrow(void);
Value vm_locals(void); /* new */
Value vm_current_frame(
    void); /* frame object, new; NULL without error when none runs, with one when out of memory */
Code *vm_current_code_borrow(void); /* NULL when no frame runs */
Value vm_frame_at(size_t depth);    /* sys._getframe(depth); ValueError when too deep */
/* Line of a frame object; and its code, borrowed. For warnings and tracebacks. */
int vm_frame_line(Value frame);
Code *vm_frame_code_borrow(Value frame);
Value vm_frame_back(Value frame); /* new; None at the end */
Value vm_frame_globals_borrow(Value frame);
/* super() without arguments: the running method's __class__ cell content and first argument, borrowed. 0, -1 RuntimeError. */
int vm_super_context(Value *cls, Value *self);

/* ---- exceptions ---- */

/* The exception being handled (sys.exc_info), borrowed, or NULL. */
Value vm_handled_exception_borrow(void);
/* Where lines of a file are looked for that nobody registered: the line's text, new; NULL without error when it is not known. */
typedef Value LineFinder(Value filename, int number);
void vm_set_line_finder(LineFinder *finder);
/* Text of a file for traceback lines; both borrowed. 0, -1 raised. */
int vm_register_source(Value filename, Value text);
/* A registered source's text, borrowed; NULL without error when unknown. */
Value vm_source_text_borrow(Value filename);
/* Line `number` (from 1) of a registered source, or of one that the finder knows, without its newline, new; NULL without error when unknown. */
Value vm_source_line(Value filename, int number);
/* The same for a code: from the text it was compiled from if that is kept, else from what is registered for its file. */
Value vm_code_source_line(const Code *code, int number);

/* ---- where a program is (where.c): to be asked from anywhere, a signal handler too ---- */

/* Nothing is allocated or changed. Asked at a safe point the answers are exact; at any other moment they are as of the frame's last
 * save, and what they are read from may be in the middle of a change: the caller must be able to survive a fault. */

typedef struct VmPlace {
    Value filename, function; /* str, borrowed */
    int line;
} VmPlace;
typedef bool VmPlaceVisit(void *arg, const VmPlace *place);
/* The calls on the stack of the thread that runs, or ran last, innermost first, until visit answers false. The stack's depth. */
uint32_t vm_places(VmPlaceVisit *visit, void *arg);

/* One of the three, or none: a function's name as a C string or as a str, borrowed, or an instruction's. */
typedef struct VmNative {
    const char *text;
    Value name;
    const char *instruction;
} VmNative;
/* What the innermost frame's present instruction has called, if that is native; or the instruction, if it may take long. */
void vm_native(VmNative *out);

/* Work done by the job, unsettled work of the same thread included. */
uint64_t fuel_so_far(void);

/* ---- breaker and fuel (breaker.c) ---- */

/* The breaker's slow path; call from long native loops too. 0, -1 raised. */
int breaker_poll(void);
/* From anywhere, signal handlers and other threads included. */
static inline void breaker_set(uint32_t bits) { __atomic_fetch_or(&rt->breaker, bits, __ATOMIC_SEQ_CST); }
static inline void breaker_clear(uint32_t bits) { __atomic_fetch_and(&rt->breaker, ~bits, __ATOMIC_SEQ_CST); }
/* Puts the work done since the last settlement on host->fuel. */
void fuel_settle(void);
/* Reads host->fuel_limit anew. */
void fuel_limit_changed(void);
bool vm_is_main_thread(void);
/* Runs function(arg) in the main thread at its next poll. False: the queue is full. Any thread. */
bool pending_call_add(int (*function)(void *), void *arg);

/* ---- threads (thread.c, gil.h) ---- */

/* Starts a thread that runs function(arg) with the GIL held; its id, or 0 raised. arg is the function's to drop. */
uint64_t thread_start(void (*function)(void *arg), void *arg, size_t stack_size);
size_t thread_count(void);
/* The program is over: no thread but the calling, main one runs again. They end where they stand, as in CPython, and what they hold
 * stays as it is; with unwind, for a world that goes on, SystemExit is raised in them first. How many there were; *stuck: how many
 * of them did not come back from blocking in that time, and may yet touch the heap. */
size_t threads_end(uint32_t grace_ms, bool unwind, size_t *stuck);
/* What each thread runs and handles (NULL: nothing; borrowed), the newest thread first. visit must not poll the breaker. 0, -1. */
int vm_each_thread(int (*visit)(uint64_t id, Value frame_or_null, Value exception_or_null, void *arg),
                   void *arg);
/* Raises an exception (borrowed) in another thread at its next poll; false: no such thread. */
bool thread_raise(uint64_t id, Value exception_or_null);
/* Is there a thread of this number? */
bool thread_exists(uint64_t id);

/* ---- generators, coroutines (generator.c) ---- */

/* A generator or coroutine whose end would run code or warn. */
bool generator_owes_finalizer(Value v);
bool generator_is_coroutine(Value v); /* a coroutine, or a generator that types.coroutine marked */
/* sys.settrace, setprofile: NULL or None: off. */
int vm_set_trace(Value function_or_null);
int vm_set_profile(Value function_or_null);

/* ---- import: implemented by import/, called for the import statement ---- */

/* As builtins.__import__(name, globals, locals, fromlist, level). New. */
Value import_name(Value name, Dict *globals, Value fromlist, Value level);

#endif
