/* Source text of any kind: no crash, no leak, and always a tree or an error. The first byte chooses mode and
 * flags. Every eighth input also runs with a failing allocation. */
#include <stdlib.h>

#include "parse/parse.h"

typedef struct Budget {
    size_t left; /* allocations until one fails */
} Budget;

static void *take(void *ctx, size_t size) {
    Budget *budget = ctx;
    if (budget->left == 0) return NULL;
    budget->left--;
    return malloc(size);
}

static void give_back(void *ctx, void *block, size_t size) {
    (void)ctx, (void)size;
    free(block);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (!size) return 0;
    uint8_t choice = data[0];
    Budget budget = {choice % 8 == 7 ? size % 16 : SIZE_MAX};
    BumpAllocator allocator = {take, give_back, &budget};
    Bump bump;
    SyntaxErrorInfo err;
    bump_init(&bump, &allocator);
    AstMod *mod = parse_source((const char *)data + 1, size - 1, "<fuzz>", (ParseMode)(choice % 3),
                               (ParseFlags)(choice >> 3 & 15), &bump, &err);
    if (!mod == (err.kind == SYNTAX_OK)) abort();
    bump_drop(&bump);
    return 0;
}
