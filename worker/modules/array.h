/* array: what the files of the module share: m_array.c (the module and type), array_kinds.c (one row for each typecode). */
#ifndef ATOLL_MODULES_ARRAY_H
#define ATOLL_MODULES_ARRAY_H

#include "modules/module.h"
#include "objects/bytes.h"

/* A machine type: how an item is read from and written to memory. */
typedef struct ArrayKind {
    char code;
    const char *format; /* of buffers */
    uint8_t size;
    Value (*read)(const uint8_t *from); /* new */
    int (*write)(uint8_t *to, Value v); /* 0, -1 raised; `to` is unchanged then */
    uint8_t machine_format;             /* number for pickling, little-endian where that matters */
} ArrayKind;

extern const ArrayKind array_kinds[];       /* ends with code 0 */
const ArrayKind *array_kind(uint32_t code); /* or NULL */
/* The item that `format` (of array_machine_formats) has at `from`. New. */
Value array_read_machine(int format, const uint8_t *from);
size_t array_machine_size(int format); /* 0: no such format */
enum { ARRAY_UTF16_LE = 18, ARRAY_FORMATS = 22 };

#endif
