package com.example.dvi4;

import io.earshot.api.codec.spi.AudioCodecProvider;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.testkit.contract.AudioCodecContract;

/** What Earshot asks of every codec. */
class Dvi4ContractTest extends AudioCodecContract {
    @Override
    protected AudioCodecProvider provider() {
        return new Dvi4Provider();
    }

    @Override
    protected double leastSignalToNoise(CodecDescriptor codec) {
        return 25;
    }
}
