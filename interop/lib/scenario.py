#!/usr/bin/env python3
"""scenario.py FILE [NAME=value...] > SCENARIO.xml: writes out a SIPp scenario from our short form.

The short form is SIPp's XML with these elements in place of whole messages:
  <invite/> <ack/> <bye/> <cancel/> <options/>   a request; sdp="sendrecv" (or sendonly, inactive, none) is its body;
                                                 cseq="2"; again="yes" for one inside the dialog; of="1" is, for ACK to
                                                 a failure and CANCEL, how many messages back the INVITE's branch is;
                                                 header="Subject: ..." adds a line; from="sip:..." is
                                                 another caller than sip:sipp
  <take request="INVITE"/>                       receives an INVITE and remembers what replies and requests need of it
  <reply status="180 Ringing"/>                  a reply to the message that came last; sdp= as above; to="INVITE" replies
                                                 to the remembered INVITE; header="Contact: ..." adds a line
  <hangup cseq="1"/>                             a BYE sent by the side that took the INVITE; method="UPDATE" another request
  <prack/> <update/>                             requests of the side that called
sdp="nowhere" is sendrecv at 0.0.0.0; header="..." adds lines to requests too; tag="b" makes another To tag in a reply.
Anything else is passed on. @NAME@ is replaced by the value given on the command line; MEDIA is the RTP port that the
SDP names, SIPp's own unless given; FORMATS is the formats of its m= line and, after semicolons, further a= lines of the audio,
and so is formats="..." of one message."""
import re
import sys

PARTY = "<sip:sipp@[local_ip]:[local_port];transport=[transport]>"
SDP = """v=0
o=sipp 7 {version} IN IP[media_ip_type] [media_ip]
s=-
c=IN IP[media_ip_type] [media_ip]
t=0 0
m=audio {media} RTP/AVP {formats}
a={direction}"""
FORMATS = "0 8;rtpmap:0 PCMU/8000;rtpmap:8 PCMA/8000"
TAG = "[pid]s[call_number]"
REMEMBER = """<recv request="INVITE" crlf="true" rrs="true"{more}>
    <action>
      <ereg regexp=".*" search_in="hdr" header="Via:" assign_to="via"/>
      <ereg regexp=".*" search_in="hdr" header="From:" assign_to="from"/>
      <ereg regexp=".*" search_in="hdr" header="To:" assign_to="to"/>
      <ereg regexp=".*" search_in="hdr" header="CSeq:" assign_to="cseq"/>
{checks}    </action>
  </recv>"""


class Writer:
    def __init__(self, media, formats):
        self.media = media
        self.formats = formats
        self.version = 0
        self.index = 0
        self.invite = 0
        self.variables = set()

    def body(self, direction, formats=None):
        if direction in (None, "none"):
            return "Content-Length: 0\n\n"
        self.version += 1
        offered = "\na=".join((formats or self.formats).split(";"))
        sdp = SDP.format(version=self.version, direction=direction.replace("nowhere", "sendrecv"), media=self.media, formats=offered)
        if direction == "nowhere":
            sdp = sdp.replace("c=IN IP[media_ip_type] [media_ip]", "c=IN IP4 0.0.0.0")
        return f"Content-Type: application/sdp\nContent-Length: [len]\n\n{sdp}\n"

    def send(self, text, attributes, retransmit):
        lost = "".join(f' {k}="{attributes[k]}"' for k in ("lost", "next", "crlf") if k in attributes)
        timer = ' retrans="500"' if retransmit else ""
        return f"<send{timer}{lost}>\n    <![CDATA[\n\n{text}\n    ]]>\n  </send>"

    def request(self, method, a):
        inside = a.get("again") or method in ("ACK", "BYE", "PRACK", "UPDATE") and "of" not in a
        if method == "INVITE":
            self.invite = self.index
        branch = "[branch]"
        if "of" in a or method == "CANCEL":
            branch = f"[branch-{self.index - self.invite}]"
        uri = "[next_url]" if inside else "sip:[service]@[remote_ip]:[remote_port]"
        to = "[peer_tag_param]" if inside or "of" in a else ""
        lines = [f"{method} {uri} SIP/2.0", f"Via: SIP/2.0/[transport] [local_ip]:[local_port];branch={branch};rport"]
        if inside:
            lines.append("[routes]")
        lines += [f'From: "SIPp" <{a.get("from", "sip:sipp@[local_ip]:[local_port]")}>;tag={TAG}',
                  f"To: <sip:[service]@[remote_ip]:[remote_port]>{to}", "Call-ID: [call_id]",
                  f"CSeq: {a.get('cseq', '1')} {method}", f"Contact: {PARTY}", "Max-Forwards: 70"]
        lines += a["header"].split("\\n") if "header" in a else []
        text = "\n".join(lines) + "\n" + self.body(a.get("sdp", "sendrecv" if method == "INVITE" else None), a.get("formats"))
        return self.send(text, a, method != "ACK")

    def reply(self, a):
        saved = a.get("to") == "INVITE"
        if saved:
            self.variables |= {"via", "from", "to", "cseq"}
            lines = ["Via:[$via]", "From:[$from]", f"To:[$to];tag={TAG}{a.get('tag', '')}", "[last_Call-ID:]", "CSeq:[$cseq]"]
        else:
            tag = "" if a.get("again") or a["status"].startswith("100") else f";tag={TAG}{a.get('tag', '')}"
            lines = ["[last_Via:]", "[last_From:]", f"[last_To:]{tag}", "[last_Call-ID:]", "[last_CSeq:]"]
            lines.append("[last_Record-Route:]")
        if "header" in a:
            lines += a["header"].split("\\n")
        if not re.match("3", a["status"]):
            lines.append(f"Contact: {PARTY}")
        text = f"SIP/2.0 {a['status']}\n" + "\n".join(lines) + "\n" + self.body(a.get("sdp"), a.get("formats"))
        final_to_invite = a["status"][0] != "1" and a.get("retrans", "yes") != "no"
        return self.send(text, a, final_to_invite)

    def hangup(self, a):
        self.variables |= {"from", "to"}
        method = a.get("method", "BYE")
        text = "\n".join([f"{method} [next_url] SIP/2.0", f"Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch{'-' + a['of'] if 'of' in a else ''}];rport",
                          "[routes]", f"From:[$to];tag={TAG}{a.get('tag', '')}", "To:[$from]", "[last_Call-ID:]",
                          f"CSeq: {a.get('cseq', '1')} {method}", f"Contact: {PARTY}", "Max-Forwards: 70"]
                         + (a["header"].split("\\n") if "header" in a else []))
        return self.send(text + "\n" + self.body(a.get("sdp")), a, method != "ACK" and a.get("retrans") != "no")

    def element(self, match):
        name, a = match.group(1), dict(re.findall(r'([\w-]+)="([^"]*)"', match.group(2)))
        a = {k: v.replace("&quot;", '"').replace("&lt;", "<").replace("&gt;", ">") for k, v in a.items()}
        if name == "take":
            self.variables |= {"via", "from", "to", "cseq"}
            checks = ""
            for header, pattern in re.findall(r"([\w-]+)~(\S+)", a.get("check", "")):
                self.variables.add("checked")
                checks += (f'      <ereg regexp="{pattern}" search_in="hdr" header="{header}:" check_it="true"'
                           ' assign_to="checked"/>\n')
            out = REMEMBER.format(checks=checks, more=f' timeout="{a["timeout"]}"' if "timeout" in a else "")
        elif name == "reply":
            out = self.reply(a)
        elif name == "hangup":
            out = self.hangup(a)
        elif name in ("invite", "ack", "bye", "cancel", "options", "prack", "update"):
            out = self.request(name.upper(), a)
        else:
            out = match.group(0)
            self.variables.update(re.findall(r'assign_to="(\w+)"', out))
        if name in ("take", "reply", "hangup", "invite", "ack", "bye", "cancel", "options", "prack", "update", "recv", "pause", "nop",
                    "timewait"):
            self.index += 1
        return out


def main():
    with open(sys.argv[1], encoding="utf-8") as f:
        text = f.read()
    media, formats = "[media_port]", FORMATS
    for pair in sys.argv[2:]:
        name, _, value = pair.partition("=")
        if name == "MEDIA":
            media = value
        if name == "FORMATS":
            formats = value
        text = text.replace(f"@{name}@", value)
    left = re.search(r"@[A-Z]+@", text)
    if left:
        sys.exit(f"{sys.argv[1]}: no value given for {left.group(0)}")
    writer = Writer(media, formats)
    text = re.sub(r"<(\w+)((?:\s+[\w-]+=\"[^\"]*\")*)\s*/?>", writer.element, text)
    if writer.variables:
        names = ",".join(sorted(writer.variables))
        text = text.replace("</scenario>", f'  <Reference variables="{names}"/>\n</scenario>')
    print('<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE scenario SYSTEM "sipp.dtd">\n' + text)


main()
