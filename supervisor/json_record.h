/* A record of the protocol as a JSON object: its fields are those of messages.def, so that none can be forgotten. Zeros and false are
 * written, texts that are absent are not, an absent map is {}. */
#ifndef ATOLL_JSON_RECORD_H
#define ATOLL_JSON_RECORD_H

#include <ipc/rpc.h>

/* Appends the object. `record` points to the struct that id names. */
void json_record(IpcBuf *out, IpcRecordId id, const void *record);

#endif
