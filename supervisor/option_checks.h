/* Whether the values of options make sense: each within its range (option_checks.def), and together. */
#ifndef ATOLL_OPTION_CHECKS_H
#define ATOLL_OPTION_CHECKS_H

#include "options.h"

/* Whether a parsed value is one that the option may have. False with what it must be in `why`: "between 1 and
 * 4096". */
bool option_fits(const OptionRow *row, const OptionValue *value, char *why, size_t capacity);

/* Whether the values fit together. Calls `fault` for each pair that does not, with the line of the one to
 * blame (0: not from a file). */
void options_disagree(const Options *options, ConfigFaultFn *fault, void *data);
/* The same for the first such pair: false with one line in `error`. */
bool options_agree(const Options *options, char *error, size_t capacity);

/* Whether what the values name is there and understood: grants, layers of confinement, a clock, an address.
 * Tells each that is not. */
void options_unusable(const Options *options, ConfigFaultFn *fault, void *data);

#endif
