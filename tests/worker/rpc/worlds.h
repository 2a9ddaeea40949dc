/* worlds: interpreters of their own for a test: one runs Python that makes a value, another receives it. */
#ifndef TESTS_WORKER_RPC_WORLDS_H
#define TESTS_WORKER_RPC_WORLDS_H

#include <ipc/buf.h>

#include "objects/object.h"

typedef struct World World;

World *test_world_new(void);
/* rt belongs to it from now on. */
void test_world_use(World *world);
void test_world_drop(World *world);

/* Runs a program in __main__; false: it raised, and the traceback is on stderr. */
bool test_run(const char *source, size_t n, const char *filename);
/* A variable of __main__, borrowed, or NULL. */
Value test_variable(const char *name);
bool test_set_variable(const char *name, Value v);
/* The pending exception's type and message in a static buffer, and takes it away. */
const char *test_error(void);

/* One section of values.txt. */
typedef struct Section {
    char *name, *build, *check; /* check: NULL when `refusal` is what is expected */
    char *refusal;
    bool unstable; /* sent on, its bytes may differ */
} Section;

/* All sections; their number in *count. */
Section *test_sections(size_t *count);
void test_sections_free(Section *sections, size_t count);

#endif
