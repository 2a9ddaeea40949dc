#include "set_clock.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { BILLION = 1000000000 };

static const double RATE_MOST = 1e6;
static const int64_t SECONDS_MOST = INT64_C(253402300799); /* the end of year 9999 */

/* --- reading from the front of a text ---------------------------------------------------------- */

/* `count` digits. */
static bool take_digits(const char **at, int count, int *out) {
    *out = 0;
    for (; count > 0; count--, (*at)++) {
        if (!isdigit((unsigned char)**at)) return false;
        *out = *out * 10 + (**at - '0');
    }
    return true;
}

static bool take(const char **at, char c) {
    if (**at != c) return false;
    (*at)++;
    return true;
}

/* A fraction behind a dot, of at most nine digits, in nanoseconds. */
static bool take_fraction(const char **at, int64_t *ns) {
    int64_t unit = BILLION;
    if (!take(at, '.')) return true;
    for (; isdigit((unsigned char)**at) && unit > 1; (*at)++) {
        unit /= 10;
        *ns += (**at - '0') * unit;
    }
    return unit < BILLION;
}

static bool take_date(const char **at, struct tm *tm) {
    int year = 0, month = 0;
    bool good = take_digits(at, 4, &year) && take(at, '-') && take_digits(at, 2, &month) && take(at, '-') &&
                take_digits(at, 2, &tm->tm_mday);
    tm->tm_year = year - 1900;
    tm->tm_mon = month - 1;
    return good;
}

static bool take_time(const char **at, struct tm *tm, int64_t *ns) {
    if (!take(at, 'T') && !take(at, ' ')) return true;
    if (!take_digits(at, 2, &tm->tm_hour) || !take(at, ':') || !take_digits(at, 2, &tm->tm_min)) return false;
    if (!take(at, ':')) return true;
    return take_digits(at, 2, &tm->tm_sec) && take_fraction(at, ns);
}

/* Seconds to subtract. */
static bool take_zone(const char **at, int64_t *offset) {
    int hours, minutes, sign = take(at, '+') ? 1 : take(at, '-') ? -1 : 0;
    if (!sign) return take(at, 'Z') || true;
    if (!take_digits(at, 2, &hours) || !take(at, ':') || !take_digits(at, 2, &minutes) || hours > 23 || minutes > 59)
        return false;
    *offset = sign * (hours * 3600 + minutes * 60);
    return true;
}

/* Only what the calendar has: the 30th of February becomes another day. */
static bool seconds_of(const struct tm *tm, int64_t *out) {
    struct tm copy = *tm;
    *out = (int64_t)timegm(&copy);
    return tm->tm_year >= 70 && copy.tm_mday == tm->tm_mday && copy.tm_mon == tm->tm_mon && copy.tm_hour == tm->tm_hour &&
           copy.tm_min == tm->tm_min && copy.tm_sec == tm->tm_sec;
}

static bool take_calendar(const char **at, int64_t *ns) {
    struct tm tm = {0};
    int64_t seconds, fraction = 0, offset = 0;
    if (!take_date(at, &tm) || !take_time(at, &tm, &fraction) || !take_zone(at, &offset) || !seconds_of(&tm, &seconds))
        return false;
    *ns = (seconds - offset) * BILLION + fraction;
    return true;
}

static bool take_seconds(const char **at, int64_t *ns) {
    int64_t seconds = 0, fraction = 0;
    if (!isdigit((unsigned char)**at)) return false;
    for (; isdigit((unsigned char)**at) && seconds <= SECONDS_MOST; (*at)++)
        seconds = seconds * 10 + (**at - '0');
    if (seconds > SECONDS_MOST || !take_fraction(at, &fraction)) return false;
    if (seconds > INT64_MAX / BILLION - 1) return false;
    *ns = seconds * BILLION + fraction;
    return true;
}

static bool take_now(const char **at, int64_t *ns) {
    struct timespec now;
    if (strncmp(*at, "now", 3) != 0) return false;
    *at += 3;
    clock_gettime(CLOCK_REALTIME, &now);
    *ns = (int64_t)now.tv_sec * BILLION + now.tv_nsec;
    return true;
}

static bool take_rate(const char *at, double *rate) {
    char *end;
    *rate = 1;
    if (!*at) return true;
    if (!take(&at, ',')) return false;
    if (strcmp(at, "frozen") == 0) return *rate = 0, true;
    if (!isdigit((unsigned char)*at) && *at != '.') return false;
    *rate = strtod(at, &end);
    return !*end && isfinite(*rate) && *rate > 0 && *rate <= RATE_MOST;
}

bool set_clock_parse(const char *text, SetClock *clock) {
    const char *at = text;
    *clock = (SetClock){.set = true};
    bool good = take(&at, '@') ? take_seconds(&at, &clock->start_ns)
                               : take_now(&at, &clock->start_ns) || take_calendar(&at, &clock->start_ns);
    return good && take_rate(at, &clock->rate);
}
