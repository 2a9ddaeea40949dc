#include "compile/depth.h"

bool depth_exceeded(Depth *depth) {
    return syntax_error_set(depth->err, SYNTAX_RECURSION_ERROR,
                            "maximum recursion depth exceeded during compilation", 0, 0, 0, 0, NULL, 0);
}
