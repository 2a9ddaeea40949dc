#include "rpc/telemetry.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <heap/gc.h>
#include <heap/limits.h>

#include "objects/str.h"
#include "rpc/worker.h"
#include "vm/vm.h"

/* A sanitizer has handlers of its own, and takes a walk through memory that changes for a fault. */
#if ATOLL_SANITIZE
enum { HANDLERS_LOOK = false };
#else
enum { HANDLERS_LOOK = true };
#endif

enum { FAULT_STACK = 64 * 1024 };

#define STORE(place, value) __atomic_store_n(&(place), (value), __ATOMIC_RELEASE)

/* ---- the page ---- */

static void *map_page(int descriptor) {
    struct stat about;
    void *page = MAP_FAILED;
    if (descriptor < 0)
        page = mmap(NULL, IPC_TELEMETRY_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    else if (fstat(descriptor, &about) == 0 && about.st_size >= IPC_TELEMETRY_BYTES)
        page = mmap(NULL, IPC_TELEMETRY_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    if (descriptor >= 0) close(descriptor);
    return page == MAP_FAILED ? NULL : page;
}

int telemetry_open(Telemetry *t, int descriptor) {
    t->page = map_page(descriptor);
    if (!t->page) return -1;
    STORE(t->page->magic, (uint32_t)IPC_TELEMETRY_MAGIC);
    return 0;
}

void telemetry_keep_from_forks(Telemetry *t) { madvise(t->page, IPC_TELEMETRY_BYTES, MADV_DONTFORK); }

void telemetry_close(Telemetry *t) {
    munmap(t->page, IPC_TELEMETRY_BYTES);
    t->page = NULL;
}

IpcActivity telemetry_doing(Telemetry *t, IpcActivity activity) {
    return (IpcActivity)__atomic_exchange_n(&t->page->activity, (uint32_t)activity, __ATOMIC_ACQ_REL);
}

void telemetry_job(Telemetry *t, uint64_t job) {
    STORE(t->page->output_bytes, 0);
    STORE(t->page->activity, (uint32_t)(job ? IPC_ACTIVITY_RUNNING : IPC_ACTIVITY_IDLE));
    STORE(t->page->job, job);
}

/* Into the ring: what a longer piece begins with would be overwritten by its end. */
void telemetry_output(Telemetry *t, const char *data, size_t n) {
    IpcTelemetryPage *page = t->page;
    uint64_t bytes = page->output_bytes + n;
    size_t part = n < IPC_TELEMETRY_OUTPUT ? n : IPC_TELEMETRY_OUTPUT;
    size_t at = (size_t)(bytes - part) % IPC_TELEMETRY_OUTPUT, first = IPC_TELEMETRY_OUTPUT - at;
    if (first > part) first = part;
    memcpy(page->output + at, data + n - part, first);
    memcpy(page->output, data + n - part + first, part - first);
    STORE(page->output_bytes, bytes);
}

/* ---- text ---- */

static size_t utf8_size(uint32_t c) { return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4; }

static size_t put_utf8(char *out, uint32_t c) {
    size_t n = utf8_size(c);
    if (n == 1) return out[0] = (char)c, 1;
    for (size_t i = n; i-- > 1; c >>= 6) out[i] = (char)(0x80 | (c & 0x3f));
    out[0] = (char)((0xf00 >> n & 0xf0) | c);
    return n;
}

/* The code points from..to of a str that fit; lone surrogates as question marks. */
static uint16_t put_range(char *out, size_t room, Value text, size_t from, size_t to) {
    size_t used = 0;
    for (size_t i = from; i < to; i++) {
        uint32_t c = str_read(text, i);
        if (c >= 0xd800 && c < 0xe000) c = '?';
        if (used + utf8_size(c) > room) break;
        used += put_utf8(out + used, c);
    }
    return (uint16_t)used;
}

static uint16_t put_beginning(char *out, size_t room, Value text) {
    return put_range(out, room, text, 0, str_length(text));
}

static uint16_t put_end(char *out, size_t room, Value text) {
    size_t length = str_length(text), from = length, bytes = 0;
    while (from > 0 && bytes + utf8_size(str_read(text, from - 1)) <= room)
        bytes += utf8_size(str_read(text, --from));
    return put_range(out, room, text, from, length);
}

/* ---- a position ---- */

static bool add_frame(void *arg, const VmPlace *place) {
    IpcTelemetrySlot *slot = arg;
    IpcTelemetryFrame *frame = &slot->frames[slot->frame_count];
    frame->line = place->line > 0 ? (uint32_t)place->line : 0;
    frame->file_length = put_end(frame->file, sizeof frame->file, place->filename);
    frame->function_length = put_beginning(frame->function, sizeof frame->function, place->function);
    slot->frame_count++;
    return slot->frame_count < IPC_TELEMETRY_FRAMES;
}

static void fill_native(IpcTelemetrySlot *slot) {
    enum { ROOM = sizeof slot->native - 2 };
    VmNative native;
    vm_native(&native);
    const char *text = native.text ? native.text : native.instruction;
    size_t n = text ? strnlen(text, ROOM) : 0;
    if (n) memcpy(slot->native, text, n);
    if (native.name) n = put_beginning(slot->native, ROOM, native.name);
    if (n && !native.instruction) memcpy(slot->native + n, "()", 2), n += 2;
    slot->native_length = (uint32_t)n;
}

/* What is sure first: a fault on the way leaves that. */
static void fill(IpcTelemetrySlot *slot, const Worker *w, bool in_native) {
    slot->job = w->job;
    slot->at_ns = worker_now_ns();
    slot->depth = slot->frame_count = slot->native_length = 0;
    slot->collections = w->collections;
    slot->fuel = w->host.fuel;
    slot->heap_bytes = heap_bytes_held(w->world->heap);
    slot->heap_peak = heap_bytes_peak(w->world->heap);
    slot->fuel = fuel_so_far();
    slot->depth = vm_places(add_frame, slot);
    if (in_native) fill_native(slot);
}

static bool can_publish(const Worker *w) { return w->job && w->world && rt && rt == w->world->runtime; }

static IpcTelemetrySlot *begin(Telemetry *t) {
    if (__atomic_exchange_n(&t->busy, true, __ATOMIC_ACQ_REL)) return NULL;
    return &t->page->slots[(t->page->published + 1) % 2];
}

static void finish(Telemetry *t) {
    STORE(t->page->published, t->page->published + 1);
    __atomic_store_n(&t->busy, false, __ATOMIC_RELEASE);
}

static void note_collection(const Worker *w, Telemetry *t) {
    bool collecting = heap_gc_is_collecting(w->world->heap);
    uint32_t from = collecting ? IPC_ACTIVITY_RUNNING : IPC_ACTIVITY_COLLECTING;
    uint32_t to = collecting ? IPC_ACTIVITY_COLLECTING : IPC_ACTIVITY_RUNNING;
    __atomic_compare_exchange_n(&t->page->activity, &from, to, false, __ATOMIC_ACQ_REL, __ATOMIC_RELAXED);
}

void telemetry_publish(Worker *w) {
    Telemetry *t = &w->telemetry;
    IpcTelemetrySlot *slot = can_publish(w) ? begin(t) : NULL;
    if (!slot) return;
    note_collection(w, t);
    fill(slot, w, false);
    finish(t);
}

/* In a signal handler. A fault on the way comes back here by siglongjmp. */
static void publish_guarded(Worker *w) {
    Telemetry *t = &w->telemetry;
    IpcTelemetrySlot *slot = HANDLERS_LOOK && can_publish(w) ? begin(t) : NULL;
    if (!slot) return;
    if (sigsetjmp(t->guard, 1) == 0) {
        __atomic_store_n(&t->guarded, gettid(), __ATOMIC_RELEASE);
        note_collection(w, t);
        fill(slot, w, true);
    }
    __atomic_store_n(&t->guarded, 0, __ATOMIC_RELEASE);
    finish(t);
}

void telemetry_beat(Worker *w, bool missed) {
    IpcTelemetryPage *page = w->telemetry.page;
    __atomic_fetch_add(&page->beats, 1, __ATOMIC_RELAXED);
    if (missed) publish_guarded(w);
}

/* ---- faults ---- */

/* The worker that this process is, if it has come so far. */
static Worker *this_worker(void) {
    Runtime *runtime = rt;
    return runtime && runtime->host ? runtime->host->ctx : NULL;
}

/* Back to where the fault was, to die of it; a signal that was sent is sent again. */
static void die_of(int number, const siginfo_t *info) {
    signal(number, SIG_DFL);
    if (info->si_code <= 0) syscall(SYS_tgkill, getpid(), gettid(), number);
}

static void on_fault(int number, siginfo_t *info, void *context) {
    (void)context;
    Worker *w = this_worker();
    if (w && __atomic_load_n(&w->telemetry.guarded, __ATOMIC_ACQUIRE) == gettid())
        siglongjmp(w->telemetry.guard, 1);
    if (w) publish_guarded(w);
    die_of(number, info);
}

void telemetry_watch_faults(void) {
    static const int numbers[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
    stack_t stack = {.ss_sp = HANDLERS_LOOK ? malloc(FAULT_STACK) : NULL, .ss_size = FAULT_STACK};
    struct sigaction action = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER};
    if (!stack.ss_sp || sigaltstack(&stack, NULL) != 0) return;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) sigaction(numbers[i], &action, NULL);
}
