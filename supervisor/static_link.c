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
