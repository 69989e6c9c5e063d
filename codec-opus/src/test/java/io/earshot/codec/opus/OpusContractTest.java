package io.earshot.codec.opus;

import io.earshot.api.codec.spi.AudioCodecProvider;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.testkit.contract.AudioCodecContract;

class OpusContractTest extends AudioCodecContract {
    @Override
    protected AudioCodecProvider provider() {
        return new OpusProvider();
    }

    /** Opus follows the ear. */
    @Override
    protected double leastSignalToNoise(CodecDescriptor codec) {
        return 18;
    }
}
