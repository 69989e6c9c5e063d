#!/usr/bin/env python3
"""silent6.py PORT: holds PORT on ::1 with a queue that is full, so that whoever connects hears nothing at all. Prints "silent" when that is
so, and "tried" when somebody else begins to connect."""
import select
import socket
import sys
import time

PORT = int(sys.argv[1])
NOBODY = "00000000000000000000000001000000"  # ::1 as the kernel writes it
server = socket.socket(socket.AF_INET6)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(("::1", PORT))
server.listen(0)
fill = []
for _ in range(4):
    client = socket.socket(socket.AF_INET6)
    client.setblocking(False)
    client.connect_ex(("::1", PORT))
    fill.append(client)
time.sleep(0.3)
if not select.select([], [fill[-1]], [], 0)[1]:
    print("silent", flush=True)
ours = {client.getsockname()[1] for client in fill}
end = time.monotonic() + 60
while time.monotonic() < end:
    with open("/proc/net/tcp6", encoding="ascii") as table:
        for line in table:
            words = line.split()
            if len(words) > 3 and words[3] == "02" and words[2] == f"{NOBODY}:{PORT:04X}" and int(words[1][-4:], 16) not in ours:
                print("tried", flush=True)
                sys.exit(0)
    time.sleep(0.01)
