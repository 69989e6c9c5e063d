package io.earshot.sdk.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClassicTunnelTest {
    private static final Map<String, String> GOOD = Map.of("transport", "3", "serveraddress", "sip.example.com", "username", "1001",
            "tunnelkey", "0123456789abcdef");

    private static Optional<String> with(String name, String value) {
        Map<String, String> values = new HashMap<>(GOOD);
        values.put(name, value);
        return ClassicTunnel.problem(values);
    }

    @Test
    void theServerIsTheGatewayUnlessSaid() {
        assertEquals(Optional.empty(), ClassicTunnel.problem(new HashMap<>(GOOD)));
        assertEquals(Optional.empty(), with("httpserveraddress", "http://gw.example.com:8080/tunnel"));
        assertEquals(Optional.empty(), with("transport", "5"));
    }

    @Test
    void whatCannotWorkIsToldWithItsReason() {
        assertEquals("parameter transport=3 is not used: a tunnel needs tunnelkey, which the gateway has for tunneluser 1001",
                with("tunnelkey", "").orElseThrow());
        assertTrue(with("tunnelkey", "short").orElseThrow().contains("16 random ones are the least"));
        assertEquals("parameter transport=3 is not used: a proxy needs httpproxyurl", with("usehttpproxy", "3")
                .orElseThrow());
        Map<String, String> values = new HashMap<>(GOOD);
        values.putAll(Map.of("transport", "4", "usehttpproxy", "0"));
        assertEquals("parameter transport=4 is not used: it goes through an HTTP proxy, and usehttpproxy=0 says that there is none",
                ClassicTunnel.problem(values).orElseThrow());
        assertTrue(with("httpproxyurl", "ftp://x").orElseThrow().contains("the address of a proxy is"));
    }

    @Test
    void theParametersAreReadTogether() {
        ClassicParameters.Parsed parsed = ClassicParameters.parse(List.of("transport=3", "serveraddress=sip.example.com", "username=1"));
        assertEquals(List.of("parameter transport=3 is not used: a tunnel needs tunnelkey, which the gateway has for tunneluser 1"),
                parsed.problems());
        assertEquals(-1, parsed.parameters().number("transport"));
    }
}
