package io.earshot.codec.l16;

import io.earshot.api.codec.spi.AudioCodecProvider;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.testkit.contract.AudioCodecContract;

class L16ContractTest extends AudioCodecContract {
    @Override
    protected AudioCodecProvider provider() {
        return new L16Provider();
    }

    /** Nothing is lost. */
    @Override
    protected double leastSignalToNoise(CodecDescriptor codec) {
        return 120;
    }
}
