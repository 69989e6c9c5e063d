package io.earshot.codec.opus.ffm;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.earshot.api.codec.spi.AudioCodecProvider;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.testkit.contract.AudioCodecContract;
import org.junit.jupiter.api.BeforeEach;

/** Runs where there is a libopus: {@code mvn verify -pl codec-opus-native -am -Djvm=} and the path of the java of a JDK 22 or later. */
class LibOpusContractTest extends AudioCodecContract {
    @BeforeEach
    void needsLibOpus() {
        assumeTrue(LibOpus.SYSTEM.isPresent(), "no libopus that can be called");
    }

    @Override
    protected AudioCodecProvider provider() {
        return new LibOpusProvider();
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
