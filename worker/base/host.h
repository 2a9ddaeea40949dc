/*
 * host: what the outside does for the interpreter. Outside of the heap, so that restoring an image keeps it. The rpc layer fills
 * it in a worker; tools and tests fill it with plain stdio.
 */
#ifndef ATOLL_BASE_HOST_H
#define ATOLL_BASE_HOST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct HeapCollection;

/* One name in a directory of the job's own files. */
typedef struct HostEntry {
    const char *name; /* not terminated */
    size_t length;
    bool directory;
    uint64_t size;
    int64_t mtime_ns;
} HostEntry;

/*
 * The job's own files: what its sources consist of, read-only (modules/files.h shows them to Python). Paths are relative to the
 * root, "" is the root itself. The functions answer 0, an errno, or -1 when interrupted (the breaker says why). While they wait for
 * the answer other threads run.
 * list answers ENOTDIR for a plain file, of which it may have told the one entry, and E2BIG for a directory of too many names,
 * of which it can tell single ones.
 */
typedef struct HostFiles {
    const char *root, *alias, *cwd; /* absolute; root NULL: there are none; alias, cwd may be NULL */
    bool is_archive;                /* the root is a zip archive, not a directory */
    char detail[160];               /* why the last answer was EIO */
    int (*list)(void *ctx, const char *path, int (*each)(void *arg, const HostEntry *entry),
                void *arg); /* each: < 0 stops */
    int (*read)(void *ctx, const char *path, const char **data,
                size_t *n); /* the bytes are valid as long as the caller keeps the GIL */
} HostFiles;

/* A clock that is set, in place of the machine's (modules/clock.h). */
typedef struct HostClock {
    bool set;
    int64_t start_ns; /* since 1970: when a world begins to run */
    double rate;      /* of its seconds in one real second; 0: it stands still */
} HostClock;

struct PathCall;
struct PathAnswer;

typedef struct Host {
    void *ctx;
    /* Bytes of sys.stdout (1) or sys.stderr (2). 0, or -1 when the output limit is passed (the job is being ended). */
    int (*write)(void *ctx, int stream, const char *data, size_t n);
    /* Passes on what was written, as far as that is possible at once. */
    int (*flush)(void *ctx, int stream);
    /* Bytes of sys.stdin: count, 0 at the end, -1 interrupted (breaker says why). */
    ssize_t (*read)(void *ctx, char *data, size_t n);
    /* Blocks up to seconds, returns early when the breaker is set or there is something for tick to do. Called by the main thread
     * without the GIL: it touches nothing that other threads do. */
    void (*sleep)(void *ctx, double seconds);
    /* At a safe point, after BREAK_HOST was set or a sleep: may set other bits of the breaker. With the GIL. May be NULL. */
    void (*tick)(void *ctx);
    /* The program's timers want ticks, or no longer, from a host that has none otherwise. May be NULL. */
    void (*tick_for_program)(void *ctx, bool wanted);
    /* Ends the process by a signal, as its default would, after passing on what was written. May be NULL. */
    void (*die)(void *ctx, int signal);
    /* A collection has ended (the heap's collection_stop hook passes it on). May be NULL. */
    void (*collected)(void *ctx, const struct HeapCollection *collection);
    /* Work done so far; limit 0: none. The evaluator adds to `fuel` in steps and raises BREAK_FUEL past the limit. */
    uint64_t fuel, fuel_limit;
    const char *limit_met;   /* which limit BREAK_DEADLINE is about, for people; NULL: time */
    uint32_t recursion_most; /* to which a program may raise its recursion limit; 0: as it likes */
    size_t thread_limit;     /* threads a program may have beside its first; 0: THREADS_MOST */
    bool stdin_is_tty, stdout_is_tty;
    HostFiles files;
    bool
        files_granted; /* this process may make the system's calls on files itself, as far as the kernel lets it */
    /* Makes calls that take a path in its place (base/path_call.h), where directories are granted to it; NULL: none are. 0, or an
     * errno. Called without the GIL. */
    int (*path_call)(void *ctx, const struct PathCall *call, struct PathAnswer *answer);
    /* Does an absolute name without "." and ".." belong to a granted directory? NULL: none does. */
    bool (*path_granted)(void *ctx, const char *name);
    const char *first_grant; /* where a program begins whose client tells no directory; or NULL */
    bool seeded;             /* randomness is made from the seed (modules/chance.h) */
    uint64_t seed;
    HostClock clock;
    char **environment; /* NAME=VALUE of what is granted, ending in NULL; NULL: nothing is */
    /* Key of str hashes, for runs that shall be repeated exactly; else a random one is drawn. */
    bool hash_key_given;
    uint64_t hash_key[2];
} Host;

#endif
