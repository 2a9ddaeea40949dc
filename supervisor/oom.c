#include "oom.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clock.h"

enum { FILE_MOST = 64 * 1024 };

/* The number behind the line's "oom_kill ". */
static bool find_count(const char *text, uint64_t *count) {
    static const char word[] = "oom_kill ";
    for (const char *line = text; line; line = strchr(line, '\n')) {
        line += *line == '\n';
        if (strncmp(line, word, sizeof word - 1) != 0) continue;
        *count = strtoull(line + sizeof word - 1, NULL, 10);
        return true;
    }
    return false;
}

static bool read_count(const char *path, uint64_t *count) {
    char text[FILE_MOST]; /* /proc/vmstat is long */
    int fd = *path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (fd < 0) return false;
    ssize_t got = read(fd, text, sizeof text - 1);
    close(fd);
    if (got < 0) return false;
    text[got] = '\0';
    return find_count(text, count);
}

/* A line of /proc/self/cgroup is NUMBER:CONTROLLERS:PATH; that of version 2 names no controllers. */
static bool place_of_group(char *line, char *out, size_t capacity) {
    char *controllers = strchr(line, ':'), *path = controllers ? strchr(controllers + 1, ':') : NULL;
    uint64_t count;
    if (!path) return false;
    *controllers++ = *path++ = '\0';
    path[strcspn(path, "\n")] = '\0';
    if (strcmp(path, "/") == 0) path = "";
    if (*controllers == '\0') snprintf(out, capacity, "/sys/fs/cgroup%s/memory.events", path);
    else if (strcmp(controllers, "memory") == 0)
        snprintf(out, capacity, "/sys/fs/cgroup/memory%s/memory.oom_control", path);
    else return false;
    return read_count(out, &count);
}

static bool find_group(char *out, size_t capacity) {
    char line[OOM_PATH];
    bool found = false;
    FILE *list = fopen("/proc/self/cgroup", "re");
    while (list && !found && fgets(line, sizeof line, list))
        found = place_of_group(line, out, capacity);
    if (list) fclose(list);
    return found;
}

void oom_watch_init_at(OomWatch *watch, const char *path, bool whole_machine, uint64_t now) {
    *watch = (OomWatch){.whole_machine = whole_machine, .last_ns = now};
    snprintf(watch->path, sizeof watch->path, "%s", path);
    if (!read_count(path, &watch->last)) watch->path[0] = '\0';
    watch->before = watch->last;
}

void oom_watch_init(OomWatch *watch, uint64_t now) {
    char path[OOM_PATH];
    bool grouped = find_group(path, sizeof path);
    oom_watch_init_at(watch, grouped ? path : "/proc/vmstat", !grouped, now);
}

void oom_watch_sample(OomWatch *watch, uint64_t now) {
    uint64_t count;
    if (now - watch->last_ns < NS_PER_S || !read_count(watch->path, &count)) return;
    watch->before = watch->last;
    watch->last = count;
    watch->last_ns = now;
}

const char *oom_watch_evidence(OomWatch *watch, char *out, size_t capacity) {
    uint64_t count;
    if (!read_count(watch->path, &count) || count <= watch->before) return NULL;
    snprintf(out, capacity, "oom_kill in %s went from %llu to %llu%s", watch->path,
             (unsigned long long)watch->before, (unsigned long long)count,
             watch->whole_machine ? ", somewhere on this machine" : "");
    watch->before++;
    if (watch->last < watch->before) watch->last = watch->before;
    return out;
}
