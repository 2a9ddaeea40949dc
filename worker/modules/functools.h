/* functools: what the files of the module share: m_functools.c, functools_partial.c, functools_lru.c. */
#ifndef ATOLL_MODULES_FUNCTOOLS_H
#define ATOLL_MODULES_FUNCTOOLS_H

#include "modules/fields.h"
#include "modules/module.h"

typedef struct FunctoolsState {
    Type *partial, *key, *lru_cache, *lru_link;
    Value keyword_mark; /* stands between positional and keyword arguments in the key of a cached call */
} FunctoolsState;

#define FUNCTOOLS MODULE_STATE(functools, FunctoolsState)

extern const TypeSpec partial_spec, lru_cache_spec, lru_link_spec;

#endif
