#include "private_pool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <signal.h>
#include <unistd.h>

#include "cli.h"
#include "server.h"

static _Noreturn void serve(Options *options, int connection, pid_t parent) {
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent) _exit(0);
    if (options->verb == VERB_REPL) setpgid(0, 0); /* Ctrl-C is for the statement */
    fcntl(connection, F_SETFL, fcntl(connection, F_GETFL) | O_NONBLOCK);
    int code = server_run_private(options, connection);
    fflush(NULL);
    _exit(code);
}

IpcClient *private_pool_start(Options *options, pid_t *pid) {
    int ends[2];
    IpcError error;
    *pid = 0;
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
        cli_failure(options->verb, "cannot make a socket pair: %s", strerror(errno));
        return NULL;
    }
    pid_t parent = getpid(), child = fork();
    if (child == 0) {
        close(ends[0]);
        serve(options, ends[1], parent);
    }
    int fork_error = errno;
    close(ends[1]);
    if (child < 0) {
        close(ends[0]);
        cli_failure(options->verb, "cannot fork a pool: %s", strerror(fork_error));
        return NULL;
    }
    *pid = child;
    IpcClientOptions wanted = {.name = "atoll", .version = ATOLL_VERSION};
    IpcClient *client = ipc_client_adopt(ends[0], &wanted, &error);
    if (client) return client;
    int status = 0;
    *pid = 0;
    /* A pool that could not start has said why. */
    if (!(waitpid(child, &status, 0) > 0 && WIFEXITED(status) && WEXITSTATUS(status)))
        cli_failure(options->verb, "cannot start a pool: %s", error.text);
    return NULL;
}

void private_pool_end(IpcClient *client, pid_t pid) {
    ipc_client_close(client);
    while (pid > 0 && waitpid(pid, NULL, 0) < 0 && errno == EINTR)
        continue;
}
