/* Reading a telemetry page, which may hold anything and change meanwhile: see ipc/telemetry.h. */
#include <ipc/telemetry.h>

#include "internal.h"

enum { READS_MOST = 4 };

/* One read of memory that another process writes: the compiler may not read it again later. */
#define ONCE(place) __atomic_load_n(&(place), __ATOMIC_ACQUIRE)

/* Like memcpy from memory that changes: what is copied is a mixture then, and no more. */
static void copy_out(void *to, const volatile void *from, size_t n) {
    char *out = to;
    const volatile char *in = from;
    for (size_t i = 0; i < n; i++) out[i] = in[i];
}

/* What ends lines, moves the cursor, or turns the direction of writing: U+0000 to 1F, 7F to 9F, 200E and F, 2028 to 202E, 2066 to
 * 2069. */
static bool is_control(const unsigned char *s, size_t step) {
    if (step == 1) return s[0] < 0x20 || s[0] == 0x7f;
    if (step == 2) return s[0] == 0xc2 && s[1] < 0xa0;
    if (step != 3 || s[0] != 0xe2) return false;
    if (s[1] == 0x81) return s[2] >= 0xa6 && s[2] <= 0xa9;
    return s[1] == 0x80 && (s[2] == 0x8e || s[2] == 0x8f || (s[2] >= 0xa8 && s[2] <= 0xae));
}

/* Makes text of n bytes clean, in place, and ends it: what is not UTF-8 and what is a control character becomes '?'. */
static void clean(char *text, size_t n, bool lines) {
    unsigned char *s = (unsigned char *)text;
    for (size_t i = 0; i < n;) {
        size_t step = s[i] < 0x80 ? 1 : ipc__utf8_sequence(s + i, n - i, false);
        bool kept = lines && (s[i] == '\n' || s[i] == '\t');
        bool bad = step == 0 || (!kept && is_control(s + i, step));
        if (step == 0) step = 1;
        if (bad) memset(s + i, '?', step);
        i += step;
    }
    text[n] = '\0';
}

static void take_text(char *out, const char *text, size_t length, size_t most) {
    if (length > most) length = most;
    memcpy(out, text, length);
    clean(out, length, false);
}

static void take_position(IpcTelemetry *out, const IpcTelemetrySlot *slot) {
    out->positioned = true;
    out->at_ns = slot->at_ns;
    out->fuel = slot->fuel;
    out->heap_bytes = slot->heap_bytes;
    out->heap_peak = slot->heap_peak;
    out->collections = slot->collections;
    out->depth = slot->depth;
    out->count = slot->frame_count < IPC_TELEMETRY_FRAMES ? slot->frame_count : IPC_TELEMETRY_FRAMES;
    if (out->depth < out->count) out->depth = out->count;
    take_text(out->native, slot->native, slot->native_length, IPC_TELEMETRY_NATIVE);
    for (uint32_t i = 0; i < out->count; i++) {
        const IpcTelemetryFrame *frame = &slot->frames[i];
        IpcTelemetryPlace *place = &out->stack[i];
        place->line = frame->line;
        take_text(place->file, frame->file, frame->file_length, IPC_TELEMETRY_FILE);
        take_text(place->function, frame->function, frame->function_length, IPC_TELEMETRY_FUNCTION);
    }
}

/* The last whole position. While the worker lives it may publish two during one copy; then the copy is made again. */
static void read_position(IpcTelemetry *out, const IpcTelemetryPage *page) {
    IpcTelemetrySlot slot;
    uint64_t before, after;
    int reads = 0;
    do {
        before = ONCE(page->published);
        if (before == 0) return;
        copy_out(&slot, &page->slots[before % 2], sizeof slot);
        after = ONCE(page->published);
    } while (after - before > 1 && ++reads < READS_MOST);
    if (out->job && slot.job == out->job) take_position(out, &slot);
}

/* The ring put straight. A character that the ring's age cut is left out. */
static void read_output(IpcTelemetry *out, const IpcTelemetryPage *page) {
    char ring[IPC_TELEMETRY_OUTPUT];
    uint64_t bytes = ONCE(page->output_bytes);
    size_t length = bytes < IPC_TELEMETRY_OUTPUT ? (size_t)bytes : IPC_TELEMETRY_OUTPUT, from = (size_t)(bytes - length);
    copy_out(ring, page->output, sizeof ring);
    size_t cut = 0;
    while (bytes > length && cut < 3 && ((unsigned char)ring[(from + cut) % IPC_TELEMETRY_OUTPUT] & 0xc0) == 0x80) cut++;
    out->output_length = length - cut;
    for (size_t i = 0; i < out->output_length; i++) out->output[i] = ring[(from + cut + i) % IPC_TELEMETRY_OUTPUT];
    clean(out->output, out->output_length, true);
}

bool ipc_telemetry_read(IpcTelemetry *out, const void *memory) {
    const IpcTelemetryPage *page = memory;
    *out = (IpcTelemetry){0};
    if (ONCE(page->magic) != IPC_TELEMETRY_MAGIC) return false;
    uint32_t activity = ONCE(page->activity);
    bool known = activity <= INT32_MAX && ipc_enum_word(IPC_ENUM_Activity, (int)activity);
    out->activity = known ? (IpcActivity)activity : (IpcActivity)0;
    out->job = ONCE(page->job);
    out->beats = ONCE(page->beats);
    read_position(out, page);
    if (out->job) read_output(out, page);
    return true;
}

bool ipc_telemetry_job(const void *memory, uint64_t *job) {
    const IpcTelemetryPage *page = memory;
    *job = ONCE(page->job);
    return ONCE(page->magic) == IPC_TELEMETRY_MAGIC;
}
