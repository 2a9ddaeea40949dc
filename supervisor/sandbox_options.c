/* The options that confinement depends on. */
#include "sandbox.h"

bool sandbox_plan_from_options(SandboxPlan *plan, const Options *options, Grants *grants, char *error, size_t capacity) {
    SandboxWishes wishes = {
        .namespaces = opt_text(options, OPT_NAMESPACES),
        .require = opt_text(options, OPT_REQUIRE),
        .allow = opt_text(options, OPT_ALLOW_DEGRADED),
        .without = opt_text(options, OPT_WITHOUT),
    };
    if (!grants_open(grants, opt_text(options, OPT_GRANT), error, capacity)) return false;
    if (!sandbox_plan(plan, &wishes, opt_flag(options, OPT_WORKER_STDERR), error, capacity)) return false;
    plan->attack = opt_flag(options, OPT_ATTACK);
    sandbox_plan_grant(plan, grants, opt_number(options, OPT_FILE_SIZE));
    return true;
}
