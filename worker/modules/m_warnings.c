/*
 * _warnings: deciding about warnings, and showing them.
 *
 * The warnings module takes its functions and its list of filters from here; before it is imported, warnings
 * are decided by the same filters and shown plainly. A registry (`__warningregistry__` of the module that is
 * warned about) remembers what was shown; it is worthless once the filters have changed.
 */
#include "modules/module.h"
#include "objects/dict.h"
#include "objects/exception.h"
#include "objects/int.h"
#include "objects/str.h"
#include "vm/vm.h"

typedef struct WarningsState {
    Value filters, once, default_action;
    int64_t version;
} WarningsState;

#define WARNINGS MODULE_STATE(warnings, WarningsState)

typedef struct Warning {
    Value category, message;                  /* a class; an instance; owned */
    Value text;                               /* str(message); owned */
    Value filename, module, registry, source; /* borrowed; may be NULL or None */
    int line;
} Warning;

/* The loaded warnings module's attribute, new; NULL without error when it is not loaded or has none. */
static Value warnings_attribute(const char *name) {
    Value module = is_dict(rt->modules) ? dict_get_str_borrow(rt->modules, NAME(warnings)) : NULL, key,
          found = NULL;
    if (!module || module == NONE || !(key = str_intern_cstr(name))) return NULL;
    value_getattr_optional(module, key, &found);
    decref(key);
    return found;
}

/* An attribute that the warnings module may have replaced, else our own. New. */
static Value current(const char *name, Value own) {
    Value found = warnings_attribute(name);
    return found || error_pending() ? found : incref(own);
}

/* ---- deciding ---- */

static int matches_text(Value pattern, Value text) {
    if (pattern == NONE) return 1;
    if (type_of(pattern) == TYPE(str)) return value_equal(pattern, text);
    Value found = value_call_method_one(pattern, NAME(match), text);
    int truth = found ? value_is_true(found) : -1;
    xdecref(found);
    return truth;
}

/* Does a filter (action, message, category, module, line) apply? 1, 0, -1. */
static int filter_matches(Value filter, const Warning *w) {
    int64_t line;
    int category = value_issubclass(w->category, tuple_item_borrow(filter, 2));
    if (category <= 0) return category;
    if (!is_int(tuple_item_borrow(filter, 4)) || !int_to_i64(tuple_item_borrow(filter, 4), &line)) return 0;
    if (line != 0 && line != w->line) return 0;
    int message = matches_text(tuple_item_borrow(filter, 1), w->text);
    return message <= 0 ? message : matches_text(tuple_item_borrow(filter, 3), w->module);
}

/* The action for a warning, a new str. */
static Value find_action(const Warning *w) {
    Value filters = current("filters", WARNINGS->filters), action = NULL;
    if (!filters) return NULL;
    if (!is_list(filters)) {
        decref(filters);
        return raise_error(T_ValueError, "_warnings.filters must be a list");
    }
    for (size_t i = 0; !action && i < list_length(filters); i++) {
        Value filter = incref(list_item_borrow(filters, i));
        bool good = is_tuple(filter) && tuple_length(filter) == 5;
        int match = good ? filter_matches(filter, w)
                         : raise_int(T_ValueError, "_warnings.filters item %zu isn't a 5-tuple", i);
        if (match > 0) action = incref(tuple_item_borrow(filter, 0));
        decref(filter);
        if (match < 0) break;
    }
    decref(filters);
    if (action || error_pending()) return action;
    return current("defaultaction", WARNINGS->default_action);
}

/* Was it shown already? Notes that it is now, if note. 1, 0, -1. */
static int already_shown(Value registry, Value key, bool note) {
    if (!registry || registry == NONE) return 0;
    Value version_key = str_intern_cstr("version"), found = NULL;
    if (!version_key) return -1;
    Value version = is_dict(registry) ? dict_get_str_borrow(registry, version_key) : NULL;
    int64_t n;
    int status = 0;
    if (!version || !is_int(version) || !int_to_i64(version, &n) || n != WARNINGS->version) {
        if (is_dict(registry)) dict_clear(registry);
        status = value_setitem(registry, version_key, small_int_new(WARNINGS->version));
    } else if ((status = dict_find(registry, key, &found)) > 0) {
        status = value_is_true(found);
    }
    decref(version_key);
    if (status == 0 && note) status = value_setitem(registry, key, TRUE);
    return status;
}

/* ---- showing ---- */

static void write_to_stderr(Value text) {
    Value file = dict_get_str_borrow(AS_VALUE(rt->sys_dict), NAME(stderr));
    if (!file || file == NONE) return;
    incref(file);
    Value done = value_call_method_one(file, NAME(write), text);
    decref(file);
    xdecref(done);
    if (!done) error_clear();
}

/* "file:line: Category: text" and the source line. */
static int show_plainly(const Warning *w) {
    Value name = value_getattr(w->category, NAME(__name__));
    Value line = name ? str_format("%S:%d: %S: %U\n", w->filename, w->line, name, w->text) : NULL;
    xdecref(name);
    if (!line) return -1;
    write_to_stderr(line);
    decref(line);
    Value source = is_str(w->filename) ? vm_source_line(w->filename, w->line) : NULL;
    if (!source) return error_pending() ? -1 : 0;
    Value strip = str_intern_cstr("strip"), bare = strip ? value_call_method_noargs(source, strip) : NULL;
    Value text = bare ? str_format("  %U\n", bare) : NULL;
    if (text) write_to_stderr(text);
    xdecref(text);
    xdecref(bare);
    xdecref(strip);
    decref(source);
    return error_pending() ? -1 : 0;
}

/* By warnings._showwarnmsg(WarningMessage(...)) when that module is there. */
static int show(const Warning *w) {
    Value shower = warnings_attribute("_showwarnmsg"),
          maker = shower ? warnings_attribute("WarningMessage") : NULL;
    if (!maker) {
        xdecref(shower);
        return error_pending() ? -1 : show_plainly(w);
    }
    Value args[7] = {w->message,
                     w->category,
                     w->filename,
                     small_int_new(w->line),
                     NONE,
                     NONE,
                     w->source ? w->source : NONE};
    Value message = value_call(maker, args, 7, NULL), done = message ? value_call_one(shower, message) : NULL;
    xdecref(done);
    xdecref(message);
    decref(maker);
    decref(shower);
    return done ? 0 : -1;
}

/* 0, -1. */
static int act(const Warning *w, Value action) {
    if (str_equal_cstr(action, "error")) {
        raise_value(w->message);
        return -1;
    }
    if (str_equal_cstr(action, "ignore")) return 0;
    Value key = tuple_pack(3, w->text, w->category, small_int_new(w->line)), wide = NULL, once = NULL;
    int shown = key ? 0 : -1;
    if (str_equal_cstr(action, "always")) {
        shown = 0;
    } else if (str_equal_cstr(action, "default")) {
        shown = key ? already_shown(w->registry, key, true) : -1;
    } else if (str_equal_cstr(action, "once") || str_equal_cstr(action, "module")) {
        bool everywhere = str_equal_cstr(action, "once");
        if (everywhere) once = current("onceregistry", WARNINGS->once);
        wide = everywhere ? tuple_pack(2, w->text, w->category)
                          : tuple_pack(3, w->text, w->category, small_int_new(0));
        shown =
            wide && (once || !everywhere) ? already_shown(everywhere ? once : w->registry, wide, true) : -1;
    } else {
        shown = raise_int(T_RuntimeError, "Unrecognized action (%R) in warnings.filters:\n %R", action,
                          WARNINGS->filters);
    }
    if (shown == 0) shown = show(w);
    xdecref(once);
    xdecref(wide);
    xdecref(key);
    return shown < 0 ? -1 : 0;
}

static int decide(const Warning *w) {
    Value key = tuple_pack(3, w->text, w->category, small_int_new(w->line));
    int shown = key ? already_shown(w->registry, key, false) : -1;
    xdecref(key);
    if (shown) return shown < 0 ? -1 : 0;
    Value action = find_action(w);
    if (action && !is_str(action)) {
        raise_error(T_TypeError, "action must be a string, not '%.200T'", action);
        CLEAR_FIELD(action);
    }
    int status = action ? act(w, action) : -1;
    xdecref(action);
    return status;
}

/* Message and category as given, settled: an instance is its own category. 0, -1. */
static int settle_message(Warning *w, Value message, Value category) {
    int is_warning = value_isinstance(message, AS_VALUE(TYPE(Warning)));
    if (is_warning < 0) return -1;
    if (is_warning) {
        w->message = incref(message);
        w->category = incref(AS_VALUE(type_of(message)));
        w->text = value_str(message);
    } else {
        w->category = incref(category);
        w->text = is_str(message) ? incref(message) : value_str(message);
        w->message = w->text ? value_call_one(category, message) : NULL;
    }
    return w->text && w->message ? 0 : -1;
}

static void warning_drop(Warning *w) {
    xdecref(w->category);
    xdecref(w->message);
    xdecref(w->text);
}

static int check_category(Value message, Value *category) {
    if (is_object(message) && value_is_instance(message, TYPE(Warning)))
        *category = AS_VALUE(type_of(message));
    if (!*category || *category == NONE) *category = AS_VALUE(TYPE(UserWarning));
    bool good = is_type(*category) && type_is_subtype((Type *)*category, TYPE(Warning));
    return good ? 0 : raise_int(T_TypeError, "category must be a Warning subclass, not '%T'", *category);
}

/* ---- warn ---- */

/* Is the frame one of the import system's, which stack levels skip? */
static bool is_internal(Value frame) {
    Value filename = vm_frame_code_borrow(frame)->filename;
    const char *text = filename && is_str(filename) ? str_wtf8(filename, NULL) : NULL;
    return text && strstr(text, "importlib") && strstr(text, "_bootstrap");
}

/* The frame that a stack level means; NONE: beyond the outermost. New. */
static Value frame_at_level(ssize_t level) {
    Value frame = vm_current_frame();
    if (!frame) return error_pending() ? NULL : NONE;
    bool skip = level > 1 && !is_internal(frame);
    while (frame && frame != NONE && level > 1) {
        Value back = vm_frame_back(frame);
        while (skip && back && back != NONE && is_internal(back)) {
            Value further = vm_frame_back(back);
            decref(back);
            back = further;
        }
        decref(frame);
        frame = back;
        level--;
    }
    return frame;
}

static Value registry_of(Dict *globals) {
    Value registry = dict_get_str_borrow(AS_VALUE(globals), NAME(__warningregistry__));
    if (registry) return incref(registry);
    registry = dict_new();
    if (registry && dict_set(AS_VALUE(globals), NAME(__warningregistry__), registry) < 0)
        CLEAR_FIELD(registry);
    return registry;
}

static int warn_from(Warning *w, ssize_t level) {
    Value frame = frame_at_level(level), filename = NULL, module = NULL, registry = NULL;
    if (!frame) return -1;
    Dict *globals = rt->sys_dict;
    w->line = 1;
    if (frame != NONE) {
        globals = (Dict *)vm_frame_globals_borrow(frame);
        filename = incref(vm_frame_code_borrow(frame)->filename);
        w->line = vm_frame_line(frame);
    } else {
        filename = incref(NAME(sys));
    }
    registry = registry_of(globals);
    Value name = dict_get_str_borrow(AS_VALUE(globals), NAME(__name__));
    module = name && is_str(name) ? incref(name) : str_from_cstr("<string>");
    w->filename = filename;
    w->module = module;
    w->registry = registry;
    int status = registry && module ? decide(w) : -1;
    xdecref(registry);
    xdecref(module);
    xdecref(filename);
    decref(frame);
    return status;
}

static Value warnings_warn(Value self, Value const *args, size_t nargs, Value kwnames) {
    (void)self;
    static const char *const names[] = {"message", "category", "stacklevel", "source", NULL};
    static const ArgSpec spec = {"warn", names, 4, 1, 4};
    Value out[4];
    ssize_t level = 1;
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    if (out[2] && (level = value_as_ssize(out[2], TYPE(OverflowError))) == -1 && error_pending()) return NULL;
    if (check_category(out[0], &out[1]) < 0) return NULL;
    Warning w = {.source = out[3]};
    int status = settle_message(&w, out[0], out[1]);
    if (status == 0) status = warn_from(&w, level);
    warning_drop(&w);
    return status < 0 ? NULL : NONE;
}

/* ---- warn_explicit ---- */

/* A file's name without .py: what stands for the module's name. New. */
static Value module_of_file(Value filename) {
    size_t n = str_length(filename);
    if (n == 0) return str_from_cstr("<unknown>");
    bool python = n > 3 && str_read(filename, n - 3) == '.' && str_read(filename, n - 2) == 'p' &&
                  str_read(filename, n - 1) == 'y';
    return python ? str_slice(filename, 0, n - 3) : incref(filename);
}

static Value warnings_warn_explicit(Value self, Value const *args, size_t nargs, Value kwnames) {
    (void)self;
    enum { MESSAGE, CATEGORY, FILENAME, LINE, MODULE_, REGISTRY, GLOBALS, SOURCE };
    static const char *const names[] = {"message",  "category",       "filename", "lineno", "module",
                                        "registry", "module_globals", "source",   NULL};
    static const ArgSpec spec = {"warn_explicit", names, 8, 4, 8};
    Value out[8];
    Warning w = {0};
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    if (!is_str(out[FILENAME]))
        return raise_error(T_TypeError, "warn_explicit() argument 'filename' must be str, not %.50T",
                           out[FILENAME]);
    if (value_as_int(out[LINE], &w.line) < 0) return NULL;
    if (out[REGISTRY] && out[REGISTRY] != NONE && !is_dict(out[REGISTRY]))
        return raise_error(T_TypeError, "'registry' must be a dict or None");
    if (out[GLOBALS] && out[GLOBALS] != NONE && !is_dict(out[GLOBALS]))
        return raise_error(T_TypeError, "module_globals must be a dict, not '%.200T'", out[GLOBALS]);
    w.filename = out[FILENAME];
    w.registry = out[REGISTRY];
    w.source = out[SOURCE];
    Value module =
        out[MODULE_] && out[MODULE_] != NONE ? incref(out[MODULE_]) : module_of_file(out[FILENAME]);
    w.module = module;
    int status = module ? settle_message(&w, out[MESSAGE], out[CATEGORY]) : -1;
    if (status == 0) status = decide(&w);
    warning_drop(&w);
    xdecref(module);
    return status < 0 ? NULL : NONE;
}

static Value filters_mutated(Value self) {
    (void)self;
    WARNINGS->version++;
    return NONE;
}

static const NativeMethod warnings_functions[] = {
    METHOD_KW("warn", warnings_warn,
              "warn($module, /, message, category=None, stacklevel=1, source=None)\n--\n\nWarns: shows a "
              "message, raises it, or does nothing, as the filters say."),
    METHOD_KW("warn_explicit", warnings_warn_explicit,
              "warn_explicit($module, /, message, category, filename, lineno,\n"
              "              module=None, registry=None, module_globals=None,\n              "
              "source=None)\n--\n\nWarns about "
              "a place that is given."),
    METHOD_NOARGS("_filters_mutated", filters_mutated, NULL),
    METHOD_END,
};

/* ---- the first filters ---- */

static int add_filter(Value filters, const char *action, TypeId category, Value module) {
    Value text = str_intern_cstr(action);
    Value filter =
        text ? tuple_pack(5, text, NONE, AS_VALUE(rt->types[category]), module, small_int_new(0)) : NULL;
    xdecref(text);
    return filter ? list_append_steal(filters, filter) : -1;
}

static Value first_filters(void) {
    Value filters = list_new(0);
    if (filters && (add_filter(filters, "default", T_DeprecationWarning, NAME(__main__)) < 0 ||
                    add_filter(filters, "ignore", T_DeprecationWarning, NONE) < 0 ||
                    add_filter(filters, "ignore", T_PendingDeprecationWarning, NONE) < 0 ||
                    add_filter(filters, "ignore", T_ImportWarning, NONE) < 0 ||
                    add_filter(filters, "ignore", T_ResourceWarning, NONE) < 0))
        CLEAR_FIELD(filters);
    return filters;
}

static int warnings_ready(Value module) {
    WarningsState *s = module_state_new(M_warnings, sizeof *s);
    if (!s) return -1;
    if (!s->filters) s->filters = first_filters();
    if (!s->once) s->once = dict_new();
    if (!s->default_action) s->default_action = str_intern_cstr("default");
    if (!s->filters || !s->once || !s->default_action) return -1;
    if (module_add(module, "filters", incref(s->filters)) < 0 ||
        module_add(module, "_onceregistry", incref(s->once)) < 0)
        return -1;
    return module_add(module, "_defaultaction", incref(s->default_action));
}

const ModuleSpec module_warnings = {
    .name = "_warnings",
    .doc = "The native half of warnings.",
    .functions = warnings_functions,
    .ready = warnings_ready,
};
