/* Between sources.c and sources_bundle.c. */
#ifndef ATOLL_SOURCES_BUNDLE_H
#define ATOLL_SOURCES_BUNDLE_H

#include "sources.h"

/* The names in a directory, into sources->entries: DIRECTORY with *out, or with *partial when there are too
 * many; PLAIN with its own entry, ABSENT or REFUSED otherwise. */
IpcFileKind sources__list(Sources *sources, const char *directory, IpcList *out, bool *partial);
/* A file's bytes, into sources->data: PLAIN; DIRECTORY, ABSENT or REFUSED otherwise. */
IpcFileKind sources__read(Sources *sources, const char *path);
/* Everything that the program reaches, as a map of path to bytes in sources->data. False: sources->detail. */
bool sources__bundle(Sources *sources, IpcSlice text);

#endif
