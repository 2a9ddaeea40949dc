/* The queue: order, priorities, fairness, bounds, holding. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "queue.h"

static Job *make(Owner *owner, uint64_t id, int64_t priority) {
    IpcSubmit submit = {.priority = priority};
    Job *job = job_new(id, &submit, ipc_str("0123456789"));
    assert_non_null(job);
    owner_add_job(owner, job);
    return job;
}

static uint64_t take(Queue *queue) {
    Job *job = queue_peek(queue);
    if (!job) return 0;
    uint64_t id = job->id;
    const Lane *lane = &job->owner->lanes[job->lane];
    queue_remove(queue, job);
    queue_served(queue, lane, job->lane);
    owner_remove_job(job);
    job_free(job);
    return id;
}

static void first_come_first_served(void **state) {
    Queue queue;
    Owner owner;
    (void)state;
    queue_init(&queue, 10, 1000);
    owner_init(&owner, NULL);
    for (uint64_t id = 1; id <= 4; id++)
        queue_push_back(&queue, make(&owner, id, 0));
    queue_push_front(&queue, make(&owner, 9, 0));
    assert_int_equal(queue.jobs, 5);
    assert_int_equal(queue.bytes, 50);
    assert_int_equal(take(&queue), 9);
    for (uint64_t id = 1; id <= 4; id++)
        assert_int_equal(take(&queue), id);
    assert_int_equal(take(&queue), 0);
    assert_int_equal(queue.bytes, 0);
}

static void higher_priority_goes_first(void **state) {
    Queue queue;
    Owner owner;
    (void)state;
    queue_init(&queue, 10, 1000);
    owner_init(&owner, NULL);
    queue_push_back(&queue, make(&owner, 1, 0));
    queue_push_back(&queue, make(&owner, 2, 5));
    queue_push_back(&queue, make(&owner, 3, -5));
    queue_push_back(&queue, make(&owner, 4, 5));
    queue_push_back(&queue, make(&owner, 5, 1000));
    assert_int_equal(take(&queue), 5);
    assert_int_equal(take(&queue), 2);
    assert_int_equal(take(&queue), 4);
    assert_int_equal(take(&queue), 1);
    assert_int_equal(take(&queue), 3);
}

static void owners_take_turns(void **state) {
    Queue queue;
    Owner greedy, modest;
    (void)state;
    queue_init(&queue, 100, 10000);
    owner_init(&greedy, NULL);
    owner_init(&modest, NULL);
    for (uint64_t id = 1; id <= 6; id++)
        queue_push_back(&queue, make(&greedy, id, 0));
    queue_push_back(&queue, make(&modest, 101, 0));
    queue_push_back(&queue, make(&modest, 102, 0));
    static const uint64_t wanted[] = {1, 101, 2, 102, 3, 4, 5, 6};
    for (size_t i = 0; i < 8; i++)
        assert_int_equal(take(&queue), wanted[i]);
}

static void three_owners_take_turns_when_one_runs_dry(void **state) {
    Queue queue;
    Owner owners[3];
    (void)state;
    queue_init(&queue, 100, 10000);
    for (int i = 0; i < 3; i++)
        owner_init(&owners[i], NULL);
    queue_push_back(&queue, make(&owners[0], 1, 0));
    for (uint64_t id = 21; id <= 22; id++)
        queue_push_back(&queue, make(&owners[1], id, 0));
    for (uint64_t id = 31; id <= 32; id++)
        queue_push_back(&queue, make(&owners[2], id, 0));
    static const uint64_t wanted[] = {1, 21, 31, 22, 32};
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(take(&queue), wanted[i]);
}

static void bounds_count_jobs_and_bytes(void **state) {
    Queue queue;
    Owner owner;
    (void)state;
    queue_init(&queue, 2, 25);
    owner_init(&owner, NULL);
    assert_true(queue_has_room(&queue, 1000000)); /* an empty queue takes any */
    queue_push_back(&queue, make(&owner, 1, 0));
    assert_true(queue_has_room(&queue, 15));
    assert_false(queue_has_room(&queue, 16));
    queue_push_back(&queue, make(&owner, 2, 0));
    assert_false(queue_has_room(&queue, 0));
    take(&queue);
    assert_true(queue_has_room(&queue, 0));
    take(&queue);
}

static void a_held_owner_waits_and_comes_back(void **state) {
    Queue queue;
    Owner slow, quick;
    (void)state;
    queue_init(&queue, 10, 1000);
    owner_init(&slow, NULL);
    owner_init(&quick, NULL);
    queue_push_back(&queue, make(&slow, 1, 3));
    queue_push_back(&queue, make(&quick, 2, 0));
    queue_hold(&queue, &slow);
    queue_push_back(&queue, make(&slow, 3, 3)); /* may come in, but is not given out */
    assert_null(queue_peek_owner(&queue, &slow));
    assert_int_equal(take(&queue), 2);
    assert_null(queue_peek(&queue));
    assert_int_equal(queue.jobs, 2);
    queue_release(&queue, &slow);
    assert_int_equal(take(&queue), 1);
    assert_int_equal(take(&queue), 3);
}

static void an_owner_knows_whether_it_is_alone(void **state) {
    Queue queue;
    Owner a, b;
    (void)state;
    queue_init(&queue, 10, 1000);
    owner_init(&a, NULL);
    owner_init(&b, NULL);
    queue_push_back(&queue, make(&a, 1, 0));
    unsigned level = job_priority_level(0);
    assert_true(queue_owner_alone(&queue, &a, level));
    queue_push_back(&queue, make(&b, 2, -1));
    assert_true(queue_owner_alone(&queue, &a, level));
    queue_push_back(&queue, make(&b, 3, 2));
    assert_false(queue_owner_alone(&queue, &a, level));
    assert_int_equal(queue_peek_owner(&queue, &b)->id, 3);
    while (take(&queue))
        continue;
}

static void random_traffic_loses_nothing(void **state) {
    enum { OWNERS = 5, JOBS = 20000 };
    Queue queue;
    static Owner owners[OWNERS];
    static bool seen[JOBS + 1];
    uint64_t next = 1, taken = 0, id;
    (void)state;
    srand(7);
    queue_init(&queue, JOBS, SIZE_MAX);
    for (int i = 0; i < OWNERS; i++)
        owner_init(&owners[i], NULL);
    while (taken < JOBS) {
        int what = rand() % 8;
        Owner *owner = &owners[rand() % OWNERS];
        if (what < 4 && next <= JOBS) {
            Job *job = make(owner, next++, rand() % 20 - 10);
            if (what == 0) queue_push_front(&queue, job);
            else queue_push_back(&queue, job);
        } else if (what == 4) {
            queue_hold(&queue, owner);
        } else if (what == 5) {
            queue_release(&queue, owner);
        } else if ((id = take(&queue))) {
            assert_false(seen[id]);
            seen[id] = true;
            taken++;
        }
    }
    assert_int_equal(queue.jobs, 0);
    assert_int_equal(queue.bytes, 0);
    assert_int_equal(queue.filled, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_come_first_served),
        cmocka_unit_test(higher_priority_goes_first),
        cmocka_unit_test(owners_take_turns),
        cmocka_unit_test(three_owners_take_turns_when_one_runs_dry),
        cmocka_unit_test(bounds_count_jobs_and_bytes),
        cmocka_unit_test(a_held_owner_waits_and_comes_back),
        cmocka_unit_test(an_owner_knows_whether_it_is_alone),
        cmocka_unit_test(random_traffic_loses_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
