/* sys: the module of the interpreter's own state. */
#ifndef ATOLL_MODULES_SYS_H
#define ATOLL_MODULES_SYS_H

#include "modules/module.h"

/* Makes the module; rt->sys_dict is its dict after it. 0, -1 raised. */
int sys_boot(void);
/* sys.excepthook and displayhook as they are at first. */
Value sys_excepthook(Value module, Value const *args, size_t nargs);
Value sys_debugmallocstats(Value module);
/* Shows an uncaught exception through sys.excepthook; takes the pending one. Errors are dropped. */
void sys_show_uncaught(void);
/* Has the program put a hook of its own in the place of sys.excepthook? */
bool sys_has_own_excepthook(void);

#endif
