#!/usr/bin/env python3
"""badserver.py PORT silent|503: a SIP server on 127.0.0.1 that hears everything and says nothing, or refuses everything."""
import socket
import sys

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("127.0.0.1", int(sys.argv[1])))
while True:
    message, peer = server.recvfrom(65535)
    head = message.split(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    print(head[0], flush=True)
    if sys.argv[2] != "503" or " SIP/2.0" not in head[0] or head[0].startswith("ACK "):
        continue
    wanted = ("via:", "from:", "call-id:", "cseq:")
    lines = [line for line in head[1:] if line.lower().startswith(wanted)]
    lines += [line + (";tag=bad" if ";tag=" not in line else "") for line in head[1:] if line.lower().startswith("to:")]
    answer = "\r\n".join(["SIP/2.0 503 Service Unavailable", *lines, "Content-Length: 0", "", ""])
    server.sendto(answer.encode("latin-1"), peer)
