/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the KUnit suites' helpers need of KUnit, for kernels without it: included before everything else, in place of <kunit/test.h>. An
 * expectation that is not met makes all figures void.
 */
#ifndef NETCX_TRANSLATION_ASSERTIONS_H
#define NETCX_TRANSLATION_ASSERTIONS_H

/* That of <kunit/test.h>, which so is empty. */
#define _KUNIT_TEST_H

#include <linux/err.h>
#include <linux/slab.h>
#include <linux/types.h>

struct kunit {
	void *priv;
	/* The first expectation that was not met. */
	const char *failure;
	struct list_head memory;
};

/* Freed by netcx_translation_free(). */
void *kunit_kzalloc(struct kunit *test, size_t size, gfp_t gfp);
void netcx_translation_free(struct kunit *test);

static inline void netcx_translation_expect(struct kunit *test, bool met, const char *expectation)
{
	if (!met && !test->failure)
		test->failure = expectation;
}

#define KUNIT_EXPECT_TRUE(test, value) netcx_translation_expect(test, value, #value)
#define KUNIT_EXPECT_EQ(test, a, b) netcx_translation_expect(test, (a) == (b), #a " == " #b)
#define KUNIT_EXPECT_GE(test, a, b) netcx_translation_expect(test, (a) >= (b), #a " >= " #b)
#define KUNIT_EXPECT_NE(test, a, b) netcx_translation_expect(test, (a) != (b), #a " != " #b)
#define KUNIT_EXPECT_NOT_NULL(test, pointer) netcx_translation_expect(test, pointer, #pointer)
#define KUNIT_EXPECT_NOT_ERR_OR_NULL(test, pointer) \
	netcx_translation_expect(test, !IS_ERR_OR_NULL(pointer), #pointer)

#define KUNIT_ASSERT_TRUE KUNIT_EXPECT_TRUE
#define KUNIT_ASSERT_EQ KUNIT_EXPECT_EQ
#define KUNIT_ASSERT_GE KUNIT_EXPECT_GE
#define KUNIT_ASSERT_NE KUNIT_EXPECT_NE
#define KUNIT_ASSERT_NOT_NULL KUNIT_EXPECT_NOT_NULL
#define KUNIT_ASSERT_NOT_ERR_OR_NULL KUNIT_EXPECT_NOT_ERR_OR_NULL
#define KUNIT_FAIL(test, message) netcx_translation_expect(test, false, message)
#define kunit_skip(test, message) netcx_translation_expect(test, false, message)

#endif /* NETCX_TRANSLATION_ASSERTIONS_H */
