/*
 * thread: a thread's state, and starting more of them. A Thread lives in the heap and is linked from VmState; it belongs to
 * its thread alone but for the links, which the GIL guards. A started thread dies with its Thread when its function returns.
 */
#include "vm/vm_internal.h"

#include "base/host.h"

#include <errno.h>
#include <setjmp.h>
#include <sys/resource.h>
#include <time.h>

typedef struct ThreadStart {
    void (*function)(void *);
    void *arg;
    size_t stack_size;
} ThreadStart;

enum { STACK_RESERVE = 192 * 1024, MAIN_STACK_MAX = 64 << 20, STARTED_STACK = 1 << 20, THREADS_MOST = 1024 };

/* Native recursion may go down to so many bytes above the end of a stack that has `size` bytes below `here`. */
static char *stack_limit_from(char *here, size_t size) {
    size_t reserve = size / 4 < STACK_RESERVE ? size / 4 : STACK_RESERVE;
    return here - (size - reserve);
}

static size_t main_stack_size(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_STACK, &limit) != 0) return 1 << 20;
    if (limit.rlim_cur == RLIM_INFINITY || limit.rlim_cur > MAIN_STACK_MAX) return MAIN_STACK_MAX;
    return limit.rlim_cur;
}

static Thread *thread_new(size_t stack_size) {
    Thread *t = heap_alloc_zero(rt->heap, sizeof(Thread));
    if (!t) return NULL;
    t->stack_limit = stack_limit_from(__builtin_frame_address(0), stack_size);
    t->handled = &t->handled_base;
    t->id = ++VM->next_thread_id;
    if (frame_stack_init(t) < 0) {
        heap_free(rt->heap, t);
        return NULL;
    }
    t->next = VM->threads;
    if (t->next) t->next->previous = t;
    VM->threads = t;
    VM->thread_count++;
    return t;
}

static void thread_free(Thread *t) {
    if (t->previous) t->previous->next = t->next;
    else VM->threads = t->next;
    VM->thread_count--;
    if (t->next) t->next->previous = t->previous;
    Value owned[] = {t->pending,
                     t->handled_base.exception,
                     t->context,
                     t->async_gen_hooks[0],
                     t->async_gen_hooks[1],
                     t->trace,
                     t->profile,
                     t->async_exception,
                     t->repr_active};
    for (size_t i = 0; i < sizeof owned / sizeof *owned; i++) xdecref(owned[i]);
    frame_stack_drop(t);
    heap_free(rt->heap, t);
}

int vm_boot(void) {
    VmState *vm = heap_alloc_zero(rt->heap, sizeof(VmState));
    if (!vm) return -1;
    rt->vm = vm;
    if (gil_init(&vm->gil) < 0 || park_init(&vm->parked) < 0) return -1;
    Thread *t = thread_new(main_stack_size());
    if (!t) return -1;
    vm->main_thread = t;
    gil_acquire(t);
    if (rt->recursion_limit == 0) rt->recursion_limit = 1000;
    fuel_settle();
    return 0;
}

size_t thread_count(void) { return VM->thread_count; }

/* Raises SystemExit in all other threads, so that they give back what they hold, until they have ended or the time is over. */
static void unwind_others(uint32_t grace_ms) {
    enum { STEP_MS = 2, AGAIN_MS = 50 };
    struct timespec step = {0, STEP_MS * 1000000};
    for (uint32_t passed = 0; passed < grace_ms && thread_count() > 1; passed += STEP_MS) {
        for (Thread *t = VM->threads; t && passed % AGAIN_MS == 0; t = t->next)
            if (t != VM->main_thread) thread_raise(t->id, AS_VALUE(TYPE(SystemExit)));
        Thread *self = gil_release();
        nanosleep(&step, NULL);
        gil_acquire(self);
    }
}

size_t threads_end(uint32_t grace_ms, bool unwind, size_t *stuck) {
    VmState *vm = VM;
    size_t others = thread_count() - 1;
    if (others && unwind) unwind_others(grace_ms);
    size_t left = thread_count() - 1;
    if (left) unpark_all();
    *stuck = left ? gil_close((uint32_t)left, grace_ms) : 0;
    vm->threads = vm->main_thread; /* what the others had stays: nobody knows in which state */
    vm->main_thread->next = vm->main_thread->previous = NULL;
    vm->thread_count = 1;
    breaker_clear(BREAK_GIL_REQUEST);
    return others;
}

int vm_each_thread(int (*visit)(uint64_t id, Value frame, Value handled, void *arg), void *arg) {
    for (Thread *t = VM->threads; t; t = t->next) {
        Value frame = t->frame ? frame_object(t->frame) : NULL;
        if (t->frame && !frame) return -1;
        int status = visit(t->id, frame, handled_exception(t), arg);
        xdecref(frame);
        if (status < 0) return -1;
    }
    return 0;
}

/* For the heap's roots hook: what running frames' locals hold. Their stacks are left out: sp may not be saved. */
void vm_roots(Heap *heap, HeapVisit visit, void *arg, void *ctx) {
    (void)heap, (void)ctx;
    for (Thread *t = VM->threads; t; t = t->next) {
        for (Frame *f = t->frame; f; f = f->back) {
            for (uint32_t i = 0; i < f->code->locals_plus_count; i++)
                if (f->slots[i] && is_object(f->slots[i])) visit(&f->slots[i]->head, arg);
            visit((HeapObject *)f->function, arg);
            if (f->bits & FRAME_HAS_LOCALS) visit(&f->locals->head, arg);
        }
    }
}

bool thread_exists(uint64_t id) {
    Thread *t = VM->threads;
    while (t && t->id != id) t = t->next;
    return t;
}

bool thread_raise(uint64_t id, Value exception) {
    for (Thread *t = VM->threads; t; t = t->next) {
        if (t->id != id) continue;
        SET_FIELD_STEAL(t->async_exception, xincref(exception));
        breaker_set(BREAK_PENDING);
        gil_wake_naps();
        unpark_all();
        return true;
    }
    return false;
}

static void *thread_main(void *argument) {
    Thread *t = argument;
    ThreadStart *start = t->start;
    jmp_buf leave;
    t->stack_limit = stack_limit_from(__builtin_frame_address(0), start->stack_size);
    t->leave = &leave;
    if (setjmp(leave)) return NULL;
    gil_acquire(t);
    fuel_settle();
    start->function(start->arg);
    if (error_pending()) error_unraisable(NONE, "Exception ignored in thread");
    fuel_settle();
    gil_tell_hold();
    heap_free(rt->heap, start);
    thread_free(t);
    gil_leave();
    return NULL;
}

uint64_t thread_start(void (*function)(void *), void *arg, size_t stack_size) {
    size_t most = rt->host && rt->host->thread_limit ? rt->host->thread_limit : THREADS_MOST;
    if (thread_count() > most) return raise_error(T_RuntimeError, "can't start new thread"), 0;
    if (stack_size == 0) stack_size = STARTED_STACK;
    ThreadStart *start = heap_alloc(rt->heap, sizeof *start);
    if (!start) return raise_no_memory(), 0;
    *start = (ThreadStart){function, arg, stack_size};
    Thread *t = thread_new(stack_size);
    if (!t) {
        heap_free(rt->heap, start);
        return raise_no_memory(), 0;
    }
    t->start = start;
    uint64_t id = t->id;
    pthread_t handle;
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, stack_size);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    int status = pthread_create(&handle, &attributes, thread_main, t);
    pthread_attr_destroy(&attributes);
    if (status != 0) {
        heap_free(rt->heap, start);
        thread_free(t);
        return raise_error(T_RuntimeError, "can't start new thread"), 0;
    }
    return id;
}
