# SPDX-License-Identifier: GPL-2.0-only
"""The part "throughput": both drivers in turn in one virtual machine, iperf3, real time."""

from results import Figures, result

# nic0 sends or receives; TCP in 1 or 4 streams. guest/throughput.sh reads the same from the names.
CASES = ("tcp_send_1", "tcp_receive_1", "tcp_send_4", "tcp_receive_4", "udp64_send", "udp64_receive")


def parse_output(text):
    """Rates, and reasons for none, by driver and case."""
    rates, reasons = {}, {}
    for line in text.splitlines():
        words = line.split()
        if words[:2] == ["bench", "rate"]:
            rates.setdefault((words[2], words[3]), []).append(float(words[4]))
        elif words[:2] == ["bench", "cannot"]:
            reasons[words[2], words[3]] = " ".join(words[4:])
    return rates, reasons


def bench(host, nic, cases, rounds):
    log, status = host.boot([], nic.netcx, nic.netcx, {"INTREE": nic.intree, "OURS": nic.netcx, "ROUNDS": rounds},
                            "/bench/throughput.sh " + " ".join(cases))
    rates, reasons = parse_output((log / "output.log").read_text(errors="replace"))
    ended = f"the guest ended with status {status}; see {log}" if status else None

    def figures(driver, case):
        reason = reasons.get((driver, case)) or ended
        return Figures(rates.get((driver, case), []), reason, reason)

    return [result(nic.name, case, "throughput", "Mbit/s" if case.startswith("tcp") else "packets/s",
                   figures(nic.intree, case), figures(nic.netcx, case)) for case in cases]
