/* Paths to places in values. They are reconstructed from the bytes written so far, so that encoders keep
 * nothing for a refusal that hardly ever comes. */
#include "internal.h"

#include <stdio.h>

enum {
    KEY_SHOWN = 40, /* bytes of a key */
    HEAD = 12,      /* of a long path its first and */
    TAIL = 8,       /* its last steps are shown */
};

/* ------------------------------------------------------------------ text */

void ipc_path_start(IpcPath *path, const char *root) {
    path->len = 0;
    path->cut = false;
    path->text[0] = 0;
    ipc_path_raw(path, root);
}

/* Adds a step or, where it does not fit, "..." for good. */
static void add(IpcPath *path, const char *step, size_t length) {
    if (path->cut) return;
    if (path->len + length > IPC_PATH_TEXT - 4) {
        path->cut = true;
        step = "...";
        length = 3;
    }
    memcpy(path->text + path->len, step, length);
    path->len += length;
    path->text[path->len] = 0;
}

void ipc_path_raw(IpcPath *path, const char *text) { add(path, text, strlen(text)); }

void ipc_path_index(IpcPath *path, uint64_t index) {
    char step[32];
    add(path, step, (size_t)snprintf(step, sizeof step, "[%llu]", ipc__num(index)));
}

/* Appends printable bytes to step (which has room for KEY_SHOWN * 2 + 4 more). */
static size_t put_printable(char *step, size_t n, const char *text, size_t length, char quote) {
    size_t most = length < KEY_SHOWN ? length : KEY_SHOWN;
    bool utf8 = ipc_utf8_valid(text, length);
    while (utf8 && most < length && most > 0 && ((unsigned char)text[most] & 0xc0) == 0x80) most--;
    for (size_t i = 0; i < most; i++) {
        unsigned char c = (unsigned char)text[i];
        if (quote && (c == (unsigned char)quote || c == '\\')) step[n++] = '\\';
        step[n++] = c < 0x20 || c == 0x7f || (c >= 0x80 && !utf8) ? '?' : (char)c;
    }
    if (most < length) {
        memcpy(step + n, "...", 3);
        n += 3;
    }
    return n;
}

void ipc_path_key(IpcPath *path, const char *key, size_t length) {
    char step[KEY_SHOWN * 2 + 16] = "['";
    size_t n = put_printable(step, 2, key, length, '\'');
    memcpy(step + n, "']", 2);
    add(path, step, n + 2);
}

void ipc_path_attr(IpcPath *path, const char *name, size_t length) {
    char step[KEY_SHOWN * 2 + 16] = ".";
    add(path, step, put_printable(step, 1, name, length, 0));
}

static void add_numbered(IpcPath *path, const char *what, uint64_t number) {
    char step[48];
    add(path, step, (size_t)snprintf(step, sizeof step, "<%s %llu>", what, ipc__num(number)));
}

static void add_elision(IpcPath *path, uint64_t steps) {
    char step[48];
    add(path, step, (size_t)snprintf(step, sizeof step, "...(%llu more)...", ipc__num(steps)));
}

/* A dict's value by its key. */
static void add_by_key(IpcPath *path, const IpcToken *key, uint64_t pair, bool attribute) {
    char step[64];
    switch (key->type) {
    case IPC_T_STR:
        if (attribute) ipc_path_attr(path, key->bytes.ptr, key->bytes.len);
        else ipc_path_key(path, key->bytes.ptr, key->bytes.len);
        return;
    case IPC_T_UINT: snprintf(step, sizeof step, "[%llu]", ipc__num(key->uint)); break;
    case IPC_T_INT: snprintf(step, sizeof step, "[%lld]", (long long)key->sint); break;
    case IPC_T_FLOAT: snprintf(step, sizeof step, "[%.17g]", key->real); break;
    case IPC_T_BOOL: snprintf(step, sizeof step, "[%s]", key->boolean ? "True" : "False"); break;
    case IPC_T_NIL: snprintf(step, sizeof step, "[None]"); break;
    default: snprintf(step, sizeof step, "[<key %llu>]", ipc__num(pair)); break;
    }
    ipc_path_raw(path, step);
}

/* ----------------------------------------------------------------- tables */

/* How a node was found first. */
typedef struct Found {
    uint32_t parent;
    uint32_t edge;
    uint32_t offset; /* of the node, from the first one */
} Found;

typedef struct Map {
    const IpcGraphWriter *writer;
    Found *found;
    uint32_t known;
} Map;

static IpcReader table_reader(const IpcGraphWriter *writer) {
    const IpcBuf *buf = writer->buf;
    size_t head = writer->start + 12; /* ext header, version, count */
    if (buf->len < head) head = buf->len;
    return ipc_reader(buf->data + head, buf->len - head);
}

/* Reads the table from its start and notes each node's first referrer. */
static bool map_make(Map *map, const IpcGraphWriter *writer) {
    IpcReader reader = table_reader(writer);
    const uint8_t *base = reader.at;
    *map = (Map){.writer = writer, .known = 1};
    map->found =
        ipc_realloc(writer->buf->alloc, NULL, ((size_t)writer->nodes_known + 1) * sizeof *map->found);
    if (!map->found) return false;
    map->found[0] = (Found){0, 0, 0};
    for (uint32_t i = 0; i < writer->nodes_begun; i++) {
        IpcNode node;
        if (i < writer->nodes_known) map->found[i].offset = (uint32_t)(reader.at - base);
        if (ipc__read_node(&reader, &node)) break;
        for (uint64_t edge = 0; edge < node.edges; edge++) {
            IpcToken token;
            if (ipc__read_edge(&reader, &token)) break;
            if (token.type == IPC_T_REF && token.uint == map->known && map->known < writer->nodes_known) {
                map->found[map->known++] = (Found){i, (uint32_t)edge, 0};
            }
        }
    }
    return true;
}

static void map_free(Map *map) { ipc_free(map->writer->buf->alloc, map->found); }

static bool map_node(const Map *map, uint32_t index, IpcNode *node) {
    IpcReader reader = table_reader(map->writer);
    reader.at += map->found[index].offset;
    return ipc__read_node(&reader, node) == IPC_OK;
}

/* The label of a fixed edge: the edge-th part of "a|b|c". */
static const char *label_of(const IpcKindInfo *info, uint32_t edge, int *length) {
    const char *label = info->labels;
    for (; edge; edge--) {
        const char *bar = strchr(label, '|');
        if (!bar) break;
        label = bar + 1;
    }
    *length = (int)strcspn(label, "|");
    return label;
}

/* A dict whose values are shown as attributes: the one an edge labelled "@" led to. */
static bool is_attributes(const Map *map, uint32_t index) {
    IpcNode parent;
    int length;
    if (index == 0 || !map_node(map, map->found[index].parent, &parent)) return false;
    const IpcKindInfo *info = ipc__kind(parent.kind);
    if (map->found[index].edge >= info->fixed_len) return false;
    return *label_of(info, map->found[index].edge, &length) == '@';
}

static void add_dict_step(IpcPath *path, const Map *map, uint32_t index, IpcNode *node, uint32_t edge) {
    IpcToken key = {.type = IPC_T_NIL};
    for (uint32_t i = 0; i < edge; i++) {
        if (!ipc_graph_edge(node, &key)) return;
    }
    if (edge % 2 == 0) {
        add_numbered(path, "key", edge / 2);
        return;
    }
    IpcNode shared;
    if (key.type == IPC_T_REF && key.uint < map->known && key.uint < map->writer->nodes_begun &&
        map_node(map, (uint32_t)key.uint, &shared) && shared.kind == IPC_K_STR) {
        key = (IpcToken){.type = IPC_T_STR, .bytes = shared.data};
    }
    add_by_key(path, &key, edge / 2, is_attributes(map, index));
}

/* The step from a node over one of its edges. */
static void add_step(IpcPath *path, const Map *map, uint32_t index, uint32_t edge) {
    IpcNode node;
    if (!map_node(map, index, &node)) return;
    const IpcKindInfo *info = ipc__kind(node.kind);
    if (edge < info->fixed_len) {
        int length;
        const char *label = label_of(info, edge, &length);
        if (*label != '@') add(path, label, (size_t)length);
        return;
    }
    edge -= info->fixed_len;
    switch (node.kind) {
    case IPC_K_DICT: add_dict_step(path, map, index, &node, edge); break;
    case IPC_K_SET:
    case IPC_K_FROZENSET: add_numbered(path, "element", edge); break;
    default: ipc_path_index(path, edge / info->group_len); break;
    }
}

static void add_way_to(IpcPath *path, const Map *map, uint32_t index) {
    uint32_t tail[TAIL],
        head[HEAD]; /* the nodes on the way are met from its end: the first met, and a ring of the last */
    uint64_t steps = 0;
    for (; index; index = map->found[index].parent, steps++) {
        if (steps < TAIL) tail[steps] = index;
        head[steps % HEAD] = index;
    }
    for (uint64_t back = steps; back-- > 0;) { /* `back` steps before the end */
        if (back >= TAIL && steps - back > HEAD) {
            if (steps - back == HEAD + 1) add_elision(path, steps - HEAD - TAIL);
            continue;
        }
        uint32_t node = back < TAIL ? tail[back] : head[back % HEAD];
        add_step(path, map, map->found[node].parent, map->found[node].edge);
    }
}

/* How many edges of the open node are written. */
static uint64_t edges_done(const IpcGraphWriter *writer, const IpcNode *node) {
    return node->edges - strlen(writer->fixed) - writer->group_edges;
}

void ipc_path_of_node(IpcPath *path, const char *root, const IpcGraphWriter *writer, uint32_t node) {
    Map map;
    ipc_path_start(path, root);
    if (node >= writer->nodes_known || !map_make(&map, writer)) return;
    if (node < map.known) add_way_to(path, &map, node);
    map_free(&map);
}

void ipc_path_of_edge(IpcPath *path, const char *root, const IpcGraphWriter *writer) {
    Map map;
    IpcNode node;
    ipc_path_start(path, root);
    if (writer->nodes_begun == 0 || !map_make(&map, writer)) return;
    uint32_t open = writer->nodes_begun - 1;
    add_way_to(path, &map, open);
    if (map_node(&map, open, &node)) add_step(path, &map, open, (uint32_t)edges_done(writer, &node));
    map_free(&map);
}

/* ------------------------------------------------------------ plain values */

typedef struct Level {
    uint64_t left, done;
    bool map;
    IpcToken key; /* the last one read */
} Level;

static void add_level(IpcPath *path, const Level *level) {
    if (!level->map) ipc_path_index(path, level->done);
    else if (level->done % 2 == 0) add_numbered(path, "key", level->done / 2);
    else add_by_key(path, &level->key, level->done / 2, false);
}

/* Walks what is written; the containers that are still open then are the way. `done` of each counts its
 * finished objects. */
static uint32_t walk_written(Level *levels, IpcSlice written) {
    IpcReader reader = ipc_slice_reader(written);
    uint32_t open = 0;
    while (!ipc_reader_done(&reader)) {
        IpcToken token;
        if (ipc_read(&reader, &token)) break;
        Level *level = open ? &levels[open - 1] : NULL;
        if (level && level->map && level->done % 2 == 0) level->key = token;
        uint64_t objects = token.type == IPC_T_ARRAY ? token.count
                           : token.type == IPC_T_MAP ? (uint64_t)token.count * 2
                                                     : 0;
        if (objects && open == IPC_PLAIN_DEPTH) break;
        if (objects) {
            levels[open++] = (Level){.left = objects, .map = token.type == IPC_T_MAP};
            continue;
        }
        while (open && ++levels[open - 1].done == levels[open - 1].left) open--;
    }
    return open;
}

void ipc_path_of_plain(IpcPath *path, const char *root, IpcSlice written) {
    Level levels[IPC_PLAIN_DEPTH];
    ipc_path_start(path, root);
    uint32_t open = walk_written(levels, written);
    for (uint32_t i = 0; i < open; i++) {
        if (open > HEAD + TAIL && i == HEAD) {
            add_elision(path, open - HEAD - TAIL);
            i = open - TAIL;
        }
        add_level(path, &levels[i]);
    }
}
