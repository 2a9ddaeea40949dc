/* caret_anchors: see caret_anchors.h. */
#include "vm/caret_anchors.h"

#include <string.h>

/* A stretch of the text. */
typedef struct Span {
    const uint32_t *text;
    size_t start, end;
} Span;

static bool is_space(uint32_t c) { return c == ' ' || c == '\t' || c == '\f'; }
static bool is_word(uint32_t c) {
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 128;
}
static bool is_open(uint32_t c) { return c == '(' || c == '[' || c == '{'; }
static bool is_close(uint32_t c) { return c == ')' || c == ']' || c == '}'; }

static Span trim(Span s) {
    while (s.start < s.end && is_space(s.text[s.start])) s.start++;
    while (s.end > s.start && is_space(s.text[s.end - 1])) s.end--;
    return s;
}

/* Behind the string literal whose quote is at i. */
static size_t skip_string(Span s, size_t i) {
    uint32_t quote = s.text[i];
    bool triple = i + 2 < s.end && s.text[i + 1] == quote && s.text[i + 2] == quote;
    for (i += triple ? 3 : 1; i < s.end; i++) {
        if (s.text[i] == '\\') i++;
        else if (s.text[i] == quote &&
                 (!triple || (i + 2 < s.end && s.text[i + 1] == quote && s.text[i + 2] == quote)))
            return i + (triple ? 3 : 1);
    }
    return s.end;
}

/* Behind the bracket that closes the one at i; s.end when none does. */
static size_t skip_bracket(Span s, size_t i) {
    size_t depth = 0;
    while (i < s.end) {
        uint32_t c = s.text[i];
        if (c == '"' || c == '\'') {
            i = skip_string(s, i);
            continue;
        }
        if (is_open(c)) depth++;
        if (is_close(c) && --depth == 0) return i + 1;
        i++;
    }
    return s.end;
}

static bool word_is(Span s, size_t start, size_t end, const char *word) {
    size_t n = strlen(word);
    if (end - start != n) return false;
    for (size_t i = 0; i < n; i++)
        if (s.text[start + i] != (uint32_t)(unsigned char)word[i]) return false;
    return true;
}

/* Words that make the whole something looser than a binary operation. */
static bool is_loose_word(Span s, size_t start, size_t end) {
    static const char *const words[] = {"and",  "or",     "not",   "in",  "is",   "if",
                                        "else", "lambda", "yield", "for", "async"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (word_is(s, start, end, words[i])) return true;
    return false;
}

enum { TIGHT_POWER = 7, LOOSE_NONE = 8 };

/* Binding strength of the binary operator at i and its length; 0: not one (a comparison, an assignment, a comma). */
static int operator_strength(Span s, size_t i, size_t *length) {
    uint32_t c = s.text[i], next = i + 1 < s.end ? s.text[i + 1] : 0,
             third = i + 2 < s.end ? s.text[i + 2] : 0;
    *length = 1;
    if ((c == '<' || c == '>') && next == c && third != '=') return *length = 2, 4;
    if ((c == '*' || c == '/') && next == c)
        return *length = 2, third == '=' ? 0 : c == '*' ? TIGHT_POWER : 6;
    if (next == '=') return 0;
    switch (c) {
    case '|': return 1;
    case '^': return 2;
    case '&': return 3;
    case '+':
    case '-': return 5;
    case '*':
    case '/':
    case '%':
    case '@': return 6;
    default: return 0;
    }
}

/* What the outer level of an expression consists of. */
typedef struct Outline {
    bool refused;        /* something else than operators and primaries */
    bool prefixed;       /* begins with a unary operator or await */
    int strength;        /* of the loosest binary operator; LOOSE_NONE: there is none */
    size_t at, length;   /* the operator that is the root */
    size_t last_bracket; /* start of the bracket that ends the text, if it is one behind a primary; else n */
} Outline;

static Outline outline(Span s) {
    Outline o = {false, false, LOOSE_NONE, 0, 0, s.end};
    bool operand = false; /* what stands before is an operand */
    size_t i = s.start;
    while (i < s.end && !o.refused) {
        uint32_t c = s.text[i];
        o.last_bracket = operand && c == '[' ? i : is_space(c) ? o.last_bracket : s.end;
        if (is_space(c)) {
            i++;
        } else if (is_word(c)) {
            size_t start = i;
            while (i < s.end &&
                   (is_word(s.text[i]) || (s.text[i] == '.' && s.text[start] <= '9' && s.text[start] >= '0')))
                i++;
            if (word_is(s, start, i, "await")) {
                o.prefixed |= start == s.start;
                operand = false;
                continue;
            }
            o.refused = operand || is_loose_word(s, start, i); /* a word behind an operand: a statement */
            operand = true;
        } else if (c == '"' || c == '\'') {
            i = skip_string(s, i);
            operand = true;
        } else if (is_open(c)) {
            i = skip_bracket(s, i);
            operand = true;
        } else if (c == '.') {
            bool ellipsis = !operand && i + 2 < s.end && s.text[i + 1] == '.' && s.text[i + 2] == '.';
            i += ellipsis ? 3 : 1;
            operand = ellipsis;
        } else if (!operand && (c == '+' || c == '-' || c == '~')) {
            o.prefixed |= i == s.start;
            i++;
        } else {
            size_t length;
            int strength = operator_strength(s, i, &length);
            o.refused = strength == 0 || !operand;
            /* of equals the last is the root, but for ** the first */
            if (strength < o.strength || (strength == o.strength && strength != TIGHT_POWER)) {
                o.strength = strength;
                o.at = i;
                o.length = length;
            }
            operand = false;
            i += length;
        }
    }
    o.refused |= !operand;
    return o;
}

/* (x) without its parentheses, unless these make a tuple or a generator. */
static Span without_group(Span s) {
    s = trim(s);
    while (s.end - s.start >= 2 && s.text[s.start] == '(' && skip_bracket(s, s.start) == s.end) {
        Span inner = trim((Span){s.text, s.start + 1, s.end - 1});
        if (inner.start == inner.end) return s;
        for (size_t i = inner.start; i < inner.end;) {
            uint32_t c = inner.text[i];
            if (c == ',') return s;
            if (c == '"' || c == '\'') i = skip_string(inner, i);
            else if (is_open(c)) i = skip_bracket(inner, i);
            else if (is_word(c)) {
                size_t start = i;
                while (i < inner.end && is_word(inner.text[i])) i++;
                if (word_is(inner, start, i, "for")) return s;
            } else i++;
        }
        s = inner;
    }
    return s;
}

/* Parentheses around an operand are no part of its node, so they count as operator: in (a) + b the mark is ") ". */
static bool operator_anchor(Span s, const Outline *o, size_t *left, size_t *right) {
    size_t from = without_group((Span){s.text, s.start, o->at}).end;
    size_t to = without_group((Span){s.text, o->at + o->length, s.end}).start;
    while (from < to && is_space(s.text[from])) from++;
    if (from >= to) return false;
    *left = from;
    *right = from + 1;
    if (from + 1 < to && !is_space(s.text[from + 1])) ++*right;
    return true;
}

bool caret_anchors(const uint32_t *text, size_t n, size_t *left, size_t *right) {
    Span s = without_group((Span){text, 0, n});
    if (s.start >= s.end) return false;
    Outline o = outline(s);
    if (o.refused) return false;
    if (o.strength != LOOSE_NONE) {
        if (o.strength == TIGHT_POWER && o.prefixed) return false; /* -a ** b is a negation */
        return operator_anchor(s, &o, left, right);
    }
    if (o.prefixed || o.last_bracket >= s.end || skip_bracket(s, o.last_bracket) != s.end) return false;
    *left = without_group((Span){text, s.start, o.last_bracket}).end;
    *right = without_group((Span){text, o.last_bracket + 1, s.end - 1}).end + 1;
    return true;
}
