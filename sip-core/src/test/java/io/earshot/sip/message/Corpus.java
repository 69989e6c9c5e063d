package io.earshot.sip.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Messages to mutate, and the mutations. */
final class Corpus {
    private static final String[] SPLICES = {"\r\n", "\r\n ", "\r\n\r\n", "\r", "\n", "\0", "\\", "\"", "<", ">", ",", ";", ";;", ":", "=",
        "?", "@", "%", "%00", "%zz", "[", "]", "[::1]", "*", " ", "\t", "\u007f", "\u00fc", "SIP/2.0", "sip:", "tel:+", "Via: ",
        "v:", "Route: ",
        "Contact: *\r\n", "Content-Length: 99999999999\r\n", "Content-Length: 4294967328\r\n", "l: 0\r\n", "CSeq: 2147483648 INVITE\r\n",
        "Expires: -1\r\n", "2147483648", "4294967296", "-1", "99999999999999999999", "\r\nX: \"\\", ";branch", ";rport=99999",
        ";tag=", "<sip:",
        ";q=1", "\u0130", "Max-Forwards: 256\r\n", "Content-Type: text/plain;charset=\"\"\r\n", ";charset=no-such",
        "Authorization: Digest x"};

    private Corpus() {
    }

    static List<byte[]> messages() {
        List<byte[]> messages = new ArrayList<>(Torture.all());
        messages.add(INVITE.getBytes(UTF_8));
        messages.add(("SIP/2.0 401 Unauthorized\r\nVia: SIP/2.0/WSS x.invalid;branch=z9hG4bK1;rport=5;received=192.0.2.9\r\n"
            + "From: \"J\u00fcrgen \\\"J\\\" M\" <sips:j@[2001:db8::2]:5061;transport=ws>;tag=a\r\nTo: <tel:+1-201-555;ext=7>;tag=b\r\n"
            + "Call-ID: 1\r\nCSeq: 7 REGISTER\r\nWWW-Authenticate: Digest realm=\"a,b\", nonce=\"c\"\r\n"
            + "Contact: <sip:a@b>;expires=60, <sip:c@d>;q=0.1\r\n"
            + "Record-Route: <sip:p1;lr>, <sip:p2;lr>\r\nWarning: 399 x \"y\"\r\nRetry-After: 18 (in, a while);duration=3\r\n"
            + "Content-Type: text/plain; charset=ISO-8859-1\r\nContent-Length: 2\r\n\r\n\u00e9").getBytes(UTF_8));
        return messages;
    }

    static final String INVITE = String.join("\r\n",
        "INVITE sip:bob@biloxi.example.com:5070;transport=tcp SIP/2.0",
        "Via: SIP/2.0/TLS client.atlanta.example.com:5061;branch=z9hG4bK74bf9;rport, SIP/2.0/UDP [2001:db8::9]:5060;branch=z9hG4bKx",
        "Max-Forwards: 70",
        "From: \"Alice, \\\"A\\\"\" <sips:alice:secret@atlanta.example.com>;tag=9fxced76sl",
        "To: Bob <sip:bob@biloxi.example.com?Subject=hi&Priority=urgent>",
        "Call-ID: 3848276298220188511@atlanta.example.com",
        "CSeq: 2 INVITE",
        "Contact: <sip:alice@client.atlanta.example.com;gr=urn:uuid:f81d>;+sip.instance=\"<urn:uuid:f81d>\";reg-id=1",
        "Route: <sip:ss1.example.com;lr>,\r\n <sip:ss2.example.com;lr>",
        "Proxy-Authorization: Digest username=\"alice\", realm=\"atlanta\", nonce=\"w\", uri=\"sip:bob@b\", response=\"f44ab22f150c6a56\"",
        "Allow: INVITE, ACK, CANCEL, OPTIONS, BYE",
        "k: 100rel,timer,\r\n\treplaces",
        "Session-Expires: 1800;refresher=uac",
        "Refer-To: \"x\" <sip:c@d?Replaces=1%40x%3Bto-tag%3D2>",
        "P-Asserted-Identity: \"A\" <sip:a@b>, <tel:+1>",
        "Event: presence;id=1",
        "Content-Disposition: session;handling=optional",
        "X-Unknown: anything; at=\"all",
        "Content-Type: application/sdp",
        "Content-Length: 69",
        "",
        "v=0\r\no=- 1 1 IN IP4 h\r\ns=-\r\na=crypto:1 AES inline:SECRETSECRET|2^20\r\n");

    /** Returns a copy with one to six changes, mostly one or two: bytes flipped, set, cut, doubled, moved, spliced in. */
    static byte[] mutate(byte[] original, Random random) {
        byte[] bytes = original;
        for (int n = 1 + random.nextInt(random.nextInt(3) == 0 ? 6 : 2); n > 0; n--) {
            int at = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
            int length = Math.min(bytes.length - at, 1 + random.nextInt(random.nextInt(8) == 0 ? 200 : 8));
            bytes = switch (random.nextInt(6)) {
                case 0 -> replace(bytes, at, Math.min(1, length), new byte[] {(byte) random.nextInt(256)});
                case 1 -> replace(bytes, at, length, new byte[0]);
                case 2 -> replace(bytes, at, 0, Arrays.copyOfRange(bytes, at, at + length));
                case 3 -> replace(bytes, at, length, SPLICES[random.nextInt(SPLICES.length)].getBytes(UTF_8));
                case 4 -> replace(bytes, at, 0, SPLICES[random.nextInt(SPLICES.length)].repeat(1 + random.nextInt(3)).getBytes(UTF_8));
                default -> replace(bytes, bytes.length == 0 ? 0 : random.nextInt(bytes.length), 0,
                    Arrays.copyOfRange(bytes, at, at + length));
            };
        }
        return bytes;
    }

    private static byte[] replace(byte[] bytes, int at, int length, byte[] with) {
        byte[] out = new byte[bytes.length - length + with.length];
        System.arraycopy(bytes, 0, out, 0, at);
        System.arraycopy(with, 0, out, at, with.length);
        System.arraycopy(bytes, at + length, out, at + with.length, bytes.length - at - length);
        return out;
    }
}
