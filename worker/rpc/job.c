/*
 * job: one job from its message to its outcome: limits set, source compiled and run as __main__ (or its function called), the
 * result turned into bytes, the end told with its cause.
 *
 * The verdict comes from what ended the program, in this order: a limit that the worker itself noticed (output, CPU, fuel, hard
 * memory), a cancel, then the uncaught exception's type.
 */
#include "rpc/worker.h"

#include <stdio.h>

#include <heap/limits.h>
#include <heap/stats.h>

#include "compile/compile.h"
#include "compile/disasm.h"
#include "modules/clock.h"
#include "modules/files.h"
#include "modules/module.h"
#include "modules/sys.h"
#include "objects/bytes.h"
#include "objects/codecs.h"
#include "objects/dict.h"
#include "objects/exception.h"
#include "objects/function.h"
#include "objects/int.h"
#include "objects/protocols.h"
#include "objects/str.h"
#include "rpc/session_env.h"
#include "vm/vm.h"

enum { THREADS_GRACE_MS = 500 };

typedef struct Run {
    Worker *worker;
    const IpcJob *job;
    Value main;     /* module */
    Value filename; /* str */
    Value result;   /* or NULL */
    IpcOutcome outcome;
    IpcBuf value, text, type_text, message_text;
    char detail[512];
    uint64_t start_ns;
} Run;

/* ---- running ---- */

static Value compile_job_source(Run *r, IpcSlice source, CompileMode mode) {
    if (session_register_source(r->filename, source) < 0) return NULL;
    return compile_source(source.ptr ? source.ptr : "", source.len, r->filename, mode,
                          COMPILE_SOURCE_IS_STR | COMPILE_FROM_FILE, 0, 0);
}

static Value run_source(Run *r, IpcSlice source, CompileMode mode) {
    Value code = compile_job_source(r, source, mode);
    if (!code) return NULL;
    Dict *globals = module_dict(r->main);
    Value result = vm_run_code((Code *)code, globals, AS_VALUE(globals), NULL);
    decref(code);
    return result;
}

/* "a.b.c" looked up in __main__. */
static Value find_function(Run *r, IpcSlice name) {
    Value at = incref(r->main);
    for (size_t start = 0; at && start <= name.len;) {
        const char *dot = memchr(name.ptr + start, '.', name.len - start);
        size_t stop = dot ? (size_t)(dot - name.ptr) : name.len;
        Value part = str_from_utf8(name.ptr + start, stop - start),
              next = part ? value_getattr(at, part) : NULL;
        xdecref(part);
        decref(at);
        at = next;
        start = stop + 1;
    }
    return at;
}

static Value unpack_args(IpcSlice encoded) {
    if (!encoded.len) return tuple_new(0);
    Value v = unpack_value(encoded), args = NULL;
    if (v && (is_list(v) || is_tuple(v))) args = value_to_tuple(v);
    else if (v) raise_error(T_TypeError, "args must be a list or a tuple, not %T", v);
    xdecref(v);
    return args;
}

static Value unpack_kwargs(IpcSlice encoded) {
    Value v = unpack_value(encoded);
    if (!v || is_dict(v)) return v;
    raise_error(T_TypeError, "kwargs must be a dict, not %T", v);
    decref(v);
    return NULL;
}

/* Runs a call's source as a module that is imported, not as a program: what it keeps for `__name__ == "__main__"` is not for a call.
 * The name is the one that multiprocessing gives such a module. */
static int run_as_module(Run *r, IpcSlice source) {
    Value dict = AS_VALUE(module_dict(r->main));
    if (dict_set(rt->modules, NAME(__mp_main__), r->main) < 0 ||
        dict_set(dict, NAME(__name__), NAME(__mp_main__)) < 0)
        return -1;
    Value ran = run_source(r, source, COMPILE_EXEC);
    xdecref(ran);
    return ran ? 0 : -1;
}

static Value run_call(Run *r) {
    const IpcCall *call = &r->job->call;
    if (call->source.len && run_as_module(r, call->source) < 0) return NULL;
    Value function = find_function(r, call->function), result = NULL;
    Value args = function ? unpack_args(r->job->args) : NULL;
    Value kwargs = args && r->job->kwargs.len ? unpack_kwargs(r->job->kwargs) : NULL;
    if (args && !error_pending()) result = value_call_tuple_dict(function, args, kwargs);
    xdecref(kwargs);
    xdecref(args);
    xdecref(function);
    return result;
}

static Value run_disassembly(Run *r) {
    Value code = compile_job_source(r, r->job->source, COMPILE_EXEC);
    Value text = code ? disasm_text((Code *)code) : NULL;
    xdecref(code);
    if (!text) return NULL;
    size_t n;
    const char *bytes = str_wtf8(text, &n);
    if (bytes) rt->host->write(rt->host->ctx, 1, bytes, n);
    decref(text);
    return bytes ? NONE : NULL;
}

/* As `python -m` and `python DIRECTORY` do it. */
static Value run_module(Run *r) {
    Value name = str_from_utf8(r->job->module.ptr, r->job->module.len);
    Value function = name ? module_import_attr("runpy", "_run_module_as_main") : NULL;
    Value done = function ? value_call_two(function, name, BOOL(!str_equal(name, NAME(__main__)))) : NULL;
    xdecref(function);
    xdecref(name);
    xdecref(done);
    return done ? NONE : NULL;
}

/* By these programs know that somebody types. */
static int set_prompts(void) {
    Value first = str_from_cstr(">>> "), second = str_from_cstr("... "), sys = AS_VALUE(rt->sys_dict);
    int status =
        first && second && dict_set_cstr(sys, "ps1", first) == 0 ? dict_set_cstr(sys, "ps2", second) : -1;
    xdecref(second);
    xdecref(first);
    return status;
}

/* The prompt's compiler: a session's stays. New. */
static Value prompt_compiler(Run *r) {
    World *world = r->worker->world;
    if (world->compiler) return incref(world->compiler);
    Value type = module_import_attr("codeop", "CommandCompiler");
    Value compiler = type ? value_call_noargs(type) : NULL;
    xdecref(type);
    if (compiler && world->session) world->compiler = incref(compiler);
    return set_prompts() < 0 ? xdecref(compiler), NULL : compiler;
}

/* What the compiler says of an erroneous statement that is not expected to go on. Instead of the pending error, if it is one. */
static void tell_syntax_error(Run *r) {
    Value earlier = error_take(), line = NULL, code = NULL;
    size_t n = 0;
    if (IS(earlier, SyntaxError) || IS(earlier, IndentationError) || IS(earlier, TabError))
        line = bytes_new(r->job->source.len + 1);
    if (line) { /* it was typed with a newline at its end */
        memcpy(bytes_data(line), r->job->source.ptr, n = r->job->source.len);
        bytes_data(line)[n++] = '\n';
        code = compile_source((char *)bytes_data(line), n, r->filename, COMPILE_SINGLE, COMPILE_SOURCE_IS_STR,
                              0, 0);
    }
    bool told = line && !code && error_pending();
    xdecref(code);
    xdecref(line);
    if (told) decref(earlier);
    else error_restore_steal(earlier);
    CLEAR_FIELD(exception_of(error_borrow())->traceback); /* the compiler's frames are nobody's business */
}

/* One statement as typed at a prompt: an expression's value is shown, and a beginning is told apart from an error. */
static Value run_prompt(Run *r) {
    Value compiler = prompt_compiler(r), source = NULL, code = NULL, symbol = str_intern_cstr("single");
    if (compiler) source = str_from_utf8(r->job->source.ptr, r->job->source.len);
    bool source_read = source && symbol;
    if (source_read) code = value_call_three(compiler, source, r->filename, symbol);
    xdecref(symbol);
    xdecref(source);
    xdecref(compiler);
    if (!code && source_read) tell_syntax_error(r);
    if (!code) return NULL;
    if (code == NONE) return r->outcome.incomplete = true, NONE;
    Dict *globals = module_dict(r->main);
    Value done = vm_run_code((Code *)code, globals, AS_VALUE(globals), NULL);
    xdecref(done);
    decref(code);
    return done ? NONE : NULL;
}

/* What the names at the end of a text can go on to: a list of str. */
static Value run_completion(Run *r) {
    enum { MOST = 500 };
    Value type = module_import_attr("rlcompleter", "Completer"), list = NULL, complete = NULL;
    Value completer = type ? value_call_one(type, AS_VALUE(module_dict(r->main))) : NULL;
    Value text = completer ? str_from_utf8(r->job->source.ptr, r->job->source.len) : NULL;
    if (text) complete = value_getattr_cstr(completer, "complete");
    if (complete) list = list_new(0);
    for (int64_t i = 0; list && i < MOST; i++) {
        Value found = value_call_two(complete, text, small_int_new(i));
        if (found == NONE) break;
        if (!found || list_append_steal(list, found) < 0) CLEAR_FIELD(list);
    }
    Value all[] = {complete, text, completer, type};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) xdecref(all[i]);
    return list;
}

static Value run_mode(Run *r) {
    switch (r->job->mode) {
    case IPC_MODE_DIS: return run_disassembly(r);
    case IPC_MODE_PROMPT: return run_prompt(r);
    case IPC_MODE_COMPLETE: return run_completion(r);
    case IPC_MODE_CHECK: {
        Value code = compile_job_source(r, r->job->source, COMPILE_EXEC);
        xdecref(code);
        return code ? NONE : NULL;
    }
    default:
        if (r->job->call.function.len) return run_call(r);
        if (r->job->module.ptr) return run_module(r);
        return run_source(r, r->job->source,
                          r->job->value_as == IPC_VALUE_NONE ? COMPILE_EXEC : COMPILE_EXEC_VALUE);
    }
}

/* ---- the outcome ---- */

/* An outcome is one message. A value that would not leave OUTCOME_ROOM in the largest one is refused; texts that only explain an
 * error are cut. */
enum { OUTCOME_ROOM = 64 * 1024, ERROR_TEXT_MOST = 8 << 20 };

static uint64_t value_bytes_most(const Run *r) {
    uint64_t message = r->worker->session.peer.caps.max_message, asked = r->job->limits.result_bytes;
    uint64_t most = message > 2 * OUTCOME_ROOM ? message - OUTCOME_ROOM : message / 2;
    return asked && asked < most ? asked : most;
}

/* The first ERROR_TEXT_MOST bytes or a little less, so that no character is cut in two, and how many are missing. */
static IpcSlice cut_text(IpcBuf *buf) {
    size_t most = ERROR_TEXT_MOST, all = buf->len;
    if (all <= most) return ipc_buf_slice(buf);
    while (((unsigned char)buf->data[most] & 0xc0) == 0x80) most--;
    char note[64];
    bool line = buf->data[all - 1] == '\n';
    int length = snprintf(note, sizeof note, "... (%zu more bytes)%s", all - most, line ? "\n" : "");
    ipc_buf_truncate(buf, most);
    ipc_buf_append(buf, note, (size_t)length);
    return ipc_buf_slice(buf);
}

/* Text of a str Value in a buffer that outlives it. */
static IpcSlice keep_text(IpcBuf *buf, Value text) {
    size_t n = 0;
    const char *bytes = text ? str_utf8(text, &n) : NULL;
    if (!bytes && text) { /* lone surrogates: as escapes */
        error_clear();
        Value escaped = codec_encode(text, "utf-8", "backslashreplace");
        if (escaped) ipc_buf_append(buf, bytes_data(escaped), bytes_length(escaped));
        xdecref(escaped);
        error_clear();
        return ipc_buf_slice(buf);
    }
    if (bytes) ipc_buf_append(buf, bytes, n);
    return ipc_buf_slice(buf);
}

static IpcVerdict verdict_of_exception(Run *r, Value exception) {
    Worker *w = r->worker;
    if (w->output_over) return IPC_VERDICT_OUTPUT;
    if (w->cpu_over) return IPC_VERDICT_TIMEOUT_CPU;
    if (rt->host->fuel_limit && rt->host->fuel > rt->host->fuel_limit) return IPC_VERDICT_FUEL;
    if (heap_hard_limit_hit(rt->heap)) return IPC_VERDICT_MEMORY_HARD;
    if (w->cancelled && IS(exception, KeyboardInterrupt)) return IPC_VERDICT_CANCELLED;
    if (IS(exception, MemoryError)) return IPC_VERDICT_MEMORY;
    if (IS(exception, RecursionError)) return IPC_VERDICT_RECURSION;
    return IPC_VERDICT_ERROR;
}

/* SystemExit: its code; True when there is nothing more to tell. A code that is no int is printed to stderr. */
static void end_by_exit(Run *r, Value exception) {
    Value code = ((BaseException *)exception)->fields[0];
    int64_t n = 0;
    if (!code || code == NONE) {
        n = 0;
    } else if (is_int(code)) {
        if (!int_to_i64(code, &n)) n = -1;
    } else {
        n = 1;
        Value text = value_str(code);
        if (text) session_print_error_line(text);
        xdecref(text);
        error_clear();
    }
    r->outcome.exit_code = n & 0xff;
    if (r->outcome.exit_code == 0 && r->job->mode != IPC_MODE_PROMPT) return;
    if (r->outcome.exit_code) r->outcome.verdict = IPC_VERDICT_ERROR;
    r->outcome.error.type = ipc_str("SystemExit");
    Value text = value_str(exception);
    keep_text(&r->message_text, text);
    r->outcome.error.message = cut_text(&r->message_text);
    xdecref(text);
    error_clear();
}

/* What debuggers look for after an exception at a prompt. */
static void remember_last(Value exception) {
    Value traceback = exception_of(exception)->traceback, sys = AS_VALUE(rt->sys_dict);
    if (dict_set_cstr(sys, "last_type", AS_VALUE(type_of(exception))) < 0 ||
        dict_set_cstr(sys, "last_value", exception) < 0 ||
        dict_set_cstr(sys, "last_traceback", traceback ? traceback : NONE) < 0)
        error_clear();
}

/* The uncaught exception becomes the outcome's error; nothing is pending afterwards. */
static void end_by_exception(Run *r) {
    Value exception = error_take();
    fuel_settle();
    r->outcome.verdict = verdict_of_exception(r, exception);
    breaker_clear(BREAK_CANCEL | BREAK_DEADLINE | BREAK_FUEL);
    rt->host->fuel_limit = 0;
    fuel_limit_changed();
    heap_reserve_open(rt->heap);
    if (r->outcome.verdict == IPC_VERDICT_ERROR && IS(exception, SystemExit)) {
        r->outcome.verdict = IPC_VERDICT_OK;
        end_by_exit(r, exception);
    } else {
        r->outcome.exit_code = 1;
        if (r->job->mode == IPC_MODE_PROMPT) remember_last(exception);
        Value name = str_from_cstr(type_name_of(exception));
        r->outcome.error.type = keep_text(&r->type_text, name);
        Value message = value_str(exception);
        if (!message) error_clear();
        keep_text(&r->message_text, message);
        r->outcome.error.message = cut_text(&r->message_text);
        Value text = NULL;
        if (r->outcome.verdict == IPC_VERDICT_ERROR &&
            sys_has_own_excepthook()) { /* it tells on stderr what is to be told */
            error_restore_steal(incref(exception));
            sys_show_uncaught();
        } else {
            text = exception_format(exception);
        }
        if (!text) error_clear();
        keep_text(&r->text, text);
        r->outcome.error.traceback = cut_text(&r->text);
        xdecref(name);
        xdecref(message);
        xdecref(text);
        error_clear();
    }
    heap_reserve_close(rt->heap);
    decref(exception);
}

static void send_value(Run *r) {
    PackLimits limits = {.bytes = value_bytes_most(r)};
    int status = 0;
    switch (r->job->value_as) {
    case IPC_VALUE_NONE: return;
    case IPC_VALUE_REPR: {
        Value text = value_repr(r->result);
        status = text ? 0 : -1;
        IpcSlice kept = text ? keep_text(&r->value, text) : (IpcSlice){0};
        if (kept.len > limits.bytes)
            status = raise_int(T_ValueError, "cannot send result: its repr takes more than %llu bytes",
                               (unsigned long long)limits.bytes);
        else r->outcome.value_repr = kept;
        xdecref(text);
        break;
    }
    case IPC_VALUE_JSON: status = pack_json(&r->value, r->result, "result", &limits); break;
    default: status = pack_value(&r->value, r->result, "result", &limits); break;
    }
    if (status < 0) {
        end_by_exception(r);
    } else if (r->job->value_as != IPC_VALUE_REPR) {
        r->outcome.value = ipc_buf_slice(&r->value);
    }
}

/* No job takes the machine's memory just because nobody gave it a limit. */
enum { HEAP_SOFT_DEFAULT = 1 << 30 };

static uint64_t at_most(uint64_t n, uint64_t most) { return n < most ? n : most; }

static void set_limits(Run *r) {
    Worker *w = r->worker;
    const IpcLimits *l = &r->job->limits;
    uint64_t soft = l->heap_soft ? l->heap_soft : l->heap_hard ? 0 : HEAP_SOFT_DEFAULT;
    uint64_t held = heap_bytes_held(rt->heap), deepest = at_most(l->recursion, UINT32_MAX / 2);
    heap_set_limits(rt->heap, soft ? at_most(soft, UINT64_MAX - held) + held : 0,
                    l->heap_hard ? at_most(l->heap_hard, UINT64_MAX - held) + held : 0);
    heap_bytes_peak_reset(rt->heap);
    heap_hard_limit_reset(rt->heap);
    w->host.limit_met = NULL;
    w->host.fuel = 0;
    w->host.fuel_limit = l->fuel;
    fuel_limit_changed();
    w->output_limit = l->output_bytes;
    w->cpu_limit_us = at_most(l->cpu_ms, UINT64_MAX / 1000) * 1000;
    w->host.thread_limit = l->threads;
    w->host.recursion_most = (uint32_t)deepest;
    if (deepest) rt->recursion_limit = (uint32_t)deepest;
}

static void begin(Run *r, QueuedJob *queued) {
    Worker *w = r->worker;
    w->job = r->job->job;
    w->cancelled = w->output_over = w->cpu_over = false;
    w->want_output = r->job->want_output;
    w->feeds_stdin = r->job->stdin_mode == IPC_STDIN_STREAM;
    w->input_asked = false;
    w->input_ended = queued->input_ended;
    w->output_bytes = w->output_seq = w->collections = 0;
    w->cpu_start_us = worker_cpu_us();
    ipc_buf_clear(&w->input);
    ipc_buf_append(&w->input, queued->input.data, queued->input.len);
    r->start_ns = worker_now_ns();
    telemetry_job(&w->telemetry, w->job);
    w->told = false;
    IpcStarted started = {
        .job = r->job->job, .worker = w->slot, .attempt = r->job->attempt, .at_ns = r->start_ns};
    worker_notify(w, IPC_M_JOB_STARTED, &started);
    worker_tick_start(w);
    gil_watch_begin(w);
}

/* Exactly one outcome leaves, whatever it would have held. */
static void send_outcome(Run *r) {
    Worker *w = r->worker;
    if (ipc_session_notify(&w->session, IPC_M_JOB_OUTCOME, &r->outcome) == IPC_OK) return;
    IpcOutcome less = {.job = r->outcome.job,
                       .attempt = r->outcome.attempt,
                       .worker = r->outcome.worker,
                       .end_ns = r->outcome.end_ns,
                       .usage = r->outcome.usage,
                       .verdict = IPC_VERDICT_OUTPUT,
                       .detail = ipc_str("the outcome does not fit into a message")};
    worker_notify(w, IPC_M_JOB_OUTCOME, &less);
}

static void finish(Run *r) {
    Worker *w = r->worker;
    fuel_settle();
    gil_watch_end(w);
    uint64_t now = worker_now_ns();
    r->outcome.job = r->job->job;
    r->outcome.attempt = r->job->attempt;
    r->outcome.worker = w->slot;
    r->outcome.end_ns = now;
    r->outcome.usage = (IpcUsage){.wall_us = (now - r->start_ns) / 1000,
                                  .cpu_us = worker_cpu_us() - w->cpu_start_us,
                                  .fuel = w->host.fuel,
                                  .heap_peak = heap_bytes_peak(rt->heap),
                                  .collections = w->collections,
                                  .output_bytes = w->output_bytes};
    if (w->heap_every_ns) worker_tell_heap(w);
    send_outcome(r);
    /* Whoever is known to have begun is known to have ended before the next one begins: else that one's death would be taken for its. */
    if (w->told) worker_flush(w);
    heap_set_limits(rt->heap, 0, 0);
    breaker_clear(BREAK_CANCEL | BREAK_DEADLINE | BREAK_FUEL);
    w->host.fuel_limit = 0;
    w->job = 0;
    telemetry_doing(&w->telemetry,
                    IPC_ACTIVITY_IDLE); /* the page names the job until its outcome has left: serve.c */
}

/* Threads that outlive their job end here. One that does not come back from blocking costs the worker its life. */
static void end_threads(Run *r) {
    size_t stuck,
        threads = r->worker->spoilt ? 0 : threads_end(THREADS_GRACE_MS, r->worker->world->session, &stuck);
    if (!threads) return;
    const char *then = stuck ? "were ended with the worker" : "were ended";
    int n = snprintf(r->detail, sizeof r->detail, "%zu thread%s still running when the job ended %s", threads,
                     threads == 1 ? "" : "s",
                     threads == 1 ? stuck ? "was ended with the worker" : "was ended" : then);
    r->outcome.detail = ipc_slice(r->detail, (size_t)n);
    if (stuck) r->worker->spoilt = r->worker->stop = true;
}

static void run(Run *r) {
    set_limits(r);
    clock_begin();
    files_forget();
    r->filename = r->job->filename.len ? str_from_utf8(r->job->filename.ptr, r->job->filename.len)
                                       : str_from_cstr("<job>");
    if (r->filename) r->main = session_main(r->worker->world->session != NULL, r->filename, r->job->argv);
    if (r->main && session_set_path(&r->job->sources) < 0) CLEAR_FIELD(r->main);
    if (r->main) r->result = run_mode(r);
    if (!r->result) end_by_exception(r);
    telemetry_doing(&r->worker->telemetry, IPC_ACTIVITY_ENDING);
    if (r->outcome.verdict != IPC_VERDICT_OK && r->outcome.verdict != IPC_VERDICT_ERROR)
        end_threads(r); /* its time is over */
    if (session_end(r->worker->world->session != NULL) < 0) {
        if (r->result && error_pending())
            end_by_exception(r); /* else the program's own end has been told already */
        CLEAR_FIELD(r->result);
        error_clear();
    }
    end_threads(r);
    if (r->result) send_value(r);
    if (r->worker->spoilt) return;
    CLEAR_FIELD(r->result);
    CLEAR_FIELD(r->main);
    CLEAR_FIELD(r->filename);
    if (!r->worker->world->session && session_owes_finalizers()) session_exit();
    if (error_pending()) error_clear();
}

/* What the job may use of the worker's. */
static bool grant(Run *r) {
    Worker *w = r->worker;
    IpcSlice which = {"", 0};
    int error = grants_narrow(w->grants, r->job->grants, &which);
    w->host.environment = grants_environment(w->grants);
    w->host.first_grant = grants_first(w->grants);
    if (!error) return true;
    int n = snprintf(r->detail, sizeof r->detail, "cannot grant %.*s: %s", (int)which.len, which.ptr,
                     strerror(error));
    r->outcome.detail = ipc_slice(r->detail, (size_t)n < sizeof r->detail ? (size_t)n : sizeof r->detail - 1);
    return false;
}

void job_run(Worker *w, const IpcJob *job, QueuedJob *queued) {
    Run r = {.worker = w, .job = job};
    ipc_buf_init(&r.value, NULL);
    ipc_buf_init(&r.text, NULL);
    ipc_buf_init(&r.type_text, NULL);
    ipc_buf_init(&r.message_text, NULL);
    w->has_had_its_job = job->isolation == IPC_ISOLATION_PROCESS;
    if (!grant(&r)) {
        IpcOutcome outcome = {.job = job->job,
                              .verdict = IPC_VERDICT_REJECTED,
                              .attempt = job->attempt,
                              .worker = w->slot,
                              .detail = r.outcome.detail};
        worker_notify(w, IPC_M_JOB_OUTCOME, &outcome);
    } else if (world_for(w, job) && job_files_begin(w, &job->sources) == 0) {
        begin(&r, queued);
        run(&r);
        finish(&r);
        job_files_end(w);
    } else {
        IpcOutcome outcome = {.job = job->job,
                              .verdict = IPC_VERDICT_INTERNAL,
                              .attempt = job->attempt,
                              .worker = w->slot,
                              .detail = ipc_str("no memory for an interpreter or its files")};
        worker_notify(w, IPC_M_JOB_OUTCOME, &outcome);
    }
    ipc_buf_free(&r.value);
    ipc_buf_free(&r.text);
    ipc_buf_free(&r.type_text);
    ipc_buf_free(&r.message_text);
}
