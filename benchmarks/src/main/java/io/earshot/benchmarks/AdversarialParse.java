package io.earshot.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.earshot.api.time.Ticker;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.ParseResult;
import io.earshot.sip.message.SipLimits;
import io.earshot.sip.message.SipMessage;
import io.earshot.sip.message.SipParser;
import java.util.List;
import java.util.Locale;

/**
 * How much longer 64 KiB of a hostile shape take than 3.2 KiB, with the limits lifted: 20 is linear, 400 would be quadratic. The best of
 * several rounds counts.
 */
public final class AdversarialParse {
    private static final int ROUNDS = 200;
    private static final SipLimits WIDE = new SipLimits(1 << 20, 1 << 20, 1 << 20, 1 << 16, 1 << 20, 1 << 20, 1 << 16, 1 << 16, 64);
    private static final String HEAD = "OPTIONS sip:a@example.com SIP/2.0\r\nVia: SIP/2.0/UDP a;branch=z9hG4bK1\r\n"
            + "From: <sip:a@b>;tag=1\r\nTo: <sip:c@d>\r\nCall-ID: 1\r\nCSeq: 1 OPTIONS\r\n";
    private static final List<String> SHAPES = List.of("Zz: y\r\n", "v: SIP/2.0/UDP a;b=c\r\n", "m: <sip:a@b;c=d>;e=\"f\\\"\"\r\n",
            "k: a,b,,c\r\n", "Zz: \\\\\r\n \r\n", "t\u00fc: x\r\n",
            "Route: <sip:%41%41@b;%41=%42>\r\n", "a", "\r\n ", "\\\"", ",", ";", "<",
            "\0");

    private AdversarialParse() {
    }

    /** Prints a line for each shape. */
    public static void main(String[] arguments) {
        Ticker ticker = Ticker.system();
        for (String shape : SHAPES) {
            byte[] small = grown(shape, 3_277);
            byte[] large = grown(shape, 65_536);
            long least = Long.MAX_VALUE;
            long most = Long.MAX_VALUE;
            for (int round = 0; round < ROUNDS; round++) {
                long start = ticker.now();
                for (int i = 0; i < 5; i++) {
                    read(small);
                }
                long middle = ticker.now();
                read(large);
                least = Math.min(least, middle - start);
                most = Math.min(most, ticker.now() - middle);
            }
            String name = shape.strip().replace("\r", "").replace("\n", "").replace("\0", "NUL");
            System.out.println(String.format(Locale.ROOT, "%5.1f times  %6d us  %s", 5.0 * most / least, most / 1000, name));
        }
    }

    private static byte[] grown(String unit, int length) {
        boolean lines = unit.endsWith("\r\n");
        String head = lines ? HEAD : HEAD + "Zz: ";
        String filling = unit.repeat((length - head.length()) / unit.getBytes(UTF_8).length);
        return (head + filling + (lines ? "\r\n" : "\r\n\r\n")).getBytes(UTF_8);
    }

    private static void read(byte[] bytes) {
        if (new SipParser(WIDE).parse(bytes) instanceof ParseResult.Parsed parsed) {
            SipMessage message = parsed.message();
            message.check();
            message.values(HeaderName.of("zz"));
            message.values(HeaderName.SUPPORTED);
            message.toString();
        }
    }
}
