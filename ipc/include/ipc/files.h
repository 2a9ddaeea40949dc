/* The files of a program (Sources): paths inside of a root, and the bundle that comes with a job. */
#ifndef IPC_FILES_H
#define IPC_FILES_H

#include <ipc/rpc.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { IPC_FILE_PATH = 4000 }; /* the longest path, in bytes */

/* Whether a path is relative and stays inside: parts with single slashes between them, none of them empty,
 * "." or "..", no NUL, at most IPC_FILE_PATH bytes. */
bool ipc_path_is_inner(IpcSlice path);

/* Whether the sources of a Submit make sense: BAD_VALUE, MISSING_FIELD or WRONG_TYPE with a text if not. No
 * sources at all are fine. */
IpcCode ipc_sources_check(const IpcSources *sources, IpcError *error);

/* One file of a bundle. False at its end (or at what is no such map: check it before). Start with a reader of
 * the value that follows `files`'s map header. */
bool ipc_bundle_next(IpcReader *reader, IpcSlice *path, IpcSlice *data);

#ifdef __cplusplus
}
#endif
#endif
