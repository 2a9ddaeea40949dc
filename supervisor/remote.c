#include "remote.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "deathbook.h"
#include "grants.h"
#include "json.h"
#include "json_record.h"
#include "limits.h"
#include "clock.h"

int remote_no_connection(Verb verb, const char *path, const IpcError *error) {
    if (strstr(error->text, path)) return cli_failure(verb, "%s", error->text);
    return cli_failure(verb, "%s: %s", path, error->text);
}

IpcClient *remote_connect(const Options *options) {
    char path[4096];
    IpcError error;
    IpcClientOptions wanted = {.name = "atoll", .version = ATOLL_VERSION};
    IpcClient *client = ipc_client_connect(cli_socket_path(options, path, sizeof path), &wanted, &error);
    if (!client) remote_no_connection(options->verb, path, &error);
    return client;
}

int remote_failure(const Options *options, const IpcError *error) {
    return cli_failure(options->verb, "%s", error->text[0] ? error->text : ipc_code_text(error->code));
}

bool remote_submit_options(IpcSubmit *submit, const Options *options) {
    const char *texts[] = {opt_text(options, OPT_SESSION), opt_text(options, OPT_LABEL), opt_text(options, OPT_TENANT)};
    if (!program_words_are_text(options->verb, texts, 3)) return false;
    const char *isolation = opt_text(options, OPT_ISOLATION);
    int depth = ipc_enum_value(IPC_ENUM_Isolation, ipc_str(isolation));
    if (depth < 0)
        return cli_usage_error(options->verb, "no isolation is called '%s': session, fresh or process",
                               isolation),
               false;
    limits_from_options(&submit->limits, options);
    const char *delivery = opt_text(options, OPT_DELIVERY);
    int promise = ipc_enum_value(IPC_ENUM_Delivery, ipc_str(delivery));
    if (promise < 0) {
        return cli_usage_error(options->verb, "no delivery is called '%s': at-most-once or at-least-once",
                               delivery),
               false;
    }
    submit->delivery = (IpcDelivery)promise;
    submit->isolation = (IpcIsolation)depth;
    submit->session = ipc_str(opt_text(options, OPT_SESSION));
    submit->priority = options->values[OPT_PRIORITY].integer;
    submit->deadline_ms = clock_ms_ceil(opt_number(options, OPT_DEADLINE));
    submit->retries = opt_number(options, OPT_RETRIES);
    submit->label = ipc_str(opt_text(options, OPT_LABEL));
    submit->tenant = ipc_str(opt_text(options, OPT_TENANT));
    return true;
}

bool remote_retry_causes(IpcSubmit *submit, IpcBuf *buf, const Options *options) {
    const char *at = opt_text(options, OPT_RETRY_ON);
    while (at && *at) {
        size_t length = strcspn(at, ",");
        if (ipc_enum_value(IPC_ENUM_Verdict, ipc_slice(at, length)) < 0) {
            cli_usage_error(options->verb, "--retry-on: no verdict is called '%.*s'", (int)length, at);
            return false;
        }
        ipc_list_add_str(buf, &submit->retry_on, at, length);
        at += length + (at[length] == ',');
    }
    ipc_list_finish(buf, &submit->retry_on);
    return true;
}

bool remote_ask_grants(IpcSubmit *submit, IpcBuf *buf, const Options *options) {
    char error[512];
    bool good = grants_ask(opt_text(options, OPT_GRANT), buf, &submit->grants, error, sizeof error);
    ipc_list_finish(buf, &submit->grants);
    if (!good) cli_usage_error(options->verb, "%s", error);
    return good;
}

int remote_load_call(const Options *options, const char *target, IpcCall *call, Program *program) {
    const char *colon = strrchr(target, ':');
    Verb verb = options->verb;
    if (!colon || colon == target || !colon[1])
        return cli_usage_error(verb, "expected FILE.py:FUNC, not '%s'", target);
    if (!program_words_are_text(verb, &target, 1)) return EXIT_USAGE;
    char *path = strndup(target, (size_t)(colon - target));
    int failed = path ? program_load_whole(program, options, path) : cli_failure(verb, "out of memory");
    free(path);
    if (!failed && program->module)
        failed = cli_failure(verb, "a function of one file can be called, not of a directory");
    *call = (IpcCall){.source = ipc_slice(program->text, program->length), .function = ipc_str(colon + 1)};
    return failed;
}

void remote_write(int fd, const char *bytes, size_t length) {
    while (length > 0) {
        ssize_t sent = write(fd, bytes, length);
        if (sent < 0 && errno != EINTR) return;
        if (sent > 0) {
            bytes += sent;
            length -= (size_t)sent;
        }
    }
}

/* --- an outcome as JSON ----------------------------------------------------------------------- */

static void put_value(IpcBuf *out, const IpcOutcome *outcome) {
    if (!outcome->value.ptr) return json_put_text(out, "value_repr", outcome->value_repr);
    json_put_key(out, "value");
    size_t before = out->len;
    if (msgpack_to_json(outcome->value, out)) return;
    ipc_buf_truncate(out, before);
    ipc_buf_append_text(out, "null");
}

static void put_error(IpcBuf *out, const IpcJobError *error) {
    if (!error->type.ptr) return;
    json_put_key(out, "error");
    ipc_buf_append_text(out, "{");
    json_put_text(out, "type", error->type);
    json_put_text(out, "message", error->message);
    json_put_text(out, "traceback", error->traceback);
    ipc_buf_append_text(out, "}");
}

void remote_outcome_json(const IpcOutcome *outcome, IpcBuf *out) {
    ipc_buf_append_text(out, "{");
    json_put_uint(out, "job", outcome->job);
    json_put_text(out, "verdict", ipc_str(ipc_verdict_name(outcome->verdict)));
    put_value(out, outcome);
    put_error(out, &outcome->error);
    if (outcome->exit_code) json_put_uint(out, "exit_code", (uint64_t)(outcome->exit_code & 0xff));
    if (outcome->signal) json_put_uint(out, "signal", outcome->signal);
    json_put_text(out, "detail", outcome->detail);
    json_put_text(out, "label", outcome->label);
    json_put_key(out, "usage");
    json_record(out, IPC_REC_Usage, &outcome->usage);
    json_put_uint(out, "worker", outcome->worker);
    json_put_uint(out, "pid", outcome->pid);
    json_put_uint(out, "attempt", outcome->attempt);
    if (outcome->poisoned) json_put_uint(out, "poisoned", 1);
    json_put_uint(out, "queued_us", outcome->queued_us);
    if (outcome->death.text.len) {
        json_put_key(out, "death");
        death_json(&outcome->death, out);
    }
    ipc_buf_append_text(out, "}\n");
}
