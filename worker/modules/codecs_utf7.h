/* codecs_utf7: UTF-7. New values; NULL raised. */
#ifndef ATOLL_MODULES_CODECS_UTF7_H
#define ATOLL_MODULES_CODECS_UTF7_H

#include "objects/object.h"

Value utf7_encode(Value text);
/* *used: how much was decoded; an unfinished shift sequence is left unless final. */
Value utf7_decode(const void *data, size_t n, const char *errors, bool final, size_t *used);

#endif
