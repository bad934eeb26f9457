/* SPDX-License-Identifier: GPL-2.0-only */
/* Ethernet frames whose every byte is known: behind the header their number, their size and bytes that follow from both. */
#ifndef PATTERN_H
#define PATTERN_H

#include <arpa/inet.h>
#include <net/ethernet.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define PATTERN_TYPE 0x88b5
#define PATTERN_MIN (sizeof(struct ether_header) + 8)
#define PATTERN_MAX 16384

static inline unsigned char pattern_byte(uint32_t number, size_t index)
{
	return (number * 31 + index * 7 + (index >> 8)) & 0xff;
}

static inline void pattern_fill(unsigned char *frame, size_t size, const unsigned char *destination, const unsigned char *source,
				uint32_t number)
{
	struct ether_header *header = (struct ether_header *)frame;
	const uint32_t words[2] = { htonl(number), htonl(size) };
	size_t i;

	memcpy(header->ether_dhost, destination, ETH_ALEN);
	memcpy(header->ether_shost, source, ETH_ALEN);
	header->ether_type = htons(PATTERN_TYPE);
	memcpy(header + 1, words, sizeof(words));
	for (i = PATTERN_MIN; i < size; i++)
		frame[i] = pattern_byte(number, i);
}

static inline int pattern_is_intact(const unsigned char *frame, size_t size)
{
	uint32_t words[2];
	size_t i;

	if (size < PATTERN_MIN)
		return 0;
	memcpy(words, frame + sizeof(struct ether_header), sizeof(words));
	words[0] = ntohl(words[0]);
	words[1] = ntohl(words[1]);
	/* Short ones are filled up. */
	if (words[1] < PATTERN_MIN || words[1] > size || (size > words[1] && size != ETH_ZLEN))
		return 0;
	for (i = PATTERN_MIN; i < words[1]; i++) {
		if (frame[i] != pattern_byte(words[0], i))
			return 0;
	}
	return 1;
}

static inline int pattern_parse_address(const char *text, unsigned char *address)
{
	return sscanf(text, "%hhx:%hhx:%hhx:%hhx:%hhx:%hhx", &address[0], &address[1], &address[2], &address[3], &address[4],
		      &address[5]) == 6;
}

#endif /* PATTERN_H */
