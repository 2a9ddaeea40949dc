/*
 * exception_group: BaseExceptionGroup and ExceptionGroup: trees of exceptions, split by a condition, and what
 * except* does with them.
 */
#include "base/names.h"
#include "objects/dict.h"
#include "objects/exception_internal.h"
#include "objects/generic.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/set.h"
#include "objects/str.h"

bool exception_is_group(Value v) { return IS(v, BaseExceptionGroup); }

static Value members(Value group) { return exception_field(group, GROUP_EXCEPTIONS); }

/* ---- making ---- */

/* Checks the items; *all_plain: each is an Exception. */
static int check_members(Value tuple, bool *all_plain) {
    *all_plain = true;
    if (tuple_length(tuple) == 0)
        return raise_int(T_ValueError, "second argument (exceptions) must be a non-empty sequence");
    for (size_t i = 0; i < tuple_length(tuple); i++) {
        Value e = tuple_item_borrow(tuple, i);
        if (!is_exception(e))
            return raise_int(T_ValueError, "Item %zu of second argument (exceptions) is not an exception", i);
        if (!IS(e, Exception)) *all_plain = false;
    }
    return 0;
}

static Type *choose_type(Type *t, bool all_plain) {
    if (t == TYPE(BaseExceptionGroup)) return all_plain ? TYPE(ExceptionGroup) : t;
    if (all_plain) return t;
    if (t == TYPE(ExceptionGroup))
        return (Type *)raise_error(T_TypeError, "Cannot nest BaseExceptions in an ExceptionGroup");
    if (type_is_subtype(t, TYPE(Exception)))
        return (Type *)raise_error(T_TypeError, "Cannot nest BaseExceptions in '%N'", t);
    return t;
}

Value group_new(Type *t, Value const *args, size_t nargs, Value kwnames) {
    (void)kwnames;
    if (nargs != 2)
        return raise_error(T_TypeError, "BaseExceptionGroup.__new__() takes exactly 2 arguments (%zu given)",
                           nargs);
    if (!is_str(args[0]))
        return raise_error(T_TypeError, "BaseExceptionGroup.__new__() argument 1 must be str, not %K",
                           args[0]);
    if (!value_is_sequence(args[1]))
        return raise_error(T_TypeError, "second argument (exceptions) must be a sequence");
    Value tuple = value_to_tuple(args[1]);
    bool all_plain;
    if (!tuple || check_members(tuple, &all_plain) < 0 || !(t = choose_type(t, all_plain))) {
        xdecref(tuple);
        return NULL;
    }
    Value self = exception_slot_new(t, args, nargs, NULL);
    if (self) {
        exception_field_put(self, GROUP_MESSAGE, args[0]);
        exception_field_put(self, GROUP_EXCEPTIONS, tuple);
    }
    decref(tuple);
    return self;
}

int group_init(Value self, Value const *args, size_t nargs, Value kwnames) {
    if (!args_no_keywords(type_name_of(self), kwnames)) return -1;
    return exception_slot_init(self, args, nargs, kwnames);
}

Value group_str(Value self) {
    size_t n = tuple_length(members(self));
    return str_format("%S (%zu sub-exception%s)", exception_field(self, GROUP_MESSAGE), n, n == 1 ? "" : "s");
}

/* ---- derive ---- */

static int copy_notes(Value from, Value to) {
    Value notes;
    int found = value_getattr_optional(from, NAME(__notes__), &notes);
    if (found <= 0) return found;
    int status = 0;
    if (value_is_sequence(notes)) {
        Value copy = value_to_list(notes);
        status = copy ? value_setattr(to, NAME(__notes__), copy) : -1;
        xdecref(copy);
    }
    decref(notes);
    return status;
}

Value exception_group_derive(Value group, Value exceptions) {
    Value made = value_call_method_one(group, NAME(derive), exceptions);
    if (!made) return NULL;
    int status = 0;
    if (!exception_is_group(made)) {
        status = raise_int(T_TypeError, "derive must return an instance of BaseExceptionGroup");
    } else {
        BaseException *from = exception_of(group), *to = exception_of(made);
        SET_FIELD_STEAL(to->traceback, xincref(from->traceback));
        SET_FIELD_STEAL(to->context, xincref(from->context));
        exception_set_cause_steal(made, xincref(from->cause));
        status = copy_notes(group, made);
    }
    if (status < 0) CLEAR_FIELD(made);
    return made;
}

static Value derive_method(Value self, Value const *given, size_t nargs) {
    if (nargs != 1) return raise_error(T_TypeError, "function takes exactly 1 argument (%zu given)", nargs);
    Value exceptions = given[0];
    Value args[2] = {exception_field(self, GROUP_MESSAGE), exceptions};
    return value_call(AS_VALUE(TYPE(BaseExceptionGroup)), args, 2, NULL);
}

/* ---- split ---- */

typedef enum MatchKind { MATCH_TYPES, MATCH_CALL, MATCH_IDENTITIES } MatchKind;

typedef struct Matcher {
    MatchKind kind;
    Value with; /* class or tuple of classes; callable; set of addresses */
} Matcher;

static bool is_exception_class(Value v) {
    return is_type(v) && (((Type *)v)->flags & TYPE_EXCEPTION_SUBCLASS);
}

static int matcher_init(Matcher *m, Value with) {
    m->with = with;
    m->kind = MATCH_TYPES;
    bool types = is_exception_class(with);
    if (is_tuple(with)) {
        types = true;
        for (size_t i = 0; i < tuple_length(with); i++)
            types &= is_exception_class(tuple_item_borrow(with, i));
    }
    if (types) return 0;
    m->kind = MATCH_CALL;
    if (IS_EXACT(with, function)) return 0;
    return raise_int(T_TypeError, "expected a function, exception type or tuple of exception types");
}

static Value identity(Value v) { return small_int_new((int64_t)(BITS(v) >> 3)); }

static int matches(const Matcher *m, Value e) {
    switch (m->kind) {
    case MATCH_TYPES: return exception_matches(e, m->with);
    case MATCH_IDENTITIES: return exception_is_group(e) ? 0 : set_contains(m->with, identity(e));
    case MATCH_CALL: break;
    }
    Value result = value_call_one(m->with, e);
    int r = result ? value_is_true(result) : -1;
    xdecref(result);
    return r;
}

static int split(Value e, const Matcher *m, bool want_rest, Value *match, Value *rest);

static int split_members(Value group, const Matcher *m, bool want_rest, Value matched, Value others) {
    Value tuple = members(group);
    for (size_t i = 0; i < tuple_length(tuple); i++) {
        Value match = NULL, rest = NULL;
        if (split(tuple_item_borrow(tuple, i), m, want_rest, &match, &rest) < 0) return -1;
        int status = match == NONE ? 0 : list_append(matched, match);
        if (status == 0 && want_rest && rest != NONE) status = list_append(others, rest);
        xdecref(match);
        xdecref(rest);
        if (status < 0) return -1;
    }
    return 0;
}

/* A group made of part of the members: None for none. */
static Value subset(Value group, Value list) {
    return list_length(list) ? exception_group_derive(group, list) : NONE;
}

static int split_group(Value group, const Matcher *m, bool want_rest, Value *match, Value *rest) {
    Value matched = list_new(0), others = matched ? list_new(0) : NULL;
    int status = others ? split_members(group, m, want_rest, matched, others) : -1;
    if (status == 0 && !(*match = subset(group, matched))) status = -1;
    if (status == 0 && want_rest && !(*rest = subset(group, others))) {
        CLEAR_FIELD(*match);
        status = -1;
    }
    xdecref(matched);
    xdecref(others);
    return status;
}

/* Both results are new; None where there is nothing. */
static int split(Value e, const Matcher *m, bool want_rest, Value *match, Value *rest) {
    *match = *rest = NULL;
    int whole = matches(m, e);
    if (whole < 0) return -1;
    if (whole || !exception_is_group(e)) {
        *match = whole ? incref(e) : NONE;
        *rest = whole || !want_rest ? NONE : incref(e);
        return 0;
    }
    if (recursion_enter(" in exceptiongroup_split_recursive")) return -1;
    int status = split_group(e, m, want_rest, match, rest);
    recursion_leave();
    if (status == 0 && !want_rest) *rest = NONE;
    return status;
}

static Value split_method(Value self, Value const *args, size_t nargs) {
    if (!args_count("split", nargs, 1, 1)) return NULL;
    Value with = args[0];
    Matcher m;
    Value match, rest;
    if (matcher_init(&m, with) < 0 || split(self, &m, true, &match, &rest) < 0) return NULL;
    Value result = tuple_pack(2, match, rest);
    decref(match);
    decref(rest);
    return result;
}

static Value subgroup_method(Value self, Value const *args, size_t nargs) {
    if (!args_count("subgroup", nargs, 1, 1)) return NULL;
    Value with = args[0];
    Matcher m;
    Value match, rest;
    if (matcher_init(&m, with) < 0 || split(self, &m, false, &match, &rest) < 0) return NULL;
    decref(rest);
    return match;
}

/* ---- except* ---- */

static int check_star_class(Value cls) {
    if (!is_exception_class(cls))
        return raise_int(T_TypeError,
                         "catching classes that do not inherit from BaseException is not allowed");
    if (type_is_subtype((Type *)cls, TYPE(BaseExceptionGroup)))
        return raise_int(T_TypeError,
                         "catching ExceptionGroup with except* is not allowed. Use except instead.");
    return 0;
}

static int check_star_classes(Value cls) {
    if (!is_tuple(cls)) return check_star_class(cls);
    for (size_t i = 0; i < tuple_length(cls); i++)
        if (check_star_class(tuple_item_borrow(cls, i)) < 0) return -1;
    return 0;
}

/* A naked exception that matches is handed to except* in a group of one. */
static Value wrap_naked(Value e) {
    Value one = tuple_pack(1, e);
    if (!one) return NULL;
    Value args[2] = {NAME(empty_), one};
    Value group = value_call(AS_VALUE(TYPE(BaseExceptionGroup)), args, 2, NULL);
    decref(one);
    return group;
}

int exception_group_split(Value e, Value cls, Value *match, Value *rest) {
    *match = *rest = NULL;
    if (check_star_classes(cls) < 0) return -1;
    Matcher m = {MATCH_TYPES, cls};
    if (exception_is_group(e)) return split(e, &m, true, match, rest);
    int whole = matches(&m, e);
    if (whole < 0) return -1;
    *match = whole ? wrap_naked(e) : NONE;
    *rest = whole ? NONE : incref(e);
    return *match ? 0 : -1;
}

static bool same_metadata(Value a, Value b) {
    if (!exception_is_group(a) || !exception_is_group(b)) return false;
    BaseException *x = exception_of(a), *y = exception_of(b);
    return x->traceback == y->traceback && x->cause == y->cause && x->context == y->context;
}

static int collect_leaves(Value e, Value set) {
    if (!exception_is_group(e)) return set_add(set, identity(e));
    if (recursion_enter(" in collect_exception_group_leaf_ids")) return -1;
    int status = 0;
    Value tuple = members(e);
    for (size_t i = 0; status == 0 && i < tuple_length(tuple); i++)
        status = collect_leaves(tuple_item_borrow(tuple, i), set);
    recursion_leave();
    return status;
}

/* The part of the original group whose leaves are in the kept ones. */
static Value project(Value original, Value kept) {
    Value set = set_new(NULL), match = NULL, rest = NULL;
    int status = set ? 0 : -1;
    for (size_t i = 0; status == 0 && i < list_length(kept); i++)
        status = collect_leaves(list_item_borrow(kept, i), set);
    Matcher m = {MATCH_IDENTITIES, set};
    if (status == 0) split(original, &m, false, &match, &rest);
    xdecref(rest);
    xdecref(set);
    return match;
}

static Value combine(Value original, Value raised, Value reraised) {
    Value back = list_length(reraised) ? project(original, reraised) : NONE;
    if (!back) return NULL;
    if (list_length(raised) == 0) return back;
    int status = back == NONE ? 0 : list_append(raised, back);
    decref(back);
    if (status < 0) return NULL;
    Value args[2] = {NAME(empty_), raised};
    return value_call(AS_VALUE(TYPE(BaseExceptionGroup)), args, 2, NULL);
}

Value exception_group_reraise(Value original, Value list) {
    size_t n = list_length(list);
    if (n == 0) return NONE;
    if (!exception_is_group(original)) {
        for (size_t i = 0; i < n; i++)
            if (list_item_borrow(list, i) != NONE) return incref(list_item_borrow(list, i));
        return NONE;
    }
    Value raised = list_new(0), reraised = raised ? list_new(0) : NULL;
    int status = reraised ? 0 : -1;
    for (size_t i = 0; status == 0 && i < n; i++) {
        Value e = list_item_borrow(list, i);
        if (e != NONE) status = list_append(same_metadata(e, original) ? reraised : raised, e);
    }
    Value result = status == 0 ? combine(original, raised, reraised) : NULL;
    xdecref(raised);
    xdecref(reraised);
    return result;
}

/* ---- rows ---- */

const NativeMethod group_methods[] = {
    METHOD_BARE("derive", derive_method, NULL),
    METHOD_BARE("split", split_method, NULL),
    METHOD_BARE("subgroup", subgroup_method, NULL),
    METHOD_CLASS_GETITEM,
    METHOD_END,
};

const Member group_members[] = {
    {"message", MEMBER_VALUE, EXCEPTION_PLACE(GROUP_MESSAGE), true, "exception message"},
    {"exceptions", MEMBER_VALUE, EXCEPTION_PLACE(GROUP_EXCEPTIONS), true, "nested exceptions"},
    {0},
};
