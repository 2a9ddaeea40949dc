/*
 * pyexpat: XML by the system's expat.
 *
 * A parser hands what it finds to the program's handlers as it goes. One that raises stops the parser; the
 * error passes through expat as "aborted" and is the program's own again behind it. Expat must not be entered
 * anew while it calls a handler, so Parse refuses that. Its memory is the worker's heap, its hash salt the
 * process's own.
 */
#include <stdio.h>

#include "base/names.h"
#include "modules/module.h"
#include "modules/xml_expat.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/function.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/str.h"
#include "objects/tuple.h"

/* The handlers; H_name is the place of nameHandler. */
#define HANDLERS(X)                                                                                          \
    X(StartElement)                                                                                          \
    X(EndElement)                                                                                            \
    X(ProcessingInstruction)                                                                                 \
    X(CharacterData)                                                                                         \
    X(UnparsedEntityDecl)                                                                                    \
    X(NotationDecl) X(StartNamespaceDecl) X(EndNamespaceDecl) X(Comment) X(StartCdataSection)                \
        X(EndCdataSection) X(Default) X(DefaultHandlerExpand) X(NotStandalone) X(ExternalEntityRef)          \
            X(StartDoctypeDecl) X(EndDoctypeDecl) X(EntityDecl) X(XmlDecl) X(ElementDecl) X(AttlistDecl)     \
                X(SkippedEntity)

typedef enum HandlerId {
#define HANDLER(name) H_##name,
    HANDLERS(HANDLER)
#undef HANDLER
        HANDLER_COUNT
} HandlerId;

enum { FEED = 1 << 16, TEXT_SIZE = 8192, TEXT_MAX = 1 << 30 };

typedef struct Parser {
    HeapObject head;
    Value intern;                  /* dict or NULL */
    Value parent;                  /* of a parser for an external entity: expat shares parts of it */
    Value handlers[HANDLER_COUNT]; /* or NULL */
    XML_Parser expat;
    bool ordered_attributes, specified_attributes, buffer_text, namespace_prefixes, running;
    char *text; /* character data kept back while buffer_text is on; NULL: off */
    size_t text_used, text_size;
} Parser;

enum { PARSER_FIELDS = 2 + HANDLER_COUNT };

typedef struct ExpatState {
    Type *parser, *error;
} ExpatState;

#define EXPAT MODULE_STATE(pyexpat, ExpatState)

static Parser *parser_of(Value v) { return (Parser *)v; }

/* ---- memory ---- */

static void *expat_alloc(size_t n) { return heap_alloc(rt->heap, n); }
static void *expat_realloc(void *p, size_t n) { return heap_realloc(rt->heap, p, n); }
static void expat_free(void *p) { heap_free(rt->heap, p); }
static const XML_Memory_Handling_Suite memory = {expat_alloc, expat_realloc, expat_free};

XML_Parser expat_parser_new(const char *encoding, const char *separator) {
    XML_Parser parser = XML_ParserCreate_MM(encoding, &memory, separator);
    if (parser) XML_SetHashSalt(parser, (unsigned long)rt->hash_key[0] | 1);
    return parser;
}

/* ---- errors ---- */

static Value fail(Parser *p, enum XML_Error code) {
    int line = (int)XML_GetErrorLineNumber(p->expat), column = (int)XML_GetErrorColumnNumber(p->expat);
    Value text = str_format("%s: line %d, column %d", XML_ErrorString(code), line, column);
    Value error = text ? value_call_one(AS_VALUE(EXPAT->error), text) : NULL;
    static const char *const names[] = {"code", "offset", "lineno"};
    int numbers[] = {(int)code, column, line};
    for (int i = 0; error && i < 3; i++) {
        Value name = str_intern_cstr(names[i]);
        if (!name || value_setattr(error, name, small_int_new(numbers[i])) < 0) CLEAR_FIELD(error);
        xdecref(name);
    }
    if (error) raise_value(error);
    xdecref(text);
    xdecref(error);
    return NULL;
}

static void stop(Parser *p) { XML_StopParser(p->expat, XML_FALSE); }

/* ---- values for handlers ---- */

static Value text_of(const char *utf8) { return utf8 ? str_from_utf8(utf8, strlen(utf8)) : NONE; }

/* Names come again and again: one str for each. */
static Value name_of(Parser *p, const char *utf8) {
    Value text = text_of(utf8);
    if (!text || text == NONE || !p->intern) return text;
    Value kept = dict_setdefault_borrow(p->intern, text, text);
    xincref(kept);
    decref(text);
    return kept;
}

/* Calls a handler; the values are stolen, and one that is NULL means: already raised. New; NULL raised, and
 * expat told. */
static Value call(Parser *p, HandlerId id, Value const *args, size_t n) {
    bool good = true;
    for (size_t i = 0; i < n; i++) good = good && args[i];
    Value handler = xincref(p->handlers[id]);
    Value result = good && handler ? value_call(handler, args, n, NULL) : NULL;
    xdecref(handler);
    for (size_t i = 0; i < n; i++) xdecref(args[i]);
    if (!result) stop(p);
    return result;
}

static void flush_text(Parser *p) {
    if (!p->text_used) return;
    size_t n = p->text_used;
    p->text_used = 0;
    if (!p->handlers[H_CharacterData]) return;
    Value args[1] = {str_from_utf8(p->text, n)};
    xdecref(call(p, H_CharacterData, args, 1));
}

/* May this event's handler be called? What was kept back goes first. */
static bool begin(Parser *p, HandlerId id) {
    if (error_pending() || !p->handlers[id]) return false;
    flush_text(p);
    return !error_pending() && p->handlers[id];
}

static void give(Parser *p, HandlerId id, Value const *args, size_t n) { xdecref(call(p, id, args, n)); }

#define SELF(data) ((Parser *)(data))

/* ---- events ---- */

static Value attributes_of(Parser *p, const XML_Char **pairs) {
    size_t n = 0;
    if (p->specified_attributes) n = (size_t)XML_GetSpecifiedAttributeCount(p->expat);
    else
        while (pairs[n]) n += 2;
    Value all = p->ordered_attributes ? list_new(0) : dict_new();
    for (size_t i = 0; all && i < n; i += 2) {
        Value name = name_of(p, pairs[i]), value = name ? text_of(pairs[i + 1]) : NULL;
        int status = -1;
        if (value)
            status = !p->ordered_attributes       ? dict_set(all, name, value)
                     : list_append(all, name) < 0 ? -1
                                                  : list_append(all, value);
        if (status < 0) CLEAR_FIELD(all);
        xdecref(name);
        xdecref(value);
    }
    return all;
}

static void on_start_element(void *data, const XML_Char *name, const XML_Char **pairs) {
    Parser *p = SELF(data);
    if (!begin(p, H_StartElement)) return;
    Value attributes = attributes_of(p, pairs), args[2] = {attributes ? name_of(p, name) : NULL, attributes};
    give(p, H_StartElement, args, 2);
}

static void on_character_data(void *data, const XML_Char *text, int n) {
    Parser *p = SELF(data);
    if (error_pending() || !p->handlers[H_CharacterData]) return;
    if (p->text) {
        if (p->text_used + (size_t)n > p->text_size) flush_text(p);
        if (error_pending() || !p->handlers[H_CharacterData]) return;
        if ((size_t)n <= p->text_size) {
            memcpy(p->text + p->text_used, text, (size_t)n);
            p->text_used += (size_t)n;
            return;
        }
    }
    Value args[1] = {str_from_utf8(text, (size_t)n)};
    give(p, H_CharacterData, args, 1);
}

static void on_default_text(Parser *p, HandlerId id, const XML_Char *text, int n) {
    if (!begin(p, id)) return;
    Value args[1] = {str_from_utf8(text, (size_t)n)};
    give(p, id, args, 1);
}

static void on_default(void *data, const XML_Char *text, int n) {
    on_default_text(SELF(data), H_Default, text, n);
}
static void on_default_expand(void *data, const XML_Char *text, int n) {
    on_default_text(SELF(data), H_DefaultHandlerExpand, text, n);
}

/* Events whose arguments are names (N) and texts (T). */
#define EVENT_0(id, f)                                                                                       \
    static void f(void *data) {                                                                              \
        if (begin(SELF(data), H_##id)) give(SELF(data), H_##id, NULL, 0);                                    \
    }
#define N(x) name_of(p, x)
#define T(x) text_of(x)
#define EVENT(id, f, parameters, ...)                                                                        \
    static void f parameters {                                                                               \
        Parser *p = SELF(data);                                                                              \
        if (!begin(p, H_##id)) return;                                                                       \
        Value args[] = {__VA_ARGS__};                                                                        \
        give(p, H_##id, args, sizeof args / sizeof *args);                                                   \
    }
EVENT_0(StartCdataSection, on_start_cdata)
EVENT_0(EndCdataSection, on_end_cdata)
EVENT_0(EndDoctypeDecl, on_end_doctype)
EVENT(EndElement, on_end_element, (void *data, const XML_Char *name), N(name))
EVENT(ProcessingInstruction, on_instruction, (void *data, const XML_Char *target, const XML_Char *text),
      N(target), T(text))
EVENT(Comment, on_comment, (void *data, const XML_Char *text), T(text))
EVENT(StartNamespaceDecl, on_start_namespace, (void *data, const XML_Char *prefix, const XML_Char *uri),
      N(prefix), N(uri))
EVENT(EndNamespaceDecl, on_end_namespace, (void *data, const XML_Char *prefix), N(prefix))
EVENT(UnparsedEntityDecl, on_unparsed_entity,
      (void *data, const XML_Char *entity, const XML_Char *base, const XML_Char *system,
       const XML_Char *public, const XML_Char *notation),
      N(entity), N(base), N(system), N(public), N(notation))
EVENT(NotationDecl, on_notation,
      (void *data, const XML_Char *notation, const XML_Char *base, const XML_Char *system,
       const XML_Char *public),
      N(notation), N(base), N(system), N(public))
EVENT(StartDoctypeDecl, on_start_doctype,
      (void *data, const XML_Char *name, const XML_Char *system, const XML_Char *public, int internal),
      N(name), N(system), N(public), small_int_new(internal))
EVENT(EntityDecl, on_entity,
      (void *data, const XML_Char *name, int parameter, const XML_Char *value, int n, const XML_Char *base,
       const XML_Char *system, const XML_Char *public, const XML_Char *notation),
      N(name), small_int_new(parameter), value ? str_from_utf8(value, (size_t)n) : NONE, N(base), N(system),
      N(public), N(notation))
EVENT(XmlDecl, on_declaration,
      (void *data, const XML_Char *version, const XML_Char *encoding, int standalone), T(version),
      T(encoding), small_int_new(standalone))
EVENT(AttlistDecl, on_attribute_list,
      (void *data, const XML_Char *element, const XML_Char *name, const XML_Char *type,
       const XML_Char *fallback, int required),
      N(element), N(name), T(type), T(fallback), small_int_new(required))
EVENT(SkippedEntity, on_skipped, (void *data, const XML_Char *name, int parameter), N(name),
      small_int_new(parameter))

/* (type, quantifier, name, children) of a content model. The nesting is that of the document, whose depth
 * expat does not bound. */
static Value model_value(Parser *p, const XML_Content *model) {
    if (recursion_enter(" in a content model") < 0) return NULL;
    Value children = tuple_new(model->numchildren);
    for (unsigned i = 0; children && i < model->numchildren; i++) {
        Value child = model_value(p, &model->children[i]);
        if (child) tuple_init_item_steal(children, i, child);
        else CLEAR_FIELD(children);
    }
    recursion_leave();
    Value name = children ? name_of(p, model->name) : NULL;
    Value result =
        name ? tuple_pack(4, small_int_new(model->type), small_int_new(model->quant), name, children) : NULL;
    xdecref(name);
    xdecref(children);
    return result;
}

static void on_element_declaration(void *data, const XML_Char *name, XML_Content *model) {
    Parser *p = SELF(data);
    if (begin(p, H_ElementDecl)) {
        Value tree = model_value(p, model), args[2] = {tree ? name_of(p, name) : NULL, tree};
        give(p, H_ElementDecl, args, 2);
    }
    XML_FreeContentModel(p->expat, model);
}

static int answer_steal(Parser *p, Value result_or_null) {
    int n = 0;
    if (result_or_null && value_as_int(result_or_null, &n) < 0) stop(p);
    xdecref(result_or_null);
    return error_pending() ? 0 : n;
}

static int on_not_standalone(void *data) {
    Parser *p = SELF(data);
    if (!begin(p, H_NotStandalone)) return !error_pending();
    return answer_steal(p, call(p, H_NotStandalone, NULL, 0));
}

static int on_external_entity(XML_Parser expat, const XML_Char *context, const XML_Char *base,
                              const XML_Char *system, const XML_Char *public) {
    Parser *p = XML_GetUserData(expat);
    if (!begin(p, H_ExternalEntityRef)) return !error_pending();
    Value args[4] = {T(context), N(base), N(system), N(public)};
    return answer_steal(p, call(p, H_ExternalEntityRef, args, 4));
}

int expat_unknown_encoding(void *data, const XML_Char *name, XML_Encoding *info) {
    uint8_t all[256];
    (void)data;
    if (error_pending()) return 0;
    for (int i = 0; i < 256; i++) all[i] = (uint8_t)i;
    Value bytes = bytes_from(all, 256), encoding = bytes ? text_of(name) : NULL,
          errors = encoding ? str_from_ascii("replace", 7) : NULL;
    Value args[2] = {encoding, errors},
          text = errors ? value_call_method(bytes, NAME(decode), args, 2) : NULL;
    xdecref(bytes);
    xdecref(encoding);
    xdecref(errors);
    if (!text || !is_str(text) || str_length(text) != 256) {
        if (text) raise_error(T_ValueError, "multi-byte encodings are not supported");
        xdecref(text);
        return 0;
    }
    for (size_t i = 0; i < 256; i++) {
        uint32_t c = str_read(text, i);
        info->map[i] = c == 0xfffd ? -1 : (int)c;
    }
    info->data = NULL;
    info->convert = NULL;
    info->release = NULL;
    decref(text);
    return 1;
}

/* ---- which handlers expat calls ---- */

static void install(Parser *p, HandlerId id) {
    XML_Parser x = p->expat;
    bool on = p->handlers[id] != NULL;
    switch (id) {
    case H_StartElement: XML_SetStartElementHandler(x, on ? on_start_element : NULL); break;
    case H_EndElement: XML_SetEndElementHandler(x, on ? on_end_element : NULL); break;
    case H_ProcessingInstruction: XML_SetProcessingInstructionHandler(x, on ? on_instruction : NULL); break;
    case H_CharacterData: XML_SetCharacterDataHandler(x, on ? on_character_data : NULL); break;
    case H_UnparsedEntityDecl: XML_SetUnparsedEntityDeclHandler(x, on ? on_unparsed_entity : NULL); break;
    case H_NotationDecl: XML_SetNotationDeclHandler(x, on ? on_notation : NULL); break;
    case H_StartNamespaceDecl: XML_SetStartNamespaceDeclHandler(x, on ? on_start_namespace : NULL); break;
    case H_EndNamespaceDecl: XML_SetEndNamespaceDeclHandler(x, on ? on_end_namespace : NULL); break;
    case H_Comment: XML_SetCommentHandler(x, on ? on_comment : NULL); break;
    case H_StartCdataSection: XML_SetStartCdataSectionHandler(x, on ? on_start_cdata : NULL); break;
    case H_EndCdataSection: XML_SetEndCdataSectionHandler(x, on ? on_end_cdata : NULL); break;
    case H_Default: XML_SetDefaultHandler(x, on ? on_default : NULL); break;
    case H_DefaultHandlerExpand: XML_SetDefaultHandlerExpand(x, on ? on_default_expand : NULL); break;
    case H_NotStandalone: XML_SetNotStandaloneHandler(x, on ? on_not_standalone : NULL); break;
    case H_ExternalEntityRef: XML_SetExternalEntityRefHandler(x, on ? on_external_entity : NULL); break;
    case H_StartDoctypeDecl: XML_SetStartDoctypeDeclHandler(x, on ? on_start_doctype : NULL); break;
    case H_EndDoctypeDecl: XML_SetEndDoctypeDeclHandler(x, on ? on_end_doctype : NULL); break;
    case H_EntityDecl: XML_SetEntityDeclHandler(x, on ? on_entity : NULL); break;
    case H_XmlDecl: XML_SetXmlDeclHandler(x, on ? on_declaration : NULL); break;
    case H_ElementDecl: XML_SetElementDeclHandler(x, on ? on_element_declaration : NULL); break;
    case H_AttlistDecl: XML_SetAttlistDeclHandler(x, on ? on_attribute_list : NULL); break;
    case H_SkippedEntity: XML_SetSkippedEntityHandler(x, on ? on_skipped : NULL); break;
    default: break;
    }
}

static Value get_handler(Value v, void *closure) {
    Value handler = parser_of(v)->handlers[(uintptr_t)closure];
    return handler ? incref(handler) : NONE;
}

static int set_handler(Value v, Value value, void *closure) {
    Parser *p = parser_of(v);
    HandlerId id = (HandlerId)(uintptr_t)closure;
    if (!value) return raise_int(T_RuntimeError, "Cannot delete attribute");
    if (id == H_CharacterData) {
        flush_text(p); /* what came before belongs to the handler that was there */
        if (error_pending()) return -1;
    }
    SET_FIELD_STEAL(p->handlers[id], value == NONE ? NULL : incref(value));
    install(p, id);
    return 0;
}

/* ---- life ---- */

static Value parser_new(XML_Parser expat, Value intern_or_null, Value parent_or_null) {
    if (!expat) return raise_no_memory();
    Parser *p = (Parser *)value_alloc(EXPAT->parser, 0);
    if (!p) return XML_ParserFree(expat), NULL;
    memset((char *)p + sizeof(HeapObject), 0, sizeof *p - sizeof(HeapObject));
    p->expat = expat;
    p->intern = xincref(intern_or_null);
    p->parent = xincref(parent_or_null);
    p->text_size = TEXT_SIZE;
    XML_SetUserData(expat, p);
    XML_SetUnknownEncodingHandler(expat, expat_unknown_encoding, NULL);
    value_track(AS_VALUE(p));
    return AS_VALUE(p);
}

static Value *fields_of(Parser *p) { return &p->intern; }

static int parser_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    Value *fields = fields_of((Parser *)(void *)o);
    for (size_t i = 0; i < PARSER_FIELDS; i++) VISIT(fields[i]);
    return 0;
}

static void parser_clear(Heap *heap, HeapObject *o) {
    (void)heap;
    Parser *p = (Parser *)(void *)o;
    for (int i = 0; i < HANDLER_COUNT; i++) CLEAR_FIELD(p->handlers[i]);
    CLEAR_FIELD(p->intern);
}

static void parser_free(Heap *heap, HeapObject *o) {
    Parser *p = (Parser *)(void *)o;
    parser_clear(heap, o);
    XML_ParserFree(p->expat);
    CLEAR_FIELD(p->parent);
    heap_free(rt->heap, p->text);
    value_free(AS_VALUE(o));
}

/* ---- parsing ---- */

enum XML_Status expat_feed(XML_Parser parser, const char *data, size_t n, bool final) {
    enum XML_Status status = XML_STATUS_OK;
    do {
        size_t step = n < FEED ? n : FEED;
        if (work_charge(step / 16 + 1) < 0) return XML_STATUS_ERROR;
        status = XML_Parse(parser, data, (int)step, final && step == n);
        data += step;
        n -= step;
    } while (n > 0 && status == XML_STATUS_OK && !error_pending());
    return status;
}

static int enter(Parser *p) {
    if (p->running) return raise_int(T_RuntimeError, "cannot call Parse() from within a handler");
    p->running = true;
    return 0;
}

static Value finish(Parser *p, enum XML_Status status) {
    p->running = false;
    if (error_pending()) return NULL;
    if (status != XML_STATUS_OK) return fail(p, XML_GetErrorCode(p->expat));
    flush_text(p);
    return error_pending() ? NULL : small_int_new(status);
}

static Value parser_parse(Value v, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"", "", NULL};
    static const ArgSpec spec = {"Parse", names, 2, 1, 2};
    Parser *p = parser_of(v);
    Value out[2];
    Buffer buffer;
    size_t n;
    int final = args_bind(&spec, args, nargs, kwnames, out) ? out[1] ? value_is_true(out[1]) : 0 : -1;
    if (final < 0) return NULL;
    if (is_str(args[0])) {
        const char *utf8 = str_utf8(args[0], &n);
        if (!utf8 || enter(p) < 0) return NULL;
        XML_SetEncoding(p->expat, "utf-8");
        return finish(p, expat_feed(p->expat, utf8, n, final));
    }
    if (buffer_get(args[0], &buffer, false) < 0) return NULL;
    Value result = enter(p) < 0 ? NULL : finish(p, expat_feed(p->expat, buffer.data, buffer.length, final));
    buffer_release(&buffer);
    return result;
}

static Value parser_parse_file(Value v, Value file) {
    Parser *p = parser_of(v);
    Value read;
    int found = value_getattr_optional(file, NAME(read), &read);
    if (found == 0) raise_error(T_TypeError, "argument must have 'read' attribute");
    if (found <= 0) return NULL;
    enum XML_Status status = XML_STATUS_OK;
    size_t n = 1;
    if (enter(p) < 0) n = 0;
    while (n > 0 && status == XML_STATUS_OK && !error_pending()) {
        Value data = value_call_one(read, small_int_new(2048));
        if (data && !is_bytes(data) && !IS(data, bytearray)) {
            raise_error(T_TypeError, "read() did not return a bytes object (type=%.400s)",
                        type_name_of(data));
        } else if (data) {
            Buffer buffer;
            if (buffer_get(data, &buffer, false) == 0) {
                n = buffer.length;
                if (n > 2048)
                    raise_error(T_ValueError,
                                "read() returned too much data: %i bytes requested, %zd returned", 2048,
                                (ssize_t)n);
                else status = expat_feed(p->expat, buffer.data, n, n == 0);
                buffer_release(&buffer);
            }
        }
        xdecref(data);
    }
    decref(read);
    if (error_pending() && !p->running) return NULL;
    return finish(p, status);
}

static Value parser_set_base(Value v, Value base) {
    const char *text = is_str(base) ? str_utf8(base, NULL) : NULL;
    if (!is_str(base)) return raise_error(T_TypeError, "SetBase() argument must be str, not %K", base);
    if (!text) return NULL;
    return XML_SetBase(parser_of(v)->expat, text) ? NONE : raise_no_memory();
}

static Value parser_get_base(Value v) { return text_of(XML_GetBase(parser_of(v)->expat)); }

static Value parser_get_input_context(Value v) {
    Parser *p = parser_of(v);
    int offset = 0, size = 0;
    const char *buffer = p->running ? XML_GetInputContext(p->expat, &offset, &size) : NULL;
    return buffer ? bytes_from(buffer + offset, (size_t)(size - offset)) : NONE;
}

static Value parser_external_entity(Value v, Value const *args, size_t nargs) {
    Parser *p = parser_of(v);
    if (!args_count("ExternalEntityParserCreate", nargs, 1, 2)) return NULL;
    for (size_t i = 0; i < nargs; i++)
        if (!is_str(args[i]) && (i == 1 || args[i] != NONE))
            return raise_error(T_TypeError, "ExternalEntityParserCreate() argument %d must be str%s, not %K",
                               (int)i + 1, i ? "" : " or None", args[i]);
    const char *context = args[0] == NONE ? NULL : str_utf8(args[0], NULL),
               *encoding = nargs > 1 ? str_utf8(args[1], NULL) : NULL;
    if (error_pending()) return NULL;
    Value child = parser_new(XML_ExternalEntityParserCreate(p->expat, context, encoding), p->intern, v);
    if (!child) return NULL;
    Parser *c = parser_of(child);
    c->ordered_attributes = p->ordered_attributes;
    c->specified_attributes = p->specified_attributes;
    c->namespace_prefixes = p->namespace_prefixes;
    c->text_size = p->text_size;
    if (p->text && !(c->text = heap_alloc(rt->heap, c->text_size))) {
        decref(child);
        return raise_no_memory();
    }
    for (int i = 0; i < HANDLER_COUNT; i++) {
        c->handlers[i] = xincref(p->handlers[i]);
        install(c, (HandlerId)i);
    }
    return child;
}

static Value parser_parameter_entities(Value v, Value flag) {
    int n;
    if (value_as_int(flag, &n) < 0) return NULL;
    return small_int_new(XML_SetParamEntityParsing(parser_of(v)->expat, (enum XML_ParamEntityParsing)n));
}

static Value parser_foreign_dtd(Value v, Value const *args, size_t nargs) {
    if (!args_count("UseForeignDTD", nargs, 0, 1)) return NULL;
    int flag = nargs ? value_is_true(args[0]) : 1;
    if (flag < 0) return NULL;
    enum XML_Error code = XML_UseForeignDTD(parser_of(v)->expat, flag ? XML_TRUE : XML_FALSE);
    return code == XML_ERROR_NONE ? NONE : fail(parser_of(v), code);
}

/* ---- attributes ---- */

static int no_deletion(void) { return raise_int(T_RuntimeError, "Cannot delete attribute"); }

#define FLAG(field)                                                                                          \
    static Value get_##field(Value v, void *closure) { return (void)closure, BOOL(parser_of(v)->field); }    \
    static int set_##field(Value v, Value value, void *closure) {                                            \
        (void)closure;                                                                                       \
        int truth = value ? value_is_true(value) : no_deletion();                                            \
        if (truth >= 0) parser_of(v)->field = truth;                                                         \
        return truth < 0 ? -1 : 0;                                                                           \
    }
FLAG(ordered_attributes)
FLAG(specified_attributes)

static Value get_namespace_prefixes(Value v, void *closure) {
    return (void)closure, BOOL(parser_of(v)->namespace_prefixes);
}

static int set_namespace_prefixes(Value v, Value value, void *closure) {
    (void)closure;
    int truth = value ? value_is_true(value) : no_deletion();
    if (truth < 0) return -1;
    parser_of(v)->namespace_prefixes = truth;
    XML_SetReturnNSTriplet(parser_of(v)->expat, truth);
    return 0;
}

static Value get_buffer_text(Value v, void *closure) {
    return (void)closure, BOOL(parser_of(v)->text != NULL);
}

static int set_buffer_text(Value v, Value value, void *closure) {
    Parser *p = parser_of(v);
    (void)closure;
    int truth = value ? value_is_true(value) : no_deletion();
    if (truth < 0) return -1;
    if (truth) return p->text || (p->text = heap_alloc(rt->heap, p->text_size)) ? 0 : (raise_no_memory(), -1);
    flush_text(p);
    if (error_pending()) return -1;
    heap_free(rt->heap, p->text);
    p->text = NULL;
    return 0;
}

static Value get_buffer_size(Value v, void *closure) {
    return (void)closure, int_from_u64(parser_of(v)->text_size);
}
static Value get_buffer_used(Value v, void *closure) {
    return (void)closure, int_from_u64(parser_of(v)->text_used);
}

static int set_buffer_size(Value v, Value value, void *closure) {
    Parser *p = parser_of(v);
    int64_t n;
    (void)closure;
    if (!value) return no_deletion();
    if (!is_int(value)) return raise_int(T_TypeError, "buffer_size must be an integer");
    if (value_as_i64(value, &n) < 0) return -1;
    if (n <= 0) return raise_int(T_ValueError, "buffer_size must be greater than zero");
    if (n > TEXT_MAX) return raise_int(T_ValueError, "buffer_size must not be greater than %i", TEXT_MAX);
    if ((size_t)n == p->text_size) return 0;
    flush_text(p);
    if (error_pending()) return -1;
    char *fresh = p->text ? heap_alloc(rt->heap, (size_t)n) : NULL;
    if (p->text && !fresh) return raise_no_memory(), -1;
    heap_free(rt->heap, p->text);
    p->text = fresh;
    p->text_size = (size_t)n;
    return 0;
}

static Value get_intern(Value v, void *closure) {
    Value intern = parser_of(v)->intern;
    return (void)closure, intern ? incref(intern) : NONE;
}

#define POSITION(name, function)                                                                             \
    static Value get_##name(Value v, void *closure) {                                                        \
        return (void)closure, int_from_i64((int64_t)function(parser_of(v)->expat));                          \
    }
POSITION(code, XML_GetErrorCode)
POSITION(line, XML_GetCurrentLineNumber)
POSITION(column, XML_GetCurrentColumnNumber)
POSITION(byte, XML_GetCurrentByteIndex)

static const GetSet parser_getset[] = {
#define HANDLER(name) {#name "Handler", get_handler, set_handler, NULL, (void *)H_##name},
    HANDLER(StartElement) HANDLER(EndElement) HANDLER(ProcessingInstruction) HANDLER(CharacterData)
        HANDLER(UnparsedEntityDecl) HANDLER(NotationDecl) HANDLER(StartNamespaceDecl)
            HANDLER(EndNamespaceDecl) HANDLER(Comment) HANDLER(StartCdataSection) HANDLER(EndCdataSection)
                HANDLER(Default) HANDLER(NotStandalone) HANDLER(ExternalEntityRef) HANDLER(StartDoctypeDecl)
                    HANDLER(EndDoctypeDecl) HANDLER(EntityDecl) HANDLER(XmlDecl) HANDLER(ElementDecl)
                        HANDLER(AttlistDecl) HANDLER(SkippedEntity)
#undef HANDLER
                            {"DefaultHandlerExpand", get_handler, set_handler, NULL,
                             (void *)H_DefaultHandlerExpand},
    {"ordered_attributes", get_ordered_attributes, set_ordered_attributes, NULL, NULL},
    {"specified_attributes", get_specified_attributes, set_specified_attributes, NULL, NULL},
    {"namespace_prefixes", get_namespace_prefixes, set_namespace_prefixes, NULL, NULL},
    {"buffer_text", get_buffer_text, set_buffer_text, NULL, NULL},
    {"buffer_size", get_buffer_size, set_buffer_size, NULL, NULL},
    {"buffer_used", get_buffer_used, NULL, NULL, NULL},
    {"intern", get_intern, NULL, NULL, NULL},
    {"ErrorCode", get_code, NULL, NULL, NULL},
    {"ErrorLineNumber", get_line, NULL, NULL, NULL},
    {"ErrorColumnNumber", get_column, NULL, NULL, NULL},
    {"ErrorByteIndex", get_byte, NULL, NULL, NULL},
    {"CurrentLineNumber", get_line, NULL, NULL, NULL},
    {"CurrentColumnNumber", get_column, NULL, NULL, NULL},
    {"CurrentByteIndex", get_byte, NULL, NULL, NULL},
    {0},
};

static const NativeMethod parser_methods[] = {
    METHOD_KW(
        "Parse", parser_parse,
        "Parse($self, data, isfinal=False, /)\n--\n\nTakes a piece of a document; isfinal: the last one."),
    METHOD_ONE("ParseFile", parser_parse_file,
               "ParseFile($self, file, /)\n--\n\nTakes a document from a binary file."),
    METHOD_ONE("SetBase", parser_set_base,
               "SetBase($self, base, /)\n--\n\nSet what relative system identifiers are relative to."),
    METHOD_NOARGS("GetBase", parser_get_base, "GetBase($self, /)\n--\n\nThe base of relative addresses."),
    METHOD_NOARGS("GetInputContext", parser_get_input_context,
                  "GetInputContext($self, /)\n--\n\nThe bytes that the handler is being called for."),
    METHOD_FAST("ExternalEntityParserCreate", parser_external_entity,
                "ExternalEntityParserCreate($self, context, encoding=<unrepresentable>, /)\n--\n\nA parser "
                "for an external entity that the handler was told of."),
    METHOD_ONE("SetParamEntityParsing", parser_parameter_entities,
               "SetParamEntityParsing($self, flag, /)\n--\n\nChoose whether parameter entities are read."),
    METHOD_FAST("UseForeignDTD", parser_foreign_dtd,
                "UseForeignDTD($self, flag=True, /)\n--\n\nAsk for an external subset even where the "
                "document names none."),
    METHOD_END,
};

static const TypeSpec parser_spec = {
    .name = "pyexpat.xmlparser",
    .doc = "XML parser",
    .flags = TYPE_GC | TYPE_NOT_INSTANTIABLE,
    .basic_size = sizeof(Parser),
    .slots = {.traverse = parser_traverse, .clear = parser_clear, .free = parser_free},
    .methods = parser_methods,
    .getset = parser_getset,
};

/* ---- functions ---- */

static Value parser_create(Value module, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"encoding", "namespace_separator", "intern", NULL};
    static const ArgSpec spec = {"ParserCreate", names, 3, 0, 3};
    Value out[3];
    (void)module;
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    for (int i = 0; i < 2; i++)
        if (out[i] && out[i] != NONE && !is_str(out[i]))
            return raise_error(T_TypeError, "ParserCreate() argument '%s' must be str or None, not %K",
                               names[i], out[i]);
    const char *encoding = out[0] && out[0] != NONE ? str_utf8(out[0], NULL) : NULL;
    const char *separator = out[1] && out[1] != NONE ? str_utf8(out[1], NULL) : NULL;
    if (error_pending()) return NULL;
    if (separator && strlen(separator) > 1)
        return raise_error(T_ValueError,
                           "namespace_separator must be at most one character, omitted, or None");
    if (out[2] && out[2] != NONE && !is_dict(out[2]))
        return raise_error(T_TypeError, "intern must be a dictionary");
    Value intern = out[2] ? out[2] == NONE ? NULL : incref(out[2]) : dict_new();
    if (error_pending()) return NULL;
    XML_Parser expat = expat_parser_new(encoding, separator);
    Value parser = parser_new(expat, intern, NULL);
    xdecref(intern);
    return parser;
}

static Value error_string(Value module, Value code) {
    int64_t n;
    (void)module;
    return value_as_i64(code, &n) < 0 ? NULL : text_of(XML_ErrorString((enum XML_Error)n));
}

/* ---- the module ---- */

static Value submodule(const char *full, const char *doc) {
    Value name = str_intern_cstr(full), module = name ? module_new(name) : NULL;
    xdecref(name);
    if (module && module_add_text(module, "__doc__", doc) < 0) CLEAR_FIELD(module);
    return module;
}

static const char *const error_names[] = {NULL,
                                          "NO_MEMORY",
                                          "SYNTAX",
                                          "NO_ELEMENTS",
                                          "INVALID_TOKEN",
                                          "UNCLOSED_TOKEN",
                                          "PARTIAL_CHAR",
                                          "TAG_MISMATCH",
                                          "DUPLICATE_ATTRIBUTE",
                                          "JUNK_AFTER_DOC_ELEMENT",
                                          "PARAM_ENTITY_REF",
                                          "UNDEFINED_ENTITY",
                                          "RECURSIVE_ENTITY_REF",
                                          "ASYNC_ENTITY",
                                          "BAD_CHAR_REF",
                                          "BINARY_ENTITY_REF",
                                          "ATTRIBUTE_EXTERNAL_ENTITY_REF",
                                          "MISPLACED_XML_PI",
                                          "UNKNOWN_ENCODING",
                                          "INCORRECT_ENCODING",
                                          "UNCLOSED_CDATA_SECTION",
                                          "EXTERNAL_ENTITY_HANDLING",
                                          "NOT_STANDALONE",
                                          "UNEXPECTED_STATE",
                                          "ENTITY_DECLARED_IN_PE",
                                          "FEATURE_REQUIRES_XML_DTD",
                                          "CANT_CHANGE_FEATURE_ONCE_PARSING",
                                          "UNBOUND_PREFIX",
                                          "UNDECLARING_PREFIX",
                                          "INCOMPLETE_PE",
                                          "XML_DECL",
                                          "TEXT_DECL",
                                          "PUBLICID",
                                          "SUSPENDED",
                                          "NOT_SUSPENDED",
                                          "ABORTED",
                                          "FINISHED",
                                          "SUSPEND_PE",
                                          "RESERVED_PREFIX_XML",
                                          "RESERVED_PREFIX_XMLNS",
                                          "RESERVED_NAMESPACE_URI",
                                          "INVALID_ARGUMENT",
                                          "NO_BUFFER",
                                          "AMPLIFICATION_LIMIT_BREACH"};

static int add_errors(Value module) {
    Value errors = submodule("pyexpat.errors", "Constants used to describe error conditions."),
          codes = dict_new(), messages = dict_new();
    int status = errors && codes && messages ? 0 : -1;
    for (size_t i = 1; status == 0 && i < sizeof error_names / sizeof *error_names; i++) {
        char name[64];
        snprintf(name, sizeof name, "XML_ERROR_%s", error_names[i]);
        Value text = text_of(XML_ErrorString((enum XML_Error)i)), code = small_int_new((int64_t)i);
        if (text == NONE) continue;
        if (!text || module_add(errors, name, incref(text)) < 0 || dict_set(codes, text, code) < 0 ||
            dict_set(messages, code, text) < 0)
            status = -1;
        xdecref(text);
    }
    if (status == 0 && module_add(errors, "codes", incref(codes)) < 0) status = -1;
    if (status == 0 && module_add(errors, "messages", incref(messages)) < 0) status = -1;
    xdecref(codes);
    xdecref(messages);
    if (status == 0) return module_add(module, "errors", errors);
    xdecref(errors);
    return -1;
}

static int add_model(Value module) {
    static const struct {
        const char *name;
        int n;
    } rows[] = {{"XML_CTYPE_EMPTY", XML_CTYPE_EMPTY},   {"XML_CTYPE_ANY", XML_CTYPE_ANY},
                {"XML_CTYPE_MIXED", XML_CTYPE_MIXED},   {"XML_CTYPE_NAME", XML_CTYPE_NAME},
                {"XML_CTYPE_CHOICE", XML_CTYPE_CHOICE}, {"XML_CTYPE_SEQ", XML_CTYPE_SEQ},
                {"XML_CQUANT_NONE", XML_CQUANT_NONE},   {"XML_CQUANT_OPT", XML_CQUANT_OPT},
                {"XML_CQUANT_REP", XML_CQUANT_REP},     {"XML_CQUANT_PLUS", XML_CQUANT_PLUS}};
    Value model = submodule("pyexpat.model", "Constants used to interpret content model information.");
    for (size_t i = 0; model && i < sizeof rows / sizeof *rows; i++)
        if (module_add_int(model, rows[i].name, rows[i].n) < 0) CLEAR_FIELD(model);
    return module_add(module, "model", model);
}

static int add_features(Value module) {
    Value list = list_new(0);
    for (const XML_Feature *f = XML_GetFeatureList(); list && f->feature != XML_FEATURE_END; f++) {
        Value name = text_of(f->name), value = int_from_i64(f->value),
              pair = name && value ? tuple_pack(2, name, value) : NULL;
        if (!pair || list_append(list, pair) < 0) CLEAR_FIELD(list);
        xdecref(name);
        xdecref(value);
        xdecref(pair);
    }
    return module_add(module, "features", list);
}

static int add_error_type(Value module) {
    ExpatState *s = EXPAT;
    Value bases = s->error ? NULL : tuple_pack(1, AS_VALUE(TYPE(Exception)));
    if (!s->error)
        s->error = bases ? type_new_simple("xml.parsers.expat.ExpatError", bases, NULL, NULL) : NULL;
    xdecref(bases);
    if (!s->error || module_add(module, "error", incref(AS_VALUE(s->error))) < 0) return -1;
    return module_add(module, "ExpatError", incref(AS_VALUE(s->error)));
}

static int pyexpat_ready(Value module) {
    ExpatState *s = module_state_new(M_pyexpat, sizeof *s);
    XML_Expat_Version version = XML_ExpatVersionInfo();
    if (!s || module_ready_type(&s->parser, &parser_spec, NULL) < 0 || add_error_type(module) < 0) return -1;
    if (module_add(module, "XMLParserType", incref(AS_VALUE(s->parser))) < 0 ||
        module_add_text(module, "EXPAT_VERSION", XML_ExpatVersion()) < 0 ||
        module_add_text(module, "native_encoding", "UTF-8") < 0 ||
        module_add(module, "version_info",
                   tuple_pack(3, small_int_new(version.major), small_int_new(version.minor),
                              small_int_new(version.micro))) < 0 ||
        module_add_int(module, "XML_PARAM_ENTITY_PARSING_NEVER", XML_PARAM_ENTITY_PARSING_NEVER) < 0 ||
        module_add_int(module, "XML_PARAM_ENTITY_PARSING_UNLESS_STANDALONE",
                       XML_PARAM_ENTITY_PARSING_UNLESS_STANDALONE) < 0 ||
        module_add_int(module, "XML_PARAM_ENTITY_PARSING_ALWAYS", XML_PARAM_ENTITY_PARSING_ALWAYS) < 0)
        return -1;
    return add_features(module) < 0 || add_errors(module) < 0 || add_model(module) < 0 ? -1 : 0;
}

static const NativeMethod pyexpat_functions[] = {
    METHOD_KW("ParserCreate", parser_create,
              "ParserCreate($module, /, encoding=None, namespace_separator=None,\n             "
              "intern=<unrepresentable>)\n--\n\nA new parser."),
    METHOD_ONE("ErrorString", error_string,
               "ErrorString($module, code, /)\n--\n\nThe words for an error's number."),
    METHOD_END,
};

const ModuleSpec module_pyexpat = {
    .name = "pyexpat",
    .doc = "XML by libexpat.",
    .functions = pyexpat_functions,
    .ready = pyexpat_ready,
};
