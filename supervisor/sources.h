/* The files of a program, on the client's side: where they are, which of them may be seen, and how they are
 * sent: one by one when the job asks, or in a bundle with the job.
 *
 * What is served: below one directory, opened once, modules (*.py) and directories; in packages (directories
 * with an __init__.py, and what is below them) and in a program that is a directory, plain files of any name.
 * Never what begins with a dot, never __pycache__, nothing that is no plain file, and nothing outside,
 * whatever links say. A bundle holds what the program's imports can reach: every module and package that
 * stands beside it and is named in an import statement of it or of those. */
#ifndef ATOLL_SOURCES_H
#define ATOLL_SOURCES_H

#include <ipc/rpc.h>

typedef enum { SOURCES_NONE, SOURCES_BESIDE, SOURCES_DIRECTORY, SOURCES_ARCHIVE } SourcesKind;

enum {
    SOURCES_FILE_MOST = 32 << 20,   /* bytes of one file */
    SOURCES_NAMES_MOST = 20000,     /* names in one directory */
    SOURCES_BUNDLE_MOST = 16 << 20, /* bytes of a bundle */
    SOURCES_BUNDLE_FILES = 10000,
};

typedef struct {
    SourcesKind kind;
    char *root, *alias, *cwd; /* as in IpcSources; alias may be NULL */
    int fd;                   /* of the root; -1: none */
    IpcBuf data, entries;     /* of the last answer, or the bundle */
    char detail[160];
} Sources;

void sources_init(Sources *sources);
/* The modules beside a program's file; those below the current directory; a program that is a directory, or
 * an archive. False, errno set: they cannot be had. */
bool sources_beside(Sources *sources, const char *file);
bool sources_below_cwd(Sources *sources);
bool sources_directory(Sources *sources, const char *path);
bool sources_archive(Sources *sources, const char *path);
void sources_free(Sources *sources);

/* Fills the field of a submit that sends them on demand; borrowed from `sources`. */
void sources_on_demand(const Sources *sources, IpcSources *out);
/* The same with all that the program can reach; `text` is the program's. False: one line in sources->detail.
 */
bool sources_bundled(Sources *sources, IpcSlice text, IpcSources *out);

/* Answers a request; valid until the next call. */
void sources_answer(Sources *sources, const IpcFileRequest *request, IpcFile *answer);
/* Whether a plain file is a zip archive that python would run. */
bool sources_is_archive(const char *path);

/* Tells the current directory to a job whose sources do not. To be freed when the job has been sent; or NULL. */
char *sources_tell_cwd(IpcSources *out);

#endif
