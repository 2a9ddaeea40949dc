/* For tests on machines whose controllers are not to be had: `atoll` with control groups that behave as the kernel's of version 2
 * do, as far as names and contents of files go. Below the folder that $ATOLL_TEST_GROUPS names a new directory has the files of
 * the controllers that $ATOLL_TEST_CONTROLLERS lists, and goes with its files. Nothing is limited. */
#include <fcntl.h>
#include <linux/magic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

int __real_statfs(const char *path, struct statfs *out);
int __real_mkdir(const char *path, mode_t mode);
int __real_rmdir(const char *path);
int __wrap_statfs(const char *path, struct statfs *out);
int __wrap_mkdir(const char *path, mode_t mode);
int __wrap_rmdir(const char *path);

static const struct {
    const char *controller, *name, *text;
} files[] = {
    {"", "cgroup.procs", ""},
    {"", "cgroup.kill", ""},
    {"memory", "memory.max", ""},
    {"memory", "memory.swap.max", ""},
    {"memory", "memory.events", "low 0\nhigh 0\nmax 0\noom 0\noom_kill 0\noom_group_kill 0\n"},
    {"pids", "pids.max", ""},
    {"cpu", "cpu.max", ""},
};
enum { FILE_COUNT = sizeof files / sizeof *files };

static bool is_ours(const char *path) {
    const char *folder = getenv("ATOLL_TEST_GROUPS");
    return folder && strncmp(path, folder, strlen(folder)) == 0;
}

int __wrap_statfs(const char *path, struct statfs *out) {
    int failed = __real_statfs(path, out);
    if (!failed && is_ours(path)) out->f_type = CGROUP2_SUPER_MAGIC;
    return failed;
}

static void file_path(char *out, size_t capacity, const char *folder, size_t number) {
    snprintf(out, capacity, "%s/%s", folder, files[number].name);
}

int __wrap_mkdir(const char *path, mode_t mode) {
    const char *controllers = getenv("ATOLL_TEST_CONTROLLERS");
    char name[1024];
    int failed = __real_mkdir(path, mode);
    for (size_t i = 0; !failed && is_ours(path) && i < FILE_COUNT; i++) {
        if (!strstr(controllers ? controllers : "", files[i].controller)) continue;
        file_path(name, sizeof name, path, i);
        int fd = open(name, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
        if (fd < 0 || write(fd, files[i].text, strlen(files[i].text)) < 0) abort();
        close(fd);
    }
    return failed;
}

int __wrap_rmdir(const char *path) {
    char name[1024];
    for (size_t i = 0; is_ours(path) && i < FILE_COUNT; i++) {
        file_path(name, sizeof name, path, i);
        unlink(name);
    }
    return __real_rmdir(path);
}
