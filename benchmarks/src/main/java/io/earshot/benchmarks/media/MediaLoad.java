package io.earshot.benchmarks.media;

import io.earshot.api.audio.AudioPort;
import io.earshot.api.audio.AudioSetup;
import io.earshot.api.audio.Conference;
import io.earshot.api.audio.MediaFeed;
import io.earshot.api.audio.MediaFeed.Form;
import io.earshot.api.audio.MediaFeed.Header;
import io.earshot.api.audio.MediaFeed.Side;
import io.earshot.api.audio.RecordingConfig;
import io.earshot.api.audio.RtpSettings;
import io.earshot.api.audio.Tone;
import io.earshot.api.codec.spi.AudioCodecProvider;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import io.earshot.files.IfExists;
import io.earshot.files.WavWriter;
import io.earshot.rtp.secure.KeyExchange;
import io.earshot.rtp.secure.KeyExchangeProvider;
import io.earshot.rtp.secure.KeyPolicy;
import io.earshot.rtp.secure.KeyVerdict.Secured;
import io.earshot.sdk.internal.loop.EventLoop;
import io.earshot.sdk.internal.media.CallMedia;
import io.earshot.sdk.internal.media.MediaEngine;
import io.earshot.sdk.internal.media.MediaRoom;
import io.earshot.sdk.internal.media.NullAudioBackend;
import io.earshot.sdk.internal.media.PortAllocator;
import io.earshot.sdk.internal.media.RecordingFormats;
import io.earshot.sdk.internal.media.path.MediaPath;
import io.earshot.sdk.internal.media.path.Protection;
import io.earshot.sdk.internal.net.UdpMediaTransport;
import io.earshot.sip.sdp.AudioCapabilities;
import io.earshot.sip.sdp.MediaAddress;
import io.earshot.sip.sdp.MediaNegotiation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** A phone's whole media side without its signalling: one loop, real UDP sockets on the loopback interface, calls in pairs. */
final class MediaLoad implements AutoCloseable {
    /** How calls sound. */
    enum Kind { CALLS, RECORDED, ENCRYPTED, OPUS, FED, FILE, CONFERENCE, OPUS_CONFERENCE }

    private static final InetAddress HOST = InetAddress.getLoopbackAddress();
    /** Where nobody listens. */
    private static final InetSocketAddress LISTENER = new InetSocketAddress(HOST, 9);
    private static final int FIRST_PORT = 20_000;
    private static final int FAR_PORT = 40_000;
    private static final int PORTS = 19_999;
    private static final CallMedia.Agreed IN_CLEAR = new CallMedia.Agreed(new Protection.None(), List.of());
    private static final List<String> WITH_OPUS = List.of("PCMU", "G722", "opus");
    private static final List<String> THREE_RATES = List.of("PCMU", "G722", "speex");

    private final Ticker ticker = Ticker.system();
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final MediaEngine engine = new MediaEngine();
    private final Punctuality punctuality = new Punctuality(engine, ticker);
    private final EventLoop loop = new EventLoop("media-load", ticker, workers, punctuality);
    private final RecordingFormats formats = new RecordingFormats(providers(), List.of());
    private final MediaRoom room = room(loop, engine, FIRST_PORT);
    /** Where the parties of a conference sit: their ends are no part of what is measured. */
    private final MediaEngine farEngine = new MediaEngine();
    private final EventLoop farLoop = new EventLoop("media-parties", ticker, workers, farEngine);
    private final MediaRoom farRoom = room(farLoop, farEngine, FAR_PORT);
    private final List<CallMedia> calls = new ArrayList<>();
    private final Path folder;

    MediaLoad() throws IOException {
        folder = Files.createTempDirectory("media-load");
        loop.start();
        farLoop.start();
    }

    private MediaRoom room(EventLoop on, MediaEngine with, int firstPort) {
        return new MediaRoom(on, with, workers, new PortAllocator(new UdpMediaTransport(), HOST, firstPort, firstPort + PORTS),
            NullAudioBackend::new, AudioSetup.DEFAULT, formats);
    }

    private static List<AudioCodecProvider> providers() {
        return ServiceLoader.load(AudioCodecProvider.class).stream().map(ServiceLoader.Provider::get).toList();
    }

    Punctuality punctuality() {
        return punctuality;
    }

    /** Sets up so many two-way calls, each of which sends a tone to another of them and gets that one's; or a conference of so many. */
    void start(Kind kind, int count) {
        if (kind == Kind.CONFERENCE || kind == Kind.OPUS_CONFERENCE) {
            confer(count, kind == Kind.CONFERENCE ? THREE_RATES : WITH_OPUS);
            return;
        }
        for (int i = 0; i < count; i += 2) {
            CallMedia here = call(room, i);
            CallMedia there = call(room, i + 1);
            connect(here, there, kind == Kind.OPUS ? "opus" : "PCMU", kind == Kind.ENCRYPTED);
            sound(kind, here, i);
            sound(kind, there, i + 1);
        }
    }

    private void sound(Kind kind, CallMedia call, int number) {
        if (kind == Kind.FILE) {
            call.audio().play(music(), true);
        } else {
            room.connect(room.tone(Tone.of(300 + 10 * (number % 100))), call.audio().port());
        }
        if (kind == Kind.RECORDED) {
            call.audio().record(folder.resolve(number + ".wav"), RecordingConfig.DEFAULT);
        } else if (kind == Kind.FED) {
            call.audio().feed(new MediaFeed(Form.RTP, Header.NONE, 0, "", false), Side.INCOMING, LISTENER);
            call.audio().feed(new MediaFeed(Form.PCM_16000, Header.NONE, 0, "", false), Side.OUTGOING, LISTENER);
        }
    }

    /** Ten seconds of a chord, written once. */
    private Path music() {
        Path file = folder.resolve("music.wav");
        if (!Files.exists(file)) {
            short[] chord = new short[80_000];
            for (int i = 0; i < chord.length; i++) {
                chord[i] = (short) (4000 * Math.sin(i * 0.3) + 4000 * Math.sin(i * 0.4));
            }
            try (WavWriter wav = WavWriter.create(file, 8000, 1, IfExists.FAIL)) {
                wav.write(chord, 0, chord.length);
            } catch (IOException full) {
                throw new UncheckedIOException(full);
            }
        }
        return file;
    }

    private void confer(int count, List<String> codecs) {
        Conference conference = room.conference("load");
        for (int i = 0; i < count; i++) {
            CallMedia here = call(room, i);
            CallMedia there = call(farRoom, i);
            connect(here, there, codecs.get(i % codecs.size()), false);
            conference.add(here.audio().port());
            farRoom.connect(farRoom.tone(new Tone(ConferenceEar.hz(i), 0, ConferenceEar.LEVEL)), there.audio().port());
        }
    }

    private CallMedia call(MediaRoom where, int number) {
        CallMedia media = new CallMedia(where, "call " + number, RtpSettings.DEFAULT);
        media.onEncryption(new MediaPath.Listener() {
            @Override
            public void changed(Optional<String> suite) {
                // both ends know
            }

            @Override
            public void failed(String reason) {
                throw new IllegalStateException(reason);
            }
        });
        media.open().join();
        calls.add(media);
        return media;
    }

    private void connect(CallMedia here, CallMedia there, String codec, boolean encrypted) {
        MediaNegotiation.Offered offered = negotiation(here, codec, 1).offer();
        MediaNegotiation.Accepted accepted = (MediaNegotiation.Accepted) negotiation(there, codec, 2).answer(offered.offer());
        MediaNegotiation.Agreed agreed = (MediaNegotiation.Agreed) offered.next().complete(accepted.answer());
        if (!encrypted) {
            there.apply(accepted.audio(), false, IN_CLEAR);
            here.apply(agreed.audio(), false, IN_CLEAR);
            return;
        }
        KeyExchangeProvider keys = ServiceLoader.load(KeyExchangeProvider.class).findFirst().orElseThrow();
        KeyPolicy policy = new KeyPolicy(KeyPolicy.Demand.REQUIRED, List.of(), true);
        KeyExchange offerer = keys.sdes(policy, IdSource.secure());
        Secured answered = (Secured) keys.sdes(policy, IdSource.secure()).answer("RTP/SAVP", offerer.offer(true), true);
        Secured back = (Secured) offerer.accept("RTP/SAVP", List.of(answered.answer().orElseThrow()));
        there.apply(accepted.audio(), false, new CallMedia.Agreed(new Protection.Keys(answered.change()), List.of()));
        here.apply(agreed.audio(), false, new CallMedia.Agreed(new Protection.Keys(back.change()), List.of()));
    }

    /** Returns how many calls there are on the loop that is measured. */
    int onLoop() {
        return (int) calls.stream().filter(each -> each.rtpPort() < FAR_PORT).count();
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

    /** Listens to what the far ends of a conference hear, for some seconds. */
    ConferenceEar listen() throws InterruptedException {
        List<AudioPort> far = new ArrayList<>();
        for (int i = 1; i < calls.size(); i += 2) {
            far.add(calls.get(i).audio().port());
        }
        return ConferenceEar.at(farRoom, far);
    }

    long skippedFrames() {
        return engine.skippedFrames();
    }

    @Override
    public void close() throws IOException {
        calls.forEach(each -> each.close().join());
        room.close();
        farRoom.close();
        loop.close();
        farLoop.close();
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
