/* Sessions over pipes and sockets: waiting, filling up, closing. */
#define _GNU_SOURCE
#include "support.h"

#include <fcntl.h>
#include <ipc/io_blocking.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

static void start(IpcSession *session, IpcRole role) {
    IpcSessionConfig config = {.role = role, .name = "test", .version = "1"};
    ipc_session_init(session, &config);
    session->state = IPC_SESSION_OPEN;
}

static void say(IpcSession *session, size_t bytes) {
    char *data = calloc(1, bytes + 1);
    IpcOutput output = {.job = 1, .data = ipc_slice(data, bytes)};
    assert_int_equal(ipc_session_notify(session, IPC_M_JOB_OUTPUT, &output), IPC_OK);
    free(data);
}

static void a_message_through_a_pipe(void **state) {
    (void)state;
    IpcSession worker, supervisor;
    IpcEvent event;
    IpcError error;
    int fds[2];
    assert_int_equal(pipe(fds), 0);
    start(&worker, IPC_ROLE_WORKER);
    start(&supervisor, IPC_ROLE_SUPERVISOR);
    assert_int_equal(ipc_io_fill(&supervisor, fds[0], 10, &error), IPC_E_TIMEOUT);
    assert_int_equal(ipc_io_fill(&supervisor, fds[0], 0, &error), IPC_E_TIMEOUT);
    say(&worker, 1000);
    assert_int_equal(ipc_io_flush(&worker, fds[1], -1, &error), IPC_OK);
    assert_int_equal(ipc_session_out(&worker).len, 0);
    assert_int_equal(ipc_io_fill(&supervisor, fds[0], -1, &error), IPC_OK);
    assert_true(ipc_session_next(&supervisor, &event));
    assert_int_equal(event.record->output.data.len, 1000);
    close(fds[1]);
    assert_int_equal(ipc_io_fill(&supervisor, fds[0], -1, &error), IPC_E_CLOSED);
    assert_int_equal(ipc_session_eof(&supervisor), IPC_OK);
    close(fds[0]);
    ipc_session_free(&worker);
    ipc_session_free(&supervisor);
}

static void a_full_pipe_times_out_and_goes_on(void **state) {
    (void)state;
    IpcSession worker, supervisor;
    IpcEvent event = {0};
    IpcError error;
    int fds[2];
    assert_int_equal(pipe2(fds, O_NONBLOCK), 0);
    start(&worker, IPC_ROLE_WORKER);
    start(&supervisor, IPC_ROLE_SUPERVISOR);
    say(&worker, 1 << 20);
    assert_int_equal(ipc_io_flush(&worker, fds[1], 20, &error), IPC_E_TIMEOUT);
    while (ipc_session_out(&worker).len) {
        assert_int_equal(ipc_io_fill(&supervisor, fds[0], -1, &error), IPC_OK);
        ipc_io_flush(&worker, fds[1], 0, &error);
    }
    while (!ipc_session_next(&supervisor, &event))
        assert_int_equal(ipc_io_fill(&supervisor, fds[0], 100, &error), IPC_OK);
    assert_int_equal(event.record->output.data.len, 1 << 20);
    close(fds[0]);
    close(fds[1]);
    ipc_session_free(&worker);
    ipc_session_free(&supervisor);
}

static void nobody_reads_any_more(void **state) {
    (void)state;
    IpcSession session;
    IpcError error;
    int fds[2];
    signal(SIGPIPE, SIG_IGN);
    assert_int_equal(pipe(fds), 0);
    close(fds[0]);
    start(&session, IPC_ROLE_WORKER);
    say(&session, 10);
    assert_int_equal(ipc_io_flush(&session, fds[1], -1, &error), IPC_E_CLOSED);
    close(fds[1]);
    assert_int_equal(ipc_io_flush(&session, fds[1], -1, &error), IPC_E_SYSTEM);
    assert_int_equal(ipc_io_fill(&session, fds[1], -1, &error), IPC_E_SYSTEM);
    signal(SIGPIPE, SIG_DFL); /* sockets must not need it */
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, fds), 0);
    close(fds[0]);
    assert_int_equal(ipc_io_exchange(&session, fds[1], true, 100, &error), IPC_E_CLOSED);
    close(fds[1]);
    ipc_session_free(&session);
}

static void last_words_are_heard(void **state) {
    (void)state;
    IpcSession session, peer;
    IpcEvent event;
    IpcError error;
    int fds[2];
    start(&session, IPC_ROLE_SUPERVISOR);
    start(&peer, IPC_ROLE_WORKER);
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, fds), 0);
    say(&peer, 100);
    assert_int_equal(ipc_io_flush(&peer, fds[0], -1, &error), IPC_OK);
    close(fds[0]);
    ipc_session_call(&session, IPC_M_WORKER_PING, NULL, 0, 0, NULL);
    assert_int_equal(ipc_io_exchange(&session, fds[1], true, 100, &error), IPC_OK);
    assert_true(ipc_session_next(&session, &event));
    assert_int_equal(event.record->output.data.len, 100);
    assert_int_equal(ipc_io_exchange(&session, fds[1], true, 100, &error), IPC_E_CLOSED);
    close(fds[1]);
    ipc_session_free(&session);
    ipc_session_free(&peer);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_message_through_a_pipe),
        TEST(a_full_pipe_times_out_and_goes_on),
        TEST(nobody_reads_any_more),
        TEST(last_words_are_heard),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
