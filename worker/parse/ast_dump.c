#include "parse/ast_dump.h"

#include <math.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "parse/identifier.h"

typedef enum FieldType {
#define FIELD_TYPE(TYPE, ctype) FIELD_##TYPE,
#include "parse/ast.def"
} FieldType;

typedef struct FieldInfo {
    const char *name;
    FieldType type;
    size_t offset;
} FieldInfo;

#define FIELD(Name, TYPE, field)           {#field, FIELD_##TYPE, offsetof(Ast##Name##Node, field)},
#define NODE(CATEGORY, KIND, Name, fields) static const FieldInfo Name##_fields[] = {fields{NULL, 0, 0}};
#include "parse/ast.def"

static const FieldInfo *const kind_fields[AST_KIND_COUNT] = {
#define FIELD(Name, TYPE, field)
#define NODE(CATEGORY, KIND, Name, fields) [CATEGORY##_##KIND] = Name##_fields,
#include "parse/ast.def"
};

#define FIELD(Name, TYPE, field) {#field, FIELD_##TYPE, offsetof(Name, field)},
#define PRODUCT(pyname, Name, attributes, fields)                                                            \
    static const FieldInfo Name##_fields[] = {fields{NULL, 0, 0}};
#include "parse/ast.def"
#undef FIELD

static const struct {
    const char *OPERATOR[16], *CMPOP[16], *UNARYOP[8], *BOOLOP[2], *CONTEXT[3];
} enum_names = {
#define ENUM(TYPE, Name, members)          .TYPE = {members},
#define MEMBER(PREFIX, KIND, Name, symbol) [PREFIX##_##KIND] = #Name "()",
#include "parse/ast.def"
};

typedef struct Dump {
    FILE *out;
    bool attributes;
    bool first; /* no argument written yet inside the current parentheses */
} Dump;

static void dump_fields(Dump *d, const char *name, const FieldInfo *fields, const char *base,
                        const AstPos *pos, AstKind kind);

/* --- constants as repr() --- */

static void dump_text(Dump *d, const AstConstant *c) {
    const char *p = c->text.bytes, *end = p + c->text.length;
    bool bytes = c->kind == CONSTANT_BYTES;
    bool single = memchr(p, '\'', c->text.length), twin = memchr(p, '"', c->text.length);
    char quote = single && !twin ? '"' : '\'';
    fprintf(d->out, "%s%c", bytes ? "b" : "", quote);
    while (p < end) {
        const char *start = p;
        uint32_t code = bytes ? (unsigned char)*p++ : utf8_next(&p);
        if (code == (unsigned char)quote || code == '\\') fprintf(d->out, "\\%c", (char)code);
        else if (code == '\n') fputs("\\n", d->out);
        else if (code == '\r') fputs("\\r", d->out);
        else if (code == '\t') fputs("\\t", d->out);
        else if (code < 32 || code == 127 || (bytes && code > 127)) fprintf(d->out, "\\x%02x", code);
        else if (code < 127 || (!bytes && identifier_is_printable(code)))
            fwrite(start, 1, (size_t)(p - start), d->out);
        else fprintf(d->out, code < 256 ? "\\x%02x" : code < 65536 ? "\\u%04x" : "\\U%08x", code);
    }
    fputc(quote, d->out);
}

/* The shortest decimal that reads back, in repr's form. */
static void dump_real(Dump *d, double value, bool imaginary) {
    char text[40];
    int precision = 1;
    do snprintf(text, sizeof text, "%.*e", precision - 1, value);
    while (precision++ < 17 && strtod(text, NULL) != value);
    int exponent = atoi(strchr(text, 'e') ? strchr(text, 'e') + 1 : "0");
    if (isinf(value)) {
        fputs(imaginary ? "infj" : "inf", d->out);
        return;
    }
    if (exponent >= -4 && exponent < 16) {
        int decimals = precision - 2 - exponent;
        snprintf(text, sizeof text, "%.*f", decimals > 0 ? decimals : 0, value);
        fprintf(d->out, "%s%s", text, imaginary ? "j" : strchr(text, '.') ? "" : ".0");
        return;
    }
    *strchr(text, 'e') = 0;
    fprintf(d->out, "%se%s%02d%s", text, exponent < 0 ? "-" : "+", abs(exponent), imaginary ? "j" : "");
}

static void dump_constant(Dump *d, const AstConstant *c) {
    switch ((AstConstantKind)c->kind) {
    case CONSTANT_NONE: fputs("None", d->out); break;
    case CONSTANT_TRUE: fputs("True", d->out); break;
    case CONSTANT_FALSE: fputs("False", d->out); break;
    case CONSTANT_ELLIPSIS: fputs("Ellipsis", d->out); break;
    case CONSTANT_INT: fprintf(d->out, "%lld", (long long)c->integer); break;
    case CONSTANT_BIG_INT: /* in its own base: comparing needs no big arithmetic here */
        fprintf(d->out, "%s%s",
                c->base == 16  ? "0x"
                : c->base == 8 ? "0o"
                : c->base == 2 ? "0b"
                               : "",
                c->text.bytes);
        break;
    case CONSTANT_FLOAT: dump_real(d, c->real, false); break;
    case CONSTANT_IMAGINARY: dump_real(d, c->real, true); break;
    case CONSTANT_STR:
    case CONSTANT_BYTES: dump_text(d, c); break;
    case CONSTANT_FOLDED: fputs("<folded>", d->out); break; /* only behind the compiler */
    case CONSTANT_OBJECT: fputs("<object>", d->out); break;
    }
}

/* --- nodes --- */

static void dump_stmt(Dump *d, const AstStmt *node) {
    dump_fields(d, ast_kind_name((AstKind)node->kind), kind_fields[node->kind], (const char *)&node->If,
                &node->pos, (AstKind)node->kind);
}

static void dump_expr(Dump *d, const AstExpr *node) {
    if (!node) {
        fputs("None", d->out);
        return;
    }
    dump_fields(d, ast_kind_name((AstKind)node->kind), kind_fields[node->kind], (const char *)&node->BinOp,
                &node->pos, (AstKind)node->kind);
}

static void dump_pattern(Dump *d, const AstPattern *node) {
    dump_fields(d, ast_kind_name((AstKind)node->kind), kind_fields[node->kind], (const char *)&node->MatchAs,
                &node->pos, (AstKind)node->kind);
}

static void dump_type_param(Dump *d, const AstTypeParam *node) {
    dump_fields(d, ast_kind_name((AstKind)node->kind), kind_fields[node->kind], (const char *)&node->TypeVar,
                &node->pos, (AstKind)node->kind);
}

#define PRODUCT_POS_0(node) NULL
#define PRODUCT_POS_1(node) (&(node)->pos)
#define FIELD(Name, TYPE, field)
#define PRODUCT(pyname, Name, attributes, fields)                                                            \
    static void dump_##Name(Dump *d, const Name *node) {                                                     \
        dump_fields(d, #pyname, Name##_fields, (const char *)node, PRODUCT_POS_##attributes(node),           \
                    AST_KIND_COUNT);                                                                         \
    }
#include "parse/ast.def"
#undef FIELD

static void dump_name(Dump *d, const AstName *name) {
    AstConstant text = {.kind = CONSTANT_STR, .text = {name->utf8, name->length}};
    dump_constant(d, &text);
}

typedef void (*DumpItem)(Dump *, const void *);

static void dump_seq(Dump *d, const AstAnySeq *seq, DumpItem item) {
    fputc('[', d->out);
    for (int32_t i = 0; i < seq->count; i++) {
        if (i) fputs(", ", d->out);
        item(d, seq->items[i]);
    }
    fputc(']', d->out);
}

static void dump_value(Dump *d, FieldType type, const char *at) {
#define SEQ(function) dump_seq(d, (const AstAnySeq *)(const void *)at, (DumpItem)(void (*)(void))function)
#define NODE_AT(Type) (*(Type *const *)(const void *)at)
#define ENUM_AT(TYPE) fputs(enum_names.TYPE[*(const int *)(const void *)at], d->out)
    switch (type) {
    case FIELD_STMT: dump_stmt(d, NODE_AT(AstStmt)); break;
    case FIELD_EXPR:
    case FIELD_OPT_EXPR: dump_expr(d, NODE_AT(AstExpr)); break;
    case FIELD_PATTERN:
    case FIELD_OPT_PATTERN: dump_pattern(d, NODE_AT(AstPattern)); break;
    case FIELD_NAME:
    case FIELD_OPT_NAME:
    case FIELD_TEXT:
    case FIELD_OPT_TEXT: dump_name(d, NODE_AT(const AstName)); break;
    case FIELD_ARGUMENTS: dump_AstArguments(d, NODE_AT(AstArguments)); break;
    case FIELD_OPT_ARG: dump_AstArg(d, NODE_AT(AstArg)); break;
    case FIELD_STMTS: SEQ(dump_stmt); break;
    case FIELD_EXPRS: SEQ(dump_expr); break;
    case FIELD_PATTERNS: SEQ(dump_pattern); break;
    case FIELD_NAMES: SEQ(dump_name); break;
    case FIELD_ARGS: SEQ(dump_AstArg); break;
    case FIELD_KEYWORDS: SEQ(dump_AstKeyword); break;
    case FIELD_ALIASES: SEQ(dump_AstAlias); break;
    case FIELD_WITHITEMS: SEQ(dump_AstWithitem); break;
    case FIELD_COMPREHENSIONS: SEQ(dump_AstComprehension); break;
    case FIELD_HANDLERS: SEQ(dump_AstExceptHandler); break;
    case FIELD_MATCH_CASES: SEQ(dump_AstMatchCase); break;
    case FIELD_TYPE_PARAMS: SEQ(dump_type_param); break;
    case FIELD_TYPE_IGNORES: SEQ(dump_AstTypeIgnore); break;
    case FIELD_CMPOPS: {
        const AstCmpopSeq *ops = (const AstCmpopSeq *)(const void *)at;
        fputc('[', d->out);
        for (int32_t i = 0; i < ops->count; i++)
            fprintf(d->out, "%s%s", i ? ", " : "", enum_names.CMPOP[ops->items[i]]);
        fputc(']', d->out);
        break;
    }
    case FIELD_CONSTANT: dump_constant(d, (const AstConstant *)(const void *)at); break;
    case FIELD_INT: fprintf(d->out, "%d", *(const int32_t *)(const void *)at); break;
    case FIELD_CONTEXT: ENUM_AT(CONTEXT); break;
    case FIELD_OPERATOR: ENUM_AT(OPERATOR); break;
    case FIELD_UNARYOP: ENUM_AT(UNARYOP); break;
    case FIELD_BOOLOP: ENUM_AT(BOOLOP); break;
    }
}

static bool is_absent(FieldType type, const char *at) {
    switch (type) {
    case FIELD_OPT_EXPR:
    case FIELD_OPT_PATTERN:
    case FIELD_OPT_NAME:
    case FIELD_OPT_TEXT:
    case FIELD_OPT_ARG: return !*(void *const *)(const void *)at;
    case FIELD_TYPE_PARAMS:
        return ((const AstTypeParamSeq *)(const void *)at)->count == 0; /* as 3.11 has none */
    default: return false;
    }
}

static void separate(Dump *d) {
    if (!d->first) fputs(", ", d->out);
    d->first = false;
}

static void dump_fields(Dump *d, const char *name, const FieldInfo *fields, const char *base,
                        const AstPos *pos, AstKind kind) {
    fprintf(d->out, "%s(", name);
    d->first = true;
    for (const FieldInfo *field = fields; field->name; field++) {
        if (is_absent(field->type, base + field->offset)) continue;
        separate(d);
        fprintf(d->out, "%s=", field->name);
        dump_value(d, field->type, base + field->offset);
        d->first = false;
    }
    if (kind == EXPR_CONSTANT && ((const AstConstant *)(const void *)base)->u_prefix) {
        separate(d);
        fputs("kind='u'", d->out);
    }
    if (pos && d->attributes) {
        separate(d);
        fprintf(d->out, "lineno=%d, col_offset=%d, end_lineno=%d, end_col_offset=%d", pos->lineno,
                pos->col_offset, pos->end_lineno, pos->end_col_offset);
    }
    fputc(')', d->out);
    d->first = false;
}

void ast_dump(const AstMod *mod, bool attributes, FILE *out) {
    Dump d = {.out = out, .attributes = attributes};
    dump_fields(&d, ast_kind_name((AstKind)mod->kind), kind_fields[mod->kind], (const char *)&mod->Module,
                NULL, (AstKind)mod->kind);
}
