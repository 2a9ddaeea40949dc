/* landlock: a ruleset that handles every right that this kernel's version of Landlock knows, and gives none: but for the process
 * that serves granted directories, reading or writing beneath them. */
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "rpc/files_server.h"
#include "rpc/lockdown.h"

enum {
    CREATE_RULESET =
        444, /* the same numbers on every architecture; the C library has no functions for them */
    ADD_RULE = 445,
    RESTRICT_SELF = 446,
    PATH_BENEATH = 1, /* the kind of a rule */
    ASK_VERSION = 1,
    NET_SINCE = 4,
    SCOPE_SINCE = 6,
};

/* File rights, by bit. */
enum {
    WRITE_FILE = 1 << 1,
    READ_FILE = 1 << 2,
    READ_DIR = 1 << 3,
    REMOVE_DIR = 1 << 4,
    REMOVE_FILE = 1 << 5,
    MAKE_DIR = 1 << 7,
    MAKE_REG = 1 << 8,
    REFER = 1 << 13,
    TRUNCATE = 1 << 14,
    READING = READ_FILE | READ_DIR,
    WRITING = READING | WRITE_FILE | REMOVE_DIR | REMOVE_FILE | MAKE_DIR | MAKE_REG | REFER | TRUNCATE,
};

/* What the kernel takes; it accepts a longer one than it knows if the rest is zero. */
typedef struct {
    uint64_t files, net, scoped;
} Ruleset;

/* By version: how many of the file rights there are, from bit 0. */
static unsigned file_rights(long version) {
    static const unsigned known[] = {0, 13, 14, 15, 15, 16};
    long last = (long)(sizeof known / sizeof *known) - 1;
    return known[version < last ? version : last];
}

typedef struct __attribute__((packed)) Rule {
    uint64_t rights;
    int32_t directory;
} Rule;

static bool add_rule(int ruleset, const FilesRoot *root, uint64_t known) {
    Rule rule = {.rights = (root->writable ? WRITING : READING) & known, .directory = root->fd};
    return syscall(ADD_RULE, ruleset, PATH_BENEATH, &rule, 0) == 0;
}

LockdownState landlock_enter(const FilesRoot *roots, int count) {
    long version = syscall(CREATE_RULESET, NULL, 0, ASK_VERSION);
    if (version < 1) return LOCKDOWN_UNAVAILABLE;
    Ruleset ruleset = {
        .files = (UINT64_C(1) << file_rights(version)) - 1,
        .net = version >= NET_SINCE ? 3 : 0,      /* TCP bind, connect */
        .scoped = version >= SCOPE_SINCE ? 3 : 0, /* abstract sockets, signals to processes outside */
    };
    int fd = (int)syscall(CREATE_RULESET, &ruleset, sizeof ruleset, 0);
    if (fd < 0) return LOCKDOWN_UNAVAILABLE;
    bool done = true;
    for (int i = 0; i < count; i++) done = done && add_rule(fd, &roots[i], ruleset.files);
    done = done && syscall(RESTRICT_SELF, fd, 0) == 0;
    close(fd);
    if (!done) return LOCKDOWN_UNAVAILABLE;
    return version >= NET_SINCE ? LOCKDOWN_ACTIVE : LOCKDOWN_DEGRADED;
}
