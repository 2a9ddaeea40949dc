#include "tenants.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_same(const Tenant *tenant, uid_t uid, IpcSlice label) {
    return tenant->uid == uid && tenant->length == label.len &&
           (!label.len || memcmp(tenant->label, label.ptr, label.len) == 0);
}

static Tenant *tenant_new(Tenant **list, uid_t uid, IpcSlice label) {
    Tenant *tenant = malloc(sizeof *tenant + label.len);
    if (!tenant) return NULL;
    *tenant = (Tenant){.list = list, .next = *list, .uid = uid, .length = label.len};
    if (label.len) memcpy(tenant->label, label.ptr, label.len);
    if (*list) (*list)->previous = tenant;
    *list = tenant;
    return tenant;
}

Tenant *tenant_get(Tenant **list, uid_t uid, IpcSlice label) {
    Tenant *tenant = *list;
    while (tenant && !is_same(tenant, uid, label))
        tenant = tenant->next;
    if (!tenant) tenant = tenant_new(list, uid, label);
    return tenant ? tenant_hold(tenant) : NULL;
}

const char *tenant_name(const Tenant *tenant, char *out, size_t capacity) {
    if (!tenant) return "";
    if (tenant->length) snprintf(out, capacity, "%.*s", (int)tenant->length, tenant->label);
    else snprintf(out, capacity, "uid %u", (unsigned)tenant->uid);
    return out;
}

Tenant *tenant_hold(Tenant *tenant) {
    tenant->holders++;
    return tenant;
}

void tenant_drop(Tenant *tenant) {
    if (!tenant || --tenant->holders > 0) return;
    if (tenant->previous) tenant->previous->next = tenant->next;
    else *tenant->list = tenant->next;
    if (tenant->next) tenant->next->previous = tenant->previous;
    free(tenant);
}
