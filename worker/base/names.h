/* names: NAME(x) is the interned, immortal str "x" of names.def; borrowed. */
#ifndef ATOLL_BASE_NAMES_H
#define ATOLL_BASE_NAMES_H

#include "base/runtime.h"

typedef enum NameId {
#define NAME_ROW(name)      N_##name,
#define NAME_TEXT(id, text) N_##id,
#include "base/names.def"
#undef NAME_ROW
#undef NAME_TEXT
    NAME_COUNT
} NameId;

#define NAME(name) (rt->names[N_##name])

#endif
