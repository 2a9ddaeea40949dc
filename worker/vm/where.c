/* where: the place at which a program is, for one who looks at it from outside of its course: a timer, a fatal signal. */
#include "base/host.h"
#include "vm/vm_internal.h"

static const Thread *observed_thread(void) {
    const Thread *t = rt->thread;
    return t ? t : VM->main_thread;
}

/* A frame that is being made, or is no frame, is passed over as the end of the stack. */
static bool is_sound(const Frame *f) {
    const Code *code = f->code;
    if ((uintptr_t)f % sizeof(Value) || !code || code->head.kind != &TYPE(code)->kind) return false;
    return f->pc >= code->instructions && f->pc <= code->instructions + code->instruction_count;
}

uint32_t vm_places(VmPlaceVisit *visit, void *arg) {
    const Thread *t = observed_thread();
    for (const Frame *f = t->frame; f && is_sound(f); f = f->back) {
        VmPlace place = {f->code->filename, f->code->qualname, frame_line(f)};
        if (!is_str(place.filename) || !is_str(place.function) || !visit(arg, &place)) break;
    }
    return t->depth;
}

uint64_t fuel_so_far(void) {
    const Thread *t = observed_thread();
    return (rt->host ? rt->host->fuel : 0) + (uint64_t)(t->fuel_step - t->fuel_left);
}

/* The callable of a call instruction as it stood on the stack when the frame was saved; NULL: nothing that can be one. */
static Value callable_of(const Frame *f, const Instr *at, Opcode base) {
    size_t below = base == OPCODE_CALL ? (size_t)at->b + 2 : 3 + (at->b & 1u);
    const Value *bottom = f->slots + f->code->locals_plus_count, *top = bottom + f->code->stack_size;
    if (f->sp < bottom || f->sp > top || (size_t)(f->sp - bottom) < below) return NULL;
    Value v = f->sp[-(ptrdiff_t)below];
    return v && is_object(v) ? v : NULL;
}

static void name_of_callable(Value v, VmNative *out) {
    const HeapKind *kind = v->head.kind;
    if (kind == &TYPE(builtin_function)->kind) out->text = ((Native *)v)->method->name;
    else if (kind == &TYPE(method_descriptor)->kind || kind == &TYPE(wrapper_descriptor)->kind)
        out->name = ((Descriptor *)v)->name;
    else if (kind == &TYPE(type)->kind) out->name = AS_VALUE(((Type *)v)->name);
}

/* Instructions that are done within the evaluator's loop. */
static bool does_nothing_long(Opcode base) {
    uint8_t operand = opcode_operands[base];
    return base == OPCODE_RESUME || operand == OPERAND_JUMP_BACKWARD || operand == OPERAND_LOCAL ||
           operand == OPERAND_CONST;
}

void vm_native(VmNative *out) {
    const Frame *f = observed_thread()->frame;
    *out = (VmNative){NULL, NULL, NULL};
    if (!f || !is_sound(f) || f->pc == f->code->instructions) return;
    const Instr *at = f->pc - 1;
    Opcode base = (Opcode)opcode_base[at->op];
    if (base == OPCODE_CALL || base == OPCODE_CALL_FUNCTION_EX) {
        Value callable = callable_of(f, at, base);
        if (callable) name_of_callable(callable, out);
        if (out->name && !(is_object(out->name) && is_str(out->name))) out->name = NULL;
    } else if (!does_nothing_long(base)) {
        out->instruction = opcode_names[base];
    }
}
