/* The smallest HTTP server that a scraper of metrics needs: GET and HEAD of one page, over libuv.
 *
 * Everything that a peer can make it hold is bounded: the number of connections, the bytes of a request, the
 * time that a connection may take from its beginning to its end. One request per connection; the answer says
 * `Connection: close`. A request that is not understood gets its 4xx and nothing of it is echoed. */
#ifndef ATOLL_HTTP_H
#define ATOLL_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>

#include <ipc/buf.h>
#include <uv.h>

typedef struct {
    struct sockaddr_storage address;
} HttpAddress;

typedef struct Http Http;

typedef enum { HTTP_PAGE, HTTP_HEAD, HTTP_BAD, HTTP_WRONG_METHOD, HTTP_NOT_THERE } HttpAsked;

/* What a request's head, NUL-terminated and ending in an empty line, asks of a server that has the one page.
 */
HttpAsked http_read_request(const char *request, const char *path, bool *wants_openmetrics);

/* Writes the page. `wants_openmetrics`: as the request's Accept asks; *content_type is set to what was
 * written. */
typedef void HttpPageFn(void *owner, bool wants_openmetrics, IpcBuf *out, const char **content_type);

/* "PORT", "ADDR:PORT" or "[V6ADDR]:PORT"; addresses are numbers. False with one line in `error`. */
bool http_parse_address(const char *text, HttpAddress *address, char *error, size_t capacity);

/* Listens and answers GET `path`. NULL with one line in `error`. */
Http *http_open(uv_loop_t *loop, const HttpAddress *address, const char *path, HttpPageFn *page, void *owner,
                char *error, size_t capacity);
/* Where it listens, with the real port: "127.0.0.1:9100". */
const char *http_where(const Http *http);
/* Closes it and its connections; the memory goes when the loop has closed the handles. */
void http_close(Http *http);

#endif
