/* boot: how a Python world begins and ends.
 *
 * Order, and why: the root; room for the types, so that objects have kinds; the main thread, so that errors
 * have a place; the empty tuple and the names, which all else uses; the types themselves; then modules and
 * builtins, which are ordinary Python objects.
 */
#include "base/runtime.h"

#include <sys/random.h>

#include "base/host.h"
#include "base/splitmix.h"
#include "objects/dict.h"
#include "objects/exception.h"
#include "objects/object.h"
#include "objects/protocols.h"
#include "objects/tuple.h"
#include "objects/weakref.h"
#include "vm/vm_internal.h"

Runtime *rt;

/* The steps of the parts above objects: their headers are not for base to see. */
int vm_boot(void);
void vm_builtins_ready(void);
int str_boot(void);
void int_boot(void);
int modules_boot(void);
int builtins_boot(void);
int import_boot(void);

static void seed_hashes(uint64_t seed) {
    rt->hash_key[0] = splitmix_at(~seed, 0);
    rt->hash_key[1] = splitmix_at(~seed, 1);
}

static int root_boot(Heap *heap, Host *host) {
    rt = heap_alloc_zero(heap, sizeof *rt);
    if (!rt) return -1;
    rt->heap = heap;
    rt->host = host;
    rt->recursion_limit = 1000;
    rt->int_max_str_digits = 4300;
    rt->umask = 022;
    if (host && host->hash_key_given) memcpy(rt->hash_key, host->hash_key, sizeof rt->hash_key);
    else if (host && host->seeded) seed_hashes(host->seed);
    else if (getrandom(rt->hash_key, sizeof rt->hash_key, 0) != sizeof rt->hash_key) return -1;
    rt->dict_shape = heap_alloc_zero(heap, sizeof *rt->dict_shape);
    if (!rt->dict_shape) return -1;
    rt->hooks.weak_callback = weakref_on_death;
    rt->hooks.roots = vm_roots;
    heap_set_hooks(heap, &rt->hooks);
    heap_set_due_word(heap, &rt->breaker, BREAK_COLLECT);
    heap_set_user(heap, rt);
    return 0;
}

static struct Object *immortal(Value v) {
    if (v && is_object(v)) {
        heap_untrack(rt->heap, &v->head);
        heap_set_immortal(&v->head);
    }
    return v;
}

/* What native code hands out again and again. */
static int constants_boot(void) {
    rt->memory_error = immortal(exception_new(T_MemoryError, NULL, 0));
    rt->modules = rt->memory_error ? dict_new() : NULL;
    return rt->modules ? 0 : -1;
}

static int boot(Heap *heap, Host *host) {
    if (root_boot(heap, host) < 0 || types_alloc() < 0 || vm_boot() < 0) return -1;
    int_boot();
    rt->empty_tuple = immortal(tuple_new(0));
    if (!rt->empty_tuple || str_boot() < 0 || types_boot() < 0 || constants_boot() < 0) return -1;
    if (modules_boot() < 0 || builtins_boot() < 0 || import_boot() < 0) return -1;
    vm_builtins_ready();
    rt->finalizers_seen = rt->generators_seen = false; /* of the interpreter's own nothing is owed */
    rt->booted = true;
    return 0;
}

int runtime_boot(Heap *heap, Host *host) {
    if (boot(heap, host) == 0) return 0;
    rt = NULL;
    return -1;
}

void runtime_drop(void) { rt = NULL; }
