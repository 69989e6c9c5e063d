package io.earshot.codec.opus.ffm;

import static io.earshot.codec.opus.ffm.LibOpus.AUTO;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;

/** Makes Opus packets of 10 to 120 ms with libopus. */
final class NativeEncoder {
    /** More does not fit a datagram on an ordinary path; it is also the most for a single frame. */
    static final int MAX_PAYLOAD = 1275;
    private static final int RATE = 48_000;
    private static final int PER_MILLI = RATE / 1000;
    private static final int COMPLEXITY = 9;
    /** What is expected to get lost, in percent, as long as nobody has reported; FEC is off at 0. */
    private static final int UNREPORTED_LOSS = 5;
    /** The encoder asks to keep packets of this length to itself (RFC 6716 §2.1.9): they say silence. */
    private static final int SILENT_BYTES = 2;
    private static final int FIRST_HYBRID = 12;
    private static final int FIRST_CELT = 16;
    private static final int SILK_ONLY = 1000;

    private final LibOpus library;
    private final EncoderSettings settings;
    private final ShortBuffer pcm;
    private final long pcmAddress;
    private final ByteBuffer packet = ByteBuffer.allocateDirect(MAX_PAYLOAD);
    private final long packetAddress = Foreign.address(packet);
    private final byte[] frames = new byte[MAX_PAYLOAD];
    private final int[] lengths = new int[12];
    private long state;

    NativeEncoder(LibOpus library, EncoderSettings settings) {
        this.library = library;
        this.settings = settings;
        ByteBuffer samples = ByteBuffer.allocateDirect(120 * PER_MILLI * settings.inputChannels() * Short.BYTES)
            .order(ByteOrder.nativeOrder());
        pcm = samples.asShortBuffer();
        pcmAddress = Foreign.address(samples);
        state = library.encoderCreate(RATE, settings.inputChannels());
        set(LibOpus.SET_COMPLEXITY, COMPLEXITY);
        set(LibOpus.SET_BITRATE, settings.bitrate());
        set(LibOpus.SET_VBR, settings.constantBitrate() ? 0 : 1);
        set(LibOpus.SET_INBAND_FEC, settings.fec() ? 1 : 0);
        set(LibOpus.SET_PACKET_LOSS_PERC, settings.fec() ? UNREPORTED_LOSS : 0);
        set(LibOpus.SET_DTX, settings.dtx() ? 1 : 0);
        set(LibOpus.SET_MAX_BANDWIDTH, settings.bandwidth());
        release();
    }

    private void set(int request, int value) {
        library.encoderControl(state, request, value);
    }

    void onNetwork(int targetBitsPerSecond, float lossFraction) {
        if (targetBitsPerSecond > 0) {
            set(LibOpus.SET_BITRATE, EncoderSettings.clamp(targetBitsPerSecond, EncoderSettings.MIN_BITRATE, settings.maxBitrate()));
        }
        set(LibOpus.SET_PACKET_LOSS_PERC, EncoderSettings.clamp(Math.round(lossFraction * 100), 0, 100));
    }

    /** Returns the bytes written, 0 for silence that need not be sent. */
    int encode(short[] source, int offset, int samples, byte[] out, int outOffset) {
        int perChannel = samples / settings.inputChannels();
        int millis = perChannel / PER_MILLI;
        if (millis < 10 || millis > 120 || millis % 10 != 0 || samples != millis * PER_MILLI * settings.inputChannels()) {
            throw new IllegalArgumentException("not a whole number of frames of 10 ms up to 120 ms: " + samples + " samples");
        }
        pcm.put(0, source, offset, samples);
        if (millis != 10 && millis != 20 && millis != 40 && millis != 60) {
            int frameMillis = millis % 20 == 0 ? 20 : 10;
            return several(frameMillis * PER_MILLI, millis / frameMillis, out, outOffset);
        }
        int length = frame(0, perChannel, MAX_PAYLOAD);
        if (isSilence(length)) {
            return 0;
        }
        packet.get(0, out, outOffset, length);
        return length;
    }

    private int frame(int at, int perChannel, int room) {
        long from = pcmAddress + (long) at * settings.inputChannels() * Short.BYTES;
        int length = library.encode(state, from, perChannel, packetAddress, room);
        if (length < 1) {
            throw new IllegalStateException("libopus cannot encode: error " + length);
        }
        return length;
    }

    private boolean isSilence(int length) {
        return settings.dtx() && length <= SILENT_BYTES;
    }

    /** Packet times that no single frame has: frames of one configuration share a packet of code 3 (RFC 6716 §3.2.5). */
    private int several(int frameSamples, int count, byte[] out, int outOffset) {
        int room = (MAX_PAYLOAD - 2) / count - 2;
        int toc = 0;
        int sum = 0;
        boolean silent = true;
        for (int i = 0; i < count; i++) {
            int length = frame(i * frameSamples, frameSamples, room);
            int frameToc = packet.get(0) & 0xFC;
            if (i == 0) {
                toc = frameToc;
                hold(toc);
            }
            silent &= isSilence(length);
            lengths[i] = frameToc == toc ? length - 1 : 0; // an empty frame is concealed (RFC 6716 §3.2.1)
            packet.get(1, frames, sum, lengths[i]);
            sum += lengths[i];
        }
        release();
        return silent ? 0 : pack(toc, count, sum, out, outOffset);
    }

    /** Keeps the configuration of the frame just encoded. */
    private void hold(int toc) {
        int configuration = toc >> 3;
        int mode = configuration < FIRST_HYBRID ? 0 : configuration < FIRST_CELT ? 1 : 2;
        int band = mode == 0 ? configuration / 4 : mode == 1 ? 3 + (configuration - FIRST_HYBRID) / 2
            : (configuration - FIRST_CELT) / 4 + (configuration - FIRST_CELT < 4 ? 0 : 1);
        set(LibOpus.SET_FORCE_MODE, SILK_ONLY + mode);
        set(LibOpus.SET_BANDWIDTH, 1101 + band);
        set(LibOpus.SET_FORCE_CHANNELS, (toc & 4) != 0 ? 2 : 1);
    }

    /** Leaves the configuration to the encoder, within the settings. */
    private void release() {
        set(LibOpus.SET_FORCE_MODE, AUTO);
        set(LibOpus.SET_BANDWIDTH, AUTO);
        set(LibOpus.SET_FORCE_CHANNELS, settings.codedChannels() == settings.inputChannels() ? AUTO : 1);
    }

    private int pack(int toc, int count, int sum, byte[] out, int outOffset) {
        int at = outOffset;
        out[at++] = (byte) (toc | 3);
        out[at++] = (byte) (0x80 | count);
        for (int i = 0; i < count - 1; i++) {
            int length = lengths[i];
            if (length < 252) {
                out[at++] = (byte) length;
            } else {
                int low = 252 + (length & 3);
                out[at++] = (byte) low;
                out[at++] = (byte) (length - low >> 2);
            }
        }
        System.arraycopy(frames, 0, out, at, sum);
        return at + sum - outOffset;
    }

    void close() {
        if (state != 0) {
            library.encoderDestroy(state);
            state = 0;
        }
    }
}
