#include "parse/ast.h"

enum { FIRST_NAME_SLOTS = 64 };

struct AstNames {
    Bump *bump;
    AstName **slots; /* open addressing, a power of two of them, at most half used */
    uint32_t mask;
    uint32_t count;
};

AstNames *ast_names_new(Bump *bump) {
    AstNames *names = bump_alloc(bump, sizeof *names);
    if (!names) return NULL;
    *names = (AstNames){.bump = bump, .mask = FIRST_NAME_SLOTS - 1};
    names->slots = bump_zalloc(bump, FIRST_NAME_SLOTS * sizeof *names->slots);
    return names->slots ? names : NULL;
}

uint32_t ast_name_count(const AstNames *names) { return names->count; }

Bump *ast_names_bump(AstNames *names) { return names->bump; }

static uint32_t hash_name(const char *utf8, size_t length) {
    uint64_t hash = length * 0x9E3779B97F4A7C15u;
    for (; length >= 8; utf8 += 8, length -= 8) {
        uint64_t word;
        memcpy(&word, utf8, 8);
        hash = (hash ^ word) * 0xD6E8FEB86659FD93u;
        hash ^= hash >> 32;
    }
    uint64_t rest = 0;
    for (size_t i = 0; i < length; i++) rest = rest << 8 | (unsigned char)utf8[i];
    hash = (hash ^ rest) * 0xD6E8FEB86659FD93u;
    return (uint32_t)(hash ^ hash >> 32);
}

static bool grow_names(AstNames *names) {
    uint32_t slots = (names->mask + 1) * 2;
    AstName **grown = bump_zalloc(names->bump, slots * sizeof *grown);
    if (!grown) return false;
    for (uint32_t i = 0; i <= names->mask; i++) {
        AstName *name = names->slots[i];
        if (!name) continue;
        uint32_t at = name->hash & (slots - 1);
        while (grown[at]) at = (at + 1) & (slots - 1);
        grown[at] = name;
    }
    names->slots = grown;
    names->mask = slots - 1;
    return true;
}

const AstName *ast_name_intern(AstNames *names, const char *utf8, size_t length) {
    uint32_t hash = hash_name(utf8, length);
    uint32_t at = hash & names->mask;
    for (; names->slots[at]; at = (at + 1) & names->mask) {
        const AstName *name = names->slots[at];
        if (name->hash == hash && name->length == length && memcmp(name->utf8, utf8, length) == 0)
            return name;
    }
    if (length > UINT32_MAX) return NULL;
    AstName *name = bump_alloc(names->bump, sizeof *name);
    char *copy = bump_copy(names->bump, utf8, length);
    if (!name || !copy) return NULL;
    *name = (AstName){copy, (uint32_t)length, hash, names->count};
    names->slots[at] = name;
    names->count++;
    if (names->count > names->mask / 2 && !grow_names(names)) return NULL;
    return name;
}

static const char *const kind_names[AST_KIND_COUNT] = {
#define FIELD(Name, TYPE, field)
#define NODE(CATEGORY, KIND, Name, fields) [CATEGORY##_##KIND] = #Name,
#include "parse/ast.def"
};

const char *ast_kind_name(AstKind kind) { return kind_names[kind]; }

static const struct {
    const char *OPERATOR[16], *CMPOP[16], *UNARYOP[8], *BOOLOP[2], *CONTEXT[3];
} symbols = {
#define ENUM(TYPE, Name, members)          .TYPE = {members},
#define MEMBER(PREFIX, KIND, Name, symbol) [PREFIX##_##KIND] = symbol,
#include "parse/ast.def"
};

const char *ast_operator_symbol(AstOperator op) { return symbols.OPERATOR[op]; }

const char *ast_cmpop_symbol(AstCmpop op) { return symbols.CMPOP[op]; }

const char *ast_kind_description(AstKind kind) {
    switch (kind) {
    case EXPR_ATTRIBUTE: return "attribute";
    case EXPR_SUBSCRIPT: return "subscript";
    case EXPR_STARRED: return "starred";
    case EXPR_NAME: return "name";
    case EXPR_LIST: return "list";
    case EXPR_TUPLE: return "tuple";
    case EXPR_LAMBDA: return "lambda";
    case EXPR_CALL: return "function call";
    case EXPR_BOOL_OP:
    case EXPR_BIN_OP:
    case EXPR_UNARY_OP: return "expression";
    case EXPR_GENERATOR_EXP: return "generator expression";
    case EXPR_YIELD:
    case EXPR_YIELD_FROM: return "yield expression";
    case EXPR_AWAIT: return "await expression";
    case EXPR_LIST_COMP: return "list comprehension";
    case EXPR_SET_COMP: return "set comprehension";
    case EXPR_DICT_COMP: return "dict comprehension";
    case EXPR_DICT: return "dict literal";
    case EXPR_SET: return "set display";
    case EXPR_JOINED_STR:
    case EXPR_FORMATTED_VALUE: return "f-string expression";
    case EXPR_CONSTANT: return "literal";
    case EXPR_COMPARE: return "comparison";
    case EXPR_IF_EXP: return "conditional expression";
    case EXPR_NAMED_EXPR: return "named expression";
    default: return "expression";
    }
}
