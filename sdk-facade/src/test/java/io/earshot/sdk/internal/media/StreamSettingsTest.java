package io.earshot.sdk.internal.media;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.earshot.api.audio.Playout;
import io.earshot.api.codec.spi.AudioCodecProvider;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.api.codec.spi.FormatParameters;
import io.earshot.api.id.IdSource;
import io.earshot.rtp.audio.AudioSender;
import io.earshot.rtp.audio.PayloadFormat;
import io.earshot.rtp.jitter.JitterConfig;
import io.earshot.rtp.session.RtpSender;
import io.earshot.sip.sdp.AudioCapabilities;
import io.earshot.sip.sdp.MediaAddress;
import io.earshot.sip.sdp.MediaNegotiation;
import java.time.Duration;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of settings and agreements reaches a stream. */
class StreamSettingsTest {
    @Test
    void allOfPlayoutIsThatOfTheJitterBuffer() {
        Playout wanted = Playout.NORMAL.withDelay(Duration.ofMillis(30), Duration.ofMillis(70)).withMostPackets(9).withSpeedUp(false)
                .withDropFirst(false);
        JitterConfig got = StreamFigures.jitter(wanted);
        assertEquals(30_000_000, got.minDelay());
        assertEquals(70_000_000, got.maxDelay());
        assertEquals(9, got.maxPackets());
        assertEquals(false, got.speedUp());
        assertEquals(false, got.dropFirst());
        JitterConfig usual = StreamFigures.jitter(Playout.NORMAL);
        assertEquals(70, usual.maxPackets());
        assertEquals(true, usual.speedUp() && usual.dropFirst());
    }

    @Tag("rfc2198")
    @ParameterizedTest
    @CsvSource({"0, 2, 0", "1, 2, 1", "2, 2, 2", "3, 2, 2"})
    void asManyCopiesAreSentAsWereAgreed(int ours, int theirs, int sent) {
        AudioCodecProvider provider = ServiceLoader.load(AudioCodecProvider.class).findFirst().orElseThrow();
        CodecDescriptor codec = provider.codecs().stream().filter(one -> one.name().equals("PCMU")).findFirst().orElseThrow();
        MediaNegotiation.Offered offered = start(codec, provider, ours, 1).offer();
        MediaNegotiation.Accepted accepted = (MediaNegotiation.Accepted) start(codec, provider, theirs, 2).answer(offered.offer());
        MediaNegotiation.Agreed agreed = (MediaNegotiation.Agreed) offered.next().complete(accepted.answer());
        AudioSender sender = new AudioSender(new RtpSender(IdSource.seeded(3)),
                new PayloadFormat(0, codec, provider.open(codec, FormatParameters.NONE, FormatParameters.NONE)), 20);
        int plain = sender.maxPacket();
        SendExtras.apply(agreed.audio(), sender);
        assertEquals(plain + (sent == 0 ? 0 : 1 + sent * (4 + 160)), sender.maxPacket());
    }

    private static MediaNegotiation start(CodecDescriptor codec, AudioCodecProvider provider, int copies, long seed) {
        return MediaNegotiation.start(AudioCapabilities.builder(new MediaAddress("127.0.0.1", 4000)).redundancy(copies)
                .codec(codec, provider).build(), IdSource.seeded(seed));
    }
}
