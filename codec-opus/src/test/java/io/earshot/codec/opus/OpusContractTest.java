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

    /** Next to nothing, which takes a tenth of the packets that nothing would take to show; Opus is slow. */
    @Override
    protected long mostAllocation(CodecDescriptor codec) {
        return 1;
    }
}
