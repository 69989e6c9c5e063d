package io.earshot.codec.speex;

import io.earshot.api.codec.spi.AudioCodecProvider;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.testkit.contract.AudioCodecContract;

class SpeexContractTest extends AudioCodecContract {
    @Override
    protected AudioCodecProvider provider() {
        return new SpeexProvider();
    }

    /** Speex models a voice, which a pure tone is not. */
    @Override
    protected double leastSignalToNoise(CodecDescriptor codec) {
        return 8;
    }
}
