/* repr: repr(), str(), ascii(), format() and the guard against objects that contain themselves. */
#include "base/names.h"
#include "objects/list.h"
#include "objects/protocols.h"
#include "objects/slots.h"
#include "objects/str.h"

static Value check_text(Value result, const char *method) {
    if (!result || is_str(result)) return result;
    raise_error(T_TypeError, "%s returned non-string (type %T)", method, result);
    decref(result);
    return NULL;
}

Value value_repr(Value o) {
    UnaryFn repr = type_of(o)->slots.repr;
    if (!repr) return object_repr(o);
    if (recursion_enter(" while getting the repr of an object")) return NULL;
    Value result = check_text(repr(o), "__repr__");
    recursion_leave();
    return result;
}

Value value_str(Value o) {
    Type *t = type_of(o);
    if (t == TYPE(str)) return incref(o);
    if (!t->slots.str) return value_repr(o);
    if (recursion_enter(" while getting the str of an object")) return NULL;
    Value result = check_text(t->slots.str(o), "__str__");
    recursion_leave();
    return result;
}

static int add_escaped(StrBuilder *b, uint32_t c) {
    char text[16];
    if (c < 128) return str_builder_add_char(b, c);
    static const char hex[] = "0123456789abcdef";
    int digits = c < 0x100 ? 2 : c < 0x10000 ? 4 : 8;
    text[0] = '\\';
    text[1] = digits == 2 ? 'x' : digits == 4 ? 'u' : 'U';
    for (int i = 0; i < digits; i++) text[2 + i] = hex[c >> (4 * (digits - 1 - i)) & 15];
    return str_builder_add_ascii(b, text, (size_t)digits + 2);
}

Value value_ascii(Value o) {
    Value repr = value_repr(o);
    if (!repr || ((Str *)repr)->ascii) return repr;
    StrBuilder b = STR_BUILDER_INIT;
    int status = 0;
    for (size_t i = 0; status == 0 && i < str_length(repr); i++) status = add_escaped(&b, str_read(repr, i));
    decref(repr);
    if (status == 0) return str_builder_finish(&b);
    str_builder_drop(&b);
    return NULL;
}

Value value_format(Value o, Value spec) {
    if (spec && !is_str(spec))
        return raise_error(T_TypeError, "Format specifier must be a string, not %T", spec);
    if (!spec || str_length(spec) == 0) {
        Type *t = type_of(o);
        if (t == TYPE(str)) return incref(o);
        if (t == TYPE(int) || t == TYPE(float)) return value_str(o);
    }
    Value self, format = value_lookup_special(o, NAME(__format__), &self);
    if (!format)
        return error_pending() ? NULL : raise_error(T_TypeError, "Type %T doesn't define __format__", o);
    Value args[2] = {o, spec ? spec : NAME(empty_)};
    Value result = self ? value_call(format, args, 2, NULL) : value_call(format, args + 1, 1, NULL);
    decref(format);
    if (!result || is_str(result)) return result;
    raise_error(T_TypeError, "__format__ must return a str, not %T", result);
    decref(result);
    return NULL;
}

/* ---- cycles: the objects whose repr is being made, innermost last ---- */

int repr_enter(Value v) {
    if (!THREAD->repr_active && !(THREAD->repr_active = list_new(0))) return -1;
    List *active = (List *)THREAD->repr_active;
    for (size_t i = active->length; i-- > 0;)
        if (active->items[i] == v) return 1;
    return list_append(AS_VALUE(active), v);
}

void repr_leave(Value v) {
    List *active = (List *)THREAD->repr_active;
    for (size_t i = active ? active->length : 0; i-- > 0;)
        if (active->items[i] == v) {
            memmove(active->items + i, active->items + i + 1, (active->length - i - 1) * sizeof(Value));
            active->length--;
            decref(v);
            return;
        }
}
