package io.earshot.sip.sdp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** parse(write(d)) = d and write(parse(b)) = b, for generated descriptions. */
@Tag("rfc8866")
class SdpRoundTripTest {
    private static final char[] SESSION = {'i', 'u', 'e', 'p', 'b', 'z', 'k', 'r'};

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatIsWrittenIsReadBack(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 1_500; i++) {
            SessionDescription made = description(random);
            byte[] bytes = SdpWriter.write(made);
            SessionDescription read = assertInstanceOf(SdpResult.Parsed.class, new SdpParser().parse(bytes), made::toString).description();
            assertEquals(made, read);
            assertArrayEquals(bytes, SdpWriter.write(read));
            assertEquals(made.origin(), read.origin());
            for (int m = 0; m < made.media().size(); m++) {
                assertEquals(made.direction(made.media().get(m)), read.direction(read.media().get(m)));
                assertEquals(made.media().get(m).rtpMaps(), read.media().get(m).rtpMaps());
            }
        }
    }

    private static SessionDescription description(SplittableRandom random) {
        Origin origin = Origin.first(token(random), Long.toUnsignedString(random.nextLong()), host(random));
        List<MediaDescription> media = new ArrayList<>();
        for (int n = random.nextInt(4); n > 0; n--) {
            media.add(media(random));
        }
        SessionDescription made = SessionDescription.of(origin, Connection.of(host(random)), media);
        for (int n = random.nextInt(4); n > 0; n--) {
            made = made.withLine(new Line(SESSION[random.nextInt(SESSION.length)], text(random)));
        }
        for (int n = random.nextInt(4); n > 0; n--) {
            made = made.with(attribute(random));
        }
        return made;
    }

    private static MediaDescription media(SplittableRandom random) {
        Set<String> formats = new LinkedHashSet<>();
        for (int n = random.nextInt(5); n > 0; n--) {
            formats.add(Integer.toString(random.nextInt(128)));
        }
        MediaDescription made = new MediaDescription(token(random), random.nextInt(65_536), 1 + random.nextInt(3),
            token(random) + "/" + token(random), List.copyOf(formats), List.of());
        if (random.nextBoolean()) {
            made = made.withConnection(Connection.of(host(random)));
        }
        for (String format : formats) {
            made = made.with(Attribute.of("rtpmap", format + " c" + random.nextInt(9) + "/" + (8000 << random.nextInt(3))));
        }
        for (int n = random.nextInt(4); n > 0; n--) {
            made = made.with(attribute(random));
        }
        return random.nextBoolean() ? made : made.withDirection(Direction.values()[random.nextInt(Direction.values().length)]);
    }

    private static Attribute attribute(SplittableRandom random) {
        return random.nextBoolean() ? new Attribute(token(random)) : Attribute.of(token(random), text(random));
    }

    private static String host(SplittableRandom random) {
        return switch (random.nextInt(3)) {
            case 0 -> "192.0.2." + random.nextInt(256);
            case 1 -> "2001:db8::" + Integer.toHexString(random.nextInt(1, 65_536));
            default -> "h" + random.nextInt(100) + ".example";
        };
    }

    private static String token(SplittableRandom random) {
        return pick(random, "abcxyzABC019-.!%*_+`'~#$&^{|}");
    }

    /** Lines hold anything but line ends and NUL; blanks at their end are not kept. */
    private static String text(SplittableRandom random) {
        return (pick(random, "ab \t\"\\<>,;:=@%?&/()[]{}*\u00fc\u0436\u20ac'")).strip() + "x";
    }

    private static String pick(SplittableRandom random, String alphabet) {
        StringBuilder out = new StringBuilder();
        for (int n = 1 + random.nextInt(10); n > 0; n--) {
            out.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return out.toString();
    }
}
