/* signal: what other native modules ask of _signal. */
#ifndef ATOLL_MODULES_SIGNAL_H
#define ATOLL_MODULES_SIGNAL_H

#include "modules/module.h"

/*
 * A signal to the worker from its own program: the handler that signal.signal() set runs in the main thread, at once if that is
 * the running one. A signal whose default would end or stop the process is refused: PermissionError. 0, -1 raised.
 */
int signal_send_self(int number);
/* As if the signal had come: its Python handler, if there is one, runs in the main thread soon. 0, -1 raised. Any thread. */
int signal_simulate(int number);

#endif
