/*
 * math: mathematical functions on floats and ints.
 *
 * The C library computes; what it cannot say as Python wants it (domain and range errors) is decided from
 * argument and result: a NaN from no NaN is a domain error, an infinity from finite arguments is an overflow,
 * or a domain error where the function has a pole.
 */
#include "modules/math.h"

#include <errno.h>
#include <float.h>
#include <math.h>

#include "modules/module.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/int_internal.h"
#include "objects/str.h"

static Value domain_error(void) { return raise_error(T_ValueError, "math domain error"); }
static Value range_error(void) { return raise_error(T_OverflowError, "math range error"); }

static inline int get_double(Value v, double *out) {
    if (is_small_float(v)) return *out = small_float(v), 0;
    return value_as_double(v, out);
}

/* ---- functions of one float ---- */

/* pole: an infinity from a finite argument is a domain error, not an overflow. */
static Value finish(double x, double r, bool pole) {
    if (isnan(r) && !isnan(x)) return domain_error();
    if (isinf(r) && isfinite(x)) return pole ? domain_error() : range_error();
    return float_new(r);
}

#define UNARY(name, expression, pole)                                                                        \
    static Value math_##name(Value module, Value arg) {                                                      \
        (void)module;                                                                                        \
        double x;                                                                                            \
        return get_double(arg, &x) < 0 ? NULL : finish(x, expression, pole);                                 \
    }
UNARY(acos, acos(x), true)
UNARY(acosh, acosh(x), true)
UNARY(asin, asin(x), true)
UNARY(asinh, asinh(x), true)
UNARY(atan, atan(x), true)
UNARY(atanh, atanh(x), true)
UNARY(cbrt, cbrt(x), true)
UNARY(cos, cos(x), true)
UNARY(cosh, cosh(x), false)
UNARY(erf, erf(x), true)
UNARY(erfc, erfc(x), true)
UNARY(exp, exp(x), false)
UNARY(exp2, exp2(x), false)
UNARY(expm1, expm1(x), false)
UNARY(fabs, fabs(x), true)
UNARY(log1p, x == 0.0 ? x : log1p(x), true)
UNARY(sin, sin(x), true)
UNARY(sinh, sinh(x), false)
UNARY(sqrt, sqrt(x), true)
UNARY(tan, tan(x), true)
UNARY(tanh, tanh(x), true)

#define TEST(name, expression)                                                                               \
    static Value math_##name(Value module, Value arg) {                                                      \
        (void)module;                                                                                        \
        double x;                                                                                            \
        return get_double(arg, &x) < 0 ? NULL : (expression);                                                \
    }
TEST(isfinite, BOOL(isfinite(x)))
TEST(isinf, BOOL(isinf(x)))
TEST(isnan, BOOL(isnan(x)))
TEST(degrees, float_new(x *(180.0 / M_PI)))
TEST(radians, float_new(x *(M_PI / 180.0)))

static Value math_ulp(Value module, Value arg) {
    (void)module;
    double x;
    if (get_double(arg, &x) < 0) return NULL;
    if (isnan(x)) return float_new(x);
    x = fabs(x);
    if (isinf(x)) return float_new(x);
    double next = nextafter(x, INFINITY);
    return float_new(isinf(next) ? x - nextafter(x, -INFINITY) : next - x);
}

/* ---- gamma: Lanczos' approximation, the rational form with g = 6.0246800407767296 and 13 terms ---- */

static const double lanczos_g = 6.024680040776729583740234375,
                    lanczos_g_minus_half = 5.524680040776729583740234375;

static double lanczos_sum(double x) {
    static const double numerator[13] = {23531376880.410759688572007674451636754734846804940,
                                         42919803642.649098768957899047001988850926355848959,
                                         35711959237.355668049440185451547166705960488635843,
                                         17921034426.037209699919755754458931112671403265390,
                                         6039542586.3520280050642916443072979210699388420708,
                                         1439720407.3117216736632230727949123939715485786372,
                                         248874557.86205415651146038641322942321632125127801,
                                         31426415.585400194380614231628318205362874684987640,
                                         2876370.6289353724412254090516208496135991145378768,
                                         186056.26539522349504029498971604569928220784236328,
                                         8071.6720023658162106380029022722506138218516325024,
                                         210.82427775157934587250973392071336271166969580291,
                                         2.5066282746310002701649081771338373386264310793408};
    static const double denominator[13] = {0.0,        39916800.0, 120543840.0, 150917976.0, 105258076.0,
                                           45995730.0, 13339535.0, 2637558.0,   357423.0,    32670.0,
                                           1925.0,     66.0,       1.0};
    double top = 0.0, bottom = 0.0;
    if (x < 5.0) {
        for (int i = 12; i >= 0; i--) {
            top = top * x + numerator[i];
            bottom = bottom * x + denominator[i];
        }
    } else {
        for (int i = 0; i < 13; i++) {
            top = top / x + numerator[i];
            bottom = bottom / x + denominator[i];
        }
    }
    return top / bottom;
}

/* sin(pi x), exact at multiples of a half. */
static double sin_pi(double x) {
    double y = fmod(fabs(x), 2.0), r;
    switch ((int)round(2.0 * y)) {
    case 0: r = sin(M_PI * y); break;
    case 1: r = cos(M_PI * (y - 0.5)); break;
    case 2: r = sin(M_PI * (1.0 - y)); break;
    case 3: r = -cos(M_PI * (y - 1.5)); break;
    default: r = sin(M_PI * (y - 2.0)); break;
    }
    return copysign(1.0, x) * r;
}

static double gamma_positive_part(double x, double absx, double y, double z) {
    double r;
    if (x < 0.0) {
        r = -M_PI / sin_pi(absx) / absx * exp(y) / lanczos_sum(absx);
        r -= z * r;
        if (absx < 140.0) return r / pow(y, absx - 0.5);
        double root = pow(y, absx / 2.0 - 0.25);
        return r / root / root;
    }
    r = lanczos_sum(absx) / exp(y);
    r += z * r;
    if (absx < 140.0) return r * pow(y, absx - 0.5);
    double root = pow(y, absx / 2.0 - 0.25);
    return r * root * root;
}

static Value math_gamma(Value module, Value arg) {
    (void)module;
    static const double factorials[23] = {1.0,
                                          1.0,
                                          2.0,
                                          6.0,
                                          24.0,
                                          120.0,
                                          720.0,
                                          5040.0,
                                          40320.0,
                                          362880.0,
                                          3628800.0,
                                          39916800.0,
                                          479001600.0,
                                          6227020800.0,
                                          87178291200.0,
                                          1307674368000.0,
                                          20922789888000.0,
                                          355687428096000.0,
                                          6402373705728000.0,
                                          121645100408832000.0,
                                          2432902008176640000.0,
                                          51090942171709440000.0,
                                          1124000727777607680000.0};
    double x;
    if (get_double(arg, &x) < 0) return NULL;
    if (!isfinite(x)) return isinf(x) && x < 0 ? domain_error() : float_new(x);
    if (x == 0.0) return domain_error();
    if (x == floor(x)) {
        if (x < 0.0) return domain_error();
        if (x <= 23.0) return float_new(factorials[(int)x - 1]);
    }
    double absx = fabs(x);
    if (absx < 1e-20) {
        double r = 1.0 / x;
        return isinf(r) ? range_error() : float_new(r);
    }
    if (absx > 200.0) return x < 0.0 ? float_new(0.0 / sin_pi(x)) : range_error();
    double y = absx + lanczos_g_minus_half, z; /* z: what y lost by rounding */
    if (absx > lanczos_g_minus_half) {
        double q = y - absx;
        z = q - lanczos_g_minus_half;
    } else {
        double q = y - lanczos_g_minus_half;
        z = q - absx;
    }
    z = z * lanczos_g / y;
    double r = gamma_positive_part(x, absx, y, z);
    return isinf(r) ? range_error() : float_new(r);
}

static Value math_lgamma(Value module, Value arg) {
    (void)module;
    double x;
    if (get_double(arg, &x) < 0) return NULL;
    if (!isfinite(x)) return float_new(isnan(x) ? x : INFINITY);
    if (x == floor(x) && x <= 2.0) return x <= 0.0 ? domain_error() : float_new(0.0);
    double absx = fabs(x), r;
    if (absx < 1e-20) return float_new(-log(absx));
    r = log(lanczos_sum(absx)) - lanczos_g;
    r += (absx - 0.5) * (log(absx + lanczos_g - 0.5) - 1);
    if (x < 0.0) r = log(M_PI) - log(fabs(sin_pi(absx))) - log(absx) - r;
    return isinf(r) ? range_error() : float_new(r);
}

/* ---- functions of two floats ---- */

static int two_doubles(const char *name, Value const *args, size_t nargs, double *x, double *y) {
    if (!args_count(name, nargs, 2, 2)) return -1;
    return get_double(args[0], x) < 0 ? -1 : get_double(args[1], y);
}

static Value finish_two(double x, double y, double r) {
    if (isnan(r) && !isnan(x) && !isnan(y)) return domain_error();
    if (isinf(r) && isfinite(x) && isfinite(y)) return range_error();
    return float_new(r);
}

#define BINARY(name, expression)                                                                             \
    static Value math_##name(Value module, Value const *args, size_t nargs) {                                \
        (void)module;                                                                                        \
        double x, y;                                                                                         \
        return two_doubles(#name, args, nargs, &x, &y) < 0 ? NULL : finish_two(x, y, expression);            \
    }
BINARY(atan2, atan2(x, y))
BINARY(copysign, copysign(x, y))
BINARY(remainder, isinf(y) && isfinite(x) ? x : y == 0.0 ? NAN : remainder(x, y))
BINARY(fmod, isinf(y) && isfinite(x) ? x : fmod(x, y))

static Value math_nextafter(Value module, Value const *args, size_t nargs) {
    (void)module;
    double x, y;
    return two_doubles("nextafter", args, nargs, &x, &y) < 0 ? NULL : float_new(nextafter(x, y));
}

static Value math_pow(Value module, Value const *args, size_t nargs) {
    (void)module;
    double x, y;
    if (two_doubles("pow", args, nargs, &x, &y) < 0) return NULL;
    double r = pow(x, y);
    if (isnan(r) && !isnan(x) && !isnan(y)) return domain_error();
    if (isinf(r) && isfinite(x) && isfinite(y)) return x == 0.0 ? domain_error() : range_error();
    return float_new(r);
}

static Value math_ldexp(Value module, Value const *args, size_t nargs) {
    (void)module;
    double x;
    int64_t n;
    if (!args_count("ldexp", nargs, 2, 2) || get_double(args[0], &x) < 0) return NULL;
    if (!is_int(args[1])) return raise_error(T_TypeError, "Expected an int as second argument to ldexp.");
    if (!int_to_i64(args[1], &n)) n = int_sign(args[1]) < 0 ? INT64_MIN : INT64_MAX;
    if (x == 0.0 || !isfinite(x)) return float_new(x);
    if (n > INT32_MAX) return range_error();
    double r = n < INT32_MIN ? copysign(0.0, x) : ldexp(x, (int)n);
    return isinf(r) ? range_error() : float_new(r);
}

static Value math_frexp(Value module, Value arg) {
    (void)module;
    double x;
    int exponent = 0;
    if (get_double(arg, &x) < 0) return NULL;
    if (isfinite(x) && x != 0.0) x = frexp(x, &exponent);
    Value mantissa = float_new(x), pair = mantissa ? tuple_pack(2, mantissa, small_int_new(exponent)) : NULL;
    xdecref(mantissa);
    return pair;
}

static Value math_modf(Value module, Value arg) {
    (void)module;
    double x, whole;
    if (get_double(arg, &x) < 0) return NULL;
    double part = isinf(x) ? (whole = x, copysign(0.0, x)) : modf(x, &whole);
    Value a = float_new(part), b = float_new(whole), pair = a && b ? tuple_pack(2, a, b) : NULL;
    xdecref(a);
    xdecref(b);
    return pair;
}

/* ---- logarithms: of ints of any size ---- */

static Value log_of(Value arg, double (*function)(double)) {
    double x;
    if (is_small_int(arg) && small_int(arg) > 0) return float_new(function((double)small_int(arg)));
    if (!is_int(arg) || is_bool(arg)) return get_double(arg, &x) < 0 ? NULL : finish(x, function(x), true);
    if (int_sign(arg) <= 0) return domain_error();
    size_t bits = int_bit_length(arg);
    if (bits < 1000) {
        x = int_to_double(arg);
        return error_pending() ? NULL : float_new(function(x));
    }
    IntView view; /* x * 2**exponent, x between a half and one */
    int_view(&view, arg);
    signed long exponent;
    x = mpz_get_d_2exp(&exponent, view.z);
    return float_new(function(x) + function(2.0) * (double)exponent);
}

static Value math_log(Value module, Value const *args, size_t nargs) {
    (void)module;
    if (nargs < 1 || nargs > 2) return raise_error(T_TypeError, "math.log requires 1 to 2 arguments");
    Value number = log_of(args[0], log);
    if (!number || nargs == 1) return number;
    Value base = log_of(args[1], log), result = NULL;
    if (base) result = value_binary(OP_TRUE_DIVIDE, number, base);
    xdecref(base);
    decref(number);
    return result;
}

static Value math_log2(Value module, Value arg) {
    (void)module;
    return log_of(arg, log2);
}

static Value math_log10(Value module, Value arg) {
    (void)module;
    return log_of(arg, log10);
}

/* ---- rounding ---- */

/* Calls a special method; NULL without error when the type has none. */
static Value special(Value o, Value name) {
    Value self, method = value_lookup_special(o, name, &self);
    if (!method) return NULL;
    Value result = value_call(method, &self, self != NULL, NULL);
    decref(method);
    return result;
}

static Value round_by(Value arg, Value name, double (*function)(double)) {
    double x;
    if (is_small_float(arg)) return int_from_double(function(small_float(arg)));
    if (type_of(arg) != TYPE(float)) {
        Value result = special(arg, name);
        if (result || error_pending()) return result;
    }
    return value_as_double(arg, &x) < 0 ? NULL : int_from_double(function(x));
}

static Value math_ceil(Value module, Value arg) {
    (void)module;
    return round_by(arg, NAME(__ceil__), ceil);
}

static Value math_floor(Value module, Value arg) {
    (void)module;
    return round_by(arg, NAME(__floor__), floor);
}

static Value math_trunc(Value module, Value arg) {
    (void)module;
    if (is_small_float(arg)) return int_from_double(small_float(arg));
    Value result = special(arg, NAME(__trunc__));
    if (!result && !error_pending())
        raise_error(T_TypeError, "type %.100T doesn't define __trunc__ method", arg);
    return result;
}

static Value math_isclose(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    static const char *const names[] = {"a", "b", "rel_tol", "abs_tol", NULL};
    static const ArgSpec spec = {"isclose", names, 4, 2, 2};
    Value out[4];
    double a, b, relative = 1e-09, absolute = 0.0;
    if (!args_bind(&spec, args, nargs, kwnames, out) || get_double(out[0], &a) < 0 ||
        get_double(out[1], &b) < 0 || (out[2] && get_double(out[2], &relative) < 0) ||
        (out[3] && get_double(out[3], &absolute) < 0))
        return NULL;
    if (relative < 0.0 || absolute < 0.0) return raise_error(T_ValueError, "tolerances must be non-negative");
    if (a == b) return TRUE;
    if (isinf(a) || isinf(b)) return FALSE;
    double difference = fabs(b - a);
    return BOOL(difference <= fabs(relative * b) || difference <= fabs(relative * a) ||
                difference <= absolute);
}

static const NativeMethod math_functions[] = {
    METHOD_ONE("acos", math_acos, "acos($module, x, /)\n--\n\nArc cosine, in radians."),
    METHOD_ONE("acosh", math_acosh, "acosh($module, x, /)\n--\n\nInverse hyperbolic cosine."),
    METHOD_ONE("asin", math_asin, "asin($module, x, /)\n--\n\nArc sine, in radians."),
    METHOD_ONE("asinh", math_asinh, "asinh($module, x, /)\n--\n\nInverse hyperbolic sine."),
    METHOD_ONE("atan", math_atan, "atan($module, x, /)\n--\n\nArc tangent, in radians."),
    METHOD_FAST("atan2", math_atan2,
                "atan2($module, y, x, /)\n--\n\nArc tangent of y/x in the right quadrant, in radians."),
    METHOD_ONE("atanh", math_atanh, "atanh($module, x, /)\n--\n\nInverse hyperbolic tangent."),
    METHOD_ONE("cbrt", math_cbrt, "cbrt($module, x, /)\n--\n\nCube root."),
    METHOD_ONE("ceil", math_ceil, "ceil($module, x, /)\n--\n\nThe smallest integer >= x."),
    METHOD_FAST("copysign", math_copysign,
                "copysign($module, x, y, /)\n--\n\nA float with the size of x and the sign of y."),
    METHOD_ONE("cos", math_cos, "cos($module, x, /)\n--\n\nCosine of x radians."),
    METHOD_ONE("cosh", math_cosh, "cosh($module, x, /)\n--\n\nHyperbolic cosine."),
    METHOD_ONE("degrees", math_degrees, "degrees($module, x, /)\n--\n\nRadians as degrees."),
    METHOD_ONE("erf", math_erf, "erf($module, x, /)\n--\n\nError function."),
    METHOD_ONE("erfc", math_erfc, "erfc($module, x, /)\n--\n\nComplementary error function."),
    METHOD_ONE("exp", math_exp, "exp($module, x, /)\n--\n\ne to the power of x."),
    METHOD_ONE("exp2", math_exp2, "exp2($module, x, /)\n--\n\n2 to the power of x."),
    METHOD_ONE("expm1", math_expm1, "expm1($module, x, /)\n--\n\nexp(x) - 1, exact for small x."),
    METHOD_ONE("fabs", math_fabs, "fabs($module, x, /)\n--\n\nAbsolute value as a float."),
    METHOD_ONE("floor", math_floor, "floor($module, x, /)\n--\n\nThe largest integer <= x."),
    METHOD_FAST("fmod", math_fmod, "fmod($module, x, y, /)\n--\n\nRemainder of x/y with the sign of x."),
    METHOD_ONE("frexp", math_frexp, "frexp($module, x, /)\n--\n\nx as (mantissa, exponent of 2)."),
    METHOD_ONE("gamma", math_gamma, "gamma($module, x, /)\n--\n\nGamma function."),
    METHOD_KW("isclose", math_isclose,
              "isclose($module, /, a, b, *, rel_tol=1e-09, abs_tol=0.0)\n--\n\nWhether two numbers "
              "are nearly equal."),
    METHOD_ONE("isfinite", math_isfinite,
               "isfinite($module, x, /)\n--\n\nWhether x is neither infinite nor NaN."),
    METHOD_ONE("isinf", math_isinf, "isinf($module, x, /)\n--\n\nWhether x is infinite."),
    METHOD_ONE("isnan", math_isnan, "isnan($module, x, /)\n--\n\nWhether x is NaN."),
    METHOD_FAST("ldexp", math_ldexp, "ldexp($module, x, i, /)\n--\n\nx * 2**i."),
    METHOD_ONE("lgamma", math_lgamma,
               "lgamma($module, x, /)\n--\n\nNatural logarithm of the absolute Gamma function."),
    METHOD_BARE("log", math_log, "log(x, [base=math.e])\nLogarithm of x, natural or to a base."),
    METHOD_ONE("log10", math_log10, "log10($module, x, /)\n--\n\nLogarithm to base 10."),
    METHOD_ONE("log1p", math_log1p, "log1p($module, x, /)\n--\n\nlog(1 + x), exact for small x."),
    METHOD_ONE("log2", math_log2, "log2($module, x, /)\n--\n\nLogarithm to base 2."),
    METHOD_ONE("modf", math_modf, "modf($module, x, /)\n--\n\nThe fractional and the integral part of x."),
    METHOD_FAST("nextafter", math_nextafter,
                "nextafter($module, x, y, /)\n--\n\nThe float next to x towards y."),
    METHOD_FAST("pow", math_pow, "pow($module, x, y, /)\n--\n\nx to the power of y, as floats."),
    METHOD_ONE("radians", math_radians, "radians($module, x, /)\n--\n\nDegrees as radians."),
    METHOD_FAST("remainder", math_remainder,
                "remainder($module, x, y, /)\n--\n\nx - n*y for the integer n nearest to x/y."),
    METHOD_ONE("sin", math_sin, "sin($module, x, /)\n--\n\nSine of x radians."),
    METHOD_ONE("sinh", math_sinh, "sinh($module, x, /)\n--\n\nHyperbolic sine."),
    METHOD_ONE("sqrt", math_sqrt, "sqrt($module, x, /)\n--\n\nSquare root."),
    METHOD_ONE("tan", math_tan, "tan($module, x, /)\n--\n\nTangent of x radians."),
    METHOD_ONE("tanh", math_tanh, "tanh($module, x, /)\n--\n\nHyperbolic tangent."),
    METHOD_ONE("trunc", math_trunc, "trunc($module, x, /)\n--\n\nThe integer nearest to x towards 0."),
    METHOD_ONE("ulp", math_ulp, "ulp($module, x, /)\n--\n\nThe value of the last bit of x."),
    METHOD_FAST("comb", math_comb,
                "comb($module, n, k, /)\n--\n\nHow many ways there are to choose k of n things."),
    METHOD_FAST("dist", math_dist, "dist($module, p, q, /)\n--\n\nThe distance of two points."),
    METHOD_ONE("factorial", math_factorial, "factorial($module, n, /)\n--\n\nn!"),
    METHOD_ONE("fsum", math_fsum, "fsum($module, seq, /)\n--\n\nThe exact sum of floats, rounded once."),
    METHOD_FAST("gcd", math_gcd, "gcd($module, *integers)\n--\n\nGreatest common divisor."),
    METHOD_FAST("hypot", math_hypot, "hypot(*coordinates) -> value\n\nThe length of a vector."),
    METHOD_ONE("isqrt", math_isqrt, "isqrt($module, n, /)\n--\n\nThe integer part of the square root."),
    METHOD_FAST("lcm", math_lcm, "lcm($module, *integers)\n--\n\nLeast common multiple."),
    METHOD_FAST("perm", math_perm,
                "perm($module, n, k=None, /)\n--\n\nHow many ways there are to choose k of n things in "
                "order."),
    METHOD_KW("prod", math_prod, "prod($module, iterable, /, *, start=1)\n--\n\nThe product of all items."),
    METHOD_END,
};

static int math_ready(Value module) {
    if (module_add(module, "pi", float_new(M_PI)) < 0 || module_add(module, "e", float_new(M_E)) < 0 ||
        module_add(module, "tau", float_new(2 * M_PI)) < 0 ||
        module_add(module, "inf", float_new(INFINITY)) < 0)
        return -1;
    return module_add(module, "nan", float_new(NAN));
}

const ModuleSpec module_math = {
    .name = "math",
    .doc = "Mathematical functions.",
    .functions = math_functions,
    .ready = math_ready,
};
