/* atoll-worker: the process that runs Python. Started by atoll with its request pipe as descriptor 0 and its event pipe as 1. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "rpc/plain.h"
#include "rpc/worker.h"

/* Nanoseconds since 1970, and the rate. */
static HostClock read_clock(const char *text) {
    char *end;
    HostClock clock = {.set = true, .start_ns = strtoll(text, &end, 10)};
    clock.rate = *end == ',' ? strtod(end + 1, NULL) : 1;
    return clock;
}

/* False: the words are for something else. */
static bool serve_options(int argc, char **argv, ServeOptions *out) {
    static const char without[] = "--without=", seed[] = "--seed=", clock_word[] = "--clock=",
                      telemetry[] = "--telemetry=";
    *out = (ServeOptions){.telemetry = -1};
    for (int i = 1; i < argc; i++) {
        if (strncmp(argv[i], without, sizeof without - 1) == 0) out->without = argv[i] + sizeof without - 1;
        else if (strcmp(argv[i], "--attack") == 0) out->attack = true;
        else if (strcmp(argv[i], "--template") == 0) out->makes_workers = true;
        else if (strcmp(argv[i], "--gc=whole") == 0) out->gc_whole = true;
        else if (strncmp(argv[i], telemetry, sizeof telemetry - 1) == 0)
            out->telemetry = atoi(argv[i] + sizeof telemetry - 1);
        else if (strncmp(argv[i], seed, sizeof seed - 1) == 0)
            out->seeded = true, out->seed = strtoull(argv[i] + sizeof seed - 1, NULL, 10);
        else if (strncmp(argv[i], clock_word, sizeof clock_word - 1) == 0)
            out->clock = read_clock(argv[i] + sizeof clock_word - 1);
        else if (grants_take_word(&out->grants, argv[i])) continue;
        else return false;
    }
    return true;
}

int main(int argc, char **argv) {
    ServeOptions options;
    if (!isatty(STDIN_FILENO) && serve_options(argc, argv, &options)) {
        options.grants.environment = environ;
        return options.makes_workers ? worker_serve_template(STDIN_FILENO, &options)
                                     : worker_serve(STDIN_FILENO, STDOUT_FILENO, &options);
    }
    if (argc > 1 && strcmp(argv[1], "--python") == 0) return plain_run(argc - 2, argv + 2);
    if (argc == 2 && strcmp(argv[1], "--version") == 0) return printf("atoll-worker %s\n", ATOLL_VERSION) < 0;
    fprintf(stderr,
            "usage: atoll-worker [--without=LAYERS] [--attack] [--template] [--telemetry=FD] [--gc=whole] "
            "[--seed=N] "
            "[--clock=NS,RATE] [--read=DIR|--write=DIR [--alias=DIR]]...\n"
            "                                               serve a supervisor on descriptors 0 and 1 "
            "(atoll starts it so)\n"
            "       atoll-worker --python FILE|-c CODE [ARGS...]   run a program on the standard streams\n"
            "       atoll-worker --version\n");
    return 2;
}
