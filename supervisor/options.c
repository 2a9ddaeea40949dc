#include "options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config.h"
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
#define V_POISON (1u << VERB_POISON)
#define V_STOP   (1u << VERB_STOP)
#define V_DRAIN  (1u << VERB_DRAIN)
#define V_SCALE  (1u << VERB_SCALE)
#define V_HEAP   (1u << VERB_HEAP)
#define V_GC     (1u << VERB_GC)
#define V_CHECK  (1u << VERB_CHECK)
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
#define VERB(id, name, arguments, summary) #name,
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

static const char *wanted(OptionType type) {
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
    if (!take_value(row, text, FROM_FLAG, &parse->options->values[row->id])) {
        snprintf(parse->error, parse->capacity, "--%s wants %s, not '%s'", row->name, wanted(row->type),
                 text);
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
            snprintf(error, capacity, "%s wants %s, not '%s'", row->environment, wanted(row->type), text);
            return false;
        }
    }
    return true;
}

static bool known_anywhere(const char *key) {
    for (size_t i = 0; i < OPT_COUNT; i++) {
        if (strcmp(option_rows[i].name, key) == 0) return true;
    }
    return false;
}

static bool apply_pair(Options *options, const char *path, const ConfigPair *pair, char *error,
                       size_t capacity) {
    const OptionRow *row = option_find(options->verb, pair->key, strlen(pair->key));
    if (!row && known_anywhere(pair->key)) return true; /* meant for another verb */
    if (!row || row->id == OPT_CONFIG || row->id == OPT_HELP) {
        const char *near = option_suggest(options->verb, pair->key);
        snprintf(error, capacity,
                 near ? "%s:%d: unknown key '%s'; did you mean '%s'?" : "%s:%d: unknown key '%s'", path,
                 pair->line, pair->key, near);
        return false;
    }
    OptionValue *value = &options->values[row->id];
    if (value->given && value->source != FROM_FILE) return true;
    if (!take_value(row, pair->value, FROM_FILE, value)) {
        snprintf(error, capacity, "%s:%d: %s wants %s, not '%s'", path, pair->line, row->name,
                 wanted(row->type), pair->value);
        return false;
    }
    return true;
}

static bool apply_config(Options *options, char *error, size_t capacity) {
    const char *path = opt_text(options, OPT_CONFIG);
    if (!path) return true;
    options->config_text = config_read(path, error, capacity);
    if (!options->config_text) return false;
    ConfigPair pair = {0};
    char *cursor = options->config_text;
    for (;;) {
        switch (config_next(&cursor, &pair)) {
        case CONFIG_END:
            return true;
        case CONFIG_BAD:
            snprintf(error, capacity, "%s:%d: expected `key = value`", path, pair.line);
            return false;
        case CONFIG_PAIR:
            if (!apply_pair(options, path, &pair, error, capacity)) return false;
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
    return true;
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
