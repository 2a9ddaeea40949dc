/* signal: what other native modules ask of _signal. */
#ifndef ATOLL_MODULES_SIGNAL_H
#define ATOLL_MODULES_SIGNAL_H

#include "modules/module.h"

/*
 * A signal to the worker from its own program: the handler that signal.signal() set runs in the main thread, at once if that is
 * the running one. One without a handler whose default ends the process ends it; one whose default stops it, and those by which
 * the supervisor tells limits, are refused: PermissionError. 0, -1 raised.
 */
int signal_send_self(int number);
/* As if the signal had come: its Python handler, if there is one, runs in the main thread soon. 0, -1 raised. Any thread. */
int signal_simulate(int number);
/* Ends the process by a signal, whatever handlers there are; -1 raised when it could not. */
int signal_die(int number);
/* What the host does for that: the default of a signal that ends processes: does not return where the kernel lets it. */
void signal_end_process(int number);
/* Seconds until a timer of real time that the program has set rings; INFINITY: none is set. */
double signal_next_timer(void);

#endif
