/* The journal without memory, and without a file that takes anything: an outcome is written later, or its loss is told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "journal.h"

void *__real_realloc(void *block, size_t size);
void *__wrap_realloc(void *block, size_t size);

static bool refuse_memory;

void *__wrap_realloc(void *block, size_t size) {
    return refuse_memory ? NULL : __real_realloc(block, size);
}

typedef struct {
    char folder[64], path[96], log_path[96];
    Log log;
    Journal *journal;
} Fixture;

static Fixture *open_fixture(void) {
    char error[256];
    Fixture *f = calloc(1, sizeof *f);
    snprintf(f->folder, sizeof f->folder, "/tmp/atoll-journal-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    snprintf(f->path, sizeof f->path, "%s/journal", f->folder);
    snprintf(f->log_path, sizeof f->log_path, "%s/log", f->folder);
    assert_true(log_open(&f->log, f->log_path, false, LOG_INFO));
    JournalConfig config = {.path = f->path, .keep_ms = 1000000, .keep_bytes = 1 << 20, .log = &f->log};
    f->journal = journal_open(&config, error, sizeof error);
    assert_non_null(f->journal);
    return f;
}

static void close_fixture(Fixture *f) {
    char path[128];
    static const char *const names[] = {"journal", "journal-wal", "journal-shm", "log"};
    journal_close(f->journal);
    log_close(&f->log);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", f->folder, names[i]);
        unlink(path);
    }
    rmdir(f->folder);
    free(f);
}

static void end_job(Fixture *f, uint64_t job) {
    IpcBuf message;
    char key[32];
    snprintf(key, sizeof key, "key %llu", (unsigned long long)job);
    ipc_buf_init(&message, NULL);
    ipc_write_notification(&message, IPC_M_ON_OUTCOME, &(IpcOutcome){.job = job, .attempt = 1});
    journal_end(f->journal, job, 5, false, ipc_str(key), ipc_buf_slice(&message));
    ipc_buf_free(&message);
}

static bool has_outcome(Fixture *f, uint64_t job) {
    IpcBuf message;
    ipc_buf_init(&message, NULL);
    bool found = journal_find(f->journal, job, &message) && journal_message_is_good(ipc_buf_slice(&message), job, NULL);
    ipc_buf_free(&message);
    return found;
}

static bool log_says(Fixture *f, const char *text) {
    char all[4096] = "";
    FILE *file = fopen(f->log_path, "r");
    size_t got = fread(all, 1, sizeof all - 1, file);
    fclose(file);
    all[got] = '\0';
    return strstr(all, text) != NULL;
}

static void an_outcome_for_which_there_is_no_memory_is_told(void **state) {
    (void)state;
    Fixture *f = open_fixture();
    IpcBuf message;
    ipc_buf_init(&message, NULL);
    ipc_write_notification(&message, IPC_M_ON_OUTCOME, &(IpcOutcome){.job = 7});
    end_job(f, 6);
    refuse_memory = true;
    for (int i = 0; i < 100; i++) /* what room there was is full after some */
        journal_end(f->journal, 7, 5, false, (IpcSlice){0}, ipc_buf_slice(&message));
    refuse_memory = false;
    assert_true(log_says(f, "outcome-not-written job=7"));
    assert_false(journal_commit(f->journal));
    assert_string_equal(journal_fault(f->journal), "out of memory");
    assert_true(journal_commit(f->journal));
    assert_null(journal_fault(f->journal));
    assert_true(has_outcome(f, 6));
    ipc_buf_free(&message);
    close_fixture(f);
}

/* Nothing is to be allocated for what must not be lost. */
static void outcomes_wait_for_a_file_that_takes_them_without_more_memory(void **state) {
    (void)state;
    Fixture *f = open_fixture();
    sqlite3 *other;
    journal_accept(f->journal, 1, 1, 0, 0, ipc_str("submit"));
    assert_true(journal_commit(f->journal));
    assert_int_equal(sqlite3_open(f->path, &other), SQLITE_OK);
    assert_int_equal(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    for (uint64_t job = 1; job <= 40; job++) {
        journal_accept(f->journal, 100 + job, 1, 0, 0, ipc_str("a submit that was not answered yet"));
        journal_begin(f->journal, 50 + job, 1, 0);
        end_job(f, job);
    }
    for (int i = 0; i < 3; i++) {
        refuse_memory = true;
        assert_false(journal_commit(f->journal));
        refuse_memory = false;
        assert_true(has_outcome(f, 1) && has_outcome(f, 40));
        IpcBuf message;
        uint64_t whose = 0;
        ipc_buf_init(&message, NULL);
        assert_true(journal_find_key(f->journal, ipc_str("key 17"), &whose, &message));
        assert_int_equal(whose, 17);
        ipc_buf_free(&message);
    }
    assert_int_equal(sqlite3_exec(other, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(other);
    assert_true(journal_commit(f->journal));
    for (uint64_t job = 1; job <= 40; job++)
        assert_true(has_outcome(f, job));
    uint64_t bytes;
    assert_int_equal(journal_kept(f->journal, &bytes), 40);
    assert_false(has_outcome(f, 101));
    close_fixture(f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_outcome_for_which_there_is_no_memory_is_told),
        cmocka_unit_test(outcomes_wait_for_a_file_that_takes_them_without_more_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
