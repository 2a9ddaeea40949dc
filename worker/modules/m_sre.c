/*
 * _sre: the matching engine under the re package. Here: the module.
 *
 * re (re/_parser.py, re/_compiler.py) turns a pattern into SRE code, a list of 32-bit words. compile() checks such code
 * (sre_validate.c), lowers it to a program of the engine's own (sre_lower.c) and wraps it as a re.Pattern (sre_pattern.c).
 */
#include "modules/module.h"

/* ---- case of single characters, as the pattern compiler asks for it ---- */

static bool character_argument(Value v, int *out) { return value_as_int(v, out) == 0; }

static int ascii_lower(int c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; }

static Value ascii_iscased(Value module, Value character) {
    (void)module;
    int c;
    if (!character_argument(character, &c)) return NULL;
    return BOOL((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'));
}

static Value ascii_tolower(Value module, Value character) {
    (void)module;
    int c;
    return character_argument(character, &c) ? small_int_new(ascii_lower(c)) : NULL;
}

static Value getcodesize(Value module) { return (void)module, small_int_new(4); }

static const NativeMethod functions[] = {
    METHOD_NOARGS("getcodesize", getcodesize, "getcodesize($module, /)\n--\n\n"),
    METHOD_ONE("ascii_iscased", ascii_iscased, "ascii_iscased($module, character, /)\n--\n\n"),
    METHOD_ONE("ascii_tolower", ascii_tolower, "ascii_tolower($module, character, /)\n--\n\n"),
    METHOD_END,
};

const ModuleSpec module_sre = {"_sre", NULL, functions, NULL};
