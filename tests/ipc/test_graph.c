/* Values: every kind of node, sharing and cycles, budgets, and tables that lie. */
#include "support.h"

typedef struct Fixture {
    IpcBuf buf;
    IpcGraphWriter writer;
    IpcGraph graph;
    IpcError error;
} Fixture;

static void begin(Fixture *f, const IpcBudget *budget) {
    memset(f, 0, sizeof *f);
    ipc_buf_init(&f->buf, NULL);
    ipc_graph_begin(&f->writer, &f->buf, budget);
}

static void finish(Fixture *f) {
    if (ipc_graph_end(&f->writer, &f->error)) fail_msg("end: %s", f->error.text);
    assert_true(ipc_value_is_graph(slice_of(&f->buf)));
    if (ipc_graph_open(&f->graph, slice_of(&f->buf), NULL, NULL, &f->error))
        fail_msg("open: %s", f->error.text);
}

static void end(Fixture *f) {
    ipc_graph_close(&f->graph);
    ipc_buf_free(&f->buf);
}

static IpcNode node_at(const Fixture *f, uint32_t index) {
    IpcNode node;
    ipc_graph_get(&f->graph, index, &node);
    assert_int_equal(node.kind, ipc_graph_kind(&f->graph, index));
    return node;
}

static IpcToken edge(IpcNode *node) {
    IpcToken token = {.type = IPC_T_EXT};
    assert_true(ipc_graph_edge(node, &token));
    return token;
}

static void expect_ref(IpcNode *node, uint64_t index) {
    IpcToken token = edge(node);
    assert_int_equal(token.type, IPC_T_REF);
    assert_int_equal(token.uint, index);
}

static void a_list_that_contains_itself(void **state) {
    (void)state;
    Fixture f;
    begin(&f, NULL);
    ipc_graph_node(&f.writer, IPC_K_LIST, 2);
    ipc_graph_ref(&f.writer, 0);
    ipc_graph_int(&f.writer, -7);
    finish(&f);
    IpcNode node = node_at(&f, 0);
    assert_int_equal(node.groups, 2);
    expect_ref(&node, 0);
    assert_int_equal(edge(&node).sint, -7);
    IpcToken token;
    assert_false(ipc_graph_edge(&node, &token));
    assert_int_equal(f.graph.info.depth, 1);
    assert_int_equal(f.graph.info.nodes, 2);
    end(&f);
}

static void shared_nodes_are_one_node(void **state) {
    (void)state;
    Fixture f;
    begin(&f, NULL);
    ipc_graph_node(&f.writer, IPC_K_TUPLE, 3);
    uint32_t shared = ipc_graph_ref_new(&f.writer);
    ipc_graph_ref(&f.writer, shared);
    uint32_t dict = ipc_graph_ref_new(&f.writer);
    ipc_graph_node(&f.writer, IPC_K_LIST, 0);
    ipc_graph_node(&f.writer, IPC_K_DICT, 1);
    ipc_graph_str(&f.writer, "list", 4);
    ipc_graph_ref(&f.writer, shared);
    finish(&f);
    assert_int_equal(shared, 1);
    assert_int_equal(dict, 2);
    IpcNode node = node_at(&f, 0);
    expect_ref(&node, 1);
    expect_ref(&node, 1);
    expect_ref(&node, 2);
    node = node_at(&f, 2);
    assert_true(ipc_slice_is(edge(&node).bytes, "list"));
    expect_ref(&node, 1);
    assert_int_equal(f.graph.info.depth, 2);
    end(&f);
}

/* A function, a class, its instance, an exception with cause and traceback: all that carries a definition. */
static void write_everything(IpcGraphWriter *w) {
    static const IpcGraphKind plain[] = {IPC_K_LIST,      IPC_K_TUPLE,    IPC_K_DICT,           IPC_K_SET,
                                         IPC_K_FROZENSET, IPC_K_ELLIPSIS, IPC_K_NOT_IMPLEMENTED};
    ipc_graph_node(w, IPC_K_LIST, 30);
    for (int i = 0; i < 30; i++) ipc_graph_ref_new(w); /* nodes 1..30 */
    for (int i = 0; i < 7; i++) ipc_graph_node(w, plain[i], 0);              /* 1..7 */
    ipc_graph_bigint_node(w, true, "\0\0\x80\0\0\0\0\0\0\0\1", 11);          /* 8 */
    ipc_graph_node(w, IPC_K_COMPLEX, 0);                                     /* 9 */
    ipc_graph_float(w, 1.5);
    ipc_graph_float(w, -0.0);
    ipc_graph_data_node(w, IPC_K_STR, "shared", 6);                          /* 10 */
    ipc_graph_data_node(w, IPC_K_WIDE_STR, "a\xed\xa0\x80", 4);              /* 11 */
    ipc_graph_data_node(w, IPC_K_BYTES, "\0\xff", 2);                        /* 12 */
    ipc_graph_data_node(w, IPC_K_BYTEARRAY, "", 0);                          /* 13 */
    ipc_graph_node(w, IPC_K_RANGE, 0);                                       /* 14 */
    ipc_graph_int(w, 0);
    ipc_graph_ref(w, 8);
    ipc_graph_int(w, -1);
    ipc_graph_node(w, IPC_K_SLICE, 0);                                       /* 15 */
    ipc_graph_nil(w);
    ipc_graph_ref(w, 2);
    ipc_graph_bool(w, true);
    ipc_graph_node(w, IPC_K_FLOAT, 0);                                       /* 16 */
    ipc_graph_float(w, 2.5);
    ipc_graph_node(w, IPC_K_ATOM, 0);                                        /* 17 */
    ipc_graph_bin(w, "x", 1);
    ipc_graph_node(w, IPC_K_MODULE, 0);                                      /* 18 */
    ipc_graph_str(w, "math", 4);
    ipc_graph_node(w, IPC_K_TYPE, 0);                                        /* 19 */
    ipc_graph_str(w, "builtins", 8);
    ipc_graph_str(w, "ValueError", 10);
    ipc_graph_node(w, IPC_K_GLOBAL, 0);                                      /* 20 */
    ipc_graph_str(w, "builtins", 8);
    ipc_graph_str(w, "len", 3);
    ipc_graph_node(w, IPC_K_CLASS, 0);                                       /* 21 */
    for (int i = 0; i < 2; i++) ipc_graph_str(w, "C", 1);
    ipc_graph_nil(w);
    ipc_graph_str(w, "class C: pass", 13);
    ipc_graph_nil(w);
    ipc_graph_int(w, 1);
    ipc_graph_int(w, 0);
    ipc_graph_ref(w, 2);
    for (int i = 0; i < 3; i++) ipc_graph_ref(w, 3);
    ipc_graph_node(w, IPC_K_FUNCTION, 0);                                    /* 22 */
    for (int i = 0; i < 2; i++) ipc_graph_str(w, "f", 1);
    ipc_graph_nil(w);
    ipc_graph_str(w, "def f(): pass", 13);
    ipc_graph_str(w, "file.py", 7);
    ipc_graph_int(w, 1);
    ipc_graph_int(w, 0);
    for (int i = 0; i < 6; i++) ipc_graph_nil(w);
    ipc_graph_node(w, IPC_K_CELL, 0);                                        /* 23 */
    ipc_graph_bool(w, true);
    ipc_graph_ref(w, 22);
    ipc_graph_node(w, IPC_K_METHOD, 0);                                      /* 24 */
    ipc_graph_ref(w, 22);
    ipc_graph_ref(w, 25);
    ipc_graph_node(w, IPC_K_INSTANCE, 0);                                    /* 25 */
    ipc_graph_ref(w, 21);
    ipc_graph_nil(w);
    ipc_graph_ref(w, 3);
    ipc_graph_ref(w, 1);
    ipc_graph_nil(w);
    ipc_graph_node(w, IPC_K_EXCEPTION, 0);                                   /* 26: caused by 27 */
    ipc_graph_ref(w, 19);
    ipc_graph_ref(w, 2);
    ipc_graph_nil(w);
    ipc_graph_ref(w, 27);
    ipc_graph_nil(w);
    ipc_graph_bool(w, true);
    ipc_graph_ref(w, 1);
    ipc_graph_ref(w, 28);
    ipc_graph_node(w, IPC_K_EXCEPTION, 0);                                   /* 27: in the context of 26 */
    ipc_graph_ref(w, 21);
    ipc_graph_ref(w, 2);
    ipc_graph_ref(w, 3);
    ipc_graph_nil(w);
    ipc_graph_ref(w, 26);
    ipc_graph_bool(w, false);
    ipc_graph_nil(w);
    ipc_graph_nil(w);
    ipc_graph_node(w, IPC_K_TRACEBACK, 2);                                   /* 28 */
    for (int i = 0; i < 2; i++) {
        ipc_graph_str(w, "<job>", 5);
        ipc_graph_str(w, "<module>", 8);
        for (int n = 0; n < 4; n++) ipc_graph_int(w, n - 1);
        if (i) ipc_graph_nil(w);
        else ipc_graph_str(w, "f()", 3);
    }
    ipc_graph_node(w, IPC_K_ATTRIBUTE, 0);                                   /* 29 */
    ipc_graph_ref(w, 19);
    ipc_graph_str(w, "inner", 5);
    ipc_graph_node(w, IPC_K_REDUCED, 0);                                     /* 30 */
    ipc_graph_ref(w, 20);
    ipc_graph_ref(w, 2);
    for (int i = 0; i < 3; i++) ipc_graph_nil(w);
}

/* Writes the graph that was read, edge by edge: the same bytes must come out. */
static void copy_graph(const IpcGraph *graph, IpcBuf *out) {
    IpcGraphWriter w;
    IpcError error;
    ipc_graph_begin(&w, out, NULL);
    for (uint32_t i = 0; i < graph->count; i++) {
        IpcNode node;
        IpcToken token;
        ipc_graph_get(graph, i, &node);
        if (node.kind == IPC_K_BIGINT) {
            ipc_graph_bigint_node(&w, node.data.ptr[0], node.data.ptr + 1, node.data.len - 1);
        } else if (node.data.ptr) {
            ipc_graph_data_node(&w, node.kind, node.data.ptr, node.data.len);
        } else {
            ipc_graph_node(&w, node.kind, node.groups);
        }
        while (ipc_graph_edge(&node, &token)) {
            switch (token.type) {
            case IPC_T_NIL: ipc_graph_nil(&w); break;
            case IPC_T_BOOL: ipc_graph_bool(&w, token.boolean); break;
            case IPC_T_UINT: ipc_graph_uint(&w, token.uint); break;
            case IPC_T_INT: ipc_graph_int(&w, token.sint); break;
            case IPC_T_FLOAT: ipc_graph_float(&w, token.real); break;
            case IPC_T_STR: ipc_graph_str(&w, token.bytes.ptr, token.bytes.len); break;
            case IPC_T_BIN: ipc_graph_bin(&w, token.bytes.ptr, token.bytes.len); break;
            case IPC_T_REF:
                if (token.uint == w.nodes_known) ipc_graph_ref_new(&w);
                else ipc_graph_ref(&w, (uint32_t)token.uint);
                break;
            default: fail();
            }
        }
    }
    if (ipc_graph_end(&w, &error)) fail_msg("%s", error.text);
}

static void every_kind_round_trips(void **state) {
    (void)state;
    Fixture f;
    IpcBuf copy;
    begin(&f, NULL);
    write_everything(&f.writer);
    finish(&f);
    assert_int_equal(f.graph.count, 31);
    IpcNode big = node_at(&f, 8);
    assert_int_equal(big.data.len, 10);
    assert_memory_equal(big.data.ptr, "\1\x80", 2);
    bool met[128] = {false};
    for (uint32_t i = 0; i < f.graph.count; i++) met[ipc_graph_kind(&f.graph, i)] = true;
    for (unsigned k = 0; k < 128; k++) {
        if (ipc_graph_kind_name(k) && !met[k]) fail_msg("kind %s is not tested", ipc_graph_kind_name(k));
    }
    ipc_buf_init(&copy, NULL);
    copy_graph(&f.graph, &copy);
    assert_int_equal(copy.len, f.buf.len);
    assert_memory_equal(copy.data, f.buf.data, copy.len);
    ipc_buf_free(&copy);
    end(&f);
}

static void random_graphs_round_trip(void **state) {
    (void)state;
    Random random = {11};
    IpcBuf buf, copy;
    ipc_buf_init(&buf, NULL);
    ipc_buf_init(&copy, NULL);
    for (int i = 0; i < 1000; i++) {
        IpcGraph graph;
        IpcError error;
        ipc_buf_clear(&buf);
        ipc_buf_clear(&copy);
        random_graph(&random, &buf);
        if (ipc_graph_open(&graph, slice_of(&buf), NULL, NULL, &error)) fail_msg("%s", error.text);
        copy_graph(&graph, &copy);
        assert_int_equal(copy.len, buf.len);
        assert_memory_equal(copy.data, buf.data, buf.len);
        ipc_graph_close(&graph);
    }
    ipc_buf_free(&buf);
    ipc_buf_free(&copy);
}

static void every_truncation_of_a_table_is_refused(void **state) {
    (void)state;
    Fixture f;
    begin(&f, NULL);
    write_everything(&f.writer);
    finish(&f);
    for (size_t n = 0; n < f.buf.len; n++) {
        char *exact = malloc(n + 1);
        memcpy(exact, f.buf.data, n);
        assert_int_not_equal(ipc_value_check(ipc_slice(exact, n), NULL, NULL, NULL, NULL), IPC_OK);
        if (n >= 12) { /* the same cut inside the payload, with an honest ext header */
            exact[3] = (char)((n - 6) >> 8);
            exact[4] = (char)(n - 6);
            assert_int_not_equal(ipc_value_check(ipc_slice(exact, n), NULL, NULL, NULL, NULL), IPC_OK);
        }
        free(exact);
    }
    end(&f);
}

/* A linked list: each node a list with a number and the next. */
static void write_chain(IpcGraphWriter *w, uint32_t length) {
    for (uint32_t i = 0; i < length; i++) {
        ipc_graph_node(w, IPC_K_LIST, 2);
        ipc_graph_int(w, i);
        if (i + 1 < length) ipc_graph_ref_new(w);
        else ipc_graph_ref(w, 0);
    }
}

static void a_chain_of_a_million_needs_no_recursion(void **state) {
    (void)state;
    Fixture f;
    IpcBudget budget = {.depth = 2000000};
    begin(&f, &budget);
    write_chain(&f.writer, 1000000);
    assert_int_equal(ipc_graph_end(&f.writer, &f.error), IPC_OK);
    assert_int_equal(ipc_graph_open(&f.graph, slice_of(&f.buf), &budget, NULL, &f.error), IPC_OK);
    assert_int_equal(f.graph.info.depth, 1000000);
    IpcNode node = node_at(&f, 999999);
    assert_int_equal(edge(&node).uint, 999999);
    expect_ref(&node, 0);
    end(&f);
}

static IpcCode write_budget(const IpcBudget *budget) {
    Fixture f;
    begin(&f, budget);
    write_chain(&f.writer, 100);
    IpcCode code = ipc_graph_end(&f.writer, &f.error);
    if (code) {
        assert_int_equal(f.buf.len, 0);
        assert_int_equal(f.error.code, code);
    }
    ipc_buf_free(&f.buf);
    return code;
}

static void budgets_hold_when_writing_and_reading(void **state) {
    (void)state;
    static const struct {
        IpcBudget budget;
        IpcCode code;
    } cases[] = {
        {{.depth = 99}, IPC_E_TOO_DEEP},
        {{.depth = 100}, IPC_OK},
        {{.nodes = 199}, IPC_E_TOO_MANY_NODES},
        {{.nodes = 199 + 1}, IPC_OK},
        {{.bytes = 300}, IPC_E_TOO_LARGE},
        {{.decoded = 5000}, IPC_E_DECODED_SIZE},
        {{.decoded = 9000}, IPC_OK},
    };
    Fixture f;
    begin(&f, NULL);
    write_chain(&f.writer, 100);
    finish(&f);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        IpcCode read = ipc_value_check(slice_of(&f.buf), &cases[i].budget, NULL, NULL, NULL);
        IpcCode written = write_budget(&cases[i].budget);
        if (read != cases[i].code || written != cases[i].code) {
            fail_msg("case %zu: read %s, written %s", i, ipc_code_name(read), ipc_code_name(written));
        }
    }
    end(&f);
}

static void plain_budgets(void **state) {
    (void)state;
    IpcBuf buf;
    IpcValueInfo info;
    ipc_buf_init(&buf, NULL);
    ipc_pack_array(&buf, 3);
    ipc_pack_map(&buf, 1);
    ipc_pack_cstr(&buf, "k");
    ipc_pack_array(&buf, 0);
    ipc_pack_bin(&buf, "12345", 5);
    ipc_pack_nil(&buf);
    assert_int_equal(ipc_value_check(slice_of(&buf), NULL, NULL, &info, NULL), IPC_OK);
    assert_false(info.graph);
    assert_int_equal(info.nodes, 6);
    assert_int_equal(info.depth, 3);
    assert_int_equal(info.decoded, 64 + 24 + 64 + 48 + 65 + 64 + 69);
    assert_int_equal(ipc_value_check(slice_of(&buf), &(IpcBudget){.depth = 2}, NULL, NULL, NULL),
                     IPC_E_TOO_DEEP);
    assert_int_equal(ipc_value_check(slice_of(&buf), &(IpcBudget){.nodes = 5}, NULL, NULL, NULL),
                     IPC_E_TOO_MANY_NODES);
    assert_int_equal(ipc_value_check(slice_of(&buf), &(IpcBudget){.bytes = 5}, NULL, NULL, NULL),
                     IPC_E_TOO_LARGE);
    assert_int_equal(ipc_value_check(slice_of(&buf), &(IpcBudget){.decoded = 300}, NULL, NULL, NULL),
                     IPC_E_DECODED_SIZE);
    ipc_buf_free(&buf);
}

#define BYTES(s) s, sizeof(s) - 1

static void wrong_plain_values_are_refused(void **state) {
    (void)state;
    static const struct {
        const char *bytes;
        size_t len;
        IpcCode code;
    } cases[] = {
        {BYTES(""), IPC_E_TRUNCATED},
        {BYTES("\x01\x02"), IPC_E_MALFORMED},
        {BYTES("\x81\x01\x02"), IPC_E_WRONG_TYPE},
        {BYTES("\x81\xa1x"), IPC_E_TRUNCATED},
        {BYTES("\x91\xd4\x05\x00"), IPC_E_WRONG_TYPE},
        {BYTES("\xc1"), IPC_E_MALFORMED},
        {BYTES("\xa1\xff"), IPC_E_BAD_VALUE},
        {BYTES("\xdd\x00\x00\x10\x00"), IPC_E_TRUNCATED},
        {BYTES("\x80"), IPC_OK},
        {BYTES("\xd4\x41\x00"), IPC_E_TRUNCATED},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        IpcCode code = ipc_value_check(ipc_slice(cases[i].bytes, cases[i].len), NULL, NULL, NULL, NULL);
        if (code != cases[i].code) fail_msg("case %zu: %s", i, ipc_code_name(code));
    }
    char *deep = malloc(1000000);
    memset(deep, 0x91, 1000000);
    assert_int_equal(ipc_value_check(ipc_slice(deep, 1000000), NULL, NULL, NULL, NULL), IPC_E_TOO_DEEP);
    deep[IPC_PLAIN_DEPTH - 1] = (char)0x90;
    assert_int_equal(ipc_value_check(ipc_slice(deep, IPC_PLAIN_DEPTH), NULL, NULL, NULL, NULL), IPC_OK);
    free(deep);
}

/* The table with these bytes after its header: `nodes` nodes. */
static IpcCode table(uint32_t nodes, const char *bytes, size_t length) {
    IpcBuf payload, value;
    ipc_buf_init(&payload, NULL);
    ipc_buf_init(&value, NULL);
    ipc_pack_uint(&payload, IPC_GRAPH_VERSION);
    ipc_pack_uint(&payload, nodes);
    ipc_buf_append(&payload, bytes, length);
    ipc_pack_ext(&value, IPC_EXT_GRAPH, payload.data, payload.len);
    IpcError error = {0};
    IpcCode code = ipc_value_check(slice_of(&value), NULL, NULL, NULL, &error);
    assert_true(code == IPC_OK || error.text[0] != 0);
    ipc_buf_free(&payload);
    ipc_buf_free(&value);
    return code;
}

static void lying_tables_are_refused(void **state) {
    (void)state;
    static const struct {
        const char *what;
        uint32_t nodes;
        const char *bytes;
        size_t len;
        IpcCode code;
    } cases[] = {
        {"an empty list", 1, BYTES("\x01\x00"), IPC_OK},
        {"no nodes", 0, BYTES("\x01\x00"), IPC_E_BAD_GRAPH},
        {"more nodes than bytes", 9, BYTES("\x01\x00"), IPC_E_BAD_GRAPH},
        {"unknown kind", 1, BYTES("\x63\x00"), IPC_E_UNKNOWN_KIND},
        {"kind 255", 1, BYTES("\xcc\xff\x00"), IPC_E_UNKNOWN_KIND},
        {"kind is a str", 1, BYTES("\xa1x\x00"), IPC_E_WRONG_TYPE},
        {"count beyond the end", 1, BYTES("\x01\xce\xff\xff\xff\xff"), IPC_E_TRUNCATED},
        {"count above 32 bits", 1, BYTES("\x01\xcf\x00\x00\x00\x01\x00\x00\x00\x00"), IPC_E_TOO_MANY_NODES},
        {"an edge missing", 1, BYTES("\x01\x02\x05"), IPC_E_TRUNCATED},
        {"reference beyond the table", 1, BYTES("\x01\x01\xd4\x52\x01"), IPC_E_BAD_GRAPH},
        {"reference out of order", 3, BYTES("\x01\x02\xd4\x52\x02\xd4\x52\x01\x01\x00\x01\x00"),
         IPC_E_BAD_GRAPH},
        {"an unreachable node", 2, BYTES("\x01\x00\x01\x00"), IPC_E_BAD_GRAPH},
        {"reference of a wrong ext type", 1, BYTES("\x01\x01\xd4\x53\x00"), IPC_E_BAD_GRAPH},
        {"reference of eight bytes", 1, BYTES("\x01\x01\xd7\x52\0\0\0\0\0\0\0\0"), IPC_E_BAD_GRAPH},
        {"an array as edge", 1, BYTES("\x01\x01\x90"), IPC_E_WRONG_TYPE},
        {"bytes after the last node", 1, BYTES("\x01\x00\x00"), IPC_E_BAD_GRAPH},
        {"bigint with leading zero", 1, BYTES("\x0a\xc4\x03\x00\x00\x01"), IPC_E_BAD_GRAPH},
        {"bigint without digits", 1, BYTES("\x0a\xc4\x01\x00"), IPC_E_BAD_GRAPH},
        {"bigint with sign 2", 1, BYTES("\x0a\xc4\x02\x02\x01"), IPC_E_BAD_GRAPH},
        {"str node not UTF-8", 1, BYTES("\x0c\xa1\xff"), IPC_E_BAD_VALUE},
        {"bytes node with a str", 1, BYTES("\x0e\xa1x"), IPC_E_WRONG_TYPE},
        {"complex of ints", 1, BYTES("\x0b\x01\x02"), IPC_E_WRONG_TYPE},
        {"range over a list", 2, BYTES("\x10\x01\xd4\x52\x01\x02\x01\x00"), IPC_E_BAD_GRAPH},
        {"instance of a list", 2, BYTES("\x32\xd4\x52\x01\xc0\xc0\xc0\xc0\x01\x00"), IPC_E_BAD_GRAPH},
        {"instance without class", 1, BYTES("\x32\xc0\xc0\xc0\xc0\xc0"), IPC_E_WRONG_TYPE},
        {"type named by a reference", 1, BYTES("\x1f\xd4\x52\x00\xa1x"), IPC_E_BAD_GRAPH},
        {"type without name", 1, BYTES("\x1f\xa1x\xc0"), IPC_E_WRONG_TYPE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        IpcCode code = table(cases[i].nodes, cases[i].bytes, cases[i].len);
        if (code != cases[i].code) fail_msg("%s: %s", cases[i].what, ipc_code_name(code));
    }
}

static void another_table_version_is_refused(void **state) {
    (void)state;
    assert_int_equal(ipc_value_check(ipc_slice("\xc7\x04\x41\x09\x01\x01\x00", 7), NULL, NULL, NULL, NULL),
                     IPC_E_BAD_VERSION);
}

static void misuse_of_the_writer_is_an_error(void **state) {
    (void)state;
    for (int i = 0; i < 9; i++) {
        Fixture f;
        begin(&f, NULL);
        IpcGraphWriter *w = &f.writer;
        switch (i) {
        case 0: break;                                                      /* no node at all */
        case 1: ipc_graph_node(w, IPC_K_LIST, 1); break;                    /* an edge missing */
        case 2: ipc_graph_node(w, IPC_K_LIST, 0), ipc_graph_nil(w); break;  /* an edge too many */
        case 3: ipc_graph_node(w, IPC_K_LIST, 1), ipc_graph_ref(w, 5); break;
        case 4: ipc_graph_node(w, IPC_K_LIST, 1), ipc_graph_ref_new(w); break; /* the node missing */
        case 5: ipc_graph_node(w, IPC_K_LIST, 0), ipc_graph_node(w, IPC_K_LIST, 0); break; /* unreachable */
        case 6: ipc_graph_node(w, IPC_K_BYTES, 0); break;
        case 7: ipc_graph_data_node(w, IPC_K_LIST, "", 0); break;
        case 8: ipc_graph_node(w, IPC_K_COMPLEX, 0), ipc_graph_int(w, 1); break;
        }
        assert_int_not_equal(ipc_graph_end(w, &f.error), IPC_OK);
        assert_int_equal(f.buf.len, 0);
        ipc_buf_free(&f.buf);
    }
}

static void a_value_can_follow_other_bytes(void **state) {
    (void)state;
    Fixture f;
    memset(&f, 0, sizeof f);
    ipc_buf_init(&f.buf, NULL);
    ipc_pack_cstr(&f.buf, "before");
    size_t before = f.buf.len;
    ipc_graph_begin(&f.writer, &f.buf, &(IpcBudget){.bytes = 20});
    ipc_graph_node(&f.writer, IPC_K_TUPLE, 0);
    assert_int_equal(ipc_graph_end(&f.writer, &f.error), IPC_OK);
    assert_int_equal(
        ipc_value_check(ipc_slice(f.buf.data + before, f.buf.len - before), NULL, NULL, NULL, NULL), IPC_OK);
    ipc_graph_begin(&f.writer, &f.buf, &(IpcBudget){.bytes = 20});
    ipc_graph_node(&f.writer, IPC_K_TUPLE, 1);
    ipc_graph_str(&f.writer, "far too long a text", 19);
    size_t kept = f.buf.len;
    (void)kept;
    assert_int_equal(ipc_graph_end(&f.writer, &f.error), IPC_E_TOO_LARGE);
    assert_true(f.buf.limit == SIZE_MAX);
    assert_int_equal(ipc_buf_failed(&f.buf), IPC_OK);
    ipc_buf_free(&f.buf);
}

static void memory_runs_out_when_opening(void **state) {
    (void)state;
    Fixture f;
    CountingAlloc counting;
    begin(&f, NULL);
    write_chain(&f.writer, 10);
    finish(&f);
    counting_alloc_init(&counting);
    counting.fail_at = 1;
    assert_int_equal(ipc_value_check(slice_of(&f.buf), NULL, &counting.alloc, NULL, NULL), IPC_E_NO_MEMORY);
    counting.fail_at = 0;
    assert_int_equal(ipc_value_check(slice_of(&f.buf), NULL, &counting.alloc, NULL, NULL), IPC_OK);
    assert_int_equal(counting.live, 0);
    end(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_list_that_contains_itself),
        TEST(shared_nodes_are_one_node),
        TEST(every_kind_round_trips),
        TEST(random_graphs_round_trip),
        TEST(every_truncation_of_a_table_is_refused),
        TEST(a_chain_of_a_million_needs_no_recursion),
        TEST(budgets_hold_when_writing_and_reading),
        TEST(plain_budgets),
        TEST(wrong_plain_values_are_refused),
        TEST(lying_tables_are_refused),
        TEST(another_table_version_is_refused),
        TEST(misuse_of_the_writer_is_an_error),
        TEST(a_value_can_follow_other_bytes),
        TEST(memory_runs_out_when_opening),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
