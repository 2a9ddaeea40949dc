/* str_case: methods of str about letters' case and kinds; each takes a str and gives a new str or a bool. */
#ifndef ATOLL_OBJECTS_STR_CASE_H
#define ATOLL_OBJECTS_STR_CASE_H

#include "objects/str_internal.h"

Value str_upper(Value);
Value str_lower(Value);
Value str_casefold(Value);
Value str_swapcase(Value);
Value str_title(Value);
Value str_capitalize(Value);
Value str_isalpha(Value);
Value str_isalnum(Value);
Value str_isdecimal(Value);
Value str_isdigit(Value);
Value str_isnumeric(Value);
Value str_isspace(Value);
Value str_isascii(Value);
Value str_isprintable(Value);
Value str_islower(Value);
Value str_isupper(Value);
Value str_istitle(Value);
Value str_isidentifier(Value);

#endif
