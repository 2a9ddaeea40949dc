#include "template.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clock.h"

#define BOOT_TIME  (10 * NS_PER_S)
#define PAUSE_MOST (60 * NS_PER_S)
#define SOON       (50 * NS_PER_MS) /* workers taken within that time of each other are a stream */
enum { ANSWER_MS = 500, DESCRIPTORS = 3 };
#if ATOLL_SANITIZE
enum {
    SANITIZED = true
}; /* a sanitizer's runtime must see a fork, and takes longer for it than a start takes */
#else
enum { SANITIZED = false };
#endif

void template_init(Template *template, Spawner *spawner, Log *log) {
    *template = (Template){.spawner = spawner, .log = log, .pid_fd = -1, .socket = -1};
    ipc_buf_init(&template->greeting, NULL);
}

void template_free(Template *template) {
    template_end(template);
    ipc_buf_free(&template->greeting);
}

/* Each worker of a template shares its namespaces, so a plan that insists on them gets them from clone; in a
 * process number namespace of its own the template could make children only, and no siblings. Files servers
 * and raw system calls are for single workers, and so is whatever was left out. */
bool template_suits(const SandboxPlan *plan) {
    bool dirs = plan->grants && plan->grants->dir_count;
    if (SANITIZED || dirs || plan->attack || *plan->worker_without || plan->wanted[LAYER_NS_PID])
        return false;
    for (int layer = LAYER_NS_USER; layer <= LAYER_NS_NET; layer++) {
        if (plan->required[layer]) return false;
    }
    return plan->wanted[LAYER_SESSION] && plan->wanted[LAYER_PDEATHSIG] && plan->wanted[LAYER_DESCRIPTORS];
}

/* --- its life --------------------------------------------------------------------------------- */

static void wait_for(pid_t pid) {
    while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
        continue;
}

static void discard(Spawned *spawned) {
    kill(spawned->pid, SIGKILL);
    wait_for(spawned->pid);
    if (spawned->pid_fd >= 0) close(spawned->pid_fd);
}

static bool take_answer(Template *template, int timeout_ms, Spawned *spawned);

void template_end(Template *template) {
    Spawned spawned;
    if (!template->pid) return;
    if (template->asked && take_answer(template, ANSWER_MS, &spawned)) discard(&spawned);
    if (template->asked) spawn_close_ends(&template->ahead);
    kill(template->pid, SIGKILL);
    wait_for(template->pid);
    close(template->pid_fd);
    close(template->socket);
    template->pid = 0;
    template->up = template->asked = false;
    template->pid_fd = template->socket = -1;
}

/* It is of no use any more; another one is tried later, and later each time. */
static bool give_up(Template *template, const char *why) {
    uint64_t pause = NS_PER_S << (template->failures < 6 ? template->failures : 6);
    log_event(template->log, LOG_WARN, "template-ended", LOG_INT("pid", template->pid),
              LOG_TEXT("cause", why));
    template_end(template);
    template->failures++;
    template->not_before_ns = clock_ns() + (pause < PAUSE_MOST ? pause : PAUSE_MOST);
    return false;
}

void template_keep(Template *template, uint64_t now_ns) {
    char error[256];
    Spawned spawned;
    if (template->pid || now_ns < template->not_before_ns) return;
    template->started_ns = now_ns;
    if (spawn_template(template->spawner, &spawned, error, sizeof error) != SPAWN_OK) {
        template->failures++;
        template->not_before_ns = now_ns + PAUSE_MOST;
        log_event(template->log, LOG_WARN, "template-not-started", LOG_TEXT("cause", error));
        return;
    }
    template->pid = spawned.pid;
    template->pid_fd = spawned.pid_fd;
    template->socket = spawned.request_fd;
    template->report = spawned.report;
}

/* Whether it has said that it is up. */
static bool is_up(Template *template) {
    char byte;
    if (template->up) return true;
    ssize_t got = recv(template->socket, &byte, 1, MSG_DONTWAIT);
    if (got == 1) {
        log_event(template->log, LOG_INFO, "template-ready", LOG_INT("pid", template->pid),
                  LOG_UINT("start_us", (clock_ns() - template->started_ns) / NS_PER_US));
        template->failures = 0;
        return template->up = true;
    }
    bool patience =
        got < 0 && (errno == EAGAIN || errno == EINTR) && clock_ns() - template->started_ns < BOOT_TIME;
    return patience ? false : give_up(template, "did not come up");
}

/* --- making workers --------------------------------------------------------------------------- */

static bool send_order(const Template *template, const SpawnEnds *ends) {
    int fds[DESCRIPTORS] = {ends->request[0], ends->event[1], ends->page};
    union {
        struct cmsghdr head;
        char room[CMSG_SPACE(sizeof fds)];
    } control = {.room = {0}};
    struct iovec piece = {"", 1};
    struct msghdr message = {
        .msg_iov = &piece, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
    struct cmsghdr *head = CMSG_FIRSTHDR(&message);
    head->cmsg_level = SOL_SOCKET;
    head->cmsg_type = SCM_RIGHTS;
    head->cmsg_len = CMSG_LEN(sizeof fds);
    memcpy(CMSG_DATA(head), fds, sizeof fds);
    return sendmsg(template->socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT) == 1;
}

/* Into an empty pipe, which has room. */
static bool greet(const Template *template, const SpawnEnds *ends) {
    size_t length = template->greeting.len;
    return write(ends->request[1], template->greeting.data, length) == (ssize_t)length;
}

static bool ask(Template *template) {
    if (!spawn_open_ends(&template->ahead) || !greet(template, &template->ahead) ||
        !send_order(template, &template->ahead)) {
        spawn_close_ends(&template->ahead);
        return false;
    }
    spawn_close_child_ends(&template->ahead); /* the message holds them */
    template->asked = true;
    return true;
}

/* The worker that was asked for; the process is our child, so its number stays its own until we have waited
 * for it. */
static bool take_answer(Template *template, int timeout_ms, Spawned *spawned) {
    struct pollfd answer = {.fd = template->socket, .events = POLLIN};
    int32_t pid = 0;
    ssize_t got;
    while ((got = recv(template->socket, &pid, sizeof pid, MSG_DONTWAIT)) < 0) {
        if (errno == EINTR) continue;
        int ready = errno == EAGAIN ? poll(&answer, 1, timeout_ms) : 0;
        if (ready == 0 || (ready < 0 && errno != EINTR)) break;
    }
    if (got != (ssize_t)sizeof pid || pid <= 0) return false;
    *spawned = (Spawned){.pid = pid, .report = template->report};
    spawned->pid_fd = (int)syscall(SYS_pidfd_open, pid, 0);
    return true;
}

static void let_go(Template *template) {
    Spawned spawned;
    bool made = take_answer(template, ANSWER_MS, &spawned);
    template->asked = false;
    spawn_close_ends(&template->ahead);
    if (made) discard(&spawned);
    else give_up(template, "did not answer");
}

void template_tend(Template *template, uint64_t now_ns) {
    struct pollfd end = {.fd = template->pid_fd, .events = POLLIN};
    if (template->pid && poll(&end, 1, 0) == 1) give_up(template, "died");
    if (template->asked && now_ns - template->last_taken_ns > NS_PER_S) let_go(template);
}

bool template_take(Template *template, Spawned *spawned) {
    uint64_t now = clock_ns();
    if (!template->pid || !is_up(template)) return false;
    if (!template->asked && !ask(template)) return give_up(template, "takes no orders");
    bool made = take_answer(template, ANSWER_MS, spawned);
    template->asked = false;
    if (!made) {
        spawn_close_ends(&template->ahead);
        return give_up(template, "did not answer");
    }
    spawn_give_ends(&template->ahead, spawned);
    template->made++;
    if (spawned->pid_fd < 0) {
        close(spawned->request_fd);
        close(spawned->event_fd);
        spawn_forget_page(spawned->page);
        discard(spawned);
        return false;
    }
    if (now - template->last_taken_ns < SOON) ask(template);
    template->last_taken_ns = now;
    return true;
}
