/* The program that the command line names: its text as UTF-8 and the name it goes by, as Python would have
 * them, and the files that belong to it. A directory or an archive has no text: it is run by its module
 * `__main__`. */
#ifndef ATOLL_PROGRAM_H
#define ATOLL_PROGRAM_H

#include "options.h"
#include "sources.h"

typedef struct {
    char *text; /* UTF-8; NUL-terminated beyond `length` */
    size_t length;
    char *filename; /* absolute, for tracebacks and __file__; "<stdin>" for "-"; NULL for a module */
    const char *module; /* what is run in place of the text, or NULL */
    Sources sources;
} Program;

/* Reads FILE, or standard input for "-". A coding line is honoured as far as it says UTF-8, ASCII or Latin-1.
 * 0, or the exit code after one line on stderr. Either way program_free releases what was made. */
int program_load(Program *program, Verb verb, const char *path);
/* The same, with the modules that stand beside FILE unless --safe-path; FILE may be a directory or an archive. */
int program_load_whole(Program *program, const Options *options, const char *path);
/* A module below the current directory, or of the library. */
int program_module(Program *program, const Options *options, const char *name);
/* Fills source, module, filename and sources of a submit. bundle: the files are to go with it, else they are
 * sent when they are asked for. 0, or the exit code after one line on stderr. */
int program_submit(Program *program, Verb verb, bool bundle, IpcSubmit *submit);
void program_free(Program *program);

/* Whether all words are UTF-8, as the protocol demands; else a usage error has been printed. NULLs are
 * fine. */
bool program_words_are_text(Verb verb, const char *const *words, int count);

#endif
