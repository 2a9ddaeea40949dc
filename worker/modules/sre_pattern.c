/* sre_pattern: re.Pattern, a compiled regular expression: making one, and all of its methods but those that build lists and texts. */
#include "modules/sre.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/generic.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/seq_iterators.h"
#include "objects/tuple.h"

/* ---- making ---- */

static int code_word(Value item, uint32_t *out) {
    uint64_t word;
    if (!is_int(item)) return raise_int(T_TypeError, "an integer is required");
    if (is_small_int(item)) {
        if (small_int(item) < 0) return raise_int(T_OverflowError, "can't convert negative value to unsigned int");
        word = (uint64_t)small_int(item);
    } else if (value_as_u64(item, &word) < 0) {
        return -1;
    }
    if (word > UINT32_MAX) return raise_int(T_OverflowError, "regular expression code size limit exceeded");
    *out = (uint32_t)word;
    return 0;
}

static int take_code(Pattern *p, Value code) {
    size_t n = list_length(code);
    p->code = heap_calloc(rt->heap, n + 1, sizeof *p->code);
    if (!p->code) return raise_no_memory(), -1;
    for (; p->code_length < n && p->code_length < list_length(code); p->code_length++)
        if (code_word(list_item_borrow(code, p->code_length), &p->code[p->code_length]) < 0) return -1;
    return 0;
}

/* 1: bytes-like, 0: str, -1: None; -2 raised. */
static int kind_of_pattern(Value pattern) {
    if (pattern == NONE) return -1;
    if (is_str(pattern)) return 0;
    Buffer b;
    if (buffer_get(pattern, &b, false) == 0) {
        buffer_release(&b);
        return 1;
    }
    error_clear();
    return raise_error(T_TypeError, "expected string or bytes-like object, got '%T'", pattern), -2;
}

static bool check_kind(const char *name, Value v, bool right, const char *wanted) {
    if (!right) raise_error(T_TypeError, "compile() argument '%s' must be %s, not %K", name, wanted, v);
    return right;
}

Value sre_compile(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    static const char *const names[] = {"pattern", "flags", "code", "groups", "groupindex", "indexgroup", NULL};
    static const ArgSpec spec = {"compile", names, 6, 6, 6};
    Value a[6];
    int flags;
    if (!args_bind(&spec, args, nargs, kwnames, a) || value_as_int(a[1], &flags) < 0) return NULL;
    if (!check_kind("code", a[2], is_list(a[2]), "list")) return NULL;
    ssize_t groups = value_as_ssize_argument(a[3]);
    if (groups == -1 && error_pending()) return NULL;
    if (!check_kind("groupindex", a[4], is_dict(a[4]), "dict") || !check_kind("indexgroup", a[5], is_tuple(a[5]), "tuple"))
        return NULL;
    Pattern *p = (Pattern *)value_alloc(SRE->pattern, 0);
    if (!p) return NULL;
    memset((char *)p + sizeof p->head, 0, sizeof *p - sizeof p->head);
    p->flags = flags;
    p->groups = (size_t)groups;
    if (take_code(p, a[2]) < 0 || (p->is_bytes = kind_of_pattern(a[0])) == -2) goto failed;
    if (groups < 0 || groups > SRE_MAX_GROUPS) {
        raise_error(T_RuntimeError, "invalid SRE code");
        goto failed;
    }
    if (sre_lower(&p->program, p->code, p->code_length, p->groups) < 0) goto failed;
    p->pattern = incref(a[0]);
    p->groupindex = incref(a[4]);
    p->indexgroup = incref(a[5]);
    value_track(AS_VALUE(p));
    return AS_VALUE(p);
failed:
    decref(AS_VALUE(p));
    return NULL;
}

static int pattern_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    Pattern *p = (Pattern *)o;
    VISIT(p->pattern);
    VISIT(p->groupindex);
    VISIT(p->indexgroup);
    return 0;
}

static void pattern_free(Heap *heap, HeapObject *o) {
    Pattern *p = (Pattern *)o;
    xdecref(p->pattern);
    xdecref(p->groupindex);
    xdecref(p->indexgroup);
    sre_program_drop(&p->program);
    heap_free(heap, p->code);
    value_free(AS_VALUE(p));
}

/* ---- matching once ---- */

static bool place(Value v, ssize_t *out) {
    if (!v) return true;
    *out = value_as_ssize_argument(v);
    return *out != -1 || !error_pending();
}

bool sre_text_args(const char *method, Value const *args, size_t nargs, Value kwnames, SreTextArgs *out) {
    static const char *const names[] = {"string", "pos", "endpos", NULL};
    out->pos = 0;
    out->endpos = SSIZE_MAX;
    if (nargs == 1 && !kwnames) {
        out->string = args[0];
        return true;
    }
    ArgSpec spec = {method, names, 3, 1, 3};
    Value a[3];
    if (!args_bind(&spec, args, nargs, kwnames, a) || !place(a[1], &out->pos) || !place(a[2], &out->endpos)) return false;
    out->string = a[0];
    return true;
}

static Value match_once(Value self, const char *method, Value const *args, size_t nargs, Value kwnames, bool search, bool all) {
    SreTextArgs text;
    SreState s;
    if (!sre_text_args(method, args, nargs, kwnames, &text)) return NULL;
    if (sre_begin(&s, (Pattern *)self, text.string, text.pos, text.endpos) < 0) return NULL;
    s.match_all = all;
    int status = search ? sre_search(&s) : sre_match(&s);
    Value match = status > 0 ? sre_match_new(&s) : status == 0 ? NONE : NULL;
    sre_end(&s);
    return match;
}

static Value pattern_match(Value self, Value const *args, size_t nargs, Value kwnames) {
    return match_once(self, "match", args, nargs, kwnames, false, false);
}

static Value pattern_fullmatch(Value self, Value const *args, size_t nargs, Value kwnames) {
    return match_once(self, "fullmatch", args, nargs, kwnames, false, true);
}

static Value pattern_search(Value self, Value const *args, size_t nargs, Value kwnames) {
    return match_once(self, "search", args, nargs, kwnames, true, false);
}

static Value pattern_scanner(Value self, Value const *args, size_t nargs, Value kwnames) {
    SreTextArgs text;
    if (!sre_text_args("scanner", args, nargs, kwnames, &text)) return NULL;
    return sre_scanner_new((Pattern *)self, text.string, text.pos, text.endpos);
}

static Value pattern_finditer(Value self, Value const *args, size_t nargs, Value kwnames) {
    SreTextArgs text;
    if (!sre_text_args("finditer", args, nargs, kwnames, &text)) return NULL;
    Value scanner = sre_scanner_new((Pattern *)self, text.string, text.pos, text.endpos);
    Value search = scanner ? value_getattr_cstr(scanner, "search") : NULL;
    Value iterator = search ? callable_iterator_new(search, NONE) : NULL;
    xdecref(search);
    xdecref(scanner);
    return iterator;
}

/* ---- what it is ---- */

static const struct {
    const char *name;
    int flag;
} flag_names[] = {
    {"re.TEMPLATE", SRE_FLAG_TEMPLATE}, {"re.IGNORECASE", SRE_FLAG_IGNORECASE}, {"re.LOCALE", SRE_FLAG_LOCALE},
    {"re.MULTILINE", SRE_FLAG_MULTILINE}, {"re.DOTALL", SRE_FLAG_DOTALL}, {"re.UNICODE", SRE_FLAG_UNICODE},
    {"re.VERBOSE", SRE_FLAG_VERBOSE}, {"re.DEBUG", SRE_FLAG_DEBUG}, {"re.ASCII", SRE_FLAG_ASCII},
};

static int add_flags(StrBuilder *b, unsigned flags) {
    const char *before = ", ";
    for (size_t i = 0; i < sizeof flag_names / sizeof *flag_names; i++) {
        if (!(flags & (unsigned)flag_names[i].flag)) continue;
        if (str_builder_add_cstr(b, before) < 0 || str_builder_add_cstr(b, flag_names[i].name) < 0) return -1;
        flags &= ~(unsigned)flag_names[i].flag;
        before = "|";
    }
    if (!flags) return 0;
    Value rest = str_format("%s0x%x", before, flags);
    int status = rest ? str_builder_add(b, rest) : -1;
    xdecref(rest);
    return status;
}

static Value pattern_repr(Value self) {
    const Pattern *p = (const Pattern *)self;
    unsigned flags = (unsigned)p->flags;
    if (is_str(p->pattern) && (flags & (SRE_FLAG_LOCALE | SRE_FLAG_UNICODE | SRE_FLAG_ASCII)) == SRE_FLAG_UNICODE)
        flags &= ~(unsigned)SRE_FLAG_UNICODE;
    StrBuilder b = STR_BUILDER_INIT;
    Value repr = value_repr(p->pattern);
    if (!repr || str_builder_add_cstr(&b, "re.compile(") < 0 ||
        str_builder_add_slice(&b, repr, 0, str_length(repr) < 200 ? str_length(repr) : 200) < 0 || add_flags(&b, flags) < 0 ||
        str_builder_add_char(&b, ')') < 0) {
        xdecref(repr);
        str_builder_drop(&b);
        return NULL;
    }
    decref(repr);
    return str_builder_finish(&b);
}

static Hash pattern_hash(Value self) {
    const Pattern *p = (const Pattern *)self;
    Hash pattern = value_hash(p->pattern);
    if (pattern == -1) return -1;
    uint64_t h = (uint64_t)pattern;
    for (size_t i = 0; i < p->code_length; i++) h = (h ^ p->code[i]) * UINT64_C(0x9e3779b97f4a7c15);
    h ^= (uint64_t)(unsigned)p->flags ^ h >> 29;
    return (Hash)h == -1 ? -2 : (Hash)h;
}

static Value pattern_compare(Value a, Value b, CompareOp op) {
    if ((op != CMP_EQ && op != CMP_NE) || type_of(a) != type_of(b)) return NOT_IMPLEMENTED;
    const Pattern *p = (const Pattern *)a, *q = (const Pattern *)b;
    int equal = p == q;
    if (!equal && p->flags == q->flags && p->is_bytes == q->is_bytes && p->code_length == q->code_length &&
        memcmp(p->code, q->code, p->code_length * sizeof *p->code) == 0)
        equal = value_equal(p->pattern, q->pattern);
    return equal < 0 ? NULL : BOOL(equal == (op == CMP_EQ));
}

static Value pattern_copy(Value self) { return incref(self); }
static Value pattern_deepcopy(Value self, Value memo) { return (void)memo, incref(self); }

static Value get_groupindex(Value self, void *closure) {
    (void)closure;
    return mapping_proxy_new(((Pattern *)self)->groupindex);
}

#define TEXT_DOC(name, text) #name "($self, /, string, pos=0, endpos=sys.maxsize)\n--\n\n" text
static const NativeMethod methods[] = {
    METHOD_KW("match", pattern_match, TEXT_DOC(match, "The match that begins at pos, or None.")),
    METHOD_KW("fullmatch", pattern_fullmatch, TEXT_DOC(fullmatch, "The match of all of the text, or None.")),
    METHOD_KW("search", pattern_search, TEXT_DOC(search, "The first match in the text, or None.")),
    METHOD_KW("sub", sre_sub, "sub($self, /, repl, string, count=0)\n--\n\nThe text with matches replaced."),
    METHOD_KW("subn", sre_subn, "subn($self, /, repl, string, count=0)\n--\n\nThe same, and how many were replaced."),
    METHOD_KW("findall", sre_findall, TEXT_DOC(findall, "A list of all matches, or of their groups.")),
    METHOD_KW("split", sre_split, "split($self, /, string, maxsplit=0)\n--\n\nThe parts of the text between matches."),
    METHOD_KW("finditer", pattern_finditer, TEXT_DOC(finditer, "An iterator over all matches.")),
    METHOD_KW("scanner", pattern_scanner, TEXT_DOC(scanner, "")),
    METHOD_NOARGS("__copy__", pattern_copy, "__copy__($self, /)\n--\n\n"),
    METHOD_ONE("__deepcopy__", pattern_deepcopy, "__deepcopy__($self, memo, /)\n--\n\n"),
    {"__class_getitem__", (void *)generic_alias_class_getitem, NATIVE_ONE, NATIVE_CLASS, "See PEP 585"},
    METHOD_END,
};

static const GetSet getset[] = {
    {"groupindex", get_groupindex, NULL, "The numbers of the named groups.", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static const Member members[] = {
    {"pattern", MEMBER_VALUE, offsetof(Pattern, pattern), true, "What it was compiled from."},
    {"flags", MEMBER_INT, offsetof(Pattern, flags), true, "The flags it was compiled with."},
    {"groups", MEMBER_SSIZE, offsetof(Pattern, groups), true, "How many groups it has."},
    {NULL, 0, 0, false, NULL},
};

const TypeSpec sre_pattern_spec = {
    .name = "re.Pattern",
    .doc = "Compiled regular expression object.",
    .flags = TYPE_GC | TYPE_NOT_INSTANTIABLE | TYPE_WEAKREFABLE,
    .basic_size = sizeof(Pattern),
    .slots = {.traverse = pattern_traverse, .free = pattern_free, .repr = pattern_repr, .hash = pattern_hash,
              .compare = pattern_compare},
    .methods = methods,
    .getset = getset,
    .members = members,
};
