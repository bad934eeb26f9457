# SPDX-License-Identifier: GPL-2.0-only
"""What a kernel complains about on its console, line by line.

A test that provokes the transmit watchdog writes "netcx selftest: expect watchdog" to the kernel log before and "netcx selftest: expect
nothing" after; between the two the watchdog's own warning, and nothing else, is no complaint. "expect faults" is the same for
allocations that are made to fail, "expect verifier" for clients that break a rule, "expect symbols" for modules that were built for
others. Where allocations fail the kernel also warns when it
removes files of /proc/irq, since it had not looked whether it could make them.
"""

import re

# Lines that are shown after a complaint: registers and a call trace.
CONTEXT = 60
COMPLAINTS = re.compile(
    r"BUG:|WARNING:|Oops|general protection|kernel BUG at|Unable to handle|Kernel panic|"
    r"KASAN:|UBSAN:|DMA-API:.*(device driver|cacheline|mapp|free|leak|exceed|out of)|"
    r"possible circular locking|inconsistent lock state|possible recursive locking|lock held when returning|"
    r"suspicious RCU usage|Invalid wait context|INFO: trying to register non-static key|"
    r"sleeping function called|scheduling while atomic|"
    r"INFO: task .* blocked for more than|rcu.*stall|rcu.*detected.*stalls|soft lockup|hard LOCKUP|workqueue lockup|"
    r"NETDEV WATCHDOG|ODEBUG:|list_(add|del) corruption|refcount_t:|unregister_netdevice: waiting|"
    r"kmemleak: \d+ new suspected|unreferenced object|"
    r"page allocation failure|Object .* leak|leaked reference|Bad page|"
    r"IRQ .* nobody cared|irq \d+: nobody cared|Trying to free already-free IRQ|BUG kmalloc|Slab corruption|"
    r"NOHZ tick-stop error|Unknown symbol|disagrees about version of symbol|netcx verifier"
)
EXPECTED = {
    "watchdog": re.compile(r"NETDEV WATCHDOG|WARNING: .*dev_watchdog"),
    "faults": re.compile(r"page allocation failure|WARNING: .* at remove_proc_entry\+"),
    "verifier": re.compile(r"netcx verifier"),
    "symbols": re.compile(r"Unknown symbol|disagrees about version of symbol"),
}
EXPECT = re.compile(r"netcx selftest: expect (\w+)")
TEST = re.compile(r"netcx selftest: (?!expect)(.*)")


class Scanner:
    def __init__(self, path):
        self.path = path
        self.expected, self.test = "nothing", None
        self.number, self.shown_to, self.found = 0, 0, 0

    def is_complaint(self, line):
        return COMPLAINTS.search(line) and not (self.expected in EXPECTED and EXPECTED[self.expected].search(line))

    def line(self, line):
        """Takes the log's next line; yields what is to be shown: complaints, and the lines after them."""
        self.number += 1
        line = line.rstrip("\r\n")
        mark = EXPECT.search(line)
        if mark:
            self.expected = mark.group(1)
        else:
            mark = TEST.search(line)
            if mark:
                self.test = mark.group(1)
            elif self.is_complaint(line):
                self.found += 1
                if self.number > self.shown_to:
                    self.shown_to = self.number + CONTEXT
                    yield f"{self.path}:{self.number}: kernel complaint" + (f" during {self.test}" if self.test else "")
        if self.number <= self.shown_to:
            yield "    " + line
