/* The options that confinement depends on. */
#include <stdio.h>
#include <string.h>

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
    const char *clock = opt_text(options, OPT_CLOCK);
    if (clock && !set_clock_parse(clock, &plan->clock)) {
        snprintf(error, capacity, "--clock wants a time such as 2024-05-06T07:08:09Z, @1700000000 or now, then ,RATE or ,frozen, not '%s'",
                 clock);
        return false;
    }
    const char *gc = opt_text(options, OPT_GC);
    if (gc && strcmp(gc, "incremental") != 0 && strcmp(gc, "whole") != 0) {
        snprintf(error, capacity, "--gc wants incremental or whole, not '%s'", gc);
        return false;
    }
    plan->gc_whole = gc && strcmp(gc, "whole") == 0;
    plan->seeded = opt_given(options, OPT_SEED);
    plan->seed = opt_number(options, OPT_SEED);
    plan->attack = opt_flag(options, OPT_ATTACK);
    sandbox_plan_grant(plan, grants, opt_number(options, OPT_FILE_SIZE));
    return true;
}
