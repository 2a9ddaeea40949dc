#include "units.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "clock.h"

typedef struct {
    const char *name;
    uint64_t factor;
} Unit;

static const Unit size_units[] = {
    {"", 1},
    {"B", 1},
    {"K", 1ull << 10},
    {"KB", 1ull << 10},
    {"KiB", 1ull << 10},
    {"M", 1ull << 20},
    {"MB", 1ull << 20},
    {"MiB", 1ull << 20},
    {"G", 1ull << 30},
    {"GB", 1ull << 30},
    {"GiB", 1ull << 30},
    {"T", 1ull << 40},
    {"TB", 1ull << 40},
    {"TiB", 1ull << 40},
    {NULL, 0},
};

static const Unit time_units[] = {
    {"", NS_PER_S},          {"ns", 1},
    {"us", NS_PER_US},       {"ms", NS_PER_MS},
    {"s", NS_PER_S},         {"m", 60 * NS_PER_S},
    {"min", 60 * NS_PER_S},  {"h", 3600 * NS_PER_S},
    {"d", 86400 * NS_PER_S}, {NULL, 0},
};

static const Unit count_units[] = {{"", 1}, {"k", 1000}, {"m", 1000000}, {"g", 1000000000}, {NULL, 0}};

static const Unit *find_unit(const Unit *units, const char *name) {
    for (const Unit *unit = units; unit->name; unit++) {
        if (strcasecmp(unit->name, name) == 0) return unit;
    }
    return NULL;
}

/* Reads the digits after the point as a fraction of `factor`, exact to 9 digits. */
static bool scan_fraction(const char **cursor, uint64_t *numerator, uint64_t *denominator) {
    *numerator = 0;
    *denominator = 1;
    if (**cursor != '.') return true;
    ++*cursor;
    if (!isdigit((unsigned char)**cursor)) return false;
    for (; isdigit((unsigned char)**cursor); ++*cursor) {
        if (*denominator < NS_PER_S) {
            *numerator = *numerator * 10 + (uint64_t)(**cursor - '0');
            *denominator *= 10;
        }
    }
    return true;
}

static bool scan_whole(const char **cursor, uint64_t *whole) {
    *whole = 0;
    if (!isdigit((unsigned char)**cursor)) return false;
    for (; isdigit((unsigned char)**cursor); ++*cursor) {
        if (__builtin_mul_overflow(*whole, 10, whole)) return false;
        if (__builtin_add_overflow(*whole, (uint64_t)(**cursor - '0'), whole)) return false;
    }
    return true;
}

static bool parse_with(const Unit *units, const char *text, uint64_t *result) {
    uint64_t whole, numerator, denominator, total;
    const char *cursor = text;
    if (!scan_whole(&cursor, &whole) || !scan_fraction(&cursor, &numerator, &denominator)) return false;
    const Unit *unit = find_unit(units, cursor);
    if (!unit || __builtin_mul_overflow(whole, unit->factor, &total)) return false;
    unsigned __int128 part = (unsigned __int128)numerator * unit->factor;
    if (part % denominator != 0 && unit->factor == 1) return false; /* half a byte, half a job */
    if (__builtin_add_overflow(total, (uint64_t)(part / denominator), &total)) return false;
    *result = total;
    return true;
}

bool unit_parse_size(const char *text, uint64_t *bytes) {
    return parse_with(size_units, text, bytes);
}

bool unit_parse_time(const char *text, uint64_t *nanoseconds) {
    return parse_with(time_units, text, nanoseconds);
}

bool unit_parse_count(const char *text, uint64_t *count) {
    return parse_with(count_units, text, count);
}

bool unit_parse_int(const char *text, int64_t *number) {
    bool negative = *text == '-';
    const char *cursor = text + negative;
    uint64_t whole;
    if (!scan_whole(&cursor, &whole) || *cursor || whole > INT64_MAX) return false;
    *number = negative ? -(int64_t)whole : (int64_t)whole;
    return true;
}

const char *unit_format_size(uint64_t bytes, char *out, size_t capacity) {
    static const char *const names[] = {"B", "KiB", "MiB", "GiB", "TiB"};
    double amount = (double)bytes;
    size_t unit = 0;
    while (amount >= 1024 && unit + 1 < sizeof names / sizeof *names) {
        amount /= 1024;
        unit++;
    }
    snprintf(out, capacity, unit && amount < 100 ? "%.1f %s" : "%.0f %s", amount, names[unit]);
    return out;
}

const char *unit_format_time(uint64_t ns, char *out, size_t capacity) {
    uint64_t seconds = ns / NS_PER_S;
    if (ns < NS_PER_MS) snprintf(out, capacity, "%llu us", (unsigned long long)(ns / NS_PER_US));
    else if (ns < NS_PER_S) snprintf(out, capacity, "%llu ms", (unsigned long long)(ns / NS_PER_MS));
    else if (seconds < 60) snprintf(out, capacity, "%.1f s", (double)ns / (double)NS_PER_S);
    else if (seconds < 3600)
        snprintf(out, capacity, "%llum%02llus", (unsigned long long)(seconds / 60),
                 (unsigned long long)(seconds % 60));
    else
        snprintf(out, capacity, "%lluh%02llum", (unsigned long long)(seconds / 3600),
                 (unsigned long long)(seconds / 60 % 60));
    return out;
}
