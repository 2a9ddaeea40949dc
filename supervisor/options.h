/* Options of the command line: one table (options.def), one struct of values, one order of precedence:
 * flag > environment > --config file > default.
 *
 * Values keep their source, so a reload can tell what the file may change, and what a flag holds fast.
 * Text values are borrowed from argv, the environment, or the loaded config file, and live as long as the
 * Options. */
#ifndef ATOLL_OPTIONS_H
#define ATOLL_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum {
#define VERB(id, name, word, arguments, summary) VERB_##id,
#include "verbs.def"
#undef VERB
    VERB_COUNT,
} Verb;

typedef enum {
#define OPT(id, ...) OPT_##id,
#include "options.def"
#undef OPT
    OPT_COUNT,
} OptionId;

typedef enum { OPTION_FLAG, OPTION_COUNT, OPTION_INT, OPTION_SIZE, OPTION_TIME, OPTION_STRING, OPTION_LIST } OptionType;
typedef enum { FROM_DEFAULT, FROM_FILE, FROM_ENV, FROM_FLAG } OptionSource;

typedef struct {
    OptionId id;
    const char *name; /* long name without dashes, also the key in a config file */
    char letter;      /* 0: none */
    OptionType type;
    const char *argument, *environment, *fallback, *help;
    uint32_t verbs; /* bit per Verb */
} OptionRow;

typedef struct {
    OptionSource source;
    bool given;       /* has a value at all */
    const char *text; /* as typed; LIST: a line for each time that the option was given */
    char *lines;      /* owned: backs a LIST */
    uint64_t number;  /* FLAG (0 or 1), COUNT, SIZE (bytes), TIME (ns) */
    int64_t integer;  /* INT */
    int line;         /* of the config file; 0: from elsewhere */
} OptionValue;

typedef struct {
    Verb verb;
    OptionValue values[OPT_COUNT];
    char **operands; /* what is left after the options, borrowed from argv */
    int operand_count;
    int argc; /* as given, for a reload */
    char **argv;
    char *config_text; /* owned: backs the values from the file */
} Options;

extern const OptionRow option_rows[OPT_COUNT];
extern const char *const verb_names[VERB_COUNT];

/* Reads everything for `verb`: argv[0..argc) are the words after the verb. On failure writes one line,
 * without a newline, into `error` and returns false. Either way options_free releases what was made. */
bool options_load(Options *options, Verb verb, int argc, char **argv, char *error, size_t capacity);
void options_free(Options *options);

/* Finds an option of `verb` by long name; NULL if there is none. */
const OptionRow *option_find(Verb verb, const char *name, size_t length);
/* The known name nearest to a mistyped one, NULL if none is near. */
const char *option_suggest(Verb verb, const char *name);

/* Parses `text` into one value; false if it does not fit the option's type. */
bool option_parse_value(const OptionRow *row, const char *text, OptionValue *value);
/* What values of the type look like, for an error. */
const char *option_wanted(OptionType type);

/* One fault of a config file. */
typedef void ConfigFaultFn(void *data, int line, const char *text);
/* Reads a config file alone, with no regard to a verb, into values that options_free releases; tells every fault. False with one line in
 * `error` if the file cannot be read. */
bool options_read_file(Options *options, const char *path, ConfigFaultFn *fault, void *data, char *error, size_t capacity);
/* The same of its text, which becomes the options'. */
void options_read_text(Options *options, char *text, ConfigFaultFn *fault, void *data);

static inline bool opt_given(const Options *options, OptionId id) {
    return options->values[id].given;
}
static inline bool opt_flag(const Options *options, OptionId id) {
    return options->values[id].given && options->values[id].number;
}
static inline uint64_t opt_number(const Options *options, OptionId id) {
    return options->values[id].number;
}
static inline const char *opt_text(const Options *options, OptionId id) {
    return options->values[id].given ? options->values[id].text : NULL;
}

/* How unlike two words are: insertions, deletions, changes and swaps of neighbours. */
size_t word_distance(const char *a, const char *b);
/* The nearest of `words` (count of them, NULLs skipped), or NULL when none is near enough to be a slip. */
const char *word_nearest(const char *word, const char *const *words, size_t count);

#endif
