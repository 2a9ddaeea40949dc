#include "import/pyc.h"

#include "import/marshal.h"
#include "objects/bytes.h"
#include "objects/error.h"

enum { FLAG_HASH = 1 };

void pyc_magic(uint8_t out[4]) {
    uint32_t tag = marshal_tag();
    out[0] = (uint8_t)tag;
    out[1] = (uint8_t)(tag >> 8);
    out[2] = '\r';
    out[3] = '\n';
}

static void make_header(uint8_t out[PYC_HEADER], const PycSource *source) {
    uint32_t flags = source->by_hash ? FLAG_HASH : 0;
    pyc_magic(out);
    memcpy(out + 4, &flags, 4);
    if (source->by_hash) {
        memcpy(out + 8, &source->hash, 8);
    } else {
        memcpy(out + 8, &source->mtime, 4);
        memcpy(out + 12, &source->size, 4);
    }
}

Value pyc_dump(Value code, const PycSource *source) {
    Value body = marshal_dumps(code);
    Value file = body ? bytes_new(PYC_HEADER + bytes_length(body)) : NULL;
    if (file) {
        make_header(bytes_data(file), source);
        memcpy(bytes_data(file) + PYC_HEADER, bytes_data(body), bytes_length(body));
    }
    xdecref(body);
    return file;
}

Value pyc_load(const uint8_t *data, size_t n, const PycSource *source) {
    uint8_t header[PYC_HEADER];
    make_header(header, source);
    if (n < PYC_HEADER || memcmp(data, header, PYC_HEADER) != 0) return NULL;
    Value code = marshal_loads(data + PYC_HEADER, n - PYC_HEADER, true, NULL);
    if (!code || IS_EXACT(code, code)) return code;
    decref(code);
    return raise_error(T_ImportError, "Non-code object in compiled file");
}
