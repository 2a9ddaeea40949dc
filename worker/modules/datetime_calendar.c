/* datetime_calendar: the proleptic Gregorian calendar in numbers, and isoformat's text. */
#include "modules/datetime.h"

static const int month_days[] = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
static const int month_starts[] = {0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};

bool is_leap_year(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int days_in_month(int year, int month) { return month_days[month] + (month == 2 && is_leap_year(year)); }

int days_before_month(int year, int month) { return month_starts[month] + (month > 2 && is_leap_year(year)); }

static int days_before_year(int year) {
    int y = year - 1;
    return y * 365 + y / 4 - y / 100 + y / 400;
}

int ymd_to_ordinal(int year, int month, int day) {
    return days_before_year(year) + days_before_month(year, month) + day;
}

Ymd ordinal_to_ymd(int ordinal) {
    enum { DAYS_400 = 146097, DAYS_100 = 36524, DAYS_4 = 1461 };
    int n = ordinal - 1, year = n / DAYS_400 * 400 + 1;
    n %= DAYS_400;
    int centuries = n / DAYS_100;
    n %= DAYS_100;
    int fours = n / DAYS_4;
    n %= DAYS_4;
    int years = n / 365;
    n %= 365;
    year += centuries * 100 + fours * 4 + years;
    if (years == 4 || centuries == 4) return (Ymd){year - 1, 12, 31}; /* a leap cycle's last day */
    int month = (n + 50) >> 5;                                        /* right or one too large */
    if (days_before_month(year, month) > n) month--;
    return (Ymd){year, month, n - days_before_month(year, month) + 1};
}

int ymd_weekday(int year, int month, int day) { return (ymd_to_ordinal(year, month, day) + 6) % 7; }

int iso_week_1_monday(int year) {
    int first = ymd_to_ordinal(year, 1, 1), weekday = (first + 6) % 7;
    return first - weekday + (weekday > 3 ? 7 : 0);
}

static bool has_week_53(int year) {
    int first = ymd_weekday(year, 1, 1);
    return first == 3 || (first == 2 && is_leap_year(year));
}

int iso_to_ymd(int year, int week, int day, Ymd *out) {
    if (year < YEAR_MIN || year > YEAR_MAX) return -1;
    if (week <= 0 || week > 53 || (week == 53 && !has_week_53(year))) return -2;
    if (day <= 0 || day >= 8) return -3;
    int ordinal = iso_week_1_monday(year) + (week - 1) * 7 + day - 1;
    *out = ordinal < 1 ? (Ymd){0, 12, 31 + ordinal} : ordinal_to_ymd(ordinal);
    return 0;
}

int64_t floor_divide(int64_t n, int64_t by, int64_t *remainder) {
    int64_t quotient = n / by;
    *remainder = n % by;
    if (*remainder < 0) {
        *remainder += by;
        quotient--;
    }
    return quotient;
}

/* ---- isoformat's text ---- */

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* NULL: not so many digits. */
static const char *parse_digits(const char *p, int *out, size_t n) {
    *out = 0;
    for (size_t i = 0; i < n; i++, p++) {
        if (!is_digit(*p)) return NULL;
        *out = *out * 10 + (*p - '0');
    }
    return p;
}

static bool parse_week_date(const char *p, const char *end, bool dashes, int year, Ymd *out) {
    int week, day = 1;
    if (!(p = parse_digits(p, &week, 2))) return false;
    if (p < end && ((dashes && *p++ != '-') || !(p = parse_digits(p, &day, 1)))) return false;
    return iso_to_ymd(year, week, day, out) == 0;
}

bool iso_parse_date(const char *text, size_t n, Ymd *out) {
    const char *p = parse_digits(text, &out->year, 4);
    if (!p) return false;
    bool dashes = *p == '-';
    if (dashes) p++;
    if (*p == 'W') return parse_week_date(p + 1, text + n, dashes, out->year, out);
    if (!(p = parse_digits(p, &out->month, 2)) || (dashes && *p++ != '-')) return false;
    p = parse_digits(p, &out->day, 2);
    return p && p == text + n;
}

size_t iso_find_separator(const char *text, size_t n) {
    if (n == 7) return 7;
    if (text[4] == '-') {
        if (text[5] != 'W') return 10; /* YYYY-MM-DD */
        if (text[8] != '-') return 8;  /* YYYY-Www */
        if (n == 9) return (size_t)-1;
        /* A digit after YYYY-Www-D: the dash was the separator. */
        return n > 10 && is_digit(text[10]) ? 8 : 10;
    }
    if (text[4] != 'W') return 8; /* YYYYMMDD */
    size_t i = 7;
    while (i < n && is_digit(text[i])) i++;
    if (i < 9) return i; /* YYYYWww or YYYYWwwd, and the digits end there */
    return i % 2 == 0 ? 7 : 8;
}

typedef enum TimeEnd { TIME_BAD = -1, TIME_ALL, TIME_MORE } TimeEnd;

static TimeEnd parse_fraction(const char *p, const char *end, int *us) {
    static const int scale[] = {MILLION, 100000, 10000, 1000, 100, 10, 1};
    size_t n = end - p >= 6 ? 6 : (size_t)(end - p);
    if (!(p = parse_digits(p, us, n))) return TIME_BAD;
    if (n > 0) *us *= scale[n];
    while (is_digit(*p)) p++;
    return *p ? TIME_MORE : TIME_ALL;
}

/* HH[:MM[:SS[.ffffff]]], or without colons. TIME_MORE: something follows, which may be the zone. */
static TimeEnd parse_clock(const char *p, const char *end, int fields[4]) {
    bool colons = true;
    for (int i = 0; i < 4; i++) fields[i] = 0;
    for (int i = 0; i < 3; i++) {
        if (!(p = parse_digits(p, &fields[i], 2))) return TIME_BAD;
        char c = *p++;
        if (i == 0) colons = c == ':';
        if (p >= end) return c ? TIME_MORE : TIME_ALL;
        if (colons && c == ':') continue;
        if (c == '.' || c == ',') break;
        if (colons) return TIME_BAD;
        p--;
    }
    return parse_fraction(p, end, &fields[3]);
}

bool iso_parse_time(const char *text, size_t n, int fields[4], IsoTime *out) {
    const char *end = text + n, *zone = text;
    int zone_fields[4];
    do
        if (*zone == '+' || *zone == '-' || *zone == 'Z') break;
    while (++zone < end);
    *out = (IsoTime){.has_zone = zone < end};
    TimeEnd status = parse_clock(text, zone, fields);
    if (status == TIME_BAD) return false;
    if (zone >= end) return status == TIME_ALL;
    if (*zone == 'Z') return zone[1] == 0;
    int sign = *zone == '-' ? -1 : 1;
    if (parse_clock(zone + 1, end, zone_fields) != TIME_ALL) return false;
    out->zone_seconds = sign * (zone_fields[0] * 3600 + zone_fields[1] * 60 + zone_fields[2]);
    out->zone_microseconds = sign * zone_fields[3];
    return true;
}
