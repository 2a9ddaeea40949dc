/* eval_stack: constants, locals, names, cells. Part of eval_loop.h. */

    OP(NOP) { NEXT(); }

    OP(EXTENDED_ARG) {
        oparg = oparg << 16 | pc->b;
        uint8_t op = pc->op;
        pc++;
        if (op == OPCODE_EXTENDED_ARG) goto L_EXTENDED_ARG;
        goto *labels[opcode_base[op]];
    }

    OP(POP_TOP) {
        decref(POP());
        NEXT();
    }

    OP(COPY) {
        Value v = PEEK(oparg);
        PUSH(xincref(v));
        NEXT();
    }

    OP(SWAP) {
        Value v = TOP();
        TOP() = PEEK(oparg);
        PEEK(oparg) = v;
        NEXT();
    }

    OP(PUSH_NULL) {
        PUSH(NULL);
        NEXT();
    }

    OP(LOAD_CONST) {
        PUSH(incref(consts[oparg]));
        NEXT();
    }

    OP(LOAD_FAST) {
        PUSH(incref(LOCAL(oparg)));
        NEXT();
    }

    OP(LOAD_FAST_CHECK) {
        Value v = LOCAL(oparg);
        if (UNLIKELY(!v)) {
            ops_raise_unbound(fp->code, oparg);
            goto error;
        }
        PUSH(incref(v));
        NEXT();
    }

    OP(STORE_FAST) {
        Value old = LOCAL(oparg);
        LOCAL(oparg) = POP();
        xdecref(old);
        NEXT();
    }

    OP(DELETE_FAST) {
        Value old = LOCAL(oparg);
        if (UNLIKELY(!old)) {
            ops_raise_unbound(fp->code, oparg);
            goto error;
        }
        LOCAL(oparg) = NULL;
        decref(old);
        NEXT();
    }

    OP(LOAD_NAME) {
        SAVE();
        Value name = NAME_AT(oparg), v = ops_load_name(fp, name);
        if (UNLIKELY(!v)) goto error;
        PUSH(v);
#if !TRACED
        GlobalCache *cache = CACHE(GlobalCache);
        if (cache->counter++ >= 2) {
            cache->counter = 0;
            specialize_load_name(fp, pc - 1, name);
        }
#endif
        SKIP(3);
        NEXT();
    }

    OP(STORE_NAME) {
        SAVE();
        Value name = NAME_AT(oparg);
        if (UNLIKELY(ops_store_name(fp, name, TOP()) < 0)) goto error;
        decref(POP());
#if !TRACED
        GlobalCache *cache = CACHE(GlobalCache);
        if (cache->counter++ >= 2) {
            cache->counter = 0;
            specialize_store_name(fp, pc - 1, name);
        }
#endif
        SKIP(3);
        NEXT();
    }

    OP(DELETE_NAME) {
        SAVE();
        if (UNLIKELY(ops_delete_name(fp, NAME_AT(oparg)) < 0)) goto error;
        NEXT();
    }

    OP(LOAD_GLOBAL) {
        SAVE();
        Value name = NAME_AT(oparg);
        Value v = ops_load_global(fp, name);
        if (UNLIKELY(!v)) goto error;
        PUSH(v);
        if (pc[-1].a & 1) PUSH(NULL);
#if !TRACED
        GlobalCache *cache = CACHE(GlobalCache);
        if (cache->counter++ >= 2) {
            cache->counter = 0;
            specialize_load_global(fp, pc - 1, name);
        }
#endif
        SKIP(3);
        NEXT();
    }

    OP(STORE_GLOBAL) {
        SAVE();
        Value name = NAME_AT(oparg);
        if (UNLIKELY(dict_set(AS_VALUE(frame_globals(fp)), name, TOP()) < 0)) goto error;
        decref(POP());
#if !TRACED
        GlobalCache *cache = CACHE(GlobalCache);
        if (cache->counter++ >= 2) {
            cache->counter = 0;
            specialize_store_global(fp, pc - 1, name);
        }
#endif
        SKIP(3);
        NEXT();
    }

    OP(DELETE_GLOBAL) {
        SAVE();
        int status = dict_delete(AS_VALUE(frame_globals(fp)), NAME_AT(oparg));
        if (UNLIKELY(status != 0)) {
            if (status > 0) raise_name_error(T_NameError, "name '%U' is not defined", NAME_AT(oparg));
            goto error;
        }
        NEXT();
    }

    OP(MAKE_CELL) {
        Value cell = cell_new(LOCAL(oparg));
        if (UNLIKELY(!cell)) goto error;
        xdecref(LOCAL(oparg));
        LOCAL(oparg) = cell;
        NEXT();
    }

    OP(COPY_FREE_VARS) {
        Tuple *closure = (Tuple *)fp->function->closure;
        Value *to = fp->slots + fp->code->locals_plus_count - oparg;
        for (uint32_t i = 0; i < oparg; i++) to[i] = incref(closure->items[i]);
        NEXT();
    }

    OP(LOAD_CLOSURE) {
        PUSH(incref(LOCAL(oparg)));
        NEXT();
    }

    OP(LOAD_DEREF) {
        Value v = ((Cell *)LOCAL(oparg))->value;
        if (UNLIKELY(!v)) {
            ops_raise_unbound(fp->code, oparg);
            goto error;
        }
        PUSH(incref(v));
        NEXT();
    }

    OP(STORE_DEREF) {
        Cell *cell = (Cell *)LOCAL(oparg);
        Value old = cell->value;
        cell->value = POP();
        xdecref(old);
        NEXT();
    }

    OP(DELETE_DEREF) {
        Cell *cell = (Cell *)LOCAL(oparg);
        Value old = cell->value;
        if (UNLIKELY(!old)) {
            ops_raise_unbound(fp->code, oparg);
            goto error;
        }
        cell->value = NULL;
        decref(old);
        NEXT();
    }

    OP(LOAD_CLASSDEREF) {
        SAVE();
        Value v = ops_load_class_deref(fp, oparg, frame_mapping(fp));
        if (UNLIKELY(!v)) goto error;
        PUSH(v);
        NEXT();
    }

    OP(LOAD_LOCALS) {
        if (UNLIKELY(!frame_mapping(fp))) {
            raise_error(T_SystemError, "no locals");
            goto error;
        }
        PUSH(incref(fp->locals));
        NEXT();
    }

    OP(LOAD_FROM_DICT_OR_GLOBALS) {
        SAVE();
        Value mapping = TOP();
        Value v = ops_load_from_dict_or_globals(fp, mapping, NAME_AT(oparg));
        if (UNLIKELY(!v)) goto error;
        TOP() = v;
        decref(mapping);
        NEXT();
    }

    OP(LOAD_FROM_DICT_OR_DEREF) {
        SAVE();
        Value mapping = TOP();
        Value v = ops_load_class_deref(fp, oparg, mapping);
        if (UNLIKELY(!v)) goto error;
        TOP() = v;
        decref(mapping);
        NEXT();
    }

    OP(SETUP_ANNOTATIONS) {
        SAVE();
        if (UNLIKELY(ops_setup_annotations(fp) < 0)) goto error;
        NEXT();
    }

    OP(LOAD_BUILD_CLASS) {
        SAVE();
        Value v = ops_load_build_class(fp);
        if (UNLIKELY(!v)) goto error;
        PUSH(v);
        NEXT();
    }

    OP(LOAD_ASSERTION_ERROR) {
        PUSH(incref(AS_VALUE(TYPE(AssertionError))));
        NEXT();
    }

#if !TRACED
    OP(LOAD_GLOBAL_MODULE) {
        GlobalCache *cache = CACHE(GlobalCache);
        Dict *globals = frame_globals(fp);
        if (UNLIKELY(globals->version != cache->globals_version)) goto L_LOAD_GLOBAL;
        PUSH(incref(globals->entries[cache->index].value));
        if (pc[-1].a) PUSH(NULL);
        SKIP(3);
        NEXT();
    }

    OP(LOAD_GLOBAL_BUILTIN) {
        GlobalCache *cache = CACHE(GlobalCache);
        Dict *builtins = frame_builtins(fp);
        if (UNLIKELY(frame_globals(fp)->version != cache->globals_version ||
                     builtins->version != cache->builtins_version))
            goto L_LOAD_GLOBAL;
        PUSH(incref(builtins->entries[cache->index].value));
        if (pc[-1].a) PUSH(NULL);
        SKIP(3);
        NEXT();
    }

/* The value's place in the module's dict, while the cache holds. */
#define CACHED_PLACE(globals, cache) (&(globals)->entries[(cache)->index].value)

    OP(LOAD_NAME_MODULE) {
        GlobalCache *cache = CACHE(GlobalCache);
        Dict *globals = frame_globals(fp);
        if (UNLIKELY(!frame_is_module(fp, globals) || globals->version != cache->globals_version)) goto L_LOAD_NAME;
        PUSH(incref(*CACHED_PLACE(globals, cache)));
        SKIP(3);
        NEXT();
    }

    OP(LOAD_NAME_BUILTIN) {
        GlobalCache *cache = CACHE(GlobalCache);
        Dict *globals = frame_globals(fp), *builtins = frame_builtins(fp);
        if (UNLIKELY(!frame_is_module(fp, globals) || globals->version != cache->globals_version ||
                     builtins->version != cache->builtins_version))
            goto L_LOAD_NAME;
        PUSH(incref(*CACHED_PLACE(builtins, cache)));
        SKIP(3);
        NEXT();
    }

    OP(STORE_NAME_MODULE) {
        GlobalCache *cache = CACHE(GlobalCache);
        Dict *globals = frame_globals(fp);
        if (UNLIKELY(!frame_is_module(fp, globals) || globals->version != cache->globals_version ||
                     !heap_is_tracked(&globals->head)))
            goto L_STORE_NAME;
        Value *place = CACHED_PLACE(globals, cache), old = *place;
        *place = POP();
        decref(old);
        SKIP(3);
        NEXT();
    }

    OP(STORE_GLOBAL_MODULE) {
        GlobalCache *cache = CACHE(GlobalCache);
        Dict *globals = frame_globals(fp);
        if (UNLIKELY(globals->version != cache->globals_version || !heap_is_tracked(&globals->head)))
            goto L_STORE_GLOBAL;
        Value *place = CACHED_PLACE(globals, cache), old = *place;
        *place = POP();
        decref(old);
        SKIP(3);
        NEXT();
    }
#endif
