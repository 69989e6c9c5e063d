#!/usr/bin/env python3
"""rtpecho.py PORT: sends every RTP packet back to where it came from, as a stream of its own: with another SSRC, since
one's own SSRC coming back is a loop to RFC 3550 (8.2). SIPp's -rtp_echo sends packets back as they are."""
import signal
import socket
import sys

signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
    s.bind(("127.0.0.1", int(sys.argv[1])))
    while True:
        packet, source = s.recvfrom(2048)
        if len(packet) > 12:
            s.sendto(packet[:8] + bytes(b ^ 0x5A for b in packet[8:12]) + packet[12:], source)
