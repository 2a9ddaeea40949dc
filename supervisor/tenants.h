/* Tenants: whom jobs are for. No process serves two of them.
 *
 * A tenant is the uid of the client, or a label that a trusted client gives, together with that uid. A worker
 * belongs to the tenant of its first job until it ends (scheduler.c); sessions and idempotency keys are a
 * tenant's own, so that a name chosen by one is never another's.
 *
 * Tenants are interned: two jobs have the same tenant if and only if they point to the same one. Each job,
 * worker and session that refers to one holds it; it goes with the last of them. */
#ifndef ATOLL_TENANTS_H
#define ATOLL_TENANTS_H

#include <stddef.h>
#include <sys/types.h>

#include <ipc/read.h>

typedef struct Tenant Tenant;

enum { TENANT_NAME_MOST = 256 };

struct Tenant {
    Tenant *next, *previous;
    Tenant **list;
    size_t holders;
    uid_t uid;
    size_t length; /* of the label; 0: the user itself */
    char label[];
};

/* Held by the caller. NULL: no memory. `label` may be empty. */
Tenant *tenant_get(Tenant **list, uid_t uid, IpcSlice label);
Tenant *tenant_hold(Tenant *tenant);
/* NULL is fine. */
void tenant_drop(Tenant *tenant);

/* For people: the label, or "uid 1000", written into `out`; "" for NULL. */
const char *tenant_name(const Tenant *tenant, char *out, size_t capacity);

#endif
