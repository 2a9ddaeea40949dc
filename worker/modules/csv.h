/* csv: the parts of _csv: dialects, the reader, the writer. */
#ifndef ATOLL_MODULES_CSV_H
#define ATOLL_MODULES_CSV_H

#include "modules/module.h"
#include "objects/str.h"

#define CSV_NOT_SET UINT32_MAX /* no such character */

typedef enum CsvQuoting { QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONNUMERIC, QUOTE_NONE } CsvQuoting;

typedef struct CsvDialect {
    HeapObject head;
    Value line_terminator; /* str */
    uint32_t delimiter, quote, escape;
    bool double_quote, skip_initial_space, strict;
    CsvQuoting quoting;
} CsvDialect;

typedef struct CsvState {
    Type *dialect, *reader, *writer, *error;
    Value dialects; /* dict: name -> Dialect */
    int64_t field_limit;
} CsvState;

#define CSV MODULE_STATE(csv, CsvState)

extern const TypeSpec csv_dialect_spec, csv_reader_spec, csv_writer_spec;

/* A dialect of a dialect, name, class or None, with keywords that override. New. */
Value csv_dialect_new(Type *type, Value base_or_null, Value const *keywords, Value kwnames);
/* The registered one, new; NULL raised _csv.Error. */
Value csv_dialect_find(Value name);
Value csv_reader(Value module, Value const *args, size_t nargs, Value kwnames);
Value csv_writer(Value module, Value const *args, size_t nargs, Value kwnames);

#endif
