/* eval_build: containers, strings, functions, imports, patterns, type parameters. Part of eval_loop.h. */

    OP(BUILD_TUPLE) {
        SAVE();
        Value tuple = oparg == 2 ? tuple_pair_try_steal(sp[-2], sp[-1]) : NULL;
        if (!tuple) tuple = tuple_from_array_steal(sp - oparg, oparg);
        sp -= oparg;
        if (UNLIKELY(!tuple)) goto error;
        PUSH(tuple);
        NEXT();
    }

    OP(BUILD_LIST) {
        SAVE();
        Value list = list_from_array_steal(sp - oparg, oparg);
        sp -= oparg;
        if (UNLIKELY(!list)) goto error;
        PUSH(list);
        NEXT();
    }

    OP(BUILD_SET) {
        SAVE();
        Value set = set_new(NULL);
        if (UNLIKELY(!set)) goto error;
        for (uint32_t i = oparg; i > 0; i--) {
            if (UNLIKELY(set_add(set, PEEK(i)) < 0)) {
                decref(set);
                goto error;
            }
        }
        for (uint32_t i = 0; i < oparg; i++) decref(POP());
        PUSH(set);
        NEXT();
    }

    OP(BUILD_MAP) {
        SAVE();
        Value dict = dict_new_sized(oparg);
        if (UNLIKELY(!dict)) goto error;
        for (uint32_t i = oparg; i > 0; i--) {
            if (UNLIKELY(dict_set(dict, PEEK(2 * i), PEEK(2 * i - 1)) < 0)) {
                decref(dict);
                goto error;
            }
        }
        for (uint32_t i = 0; i < 2 * oparg; i++) decref(POP());
        PUSH(dict);
        NEXT();
    }

    OP(BUILD_CONST_KEY_MAP) {
        SAVE();
        Value keys = POP();
        sp -= oparg;
        Value dict = dict_from_keys_steal(((Tuple *)keys)->items, sp, oparg);
        decref(keys);
        if (UNLIKELY(!dict)) goto error;
        PUSH(dict);
        NEXT();
    }

    OP(BUILD_STRING) {
        SAVE();
        Value s = ops_build_string(sp - oparg, oparg);
        if (UNLIKELY(!s)) goto error;
        for (uint32_t i = 0; i < oparg; i++) decref(POP());
        PUSH(s);
        NEXT();
    }

    OP(LIST_APPEND) {
        Value item = POP();
        if (UNLIKELY(list_append_steal(PEEK(oparg), item) < 0)) goto error;
        NEXT();
    }

    OP(SET_ADD) {
        SAVE();
        Value item = POP();
        int status = set_add(PEEK(oparg), item);
        decref(item);
        if (UNLIKELY(status < 0)) goto error;
        NEXT();
    }

    OP(MAP_ADD) {
        SAVE();
        Value value = POP(), key = POP();
        int status = dict_set(PEEK(oparg), key, value);
        decref(value);
        decref(key);
        if (UNLIKELY(status < 0)) goto error;
        NEXT();
    }

    OP(LIST_EXTEND) {
        SAVE();
        Value iterable = TOP();
        if (UNLIKELY(list_extend(PEEK(oparg + 1), iterable) < 0)) {
            if (error_matches(T_TypeError) && !type_of(iterable)->slots.iter && !value_is_sequence(iterable)) {
                error_clear();
                raise_error(T_TypeError, "Value after * must be an iterable, not %T", iterable);
            }
            goto error;
        }
        sp--;
        decref(iterable);
        NEXT();
    }

    OP(SET_UPDATE) {
        SAVE();
        if (UNLIKELY(set_update(PEEK(oparg + 1), TOP()) < 0)) goto error;
        decref(POP());
        NEXT();
    }

    OP(DICT_UPDATE) {
        SAVE();
        Value mapping = TOP();
        if (UNLIKELY(ops_dict_update(PEEK(oparg + 1), mapping) < 0)) goto error;
        sp--;
        decref(mapping);
        NEXT();
    }

    OP(DICT_MERGE) {
        SAVE();
        Value mapping = TOP(), callable = PEEK(oparg + 3);
        if (!callable) callable = PEEK(oparg + 4); /* behind the NULL of the call */
        if (UNLIKELY(dict_merge_unique(PEEK(oparg + 1), mapping, callable) < 0)) goto error;
        sp--;
        decref(mapping);
        NEXT();
    }

    OP(LIST_TO_TUPLE) {
        Value list = TOP(), tuple = list_to_tuple(list);
        if (UNLIKELY(!tuple)) goto error;
        TOP() = tuple;
        decref(list);
        NEXT();
    }

    OP(FORMAT_VALUE) {
        SAVE();
        Value spec = oparg & 4 ? TOP() : NULL, v = PEEK(spec ? 2 : 1);
        Value text = ops_format(v, oparg & 3, spec);
        if (UNLIKELY(!text)) goto error;
        if (spec) sp--;
        TOP() = text;
        decref(v);
        xdecref(spec);
        NEXT();
    }

    OP(MAKE_FUNCTION) {
        Value code = TOP();
        uint32_t operands = (uint32_t)__builtin_popcount(oparg & 15);
        Value f = ops_make_function((Code *)code, frame_globals(fp), oparg, sp - 1 - operands);
        if (UNLIKELY(!f)) goto error;
        sp -= operands;
        TOP() = f;
        decref(code);
        NEXT();
    }

    OP(IMPORT_NAME) {
        SAVE();
        Value fromlist = TOP(), level = PEEK(2);
        Value module = ops_import(fp, NAME_AT(oparg), fromlist, level);
        if (UNLIKELY(!module)) goto error;
        sp--;
        TOP() = module;
        decref(fromlist);
        decref(level);
        NEXT();
    }

    OP(IMPORT_FROM) {
        SAVE();
        Value v = import_from(TOP(), NAME_AT(oparg));
        if (UNLIKELY(!v)) goto error;
        PUSH(v);
        NEXT();
    }

    OP(IMPORT_STAR) {
        SAVE();
        if (UNLIKELY(import_star(fp, TOP()) < 0)) goto error;
        decref(POP());
        NEXT();
    }

    OP(PRINT_EXPR) {
        SAVE();
        Value v = TOP();
        if (UNLIKELY(ops_print_expr(v) < 0)) goto error;
        sp--;
        decref(v);
        NEXT();
    }

    /* ---- patterns ---- */

    OP(GET_LEN) {
        SAVE();
        ssize_t n = value_length(TOP());
        if (UNLIKELY(n < 0)) goto error;
        PUSH(small_int_new(n));
        NEXT();
    }

    OP(MATCH_MAPPING) {
        Value subject = TOP();
        PUSH(BOOL(type_of(subject)->flags & TYPE_MAPPING));
        NEXT();
    }

    OP(MATCH_SEQUENCE) {
        Value subject = TOP();
        PUSH(BOOL(type_of(subject)->flags & TYPE_SEQUENCE));
        NEXT();
    }

    OP(MATCH_KEYS) {
        SAVE();
        Value values = match_keys(PEEK(2), TOP());
        if (UNLIKELY(!values)) goto error;
        PUSH(values);
        NEXT();
    }

    OP(MATCH_CLASS) {
        SAVE();
        Value names = TOP(), cls = PEEK(2), subject = PEEK(3), attrs;
        int matches = match_class(subject, cls, oparg, names, &attrs);
        if (UNLIKELY(matches < 0)) goto error;
        sp -= 2;
        TOP() = matches ? attrs : NONE;
        decref(names);
        decref(cls);
        decref(subject);
        NEXT();
    }

    /* ---- type parameters ---- */

    OP(TYPE_PARAM) {
        SAVE();
        bool extra = oparg == 1 || oparg == 2;
        Value param = ops_type_param(oparg, PEEK(extra ? 2 : 1), extra ? TOP() : NULL);
        if (UNLIKELY(!param)) goto error;
        if (extra) decref(POP());
        decref(TOP());
        TOP() = param;
        NEXT();
    }

    OP(TYPE_ALIAS) {
        SAVE();
        Value alias = typealias_new(PEEK(3), PEEK(2), TOP());
        if (UNLIKELY(!alias)) goto error;
        decref(POP());
        decref(POP());
        decref(TOP());
        TOP() = alias;
        NEXT();
    }

    OP(SUBSCRIPT_GENERIC) {
        SAVE();
        Value params = TOP(), base = ops_generic_base(fp, params);
        if (UNLIKELY(!base)) goto error;
        TOP() = base;
        decref(params);
        NEXT();
    }

    OP(SET_TYPE_PARAMS) {
        Value params = POP();
        Function *f = (Function *)TOP();
        SET_FIELD_STEAL(f->type_params, params);
        NEXT();
    }
