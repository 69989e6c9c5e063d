#!/usr/bin/env python3
"""webrtcsdp.py SAID: what we and a browser described to each other, as its page heard it.

SAID has the lines 'sdp local offer …', 'sdp remote answer …' of browser-page.js; remote is ours. Each description of ours must be
what a browser needs: one group of all that is taken and nothing else (RFC 9143), refused lines with port 0, mids and profile of the
offer, one port for RTP and RTCP, a stream's name, a fingerprint and a role that the offer leaves, credentials of ICE; and nothing that
was offered and that we do not do may come back (header extensions, bandwidth estimation). Prints one line; exit code 1 with the first
thing that is not so."""
import re
import sys
from collections import Counter

NOT_OURS = re.compile(r"a=(extmap|extmap-allow-mixed|ssrc|ssrc-group|rid|simulcast|sctp-port)\b|a=rtcp-fb:\S+ (transport-cc|goog-remb|ccm)")
read_over = Counter()


class Media:
    def __init__(self, line):
        self.kind, port, self.profile = line[2:].split()[:3]
        self.port, self.lines = int(port.split("/")[0]), []

    def of(self, name, default=None):
        found = [line[len(name) + 3:] for line in self.lines if line == "a=" + name or line.startswith(f"a={name}:")]
        return found[0] if found else default


class Description:
    def __init__(self, who, role, text):
        self.who, self.role, self.lines, self.media = who, role, [], []
        for line in text.split("|"):
            if line.startswith("m="):
                self.media.append(Media(line))
            elif line:
                (self.media[-1].lines if self.media else self.lines).append(line)

    def groups(self):
        return [line.split()[1:] for line in self.lines if line.startswith("a=group:BUNDLE")]

    def all(self):
        return self.lines + [line for media in self.media for line in media.lines]


def need(true, what, where):
    if not true:
        sys.exit(f"{where}: {what}")


def check(ours, theirs):
    where = f"our {ours.role}"
    strange = [line for line in ours.all() if NOT_OURS.match(line)]
    need(not strange, f"{strange[:1]} is not for us to say", where)
    need(len(ours.groups()) == 1, f"{len(ours.groups())} groups", where)
    group = ours.groups()[0]
    taken = [media for media in ours.media if media.port]
    need(sorted(group) == sorted(media.of("mid") for media in taken), f"the group is {group}, taken are {[m.of('mid') for m in taken]}", where)
    sound = [media for media in taken if media.kind == "audio"]
    need(len(sound) == 1, f"{len(sound)} lines of sound", where)
    for media in taken:
        need(media.kind == "audio" or media.of("inactive") is not None, f"a line of {media.kind} is alive", where)
        need(media.profile == "UDP/TLS/RTP/SAVPF", f"profile {media.profile}", where)
    one = sound[0]
    need(one.of("rtcp-mux") is not None, "no rtcp-mux", where)
    need(re.match(r"\S+ \S+$", one.of("msid", "")), "no msid", where)
    tagged = [one, *(media for media in taken if media.of("mid") == group[0])]
    for name, form in ("ice-ufrag", r"\S{4,}$"), ("ice-pwd", r"\S{22,}$"), ("fingerprint", r"sha-256 ([0-9A-F]{2}:){31}[0-9A-F]{2}$"):
        need(any(re.match(form, media.of(name, "")) for media in tagged), f"no {name}", where)
    setup = [media.of("setup") for media in tagged if media.of("setup")]
    if ours.role == "offer":
        need(setup == ["actpass"] * len(setup) and setup, f"setup {setup}", where)
        return
    need(setup and set(setup) <= {"active", "passive"}, f"setup {setup}", where)
    need(len(ours.media) == len(theirs.media), f"{len(ours.media)} lines for {len(theirs.media)}", where)
    for mine, other in zip(ours.media, theirs.media):
        need((mine.kind, mine.profile, mine.of("mid")) == (other.kind, other.profile, other.of("mid")),
             f"{mine.kind} {mine.profile} mid {mine.of('mid')} for {other.kind} {other.profile} mid {other.of('mid')}", where)
        need(mine.of("rtcp-rsize") is None or other.of("rtcp-rsize") is not None, "rtcp-rsize was not offered", where)
        if not mine.port:
            read_over[f"{mine.kind} refused"] += 1
    for line in theirs.all():
        if NOT_OURS.match(line):
            read_over[re.split(r"[:=]", line)[1] if "rtcp-fb" not in line else line.split()[1]] += 1


def main():
    said = open(sys.argv[1], encoding="utf-8", errors="replace").read().splitlines()
    last, counts = None, Counter()
    for line in said:
        found = re.match(r"sdp (local|remote) (offer|answer) (.*)", line)
        if not found:
            continue
        now = Description(*found.groups())
        if now.who == "remote":
            need(now.role == "offer" or last, "an answer to nothing", "we")
            check(now, last)
            counts[now.role] += 1
        if now.role == "offer":
            last = now
    need(sum(counts.values()), "no description of ours", "we")
    print(f"our {counts['offer']} offers and {counts['answer']} answers fit"
          + (", read over: " + ", ".join(sorted(read_over)) if read_over else ""))


main()
