/* Error codes, their names, and texts that are safe to print. */
#include <ipc/error.h>

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const char *ipc_code_name(IpcCode code) {
    switch (code) {
    case IPC_OK: return "ok";
#define IPC_ERROR(NAME, number, wire, text) case IPC_E_##NAME: return wire;
#include <ipc/errors.def>
    }
    return "unknown-error";
}

const char *ipc_code_text(IpcCode code) {
    switch (code) {
    case IPC_OK: return "no error";
#define IPC_ERROR(NAME, number, wire, text) case IPC_E_##NAME: return text;
#include <ipc/errors.def>
    }
    return "unknown error";
}

bool ipc_code_known(uint64_t number) {
    switch (number) {
#define IPC_ERROR(NAME, number, wire, text) case number:
#include <ipc/errors.def>
        return true;
    }
    return false;
}

/* snprintf may have cut inside a UTF-8 sequence: end the text with "..." at a character's start. */
static void mark_cut(IpcError *error) {
    size_t at = IPC_ERROR_TEXT - 4;
    while (at > 0 && ((unsigned char)error->text[at] & 0xc0) == 0x80) at--;
    memcpy(error->text + at, "...", 4);
}

IpcCode ipc_fail(IpcError *error, IpcCode code, const char *format, ...) {
    if (!error) return code;
    error->code = code;
    if (!format) {
        snprintf(error->text, sizeof error->text, "%s", ipc_code_text(code));
        return code;
    }
    va_list args;
    va_start(args, format);
    int n = vsnprintf(error->text, sizeof error->text, format, args);
    va_end(args);
    if (n >= IPC_ERROR_TEXT) mark_cut(error);
    return code;
}

void ipc_error_append(IpcError *error, const char *bytes, size_t length, size_t most) {
    size_t at = strlen(error->text);
    bool cut = length > most;
    if (cut) length = most;
    for (size_t i = 0; i < length && at < IPC_ERROR_TEXT - 4; i++) {
        unsigned char c = (unsigned char)bytes[i];
        error->text[at++] = c >= 0x20 && c < 0x7f ? (char)c : '?';
    }
    error->text[at] = 0;
    if (cut && at < IPC_ERROR_TEXT - 4) memcpy(error->text + at, "...", 4);
}
