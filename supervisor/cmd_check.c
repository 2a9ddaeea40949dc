/* atoll check: what confines a worker on this machine, and with --attack whether it holds.
 *
 * The layers are asked of a real worker in a pool of this command's own. An attack is a list of attempts (attack_program.py), each a
 * job of its own in a worker that offers raw system calls: an attempt that is killed or refused is what we want; one that works is a
 * hole, and the exit code says so. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "grants.h"
#include "private_pool.h"
#include "remote.h"
#include "sandbox.h"

extern const char attack_program[], attack_program_end[];

enum { GRANTS_MOST = GRANT_DIRS_MOST + GRANT_VARIABLES_MOST };
enum { ATTEMPT_WALL_MS = 20000, ATTEMPT_HEAP = 64 << 20 };

typedef struct {
    char *key, *title;
    bool by_number; /* one of the sweep over all system calls */
    char result[160];
    enum { ATTEMPT_WAITS, ATTEMPT_HELD, ATTEMPT_WORKED } state;
} Attempt;

typedef struct {
    Options *options;
    IpcClient *client;
    pid_t pool;
    Attempt *attempts;
    size_t count, done;
    char *grants[GRANTS_MOST]; /* texts */
    size_t grant_count;
} Check;

/* --- layers ----------------------------------------------------------------------------------- */

static const char *state_of(IpcSlice layers, const char *layer) {
    IpcReader reader = ipc_slice_reader(layers);
    uint32_t pairs;
    if (!layers.ptr || ipc_read_map(&reader, &pairs) != IPC_OK) return "unknown";
    for (uint32_t i = 0; i < pairs; i++) {
        IpcSlice name, state;
        if (ipc_read_str(&reader, &name) != IPC_OK || ipc_read_str(&reader, &state) != IPC_OK) break;
        int known = sandbox_state_find(state.ptr, state.len);
        if (name.len == strlen(layer) && memcmp(name.ptr, layer, name.len) == 0 && known >= 0)
            return sandbox_state_name((LayerState)known);
    }
    return "unknown";
}

static void print_layers(IpcSlice layers) {
    printf("%-14s %-12s %s\n", "LAYER", "STATE", "WHAT IT GIVES");
    for (int i = 0; i < LAYER_COUNT; i++) {
        const char *name = sandbox_layer_name((Layer)i);
        printf("%-14s %-12s %s\n", name, state_of(layers, name), sandbox_layer_help((Layer)i));
    }
}

static void keep_grants(Check *check, const IpcStatus *status) {
    IpcReader reader = ipc_list_reader(status->grants);
    IpcSlice text = {0};
    for (uint32_t i = 0; i < status->grants.count && i < GRANTS_MOST && ipc_read_str(&reader, &text) == IPC_OK; i++) {
        check->grants[check->grant_count] = strndup(text.ptr, text.len);
        check->grant_count += check->grants[check->grant_count] != NULL;
    }
}

static void print_grants(const Check *check) {
    if (check->grant_count) puts("\nGRANTED");
    for (size_t i = 0; i < check->grant_count; i++)
        puts(check->grants[i]);
}

/* A worker that is up. The first status may be asked before one is. */
static IpcCode find_worker(Check *check, IpcWorkerStatus *worker, IpcStatus *status, IpcError *error) {
    IpcSubmit nothing = {.source = ipc_str("None")};
    IpcClientEvent event;
    uint64_t job;
    IpcCode code = ipc_client_submit(check->client, &nothing, &job, error);
    if (!code) code = ipc_client_wait(check->client, job, -1, &event, error);
    if (!code && event.record->outcome.verdict != IPC_VERDICT_OK)
        return ipc_fail(error, IPC_E_INTERNAL, "no worker starts: %.*s", (int)event.record->outcome.detail.len,
                        event.record->outcome.detail.ptr);
    if (!code) code = ipc_client_status(check->client, status, error);
    if (code) return code;
    IpcReader reader = ipc_list_reader(status->workers);
    while (!ipc_reader_done(&reader)) {
        if ((code = ipc_record_read(&reader, IPC_REC_WorkerStatus, worker, error))) return code;
        if (worker->jobs) return IPC_OK;
    }
    return ipc_fail(error, IPC_E_INTERNAL, "no worker is up");
}

/* --- attempts --------------------------------------------------------------------------------- */

static IpcCode post_attempt(Check *check, const char *key, uint64_t tag, IpcError *error) {
    IpcBuf argv;
    IpcSubmit submit = {
        .source = ipc_slice(attack_program, (size_t)(attack_program_end - attack_program)),
        .filename = ipc_str("attack_program.py"),
        .value_as = IPC_VALUE_JSON,
        .events = IPC_EVENTS_OUTCOME,
        .when_full = IPC_WHEN_FULL_WAIT,
        .limits = {.wall_ms = ATTEMPT_WALL_MS, .heap_soft = ATTEMPT_HEAP},
    };
    ipc_buf_init(&argv, NULL);
    ipc_list_add_str(&argv, &submit.argv, "attack", strlen("attack"));
    ipc_list_add_str(&argv, &submit.argv, key, strlen(key));
    for (size_t i = 0; i < check->grant_count; i++)
        ipc_list_add_str(&argv, &submit.argv, check->grants[i], strlen(check->grants[i]));
    ipc_list_finish(&argv, &submit.argv);
    IpcCode code = ipc_client_post(check->client, &submit, tag, error);
    ipc_buf_free(&argv);
    return code;
}

/* The next outcome and the tag of its job. */
static IpcCode next_outcome(Check *check, IpcClientEvent *event, IpcError *error) {
    IpcCode code;
    while ((code = ipc_client_next(check->client, event, -1, error)) == IPC_OK) {
        if (event->method == IPC_M_SUBMIT && event->error.code)
            return ipc_fail(error, event->error.code, "%s", event->error.text);
        if (event->tag && event->method == IPC_M_ON_OUTCOME) return IPC_OK;
    }
    return code;
}

static IpcCode read_texts(IpcReader *reader, IpcSlice texts[2]) {
    uint32_t count;
    IpcCode code = ipc_read_array(reader, &count);
    if (!code && count != 2) code = IPC_E_WRONG_TYPE;
    if (!code) code = ipc_read_str(reader, &texts[0]);
    return code ? code : ipc_read_str(reader, &texts[1]);
}

static IpcCode list_attempts(Check *check, IpcError *error) {
    IpcClientEvent event;
    uint32_t count = 0;
    IpcCode code = post_attempt(check, "list", 1, error);
    if (!code) code = next_outcome(check, &event, error);
    if (code) return code;
    IpcReader reader = ipc_slice_reader(event.record->outcome.value);
    if (event.record->outcome.verdict != IPC_VERDICT_OK || ipc_read_array(&reader, &count) != IPC_OK)
        return ipc_fail(error, IPC_E_INTERNAL, "the list of attempts cannot be had: %.*s",
                        (int)event.record->outcome.error.message.len, event.record->outcome.error.message.ptr);
    check->attempts = calloc(count ? count : 1, sizeof *check->attempts);
    if (!check->attempts) return ipc_fail(error, IPC_E_NO_MEMORY, NULL);
    for (; check->count < count; check->count++) {
        Attempt *attempt = &check->attempts[check->count];
        IpcSlice texts[2];
        if ((code = read_texts(&reader, texts))) return ipc_fail(error, code, "the list of attempts is malformed");
        attempt->key = strndup(texts[0].ptr, texts[0].len);
        attempt->title = strndup(texts[1].ptr, texts[1].len);
        if (!attempt->key || !attempt->title) return ipc_fail(error, IPC_E_NO_MEMORY, NULL);
        attempt->by_number = *attempt->key == '=';
    }
    return IPC_OK;
}

/* Only a value that says "refused", or an end by a limit or by the kernel, is good: a worker that a raw call brought down in some
 * other way has executed the call. */
static bool end_is_good(IpcVerdict verdict) {
    switch (verdict) {
    case IPC_VERDICT_SYSCALL:
    case IPC_VERDICT_MEMORY:
    case IPC_VERDICT_MEMORY_HARD:
    case IPC_VERDICT_TIMEOUT_WALL: return true;
    default: return false;
    }
}

static void judge(Attempt *attempt, const IpcOutcome *outcome) {
    IpcSlice texts[2];
    IpcReader reader = ipc_slice_reader(outcome->value);
    if (outcome->verdict == IPC_VERDICT_OK && read_texts(&reader, texts) == IPC_OK) {
        bool refused = texts[0].len == strlen("refused") && memcmp(texts[0].ptr, "refused", texts[0].len) == 0;
        attempt->state = refused ? ATTEMPT_HELD : ATTEMPT_WORKED;
        snprintf(attempt->result, sizeof attempt->result, "%s: %.*s", refused ? "refused" : "WORKED", (int)texts[1].len,
                 texts[1].ptr);
        return;
    }
    attempt->state = end_is_good(outcome->verdict) ? ATTEMPT_HELD : ATTEMPT_WORKED;
    snprintf(attempt->result, sizeof attempt->result, "%s: %s",
             outcome->verdict == IPC_VERDICT_SYSCALL ? "killed" : attempt->state == ATTEMPT_HELD ? "ended" : "WORKED",
             ipc_verdict_text(outcome->verdict));
}

static IpcCode make_attempts(Check *check, IpcError *error) {
    IpcClientEvent event;
    IpcCode code = IPC_OK;
    for (size_t i = 0; !code && i < check->count; i++)
        code = post_attempt(check, check->attempts[i].key, i + 2, error);
    for (; !code && check->done < check->count; check->done++) {
        if ((code = next_outcome(check, &event, error))) break;
        size_t i = (size_t)event.tag - 2;
        if (i < check->count) judge(&check->attempts[i], &event.record->outcome);
    }
    return code;
}

/* Each attempt by name; of the sweep only what worked, and how many were held. */
static int print_attempts(const Check *check) {
    size_t swept = 0, worked = 0;
    puts("\nATTEMPT                                        WHAT CAME OF IT");
    for (size_t i = 0; i < check->count; i++) {
        const Attempt *attempt = &check->attempts[i];
        bool hole = attempt->state == ATTEMPT_WORKED;
        worked += hole;
        swept += attempt->by_number;
        if (attempt->by_number && !hole) continue;
        printf("%-46s %s\n", attempt->title, attempt->result);
    }
    printf("\n%zu attempts by name and all %zu system calls that the policy does not list: ", check->count - swept, swept);
    if (worked) printf("%zu WORKED\n", worked);
    else puts("none worked");
    return worked ? EXIT_FAILURE : EXIT_SUCCESS;
}

/* --- the verb --------------------------------------------------------------------------------- */

static int run(Check *check) {
    IpcWorkerStatus worker;
    IpcStatus status;
    IpcError error;
    IpcCode code = find_worker(check, &worker, &status, &error);
    if (code) return remote_failure(check->options, &error);
    print_layers(worker.layers);
    keep_grants(check, &status);
    print_grants(check);
    if (!opt_flag(check->options, OPT_ATTACK)) return EXIT_SUCCESS;
    fflush(stdout);
    code = list_attempts(check, &error);
    if (!code) code = make_attempts(check, &error);
    return code ? remote_failure(check->options, &error) : print_attempts(check);
}

int cmd_check(Options *options) {
    Check check = {.options = options};
    int wrong = cli_no_operands(options);
    if (wrong) return wrong;
    check.client = private_pool_start(options, &check.pool);
    int code = check.client ? run(&check) : EXIT_SANDBOX;
    private_pool_end(check.client, check.pool);
    for (size_t i = 0; i < check.count; i++) {
        free(check.attempts[i].key);
        free(check.attempts[i].title);
    }
    free(check.attempts);
    for (size_t i = 0; i < check.grant_count; i++)
        free(check.grants[i]);
    return code;
}
