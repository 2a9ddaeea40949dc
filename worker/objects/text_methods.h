/*
 * text_methods: methods that str, bytes and bytearray share, in the form that their tables take: arguments are read here, the work is
 * text_ops'. Each returns a new value, NULL raised.
 */
#ifndef ATOLL_OBJECTS_TEXT_METHODS_H
#define ATOLL_OBJECTS_TEXT_METHODS_H

#include "objects/object.h"

Value text_m_find(Value v, Value const *a, size_t n);
Value text_m_rfind(Value v, Value const *a, size_t n);
Value text_m_index(Value v, Value const *a, size_t n);
Value text_m_rindex(Value v, Value const *a, size_t n);
Value text_m_startswith(Value v, Value const *a, size_t n);
Value text_m_endswith(Value v, Value const *a, size_t n);
Value text_m_split(Value v, Value const *a, size_t n, Value k);
Value text_m_rsplit(Value v, Value const *a, size_t n, Value k);
Value text_m_splitlines(Value v, Value const *args, size_t nargs, Value kwnames);
Value text_m_partition(Value v, Value sep);
Value text_m_rpartition(Value v, Value sep);
Value text_m_strip(Value v, Value const *a, size_t n);
Value text_m_lstrip(Value v, Value const *a, size_t n);
Value text_m_rstrip(Value v, Value const *a, size_t n);
Value text_m_replace(Value v, Value const *args, size_t nargs);
Value text_m_zfill(Value v, Value width);
Value text_m_expandtabs(Value v, Value const *args, size_t nargs, Value kwnames);
Value text_m_removeprefix(Value v, Value affix);
Value text_m_removesuffix(Value v, Value affix);

#endif
