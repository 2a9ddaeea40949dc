/* Reading a server's options again while it runs (HUP, `atoll reload`).
 *
 * All or nothing: when the file has a fault, or the new log or address cannot be opened, everything stays as
 * it was. Options of reload.def keep the value that the server began with, and those that the file would have
 * changed are named. Limits hold for jobs that are accepted from now on; a number of workers that `atoll
 * scale` has set stays unless the file's own number has changed. */
#include <stdio.h>
#include <string.h>

#include "metrics.h"
#include "server.h"
#include "systemd.h"

static bool is_fixed(OptionId id) {
    switch (id) {
#define FIXED(id) case OPT_##id:
#include "reload.def"
#undef FIXED
        return true;
    default:
        return false;
    }
}

static bool same_value(const OptionValue *a, const OptionValue *b) {
    if (a->given != b->given) return false;
    return !a->given || strcmp(a->text, b->text) == 0 || (a->number == b->number && a->number != 0);
}

static bool belongs_to_server(const Options *options, size_t id) {
    return option_rows[id].verbs >> options->verb & 1;
}

/* What the fresh options change of the ones in force, as names. */
static void compare(const Server *server, const Options *fresh, ReloadReport *report) {
    report->changed_count = report->kept_count = 0;
    for (size_t id = 0; id < OPT_COUNT; id++) {
        if (!belongs_to_server(fresh, id)) continue;
        const Options *in_force = is_fixed((OptionId)id) ? server->original : server->options;
        if (same_value(&in_force->values[id], &fresh->values[id])) continue;
        if (is_fixed((OptionId)id)) report->kept[report->kept_count++] = option_rows[id].name;
        else report->changed[report->changed_count++] = option_rows[id].name;
    }
}

static bool changes(const Server *server, const Options *fresh, OptionId id) {
    return !same_value(&server->options->values[id], &fresh->values[id]);
}

/* What can fail comes first. */
static bool open_anew(Server *server, const Options *fresh, char *error, size_t capacity) {
    Log log = server->log;
    bool other_log = changes(server, fresh, OPT_LOG);
    if (other_log && !log_open(&log, opt_text(fresh, OPT_LOG), log.json, log.level)) {
        snprintf(error, capacity, "cannot open the log %s", opt_text(fresh, OPT_LOG));
        return false;
    }
    if (changes(server, fresh, OPT_METRICS) &&
        !metrics_listen(server, opt_text(fresh, OPT_METRICS), error, capacity)) {
        if (other_log) log_close(&log);
        return false;
    }
    if (other_log) {
        log.also = server->log.also;
        log.owner = server->log.owner;
        log_close(&server->log);
        server->log = log;
    }
    return true;
}

static void apply(Server *server, const Options *fresh) {
    PoolConfig config;
    pool_config_from_options(&config, fresh);
    if (!changes(server, fresh, OPT_WORKERS)) config.size = server->pool.config.size;
    pool_reconfigure(&server->pool, &config);
    server_apply_options(server, fresh);
    CgroupLimits limits = server_cgroup_limits(fresh);
    cgroups_change_limits(&server->cgroups, &limits);
    server->log.level = (LogLevel)log_level_parse(opt_text(fresh, OPT_LOG_LEVEL));
    server->log.json = server_logs_json(fresh);
    server->log.path = opt_text(fresh, OPT_LOG);
}

static void tell(Server *server, const ReloadReport *report) {
    for (size_t i = 0; i < report->changed_count; i++)
        log_event(&server->log, LOG_INFO, "option-changed", LOG_TEXT("option", report->changed[i]));
    for (size_t i = 0; i < report->kept_count; i++) {
        log_event(&server->log, LOG_WARN, "option-kept", LOG_TEXT("option", report->kept[i]),
                  LOG_TEXT("cause", "cannot change while the server runs"));
    }
    log_event(&server->log, LOG_INFO, "reloaded", LOG_UINT("workers", server->pool.config.size),
              LOG_UINT("changed", report->changed_count), LOG_UINT("kept", report->kept_count));
}

bool server_reload(Server *server, ReloadReport *report, char *error, size_t capacity) {
    const Options *now = server->options;
    Options fresh;
    systemd_reloading(&server->systemd);
    bool good = options_load(&fresh, now->verb, now->argc, now->argv, error, capacity) &&
                open_anew(server, &fresh, error, capacity);
    if (!good) {
        options_free(&fresh);
    } else {
        compare(server, &fresh, report);
        apply(server, &fresh);
        if (server->options == &server->reloaded) options_free(&server->reloaded);
        server->reloaded = fresh;
        server->options = &server->reloaded;
        tell(server, report);
    }
    systemd_ready(&server->systemd);
    return good;
}
