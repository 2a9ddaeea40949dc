#include "keep.h"

#include <stdlib.h>
#include <string.h>

static void drop(Keep *keep, Kept *entry) {
    keep->bytes -= entry->length + entry->key_length;
    free(entry->message);
    free(entry->key);
    *entry = (Kept){0};
}

void keep_free(Keep *keep) {
    for (size_t i = 0; i < KEEP_ENTRIES; i++)
        drop(keep, &keep->entries[i]);
}

static Kept *find(const Keep *keep, uint64_t job) {
    for (size_t i = 0; i < KEEP_ENTRIES; i++) {
        if (job && keep->entries[i].job == job) return (Kept *)&keep->entries[i];
    }
    return NULL;
}

static Kept *add(Keep *keep, uint64_t job) {
    Kept *entry = &keep->entries[keep->next];
    keep->next = (keep->next + 1) % KEEP_ENTRIES;
    drop(keep, entry);
    entry->job = job;
    return entry;
}

/* Drops from the oldest on until `more` bytes fit. */
static void make_room(Keep *keep, size_t more, const Kept *except) {
    for (size_t i = 0; i < KEEP_ENTRIES && keep->bytes + more > KEEP_BYTES; i++) {
        Kept *oldest = &keep->entries[(keep->next + i) % KEEP_ENTRIES];
        if (oldest != except) drop(keep, oldest);
    }
}

void keep_key(Keep *keep, IpcSlice key, uint64_t job) {
    char *copy = malloc(key.len ? key.len : 1);
    if (!copy) return;
    memcpy(copy, key.ptr, key.len);
    make_room(keep, key.len, NULL);
    Kept *entry = add(keep, job);
    entry->key = copy;
    entry->key_length = key.len;
    keep->bytes += key.len;
}

void keep_outcome(Keep *keep, const IpcOutcome *outcome) {
    IpcBuf message;
    ipc_buf_init(&message, NULL);
    ipc_write_notification(&message, IPC_M_ON_OUTCOME, outcome);
    char *copy = !ipc_buf_failed(&message) && message.len <= KEEP_BYTES / 4 ? malloc(message.len) : NULL;
    if (copy) {
        Kept *entry = find(keep, outcome->job);
        if (!entry) entry = add(keep, outcome->job);
        make_room(keep, message.len, entry);
        memcpy(copy, message.data, message.len);
        entry->message = copy;
        entry->length = message.len;
        keep->bytes += message.len;
    }
    ipc_buf_free(&message);
}

const Kept *keep_find_job(const Keep *keep, uint64_t job) {
    return find(keep, job);
}

const Kept *keep_find_key(const Keep *keep, IpcSlice key) {
    for (size_t i = 0; i < KEEP_ENTRIES; i++) {
        const Kept *entry = &keep->entries[i];
        if (entry->key && entry->key_length == key.len && memcmp(entry->key, key.ptr, key.len) == 0)
            return entry;
    }
    return NULL;
}
