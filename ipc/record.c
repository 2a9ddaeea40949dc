/* Records: structs to maps and back, driven by the rows of messages.def. */
#include "internal.h"

#include <stdio.h>

/* ------------------------------------------------------------------ words */

typedef struct Words {
    const char *const *word;
    int count;
} Words;

#define IPC_ENUM(Type, type)       static const char *const words_##type[] = {
#define IPC_WORD(Type, NAME, wire) wire,
#define IPC_ENUM_END(Type)         };
#include <ipc/messages.def>

static const char *const words_verdict[] = {
#define IPC_VERDICT(NAME, wire, text) wire,
#include <ipc/verdicts.def>
};

static const char *const verdict_texts[] = {
#define IPC_VERDICT(NAME, wire, text) text,
#include <ipc/verdicts.def>
};

static const Words enums[IPC_ENUM_COUNT] = {
#define IPC_ENUM(Type, type) [IPC_ENUM_##Type] = {words_##type, sizeof words_##type / sizeof *words_##type},
#define IPC_WORD(Type, NAME, wire)
#define IPC_ENUM_END(Type)
#include <ipc/messages.def>
    [IPC_ENUM_Verdict] = {words_verdict, IPC_VERDICT_COUNT},
};

const char *ipc_enum_word(IpcEnumId set, int value) {
    if ((unsigned)set >= IPC_ENUM_COUNT || value < 0 || value >= enums[set].count) return NULL;
    return enums[set].word[value];
}

int ipc_enum_value(IpcEnumId set, IpcSlice word) {
    if ((unsigned)set >= IPC_ENUM_COUNT) return -1;
    for (int i = 0; i < enums[set].count; i++) {
        if (ipc_slice_is(word, enums[set].word[i])) return i;
    }
    return -1;
}

const char *ipc_verdict_name(IpcVerdict verdict) { return ipc_enum_word(IPC_ENUM_Verdict, (int)verdict); }

const char *ipc_verdict_text(IpcVerdict verdict) {
    return (unsigned)verdict < IPC_VERDICT_COUNT ? verdict_texts[verdict] : NULL;
}

/* ----------------------------------------------------------------- tables */

typedef enum FieldKind {
    KIND_UINT,
    KIND_INT,
    KIND_FLOAT,
    KIND_BOOL,
    KIND_STR,
    KIND_BIN,
    KIND_STRS,
    KIND_RECORDS,
    KIND_RAW,
    KIND_ENUM,
    KIND_RECORD,
} FieldKind;

enum { FIELD_OPTIONAL, FIELD_REQUIRED };
enum { RECORD_OPEN, RECORD_STRICT };
enum { MAX_FIELDS = 64 };

typedef struct Field {
    const char *name;
    uint8_t name_len;
    uint8_t kind;     /* FieldKind */
    uint8_t presence;
    uint8_t set;      /* IpcEnumId or IpcRecordId of ENUM and RECORD */
    uint16_t offset;
} Field;

#define ROW(Type, name, kind, presence, set)                                                                 \
    {#name, sizeof #name - 1, kind, FIELD_##presence, set, offsetof(Ipc##Type, name)},
#define IPC_RECORD(Type, type, strictness)                 static const Field fields_##Type[] = {
#define IPC_FIELD(Type, name, KIND, presence)              ROW(Type, name, KIND_##KIND, presence, 0)
#define IPC_FIELD_ENUM(Type, name, EnumType, presence)                                                       \
    ROW(Type, name, KIND_ENUM, presence, IPC_ENUM_##EnumType)
#define IPC_FIELD_RECORD(Type, name, RecordType, presence)                                                   \
    ROW(Type, name, KIND_RECORD, presence, IPC_REC_##RecordType)
#define IPC_END(Type)                                      {NULL, 0, 0, 0, 0, 0}};
#include <ipc/messages.def>

typedef struct Record {
    const char *name;
    const Field *fields;
    uint16_t count;
    uint16_t size;
    uint16_t strict;
} Record;

static const Record records[IPC_REC_COUNT] = {
#define IPC_RECORD(Type, type, strictness)                                                                   \
    [IPC_REC_##Type] = {#type, fields_##Type, sizeof fields_##Type / sizeof(Field) - 1, sizeof(Ipc##Type),   \
                        RECORD_##strictness},
#define IPC_FIELD(Type, name, KIND, presence)
#define IPC_FIELD_ENUM(Type, name, EnumType, presence)
#define IPC_FIELD_RECORD(Type, name, RecordType, presence)
#define IPC_END(Type)
#include <ipc/messages.def>
};

/* A presence mask has 64 bits, a key its one-byte header. */
#define IPC_RECORD(Type, type, strictness)                                                                   \
    _Static_assert(sizeof fields_##Type / sizeof(Field) - 1 <= MAX_FIELDS, "too many fields");
#define IPC_FIELD(Type, name, KIND, presence) _Static_assert(sizeof #name - 1 <= 31, "field name too long");
#define IPC_FIELD_ENUM(Type, name, EnumType, presence)
#define IPC_FIELD_RECORD(Type, name, RecordType, presence)
#define IPC_END(Type)
#include <ipc/messages.def>


/* --------------------------------------------------------------- encoding */

static inline const void *at(const void *record, const Field *field) {
    return (const char *)record + field->offset;
}

static uint64_t present_fields(const Record *info, const void *record);

static bool is_zero(const Field *field, const void *value) {
    switch ((FieldKind)field->kind) {
    case KIND_UINT:
    case KIND_INT: return *(const uint64_t *)value == 0;
    case KIND_FLOAT: return *(const double *)value == 0;
    case KIND_BOOL: return !*(const bool *)value;
    case KIND_STR:
    case KIND_BIN: return ((const IpcSlice *)value)->ptr == NULL;
    case KIND_RAW: return ((const IpcSlice *)value)->len == 0;
    case KIND_STRS:
    case KIND_RECORDS: return ((const IpcList *)value)->count == 0;
    case KIND_ENUM: return *(const int *)value == 0;
    case KIND_RECORD: return present_fields(&records[field->set], value) == 0;
    }
    return true;
}

/* A bit per field that will be written. Records nest as deep as the table says, twice at most. */
static uint64_t present_fields(const Record *info, const void *record) {
    uint64_t mask = 0;
    for (unsigned i = 0; i < info->count; i++) {
        const Field *field = &info->fields[i];
        if (!is_zero(field, at(record, field))) mask |= (uint64_t)1 << i;
    }
    return mask;
}

static uint64_t required_fields(const Record *info) {
    uint64_t mask = 0;
    for (unsigned i = 0; i < info->count; i++) {
        if (info->fields[i].presence == FIELD_REQUIRED) mask |= (uint64_t)1 << i;
    }
    return mask;
}

static void encode_key(IpcBuf *buf, const Field *field) {
    char key[32];
    key[0] = (char)(0xa0 | field->name_len);
    memcpy(key + 1, field->name, field->name_len);
    ipc_buf_append(buf, key, 1 + (size_t)field->name_len);
}

static void encode_word(IpcBuf *buf, const Field *field, int value) {
    const char *word = ipc_enum_word((IpcEnumId)field->set, value);
    if (word) ipc_pack_cstr(buf, word);
    else if (!buf->failed) buf->failed = IPC_E_BAD_VALUE;
}

static void encode_list(IpcBuf *buf, const IpcList *list) {
    ipc_pack_array(buf, list->count);
    ipc_buf_append(buf, list->ptr, list->len);
}

static void encode_value(IpcBuf *buf, const Field *field, const void *value) {
    const IpcSlice *slice = value;
    switch ((FieldKind)field->kind) {
    case KIND_UINT: ipc_pack_uint(buf, *(const uint64_t *)value); break;
    case KIND_INT: ipc_pack_int(buf, *(const int64_t *)value); break;
    case KIND_FLOAT: ipc_pack_float(buf, *(const double *)value); break;
    case KIND_BOOL: ipc_pack_bool(buf, *(const bool *)value); break;
    case KIND_STR: ipc_pack_str(buf, slice->ptr, slice->len); break;
    case KIND_BIN: ipc_pack_bin(buf, slice->ptr, slice->len); break;
    case KIND_RAW:
        if (slice->len) ipc_pack_raw(buf, *slice);
        else ipc_pack_nil(buf);
        break;
    case KIND_STRS:
    case KIND_RECORDS: encode_list(buf, value); break;
    case KIND_ENUM: encode_word(buf, field, *(const int *)value); break;
    case KIND_RECORD: ipc_record_encode(buf, (IpcRecordId)field->set, value); break;
    }
}

void ipc_record_encode(IpcBuf *buf, IpcRecordId id, const void *record) {
    const Record *info = &records[id];
    uint64_t mask = present_fields(info, record) | required_fields(info);
    ipc_pack_map(buf, (uint32_t)__builtin_popcountll(mask));
    for (; mask; mask &= mask - 1) {
        const Field *field = &info->fields[__builtin_ctzll(mask)];
        encode_key(buf, field);
        encode_value(buf, field, at(record, field));
    }
}

void ipc_list_add_str(IpcBuf *scratch, IpcList *list, const char *text, size_t length) {
    ipc_pack_str(scratch, text, length);
    list->count++;
}

void ipc_list_add_record(IpcBuf *scratch, IpcList *list, IpcRecordId id, const void *record) {
    ipc_record_encode(scratch, id, record);
    list->count++;
}

void ipc_list_finish(const IpcBuf *scratch, IpcList *list) {
    list->ptr = scratch->data;
    list->len = scratch->len;
}

/* --------------------------------------------------------------- decoding */

/* Where the decoder is, for messages: a chain of records on the C stack, as deep as the table nests. */
typedef struct Place {
    const struct Place *outer;
    const char *name;
} Place;

static size_t place_text(const Place *place, char *text, size_t size) {
    size_t n = place->outer ? place_text(place->outer, text, size) : 0;
    int more = snprintf(text + n, size - n, "%s%s", n ? "." : "", place->name);
    return more < 0 || (size_t)more >= size - n ? size - 1 : n + (size_t)more;
}

static IpcCode fail_at(const Place *place, IpcError *error, IpcCode code, const char *what) {
    if (!error) return code;
    char text[128];
    place_text(place, text, sizeof text);
    return ipc_fail(error, code, "%s: %s", text, what);
}

static IpcCode fail_type(const Place *place, IpcError *error, const char *wanted, IpcType got) {
    if (!error) return IPC_E_WRONG_TYPE;
    char text[64];
    snprintf(text, sizeof text, "expected %s, got %s", wanted, ipc_type_name(got));
    return fail_at(place, error, IPC_E_WRONG_TYPE, text);
}

static IpcCode decode_record(IpcReader *reader, const Record *info, uint32_t pairs, void *out,
                             const Place *outer, IpcError *error);

static IpcCode decode_number(const Field *field, const IpcToken *token, void *out, const Place *place,
                             IpcError *error) {
    if (field->kind == KIND_FLOAT) {
        if (token->type == IPC_T_FLOAT) *(double *)out = token->real;
        else if (token->type == IPC_T_UINT) *(double *)out = (double)token->uint;
        else if (token->type == IPC_T_INT) *(double *)out = (double)token->sint;
        else return fail_type(place, error, "float", token->type);
        return IPC_OK;
    }
    if (token->type != IPC_T_UINT && token->type != IPC_T_INT)
        return fail_type(place, error, "int", token->type);
    if (field->kind == KIND_UINT && token->type == IPC_T_INT) {
        return fail_at(place, error, IPC_E_BAD_VALUE, "must not be negative");
    }
    if (field->kind == KIND_INT && token->type == IPC_T_UINT && token->uint > INT64_MAX) {
        return fail_at(place, error, IPC_E_BAD_VALUE, "too big a number");
    }
    *(uint64_t *)out = token->uint;
    return IPC_OK;
}

static IpcCode decode_bytes(const Field *field, const IpcToken *token, void *out, const Place *place,
                            IpcError *error) {
    bool text = field->kind != KIND_BIN;
    if (token->type != IPC_T_STR && (text || token->type != IPC_T_BIN)) {
        return fail_type(place, error, text ? "str" : "bin", token->type);
    }
    if (text && !ipc_utf8_valid(token->bytes.ptr, token->bytes.len)) {
        return fail_at(place, error, IPC_E_BAD_VALUE, "not valid UTF-8");
    }
    if (field->kind == KIND_ENUM) {
        int value = ipc_enum_value((IpcEnumId)field->set, token->bytes);
        if (value < 0) {
            fail_at(place, error, IPC_E_BAD_VALUE, "unknown word ");
            if (error) ipc_error_append(error, token->bytes.ptr, token->bytes.len, 32);
            return IPC_E_BAD_VALUE;
        }
        *(int *)out = value;
    } else {
        *(IpcSlice *)out = token->bytes;
    }
    return IPC_OK;
}

static IpcCode decode_raw(IpcReader *reader, IpcSlice *out, const Place *place, IpcError *error) {
    const uint8_t *start = reader->at;
    uint64_t nodes = UINT64_MAX;
    IpcCode code = ipc_skip(reader, IPC_FRAME_DEPTH, &nodes);
    if (code) return fail_at(place, error, code, ipc_code_text(code));
    *out = ipc_slice(start, (size_t)(reader->at - start));
    return IPC_OK;
}

static IpcCode decode_list(IpcReader *reader, const Field *field, uint32_t count, IpcList *out,
                           const Place *place, IpcError *error) {
    const uint8_t *start = reader->at;
    for (uint32_t i = 0; i < count; i++) {
        IpcReader element = *reader;
        IpcToken token;
        IpcSlice raw;
        IpcCode code = ipc_read(&element, &token);
        if (code) return fail_at(place, error, code, ipc_code_text(code));
        if (field->kind == KIND_STRS) {
            IpcSlice text;
            Field str = {.kind = KIND_STR};
            if ((code = decode_bytes(&str, &token, &text, place, error))) return code;
            *reader = element;
        } else {
            if (token.type != IPC_T_MAP) return fail_type(place, error, "map", token.type);
            if ((code = decode_raw(reader, &raw, place, error))) return code;
        }
    }
    *out = (IpcList){(const char *)start, (size_t)(reader->at - start), count};
    return IPC_OK;
}

static IpcCode decode_field(IpcReader *reader, const Field *field, void *out, const Place *place,
                            IpcError *error, bool *absent) {
    IpcReader before = *reader;
    IpcToken token;
    IpcCode code = ipc_read(reader, &token);
    if (code) return fail_at(place, error, code, ipc_code_text(code));
    if (token.type == IPC_T_NIL) {
        *absent = true;
        return IPC_OK;
    }
    switch ((FieldKind)field->kind) {
    case KIND_UINT:
    case KIND_INT:
    case KIND_FLOAT: return decode_number(field, &token, out, place, error);
    case KIND_BOOL:
        if (token.type != IPC_T_BOOL) return fail_type(place, error, "bool", token.type);
        *(bool *)out = token.boolean;
        return IPC_OK;
    case KIND_STR:
    case KIND_BIN:
    case KIND_ENUM: return decode_bytes(field, &token, out, place, error);
    case KIND_STRS:
    case KIND_RECORDS:
        if (token.type != IPC_T_ARRAY) return fail_type(place, error, "array", token.type);
        return decode_list(reader, field, token.count, out, place, error);
    case KIND_RAW:
        *reader = before;
        return decode_raw(reader, out, place, error);
    case KIND_RECORD:
        if (token.type != IPC_T_MAP) return fail_type(place, error, "map", token.type);
        return decode_record(reader, &records[field->set], token.count, out, place, error);
    }
    return IPC_E_INTERNAL;
}

/* The field of that name, looking first where it stands when the writer keeps the table's order. */
static int find_field(const Record *info, IpcSlice name, unsigned hint) {
    for (unsigned n = 0; n < info->count; n++) {
        unsigned i = hint + n < info->count ? hint + n : hint + n - info->count;
        const Field *field = &info->fields[i];
        if (field->name_len == name.len && memcmp(field->name, name.ptr, name.len) == 0) return (int)i;
    }
    return -1;
}

static IpcCode unknown_field(IpcReader *reader, const Record *info, IpcSlice name, const Place *outer,
                             IpcError *error) {
    if (info->strict) {
        fail_at(outer, error, IPC_E_UNKNOWN_FIELD, "no such field: ");
        if (error) ipc_error_append(error, name.ptr, name.len, 40);
        return IPC_E_UNKNOWN_FIELD;
    }
    IpcSlice ignored;
    return decode_raw(reader, &ignored, outer, error);
}

static IpcCode decode_record(IpcReader *reader, const Record *info, uint32_t pairs, void *out,
                             const Place *outer, IpcError *error) {
    uint64_t seen = 0, given = 0;
    unsigned hint = 0;
    for (uint32_t n = 0; n < pairs; n++) {
        IpcToken key;
        IpcCode code = ipc_read(reader, &key);
        if (code) return fail_at(outer, error, code, ipc_code_text(code));
        if (key.type != IPC_T_STR) return fail_type(outer, error, "str as field name", key.type);
        int i = find_field(info, key.bytes, hint);
        if (i < 0) {
            if ((code = unknown_field(reader, info, key.bytes, outer, error))) return code;
            continue;
        }
        const Field *field = &info->fields[i];
        Place place = {outer, field->name};
        uint64_t bit = (uint64_t)1 << i;
        bool absent = false;
        if (seen & bit) return fail_at(&place, error, IPC_E_DUPLICATE_FIELD, "given twice");
        if ((code = decode_field(reader, field, (char *)out + field->offset, &place, error, &absent)))
            return code;
        seen |= bit;
        if (!absent) given |= bit;
        hint = (unsigned)i + 1 < info->count ? (unsigned)i + 1 : 0;
    }
    uint64_t missing = required_fields(info) & ~given;
    if (missing) {
        Place place = {outer, info->fields[__builtin_ctzll(missing)].name};
        return fail_at(&place, error, IPC_E_MISSING_FIELD, "required, but absent");
    }
    return IPC_OK;
}

IpcCode ipc_record_read(IpcReader *reader, IpcRecordId id, void *out, IpcError *error) {
    const Record *info = &records[id];
    Place place = {NULL, info->name};
    IpcToken token;
    memset(out, 0, info->size);
    IpcCode code = ipc_read(reader, &token);
    if (code) return fail_at(&place, error, code, ipc_code_text(code));
    if (token.type != IPC_T_MAP) return fail_type(&place, error, "map", token.type);
    return decode_record(reader, info, token.count, out, &place, error);
}

/* No bytes and nil both mean "no fields". */
static bool is_nothing(IpcSlice bytes) {
    return bytes.len == 0 || (bytes.len == 1 && (uint8_t)bytes.ptr[0] == 0xc0);
}

IpcCode ipc_record_decode(IpcSlice bytes, IpcRecordId id, void *out, IpcError *error) {
    const Record *info = &records[id];
    Place place = {NULL, info->name};
    IpcReader reader = ipc_slice_reader(bytes);
    IpcCode code;
    if (is_nothing(bytes)) {
        memset(out, 0, info->size);
        reader.at = reader.end;
        code = decode_record(&reader, info, 0, out, &place, error);
    } else {
        code = ipc_record_read(&reader, id, out, error);
    }
    if (!code && !ipc_reader_done(&reader))
        return fail_at(&place, error, IPC_E_MALFORMED, "bytes follow the record");
    return code;
}
