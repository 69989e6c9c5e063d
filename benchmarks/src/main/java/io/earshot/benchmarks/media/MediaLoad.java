package io.earshot.benchmarks.media;

import io.earshot.api.audio.AudioPort;
import io.earshot.api.audio.AudioSetup;
import io.earshot.api.audio.Conference;
import io.earshot.api.audio.RecordingConfig;
import io.earshot.api.audio.RtpSettings;
import io.earshot.api.audio.Tone;
import io.earshot.api.codec.spi.AudioCodecProvider;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import io.earshot.sdk.internal.loop.EventLoop;
import io.earshot.sdk.internal.media.CallMedia;
import io.earshot.sdk.internal.media.MediaEngine;
import io.earshot.sdk.internal.media.MediaRoom;
import io.earshot.sdk.internal.media.NullAudioBackend;
import io.earshot.sdk.internal.media.PortAllocator;
import io.earshot.sdk.internal.media.RecordingFormats;
import io.earshot.sdk.internal.media.path.Protection;
import io.earshot.sdk.internal.net.UdpMediaTransport;
import io.earshot.sip.sdp.AudioCapabilities;
import io.earshot.sip.sdp.MediaAddress;
import io.earshot.sip.sdp.MediaNegotiation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** A phone's whole media side without its signalling: one loop, real UDP sockets on the loopback interface, calls in pairs. */
final class MediaLoad implements AutoCloseable {
    /** How calls sound. */
    enum Kind { CALLS, RECORDED, CONFERENCE }

    private static final InetAddress HOST = InetAddress.getLoopbackAddress();
    private static final int FIRST_PORT = 20_000;
    private static final int LAST_PORT = 59_999;
    private static final CallMedia.Agreed IN_CLEAR = new CallMedia.Agreed(new Protection.None(), List.of());
    private static final List<String> THREE_RATES = List.of("PCMU", "G722", "opus");

    private final Ticker ticker = Ticker.system();
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final MediaEngine engine = new MediaEngine();
    private final Punctuality punctuality = new Punctuality(engine, ticker);
    private final EventLoop loop = new EventLoop("media-load", ticker, workers, punctuality);
    private final RecordingFormats formats = new RecordingFormats(providers(), List.of());
    private final MediaRoom room = new MediaRoom(loop, engine, workers, new PortAllocator(new UdpMediaTransport(), HOST, FIRST_PORT,
        LAST_PORT), NullAudioBackend::new, AudioSetup.DEFAULT, formats);
    private final List<CallMedia> calls = new ArrayList<>();
    private final Path folder;

    MediaLoad() throws IOException {
        folder = Files.createTempDirectory("media-load");
        loop.start();
    }

    private static List<AudioCodecProvider> providers() {
        return ServiceLoader.load(AudioCodecProvider.class).stream().map(ServiceLoader.Provider::get).toList();
    }

    Punctuality punctuality() {
        return punctuality;
    }

    /** Sets up so many two-way calls, each of which sends a tone to another of them and gets that one's. */
    void start(Kind kind, int count) {
        Conference conference = kind == Kind.CONFERENCE ? room.conference("load") : null;
        for (int i = 0; i < count; i += 2) {
            String codec = kind == Kind.CONFERENCE ? THREE_RATES.get(i / 2 % THREE_RATES.size()) : "PCMU";
            CallMedia here = call(i);
            CallMedia there = call(i + 1);
            connect(here, there, codec);
            for (CallMedia each : List.of(here, there)) {
                AudioPort voice = room.tone(Tone.of(300 + 10 * (calls.indexOf(each) % 100)));
                if (kind == Kind.CONFERENCE && each == here) {
                    conference.add(each.audio().port());
                } else {
                    room.connect(voice, each.audio().port());
                }
                if (kind == Kind.RECORDED) {
                    each.audio().record(folder.resolve(calls.indexOf(each) + ".wav"), RecordingConfig.DEFAULT);
                }
            }
        }
    }

    private CallMedia call(int number) {
        CallMedia media = new CallMedia(room, "call " + number, RtpSettings.DEFAULT);
        media.open().join();
        calls.add(media);
        return media;
    }

    private void connect(CallMedia here, CallMedia there, String codec) {
        MediaNegotiation.Offered offered = negotiation(here, codec, 1).offer();
        MediaNegotiation.Accepted accepted = (MediaNegotiation.Accepted) negotiation(there, codec, 2).answer(offered.offer());
        MediaNegotiation.Agreed agreed = (MediaNegotiation.Agreed) offered.next().complete(accepted.answer());
        there.apply(accepted.audio(), false, IN_CLEAR);
        here.apply(agreed.audio(), false, IN_CLEAR);
    }

    private static MediaNegotiation negotiation(CallMedia media, String name, long seed) {
        AudioCapabilities.Builder capabilities = AudioCapabilities.builder(new MediaAddress(HOST.getHostAddress(), media.rtpPort()))
            .rtcpPort(media.rtcpPort());
        for (AudioCodecProvider provider : providers()) {
            provider.codecs().stream().filter(each -> each.name().equalsIgnoreCase(name)).max(Comparator.comparingInt(
                CodecDescriptor::sampleRate)).ifPresent(each -> capabilities.codec(each, provider));
        }
        return MediaNegotiation.start(capabilities.build(), IdSource.seeded(seed));
    }

    /** Returns the percentage of packets that did not come, over all calls. */
    double lost() {
        return calls.stream().mapToDouble(each -> each.quality().lossPercent()).average().orElse(0);
    }

    long skippedFrames() {
        return engine.skippedFrames();
    }

    @Override
    public void close() throws IOException {
        calls.forEach(each -> each.close().join());
        room.close();
        loop.close();
        workers.shutdown();
        try (Stream<Path> left = Files.walk(folder)) {
            left.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException kept) {
                    throw new UncheckedIOException(kept);
                }
            });
        }
    }
}
