/* atexit: what the end of a program asks of the module. */
#ifndef ATOLL_MODULES_ATEXIT_H
#define ATOLL_MODULES_ATEXIT_H

/* Calls what was registered, whether or not the module is still in sys.modules. Errors are reported and dropped. */
void atexit_run(void);

#endif
