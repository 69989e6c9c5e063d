package io.earshot.codec.speex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.api.codec.spi.FormatParameters;
import io.earshot.codec.speex.SpeexParameters.Rate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The negotiation of RFC 5574 §5 and §6. */
@Tag("rfc5574")
class SpeexProviderTest {
    private final SpeexProvider provider = new SpeexProvider();

    @Test
    void offersThreeBandsWidebandFirst() {
        assertEquals(List.of("speex/16000", "speex/32000", "speex/8000"),
            provider.codecs().stream().map(codec -> codec.name() + "/" + codec.rtpClockRate()).toList());
    }

    @Test
    void anyOfferCanBeAnswered() {
        for (String offered : new String[] {"", "vbr=on;cng=on", "mode=\"1,any\"", "mode=77;vbr=7", ";;=;"}) {
            assertEquals(Optional.of(FormatParameters.NONE), provider.answer(SpeexProvider.WIDE, new FormatParameters(offered)));
        }
    }

    @Test
    void readsAllParameters() {
        assertEquals(new SpeexParameters(Rate.VARIABLE, true, List.of(4, 3), true), parameters("vbr=on; cng=on; mode=\"4,3,any\""));
        assertEquals(new SpeexParameters(Rate.VOICE_ACTIVITY, false, List.of(1), false), parameters("vbr=vad;mode=1"));
    }

    @Test
    void whatIsNotSaidOrNotUnderstoodHasTheDefaultsOfTheRfc() {
        SpeexParameters defaults = new SpeexParameters(Rate.CONSTANT, false, List.of(3), true);
        assertEquals(defaults, parameters(""));
        assertEquals(defaults, parameters("vbr=maybe;cng=1;mode=0,9,-1,1000000000000"));
    }

    @Test
    void refusesACodecOfAnotherProvider() {
        CodecDescriptor other = new CodecDescriptor("speex", 16_000, 16_000, 1, CodecDescriptor.DYNAMIC, 20, 20, 1);
        assertThrows(IllegalArgumentException.class, () -> provider.open(other, FormatParameters.NONE, FormatParameters.NONE));
    }

    @Test
    void theModuleSeesTheApiOnly() {
        var descriptor = SpeexProvider.class.getModule().getDescriptor();
        assertEquals(Set.of(), descriptor.exports());
        descriptor.requires().forEach(edge -> assertTrue(
            Set.of("java.base", "io.earshot.api").contains(edge.name()), edge::name));
    }

    private static SpeexParameters parameters(String fmtp) {
        return SpeexParameters.of(SpeexBand.NARROW, new FormatParameters(fmtp));
    }
}
