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

    /** Concentus takes its scratch memory from the heap, packet by packet; this keeps it from growing. */
    @Override
    protected long mostAllocation(CodecDescriptor codec) {
        return 200_000L * codec.channels();
    }
}
