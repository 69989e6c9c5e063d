package io.earshot.sdk.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.AccountConfig;
import io.earshot.api.RegistrationConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClassicRegistrationTest {
    private static final String UUID = "f81d4fae-7dec-11d0-a765-00a0c91e6bf6";

    private static RegistrationConfig registration(String... settings) {
        ClassicParameters.Parsed parsed = ClassicParameters.parse(List.of(settings));
        assertEquals(List.of(), parsed.problems());
        return ClassicRegistration.apply(parsed.parameters(), AccountConfig.of("sip:a@example.com")).registration();
    }

    @Test
    void outboundAndGruuGoByTheGivenInstance() {
        RegistrationConfig config = registration("instance_id=uuid:" + UUID, "outbound=true", "gruu=2");
        assertEquals(Optional.of("urn:uuid:" + UUID), config.instance());
        assertTrue(config.outbound());
        assertEquals(RegistrationConfig.Gruu.TEMPORARY, config.gruu());
    }

    @Test
    void withoutInstanceOneIsKeptInTheDataFolderOrMadeForTheRun() {
        assertEquals(Optional.of(Path.of("/data/instance")), registration("gruu=1", "datafolder=/data").instanceFile());
        assertNotEquals(registration("gruu=1").instance(), registration("gruu=1").instance());
    }

    @Test
    void nothingAskedForLeavesTheRegistrationPlain() {
        assertSame(RegistrationConfig.DEFAULT, registration("username=a"));
    }

    @Test
    void anInstanceThatIsNoUuidIsToldAndForgotten() {
        Map<String, String> values = new HashMap<>(Map.of("instance_id", "my-phone"));
        assertEquals(Optional.of("parameter instance_id=my-phone is no UUID: write it as 8-4-4-4-12 hexadecimal digits"),
                ClassicRegistration.problem(values));
        assertEquals(Map.of(), values);
    }
}
