#include "journal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sqlite3.h>

enum {
    APPLICATION_ID = 0x41746f6c,   /* "Atol" */
    BUSY_MS = 50,                  /* patience with somebody who looks at the file */
    CHECKPOINT_AT = 1000,          /* pages of the log from which it is copied, by the thread */
    CHECKPOINT_HERE = 16 * 1024,   /* pages from which the loop waits for the rest of it */
    PRUNE_AT_ONCE = 256,           /* rows dropped together, and two more for each that comes */
    POISONED_MOST = 256,
    ROW_WEIGHT = 64,               /* bytes that a row costs beside its contents */
};
#define ID_MOST ((uint64_t)1 << 62) /* no journal of ours comes near it */

static const char schema[] =
    "CREATE TABLE meta(last_job INTEGER NOT NULL);"
    "INSERT INTO meta VALUES(0);"
    "CREATE TABLE jobs(id INTEGER PRIMARY KEY, accepted_ms INTEGER NOT NULL, attempt INTEGER NOT NULL,"
    " retries INTEGER NOT NULL, uid INTEGER NOT NULL, submit BLOB NOT NULL);"
    "CREATE TABLE outcomes(seq INTEGER PRIMARY KEY, job INTEGER NOT NULL, ended_ms INTEGER NOT NULL,"
    " key BLOB, bytes INTEGER NOT NULL, message BLOB NOT NULL);"
    "CREATE UNIQUE INDEX outcomes_job ON outcomes(job);"
    "CREATE INDEX outcomes_key ON outcomes(key) WHERE key IS NOT NULL;"
    "CREATE TABLE poisoned(job INTEGER PRIMARY KEY, ended_ms INTEGER NOT NULL, submit BLOB, message BLOB NOT NULL);";

#define STATEMENTS(S)                                                                                        \
    S(BEGIN, "BEGIN IMMEDIATE")                                                                              \
    S(COMMIT, "COMMIT")                                                                                      \
    S(ROLLBACK, "ROLLBACK")                                                                                  \
    S(LAST_JOB, "UPDATE meta SET last_job = max(last_job, ?1)")                                              \
    S(ADD_JOB, "INSERT INTO jobs VALUES(?1, ?2, ?3, ?4, ?5, ?6)")                                                \
    S(SET_ATTEMPT, "UPDATE jobs SET attempt = ?2, retries = ?3 WHERE id = ?1")                               \
    S(REMOVE_JOB, "DELETE FROM jobs WHERE id = ?1")                                                          \
    S(ADD_OUTCOME, "INSERT OR IGNORE INTO outcomes(job, ended_ms, key, bytes, message) VALUES(?1, ?2, ?3, ?4, ?5)") \
    S(SET_ASIDE, "INSERT OR IGNORE INTO poisoned VALUES(?1, ?2, (SELECT submit FROM jobs WHERE id = ?1), ?3)") \
    S(TRIM_ASIDE, "DELETE FROM poisoned WHERE job IN (SELECT job FROM poisoned ORDER BY ended_ms DESC, job DESC" \
                  " LIMIT -1 OFFSET ?1)")                                                                    \
    S(OLDEST, "SELECT seq, bytes, ended_ms FROM outcomes ORDER BY seq LIMIT ?1")                             \
    S(DROP_OLDEST, "DELETE FROM outcomes WHERE seq <= ?1")                                                   \
    S(FIND, "SELECT job, message FROM outcomes WHERE job = ?1")                                              \
    S(FIND_KEY, "SELECT job, message FROM outcomes WHERE key = ?1 ORDER BY seq DESC LIMIT 1")                \
    S(EACH_JOB, "SELECT id, accepted_ms, attempt, retries, uid, submit FROM jobs ORDER BY id")                    \
    S(EACH_POISONED, "SELECT ended_ms, message FROM poisoned ORDER BY ended_ms, job")

typedef enum {
#define S(name, text) STATEMENT_##name,
    STATEMENTS(S)
#undef S
        STATEMENT_COUNT
} Statement;

static const char *const statement_texts[STATEMENT_COUNT] = {
#define S(name, text) text,
    STATEMENTS(S)
#undef S
};

typedef struct {
    bool ends, poisoned; /* an end, else a beginning */
    uint64_t job, at_ms; /* since 1970 */
    uint32_t attempt, retries, uid;
    size_t at, length, key_length; /* in `bytes`: the submit or the messages, then the key */
} Entry;

typedef struct {
    Entry *items;
    size_t count, capacity;
} EntryList;

struct Journal {
    JournalConfig config;
    sqlite3 *db;
    sqlite3_stmt *statements[STATEMENT_COUNT];
    int lock_fd;           /* of the file itself: closing one earlier would take SQLite's own locks away */
    EntryList accepts;     /* of this turn, by id */
    EntryList others;      /* beginnings and ends, in order */
    IpcBuf bytes;
    uint64_t last_job;
    uint64_t kept, kept_bytes, oldest_ms;
    char fault[200];
    bool short_of_memory;
    int log_pages;         /* of the write-ahead log */
    sqlite3 *copier;       /* the thread's own connection */
    uv_work_t work;
    bool copying;
};

/* --- talking to SQLite ------------------------------------------------------------------------ */

static sqlite3_stmt *fresh(Journal *journal, Statement which) {
    sqlite3_stmt *statement = journal->statements[which];
    sqlite3_reset(statement);
    return statement;
}

static void bind_uint(sqlite3_stmt *statement, int place, uint64_t number) {
    sqlite3_bind_int64(statement, place, (sqlite3_int64)number);
}

static void bind_bytes(sqlite3_stmt *statement, int place, IpcSlice bytes) {
    sqlite3_bind_blob64(statement, place, bytes.len ? bytes.ptr : "", bytes.len, SQLITE_STATIC);
}

/* Runs a statement that gives no rows. */
static bool run(sqlite3_stmt *statement) {
    bool done = sqlite3_step(statement) == SQLITE_DONE;
    if (done) sqlite3_reset(statement); /* else the error's text would go */
    return done;
}

/* A number of a row, which may hold anything: 0 for what is none, or below. */
static uint64_t column_uint(sqlite3_stmt *statement, int column) {
    sqlite3_int64 number = sqlite3_column_int64(statement, column);
    return number > 0 ? (uint64_t)number : 0;
}

static uint32_t column_uint32(sqlite3_stmt *statement, int column) {
    uint64_t number = column_uint(statement, column);
    return number < UINT32_MAX ? (uint32_t)number : UINT32_MAX;
}

static IpcSlice column_bytes(sqlite3_stmt *statement, int column) {
    const void *bytes = sqlite3_column_blob(statement, column);
    return ipc_slice(bytes ? bytes : "", (size_t)sqlite3_column_bytes(statement, column));
}

static bool query_uint(sqlite3 *db, const char *text, uint64_t *first, uint64_t *second) {
    sqlite3_stmt *statement = NULL;
    bool good = sqlite3_prepare_v2(db, text, -1, &statement, NULL) == SQLITE_OK &&
                sqlite3_step(statement) == SQLITE_ROW;
    if (good) {
        *first = column_uint(statement, 0);
        if (second) *second = column_uint(statement, 1);
    }
    sqlite3_finalize(statement);
    return good;
}

/* --- opening ---------------------------------------------------------------------------------- */

static bool say(char *error, size_t capacity, const char *format, ...) __attribute__((format(printf, 3, 4)));

static bool say(char *error, size_t capacity, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(error, capacity, format, arguments);
    va_end(arguments);
    return false;
}

static bool say_sqlite(const Journal *journal, char *error, size_t capacity) {
    const char *path = journal->config.path;
    int code = sqlite3_errcode(journal->db) & 0xff;
    if (code == SQLITE_NOTADB) return say(error, capacity, "%s is no Atoll journal", path);
    if (code == SQLITE_CORRUPT)
        return say(error, capacity, "the journal %s is damaged; move it away to start with an empty one", path);
    return say(error, capacity, "cannot use the journal %s: %s", path, sqlite3_errmsg(journal->db));
}

/* The file is ours alone while we run. */
static bool lock_file(Journal *journal, char *error, size_t capacity) {
    const char *path = journal->config.path;
    struct stat what;
    journal->lock_fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (journal->lock_fd < 0)
        return say(error, capacity, "cannot open the journal %s: %s", path, strerror(errno));
    if (fstat(journal->lock_fd, &what) != 0 || !S_ISREG(what.st_mode))
        return say(error, capacity, "the journal %s is not a plain file", path);
    if (flock(journal->lock_fd, LOCK_EX | LOCK_NB) == 0) return true;
    return say(error, capacity, "the journal %s is in use by another server", path);
}

static bool check_kind(Journal *journal, bool *is_new, char *error, size_t capacity) {
    uint64_t id, version, tables;
    const char *path = journal->config.path;
    if (!query_uint(journal->db, "SELECT count(*) FROM sqlite_schema", &tables, NULL) ||
        !query_uint(journal->db, "PRAGMA application_id", &id, NULL) ||
        !query_uint(journal->db, "PRAGMA user_version", &version, NULL)) {
        return say_sqlite(journal, error, capacity);
    }
    *is_new = tables == 0 && id == 0 && version == 0;
    if (*is_new) return true;
    if (id != APPLICATION_ID) return say(error, capacity, "%s is no Atoll journal", path);
    if (version != JOURNAL_VERSION) {
        return say(error, capacity, "the journal %s is of version %llu, and this atoll reads version %d", path,
                   (unsigned long long)version, JOURNAL_VERSION);
    }
    return true;
}

static int is_ok(void *result, int columns, char **values, char **names) {
    (void)names;
    *(bool *)result = columns == 1 && values[0] && strcmp(values[0], "ok") == 0;
    return 0;
}

static bool check_whole(Journal *journal, char *error, size_t capacity) {
    bool good = false;
    if (sqlite3_exec(journal->db, "PRAGMA quick_check(1)", is_ok, &good, NULL) == SQLITE_OK && good) return true;
    return say(error, capacity, "the journal %s is damaged; move it away to start with an empty one",
               journal->config.path);
}

static bool execute(Journal *journal, const char *text) {
    return sqlite3_exec(journal->db, text, NULL, NULL, NULL) == SQLITE_OK;
}

static bool make_tables(Journal *journal) {
    char numbers[100];
    snprintf(numbers, sizeof numbers, "PRAGMA application_id=%d; PRAGMA user_version=%d;", APPLICATION_ID,
             JOURNAL_VERSION);
    return execute(journal, "BEGIN IMMEDIATE") && execute(journal, numbers) && execute(journal, schema) &&
           execute(journal, "COMMIT");
}

static int note_pages(void *data, sqlite3 *db, const char *name, int pages) {
    (void)db, (void)name;
    ((Journal *)data)->log_pages = pages;
    return SQLITE_OK;
}

/* What somebody else may have put into the file is not run. */
static bool distrust(sqlite3 *db) {
    return sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL) == SQLITE_OK &&
           sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL) == SQLITE_OK &&
           sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL) == SQLITE_OK &&
           sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL) == SQLITE_OK;
}

static bool set_up(Journal *journal) {
    sqlite3_busy_timeout(journal->db, BUSY_MS);
    sqlite3_wal_hook(journal->db, note_pages, journal); /* in place of the automatic checkpoints */
    return execute(journal, "PRAGMA journal_mode=WAL") && execute(journal, "PRAGMA temp_store=MEMORY") &&
           execute(journal, journal->config.sync ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL");
}

static bool prepare_all(Journal *journal) {
    for (int i = 0; i < STATEMENT_COUNT; i++) {
        if (sqlite3_prepare_v3(journal->db, statement_texts[i], -1, SQLITE_PREPARE_PERSISTENT,
                               &journal->statements[i], NULL) != SQLITE_OK) {
            return false;
        }
    }
    return true;
}

static bool read_numbers(Journal *journal) {
    uint64_t meta = 0, jobs = 0, outcomes = 0;
    if (!query_uint(journal->db, "SELECT max(last_job) FROM meta", &meta, NULL) ||
        !query_uint(journal->db, "SELECT max(id) FROM jobs WHERE id < 1 << 62", &jobs, NULL) ||
        !query_uint(journal->db, "SELECT max(job) FROM outcomes WHERE job < 1 << 62", &outcomes, NULL) ||
        !query_uint(journal->db, "SELECT count(*), sum(bytes) FROM outcomes", &journal->kept, &journal->kept_bytes)) {
        return false;
    }
    uint64_t last = meta < ID_MOST ? meta : 0;
    if (jobs > last) last = jobs;
    journal->last_job = outcomes > last ? outcomes : last;
    return true;
}

static bool open_all(Journal *journal, char *error, size_t capacity) {
    const char *path = journal->config.path;
    bool is_new = false;
    if (!lock_file(journal, error, capacity)) return false;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
    if (sqlite3_open_v2(path, &journal->db, flags, NULL) != SQLITE_OK) return say_sqlite(journal, error, capacity);
    if (!distrust(journal->db) || !check_kind(journal, &is_new, error, capacity)) return false;
    if (!is_new && !check_whole(journal, error, capacity)) return false;
    if (set_up(journal) && (!is_new || make_tables(journal)) && prepare_all(journal) && read_numbers(journal) &&
        sqlite3_open_v2(path, &journal->copier, flags, NULL) == SQLITE_OK) {
        return true;
    }
    return say_sqlite(journal, error, capacity);
}

static void close_all(Journal *journal) {
    for (int i = 0; i < STATEMENT_COUNT; i++)
        sqlite3_finalize(journal->statements[i]);
    sqlite3_close(journal->copier);
    sqlite3_close(journal->db);
    if (journal->lock_fd >= 0) close(journal->lock_fd);
    free(journal->accepts.items);
    free(journal->others.items);
    ipc_buf_free(&journal->bytes);
    free(journal);
}

Journal *journal_open(const JournalConfig *config, char *error, size_t capacity) {
    Journal *journal = calloc(1, sizeof *journal);
    if (!journal) return say(error, capacity, "out of memory"), NULL;
    journal->config = *config;
    journal->lock_fd = -1;
    ipc_buf_init(&journal->bytes, NULL);
    if (open_all(journal, error, capacity)) return journal;
    close_all(journal);
    return NULL;
}

void journal_close(Journal *journal) {
    if (!journal) return;
    journal_commit(journal);
    close_all(journal);
}

void journal_set_bounds(Journal *journal, uint64_t keep_ms, uint64_t keep_bytes) {
    journal->config.keep_ms = keep_ms;
    journal->config.keep_bytes = keep_bytes;
}

uint64_t journal_last_job(const Journal *journal) {
    return journal->last_job;
}

/* --- what a former server left ---------------------------------------------------------------- */

bool journal_each_job(Journal *journal, void (*take)(void *data, const JournalRow *row), void *data,
                      char *error, size_t capacity) {
    sqlite3_stmt *rows = fresh(journal, STATEMENT_EACH_JOB);
    int step;
    while ((step = sqlite3_step(rows)) == SQLITE_ROW) {
        JournalRow row = {.job = column_uint(rows, 0),
                          .accepted_ms = column_uint(rows, 1),
                          .attempt = column_uint32(rows, 2),
                          .retries = column_uint32(rows, 3),
                          .uid = column_uint32(rows, 4),
                          .submit = column_bytes(rows, 5)};
        if (row.job && row.job < ID_MOST) take(data, &row); /* else nobody can have been told of it */
    }
    if (step != SQLITE_DONE) say_sqlite(journal, error, capacity);
    sqlite3_reset(rows);
    return step == SQLITE_DONE;
}

bool journal_each_poisoned(Journal *journal, void (*take)(void *data, uint64_t ended_ms, IpcSlice message),
                           void *data) {
    sqlite3_stmt *rows = fresh(journal, STATEMENT_EACH_POISONED);
    int step;
    while ((step = sqlite3_step(rows)) == SQLITE_ROW)
        take(data, column_uint(rows, 0), column_bytes(rows, 1));
    sqlite3_reset(rows);
    return step == SQLITE_DONE;
}

/* --- entries ---------------------------------------------------------------------------------- */

static bool has_place(EntryList *list) {
    if (list->count < list->capacity) return true;
    size_t more = list->capacity ? 2 * list->capacity : 64;
    Entry *items = realloc(list->items, more * sizeof *items);
    if (!items) return false;
    list->items = items;
    list->capacity = more;
    return true;
}

/* All of it or nothing. False: no memory, so that the commit will fail. */
static bool add_entry(Journal *journal, EntryList *list, const Entry *entry, IpcSlice bytes, IpcSlice key) {
    IpcBuf *all = &journal->bytes;
    size_t at = all->len;
    if (bytes.len) ipc_buf_append(all, bytes.ptr, bytes.len);
    if (key.len) ipc_buf_append(all, key.ptr, key.len);
    if (ipc_buf_failed(all) || !has_place(list)) {
        ipc_buf_truncate(all, at);
        journal->short_of_memory = true;
        return false;
    }
    Entry *added = &list->items[list->count++];
    *added = *entry;
    added->at = at;
    added->length = bytes.len;
    added->key_length = key.len;
    return true;
}

static IpcSlice entry_bytes(const Journal *journal, const Entry *entry) {
    return ipc_slice(journal->bytes.data + entry->at, entry->length);
}

static IpcSlice entry_key(const Journal *journal, const Entry *entry) {
    return ipc_slice(journal->bytes.data + entry->at + entry->length, entry->key_length);
}

static Entry *accepted_now(const Journal *journal, uint64_t job) {
    size_t low = 0, high = journal->accepts.count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (journal->accepts.items[middle].job < job) low = middle + 1;
        else high = middle;
    }
    bool found = low < journal->accepts.count && journal->accepts.items[low].job == job;
    return found ? &journal->accepts.items[low] : NULL;
}

void journal_accept(Journal *journal, uint64_t job, uint64_t now_ms, uint32_t retries, uint32_t uid,
                    IpcSlice submit) {
    Entry entry = {.job = job, .at_ms = now_ms, .retries = retries, .uid = uid};
    add_entry(journal, &journal->accepts, &entry, submit, (IpcSlice){0});
}

void journal_begin(Journal *journal, uint64_t job, uint32_t attempt, uint32_t retries) {
    Entry *accepted = accepted_now(journal, job), entry = {.job = job, .attempt = attempt, .retries = retries};
    if (!accepted) {
        add_entry(journal, &journal->others, &entry, (IpcSlice){0}, (IpcSlice){0});
        return;
    }
    accepted->attempt = attempt; /* one row says both */
    accepted->retries = retries;
}

void journal_end(Journal *journal, uint64_t job, uint64_t now_ms, bool poisoned, IpcSlice key,
                 IpcSlice message) {
    Entry entry = {.ends = true, .poisoned = poisoned, .job = job, .at_ms = now_ms};
    if (add_entry(journal, &journal->others, &entry, message, key)) return;
    log_event(journal->config.log, LOG_ERROR, "outcome-not-written", LOG_UINT("job", job),
              LOG_TEXT("cause", "out of memory"));
}

bool journal_pending(const Journal *journal) {
    return journal->accepts.count || journal->others.count || journal->short_of_memory;
}

/* --- writing ---------------------------------------------------------------------------------- */

static bool write_accept(Journal *journal, const Entry *entry) {
    sqlite3_stmt *row = fresh(journal, STATEMENT_ADD_JOB);
    bind_uint(row, 1, entry->job);
    bind_uint(row, 2, entry->at_ms);
    bind_uint(row, 3, entry->attempt);
    bind_uint(row, 4, entry->retries);
    bind_uint(row, 5, entry->uid);
    bind_bytes(row, 6, entry_bytes(journal, entry));
    return run(row);
}

static bool write_begin(Journal *journal, const Entry *entry) {
    sqlite3_stmt *row = fresh(journal, STATEMENT_SET_ATTEMPT);
    bind_uint(row, 1, entry->job);
    bind_uint(row, 2, entry->attempt);
    bind_uint(row, 3, entry->retries);
    return run(row);
}

static bool write_aside(Journal *journal, const Entry *entry) {
    sqlite3_stmt *row = fresh(journal, STATEMENT_SET_ASIDE), *trim = fresh(journal, STATEMENT_TRIM_ASIDE);
    bind_uint(row, 1, entry->job);
    bind_uint(row, 2, entry->at_ms);
    bind_bytes(row, 3, entry_bytes(journal, entry));
    bind_uint(trim, 1, POISONED_MOST);
    return run(row) && run(trim);
}

static bool write_end(Journal *journal, const Entry *entry) {
    IpcSlice message = entry_bytes(journal, entry), key = entry_key(journal, entry);
    uint64_t weight = message.len + key.len + ROW_WEIGHT;
    sqlite3_stmt *row = fresh(journal, STATEMENT_ADD_OUTCOME), *gone = fresh(journal, STATEMENT_REMOVE_JOB);
    bind_uint(row, 1, entry->job);
    bind_uint(row, 2, entry->at_ms);
    if (key.len) bind_bytes(row, 3, key);
    else sqlite3_bind_null(row, 3);
    bind_uint(row, 4, weight);
    bind_bytes(row, 5, message);
    bind_uint(gone, 1, entry->job);
    if ((entry->poisoned && !write_aside(journal, entry)) || !run(row)) return false;
    bool is_first = sqlite3_changes(journal->db) > 0;
    if (!run(gone)) return false;
    if (!is_first) return true;
    journal->kept++;
    journal->kept_bytes += weight;
    return true;
}

/* Drops the oldest outcomes, a bounded number. */
static bool prune(Journal *journal, uint64_t now_ms) {
    const JournalConfig *config = &journal->config;
    bool late = journal->kept && now_ms > journal->oldest_ms && now_ms - journal->oldest_ms > config->keep_ms;
    if (journal->kept_bytes <= config->keep_bytes && !late) return true;
    sqlite3_stmt *oldest = fresh(journal, STATEMENT_OLDEST), *drop = fresh(journal, STATEMENT_DROP_OLDEST);
    sqlite3_int64 last = 0;
    int step;
    bind_uint(oldest, 1, PRUNE_AT_ONCE + 2 * journal->others.count); /* so that it keeps up */
    while ((step = sqlite3_step(oldest)) == SQLITE_ROW) {
        uint64_t bytes = column_uint(oldest, 1);
        journal->oldest_ms = column_uint(oldest, 2);
        bool old = now_ms > journal->oldest_ms && now_ms - journal->oldest_ms > config->keep_ms;
        if (journal->kept_bytes <= config->keep_bytes && !old) break;
        last = sqlite3_column_int64(oldest, 0);
        journal->kept_bytes -= bytes < journal->kept_bytes ? bytes : journal->kept_bytes;
        if (journal->kept) journal->kept--;
    }
    if (step == SQLITE_DONE && !last) journal->kept = journal->kept_bytes = 0; /* there is none */
    sqlite3_reset(oldest);
    sqlite3_bind_int64(drop, 1, last);
    return step != SQLITE_ROW && step != SQLITE_DONE ? false : !last || run(drop);
}

static bool write_all(Journal *journal) {
    const EntryList *accepts = &journal->accepts, *others = &journal->others;
    uint64_t last = accepts->count ? accepts->items[accepts->count - 1].job : 0, now_ms = 0;
    for (size_t i = 0; i < accepts->count; i++) {
        if (!write_accept(journal, &accepts->items[i])) return false;
    }
    for (size_t i = 0; i < others->count; i++) {
        const Entry *entry = &others->items[i];
        if (entry->ends) now_ms = entry->at_ms;
        if (!(entry->ends ? write_end(journal, entry) : write_begin(journal, entry))) return false;
    }
    if (now_ms && !prune(journal, now_ms)) return false;
    if (!last) return true;
    if (last > journal->last_job) journal->last_job = last;
    sqlite3_stmt *meta = fresh(journal, STATEMENT_LAST_JOB);
    bind_uint(meta, 1, last);
    return run(meta);
}

static void forget_entries(Journal *journal) {
    journal->accepts.count = journal->others.count = 0;
    journal->short_of_memory = false;
    ipc_buf_clear(&journal->bytes);
    ipc_buf_shrink(&journal->bytes, 1 << 20);
}

/* After a failure: what has happened all the same stays to be written, the rest is taken back by others. It is
 * moved together where it lies, for there may be no memory. */
static void keep_ends(Journal *journal) {
    EntryList *others = &journal->others;
    size_t kept = 0, used = 0;
    for (size_t i = 0; i < others->count; i++) {
        Entry entry = others->items[i];
        size_t length = entry.length + entry.key_length;
        if (!entry.ends || accepted_now(journal, entry.job)) continue;
        if (length) memmove(journal->bytes.data + used, journal->bytes.data + entry.at, length);
        entry.at = used;
        used += length;
        others->items[kept++] = entry;
    }
    others->count = kept;
    journal->accepts.count = 0;
    journal->short_of_memory = false;
    ipc_buf_truncate(&journal->bytes, used);
}

static void note_fault(Journal *journal) {
    bool first = !journal->fault[0];
    const char *text = journal->short_of_memory ? "out of memory" : sqlite3_errmsg(journal->db);
    snprintf(journal->fault, sizeof journal->fault, "%s", text);
    if (!first) return;
    log_event(journal->config.log, LOG_ERROR, "journal-fault", LOG_TEXT("path", journal->config.path),
              LOG_TEXT("cause", journal->fault));
}

static void note_good(Journal *journal) {
    if (!journal->fault[0]) return;
    journal->fault[0] = '\0';
    log_event(journal->config.log, LOG_INFO, "journal-good-again", LOG_TEXT("path", journal->config.path));
}

/* --- copying the log into the database, beside the loop --------------------------------------- */

static void copy_log(uv_work_t *work) {
    Journal *journal = work->data;
    sqlite3_wal_checkpoint_v2(journal->copier, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
}

/* While every turn writes, a copy is never complete and the log grows on. Then the loop itself copies what
 * little is left, so that the log begins anew. */
static void on_copied(uv_work_t *work, int status) {
    Journal *journal = work->data;
    (void)status;
    journal->copying = false;
    if (journal->log_pages > CHECKPOINT_HERE)
        sqlite3_wal_checkpoint_v2(journal->db, NULL, SQLITE_CHECKPOINT_RESTART, NULL, NULL);
}

static void copy_if_long(Journal *journal) {
    if (journal->log_pages < CHECKPOINT_AT || journal->copying || !journal->config.loop) return;
    journal->work.data = journal;
    journal->copying = uv_queue_work(journal->config.loop, &journal->work, copy_log, on_copied) == 0;
}

/* --- committing ------------------------------------------------------------------------------- */

bool journal_commit(Journal *journal) {
    if (!journal_pending(journal)) return true;
    uint64_t kept = journal->kept, kept_bytes = journal->kept_bytes;
    if (!journal->short_of_memory && run(fresh(journal, STATEMENT_BEGIN)) && write_all(journal) &&
        run(fresh(journal, STATEMENT_COMMIT))) {
        forget_entries(journal);
        note_good(journal);
        copy_if_long(journal);
        return true;
    }
    note_fault(journal);
    for (int i = 0; i < STATEMENT_COUNT; i++)
        sqlite3_reset(journal->statements[i]);
    if (!sqlite3_get_autocommit(journal->db)) run(fresh(journal, STATEMENT_ROLLBACK));
    keep_ends(journal);
    journal->kept = kept;
    journal->kept_bytes = kept_bytes;
    return false;
}

const char *journal_fault(const Journal *journal) {
    return journal->fault[0] ? journal->fault : NULL;
}

void journal_tick(Journal *journal, uint64_t now_ms) {
    bool works = run(fresh(journal, STATEMENT_BEGIN)) && prune(journal, now_ms);
    sqlite3_stmt *meta = fresh(journal, STATEMENT_LAST_JOB);
    bind_uint(meta, 1, journal->last_job);
    if (journal->fault[0]) works = works && run(meta); /* something to be written */
    if (works && run(fresh(journal, STATEMENT_COMMIT))) {
        if (!journal->others.count) note_good(journal); /* else the next commit says so */
        return;
    }
    note_fault(journal);
    if (!sqlite3_get_autocommit(journal->db)) run(fresh(journal, STATEMENT_ROLLBACK));
}

/* --- outcomes --------------------------------------------------------------------------------- */

uint64_t journal_kept(const Journal *journal, uint64_t *bytes) {
    *bytes = journal->kept_bytes;
    return journal->kept;
}

/* Of this turn, or one that could not be written yet. */
static const Entry *find_pending(const Journal *journal, uint64_t job, IpcSlice key) {
    for (size_t i = journal->others.count; i-- > 0;) {
        const Entry *entry = &journal->others.items[i];
        IpcSlice its = entry_key(journal, entry);
        bool same = key.len ? its.len == key.len && memcmp(its.ptr, key.ptr, key.len) == 0 : entry->job == job;
        if (entry->ends && same) return entry;
    }
    return NULL;
}

static bool give(sqlite3_stmt *found, uint64_t *job, IpcBuf *message) {
    bool good = sqlite3_step(found) == SQLITE_ROW;
    if (good) {
        IpcSlice bytes = column_bytes(found, 1);
        *job = column_uint(found, 0);
        good = journal_message_is_good(bytes, *job, NULL);
        if (good) ipc_buf_append(message, bytes.ptr, bytes.len);
    }
    sqlite3_reset(found);
    return good && !ipc_buf_failed(message);
}

static bool give_pending(const Journal *journal, const Entry *entry, uint64_t *job, IpcBuf *message) {
    IpcSlice bytes = entry_bytes(journal, entry);
    *job = entry->job;
    ipc_buf_append(message, bytes.ptr, bytes.len);
    return !ipc_buf_failed(message);
}

bool journal_find(Journal *journal, uint64_t job, IpcBuf *message) {
    const Entry *pending = find_pending(journal, job, (IpcSlice){0});
    uint64_t whose;
    if (pending) return give_pending(journal, pending, &whose, message);
    sqlite3_stmt *found = fresh(journal, STATEMENT_FIND);
    bind_uint(found, 1, job);
    return give(found, &whose, message);
}

bool journal_find_key(Journal *journal, IpcSlice key, uint64_t *job, IpcBuf *message) {
    const Entry *pending = find_pending(journal, 0, key);
    if (pending) return give_pending(journal, pending, job, message);
    sqlite3_stmt *found = fresh(journal, STATEMENT_FIND_KEY);
    bind_bytes(found, 1, key);
    return give(found, job, message);
}

/* One message: an `output` or the `outcome` (*last) of the job; *job 0 becomes the first one's. */
static bool frame_is_good(IpcSlice frame, uint64_t *job, bool *last, IpcOutcome *outcome) {
    IpcEnvelope envelope;
    IpcOutput output;
    bool has_id;
    if (ipc_parse(frame, &envelope, &has_id, NULL) != IPC_OK || envelope.kind != IPC_NOTIFICATION) return false;
    *last = ipc_slice_is(envelope.method, "outcome");
    bool read = *last ? ipc_record_decode(envelope.params, IPC_REC_Outcome, outcome, NULL) == IPC_OK
                      : ipc_slice_is(envelope.method, "output") &&
                            ipc_record_decode(envelope.params, IPC_REC_Output, &output, NULL) == IPC_OK;
    if (!read) return false;
    uint64_t whose = *last ? outcome->job : output.job;
    if (*job == 0) *job = whose;
    return whose == *job;
}

bool journal_message_is_good(IpcSlice message, uint64_t job, IpcOutcome *outcome) {
    IpcOutcome ignored;
    bool last = false;
    IpcReader reader = ipc_slice_reader(message);
    while (!last && !ipc_reader_done(&reader)) {
        const uint8_t *start = reader.at;
        uint64_t nodes = IPC_DEFAULT_MAX_NODES;
        if (ipc_skip(&reader, IPC_FRAME_DEPTH, &nodes) != IPC_OK) return false;
        IpcSlice frame = ipc_slice(start, (size_t)(reader.at - start));
        if (!frame_is_good(frame, &job, &last, outcome ? outcome : &ignored)) return false;
    }
    return last && ipc_reader_done(&reader);
}
