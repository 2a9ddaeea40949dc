/* Fuzz target: the journal, whose file may hold anything: rows as jobs and outcomes, or bytes of the file itself changed.
 *
 * The first byte chooses: a row of a job alone, the messages of an outcome alone, a journal with rows of the input's making, a good
 * journal with some of its bytes overwritten. Whatever is read, the journal must take new entries or have refused to open. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>

#include "recover.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char folder[] = "/dev/shm/fuzz-journal-XXXXXX";
static char path[64], log_path[72], index_path[72];
static char *good_file;
static size_t good_size;

static void check(int truth) {
    if (!truth) abort();
}

/* --- without a file --------------------------------------------------------------------------- */

static void look_at_row(const JournalRow *row) {
    Recovery recovery;
    recover_row(row, row->accepted_ms + 1000, &recovery);
    check(recovery.goes_on || (recovery.detail && recovery.verdict != IPC_VERDICT_OK));
    check(!recovery.goes_on || !row->attempt || recovery.submit.delivery == IPC_DELIVERY_AT_LEAST_ONCE);
}

static void take_row(void *data, const JournalRow *row) {
    Journal *journal = data;
    look_at_row(row);
    journal_end(journal, row->job, 1, row->attempt & 1, row->submit, row->submit);
}

static void fuzz_row(const uint8_t *data, size_t size) {
    if (size < 3) return;
    JournalRow row = {.job = data[0], .accepted_ms = data[1], .attempt = data[2] & 3, .retries = data[2] >> 2, .submit = ipc_slice(data + 3, size - 3)};
    look_at_row(&row);
}

static void fuzz_message(const uint8_t *data, size_t size) {
    IpcOutcome outcome;
    if (!journal_message_is_good(ipc_slice(data, size), 0, &outcome)) return;
    check(journal_message_is_good(ipc_slice(data, size), outcome.job, NULL));
    check(!journal_message_is_good(ipc_slice(data, size), outcome.job + 1, NULL) || outcome.job + 1 == 0);
}

/* --- with one --------------------------------------------------------------------------------- */

static void remove_files(void) {
    unlink(path);
    unlink(log_path);
    unlink(index_path);
}

static void look_at_poisoned(void *data, uint64_t ended_ms, IpcSlice message) {
    (void)data, (void)ended_ms;
    journal_message_is_good(message, 0, NULL);
}

static Journal *open_it(void) {
    static Log log = {.fd = -1, .level = LOG_ERROR + 1};
    char error[512] = "";
    JournalConfig config = {.path = path, .keep_ms = 1000, .keep_bytes = 10000, .log = &log};
    Journal *journal = journal_open(&config, error, sizeof error);
    check(journal || (error[0] && !strchr(error, '\n')));
    return journal;
}

static void use(Journal *journal) {
    char error[512];
    IpcBuf message;
    uint64_t job, bytes;
    ipc_buf_init(&message, NULL);
    if (!journal) return;
    journal_each_poisoned(journal, look_at_poisoned, NULL);
    journal_each_job(journal, take_row, journal, error, sizeof error);
    uint64_t next = journal_last_job(journal) + 1;
    check(next < (uint64_t)1 << 63);
    journal_accept(journal, next, 1, 0, 0, ipc_str("\x80"));
    journal_begin(journal, next, 1, 0);
    journal_commit(journal);
    journal_find(journal, 1, &message);
    journal_find_key(journal, ipc_str("key"), &job, &message);
    journal_end(journal, next, 5000, false, ipc_str("key"), ipc_str("x"));
    journal_commit(journal);
    journal_tick(journal, 1 << 20);
    journal_kept(journal, &bytes);
    journal_close(journal);
    ipc_buf_free(&message);
}

/* Rows of the input's making: a byte says which table, then numbers, then a length and bytes. */
static void add_rows(const uint8_t *data, size_t size) {
    sqlite3 *db;
    check(sqlite3_open(path, &db) == SQLITE_OK);
    while (size > 12) {
        sqlite3_stmt *row = NULL;
        const char *text = data[0] & 1 ? "INSERT OR REPLACE INTO jobs VALUES(?1, ?2, ?3, ?4, ?5, ?6)"
                           : data[0] & 2 ? "INSERT OR REPLACE INTO outcomes(job, ended_ms, bytes, key, seq, message) VALUES(?1, ?2, ?3, ?4, ?5, ?6)"
                                         : "INSERT OR REPLACE INTO poisoned VALUES(?1, ?2, ?3, ?6)";
        size_t length = data[11] < size - 12 ? data[11] : size - 12;
        sqlite3_prepare_v2(db, text, -1, &row, NULL);
        for (int i = 1; i <= 5; i++) {
            int64_t number = (int8_t)data[2 * i - 1];
            sqlite3_bind_int64(row, i, data[2 * i] & 0x80 ? (int64_t)((uint64_t)number << (data[2 * i] & 63)) : number);
        }
        if (data[0] & 4) sqlite3_bind_text(row, 6, (const char *)data + 12, (int)length, SQLITE_STATIC);
        else sqlite3_bind_blob(row, 6, data + 12, (int)length, SQLITE_STATIC);
        sqlite3_step(row);
        sqlite3_finalize(row);
        data += 12 + length, size -= 12 + length;
    }
    sqlite3_close(db);
}

static void fuzz_rows(const uint8_t *data, size_t size) {
    remove_files();
    journal_close(open_it());
    add_rows(data, size);
    use(open_it());
}

static void fuzz_file(const uint8_t *data, size_t size) {
    remove_files();
    int fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
    check(fd >= 0 && write(fd, good_file, good_size) == (ssize_t)good_size);
    for (; size > 3; data += 3, size -= 3) {
        size_t at = (size_t)(data[0] << 8 | data[1]) % good_size;
        check(pwrite(fd, data + 2, 1, (off_t)at) == 1);
    }
    close(fd);
    use(open_it());
}

static void make_good_file(void) {
    check(mkdtemp(folder) != NULL);
    snprintf(path, sizeof path, "%s/j", folder);
    snprintf(log_path, sizeof log_path, "%s-wal", path);
    snprintf(index_path, sizeof index_path, "%s-shm", path);
    Journal *journal = open_it();
    for (uint64_t job = 1; job <= 20; job++)
        journal_accept(journal, job, 1, 1, 0, ipc_str("\x81\xa6source\xa1x"));
    for (uint64_t job = 1; job <= 10; job++)
        journal_end(journal, job, 1, job == 3, ipc_str("key"), ipc_str("message"));
    journal_close(journal);
    FILE *file = fopen(path, "rb");
    good_file = malloc(1 << 20);
    good_size = fread(good_file, 1, 1 << 20, file);
    fclose(file);
    check(good_size > 4096);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (!good_file) make_good_file();
    if (size < 2) return 0;
    uint8_t choice = data[0];
    data++, size--;
    switch (choice % 4) {
    case 0: fuzz_row(data, size); break;
    case 1: fuzz_message(data, size); break;
    case 2: fuzz_rows(data, size); break;
    case 3: fuzz_file(data, size); break;
    }
    return 0;
}
