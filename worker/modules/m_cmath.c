/* cmath: mathematical functions of complex numbers, by the C library, with Python's errors and special
 * values. */
#include <complex.h>
#undef complex /* is a type of ours */
#ifndef CMPLX  /* glibc knows only gcc's way */
#define CMPLX(x, y) __builtin_complex((double)(x), (double)(y))
#endif
#include <errno.h>
#include <float.h>
#include <math.h>

#include "modules/module.h"
#include "objects/float.h"
#include "objects/int.h"

static int get_complex(Value v, double _Complex *out) {
    double x;
    if (is_object(v) && IS(v, complex)) {
        Complex *c = (Complex *)v;
        *out = CMPLX(c->real, c->imag);
        return 0;
    }
    Value self, method = is_int(v) || is_float(v) ? NULL : value_lookup_special(v, NAME(__complex__), &self);
    if (method) {
        Value c = value_call(method, &self, self != NULL, NULL);
        decref(method);
        if (!c) return -1;
        bool good = is_object(c) && IS(c, complex);
        if (good) *out = CMPLX(((Complex *)c)->real, ((Complex *)c)->imag);
        else raise_error(T_TypeError, "__complex__ returned non-complex (type %.200T)", c);
        decref(c);
        return good ? 0 : -1;
    }
    if (error_pending() || value_as_double(v, &x) < 0) return -1;
    *out = CMPLX(x, 0.0);
    return 0;
}

static Value result(double _Complex z) { return complex_new(creal(z), cimag(z)); }
static Value domain_error(void) { return raise_error(T_ValueError, "math domain error"); }
static Value range_error(void) { return raise_error(T_OverflowError, "math range error"); }
static bool is_finite(double _Complex z) { return isfinite(creal(z)) && isfinite(cimag(z)); }
static bool infinite(double _Complex z) { return isinf(creal(z)) || isinf(cimag(z)); }
static bool nan_in(double _Complex z) { return isnan(creal(z)) || isnan(cimag(z)); }

/* ---- finite arguments: the formulas of Kahan, "Branch Cuts for Complex Elementary Functions" ---- */

#define LARGE (DBL_MAX / 4)

static bool is_large(double x, double y) { return fabs(x) > LARGE || fabs(y) > LARGE; }
/* log of twice the size of a large number */
static double log_of_double_size(double x, double y) { return log(hypot(x / 2.0, y / 2.0)) + M_LN2 * 2.0; }

static double _Complex root(double _Complex z) {
    double x = creal(z), y = cimag(z), ax = fabs(x), ay = fabs(y), s;
    if (x == 0.0 && y == 0.0) return CMPLX(0.0, y);
    if (ax < DBL_MIN && ay < DBL_MIN) {
        ax = ldexp(ax, DBL_MANT_DIG);
        s = ldexp(sqrt(ax + hypot(ax, ldexp(ay, DBL_MANT_DIG))), -(DBL_MANT_DIG + 1) / 2);
    } else {
        ax /= 8.0;
        s = 2.0 * sqrt(ax + hypot(ax, ay / 8.0));
    }
    double d = ay / (2.0 * s);
    return x >= 0.0 ? CMPLX(s, copysign(d, y)) : CMPLX(d, copysign(s, y));
}

static double _Complex arc_cosine(double _Complex z) {
    double x = creal(z), y = cimag(z);
    if (is_large(x, y)) {
        double size = log_of_double_size(x, y);
        return CMPLX(atan2(fabs(y), x), x < 0.0 ? -copysign(size, y) : copysign(size, -y));
    }
    double _Complex a = root(CMPLX(1.0 - x, -y)), b = root(CMPLX(1.0 + x, y));
    return CMPLX(2.0 * atan2(creal(a), creal(b)), asinh(creal(b) * cimag(a) - cimag(b) * creal(a)));
}

static double _Complex arc_hyperbolic_cosine(double _Complex z) {
    double x = creal(z), y = cimag(z);
    if (is_large(x, y)) return CMPLX(log_of_double_size(x, y), atan2(y, x));
    double _Complex a = root(CMPLX(x - 1.0, y)), b = root(CMPLX(x + 1.0, y));
    return CMPLX(asinh(creal(a) * creal(b) + cimag(a) * cimag(b)), 2.0 * atan2(cimag(a), creal(b)));
}

static double _Complex arc_hyperbolic_sine(double _Complex z) {
    double x = creal(z), y = cimag(z);
    if (is_large(x, y)) return CMPLX(copysign(log_of_double_size(x, y), x), atan2(y, fabs(x)));
    double _Complex a = root(CMPLX(1.0 + y, -x)), b = root(CMPLX(1.0 - y, x));
    return CMPLX(asinh(creal(a) * cimag(b) - creal(b) * cimag(a)),
                 atan2(y, creal(a) * creal(b) - cimag(a) * cimag(b)));
}

static double _Complex arc_hyperbolic_tangent(double _Complex z) {
    double x = creal(z), y = cimag(z), ay = fabs(y);
    if (signbit(x)) {
        double _Complex r = arc_hyperbolic_tangent(CMPLX(-x, -y));
        return CMPLX(-creal(r), -cimag(r));
    }
    if (x > sqrt(LARGE) || ay > sqrt(LARGE)) {
        double h = hypot(x / 2.0, y / 2.0);
        return CMPLX(x / 4.0 / h / h, -copysign(M_PI / 2.0, -y));
    }
    if (x == 1.0 && ay < sqrt(DBL_MIN))
        return CMPLX(-log(sqrt(ay) / sqrt(hypot(ay, 2.0))), copysign(atan2(2.0, -ay) / 2, y));
    return CMPLX(log1p(4.0 * x / ((1 - x) * (1 - x) + ay * ay)) / 4.0,
                 -atan2(-2.0 * y, (1 - x) * (1 + x) - ay * ay) / 2.0);
}

static double _Complex hyperbolic_tangent(double _Complex z) {
    double x = creal(z), y = cimag(z);
    if (fabs(x) > log(LARGE)) return CMPLX(copysign(1.0, x), 4.0 * sin(y) * cos(y) * exp(-2.0 * fabs(x)));
    double tx = tanh(x), ty = tan(y), cx = 1.0 / cosh(x), both = tx * ty, below = 1.0 + both * both;
    return CMPLX(tx * (1.0 + ty * ty) / below, ((ty / below) * cx) * cx);
}

static double _Complex hyperbolic_cosine(double _Complex z) {
    double x = creal(z), y = cimag(z);
    if (fabs(x) <= log(LARGE)) return CMPLX(cos(y) * cosh(x), sin(y) * sinh(x));
    double less = x - copysign(1.0, x);
    return CMPLX(cos(y) * cosh(less) * M_E, sin(y) * sinh(less) * M_E);
}

static double _Complex hyperbolic_sine(double _Complex z) {
    double x = creal(z), y = cimag(z);
    if (fabs(x) <= log(LARGE)) return CMPLX(cos(y) * sinh(x), sin(y) * cosh(x));
    double less = x - copysign(1.0, x);
    return CMPLX(cos(y) * sinh(less) * M_E, sin(y) * cosh(less) * M_E);
}

static double _Complex exponential(double _Complex z) {
    double x = creal(z), y = cimag(z);
    if (x <= log(LARGE)) return CMPLX(exp(x) * cos(y), exp(x) * sin(y));
    double size = exp(x - 1.0);
    return CMPLX(size * cos(y) * M_E, size * sin(y) * M_E);
}

typedef double _Complex (*ComplexFn)(double _Complex);

/* ---- other arguments: the C library, but for what CPython's tables say otherwise of zeros, infinities and NaNs ---- */

static double _Complex special_acos(double _Complex z) {
    return isinf(creal(z)) && isnan(cimag(z)) ? CMPLX(NAN, INFINITY) : cacos(z);
}
static double _Complex special_acosh(double _Complex z) {
    return creal(z) == 0.0 && isnan(cimag(z)) ? CMPLX(NAN, NAN) : cacosh(z);
}
static double _Complex special_asinh(double _Complex z) {
    return isnan(creal(z)) && isinf(cimag(z)) ? CMPLX(INFINITY, NAN) : casinh(z);
}
static double _Complex special_atanh(double _Complex z) {
    return isnan(creal(z)) && isinf(cimag(z)) ? CMPLX(0.0, copysign(M_PI_2, cimag(z))) : catanh(z);
}
static double _Complex special_cosh(double _Complex z) {
    return isnan(creal(z)) && cimag(z) == 0.0 ? CMPLX(NAN, 0.0) : ccosh(z);
}
static double _Complex special_sinh(double _Complex z) {
    return creal(z) == 0.0 && isnan(cimag(z)) ? CMPLX(0.0, NAN) : csinh(z);
}
static double _Complex special_tanh(double _Complex z) {
    if (creal(z) == 0.0 && isnan(cimag(z))) return CMPLX(NAN, NAN);
    return isinf(creal(z)) && !isfinite(cimag(z)) ? CMPLX(copysign(1.0, creal(z)), 0.0) : ctanh(z);
}
static double _Complex special_exp(double _Complex z) {
    return isinf(creal(z)) && creal(z) < 0 && !isfinite(cimag(z)) ? CMPLX(0.0, 0.0) : cexp(z);
}
static double _Complex special_sqrt(double _Complex z) {
    return isinf(creal(z)) && creal(z) < 0 && isnan(cimag(z)) ? CMPLX(NAN, INFINITY) : csqrt(z);
}

static Value compute(double _Complex z, ComplexFn formula, ComplexFn library) {
    if (!is_finite(z)) return result(library(z));
    double _Complex r = formula(z);
    return infinite(r) || nan_in(r) ? range_error() : result(r);
}

/* f(z) as -i g(iz). */
static double _Complex turned(double _Complex z, ComplexFn g) {
    double _Complex r = g(CMPLX(-cimag(z), creal(z)));
    return CMPLX(cimag(r), -creal(r));
}
static double _Complex arc_sine(double _Complex z) { return turned(z, arc_hyperbolic_sine); }
static double _Complex arc_tangent(double _Complex z) { return turned(z, arc_hyperbolic_tangent); }
static double _Complex tangent(double _Complex z) { return turned(z, hyperbolic_tangent); }
static double _Complex sine(double _Complex z) { return turned(z, hyperbolic_sine); }
static double _Complex cosine(double _Complex z) { return hyperbolic_cosine(CMPLX(-cimag(z), creal(z))); }
static double _Complex special_asin(double _Complex z) { return turned(z, special_asinh); }
static double _Complex special_atan(double _Complex z) { return turned(z, special_atanh); }
static double _Complex special_tan(double _Complex z) { return turned(z, special_tanh); }
static double _Complex special_sin(double _Complex z) { return turned(z, special_sinh); }
static double _Complex special_cos(double _Complex z) { return special_cosh(CMPLX(-cimag(z), creal(z))); }

#define UNARY(name, formula, library, domain)                                                                \
    static Value cmath_##name(Value module, Value arg) {                                                     \
        (void)module;                                                                                        \
        double _Complex z;                                                                                   \
        if (get_complex(arg, &z) < 0) return NULL;                                                           \
        double x = creal(z), y = cimag(z);                                                                   \
        (void)x, (void)y;                                                                                    \
        return domain ? domain_error() : compute(z, formula, library);                                       \
    }
UNARY(acos, arc_cosine, special_acos, false)
UNARY(acosh, arc_hyperbolic_cosine, special_acosh, false)
UNARY(asin, arc_sine, special_asin, false)
UNARY(asinh, arc_hyperbolic_sine, special_asinh, false)
UNARY(sqrt, root, special_sqrt, false)
UNARY(atan, arc_tangent, special_atan, fabs(y) == 1.0 && x == 0.0)
UNARY(atanh, arc_hyperbolic_tangent, special_atanh, fabs(x) == 1.0 && y == 0.0)
/* an infinite part whose direction the other one cannot tell */
UNARY(tan, tangent, special_tan, isinf(x) && isfinite(y))
UNARY(tanh, hyperbolic_tangent, special_tanh, isinf(y) && isfinite(x))
UNARY(cosh, hyperbolic_cosine, special_cosh, isinf(y) && !isnan(x))
UNARY(sinh, hyperbolic_sine, special_sinh, isinf(y) && !isnan(x))
UNARY(cos, cosine, special_cos, isinf(x) && !isnan(y))
UNARY(sin, sine, special_sin, isinf(x) && !isnan(y))
UNARY(exp, exponential, special_exp, isinf(y) && (isfinite(x) || (isinf(x) && x > 0)))

/* ---- logarithms ---- */

/* The real part with care near |z| = 1 and at the ends of the range. */
static double log_of_size(double x, double y) {
    double ax = fabs(x), ay = fabs(y);
    if (ax > DBL_MAX / 4 || ay > DBL_MAX / 4) return log(hypot(ax / 2, ay / 2)) + M_LN2;
    if (ax < DBL_MIN && ay < DBL_MIN)
        return log(hypot(ldexp(ax, DBL_MANT_DIG), ldexp(ay, DBL_MANT_DIG))) - DBL_MANT_DIG * M_LN2;
    double size = hypot(ax, ay);
    if (0.71 <= size && size <= 1.73) {
        double greater = ax > ay ? ax : ay, smaller = ax > ay ? ay : ax;
        return log1p((greater - 1) * (greater + 1) + smaller * smaller) / 2;
    }
    return log(size);
}

/* false: z is 0, and *out infinite. */
static bool log_complex(double _Complex z, double _Complex *out) {
    double x = creal(z), y = cimag(z);
    bool zero = x == 0.0 && y == 0.0;
    double real = zero ? -INFINITY : infinite(z) ? INFINITY : nan_in(z) ? NAN : log_of_size(x, y);
    *out = CMPLX(real, atan2(y, x));
    return !zero;
}

static Value cmath_log(Value module, Value const *args, size_t nargs) {
    (void)module;
    double _Complex z, base, r, b;
    if (!args_count("log", nargs, 1, 2) || get_complex(args[0], &z) < 0) return NULL;
    bool defined = log_complex(z, &r);
    if (nargs == 1) return defined ? result(r) : domain_error();
    if (get_complex(args[1], &base) < 0) return NULL;
    if (!log_complex(base, &b)) return domain_error();
    Value top = complex_new(creal(r), cimag(r)), bottom = top ? result(b) : NULL, quotient = NULL;
    if (bottom) quotient = value_binary(OP_TRUE_DIVIDE, top, bottom);
    if (!quotient && error_swallow(T_ZeroDivisionError)) domain_error();
    xdecref(bottom);
    xdecref(top);
    return quotient;
}

static Value cmath_log10(Value module, Value arg) {
    (void)module;
    double _Complex z, r;
    if (get_complex(arg, &z) < 0) return NULL;
    if (!log_complex(z, &r)) return domain_error();
    return complex_new(creal(r) / M_LN10, cimag(r) / M_LN10);
}

/* ---- polar coordinates ---- */

static Value cmath_phase(Value module, Value arg) {
    (void)module;
    double _Complex z;
    if (get_complex(arg, &z) < 0) return NULL;
    errno = 0;
    double angle = atan2(cimag(z), creal(z));
    return errno == ERANGE ? range_error() : float_new(angle); /* one too small is an error in CPython too */
}

static Value cmath_polar(Value module, Value arg) {
    (void)module;
    double _Complex z;
    if (get_complex(arg, &z) < 0) return NULL;
    double size = hypot(creal(z), cimag(z));
    if (is_finite(z) && isinf(size)) return range_error();
    Value r = float_new(size), phi = float_new(atan2(cimag(z), creal(z))),
          pair = r && phi ? tuple_pack(2, r, phi) : NULL;
    xdecref(r);
    xdecref(phi);
    return pair;
}

static Value cmath_rect(Value module, Value const *args, size_t nargs) {
    (void)module;
    double r, phi;
    if (!args_count("rect", nargs, 2, 2) || value_as_double(args[0], &r) < 0 ||
        value_as_double(args[1], &phi) < 0)
        return NULL;
    if (isinf(phi) && r != 0.0 && !isnan(r)) return domain_error();
    if (r == 0.0 && !isfinite(phi)) return complex_new(0.0, 0.0);
    if (isnan(r) && phi == 0.0) return complex_new(r, 0.0);
    if (isinf(r) && isnan(phi)) return complex_new(INFINITY, phi);
    if (isinf(r) && phi == 0.0) return complex_new(r, signbit(r) ? -phi : phi);
    if (isinf(r)) return complex_new(copysign(INFINITY, r * cos(phi)), copysign(INFINITY, r * sin(phi)));
    if (phi == 0.0) return complex_new(r, r * phi);
    return complex_new(r * cos(phi), r * sin(phi));
}

/* ---- tests ---- */

static Value cmath_isfinite(Value module, Value arg) {
    (void)module;
    double _Complex z;
    return get_complex(arg, &z) < 0 ? NULL : BOOL(is_finite(z));
}
static Value cmath_isinf(Value module, Value arg) {
    (void)module;
    double _Complex z;
    return get_complex(arg, &z) < 0 ? NULL : BOOL(infinite(z));
}
static Value cmath_isnan(Value module, Value arg) {
    (void)module;
    double _Complex z;
    return get_complex(arg, &z) < 0 ? NULL : BOOL(nan_in(z));
}

static Value cmath_isclose(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    static const char *const names[] = {"a", "b", "rel_tol", "abs_tol", NULL};
    static const ArgSpec spec = {"isclose", names, 4, 2, 2};
    Value out[4];
    double _Complex a, b;
    double relative = 1e-09, absolute = 0.0;
    if (!args_bind(&spec, args, nargs, kwnames, out) || get_complex(out[0], &a) < 0 ||
        get_complex(out[1], &b) < 0 || (out[2] && value_as_double(out[2], &relative) < 0) ||
        (out[3] && value_as_double(out[3], &absolute) < 0))
        return NULL;
    if (relative < 0.0 || absolute < 0.0) return raise_error(T_ValueError, "tolerances must be non-negative");
    if (creal(a) == creal(b) && cimag(a) == cimag(b)) return TRUE;
    if (infinite(a) || infinite(b)) return FALSE;
    double difference = cabs(a - b);
    return BOOL(difference <= relative * cabs(b) || difference <= relative * cabs(a) ||
                difference <= absolute);
}

static const NativeMethod cmath_functions[] = {
    METHOD_ONE("acos", cmath_acos, "acos($module, z, /)\n--\n\nArc cosine."),
    METHOD_ONE("acosh", cmath_acosh, "acosh($module, z, /)\n--\n\nInverse hyperbolic cosine."),
    METHOD_ONE("asin", cmath_asin, "asin($module, z, /)\n--\n\nArc sine."),
    METHOD_ONE("asinh", cmath_asinh, "asinh($module, z, /)\n--\n\nInverse hyperbolic sine."),
    METHOD_ONE("atan", cmath_atan, "atan($module, z, /)\n--\n\nArc tangent."),
    METHOD_ONE("atanh", cmath_atanh, "atanh($module, z, /)\n--\n\nInverse hyperbolic tangent."),
    METHOD_ONE("cos", cmath_cos, "cos($module, z, /)\n--\n\nCosine."),
    METHOD_ONE("cosh", cmath_cosh, "cosh($module, z, /)\n--\n\nHyperbolic cosine."),
    METHOD_ONE("exp", cmath_exp, "exp($module, z, /)\n--\n\ne to the power of z."),
    METHOD_KW("isclose", cmath_isclose,
              "isclose($module, /, a, b, *, rel_tol=1e-09, abs_tol=0.0)\n--\n\nWhether two numbers "
              "are nearly equal."),
    METHOD_ONE("isfinite", cmath_isfinite, "isfinite($module, z, /)\n--\n\nWhether both parts are finite."),
    METHOD_ONE("isinf", cmath_isinf, "isinf($module, z, /)\n--\n\nWhether a part is infinite."),
    METHOD_ONE("isnan", cmath_isnan, "isnan($module, z, /)\n--\n\nWhether a part is NaN."),
    METHOD_FAST("log", cmath_log,
                "log($module, z, base=<unrepresentable>, /)\n--\n\nLogarithm, natural or to a base."),
    METHOD_ONE("log10", cmath_log10, "log10($module, z, /)\n--\n\nLogarithm to base 10."),
    METHOD_ONE("phase", cmath_phase, "phase($module, z, /)\n--\n\nThe angle of a complex number."),
    METHOD_ONE("polar", cmath_polar, "polar($module, z, /)\n--\n\n(size, angle) of a complex number."),
    METHOD_FAST("rect", cmath_rect,
                "rect($module, r, phi, /)\n--\n\nThe complex number of a size and an angle."),
    METHOD_ONE("sin", cmath_sin, "sin($module, z, /)\n--\n\nSine."),
    METHOD_ONE("sinh", cmath_sinh, "sinh($module, z, /)\n--\n\nHyperbolic sine."),
    METHOD_ONE("sqrt", cmath_sqrt, "sqrt($module, z, /)\n--\n\nSquare root."),
    METHOD_ONE("tan", cmath_tan, "tan($module, z, /)\n--\n\nTangent."),
    METHOD_ONE("tanh", cmath_tanh, "tanh($module, z, /)\n--\n\nHyperbolic tangent."),
    METHOD_END,
};

static int cmath_ready(Value module) {
    if (module_add(module, "pi", float_new(M_PI)) < 0 || module_add(module, "e", float_new(M_E)) < 0 ||
        module_add(module, "tau", float_new(2 * M_PI)) < 0 ||
        module_add(module, "inf", float_new(INFINITY)) < 0 || module_add(module, "nan", float_new(NAN)) < 0 ||
        module_add(module, "infj", complex_new(0.0, INFINITY)) < 0)
        return -1;
    return module_add(module, "nanj", complex_new(0.0, NAN));
}

const ModuleSpec module_cmath = {
    .name = "cmath",
    .doc = "Mathematical functions of complex numbers.",
    .functions = cmath_functions,
    .ready = cmath_ready,
};
