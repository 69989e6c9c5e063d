#!/usr/bin/env python3
"""cancel.py LOCAL_PORT PORT: an INVITE with its CANCEL on its heels, which SIPp cannot do (it reads before it sends again).

The user agent at PORT must answer the CANCEL with 200 and the INVITE with 487 (RFC 3261 9.2), whatever provisional
answers it sent before, and send the 487 again until the ACK comes. Prints what came; exit code 1 when it is wrong."""
import re
import socket
import sys
import time


def message(method, local, remote, to_tag=""):
    head = [f"{method} sip:1001@127.0.0.1:{remote} SIP/2.0",
            f"Via: SIP/2.0/UDP 127.0.0.1:{local};branch=z9hG4bKcancel{local};rport",
            f"From: <sip:canceller@127.0.0.1:{local}>;tag=c{local}", f"To: <sip:1001@127.0.0.1:{remote}>{to_tag}",
            f"Call-ID: cancel-{local}", f"CSeq: 1 {method}", "Max-Forwards: 70"]
    body = ""
    if method == "INVITE":
        head += [f"Contact: <sip:canceller@127.0.0.1:{local}>", "Content-Type: application/sdp"]
        body = ("v=0\r\no=- 7 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
                f"m=audio {local + 2} RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\n")
    return ("\r\n".join(head) + f"\r\nContent-Length: {len(body)}\r\n\r\n{body}").encode()


def main():
    local, remote = int(sys.argv[1]), int(sys.argv[2])
    answers, acknowledge = [], 0.0
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.bind(("127.0.0.1", local))
        s.settimeout(0.2)
        s.sendto(message("INVITE", local, remote), ("127.0.0.1", remote))
        s.sendto(message("CANCEL", local, remote), ("127.0.0.1", remote))
        end = time.monotonic() + 4
        while time.monotonic() < end:
            try:
                text = s.recv(65536).decode("utf-8", "replace")
            except socket.timeout:
                continue
            found = re.match(r"SIP/2.0 (\d{3}) ", text), re.search(r"^CSeq: *1 (\w+)", text, re.M | re.I)
            if not all(found):
                answers.append(("?", text.split("\r\n")[0]))
                continue
            answers.append((found[1].group(1), found[0].group(1)))
            if answers[-1] == ("INVITE", "487"):
                # the first 487 goes without ACK, so that it must come again
                tag = re.search(r"^To:[^\r\n]*(;\s*tag=[^;\r\n]+)", text, re.M | re.I)
                if answers.count(("INVITE", "487")) > 1:
                    s.sendto(message("ACK", local, remote, tag.group(1) if tag else ""), ("127.0.0.1", remote))
    finals = [a for a in answers if a[1] >= "200"]
    print(" ".join(f"{method}:{code}" for method, code in answers) or "no answer")
    good = set(finals) == {("CANCEL", "200"), ("INVITE", "487")} and finals.count(("INVITE", "487")) == 2
    return 0 if good else 1


sys.exit(main())
