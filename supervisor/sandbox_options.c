/* The options that confinement depends on. */
#include "sandbox.h"

bool sandbox_plan_from_options(SandboxPlan *plan, const Options *options, char *error, size_t capacity) {
    SandboxWishes wishes = {
        .namespaces = opt_text(options, OPT_NAMESPACES),
        .require = opt_text(options, OPT_REQUIRE),
        .allow = opt_text(options, OPT_ALLOW_DEGRADED),
        .without = opt_text(options, OPT_WITHOUT),
    };
    if (!sandbox_plan(plan, &wishes, opt_flag(options, OPT_WORKER_STDERR), error, capacity)) return false;
    plan->attack = opt_flag(options, OPT_ATTACK);
    return true;
}
