#include "option_checks.h"

#include <stdio.h>
#include <string.h>

#include "clock.h"
#include "http.h"
#include "restart.h"
#include "sandbox.h"
#include "units.h"

#define LONGEST_TIME (3660ull * 86400 * NS_PER_S)
#define LARGEST_SIZE (1ull << 50)
#define MOST_COUNT   1000000000000ull

typedef struct {
    OptionId id;
    uint64_t least, most;
} Range;

static const Range ranges[] = {
#define RANGE(id, least, most) {OPT_##id, least, most},
#define WORDS(id, wanted, ...)
#define BELOW(id, maximum)
#include "option_checks.def"
#undef RANGE
#undef WORDS
#undef BELOW
};

enum { WORDS_MOST = 6 };

typedef struct {
    OptionId id;
    const char *wanted, *words[WORDS_MOST];
} WordRow;

static const WordRow word_rows[] = {
#define RANGE(id, least, most)
#define WORDS(id, wanted, ...) {OPT_##id, wanted, {__VA_ARGS__}},
#define BELOW(id, maximum)
#include "option_checks.def"
#undef RANGE
#undef WORDS
#undef BELOW
};

typedef struct {
    OptionId limit, maximum;
} Below;

static const Below belows[] = {
#define RANGE(id, least, most)
#define WORDS(id, wanted, ...)
#define BELOW(id, maximum) {OPT_##id, OPT_##maximum},
#include "option_checks.def"
#undef RANGE
#undef WORDS
#undef BELOW
};

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

/* --- one value -------------------------------------------------------------------------------- */

static Range range_of(const OptionRow *row) {
    for (const Range *range = ranges; range < ranges + COUNT_OF(ranges); range++) {
        if (range->id == row->id) return *range;
    }
    switch (row->type) {
    case OPTION_COUNT:
        return (Range){row->id, 0, MOST_COUNT};
    case OPTION_SIZE:
        return (Range){row->id, 0, LARGEST_SIZE};
    case OPTION_TIME:
        return (Range){row->id, 0, LONGEST_TIME};
    default:
        return (Range){row->id, 0, UINT64_MAX};
    }
}

static const char *show(OptionType type, uint64_t number, char *out, size_t capacity) {
    if (type == OPTION_SIZE) return unit_format_size(number, out, capacity);
    if (type == OPTION_TIME) return unit_format_time(number, out, capacity);
    snprintf(out, capacity, "%llu", (unsigned long long)number);
    return out;
}

static bool is_one_of(const WordRow *row, const char *text) {
    for (size_t i = 0; i < WORDS_MOST && row->words[i]; i++) {
        if (strcmp(row->words[i], text) == 0) return true;
    }
    return false;
}

static bool word_fits(const OptionRow *row, const char *text, char *why, size_t capacity) {
    for (const WordRow *words = word_rows; words < word_rows + COUNT_OF(word_rows); words++) {
        if (words->id != row->id || is_one_of(words, text)) continue;
        snprintf(why, capacity, "%s", words->wanted);
        return false;
    }
    return true;
}

bool option_fits(const OptionRow *row, const OptionValue *value, char *why, size_t capacity) {
    char least[32], most[32];
    if (row->type == OPTION_STRING) return word_fits(row, value->text, why, capacity);
    if (row->id == OPT_PRIORITY && (value->integer < -8 || value->integer > 7)) {
        snprintf(why, capacity, "between -8 and 7");
        return false;
    }
    if (row->type != OPTION_COUNT && row->type != OPTION_SIZE && row->type != OPTION_TIME) return true;
    Range range = range_of(row);
    if (value->number >= range.least && value->number <= range.most) return true;
    snprintf(why, capacity, "between %s and %s", show(row->type, range.least, least, sizeof least),
             show(row->type, range.most, most, sizeof most));
    return false;
}

/* --- values together -------------------------------------------------------------------------- */

void options_disagree(const Options *options, ConfigFaultFn *fault, void *data) {
    char text[256];
    for (const Below *pair = belows; pair < belows + COUNT_OF(belows); pair++) {
        const OptionValue *limit = &options->values[pair->limit], *maximum = &options->values[pair->maximum];
        bool above = limit->given && maximum->given && maximum->number && limit->number > maximum->number;
        if (!above) continue;
        snprintf(text, sizeof text, "%s (%s) is above %s (%s)", option_rows[pair->limit].name, limit->text,
                 option_rows[pair->maximum].name, maximum->text);
        fault(data, limit->line ? limit->line : maximum->line, text);
    }
}

typedef struct {
    const char *path;
    char *error;
    size_t capacity;
    bool found;
} FirstFault;

static void note_first(void *data, int line, const char *text) {
    FirstFault *first = data;
    if (first->found) return;
    first->found = true;
    if (line && first->path) snprintf(first->error, first->capacity, "%s:%d: %s", first->path, line, text);
    else snprintf(first->error, first->capacity, "%s", text);
}

bool options_agree(const Options *options, char *error, size_t capacity) {
    FirstFault first = {opt_text(options, OPT_CONFIG), error, capacity, false};
    options_disagree(options, note_first, &first);
    return !first.found;
}

/* --- what values name ------------------------------------------------------------------------- */

/* The plan as this one option alone would make it. */
static bool wish_is_understood(OptionId id, const char *text, char *error, size_t capacity) {
    SandboxPlan plan;
    SandboxWishes wishes = {
        .namespaces = id == OPT_NAMESPACES ? text : NULL,
        .require = id == OPT_REQUIRE ? text : NULL,
        .allow = id == OPT_ALLOW_DEGRADED ? text : NULL,
        .without = id == OPT_WITHOUT ? text : NULL,
    };
    return sandbox_plan(&plan, &wishes, false, error, capacity);
}

static bool is_usable(OptionId id, const char *text, char *error, size_t capacity) {
    Grants grants;
    SetClock clock;
    HttpAddress address;
    switch (id) {
    case OPT_GRANT: {
        bool open = grants_open(&grants, text, error, capacity);
        grants_free(&grants);
        return open;
    }
    case OPT_CLOCK:
        if (set_clock_parse(text, &clock)) return true;
        snprintf(error, capacity,
                 "clock wants a time such as 2024-05-06T07:08:09Z, @1700000000 or now, then ,RATE or "
                 ",frozen, not '%s'",
                 text);
        return false;
    case OPT_METRICS:
        return http_parse_address(text, &address, error, capacity);
    default:
        return wish_is_understood(id, text, error, capacity);
    }
}

void options_unusable(const Options *options, ConfigFaultFn *fault, void *data) {
    static const OptionId naming[] = {OPT_GRANT,   OPT_CLOCK,          OPT_METRICS, OPT_NAMESPACES,
                                      OPT_REQUIRE, OPT_ALLOW_DEGRADED, OPT_WITHOUT};
    char error[512];
    for (size_t i = 0; i < COUNT_OF(naming); i++) {
        const char *text = opt_text(options, naming[i]);
        if (text && !is_usable(naming[i], text, error, sizeof error))
            fault(data, options->values[naming[i]].line, error);
    }
}
