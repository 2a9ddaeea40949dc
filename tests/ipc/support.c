#include "support.h"

uint64_t random_next(Random *random) {
    uint64_t x = random->state;
    x ^= x >> 12;
    x ^= x << 25;
    x ^= x >> 27;
    random->state = x;
    return x * 0x2545f4914f6cdd1du;
}

uint64_t random_below(Random *random, uint64_t n) { return n ? random_next(random) % n : 0; }

/* ---------------------------------------------------------------- records */

static char *arena_take(Arena *arena, size_t n) {
    assert_true(arena->used + n <= sizeof arena->bytes);
    char *at = arena->bytes + arena->used;
    arena->used += n;
    return at;
}

static uint64_t random_number(Random *random) { return random_next(random) >> random_below(random, 64); }

static IpcSlice random_text(Random *random, Arena *arena, bool ascii) {
    static const char *const pieces[] = {"a", "Z", "0", " ", "\n", "é", "→", "𝄞", "\\", "'"};
    size_t n = random_below(random, 12), len = 0;
    char *at = arena_take(arena, n * 4 + 1);
    for (size_t i = 0; i < n; i++) {
        const char *piece = pieces[random_below(random, ascii ? 5 : 10)];
        memcpy(at + len, piece, strlen(piece));
        len += strlen(piece);
    }
    return ipc_slice(at, len);
}

static IpcSlice random_bytes(Random *random, Arena *arena) {
    size_t n = random_below(random, 40);
    char *at = arena_take(arena, n + 1);
    for (size_t i = 0; i < n; i++) at[i] = (char)random_next(random);
    return ipc_slice(at, n);
}

static IpcSlice packed(Arena *arena, const IpcBuf *buf) {
    char *at = arena_take(arena, buf->len + 1);
    if (buf->len) memcpy(at, buf->data, buf->len);
    return ipc_slice(at, buf->len);
}

static IpcSlice random_raw(Random *random, Arena *arena) {
    IpcBuf buf;
    ipc_buf_init(&buf, NULL);
    ipc_pack_map(&buf, 1);
    ipc_pack_cstr(&buf, "key");
    ipc_pack_uint(&buf, random_number(random));
    IpcSlice slice = packed(arena, &buf);
    ipc_buf_free(&buf);
    return slice;
}

static IpcList random_list(Random *random, Arena *arena, bool strings) {
    IpcBuf buf;
    IpcList list = {0};
    ipc_buf_init(&buf, NULL);
    for (size_t n = 1 + random_below(random, 4); n > 0; n--) {
        if (strings) {
            IpcSlice text = random_text(random, arena, false);
            ipc_list_add_str(&buf, &list, text.ptr, text.len);
        } else {
            IpcWorkerStatus status = {.worker = n, .pid = random_number(random), .state = IPC_WORKER_BUSY};
            ipc_list_add_record(&buf, &list, IPC_REC_WorkerStatus, &status);
        }
    }
    IpcSlice slice = packed(arena, &buf);
    list.ptr = slice.ptr;
    list.len = slice.len;
    ipc_buf_free(&buf);
    return list;
}

#define RANDOM_UINT    random_number(random)
#define RANDOM_INT     ((int64_t)random_number(random) * (random_below(random, 2) ? 1 : -1))
#define RANDOM_FLOAT   ((double)random_below(random, 1000) / 8)
#define RANDOM_BOOL    (random_below(random, 2) == 1)
#define RANDOM_STR     random_text(random, arena, false)
#define RANDOM_BIN     random_bytes(random, arena)
#define RANDOM_STRS    random_list(random, arena, true)
#define RANDOM_RECORDS random_list(random, arena, false)
#define RANDOM_RAW     random_raw(random, arena)

static int random_word(Random *random, IpcEnumId set) {
    int count = 0;
    while (ipc_enum_word(set, count)) count++;
    return (int)random_below(random, (uint64_t)count);
}

#define IPC_RECORD(Type, type, strictness)                                                                   \
    static void random_##Type(Random *random, Arena *arena, Ipc##Type *record, bool sparse) {                \
        (void)random, (void)arena, (void)record, (void)sparse;                                               \
        memset(record, 0, sizeof *record);
#define CHOSEN(presence) (!sparse || PRESENCE_##presence || random_below(random, 3) == 0)
#define PRESENCE_REQUIRED 1
#define PRESENCE_OPTIONAL 0
#define IPC_FIELD(Type, name, KIND, presence) if (CHOSEN(presence)) record->name = RANDOM_##KIND;
#define IPC_FIELD_ENUM(Type, name, EnumType, presence)                                                       \
    if (CHOSEN(presence)) record->name = (Ipc##EnumType)random_word(random, IPC_ENUM_##EnumType);
#define IPC_FIELD_RECORD(Type, name, RecordType, presence)                                                   \
    if (CHOSEN(presence)) random_##RecordType(random, arena, &record->name, sparse);
#define IPC_END(Type) }
#include <ipc/messages.def>

void random_record(Random *random, Arena *arena, IpcRecordId id, void *record, bool sparse) {
    switch (id) {
#define IPC_RECORD(Type, type, strictness)                                                                   \
    case IPC_REC_##Type:                                                                                     \
        random_##Type(random, arena, record, sparse);                                                        \
        break;
#define IPC_FIELD(Type, name, KIND, presence)
#define IPC_FIELD_ENUM(Type, name, EnumType, presence)
#define IPC_FIELD_RECORD(Type, name, RecordType, presence)
#define IPC_END(Type)
#include <ipc/messages.def>
    case IPC_REC_COUNT: break;
    }
}

/* ----------------------------------------------------------------- values */

void random_plain(Random *random, IpcBuf *buf, int depth) {
    uint64_t n = random_below(random, 5);
    switch (random_below(random, depth > 0 ? 9 : 7)) {
    case 0: ipc_pack_nil(buf); break;
    case 1: ipc_pack_bool(buf, n & 1); break;
    case 2: ipc_pack_uint(buf, random_number(random)); break;
    case 3: ipc_pack_int(buf, -(int64_t)(random_number(random) >> 1)); break;
    case 4: ipc_pack_float(buf, (double)random_number(random) / 3); break;
    case 5: ipc_pack_str(buf, "héllo wörld", (size_t)(n == 2 ? 1 : n == 1 ? 3 : 13)); break;
    case 6: ipc_pack_bin(buf, "\0\1\2\3\4", (size_t)n); break;
    case 7:
        ipc_pack_array(buf, (uint32_t)n);
        while (n--) random_plain(random, buf, depth - 1);
        break;
    case 8:
        ipc_pack_map(buf, (uint32_t)n);
        for (; n > 0; n--) {
            ipc_pack_str(buf, "keys", (size_t)n);
            random_plain(random, buf, depth - 1);
        }
        break;
    }
}

/* Edges of any type: atoms, old nodes and new ones, as many new ones as *quota allows. */
static void random_edge(Random *random, IpcGraphWriter *writer, uint32_t *quota) {
    switch (random_below(random, 9)) {
    case 0: ipc_graph_nil(writer); break;
    case 1: ipc_graph_bool(writer, true); break;
    case 2: ipc_graph_int(writer, -(int64_t)random_below(random, 1000)); break;
    case 3: ipc_graph_uint(writer, random_number(random)); break;
    case 4: ipc_graph_float(writer, 0.5); break;
    case 5: ipc_graph_str(writer, "text", 4); break;
    case 6: ipc_graph_bin(writer, "bytes", 5); break;
    case 7: ipc_graph_ref(writer, (uint32_t)random_below(random, writer->nodes_known)); break;
    case 8:
        if (*quota) {
            --*quota;
            ipc_graph_ref_new(writer);
        } else {
            ipc_graph_nil(writer);
        }
        break;
    }
}

void random_graph(Random *random, IpcBuf *buf) {
    static const IpcGraphKind containers[] = {IPC_K_LIST, IPC_K_TUPLE, IPC_K_DICT, IPC_K_SET,
                                              IPC_K_FROZENSET};
    IpcGraphWriter writer;
    IpcError error;
    uint32_t quota = (uint32_t)random_below(random, 30);
    ipc_graph_begin(&writer, buf, NULL);
    while (writer.nodes_begun < writer.nodes_known) {
        uint64_t pick = random_below(random, 8);
        if (pick == 0) {
            ipc_graph_bigint_node(&writer, random_below(random, 2), "\1\2\3\4\5\6\7\10\11", 9);
        } else if (pick == 1) {
            ipc_graph_data_node(&writer, IPC_K_BYTEARRAY, "array", 5);
        } else if (pick == 2) {
            ipc_graph_node(&writer, IPC_K_SLICE, 0);
            for (int i = 0; i < 3; i++) random_edge(random, &writer, &quota);
        } else {
            IpcGraphKind kind = containers[random_below(random, 5)];
            uint32_t groups = (uint32_t)random_below(random, 6);
            ipc_graph_node(&writer, kind, groups);
            for (uint32_t i = groups * (kind == IPC_K_DICT ? 2 : 1); i > 0; i--)
                random_edge(random, &writer, &quota);
        }
    }
    assert_int_equal(ipc_graph_end(&writer, &error), IPC_OK);
}

void mutate(Random *random, IpcBuf *buf) {
    for (uint64_t times = 1 + random_below(random, 4); times > 0 && buf->len; times--) {
        size_t at = (size_t)random_below(random, buf->len);
        size_t n = (size_t)random_below(random, buf->len - at < 8 ? buf->len - at : 8);
        switch (random_below(random, 5)) {
        case 0: buf->data[at] = (char)random_next(random); break;
        case 1: buf->data[at] ^= (char)(1 << random_below(random, 8)); break;
        case 2:
            memmove(buf->data + at, buf->data + at + n, buf->len - at - n);
            buf->len -= n;
            break;
        case 3: {
            static const unsigned char interesting[] = {0xc1, 0xc6, 0xc9, 0xd9, 0xdb, 0xdc,
                                                        0xdd, 0xdf, 0xff, 0x00, 0x7f};
            buf->data[at] = (char)interesting[random_below(random, sizeof interesting)];
            break;
        }
        case 4:
            if (ipc_buf_reserve(buf, n)) {
                memmove(buf->data + at + n, buf->data + at, buf->len - at);
                buf->len += n;
            }
            break;
        }
    }
}

/* -------------------------------------------------------------- allocation */

static void *counting_realloc(void *ctx, void *block, size_t size) {
    CountingAlloc *counting = ctx;
    counting->calls++;
    if (counting->fail_at && counting->calls >= counting->fail_at) return NULL;
    void *result = realloc(block, size);
    if (!block && result) counting->live++;
    return result;
}

static void counting_free(void *ctx, void *block) {
    CountingAlloc *counting = ctx;
    if (block) counting->live--;
    free(block);
}

void counting_alloc_init(CountingAlloc *counting) {
    *counting = (CountingAlloc){.alloc = {counting_realloc, counting_free, counting}};
}
