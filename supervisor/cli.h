/* The command line as people meet it: choosing the verb, help, and one voice for errors.
 *
 * Exit codes: EXIT_USAGE for a command that makes no sense, EXIT_FAILURE for one that could not be done; the
 * codes of `atoll run` stand in cmd_run.c. */
#ifndef ATOLL_CLI_H
#define ATOLL_CLI_H

#include "options.h"

enum { EXIT_USAGE = 2, EXIT_TIMEOUT = 124, EXIT_SANDBOX = 125, EXIT_SIGNAL_BASE = 128 };

typedef int CommandFn(Options *options);

#define VERB(id, name, word, arguments, summary) CommandFn cmd_##name;
#include "verbs.def"
#undef VERB

/* argv as main got it; returns the exit code. */
int cli_main(int argc, char **argv);

/* Prints "atoll VERB: message", the usage line and where to find help on stderr; returns EXIT_USAGE. */
int cli_usage_error(Verb verb, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Prints "atoll VERB: message" on stderr; returns EXIT_FAILURE. */
int cli_failure(Verb verb, const char *format, ...) __attribute__((format(printf, 2, 3)));

void cli_print_help(Verb verb);
void cli_print_overview(void);

/* Reads a whole file ("-" is stdin) into a new NUL-terminated string. On failure NULL, errno set; EFBIG over
 * `most`. */
char *cli_read_file(const char *path, size_t most, size_t *length);

/* The socket of the verb: --socket, its environment variable, or the default place, written into `out`. */
const char *cli_socket_path(const Options *options, char *out, size_t capacity);

/* The one operand, a number from 1 (or from 0 if `zero`) on, or a usage error: "the ID of a job is needed", "'x' is not the ID of a
 * job". 0, or the exit code. */
int cli_number_operand(const Options *options, const char *what, bool zero, uint64_t *number);
/* For verbs that take none: 0, or the exit code of a usage error. */
int cli_no_operands(const Options *options);

#endif
