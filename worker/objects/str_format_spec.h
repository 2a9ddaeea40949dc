/* str_format_spec: format(v, spec) of the built-in types; spec is a str. New, NULL raised. */
#ifndef ATOLL_OBJECTS_STR_FORMAT_SPEC_H
#define ATOLL_OBJECTS_STR_FORMAT_SPEC_H

#include <stdio.h>
#include <stdlib.h>

#include "objects/object.h"

Value str_format_spec(Value v, Value spec);
Value int_format(Value v, Value spec);
Value float_format(Value v, Value spec);
Value complex_format(Value v, Value spec);

#endif
