package io.earshot.codec.opus.ffm;

import io.earshot.api.codec.spi.AudioCodec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;

/** Decodes Opus packets with libopus at 48 kHz, into as many channels as are asked for, whatever the packets carry. */
final class NativeDecoder {
    private static final int RATE = 48_000;
    private static final int MOST_SAMPLES = 5760;
    /** Concealment comes in steps of 2.5 ms. */
    private static final int STEP = 120;
    private static final int SIZES_BYTES = 48 * Short.BYTES;
    private static final int FIRST_CELT = 16;

    private final LibOpus library;
    private final int channels;
    private final ShortBuffer pcm;
    private final long pcmAddress;
    private final ByteBuffer framing = ByteBuffer.allocateDirect(SIZES_BYTES + Integer.BYTES).order(ByteOrder.nativeOrder());
    private final long framingAddress = Foreign.address(framing);
    private ByteBuffer packet;
    private long packetAddress;
    private long state;

    NativeDecoder(LibOpus library, int channels) {
        this.library = library;
        this.channels = channels;
        ByteBuffer samples = ByteBuffer.allocateDirect(MOST_SAMPLES * channels * Short.BYTES).order(ByteOrder.nativeOrder());
        pcm = samples.asShortBuffer();
        pcmAddress = Foreign.address(samples);
        room(2048);
        state = library.decoderCreate(RATE, channels);
    }

    private void room(int bytes) {
        packet = ByteBuffer.allocateDirect(bytes);
        packetAddress = Foreign.address(packet);
    }

    private void take(byte[] payload, int offset, int length) {
        if (length > packet.capacity()) {
            room(length);
        }
        packet.put(0, payload, offset, length);
    }

    int decode(byte[] payload, int offset, int length, short[] out, int outOffset) {
        if (length < 1) {
            return AudioCodec.NONE;
        }
        take(payload, offset, length);
        return copy(library.decode(state, packetAddress, length, pcmAddress, MOST_SAMPLES, false), out, outOffset);
    }

    private int copy(int perChannel, short[] out, int outOffset) {
        if (perChannel < 0) {
            return AudioCodec.NONE;
        }
        pcm.get(0, out, outOffset, perChannel * channels);
        return perChannel * channels;
    }

    int duration(byte[] payload, int offset, int length) {
        if (length < 1) {
            return AudioCodec.NONE;
        }
        take(payload, offset, length);
        if (library.packetParse(packetAddress, length, framingAddress, framingAddress + SIZES_BYTES) < 1) {
            return AudioCodec.NONE;
        }
        int samples = library.packetSamples(packetAddress, length, RATE);
        return samples < 1 ? AudioCodec.NONE : samples * channels;
    }

    int conceal(short[] out, int outOffset, int samples) {
        int perChannel = wholeSteps(samples);
        return perChannel == 0 ? AudioCodec.NONE
            : copy(library.decode(state, 0, 0, pcmAddress, perChannel, false), out, outOffset);
    }

    private int wholeSteps(int samples) {
        return Math.min(samples / channels, MOST_SAMPLES) / STEP * STEP;
    }

    /** Recovers the last frame before the packet; what else is missing before that is concealed. */
    int decodeFec(byte[] payload, int offset, int length, short[] out, int outOffset, int samples) {
        int whole = duration(payload, offset, length);
        int perChannel = wholeSteps(samples);
        if (whole == AudioCodec.NONE || !hasRedundancy(whole) || perChannel < frameSamples(whole)) {
            return AudioCodec.NONE;
        }
        return copy(library.decode(state, packetAddress, length, pcmAddress, perChannel, true), out, outOffset);
    }

    private int frameSamples(int whole) {
        int code = packet.get(0) & 3;
        int frames = code == 0 ? 1 : code < 3 ? 2 : packet.get(1) & 0x3F;
        return whole / channels / frames;
    }

    /** Tells whether a SILK layer's first byte has a flag for the audio before it (RFC 6716 §4.2.3), the packet having been parsed. */
    private boolean hasRedundancy(int whole) {
        int toc = packet.get(0) & 0xFF;
        if (toc >> 3 >= FIRST_CELT || framing.getShort(0) < 1) {
            return false;
        }
        int silkFrames = Math.max(1, frameSamples(whole) / 960);
        int flags = packet.get(framing.getInt(SIZES_BYTES)) & 0xFF;
        return (flags >> 7 - silkFrames & 1) != 0 || (toc & 4) != 0 && (flags >> 6 - 2 * silkFrames & 1) != 0;
    }

    void reset() {
        library.decoderReset(state);
    }

    void close() {
        if (state != 0) {
            library.decoderDestroy(state);
            state = 0;
        }
    }
}
