// SPDX-License-Identifier: GPL-2.0-only
/*
 * Does one thing to an interface or a driver while the kernel fails the N-th memory allocation made for it:
 *
 *	failnth N up INTERFACE
 *	failnth N rings INTERFACE RX TX
 *	failnth N channels INTERFACE COMBINED
 *	failnth N xdp INTERFACE
 *	failnth N write FILE TEXT
 *
 * Only that one system call is under fire. "xdp" attaches a program that passes all packets, natively, and detaches it. Prints what
 * became of it. Exit status: 0, it worked all the same; 1, it failed; 3, it worked and makes fewer than N allocations, how many is
 * printed as "allocations COUNT"; 4, the kernel cannot do that, or cannot fail allocations; 2, anything else.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/ethtool.h>
#include <linux/if_link.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { WORKED = 0, FAILED = 1, BROKEN = 2, NOT_REACHED = 3, UNSUPPORTED = 4 };

static int fail_nth;
static char number[32];

/* From here on allocations count. */
static void begin(void)
{
	if (pwrite(fail_nth, number, strlen(number), 0) < 0) {
		perror("fail-nth");
		exit(BROKEN);
	}
}

/* And up to here. @result: of the system call. */
static int end(int result)
{
	const int error = errno;
	char left[32] = "";

	if (pread(fail_nth, left, sizeof(left) - 1, 0) < 0 || pwrite(fail_nth, "0", 1, 0) < 0) {
		perror("fail-nth");
		return BROKEN;
	}
	if (atoi(left)) {
		if (result >= 0) {
			printf("allocations %d\n", atoi(number) - atoi(left));
			return NOT_REACHED;
		}
		fprintf(stderr, "failnth: without any failure: %s\n", strerror(error));
		return error == EOPNOTSUPP ? UNSUPPORTED : BROKEN;
	}
	printf("%s\n", result < 0 ? strerror(error) : "worked");
	return result < 0 ? FAILED : WORKED;
}

static int fail(const char *what)
{
	perror(what);
	return BROKEN;
}

static int set_up(const char *interface)
{
	struct ifreq request = { 0 };
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	strncpy(request.ifr_name, interface, IFNAMSIZ - 1);
	if (fd < 0 || ioctl(fd, SIOCGIFFLAGS, &request))
		return fail(interface);
	request.ifr_flags |= IFF_UP;
	begin();
	return end(ioctl(fd, SIOCSIFFLAGS, &request));
}

static int set_rings(const char *interface, const char *rx, const char *tx)
{
	struct ethtool_ringparam rings = { .cmd = ETHTOOL_GRINGPARAM };
	struct ifreq request = { .ifr_data = (void *)&rings };
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	strncpy(request.ifr_name, interface, IFNAMSIZ - 1);
	if (fd < 0 || ioctl(fd, SIOCETHTOOL, &request))
		return fail(interface);
	rings.cmd = ETHTOOL_SRINGPARAM;
	rings.rx_pending = atoi(rx);
	rings.tx_pending = atoi(tx);
	begin();
	return end(ioctl(fd, SIOCETHTOOL, &request));
}

static int set_channels(const char *interface, const char *combined)
{
	struct ethtool_channels channels = { .cmd = ETHTOOL_GCHANNELS };
	struct ifreq request = { .ifr_data = (void *)&channels };
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	strncpy(request.ifr_name, interface, IFNAMSIZ - 1);
	if (fd < 0 || ioctl(fd, SIOCETHTOOL, &request))
		return fail(interface);
	channels.cmd = ETHTOOL_SCHANNELS;
	channels.combined_count = atoi(combined);
	begin();
	return end(ioctl(fd, SIOCETHTOOL, &request));
}

static int write_file(const char *file, const char *text)
{
	int fd = open(file, O_WRONLY);

	if (fd < 0)
		return fail(file);
	begin();
	return end(write(fd, text, strlen(text)));
}

static int attach_xdp(const char *interface)
{
	const struct bpf_insn program[] = {
		{ .code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_0, .imm = XDP_PASS },
		{ .code = BPF_JMP | BPF_EXIT },
	};
	union bpf_attr load = {
		.prog_type = BPF_PROG_TYPE_XDP,
		.insns = (uintptr_t)program,
		.insn_cnt = sizeof(program) / sizeof(program[0]),
		.license = (uintptr_t)"GPL",
	};
	union bpf_attr attach = { 0 };

	attach.link_create.prog_fd = syscall(SYS_bpf, BPF_PROG_LOAD, &load, sizeof(load));
	if ((int)attach.link_create.prog_fd < 0)
		return fail("BPF_PROG_LOAD");
	attach.link_create.target_ifindex = if_nametoindex(interface);
	attach.link_create.attach_type = BPF_XDP;
	attach.link_create.flags = XDP_FLAGS_DRV_MODE;
	begin();
	return end(syscall(SYS_bpf, BPF_LINK_CREATE, &attach, sizeof(attach)));
}

int main(int argc, char **argv)
{
	if (argc >= 3)
		snprintf(number, sizeof(number), "%u", (unsigned int)atoi(argv[1]));
	fail_nth = open("/proc/thread-self/fail-nth", O_RDWR);
	if (fail_nth < 0) {
		perror("/proc/thread-self/fail-nth");
		return UNSUPPORTED;
	}
	if (argc == 4 && !strcmp(argv[2], "up"))
		return set_up(argv[3]);
	if (argc == 6 && !strcmp(argv[2], "rings"))
		return set_rings(argv[3], argv[4], argv[5]);
	if (argc == 5 && !strcmp(argv[2], "channels"))
		return set_channels(argv[3], argv[4]);
	if (argc == 4 && !strcmp(argv[2], "xdp"))
		return attach_xdp(argv[3]);
	if (argc == 5 && !strcmp(argv[2], "write"))
		return write_file(argv[3], argv[4]);
	fprintf(stderr, "usage: failnth N up|xdp INTERFACE | rings INTERFACE RX TX | channels INTERFACE COMBINED | write FILE TEXT\n");
	return BROKEN;
}
