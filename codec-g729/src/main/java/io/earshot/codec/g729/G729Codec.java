package io.earshot.codec.g729;

import io.earshot.api.codec.spi.AudioCodec;
import java.util.Objects;

/**
 * Payloads as RFC 3551 §4.5.6 packs them: frames of ten bytes, then perhaps a SID frame of two. A payload of another length, or of more
 * than 120 ms, is malformed. Where Annex B pauses, {@link #conceal} goes on with comfort noise for as long as it is asked to.
 */
final class G729Codec implements AudioCodec {
    private static final int FRAME = FrameDecoder.FRAME;
    private static final int SPEECH_BYTES = SpeechParameters.SPEECH_BYTES;
    private static final int SID_BYTES = SpeechParameters.SID_BYTES;
    private static final int MOST_FRAMES = FrameEncoder.MOST_FRAMES;

    private final FrameEncoder encoder;
    private final FrameDecoder decoder;
    private final short[] partial = new short[FRAME];

    /**
     * @param suppressSilence whether the encoder uses Annex B; the decoder always understands it
     * @param fullDecoder whether to decode as G.729 itself does rather than as Annex A
     */
    G729Codec(boolean suppressSilence, boolean fullDecoder) {
        encoder = new FrameEncoder(suppressSilence);
        decoder = new FrameDecoder(fullDecoder);
    }

    @Override
    public int encode(short[] pcm, int offset, int samples, byte[] out, int outOffset) {
        Objects.checkFromIndexSize(offset, samples, pcm.length);
        if (samples % FRAME != 0 || samples > MOST_FRAMES * FRAME) {
            throw new IllegalArgumentException(samples + " samples are not one to twelve frames of 80");
        }
        Objects.checkFromIndexSize(outOffset, maxPayload(samples), out.length);
        return encoder.encode(pcm, offset, samples / FRAME, out, outOffset);
    }

    @Override
    public int decode(byte[] payload, int offset, int length, short[] pcm, int pcmOffset) {
        int samples = duration(payload, offset, length);
        if (samples == NONE) {
            return NONE;
        }
        int in = offset;
        int end = offset + length;
        int out = pcmOffset;
        for (; end - in >= SPEECH_BYTES; in += SPEECH_BYTES, out += FRAME) {
            decoder.decodeSpeech(payload, in, pcm, out);
        }
        if (in < end) {
            decoder.decodeSid(payload, in, pcm, out);
        }
        return samples;
    }

    @Override
    public int maxPayload(int samples) {
        return samples / FRAME * SPEECH_BYTES;
    }

    @Override
    public int duration(byte[] payload, int offset, int length) {
        int frames = length / SPEECH_BYTES;
        int rest = length % SPEECH_BYTES;
        if (rest == SID_BYTES) {
            frames++;
        } else if (rest != 0) {
            return NONE;
        }
        return frames > 0 && frames <= MOST_FRAMES ? frames * FRAME : NONE;
    }

    @Override
    public int conceal(short[] pcm, int pcmOffset, int samples) {
        int done = 0;
        for (; samples - done >= FRAME; done += FRAME) {
            decoder.conceal(pcm, pcmOffset + done);
        }
        if (done < samples) {
            decoder.conceal(partial, 0);
            System.arraycopy(partial, 0, pcm, pcmOffset + done, samples - done);
        }
        return samples;
    }

    @Override
    public void resetDecoder() {
        decoder.reset();
    }
}
