/* atoll logs: what a pool has logged, or the certificates of the workers that died, and what follows. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli.h"
#include "deathbook.h"
#include "remote.h"
#include "signals.h"

typedef struct {
    const Options *options;
    IpcClient *client;
    bool deaths, json;
    uint64_t seen; /* the last number shown: what was listed may be told again */
} Logs;

static void show_line(Logs *logs, const IpcLog *line) {
    if (line->seq <= logs->seen) return;
    logs->seen = line->seq;
    IpcSlice text = logs->json && line->json.len ? line->json : line->text;
    printf("%.*s\n", (int)text.len, text.ptr);
}

static void show_death(Logs *logs, const IpcDeath *death) {
    IpcBuf text;
    if (death->seq <= logs->seen) return;
    logs->seen = death->seq;
    ipc_buf_init(&text, NULL);
    if (logs->json) death_json(death, &text);
    else death_text(death, &text);
    printf("%.*s%s", (int)text.len, text.data ? text.data : "", logs->json ? "\n" : "");
    ipc_buf_free(&text);
}

static void show_what_was(Logs *logs, const IpcLogs *was) {
    IpcReader lines = ipc_list_reader(was->lines), deaths = ipc_list_reader(was->deaths);
    IpcLog line;
    IpcDeath death;
    while (!logs->deaths && !ipc_reader_done(&lines) && !ipc_record_read(&lines, IPC_REC_Log, &line, NULL))
        show_line(logs, &line);
    while (logs->deaths && !ipc_reader_done(&deaths) && !ipc_record_read(&deaths, IPC_REC_Death, &death, NULL))
        show_death(logs, &death);
    fflush(stdout);
}

static void on_event(Logs *logs, const IpcClientEvent *event) {
    if (event->method == IPC_M_ON_LOG && !logs->deaths) show_line(logs, &event->record->log);
    if (event->method == IPC_M_ON_DEATH && logs->deaths) show_death(logs, &event->record->death);
    fflush(stdout);
}

/* Until Ctrl-C, or the server's end. */
static int follow(Logs *logs, int signals) {
    for (int signal = 0; !signal && !ferror(stdout);) {
        IpcClientEvent event;
        IpcError error;
        IpcCode code = signals_or_next(signals, logs->client, &event, -1, &signal, &error);
        if (code == IPC_OK) on_event(logs, &event);
        else if (code == IPC_E_CLOSED) break;
        else if (code != IPC_E_TIMEOUT) return remote_failure(logs->options, &error);
    }
    return EXIT_SUCCESS;
}

static int run(Logs *logs) {
    bool follows = opt_flag(logs->options, OPT_FOLLOW);
    IpcSubscribe wants = {.logs = !logs->deaths, .deaths = logs->deaths};
    IpcRecord *answer;
    IpcError error;
    if (follows && ipc_client_call(logs->client, IPC_M_SUBSCRIBE, &wants, NULL, &error) != IPC_OK)
        return remote_failure(logs->options, &error);
    if (ipc_client_call(logs->client, IPC_M_LOGS, NULL, &answer, &error) != IPC_OK)
        return remote_failure(logs->options, &error);
    show_what_was(logs, &answer->logs);
    if (!follows) return EXIT_SUCCESS;
    int signals = signals_open_ending(), code = follow(logs, signals);
    close(signals);
    return code;
}

int cmd_logs(Options *options) {
    int wrong = cli_no_operands(options);
    if (wrong) return wrong;
    Logs logs = {.options = options, .deaths = opt_flag(options, OPT_DEATHS), .json = opt_flag(options, OPT_JSON)};
    logs.client = remote_connect(options);
    int code = logs.client ? run(&logs) : EXIT_FAILURE;
    ipc_client_close(logs.client);
    return code;
}
