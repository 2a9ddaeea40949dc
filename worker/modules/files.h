/*
 * files: the job's own files, as import, open() and os see them: a read-only tree at the place where it stands for the client.
 *
 * Idea. The host answers two questions, what is in a directory and what is in a file (base/host.h, HostFiles). Here paths are
 * made out (relative ones from the client's current directory, ".." by the text), and listings are kept, so that a name that is
 * not there is asked for once per directory and not once per import. What is in a file is not kept, but for an archive's bytes.
 *
 * Where no files are granted, the sources of the frozen library's modules are such files too, each alone: programs open what
 * __file__ and tracebacks name.
 *
 * A path that is not the job's is none of this file's business: the callers go on as the grant of files says (paths.h). So is one that
 * belongs to a granted directory, where the files themselves are to be had.
 */
#ifndef ATOLL_MODULES_FILES_H
#define ATOLL_MODULES_FILES_H

#include <sys/stat.h>

#include "objects/object.h"

/* Does the path stand for the root of the job's files or for something below it, there or not, or for a source of the library? */
bool files_covers(const char *path);
/* 0 with *out filled; an errno (ENOENT, ENOTDIR, ...); -1 raised. The path is covered. */
int files_stat(const char *path, struct stat *out);
/* Is it a plain file, is it a directory: 1, 0, -1 raised. The path is covered. */
int files_is_plain(const char *path);
int files_is_directory(const char *path);
/* The file's bytes. shown: the path for errors. New; NULL raised. The path is covered. */
Value files_read(const char *path, Value shown);
/* The directory's names, a list of str, in order of name. New; NULL raised. The path is covered. */
Value files_list(const char *path, Value shown);
/* The absolute name of a path, without "." and "..", made out by its text, in a room of PATH_MAX. False: it is too long. */
bool files_plain_name(const char *path, char *out);
/* Forgets what was asked: another job begins. */
void files_forget(void);

#endif
