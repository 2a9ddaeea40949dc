/* Fuzz target: what a scraper may ask of the metrics' address, and what an operator may write for one.
 *
 * The first byte chooses: the head of a request, or an address. What was accepted must hold what its reader promises.
 */
#include <http.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int truth) {
    if (!truth) abort();
}

static void fuzz_request(const char *text) {
    bool openmetrics;
    HttpAsked asked = http_read_request(text, "/metrics", &openmetrics);
    if (asked == HTTP_PAGE) check(strncmp(text, "GET /metrics", 12) == 0);
    if (asked == HTTP_HEAD) check(strncmp(text, "HEAD /metrics", 13) == 0);
}

static void fuzz_address(const char *text) {
    char error[256];
    HttpAddress address;
    if (!http_parse_address(text, &address, error, sizeof error)) return;
    check(address.address.ss_family == AF_INET || address.address.ss_family == AF_INET6);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < 1) return 0;
    char *text = malloc(size);
    memcpy(text, data + 1, size - 1);
    text[size - 1] = '\0';
    if (data[0] & 1) fuzz_address(text);
    else fuzz_request(text);
    free(text);
    return 0;
}
