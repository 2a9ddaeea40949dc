#include "keep.h"

#include <stdlib.h>
#include <string.h>

void keep_init(Keep *keep, uint64_t most_ns, size_t most_bytes) {
    *keep = (Keep){.most_ns = most_ns, .most_bytes = most_bytes};
    ipc_idmap_init(&keep->by_job, NULL);
    ipc_idmap_init(&keep->by_key, NULL);
}

/* --- the two ways to an entry ----------------------------------------------------------------- */

static uint64_t hash_key(IpcSlice key) {
    uint64_t hash = 0xcbf29ce484222325u;
    for (size_t i = 0; i < key.len; i++)
        hash = (hash ^ (unsigned char)key.ptr[i]) * 0x100000001b3u;
    return hash ? hash : 1;
}

static Kept *entry_of(const IpcIdMap *map, uint64_t key) {
    const uint64_t *found = key ? ipc_idmap_find(map, key) : NULL;
    return found ? (Kept *)(uintptr_t)*found : NULL;
}

static bool enter(IpcIdMap *map, uint64_t key, const Kept *entry) {
    bool added;
    uint64_t *place = ipc_idmap_add(map, key, 0, &added);
    if (place) *place = (uint64_t)(uintptr_t)entry;
    return place != NULL;
}

static void leave_chain(Keep *keep, const Kept *entry) {
    Kept *first = entry_of(&keep->by_key, entry->key_hash), *at = first;
    if (first == entry && entry->next_of_hash) enter(&keep->by_key, entry->key_hash, entry->next_of_hash);
    else if (first == entry) ipc_idmap_remove(&keep->by_key, entry->key_hash, NULL);
    else {
        while (at->next_of_hash != entry)
            at = at->next_of_hash;
        at->next_of_hash = entry->next_of_hash;
    }
}

const Kept *keep_find_job(const Keep *keep, uint64_t job) {
    return entry_of(&keep->by_job, job);
}

const Kept *keep_find_key(const Keep *keep, IpcSlice key) {
    const Kept *entry = entry_of(&keep->by_key, hash_key(key));
    while (entry && !(entry->key_length == key.len && memcmp(entry->key, key.ptr, key.len) == 0))
        entry = entry->next_of_hash;
    return entry;
}

/* --- entries ---------------------------------------------------------------------------------- */

static size_t weight(const Kept *entry) {
    return sizeof *entry + entry->key_length + entry->length;
}

static void leave_order(Keep *keep, const Kept *entry) {
    if (entry->older) entry->older->newer = entry->newer;
    else keep->oldest = entry->newer;
    if (entry->newer) entry->newer->older = entry->older;
    else keep->newest = entry->older;
    keep->count--;
    keep->bytes -= weight(entry);
}

static void drop(Keep *keep, Kept *entry) {
    if (entry->message) leave_order(keep, entry);
    if (entry->key_length) leave_chain(keep, entry);
    ipc_idmap_remove(&keep->by_job, entry->job, NULL);
    free(entry->message);
    free(entry);
}

static Kept *add(Keep *keep, uint64_t job, IpcSlice key) {
    Kept *entry = malloc(sizeof *entry + key.len);
    if (!entry) return NULL;
    *entry = (Kept){.job = job, .key_length = key.len};
    if (key.len) memcpy(entry->key, key.ptr, key.len);
    if (!enter(&keep->by_job, job, entry)) {
        free(entry);
        return NULL;
    }
    return entry;
}

void keep_free(Keep *keep) {
    for (size_t slot = 0; keep->by_job.slots && slot <= keep->by_job.mask; slot++) {
        Kept *entry = (Kept *)(uintptr_t)keep->by_job.slots[slot].value;
        if (!keep->by_job.slots[slot].key) continue;
        free(entry->message);
        free(entry);
    }
    ipc_idmap_free(&keep->by_job);
    ipc_idmap_free(&keep->by_key);
}

bool keep_key(Keep *keep, IpcSlice key, uint64_t job) {
    Kept *entry = add(keep, job, key);
    if (!entry) return false;
    entry->key_hash = hash_key(key);
    entry->next_of_hash = entry_of(&keep->by_key, entry->key_hash);
    if (enter(&keep->by_key, entry->key_hash, entry)) return true;
    ipc_idmap_remove(&keep->by_job, job, NULL);
    free(entry);
    return false;
}

void keep_forget(Keep *keep, uint64_t job) {
    Kept *entry = entry_of(&keep->by_job, job);
    if (entry) drop(keep, entry);
}

/* --- within bounds ---------------------------------------------------------------------------- */

static void trim(Keep *keep, size_t more) {
    while (keep->oldest && keep->bytes + more > keep->most_bytes)
        drop(keep, keep->oldest);
}

void keep_expire(Keep *keep, uint64_t now_ns) {
    while (keep->oldest && now_ns - keep->oldest->ended_ns > keep->most_ns)
        drop(keep, keep->oldest);
}

void keep_set_bounds(Keep *keep, uint64_t most_ns, size_t most_bytes) {
    keep->most_ns = most_ns;
    keep->most_bytes = most_bytes;
    trim(keep, 0);
}

void keep_outcome(Keep *keep, uint64_t job, IpcSlice message, uint64_t now_ns) {
    Kept *entry = entry_of(&keep->by_job, job);
    size_t needs = sizeof *entry + (entry ? entry->key_length : 0) + message.len;
    char *copy = needs <= keep->most_bytes ? malloc(message.len) : NULL;
    if (copy && !entry) entry = add(keep, job, (IpcSlice){0});
    if (!copy || !entry || entry->message) {
        free(copy);
        if (!entry || !entry->message) keep_forget(keep, job); /* its key is of no use without it */
        return;
    }
    trim(keep, needs);
    memcpy(copy, message.ptr, message.len);
    entry->message = copy;
    entry->length = message.len;
    entry->ended_ns = now_ns;
    entry->older = keep->newest;
    if (keep->newest) keep->newest->newer = entry;
    else keep->oldest = entry;
    keep->newest = entry;
    keep->count++;
    keep->bytes += needs;
}
