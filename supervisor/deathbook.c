#include "deathbook.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "json.h"
#include "units.h"

/* --- the book --------------------------------------------------------------------------------- */

void deathbook_add(DeathBook *book, IpcDeath *death) {
    DeathEntry *entry = &book->entries[book->count++ % DEATHS_KEPT];
    IpcBuf encoded;
    free(entry->bytes);
    *entry = (DeathEntry){.expected = death->expected};
    death->seq = book->count;
    ipc_buf_init(&encoded, NULL);
    ipc_record_encode(&encoded, IPC_REC_Death, death);
    if (!ipc_buf_failed(&encoded)) entry->bytes = malloc(encoded.len);
    if (entry->bytes) memcpy(entry->bytes, encoded.data, entry->length = encoded.len);
    ipc_buf_free(&encoded);
}

static bool is_listed(const DeathEntry *entry, bool unexpected) {
    return entry->bytes && !(unexpected && entry->expected);
}

void deathbook_list(const DeathBook *book, size_t most, bool unexpected, IpcBuf *scratch, IpcList *list) {
    uint64_t kept = book->count < DEATHS_KEPT ? book->count : DEATHS_KEPT, first = book->count;
    for (size_t found = 0; first > book->count - kept && found < most;)
        found += is_listed(&book->entries[--first % DEATHS_KEPT], unexpected);
    for (uint64_t i = first; i < book->count; i++) {
        const DeathEntry *entry = &book->entries[i % DEATHS_KEPT];
        if (!is_listed(entry, unexpected)) continue;
        ipc_buf_append(scratch, entry->bytes, entry->length);
        list->count++;
    }
    ipc_list_finish(scratch, list);
}

void deathbook_free(DeathBook *book) {
    for (size_t i = 0; i < DEATHS_KEPT; i++)
        free(book->entries[i].bytes);
    *book = (DeathBook){0};
}

/* --- as text ---------------------------------------------------------------------------------- */

static void put_place(char *out, size_t capacity, const IpcPlace *place) {
    char line[24] = "";
    if (place->line) snprintf(line, sizeof line, ":%llu", (unsigned long long)place->line);
    snprintf(out, capacity, "%.*s%s in %.*s", (int)place->file.len, place->file.ptr ? place->file.ptr : "", line,
             (int)place->function.len, place->function.ptr ? place->function.ptr : "");
}

static bool next_place(IpcReader *reader, IpcPlace *place) {
    return !ipc_reader_done(reader) && ipc_record_read(reader, IPC_REC_Place, place, NULL) == IPC_OK;
}

const char *death_place(const IpcDeath *death, char *out, size_t capacity) {
    IpcReader reader = ipc_list_reader(death->stack);
    IpcPlace place;
    out[0] = '\0';
    if (!next_place(&reader, &place)) return out;
    put_place(out, capacity, &place);
    size_t used = strlen(out);
    if (death->native.len)
        snprintf(out + used, capacity - used, ", in %.*s", (int)death->native.len, death->native.ptr);
    return out;
}

const char *death_line(const IpcDeath *death, char *out, size_t capacity) {
    char place[400];
    death_place(death, place, sizeof place);
    snprintf(out, capacity, "worker %.*s%s%s", (int)death->text.len, death->text.ptr ? death->text.ptr : "",
             *place ? " at " : "", place);
    return out;
}

void death_stack_lines(const IpcDeath *death, IpcBuf *out) {
    IpcReader reader = ipc_list_reader(death->stack);
    IpcPlace place;
    char line[360];
    next_place(&reader, &place);
    while (next_place(&reader, &place)) {
        ipc_buf_append_text(out, "  called from ");
        put_place(line, sizeof line, &place);
        ipc_buf_append_text(out, line);
        ipc_buf_append_text(out, "\n");
    }
    if (death->stack.count && death->depth > death->stack.count) {
        snprintf(line, sizeof line, "  and %llu more\n", (unsigned long long)(death->depth - death->stack.count));
        ipc_buf_append_text(out, line);
    }
}

static void put_moment(IpcBuf *out, uint64_t time_ms) {
    char stamp[48], whole[64];
    struct tm parts;
    time_t seconds = (time_t)(time_ms / 1000);
    gmtime_r(&seconds, &parts);
    strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%S", &parts);
    snprintf(whole, sizeof whole, "%s.%03uZ ", stamp, (unsigned)(time_ms % 1000));
    ipc_buf_append_text(out, whole);
}

static void put_numbers(IpcBuf *out, const IpcDeath *death) {
    char bytes[32], peak[32], age[32], line[256];
    unit_format_size(death->heap_bytes, bytes, sizeof bytes);
    unit_format_size(death->heap_peak, peak, sizeof peak);
    unit_format_time(death->age_us * 1000, age, sizeof age);
    snprintf(line, sizeof line, "  %s; fuel %llu, heap %s (peak %s), %llu collections; as of %s before\n",
             ipc_enum_word(IPC_ENUM_Activity, (int)death->activity), (unsigned long long)death->fuel, bytes, peak,
             (unsigned long long)death->collections, age);
    ipc_buf_append_text(out, line);
}

/* Each line of it behind a bar. */
static void put_output(IpcBuf *out, IpcSlice output) {
    for (size_t at = 0; at < output.len;) {
        const char *end = memchr(output.ptr + at, '\n', output.len - at);
        size_t length = end ? (size_t)(end - output.ptr) - at : output.len - at;
        ipc_buf_append_text(out, "  | ");
        ipc_buf_append(out, output.ptr + at, length);
        ipc_buf_append_text(out, "\n");
        at += length + 1;
    }
}

void death_text(const IpcDeath *death, IpcBuf *out) {
    char line[900], head[200], job[100] = "no job";
    put_moment(out, death->time_ms);
    if (death->job)
        snprintf(job, sizeof job, "job %llu, attempt %llu", (unsigned long long)death->job,
                 (unsigned long long)death->attempt);
    snprintf(head, sizeof head, "%s: worker %llu, pid %llu, %s: ",
             ipc_enum_word(IPC_ENUM_DeathCause, (int)death->cause), (unsigned long long)death->worker,
             (unsigned long long)death->pid, job);
    ipc_buf_append_text(out, head);
    ipc_buf_append_text(out, death_line(death, line, sizeof line));
    ipc_buf_append_text(out, "\n");
    death_stack_lines(death, out);
    if (death->stack.count) put_numbers(out, death);
    put_output(out, death->output);
}

void death_json(const IpcDeath *death, IpcBuf *out) {
    IpcBuf encoded;
    ipc_buf_init(&encoded, NULL);
    ipc_record_encode(&encoded, IPC_REC_Death, death);
    if (!msgpack_to_json(ipc_buf_slice(&encoded), out)) ipc_buf_append_text(out, "{}");
    ipc_buf_free(&encoded);
}
