/* generic: types.GenericAlias, unions, mapping proxies, and the checks of isinstance that classes make
 * themselves. */
#ifndef ATOLL_OBJECTS_GENERIC_H
#define ATOLL_OBJECTS_GENERIC_H

#include "objects/object.h"

Value generic_alias_new(Value origin, Value args); /* list[int]; args: a tuple, or one argument */
/* NATIVE_ONE, NATIVE_CLASS row function for __class_getitem__ of built-in types. */
Value generic_alias_class_getitem(Value cls, Value args);
#define METHOD_CLASS_GETITEM                                                                                 \
    {                                                                                                        \
        "__class_getitem__", (void *)generic_alias_class_getitem, NATIVE_ONE, NATIVE_CLASS,                  \
            "The class with type arguments."                                                                 \
    }
Value union_or(Value a, Value b); /* a | b of types; NOT_IMPLEMENTED if it is not a union */
/* Type variables in args, in order of first appearance. New tuple. */
Value generic_parameters(Value args);
Value generic_substitute(Value self, Value args, Value parameters, Value item);
/* repr of a type argument: "int", "a.B", "...", else repr. New. */
Value generic_item_repr(Value item);
Value mapping_proxy_new(Value mapping);
/* type.__instancecheck__ and type.__subclasscheck__. */
int class_is_instance(Value o, Value cls);
int class_is_subclass(Value derived, Value cls);
/* Adds the attribute names of a class and its bases to a dict. */
int type_merge_names(Value into, Value cls);

#endif
