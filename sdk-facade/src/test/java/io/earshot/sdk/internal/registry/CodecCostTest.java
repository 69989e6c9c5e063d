package io.earshot.sdk.internal.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.earshot.api.codec.spi.AudioCodec;
import io.earshot.api.codec.spi.AudioCodecProvider;
import io.earshot.api.codec.spi.CodecCost;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.api.codec.spi.FormatParameters;
import java.util.List;
import org.junit.jupiter.api.Test;

class CodecCostTest {
    private record Offer(String name, int priority, CodecCost its) implements AudioCodecProvider {
        @Override
        public List<CodecDescriptor> codecs() {
            return List.of(new CodecDescriptor(name, 8_000, 8_000, 1, CodecDescriptor.DYNAMIC, 10, 20, priority));
        }

        @Override
        public CodecCost cost(CodecDescriptor codec) {
            return its;
        }

        @Override
        public AudioCodec open(CodecDescriptor codec, FormatParameters local, FormatParameters remote) {
            throw new UnsupportedOperationException(name);
        }
    }

    private static List<String> order(AudioCodecProvider... providers) {
        return Codecs.of(List.of(providers)).entries().stream().map(entry -> entry.codec().name()).toList();
    }

    @Test
    void theLighterOfTheSamePriorityGoesFirst() {
        assertEquals(List.of("light", "moderate", "heavy"), order(new Offer("heavy", 500, CodecCost.HEAVY),
            new Offer("moderate", 500, CodecCost.MODERATE), new Offer("light", 500, CodecCost.LIGHT)));
    }

    @Test
    void priorityCountsMoreThanCost() {
        assertEquals(List.of("heavy", "light"), order(new Offer("light", 500, CodecCost.LIGHT), new Offer("heavy", 501, CodecCost.HEAVY)));
    }
}
