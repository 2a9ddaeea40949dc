/* import_lock: which thread imports what, and waiting for it. */
#ifndef ATOLL_IMPORT_IMPORT_LOCK_H
#define ATOLL_IMPORT_IMPORT_LOCK_H

#include "import/import.h"

struct ImportLock {
    Value name;
    void *owner; /* the thread */
    ImportLock *next;
};

/* Waits until no other thread imports the module; returns at once where that would never be. 0, -1 raised. */
int import_wait(Value name);
/* From now on until the unlocking this thread imports the module. */
void import_lock(ImportLock *lock, Value name);
void import_unlock(ImportLock *lock);

#endif
