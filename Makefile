# SPDX-License-Identifier: GPL-2.0-only
# NetCx for Linux. `make help` says what there is.

host := selftests/host

# Everything built is in out/, or in O=, which the kernel's own make must not see: it has another. A make that is called
# from this one has it from NETCX_OUT. A checkout whose path has a space in it goes by a link in there.
spaced := $(word 2,$(CURDIR))
out := $(if $(O),$(shell realpath -m -- '$(O)'),$(or $(NETCX_OUT),$(if $(spaced),,$(CURDIR)/out)))
ifdef spaced
out := $(shell $(host)/out_folder.sh '$(CURDIR)' $(if $(out),'$(out)'))
endif
ifneq ($(words $(out)),1)
$(error there is no folder to build in, or there is a space in its path, which the kernel's build does not take)
endif
top := $(if $(spaced),$(out)/checkout,$(CURDIR))
export NETCX_OUT := $(out)
ifdef O
MAKEOVERRIDES := $(filter-out O=%,$(MAKEOVERRIDES))
endif

# What is said of these goes to the kernel's build, or to the SDK's, which take no spaces either.
$(foreach name,KDIR DESTDIR PREFIX LIBDIR,$(if $(filter-out undefined file,$(origin $(name))),$(if $(word 2,$($(name))),\
	$(error there is a space in $(name)='$($(name))', which the build does not take))))

# The kernel to build for: the running one, else the newest whose headers are installed.
newest-kdir = $(lastword $(shell ls -d /lib/modules/*/build 2>/dev/null | sort -V))
KDIR ?= $(or $(wildcard /lib/modules/$(shell uname -r)/build),$(newest-kdir))
KREL = $(shell sed -n 's/.*UTS_RELEASE "\(.*\)"/\1/p' $(KDIR)/include/generated/utsrelease.h 2>/dev/null)
tree = $(out)/$(KREL)
sources := include module hw Kbuild
# All processors, unless the user says how many.
jobs = $(if $(filter -j% --jobserver%,$(MAKEFLAGS)),,-j$(shell nproc))

# The kernel that the test host boots, see selftests/host/kver.sh.
import-kver := $(origin KVER)
KVER ?= 6.1
export KVER

# Where the tools are that the test host and what runs in user space need: here or in a Debian 13 root.
with-host = $(host)/inside --for $(KVER)
with-tools = $(host)/inside --for tools

.PHONY: modules
modules:
	@$(host)/packages.sh build
	@$(MAKE) --no-print-directory modules-only

# Where there is a vmlinux, the kernel's build makes BTF of the modules.
pahole = $(and $(wildcard $(KDIR)/vmlinux),$(shell command -v pahole),PAHOLE=$(tree)/module/pahole.sh)

# In a tree of links, so that every kernel has its own objects. KDIR is looked at only now, when
# the packages are there.
.PHONY: modules-only
modules-only: layers
	@[ -n "$(KREL)" ] || { echo "make: no kernel headers in '$(KDIR)': install linux-headers-$$(uname -r) or say KDIR=" >&2; exit 1; }
	@mkdir -p $(tree)
	@flock $(tree)/.lock $(MAKE) --no-print-directory modules-in-tree

# Under the lock: parts of make check that run side by side build the same.
.PHONY: modules-in-tree
modules-in-tree:
	@cp -rsfu $(addprefix $(top)/,$(sources)) $(tree)/
	@find $(tree) -xtype l -delete
	@$(MAKE) --no-print-directory $(jobs) -C $(KDIR) M=$(tree) $(if $(W),W=$(W)) $(pahole) modules
	@echo "built for $(KREL) in $(tree:$(CURDIR)/%=%): $$(cd $(tree) && sed 's,.*/,,; s/\.o$$/.ko/' modules.order | xargs)"

# For a kernel of the test host; "parts" is what else the goal needs packages for.
.PHONY: modules-host
modules-host:
	@$(host)/packages.sh build host $(parts)
	@kdir=$$($(host)/kernel.sh $(KVER) kdir) && $(with-host) $(MAKE) --no-print-directory modules-only KDIR=$$kdir

.PHONY: layers
layers:
	@selftests/layers.sh

.PHONY: check-docs
check-docs:
	@$(host)/packages.sh python
	@$(with-tools) selftests/docs.py

# ---- a driver written for Windows ----

# For a kernel of the test host, where its headers and compilers are, if KVER is said; else as "make" does.
ifneq ($(filter command% environment%,$(import-kver)),)
import-kdir = $$($(host)/kernel.sh $(KVER) kdir)
import-parts := build host
import-there = $(with-host) --bind "$$folder"
else
import-kdir = $(KDIR)
import-parts := import
endif
# As the shell has it from the environment, whatever is in it.
option = $(if $($(2)),--$(1) "$$$(2)")
.PHONY: import
import:
	@[ -n "$$DRIVER" ] || { echo "make: say which driver's project folder with DRIVER=" >&2; exit 2; }
	@$(host)/packages.sh $(import-parts)
	@folder=$$(realpath -ms -- "$$DRIVER"); [ -d "$$folder" ] || folder=$${folder%/*}; \
		kdir="$(import-kdir)" && $(import-there) hw/import/netcx-import --kdir "$$kdir" --top $(top) --out $(out) \
		$(call option,name,NAME) $(call option,project,PROJECT) $(call option,inf,INF) $(call option,ids,IDS) \
		$(call option,configuration,CONFIGURATION) $(call option,license,LICENSE) -- "$$DRIVER"

# What the kselftests, and verifier mode, say of a driver.
NIC ?= e1000e
.PHONY: conform
conform:
	@[ -n "$(MODULE)" ] || { echo "make: say which driver with MODULE=netcx_<name>" >&2; exit 2; }
	@$(host)/packages.sh build host
	@selftests/conform/conform --kver $(KVER) --nic $(NIC) $(call option,tests,TESTS) $(call option,parts,PARTS) '$(MODULE)'

# ---- the two commands to begin with ----

iperf := '. ./lib.sh; . ./iperf.sh; remote iperf3 -s -D >/dev/null; wait_for 20 iperf_listens; ethtool -i $$NETIF | head -n 1; \
	echo; echo "nic0 sends:"; iperf3 -c $$REMOTE_V4 -t 5 && \
	echo && echo "nic0 receives:" && iperf3 -c $$REMOTE_V4 -t 5 -R'

.PHONY: demo
demo: modules-host
	@echo "booting Debian's $(KVER) kernel with two NICs, netcx_e1000e on both"
	@$(with-host) $(host)/run --kver $(KVER) --time 600 -- $(iperf)

.PHONY: check check-all
check:
	@$(with-tools) selftests/check.sh $(PARTS)

check-all:
	@$(with-tools) selftests/check.sh --all

.PHONY: bench
bench: parts = bench
bench: modules-host
	@$(with-host) selftests/bench/bench --kver $(KVER) --parts "$(PARTS)" --cases "$(CASES)" --nics "$(NICS)" --out $(out)

# ---- parts of it, and the machine by hand ----

.PHONY: check-unit check-fuzz check-prove check-analysis check-kunit check-host shell
check-unit:
	@$(host)/packages.sh unit
	@$(with-tools) $(MAKE) --no-print-directory $(jobs) -C selftests/unit TOP=$(top) OUT=$(out)/unit check

check-fuzz:
	@$(host)/packages.sh fuzz
	@$(with-tools) $(MAKE) --no-print-directory $(jobs) -C selftests/fuzz TOP=$(top) OUT=$(out)/fuzz check

check-prove:
	@$(host)/packages.sh prove
	@$(with-tools) selftests/prove/run.sh $(out)/prove

check-analysis:
	@$(host)/packages.sh analysis
	@$(with-tools) selftests/analysis/run.sh $(out)/analysis

# Longer than make check does, since that is what finds something.
FUZZ_TIME ?= 3600
.PHONY: fuzz prove
fuzz:
	@$(host)/packages.sh fuzz
	@$(with-tools) $(MAKE) --no-print-directory $(jobs) -C selftests/fuzz TOP=$(top) OUT=$(out)/fuzz FUZZ_TIME=$(FUZZ_TIME) \
		$(if $(TARGETS),TARGETS="$(TARGETS)") check

prove: check-prove

check-kunit:
	@$(host)/packages.sh kunit
	@$(with-tools) selftests/kunit/run.sh

check-host: modules-host
	@$(with-host) $(host)/kselftests.sh $(KVER)

shell: modules-host
	@echo "booting Debian's $(KVER) kernel: nic0 here, nic1 in the namespace peer; \"exit\" leaves"
	@$(with-host) $(host)/run --kver $(KVER)

# ---- on a real host ----

# Another root file system, from here: the kernel's build runs elsewhere.
destdir := $(abspath $(DESTDIR))
PREFIX ?= /usr/local
modprobe-conf := $(destdir)/etc/modprobe.d/netcx.conf
bind-command := $(destdir)$(PREFIX)/sbin/netcx-bind
bind-manual := $(destdir)$(PREFIX)/share/man/man8/netcx-bind.8
bind-rules := $(destdir)/etc/udev/rules.d/70-netcx-bind.rules

# The folder below /lib/modules/<release> that is ours, whatever the kernel's build would take.
INSTALL_MOD_DIR ?= updates
# What make may have installed there, whichever clients that was with; what others have put there, DKMS for one, is theirs.
installed-modules = $(wildcard $(foreach name,netcx $(patsubst hw/%/linux_module.c,netcx_%,$(wildcard hw/*/linux_module.c)), \
	$(foreach suffix,.ko .ko.gz .ko.xz .ko.zst,$(destdir)/lib/modules/$(KREL)/$(INSTALL_MOD_DIR)/$(name)$(suffix))))

# The kernel's own call of it wants a System.map, which Debian keeps elsewhere. A root file system elsewhere need
# not hold the kernel: there it is left to whoever puts the files in place.
depmod = $(if $(destdir),,/sbin/depmod $(KREL))

.PHONY: install uninstall clean clean-cache
install: running-or-kdir modules
	@$(MAKE) --no-print-directory -C $(KDIR) M=$(tree) CONFIG_MODULE_SIG_ALL= cmd_depmod= quiet_cmd_depmod= \
		INSTALL_MOD_PATH=$(destdir) INSTALL_MOD_DIR=$(INSTALL_MOD_DIR) modules_install
	@$(depmod)
	@mkdir -p $(dir $(modprobe-conf)) && cat hw/*/modprobe.conf >$(modprobe-conf)
	@install -D -m 755 module/install/netcx-bind $(bind-command)
	@install -D -m 644 module/install/netcx-bind.8 $(bind-manual)
	@echo "installed $(bind-command) with its manual, and $(modprobe-conf)"

# Modules for a kernel that nobody named and that does not run would surprise.
.PHONY: running-or-kdir
running-or-kdir:
	@[ "$(origin KDIR)" != file ] || [ -d /lib/modules/$(shell uname -r)/build ] || { \
		echo "make: install linux-headers-$(shell uname -r), or say for which kernel with KDIR=" >&2; exit 1; }

uninstall: running-or-kdir
	@[ -n "$(KREL)" ] || { echo "make: no kernel headers in '$(KDIR)'" >&2; exit 1; }
	@rm -fv $(installed-modules) $(modprobe-conf) $(bind-command) $(bind-manual)
	@$(depmod)
	@[ ! -e $(bind-rules) ] || echo "left: $(bind-rules), the NICs that netcx-bind gave away; without it the rules do nothing"

# With a key that the machine trusts; the modules are signed where they were built, before make install.
.PHONY: sign
sign: running-or-kdir
	@[ -n "$$KEY" ] && [ -n "$$CERT" ] || { echo "make: sign wants KEY= and CERT=, see docs/using.md" >&2; exit 1; }
	@[ -r "$$KEY" ] && [ -r "$$CERT" ] || { echo "make: cannot read $$KEY or $$CERT" >&2; exit 1; }
	@ls $(tree)/netcx*.ko >/dev/null 2>&1 || { echo "make: no modules in $(tree): make them first" >&2; exit 1; }
	@for module in $(tree)/netcx*.ko; do \
		$(or $(wildcard $(KDIR)/scripts/sign-file),$(error no scripts/sign-file in $(KDIR))) \
			sha256 "$$KEY" "$$CERT" $$module || exit 1; \
		echo "signed $${module#$(CURDIR)/}, by $$(modinfo -F signer $$module)"; \
	done

# ---- packages ----

version = $(shell sed -n 's/^\#define NETCX_VERSION "\(.*\)"/\1/p' include/netcx/netcx_version.h)

.PHONY: deb
deb:
	@$(host)/packages.sh deb
	@rm -rf $(out)/deb && mkdir -p $(out)/deb/netcx-$(version)
	@cp -r include module hw sdk docs Kbuild COPYING COPYING.MIT dkms.conf debian $(out)/deb/netcx-$(version)/
	@mkdir $(out)/deb/netcx-$(version)/selftests
	@cp -r selftests/unit selftests/kselftests selftests/fuzz $(out)/deb/netcx-$(version)/selftests/
	@cd $(out)/deb/netcx-$(version) && dpkg-buildpackage -us -uc -b >$(out)/deb/build.log 2>&1 || \
		{ tail -n 20 $(out)/deb/build.log >&2; exit 1; }
	@rm -r $(out)/deb/netcx-$(version)
	@ls $(out)/deb/*.deb

# ---- for clients in repositories of their own ----

symvers = $(destdir)$(PREFIX)/lib/netcx/symvers/$(KREL)
sdk = $(MAKE) --no-print-directory $(jobs) -C sdk TOP=$(top) OUT=$(out)/sdk \
	DESTDIR=$(destdir) PREFIX=$(PREFIX) LIBDIR=$(LIBDIR)

# Of the kernel that was named or that runs, if there are its headers. What else is installed is for all kernels.
symbols-of := $(and $(KDIR),$(or $(filter-out file,$(origin KDIR)),$(wildcard /lib/modules/$(shell uname -r)/build)))

.PHONY: install-dev install-symbols uninstall-dev
install-dev: $(if $(symbols-of),install-symbols)
	@$(host)/packages.sh dev
	@$(sdk) install
	@$(if $(symbols-of),,echo "no kernel was named: make install-symbols KDIR= adds the symbols that a client's build for it needs")

install-symbols: running-or-kdir modules
	@mkdir -p $(symvers)
	@sed -n 's,\t\([^\t]*/\)*netcx\t,\tnetcx\t,p' $(tree)/Module.symvers >$(symvers)/Module.symvers
	@echo "installed $(symvers)/Module.symvers"

uninstall-dev:
	@$(sdk) uninstall

clean:
	rm -rf $(out) $(if $(spaced),out)

clean-cache:
	@$(host)/root.sh --clean

define help_text
make                build netcx.ko, netcx_e1000e.ko and netcx_sim.ko for the running kernel
make demo           boot a virtual machine with two NICs and run iperf3 over them
make check          the tests for every day, which CI runs: of everything what catches most
make check-all      all tests, on every kernel
make bench          our driver against the in-tree one on the same NIC: a table, out/bench.json and out/bench.svg
make import         a Linux module of a Windows NetAdapterCx driver: make import DRIVER=FOLDER
make conform        what the kselftests and verifier mode say of it: make conform MODULE=netcx_<name>
make check-unit     only the unit tests, in user space
make check-fuzz     each fuzzer for ten seconds after its seeds
make fuzz           each fuzzer for an hour; what it finds is in out/fuzz
make prove          the proofs of the ring iterators, by CBMC
make check-analysis only sparse, checkpatch, clang-tidy and kernel-doc
make check-kunit    only the KUnit suites, under User-Mode Linux
make check-host     only the kselftests on one kernel
make shell          a prompt in the virtual machine; runs a script: make shell < SCRIPT
make install        put the modules where modprobe finds them, and netcx-bind with its manual
make uninstall      and take them away
make sign           sign the modules that were built: KEY=file CERT=file
make deb            Debian packages for DKMS and of the tools, in out/deb
make install-dev    put what clients in repositories of their own are built with where they find it
make install-symbols  of that only the symbols of netcx.ko, for one more kernel
make uninstall-dev  and take it away
make layers         check which folder includes which; every build does
make check-docs     check that what README.md and docs refer to is there
make clean          remove out/, where everything built is, but not the kernels
make clean-cache    remove the kernels and the Debian 13 root that the test host has in NETCX_CACHE

PARTS="..."         of check: selftests/check.sh --list says which there are
                    of bench: instructions mmio throughput translation iterators
                    of conform: plain verifier comparison
CASES="..."         only these cases, see docs/testing.md        (bench)
NICS="..."          only these NICs of selftests/bench/nics.py   (bench)
FUZZ_TIME=...       so many seconds for each fuzzer              (fuzz)
TARGETS="..."       only these of selftests/fuzz                 (fuzz)
CLIENTS="..."       only these client drivers of hw, by default e1000e and sim   (make, install)
DRIVER=...          the driver's project folder, which is only read   (import)
NAME=... PROJECT=... INF=... IDS=... CONFIGURATION=... LICENSE=...
                    what it does not say, see docs/windows-drivers.md (import)
MODULE=... NIC=...  the driver, and QEMU's model of the NIC, e1000e    (conform)
TESTS="..."         only these kselftests                              (conform)
O=...               where what is built goes instead of out/
KDIR=...            the kernel with these headers                (make, import, install, uninstall, sign, install-dev, install-symbols)
CXX=...             a C++ compiler other than the one that goes with the kernel's C compiler (make, install)
DESTDIR=...         a root file system other than /              (install, uninstall, install-dev, install-symbols, uninstall-dev)
PREFIX=...          where in it, /usr/local; LIBDIR=...: PREFIX/lib  (install, install-dev, install-symbols and their uninstall)
KVER=...            the kernel in the virtual machine: 6.1, 6.12, 7.2, 7.3, 7.3-rt, 7.3-cloud, debug,
                    debug-7.3, debug-rt                          (demo, bench, check-host, shell, import, conform)
ACCEL=kvm           let QEMU use KVM instead of emulation        (demo, bench, check, check-host, shell)
NETCX_CACHE=...     where kernels are kept, ~/.cache/netcx       (demo, bench, check, check-*, shell)
W=1 C=1 V=1         as for the kernel: more warnings, sparse, verbose
endef
export help_text

.PHONY: help
help:
	@echo "$$help_text"
