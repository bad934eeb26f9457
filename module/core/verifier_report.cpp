// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* What verifier mode says: rules by their names, and the report of a violation. */
#include "verifier.h"

#include "os.h"

namespace
{

struct RuleText {
	const char *name;
	const char *broken;
};

#define QUEUE_RULE(name, broken) {#name, broken},
#define API_RULE(name)		 {#name, "refused"},

/* By enum netcx_verifier_rule. */
constexpr RuleText rule_texts[netcx_rule_end] = {
	{"none", "nothing"},
	NETCX_VERIFIER_QUEUE_RULES(QUEUE_RULE){"none", "nothing"},
	NETCX_VERIFIER_API_RULES(API_RULE)};

/* Appends to a text that ends when its buffer does. */
class Text
{
public:
	Text(char *buffer, SIZE_T size) : buffer_(buffer), left_(size) {}

	void add(const char *format, ...) __attribute__((format(printf, 2, 3)))
	{
		__builtin_va_list arguments;
		int length;

		__builtin_va_start(arguments, format);
		length = netcx_os_vsnprintf(buffer_, left_, format, arguments);
		__builtin_va_end(arguments);
		if (length < 0)
			return;
		SIZE_T written = static_cast<SIZE_T>(length);

		if (written >= left_)
			written = left_ ? left_ - 1 : 0;
		buffer_ += written;
		left_ -= written;
	}

private:
	char *buffer_;
	SIZE_T left_;
};

void add_indices(Text &text, UINT32 ring, const netcx_ring_indices &before,
		 const netcx_ring_indices &after)
{
	text.add("\n%s ring: Begin %u -> %u, Next %u -> %u, End %u -> %u, reclaimed %u -> %u",
		 netcx_verifier_ring_name(ring), before.begin, after.begin, before.next, after.next,
		 before.end, after.end, before.reclaimed, after.reclaimed);
}

/* An address is only said to be there, "**", or to be another one than before, "!!". */
void add_bytes(Text &text, const char *when, const UINT8 *bytes, const netcx_violation &violation)
{
	text.add("\n%s:", when);
	for (UINT32 i = 0; i < violation.bytes; i++) {
		const char *separator = i % 4 ? "" : " ";

		if (violation.concealed >> i & 1)
			text.add("%s%s", separator, bytes[i] ? "!!" : "**");
		else
			text.add("%s%02x", separator, bytes[i]);
	}
}

SIZE_T length_of(const char *text)
{
	SIZE_T length = 0;

	while (text[length])
		length++;
	return length;
}

} // namespace

extern "C" {

const char *netcx_verifier_ring_name(UINT32 ring)
{
	static const char *const names[NETCX_VERIFIER_RINGS] = {"packet", "fragment",
								"return context"};

	return ring < NETCX_VERIFIER_RINGS ? names[ring] : "unknown";
}

const char *netcx_verifier_rule_name(enum netcx_verifier_rule rule)
{
	return rule_texts[rule].name;
}

const char *netcx_verifier_rule_text(enum netcx_verifier_rule rule)
{
	return rule_texts[rule].broken;
}

enum netcx_verifier_rule netcx_verifier_api_rule(const char *text)
{
	SIZE_T end = length_of(text);
	SIZE_T begin;

	if (!end || text[--end] != ')')
		return netcx_rule_none;
	begin = end;
	while (begin && text[begin - 1] != '(')
		begin--;
	if (!begin)
		return netcx_rule_none;
	for (UINT32 rule = netcx_rule_queue_end + 1; rule < netcx_rule_end; rule++) {
		const char *name = rule_texts[rule].name;

		if (length_of(name) == end - begin &&
		    RtlEqualMemory(name, text + begin, end - begin))
			return static_cast<netcx_verifier_rule>(rule);
	}
	return netcx_rule_none;
}

void netcx_verifier_format(const struct netcx_violation *violation, const char *client, char *text,
			   SIZE_T size)
{
	Text report(text, size);

	report.add("netcx verifier: %s broke %s in %s of %s queue %u: it %s; ", client,
		   netcx_verifier_rule_name(violation->rule), violation->callback,
		   violation->type == NETCX_QUEUE_TX ? "tx" : "rx", violation->queue,
		   netcx_verifier_rule_text(violation->rule));
	if (violation->element == NETCX_VERIFIER_NO_ELEMENT)
		report.add("the %s ring", netcx_verifier_ring_name(violation->ring));
	else
		report.add("%s %u", netcx_verifier_ring_name(violation->ring), violation->element);
	for (UINT32 ring = 0; ring < violation->rings; ring++)
		add_indices(report, ring, violation->before[ring], violation->after[ring]);
	add_bytes(report, "before", violation->element_before, *violation);
	add_bytes(report, "after ", violation->element_after, *violation);
}

} // extern "C"
