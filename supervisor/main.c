#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli.h"

/* What whoever started us may have left undone: without the three standard descriptors a pipe of ours would
 * take the place of one, and with SIGCHLD ignored no death could be told from another. */
static void settle_in(void) {
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", fd == STDIN_FILENO ? O_RDONLY : O_WRONLY) < 0)
            abort();
    }
    signal(SIGCHLD, SIG_DFL);
}

int main(int argc, char **argv) {
    settle_in();
    return cli_main(argc, argv);
}
