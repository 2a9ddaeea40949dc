#include "rpc/grants.h"

#include <errno.h>
#include <fcntl.h>
#include <ipc/read.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include "rpc/files_wire.h"

enum { FIRST_DIRECTORY = 3, NONE_HAS = -1 };

/* ---- the beginning ---- */

static const char *after(const char *word, const char *prefix) {
    size_t n = strlen(prefix);
    return strncmp(word, prefix, n) == 0 ? word + n : NULL;
}

bool grants_take_word(Grants *g, const char *word) {
    const char *read = after(word, "--read="), *write = after(word, "--write="),
               *alias = after(word, "--alias=");
    if ((read || write) && g->count < FILES_ROOTS_MOST)
        g->dirs[g->count++] = (Grant){.path = read ? read : write, .writable = write};
    else if (alias && g->count) g->dirs[g->count - 1].alias = alias;
    else return false;
    return true;
}

bool grants_start(Grants *g, bool bare) {
    FilesRoot roots[FILES_ROOTS_MOST];
    pthread_mutex_init(&g->turn, NULL);
    g->socket = -1;
    if (!g->count) return true;
    for (int i = 0; i < g->count; i++) roots[i] = (FilesRoot){FIRST_DIRECTORY + i, g->dirs[i].writable};
    int end = files_server_start(roots, g->count, bare, &g->server);
    if (end < 0) return false;
    if (end != FILES_SOCKET) {
        dup3(end, FILES_SOCKET, O_CLOEXEC);
        close(end);
    }
    g->socket = FILES_SOCKET;
    return true;
}

/* ---- names ---- */

/* Is a directory's path the front of a name? */
static bool begins(const char *name, const char *path) {
    size_t n = path ? strlen(path) : 0;
    if (!n || strncmp(name, path, n) != 0) return false;
    return path[n - 1] == '/' || name[n] == '/' || name[n] == '\0';
}

/* The part of a name behind a directory that begins it. */
static const char *behind(const char *name, const char *path) {
    name += strlen(path);
    while (*name == '/') name++;
    return name;
}

typedef struct Place {
    int root; /* NONE_HAS: nowhere */
    const char *rest;
} Place;

/* Where a name without "." and ".." belongs among some directories. */
static Place place_among(const Grant *dirs, int count, const char *name) {
    Place best = {NONE_HAS, NULL};
    size_t longest = 0;
    for (int i = 0; i < count; i++) {
        const char *const paths[2] = {dirs[i].path, dirs[i].alias};
        for (int k = 0; k < 2; k++) {
            if (!begins(name, paths[k])) continue;
            bool better = best.root == NONE_HAS || dirs[i].writable > dirs[best.root].writable ||
                          (dirs[i].writable == dirs[best.root].writable && strlen(paths[k]) > longest);
            if (!better) continue;
            best = (Place){i, behind(name, paths[k])};
            longest = strlen(paths[k]);
        }
    }
    return best;
}

static Place place_of(const Grants *g, const char *name) {
    if (!g->narrowed) return place_among(g->dirs, g->count, name);
    Place place = place_among(g->job_dirs, g->job_count, name);
    if (place.root != NONE_HAS) place.root += g->count;
    return place;
}

static const Grant *grant_of(const Grants *g, int root) {
    return root < g->count ? &g->dirs[root] : &g->job_dirs[root - g->count];
}

bool grants_have(const Grants *g, const char *name) { return place_of(g, name).root != NONE_HAS; }

/* A name without "." and "..", by its text. 0, or an errno. */
static int plain_name(char out[PATH_MAX], const char *name) {
    size_t n = 0;
    while (*name) {
        while (*name == '/') name++;
        size_t part = strcspn(name, "/");
        if (part == 2 && memcmp(name, "..", 2) == 0) {
            while (n && out[--n] != '/') continue;
        } else if (part && !(part == 1 && *name == '.')) {
            if (n + part + 2 > PATH_MAX) return ENAMETOOLONG;
            out[n++] = '/';
            memcpy(out + n, name, part);
            n += part;
        }
        name += part;
    }
    if (!n) out[n++] = '/';
    out[n] = '\0';
    return 0;
}

/* Does what follows a directory stay below it at every step, by its text? */
static bool stays_below(const char *rest) {
    for (long depth = 0; *rest;) {
        size_t part = strcspn(rest, "/");
        if (part == 2 && memcmp(rest, "..", 2) == 0) depth--;
        else if (part && !(part == 1 && *rest == '.')) depth++;
        if (depth < 0) return false;
        rest += part;
        while (*rest == '/') rest++;
    }
    return true;
}

/* What follows a grant's directory in a name that begins with it letter for letter; NULL: it does not. */
static const char *rest_as_given(const Grant *dir, const char *name) {
    const char *path = begins(name, dir->path) ? dir->path : begins(name, dir->alias) ? dir->alias : NULL;
    const char *rest = path ? behind(name, path) : NULL;
    return rest && stays_below(rest) ? rest : NULL;
}

/* Where a name belongs. What follows the grant's directory stays as the program has put it, so that ".." behind a link means what it
 * should; else it is made out by the text, in room. 0, or an errno. */
static int resolve(const Grants *g, const char *name, char room[PATH_MAX], Place *out) {
    int error = plain_name(room, name);
    if (error) return error;
    *out = place_of(g, room);
    if (out->root == NONE_HAS) return EPERM;
    const char *given = rest_as_given(grant_of(g, out->root), name);
    bool slash = name[strlen(name) - 1] == '/';
    if (given) out->rest = given;
    else if (slash && *out->rest && strlen(room) + 1 < PATH_MAX) strcat(room, "/");
    return strlen(out->rest) < PATH_MAX ? 0 : ENAMETOOLONG;
}

/* ---- requests ---- */

/* The descriptor that came with a message, or -1. */
static int descriptor_of(struct msghdr *message) {
    struct cmsghdr *head = CMSG_FIRSTHDR(message);
    int fd = -1;
    if (head && head->cmsg_level == SOL_SOCKET && head->cmsg_type == SCM_RIGHTS)
        memcpy(&fd, CMSG_DATA(head), sizeof fd);
    return fd;
}

static int exchange(int socket, struct iovec *request, struct iovec *answer, int *fd) {
    union {
        struct cmsghdr head;
        char room[CMSG_SPACE(sizeof(int))];
    } control;
    ssize_t n;
    do n = writev(socket, request, 3);
    while (n < 0 && errno == EINTR);
    if (n < 0) return EIO;
    struct msghdr message = {.msg_iov = answer, .msg_iovlen = 2};
    do {
        message.msg_control = &control;
        message.msg_controllen = sizeof control;
        n = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    } while (n < 0 && errno == EINTR);
    if (n < (ssize_t)sizeof(FilesAnswer)) return EIO;
    *fd = descriptor_of(&message);
    return 0;
}

static int ask(Grants *g, const PathCall *call, const Place places[2], PathAnswer *out) {
    size_t lengths[2] = {strlen(places[0].rest), call->to ? strlen(places[1].rest) : 0};
    FilesRequest request = {.op = call->op,
                            .root = {(uint32_t)places[0].root, (uint32_t)places[1].root},
                            .name_len = {(uint32_t)lengths[0], (uint32_t)lengths[1]},
                            .flags = call->flags,
                            .mode = call->mode,
                            .length = call->length,
                            .times = {call->times[0], call->times[1]}};
    FilesAnswer head;
    struct iovec parts[3] = {{&request, sizeof request},
                             {(void *)(uintptr_t)places[0].rest, lengths[0]},
                             {(void *)(uintptr_t)places[1].rest, lengths[1]}};
    struct iovec answer[2] = {{&head, sizeof head}, {out->text, sizeof out->text}};
    out->fd = -1;
    pthread_mutex_lock(&g->turn);
    int error = exchange(g->socket, parts, answer, &out->fd);
    pthread_mutex_unlock(&g->turn);
    if (error) return error;
    if (head.has_fd && out->fd < 0) return EMFILE; /* there was no number left for it */
    out->length = head.payload;
    return head.error;
}

static bool leads_to_grant(const Grants *g, const char *name) {
    const Grant *dirs = g->narrowed ? g->job_dirs : g->dirs;
    int count = g->narrowed ? g->job_count : g->count;
    for (int i = 0; i < count; i++)
        if (begins(dirs[i].path, name) || (dirs[i].alias && begins(dirs[i].alias, name))) return true;
    return false;
}

/* Of a directory that leads to a grant a program may know that it is there, and nothing else. 0, or an errno. */
static int tell_of_way(const PathCall *call, PathAnswer *answer) {
    switch (call->op) {
    case PATH_STAT: answer->stat = (struct stat){.st_mode = S_IFDIR | 0711, .st_nlink = 2}; return 0;
    case PATH_ACCESS: return call->mode & (R_OK | W_OK) ? EACCES : 0;
    case PATH_MKDIR: return EEXIST;
    default: return EPERM;
    }
}

int grants_call(Grants *g, const PathCall *call, PathAnswer *answer) {
    char rooms[2][PATH_MAX];
    Place places[2];
    int error = resolve(g, call->name, rooms[0], &places[0]);
    if (error == EPERM && leads_to_grant(g, rooms[0])) return tell_of_way(call, answer);
    places[1] = places[0];
    if (!error && call->to) error = resolve(g, call->to, rooms[1], &places[1]);
    return error ? error : ask(g, call, places, answer);
}

/* ---- jobs ---- */

static int ask_plainly(Grants *g, uint32_t op, Place place, bool writable) {
    PathAnswer answer;
    PathCall call = {.op = (PathOp)op, .flags = writable};
    Place places[2] = {place, place};
    return ask(g, &call, places, &answer);
}

void grants_end(Grants *g) {
    for (int i = 0; i < g->job_count; i++) {
        free((void *)(uintptr_t)g->job_dirs[i].path);
        free((void *)(uintptr_t)g->job_dirs[i].alias);
    }
    free(g->job_environment);
    free(g->temporary);
    g->job_environment = NULL;
    g->temporary = NULL;
    g->job_count = 0;
    g->narrowed = false;
}

static void widen(Grants *g) {
    if (g->job_count) ask_plainly(g, FILES_DROP_ROOTS, (Place){0, ""}, false);
    grants_end(g);
}

/* By what other name a directory beneath a grant goes. To be freed; NULL: by none. */
static char *other_name(const Grant *dir, const char *path) {
    char *name = NULL;
    if (!dir->alias) return NULL;
    const char *from = begins(path, dir->path) ? dir->path : dir->alias;
    const char *to = from == dir->path ? dir->alias : dir->path, *rest = behind(path, from);
    return asprintf(&name, "%s%s%s", to, *rest ? "/" : "", rest) < 0 ? NULL : name;
}

/* 0, or an errno. */
static int add_job_dir(Grants *g, const char *path, bool writable) {
    Place place = place_among(g->dirs, g->count, path);
    if (place.root == NONE_HAS) return EPERM;
    if (g->job_count == FILES_ROOTS_MOST) return EMFILE;
    int error = ask_plainly(g, FILES_ADD_ROOT, place, writable);
    if (error) return error;
    char *kept = strdup(path);
    if (!kept) return ENOMEM;
    g->job_dirs[g->job_count++] = (Grant){kept, other_name(&g->dirs[place.root], path), writable};
    return 0;
}

static bool is_variable(const char *row, const char *name) {
    size_t n = strlen(name);
    return strncmp(row, name, n) == 0 && row[n] == '=';
}

/* 0, or an errno. */
static int add_row(Grants *g, char *row) {
    size_t have = 0;
    while (g->job_environment && g->job_environment[have]) have++;
    char **more = realloc(g->job_environment, (have + 2) * sizeof *more);
    if (!more) return ENOMEM;
    more[have] = row;
    more[have + 1] = NULL;
    g->job_environment = more;
    return 0;
}

/* One by that name, or all (NULL); what is not set is passed over. */
static int add_variables(Grants *g, const char *name) {
    int error = 0;
    for (char **row = g->environment; !error && row && *row; row++)
        if (!name || is_variable(*row, name)) error = add_row(g, *row);
    return error;
}

static int add_temporary(Grants *g) {
    const Grant *dirs = g->narrowed ? g->job_dirs : g->dirs;
    int count = g->narrowed ? g->job_count : g->count, i = 0;
    for (char **row = g->job_environment; row && *row; row++)
        if (is_variable(*row, "TMPDIR")) return 0;
    while (i < count && !dirs[i].writable) i++;
    if (i == count) return 0;
    return asprintf(&g->temporary, "TMPDIR=%s", dirs[i].path) < 0 ? (g->temporary = NULL, ENOMEM)
                                                                  : add_row(g, g->temporary);
}

static int add_text(Grants *g, const char *text) {
    const char *read = after(text, "read="), *write = after(text, "write="), *name = after(text, "env=");
    if (name) return add_variables(g, name);
    return read || write ? add_job_dir(g, read ? read : write, write) : 0;
}

int grants_narrow(Grants *g, IpcList asked, IpcSlice *which) {
    IpcReader reader = ipc_list_reader(asked);
    widen(g);
    int error = 0;
    for (uint32_t i = 0; !error && i < asked.count; i++) {
        if (ipc_read_str(&reader, which) != IPC_OK) return EINVAL;
        char *text = strndup(which->ptr, which->len);
        error = text ? add_text(g, text) : ENOMEM;
        free(text);
        g->narrowed = true;
    }
    if (!error && !g->narrowed) error = add_variables(g, NULL);
    return error ? error : add_temporary(g);
}

char **grants_environment(const Grants *g) { return g->job_environment; }

const char *grants_first(const Grants *g) {
    if (g->narrowed) return g->job_count ? g->job_dirs[0].path : NULL;
    return g->count ? g->dirs[0].path : NULL;
}
