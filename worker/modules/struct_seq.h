/*
 * struct_seq: tuples with named fields: sys.version_info, time.struct_time, os.stat_result.
 *
 * A field past `visible` is reached by its name alone. An unnamed field has the name "": only visible ones
 * may.
 */
#ifndef ATOLL_MODULES_STRUCT_SEQ_H
#define ATOLL_MODULES_STRUCT_SEQ_H

#include "modules/module.h"

typedef struct StructSeqSpec {
    const char *name; /* "sys.version_info" */
    const char *doc;
    const char *const *fields; /* NULL-terminated */
    size_t visible;            /* 0: all */
    bool instantiable;
} StructSeqSpec;

/* The type; new. */
Type *struct_seq_type(const StructSeqSpec *spec);
/* An instance of all fields' values, which are stolen (also on failure; a NULL among them means: raised).
 * New. */
Value struct_seq_new_steal(Type *type, Value const *values);

#endif
