/* eval_flow: jumps, returns, yields, exceptions, with. Part of eval_loop.h. */

    OP(RESUME) {
#if TRACED
        SAVE();
        if (UNLIKELY(--t->fuel_left < 0 || breaker_bits())) {
            if (breaker_poll() < 0) goto error;
            if (!trace_is_on(t)) return EVAL_SWITCH;
        }
        if (UNLIKELY(trace_call(t, fp) < 0)) goto error;
        NEXT();
#else
        Code *code = fp->code;
        if (code->warm != UINT32_MAX && ++code->warm >= 2) quicken_code(code);
        goto L_RESUME_QUICK;
#endif
    }

    OP(JUMP_FORWARD) {
        SKIP(oparg);
        NEXT();
    }

/* A backward jump in code that may not be quickened yet. */
#if TRACED
#define JUMP_BACK_WARM(distance) JUMP_BACK(distance)
#else
#define JUMP_BACK_WARM(distance)                                                                                       \
    do {                                                                                                               \
        Code *code_ = fp->code;                                                                                        \
        if (UNLIKELY(code_->warm != UINT32_MAX) && ++code_->warm >= 8) quicken_code(code_);                            \
        JUMP_BACK(distance);                                                                                           \
    } while (0)
#endif

    OP(JUMP_BACKWARD) {
        JUMP_BACK_WARM(oparg);
    }

    OP(JUMP_BACKWARD_NO_INTERRUPT) {
        pc -= oparg;
        NEXT();
    }

#define POP_JUMP_BOOL(name, wanted, JUMP)                                                                              \
    OP(name) {                                                                                                         \
        Value v = POP();                                                                                               \
        int truth;                                                                                                     \
        if (v == TRUE) {                                                                                               \
            truth = 1;                                                                                                 \
        } else if (v == FALSE) {                                                                                       \
            truth = 0;                                                                                                 \
        } else {                                                                                                       \
            SAVE();                                                                                                    \
            truth = truth_steal(v);                                                                                    \
            if (UNLIKELY(truth < 0)) goto error;                                                                       \
        }                                                                                                              \
        if (truth == wanted) JUMP;                                                                                     \
        NEXT();                                                                                                        \
    }
    POP_JUMP_BOOL(POP_JUMP_FORWARD_IF_TRUE, 1, SKIP(oparg))
    POP_JUMP_BOOL(POP_JUMP_FORWARD_IF_FALSE, 0, SKIP(oparg))
    POP_JUMP_BOOL(POP_JUMP_BACKWARD_IF_TRUE, 1, JUMP_BACK_WARM(oparg))
    POP_JUMP_BOOL(POP_JUMP_BACKWARD_IF_FALSE, 0, JUMP_BACK_WARM(oparg))

    OP(POP_JUMP_FORWARD_IF_NONE) {
        Value v = POP();
        if (v == NONE) SKIP(oparg);
        else decref(v);
        NEXT();
    }

    OP(POP_JUMP_FORWARD_IF_NOT_NONE) {
        Value v = POP();
        if (v != NONE) {
            SKIP(oparg);
            decref(v);
        }
        NEXT();
    }

    OP(POP_JUMP_BACKWARD_IF_NONE) {
        Value v = POP();
        if (v != NONE) {
            decref(v);
            NEXT();
        }
        JUMP_BACK_WARM(oparg);
    }

    OP(POP_JUMP_BACKWARD_IF_NOT_NONE) {
        Value v = POP();
        if (v == NONE) NEXT();
        decref(v);
        JUMP_BACK_WARM(oparg);
    }

    OP(JUMP_IF_TRUE_OR_POP) {
        SAVE();
        int truth = truth_steal(incref(TOP()));
        if (UNLIKELY(truth < 0)) goto error;
        if (truth) SKIP(oparg);
        else decref(POP());
        NEXT();
    }

    OP(JUMP_IF_FALSE_OR_POP) {
        SAVE();
        int truth = truth_steal(incref(TOP()));
        if (UNLIKELY(truth < 0)) goto error;
        if (!truth) SKIP(oparg);
        else decref(POP());
        NEXT();
    }

    OP(RETURN_VALUE) {
        retval = POP();
        goto leave;
    }

    OP(RETURN_CONST) {
        retval = incref(consts[oparg]);
        goto leave;
    }

    OP(YIELD_VALUE) {
        retval = POP();
        goto rest;
    }

    OP(RETURN_GENERATOR) {
        SAVE();
        retval = generator_new(fp);
        if (UNLIKELY(!retval)) goto error;
        Frame *done = fp;
        uint32_t bits = done->bits;
        fp = done->back;
        t->frame = fp;
        frame_pop(t, done); /* its values live on in the generator */
        if ((bits & RETURN_MASK) == RETURN_TO_NATIVE) {
            *out = retval;
            return EVAL_DONE;
        }
        t->depth--;
        pc = fp->pc;
        sp = fp->sp;
        RELOAD();
        if (UNLIKELY((bits & RETURN_MASK) == RETURN_INIT)) {
            raise_error(T_TypeError, "__init__() should return None, not '%T'", retval);
            decref(retval);
            goto error;
        }
        PUSH(retval);
        NEXT();
    }

    OP(ASYNC_GEN_WRAP) {
        Value v = TOP(), wrapped = async_wrapped_new(v);
        if (UNLIKELY(!wrapped)) goto error;
        TOP() = wrapped;
        decref(v);
        NEXT();
    }

    /* ---- exceptions ---- */

    OP(PUSH_EXC_INFO) {
        Value e = TOP(), previous = t->handled->exception;
        TOP() = previous ? previous : NONE;
        t->handled->exception = incref(e);
        PUSH(e);
        NEXT();
    }

    OP(POP_EXCEPT) {
        Value previous = POP(), old = t->handled->exception;
        t->handled->exception = previous == NONE ? NULL : previous;
        xdecref(old);
        NEXT();
    }

    OP(CHECK_EXC_MATCH) {
        SAVE();
        Value match = TOP();
        int matches = unwind_matches(PEEK(2), match);
        if (UNLIKELY(matches < 0)) goto error;
        TOP() = BOOL(matches);
        decref(match);
        NEXT();
    }

    OP(CHECK_EG_MATCH) {
        SAVE();
        Value match_type = TOP(), e = PEEK(2), match, rest;
        if (UNLIKELY(unwind_match_group(e, match_type, &match, &rest) < 0)) goto error;
        if (!match) {
            TOP() = NONE;
            xdecref(rest);
        } else {
            PEEK(2) = rest ? rest : NONE;
            TOP() = match;
            SET_FIELD_STEAL(t->handled->exception, incref(match));
            decref(e);
        }
        decref(match_type);
        NEXT();
    }

    OP(PREP_RERAISE_STAR) {
        SAVE();
        Value list = TOP(), original = PEEK(2);
        Value result = unwind_reraise_star(original, list);
        if (UNLIKELY(!result)) goto error;
        sp--;
        TOP() = result;
        decref(list);
        decref(original);
        NEXT();
    }

    OP(RERAISE) {
        fp->pc = pc;
        if (oparg) {
            Value lasti = PEEK(oparg + 1);
            if (is_small_int(lasti)) fp->pc = fp->code->instructions + small_int(lasti) + 1;
        }
        error_restore_steal(POP());
        goto unwind;
    }

    OP(RAISE_VARARGS) {
        SAVE();
        Value cause = oparg == 2 ? TOP() : NULL, e = oparg ? PEEK(oparg) : NULL;
        int again = unwind_raise(t, e, cause);
        for (uint32_t i = 0; i < oparg; i++) decref(POP());
        if (again) {
            fp->sp = sp;
            goto unwind;
        }
        goto error;
    }

    OP(STOPITERATION_ERROR) {
        SAVE();
        Value e = POP();
        error_restore_steal(e);
        convert_stop_iteration(fp->code);
        PUSH(error_take());
        NEXT();
    }

    OP(END_ASYNC_FOR) {
        Value e = POP(), awaitable;
        if (value_is_instance(e, TYPE(StopAsyncIteration))) {
            awaitable = POP();
            decref(e);
            decref(awaitable);
            NEXT();
        }
        SAVE();
        error_restore_steal(e);
        goto unwind;
    }

    /* ---- with ---- */

    OP(BEFORE_WITH) {
        SAVE();
        Value manager = TOP(), exit, result;
        if (UNLIKELY(ops_enter(manager, false, &exit, &result) < 0)) goto error;
        TOP() = exit;
        PUSH(result);
        decref(manager);
        NEXT();
    }

    OP(BEFORE_ASYNC_WITH) {
        SAVE();
        Value manager = TOP(), exit, result;
        if (UNLIKELY(ops_enter(manager, true, &exit, &result) < 0)) goto error;
        TOP() = exit;
        PUSH(result);
        decref(manager);
        NEXT();
    }

    OP(WITH_EXCEPT_START) {
        SAVE();
        Value result = ops_with_except_start(PEEK(4), TOP());
        if (UNLIKELY(!result)) goto error;
        PUSH(result);
        NEXT();
    }

#if !TRACED
    OP(RESUME_QUICK) {
        if (UNLIKELY(--t->fuel_left < 0 || breaker_bits())) {
            SAVE();
            if (breaker_poll() < 0) goto error;
            if (trace_is_on(t)) { /* the other loop runs this RESUME again, for the call event */
                fp->pc = pc - 1;
                t->fuel_left++;
                return EVAL_SWITCH;
            }
        }
        NEXT();
    }

    OP(JUMP_BACKWARD_QUICK) {
        JUMP_BACK(oparg);
    }
#endif
