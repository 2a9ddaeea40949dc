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
    Value (*call)(SiteObject *self, Value const *args, size_t nargs);
} SiteRow;

/* Ends the program; standard input is closed first, so that a catching REPL ends too. */
static Value call_quit(SiteObject *self, Value const *args, size_t nargs) {
    if (nargs > 1)
        return raise_error(T_TypeError,
                           "Quitter.__call__() takes from 1 to 2 positional arguments but %zu were given",
                           nargs + 1);
    (void)self;
    Value in = dict_get_str_borrow(AS_VALUE(rt->sys_dict), NAME(stdin));
    Value closed = in && in != NONE ? value_call_method_noargs(in, NAME(close)) : NONE;
    if (!closed) error_clear();
    xdecref(closed);
    Value code = nargs ? args[0] : NONE, e = exception_new(T_SystemExit, &code, 1);
    if (e) raise_value(e);
    xdecref(e);
    return NULL;
}

static Value call_print(SiteObject *self, Value const *args, size_t nargs) {
    (void)args, (void)nargs;
    Value print = dict_get_str_borrow(AS_VALUE(rt->builtins), NAME(print)),
          text = str_from_cstr(self->row->text);
    Value done = print && text ? value_call_one(print, text) : NULL;
    xdecref(text);
    return done;
}

static Value call_help(SiteObject *self, Value const *args, size_t nargs) {
    (void)self;
    Value help = module_import_attr("pydoc", "help"),
          result = help ? value_call(help, args, nargs, NULL) : NULL;
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
    return args_no_keywords(o->row->name, kwnames) ? o->row->call(o, args, nargs) : NULL;
}

static Value site_repr(Value v) { return str_from_cstr(((SiteObject *)v)->row->text); }

static Value site_get_name(Value v, void *closure) {
    (void)closure;
    return str_intern_cstr(((SiteObject *)v)->row->name);
}

static const GetSet site_getset[] = {{"name", site_get_name, NULL, NULL, NULL}, {0}};

#define SITE_SPEC(python_name)                                                                               \
    {                                                                                                        \
        .name = "_sitebuiltins." python_name, .flags = TYPE_NOT_INSTANTIABLE,                                \
        .basic_size = sizeof(SiteObject), .slots = {.call = site_call, .repr = site_repr},                   \
        .getset = site_getset                                                                                \
    }

static const TypeSpec site_specs[3] = {SITE_SPEC("Quitter"), SITE_SPEC("_Printer"), SITE_SPEC("_Helper")};

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
