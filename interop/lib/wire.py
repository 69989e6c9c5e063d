#!/usr/bin/env python3
"""wire.py DEVICE OTHER NAMESPACE MILLISECONDS: a wire with delay, for kernels without netem.

Makes two Ethernet devices, the second in another network namespace, and carries each frame from one to the other that much later. Says "up" once both are
there, and ends with its standard input."""
import fcntl
import heapq
import os
import select
import struct
import subprocess
import sys
import time

TUNSETIFF, TAP, NO_HEADER = 0x400454CA, 0x0002, 0x1000


def device(name):
    end = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(end, TUNSETIFF, struct.pack("16sH14x", name.encode(), TAP | NO_HEADER))
    return end


one, other = device(sys.argv[1]), device(sys.argv[2])
subprocess.run(["ip", "link", "set", sys.argv[2], "netns", sys.argv[3]], check=True)
delay = int(sys.argv[4]) / 1000
print("up", flush=True)
waiting = []
count = 0
while True:
    left = max(0, waiting[0][0] - time.monotonic()) if waiting else None
    for ready in select.select([one, other, 0], [], [], left)[0]:
        if ready == 0:
            sys.exit(0)
        for _ in range(64):
            try:
                frame = os.read(ready, 65536)
            except OSError:  # nothing more, or the device is down yet
                break
            count += 1
            heapq.heappush(waiting, (time.monotonic() + delay, count, other if ready == one else one, frame))
    while waiting and waiting[0][0] <= time.monotonic():
        _, _, to, frame = heapq.heappop(waiting)
        try:
            os.write(to, frame)
        except OSError:  # it is down, or full: lost, as on any wire
            pass
