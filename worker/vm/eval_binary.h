/* eval_binary: operators, comparisons, items. Part of eval_loop.h. */

    OP(UNARY_POSITIVE) {
        SAVE();
        Value v = TOP(), result = value_positive(v);
        if (UNLIKELY(!result)) goto error;
        TOP() = result;
        decref(v);
        NEXT();
    }

    OP(UNARY_NEGATIVE) {
        Value v = TOP(), result;
        if (is_small_int(v) && v != VALUE((uint64_t)SMALL_INT_MIN << 1 | 1)) {
            TOP() = small_int_new(-small_int(v));
            NEXT();
        }
        SAVE();
        result = value_negative(v);
        if (UNLIKELY(!result)) goto error;
        TOP() = result;
        decref(v);
        NEXT();
    }

    OP(UNARY_NOT) {
        Value v = TOP();
        if (v == TRUE) TOP() = FALSE;
        else if (v == FALSE) TOP() = TRUE;
        else {
            SAVE();
            sp--;
            int truth = truth_steal(v);
            if (UNLIKELY(truth < 0)) goto error;
            PUSH(BOOL(!truth));
        }
        NEXT();
    }

    OP(UNARY_INVERT) {
        SAVE();
        Value v = TOP(), result = value_invert(v);
        if (UNLIKELY(!result)) goto error;
        TOP() = result;
        decref(v);
        NEXT();
    }

    OP(BINARY_OP) {
        Value a = PEEK(2), b = TOP(), result;
        unsigned op = oparg;
        bool done;
        switch (op >= BINARY_OP_COUNT ? op - BINARY_OP_COUNT : op) {
        case OP_ADD: done = fast_add(a, b, &result); break;
        case OP_SUBTRACT: done = fast_subtract(a, b, &result); break;
        case OP_MULTIPLY: done = fast_multiply(a, b, &result); break;
        default: done = fast_arithmetic(op, a, b, &result); break;
        }
        if (!done) {
        binary_by_protocol: __attribute__((unused));
            SAVE();
            a = PEEK(2), b = TOP();
            result = binary_slow(oparg, a, b);
            if (UNLIKELY(!result)) goto error;
            PEEK(2) = result;
            sp--;
            decref(a);
            decref(b);
            SKIP(1);
            NEXT();
        }
        PEEK(2) = result;
        sp--;
        SKIP(1);
        NEXT();
    }

    OP(COMPARE_OP) {
        Value a = PEEK(2), b = TOP(), result;
        unsigned outcome = fast_compare(a, b);
        if (outcome) {
            PEEK(2) = BOOL(compare_outcomes(oparg) & outcome);
            sp--;
            SKIP(1);
            NEXT();
        }
        SAVE();
        result = compare_slow(a, b, (CompareOp)oparg);
        if (UNLIKELY(!result)) goto error;
        PEEK(2) = result;
        sp--;
        decref(a);
        decref(b);
        SKIP(1);
        NEXT();
    }

    OP(IS_OP) {
        Value b = POP(), a = TOP();
        TOP() = BOOL((a == b) ^ (bool)oparg);
        decref(a);
        decref(b);
        NEXT();
    }

    OP(CONTAINS_OP) {
        SAVE();
        Value container = TOP(), item = PEEK(2);
        int found = contains(container, item);
        if (UNLIKELY(found < 0)) goto error;
        sp--;
        TOP() = BOOL(found ^ (int)oparg);
        decref(item);
        decref(container);
        NEXT();
    }

    OP(BINARY_SUBSCR) {
        Value key = TOP(), container = PEEK(2);
        Value item = fast_item_borrow(container, key);
        if (item) {
            incref(item);
        } else {
            SAVE();
            item = getitem_slow(container, key);
            if (UNLIKELY(!item)) goto error;
        }
#if !TRACED
        CounterCache *cache = CACHE(CounterCache);
        if (cache->counter++ >= 2) {
            cache->counter = 0;
            specialize_subscr(pc - 1, container, key);
        }
#endif
        sp--;
        TOP() = item;
        decref(container);
        decref(key);
        SKIP(3);
        NEXT();
    }

    OP(BINARY_SLICE) {
        SAVE();
        Value stop = TOP(), start = PEEK(2), container = PEEK(3);
        Value result = binary_slice(container, start, stop);
        if (UNLIKELY(!result)) goto error;
        sp -= 2;
        TOP() = result;
        decref(container);
        decref(start);
        decref(stop);
        NEXT();
    }

    OP(STORE_SLICE) {
        SAVE();
        if (UNLIKELY(store_slice(PEEK(4), PEEK(3), PEEK(2), TOP()) < 0)) goto error;
        sp -= 4;
        for (int i = 0; i < 4; i++) decref(sp[i]);
        NEXT();
    }

    OP(STORE_SUBSCR) {
        SAVE();
        Value key = TOP(), container = PEEK(2), value = PEEK(3);
        if (UNLIKELY(value_setitem(container, key, value) < 0)) goto error;
#if !TRACED
        CounterCache *cache = CACHE(CounterCache);
        if (cache->counter++ >= 2) {
            cache->counter = 0;
            specialize_store_subscr(pc - 1, container, key);
        }
#endif
        sp -= 3;
        decref(value);
        decref(container);
        decref(key);
        SKIP(1);
        NEXT();
    }

    OP(DELETE_SUBSCR) {
        SAVE();
        if (UNLIKELY(value_delitem(PEEK(2), TOP()) < 0)) goto error;
        sp -= 2;
        decref(sp[0]);
        decref(sp[1]);
        NEXT();
    }

    OP(BUILD_SLICE) {
        Value step = oparg == 3 ? POP() : NULL, stop = POP(), start = TOP();
        Value slice = slice_new(start, stop, step);
        xdecref(step);
        decref(stop);
        decref(start);
        if (UNLIKELY(!slice)) {
            sp--;
            goto error;
        }
        TOP() = slice;
        NEXT();
    }

#if !TRACED
    /* By operator; operands of any type. */
#define BINARY_FAST(name, fast)                                                                                        \
    OP(name) {                                                                                                         \
        Value a = PEEK(2), b = TOP(), result;                                                                          \
        if (UNLIKELY(!fast)) goto binary_by_protocol;                                                                  \
        PEEK(2) = result;                                                                                              \
        sp--;                                                                                                          \
        SKIP(1);                                                                                                       \
        NEXT();                                                                                                        \
    }
    BINARY_FAST(BINARY_SUBTRACT, fast_subtract(a, b, &result))
    BINARY_FAST(BINARY_MULTIPLY, fast_multiply(a, b, &result))
    BINARY_FAST(BINARY_TRUE_DIVIDE, fast_true_divide(a, b, &result))
    BINARY_FAST(BINARY_FLOOR_DIVIDE, fast_floor_divide(a, b, &result))
    BINARY_FAST(BINARY_REMAINDER, fast_remainder(a, b, &result))
    BINARY_FAST(BINARY_BITS, fast_bits(oparg, a, b, &result))

    OP(BINARY_ADD) {
        Value a = PEEK(2), b = TOP(), result;
        if (LIKELY(fast_add(a, b, &result))) {
            PEEK(2) = result;
            sp--;
            SKIP(1);
            NEXT();
        }
        if (is_exact_str(a) && is_exact_str(b)) {
            SAVE();
            if (a->head.refcount == 2) { /* perhaps here and in the variable that the sum goes to */
                AppendPlace place = append_place(fp, pc + 1, sp);
                if (place.at && *place.at == a) {
                    sp -= 2;
                    decref(a);
                    int status = str_append(place.at, b);
                    decref(b);
                    if (UNLIKELY(status < 0)) goto error;
                    if (place.has_owner) decref(POP());
                    SKIP(1 + place.units);
                    NEXT();
                }
            }
            result = str_concat(a, b);
            if (UNLIKELY(!result)) goto error;
            PEEK(2) = result;
            sp--;
            decref(a);
            decref(b);
            SKIP(1);
            NEXT();
        }
        goto binary_by_protocol;
    }

    /* Fused with the STORE_FAST behind it (pc[1], after one cache unit). */
#define BINARY_FAST_STORE(name, fast)                                                                                  \
    OP(name) {                                                                                                         \
        Value a = PEEK(2), b = TOP(), result;                                                                          \
        if (UNLIKELY(!fast)) goto binary_by_protocol;                                                                  \
        sp -= 2;                                                                                                       \
        Value *slot = &LOCAL(pc[1].b), old = *slot;                                                                    \
        *slot = result;                                                                                                \
        xdecref(old);                                                                                                  \
        SKIP(2);                                                                                                       \
        NEXT();                                                                                                        \
    }
    BINARY_FAST_STORE(BINARY_SUBTRACT_STORE, fast_subtract(a, b, &result))
    BINARY_FAST_STORE(BINARY_MULTIPLY_STORE, fast_multiply(a, b, &result))

    OP(BINARY_ADD_STORE) {
        Value a = PEEK(2), b = TOP(), result;
        Value *slot = &LOCAL(pc[1].b), old = *slot;
        if (LIKELY(fast_add(a, b, &result))) {
            sp -= 2;
            *slot = result;
            xdecref(old);
            SKIP(2);
            NEXT();
        }
        if (is_exact_str(a) && is_exact_str(b) && old == a) { /* s = s + t */
            SAVE();
            sp -= 2;
            decref(a);
            int status = str_append(slot, b);
            decref(b);
            if (UNLIKELY(status < 0)) goto error;
            SKIP(2);
            NEXT();
        }
        goto binary_by_protocol;
    }

    OP(BINARY_SUBSCR_LIST) {
        Value key = TOP(), container = PEEK(2);
        if (UNLIKELY(!IS_KIND(container, list))) goto L_BINARY_SUBSCR;
        List *l = (List *)container;
        ssize_t i = fast_index(key, l->length);
        if (UNLIKELY(i < 0)) goto L_BINARY_SUBSCR;
        sp--;
        TOP() = incref(l->items[i]);
        DECREF(container);
        SKIP(3);
        NEXT();
    }

    OP(BINARY_SUBSCR_TUPLE) {
        Value key = TOP(), container = PEEK(2);
        if (UNLIKELY(!IS_KIND(container, tuple))) goto L_BINARY_SUBSCR;
        Tuple *tuple = (Tuple *)container;
        ssize_t i = fast_index(key, tuple->length);
        if (UNLIKELY(i < 0)) goto L_BINARY_SUBSCR;
        sp--;
        TOP() = incref(tuple->items[i]);
        DECREF(container);
        SKIP(3);
        NEXT();
    }

    OP(BINARY_SUBSCR_DICT) {
        Value key = TOP(), container = PEEK(2), found;
        if (UNLIKELY(!IS_KIND(container, dict))) goto L_BINARY_SUBSCR;
        SAVE();
        int status = dict_find(container, key, &found);
        if (UNLIKELY(status <= 0)) {
            if (status == 0) raise_with(T_KeyError, key);
            goto error;
        }
        sp--;
        TOP() = incref(found);
        DECREF(container);
        decref(key);
        SKIP(3);
        NEXT();
    }

    OP(BINARY_SUBSCR_FUNCTION) {
        Value container = PEEK(2);
        SubscrCache *cache = CACHE(SubscrCache);
        if (UNLIKELY(!is_object(container) || type_of(container)->version != cache->type_version)) goto L_BINARY_SUBSCR;
        Function *f = (Function *)(uintptr_t)cache->function;
        Code *code = f->code;
        if (UNLIKELY(code->exact_args != 3)) goto L_BINARY_SUBSCR;
        if (UNLIKELY(depth_enter(t) < 0)) goto error;
        nf = frame_push(t, code);
        if (UNLIKELY(!nf)) goto no_frame;
        nf->function = INCREF(f);
        nf->slots[1] = POP();
        nf->slots[0] = POP();
        for (uint32_t i = 2; i < code->locals_plus_count; i++) nf->slots[i] = NULL;
        SKIP(3);
        SAVE();
        goto enter;
    }

    OP(STORE_SUBSCR_LIST) {
        Value key = TOP(), container = PEEK(2);
        if (UNLIKELY(!IS_KIND(container, list))) goto L_STORE_SUBSCR;
        List *l = (List *)container;
        ssize_t i = fast_index(key, l->length);
        if (UNLIKELY(i < 0)) goto L_STORE_SUBSCR;
        Value old = l->items[i];
        l->items[i] = PEEK(3);
        sp -= 3;
        decref(old);
        DECREF(container);
        SKIP(1);
        NEXT();
    }

    OP(STORE_SUBSCR_DICT) {
        Value key = TOP(), container = PEEK(2), value = PEEK(3);
        if (UNLIKELY(!IS_KIND(container, dict))) goto L_STORE_SUBSCR;
        SAVE();
        if (UNLIKELY(dict_set(container, key, value) < 0)) goto error;
        sp -= 3;
        decref(value);
        DECREF(container);
        decref(key);
        SKIP(1);
        NEXT();
    }
#endif
