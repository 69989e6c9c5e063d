package io.earshot.rtp.dtmf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import io.earshot.rtp.packet.RtpPacket;
import io.earshot.rtp.packet.RtpTimestamp;
import io.earshot.rtp.packet.RtpVerdict;
import io.earshot.rtp.session.RtpSender;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rfc4733")
class TelephoneEventTest {
    private static final long MS = Ticker.MILLISECOND;

    /** A packet as it is on the wire. */
    private record Sent(long at, boolean marker, int timestamp, int event, boolean end, int volume, int ticks) { }

    private static List<Sent> play(TelephoneEventSender sender, int clockRate, long from, long millis) {
        List<Sent> all = new ArrayList<>();
        byte[] out = new byte[64];
        RtpPacket packet = new RtpPacket();
        for (long now = from; now <= from + millis * MS; now += 10 * MS) {
            long ticks = RtpTimestamp.toTicks(now, clockRate);
            for (int length = sender.next(out, 2, ticks, now); length > 0; length = sender.next(out, 2, ticks, now)) {
                assertEquals(RtpVerdict.OK, packet.wrap(out, 2, length));
                assertEquals(101, packet.payloadType());
                assertEquals(TelephoneEvent.BYTES, packet.payloadLength());
                int at = packet.payloadOffset();
                all.add(new Sent(now, packet.marker(), packet.timestamp(), TelephoneEvent.event(packet.buffer(), at),
                        TelephoneEvent.end(packet.buffer(), at), TelephoneEvent.volume(packet.buffer(), at),
                        TelephoneEvent.ticks(packet.buffer(), at)));
            }
        }
        return all;
    }

    private static TelephoneEventSender sender(int clockRate) {
        return new TelephoneEventSender(new RtpSender(IdSource.seeded(7)), 101, clockRate, TelephoneEventTiming.DEFAULT);
    }

    private static TelephoneEventVerdict give(TelephoneEventReceiver receiver, Sent sent, long now) {
        byte[] payload = new byte[9];
        int length = TelephoneEvent.write(payload, 5, sent.event(), sent.end(), sent.volume(), sent.ticks());
        return receiver.receive(payload, 5, length, sent.timestamp(), now);
    }

    private static String digits(TelephoneEventReceiver receiver) {
        StringBuilder all = new StringBuilder();
        for (Optional<ReceivedEvent> event = receiver.poll(); event.isPresent(); event = receiver.poll()) {
            all.append(event.get().digit());
        }
        return all.toString();
    }

    @Test void aDigitHasOneMarkerOneTimestampGrowingDurationAndThreeEnds() {
        TelephoneEventSender sender = sender(8000);
        assertEquals(TelephoneEventSender.NEVER, sender.deadline());
        assertTrue(sender.enqueue('5', 0));
        List<Sent> packets = play(sender, 8000, 0, 400);
        assertEquals(1, packets.stream().filter(Sent::marker).count());
        assertTrue(packets.get(0).marker());
        assertEquals(1, packets.stream().map(Sent::timestamp).distinct().count());
        assertEquals(List.of(160, 320, 480, 640, 800, 960, 960, 960), packets.stream().map(Sent::ticks).toList());
        assertEquals(List.of(false, false, false, false, false, true, true, true), packets.stream().map(Sent::end).toList());
        assertTrue(packets.stream().allMatch(p -> p.event() == 5 && p.volume() == 10));
        assertFalse(sender.isActive());
        assertEquals(TelephoneEventSender.NEVER, sender.deadline());
    }

    @Test void durationsAreInTicksOfTheClockRate() {
        TelephoneEventSender sender = sender(48_000);
        sender.enqueue('#', 0);
        List<Sent> packets = play(sender, 48_000, 0, 400);
        assertEquals(5760, packets.get(packets.size() - 1).ticks());
        TelephoneEventReceiver receiver = new TelephoneEventReceiver(48_000);
        packets.forEach(packet -> give(receiver, packet, packet.at()));
        assertEquals(Optional.of(new ReceivedEvent(11, 10, 120)), receiver.poll());
    }

    @Test void digitsKeepTheirGapsAndPauses() {
        TelephoneEventSender sender = sender(8000);
        for (char digit : "1,2 F".toCharArray()) {
            assertTrue(sender.enqueue(digit, 0));
        }
        List<Sent> starts = play(sender, 8000, 0, 5000).stream().filter(Sent::marker).toList();
        assertEquals(List.of(1, 2, TelephoneEvent.FLASH), starts.stream().map(Sent::event).toList());
        assertEquals(2200, (starts.get(1).at() - starts.get(0).at()) / MS);
        assertEquals(700, (starts.get(2).at() - starts.get(1).at()) / MS);
        assertEquals(2200 * 8, starts.get(1).timestamp() - starts.get(0).timestamp());
    }

    @Test void whatIsNoDigitAndWhatIsTooMuchIsRefused() {
        TelephoneEventSender sender = sender(8000);
        assertFalse(sender.enqueue('x', 0));
        for (int i = 0; i < 256; i++) {
            assertTrue(sender.enqueue('1', 0));
        }
        assertFalse(sender.enqueue('1', 0));
        sender.clear(0);
        assertEquals(0, sender.waiting());
        assertThrows(IllegalArgumentException.class, () -> new TelephoneEventTiming(39, 80, 20, 10));
        assertThrows(IllegalArgumentException.class, () -> new TelephoneEventTiming(100, 80, 20, 64));
    }

    @Test void aKeyHeldForTwentySecondsIsToldInSegmentsAndReadAsOneEvent() {
        TelephoneEventSender sender = sender(8000);
        assertTrue(sender.press('9', 0));
        List<Sent> packets = new ArrayList<>(play(sender, 8000, 0, 20_000));
        sender.release(20_000 * MS);
        packets.addAll(play(sender, 8000, 20_000 * MS, 500));
        List<Integer> stamps = packets.stream().map(Sent::timestamp).distinct().toList();
        assertEquals(3, stamps.size());
        assertEquals(0xFFFF, stamps.get(1) - stamps.get(0));
        assertEquals(1, packets.stream().filter(Sent::marker).count());
        assertEquals(3, packets.stream().filter(Sent::end).count());
        for (double loss : new double[] {0, 0.2}) {
            Random random = new Random(3);
            TelephoneEventReceiver receiver = new TelephoneEventReceiver(8000);
            for (Sent packet : packets) {
                if (random.nextDouble() >= loss) {
                    give(receiver, packet, packet.at());
                }
            }
            receiver.expire(30_000 * MS);
            assertEquals(Optional.of(new ReceivedEvent(9, 10, 20_000)), receiver.poll());
            assertEquals(Optional.empty(), receiver.poll());
        }
    }

    @Test void aShortPressIsStillLongEnough() {
        TelephoneEventSender sender = sender(8000);
        sender.press('1', 0);
        List<Sent> packets = new ArrayList<>(play(sender, 8000, 0, 10));
        sender.release(15 * MS);
        packets.addAll(play(sender, 8000, 20 * MS, 500));
        assertEquals(960, packets.get(packets.size() - 1).ticks());
    }

    @Test void noDigitIsLostOrDoubledWhenAFifthOfThePacketsIsLostAndOthersAreDoubledAndReordered() {
        String keys = "0123456789*#ABCD";
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            int clockRate = seed % 2 == 0 ? 8000 : 48_000;
            TelephoneEventSender sender = sender(clockRate);
            StringBuilder dialled = new StringBuilder();
            for (int i = 0; i < 200; i++) {
                char digit = keys.charAt(random.nextInt(16));
                dialled.append(digit);
                sender.enqueue(digit, 0);
            }
            record Arrival(long at, Sent sent) { }
            List<Arrival> network = new ArrayList<>();
            for (Sent packet : play(sender, clockRate, 0, 60_000)) {
                if (random.nextDouble() >= 0.2) {
                    network.add(new Arrival(packet.at() + random.nextInt(45) * MS, packet));
                    if (random.nextInt(10) == 0) {
                        network.add(new Arrival(packet.at() + random.nextInt(100) * MS, packet));
                    }
                }
            }
            network.sort((a, b) -> Long.compare(a.at(), b.at()));
            TelephoneEventReceiver receiver = new TelephoneEventReceiver(clockRate);
            StringBuilder heard = new StringBuilder();
            for (Arrival arrival : network) {
                receiver.expire(arrival.at());
                give(receiver, arrival.sent(), arrival.at());
                heard.append(digits(receiver));
            }
            receiver.expire(Long.MAX_VALUE - 1);
            heard.append(digits(receiver));
            assertEquals(dialled.toString(), heard.toString(), "seed " + seed);
        }
    }

    @Test void anEventEndsWithoutEndPackets() {
        TelephoneEventReceiver receiver = new TelephoneEventReceiver(8000);
        assertEquals(TelephoneEventVerdict.STARTED, give(receiver, new Sent(0, true, 1000, 3, false, 10, 160), 0));
        assertEquals(TelephoneEventVerdict.CONTINUED, give(receiver, new Sent(0, false, 1000, 3, false, 10, 320), 20 * MS));
        assertTrue(receiver.isSounding());
        assertEquals(220 * MS, receiver.deadline());
        receiver.expire(219 * MS);
        assertTrue(receiver.isSounding());
        receiver.expire(220 * MS);
        assertFalse(receiver.isSounding());
        assertEquals(Optional.of(new ReceivedEvent(3, 10, 40)), receiver.poll());
        assertEquals(TelephoneEventVerdict.DUPLICATE, give(receiver, new Sent(0, false, 1000, 3, true, 10, 480), 230 * MS));
        assertEquals(Optional.empty(), receiver.poll());
    }

    @Test void senderThatMovesTheTimestampDuringAnEventIsUnderstood() {
        TelephoneEventReceiver receiver = new TelephoneEventReceiver(8000);
        for (int digit = 0; digit < 2; digit++) {
            int base = 1000 + digit * 2400;
            for (int i = 0; i < 8; i++) {
                give(receiver, new Sent(0, false, base + 160 * i, 7, i >= 5, 10, 160 * Math.min(i + 1, 6)), (digit * 300 + 20 * i) * MS);
            }
        }
        assertEquals("77", digits(receiver));
    }

    @Test void timestampsWrapAround() {
        TelephoneEventReceiver receiver = new TelephoneEventReceiver(8000);
        give(receiver, new Sent(0, true, -200, 1, true, 10, 960), 0);
        give(receiver, new Sent(0, true, 1400, 2, true, 10, 960), 200 * MS);
        assertEquals("12", digits(receiver));
    }

    @Test void aStreamThatStartsAnewWithALowerTimestampIsHeard() {
        TelephoneEventReceiver receiver = new TelephoneEventReceiver(8000);
        give(receiver, new Sent(0, true, 900_000, 1, true, 10, 960), 0);
        assertEquals(TelephoneEventVerdict.LATE, give(receiver, new Sent(0, true, 800_000, 2, true, 10, 960), 100 * MS));
        assertEquals(TelephoneEventVerdict.STARTED, give(receiver, new Sent(0, true, 500, 2, true, 10, 960), 4000 * MS));
        receiver.reset();
        assertEquals(TelephoneEventVerdict.STARTED, give(receiver, new Sent(0, true, 400, 3, true, 10, 960), 4001 * MS));
        assertEquals("123", digits(receiver));
    }

    @Test void bytesFromTheNetworkNeverThrow() {
        Random random = new Random(9);
        TelephoneEventReceiver receiver = new TelephoneEventReceiver(8000);
        byte[] bytes = new byte[8];
        for (int i = 0; i < 100_000; i++) {
            random.nextBytes(bytes);
            receiver.receive(bytes, 0, random.nextInt(9), random.nextInt(), i * MS);
            receiver.poll();
        }
        assertEquals(TelephoneEventVerdict.MALFORMED, receiver.receive(bytes, 0, 3, 0, 0));
        assertEquals(TelephoneEventVerdict.MALFORMED, receiver.receive(bytes, 6, 4, 0, 0));
    }

    @Test void eventsAndDigitsCorrespond() {
        String keys = "0123456789*#ABCD";
        for (int i = 0; i < 16; i++) {
            assertEquals(i, TelephoneEvent.ofDigit(keys.charAt(i)));
            assertEquals(keys.charAt(i), TelephoneEvent.digit(i));
        }
        assertEquals(12, TelephoneEvent.ofDigit('a'));
        assertEquals(16, TelephoneEvent.ofDigit('F'));
        assertEquals('!', TelephoneEvent.digit(16));
        assertEquals(-1, TelephoneEvent.ofDigit('E'));
        assertEquals(0, Arrays.asList((int) TelephoneEvent.digit(200)).get(0));
    }
}
