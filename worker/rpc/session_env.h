/*
 * session_env: what a program finds around it (`__main__`, sys.argv, its source for tracebacks) and what is owed to it at its end
 * (threads joined, atexit functions, streams flushed, finalizers of what it leaves behind).
 */
#ifndef ATOLL_RPC_SESSION_ENV_H
#define ATOLL_RPC_SESSION_ENV_H

#include <ipc/rpc.h>

#include "objects/object.h"

/* Does once, in a world that has just been booted, what every job begins with: what the interpreter remembers of it (looked-up
 * methods, interned names, pools with room) every later job finds, in its image or after a fork. Leaves nothing else. */
void session_warm_up(void);
/* The `__main__` module for a program: a new one, or with keep the one of the earlier job. argv: STRS. New; NULL raised. */
Value session_main(bool keep, Value filename, IpcList argv);
/* Puts the place of the job's own files in front of sys.path, unless it stands there already. 0, -1 raised. */
int session_set_path(const IpcSources *sources);
/* Makes the source's lines known to tracebacks. 0, -1 raised. */
int session_register_source(Value filename, IpcSlice source);
/* The end of a program: waits for its threads, daemons left out; without keep runs atexit functions; flushes the streams. 0, -1. */
int session_end(bool keep);
/* Drops what `__main__` holds so that finalizers run; the world stays usable. Nothing is left pending. */
void session_teardown(void);
/* Whether something alive has a finalizer to run: then the program ends with session_exit. */
bool session_owes_finalizers(void);
/* The interpreter's exit: all modules go, finalizers run. Nothing is left pending; no Python code runs in this world after it. */
void session_exit(void);
/* A line on sys.stderr. Errors are dropped. */
void session_print_error_line(Value text);

#endif
