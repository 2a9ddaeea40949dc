/*
 * paths: the system's calls on files, as this process may make them.
 *
 * Idea. Three cases. The process may reach the file system itself (host->files_granted): the calls are made as they are. Directories
 * are granted to it (host->path_call): calls that take a path are made by another process, which hands descriptors over; calls on
 * descriptors are made here. Neither: EPERM, for every name that is not among the job's own files (files.h).
 *
 * In the second case the current directory and the mask of new files are the program's own notion, kept in rt, and there is no dir_fd
 * (os.supports_dir_fd is empty). Descriptors are noted in rt->descriptors: a program can use only what its world has
 * opened, and what it leaves open is closed when the world is put back or dropped.
 *
 * All functions are called with the GIL, which those on paths give up while the system works. They answer as the C library's do: -1
 * with errno, no exception.
 */
#ifndef ATOLL_MODULES_PATHS_H
#define ATOLL_MODULES_PATHS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/types.h>
#include <time.h>

/* May names be given at all, whatever comes of it? */
bool paths_are_granted(void);
/* Is it by way of another process? */
bool paths_are_served(void);

/* ---- on paths ---- */

int path_open(int dir, const char *path, int flags, mode_t mode);
int path_stat(int dir, const char *path, struct stat *out, int flags);
int path_statvfs(const char *path, struct statvfs *out);
int path_access(int dir, const char *path, int mode, int flags);
ssize_t path_readlink(int dir, const char *path, char *out, size_t n);
int path_mkdir(int dir, const char *path, mode_t mode);
int path_mkfifo(int dir, const char *path, mode_t mode);
int path_unlink(int dir, const char *path, int flags);
int path_rename(int from_dir, const char *from, int to_dir, const char *to);
int path_link(int from_dir, const char *from, int to_dir, const char *to, int flags);
int path_symlink(const char *target, int dir, const char *path);
int path_chmod(int dir, const char *path, mode_t mode, int flags);
int path_truncate(const char *path, int64_t length);
int path_utime(int dir, const char *path, const struct timespec times[2], int flags);
int path_chdir(const char *path);
/* The current directory as the program sees it, in out or elsewhere; NULL with errno. */
const char *path_cwd(char *out, size_t n);
mode_t path_umask(mode_t mask);

/* ---- on descriptors ---- */

/* May the program use this number by a system call? */
bool descriptor_is_own(int fd);
/* Notes a descriptor that a call has made, and answers it; -1 stays -1. */
int descriptor_take(int fd);
int descriptor_close(int fd);
int descriptor_stat(int fd, struct stat *out);
bool descriptor_is_tty(int fd);
/* Closes what the world in use has open. */
void descriptors_close_all(void);

#endif
