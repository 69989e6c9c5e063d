package io.earshot.sip.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.api.id.IdSource;
import io.earshot.sip.sdp.MediaNegotiation.Accepted;
import io.earshot.sip.sdp.MediaNegotiation.Agreed;
import io.earshot.sip.sdp.MediaNegotiation.Declined;
import io.earshot.sip.sdp.MediaNegotiation.Offered;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two negotiations talk to each other through the wire format, with random moves; what must hold always is checked after each. */
@Tag("rfc3264")
class NegotiationSimulationTest {
    private static final List<CodecDescriptor> ALL = List.of(Codecs.PCMU, Codecs.PCMA, Codecs.G722, Codecs.OPUS, Codecs.ILBC, Codecs.G729);

    /** One end, and what it has put on the wire so far. */
    private static final class End {
        private final Map<Integer, String> meanings = new HashMap<>();
        private MediaNegotiation state;
        private String last = "";
        private BigInteger version = BigInteger.ZERO;
        private int media;

        End(MediaNegotiation state) {
            this.state = state;
        }

        /** Checks RFC 3264 §8 on a description that leaves this end, and returns what arrives. */
        SessionDescription send(SessionDescription out) {
            BigInteger now = new BigInteger(out.origin().version());
            assertEquals(last.equals(out.toString()) ? version : version.add(BigInteger.ONE), now, "version after\n" + last);
            assertTrue(out.media().size() >= media, "media lines never go away");
            last = out.toString();
            version = now;
            media = out.media().size();
            return Codecs.parse(last);
        }

        void offered(SessionDescription offer) {
            offer.media().stream().filter(line -> line.port() != 0).forEach(line -> line.rtpMaps().forEach((number, map) -> {
                String meaning = map.encoding() + "/" + map.clockRate();
                assertEquals(meaning, meanings.getOrDefault(number, meaning), "payload type " + number + " changed its meaning");
                meanings.put(number, meaning);
            }));
        }

        void answered(NegotiatedAudio audio) {
            audio.codecs().forEach(codec -> meanings.put(codec.receivePayloadType(),
                codec.descriptor().name() + "/" + codec.descriptor().rtpClockRate()));
            audio.telephoneEvent().ifPresent(event -> event.receivedTypes()
                .forEach((number, rate) -> meanings.put(number, "telephone-event/" + rate)));
            audio.companions().comfortNoise().ifPresent(noise -> meanings.put(noise.receivePayloadType(), "CN/8000"));
            audio.companions().redundancy().ifPresent(red -> meanings.put(red.receivePayloadType(),
                "red/" + audio.codec().descriptor().rtpClockRate()));
        }
    }

    private static AudioCapabilities capabilities(Random random, String host) {
        List<CodecDescriptor> codecs = new ArrayList<>(ALL);
        Collections.shuffle(codecs, random);
        AudioCapabilities.Builder builder = AudioCapabilities.builder(new MediaAddress(host, 4000 + 2 * random.nextInt(100)));
        codecs.subList(0, 1 + random.nextInt(codecs.size())).forEach(codec -> builder.codec(codec, Codecs.PROVIDER));
        for (AudioCapabilities.Option option : AudioCapabilities.Option.values()) {
            builder.option(option, random.nextBoolean());
        }
        return builder.ptime(random.nextInt(3) * 20, 0).build();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whateverIsPlayedTheTwoEndsAgree(long seed) {
        Random random = new Random(seed);
        int agreements = 0;
        for (int session = 0; session < 20; session++) {
            End[] ends = {new End(MediaNegotiation.start(capabilities(random, "192.0.2.1"), IdSource.seeded(seed))),
                new End(MediaNegotiation.start(capabilities(random, "2001:db8::2"), IdSource.seeded(seed + 100)))};
            for (int move = 0; move < 25; move++) {
                End one = ends[random.nextInt(2)];
                change(one, random);
                agreements += exchange(one, one == ends[0] ? ends[1] : ends[0], random) ? 1 : 0;
            }
        }
        assertTrue(agreements > 200, "only " + agreements + " exchanges came to an agreement");
    }

    private static void change(End end, Random random) {
        switch (random.nextInt(5)) {
            case 0 -> end.state = end.state.withHold(!end.state.isHeld());
            case 1 -> end.state = end.state.withCapabilities(capabilities(random, end.state.capabilities().address().host()));
            case 2 -> end.state = end.state.withCapabilities(end.state.capabilities().withDirection(
                Direction.values()[random.nextInt(4)]));
            default -> { }
        }
    }

    private static boolean exchange(End offerer, End answerer, Random random) {
        Offered offered = offerer.state.offer();
        offerer.offered(offered.offer());
        SessionDescription offer = offerer.send(offered.offer());
        offerer.state = offered.next();
        var step = answerer.state.answer(offer);
        if (step instanceof Declined || random.nextInt(10) == 0) {
            offerer.state = offerer.state.withoutOffer();
            return false;
        }
        Accepted accepted = assertInstanceOf(Accepted.class, step);
        SessionDescription answer = answerer.send(accepted.answer());
        answerer.answered(accepted.audio());
        answerer.state = accepted.next();
        Agreed agreed = assertInstanceOf(Agreed.class, offerer.state.complete(answer), () -> offer + "\n" + answer);
        offerer.state = agreed.next();
        check(agreed.audio(), accepted.audio(), offerer, answerer);
        return true;
    }

    private static void check(NegotiatedAudio a, NegotiatedAudio b, End offerer, End answerer) {
        assertEquals(a.direction(), b.direction().reverse());
        assertEquals(a.local(), b.remote());
        assertEquals(a.remote(), b.local());
        assertEquals(a.rtcpMux(), b.rtcpMux());
        assertEquals(a.codecs().size(), b.codecs().size());
        assertEquals(a.mediaIndex(), b.mediaIndex());
        for (int i = 0; i < a.codecs().size(); i++) {
            assertEquals(a.codecs().get(i).descriptor(), b.codecs().get(i).descriptor());
            assertEquals(a.codecs().get(i).sendPayloadType(), b.codecs().get(i).receivePayloadType());
            assertEquals(a.codecs().get(i).receivePayloadType(), b.codecs().get(i).sendPayloadType());
        }
        assertEquals(a.telephoneEvent().map(NegotiatedAudio.TelephoneEvent::sendPayloadType),
            b.telephoneEvent().map(NegotiatedAudio.TelephoneEvent::receivePayloadType));
        assertEquals(a.telephoneEvent().map(event -> Set.copyOf(event.receivedTypes().values())),
            b.telephoneEvent().map(event -> Set.copyOf(event.receivedTypes().values())));
        assertEquals(a.companions().comfortNoise().map(NegotiatedAudio.Mapping::sendPayloadType),
            b.companions().comfortNoise().map(NegotiatedAudio.Mapping::receivePayloadType));
        assertEquals(a.companions().redundancy().map(NegotiatedAudio.Mapping::sendPayloadType),
            b.companions().redundancy().map(NegotiatedAudio.Mapping::receivePayloadType));
        assertEquals(0, a.sendPtime() % a.codec().descriptor().frameMillis());
        assertTrue(!offerer.state.isHeld() || !a.direction().receives(), "who holds receives nothing");
        assertTrue(!answerer.state.isHeld() || !b.direction().receives(), "who holds receives nothing");
    }
}
