/*
 * _sre: the matching engine under the re package. Here: the module, and the case of single characters as the pattern compiler
 * asks for it. sre.h says what stands where.
 */
#include "modules/sre.h"

typedef uint32_t (*CaseFn)(uint32_t);

static Value lower_with(Value character, CaseFn lower) {
    int c;
    if (value_as_int(character, &c) < 0) return NULL;
    return small_int_new((int)lower((uint32_t)c));
}

static Value ascii_iscased(Value module, Value character) {
    (void)module;
    int c;
    if (value_as_int(character, &c) < 0) return NULL;
    return BOOL(((uint32_t)c | 32) - 'a' < 26);
}

static Value unicode_iscased(Value module, Value character) {
    (void)module;
    int c;
    if (value_as_int(character, &c) < 0) return NULL;
    return BOOL(sre_lower_unicode((uint32_t)c) != (uint32_t)c || sre_upper_unicode((uint32_t)c) != (uint32_t)c);
}

static uint32_t lower_ascii(uint32_t c) { return sre_lower_ascii(c); }
static Value ascii_tolower(Value module, Value character) { return (void)module, lower_with(character, lower_ascii); }
static Value unicode_tolower(Value module, Value character) { return (void)module, lower_with(character, sre_lower_unicode); }
static Value getcodesize(Value module) { return (void)module, small_int_new(sizeof(uint32_t)); }

static const NativeMethod functions[] = {
    METHOD_NOARGS("getcodesize", getcodesize, "getcodesize($module, /)\n--\n\n"),
    METHOD_ONE("ascii_iscased", ascii_iscased, "ascii_iscased($module, character, /)\n--\n\n"),
    METHOD_ONE("unicode_iscased", unicode_iscased, "unicode_iscased($module, character, /)\n--\n\n"),
    METHOD_ONE("ascii_tolower", ascii_tolower, "ascii_tolower($module, character, /)\n--\n\n"),
    METHOD_ONE("unicode_tolower", unicode_tolower, "unicode_tolower($module, character, /)\n--\n\n"),
    METHOD_KW("compile", sre_compile,
              "compile($module, /, pattern, flags, code, groups, groupindex,\n        indexgroup)\n--\n\n"),
    METHOD_END,
};

static int ready(Value module) {
    SreModule *state = module_state_new(M_sre, sizeof *state);
    if (!state || module_ready_type(&state->pattern, &sre_pattern_spec, NULL) < 0 ||
        module_ready_type(&state->match, &sre_match_spec, NULL) < 0 ||
        module_ready_type(&state->scanner, &sre_scanner_spec, NULL) < 0)
        return -1;
    if (module_add_int(module, "MAGIC", SRE_MAGIC) < 0 || module_add_int(module, "CODESIZE", sizeof(uint32_t)) < 0 ||
        module_add_int(module, "MAXREPEAT", SRE_MAX_REPEAT) < 0)
        return -1;
    return module_add_int(module, "MAXGROUPS", SRE_MAX_GROUPS);
}

const ModuleSpec module_sre = {"_sre", NULL, functions, ready};
