#!/usr/bin/env python3
"""baresip-ask.py PORT COMMAND: gives baresip a command on its console (UDP) on this machine and prints what it says, for half a second."""
import socket
import sys

console = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
console.settimeout(0.5)
console.sendto(f"/{sys.argv[2]}\n".encode(), ("127.0.0.1", int(sys.argv[1])))
try:
    while True:
        print(console.recv(65536).decode(errors="replace"))
except socket.timeout:
    pass
