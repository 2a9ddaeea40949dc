/* Fuzz target: the reader of the telemetry page. The input is laid over the page again and again from an offset that its first two
 * bytes choose, and the page is made one that is read. */
#include <ipc/telemetry.h>

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int truth) {
    if (!truth) abort();
}

static void check_text(const char *text, size_t most, int lines) {
    size_t length = strlen(text);
    check(length <= most && ipc_utf8_valid(text, length));
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];
        check((c >= 0x20 && c != 0x7f) || (lines && (c == '\n' || c == '\t')));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    IpcTelemetry told;
    union {
        IpcTelemetryPage page;
        uint8_t bytes[IPC_TELEMETRY_BYTES];
    } *memory = calloc(1, sizeof *memory);
    if (!memory || size < 4) return free(memory), 0;
    for (size_t i = (data[0] | (size_t)data[1] << 8) % IPC_TELEMETRY_BYTES, k = 2; i < IPC_TELEMETRY_BYTES; i++, k++)
        memory->bytes[i] = data[2 + k % (size - 2)];
    memory->page.magic = IPC_TELEMETRY_MAGIC;
    if (data[2] & 1) memory->page.job = memory->page.slots[0].job = memory->page.slots[1].job = 1;
    check(ipc_telemetry_read(&told, memory));
    check(ipc_enum_word(IPC_ENUM_Activity, (int)told.activity) != NULL);
    check(told.count <= IPC_TELEMETRY_FRAMES && told.count <= told.depth);
    check_text(told.native, IPC_TELEMETRY_NATIVE, 0);
    check(strlen(told.output) == told.output_length);
    check_text(told.output, IPC_TELEMETRY_OUTPUT, 1);
    for (uint32_t i = 0; i < told.count; i++) {
        check_text(told.stack[i].file, IPC_TELEMETRY_FILE, 0);
        check_text(told.stack[i].function, IPC_TELEMETRY_FUNCTION, 0);
    }
    free(memory);
    return 0;
}
