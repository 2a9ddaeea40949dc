/* Any msgpack as readable text, for logs and debugging. Bounded in length and depth, total on any input: what
 * is broken is printed as far as it goes, followed by what is wrong with it.
 */
#ifndef IPC_DUMP_H
#define IPC_DUMP_H

#include <ipc/buf.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct IpcDumpOptions {
    uint32_t max_text;   /* bytes of output; 0: 4096 */
    uint32_t max_items;  /* elements of one container; 0: 64 */
    uint32_t max_bytes;  /* of one str or bin; 0: 64 */
    uint32_t max_depth;  /* 0: 16; at most 64 */
} IpcDumpOptions;

/* Appends the text of all objects in `bytes`, separated by newlines. Value graphs are printed as tables:
 * "graph{0: list [@1, 5] 1: ...}". Not terminated. Options may be NULL. Errors stick to *out. */
void ipc_dump(IpcBuf *out, IpcSlice bytes, const IpcDumpOptions *options);

/* The same with a terminated C string in a fixed buffer (cut to fit); returns text. Allocates and frees a
 * little. */
const char *ipc_dump_text(char *text, size_t size, IpcSlice bytes);

#ifdef __cplusplus
}
#endif
#endif
