package io.earshot.codec.g729;

import io.earshot.api.codec.spi.AudioCodecProvider;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.testkit.contract.AudioCodecContract;

class G729ContractTest extends AudioCodecContract {
    @Override
    protected AudioCodecProvider provider() {
        return new G729Provider();
    }

    /** It follows the ear rather than the wave; at this tone that costs little. */
    @Override
    protected double leastSignalToNoise(CodecDescriptor codec) {
        return 12;
    }
}
