/*
 * eval_fused: sequences that begin with a load, as one instruction. Locals are read where they are, without references. Part of
 * eval_loop.h.
 *
 * At the code pc is at the second unit of the sequence. When the operands are not what the fast path takes, the load is done
 * alone, and after many such misses the form is taken back (the misses are counted in the cache behind the operator).
 */

enum { FUSED_MISSES = 64 };

/* The load at pc[-1], once fused with what stands behind it, is done alone; `cache` counts. */
#define UNFUSE(cache_at, plain)                                                                                        \
    do {                                                                                                               \
        CounterCache *counter_ = (CounterCache *)(void *)(cache_at);                                                   \
        if (++counter_->misses >= FUSED_MISSES) {                                                                      \
            counter_->misses = 0;                                                                                      \
            pc[-1].op = (plain);                                                                                       \
        }                                                                                                              \
    } while (0)

unfuse_ll: /* cache at pc[2] */
    UNFUSE(pc + 2, OPCODE_LOAD_FAST_LOAD_FAST);
    goto L_LOAD_FAST_LOAD_FAST;
unfuse_lk:
    UNFUSE(pc + 2, OPCODE_LOAD_FAST_LOAD_CONST);
    goto L_LOAD_FAST_LOAD_CONST;
unfuse_sl: /* cache at pc[1] */
    UNFUSE(pc + 1, OPCODE_LOAD_FAST);
    goto L_LOAD_FAST;
unfuse_sk:
    UNFUSE(pc + 1, OPCODE_LOAD_CONST);
    goto L_LOAD_CONST;

#define FUSED_LL(name, compute)                                                                                        \
    OP(name) {                                                                                                         \
        Value a = LOCAL(oparg), b = LOCAL(pc->b), result;                                                              \
        if (UNLIKELY(!compute)) goto unfuse_ll;                                                                        \
        PUSH(result);                                                                                                  \
        SKIP(3);                                                                                                       \
        NEXT();                                                                                                        \
    }
#define FUSED_LK(name, compute)                                                                                        \
    OP(name) {                                                                                                         \
        Value a = LOCAL(oparg), b = consts[pc->b], result;                                                             \
        if (UNLIKELY(!compute)) goto unfuse_lk;                                                                        \
        PUSH(result);                                                                                                  \
        SKIP(3);                                                                                                       \
        NEXT();                                                                                                        \
    }
/* The left operand is an immediate when these succeed: nothing to drop. */
#define FUSED_SL(name, compute)                                                                                        \
    OP(name) {                                                                                                         \
        Value a = TOP(), b = LOCAL(oparg), result;                                                                     \
        if (UNLIKELY(!compute)) goto unfuse_sl;                                                                        \
        TOP() = result;                                                                                                \
        SKIP(2);                                                                                                       \
        NEXT();                                                                                                        \
    }
#define FUSED_SK(name, compute)                                                                                        \
    OP(name) {                                                                                                         \
        Value a = TOP(), b = consts[oparg], result;                                                                    \
        if (UNLIKELY(!compute)) goto unfuse_sk;                                                                        \
        TOP() = result;                                                                                                \
        SKIP(2);                                                                                                       \
        NEXT();                                                                                                        \
    }
#define FUSED_STORE(at)                                                                                                \
    do {                                                                                                               \
        Value *slot_ = &LOCAL(pc[at].b), old_ = *slot_;                                                                \
        *slot_ = result;                                                                                               \
        xdecref(old_);                                                                                                 \
        SKIP((at) + 1);                                                                                                \
        NEXT();                                                                                                        \
    } while (0)
#define FUSED_LL_STORE(name, compute)                                                                                  \
    OP(name) {                                                                                                         \
        Value a = LOCAL(oparg), b = LOCAL(pc->b), result;                                                              \
        if (UNLIKELY(!compute)) goto unfuse_ll;                                                                        \
        FUSED_STORE(3);                                                                                                \
    }
#define FUSED_LK_STORE(name, compute)                                                                                  \
    OP(name) {                                                                                                         \
        Value a = LOCAL(oparg), b = consts[pc->b], result;                                                             \
        if (UNLIKELY(!compute)) goto unfuse_lk;                                                                        \
        FUSED_STORE(3);                                                                                                \
    }

    FUSED_LL(LL_ADD, fast_add(a, b, &result))
    FUSED_LL(LL_SUBTRACT, fast_subtract(a, b, &result))
    FUSED_LL(LL_MULTIPLY, fast_multiply(a, b, &result))
    FUSED_LL(LL_ARITHMETIC, fast_arithmetic(pc[1].b, a, b, &result))
    FUSED_LK(LK_ADD, fast_add(a, b, &result))
    FUSED_LK(LK_SUBTRACT, fast_subtract(a, b, &result))
    FUSED_LK(LK_MULTIPLY, fast_multiply(a, b, &result))
    FUSED_LK(LK_ARITHMETIC, fast_arithmetic(pc[1].b, a, b, &result))
    FUSED_SL(SL_ADD, fast_add(a, b, &result))
    FUSED_SL(SL_SUBTRACT, fast_subtract(a, b, &result))
    FUSED_SL(SL_MULTIPLY, fast_multiply(a, b, &result))
    FUSED_SL(SL_ARITHMETIC, fast_arithmetic(pc[0].b, a, b, &result))
    FUSED_SK(SK_ADD, fast_add(a, b, &result))
    FUSED_SK(SK_SUBTRACT, fast_subtract(a, b, &result))
    FUSED_SK(SK_MULTIPLY, fast_multiply(a, b, &result))
    FUSED_SK(SK_ARITHMETIC, fast_arithmetic(pc[0].b, a, b, &result))
    FUSED_LL_STORE(LL_ADD_STORE, fast_add(a, b, &result))
    FUSED_LL_STORE(LL_SUBTRACT_STORE, fast_subtract(a, b, &result))
    FUSED_LL_STORE(LL_MULTIPLY_STORE, fast_multiply(a, b, &result))
    FUSED_LK_STORE(LK_ADD_STORE, fast_add(a, b, &result))
    FUSED_LK_STORE(LK_SUBTRACT_STORE, fast_subtract(a, b, &result))
    FUSED_LK_STORE(LK_MULTIPLY_STORE, fast_multiply(a, b, &result))

    OP(SL_ADD_STORE) {
        Value a = TOP(), b = LOCAL(oparg), result;
        if (UNLIKELY(!fast_add(a, b, &result))) goto unfuse_sl;
        sp--;
        FUSED_STORE(2);
    }

    OP(SK_ADD_STORE) {
        Value a = TOP(), b = consts[oparg], result;
        if (UNLIKELY(!fast_add(a, b, &result))) goto unfuse_sk;
        sp--;
        FUSED_STORE(2);
    }

    /* ---- comparisons ---- */

#define COMPARED(wanted, jump_at, BACK)                                                                                \
    do {                                                                                                               \
        bool jumps_ = (wanted) & outcome;                                                                              \
        uint32_t distance_ = pc[jump_at].b;                                                                            \
        SKIP((jump_at) + 1);                                                                                           \
        if (jumps_) BACK;                                                                                              \
        NEXT();                                                                                                        \
    } while (0)
#define FORWARD SKIP(distance_)
#define BACKWARD JUMP_BACK(distance_)

    OP(LL_COMPARE_JUMP_FORWARD) {
        unsigned outcome = fast_compare(LOCAL(oparg), LOCAL(pc->b));
        if (UNLIKELY(!outcome)) goto unfuse_ll;
        COMPARED(pc[-1].a, 3, FORWARD);
    }
    OP(LL_COMPARE_JUMP_BACKWARD) {
        unsigned outcome = fast_compare(LOCAL(oparg), LOCAL(pc->b));
        if (UNLIKELY(!outcome)) goto unfuse_ll;
        COMPARED(pc[-1].a, 3, BACKWARD);
    }
    OP(LK_COMPARE_JUMP_FORWARD) {
        unsigned outcome = fast_compare(LOCAL(oparg), consts[pc->b]);
        if (UNLIKELY(!outcome)) goto unfuse_lk;
        COMPARED(pc[-1].a, 3, FORWARD);
    }
    OP(LK_COMPARE_JUMP_BACKWARD) {
        unsigned outcome = fast_compare(LOCAL(oparg), consts[pc->b]);
        if (UNLIKELY(!outcome)) goto unfuse_lk;
        COMPARED(pc[-1].a, 3, BACKWARD);
    }
    OP(SL_COMPARE_JUMP_FORWARD) {
        unsigned outcome = fast_compare(TOP(), LOCAL(oparg));
        if (UNLIKELY(!outcome)) goto unfuse_sl;
        sp--;
        COMPARED(pc[-1].a, 2, FORWARD);
    }
    OP(SK_COMPARE_JUMP_FORWARD) {
        unsigned outcome = fast_compare(TOP(), consts[oparg]);
        if (UNLIKELY(!outcome)) goto unfuse_sk;
        sp--;
        COMPARED(pc[-1].a, 2, FORWARD);
    }
    OP(COMPARE_JUMP_FORWARD) {
        Value a = PEEK(2), b = TOP();
        unsigned outcome = fast_compare(a, b);
        if (UNLIKELY(!outcome)) {
            if (!is_exact_str(a) || !is_exact_str(b) || (oparg != CMP_EQ && oparg != CMP_NE)) goto L_COMPARE_OP;
            outcome = a == b || str_equal(a, b) ? OUTCOME_EQUAL : OUTCOME_LESS;
            DECREF(a);
            DECREF(b);
        }
        sp -= 2;
        COMPARED(pc[-1].a, 1, FORWARD);
    }
    OP(COMPARE_JUMP_BACKWARD) {
        unsigned outcome = fast_compare(PEEK(2), TOP());
        if (UNLIKELY(!outcome)) goto L_COMPARE_OP;
        sp -= 2;
        COMPARED(pc[-1].a, 1, BACKWARD);
    }
#undef FORWARD
#undef BACKWARD

    OP(CONTAINS_JUMP_FORWARD) {
        SAVE();
        Value container = TOP(), item = PEEK(2);
        int found = contains(container, item);
        if (UNLIKELY(found < 0)) goto error;
        sp -= 2;
        decref(item);
        decref(container);
        uint32_t distance = (found ^ (int)oparg) == pc[-1].a ? pc[0].b : 0;
        SKIP(1 + distance);
        NEXT();
    }

    OP(CONTAINS_JUMP_BACKWARD) {
        SAVE();
        Value container = TOP(), item = PEEK(2);
        int found = contains(container, item);
        if (UNLIKELY(found < 0)) goto error;
        sp -= 2;
        decref(item);
        decref(container);
        bool jumps = (found ^ (int)oparg) == pc[-1].a;
        uint32_t distance = pc[0].b;
        SKIP(1);
        if (jumps) JUMP_BACK(distance);
        NEXT();
    }

    OP(IS_JUMP_FORWARD) {
        Value b = POP(), a = POP();
        bool is = (a == b) ^ (bool)oparg;
        decref(a);
        decref(b);
        uint32_t distance = is == pc[-1].a ? pc[0].b : 0;
        SKIP(1 + distance);
        NEXT();
    }

    /* ---- pairs ---- */

    OP(LOAD_FAST_LOAD_FAST) {
        Value a = LOCAL(oparg), b = LOCAL(pc->b);
        sp[0] = incref(a);
        sp[1] = incref(b);
        sp += 2;
        SKIP(1);
        NEXT();
    }

    OP(LOAD_FAST_LOAD_CONST) {
        Value a = LOCAL(oparg), b = consts[pc->b];
        sp[0] = incref(a);
        sp[1] = incref(b);
        sp += 2;
        SKIP(1);
        NEXT();
    }

    OP(LOAD_CONST_LOAD_FAST) {
        Value a = consts[oparg], b = LOCAL(pc->b);
        sp[0] = incref(a);
        sp[1] = incref(b);
        sp += 2;
        SKIP(1);
        NEXT();
    }

    OP(STORE_FAST_LOAD_FAST) {
        Value *slot = &LOCAL(oparg), old = *slot;
        *slot = TOP();
        TOP() = incref(LOCAL(pc->b));
        xdecref(old);
        SKIP(1);
        NEXT();
    }

    OP(STORE_FAST_STORE_FAST) {
        Value *first = &LOCAL(oparg), old = *first;
        *first = POP();
        xdecref(old);
        Value *second = &LOCAL(pc->b);
        old = *second;
        *second = POP();
        xdecref(old);
        SKIP(1);
        NEXT();
    }

    OP(LOAD_FAST_RETURN) {
        retval = LOCAL(oparg);
        if (LIKELY(fp->bits == 0)) LOCAL(oparg) = NULL; /* moved: nobody looks at this frame any more */
        else incref(retval);
        SKIP(1);
        goto leave;
    }

#define LOAD_FAST_JUMP_BOOL(name, wanted)                                                                              \
    OP(name) {                                                                                                         \
        Value v = LOCAL(oparg);                                                                                        \
        bool truth;                                                                                                    \
        if (v == TRUE) truth = true;                                                                                   \
        else if (v == FALSE || v == NONE) truth = false;                                                               \
        else if (is_small_int(v)) truth = v != small_int_new(0);                                                       \
        else if (IS_KIND(v, list)) truth = ((List *)v)->length != 0;                                                   \
        else if (IS_KIND(v, str)) truth = ((Str *)v)->length != 0;                                                     \
        else goto L_LOAD_FAST;                                                                                         \
        uint32_t distance = truth == wanted ? pc->b : 0;                                                               \
        SKIP(1 + distance);                                                                                            \
        NEXT();                                                                                                        \
    }
    LOAD_FAST_JUMP_BOOL(LOAD_FAST_JUMP_IF_FALSE, false)
    LOAD_FAST_JUMP_BOOL(LOAD_FAST_JUMP_IF_TRUE, true)

    OP(LOAD_FAST_JUMP_IF_NONE) {
        uint32_t distance = LOCAL(oparg) == NONE ? pc->b : 0;
        SKIP(1 + distance);
        NEXT();
    }

    OP(LOAD_FAST_JUMP_IF_NOT_NONE) {
        uint32_t distance = LOCAL(oparg) != NONE ? pc->b : 0;
        SKIP(1 + distance);
        NEXT();
    }

    /* ---- items ---- */

    OP(LL_SUBSCR) {
        Value container = LOCAL(oparg), key = LOCAL(pc->b), item = fast_item_borrow(container, key);
        if (UNLIKELY(!item)) {
            if (!IS_KIND(container, dict) || !((Dict *)container)->str_only || !is_exact_str(key)) goto unfuse_ll;
            item = dict_get_str_borrow(container, key);
            if (UNLIKELY(!item)) goto L_LOAD_FAST_LOAD_FAST;
        }
        PUSH(incref(item));
        SKIP(5);
        NEXT();
    }

    OP(LK_SUBSCR) {
        Value container = LOCAL(oparg), key = consts[pc->b], item = fast_item_borrow(container, key);
        if (UNLIKELY(!item)) {
            if (!IS_KIND(container, dict) || !((Dict *)container)->str_only || !is_exact_str(key)) goto unfuse_lk;
            item = dict_get_str_borrow(container, key);
            if (UNLIKELY(!item)) goto L_LOAD_FAST_LOAD_CONST;
        }
        PUSH(incref(item));
        SKIP(5);
        NEXT();
    }

    OP(SL_SUBSCR) {
        Value container = TOP(), key = LOCAL(oparg), item = fast_item_borrow(container, key);
        if (UNLIKELY(!item)) goto unfuse_sl;
        TOP() = incref(item);
        DECREF(container);
        SKIP(4);
        NEXT();
    }

    OP(LL_STORE_SUBSCR) {
        Value container = LOCAL(oparg), key = LOCAL(pc->b);
        if (UNLIKELY(!IS_KIND(container, list))) goto unfuse_ll;
        List *l = (List *)container;
        ssize_t i = fast_index(key, l->length);
        if (UNLIKELY(i < 0)) goto unfuse_ll;
        Value old = l->items[i];
        l->items[i] = POP();
        SKIP(3);
        decref(old);
        NEXT();
    }

    /* ---- attributes ---- */

    OP(LOAD_FAST_ATTR) {
        if (LIKELY(pc->op == OPCODE_LOAD_ATTR_SLOT)) {
            Value owner = LOCAL(oparg);
            AttrCache *cache = (AttrCache *)(void *)(pc + 1);
            if (LIKELY(CACHED_TYPE(owner, cache))) {
                Attrs *attrs = (Attrs *)(void *)((char *)owner + type_of(owner)->attrs_offset);
                if (LIKELY((uintptr_t)attrs->shape == cache->shape)) {
                    PUSH(incref(attrs->values[cache->index]));
                    if (pc->a & 1) PUSH(NULL);
                    SKIP(7);
                    NEXT();
                }
            }
        } else if (pc->op == OPCODE_LOAD_ATTR_METHOD) {
            Value owner = LOCAL(oparg);
            AttrCache *cache = (AttrCache *)(void *)(pc + 1);
            if (LIKELY(CACHED_TYPE(owner, cache))) {
                Attrs *attrs = (Attrs *)(void *)((char *)owner + type_of(owner)->attrs_offset);
                if (LIKELY(!cache->shape || (uintptr_t)attrs->shape == cache->shape)) {
                    sp[0] = incref((Value)(uintptr_t)cache->object);
                    sp[1] = INCREF(owner);
                    sp += 2;
                    SKIP(7);
                    NEXT();
                }
            }
        } else if (pc->op == OPCODE_LOAD_ATTR_MEMBER) {
            Value owner = LOCAL(oparg);
            AttrCache *cache = (AttrCache *)(void *)(pc + 1);
            if (LIKELY(CACHED_TYPE(owner, cache))) {
                Value v = *(Value *)(void *)((char *)owner + cache->object);
                if (LIKELY(v != NULL)) {
                    PUSH(incref(v));
                    if (pc->a & 1) PUSH(NULL);
                    SKIP(7);
                    NEXT();
                }
            }
        }
        goto L_LOAD_FAST;
    }

    /* The owner stays on the stack. */
    OP(COPY_ATTR) {
        Value owner = TOP();
        AttrCache *cache = (AttrCache *)(void *)(pc + 1);
        if (LIKELY(CACHED_TYPE(owner, cache))) {
            if (LIKELY(pc->op == OPCODE_LOAD_ATTR_SLOT)) {
                Attrs *attrs = (Attrs *)(void *)((char *)owner + type_of(owner)->attrs_offset);
                if (LIKELY((uintptr_t)attrs->shape == cache->shape)) {
                    PUSH(incref(attrs->values[cache->index]));
                    SKIP(7);
                    NEXT();
                }
            } else if (pc->op == OPCODE_LOAD_ATTR_MEMBER) {
                Value v = *(Value *)(void *)((char *)owner + cache->object);
                if (LIKELY(v != NULL)) {
                    PUSH(incref(v));
                    SKIP(7);
                    NEXT();
                }
            }
        }
        goto L_COPY;
    }

    OP(SWAP_STORE_ATTR) {
        Value owner = PEEK(2), *slot = NULL;
        StoreAttrCache *cache = (StoreAttrCache *)(void *)(pc + 1);
        if (LIKELY(CACHED_TYPE(owner, cache))) {
            if (LIKELY(pc->op == OPCODE_STORE_ATTR_SLOT)) {
                Attrs *attrs = (Attrs *)(void *)((char *)owner + type_of(owner)->attrs_offset);
                if (LIKELY((uintptr_t)attrs->shape == cache->shape)) slot = &attrs->values[cache->index];
            } else if (pc->op == OPCODE_STORE_ATTR_MEMBER) {
                slot = (Value *)(void *)((char *)owner + cache->shape);
            }
        }
        if (UNLIKELY(!slot)) goto L_SWAP;
        Value old = *slot;
        *slot = TOP();
        sp -= 2;
        SKIP(5);
        xdecref(old);
        DECREF(owner);
        NEXT();
    }

    OP(LOAD_FAST_STORE_ATTR) {
        if (LIKELY(pc->op == OPCODE_STORE_ATTR_SLOT)) {
            Value owner = LOCAL(oparg);
            StoreAttrCache *cache = (StoreAttrCache *)(void *)(pc + 1);
            if (LIKELY(CACHED_TYPE(owner, cache))) {
                Attrs *attrs = (Attrs *)(void *)((char *)owner + type_of(owner)->attrs_offset);
                if (LIKELY((uintptr_t)attrs->shape == cache->shape)) {
                    Value *slot = &attrs->values[cache->index], old = *slot;
                    *slot = POP();
                    SKIP(5);
                    decref(old);
                    NEXT();
                }
            }
        } else if (pc->op == OPCODE_STORE_ATTR_MEMBER) {
            Value owner = LOCAL(oparg);
            StoreAttrCache *cache = (StoreAttrCache *)(void *)(pc + 1);
            if (LIKELY(CACHED_TYPE(owner, cache))) {
                Value *slot = (Value *)(void *)((char *)owner + cache->shape), old = *slot;
                *slot = POP();
                SKIP(5);
                xdecref(old);
                NEXT();
            }
        }
        goto L_LOAD_FAST;
    }
