/* typevar: TypeVar, ParamSpec, TypeVarTuple and TypeAliasType, as `def f[T: int, *Ts, **P]` and `type X = ...` make them. */
#ifndef ATOLL_OBJECTS_TYPEVAR_H
#define ATOLL_OBJECTS_TYPEVAR_H

#include "objects/object.h"

/* bound: a value, or a function that is called for it when it is first asked for; constraints likewise (a tuple). New. */
Value typevar_new(Value name, Value bound_or_null, Value constraints_or_null);
Value paramspec_new(Value name);
Value typevartuple_new(Value name);
/* value: a function that is called when the value is first asked for. New. */
Value typealias_new(Value name, Value type_params_or_none, Value value);

#endif
