/* marshal: dump and load values in the format of import/marshal.h. */
#include "import/marshal.h"

#include "base/names.h"
#include "modules/module.h"
#include "objects/bytes.h"
#include "objects/int.h"
#include "objects/str.h"

static Value marshal_dumps_function(Value module, Value const *args, size_t nargs) {
    (void)module;
    return args_count("dumps", nargs, 1, 2) ? marshal_dumps(args[0]) : NULL;
}

static Value marshal_dump_function(Value module, Value const *args, size_t nargs) {
    (void)module;
    if (!args_count("dump", nargs, 2, 3)) return NULL;
    Value bytes = marshal_dumps(args[0]);
    Value result = bytes ? value_call_method_one(args[1], NAME(write), bytes) : NULL;
    xdecref(bytes);
    return result;
}

static Value marshal_loads_function(Value module, Value data) {
    (void)module;
    Buffer buffer;
    if (buffer_get(data, &buffer, false) < 0) return NULL;
    Value v = marshal_loads(buffer.data, buffer.length, false, NULL);
    buffer_release(&buffer);
    return v;
}

/* file.seek(position + used): what lies behind the value stays unread. */
static int seek_behind(Value file, Value position, size_t used) {
    Value offset = int_from_i64((int64_t)used), target = offset ? value_add(position, offset) : NULL;
    Value seek = target ? str_intern_cstr("seek") : NULL,
          result = seek ? value_call_method_one(file, seek, target) : NULL;
    xdecref(offset);
    xdecref(target);
    xdecref(seek);
    xdecref(result);
    return result ? 0 : -1;
}

static Value load_from(Value file, Value position, Value data) {
    if (!is_bytes(data)) return raise_error(T_TypeError, "file.read() returned not bytes but %.100T", data);
    size_t used;
    Value v = marshal_loads(bytes_data(data), bytes_length(data), false, &used);
    if (v && used < bytes_length(data) && seek_behind(file, position, used) < 0) CLEAR_FIELD(v);
    return v;
}

static Value marshal_load_function(Value module, Value file) {
    (void)module;
    Value tell = str_intern_cstr("tell"), position = tell ? value_call_method_noargs(file, tell) : NULL;
    Value data = position ? value_call_method_noargs(file, NAME(read)) : NULL;
    Value v = data ? load_from(file, position, data) : NULL;
    xdecref(tell);
    xdecref(position);
    xdecref(data);
    return v;
}

static const NativeMethod marshal_functions[] = {
    METHOD_FAST("dump", marshal_dump_function,
                "dump($module, value, file, version=version, /)\n--\n\nWrite the value to an open file."),
    METHOD_FAST("dumps", marshal_dumps_function,
                "dumps($module, value, version=version, /)\n--\n\nThe value as bytes."),
    METHOD_ONE("load", marshal_load_function,
               "load($module, file, /)\n--\n\nThe next value of an open file."),
    METHOD_ONE("loads", marshal_loads_function,
               "loads($module, bytes, /)\n--\n\nThe value that these bytes hold."),
    METHOD_END,
};

static int marshal_ready(Value module) { return module_add_int(module, "version", 4); }

const ModuleSpec module_marshal = {
    "marshal",
    "Values as bytes, in the form that compiled code is kept in.",
    marshal_functions,
    marshal_ready,
};
