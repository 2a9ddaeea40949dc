/* The files server against native code: packets that tell lies by chance, and names that lead out by design. What it hands over must
 * lie beneath what it was given; it must answer each packet, and go when its worker goes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/splitmix.h"
#include "rpc/files_server.h"
#include "rpc/files_wire.h"

enum { PACKETS = 20000 };

typedef struct Fixture {
    char base[64];
    int socket;
    ino_t secret;
} Fixture;

static void in_base(const Fixture *f, const char *name, char out[128]) {
    snprintf(out, 128, "%s/%s", f->base, name);
}

static void make_file(const Fixture *f, const char *name, const char *text) {
    char path[128];
    in_base(f, name, path);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static int open_root(const Fixture *f, const char *name) {
    char path[128];
    in_base(f, name, path);
    mkdir(path, 0755);
    return open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
}

static int set_up(void **state) {
    Fixture *f = calloc(1, sizeof *f);
    char path[128];
    struct stat st;
    strcpy(f->base, "/tmp/atoll-files-XXXXXX");
    assert_non_null(mkdtemp(f->base));
    FilesRoot roots[2] = {{open_root(f, "in"), false}, {open_root(f, "out"), true}};
    make_file(f, "secret", "secret");
    make_file(f, "in/a", "a");
    in_base(f, "in/link", path);
    assert_int_equal(symlink("../secret", path), 0);
    in_base(f, "secret", path);
    assert_int_equal(stat(path, &st), 0);
    f->secret = st.st_ino;
    LockdownState told;
    f->socket = files_server_start(roots, 2, true, &told);
    assert_true(f->socket >= 0);
    assert_int_equal(told, LOCKDOWN_OFF);
    *state = f;
    return 0;
}

static int tear_down(void **state) {
    Fixture *f = *state;
    char command[160];
    close(f->socket);
    int status;
    assert_true(wait(&status) > 0); /* the server has gone, and well */
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    snprintf(command, sizeof command, "rm -rf %s", f->base);
    assert_int_equal(system(command), 0);
    free(f);
    return 0;
}

/* Sends a packet; the error that the answer tells, and the descriptor that came, or -1. */
static int exchange(const Fixture *f, const void *packet, size_t n, int *fd) {
    union {
        struct cmsghdr head;
        char room[CMSG_SPACE(sizeof(int))];
    } control;
    char bytes[FILES_ANSWER_MOST];
    struct iovec part = {bytes, sizeof bytes};
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
    FilesAnswer answer;
    assert_int_equal(write(f->socket, packet, n), n);
    ssize_t got = recvmsg(f->socket, &message, MSG_CMSG_CLOEXEC);
    assert_true(got >= (ssize_t)sizeof answer);
    memcpy(&answer, bytes, sizeof answer);
    assert_int_equal(got, sizeof answer + answer.payload);
    struct cmsghdr *head = CMSG_FIRSTHDR(&message);
    *fd = -1;
    if (head) memcpy(fd, CMSG_DATA(head), sizeof *fd);
    return answer.error;
}

static int ask(const Fixture *f, FilesRequest request, const char *name, int *fd) {
    char packet[FILES_REQUEST_MOST];
    request.name_len[0] = (uint32_t)strlen(name);
    memcpy(packet, &request, sizeof request);
    memcpy(packet + sizeof request, name, strlen(name));
    return exchange(f, packet, sizeof request + strlen(name), fd);
}

static void test_names(void **state) {
    const Fixture *f = *state;
    static const char *const outside[] = {"../secret", "link", "/etc/passwd", "..",
                                          "link/../a", "/",    "./../secret"};
    int fd;
    for (size_t i = 0; i < sizeof outside / sizeof *outside; i++) {
        for (uint32_t root = 0; root < 2; root++) {
            int error = ask(f, (FilesRequest){.op = PATH_OPEN, .root = {root, root}}, outside[i], &fd);
            assert_true(error == EACCES || error == ENOENT);
            assert_int_equal(fd, -1);
            assert_int_not_equal(
                ask(f, (FilesRequest){.op = PATH_STAT, .root = {root, root}}, outside[i], &fd), 0);
        }
    }
    assert_int_equal(ask(f, (FilesRequest){.op = PATH_OPEN}, "a", &fd), 0);
    assert_true(fd >= 0);
    close(fd);
    assert_int_equal(ask(f, (FilesRequest){.op = PATH_OPEN, .flags = O_PATH}, "a", &fd), EINVAL);
    assert_int_equal(ask(f, (FilesRequest){.op = PATH_OPEN, .root = {2, 2}}, "a", &fd), EINVAL);
    assert_int_equal(ask(f, (FilesRequest){.op = PATH_OPEN, .flags = O_WRONLY}, "a", &fd), EACCES);
}

static void test_roots_that_are_added(void **state) {
    const Fixture *f = *state;
    int fd;
    assert_int_equal(ask(f, (FilesRequest){.op = FILES_ADD_ROOT, .flags = 1}, ".", &fd), EACCES);
    for (int i = 0; i < FILES_ROOTS_MOST * 2 - 2; i++)
        assert_int_equal(ask(f, (FilesRequest){.op = FILES_ADD_ROOT}, ".", &fd), 0);
    assert_int_equal(ask(f, (FilesRequest){.op = FILES_ADD_ROOT}, ".", &fd), EMFILE);
    assert_int_equal(ask(f, (FilesRequest){.op = PATH_STAT, .root = {31, 31}}, "a", &fd), 0);
    assert_int_equal(ask(f, (FilesRequest){.op = FILES_DROP_ROOTS}, "", &fd), 0);
    assert_int_equal(ask(f, (FilesRequest){.op = PATH_STAT, .root = {2, 2}}, "a", &fd), EINVAL);
}

/* Names made of what names are made of. */
static size_t chance_name(uint64_t word, char *out) {
    static const char *const parts[] = {"a", "..", ".", "/", "link", "//", "secret", "out", "in", "x"};
    size_t n = 0;
    for (int i = 0; i < 8 && word; i++, word /= 11) {
        size_t which = word % 11;
        if (which == 10) break;
        size_t length = strlen(parts[which]);
        memcpy(out + n, parts[which], length);
        n += length;
        if (i % 2) out[n++] = '/';
    }
    return n;
}

static void test_packets_of_chance(void **state) {
    const Fixture *f = *state;
    uint64_t drawn = 0;
    for (int i = 0; i < PACKETS; i++) {
        char packet[FILES_REQUEST_MOST + 64];
        uint64_t how = splitmix_at(11, drawn++);
        FilesRequest request = {.op = how % 15,
                                .root = {how >> 8 & 3, how >> 12 & 3},
                                .flags = (int32_t)(how >> 16 & 0xffffff),
                                .mode = 0600};
        char *text = packet + sizeof request;
        size_t first = chance_name(splitmix_at(11, drawn++), text),
               second = chance_name(splitmix_at(11, drawn++), text + first);
        request.name_len[0] = (uint32_t)first;
        request.name_len[1] = request.op == PATH_RENAME ? (uint32_t)second : 0;
        size_t n = sizeof request + first + request.name_len[1];
        if (how >> 60 == 1) request.name_len[how >> 40 & 1] ^= (uint32_t)splitmix_at(11, drawn++);
        if (how >> 60 == 2) n = how >> 44 & 127;
        memcpy(packet, &request, sizeof request);
        int fd;
        struct stat st;
        exchange(f, packet, n ? n : 1, &fd);
        if (fd < 0) continue;
        assert_int_equal(fstat(fd, &st), 0);
        assert_int_not_equal(st.st_ino, f->secret);
        close(fd);
    }
    char path[128];
    struct stat st;
    in_base(f, "secret", path);
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_size, strlen("secret"));
    in_base(f, "in/a", path);
    assert_int_equal(stat(path, &st), 0);
}

/* Descriptors sent to the server are not kept. */
static void test_descriptors_that_are_sent(void **state) {
    const Fixture *f = *state;
    for (int i = 0; i < 5000; i++) {
        FilesRequest request = {.op = FILES_DROP_ROOTS};
        union {
            struct cmsghdr head;
            char room[CMSG_SPACE(sizeof(int))];
        } control = {
            .head = {.cmsg_len = CMSG_LEN(sizeof(int)), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS}};
        memcpy(CMSG_DATA(&control.head), &f->socket, sizeof(int));
        struct iovec part = {&request, sizeof request};
        struct msghdr message = {
            .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
        FilesAnswer answer;
        assert_int_equal(sendmsg(f->socket, &message, 0), sizeof request);
        assert_int_equal(read(f->socket, &answer, sizeof answer), sizeof answer);
        assert_int_equal(answer.error, 0);
    }
    int fd;
    assert_int_equal(ask(f, (FilesRequest){.op = PATH_OPEN}, "a", &fd), 0);
    close(fd);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_names, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_roots_that_are_added, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_packets_of_chance, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_descriptors_that_are_sent, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
