#include "program.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include <ipc/buf.h>

#include "cli.h"

enum { SOURCE_MOST = 64 << 20, CODING_NAME = 32 };

/* --- the encoding of the text ----------------------------------------------------------------- */

static const char *end_of_line(const char *at, const char *end) {
    const char *newline = memchr(at, '\n', (size_t)(end - at));
    return newline ? newline : end;
}

/* Copies the name out of a comment of the form "coding: name" or "coding=name". */
static bool coding_in(const char *line, const char *end, char *name) {
    while (line < end && (*line == ' ' || *line == '\t' || *line == '\f'))
        line++;
    if (line == end || *line != '#') return false;
    const char *found = memmem(line, (size_t)(end - line), "coding", 6);
    if (!found || found + 6 >= end || (found[6] != ':' && found[6] != '=')) return false;
    const char *at = found + 7;
    while (at < end && (*at == ' ' || *at == '\t'))
        at++;
    size_t length = 0;
    for (; at < end && length < CODING_NAME - 1 && (isalnum((unsigned char)*at) || strchr("-_.", *at)); at++)
        name[length++] = *at;
    name[length] = '\0';
    return length > 0;
}

/* The coding comment of the first two lines, if there is one. */
static bool declared_coding(const Program *program, char *name) {
    const char *at = program->text, *end = at + program->length;
    for (int line = 0; line < 2 && at < end; line++) {
        const char *stop = end_of_line(at, end);
        if (coding_in(at, stop, name)) return true;
        at = stop + (stop < end);
    }
    return false;
}

static bool is_one_of(const char *name, const char *const *names) {
    for (; *names; names++) {
        if (strcasecmp(name, *names) == 0) return true;
    }
    return false;
}

static bool recode_latin1(Program *program) {
    char *text = malloc(2 * program->length + 1), *out = text;
    if (!text) return false;
    for (size_t i = 0; i < program->length; i++) {
        unsigned char byte = (unsigned char)program->text[i];
        if (byte >= 0x80) *out++ = (char)(0xc0 | byte >> 6);
        *out++ = (char)(byte < 0x80 ? byte : 0x80 | (byte & 0x3f));
    }
    *out = '\0';
    free(program->text);
    program->text = text;
    program->length = (size_t)(out - text);
    return true;
}

/* Where the first byte stands that is not UTF-8, and its line. */
static size_t first_fault(const Program *program, size_t *line) {
    size_t start = 0;
    *line = 1;
    for (;; ++*line) {
        const char *at = program->text + start, *stop = end_of_line(at, program->text + program->length);
        size_t length = (size_t)(stop - at);
        if (!ipc_utf8_valid(at, length)) {
            size_t good = 0;
            while (good < length && (unsigned char)at[good] < 0x80)
                good++;
            for (size_t next = good; next < length; next++) { /* the longest valid front */
                if ((at[next] & 0xc0) != 0x80 && ipc_utf8_valid(at, next)) good = next;
            }
            return start + good;
        }
        if (start + length >= program->length) return program->length;
        start += length + 1;
    }
}

/* Takes a byte order mark off. */
static bool had_mark(Program *program) {
    if (program->length < 3 || memcmp(program->text, "\xef\xbb\xbf", 3) != 0) return false;
    program->length -= 3;
    memmove(program->text, program->text + 3, program->length + 1);
    return true;
}

static int make_utf8(Program *program) {
    static const char *const utf8[] = {"utf-8", "utf8", "utf_8", "utf-8-sig", "ascii", "us-ascii", NULL};
    static const char *const latin1[] = {"latin-1",   "latin1", "latin_1", "iso-8859-1",
                                         "iso8859-1", "l1",     NULL};
    char coding[CODING_NAME];
    bool marked = had_mark(program), declared = declared_coding(program, coding);
    if (marked && declared && !is_one_of(coding, utf8)) {
        fprintf(stderr, "SyntaxError: encoding problem: %s with BOM\n", coding);
        return EXIT_FAILURE;
    }
    if (declared && is_one_of(coding, latin1)) return recode_latin1(program) ? 0 : EXIT_FAILURE;
    if (declared && !is_one_of(coding, utf8)) {
        fprintf(stderr, "SyntaxError: encoding problem: %s\n", coding);
        return EXIT_FAILURE;
    }
    if (ipc_utf8_valid(program->text, program->length)) return 0;
    size_t line, fault = first_fault(program, &line);
    fprintf(stderr,
            "SyntaxError: Non-UTF-8 code starting with '\\x%02x' in file %s on line %zu, but no encoding "
            "declared; see "
            "https://peps.python.org/pep-0263/ for details\n",
            (unsigned char)program->text[fault], program->filename, line);
    return EXIT_FAILURE;
}

/* --- loading ---------------------------------------------------------------------------------- */

static char *absolute(const char *path) {
    if (strcmp(path, "-") == 0) return strdup("<stdin>");
    if (path[0] == '/') return strdup(path);
    char *folder = getcwd(NULL, 0), *joined = NULL;
    if (!folder || asprintf(&joined, "%s/%s", strcmp(folder, "/") == 0 ? "" : folder, path) < 0)
        joined = strdup(path);
    free(folder);
    return joined;
}

int program_load(Program *program, Verb verb, const char *path) {
    *program = (Program){.filename = absolute(path)};
    sources_init(&program->sources);
    if (!program->filename) return cli_failure(verb, "out of memory");
    program->text = cli_read_file(path, SOURCE_MOST, &program->length);
    if (!program->text) {
        cli_failure(verb, "can't open file '%s': %s", path, strerror(errno));
        return EXIT_USAGE;
    }
    if (!ipc_utf8_valid(program->filename, strlen(program->filename))) {
        return cli_usage_error(verb, "the name of the file is not UTF-8");
    }
    return make_utf8(program);
}

static int load_directory(Program *program, Verb verb, const char *path) {
    char *main = NULL;
    if (!sources_directory(&program->sources, path))
        return cli_failure(verb, "can't open directory '%s': %s", path, strerror(errno));
    if (asprintf(&main, "%s/__main__.py", path) < 0) return cli_failure(verb, "out of memory");
    bool there = access(main, F_OK) == 0;
    free(main);
    return there ? 0 : cli_failure(verb, "can't find '__main__' module in '%s'", path);
}

static int load_archive(Program *program, Verb verb, const char *path) {
    if (sources_archive(&program->sources, path)) return 0;
    return cli_failure(verb, "can't open file '%s': %s", path, strerror(errno));
}

int program_load_whole(Program *program, const Options *options, const char *path) {
    struct stat what;
    Verb verb = options->verb;
    bool input = strcmp(path, "-") == 0, found = !input && stat(path, &what) == 0;
    bool directory = found && S_ISDIR(what.st_mode);
    if (directory || (found && sources_is_archive(path))) {
        *program = (Program){.module = "__main__"};
        sources_init(&program->sources);
        return directory ? load_directory(program, verb, path) : load_archive(program, verb, path);
    }
    int code = program_load(program, verb, path);
    bool alone = input || opt_flag(options, OPT_SAFE_PATH);
    if (!code && !alone && !sources_beside(&program->sources, path)) sources_free(&program->sources);
    return code;
}

int program_module(Program *program, const Options *options, const char *name) {
    *program = (Program){.module = name};
    sources_init(&program->sources);
    if (!program_words_are_text(options->verb, &name, 1)) return EXIT_USAGE;
    if (!opt_flag(options, OPT_SAFE_PATH) && !sources_below_cwd(&program->sources))
        sources_free(&program->sources);
    return 0;
}

int program_submit(Program *program, Verb verb, bool bundle, IpcSubmit *submit) {
    if (program->module) submit->module = ipc_str(program->module);
    else submit->source = ipc_slice(program->text, program->length);
    submit->filename = ipc_str(program->filename);
    if (!bundle) return sources_on_demand(&program->sources, &submit->sources), 0;
    if (sources_bundled(&program->sources, ipc_slice(program->text, program->length), &submit->sources)) return 0;
    return cli_failure(verb, "%s", program->sources.detail);
}

void program_free(Program *program) {
    free(program->text);
    free(program->filename);
    sources_free(&program->sources);
    *program = (Program){.sources = {.fd = -1}};
}

bool program_words_are_text(Verb verb, const char *const *words, int count) {
    for (int i = 0; i < count; i++) {
        if (!words[i] || ipc_utf8_valid(words[i], strlen(words[i]))) continue;
        cli_usage_error(verb, "an argument is not UTF-8");
        return false;
    }
    return true;
}
