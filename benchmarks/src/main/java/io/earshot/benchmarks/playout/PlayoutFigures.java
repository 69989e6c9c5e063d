package io.earshot.benchmarks.playout;

import io.earshot.api.codec.spi.AudioCodec;
import io.earshot.api.time.Ticker;
import io.earshot.rtp.packet.RtpPacket;
import io.earshot.rtp.packet.RtpWriter;
import io.earshot.testkit.audio.SpeechScore;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * How speech sounds, and how much later it is heard, behind simulated networks: the receive path of calls beside the one it replaced and
 * a fixed buffer of 60 ms, on the same packets; where the fixed buffer's delay is lower than the network wants, also the receive path of
 * calls with a bound on its delay ({@code JitterConfig.withDelays}) that makes it as low. Scores and delays are of what follows the first
 * 5 s.
 */
public final class PlayoutFigures {
    private static final int SECONDS = 60;
    private static final int VOICES = 4;
    private static final int SETTLE = 5 * 8000;
    /** By the jitter, where the fixed buffer's delay is the lowest: a bound that makes ours as low. */
    private static final Map<Integer, Integer> BOUNDS = Map.of(100, 75, 200, 95);

    private final short[][] voices = new short[VOICES][];

    private PlayoutFigures() {
        for (int i = 0; i < VOICES; i++) {
            voices[i] = Speech.voice(i, SECONDS);
        }
    }

    private record Result(double score, double snr, double meanDelay, double lateDelay, double changed, double concealed) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.3f | %5.1f | %4.0f | %4.0f | %4.1f | %4.1f", score, snr, meanDelay, lateDelay, changed,
                concealed);
        }
    }

    /** Prints the table; names of rows as arguments print only those that contain one of them. */
    public static void main(String[] wanted) {
        System.out.println("speech: " + Speech.source() + ", " + VOICES + " voices of " + SECONDS + " s; per path: intelligibility | "
            + "segmental SNR dB | mean delay ms | 95 % delay ms | stretched % | concealed %");
        PlayoutFigures figures = new PlayoutFigures();
        for (double loss : new double[] {0, 2, 5, 10, 20}) {
            figures.row("random loss " + (int) loss + " %", new Network(loss / 100, 1, 10, 0), 0, wanted);
        }
        for (double loss : new double[] {2, 5, 10, 20}) {
            figures.row("burst loss " + (int) loss + " %", new Network(loss / 100, 3, 10, 0), 0, wanted);
        }
        for (int jitter : new int[] {10, 30, 60, 100, 200}) {
            figures.row("jitter " + jitter + " ms, loss 2 %", new Network(0.02, 1, jitter, 0), BOUNDS.getOrDefault(jitter, 0), wanted);
        }
        for (int drift : new int[] {200, -200}) {
            figures.row("drift " + drift + " ppm, loss 2 %, jitter 30 ms", new Network(0.02, 1, 30, drift), 0, wanted);
        }
    }

    /**
     * Prints a row.
     *
     * @param bound of the delay that ours aims at in a further column, in milliseconds; 0 for none
     */
    private void row(String name, Network network, int bound, String[] wanted) {
        boolean asked = wanted.length == 0;
        for (String part : wanted) {
            asked |= name.contains(part);
        }
        if (asked) {
            System.out.println(name + " || " + run(network, Player::adaptive) + " || " + run(network, Player::plain) + " || "
                + run(network, Player::fixed) + (bound == 0 ? "" : " || " + run(network, () -> Player.bounded(bound))));
        }
    }

    private Result run(Network network, Supplier<Player> players) {
        double score = 0;
        double snr = 0;
        double mean = 0;
        double late = 0;
        double[] changes = new double[3];
        for (int voice = 0; voice < VOICES; voice++) {
            Player player = players.get();
            short[] heard = play(network, player, voices[voice], 3.7 + 4.1 * voice, 100 + voice);
            short[] said = voices[voice];
            Alignment alignment = new Alignment(said, heard);
            short[] straight = alignment.straightened();
            short[] saidLater = Arrays.copyOfRange(said, SETTLE, said.length - 8000);
            short[] straightLater = Arrays.copyOfRange(straight, SETTLE, said.length - 8000);
            score += SpeechScore.intelligibility(saidLater, straightLater) / VOICES;
            snr += SpeechScore.segmentalSnr(saidLater, straightLater) / VOICES;
            int[] lags = alignment.sortedLags(SETTLE);
            double sum = 0;
            for (int lag : lags) {
                sum += lag / 8.0;
            }
            // Beyond what nobody can take away: the packet has to be full, and the fastest way through the network.
            double floor = 20 + Network.FIXED + 3.7 + 4.1 * voice;
            mean += (sum / lags.length - floor) / VOICES;
            late += (lags[lags.length * 95 / 100] / 8.0 - floor) / VOICES;
            double[] done = player.changes();
            for (int i = 0; i < 3; i++) {
                changes[i] += done[i] / (SECONDS * 10.0 * VOICES);
            }
        }
        return new Result(score, snr, mean, late, changes[1] + changes[2], changes[0]);
    }

    private static short[] play(Network network, Player player, short[] speech, double phase, long seed) {
        AudioCodec codec = Player.codec();
        int packets = speech.length / 160;
        List<Network.Arrival> arrivals = network.carry(packets, phase, seed);
        short[] heard = new short[speech.length + 8000];
        int at = 0;
        int next = 0;
        for (; at + 160 <= heard.length; at += 160) {
            double now = at / 8.0;
            while (next < arrivals.size() && arrivals.get(next).at() <= now) {
                Network.Arrival arrival = arrivals.get(next++);
                byte[] bytes = new byte[RtpPacket.HEADER_BYTES + 160];
                RtpWriter.header(bytes, 0, 0, false, arrival.index(), 160 * arrival.index(), 7);
                codec.encode(speech, 160 * arrival.index(), 160, bytes, RtpPacket.HEADER_BYTES);
                RtpPacket packet = new RtpPacket();
                packet.wrap(bytes, 0, bytes.length);
                player.packet(packet, arrival.index(), (long) (arrival.at() * Ticker.MILLISECOND));
            }
            player.read((long) (now * Ticker.MILLISECOND), heard, at);
        }
        return heard;
    }
}
