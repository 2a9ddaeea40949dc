#include "cgroup.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

enum { FILE_MOST = 4096, CPU_PERIOD_US = 100000 };

/* --- files of a group ------------------------------------------------------------------------- */

typedef struct {
    char path[CGROUP_PATH + 96];
} Path;

static Path group_of(const Cgroups *cgroups, uint32_t slot) {
    Path path;
    snprintf(path.path, sizeof path.path, "%s/worker-%u", cgroups->folder, (unsigned)slot);
    return path;
}

static Path file_of(const char *folder, const char *name) {
    Path path;
    snprintf(path.path, sizeof path.path, "%.*s/%s", CGROUP_PATH + 40, folder, name);
    return path;
}

/* 0 or errno. */
static int write_file(const char *folder, const char *name, const char *text) {
    Path path = file_of(folder, name);
    int fd = open(path.path, O_WRONLY | O_CLOEXEC);
    if (fd < 0) return errno;
    int error = write(fd, text, strlen(text)) < 0 ? errno : 0;
    close(fd);
    return error;
}

static bool read_file(const char *folder, const char *name, char *text, size_t capacity) {
    Path path = file_of(folder, name);
    int fd = open(path.path, O_RDONLY | O_CLOEXEC);
    ssize_t got = fd >= 0 ? read(fd, text, capacity - 1) : -1;
    if (fd >= 0) close(fd);
    text[got > 0 ? got : 0] = '\0';
    return got >= 0;
}

static int make_group(const char *path) {
    return mkdir(path, 0755) == 0 || errno == EEXIST ? 0 : errno;
}

static bool is_version_2(const char *folder) {
    struct statfs system;
    return statfs(folder, &system) == 0 && system.f_type == CGROUP2_SUPER_MAGIC;
}

/* --- the folder ------------------------------------------------------------------------------- */

/* Our own group's path below the mount: the line "0::PATH" of /proc/self/cgroup. */
static bool find_own_group(char *out, size_t capacity) {
    static const char *const mounts[] = {"/sys/fs/cgroup", "/sys/fs/cgroup/unified"};
    char text[FILE_MOST];
    if (!read_file("/proc/self", "cgroup", text, sizeof text)) return false;
    char *line = strncmp(text, "0::", 3) == 0 ? text : strstr(text, "\n0::");
    if (!line) return false;
    line = strstr(line, "::") + 2;
    line[strcspn(line, "\n")] = '\0';
    if (strcmp(line, "/") == 0)
        line = ""; /* the root is nobody's to hand down, but a container's root looks so */
    for (size_t i = 0; i < sizeof mounts / sizeof *mounts; i++) {
        if (!is_version_2(mounts[i])) continue;
        int length = snprintf(out, capacity, "%s%s", mounts[i], line);
        return length > 0 && (size_t)length < capacity;
    }
    return false;
}

/* The wanted controllers for the groups below; those that are missing are told when a limit needs them. */
static void hand_down(const Cgroups *cgroups) {
    static const char *const controllers[] = {"+memory", "+pids", "+cpu"};
    for (size_t i = 0; i < sizeof controllers / sizeof *controllers; i++)
        write_file(cgroups->folder, "cgroup.subtree_control", controllers[i]);
}

static int move_aside(const Cgroups *cgroups) {
    Path aside = file_of(cgroups->folder, "supervisor");
    int error = make_group(aside.path);
    return error ? error : write_file(aside.path, "cgroup.procs", "0");
}

void cgroups_open(Cgroups *cgroups, const char *where, const CgroupLimits *limits) {
    *cgroups = (Cgroups){.wanted = where != NULL, .limits = *limits};
    if (!where) return;
    cgroups->own = strcmp(where, "auto") == 0;
    if (cgroups->own && !find_own_group(cgroups->folder, sizeof cgroups->folder)) cgroups->error = ENOENT;
    if (!cgroups->own &&
        snprintf(cgroups->folder, sizeof cgroups->folder, "%s", where) >= (int)sizeof cgroups->folder)
        cgroups->error = ENAMETOOLONG;
    if (!cgroups->error && access(cgroups->folder, W_OK) != 0) cgroups->error = errno;
    if (!cgroups->error && !is_version_2(cgroups->folder)) cgroups->error = EMEDIUMTYPE;
    if (!cgroups->error && cgroups->own) cgroups->error = move_aside(cgroups);
    if (!cgroups->error) hand_down(cgroups);
}

void cgroups_close(Cgroups *cgroups) {
    if (!cgroups->wanted || cgroups->error) return;
    for (uint32_t slot = 1; slot <= cgroups->slots; slot++) {
        Path group = group_of(cgroups, slot);
        rmdir(group.path);
    }
    cgroups->slots = 0;
}

void cgroups_change_limits(Cgroups *cgroups, const CgroupLimits *limits) {
    cgroups->limits = *limits;
}

/* --- a worker --------------------------------------------------------------------------------- */

/* "max" where there is no limit: the group may have had one. A file that is not there matters only if there
 * is something to say. */
static int set_limit(const char *group, const char *file, uint64_t limit, const char *text) {
    int error = write_file(group, file, limit ? text : "max");
    return limit || error != ENOENT ? error : 0;
}

static int set_limits(const char *group, const CgroupLimits *limits) {
    char memory[32], processes[32], cpu[64];
    snprintf(memory, sizeof memory, "%llu", (unsigned long long)limits->memory_bytes);
    snprintf(processes, sizeof processes, "%llu", (unsigned long long)limits->processes);
    snprintf(cpu, sizeof cpu, "%llu %d", (unsigned long long)limits->cpu_percent * (CPU_PERIOD_US / 100),
             CPU_PERIOD_US);
    int error = set_limit(group, "memory.max", limits->memory_bytes, memory);
    if (!error && limits->memory_bytes)
        write_file(group, "memory.swap.max", "0"); /* where the kernel has it */
    if (!error) error = set_limit(group, "pids.max", limits->processes, processes);
    if (!error) error = set_limit(group, "cpu.max", limits->cpu_percent, cpu);
    return error;
}

int cgroups_put(Cgroups *cgroups, uint32_t slot, pid_t pid) {
    char number[24];
    Path group = group_of(cgroups, slot);
    if (cgroups->error) return cgroups->error;
    int error = make_group(group.path);
    if (!error && slot > cgroups->slots) cgroups->slots = slot;
    if (!error) error = set_limits(group.path, &cgroups->limits);
    snprintf(number, sizeof number, "%d", (int)pid);
    return error ? error : write_file(group.path, "cgroup.procs", number);
}

void cgroups_clear(const Cgroups *cgroups, uint32_t slot) {
    if (!cgroups->wanted || cgroups->error) return;
    Path group = group_of(cgroups, slot);
    write_file(group.path, "cgroup.kill", "1");
}

uint64_t cgroups_oom_kills(const Cgroups *cgroups, uint32_t slot) {
    static const char word[] = "oom_kill ";
    char text[FILE_MOST];
    if (!cgroups->wanted || cgroups->error) return 0;
    Path group = group_of(cgroups, slot);
    if (!read_file(group.path, "memory.events", text, sizeof text)) return 0;
    const char *line = strstr(text, word);
    return line ? strtoull(line + sizeof word - 1, NULL, 10) : 0;
}
