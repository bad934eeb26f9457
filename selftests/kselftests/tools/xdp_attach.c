// SPDX-License-Identifier: GPL-2.0-only
/*
 * Attaches an XDP program to a driver, or to the kernel's generic XDP, where it stays until "ip link set dev INTERFACE xdp off".
 *
 *	xdp_attach [generic] INTERFACE OBJECT PROGRAM [MAP KEY VALUE]...
 *
 * VALUE is a number or the name of an interface. What the kernel says when it refuses goes to stderr.
 */
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <linux/if_link.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int print(enum libbpf_print_level level, const char *format, va_list arguments)
{
	return level == LIBBPF_WARN ? vfprintf(stderr, format, arguments) : 0;
}

static int fill_map(struct bpf_object *object, const char *name, const char *key_text, const char *value_text)
{
	struct bpf_map *map = bpf_object__find_map_by_name(object, name);
	unsigned int key = strtoul(key_text, NULL, 0);
	unsigned int value = if_nametoindex(value_text);

	if (!value)
		value = strtoul(value_text, NULL, 0);
	if (!map || bpf_map_update_elem(bpf_map__fd(map), &key, &value, BPF_ANY)) {
		perror(name);
		return -1;
	}
	return 0;
}

int main(int argc, char **argv)
{
	struct bpf_program *program, *other;
	struct bpf_object *object;
	unsigned int mode = XDP_FLAGS_DRV_MODE;
	int index, i;

	if (argc > 1 && !strcmp(argv[1], "generic")) {
		mode = XDP_FLAGS_SKB_MODE;
		argc--;
		argv++;
	}

	if (argc < 4 || (argc - 4) % 3 || !(index = if_nametoindex(argv[1]))) {
		fprintf(stderr, "usage: xdp_attach [generic] INTERFACE OBJECT PROGRAM [MAP KEY VALUE]...\n");
		return 2;
	}
	libbpf_set_print(print);
	object = bpf_object__open_file(argv[2], NULL);
	program = object ? bpf_object__find_program_by_name(object, argv[3]) : NULL;
	if (!program) {
		fprintf(stderr, "xdp_attach: no program %s in %s\n", argv[3], argv[2]);
		return 2;
	}
	bpf_object__for_each_program(other, object)
		bpf_program__set_autoload(other, other == program);
	if (bpf_object__load(object)) {
		perror("xdp_attach: load");
		return 2;
	}
	for (i = 4; i < argc; i += 3) {
		if (fill_map(object, argv[i], argv[i + 1], argv[i + 2]))
			return 2;
	}
	if (bpf_xdp_attach(index, bpf_program__fd(program), mode, NULL)) {
		perror("xdp_attach: attach");
		return 1;
	}
	return 0;
}
