/* Msgpack as text, bounded; see dump.h. */
#include "internal.h"

#include <ipc/dump.h>

#include <stdarg.h>
#include <stdio.h>

enum { TEXT = 4096, ITEMS = 64, BYTES = 64, DEPTH = 16, MOST_DEPTH = 64 };

typedef struct Level {
    uint64_t left;
    uint64_t done;
    bool map;
} Level;

typedef struct Dumper {
    IpcBuf *out;
    size_t end; /* of the text allowed in *out */
    IpcDumpOptions options;
    bool full;
} Dumper;

static void put(Dumper *dump, const char *text, size_t length) {
    if (dump->full) return;
    if (length > dump->end - dump->out->len) {
        length = dump->end - dump->out->len;
        dump->full = true;
    }
    ipc_buf_append(dump->out, text, length);
    if (dump->full) ipc_buf_append(dump->out, "...", 3);
}

static void put_text(Dumper *dump, const char *text) { put(dump, text, strlen(text)); }

__attribute__((format(printf, 2, 3))) static void put_format(Dumper *dump, const char *format, ...) {
    char text[64];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    put_text(dump, text);
}

static void put_str(Dumper *dump, IpcSlice text) {
    size_t most = text.len < dump->options.max_bytes ? text.len : dump->options.max_bytes;
    bool utf8 = ipc_utf8_valid(text.ptr, text.len);
    while (utf8 && most < text.len && most > 0 && ((unsigned char)text.ptr[most] & 0xc0) == 0x80) most--;
    put_text(dump, "\"");
    for (size_t i = 0; i < most; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c == '"' || c == '\\') put_format(dump, "\\%c", c);
        else if (c == '\n') put_text(dump, "\\n");
        else if (c < 0x20 || c == 0x7f || (c >= 0x80 && !utf8)) put_format(dump, "\\x%02x", c);
        else put(dump, (const char *)&c, 1);
    }
    put_text(dump, "\"");
    if (most < text.len) put_format(dump, "...(%zu bytes)", text.len);
}

static void put_bin(Dumper *dump, IpcSlice bytes) {
    size_t most = bytes.len < dump->options.max_bytes ? bytes.len : dump->options.max_bytes;
    put_text(dump, "<");
    for (size_t i = 0; i < most; i++) put_format(dump, "%02x", (unsigned char)bytes.ptr[i]);
    put_text(dump, ">");
    if (most < bytes.len) put_format(dump, "...(%zu bytes)", bytes.len);
}

static void put_graph(Dumper *dump, IpcSlice payload);

/* An atom, or a container's opening bracket. */
static void put_token(Dumper *dump, const IpcToken *token) {
    switch (token->type) {
    case IPC_T_NIL: put_text(dump, "nil"); break;
    case IPC_T_BOOL: put_text(dump, token->boolean ? "true" : "false"); break;
    case IPC_T_UINT: put_format(dump, "%llu", ipc__num(token->uint)); break;
    case IPC_T_INT: put_format(dump, "%lld", (long long)token->sint); break;
    case IPC_T_FLOAT: put_format(dump, "%.17g", token->real); break;
    case IPC_T_STR: put_str(dump, token->bytes); break;
    case IPC_T_BIN: put_bin(dump, token->bytes); break;
    case IPC_T_ARRAY: put_text(dump, token->count ? "[" : "[]"); break;
    case IPC_T_MAP: put_text(dump, token->count ? "{" : "{}"); break;
    case IPC_T_REF: put_format(dump, "@%llu", ipc__num(token->uint)); break;
    case IPC_T_EXT:
        if (token->ext_type == IPC_EXT_GRAPH) {
            put_graph(dump, token->bytes);
        } else {
            put_format(dump, "ext(%d)", token->ext_type);
            put_bin(dump, token->bytes);
        }
        break;
    }
}

static void put_fault(Dumper *dump, IpcCode code) { put_format(dump, "<%s>", ipc_code_name(code)); }

/* ------------------------------------------------------------------ graphs */

static bool put_node(Dumper *dump, IpcReader *reader) {
    IpcNode node;
    IpcCode code = ipc__read_node(reader, &node);
    if (code) {
        put_fault(dump, code);
        return false;
    }
    put_text(dump, ipc_graph_kind_name(node.kind));
    if (node.kind == IPC_K_STR) put_str(dump, node.data);
    else if (ipc__kind(node.kind)->data != IPC_DATA_NONE) put_bin(dump, node.data);
    if (node.edges) put_text(dump, " [");
    for (uint64_t i = 0; i < node.edges && !dump->full; i++) {
        IpcToken token;
        if ((code = ipc__read_edge(reader, &token))) {
            put_fault(dump, code);
            return false;
        }
        if (i < dump->options.max_items) {
            if (i) put_text(dump, ", ");
            put_token(dump, &token);
        } else if (i == dump->options.max_items) {
            put_text(dump, ", ...");
        }
    }
    if (node.edges) put_text(dump, "]");
    return true;
}

static void put_graph(Dumper *dump, IpcSlice payload) {
    IpcReader reader = ipc_slice_reader(payload);
    uint64_t version = 0, count = 0;
    if (ipc_read_uint(&reader, &version) || ipc_read_uint(&reader, &count))
        put_text(dump, "graph<truncated>");
    else put_format(dump, "graph v%llu{", ipc__num(version));
    for (uint64_t i = 0; i < count && !dump->full; i++) {
        put_format(dump, i ? "; %llu: " : "%llu: ", ipc__num(i));
        if (!put_node(dump, &reader)) break;
    }
    put_text(dump, "}");
}

/* ----------------------------------------------------------------- objects */

/* Ends the object just printed and all containers it was the last object of. */
static uint32_t close_levels(Dumper *dump, Level *levels, uint32_t open) {
    while (open) {
        Level *level = &levels[open - 1];
        level->done++;
        if (--level->left) {
            put_text(dump, level->map && level->done % 2 ? ": " : ", ");
            break;
        }
        put_text(dump, level->map ? "}" : "]");
        open--;
    }
    return open;
}

/* Skips an object that is not shown. */
static bool pass_over(Dumper *dump, IpcReader *reader) {
    uint64_t nodes = UINT64_MAX;
    IpcCode code = ipc_skip(reader, IPC_PLAIN_DEPTH, &nodes);
    if (code) put_fault(dump, code);
    return code == IPC_OK;
}

/* True when the container has shown enough at this point. */
static bool enough(const Dumper *dump, const Level *level) {
    if (level->map && level->done % 2) return false;
    return (level->map ? level->done / 2 : level->done) >= dump->options.max_items;
}

/* Says how much is not shown and goes past it. */
static bool pass_rest(Dumper *dump, IpcReader *reader, Level *level) {
    put_format(dump, "...%llu more", ipc__num(level->map ? level->left / 2 : level->left));
    for (; level->left > 1; level->left--) {
        if (!pass_over(dump, reader)) return false;
    }
    return pass_over(dump, reader); /* whoever closes levels counts this one */
}

/* The next object, or its opening bracket (*opened). */
static bool put_next(Dumper *dump, IpcReader *reader, bool may_open, IpcToken *token, bool *opened) {
    IpcReader before = *reader;
    IpcCode code = ipc_read(reader, token);
    if (code) {
        put_fault(dump, code);
        return false;
    }
    *opened = (token->type == IPC_T_ARRAY || token->type == IPC_T_MAP) && token->count;
    if (*opened && !may_open) {
        *opened = false;
        *reader = before;
        put_text(dump, "...");
        return pass_over(dump, reader);
    }
    put_token(dump, token);
    return true;
}

static bool put_object(Dumper *dump, IpcReader *reader) {
    Level levels[MOST_DEPTH];
    uint32_t open = 0;
    do {
        IpcToken token;
        bool opened = false;
        if (open && enough(dump, &levels[open - 1])) {
            if (!pass_rest(dump, reader, &levels[open - 1])) return false;
        } else if (!put_next(dump, reader, open < dump->options.max_depth, &token, &opened)) {
            return false;
        }
        if (opened) {
            bool map = token.type == IPC_T_MAP;
            levels[open++] = (Level){.left = map ? (uint64_t)token.count * 2 : token.count, .map = map};
        } else {
            open = close_levels(dump, levels, open);
        }
    } while (open && !dump->full);
    return true;
}

static uint32_t or_default(uint32_t given, uint32_t usual) { return given ? given : usual; }

void ipc_dump(IpcBuf *out, IpcSlice bytes, const IpcDumpOptions *options) {
    Dumper dump = {.out = out};
    if (options) dump.options = *options;
    IpcDumpOptions *o = &dump.options;
    dump.end = out->len + or_default(o->max_text, TEXT);
    o->max_items = or_default(o->max_items, ITEMS);
    o->max_bytes = or_default(o->max_bytes, BYTES);
    o->max_depth = or_default(o->max_depth, DEPTH);
    if (o->max_depth > MOST_DEPTH) o->max_depth = MOST_DEPTH;
    IpcReader reader = ipc_slice_reader(bytes);
    bool first = true;
    while (!ipc_reader_done(&reader) && !dump.full) {
        if (!first) put_text(&dump, "\n");
        first = false;
        if (!put_object(&dump, &reader)) break;
    }
}

const char *ipc_dump_text(char *text, size_t size, IpcSlice bytes) {
    IpcBuf out;
    IpcDumpOptions options = {.max_text = size > 4 ? (uint32_t)(size < 1 << 20 ? size - 4 : 1 << 20) : 1};
    if (size == 0) return text;
    ipc_buf_init(&out, NULL);
    ipc_dump(&out, bytes, &options);
    size_t n = out.len < size - 1 ? out.len : size - 1;
    if (n) memcpy(text, out.data, n);
    text[n] = 0;
    ipc_buf_free(&out);
    return text;
}
