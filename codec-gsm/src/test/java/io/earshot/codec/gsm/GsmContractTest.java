package io.earshot.codec.gsm;

import io.earshot.api.codec.spi.AudioCodecProvider;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.testkit.contract.AudioCodecContract;

class GsmContractTest extends AudioCodecContract {
    @Override
    protected AudioCodecProvider provider() {
        return new GsmProvider();
    }

    /** 13 kbit/s for 440 Hz; libgsm reaches the same to the bit. */
    @Override
    protected double leastSignalToNoise(CodecDescriptor codec) {
        return 18;
    }
}
