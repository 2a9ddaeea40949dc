/*
 * elementtree_parser: XMLParser, which gives a target the elements and texts of a document that libexpat finds.
 *
 * A target that is a plain TreeBuilder is told without calls of methods. Expat knows nothing of exceptions: once one is pending the
 * rest of what was fed passes unheard. Names come again and again: there is one str for each, and those seen last are
 * found by their bytes.
 */
#include <stdio.h>

#include "modules/elementtree.h"
#include "modules/fields.h"
#include "modules/xml_expat.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/str.h"
#include "objects/tuple.h"

/* The methods that a target may have. */
#define TARGET_METHODS(X) X(start) X(data) X(end) X(comment) X(pi) X(close) X(doctype) X(start_ns) X(end_ns)

typedef enum TargetMethod {
#define METHOD_ROW(name) TO_##name,
    TARGET_METHODS(METHOD_ROW)
#undef METHOD_ROW
        TARGET_METHOD_COUNT
} TargetMethod;

enum { NAMES_SEEN = 64, WHOLE_STEP = 64 * 1024 };

typedef struct Parser {
    HeapObject head;
    Value target;                       /* NULL: not initialized */
    Value entity;                       /* dict: texts of entities that the document does not declare */
    Value names;                        /* dict: each name to itself */
    Value methods[TARGET_METHOD_COUNT]; /* of the target, or NULL */
    Value seen[NAMES_SEEN]; /* names, each at the place of its hash; or NULL; they are in `names` */
    XML_Parser expat;
    bool running;
} Parser;

enum { PARSER_FIELDS = 3 + TARGET_METHOD_COUNT }; /* `seen` is borrowed from `names` */

static Parser *parser_of(Value v) { return (Parser *)v; }
static Builder *plain_builder(const Parser *p) {
    return is_plain_builder(p->target) ? (Builder *)p->target : NULL;
}

/* ---- errors ---- */

/* Raises a ParseError with its code and position; message_or_null instead of expat's own words. */
static Value fail(Parser *p, enum XML_Error code, const char *message_or_null) {
    int64_t line = (int64_t)XML_GetCurrentLineNumber(p->expat),
            column = (int64_t)XML_GetCurrentColumnNumber(p->expat);
    Value text =
        str_format("%s: line %zd, column %zd", message_or_null ? message_or_null : XML_ErrorString(code),
                   (ssize_t)line, (ssize_t)column);
    Value error = text ? value_call_one(AS_VALUE(TREE->parse_error), text) : NULL,
          position = error ? tuple_pack(2, small_int_new(line), small_int_new(column)) : NULL;
    Value values[2] = {small_int_new((int64_t)code), position};
    for (int i = 0; position && i < 2; i++) {
        Value name = str_intern_cstr(i ? "position" : "code");
        if (!name || value_setattr(error, name, values[i]) < 0) CLEAR_FIELD(position);
        xdecref(name);
    }
    if (position) raise_value(error);
    xdecref(text);
    xdecref(error);
    xdecref(position);
    return NULL;
}

/* ---- values of expat's texts ---- */

static Value text_of(const char *utf8) { return str_from_utf8(utf8, strlen(utf8)); }
static Value text_or_none(const char *utf8) { return utf8 ? text_of(utf8) : NONE; }

/* Has the str these ASCII bytes, with a brace before them if they have one at all? */
static bool is_name(Value v, const char *utf8, size_t n, size_t brace) {
    const Str *s = (const Str *)v;
    return s->ascii && s->length == n + brace && memcmp(s->data + brace, utf8, n) == 0 &&
           (s->data[0] == '{') == (brace == 1);
}

static Value new_name(Parser *p, const char *utf8, size_t n, size_t brace) {
    Value text = brace ? str_format("{%s", utf8) : str_from_utf8(utf8, n);
    if (!text) return NULL;
    Value kept = xincref(dict_setdefault_borrow(p->names, text, text));
    decref(text);
    return kept;
}

/* "uri}name" is "{uri}name". New. */
static Value name_of(Parser *p, const char *utf8) {
    uint32_t hash = 0;
    size_t n = 0, brace = 0;
    for (; utf8[n]; n++) {
        hash = hash * 31 + (uint8_t)utf8[n];
        brace |= utf8[n] == '}';
    }
    Value *place = &p->seen[hash % NAMES_SEEN];
    if (*place && is_name(*place, utf8, n, brace)) return incref(*place);
    Value name = new_name(p, utf8, n, brace);
    if (name) *place = name;
    return name;
}

/* ---- telling the target ---- */

/* Calls a method of the target if it has it, with arguments that are stolen; one that is NULL means: already raised. */
static void tell(Parser *p, TargetMethod id, Value const *args, size_t n) {
    bool good = true;
    for (size_t i = 0; i < n; i++) good = good && args[i];
    Value method = good ? xincref(p->methods[id]) : NULL,
          result = method ? value_call(method, args, n, NULL) : NULL;
    for (size_t i = 0; i < n; i++) xdecref(args[i]);
    xdecref(method);
    xdecref(result);
}

#define SELF(data) ((Parser *)(data))

static Value attributes_of(Parser *p, const XML_Char **pairs) {
    Value all = dict_new();
    for (; all && pairs[0]; pairs += 2) {
        Value name = name_of(p, pairs[0]), value = name ? text_of(pairs[1]) : NULL;
        if (!value || dict_set(all, name, value) < 0) CLEAR_FIELD(all);
        xdecref(name);
        xdecref(value);
    }
    return all;
}

static void on_start(void *data, const XML_Char *name, const XML_Char **pairs) {
    Parser *p = SELF(data);
    Builder *b = plain_builder(p);
    if (error_pending()) return;
    Value tag = name_of(p, name);
    Value attributes = tag && (pairs[0] || !b) ? attributes_of(p, pairs) : NULL;
    if (!b) {
        tell(p, TO_start, (Value[]){tag, attributes}, 2);
    } else {
        if (!error_pending()) xdecref(builder_start_steal(b, tag, attributes));
        xdecref(tag);
    }
}

static void on_end(void *data, const XML_Char *name) {
    Parser *p = SELF(data);
    Builder *b = plain_builder(p);
    if (error_pending()) return;
    if (b) xdecref(builder_end(b));
    else if (p->methods[TO_end]) tell(p, TO_end, (Value[]){name_of(p, name)}, 1);
}

static void on_text(void *data, const XML_Char *text, int n) {
    Parser *p = SELF(data);
    Builder *b = plain_builder(p);
    if (error_pending()) return;
    if (b) builder_utf8(b, text, (size_t)n);
    else if (p->methods[TO_data]) tell(p, TO_data, (Value[]){str_from_utf8(text, (size_t)n)}, 1);
}

static void undefined_entity(Parser *p, const char *text, size_t n) {
    char message[128];
    int shown = n < 100 ? (int)n : 100;
    snprintf(message, sizeof message, "undefined entity %.*s", shown, text);
    fail(p, XML_ERROR_UNDEFINED_ENTITY, message);
}

/* Here it is for references to entities alone that the document does not declare. */
static void on_default(void *data, const XML_Char *text, int n) {
    Parser *p = SELF(data);
    Value found;
    if (n < 2 || text[0] != '&' || error_pending()) return;
    Value key = str_from_utf8(text + 1, (size_t)n - 2);
    int status = key ? dict_find(p->entity, key, &found) : -1;
    xdecref(key);
    if (status < 0) return;
    if (!status) {
        undefined_entity(p, text, (size_t)n);
        return;
    }
    Builder *b = plain_builder(p);
    incref(found);
    if (b) builder_data(b, found), decref(found);
    else tell(p, TO_data, &found, 1);
}

static void on_comment(void *data, const XML_Char *utf8) {
    Parser *p = SELF(data);
    Builder *b = plain_builder(p);
    if (error_pending()) return;
    Value text = text_of(utf8);
    if (!b) {
        tell(p, TO_comment, &text, 1);
    } else {
        if (text) xdecref(builder_comment(b, text));
        xdecref(text);
    }
}

static void on_instruction(void *data, const XML_Char *target, const XML_Char *utf8) {
    Parser *p = SELF(data);
    Builder *b = plain_builder(p);
    if (error_pending() || (b && !(b->append && b->events[ON_PI]) && !b->insert_pis)) return;
    Value args[2] = {text_of(target), NULL};
    if (args[0]) args[1] = text_or_none(utf8);
    if (!b) {
        tell(p, TO_pi, args, 2);
    } else {
        if (args[1]) xdecref(builder_pi(b, args[0], args[1]));
        xdecref(args[0]);
        xdecref(args[1]);
    }
}

static void on_start_namespace(void *data, const XML_Char *prefix, const XML_Char *uri) {
    Parser *p = SELF(data);
    Builder *b = plain_builder(p);
    if (error_pending() || (b ? !b->append || !b->events[ON_START_NS] : !p->methods[TO_start_ns])) return;
    Value args[2] = {text_of(prefix ? prefix : ""), NULL};
    if (args[0]) args[1] = text_of(uri ? uri : "");
    if (!b) {
        tell(p, TO_start_ns, args, 2);
        return;
    }
    Value pair = args[1] ? tuple_pack(2, args[0], args[1]) : NULL;
    if (pair) builder_tell(b, ON_START_NS, pair);
    xdecref(pair);
    xdecref(args[0]);
    xdecref(args[1]);
}

static void on_end_namespace(void *data, const XML_Char *prefix) {
    Parser *p = SELF(data);
    Builder *b = plain_builder(p);
    if (error_pending()) return;
    if (b) builder_tell(b, ON_END_NS, NONE);
    else if (p->methods[TO_end_ns]) tell(p, TO_end_ns, (Value[]){text_of(prefix ? prefix : "")}, 1);
}

static void on_doctype(void *data, const XML_Char *name, const XML_Char *system, const XML_Char *public,
                       int internal) {
    Parser *p = SELF(data);
    (void)internal;
    if (error_pending()) return;
    if (p->methods[TO_doctype]) {
        Value args[3] = {name_of(p, name), NULL, NULL};
        if (args[0]) args[1] = text_or_none(public);
        if (args[1]) args[2] = text_or_none(system);
        tell(p, TO_doctype, args, 3);
        return;
    }
    Value own, doctype = str_intern_cstr("doctype");
    if (doctype && value_getattr_optional(AS_VALUE(p), doctype, &own) > 0) {
        decref(own);
        raise_warning(
            T_RuntimeWarning, 1,
            "The doctype() method of XMLParser is ignored.  Define doctype() method on the TreeBuilder "
            "target.");
    }
    xdecref(doctype);
}

/* ---- making ---- */

static Value parser_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    (void)args, (void)nargs, (void)kwnames;
    Parser *p = (Parser *)value_alloc(type, 0);
    if (!p) return NULL;
    memset((char *)p + sizeof(HeapObject), 0, sizeof *p - sizeof(HeapObject));
    value_track(AS_VALUE(p));
    return AS_VALUE(p);
}

static int find_methods(Parser *p) {
    static const char *const names[] = {
#define METHOD_ROW(name) #name,
        TARGET_METHODS(METHOD_ROW)
#undef METHOD_ROW
    };
    for (int i = 0; i < TARGET_METHOD_COUNT; i++) {
        Value name = str_intern_cstr(names[i]), found = NULL;
        int status = name ? value_getattr_optional(p->target, name, &found) : -1;
        xdecref(name);
        if (status < 0) return -1;
        SET_FIELD_STEAL(p->methods[i], found);
    }
    return 0;
}

static void install(Parser *p) {
    XML_Parser x = p->expat;
    XML_SetUserData(x, p);
    XML_SetElementHandler(x, on_start, on_end);
    XML_SetDefaultHandlerExpand(x, on_default);
    XML_SetCharacterDataHandler(x, on_text);
    if (p->methods[TO_start_ns] || p->methods[TO_end_ns])
        XML_SetNamespaceDeclHandler(x, on_start_namespace, on_end_namespace);
    if (p->methods[TO_comment]) XML_SetCommentHandler(x, on_comment);
    if (p->methods[TO_pi]) XML_SetProcessingInstructionHandler(x, on_instruction);
    XML_SetStartDoctypeDeclHandler(x, on_doctype);
    XML_SetUnknownEncodingHandler(x, expat_unknown_encoding, NULL);
}

static void drop_expat(Parser *p) {
    XML_Parser old = p->expat;
    p->expat = NULL;
    if (old) XML_ParserFree(old);
    memset(p->seen, 0, sizeof p->seen);
}

static int begin(Parser *p, Value target_or_none, const char *encoding) {
    SET_FIELD_STEAL(p->entity, dict_new());
    memset(p->seen, 0, sizeof p->seen);
    SET_FIELD_STEAL(p->names, dict_new());
    if (!p->entity || !p->names) return -1;
    Value target =
        target_or_none != NONE ? incref(target_or_none) : value_call_noargs(AS_VALUE(TREE->builder));
    if (!target) return -1;
    SET_FIELD_STEAL(p->target, target);
    if (find_methods(p) < 0) return -1;
    if (!(p->expat = expat_parser_new(encoding, "}"))) return raise_no_memory(), -1;
    install(p);
    return 0;
}

static int parser_init(Value v, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"target", "encoding", NULL};
    static const ArgSpec spec = {"XMLParser", names, 2, 0, 0};
    Value out[2];
    Parser *p = parser_of(v);
    if (!args_bind(&spec, args, nargs, kwnames, out)) return -1;
    if (out[1] && out[1] != NONE && !is_str(out[1]))
        return raise_int(T_TypeError, "XMLParser() argument 'encoding' must be str or None, not %K", out[1]);
    const char *encoding = out[1] && out[1] != NONE ? str_utf8(out[1], NULL) : NULL;
    if (error_pending()) return -1;
    if (p->running) return raise_int(T_RuntimeError, "cannot initialize a parser that is parsing");
    drop_expat(p);
    int status = begin(p, out[0] ? out[0] : NONE, encoding);
    if (status < 0) {
        CLEAR_FIELD(p->target);
        drop_expat(p);
    }
    return status;
}

static int parser_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    return fields_traverse(o, PARSER_FIELDS, visit, arg);
}

static void parser_clear(Heap *heap, HeapObject *o) {
    (void)heap;
    drop_expat((Parser *)(void *)o);
    fields_drop(o, PARSER_FIELDS);
}

static void parser_free(Heap *heap, HeapObject *o) {
    parser_clear(heap, o);
    value_free(AS_VALUE(o));
}

/* ---- parsing ---- */

static bool is_ready(const Parser *p) {
    if (!p->target || !p->expat)
        return raise_error(T_ValueError, "XMLParser.__init__() wasn't called"), false;
    if (p->running) return raise_error(T_RuntimeError, "the parser is called from its own target"), false;
    return true;
}

/* 0, -1 raised. */
static int parse(Parser *p, const char *data, size_t n, bool final) {
    p->running = true;
    enum XML_Status status = expat_feed(p->expat, data, n, final);
    p->running = false;
    if (error_pending()) return -1;
    return status == XML_STATUS_OK ? 0 : (fail(p, XML_GetErrorCode(p->expat), NULL), -1);
}

static Value parser_feed(Value v, Value data) {
    Parser *p = parser_of(v);
    Buffer buffer;
    size_t n;
    if (!is_ready(p)) return NULL;
    if (is_str(data)) {
        const char *utf8 = str_utf8(data, &n);
        if (!utf8) return NULL;
        if (n > INT32_MAX) return raise_error(T_OverflowError, "size does not fit in an int");
        XML_SetEncoding(p->expat, "utf-8");
        return parse(p, utf8, n, false) < 0 ? NULL : NONE;
    }
    if (buffer_get(data, &buffer, false) < 0) return NULL;
    int status = buffer.length > INT32_MAX ? raise_int(T_OverflowError, "size does not fit in an int")
                                           : parse(p, buffer.data, buffer.length, false);
    buffer_release(&buffer);
    return status < 0 ? NULL : NONE;
}

static Value parser_close(Value v) {
    Parser *p = parser_of(v);
    if (!is_ready(p) || parse(p, "", 0, true) < 0) return NULL;
    Builder *b = plain_builder(p);
    if (b) return builder_close(b);
    Value close = xincref(p->methods[TO_close]), result = close ? value_call_noargs(close) : NONE;
    xdecref(close);
    return result;
}

/* What read() gave, as bytes; NULL: the end, or raised. Steals. */
static Value piece_steal(Value data_or_null) {
    if (!data_or_null) return NULL;
    Value bytes = NULL;
    if (type_of(data_or_null) == TYPE(bytes) && bytes_length(data_or_null)) return data_or_null;
    if (type_of(data_or_null) == TYPE(str) && str_length(data_or_null)) {
        size_t n;
        const char *utf8 = str_wtf8(data_or_null, &n);
        bytes = utf8 ? bytes_from(utf8, n) : NULL;
    }
    decref(data_or_null);
    return bytes;
}

static Value parser_parse_whole(Value v, Value file) {
    Parser *p = parser_of(v);
    if (!is_ready(p)) return NULL;
    Value read = value_getattr(file, NAME(read)), piece;
    if (!read) return NULL;
    while ((piece = piece_steal(value_call_one(read, small_int_new(WHOLE_STEP)))) != NULL) {
        int status = is_ready(p) ? parse(p, (const char *)bytes_data(piece), bytes_length(piece), false) : -1;
        decref(piece);
        if (status < 0) break;
    }
    decref(read);
    if (error_pending() || !is_ready(p) || parse(p, "", 0, true) < 0) return NULL;
    Builder *b = plain_builder(p);
    return b ? builder_close(b) : NONE;
}

/* ---- events for pull parsers ---- */

static int want_event(Parser *p, Builder *b, Value name) {
    static const char *const names[TREE_EVENT_COUNT] = {"start",  "end",     "start-ns",
                                                        "end-ns", "comment", "pi"};
    size_t n = 0;
    const char *text = is_str(name) ? str_utf8(name, NULL) : NULL;
    if (is_bytes(name)) text = (const char *)bytes_data(name);
    if (!text) return error_clear(), raise_int(T_ValueError, "invalid events sequence");
    while (n < TREE_EVENT_COUNT && strcmp(text, names[n]) != 0) n++;
    if (n == TREE_EVENT_COUNT) return raise_int(T_ValueError, "unknown event '%s'", text);
    SET_FIELD_STEAL(b->events[n], incref(name));
    if (n == ON_START_NS || n == ON_END_NS)
        XML_SetNamespaceDeclHandler(p->expat, on_start_namespace, on_end_namespace);
    else if (n == ON_COMMENT) XML_SetCommentHandler(p->expat, on_comment);
    else if (n == ON_PI) XML_SetProcessingInstructionHandler(p->expat, on_instruction);
    return 0;
}

static Value parser_set_events(Value v, Value const *args, size_t nargs) {
    Parser *p = parser_of(v);
    if (!is_ready(p) || !args_count("_setevents", nargs, 1, 2)) return NULL;
    Builder *b = plain_builder(p);
    if (!b)
        return raise_error(T_TypeError, "event handling only supported for ElementTree.TreeBuilder targets");
    Value append = value_getattr(args[0], NAME(append));
    if (!append) return NULL;
    SET_FIELD_STEAL(b->append, append);
    for (int i = 0; i < TREE_EVENT_COUNT; i++) CLEAR_FIELD(b->events[i]);
    if (nargs < 2 || args[1] == NONE) {
        SET_FIELD_STEAL(b->events[ON_END], str_intern_cstr("end"));
        return b->events[ON_END] ? NONE : NULL;
    }
    Value wanted = value_fast_sequence(args[1], "events must be a sequence");
    int status = wanted ? 0 : -1;
    for (size_t i = 0; status == 0 && i < fast_sequence_length(wanted); i++)
        status = want_event(p, b, fast_sequence_items(wanted)[i]);
    xdecref(wanted);
    return status < 0 ? NULL : NONE;
}

/* ---- the type ---- */

static Value get_version(Value v, void *closure) {
    XML_Expat_Version version = XML_ExpatVersionInfo();
    (void)v, (void)closure;
    return str_format("Expat %d.%d.%d", version.major, version.minor, version.micro);
}

static const GetSet parser_getset[] = {{"version", get_version, NULL, NULL, NULL}, {0}};

static const Member parser_members[] = {{"entity", MEMBER_VALUE, offsetof(Parser, entity), true, NULL},
                                        {"target", MEMBER_VALUE, offsetof(Parser, target), true, NULL},
                                        {0}};

static const NativeMethod parser_methods[] = {
    METHOD_ONE("feed", parser_feed, "feed($self, data, /)\n--\n\n"),
    METHOD_NOARGS("close", parser_close, "close($self, /)\n--\n\n"),
    METHOD_ONE("_parse_whole", parser_parse_whole, "_parse_whole($self, file, /)\n--\n\n"),
    METHOD_FAST("_setevents", parser_set_events,
                "_setevents($self, events_queue, events_to_report=None, /)\n--\n\n"),
    METHOD_END,
};

const TypeSpec parser_spec = {
    .name = "xml.etree.ElementTree.XMLParser",
    .flags = TYPE_SUBCLASSABLE | TYPE_GC,
    .basic_size = sizeof(Parser),
    .slots = {.traverse = parser_traverse,
              .clear = parser_clear,
              .free = parser_free,
              .new_ = parser_make,
              .init = parser_init},
    .methods = parser_methods,
    .getset = parser_getset,
    .members = parser_members,
};
