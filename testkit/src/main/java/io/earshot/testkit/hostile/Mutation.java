package io.earshot.testkit.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Random changes to bytes: flipped, cut, doubled, moved, and what SIP parsers stumble over put in. */
final class Mutation {
    private static final int LONGEST = 8192;
    private static final String[] SPLICES = {"\r\n", "\r\n ", "\r\n\r\n", "\r", "\n", "\0", "\\", "\"", "<", ">", ",", ";", ";;", ":", "=",
        "?", "@", "%", "%00", "%zz", "[", "]", "[::1]", "*", " ", "\t", "\u007f", "\u00fc", "\u0130", "SIP/2.0", "sip:", "sips:", "tel:+",
        "Via: ", "v:", "Route: ", "Contact: *\r\n", "Content-Length: 4294967328\r\n", "l: 0\r\n", "CSeq: 2147483648 INVITE\r\n",
        "Expires: -1\r\n", "2147483647", "2147483648", "4294967296", "-1", "0", "99999999999999999999", "\r\nX: \"\\", ";branch=",
        ";rport=99999", ";tag=", "<sip:", ";q=1", ";expires=0", "Max-Forwards: 256\r\n", "Require: 100rel\r\n", "Supported: timer\r\n",
        ";refresher=uas", "Content-Encoding: gzip\r\n", "Content-Type: text/plain;charset=no-such\r\n", "Authorization: Digest x",
        "Subscription-State: terminated;reason=noresource;retry-after=99999999999\r\n", "Event: refer;id=\r\n",
        "&amp;", "&#x0;", "<![CDATA[",
        "<!DOCTYPE x [<!ENTITY y \"z\">]>", "</", "/>", "m=audio 0 RTP/AVP\r\n", "a=rtpmap:", "a=fmtp:", "c=IN IP6 ::\r\n", "--b", "--b--"};

    private Mutation() {
    }

    /** Returns a copy with one to six changes, mostly one or two, of at most 8 KiB. */
    static byte[] of(byte[] original, SplittableRandom random) {
        byte[] bytes = original;
        for (int n = 1 + random.nextInt(random.nextInt(3) == 0 ? 6 : 2); n > 0; n--) {
            int at = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
            int length = Math.min(bytes.length - at, 1 + random.nextInt(random.nextInt(8) == 0 ? 200 : 8));
            bytes = switch (random.nextInt(7)) {
                case 0 -> replace(bytes, at, Math.min(1, length), new byte[] {(byte) random.nextInt(256)});
                case 1 -> replace(bytes, at, length, new byte[0]);
                case 2 -> replace(bytes, at, 0, Arrays.copyOfRange(bytes, at, at + length));
                case 3 -> replace(bytes, at, length, splice(random));
                case 4 -> replace(bytes, at, 0, new String(splice(random), UTF_8).repeat(1 + random.nextInt(3)).getBytes(UTF_8));
                case 5 -> line(bytes, at, random);
                default -> replace(bytes, bytes.length == 0 ? 0 : random.nextInt(bytes.length), 0,
                    Arrays.copyOfRange(bytes, at, at + length));
            };
        }
        return bytes.length <= LONGEST ? bytes : Arrays.copyOf(bytes, LONGEST);
    }

    private static byte[] splice(SplittableRandom random) {
        return SPLICES[random.nextInt(SPLICES.length)].getBytes(UTF_8);
    }

    /** Doubles or drops the line that holds a byte. */
    private static byte[] line(byte[] bytes, int at, SplittableRandom random) {
        int start = at;
        while (start > 0 && bytes[start - 1] != '\n') {
            start--;
        }
        int end = at;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        end = Math.min(bytes.length, end + 1);
        return random.nextBoolean() ? replace(bytes, start, end - start, new byte[0])
            : replace(bytes, start, 0, Arrays.copyOfRange(bytes, start, end));
    }

    private static byte[] replace(byte[] bytes, int at, int length, byte[] with) {
        byte[] out = new byte[bytes.length - length + with.length];
        System.arraycopy(bytes, 0, out, 0, at);
        System.arraycopy(with, 0, out, at, with.length);
        System.arraycopy(bytes, at + length, out, at + with.length, bytes.length - at - length);
        return out;
    }
}
