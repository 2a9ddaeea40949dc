/* code_flow: see code_flow.h. */
#include "vm/code_flow.h"

#include "vm/vm_internal.h"

/* One decoded instruction; its EXTENDED_ARGs are part of it. */
typedef struct Decoded {
    uint32_t unit, next; /* first unit; the unit behind it and its caches */
    uint32_t target;     /* of a jump */
    uint64_t b;
    uint8_t op, a;
} Decoded;

static bool is_jump(uint8_t op) {
    return opcode_operands[op] == OPERAND_JUMP_FORWARD || opcode_operands[op] == OPERAND_JUMP_BACKWARD;
}

/* Decodes the instruction at a unit; false: it reaches past the end. */
static bool decode(const Code *code, uint32_t unit, Decoded *out) {
    const Instr *at = code->instructions;
    uint64_t n = code->instruction_count, i = unit, b = 0;
    for (; i < n && opcode_base[at[i].op] == OPCODE_EXTENDED_ARG; i++) b = (b | at[i].b) << 16 & 0xFFFFFFFF;
    if (i >= n) return false;
    uint8_t op = opcode_base[at[i].op];
    uint64_t next = i + 1 + opcode_caches[op];
    if (next > n || !opcode_names[op]) return false;
    *out = (Decoded){.unit = unit, .next = (uint32_t)next, .op = op, .a = at[i].a, .b = b | at[i].b};
    if (opcode_operands[op] == OPERAND_JUMP_FORWARD) {
        if (next + out->b >= n) return false;
        out->target = (uint32_t)(next + out->b);
    } else if (opcode_operands[op] == OPERAND_JUMP_BACKWARD) {
        if (out->b > next) return false;
        out->target = (uint32_t)(next - out->b);
    }
    return true;
}

/* ---- single instructions ---- */

static bool operand_is_inside(const Code *code, const Decoded *ins) {
    switch (opcode_operands[ins->op]) {
    case OPERAND_CONST: return ins->b < tuple_length(code->consts);
    case OPERAND_NAME: return ins->b < tuple_length(code->names);
    case OPERAND_LOCAL: return ins->b < code->locals_plus_count;
    case OPERAND_BINARY: return ins->b < 2 * BINARY_OP_COUNT;
    case OPERAND_COMPARE: return ins->b <= CMP_GE;
    default: return true;
    }
}

static bool counts_are_inside(const Code *code) {
    uint64_t arguments = (uint64_t)code->arg_count + code->keyword_only_count +
                         !!(code->flags & CODE_VARARGS) + !!(code->flags & CODE_VARKEYWORDS);
    return arguments <= code->local_count && code->local_count <= code->locals_plus_count &&
           code->positional_only_count <= code->arg_count && code->free_count <= code->locals_plus_count &&
           code->cell_count <= code->locals_plus_count && code->stack_size <= 1u << 24;
}

static bool rows_are_inside(const Code *code, const uint8_t *starts) {
    for (uint32_t i = 0; i < code->exception_row_count; i++) {
        const ExceptionRow *row = &code->exception_rows[i];
        if (row->start >= row->end || row->end > code->instruction_count ||
            row->target >= code->instruction_count || !starts[row->target] ||
            (row->depth_lasti >> 1) + 2 > code->stack_size + 1 ||
            (i && row->start < code->exception_rows[i - 1].start))
            return false;
    }
    return true;
}

/* starts: a byte for each unit, set here where an instruction begins. */
static bool instructions_are_inside(const Code *code, uint8_t *starts) {
    Decoded ins;
    uint32_t n = code->instruction_count;
    for (uint32_t i = 0; i < n; i = ins.next) {
        if (!decode(code, i, &ins) || !operand_is_inside(code, &ins)) return false;
        starts[i] = 1;
    }
    for (uint32_t i = 0; i < n; i = ins.next)
        if (decode(code, i, &ins) && is_jump(ins.op) && !starts[ins.target]) return false;
    return n > 0 && rows_are_inside(code, starts);
}

int code_is_well_formed(const Code *code) {
    uint8_t *starts = heap_alloc_zero(rt->heap, code->instruction_count + 1);
    if (!starts) return raise_no_memory(), -1;
    bool good = counts_are_inside(code) && instructions_are_inside(code, starts);
    heap_free(rt->heap, starts);
    return good;
}

/* ---- paths ---- */

typedef struct Snapshot { /* the stack at a leader */
    uint32_t depth;
    bool waiting;
    uint8_t kinds[];
} Snapshot;

typedef struct Flow {
    const Code *code;
    Snapshot **at;     /* by unit; NULL: not reached, or no leader */
    uint8_t *leader;   /* by unit */
    uint32_t *waiting; /* units of leaders to walk from */
    uint32_t waiting_count;
    uint8_t *stack;         /* before the present instruction; room for stack_size */
    uint32_t depth, lowest; /* lowest: of the present instruction */
    bool unsound, no_memory;
    bool after_names; /* the instruction before was KW_NAMES */
    uint32_t names_count;
} Flow;

#define BIT(kind) (1u << STACK_##kind)
enum { NULLS = BIT(NULL) | BIT(MAYBE_NULL), ANY = ~NULLS & 0x1FFFF };

static StackKind peek(Flow *w, uint64_t n, uint32_t allowed) {
    if (n < 1 || n > w->depth || !(allowed & 1u << w->stack[w->depth - n]))
        return w->unsound = true, STACK_OBJECT;
    return w->stack[w->depth - n];
}

static StackKind pop(Flow *w, uint32_t allowed) {
    StackKind kind = peek(w, 1, allowed);
    if (w->depth) w->depth--;
    if (w->depth < w->lowest) w->lowest = w->depth;
    return kind;
}

static void pops(Flow *w, uint64_t n) {
    if (n > w->depth) w->unsound = true;
    for (; n > 0 && !w->unsound; n--) pop(w, ANY);
}

static void push(Flow *w, StackKind kind) {
    if (w->depth >= w->code->stack_size) w->unsound = true;
    else w->stack[w->depth++] = (uint8_t)kind;
}

static void push_many(Flow *w, uint64_t n) {
    for (; n > 0 && !w->unsound; n--) push(w, STACK_OBJECT);
}

static StackKind merged(StackKind a, StackKind b) {
    if (a == b) return a;
    if (a <= STACK_MAYBE_NULL || b <= STACK_MAYBE_NULL) return STACK_MAYBE_NULL;
    bool raised =
        (a == STACK_RAISED || a == STACK_MAYBE_RAISED) && (b == STACK_RAISED || b == STACK_MAYBE_RAISED);
    return raised ? STACK_MAYBE_RAISED : STACK_OBJECT;
}

/* A way to a leader, with the first `depth` entries of the stack. */
static void reach(Flow *w, uint32_t unit, const uint8_t *kinds, uint32_t depth) {
    Snapshot *s = w->at[unit];
    bool changed = !s;
    if (!s) {
        s = w->at[unit] = heap_alloc(rt->heap, sizeof *s + depth);
        if (!s) {
            w->no_memory = true;
            return;
        }
        *s = (Snapshot){.depth = depth};
        if (depth) memcpy(s->kinds, kinds, depth);
    }
    if (s->depth != depth) {
        w->unsound = true;
        return;
    }
    for (uint32_t i = 0; i < depth; i++) {
        uint8_t kind = (uint8_t)merged(s->kinds[i], kinds[i]);
        changed |= kind != s->kinds[i];
        s->kinds[i] = kind;
    }
    if (!changed || s->waiting) return;
    s->waiting = true;
    w->waiting[w->waiting_count++] = unit;
}

static const ExceptionRow *row_of(const Flow *w, const Decoded *ins) {
    return unwind_find(w->code, ins->next - 1 - opcode_caches[ins->op]);
}

/* A raise at this instruction: its handler's stack is cut, and gets the unit (if wanted) and the exception. */
static void reach_handler(Flow *w, const Decoded *ins) {
    const ExceptionRow *row = row_of(w, ins);
    if (!row) return;
    uint32_t depth = row->depth_lasti >> 1, extra = 1 + (row->depth_lasti & 1);
    if (w->depth < depth || depth + extra > w->code->stack_size) {
        w->unsound = true;
        return;
    }
    uint8_t saved[2] = {w->stack[depth], w->stack[depth + extra - 1]};
    if (extra == 2) w->stack[depth] = STACK_LASTI;
    w->stack[depth + extra - 1] = STACK_RAISED;
    reach(w, row->target, w->stack, depth + extra);
    w->stack[depth + extra - 1] = saved[1];
    w->stack[depth] = saved[0];
}

/* ---- what instructions do ---- */

static uint8_t local_kind(const Flow *w, const Decoded *ins) { return w->code->local_kinds[ins->b]; }
static bool is_generator(const Flow *w) {
    return w->code->flags & (CODE_GENERATOR | CODE_COROUTINE | CODE_ASYNC_GENERATOR);
}
static Value constant_borrow(const Flow *w, const Decoded *ins) {
    return tuple_item_borrow(w->code->consts, (size_t)ins->b);
}

static StackKind kind_of_constant(Value v) {
    return IS_EXACT(v, code)    ? STACK_CODE
           : IS_EXACT(v, tuple) ? STACK_TUPLE
           : IS_EXACT(v, str)   ? STACK_STR
                                : STACK_OBJECT;
}

static void flow_make_function(Flow *w, uint64_t flags) {
    const uint32_t allowed[] = {BIT(CELLS), BIT(TUPLE) | BIT(CELLS) | BIT(DICT), BIT(DICT),
                                BIT(TUPLE) | BIT(CELLS)};
    pop(w, BIT(CODE));
    for (int i = 0; i < 4; i++)
        if (flags & (8u >> i)) pop(w, allowed[i]);
    push(w, STACK_FUNCTION);
}

static void flow_tuple(Flow *w, uint64_t n) {
    bool cells = n > 0;
    for (uint64_t i = 0; i < n && !w->unsound; i++) cells &= pop(w, ANY) == STACK_CELL;
    push(w, cells ? STACK_CELLS : STACK_TUPLE);
}

static void flow_names(Flow *w, const Decoded *ins) {
    Value names = constant_borrow(w, ins);
    if (!IS_EXACT(names, tuple)) {
        w->unsound = true;
        return;
    }
    w->names_count = (uint32_t)tuple_length(names);
    for (size_t i = 0; i < w->names_count; i++) w->unsound |= !is_str(tuple_item_borrow(names, i));
}

/* The tuple that the instruction before loads; NULL: something else may be on top. */
static Value tuple_before_borrow(const Flow *w, const Decoded *ins) {
    Decoded load;
    if (!ins->unit || w->leader[ins->unit] || !decode(w->code, ins->unit - 1, &load)) return NULL;
    if (load.op != OPCODE_LOAD_CONST || load.next != ins->unit) return NULL;
    const Instr *at = &w->code->instructions[ins->unit - 1];
    uint64_t above = ins->unit > 1 && at[-1].op == OPCODE_EXTENDED_ARG ? (uint64_t)at[-1].b << 16 : 0;
    load.b |= above;
    Value v = load.b < tuple_length(w->code->consts) ? constant_borrow(w, &load) : NULL;
    return v && IS_EXACT(v, tuple) ? v : NULL;
}

static void flow_names_of_class(Flow *w, const Decoded *ins) {
    Value names = tuple_before_borrow(w, ins);
    w->unsound |= !names;
    for (size_t i = 0; names && i < tuple_length(names); i++)
        w->unsound |= !IS_EXACT(tuple_item_borrow(names, i), str);
}

static void flow_call(Flow *w, const Decoded *ins) {
    if ((ins->a & 1) && (!w->after_names || w->leader[ins->unit] || w->names_count > ins->b))
        w->unsound = true;
    pops(w, ins->b);
    pop(w, ANY | NULLS);
    pop(w, ANY);
    push(w, STACK_OBJECT);
}

/* Cells are made, and closures taken over, in front of everything else, so that they are there whatever follows. *end: where
 * that begins. */
static bool front_is_whole(const Code *code, uint32_t *end) {
    const Instr *at = code->instructions;
    uint32_t i = 0, cells = 0, n = code->instruction_count;
    bool free_vars = at[0].op == OPCODE_COPY_FREE_VARS;
    if (free_vars ? at[i++].b != code->free_count : code->free_count > 0) return false;
    for (; i < n && at[i].op == OPCODE_MAKE_CELL; i++, cells++)
        if (!(code->local_kinds[at[i].b] & LOCAL_CELL) || (cells && at[i].b <= at[i - 1].b)) return false;
    if (code->flags & (CODE_GENERATOR | CODE_COROUTINE | CODE_ASYNC_GENERATOR))
        if (i >= n || at[i++].op != OPCODE_RETURN_GENERATOR) return false;
    *end = i;
    return cells == code->cell_count;
}

/* The stack behind an instruction that goes on with the next one, or, `jumping`, with its target. */
static void apply(Flow *w, const Decoded *ins, bool jumping) {
    uint64_t b = ins->b;
    switch (ins->op) {
    case OPCODE_PUSH_NULL: push(w, STACK_NULL); break;
    case OPCODE_COPY: push(w, peek(w, b, ANY)); break;
    case OPCODE_SWAP: {
        StackKind deep = peek(w, b, ANY | NULLS), top = peek(w, 1, ANY | NULLS);
        if (w->unsound) break;
        w->stack[w->depth - b] = (uint8_t)top;
        w->stack[w->depth - 1] = (uint8_t)deep;
        break;
    }
    case OPCODE_LOAD_CONST: push(w, kind_of_constant(constant_borrow(w, ins))); break;
    case OPCODE_LOAD_FAST:
    case OPCODE_LOAD_FAST_CHECK:
    case OPCODE_DELETE_FAST:
    case OPCODE_STORE_FAST:
        w->unsound |= local_kind(w, ins) & (LOCAL_CELL | LOCAL_FREE);
        if (ins->op == OPCODE_STORE_FAST) pop(w, ANY);
        else if (ins->op != OPCODE_DELETE_FAST) push(w, STACK_OBJECT);
        break;
    case OPCODE_LOAD_CLOSURE:
    case OPCODE_LOAD_DEREF:
    case OPCODE_STORE_DEREF:
    case OPCODE_DELETE_DEREF:
    case OPCODE_LOAD_CLASSDEREF:
    case OPCODE_LOAD_FROM_DICT_OR_DEREF:
        w->unsound |= !(local_kind(w, ins) & (LOCAL_CELL | LOCAL_FREE));
        pops(w, (uint64_t)opcode_stack_effects[ins->op].pops);
        if (ins->op == OPCODE_LOAD_CLOSURE) push(w, STACK_CELL);
        else push_many(w, (uint64_t)opcode_stack_effects[ins->op].pushes);
        break;
    case OPCODE_LOAD_GLOBAL:
        push(w, STACK_OBJECT);
        if (ins->a & 1) push(w, STACK_NULL);
        break;
    case OPCODE_LOAD_ATTR:
    case OPCODE_LOAD_SUPER_ATTR:
        pops(w, ins->op == OPCODE_LOAD_ATTR ? 1 : 3);
        push(w, STACK_OBJECT);
        if (ins->a & 1) push(w, STACK_MAYBE_NULL);
        break;
    case OPCODE_GET_ITER:
    case OPCODE_GET_AITER:
        pop(w, ANY);
        push(w, STACK_ITERATOR);
        break;
    case OPCODE_FOR_ITER:
        if (jumping) pop(w, ANY);
        else peek(w, 1, ANY), push(w, STACK_OBJECT);
        break;
    case OPCODE_SEND:
        pops(w, jumping ? 2 : 1);
        if (!jumping) peek(w, 1, ANY);
        push(w, STACK_OBJECT);
        break;
    case OPCODE_JUMP_IF_TRUE_OR_POP:
    case OPCODE_JUMP_IF_FALSE_OR_POP:
        if (jumping) peek(w, 1, ANY);
        else pop(w, ANY);
        break;
    case OPCODE_YIELD_VALUE:
        w->unsound |= !is_generator(w);
        pop(w, ANY);
        push(w, STACK_OBJECT);
        break;
    case OPCODE_RETURN_VALUE:
    case OPCODE_RETURN_CONST:
        if (ins->op == OPCODE_RETURN_VALUE) pop(w, ANY);
        w->unsound |= w->depth != 0;
        break;
    case OPCODE_PUSH_EXC_INFO:
        pop(w, BIT(RAISED));
        push(w, STACK_HANDLED);
        push(w, STACK_RAISED);
        break;
    case OPCODE_POP_EXCEPT: pop(w, BIT(HANDLED)); break;
    case OPCODE_CHECK_EXC_MATCH:
        pop(w, ANY);
        peek(w, 1, BIT(RAISED));
        push(w, STACK_OBJECT);
        break;
    case OPCODE_CHECK_EG_MATCH:
        pop(w, ANY);
        pop(w, BIT(RAISED) | BIT(MAYBE_RAISED));
        push(w, STACK_MAYBE_RAISED);
        push(w, STACK_MAYBE_RAISED);
        break;
    case OPCODE_PREP_RERAISE_STAR:
        pop(w, BIT(LIST));
        pop(w, BIT(RAISED) | BIT(MAYBE_RAISED));
        push(w, STACK_MAYBE_RAISED);
        break;
    case OPCODE_RERAISE:
        if (b) peek(w, b + 1, BIT(LASTI));
        pop(w, BIT(RAISED) | BIT(MAYBE_RAISED));
        break;
    case OPCODE_STOPITERATION_ERROR:
        pop(w, BIT(RAISED));
        push(w, STACK_RAISED);
        break;
    case OPCODE_END_ASYNC_FOR:
        pop(w, BIT(RAISED));
        pop(w, ANY);
        break;
    case OPCODE_WITH_EXCEPT_START:
        peek(w, 4, ANY);
        peek(w, 1, BIT(RAISED));
        push(w, STACK_OBJECT);
        break;
    case OPCODE_RAISE_VARARGS:
        w->unsound |= b > 2;
        pops(w, b);
        break;
    case OPCODE_BUILD_TUPLE: flow_tuple(w, b); break;
    case OPCODE_BUILD_LIST: pops(w, b), push(w, STACK_LIST); break;
    case OPCODE_BUILD_SET: pops(w, b), push(w, STACK_SET); break;
    case OPCODE_BUILD_MAP: pops(w, 2 * b), push(w, STACK_DICT); break;
    case OPCODE_BUILD_CONST_KEY_MAP: {
        Value keys = tuple_before_borrow(w, ins);
        w->unsound |= b > 0 && (!keys || tuple_length(keys) < b);
        pop(w, BIT(TUPLE));
        pops(w, b);
        push(w, STACK_DICT);
        break;
    }
    case OPCODE_BUILD_STRING:
        for (uint64_t i = 0; i < b && !w->unsound; i++) pop(w, BIT(STR));
        push(w, STACK_STR);
        break;
    case OPCODE_FORMAT_VALUE:
        if (b & 4) pop(w, BIT(STR));
        pop(w, ANY);
        push(w, STACK_STR);
        break;
    case OPCODE_BUILD_SLICE:
        w->unsound |= b != 2 && b != 3;
        pops(w, b);
        push(w, STACK_OBJECT);
        break;
    case OPCODE_LIST_APPEND:
    case OPCODE_LIST_EXTEND: pop(w, ANY), peek(w, b, BIT(LIST)); break;
    case OPCODE_SET_ADD:
    case OPCODE_SET_UPDATE: pop(w, ANY), peek(w, b, BIT(SET)); break;
    case OPCODE_DICT_UPDATE: pop(w, ANY), peek(w, b, BIT(DICT)); break;
    case OPCODE_MAP_ADD: pops(w, 2), peek(w, b, BIT(DICT)); break;
    case OPCODE_DICT_MERGE:
        pop(w, ANY);
        peek(w, b, BIT(DICT));
        if (peek(w, b + 2, ANY | NULLS) <= STACK_MAYBE_NULL) peek(w, b + 3, ANY);
        break;
    case OPCODE_LIST_TO_TUPLE: pop(w, BIT(LIST)), push(w, STACK_TUPLE); break;
    case OPCODE_UNPACK_SEQUENCE: pop(w, ANY), push_many(w, b); break;
    case OPCODE_UNPACK_EX: pop(w, ANY), push_many(w, (b & 0xFF) + 1 + (b >> 8)); break;
    case OPCODE_MAKE_FUNCTION: flow_make_function(w, b); break;
    case OPCODE_KW_NAMES: flow_names(w, ins); break;
    case OPCODE_CALL: flow_call(w, ins); break;
    case OPCODE_CALL_FUNCTION_EX:
        pops(w, 1 + (b & 1));
        pop(w, ANY | NULLS);
        pop(w, ANY);
        push(w, STACK_OBJECT);
        break;
    case OPCODE_GET_LEN:
    case OPCODE_MATCH_MAPPING:
    case OPCODE_MATCH_SEQUENCE:
    case OPCODE_IMPORT_FROM:
    case OPCODE_GET_ANEXT:
        peek(w, 1, ANY);
        push(w, STACK_OBJECT);
        break;
    case OPCODE_MATCH_KEYS:
        peek(w, 1, BIT(TUPLE));
        peek(w, 2, ANY);
        push(w, STACK_OBJECT);
        break;
    case OPCODE_MATCH_CLASS:
        flow_names_of_class(w, ins);
        pop(w, BIT(TUPLE));
        pops(w, 2);
        push(w, STACK_OBJECT);
        break;
    case OPCODE_TYPE_PARAM:
        if (b == 1 || b == 2) pop(w, ANY);
        pop(w, BIT(STR));
        push(w, STACK_OBJECT);
        break;
    case OPCODE_TYPE_ALIAS:
        pop(w, BIT(FUNCTION));
        pop(w, ANY);
        pop(w, BIT(STR));
        push(w, STACK_OBJECT);
        break;
    case OPCODE_SET_TYPE_PARAMS:
        pop(w, ANY);
        peek(w, 1, BIT(FUNCTION));
        break;
    default:
        if (opcode_stack_effects[ins->op].pops < 0 || opcode_stack_effects[ins->op].pushes < 0) {
            w->unsound = true;
            break;
        }
        pops(w, (uint64_t)opcode_stack_effects[ins->op].pops);
        push_many(w, (uint64_t)opcode_stack_effects[ins->op].pushes);
    }
    w->after_names = ins->op == OPCODE_KW_NAMES;
}

static bool goes_on(uint8_t op) {
    return op != OPCODE_RETURN_VALUE && op != OPCODE_RETURN_CONST && op != OPCODE_RAISE_VARARGS &&
           op != OPCODE_RERAISE && op != OPCODE_JUMP_FORWARD && op != OPCODE_JUMP_BACKWARD &&
           op != OPCODE_JUMP_BACKWARD_NO_INTERRUPT;
}

/* PUSH_EXC_INFO stands in the range of its own handler's cleanup, which counts on what it pushes. */
static bool can_raise(uint8_t op) { return op != OPCODE_PUSH_EXC_INFO; }

/* From a leader to the next one, or to where the path ends. */
static void walk(Flow *w, uint32_t unit, CodeFlowVisit *visit, void *arg) {
    Decoded ins;
    Snapshot *s = w->at[unit];
    w->depth = s->depth;
    w->after_names = false;
    if (s->depth > w->code->stack_size) w->unsound = true;
    else if (s->depth) memcpy(w->stack, s->kinds, s->depth);
    for (bool first = true; !w->unsound && !w->no_memory; first = false) {
        if (unit >= w->code->instruction_count || !decode(w->code, unit, &ins)) {
            w->unsound = true;
            return;
        }
        if (w->leader[unit] && !first) {
            if (!visit) reach(w, unit, w->stack, w->depth);
            return;
        }
        if (visit) visit(arg, unit, w->stack, w->depth);
        else if (can_raise(ins.op)) reach_handler(w, &ins);
        if (is_jump(ins.op) && !visit) {
            uint8_t top[2];
            uint32_t depth = w->depth;
            for (uint32_t i = 0; i < 2; i++) top[i] = depth > i ? w->stack[depth - 1 - i] : 0;
            apply(w, &ins, true);
            if (!w->unsound) reach(w, ins.target, w->stack, w->depth);
            w->depth = depth;
            for (uint32_t i = 0; i < 2; i++)
                if (depth > i) w->stack[depth - 1 - i] = top[i];
        }
        if (!goes_on(ins.op) && is_jump(ins.op)) return;
        w->lowest = w->depth;
        apply(w, &ins, false);
        const ExceptionRow *row = row_of(w, &ins);
        if (row && w->lowest < row->depth_lasti >> 1 && can_raise(ins.op))
            w->unsound = true; /* it may raise with its operands gone */
        if (!goes_on(ins.op)) return;
        unit = ins.next;
    }
}

static void mark_leaders(Flow *w) {
    Decoded ins;
    w->leader[0] = 1;
    for (uint32_t i = 0; i < w->code->instruction_count && decode(w->code, i, &ins); i = ins.next)
        if (is_jump(ins.op)) w->leader[ins.target] = 1;
    for (uint32_t i = 0; i < w->code->exception_row_count; i++)
        w->leader[w->code->exception_rows[i].target] = 1;
}

/* Cells and generators begin in front, and only there; nothing leads back, and no handler catches what is raised there. */
static bool front_is_sound(const Code *code) {
    uint32_t end;
    Decoded ins;
    if (!front_is_whole(code, &end)) return false;
    for (uint32_t i = 0; i < code->instruction_count && decode(code, i, &ins); i = ins.next) {
        bool front = ins.op == OPCODE_MAKE_CELL || ins.op == OPCODE_COPY_FREE_VARS ||
                     ins.op == OPCODE_RETURN_GENERATOR;
        if ((front && i >= end) || (is_jump(ins.op) && ins.target < end)) return false;
    }
    for (uint32_t i = 0; i < code->exception_row_count; i++)
        if (code->exception_rows[i].target < end || code->exception_rows[i].start < end) return false;
    return true;
}

static void flow_drop(Flow *w) {
    for (uint32_t i = 0; w->at && i < w->code->instruction_count; i++) heap_free(rt->heap, w->at[i]);
    heap_free(rt->heap, w->at);
    heap_free(rt->heap, w->leader);
    heap_free(rt->heap, w->waiting);
    heap_free(rt->heap, w->stack);
}

int code_flow(const Code *code, CodeFlowVisit *visit, void *arg) {
    int formed = code_is_well_formed(code);
    if (formed <= 0) return formed;
    if (!front_is_sound(code)) return 0;
    size_t n = code->instruction_count;
    Flow w = {.code = code,
              .at = heap_alloc_zero(rt->heap, n * sizeof *w.at),
              .leader = heap_alloc_zero(rt->heap, n),
              .waiting = heap_alloc(rt->heap, n * sizeof *w.waiting),
              .stack = heap_alloc_zero(rt->heap, code->stack_size + 3)};
    w.no_memory = !w.at || !w.leader || !w.waiting || !w.stack;
    if (!w.no_memory) {
        mark_leaders(&w);
        reach(&w, 0, w.stack, 0);
    }
    while (!w.no_memory && !w.unsound && w.waiting_count) {
        uint32_t unit = w.waiting[--w.waiting_count];
        w.at[unit]->waiting = false;
        walk(&w, unit, NULL, NULL);
    }
    for (uint32_t i = 0; visit && !w.no_memory && !w.unsound && i < n; i++)
        if (w.at[i]) walk(&w, i, visit, arg);
    flow_drop(&w);
    if (w.no_memory) return raise_no_memory(), -1;
    return !w.unsound;
}
