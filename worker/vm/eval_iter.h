/* eval_iter: iteration, delegation to generators, unpacking. Part of eval_loop.h. */

    OP(GET_ITER) {
        SAVE();
        Value v = TOP(), it = value_iter(v);
        if (UNLIKELY(!it)) goto error;
        TOP() = it;
        decref(v);
        NEXT();
    }

    OP(GET_YIELD_FROM_ITER) {
        SAVE();
        Value v = TOP(), it = ops_yield_from_iter(fp, v);
        if (UNLIKELY(!it)) goto error;
        TOP() = it;
        decref(v);
        NEXT();
    }

    OP(FOR_ITER) {
        SAVE();
        Value it = TOP();
#if !TRACED
        CounterCache *cache = CACHE(CounterCache);
        if (cache->counter++ >= 1) {
            cache->counter = 0;
            specialize_for_iter(pc - 1, it);
        }
#endif
        if (UNLIKELY(!type_of(it)->slots.next)) { /* the argument of a generator expression's own code */
            raise_error(T_TypeError, "'%T' object is not an iterator", it);
            goto error;
        }
        Value item = type_of(it)->slots.next(it);
        if (LIKELY(item != NULL)) {
            PUSH(item);
            SKIP(1);
            NEXT();
        }
#if TRACED
        if (t->pending && error_matches(T_StopIteration)) trace_exception(t, fp);
#endif
        if (t->pending && !error_swallow(T_StopIteration)) goto error;
    for_iter_end: __attribute__((unused));
        decref(POP());
        SKIP(1 + oparg);
        NEXT();
    }

    OP(SEND) {
        SAVE();
        Value v = POP(), receiver = TOP(), result;
#if !TRACED
        if (is_exact_generator(receiver) || is_exact_coroutine(receiver)) pc[-1].op = OPCODE_SEND_GENERATOR;
#endif
        SendResult sent = iterator_send(receiver, v, &result);
        decref(v);
        if (sent == SEND_YIELDED) {
            PUSH(result);
            NEXT();
        }
        if (UNLIKELY(sent == SEND_RAISED)) goto error;
#if TRACED
        if (trace_sent(t, fp, receiver, result) < 0) {
            decref(result);
            goto error;
        }
#endif
        TOP() = result;
        decref(receiver);
        SKIP(oparg);
        NEXT();
    }

    OP(GET_AWAITABLE) {
        SAVE();
        Value v = TOP(), it = ops_awaitable(v, oparg);
        if (UNLIKELY(!it)) goto error;
        TOP() = it;
        decref(v);
        NEXT();
    }

    OP(GET_AITER) {
        SAVE();
        Value v = TOP(), it = ops_aiter(v);
        if (UNLIKELY(!it)) goto error;
        TOP() = it;
        decref(v);
        NEXT();
    }

    OP(GET_ANEXT) {
        SAVE();
        Value awaitable = ops_anext(TOP());
        if (UNLIKELY(!awaitable)) goto error;
        PUSH(awaitable);
        NEXT();
    }

    OP(UNPACK_SEQUENCE) {
        SAVE();
        Value v = TOP();
#if !TRACED
        CounterCache *cache = CACHE(CounterCache);
        if (cache->counter++ >= 1) {
            cache->counter = 0;
            specialize_unpack(pc - 1, v, oparg);
        }
#endif
        if (UNLIKELY(ops_unpack(v, oparg, -1, sp - 1) < 0)) {
            sp--;
            decref(v);
            goto error;
        }
        sp += (int)oparg - 1;
        decref(v);
        SKIP(1);
        NEXT();
    }

    OP(UNPACK_EX) {
        SAVE();
        Value v = TOP();
        uint32_t before = oparg & 0xff, after = oparg >> 8;
        if (UNLIKELY(ops_unpack(v, before, (ssize_t)after, sp - 1) < 0)) {
            sp--;
            decref(v);
            goto error;
        }
        sp += before + after;
        decref(v);
        NEXT();
    }

#if !TRACED
    OP(FOR_ITER_LIST) {
        Value it = TOP();
        if (UNLIKELY(!IS_KIND(it, list_iterator))) goto L_FOR_ITER;
        SeqIterator *i = (SeqIterator *)it;
        List *l = (List *)i->seq;
        if (UNLIKELY(!l || i->index >= l->length)) goto seq_end;
        PUSH(incref(l->items[i->index++]));
        SKIP(1);
        NEXT();
    }

    OP(FOR_ITER_LIST_STORE) {
        Value it = TOP();
        if (UNLIKELY(!IS_KIND(it, list_iterator))) goto L_FOR_ITER;
        SeqIterator *i = (SeqIterator *)it;
        List *l = (List *)i->seq;
        if (UNLIKELY(!l || i->index >= l->length)) goto seq_end;
        Value *slot = &LOCAL(pc[1].b), old = *slot;
        *slot = incref(l->items[i->index++]);
        xdecref(old);
        SKIP(2);
        NEXT();
    }

    OP(FOR_ITER_TUPLE) {
        Value it = TOP();
        if (UNLIKELY(!IS_KIND(it, tuple_iterator))) goto L_FOR_ITER;
        SeqIterator *i = (SeqIterator *)it;
        Tuple *tuple = (Tuple *)i->seq;
        if (UNLIKELY(!tuple || i->index >= tuple->length)) goto seq_end;
        PUSH(incref(tuple->items[i->index++]));
        SKIP(1);
        NEXT();
    }

seq_end: {
        SeqIterator *i = (SeqIterator *)TOP();
        Value seq = i->seq;
        i->seq = NULL;
        xdecref(seq);
        goto for_iter_end;
    }

    OP(FOR_ITER_RANGE) {
        Value it = TOP();
        if (UNLIKELY(!IS_KIND(it, range_iterator))) goto L_FOR_ITER;
        RangeIterator *r = (RangeIterator *)it;
        if (UNLIKELY(r->left <= 0)) goto for_iter_end;
        int64_t n = r->next;
        r->next = n + r->step;
        r->left--;
        PUSH(small_int_new(n));
        SKIP(1);
        NEXT();
    }

    OP(FOR_ITER_RANGE_STORE) {
        Value it = TOP();
        if (UNLIKELY(!IS_KIND(it, range_iterator))) goto L_FOR_ITER;
        RangeIterator *r = (RangeIterator *)it;
        if (UNLIKELY(r->left <= 0)) goto for_iter_end;
        int64_t n = r->next;
        r->next = n + r->step;
        r->left--;
        Value *slot = &LOCAL(pc[1].b), old = *slot;
        *slot = small_int_new(n);
        xdecref(old);
        SKIP(2);
        NEXT();
    }

    OP(FOR_ITER_GENERATOR) {
        Value it = TOP();
        if (UNLIKELY(!IS_KIND(it, generator))) goto L_FOR_ITER;
        Generator *g = (Generator *)it;
        if (UNLIKELY(g->state == GENERATOR_DONE)) goto for_iter_end;
        if (UNLIKELY(g->state == GENERATOR_RUNNING)) goto L_FOR_ITER;
        if (UNLIKELY(depth_enter(t) < 0)) goto error;
        SAVE();
        g->jump = oparg;
        generator_begin(t, g, NONE, RETURN_FOR_ITER);
        fp = &g->frame;
        pc = fp->pc;
        sp = fp->sp;
        RELOAD();
        /* What was sent is dropped: the usual end of a yield. */
        if (LIKELY(pc->op == OPCODE_RESUME_QUICK && pc[1].op == OPCODE_POP_TOP && t->fuel_left > 0 && !breaker_bits())) {
            t->fuel_left--;
            sp--;
            pc += 2;
        }
        NEXT();
    }

    OP(FOR_ITER_NEXT) {
        SAVE();
        Value it = TOP();
        UnaryFn next = type_of(it)->slots.next;
        if (UNLIKELY(!next)) goto L_FOR_ITER;
        Value item = next(it);
        if (LIKELY(item != NULL)) {
            PUSH(item);
            SKIP(1);
            NEXT();
        }
        if (t->pending && !error_swallow(T_StopIteration)) goto error;
        goto for_iter_end;
    }

    OP(FOR_ITER_PAIR) {
        Value pair[2];
        PairFn next_pair = pair_function(TOP());
        if (UNLIKELY(!next_pair)) goto L_FOR_ITER;
        SAVE();
        if (LIKELY(next_pair(TOP(), pair))) {
            PUSH(pair[1]);
            PUSH(pair[0]);
            SKIP(3); /* the UNPACK_SEQUENCE too */
            NEXT();
        }
        if (t->pending && !error_swallow(T_StopIteration)) goto error;
        goto for_iter_end;
    }

    OP(SEND_GENERATOR) {
        Value v = TOP(), receiver = PEEK(2);
        if (UNLIKELY(!is_object(receiver) || (receiver->head.kind != &TYPE(generator)->kind &&
                                               receiver->head.kind != &TYPE(coroutine)->kind)))
            goto L_SEND;
        Generator *g = (Generator *)receiver;
        if (UNLIKELY(!(g->state == GENERATOR_SUSPENDED || (g->state == GENERATOR_CREATED && v == NONE)))) goto L_SEND;
        if (UNLIKELY(depth_enter(t) < 0)) goto error;
        sp--;
        SAVE();
        g->jump = oparg;
        generator_begin(t, g, v, RETURN_SEND);
        fp = &g->frame;
        pc = fp->pc;
        sp = fp->sp;
        RELOAD();
        NEXT();
    }

    OP(UNPACK_TWO_TUPLE) {
        Value v = TOP();
        if (UNLIKELY(!IS_KIND(v, tuple) || tuple_length(v) != 2)) goto L_UNPACK_SEQUENCE;
        Tuple *tuple = (Tuple *)v;
        if (tuple->head.refcount == 1) { /* take the items out and free the shell */
            Value first = tuple->items[0];
            TOP() = tuple->items[1];
            PUSH(first);
            tuple->items[0] = tuple->items[1] = NONE;
        } else {
            TOP() = incref(tuple->items[1]);
            PUSH(incref(tuple->items[0]));
        }
        DECREF(v);
        SKIP(1);
        NEXT();
    }

    OP(UNPACK_TUPLE) {
        Value v = TOP();
        if (UNLIKELY(!IS_KIND(v, tuple) || tuple_length(v) != oparg)) goto L_UNPACK_SEQUENCE;
        sp--;
        for (uint32_t i = oparg; i-- > 0;) PUSH(incref(((Tuple *)v)->items[i]));
        DECREF(v);
        SKIP(1);
        NEXT();
    }

    OP(UNPACK_LIST) {
        Value v = TOP();
        if (UNLIKELY(!IS_KIND(v, list) || list_length(v) != oparg)) goto L_UNPACK_SEQUENCE;
        sp--;
        for (uint32_t i = oparg; i-- > 0;) PUSH(incref(((List *)v)->items[i]));
        DECREF(v);
        SKIP(1);
        NEXT();
    }
#endif
