/* suggest: "Did you mean" for NameError and AttributeError. */
#ifndef ATOLL_VM_SUGGEST_H
#define ATOLL_VM_SUGGEST_H

#include "objects/object.h"

/* The name that was probably meant, new; NULL: none. Never leaves an exception pending. */
Value suggest_name(Value exception);

#endif
