/* eval_attr: attributes. Part of eval_loop.h. */

    OP(LOAD_ATTR) {
        SAVE();
        Value owner = TOP(), name = NAME_AT(oparg);
#if !TRACED
        AttrCache *cache = CACHE(AttrCache);
        if (pc[-1].op != OPCODE_LOAD_ATTR && is_object(owner)) { /* a special form that met another class */
            WideEntry *e = wide_find(VM->wide, owner, name);
            if (LIKELY(e && (!e->method || (pc[-1].a & 1)))) {
                if (UNLIKELY(++cache->counter >= WIDE_HITS)) { /* perhaps for good */
                    cache->counter = 0;
                    specialize_load_attr(pc - 1, owner, name);
                }
                if (e->method) {
                    TOP() = incref(e->method);
                    PUSH(owner);
                } else {
                    TOP() = incref(attrs_of(owner)->values[e->index]);
                    if (pc[-1].a & 1) PUSH(NULL);
                    DECREF(owner);
                }
                SKIP(6);
                NEXT();
            }
        }
        if (cache->counter++ >= 2) {
            cache->counter = 0;
            specialize_load_attr(pc - 1, owner, name);
        }
#endif
        if (pc[-1].a & 1) {
            Value self, method = value_get_method(owner, name, &self);
            if (UNLIKELY(!method)) goto error;
            TOP() = method;
            if (self) {
                PUSH(owner);
            } else {
                PUSH(NULL);
                decref(owner);
            }
        } else {
            Value v = value_getattr(owner, name);
            if (UNLIKELY(!v)) goto error;
            TOP() = v;
            decref(owner);
        }
        SKIP(6);
        NEXT();
    }

    OP(STORE_ATTR) {
        SAVE();
        Value owner = TOP(), value = PEEK(2), name = NAME_AT(oparg);
#if !TRACED
        StoreAttrCache *cache = CACHE(StoreAttrCache);
        if (pc[-1].op != OPCODE_STORE_ATTR && is_object(owner)) {
            WideEntry *e = wide_find(VM->wide, owner, name);
            if (LIKELY(e && !e->method)) {
                if (UNLIKELY(++cache->counter >= WIDE_HITS)) {
                    cache->counter = 0;
                    specialize_store_attr(pc - 1, owner, name);
                }
                Value *slot = &attrs_of(owner)->values[e->index], old = *slot;
                *slot = value;
                sp -= 2;
                decref(old);
                DECREF(owner);
                SKIP(4);
                NEXT();
            }
        }
        if (cache->counter++ >= 2) {
            cache->counter = 0;
            specialize_store_attr(pc - 1, owner, name);
        }
#endif
        if (UNLIKELY(value_setattr(owner, name, value) < 0)) goto error;
        sp -= 2;
        decref(value);
        decref(owner);
        SKIP(4);
        NEXT();
    }

    OP(DELETE_ATTR) {
        SAVE();
        if (UNLIKELY(value_setattr(TOP(), NAME_AT(oparg), NULL) < 0)) goto error;
        decref(POP());
        NEXT();
    }

    OP(LOAD_SUPER_ATTR) {
        SAVE();
        Value self = TOP(), cls = PEEK(2), super = PEEK(3), name = NAME_AT(oparg), method, bound_to = NULL;
        uint32_t flags = pc[-1].a;
        if (!(flags & 2) && IS_EXACT(cls, cell) && ((Cell *)cls)->value) {
            PEEK(2) = incref(((Cell *)cls)->value);
            decref(cls);
            cls = PEEK(2);
        }
        method = super == AS_VALUE(TYPE(super)) && (flags & 1) ? super_method(cls, self, name) : NULL;
        if (method && (type_of(method)->flags & TYPE_METHOD_DESCRIPTOR)) {
            bound_to = self;
        } else {
            xdecref(method);
            if (UNLIKELY(!method && error_pending())) goto error;
            method = ops_super_attr(super, cls, self, name, flags, &bound_to);
            if (UNLIKELY(!method)) goto error;
        }
        sp -= 2;
        TOP() = method;
        if (flags & 1) {
            PUSH(bound_to);
            if (!bound_to) decref(self);
        } else {
            decref(self);
        }
        decref(cls);
        decref(super);
        SKIP(1);
        NEXT();
    }

#if !TRACED
/* The owner's type is the one that the cache was filled for. */
#define CACHED_TYPE(owner, cache) (is_object(owner) && type_of(owner)->version == (cache)->type_version)

    OP(LOAD_ATTR_SLOT) {
        Value owner = TOP();
        AttrCache *cache = CACHE(AttrCache);
        if (UNLIKELY(!CACHED_TYPE(owner, cache))) goto L_LOAD_ATTR;
        Attrs *attrs = (Attrs *)(void *)((char *)owner + type_of(owner)->attrs_offset);
        if (UNLIKELY((uintptr_t)attrs->shape != cache->shape)) goto L_LOAD_ATTR;
        TOP() = incref(attrs->values[cache->index]);
        if (pc[-1].a & 1) PUSH(NULL);
        DECREF(owner);
        SKIP(6);
        NEXT();
    }

    OP(LOAD_ATTR_CLASS) {
        Value owner = TOP();
        AttrCache *cache = CACHE(AttrCache);
        if (UNLIKELY(!CACHED_TYPE(owner, cache))) goto L_LOAD_ATTR;
        if (cache->shape) {
            Attrs *attrs = (Attrs *)(void *)((char *)owner + type_of(owner)->attrs_offset);
            if (UNLIKELY((uintptr_t)attrs->shape != cache->shape)) goto L_LOAD_ATTR;
        }
        TOP() = incref((Value)(uintptr_t)cache->object);
        if (pc[-1].a & 1) PUSH(NULL);
        DECREF(owner);
        SKIP(6);
        NEXT();
    }

    OP(LOAD_ATTR_METHOD) {
        Value owner = TOP();
        AttrCache *cache = CACHE(AttrCache);
        if (UNLIKELY(type_of(owner)->version != cache->type_version)) goto L_LOAD_ATTR;
        if (cache->shape) {
            Attrs *attrs = (Attrs *)(void *)((char *)owner + type_of(owner)->attrs_offset);
            if (UNLIKELY((uintptr_t)attrs->shape != cache->shape)) {
                /* another stage of the same class: the method stands unless this shape has the name */
                if (attrs->shape == rt->dict_shape || shape_find(attrs->shape, NAME_AT(oparg)) >= 0) goto L_LOAD_ATTR;
                cache->shape = (uintptr_t)attrs->shape;
            }
        }
        TOP() = incref((Value)(uintptr_t)cache->object);
        PUSH(owner);
        SKIP(6);
        NEXT();
    }

    OP(LOAD_ATTR_MODULE) {
        Value owner = TOP();
        AttrCache *cache = CACHE(AttrCache);
        if (UNLIKELY(!IS_KIND(owner, module))) goto L_LOAD_ATTR;
        Dict *dict = module_dict(owner);
        if (UNLIKELY(dict->version != cache->type_version)) goto L_LOAD_ATTR;
        TOP() = incref(dict->entries[cache->index].value);
        if (pc[-1].a & 1) PUSH(NULL);
        DECREF(owner);
        SKIP(6);
        NEXT();
    }

    OP(LOAD_ATTR_PROPERTY) {
        Value owner = TOP();
        AttrCache *cache = CACHE(AttrCache);
        if (UNLIKELY(!CACHED_TYPE(owner, cache))) goto L_LOAD_ATTR;
        Function *f = (Function *)(uintptr_t)cache->object;
        Code *code = f->code;
        if (UNLIKELY(code->exact_args != 2 || (pc[-1].a & 1))) goto L_LOAD_ATTR;
        if (UNLIKELY(depth_enter(t) < 0)) goto error;
        nf = frame_push(t, code);
        if (UNLIKELY(!nf)) goto no_frame;
        nf->function = INCREF(f);
        nf->slots[0] = POP();
        for (uint32_t i = 1; i < code->locals_plus_count; i++) nf->slots[i] = NULL;
        SKIP(6);
        SAVE();
        goto enter;
    }

    OP(LOAD_ATTR_MEMBER) {
        Value owner = TOP();
        AttrCache *cache = CACHE(AttrCache);
        if (UNLIKELY(!CACHED_TYPE(owner, cache))) goto L_LOAD_ATTR;
        Value v = *(Value *)(void *)((char *)owner + cache->object);
        if (UNLIKELY(!v)) goto L_LOAD_ATTR;
        TOP() = incref(v);
        if (pc[-1].a & 1) PUSH(NULL);
        DECREF(owner);
        SKIP(6);
        NEXT();
    }

    OP(LOAD_ATTR_TYPE) {
        Value owner = TOP();
        AttrCache *cache = CACHE(AttrCache);
        if (UNLIKELY(BITS(owner) != cache->shape || ((Type *)owner)->version != cache->type_version)) goto L_LOAD_ATTR;
        TOP() = incref((Value)(uintptr_t)cache->object);
        if (pc[-1].a & 1) {
            if (cache->index) { /* a class method: the class is its self */
                PUSH(owner);
                SKIP(6);
                NEXT();
            }
            PUSH(NULL);
        }
        DECREF(owner);
        SKIP(6);
        NEXT();
    }

    OP(LOAD_ATTR_DICT) {
        Value owner = TOP();
        AttrCache *cache = CACHE(AttrCache);
        if (UNLIKELY(!CACHED_TYPE(owner, cache))) goto L_LOAD_ATTR;
        Attrs *attrs = (Attrs *)(void *)((char *)owner + type_of(owner)->attrs_offset);
        if (UNLIKELY(attrs->shape != rt->dict_shape)) goto L_LOAD_ATTR;
        Dict *dict = (Dict *)(void *)attrs->values;
        Value v = dict->str_only ? dict_get_str_borrow(AS_VALUE(dict), NAME_AT(oparg)) : NULL;
        if (UNLIKELY(!v)) goto L_LOAD_ATTR;
        TOP() = incref(v);
        if (pc[-1].a & 1) PUSH(NULL);
        DECREF(owner);
        SKIP(6);
        NEXT();
    }

    OP(STORE_ATTR_SLOT) {
        Value owner = TOP();
        StoreAttrCache *cache = CACHE(StoreAttrCache);
        if (UNLIKELY(!CACHED_TYPE(owner, cache))) goto L_STORE_ATTR;
        Attrs *attrs = (Attrs *)(void *)((char *)owner + type_of(owner)->attrs_offset);
        if (UNLIKELY((uintptr_t)attrs->shape != cache->shape)) goto L_STORE_ATTR;
        Value *slot = &attrs->values[cache->index], old = *slot;
        *slot = PEEK(2);
        sp -= 2;
        decref(old);
        DECREF(owner);
        SKIP(4);
        NEXT();
    }

    OP(STORE_ATTR_ADD) {
        Value owner = TOP();
        StoreAttrCache *cache = CACHE(StoreAttrCache);
        if (UNLIKELY(!CACHED_TYPE(owner, cache))) goto L_STORE_ATTR;
        Type *type = type_of(owner);
        Attrs *attrs = (Attrs *)(void *)((char *)owner + type->attrs_offset);
        Shape *next = (Shape *)(uintptr_t)cache->shape;
        if (UNLIKELY(attrs->shape != next->parent)) goto L_STORE_ATTR;
        if (LIKELY(cache->index < type->inline_capacity)) {
            attrs->values[cache->index] = PEEK(2);
            attrs->shape = next;
        } else {
            SAVE();
            int status = attrs_append_steal(owner, next, PEEK(2));
            if (UNLIKELY(status < 0)) {
                PEEK(2) = NONE;
                goto error;
            }
        }
        sp -= 2;
        DECREF(owner);
        SKIP(4);
        NEXT();
    }

    OP(STORE_ATTR_MEMBER) {
        Value owner = TOP();
        StoreAttrCache *cache = CACHE(StoreAttrCache);
        if (UNLIKELY(!CACHED_TYPE(owner, cache))) goto L_STORE_ATTR;
        Value *slot = (Value *)(void *)((char *)owner + cache->shape), old = *slot;
        *slot = PEEK(2);
        sp -= 2;
        xdecref(old);
        DECREF(owner);
        SKIP(4);
        NEXT();
    }

#endif
