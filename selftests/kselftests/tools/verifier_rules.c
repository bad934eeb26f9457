// SPDX-License-Identifier: GPL-2.0-only
/*
 * The rules of verifier mode, a line each: number, name and what it is about.
 *
 *	verifier_rules
 *
 * The number is enum netcx_verifier_rule's, by which a device of netcx_sim is told to break it.
 */
#include <stdio.h>

#include "../../../include/netcx/netcx_verifier_rules.h"

#define PRINT_QUEUE_RULE(name, broken) printf("%d %s queue\n", netcx_rule_##name, #name);
#define PRINT_API_RULE(name) printf("%d %s call\n", netcx_rule_##name, #name);

int main(void)
{
	NETCX_VERIFIER_QUEUE_RULES(PRINT_QUEUE_RULE)
	NETCX_VERIFIER_API_RULES(PRINT_API_RULE)
	return 0;
}
