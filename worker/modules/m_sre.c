/* _sre: compiled patterns, and what re's own compiler asks about characters. */
#include <stdio.h>

#include "modules/fields.h"
#include "modules/sre.h"
#include "objects/dict.h"
#include "objects/generic.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/sizes.h"
#include "objects/str.h"
#include "objects/tuple.h"

static Pattern *pattern_of(Value v) { return (Pattern *)v; }

/* ---- life ---- */

static int pattern_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    return fields_traverse(o, 3, visit, arg);
}

static void pattern_free(Heap *heap, HeapObject *o) {
    (void)heap;
    sre_program_free(((Pattern *)(void *)o)->program);
    fields_drop(o, 3);
    value_free(AS_VALUE(o));
}

static size_t pattern_size(const HeapObject *o) {
    return own_block(o) + sre_program_size(((const Pattern *)(const void *)o)->program);
}

/* The codes of a list as a heap block. NULL raised. */
static uint32_t *codes_from_list(Value list) {
    size_t n = list_length(list);
    uint32_t *codes = heap_alloc(rt->heap, (n ? n : 1) * sizeof *codes);
    if (!codes) return raise_no_memory(), NULL;
    for (size_t i = 0; i < n; i++) {
        uint64_t code;
        Value item = i < list_length(list) ? list_item_borrow(list, i) : NONE;
        bool known = is_int(item) ? int_to_u64(item, &code) : value_as_u64(item, &code) == 0;
        if (known && code <= UINT32_MAX) {
            codes[i] = (uint32_t)code;
            continue;
        }
        if (!error_pending()) raise_error(T_OverflowError, "regular expression code size limit exceeded");
        heap_free(rt->heap, codes);
        return NULL;
    }
    return codes;
}

static int kind_of_pattern(Value pattern) {
    if (pattern == NONE) return -1;
    if (is_str(pattern)) return 0;
    SreSubject s;
    if (sre_subject_init(&s, NULL, pattern) < 0) return -2;
    sre_subject_drop(&s);
    return 1;
}

static bool check_type(Value v, Type *type, const char *name) {
    if (value_is_instance(v, type)) return true;
    raise_error(T_TypeError, "compile() argument '%s' must be %N, not %.50T", name, type, v);
    return false;
}

static Value sre_compile(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    static const char *const names[] = {"pattern",    "flags",      "code", "groups",
                                        "groupindex", "indexgroup", NULL};
    static const ArgSpec spec = {"compile", names, 6, 6, 6};
    Value out[6];
    int flags, is_bytes;
    if (!args_bind(&spec, args, nargs, kwnames, out) || value_as_int(out[1], &flags) < 0 ||
        !check_type(out[2], TYPE(list), "code"))
        return NULL;
    ssize_t groups = value_as_ssize(out[3], TYPE(OverflowError));
    if ((groups == -1 && error_pending()) || !check_type(out[4], TYPE(dict), "groupindex") ||
        !check_type(out[5], TYPE(tuple), "indexgroup") || (is_bytes = kind_of_pattern(out[0])) == -2)
        return NULL;
    if (groups < 0 || groups > SRE_MAX_GROUPS) return raise_error(T_RuntimeError, "invalid SRE code");
    uint32_t *codes = codes_from_list(out[2]);
    SreProgram *program = codes ? sre_program_new_steal(codes, list_length(out[2]), (uint32_t)groups) : NULL;
    Pattern *p = program ? (Pattern *)value_alloc(SRE_STATE->pattern, 0) : NULL;
    if (!p) {
        sre_program_free(program);
        return NULL;
    }
    p->pattern = incref(out[0]);
    p->group_index = incref(out[4]);
    p->index_group = incref(out[5]);
    p->program = program;
    p->flags = (uint32_t)flags;
    p->groups = (uint32_t)groups;
    p->is_bytes = is_bytes;
    value_track(AS_VALUE(p));
    return AS_VALUE(p);
}

/* ---- Pattern ---- */

static int add_flag(StrBuilder *b, bool *first, const char *name) {
    int status = *first ? str_builder_add_cstr(b, ", ") : str_builder_add_char(b, '|');
    *first = false;
    return status < 0 ? -1 : str_builder_add_cstr(b, name);
}

static int add_flags(StrBuilder *b, const Pattern *p) {
    static const struct {
        uint32_t flag;
        const char *name;
    } rows[] = {{1, "re.TEMPLATE"},  {2, "re.IGNORECASE"}, {4, "re.LOCALE"},
                {8, "re.MULTILINE"}, {16, "re.DOTALL"},    {32, "re.UNICODE"},
                {64, "re.VERBOSE"},  {128, "re.DEBUG"},    {256, "re.ASCII"}};
    uint32_t flags = p->flags;
    bool first = true;
    /* UNICODE goes without saying for a str */
    if (p->is_bytes == 0 && (flags & (SRE_LOCALE | SRE_UNICODE | SRE_ASCII)) == SRE_UNICODE)
        flags &= ~(uint32_t)SRE_UNICODE;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (!(flags & rows[i].flag)) continue;
        if (add_flag(b, &first, rows[i].name) < 0) return -1;
        flags &= ~rows[i].flag;
    }
    if (!flags) return 0;
    char text[16];
    snprintf(text, sizeof text, "0x%x", flags);
    return add_flag(b, &first, text);
}

static Value pattern_repr(Value v) {
    Pattern *p = pattern_of(v);
    StrBuilder b = STR_BUILDER_INIT;
    Value text = value_repr(p->pattern);
    if (!text) return NULL;
    int status = str_builder_add_cstr(&b, "re.compile(");
    if (status == 0)
        status = str_builder_add_slice(&b, text, 0, str_length(text) < 200 ? str_length(text) : 200);
    decref(text);
    if (status == 0) status = add_flags(&b, p);
    if (status == 0) status = str_builder_add_char(&b, ')');
    if (status == 0) return str_builder_finish(&b);
    str_builder_drop(&b);
    return NULL;
}

static bool same_codes(const SreProgram *a, const SreProgram *b) {
    return a->codes_length == b->codes_length &&
           memcmp(a->codes, b->codes, a->codes_length * sizeof *a->codes) == 0;
}

static Value pattern_compare(Value a, Value b, CompareOp op) {
    if ((op != CMP_EQ && op != CMP_NE) || type_of(a) != type_of(b)) return NOT_IMPLEMENTED;
    Pattern *x = pattern_of(a), *y = pattern_of(b);
    int equal = x == y;
    if (!equal && x->flags == y->flags && x->is_bytes == y->is_bytes && same_codes(x->program, y->program))
        equal = value_equal(x->pattern, y->pattern);
    return equal < 0 ? NULL : BOOL(equal == (op == CMP_EQ));
}

static Hash pattern_hash(Value v) {
    Pattern *p = pattern_of(v);
    Hash hash = value_hash(p->pattern);
    if (hash == -1) return -1;
    uint64_t mixed = (uint64_t)hash ^ p->flags ^ p->groups;
    for (uint32_t i = 0; i < p->program->codes_length; i++) mixed = mixed * 1000003 ^ p->program->codes[i];
    return (Hash)mixed == -1 ? -2 : (Hash)mixed;
}

static Value pattern_copy(Value v) { return incref(v); }

static Value pattern_deepcopy(Value v, Value memo) {
    (void)memo;
    return incref(v);
}

static Value pattern_get_groupindex(Value v, void *closure) {
    (void)closure;
    Value index = pattern_of(v)->group_index;
    return dict_length(index) ? mapping_proxy_new(index) : dict_new();
}

#define SEARCHING(name, text)                                                                                \
    METHOD_KW(#name, pattern_##name, #name "($self, /, string, pos=0, endpos=sys.maxsize)\n--\n\n" text)

static const NativeMethod pattern_methods[] = {
    SEARCHING(match, "Matches zero or more characters at the beginning of the string."),
    SEARCHING(fullmatch, "Matches against all of the string."),
    SEARCHING(search, "Scan through string looking for a match, and return a corresponding match object "
                      "instance.\n\nReturn "
                      "None if no position in the string matches."),
    METHOD_KW(
        "sub", pattern_sub,
        "sub($self, /, repl, string, count=0)\n--\n\nReturn the string obtained by replacing the leftmost "
        "non-overlapping occurrences of pattern in string by the replacement repl."),
    METHOD_KW("subn", pattern_subn,
              "subn($self, /, repl, string, count=0)\n--\n\nReturn the tuple (new_string, "
              "number_of_subs_made) found by "
              "replacing the leftmost non-overlapping occurrences of pattern with the replacement repl."),
    SEARCHING(findall, "Return a list of all non-overlapping matches of pattern in string."),
    METHOD_KW("split", pattern_split,
              "split($self, /, string, maxsplit=0)\n--\n\nSplit string by the occurrences of pattern."),
    SEARCHING(finditer, "Return an iterator over all non-overlapping matches for the RE pattern in "
                        "string.\n\nFor each match, "
                        "the iterator returns a match object."),
    SEARCHING(scanner, ""),
    METHOD_NOARGS("__copy__", pattern_copy, "__copy__($self, /)\n--\n\n"),
    METHOD_ONE("__deepcopy__", pattern_deepcopy, "__deepcopy__($self, memo, /)\n--\n\n"),
    METHOD_CLASS_GETITEM,
    METHOD_END,
};

static const GetSet pattern_getset[] = {
    {"groupindex", pattern_get_groupindex, NULL, "A dictionary mapping group names to group numbers.", NULL},
    {0},
};

static const Member pattern_members[] = {
    {"pattern", MEMBER_VALUE, offsetof(Pattern, pattern), true,
     "The pattern string from which the RE object was compiled."},
    {"flags", MEMBER_UINT32, offsetof(Pattern, flags), true, "The regex matching flags."},
    {"groups", MEMBER_UINT32, offsetof(Pattern, groups), true,
     "The number of capturing groups in the pattern."},
    {0},
};

static const TypeSpec pattern_spec = {
    .name = "re.Pattern",
    .doc = "Compiled regular expression object.",
    .flags = TYPE_GC | TYPE_WEAKREFABLE | TYPE_NOT_INSTANTIABLE,
    .basic_size = sizeof(Pattern),
    .slots = {.traverse = pattern_traverse,
              .free = pattern_free,
              .size = pattern_size,
              .repr = pattern_repr,
              .hash = pattern_hash,
              .compare = pattern_compare},
    .methods = pattern_methods,
    .getset = pattern_getset,
    .members = pattern_members,
};

/* ---- characters, for re._compiler ---- */

static Value character_function(Value arg, uint32_t (*answer)(uint32_t c), bool truth) {
    int c;
    if (value_as_int(arg, &c) < 0) return NULL;
    uint32_t result = answer((uint32_t)c);
    return truth ? BOOL(result) : small_int_new(result);
}

static uint32_t ascii_lower(uint32_t c) { return sre_lower(CASE_ASCII, c); }
static uint32_t unicode_lower(uint32_t c) { return c > 0x10ffff ? c : sre_lower(CASE_UNICODE, c); }
static uint32_t ascii_cased(uint32_t c) { return (c | 32) - 'a' < 26; }

static uint32_t unicode_cased(uint32_t c) {
    if (c > 0x10ffff) return 0;
    return sre_lower(CASE_UNICODE, c) != c || sre_upper_unicode(c) != c;
}

#define CHARACTER_FUNCTION(name, answer, truth)                                                              \
    static Value sre_##name(Value module, Value c) {                                                         \
        (void)module;                                                                                        \
        return character_function(c, answer, truth);                                                         \
    }
CHARACTER_FUNCTION(ascii_iscased, ascii_cased, true)
CHARACTER_FUNCTION(unicode_iscased, unicode_cased, true)
CHARACTER_FUNCTION(ascii_tolower, ascii_lower, false)
CHARACTER_FUNCTION(unicode_tolower, unicode_lower, false)

static Value sre_getcodesize(Value module) {
    (void)module;
    return small_int_new(sizeof(uint32_t));
}

/* ---- the module ---- */

static int sre_ready(Value module) {
    SreState *s = module_state_new(M_sre, sizeof *s);
    if (!s || module_ready_type(&s->pattern, &pattern_spec, NULL) < 0 ||
        module_ready_type(&s->match, &match_spec, NULL) < 0 ||
        module_ready_type(&s->scanner, &scanner_spec, NULL) < 0)
        return -1;
    return module_add_int(module, "MAGIC", SRE_MAGIC) < 0 ||
                   module_add_int(module, "CODESIZE", sizeof(uint32_t)) < 0 ||
                   module_add_int(module, "MAXREPEAT", SRE_NO_LIMIT) < 0 ||
                   module_add_int(module, "MAXGROUPS", SRE_MAX_GROUPS) < 0
               ? -1
               : 0;
}

static const NativeMethod sre_functions[] = {
    METHOD_KW("compile", sre_compile,
              "compile($module, /, pattern, flags, code, groups, groupindex,\n        indexgroup)\n--\n\n"),
    METHOD_NOARGS("getcodesize", sre_getcodesize, "getcodesize($module, /)\n--\n\n"),
    METHOD_ONE("ascii_iscased", sre_ascii_iscased, "ascii_iscased($module, character, /)\n--\n\n"),
    METHOD_ONE("unicode_iscased", sre_unicode_iscased, "unicode_iscased($module, character, /)\n--\n\n"),
    METHOD_ONE("ascii_tolower", sre_ascii_tolower, "ascii_tolower($module, character, /)\n--\n\n"),
    METHOD_ONE("unicode_tolower", sre_unicode_tolower, "unicode_tolower($module, character, /)\n--\n\n"),
    METHOD_END,
};

const ModuleSpec module_sre = {
    .name = "_sre",
    .functions = sre_functions,
    .ready = sre_ready,
};
