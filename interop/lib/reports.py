#!/usr/bin/env python3
"""reports.py INTERFACE ADDRESS: watches what passes a network card until it is told to stop (TERM), then says how many RTCP packets came to
this address and left it, and by which ports.

Packets in channels of a relay (RFC 8656) count too. Exit code 1 when there were none either way, or when RTCP shared a port with RTP."""
import signal
import socket
import struct
import sys
import time

card, own = sys.argv[1], socket.inet_aton(sys.argv[2])
ETH_P_ALL = 3
TRIP = 0.2  # what comes later than this after ours was written by one who has read ours
tap = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETH_P_ALL))
tap.bind((card, 0))
tap.settimeout(0.2)
going = True


def end(*_):
    global going
    going = False


signal.signal(signal.SIGTERM, end)
print("watching", flush=True)
came = left = 0
asked = 0.0
rtp, rtcp = set(), set()
while going:
    try:
        frame = tap.recv(2048)
    except (socket.timeout, InterruptedError):
        continue
    if len(frame) < 42 or frame[12:14] != b"\x08\x00" or frame[23] != socket.IPPROTO_UDP:
        continue
    head = 14 + 4 * (frame[14] & 15)
    data = frame[head + 8:]
    if len(data) > 4 and 0x40 <= data[0] <= 0x4F:
        data = data[4:]
    if len(data) < 8 or data[0] >> 6 != 2:
        continue
    inward = frame[30:34] == own
    port = struct.unpack("!HH", frame[head:head + 4])[1 if inward else 0]
    if 200 <= data[1] <= 207:
        rtcp.add(port)
        came += inward
        left += not inward
        if not inward:
            asked = asked or time.monotonic()
        elif asked and time.monotonic() > asked + TRIP:
            print("answered", flush=True)
    else:
        rtp.add(port)
print(f"RTCP {came} in, {left} out, port {' '.join(map(str, sorted(rtcp)))}, RTP {' '.join(map(str, sorted(rtp)))}", flush=True)
sys.exit(0 if came and left and rtp and not rtcp & rtp else 1)
