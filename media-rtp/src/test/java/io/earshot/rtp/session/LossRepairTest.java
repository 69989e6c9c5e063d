package io.earshot.rtp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.time.Ticker;
import io.earshot.rtp.packet.RtpLimits;
import io.earshot.rtp.rtcp.GenericNack;
import io.earshot.rtp.rtcp.RtcpCompound;
import io.earshot.rtp.rtcp.RtcpType;
import io.earshot.rtp.rtcp.RtcpVerdict;
import io.earshot.rtp.rtcp.RtcpWriter;
import io.earshot.rtp.testing.Packets;
import io.earshot.rtp.testing.RepairedCall;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lost packets are asked for while they can still be played, and repeated within bounds. */
@Tag("rfc4585")
class LossRepairTest {
    private static final FeedbackRules NACK = new FeedbackRules(true, true, 2_500 * Ticker.MILLISECOND);
    private static final int HALF_A_MINUTE = 30_000;

    private static RtcpCompound compound(byte[] bytes) {
        RtcpCompound compound = new RtcpCompound(RtpLimits.DEFAULT, true);
        assertEquals(RtcpVerdict.OK, compound.wrap(bytes, 0, bytes.length));
        return compound;
    }

    private static List<Integer> missing(byte[] bytes) {
        List<Integer> out = new ArrayList<>();
        GenericNack nack = new GenericNack();
        for (RtcpCompound compound = compound(bytes); compound.next(); ) {
            if (nack.wrap(compound)) {
                for (int number = nack.next(); number >= 0; number = nack.next()) {
                    out.add(number);
                }
            }
        }
        return out;
    }

    @ParameterizedTest
    @CsvSource({"0.02, 10, 0.4", "0.05, 10, 0.35", "0.05, 35, 0.35", "0.1, 20, 0.5"})
    void mostLossesOfAShortWayAreRepaired(double loss, int oneWay, double left) {
        RepairedCall call = new RepairedCall(3, oneWay).agree(NACK).network(loss, 2).run(HALF_A_MINUTE);
        RepairedCall plain = new RepairedCall(3, oneWay).network(loss, 2).run(HALF_A_MINUTE);
        RepairFigures repairs = call.left.session.repairs();
        double concealed = call.left.receiver.statistics().concealed();
        double before = plain.left.receiver.statistics().concealed();
        assertTrue(concealed < left * before, concealed + " ms concealed, " + before + " ms without: " + repairs);
        assertTrue(repairs.repaired() > 0.7 * (before - concealed) / 20, repairs.toString());
        assertTrue(repairs.repeated() <= repairs.wanted() && repairs.repeated() > 0.9 * repairs.wanted(), repairs.toString());
        assertEquals(0, plain.left.session.repairs().requested());
    }

    @Test void aWayThatIsTooLongIsNotWorthAsking() {
        RepairedCall call = new RepairedCall(4, 150).agree(NACK).network(0.05, 0).run(HALF_A_MINUTE);
        // Until the first report tells the round trip nobody can know.
        assertTrue(call.left.session.repairs().requested() < 20, call.left.session.repairs().toString());
        assertTrue(call.left.receiver.targetDelay() < 100 * Ticker.MILLISECOND);
    }

    @Test void playoutWaitsForRepairsOnlyWhilePacketsAreLost() {
        RepairedCall call = new RepairedCall(5, 30).agree(NACK).network(0, 0).run(10_000);
        long calm = call.left.receiver.targetDelay();
        call.network(0.05, 0).run(10_000);
        long lossy = call.left.receiver.targetDelay();
        assertTrue(lossy >= 85 * Ticker.MILLISECOND && lossy <= 150 * Ticker.MILLISECOND, lossy / 1_000_000 + " ms");
        call.network(0, 0).run(15_000);
        assertTrue(call.left.receiver.targetDelay() <= Math.max(calm, 60 * Ticker.MILLISECOND), "it shrinks again");
    }

    @Test void packetsThatOvertakeEachOtherAreSeldomAskedFor() {
        RepairedCall call = new RepairedCall(6, 20).agree(NACK).network(0, 30).run(HALF_A_MINUTE);
        RepairFigures repairs = call.left.session.repairs();
        assertTrue(repairs.requested() < 40, repairs + " of 1500 packets, of which each seventh overtakes one");
        assertEquals(0, call.left.session.statistics(call.left.receiver.statistics()).lost());
    }

    @Test
    @Tag("rfc5506")
    void feedbackAloneIsAsShortAsThePeerTakes() {
        RepairedCall reduced = new RepairedCall(7, 20).agree(NACK).network(0.05, 0).run(20_000);
        List<RepairedCall.Sent> alone = reduced.reports.stream().filter(sent -> compound(sent.bytes()).next()
            && first(sent.bytes()) == RtcpType.TRANSPORT_FEEDBACK).toList();
        assertTrue(alone.size() > 20, alone.size() + " packets of feedback alone");
        assertTrue(alone.stream().allMatch(sent -> sent.bytes().length <= 24 && !missing(sent.bytes()).isEmpty()));
        RepairedCall whole = new RepairedCall(7, 20).agree(new FeedbackRules(true, false, NACK.reports())).network(0.05, 0).run(20_000);
        RtcpCompound strict = new RtcpCompound(RtpLimits.DEFAULT, false);
        int asking = 0;
        for (RepairedCall.Sent sent : whole.reports) {
            assertEquals(RtcpVerdict.OK, strict.wrap(sent.bytes(), 0, sent.bytes().length), "begins with a report");
            strict.next();
            strict.next();
            assertEquals(RtcpType.SOURCE_DESCRIPTION, strict.type());
            asking += missing(sent.bytes()).isEmpty() ? 0 : 1;
        }
        assertTrue(asking > 15, asking + " reports with feedback");
    }

    private static RtcpType first(byte[] bytes) {
        RtcpCompound compound = compound(bytes);
        compound.next();
        return compound.type();
    }

    @Test void reportsStayRareAndRtcpWithinItsBandwidth() {
        RepairedCall call = new RepairedCall(8, 20).agree(NACK).network(0.2, 0).run(HALF_A_MINUTE);
        long full = call.reports.stream().filter(sent -> first(sent.bytes()) == RtcpType.SENDER_REPORT).count();
        assertTrue(full >= 8 && full <= 22, full + " reports in half a minute, 2.5 s apart on average");
        long bytes = call.reports.stream().mapToLong(sent -> sent.bytes().length + 28).sum();
        assertTrue(bytes < 30 * 800, bytes + " bytes in half a minute: of 5 % of 240 kbit/s half are ours");
    }

    @Test void aBurstIsAskedForInOnePacketAndNoMoreThanThreeTimes() {
        RepairedCall call = new RepairedCall(9, 20).agree(NACK).network(0.05, 0).run(8_000).network(0, 0).run(500);
        call.reports.clear();
        call.network(1, 0).run(60);
        call.network(0, 0).run(80);
        List<Integer> asked = new ArrayList<>();
        call.reports.stream().map(sent -> missing(sent.bytes())).filter(list -> !list.isEmpty()).findFirst().ifPresent(asked::addAll);
        assertTrue(asked.size() >= 1 && asked.size() <= 3, asked.toString());
        for (int i = 1; i < asked.size(); i++) {
            assertEquals(asked.get(i - 1) + 1 & 0xFFFF, asked.get(i));
        }
        LossRequests deaf = new LossRequests();
        deaf.arrived(1, Arrival.RESTARTED, 0, 0);
        deaf.arrived(3, Arrival.IN_ORDER, 1, 0);
        byte[] out = new byte[100];
        int times = 0;
        for (long now = 0; now < Ticker.SECOND; now += Ticker.MILLISECOND) {
            if (now >= deaf.due() && deaf.isWaiting((number, at) -> Ticker.SECOND, now)) {
                RtcpWriter writer = new RtcpWriter().begin(out, 0);
                deaf.write(writer, 1, 2, now);
                assertEquals(List.of(2), missing(java.util.Arrays.copyOf(out, writer.length())));
                times++;
            }
        }
        assertEquals(3, times);
        assertEquals(Ticker.NEVER, deaf.due());
    }

    @Test void numbersWrapAround() {
        LossRequests requests = new LossRequests();
        requests.arrived(0xFFFD, Arrival.RESTARTED, 0, 0);
        requests.arrived(20, Arrival.IN_ORDER, 0xFFFD, 0);
        byte[] out = new byte[100];
        RtcpWriter writer = new RtcpWriter().begin(out, 0);
        assertTrue(requests.isWaiting((number, at) -> Ticker.SECOND, 0));
        requests.write(writer, 1, 2, 0);
        List<Integer> expected = new ArrayList<>(List.of(0xFFFE, 0xFFFF));
        for (int i = 0; i < 20; i++) {
            expected.add(i);
        }
        assertEquals(expected, missing(java.util.Arrays.copyOf(out, writer.length())));
        assertEquals(20, writer.length(), "17 numbers in each entry of 4 bytes");
    }

    @Test void whatIsTooLateIsNotAskedFor() {
        LossRequests requests = new LossRequests();
        requests.arrived(1, Arrival.RESTARTED, 0, 0);
        requests.arrived(4, Arrival.IN_ORDER, 1, 0);
        assertFalse(requests.isWaiting((number, at) -> -1, 0));
        assertEquals(Ticker.NEVER, requests.due());
    }

    @Test void nobodyMakesUsSendMoreThanHalfAsMuchAgain() {
        SentPackets sent = new SentPackets();
        int repeats = 0;
        for (int i = 0; i < 1000; i++) {
            long now = i * 20 * Ticker.MILLISECOND;
            byte[] packet = Packets.rtp(0, i, 160 * i, 7, new byte[160]);
            sent.keep(packet, 0, packet.length, now);
            for (int behind = 0; behind < 50 && behind <= i; behind++) {
                repeats += sent.find(7, i - behind, now) ? 1 : 0;
            }
        }
        assertTrue(repeats <= 504 && repeats > 450, repeats + " repeats of 1000 packets");
    }

    @Test void aPacketIsRepeatedAsItWasAndOnlyWhileItIsYoung() {
        SentPackets sent = new SentPackets();
        BooleanSupplier again = () -> sent.find(7, 5, 100 * Ticker.MILLISECOND);
        for (int i = 0; i < 10; i++) {
            byte[] packet = Packets.rtp(0, i, 160 * i, 7, (byte) i);
            sent.keep(packet, 0, packet.length, 0);
        }
        assertTrue(again.getAsBoolean());
        byte[] found = new byte[sent.found().remaining()];
        sent.found().get(found);
        assertEquals(5, found[12]);
        assertEquals(13, found.length);
        assertFalse(again.getAsBoolean(), "not twice at once");
        assertFalse(sent.find(8, 6, 0), "another source's");
        assertFalse(sent.find(7, 70, 0), "another packet in the same place");
        assertFalse(sent.find(7, 6, 2 * Ticker.SECOND), "too old");
    }

    @Test void whatWasNotNegotiatedIsNeitherAskedForNorRepeated() {
        RepairedCall call = new RepairedCall(10, 20).network(0.05, 0);
        call.right.agree(NACK);
        call.run(20_000);
        assertTrue(call.right.session.repairs().requested() > 0);
        assertEquals(0, call.left.session.repairs().requested() + call.left.session.repairs().wanted());
        assertTrue(call.reports.stream().allMatch(sent -> missing(sent.bytes()).isEmpty()));
    }
}
