/* The page: one self-contained HTML file, the picture drawn as SVG. */
#include "record.h"

#include <math.h>
#include <stdlib.h>

enum { WIDTH = 1160, LEFT = 96, RIGHT = 16, TOP = 36, LANE = 84, BAR = 40, PLOT = 150 };

static const char STYLE[] =
    "<style>:root{--ink:#1d2733;--soft:#6b7785;--line:#d5dbe1;--paper:#fbfcfd;--job:#cfe3f5;--g0:#7fb069;--g1:#e0a030;--g2:#c2513d;--dot:#2f6f9f}"
    "@media(prefers-color-scheme:dark){:root{--ink:#e6ebf0;--soft:#93a0ad;--line:#38434e;--paper:#14191e;--job:#24425c;--dot:#7fb8e6}}"
    "body{margin:2rem auto;max-width:1180px;padding:0 1rem;font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper)}"
    "h1{font-size:1.5rem;margin:0 0 .3rem}p{max-width:72ch}table{border-collapse:collapse;margin:1rem 0;font-variant-numeric:tabular-nums}"
    "th,td{padding:.3rem .7rem;text-align:right;border-bottom:1px solid var(--line)}th{color:var(--soft);font-weight:500}"
    "td:nth-child(1),th:nth-child(1),td:nth-child(2),th:nth-child(2),td:last-child,th:last-child{text-align:left}"
    ".scroll{overflow-x:auto}svg{display:block}svg text{font:12px system-ui,sans-serif;fill:var(--ink)}svg .soft{fill:var(--soft)}"
    ".axis{stroke:var(--line)}.job{fill:var(--job)}.g0{fill:var(--g0)}.g1{fill:var(--g1)}.g2{fill:var(--g2)}.dot{fill:var(--dot);fill-opacity:.55}"
    ".death{stroke:var(--g2);stroke-width:2}.mark{stroke:var(--soft);stroke-dasharray:4 4}</style>";

typedef struct Axis {
    uint64_t from;
    uint64_t to;
} Axis;

static double ms(uint64_t ns) { return (double)ns / 1e6; }

static double x_of(const Axis *axis, uint64_t at) {
    if (at < axis->from) at = axis->from;
    return LEFT + (double)(at - axis->from) / (double)(axis->to - axis->from) * (WIDTH - LEFT - RIGHT);
}

static Axis axis_of(const Record *record) {
    Axis axis = {UINT64_MAX, 0};
    for (int i = 0; i < JOBS; i++) {
        if (record->jobs[i].start && record->jobs[i].start < axis.from) axis.from = record->jobs[i].start;
        if (record->jobs[i].end > axis.to) axis.to = record->jobs[i].end;
    }
    if (axis.to <= axis.from) axis = (Axis){0, 1};
    return axis;
}

static void draw_scale(const Axis *axis, int height, FILE *out) {
    double seconds = (double)(axis->to - axis->from) / 1e9;
    double step = seconds > 10 ? 2 : seconds > 4 ? 1 : 0.5;
    for (double t = 0; t <= seconds; t += step) {
        double x = x_of(axis, axis->from + (uint64_t)(t * 1e9));
        fprintf(out, "<line class=axis x1=%.1f y1=%d x2=%.1f y2=%d /><text class=soft x=%.1f y=%d text-anchor=middle>%g s</text>\n", x, TOP - 8, x,
                height, x, TOP - 14, t);
    }
}

static void draw_job(const Axis *axis, const JobSpan *job, int y, FILE *out) {
    double x = x_of(axis, job->start), width = x_of(axis, job->end) - x;
    fprintf(out, "<text x=0 y=%d>worker %llu</text><text class=soft x=0 y=%d>%s</text>\n", y + 16, (unsigned long long)job->worker, y + 32, job->name);
    fprintf(out, "<rect class=job x=%.1f y=%d width=%.1f height=%d rx=3><title>%s: %s</title></rect>\n", x, y, width > 2 ? width : 2, BAR, job->name,
            job->what);
    fprintf(out, "<text class=soft x=%.1f y=%d>%s: %s</text>\n", x, y + BAR + 16, job->verdict ? job->verdict : "none", job->what);
}

static void draw_collections(const Axis *axis, const Record *record, uint64_t worker, int y, FILE *out) {
    for (size_t i = 0; i < record->collection_count; i++) {
        const Collection *c = &record->collections[i];
        if (c->worker != worker || c->generation >= GENERATIONS) continue;
        double x = x_of(axis, c->start), width = x_of(axis, c->start + c->pause) - x;
        int height = 14 + 13 * (int)c->generation;
        fprintf(out, "<rect class=g%u x=%.2f y=%d width=%.2f height=%d><title>generation %u, %.3f ms, %llu reclaimed</title></rect>\n", c->generation, x,
                y + BAR - height, width > 0.8 ? width : 0.8, height, c->generation, ms(c->pause), (unsigned long long)c->reclaimed);
    }
}

static void draw_deaths(const Axis *axis, const Record *record, uint64_t worker, int y, FILE *out) {
    for (size_t i = 0; i < record->death_count; i++) {
        const Death *d = &record->deaths[i];
        if (d->worker != worker) continue;
        double x = x_of(axis, d->at);
        fprintf(out, "<path class=death d=\"M%.1f %dl12 12m0 -12l-12 12\"><title>%s</title></path>\n", x - 6, y + BAR / 2 - 6, d->cause);
    }
}

/* A dot for each round of the steady job; the height is the logarithm of its time. */
static void draw_rounds(const Axis *axis, const Record *record, int y, FILE *out) {
    const double low = log10(1e4), high = log10(1e8);
    fprintf(out, "<text x=%d y=%d>how long each round of the steady job took</text>\n", LEFT, y - 10);
    for (int power = 4; power <= 8; power++) {
        double at = y + PLOT - (power - low) / (high - low) * PLOT;
        const char *label[] = {"10 µs", "0.1 ms", "1 ms", "10 ms", "0.1 s"};
        fprintf(out, "<line class=axis x1=%d y1=%.1f x2=%d y2=%.1f /><text class=soft x=%d y=%.1f text-anchor=end>%s</text>\n", LEFT, at, WIDTH - RIGHT, at,
                LEFT - 6, at + 4, label[power - 4]);
    }
    for (size_t i = 0; i < record->round_count; i++) {
        double value = log10((double)(record->rounds[i].took ? record->rounds[i].took : 1));
        value = fmin(fmax(value, low), high);
        fprintf(out, "<circle class=dot cx=%.1f cy=%.1f r=1.6 />\n", x_of(axis, record->rounds[i].start), y + PLOT - (value - low) / (high - low) * PLOT);
    }
}

static void draw(const Record *record, FILE *out) {
    Axis axis = axis_of(record);
    int plot = TOP + JOBS * LANE + 24, height = plot + PLOT + 20;
    fprintf(out, "<div class=scroll><svg width=%d height=%d viewBox=\"0 0 %d %d\" role=img aria-label=\"Timeline of jobs and collections\">\n", WIDTH, height,
            WIDTH, height);
    draw_scale(&axis, height, out);
    double trouble = x_of(&axis, record->trouble);
    fprintf(out, "<line class=mark x1=%.1f y1=%d x2=%.1f y2=%d />\n", trouble, TOP - 8, trouble, height);
    for (int i = 0; i < JOBS; i++) {
        int y = TOP + i * LANE;
        draw_job(&axis, &record->jobs[i], y, out);
        draw_collections(&axis, record, record->jobs[i].worker, y, out);
        draw_deaths(&axis, record, record->jobs[i].worker, y, out);
    }
    draw_rounds(&axis, record, plot, out);
    fprintf(out, "</svg></div>\n");
}

static void write_workers(const Record *record, FILE *out) {
    fprintf(out, "<div class=scroll><table><tr><th>Worker</th><th>Job</th><th>Verdict</th><th>Generation 0</th><th>1</th><th>2</th><th>Pause p50</th>"
                 "<th>p99</th><th>max</th><th>Reclaimed</th><th>Death</th></tr>\n");
    for (int i = 0; i < JOBS; i++) {
        const JobSpan *job = &record->jobs[i];
        WorkerSummary s = record_summary(record, job->worker);
        fprintf(out, "<tr><td>%llu (pid %llu)</td><td>%s</td><td>%s</td><td>%zu</td><td>%zu</td><td>%zu</td><td>%.3f ms</td><td>%.3f ms</td><td>%.3f ms</td>"
                     "<td>%llu</td><td>%s</td></tr>\n",
                (unsigned long long)job->worker, (unsigned long long)job->pid, job->name, job->verdict ? job->verdict : "none", s.by_generation[0],
                s.by_generation[1], s.by_generation[2], ms(s.pauses.p50), ms(s.pauses.p99), ms(s.pauses.max), (unsigned long long)s.reclaimed,
                s.death ? s.death : "none");
    }
    fprintf(out, "</table></div>\n");
}

static void write_rounds(const Record *record, FILE *out) {
    fprintf(out, "<table><tr><th>Rounds of the steady job</th><th></th><th>p50</th><th>p99</th><th>max</th></tr>\n");
    for (int after = 0; after <= 1; after++) {
        Spread s = record_rounds(record, after);
        fprintf(out, "<tr><td>%s the trouble</td><td>%zu</td><td>%.3f ms</td><td>%.3f ms</td><td style=text-align:right>%.3f ms</td></tr>\n",
                after ? "during" : "before", s.count, ms(s.p50), ms(s.p99), ms(s.max));
    }
    fprintf(out, "</table>\n");
}

void report_page(const Record *record, FILE *out) {
    fprintf(out, "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content=\"width=device-width\"><title>Isolated collection</title>%s\n",
            STYLE);
    fprintf(out, "<h1>Four workers, one of them untouched</h1>\n<p>Each worker is a process with its own heap and its own collector. From the dashed line on, one "
                 "builds a million objects in cycles, one is killed in the middle of its job and one runs out of its memory limit. The steady worker goes on "
                 "as before: no collection of another worker stops it, and no death takes it along.</p>\n");
    draw(record, out);
    fprintf(out, "<p>Bars are jobs. Ticks in them are collections: <span style=color:var(--g0)>generation 0</span>, "
                 "<span style=color:var(--g1)>1</span>, <span style=color:var(--g2)>2</span>, as wide as their pauses; a cross is a death.</p>\n");
    write_workers(record, out);
    write_rounds(record, out);
}
