#include "options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config.h"
#include "option_checks.h"
#include "units.h"

#define V(id)    V_##id
#define V_RUN    (1u << VERB_RUN)
#define V_REPL   (1u << VERB_REPL)
#define V_SERVE  (1u << VERB_SERVE)
#define V_SUBMIT (1u << VERB_SUBMIT)
#define V_MAP    (1u << VERB_MAP)
#define V_STATUS (1u << VERB_STATUS)
#define V_CANCEL (1u << VERB_CANCEL)
#define V_ATTACH (1u << VERB_ATTACH)
#define V_LOGS   (1u << VERB_LOGS)
#define V_POISON (1u << VERB_POISON)
#define V_STOP   (1u << VERB_STOP)
#define V_DRAIN  (1u << VERB_DRAIN)
#define V_SCALE  (1u << VERB_SCALE)
#define V_HEAP   (1u << VERB_HEAP)
#define V_GC     (1u << VERB_GC)
#define V_CHECK  (1u << VERB_CHECK)
#define V_RELOAD (1u << VERB_RELOAD)
#define V_TOP    (1u << VERB_TOP)
#define V_DIS    (1u << VERB_DIS)
#define V_JOBS   (V_RUN | V_SERVE | V_SUBMIT | V_MAP | V_REPL)
#define V_ALL    ((1u << VERB_COUNT) - 1)

const OptionRow option_rows[OPT_COUNT] = {
#define OPT(id, name, letter, type, argument, environment, fallback, verbs, help)                            \
    {OPT_##id, name, letter, OPTION_##type, argument, environment, fallback, help, verbs},
#include "options.def"
#undef OPT
};

const char *const verb_names[VERB_COUNT] = {
#define VERB(id, name, word, arguments, summary) word,
#include "verbs.def"
#undef VERB
};

static bool belongs(const OptionRow *row, Verb verb) {
    return row->verbs >> verb & 1;
}

const OptionRow *option_find(Verb verb, const char *name, size_t length) {
    for (const OptionRow *row = option_rows; row < option_rows + OPT_COUNT; row++) {
        if (belongs(row, verb) && strlen(row->name) == length && memcmp(row->name, name, length) == 0)
            return row;
    }
    return NULL;
}

static const OptionRow *find_letter(Verb verb, char letter) {
    for (const OptionRow *row = option_rows; row < option_rows + OPT_COUNT; row++) {
        if (belongs(row, verb) && row->letter && row->letter == letter) return row;
    }
    return NULL;
}

const char *option_suggest(Verb verb, const char *name) {
    const char *names[OPT_COUNT];
    for (size_t i = 0; i < OPT_COUNT; i++)
        names[i] = belongs(&option_rows[i], verb) ? option_rows[i].name : NULL;
    return word_nearest(name, names, OPT_COUNT);
}

static bool parse_flag(const char *text, uint64_t *number) {
    static const char *const yes[] = {"1", "yes", "true", "on"}, *const no[] = {"0", "no", "false", "off",
                                                                                ""};
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
        if (strcmp(text, yes[i]) == 0) return *number = 1, true;
    }
    for (size_t i = 0; i < sizeof no / sizeof *no; i++) {
        if (strcmp(text, no[i]) == 0) return *number = 0, true;
    }
    return false;
}

static bool parse_typed(OptionType type, const char *text, OptionValue *value) {
    switch (type) {
    case OPTION_FLAG:
        return parse_flag(text, &value->number);
    case OPTION_COUNT:
        return unit_parse_count(text, &value->number);
    case OPTION_SIZE:
        return unit_parse_size(text, &value->number);
    case OPTION_TIME:
        return unit_parse_time(text, &value->number);
    case OPTION_INT:
        return unit_parse_int(text, &value->integer);
    case OPTION_STRING:
    case OPTION_LIST:
        return true;
    }
    return false;
}

/* One more line of a list. What another source has given is replaced. */
static bool add_line(OptionValue *value, const char *text, OptionSource source) {
    bool first = !value->given || value->source != source;
    char *lines = NULL;
    if (asprintf(&lines, "%s%s%s", first ? "" : value->text, first ? "" : "\n", text) < 0) return false;
    free(value->lines);
    value->text = value->lines = lines;
    value->given = true;
    return true;
}

/* Takes a value from a source. */
static bool take_value(const OptionRow *row, const char *text, OptionSource source, OptionValue *value) {
    bool taken = row->type == OPTION_LIST ? add_line(value, text, source) : option_parse_value(row, text, value);
    if (taken) value->source = source;
    return taken;
}

bool option_parse_value(const OptionRow *row, const char *text, OptionValue *value) {
    if (!parse_typed(row->type, text, value)) return false;
    value->text = text;
    value->given = true;
    return true;
}

const char *option_wanted(OptionType type) {
    static const char *const names[] = {
        "yes or no",          "a count such as 8 or 10k",     "a whole number",
        "a size such as 64M", "a time such as 1.5s or 200ms", "text", "text"};
    return names[type];
}

/* --- flags ------------------------------------------------------------------------------------ */

typedef struct {
    Options *options;
    int next;
    bool operands_only;
    char *error;
    size_t capacity;
} Parse;

static bool set_flag_value(Parse *parse, const OptionRow *row, const char *text) {
    OptionValue *value = &parse->options->values[row->id];
    char why[128];
    if (!take_value(row, text, FROM_FLAG, value)) {
        snprintf(parse->error, parse->capacity, "--%s wants %s, not '%s'", row->name, option_wanted(row->type),
                 text);
        return false;
    }
    if (!option_fits(row, value, why, sizeof why)) {
        snprintf(parse->error, parse->capacity, "--%s must be %s, not '%s'", row->name, why, text);
        return false;
    }
    /* As in python, what follows -c CODE and -m MODULE belongs to the program. */
    bool last = row->id == OPT_CODE || row->id == OPT_MODULE;
    if (parse->options->verb == VERB_RUN && last) parse->operands_only = true;
    return true;
}

static bool take_argument(Parse *parse, const OptionRow *row) {
    if (parse->next == parse->options->argc) {
        snprintf(parse->error, parse->capacity, "--%s needs an argument: %s", row->name, row->argument);
        return false;
    }
    return set_flag_value(parse, row, parse->options->argv[parse->next++]);
}

static bool unknown_option(Parse *parse, const char *word, const char *name) {
    const char *near = name ? option_suggest(parse->options->verb, name) : NULL;
    if (near)
        snprintf(parse->error, parse->capacity, "unknown option '%s'; did you mean '--%s'?", word, near);
    else snprintf(parse->error, parse->capacity, "unknown option '%s'", word);
    return false;
}

static bool parse_long(Parse *parse, const char *word) {
    const char *name = word + 2, *equals = strchr(name, '=');
    size_t length = equals ? (size_t)(equals - name) : strlen(name);
    const OptionRow *row = option_find(parse->options->verb, name, length);
    if (!row) {
        char copy[64];
        snprintf(copy, sizeof copy, "%.*s", (int)length, name);
        return unknown_option(parse, word, copy);
    }
    if (equals) return set_flag_value(parse, row, equals + 1);
    if (row->type == OPTION_FLAG) return set_flag_value(parse, row, "yes");
    return take_argument(parse, row);
}

static bool parse_letters(Parse *parse, const char *word) {
    for (const char *letter = word + 1; *letter; letter++) {
        const OptionRow *row = find_letter(parse->options->verb, *letter);
        if (!row) return unknown_option(parse, word, NULL);
        if (row->type != OPTION_FLAG)
            return letter[1] ? set_flag_value(parse, row, letter + 1) : take_argument(parse, row);
        if (!set_flag_value(parse, row, "yes")) return false;
    }
    return true;
}

static bool parse_words(Parse *parse) {
    Options *options = parse->options;
    while (parse->next < options->argc) {
        char *word = options->argv[parse->next++];
        bool is_option = !parse->operands_only && word[0] == '-' && word[1];
        if (is_option && strcmp(word, "--") == 0) {
            parse->operands_only = true;
        } else if (is_option) {
            if (!(word[1] == '-' ? parse_long(parse, word) : parse_letters(parse, word))) return false;
        } else {
            options->operands[options->operand_count++] = word;
            /* After the program's name come the program's own arguments. */
            if (options->verb == VERB_RUN) parse->operands_only = true;
        }
    }
    return true;
}

/* --- the other sources ------------------------------------------------------------------------ */

static bool apply_environment(Options *options, char *error, size_t capacity) {
    for (const OptionRow *row = option_rows; row < option_rows + OPT_COUNT; row++) {
        OptionValue *value = &options->values[row->id];
        const char *text = belongs(row, options->verb) && row->environment ? getenv(row->environment) : NULL;
        if (!text || value->given) continue;
        if (!take_value(row, text, FROM_ENV, value)) {
            snprintf(error, capacity, "%s wants %s, not '%s'", row->environment, option_wanted(row->type), text);
            return false;
        }
        char why[128];
        if (!option_fits(row, value, why, sizeof why)) {
            snprintf(error, capacity, "%s must be %s, not '%s'", row->environment, why, text);
            return false;
        }
    }
    return true;
}

static const OptionRow *find_anywhere(const char *key) {
    for (const OptionRow *row = option_rows; row < option_rows + OPT_COUNT; row++) {
        if (strcmp(row->name, key) == 0 && row->id != OPT_CONFIG && row->id != OPT_HELP) return row;
    }
    return NULL;
}

static const char *suggest_key(const char *key) {
    const char *names[OPT_COUNT];
    for (size_t i = 0; i < OPT_COUNT; i++)
        names[i] = i == OPT_CONFIG || i == OPT_HELP ? NULL : option_rows[i].name;
    return word_nearest(key, names, OPT_COUNT);
}

/* Takes one pair of the file. False with what is wrong, as the end of a line. */
static bool take_pair(const OptionRow *row, const ConfigPair *pair, OptionValue *value, char *wrong, size_t capacity) {
    char why[128];
    if (value->given && value->line && row->type != OPTION_LIST) {
        snprintf(wrong, capacity, "%s was given on line %d already", row->name, value->line);
        return false;
    }
    if (!take_value(row, pair->value, FROM_FILE, value)) {
        snprintf(wrong, capacity, "%s wants %s, not '%s'", row->name, option_wanted(row->type), pair->value);
        return false;
    }
    value->line = pair->line;
    if (option_fits(row, value, why, sizeof why)) return true;
    snprintf(wrong, capacity, "%s must be %s, not '%s'", row->name, why, pair->value);
    return false;
}

/* `own_only`: keys of other verbs are passed over, and what a flag or the environment has given stays. */
static bool apply_pair(Options *options, const ConfigPair *pair, bool own_only, char *wrong, size_t capacity) {
    const OptionRow *row = find_anywhere(pair->key);
    if (!row) {
        const char *near = suggest_key(pair->key);
        snprintf(wrong, capacity, near ? "unknown key '%s'; did you mean '%s'?" : "unknown key '%s'", pair->key, near);
        return false;
    }
    if (own_only && !belongs(row, options->verb)) return true;
    OptionValue *value = &options->values[row->id];
    if (own_only && value->given && value->source != FROM_FILE) return true;
    return take_pair(row, pair, value, wrong, capacity);
}

void options_read_text(Options *options, char *text, ConfigFaultFn *fault, void *data) {
    char wrong[400];
    ConfigPair pair = {0};
    char *cursor = options->config_text = text;
    for (;;) {
        switch (config_next(&cursor, &pair)) {
        case CONFIG_END:
            return;
        case CONFIG_BAD:
            fault(data, pair.line, "expected `key = value`");
            break;
        case CONFIG_PAIR:
            if (!apply_pair(options, &pair, false, wrong, sizeof wrong)) fault(data, pair.line, wrong);
        }
    }
}

bool options_read_file(Options *options, const char *path, ConfigFaultFn *fault, void *data, char *error, size_t capacity) {
    char *text = config_read(path, error, capacity);
    if (text) options_read_text(options, text, fault, data);
    return text != NULL;
}

static bool apply_config(Options *options, char *error, size_t capacity) {
    char wrong[400] = "expected `key = value`";
    const char *path = opt_text(options, OPT_CONFIG);
    if (!path) return true;
    options->config_text = config_read(path, error, capacity);
    if (!options->config_text) return false;
    ConfigPair pair = {0};
    char *cursor = options->config_text;
    for (;;) {
        ConfigStep step = config_next(&cursor, &pair);
        if (step == CONFIG_END) return true;
        if (step == CONFIG_BAD || !apply_pair(options, &pair, true, wrong, sizeof wrong)) {
            snprintf(error, capacity, "%s:%d: %s", path, pair.line, wrong);
            return false;
        }
    }
}

static void apply_defaults(Options *options) {
    for (const OptionRow *row = option_rows; row < option_rows + OPT_COUNT; row++) {
        if (!options->values[row->id].given && row->fallback) {
            option_parse_value(row, row->fallback, &options->values[row->id]);
        }
    }
}

bool options_load(Options *options, Verb verb, int argc, char **argv, char *error, size_t capacity) {
    *options = (Options){.verb = verb, .argc = argc, .argv = argv};
    options->operands = calloc((size_t)argc + 1, sizeof *options->operands);
    if (!options->operands) return snprintf(error, capacity, "out of memory"), false;
    Parse parse = {.options = options, .error = error, .capacity = capacity};
    if (!parse_words(&parse)) return false;
    if (opt_flag(options, OPT_HELP)) return true;
    if (!apply_environment(options, error, capacity) || !apply_config(options, error, capacity)) return false;
    apply_defaults(options);
    return options_agree(options, error, capacity);
}

void options_free(Options *options) {
    for (OptionValue *value = options->values; value < options->values + OPT_COUNT; value++) {
        free(value->lines);
        value->lines = NULL;
    }
    free(options->operands);
    free(options->config_text);
    options->operands = NULL;
    options->config_text = NULL;
}

/* --- slips of the keyboard -------------------------------------------------------------------- */

enum { WORD_MAX = 31 };

static size_t min3(size_t a, size_t b, size_t c) {
    size_t least = a < b ? a : b;
    return least < c ? least : c;
}

size_t word_distance(const char *a, const char *b) {
    size_t rows = strnlen(a, WORD_MAX), columns = strnlen(b, WORD_MAX);
    size_t grid[WORD_MAX + 1][WORD_MAX + 1];
    for (size_t i = 0; i <= rows; i++)
        grid[i][0] = i;
    for (size_t j = 0; j <= columns; j++)
        grid[0][j] = j;
    for (size_t i = 1; i <= rows; i++) {
        for (size_t j = 1; j <= columns; j++) {
            size_t change = grid[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
            grid[i][j] = min3(grid[i - 1][j] + 1, grid[i][j - 1] + 1, change);
            bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped && grid[i - 2][j - 2] + 1 < grid[i][j]) grid[i][j] = grid[i - 2][j - 2] + 1;
        }
    }
    return grid[rows][columns];
}

const char *word_nearest(const char *word, const char *const *words, size_t count) {
    const char *best = NULL;
    size_t length = strlen(word), least = length < 4 ? 2 : length / 3 + 2; /* one more than is allowed */
    for (size_t i = 0; i < count; i++) {
        size_t distance = words[i] ? word_distance(word, words[i]) : least;
        if (distance < least && distance < strlen(words[i])) {
            best = words[i];
            least = distance;
        }
    }
    return best;
}
