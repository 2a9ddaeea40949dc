/* For the static executable only. libuv's core refers to getpwuid_r (to find home folders, which Atoll never
 * asks for), and the C library's own would load shared libraries at run time; this one takes its place. */
#include <errno.h>
#include <pwd.h>
#include <stddef.h>

int getpwuid_r(uid_t uid, struct passwd *entry, char *buffer, size_t length, struct passwd **result) {
    (void)uid, (void)entry, (void)buffer, (void)length;
    *result = NULL;
    return ENOSYS;
}

/* SQLite's way to load extensions, which the journal never does (the linker is told to --wrap these): the C
 * library's own would want its shared objects. */
void *__wrap_dlopen(const char *path, int flags);
void *__wrap_dlsym(void *library, const char *name);
int __wrap_dlclose(void *library);
char *__wrap_dlerror(void);

void *__wrap_dlopen(const char *path, int flags) {
    (void)path, (void)flags;
    return NULL;
}

void *__wrap_dlsym(void *library, const char *name) {
    (void)library, (void)name;
    return NULL;
}

int __wrap_dlclose(void *library) {
    (void)library;
    return -1;
}

char *__wrap_dlerror(void) {
    return "not in this executable";
}
