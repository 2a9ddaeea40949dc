/* The check build tells, of a block whose fence was written over, the Python lines that asked for it. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>
#include <heap/heap.h>

#include "objects/bytes.h"
#include "rpc/worker.h"
#include "worlds.h"

static const char program[] = "import tracemalloc\n"
                              "tracemalloc.start(5)\n"
                              "def make():\n"
                              "    return bytearray(100)\n"
                              "value = make()\n";

static void write_behind(int err) {
    dup2(err, STDERR_FILENO);
    signal(SIGABRT, SIG_DFL);
    test_world_new();
    if (!test_run(program, strlen(program), "program.py")) _exit(9);
    ByteArray *array = (ByteArray *)test_variable("value");
    array->data[heap_usable_size(rt->heap, array->data)] = 1;
    heap_free(rt->heap, array->data);
    _exit(0);
}

static void test_told(void **state) {
    (void)state;
    if (!HEAP_CHECK) skip();
    char told[2048];
    size_t length = 0;
    int ends[2], status;
    assert_int_equal(pipe(ends), 0);
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) write_behind(ends[1]);
    close(ends[1]);
    for (ssize_t got; (got = read(ends[0], told + length, sizeof told - 1 - length)) > 0;) length += (size_t)got;
    told[length] = '\0';
    close(ends[0]);
    waitpid(child, &status, 0);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
    assert_non_null(strstr(told, "it was asked for at (most recent call first):\n"
                                 "  File \"program.py\", line 4\n  File \"program.py\", line 5\n"));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_told)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
