/* eval_call: calls. Part of eval_loop.h. The stack holds callable, self or NULL, and oparg arguments. */

    OP(KW_NAMES) {
        kwnames = consts[oparg];
        NEXT();
    }

    OP(CALL) {
#if !TRACED
        CallCache *cache = CACHE(CallCache);
        if (cache->counter++ >= 1) {
            cache->counter = 0;
            specialize_call(pc - 1, PEEK(oparg + 2), PEEK(oparg + 1), oparg);
        }
#endif
    call_any: __attribute__((unused));
        Value *args = sp - oparg, callable = args[-2], names = pc[-1].a & 1 ? kwnames : NULL;
        size_t n = oparg, npositional;
        if (args[-1]) {
            args--;
            n++;
        } else if (IS_KIND(callable, method)) {
            Method *m = (Method *)callable;
            callable = args[-2] = incref(m->function);
            *--args = incref(m->self);
            n++;
            DECREF(m);
        }
        npositional = names ? n - tuple_length(names) : n;
        if (LIKELY(IS_KIND(callable, function))) {
            Function *f = (Function *)callable;
            Code *code = f->code;
            if (UNLIKELY(depth_enter(t) < 0)) goto error;
            nf = frame_push(t, code);
            if (UNLIKELY(!nf)) goto no_frame;
            if (!names && code->exact_args == n + 1) {
                memcpy(nf->slots, args, n * sizeof(Value));
                for (size_t i = n; i < code->locals_plus_count; i++) nf->slots[i] = NULL;
            } else {
                SAVE();
                if (UNLIKELY(callargs_bind(f, code, nf->slots, args, npositional, names) < 0)) {
                    frame_pop(t, nf);
                    goto no_frame;
                }
                for (size_t i = 0; i < n; i++) decref(args[i]);
            }
            nf->function = f;
            sp -= oparg + 2;
            SKIP(3);
            SAVE();
            goto enter;
        }
        SAVE();
        CallFn call = type_of(callable)->slots.call;
        if (UNLIKELY(!call)) {
            raise_error(T_TypeError, "'%T' object is not callable", callable);
            goto error;
        }
#if TRACED
        Value traced = NULL;
        if (trace_native_call(t, fp, callable, npositional ? args[0] : NULL, &traced) < 0) goto error;
#endif
        retval = call(callable, args, npositional, names);
#if TRACED
        if (traced) retval = trace_native_return_steal(t, fp, traced, retval);
#endif
        goto called;
    }

called: /* a native call gave retval: its operands are dropped */
    if (UNLIKELY(!retval)) goto error;
    {
        Value *end = sp;
        sp -= oparg + 2;
        for (Value *at = sp; at < end; at++) xdecref(*at);
        PUSH(retval);
        SKIP(3);
        NEXT();
    }

    OP(CALL_FUNCTION_EX) {
        SAVE();
        Value kwargs = oparg & 1 ? POP() : NULL, args = TOP(), callable = PEEK(3), self = NULL;
#if TRACED
        Value traced = NULL, first = IS_KIND(args, tuple) && tuple_length(args) ? tuple_item_borrow(args, 0) : NULL;
        if (trace_native_call(t, fp, callable, first, &traced) < 0) {
            xdecref(kwargs);
            goto error;
        }
#endif
        if (UNLIKELY(!IS_KIND(args, tuple) || (kwargs && !IS_KIND(kwargs, dict)))) {
            retval = ops_call_ex(callable, args, kwargs);
        } else {
            Value target = callable;
            if (IS_KIND(callable, method)) {
                target = ((Method *)callable)->function;
                self = ((Method *)callable)->self;
            }
            if (IS_KIND(target, function)) {
                if (UNLIKELY(depth_enter(t) < 0)) {
                    xdecref(kwargs);
                    goto error;
                }
                nf = frame_for_call_ex(t, (Function *)target, self, args, kwargs);
                xdecref(kwargs);
                if (UNLIKELY(!nf)) goto no_frame;
                decref(POP());
                sp--;
                decref(POP());
                SAVE();
                goto enter;
            }
#if !TRACED
            Function *init = IS_KIND(target, type) ? class_plain_init_borrow((Type *)target) : NULL;
            if (init) {
                if (UNLIKELY(depth_enter(t) < 0)) {
                    xdecref(kwargs);
                    goto error;
                }
                self = class_instance_new((Type *)(void *)INCREF(target));
                nf = self ? frame_for_call_ex(t, init, self, args, kwargs) : NULL;
                xdecref(kwargs);
                if (UNLIKELY(!nf)) {
                    decref(self ? self : target);
                    goto no_frame;
                }
                nf->bits |= RETURN_INIT;
                decref(POP());
                sp--;
                TOP() = self;
                decref(callable);
                SAVE();
                goto enter;
            }
#endif
            retval = value_call_tuple_dict(callable, args, kwargs);
        }
#if TRACED
        if (traced) retval = trace_native_return_steal(t, fp, traced, retval);
#endif
        if (UNLIKELY(!retval)) {
            xdecref(kwargs);
            goto error;
        }
        sp -= 2;
        TOP() = retval;
        decref(callable);
        decref(args);
        xdecref(kwargs);
        NEXT();
    }

#if !TRACED
    OP(CALL_FUNCTION_EXACT) {
        Value *args = sp - oparg, callable = args[-2];
        uint32_t n = oparg;
        if (UNLIKELY(!IS_KIND(callable, function))) goto L_CALL;
        if (args[-1]) {
            args--;
            n++;
        }
        Code *code = ((Function *)callable)->code;
        if (UNLIKELY(code->exact_args != n + 1)) goto L_CALL;
        if (UNLIKELY(depth_enter(t) < 0)) goto error;
        nf = frame_push(t, code);
        if (UNLIKELY(!nf)) goto no_frame;
        sp -= oparg + 2;
        SKIP(3);
        SAVE();
        nf->function = (Function *)callable;
        for (uint32_t i = 0; i < n; i++) nf->slots[i] = args[i];
        for (uint32_t i = n; i < code->locals_plus_count; i++) nf->slots[i] = NULL;
        goto enter;
    }

    OP(CALL_FUNCTION_DEFAULTS) {
        Value *args = sp - oparg, callable = args[-2];
        uint32_t n = oparg;
        if (UNLIKELY(!IS_KIND(callable, function))) goto L_CALL;
        if (args[-1]) {
            args--;
            n++;
        }
        Code *code = ((Function *)callable)->code;
        Tuple *defaults = (Tuple *)((Function *)callable)->defaults;
        uint32_t missing = code->arg_count - n;
        if (UNLIKELY(!code->exact_args || n > code->arg_count || !defaults || defaults->length < missing)) goto L_CALL;
        if (UNLIKELY(depth_enter(t) < 0)) goto error;
        nf = frame_push(t, code);
        if (UNLIKELY(!nf)) goto no_frame;
        sp -= oparg + 2;
        SKIP(3);
        SAVE();
        nf->function = (Function *)callable;
        for (uint32_t i = 0; i < n; i++) nf->slots[i] = args[i];
        Value const *from = defaults->items + defaults->length - missing;
        for (uint32_t i = 0; i < missing; i++) nf->slots[n + i] = incref(from[i]);
        for (uint32_t i = n + missing; i < code->locals_plus_count; i++) nf->slots[i] = NULL;
        goto enter;
    }

    OP(CALL_METHOD_EXACT) {
        Value *args = sp - oparg, callable = args[-2];
        if (UNLIKELY(!IS_KIND(callable, method) || args[-1])) goto L_CALL;
        Method *m = (Method *)callable;
        if (UNLIKELY(!IS_KIND(m->function, function))) goto L_CALL;
        Function *f = (Function *)m->function;
        Code *code = f->code;
        if (UNLIKELY(code->exact_args != oparg + 2)) goto L_CALL;
        if (UNLIKELY(depth_enter(t) < 0)) goto error;
        nf = frame_push(t, code);
        if (UNLIKELY(!nf)) goto no_frame;
        uint32_t n = oparg;
        sp -= n + 2;
        SKIP(3);
        SAVE();
        nf->function = INCREF(f);
        nf->slots[0] = incref(m->self);
        for (uint32_t i = 0; i < n; i++) nf->slots[i + 1] = args[i];
        for (uint32_t i = n + 1; i < code->locals_plus_count; i++) nf->slots[i] = NULL;
        DECREF(m);
        goto enter;
    }

    OP(CALL_FUNCTION_ANY) { goto call_any; }
    OP(CALL_SLOT) { goto call_any; }

    /* specialize_call has seen: metaclass type, object's __new__ and layout. */
    OP(CALL_CLASS) {
        Value *args = sp - oparg, callable = args[-2];
        ClassCallCache *cache = CACHE(ClassCallCache);
        if (UNLIKELY(!IS_KIND(callable, type) || args[-1])) goto L_CALL;
        Type *type = (Type *)callable;
        Function *init = (Function *)(uintptr_t)cache->init;
        if (UNLIKELY(type->version != cache->version)) goto L_CALL;
        Code *code = init->code;
        Value names = pc[-1].a & 1 ? kwnames : NULL;
        if (UNLIKELY(depth_enter(t) < 0)) goto error;
        nf = frame_push(t, code);
        if (UNLIKELY(!nf)) goto no_frame;
        heap_incref((HeapObject *)type);
        Value self = class_instance_new(type);
        if (UNLIKELY(!self)) {
            DECREF(type);
            frame_pop(t, nf);
            goto no_frame;
        }
        uint32_t n = oparg;
        if (LIKELY(code->exact_args == n + 2 && !names)) {
            nf->slots[0] = incref(self);
            for (uint32_t i = 0; i < n; i++) nf->slots[i + 1] = args[i];
            for (uint32_t i = n + 1; i < code->locals_plus_count; i++) nf->slots[i] = NULL;
        } else {
            SAVE();
            args[-1] = self; /* lent: it is an argument like the others */
            int status = callargs_bind(init, code, nf->slots, args - 1, names ? n + 1 - tuple_length(names) : n + 1, names);
            args[-1] = NULL;
            if (UNLIKELY(status < 0)) {
                decref(self);
                frame_pop(t, nf);
                goto no_frame;
            }
            for (uint32_t i = 0; i < n; i++) decref(args[i]);
        }
        args[-2] = self; /* stays there as the call's result */
        DECREF(type);
        nf->function = INCREF(init);
        nf->bits |= RETURN_INIT;
        sp -= n + 1;
        SKIP(3);
        SAVE();
        goto enter;
    }

    OP(CALL_CONSTRUCT) {
        Value *args = sp - oparg, callable = args[-2];
        if (UNLIKELY(!IS_KIND(callable, type) || args[-1])) goto L_CALL;
        CallFn construct = ((Type *)callable)->construct;
        if (UNLIKELY(!construct)) goto L_CALL;
        SAVE();
        retval = construct(callable, args, oparg, NULL);
        goto called;
    }

    OP(CALL_TYPE_ONE) {
        Value *args = sp - oparg;
        if (UNLIKELY(args[-2] != AS_VALUE(TYPE(type)) || args[-1] || oparg != 1)) goto L_CALL;
        Value v = POP();
        sp--;
        TOP() = incref(AS_VALUE(type_of(v)));
        decref(v);
        SKIP(3);
        NEXT();
    }

    OP(CALL_LEN) {
        Value *args = sp - oparg;
        if (UNLIKELY(args[-2] != VM->len || args[-1] || oparg != 1)) goto L_CALL;
        Value v = TOP();
        ssize_t n;
        if (IS_KIND(v, list)) n = (ssize_t)((List *)v)->length;
        else if (IS_KIND(v, str)) n = (ssize_t)((Str *)v)->length;
        else if (IS_KIND(v, dict)) n = (ssize_t)((Dict *)v)->length;
        else if (IS_KIND(v, tuple)) n = (ssize_t)((Tuple *)v)->length;
        else {
            SAVE();
            n = value_length(v);
            if (UNLIKELY(n < 0)) goto error;
            if (UNLIKELY(!fits_small_int(n))) goto L_CALL; /* which makes the large int */
        }
        Value function = args[-2];
        sp -= 2;
        TOP() = small_int_new(n);
        decref(v);
        DECREF(function);
        SKIP(3);
        NEXT();
    }

    OP(CALL_ISINSTANCE) {
        Value *args = sp - oparg;
        if (UNLIKELY(args[-2] != VM->isinstance || args[-1] || oparg != 2)) goto L_CALL;
        Value cls = TOP(), v = PEEK(2);
        int is = 1;
        if (AS_VALUE(type_of(v)) != cls) {
            SAVE();
            is = value_isinstance(v, cls);
            if (UNLIKELY(is < 0)) goto error;
        }
        Value function = args[-2];
        sp -= 3;
        TOP() = BOOL(is);
        decref(v);
        decref(cls);
        DECREF(function);
        SKIP(3);
        NEXT();
    }

    OP(CALL_LIST_APPEND) {
        Value *args = sp - oparg, self = args[-1], callable = args[-2];
        if (UNLIKELY(callable != VM->list_append || !self || oparg != 1 || !is_list(self))) goto L_CALL;
        sp--;
        if (UNLIKELY(list_append_steal(self, *sp) < 0)) {
            SAVE();
            goto error;
        }
        sp--;
        TOP() = NONE;
        DECREF(self);
        DECREF(callable);
        SKIP(3);
        if (LIKELY(pc->op == OPCODE_POP_TOP)) {
            sp--;
            SKIP(1);
        }
        NEXT();
    }

    OP(CALL_NATIVE_ONE) {
        Value *args = sp - oparg, callable = args[-2];
        if (UNLIKELY(!IS_KIND(callable, builtin_function) || args[-1] || oparg != 1)) goto L_CALL;
        Native *native = (Native *)callable;
        if (UNLIKELY(native->method->call != NATIVE_ONE)) goto L_CALL;
        SAVE();
        Value v = args[0];
        retval = ((Value(*)(Value, Value))native->method->function)(native->self, v);
        if (UNLIKELY(!retval)) goto error;
        sp -= 2;
        TOP() = retval;
        decref(v);
        DECREF(callable);
        SKIP(3);
        NEXT();
    }

    OP(CALL_NATIVE_FAST) {
        Value *args = sp - oparg, callable = args[-2];
        if (UNLIKELY(!IS_KIND(callable, builtin_function) || args[-1])) goto L_CALL;
        Native *native = (Native *)callable;
        if (UNLIKELY(native->method->call != NATIVE_FAST)) goto L_CALL;
        SAVE();
        retval = ((Value(*)(Value, Value const *, size_t))native->method->function)(native->self, args, oparg);
        goto called;
    }

    OP(CALL_NATIVE_KW) {
        Value *args = sp - oparg, callable = args[-2], names = pc[-1].a & 1 ? kwnames : NULL;
        if (UNLIKELY(!IS_KIND(callable, builtin_function) || args[-1])) goto L_CALL;
        Native *native = (Native *)callable;
        if (UNLIKELY(native->method->call != NATIVE_KW)) goto L_CALL;
        SAVE();
        retval = ((Value(*)(Value, Value const *, size_t, Value))native->method->function)(
            native->self, args, names ? oparg - tuple_length(names) : oparg, names);
        goto called;
    }

/* Method of a built-in type with its self; the row calls as `convention`. */
#define DESCRIPTOR_GUARD(convention)                                                                                   \
    Value *args = sp - oparg, callable = args[-2], self = args[-1];                                                    \
    if (UNLIKELY(!self || !IS_KIND(callable, method_descriptor))) goto L_CALL;                                         \
    Descriptor *descriptor = (Descriptor *)callable;                                                                   \
    const NativeMethod *row = descriptor->row;                                                                         \
    if (UNLIKELY(row->call != (convention))) goto L_CALL;                                                              \
    if (UNLIKELY(type_of(self) != descriptor->type && !type_is_subtype(type_of(self), descriptor->type))) goto L_CALL

    OP(CALL_DESCRIPTOR_NOARGS) {
        DESCRIPTOR_GUARD(NATIVE_NOARGS);
        if (UNLIKELY(oparg != 0)) goto L_CALL;
        SAVE();
        retval = ((Value(*)(Value))row->function)(self);
        if (UNLIKELY(!retval)) goto error;
        sp--;
        TOP() = retval;
        decref(self);
        DECREF(callable);
        SKIP(3);
        NEXT();
    }

    OP(CALL_DESCRIPTOR_ONE) {
        DESCRIPTOR_GUARD(NATIVE_ONE);
        if (UNLIKELY(oparg != 1)) goto L_CALL;
        SAVE();
        Value v = args[0];
        retval = ((Value(*)(Value, Value))row->function)(self, v);
        if (UNLIKELY(!retval)) goto error;
        sp -= 2;
        TOP() = retval;
        decref(self);
        decref(v);
        DECREF(callable);
        SKIP(3);
        NEXT();
    }

    OP(CALL_DESCRIPTOR_FAST) {
        DESCRIPTOR_GUARD(NATIVE_FAST);
        SAVE();
        retval = ((Value(*)(Value, Value const *, size_t))row->function)(self, args, oparg);
        goto called;
    }

    OP(CALL_DESCRIPTOR_KW) {
        DESCRIPTOR_GUARD(NATIVE_KW);
        Value names = pc[-1].a & 1 ? kwnames : NULL;
        SAVE();
        retval = ((Value(*)(Value, Value const *, size_t, Value))row->function)(
            self, args, names ? oparg - tuple_length(names) : oparg, names);
        goto called;
    }
#endif
