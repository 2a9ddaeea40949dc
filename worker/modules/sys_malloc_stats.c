/* sys._debugmallocstats: the heap's blocks, pools and arenas as a table on stderr, laid out as CPython lays out its own. */
#include <stdio.h>

#include <heap/stats.h>

#include "base/host.h"
#include "modules/sys.h"

static void say(const char *text, int n) {
    if (n > 0 && rt->host && rt->host->write) rt->host->write(rt->host->ctx, 2, text, (size_t)n);
}

/* "name      =   1,234,567" */
static size_t say_figure(const char *name, size_t value) {
    char digits[32], grouped[48], line[128];
    int n = snprintf(digits, sizeof digits, "%zu", value), at = 0;
    for (int i = 0; i < n; i++) {
        if (i && (n - i) % 3 == 0) grouped[at++] = ',';
        grouped[at++] = digits[i];
    }
    say(line, snprintf(line, sizeof line, "%-33s=%21.*s\n", name, at, grouped));
    return value;
}

static size_t say_class(unsigned bin) {
    HeapClassStats c;
    char line[128];
    heap_class_stats(rt->heap, bin, &c);
    if (c.pools)
        say(line, snprintf(line, sizeof line, "%5u %6zu %-7s %11zu %15zu %13zu\n", bin, c.block_bytes,
                           c.is_object ? "objects" : "plain", c.pools, c.blocks_used,
                           c.blocks_free + c.blocks_reserved));
    return c.pools;
}

Value sys_debugmallocstats(Value module) {
    (void)module;
    static const char heading[] = "\nclass   size kind      num pools   blocks in use  avail blocks\n"
                                  "-----   ---- ----      ---------   -------------  ------------\n";
    char line[128];
    HeapStats s;
    heap_stats(rt->heap, &s);
    say(line, snprintf(line, sizeof line, "Small block threshold = %d, in %d size classes.\n",
                       (int)HEAP_SMALL_MAX, (int)HEAP_BINS));
    say(heading, sizeof heading - 1);
    for (unsigned bin = 0; bin < HEAP_BINS; bin++) say_class(bin);
    say("\n", 1);
    say_figure("# arenas allocated total", s.arenas_taken);
    say_figure("# arenas reclaimed", s.arenas_returned);
    say_figure("# arenas highwater mark", s.arenas_peak);
    say_figure("# arenas allocated current", s.arenas);
    say_figure("# arenas kept for later", s.arenas_free);
    say("\n", 1);
    size_t total = say_figure("# bytes in allocated blocks", s.bytes_used);
    total += say_figure("# bytes in available blocks", s.bytes_free + s.bytes_reserved);
    total += say_figure("# bytes in unused pools", s.pages_free * HEAP_PAGE_BYTES);
    total += say_figure("# bytes lost to quantization", s.bytes_lost);
    say_figure("Total", total);
    say("\n", 1);
    say_figure("# large blocks", s.large_runs);
    say_figure("# bytes in large blocks", s.large_bytes);
    say_figure("# objects", s.objects);
    say_figure("# objects tracked", s.tracked);
    return NONE;
}
