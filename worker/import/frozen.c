/* frozen: reading the blob of frozen modules. */
#include "import/frozen.h"

#include "import/marshal.h"
#include "objects/protocols.h"

/* Defined strongly by the object that embeds the blob. */
extern const uint8_t frozen_blob[] __attribute__((weak));
extern const uint8_t frozen_blob_end[] __attribute__((weak));

static const FrozenHeader *header(void) { return (const FrozenHeader *)(const void *)frozen_blob; }
static const FrozenRow *rows(void) {
    return (const FrozenRow *)(const void *)(frozen_blob + sizeof(FrozenHeader));
}

const FrozenRow *frozen_row(size_t i) { return header() && i < header()->count ? &rows()[i] : NULL; }

const char *frozen_name(const FrozenRow *row, size_t *n) {
    *n = row->name_length;
    return (const char *)frozen_blob + row->name;
}

const char *frozen_file(const FrozenRow *row, size_t *n) {
    *n = row->file_length;
    return (const char *)frozen_blob + row->file;
}

const uint8_t *frozen_source_packed(const FrozenRow *row, size_t *n) {
    *n = row->source_length;
    return frozen_blob + row->source;
}

static int compare_name(const char *name, size_t length, const FrozenRow *row) {
    size_t common = length < row->name_length ? length : row->name_length;
    int order = memcmp(name, frozen_blob + row->name, common);
    return order ? order : length < row->name_length ? -1 : length > row->name_length;
}

const FrozenRow *frozen_find(const char *name) {
    if (!header()) return NULL;
    size_t length = strlen(name), low = 0, high = header()->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = compare_name(name, length, &rows()[middle]);
        if (order == 0) return &rows()[middle];
        if (order < 0) high = middle;
        else low = middle + 1;
    }
    return NULL;
}

Value frozen_code(const FrozenRow *row) {
    return marshal_loads(frozen_blob + row->data, row->data_length, true, NULL);
}
