/* Lines for the prompt: edited on a terminal (libedit: history, completion), or just read.
 *
 * While the user types, another descriptor is watched as well, so that news can be told between two keys: the
 * hook writes them, and the line is shown again below. */
#ifndef ATOLL_REPL_LINE_H
#define ATOLL_REPL_LINE_H

#include <stdbool.h>
#include <stddef.h>

#include <ipc/buf.h>

typedef struct {
    void *owner;
    int fd; /* watched beside the keyboard */
    /* Something came on fd. True: it wrote to the terminal. */
    bool (*news)(void *owner);
    /* What a dotted word can go on to, each with its NUL, into `names`. */
    void (*complete)(void *owner, const char *word, size_t length, IpcBuf *names);
} LineHooks;

typedef enum { LINE_READ, LINE_END, LINE_INTERRUPTED } LineResult;

typedef struct LineEditor LineEditor;

/* history: a file, read now and written by line_close; NULL: none. NULL: no memory, or a strange terminal. */
LineEditor *line_open(const LineHooks *hooks, const char *history);
void line_close(LineEditor *editor);
/* One line, without its newline, into `out`. */
LineResult line_edit(LineEditor *editor, const char *prompt, IpcBuf *out);

/* Lines of a pipe or a file. What has been read ahead can be given to a program that reads standard input. */
typedef struct {
    IpcBuf bytes;
    size_t taken;
    bool ended;
} LineReader;

LineResult line_read(LineReader *reader, IpcBuf *out);
/* The next line with its newline, borrowed until the next call; empty at the end. */
IpcSlice line_take(LineReader *reader);

#endif
