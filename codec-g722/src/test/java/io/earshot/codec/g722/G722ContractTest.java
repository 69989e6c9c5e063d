package io.earshot.codec.g722;

import io.earshot.api.codec.spi.AudioCodecProvider;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.testkit.contract.AudioCodecContract;

class G722ContractTest extends AudioCodecContract {
    @Override
    protected AudioCodecProvider provider() {
        return new G722Provider();
    }

    /** Six bits a sample for the lower sub-band. */
    @Override
    protected double leastSignalToNoise(CodecDescriptor codec) {
        return 30;
    }
}
