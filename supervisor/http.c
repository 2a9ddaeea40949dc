#include "http.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "clock.h"
#include "units.h"

enum {
    REQUEST_MOST = 8192,
    CONNECTIONS_MOST = 16,
    BACKLOG = 16,
    TIME_MOST_MS = 5000, /* of a connection */
};

typedef struct Connection {
    Http *http;
    struct Connection *next, *previous;
    uv_tcp_t tcp;
    uv_timer_t timer;
    uv_write_t writing;
    int open_handles;
    bool answered, closing;
    IpcBuf answer;
    size_t used;
    char request[REQUEST_MOST + 1];
} Connection;

struct Http {
    uv_tcp_t tcp;
    const char *path;
    HttpPageFn *page;
    void *owner;
    Connection *connections;
    unsigned count;
    bool closed; /* the listening handle is */
    char where[INET6_ADDRSTRLEN + 16];
};

/* --- addresses -------------------------------------------------------------------------------- */

static bool parse_port(const char *text, int *port) {
    uint64_t number;
    for (const char *at = text; *at; at++) {
        if (*at < '0' || *at > '9') return false;
    }
    if (!unit_parse_count(text, &number) || number > 65535) return false;
    *port = (int)number;
    return true;
}

bool http_parse_address(const char *text, HttpAddress *address, char *error, size_t capacity) {
    char host[INET6_ADDRSTRLEN + 2] = "127.0.0.1";
    const char *colon = strrchr(text, ':'), *digits = colon ? colon + 1 : text, *start = text;
    size_t length = colon ? (size_t)(colon - text) : 0;
    int port = -1;
    bool good = parse_port(digits, &port) && length < sizeof host;
    if (good && length && text[0] == '[' && text[length - 1] == ']') start++, length -= 2;
    if (good && length) snprintf(host, sizeof host, "%.*s", (int)length, start);
    *address = (HttpAddress){.address = {.ss_family = AF_UNSPEC}};
    if (good && (uv_ip4_addr(host, port, (struct sockaddr_in *)&address->address) == 0 ||
                 uv_ip6_addr(host, port, (struct sockaddr_in6 *)&address->address) == 0)) {
        return true;
    }
    snprintf(error, capacity, "an address such as 9464, 127.0.0.1:9464 or [::1]:9464 is wanted, not '%s'",
             text);
    return false;
}

static void note_where(Http *http) {
    struct sockaddr_storage bound = {0};
    char host[INET6_ADDRSTRLEN] = "";
    int length = sizeof bound;
    uv_tcp_getsockname(&http->tcp, (struct sockaddr *)&bound, &length);
    if (bound.ss_family == AF_INET6) {
        const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)&bound;
        uv_ip6_name(six, host, sizeof host);
        snprintf(http->where, sizeof http->where, "[%s]:%d", host, ntohs(six->sin6_port));
    } else {
        const struct sockaddr_in *four = (const struct sockaddr_in *)&bound;
        uv_ip4_name(four, host, sizeof host);
        snprintf(http->where, sizeof http->where, "%s:%d", host, ntohs(four->sin_port));
    }
}

const char *http_where(const Http *http) {
    return http->where;
}

/* --- the end of things ------------------------------------------------------------------------ */

static void free_when_unused(Http *http) {
    if (http->closed && http->count == 0) free(http);
}

static void on_handle_closed(uv_handle_t *handle) {
    Connection *connection = handle->data;
    Http *http = connection->http;
    if (--connection->open_handles > 0) return;
    ipc_buf_free(&connection->answer);
    free(connection);
    http->count--;
    free_when_unused(http);
}

static void close_connection(Connection *connection) {
    Http *http = connection->http;
    if (connection->closing) return;
    connection->closing = true;
    if (connection->previous) connection->previous->next = connection->next;
    else http->connections = connection->next;
    if (connection->next) connection->next->previous = connection->previous;
    uv_close((uv_handle_t *)&connection->tcp, on_handle_closed);
    uv_close((uv_handle_t *)&connection->timer, on_handle_closed);
}

static void on_listener_closed(uv_handle_t *handle) {
    Http *http = handle->data;
    http->closed = true;
    free_when_unused(http);
}

void http_close(Http *http) {
    while (http->connections)
        close_connection(http->connections);
    uv_close((uv_handle_t *)&http->tcp, on_listener_closed);
}

/* --- answering -------------------------------------------------------------------------------- */

static void on_written(uv_write_t *writing, int status) {
    (void)status;
    close_connection(writing->data);
}

/* Sends the head and, unless it is HEAD that was asked, the body. */
static void send_answer(Connection *connection, const char *status, const char *more, const char *type,
                        IpcSlice body, bool with_body) {
    char head[512];
    IpcBuf *out = &connection->answer;
    connection->answered = true;
    uv_read_stop((uv_stream_t *)&connection->tcp);
    snprintf(head, sizeof head,
             "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %zu\r\n%sCache-Control: no-store\r\n"
             "X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n",
             status, type, body.len, more);
    ipc_buf_append_text(out, head);
    if (with_body) ipc_buf_append(out, body.ptr, body.len);
    if (ipc_buf_failed(out)) return close_connection(connection);
    uv_buf_t piece = uv_buf_init(out->data, (unsigned)out->len);
    connection->writing.data = connection;
    if (uv_write(&connection->writing, (uv_stream_t *)&connection->tcp, &piece, 1, on_written) != 0)
        close_connection(connection);
}

static void send_error(Connection *connection, const char *status, const char *more) {
    char body[128];
    snprintf(body, sizeof body, "%s\n", status);
    send_answer(connection, status, more, "text/plain; charset=utf-8", ipc_str(body), true);
}

static void send_page(Connection *connection, bool wants_openmetrics, bool with_body) {
    IpcBuf page;
    const char *type = "text/plain; charset=utf-8";
    ipc_buf_init(&page, NULL);
    connection->http->page(connection->http->owner, wants_openmetrics, &page, &type);
    if (ipc_buf_failed(&page)) send_error(connection, "503 Service Unavailable", "");
    else send_answer(connection, "200 OK", "", type, ipc_buf_slice(&page), with_body);
    ipc_buf_free(&page);
}

/* --- asking ----------------------------------------------------------------------------------- */

/* The value of a header of the request's, up to the end of its line; NULL if it has none of that name. */
static const char *find_header(const char *lines, const char *name, size_t *length) {
    size_t name_length = strlen(name);
    for (const char *line = strstr(lines, "\r\n"); line; line = strstr(line, "\r\n")) {
        line += 2;
        if (strncasecmp(line, name, name_length) != 0 || line[name_length] != ':') continue;
        const char *value = line + name_length + 1;
        *length = strcspn(value, "\r\n");
        return value;
    }
    return NULL;
}

static bool accepts_openmetrics(const char *request) {
    static const char type[] = "application/openmetrics-text";
    size_t length;
    const char *accept = find_header(request, "Accept", &length);
    return accept && memmem(accept, length, type, sizeof type - 1);
}

/* The path of a request target, without a query. */
static bool is_path(const char *target, size_t length, const char *path) {
    const char *query = memchr(target, '?', length);
    if (query) length = (size_t)(query - target);
    return length == strlen(path) && memcmp(target, path, length) == 0;
}

/* `METHOD SP target SP HTTP/1.x CRLF ...` */
HttpAsked http_read_request(const char *request, const char *path, bool *wants_openmetrics) {
    size_t line = strcspn(request, "\r\n"), method = strcspn(request, " ");
    *wants_openmetrics = false;
    if (method == 0 || method >= line) return HTTP_BAD;
    const char *target = request + method + 1;
    size_t length = strcspn(target, " \r\n");
    const char *version = target + length;
    bool understood =
        length && *target == '/' && strncmp(version, " HTTP/1.", 8) == 0 && version + 9 == request + line;
    if (!understood) return HTTP_BAD;
    bool head = method == 4 && memcmp(request, "HEAD", 4) == 0,
         get = method == 3 && memcmp(request, "GET", 3) == 0;
    if (!head && !get) return HTTP_WRONG_METHOD;
    *wants_openmetrics = accepts_openmetrics(request);
    if (!is_path(target, length, path)) return HTTP_NOT_THERE;
    return head ? HTTP_HEAD : HTTP_PAGE;
}

/* A whole head has come. */
static void answer_request(Connection *connection) {
    bool openmetrics;
    HttpAsked asked = http_read_request(connection->request, connection->http->path, &openmetrics);
    switch (asked) {
    case HTTP_PAGE:
    case HTTP_HEAD:
        return send_page(connection, openmetrics, asked == HTTP_PAGE);
    case HTTP_BAD:
        return send_error(connection, "400 Bad Request", "");
    case HTTP_WRONG_METHOD:
        return send_error(connection, "405 Method Not Allowed", "Allow: GET, HEAD\r\n");
    case HTTP_NOT_THERE:
        return send_error(connection, "404 Not Found", "");
    }
}

static void on_space(uv_handle_t *handle, size_t suggested, uv_buf_t *space) {
    Connection *connection = handle->data;
    (void)suggested;
    *space = uv_buf_init(connection->request + connection->used, (unsigned)(REQUEST_MOST - connection->used));
}

static void on_read(uv_stream_t *stream, ssize_t got, const uv_buf_t *space) {
    Connection *connection = stream->data;
    (void)space;
    if (got == UV_ENOBUFS) return send_error(connection, "431 Request Header Fields Too Large", "");
    if (got < 0) return close_connection(connection);
    size_t from = connection->used > 3 ? connection->used - 3 : 0;
    connection->used += (size_t)got;
    connection->request[connection->used] = '\0';
    if (memchr(connection->request, '\0', connection->used))
        return send_error(connection, "400 Bad Request", "");
    if (strstr(connection->request + from, "\r\n\r\n")) return answer_request(connection);
    if (connection->used == REQUEST_MOST) send_error(connection, "431 Request Header Fields Too Large", "");
}

/* Over its time: one that has its answer, or none, is simply gone. */
static void on_late(uv_timer_t *timer) {
    close_connection(timer->data);
}

static void on_connection(uv_stream_t *listener, int status) {
    Http *http = listener->data;
    if (status < 0) return;
    Connection *connection = calloc(1, sizeof *connection);
    if (!connection) return;
    connection->http = http;
    connection->open_handles = 2;
    ipc_buf_init(&connection->answer, NULL);
    uv_tcp_init(listener->loop, &connection->tcp);
    uv_timer_init(listener->loop, &connection->timer);
    connection->tcp.data = connection->timer.data = connection;
    connection->next = http->connections;
    if (http->connections) http->connections->previous = connection;
    http->connections = connection;
    http->count++;
    bool taken = uv_accept(listener, (uv_stream_t *)&connection->tcp) == 0 && http->count <= CONNECTIONS_MOST;
    if (!taken || uv_read_start((uv_stream_t *)&connection->tcp, on_space, on_read) != 0)
        return close_connection(connection);
    uv_timer_start(&connection->timer, on_late, TIME_MOST_MS, 0);
}

Http *http_open(uv_loop_t *loop, const HttpAddress *address, const char *path, HttpPageFn *page, void *owner,
                char *error, size_t capacity) {
    Http *http = calloc(1, sizeof *http);
    if (!http) return snprintf(error, capacity, "out of memory"), NULL;
    *http = (Http){.path = path, .page = page, .owner = owner};
    uv_tcp_init(loop, &http->tcp);
    http->tcp.data = http;
    int failed = uv_tcp_bind(&http->tcp, (const struct sockaddr *)&address->address, 0);
    if (!failed) failed = uv_listen((uv_stream_t *)&http->tcp, BACKLOG, on_connection);
    if (!failed) return note_where(http), http;
    snprintf(error, capacity, "cannot listen: %s", uv_strerror(failed));
    uv_close((uv_handle_t *)&http->tcp, on_listener_closed);
    return NULL;
}
