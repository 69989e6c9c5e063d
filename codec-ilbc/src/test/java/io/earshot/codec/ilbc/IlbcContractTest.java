package io.earshot.codec.ilbc;

import io.earshot.api.codec.spi.AudioCodecProvider;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.testkit.contract.AudioCodecContract;

class IlbcContractTest extends AudioCodecContract {
    @Override
    protected AudioCodecProvider provider() {
        return new IlbcProvider();
    }

    @Override
    protected double leastSignalToNoise(CodecDescriptor codec) {
        return 15;
    }
}
