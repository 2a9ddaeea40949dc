/* The program that the command line names: its text as UTF-8 and the name it goes by, as Python would have
 * them. */
#ifndef ATOLL_PROGRAM_H
#define ATOLL_PROGRAM_H

#include "options.h"

typedef struct {
    char *text; /* UTF-8; NUL-terminated beyond `length` */
    size_t length;
    char *filename; /* absolute, for tracebacks and __file__; "<stdin>" for "-" */
} Program;

/* Reads FILE, or standard input for "-". A coding line is honoured as far as it says UTF-8, ASCII or Latin-1.
 * 0, or the exit code after one line on stderr. Either way program_free releases what was made. */
int program_load(Program *program, Verb verb, const char *path);
void program_free(Program *program);

/* Whether all words are UTF-8, as the protocol demands; else a usage error has been printed. NULLs are
 * fine. */
bool program_words_are_text(Verb verb, const char *const *words, int count);

#endif
