#!/usr/bin/env python3
"""siplog.py LOG COMMAND...: judges what a user agent sent, from the message log (-trace_msg) of the SIPp it talked to.

  ladder                          one line a message: seconds, direction, first line, CSeq
  lint                            rules of RFC 3261 that every message must keep; names the first that is broken
  digest USER PASSWORD ALGORITHM  recomputes every digest response (RFC 7616); at least one, of that algorithm
  times METHOD                    when requests of that method arrived, in seconds after the first message
  count REGEX                     how many received messages match (any line)

Prints one line (ladder: many); exit code 1 when a rule is broken."""
import hashlib
import re
import sys

HEAD = re.compile(rb"-{10,} \d+-\d+-\d+[\t ]+(\d+):(\d+):(\d+\.\d+)[^\n]*\n"
                  rb"(?:UDP|TCP) message (received|sent) ?(?:\[(\d+)\] bytes ?|\((\d+) bytes\))?:?\r?\n\r?\n")
COMPACT = {"v": "via", "f": "from", "t": "to", "i": "call-id", "m": "contact", "l": "content-length", "c": "content-type"}
HASHES = {"MD5": hashlib.md5, "SHA-256": hashlib.sha256}


class Message:
    def __init__(self, at, received, raw):
        self.at, self.received = at, received
        head, _, self.body = raw.partition(b"\r\n\r\n")
        lines = re.sub(r"\r\n[ \t]+", " ", head.decode("utf-8", "replace")).split("\r\n")
        self.first = lines[0]
        self.text = raw.decode("utf-8", "replace")
        self.headers = {}
        for line in lines[1:]:
            name, _, value = line.partition(":")
            name = name.strip().lower()
            self.headers.setdefault(COMPACT.get(name, name), []).append(value.strip())
        self.status = int(self.first.split(" ")[1]) if self.first.startswith("SIP/2.0 ") else 0
        number, _, self.method = self.get("cseq").partition(" ")
        self.cseq = int(number) if number.isdigit() else -1

    def get(self, name):
        return self.headers.get(name, [""])[0]

    def parameter(self, header, name):
        found = re.search(rf";\s*{name}\s*=\s*([^;,\s]+)", self.get(header))
        return found.group(1) if found else ""


def read(path):
    with open(path, "rb") as f:
        b = f.read()
    out = []
    for m in HEAD.finditer(b):
        size = int(m.group(5) or m.group(6) or 0)
        end = m.end() + size if size else b.find(b"-" * 40, m.end())
        at = int(m.group(1)) * 3600 + int(m.group(2)) * 60 + float(m.group(3))
        out.append(Message(at, m.group(4) == b"received", b[m.end():end]))
    for m in out[::-1]:
        m.at -= out[0].at
    return out


def broken(m, invites, acked):
    """The rule that a received message breaks, or None."""
    for name in ("via", "from", "to", "call-id", "cseq"):
        if not m.get(name):
            return f"no {name}"
    length = m.get("content-length")
    if length and (not length.isdigit() or int(length) != len(m.body)):
        return f"Content-Length {length} of a body of {len(m.body)}"
    if m.body and not m.get("content-type"):
        return "a body without Content-Type"
    if not m.parameter("from", "tag"):
        return "From without tag"
    if m.status:
        return "To without tag" if m.status > 100 and not m.parameter("to", "tag") else None
    branch = m.parameter("via", "branch")
    if not branch.startswith("z9hG4bK"):
        return f"branch {branch!r}"
    if not m.get("max-forwards").isdigit():
        return "no Max-Forwards"
    if m.first.split(" ")[0] != m.method:
        return f"CSeq method {m.method}"
    if m.method == "INVITE":
        if not re.match(r".*<?sip:", m.get("contact")):
            return "INVITE without Contact"
        invites[m.get("call-id"), m.cseq] = m
    if m.method in ("ACK", "CANCEL"):
        invite = invites.get((m.get("call-id"), m.cseq))
        if invite is None:
            return f"CSeq {m.cseq} of no INVITE seen"
        same = invite.parameter("via", "branch") == branch
        if m.method == "CANCEL" and not same:
            return "CANCEL with another branch than its INVITE (9.1)"
        code = acked.get((m.get("call-id"), m.cseq), 0)
        if m.method == "ACK" and code and same != (code >= 300):
            return f"ACK to {code} with {'the' if same else 'another'} branch {'of' if same else 'than'} its INVITE"
    return None


def lint(messages):
    invites, acked, seen = {}, {}, 0
    for m in messages:
        if not m.received:
            if m.status >= 200 and m.method == "INVITE":
                acked[m.get("call-id"), m.cseq] = m.status
            elif m.method == "INVITE" and not m.status:
                invites[m.get("call-id"), m.cseq] = m
            continue
        seen += 1
        rule = broken(m, invites, acked)
        if rule:
            return f"{m.first}: {rule}"
    return None if seen else "nothing was received"


def digest(messages, user, password, algorithm):
    seen = 0
    for m in messages:
        if not m.received or m.status:
            continue
        for header in ("authorization", "proxy-authorization"):
            for value in m.headers.get(header, []):
                p = {k.lower(): v.strip('"') for k, v in re.findall(r'([\w-]+)\s*=\s*("[^"]*"|[^\s,]+)', value)}
                name = p.get("algorithm", "MD5")
                if name != algorithm:
                    return f"{m.first}: algorithm {name}, not {algorithm}"
                if p.get("username") != user:
                    return f"{m.first}: username {p.get('username')!r}"
                seen += 1
                if response(m.method, p, password, name) != p.get("response"):
                    return f"{m.first}: wrong response in {value}"
    return None if seen else "no credentials were sent"


def response(method, p, password, algorithm):
    # an ACK carries the very credentials of its INVITE (RFC 3261 22.1)
    def h(text):
        return HASHES[algorithm](text.encode()).hexdigest()
    ha1 = h(f"{p.get('username')}:{p.get('realm')}:{password}")
    ha2 = h(f"{'INVITE' if method == 'ACK' else method}:{p.get('uri')}")
    middle = f":{p.get('nc')}:{p.get('cnonce')}:{p['qop']}" if "qop" in p else ""
    return h(f"{ha1}:{p.get('nonce')}{middle}:{ha2}")


def main():
    messages, command, arguments = read(sys.argv[1]), sys.argv[2], sys.argv[3:]
    wrong = None
    if command == "ladder":
        for m in messages:
            print(f"{m.at:8.3f} {'<-' if m.received else '->'} {m.first[:70]:70} {m.get('cseq')}")
    elif command == "lint":
        wrong = lint(messages)
    elif command == "digest":
        wrong = digest(messages, *arguments)
    elif command == "times":
        print(" ".join(f"{m.at:.1f}" for m in messages
                       if m.received and not m.status and m.method == arguments[0]))
    elif command == "count":
        print(sum(1 for m in messages if m.received and re.search(arguments[0], m.text, re.M)))
    else:
        sys.exit(__doc__)
    if wrong:
        print(wrong)
    return 1 if wrong else 0


sys.exit(main())
