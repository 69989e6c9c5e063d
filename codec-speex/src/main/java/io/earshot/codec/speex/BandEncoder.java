package io.earshot.codec.speex;

import org.xiph.speex.Encoder;
import org.xiph.speex.NbEncoder;
import org.xiph.speex.SbEncoder;

/** JSpeex's encoders, put together by the band; what concerns silence reaches every layer, which in JSpeex it does not. */
final class BandEncoder {
    private BandEncoder() {
    }

    static Encoder open(SpeexBand band) {
        return band == SpeexBand.NARROW ? new Narrow() : new Layered(band == SpeexBand.ULTRA_WIDE);
    }

    private static final class Narrow extends NbEncoder {
        Narrow() {
            nbinit();
        }
    }

    private static final class Layered extends SbEncoder {
        Layered(boolean ultra) {
            if (ultra) {
                uwbinit();
                lowenc = new Layered(false);
            } else {
                wbinit();
                lowenc = new Narrow();
            }
        }

        @Override
        public void setVad(boolean vad) {
            super.setVad(vad);
            lowenc.setVad(vad);
        }

        @Override
        public void setDtx(boolean dtx) {
            super.setDtx(dtx);
            lowenc.setDtx(dtx);
        }

        @Override
        public void setComplexity(int complexity) {
            super.setComplexity(complexity);
            lowenc.setComplexity(complexity);
        }
    }
}
