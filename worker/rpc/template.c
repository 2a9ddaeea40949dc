#include "rpc/template.h"

#include <errno.h>
#include <linux/sched.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { DESCRIPTORS = 3 };

static bool send_message(int socket, const void *bytes, size_t n) {
    ssize_t sent;
    do sent = send(socket, bytes, n, MSG_NOSIGNAL);
    while (sent < 0 && errno == EINTR);
    return sent == (ssize_t)n;
}

/* The next order; false at the end, or when it is none. */
static bool receive_order(int socket, TemplateOrder *order) {
    char byte;
    union {
        struct cmsghdr head;
        char room[CMSG_SPACE(DESCRIPTORS * sizeof(int))];
    } control;
    struct iovec piece = {&byte, 1};
    struct msghdr message = {
        .msg_iov = &piece, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
    ssize_t got;
    do got = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    while (got < 0 && errno == EINTR);
    const struct cmsghdr *head = got == 1 ? CMSG_FIRSTHDR(&message) : NULL;
    bool good = head && head->cmsg_level == SOL_SOCKET && head->cmsg_type == SCM_RIGHTS &&
                head->cmsg_len == CMSG_LEN(DESCRIPTORS * sizeof(int));
    int fds[DESCRIPTORS];
    if (good) memcpy(fds, CMSG_DATA(head), sizeof fds);
    if (good) *order = (TemplateOrder){.request = fds[0], .event = fds[1], .page = fds[2]};
    return good;
}

/* What the supervisor's own child does to itself before exec, as far as a fork does not take it along. */
static bool settle(pid_t supervisor) {
    if (setsid() < 0 || prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0) return false;
    return getppid() == supervisor; /* else it has died meanwhile */
}

static void close_order(const TemplateOrder *order) {
    close(order->request);
    close(order->event);
    close(order->page);
}

void template_forget_order(const TemplateOrder *order) {
    bool in_a_row = order->event == order->request + 1 && order->page == order->event + 1;
    bool closed =
        in_a_row && syscall(SYS_close_range, (unsigned)order->request, (unsigned)order->page, 0) == 0;
    if (!closed) close_order(order);
}

bool template_run(int socket, TemplateOrder *order) {
    pid_t supervisor = getppid();
    if (!send_message(socket, "", 1)) return false;
    while (receive_order(socket, order)) {
        /* Not the C library's fork: that makes children of this process, and a sibling is wanted. */
        int32_t pid = (int32_t)syscall(SYS_clone, CLONE_PARENT | SIGCHLD, 0, 0, 0, 0);
        if (pid == 0) {
            if (settle(supervisor)) return true;
            _exit(1);
        }
        if (pid < 0) pid = -errno;
        template_forget_order(order);
        if (!send_message(socket, &pid, sizeof pid)) return false;
    }
    return false;
}
