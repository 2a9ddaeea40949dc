/* atoll-worker: the process that runs Python. Started by atoll with its request pipe as descriptor 0 and its event pipe as 1. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "rpc/plain.h"
#include "rpc/worker.h"

int main(int argc, char **argv) {
    static const char without[] = "--without=";
    const char *left_out = argc == 2 && strncmp(argv[1], without, sizeof without - 1) == 0 ? argv[1] + sizeof without - 1 : NULL;
    if ((argc == 1 || left_out) && !isatty(STDIN_FILENO)) return worker_serve(STDIN_FILENO, STDOUT_FILENO, left_out);
    if (argc > 1 && strcmp(argv[1], "--python") == 0) return plain_run(argc - 2, argv + 2);
    if (argc == 2 && strcmp(argv[1], "--version") == 0) return printf("atoll-worker %s\n", ATOLL_VERSION) < 0;
    fprintf(stderr, "usage: atoll-worker [--without=LAYERS]   serve a supervisor on descriptors 0 and 1 (atoll starts it so)\n"
                    "       atoll-worker --python FILE|-c CODE [ARGS...]   run a program on the standard streams\n"
                    "       atoll-worker --version\n");
    return 2;
}
