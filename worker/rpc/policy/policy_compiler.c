/* policy_compiler FILTER FILES SERVER NAMES: writes seccomp_policy.def, the same with seccomp_files.def, and
 * seccomp_files_server.def as the instructions of kernel filters, rows of C for seccomp_filter.c, and the names of all system calls
 * of this architecture, rows of C for attack.c.
 *
 * It runs when Atoll is built, so that a worker needs neither libseccomp nor the milliseconds that making a filter takes. Names
 * that this architecture does not have are passed over: what cannot be called needs no row. */
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <sched.h>
#include <seccomp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "rpc/lockdown.h"

#define SELF      SECCOMP_SELF_MARK
#define FCHMODAT2 452

enum { NUMBERS = 1024 }; /* more than any architecture has */

typedef enum { ALWAYS, EQ, WITHOUT, FROM } Op;

typedef struct Row {
    const char *name;
    uint32_t action;
    unsigned arg;
    Op op;
    uint64_t value;
} Row;

#define ALLOW(name, why)                     {#name, SCMP_ACT_ALLOW, 0, ALWAYS, 0},
#define ALLOW_ARG(name, arg, op, value, why) {#name, SCMP_ACT_ALLOW, arg, op, value},
#define REFUSE(name, error, why)             {#name, SCMP_ACT_ERRNO(error), 0, ALWAYS, 0},
static const Row worker_rows[] = {
#include "rpc/seccomp_policy.def"
};
static const Row files_rows[] = {
#include "rpc/seccomp_files.def"
};
static const Row server_rows[] = {
#include "rpc/seccomp_files_server.def"
};
enum {
    WORKER_ROWS = sizeof worker_rows / sizeof *worker_rows,
    FILES_ROWS = sizeof files_rows / sizeof *files_rows,
    SERVER_ROWS = sizeof server_rows / sizeof *server_rows,
};

static _Noreturn void die(const char *what, int error) {
    fprintf(stderr, "policy_compiler: %s: %s\n", what, strerror(error < 0 ? -error : error));
    exit(1);
}

static struct scmp_arg_cmp comparison(const Row *row) {
    if (row->op == EQ) return (struct scmp_arg_cmp){row->arg, SCMP_CMP_EQ, row->value, 0};
    if (row->op == FROM) return (struct scmp_arg_cmp){row->arg, SCMP_CMP_GE, row->value, 0};
    return (struct scmp_arg_cmp){row->arg, SCMP_CMP_MASKED_EQ, row->value, 0};
}

/* The number of a call; those that a kernel has which is younger than the library have one on all architectures. */
static int number_of(const char *name) {
    return strcmp(name, "fchmodat2") == 0 ? FCHMODAT2 : seccomp_syscall_resolve_name(name);
}

static void add_row(scmp_filter_ctx filter, const Row *row) {
    int number = number_of(row->name);
    if (number == __NR_SCMP_ERROR) die(row->name, EINVAL);
    if (number < 0) return;
    struct scmp_arg_cmp test = comparison(row);
    int error = seccomp_rule_add_array(filter, row->action, number, row->op != ALWAYS, &test);
    if (error) die(row->name, error);
}

static FILE *open_output(const char *path) {
    FILE *out = fopen(path, "w");
    if (!out) die(path, errno);
    return out;
}

static void close_output(FILE *out, const char *path) {
    if (fclose(out) != 0) die(path, errno);
}

static void write_names(const char *path) {
    FILE *out = open_output(path);
    for (int number = 0; number < NUMBERS; number++) {
        char *name = seccomp_syscall_resolve_num_arch(SCMP_ARCH_NATIVE, number);
        if (name) fprintf(out, "{%d, \"%s\"},\n", number, name);
        free(name);
    }
    close_output(out, path);
}

static void write_steps(scmp_filter_ctx filter, const char *path) {
    FILE *out = open_output(path);
    int file = memfd_create("filter", 0);
    int error = file < 0 ? errno : seccomp_export_bpf(filter, file);
    if (error) die("cannot make the filter", error);
    if (lseek(file, 0, SEEK_SET) != 0) die("cannot read the filter", errno);
    struct sock_filter step;
    while (read(file, &step, sizeof step) == (ssize_t)sizeof step)
        fprintf(out, "{0x%02x, %u, %u, 0x%08x},\n", step.code, step.jt, step.jf, step.k);
    close(file);
    close_output(out, path);
}

/* The filter of some rows, and of some more. */
static void write_filter(const char *path, const Row *rows, size_t count, const Row *more,
                         size_t more_count) {
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
    if (!filter) die("cannot make a filter", ENOMEM);
    int error = seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
    if (!error) error = seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2);
    if (error) die("cannot set up the filter", error);
    for (size_t i = 0; i < count; i++) add_row(filter, &rows[i]);
    for (size_t i = 0; i < more_count; i++) add_row(filter, &more[i]);
    write_steps(filter, path);
    seccomp_release(filter);
}

int main(int argc, char **argv) {
    if (argc != 5) die("usage: policy_compiler FILTER FILES SERVER NAMES", EINVAL);
    write_filter(argv[1], worker_rows, WORKER_ROWS, NULL, 0);
    write_filter(argv[2], worker_rows, WORKER_ROWS, files_rows, FILES_ROWS);
    write_filter(argv[3], server_rows, SERVER_ROWS, NULL, 0);
    write_names(argv[4]);
    return 0;
}
