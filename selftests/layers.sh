#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Checks who includes whom, see docs/design.md: hw -> include/netcx <- module/core <- module/linux; in hw, a client's
# folder -> a vendor's -> hw/common. Usage: layers.sh [TREE]; prints every line that breaks a rule and fails if there is one.
set -eu

cd "${1:-$(dirname "$0")/..}"

# refuse MESSAGE: prints MESSAGE and standard input, the offending lines, if there are any.
refuse() {
	lines=$(cat)
	[ -z "$lines" ] || printf 'layers: %s\n%s\n' "$1" "$lines"
}

# sources FOLDER...: every C and C++ file below them
sources() {
	find -L "$@" -type f \( -name '*.c' -o -name '*.cpp' -o -name '*.h' \)
}

# edges: lines "A B" for every unit A of module/linux, a .c file with its header or a header alone, that includes a header of B.
edges() {
	find -L module/linux -type f -name '*.[ch]' | while read -r file; do
		folder=${file%/*}
		sed -n 's/^[[:space:]]*#[[:space:]]*include[[:space:]]*"\(.*\)\.h".*/\1/p' "$file" | while read -r name; do
			case $name in
			../*/*/*) continue ;;
			../*) unit=module/linux/${name#../} ;;
			*) unit=$folder/$name ;;
			esac
			[ "$unit" = "${file%.*}" ] || echo "${file%.*} $unit"
		done
	done
}

# Those of the bus call the device's health, and it them: one unit in two folders.
circles() {
	edges | grep -v ' module/linux/bus/' | tsort 2>&1 >/dev/null | sed 's/^tsort: //'
}

linux='#[[:space:]]*include[[:space:]]*<(linux|asm|asm-generic|uapi|generated|kunit|trace)/'

# clients: the folders of hw that are a client driver; the others are shared by some
clients() {
	find -L hw -mindepth 2 -maxdepth 2 -name linux_module.c | cut -d / -f 2
}

# check_shared FOLDER: a client uses the shared folders, a vendor's only hw/common besides itself, and hw/common none
check_shared() {
	if [ -e "hw/$1/linux_module.c" ]; then
		refused=$(clients)
	else
		refused=$(ls hw)
		[ "$1" = common ] || refused=$(printf '%s\n' "$refused" | grep -vx common)
	fi
	refused=$(printf '%s\n' "$refused" | grep -vx "$1" | paste -sd '|')
	[ -z "$refused" ] || sources "hw/$1" | xargs -r grep -nE "#[[:space:]]*include[[:space:]]*[<\"]($refused)/" |
		refuse "hw/$1 does not reach that folder"
}

check() {
	sources include hw module/core | grep -v '^hw/[^/]*/linux_module\.c$' |
		xargs grep -nE "$linux" |
		refuse 'Linux headers are for module/linux only'
	sources hw | xargs grep -nE '#[[:space:]]*include[[:space:]]*[<"](.*module/|netcx/|.*\.\./)' |
		refuse 'a client driver sees include/netcx only'
	sources include | xargs grep -nE '#[[:space:]]*include[[:space:]]*<' |
		refuse 'a public header includes its own kind only, with quotes'
	sources module/core | xargs grep -nE '#[[:space:]]*include[[:space:]]*"(\.\./|.*linux)' |
		refuse 'module/core does not reach module/linux'

	for folder in hw/*/; do
		check_shared "$(basename "$folder")"
	done

	circles | refuse 'no unit of module/linux includes one that includes it, by whatever way'
	sources module/linux/datapath | xargs grep -nE '#[[:space:]]*include[[:space:]]*"\.\./control/' |
		refuse 'the data path knows nothing of who controls it'
	sources module/linux/os | grep -v '/main\.c$' |
		xargs grep -nE '#[[:space:]]*include[[:space:]]*"\.\./(control|datapath|netdev)/' |
		refuse 'module/linux/os knows the device, and nothing above'

	# A NIC is named by its client's folder in hw, or by what people call it.
	names=$(clients | grep -v '^skeleton$' | tr '\n' '|')
	find -L module -type f | xargs grep -niE "(^|[^a-z])(${names}82574l?|82576|e1000|igb|igc|ixgbe|vmxnet3|virtio_net|rtl8[0-9]+)([^a-z]|$)" |
		refuse 'module names no NIC'

	# One file has all exported symbols; those defined in C++ are extern "C".
	grep -rnE 'EXPORT_SYMBOL' module | grep -v '^module/linux/os/exports\.c:' |
		refuse 'symbols are exported in module/linux/os/exports.c only'
}

found=$(check)
[ -z "$found" ] || {
	printf '%s\n' "$found" >&2
	exit 1
}
