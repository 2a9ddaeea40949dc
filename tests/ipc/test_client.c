/* The blocking client against a small server in a thread: the same session type, the other role. */
#include "support.h"

#include <errno.h>
#include <ipc/client.h>
#include <ipc/io_blocking.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

/* How the server behaves towards a submit is in its label: "" an outcome, "output" two pieces of output
 * before it, "later" the outcome comes when another job is cancelled, "refuse" refused. */
typedef struct Server {
    pthread_t thread;
    int fd;
    uint64_t jobs;
    uint64_t held;   /* the job submitted with "later" */
    int hang_after;  /* stop answering after so many requests; 0: never */
    int close_after; /* close the connection after so many requests */
    const char *raw; /* say this instead of anything else */
} Server;

static void send_outcome(IpcSession *session, uint64_t job) {
    IpcOutcome outcome = {
        .job = job, .verdict = IPC_VERDICT_OK, .value_repr = ipc_str("42"), .usage = {.wall_us = 5}};
    ipc_session_notify(session, IPC_M_ON_OUTCOME, &outcome);
}

static void on_submit(Server *server, IpcSession *session, const IpcEvent *event) {
    const IpcSubmit *submit = &event->record->submit;
    if (ipc_slice_is(submit->label, "refuse")) {
        ipc_session_refuse(session, event->id, IPC_E_QUEUE_FULL, "the queue holds %d jobs", 3);
        return;
    }
    IpcSubmitted submitted = {.job = ++server->jobs};
    ipc_session_reply(session, event->id, IPC_M_SUBMIT, &submitted);
    if (ipc_slice_is(submit->label, "later")) {
        server->held = submitted.job;
        return;
    }
    for (uint64_t seq = 0; ipc_slice_is(submit->label, "output") && seq < 2; seq++) {
        IpcOutput output = {.job = submitted.job, .seq = seq, .data = submit->source};
        ipc_session_notify(session, IPC_M_ON_OUTPUT, &output);
    }
    send_outcome(session, submitted.job);
}

static void on_request(Server *server, IpcSession *session, const IpcEvent *event) {
    switch (event->method) {
    case IPC_M_SUBMIT: on_submit(server, session, event); break;
    case IPC_M_CANCEL: {
        IpcCancelResult result = {.found = event->record->job_ref.job == server->held};
        if (server->held)
            send_outcome(session, server->held); /* before the answer: the client must keep it */
        ipc_session_reply(session, event->id, IPC_M_CANCEL, &result);
        break;
    }
    case IPC_M_STATUS: {
        IpcBuf scratch;
        IpcStatus status = {.version = ipc_str("1.0"), .running = 2};
        IpcWorkerStatus worker = {.worker = 1, .pid = 77, .state = IPC_WORKER_BUSY};
        ipc_buf_init(&scratch, NULL);
        ipc_list_add_record(&scratch, &status.workers, IPC_REC_WorkerStatus, &worker);
        worker.worker = 2;
        ipc_list_add_record(&scratch, &status.workers, IPC_REC_WorkerStatus, &worker);
        ipc_list_finish(&scratch, &status.workers);
        ipc_session_reply(session, event->id, IPC_M_STATUS, &status);
        ipc_buf_free(&scratch);
        break;
    }
    case IPC_M_ATTACH: {
        IpcSubmitted attached = {.job = event->record->job_ref.job};
        ipc_session_reply(session, event->id, IPC_M_ATTACH, &attached);
        break;
    }
    case IPC_M_INPUT: send_outcome(session, event->record->input.job); break;
    default: ipc_session_reply(session, event->id, event->method, NULL); break;
    }
}

static void *serve(void *arg) {
    Server *server = arg;
    IpcSessionConfig config = {.role = IPC_ROLE_SERVER, .name = "atoll", .version = "1.0"};
    IpcSession session;
    IpcEvent event;
    int requests = 0;
    ipc_session_init(&session, &config);
    if (server->raw) {
        if (write(server->fd, server->raw, strlen(server->raw)) < 0) perror("write");
        while (ipc_io_fill(&session, server->fd, -1, NULL) == IPC_OK) continue;
    }
    while (!server->raw && ipc_io_fill(&session, server->fd, -1, NULL) == IPC_OK) {
        while (ipc_session_next(&session, &event)) {
            if (event.kind != IPC_EV_REQUEST && event.kind != IPC_EV_NOTIFICATION) continue;
            requests++;
            if (server->close_after && requests >= server->close_after) goto out;
            if (!server->hang_after || requests < server->hang_after) on_request(server, &session, &event);
        }
        if (ipc_io_flush(&session, server->fd, -1, NULL)) break;
    }
out:
    ipc_session_free(&session);
    close(server->fd);
    return NULL;
}

static IpcClient *start(Server *server, IpcError *error) {
    int fds[2];
    IpcClientOptions options = {.connect_timeout_ms = 300, .call_timeout_ms = 300};
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fds), 0);
    server->fd = fds[1];
    assert_int_equal(pthread_create(&server->thread, NULL, serve, server), 0);
    return ipc_client_adopt(fds[0], &options, error);
}

static void stop(Server *server, IpcClient *client) {
    ipc_client_close(client);
    pthread_join(server->thread, NULL);
}

#define OK(call) do { if (call) fail_msg("%s: %s", #call, error.text); } while (0)

static void a_job_with_output(void **state) {
    (void)state;
    Server server = {0};
    IpcError error;
    IpcClientEvent event;
    uint64_t job;
    IpcClient *client = start(&server, &error);
    assert_non_null(client);
    assert_string_equal(ipc_client_peer(client)->name, "atoll");
    IpcSubmit submit = {.source = ipc_str("print(1)"), .label = ipc_str("output"), .want_output = true};
    OK(ipc_client_submit(client, &submit, &job, &error));
    assert_int_equal(job, 1);
    for (uint64_t seq = 0; seq < 2; seq++) {
        OK(ipc_client_next(client, &event, -1, &error));
        assert_int_equal(event.method, IPC_M_ON_OUTPUT);
        assert_int_equal(event.record->output.seq, seq);
        assert_true(ipc_slice_is(event.record->output.data, "print(1)"));
    }
    OK(ipc_client_next(client, &event, -1, &error));
    assert_int_equal(event.method, IPC_M_ON_OUTCOME);
    assert_true(ipc_slice_is(event.record->outcome.value_repr, "42"));
    assert_int_equal(ipc_client_next(client, &event, 20, &error), IPC_E_TIMEOUT);
    stop(&server, client);
}

static void waiting_keeps_other_events(void **state) {
    (void)state;
    Server server = {0};
    IpcError error;
    IpcClientEvent event;
    uint64_t later, second;
    bool found;
    IpcClient *client = start(&server, &error);
    IpcSubmit submit = {.source = ipc_str("x"), .label = ipc_str("later")};
    OK(ipc_client_submit(client, &submit, &later, &error));
    submit.label = ipc_str("output");
    OK(ipc_client_submit(client, &submit, &second, &error));
    OK(ipc_client_wait(client, second, -1, &event, &error));
    assert_int_equal(event.job, second);
    assert_int_equal(ipc_client_wait(client, later, 20, &event, &error), IPC_E_TIMEOUT);
    OK(ipc_client_cancel(client, later, &found, &error));
    assert_true(found);
    OK(ipc_client_wait(client, later, -1, &event, &error));
    assert_int_equal(event.record->outcome.job, later);
    for (int i = 0; i < 2; i++) {
        OK(ipc_client_next(client, &event, 0, &error));
        assert_int_equal(event.method, IPC_M_ON_OUTPUT);
        assert_int_equal(event.record->output.job, second);
    }
    assert_int_equal(ipc_client_next(client, &event, 0, &error), IPC_E_TIMEOUT);
    stop(&server, client);
}

static void refusals_carry_the_servers_words(void **state) {
    (void)state;
    Server server = {0};
    IpcError error;
    IpcClientEvent event;
    uint64_t job;
    IpcClient *client = start(&server, &error);
    IpcSubmit submit = {.source = ipc_str("x"), .label = ipc_str("refuse")};
    assert_int_equal(ipc_client_submit(client, &submit, &job, &error), IPC_E_QUEUE_FULL);
    assert_string_equal(error.text, "the queue holds 3 jobs");
    OK(ipc_client_post(client, &submit, 5, &error));
    OK(ipc_client_next(client, &event, -1, &error));
    assert_int_equal(event.method, IPC_M_SUBMIT);
    assert_int_equal(event.error.code, IPC_E_QUEUE_FULL);
    assert_int_equal(event.tag, 5);
    stop(&server, client);
}

static void fifty_thousand_posts_come_back_by_tag(void **state) {
    (void)state;
    enum { JOBS = 50000, WINDOW = 5000 };
    Server server = {0};
    IpcError error;
    IpcClient *client = start(&server, &error);
    IpcSubmit submit = {.call = {ipc_str("def f(x): return x + 1"), ipc_str("f")},
                        .args = ipc_slice("\x91\x01", 2)};
    uint64_t posted = 0, done = 0, tags = 0;
    while (done < JOBS) {
        IpcClientEvent event;
        while (posted < JOBS && posted - done < WINDOW)
            OK(ipc_client_post(client, &submit, ++posted, &error));
        OK(ipc_client_next(client, &event, -1, &error));
        if (event.method != IPC_M_ON_OUTCOME) continue;
        done++;
        tags += event.tag;
        assert_int_equal(event.tag, event.job);
    }
    assert_true(tags == (uint64_t)JOBS * (JOBS + 1) / 2);
    stop(&server, client);
}

static void more_in_flight_than_both_buffers_hold(void **state) {
    (void)state;
    enum { JOBS = 3000 };
    Server server = {0};
    IpcError error;
    IpcClient *client = start(&server, &error);
    char *big = malloc(4000);
    memset(big, 'x', 4000);
    IpcSubmit submit = {.source = ipc_slice(big, 4000), .label = ipc_str("output"), .want_output = true};
    for (uint64_t i = 1; i <= JOBS; i++) OK(ipc_client_post(client, &submit, i, &error));
    uint64_t outcomes = 0, outputs = 0;
    while (outcomes < JOBS) {
        IpcClientEvent event;
        OK(ipc_client_next(client, &event, -1, &error));
        if (event.method == IPC_M_ON_OUTCOME) outcomes++;
        if (event.method == IPC_M_ON_OUTPUT) {
            outputs++;
            assert_int_equal(event.record->output.data.len, 4000);
        }
    }
    assert_int_equal(outputs, JOBS * 2);
    free(big);
    stop(&server, client);
}

static void status_lists_workers(void **state) {
    (void)state;
    Server server = {0};
    IpcError error;
    IpcStatus status;
    IpcClient *client = start(&server, &error);
    OK(ipc_client_status(client, &status, &error));
    assert_int_equal(status.running, 2);
    assert_int_equal(status.workers.count, 2);
    IpcReader reader = ipc_list_reader(status.workers);
    for (uint64_t n = 1; n <= 2; n++) {
        IpcWorkerStatus worker;
        OK(ipc_record_read(&reader, IPC_REC_WorkerStatus, &worker, &error));
        assert_int_equal(worker.worker, n);
        assert_int_equal(worker.state, IPC_WORKER_BUSY);
    }
    assert_true(ipc_reader_done(&reader));
    IpcScale scale = {.workers = 4};
    OK(ipc_client_call(client, IPC_M_SCALE, &scale, NULL, &error));
    OK(ipc_client_attach(client, 1, &error));
    stop(&server, client);
}

static void input_is_sent_at_once(void **state) {
    (void)state;
    Server server = {0};
    IpcError error;
    IpcClientEvent event;
    IpcClient *client = start(&server, &error);
    OK(ipc_client_input(client, 9, "line\n", 5, true, &error));
    OK(ipc_client_next(client, &event, -1, &error));
    assert_int_equal(event.job, 9);
    stop(&server, client);
}

static void a_silent_server_times_out(void **state) {
    (void)state;
    Server server = {.hang_after = 1};
    IpcError error;
    uint64_t job;
    IpcClient *client = start(&server, &error);
    IpcSubmit submit = {.source = ipc_str("x")};
    assert_int_equal(ipc_client_submit(client, &submit, &job, &error), IPC_E_TIMEOUT);
    stop(&server, client);
}

static void a_server_that_goes_away_is_noticed(void **state) {
    (void)state;
    Server server = {.close_after = 2};
    IpcError error;
    IpcClientEvent event;
    uint64_t job;
    IpcClient *client = start(&server, &error);
    IpcSubmit submit = {.source = ipc_str("x")};
    OK(ipc_client_submit(client, &submit, &job, &error));
    assert_int_equal(ipc_client_submit(client, &submit, &job, &error), IPC_E_CLOSED);
    OK(ipc_client_next(client, &event, 100, &error)); /* what came before can still be had */
    assert_int_equal(event.method, IPC_M_ON_OUTCOME);
    assert_int_equal(ipc_client_next(client, &event, 100, &error), IPC_E_CLOSED);
    assert_int_equal(ipc_client_submit(client, &submit, &job, &error), IPC_E_CLOSED);
    stop(&server, client);
}

static void what_is_not_atoll_is_said(void **state) {
    (void)state;
    static const char *const answers[] = {"HTTP/1.1 400 Bad Request\r\n\r\n", "\x94\x01\x01\xc0\xc0",
                                          "\x94\x01\x01\xc0\x81\xa1x\x01"};
    for (int i = 0; i < 3; i++) {
        Server server = {.raw = answers[i]};
        IpcError error;
        IpcClient *client = start(&server, &error);
        assert_null(client);
        if (error.code != IPC_E_NOT_ATOLL) fail_msg("%d: %s %s", i, ipc_code_name(error.code), error.text);
        stop(&server, NULL);
    }
    Server silent = {.raw = ""};
    IpcError error;
    assert_null(start(&silent, &error));
    assert_int_equal(error.code, IPC_E_TIMEOUT);
    stop(&silent, NULL);
}

static void connect_errors_are_told_apart(void **state) {
    (void)state;
    char path[64], long_path[300];
    IpcError error;
    snprintf(path, sizeof path, "/tmp/atoll-test-%d.sock", (int)getpid());
    unlink(path);
    assert_null(ipc_client_connect(path, NULL, &error));
    assert_int_equal(error.code, IPC_E_SOCKET_ABSENT);
    memset(long_path, 'x', sizeof long_path - 1);
    long_path[sizeof long_path - 1] = 0;
    assert_null(ipc_client_connect(long_path, NULL, &error));
    assert_int_equal(error.code, IPC_E_BAD_VALUE);
    assert_null(ipc_client_connect("", NULL, &error));
    assert_int_equal(error.code, IPC_E_BAD_VALUE);
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    strcpy(address.sun_path, path);
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
    assert_null(ipc_client_connect(path, NULL, &error)); /* bound, but nobody listens: as a stale socket */
    assert_int_equal(error.code, IPC_E_REFUSED);
    assert_non_null(strstr(error.text, path));
    assert_null(ipc_client_connect("/etc/passwd", NULL, &error));
    assert_int_equal(error.code, IPC_E_NOT_ATOLL);
    if (getuid() != 0) {
        assert_int_equal(listen(fd, 1), 0);
        assert_int_equal(chmod(path, 0), 0);
        assert_null(ipc_client_connect(path, NULL, &error));
        assert_int_equal(error.code, IPC_E_NO_ACCESS);
    }
    close(fd);
    unlink(path);
}

static void a_client_out_of_memory_frees_what_it_had(void **state) {
    (void)state;
    for (long n = 1; n < 30; n++) {
        CountingAlloc counting;
        Server server = {0};
        IpcError error;
        uint64_t job;
        int fds[2];
        counting_alloc_init(&counting);
        counting.fail_at = n;
        IpcClientOptions options = {.connect_timeout_ms = 2000, .alloc = &counting.alloc};
        assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fds), 0);
        server.fd = fds[1];
        assert_int_equal(pthread_create(&server.thread, NULL, serve, &server), 0);
        IpcClient *client = ipc_client_adopt(fds[0], &options, &error);
        IpcSubmit submit = {.source = ipc_str("x"), .label = ipc_str("output")};
        for (int i = 0; client && i < 10; i++) {
            IpcClientEvent event;
            ipc_client_post(client, &submit, 1, &error);
            if (ipc_client_submit(client, &submit, &job, &error)) break;
            if (ipc_client_next(client, &event, 0, &error)) break;
        }
        stop(&server, client);
        assert_int_equal(counting.live, 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_job_with_output),
        TEST(waiting_keeps_other_events),
        TEST(refusals_carry_the_servers_words),
        TEST(fifty_thousand_posts_come_back_by_tag),
        TEST(more_in_flight_than_both_buffers_hold),
        TEST(status_lists_workers),
        TEST(input_is_sent_at_once),
        TEST(a_silent_server_times_out),
        TEST(a_server_that_goes_away_is_noticed),
        TEST(what_is_not_atoll_is_said),
        TEST(connect_errors_are_told_apart),
        TEST(a_client_out_of_memory_frees_what_it_had),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
