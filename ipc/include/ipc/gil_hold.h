/* The holds of a GilEvent: records of 24 bytes, in the order of time. Each is three little-endian 64-bit numbers: the thread (1: the
 * program's first), when it took the GIL (CLOCK_MONOTONIC, nanoseconds), and for how many nanoseconds it had it. A long hold may
 * come in parts: each begins at the nanosecond at which the one before it ended. */
#ifndef IPC_GIL_HOLD_H
#define IPC_GIL_HOLD_H

#include <stdint.h>

enum { IPC_GIL_HOLD_BYTES = 24 };

typedef struct {
    uint64_t thread, start_ns, ns;
} IpcGilHold;

static inline void ipc_gil_hold_write(uint8_t *out, const IpcGilHold *hold) {
    const uint64_t words[3] = {hold->thread, hold->start_ns, hold->ns};
    for (int i = 0; i < IPC_GIL_HOLD_BYTES; i++)
        out[i] = (uint8_t)(words[i / 8] >> i % 8 * 8);
}

static inline IpcGilHold ipc_gil_hold_read(const uint8_t *in) {
    uint64_t words[3] = {0};
    for (int i = 0; i < IPC_GIL_HOLD_BYTES; i++)
        words[i / 8] |= (uint64_t)in[i] << i % 8 * 8;
    return (IpcGilHold){words[0], words[1], words[2]};
}

#endif
