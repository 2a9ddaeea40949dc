/*
 * copyright credits exit help license quit: what the site module gives an interactive user, and programs use
 * too.
 *
 * Three types of one sort serve all six: an object with a name, a text as repr, and something to do when
 * called.
 */
#include "builtins/builtins.h"
#include "modules/module.h"
#include "objects/dict.h"
#include "objects/exception.h"
#include "objects/str.h"

typedef struct SiteObject {
    HeapObject head;
    const struct SiteRow *row;
} SiteObject;

typedef struct SiteRow {
    int kind; /* index of site_specs */
    const char *name, *text;
    Value (*call)(SiteObject *self, Value const *args, size_t nargs, Value kwnames);
} SiteRow;

/* Ends the program; standard input is closed first, so that a catching REPL ends too. */
static Value call_quit(SiteObject *self, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"code", NULL};
    static const ArgSpec spec = {"Quitter.__call__", names, 1, 0, 1};
    Value given;
    (void)self;
    if (nargs > 1)
        return raise_error(T_TypeError,
                           "Quitter.__call__() takes from 1 to 2 positional arguments but %zu were given",
                           nargs + 1);
    if (!args_bind(&spec, args, nargs, kwnames, &given)) return NULL;
    Value in = dict_get_str_borrow(AS_VALUE(rt->sys_dict), NAME(stdin));
    Value closed = in && in != NONE ? value_call_method_noargs(in, NAME(close)) : NONE;
    if (!closed) error_clear();
    xdecref(closed);
    Value code = given ? given : NONE, e = exception_new(T_SystemExit, &code, 1);
    if (e) raise_value(e);
    xdecref(e);
    return NULL;
}

static Value call_print(SiteObject *self, Value const *args, size_t nargs, Value kwnames) {
    (void)args;
    if (!args_no_keywords("_Printer.__call__", kwnames)) return NULL;
    if (nargs)
        return raise_error(T_TypeError, "_Printer.__call__() takes 1 positional argument but %zu were given",
                           nargs + 1);
    Value print = dict_get_str_borrow(AS_VALUE(rt->builtins), NAME(print)),
          text = str_from_cstr(self->row->text);
    Value done = print && text ? value_call_one(print, text) : NULL;
    xdecref(text);
    return done;
}

static Value call_help(SiteObject *self, Value const *args, size_t nargs, Value kwnames) {
    (void)self;
    Value help = module_import_attr("pydoc", "help"),
          result = help ? value_call(help, args, nargs, kwnames) : NULL;
    xdecref(help);
    return result;
}

static const SiteRow rows[] = {
    {0, "exit", "Use exit() or Ctrl-D (i.e. EOF) to exit", call_quit},
    {0, "quit", "Use quit() or Ctrl-D (i.e. EOF) to exit", call_quit},
    {1, "copyright", "Copyright (c) the authors of Atoll.", call_print},
    {1, "credits", "Atoll runs Python; thanks to all who made the language and its library.", call_print},
    {1, "license", "Type license() to see the full license text", call_print},
    {2, "help", "Type help() for interactive help, or help(object) for help about object.", call_help},
};

static Value site_call(Value v, Value const *args, size_t nargs, Value kwnames) {
    SiteObject *o = (SiteObject *)v;
    return o->row->call(o, args, nargs, kwnames);
}

static Value site_repr(Value v) { return str_from_cstr(((SiteObject *)v)->row->text); }

static Value site_get_name(Value v, void *closure) {
    (void)closure;
    return str_intern_cstr(((SiteObject *)v)->row->name);
}

static const GetSet site_getset[] = {{"name", site_get_name, NULL, NULL, NULL}, {0}};

/* The slot again, as a method that tells its signature. */
static const NativeMethod site_methods[3][2] = {
    {METHOD_KW("__call__", site_call,
               "__call__($self, /, code=None)\n--\n\nEnds the program with that status."),
     METHOD_END},
    {METHOD_KW("__call__", site_call, "__call__($self, /)\n--\n\nPrints the text."), METHOD_END},
    {METHOD_KW("__call__", site_call,
               "__call__($self, /, *args, **kwds)\n--\n\nHelp on an object, or on all."),
     METHOD_END},
};

#define SITE_SPEC(kind, python_name)                                                                         \
    {                                                                                                        \
        .name = "_sitebuiltins." python_name, .flags = TYPE_NOT_INSTANTIABLE,                                \
        .basic_size = sizeof(SiteObject), .slots = {.call = site_call, .repr = site_repr},                   \
        .methods = site_methods[kind], .getset = site_getset                                                 \
    }

static const TypeSpec site_specs[3] = {SITE_SPEC(0, "Quitter"), SITE_SPEC(1, "_Printer"),
                                       SITE_SPEC(2, "_Helper")};

int builtins_add_site(Value module) {
    Type *types[3] = {NULL};
    for (int i = 0; i < 3; i++)
        if (module_ready_type(&types[i], &site_specs[i], NULL) < 0) return -1;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        SiteObject *o = (SiteObject *)value_alloc(types[rows[i].kind], 0);
        if (o) o->row = &rows[i];
        if (module_add(module, rows[i].name, AS_VALUE(o)) < 0) return -1;
    }
    return 0;
}
