package io.earshot.codec.g711;

import io.earshot.api.codec.spi.AudioCodecProvider;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.testkit.contract.AudioCodecContract;

class G711ContractTest extends AudioCodecContract {
    @Override
    protected AudioCodecProvider provider() {
        return new G711Provider();
    }

    /** G.712 asks 33 dB of a logarithmic codec at this level. */
    @Override
    protected double leastSignalToNoise(CodecDescriptor codec) {
        return 33;
    }
}
