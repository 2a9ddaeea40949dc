/* world: heaps with an interpreter in them; the fresh one with its image, and those of sessions. */
#include <stdlib.h>
#include <string.h>

#include <gmp.h>

#include "modules/paths.h"
#include "objects/error.h"
#include "rpc/session_env.h"
#include "rpc/worker.h"
#include "vm/vm.h"

int runtime_boot(Heap *heap, Host *host);

static void collection_stopped(Heap *heap, const HeapCollection *collection, void *ctx) {
    (void)heap, (void)ctx;
    if (rt->host && rt->host->collected) rt->host->collected(rt->host->ctx, collection);
}

static World *world_boot(Worker *w) {
    World *world = calloc(1, sizeof *world);
    Heap *heap = world ? heap_create(NULL) : NULL;
    if (!heap || runtime_boot(heap, &w->host) < 0 || (w->attack && attack_install() < 0)) {
        if (heap) heap_drop(heap);
        free(world);
        return NULL;
    }
    heap_set_incremental(heap, !w->gc_whole);
    world->heap = heap;
    world->runtime = rt;
    w->world = world;
    if (!rt->hooks.collection_stop) {
        rt->hooks.collection_stop = collection_stopped;
        heap_set_hooks(heap, &rt->hooks);
    }
    return world;
}

World *world_fresh_boot(Worker *w) {
    World *world = world_boot(w);
    if (!world) return NULL;
    session_warm_up();
    heap_freeze(world->heap);
    world->has_image = !w->image_later && heap_image_take(world->heap);
    return w->fresh = world;
}

void world_use(Worker *w, World *world) {
    w->world = world;
    rt = world->runtime;
}

/* What a world has open is none of its heap. */
static void descriptors_end(World *world) {
    Runtime *in_use = rt;
    rt = world->runtime;
    descriptors_close_all();
    rt = in_use;
}

static void world_drop(World *world) {
    descriptors_end(world);
    heap_drop(world->heap);
    free(world->session);
    free(world);
}

void world_refresh(Worker *w) {
    World *world = w->fresh;
    if (!world || !world->dirty) return;
    descriptors_end(world);
    if (world->has_image) {
        heap_image_restore(world->heap);
        world->dirty = false;
        return;
    }
    w->fresh = NULL; /* without an image the next job gets a new world */
    if (w->world == world) w->world = NULL, rt = NULL;
    world_drop(world);
    world_fresh_boot(w);
}

static World *session_world(Worker *w, IpcSlice name) {
    for (World *world = w->sessions; world; world = world->next)
        if (strlen(world->session) == name.len &&
            memcmp(world->session, name.ptr ? name.ptr : "", name.len) == 0)
            return world;
    World *world = world_boot(w);
    if (!world) return NULL;
    world->session = strndup(name.ptr ? name.ptr : "", name.len);
    if (!world->session) {
        world_drop(world);
        return NULL;
    }
    world->next = w->sessions;
    return w->sessions = world;
}

void world_end_session(Worker *w, IpcSlice name) {
    for (World **link = &w->sessions; *link; link = &(*link)->next) {
        World *world = *link;
        if (strlen(world->session) != name.len || memcmp(world->session, name.ptr, name.len) != 0) continue;
        if (w->world == world && w->job) return;
        *link = world->next;
        if (w->world == world) {
            w->world = w->fresh;
            rt = w->fresh ? w->fresh->runtime : NULL;
        }
        world_drop(world);
        return;
    }
}

World *world_for(Worker *w, const IpcJob *job) {
    World *world;
    if (job->isolation == IPC_ISOLATION_SESSION) {
        world = session_world(w, job->session);
    } else {
        world_refresh(w);
        world = w->fresh;
        bool last = job->isolation == IPC_ISOLATION_PROCESS;
        if (world && !world->has_image && !last) world->has_image = heap_image_take(world->heap);
    }
    if (!world) return NULL;
    world->dirty = true;
    world_use(w, world);
    return world;
}

void worlds_drop(Worker *w) {
    rt = NULL;
    while (w->sessions) {
        World *next = w->sessions->next;
        world_drop(w->sessions);
        w->sessions = next;
    }
    if (w->fresh) world_drop(w->fresh);
    w->fresh = w->world = NULL;
}
