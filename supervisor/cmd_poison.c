/* atoll poison: the jobs that used up their retries, with their causes. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "cli.h"
#include "json.h"
#include "remote.h"

static void print_job(const IpcPoisoned *job) {
    char when[32];
    time_t seconds = (time_t)(job->ended_ms / 1000);
    struct tm local;
    strftime(when, sizeof when, "%F %T", localtime_r(&seconds, &local));
    printf("%10llu  %s  %-12s %8llu  %.*s%s%.*s\n", (unsigned long long)job->job, when,
           ipc_verdict_name(job->verdict), (unsigned long long)job->attempt, (int)job->label.len,
           job->label.ptr ? job->label.ptr : "", job->label.len ? ": " : "", (int)job->detail.len,
           job->detail.ptr ? job->detail.ptr : "");
}

static void print_json(const IpcPoisoned *job) {
    IpcBuf line;
    ipc_buf_init(&line, NULL);
    ipc_record_encode(&line, IPC_REC_Poisoned, job);
    IpcBuf text;
    ipc_buf_init(&text, NULL);
    if (msgpack_to_json(ipc_buf_slice(&line), &text)) printf("%.*s\n", (int)text.len, text.data);
    ipc_buf_free(&text);
    ipc_buf_free(&line);
}

static void print_all(const Options *options, IpcList jobs) {
    IpcReader reader = ipc_list_reader(jobs);
    IpcPoisoned job;
    bool json = opt_flag(options, OPT_JSON);
    if (!json && jobs.count) puts("       job  ended                verdict      attempts  cause");
    while (!ipc_reader_done(&reader) && ipc_record_read(&reader, IPC_REC_Poisoned, &job, NULL) == IPC_OK) {
        if (json) print_json(&job);
        else print_job(&job);
    }
}

int cmd_poison(Options *options) {
    IpcError error;
    IpcRecord *answer;
    int wrong = cli_no_operands(options);
    if (wrong) return wrong;
    IpcClient *client = remote_connect(options);
    if (!client) return EXIT_FAILURE;
    int code = EXIT_SUCCESS;
    if (ipc_client_call(client, IPC_M_POISONED, NULL, &answer, &error) != IPC_OK)
        code = remote_failure(options, &error);
    else print_all(options, answer->poisoned_jobs.jobs);
    ipc_client_close(client);
    return code;
}
