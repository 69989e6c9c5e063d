package io.earshot.codec.opus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.api.codec.spi.FormatParameters;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The negotiation of RFC 7587 §6 and §7. */
@Tag("rfc7587")
class OpusProviderTest {
    private final OpusProvider provider = new OpusProvider();

    @Test
    void isAnnouncedWithTwoChannelsWhateverThePcmHas() {
        for (CodecDescriptor codec : provider.codecs()) {
            assertTrue(codec.matches("OPUS", 48_000, 2));
            assertFalse(codec.matches("opus", 48_000, 1));
        }
        assertEquals(1, provider.codecs().get(0).channels());
    }

    @Test
    void offersFecAndTellsThatStereoIsWelcomeOnlyWhereItIs() {
        assertEquals("minptime=10;useinbandfec=1", provider.offer(OpusProvider.MONO).raw());
        OpusParameters stereo = OpusParameters.of(provider.offer(OpusProvider.STEREO));
        assertTrue(stereo.stereo() && stereo.sendsStereo() && stereo.useInbandFec());
    }

    @Test
    void answersWithItsOwnWishesWhateverTheOfferSays() {
        for (String offered : new String[] {"", "stereo=1;cbr=1;usedtx=1", "maxplaybackrate=-1;;=;x", "unknown=7", "useinbandfec=yes"}) {
            assertEquals(provider.offer(OpusProvider.MONO),
                provider.answer(OpusProvider.MONO, new FormatParameters(offered)).orElseThrow());
        }
    }

    @Test
    void promisesStereoToThoseOnlyWhoWantIt() {
        assertEquals("minptime=10;useinbandfec=1;stereo=1",
            provider.answer(OpusProvider.STEREO, new FormatParameters("useinbandfec=1")).orElseThrow().raw());
        assertEquals(provider.offer(OpusProvider.STEREO),
            provider.answer(OpusProvider.STEREO, new FormatParameters("stereo=1")).orElseThrow());
    }

    @Test
    void whatIsNotSaidHasTheDefaultsOfTheRfc() {
        assertEquals(new OpusParameters(48_000, 0, false, false, false, false, 48_000, false), OpusParameters.of(FormatParameters.NONE));
    }

    @Test
    void readsAllParameters() {
        assertEquals(new OpusParameters(16_000, 20_000, true, true, true, true, 24_000, true), OpusParameters.of(new FormatParameters(
            "maxplaybackrate=16000; sprop-maxcapturerate=24000; maxaveragebitrate=20000; stereo=1; useinbandfec=1; usedtx=1; cbr=1;"
                + " sprop-stereo=1; minptime=20")));
    }

    @Test
    void valuesOutsideTheirRangeCountAsTheNearest() {
        OpusParameters low = OpusParameters.of(new FormatParameters("maxplaybackrate=1;maxaveragebitrate=5;sprop-maxcapturerate=7999"));
        assertEquals(new OpusParameters(8_000, 6_000, false, false, false, false, 8_000, false), low);
        OpusParameters high = OpusParameters.of(new FormatParameters("maxplaybackrate=96000;maxaveragebitrate=999999999;stereo=2"));
        assertEquals(new OpusParameters(48_000, 510_000, false, false, false, false, 48_000, false), high);
    }

    @Test
    void refusesACodecOfAnotherProvider() {
        CodecDescriptor other = new CodecDescriptor("opus", 48_000, 2, 16_000, 1, CodecDescriptor.DYNAMIC, 10, 20, 1);
        assertThrows(IllegalArgumentException.class, () -> provider.open(other, FormatParameters.NONE, FormatParameters.NONE));
        assertThrows(IllegalArgumentException.class, () -> provider.offer(other));
    }

    @Test
    void theModuleSeesTheApiAndConcentusOnly() {
        var descriptor = OpusProvider.class.getModule().getDescriptor();
        assertEquals(Set.of(), descriptor.exports());
        descriptor.requires().forEach(edge -> assertTrue(
            Set.of("java.base", "io.earshot.api", "io.earshot.thirdparty.concentus").contains(edge.name()), edge::name));
    }
}
