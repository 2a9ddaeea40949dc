#include "json_record.h"

#include <stdio.h>
#include <string.h>

#include "json.h"

typedef enum { UINT, INT, FLOAT, BOOL, STR, BIN, STRS, RECORDS, RAW, ENUM, RECORD } Kind;

typedef struct {
    const char *name;
    uint8_t kind, set; /* set: IpcEnumId or IpcRecordId of ENUM and RECORD */
    uint16_t offset;
} Field;

#define ROW(Type, name, kind, set)                          {#name, kind, set, offsetof(Ipc##Type, name)},
#define IPC_RECORD(Type, type, strictness)                  static const Field fields_##Type[] = {
#define IPC_FIELD(Type, name, KIND, presence)               ROW(Type, name, KIND, 0)
#define IPC_FIELD_ENUM(Type, name, EnumType, presence)      ROW(Type, name, ENUM, IPC_ENUM_##EnumType)
#define IPC_FIELD_RECORD(Type, name, RecordType, presence)  ROW(Type, name, RECORD, IPC_REC_##RecordType)
#define IPC_END(Type)                                       {NULL, 0, 0, 0}};
#include <ipc/messages.def>

static const Field *const tables[IPC_REC_COUNT] = {
#define IPC_RECORD(Type, type, strictness) [IPC_REC_##Type] = fields_##Type,
#define IPC_FIELD(Type, name, KIND, presence)
#define IPC_FIELD_ENUM(Type, name, EnumType, presence)
#define IPC_FIELD_RECORD(Type, name, RecordType, presence)
#define IPC_END(Type)
#include <ipc/messages.def>
};

/* Lists whose elements are written as records, with their zeros; the others as they come. */
static const struct {
    IpcRecordId of;
    const char *field;
    IpcRecordId element;
} lists[] = {{IPC_REC_Status, "workers", IPC_REC_WorkerStatus}};

static void put_value(IpcBuf *out, IpcSlice value, const char *otherwise) {
    if (!value.len || !msgpack_to_json(value, out)) ipc_buf_append_text(out, otherwise);
}

static void put_list(IpcBuf *out, const IpcList *list) {
    IpcBuf whole;
    ipc_buf_init(&whole, NULL);
    ipc_pack_array(&whole, list->count);
    ipc_buf_append(&whole, list->ptr, list->len);
    put_value(out, ipc_buf_slice(&whole), "[]");
    ipc_buf_free(&whole);
}

static void put_records(IpcBuf *out, const IpcList *list, IpcRecordId element) {
    IpcReader reader = ipc_list_reader(*list);
    IpcRecord record;
    ipc_buf_append_text(out, "[");
    for (bool first = true; !ipc_reader_done(&reader); first = false) {
        if (ipc_record_read(&reader, element, &record, NULL) != IPC_OK) break;
        if (!first) ipc_buf_append_text(out, ", ");
        json_record(out, element, &record);
    }
    ipc_buf_append_text(out, "]");
}

static void put_any_list(IpcBuf *out, IpcRecordId id, const Field *field, const IpcList *list) {
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        if (lists[i].of == id && strcmp(lists[i].field, field->name) == 0)
            return put_records(out, list, lists[i].element);
    }
    put_list(out, list);
}

static void put_number(IpcBuf *out, const Field *field, const void *value) {
    IpcBuf packed;
    ipc_buf_init(&packed, NULL);
    if (field->kind == UINT) ipc_pack_uint(&packed, *(const uint64_t *)value);
    else if (field->kind == INT) ipc_pack_int(&packed, *(const int64_t *)value);
    else if (field->kind == FLOAT) ipc_pack_float(&packed, *(const double *)value);
    else ipc_pack_bool(&packed, *(const bool *)value);
    put_value(out, ipc_buf_slice(&packed), "null");
    ipc_buf_free(&packed);
}

static void put_field(IpcBuf *out, IpcRecordId id, const Field *field, const void *value) {
    const char *word;
    if (field->kind == STR || field->kind == BIN) return json_put_text(out, field->name, *(const IpcSlice *)value);
    json_put_key(out, field->name);
    switch ((Kind)field->kind) {
    case RAW:
        return put_value(out, *(const IpcSlice *)value, "{}");
    case STRS:
        return put_list(out, value);
    case RECORDS:
        return put_any_list(out, id, field, value);
    case RECORD:
        return json_record(out, (IpcRecordId)field->set, value);
    case ENUM:
        word = ipc_enum_word((IpcEnumId)field->set, *(const int *)value);
        return word ? json_append_string(out, word, strlen(word)) : ipc_buf_append_text(out, "null");
    default:
        return put_number(out, field, value);
    }
}

void json_record(IpcBuf *out, IpcRecordId id, const void *record) {
    ipc_buf_append_text(out, "{");
    for (const Field *field = tables[id]; field->name; field++)
        put_field(out, id, field, (const char *)record + field->offset);
    ipc_buf_append_text(out, "}");
}
