// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reads or writes a 32-bit register in the first memory region of a PCI device, behind its driver's back.
 *
 *	mmio PCI_ADDRESS OFFSET [VALUE]
 *
 * While a driver has the device, the kernel allows this only when started with iomem=relaxed.
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>

int main(int argc, char **argv)
{
	volatile uint32_t *registers;
	unsigned long offset;
	struct stat region;
	char path[128];
	int fd;

	if (argc != 3 && argc != 4) {
		fprintf(stderr, "usage: mmio PCI_ADDRESS OFFSET [VALUE]\n");
		return 2;
	}
	offset = strtoul(argv[2], NULL, 0);
	snprintf(path, sizeof(path), "/sys/bus/pci/devices/%s/resource0", argv[1]);
	fd = open(path, O_RDWR | O_SYNC);
	if (fd < 0 || fstat(fd, &region) || offset % 4 || offset + 4 > (unsigned long)region.st_size) {
		perror(path);
		return 1;
	}
	registers = mmap(NULL, region.st_size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (registers == MAP_FAILED) {
		perror(path);
		return 1;
	}
	if (argc == 4)
		registers[offset / 4] = strtoul(argv[3], NULL, 0);
	else
		printf("0x%08x\n", registers[offset / 4]);
	return 0;
}
