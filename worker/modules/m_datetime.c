/* _datetime: the module; datetime.h says how its parts hang together. */
#include "modules/datetime.h"

static int make_utc(DatetimeState *s) {
    if (s->utc) return 0;
    Value zero = delta_plain(0, 0, 0);
    s->utc = zero ? timezone_new(zero, NULL) : NULL;
    xdecref(zero);
    return s->utc ? 0 : -1;
}

static int datetime_ready(Value module) {
    DatetimeState *s = module_state_new(M_datetime, sizeof *s);
    if (!s) return -1;
    bool fresh = !s->datetime;
    Value clock = module_import("time"); /* which sees to the local zone */
    if (!clock) return -1;
    decref(clock);
    if (module_make_type(module, &s->delta, &delta_spec, NULL) < 0 ||
        module_make_type(module, &s->date, &date_spec, NULL) < 0 ||
        module_make_type(module, &s->tzinfo, &tzinfo_spec, NULL) < 0 ||
        module_make_type(module, &s->time, &day_time_spec, NULL) < 0 ||
        module_make_type(module, &s->timezone, &timezone_spec, s->tzinfo) < 0 ||
        module_make_type(module, &s->datetime, &datetime_spec, s->date) < 0 ||
        module_ready_type(&s->iso_date, &iso_date_spec, TYPE(tuple)) < 0 || make_utc(s) < 0)
        return -1;
    if (fresh && (delta_ready_constants(s->delta) < 0 || date_ready_constants(s->date) < 0 ||
                  time_ready_constants(s->time) < 0 || datetime_ready_constants(s->datetime) < 0 ||
                  timezone_ready_constants(s->timezone) < 0))
        return -1;
    if (module_add_int(module, "MINYEAR", YEAR_MIN) < 0 || module_add_int(module, "MAXYEAR", YEAR_MAX) < 0)
        return -1;
    return module_add(module, "UTC", incref(s->utc));
}

const ModuleSpec module_datetime = {
    .name = "_datetime",
    .doc = "Dates and times, natively.",
    .ready = datetime_ready,
};
