/* A worker without Python, for testing the supervisor: it speaks the worker's side of the protocol and does
 * what a job's source says, one command per line. A `call` runs the command that its function names.
 *
 *   print TEXT | eprint TEXT      a line on stdout, stderr
 *   value N                       the job's value is the integer N
 *   repr TEXT                     the job's value_repr
 *   echo | inc                    the value is the arguments; the first argument plus one
 *   odd                           fails with ValueError if the first argument is odd, else the value is it
 *   sleep MS | spin               waits, or runs for ever; both end when cancelled
 *   deaf MS | hang                the same without hearing anything; burn: so that it takes processor time
 *   crash SIGNAL | segv | exit N  dies
 *   ambush SIGNAL                 dies with everything that it has not written yet
 *   sysexit N | raise TEXT        ends with an exit code, or an uncaught exception
 *   garbage | wrongjob | twice    breaks the protocol
 *   askfile                       asks for a file, and for another before the answer
 *   closepipe                     closes its event pipe and stays
 *   input                         reads stdin to its end and prints it
 *   flood N                       N chunks of 1 KiB on stdout
 *   blob N                        the value is a bin of N bytes
 *   argv                          prints the arguments of the program
 *   first COMMAND                 does the command in the first attempt only
 *   attempt                       prints the number of the attempt
 *   count                         prints how many jobs this process has had
 *   isolation | mode              prints the word
 *   at LINE                       says on its telemetry page that it is there, in f of prog.py
 *   scribble                      fills its telemetry page with garbage, but for what makes it be read
 *   mute                          its page says nothing from now on
 *   lie                           its outcome tells of a death
 *   environment                   prints the number of environment variables and of open descriptors
 *   grow N                        takes N MiB of memory and keeps them
 *   mark TEXT, marked             leaves TEXT in this process; prints what was left */
#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include <ipc/session.h>
#include <ipc/telemetry.h>

enum { JOBS_MOST = 8192, FLUSH_AT = 32 * 1024 };

typedef struct {
    uint64_t id;
    char *params; /* the Job map */
    size_t length;
    bool cancelled;
} Waiting;

typedef struct {
    IpcSession session;
    Waiting jobs[JOBS_MOST]; /* a ring */
    size_t first, count;
    uint64_t running;
    bool cancelled, input_came, input_eof, stop;
    char input[1 << 16];
    char mark[100]; /* what a job has left in this process */
    size_t input_length;
    uint64_t sequence, done;
    uint32_t slot;
    IpcTelemetryPage *page;
} Fake;

/* --- the pipes -------------------------------------------------------------------------------- */

static void flush(Fake *fake) {
    for (;;) {
        IpcSlice out = ipc_session_out(&fake->session);
        if (!out.len) return;
        ssize_t sent = write(STDOUT_FILENO, out.ptr, out.len);
        if (sent < 0 && errno != EINTR) _exit(3);
        if (sent > 0) ipc_session_sent(&fake->session, (size_t)sent);
    }
}

static void tell(Fake *fake, IpcMethod method, const void *params) {
    ipc_session_notify(&fake->session, method, params);
    if (ipc_session_out(&fake->session).len > FLUSH_AT) flush(fake);
}

static Waiting *find(Fake *fake, uint64_t id) {
    for (size_t i = 0; i < fake->count; i++) {
        Waiting *job = &fake->jobs[(fake->first + i) % JOBS_MOST];
        if (job->id == id) return job;
    }
    return NULL;
}

static void add_job(Fake *fake, const IpcJob *job, IpcSlice params) {
    if (fake->count == JOBS_MOST) _exit(4);
    Waiting *place = &fake->jobs[(fake->first + fake->count++) % JOBS_MOST];
    *place = (Waiting){.id = job->job, .params = malloc(params.len), .length = params.len};
    memcpy(place->params, params.ptr, params.len);
}

static void give_back(Fake *fake, uint64_t id) {
    Waiting *job = find(fake, id);
    if (!job) return;
    job->id = 0; /* skipped later */
    tell(fake, IPC_M_JOB_RETURNED, &(IpcJobRef){id});
}

static void say_ready(Fake *fake, const IpcWorkerHello *hello) {
    fake->slot = (uint32_t)hello->worker;
    static const char layers[] = "\x82\xa8" "dumpable" "\xa6" "active" "\xa7" "seccomp" "\xa6" "active";
    IpcReady ready = {.pid = (uint64_t)getpid(),
                      .version = ipc_str("fake"),
                      .boot_us = 1,
                      .heap_bytes = 4096,
                      .layers = ipc_slice(layers, sizeof layers - 1)};
    tell(fake, IPC_M_WORKER_READY, &ready);
}

static void on_event(Fake *fake, IpcEvent *event) {
    if (event->kind == IPC_EV_HELLO) return say_ready(fake, &event->record->worker_hello);
    if (event->kind == IPC_EV_REQUEST && event->method == IPC_M_WORKER_HEAP) {
        IpcHeapStats stats = {.bytes = 12345, .peak = 23456, .objects = 77, .collections = fake->done};
        ipc_session_reply(&fake->session, event->id, IPC_M_WORKER_HEAP, &stats);
        return;
    }
    if (event->kind == IPC_EV_REQUEST && event->method == IPC_M_WORKER_PING)
        ipc_session_reply(&fake->session, event->id, IPC_M_WORKER_PING, NULL);
    if (event->kind != IPC_EV_NOTIFICATION) return;
    switch (event->method) {
    case IPC_M_JOB:
        add_job(fake, &event->record->job, event->params);
        break;
    case IPC_M_JOB_CANCEL:
        if (event->record->job_ref.job == fake->running) fake->cancelled = true;
        break;
    case IPC_M_JOB_RECALL:
        give_back(fake, event->record->job_ref.job);
        break;
    case IPC_M_JOB_INPUT: {
        const IpcInput *input = &event->record->input;
        fake->input_came = true;
        fake->input_eof = input->eof;
        fake->input_length = input->data.len < sizeof fake->input ? input->data.len : sizeof fake->input;
        if (fake->input_length) memcpy(fake->input, input->data.ptr, fake->input_length);
        break;
    }
    case IPC_M_WORKER_STOP:
        fake->stop = true;
        break;
    default:
        break;
    }
}

/* Waits up to `ms` for messages (-1: for ever) and takes them in. False at the end of the pipe. */
static bool take_in(Fake *fake, int ms) {
    struct pollfd in = {.fd = STDIN_FILENO, .events = POLLIN};
    IpcEvent event;
    if (ms != 0) flush(fake);
    if (poll(&in, 1, ms) <= 0) return true;
    size_t room;
    char *space = ipc_session_space(&fake->session, 64 * 1024, &room);
    ssize_t got = read(STDIN_FILENO, space, room);
    if (got <= 0) return false;
    ipc_session_fed(&fake->session, (size_t)got);
    while (ipc_session_next(&fake->session, &event))
        on_event(fake, &event);
    return true;
}

/* --- commands --------------------------------------------------------------------------------- */

typedef struct {
    Fake *fake;
    const IpcJob *job;
    IpcOutcome outcome;
    IpcBuf value;
    char text[1024], message[256]; /* what the outcome points to */
} Run;

static uint64_t now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

static void put_out(Run *run, IpcStream stream, const char *text, size_t length) {
    IpcOutput output = {.job = run->job->job,
                        .stream = stream,
                        .seq = run->fake->sequence++,
                        .data = ipc_slice(text, length)};
    if (run->job->want_output) tell(run->fake, IPC_M_JOB_OUTPUT, &output);
}

static void put_line(Run *run, IpcStream stream, const char *text) {
    char line[1100];
    int length = snprintf(line, sizeof line, "%s\n", text);
    put_out(run, stream, line, (size_t)length);
}

static void fail(Run *run, const char *type, const char *message) {
    snprintf(run->message, sizeof run->message, "%s", message);
    snprintf(run->text, sizeof run->text, "Traceback (most recent call last):\n%s: %s\n", type, run->message);
    run->outcome.verdict = IPC_VERDICT_ERROR;
    run->outcome.error = (IpcJobError){
        .type = ipc_str(type), .message = ipc_str(run->message), .traceback = ipc_str(run->text)};
}

/* False when cancelled. */
static bool wait_ms(Run *run, int64_t ms) {
    uint64_t end = ms < 0 ? UINT64_MAX : now_ms() + (uint64_t)ms;
    while (!run->fake->cancelled) {
        uint64_t now = now_ms();
        if (now >= end) return true;
        if (!take_in(run->fake, end - now > 1000 ? 1000 : (int)(end - now))) _exit(0);
    }
    fail(run, "KeyboardInterrupt", "");
    return false;
}

static void sleep_deaf(int64_t ms) {
    uint64_t end = ms < 0 ? UINT64_MAX : now_ms() + (uint64_t)ms;
    while (now_ms() < end)
        poll(NULL, 0, 10);
}

static void read_input(Run *run) {
    Fake *fake = run->fake;
    for (;;) {
        fake->input_came = false;
        tell(fake, IPC_M_JOB_INPUT_REQUEST, &(IpcInputRequest){.job = run->job->job});
        while (!fake->input_came && !fake->cancelled) {
            if (!take_in(fake, 1000)) _exit(0);
        }
        if (fake->cancelled) return fail(run, "KeyboardInterrupt", "");
        if (fake->input_length) put_out(run, IPC_STREAM_STDOUT, fake->input, fake->input_length);
        if (fake->input_eof) return;
    }
}

static void set_value_int(Run *run, int64_t number) {
    ipc_buf_clear(&run->value);
    ipc_pack_int(&run->value, number);
    if (run->job->value_as == IPC_VALUE_REPR) {
        snprintf(run->text, sizeof run->text, "%lld", (long long)number);
        run->outcome.value_repr = ipc_str(run->text);
    } else {
        run->outcome.value = ipc_buf_slice(&run->value);
    }
}

static int64_t first_argument(const Run *run) {
    IpcReader reader = ipc_slice_reader(run->job->args);
    uint32_t count;
    int64_t number = 0;
    if (ipc_read_array(&reader, &count) == IPC_OK && count) ipc_read_int(&reader, &number);
    return number;
}

static int count_descriptors(void) {
    int open = 0;
    for (int fd = 0; fd < 1024; fd++)
        open += lseek(fd, 0, SEEK_CUR) >= 0 || errno != EBADF;
    return open;
}

extern char **environ;

static void print_surroundings(Run *run) {
    char text[100];
    int variables = 0;
    while (environ[variables])
        variables++;
    snprintf(text, sizeof text, "%d variables, %d descriptors", variables, count_descriptors());
    put_line(run, IPC_STREAM_STDOUT, text);
}

static void print_argv(Run *run) {
    IpcReader reader = ipc_list_reader(run->job->argv);
    IpcSlice word;
    while (!ipc_reader_done(&reader) && ipc_read_str(&reader, &word) == IPC_OK) {
        char text[200];
        snprintf(text, sizeof text, "%.*s", (int)word.len, word.ptr);
        put_line(run, IPC_STREAM_STDOUT, text);
    }
}

static void flood(Run *run, int64_t chunks) {
    char chunk[1024];
    memset(chunk, 'x', sizeof chunk);
    chunk[sizeof chunk - 1] = '\n';
    while (chunks-- > 0)
        put_out(run, IPC_STREAM_STDOUT, chunk, sizeof chunk);
}

static void make_blob(Run *run, int64_t size) {
    char *bytes = calloc(1, (size_t)size + 1);
    ipc_buf_clear(&run->value);
    ipc_pack_bin(&run->value, bytes, (size_t)size);
    run->outcome.value = ipc_buf_slice(&run->value);
    free(bytes);
}

static void break_protocol(Run *run, const char *how) {
    Fake *fake = run->fake;
    flush(fake);
    if (strcmp(how, "garbage") == 0) {
        static const char garbage[] = "\xc1\xc1\xff\x00 not msgpack at all";
        if (write(STDOUT_FILENO, garbage, sizeof garbage) < 0) _exit(5);
    } else if (strcmp(how, "wrongjob") == 0) {
        tell(fake, IPC_M_JOB_OUTCOME, &(IpcOutcome){.job = run->job->job + 1000000});
    } else if (strcmp(how, "askfile") == 0) {
        tell(fake, IPC_M_JOB_FILE_REQUEST, &(IpcFileRequest){.job = run->job->job});
        tell(fake, IPC_M_JOB_FILE_REQUEST, &(IpcFileRequest){.job = run->job->job, .list = true});
    } else {
        tell(fake, IPC_M_JOB_STARTED, &(IpcStarted){.job = run->job->job});
    }
    flush(fake);
    sleep_deaf(5000);
}

static void burn(void) {
    for (volatile uint64_t turns = 0;; turns++)
        continue;
}

static void die_by(Run *run, int number) {
    flush(run->fake);
    signal(number, SIG_DFL); /* a sanitizer may have taken it */
    raise(number);
}

/* Takes that much memory and keeps it. */
static void grow(int64_t megabytes) {
    size_t size = (size_t)megabytes << 20;
    char *memory = malloc(size ? size : 1);
    if (memory) memset(memory, 1, size);
    __asm__ volatile("" : : "r"(memory) : "memory"); /* it is used, as far as the compiler knows */
}

static bool is(const char *command, const char *name) {
    return strcmp(command, name) == 0;
}

static bool command(Run *run, const char *name, const char *rest);

static bool first_only(Run *run, const char *rest) {
    char name[64];
    if (run->job->attempt > 1) return true;
    size_t length = strcspn(rest, " ");
    snprintf(name, sizeof name, "%.*s", (int)length, rest);
    return command(run, name, rest[length] ? rest + length + 1 : "");
}

static void stand_at(Run *run, uint32_t line) {
    IpcTelemetryPage *page = run->fake->page;
    IpcTelemetrySlot *slot = &page->slots[(page->published + 1) % 2];
    IpcTelemetryFrame *frame = &slot->frames[0];
    *slot = (IpcTelemetrySlot){.job = run->job->job, .fuel = 123, .heap_bytes = 4096, .depth = 1, .frame_count = 1};
    *frame = (IpcTelemetryFrame){.line = line, .file_length = 7, .function_length = 1, .file = "prog.py", .function = "f"};
    page->published++;
}

static void scribble(Run *run) {
    IpcTelemetryPage *page = run->fake->page;
    char *bytes = (char *)page;
    uint64_t seed = run->job->job;
    for (size_t i = 0; i < sizeof *page; i++)
        bytes[i] = (char)((seed = seed * 6364136223846793005u + 1442695040888963407u) >> 56);
    page->magic = IPC_TELEMETRY_MAGIC;
    page->job = page->slots[page->published % 2].job = run->job->job;
}

/* False: the job ends here. */
static bool command(Run *run, const char *name, const char *rest) {
    int64_t number = strtoll(rest, NULL, 10);
    char text[100];
    if (is(name, "print")) put_line(run, IPC_STREAM_STDOUT, rest);
    else if (is(name, "eprint")) put_line(run, IPC_STREAM_STDERR, rest);
    else if (is(name, "value")) set_value_int(run, number);
    else if (is(name, "repr")) {
        snprintf(run->text, sizeof run->text, "%s", rest);
        run->outcome.value_repr = ipc_str(run->text);
    } else if (is(name, "echo")) run->outcome.value = run->job->args;
    else if (is(name, "inc")) set_value_int(run, first_argument(run) + 1);
    else if (is(name, "odd")) {
        if (first_argument(run) % 2) return fail(run, "ValueError", "odd"), false;
        set_value_int(run, first_argument(run));
    } else if (is(name, "sleep")) return wait_ms(run, *rest ? number : first_argument(run));
    else if (is(name, "spin")) return wait_ms(run, -1);
    else if (is(name, "deaf")) flush(run->fake), sleep_deaf(number);
    else if (is(name, "hang")) flush(run->fake), sleep_deaf(-1);
    else if (is(name, "burn")) flush(run->fake), burn();
    else if (is(name, "lie")) run->outcome.death = (IpcDeath){.cause = IPC_DEATH_OOM, .text = ipc_str("lies")};
    else if (is(name, "crash")) die_by(run, (int)number);
    else if (is(name, "ambush")) signal((int)number, SIG_DFL), raise((int)number);
    else if (is(name, "segv")) die_by(run, SIGSEGV);
    else if (is(name, "exit")) flush(run->fake), _exit((int)number);
    else if (is(name, "sysexit")) return run->outcome.exit_code = number, false;
    else if (is(name, "raise")) return fail(run, "ValueError", rest), false;
    else if (is(name, "garbage") || is(name, "wrongjob") || is(name, "twice") || is(name, "askfile"))
        break_protocol(run, name);
    else if (is(name, "closepipe")) flush(run->fake), close(STDOUT_FILENO), sleep_deaf(-1);
    else if (is(name, "input")) read_input(run);
    else if (is(name, "flood")) flood(run, number);
    else if (is(name, "blob")) make_blob(run, number);
    else if (is(name, "argv")) print_argv(run);
    else if (is(name, "first")) return first_only(run, rest);
    else if (is(name, "attempt"))
        snprintf(text, sizeof text, "%llu", (unsigned long long)run->job->attempt), put_line(run, 0, text);
    else if (is(name, "count"))
        snprintf(text, sizeof text, "%llu", (unsigned long long)run->fake->done), put_line(run, 0, text);
    else if (is(name, "isolation"))
        put_line(run, 0, ipc_enum_word(IPC_ENUM_Isolation, (int)run->job->isolation));
    else if (is(name, "mode")) put_line(run, 0, ipc_enum_word(IPC_ENUM_Mode, (int)run->job->mode));
    else if (is(name, "grow")) grow(number);
    else if (is(name, "mark")) snprintf(run->fake->mark, sizeof run->fake->mark, "%s", rest);
    else if (is(name, "marked")) put_line(run, 0, run->fake->mark);
    else if (is(name, "environment")) print_surroundings(run);
    else if (is(name, "at")) stand_at(run, (uint32_t)number);
    else if (is(name, "scribble")) scribble(run);
    else if (is(name, "mute")) run->fake->page->magic = 0;
    return true;
}

static void run_lines(Run *run, IpcSlice source) {
    char *copy = strndup(source.ptr ? source.ptr : "", source.len), *save = NULL;
    for (char *line = strtok_r(copy, "\n;", &save); line; line = strtok_r(NULL, "\n;", &save)) {
        while (*line == ' ')
            line++;
        char *space = strchr(line, ' ');
        if (space) *space = '\0';
        if (!command(run, line, space ? space + 1 : "")) break;
    }
    free(copy);
}

static void run_job(Fake *fake, const Waiting *waiting) {
    IpcJob job;
    IpcError error;
    if (ipc_record_decode(ipc_slice(waiting->params, waiting->length), IPC_REC_Job, &job, &error) != IPC_OK)
        _exit(6);
    Run run = {.fake = fake, .job = &job, .outcome = {.job = job.job}};
    ipc_buf_init(&run.value, NULL);
    fake->running = fake->page->job = job.job;
    fake->cancelled = false;
    fake->sequence = 0;
    tell(fake, IPC_M_JOB_STARTED, &(IpcStarted){.job = job.job});
    run_lines(&run, job.source.ptr ? job.source : job.call.function);
    fake->running = fake->page->job = 0;
    fake->done++;
    run.outcome.usage = (IpcUsage){.wall_us = 1, .heap_peak = 4096, .collections = 1};
    if (run.outcome.verdict == IPC_VERDICT_OK && !run.outcome.value.ptr && job.value_as == IPC_VALUE_REPR &&
        !run.outcome.value_repr.ptr) {
        run.outcome.value_repr = ipc_str("None");
    }
    tell(fake, IPC_M_JOB_OUTCOME, &run.outcome);
    fake->stop |= run.job->isolation == IPC_ISOLATION_PROCESS;
    ipc_buf_free(&run.value);
}

static IpcTelemetryPage *open_page(int argc, char **argv) {
    static const char word[] = "--telemetry=";
    for (int i = 1; i < argc; i++) {
        if (strncmp(argv[i], word, sizeof word - 1) != 0) continue;
        int fd = atoi(argv[i] + sizeof word - 1);
        void *page = mmap(NULL, IPC_TELEMETRY_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
        close(fd);
        if (page != MAP_FAILED) return page;
    }
    return calloc(1, IPC_TELEMETRY_BYTES);
}

int main(int argc, char **argv) {
    Fake *fake = calloc(1, sizeof *fake);
    for (int i = 1; i < argc; i++) {
        if (is(argv[i], "--template")) return 0; /* it makes none */
    }
    IpcSessionConfig config = {
        .role = IPC_ROLE_WORKER, .name = "fake-worker", .version = "0", .pid = (uint64_t)getpid()};
    if (!fake) return 7;
    fake->page = open_page(argc, argv);
    fake->page->magic = IPC_TELEMETRY_MAGIC;
    fake->page->activity = IPC_ACTIVITY_IDLE;
    ipc_session_init(&fake->session, &config);
    bool open = true;
    while (open && !fake->stop) {
        open = take_in(fake, fake->count ? 0 : -1);
        if (!fake->count) continue;
        Waiting job = fake->jobs[fake->first];
        fake->first = (fake->first + 1) % JOBS_MOST;
        fake->count--;
        if (job.id) run_job(fake, &job);
        free(job.params);
    }
    flush(fake);
    ipc_session_free(&fake->session);
    free(fake);
    return 0;
}
