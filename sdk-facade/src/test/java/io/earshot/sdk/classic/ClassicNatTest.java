package io.earshot.sdk.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.earshot.api.audio.NatOpening;
import io.earshot.api.audio.NatOpening.Form;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassicNatTest {
    private static ClassicParameters parse(String arguments) {
        ClassicParameters.Parsed parsed = ClassicParameters.parse(arguments == null ? List.of() : List.of(arguments.split(" ")));
        assertEquals(List.of(), parsed.problems());
        return parsed.parameters();
    }

    @ParameterizedTest
    @CsvSource({", 1, SHORT", "natopenpackets=0, 0, SHORT", "natopenpackets=1, 1, SHORT", "natopenpackets=2 natopenpackettype=2, 1, SILENCE",
        "natopenpackets=3, 3, SHORT", "natopenpackets=50, 10, SHORT", "natopenpackettype=-1, 1, SHORT", "natopenpackettype=1, 1, SHORT",
        "natopenpackets=10 natopenpackettype=2, 10, SILENCE"})
    void packetsThatOpenNatsAreCountedAndOfTheirType(String arguments, int packets, Form form) {
        assertEquals(new NatOpening(packets, form), ClassicMedia.settings(parse(arguments)).opening());
    }
}
