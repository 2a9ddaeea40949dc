/*
 * import_lock: a thread that wants a module which another one is importing waits until it is there.
 *
 * What is being imported stands in a list, on the stack of the thread that imports it; who waits in another. Two
 * threads that would wait for each other do not: the one that comes last gets the module as far as it is.
 * All of it happens under the GIL.
 */
#include <math.h>

#include "import/import_lock.h"

#include "modules/thread_wait.h"
#include "objects/str.h"
#include "vm/vm.h"

struct ImportWaiter {
    void *thread;
    Value name; /* of the lock it waits for, the very object */
    ImportWaiter *next;
};

static ImportLock *lock_of(Value name) {
    ImportLock *lock = IMPORT->locks;
    while (lock && lock->name != name && !str_equal(lock->name, name)) lock = lock->next;
    return lock;
}

static bool is_free(Value name) {
    for (const ImportLock *lock = IMPORT->locks; lock; lock = lock->next)
        if (lock->name == name) return false;
    return true;
}

/* Whose module a thread waits for; NULL: it waits for none. */
static void *owner_before(const void *thread) {
    const ImportWaiter *w = IMPORT->waiters;
    while (w && w->thread != thread) w = w->next;
    const ImportLock *lock = w ? IMPORT->locks : NULL;
    while (lock && lock->name != w->name) lock = lock->next;
    return lock ? lock->owner : NULL;
}

static bool would_deadlock(const ImportLock *lock) {
    void *owner = lock->owner;
    while (owner && owner != THREAD) owner = owner_before(owner);
    return owner;
}

static int wait_for(ImportLock *lock) {
    ImportWaiter waiter = {THREAD, incref(lock->name), IMPORT->waiters};
    IMPORT->waiters = &waiter;
    int ready = thread_wait_until(waiter.name, is_free, INFINITY);
    ImportWaiter **at = &IMPORT->waiters;
    while (*at != &waiter) at = &(*at)->next;
    *at = waiter.next;
    decref(waiter.name);
    return ready < 0 ? -1 : 0;
}

int import_wait(Value name) {
    for (ImportLock *lock; (lock = lock_of(name)) && lock->owner != THREAD && !would_deadlock(lock);)
        if (wait_for(lock) < 0) return -1;
    return 0;
}

void import_lock(ImportLock *lock, Value name) {
    *lock = (ImportLock){.name = incref(name), .owner = THREAD, .next = IMPORT->locks};
    IMPORT->locks = lock;
}

void import_unlock(ImportLock *lock) {
    ImportLock **at = &IMPORT->locks;
    while (*at != lock) at = &(*at)->next;
    *at = lock->next;
    for (const ImportWaiter *w = IMPORT->waiters; w; w = w->next)
        if (w->name == lock->name) thread_wait_wake(w->name);
    decref(lock->name);
}
