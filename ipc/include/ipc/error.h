/* Errors: a closed list of codes (errors.def) and a structured value that can cross a connection.
 *
 * Functions of this library that can fail return an IpcCode: 0 (IPC_OK) or the reason. Those that can say
 * more fill an IpcError, which owns its text (no allocation, may be copied and kept).
 */
#ifndef IPC_ERROR_H
#define IPC_ERROR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum IpcCode {
    IPC_OK = 0,
#define IPC_ERROR(NAME, number, wire, text) IPC_E_##NAME = number,
#include <ipc/errors.def>
} IpcCode;

enum { IPC_ERROR_TEXT = 240 };

typedef struct IpcError {
    IpcCode code;
    char text[IPC_ERROR_TEXT]; /* for people; printable ASCII or valid UTF-8, cut with "..." when too long */
} IpcError;

/* The name on the wire ("too-deep"), or "unknown-error" for a number that is in no row. Static. */
const char *ipc_code_name(IpcCode code);

/* The row's default text. Static. */
const char *ipc_code_text(IpcCode code);

/* True for a number that is a row of errors.def (and not 0). */
bool ipc_code_known(uint64_t number);

/* Fills *error (may be NULL) and returns the code, so that `return ipc_fail(error, code, ...)` reads well. A
 * NULL format means the row's default text. */
IpcCode ipc_fail(IpcError *error, IpcCode code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Appends bytes from a stranger to text, made printable: control bytes and broken UTF-8 become '?', at most
 * `most` bytes. */
void ipc_error_append(IpcError *error, const char *bytes, size_t length, size_t most);

#ifdef __cplusplus
}
#endif
#endif
