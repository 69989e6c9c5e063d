package io.earshot.codec.speex;

import org.xiph.speex.Decoder;
import org.xiph.speex.NbDecoder;
import org.xiph.speex.SbDecoder;

/**
 * JSpeex's decoders, put together by the band. The perceptual enhancement is off: JSpeex has the one of the first Speex, which libspeex has
 * given up since, and which takes the sound away from what the encoder meant.
 */
final class BandDecoder {
    private BandDecoder() {
    }

    static Decoder open(SpeexBand band) {
        return band == SpeexBand.NARROW ? new Narrow() : new Layered(band == SpeexBand.ULTRA_WIDE);
    }

    /** JSpeex returns what was played 30 ms ago instead of what it has just made up; this takes the right part of its buffer. */
    private static final class Narrow extends NbDecoder {
        Narrow() {
            nbinit();
            setPerceptualEnhancement(false);
        }

        @Override
        public int decodeLost(float[] out) {
            float memory = pre_mem;
            int result = super.decodeLost(out);
            for (int i = 0; i < frameSize; i++) {
                memory = frmBuf[frmIdx + i] + preemph * memory;
                out[i] = memory;
            }
            pre_mem = memory;
            return result;
        }
    }

    private static final class Layered extends SbDecoder {
        Layered(boolean ultra) {
            if (ultra) {
                uwbinit();
                lowdec = new Layered(false);
            } else {
                wbinit();
                lowdec = new Narrow();
            }
            setPerceptualEnhancement(false);
        }
    }
}
